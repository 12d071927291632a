package academy_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// BenchmarkStaffing looks 24 months ahead, day by day, at a process of a department of 60 people, and at one that 5,000
// people have a role in. Each holds nine schemes, all of which the process asks, and has a roster and leave. Beside the
// whole it reports, from the same run, what reading the same rows takes without bun and without making values of them.
func BenchmarkStaffing(b *testing.B) {
	for _, crowd := range []crowd{{60, 9, 1}, {5000, 9, 1}} {
		b.Run(fmt.Sprint(crowd.people), func(b *testing.B) {
			b.Run("sqlite", func(b *testing.B) { benchmarkStaffing(b, storetest.SQLite(b), crowd) })
			b.Run("postgres", func(b *testing.B) { benchmarkStaffing(b, storetest.Postgres(b), crowd) })
		})
	}
}

func benchmarkStaffing(b *testing.B, address string, crowd crowd) {
	db := storetest.Open(b, address)
	fillFiles(b, db, crowd)
	fillRosters(b, db, crowd)
	if store.IsPostgres(address) { // as it does by itself within a minute
		if _, err := storetest.Raw(b, address).Exec("ANALYZE"); err != nil {
			b.Fatal(err)
		}
	}
	hr := staff.Actor{Functions: []staff.Function{staff.Employee, staff.TrainingOfficer}}
	office := academy.New(academy.Config{DB: db, Now: func() time.Time { return sweepDay.Start().Add(12 * time.Hour) }})
	bare := openBare(b, address)
	const rounds = 9
	b.ResetTimer()
	for range b.N {
		var whole, ceiling []float64
		for range rounds {
			whole = append(whole, milliseconds(func() {
				f, err := office.ProcessForecast(ctx, hr, "P1", 24, "")
				if err != nil || f.Days[0].Pool != crowd.people || f.Days[0].Present < crowd.people/2 {
					b.Fatal(f.Days, err)
				}
			}))
			ceiling = append(ceiling, milliseconds(func() {
				readBare(b, bare, crowd.periods())
				for table, rows := range map[string]int{"employments": crowd.people, "rosters": crowd.people, "leave": crowd.people} {
					readTable(b, bare, table, rows)
				}
			}))
		}
		b.ReportMetric(median(whole), "staffing-ms")
		b.ReportMetric(median(ceiling), "bare-read-ms")
		b.ReportMetric(median(whole)/median(ceiling), "of-bare-read")
		b.ReportMetric(0, "ns/op")
	}
}

// fillRosters makes the process, and lets everybody work every weekday but for two weeks.
func fillRosters(b *testing.B, db *store.DB, crowd crowd) {
	b.Helper()
	p := staffing.Process{Activity: staff.Activity{ID: "P1", Kind: staff.Process, Name: "werk", Roles: staff.Always("R1")}, PoolMinimum: crowd.people, Version: 1}
	for i := range crowd.schemes {
		p.All = append(p.All, certificates.SchemeKey(fmt.Sprintf("S%02d", i)))
	}
	p.Windows = []staffing.Window{{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 540, To: 1020, Minimum: crowd.people}}
	err := db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.InsertActivities(ctx, q, []staff.Activity{p.Activity}); err != nil {
			return err
		}
		if err := store.InsertProcess(ctx, q, p, store.Written{}); err != nil {
			return err
		}
		for i := range crowd.people {
			r := roster(staff.PersonID(fmt.Sprintf("P%06d", i)), "2000-01-01")
			if err := store.PutRosters(ctx, q, r); err != nil {
				return err
			}
			from := sweepDay.AddDays(7 + i%500)
			if err := store.PutLeave(ctx, q, staffing.Leave{ID: fmt.Sprint("A", i), Person: r.Person, From: from, Until: from.AddDays(13), Part: staffing.WholeDay, Approved: true}); err != nil {
				return err
			}
		}
		return store.PutConsent(ctx, q, store.Consent{On: sweepDay, Reference: "x", Views: []string{academy.ViewStaffing}, RecordedAt: sweepDay.Start()})
	})
	if err != nil {
		b.Fatal(err)
	}
}

// readTable reads every row of a table as text.
func readTable(b *testing.B, db *sql.DB, table string, want int) {
	b.Helper()
	rows, err := db.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	values, n := make([]sql.RawBytes, len(columns)), 0
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := rows.Err(); err != nil || n != want {
		b.Fatal(table, n, err)
	}
}
