package store_test

import (
	"context"
	"errors"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestSchemesAsTheyApplyOnADay(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		first := certificates.Scheme{Key: "S", Version: 1, Title: "Een", Months: 12, Method: certificates.MethodFixed, WindowMonths: 2, GraceMonths: 1, AnchorMonth: 12, AnchorDay: 1, MinimumMonths: 6,
			ComponentsWithinMonths: 18, Refreshers: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "BRP-KORT"}, {Kind: certificates.ComponentObserved, Title: "kijk", Checklist: []string{"een", "twee"}}}, Prerequisites: []certificates.Prerequisite{{Scheme: "A", Hard: true}, {Scheme: "B"}}, Minutes: 60, RefresherMinutes: 30, AssessmentAtWork: true, Origin: "wet", Citation: "art. 1",
			Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "BRP", Title: "toets"}, {Kind: certificates.ComponentObserved, Title: "praktijk"}}}
		second := certificates.Scheme{Key: "S", Version: 2, Title: "Twee", Months: 24, Method: certificates.MethodLater, AppliesFrom: date("2026-01-01"),
			Components: []certificates.Component{{Kind: certificates.ComponentCourse, Course: "NIEUW"}}}
		other := certificates.Scheme{Key: "T", Version: 1, Method: certificates.MethodNever}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertSchemes(ctx, q, []certificates.Scheme{first, second, other})
		})
		type schemes = map[certificates.SchemeKey]certificates.Scheme
		got, err := store.Schemes(ctx, db.Read(), date("2025-12-31"))
		want(t, got, err, schemes{"S": first, "T": other})
		got, err = store.Schemes(ctx, db.Read(), date("2026-01-01"))
		want(t, got, err, schemes{"S": second, "T": other})
	})
}

func TestRequirements(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		requirements := []certificates.Requirement{
			{ID: "1", Scheme: "S", SubjectKind: certificates.ForRole, Subject: "R1", SubjectName: "medewerker balie", Since: date("2024-01-01"), Until: date("2030-12-31"), StartersOnly: true, InductionDays: 30, DueOn: date("2026-12-31"), Origin: "wet", Citation: "art. 1"},
			{ID: "2", Scheme: "T", SubjectKind: certificates.ForEverybody},
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertRequirements(ctx, q, requirements) })
		got, err := store.Requirements(ctx, db.Read())
		want(t, got, err, requirements)
	})
}

// valid makes a period of a year that began on a day.
func valid(id string, cycle int, from string) certificates.Period {
	return certificates.Period{ID: id, Person: "P1", Scheme: "S", SchemeVersion: 2, Cycle: cycle, Anchor: date(from), Term: cycle, Path: certificates.PathRefresher, CompletedOn: date(from), ValidFrom: date(from),
		ValidUntil: date(from).TermEnd(12), WindowOpensOn: date(from).AddMonths(10), GraceUntil: date(from).TermEnd(13), Course: "BRP", CourseVersion: 1, Attempt: courses.AttemptID("A" + id)}
}

