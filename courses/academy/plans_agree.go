package academy

import (
	"context"
	"slices"

	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// AgreePlan gives the agreement of one of the three parties to the revision that was read. That of HR checks the budgets and
// reserves what the plan costs; the third freezes what the role asks and keeps the hours free in the roster. The same agreement
// once more changes nothing.
func (o *Office) AgreePlan(ctx context.Context, who staff.Actor, id string, party mobility.Party, revision int) (t mobility.Track, made bool, err error) {
	err = o.answerPlan(ctx, who, id, party, func(ctx context.Context, q store.Q, now Moment, plan mobility.Track) error {
		t, made = plan, false
		if slices.ContainsFunc(t.Agreements, func(a mobility.Agreement) bool {
			return a.Party == party && a.By == who.Person && a.Text == revision && revision == t.Revision
		}) {
			return nil
		}
		agreement := mobility.Agreement{Party: party, By: who.Person, On: now.Today(), Text: revision}
		ran := t.Ran()
		if t, err = t.Agree(agreement); err != nil {
			return err
		}
		made = true
		if err := store.InsertAgreement(ctx, q, id, agreement); err != nil {
			return err
		}
		if party == mobility.ByHR {
			bill, err := readBill(ctx, q, now, t)
			if err != nil {
				return err
			}
			if err := bill.pays(); err != nil {
				return err
			}
			if err := bill.reserve(ctx, q, id); err != nil {
				return err
			}
		}
		if err := o.runPlan(ctx, q, now, who, &t, ran); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "plan.agreed", t.Person, t.ID+" "+string(party)))
	})
	return t, made, err
}

// runPlan lets a plan run once everybody agreed, and else tells whose turn it is. ran says whether it ran before: then what the
// role asks is frozen already.
func (o *Office) runPlan(ctx context.Context, q store.Q, now Moment, who staff.Actor, t *mobility.Track, ran bool) error {
	if t.Next() != "" {
		return o.askToAgree(ctx, q, now, who, *t, planTurn)
	}
	g, err := readGrowth(ctx, q, t.Person, now.Today())
	if err != nil {
		return err
	}
	if !ran {
		profile, _ := g.profile(t.Role)
		t.Asked, t.Needed = profile.Required, g.schemes(t.Role)
		if err := store.FreezePlan(ctx, q, t.ID, t.Asked, t.Needed); err != nil {
			return err
		}
	}
	if err := reserveTime(ctx, q, now, g, *t); err != nil {
		return err
	}
	return o.tellPlan(ctx, q, now, who, *t, planAgreed)
}

// SendBackPlan is the no of one of the three parties to the revision that was read, with what should be different. What the
// others agreed to counts no more.
func (o *Office) SendBackPlan(ctx context.Context, who staff.Actor, id string, party mobility.Party, revision int, words string) (t mobility.Track, err error) {
	err = o.answerPlan(ctx, who, id, party, func(ctx context.Context, q store.Q, now Moment, plan mobility.Track) error {
		if mistakes := checkText(*wrongPlan, "words", words); len(mistakes.Fields) > 0 {
			return mistakes
		}
		if last := plan.Returned(); last != nil && last.By == who.Person && last.Party == party && last.Text == revision && last.Words == words {
			t = plan
			return nil // said before
		}
		no := mobility.Return{Party: party, By: who.Person, On: now.Today(), Text: revision, Words: words}
		if t, err = plan.SendBack(no); err != nil {
			return err
		}
		if err := store.UpdatePlan(ctx, q, t, revision); err != nil {
			return err
		}
		if err := store.InsertReturn(ctx, q, id, no); err != nil {
			return err
		}
		if !t.Ran() {
			if err := store.ReservePlan(ctx, q, id); err != nil {
				return err
			}
		}
		if err := o.tellPlan(ctx, q, now, who, t, planReturned); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "plan.sent-back", t.Person, t.ID+" "+string(party)))
	})
	return t, err
}

// answerPlan lets somebody answer for one of the three parties.
func (o *Office) answerPlan(ctx context.Context, who staff.Actor, id string, party mobility.Party, answer func(context.Context, store.Q, Moment, mobility.Track) error) error {
	if err := who.Allow(staff.AgreePlans, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		t, denied := o.planFor(ctx, q, who, staff.ReadPlans, id)
		if denied != nil && (t.ID == "" || fault.Of(denied) == nil) {
			return denied
		}
		leaders, err := leadersFor(ctx, q, t.Person, now.Today())
		if err != nil {
			return err
		}
		if denied != nil && !slices.Contains(leaders, who.Person) { // who leads another team may stand in for the leader
			return denied
		}
		if err := speaksFor(who, party, t, leaders); err != nil {
			return err
		}
		return answer(ctx, q, now, t)
	})
}
