package store_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

var (
	ctx  = context.Background()
	date = calendar.MustParse

	// noon has microseconds, and a summer offset where it is read in Amsterdam.
	noon = time.Date(2026, time.July, 24, 10, 0, 0, 123456000, time.UTC)
)

// write does f in a transaction and fails the test where that fails.
func write(t testing.TB, db *store.DB, f func(ctx context.Context, q store.Q) error) {
	t.Helper()
	if err := db.InTx(ctx, f); err != nil {
		t.Fatal(err)
	}
}

// want compares a value with what was expected, times included: they must be equal as values, in UTC.
func want[T any](t testing.TB, got T, err error, want T) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// refuses checks that an error is a fault of a kind and, where it is given, a reason.
func refuses(t testing.TB, err error, kind fault.Kind, reason string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, "", "").Because(reason)) {
		t.Errorf("got %v, want fault %d with reason %q", err, kind, reason)
	}
}

var (
	anna    = staff.Person{ID: "P1", First: "Anna", Infix: "van den", Last: "Şükrü-Łukasz 😀", Email: "Anna@rietwaarde.example"}
	boris   = staff.Person{ID: "P2", First: "Boris", Last: "O'Neil", Email: "boris@rietwaarde.example"}
	beheer  = staff.Person{ID: "B1", First: "Beheer", Last: "Der", Email: "beheer@rietwaarde.example", Administrator: true}
	teams   = []staff.Team{{ID: "T1", Name: "Balie", Cluster: "Publiek", Leader: "P2"}, {ID: "T2", Name: "Backoffice", Cluster: "Publiek"}}
	roles   = []staff.Role{{ID: "R1", Code: "balie", Name: "medewerker balie", Cluster: "Publiek", Functions: []staff.Function{}}, {ID: "R2", Code: "auteur", Name: "auteur", Cluster: "P&O", Functions: []staff.Function{staff.Author, staff.TrainingOfficer}}}
	jobs    = []staff.Employment{{Person: "P1", Number: 1, Team: "T1", Role: "R1", From: date("2020-02-29"), Until: date("2026-07-24")}, {Person: "P2", Number: 1, Team: "T2", Role: "R2", From: date("2024-01-01")}}
	tasks   = []staff.Designation{{Person: "P1", Kind: staff.EmergencyResponder, From: date("2021-01-01"), Until: date("2026-12-31")}, {Person: "P1", Kind: staff.KnowledgeHolder, Subject: "reisdocumenten"}}
	version = courses.Version{Course: "BRP", Number: 1, Source: "---\nid: BRP\n---\n'quoted' \\ ?0 \"x\"\r\n"}
)

// fill puts the people and one published course into a database.
func fill(t testing.TB, db *store.DB) {
	t.Helper()
	write(t, db, func(ctx context.Context, q store.Q) error {
		return errors.Join(
			store.InsertPeople(ctx, q, []staff.Person{anna, boris, beheer}),
			store.InsertTeams(ctx, q, teams), store.InsertRoles(ctx, q, roles),
			store.InsertEmployments(ctx, q, jobs), store.InsertDesignations(ctx, q, tasks),
			store.InsertDraft(ctx, q, version, "P2"),
			store.Publish(ctx, q, store.VersionID{Course: "BRP", Number: 1}, noon, "P2"))
	})
}

func TestStaffComesBackAsItWasPut(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		q := db.Read()
		person, err := store.Person(ctx, q, "P1")
		want(t, person, err, anna)
		people, err := store.People(ctx, q)
		want(t, people, err, []staff.Person{beheer, anna, boris})
		gotTeams, err := store.Teams(ctx, q)
		want(t, gotTeams, err, teams)
		gotRoles, err := store.Roles(ctx, q)
		want(t, gotRoles, err, roles)
		gotJobs, err := store.Employments(ctx, q, "P1", "P2")
		want(t, gotJobs, err, jobs)
		gotTasks, err := store.Designations(ctx, q, "P1")
		want(t, gotTasks, err, tasks)
		none, err := store.Employments(ctx, q)
		want(t, none, err, []staff.Employment{})
		for _, tt := range []struct {
			day  string
			want int
		}{{"2019-12-31", 0}, {"2020-02-29", 1}, {"2026-07-24", 2}, {"2026-07-25", 1}} {
			n, err := store.CountEmployed(ctx, q, date(tt.day))
			want(t, n, err, tt.want)
		}
		_, err = store.Person(ctx, q, "nobody")
		refuses(t, err, fault.NotFound, "")
	})
}

