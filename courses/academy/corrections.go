package academy

import (
	"context"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A CorrectionView is a line of a list that was confirmed, with what was corrected in it.
type CorrectionView struct {
	Session     SessionView
	Participant Participant
	Corrections []training.Correction     // the first one first
	Names       map[staff.PersonID]string // of who made and confirmed them
	Revoke      *certificates.Period      // what began with evidence that a correction took away: somebody decides on it; nil: nothing
	Stands      *certificates.Period      // what began with evidence that the line still gives, and would stand without it; nil: nothing
}

// Waiting is the correction that waits for somebody who confirms it; nil where none does.
func (v CorrectionView) Waiting() *training.Correction {
	if n := len(v.Corrections); n > 0 && v.Corrections[n-1].Waits() {
		return &v.Corrections[n-1]
	}
	return nil
}

// Takes reports whether the correction that waits would take away something that the line shows.
func (v CorrectionView) Takes() bool {
	c, r := v.Waiting(), training.Roll{Session: v.Session.Session}
	return c != nil && len(without(r.Achieved(v.Participant.Enrolment), r.Shown(c.Line))) > 0
}

// CorrectionsOf shows the line of a participant, with its corrections.
func (o *Office) CorrectionsOf(ctx context.Context, who staff.Actor, id training.SessionID, person staff.PersonID) (CorrectionView, error) {
	if err := who.Allow(staff.PlanSessions, staff.Subject{}); err != nil {
		return CorrectionView{}, err
	}
	session, err := o.Session(ctx, who, id)
	if err != nil {
		return CorrectionView{}, err
	}
	at := slices.IndexFunc(session.Participants, func(p Participant) bool { return p.Person == person })
	if at < 0 {
		return CorrectionView{}, notYours
	}
	v := CorrectionView{Session: session, Participant: session.Participants[at]}
	if v.Corrections, err = store.Corrections(ctx, o.db.Read(), v.Participant.Enrolment); err != nil {
		return CorrectionView{}, err
	}
	var people []staff.PersonID
	for _, c := range v.Corrections {
		people = append(people, c.CorrectedBy, c.ConfirmedBy)
	}
	if v.Names, err = namesOf(ctx, o.db.Read(), people...); err != nil {
		return CorrectionView{}, err
	}
	held, err := store.Periods(ctx, o.db.Read(), person)
	if err != nil {
		return CorrectionView{}, err
	}
	r := training.Roll{Session: session.Session}
	less := slices.ContainsFunc(v.Corrections, func(c training.Correction) bool {
		return !c.Waits() && len(without(r.Shown(c.Was), r.Achieved(v.Participant.Enrolment))) > 0
	})
	for i, p := range held {
		if p.Scheme != session.Scheme || p.CompletedOn < session.Day || !p.RevokedOn.IsZero() {
			continue
		}
		if less && v.Revoke == nil {
			v.Revoke = &held[i]
		}
		if v.Stands == nil && len(r.Achieved(v.Participant.Enrolment)) > 0 {
			v.Stands = &held[i]
		}
	}
	return v, nil
}

// without lists the places of a first list that are not on a second one.
func without(places, on []int) []int {
	return only(places, func(place int) bool { return !slices.Contains(on, place) })
}

// CorrectAttendance says what a confirmed line should have said, and why. Nothing changes until yet another person confirms
// it; until then the correction can be replaced by another one. Nobody corrects their own line.
func (o *Office) CorrectAttendance(ctx context.Context, who staff.Actor, id training.SessionID, to training.Line, reason string) error {
	if err := who.Allow(staff.PlanSessions, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		r, before, err := correctable(ctx, q, id, to.Person)
		if err != nil {
			return err
		}
		c, err := r.Correct(to, reason, before, who.Person, now.Office)
		if err != nil {
			return err
		}
		if err := store.PutCorrection(ctx, q, c); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "attendance.corrected", to.Person, string(id)))
	})
}

// correctable holds a session for update and reads the corrections of the line of a person.
func correctable(ctx context.Context, q store.Q, id training.SessionID, person staff.PersonID) (training.Roll, []training.Correction, error) {
	r, err := store.RollForUpdate(ctx, q, id)
	if err != nil {
		return r, nil, err
	}
	e, on := r.Of(person)
	if !on {
		return r, nil, notYours
	}
	corrections, err := store.Corrections(ctx, q, e)
	return r, corrections, err
}

// ConfirmCorrection confirms the correction that waits for a line and was made at a moment, of somebody else and about somebody else: what was shown
// after all is recorded, with the period that it completes, and what was not is no evidence any more. A period that began
// with that stays until somebody revokes it: that is a decision of its own, with a reason.
func (o *Office) ConfirmCorrection(ctx context.Context, who staff.Actor, id training.SessionID, person staff.PersonID, made time.Time) error {
	if err := who.Allow(staff.ConfirmSessions, staff.Subject{Person: person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		r, corrections, err := correctable(ctx, q, id, person)
		if err != nil {
			return err
		}
		c, e, err := r.ConfirmCorrection(person, corrections, made, who.Person, now.Office)
		if err != nil {
			return err
		}
		if err := o.correctEvidence(ctx, q, now, who, r, &e); err != nil {
			return err
		}
		if err := store.PutCorrection(ctx, q, c); err != nil {
			return err
		}
		if err := store.SaveEnrolment(ctx, q, e); err != nil {
			return err
		}
		if err := o.tell(ctx, q, now, r, person, sessionCorrected); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "attendance.correction-confirmed", person, string(id)))
	})
}

// correctEvidence makes the evidence of a line what the line says, and tells in it what that led to.
func (o *Office) correctEvidence(ctx context.Context, q store.Q, now Moment, who staff.Actor, r training.Roll, e *training.Enrolment) error {
	shown := r.Achieved(*e)
	there, err := store.SessionEvidenceOf(ctx, q, r.ID, e.Person)
	if err != nil {
		return err
	}
	var have []int
	for _, evidence := range there {
		if slices.Contains(shown, evidence.Component) {
			have = append(have, evidence.Component)
			continue
		}
		if err := store.RemoveSessionEvidence(ctx, q, evidence); err != nil {
			return err
		}
		e.Outcome = courses.ComponentsMissing
	}
	if len(shown) == 0 {
		e.Outcome = ""
	}
	schemes, err := store.Schemes(ctx, q, r.Day)
	if err != nil {
		return err
	}
	return o.recordParts(ctx, q, now, who, schemes[r.Scheme], r, e, without(shown, have))
}
