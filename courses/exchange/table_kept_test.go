package exchange

import (
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/staff"
)

// nineDigits is an office whose personnel numbers pass the test of a BSN.
func nineDigits() EvidenceOffice {
	office := waterland()
	office.People = []staff.Person{{ID: "123456782", First: "Jan", Last: "Peters"}, {ID: "20022", First: "Paula", Last: "Jansen"}}
	return office
}

func TestABSNInAListIsRefusedAndNeverKept(t *testing.T) {
	office := nineDigits()
	for name, tt := range map[string]struct {
		list  string
		wrong []int // lines
	}{
		"a personnel number that may be one":             {"Pers.nr;Cursus;Gehaald\n123456782;BHV;1-2-2026\n20022;BHV;13-2-2026\n", nil},
		"a column that nobody asks for":                  {"Pers.nr;Cursus;Gehaald;Opm.\n20022;BHV;13-2-2026;bsn 111222333 gezien\n123456782;BHV;1-2-2026;niets\n", []int{2}},
		"a column of them":                               {"BSN;Pers.nr;Cursus;Gehaald\n11122233;20022;BHV;13-2-2026\n111222333;123456782;BHV;1-2-2026\n;20022;EHBO;1-2-2026\n", []int{2, 3}},
		"in what was seen":                               {"Pers.nr;Cursus;Gehaald;Bewijs\n20022;BHV;13-2-2026;1112.22.333\n", []int{2}},
		"in place of the personnel number":               {"Pers.nr;Cursus;Gehaald\n111222333;BHV;13-2-2026\n20022;BHV;1-2-2026\n", []int{2}},
		"in place of a scheme":                           {"Pers.nr;Cursus;Gehaald\n20022;111222333;13-2-2026\n20022;BHV;1-2-2026\n", []int{2}},
		"days that look like one":                        {"Pers.nr;Cursus;Gehaald;Opm.\n20022;BHV;13-02-2026;20260213\n20022;BHV;01-02-2026;31-01-2027\n", nil},
		"a personnel number in a column that is its own": {"Pers.nr;Cursus;Gehaald;Chef\n20022;BHV;13-2-2026;123456782\n", nil},
	} {
		kept := table(t, []byte(tt.list)).WithoutBSN(office.People)
		content, err := kept.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		opened, err := OpenTable(content)
		if err != nil {
			t.Fatal(err)
		}
		l := ReadEvidenceList(opened, office, EvidenceMapping{})
		var wrong []int
		for _, r := range l.Rows {
			if r.Verdict == Wrong {
				wrong = append(wrong, r.Line)
				if len(r.Mistakes) != 1 || r.Mistakes[0].Dutch != bsnInList.Dutch || r.Mistakes[0].Path == "" {
					t.Errorf("%s: line %d: %v", name, r.Line, r.Mistakes)
				}
			}
		}
		if !slices.Equal(wrong, tt.wrong) {
			t.Errorf("%s: wrong are %v, want %v: %v", name, wrong, tt.wrong, l.Mapping.Columns)
		}
		only, fields := opened.Only(l.Mapping.Columns)
		rest, err := only.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		corrections := WriteCorrections(l, false)
		for what, text := range map[string][]byte{"what is kept": content, "what is kept once it came in": rest, "the corrections": corrections} {
			if strings.Contains(string(text), "1112") {
				t.Errorf("%s: %s: %s", name, what, text)
			}
		}
		if strings.Contains(string(rest), "niets") || strings.Contains(string(rest), "Chef") {
			t.Errorf("%s: a column that nobody asks for is kept: %s", name, rest)
		}
		again := ReadEvidenceList(only, office, EvidenceMapping{Columns: fields})
		if again.Count(Good) != l.Count(Good) || again.Count(Wrong) != l.Count(Wrong) {
			t.Errorf("%s: %d good and %d wrong became %d and %d", name, l.Count(Good), l.Count(Wrong), again.Count(Good), again.Count(Wrong))
		}
	}
}

func TestTheNameOfAColumnTellsWhichOneItIs(t *testing.T) {
	l := ReadEvidenceList(table(t, []byte("Naam;Datum;Cursus;datum;;\nJan Peters;13-2-2024;BHV;12-2-2025;;x\n")), waterland(), EvidenceMapping{})
	names := make([]string, len(l.Table.Columns))
	for i := range names {
		names[i] = l.Table.ColumnName(i)
	}
	if !slices.Equal(names, []string{"Naam", "Datum (B)", "Cursus", "datum (D)", "E", "F"}) || l.ColumnsSure || !l.Guessed() {
		t.Errorf("the columns are %q, sure %v", names, l.ColumnsSure)
	}
}
