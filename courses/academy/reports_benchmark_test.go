package academy_test

import (
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

var officer = staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}

// crowded opens an office with a crowd.
func crowded(b *testing.B, address string, crowd crowd) (*academy.Office, *store.DB) {
	b.Helper()
	db := storetest.Open(b, address)
	fillFiles(b, db, crowd)
	if store.IsPostgres(address) { // as it does by itself within a minute
		if _, err := storetest.Raw(b, address).Exec("ANALYZE"); err != nil {
			b.Fatal(err)
		}
	}
	return academy.New(academy.Config{DB: db, Now: func() time.Time { return sweepDay.Start().Add(12 * time.Hour) }}), db
}

// BenchmarkForecast looks 24 months ahead for 5,000 people who hold eight schemes each, about as many as in the demo, and
// for as many who hold twenty. Beside the whole it reports, from the same run, what reading the same periods takes without
// bun and without making values of them.
func BenchmarkForecast(b *testing.B) {
	for _, crowd := range []crowd{{5000, 8, 1}, {5000, 20, 1}} {
		b.Run(fmt.Sprint(crowd.schemes), func(b *testing.B) {
			eachDatabase(b, func(b *testing.B, address string) { benchmarkForecast(b, address, crowd) })
		})
	}
}

func benchmarkForecast(b *testing.B, address string, crowd crowd) {
	office, _ := crowded(b, address, crowd)
	bare := openBare(b, address)
	const rounds = 5
	b.ResetTimer()
	for range b.N {
		var whole, cpu, ceiling []float64
		for range rounds {
			began := processor()
			whole = append(whole, milliseconds(func() {
				f, err := office.Forecast(ctx, officer, 24, "")
				if err != nil || len(f.Renewals) < crowd.periods() {
					b.Fatal(len(f.Renewals), err)
				}
			}))
			cpu = append(cpu, processor()-began)
			ceiling = append(ceiling, milliseconds(func() { readBare(b, bare, crowd.periods()) }))
		}
		b.ReportMetric(median(whole), "forecast-ms")
		b.ReportMetric(median(cpu), "forecast-cpu-ms")
		b.ReportMetric(median(ceiling), "bare-read-ms")
		b.ReportMetric(median(whole)/median(ceiling), "of-bare-read")
		b.ReportMetric(0, "ns/op")
	}
}

// BenchmarkOverview opens the overview of 5,000 people as it was counted this morning, and counts them. Beside the page it
// reports, from the same run, what the count takes that it spares.
func BenchmarkOverview(b *testing.B) {
	eachDatabase(b, func(b *testing.B, address string) {
		office, _ := crowded(b, address, crowd{5000, 8, 1})
		const rounds = 5
		b.ResetTimer()
		for range b.N {
			var page, count []float64
			for range rounds {
				count = append(count, milliseconds(func() {
					if _, err := office.TakeStock(ctx, officer); err != nil {
						b.Fatal(err)
					}
				}))
				page = append(page, milliseconds(func() {
					if o, err := office.Overview(ctx, officer); err != nil || o.Figures[0].People != 5000 {
						b.Fatal(err)
					}
				}))
			}
			b.ReportMetric(median(page), "overview-ms")
			b.ReportMetric(median(count), "count-ms")
			b.ReportMetric(median(page)/median(count), "of-count")
			b.ReportMetric(0, "ns/op")
		}
	})
}

// BenchmarkWhatIf tries other months for twenty schemes and 5,000 people at once, on one processor.
func BenchmarkWhatIf(b *testing.B) {
	eachDatabase(b, func(b *testing.B, address string) {
		office, _ := crowded(b, address, crowd{5000, 20, 1})
		bare := openBare(b, address)
		var trial academy.Trial
		schemes, err := office.Schemes(ctx, staff.Actor{Functions: []staff.Function{staff.Employee}})
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range schemes {
			s.Months, s.WindowMonths, s.AppliesFrom = 12, 1, sweepDay.AddDays(1)
			trial.Schemes = append(trial.Schemes, s)
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		const rounds = 3
		b.ResetTimer()
		for range b.N {
			var whole, cpu, ceiling []float64
			for range rounds {
				began := processor()
				whole = append(whole, milliseconds(func() {
					w, err := office.TryChange(ctx, officer, trial)
					if err != nil || w.People() < 4000 {
						b.Fatal(w.People(), err)
					}
				}))
				cpu = append(cpu, processor()-began)
				ceiling = append(ceiling, milliseconds(func() { readBare(b, bare, 100_000) }))
			}
			b.ReportMetric(median(whole), "what-if-ms")
			b.ReportMetric(median(cpu), "what-if-cpu-ms")
			b.ReportMetric(median(ceiling), "bare-read-ms")
			b.ReportMetric(median(whole)/median(ceiling), "of-bare-read")
			b.ReportMetric(0, "ns/op")
		}
	})
}

// BenchmarkSweepWrites sweeps for real where 500 of a million periods of 5,000 people come into their window, against the
// writes that makes, with as many transactions and nothing else.
func BenchmarkSweepWrites(b *testing.B) {
	eachDatabase(b, func(b *testing.B, address string) {
		office, _ := crowded(b, address, crowd{5000, 20, 10})
		bare := openBare(b, address)
		const rounds = 5
		b.ResetTimer()
		for range b.N {
			var whole, ceiling []float64
			for range rounds {
				whole = append(whole, milliseconds(func() {
					report, err := office.Sweep(ctx, staff.Actor{Functions: []staff.Function{staff.Administrator}}, academy.SweepRequest{})
					if err != nil || len(report.Opened) != 500 {
						b.Fatal(len(report.Opened), err)
					}
				}))
				due := rewind(b, bare)
				ceiling = append(ceiling, milliseconds(func() { writeBare(b, bare, due) }))
				rewind(b, bare)
			}
			b.ReportMetric(median(whole), "sweep-ms")
			b.ReportMetric(median(ceiling), "bare-writes-ms")
			b.ReportMetric(median(whole)/median(ceiling), "of-bare-writes")
			b.ReportMetric(0, "ns/op")
		}
	})
}

// processor is how many milliseconds of processor time this process used, which says more than the clock where others use
// the machine too. PostgreSQL's own are not in it.
func processor() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

func eachDatabase(b *testing.B, run func(b *testing.B, address string)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Postgres(b)) })
}

