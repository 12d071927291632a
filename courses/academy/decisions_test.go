package academy_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// about makes a decision about EVA and BALIE; until empty: none.
func about(kind certificates.DecisionKind, from, until string) certificates.Decision {
	d := certificates.Decision{Kind: kind, Person: "EVA", Scheme: "BALIE", Reason: "omdat het zo is"}
	if from != "" {
		d.From = date(from)
	}
	if until != "" {
		d.Until = date(until)
	}
	switch kind {
	case certificates.Absence:
		d.Scheme, d.Reason = "", ""
	case certificates.Exemption:
		d.Reason = "other-evidence"
	}
	return d
}

// decide takes a decision and fails the test where it is refused.
func (s *scene) decide(who staff.PersonID, d certificates.Decision) academy.Decided {
	s.t.Helper()
	decided, err := s.Decide(ctx, s.as(who), d)
	s.must(err)
	return decided
}

// changes writes what follows from a decision: "moved 2026-01-15 BALIE due 2026-02-14".
func changes(d academy.Decided) string {
	var all []string
	for _, c := range d.Changes {
		all = append(all, string(c.Kind)+" "+c.On.String()+" "+string(c.Scheme)+" due "+c.DueOn.String())
	}
	return strings.Join(all, ", ")
}

func TestWhoMayDecide(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.holds("XAN", "2025-04-10")
		extension := about(certificates.Extension, "", "2026-06-30")
		ofPerson := func(d certificates.Decision, person staff.PersonID) certificates.Decision {
			d.Person = person
			return d
		}
		actors := map[staff.PersonID]staff.Actor{}
		for _, person := range []staff.PersonID{"EEF", "EVA", "LEA", "LOU", "PEN"} {
			actors[person] = s.as(person)
		}
		before := s.dump()
		for _, tt := range []struct {
			name   string
			who    staff.PersonID
			d      certificates.Decision
			kind   fault.Kind
			reason string
		}{
			{"an employee", "EEF", extension, fault.Forbidden, ""},
			{"an employee about themselves", "EVA", extension, fault.Forbidden, ""},
			{"a leader about themselves", "LEA", ofPerson(extension, "LEA"), fault.Forbidden, "self_approval"},
			{"HR about themselves", "PEN", ofPerson(about(certificates.Absence, "", ""), "PEN"), fault.Forbidden, "self_approval"},
			{"a leader about another team", "LOU", extension, fault.NotFound, ""},
			{"a leader who revokes", "LEA", about(certificates.Revocation, "", ""), fault.Forbidden, ""},
			{"a leader who completes late", "LEA", about(certificates.Late, "", "2026-12-31"), fault.Forbidden, ""},
			{"about nobody", "PEN", ofPerson(extension, "NOBODY"), fault.NotFound, ""},
			{"about a scheme that is not there", "PEN", certificates.Decision{Kind: certificates.Extension, Person: "EVA", Scheme: "X", Until: date("2026-12-31"), Reason: "x"}, fault.Invalid, "decision"},
			{"about no scheme", "PEN", certificates.Decision{Kind: certificates.Exemption, Person: "EVA", Until: date("2026-12-31"), Reason: "other-evidence"}, fault.Invalid, "decision"},
			{"with a BSN as the reason", "PEN", certificates.Decision{Kind: certificates.Extension, Person: "EVA", Scheme: "BALIE", Until: date("2026-12-31"), Reason: "zie 111222333"}, fault.Invalid, "bsn"},
			{"of a kind that is none", "PEN", certificates.Decision{Kind: "x", Person: "EVA", Scheme: "BALIE"}, fault.Invalid, "decision"},
		} {
			refuses(t, second(s.Decide(ctx, actors[tt.who], tt.d)), tt.kind, tt.reason)
			refuses(t, second(s.TryDecision(ctx, actors[tt.who], tt.d)), tt.kind, tt.reason)
		}
		same(t, "rows after refusals", s.dump(), before)
		s.decide("LEA", extension)
		s.decide("PEN", ofPerson(about(certificates.Absence, "", ""), "LEA")) // a leader without a manager has HR
		s.decide("LOU", ofPerson(about(certificates.Absence, "", ""), "PEN"))
	})
}

