package exchange

import (
	"bytes"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// A Sheet is one page of a workbook: rows below the names of their columns.
type Sheet struct {
	Name string
	Rows [][]string
}

// WriteWorkbook writes sheets as an Excel file with their first row and column in sight. A whole number is one in Excel too; all
// else is text, so that no cell is ever a formula.
func WriteWorkbook(sheets ...Sheet) (content []byte, err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	for i, sheet := range sheets {
		if i == 0 {
			err = book.SetSheetName("Sheet1", sheet.Name)
		} else {
			_, err = book.NewSheet(sheet.Name)
		}
		if err != nil {
			return nil, err
		}
		if err := writeSheet(book, sheet, bold); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

func writeSheet(book *excelize.File, sheet Sheet, bold int) error {
	for y, row := range sheet.Rows {
		for x, text := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if n, bad := strconv.Atoi(text); bad == nil && strconv.Itoa(n) == text {
				err = book.SetCellInt(sheet.Name, cell, int64(n))
			} else {
				err = book.SetCellStr(sheet.Name, cell, text)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := book.SetRowStyle(sheet.Name, 1, 1, bold); err != nil {
		return err
	}
	if err := book.SetColWidth(sheet.Name, "A", "A", 40); err != nil {
		return err
	}
	return book.SetPanes(sheet.Name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}
