package exchange

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"

	"bekwaam/courses/fault"
)

// A Table is what a list of somebody else holds, whatever program made it: lines below the names of their columns.
type Table struct {
	Columns []string // what stands above each column, over several lines joined; empty where nothing does
	Rows    []TableRow
}

// A TableRow is one line below the header. Lines on which nothing stands are left out.
type TableRow struct {
	Line  int      // in the file, from 1
	Cells []string // as many as the table has columns
	Aside Aside
}

// An Aside says why a line is no data, in the order in which it is found; empty where it is data.
type Aside string

const (
	AsideHeader  Aside = "header"  // the header once more
	AsideHeading Aside = "heading" // one cell, such as the name of a team
	AsideTotal   Aside = "total"   // a count or a sum
)

// What a list may hold at most.
const (
	MaxTable     = 10 << 20 // bytes
	mostRows     = 50_000
	mostColumns  = 100
	mostUnzipped = 100 << 20 // bytes of a workbook
)

var (
	tableTooLarge = fault.New(fault.Invalid, "Dit bestand is te groot: het mag hoogstens 10 MB zijn. Splits de lijst in delen.", "This file is too large: it may be at most 10 MB. Split the list into parts.").Because("too_large")
	tableTooLong  = fault.New(fault.Invalid, "Deze lijst is te lang: hij mag hoogstens 50.000 regels en 100 kolommen hebben. Splits hem in delen.", "This list is too long: it may have at most 50,000 lines and 100 columns. Split it into parts.").Because("too_large")
	noTable       = fault.New(fault.Invalid, "Dit is geen lijst die we kunnen lezen. Bewaar hem in Excel als .xlsx of als CSV, en kies dat bestand.", "This is no list that we can read. Save it in Excel as .xlsx or as CSV, and choose that file.").Because("no_table")
	emptyFile     = fault.New(fault.Invalid, "Dit bestand is leeg. Kies het bestand met de lijst.", "This file is empty. Choose the file with the list.").Because("no_table")
	onlyHeader    = fault.New(fault.Invalid, "In dit bestand staan alleen namen van kolommen. Zet onder elke naam wat erbij hoort, en kies het opnieuw.", "This file has only the names of columns. Write below each name what belongs there, and choose it again.").Because("no_table")
	emptyTable    = fault.New(fault.Invalid, "In dit bestand staan geen regels met kolommen. Kies het bestand met de lijst.", "This file has no lines with columns. Choose the file with the list.").Because("no_table")
)

// ReadTable reads a list: CSV with semicolons, commas, tabs or bars, in UTF-8, UTF-16 or Windows-1252, or the fullest
// visible sheet of an XLSX workbook. It finds the header below titles, also over several lines. fault.Invalid for what is
// no list or too large a one.
func ReadTable(content []byte) (Table, error) {
	if len(content) > MaxTable {
		return Table{}, tableTooLarge
	}
	lines, err := tableLines(content)
	if err != nil {
		return Table{}, err
	}
	lines = slices.DeleteFunc(lines, func(l TableRow) bool { return filled(l.Cells) == 0 })
	if len(lines) == 0 {
		return Table{}, emptyFile
	}
	width := 0
	for _, l := range lines {
		for i, c := range l.Cells {
			if c != "" {
				width = max(width, i+1)
			}
		}
	}
	if len(lines) > mostRows || width > mostColumns+1 { // corrections have one more
		return Table{}, tableTooLong
	}
	if width < 2 {
		return Table{}, emptyTable
	}
	for i, l := range lines {
		cells := make([]string, width)
		copy(cells, l.Cells)
		lines[i].Cells = cells
	}
	if hasOnlyHeader(lines) {
		return Table{}, onlyHeader
	}
	return withHeader(lines), nil
}

// ColumnName is what stands above a column, with its letter in a spreadsheet where that does not tell which one it is.
func (t Table) ColumnName(at int) string {
	letters := string(rune('A' + at%26))
	if at >= 26 {
		letters = string(rune('A'+at/26-1)) + letters
	}
	switch {
	case t.Columns[at] == "":
		return letters
	case !t.alone(at):
		return t.Columns[at] + " (" + letters + ")"
	}
	return t.Columns[at]
}

// alone reports whether what stands above a column stands above no other.
func (t Table) alone(at int) bool {
	return !slices.ContainsFunc(t.Columns[:at], func(c string) bool { return fold(c) == fold(t.Columns[at]) }) &&
		!slices.ContainsFunc(t.Columns[at+1:], func(c string) bool { return fold(c) == fold(t.Columns[at]) })
}

