package pdf

import (
	"math"
	"strconv"
	"strings"

	"rsc.io/qr"

	"bekwaam/certificates"
)

// A colour is one of the house style.
type colour struct{ r, g, b int }

var (
	black  = colour{0, 0, 0}
	white  = colour{255, 255, 255}
	ink    = colour{0x13, 0x26, 0x2b}
	soft   = colour{0x48, 0x59, 0x5e}
	teal   = colour{0x0d, 0x55, 0x62}
	petrol = colour{0x1c, 0x6d, 0x7a}
	amber  = colour{0xf0, 0xb3, 0x23} // of the mark
	gold   = colour{0xd9, 0x9a, 0x10} // of the bands
	brass  = colour{0xb9, 0x7a, 0x00} // of the seal
)

// faint is a colour as it looks on white paper when only so much of it is left. Real transparency would darken where
// lines cross.
func (c colour) faint(part float64) colour {
	mix := func(v int) int { return int(math.Round(255 - part*float64(255-v))) }
	return colour{mix(c.r), mix(c.g), mix(c.b)}
}

// pen chooses the colour and width, in millimetres, of the lines that follow.
func (s *sheet) pen(c colour, width float64) {
	s.pdf.SetDrawColor(c.r, c.g, c.b)
	s.pdf.SetLineWidth(width)
}

// at draws with (x, y) as the origin, a unit of so many millimetres and y downwards, as in SVG.
func (s *sheet) at(x, y, unit float64, draw func()) {
	const k = 1 / millimetres
	s.pdf.RawWriteStr("q " + numbers(unit*k, 0, 0, -unit*k, x*k, (pageHeight-y)*k) + "cm")
	draw()
	s.pdf.RawWriteStr("Q")
}

// numbers writes operands of a PDF operator.
func numbers(values ...float64) string {
	var b []byte
	for _, v := range values {
		b = append(strconv.AppendFloat(b, math.Round(v*1e5)/1e5+0, 'f', -1, 64), ' ')
	}
	return string(b)
}

// curve writes a line through points, to be drawn with the operator that ends it: S, or s where the line is closed.
func curve(points []certificates.Point, operator string) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteString(numbers(p.X, p.Y))
		b.WriteString([]string{"m ", "l "}[min(i, 1)])
	}
	b.WriteString(operator)
	return b.String()
}

// bands draws the two bands of waves along the top and the bottom.
func (s *sheet) bands() {
	const waves, width, steps, middle, height, thickness = 9, 277.0, 168, 4.5, 1.95, .28
	for i := range waves {
		points := make([]certificates.Point, steps+1)
		for j := range points {
			t, phase := float64(j)/steps*2*math.Pi, float64(i)/waves*2*math.Pi
			y := middle + height*(math.Sin(9*t+phase)+math.Sin(15*t+phase+.85))
			points[j] = certificates.Point{X: float64(j) / steps * width, Y: math.Round(y*100) / 100}
		}
		s.pen([]colour{petrol, gold}[i%2], thickness)
		for _, top := range []float64{10, pageHeight - 19} {
			s.at(10, top, 1, func() { s.pdf.RawWriteStr(numbers(thickness) + "w " + curve(points, "S")) })
		}
	}
}

// rings draws the lines of a seal around (x, y).
func (s *sheet) rings(seal certificates.Seal, x, y, unit float64, first, second colour) {
	for _, ring := range seal.Rings {
		c := first
		if ring.Second {
			c = second
		}
		s.pen(c, ring.Width*unit)
		path := curve(ring.Curve, "s")
		s.at(x, y, unit, func() {
			s.pdf.RawWriteStr(numbers(ring.Width) + "w")
			for _, turn := range ring.Turns {
				sin, cos := math.Sincos(turn * math.Pi / 180)
				s.pdf.RawWriteStr("q " + numbers(cos, sin, -sin, cos, 0, 0) + "cm " + path + " Q")
			}
		})
	}
	s.pen(first, certificates.SealCircleWidth*unit)
	s.pdf.Circle(x, y, certificates.SealOuter*unit, "D")
	s.pdf.Circle(x, y, certificates.SealInner*unit, "D")
}

