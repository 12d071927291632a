package academy

import (
	"context"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// SaveFramework writes a framework with its scale, in the place of what is there under its key. The words of a scale may
// change; a level that is in use stays.
func (o *Office) SaveFramework(ctx context.Context, who staff.Actor, f competences.Framework) error {
	return o.changeAsked(ctx, who, "framework.saved", f.Key, func(ctx context.Context, q store.Q, _ calendar.Date) error {
		highest, err := store.HighestLevel(ctx, q, f.Key)
		if err != nil {
			return err
		}
		if err := competences.CheckFramework(f, highest); err != nil {
			return err
		}
		return store.PutFramework(ctx, q, f)
	})
}

// SaveCompetence writes a competence with which certificates evidence it, in the place of what is there under its key.
func (o *Office) SaveCompetence(ctx context.Context, who staff.Actor, c competences.Competence, proofs []competences.Proof) error {
	return o.changeAsked(ctx, who, "competence.saved", string(c.ID), func(ctx context.Context, q store.Q, _ calendar.Date) error {
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		known, err := knownSchemes(ctx, q)
		if err != nil {
			return err
		}
		if err := catalogue.CheckCompetence(c, proofs, known); err != nil {
			return err
		}
		return store.PutCompetence(ctx, q, c, proofs)
	})
}

// knownSchemes tells whether there is a scheme, on any day.
func knownSchemes(ctx context.Context, q store.Q) (func(certificates.SchemeKey) bool, error) {
	book, err := readBook(ctx, q)
	return func(key certificates.SchemeKey) bool { return len(book[key]) > 0 }, err
}

var roleIsHeld = fault.New(fault.Conflict, "Deze rol bestaat al in de organisatie. Kies een andere sleutel.", "This role exists in the organisation already. Choose another key.").Because("already_exists").At("role", "kies een andere sleutel", "choose another key")

// SaveFutureRole writes a role that nobody holds yet, or a place that is open, in the place of what is there under its key; whom it
// replaces stays.
func (o *Office) SaveFutureRole(ctx context.Context, who staff.Actor, f competences.FutureRole) error {
	return o.changeAsked(ctx, who, "future-role.saved", string(f.ID), func(ctx context.Context, q store.Q, today calendar.Date) error {
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		known, err := knownSchemes(ctx, q)
		if err != nil {
			return err
		}
		roles, err := store.Roles(ctx, q)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(roles, func(r staff.Role) bool { return r.ID == f.ID }) {
			return roleIsHeld
		}
		err = competences.CheckFuture(f, today, func(id staff.TeamID) bool {
			return slices.ContainsFunc(teams, func(t staff.Team) bool { return t.ID == id })
		}, known)
		if err != nil {
			return err
		}
		future, err := store.FutureRoles(ctx, q)
		if err != nil {
			return err
		}
		f.Code = strings.ToLower(string(f.ID))
		for _, there := range future {
			if there.ID == f.ID {
				f.Code, f.Replaces = there.Code, there.Replaces
			}
		}
		return store.PutFutureRole(ctx, q, f)
	})
}

// DropFutureRole takes a role away that nobody holds yet. What it asked stays, for the plans that name it.
func (o *Office) DropFutureRole(ctx context.Context, who staff.Actor, id staff.RoleID) error {
	return o.changeAsked(ctx, who, "future-role.dropped", string(id), func(ctx context.Context, q store.Q, _ calendar.Date) error {
		return store.DeleteFutureRole(ctx, q, id)
	})
}

// changeAsked changes what work asks of people, and writes that down.
func (o *Office) changeAsked(ctx context.Context, who staff.Actor, act, object string, change func(context.Context, store.Q, calendar.Date) error) error {
	if err := who.Allow(staff.ChangeProfiles, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := change(ctx, q, now.Today()); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", object))
	})
}
