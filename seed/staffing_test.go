package seed

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store/storetest"
)

// The table "Gekwalificeerd én aanwezig / minimum" of the README beside the files, and the pools below it.
const table = `
2026-11-23 | 7/4    |        | 2/1   | 9/5
2026-11-24 | 7/4    | 1/2 ✗  | 2/1   | 6/5
2026-11-25 | 3/3    |        | 3/1   | 7/5
2026-11-26 | 7/4    | 1/2 ✗  | 3/1   | 6/5
2026-11-27 | 4/3    |        | 2/1   | 8/4
2026-11-28 |        |        | 1/1   |
2026-11-30 | 7/4    |        | 1/1   | 9/5
2026-12-01 | 7/4    | 1/2 ✗  | 1/1   | 6/5
2026-12-02 | 2/3 ✗  |        | 3/1   | 7/5
2026-12-03 | 8/4    | 0/2 ✗  | 3/1   | 5/5
2026-12-04 | 5/3    |        | 1/1   | 7/4
2026-12-05 |        |        | 1/1   |
2026-12-14 | 3/4 ✗  |        | 1/1   | 8/5
2026-12-15 | 2/4 ✗  | 1/2 ✗  | 0/1 ✗ | 6/5
2026-12-16 | 1/3 ✗  |        | 2/1   | 7/5
2026-12-17 | 3/4 ✗  | 0/2 ✗  | 2/1   | 6/5
2026-12-18 | 1/3 ✗  |        | 2/1   | 7/4`

func TestTheDemoIsStaffedAsItsReadmeSays(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		cells := strings.Split(line, "|")
		on := day(strings.TrimSpace(cells[0]))
		all, err := office.Processes(t.Context(), everything, on)
		if err != nil || len(all) != 4 {
			t.Fatalf("%s: %d processes, %v", on, len(all), err)
		}
		for i, p := range all {
			if got, want := cell(p), strings.TrimSpace(cells[i+1]); got != want {
				t.Errorf("%s on %s: %q, want %q", p.ID, on, got, want)
			}
		}
	}
}

// cell writes how a process is staffed as the table does.
func cell(p academy.StaffedProcess) string {
	if len(p.Crew.Windows) == 0 {
		return ""
	}
	w := p.Crew.Windows[0]
	text := fmt.Sprintf("%d/%d", w.Present, w.Minimum)
	if len(w.Short) > 0 {
		text += " ✗"
	}
	return text
}

func TestOn2DecemberThereAreTooFewUntilHalfPastEleven(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	p, err := office.Process(t.Context(), everything, "P1", day("2026-12-02"), "")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(p.Colour, len(p.Crew.Pool), p.Crew.Windows[0].Short, p.Crew.Away); got != "green8 [{09:00 11:30 2}] [RW1008]" {
		t.Errorf("got %s", got)
	}
}

func TestThePoolsOfTheDemoAreThoseOfItsReadme(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	for _, want := range []struct {
		process staff.ActivityID
		pools   string
	}{
		{"P1", "2026-11-23 green 8, 2026-12-08 yellow 7, 2026-12-09 red 5, 2026-12-11 red 4, 2026-12-12 red 3"},
		{"P2", "2026-11-23 red 1"},
		{"P3", "2026-11-23 yellow 3, 2026-12-14 red 2"},
		{"P4", "2026-11-23 green 10"},
	} {
		f, err := office.ProcessForecast(t.Context(), everything, want.process, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		var pools []string
		for _, s := range f.Steps {
			pools = append(pools, fmt.Sprintf("%s %s %d", s.Day, s.Colour, s.Pool))
		}
		if got := strings.Join(pools, ", "); got != want.pools {
			t.Errorf("%s: %s, want %s", want.process, got, want.pools)
		}
	}
}

func TestTheDemoSaysWhatHelpsEachProcess(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	all, err := office.Processes(t.Context(), everything, 0)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range all {
		for _, r := range p.Risks {
			if r.Kind != staffing.Unstaffed {
				said = append(said, fmt.Sprintf("%s %s %s", p.ID, r.Dutch, r.ActionDutch))
			}
		}
	}
	want := []string{
		"P1 Vanaf 9 december 2026 mogen 5 mensen dit doen. Er zijn 7 nodig. Op 12 december 2026 zijn het er nog 3. Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (intern, theorie) (INT-ID) uiterlijk op 7 december 2026.",
		"P2 Nu mag 1 mens dit doen. Er zijn 2 nodig. Laat Omar Jama de herhaling doen van Omgaan met agressie en weerstand (AGRESSIE) uiterlijk op 9 december 2026.",
		"P3 Vanaf 14 december 2026 mogen 2 mensen dit doen. Er zijn 3 nodig. Laat Ruben Pattiwael dit halen: NVVB diplomalijn Burgerlijke stand (basis) (NVVB-BS), uiterlijk op 13 december 2026.",
		"P4 Vanaf 4 mei 2027 mogen 7 mensen dit doen. Er zijn 8 nodig. Op 9 mei 2027 zijn het er nog 6. Laat Giovanni Croes de hertoets doen van Privacy en informatieveiligheid (jaarlijks) (INT-AVG) uiterlijk op 27 februari 2027.",
	}
	if got := strings.Join(said, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestASecondEmploymentAtTheContactCentreAddsToItsPool(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	list, err := os.ReadFile("../courses/exchange/testdata/hr_export.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.TakeInPeople(t.Context(), everything, academy.PeopleRequest{Content: list}); err != nil {
		t.Fatal(err)
	}
	p, err := office.Process(t.Context(), everything, "P4", 0, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Crew.Pool) != 11 || fmt.Sprint(p.Crew.Unknown) != "[RW1006]" {
		t.Errorf("the pool is %v, and nobody knows when %v work", p.Crew.Pool, p.Crew.Unknown)
	}
}
