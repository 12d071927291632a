package courses

import (
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
