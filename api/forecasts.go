package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A forecast is what expires in the coming months and what training that takes.
type forecast struct {
	From     date            `json:"from" doc:"Today."`
	Until    date            `json:"until" doc:"The last day it looks at."`
	AsOf     time.Time       `json:"asOf" doc:"When the facts were read, on the clock of the office."`
	Items    []forecastMonth `json:"items" doc:"Per team and month."`
	Peaks    []forecastPeak  `json:"peaks" doc:"Months in which at least three people of a team lose more than one and a half times what the team loses in a mean month."`
	Proposal forecastSpread  `json:"proposal"`
}

// A forecastMonth is what a month brings a team.
type forecastMonth struct {
	Team             staff.TeamID `json:"team" example:"T1"`
	TeamName         string       `json:"teamName" example:"Burgerzaken Balie"`
	Month            string       `json:"month" example:"2026-12"`
	Expiries         int          `json:"expiries" example:"5" doc:"Certificates whose last day is in it, where everybody renews in time."`
	Planned          int          `json:"planned" example:"2" doc:"Of them, with a place in a session."`
	Lapses           int          `json:"lapses" example:"5" doc:"Certificates that people hold today and that are gone then if nobody does anything."`
	Due              int          `json:"due" example:"6" doc:"What must be done in it, also for the first time. What is late already counts in the first month."`
	RefresherMinutes int          `json:"refresherMinutes" example:"300" doc:"Of training on the short path."`
	InitialMinutes   int          `json:"initialMinutes" example:"60" doc:"Of training on the full path."`
}

// A forecastPeak is a month with far more than the others.
type forecastPeak struct {
	Team    staff.TeamID   `json:"team" example:"T3"`
	Month   string         `json:"month" example:"2026-12"`
	Count   int            `json:"count" example:"7"`
	People  int            `json:"people" example:"7"`
	Words   string         `json:"words" example:"In december 2026 verlopen in team KCC 7 certificaten Privacy." doc:"In the language of Accept-Language."`
	Schemes []schemeNumber `json:"schemes" doc:"The most first."`
}

// A schemeNumber is how many certificates of one scheme.
type schemeNumber struct {
	Scheme certificates.SchemeKey `json:"scheme" example:"INT-AVG"`
	Count  int                    `json:"count" example:"7"`
}

// A forecastSpread gives everything that is to be done first a week within its window.
type forecastSpread struct {
	Weeks  []spreadWeek  `json:"weeks"`
	Groups []spreadGroup `json:"groups" doc:"Per team and scheme."`
	Stuck  []spreadStuck `json:"stuck" doc:"What cannot be spread, and why."`
}

// A spreadWeek is the week of one person.
type spreadWeek struct {
	Team    staff.TeamID           `json:"team" example:"T3"`
	Week    date                   `json:"week" doc:"Its Monday."`
	Person  staff.PersonID         `json:"person" example:"RW1030"`
	Scheme  certificates.SchemeKey `json:"scheme" example:"INT-AVG"`
	OpensOn date                   `json:"opensOn"`
	DueOn   date                   `json:"dueOn"`
	Minutes int                    `json:"minutes" example:"60"`
}

// A spreadGroup is the share of a team for a scheme.
type spreadGroup struct {
	Team    staff.TeamID           `json:"team" example:"T3"`
	Scheme  certificates.SchemeKey `json:"scheme" example:"INT-AVG"`
	Count   int                    `json:"count" example:"7"`
	AtMost  int                    `json:"atMost" example:"1" doc:"In any one week; the windows allow no fewer."`
	Planned int                    `json:"planned" example:"2" doc:"Who keeps the session they are enrolled in."`
	Words   string                 `json:"words" example:"7 van week 42 van 2026 tot en met week 48 van 2026, hoogstens 1 per week." doc:"In the language of Accept-Language."`
}

// A spreadStuck is what cannot be spread.
type spreadStuck struct {
	Team   staff.TeamID           `json:"team" example:"T1"`
	Person staff.PersonID         `json:"person" example:"RW1013"`
	Scheme certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Reason string                 `json:"reason" enum:"late,no-window,together"`
	Words  string                 `json:"words" example:"Dit had uiterlijk 5 oktober 2026 gemoeten: plan het nu." doc:"In the language of Accept-Language."`
}

