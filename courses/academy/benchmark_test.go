package academy_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// A crowd is a municipality to measure with: everybody must hold every scheme, and holds it for so many cycles.
type crowd struct{ people, schemes, cycles int }

// periods is how many there are.
func (c crowd) periods() int { return c.people * c.schemes * c.cycles }

// BenchmarkSweep asks what is due today on SQLite, where 500 periods come into their window, out of ten thousand and out of
// a million. Beside the whole dry run it reports, from the same run, its daily question (which appointments have come)
// against the same indexed query without bun, and how many statements and rows the dry run reads: they follow what is due.
func BenchmarkSweep(b *testing.B) {
	for _, crowd := range []crowd{{500, 20, 1}, {5000, 20, 10}} {
		b.Run(fmt.Sprint(crowd.periods()), func(b *testing.B) { benchmarkSweep(b, crowd) })
	}
}

// A year from this day everything else comes into its window.
var sweepDay = calendar.MustParse("2026-11-23")

func benchmarkSweep(b *testing.B, crowd crowd) {
	path := storetest.SQLite(b)
	db := storetest.Open(b, path)
	fillFiles(b, db, crowd)
	office := academy.New(academy.Config{DB: db, Now: func() time.Time { return sweepDay.Start().Add(12 * time.Hour) }})
	bare, err := sql.Open("sqlite", "file:"+path+"?_pragma=query_only(1)")
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	const rounds = 9
	b.ResetTimer()
	for range b.N {
		var question, ceiling, whole []float64
		for range rounds {
			question = append(question, milliseconds(func() {
				if due, err := store.DueAppointments(ctx, db.Read(), sweepDay); err != nil || len(due) != 500 {
					b.Fatal(len(due), err)
				}
			}))
			ceiling = append(ceiling, milliseconds(func() {
				if due, err := dueBare(bare); err != nil || due != 500 {
					b.Fatal(due, err)
				}
			}))
			whole = append(whole, milliseconds(func() { dryRun(b, office) }))
		}
		b.ReportMetric(median(question)/median(ceiling), "of-bare-query")
		b.ReportMetric(median(question), "question-ms")
		b.ReportMetric(median(whole), "dry-run-ms")
		b.ReportMetric(0, "ns/op")
	}
	var statements, rows atomic.Int64
	db.Watch(func(_ string, n int64) { statements.Add(1); rows.Add(n) })
	dryRun(b, office)
	b.ReportMetric(float64(statements.Load()), "statements")
	b.ReportMetric(float64(rows.Load()), "rows")
}

func dryRun(b *testing.B, office *academy.Office) {
	b.Helper()
	report, err := office.Sweep(ctx, staff.Actor{Functions: []staff.Function{staff.Administrator}}, academy.SweepRequest{DryRun: true})
	if err != nil || len(report.Opened) != 500 {
		b.Fatalf("%d duties would open, %v", len(report.Opened), err)
	}
}

// dueBare asks the daily question without bun.
func dueBare(db *sql.DB) (int, error) {
	rows, err := db.QueryContext(ctx, "SELECT person, scheme, next_on FROM agenda INDEXED BY agenda_next WHERE next_on <= ?", sweepDay.String())
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var due [][3]string
	for rows.Next() {
		var one [3]string
		if err := rows.Scan(&one[0], &one[1], &one[2]); err != nil {
			return 0, err
		}
		due = append(due, one)
	}
	return len(due), rows.Err()
}

// fillFiles gives everybody of a crowd their periods, 500 of which come into their window on the day of the sweep and all
// others in the year after it.
func fillFiles(b testing.TB, db *store.DB, crowd crowd) {
	b.Helper()
	const due, part = 500, 200
	var schemes []certificates.Scheme
	var requirements []certificates.Requirement
	for i := range crowd.schemes {
		key := certificates.SchemeKey(fmt.Sprintf("S%02d", i))
		schemes = append(schemes, certificates.Scheme{Key: key, Version: 1, Title: string(key), Months: 24, Method: certificates.MethodPrevious, WindowMonths: 2, Minutes: 60, Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "diploma"}}})
		requirements = append(requirements, certificates.Requirement{ID: string(key), Scheme: key, SubjectKind: certificates.ForEverybody})
	}
	put := func(work func(q store.Q) error) {
		if err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return work(q) }); err != nil {
			b.Fatal(err)
		}
	}
	put(func(q store.Q) error {
		if err := store.InsertInstallation(ctx, q, store.Installation{Kind: store.Demo, Municipality: "Gemeente Groot", NumberPrefix: "GR"}); err != nil {
			return err
		}
		if err := store.InsertTeams(ctx, q, crowd.teams()); err != nil {
			return err
		}
		if err := store.InsertRoles(ctx, q, []staff.Role{{ID: "R1", Code: "r1", Name: "R1"}}); err != nil {
			return err
		}
		if err := store.InsertSchemes(ctx, q, schemes); err != nil {
			return err
		}
		return store.InsertRequirements(ctx, q, requirements)
	})
	people := make([]staff.PersonID, crowd.people)
	for i := range people {
		people[i] = staff.PersonID(fmt.Sprintf("P%06d", i))
	}
	n := 0
	for some := range slices.Chunk(people, part) {
		var persons []staff.Person
		var employments []staff.Employment
		var held []certificates.Period
		var agenda []store.Appointment
		for _, person := range some {
			persons = append(persons, staff.Person{ID: person, First: "Iemand"})
			employments = append(employments, staff.Employment{Person: person, Number: 1, Team: crowd.teams()[n%crowdTeams].ID, Role: "R1", From: calendar.MustParse("2000-01-01")})
			for _, scheme := range schemes {
				opens := sweepDay
				if n%(crowd.people*crowd.schemes/due) != 0 {
					opens = opens.AddDays(1 + n%365)
				}
				for cycle := range crowd.cycles {
					anchor := opens.AddMonths(-22 - 24*(crowd.cycles-1))
					period := scheme.Previous(anchor, cycle+1, anchor.TermEnd(24*(cycle+1)))
					period.ID, period.Person, period.Path, period.ValidFrom = fmt.Sprint("PE", n, "-", cycle), person, certificates.PathInitial, anchor.AddMonths(24*cycle)
					period.CompletedOn = period.ValidFrom
					if cycle == crowd.cycles-1 {
						period.WindowOpensOn = opens
					}
					held = append(held, period)
				}
				agenda = append(agenda, store.Appointment{Person: person, Scheme: scheme.Key, On: opens})
				n++
			}
		}
		put(func(q store.Q) error {
			if err := store.InsertPeople(ctx, q, persons); err != nil {
				return err
			}
			if err := store.InsertEmployments(ctx, q, employments); err != nil {
				return err
			}
			if err := store.InsertPeriods(ctx, q, held...); err != nil {
				return err
			}
			return store.MakeAppointments(ctx, q, agenda...)
		})
	}
}

// crowdTeams is in how many teams a crowd works.
const crowdTeams = 100

func (c crowd) teams() []staff.Team {
	teams := make([]staff.Team, crowdTeams)
	for i := range teams {
		teams[i] = staff.Team{ID: staff.TeamID(fmt.Sprintf("T%02d", i)), Name: fmt.Sprint("Team ", i)}
	}
	return teams
}

func milliseconds(work func()) float64 {
	began := time.Now()
	work()
	return float64(time.Since(began).Microseconds()) / 1000
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
