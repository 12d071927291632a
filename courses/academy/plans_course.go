package academy

import (
	"context"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// StopPlan ends a plan before it is done; what it reserved of budgets and rosters is free again. A plan that ran asks for a
// reason; the person and their leader both see it.
func (o *Office) StopPlan(ctx context.Context, who staff.Actor, id, words string) (t mobility.Track, err error) {
	return o.changePlan(ctx, who, planChange{
		act: staff.WritePlans, id: id, audited: "plan.stopped", words: words, told: planStopped,
		change: func(t mobility.Track, g growth, _ mobility.Problem) (mobility.Track, error) {
			return t.Stop(who.Person, g.today, words)
		},
	})
}

var onlyEmployee = fault.New(fault.Forbidden, "Teruggaan doet de medewerker zelf.", "Going back is for the employee to say.").Because("employee_only")

// ReturnToRole ends a plan because the employee goes back to the old role, as was agreed. Only the employee says so.
func (o *Office) ReturnToRole(ctx context.Context, who staff.Actor, id, words string) (t mobility.Track, err error) {
	return o.changePlan(ctx, who, planChange{
		act: staff.WritePlans, id: id, audited: "plan.went-back", words: words, told: planStopped,
		change: func(t mobility.Track, g growth, _ mobility.Problem) (mobility.Track, error) {
			if who.Person != t.Person {
				return t, onlyEmployee
			}
			return t.GoBack(who.Person, g.today, words)
		},
	})
}

// PausePlan lets a plan rest until a day. What is not done is planned anew after it; nobody has to agree again.
func (o *Office) PausePlan(ctx context.Context, who staff.Actor, id string, until calendar.Date, words string) (t mobility.Track, err error) {
	return o.changePlan(ctx, who, planChange{
		act: staff.WritePlans, id: id, audited: "plan.paused", words: words, told: planPaused,
		change: func(t mobility.Track, g growth, p mobility.Problem) (mobility.Track, error) {
			return t.Pause(mobility.Pause{From: g.today, Until: until, By: who.Person, Words: words}, func(from, by calendar.Date) ([]mobility.TrackStep, error) {
				p.From, p.By = from.AddDays(1), by
				done := only(t.Steps, func(s mobility.TrackStep) bool { return !s.DoneOn.IsZero() })
				steps, err := mobility.Steps(p, t.Person, done, t.Items(g.today.DaysUntil(from)))
				if f := fault.Of(err); f != nil && f.Kind == fault.Invalid { // the steps are not what is asked here
					return nil, tooLong.From(err)
				}
				return steps, err
			})
		},
	})
}

var tooLong = fault.New(fault.Invalid, "Na die dag past niet alles meer.", "Not everything fits after that day.").
	At("until", "kies een eerdere dag: na deze dag past niet alles meer. Of wijzig het plan", "choose an earlier day: not everything fits after this one. Or change the plan")

var emptyEvaluation = fault.New(fault.Invalid, "Schrijf op hoe het gaat.", "Write down how it is going.").At("words", "schrijf op hoe het gaat", "write down how it is going")

// EvaluatePlan adds how somebody looks back on a plan that ran, with what is reached of its goals today.
func (o *Office) EvaluatePlan(ctx context.Context, who staff.Actor, id, words string) (t mobility.Track, err error) {
	if words == "" {
		return t, emptyEvaluation
	}
	return o.changePlan(ctx, who, planChange{
		act: staff.ReadPlans, id: id, audited: "plan.evaluated", words: words,
		change: func(t mobility.Track, g growth, _ mobility.Problem) (mobility.Track, error) {
			return t.Evaluate(mobility.Evaluation{On: g.today, By: who.Person, Text: words, Goals: g.goals(t)})
		},
	})
}

// A planChange is a change of a plan with words that somebody wrote.
type planChange struct {
	act     staff.Act
	id      string
	audited string
	words   string
	told    notices.Note // empty: nobody is told
	change  func(mobility.Track, growth, mobility.Problem) (mobility.Track, error)
}

// changePlan carries out a change.
func (o *Office) changePlan(ctx context.Context, who staff.Actor, c planChange) (t mobility.Track, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return t, err
	}
	if err := who.Allow(c.act, staff.Subject{}); err != nil {
		return t, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		before, err := o.planFor(ctx, q, who, c.act, c.id)
		if err != nil {
			return err
		}
		if mistakes := checkText(*wrongPlan, "words", c.words); len(mistakes.Fields) > 0 {
			return mistakes
		}
		g, err := readGrowth(ctx, q, before.Person, now.Today())
		if err != nil {
			return err
		}
		time, err := readLearningTime(ctx, q, before.Person, g.today, g.today.AddMonths(12*mostYears))
		if err != nil {
			return err
		}
		time.forget(before.ID)
		problem, err := planProblem(ctx, q, &g, before, time)
		if err != nil {
			return err
		}
		if t, err = c.change(before, g, problem); err != nil {
			return err
		}
		if changed, err := writeChange(ctx, q, now, before, t, g); err != nil || !changed {
			return err
		}
		if c.told.Kind != "" {
			if err := o.tellPlan(ctx, q, now, who, t, c.told); err != nil {
				return err
			}
		}
		return store.Write(ctx, q, did(now.Office, who, c.audited, t.Person, t.ID))
	})
	return t, err
}

// writeChange writes what became of a plan; false where nothing did.
func writeChange(ctx context.Context, q store.Q, now Moment, before, t mobility.Track, g growth) (bool, error) {
	switch n := len(t.Evaluations); {
	case n > len(before.Evaluations):
		return true, store.InsertEvaluation(ctx, q, t.ID, n, t.Evaluations[n-1])
	case t.Stopped == before.Stopped && len(t.Pauses) == len(before.Pauses):
		return false, nil // said before
	}
	if err := store.UpdatePlan(ctx, q, t, t.Revision); err != nil {
		return false, err
	}
	if n := len(t.Pauses); n > len(before.Pauses) {
		if err := store.InsertPause(ctx, q, t.ID, n, t.Pauses[n-1]); err != nil {
			return false, err
		}
		bill, err := readBill(ctx, q, now, t)
		if err != nil {
			return false, err
		}
		if err := bill.reserve(ctx, q, t.ID); err != nil { // another day may be another year
			return false, err
		}
	} else if err := store.ReservePlan(ctx, q, t.ID); err != nil {
		return false, err
	}
	return true, reserveTime(ctx, q, now, g, t)
}
