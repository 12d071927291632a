package exchange

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
)

// A Spelling is one way in which a list writes what somebody achieved.
type Spelling struct {
	Text   string // as it stands in the list first
	Key    string // its words in small plain letters: the same for every way that differs in nothing else
	Count  int    // lines
	Scheme certificates.SchemeKey
	How    SpellingHow
}

// A SpellingHow says why a spelling means what it means.
type SpellingHow string

const (
	SpellingUnknown SpellingHow = ""        // no scheme comes near
	SpellingGuessed SpellingHow = "guessed" // a scheme comes near: somebody must look
	SpellingCertain SpellingHow = "certain" // it is the key or the title of one scheme
	SpellingLearned SpellingHow = "learned" // somebody chose it for an earlier list
	SpellingChosen  SpellingHow = "chosen"  // somebody chose it for this list
	SpellingLeftOut SpellingHow = "left-out"
)

// Sure reports whether nobody need look at it.
func (s Spelling) Sure() bool { return s.How != SpellingUnknown && s.How != SpellingGuessed }

// spellingKey is what two spellings have in common that differ in capitals, accents and punctuation only.
func spellingKey(text string) string { return strings.Join(tokens(text), " ") }

// MostSpellings is how many different spellings a list may have: more are no names of schemes, and would take long to guess.
const MostSpellings = 1000

var tooManySpellings = fault.Field{Path: "scheme", Dutch: "In de kolom die zegt wat iemand haalde, staan meer dan 1000 verschillende dingen. Kies een andere kolom, of deel de lijst op.", English: "The column that says what somebody achieved holds more than 1000 different things. Choose another column, or split the list."}

// spellings gathers how a list spells schemes, and what each spelling means; false where they are too many.
func (r *listReader) spellings(t Table, s speller, m EvidenceMapping) ([]Spelling, bool) {
	found := make(map[string]*Spelling)
	for _, text := range r.values(t, FieldScheme) {
		key := spellingKey(text)
		if found[key] == nil {
			found[key] = &Spelling{Text: text, Key: key}
		}
		found[key].Count++
	}
	if len(found) > MostSpellings {
		return nil, false
	}
	var all []Spelling
	for _, key := range slices.Sorted(maps.Keys(found)) {
		spelling := found[key]
		spelling.Scheme, spelling.How = s.read(key)
		chosen, did := m.Schemes[key]
		_, exists := r.office.Schemes[chosen]
		switch {
		case did && chosen == "":
			spelling.Scheme, spelling.How = "", SpellingLeftOut
		case did && exists && (chosen != spelling.Scheme || !spelling.Sure()):
			spelling.Scheme, spelling.How = chosen, SpellingChosen
		}
		all = append(all, *spelling)
	}
	return all, true
}

// A speller knows how schemes are spelled.
type speller struct {
	learned map[string]certificates.SchemeKey
	exact   map[string]certificates.SchemeKey // by words without spaces; empty where more than one scheme is spelled so
	schemes []schemeWords
	weight  map[string]float64 // of a word: the fewer schemes have it, the more it tells
}

// schemeWords are the words that tell of a scheme.
type schemeWords struct {
	key   certificates.SchemeKey
	words []string
}

func newSpeller(schemes map[certificates.SchemeKey]certificates.Scheme, learned map[string]certificates.SchemeKey) speller {
	s := speller{learned: make(map[string]certificates.SchemeKey), exact: make(map[string]certificates.SchemeKey), weight: make(map[string]float64)}
	for spelling, key := range learned {
		if _, ok := schemes[key]; ok {
			s.learned[spelling] = key
		}
	}
	often := make(map[string]float64)
	for _, key := range slices.Sorted(maps.Keys(schemes)) {
		title := schemes[key].Title
		short, _, _ := strings.Cut(title, "(")
		for _, text := range []string{string(key), title, short} {
			for _, form := range exactForms(tokens(text)) {
				if other, taken := s.exact[form]; taken && other != key {
					s.exact[form] = ""
				} else {
					s.exact[form] = key
				}
			}
		}
		words := telling(slices.Concat(tokens(string(key)), tokens(title)))
		slices.Sort(words)
		words = slices.Compact(words)
		for _, w := range words {
			often[w]++
		}
		s.schemes = append(s.schemes, schemeWords{key, words})
	}
	for w, n := range often {
		s.weight[w] = math.Log(1 + float64(len(schemes))/n)
	}
	return s
}

