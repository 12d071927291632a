package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// ObjectiveTerms are what somebody writes of an objective.
type ObjectiveTerms struct {
	Teams     []staff.TeamID         `json:"teams" minItems:"1" maxItems:"200" doc:"Whose it is: their leaders answer for it together."`
	Text      string                 `json:"text" minLength:"1" maxLength:"2000"`
	Indicator string                 `json:"indicator" minLength:"1" maxLength:"200"`
	Norm      int                    `json:"norm" minimum:"0" maximum:"1000000"`
	AtMost    bool                   `json:"atMost,omitempty" doc:"The norm is a most, not a least."`
	Until     date                   `json:"until"`
	Measure   changes.Measure        `json:"measure" enum:"certificate,receipts,staffing,holders,results,release,talks,shadowing,exchanges,hand"`
	Scheme    certificates.SchemeKey `json:"scheme,omitempty" maxLength:"64" doc:"Of certificate."`
	Role      staff.RoleID           `json:"role,omitempty" maxLength:"64" doc:"Of certificate; absent: everybody."`
	Process   staff.ActivityID       `json:"process,omitempty" maxLength:"32" doc:"Of staffing."`
	Change    changes.ID             `json:"change,omitempty" maxLength:"40"`
}

type objective struct {
	Objective changes.ObjectiveID `json:"objective" example:"D10"`
	ObjectiveTerms
	Value   *int `json:"value" nullable:"true" doc:"null: not known, or of fewer than five people."`
	TooFew  bool `json:"tooFew,omitempty" doc:"Fewer than five people: nothing is told."`
	On      date `json:"on,omitempty" doc:"Of which day the value is."`
	Reached bool `json:"reached"`
}

func objectiveOf(o academy.ObjectiveSeen) objective {
	out := objective{
		Objective: o.ID, Reached: o.Reached, TooFew: o.Reading.TooFew, On: dateOf(o.Reading.On),
		ObjectiveTerms: ObjectiveTerms{o.Teams, o.Text, o.Indicator, o.Norm, o.AtMost, dateOf(o.Until), o.Measure, o.Scheme, o.Role, o.Process, o.Change},
	}
	if !o.Reading.Unknown && !o.Reading.TooFew {
		out.Value = &o.Reading.Value
	}
	return out
}

// StrategyTerms are what the organisation or a team stands for.
type StrategyTerms struct {
	Mission string `json:"mission" maxLength:"2000"`
	Vision  string `json:"vision,omitempty" maxLength:"2000"`
	Shared  string `json:"shared,omitempty" maxLength:"2000" doc:"What everybody answers for together."`
}

// organisation is how the address of a strategy names the whole organisation.
const organisation = "organisation"

// A strategy is what a team stands for.
type strategy struct {
	Team string `json:"team" example:"organisation" doc:"A team, or organisation."`
	StrategyTerms
}

// An ObjectivePath is in the address of an objective.
type ObjectivePath struct {
	Objective changes.ObjectiveID `path:"objective" maxLength:"40" example:"D10"`
}

func (s *server) objectives() {
	const terms = `"teams": ["T5"], "text": "Bewijs voor ENSIA op orde", "indicator": "% medewerkers met geldig INT-AVG", "norm": 100, "until": "2026-12-31", "measure": "certificate", "scheme": "INT-AVG"`
	type listOutput struct{ Body list[objective] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-objectives", Method: http.MethodGet, Path: "/objectives", Tags: []string{"Objectives"},
			Summary: "What we want to reach", Description: "Lists the objectives with how they stand today. What can be worked out is worked out, from groups of at least five people; the rest is filled in.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [{"objective": "D10", ` + terms + `, "value": 91, "on": "2026-11-23", "reached": false}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		d, err := s.office.Objectives(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(d.Objectives, *in, func(o academy.ObjectiveSeen) string { return string(o.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, objectiveOf)}, nil
	})

	type putInput struct {
		ObjectivePath
		Body ObjectiveTerms `nameHint:"ObjectiveInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-objective", Method: http.MethodPut, Path: "/objectives/{objective}", Tags: []string{"Objectives"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Set an objective", Description: "Writes an objective of teams that you lead, or of any team for HR.",
		},
		permission: staff.SetObjectives,
		request:    `{` + terms + `}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		t := in.Body
		until, err := t.Until.read("body.until")
		if err != nil {
			return nil, err
		}
		o := changes.Objective{ID: in.Objective, Teams: t.Teams, Text: t.Text, Indicator: t.Indicator, Norm: t.Norm, AtMost: t.AtMost, Until: until, Measure: t.Measure, Scheme: t.Scheme, Role: t.Role, Process: t.Process, Change: t.Change}
		return nil, within("body.", s.office.SaveObjective(ctx, c.Actor, o))
	})

	type fillInput struct {
		ObjectivePath
		Body struct {
			Value int `json:"value" minimum:"0" maximum:"1000000" example:"98"`
		} `nameHint:"ObjectiveReading"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "fill-in-objective", Method: http.MethodPut, Path: "/objectives/{objective}/reading", Tags: []string{"Objectives"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Fill in a value", Description: "Writes today's value of an indicator that nothing here can work out; others are 409 and computed.",
		},
		permission: staff.SetObjectives,
		request:    `{"value": 98}`,
	}, func(ctx context.Context, c caller, in *fillInput) (*struct{}, error) {
		return nil, within("body.", s.office.FillIn(ctx, c.Actor, in.Objective, in.Body.Value))
	})

	type strategiesOutput struct{ Body list[strategy] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-strategies", Method: http.MethodGet, Path: "/strategies", Tags: []string{"Objectives"},
			Summary: "What we stand for", Description: "Lists the mission and vision of the organisation and of teams.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [{"team": "organisation", "mission": "Wij helpen iedereen in één keer goed."}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*strategiesOutput, error) {
		d, err := s.office.Objectives(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		name := func(st changes.Strategy) string {
			if st.Team == "" {
				return organisation
			}
			return string(st.Team)
		}
		part, err := turn(d.Strategies, *in, name)
		if err != nil {
			return nil, err
		}
		return &strategiesOutput{convert(part, func(st changes.Strategy) strategy {
			return strategy{name(st), StrategyTerms{st.Mission, st.Vision, st.Shared}}
		})}, nil
	})
	type strategyInput struct {
		Team string        `path:"team" maxLength:"64" example:"organisation"`
		Body StrategyTerms `nameHint:"StrategyInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-strategy", Method: http.MethodPut, Path: "/strategies/{team}", Tags: []string{"Objectives"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Write what we stand for", Description: "Writes the mission and vision of the organisation (HR) or of a team that you lead.",
		},
		permission: staff.SetObjectives,
		request:    `{"mission": "Wij helpen iedereen in één keer goed."}`,
	}, func(ctx context.Context, c caller, in *strategyInput) (*struct{}, error) {
		team := staff.TeamID(in.Team)
		if in.Team == organisation {
			team = ""
		}
		return nil, within("body.", s.office.SaveStrategy(ctx, c.Actor, changes.Strategy{Team: team, Mission: in.Body.Mission, Vision: in.Body.Vision, Shared: in.Body.Shared}))
	})
}
