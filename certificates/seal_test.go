package certificates

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// The design's own script gave these values; it writes some zeros as -0.0, which were made 0.0.
func TestSealsAreThoseOfTheDesign(t *testing.T) {
	for _, tt := range []struct {
		number Number
		starts [3]string
		turns  []float64
		sum    string // of the three paths, one a line: SHA-256, its first eight bytes
	}{
		{"EL-2026-01482", [3]string{"M90.1 0.0L90.5 1.7L91.7 3.4L", "M47.9 0.0L49.2 2.2L53.0 4.8L", "M31.2 0.0L36.8 1.8L42.6 4.3L"},
			[]float64{0, 3.75, 7.5, 11.25, 0, 5.14, 10.29, 15.43, 20.57, 25.71, 30.86, 0, 6.67, 13.33, 20, 26.67, 33.33}, "b3a943650285d459"},
		{"RW-2026-7KQ4M-2XD9T-C8", [3]string{"M90.1 0.0L90.5 2.3L91.7 4.6L", "M53.2 0.0L54.3 2.2L57.3 4.7L", "M26.8 0.0L33.6 2.2L40.5 5.2L"},
			[]float64{0, 5, 10, 15, 0, 4.68, 9.35, 14.03, 18.7, 23.38, 28.05, 0, 8.57, 17.14, 25.71, 34.29, 42.86}, "e0ca2a4a7ab50a4f"},
		{"RW-2026-22222-22222-22", [3]string{"M90.1 0.0L90.5 2.5L91.6 5.1L", "M51.7 0.0L52.8 2.0L56.1 4.2L", "M27.2 0.0L33.9 1.7L40.9 4.1L"},
			[]float64{0, 5.63, 11.25, 16.88, 0, 4.29, 8.57, 12.86, 17.14, 21.43, 25.71, 0, 6.67, 13.33, 20, 26.67, 33.33}, "ffd2dab8f10260cc"},
	} {
		var paths []string
		var turns []float64
		for i, ring := range NewSeal(tt.number).Rings {
			d := path(ring.Curve)
			if !strings.HasPrefix(d, tt.starts[i]) {
				t.Errorf("%s: ring %d begins with %.40s, not %s", tt.number, i, d, tt.starts[i])
			}
			paths, turns = append(paths, d), append(turns, ring.Turns...)
		}
		sum := sha256.Sum256([]byte(strings.Join(paths, "\n")))
		if got := hex.EncodeToString(sum[:8]); got != tt.sum {
			t.Errorf("%s: the paths have sum %s, not %s", tt.number, got, tt.sum)
		}
		if !slices.Equal(turns, tt.turns) {
			t.Errorf("%s: turned by %v, not %v", tt.number, turns, tt.turns)
		}
	}
}

func TestTwoSealsStandOnOnePage(t *testing.T) {
	first, second := NewSeal("RW-2026-7KQ4M-2XD9T-C8"), NewSeal("RW-2026-22222-22222-22")
	page := "<p>" + first.SVG("Gemeente Rietwaarde") + second.SVG(`Gemeente <b style="x">"Ons & Ander" 'dorp'`) + "</p>"
	ids, uses := map[string]bool{}, 0
	for d := xml.NewDecoder(strings.NewReader(page)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if element.Name.Local == "b" {
			t.Error("the municipality's name became an element")
		}
		for _, a := range element.Attr {
			switch a.Name.Local {
			case "style":
				t.Errorf("%s has a style, which the page's policy forbids", element.Name.Local)
			case "id":
				if ids[a.Value] {
					t.Errorf("id %s stands on the page twice", a.Value)
				}
				ids[a.Value] = true
			case "href":
				uses++
				if !ids[strings.TrimPrefix(a.Value, "#")] {
					t.Errorf("%s refers to nothing", a.Value)
				}
			}
		}
	}
	if len(ids) != 8 || uses != 2*(3+6+5+1) {
		t.Errorf("%d ids and %d uses", len(ids), uses)
	}
}

func TestSealWordsFitRoundTheRing(t *testing.T) {
	for _, tt := range []struct {
		municipality, want string
		size               float64
	}{
		{"Gemeente Rietwaarde", "GEMEENTE RIETWAARDE · CERTIFICAAT · GEMEENTE RIETWAARDE · CERTIFICAAT ·", 8.2},
		{"Gemeente Súdwest-Fryslân en Noardeast", "GEMEENTE SÚDWEST-FRYSLÂN EN NOARDEAST · CERTIFICAAT ·", 8.2},
		{"Gemeente " + strings.Repeat("x", 144), "GEMEENTE " + strings.Repeat("X", 144) + " · CERTIFICAAT ·", 4.1},
	} {
		if got, size := SealWords(tt.municipality); got != tt.want || size < tt.size-.1 || size > tt.size+.1 {
			t.Errorf("%s: got %q at %.2f, want %q at %.2f", tt.municipality, got, size, tt.want, tt.size)
		}
	}
}
