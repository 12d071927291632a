package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestAFrameworkAndItsCompetencesChange(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertCompetences(ctx, q, catalogue) })
		highest, err := store.HighestLevel(ctx, db.Read(), "f")
		want(t, highest, err, 3)
		highest, err = store.HighestLevel(ctx, db.Read(), "g")
		want(t, highest, err, 0)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.PutFramework(ctx, q, competences.Framework{Key: "f", Title: "Vakkennis", Scale: []string{"a", "b", "c", "d"}, Independent: 2})
		})
		changed := competences.Competence{ID: "K02", Framework: "f", Group: "brp", Name: "Basisregistratie", Definition: "Doet het goed.", Levels: []string{"x", "y", "z", "!"}, Certificates: []certificates.SchemeKey{"A"}}
		added := competences.Competence{ID: "A01", Framework: "f", Group: "brp", Name: "Nieuw", Levels: []string{"x", "y", "z", "!"}}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.PutCompetence(ctx, q, changed, []competences.Proof{{Scheme: "Z", Level: 4}}); err != nil {
				return err
			}
			return store.PutCompetence(ctx, q, added, nil)
		})
		got, err := store.Competences(ctx, db.Read())
		want(t, got, err, competences.Catalogue{
			Frameworks:  []competences.Framework{{Key: "f", Title: "Vakkennis", Scale: []string{"a", "b", "c", "d"}, Independent: 2}},
			Competences: []competences.Competence{changed, catalogue.Competences[1], added},
			Proofs:      competences.Proofs{"A": {{Competence: "K01", Level: 1}}, "Z": {{Competence: "K02", Level: 4}}},
		})
	})
}

func TestARoleOfTheFutureChangesAndGoes(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		role := competences.FutureRole{Role: staff.Role{ID: "F1", Code: "f1", Name: "Wallet"}, Team: "T1", From: date("2027-01-01"), PerWeek: 60, Places: 1, Schemes: []certificates.SchemeKey{}}
		again := role
		again.Name, again.Vacancy = "Wallets", true
		for _, one := range []competences.FutureRole{role, again} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutFutureRole(ctx, q, one) })
			got, err := store.FutureRoles(ctx, db.Read())
			want(t, got, err, []competences.FutureRole{one})
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteFutureRole(ctx, q, "F1") })
		err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.DeleteFutureRole(ctx, q, "F1") })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
}
