package web

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"bekwaam/courses"
)

// plain is a text of an author without its markup, for places where HTML cannot stand: an option of a select, the name
// of a button.
func plain(text courses.Markdown) (string, error) {
	safe, err := inline(text)
	if err != nil {
		return "", err
	}
	var words strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(string(safe)))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		switch kind {
		case html.TextToken:
			words.Write(tokens.Text())
		case html.SelfClosingTagToken, html.StartTagToken:
			words.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(words.String()), " "), nil
}

// moved says at which place an item of an ordering stands now, by the item's own words; empty where it has no place.
func (l language) moved(f questionForm, item courses.OptionID) string {
	at := slices.IndexFunc(f.Paper.Items, func(c courses.Choice) bool { return c.ID == item })
	place := f.Value(placeField + string(item))
	if at < 0 || place == "" {
		return ""
	}
	text, err := plain(f.Paper.Items[at].Text)
	if err != nil {
		return ""
	}
	return l.say("“%s” staat nu op plaats %s.", "“%s” is now at place %s.", short(text), place)
}

// short is the beginning of a text, with an ellipsis where that is not all of it.
func short(text string) string {
	const most = 40 // characters
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	begin := string([]rune(text)[:most])
	if at := strings.LastIndex(begin, " "); at > 0 {
		begin = begin[:at]
	}
	return strings.TrimRight(begin, ",.;: ") + "…"
}

// A told is an answer in words.
type told struct {
	Lines   []string // one for each part; none where nothing was answered
	Ordered bool     // the order of the lines is the answer
}

// inWords tells an answer to the question of a paper.
func (l language) inWords(p courses.Paper, a courses.Answer) told {
	text := func(from []courses.Choice, id string) string {
		at := slices.IndexFunc(from, func(c courses.Choice) bool { return string(c.ID) == id })
		if at < 0 {
			return id
		}
		words, err := plain(from[at].Text)
		if err != nil {
			return string(from[at].Text)
		}
		return words
	}
	var lines []string
	switch p.Kind {
	case courses.KindSingle, courses.KindMultiple, courses.KindOrder:
		for _, id := range a.Options {
			lines = append(lines, text(slices.Concat(p.Options, p.Items), string(id)))
		}
	case courses.KindTrueFalse:
		if a.Truth != nil {
			lines = append(lines, l.truth(*a.Truth))
		}
	case courses.KindNumeric:
		if a.Number != "" {
			lines = append(lines, strings.TrimSpace(l.decimal(a.Number)+" "+p.Unit))
		}
	case courses.KindShort:
		if a.Text != "" {
			lines = append(lines, a.Text)
		}
	case courses.KindMatch:
		for _, left := range p.Left {
			if right := a.Pairs[string(left.ID)]; right != "" {
				lines = append(lines, text(p.Left, string(left.ID))+" → "+text(p.Right, right))
			}
		}
	case courses.KindCloze:
		for i, gap := range p.Gaps {
			if value := a.Pairs[string(gap.ID)]; value != "" {
				lines = append(lines, l.say("Gat %d: %s", "Gap %d: %s", i+1, text(gap.Options, value)))
			}
		}
	}
	return told{lines, p.Kind == courses.KindOrder}
}

func (l language) truth(t bool) string {
	if t {
		return l.say("Waar", "True")
	}
	return l.say("Niet waar", "Not true")
}

// decimal writes a number with the comma of Dutch.
func (l language) decimal(number string) string {
	if l == dutch {
		return strings.Replace(number, ".", ",", 1)
	}
	return number
}

// points writes points as people do: "9", "8,33", rounded half up to two decimals as everywhere.
func (l language) points(exact *big.Rat) string {
	if exact.IsInt() {
		return exact.Num().String()
	}
	return l.decimal(strings.TrimSuffix(exact.FloatString(2), "0"))
}

// pointsOf writes "1 van de 2 punten".
func (l language) pointsOf(earned *big.Rat, all int) string {
	return l.points(earned) + l.say(" van de ", " of the ") + l.count(all, "punt", "punten", "point", "points")
}

// full reports whether all points were earned.
func full(earned *big.Rat, all int) bool { return earned.Cmp(big.NewRat(int64(all), 1)) == 0 }

// pointsNeeded writes how many points pass a quiz: "8 van de 10".
func (l language) pointsNeeded(passMark, maximum int) string {
	return l.say("%s van de %d", "%s of the %d", l.points(big.NewRat(int64(passMark*maximum), 100)), maximum)
}

// maximum is how many points can be earned.
func maximum(papers []courses.Paper) int {
	sum := 0
	for _, p := range papers {
		sum += p.Points
	}
	return sum
}

// list writes "1", "1 en 2", "1, 2 en 3".
func (l language) list(numbers []int) string {
	var b strings.Builder
	for i, n := range numbers {
		switch {
		case i > 0 && i == len(numbers)-1:
			b.WriteString(l.say(" en ", " and "))
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}
