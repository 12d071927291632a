package academy_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// volatile is what may differ between two sweeps that come to the same: when they ran and how often, and with that who was
// reminded of what; mail has its own tests.
var volatile = []string{"tokens", "sweeps", "audit.id", "audit.at", "outbox", "reminders", "notes", "escalations", "leader_weeks"}

// facts is every row that must be the same however often and however late the sweep runs.
func (s *scene) facts() string {
	lines := strings.SplitAfter(storetest.Dump(s.t, s.address, volatile...), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.Contains(line, "act=duty.escalated ") }), "")
}

// write puts rows into the database as another program would.
func (s *scene) write(f func(ctx context.Context, q store.Q) error) {
	s.t.Helper()
	s.must(s.db.InTx(ctx, f))
}

// holds makes a period of a year that somebody holds, and the appointment that belongs to it.
func (s *scene) holds(person staff.PersonID, from string) {
	s.t.Helper()
	end := date(from).TermEnd(12)
	p := certificates.Period{ID: "P-" + string(person), Person: person, Scheme: "BALIE", SchemeVersion: 1, Cycle: 1, Anchor: date(from), Term: 1, Path: certificates.PathInitial,
		CompletedOn: date(from), ValidFrom: date(from), ValidUntil: end, WindowOpensOn: end.AddDays(1).AddMonths(-2), GraceUntil: end.AddDays(1).TermEnd(1), Course: "BALIE", CourseVersion: 1}
	s.write(func(ctx context.Context, q store.Q) error {
		if err := store.InsertPeriods(ctx, q, p); err != nil {
			return err
		}
		return store.MakeAppointments(ctx, q, store.Appointment{Person: person, Scheme: "BALIE", On: p.WindowOpensOn})
	})
}

func TestTheSweepOpensDutiesAndSaysWhy(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		refuses(t, second(s.Sweep(ctx, s.as("EVA"), academy.SweepRequest{})), fault.Forbidden, "")
		before := s.dump()
		dry := s.sweep(academy.SweepRequest{DryRun: true})
		same(t, "rows after a dry run", s.dump(), before)

		report := s.sweep(academy.SweepRequest{})
		equal(t, "opened", len(report.Opened), 3)
		equal(t, "opened in the dry run", len(dry.Opened), 3)
		equal(t, "failed", report.Failed, 0)
		equal(t, "EVA's duty", s.lines("duties", "person=EVA", "cycle=1", "opens_on=2026-01-15", "due_on=2026-02-14"), 1)
		equal(t, "LEA's, by the team alone", s.lines("duties", "person=LEA", "opens_on=2020-01-01", "due_on=2020-03-01"), 1)
		equal(t, "audit", s.lines("audit", "act=duty.opened ", "subject=EVA", "object=BALIE"), 1)
		tasks, err := s.Tasks(ctx, s.as("EVA"), "EVA", academy.DutyOpen)
		s.must(err)
		equal(t, "tasks", len(tasks), 1)
		equal(t, "course", tasks[0].Course, "BALIE")
		equal(t, "path", tasks[0].Path, certificates.PathInitial)
		equal(t, "why", strings.Join(tasks[0].WhyDutch, " "),
			"Omdat je sinds 15 januari 2026 medewerker balie bent (art. 1). Omdat je sinds 15 januari 2026 in het team Balie werkt. Je hebt dit nog niet eerder gehaald.")
		equal(t, "whys in English", len(tasks[0].WhyEnglish), 3)

		after := s.facts()
		again := s.sweep(academy.SweepRequest{})
		equal(t, "opened the second time", len(again.Opened)+again.Looked, 0)
		same(t, "rows after the second time", s.facts(), after)
		runs, err := s.Sweeps(ctx, s.as("PEN"), 9)
		s.must(err)
		equal(t, "runs", len(runs), 2)
		equal(t, "opened in the first run", runs[1].Opened, 3)
		equal(t, "looked at in the first run", runs[1].Looked, report.Looked)
		refuses(t, second(s.Sweeps(ctx, s.as("EVA"), 9)), fault.Forbidden, "")
	})
}

