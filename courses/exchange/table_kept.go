package exchange

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// bsnMark stands in a cell in place of a BSN, or of a text with one.
const bsnMark = "[BSN weggehaald]"

var bsnInList = fault.Field{
	Dutch:   "Hier stond een BSN, of een nummer dat erop lijkt. Dat bewaren we nooit. In het bestand met foute regels is het al weg: kijk daarin na of de rest klopt.",
	English: "Here stood a citizen service number (BSN), or a number like one. We never keep that. It is gone already from the file with the wrong lines: check there whether the rest is right.",
}

// WithoutBSN returns a table with a mark in place of every cell that holds a BSN: by the number, or by what stands above
// the column. A number that is somebody's personnel number is none, and a date neither.
func (t Table) WithoutBSN(people []staff.Person) Table {
	finder := newPeopleFinder(people)
	named := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		named[i] = slices.ContainsFunc(tokens(c), func(word string) bool {
			return strings.HasPrefix(word, "bsn") || strings.HasPrefix(word, "sofi") || strings.HasPrefix(word, "burgerservice")
		})
	}
	rows := slices.Clone(t.Rows)
	for i, r := range rows {
		rows[i].Cells = slices.Clone(r.Cells)
		for at, c := range r.Cells {
			if digits := countDigits(c); digits < 7 || len(finder.byNumber(c)) == 1 || looksLikeDate(c) {
				continue
			}
			if named[at] || HoldsBSN(c) {
				rows[i].Cells[at] = bsnMark
			}
		}
	}
	return Table{t.Columns, rows}
}

func countDigits(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// Only returns a table with the columns that say something alone, and what each of them says. Of another column in which a
// BSN stood nothing but that remains.
func (t Table) Only(fields []ColumnField) (Table, []ColumnField) {
	var left []int
	for i, f := range fields {
		if f != FieldNone || slices.ContainsFunc(t.Rows, func(r TableRow) bool { return r.Cells[i] == bsnMark }) {
			left = append(left, i)
		}
	}
	only, says := Table{}, make([]ColumnField, len(left))
	for to, from := range left {
		only.Columns = append(only.Columns, t.ColumnName(from))
		says[to] = fields[from]
	}
	for _, r := range t.Rows {
		cells := make([]string, len(left))
		for to, from := range left {
			if fields[from] != FieldNone || r.Cells[from] == bsnMark {
				cells[to] = r.Cells[from]
			}
		}
		only.Rows = append(only.Rows, TableRow{r.Line, cells, r.Aside})
	}
	return only, says
}

// Bytes writes a table for OpenTable to read.
func (t Table) Bytes() ([]byte, error) { return json.Marshal(t) }

// OpenTable reads what Bytes wrote, and any list that ReadTable reads.
func OpenTable(content []byte) (Table, error) {
	var t Table
	if !bytes.HasPrefix(content, []byte(`{"Columns":`)) {
		return ReadTable(content)
	}
	err := json.Unmarshal(content, &t)
	return t, err
}
