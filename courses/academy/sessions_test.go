package academy_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// emergency is a scheme that law demands, shown in two parts.
var emergency = certificates.Scheme{Key: "BHV", Version: 1, Title: "BHV", Months: 12, Method: certificates.MethodCompletion, WindowMonths: 3, GraceMonths: 3, Origin: certificates.OriginLaw, Citation: "art. 15 Arbowet",
	Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "theorie"}, {Kind: certificates.ComponentExternal, Title: "vaardigheid"}}}

// planned is a session of it with two places, five days after the scene begins.
func planned() training.Session {
	return training.Session{ID: "G1", Title: "BHV basis", Scheme: "BHV", Components: []int{0, 1}, Day: date("2026-01-20"), Starts: 9 * 60, Ends: 13 * 60,
		Place: "De Loods", Supplier: "Delta", Places: 2, Cost: 1001, Fund: training.Statutory}
}

// onSession runs a test in a scene with another training officer, POL, and a session that PEN planned.
func onSession(t *testing.T, test func(t *testing.T, s *scene)) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{emergency}, []certificates.Requirement{{ID: "bhv", Scheme: "BHV", SubjectKind: certificates.ForTeam, Subject: "T1", SubjectName: "Balie", InductionDays: 90}}))
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
			People:      []staff.Person{{ID: "POL", First: "Pol", Last: "Bos", Email: "pol@leren.example"}},
			Employments: []staff.Employment{{Person: "POL", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01")}},
		}, true))
		created, err := s.PutSession(ctx, s.as("PEN"), planned())
		s.must(err)
		equal(t, "created", created, true)
		s.sweep(academy.SweepRequest{})
		test(t, s)
	})
}

// enrol puts people on the list of G1, by themselves.
func (s *scene) enrol(people ...staff.PersonID) {
	s.t.Helper()
	for _, p := range people {
		_, err := s.Enrol(ctx, s.as(p), "G1", p)
		s.must(err)
	}
}

func TestPlanningASession(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		pen, others := s.as("PEN"), []staff.Actor{s.as("EVA"), s.as("LEA")}
		before := s.dump()
		created, err := s.PutSession(ctx, pen, planned())
		s.must(err)
		equal(t, "created again", created, false)
		same(t, "planning the same again", s.dump(), before)
		wrong := planned()
		wrong.Fund = training.Development
		_, err = s.PutSession(ctx, pen, wrong)
		refuses(t, err, fault.Invalid, "session")
		wrong = planned()
		wrong.ID, wrong.Day = "G2", date("2026-01-14")
		_, err = s.PutSession(ctx, pen, wrong)
		refuses(t, err, fault.Invalid, "session")
		wrong.ID, wrong.Day = "nieuw", planned().Day
		_, err = s.PutSession(ctx, pen, wrong)
		refuses(t, err, fault.Invalid, "reserved")
		wrong.ID = "a b"
		_, err = s.PutSession(ctx, pen, wrong)
		refuses(t, err, fault.Invalid, "")
		for _, other := range others {
			_, err = s.PutSession(ctx, other, planned())
			refuses(t, err, fault.Forbidden, "")
			refuses(t, s.CancelSession(ctx, other, "G1"), fault.Forbidden, "")
		}
		same(t, "refusals", s.dump(), before)
	})
}

func TestChangingASessionTellsWhoIsOnIt(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.enrol("EVA", "EEF", "LEA")
		equal(t, "invitations", s.lines("notes", "session-enrolled"), 3)
		cheaper := planned()
		cheaper.Cost, cheaper.Version = 500, 1
		_, err := s.PutSession(ctx, pen, cheaper)
		s.must(err)
		equal(t, "notes about money", s.lines("notes", "session-moved"), 0)
		moved := cheaper
		moved.Place, moved.Places, moved.Version = "De Dijk", 3, 2
		was, err := s.Session(ctx, pen, "G1")
		s.must(err)
		_, err = s.PutSession(ctx, pen, moved)
		s.must(err)
		equal(t, "notes about another place", s.lines("notes", "session-moved"), 2)
		equal(t, "moved up", s.lines("notes", "session-up", "LEA"), 1)
		now, err := s.Session(ctx, pen, "G1")
		s.must(err)
		equal(t, "sequence rose", now.Sequence > was.Sequence, true)
		few := moved
		few.Places, few.Version = 2, 3
		_, err = s.PutSession(ctx, pen, few)
		refuses(t, err, fault.Invalid, "session")

		s.must(s.CancelSession(ctx, pen, "G1"))
		equal(t, "told that it is off", s.lines("notes", "session-off"), 3)
		before := s.dump()
		s.must(s.CancelSession(ctx, pen, "G1"))
		same(t, "cancelling twice", s.dump(), before)
		_, err = s.Enrol(ctx, s.as("XAN"), "G1", "XAN")
		refuses(t, err, fault.Conflict, "cancelled")
		cheaper.Version = 3
		_, err = s.PutSession(ctx, pen, cheaper)
		refuses(t, err, fault.Conflict, "cancelled")
	})
}

