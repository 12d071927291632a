package academy_test

import (
	"context"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	ch "bekwaam/courses/changes"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// BenchmarkChangeImpact works out on SQLite what a change would do to 5,000 people who all hold the scheme that it touches on an
// older version of its course. It may take 300 ms.
func BenchmarkChangeImpact(b *testing.B) {
	db := storetest.Open(b, storetest.SQLite(b))
	fillFiles(b, db, crowd{5000, 20, 1})
	c := ch.Change{
		ID: "WET-1", Title: "Nieuwe wet", Kind: ch.Law, Source: "art. 1", EffectiveOn: sweepDay.AddDays(30), Certainty: ch.Fixed, Phase: ch.Assessing, Holder: "P000000", Version: 1, DraftedAt: sweepDay.Start(),
		Touches:  ch.Touches{Roles: []staff.RoleID{"R1"}, Schemes: []certificates.SchemeKey{"S00"}},
		Verdicts: []ch.Verdict{{Kind: ch.Delta, Roles: []staff.RoleID{"R1"}, Scheme: "S01", Holders: "S00", Version: 9}},
	}
	if err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertChange(ctx, q, c) }); err != nil {
		b.Fatal(err)
	}
	office := academy.New(academy.Config{DB: db, Now: func() time.Time { return sweepDay.Start().Add(12 * time.Hour) }})
	author := staff.Actor{Person: "P000000", Functions: []staff.Function{staff.Author}}
	b.ResetTimer()
	for range b.N {
		impact, err := office.ChangeImpact(ctx, author, "WET-1")
		if err != nil || impact.People != 5000 {
			b.Fatalf("%d people, %v", impact.People, err)
		}
	}
}
