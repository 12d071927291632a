package exchange

import (
	"slices"
	"strings"
	"unicode"
)

// withHeader finds the header among lines of equal width, none of them empty, and says of every line below it what it is.
func withHeader(lines []TableRow) Table {
	dates := dateColumn(lines)
	first := firstData(lines, dates)
	header := headerAbove(lines, first, dates)
	t := Table{Columns: make([]string, len(lines[0].Cells)), Rows: lines[first:]}
	for _, h := range header {
		for i, c := range h.Cells {
			t.Columns[i] = strings.TrimSpace(t.Columns[i] + " " + c)
		}
	}
	if len(header) > 0 { // with the headings between the header and the first data
		t.Rows = lines[slices.IndexFunc(lines, func(l TableRow) bool { return l.Line == header[len(header)-1].Line })+1:]
	}
	for i, r := range t.Rows {
		t.Rows[i].Aside = asideOf(r, header, dates)
	}
	return t
}

// dateColumn is the column with the most dates; -1 where there are none.
func dateColumn(lines []TableRow) int {
	best, most := -1, 0
	counts := make([]int, len(lines[0].Cells))
	for _, l := range lines {
		for i, c := range l.Cells {
			if looksLikeDate(c) {
				counts[i]++
			}
		}
	}
	for i, n := range counts {
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// firstData is the first line with a date where most lines have one; without any dates, the one after the first line of
// several cells.
func firstData(lines []TableRow, dates int) int {
	first := slices.IndexFunc(lines, func(l TableRow) bool {
		return filled(l.Cells) > 1 && (dates < 0 || looksLikeDate(l.Cells[dates]))
	})
	if dates < 0 && first >= 0 && first+1 < len(lines) {
		return first + 1
	}
	return max(first, 0)
}

// mostHeader is over how many lines a header may be written.
const mostHeader = 3

// headerAbove returns the lines of the header above the first data: below a title or an empty line, without a digit, and
// hardly saying what the data say too. Headings may stand between.
func headerAbove(lines []TableRow, first, dates int) []TableRow {
	said := make([]map[string]bool, len(lines[0].Cells))
	for i := range said {
		said[i] = make(map[string]bool)
		for _, l := range lines[first:] {
			if dates < 0 || looksLikeDate(l.Cells[dates]) {
				said[i][fold(l.Cells[i])] = true
			}
		}
	}
	isHeader := func(l TableRow) bool {
		again := 0
		for i, c := range l.Cells {
			if strings.ContainsFunc(c, unicode.IsDigit) {
				return false
			}
			if c != "" && said[i][fold(c)] {
				again++
			}
		}
		return filled(l.Cells) > 1 && 2*again < filled(l.Cells)
	}
	last := first - 1
	for last >= 0 && filled(lines[last].Cells) == 1 {
		last--
	}
	from := last
	for from >= 0 && last-from < mostHeader && isHeader(lines[from]) && (from == last || lines[from].Line == lines[from+1].Line-1) {
		from--
	}
	return lines[from+1 : last+1]
}

// asideOf says why a line is no data.
func asideOf(r TableRow, header []TableRow, dates int) Aside {
	if slices.ContainsFunc(header, func(h TableRow) bool { return slices.Equal(h.Cells, r.Cells) }) {
		return AsideHeader
	}
	dated := dates >= 0 && looksLikeDate(r.Cells[dates])
	begin := fold(r.Cells[slices.IndexFunc(r.Cells, func(c string) bool { return c != "" })])
	switch {
	case !dated && slices.ContainsFunc(totals, func(word string) bool { return strings.HasPrefix(begin, word) }):
		return AsideTotal
	case filled(r.Cells) == 1 && !dated:
		return AsideHeading
	}
	return ""
}

// totals begin a line that counts or sums the others.
var totals = []string{"totaal", "subtotaal", "eindtotaal", "total", "subtotal", "grand total", "aantal", "som", "sum", "gemiddeld", "count"}
