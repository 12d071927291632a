package academy_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

func TestAnswersAreKeptOneByOne(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, eef := s.as("EVA"), s.as("EEF")
		sitting, started, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
		s.must(err)
		equal(t, "started", started, true)
		again, started, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
		s.must(err)
		equal(t, "started again", started, false)
		equal(t, "the open attempt", again.Attempt.ID, sitting.Attempt.ID)
		id, answers := sitting.Attempt.ID, right(sitting)

		kept, err := s.SaveAnswers(ctx, eva, id, answers[:1])
		s.must(err)
		equal(t, "version", kept[0].Version, 1)
		s.clock.move(time.Minute)
		kept, err = s.SaveAnswers(ctx, eva, id, answers[:1]) // a retry of what was acknowledged
		s.must(err)
		equal(t, "version after a repeat", kept[0].Version, 1)
		equal(t, "a repeat writes", kept[0].SavedAt, s.clock.now())

		stale := wrong(sitting)[:1]
		kept, err = s.SaveAnswers(ctx, eva, id, stale)
		s.must(err)
		refuses(t, kept[0].Err, fault.Conflict, "stale")
		equal(t, "what is kept instead", kept[0].Answer.Options[0], answers[0].Answer.Options[0])

		kept, err = s.SaveAnswers(ctx, eva, id, []academy.Given{
			answers[1], {Question: "Q9"}, answers[1], {Question: "Q1", Answer: courses.Answer{Options: []courses.OptionID{"a"}}, Version: 1},
		})
		s.must(err)
		s.must(kept[0].Err)
		refuses(t, kept[1].Err, fault.Invalid, "unknown_question")
		refuses(t, kept[2].Err, fault.Invalid, "duplicate_question")
		refuses(t, kept[3].Err, fault.Invalid, "")
		s.must(s.MarkQuestion(ctx, eva, id, "Q2", true))

		resumed, err := s.Attempt(ctx, eva, id)
		s.must(err)
		equal(t, "answers kept", len(resumed.Saved), 2)
		equal(t, "marked", resumed.Saved["Q2"].Marked, true)
		equal(t, "marking keeps the answer", resumed.Saved["Q2"].Answer.Number, "2")
		equal(t, "a result while open", resumed.Result, nil)

		for what, err := range map[string]error{
			"reading": second(s.Attempt(ctx, eef, id)), "saving": second(s.SaveAnswers(ctx, eef, id, answers)), "submitting": second(s.SubmitAttempt(ctx, eef, id)),
			"marking": s.MarkQuestion(ctx, eef, id, "Q1", true), "pausing": s.PauseAttempt(ctx, eef, id), "extending": s.ExtendAttempt(ctx, eef, id),
			"the leader reading": second(s.Attempt(ctx, s.as("LEA"), id)), "P&O reading": second(s.Attempt(ctx, s.as("PEN"), id)), "an unknown attempt": second(s.Attempt(ctx, eva, "nothing")),
		} {
			t.Run(what, func(t *testing.T) { refuses(t, err, fault.NotFound, "") })
		}
		refuses(t, second(s.SaveAnswers(ctx, staff.Actor{Person: "EVA"}, id, answers)), fault.Forbidden, "")
	})
}

func second[T any](_ T, err error) error { return err }

// parallel calls f so many times at once.
func TestNobodyStartsMoreThanTheyMay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		for round := range 3 { // two attempts are allowed
			var started, open, refused atomic.Int64
			ids := make([]courses.AttemptID, 100)
			errs := make([]error, len(ids))
			parallel(len(ids), func(i int) {
				sitting, begun, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
				ids[i], errs[i] = sitting.Attempt.ID, err
				var no *courses.Refused
				switch {
				case errors.As(err, &no):
					refused.Add(1)
				case begun:
					started.Add(1)
				default:
					open.Add(1)
				}
			})
			if round == 2 {
				equal(t, "refused in the last round", refused.Load(), 100)
				break
			}
			s.must(errors.Join(errs...))
			equal(t, "started", started.Load(), 1)
			equal(t, "the open one", open.Load(), 99)
			equal(t, "attempts", len(slices.Compact(slices.Sorted(slices.Values(ids)))), 1)
			_, err := s.SubmitAttempt(ctx, eva, ids[0])
			s.must(err)
			s.clock.move(25 * time.Hour)
		}
		equal(t, "attempts in all", s.lines("attempts", "person=EVA"), 2)
	})
}

