package api

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// A bare is the least that saves an answer durably: the ceiling that ours is measured against. It speaks the same JSON,
// reads the same token, runs the same statements and shares commits, and leaves out everything else.
type bare struct {
	token *sql.Stmt
	jobs  chan bareJob
}

type bareJob struct {
	do     func(context.Context, *sql.Tx) error
	answer chan error
}

func newBare(b *testing.B, file string) *bare {
	b.Helper()
	open := func(options string, connections int) *sql.DB {
		db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_time_format=sqlite"+options)
		if err != nil {
			b.Fatal(err)
		}
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		b.Cleanup(func() { db.Close() })
		return db
	}
	token, err := open("&_pragma=query_only(1)", max(4, runtime.NumCPU())).Prepare(bareToken)
	if err != nil {
		b.Fatal(err)
	}
	s := &bare{token: token, jobs: make(chan bareJob, 256)}
	write := open("&_txlock=immediate", 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for first := range s.jobs {
			s.commit(write, first)
		}
	}()
	b.Cleanup(func() { close(s.jobs); <-done })
	return s
}

// commit runs a job and those that wait behind it in one transaction, each in a savepoint.
func (s *bare) commit(write *sql.DB, first bareJob) {
	group := []bareJob{first}
	for more := true; more && len(group) < cap(s.jobs); {
		select {
		case j, ok := <-s.jobs:
			if more = ok; ok {
				group = append(group, j)
			}
		default:
			more = false
		}
	}
	ctx := context.Background()
	results := make([]error, len(group))
	tx, err := write.BeginTx(ctx, nil)
	if err == nil {
		for i, j := range group {
			tx.ExecContext(ctx, "SAVEPOINT job")
			if results[i] = j.do(ctx, tx); results[i] != nil {
				tx.ExecContext(ctx, "ROLLBACK TO job")
			}
			tx.ExecContext(ctx, "RELEASE job")
		}
		err = tx.Commit()
	}
	for i, j := range group {
		j.answer <- errors.Join(results[i], err)
	}
}

const bareToken = `WITH holder AS (SELECT person FROM tokens WHERE hash = ? AND kind = ? AND revoked_at IS NULL AND expires_at > ?)
	SELECT 'administrator' AS fact, p.id AS person, '' AS value FROM people AS p JOIN holder AS h ON p.id = h.person WHERE p.administrator
	UNION ALL SELECT 'role', e.person, r.functions FROM employments AS e JOIN holder AS h ON e.person = h.person JOIN roles AS r ON r.id = e.role
		WHERE e.from_on <= ? AND (e.until_on IS NULL OR e.until_on >= ?)
	UNION ALL SELECT 'designation', d.person, d.kind FROM designations AS d JOIN holder AS h ON d.person = h.person
		WHERE (d.from_on IS NULL OR d.from_on <= ?) AND (d.until_on IS NULL OR d.until_on >= ?)
	UNION ALL SELECT 'team', t.leader, t.id FROM teams AS t JOIN holder AS h ON t.leader = h.person`

// person reads who holds a token.
func (s *bare) person(r *http.Request) (person string, err error) {
	const today = "2026-11-23"
	hash := sha256.Sum256([]byte(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")))
	rows, err := s.token.QueryContext(r.Context(), hash[:], "bearer", time.Now().UTC().Truncate(time.Microsecond), today, today, today, today)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	for rows.Next() {
		var fact, value string
		if err := rows.Scan(&fact, &person, &value); err != nil {
			return "", err
		}
	}
	return person, rows.Err()
}

func (s *bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	attempt, question := parts[3], parts[5]
	var in struct {
		Answer  bool
		Version int
	}
	person, err := s.person(r)
	if err == nil {
		err = json.NewDecoder(r.Body).Decode(&in)
	}
	if err != nil || person == "" {
		http.Error(w, "refused", http.StatusUnprocessableEntity)
		return
	}
	at := time.Now().UTC().Truncate(time.Microsecond)
	j := bareJob{func(ctx context.Context, tx *sql.Tx) error {
		return bareSave(ctx, tx, person, attempt, question, in.Answer, in.Version, at)
	}, make(chan error, 1)}
	s.jobs <- j
	if err := <-j.answer; err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(struct {
		Version int       `json:"version"`
		SavedAt time.Time `json:"savedAt"`
	}{in.Version + 1, at})
}

// bareSave runs the statements of saving one answer.
func bareSave(ctx context.Context, tx *sql.Tx, person, attempt, question string, answer bool, version int, at time.Time) error {
	var owner, course, score, outcome string
	var courseVersion, cycle, number, maximum, pausedFor, extended int
	var seed []byte
	var passed bool
	var started, began time.Time
	var ends, paused, submitted sql.NullTime
	err := tx.QueryRowContext(ctx, `SELECT person, course, version, cycle, number, seed, started_at, began_at, ends_at, paused_at, paused_for, extended, submitted_at, score, maximum, passed, outcome
		FROM attempts WHERE id = ?`, attempt).Scan(&owner, &course, &courseVersion, &cycle, &number, &seed, &started, &began, &ends, &paused, &pausedFor, &extended, &submitted, &score, &maximum, &passed, &outcome)
	if err != nil {
		return err
	}
	if owner != person || submitted.Valid {
		return errors.New("not yours, or handed in")
	}
	rows, err := tx.QueryContext(ctx, `SELECT question, answer, version, saved_at, marked FROM answers WHERE attempt = ?`, attempt)
	if err != nil {
		return err
	}
	stored := 0
	for rows.Next() {
		var q, a string
		var v int
		var savedAt time.Time
		var marked bool
		if err := rows.Scan(&q, &a, &v, &savedAt, &marked); err != nil {
			return err
		}
		if q == question {
			stored = v
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	if stored != version {
		return errors.New("stale")
	}
	text, err := json.Marshal(struct {
		T bool `json:"t"`
	}{answer})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO answers (attempt, question, answer, version, saved_at, marked) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (attempt, question) DO UPDATE SET answer = EXCLUDED.answer, version = EXCLUDED.version, saved_at = EXCLUDED.saved_at, marked = EXCLUDED.marked`,
		attempt, question, string(text), version+1, at, false)
	return err
}
