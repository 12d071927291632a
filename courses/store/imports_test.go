package store_test

import (
	"context"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestImports(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		first := store.Import{ID: "I1", FileName: "oud.csv", Content: []byte{0, '\'', '?', 255}, UploadedBy: "P1", UploadedAt: noon, Spellings: map[string]certificates.SchemeKey{}, Fields: []string{}}
		second := store.Import{ID: "I2", FileName: "nieuw.csv", Content: []byte("a;b"), UploadedBy: "P2", UploadedAt: noon.Add(time.Hour), Spellings: map[string]certificates.SchemeKey{}, Fields: []string{}}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertImport(ctx, q, first) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertImport(ctx, q, second) })
		got, err := store.ImportOf(ctx, q, "I1")
		want(t, got, err, first)

		first.Fields, first.DateOrder, first.Spellings = []string{"number", "-", "scheme"}, "day", map[string]certificates.SchemeKey{"v o g": "VOG", "lunch": ""}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.MapImport(ctx, q, store.Import{ID: "I1", Spellings: map[string]certificates.SchemeKey{"oud": "BHV"}})
		})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.MapImport(ctx, q, first) })
		got, err = store.ImportOf(ctx, q, "I1")
		want(t, got, err, first)

		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.FinishImport(ctx, q, store.Import{ID: "I1", Content: []byte("rest"), Fields: []string{"number", "scheme"}, DoneBy: "P2", DoneAt: noon.Add(2 * time.Hour), Added: 430})
		})
		first.DoneBy, first.DoneAt, first.Added, first.Fields, first.Content = "P2", noon.Add(2*time.Hour), 430, []string{"number", "scheme"}, []byte("rest")
		got, err = store.ImportOf(ctx, q, "I1")
		want(t, got, err, first)
		first.Content = nil
		write(t, db, func(ctx context.Context, q store.Q) error {
			got, err = store.ImportForUpdate(ctx, q, "I1")
			return err
		})
		want(t, got, nil, first)
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.MapImport(ctx, q, first) }), fault.Conflict, "done")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return store.FinishImport(ctx, q, store.Import{ID: "I1", DoneBy: "P1", DoneAt: noon, Added: 1})
		}), fault.Conflict, "done")

		all, err := store.Imports(ctx, q, 2)
		first.Spellings, second.Spellings, second.Content = nil, nil, nil
		want(t, all, err, []store.Import{second, first})

		write(t, db, func(ctx context.Context, q store.Q) error { return store.ForgetImports(ctx, q, noon.Add(time.Minute)) })
		got, err = store.ImportOf(ctx, q, "I1")
		if err != nil || got.Content != nil || got.Added != 430 {
			t.Errorf("what came in is %+v, %v", got, err)
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.ForgetImports(ctx, q, noon.Add(2*time.Hour)) })
		_, err = store.ImportOf(ctx, q, "I2")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestSpellings(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		learn := func(at time.Time, spellings map[string]certificates.SchemeKey) {
			write(t, db, func(ctx context.Context, q store.Q) error {
				return store.LearnSpellings(ctx, q, "P1", at, spellings)
			})
		}
		learn(noon, nil)
		learn(noon, map[string]certificates.SchemeKey{"v o g": "VOG", "bhv": "BHV"})
		learn(noon.Add(time.Hour), map[string]certificates.SchemeKey{"bhv": "EHBO"})
		got, err := store.Spellings(ctx, db.Read())
		want(t, got, err, map[string]certificates.SchemeKey{"v o g": "VOG", "bhv": "EHBO"})
	})
}

func TestAchievements(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		evidence := certificates.Evidence{ID: "E1", Person: "P1", Scheme: "S", CompletedOn: date("2024-05-01"), RecordedBy: "P2"}
		again := evidence
		again.ID, again.Component = "E2", 1
		period := certificates.Period{ID: "Q1", Person: "P1", Scheme: "S", Cycle: 1, Term: 1, Path: certificates.PathInitial, Anchor: date("2020-02-03"), CompletedOn: date("2020-02-03"), ValidFrom: date("2020-02-03")}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertEvidence(ctx, q, evidence, again) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPeriods(ctx, q, period) })
		got, err := store.Achievements(ctx, db.Read(), "P1", "P2")
		if err != nil || len(got) != 2 {
			t.Fatalf("got %v, %v", got, err)
		}
		for _, a := range got {
			if a.Person != "P1" || a.Scheme != "S" || a.On != date("2024-05-01") && a.On != date("2020-02-03") {
				t.Errorf("got %v", a)
			}
		}
		none, err := store.Achievements(ctx, db.Read())
		want(t, len(none), err, 0)
	})
}
