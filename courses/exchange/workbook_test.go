package exchange

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestAWorkbookHasNoFormulas(t *testing.T) {
	content, err := WriteWorkbook(Sheet{"Matrix", [][]string{{"Vaardigheid", "Eva"}, {"=1+1", "3"}, {"007", "3!"}}}, Sheet{"Uitleg", [][]string{{"Team", "T1"}}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Matrix")
	if got := fmt.Sprint(book.GetSheetList(), rows, err); got != "[Matrix Uitleg] [[Vaardigheid Eva] [=1+1 3] [007 3!]] <nil>" {
		t.Error(got)
	}
	if formula, err := book.GetCellFormula("Matrix", "A2"); formula != "" || err != nil {
		t.Error(formula, err)
	}
	if kind, err := book.GetCellType("Matrix", "B2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber || err != nil {
		t.Error("3 is no number in Excel", kind, err)
	}
}
