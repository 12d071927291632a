package academy_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	ch "bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// reading are the bulletins that somebody must still read.
func (s *scene) reading(person staff.PersonID) []academy.ReadTask {
	s.t.Helper()
	tasks, err := s.ReadTasks(ctx, s.as(person), person, academy.DutyOpen)
	s.must(err)
	return tasks
}

// A change of law is announced; whoever must read its bulletin has a duty with a last day, is reminded, and reminded again; their
// leader hears it where they do not read it; a new version asks anew; and with the last receipt nothing is open.
func TestABulletinIsFollowedThroughToTheLastReceipt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.announced()
		readers := []staff.PersonID{"LEA", "LOU", "XAN", "AUT"}
		for _, person := range readers {
			tasks := s.reading(person)
			if len(tasks) != 1 || tasks[0].DueOn != date("2026-03-18") || tasks[0].Number != 1 || tasks[0].OpensOn != date("2026-01-15") {
				t.Fatalf("%s must read %+v", person, tasks)
			}
			why := strings.Join(tasks[0].WhyDutch, " ")
			if !strings.Contains(why, "Nieuwe wet (art. 1 Wet)") || !strings.Contains(why, "omdat je overig bent") {
				t.Errorf("why: %s", why)
			}
		}
		equal(t, "who is asked nothing", len(s.reading("EVA")), 0)
		_, err := s.ReadTasks(ctx, s.as("XAN"), "LEA", "")
		refuses(t, err, fault.NotFound, "")

		s.must(s.ReadBulletin(ctx, s.as("LEA"), "BUL-1", 1))
		equal(t, "who read it", len(s.reading("LEA")), 0)
		done, err := s.ReadTasks(ctx, s.as("LEA"), "LEA", academy.DutyDone)
		s.must(err)
		equal(t, "it is done", len(done) == 1 && done[0].DoneOn == date("2026-01-15"), true)

		s.clock.set("2026-02-18", "12:00") // 28 days before
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "reminders of reading", s.lines("reminders", "bulletin:BUL-1", "step=-28"), 3)
		equal(t, "the mail says what to do", s.lines("outbox", "person=XAN", "Lees: Nieuwe wet") > 0, true)
		before := s.dump()
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "a second run reminds nobody", s.lines("reminders"), strings.Count(before, "\nreminders "))

		s.must(s.ReadBulletin(ctx, s.as("LOU"), "BUL-1", 1))
		s.must(s.ReadBulletin(ctx, s.as("AUT"), "BUL-1", 1))
		for _, day := range []string{"2026-03-19", "2026-04-02", "2026-04-16"} { // overdue: XAN hears it, then LOU
			s.clock.set(day, "12:00")
			s.sweep(academy.SweepRequest{Confirm: true})
		}
		waiting, err := s.Escalations(ctx, s.as("LOU"))
		s.must(err)
		var title string
		var id store.DutyID
		for _, e := range waiting {
			if e.Person == "XAN" && e.Topic != "" {
				title, id = e.Title, e.DutyID
			}
		}
		equal(t, "what their leader reads", title, "Lezen: Nieuwe wet")
		s.must(s.AnswerEscalation(ctx, s.as("LOU"), id, "We lezen het samen."))

		b, e := bulletin()
		e.From, e.Text = date("2026-04-16"), "Dat."
		_, err = s.WriteBulletin(ctx, s.as("AUT"), b, e)
		s.must(err)
		equal(t, "before the new version is out", s.reading("XAN")[0].Number, 1)
		s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 2))
		for _, person := range readers {
			tasks := s.reading(person)
			if len(tasks) != 1 || tasks[0].Number != 2 || tasks[0].DueOn != date("2026-04-30") {
				t.Errorf("%s must read of the new version %+v", person, tasks)
			}
			s.must(s.ReadBulletin(ctx, s.as(person), "BUL-1", 2))
		}
		s.sweep(academy.SweepRequest{Confirm: true})
		open, err := s.Escalations(ctx, s.as("PEN"))
		s.must(err)
		for _, e := range open {
			if e.Topic != "" {
				t.Errorf("after the last receipt waits %+v", e)
			}
		}
		equal(t, "still to be read", s.lines("read_duties", "done_on=NULL", "ended_on=NULL"), 0)
		c, err := s.Change(ctx, s.as("PEN"), "WET-1")
		s.must(err)
		for _, g := range c.Impact.Groups {
			if g.Kind == ch.Read {
				equal(t, "who read it of the group", g.Done(), len(g.Members))
			}
		}
	})
}

