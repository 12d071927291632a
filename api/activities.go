package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/staff"
)

// ActivityTerms are what an activity says.
type ActivityTerms struct {
	Kind  staff.ActivityKind `json:"kind" enum:"process,application" doc:"What people work on, or with what."`
	Name  string             `json:"name" minLength:"1" maxLength:"200" example:"Aanvraag en uitgifte reisdocumenten en rijbewijzen"`
	Roles []staff.RoleID     `json:"roles" maxItems:"500" example:"[\"R01\", \"R06\"]" doc:"The roles that do this work now."`
}

// An activity is a process or an application with the roles that work on it.
type activity struct {
	Activity staff.ActivityID `json:"activity" example:"P1"`
	ActivityTerms
}

func activityOf(a staff.Activity) activity {
	return activity{a.ID, ActivityTerms{a.Kind, a.Name, append([]staff.RoleID{}, a.Working()...)}}
}

const activityExample = `{"activity": "P1", "kind": "process", "name": "Aanvraag en uitgifte reisdocumenten en rijbewijzen", "roles": ["R01", "R06"]}`

func (s *server) activities() {
	type listOutput struct{ Body list[activity] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-activities", Method: http.MethodGet, Path: "/activities", Tags: []string{"Requirements"},
			Summary: "Processes and applications", Description: "Lists the processes and applications with the roles that work on them, in order of key.",
		},
		permission: staff.ReadSchemes,
		response:   `{"items": [` + activityExample + `]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Activities(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(a staff.Activity) string { return string(a.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, activityOf)}, nil
	})

	type saveInput struct {
		Activity string `path:"activity" maxLength:"32" example:"P1" doc:"The key of the activity."`
		Body     ActivityTerms
	}
	type saveOutput struct{ Body activity }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-activity", Method: http.MethodPut, Path: "/activities/{activity}", Tags: []string{"Requirements"}, MaxBodyBytes: answersBody,
			Summary: "Add or change an activity", Description: "Adds a process or an application, or gives it another name and other roles. What is required for it is asked at once of who has a role that comes in, from today on, and no longer of who has one that goes out.",
		},
		permission: staff.ChangeSchemes,
		request:    `{"kind": "process", "name": "Aanvraag en uitgifte reisdocumenten en rijbewijzen", "roles": ["R01", "R06"]}`,
		response:   activityExample,
	}, func(ctx context.Context, c caller, in *saveInput) (*saveOutput, error) {
		saved, err := s.office.SaveActivity(ctx, c.Actor, staff.Activity{ID: staff.ActivityID(in.Activity), Kind: in.Body.Kind, Name: in.Body.Name, Roles: staff.Always(in.Body.Roles...)})
		if err != nil {
			return nil, within("body.", err)
		}
		return &saveOutput{activityOf(saved)}, nil
	})
}