func TestTheSweepOpensAWindow(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.take(s.as("EVA"), "BALIE", right)
		s.clock.set("2026-11-14", "05:15")
		equal(t, "a day early", len(s.sweep(academy.SweepRequest{}).Opened), 0)
		s.clock.set("2026-11-15", "05:15")
		report := s.sweep(academy.SweepRequest{})
		equal(t, "opened", len(report.Opened), 1)
		task := report.Opened[0]
		equal(t, "who", task.Person, "EVA")
		equal(t, "course", task.Course, "KORT")
		equal(t, "cycle", task.Cycle, 2)
		equal(t, "due", task.DueOn, date("2027-01-14"))

		s.clock.set("2027-01-15", "05:15")
		report = s.sweep(academy.SweepRequest{})
		equal(t, "lapsed", len(report.Lapsed), 1)
		equal(t, "what lapsed", report.Lapsed[0], academy.Lapse{Person: "EVA", Scheme: "BALIE", Title: "Balie", ValidUntil: date("2027-01-14")})
		equal(t, "lapsed is told once", len(s.sweep(academy.SweepRequest{}).Lapsed), 0)
		eva := s.as("EVA")
		task = s.task(eva, "EVA")
		equal(t, "in grace the refresher suffices", task.Course, "KORT")
		equal(t, "overdue", task.Overdue(), true)
		s.clock.set("2027-02-15", "05:15")
		task = s.task(eva, "EVA")
		equal(t, "after the grace the full course", task.Course, "BALIE")
		equal(t, "the same duty", task.Cycle, 2)

		equal(t, "a refresher after the grace", s.take(eva, "KORT", right).Result.Outcome, "full_course_needed")
		s.clock.set("2027-02-17", "05:15")
		equal(t, "the full course", s.take(eva, "BALIE", right).Result.Outcome, "certified")
		equal(t, "open duties", s.lines("duties", "person=EVA", "done_on=-"), 0)
		done, err := s.Tasks(ctx, eva, "EVA", academy.DutyDone)
		s.must(err)
		equal(t, "how the second was done", done[1].Course, "BALIE")
	})
}

// task returns the one open task of a person.
func (s *scene) task(who staff.Actor, person staff.PersonID) academy.Task {
	s.t.Helper()
	tasks, err := s.Tasks(ctx, who, person, academy.DutyOpen)
	s.must(err)
	if len(tasks) != 1 {
		s.t.Fatalf("%d open tasks", len(tasks))
	}
	return tasks[0]
}

func TestTheSweepTellsWhoIsNoLongerQualified(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Define(ctx, staff.Actor{}, nil, []certificates.Requirement{{ID: "3", Scheme: "PRAKTIJK", SubjectKind: certificates.ForPerson, Subject: "EVA"}}))
		for _, held := range []academy.Held{
			{Person: "LEA", Scheme: "BALIE", AchievedOn: date("2025-02-01"), ValidUntil: date("2026-01-31")},
			{Person: "EVA", Scheme: "PRAKTIJK", AchievedOn: date("2024-02-01"), ValidUntil: date("2026-01-20")},
			{Person: "EVA", Scheme: "BALIE", AchievedOn: date("2025-02-01"), ValidUntil: date("2026-01-31")},
			{Person: "XAN", Scheme: "BALIE", AchievedOn: date("2025-02-01"), ValidUntil: date("2026-01-31")}, // nobody requires it
		} {
			s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{held}))
		}
		s.sweep(academy.SweepRequest{})
		s.clock.set("2026-02-01", "05:15")
		ahead, report := s.sweep(academy.SweepRequest{DryRun: true}), s.sweep(academy.SweepRequest{})
		want := []academy.Lapse{
			{Person: "EVA", Scheme: "BALIE", Title: "Balie", ValidUntil: date("2026-01-31")},
			{Person: "EVA", Scheme: "PRAKTIJK", Title: "Praktijk", ValidUntil: date("2026-01-20")},
			{Person: "LEA", Scheme: "BALIE", Title: "Balie", ValidUntil: date("2026-01-31")},
		}
		if !slices.Equal(report.Lapsed, want) || !slices.Equal(ahead.Lapsed, want) {
			t.Errorf("got %v, in the dry run %v, want %v", report.Lapsed, ahead.Lapsed, want)
		}
		equal(t, "people", report.LapsedPeople(), 2)
		equal(t, "people in the run that is kept", s.lines("sweeps", "lapsed=2"), 1)
	})
}

