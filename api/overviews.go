package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// An overview tells how the municipality stands: counts without names.
type overview struct {
	On        date            `json:"on"`
	CountedAt time.Time       `json:"countedAt" doc:"On the clock of the office; each morning, and when somebody asks."`
	Target    int             `json:"target" example:"95" doc:"Which share of what is asked is to be in order, in percents; 0: none."`
	Waiting   int             `json:"waiting" example:"6" doc:"Pieces of evidence that wait for a verdict."`
	Items     []figures       `json:"items" doc:"Everybody first, each person once; then each team."`
	Trend     []trendPoint    `json:"trend" doc:"How everybody stood when it was last counted in each of the last twelve months."`
	Months    []endingMonth   `json:"months" doc:"What ends in this month and the next eleven."`
	Changes   []runningChange `json:"changes" doc:"Changes that still ask something of somebody."`
}

// figures are how everybody or a team stands.
type figures struct {
	Team     staff.TeamID `json:"team,omitempty" example:"T1" doc:"Absent: everybody."`
	TeamName string       `json:"teamName,omitempty" example:"Burgerzaken Balie"`
	People   int          `json:"people" example:"13"`
	Required int          `json:"required" example:"88" doc:"How many times something is asked of somebody who is not exempt."`
	Held     int          `json:"held" example:"75"`
	Percent  int          `json:"percent" example:"85" doc:"Rounded down."`
	Late     int          `json:"late" example:"4" doc:"People who are overdue."`
	JustLate int          `json:"justLate" example:"0" doc:"Of those, less than a week."`
	Ending   int          `json:"ending" example:"6" doc:"Certificates whose last day is within 90 days."`
	Planned  int          `json:"planned" example:"1" doc:"Of those, with a session for what comes after."`
}

// A trendPoint is how everybody stood on a day.
type trendPoint struct {
	On      date `json:"on"`
	Percent int  `json:"percent" example:"86"`
}

// An endingMonth is how many certificates end in a month.
type endingMonth struct {
	Month   date `json:"month" doc:"Its first day."`
	Ending  int  `json:"ending" example:"18"`
	Planned int  `json:"planned" example:"1"`
}

// A runningChange is how far everybody is with a change.
type runningChange struct {
	Change      changes.ID `json:"change" example:"D01"`
	Title       string     `json:"title" example:"Wmebv"`
	EffectiveOn *date      `json:"effectiveOn" nullable:"true"`
	People      int        `json:"people" example:"47"`
	Done        int        `json:"done" example:"16"`
}

func overviewOf(o academy.Overview) overview {
	to := overview{On: dateOf(o.Stock.On), CountedAt: o.CountedAt.UTC(), Target: o.Target, Waiting: o.Waiting, Items: []figures{}, Trend: []trendPoint{}, Months: []endingMonth{}, Changes: []runningChange{}}
	for _, f := range o.Figures {
		to.Items = append(to.Items, figures{f.Team, o.Teams[f.Team], f.People, f.Asked, f.Held, f.Percent(), f.Late, f.JustLate, f.Ending, f.Planned})
	}
	for _, p := range o.Trend {
		to.Trend = append(to.Trend, trendPoint{dateOf(p.On), p.Percent()})
	}
	for _, m := range o.Months {
		to.Months = append(to.Months, endingMonth{dateOf(m.Month), m.Expiries, m.Planned})
	}
	for _, c := range o.Changes {
		to.Changes = append(to.Changes, runningChange{c.Change.ID, c.Title, orNull(c.EffectiveOn), c.People, c.Done})
	}
	return to
}

// overviews are how the municipality stands, as it was counted.
func (s *server) overviews() {
	type output struct{ Body overview }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-overview", Method: http.MethodGet, Path: "/reports/overview", Tags: []string{"Reports"},
			Summary: "How the municipality stands today", Description: "Tells how everybody and each team stand with what is asked, what ends in the coming year and how it went in the last. Everybody is counted each morning; who works in several teams counts in each that asks something of them.",
		},
		permission: staff.ReadOverview,
		response: `{"on": "2026-11-23", "countedAt": "2026-11-23T05:15:00Z", "target": 95, "waiting": 0,
			"items": [{"people": 60, "required": 412, "held": 371, "percent": 90, "late": 6, "justLate": 0, "ending": 13, "planned": 1},
				{"team": "T1", "teamName": "Burgerzaken Balie", "people": 13, "required": 88, "held": 75, "percent": 85, "late": 4, "justLate": 0, "ending": 6, "planned": 1}],
			"trend": [{"on": "2026-10-31", "percent": 86}, {"on": "2026-11-23", "percent": 90}], "months": [{"month": "2026-12-01", "ending": 7, "planned": 1}],
			"changes": [{"change": "D01", "title": "Wmebv", "effectiveOn": "2027-01-01", "people": 47, "done": 16}]}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*output, error) {
		o, err := s.office.Overview(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		return &output{overviewOf(o)}, nil
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "count-overview", Method: http.MethodPost, Path: "/reports/overview/counts", Tags: []string{"Reports"}, DefaultStatus: http.StatusNoContent,
			Summary: "Count everybody again", Description: "Counts anew how everybody stands today, for whoever cannot wait for the morning.",
		},
		permission: staff.ReadOverview,
	}, func(ctx context.Context, c caller, _ *struct{}) (*struct{}, error) {
		_, err := s.office.TakeStock(ctx, c.Actor)
		return nil, err
	})
}
