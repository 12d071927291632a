package exchange

import (
	"bytes"
	"fmt"

	"bekwaam/courses/fault"
)

// MostDocument is how many bytes a document may have: 10 MiB.
const MostDocument = 10 << 20

// A Document is what somebody sends as evidence, as far as it may be kept.
type Document struct {
	Type    string // "application/pdf", "image/jpeg" or "image/png": by what is in it, whatever its name said
	Content []byte // of a photo without where and when it was taken
}

// What a document is called by its kind.
const (
	typePDF  = "application/pdf"
	typeJPEG = "image/jpeg"
	typePNG  = "image/png"
)

var (
	noDocument    = fault.New(fault.Invalid, "Kies een bestand.", "Choose a file.").Because("no_document")
	largeDocument = fault.New(fault.Invalid, "Dit bestand is groter dan 10 MB. Maak een foto met minder detail, of bewaar de PDF kleiner.", "This file is larger than 10 MB. Take a photo with less detail, or save the PDF smaller.").Because("too_large")
	otherDocument = fault.New(fault.Invalid, "Dit is geen PDF, JPEG of PNG, ook als de naam dat zegt. Bewaar het als PDF, of maak er een foto van.", "This is no PDF, JPEG or PNG, even where its name says so. Save it as PDF, or take a photo of it.").Because("document_type")
	heicDocument  = fault.New(fault.Invalid, "Dit is een foto in HEIC, zoals een iPhone die maakt. Kies in de instellingen van de camera 'Meest compatibel', of bewaar de foto als JPEG.", "This is a photo in HEIC, as an iPhone makes them. Choose 'Most compatible' in the settings of the camera, or save the photo as JPEG.").Because("document_type")
	wordDocument  = fault.New(fault.Invalid, "Dit is een Word-bestand of een zip. Bewaar het als PDF en kies die.", "This is a Word file or a zip. Save it as PDF and choose that.").Because("document_type")
	bsnDocument   = fault.New(fault.Invalid, "In dit bestand staat een burgerservicenummer. Dat mogen we niet bewaren, dus we hebben niets bewaard. Dek het af: maak een foto van het papier met een strookje over het nummer. Is het een ander nummer, zoals dat van het diploma? Stuur dan ook een foto.",
		"This file holds a citizen service number (BSN). We may not keep that, so we kept nothing. Cover it: take a photo of the paper with a slip over the number. Is it another number, such as that of the diploma? Then send a photo too.").Because("bsn")
)

// ReadDocument checks a document by what is in it and returns what may be kept of it. fault.Invalid where it is not what
// may be sent, with what to do instead: too large, of another kind, damaged, protected, or a PDF whose text holds a BSN.
// Who sends a photo covers that themselves: nobody reads photos here.
func ReadDocument(content []byte) (Document, error) {
	has := func(at int, mark string) bool {
		return len(content) >= at && bytes.HasPrefix(content[at:], []byte(mark))
	}
	var err error
	switch {
	case len(content) == 0:
		return Document{}, noDocument
	case len(content) > MostDocument:
		return Document{}, largeDocument
	case has(0, "%PDF-"):
		return Document{typePDF, content}, checkPDF(content)
	case has(0, "\xff\xd8\xff"):
		content, err = bareJPEG(content)
		return Document{typeJPEG, content}, err
	case has(0, pngHead):
		content, err = barePNG(content)
		return Document{typePNG, content}, err
	case has(4, "ftyphei"), has(4, "ftypmif1"), has(4, "ftyphev"):
		return Document{}, heicDocument
	case has(0, "PK\x03\x04"), has(0, "\xd0\xcf\x11\xe0"):
		return Document{}, wordDocument
	}
	return Document{}, otherDocument
}

// checkPDF refuses a PDF that cannot be checked, or whose text holds a BSN. It says where, never which.
func checkPDF(content []byte) error {
	said, err := readPDF(content)
	if err != nil {
		return err
	}
	for i, page := range said.Pages {
		if HoldsBSN(page) {
			return bsnDocument.At("document", fmt.Sprintf("het staat op pagina %d", i+1), fmt.Sprintf("it stands on page %d", i+1))
		}
	}
	if HoldsBSN(said.Around) {
		return bsnDocument.At("document", "het staat in de eigenschappen of in een invulveld van het bestand", "it stands in the properties or a form field of the file")
	}
	return nil
}
