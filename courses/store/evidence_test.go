package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func document(id string, person staff.PersonID, content []byte) store.File {
	return store.File{ID: id, Person: person, SHA256: sha256.Sum256(content), Type: "application/pdf", Content: content, UploadedBy: "P2", UploadedAt: noon}
}

func TestADocumentIsKeptOnceForEachPerson(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		large := bytes.Repeat([]byte("'\\\x00?\xff:"), 10<<20/6) // the largest, of bytes that an SQL text would trip over
		put := func(f store.File) (id string) {
			write(t, db, func(ctx context.Context, q store.Q) (err error) {
				id, err = store.PutFile(ctx, q, f)
				return err
			})
			return id
		}
		if put(document("1", "P1", large)) != "1" || put(document("2", "P1", large)) != "1" || put(document("3", "P2", large)) != "3" {
			t.Error("a document is kept twice, or shared by two people")
		}
		got, err := store.ReadFile(ctx, db.Read(), "1")
		want(t, got, err, document("1", "P1", large))
		kind, err := store.TypeOfFile(ctx, db.Read(), "1")
		want(t, kind, err, "application/pdf")
		write(t, db, func(ctx context.Context, q store.Q) error { return store.DeleteFile(ctx, q, "1") })
		_, err = store.ReadFile(ctx, db.Read(), "1")
		refuses(t, err, fault.NotFound, "")
	})
}

func sent(id, day string) certificates.Submission {
	return certificates.Submission{ID: id, Person: "P1", Scheme: "S", Place: certificates.Place{Component: 1, Refresher: 2}, CompletedOn: date(day), Issuer: "O'Hara: ?", Document: "D" + id, SentBy: "P1", SentAt: noon}
}

func TestSubmissions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		insert := func(s certificates.Submission) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertSubmission(ctx, q, s) })
		}
		first, second := sent("1", "2026-01-01"), sent("2", "2026-01-02")
		second.SentAt = noon.Add(time.Hour)
		for _, s := range []certificates.Submission{first, second} {
			if err := insert(s); err != nil {
				t.Fatal(err)
			}
		}
		refuses(t, insert(sent("3", "2026-01-01")), fault.Conflict, "already_sent")
		waiting, err := store.WaitingSubmissions(ctx, db.Read())
		want(t, waiting, err, []certificates.Submission{first, second})

		first.Verdict, first.Sentence, first.JudgedBy, first.JudgedAt = certificates.AskBack, "datum?", "P2", noon
		judge := func(s certificates.Submission) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.PutVerdict(ctx, q, s) })
		}
		if err := judge(first); err != nil {
			t.Fatal(err)
		}
		refuses(t, judge(first), fault.Conflict, "not_waiting")

		again := sent("3", "2026-01-01")
		again.Answers = "1"
		if err := insert(again); err != nil {
			t.Fatal(err)
		}
		another := sent("4", "2026-01-05")
		another.Answers = "1"
		refuses(t, insert(another), fault.Conflict, "already_sent")
		first.Resent = true
		got, err := store.Submission(ctx, db.Read(), "1")
		want(t, got, err, first)

		again.WithdrawnAt = noon
		withdraw := func() error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.WithdrawSubmission(ctx, q, again) })
		}
		if err := withdraw(); err != nil {
			t.Fatal(err)
		}
		refuses(t, withdraw(), fault.Conflict, "not_waiting")
		first.Resent = false
		write(t, db, func(ctx context.Context, q store.Q) error {
			got, err := store.SubmissionForUpdate(ctx, q, "1")
			want(t, got, err, first)
			return nil
		})

		second.Verdict, second.JudgedBy, second.JudgedAt, second.Outcome = certificates.Accept, "P2", noon, courses.Certified
		if err := judge(second); err != nil {
			t.Fatal(err)
		}
		refuses(t, insert(sent("5", "2026-01-02")), fault.Conflict, "already_sent")
		mine, err := store.Submissions(ctx, db.Read(), "P1")
		want(t, mine, err, []certificates.Submission{second, first, again})
		all, err := store.AllSubmissions(ctx, db.Read(), "", "", "", 9)
		want(t, all, err, mine)
		for i, s := range mine {
			some, err := store.AllSubmissions(ctx, db.Read(), "P1", s.State(), "", 9)
			want(t, some, err, []certificates.Submission{s})
			after, err := store.AllSubmissions(ctx, db.Read(), "P1", "", s.ID, 1)
			want(t, after, err, mine[i+1:min(i+2, len(mine))])
		}
		nobody, err := store.AllSubmissions(ctx, db.Read(), "P2", "", "", 9)
		want(t, nobody, err, []certificates.Submission{})
		with, err := store.SubmissionsWith(ctx, db.Read(), "D2")
		want(t, with, err, []certificates.Submission{second})
		_, err = store.Submission(ctx, db.Read(), "9")
		refuses(t, err, fault.NotFound, "")

		own := sent("6", "2026-01-06")
		if err := insert(own); err != nil {
			t.Fatal(err)
		}
		own.Verdict, own.JudgedBy, own.JudgedAt = certificates.Accept, "P1", noon
		if judge(own) == nil {
			t.Error("the database kept that somebody judged themselves")
		}
	})
}

