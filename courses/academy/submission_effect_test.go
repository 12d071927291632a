package academy_test

import (
	"fmt"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

func TestTheEffectOfEvidenceIsKnownBeforeItIsAccepted(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		herhaling := certificates.Scheme{Key: "HERHALING", Version: 1, Title: "Herhaling", Months: 12, Method: certificates.MethodPrevious, WindowMonths: 2,
			Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "basis"}},
			Refreshers: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "herhaling A"}, {Kind: certificates.ComponentExternal, Title: "herhaling B"}}}
		na := certificates.Scheme{Key: "NA", Version: 1, Title: "Na", Months: 12, Method: certificates.MethodCompletion, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "na"}},
			Prerequisites: []certificates.Prerequisite{{Scheme: "VOG", Hard: true}}}
		samen := certificates.Scheme{Key: "SAMEN", Version: 1, Title: "Samen", Months: 12, Method: certificates.MethodCompletion, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "een"}, {Kind: certificates.ComponentExternal, Title: "twee"}}}
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{herhaling, na, samen}, nil))
		for _, tt := range []struct {
			scheme      certificates.SchemeKey
			place       certificates.Place
			completed   string
			outcome     courses.Outcome
			until, lack string
		}{
			{"HERHALING", certificates.Place{Refresher: 1}, "2026-01-09", courses.FullCourseNeeded, "", "basis"},
			{"HERHALING", certificates.Place{}, "2025-02-12", courses.Certified, "2026-02-11", ""},
			{"HERHALING", certificates.Place{}, "2025-12-11", courses.BeforeWindow, "", ""},
			{"HERHALING", certificates.Place{Refresher: 2}, "2026-01-10", courses.OtherRefresher, "", "herhaling A"},
			{"HERHALING", certificates.Place{Refresher: 1}, "2026-01-11", courses.Certified, "2027-02-11", ""},
			{"NA", certificates.Place{}, "2026-01-10", courses.PrerequisiteFirst, "", "VOG"},
			{"SAMEN", certificates.Place{}, "2026-01-10", courses.ComponentsMissing, "", "twee"},
		} {
			c := claimOf("EVA")
			c.Scheme, c.Place, c.CompletedOn = tt.scheme, tt.place, date(tt.completed)
			if tt.scheme == "HERHALING" && tt.completed == "2026-01-09" { // for somebody who never held it
				c.Person = "XAN"
			}
			name := fmt.Sprint(tt.scheme, tt.place, tt.completed)
			sent := s.submit(s.as(c.Person), c)
			had := s.lines("periods", "person="+string(c.Person), "scheme="+string(tt.scheme))
			e, err := s.SubmissionEffect(ctx, pim, sent.ID)
			s.must(err)
			if lacks := strings.Join(e.Lacks, " "); e.Outcome != tt.outcome || e.Period.ValidUntil.String() != tt.until || lacks != tt.lack {
				t.Errorf("%s: %s until %s, lacks %q", name, e.Outcome, e.Period.ValidUntil, lacks)
			}
			if s.lines("evidence", "person="+string(c.Person), "scheme="+string(tt.scheme), "completed_on="+tt.completed) > 0 || s.lines("periods", "person="+string(c.Person), "scheme="+string(tt.scheme)) != had {
				t.Errorf("%s: it was kept before it was accepted", name)
			}
			judged, err := s.JudgeEvidence(ctx, pim, sent.ID, certificates.Accept, "")
			s.must(err)
			equal(t, name+" once accepted", judged.Outcome, tt.outcome)
			if tt.outcome == courses.BeforeWindow {
				equal(t, "counts from", judged.CountsFrom, date("2025-12-12"))
				equal(t, "the effect says so", e.Last.WindowOpensOn, date("2025-12-12"))
			}
		}
		own := s.submit(pim, claimOf("PIM"))
		_, err := s.SubmissionEffect(ctx, pim, own.ID)
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.SubmissionEffect(ctx, s.as("LEA"), own.ID)
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestEvidenceFromBeforeARevocationDoesNotRenew(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva := s.as("EVA")
		first := claimOf("EVA")
		first.CompletedOn = date("2025-02-12")
		s.must(second(s.JudgeEvidence(ctx, pim, s.submit(eva, first).ID, certificates.Accept, "")))
		late := s.submit(eva, claimOf("EVA")) // of 10 January, in the window
		s.must(second(s.Decide(ctx, s.as("PEN"), certificates.Decision{Kind: certificates.Revocation, Person: "EVA", Scheme: "DIPLOMA", Cycle: 1, From: date("2026-01-15"), Reason: "Het diploma is vals."})))
		effect, err := s.SubmissionEffect(ctx, pim, late.ID)
		s.must(err)
		equal(t, "effect", effect.Outcome, courses.ComponentsMissing)
		judged, err := s.JudgeEvidence(ctx, pim, late.ID, certificates.Accept, "")
		s.must(err)
		equal(t, "outcome", judged.Outcome, courses.ComponentsMissing)
		equal(t, "periods", s.lines("periods", "person=EVA", "scheme=DIPLOMA"), 1)
		s.clock.set("2026-01-20", "12:00")
		after := claimOf("EVA")
		after.CompletedOn = date("2026-01-19")
		judged, err = s.JudgeEvidence(ctx, pim, s.submit(eva, after).ID, certificates.Accept, "")
		s.must(err)
		equal(t, "what was shown after it", judged.Outcome, courses.Certified)
		equal(t, "on the initial path", s.lines("periods", "person=EVA", "scheme=DIPLOMA", "path=initial", "cycle=2"), 1)
	})
}