// names reports whether every column that says something has a name that no other has.
func (t Table) names(fields []ColumnField) bool {
	for i, f := range fields {
		if f != FieldNone && (t.Columns[i] == "" || !t.alone(i)) {
			return false
		}
	}
	return true
}

// tableLines reads the lines of any kind of list.
func tableLines(content []byte) ([]TableRow, error) {
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return workbookLines(content)
	}
	text := decode(content)
	if strings.HasPrefix(text, "%PDF") || strings.ContainsRune(text, 0) {
		return nil, noTable
	}
	return textLines(text), nil
}

// decode makes text of bytes in the encoding they seem to have. Every byte means something in Windows-1252, so that is
// what remains.
func decode(content []byte) string {
	encoding := charmap.Windows1252.NewDecoder()
	switch {
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(content[3:]), string(utf8.RuneError))
	case bytes.HasPrefix(content, []byte("\xff\xfe")), zeros(content, 1) > len(content)/8:
		encoding = utf16.UTF16(utf16.LittleEndian, utf16.UseBOM).NewDecoder()
	case bytes.HasPrefix(content, []byte("\xfe\xff")), zeros(content, 0) > len(content)/8:
		encoding = utf16.UTF16(utf16.BigEndian, utf16.UseBOM).NewDecoder()
	case utf8.Valid(content):
		return string(content)
	}
	text, err := encoding.Bytes(content)
	if err != nil {
		return "\x00" // no text in any way
	}
	return string(text)
}

// zeros counts the zero bytes at odd or at even places: half of UTF-16 is that, and no text beside it has any.
func zeros(content []byte, from int) int {
	n := 0
	for i := from; i < len(content); i += 2 {
		if content[i] == 0 {
			n++
		}
	}
	return n
}

// textLines splits text into lines with cells.
func textLines(text string) []TableRow {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	separator := separatorOf(text)
	if first, _, _ := strings.Cut(text, "\n"); len(first) == 5 && strings.HasPrefix(strings.ToLower(first), "sep=") { // for Excel
		separator, text = rune(first[4]), strings.Repeat(" ", 5)+text[5:]
	}
	if !slices.Contains(separators, separator) {
		separator = separators[0]
	}
	if lines, ok := quotedLines(text, separator); ok {
		return lines
	}
	var lines []TableRow
	for i, line := range strings.Split(text, "\n") { // a quote somewhere has no partner: it is a mark like any other
		lines = append(lines, TableRow{Line: i + 1, Cells: cleanCells(strings.Split(line, string(separator)))})
	}
	return lines
}

// quotedLines reads lines of which cells may stand between quotes; false where the quotes are not right.
func quotedLines(text string, separator rune) (lines []TableRow, ok bool) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator, -1
	records, err := r.ReadAll()
	if err != nil {
		return nil, false
	}
	r = csv.NewReader(strings.NewReader(text)) // once more, for the number of each line
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
	for _, cells := range records {
		if _, err := r.Read(); err != nil {
			return nil, false
		}
		line, _ := r.FieldPos(0)
		lines = append(lines, TableRow{Line: line, Cells: cleanCells(cells)})
	}
	return lines, true
}

// separators are what may stand between cells, the most usual here first.
var separators = []rune{';', '\t', ',', '|'}

// separatorOf finds which separator splits the most lines into the same number of cells.
func separatorOf(text string) rune {
	best, most := separators[0], 0
	for _, separator := range separators {
		often := make(map[int]int)
		quoted, n, looked := false, 0, 0
		for _, r := range text {
			switch {
			case r == '"':
				quoted = !quoted
			case r == '\n':
				if n > 0 {
					often[n]++
				}
				quoted, n = false, 0
				looked++
			case r == separator && !quoted:
				n++
			}
			if looked == 500 {
				break
			}
		}
		if n > 0 {
			often[n]++
		}
		for _, lines := range often {
			if lines > most {
				best, most = separator, lines
			}
		}
	}
	return best
}

// cleanCells takes from cells what nobody sees: control characters and spaces around or beside each other.
func cleanCells(cells []string) []string {
	clean := make([]string, len(cells))
	for i, c := range cells {
		c = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				return ' '
			}
			return r
		}, c)
		c = strings.Join(strings.Fields(c), " ")
		if len(c) > 1 && c[0] == '\'' && strings.ContainsRune(formula, rune(c[1])) {
			c = c[1:]
		}
		clean[i] = c
	}
	return clean
}

// formula are the characters with which a spreadsheet begins a formula.
const formula = "=+-@"

// filled counts the cells in which something stands.
func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}