func TestOfTwoWhoChangeASessionTheSecondHears(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		pen, pol := s.as("PEN"), s.as("POL")
		read, err := s.Session(ctx, pen, "G1")
		s.must(err)
		equal(t, "version", read.Version, 1)
		first, second := read.Session, read.Session
		first.Place, second.Place = "De Dijk", "De Loods 2"
		_, err = s.PutSession(ctx, pen, first)
		s.must(err)
		before := s.dump()
		_, err = s.PutSession(ctx, pol, second)
		refuses(t, err, fault.Conflict, "stale")
		_, err = s.PutSession(ctx, pen, first)
		s.must(err)
		same(t, "the refusal, and the same again", s.dump(), before)
		s.enrol("EVA")
		second.Version = 2
		_, err = s.PutSession(ctx, pol, second)
		s.must(err)
		now, err := s.Session(ctx, pol, "G1")
		s.must(err)
		equal(t, "place", now.Place, "De Loods 2")
		equal(t, "version", now.Version, 3)
	})
}

func TestPlacesGoToWhoEnrolsFirst(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		eva, lea := s.as("EVA"), s.as("LEA")
		waiting, err := s.Enrol(ctx, eva, "G1", "EVA")
		s.must(err)
		equal(t, "EVA waits", waiting, 0)
		before := s.dump()
		_, err = s.Enrol(ctx, eva, "G1", "EVA")
		s.must(err)
		same(t, "enrolling twice", s.dump(), before)
		_, err = s.Enrol(ctx, lea, "G1", "EEF")
		s.must(err)
		waiting, err = s.Enrol(ctx, s.as("PEN"), "G1", "XAN")
		s.must(err)
		equal(t, "XAN waits", waiting, 1)

		_, err = s.Enrol(ctx, lea, "G1", "LOU")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Enrol(ctx, eva, "G1", "EEF")
		refuses(t, err, fault.NotFound, "")
		refuses(t, s.Leave(ctx, s.as("XAN"), "G1", "EVA"), fault.NotFound, "")
		_, err = s.Enrol(ctx, eva, "G9", "EVA")
		refuses(t, err, fault.NotFound, "")

		view, err := s.Session(ctx, eva, "G1")
		s.must(err)
		if len(view.Participants) != 1 || view.Participants[0].Person != "EVA" || view.Enrolled != 2 || view.Waiting != 1 || view.Mine == nil {
			t.Errorf("EVA sees %+v", view)
		}
		view, err = s.Session(ctx, lea, "G1")
		s.must(err)
		equal(t, "people LEA sees", len(view.Participants), 2)

		s.must(s.Leave(ctx, eva, "G1", "EVA"))
		equal(t, "XAN moved up", s.lines("notes", "session-up", "XAN"), 1)
		view, err = s.Session(ctx, s.as("XAN"), "G1")
		s.must(err)
		equal(t, "XAN waits", view.Mine.Waiting, 0)
		before = s.dump()
		s.must(s.Leave(ctx, eva, "G1", "EVA"))
		same(t, "leaving twice", s.dump(), before)
		waiting, err = s.Enrol(ctx, eva, "G1", "EVA")
		s.must(err)
		equal(t, "EVA comes back", waiting, 1)

		s.clock.set("2026-01-20", "09:00")
		refuses(t, s.Leave(ctx, eva, "G1", "EVA"), fault.Conflict, "begun")
		_, err = s.Enrol(ctx, s.as("LOU"), "G1", "LOU")
		refuses(t, err, fault.Conflict, "begun")
		refuses(t, s.CancelSession(ctx, s.as("PEN"), "G1"), fault.Conflict, "begun")
		late := planned()
		late.Cost, late.Version = 99, 1
		_, err = s.PutSession(ctx, s.as("PEN"), late)
		s.must(err)
		late.Place, late.Version = "elders", 2
		_, err = s.PutSession(ctx, s.as("PEN"), late)
		refuses(t, err, fault.Conflict, "begun")
	})
}

