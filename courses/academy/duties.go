package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Task is a duty as people see it: with what it asks and why.
type Task struct {
	certificates.Duty
	Title      string // of the scheme
	Path       certificates.Path
	Course     courses.CourseKey // the course to take; empty where evidence from elsewhere is asked
	Asks       []certificates.Component
	Last       *certificates.Period
	Paused     bool // the person is absent
	WhyDutch   []string
	WhyEnglish []string
	On         calendar.Date // the day for which this holds
}

// Overdue reports whether the task is open after its last day, and its person there.
func (t Task) Overdue() bool { return t.State() == DutyOpen && t.On > t.DueOn }

// DutyState is where a duty stands; it is never stored.
type DutyState string

const (
	DutyOpen   DutyState = "open"
	DutyPaused DutyState = "paused" // open, but its person is absent
	DutyDone   DutyState = "done"
	DutyEnded  DutyState = "ended" // nobody requires it any more
)

// State is where the duty stands.
func (t Task) State() DutyState {
	switch {
	case !t.DoneOn.IsZero():
		return DutyDone
	case !t.EndedOn.IsZero():
		return DutyEnded
	case t.Paused:
		return DutyPaused
	}
	return DutyOpen
}

// Tasks lists the duties of a person, the earliest due first; state empty lists them all.
func (o *Office) Tasks(ctx context.Context, who staff.Actor, person staff.PersonID, state DutyState) ([]Task, error) {
	if err := o.allowReading(ctx, who, staff.ReadDuties, person); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for _, duty := range archive.duties[person] {
		task := describe(duty, archive.file(person, duty.Scheme), schemes[duty.Scheme], now.Today())
		if state == "" || task.State() == state {
			tasks = append(tasks, task)
		}
	}
	slices.SortStableFunc(tasks, func(a, b Task) int { return int(a.DueOn) - int(b.DueOn) })
	return tasks, nil
}

// describe tells what a duty asks on a day, and why.
func describe(duty certificates.Duty, file certificates.File, scheme certificates.Scheme, on calendar.Date) Task {
	t := Task{Duty: duty, Title: scheme.Title, Path: file.Path(on), Last: file.Last(), Paused: file.Away(on), On: on}
	t.Course, _ = scheme.CourseFor(duty.Cycle, t.Path)
	t.Asks = scheme.Asked(duty.Cycle, t.Path)
	if at := slices.IndexFunc(file.Periods, func(p certificates.Period) bool { return p.Cycle == duty.Cycle }); at >= 0 {
		t.Path, t.Course = file.Periods[at].Path, file.Periods[at].Course // how it was done
	}
	t.WhyDutch, t.WhyEnglish = file.Why(on)
	return t
}

// files holds the facts that decide what some people must do, by person.
type files struct {
	requirements map[certificates.SchemeKey][]certificates.Requirement
	employments  map[staff.PersonID][]staff.Employment
	designations map[staff.PersonID][]staff.Designation
	periods      map[staff.PersonID][]certificates.Period
	duties       map[staff.PersonID][]certificates.Duty
	decisions    map[staff.PersonID][]certificates.Decision
}

// readFiles reads the facts about some people, in as many queries as there are kinds of facts.
func readFiles(ctx context.Context, q store.Q, people ...staff.PersonID) (files, error) {
	return readFilesWith(ctx, q, store.Periods, people...)
}

// readFilesWith reads the facts about some people with as much of their periods as somebody needs.
func readFilesWith(ctx context.Context, q store.Q, some history, people ...staff.PersonID) (f files, err error) {
	requirements, err := store.Requirements(ctx, q)
	if err != nil {
		return f, err
	}
	employments, err := store.Employments(ctx, q, people...)
	if err != nil {
		return f, err
	}
	designations, err := store.Designations(ctx, q, people...)
	if err != nil {
		return f, err
	}
	periods, err := some(ctx, q, people...)
	if err != nil {
		return f, err
	}
	duties, err := store.Duties(ctx, q, people...)
	if err != nil {
		return f, err
	}
	decisions, err := store.Decisions(ctx, q, people...)
	return files{
		requirements: grouped(requirements, func(r certificates.Requirement) certificates.SchemeKey { return r.Scheme }),
		employments:  grouped(employments, func(e staff.Employment) staff.PersonID { return e.Person }),
		designations: grouped(designations, func(d staff.Designation) staff.PersonID { return d.Person }),
		periods:      grouped(periods, func(p certificates.Period) staff.PersonID { return p.Person }),
		duties:       grouped(duties, func(d certificates.Duty) staff.PersonID { return d.Person }),
		decisions:    grouped(decisions, func(d certificates.Decision) staff.PersonID { return d.Person }),
	}, err
}

// file gathers the facts about one person and one scheme.
func (f files) file(person staff.PersonID, scheme certificates.SchemeKey) certificates.File {
	decisions := only(f.decisions[person], func(d certificates.Decision) bool { return d.Scheme == scheme || d.Kind == certificates.Absence })
	return certificates.File{
		Person: person, Scheme: scheme,
		Demands:   certificates.Exempt(certificates.Demands(f.requirements[scheme], person, f.employments[person], f.designations[person]), decisions),
		Periods:   only(f.periods[person], func(p certificates.Period) bool { return p.Scheme == scheme }),
		Duties:    only(f.duties[person], func(d certificates.Duty) bool { return d.Scheme == scheme }),
		Decisions: decisions,
	}
}

// grouped sorts values by a key and keeps their order within it.
func grouped[K comparable, T any](values []T, key func(T) K) map[K][]T {
	groups := make(map[K][]T)
	for _, v := range values {
		groups[key(v)] = append(groups[key(v)], v)
	}
	return groups
}

// only returns the values for which keep holds.
func only[T any](values []T, keep func(T) bool) []T {
	var kept []T
	for _, v := range values {
		if keep(v) {
			kept = append(kept, v)
		}
	}
	return kept
}