func TestPeriodsEvidenceAndCertificates(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		endless := certificates.Period{ID: "9", Person: "P2", Scheme: "S", SchemeVersion: 1, Cycle: 1, Anchor: date("2020-01-01"), Term: 1, Path: certificates.PathInitial, CompletedOn: date("2020-01-01"), ValidFrom: date("2020-01-01"), RevokedOn: date("2021-01-01"), TakenOverOn: date("2020-02-02")}
		periods := []certificates.Period{valid("1", 1, "2025-01-01"), valid("2", 2, "2026-01-01")}
		evidence := []certificates.Evidence{{ID: "1", Person: "P1", Scheme: "S", CompletedOn: date("2025-01-01"), Course: "BRP", CourseVersion: 1, Attempt: "A1", Source: "toets", RecordedBy: "P1"}, {ID: "2", Person: "P1", Scheme: "S", Component: 1, CompletedOn: date("2025-01-02"), Source: "gezien", RecordedBy: "P2"}}
		issued := []certificates.Certificate{
			{Number: "N1", Token: "T1", Period: periods[0], Holder: "Anna", Title: "Balie", Statement: certificates.StatementQuiz, Shown: []string{"kent, de regels", "kan \"x\""}, Lessons: 3, IssuedAt: noon, ReplacedFrom: date("2026-01-01")},
			{Number: "N2", Token: "T2", Period: periods[1], Holder: "Anna", Title: "Balie", Statement: certificates.StatementAble, IssuedAt: noon},
		}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertPeriods(ctx, q, endless, periods[1], periods[0]), store.InsertEvidence(ctx, q, evidence...), store.InsertCertificates(ctx, q, issued...))
		})
		got, err := store.Periods(ctx, q, "P1", "P2")
		want(t, got, err, []certificates.Period{periods[0], periods[1], endless})
		got, err = store.PeriodsOf(ctx, q, "P1", "S")
		want(t, got, err, periods)
		shown, err := store.EvidenceOf(ctx, q, "P1", "S")
		want(t, shown, err, evidence)

		all, err := store.CertificatesOf(ctx, q, "P1")
		want(t, all, err, issued)
		one, err := store.Certificate(ctx, q, "N2")
		want(t, one, err, issued[1])
		one, err = store.CertificateByToken(ctx, q, "T1")
		want(t, one, err, issued[0])
		one, err = store.CertificateOfAttempt(ctx, q, courses.Attempt{ID: "A1", Person: "P1"})
		want(t, one, err, issued[0])
		_, err = store.CertificateOfAttempt(ctx, q, courses.Attempt{ID: "A1", Person: "P2"})
		refuses(t, err, fault.NotFound, "")
		_, err = store.Certificate(ctx, q, "N3")
		refuses(t, err, fault.NotFound, "")
		_, err = store.CertificateByToken(ctx, q, "N1")
		refuses(t, err, fault.NotFound, "")
		n, err := store.CountCertificates(ctx, q)
		want(t, n, err, 2)

		write(t, db, func(ctx context.Context, q store.Q) error { return store.HideCertificate(ctx, q, "N1", true) })
		one, err = store.Certificate(ctx, q, "N1")
		want(t, one.Hidden, err, true)
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.HideCertificate(ctx, q, "N3", true) }), fault.NotFound, "")
	})
}

func TestDuties(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		duty := certificates.Duty{Person: "P1", Scheme: "S", Cycle: 2, OpensOn: date("2026-01-01"), DueOn: date("2026-03-01")}
		put := func(d certificates.Duty) {
			t.Helper()
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutDuty(ctx, q, d) })
		}
		put(duty)
		duty.DueOn, duty.EndedOn = date("2026-02-01"), date("2026-01-20")
		put(duty)
		_, open, err := store.OpenDuty(ctx, q, "P1", "S")
		want(t, open, err, false)
		duty.EndedOn = 0
		put(duty)
		got, open, err := store.OpenDuty(ctx, q, "P1", "S")
		want(t, open, err, true)
		want(t, got, err, duty)

		close := func(cycle int, on string) {
			t.Helper()
			write(t, db, func(ctx context.Context, q store.Q) error { return store.CloseDuty(ctx, q, "P1", "S", cycle, date(on)) })
		}
		close(2, "2026-01-25")
		close(2, "2026-01-26") // closed already
		close(3, "2026-01-26") // there is none
		done := duty
		done.DoneOn = date("2026-01-25")
		put(duty) // a sweep that read it before it was done
		all, err := store.Duties(ctx, q, "P1", "P2")
		want(t, all, err, []certificates.Duty{done})
	})
}

