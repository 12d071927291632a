package academy

import (
	"context"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// TasksOn lists the duties that a person has on a day (zero: today), the earliest due first. Of a day that has been it tells
// what we know now: duties follow from the facts, so evidence that came in later counts. Of a later day it tells what is
// asked if nobody does anything. Also of somebody who left.
func (o *Office) TasksOn(ctx context.Context, who staff.Actor, person staff.PersonID, on calendar.Date, state DutyState) ([]Task, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	if on.IsZero() || on == now.Today() {
		return o.Tasks(ctx, who, person, state)
	}
	if err := o.allowReading(ctx, who, staff.ReadDuties, person); err != nil {
		return nil, err
	}
	if err := near(on, now.Today()); err != nil {
		return nil, err
	}
	q := o.db.Read()
	schemes, err := store.Schemes(ctx, q, on)
	if err != nil {
		return nil, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for _, key := range slices.Sorted(maps.Keys(archive.schemes(person))) {
		file := outlook.AsOf(archive.file(person, key), on)
		for _, duty := range dutiesOn(file, on) {
			task := describe(duty, file, schemes[key], on)
			if state == "" || task.State() == state {
				tasks = append(tasks, task)
			}
		}
	}
	slices.SortStableFunc(tasks, func(a, b Task) int { return int(a.DueOn) - int(b.DueOn) })
	return tasks, nil
}

// schemes are those of which anything is known about a person.
func (f files) schemes(person staff.PersonID) map[certificates.SchemeKey]bool {
	keys := make(map[certificates.SchemeKey]bool)
	for key := range f.requirements {
		keys[key] = true
	}
	for _, d := range f.duties[person] {
		keys[d.Scheme] = true
	}
	return keys
}

// dutiesOn lists the duties of a file on a day: those that were done or had ended by then, and what is asked.
func dutiesOn(f certificates.File, on calendar.Date) []certificates.Duty {
	duties := only(f.Duties, func(d certificates.Duty) bool {
		return !d.DoneOn.IsZero() && d.DoneOn <= on || !d.EndedOn.IsZero() && d.EndedOn <= on
	})
	if duty, ok := f.Due(on); ok {
		duties = append(only(duties, func(d certificates.Duty) bool { return d.Cycle != duty.Cycle }), duty)
	}
	return duties
}

// CertificatesOn lists the certificates that a person had obtained by a day (zero: today), in order of scheme and cycle.
// What each was worth then is its State on that day.
func (o *Office) CertificatesOn(ctx context.Context, who staff.Actor, person staff.PersonID, on calendar.Date) ([]certificates.Certificate, error) {
	all, err := o.Certificates(ctx, who, person)
	if err != nil || on.IsZero() {
		return all, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	if err := near(on, now.Today()); err != nil {
		return nil, err
	}
	return only(all, func(c certificates.Certificate) bool { return c.Period.CompletedOn <= on }), nil
}
