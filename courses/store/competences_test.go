package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

var catalogue = competences.Catalogue{
	Frameworks: []competences.Framework{{Key: "f", Title: "Vak", Scale: []string{"a", "b", "c"}, Independent: 3}},
	Competences: []competences.Competence{
		{ID: "K02", Framework: "f", Group: "wet", Name: "BRP", Definition: "Doet het.", Levels: []string{"x", "y", "z"}, Certificates: []certificates.SchemeKey{"Z", "A"}},
		{ID: "K01", Framework: "f", Group: "wet", Name: "Paspoort", Levels: []string{"x", "y", "z"}},
	},
	Proofs: competences.Proofs{"A": {{Competence: "K01", Level: 1}, {Competence: "K02", Level: 3}}},
}

func TestCompetencesAndWhatPeopleShow(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertCompetences(ctx, q, catalogue) })
		got, err := store.Competences(ctx, db.Read())
		want(t, got, err, catalogue)

		first := competences.Evidence{Person: "P1", Competence: "K01", Source: competences.Leader, Level: 2, On: date("2026-01-01"), By: "P2"}
		self := competences.Evidence{Person: "P1", Competence: "K01", Source: competences.Self, Level: 3, On: date("2026-01-01"), By: "P1"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.PutCompetenceEvidence(ctx, q, noon, self, first)
		})
		again, later := first, first
		again.Level, later.On = 1, date("2026-02-01")
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.PutCompetenceEvidence(ctx, q, noon, again, later)
		})
		evidence, err := store.CompetenceEvidence(ctx, db.Read(), "P1")
		want(t, evidence, err, []competences.Evidence{again, later, self})

		needed := []competences.Needed{{Team: "T1", Competence: "K01", People: 2}, {Team: "T1", Competence: "K02", People: 3, Note: "altijd een vervanger"}}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutNeeded(ctx, q, needed...) })
		numbers, err := store.Needed(ctx, db.Read(), "T1")
		want(t, numbers, err, needed)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.PutNeeded(ctx, q, competences.Needed{Team: "T1", Competence: "K01"})
		})
		numbers, err = store.Needed(ctx, db.Read(), "T1")
		want(t, numbers, err, needed[1:])
	})
}

func TestProfilesAndRolesOfTheFuture(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertCompetences(ctx, q, catalogue) })
		first := competences.RoleProfile{Role: "R1", Version: 1, ValidFrom: date("2026-01-01"), Required: []competences.Required{{Competence: "K01", Level: 2, Weight: 3}, {Competence: "K02", Level: 1, Weight: 1}}}
		second := competences.RoleProfile{Role: "R1", Version: 2, ValidFrom: date("2027-01-01"), Required: first.Required[:1]}
		add := func(p competences.RoleProfile) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertRoleProfile(ctx, q, p, "P2", noon) })
		}
		for _, p := range []competences.RoleProfile{first, second} {
			if err := add(p); err != nil {
				t.Fatal(err)
			}
		}
		third := second
		third.Version = 3
		refuses(t, add(third), fault.Conflict, "already_exists")
		profiles, err := store.RoleProfiles(ctx, db.Read())
		want(t, profiles["R1"], err, []competences.RoleProfile{first, second})

		future := []competences.FutureRole{
			{Role: staff.Role{ID: "F1", Code: "adviseur", Name: "Adviseur", Cluster: "C", Functions: []staff.Function{}}, Team: "T1", From: date("2027-06-01"), PerWeek: 32 * 60, Places: 1, Schemes: []certificates.SchemeKey{"A", "Z"}, WithinDays: 180, Purpose: "helpt"},
			{Role: staff.Role{ID: "F2", Code: "opvolger", Name: "Opvolger", Functions: []staff.Function{}}, Vacancy: true, Team: "T1", From: date("2027-03-15"), ClosesOn: date("2027-01-15"), Replaces: "P1", Places: 1, Schemes: []certificates.SchemeKey{"A"}},
		}
		for i := range future {
			future[i].Functions = nil
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertFutureRoles(ctx, q, future) })
		got, err := store.FutureRoles(ctx, db.Read())
		want(t, got, err, future)
	})
}

func TestLearningItems(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertCompetences(ctx, q, catalogue) })
		full := competences.LearningItem{
			ID: "L1", Title: "Cursus", Kind: "extern", Course: "C", Scheme: "A", Supplier: "School", Minutes: 90, Cents: 12_50, Weeks: 3, Places: 12, Guide: "P1", Assessor: "P2",
			Starts: []competences.Start{{date("2027-01-20"), date("2027-01-27")}, {date("2027-05-12")}}, Until: date("2027-12-31"), After: []competences.ItemID{"L2"}, AfterAny: []competences.ItemID{"L2", "L3"},
			AtLeast: []competences.Attained{{Competence: "K01", Level: 1}}, Earlier: "Z", Evidences: []competences.Raise{{Competence: "K01", From: 1, To: 2}, {Competence: "K02", To: 1}}, Statutory: true,
		}
		bare := competences.LearningItem{ID: "L2", Title: "BHV", Kind: "training", Minutes: 60}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error {
				if err := store.PutLearningItem(ctx, q, full); err != nil {
					return err
				}
				return store.PutLearningItem(ctx, q, bare)
			})
			got, err := store.LearningItems(ctx, db.Read())
			want(t, got, err, []competences.LearningItem{full, bare})
			full.Evidences, full.Starts, full.Until = full.Evidences[:1], nil, calendar.Date(0)
		}
		drop := func() error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.DeleteLearningItem(ctx, q, "L1") })
		}
		if err := drop(); err != nil {
			t.Fatal(err)
		}
		refuses(t, drop(), fault.NotFound, "")
	})
}
