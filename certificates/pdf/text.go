package pdf

import (
	"strings"
	"unicode/utf8"
)

const millimetres = 25.4 / 72 // of one point

// A fitting is one way to set a text: in letters of a size in points, in at most so many lines.
type fitting struct {
	size  float64
	lines int
}

// fit breaks a text into lines of at most width millimetres, in the first fitting in which it fits. In the last one it is
// cut off with an ellipsis where even that is not enough.
func (s *sheet) fit(text string, f face, width float64, fittings ...fitting) ([]string, float64) {
	last := fittings[len(fittings)-1]
	for _, try := range fittings {
		if lines := s.wrap(text, f, width, try.size); len(lines) <= try.lines {
			return lines, try.size
		}
	}
	lines := s.wrap(text, f, width, last.size)[:last.lines]
	end := []rune(lines[last.lines-1])
	for len(end) > 0 && s.width(string(end)+"…", f, last.size) > width {
		end = end[:len(end)-1]
	}
	lines[last.lines-1] = strings.TrimRight(string(end), " ,.;:") + "…"
	return lines, last.size
}

// wrap breaks a text into lines at its spaces, and inside a word that is wider than a line.
func (s *sheet) wrap(text string, f face, width, size float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && s.width(line+" "+word, f, size) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := s.split(word, f, width, size)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	return append(lines, line)
}

// split cuts a word into pieces of at most width millimetres.
func (s *sheet) split(word string, f face, width, size float64) []string {
	var pieces []string
	start, wide := 0, 0.0
	for i, r := range word {
		w := s.width(string(r), f, size)
		if i > start && wide+w > width {
			pieces = append(pieces, word[start:i])
			start, wide = i, 0
		}
		wide += w
	}
	return append(pieces, word[start:])
}

// width is how wide a text is, in millimetres.
func (s *sheet) width(text string, f face, size float64) float64 {
	if s.face != f {
		s.use(f, size)
	}
	letters := float64(s.pdf.GetStringSymbolWidth(text)) / 1000
	return (letters + f.tracking*float64(utf8.RuneCountInString(text))) * size * millimetres
}

// use chooses a face and size, where they are not chosen yet: gofpdf writes every choice to the page.
func (s *sheet) use(f face, size float64) {
	if s.face != f || s.size != size {
		s.pdf.SetFont(f.family, f.style, size)
		s.pdf.RawWriteStr(numbers(f.tracking*size) + "Tc")
		s.face, s.size = f, size
	}
}

// write puts a line of text with its left end at x and its base line at y.
func (s *sheet) write(x, y float64, text string, f face, size float64, c colour) {
	s.use(f, size)
	s.pdf.SetTextColor(c.r, c.g, c.b)
	s.pdf.Text(x, y, text)
}

// writeLeftOf puts a line of text with its right end at x and its base line at y.
func (s *sheet) writeLeftOf(x, y float64, text string, f face, size float64, c colour) {
	s.write(x-s.width(text, f, size), y, text, f, size, c)
}