func TestAttemptsCountPerCycle(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, pen := s.as("EVA"), s.as("PEN")
		first := s.take(eva, "BALIE", wrong)
		equal(t, "disclosed after the first", first.Result.Disclosure, courses.DiscloseGoals)
		equal(t, "retry at", first.Result.RetryAt, s.clock.now().Add(24*time.Hour))

		_, _, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
		var refused *courses.Refused
		if !errors.As(err, &refused) || refused.Reason != courses.CoolingOff || !refused.AvailableAt.Equal(first.Result.RetryAt) {
			t.Errorf("a day too early: %v", err)
		}
		s.clock.move(24 * time.Hour)
		last := s.start(eva, "BALIE")
		while, err := s.Attempt(ctx, eva, first.Attempt.ID)
		s.must(err)
		equal(t, "disclosed of the first while the last is open", while.Result.Disclosure, courses.DiscloseGoals)
		equal(t, "choices of the first while the last is open", len(while.Result.Choices), 0)
		refuses(t, s.ChooseFollowUp(ctx, eva, last.Attempt.ID, courses.Talk), fault.Conflict, "")
		last, err = s.SubmitAttempt(ctx, eva, last.Attempt.ID)
		s.must(err)
		equal(t, "disclosed after the last", last.Result.Disclosure, courses.DiscloseEverything)
		equal(t, "last", last.Result.Last, true)
		equal(t, "choices", len(last.Result.Choices), 3)
		s.clock.move(48 * time.Hour)
		if _, _, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{}); !errors.As(err, &refused) || refused.Reason != courses.AttemptsExhausted {
			t.Errorf("a third attempt: %v", err)
		}

		refuses(t, s.ChooseFollowUp(ctx, eva, first.Attempt.ID, courses.Talk), fault.Invalid, "")
		refuses(t, s.ChooseFollowUp(ctx, eva, last.Attempt.ID, "a day off"), fault.Invalid, "")
		refuses(t, s.ChooseFollowUp(ctx, s.as("EEF"), last.Attempt.ID, courses.Talk), fault.NotFound, "")
		s.must(s.ChooseFollowUp(ctx, eva, last.Attempt.ID, courses.AssessmentAtWork))
		s.must(s.ChooseFollowUp(ctx, eva, last.Attempt.ID, courses.Talk))
		refuses(t, second(s.FollowUps(ctx, s.as("LEA"))), fault.Forbidden, "")
		waiting, err := s.FollowUps(ctx, pen)
		s.must(err)
		equal(t, "waiting", len(waiting), 1)
		equal(t, "chosen", waiting[0].Choice, courses.Talk)

		refuses(t, s.SettleFollowUp(ctx, eva, last.Attempt.ID), fault.Forbidden, "")
		refuses(t, s.SettleFollowUp(ctx, eva, "nothing"), fault.Forbidden, "")
		refuses(t, s.SettleFollowUp(ctx, pen, "nothing"), fault.NotFound, "")
		s.must(s.SettleFollowUp(ctx, pen, last.Attempt.ID))
		refuses(t, s.SettleFollowUp(ctx, pen, last.Attempt.ID), fault.Conflict, "settled")
		third := s.take(eva, "BALIE", right)
		equal(t, "passed in the new series", third.Result.Grade.Passed, true)
		equal(t, "number in the cycle", third.Attempt.Number, 3)
	})
}

// TestNothingTellsTheAnswersWhileAnAttemptIsOpen looks for feedback and keys in all that somebody may have of their
// attempts. A paper has no place for them; a result has.
func TestNothingTellsTheAnswersWhileAnAttemptIsOpen(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		tells := func(sitting academy.Sitting, err error) bool {
			t.Helper()
			s.must(err)
			text, err := json.Marshal(sitting)
			s.must(err)
			return bytes.Contains(text, []byte("KANARIE")) || bytes.Contains(text, []byte(`"Key"`)) || bytes.Contains(text, []byte(`"Correct"`))
		}
		passed := s.take(eva, "KORT", right)
		equal(t, "passed", tells(passed, nil), true)
		first := s.take(eva, "BALIE", wrong)
		equal(t, "failed with an attempt left", tells(first, nil), false)
		s.clock.move(24 * time.Hour)
		second := s.start(eva, "BALIE")
		equal(t, "an open one", tells(second, nil), false)
		equal(t, "an open one again", tells(s.Attempt(ctx, eva, second.Attempt.ID)), false)
		equal(t, "an older one meanwhile", tells(s.Attempt(ctx, eva, first.Attempt.ID)), false)
		equal(t, "the last", tells(s.SubmitAttempt(ctx, eva, second.Attempt.ID)), true)
		equal(t, "an older one then", tells(s.Attempt(ctx, eva, first.Attempt.ID)), true)
		s.start(eva, "KORT")
		equal(t, "one that was passed, while the next is open", tells(s.Attempt(ctx, eva, passed.Attempt.ID)), false)
		equal(t, "answers of one that was passed", len(passed.Saved), 2)
		older, err := s.Attempt(ctx, eva, passed.Attempt.ID)
		s.must(err)
		equal(t, "its answers while the next is open", len(older.Saved), 0)
		equal(t, "its marks while the next is open", len(older.Result.Grade.Marks), 0)
		equal(t, "its result while the next is open", older.Result.Grade.Passed, true)
	})
}

