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

// A matrixBody is what the people of a team can do on a day.
type matrixBody struct {
	Team    staff.TeamID   `json:"team" example:"T2"`
	On      date           `json:"on"`
	Without staff.PersonID `json:"without,omitempty" example:"RW1020" doc:"Who is taken to be away."`
	People  []matrixPerson `json:"people" doc:"Who works in the team that day, in order of personnel number: never of what they can do."`
	Rows    []matrixRow    `json:"rows"`
	Risks   []matrixRisk   `json:"risks" doc:"The most urgent first."`
}

type matrixPerson struct {
	Person staff.PersonID `json:"person" example:"RW1020"`
	Name   string         `json:"name" example:"Hans Schouten"`
	Roles  []string       `json:"roles" example:"[\"Specialist burgerlijke stand\"]"`
}

type matrixRow struct {
	Competence competences.CompetenceID `json:"competence" example:"K05"`
	Name       string                   `json:"name" example:"Naturalisatie en optie"`
	Group      string                   `json:"group" example:"Wet- en regelgeving"`
	Needed     int                      `json:"needed" example:"2" doc:"How many people must do it alone; 0: nobody said."`
	Note       string                   `json:"note,omitempty" example:"altijd een vervanger"`
	Covered    []staff.PersonID         `json:"covered" example:"[\"RW1020\"]" doc:"Who can do it alone, with a valid certificate where one goes with it."`
	Before     int                      `json:"before" example:"1" doc:"How many they are with who is taken to be away."`
	State      competences.State        `json:"state,omitempty" enum:"fine,soon,short,vulnerable" example:"vulnerable" doc:"soon: enough now, too few within 60 days by a certificate or half a year by somebody who leaves. vulnerable: too few, and at most one."`
	Cells      []matrixCell             `json:"cells" doc:"In order of the people."`
}

type matrixCell struct {
	Level       int               `json:"level" example:"4"`
	Asked       int               `json:"asked" example:"2" doc:"By the role of the person; 0: it does not."`
	Counts      bool              `json:"counts" doc:"Among those who cover it, whether or not taken to be away."`
	Sources     []levelShown      `json:"sources"`
	Certificate *certificateWorth `json:"certificate,omitempty"`
}

type matrixRisk struct {
	Competence competences.CompetenceID `json:"competence" example:"K05"`
	State      competences.State        `json:"state" enum:"soon,short,vulnerable" example:"vulnerable"`
	Words      string                   `json:"words" example:"Alleen Hans Schouten kan dit zelfstandig. Nodig: 2. Hans Schouten stopt op 1 april 2027."`
	Ends       []matrixEnd              `json:"ends" doc:"When those who can do it will not count any more, as far as is known."`
	Action     string                   `json:"action" example:"Vraag Dilara Kaya om dit te leren: nu niveau 2." doc:"The one thing that helps most."`
	Person     staff.PersonID           `json:"person,omitempty" example:"RW1022" doc:"Whom the action is about."`
}

type matrixEnd struct {
	Person staff.PersonID         `json:"person" example:"RW1020"`
	Kind   competences.EndKind    `json:"kind" enum:"leaves,contract-ends,certificate-ends" example:"leaves"`
	Last   date                   `json:"last" doc:"The last day on which they count."`
	Scheme certificates.SchemeKey `json:"scheme,omitempty" example:"INT-ID"`
}

func matrixOf(c caller, m academy.TeamMatrix) matrixBody {
	to := matrixBody{Team: m.Team.ID, On: dateOf(m.On), Without: m.Without, People: []matrixPerson{}, Rows: []matrixRow{}, Risks: []matrixRisk{}}
	for _, id := range m.People {
		to.People = append(to.People, matrixPerson{id, m.Names[id], append([]string{}, m.RoleNames[id]...)})
	}
	for _, r := range m.Rows {
		row := matrixRow{r.ID, r.Name, r.Group, r.Needed, r.Note, append([]staff.PersonID{}, r.Covered...), r.Before, r.State, []matrixCell{}}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, matrixCell{int(cell.Level), int(cell.Asked), cell.Counts, levelsShown(cell.Sources), certificateWorthOf(cell)})
		}
		to.Rows = append(to.Rows, row)
	}
	book := competences.Book(m.Names)
	for _, r := range m.Risks {
		risk := matrixRisk{r.Competence, r.State, c.say(book.Words(r)), []matrixEnd{}, c.say(book.HelpWords(r, m.Offered(r))), r.Help.Person}
		for _, e := range r.Ends {
			risk.Ends = append(risk.Ends, matrixEnd{e.Person, e.Kind, dateOf(e.Last), e.Scheme})
		}
		to.Risks = append(to.Risks, risk)
	}
	return to
}

