package exchange

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbookLines reads the fullest visible sheet of an XLSX workbook. What a cell shows as a date becomes YYYY-MM-DD, in
// whatever way it shows it.
func workbookLines(content []byte) ([]TableRow, error) {
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped})
	if err != nil {
		return nil, noTable.From(err)
	}
	defer book.Close()
	var best []TableRow
	for _, sheet := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(sheet); err != nil || !visible {
			continue
		}
		lines, err := sheetLines(book, sheet)
		if err != nil {
			return nil, err
		}
		if len(lines) > len(best) {
			best = lines
		}
	}
	return best, nil
}

// sheetLines reads the lines of a sheet in which something stands.
func sheetLines(book *excelize.File, sheet string) ([]TableRow, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, noTable.From(err)
	}
	defer rows.Close()
	dates, err := newDateCells(book, sheet)
	if err != nil {
		return nil, noTable.From(err)
	}
	var lines []TableRow
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, noTable.From(err)
		}
		cells = cleanCells(cells)
		if filled(cells) == 0 {
			continue
		}
		if len(lines) == mostRows || len(cells) > mostColumns && filled(cells[mostColumns:]) > 0 {
			return nil, tableTooLong
		}
		for i, c := range cells {
			cells[i] = dates.read(c, i+1, line)
		}
		lines = append(lines, TableRow{Line: line, Cells: cells})
	}
	return lines, rows.Error()
}

// dateCells finds out which numbers of a sheet are dates: their style says so.
type dateCells struct {
	book   *excelize.File
	sheet  string
	from04 bool         // days are counted from 1904
	styles map[int]bool // whether a style shows a date
}

func newDateCells(book *excelize.File, sheet string) (dateCells, error) {
	props, err := book.GetWorkbookProps()
	return dateCells{book, sheet, props.Date1904 != nil && *props.Date1904, make(map[int]bool)}, err
}

// read writes the number in a cell as a date where it is one, and returns anything else as it is.
func (d dateCells) read(cell string, column, line int) string {
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil || number < firstSerial-1462 || number >= lastSerial {
		return cell
	}
	name, err := excelize.CoordinatesToCellName(column, line)
	if err != nil || !d.isDate(name) {
		return cell
	}
	day, err := excelize.ExcelDateToTime(number, d.from04)
	if err != nil {
		return cell
	}
	return day.Format("2006-01-02")
}

func (d dateCells) isDate(cell string) bool {
	style, err := d.book.GetCellStyle(d.sheet, cell)
	if err != nil {
		return false
	}
	is, seen := d.styles[style]
	if !seen {
		is = d.showsDate(style)
		d.styles[style] = is
	}
	return is
}

// showsDate reports whether a style is one of the formats for dates that every workbook has, or one of its own with a
// year in it.
func (d dateCells) showsDate(style int) bool {
	s, err := d.book.GetStyle(style)
	if err != nil {
		return false
	}
	if s.CustomNumFmt != nil {
		return strings.ContainsAny(strings.ToLower(*s.CustomNumFmt), "yj")
	}
	return s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22 || s.NumFmt >= 27 && s.NumFmt <= 36 || s.NumFmt >= 50 && s.NumFmt <= 58
}
