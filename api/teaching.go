package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A teachingBody says who should learn what.
type teachingBody struct {
	Team         staff.TeamID      `json:"team" example:"T1"`
	On           date              `json:"on"`
	Until        date              `json:"until" doc:"The last day that is looked at."`
	HoursPerWeek float64           `json:"hoursPerWeek" example:"4"`
	Without      []staff.PersonID  `json:"without" example:"[]" doc:"Who is not asked."`
	Choices      []teachingChoice  `json:"choices" doc:"In order of the first day by which something must be done: never of what people can do."`
	Others       int               `json:"others" example:"9" doc:"How many people of other teams learn something too: the department is worked out together."`
	Processes    []teachingProcess `json:"processes"`
	Open         []teachingGap     `json:"open" doc:"Where too few people are left whatever is learned, with what can be done instead."`
	Hours        float64           `json:"hours" example:"378" doc:"Of the whole proposal, all teams together."`
	Cents        int               `json:"cents" example:"1038000"`
	Proven       bool              `json:"proven" example:"true" doc:"It cannot be done in fewer hours."`
	BoundHours   float64           `json:"boundHours" example:"378" doc:"It cannot be done in fewer hours than this."`
}

type teachingChoice struct {
	Person  staff.PersonID   `json:"person" example:"RW1003"`
	Name    string           `json:"name" example:"Marloes van Rijn"`
	Lessons []teachingLesson `json:"lessons"`
	Hours   float64          `json:"hours" example:"4"`
	Cents   int              `json:"cents" example:"0"`
	Solves  []teachingEffect `json:"solves" doc:"What would be without it, by process."`
	Instead int              `json:"instead" example:"1" doc:"How many colleagues could do it instead."`
	Least   float64          `json:"leastHours" example:"16" doc:"Of one of them, at the least; 0 where there is nobody."`
}

type teachingLesson struct {
	Scheme  certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Renews  bool                   `json:"renews" example:"true" doc:"The short path counts."`
	From    date                   `json:"from"`
	Until   date                   `json:"until" doc:"Of a renewal the last day on which it counts; otherwise when it can be done."`
	Hours   float64                `json:"hours" example:"1"`
	Cents   int                    `json:"cents" example:"0"`
	Items   []competences.ItemID   `json:"items" example:"[]" doc:"Learning items that lead there, in order."`
	Planned *date                  `json:"planned,omitempty" doc:"The day of the group training in which the person has a place."`
	Words   string                 `json:"words" example:"Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (intern, theorie) (INT-ID) uiterlijk op 7 december 2026."`
}

type teachingEffect struct {
	Process staff.ActivityID `json:"process" example:"P1"`
	With    int              `json:"with" example:"7" doc:"How many there are with it, in the month in which it is felt most."`
	Minimum int              `json:"minimum" example:"7"`
	Months  int              `json:"months" example:"19" doc:"In how many months there would be too few."`
	Words   string           `json:"words" example:"Zonder dit zijn er 6 in december 2026: er zijn 7 nodig. Zo is het in 19 maanden."`
}

type teachingProcess struct {
	Process staff.ActivityID `json:"process" example:"P1"`
	Name    string           `json:"name" example:"Aanvraag en uitgifte reisdocumenten en rijbewijzen"`
	Months  []teachingMonth  `json:"months"`
}

type teachingMonth struct {
	Month       string `json:"month" example:"2026-12"`
	Before      int    `json:"before" example:"3" doc:"Who may do the work all month if nobody learns anything."`
	After       int    `json:"after" example:"7"`
	Minimum     int    `json:"minimum" example:"7"`
	TimesBefore int    `json:"timesBefore" example:"6" doc:"Times of the week at which too few of them are there."`
	TimesAfter  int    `json:"timesAfter" example:"1"`
}

type teachingGap struct {
	Process staff.ActivityID         `json:"process" example:"P3"`
	Missing int                      `json:"missing" example:"1"`
	From    date                     `json:"from"`
	Until   date                     `json:"until"`
	Kind    staffing.GapKind         `json:"kind" enum:"too-few,no-offer,too-late,not-asking" example:"too-late"`
	Schemes []certificates.SchemeKey `json:"schemes" example:"[]" doc:"Of no-offer."`
	Words   string                   `json:"words" example:"In december 2026 is er nog 1 te weinig. Er is niemand die dit binnen de tijd kan leren: werven of lenen."`
}

