package academy

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// Activities lists the processes and applications with the roles that work on them, in order of key.
func (o *Office) Activities(ctx context.Context, who staff.Actor) ([]staff.Activity, error) {
	if err := who.Allow(staff.ReadSchemes, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.Activities(ctx, o.db.Read())
}

// SaveActivity adds a process or an application, or changes its name and the roles that work on it from today on. What is
// required for it is asked at once of whoever has a role that comes in, as of a newcomer, and no longer of who has one that goes
// out. The roles of a new one always worked on it.
func (o *Office) SaveActivity(ctx context.Context, who staff.Actor, a staff.Activity) (staff.Activity, error) {
	if err := who.Allow(staff.ChangeSchemes, staff.Subject{}); err != nil {
		return a, err
	}
	a.Name = strings.TrimSpace(a.Name)
	a.Roles = staff.Always(a.Working()...)
	err := o.changeRequirements(ctx, who, func(ctx context.Context, q store.Q, now Moment, all []certificates.Requirement) ([]certificates.Requirement, error) {
		roles, err := store.Roles(ctx, q)
		if err != nil {
			return nil, err
		}
		activities, err := store.Activities(ctx, q)
		if err != nil {
			return nil, err
		}
		if err := checkActivity(a, activities, roles); err != nil {
			return nil, err
		}
		var was staff.Activity
		if at := slices.IndexFunc(activities, func(t staff.Activity) bool { return t.ID == a.ID }); at >= 0 {
			was = activities[at]
			asked := a.Working()
			a.Roles = was.Roles
			a.Reassign(asked, now.Today())
		}
		if err := store.PutActivity(ctx, q, a); err != nil {
			return nil, err
		}
		var touched []certificates.Requirement
		for _, r := range all {
			if r.SubjectKind != subjectOf(a) || r.Subject != string(a.ID) {
				continue
			}
			touched = append(touched, r)
			r.SubjectName, r.Roles = a.Name, a.Roles
			if err := store.UpdateRequirement(ctx, q, r); err != nil {
				return nil, err
			}
			touched = append(touched, r)
		}
		return touched, store.Write(ctx, q, didActivity(now, who, was, a)...)
	})
	return a, err
}

// didActivity makes the audit entries of a change of an activity: one for itself, and one for each role that came in or went out.
func didActivity(now Moment, who staff.Actor, was, is staff.Activity) []audit.Entry {
	entries := []audit.Entry{did(now.Office, who, "activity.saved", "", string(is.ID))}
	note := func(act string, some, others []staff.RoleID) {
		for _, role := range some {
			if !slices.Contains(others, role) {
				entries = append(entries, did(now.Office, who, act, "", string(is.ID)+"/"+string(role)))
			}
		}
	}
	note("activity.role-added", is.Working(), was.Working())
	note("activity.role-removed", was.Working(), is.Working())
	return entries
}

var (
	wrongActivity = fault.New(fault.Invalid, "Dit werk klopt nog niet:", "This work is not right yet:").Because("activity")
	rightActivity = regexp.MustCompile(`^[A-Za-z0-9._-]{1,32}$`)
)

// longestActivity is how many characters the name of an activity may have.
const longestActivity = 200

func checkActivity(a staff.Activity, there []staff.Activity, roles []staff.Role) error {
	wrong := *wrongActivity
	if !rightActivity.MatchString(string(a.ID)) {
		wrong = *wrong.At("activity", "schrijf hoogstens 32 letters, cijfers, punten en streepjes, zoals P5", "write at most 32 letters, digits, dots and dashes, such as P5")
	}
	switch at := slices.IndexFunc(there, func(t staff.Activity) bool { return t.ID == a.ID }); {
	case a.Kind != staff.Process && a.Kind != staff.Application:
		wrong = *wrong.At("kind", "kies proces of applicatie", "choose process or application")
	case at >= 0 && there[at].Kind != a.Kind:
		wrong = *wrong.At("kind", "een proces wordt geen applicatie, en andersom: kies een andere code", "a process does not become an application, nor the other way round: choose another key")
	}
	if a.Name == "" || utf8.RuneCountInString(a.Name) > longestActivity {
		wrong = *wrong.At("name", "schrijf een naam van hoogstens 200 tekens", "write a name of at most 200 characters")
	}
	for _, role := range a.Working() {
		if !slices.ContainsFunc(roles, func(r staff.Role) bool { return r.ID == role }) {
			wrong = *wrong.At("roles", "kies rollen uit de lijst", "choose roles from the list")
			break
		}
	}
	if len(wrong.Fields) > 0 {
		return &wrong
	}
	return nil
}