func TestWhoDoesNotWorkHereThatDayGetsNoPlace(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		late := planned()
		late.ID, late.Day = "G2", date("2026-04-01")
		_, err := s.PutSession(ctx, s.as("PEN"), late)
		s.must(err)
		_, err = s.Enrol(ctx, s.as("EEF"), "G2", "EEF")
		refuses(t, err, fault.Conflict, "not_employed")
		found, err := s.Candidates(ctx, s.as("LEA"), "G2")
		s.must(err)
		if len(found) != 2 || found[0].Person != "EVA" && found[1].Person != "EVA" {
			t.Errorf("LEA may enrol %+v", found)
		}
		if found, err = s.Candidates(ctx, s.as("LOU"), "G2"); err != nil || len(found) > 0 {
			t.Errorf("LOU may enrol %+v, %v", found, err)
		}
	})
}

func TestTheLastPlaceGoesToOne(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		people := []staff.PersonID{"EVA", "EEF", "XAN", "LOU"}
		waiting := make([]int, len(people))
		var all sync.WaitGroup
		for i, p := range people {
			who := s.as(p)
			all.Go(func() {
				var err error
				if waiting[i], err = s.Enrol(ctx, who, "G1", p); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		seen := map[int]int{}
		for _, w := range waiting {
			seen[w]++
		}
		if seen[0] != 2 || seen[1] != 1 || seen[2] != 1 {
			t.Errorf("the places on the waiting list: %v", waiting)
		}
	})
}

func TestConfirmingGivesEverybodyTheirEvidenceAtOnce(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		more := planned()
		more.Places, more.Version = 5, 1
		_, err := s.PutSession(ctx, s.as("PEN"), more)
		s.must(err)
		s.enrol("EVA", "EEF", "LEA", "XAN", "POL")
		list := []training.Line{
			{Person: "EVA", Attendance: training.Present, Result: training.Passed}, {Person: "EEF", Attendance: training.Present, Result: training.Partly, Shown: []int{0}},
			{Person: "LEA", Attendance: training.Absent}, {Person: "XAN", Attendance: training.Present, Result: training.Failed}, {Person: "POL", Attendance: training.Present, Result: training.Passed},
		}
		refuses(t, s.RecordAttendance(ctx, s.as("PEN"), "G1", list), fault.Conflict, "not_begun")
		s.clock.set("2026-01-20", "14:00")
		pen, pol := s.as("PEN"), s.as("POL")
		refuses(t, s.RecordAttendance(ctx, s.as("LEA"), "G1", list), fault.Forbidden, "")
		_, err = s.ConfirmAttendance(ctx, pol, "G1")
		refuses(t, err, fault.Conflict, "not_recorded")
		s.must(s.RecordAttendance(ctx, pen, "G1", list[:1]))
		s.must(s.RecordAttendance(ctx, pen, "G1", list))

		_, err = s.ConfirmAttendance(ctx, pen, "G1")
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.ConfirmAttendance(ctx, s.as("LEA"), "G1")
		refuses(t, err, fault.Forbidden, "")

		before := s.dump()
		foreseen, err := s.ForeseeConfirmation(ctx, pol, "G1")
		s.must(err)
		same(t, "foreseeing", s.dump(), before)
		led, err := s.ConfirmAttendance(ctx, pol, "G1")
		s.must(err)
		equal(t, "foreseen", len(foreseen), len(led))
		want := []courses.Outcome{courses.Certified, courses.ComponentsMissing, "", "", ""}
		for i, c := range led {
			equal(t, "outcome of "+string(c.Person), c.Outcome, want[i])
			equal(t, "foreseen of "+string(c.Person), foreseen[i].Outcome, want[i])
			equal(t, "confirmed "+string(c.Person), c.Confirmed, c.Person != "POL")
		}
		if led[0].Period == nil || led[0].Period.ValidFrom != date("2026-01-20") || led[0].Period.ValidUntil != date("2027-01-19") || led[1].Period != nil {
			t.Errorf("periods: %+v, %+v", led[0].Period, led[1].Period)
		}
		equal(t, "evidence", s.lines("evidence", training.Source), 3)
		equal(t, "links", s.lines("training_evidence", "G1"), 3)
		tasks, err := s.Tasks(ctx, s.as("EVA"), "EVA", academy.DutyOpen)
		s.must(err)
		for _, task := range tasks {
			if task.Scheme == "BHV" {
				t.Error("the duty of EVA is still open")
			}
		}

		before = s.dump()
		_, err = s.ConfirmAttendance(ctx, pol, "G1")
		refuses(t, err, fault.Forbidden, "self_approval") // only their own line is left
		same(t, "confirming twice", s.dump(), before)
		list[0].Result = training.Failed
		refuses(t, s.RecordAttendance(ctx, pen, "G1", list), fault.Conflict, "confirmed")

		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
			People:      []staff.Person{{ID: "PAM", First: "Pam", Last: "Bos", Email: "pam@leren.example"}},
			Employments: []staff.Employment{{Person: "PAM", Number: 1, Team: "T2", Role: "R3", From: date("2020-01-01")}},
		}, true))
		pam := s.as("PAM")
		led, err = s.ConfirmAttendance(ctx, pam, "G1")
		s.must(err)
		equal(t, "POL", led[4].Outcome, courses.Certified)
		view, err := s.Session(ctx, pen, "G1")
		s.must(err)
		equal(t, "state", view.State, training.Held)
		before = s.dump()
		_, err = s.ConfirmAttendance(ctx, pam, "G1")
		s.must(err)
		same(t, "confirming what is confirmed", s.dump(), before)
		again, err := s.Consequences(ctx, pen, "G1")
		s.must(err)
		equal(t, "lines", len(again), 5)
	})
}

