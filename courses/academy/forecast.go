package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Forecast is what expires in the coming months and what training that takes, with a proposal to spread it.
type Forecast struct {
	Report
	outlook.Forecast
	Members map[staff.TeamID]int // how many people work in each team today
}

// Proposal spreads the training of the forecast.
func (f Forecast) Proposal() outlook.Proposal { return f.Spread(f.Members) }

// Forecast looks some months ahead (0: 24), this one among them, for one team or, without one, for all that somebody may
// see. Hours count in the team of somebody's first employment.
func (o *Office) Forecast(ctx context.Context, who staff.Actor, months int, team staff.TeamID) (Forecast, error) {
	q := o.db.Read()
	report, err := o.beginReport(ctx, q, who, staff.ReadReports, team)
	if err != nil {
		return Forecast{}, err
	}
	if months, err = lookingAhead(months); err != nil {
		return Forecast{}, err
	}
	f := Forecast{Report: report, Forecast: outlook.NewForecast(report.Today, months), Members: make(map[staff.TeamID]int)}
	people, err := f.working(ctx, q, f.From, f.Until())
	if err != nil {
		return Forecast{}, err
	}
	planned, err := readPlanned(ctx, q, f.From)
	if err != nil {
		return Forecast{}, err
	}
	shown := make(map[staff.TeamID]bool)
	for _, team := range f.chosen() {
		shown[team] = true
	}
	type part struct {
		outlook.Forecast
		members map[staff.TeamID]int
	}
	parts, err := gather(ctx, q, people, store.LatestPeriods, func(records []outlook.Record) part {
		p := part{outlook.NewForecast(report.Today, months), make(map[staff.TeamID]int)}
		p.Renewals = make([]outlook.Renewing, 0, len(records)*len(f.rules.Requirements)) // about: it need not grow
		for _, r := range records {
			p.Add(r, f.rules, func(key certificates.SchemeKey) calendar.Date { return planned[seat{r.Person, key}] })
			for _, team := range r.Teams(f.From) {
				p.members[team]++
			}
		}
		p.Renewals = slices.DeleteFunc(p.Renewals, func(n outlook.Renewing) bool { return !shown[n.Team] })
		p.Sort()
		return p
	})
	for _, p := range parts {
		f.Merge(p.Forecast)
		for team, n := range p.members {
			f.Members[team] += n
		}
	}
	return f, err
}

// A seat is somebody's place in a session of a scheme.
type seat struct {
	person staff.PersonID
	scheme certificates.SchemeKey
}

// readPlanned reads on which day, from one on, people have a place in a session.
func readPlanned(ctx context.Context, q store.Q, from calendar.Date) (map[seat]calendar.Date, error) {
	rolls, err := store.Rolls(ctx, q, from, 0)
	if err != nil {
		return nil, err
	}
	planned := make(map[seat]calendar.Date)
	for _, roll := range slices.Backward(rolls) { // the first day counts
		if roll.Cancelled() {
			continue
		}
		for _, e := range roll.Attending() {
			planned[seat{e.Person, roll.Scheme}] = roll.Day
		}
	}
	return planned, nil
}
