package academy

import (
	"context"
	"errors"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// UndoDecision makes a decision not to have been taken, as long as it changed nothing: fault.Conflict afterwards. It stays
// visible as undone.
func (o *Office) UndoDecision(ctx context.Context, who staff.Actor, id string) (DecisionTaken, error) {
	undone, err := o.amend(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, archive files, d certificates.Decision) (certificates.Decision, string, error) {
		if d.Stands() && !d.Undoable(now.Today()) {
			return d, "", inEffect(d)
		}
		if d.Kind == certificates.Revocation {
			if err := revoke(ctx, q, archive, d, 0); err != nil {
				return d, "", err
			}
		}
		d.UndoneBy, d.UndoneAt = who.Person, now.Office
		return d, decisionUndone, store.UndoDecision(ctx, q, id, who.Person, now.Office)
	}, nil)
	return undone.DecisionTaken, err
}

// inEffect is why a decision cannot be undone any more, with what can be done instead.
func inEffect(d certificates.Decision) *fault.Error {
	dutch, english := "Neem een nieuw besluit als dat nodig is.", "Take a new decision where that is needed."
	if d.Kind == certificates.Absence || d.Kind == certificates.Exemption {
		dutch, english = "Geef het een andere laatste dag.", "Give it another last day."
	}
	return fault.New(fault.Conflict, "Dit besluit werkt al sinds "+d.From.Dutch()+". Terugzetten kan niet meer. "+dutch,
		"This decision has worked since "+d.From.English()+". It cannot be undone any more. "+english).Because("in_effect")
}

// EndDecision gives an absence or an exemption another last day: somebody is back earlier, or stays away longer, or the last
// day of an absence that is over was wrong.
func (o *Office) EndDecision(ctx context.Context, who staff.Actor, id string, last calendar.Date) (Decided, error) {
	return o.amend(ctx, who, id, ending(id, last), nil)
}

// TryEndDecision tells what another last day would change. It does all that EndDecision does, and undoes it.
func (o *Office) TryEndDecision(ctx context.Context, who staff.Actor, id string, last calendar.Date) (Decided, error) {
	return o.amend(ctx, who, id, ending(id, last), errTried)
}

// ending is the change that gives a decision another last day.
func ending(id string, last calendar.Date) amendment {
	return func(ctx context.Context, q store.Q, now Moment, archive files, d certificates.Decision) (certificates.Decision, string, error) {
		if d.Until == last && d.Stands() {
			return d, "", nil
		}
		act := decisionEnded
		if !d.Until.IsZero() && d.Until < now.Today() {
			act = decisionCorrected
		}
		d, err := d.Ending(last, now.Today(), archive.decisions[d.Person])
		if err != nil {
			return d, "", err
		}
		return d, act, store.EndDecision(ctx, q, id, last)
	}
}

// An amendment changes a decision that was taken. It returns the decision as it is then and the act that did so; no act where
// it was so already.
type amendment func(context.Context, store.Q, Moment, files, certificates.Decision) (certificates.Decision, string, error)

// amend changes a decision that was taken, with all that follows from it, in a transaction that ends with an error; nil: it is
// kept. A decision about somebody who is not theirs to see is fault.NotFound, as one that does not exist.
func (o *Office) amend(ctx context.Context, who staff.Actor, id string, change amendment, end error) (Decided, error) {
	if err := who.Allow(staff.TakeDecisions, staff.Subject{}); err != nil {
		return Decided{}, err
	}
	d, err := store.Decision(ctx, o.db.Read(), id)
	if err != nil {
		return Decided{}, err
	}
	for _, act := range []staff.Act{staff.ReadDecisions, DecisionAct(d.Kind)} {
		if err := o.allowAbout(ctx, who, act, d.Person); err != nil {
			return Decided{}, err
		}
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Decided{}, err
	}
	var decided Decided
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		schemes, err := o.schemesOn(ctx, q, now.Today())
		if err != nil {
			return err
		}
		before, err := reopen(ctx, q, d, now.Today())
		if err != nil {
			return err
		}
		if d, err = store.Decision(ctx, q, id); err != nil {
			return err
		}
		last := max(d.From, d.Until)
		d, act, err := change(ctx, q, now, before, d)
		if err != nil {
			return err
		}
		if act != "" {
			if err := carryOut(ctx, q, now, who, schemes, d, act); err != nil {
				return err
			}
		}
		after, err := readFiles(ctx, q, d.Person)
		if err != nil {
			return err
		}
		taken, err := describeDecisions(ctx, q, schemes, now.Today(), d)
		if err != nil {
			return err
		}
		decided = consequences(before, after, schemes, d, now.Today(), max(last, d.Until))
		decided.DecisionTaken, decided.Made = taken[0], act != ""
		return end
	})
	if err != nil && !errors.Is(err, errTried) {
		return Decided{}, err
	}
	return decided, nil
}
