package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
)

// RequirementTerms are what a requirement says.
type RequirementTerms struct {
	Scheme        certificates.SchemeKey   `json:"scheme" maxLength:"32" example:"BHV"`
	SubjectKind   certificates.SubjectKind `json:"subjectKind" enum:"everybody,role,designation,team,process,application,person" doc:"To what it is tied."`
	Subject       string                   `json:"subject,omitempty" maxLength:"64" example:"bhv" doc:"The key of the role, designation, team, process or application, or a personnel number; absent for everybody."`
	Since         *date                    `json:"since,omitempty" nullable:"true" doc:"Its first day; null or absent: always. Whoever is there already has their induction days from then."`
	Until         *date                    `json:"until,omitempty" nullable:"true" doc:"Its last day; null or absent: no end."`
	StartersOnly  bool                     `json:"startersOnly,omitempty" doc:"Only whoever begins on or after since."`
	InductionDays int                      `json:"inductionDays,omitempty" minimum:"0" maximum:"3650" example:"90" doc:"How long a newcomer may take."`
	DueOn         *date                    `json:"dueOn,omitempty" nullable:"true" doc:"Not due before this day, whoever was there already."`
	Origin        string                   `json:"origin,omitempty" enum:"wet,cao,norm,functie,beleid" doc:"Where it comes from."`
	Citation      string                   `json:"citation,omitempty" maxLength:"500" example:"art. 15 Arbowet" doc:"The article or decision; needed for wet, cao and norm."`
}

// A requirement says who must hold a scheme.
type requirement struct {
	Requirement string `json:"requirement" example:"bhv-designation-bhv" doc:"Its key."`
	SubjectName string `json:"subjectName,omitempty" example:"bedrijfshulpverlener (BHV)" doc:"Whom or what it is tied to, as people say it."`
	RequirementTerms
}

func requirementOf(r certificates.Requirement) requirement {
	return requirement{r.ID, r.SubjectName, RequirementTerms{
		Scheme: r.Scheme, SubjectKind: r.SubjectKind, Subject: r.Subject, Since: orNull(r.Since), Until: orNull(r.Until),
		StartersOnly: r.StartersOnly, InductionDays: r.InductionDays, DueOn: orNull(r.DueOn), Origin: string(r.Origin), Citation: r.Citation,
	}}
}

// requirement is the requirement as the pure rules know it.
func (t RequirementTerms) requirement(id string) (r certificates.Requirement, err error) {
	r = certificates.Requirement{
		ID: id, Scheme: t.Scheme, SubjectKind: t.SubjectKind, Subject: t.Subject, StartersOnly: t.StartersOnly, InductionDays: t.InductionDays,
		Origin: certificates.Origin(t.Origin), Citation: t.Citation,
	}
	if r.Since, err = readOrNone(t.Since, "body.since"); err != nil {
		return r, err
	}
	if r.Until, err = readOrNone(t.Until, "body.until"); err != nil {
		return r, err
	}
	r.DueOn, err = readOrNone(t.DueOn, "body.dueOn")
	return r, err
}

// RequirementPath is in the address of one requirement.
type RequirementPath struct {
	Requirement string `path:"requirement" maxLength:"128" example:"bhv-designation-bhv" doc:"The key of the requirement."`
}

const (
	requirementTermsExample = `"scheme": "BHV", "subjectKind": "designation", "subject": "bhv", "since": "2026-11-23", "inductionDays": 90, "origin": "wet", "citation": "art. 15 Arbowet"`
	requirementExample      = `{"requirement": "bhv-designation-bhv-2026-11-23", "subjectName": "bedrijfshulpverlener (BHV)", ` + requirementTermsExample + `}`
)