func TestOnlyOnceHolds(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		period := certificates.Period{ID: "1", Person: "P1", Scheme: "S", SchemeVersion: 1, Cycle: 1, Anchor: date("2026-01-01"), Term: 1, CompletedOn: date("2026-01-01"), ValidFrom: date("2026-01-01"), Path: certificates.PathInitial}
		certificate := certificates.Certificate{Number: "N1", Token: "T1", Period: period, Holder: "Anna", IssuedAt: noon}
		attempt := courses.Attempt{ID: "A1", Person: "P1", Course: "BRP", Version: 1, Cycle: 1, Number: 1, Seed: []byte{0}, StartedAt: noon, BeganAt: noon}
		scheme := certificates.Scheme{Key: "S", Version: 1, Method: certificates.MethodNever}
		installation := store.Installation{Kind: store.Demo, Municipality: "Gemeente X", NumberPrefix: "X"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertPeriods(ctx, q, period), store.InsertCertificates(ctx, q, certificate), store.InsertAttempt(ctx, q, attempt),
				store.InsertSchemes(ctx, q, []certificates.Scheme{scheme}), store.InsertInstallation(ctx, q, installation))
		})
		with := func(change func(*certificates.Period)) certificates.Period {
			p := period
			p.ID = "2"
			change(&p)
			return p
		}
		certified := func(number, token, of string) certificates.Certificate {
			c := certificate
			c.Number, c.Token, c.Period.ID = certificates.Number(number), certificates.Token(token), of
			return c
		}
		started := func(id string, number int) courses.Attempt {
			a := attempt
			a.ID, a.Number = courses.AttemptID(id), number
			return a
		}
		for name, insert := range map[string]func(ctx context.Context, q store.Q) error{
			"a person":              func(ctx context.Context, q store.Q) error { return store.InsertPeople(ctx, q, []staff.Person{anna}) },
			"a version of a course": func(ctx context.Context, q store.Q) error { return store.InsertDraft(ctx, q, version, "P2") },
			"a version of a scheme": func(ctx context.Context, q store.Q) error {
				return store.InsertSchemes(ctx, q, []certificates.Scheme{scheme})
			},
			"an installation": func(ctx context.Context, q store.Q) error { return store.InsertInstallation(ctx, q, installation) },
			"a cycle of a person and scheme": func(ctx context.Context, q store.Q) error {
				return store.InsertPeriods(ctx, q, with(func(p *certificates.Period) { p.ValidFrom++ }))
			},
			"a first day of a person and scheme": func(ctx context.Context, q store.Q) error {
				return store.InsertPeriods(ctx, q, with(func(p *certificates.Period) { p.Cycle++ }))
			},
			"a certificate number": func(ctx context.Context, q store.Q) error {
				return errors.Join(store.InsertPeriods(ctx, q, with(func(p *certificates.Period) { p.Person = "P2" })), store.InsertCertificates(ctx, q, certified("N1", "T2", "2")))
			},
			"a token": func(ctx context.Context, q store.Q) error {
				return errors.Join(store.InsertPeriods(ctx, q, with(func(p *certificates.Period) { p.Person = "P2" })), store.InsertCertificates(ctx, q, certified("N2", "T1", "2")))
			},
			"a certificate of a period": func(ctx context.Context, q store.Q) error {
				return store.InsertCertificates(ctx, q, certified("N2", "T2", "1"))
			},
			"an open attempt of a person and course": func(ctx context.Context, q store.Q) error { return store.InsertAttempt(ctx, q, started("A2", 2)) },
			"a number of an attempt": func(ctx context.Context, q store.Q) error {
				done := attempt.Submit(courses.Course{}.Grade(nil, nil), noon)
				if err := store.SaveSubmission(ctx, q, done); err != nil {
					return err
				}
				return store.InsertAttempt(ctx, q, started("A2", 1))
			},
		} {
			t.Run(name, func(t *testing.T) { refuses(t, db.InTx(ctx, insert), fault.Conflict, "already_exists") })
		}
	})
}

func TestInstallation(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		_, err := store.GetInstallation(ctx, db.Read())
		refuses(t, err, fault.NotFound, "")
		i := store.Installation{Kind: store.Demo, Municipality: "Gemeente Rietwaarde", Department: "P&O", NumberPrefix: "RW", Signatory: certificates.Signatory{Name: "A. Bee", Function: "secretaris"}, ClockOffset: -3 * time.Hour}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertInstallation(ctx, q, i) })
		got, err := store.GetInstallation(ctx, db.Read())
		want(t, got, err, i)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.SetClockOffset(ctx, q, 48*time.Hour) })
		i.ClockOffset = 48 * time.Hour
		got, err = store.GetInstallation(ctx, db.Read())
		want(t, got, err, i)
		for _, s := range []certificates.Signatory{{}, {Name: "C. Dee", Function: "griffier"}} {
			i.Municipality, i.Department, i.Signatory = "Gemeente 's-Ander", "Opleidingen", s
			asked := i
			asked.Kind, asked.NumberPrefix, asked.ClockOffset = store.Real, "XX", 0
			write(t, db, func(ctx context.Context, q store.Q) error { return store.UpdateInstallation(ctx, q, asked) })
			got, err = store.GetInstallation(ctx, db.Read())
			want(t, got, err, i)
		}
	})
}

