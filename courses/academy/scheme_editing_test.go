package academy_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// bhv is a scheme from scratch: a diploma from elsewhere with two refreshers that take turns.
func bhv() certificates.Scheme {
	return certificates.Scheme{
		Key: "BHV", Version: 1, Title: "BHV", Months: 12, Method: certificates.MethodCompletion, WindowMonths: 3, GraceMonths: 3, Origin: certificates.OriginLaw, Citation: "art. 15 Arbowet",
		Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "BHV basis"}},
		Refreshers: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "Brand"}, {Kind: certificates.ComponentExternal, Title: "EHBO"}},
	}
}

// balie is the next version of the scene's scheme: two years, from a day.
func balie(version int, from string) certificates.Scheme {
	s := schemes[0]
	s.Version, s.AppliesFrom, s.Months, s.WindowMonths, s.Citation = version, date(from), 24, 6, ""
	return s
}

func TestASchemeFromScratch(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen, eva, lea := s.as("PEN"), s.as("EVA"), s.as("LEA")
		before := s.dump()
		refuses(t, second(s.SaveScheme(ctx, eva, bhv())), fault.Forbidden, "")
		refuses(t, second(s.SaveScheme(ctx, lea, bhv())), fault.Forbidden, "")
		wrong := bhv()
		wrong.WindowMonths, wrong.Prerequisites = 12, []certificates.Prerequisite{{Scheme: "GEEN", Hard: true}}
		err := second(s.SaveScheme(ctx, pen, wrong))
		refuses(t, err, fault.Invalid, "scheme")
		equal(t, "mistakes told at once", len(fault.Of(err).Fields), 2)
		refuses(t, s.CheckScheme(ctx, pen, wrong, ""), fault.Invalid, "scheme")
		refuses(t, s.CheckScheme(ctx, eva, bhv(), ""), fault.Forbidden, "")
		s.must(s.CheckScheme(ctx, pen, bhv(), ""))
		same(t, "rows after what was refused", s.dump(), before)

		untidy := bhv()
		untidy.Title, untidy.Components[0].Title = " BHV ", "BHV basis "
		saved, err := s.SaveScheme(ctx, pen, untidy)
		s.must(err)
		equal(t, "tidy", saved.Same(bhv()), true)
		equal(t, "audit", s.lines("audit", "act=scheme.saved ", "object=BHV/1"), 1)
		after := s.dump()
		s.must(second(s.SaveScheme(ctx, pen, bhv())))
		same(t, "rows after saving the same again", s.dump(), after)
		other := bhv()
		other.Title = "Anders"
		refuses(t, second(s.SaveScheme(ctx, pen, other)), fault.Conflict, "scheme_version")

		one, err := s.SchemeOverview(ctx, s.as("LEA"), "BHV")
		s.must(err)
		equal(t, "what is read", one.Same(bhv()), true)
		refuses(t, second(s.SchemeOverview(ctx, pen, "GEEN")), fault.NotFound, "")
		refuses(t, second(s.SchemeOverviews(ctx, s.as("EVA"))), fault.Forbidden, "")

		refuses(t, s.WithdrawScheme(ctx, s.as("EVA"), "BHV", 1), fault.Forbidden, "")
		s.must(s.WithdrawScheme(ctx, pen, "BHV", 1)) // nobody did anything for it
		refuses(t, s.WithdrawScheme(ctx, pen, "BHV", 1), fault.NotFound, "")
		same(t, "rows of schemes after undoing it", s.schemes(), s.schemesIn(before))
		refuses(t, s.WithdrawScheme(ctx, pen, "BALIE", 1), fault.Conflict, "in_use")
	})
}