func TestWhoComesLaterReadsTooAndWhoLeavesNeedNot(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.announced()
		more := academy.Workforce{
			People:      []staff.Person{{ID: "NEW", First: "New", Last: "Bos"}},
			Employments: []staff.Employment{{Person: "NEW", Number: 1, Team: "T2", Role: "R2", From: date("2026-03-16")}},
		}
		s.must(s.Hire(ctx, staff.Actor{}, more, true))
		s.clock.set("2026-03-16", "12:00")
		s.sweep(academy.SweepRequest{Confirm: true})
		tasks := s.reading("NEW")
		equal(t, "who began two days before the last day has two weeks", len(tasks) == 1 && tasks[0].DueOn == date("2026-03-30"), true)
		s.must(s.WithdrawChange(ctx, s.as("AUT"), "WET-1", "De wet is uitgesteld."))
		for _, person := range []staff.PersonID{"NEW", "XAN"} {
			equal(t, string(person)+" after the withdrawal", len(s.reading(person)), 0)
		}
	})
}

// What goes out with urgency is mailed at once, says that nobody else saw it, and is seen afterwards by somebody else.
func TestWhatWentOutUrgentlyIsSeenAfterwards(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		u := academy.Urgent{What: "Storing", Kind: ch.Application, Text: "Geef vandaag niets uit.", Source: "RvIG", Roles: []staff.RoleID{"R2"}}
		id, told, err := s.PublishUrgently(ctx, s.as("AUT"), u)
		s.must(err)
		equal(t, "told", told, 4)
		c, err := s.Change(ctx, s.as("LOU"), id)
		s.must(err)
		equal(t, "it is urgent, unseen and of the kind that was chosen", c.Urgent && c.Unseen() && c.Kind == ch.Application, true)
		tasks := s.reading("XAN")
		equal(t, "it is to be read today", len(tasks) == 1 && tasks[0].DueOn == date("2026-01-15"), true)
		_, err = s.SendMail(ctx)
		s.must(err)
		equal(t, "mails of their own", s.lines("outbox", "kind=invitation", "Storing"), 4)
		refuses(t, s.SeeChange(ctx, s.as("AUT"), id), fault.Forbidden, "")
		refuses(t, s.SeeChange(ctx, s.as("XAN"), id), fault.Forbidden, "")
		for range 2 {
			s.must(s.SeeChange(ctx, s.as("LOU"), id))
		}
		refuses(t, s.SeeChange(ctx, s.as("LEA"), id), fault.Conflict, "seen")
	})
}

// Only what holds soon may its writer announce; then it is recorded as urgent.
func TestItsWriterAnnouncesOnlyWhatIsUrgent(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		c := change()
		c.EffectiveOn, c.Buffer, c.Verdicts = date("2026-01-20"), 0, []ch.Verdict{{Kind: ch.None, Roles: []staff.RoleID{"R1"}}}
		c, err := s.SaveChange(ctx, s.as("AUT"), c)
		s.must(err)
		_, err = s.PublishChange(ctx, s.as("AUT"), c.ID, c.Version, false)
		refuses(t, err, fault.Forbidden, "self_approval")
		_, err = s.PublishChange(ctx, s.as("AUT"), c.ID, c.Version, true)
		s.must(err)
		seen, err := s.Change(ctx, s.as("LEA"), c.ID)
		s.must(err)
		equal(t, "it is recorded", seen.Unseen() && s.lines("audit", "change.published-urgently") == 1, true)
		s.must(s.SeeChange(ctx, s.as("LEA"), c.ID))
	})
}

