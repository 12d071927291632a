package courses

import (
	"slices"
	"time"

	"bekwaam/courses/staff"
)

// A FollowUpChoice is what an employee chooses after the last attempt of a cycle. None of them is a sanction.
type FollowUpChoice string

const (
	RereadTogether   FollowUpChoice = "reread"     // reread the lessons with a colleague, then try again
	Talk             FollowUpChoice = "talk"       // talk about it first
	AssessmentAtWork FollowUpChoice = "assessment" // show it at work; only where the scheme allows it
)

// A FollowUp is a choice and how it was dealt with. Settling it opens a new series of attempts.
type FollowUp struct {
	Attempt   AttemptID // the last attempt of the cycle
	Person    staff.PersonID
	Course    CourseKey
	Cycle     int
	Choice    FollowUpChoice
	ChosenAt  time.Time // the office's clock
	SettledAt time.Time // zero while it waits
	SettledBy staff.PersonID
}

// InCycle returns the attempts of one cycle.
func InCycle(attempts []Attempt, cycle int) []Attempt {
	var those []Attempt
	for _, a := range attempts {
		if a.Cycle == cycle {
			those = append(those, a)
		}
	}
	return those
}

// Counting returns which attempts of a cycle count against the limit of its quiz: those after the last attempt that was
// passed, as before the window opened, or whose follow-up was settled.
func Counting(attempts []Attempt, followUps []FollowUp) []Attempt {
	last := 0
	for _, a := range attempts {
		settled := slices.ContainsFunc(followUps, func(f FollowUp) bool { return f.Attempt == a.ID && !f.SettledAt.IsZero() })
		if settled || a.Passed {
			last = max(last, a.Number)
		}
	}
	var counting []Attempt
	for _, a := range attempts {
		if a.Number > last {
			counting = append(counting, a)
		}
	}
	return counting
}
