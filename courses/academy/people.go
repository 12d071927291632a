package academy

import (
	"context"

	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Profile is who somebody is today.
type Profile struct {
	staff.Person
	Teams []staff.Team
	Roles []staff.Role
}

// Me tells who the person that asks is.
func (o *Office) Me(ctx context.Context, who staff.Actor) (Profile, error) {
	if err := who.Allow(staff.ReadOwnAccount, staff.Subject{Person: who.Person}); err != nil {
		return Profile{}, err
	}
	return o.profile(ctx, who.Person)
}

func (o *Office) profile(ctx context.Context, person staff.PersonID) (p Profile, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return Profile{}, err
	}
	q := o.db.Read()
	if p.Person, err = store.Person(ctx, q, person); err != nil {
		return Profile{}, err
	}
	employments, err := store.Employments(ctx, q, person)
	if err != nil {
		return Profile{}, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return Profile{}, err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return Profile{}, err
	}
	for _, e := range employments {
		if !e.On(now.Today()) {
			continue
		}
		p.Teams = append(p.Teams, only(teams, func(t staff.Team) bool { return t.ID == e.Team })...)
		p.Roles = append(p.Roles, only(roles, func(r staff.Role) bool { return r.ID == e.Role })...)
	}
	return p, nil
}
