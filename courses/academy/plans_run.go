package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var (
	byAnother = fault.New(fault.Forbidden, "Dit moet iemand anders zeggen: je leidinggevende, P&O of wie je begeleidt of beoordeelt.", "Somebody else must say this: your leader, HR, or who guides or assesses you.").Because("self_approval")
	notProved = fault.New(fault.Conflict, "Bij deze stap hoort een certificaat, en dat is er nog niet. Haal de toets of stuur bewijs in; daarna is de stap klaar.",
		"This step leads to a certificate, and it is not there yet. Pass the quiz or send evidence; then the step is done.").Because("not_certified")
)

// finishes checks that somebody may say that a step is done: of what leads to a certificate whoever is in the plan, once the
// certificate is there; of an appointment the same; of what leads to a level only somebody else than the person.
func (g growth) finishes(who staff.Actor, t mobility.Track, s mobility.TrackStep, leaders []staff.PersonID) error {
	item := g.item(s.Item)
	involved := who.Is(staff.TrainingOfficer) || slices.Contains(leaders, who.Person) || who.Person == t.AgreedGuide() || who.Person == item.Guide || who.Person == item.Assessor
	switch own := who.Person == t.Person; {
	case item.Scheme != "" && (own || involved):
		if !g.holds(item.Scheme) {
			return notProved
		}
		return nil
	case !own && involved, own && s.Item == "":
		return nil
	case own:
		return byAnother
	}
	return notYours
}

// item finds a learning item; a zero one where it is not on offer any more.
func (g growth) item(id competences.ItemID) competences.LearningItem {
	at := slices.IndexFunc(g.items, func(i competences.LearningItem) bool { return id != "" && i.ID == id })
	if at < 0 {
		return competences.LearningItem{}
	}
	return g.items[at]
}

// FinishStep says that a step was done on a day. What it brings becomes evidence of competence, in the name of who says so.
func (o *Office) FinishStep(ctx context.Context, who staff.Actor, id string, number int, on calendar.Date) (t mobility.Track, err error) {
	if err := who.Allow(staff.ReadPlans, staff.Subject{}); err != nil {
		return t, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return t, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if t, err = o.planFor(ctx, q, who, staff.ReadPlans, id); err != nil {
			return err
		}
		leaders, err := leadersFor(ctx, q, t.Person, now.Today())
		if err != nil {
			return err
		}
		g, err := readGrowth(ctx, q, t.Person, now.Today())
		if err != nil {
			return err
		}
		if t, err = t.Finish(number, on, now.Today()); err != nil {
			return err
		}
		step := t.Steps[slices.IndexFunc(t.Steps, func(s mobility.TrackStep) bool { return s.Number == number })]
		if err := g.finishes(who, t, step, leaders); err != nil {
			return err
		}
		if err := store.UpdatePlan(ctx, q, t, t.Revision); err != nil {
			return err
		}
		if err := store.SpendPlan(ctx, q, id, step.Item, on); err != nil {
			return err
		}
		if err := reserveTime(ctx, q, now, g, t); err != nil {
			return err
		}
		if step.Item != "" {
			if err := o.learned(ctx, q, now, who, g, step.Item, on); err != nil {
				return err
			}
		}
		return store.Write(ctx, q, did(now.Office, who, "plan.step-done", t.Person, t.ID))
	})
	return t, err
}

// learned keeps that a person did an item, and what it showed. What leads to a certificate shows it by that.
func (o *Office) learned(ctx context.Context, q store.Q, now Moment, who staff.Actor, g growth, id competences.ItemID, on calendar.Date) error {
	if err := store.WriteItemDone(ctx, q, g.person.ID, id, on, who.Person, now.Office); err != nil {
		return err
	}
	item := g.item(id)
	if item.Scheme != "" || who.Person == g.person.ID {
		return nil
	}
	source := competences.Leader
	if who.Person == item.Assessor || who.Person == item.Guide {
		source = competences.Assessor
	}
	var shown []competences.Evidence
	for _, r := range item.Evidences {
		if has := g.standings[r.Competence].Level; has >= r.From && has < r.To {
			shown = append(shown, competences.Evidence{Person: g.person.ID, Competence: r.Competence, Source: source, Level: r.To, On: on, By: who.Person})
		}
	}
	return store.PutCompetenceEvidence(ctx, q, now.Office, shown...)
}

// Certified lists the schemes a role asks that a plan does not bring and the person does not hold.
func (d PlanDraft) Certified(p mobility.Plan) (later []certificates.SchemeKey) {
	for _, scheme := range d.Match.Lacking {
		if !slices.ContainsFunc(p.Steps, func(s mobility.Step) bool { return s.Item.Scheme == scheme }) {
			later = append(later, scheme)
		}
	}
	return later
}