func TestAnotherVersionAppliesFromItsDay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		s.take(eva, "BALIE", right)
		running := s.lines("periods", "person=EVA", "scheme_version=1", "valid_until=2027-01-14", "window_opens_on=2026-11-15")
		equal(t, "periods by the first version", running, 1)

		refuses(t, second(s.SaveScheme(ctx, pen, balie(2, "2026-01-15"))), fault.Invalid, "scheme") // today
		facts := s.lines("periods") + s.lines("duties") + s.lines("agenda")
		s.must(second(s.SaveScheme(ctx, pen, balie(2, "2026-12-01"))))
		equal(t, "periods, duties and appointments stay", s.lines("periods")+s.lines("duties")+s.lines("agenda"), facts)
		refuses(t, second(s.SaveScheme(ctx, pen, balie(2, "2026-12-02"))), fault.Conflict, "scheme_version")
		refuses(t, second(s.SaveScheme(ctx, pen, balie(3, "2026-12-01"))), fault.Invalid, "scheme")
		s.must(second(s.SaveScheme(ctx, pen, balie(3, "2027-12-01"))))
		refuses(t, s.WithdrawScheme(ctx, pen, "BALIE", 2), fault.Conflict, "newer_version")
		s.must(s.WithdrawScheme(ctx, pen, "BALIE", 3))

		s.clock.set("2026-11-30", "09:00")
		s.sweep(academy.SweepRequest{})
		duty := s.task(s.as("EVA"), "EVA")
		equal(t, "the window of the period that runs", duty.OpensOn, date("2026-11-15"))
		all, err := s.Schemes(ctx, eva)
		s.must(err)
		equal(t, "the day before", all["BALIE"].Version, 1)

		s.clock.set("2026-12-01", "09:00")
		all, err = s.Schemes(ctx, eva)
		s.must(err)
		equal(t, "the day itself", all["BALIE"].Version, 2)
		refuses(t, s.WithdrawScheme(ctx, pen, "BALIE", 2), fault.Conflict, "begun")
		s.take(s.as("EVA"), "KORT", right)
		equal(t, "the old period is as it was", s.lines("periods", "person=EVA", "scheme_version=1", "valid_until=2027-01-14", "window_opens_on=2026-11-15"), 1)
		equal(t, "the new one is of the new version", s.lines("periods", "person=EVA", "scheme_version=2", "valid_from=2027-01-15", "valid_until=2029-01-14", "window_opens_on=2028-07-15"), 1)
	})
}

func TestAVersionWithoutEffectIsReplaced(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		first := s.dump()
		refuses(t, second(s.ReplaceScheme(ctx, pen, balie(1, "2026-12-01"), schemes[0].Mark())), fault.Conflict, "") // people hold it
		saved, err := s.SaveScheme(ctx, pen, balie(2, "2026-12-01"))
		s.must(err)
		refuses(t, second(s.ReplaceScheme(ctx, s.as("LEA"), balie(2, "2026-11-01"), saved.Mark())), fault.Forbidden, "")
		refuses(t, second(s.ReplaceScheme(ctx, pen, balie(2, "2026-11-01"), "")), fault.Conflict, "scheme_version")
		refuses(t, s.CheckScheme(ctx, pen, balie(3, "2026-11-01"), saved.Mark()), fault.Conflict, "scheme_version")
		refuses(t, second(s.ReplaceScheme(ctx, pen, balie(2, "2026-01-15"), saved.Mark())), fault.Invalid, "scheme") // today
		earlier, err := s.ReplaceScheme(ctx, pen, balie(2, "2026-11-01"), saved.Mark())
		s.must(err)
		s.must(second(s.ReplaceScheme(ctx, pen, balie(2, "2026-11-01"), saved.Mark()))) // a second click
		refuses(t, second(s.ReplaceScheme(ctx, pen, balie(2, "2026-10-01"), saved.Mark())), fault.Conflict, "scheme_version")
		equal(t, "versions", s.lines("schemes", "id=BALIE"), 2)
		equal(t, "audit", s.lines("audit", "act=scheme.replaced ", "object=BALIE/2"), 1)
		s.clock.set("2026-11-01", "09:00")
		refuses(t, second(s.ReplaceScheme(ctx, s.as("PEN"), balie(2, "2026-12-01"), earlier.Mark())), fault.Conflict, "begun")
		s.clock.set("2026-10-31", "09:00")
		s.must(s.WithdrawScheme(ctx, s.as("PEN"), "BALIE", 2))
		same(t, "rows of schemes", s.schemes(), s.schemesIn(first))

		s.must(second(s.SaveScheme(ctx, s.as("PEN"), bhv())))
		other := bhv()
		other.Title, other.Components[0].Title = "Anders", "Iets anders"
		s.must(second(s.ReplaceScheme(ctx, s.as("PEN"), other, bhv().Mark()))) // nobody did anything for it
		one, err := s.SchemeOverview(ctx, s.as("PEN"), "BHV")
		s.must(err)
		equal(t, "what is read", one.Same(other), true)
	})
}

// chain is a scheme that others come before.
func chain(key string, version int, from string, before ...string) certificates.Scheme {
	s := bhv()
	s.Key, s.Version, s.Title = certificates.SchemeKey(key), version, key
	if from != "" {
		s.AppliesFrom = date(from)
	}
	for _, b := range before {
		s.Prerequisites = append(s.Prerequisites, certificates.Prerequisite{Scheme: certificates.SchemeKey(b), Hard: true})
	}
	return s
}

