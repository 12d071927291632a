package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/staff"
)

// An account is who the caller is.
type account struct {
	Person      staff.PersonID `json:"person" example:"RW1003" doc:"The personnel number: the key of a person everywhere."`
	Name        string         `json:"name" example:"Marloes van Rijn"`
	Team        *staff.TeamID  `json:"team" example:"T1" nullable:"true" doc:"The key of the team they work in; of several the first; null for who is not employed."`
	Roles       []staff.RoleID `json:"roles" example:"[\"R01\"]" doc:"The keys of the roles they have today."`
	Permissions []staff.Act    `json:"permissions" example:"[\"courses.read\",\"attempts.take\"]" doc:"What they may do, as each operation names it in x-permission."`
	Today       date           `json:"today" doc:"Which day it is for the training office. A demo has a clock of its own."`
}

func (s *server) me() {
	type output struct{ Body account }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-me", Method: http.MethodGet, Path: "/me", Tags: []string{"Account"},
			Summary: "Who am I", Description: "Tells who holds the token, in which team and roles they work today, and what they may do.",
		},
		permission: staff.ReadOwnAccount,
		response:   `{"person": "RW1003", "name": "Marloes van Rijn", "team": "T1", "roles": ["R01"], "permissions": ["account.read", "attempts.take", "certificates.read", "courses.read", "duties.read"], "today": "2026-11-23"}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*output, error) {
		profile, err := s.office.Me(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		now, err := s.office.Now(ctx)
		if err != nil {
			return nil, err
		}
		a := account{Person: profile.ID, Name: profile.Name(), Roles: []staff.RoleID{}, Permissions: c.Acts(), Today: dateOf(now.Today())}
		if len(profile.Teams) > 0 {
			a.Team = &profile.Teams[0].ID
		}
		for _, role := range profile.Roles {
			a.Roles = append(a.Roles, role.ID)
		}
		return &output{a}, nil
	})
}

// personOf reads the key of a person; "me" stands for the caller, and so does saying nothing.
func (c caller) personOf(key string) staff.PersonID {
	if key == "" || key == "me" {
		return c.Person
	}
	return staff.PersonID(key)
}
