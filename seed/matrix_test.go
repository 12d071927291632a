package seed

import (
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/store/storetest"
)

// vulnerable is the list "Kwetsbaar" of the README beside the files, with the day and the cause of each.
var vulnerable = []string{
	"T1 Verkiezingen 1/2 [Fatima Bouzidi stopt op 1 februari 2027.]",
	"T2 Naturalisatie en optie 1/2 [Hans Schouten stopt op 1 april 2027.]",
	"T3 BRP: verhuizing en vestiging 1/2 [Certificaat INT-BRP-ADRES van Kim Tjon geldt tot en met 7 april 2027.]",
	"T4 Schrijven in heldere taal 1/2 [Het contract van Zeynep Arslan loopt tot en met 28 februari 2027.]",
	"T5 Aanvraagstation reisdocumenten 1/2 [Bart Hendriks stopt op 1 september 2027.]",
	"T6 Schrijven in heldere taal 1/2 [Het contract van Bas Terpstra loopt tot en met 31 januari 2027.]",
}

// matrix reads the matrix of a team of the demo as HR does.
func matrix(t *testing.T, office *academy.Office, team staff.TeamID, on string, without staff.PersonID) academy.TeamMatrix {
	t.Helper()
	m, err := office.Matrix(t.Context(), everything, team, day(on), without)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheDemoIsVulnerableAsItsReadmeSays(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	var got []string
	for _, team := range []staff.TeamID{"T1", "T2", "T3", "T4", "T5", "T6"} {
		m := matrix(t, office, team, "2026-11-23", "")
		for _, r := range m.Risks {
			if r.State != competences.Vulnerable {
				continue
			}
			var causes []string
			for _, e := range r.Ends {
				words, _ := competences.Book(m.Names).EndWords(e)
				causes = append(causes, words)
			}
			got = append(got, fmt.Sprintf("%s %s %d/%d %v", team, r.Name, len(r.Covered), r.Needed, causes))
		}
	}
	if strings.Join(got, "\n") != strings.Join(vulnerable, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestTheMatrixOfTheDemoOnOtherDaysAndWithoutSomebody(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	for _, want := range []struct {
		team    staff.TeamID
		skill   competences.CompetenceID
		on      string
		without staff.PersonID
		covered int
		state   competences.State
	}{
		{"T2", "K05", "2026-11-23", "", 1, competences.Vulnerable},
		{"T2", "K05", "2026-11-23", "RW1020", 0, competences.Vulnerable},
		{"T2", "K05", "2027-04-01", "", 0, competences.Vulnerable}, // Hans has left
		{"T2", "K03", "2026-11-23", "", 3, competences.Soon},       // his certificate ends on 13 December
		{"T2", "K03", "2026-12-14", "", 2, competences.Short},
		{"T1", "K01", "2026-11-23", "", 10, competences.Soon},
		{"T1", "K15", "2026-11-23", "", 6, competences.Fine},
		{"T1", "K01", "2020-01-01", "", 0, competences.Vulnerable}, // before anybody judged anything
	} {
		m := matrix(t, office, want.team, want.on, want.without)
		found := false
		for _, r := range m.Rows {
			if r.ID == want.skill {
				found = true
				if len(r.Covered) != want.covered || r.State != want.state {
					t.Errorf("%s %s on %s without %q: %d %s, want %d %s", want.team, want.skill, want.on, want.without, len(r.Covered), r.State, want.covered, want.state)
				}
			}
		}
		if !found {
			t.Errorf("%s has no %s", want.team, want.skill)
		}
	}
}

// BenchmarkMatrix asks for the skills matrix of a department of 60 people, all of the demo in one team, on one processor. Beside it, from the same run,
// it reports what reading the same rows takes without making values of them.
func BenchmarkMatrix(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	m, err := municipality()
	if err != nil {
		b.Fatal(err)
	}
	for i := range m.Employments {
		m.Employments[i].Team = "T1"
	}
	s, err := story(m)
	if err != nil {
		b.Fatal(err)
	}
	address := storetest.SQLite(b)
	office := academy.New(academy.Config{DB: storetest.Open(b, address), URL: "https://leren.example"})
	if err := office.BeginDemo(b.Context(), academy.Installation{Municipality: m.Name, Department: m.Department, NumberPrefix: "RW"}); err != nil {
		b.Fatal(err)
	}
	if err := office.FillDemo(b.Context(), s); err != nil {
		b.Fatal(err)
	}
	bare := storetest.Raw(b, address)
	var whole, ceiling time.Duration
	for b.Loop() {
		began := time.Now()
		if m, err := office.Matrix(b.Context(), everything, "T1", m.On, ""); err != nil || len(m.People) != 60 {
			b.Fatal(len(m.People), err)
		}
		whole += time.Since(began)
		began = time.Now()
		for _, table := range []string{"competence_evidence", "periods", "employments", "competences", "learning_items", "schemes"} {
			readBare(b, bare, table)
		}
		ceiling += time.Since(began)
	}
	b.ReportMetric(float64(whole.Microseconds())/1000/float64(b.N), "matrix-ms")
	b.ReportMetric(float64(whole)/float64(ceiling), "of-bare-read")
}

// readBare reads every row of a table as text, and makes no values of them.
func readBare(b *testing.B, db *sql.DB, table string) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), "SELECT * FROM "+table)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
