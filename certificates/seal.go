package certificates

import (
	"fmt"
	"hash/fnv"
	"html"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Seal is the pattern of fine lines that belongs to one certificate number, as on a passport. It helps people to
// recognise a certificate and secures nothing: the rule is public, looking the number up is the proof.
//
// Its measures are those of a square from −100 to 100 around the middle, with y downwards.
type Seal struct {
	Number Number
	Rings  [3]Ring // from the outside inwards
}

// A Ring is one closed curve, drawn several times, each time turned a little further.
type Ring struct {
	Curve  []Point
	Turns  []float64 // clockwise, in degrees; the first is 0
	Width  float64   // of the line
	Second bool      // in the second colour
}

// A Point is a place in the square of the seal, to a tenth.
type Point struct{ X, Y float64 }

// The parts of a seal that are the same for every number.
const (
	SealOuter, SealInner = 88.5, 77.5 // radii of the two circles that the words run between
	SealCircleWidth      = .7         // of their lines
	SealWordsRadius      = 80.5       // of the line that the words stand on
	SealWordsLength      = 500        // along that line
	SealMiddle           = 25         // radius of the disc with the check mark
)

// SealMark is the check mark in the middle: a line of SealMarkWidth with round ends.
var SealMark = [3]Point{{-10.5, .8}, {-3.5, 7.8}, {11, -7.5}}

const SealMarkWidth = 4.6

// NewSeal reckons the seal of a number.
func NewSeal(n Number) Seal {
	sum := fnv.New32a()
	sum.Write([]byte(n)) // never fails
	h := sum.Sum32()
	outer := []int{16, 18, 20, 24}[h>>8%4]
	middle := []int{8, 9, 10, 11, 12}[h%5]
	inner := []int{5, 6, 7, 9}[h>>4%4]
	middleDepth := .30 + float64(h>>12%10)/100
	innerDepth := .5 + float64(h>>16%15)/100
	return Seal{n, [3]Ring{
		{Curve: rosette(99, outer, .09, 0), Turns: turns(outer, 4), Width: .6},
		{Curve: rosette(76, middle, middleDepth, 0), Turns: turns(middle, 7), Width: .55},
		{Curve: rosette(52, inner, innerDepth, 1), Turns: turns(inner, 6), Width: .55, Second: true},
	}}
}

// rosette is a closed curve with a number of lobes that dip from the radius to the depth, a part of it.
func rosette(radius float64, lobes int, depth, phase float64) []Point {
	const perLobe = 14
	n := lobes * perLobe
	curve := make([]Point, n+1)
	for i := range curve {
		t := float64(i) / float64(n) * 2 * math.Pi
		r := radius * (1 - depth*(1+math.Cos(float64(lobes)*t+phase))/2)
		curve[i] = Point{rounded(r*math.Cos(t), 10), rounded(r*math.Sin(t), 10)}
	}
	return curve
}

// turns divides one lobe into equal steps.
func turns(lobes, times int) []float64 {
	turns := make([]float64, times)
	for i := range turns {
		turns[i] = rounded(360/float64(lobes)*float64(i)/float64(times), 100)
	}
	return turns
}

// rounded has no negative zero, which would be written as -0.0.
func rounded(x, parts float64) float64 { return math.Round(x*parts)/parts + 0 }

// SealWords returns the words that run round a seal and the size of their letters, for a municipality's name of any length.
func SealWords(municipality string) (words string, size float64) {
	const room, usual = 84, 8.2 // letters that fit, and their size
	once := strings.ToUpper(municipality) + " · CERTIFICAAT ·"
	words = once + " " + once
	if utf8.RuneCountInString(words) > room {
		words = once
	}
	return words, usual * min(1, room/float64(utf8.RuneCountInString(words)))
}

// SVG draws the seal for a page. It is decoration: a page that names it does so in words beside it. A style sheet colours
// zegel, zegel-2 (the second colour), zegel-tekst and zegel-hart (the disc in the middle); the ids hold the number, so
// that several seals can stand on one page.
func (s Seal) SVG(municipality string) string {
	var b strings.Builder
	id := "zegel-" + html.EscapeString(string(s.Number))
	fmt.Fprintf(&b, `<svg class="zegel" viewBox="-100 -100 200 200" aria-hidden="true" focusable="false"><defs><path id="%s-t" d="M-%[2]g 0a%[2]g %[2]g 0 1 1 %[3]g 0a%[2]g %[2]g 0 1 1 -%[3]g 0"/></defs><g fill="none" stroke="currentColor">`, id, SealWordsRadius, 2*SealWordsRadius)
	for i, ring := range s.Rings {
		class := ""
		if ring.Second {
			class = ` class="zegel-2" stroke="#b97a00"`
		}
		fmt.Fprintf(&b, `<g%s stroke-width="%g"><path id="%s-%d" d="%s"/>`, class, ring.Width, id, i+1, path(ring.Curve))
		for _, turn := range ring.Turns[1:] {
			fmt.Fprintf(&b, `<use href="#%s-%d" transform="rotate(%g)"/>`, id, i+1, turn)
		}
		b.WriteString(`</g>`)
	}
	fmt.Fprintf(&b, `<g stroke-width="%g"><circle r="%g"/><circle r="%g"/></g></g>`, SealCircleWidth, SealOuter, SealInner)
	words, size := SealWords(municipality)
	fmt.Fprintf(&b, `<text class="zegel-tekst" font-size="%.2g" font-weight="700" letter-spacing="1.1" fill="currentColor"><textPath href="#%s-t" textLength="%d">%s</textPath></text>`, size, id, SealWordsLength, html.EscapeString(words))
	fmt.Fprintf(&b, `<circle class="zegel-hart" r="%d" fill="#fff" stroke="currentColor"/>`, SealMiddle)
	fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="currentColor" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round"/></svg>`, strings.TrimSuffix(path(SealMark[:]), "Z"), SealMarkWidth)
	return b.String()
}

// path writes a closed curve as SVG does, to a tenth.
func path(curve []Point) string {
	d := make([]byte, 0, 12*len(curve))
	for i, p := range curve {
		d = append(d, "ML"[min(i, 1)])
		d = strconv.AppendFloat(d, p.X, 'f', 1, 64)
		d = append(d, ' ')
		d = strconv.AppendFloat(d, p.Y, 'f', 1, 64)
	}
	return string(append(d, 'Z'))
}
