package store_test

import (
	"context"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestWishesAndWhoSeesThem(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		w := mobility.Wish{ID: "W1", Person: "P1", Role: "R9", Words: "Ik wil 'het'.", On: calendar.MustParse("2026-11-03"), By: calendar.MustParse("2027-03-15"), PerWeek: 240}
		put := func(ctx context.Context, q store.Q) error { return store.PutWish(ctx, q, w) }
		write(t, db, put)
		w.Words, w.PerWeek = "Anders.", 120
		write(t, db, put)
		got, err := store.WishesOf(ctx, q, "P1")
		want(t, got, err, []mobility.Wish{w})
		none, err := store.WishesSharedWith(ctx, q, "P2")
		want(t, none, err, nil)

		share := mobility.Share{With: "P2", On: calendar.MustParse("2026-11-04")}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.ShareWish(ctx, q, "W1", share) })
		}
		w.Shared = []mobility.Share{share}
		got, err = store.WishesSharedWith(ctx, q, "P2")
		want(t, got, err, []mobility.Wish{w})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UnshareWish(ctx, q, "W1", "P2") })
		none, err = store.WishesSharedWith(ctx, q, "P2")
		want(t, none, err, nil)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.ShareWish(ctx, q, "W1", share) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteWish(ctx, q, "W1") })
		none, err = store.WishesOf(ctx, q, "P1")
		want(t, none, err, nil)

		for _, on := range []string{"2026-11-12", "2026-11-20"} { // what was written before stays
			write(t, db, func(ctx context.Context, q store.Q) error {
				return store.WriteItemDone(ctx, q, "P1", "L16", calendar.MustParse(on), "P2", noon)
			})
		}
		done, err := store.ItemsDone(ctx, q, "P1")
		want(t, done, err, map[competences.ItemID]calendar.Date{"L16": calendar.MustParse("2026-11-12")})
	})
}

func TestPlans(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q, on := db.Read(), calendar.MustParse("2026-11-23")
		plan := mobility.Track{
			ID: "A", Person: "P1", Role: "R9", Revision: 1, DraftedBy: "P1", DraftedOn: on,
			Terms: mobility.Terms{By: on.AddDays(99), PerWeek: 240, Words: "Omdat.", Guide: "P2", Roster: "dinsdag", Talks: "maandag", ReturnTill: on.AddDays(200)},
			Steps: []mobility.TrackStep{{Number: 1, Item: "L1", Title: "Een", Owner: "P1", From: on, Until: on, Minutes: 60, Cents: 100, Statutory: true}, {Number: 2, Title: "Praten", Owner: "P2", From: on, Until: on.AddDays(1)}},
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPlan(ctx, q, plan) })
		got, err := store.Plan(ctx, q, "A")
		want(t, got, err, plan)
		_, err = store.Plan(ctx, q, "B")
		refuses(t, err, fault.NotFound, "")
		other := plan
		other.ID = "B"
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertPlan(ctx, q, other) }), fault.Conflict, "plan_exists")

		plan.Revision, plan.Words = 2, "Anders."
		plan.Steps = plan.Steps[:1]
		plan.Steps[0].DoneOn = on
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdatePlan(ctx, q, plan, 1) })
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.UpdatePlan(ctx, q, plan, 1) }), fault.Conflict, "plan_changed")

		agree := func(a mobility.Agreement) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertAgreement(ctx, q, "A", a) })
		}
		a := mobility.Agreement{Party: mobility.ByLeader, By: "P2", On: on, Text: 2}
		if err := agree(a); err != nil {
			t.Fatal(err)
		}
		refuses(t, agree(mobility.Agreement{Party: mobility.ByLeader, By: "P1", On: on, Text: 2}), fault.Conflict, "agreed")
		refuses(t, agree(mobility.Agreement{Party: mobility.ByHR, By: "P2", On: on, Text: 2}), fault.Conflict, "agreed")
		plan.Agreements = []mobility.Agreement{a}
		plan.Asked = []competences.Required{{Competence: "K05", Level: 3, Weight: 2}}
		plan.Evaluations = []mobility.Evaluation{{On: on, By: "P1", Text: "Goed."}}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.FreezePlan(ctx, q, "A", plan.Asked); err != nil {
				return err
			}
			return store.InsertEvaluation(ctx, q, "A", 1, plan.Evaluations[0])
		})
		write(t, db, func(ctx context.Context, q store.Q) error {
			got, err = store.PlanForUpdate(ctx, q, "A")
			return err
		})
		want(t, got, err, plan)
		all, err := store.PlansOf(ctx, q, "P1", "P2")
		want(t, all, err, []mobility.Track{plan})
		all, err = store.Plans(ctx, q)
		want(t, all, err, []mobility.Track{plan})
		all, err = store.PlansGuidedBy(ctx, q, "P2")
		want(t, all, err, []mobility.Track{plan})

		plan.Stopped, plan.StoppedBy, plan.StopWords = on, staff.PersonID("P1"), "Toch niet."
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdatePlan(ctx, q, plan, 2) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPlan(ctx, q, other) }) // what stopped is not in the way
	})
}
