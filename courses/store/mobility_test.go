package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
	"bekwaam/courses/training"
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
			Terms: mobility.Terms{By: on.AddDays(99), PerWeek: 240, Words: "Omdat.", Guide: "P2", Roster: "dinsdag", LearnDay: 2, Talks: "maandag", TalkOn: on.AddDays(9), ReturnTill: on.AddDays(200)},
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
		plan.Needed = []certificates.SchemeKey{"BHV", "INT-ID"}
		plan.Evaluations = []mobility.Evaluation{{On: on, By: "P1", Text: "Goed.", Goals: []mobility.Goal{{Competence: "K05", Asked: 3, Has: 2, Source: competences.Leader, Day: on}, {Scheme: "BHV", Held: true}}}}
		plan.Returns = []mobility.Return{{Party: mobility.ByHR, By: "P2", On: on, Text: 1, Words: "Te duur."}}
		plan.Pauses = []mobility.Pause{{From: on, Until: on.AddDays(30), By: "P1", Words: "Verkiezingen."}}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.FreezePlan(ctx, q, "A", plan.Asked, plan.Needed); err != nil {
				return err
			}
			if err := store.InsertReturn(ctx, q, "A", plan.Returns[0]); err != nil {
				return err
			}
			if err := store.InsertPause(ctx, q, "A", 1, plan.Pauses[0]); err != nil {
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

		plan.WentBack, plan.Stopped, plan.StoppedBy, plan.StopWords = true, on, staff.PersonID("P1"), "Toch niet."
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdatePlan(ctx, q, plan, 2) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPlan(ctx, q, other) }) // what stopped is not in the way
	})
}

func TestATalkIsToldOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		on := calendar.MustParse("2026-11-23")
		plan := mobility.Track{ID: "A", Person: "P1", Role: "R9", Revision: 1, DraftedBy: "P1", DraftedOn: on, Terms: mobility.Terms{By: on, TalkOn: on}}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPlan(ctx, q, plan) })
		none, err := store.TalksDue(ctx, db.Read(), on.AddDays(-1))
		want(t, none, err, nil)
		for _, first := range []bool{true, false} {
			write(t, db, func(ctx context.Context, q store.Q) error {
				told, err := store.TellTalk(ctx, q, "A")
				want(t, told, err, first)
				return nil
			})
		}
		none, err = store.TalksDue(ctx, db.Read(), on)
		want(t, none, err, nil)
		plan.TalkOn = on.AddDays(7) // the next one
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdatePlan(ctx, q, plan, 1) })
		due, err := store.TalksDue(ctx, db.Read(), on.AddDays(7))
		want(t, due, err, []mobility.Track{plan})
	})
}

func TestWhatAPlanReserves(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q, on := db.Read(), calendar.MustParse("2026-11-23")
		plan := mobility.Track{
			ID: "A", Person: "P1", Role: "R9", Revision: 1, DraftedBy: "P1", DraftedOn: on, Terms: mobility.Terms{By: on},
			Steps: []mobility.TrackStep{{Number: 1, Item: "L1", Title: "Een", Owner: "P1", From: on, Until: on.AddDays(2)}, {Number: 2, Item: "L2", Title: "Twee", Owner: "P1", From: on, Until: on}},
		}
		account := training.Account{Team: "T1", Year: 2026, Fund: training.Development}
		costs := []store.PlanCost{{Plan: "A", Item: "L1", Account: account, Amount: 100}, {Plan: "A", Item: "L2", Account: account, Amount: 250}}
		times := []staffing.Learning{{Person: "P1", Plan: "A", Day: on, From: 540, To: 600}, {Person: "P1", Plan: "A", Day: on.AddDays(7), From: 540, To: 720}}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertPlan(ctx, q, plan); err != nil {
				return err
			}
			if err := store.ReservePlan(ctx, q, "A", costs...); err != nil {
				return err
			}
			return store.ReserveTime(ctx, q, "A", on, times...)
		})
		got, err := store.PlanCosts(ctx, q, 2026)
		want(t, got, err, costs)
		got, err = store.PlanCosts(ctx, q, 2027)
		want(t, got, err, []store.PlanCost{})
		learns, err := store.LearningTimes(ctx, q, on, "P1", "P2")
		want(t, learns, err, times)
		learns, err = store.LearningTimes(ctx, q, on.AddDays(1), "P1")
		want(t, learns, err, times[1:])

		none, err := store.PlacesTaken(ctx, q, "P2") // HR has not agreed
		want(t, none, err, map[competences.ItemID][]mobility.Span{})
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertAgreement(ctx, q, "A", mobility.Agreement{Party: mobility.ByHR, By: "P2", On: on, Text: 1}); err != nil {
				return err
			}
			if err := store.SpendPlan(ctx, q, "A", "L1", on); err != nil {
				return err
			}
			if err := store.ReservePlan(ctx, q, "A"); err != nil { // what is spent stays
				return err
			}
			return store.ReserveTime(ctx, q, "A", on.AddDays(1))
		})
		taken, err := store.PlacesTaken(ctx, q, "P2")
		want(t, taken, err, map[competences.ItemID][]mobility.Span{"L1": {{From: on, Until: on.AddDays(2)}}, "L2": {{From: on, Until: on}}})
		taken, err = store.PlacesTaken(ctx, q, "P1") // one's own is not in the way
		want(t, taken, err, map[competences.ItemID][]mobility.Span{})
		costs[0].Spent = on
		got, err = store.CostsOfPlan(ctx, q, "A")
		want(t, got, err, costs[:1])
		learns, err = store.LearningTimes(ctx, q, on, "P1")
		want(t, learns, err, times[:1])
	})
}