// openBare opens a database without bun, as durable as ours.
func openBare(b *testing.B, address string) *sql.DB {
	b.Helper()
	driver, source := "sqlite", "file:"+address+"?_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_txlock=immediate"
	if store.IsPostgres(address) {
		driver, source = "pgx", address
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	return db
}

// readBare reads what decides about every period, as text.
func readBare(b *testing.B, db *sql.DB, want int) {
	b.Helper()
	rows, err := db.QueryContext(ctx, "SELECT person, scheme, cycle, anchor_on, term, completed_on, valid_from, valid_until, window_opens_on, grace_until FROM periods ORDER BY person, scheme, cycle")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var t [8]string
	var n, cycle, term int
	for rows.Next() {
		if err := rows.Scan(&t[0], &t[1], &cycle, &t[2], &term, &t[3], &t[4], &t[5], &t[6], &t[7]); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := rows.Err(); err != nil || n != want {
		b.Fatal(n, err)
	}
}

// rewind undoes what a sweep wrote and returns the appointments it kept.
func rewind(b *testing.B, db *sql.DB) [][2]string {
	b.Helper()
	rows, err := db.QueryContext(ctx, "SELECT person, scheme FROM duties ORDER BY person, scheme")
	if err != nil {
		b.Fatal(err)
	}
	var due [][2]string
	for rows.Next() {
		var d [2]string
		if err := rows.Scan(&d[0], &d[1]); err != nil {
			b.Fatal(err)
		}
		due = append(due, d)
	}
	rows.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range due {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE agenda SET next_on = '%s' WHERE person = '%s' AND scheme = '%s'", sweepDay, d[0], d[1]))
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM duties"); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return due
}

// writeBare writes what a sweep writes for some appointments: one transaction for each person, with prepared statements.
func writeBare(b *testing.B, db *sql.DB, due [][2]string) {
	b.Helper()
	prepare := func(query string) *sql.Stmt {
		statement, err := db.Prepare(query)
		if err != nil {
			b.Fatal(err)
		}
		return statement
	}
	place := func(query string) string { return query }
	if strings.Contains(fmt.Sprintf("%T", db.Driver()), "stdlib") { // PostgreSQL numbers its places
		place = func(query string) string {
			for n := 1; strings.Contains(query, "?"); n++ {
				query = strings.Replace(query, "?", fmt.Sprint("$", n), 1)
			}
			return query
		}
	}
	agenda := prepare(place("UPDATE agenda SET next_on = ? WHERE person = ? AND scheme = ?"))
	duty := prepare(place("INSERT INTO duties (person, scheme, cycle, opens_on, due_on) VALUES (?, ?, ?, ?, ?)"))
	audit := prepare(place("INSERT INTO audit (at, actor, act, subject, object) VALUES (?, ?, ?, ?, ?)"))
	defer func() { agenda.Close(); duty.Close(); audit.Close() }()
	at := sweepDay.Start().UTC().Format(time.RFC3339)
	until := sweepDay.AddMonths(2).AddDays(-1)
	for _, d := range due {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, write := range []func() (sql.Result, error){
			func() (sql.Result, error) {
				return tx.Stmt(agenda).ExecContext(ctx, until.AddDays(1).String(), d[0], d[1])
			},
			func() (sql.Result, error) {
				return tx.Stmt(duty).ExecContext(ctx, d[0], d[1], 11, sweepDay.String(), until.String())
			},
			func() (sql.Result, error) { return tx.Stmt(audit).ExecContext(ctx, at, "", "duty.opened", d[0], d[1]) },
		} {
			if _, err := write(); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}
