package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"bekwaam/courses/fault"
)

// WriteCorrections writes the wrong lines of a list as a list of their own, for Excel: the same columns, and one more that
// says what to correct. Read again once it is corrected, it adds what was wrong; the last column then says nothing.
func WriteCorrections(l EvidenceList, english bool) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff") // Excel takes it for something else than UTF-8 without
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = ';', true
	header := make([]string, len(l.Table.Columns))
	for i := range header {
		header[i] = harmless(l.Table.ColumnName(i))
	}
	w.Write(append(header, map[bool]string{false: "Wat klopt er niet?", true: "What is not right?"}[english])) // a buffer takes everything
	for _, r := range l.Rows {
		if r.Verdict != Wrong {
			continue
		}
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = harmless(c)
		}
		w.Write(append(cells, whatIsWrong(r.Line, r.Mistakes, english)))
	}
	w.Flush()
	return out.Bytes()
}

// whatIsWrong tells what to correct on a line.
func whatIsWrong(line int, mistakes []fault.Field, english bool) string {
	parts := make([]string, len(mistakes))
	for i, m := range mistakes {
		parts[i] = m.Path + ": " + m.Dutch
		if english {
			parts[i] = m.Path + ": " + m.English
		}
	}
	if english {
		return fmt.Sprintf("Line %d. %s", line, strings.Join(parts, " "))
	}
	return fmt.Sprintf("Regel %d. %s", line, strings.Join(parts, " "))
}

// harmless writes a cell so that no spreadsheet takes it for a formula. A dash alone is none.
func harmless(cell string) string {
	if len(cell) > 1 && strings.ContainsRune(formula+"\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