func TestADutyEndsWithTheRoleAndReturnsWithIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.clock.set("2026-05-01", "05:15")
		report := s.sweep(academy.SweepRequest{})
		equal(t, "ended", len(report.Ended), 1)
		equal(t, "on the day itself", s.lines("duties", "person=EEF", "ended_on=2026-04-01"), 1)
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{Employments: []staff.Employment{{Person: "EEF", Number: 2, Team: "T1", Role: "R1", From: date("2026-06-01")}}}, true))
		equal(t, "not yet", len(s.sweep(academy.SweepRequest{}).Opened), 0)
		s.clock.set("2026-06-01", "05:15")
		equal(t, "returned", len(s.sweep(academy.SweepRequest{}).Opened), 1)
		equal(t, "the duty", s.lines("duties", "person=EEF", "cycle=1", "opens_on=2026-06-01", "due_on=2026-07-01", "ended_on=-"), 1)
		equal(t, "its history", s.lines("audit", "act=duty.ended ", "subject=EEF")+s.lines("audit", "act=duty.returned ", "subject=EEF"), 2)
	})
}

func TestADayInTheFutureIsForADryRunOnly(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		pen := s.as("PEN")
		before := s.dump()
		refuses(t, second(s.Sweep(ctx, pen, academy.SweepRequest{On: date("2026-01-16")})), fault.Invalid, "")
		ahead := s.sweep(academy.SweepRequest{On: date("2026-04-01"), DryRun: true})
		equal(t, "ended by then", len(ahead.Ended), 1)
		same(t, "rows", s.dump(), before)
	})
}

// TestAMissedNightChangesNothing compares a sweep every day with one after the whole time, for people whose windows open,
// whose certificates lapse and whose roles end on different days.
func TestAMissedNightChangesNothing(t *testing.T) {
	story := func(s *scene, days ...string) string {
		s.holds("EVA", "2025-04-10") // its window opens on 10 February, it lapses on 10 April
		s.holds("LEA", "2025-02-12") // lapses within the days
		s.holds("XAN", "2025-02-12") // nobody requires it
		for _, day := range days {
			s.clock.set(day, "05:15")
			s.sweep(academy.SweepRequest{})
		}
		return s.facts()
	}
	var daily []string
	for day := date("2026-01-15"); day <= date("2026-05-01"); day = day.AddDays(1) {
		daily = append(daily, day.String())
	}
	for name, days := range map[string][]string{
		"at once": {"2026-05-01"}, "after three missed days": append(append([]string{}, daily[:20]...), append([]string{}, daily[23:]...)...), "each day twice": append(append([]string{}, daily...), daily[len(daily)-1]),
	} {
		var want []string
		onStage(t, func(t *testing.T, s *scene) { want = append(want, story(s, daily...)) })
		onStage(t, func(t *testing.T, s *scene) {
			same(t, name, story(s, days...), want[0])
			want = want[1:]
		})
	}
}

func TestTwoReplicasSweepAsOne(t *testing.T) {
	var alone []string
	story := func(s *scene) {
		s.holds("EVA", "2025-02-12")
		s.holds("LEA", "2025-02-12")
		s.clock.set("2026-05-01", "05:15")
	}
	onStage(t, func(t *testing.T, s *scene) {
		story(s)
		s.sweep(academy.SweepRequest{})
		alone = append(alone, s.facts())
	})
	onStage(t, func(t *testing.T, s *scene) {
		story(s)
		replicas := []*academy.Office{s.Office, s.office(storetest.Open(t, s.address)), s.office(storetest.Open(t, s.address))}
		reports := make([]academy.SweepReport, len(replicas))
		errs := make([]error, len(replicas))
		parallel(len(replicas), func(i int) { reports[i], errs[i] = replicas[i].SweepNow(ctx) })
		opened, failed := 0, 0
		for i, r := range reports {
			s.must(errs[i])
			opened, failed = opened+len(r.Opened), failed+r.Failed
		}
		equal(t, "failed", failed, 0)
		equal(t, "opened by all together", opened, 3)
		same(t, "rows", s.facts(), alone[0])
		alone = alone[1:]
	})
}

