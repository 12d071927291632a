package store_test

import (
	"context"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestInstrumentResultsGoWithTheirConsent(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q, on := db.Read(), calendar.MustParse("2026-11-23")
		scale := competences.Scale{Instrument: "profiel", Name: "Contact", Low: "zelf", High: "samen", Min: 100, Max: 900}
		for _, mapped := range []competences.CompetenceID{"", "C01"} {
			scale.Competence = mapped
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutInstrumentScale(ctx, q, scale) })
			scales, err := store.InstrumentScales(ctx, q)
			want(t, scales, err, []competences.Scale{scale})
		}
		growth := competences.Consent{Person: "P1", Purpose: competences.ForGrowth, GivenOn: on, EndsOn: on.AddDays(10)}
		team := competences.Consent{Person: "P1", Purpose: competences.ForTeamwork, GivenOn: on, EndsOn: on.AddDays(20)}
		result := competences.Result{ID: "R1", Person: "P1", Purpose: competences.ForGrowth, Instrument: "profiel", TakenOn: on, EndsOn: on.AddDays(30), Scores: []competences.ScaleScore{{Scale: "Contact", Score: 650}, {Scale: "Zorg", Score: -100}}}
		insert := func(r competences.Result) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertInstrumentResult(ctx, q, r) })
		}
		if err := insert(result); err == nil {
			t.Fatal("a result came in without a consent")
		}
		for _, c := range []competences.Consent{{Person: "P1", Purpose: competences.ForGrowth, GivenOn: on, EndsOn: on}, growth, team} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutInstrumentConsent(ctx, q, c) })
		}
		consents, err := store.InstrumentConsents(ctx, q, "P1", "P2")
		want(t, consents, err, []competences.Consent{growth, team})
		consents, err = store.InstrumentConsentsFor(ctx, q, competences.ForTeamwork)
		want(t, consents, err, []competences.Consent{team})
		consents, err = store.InstrumentConsents(ctx, q)
		want(t, consents, err, nil)

		later := result
		later.ID, later.Purpose, later.TakenOn, later.EndsOn, later.Scores = "R2", competences.ForTeamwork, on.AddDays(1), on.AddDays(5), nil
		for _, r := range []competences.Result{result, later} {
			if err := insert(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := insert(competences.Result{ID: "R3", Person: "P1", Purpose: competences.ForGrowth, Instrument: "profiel", TakenOn: on, EndsOn: on}); err == nil {
			t.Error("the same result twice")
		}
		share := competences.ResultShare{With: "P2", On: on}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.ShareInstrumentResult(ctx, q, "R1", share) })
		}
		shared := result
		shared.Shared = []competences.ResultShare{share}
		results, err := store.InstrumentResults(ctx, q, "P1")
		want(t, results, err, []competences.Result{later, shared})
		results, err = store.InstrumentResultsSharedWith(ctx, q, "P2")
		want(t, results, err, []competences.Result{shared})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.UnshareInstrumentResult(ctx, q, "R1", "P2") })
		results, err = store.InstrumentResultsSharedWith(ctx, q, "P2")
		want(t, results, err, nil)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.ShareInstrumentResult(ctx, q, "R1", share) })
		outside, err := store.ScoresOutside(ctx, q, competences.Scale{Instrument: "profiel", Name: "Contact", Min: 100, Max: 600})
		want(t, outside, err, 1)
		outside, err = store.ScoresOutside(ctx, q, scale)
		want(t, outside, err, 0)

		ended := func(day calendar.Date) (n int) {
			write(t, db, func(ctx context.Context, q store.Q) (err error) {
				n, err = store.RemoveEndedResults(ctx, q, day)
				return err
			})
			return n
		}
		if n := ended(on.AddDays(5)); n != 0 {
			t.Error(n, "went on their last day")
		}
		if n := ended(on.AddDays(6)); n != 1 {
			t.Error(n, "went on the day after the last of one")
		}
		if n := ended(on.AddDays(11)); n != 1 {
			t.Error(n, "went on the day after the consent")
		}
		consents, err = store.InstrumentConsents(ctx, q, "P1")
		want(t, consents, err, []competences.Consent{team})

		later.EndsOn, later.Scores = on.AddDays(30), result.Scores
		if err := insert(later); err != nil {
			t.Fatal(err)
		}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.RemoveInstrumentConsent(ctx, q, "P1", competences.ForTeamwork)
		})
		results, err = store.InstrumentResults(ctx, q, "P1")
		want(t, results, err, nil)
		consents, err = store.InstrumentConsents(ctx, q, "P1")
		want(t, consents, err, []competences.Consent{})
	})
}