func TestObservations(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		seen := certificates.Observation{ID: "1", Person: "P1", Assessor: "P2", Scheme: "S", Place: certificates.Place{Component: 1}, SeenOn: date("2026-01-01"), AssessorSignedAt: noon,
			Items: []certificates.ObservedItem{{Text: "telt", Shown: true}, {Text: "meldt", Note: "deed een collega"}}}
		insert := func(o certificates.Observation) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertObservation(ctx, q, o) })
		}
		if err := insert(seen); err != nil {
			t.Fatal(err)
		}
		other := seen
		other.ID = "2"
		refuses(t, insert(other), fault.Conflict, "already_observed")
		for what, list := range map[string]func() ([]certificates.Observation, error){
			"of the candidate": func() ([]certificates.Observation, error) { return store.ObservationsOf(ctx, db.Read(), "P1") },
			"by the assessor":  func() ([]certificates.Observation, error) { return store.ObservationsBy(ctx, db.Read(), "P2") },
			"that wait":        func() ([]certificates.Observation, error) { return store.WaitingObservations(ctx, db.Read()) },
		} {
			got, err := list()
			t.Log(what)
			want(t, got, err, []certificates.Observation{seen})
		}
		seen.CandidateSignedAt, seen.Outcome = noon.Add(time.Hour), courses.ComponentsMissing
		answer := func() error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.AnswerObservation(ctx, q, seen) })
		}
		if err := answer(); err != nil {
			t.Fatal(err)
		}
		refuses(t, answer(), fault.Conflict, "not_waiting")
		got, err := store.Observation(ctx, db.Read(), "1")
		want(t, got, err, seen)
		if err := insert(other); err != nil {
			t.Errorf("once it is answered the skill is not seen again: %v", err)
		}
		_, err = store.Observation(ctx, db.Read(), "9")
		refuses(t, err, fault.NotFound, "")
		own := seen
		own.ID, own.Assessor = "3", "P1"
		if insert(own) == nil {
			t.Error("the database kept that somebody assessed themselves")
		}
	})
}

func TestWhoHasATaskAndWhoHasADuty(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertDesignations(ctx, q, []staff.Designation{{Person: "P1", Kind: staff.WorkplaceAssessor, From: date("2026-01-01"), Until: date("2026-01-31")}, {Person: "P2", Kind: staff.WorkplaceAssessor, Subject: "balie"}, {Person: "P2", Kind: staff.WorkplaceAssessor, Subject: "kcc"}})
		})
		for day, people := range map[string][]staff.PersonID{"2025-12-31": {"P2"}, "2026-01-31": {"P1", "P2"}, "2026-02-01": {"P2"}} {
			got, err := store.Designated(ctx, db.Read(), staff.WorkplaceAssessor, date(day))
			want(t, got, err, people)
		}
		open := certificates.Duty{Person: "P1", Scheme: "S", Cycle: 1, OpensOn: date("2026-01-01"), DueOn: date("2026-02-01")}
		done := certificates.Duty{Person: "P2", Scheme: "S", Cycle: 1, OpensOn: date("2026-01-01"), DueOn: date("2026-02-01"), DoneOn: date("2026-01-05")}
		other := certificates.Duty{Person: "P2", Scheme: "T", Cycle: 1, OpensOn: date("2026-01-01"), DueOn: date("2026-02-01")}
		for _, d := range []certificates.Duty{open, done, other} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutDuty(ctx, q, d) })
		}
		got, err := store.OpenDutiesOf(ctx, db.Read(), "S")
		want(t, got, err, []certificates.Duty{open})
	})
}

func TestSightings(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		seen := certificates.Sighting{RecordedAt: noon, Outcome: courses.Certified, Cycle: 2,
			Evidence: certificates.Evidence{ID: "S1", Person: "P1", Scheme: "BHV", SchemeVersion: 1, CompletedOn: date("2026-01-01"), Source: "gezien", RecordedBy: "P2"}}
		period := certificates.Period{ID: "T1", Person: "P1", Scheme: "BHV", SchemeVersion: 1, Cycle: 1, Anchor: date("2026-01-01"), Term: 1, Path: certificates.PathInitial, CompletedOn: date("2026-01-01"), ValidFrom: date("2026-01-01")}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertEvidence(ctx, q, seen.Evidence); err != nil {
				return err
			}
			if err := store.InsertPeriods(ctx, q, period); err != nil {
				return err
			}
			return store.InsertSighting(ctx, q, seen)
		})
		got, err := store.Sighting(ctx, db.Read(), "S1")
		want(t, got, err, seen)
		by, err := store.SightingsBy(ctx, db.Read(), "P2", noon, 9)
		want(t, by, err, []certificates.Sighting{seen})
		by, err = store.SightingsBy(ctx, db.Read(), "P2", noon.Add(time.Second), 9)
		want(t, by, err, []certificates.Sighting{})
		seen.UndoneBy, seen.UndoneAt = "P2", noon
		undo := func() error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error {
				if err := store.UndoSighting(ctx, q, seen); err != nil {
					return err
				}
				return store.TakeBackPeriod(ctx, q, period)
			})
		}
		if err := undo(); err != nil {
			t.Fatal(err)
		}
		refuses(t, undo(), fault.NotFound, "")
		got, err = store.Sighting(ctx, db.Read(), "S1")
		want(t, got, err, seen)
		left, err := store.EvidenceOf(ctx, db.Read(), "P1", "BHV")
		want(t, left, err, []certificates.Evidence{})
		held, err := store.Periods(ctx, db.Read(), "P1")
		want(t, held, err, []certificates.Period{})
	})
}