func TestNobodySettlesTheirOwn(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		s.take(pen, "LOS", wrong)
		s.clock.move(24 * time.Hour)
		last := s.take(pen, "LOS", wrong)
		equal(t, "choices without a scheme", len(last.Result.Choices), 2)
		s.must(s.ChooseFollowUp(ctx, pen, last.Attempt.ID, courses.Talk))
		refuses(t, s.SettleFollowUp(ctx, pen, last.Attempt.ID), fault.Forbidden, "self_approval")
	})
}

func TestPassingBeforeTheWindowUsesNoAttempts(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		s.take(eva, "BALIE", right)
		for range 3 {
			s.clock.move(25 * time.Hour)
			early := s.take(eva, "KORT", right)
			equal(t, "outcome", early.Result.Outcome, courses.BeforeWindow)
			equal(t, "certificate", early.Result.Certificate, nil)
		}
		s.clock.set("2026-11-15", "12:00")
		equal(t, "outcome in the window", s.take(eva, "KORT", right).Result.Outcome, courses.Certified)
		equal(t, "evidence", s.lines("evidence", "person=EVA"), 5)
		equal(t, "periods", s.lines("periods", "person=EVA"), 2)
	})
}

func TestANewVersionLeavesAnOpenAttemptAlone(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, aut := s.as("EVA"), s.as("AUT")
		sitting := s.start(eva, "BALIE")
		before, err := s.Attempt(ctx, eva, sitting.Attempt.ID)
		s.must(err)
		s.publish(aut, "BALIE", 2)
		after, err := s.Attempt(ctx, eva, sitting.Attempt.ID)
		s.must(err)
		equal(t, "version", after.Attempt.Version, 1)
		equal(t, "options", after.Papers[0].Options[0], before.Papers[0].Options[0])
		_, err = s.SaveAnswers(ctx, eva, sitting.Attempt.ID, right(before))
		s.must(err)
		done, err := s.SubmitAttempt(ctx, eva, sitting.Attempt.ID)
		s.must(err)
		equal(t, "the version on the certificate", done.Result.Certificate.Period.CourseVersion, 1)
		equal(t, "the version of who starts now", s.start(s.as("EEF"), "BALIE").Attempt.Version, 2)
	})
}

func TestTime(t *testing.T) {
	const limit = 10 * time.Minute
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		sitting := s.start(eva, "KORT")
		id := sitting.Attempt.ID
		left := func() time.Duration {
			t.Helper()
			a, err := s.Attempt(ctx, eva, id)
			s.must(err)
			return time.Duration(a.SecondsLeft) * time.Second
		}
		equal(t, "at the start", left(), limit)
		s.clock.move(4 * time.Minute)
		s.must(s.PauseAttempt(ctx, eva, id))
		s.clock.move(time.Hour)
		equal(t, "on pause", left(), 6*time.Minute)
		refuses(t, second(s.SaveAnswers(ctx, eva, id, right(sitting))), fault.Conflict, "paused")
		s.start(eva, "KORT")
		equal(t, "after the pause", left(), 6*time.Minute)
		s.must(s.ExtendAttempt(ctx, eva, id))
		equal(t, "extended", left(), 16*time.Minute)
		s.clock.move(-24 * time.Hour)
		equal(t, "with the clock set back", left(), 2*limit)
		s.clock.move(24 * time.Hour)
		for range 9 {
			s.must(s.ExtendAttempt(ctx, eva, id))
		}
		refuses(t, s.ExtendAttempt(ctx, eva, id), fault.Conflict, "no_more_time")

		_, err := s.SaveAnswers(ctx, eva, id, right(sitting))
		s.must(err)
		deadline := s.clock.now().Add(left())
		s.clock.move(left() - time.Second)
		equal(t, "a second before the end", left(), time.Second)
		s.clock.move(36 * time.Hour)
		refuses(t, second(s.SaveAnswers(ctx, eva, id, wrong(sitting))), fault.Conflict, "time_over")
		done, err := s.Attempt(ctx, eva, id)
		s.must(err)
		equal(t, "what was answered in time counts", done.Result.Grade.Passed, true)
		equal(t, "handed in when the time was over", done.Attempt.SubmittedAt, deadline)
		equal(t, "no limit where none is set", s.start(eva, "BALIE").Attempt.EndsAt.IsZero(), true)
	})
}