func TestAnInvitationForACalendar(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		s.enrol("POL")
		file, err := s.Invitation(ctx, s.as("EVA"), "G1")
		s.must(err)
		for _, line := range []string{"METHOD:PUBLISH", "UID:G1@leren.example", "DTSTART:20260120T080000Z", "DTEND:20260120T120000Z", "SUMMARY:BHV basis", "LOCATION:De Loods", "SEQUENCE:1", "STATUS:CONFIRMED"} {
			if !bytes.Contains(file, []byte(line+"\r\n")) {
				t.Errorf("no line %s in\n%s", line, file)
			}
		}
		if bytes.Contains(file, []byte("ATTENDEE")) {
			t.Error("a file for EVA names who takes part")
		}
		_, err = s.Invitation(ctx, s.as("EVA"), "G9")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Invitation(ctx, staff.Actor{}, "G1")
		refuses(t, err, fault.Forbidden, "")
	})
}

func TestBudgetsFollowTheSessions(t *testing.T) {
	onSession(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.enrol("EVA", "XAN")
		set := training.Budget{Account: training.Account{Team: "T1", Year: 2026, Fund: training.Statutory}, Budgeted: 500, OtherSpent: 100}
		s.must(s.SetBudget(ctx, pen, set))
		balance := func(who staff.Actor, team staff.TeamID) training.Balance {
			t.Helper()
			found, err := s.Budgets(ctx, who, 2026, team)
			s.must(err)
			return found[0].Balances[0]
		}
		lea := s.as("LEA")
		if b := balance(lea, "T1"); b.Reserved() != 501 || b.Spent() != 100 || b.Left() != -101 {
			t.Errorf("reserved: %+v", b)
		}
		view, err := s.Session(ctx, pen, "G1")
		s.must(err)
		equal(t, "budgets that go over", len(view.Over), 2)
		if view, err = s.Session(ctx, lea, "G1"); err != nil || len(view.Over) != 1 || view.Over[0].Team != "T1" {
			t.Errorf("LEA hears of %+v, %v", view.Over, err)
		}
		if view, err = s.Session(ctx, s.as("EVA"), "G1"); err != nil || len(view.Over) > 0 {
			t.Errorf("EVA hears of %+v, %v", view.Over, err)
		}
		s.clock.move(5 * 24 * time.Hour)
		if b := balance(s.as("PEN"), "T1"); b.Reserved() != 0 || b.Spent() != 601 {
			t.Errorf("spent: %+v", b)
		}
		_, err = s.Budgets(ctx, s.as("LEA"), 2026, "T2")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Budgets(ctx, s.as("EVA"), 2026, "")
		refuses(t, err, fault.Forbidden, "")
		refuses(t, s.SetBudget(ctx, s.as("LEA"), set), fault.Forbidden, "")
		set.Team = "T9"
		refuses(t, s.SetBudget(ctx, s.as("PEN"), set), fault.NotFound, "")
		set.Year = 1
		refuses(t, s.SetBudget(ctx, s.as("PEN"), set), fault.Invalid, "budget")
		years, err := s.BudgetYears(ctx, s.as("LEA"))
		s.must(err)
		equal(t, "years", len(years), 2)
		all, err := s.Sessions(ctx, s.as("EVA"), academy.SessionSearch{From: calendar.Date(0)})
		s.must(err)
		equal(t, "sessions", len(all), 1)
	})
}
