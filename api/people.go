package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A Colleague is somebody who works here or is about to.
type Colleague struct {
	Person     staff.PersonID   `json:"person" example:"RW1013"`
	Name       string           `json:"name" example:"Tineke Bakker"`
	Teams      []staff.TeamID   `json:"teams" example:"[\"T1\"]" doc:"The teams they work in today, or begin in."`
	Roles      []staff.RoleID   `json:"roles" example:"[\"R01\"]"`
	StartsOn   *date            `json:"startsOn" nullable:"true" doc:"Their first day, where that is to come."`
	Progress   academy.Progress `json:"progress" enum:"late,open,up-to-date,away" doc:"How they are doing: something is overdue, something is to be done, nothing is; or they are away and everything waits."`
	OpenDuties int              `json:"openDuties" example:"2" doc:"Also those that wait."`
	Overdue    int              `json:"overdue" example:"1"`
	DueOn      *date            `json:"dueOn" nullable:"true" doc:"The earliest last day of their open duties."`
	Standing   string           `json:"standing,omitempty" enum:"missing,expired,grace,expiring,starting,paused,valid,exempt,not-asked" doc:"How they stand with the scheme you ask for; absent where you ask for none."`
	ValidUntil *date            `json:"validUntil" nullable:"true" doc:"The last valid day under that scheme; null: none, or no end."`
}

func colleagueOf(p academy.Colleague) Colleague {
	to := Colleague{
		Person: p.ID, Name: p.Name(), Teams: []staff.TeamID{}, Roles: []staff.RoleID{}, StartsOn: orNull(p.Starts), Progress: p.Progress,
		OpenDuties: p.Open, Overdue: p.Late, DueOn: orNull(p.DueOn), Standing: string(p.Standing), ValidUntil: orNull(p.Until),
	}
	for _, t := range p.Teams {
		to.Teams = append(to.Teams, t.ID)
	}
	for _, r := range p.Roles {
		to.Roles = append(to.Roles, r.ID)
	}
	return to
}

// A holding is how somebody stands with one scheme, and every period of it.
type holding struct {
	Scheme   certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Title    string                 `json:"title" example:"Identiteitsvaststelling"`
	Standing certificates.Standing  `json:"standing" enum:"missing,expired,grace,expiring,starting,paused,valid,exempt,not-asked"`
	Required bool                   `json:"required" doc:"Whether somebody requires it of them today."`
	Periods  []heldPeriod           `json:"periods" doc:"In order of cycle."`
}

// A heldPeriod is one stretch of validity.
type heldPeriod struct {
	Cycle       int   `json:"cycle" example:"4"`
	CompletedOn date  `json:"completedOn"`
	ValidFrom   date  `json:"validFrom"`
	ValidUntil  *date `json:"validUntil" nullable:"true" doc:"The last valid day; null: no end."`
	RevokedOn   *date `json:"revokedOn" nullable:"true" doc:"The first day on which it holds no more, where it was revoked."`
}

// A dossier is what the work needs to know of somebody.
type dossier struct {
	Colleague
	Duties    []duty     `json:"duties" doc:"Every duty, the earliest due first."`
	Holdings  []holding  `json:"holdings" doc:"How they stand with every scheme that is asked of them or that they ever held, in order of scheme."`
	Decisions []decision `json:"decisions" doc:"What was decided about them, the newest first."`
}

func dossierOf(c caller, from academy.Dossier) dossier {
	to := dossier{Colleague: colleagueOf(from.Colleague), Duties: []duty{}, Holdings: []holding{}, Decisions: []decision{}}
	for _, t := range from.Tasks {
		to.Duties = append(to.Duties, dutyOf(c, t))
	}
	for _, h := range from.Holdings {
		shaped := holding{h.Scheme, h.Title, h.Standing, h.Asked, []heldPeriod{}}
		for _, p := range h.Periods {
			shaped.Periods = append(shaped.Periods, heldPeriod{p.Cycle, dateOf(p.CompletedOn), dateOf(p.ValidFrom), orNull(p.ValidUntil), orNull(p.RevokedOn)})
		}
		to.Holdings = append(to.Holdings, shaped)
	}
	for _, d := range from.Decisions {
		to.Decisions = append(to.Decisions, decisionOf(c, d))
	}
	return to
}

