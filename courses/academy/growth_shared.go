package academy

import (
	"context"

	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A WishLine is a wish of somebody else in a list.
type WishLine struct {
	mobility.Wish
	Name   string // of the person
	Target staff.Role
}

// SharedWithMe lists the wishes that others share with somebody, the newest first.
func (o *Office) SharedWithMe(ctx context.Context, who staff.Actor) ([]WishLine, error) {
	if err := who.Allow(staff.ReadMatches, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	wishes, err := store.WishesSharedWith(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	roles, err := everyRole(ctx, q)
	if err != nil {
		return nil, err
	}
	people := make([]staff.PersonID, len(wishes))
	for i, w := range wishes {
		people[i] = w.Person
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	lines := make([]WishLine, len(wishes))
	for i, w := range wishes {
		lines[i] = WishLine{Wish: w, Name: names[w.Person]}
		for _, r := range roles {
			if r.ID == w.Role {
				lines[i].Target = r
			}
		}
	}
	return lines, nil
}
