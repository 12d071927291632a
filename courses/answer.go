package courses

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bekwaam/courses/fault"
)

// An Answer is what somebody answered to one question. The zero Answer is none. Which field is filled depends on the
// kind of question; Question.Check makes the one canonical form that answers with the same meaning share.
type Answer struct {
	Options []OptionID        // single: one; multiple: the chosen ones, sorted; order: all items in sequence
	Truth   *bool             // truefalse
	Number  string            // numeric: a Decimal
	Text    string            // short: as it was typed
	Pairs   map[string]string // match: left to right; cloze: gap to the place of an option, or to what was typed
}

// MaxText is the longest text that an answer may hold, in characters.
const MaxText = 2000

// Empty reports whether nothing was answered.
func (a Answer) Empty() bool {
	return len(a.Options) == 0 && a.Truth == nil && a.Number == "" && a.Text == "" && len(a.Pairs) == 0
}

// Equal reports whether two canonical answers mean the same.
func (a Answer) Equal(b Answer) bool {
	sameTruth := (a.Truth == nil) == (b.Truth == nil) && (a.Truth == nil || *a.Truth == *b.Truth)
	return sameTruth && a.Number == b.Number && a.Text == b.Text && slices.Equal(a.Options, b.Options) && maps.Equal(a.Pairs, b.Pairs)
}

var (
	wrongKind     = fault.New(fault.Invalid, "Dit antwoord past niet bij het soort vraag.", "This answer does not fit the kind of question.").Because("wrong_kind")
	unknownChoice = fault.New(fault.Invalid, "Deze keuze hoort niet bij de vraag.", "This choice does not belong to the question.").Because("unknown_choice")
	chosenTwice   = fault.New(fault.Invalid, "Kies elke mogelijkheid hoogstens één keer.", "Choose each possibility at most once.").Because("chosen_twice")
	oneOnly       = fault.New(fault.Invalid, "Kies één antwoord.", "Choose one answer.").Because("more_than_one")
	notAllOrdered = fault.New(fault.Invalid, "Geef elk onderdeel een plaats.", "Give every item a place.").Because("not_all_ordered")
	notANumber    = fault.New(fault.Invalid, "Schrijf een getal, zoals 15 of 2,5, zonder punten tussen duizendtallen.", "Write a number, such as 15 or 2.5, without separators between thousands.").Because("not_a_number")
	brokenText    = fault.New(fault.Invalid, "Deze tekst bevat tekens die niet mogen.", "This text has characters that are not allowed.").Because("broken_text")
	longText      = fault.New(fault.Invalid, fmt.Sprintf("Schrijf hoogstens %d tekens.", MaxText), fmt.Sprintf("Write at most %d characters.", MaxText)).Because("too_long")
)

// Check returns the canonical form of an answer in the question's own ids, or a fault.Invalid that says why it is no
// answer to this question. No answer is always allowed, and so is a match or cloze that is filled in part.
func (q Question) Check(a Answer) (Answer, error) {
	filled := 0
	for _, present := range []bool{len(a.Options) > 0, a.Truth != nil, a.Number != "", a.Text != "", len(a.Pairs) > 0} {
		if present {
			filled++
		}
	}
	switch filled {
	case 0:
		return Answer{}, nil
	case 1:
		return q.Body.check(a)
	default:
		return Answer{}, wrongKind
	}
}

func (s Single) check(a Answer) (Answer, error) {
	set, err := choices(a, s.Options)
	if err == nil && len(set) > 1 {
		return Answer{}, oneOnly
	}
	return Answer{Options: set}, err
}

func (m Multiple) check(a Answer) (Answer, error) {
	set, err := choices(a, m.Options)
	return Answer{Options: set}, err
}

// choices returns the chosen options as a sorted set.
func choices(a Answer, options []Option) ([]OptionID, error) {
	if len(a.Options) == 0 {
		return nil, wrongKind
	}
	for _, id := range a.Options {
		if !slices.ContainsFunc(options, func(o Option) bool { return o.ID == id }) {
			return nil, unknownChoice
		}
	}
	set := slices.Compact(slices.Sorted(slices.Values(a.Options)))
	if len(set) < len(a.Options) {
		return nil, chosenTwice
	}
	return set, nil
}

func (TrueFalse) check(a Answer) (Answer, error) {
	if a.Truth == nil {
		return Answer{}, wrongKind
	}
	truth := *a.Truth
	return Answer{Truth: &truth}, nil
}

