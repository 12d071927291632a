package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A RequirementEffect is what a requirement would do on the day it begins, or today where it holds already then.
type RequirementEffect struct {
	On      calendar.Date
	People  int               // on whom it falls that day
	Holders int               // of them, who hold the scheme that day
	Asked   []RequirementDuty // who must do something that nobody asked of them, or must do it earlier; the earliest due first
}

// A RequirementDuty is a duty that a requirement brings, or brings forward.
type RequirementDuty struct {
	certificates.Duty
	Name string
	Was  calendar.Date // the last day until now; zero: nothing was asked
}

// DraftRequirement tells what adding a requirement would do, as AddRequirement would, or changing it where it has a key, as
// ChangeRequirement would, and stores nothing.
func (o *Office) DraftRequirement(ctx context.Context, who staff.Actor, r certificates.Requirement, mark string) (RequirementEffect, error) {
	if err := allowRequirement(who, r); err != nil {
		return RequirementEffect{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return RequirementEffect{}, err
	}
	q := o.db.Read()
	all, err := store.Requirements(ctx, q)
	if err != nil {
		return RequirementEffect{}, err
	}
	instead := r.ID
	if instead != "" {
		if _, r, err = amend(ctx, q, now, all, r, mark); err != nil {
			return RequirementEffect{}, err
		}
	} else if r, err = checkRequirement(ctx, q, r); err != nil {
		return RequirementEffect{}, err
	} else if at := indexOfRequirement(all, r.ID); at >= 0 && !sameRequirement(all[at], r) {
		return RequirementEffect{}, requirementThere
	} else if at < 0 && !r.DueOn.IsZero() && r.DueOn < now.Today() {
		return RequirementEffect{}, dueBefore
	}
	e := RequirementEffect{On: max(now.Today(), r.Since)}
	people, err := store.PeopleAsked(ctx, q, r)
	if err != nil || len(people) == 0 {
		return e, err
	}
	archive, err := readFiles(ctx, q, people...)
	if err != nil {
		return e, err
	}
	names, err := store.People(ctx, q)
	if err != nil {
		return e, err
	}
	before := archive.requirements[r.Scheme]
	after := append(only(before, func(other certificates.Requirement) bool { return other.ID != instead }), r)
	for _, person := range people {
		archive.requirements[r.Scheme] = before
		was, asked := archive.file(person, r.Scheme).Due(e.On)
		archive.requirements[r.Scheme] = after
		file := archive.file(person, r.Scheme)
		if !slices.ContainsFunc(file.Demanding(e.On), func(d certificates.Demand) bool { return d.ID == r.ID }) {
			continue
		}
		e.People++
		if file.Holds(e.On) {
			e.Holders++
		}
		if duty, ok := file.Due(e.On); ok && (!asked || duty.DueOn < was.DueOn) {
			at := slices.IndexFunc(names, func(p staff.Person) bool { return p.ID == person })
			e.Asked = append(e.Asked, RequirementDuty{duty, names[at].Name(), was.DueOn})
		}
	}
	slices.SortStableFunc(e.Asked, func(a, b RequirementDuty) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return e, nil
}