// NeededTerms are how many people of a team must be able to do something.
type NeededTerms struct {
	People int    `json:"people" minimum:"0" maximum:"1000" example:"2" doc:"How many must be able to do it alone; 0: it is not needed."`
	Note   string `json:"note,omitempty" maxLength:"200" example:"altijd een vervanger"`
}

func (s *server) matrices() {
	type getInput struct {
		Team    string `path:"team" maxLength:"32" example:"T2"`
		On      date   `query:"on" doc:"The day, past or future; absent: today. Of a later day only the certificates that are there now count."`
		Without string `query:"without" maxLength:"64" example:"RW1020" doc:"Somebody of the team who is taken to be away."`
	}
	type getOutput struct{ Body matrixBody }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-team-matrix", Method: http.MethodGet, Path: "/teams/{team}/matrix", Tags: []string{"Competences"}, Errors: []int{http.StatusNotFound},
			Summary: "What a team can do", Description: "The skills matrix of a team: levels with their sources and days, certificates that expire, how many are needed and who covers it, and where the team is vulnerable with the one thing that helps most. For who leads the team and HR. Refused with the reason no_consent until the works council has consented. Nobody is ranked. That people were looked at is written down, and they can see it.",
		},
		permission: staff.ReadMatrix,
		response: `{"team": "T2", "on": "2026-11-23", "people": [{"person": "RW1020", "name": "Hans Schouten", "roles": ["Specialist burgerlijke stand"]}],
			"rows": [{"competence": "K05", "name": "Naturalisatie en optie", "group": "Wet- en regelgeving", "needed": 2, "note": "altijd een vervanger", "covered": ["RW1020"], "before": 1, "state": "vulnerable",
				"cells": [{"level": 4, "asked": 2, "counts": true, "sources": [{"source": "leader", "level": 4, "on": "2026-10-05", "by": "RW1014"}]}]}],
			"risks": [{"competence": "K05", "state": "vulnerable", "words": "Alleen Hans Schouten kan dit zelfstandig. Nodig: 2. Hans Schouten stopt op 1 april 2027.", "ends": [{"person": "RW1020", "kind": "leaves", "last": "2027-03-31"}],
				"action": "Vraag Roos de Vries om dit te leren: nu niveau 2. Uiterlijk op 31 maart 2027.", "person": "RW1022"}]}`,
	}, func(ctx context.Context, c caller, in *getInput) (*getOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		m, err := s.office.Matrix(ctx, c.Actor, staff.TeamID(in.Team), on, c.without(in.Without))
		if err != nil {
			return nil, err
		}
		return &getOutput{matrixOf(c, m)}, nil
	})

	type putInput struct {
		Team       string `path:"team" maxLength:"32" example:"T2"`
		Competence string `path:"competence" maxLength:"32" example:"K05"`
		Body       NeededTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-needed-level", Method: http.MethodPut, Path: "/teams/{team}/needed/{competence}", Tags: []string{"Competences"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Say how many are needed", Description: "Writes how many people of a team must be able to do something alone.",
		},
		permission: staff.ChangeNeeded,
		request:    `{"people": 2, "note": "altijd een vervanger"}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		return nil, within("body.", s.office.SetNeeded(ctx, c.Actor, competences.Needed{Team: staff.TeamID(in.Team), Competence: competences.CompetenceID(in.Competence), People: in.Body.People, Note: in.Body.Note}))
	})
}