func (Numeric) check(a Answer) (Answer, error) {
	if a.Number == "" {
		return Answer{}, wrongKind
	}
	if strings.TrimSpace(a.Number) == "" {
		return Answer{}, nil
	}
	number, err := ParseDecimal(a.Number)
	return Answer{Number: string(number)}, err
}

func (Short) check(a Answer) (Answer, error) {
	if a.Text == "" {
		return Answer{}, wrongKind
	}
	text, err := typed(a.Text)
	return Answer{Text: text}, err
}

// typed returns a text as it was typed; a text of nothing but white space is no answer.
func typed(text string) (string, error) {
	switch {
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", brokenText
	case utf8.RuneCountInString(text) > MaxText:
		return "", longText
	case strings.TrimSpace(text) == "":
		return "", nil
	default:
		return text, nil
	}
}

func (m Match) check(a Answer) (Answer, error) {
	return pairs(a, func(left, right string) (string, error) {
		if !hasItem(m.Left, OptionID(left)) || right != "" && !hasItem(m.Right, OptionID(right)) {
			return "", unknownChoice
		}
		return right, nil
	})
}

func (c Cloze) check(a Answer) (Answer, error) {
	return pairs(a, func(id, value string) (string, error) {
		at := slices.IndexFunc(c.Gaps, func(g ClozeGap) bool { return g.ID == GapID(id) })
		if at < 0 {
			return "", unknownChoice
		}
		if gap := c.Gaps[at]; gap.Kind == GapInput {
			return typed(value)
		} else if _, ok := gap.option(value); value != "" && !ok {
			return "", unknownChoice
		}
		return value, nil
	})
}

// pairs checks each pair of an answer and leaves out those without a value.
func pairs(a Answer, check func(key, value string) (string, error)) (Answer, error) {
	if len(a.Pairs) == 0 {
		return Answer{}, wrongKind
	}
	checked := make(map[string]string, len(a.Pairs))
	for key, value := range a.Pairs {
		value, err := check(key, value)
		if err != nil {
			return Answer{}, err
		}
		if value != "" {
			checked[key] = value
		}
	}
	if len(checked) == 0 {
		return Answer{}, nil
	}
	return Answer{Pairs: checked}, nil
}

func (o Order) check(a Answer) (Answer, error) {
	if len(a.Options) == 0 {
		return Answer{}, wrongKind
	}
	seen := make(map[OptionID]bool, len(a.Options))
	for _, id := range a.Options {
		switch {
		case !hasItem(o.Items, id):
			return Answer{}, unknownChoice
		case seen[id]:
			return Answer{}, chosenTwice
		}
		seen[id] = true
	}
	if len(seen) < len(o.Items) {
		return Answer{}, notAllOrdered
	}
	return Answer{Options: slices.Clone(a.Options)}, nil
}

func hasItem(items []Item, id OptionID) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.ID == id })
}

// place names the option of a gap at an index.
func place(index int) string { return strconv.Itoa(index + 1) }

// option finds the option of a gap by its place.
func (g ClozeGap) option(at string) (GapOption, bool) {
	for i, o := range g.Options {
		if place(i) == at {
			return o, true
		}
	}
	return GapOption{}, false
}

// A Decimal is an exact decimal number in its one canonical form: "15", "-0.5". It has at most 18 digits before and 18
// behind the point. The zero Decimal counts as 0.
type Decimal string

var decimalForm = regexp.MustCompile(`^[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][+-]?[0-9]{1,2})?$`)

// ParseDecimal reads a number as people and programs write it: "15", "15.0", "15,00", "1.5e1". A fault.Invalid where it
// is none, or too large or too precise for a Decimal.
func ParseDecimal(text string) (Decimal, error) {
	const digits, longest = 18, 64
	text = strings.TrimSpace(text)
	if len(text) > longest || !decimalForm.MatchString(text) {
		return "", notANumber
	}
	value, ok := new(big.Rat).SetString(strings.Replace(text, ",", ".", 1))
	if !ok {
		return "", notANumber
	}
	canonical := strings.TrimSuffix(strings.TrimRight(value.FloatString(digits), "0"), ".")
	whole, _, _ := strings.Cut(strings.TrimPrefix(canonical, "-"), ".")
	if len(whole) > digits || Decimal(canonical).Rat().Cmp(value) != 0 { // a number with more decimals was rounded
		return "", notANumber
	}
	return Decimal(canonical), nil
}

// Rat is the number as an exact fraction.
func (d Decimal) Rat() *big.Rat {
	value, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return value
}
