package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/mobility"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// What people are told about a plan. The sentences take the name of its person; what it says stands on the page.
var (
	planMade     = notices.Note{Kind: "plan-made", Dutch: "Er is een ontwikkelplan voor %s. Lees het en geef akkoord, of stuur het terug.", English: "There is a development plan for %s. Read it and agree, or send it back."}
	planChanged  = notices.Note{Kind: "plan-changed", Dutch: "Het ontwikkelplan van %s is veranderd. Lees het en geef opnieuw akkoord.", English: "The development plan of %s has changed. Read it and agree again."}
	planTurn     = notices.Note{Kind: "plan-turn", Dutch: "Het ontwikkelplan van %s wacht op jouw akkoord.", English: "The development plan of %s waits for your agreement."}
	planReturned = notices.Note{Kind: "plan-returned", Dutch: "Het ontwikkelplan van %s is teruggestuurd. Lees wat er anders moet.", English: "The development plan of %s was sent back. Read what should be different."}
	planAgreed   = notices.Note{Kind: "plan-agreed", Dutch: "Iedereen is akkoord met het ontwikkelplan van %s. Het loopt.", English: "Everybody agreed to the development plan of %s. It runs."}
	planPaused   = notices.Note{Kind: "plan-paused", Dutch: "Het ontwikkelplan van %s pauzeert. De dagen zijn verschoven.", English: "The development plan of %s pauses. Its days have moved."}
	planStopped  = notices.Note{Kind: "plan-stopped", Dutch: "Het ontwikkelplan van %s is gestopt.", English: "The development plan of %s was stopped."}
	planTalk     = notices.Note{Kind: "plan-talk", Dutch: "Het is tijd om terug te kijken op het ontwikkelplan van %s.", English: "It is time to look back on the development plan of %s."}
)

// askToAgree tells whose turn it is to agree to a plan. A new text goes to the employee and the leaders at once, and to HR once
// those agreed. Who did something is not told of it.
func (o *Office) askToAgree(ctx context.Context, q store.Q, now Moment, who staff.Actor, t mobility.Track, n notices.Note) error {
	leaders, err := leadersFor(ctx, q, t.Person, now.Today())
	if err != nil {
		return err
	}
	var to []staff.PersonID
	switch next := t.Next(); {
	case len(t.Agreed()) == 0:
		to = append(leaders, t.Person)
	case next == mobility.ByEmployee:
		to = []staff.PersonID{t.Person}
	case next == mobility.ByLeader:
		to = leaders
	default:
		if to, err = officersOn(ctx, q, now.Today()); err != nil {
			return err
		}
	}
	return o.noteOfPlan(ctx, q, now, who, t, n, to)
}

// tellPlan tells everybody who has a part in a plan: the employee, their leaders, the guide and whoever drafted or agreed to it.
func (o *Office) tellPlan(ctx context.Context, q store.Q, now Moment, who staff.Actor, t mobility.Track, n notices.Note) error {
	to, err := leadersFor(ctx, q, t.Person, now.Today())
	if err != nil {
		return err
	}
	to = append(to, t.Person, t.Guide, t.DraftedBy)
	for _, a := range t.Agreements {
		to = append(to, a.By)
	}
	return o.noteOfPlan(ctx, q, now, who, t, n, to)
}

func (o *Office) noteOfPlan(ctx context.Context, q store.Q, now Moment, who staff.Actor, t mobility.Track, n notices.Note, to []staff.PersonID) error {
	names, err := namesOf(ctx, q, t.Person)
	if err != nil {
		return err
	}
	n.Dutch, n.English, n.Path = fmt.Sprintf(n.Dutch, names[t.Person]), fmt.Sprintf(n.English, names[t.Person]), "/plannen/"+t.ID
	slices.Sort(to)
	for _, person := range slices.Compact(to) {
		if person == "" || person == who.Person {
			continue
		}
		if err := noteIfHere(ctx, q, now, person, n); err != nil {
			return err
		}
	}
	return nil
}

// remindTalks tells everybody in a plan that the day has come on which they look back, once. One broken plan does not stop the
// rest.
func (o *Office) remindTalks(ctx context.Context, now Moment) error {
	due, err := store.TalksDue(ctx, o.db.Read(), now.Today())
	if err != nil {
		return err
	}
	for _, t := range due {
		if !t.Ran() {
			continue
		}
		if err := o.inTx(ctx, func(ctx context.Context, q store.Q) error {
			if fresh, err := store.TellTalk(ctx, q, t.ID); err != nil || !fresh {
				return err
			}
			return o.tellPlan(ctx, q, now, staff.Actor{}, t, planTalk)
		}); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			o.log.ErrorContext(ctx, "sweep: nobody could be told of the talk about a plan; the next run tells them", "err", err)
		}
	}
	return nil
}
