package courses

import (
	"fmt"
	"math/big"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An AttemptID names an attempt; nobody can guess one.
type AttemptID string

// An Attempt (poging) is one try by one person at the quiz of one version of a course. Two clocks meet in it: what stands
// on a day of the office follows the office's clock, which a demo can move; how long the attempt takes is real time.
type Attempt struct {
	ID          AttemptID
	Person      staff.PersonID
	Course      CourseKey
	Version     int
	Cycle       int           // the cycle of the person's duty that the attempt counts for
	Number      int           // counts the attempts of a person, course and cycle from 1
	Seed        []byte        // secret; see NewShuffle
	StartedAt   time.Time     // the office's clock
	BeganAt     time.Time     // real time, as are the next two
	EndsAt      time.Time     // zero: no time limit
	PausedAt    time.Time     // zero while the time runs
	PausedFor   time.Duration // what the pauses before took
	Extended    time.Duration // added to the time limit so far
	SubmittedAt time.Time     // the office's clock; zero while open
	Score       *big.Rat      // zero while open, as are the next two
	Maximum     int
	Passed      bool
	Outcome     Outcome // what passing led to
}

// Open reports whether the attempt is not handed in.
func (a Attempt) Open() bool { return a.SubmittedAt.IsZero() }

// Shuffle returns the shuffle of the attempt.
func (a Attempt) Shuffle() Shuffle { return NewShuffle(a.Seed) }

// Deadline is when the time ends, on the office's clock; zero where there is no limit. A pause moves it when it ends.
func (a Attempt) Deadline() time.Time {
	if a.EndsAt.IsZero() {
		return time.Time{}
	}
	return a.StartedAt.Add(a.EndsAt.Sub(a.BeganAt))
}

// left is how much time is left at a moment in real time. It stands still during a pause, and it is never more than the
// whole, which pauses are no part of, also where a clock was set back.
func (a Attempt) left(realNow time.Time) time.Duration {
	if !a.PausedAt.IsZero() {
		realNow = a.PausedAt
	}
	return min(max(a.EndsAt.Sub(realNow), 0), a.EndsAt.Sub(a.BeganAt)-a.PausedFor)
}

// SecondsLeft is how much time is left, rounded up; 0 where there is no limit.
func (a Attempt) SecondsLeft(realNow time.Time) int {
	if a.EndsAt.IsZero() {
		return 0
	}
	return int((a.left(realNow) + time.Second - 1) / time.Second)
}

// Expired reports whether an open attempt has run out of time. What was answered by then is handed in, never thrown away.
func (a Attempt) Expired(realNow time.Time) bool {
	return a.Open() && !a.EndsAt.IsZero() && a.left(realNow) == 0
}

// Pause stops the time: "Stop en ga later verder". It changes nothing where no time runs.
func (a Attempt) Pause(realNow time.Time) Attempt {
	if a.Open() && !a.EndsAt.IsZero() && a.PausedAt.IsZero() && !a.Expired(realNow) {
		a.PausedAt = realNow
	}
	return a
}

// Resume lets the time run again: the end moves by as long as the pause took.
func (a Attempt) Resume(realNow time.Time) Attempt {
	if !a.Open() || a.PausedAt.IsZero() {
		return a
	}
	took := max(realNow.Sub(a.PausedAt), 0)
	a.EndsAt, a.PausedFor = a.EndsAt.Add(took), a.PausedFor+took
	a.PausedAt = time.Time{}
	return a
}

// extensions is how often somebody may have the time limit once more, without a reason. WCAG 2.2.1, UX.md §4.
const extensions = 10

var noMoreTime = fault.New(fault.Conflict, "Meer tijd kan niet meer bij deze toets.", "This quiz cannot have more time.").Because("no_more_time")

// Extend gives an open attempt the time limit of its quiz once more; fault.Conflict after the tenth time, and where there
// is no limit or the attempt is handed in. An attempt that has expired is for the caller to hand in first.
func (a Attempt) Extend(limit time.Duration) (Attempt, error) {
	if !a.Open() || a.EndsAt.IsZero() || limit <= 0 || a.Extended+limit > extensions*limit {
		return a, noMoreTime
	}
	a.EndsAt = a.EndsAt.Add(limit)
	a.Extended += limit
	return a, nil
}

// Submit returns a as it is after handing in. Handing in happens once: an attempt that is handed in stays as it is.
func (a Attempt) Submit(grade Grade, officeNow time.Time) Attempt {
	if !a.Open() {
		return a
	}
	a.SubmittedAt, a.PausedAt = officeNow, time.Time{}
	a.Score, a.Maximum, a.Passed = grade.Score, grade.Maximum, grade.Passed
	return a
}

// A Refusal is why no attempt may start, in a word for programs.
type Refusal string

const (
	AttemptsExhausted Refusal = "attempts_exhausted"
	CoolingOff        Refusal = "cooling_off"
)

// Refused says that no attempt may start now. It is a fault.Conflict with the same reason.
type Refused struct {
	Reason      Refusal
	AvailableAt time.Time // the office's clock; zero where waiting does not help
	Last        AttemptID // the latest attempt that counts: its result says what one can do
}

func (r *Refused) Error() string { return r.Unwrap().Error() }

// Unwrap returns the fault.
func (r *Refused) Unwrap() error {
	if r.Reason == CoolingOff {
		at := r.AvailableAt
		return fault.New(fault.Conflict,
			fmt.Sprintf("Je kunt deze toets opnieuw doen vanaf %s, %s.", calendar.On(at).Dutch(), calendar.ClockDutch(at)),
			fmt.Sprintf("You can do this quiz again from %s, %s.", calendar.On(at).English(), calendar.ClockEnglish(at)),
		).Because(string(r.Reason))
	}
	return fault.New(fault.Conflict, "Je hebt alle pogingen voor deze toets gebruikt.", "You have used all attempts at this quiz.").Because(string(r.Reason))
}

// MayStart says whether somebody may start another attempt after the earlier ones that count, or a *Refused why not.
// Cooling off is for an attempt that was not passed.
func MayStart(policy Policy, earlier []Attempt, officeNow time.Time) error {
	var last Attempt
	for _, a := range earlier {
		if a.Number >= last.Number {
			last = a
		}
	}
	if len(earlier) >= policy.AttemptsPerCycle {
		return &Refused{Reason: AttemptsExhausted, Last: last.ID}
	}
	var available time.Time
	for _, a := range earlier {
		if at := a.SubmittedAt.Add(policy.CoolingOff); !a.Open() && !a.Passed && at.After(available) {
			available = at
		}
	}
	if officeNow.Before(available) {
		return &Refused{Reason: CoolingOff, AvailableAt: available, Last: last.ID}
	}
	return nil
}
