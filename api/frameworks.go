package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// FrameworkTerms are what a framework is.
type FrameworkTerms struct {
	Title       string   `json:"title" maxLength:"200" example:"Vakkennis"`
	Scale       []string `json:"scale" minItems:"1" maxItems:"10" example:"[\"Basis\", \"Met hulp\", \"Zelfstandig\"]" doc:"What each level means, from level 1. A level in use stays."`
	Independent int      `json:"independent" minimum:"1" maximum:"10" example:"3" doc:"The level from which somebody does the work alone."`
}

// A framework is a set of competences with one scale.
type framework struct {
	Framework string `json:"framework" example:"vakkennis"`
	FrameworkTerms
}

// CompetenceTerms are what one can be more or less good at.
type CompetenceTerms struct {
	Framework    string                   `json:"framework" maxLength:"32" example:"vakkennis" doc:"It stays in the framework it is in."`
	Group        string                   `json:"group" maxLength:"200" example:"Wet- en regelgeving"`
	Name         string                   `json:"name" maxLength:"200" example:"Reisdocumenten"`
	Definition   string                   `json:"definition,omitempty" maxLength:"1000" example:"Neemt aanvragen aan en reikt ze uit."`
	Levels       []string                 `json:"levels" maxItems:"10" example:"[\"Vertelt wat iemand moet meenemen.\", \"Neemt een aanvraag aan.\", \"Doet het alleen.\"]" doc:"How each level shows at work: as many as the scale has."`
	Certificates []certificates.SchemeKey `json:"certificates,omitempty" maxItems:"100" example:"[\"INT-ID\"]" doc:"One of these must be valid for somebody to count; none: it counts without."`
	Proofs       []CompetenceProof        `json:"proofs,omitempty" maxItems:"100" doc:"Which certificates evidence which level."`
}

// CompetenceProof is the level that a certificate evidences.
type CompetenceProof struct {
	Scheme certificates.SchemeKey `json:"scheme" maxLength:"64" example:"NVVB-BASIS"`
	Level  int                    `json:"level" minimum:"1" maximum:"10" example:"2"`
}

// FutureRoleTerms are a role that nobody holds yet.
type FutureRoleTerms struct {
	Name       string                   `json:"name" maxLength:"200" example:"Specialist wallet"`
	Cluster    string                   `json:"cluster,omitempty" maxLength:"200" example:"Burgerzaken"`
	Purpose    string                   `json:"purpose,omitempty" maxLength:"1000" example:"Helpt inwoners met hun wallet."`
	Vacancy    bool                     `json:"vacancy,omitempty" doc:"A place that is open; otherwise a role that will exist."`
	Team       staff.TeamID             `json:"team" maxLength:"32" example:"T1"`
	From       date                     `json:"from"`
	ClosesOn   *date                    `json:"closesOn,omitempty" doc:"The last day to apply."`
	Minutes    int                      `json:"minutesPerWeek" minimum:"1" maximum:"2400" example:"2160"`
	Places     int                      `json:"places" minimum:"1" maximum:"1000" example:"1"`
	Schemes    []certificates.SchemeKey `json:"schemes,omitempty" maxItems:"100" example:"[\"INT-AVG\"]" doc:"That it will require."`
	WithinDays int                      `json:"withinDays,omitempty" minimum:"0" maximum:"3650" example:"365" doc:"After the beginning."`
}

// FutureRolePath is in the address of a role that nobody holds yet.
type FutureRolePath struct {
	Role string `path:"role" maxLength:"32" example:"F07" doc:"The key of the role."`
}

const frameworkExample = `"title": "Vakkennis", "scale": ["Basis", "Met hulp", "Zelfstandig"], "independent": 3`

