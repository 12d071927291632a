package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// ReplannedAtOnce is for how many people a change is worked out while one waits; for more the next sweep does it.
const ReplannedAtOnce = 200

// replanAsked makes an appointment today for everybody on whom requirements may fall, and for nobody else. Where they are not
// too many it keeps the appointments right away, so that the duties are there when the change is.
func replanAsked(ctx context.Context, q store.Q, now Moment, who staff.Actor, requirements ...certificates.Requirement) error {
	var people []staff.PersonID
	var appointments []store.Appointment
	for _, r := range requirements {
		asked, err := store.PeopleAsked(ctx, q, r)
		if err != nil {
			return err
		}
		for _, person := range asked {
			appointments = append(appointments, store.Appointment{Person: person, Scheme: r.Scheme, On: now.Today()})
		}
		people = append(people, asked...)
	}
	slices.SortFunc(appointments, func(a, b store.Appointment) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme))
	})
	if err := store.BringForward(ctx, q, slices.Compact(appointments)...); err != nil {
		return err
	}
	slices.Sort(people)
	if people = slices.Compact(people); len(people) > ReplannedAtOnce {
		return nil
	}
	schemes, err := store.Schemes(ctx, q, now.Today())
	if err != nil {
		return err
	}
	for _, person := range people {
		if _, err := keepVisits(ctx, q, now, who, schemes, now.Today(), person); err != nil {
			return err
		}
	}
	return nil
}
