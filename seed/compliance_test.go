package seed

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bekwaam/certificates/outlook"
	"bekwaam/courses/store/storetest"
)

// readLines reads a file of the demo by the names in its first line, past everything that reads it for real.
func readLines(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := data.Open("data/rietwaarde/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var lines []map[string]string
	for _, row := range rows[1:] {
		line := make(map[string]string)
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

func TestComplianceOfTheDemoIsWhatItsFilesSay(t *testing.T) {
	asked := map[string][]string{} // by role
	text, err := data.ReadFile("data/rietwaarde/rollen.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\{id: (R\d+),.*vereist: \[([^\]]*)\]`).FindAllStringSubmatch(string(text), -1) {
		asked[m[1]] = strings.Split(m[2], ", ")
	}
	for _, role := range []string{"R01", "R02", "R03", "R05", "R08", "R09", "R11"} { // ONTW-01, published
		asked[role] = append(asked[role], "INT-WMEBV")
	}
	if len(asked) != 12 {
		t.Fatalf("%d roles", len(asked))
	}
	responders := map[string]bool{}
	for _, line := range readLines(t, "medewerkers.csv") {
		responders[line["personeelsnummer"]] = slices.Contains(strings.Split(line["aanvullende_taken"], ";"), "BHV")
	}
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	for _, on := range []string{"2026-11-23", "2026-06-01", "2024-01-15", "2027-03-01"} {
		required, held := map[string]int{}, map[string]int{} // per team and scheme
		counted := map[string]bool{}
		for _, job := range readLines(t, "dienstverbanden.csv") {
			if job["van"] > on || job["tot_en_met"] != "" && job["tot_en_met"] < on {
				continue
			}
			schemes := append([]string{"EED", "VOG"}, asked[job["rol_id"]]...)
			if responders[job["personeelsnummer"]] {
				schemes = append(schemes, "BHV")
			}
			for _, scheme := range schemes {
				key := fmt.Sprint(job["team_id"], " ", scheme)
				if who := key + " " + job["personeelsnummer"]; counted[who] {
					continue
				} else {
					counted[who] = true
				}
				required[key]++
				for _, c := range readCertificates(t) {
					if c["personeelsnummer"] == job["personeelsnummer"] && c["certificering_id"] == scheme && c["behaald_op"] <= on && (c["geldig_tot"] == "" || c["geldig_tot"] >= on) {
						held[key]++
						break
					}
				}
			}
		}
		report, err := office.Compliance(t.Context(), everything, day(on), "")
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, l := range outlook.PerScheme(report.Standings) {
			key := fmt.Sprint(l.Team, " ", l.Scheme)
			if l.Required != required[key] || l.Held() != held[key] {
				t.Errorf("%s, %s: %d of %d hold it, by the files %d of %d", on, key, l.Held(), l.Required, held[key], required[key])
			}
			got++
		}
		if got != len(required) || got < 20 {
			t.Errorf("%s: the report has %d lines, the files %d", on, got, len(required))
		}
	}
}

var certificateLines []map[string]string

// readCertificates reads what people hold, once.
func readCertificates(t *testing.T) []map[string]string {
	if certificateLines == nil {
		certificateLines = readLines(t, "medewerker_certificaten.csv")
	}
	return certificateLines
}