// A release goes live only when enough of its users are trained; until then the old one holds and nobody is outdated.
func TestAReleaseWaitsForItsGate(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		b, e := bulletin()
		_, err := s.WriteBulletin(ctx, s.as("AUT"), b, e)
		s.must(err)
		s.must(s.ConfirmBulletin(ctx, s.as("LEA"), "BUL-1", 1))
		c := change()
		c.Kind, c.Gate, c.Verdicts = ch.Application, 75, c.Verdicts[1:]
		c, err = s.SaveChange(ctx, s.as("AUT"), c)
		s.must(err)
		refuses(t, s.GoLive(ctx, s.as("AUT"), c.ID), fault.Conflict, "no_gate")
		_, err = s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
		s.must(err)
		s.must(s.ReadBulletin(ctx, s.as("LEA"), "BUL-1", 1))
		refuses(t, s.GoLive(ctx, s.as("XAN"), c.ID), fault.Forbidden, "")
		err = s.GoLive(ctx, s.as("AUT"), c.ID)
		refuses(t, err, fault.Conflict, "gate_closed")
		if !strings.Contains(fault.Of(err).Dutch, "25% is geschoold en 75% is nodig. 3 van de 4") {
			t.Error(fault.Of(err).Dutch)
		}
		s.clock.set("2026-04-02", "12:00")
		seen, err := s.Change(ctx, s.as("AUT"), c.ID)
		s.must(err)
		equal(t, "after its day, before it went live", seen.State(date("2026-04-02")), ch.Published)
		for _, reader := range []staff.PersonID{"LOU", "XAN"} {
			s.must(s.ReadBulletin(ctx, s.as(reader), "BUL-1", 1))
		}
		for range 2 {
			s.must(s.GoLive(ctx, s.as("AUT"), c.ID))
		}
		seen, err = s.Change(ctx, s.as("AUT"), c.ID)
		s.must(err)
		equal(t, "once it went live", seen.State(date("2026-04-02")) == ch.InForce && seen.Phase == ch.Introduced, true)
	})
}

// Whoever must do the whole course again has a last day before the change holds, not at the end of their period; and whoever
// renewed early did it, also while the period before still runs.
func TestTheWholeCourseIsDueBeforeTheChangeHolds(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.take(s.as("EVA"), "BALIE", right) // valid until 14 January 2027
		c := change()
		c.Touches.Schemes, c.Verdicts = []certificates.SchemeKey{"BALIE"}, []ch.Verdict{{Kind: ch.Full, Scheme: "BALIE", Holders: "BALIE", Version: 2}}
		s.clock.move(24 * time.Hour)
		c, err := s.SaveChange(ctx, s.as("AUT"), c)
		s.must(err)
		_, err = s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
		s.must(err)
		tasks, err := s.Tasks(ctx, s.as("EVA"), "EVA", academy.DutyOpen)
		s.must(err)
		if len(tasks) != 1 || tasks[0].DueOn != date("2026-03-18") || !strings.Contains(strings.Join(tasks[0].WhyDutch, " "), "omdat er iets verandert: Nieuwe wet") {
			t.Fatalf("%+v", tasks)
		}
		s.clock.set("2026-02-18", "12:00")
		s.sweep(academy.SweepRequest{Confirm: true})
		equal(t, "28 days before", s.lines("reminders", "person=EVA", "scheme=BALIE", "due_on=2026-03-18", "step=-28"), 1)
		s.clock.set("2026-04-01", "12:00")
		seen, err := s.Change(ctx, s.as("PEN"), c.ID)
		s.must(err)
		equal(t, "outdated from the day it holds", seen.Outdated, 1)
	})
}

// Whoever is outdated does not count for a process of which the change says so.
func TestOutdatedPeopleDoNotCountInAPool(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.counter()
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, nil))
		c := change()
		c.Verdicts = []ch.Verdict{{Kind: ch.Delta, Roles: []staff.RoleID{"R1"}, Scheme: "EENMALIG", LosesFor: []staff.ActivityID{"P1"}}}
		c, err := s.SaveChange(ctx, s.as("AUT"), c)
		s.must(err)
		_, err = s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
		s.must(err)
		colour := func(day string) staffing.Colour {
			p, err := s.Process(ctx, s.as("XAN"), "P1", date(day), "")
			s.must(err)
			return p.Colour
		}
		equal(t, "the day before", colour("2026-03-31"), staffing.Yellow)
		equal(t, "from its day", colour("2026-04-01"), staffing.Red)
		s.take(s.as("EVA"), "LOS", right)
		equal(t, "once EVA learned it", colour("2026-04-01"), staffing.Yellow)
	})
}