// PersonPath is in the address of everything about one person.
type PersonPath struct {
	Person string `path:"person" maxLength:"64" example:"RW1013" doc:"A personnel number, or me."`
}

const colleagueExample = `"person": "RW1013", "name": "Tineke Bakker", "teams": ["T1"], "roles": ["R01"], "startsOn": null, "progress": "late", "openDuties": 2, "overdue": 1, "dueOn": "2026-10-05"`

func (s *server) people() {
	type listInput struct {
		Name     string `query:"q" maxLength:"100" example:"bakker" doc:"Only whose name has these words, or whose personnel number begins so."`
		Team     string `query:"team" maxLength:"64" example:"T1" doc:"Only who works in this team."`
		Role     string `query:"role" maxLength:"64" example:"R01" doc:"Only who has this role."`
		Progress string `query:"progress" enum:"late,open,up-to-date,away" doc:"Only who is doing so."`
		Scheme   string `query:"scheme" maxLength:"64" example:"INT-ID" doc:"Tells how everybody stands with this scheme."`
		Standing string `query:"standing" enum:"missing,expired,grace,expiring,starting,paused,valid,exempt,not-asked" doc:"Only who stands so with the scheme; needs scheme."`
		Order    string `query:"order" enum:"name,team,role,due" default:"name" doc:"What comes first."`
		Page
	}
	type listOutput struct{ Body list[Colleague] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-people", Method: http.MethodGet, Path: "/people", Tags: []string{"People"},
			Summary: "Who are there, and how are they doing", Description: "Lists who works here today or is about to: for HR everybody, for leaders the people of their teams. It tells no results.",
		},
		permission: staff.ReadPeople,
		response:   `{"items": [{` + colleagueExample + `, "standing": "expired", "validUntil": "2026-10-05"}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		if in.Standing != "" && in.Scheme == "" {
			return nil, invalid("query.scheme", "noem de regeling waar het om gaat", "name the scheme it is about")
		}
		all, _, err := s.office.Colleagues(ctx, c.Actor, academy.PeopleQuery{
			Name: in.Name, Team: staff.TeamID(in.Team), Role: staff.RoleID(in.Role), Progress: academy.Progress(in.Progress), Scheme: certificates.SchemeKey(in.Scheme), Standing: certificates.Standing(in.Standing), Order: academy.PeopleOrder(in.Order),
		})
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(p academy.Colleague) string { return string(p.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, colleagueOf)}, nil
	})

	type output struct{ Body dossier }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-person", Method: http.MethodGet, Path: "/people/{person}", Tags: []string{"People"}, Errors: []int{http.StatusNotFound},
			Summary: "What the work needs to know of somebody", Description: "Tells what is asked of a person and why, what they hold or held and what was decided; no answers, scores or attempts. That you looked is written down once a day, and the person sees it.",
		},
		permission: staff.ReadPeople,
		response: `{` + colleagueExample + `, "validUntil": null, "decisions": [` + decisionExample + `],
			"duties": [{"person": "RW1013", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "cycle": 4, "path": "initial", "course": "ID-LOOKALIKE", "opensOn": "2026-08-06", "dueOn": "2026-10-05", "state": "open", "overdue": true, "why": ["Je certificaat was geldig tot en met 5 oktober 2026."]}],
			"holdings": [{"scheme": "INT-ID", "title": "Identiteitsvaststelling", "standing": "expired", "required": true, "periods": [{"cycle": 3, "completedOn": "2025-10-01", "validFrom": "2025-10-06", "validUntil": "2026-10-05", "revokedOn": null}]}]}`,
	}, func(ctx context.Context, c caller, in *PersonPath) (*output, error) {
		found, err := s.office.Dossier(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		return &output{dossierOf(c, found)}, nil
	})
}
