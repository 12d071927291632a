package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainLetters stand for letters that are no plain one with a mark.
var plainLetters = strings.NewReplacer("ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "’", "'", "‘", "'", "\ufffd", "?")

// fold writes text in small plain letters, for comparing what people wrote in their own ways.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(text)))
	return plainLetters.Replace(text)
}

// tokens are the words of a text in small plain letters. A question mark is a letter that an older program lost.
func tokens(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(fold(text), "'", ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '?'
	})
}

// likeness tells how much two words have in common: the share of their pairs of letters, from 0 to 1. Of a long word only
// the beginning counts.
func likeness(a, b string) float64 {
	const longest = 64
	a, b = a[:min(len(a), longest)], b[:min(len(b), longest)]
	if len(a)+len(b) <= 2 {
		return 0
	}
	common, used := 0, uint64(0)
	for i := range len(b) - 1 {
		for j := range len(a) - 1 {
			if used>>j&1 == 0 && a[j:j+2] == b[i:i+2] {
				used |= 1 << j
				common++
				break
			}
		}
	}
	return float64(2*common) / float64(len(a)+len(b)-2)
}