// Two leaders of whom each works in the team of the other do not exempt each other.
func TestLeadersOfEachOtherDoNotDecide(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{Employments: []staff.Employment{
			{Person: "LEA", Number: 2, Team: "T2", Role: "R2", From: date("2026-01-15")}, {Person: "LOU", Number: 2, Team: "T1", Role: "R2", From: date("2026-01-15")},
		}}, true))
		away := about(certificates.Absence, "", "")
		away.Person = "LOU"
		refuses(t, second(s.Decide(ctx, s.as("LEA"), away)), fault.Forbidden, "self_approval")
		s.must(second(s.Tasks(ctx, s.as("LEA"), "LOU", "")))
		s.decide("PEN", away)
	})
}

func TestAnExtensionMovesOneDutyUntilItIsUndone(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{}) // EVA's duty is due on 14 February
		lea := s.as("LEA")
		before := s.facts()
		tried, err := s.TryDecision(ctx, lea, about(certificates.Extension, "", "2026-03-31"))
		s.must(err)
		same(t, "rows after a try", s.facts(), before)
		decided := s.decide("LEA", about(certificates.Extension, "", "2026-03-31"))
		equal(t, "what follows", changes(decided), "moved 2026-01-15 BALIE due 2026-03-31")
		equal(t, "what the try told", changes(tried), changes(decided))
		equal(t, "made", decided.Made, true)
		equal(t, "who", decided.By, "Lea Bos")
		equal(t, "may be undone", decided.Undoable, true)
		eva := s.as("EVA")
		task := s.task(eva, "EVA")
		equal(t, "due", task.DueOn, date("2026-03-31"))
		equal(t, "why", strings.HasSuffix(strings.Join(task.WhyDutch, " "), "Je hebt uitstel tot en met 31 maart 2026."), true)
		equal(t, "audit", s.lines("audit", "act=decision.taken ", "subject=EVA", "actor=LEA", "object="+decided.ID), 1)
		equal(t, "she is told", s.lines("notes", "person=EVA", "Uitstel voor Balie tot en met 31 maart 2026."), 1)

		again := s.decide("LEA", about(certificates.Extension, "", "2026-03-31"))
		equal(t, "the same again is made", again.Made, false)
		equal(t, "the same again", again.ID, decided.ID)
		equal(t, "decisions", s.lines("decisions"), 1)

		own, err := s.Decisions(ctx, eva, "EVA")
		s.must(err)
		equal(t, "her decisions", len(own), 1)
		equal(t, "the title", own[0].Title, "Balie")
		refuses(t, second(s.Decisions(ctx, eva, "EEF")), fault.NotFound, "")
		refuses(t, second(s.UndoDecision(ctx, eva, decided.ID)), fault.Forbidden, "")
		refuses(t, second(s.UndoDecision(ctx, s.as("LOU"), decided.ID)), fault.NotFound, "")
		refuses(t, second(s.UndoDecision(ctx, s.as("LEA"), "NONE")), fault.NotFound, "")

		s.clock.set("2026-02-14", "23:00") // the last day before it has an effect
		undone, err := s.UndoDecision(ctx, s.as("PEN"), decided.ID)
		s.must(err)
		equal(t, "undone by", undone.Undoer, "Pen Bos")
		equal(t, "due again", s.task(eva, "EVA").DueOn, date("2026-02-14"))
		refuses(t, second(s.UndoDecision(ctx, s.as("PEN"), decided.ID)), fault.Conflict, "undone")
		own, err = s.Decisions(ctx, eva, "EVA")
		s.must(err)
		equal(t, "it stays visible", own[0].Undoer, "Pen Bos")

		decided = s.decide("LEA", about(certificates.Extension, "", "2026-03-31"))
		equal(t, "taken anew", decided.Made, true)
		s.clock.set("2026-02-15", "00:01")
		refuses(t, second(s.UndoDecision(ctx, s.as("LEA"), decided.ID)), fault.Conflict, "in_effect")
		equal(t, "not overdue", s.task(eva, "EVA").Overdue(), false)
	})
}

