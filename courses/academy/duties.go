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
	Last       *certificates.Period
	WhyDutch   []string
	WhyEnglish []string
	On         calendar.Date // the day for which this holds
}

// Overdue reports whether the task is open after its last day.
func (t Task) Overdue() bool { return t.Open() && t.On > t.DueOn }

// DutyState is where a duty stands; it is never stored.
type DutyState string

const (
	DutyOpen  DutyState = "open"
	DutyDone  DutyState = "done"
	DutyEnded DutyState = "ended" // nobody requires it any more
)

// State is where the duty stands.
func (t Task) State() DutyState {
	switch {
	case !t.DoneOn.IsZero():
		return DutyDone
	case !t.EndedOn.IsZero():
		return DutyEnded
	}
	return DutyOpen
}

// Tasks lists the duties of a person, the earliest due first; state empty lists them all.
func (o *Office) Tasks(ctx context.Context, who staff.Actor, person staff.PersonID, state DutyState) ([]Task, error) {
	if err := o.allowAbout(ctx, who, staff.ReadDuties, person); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	schemes, err := store.Schemes(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for _, duty := range archive.duties {
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
	t := Task{Duty: duty, Title: scheme.Title, Path: file.Path(on), Last: file.Last(), On: on}
	t.Course, _ = scheme.CourseFor(duty.Cycle, t.Path)
	t.WhyDutch, t.WhyEnglish = file.Why(on)
	return t
}

// files holds the facts that decide what some people must do.
type files struct {
	requirements []certificates.Requirement
	employments  []staff.Employment
	designations []staff.Designation
	periods      []certificates.Period
	duties       []certificates.Duty
}

// readFiles reads the facts about some people, in as many queries as there are kinds of facts.
func readFiles(ctx context.Context, q store.Q, people ...staff.PersonID) (f files, err error) {
	if f.requirements, err = store.Requirements(ctx, q); err != nil {
		return f, err
	}
	if f.employments, err = store.Employments(ctx, q, people...); err != nil {
		return f, err
	}
	if f.designations, err = store.Designations(ctx, q, people...); err != nil {
		return f, err
	}
	if f.periods, err = store.Periods(ctx, q, people...); err != nil {
		return f, err
	}
	f.duties, err = store.Duties(ctx, q, people...)
	return f, err
}

// file gathers the facts about one person and one scheme.
func (f files) file(person staff.PersonID, scheme certificates.SchemeKey) certificates.File {
	return certificates.File{
		Person: person, Scheme: scheme,
		Demands: certificates.Demands(
			only(f.requirements, func(r certificates.Requirement) bool { return r.Scheme == scheme }), person,
			only(f.employments, func(e staff.Employment) bool { return e.Person == person }),
			only(f.designations, func(d staff.Designation) bool { return d.Person == person })),
		Periods: only(f.periods, func(p certificates.Period) bool { return p.Person == person && p.Scheme == scheme }),
		Duties:  only(f.duties, func(d certificates.Duty) bool { return d.Person == person && d.Scheme == scheme }),
	}
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
