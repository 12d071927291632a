package academy_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestHandingInDoesEverythingAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		sitting := s.take(eva, "BALIE", right)
		equal(t, "passed", sitting.Result.Grade.Passed, true)
		equal(t, "outcome", sitting.Result.Outcome, courses.Certified)
		c := sitting.Result.Certificate
		if c == nil || c.Holder != "Eva van der Berg" || c.Period.ValidUntil != date("2027-01-14") {
			t.Fatalf("certificate %+v", c)
		}
		id := "=" + string(sitting.Attempt.ID)
		equal(t, "attempts", s.lines("attempts", "id"+id, "passed=1", "outcome=certified", "score=2"), 1)
		equal(t, "periods", s.lines("periods", "person=EVA", "attempt"+id, "valid_until=2027-01-14"), 1)
		equal(t, "evidence", s.lines("evidence", "person=EVA", "attempt"+id), 1)
		equal(t, "certificates", s.lines("certificates", "person=EVA", "number="+string(c.Number)), 1)
		equal(t, "duties done", s.lines("duties", "person=EVA", "done_on=2026-01-15"), 1)
		equal(t, "the next appointment", s.lines("agenda", "person=EVA", "next_on=2026-11-15"), 1)
		for _, act := range []string{"attempt.started", "attempt.submitted", "period.begun", "certificate.issued"} {
			equal(t, "audit of "+act, s.lines("audit", "act="+act+" ", "actor=EVA", "subject=EVA"), 1)
		}

		before := s.dump()
		again, err := s.SubmitAttempt(ctx, eva, sitting.Attempt.ID)
		s.must(err)
		equal(t, "the certificate of a second call", again.Result.Certificate.Number, c.Number)
		same(t, "rows after a second call", s.dump(), before)
		refuses(t, second(s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(sitting))), fault.Conflict, "submitted")
		refuses(t, s.PauseAttempt(ctx, eva, sitting.Attempt.ID), fault.Conflict, "submitted")
	})
}