func TestWhatIsAskedNowIsChosen(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva := s.as("EVA")
		rules := certificates.Scheme{Key: "HERHALING", Version: 1, Title: "Herhaling", Months: 12, Method: certificates.MethodPrevious, WindowMonths: 2,
			Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "basis"}, {Kind: certificates.ComponentExternal, Title: "praktijk"}},
			Refreshers: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "A"}, {Kind: certificates.ComponentExternal, Title: "B"}}}
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{rules}, nil))
		asked := func() certificates.Place {
			t.Helper()
			place, ok, err := s.EvidenceAsked(ctx, eva, "EVA", "HERHALING")
			if s.must(err); !ok {
				t.Error("nothing is asked")
			}
			return place
		}
		equal(t, "at first", asked(), certificates.Place{})
		for component := range 2 {
			c := claimOf("EVA")
			c.Scheme, c.Component, c.CompletedOn = "HERHALING", component, date("2025-02-12")
			sent := s.submit(eva, c)
			if component == 0 {
				s.clock.set("2025-02-13", "12:00")
				equal(t, "while the first waits", asked(), certificates.Place{Component: 1})
				s.clock.set("2026-01-15", "12:00")
			}
			s.must(second(s.JudgeEvidence(ctx, pim, sent.ID, certificates.Accept, "")))
		}
		equal(t, "the refresher whose turn it is", asked(), certificates.Place{Refresher: 1})
		_, ok, err := s.EvidenceAsked(ctx, eva, "EVA", "VOG")
		if s.must(err); ok {
			t.Error("a document is asked of what is only seen")
		}
		_, _, err = s.EvidenceAsked(ctx, s.as("XAN"), "EVA", "HERHALING")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestASkillFromBeforeAnybodyAskedCounts(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		toSee := func() (n int) {
			waiting, err := s.ToObserve(ctx, pim)
			s.must(err)
			for _, w := range waiting {
				if w.Person == "EVA" {
					n++
				}
			}
			return n
		}
		before := toSee()
		c := claimOf("EVA")
		c.Scheme, c.Component, c.CompletedOn = "PRAKTIJK", 1, date("2025-12-20")
		s.must(second(s.JudgeEvidence(ctx, pim, s.submit(s.as("EVA"), c).ID, certificates.Accept, "")))
		equal(t, "duties that opened before", s.lines("duties", "person=EVA", "scheme=PRAKTIJK", "opens_on=2025-12-2"), 0)
		equal(t, "one skill fewer waits", toSee(), before-1)
	})
}

func TestNoBSNIsKeptWithEvidence(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		eva := s.as("EVA")
		const bsn = "bsn 123456782"
		no := func(err error) {
			t.Helper()
			refuses(t, err, fault.Invalid, "bsn")
			if strings.Contains(fmt.Sprintf("%+v", fault.Of(err)), "123456782") {
				t.Error("it repeats the number")
			}
		}
		c := claimOf("EVA")
		c.Issuer = bsn
		_, _, err := s.SubmitEvidence(ctx, eva, c)
		no(err)
		c.CompletedOn = 0
		_, _, err = s.SubmitEvidence(ctx, eva, c)
		no(err)
		equal(t, "everything is told at once", len(fault.Of(err).Fields), 2)
		sent := s.submit(eva, claimOf("EVA"))
		for _, verdict := range []certificates.Verdict{certificates.Accept, certificates.AskBack, certificates.Refuse} {
			no(second(s.JudgeEvidence(ctx, pim, sent.ID, verdict, bsn)))
		}
		_, _, err = s.HandInObservation(ctx, pim, certificates.Observation{Person: "EVA", Scheme: "PRAKTIJK", Items: []certificates.ObservedItem{{Note: bsn}}})
		no(err)
		no(second(s.DenyObservation(ctx, eva, "x", bsn)))
	})
}