func TestTheAgenda(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		at := func(person, scheme, on string) store.Appointment {
			a := store.Appointment{Person: "P1", Scheme: certificates.SchemeKey(scheme)}
			if a.Person = "P1"; person == "P2" {
				a.Person = "P2"
			}
			a.On, _ = calendar.Parse(on)
			return a
		}
		due := func(on string) []store.Appointment {
			t.Helper()
			got, err := store.DueAppointments(ctx, db.Read(), date(on))
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(
				store.MakeAppointments(ctx, q, at("P2", "S", "2026-02-01"), at("P1", "T", "2026-01-01"), at("P1", "S", "2026-01-01")),
				store.MakeAppointments(ctx, q, at("P1", "T", "2026-03-01")), store.MakeAppointments(ctx, q))
		})
		want(t, due("2025-12-31"), nil, []store.Appointment{})
		want(t, due("2026-01-31"), nil, []store.Appointment{at("P1", "S", "2026-01-01")})
		want(t, due("2026-03-01"), nil, []store.Appointment{at("P1", "S", "2026-01-01"), at("P1", "T", "2026-03-01"), at("P2", "S", "2026-02-01")})

		bring := func(ctx context.Context, q store.Q) error {
			return store.BringForward(ctx, q, at("P1", "S", "2026-01-15"), at("P1", "T", "2026-01-15"), at("P2", "T", "2026-01-15"))
		}
		write(t, db, bring)
		want(t, due("2026-01-31"), nil, []store.Appointment{at("P1", "S", "2026-01-01"), at("P1", "T", "2026-01-15"), at("P2", "T", "2026-01-15")})

		keep := func(a store.Appointment, next string) error {
			day, _ := calendar.Parse(next)
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.KeepAppointment(ctx, q, a, day) })
		}
		for _, err := range []error{keep(at("P1", "S", "2026-01-01"), "2026-05-01"), keep(at("P1", "T", "2026-01-15"), "")} {
			if err != nil {
				t.Error(err)
			}
		}
		refuses(t, keep(at("P1", "S", "2026-01-01"), "2026-05-01"), fault.Conflict, "kept")
		refuses(t, keep(at("P1", "T", "2026-01-15"), ""), fault.Conflict, "kept")
		want(t, due("2026-12-31"), nil, []store.Appointment{at("P1", "S", "2026-05-01"), at("P2", "S", "2026-02-01"), at("P2", "T", "2026-01-15")})
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.CancelAppointment(ctx, q, "P2", "S"), store.CancelAppointment(ctx, q, "P2", "S"))
		})
		want(t, due("2026-12-31"), nil, []store.Appointment{at("P1", "S", "2026-05-01"), at("P2", "T", "2026-01-15")})
	})
}

func TestSweepRuns(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		first := store.SweepRun{On: date("2026-01-01"), RanAt: noon, Opened: 1, Ended: 2, Moved: 3, Lapsed: 4, Looked: 5, Failed: 6}
		second := store.SweepRun{On: date("2026-01-01"), RanAt: noon, Held: true}
		for _, run := range []store.SweepRun{first, second} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertSweepRun(ctx, q, run) })
		}
		got, err := store.SweepRuns(ctx, db.Read(), 5)
		want(t, got, err, []store.SweepRun{second, first})
		got, err = store.SweepRuns(ctx, db.Read(), 1)
		want(t, got, err, []store.SweepRun{second})
	})
}

func TestCloseDuties(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		ended := certificates.Duty{Person: "P1", Scheme: "S", Cycle: 1, OpensOn: date("2025-01-01"), DueOn: date("2025-03-01"), EndedOn: date("2025-02-01")}
		open := certificates.Duty{Person: "P1", Scheme: "S", Cycle: 2, OpensOn: date("2026-01-01"), DueOn: date("2026-03-01")}
		done := certificates.Duty{Person: "P1", Scheme: "T", Cycle: 1, OpensOn: date("2026-01-01"), DueOn: date("2026-03-01")}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertPeriods(ctx, q, valid("1", 1, "2025-01-20")), store.PutDuty(ctx, q, ended), store.PutDuty(ctx, q, open), store.PutDuty(ctx, q, done), store.CloseDuty(ctx, q, "P1", "T", 1, date("2026-01-02")), store.CloseDuties(ctx, q))
		})
		ended.EndedOn, ended.DoneOn, done.DoneOn = 0, date("2025-01-20"), date("2026-01-02")
		got, err := store.Duties(ctx, db.Read(), "P1")
		want(t, got, err, []certificates.Duty{ended, open, done})
	})
}
