package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A StoryBudget is a budget of a story with all that was spent and reserved, the sessions of the story included.
type StoryBudget struct {
	training.Account
	Budgeted, Spent, Reserved training.Cents
	Note                      string
}

// tellSessions adds the group trainings of a story. What they led to is there already, taken over, but for what completed
// no scheme; the rest of what was spent and reserved was booked elsewhere.
func (o *Office) tellSessions(ctx context.Context, q store.Q, now Moment, planner staff.PersonID, rolls []training.Roll, budgets []StoryBudget) error {
	schemes, err := store.Schemes(ctx, q, now.Today())
	if err != nil {
		return err
	}
	for _, r := range rolls {
		if err := r.Check(schemes[r.Scheme]); err != nil {
			return err
		}
		r.PlannedBy = planner
		if err := store.InsertSession(ctx, q, r.Session); err != nil {
			return err
		}
		if err := store.InsertEnrolments(ctx, q, r.Enrolments...); err != nil {
			return err
		}
		for _, e := range r.Standing() {
			if err := o.tellEvidence(ctx, q, now, schemes[r.Scheme], r, e); err != nil {
				return err
			}
		}
	}
	employments, err := store.Employments(ctx, q, everybodyOn(rolls)...)
	if err != nil {
		return err
	}
	charges := training.Charges(rolls, teamsOn(employments), now.Today())
	for _, b := range budgets {
		sessions := charges[b.Account]
		err := store.PutBudget(ctx, q, training.Budget{Account: b.Account, Budgeted: b.Budgeted, OtherSpent: b.Spent - sessions.Spent, OtherReserved: b.Reserved - sessions.Reserved, Note: b.Note})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellEvidence links a session of a story with the evidence it led to, and records what was not taken over.
func (o *Office) tellEvidence(ctx context.Context, q store.Q, now Moment, scheme certificates.Scheme, r training.Roll, e training.Enrolment) error {
	there, err := store.EvidenceOf(ctx, q, e.Person, r.Scheme)
	if err != nil {
		return err
	}
	for _, evidence := range r.Parts(r.Achieved(e)) {
		at := slices.IndexFunc(there, func(t certificates.Evidence) bool {
			return t.Component == evidence.Component && t.CompletedOn == evidence.CompletedOn
		})
		if at >= 0 {
			evidence.ID = there[at].ID
		} else {
			evidence.ID, evidence.Person, evidence.RecordedBy = newID(), e.Person, e.ConfirmedBy
			if _, err := o.record(ctx, q, now, staff.Actor{}, scheme, evidence); err != nil {
				return err
			}
		}
		link := store.SessionEvidence{Session: r.ID, Person: e.Person, Component: evidence.Component, Evidence: evidence.ID}
		if err := store.InsertSessionEvidence(ctx, q, link); err != nil {
			return err
		}
	}
	return nil
}