func TestNoSchemesWaitForEachOther(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		for _, one := range []certificates.Scheme{chain("C1", 1, ""), chain("C2", 1, "", "C1"), chain("C3", 1, "", "C2")} {
			s.must(second(s.SaveScheme(ctx, pen, one)))
		}
		refuses(t, second(s.SaveScheme(ctx, pen, chain("C1", 2, "2026-06-01", "C3"))), fault.Invalid, "scheme") // through three
		refuses(t, second(s.SaveScheme(ctx, pen, chain("C1", 2, "2026-06-01", "C1"))), fault.Invalid, "scheme")
		cut, err := s.SaveScheme(ctx, pen, chain("C2", 2, "2026-06-01")) // it waits for nothing any more
		s.must(err)
		refuses(t, second(s.SaveScheme(ctx, pen, chain("C1", 2, "2026-05-01", "C3"))), fault.Invalid, "scheme") // a month too early
		s.must(second(s.SaveScheme(ctx, pen, chain("C1", 2, "2026-06-01", "C3"))))
		refuses(t, second(s.SaveScheme(ctx, pen, chain("C3", 2, "2026-07-01", "C1"))), fault.Invalid, "scheme")           // through a version to come
		refuses(t, second(s.ReplaceScheme(ctx, pen, chain("C2", 2, "2026-06-02"), cut.Mark())), fault.Conflict, "circle") // a day in which all wait
		refuses(t, second(s.ReplaceScheme(ctx, pen, chain("C2", 2, "2026-06-01", "C1"), cut.Mark())), fault.Invalid, "scheme")
		s.must(second(s.ReplaceScheme(ctx, pen, chain("C2", 2, "2026-05-31"), cut.Mark())))
	})
}

func TestEvidenceOfTheVersionBeforeCountsForTheSame(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.write(func(ctx context.Context, q store.Q) error {
			return store.InsertEvidence(ctx, q, certificates.Evidence{ID: "seen", Person: "EVA", Scheme: "PRAKTIJK", SchemeVersion: 1, Component: 1, CompletedOn: date("2026-01-15"), Source: "gezien", RecordedBy: "LEA"})
		})
		next := schemes[1]
		next.Version, next.AppliesFrom = 2, date("2026-01-20")
		next.Components = []certificates.Component{{Kind: certificates.ComponentObserved, Title: "gezien", Checklist: []string{"Blijft rustig"}}, schemes[1].Components[0]} // the other way round
		s.must(second(s.SaveScheme(ctx, s.as("PEN"), next)))
		s.clock.set("2026-01-21", "12:00")
		equal(t, "with what was seen before", s.take(s.as("EVA"), "PRAKTIJK", right).Result.Outcome, "certified")
		equal(t, "the place of the quiz", s.lines("evidence", "person=EVA", "component=1", "scheme_version=2"), 1)
		equal(t, "what was seen stays as it was", s.lines("evidence", "id=seen", "component=1", "scheme_version=1"), 1)
	})
}

func TestOfTwoWhoSaveAVersionOneIsFirst(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		var errs [2]error
		var both sync.WaitGroup
		for i, title := range []string{"Een", "Twee"} {
			draft := bhv()
			draft.Title = title
			both.Go(func() { errs[i] = second(s.SaveScheme(ctx, pen, draft)) })
		}
		both.Wait()
		if errs[0] == nil {
			errs[0], errs[1] = errs[1], errs[0]
		}
		refuses(t, errs[0], fault.Conflict, "scheme_version")
		s.must(errs[1])
		equal(t, "versions", s.lines("schemes", "id=BHV"), 1)

		// Two that would wait for each other.
		for i, keys := range [][2]certificates.SchemeKey{{"BALIE", "PRAKTIJK"}, {"PRAKTIJK", "BALIE"}} {
			draft := balie(2, "2026-12-01")
			draft.Key, draft.Prerequisites = keys[0], []certificates.Prerequisite{{Scheme: keys[1], Hard: true}}
			both.Go(func() { errs[i] = second(s.SaveScheme(ctx, pen, draft)) })
		}
		both.Wait()
		if errs[0] == nil {
			errs[0], errs[1] = errs[1], errs[0]
		}
		refuses(t, errs[0], fault.Invalid, "scheme")
		s.must(errs[1])
		refuses(t, s.WithdrawScheme(ctx, pen, "BALIE", 1), fault.Conflict, "")
	})
}

