package academy

import (
	"context"
	"slices"

	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Compliance tells who holds on a day what is asked of them.
type Compliance struct {
	Report
	On        calendar.Date
	Standings []outlook.Standing // in order of person and scheme: what is asked for work in the teams of the report
}

// farthest is how many years before or after today a report can be of.
const farthest = 50

// near refuses a day that no report can be of: fault.Invalid. A year with a digit too many is a slip.
func near(on, today calendar.Date) error {
	if on < today.AddMonths(-12*farthest) || on > today.AddMonths(12*farthest) {
		return fault.New(fault.Invalid, "Kies een dag binnen vijftig jaar.", "Choose a day within fifty years.").At("on", "kies een dag binnen vijftig jaar", "choose a day within fifty years")
	}
	return nil
}

// Compliance tells how everybody who works here on a day (zero: today) stands with what is asked of them then, in one team
// or, without one, in all that somebody may see. A day that has been is told as we know it now: with evidence that came in
// later, and with everybody who has left since. Of a later day it tells what becomes of it if nobody does anything.
func (o *Office) Compliance(ctx context.Context, who staff.Actor, on calendar.Date, team staff.TeamID) (Compliance, error) {
	q := o.db.Read()
	report, err := o.beginReport(ctx, q, who, staff.ReadReports, team)
	if err != nil {
		return Compliance{}, err
	}
	c := Compliance{Report: report, On: on}
	if on.IsZero() {
		c.On = report.Today
	}
	if err := near(c.On, report.Today); err != nil {
		return Compliance{}, err
	}
	people, err := c.working(ctx, q, c.On, c.On)
	if err != nil {
		return Compliance{}, err
	}
	parts, err := gather(ctx, q, people, store.Periods, func(records []outlook.Record) []outlook.Standing {
		var standings []outlook.Standing
		for _, r := range records {
			for _, s := range r.Standings(c.rules, c.On) {
				if s.Asks = only(s.Asks, func(a outlook.Ask) bool { return c.shows(a.Team) }); len(s.Asks) > 0 {
					standings = append(standings, s)
				}
			}
		}
		return standings
	})
	c.Standings = slices.Concat(parts...)
	return c, err
}
