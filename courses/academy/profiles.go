package academy

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A ProfiledRole is a role with what it asks.
type ProfiledRole struct {
	staff.Role
	Future   *competences.FutureRole   // of a role that nobody holds yet
	Versions []competences.RoleProfile // in order of first day; none: nobody said what it asks
	Holders  int                       // how many people hold it today
}

// ProfiledRoles lists every role with what it asks, also roles that do not exist yet.
func (o *Office) ProfiledRoles(ctx context.Context, who staff.Actor) ([]ProfiledRole, error) {
	if err := who.Allow(staff.ReadFrameworks, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	future, err := store.FutureRoles(ctx, q)
	if err != nil {
		return nil, err
	}
	profiles, err := store.RoleProfiles(ctx, q)
	if err != nil {
		return nil, err
	}
	employments, err := store.EmploymentsFrom(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	all := make([]ProfiledRole, 0, len(roles)+len(future))
	for _, r := range roles {
		all = append(all, ProfiledRole{Role: r, Versions: profiles[r.ID], Holders: len(holding(employments, r.ID, now.Today()))})
	}
	for i, f := range future {
		all = append(all, ProfiledRole{Role: f.Role, Future: &future[i], Versions: profiles[f.ID]})
	}
	return all, nil
}

// holding lists who holds a role on a day, in order of personnel number.
func holding(employments []staff.Employment, role staff.RoleID, on calendar.Date) []staff.PersonID {
	var people []staff.PersonID
	for _, e := range employments {
		if e.Role == role && e.On(on) {
			people = append(people, e.Person)
		}
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// A ProfileEffect is what a new version of a profile does to the people who hold the role on its first day.
type ProfileEffect struct {
	Profile competences.RoleProfile
	Holders int // whom it touches
	Below   int // of whom lack something that is not lacking under what is asked now
	Above   int // of whom lack less, and nothing new
	Changed []ChangedRequirement
}

// A ChangedRequirement is one thing that a role asks otherwise; level 0: not.
type ChangedRequirement struct {
	Competence competences.CompetenceID
	Was, Is    competences.Level
}

// PreviewProfile tells what a new version of a profile would do. It says how many, not who.
func (o *Office) PreviewProfile(ctx context.Context, who staff.Actor, p competences.RoleProfile) (ProfileEffect, error) {
	if err := who.Allow(staff.ChangeProfiles, staff.Subject{}); err != nil {
		return ProfileEffect{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return ProfileEffect{}, err
	}
	return o.profileEffect(ctx, o.db.Read(), now, p)
}

// SaveProfile adds a version of what a role asks from a day on; fault.Conflict where one begins on that day already.
func (o *Office) SaveProfile(ctx context.Context, who staff.Actor, p competences.RoleProfile) (ProfileEffect, error) {
	if err := who.Allow(staff.ChangeProfiles, staff.Subject{}); err != nil {
		return ProfileEffect{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return ProfileEffect{}, err
	}
	var effect ProfileEffect
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		var err error
		if effect, err = o.profileEffect(ctx, q, now, p); err != nil {
			return err
		}
		if err := store.InsertRoleProfile(ctx, q, effect.Profile, who.Person, now.Office); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "profile.saved", "", fmt.Sprintf("%s/%d", p.Role, effect.Profile.Version)))
	})
	return effect, err
}

// profileEffect checks a new version and works out what it does to whoever holds the role on its first day.
func (o *Office) profileEffect(ctx context.Context, q store.Q, now Moment, p competences.RoleProfile) (ProfileEffect, error) {
	roles, err := o.allRoles(ctx, q)
	if err != nil {
		return ProfileEffect{}, err
	}
	if !slices.ContainsFunc(roles, func(r staff.Role) bool { return r.ID == p.Role }) {
		return ProfileEffect{}, notYours
	}
	catalogue, err := store.Competences(ctx, q)
	if err != nil {
		return ProfileEffect{}, err
	}
	profiles, err := store.RoleProfiles(ctx, q)
	if err != nil {
		return ProfileEffect{}, err
	}
	there := profiles[p.Role]
	if err := catalogue.CheckProfile(p, there, now.Today()); err != nil {
		return ProfileEffect{}, err
	}
	p.Version = len(there) + 1
	was, _ := competences.On(there, p.ValidFrom)
	effect := ProfileEffect{Profile: p, Changed: changedRequirements(was, p)}
	employments, err := store.EmploymentsInRoles(ctx, q, []staff.RoleID{p.Role}, p.ValidFrom, p.ValidFrom)
	if err != nil {
		return ProfileEffect{}, err
	}
	holders := holding(employments, p.Role, p.ValidFrom)
	effect.Holders = len(holders)
	for some := range slices.Chunk(holders, peopleAtOnce) {
		evidence, err := store.CompetenceEvidence(ctx, q, some...)
		if err != nil {
			return ProfileEffect{}, err
		}
		periods, err := store.PeriodsShowing(ctx, q, some...)
		if err != nil {
			return ProfileEffect{}, err
		}
		judged, held := grouped(evidence, func(e competences.Evidence) staff.PersonID { return e.Person }), grouped(periods, func(p certificates.Period) staff.PersonID { return p.Person })
		for _, person := range some {
			standings := catalogue.Standings(judged[person], held[person], now.Today())
			before, after := lacks(was, standings), lacks(p, standings)
			switch {
			case slices.ContainsFunc(after, func(id competences.CompetenceID) bool { return !slices.Contains(before, id) }):
				effect.Below++
			case len(after) < len(before):
				effect.Above++
			}
		}
	}
	return effect, nil
}

// lacks lists what a profile asks and somebody does not have.
func lacks(p competences.RoleProfile, standings map[competences.CompetenceID]competences.Standing) []competences.CompetenceID {
	var missing []competences.CompetenceID
	for _, g := range competences.Gaps(p, standings) {
		if g.Missing() > 0 {
			missing = append(missing, g.Competence)
		}
	}
	return missing
}

// changedRequirements are what one version asks otherwise than another, in order of competence.
func changedRequirements(was, is competences.RoleProfile) []ChangedRequirement {
	levels := make(map[competences.CompetenceID][2]competences.Level)
	for i, p := range []competences.RoleProfile{was, is} {
		for _, r := range p.Required {
			pair := levels[r.Competence]
			pair[i] = r.Level
			levels[r.Competence] = pair
		}
	}
	var changed []ChangedRequirement
	for _, id := range slices.Sorted(maps.Keys(levels)) {
		if pair := levels[id]; pair[0] != pair[1] {
			changed = append(changed, ChangedRequirement{id, pair[0], pair[1]})
		}
	}
	return changed
}
