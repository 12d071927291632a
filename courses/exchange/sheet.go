package exchange

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// WriteSheet writes rows as a CSV file that a Dutch Excel opens at once: UTF-8 with its mark, semicolons, and no cell that a
// spreadsheet takes for a formula.
func WriteSheet(rows [][]string) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff") // Excel takes it for something else than UTF-8 without
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = harmless(cell)
		}
		_ = w.Write(cells) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// harmless writes a cell so that no spreadsheet takes it for a formula. A dash alone is none.
func harmless(cell string) string {
	if len(cell) > 1 && strings.ContainsRune(formula+"\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