func forecastOf(c caller, f academy.Forecast) forecast {
	body := forecast{From: dateOf(f.From), Until: dateOf(f.Until()), AsOf: f.At.UTC(), Items: []forecastMonth{}, Peaks: []forecastPeak{}, Proposal: forecastSpread{[]spreadWeek{}, []spreadGroup{}, []spreadStuck{}}}
	for _, months := range f.Forecast.Teams() {
		for _, m := range months {
			body.Items = append(body.Items, forecastMonth{m.Team, f.TeamName(m.Team), monthOf(m.Month), m.Expiries, m.Planned, m.Lapses, m.Due, m.Refresher, m.Initial})
		}
	}
	for _, p := range f.Peaks() {
		peak := forecastPeak{p.Team, monthOf(p.Month), p.Count, p.People, c.say(p.Say(f.TeamName(p.Team), f.Title)), []schemeNumber{}}
		for _, n := range p.Schemes {
			peak.Schemes = append(peak.Schemes, schemeNumber(n))
		}
		body.Peaks = append(body.Peaks, peak)
	}
	proposal := f.Proposal()
	for _, a := range proposal.Weeks {
		body.Proposal.Weeks = append(body.Proposal.Weeks, spreadWeek{a.Team, dateOf(a.Week), a.Person, a.Scheme, dateOf(a.Opens), dateOf(a.Due), a.Minutes})
	}
	for _, g := range proposal.Groups {
		body.Proposal.Groups = append(body.Proposal.Groups, spreadGroup{g.Team, g.Scheme, g.Count, g.AtMost, g.Planned, c.say(g.Say())})
	}
	for _, n := range proposal.Stuck {
		body.Proposal.Stuck = append(body.Proposal.Stuck, spreadStuck{n.Team, n.Person, n.Scheme, string(n.Reason), c.say(n.Say())})
	}
	return body
}

func (s *server) forecasts() {
	type input struct {
		Months int          `query:"months" minimum:"1" maximum:"60" default:"24" doc:"How far to look, this month among them."`
		Team   staff.TeamID `query:"team" maxLength:"64" example:"T1" doc:"One team; absent: all that you may see."`
		Sheet  string       `query:"sheet" enum:"months,proposal" default:"months" doc:"Of CSV: which rows."`
		Form
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-forecast", Method: http.MethodGet, Path: "/reports/forecast", Tags: []string{"Reports"}, Errors: []int{http.StatusNotFound},
			Summary: "What expires in the coming months", Description: "Tells per team and month what expires and how much training that takes, where everybody renews on the last day in time; names the peaks; and proposes a week for everybody within their window, so that no team trains everybody in one week. Prerequisites do not count: it is reckoned as if everybody holds them. Hours count in the team of somebody's first employment. Leaders see their own teams, HR all of them.",
			Responses: inForms[forecast](s, "The forecast; as CSV its months, or the proposal."),
		},
		permission: staff.ReadReports,
		response: `{"from": "2026-11-23", "until": "2028-10-31", "asOf": "2026-11-23T07:15:00Z",
			"items": [{"team": "T3", "teamName": "KCC", "month": "2026-12", "expiries": 7, "planned": 2, "lapses": 7, "due": 7, "refresherMinutes": 420, "initialMinutes": 0}],
			"peaks": [{"team": "T3", "month": "2026-12", "count": 7, "people": 7, "words": "In december 2026 verlopen in team KCC 7 certificaten Privacy.", "schemes": [{"scheme": "INT-AVG", "count": 7}]}],
			"proposal": {"weeks": [{"team": "T3", "week": "2026-11-30", "person": "RW1030", "scheme": "INT-AVG", "opensOn": "2026-10-12", "dueOn": "2026-12-11", "minutes": 60}],
				"groups": [{"team": "T3", "scheme": "INT-AVG", "count": 5, "atMost": 2, "planned": 2, "words": "5 van week 48 van 2026 tot en met week 50 van 2026, hoogstens 2 per week. Minder per week kan niet binnen hun vensters."}],
				"stuck": [{"team": "T1", "person": "RW1013", "scheme": "INT-ID", "reason": "late", "words": "Dit had uiterlijk 5 oktober 2026 gemoeten: plan het nu."}]}}`,
	}, func(ctx context.Context, c caller, in *input) (*reportOutput, error) {
		f, err := s.office.Forecast(ctx, c.Actor, in.Months, in.Team)
		if err != nil {
			return nil, err
		}
		if in.Sheet == "proposal" {
			return inForm(in.Form, "spreiding-"+f.From.String(), forecastOf(c, f), func() [][]string { return f.ProposalRows(c.english) })
		}
		return inForm(in.Form, "vooruitblik-"+f.From.String(), forecastOf(c, f), func() [][]string { return f.Rows(c.english) })
	})
}