// exactForms are the ways to write words that are certainly the same: without spaces, in any order, and without the words
// that every title may have.
func exactForms(words []string) []string {
	if told := telling(slices.Clone(words)); len(told) > 0 {
		words = told
	}
	if len(words) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(words))
	return []string{strings.Join(words, ""), strings.Join(sorted, "")}
}

// telling leaves out the words that every title may have.
func telling(words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(untelling, w) })
}

var untelling = []string{"de", "het", "een", "van", "en", "of", "in", "op", "bij", "met", "voor", "als", "tot", "te", "omtrent", "the", "a", "of", "and", "or", "in", "for", "to"}

// near is how much of what a spelling says a scheme must say too, to be a guess; clear is how much more than any other.
const (
	near  = 0.45
	clear = 0.03
)

// read finds out what a spelling means.
func (s speller) read(spelling string) (certificates.SchemeKey, SpellingHow) {
	if key, ok := s.learned[spelling]; ok {
		return key, SpellingLearned
	}
	words := strings.Fields(spelling)
	for _, form := range exactForms(words) {
		if key := s.exact[form]; key != "" {
			return key, SpellingCertain
		}
	}
	if !strings.ContainsFunc(spelling, unicode.IsLetter) { // a number alone is the name of nothing
		return "", SpellingUnknown
	}
	words = telling(words)
	weights := make([]float64, len(words))
	for i, w := range words {
		weights[i] = s.weightOf(w)
	}
	var best certificates.SchemeKey
	first, second := 0.0, 0.0
	for _, scheme := range s.schemes {
		switch score := s.score(words, weights, scheme); {
		case score > first:
			best, first, second = scheme.key, score, first
		case score > second:
			second = score
		}
	}
	if first < near || first-second < clear {
		return "", SpellingUnknown
	}
	return best, SpellingGuessed
}

// score is the share of what a spelling says that a scheme says too, and a little for the share of the scheme that it says.
func (s speller) score(words []string, weights []float64, scheme schemeWords) float64 {
	said, heard := 0.0, 0.0
	covered := make([]float64, len(scheme.words))
	for i, word := range words {
		match, by := 0.0, 0
		for at, w := range scheme.words {
			if m := resemblance(word, w); m > match {
				match, by = m, at
			}
		}
		said += weights[i]
		heard += weights[i] * match
		covered[by] = max(covered[by], match)
	}
	whole, told := 0.0, 0.0
	for at, w := range scheme.words {
		whole += s.weight[w]
		told += s.weight[w] * covered[at]
	}
	if said == 0 || whole == 0 {
		return 0
	}
	const little = 0.1
	return heard/said + little*told/whole
}

// weightOf is what a word of a spelling tells: as much as the word of a scheme that it is most like, and little where it
// is like none.
func (s speller) weightOf(word string) float64 {
	const little = 0.7
	weight, best := little, 0.5
	for w, of := range s.weight {
		if m := resemblance(word, w); m > best || m == best && of > weight {
			weight, best = of, m
		}
	}
	return weight
}

// resemblance tells how far a word of a spelling may be a word of a title: the same, an abbreviation of it, a part of it,
// or one much like it.
func resemblance(word, whole string) float64 {
	const short, part = 3, 4
	switch {
	case word == whole:
		return 1
	case len(word) >= short && strings.HasPrefix(whole, word):
		return 0.9
	case len(word) >= part && strings.Contains(whole, word), len(whole) >= part && strings.Contains(word, whole):
		return 0.8
	case len(word) >= part && len(whole) >= part:
		if like := likeness(word, whole); like > 0.6 {
			return 0.8 * like
		}
	}
	return 0
}