func TestAnExemptionEndsTheDutyAndItReturns(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		decided := s.decide("PEN", about(certificates.Exemption, "2026-02-01", "2026-05-31"))
		equal(t, "what follows", changes(decided), "ended 2026-02-01 BALIE due 2026-02-14, returned 2026-06-01 BALIE due 2026-07-01")
		s.sweep(academy.SweepRequest{})
		equal(t, "nothing yet", s.lines("duties", "person=EVA", "ended_on=-"), 1)
		s.clock.set("2026-02-01", "05:15")
		equal(t, "ended", len(s.sweep(academy.SweepRequest{}).Ended), 1)
		refuses(t, second(s.UndoDecision(ctx, s.as("PEN"), decided.ID)), fault.Conflict, "in_effect")
		refuses(t, second(s.EndDecision(ctx, s.as("EVA"), decided.ID, date("2026-04-30"))), fault.Forbidden, "")
		refuses(t, second(s.EndDecision(ctx, s.as("PEN"), decided.ID, date("2026-01-31"))), fault.Invalid, "decision")

		s.clock.set("2026-03-10", "12:00")
		ended, err := s.EndDecision(ctx, s.as("LEA"), decided.ID, date("2026-03-09"))
		s.must(err)
		equal(t, "the last day", ended.Until, date("2026-03-09"))
		equal(t, "asked again at once, as of a newcomer", s.task(s.as("EVA"), "EVA").DueOn, date("2026-04-09"))
		equal(t, "audit", s.lines("audit", "act=decision.ended ", "actor=LEA", "object="+decided.ID), 1)
		refuses(t, second(s.EndDecision(ctx, s.as("LEA"), decided.ID, date("2026-06-30"))), fault.Conflict, "over")
		nobody := about(certificates.Exemption, "", "2026-12-31")
		nobody.Person = "XAN"
		refuses(t, second(s.Decide(ctx, s.as("PEN"), nobody)), fault.Invalid, "decision")
	})
}

func TestDutiesWaitWhileSomebodyIsAway(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		pen, eva := s.as("PEN"), s.as("EVA")
		decided := s.decide("LEA", about(certificates.Absence, "2026-01-12", ""))
		equal(t, "may be undone", decided.Undoable, false)
		equal(t, "may get a last day", decided.Endable, true)
		tasks, err := s.Tasks(ctx, eva, "EVA", academy.DutyPaused)
		s.must(err)
		equal(t, "tasks that wait", len(tasks), 1)
		equal(t, "why", tasks[0].WhyDutch[len(tasks[0].WhyDutch)-1], "Deze taak wacht tot je terug bent.")
		tasks, err = s.Tasks(ctx, eva, "EVA", academy.DutyOpen)
		s.must(err)
		equal(t, "tasks that are open", len(tasks), 0)
		s.clock.set("2026-03-01", "12:00")
		s.sweep(academy.SweepRequest{})
		people, _, err := s.Colleagues(ctx, pen, academy.PeopleQuery{Progress: academy.ProgressAway})
		s.must(err)
		equal(t, "who is away", len(people), 1)
		equal(t, "nothing is late", people[0].Late, 0)

		refuses(t, second(s.Decide(ctx, pen, about(certificates.Absence, "2026-04-01", ""))), fault.Invalid, "decision")
		ended, err := s.EndDecision(ctx, pen, decided.ID, date("2026-02-20"))
		s.must(err)
		equal(t, "it may be corrected", ended.Endable, true)
		task := s.task(eva, "EVA")
		equal(t, "due: the return and the shortest induction", task.DueOn, date("2026-03-23"))
		equal(t, "wait no more", task.Paused, false)
		decided = s.decide("LEA", about(certificates.Absence, "2026-04-01", "2026-04-30"))
		equal(t, "what follows", changes(decided), "moved 2026-04-01 BALIE due 2026-05-31")
		s.clock.set("2026-03-31", "12:00")
		_, err = s.UndoDecision(ctx, pen, decided.ID)
		s.must(err)
		s.clock.set("2026-04-02", "12:00")
		s.sweep(academy.SweepRequest{})
		equal(t, "what was undone moves nothing", s.task(eva, "EVA").DueOn, date("2026-03-23"))
		if strings.Contains(s.dump(), "omdat het zo is") {
			t.Error("a reason was kept")
		}
	})
}