func TestTheClockOfARealInstallationDoesNotMove(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, q store.Q) error {
			return errors.Join(store.InsertInstallation(ctx, q, store.Installation{Kind: store.Real, Municipality: "X", NumberPrefix: "X"}), store.SetClockOffset(ctx, q, time.Hour))
		})
		got, err := store.GetInstallation(ctx, db.Read())
		want(t, got.ClockOffset, err, 0)
	})
}

func TestTheAuditTrailIsAppendOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		entries := []audit.Entry{{At: noon, Actor: "P1", Act: "b", Subject: "P2", Object: "x"}, {At: noon.Add(-time.Hour), Act: "a", Subject: "P2"}}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.Write(ctx, q, entries...) })
		write(t, db, func(ctx context.Context, q store.Q) error { return store.Write(ctx, q) })
		statements := []string{"UPDATE audit SET actor = 'P3'", "DELETE FROM audit"}
		if store.IsPostgres(address) {
			statements = append(statements, "TRUNCATE audit")
		}
		for _, statement := range statements {
			if _, err := storetest.Raw(t, address).Exec(statement); err == nil || !strings.Contains(err.Error(), "append only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		got, err := store.AuditTrail(ctx, db.Read(), "P2")
		want(t, got, err, entries)
	})
}

func TestATextWithANULByteIsRefusedAndNothingIsKept(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		broken := staff.Person{ID: "P9", First: "a\x00b"}
		refuses(t, db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertPeople(ctx, q, []staff.Person{broken}) }), fault.Invalid, "text")
		_, err := store.Person(ctx, db.Read(), "P\x009")
		refuses(t, err, fault.Invalid, "text")
		people, err := store.People(ctx, db.Read())
		want(t, people, err, []staff.Person{})
	})
}

func TestBrokenUTF8IsKeptAsText(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertPeople(ctx, q, []staff.Person{{ID: "P1", First: "a\xffb"}})
		})
		got, err := store.Person(ctx, db.Read(), "P1")
		want(t, got.First, err, "a\ufffdb")
	})
}

func TestDatesAreTextAndTimesAreUTC(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		fill(t, db)
		raw := storetest.Raw(t, address)
		if got := storetest.Lines(t, raw, "SELECT from_on FROM employments WHERE person = 'P1'"); got[0] != "2020-02-29" {
			t.Errorf("a date is kept as %q", got)
		}
		got, err := store.Version(ctx, db.Read(), "BRP", 1)
		want(t, got.PublishedAt, err, noon)
		east := noon.In(time.FixedZone("", 5*60*60)).Add(999) // nanoseconds are more than either database keeps
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.Write(ctx, q, audit.Entry{At: east, Subject: "P1"})
		})
		trail, err := store.AuditTrail(ctx, db.Read(), "P1")
		want(t, trail[0].At, err, noon)
	})
}

func TestBothDatabasesKeepTheSame(t *testing.T) {
	var dumps []string
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertAttempt(ctx, q, courses.Attempt{ID: "A1", Person: "P1", Course: "BRP", Version: 1, Cycle: 1, Number: 1, Seed: []byte{0, 255}, StartedAt: noon, BeganAt: noon.Add(-time.Microsecond), EndsAt: noon.Add(time.Hour)})
		})
		dumps = append(dumps, storetest.Dump(t, address))
	})
	if len(dumps) == 2 && dumps[0] != dumps[1] {
		t.Errorf("SQLite keeps\n%s\nPostgreSQL keeps\n%s", dumps[0], dumps[1])
	}
}

func TestNobodySharesAnEmailAddress(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		add := func(people ...staff.Person) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertPeople(ctx, q, people) })
		}
		if err := add(anna, staff.Person{ID: "P8"}, staff.Person{ID: "P9"}); err != nil {
			t.Fatalf("two people without an address: %v", err)
		}
		refuses(t, add(staff.Person{ID: "P3", Email: "ANNA@Rietwaarde.example"}), fault.Conflict, "email_taken")
		refuses(t, add(staff.Person{ID: "P1", Email: "other@rietwaarde.example"}), fault.Conflict, "already_exists")
	})
}
