package exchange

import (
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/fault"
)

// WriteCorrections writes the wrong lines of a list as a list of their own, for Excel: the same columns, and one more that
// says what to correct. Read again once it is corrected, it adds what was wrong; the last column then says nothing.
func WriteCorrections(l EvidenceList, english bool) []byte {
	var header []string
	for i := range l.Table.Columns {
		header = append(header, l.Table.ColumnName(i))
	}
	rows := [][]string{append(header, map[bool]string{false: "Wat klopt er niet?", true: "What is not right?"}[english])}
	for _, r := range l.Rows {
		if r.Verdict == Wrong {
			cells := slices.Clone(r.Cells)
			for i, c := range cells {
				if c == bsnMark {
					cells[i] = ""
				}
			}
			rows = append(rows, append(cells, whatIsWrong(r.Line, r.Mistakes, english)))
		}
	}
	return WriteSheet(rows)
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
