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

// A competence is one thing that somebody can be more or less good at.
type competence struct {
	Competence   competences.CompetenceID `json:"competence" example:"K01"`
	Framework    string                   `json:"framework" example:"vakkennis"`
	Group        string                   `json:"group" example:"Wet- en regelgeving"`
	Name         string                   `json:"name" example:"Reisdocumenten"`
	Definition   string                   `json:"definition" example:"Neemt aanvragen voor paspoort en identiteitskaart aan en reikt ze uit."`
	Levels       []string                 `json:"levels" example:"[\"Vertelt wat iemand moet meenemen.\"]" doc:"How each level shows at work, from level 1."`
	Scale        []string                 `json:"scale" example:"[\"Basis\"]" doc:"What each level means in the framework, from level 1."`
	Independent  int                      `json:"independent" example:"3" doc:"The level from which somebody does the work alone."`
	Certificates []certificates.SchemeKey `json:"certificates" example:"[\"INT-ID\"]" doc:"One of these must be valid for somebody to count; none: it counts without."`
	EvidencedBy  []proof                  `json:"evidencedBy" doc:"Which certificates evidence it."`
}

// A proof is the level that a certificate evidences.
type proof struct {
	Scheme certificates.SchemeKey `json:"scheme" example:"NVVB-BASIS"`
	Level  int                    `json:"level" example:"2"`
}

func competencesOf(all competences.Catalogue) []competence {
	var list []competence
	for _, one := range all.Competences {
		f := all.Framework(one.Framework)
		to := competence{one.ID, one.Framework, one.Group, one.Name, one.Definition, one.Levels, f.Scale, int(f.Independent), append([]certificates.SchemeKey{}, one.Certificates...), []proof{}}
		for _, e := range all.ProvedBy(one.ID) {
			to.EvidencedBy = append(to.EvidencedBy, proof{e.Scheme, int(e.Level)})
		}
		list = append(list, to)
	}
	return list
}

// A levelShown is one piece of evidence for a level.
type levelShown struct {
	Source competences.Source     `json:"source" enum:"self,leader,assessor,certificate,external" example:"leader"`
	Level  int                    `json:"level" example:"3"`
	On     date                   `json:"on"`
	By     staff.PersonID         `json:"by,omitempty" example:"RW1001" doc:"Who judged; absent where that is nobody, or not known."`
	Scheme certificates.SchemeKey `json:"scheme,omitempty" example:"INT-ID" doc:"Of certificate."`
}

func levelsShown(sources []competences.Evidence) []levelShown {
	shown := []levelShown{}
	for _, e := range sources {
		shown = append(shown, levelShown{e.Source, int(e.Level), dateOf(e.On), e.By, e.Scheme})
	}
	return shown
}

// LevelTerms are the level that somebody is given.
type LevelTerms struct {
	Level int `json:"level" minimum:"0" maximum:"10" example:"3" doc:"On the scale of the framework; 0: not at all."`
}

// A personCompetence is what somebody can do of one competence.
type personCompetence struct {
	Competence  competences.CompetenceID `json:"competence" example:"K01"`
	Level       int                      `json:"level" example:"3" doc:"The highest of what a leader, an assessor, a certificate or somebody elsewhere shows; what the person says does not count."`
	Sources     []levelShown             `json:"sources" doc:"The newest of each source. They are never averaged."`
	Certificate *certificateWorth        `json:"certificate,omitempty" doc:"What the certificate that goes with it is worth; absent where none does."`
	Asked       []roleAsks               `json:"asked" doc:"By the roles of the person, and the one that was asked about."`
}

type certificateWorth struct {
	State  competences.Validity   `json:"state" enum:"valid,expiring,expired,absent" example:"valid"`
	Scheme certificates.SchemeKey `json:"scheme,omitempty" example:"INT-ID"`
	Until  *date                  `json:"until" doc:"The last valid day; null: no end, or no certificate."`
}

func certificateWorthOf(c competences.Cell) *certificateWorth {
	if c.Certificate == competences.NoneAsked {
		return nil
	}
	return &certificateWorth{c.Certificate, c.Scheme, orNull(c.Until)}
}

type roleAsks struct {
	Role    staff.RoleID `json:"role" example:"R01"`
	Level   int          `json:"level" example:"3"`
	Weight  int          `json:"weight" example:"3"`
	Missing int          `json:"missing" example:"0" doc:"How many levels; 0: it is met."`
}