func TestADraftShowsWhatItMakesOfRealPeople(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen, lea := s.as("PEN"), s.as("LEA")
		s.holds("EVA", "2025-03-01") // until 28 February 2026: in the window
		s.holds("LEA", "2024-12-20") // until 19 December 2025: in the grace
		s.holds("XAN", "2025-10-01") // waits for the window
		before := s.dump()
		refuses(t, second(s.DraftCases(ctx, lea, balie(2, "2026-01-16"))), fault.Forbidden, "")
		broken := balie(2, "2026-01-16")
		broken.GraceMonths = 24
		refuses(t, second(s.DraftCases(ctx, pen, broken)), fault.Invalid, "")
		refuses(t, second(s.DraftCases(ctx, pen, balie(2, "9000-01-01"))), fault.Invalid, "")

		cases, err := s.DraftCases(ctx, pen, balie(2, "2026-01-16"))
		s.must(err)
		var kinds []certificates.CaseKind
		for _, c := range cases {
			kinds = append(kinds, c.Kind)
		}
		equal(t, "cases", slices.Equal(kinds, []certificates.CaseKind{certificates.CaseWindow, certificates.CaseLater, certificates.CaseGrace, certificates.CaseFirst}), true)
		equal(t, "who", cases[0].Name, "Eva van der Berg")
		equal(t, "on the day the draft applies", cases[0].CompletedOn, date("2026-01-16"))
		equal(t, "now", cases[0].Present.ValidUntil, date("2027-02-28"))
		equal(t, "then", cases[0].Then.ValidUntil, date("2028-02-29"))
		equal(t, "what is asked", cases[0].Then.Asks[0].Course, "KORT")
		equal(t, "invented", cases[3].Name, "")

		cases, err = s.DraftCases(ctx, pen, bhv())
		s.must(err)
		equal(t, "invented cases of a scheme that nobody has", len(cases), 6)
		if cases[0].Present != nil {
			t.Error("what does not exist applies already")
		}
		same(t, "rows after looking", s.dump(), before)
	})
}

// schemes is every row of the schemes.
func (s *scene) schemes() string { return s.schemesIn(s.dump()) }

func (s *scene) schemesIn(dump string) string {
	var rows string
	for line := range strings.Lines(dump) {
		if strings.HasPrefix(line, "scheme") {
			rows += line
		}
	}
	return rows
}

func TestRequirementsBringDutiesAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen, lea := s.as("PEN"), s.as("LEA")
		s.sweep(academy.SweepRequest{})
		s.must(second(s.SaveScheme(ctx, pen, bhv())))
		s.write(func(ctx context.Context, q store.Q) error {
			return store.InsertDesignations(ctx, q, []staff.Designation{{Person: "EVA", Kind: staff.EmergencyResponder}, {Person: "XAN", Kind: staff.EmergencyResponder, Until: date("2025-12-31")}})
		})
		r := certificates.Requirement{Scheme: "BHV", SubjectKind: certificates.ForDesignation, Subject: string(staff.EmergencyResponder), Since: date("2026-01-15"), InductionDays: 90}
		before := s.dump()
		refuses(t, second(s.AddRequirement(ctx, lea, r)), fault.Forbidden, "")
		refuses(t, second(s.DraftRequirement(ctx, lea, r, "")), fault.Forbidden, "")
		wrong := r
		wrong.Subject = "koffie"
		refuses(t, second(s.AddRequirement(ctx, pen, wrong)), fault.Invalid, "requirement")
		refuses(t, second(s.DraftRequirement(ctx, pen, wrong, "")), fault.Invalid, "requirement")
		effect, err := s.DraftRequirement(ctx, pen, r, "")
		s.must(err)
		equal(t, "people", effect.People, 1)
		equal(t, "asked", len(effect.Asked), 1)
		equal(t, "due", effect.Asked[0].DueOn, date("2026-04-15"))
		equal(t, "name", effect.Asked[0].Name, "Eva van der Berg")
		same(t, "rows after looking", s.dump(), before)

		added, err := s.AddRequirement(ctx, pen, r)
		s.must(err)
		equal(t, "key", added.ID, "bhv-designation-bhv-2026-01-15")
		equal(t, "name of the subject", added.SubjectName, "bedrijfshulpverlener (BHV)")
		equal(t, "EVA's duty", s.lines("duties", "person=EVA", "scheme=BHV", "opens_on=2026-01-15", "due_on=2026-04-15", "ended_on=-"), 1)
		equal(t, "duties of BHV", s.lines("duties", "scheme=BHV"), 1)
		after := s.dump()
		s.must(second(s.AddRequirement(ctx, pen, r)))
		same(t, "rows after adding it again", s.dump(), after)
		twice := r
		twice.InductionDays = 30
		refuses(t, second(s.AddRequirement(ctx, pen, twice)), fault.Conflict, "already_exists")
		refuses(t, second(s.DraftRequirement(ctx, pen, twice, "")), fault.Conflict, "already_exists")

		// What was asked never changes afterwards.
		twice.ID = added.ID
		refuses(t, second(s.ChangeRequirement(ctx, pen, twice, "")), fault.Conflict, "begun")
		refuses(t, s.WithdrawRequirement(ctx, pen, added.ID), fault.Conflict, "begun")
		cited := added
		cited.Origin, cited.Citation = certificates.OriginLaw, "art. 15"
		s.must(second(s.ChangeRequirement(ctx, pen, cited, "")))
		equal(t, "cited", s.lines("requirements", "id="+added.ID, "citation=art. 15"), 1)

		refuses(t, s.EndRequirement(ctx, s.as("LEA"), added.ID, date("2026-01-14")), fault.Forbidden, "")
		refuses(t, s.EndRequirement(ctx, pen, "geen", date("2026-01-14")), fault.NotFound, "")
		refuses(t, s.EndRequirement(ctx, pen, added.ID, date("2026-01-13")), fault.Invalid, "requirement")
		s.must(s.EndRequirement(ctx, pen, added.ID, date("2026-01-31")))
		equal(t, "until its last day it is asked", s.lines("duties", "scheme=BHV", "ended_on=-"), 1)
		s.clock.set("2026-02-01", "05:15")
		s.sweep(academy.SweepRequest{})
		equal(t, "the day after it is not", s.lines("duties", "scheme=BHV", "ended_on=2026-02-01"), 1)
		s.must(s.EndRequirement(ctx, s.as("PEN"), added.ID, 0)) // undone on the day it took effect
		equal(t, "it is asked again", s.lines("duties", "scheme=BHV", "ended_on=-", "due_on=2026-04-15"), 1)
		s.must(s.EndRequirement(ctx, s.as("PEN"), added.ID, date("2026-02-10")))
		s.clock.set("2026-03-01", "05:15")
		refuses(t, s.EndRequirement(ctx, s.as("PEN"), added.ID, 0), fault.Conflict, "over")
	})
}

func TestARequirementOfLaterBeginsOnItsDay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.sweep(academy.SweepRequest{})
		s.must(second(s.SaveScheme(ctx, pen, bhv())))
		r := certificates.Requirement{Scheme: "BHV", SubjectKind: certificates.ForTeam, Subject: "T2", Since: date("2026-02-01"), InductionDays: 30}
		added, err := s.AddRequirement(ctx, pen, r)
		s.must(err)
		equal(t, "duties before its day", s.lines("duties", "scheme=BHV"), 0)
		equal(t, "appointments on its day", s.lines("agenda", "scheme=BHV", "next_on=2026-02-01"), 4)
		r = added
		r.Since, r.InductionDays = date("2026-03-01"), 60
		r, err = s.ChangeRequirement(ctx, pen, r, "")
		s.must(err)
		equal(t, "appointments on its new day", s.lines("agenda", "scheme=BHV", "next_on=2026-03-01"), 4)
		moved := r
		moved.Subject = "T1"
		refuses(t, second(s.ChangeRequirement(ctx, pen, moved, "")), fault.Conflict, "subject")
		r.Since = date("2026-02-01")
		r, err = s.ChangeRequirement(ctx, pen, r, "")
		s.must(err)
		equal(t, "its key with its day", r.ID, "bhv-team-t2-2026-02-01")
		r.Since = date("2026-03-01")
		r, err = s.ChangeRequirement(ctx, pen, r, "")
		s.must(err)
		before := s.dump()
		again := r
		again.ID = ""
		s.must(second(s.AddRequirement(ctx, pen, again)))
		same(t, "rows after adding it again", s.dump(), before)
		s.clock.set("2026-02-28", "05:15")
		s.sweep(academy.SweepRequest{})
		equal(t, "the day before", s.lines("duties", "scheme=BHV"), 0)
		s.clock.set("2026-03-02", "05:15") // a night was missed
		s.sweep(academy.SweepRequest{})
		equal(t, "on its day", s.lines("duties", "scheme=BHV", "opens_on=2026-03-01", "due_on=2026-04-30"), 4)

		next := certificates.Requirement{Scheme: "PRAKTIJK", SubjectKind: certificates.ForEverybody, Since: date("2027-01-01")}
		added, err = s.AddRequirement(ctx, s.as("PEN"), next)
		s.must(err)
		refuses(t, s.WithdrawRequirement(ctx, s.as("LEA"), added.ID), fault.Forbidden, "")
		s.must(s.WithdrawRequirement(ctx, s.as("PEN"), added.ID))
		equal(t, "requirements left", s.lines("requirements", "scheme=PRAKTIJK"), 0)
		refuses(t, s.WithdrawRequirement(ctx, s.as("PEN"), added.ID), fault.NotFound, "")
		s.sweep(academy.SweepRequest{})
		equal(t, "duties of what was withdrawn", s.lines("duties", "scheme=PRAKTIJK"), 0)
	})
}

func TestForManyPeopleTheNextSweepDoesIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.sweep(academy.SweepRequest{})
		var crowd academy.Workforce
		crowd.Teams = []staff.Team{{ID: "T3", Name: "Buitendienst"}}
		for i := range academy.ReplannedAtOnce + 1 {
			id := staff.PersonID(fmt.Sprintf("X%03d", i))
			crowd.People = append(crowd.People, staff.Person{ID: id, First: "Ix", Last: string(id)})
			crowd.Employments = append(crowd.Employments, staff.Employment{Person: id, Number: 1, Team: "T3", Role: "R2", From: date("2025-01-01")})
		}
		s.must(s.Hire(ctx, staff.Actor{}, crowd, true))
		s.must(second(s.AddRequirement(ctx, pen, certificates.Requirement{Scheme: "PRAKTIJK", SubjectKind: certificates.ForTeam, Subject: "T3", Since: date("2026-01-15")})))
		equal(t, "duties at once", s.lines("duties", "scheme=PRAKTIJK"), 0)
		equal(t, "appointments", s.lines("agenda", "scheme=PRAKTIJK"), academy.ReplannedAtOnce+1)
		s.sweep(academy.SweepRequest{Confirm: true}) // so many mails wait for somebody
		equal(t, "duties after the sweep", s.lines("duties", "scheme=PRAKTIJK", "opens_on=2026-01-15"), academy.ReplannedAtOnce+1)
	})
}

func TestNobodyDecidesWhatIsAskedOfThemselvesAlone(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		own := certificates.Requirement{Scheme: "BALIE", SubjectKind: certificates.ForPerson, Subject: "PEN", Since: date("2026-01-15")}
		refuses(t, second(s.AddRequirement(ctx, pen, own)), fault.Forbidden, "self_approval")
		other := own
		other.Subject = "XAN"
		_, err := s.AddRequirement(ctx, pen, other)
		s.must(err)
		equal(t, "audit", s.lines("audit", "act=requirement.added ", "subject=XAN", "object=BALIE"), 1)
		equal(t, "XAN's duty", s.lines("duties", "person=XAN", "scheme=BALIE"), 1)
		all, err := s.Requirements(ctx, s.as("LEA"))
		s.must(err)
		equal(t, "requirements", len(all), 3)
		refuses(t, second(s.Requirements(ctx, s.as("EVA"))), fault.Forbidden, "")
		refuses(t, second(s.RequirementSubjects(ctx, s.as("EVA"))), fault.Forbidden, "")
	})
}

func TestARequirementThatCitesNothingCanBeEnded(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		old := certificates.Requirement{ID: "oud", Scheme: "BALIE", SubjectKind: certificates.ForRole, Subject: "R2", SubjectName: "overig", Origin: certificates.OriginNorm}
		s.must(s.Define(ctx, staff.Actor{}, nil, []certificates.Requirement{old}))
		pen := s.as("PEN")
		s.must(s.EndRequirement(ctx, pen, "oud", date("2026-03-31")))
		got, err := s.Requirement(ctx, pen, "oud")
		s.must(err)
		old.Until = date("2026-03-31")
		same(t, "the requirement", fmt.Sprint(got), fmt.Sprint(old))
		old.Origin = certificates.OriginLaw
		_, err = s.ChangeRequirement(ctx, pen, old, "")
		refuses(t, err, fault.Invalid, "requirement")
	})
}
