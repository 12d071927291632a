package seed

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func quiet(int, int, string) {}

// open makes an office on a database, in real time.
func open(db *store.DB) *academy.Office {
	return academy.New(academy.Config{DB: db, URL: "http://demo.example"})
}

// demo fills a database.
func demo(t *testing.T, db *store.DB) *academy.Office {
	t.Helper()
	office := open(db)
	if err := Fill(t.Context(), office, quiet); err != nil {
		t.Fatal(err)
	}
	return office
}

// everything may read about everybody.
var everything = staff.Actor{Person: "RW1057", Functions: []staff.Function{staff.Employee, staff.TrainingOfficer}}

func task(t *testing.T, office *academy.Office, person staff.PersonID, scheme certificates.SchemeKey) academy.Task {
	t.Helper()
	tasks, err := office.Tasks(t.Context(), everything, person, academy.DutyOpen)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		if task.Scheme == scheme {
			return task
		}
	}
	t.Fatalf("%s has no open duty for %s", person, scheme)
	return academy.Task{}
}

func day(text string) calendar.Date { return calendar.MustParse(text) }

func TestTheDemoHasEverythingItsFilesSay(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	m, err := municipality()
	if err != nil {
		t.Fatal(err)
	}
	now, err := office.Now(t.Context())
	if err != nil || now.Today() != day("2026-11-23") {
		t.Errorf("the demo begins on %s, %v", now.Today(), err)
	}
	people, err := office.DemoPeople(t.Context())
	if err != nil || len(people) != 60 {
		t.Errorf("there are %d people, %v; want 60", len(people), err)
	}
	schemes, err := office.Schemes(t.Context(), everything)
	if err != nil || len(schemes) != 18 {
		t.Errorf("there are %d schemes, %v; want 18", len(schemes), err)
	}
	if len(m.Teams) != 6 || len(m.Roles) != 12 {
		t.Errorf("there are %d teams and %d roles; want 6 and 12", len(m.Teams), len(m.Roles))
	}
	catalogue, err := office.Courses(t.Context(), everything, academy.CourseSearch{})
	if err != nil || len(catalogue) != 6 {
		t.Errorf("there are %d courses, %v; want 6", len(catalogue), err)
	}
	for _, c := range catalogue {
		if !c.Published {
			t.Errorf("%s is not published", c.Key)
		}
	}
	periods := 0
	for _, p := range people {
		of, err := office.Periods(t.Context(), everything, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		periods += len(of)
		issued, err := office.Certificates(t.Context(), everything, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		certified := make(map[string]bool)
		for _, c := range issued {
			certified[c.Period.ID] = true
		}
		for _, period := range of {
			if ours := schemes[period.Scheme].IssuesCertificate(); ours != certified[period.ID] {
				t.Errorf("%s, %s: certificate %t, of our own %t", p.ID, period.Scheme, certified[period.ID], ours)
			}
		}
	}
	if periods != 436 {
		t.Errorf("there are %d periods, want 436", periods)
	}
}

// The files' dates are facts. Where they are what the scheme reckons, the periods of one person are one chain.
func TestTheDatesOfTheFilesAreWhatTheSchemesReckon(t *testing.T) {
	m, err := municipality()
	if err != nil {
		t.Fatal(err)
	}
	schemes := make(map[certificates.SchemeKey]certificates.Scheme)
	for _, s := range m.Schemes {
		schemes[s.Key] = s
	}
	lasts := make(map[string]*certificates.Period)
	for _, h := range m.Held {
		key := string(h.Person) + " " + string(h.Scheme)
		next, err := certificates.NextPeriod(schemes[h.Scheme], lasts[key], h.AchievedOn)
		if err != nil || !next.Counts || next.ValidUntil != h.ValidUntil {
			t.Errorf("%s, achieved on %s: the file says until %s, the scheme %s %s %v", key, h.AchievedOn, h.ValidUntil, next.ValidUntil, next.Reason, err)
		}
		period, err := schemes[h.Scheme].TakeOver(lasts[key], h.AchievedOn, h.ValidUntil)
		if err != nil {
			t.Fatal(err)
		}
		lasts[key] = &period
	}
}

func TestTheStoryOfTheDemo(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	const today = "2026-11-23"

	tineke := task(t, office, "RW1013", "INT-ID")
	if tineke.Last.ValidUntil != day("2026-10-05") || tineke.Path != certificates.PathInitial || !tineke.Overdue() || tineke.Course != "ID-LOOKALIKE" {
		t.Errorf("Tineke: until %s, path %s, overdue %t, course %s", tineke.Last.ValidUntil, tineke.Path, tineke.Overdue(), tineke.Course)
	}
	marloes := task(t, office, "RW1003", "INT-ID")
	if marloes.DueOn != day("2026-12-07") || marloes.Path != certificates.PathRefresher || marloes.Last.WindowOpensOn > day(today) || marloes.Overdue() {
		t.Errorf("Marloes: due %s, path %s, window from %s", marloes.DueOn, marloes.Path, marloes.Last.WindowOpensOn)
	}
	for person, scheme := range map[staff.PersonID]certificates.SchemeKey{"RW1003": "BHV", "RW1025": "AGRESSIE"} {
		grace := task(t, office, person, scheme)
		if grace.Path != certificates.PathRefresher || grace.Last.ValidUntil >= day(today) || grace.Last.GraceUntil < day(today) {
			t.Errorf("%s, %s: until %s, grace until %s, path %s", person, scheme, grace.Last.ValidUntil, grace.Last.GraceUntil, grace.Path)
		}
	}
	m, err := municipality()
	if err != nil {
		t.Fatal(err)
	}
	asked := map[staff.RoleID]bool{"R01": true, "R02": true, "R03": true, "R05": true, "R08": true, "R09": true, "R11": true}
	has := make(map[staff.PersonID]bool)
	for _, h := range m.Held {
		has[h.Person] = has[h.Person] || h.Scheme == "INT-WMEBV"
	}
	delta := 0
	for _, e := range m.Employments {
		if !asked[e.Role] || has[e.Person] || !e.On(day(today)) {
			continue
		}
		delta++
		if wmebv := task(t, office, e.Person, "INT-WMEBV"); wmebv.DueOn != day("2026-12-18") {
			t.Errorf("%s: INT-WMEBV is due on %s, want 18 December 2026", e.Person, wmebv.DueOn)
		}
	}
	if delta == 0 {
		t.Error("nobody has a duty of the change in the law")
	}
	// Nobody's SUWI ends before March 2027. There is no course of ours for it.
	ahead, err := office.Sweep(t.Context(), everything, academy.SweepRequest{On: day("2027-02-01"), DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	suwi := slices.IndexFunc(ahead.Opened, func(task academy.Task) bool { return task.Person == "RW1043" && task.Scheme == "SUWI" })
	if suwi < 0 || ahead.Opened[suwi].Course != "" || ahead.Opened[suwi].DueOn != day("2027-03-22") {
		t.Errorf("RW1043 gets no duty for SUWI that asks evidence from elsewhere before 22 March 2027: %+v", ahead.Opened)
	}
}

func TestFillingAgain(t *testing.T) { storetest.Run(t, fillingAgain) }

func fillingAgain(t *testing.T, db *store.DB) {
	office := demo(t, db)
	before, err := office.Tasks(t.Context(), everything, "RW1013", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := Fill(t.Context(), office, quiet); err != nil {
		t.Fatalf("filling twice: %v", err)
	}
	secret, err := office.Become(t.Context(), "RW1013")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.SetToday(t.Context(), day("2027-03-01")); err != nil {
		t.Fatal(err)
	}
	if err := Again(t.Context(), office, quiet); err != nil {
		t.Fatalf("beginning again: %v", err)
	}
	if now, err := office.Now(t.Context()); err != nil || now.Today() != day("2026-11-23") {
		t.Errorf("a demo that begins again is on %s, %v", now.Today(), err)
	}
	if _, err := office.Authenticate(t.Context(), secret, store.Session); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("an old session still works: %v", err)
	}
	after, err := office.Tasks(t.Context(), everything, "RW1013", "")
	if err != nil || len(after) != len(before) {
		t.Errorf("Tineke has %d duties, %v; at first she had %d", len(after), err, len(before))
	}
}

// Replicas that start together on a new database make one demo.
func TestFourReplicasFillOneDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		errs := make(chan error)
		for range 4 {
			office := open(storetest.Open(t, address))
			go func() { errs <- Fill(t.Context(), office, quiet) }()
		}
		for range 4 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if dump := storetest.Dump(t, address); strings.Count(dump, "\npeople ") != 60 || strings.Count(dump, "\nperiods ") != 436 {
			t.Errorf("there are %d people and %d periods", strings.Count(dump, "\npeople "), strings.Count(dump, "\nperiods "))
		}
	})
}

func TestAnInterruptedFillingIsDoneAnew(t *testing.T) {
	office := open(storetest.Open(t, storetest.SQLite(t)))
	m, err := municipality()
	if err != nil {
		t.Fatal(err)
	}
	if err := office.BeginDemo(t.Context(), store.Installation{Municipality: m.Name, Department: m.Department, NumberPrefix: "RW"}); err != nil {
		t.Fatal(err)
	}
	if err := Fill(t.Context(), office, quiet); err != nil {
		t.Fatal(err)
	}
	if now, err := office.Now(t.Context()); err != nil || now.Today() != day("2026-11-23") {
		t.Errorf("the demo is on %s, %v", now.Today(), err)
	}
	task(t, office, "RW1013", "INT-ID")
}

func TestARealInstallationTakesNoDemo(t *testing.T) {
	office := open(storetest.Open(t, storetest.SQLite(t)))
	if err := office.Begin(t.Context(), store.Installation{Kind: store.Real, Municipality: "Gemeente Echt", Department: "Opleidingen", NumberPrefix: "EC"}); err != nil {
		t.Fatal(err)
	}
	if err := Fill(t.Context(), office, quiet); !errors.Is(err, notEmpty) {
		t.Errorf("filling a real installation: %v", err)
	}
	if err := Again(t.Context(), office, quiet); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("emptying a real installation: %v", err)
	}
}

// The goal is 3 seconds.
func BenchmarkFillingTheDemo(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		office := open(storetest.Open(b, storetest.SQLite(b)))
		b.StartTimer()
		if err := Fill(b.Context(), office, quiet); err != nil {
			b.Fatal(err)
		}
	}
}
