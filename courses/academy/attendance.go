package academy

import (
	"context"
	"errors"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// RecordAttendance writes the whole list of who was at a group training and what they achieved. It may be written anew
// until somebody else confirms it; who is not on the list that is sent is not recorded.
func (o *Office) RecordAttendance(ctx context.Context, who staff.Actor, id training.SessionID, lines []training.Line) error {
	if err := who.Allow(staff.PlanSessions, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		r, err := store.RollForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		recorded, err := r.Record(lines, who.Person, now.Office)
		if err != nil {
			return err
		}
		for _, e := range recorded {
			if err := store.SaveEnrolment(ctx, q, e); err != nil {
				return err
			}
			if err := store.Write(ctx, q, did(now.Office, who, "attendance.recorded", e.Person, string(id))); err != nil {
				return err
			}
		}
		return nil
	})
}

// A Consequence is what confirming a list leads to, or led to, for one participant.
type Consequence struct {
	Participant
	Confirmed bool                 // false: somebody else must confirm this line
	Shown     []int                // the places of the components that were shown
	Period    *certificates.Period // what began with it; nil: nothing
}

var errForeseen = errors.New("foreseen: nothing is kept")

// ForeseeConfirmation tells what confirming would lead to, for each participant: it does the same and keeps nothing.
func (o *Office) ForeseeConfirmation(ctx context.Context, who staff.Actor, id training.SessionID) ([]Consequence, error) {
	return o.confirmAttendance(ctx, who, id, errForeseen)
}

// ConfirmAttendance confirms what somebody else recorded about others than oneself: whoever passed gets their evidence,
// and the period that it completes, all in one transaction. What was confirmed before is not done again.
func (o *Office) ConfirmAttendance(ctx context.Context, who staff.Actor, id training.SessionID) ([]Consequence, error) {
	return o.confirmAttendance(ctx, who, id, nil)
}

// confirmAttendance ends its transaction with an error where it must keep nothing.
func (o *Office) confirmAttendance(ctx context.Context, who staff.Actor, id training.SessionID, end error) (led []Consequence, err error) {
	if err := who.Allow(staff.ConfirmSessions, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		r, err := store.RollForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		lines, err := r.ToConfirm(who.Person)
		if err != nil {
			return err
		}
		schemes, err := store.Schemes(ctx, q, r.Day)
		if err != nil {
			return err
		}
		for _, e := range lines {
			if err := who.Allow(staff.ConfirmSessions, staff.Subject{Person: e.Person}); err != nil {
				return err
			}
			if err := o.confirmLine(ctx, q, now, who, schemes[r.Scheme], r, e); err != nil {
				return err
			}
		}
		if r, err = store.Roll(ctx, q, id); err != nil {
			return err
		}
		if led, err = o.consequences(ctx, q, now, who, r); err != nil {
			return err
		}
		return end
	})
	if end != nil && errors.Is(err, end) {
		err = nil
	}
	return led, err
}

// confirmLine confirms one line and records what it shows.
func (o *Office) confirmLine(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, r training.Roll, e training.Enrolment) error {
	if err := o.recordParts(ctx, q, now, who, scheme, r, &e, r.Achieved(e)); err != nil {
		return err
	}
	e.ConfirmedBy, e.ConfirmedAt = who.Person, now.Office
	if err := store.SaveEnrolment(ctx, q, e); err != nil {
		return err
	}
	if err := o.tell(ctx, q, now, r, e.Person, sessionConfirmed); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, "attendance.confirmed", e.Person, string(r.ID)))
}

// recordParts records evidence of some components that a participant showed, and tells in their line what that led to.
func (o *Office) recordParts(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, r training.Roll, e *training.Enrolment, shown []int) error {
	for _, evidence := range r.Parts(shown) {
		evidence.ID, evidence.Person, evidence.RecordedBy = newID(), e.Person, e.RecordedBy
		outcome, err := o.record(ctx, q, now, who, scheme, evidence)
		if err != nil {
			return err
		}
		if e.Outcome != courses.Certified {
			e.Outcome = outcome
		}
		if err := store.InsertSessionEvidence(ctx, q, store.SessionEvidence{Session: r.ID, Person: e.Person, Component: evidence.Component, Evidence: evidence.ID}); err != nil {
			return err
		}
	}
	return nil
}

// Consequences tells what a group training led to, for each participant that was confirmed.
func (o *Office) Consequences(ctx context.Context, who staff.Actor, id training.SessionID) ([]Consequence, error) {
	if err := who.Allow(staff.ConfirmSessions, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	r, err := store.Roll(ctx, o.db.Read(), id)
	if err != nil {
		return nil, err
	}
	return o.consequences(ctx, o.db.Read(), now, who, r)
}

// consequences reads what a list led to, in order of enrolling.
func (o *Office) consequences(ctx context.Context, q store.Q, now Moment, who staff.Actor, r training.Roll) ([]Consequence, error) {
	views, err := o.viewSessions(ctx, q, now, who, []training.Roll{r})
	if err != nil {
		return nil, err
	}
	held, err := store.Periods(ctx, q, everybodyOn([]training.Roll{r})...)
	if err != nil {
		return nil, err
	}
	begun := func(p certificates.Period, e training.Enrolment) bool {
		return p.Person == e.Person && p.Scheme == r.Scheme && p.CompletedOn == r.Day && e.Outcome == courses.Certified
	}
	var led []Consequence
	for _, p := range views[0].Participants {
		if p.Waiting > 0 || !p.Recorded() {
			continue
		}
		c := Consequence{Participant: p, Confirmed: p.Enrolment.Confirmed(), Shown: r.Achieved(p.Enrolment)}
		if at := slices.IndexFunc(held, func(h certificates.Period) bool { return begun(h, p.Enrolment) }); at >= 0 {
			c.Period = &held[at]
		}
		led = append(led, c)
	}
	return led, nil
}
