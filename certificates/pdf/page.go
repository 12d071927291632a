package pdf

import (
	"github.com/jung-kurt/gofpdf"

	"bekwaam/certificates"
)

// A sheet is the page that is being drawn. All its measures are millimetres from the top left corner; sizes of letters
// are points.
type sheet struct {
	pdf  *gofpdf.Fpdf
	face face
	size float64

	certificates.Document
}

// The page: two columns between the bands. What was achieved stands left, the seal right.
const (
	pageHeight           = 210.0
	left, right          = 26.0, 271.0
	top, bottom          = 27.0, 185.0
	sealWidth, gutter    = 62.0, 14.0
	textWidth            = right - left - sealWidth - gutter
	headHeight, codeSide = 13.0, 25.0
	middle               = (top + headHeight + bottom - codeSide) / 2
)

// draw draws everything in the order in which it is read.
func (s *sheet) draw() error {
	s.rings(certificates.NewSeal(s.Number), 130.5, pageHeight/2, .75, petrol.faint(.07), brass.faint(.07))
	s.bands()
	s.head()
	s.statement()
	s.seal(right-sealWidth/2, middle, .3)
	s.signature()
	return s.check()
}

// head names the municipality and the number.
func (s *sheet) head() {
	const at, x = top + headHeight/2, left + 21
	s.mark(left, at)
	number := s.width(s.Heading(), regular, 10)
	name, size := s.fit(s.Municipality, bold, right-x-number-gutter, fitting{13, 1}, fitting{11, 1}, fitting{9, 1})
	department, small := s.fit(s.Department, regular, right-x-number-gutter, fitting{10, 1}, fitting{8.5, 1})
	if s.Department == "" {
		s.write(x, at+1.6, name[0], bold, size, ink)
	} else {
		s.write(x, at-.6, name[0], bold, size, ink)
		s.write(x, at+4.2, department[0], regular, small, soft)
	}
	s.writeLeftOf(right, at+1.2, s.Heading(), regular, 10, soft)
}

// A row is one line of the statement, or one line of its columns.
type row struct {
	text   string
	face   face
	size   float64
	colour colour
	indent float64 // millimetres; with a bullet before it where bullet is set
	bullet bool
	height float64 // of the line
	before float64 // white above it
}

// statement writes who is certified of what, and for how long, in the middle of its column.
func (s *sheet) statement() {
	rows := s.rows()
	const label, value = 4.4, 5.6 // heights of the lines of a column
	const above = 6.0
	height := above + label + value
	for _, r := range rows {
		height += r.before + r.height
	}
	y := middle - height/2
	for _, r := range rows {
		y += r.before
		base := y + r.height/2 + .35*r.size*millimetres
		if r.bullet {
			s.pdf.SetFillColor(r.colour.r, r.colour.g, r.colour.b)
			s.pdf.Circle(left+1.6, base-.3*r.size*millimetres, .6, "F")
		}
		s.write(left+r.indent, base, r.text, r.face, r.size, r.colour)
		y += r.height
	}
	s.columns(y+above+label-1, y+above+label+value-1.2)
}

// rows sets the statement: the longer its texts, the smaller their letters.
func (s *sheet) rows() []row {
	var rows []row
	add := func(text string, f face, c colour, leading float64, before float64, sizes ...fitting) {
		lines, size := s.fit(text, f, textWidth, sizes...)
		for i, line := range lines {
			r := row{text: line, face: f, size: size, colour: c, height: leading * size * millimetres}
			if i == 0 {
				r.before = before
			}
			rows = append(rows, r)
		}
	}
	verb, after := s.Statement.Around()
	add(s.Opening(), regular, ink, 1.45, 0, fitting{12, 1}, fitting{10, 1}, fitting{8, 1})
	add(s.Holder, serif, ink, 1.08, 1, fitting{34, 1}, fitting{30, 1}, fitting{27, 1}, fitting{27, 2}, fitting{22, 2}, fitting{18, 2})
	add(verb, regular, ink, 1.45, 4.5, fitting{12, 1})
	add(s.Title, serif, teal, 1.2, .5, fitting{20, 1}, fitting{18, 2}, fitting{15, 3}, fitting{13, 3})
	if after != "" {
		add(after, regular, ink, 1.45, .5, fitting{12, 1})
	}
	return append(rows, s.goals()...)
}