// personCompetencesOf lists everything that is asked of a person or shown by them, in the order of the frameworks.
func personCompetencesOf(s academy.PersonSkills) []personCompetence {
	list := []personCompetence{}
	for _, one := range s.Catalogue.Competences {
		standing, shown := s.Standings[one.ID]
		to := personCompetence{one.ID, int(standing.Level), levelsShown(standing.Sources), nil, []roleAsks{}}
		if cell, certified := s.Certified[one.ID]; certified {
			to.Certificate = certificateWorthOf(cell)
		}
		for _, role := range s.Roles {
			for _, g := range role.Gaps {
				if g.Competence == one.ID {
					to.Asked = append(to.Asked, roleAsks{role.Role.ID, int(g.Level), g.Weight, g.Missing()})
				}
			}
		}
		if shown || len(to.Asked) > 0 {
			list = append(list, to)
		}
	}
	return list
}

func (s *server) competences() {
	type listOutput struct{ Body list[competence] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-competences", Method: http.MethodGet, Path: "/competences", Tags: []string{"Competences"},
			Summary: "What one can be good at", Description: "Lists every competence, professional knowledge and behaviour alike, with the scale of its framework, how each level shows at work and which certificates evidence it.",
		},
		permission: staff.ReadFrameworks,
		response: `{"items": [{"competence": "K01", "framework": "vakkennis", "group": "Wet- en regelgeving", "name": "Reisdocumenten", "definition": "Neemt aanvragen aan en reikt ze uit.", "levels": ["Vertelt wat iemand moet meenemen."],
			"scale": ["Basis: weet wat het is en verwijst goed door"], "independent": 3, "certificates": ["INT-ID"], "evidencedBy": [{"scheme": "NVVB-BASIS", "level": 2}]}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Competences(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(competencesOf(all), *in, func(one competence) string { return string(one.Competence) })
		return &listOutput{part}, err
	})

	type personInput struct {
		PersonPath
		On   date   `query:"on" doc:"The day; absent: today."`
		Role string `query:"role" maxLength:"32" example:"F02" doc:"Another role to compare with: only for oneself."`
		Page
	}
	type personOutput struct{ Body list[personCompetence] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-person-competences", Method: http.MethodGet, Path: "/people/{person}/competences", Tags: []string{"Competences"}, Errors: []int{http.StatusNotFound},
			Summary: "What somebody can do", Description: "Lists what somebody shows and what their roles ask, with each source and its day. For the person, who leads their team and HR. That somebody else read it is written down, and the person can see it.",
		},
		permission: staff.ReadCompetences,
		response: `{"items": [{"competence": "K01", "level": 3, "sources": [{"source": "leader", "level": 3, "on": "2026-10-05", "by": "RW1001"}], "certificate": {"state": "valid", "scheme": "INT-ID", "until": "2027-04-07"},
			"asked": [{"role": "R01", "level": 3, "weight": 3, "missing": 0}]}]}`,
	}, func(ctx context.Context, c caller, in *personInput) (*personOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		skills, err := s.office.Skills(ctx, c.Actor, c.personOf(in.Person), on, staff.RoleID(in.Role))
		if err != nil {
			return nil, err
		}
		part, err := turn(personCompetencesOf(skills), in.Page, func(one personCompetence) string { return string(one.Competence) })
		return &personOutput{part}, err
	})

	type putInput struct {
		PersonPath
		Competence string `path:"competence" maxLength:"32" example:"K01"`
		Source     string `path:"source" enum:"self,leader,assessor,external" example:"leader"`
		Body       LevelTerms
	}
	type putOutput struct{ Body levelShown }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-level", Method: http.MethodPut, Path: "/people/{person}/competences/{competence}/{source}", Tags: []string{"Competences"}, Errors: []int{http.StatusNotFound},
			Summary: "Give somebody a level", Description: "Writes that somebody has a level today: self of oneself, leader of somebody in one's team (levels.judge), assessor of what one saw (levels.assess), external by HR of what was shown elsewhere (levels.accept). But for self, nobody gives a level to themselves: 403 with the reason self_approval. The same day once more takes its place; earlier days stay.",
		},
		permission: staff.ReadOwnAccount,
		request:    `{"level": 3}`,
		response:   `{"source": "leader", "level": 3, "on": "2026-11-23", "by": "RW1001"}`,
	}, func(ctx context.Context, c caller, in *putInput) (*putOutput, error) {
		e, err := s.office.SetLevel(ctx, c.Actor, c.personOf(in.Person), competences.CompetenceID(in.Competence), competences.Source(in.Source), competences.Level(in.Body.Level))
		if err != nil {
			return nil, within("body.", err)
		}
		return &putOutput{levelsShown([]competences.Evidence{e})[0]}, nil
	})
}
