package pdf

import (
	"bytes"
	_ "embed"
	"strings"
	"unicode"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/text/unicode/norm"
)

// The fonts of design, cut to the characters of covered; OFL licences beside them. They were cut with
// gofpdf.UTF8CutFont: go test ./certificates/pdf -run TestFonts -cut DIR, where DIR holds the whole fonts.
var (
	//go:embed fonts/AtkinsonHyperlegibleNext_400Regular.ttf
	regularTTF []byte
	//go:embed fonts/AtkinsonHyperlegibleNext_700Bold.ttf
	boldTTF []byte
	//go:embed fonts/Newsreader_500Medium.ttf
	serifTTF []byte
)

// A face is one of the fonts, with the white that is added between its letters, as a part of their size.
type face struct {
	family, style string
	tracking      float64
}

var (
	regular = face{"Atkinson", "", 0}
	bold    = face{"Atkinson", "B", 0}
	serif   = face{"Newsreader", "", -.018}
)

// addFonts gives each document bytes of its own: gofpdf writes in them, so documents that shared them would race.
func addFonts(pdf *gofpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(regular.family, regular.style, bytes.Clone(regularTTF))
	pdf.AddUTF8FontFromBytes(bold.family, bold.style, bytes.Clone(boldTTF))
	pdf.AddUTF8FontFromBytes(serif.family, serif.style, bytes.Clone(serifTTF))
}

// covered are the characters that every font has: those of the languages of the European Union in Latin script, Turkish
// and Welsh. Each has a glyph of its own; with two characters for one glyph, gofpdf writes different bytes each time.
var covered = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x20, 0x7E, 1}, {0xA1, 0xAC, 1}, {0xAE, 0xB4, 1}, {0xB6, 0x107, 1}, {0x10A, 0x113, 1}, {0x116, 0x11B, 1},
		{0x11E, 0x123, 1}, {0x126, 0x127, 1}, {0x12A, 0x12B, 1}, {0x12E, 0x131, 1}, {0x136, 0x137, 1}, {0x139, 0x13E, 1},
		{0x141, 0x148, 1}, {0x150, 0x155, 1}, {0x158, 0x15B, 1}, {0x15E, 0x165, 1}, {0x16A, 0x16B, 1}, {0x16E, 0x17E, 1},
		{0x218, 0x21B, 1}, {0x1E80, 0x1E85, 1}, {0x1E9E, 0x1E9E, 1}, {0x1EF2, 0x1EF3, 1},
		{0x2013, 0x2014, 1}, {0x2018, 0x201A, 1}, {0x201C, 0x201E, 1}, {0x2022, 0x2022, 1}, {0x2026, 0x2026, 1},
		{0x2039, 0x203A, 1}, {0x20AC, 0x20AC, 1}, {0x2122, 0x2122, 1}, {0x2212, 0x2212, 1},
	},
	LatinOffset: 4,
}

// printable returns text in one line, in characters that the fonts have. A letter that they do not have loses its
// accents or, where that does not help, becomes a question mark, so that the reader sees that something is missing; an
// emoji, a control character and broken UTF-8 disappear. gofpdf panics on what lies beyond U+FFFF.
func printable(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "")) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(covered, r):
			b.WriteRune(r)
		case unicode.Is(unicode.Pd, r):
			b.WriteByte('-')
		default:
			b.WriteString(without(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// without returns what is left of a character that the fonts do not have.
func without(r rune) string {
	kept := strings.Map(func(part rune) rune {
		if unicode.Is(covered, part) {
			return part
		}
		return -1
	}, norm.NFKD.String(string(r)))
	if kept == "" && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
		return "?"
	}
	return kept
}