func (s *server) requirements() {
	s.readRequirements()

	type output struct{ Body requirement }
	type addInput struct{ Body RequirementTerms }
	type addOutput struct {
		Location string `header:"Location" doc:"The address of the requirement."`
		Body     requirement
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "add-requirement", Method: http.MethodPost, Path: "/requirements", Tags: []string{"Requirements"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusConflict},
			Summary: "Require a scheme of somebody", Description: "Adds a requirement; the duties it brings are there at once, or after the next sweep where it falls on more than 200 people. Its key follows from scheme, subject and first day, so sending the same once more adds nothing; another one with that first day is 409, already_exists.",
		},
		permission: staff.ChangeSchemes,
		request:    `{` + requirementTermsExample + `}`,
		response:   requirementExample,
	}, func(ctx context.Context, c caller, in *addInput) (*addOutput, error) {
		r, err := in.Body.requirement("")
		if err != nil {
			return nil, err
		}
		added, err := s.office.AddRequirement(ctx, c.Actor, r)
		if err != nil {
			return nil, within("body.", err)
		}
		return &addOutput{root + "/requirements/" + url.PathEscape(added.ID), requirementOf(added)}, nil
	})

	type changeInput struct {
		RequirementPath
		Body RequirementTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "change-requirement", Method: http.MethodPut, Path: "/requirements/{requirement}", Tags: []string{"Requirements"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Change a requirement, or end it", Description: "While a requirement has not begun everything but its scheme and subject may change; another first day gives it another key. Once it has: until, origin and citation only, since what was asked of people never changes afterwards (409, begun): end it and add another. An until of yesterday ends it today; without until it has no end any more.",
		},
		permission: staff.ChangeSchemes,
		request:    `{` + requirementTermsExample + `, "until": "2027-06-30"}`,
		response:   requirementExample,
	}, func(ctx context.Context, c caller, in *changeInput) (*output, error) {
		r, err := in.Body.requirement(in.Requirement)
		if err != nil {
			return nil, err
		}
		changed, err := s.office.ChangeRequirement(ctx, c.Actor, r, "")
		if err != nil {
			return nil, within("body.", err)
		}
		return &output{requirementOf(changed)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-requirement", Method: http.MethodDelete, Path: "/requirements/{requirement}", Tags: []string{"Requirements"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Undo a requirement", Description: "Removes a requirement that has not begun. One that has is ended instead: 409, begun.",
		},
		permission: staff.ChangeSchemes,
	}, func(ctx context.Context, c caller, in *RequirementPath) (*struct{}, error) {
		return nil, s.office.WithdrawRequirement(ctx, c.Actor, in.Requirement)
	})
}

func (s *server) readRequirements() {
	type listInput struct {
		Scheme string `query:"scheme" maxLength:"32" example:"BHV" doc:"Only those of one scheme."`
		Page
	}
	type listOutput struct{ Body list[requirement] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-requirements", Method: http.MethodGet, Path: "/requirements", Tags: []string{"Requirements"},
			Summary: "Who must hold what", Description: "Lists every requirement, also those that ended, in order of key.",
		},
		permission: staff.ReadSchemes,
		response:   `{"items": [` + requirementExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		all, err := s.office.Requirements(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		var of []certificates.Requirement
		for _, r := range all {
			if in.Scheme == "" || string(r.Scheme) == in.Scheme {
				of = append(of, r)
			}
		}
		part, err := turn(of, in.Page, func(r certificates.Requirement) string { return r.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, requirementOf)}, nil
	})

	type output struct{ Body requirement }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-requirement", Method: http.MethodGet, Path: "/requirements/{requirement}", Tags: []string{"Requirements"}, Errors: []int{http.StatusNotFound},
			Summary: "One requirement", Description: "A requirement by its key.",
		},
		permission: staff.ReadSchemes,
		response:   requirementExample,
	}, func(ctx context.Context, c caller, in *RequirementPath) (*output, error) {
		r, err := s.office.Requirement(ctx, c.Actor, in.Requirement)
		if err != nil {
			return nil, err
		}
		return &output{requirementOf(r)}, nil
	})
}