// goals sets what was shown, one goal behind each bullet, below a label like those of the columns.
func (s *sheet) goals() []row {
	const indent, leading, most = 5.0, 1.5, 6 // lines in the usual size
	goals := s.Shown[:min(4, len(s.Shown))]
	lines := 0
	for _, goal := range goals {
		lines += len(s.wrap(goal, regular, textWidth-indent, 10.5))
	}
	size := fitting{10.5, most}
	if lines > most {
		size = fitting{9, 2}
	}
	if len(goals) == 0 {
		return nil
	}
	rows := []row{{text: "Laten zien", face: regular, size: 8.5, colour: soft, height: 4.4, before: 3}}
	for _, goal := range goals {
		lines, points := s.fit(goal, regular, textWidth-indent, size)
		for i, line := range lines {
			rows = append(rows, row{text: line, face: regular, size: points, colour: ink, indent: indent, bullet: i == 0, height: leading * points * millimetres})
		}
	}
	return rows
}

// columns writes the facts beside each other, each label above its value.
func (s *sheet) columns(label, value float64) {
	facts := s.Facts()
	widths := make([]float64, len(facts))
	room := textWidth
	for i, f := range facts {
		widths[i] = max(s.width(f.Label, regular, 8.5), s.width(f.Value, bold, 10.5))
		room -= widths[i]
	}
	gap := min(11, room/float64(max(1, len(facts)-1)))
	x := left
	for i, f := range facts {
		s.write(x, label, f.Label, regular, 8.5, soft)
		s.write(x, value, f.Value, bold, 10.5, ink)
		x += widths[i] + gap
	}
}

// signature names who is mandated to sign, below a line. Nobody's handwriting is drawn.
func (s *sheet) signature() {
	if s.Signatory.Name == "" {
		return
	}
	const width, line, size = 58.0, 4.3, 9.0
	name, nameSize := s.fit(s.Signatory.Name, regular, width, fitting{size, 1}, fitting{8, 1}, fitting{8, 2})
	function, functionSize := s.fit(s.Signatory.Function, regular, width, fitting{size, 1}, fitting{8, 2})
	y := bottom - line*float64(len(name)+len(function))
	s.pen(ink, .3)
	s.pdf.Line(left, y-1, left+width, y-1)
	for _, part := range name {
		y += line
		s.write(left, y-1.2, part, regular, nameSize, ink)
	}
	for _, part := range function {
		y += line
		s.write(left, y-1.2, part, regular, functionSize, ink)
	}
}

// check tells how anybody finds out whether the certificate still holds: with the QR code, or with the number.
func (s *sheet) check() error {
	const line, size = 4.05, 8.5
	address, small := s.fit(printable(s.CheckAddress()), regular, 80, fitting{size, 1}, fitting{7, 1}, fitting{7, 3})
	x, y := right-codeSide-1.5, bottom-2.4-line*float64(3+len(address))
	s.writeLeftOf(x, y, "Is dit certificaat nog geldig?", regular, size, ink)
	y += line
	rest := x - s.width(" of ga naar", regular, size)
	s.writeLeftOf(rest, y, "Scan de code", bold, size, ink)
	s.write(rest, y, " of ga naar", regular, size, ink)
	for _, part := range address {
		y += line
		s.writeLeftOf(x, y, part, regular, small, ink)
	}
	s.writeLeftOf(x, y+line, "en vul het nummer in:", regular, size, ink)
	s.writeLeftOf(x, y+2*line, string(s.Number), bold, size, ink)
	return s.code(right-codeSide, bottom-codeSide, codeSide)
}
