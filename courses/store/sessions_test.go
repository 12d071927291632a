package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
	"bekwaam/courses/training"
)

func TestSessionsComeBackAsTheyWerePut(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		s := training.Session{ID: "G1", Title: "BHV 'herhaling'", Scheme: "BHV", Components: []int{0, 2}, Refresher: 1, Day: date("2027-01-19"), Starts: 540, Ends: 780, Place: "De Loods", Supplier: "Delta", Places: 10, Elsewhere: 5, Cost: 116000, Fund: training.Statutory, PlannedBy: "P2", Sequence: 2}
		other := training.Session{ID: "G0", Day: date("2026-01-19"), Fund: training.Development, CancelledAt: noon}
		first := training.Enrolment{Session: "G1", Person: "P1", Order: 1, EnrolledAt: noon, EnrolledBy: "P2", LeftAt: noon}
		again := training.Enrolment{Session: "G1", Person: "P1", Order: 2, EnrolledAt: noon, EnrolledBy: "P1"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertSession(ctx, q, s); err != nil {
				return err
			}
			return store.InsertSession(ctx, q, other)
		})
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertEnrolments(ctx, q, first, again) })
		twice := again
		twice.Order = 3
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertEnrolments(ctx, q, twice) }), fault.Conflict, "already_exists")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertSession(ctx, q, s) }), fault.Conflict, "already_exists")

		again.Attendance, again.Result, again.Shown = training.Present, training.Partly, []int{2}
		again.RecordedBy, again.RecordedAt, again.ConfirmedBy, again.ConfirmedAt, again.Outcome = "P1", noon, "P2", noon, courses.ComponentsMissing
		s.Title, s.CancelledAt = "BHV", noon
		write(t, db, func(ctx context.Context, q store.Q) error {
			roll, err := store.RollForUpdate(ctx, q, "G1")
			if err != nil {
				return err
			}
			want(t, roll.Enrolments[0], err, first)
			if err := store.SaveEnrolment(ctx, q, again); err != nil {
				return err
			}
			return store.SaveSession(ctx, q, s)
		})
		roll, err := store.Roll(ctx, q, "G1")
		want(t, roll, err, training.Roll{Session: s, Enrolments: []training.Enrolment{first, again}})
		for days, count := range map[[2]calendar.Date]int{{}: 2, {date("2026-01-20"), 0}: 1, {0, date("2026-01-18")}: 0, {date("2026-01-19"), date("2027-01-19")}: 2} {
			found, err := store.Rolls(ctx, q, days[0], days[1])
			want(t, len(found), err, count)
		}
		_, err = store.Roll(ctx, q, "G9")
		refuses(t, err, fault.NotFound, "")
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return store.SaveSession(ctx, q, training.Session{ID: "G9"})
		}), fault.NotFound, "")

		link := store.SessionEvidence{Session: "G1", Person: "P1", Component: 2, Evidence: "E1"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := store.InsertEvidence(ctx, q, certificates.Evidence{ID: "E1", Person: "P1", Scheme: "BHV", Component: 2, CompletedOn: s.Day, Source: training.Source}); err != nil {
				return err
			}
			return store.InsertSessionEvidence(ctx, q, link)
		})
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertSessionEvidence(ctx, q, link) }), fault.Conflict, "already_exists")
	})
}

func TestBudgets(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		b := training.Budget{Account: training.Account{Team: "T1", Year: 2027, Fund: training.Statutory}, Budgeted: 320000, OtherSpent: -1, OtherReserved: 2, Note: "BHV"}
		put := func() {
			t.Helper()
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutBudget(ctx, q, b) })
		}
		put()
		b.Budgeted, b.OtherSpent, b.OtherReserved, b.Note = 1, 2, -3, ""
		put()
		got, err := store.Budgets(ctx, db.Read(), 2027)
		want(t, got, err, []training.Budget{b})
		got, err = store.Budgets(ctx, db.Read(), 2026)
		want(t, got, err, []training.Budget{})
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertSession(ctx, q, training.Session{ID: "G0", Day: date("2026-01-19"), Fund: training.Development})
		})
		years, err := store.BudgetYears(ctx, db.Read())
		want(t, years, err, []int{2026, 2027})
	})
}
