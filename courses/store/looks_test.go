package store_test

import (
	"context"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestALookIsWrittenDownOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		first := store.Look{Person: "P1", On: date("2026-01-15"), Reader: "P2"}
		for _, fresh := range []bool{true, false} {
			write(t, db, func(ctx context.Context, q store.Q) error {
				got, err := store.WriteLooks(ctx, q, first.Reader, first.On, first.Person)
				want(t, len(got) == 1, err, fresh)
				return err
			})
		}
		second := store.Look{Person: "P1", On: date("2026-01-16"), Reader: "P2"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			_, err := store.WriteLooks(ctx, q, second.Reader, second.On, second.Person)
			return err
		})
		there, err := store.Looked(ctx, db.Read(), "P2", first.On, "P1", "P3")
		want(t, there, err, []staff.PersonID{"P1"})
		there, err = store.Looked(ctx, db.Read(), "P1", first.On, "P2")
		want(t, there, err, nil)
		looks, err := store.Looks(ctx, db.Read(), "P1", 9)
		want(t, looks, err, []store.Look{second, first})
		looks, err = store.Looks(ctx, db.Read(), "P1", 1)
		want(t, looks, err, []store.Look{second})
	})
}

func TestWhoIsAwayAndWhatIsOpen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		for i, d := range []certificates.Decision{
			{Kind: certificates.Absence, Person: "P1", From: date("2026-01-10"), Until: date("2026-01-20")},
			{Kind: certificates.Absence, Person: "P2", From: date("2026-01-15")},
			{Kind: certificates.Absence, Person: "P2", From: date("2026-01-01"), Until: date("2026-01-31"), UndoneBy: "P1", UndoneAt: noon},
			{Kind: certificates.Exemption, Person: "P2", Scheme: "S", From: date("2026-01-01"), Until: date("2026-01-31"), Reason: "x"},
		} {
			d.ID, d.TakenBy, d.TakenAt = string(rune('1'+i)), "P3", noon
			write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertDecision(ctx, q, d) })
		}
		for day, people := range map[string][]staff.PersonID{"2026-01-09": nil, "2026-01-10": {"P1"}, "2026-01-20": {"P1", "P2"}, "2030-01-01": {"P2"}} {
			got, err := store.Away(ctx, db.Read(), date(day))
			want(t, got, err, people)
		}
		open := certificates.Duty{Person: "P1", Scheme: "S", Cycle: 2, OpensOn: date("2026-01-01"), DueOn: date("2026-02-01")}
		done, ended := open, open
		done.Cycle, done.DoneOn = 1, date("2025-01-01")
		ended.Person, ended.EndedOn = "P2", date("2026-01-10")
		write(t, db, func(ctx context.Context, q store.Q) error {
			for _, d := range []certificates.Duty{open, done, ended} {
				if err := store.PutDuty(ctx, q, d); err != nil {
					return err
				}
			}
			return nil
		})
		duties, err := store.OpenDuties(ctx, db.Read())
		want(t, duties, err, []certificates.Duty{open})
		named, err := store.PeopleNamed(ctx, db.Read(), "P2", "P1", "NOBODY")
		want(t, named, err, []staff.Person{anna, boris})
		named, err = store.PeopleNamed(ctx, db.Read())
		want(t, named, err, []staff.Person{})
		later, err := store.EmploymentsFrom(ctx, db.Read(), date("2100-01-01"))
		want(t, later, err, endless(jobs))
	})
}

// endless are the employments without a known end.
func endless(jobs []staff.Employment) []staff.Employment {
	all := []staff.Employment{}
	for _, e := range jobs {
		if e.Until.IsZero() {
			all = append(all, e)
		}
	}
	return all
}