func teachingOf(c caller, t academy.Teaching) teachingBody {
	to := teachingBody{
		Team: t.Team, On: dateOf(t.Today), Until: dateOf(t.Until), HoursPerWeek: inHours(t.PerWeek), Without: append([]staff.PersonID{}, t.Without...), Choices: []teachingChoice{}, Others: t.Others, Processes: []teachingProcess{}, Open: []teachingGap{},
		Hours: inHours(t.Minutes), Cents: t.Cents, Proven: t.Proven, BoundHours: inHours(t.Bound),
	}
	for _, choice := range t.Choices {
		one := teachingChoice{Person: choice.Person, Name: choice.Name, Lessons: []teachingLesson{}, Hours: inHours(choice.Minutes), Cents: choice.Cents, Solves: []teachingEffect{}, Instead: choice.Instead, Least: inHours(choice.Least)}
		for _, l := range choice.Lessons {
			lesson := teachingLesson{Scheme: l.Scheme, Renews: l.Renews, From: dateOf(l.From), Until: dateOf(l.Until), Hours: inHours(l.Minutes), Cents: l.Cents, Items: append([]competences.ItemID{}, l.Items...), Words: c.say(l.Dutch, l.English)}
			if !l.Planned.IsZero() {
				day := dateOf(l.Planned)
				lesson.Planned = &day
			}
			one.Lessons = append(one.Lessons, lesson)
		}
		for _, e := range choice.Solves {
			one.Solves = append(one.Solves, teachingEffect{e.Process.ID, e.With, e.Minimum, e.Months, c.say(e.Without(e.With, e.Months))})
		}
		to.Choices = append(to.Choices, one)
	}
	for _, p := range t.Processes {
		process := teachingProcess{p.ID, p.Name, []teachingMonth{}}
		for _, m := range p.Months {
			process.Months = append(process.Months, teachingMonth{m.Month.String()[:len("2026-12")], m.Before, m.After, m.Minimum, m.Short, m.Left})
		}
		to.Processes = append(to.Processes, process)
	}
	for _, g := range t.Open {
		to.Open = append(to.Open, teachingGap{g.Process.ID, g.Missing, dateOf(g.First), dateOf(g.Until), g.Kind, append([]certificates.SchemeKey{}, g.Schemes...), c.say(g.Dutch, g.English)})
	}
	return to
}

func (s *server) teaching() {
	type getInput struct {
		Team         string   `path:"team" maxLength:"32" example:"T1"`
		HoursPerWeek float64  `query:"hoursPerWeek" minimum:"0.5" maximum:"40" default:"4" example:"4" doc:"How long somebody can learn in a usual week. Leave and other learning are taken off."`
		Without      []string `query:"without" maxItems:"200" example:"[]" doc:"Who is not asked: they said no, or somebody else would rather. It is kept nowhere."`
	}
	type getOutput struct{ Body teachingBody }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-team-teaching", Method: http.MethodGet, Path: "/teams/{team}/teaching", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary:     "Who should learn what",
			Description: "Who should learn what so that every process keeps its minimum for 24 months, in the fewest hours, then for the least money and by the fewest people. Nobody learns more than their hours a week, and who leaves is not asked. The whole department is worked out together; of other teams only the number of people is told. It is a proposal: nothing is stored and nobody is asked. For who leads the team and HR. Refused with the reason no_consent until the works council has consented. That people were looked at is written down, and they can see it.",
		},
		permission: staff.ReadStaffing,
		response: `{"team": "T1", "on": "2026-11-23", "until": "2028-10-31", "hoursPerWeek": 4, "without": [],
			"choices": [{"person": "RW1003", "name": "Marloes van Rijn", "lessons": [{"scheme": "INT-ID", "renews": true, "from": "2026-11-24", "until": "2026-12-07", "hours": 1, "cents": 0, "items": [], "words": "Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (intern, theorie) (INT-ID) uiterlijk op 7 december 2026."}],
				"hours": 1, "cents": 0, "solves": [{"process": "P1", "with": 7, "minimum": 7, "months": 19, "words": "Zonder dit zijn er 6 in december 2026: er zijn 7 nodig. Zo is het in 19 maanden."}], "instead": 1, "leastHours": 16}],
			"others": 9, "processes": [{"process": "P1", "name": "Aanvraag en uitgifte reisdocumenten en rijbewijzen", "months": [{"month": "2026-12", "before": 3, "after": 7, "minimum": 7, "timesBefore": 6, "timesAfter": 1}]}],
			"open": [{"process": "P1", "missing": 1, "from": "2026-12-01", "until": "2027-03-31", "kind": "too-late", "schemes": [], "words": "In december 2026, op woensdag van 09:00 tot 11:30 is er nog 1 te weinig. Er is niemand die dit binnen de tijd kan leren: werven of lenen."}],
			"hours": 378, "cents": 1038000, "proven": true, "boundHours": 378}`,
	}, func(ctx context.Context, c caller, in *getInput) (*getOutput, error) {
		ask := academy.TeachingRequest{Team: staff.TeamID(in.Team), PerWeek: inMinutes(in.HoursPerWeek)}
		for _, id := range in.Without {
			ask.Without = append(ask.Without, c.personOf(id))
		}
		t, err := s.office.Teaching(ctx, c.Actor, ask)
		if err != nil {
			return nil, within("query.", err)
		}
		return &getOutput{teachingOf(c, t)}, nil
	})
}
