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

// Name returns the name of somebody whose duties one may see.
func (o *Office) Name(ctx context.Context, who staff.Actor, person staff.PersonID) (string, error) {
	if err := o.allowAbout(ctx, who, staff.ReadDuties, person); err != nil {
		return "", err
	}
	p, err := store.Person(ctx, o.db.Read(), person)
	return p.Name(), err
}

// Roles lists the roles of the municipality.
func (o *Office) Roles(ctx context.Context, who staff.Actor) ([]staff.Role, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.Roles(ctx, o.db.Read())
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