// The lesson that a delta replaces is withdrawn on the day the change holds, and comes back with a newer version of the course;
// past its review day a course is its publisher's to review, once told.
func TestWhatHoldsNoLongerIsWithdrawnAndReviewed(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		author := s.as("AUT")
		delta := bytes.Replace(source(t, "NIEUW", "1"), []byte("kind: basis"), []byte("kind: delta\ndelta: {change_id: WET-1, base_course: BALIE, replaces_lessons: [1]}"), 1)
		delta = bytes.Replace(delta, []byte("review_due: 2030-01-01"), []byte("review_due: 2026-05-01"), 1)
		s.clock.move(time.Minute)
		_, err := s.DraftVersion(ctx, author, "NIEUW", delta)
		s.must(err)
		_, err = s.PublishVersion(ctx, author, store.VersionID{Course: "NIEUW", Number: 1})
		s.must(err)
		replaced := func() int {
			lessons, err := s.ReplacedLessons(ctx, s.as("XAN"), "BALIE")
			s.must(err)
			return len(lessons)
		}
		c := change()
		c.Verdicts = []ch.Verdict{{Kind: ch.None, Roles: []staff.RoleID{"R1"}}}
		c, err = s.SaveChange(ctx, author, c)
		s.must(err)
		s.clock.set("2026-04-01", "12:00")
		equal(t, "before it is announced", replaced(), 0)
		_, err = s.PublishChange(ctx, s.as("PEN"), c.ID, c.Version, false)
		s.must(err)
		equal(t, "on its day", replaced(), 1)
		s.publish(author, "BALIE", 2)
		equal(t, "with a newer version", replaced(), 0)

		for day, want := range map[string]int{"2026-05-01": 0, "2026-05-02": 1} {
			s.clock.set(day, "12:00")
			reviews, err := s.Reviews(ctx, s.as("AUT"))
			s.must(err)
			equal(t, "reviews on "+day, len(reviews), want)
		}
		s.clock.set("2026-05-02", "12:00")
		for range 2 {
			s.sweep(academy.SweepRequest{Confirm: true})
		}
		equal(t, "who is told, once", s.lines("notes", "review-due", "person=AUT"), 1)
		others, err := s.Reviews(ctx, s.as("PEN"))
		s.must(err)
		equal(t, "what others see", len(others), 0)
	})
}

func TestIndicatorsThatFollowFromWhatIsKept(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		hr := s.as("PEN")
		for i, m := range []ch.Measure{ch.ByHolders, ch.ByResults, ch.ByRelease, ch.ByTalks, ch.ByShadowing, ch.ByExchanges} {
			o := ch.Objective{Teams: []staff.TeamID{"T1"}, Text: "Doel " + string(m), Indicator: "getal", Until: date("2026-12-31"), Measure: m}
			for range 2 { // sent twice
				key, err := s.AddObjective(ctx, hr, o)
				s.must(err)
				equal(t, "the key", key, ch.ObjectiveID([]string{"D01", "D02", "D03", "D04", "D05", "D06"}[i]))
			}
		}
		_, err := s.AddObjective(ctx, s.as("EVA"), ch.Objective{Text: "x"})
		refuses(t, err, fault.Forbidden, "")
		d, err := s.Objectives(ctx, s.as("EVA"))
		s.must(err)
		equal(t, "objectives", len(d.Objectives), 6)
		for i, want := range []ch.Reading{{Value: 1}, {Unknown: true}, {Unknown: true}, {Value: 0}, {Value: 0}, {Value: 0}} { // AUT alone holds a topic
			got := d.Objectives[i].Reading
			equal(t, string(d.Objectives[i].Measure), ch.Reading{Value: got.Value, Unknown: got.Unknown, TooFew: got.TooFew}, want)
		}
	})
}