func TestTimingIsChosenBeforehand(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, eef := s.as("EVA"), s.as("EEF")
		double, _, err := s.StartAttempt(ctx, eva, "KORT", academy.Timing{Factor: 2})
		s.must(err)
		equal(t, "twice the time", double.SecondsLeft, 1200)
		none, _, err := s.StartAttempt(ctx, eef, "KORT", academy.Timing{None: true})
		s.must(err)
		equal(t, "no limit", none.Attempt.EndsAt.IsZero(), true)
	})
}

func TestAnAttemptWhoseTimeIsOverIsSeenBeforeTheNext(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		open := s.start(eva, "KORT")
		s.clock.move(11 * time.Minute) // the cooling-off time is not over
		over, begun, err := s.StartAttempt(ctx, eva, "KORT", academy.Timing{})
		s.must(err)
		equal(t, "another one", begun, false)
		equal(t, "whose result is seen", over.Attempt.ID, open.Attempt.ID)
		equal(t, "its result", over.Result != nil && !over.Result.Grade.Passed, true)
		equal(t, "handed in", s.lines("attempts", "person=EVA", "submitted_at=-"), 0)

		s.clock.move(48 * time.Hour)
		last := s.start(eva, "KORT")
		s.clock.move(48 * time.Hour)
		equal(t, "at another one that is over", s.start(eva, "KORT").Attempt.ID, last.Attempt.ID)
		_, _, err = s.StartAttempt(ctx, eva, "KORT", academy.Timing{})
		refuses(t, err, fault.Conflict, string(courses.AttemptsExhausted))
		equal(t, "attempts", s.lines("attempts", "person=EVA"), 2)
	})
}

func TestAnAttemptWhoseTimeIsOverMakesRoomForTheNext(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		s.start(eva, "KORT")
		s.clock.move(48 * time.Hour)
		var started atomic.Int64
		errs := make([]error, 40)
		parallel(len(errs), func(i int) {
			_, begun, err := s.StartAttempt(ctx, eva, "KORT", academy.Timing{})
			if errs[i] = err; begun {
				started.Add(1)
			}
		})
		s.must(errors.Join(errs...))
		equal(t, "started", started.Load(), 1)
		equal(t, "attempts", s.lines("attempts", "person=EVA"), 2)
		equal(t, "open", s.lines("attempts", "person=EVA", "submitted_at=-"), 1)
	})
}

func TestWhoLeavesIsOutAtOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.clock.set("2026-03-31", "20:00")
		secret, err := s.StartSession(ctx, "EEF")
		s.must(err)
		eef, err := s.Authenticate(ctx, secret, store.Session)
		s.must(err)
		s.start(eef, "BALIE")
		s.clock.move(4 * time.Hour) // midnight
		refuses(t, second(s.Authenticate(ctx, secret, store.Session)), fault.Unauthenticated, "")
	})
}

func TestPracticeCountsForNothing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		before := s.dump()
		p, err := s.Practice(ctx, eva, "BALIE", 1, "")
		s.must(err)
		equal(t, "questions", p.Of, 2)
		_, mark, err := s.PracticeAnswer(ctx, eva, "BALIE", 1, p.Seed, right(academy.Sitting{Papers: []courses.Paper{p.Paper}})[0].Answer)
		s.must(err)
		equal(t, "feedback at once", mark.Remarks[0].Right, true)
		same(t, "rows", s.dump(), before)
		refuses(t, second(s.Practice(ctx, eva, "BALIE", 3, "")), fault.NotFound, "")
		refuses(t, second(s.Practice(ctx, eva, "NONE", 1, "")), fault.NotFound, "")
		s.start(eva, "BALIE")
		refuses(t, second(s.Practice(ctx, eva, "BALIE", 1, "")), fault.Conflict, "attempt_open")
		refuses(t, second(s.Practice(ctx, staff.Actor{}, "BALIE", 1, "")), fault.Forbidden, "")
	})
}