func TestHandingInThatFailsLeavesNothing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		sitting := s.start(eva, "BALIE")
		_, err := s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(sitting))
		s.must(err)
		before, raw := s.dump(), storetest.Raw(t, s.address)
		if store.IsPostgres(s.address) { // the last thing that handing in writes
			_, err = raw.Exec(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.act = 'attempt.submitted' THEN RAISE EXCEPTION 'injected'; END IF; RETURN NEW; END $$;
				CREATE TRIGGER refuse BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION refuse()`)
		} else {
			_, err = raw.Exec(`CREATE TRIGGER refuse BEFORE INSERT ON audit WHEN NEW.act = 'attempt.submitted' BEGIN SELECT RAISE(ABORT, 'injected'); END`)
		}
		s.must(err)
		if _, err := s.SubmitAttempt(ctx, eva, sitting.Attempt.ID); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("got %v", err)
		}
		same(t, "rows", s.dump(), before)
		if store.IsPostgres(s.address) {
			_, err = raw.Exec("DROP TRIGGER refuse ON audit")
		} else {
			_, err = raw.Exec("DROP TRIGGER refuse")
		}
		s.must(err)
		sitting, err = s.SubmitAttempt(ctx, eva, sitting.Attempt.ID)
		s.must(err)
		equal(t, "passed afterwards", sitting.Result.Grade.Passed, true)
	})
}

func parallel(n int, f func(i int)) {
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wait.Go(func() { <-begin; f(i) })
	}
	close(begin)
	wait.Wait()
}

func TestTwoHundredSubmissionsGiveOneResult(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		sitting := s.start(eva, "BALIE")
		_, err := s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(sitting))
		s.must(err)
		s.clock.step.Store(2_000_000) // what the office knows of its installation is always old
		results := make([]academy.Sitting, 200)
		errs := make([]error, len(results))
		other := s.office(storetest.Open(t, s.address))
		parallel(len(results), func(i int) {
			results[i], errs[i] = []*academy.Office{s.Office, other}[i%2].SubmitAttempt(ctx, eva, sitting.Attempt.ID)
		})
		s.must(errors.Join(errs...))
		for _, r := range results {
			if r.Result.Certificate == nil || r.Result.Certificate.Number != results[0].Result.Certificate.Number {
				t.Fatal("two answers differ")
			}
		}
		for _, table := range []string{"periods", "evidence", "certificates"} {
			equal(t, table, s.lines(table, "person=EVA"), 1)
		}
		for _, act := range []string{"attempt.submitted", "period.begun", "certificate.issued"} {
			equal(t, "audit of "+act, s.lines("audit", "act="+act+" ", "subject=EVA"), 1)
		}
	})
}

// Two courses of one scheme that are handed in at the same moment begin one period; the other counts as passed as well.
func TestTwoCoursesOfASchemeAreHandedInAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.holds("EVA", "2025-02-12")
		s.sweep(academy.SweepRequest{})
		eva := s.as("EVA")
		var ids []courses.AttemptID
		for _, course := range []courses.CourseKey{"BALIE", "KORT"} {
			sitting := s.start(eva, course)
			s.must(second(s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(sitting))))
			ids = append(ids, sitting.Attempt.ID)
		}
		other := s.office(storetest.Open(t, s.address))
		errs := make([]error, len(ids))
		if store.IsPostgres(s.address) {
			var meanwhile sync.Once
			var waiting sync.WaitGroup
			s.db.Watch(func(statement string, _ int64) {
				if strings.Contains(statement, `FROM "periods"`) { // the first has seen no new period; the second waits for it
					meanwhile.Do(func() { waiting.Go(func() { _, errs[1] = other.SubmitAttempt(ctx, eva, ids[1]) }) })
				}
			})
			_, errs[0] = s.SubmitAttempt(ctx, eva, ids[0])
			waiting.Wait()
		} else { // one writer
			parallel(len(ids), func(i int) { _, errs[i] = []*academy.Office{s.Office, other}[i].SubmitAttempt(ctx, eva, ids[i]) })
		}
		s.must(errors.Join(errs...))
		equal(t, "handed in and passed", s.lines("attempts", "person=EVA", "passed=1"), 2)
		equal(t, "new periods", s.lines("periods", "person=EVA", "cycle=2"), 1)
		equal(t, "evidence", s.lines("evidence", "person=EVA"), 2)
	})
}

// TestAClassHandsInAtOnce has more people busy than there are connections: nobody may need a second one.
func TestAClassHandsInAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.clock.step.Store(2_000_000) // what the office knows of its installation is always old
		class := make([]staff.Actor, 100)
		var w academy.Workforce
		for i := range class {
			class[i].Person, class[i].Functions = staff.PersonID(fmt.Sprintf("C%02d", i)), []staff.Function{staff.Employee}
			w.People = append(w.People, staff.Person{ID: class[i].Person, First: "Cas", Last: "Bos"})
		}
		s.must(s.Hire(ctx, staff.Actor{}, w, true))
		sittings := make([]academy.Sitting, len(class))
		for i, who := range class {
			sittings[i] = s.start(who, "BALIE")
			_, err := s.SaveAnswers(ctx, who, sittings[i].Attempt.ID, right(sittings[i]))
			s.must(err)
		}
		errs := make([]error, len(class))
		parallel(len(class), func(i int) { _, errs[i] = s.SubmitAttempt(ctx, class[i], sittings[i].Attempt.ID) })
		s.must(errors.Join(errs...))
		equal(t, "certificates", s.lines("certificates"), len(class))
	})
}

func TestAnAttemptIsNeverHandedInBeforeItBegan(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		open := s.start(eva, "BALIE")
		_, err := s.SetToday(ctx, date("2026-01-05"))
		s.must(err)
		done, err := s.SubmitAttempt(ctx, eva, open.Attempt.ID)
		s.must(err)
		equal(t, "handed in", done.Attempt.SubmittedAt, open.Attempt.StartedAt)
	})
}
