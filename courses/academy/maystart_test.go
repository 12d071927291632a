package academy_test

import (
	"errors"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

func TestMayStartSaysWhatStartingWould(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva := s.as("EVA")
		s.must(s.MayStart(ctx, eva, "BALIE"))
		fail := func() courses.AttemptID {
			sitting, _, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
			s.must(err)
			s.must(s.MayStart(ctx, eva, "BALIE")) // it goes on with the open one
			s.must(second(s.SubmitAttempt(ctx, eva, sitting.Attempt.ID)))
			return sitting.Attempt.ID
		}
		refused := func() courses.Refused {
			t.Helper()
			var says, does *courses.Refused
			_, _, err := s.StartAttempt(ctx, eva, "BALIE", academy.Timing{})
			if !errors.As(s.MayStart(ctx, eva, "BALIE"), &says) || !errors.As(err, &does) {
				t.Fatal("nothing is refused")
			}
			equal(t, "what it says and what it does", *says, *does)
			return *says
		}
		fail()
		equal(t, "the day after a fail", refused().Reason, courses.CoolingOff)
		s.clock.move(25 * time.Hour)
		s.must(s.MayStart(ctx, eva, "BALIE"))
		last := fail() // two attempts are allowed
		equal(t, "without attempts left", refused().Reason, courses.AttemptsExhausted)
		refuses(t, s.MayStart(ctx, staff.Actor{Person: "EVA"}, "BALIE"), fault.Forbidden, "")

		s.must(s.ChooseFollowUp(ctx, eva, last, courses.Talk))
		waiting, err := s.OwnFollowUps(ctx, eva)
		s.must(err)
		equal(t, "her choices that wait", len(waiting), 1)
		equal(t, "her choice", waiting[0].Choice, courses.Talk)
		waiting, err = s.OwnFollowUps(ctx, s.as("PEN"))
		s.must(err)
		equal(t, "choices of somebody else", len(waiting), 0)
		s.must(s.SettleFollowUp(ctx, s.as("PEN"), last))
		s.must(s.MayStart(ctx, eva, "BALIE"))
	})
}
