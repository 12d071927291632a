package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// WithdrawChange takes a change back. What it asked ends from today, and everybody who was told hears that. What people did
// for it they keep.
func (o *Office) WithdrawChange(ctx context.Context, who staff.Actor, id changes.ID, why string) error {
	if err := who.Allow(staff.WriteChanges, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if err := withBSN(changes.CheckQuestion("why", why), "why", why); err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		c, err := store.Change(ctx, q, id)
		if err != nil || !c.WithdrawnAt.IsZero() {
			return err
		}
		if c.Stands() {
			facts, err := readChangeFacts(ctx, q, now.Today(), c)
			if err != nil {
				return err
			}
			if err := takeBack(ctx, q, now, c, c.Impact(facts.Facts, now.Today()), why); err != nil {
				return err
			}
		}
		seen := c.Version
		c.WithdrawnBy, c.WithdrawnAt, c.Withdrawal, c.Version = who.Person, now.Office, why, seen+1
		if err := store.SaveChange(ctx, q, c, seen); err != nil {
			return err
		}
		if err := endRequired(ctx, q, now, who, id); err != nil {
			return err
		}
		if err := o.undoDecided(ctx, q, now, who, c); err != nil {
			return err
		}
		if err := o.planReading(ctx, q, now, who); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "change.withdrawn", "", string(id)))
	})
}

// undoDecided undoes what publishing a change decided about people, so that nobody must renew for it any more or loses a
// certificate on the day that it would have held. What is gone already stays gone, and nobody undoes it about themselves.
func (o *Office) undoDecided(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change) error {
	decided, err := store.DecisionsBecause(ctx, q, c.Title, c.PublishedAt)
	if err != nil || len(decided) == 0 {
		return err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return err
	}
	for _, d := range decided {
		if d.Kind == certificates.Revocation && !d.Undoable(now.Today()) {
			continue
		}
		if d.Person == who.Person {
			return aboutYourself
		}
		archive, err := reopen(ctx, q, d, now.Today())
		if err != nil {
			return err
		}
		if d.Kind == certificates.Revocation {
			if err := revoke(ctx, q, archive, d, 0); err != nil {
				return err
			}
		}
		if err := store.UndoDecision(ctx, q, d.ID, who.Person, now.Office); err != nil {
			return err
		}
		if err := carryOut(ctx, q, now, who, schemes, d, decisionUndone); err != nil {
			return err
		}
	}
	return nil
}

var aboutYourself = fault.New(fault.Forbidden, "Hierdoor verandert ook een besluit over jou. Laat iemand anders de wijziging intrekken.", "This also changes a decision about you. Have somebody else withdraw the change.").Because("self_approval")

// endRequired ends the requirements that publishing a change made.
func endRequired(ctx context.Context, q store.Q, now Moment, who staff.Actor, id changes.ID) error {
	keys, err := store.ChangeRequirements(ctx, q, id)
	if err != nil || len(keys) == 0 {
		return err
	}
	all, err := store.Requirements(ctx, q)
	if err != nil {
		return err
	}
	yesterday := now.Today().AddDays(-1)
	ended := only(all, func(r certificates.Requirement) bool {
		return slices.Contains(keys, r.ID) && (r.Until.IsZero() || r.Until > yesterday)
	})
	for _, r := range ended {
		r.Until = yesterday
		if err := store.UpdateRequirement(ctx, q, r); err != nil {
			return err
		}
		if err := store.Write(ctx, q, didRequirement(now, who, "requirement.changed", r)); err != nil {
			return err
		}
	}
	return replanAsked(ctx, q, now, who, ended...)
}

// takeBack tells whoever did not do what a change asked that they need not.
func takeBack(ctx context.Context, q store.Q, now Moment, c changes.Change, impact changes.Impact, why string) error {
	var told []staff.PersonID
	for _, g := range impact.Groups {
		told = append(told, g.Owing...)
	}
	slices.Sort(told)
	var notes []store.Note
	for _, person := range slices.Compact(told) {
		n := store.Note{ID: newID(), Person: person, MadeAt: now.Office}
		n.Kind, n.Path = "change-withdrawn", "/wijzigingen/"+string(c.ID)
		n.Dutch = fmt.Sprintf("Deze wijziging gaat niet door: %s. %s Je hoeft er niets meer voor te doen.", c.Title, why)
		n.English = fmt.Sprintf("This change is called off: %s. %s You need not do anything for it any more.", c.Title, why)
		notes = append(notes, n)
	}
	return store.InsertNotes(ctx, q, notes...)
}
