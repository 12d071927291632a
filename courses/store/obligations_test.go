package store_test

import (
	"context"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestActivitiesAndTheirRequirements(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		activities := []staff.Activity{
			{ID: "K1", Kind: staff.Application, Name: "het zaaksysteem"},
			{ID: "P1", Kind: staff.Process, Name: "reisdocumenten", Roles: staff.Always("R1")},
		}
		requirements := []certificates.Requirement{
			{ID: "1", Scheme: "S", SubjectKind: certificates.ForApplication, Subject: "K1"},
			{ID: "2", Scheme: "S", SubjectKind: certificates.ForProcess, Subject: "P1"},
			{ID: "3", Scheme: "S", SubjectKind: certificates.ForRole, Subject: "P1"},
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertActivities(ctx, q, activities) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertRequirements(ctx, q, requirements) })
		got, err := store.Activities(ctx, db.Read())
		want(t, got, err, activities)
		requirements[1].Roles = staff.Always("R1")
		read, err := store.Requirements(ctx, db.Read())
		want(t, read, err, requirements)
	})
}

func TestDecisions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		away := certificates.Decision{ID: "1", Kind: certificates.Absence, Person: "P1", From: date("2026-03-01"), TakenBy: "P2", TakenAt: noon}
		late := certificates.Decision{ID: "2", Kind: certificates.Extension, Person: "P1", Scheme: "S", Cycle: 2, From: date("2026-02-01"), Until: date("2026-04-01"), Reason: "drukte: 'x'", TakenBy: "P2", TakenAt: noon}
		other := certificates.Decision{ID: "3", Kind: certificates.Exemption, Person: "P2", Scheme: "S", From: date("2026-02-01"), Until: date("2026-04-01"), Reason: "x", TakenBy: "P1", TakenAt: noon}
		for _, d := range []certificates.Decision{away, late, other} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertDecision(ctx, q, d) })
		}
		got, err := store.Decisions(ctx, db.Read(), "P1")
		want(t, got, err, []certificates.Decision{late, away})

		away.Until = date("2026-05-01")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.EndDecision(ctx, q, "1", away.Until) })
		late.UndoneBy, late.UndoneAt = "P3", noon.Add(time.Hour)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.UndoDecision(ctx, q, "2", late.UndoneBy, late.UndoneAt)
		})
		got, err = store.Decisions(ctx, db.Read(), "P1")
		want(t, got, err, []certificates.Decision{late, away})
		one, err := store.Decision(ctx, db.Read(), "2")
		want(t, one, err, late)

		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.UndoDecision(ctx, q, "2", "P3", noon) }), fault.Conflict, "undone")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.EndDecision(ctx, q, "2", away.Until) }), fault.Conflict, "undone")
		_, err = store.Decision(ctx, db.Read(), "9")
		refuses(t, err, fault.NotFound, "")
		away.ID, away.Reason = "4", "griep"
		if err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertDecision(ctx, q, away) }); err == nil {
			t.Error("the database kept why somebody is away")
		}
	})
}

func TestAPeriodIsRevokedAndStandsAgain(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		p := valid("1", 1, "2025-01-01")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPeriods(ctx, q, p) })
		for _, on := range []string{"2025-06-01", ""} {
			p.RevokedOn = 0
			if on != "" {
				p.RevokedOn = date(on)
			}
			write(t, db, func(ctx context.Context, q store.Q) error { return store.RevokePeriod(ctx, q, "1", p.RevokedOn) })
			got, err := store.PeriodsOf(ctx, db.Read(), "P1", "S")
			want(t, got, err, []certificates.Period{p})
		}
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.RevokePeriod(ctx, q, "9", p.ValidFrom) }), fault.NotFound, "")
	})
}
