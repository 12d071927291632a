// Package pdf draws a certificate as one A4 page. The same facts give the same bytes, so a document can be drawn again
// whenever somebody asks for it.
//
// It is the only package that knows gofpdf, and imports of ours only certificates and calendar.
package pdf

import (
	"bytes"
	"fmt"

	"github.com/jung-kurt/gofpdf"

	"bekwaam/certificates"
)

// Draw draws a certificate. Text that the fonts cannot show loses what they do not have; text that is too long becomes
// smaller, then wraps, and in the end is cut off with an ellipsis.
func Draw(d certificates.Document) (drawn []byte, err error) {
	defer func() { // gofpdf panics on text and fonts that it cannot handle
		if problem := recover(); problem != nil {
			drawn, err = nil, fmt.Errorf("pdf: drawing a certificate: %v", problem)
		}
	}()
	d = clean(d)
	pdf := gofpdf.New("L", "mm", "A4", "")
	describe(pdf, d)
	addFonts(pdf)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	s := &sheet{pdf: pdf, Document: d}
	if err := s.draw(); err != nil {
		return nil, fmt.Errorf("pdf: drawing a certificate: %w", err)
	}
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("pdf: drawing a certificate: %w", err)
	}
	return inDutch(b.Bytes())
}

// clean makes every text of people printable.
func clean(d certificates.Document) certificates.Document {
	d.Shown = d.Goals()
	for i, goal := range d.Shown {
		d.Shown[i] = printable(goal)
	}
	d.Holder, d.Title = printable(d.Holder), printable(d.Title)
	d.Municipality, d.Department = printable(d.Municipality), printable(d.Department)
	d.Signatory = certificates.Signatory{Name: printable(d.Signatory.Name), Function: printable(d.Signatory.Function)}
	return d
}

// describe says what the document is, to readers and to search. Dates come from the facts, never from the clock, and
// everything is written in a fixed order, so that the bytes are the same each time.
func describe(pdf *gofpdf.Fpdf, d certificates.Document) {
	issued := d.IssuedAt.UTC()
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(issued)
	pdf.SetModificationDate(issued)
	pdf.SetTitle(d.Heading(), true)
	pdf.SetAuthor(d.Municipality, true)
	pdf.SetSubject(d.Title, true)
	pdf.SetCreator("Bekwaam", true)
}

// inDutch says in the catalog that the document is in Dutch, for a voice that reads it, and that its title is shown.
// gofpdf cannot. The catalog is the last object, so nothing moves but the table of objects behind it.
func inDutch(drawn []byte) ([]byte, error) {
	const catalog, dutch = "/Type /Catalog\n", "/Lang (nl-NL)\n/ViewerPreferences <</DisplayDocTitle true>>\n"
	at, start := bytes.LastIndex(drawn, []byte(catalog)), bytes.LastIndex(drawn, []byte("startxref\n"))
	var table int
	if _, err := fmt.Sscanf(string(drawn[max(start, 0):]), "startxref\n%d", &table); err != nil || at < 0 || at > table {
		return nil, fmt.Errorf("pdf: gofpdf wrote no catalog that we know")
	}
	at += len(catalog)
	out := make([]byte, 0, len(drawn)+len(dutch)+1)
	out = append(append(append(out, drawn[:at]...), dutch...), drawn[at:start]...)
	return fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", table+len(dutch)), nil
}
