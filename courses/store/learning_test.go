package store_test

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestVersions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		second := courses.Version{Course: "BRP", Number: 2, Source: "two"}
		id := store.VersionID{Course: "BRP", Number: 2}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertDraft(ctx, q, second, "P2") })
		second.Source = "two, again"
		write(t, db, func(ctx context.Context, q store.Q) error { return store.ReplaceDraft(ctx, q, second, "P1") })
		got, err := store.Version(ctx, q, "BRP", 2)
		want(t, got, err, second)
		newest, err := store.NewestPublished(ctx, q, "BRP")
		want(t, newest, err, store.VersionID{Course: "BRP", Number: 1})

		write(t, db, func(ctx context.Context, q store.Q) error { return store.Publish(ctx, q, id, noon, "P2") })
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.Publish(ctx, q, id, noon, "P2") }), fault.Conflict, "published")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.ReplaceDraft(ctx, q, second, "P2") }), fault.Conflict, "published")
		newest, err = store.NewestPublished(ctx, q, "BRP")
		want(t, newest, err, id)
		all, err := store.Versions(ctx, q)
		want(t, all, err, []courses.Version{{Course: "BRP", Number: 1, PublishedAt: noon}, {Course: "BRP", Number: 2, PublishedAt: noon}})
		_, err = store.NewestPublished(ctx, q, "NONE")
		refuses(t, err, fault.NotFound, "")
		_, err = store.Version(ctx, q, "BRP", 3)
		refuses(t, err, fault.NotFound, "")
	})
}

func TestAttempts(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		a := courses.Attempt{ID: "A1", Person: "P1", Course: "BRP", Version: 1, Cycle: 1, Number: 1, Seed: []byte{0, '\'', 255}, StartedAt: noon, BeganAt: noon.Add(time.Minute), EndsAt: noon.Add(time.Hour)}
		a.Score, _ = new(big.Rat).SetString("0")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertAttempt(ctx, q, a) })
		got, err := store.Attempt(ctx, db.Read(), "A1")
		want(t, got, err, a)
		open, err := store.OpenAttempts(ctx, db.Read(), "P1")
		want(t, open, err, []courses.Attempt{a})

		a.PausedAt, a.PausedFor, a.Extended, a.EndsAt = noon.Add(2*time.Minute), 61*time.Second+time.Microsecond, 90*time.Minute, noon.Add(3*time.Hour)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SaveTiming(ctx, q, a) })
		write(t, db, func(ctx context.Context, q store.Q) error {
			got, err = store.AttemptForUpdate(ctx, q, "A1")
			return err
		})
		want(t, got, err, a)
		a.PausedAt = time.Time{}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SaveTiming(ctx, q, a) })

		a.SubmittedAt, a.Score, a.Maximum, a.Passed, a.Outcome = noon.Add(time.Hour), big.NewRat(25, 3), 12, true, courses.Certified
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SaveSubmission(ctx, q, a) })
		all, err := store.Attempts(ctx, db.Read(), "P1", "BRP")
		want(t, all, err, []courses.Attempt{a})
		open, err = store.OpenAttempts(ctx, db.Read(), "P1")
		want(t, open, err, []courses.Attempt{})

		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.SaveSubmission(ctx, q, a) }), fault.Conflict, "submitted")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.SaveTiming(ctx, q, a) }), fault.Conflict, "submitted")
		_, err = store.Attempt(ctx, db.Read(), "A9")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestAnswersOfEveryKind(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		yes := true
		saved := map[courses.QuestionID]courses.SavedAnswer{
			"Q1": {Answer: courses.Answer{Options: []courses.OptionID{"b", "a"}}, Version: 1, SavedAt: noon},
			"Q2": {Answer: courses.Answer{Truth: &yes}, Version: 2, SavedAt: noon, Marked: true},
			"Q3": {Answer: courses.Answer{Number: "-0.5"}, Version: 3, SavedAt: noon},
			"Q4": {Answer: courses.Answer{Text: "l'été \\ \" <b> 😀\n"}, Version: 4, SavedAt: noon},
			"Q5": {Answer: courses.Answer{Pairs: map[string]string{"g1": "x", "g2": "y"}}, Version: 5, SavedAt: noon},
			"Q6": {Marked: true, SavedAt: noon},
		}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertAttempt(ctx, q, courses.Attempt{ID: "A1", Person: "P1", Course: "BRP", Version: 1, Cycle: 1, Number: 1, Seed: []byte{1}, StartedAt: noon, BeganAt: noon}); err != nil {
				return err
			}
			var all []courses.SavedAnswer
			for id, s := range saved {
				s.Question = id
				saved[id] = s
				all = append(all, s)
			}
			return errors.Join(store.PutAnswers(ctx, q, "A1", all...), store.PutAnswers(ctx, q, "A1"))
		})
		got, err := store.Answers(ctx, db.Read(), "A1")
		want(t, got, err, saved)

		again := courses.SavedAnswer{Question: "Q1", Answer: courses.Answer{}, Version: 2, SavedAt: noon.Add(time.Second)}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutAnswers(ctx, q, "A1", again) })
		saved["Q1"] = again
		got, err = store.Answers(ctx, db.Read(), "A1")
		want(t, got, err, saved)
	})
}

func TestFollowUps(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		f := courses.FollowUp{Attempt: "A1", Person: "P1", Course: "BRP", Cycle: 1, Choice: courses.Talk, ChosenAt: noon}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(
				store.InsertAttempt(ctx, q, courses.Attempt{ID: "A1", Person: "P1", Course: "BRP", Version: 1, Cycle: 1, Number: 1, Seed: []byte{1}, StartedAt: noon, BeganAt: noon}),
				store.PutFollowUp(ctx, q, f))
		})
		f.Choice, f.ChosenAt = courses.RereadTogether, noon.Add(time.Hour)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutFollowUp(ctx, q, f) })
		waiting, err := store.UnsettledFollowUps(ctx, db.Read(), "")
		want(t, waiting, err, []courses.FollowUp{f})

		f.SettledBy, f.SettledAt = "P2", noon.Add(2*time.Hour)
		settle := func(ctx context.Context, q store.Q) error {
			return store.SettleFollowUp(ctx, q, "A1", f.SettledBy, f.SettledAt)
		}
		write(t, db, settle)
		got, err := store.FollowUp(ctx, db.Read(), "A1")
		want(t, got, err, f)
		of, err := store.FollowUps(ctx, db.Read(), "P1", "BRP")
		want(t, of, err, []courses.FollowUp{f})
		waiting, err = store.UnsettledFollowUps(ctx, db.Read(), "")
		want(t, waiting, err, []courses.FollowUp{})
		refuses(t, db.InTx(ctx, settle), fault.Conflict, "settled")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.PutFollowUp(ctx, q, f) }), fault.Conflict, "settled")
	})
}

func TestLessonsRead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		id := store.VersionID{Course: "BRP", Number: 1}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.PutLessonRead(ctx, q, "P1", id, 2), store.PutLessonRead(ctx, q, "P1", id, 2), store.PutLessonRead(ctx, q, "P1", id, 1))
		})
		got, err := store.LessonsRead(ctx, db.Read(), "P1", id)
		want(t, got, err, map[int]bool{1: true, 2: true})
		got, err = store.LessonsRead(ctx, db.Read(), "P2", id)
		want(t, got, err, map[int]bool{})
	})
}
