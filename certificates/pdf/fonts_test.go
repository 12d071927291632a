package pdf

import (
	"bytes"
	"encoding/binary"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/jung-kurt/gofpdf"
)

var cut = flag.String("cut", "", "cut the whole fonts in this folder and write them to fonts/")

func TestFontsHaveOneGlyphForEachCoveredCharacter(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(covered, r) {
			all.WriteRune(r)
		}
	}
	for _, name := range []string{"AtkinsonHyperlegibleNext_400Regular.ttf", "AtkinsonHyperlegibleNext_700Bold.ttf", "Newsreader_500Medium.ttf"} {
		file := filepath.Join("fonts", name)
		if *cut != "" {
			whole, err := os.ReadFile(filepath.Join(*cut, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, gofpdf.UTF8CutFont(bytes.Clone(whole), all.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		font, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		used := map[uint16]rune{}
		for _, r := range all.String() {
			glyph := glyphOf(t, font, uint16(r))
			if other, twice := used[glyph]; glyph == 0 || twice {
				t.Errorf("%s: %q has glyph %d, as has %q", name, r, glyph, other)
			}
			used[glyph] = r
		}
	}
}

// glyphOf looks a character up in the character map of a TrueType font, in its format 4.
func glyphOf(t *testing.T, font []byte, char uint16) uint16 {
	t.Helper()
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	table := 0
	for i := range u16(4) {
		if entry := 12 + 16*i; string(font[entry:entry+4]) == "cmap" {
			table = u32(entry + 8)
		}
	}
	for i := range u16(table + 2) {
		sub := table + u32(table+8+8*i)
		if u16(sub) != 4 {
			continue
		}
		twice := u16(sub + 6) // the number of segments, times two
		for seg := 0; seg < twice; seg += 2 {
			end, start := sub+14+seg, sub+16+twice+seg
			delta, offset := start+twice, start+2*twice
			if int(char) > u16(end) || int(char) < u16(start) {
				continue
			}
			if u16(offset) == 0 {
				return char + uint16(u16(delta))
			}
			return uint16(u16(offset + u16(offset) + 2*(int(char)-u16(start))))
		}
		return 0
	}
	t.Fatal("the font has no character map that gofpdf reads")
	return 0
}

func TestPrintable(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"names of here stay", "Şükrü Yılmaz–Łukasz d’Ancona Ỳ ĳ", "Şükrü Yılmaz–Łukasz d’Ancona Ỳ ij"},
		{"letters and accents that come apart are joined", "S\u0327u\u0308kru\u0308", "Şükrü"},
		{"a letter that no font has loses its accents", "Nguyễn Ĉapek", "Nguyen Capek"},
		{"a letter that no font has shows as missing", "王伟 Ивана", "?? ?????"},
		{"an emoji goes, with what joins it", "Sam 👩🏽‍🚀 Jansen ❤\uFE0F", "Sam Jansen"},
		{"broken UTF-8 goes", "Jan\xff\xc3 de\xed\xa0\x80 Vries", "Jan de Vries"},
		{"every white space is one space", " Jan\tde\u00a0\r\n Vries\u2003", "Jan de Vries"},
		{"control and bidi characters go", "a\x00b\u202ec\u200d", "abc"},
		{"every dash is a dash", "Jansen\u2011Bakker", "Jansen-Bakker"},
		{"nothing stays nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := printable(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
