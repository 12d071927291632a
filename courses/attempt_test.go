package courses_test

import (
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

var (
	nine   = time.Date(2026, time.November, 23, 9, 0, 0, 0, calendar.Amsterdam()) // real time
	office = time.Date(2027, time.March, 1, 14, 0, 0, 0, calendar.Amsterdam())    // the office's clock, which a demo moved
)

const half = 30 * time.Minute

// timed is an attempt of half an hour that began at nine.
func timed() courses.Attempt {
	return courses.Attempt{ID: "A", Number: 1, StartedAt: office, BeganAt: nine, EndsAt: nine.Add(half)}
}

func extended(t *testing.T, a courses.Attempt) courses.Attempt {
	t.Helper()
	a, err := a.Extend(half)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTimeLeft(t *testing.T) {
	minute := func(n int) time.Time { return nine.Add(time.Duration(n) * time.Minute) }
	for _, tt := range []struct {
		name    string
		attempt courses.Attempt
		now     time.Time
		left    int // seconds
		expired bool
	}{
		{"all of it at the start", timed(), nine, 1800, false},
		{"a started second counts as one", timed(), nine.Add(half - time.Millisecond), 1, false},
		{"none at the end", timed(), minute(30), 0, true},
		{"none long after", timed(), minute(600), 0, true},
		{"no more than the whole where the clock was set back", timed(), minute(-60), 1800, false},
		{"a pause stops the time", timed().Pause(minute(10)), minute(600), 1200, false},
		{"a second pause changes nothing", timed().Pause(minute(10)).Pause(minute(20)), minute(600), 1200, false},
		{"after a pause the time goes on", timed().Pause(minute(10)).Resume(minute(100)), minute(105), 900, false},
		{"a clock set back during a pause takes nothing away", timed().Pause(minute(10)).Resume(minute(5)), minute(10), 1200, false},
		{"no more than the whole where the clock was set back after a pause", timed().Pause(minute(10)).Resume(minute(100)), minute(-60), 1800, false},
		{"nor after two pauses and more time", extended(t, timed().Pause(minute(10)).Resume(minute(100)).Pause(minute(110)).Resume(minute(200))), minute(0), 3600, false},
		{"nor where it was set back before the pause", timed().Pause(minute(-60)).Resume(minute(-50)), minute(-50), 1800, false},
		{"nor where it was far ahead when the pause ended", timed().Pause(minute(10)).Resume(minute(6000)), minute(11), 1800, false},
		{"going on without a pause changes nothing", timed().Resume(minute(10)), minute(10), 1200, false},
		{"a pause after the end comes too late", timed().Pause(minute(31)), minute(31), 0, true},
		{"more time is the limit once more", extended(t, timed()), minute(30), 1800, false},
		{"more time during a pause is kept", extended(t, timed().Pause(minute(10))).Resume(minute(100)), minute(100), 3000, false},
		{"no limit never ends", courses.Attempt{BeganAt: nine}, minute(60_000), 0, false},
		{"no limit has no pause", courses.Attempt{BeganAt: nine}.Pause(minute(1)), minute(60_000), 0, false},
		{"what is handed in does not expire", timed().Submit(courses.Grade{Score: new(big.Rat)}, office), minute(60), 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.attempt.SecondsLeft(tt.now); got != tt.left {
				t.Errorf("%d seconds left, want %d", got, tt.left)
			}
			if got := tt.attempt.Expired(tt.now); got != tt.expired {
				t.Errorf("expired: %t", got)
			}
		})
	}
}

func TestTheDeadlineIsOnTheClockOfTheOffice(t *testing.T) {
	if got, want := timed().Deadline(), office.Add(half); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := (courses.Attempt{StartedAt: office, BeganAt: nine}).Deadline(); !got.IsZero() {
		t.Errorf("without a limit: %s", got)
	}
}

func TestTimeIsExtendedTenTimesAtMost(t *testing.T) {
	a := timed()
	for range 10 {
		a = extended(t, a)
	}
	refused := map[string]courses.Attempt{"an eleventh time": a, "without a limit": {BeganAt: nine}, "after handing in": timed().Submit(courses.Grade{Score: new(big.Rat)}, office)}
	for name, a := range refused {
		if again, err := a.Extend(half); fault.KindOf(err) != fault.Conflict || again.EndsAt != a.EndsAt {
			t.Errorf("%s: until %s, %v", name, again.EndsAt, err)
		}
	}
}

func TestHandingInHappensOnce(t *testing.T) {
	first := timed().Pause(nine.Add(time.Minute)).Submit(courses.Grade{Score: big.NewRat(3, 1), Maximum: 4, Passed: true}, office)
	if first.Open() || !first.SubmittedAt.Equal(office) || !first.PausedAt.IsZero() || first.Score.RatString() != "3" || first.Maximum != 4 || !first.Passed {
		t.Errorf("handed in: %+v", first)
	}
	again := first.Submit(courses.Grade{Score: new(big.Rat)}, office.Add(time.Hour))
	if !again.SubmittedAt.Equal(office) || again.Score.RatString() != "3" || !again.Passed {
		t.Errorf("handed in again: %+v", again)
	}
}

// failed is an attempt that was handed in so long ago, and not passed.
func failed(number int, ago time.Duration) courses.Attempt {
	return courses.Attempt{ID: courses.AttemptID(rune('A' + number)), Number: number, Cycle: 1, SubmittedAt: office.Add(-ago)}
}

func TestMayStart(t *testing.T) {
	const day = 24 * time.Hour
	passed := failed(1, time.Hour)
	passed.Passed = true
	for _, tt := range []struct {
		name    string
		earlier []courses.Attempt
		want    courses.Refusal
		wait    time.Duration
	}{
		{"the first attempt may start", nil, "", 0},
		{"a second before the day is over waits", []courses.Attempt{failed(1, day-time.Second)}, courses.CoolingOff, time.Second},
		{"a second when the day is over may start", []courses.Attempt{failed(1, day)}, "", 0},
		{"the last failed attempt counts, in whatever order they come", []courses.Attempt{failed(2, time.Hour), failed(1, 3*day)}, courses.CoolingOff, 23 * time.Hour},
		{"who passed does not wait", []courses.Attempt{passed}, "", 0},
		{"after three attempts there is none left, whatever the wait", []courses.Attempt{failed(1, 9*day), failed(2, 5*day), failed(3, 2*day)}, courses.AttemptsExhausted, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := courses.MayStart(courses.DefaultPolicy(), tt.earlier, office)
			var refused *courses.Refused
			switch {
			case tt.want == "":
				if err != nil {
					t.Errorf("refused: %v", err)
				}
			case !errors.As(err, &refused) || refused.Reason != tt.want || !errors.Is(err, fault.New(fault.Conflict, "", "").Because(string(tt.want))):
				t.Errorf("got %v, want %s", err, tt.want)
			case refused.Last != slices.MaxFunc(tt.earlier, func(a, b courses.Attempt) int { return a.Number - b.Number }).ID:
				t.Errorf("the last attempt is %s", refused.Last)
			case tt.wait > 0 && !refused.AvailableAt.Equal(office.Add(tt.wait)):
				t.Errorf("available at %s, want %s", refused.AvailableAt, office.Add(tt.wait))
			}
		})
	}
}