// seal draws the seal with its words and its check mark around (x, y).
func (s *sheet) seal(x, y, unit float64) {
	seal := certificates.NewSeal(s.Number)
	s.rings(seal, x, y, unit, teal, brass)
	s.sealWords(x, y, unit)
	s.pen(teal, unit)
	s.pdf.SetFillColor(white.r, white.g, white.b)
	s.pdf.Circle(x, y, certificates.SealMiddle*unit, "DF")
	s.pen(teal, certificates.SealMarkWidth*unit)
	s.pdf.SetLineCapStyle("round")
	s.pdf.SetLineJoinStyle("round")
	s.at(x, y, unit, func() {
		s.pdf.RawWriteStr(numbers(certificates.SealMarkWidth) + "w " + curve(certificates.SealMark[:], "S"))
	})
	s.pdf.SetLineCapStyle("butt")
	s.pdf.SetLineJoinStyle("miter")
}

// sealWords runs the words round the seal, clockwise from the left. A program that reads the text skips them: letter by
// letter they are noise, and the page says the same.
func (s *sheet) sealWords(x, y, unit float64) {
	words, size := certificates.SealWords(s.Municipality)
	size *= unit / millimetres // in points
	letters := []rune(printable(words))
	gap := (certificates.SealWordsLength*unit - s.width(string(letters), bold, size)) / float64(len(letters))
	s.use(bold, size) // outside the turns: each undoes what is chosen inside
	s.pdf.RawWriteStr("/Span <</ActualText ()>> BDC")
	along := 0.0
	for _, r := range letters {
		wide := s.width(string(r), bold, size)
		angle := (along + wide/2) / (certificates.SealWordsRadius * unit)
		sin, cos := math.Sincos(angle)
		at := certificates.Point{X: x - cos*certificates.SealWordsRadius*unit, Y: y - sin*certificates.SealWordsRadius*unit}
		s.pdf.TransformBegin()
		s.pdf.TransformRotate(90-angle*180/math.Pi, at.X, at.Y)
		s.write(at.X-wide/2, at.Y, string(r), bold, size, teal)
		s.pdf.TransformEnd()
		along += wide + gap
	}
	s.pdf.RawWriteStr("EMC")
}

// mark draws the mark of the municipality, two times three rings, with its left end at x and its middle at y.
func (s *sheet) mark(x, y float64) {
	const unit = 13.0 / 32
	for _, set := range []struct {
		x float64
		c colour
	}{{16, teal}, {28, amber}} {
		for _, ring := range []struct{ radius, width float64 }{{13, 2.4}, {9.4, 1}, {6, 1}} {
			s.pen(set.c, ring.width*unit)
			s.pdf.Circle(x+set.x*unit, y, ring.radius*unit, "D")
		}
	}
}

// quietZone is how many modules stay white on each side of a QR code. Source: ISO/IEC 18004, §9.1.
const quietZone = 4

// code draws the address of the check page as a QR code in a square of so many millimetres, quiet zone included: one
// path of black rectangles on white, so that no seams show between them.
func (s *sheet) code(x, y, side float64) error {
	code, err := qr.Encode(s.VerifyURL, qr.M)
	if err != nil {
		return err
	}
	s.pdf.SetFillColor(white.r, white.g, white.b)
	s.pdf.Rect(x, y, side, side, "F")
	s.pdf.SetFillColor(black.r, black.g, black.b)
	module := side / float64(code.Size+2*quietZone)
	var path strings.Builder
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			to := from
			for code.Black(to, row) {
				to++
			}
			if to > from {
				path.WriteString(numbers(float64(from), float64(row), float64(to-from), 1) + "re ")
				from = to
			}
		}
	}
	s.at(x+quietZone*module, y+quietZone*module, module, func() { s.pdf.RawWriteStr(path.String() + "f") })
	return nil
}
