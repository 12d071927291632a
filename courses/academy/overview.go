package academy

import (
	"context"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An Overview is how the municipality stands with what is asked of everybody: counts, without names.
type Overview struct {
	store.Stock
	Target  int // which share is to be in order, in percents; 0: none
	Teams   map[staff.TeamID]string
	Schemes int                // that are asked of somebody
	Trend   []store.TrendPoint // a year, this month last
	Changes []RunningChange    // what is effective first
	Waiting int                // pieces of evidence that wait for a verdict
	Oldest  calendar.Date      // when the first of them was sent; zero: none waits
}

// A RunningChange is a change that still asks something, with how far everybody is.
type RunningChange struct {
	changes.Change
	store.Running
}

// trendMonths is how far back the trend goes, this month among it, and stockMonths how long counts are kept.
const (
	trendMonths = 12
	stockMonths = 36
)

// Overview tells how everybody stands today, as it was last counted; where it was not counted today yet, it counts first.
func (o *Office) Overview(ctx context.Context, who staff.Actor) (Overview, error) {
	if err := who.Allow(staff.ReadOverview, staff.Subject{}); err != nil {
		return Overview{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Overview{}, err
	}
	q := o.db.Read()
	view := Overview{Teams: make(map[staff.TeamID]string)}
	if view.Stock, err = store.StockOn(ctx, q, now.Today()); err != nil {
		return Overview{}, err
	}
	if len(view.Figures) == 0 {
		if view.Stock, err = o.takeStock(ctx, now); err != nil {
			return Overview{}, err
		}
	}
	installation, err := o.Installation(ctx)
	if err != nil {
		return Overview{}, err
	}
	view.Target = installation.Target
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return Overview{}, err
	}
	for _, t := range teams {
		view.Teams[t.ID] = t.Name
	}
	requirements, err := store.Requirements(ctx, q)
	if err != nil {
		return Overview{}, err
	}
	asked := only(requirements, func(r certificates.Requirement) bool {
		return r.Since <= now.Today() && (r.Until.IsZero() || r.Until >= now.Today())
	})
	view.Schemes = len(grouped(asked, func(r certificates.Requirement) certificates.SchemeKey { return r.Scheme }))
	if view.Trend, err = store.Trend(ctx, q, firstOfMonth(now.Today()).AddMonths(1-trendMonths), now.Today()); err != nil {
		return Overview{}, err
	}
	for _, r := range view.Running {
		c, err := store.Change(ctx, q, r.Change)
		if err != nil {
			return Overview{}, err
		}
		view.Changes = append(view.Changes, RunningChange{c, r})
	}
	slices.SortStableFunc(view.Changes, func(a, b RunningChange) int {
		return int(dated(ChangeOverview{Change: a.Change})) - int(dated(ChangeOverview{Change: b.Change}))
	})
	waiting, err := store.WaitingSubmissions(ctx, q)
	if len(waiting) > 0 {
		view.Waiting, view.Oldest = len(waiting), calendar.On(waiting[0].SentAt)
	}
	return view, err
}

func firstOfMonth(d calendar.Date) calendar.Date {
	year, month, _ := d.Civil()
	return calendar.New(year, month, 1)
}

// TakeStock counts anew how everybody stands today.
func (o *Office) TakeStock(ctx context.Context, who staff.Actor) (time.Time, error) {
	if err := who.Allow(staff.ReadOverview, staff.Subject{}); err != nil {
		return time.Time{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return time.Time{}, err
	}
	stock, err := o.takeStock(ctx, now)
	return stock.CountedAt, err
}

// StockNow counts as the installation itself does each morning, so that nobody waits for it.
func (o *Office) StockNow(ctx context.Context) error {
	now, err := o.Now(ctx)
	if err == nil {
		_, err = o.takeStock(ctx, now)
	}
	return err
}

// takeStock counts how everybody stands today and keeps it. Where nothing was ever counted, it counts also how it was at the
// end of each month of the trend, as we know it now.
func (o *Office) takeStock(ctx context.Context, now Moment) (store.Stock, error) {
	q := o.db.Read()
	report, err := readReport(ctx, q, now)
	if err != nil {
		return store.Stock{}, err
	}
	today, err := report.stock(ctx, q, now.Today(), trendMonths)
	if err != nil {
		return store.Stock{}, err
	}
	if today.Running, err = o.running(ctx, now); err != nil {
		return store.Stock{}, err
	}
	stocks := []store.Stock{today}
	before, err := store.Trend(ctx, q, 0, now.Today())
	if err != nil {
		return store.Stock{}, err
	}
	if len(before) == 0 {
		for month := range trendMonths - 1 {
			past, err := report.stock(ctx, q, firstOfMonth(now.Today()).AddMonths(-month).AddDays(-1), 0)
			if err != nil {
				return store.Stock{}, err
			}
			if past.Figures[0].People > 0 { // before the first employment there is nothing to tell
				stocks = append(stocks, past)
			}
		}
	}
	return today, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil { // two may be the first of the day
			return err
		}
		for _, s := range stocks {
			if err := store.PutStock(ctx, q, s, now.Today().AddMonths(-stockMonths)); err != nil {
				return err
			}
		}
		return nil
	})
}