func TestNobodyIsOfferedToJudgeWhatTheySentFirst(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		sent := s.submit(pim, claimOf("EVA"))
		s.must(second(s.JudgeEvidence(ctx, s.as("PEN"), sent.ID, certificates.AskBack, "naam?")))
		again := claimOf("EVA")
		again.Answers, again.Document = sent.ID, nil
		resent := s.submit(s.as("EVA"), again)
		for who, barred := range map[string]bool{"PIM": true, "PEN": false} {
			actor := pim
			if who == "PEN" {
				actor = s.as("PEN")
			}
			queue, err := s.SubmissionQueue(ctx, actor)
			if s.must(err); len(queue) != 1 || queue[0].Barred != barred {
				t.Errorf("%s: %+v", who, queue)
			}
			one, err := s.Submission(ctx, actor, resent.ID)
			s.must(err)
			equal(t, who+" may not judge it", one.Barred, barred)
		}
	})
}

func TestWhatWasSeenIsUndone(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		pen := s.as("PEN")
		before := s.lines("duties", "person=EVA", "scheme=VOG", "done_on=NULL")
		tried, effect, err := s.TrySeen(ctx, pen, "EVA", "VOG", certificates.Place{}, date("2026-01-14"))
		s.must(err)
		equal(t, "tried", fmt.Sprint(tried.Name, "/", tried.Title, "/", effect.Outcome, "/", effect.Period.ValidFrom), "Eva van der Berg/VOG/certified/2026-01-14")
		equal(t, "evidence of trying", s.lines("evidence"), 0)
		for who, kind := range map[string]fault.Kind{"PEN": fault.Forbidden, "NIEMAND": fault.NotFound} {
			_, _, err = s.TrySeen(ctx, pen, staff.PersonID(who), "VOG", certificates.Place{}, date("2026-01-14"))
			refuses(t, err, kind, "")
		}
		seen, err := s.RecordSeen(ctx, pen, "EVA", "VOG", certificates.Place{}, date("2026-01-14"))
		s.must(err)
		equal(t, "periods", s.lines("periods", "person=EVA", "scheme=VOG"), 1)
		refuses(t, s.UndoSeen(ctx, s.as("EVA"), seen.ID), fault.Forbidden, "")
		refuses(t, s.UndoSeen(ctx, pen, "none"), fault.NotFound, "")
		lately, err := s.SeenLately(ctx, pen)
		if s.must(err); len(lately) != 1 || !lately[0].Undoable || lately[0].Name != "Eva van der Berg" {
			t.Errorf("lately: %+v", lately)
		}
		s.must(s.UndoSeen(ctx, pim, seen.ID))
		equal(t, "periods once undone", s.lines("periods", "person=EVA", "scheme=VOG"), 0)
		equal(t, "evidence once undone", s.lines("evidence"), 0)
		equal(t, "asked again", s.lines("duties", "person=EVA", "scheme=VOG", "done_on=NULL"), before)
		equal(t, "told", s.lines("notes", "person=EVA", "kind=evidence-seen-undone"), 1)
		equal(t, "audit", s.lines("audit", "act=evidence.seen-undone", "actor=PIM", "subject=EVA"), 1)
		refuses(t, s.UndoSeen(ctx, pim, seen.ID), fault.Conflict, "undone")
		lately, err = s.SeenLately(ctx, pen)
		if s.must(err); len(lately) != 1 || lately[0].Undoable {
			t.Errorf("lately: %+v", lately)
		}

		seen, err = s.RecordSeen(ctx, pen, "EVA", "VOG", certificates.Place{}, date("2026-01-13"))
		s.must(err)
		equal(t, "noted anew", seen.Outcome, courses.Certified)
		s.clock.set("2026-01-16", "12:00")
		refuses(t, s.UndoSeen(ctx, pen, seen.ID), fault.Conflict, "in_effect")
	})
}

func TestWhatWasSeenStaysOnceAnotherSchemeReliesOnIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pim := s.addEvidence()
		na := certificates.Scheme{Key: "NA", Version: 1, Title: "Na", Months: 12, Method: certificates.MethodCompletion, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "na"}},
			Prerequisites: []certificates.Prerequisite{{Scheme: "VOG", Hard: true}}}
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{na}, nil))
		c := claimOf("EVA")
		c.Scheme = "NA"
		s.must(second(s.JudgeEvidence(ctx, pim, s.submit(s.as("EVA"), c).ID, certificates.Accept, "")))
		seen, err := s.RecordSeen(ctx, pim, "EVA", "VOG", certificates.Place{}, date("2026-01-14"))
		s.must(err)
		equal(t, "what waited for it", s.lines("periods", "person=EVA", "scheme=NA"), 1)
		refuses(t, s.UndoSeen(ctx, pim, seen.ID), fault.Conflict, "in_effect")
	})
}
