package academy

import (
	"context"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A StoryWish is a wish of a story, with what was done for it and agreed about it.
type StoryWish struct {
	mobility.Wish
	Done    []StoryItem
	Planned bool // its plan is a draft
	Terms   mobility.Terms
}

// A StoryItem is something of the learning on offer that somebody did.
type StoryItem struct {
	Item competences.ItemID
	On   calendar.Date
}

// tellWishes keeps the wishes of a story, and the plans that are being prepared.
func (o *Office) tellWishes(ctx context.Context, q store.Q, now Moment, wishes []StoryWish) error {
	for _, w := range wishes {
		w.ID = newID()
		if err := store.PutWish(ctx, q, w.Wish); err != nil {
			return err
		}
		for _, s := range w.Shared {
			if err := store.ShareWish(ctx, q, w.ID, s); err != nil {
				return err
			}
		}
		for _, d := range w.Done {
			if err := store.WriteItemDone(ctx, q, w.Person, d.Item, d.On, w.Terms.Guide, now.Office); err != nil {
				return err
			}
		}
		if !w.Planned {
			continue
		}
		t, _, err := o.savePlan(ctx, q, now, staff.Actor{Person: w.Person}, NewPlan{PlanRequest: PlanRequest{Person: w.Person, Role: w.Role, By: w.By, PerWeek: w.PerWeek}, Terms: w.Terms})
		if err != nil {
			return err
		}
		g, err := readGrowth(ctx, q, w.Person, now.Today())
		if err != nil {
			return err
		}
		for _, d := range w.Done {
			item := g.item(d.Item)
			t.Steps = slices.Insert(t.Steps, 0, mobility.TrackStep{
				Item: d.Item, Title: item.Title, Owner: w.Person, From: d.On, Until: d.On, Minutes: item.Minutes, Cents: item.Cents, Statutory: item.Statutory, DoneOn: d.On,
			})
		}
		for i := range t.Steps {
			t.Steps[i].Number = i + 1
		}
		if err := store.UpdatePlan(ctx, q, t, t.Revision); err != nil {
			return err
		}
	}
	return nil
}