// running counts how far everybody is with each change that asks something and is not done with.
func (o *Office) running(ctx context.Context, now Moment) ([]store.Running, error) {
	all, err := store.Changes(ctx, o.db.Read())
	if err != nil {
		return nil, err
	}
	views, err := o.overviews(ctx, o.db.Read(), staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, now, all...)
	var running []store.Running
	for _, v := range views {
		if i := v.Impact; i != nil && v.Stands() && v.Phase != changes.Secured && i.Done < i.People {
			running = append(running, store.Running{Change: v.ID, People: i.People, Done: i.Done})
		}
	}
	return running, err
}

// stock counts how everybody stands on a day, and what ends in some months from then on.
func (r Report) stock(ctx context.Context, q store.Q, on calendar.Date, months int) (store.Stock, error) {
	people, err := store.PeopleWorking(ctx, q, on, on, r.chosen()...)
	if err != nil {
		return store.Stock{}, err
	}
	planned, periods := make(map[seat]calendar.Date), store.Periods
	if months > 0 {
		if planned, err = readPlanned(ctx, q, on); err != nil {
			return store.Stock{}, err
		}
		periods = store.LatestPeriods
	}
	type part struct {
		outlook.Forecast
		standings []outlook.Standing
		members   map[staff.TeamID]int
	}
	parts, err := gather(ctx, q, people, periods, func(records []outlook.Record) part {
		p := part{Forecast: outlook.NewForecast(on, max(months, 1)), members: make(map[staff.TeamID]int)}
		for _, rec := range records {
			p.standings = append(p.standings, rec.Standings(r.rules, on)...)
			for _, team := range rec.Teams(on) {
				p.members[team]++
			}
			if months > 0 {
				p.Add(rec, r.rules, func(key certificates.SchemeKey) calendar.Date { return planned[seat{rec.Person, key}] })
			}
		}
		p.Sort()
		return p
	})
	if err != nil {
		return store.Stock{}, err
	}
	forecast, standings, members := outlook.NewForecast(on, max(months, 1)), []outlook.Standing(nil), make(map[staff.TeamID]int)
	for _, t := range r.Teams {
		members[t.ID] = 0
	}
	for _, p := range parts {
		forecast.Merge(p.Forecast)
		standings = append(standings, p.standings...)
		for team, n := range p.members {
			members[team] += n
		}
	}
	s := store.Stock{On: on, CountedAt: r.At, Figures: outlook.NewFigures(forecast, standings, members, len(people))}
	if months > 0 {
		s.Months = forecast.All()
	}
	return s, nil
}
