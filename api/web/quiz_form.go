package web

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"bekwaam/courses"
	"bekwaam/courses/fault"
)

// A questionForm is the part of a page in which one answers a question, as it is filled in.
type questionForm struct {
	language
	Paper    courses.Paper
	Form     url.Values
	Problems problems
	Focus    string // the id of the button that keeps the focus; empty: none
}

// Ask is what the question asks: the last paragraph of its prompt.
func (f questionForm) Ask() courses.Markdown {
	_, ask := paragraphs(f.Paper.Prompt)
	return ask
}

// Situation is what the prompt tells before it asks; it may be empty.
func (f questionForm) Situation() courses.Markdown {
	situation, _ := paragraphs(f.Paper.Prompt)
	return situation
}

// paragraphs divides a prompt into the question itself, its last paragraph, and what stands before it.
func paragraphs(prompt courses.Markdown) (situation, ask courses.Markdown) {
	text := strings.TrimSpace(string(prompt))
	if at := strings.LastIndex(text, "\n\n"); at >= 0 {
		return courses.Markdown(text[:at]), courses.Markdown(strings.TrimSpace(text[at:]))
	}
	return "", courses.Markdown(text)
}

// Is reports whether the question is of a kind.
func (f questionForm) Is(kind courses.Kind) bool { return f.Paper.Kind == kind }

// Chosen reports whether a value of the answer is chosen.
func (f questionForm) Chosen(value string) bool { return slices.Contains(f.Form[answerField], value) }

// Value is what a field holds.
func (f questionForm) Value(field string) string { return f.Form.Get(field) }

// Typed is what a field holds that one types in. A number comes back as the language of the page writes it.
func (f questionForm) Typed() string {
	value := f.Value(answerField)
	if number, err := courses.ParseDecimal(value); err == nil && f.Is(courses.KindNumeric) && string(number) == value {
		return f.decimal(value)
	}
	return value
}

// A row is one item of an ordering, or one left side of a match, with its field.
type row struct {
	ID     courses.OptionID
	Field  string
	Text   courses.Markdown
	Value  string
	Wrong  string
	Places []int // of an ordering
}

// Rows are the items of an ordering from top to bottom, or the left sides of a match.
func (f questionForm) Rows() []row {
	var rows []row
	add := func(prefix string, c courses.Choice, places []int) {
		field := prefix + string(c.ID)
		rows = append(rows, row{c.ID, field, c.Text, f.Form.Get(field), f.Problems.At(field), places})
	}
	var places []int
	for i := range f.Paper.Items {
		places = append(places, i+1)
	}
	for _, item := range shownItems(f.Paper, f.Form) {
		add(placeField, item, places)
	}
	for _, left := range f.Paper.Left {
		add(pairField, left, nil)
	}
	return rows
}

// A piece of a cloze is a stretch of its text, or a gap.
type piece struct {
	HTML   template.HTML
	Gap    *courses.Gap
	Number int    // of the gap in the text, from 1
	Field  string // of the gap
	Value  string
	Wrong  string
}

// Pieces divide the text of a cloze at its gaps. Only what is text is divided: a mark within an attribute stays as it is.
func (f questionForm) Pieces() ([]piece, error) {
	text, err := markdown(f.Paper.Text)
	if err != nil {
		return nil, err
	}
	var pieces []piece
	var before strings.Builder
	flush := func() {
		pieces = append(pieces, piece{HTML: template.HTML(before.String())}) // a part of what markdown made safe
		before.Reset()
	}
	number := 0
	tokens := html.NewTokenizer(strings.NewReader(string(text)))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		raw := string(tokens.Raw())
		for kind == html.TextToken {
			gap, at := firstGap(f.Paper.Gaps, raw)
			if gap == nil {
				break
			}
			before.WriteString(raw[:at])
			raw = raw[at+len(gapMark(*gap)):]
			flush()
			number++
			field := gapField + string(gap.ID)
			pieces = append(pieces, piece{Gap: gap, Number: number, Field: field, Value: f.Form.Get(field), Wrong: f.Problems.At(field)})
		}
		before.WriteString(raw)
	}
	flush()
	return pieces, nil
}

// gapMark is how the text of a cloze shows a gap.
func gapMark(g courses.Gap) string { return "{{" + string(g.ID) + "}}" }

// firstGap finds the gap that a text shows first; nil where it shows none.
func firstGap(gaps []courses.Gap, text string) (first *courses.Gap, at int) {
	for i := range gaps {
		if here := strings.Index(text, gapMark(gaps[i])); here >= 0 && (first == nil || here < at) {
			first, at = &gaps[i], here
		}
	}
	return first, at
}

// answerProblems puts in words what is wrong with an answer; what is not about one field is at the first.
func (l language) answerProblems(p courses.Paper, err error) problems {
	f := fault.Of(err)
	var all problems
	for _, field := range f.Fields {
		all = append(all, problem{field.Path, l.say(field.Dutch, field.English)})
	}
	if len(all) > 0 {
		return all
	}
	first := answerField
	switch {
	case len(p.Items) > 0:
		first = placeField + string(p.Items[0].ID)
	case len(p.Left) > 0:
		first = pairField + string(p.Left[0].ID)
	case len(p.Gaps) > 0:
		first = gapField + string(p.Gaps[0].ID)
	}
	return problems{{first, l.say(f.Dutch, f.English)}}
}