func TestSomethingThatHappensMeanwhileHoldsUpOneSchemeOnly(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, []certificates.Requirement{
			{ID: "3", Scheme: "PRAKTIJK", SubjectKind: certificates.ForEverybody}, {ID: "4", Scheme: "EENMALIG", SubjectKind: certificates.ForEverybody},
		}))
		eva := s.as("EVA")
		var busy []courses.AttemptID
		for _, course := range []courses.CourseKey{"BALIE", "LOS"} {
			sitting := s.start(eva, course)
			_, err := s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(sitting))
			s.must(err)
			busy = append(busy, sitting.Attempt.ID)
		}
		var once sync.Once
		s.db.Watch(func(statement string, _ int64) {
			if strings.Contains(statement, `FROM "duties"`) { // the last that the sweep reads
				once.Do(func() {
					for _, id := range busy {
						second(s.SubmitAttempt(ctx, eva, id))
					}
				})
			}
		})
		report := s.sweep(academy.SweepRequest{})
		equal(t, "failed", report.Failed, 0)
		equal(t, "EVA's duty for what she just obtained", s.lines("duties", "person=EVA", "scheme=BALIE"), 0)
		equal(t, "EVA's duty for what never ends", s.lines("duties", "person=EVA", "scheme=EENMALIG"), 0)
		equal(t, "EVA's other duty", s.lines("duties", "person=EVA", "scheme=PRAKTIJK"), 1)
		for _, task := range report.Opened {
			if task.Person == "EVA" && task.Scheme != "PRAKTIJK" {
				t.Error("the report tells of a duty that was not opened")
			}
		}
	})
}

func TestTheSweepHandsInWhatIsOver(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.holds("EVA", "2025-02-12") // its last day is 11 February 2026
		s.sweep(academy.SweepRequest{})
		eva, lea, eef := s.as("EVA"), s.as("LEA"), s.as("EEF")
		for _, who := range []staff.Actor{eva, lea, eef} {
			sitting := s.start(who, "KORT")
			s.must(second(s.SaveAnswers(ctx, who, sitting.Attempt.ID, right(sitting))))
			if who.Person == "EEF" {
				s.must(s.PauseAttempt(ctx, eef, sitting.Attempt.ID))
			}
		}
		s.clock.move(9 * time.Minute)
		s.sweep(academy.SweepRequest{})
		equal(t, "open while the time runs", s.lines("attempts", "submitted_at=-"), 3)
		s.clock.set("2026-02-12", "05:15")
		s.sweep(academy.SweepRequest{DryRun: true})
		equal(t, "open after a dry run", s.lines("attempts", "submitted_at=-"), 3)
		_, err := storetest.Raw(t, s.address).Exec("UPDATE answers SET answer = 'broken' WHERE attempt = (SELECT id FROM attempts WHERE person = 'LEA')")
		s.must(err)
		report := s.sweep(academy.SweepRequest{})
		equal(t, "failed", report.Failed, 1)
		equal(t, "told by the log", strings.Count(s.log.String(), "a person could not be handled"), 1)
		equal(t, "the log names her", s.logs("LEA"), false)
		equal(t, "lapsed", len(report.Lapsed), 0)
		equal(t, "EVA's certificate", s.lines("certificates", "person=EVA"), 1)
		equal(t, "EVA's duty", s.lines("duties", "person=EVA", "cycle=2", "done_on=2026-01-15"), 1)
		equal(t, "who handed it in", s.lines("audit", "act=attempt.submitted ", "subject=EVA", "actor= "), 1)
		equal(t, "open: the broken one and the one on pause", s.lines("attempts", "submitted_at=-"), 2)
	})
}

// What the sweep writes follows from what is true at that moment, not from what it saw when it looked ahead.
func TestTheSweepSeesWhatHappenedSinceItLooked(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		var meanwhile atomic.Bool
		s.db.Watch(func(statement string, _ int64) {
			if strings.Contains(statement, `FROM "duties"`) && meanwhile.CompareAndSwap(false, true) { // it has looked ahead
				s.must(s.Define(ctx, staff.Actor{}, nil, []certificates.Requirement{{ID: "0", Scheme: "BALIE", SubjectKind: certificates.ForPerson, Subject: "EVA", InductionDays: 5}}))
			}
		})
		report := s.sweep(academy.SweepRequest{})
		equal(t, "failed", report.Failed, 0)
		equal(t, "EVA's duty by the new requirement", s.lines("duties", "person=EVA", "due_on=2026-01-20"), 1)
		before := s.facts()
		equal(t, "what is left to do", len(s.sweep(academy.SweepRequest{}).Moved), 0)
		same(t, "rows", s.facts(), before)
	})
}

