package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// AskedLevel is a level that a role asks.
type AskedLevel struct {
	Competence competences.CompetenceID `json:"competence" maxLength:"32" example:"K05"`
	Level      int                      `json:"level" minimum:"1" maximum:"10" example:"3"`
	Weight     int                      `json:"weight" minimum:"1" maximum:"3" example:"3" doc:"How much it matters beside the others."`
}

// ProfileTerms are what a role asks.
type ProfileTerms struct {
	Required []AskedLevel `json:"required" minItems:"1" maxItems:"200" doc:"All that the role asks from that day on."`
}

// A roleProfile is a version of what a role asks.
type roleProfile struct {
	Version   int          `json:"version" example:"1"`
	ValidFrom date         `json:"validFrom" doc:"Until the next version."`
	Required  []AskedLevel `json:"required" doc:"In order of competence."`
}

func roleProfileOf(p competences.RoleProfile) roleProfile {
	to := roleProfile{p.Version, dateOf(p.ValidFrom), []AskedLevel{}}
	for _, r := range p.Required {
		to.Required = append(to.Required, AskedLevel{r.Competence, int(r.Level), r.Weight})
	}
	return to
}

// A profiledRole is a role with what it asks.
type profiledRole struct {
	Role     staff.RoleID  `json:"role" example:"F02"`
	Code     string        `json:"code" example:"medewerker-backoffice-naturalisatie"`
	Name     string        `json:"name" example:"Medewerker Burgerzaken backoffice"`
	Cluster  string        `json:"cluster,omitempty" example:"Burgerzaken"`
	Holders  int           `json:"holders" example:"0" doc:"How many people hold it today."`
	Future   *futureRole   `json:"future,omitempty" doc:"Of a role that nobody holds yet, or a place that is open."`
	Profiles []roleProfile `json:"profiles" doc:"Every version of what it asks, the first one first; none: nobody said."`
}

type futureRole struct {
	Vacancy    bool                     `json:"vacancy" doc:"A place that is open; otherwise a role that will exist."`
	Team       staff.TeamID             `json:"team" example:"T2"`
	From       date                     `json:"from"`
	ClosesOn   *date                    `json:"closesOn" doc:"The last day to apply."`
	Minutes    int                      `json:"minutesPerWeek" example:"2160"`
	Places     int                      `json:"places" example:"1"`
	Purpose    string                   `json:"purpose" example:"Behandelt verzoeken om naturalisatie en optie."`
	Schemes    []certificates.SchemeKey `json:"schemes" example:"[\"INT-AVG\"]" doc:"That it will require."`
	WithinDays int                      `json:"withinDays" example:"365" doc:"After the beginning."`
}

func profiledRoleOf(_ caller, r academy.ProfiledRole) profiledRole {
	to := profiledRole{Role: r.ID, Code: r.Code, Name: r.Name, Cluster: r.Cluster, Holders: r.Holders, Profiles: []roleProfile{}}
	if f := r.Future; f != nil {
		to.Future = &futureRole{f.Vacancy, f.Team, dateOf(f.From), orNull(f.ClosesOn), f.PerWeek, f.Places, f.Purpose, append([]certificates.SchemeKey{}, f.Schemes...), f.WithinDays}
	}
	for _, p := range r.Versions {
		to.Profiles = append(to.Profiles, roleProfileOf(p))
	}
	return to
}

// A profileEffect is what a version of a profile does.
type profileEffect struct {
	Profile roleProfile       `json:"profile"`
	Holders int               `json:"holders" example:"24" doc:"How many people hold the role on its first day."`
	Below   int               `json:"below" example:"3" doc:"Of whom so many lack something that is not lacking under what is asked now."`
	Above   int               `json:"above" example:"0" doc:"Of whom so many lack less, and nothing new."`
	Changes []changedRequired `json:"changes"`
}

type changedRequired struct {
	Competence competences.CompetenceID `json:"competence" example:"K15"`
	Was        int                      `json:"was" example:"2" doc:"0: it was not asked."`
	Is         int                      `json:"is" example:"3" doc:"0: it is not asked any more."`
}

func profileEffectOf(e academy.ProfileEffect) profileEffect {
	to := profileEffect{roleProfileOf(e.Profile), e.Holders, e.Below, e.Above, []changedRequired{}}
	for _, c := range e.Changed {
		to.Changes = append(to.Changes, changedRequired{c.Competence, int(c.Was), int(c.Is)})
	}
	return to
}

const profileExample = `"validFrom": "2027-01-01", "required": [{"competence": "K15", "level": 3, "weight": 2}]`

func (s *server) roles() {
	type listOutput struct{ Body list[profiledRole] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-roles", Method: http.MethodGet, Path: "/roles", Tags: []string{"Competences"},
			Summary: "Roles and what they ask", Description: "Lists every role with every version of what it asks, also roles that do not exist yet and places that are open. The version that holds on a day is the last that began by then.",
		},
		permission: staff.ReadFrameworks,
		response: `{"items": [{"role": "F02", "code": "medewerker-backoffice-naturalisatie", "name": "Medewerker Burgerzaken backoffice", "cluster": "Burgerzaken", "holders": 0,
			"future": {"vacancy": true, "team": "T2", "from": "2027-03-15", "closesOn": "2027-01-15", "minutesPerWeek": 2160, "places": 1, "purpose": "Behandelt verzoeken om naturalisatie en optie.", "schemes": ["INT-AVG"], "withinDays": 365},
			"profiles": [{"version": 1, ` + profileExample + `}]}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.ProfiledRoles(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(r academy.ProfiledRole) string { return string(r.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(r academy.ProfiledRole) profiledRole { return profiledRoleOf(c, r) })}, nil
	})

	type putInput struct {
		Role   string `path:"role" maxLength:"32" example:"R01" doc:"The key of the role."`
		From   date   `path:"from" doc:"The first day of the version: today or later, and after the newest version began."`
		DryRun bool   `query:"dryRun" doc:"Only tell what it would do."`
		Body   ProfileTerms
	}
	type putOutput struct{ Body profileEffect }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-role-profile", Method: http.MethodPut, Path: "/roles/{role}/profiles/{from}", Tags: []string{"Competences"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Change what a role asks", Description: "Adds a version of what a role asks from a day on, and tells what that does: how many people it touches and how many of them come below what is asked. A version never changes: a day that has one is refused with 409. With dryRun nothing is saved.",
		},
		permission: staff.ChangeProfiles,
		request:    `{"required": [{"competence": "K15", "level": 3, "weight": 2}]}`,
		response:   `{"profile": {"version": 2, ` + profileExample + `}, "holders": 24, "below": 3, "above": 0, "changes": [{"competence": "K15", "was": 2, "is": 3}]}`,
	}, func(ctx context.Context, c caller, in *putInput) (*putOutput, error) {
		p := competences.RoleProfile{Role: staff.RoleID(in.Role)}
		var err error
		if p.ValidFrom, err = in.From.read("path.from"); err != nil {
			return nil, err
		}
		for _, a := range in.Body.Required {
			p.Required = append(p.Required, competences.Required{Competence: a.Competence, Level: competences.Level(a.Level), Weight: a.Weight})
		}
		act := s.office.SaveProfile
		if in.DryRun {
			act = s.office.PreviewProfile
		}
		effect, err := act(ctx, c.Actor, p)
		if err != nil {
			return nil, within("body.", err)
		}
		return &putOutput{profileEffectOf(effect)}, nil
	})
}