func (s *server) frameworks() {
	type listOutput struct{ Body list[framework] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-frameworks", Method: http.MethodGet, Path: "/frameworks", Tags: []string{"Competences"},
			Summary: "Frameworks and their scales", Description: "Lists every framework with the scale of its own. The competences in it are under /competences.",
		},
		permission: staff.ReadFrameworks,
		response:   `{"items": [{"framework": "vakkennis", ` + frameworkExample + `}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Competences(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all.Frameworks, *in, func(f competences.Framework) string { return f.Key })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(f competences.Framework) framework {
			return framework{f.Key, FrameworkTerms{f.Title, f.Scale, int(f.Independent)}}
		})}, nil
	})

	type putInput struct {
		Framework string `path:"framework" maxLength:"32" example:"vakkennis" doc:"The key of the framework."`
		Body      FrameworkTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-framework", Method: http.MethodPut, Path: "/frameworks/{framework}", Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent,
			Summary: "Save a framework", Description: "Writes a framework with its scale, in the place of what is there under its key. Words may change; a scale that lacks a level that is asked, shown or offered somewhere is refused.",
		},
		permission: staff.ChangeProfiles,
		request:    `{` + frameworkExample + `}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		return nil, within("body.", s.office.SaveFramework(ctx, c.Actor, competences.Framework{Key: in.Framework, Title: in.Body.Title, Scale: in.Body.Scale, Independent: competences.Level(in.Body.Independent)}))
	})

	type competenceInput struct {
		Competence string `path:"competence" maxLength:"32" example:"K17" doc:"The key of the competence."`
		Body       CompetenceTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-competence", Method: http.MethodPut, Path: "/competences/{competence}", Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Save a competence", Description: "Writes a competence with the certificates that evidence it, in the place of what is there under its key. A new one comes last in its framework.",
		},
		permission: staff.ChangeProfiles,
		request:    `{"framework": "vakkennis", "group": "Wet- en regelgeving", "name": "Wallet", "levels": ["Verwijst door.", "Doet het met hulp.", "Doet het alleen."], "proofs": [{"scheme": "INT-ID", "level": 1}]}`,
	}, func(ctx context.Context, c caller, in *competenceInput) (*struct{}, error) {
		b := in.Body
		one := competences.Competence{ID: competences.CompetenceID(in.Competence), Framework: b.Framework, Group: b.Group, Name: b.Name, Definition: b.Definition, Levels: b.Levels, Certificates: b.Certificates}
		var proofs []competences.Proof
		for _, p := range b.Proofs {
			proofs = append(proofs, competences.Proof{Scheme: p.Scheme, Level: competences.Level(p.Level)})
		}
		return nil, within("body.", s.office.SaveCompetence(ctx, c.Actor, one, proofs))
	})
}

func (s *server) futureRoles() {
	const path = "/future-roles/{role}"
	type putInput struct {
		FutureRolePath
		Body FutureRoleTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-future-role", Method: http.MethodPut, Path: path, Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusConflict},
			Summary: "Save a role that nobody holds yet", Description: "Writes a role that will exist, or a place that is open, in the place of what is there under its key. People can compare themselves with it and make a plan for it. A key that a role of the organisation has is refused with already_exists.",
		},
		permission: staff.ChangeProfiles,
		request:    `{"name": "Specialist wallet", "team": "T1", "from": "2027-06-01", "minutesPerWeek": 2160, "places": 1, "purpose": "Helpt inwoners met hun wallet."}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		b := in.Body
		from, err := b.From.read("body.from")
		if err != nil {
			return nil, err
		}
		closes, err := readOrNone(b.ClosesOn, "body.closesOn")
		if err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SaveFutureRole(ctx, c.Actor, competences.FutureRole{
			Role: staff.Role{ID: staff.RoleID(in.Role), Name: b.Name, Cluster: b.Cluster}, Vacancy: b.Vacancy, Team: b.Team, From: from, ClosesOn: closes, PerWeek: b.Minutes, Places: b.Places, Purpose: b.Purpose, Schemes: b.Schemes, WithinDays: b.WithinDays,
		}))
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "delete-future-role", Method: http.MethodDelete, Path: path, Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Take away a role that nobody holds", Description: "Takes the role away. What it asked stays, for the plans that name it.",
		},
		permission: staff.ChangeProfiles,
	}, func(ctx context.Context, c caller, in *FutureRolePath) (*struct{}, error) {
		return nil, s.office.DropFutureRole(ctx, c.Actor, staff.RoleID(in.Role))
	})
}
