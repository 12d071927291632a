package exchange

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

func TestASheetOpensInADutchExcelAndHoldsNoFormula(t *testing.T) {
	got := string(WriteSheet([][]string{{"Team", "Aantal"}, {"=HYPERLINK(\"x\")", "3"}, {"@SUM(1)", "-2+3"}, {"Zoë; de \"chef\"", "+31"}}))
	want := "\ufeffTeam;Aantal\r\n\"'=HYPERLINK(\"\"x\"\")\";3\r\n'@SUM(1);'-2+3\r\n\"Zoë; de \"\"chef\"\"\";'+31\r\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"", "=1", "-", "\t=1", "\r\n", "a;b", "\"", "'=1", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		out := WriteSheet([][]string{{"kop", cell}})
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out, []byte("\ufeff"))))
		r.Comma = ';'
		row, err := r.Read()
		if err != nil || len(row) != 2 {
			t.Fatalf("%q cannot be read again: %v", out, err)
		}
		if len(cell) > 1 && strings.ContainsAny(cell[:1], "=+-@\t\r") && strings.ContainsAny(row[1][:1], "=+-@\t\r") {
			t.Fatalf("%q begins a formula", row[1])
		}
	})
}
