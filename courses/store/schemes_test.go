package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestAVersionOfASchemeIsRemovedWhole(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		first := certificates.Scheme{Key: "S", Version: 1, Title: "Balie", Months: 12, Method: certificates.MethodLater, Components: []certificates.Component{{Kind: certificates.ComponentObserved, Title: "gezien", Checklist: []string{"a", "b"}}}}
		second := first
		second.Version, second.AppliesFrom = 2, date("2027-01-01")
		second.Refreshers = []certificates.Component{{Kind: certificates.ComponentExternal, Title: "kort"}}
		second.Prerequisites = []certificates.Prerequisite{{Scheme: "EERST", Hard: true}}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertSchemes(ctx, q, []certificates.Scheme{first, second})
		})
		got, err := store.AllSchemes(ctx, db.Read())
		want(t, got, err, []certificates.Scheme{first, second})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteScheme(ctx, q, "S", 2) })
		got, err = store.AllSchemes(ctx, db.Read())
		want(t, got, err, []certificates.Scheme{first})
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.DeleteScheme(ctx, q, "S", 2) }), fault.NotFound, "")

		used, err := store.SchemeUsed(ctx, db.Read(), "S")
		want(t, used, err, false)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertEvidence(ctx, q, certificates.Evidence{ID: "1", Person: "P1", Scheme: "S", CompletedOn: date("2025-01-01"), Source: "gezien", RecordedBy: "P2"})
		})
		used, err = store.SchemeUsed(ctx, db.Read(), "S")
		want(t, used, err, true)
	})
}

func TestARequirementIsChangedAndRemoved(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		r := certificates.Requirement{ID: "1", Scheme: "S", SubjectKind: certificates.ForTeam, Subject: "T1", SubjectName: "Balie", Since: date("2026-01-01"), InductionDays: 90, Origin: certificates.OriginLaw, Citation: "art. 1"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertRequirements(ctx, q, []certificates.Requirement{r})
		})
		r.Until, r.StartersOnly, r.DueOn = date("2026-12-31"), true, date("2026-06-01")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdateRequirement(ctx, q, r) })
		got, err := store.Requirements(ctx, db.Read())
		want(t, got, err, []certificates.Requirement{r})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteRequirement(ctx, q, "1") })
		for _, f := range []func(ctx context.Context, q store.Q) error{
			func(ctx context.Context, q store.Q) error { return store.UpdateRequirement(ctx, q, r) },
			func(ctx context.Context, q store.Q) error { return store.DeleteRequirement(ctx, q, "1") },
		} {
			refuses(t, db.InTx(ctx, f), fault.NotFound, "")
		}
	})
}

func TestOnWhomARequirementMayFall(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		for _, tt := range []struct {
			r    certificates.Requirement
			want []staff.PersonID
		}{
			{certificates.Requirement{SubjectKind: certificates.ForEverybody}, []staff.PersonID{"P1", "P2"}},
			{certificates.Requirement{SubjectKind: certificates.ForRole, Subject: "R1"}, []staff.PersonID{"P1"}},
			{certificates.Requirement{SubjectKind: certificates.ForTeam, Subject: "T2"}, []staff.PersonID{"P2"}},
			{certificates.Requirement{SubjectKind: certificates.ForDesignation, Subject: "bhv"}, []staff.PersonID{"P1"}},
			{certificates.Requirement{SubjectKind: certificates.ForPerson, Subject: "P2"}, []staff.PersonID{"P2"}},
			{certificates.Requirement{SubjectKind: certificates.ForPerson, Subject: "B1"}, nil}, // never employed
			{certificates.Requirement{SubjectKind: certificates.ForProcess, Subject: "X", Roles: staff.Always("R1", "R2")}, []staff.PersonID{"P1", "P2"}},
			{certificates.Requirement{SubjectKind: certificates.ForApplication, Subject: "X"}, nil},
		} {
			got, err := store.PeopleAsked(ctx, db.Read(), tt.r)
			want(t, got, err, tt.want)
		}
	})
}

func TestPeriodsAroundADay(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		of := func(id string, person staff.PersonID, cycle int, from string) certificates.Period {
			p := valid(id, cycle, from)
			p.Person = person
			return p
		}
		old, newest := of("1", "P1", 1, "2024-01-01"), of("2", "P1", 2, "2025-01-01")
		lapsed := of("3", "P2", 1, "2023-06-01")
		endless := certificates.Period{ID: "4", Person: "B1", Scheme: "S", SchemeVersion: 1, Cycle: 1, Anchor: date("2020-01-01"), Term: 1, Path: certificates.PathInitial, CompletedOn: date("2020-01-01"), ValidFrom: date("2020-01-01")}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertPeriods(ctx, q, old, newest, lapsed, endless)
		})
		got, err := store.PeriodsAround(ctx, db.Read(), "S", date("2025-06-01"), 5)
		want(t, got, err, []certificates.Period{newest, lapsed})
		got, err = store.PeriodsAround(ctx, db.Read(), "ANDERS", date("2025-06-01"), 5)
		want(t, got, err, []certificates.Period{})
		for day, people := range map[string]int{"2019-12-31": 0, "2020-01-01": 1, "2024-02-01": 3, "2025-06-01": 2} {
			holders, err := store.CountHolders(ctx, db.Read(), date(day))
			want(t, holders["S"], err, people)
		}
	})
}

func TestAnActivityIsPutAgain(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		a := staff.Activity{ID: "P1", Kind: staff.Process, Name: "Reisdocumenten", Roles: staff.Always("R1", "R2")}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutActivity(ctx, q, a) })
			got, err := store.Activities(ctx, db.Read())
			want(t, got, err, []staff.Activity{a})
			a.Name, a.Roles = "Rijbewijzen", []staff.RoleStretch{{Role: "R1", Until: date("2025-12-31")}, {Role: "R1", From: date("2026-02-01")}}
		}
	})
}