func TestASettledFollowUpOpensANewSeries(t *testing.T) {
	attempts := []courses.Attempt{failed(4, 0), failed(3, 0), failed(2, 0), failed(1, 0)}
	other := failed(5, 0)
	other.Cycle = 2
	settled := func(number int) courses.FollowUp {
		return courses.FollowUp{Attempt: failed(number, 0).ID, SettledAt: office}
	}
	waiting := courses.FollowUp{Attempt: failed(3, 0).ID}
	for _, tt := range []struct {
		name      string
		followUps []courses.FollowUp
		want      int
	}{
		{"without a follow-up all attempts of the cycle count", nil, 4},
		{"one that waits changes nothing", []courses.FollowUp{waiting}, 4},
		{"after the third was settled, the fourth counts", []courses.FollowUp{settled(3)}, 1},
		{"the last one that was settled decides", []courses.FollowUp{settled(4), settled(3)}, 0},
		{"one of another cycle changes nothing", []courses.FollowUp{{Attempt: other.ID, SettledAt: office}}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			counting := courses.Counting(courses.InCycle(append(attempts, other), 1), tt.followUps)
			if len(counting) != tt.want {
				t.Errorf("%d attempts count, want %d", len(counting), tt.want)
			}
			for _, a := range counting {
				if a.Cycle != 1 || a.Number <= 4-tt.want {
					t.Errorf("attempt %d of cycle %d counts", a.Number, a.Cycle)
				}
			}
		})
	}
}