func TestEarlyCompletionCountsWhatCameTooSoon(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		s.take(eva, "BALIE", right) // valid until 14 January 2027, renewing counts from 15 November
		s.clock.set("2026-10-01", "12:00")
		equal(t, "too soon", s.take(eva, "KORT", right).Result.Outcome, courses.BeforeWindow)
		pen := s.as("PEN")
		before := s.facts()
		tried, err := s.TryDecision(ctx, pen, about(certificates.Early, "2026-10-01", ""))
		s.must(err)
		same(t, "rows after a try", s.facts(), before)
		equal(t, "periods that would begin", len(tried.Begun), 1)
		decided := s.decide("PEN", about(certificates.Early, "2026-10-01", ""))
		equal(t, "periods that begin", len(decided.Begun), 1)
		equal(t, "from the old end", decided.Begun[0].ValidFrom, date("2027-01-15"))
		equal(t, "certificates", s.lines("certificates", "person=EVA"), 2)
		equal(t, "open duties", s.lines("duties", "person=EVA", "done_on=-"), 0)
		equal(t, "the same again", s.decide("PEN", about(certificates.Early, "2026-10-01", "")).ID, decided.ID)
		equal(t, "periods", s.lines("periods", "person=EVA"), 2)
	})
}

func TestEarlyCompletionOpensTheDuty(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		s.take(eva, "BALIE", right)
		decided := s.decide("PEN", about(certificates.Early, "2026-06-01", ""))
		equal(t, "what follows", changes(decided), "opened 2026-06-01 BALIE due 2027-01-14")
		s.clock.set("2026-06-01", "05:15")
		equal(t, "opened", len(s.sweep(academy.SweepRequest{}).Opened), 1)
		equal(t, "counts", s.take(eva, "KORT", right).Result.Outcome, courses.Certified)
	})
}

func TestLateCompletionAcceptsTheRefresher(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		s.take(eva, "BALIE", right) // valid until 14 January 2027, grace until 14 February
		s.clock.set("2027-03-01", "12:00")
		s.sweep(academy.SweepRequest{})
		tried, err := s.TryDecision(ctx, s.as("PEN"), about(certificates.Late, "", "2027-03-31"))
		s.must(err)
		if tried.Retest == nil || tried.Retest.Course != "KORT" || tried.Retest.Same {
			t.Errorf("the quiz becomes %v", tried.Retest)
		}
		equal(t, "too late", s.take(eva, "KORT", right).Result.Outcome, "full_course_needed")
		decided := s.decide("PEN", about(certificates.Late, "", "2027-03-01"))
		equal(t, "from the day after the grace", decided.From, date("2027-02-15"))
		equal(t, "periods that begin", len(decided.Begun), 1)
		equal(t, "its dates", decided.Begun[0].ValidFrom.String()+" "+decided.Begun[0].ValidUntil.String(), "2027-03-01 2028-01-14")
		equal(t, "the duty is done", s.lines("duties", "person=EVA", "cycle=2", "done_on=2027-03-01"), 1)
	})
}

func TestARevokedPeriodEndsItsChain(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva, pen := s.as("EVA"), s.as("PEN")
		c := s.take(eva, "BALIE", right).Result.Certificate
		code := string(c.Number)
		revoke := about(certificates.Revocation, "", "")
		revoke.Cycle = 1
		s.clock.set("2026-03-01", "12:00")
		ahead := revoke
		ahead.From = date("2026-04-01")
		decided := s.decide("PEN", ahead)
		equal(t, "what follows", changes(decided), "opened 2026-04-01 BALIE due 2026-05-01")
		equal(t, "until its day it holds", s.verdict(code), certificates.Valid)
		refuses(t, second(s.Decide(ctx, pen, revoke)), fault.Invalid, "decision")
		_, err := s.UndoDecision(ctx, pen, decided.ID)
		s.must(err)
		s.clock.set("2026-04-02", "12:00")
		s.sweep(academy.SweepRequest{})
		equal(t, "undone in time", s.verdict(code), certificates.Valid)
		equal(t, "no duty", s.lines("duties", "person=EVA", "done_on=-"), 0)

		decided = s.decide("PEN", revoke)
		equal(t, "at once", s.verdict(code), certificates.Revoked)
		equal(t, "may be undone", decided.Undoable, false)
		refuses(t, second(s.UndoDecision(ctx, pen, decided.ID)), fault.Conflict, "in_effect")
		task := s.task(eva, "EVA")
		equal(t, "the full course", task.Course, "BALIE")
		equal(t, "its cycle", task.Cycle, 2)
		equal(t, "due", task.DueOn, date("2026-05-02"))
		equal(t, "the refresher does not suffice", s.take(eva, "KORT", right).Result.Outcome, "full_course_needed")
		s.clock.set("2026-04-03", "12:00")
		equal(t, "the full course", s.take(eva, "BALIE", right).Result.Outcome, courses.Certified)
		equal(t, "it stays revoked", s.verdict(code), certificates.Revoked)
	})
}

