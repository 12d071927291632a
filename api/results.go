package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A submittedAttempt is an attempt after handing in, with as much of the marks as the quiz lets its maker see.
type submittedAttempt struct {
	AttemptFacts
	SubmittedAt time.Time                `json:"submittedAt"`
	Passed      bool                     `json:"passed"`
	Score       float64                  `json:"score" example:"8.33" doc:"Points earned, rounded half up to two decimals. What decides is exact."`
	Maximum     int                      `json:"maximum" example:"10" doc:"Points that could be earned."`
	Percentage  int                      `json:"percentage" example:"83" doc:"Rounded down, so that nobody reads a pass mark they missed."`
	Reason      courses.Outcome          `json:"reason,omitempty" example:"before_window" doc:"Why passing gave no new period: before_window, components_missing, full_course_needed, other_refresher, prerequisite_first or no_scheme."`
	Certificate *certificate             `json:"certificate,omitempty" doc:"The certificate it earned."`
	AvailableAt *time.Time               `json:"availableAt,omitempty" doc:"When the next attempt may start, where one is left."`
	FollowUp    courses.FollowUpChoice   `json:"followUp,omitempty" enum:"reread,talk,assessment" doc:"What was chosen after the last attempt of the cycle."`
	Choices     []courses.FollowUpChoice `json:"followUpChoices,omitempty" enum:"reread,talk,assessment" doc:"What may be chosen after the last attempt of the cycle."`
	Goals       []goalResult             `json:"goals,omitempty" doc:"How it went per goal, where the quiz lets you see it."`
	Questions   []markedQuestion         `json:"questions" doc:"What was asked and answered."`
}

// A goalResult is how the questions about one goal went.
type goalResult struct {
	Goal   courses.GoalID `json:"goal" example:"LD1"`
	Text   string         `json:"text" example:"Je herkent een look-alike."`
	Earned float64        `json:"earned" example:"2.5"`
	Points int            `json:"points" example:"4"`
	Lesson int            `json:"lesson,omitempty" example:"1" doc:"The number of the lesson to reread."`
}

// A markedQuestion is a question with what was answered and, where the quiz lets you see it, what it earned and why.
type markedQuestion struct {
	OpenQuestion
	Mark *mark `json:"mark,omitempty" doc:"Only where the quiz lets you see it: after passing, or after the last attempt."`
}

// A mark is what one answer earned, with all there is to learn from it.
type mark struct {
	Earned   float64            `json:"earned" example:"0.5"`
	Remarks  []remark           `json:"remarks" doc:"On each part of the answer; none where nothing was answered."`
	Solution []courses.Markdown `json:"solution" example:"[\"Je vergelijkt de foto met het gezicht.\"]" doc:"A right answer in words, a line for each part; none for true or false."`
	Answer   givenAnswer        `json:"answer" doc:"For true or false: the right answer; else null."`
}

// A remark says what is to be said of one part of an answer.
type remark struct {
	Part     courses.Markdown `json:"part,omitempty" doc:"The left side of a pair or the id of a gap."`
	Given    courses.Markdown `json:"given,omitempty" doc:"What was answered, in words."`
	Correct  bool             `json:"correct"`
	Feedback courses.Markdown `json:"feedback,omitempty"`
}

// points writes an exact number of points with two decimals.
func points(exact interface{ FloatString(int) string }) float64 {
	written, err := strconv.ParseFloat(exact.FloatString(2), 64)
	if err != nil { // impossible: it is a number
		return 0
	}
	return written
}

func (s *server) submittedOf(c caller, today calendar.Date, from academy.Sitting) submittedAttempt {
	r := from.Result
	to := submittedAttempt{
		AttemptFacts: factsOf(from), SubmittedAt: from.Attempt.SubmittedAt.UTC(), Passed: from.Attempt.Passed,
		Score: points(r.Grade.Score), Maximum: r.Grade.Maximum, Percentage: r.Grade.Percentage(), Choices: r.Choices, Questions: make([]markedQuestion, len(from.Papers)),
	}
	if r.Outcome != courses.Certified {
		to.Reason = r.Outcome
	}
	if r.Certificate != nil {
		earned := s.certificateOf(c, today, *r.Certificate)
		to.Certificate = &earned
	}
	if !r.RetryAt.IsZero() {
		at := r.RetryAt.UTC()
		to.AvailableAt = &at
	}
	if r.FollowUp != nil {
		to.FollowUp = r.FollowUp.Choice
	}
	if r.Disclosure >= courses.DiscloseGoals {
		for _, g := range r.Goals {
			to.Goals = append(to.Goals, goalResult{g.Goal.ID, g.Goal.Text, points(g.Earned), g.Points, g.Lesson})
		}
	}
	open := openOf(from)
	for i, q := range open.Questions {
		to.Questions[i] = markedQuestion{OpenQuestion: q}
		if r.Disclosure == courses.DiscloseEverything {
			to.Questions[i].Mark = markOf(r.Grade, q)
		}
	}
	return to
}

// markOf finds the mark of a question in a grade.
func markOf(grade courses.Grade, q OpenQuestion) *mark {
	for _, m := range grade.Marks {
		if m.Question != q.Question {
			continue
		}
		found := &mark{Earned: points(m.Earned), Remarks: []remark{}, Solution: append([]courses.Markdown{}, m.Solution...), Answer: answerTo(q.Kind, courses.Answer{Truth: m.Key.Truth})}
		for _, r := range m.Remarks {
			found.Remarks = append(found.Remarks, remark{r.Part, r.Given, r.Right, r.Feedback})
		}
		return found
	}
	return nil
}

const submittedExample = `{` + attemptExample + `, "state": "submitted", "submittedAt": "2026-11-23T09:31:00Z", "passed": true, "score": 1, "maximum": 1, "percentage": 100,
	"certificate": ` + certificateExample + `,
	"goals": [{"goal": "LD1", "text": "Je herkent een look-alike.", "earned": 1, "points": 1, "lesson": 1}],
	"questions": [{` + questionExample + `, "answer": "k7w2m9p4x3q8z5t6", "version": 1,
		"mark": {"earned": 1, "remarks": [{"given": "Je vergelijkt de foto met het gezicht.", "correct": true}], "solution": ["Je vergelijkt de foto met het gezicht."], "answer": null}}]}`

func (s *server) submitAttempt() {
	type output struct{ Body submittedAttempt }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "submit-attempt", Method: http.MethodPost, Path: "/attempts/{attempt}/submission", Tags: []string{"Attempts"}, DefaultStatus: http.StatusOK,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Hand a quiz in", Description: "Hands the attempt in with what was saved, once. A second call answers the same. Where another quiz for the same certificate is handed in at the same moment, one of both may answer 409 and is then still open. Passing is score × 100 ≥ pass mark × maximum, in exact arithmetic. It gives a certificate where the course completes a scheme and the date counts, else reason says why not.",
		},
		permission: staff.TakeQuizzes,
		response:   submittedExample,
	}, func(ctx context.Context, c caller, in *AttemptPath) (*output, error) {
		sitting, err := s.office.SubmitAttempt(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		now, err := s.office.Now(ctx)
		if err != nil {
			return nil, err
		}
		return &output{s.submittedOf(c, now.Today(), sitting)}, nil
	})
}
