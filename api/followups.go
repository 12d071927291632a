package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/staff"
)

// A followUp is what somebody chose after the last attempt of a cycle, and that waits for somebody. It tells no score.
type followUp struct {
	Attempt  courses.AttemptID      `json:"attempt" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA"`
	Person   staff.PersonID         `json:"person" example:"RW1013"`
	Course   courses.CourseKey      `json:"course" example:"ID-LOOKALIKE"`
	Cycle    int                    `json:"cycle" example:"4"`
	Choice   courses.FollowUpChoice `json:"choice" enum:"reread,talk,assessment"`
	ChosenAt time.Time              `json:"chosenAt"`
}

func followUpOf(f courses.FollowUp) followUp {
	return followUp{f.Attempt, f.Person, f.Course, f.Cycle, f.Choice, f.ChosenAt.UTC()}
}

func (s *server) followUps() {
	type chooseInput struct {
		AttemptPath
		Body struct {
			Choice string `json:"choice" enum:"reread,talk,assessment" doc:"reread: reread the lessons with a colleague. talk: talk about it first. assessment: show it at work, where the scheme allows it."`
		} `nameHint:"FollowUpInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "choose-follow-up", Method: http.MethodPut, Path: "/attempts/{attempt}/follow-up", Tags: []string{"Follow-ups"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Choose how to go on", Description: "After the last attempt of a cycle its maker chooses how to go on. The choice may be changed until somebody dealt with it.",
		},
		permission: staff.TakeQuizzes,
		request:    `{"choice": "talk"}`,
	}, func(ctx context.Context, c caller, in *chooseInput) (*struct{}, error) {
		return nil, s.office.ChooseFollowUp(ctx, c.Actor, in.id(), courses.FollowUpChoice(in.Body.Choice))
	})

	type listOutput struct{ Body list[followUp] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-follow-ups", Method: http.MethodGet, Path: "/follow-ups", Tags: []string{"Follow-ups"},
			Summary: "Who waits for somebody", Description: "Lists the choices that wait for somebody, the oldest first. It tells no score.",
		},
		permission: staff.ReadFollowUps,
		response:   `{"items": [{"attempt": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "person": "RW1013", "course": "ID-LOOKALIKE", "cycle": 4, "choice": "talk", "chosenAt": "2026-11-23T09:40:00Z"}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		waiting, err := s.office.FollowUps(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(waiting, *in, func(f courses.FollowUp) string { return string(f.Attempt) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, followUpOf)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "settle-follow-up", Method: http.MethodPost, Path: "/follow-ups/{attempt}/settlement", Tags: []string{"Follow-ups"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "It was talked over, or reread", Description: "Says that what was chosen is done: a new series of attempts opens. Nobody settles their own.",
		},
		permission: staff.SettleFollowUps,
	}, func(ctx context.Context, c caller, in *AttemptPath) (*struct{}, error) {
		return nil, s.office.SettleFollowUp(ctx, c.Actor, in.id())
	})
}