// verdict is what anybody hears of a certificate.
func (s *scene) verdict(code string) certificates.State {
	s.t.Helper()
	v, err := s.Verify(ctx, code)
	s.must(err)
	return v.State
}

func TestAPeriodThatWasToComeIsRevoked(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		first := s.take(eva, "BALIE", right).Result.Certificate
		s.clock.set("2026-11-20", "12:00")
		s.sweep(academy.SweepRequest{})
		next := s.take(eva, "KORT", right).Result.Certificate
		equal(t, "to come", s.verdict(string(next.Number)), certificates.Upcoming)
		revoke := about(certificates.Revocation, "", "")
		revoke.Cycle = 2
		decided := s.decide("PEN", revoke)
		equal(t, "what follows: due when the one that holds ends", changes(decided), "opened 2026-11-20 BALIE due 2027-01-14")
		equal(t, "revoked", s.verdict(string(next.Number)), certificates.Revoked)
		people, _, err := s.Colleagues(ctx, s.as("PEN"), academy.PeopleQuery{Team: "T1", Scheme: "BALIE"})
		s.must(err)
		at := slices.IndexFunc(people, func(c academy.Colleague) bool { return c.ID == "EVA" })
		equal(t, "the one that holds ends", people[at].Until, date("2027-01-14"))
		s.clock.set("2027-01-20", "12:00")
		equal(t, "it never began, so it replaced nothing", s.verdict(string(first.Number)), certificates.Expired)
		report := s.sweep(academy.SweepRequest{})
		equal(t, "who is no longer qualified", slices.Contains(report.Lapsed, academy.Lapse{Person: "EVA", Scheme: "BALIE", Title: "Balie", ValidUntil: date("2027-01-14")}), true)
	})
}

func TestTwoWhoDecideTheSameAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		lea, pen := s.as("LEA"), s.as("PEN")
		var both sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			who := []staff.Actor{lea, pen}[i%2]
			both.Go(func() { _, errs[i] = s.Decide(ctx, who, about(certificates.Absence, "2026-02-01", "2026-02-28")) })
		}
		both.Wait()
		equal(t, "absences", s.lines("decisions", "person=EVA"), 1)
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
				continue
			}
			refuses(t, err, fault.Invalid, "decision")
		}
		equal(t, "who took it hears so each time", made, 4)
	})
}

func TestWhoLooksAtARecordIsWrittenDownOnceADay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva, lea := s.as("EVA"), s.as("LEA")
		c := s.take(eva, "BALIE", right).Result.Certificate
		for range 2 {
			_, err := s.Dossier(ctx, lea, "EVA")
			s.must(err)
			_, err = s.Certificate(ctx, s.as("PEN"), c.Number)
			s.must(err)
			_, err = s.Tasks(ctx, eva, "EVA", "")
			s.must(err)
			_, _, err = s.Colleagues(ctx, lea, academy.PeopleQuery{Scheme: "BALIE"})
			s.must(err)
		}
		refuses(t, second(s.Dossier(ctx, s.as("LOU"), "EVA")), fault.NotFound, "")
		refuses(t, second(s.Dossier(ctx, s.as("EEF"), "EVA")), fault.Forbidden, "")
		equal(t, "audit", s.lines("audit", "act=person.read "), 2)
		s.clock.set("2026-01-16", "09:00")
		_, err := s.Periods(ctx, lea, "EVA")
		s.must(err)
		readers, err := s.Readers(ctx, eva)
		s.must(err)
		want := []academy.Reader{{Name: "Lea Bos", On: date("2026-01-16")}, {Name: "Lea Bos", On: date("2026-01-15")}, {Name: "Pen Bos", On: date("2026-01-15")}}
		if !slices.Equal(readers, want) {
			t.Errorf("got %v, want %v", readers, want)
		}
		readers, err = s.Readers(ctx, s.as("XAN"))
		s.must(err)
		equal(t, "who looked at nobody", len(readers), 0)
	})
}

