package exchange

import (
	"slices"
	"strings"
	"unicode"
)

// withHeader finds the header among lines of equal width, none of them empty, and says of every line below it what it is.
func withHeader(lines []TableRow) Table {
	dates := dateColumn(lines)
	from, to := headerAbove(lines, firstData(lines, dates), dates)
	header := lines[from:to]
	t := Table{Columns: make([]string, len(lines[0].Cells))}
	for _, h := range header {
		for i, c := range h.Cells {
			t.Columns[i] = strings.TrimSpace(t.Columns[i] + " " + c)
		}
	}
	for _, l := range lines[:from] { // a title says less than this
		if filled(l.Cells) > 2 && slices.ContainsFunc(l.Cells, hasDigit) {
			t.Rows = append(t.Rows, l)
		}
	}
	t.Rows = append(t.Rows, lines[to:]...) // with all between the header and the first data
	for i, r := range t.Rows {
		t.Rows[i].Aside = asideOf(r, header, dates)
	}
	return t
}

// hasOnlyHeader reports whether no more stands in a list than the names of its columns, and perhaps a title above them.
func hasOnlyHeader(lines []TableRow) bool {
	last := lines[len(lines)-1]
	return filled(last.Cells) > 1 && !slices.ContainsFunc(lines[:len(lines)-1], func(l TableRow) bool { return filled(l.Cells) > 1 }) &&
		!slices.ContainsFunc(last.Cells, hasDigit)
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

// headerAbove finds the lines of the header above the first data, from one up to another; both 0 where there is none. A
// header has no digit and hardly says what the data say too. The line with the most words for a column is one, or the first
// of them; what stands beside it belongs to it too. Below it that takes words for columns, since a line of data may have
// no date, and no number either.
func headerAbove(lines []TableRow, first, dates int) (from, to int) {
	said := make([]map[string]bool, len(lines[0].Cells))
	for i := range said {
		said[i] = make(map[string]bool)
		for _, l := range lines[first:] {
			if c := l.Cells[i]; c != "" && (dates < 0 || looksLikeDate(l.Cells[dates])) {
				said[i][fold(c)] = true
			}
		}
	}
	isHeader := func(l TableRow) bool {
		again := 0
		for i, c := range l.Cells {
			word := spellingKey(c)
			if hasDigit(c) || i == dates && c != "" && (slices.Contains(unsaid, word) || slices.Contains(noEnd, word)) {
				return false
			}
			if said[i][fold(c)] {
				again++
			}
		}
		return filled(l.Cells) > 1 && 2*again < filled(l.Cells)
	}
	best, most := -1, -1
	for i, l := range lines[:first] {
		words := columnNames(l, said)
		if isHeader(l) && words > most {
			best, most = i, words+1 // what stands below it must tell clearly more
		}
	}
	if best < 0 {
		return 0, 0
	}
	from, to = best, best+1
	for from > 0 && to-from < mostHeader && isHeader(lines[from-1]) && lines[from-1].Line == lines[from].Line-1 {
		from--
	}
	for to < first && to-from < mostHeader && isHeader(lines[to]) && lines[to].Line == lines[to-1].Line+1 && 2*columnNames(lines[to], said) > filled(lines[to].Cells) {
		to++
	}
	return from, to
}

// columnNames counts the cells with nothing but a word for a column, or the beginning of one, that no data say.
func columnNames(l TableRow, said []map[string]bool) int {
	n := 0
	for i, c := range l.Cells {
		if c != "" && !said[i][fold(c)] && isColumnName(spellingKey(c)) {
			n++
		}
	}
	return n
}

// isColumnName reports whether a text is a word for a column: such as "persnr", "cert" or "geldig t m".
func isColumnName(text string) bool {
	for _, words := range columnWords {
		for _, word := range words {
			rest, begins := strings.CutPrefix(text, word)
			if text == word || len(text) > 2 && strings.HasPrefix(word, text) || len(word) > 4 && begins && (len(rest) < 5 || !strings.Contains(rest, " ")) {
				return true
			}
		}
	}
	for _, words := range peopleWords {
		if slices.Contains(words, text) {
			return true
		}
	}
	return false
}

func hasDigit(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }

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
