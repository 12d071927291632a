package web

import (
	"net/url"
	"slices"
	"strconv"

	"bekwaam/courses"
	"bekwaam/courses/fault"
)

// The fields of the form of a question. Behind a prefix comes the id of a left side, an item or a gap.
const (
	answerField = "antwoord" // single, multiple, truefalse, numeric, short
	pairField   = "paar-"    // match: the right side
	placeField  = "plaats-"  // order: the place, counted from 1
	gapField    = "gat-"     // cloze: the option or the text
	rowField    = "rij"      // order: the items from top to bottom, as the page showed them
)

// What the field of a statement says.
const (
	isTrue  = "waar"
	isFalse = "niet-waar"
)

// incomplete is an answer whose form is not filled in as it should be; its Fields say where.
var incomplete = fault.New(fault.Invalid, "Je antwoord is nog niet compleet.", "Your answer is not complete yet.")

// readAnswer reads the answer to a question from its form, in the opaque ids of the paper. It is a fault.Invalid with the
// fields where it says nothing that could be an answer. Whether an id belongs to the question is for the office to say.
func readAnswer(p courses.Paper, form url.Values) (courses.Answer, error) {
	var a courses.Answer
	switch p.Kind {
	case courses.KindSingle, courses.KindMultiple:
		for _, id := range form[answerField] {
			if id != "" {
				a.Options = append(a.Options, courses.OptionID(id))
			}
		}
	case courses.KindTrueFalse:
		return readTruth(form[answerField])
	case courses.KindNumeric:
		a.Number = form.Get(answerField)
	case courses.KindShort:
		a.Text = form.Get(answerField)
	case courses.KindMatch:
		for _, left := range p.Left {
			a.Pairs = filled(a.Pairs, string(left.ID), form.Get(pairField+string(left.ID)))
		}
	case courses.KindCloze:
		for _, gap := range p.Gaps {
			a.Pairs = filled(a.Pairs, string(gap.ID), form.Get(gapField+string(gap.ID)))
		}
	case courses.KindOrder:
		return readOrder(p, form)
	}
	return a, nil
}

func readTruth(values []string) (courses.Answer, error) {
	values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return value == "" })
	if len(values) == 0 {
		return courses.Answer{}, nil
	}
	truth := values[0] == isTrue
	if len(values) > 1 || !truth && values[0] != isFalse {
		return courses.Answer{}, incomplete.At(answerField, "Kies waar of niet waar.", "Choose true or false.")
	}
	return courses.Answer{Truth: &truth}, nil
}

// filled adds a pair that has a value.
func filled(pairs map[string]string, key, value string) map[string]string {
	if value == "" {
		return pairs
	}
	if pairs == nil {
		pairs = map[string]string{}
	}
	pairs[key] = value
	return pairs
}

// readOrder reads the items in sequence. Without any place there is no answer; with some, every item needs one of its own.
func readOrder(p courses.Paper, form url.Values) (courses.Answer, error) {
	sequence := make([]courses.OptionID, len(p.Items))
	wrong, any := incomplete, false
	for row, item := range shownItems(p, form) {
		field := placeField + string(item.ID)
		value := form.Get(field)
		any = any || value != ""
		place, err := strconv.Atoi(value)
		last, step := strconv.Itoa(len(p.Items)), strconv.Itoa(row+1)
		switch {
		case value == "":
			wrong = wrong.At(field, "Kies een nummer voor stap "+step+".", "Choose a number for step "+step+".")
		case err != nil || place < 1 || place > len(p.Items):
			wrong = wrong.At(field, "Kies voor stap "+step+" een nummer van 1 tot en met "+last+".", "Choose a number from 1 to "+last+" for step "+step+".")
		case sequence[place-1] != "":
			wrong = wrong.At(field, "Nummer "+value+" staat er twee keer. Geef elke stap een eigen nummer.", "Number "+value+" is there twice. Give each step its own number.")
		default:
			sequence[place-1] = item.ID
		}
	}
	switch {
	case !any:
		return courses.Answer{}, nil
	case len(wrong.Fields) > 0:
		return courses.Answer{}, wrong
	}
	return courses.Answer{Options: sequence}, nil
}

// shownItems are the items of an ordering from top to bottom, as the form showed them; as on the paper where it does not say.
func shownItems(p courses.Paper, form url.Values) []courses.Choice {
	var shown []courses.Choice
	for _, id := range form[rowField] {
		at := slices.IndexFunc(p.Items, func(c courses.Choice) bool { return string(c.ID) == id })
		if at < 0 || slices.Contains(shown, p.Items[at]) {
			return p.Items
		}
		shown = append(shown, p.Items[at])
	}
	if len(shown) < len(p.Items) {
		return p.Items
	}
	return shown
}

// moveItem puts an item of an ordering one place up (by -1) or down (by 1). Items without a place of their own get one that
// is free, in the order in which they were shown; so the answer is complete from the first move. At either end it stays; ok is
// false where there is no such item.
func moveItem(p courses.Paper, form url.Values, item courses.OptionID, by int) (a courses.Answer, ok bool) {
	sequence := make([]courses.OptionID, len(p.Items))
	var rest []courses.OptionID
	for _, shown := range shownItems(p, form) {
		place, err := strconv.Atoi(form.Get(placeField + string(shown.ID)))
		if err == nil && place >= 1 && place <= len(sequence) && sequence[place-1] == "" {
			sequence[place-1] = shown.ID
		} else {
			rest = append(rest, shown.ID)
		}
	}
	for i, id := range sequence {
		if id == "" {
			sequence[i], rest = rest[0], rest[1:]
		}
	}
	from := slices.Index(sequence, item)
	if from < 0 {
		return courses.Answer{}, false
	}
	to := min(max(from+by, 0), len(sequence)-1)
	sequence[from], sequence[to] = sequence[to], sequence[from]
	return courses.Answer{Options: sequence}, true
}

// fillIn writes an answer as the form of its question would send it: readAnswer reads the same answer back.
func fillIn(p courses.Paper, a courses.Answer) url.Values {
	form := url.Values{}
	switch p.Kind {
	case courses.KindSingle, courses.KindMultiple:
		for _, id := range a.Options {
			form.Add(answerField, string(id))
		}
	case courses.KindTrueFalse:
		if a.Truth != nil {
			form.Set(answerField, map[bool]string{true: isTrue, false: isFalse}[*a.Truth])
		}
	case courses.KindNumeric:
		form.Set(answerField, a.Number)
	case courses.KindShort:
		form.Set(answerField, a.Text)
	case courses.KindMatch:
		for left, right := range a.Pairs {
			form.Set(pairField+left, right)
		}
	case courses.KindCloze:
		for gap, value := range a.Pairs {
			form.Set(gapField+gap, value)
		}
	case courses.KindOrder:
		for i, id := range a.Options {
			form.Set(placeField+string(id), strconv.Itoa(i+1))
			form.Add(rowField, string(id))
		}
	}
	return form
}