func TestASweepThatIsStoppedKeepsNoRun(t *testing.T) {
	for name, at := range map[string]string{"while it looks": `FROM "agenda"`, "while it writes": `INSERT INTO "duties"`} {
		t.Run(name, func(t *testing.T) {
			onStage(t, func(t *testing.T, s *scene) {
				const many, begun = 300, 80 // as many as are in transactions at a time
				s.crowd(many, "2025-03-01")
				stopped, stop := context.WithCancel(ctx)
				s.db.Watch(func(statement string, _ int64) {
					if strings.Contains(statement, at) {
						stop()
					}
				})
				_, err := s.SweepNow(stopped)
				equal(t, "it says", errors.Is(err, context.Canceled), true)
				equal(t, "runs", s.lines("sweeps"), 0)
				equal(t, "failures in the log", strings.Count(s.log.String(), "could not be handled"), 0)
				if opened := s.lines("duties"); opened > begun {
					t.Errorf("%d were opened, most of them after the stop", opened)
				}
				s.sweep(academy.SweepRequest{})
				equal(t, "duties once it is run again", s.lines("duties"), 3+many)
			})
		})
	}
}

func TestABrokenPersonDoesNotStopTheRest(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		raw := storetest.Raw(t, s.address)
		_, err := raw.Exec("UPDATE employments SET from_on = 'long ago' WHERE person = 'EEF'") // a row that cannot be read
		s.must(err)
		_, err = raw.Exec("INSERT INTO duties VALUES ('LEA', 'BALIE', 1, 'long ago', '2020-01-01', NULL, NULL)")
		s.must(err)
		report := s.sweep(academy.SweepRequest{})
		equal(t, "failed", report.Failed, 2)
		equal(t, "opened", len(report.Opened), 1)
		equal(t, "EVA's duty", s.lines("duties", "person=EVA"), 1)
		equal(t, "told by the log", strings.Count(s.log.String(), "a person could not be handled"), 2)
		equal(t, "the log names them", s.logs("EEF") || s.logs("LEA"), false)
		_, err = raw.Exec("UPDATE employments SET from_on = '2026-01-01' WHERE person = 'EEF'")
		s.must(err)
		equal(t, "EEF once that is repaired", len(s.sweep(academy.SweepRequest{}).Opened), 1)
	})
}

// crowd employs so many people more, who hold a period that began on a day.
func (s *scene) crowd(people int, from string) {
	s.t.Helper()
	end := date(from).TermEnd(12)
	var w academy.Workforce
	var periods []certificates.Period
	var appointments []store.Appointment
	for n := range people {
		id := staff.PersonID(fmt.Sprintf("%s-%05d", from, n))
		w.People = append(w.People, staff.Person{ID: id})
		w.Employments = append(w.Employments, staff.Employment{Person: id, Number: 1, Team: "T1", Role: "R1", From: date("2020-01-01")})
		periods = append(periods, certificates.Period{ID: string(id), Person: id, Scheme: "BALIE", SchemeVersion: 1, Cycle: 1, Anchor: date(from), Term: 1, CompletedOn: date(from), ValidFrom: date(from),
			ValidUntil: end, WindowOpensOn: end.AddDays(1).AddMonths(-2), GraceUntil: end.AddDays(1).TermEnd(1)})
		appointments = append(appointments, store.Appointment{Person: id, Scheme: "BALIE", On: end.AddDays(1).AddMonths(-2)})
	}
	s.write(func(ctx context.Context, q store.Q) error {
		if err := store.InsertPeople(ctx, q, w.People); err != nil {
			return err
		}
		if err := store.InsertEmployments(ctx, q, w.Employments); err != nil {
			return err
		}
		if err := store.InsertPeriods(ctx, q, periods...); err != nil {
			return err
		}
		return store.MakeAppointments(ctx, q, appointments...)
	})
}