func TestWhoAreThereAndHowTheyDo(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.holds("EVA", "2025-02-12") // its window is open
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
			People:      []staff.Person{{ID: "NEW", First: "Nieuw", Last: "Aalders"}, {ID: "OLD", First: "Oud", Last: "Bos"}},
			Employments: []staff.Employment{{Person: "NEW", Number: 1, Team: "T1", Role: "R1", From: date("2026-02-01")}, {Person: "OLD", Number: 1, Team: "T1", Role: "R1", From: date("2020-01-01"), Until: date("2026-01-14")}},
		}, true))
		s.sweep(academy.SweepRequest{})
		list := func(who staff.PersonID, ask academy.PeopleQuery) string {
			t.Helper()
			people, of, err := s.Colleagues(ctx, s.as(who), ask)
			s.must(err)
			var ids []string
			for _, p := range people {
				ids = append(ids, string(p.ID))
			}
			if who == "PEN" && of != 8 || who == "LEA" && of != 3 {
				t.Errorf("%s may follow %d people", who, of)
			}
			return strings.Join(ids, " ")
		}
		refuses(t, func() error { _, _, err := s.Colleagues(ctx, s.as("EVA"), academy.PeopleQuery{}); return err }(), fault.Forbidden, "")
		equal(t, "everybody, by name", list("PEN", academy.PeopleQuery{}), "NEW EVA AUT EEF LEA LOU PEN XAN")
		equal(t, "a leader's team", list("LEA", academy.PeopleQuery{}), "EVA EEF LEA")
		equal(t, "of a team", list("PEN", academy.PeopleQuery{Team: "T1"}), "NEW EVA EEF LEA")
		equal(t, "another team is not a leader's", list("LEA", academy.PeopleQuery{Team: "T2"}), "")
		equal(t, "of a role", list("PEN", academy.PeopleQuery{Role: "R1"}), "NEW EVA EEF")
		equal(t, "late", list("PEN", academy.PeopleQuery{Progress: academy.ProgressLate}), "LEA")
		equal(t, "up to date", list("PEN", academy.PeopleQuery{Progress: academy.ProgressDone}), "NEW AUT LOU PEN XAN")
		equal(t, "what is due first", list("LEA", academy.PeopleQuery{Order: academy.ByDue}), "LEA EEF EVA")
		equal(t, "by team", list("PEN", academy.PeopleQuery{Order: academy.ByTeam}), "AUT LOU PEN XAN NEW EVA EEF LEA")
		equal(t, "missing", list("PEN", academy.PeopleQuery{Scheme: "BALIE", Standing: certificates.Missing}), "LEA")
		equal(t, "expiring", list("PEN", academy.PeopleQuery{Scheme: "BALIE", Standing: certificates.Expiring}), "EVA")
		equal(t, "of that team", list("PEN", academy.PeopleQuery{Team: "T2", Scheme: "BALIE", Standing: certificates.Expiring}), "")

		d, err := s.Dossier(ctx, s.as("LEA"), "EVA")
		s.must(err)
		equal(t, "what she holds", len(d.Holdings), 1)
		equal(t, "how she stands", d.Holdings[0].Standing, certificates.Expiring)
		equal(t, "asked", d.Holdings[0].Asked, true)
		equal(t, "her tasks", len(d.Tasks), 1)
		equal(t, "her team", d.TeamNames(), "Balie")
		d, err = s.Dossier(ctx, s.as("PEN"), "OLD")
		s.must(err)
		equal(t, "who has left works nowhere", d.TeamNames(), "")
	})
}
