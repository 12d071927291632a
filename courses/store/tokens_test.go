package store_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
	"time"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// token makes a token whose secret is the person's key and kind.
func token(person staff.PersonID, kind store.TokenKind) store.Token {
	return store.Token{Hash: sha256.Sum256([]byte(string(person) + string(kind))), Person: person, Kind: kind, IssuedAt: noon, ExpiresAt: noon.Add(time.Hour)}
}

func TestTokenActor(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertToken(ctx, q, token("P1", store.Session)), store.InsertToken(ctx, q, token("P1", store.Bearer)),
				store.InsertToken(ctx, q, token("P2", store.Session)), store.InsertToken(ctx, q, token("B1", store.Session)))
		})
		revoked := token("P1", store.Bearer)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.RevokeToken(ctx, q, revoked.Hash, noon) })

		for _, tt := range []struct {
			name  string
			who   store.Token
			kind  store.TokenKind
			now   time.Time
			today string
			want  staff.Actor // none: nobody
		}{
			{"an employee with a task", token("P1", store.Session), store.Session, noon, "2026-07-24", staff.Actor{Person: "P1", Functions: []staff.Function{staff.Employee, staff.Author}}},
			{"somebody who left yesterday", token("P1", store.Session), store.Session, noon, "2026-07-25", staff.Actor{}},
			{"somebody who has not begun", token("P1", store.Session), store.Session, noon, "2020-02-28", staff.Actor{}},
			{"a leader with the functions of a role", token("P2", store.Session), store.Session, noon, "2026-07-24", staff.Actor{Person: "P2", Functions: []staff.Function{staff.Author, staff.Employee, staff.Leader, staff.TrainingOfficer}, Leads: []staff.TeamID{"T1"}}},
			{"an administrator who is not employed", token("B1", store.Session), store.Session, noon, "2026-07-24", staff.Actor{Person: "B1", Functions: []staff.Function{staff.Administrator}}},
			{"a session a moment before it ends", token("P1", store.Session), store.Session, noon.Add(time.Hour - time.Microsecond), "2026-07-24", staff.Actor{Person: "P1", Functions: []staff.Function{staff.Employee, staff.Author}}},
			{"a session that ended", token("P1", store.Session), store.Session, noon.Add(time.Hour), "2026-07-24", staff.Actor{}},
			{"a token that was revoked", revoked, store.Bearer, noon, "2026-07-24", staff.Actor{}},
			{"a session used as a bearer token", token("P1", store.Session), store.Bearer, noon, "2026-07-24", staff.Actor{}},
			{"a token nobody issued", token("nobody", store.Session), store.Session, noon, "2026-07-24", staff.Actor{}},
		} {
			t.Run(tt.name, func(t *testing.T) {
				got, err := db.TokenActor(ctx, tt.who.Hash, tt.kind, tt.now, date(tt.today))
				if tt.want.Person == "" {
					refuses(t, err, fault.NotFound, "")
					return
				}
				slices.Sort(got.Functions)
				slices.Sort(tt.want.Functions)
				want(t, got, err, tt.want)
			})
		}
	})
}

func TestTokensEnd(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertToken(ctx, q, token("P1", store.Session)), store.InsertToken(ctx, q, token("P1", store.Bearer)), store.InsertToken(ctx, q, token("P2", store.Session)))
		})
		var n int64
		revoke := func(ctx context.Context, q store.Q) (err error) {
			n, err = store.RevokeTokens(ctx, q, "P1", noon)
			return err
		}
		write(t, db, revoke)
		want(t, n, nil, 2)
		write(t, db, revoke)
		want(t, n, nil, 0)
		holds := func(of staff.PersonID) bool {
			_, err := db.TokenActor(ctx, token(of, store.Session).Hash, store.Session, noon, date("2026-07-24"))
			return err == nil
		}
		want(t, holds("P1"), nil, false)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteTokens(ctx, q, noon.Add(time.Hour)) })
		want(t, holds("P2"), nil, true)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.DeleteTokens(ctx, q, noon.Add(time.Hour+1000))
		})
		want(t, holds("P2"), nil, false)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.RevokeToken(ctx, q, token("P2", store.Session).Hash, noon)
		})
	})
}

func TestPasswords(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.SetPassword(ctx, q, "P1", "first"), store.SetPassword(ctx, q, "P1", "second"))
		})
		for _, name := range []string{"P1", "anna@RIETWAARDE.example"} {
			person, hash, err := store.PasswordOf(ctx, db.Read(), name)
			want(t, string(person)+" "+hash, err, "P1 second")
		}
		for _, name := range []string{"P2", "", "p1", "anna"} {
			_, _, err := store.PasswordOf(ctx, db.Read(), name)
			refuses(t, err, fault.NotFound, "")
		}
	})
}