func TestASweepThatDisqualifiesManyWaitsForSomebody(t *testing.T) {
	for _, tt := range []struct {
		name          string
		lapse, remain int
		held          bool
	}{
		{"fifty of more than two hundred and fifty", 50, 250, false}, // 50 of 307
		{"fifty of a hundred", 50, 50, true},
		{"forty-nine of fifty", 49, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onStage(t, func(t *testing.T, s *scene) {
				s.sweep(academy.SweepRequest{})
				s.crowd(tt.lapse, "2025-03-01")
				s.crowd(tt.remain, "2025-12-01")
				s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{People: []staff.Person{{ID: "OUD", First: "Otto", Last: "Oud"}}, Employments: []staff.Employment{{Person: "OUD", Number: 1, Team: "T1", Role: "R1", From: date("2010-01-01"), Until: date("2020-01-01")}}}, true))
				s.clock.set("2026-03-01", "05:15")
				before := s.facts()
				dry := s.sweep(academy.SweepRequest{DryRun: true})
				equal(t, "held in a dry run", dry.Held, tt.held)
				report := s.sweep(academy.SweepRequest{})
				equal(t, "held", report.Held, tt.held)
				equal(t, "lapsed", report.LapsedPeople(), tt.lapse)
				if !tt.held {
					return
				}
				same(t, "rows while it is held", s.facts(), before)
				equal(t, "who left long ago, while it is held", s.lines("people", "id=OUD"), 1)
				equal(t, "the run is known, and that it wrote nothing", s.lines("sweeps", "held=1", "opened=0", "looked=0", fmt.Sprintf("lapsed=%d", tt.lapse)), 1)
				equal(t, "what it would do", len(report.Opened), tt.lapse)
				confirmed := s.sweep(academy.SweepRequest{Confirm: true})
				equal(t, "held when confirmed", confirmed.Held, false)
				equal(t, "who left long ago, once confirmed", s.lines("people", "id=OUD"), 0)
				equal(t, "duties", s.lines("duties", "cycle=2"), tt.lapse)
				equal(t, "held afterwards", s.sweep(academy.SweepRequest{}).Held, false)
			})
		})
	}
}

// TestTheSweepCostsWhatIsDue counts statements and rows for the same people due, among few periods and among many.
func TestTheSweepCostsWhatIsDue(t *testing.T) {
	cost := func(s *scene, others int) (statements, rows int64) {
		s.sweep(academy.SweepRequest{})
		s.crowd(30, "2025-03-01")
		s.crowd(others, "2025-12-01")
		s.clock.set("2026-01-16", "05:15")
		var lock sync.Mutex
		s.db.Watch(func(statement string, n int64) {
			for _, frame := range []string{"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"} { // who shares a commit differs from run to run
				if strings.HasPrefix(statement, frame) {
					return
				}
			}
			lock.Lock()
			defer lock.Unlock()
			statements, rows = statements+1, rows+n
		})
		if opened := len(s.sweep(academy.SweepRequest{}).Opened); opened != 30 {
			s.t.Fatalf("%d opened", opened)
		}
		return statements, rows
	}
	var few [][2]int64
	onStage(t, func(t *testing.T, s *scene) {
		statements, rows := cost(s, 1_000)
		few = append(few, [2]int64{statements, rows})
		t.Logf("%d statements, %d rows", statements, rows)
	})
	onStage(t, func(t *testing.T, s *scene) {
		statements, rows := cost(s, 10_000)
		equal(t, "statements", statements, few[0][0])
		equal(t, "rows", rows, few[0][1])
		few = few[1:]
	})
}

func TestHiringSomebodyLooksAtNobodyElse(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.crowd(20, "2025-12-01")
		s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{People: []staff.Person{{ID: "NEW", First: "Noa", Last: "Bos"}}, Employments: []staff.Employment{{Person: "NEW", Number: 1, Team: "T1", Role: "R1", From: date("2026-01-15")}}}, true))
		report := s.sweep(academy.SweepRequest{})
		equal(t, "looked at", report.Looked, 1)
		equal(t, "opened for", report.Opened[0].Person, "NEW")
	})
}

func TestAReplanKeepsAnAppointmentThatHasCome(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		s.clock.set("2026-04-10", "05:15") // EEF's role ended on 31 March, and no sweep ran since
		s.must(s.Define(ctx, staff.Actor{}, nil, []certificates.Requirement{{ID: "9", Scheme: "PRAKTIJK", SubjectKind: certificates.ForPerson, Subject: "LOU"}}))
		s.sweep(academy.SweepRequest{})
		equal(t, "ended on its own day", s.lines("duties", "person=EEF", "ended_on=2026-04-01"), 1)
		equal(t, "the new requirement", s.lines("duties", "person=LOU", "scheme=PRAKTIJK"), 1)
	})
}
