package academy

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Report is what every report has: for whom it is, and the names of what stands in it.
type Report struct {
	At           time.Time // the office's clock: as fresh as this
	Today        calendar.Date
	Teams        []staff.Team // the visitor may choose from, in order of key
	Team         staff.TeamID // the one that was chosen; empty: all of them
	Persons      map[staff.PersonID]staff.Person
	Schemes      map[certificates.SchemeKey]certificates.Scheme // as they apply now, or will
	Requirements map[string]certificates.Requirement

	rules outlook.Rules
}

// TeamName is the name of a team.
func (r Report) TeamName(id staff.TeamID) string {
	if at := slices.IndexFunc(r.Teams, func(t staff.Team) bool { return t.ID == id }); at >= 0 {
		return r.Teams[at].Name
	}
	return string(id)
}

// Name is the name of somebody in the report.
func (r Report) Name(id staff.PersonID) string { return r.Persons[id].Name() }

// Title is the title of a scheme.
func (r Report) Title(key certificates.SchemeKey) string { return r.Schemes[key].Title }

// shows reports whether a team is in the report.
func (r Report) shows(team staff.TeamID) bool {
	if r.Team != "" {
		return team == r.Team
	}
	return slices.ContainsFunc(r.Teams, func(t staff.Team) bool { return t.ID == team })
}

// chosen are the teams in the report.
func (r Report) chosen() []staff.TeamID {
	var teams []staff.TeamID
	for _, t := range r.Teams {
		if r.shows(t.ID) {
			teams = append(teams, t.ID)
		}
	}
	return teams
}

// beginReport reads what every report needs. A leader's are about their own teams; another team is fault.NotFound.
func (o *Office) beginReport(ctx context.Context, q store.Q, who staff.Actor, act staff.Act, team staff.TeamID) (Report, error) {
	if err := who.Allow(act, staff.Subject{}); err != nil {
		return Report{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Report{}, err
	}
	r, err := readReport(ctx, q, now)
	if err != nil {
		return Report{}, err
	}
	r.Team, r.Teams = team, only(r.Teams, func(t staff.Team) bool { return who.MayForAll(act) || slices.Contains(who.Leads, t.ID) })
	if len(r.chosen()) == 0 && team != "" {
		return Report{}, notYours
	}
	return r, nil
}

// readReport reads what every report needs, for one about everybody.
func readReport(ctx context.Context, q store.Q, now Moment) (Report, error) {
	r := Report{At: now.Office, Today: now.Today(), Persons: make(map[staff.PersonID]staff.Person), Schemes: make(map[certificates.SchemeKey]certificates.Scheme), Requirements: make(map[string]certificates.Requirement)}
	var err error
	if r.Teams, err = store.Teams(ctx, q); err != nil {
		return Report{}, err
	}
	if r.rules, err = readRules(ctx, q); err != nil {
		return Report{}, err
	}
	for key, versions := range r.rules.Schemes {
		r.Schemes[key] = versions[0]
		if s, ok := r.rules.Schemes.On(key, r.Today); ok {
			r.Schemes[key] = s
		}
	}
	for _, some := range r.rules.Requirements {
		for _, requirement := range some {
			r.Requirements[requirement.ID] = requirement
		}
	}
	return r, nil
}

// working reads who works in the teams of the report on any day between two, and their names.
func (r *Report) working(ctx context.Context, q store.Q, from, until calendar.Date) ([]staff.PersonID, error) {
	teams := r.chosen()
	if len(teams) == 0 {
		return nil, nil
	}
	ids, err := store.PeopleWorking(ctx, q, from, until, teams...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	people, err := store.PeopleNamed(ctx, q, ids...)
	for _, p := range people {
		r.Persons[p.ID] = p
	}
	return ids, err
}

// readRules reads every scheme and requirement.
func readRules(ctx context.Context, q store.Q) (outlook.Rules, error) {
	book, err := readBook(ctx, q)
	if err != nil {
		return outlook.Rules{}, err
	}
	requirements, err := store.Requirements(ctx, q)
	return outlook.Rules{Schemes: book, Requirements: grouped(requirements, func(r certificates.Requirement) certificates.SchemeKey { return r.Scheme })}, err
}

// peopleAtOnce is for how many people a report reads the facts at a time.
const peopleAtOnce = 1000

// A history says which periods a report needs.
type history func(context.Context, store.Q, ...staff.PersonID) ([]certificates.Period, error)

// gather reads the facts about people, some at a time and as many times at once as there are processors, and works on
// each part. The results stand in the order of the people.
func gather[T any](ctx context.Context, q store.Q, people []staff.PersonID, periods history, work func([]outlook.Record) T) ([]T, error) {
	parts := slices.Collect(slices.Chunk(people, peopleAtOnce))
	results, errs := make([]T, len(parts)), make([]error, len(parts))
	atOnce(len(parts), runtime.GOMAXPROCS(0), func(i int) {
		records, err := readRecords(ctx, q, parts[i], periods)
		if errs[i] = err; err == nil {
			results[i] = work(records)
		}
	})
	return results, errors.Join(errs...)
}

// atOnce does work for every number below n, so many at the same time. Where one panics it panics too, once all are done:
// there whoever asked can be told.
func atOnce(n, few int, work func(i int)) {
	crashes := make([]any, n)
	free := make(chan struct{}, few)
	var all sync.WaitGroup
	for i := range n {
		free <- struct{}{}
		all.Go(func() {
			defer func() { crashes[i] = recover(); <-free }()
			work(i)
		})
	}
	all.Wait()
	for _, crash := range crashes {
		if crash != nil {
			panic(crash)
		}
	}
}

// readRecords reads every fact about some people, in as many queries as there are kinds of facts.
func readRecords(ctx context.Context, q store.Q, people []staff.PersonID, periods history) ([]outlook.Record, error) {
	employments, err := store.Employments(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	designations, err := store.Designations(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	held, err := periods(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	duties, err := store.Duties(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	decisions, err := store.Decisions(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	records := make([]outlook.Record, len(people))
	for i, person := range people { // in the order of every query
		records[i] = outlook.Record{
			Person:       person,
			Employments:  next(&employments, func(e staff.Employment) bool { return e.Person == person }),
			Designations: next(&designations, func(d staff.Designation) bool { return d.Person == person }),
			Periods:      next(&held, func(p certificates.Period) bool { return p.Person == person }),
			Duties:       next(&duties, func(d certificates.Duty) bool { return d.Person == person }),
			Decisions:    next(&decisions, func(d certificates.Decision) bool { return d.Person == person }),
		}
	}
	return records, nil
}

// next takes the first values off a list, as long as they belong to somebody.
func next[T any](values *[]T, theirs func(T) bool) []T {
	n := 0
	for n < len(*values) && theirs((*values)[n]) {
		n++
	}
	first := (*values)[:n:n]
	*values = (*values)[n:]
	return first
}

// reminders are the days on which a duty with a last day is reason for a mail while it is open.
func reminders(due calendar.Date) []calendar.Date { return notices.Record{DueOn: due}.Days() }

// mostMonths is how far a forecast looks.
const mostMonths = 60

// lookingAhead checks for how many months somebody wants to look ahead; 0: the usual two years.
func lookingAhead(months int) (int, error) {
	const usual = 24
	switch {
	case months == 0:
		return usual, nil
	case months < 1 || months > mostMonths:
		return 0, fault.New(fault.Invalid, "Kies 1 tot en met 60 maanden.", "Choose 1 to 60 months.").At("months", "kies 1 tot en met 60 maanden", "choose 1 to 60 months")
	}
	return months, nil
}
