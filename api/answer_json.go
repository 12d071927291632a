package api

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/fault"
)

// A givenAnswer is an answer in JSON. What it may be depends on the kind of question; null, "" and [] are no answer.
type givenAnswer struct{ json.RawMessage }

// Schema describes an answer.
func (givenAnswer) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Description: `By kind of question: single "id" · multiple ["id", …] · truefalse true · numeric 15 · short "LAA" · match {"left id": "right id"} · order ["id", …] · cloze {"g1": "option id" or "text"}. null, "" and [] clear it.`,
		Examples:    []any{"k7w2m9p4x3q8z5t6"},
	}
}

var notThisKind = fault.New(fault.Invalid, "Dit antwoord past niet bij het soort vraag.", "This answer does not fit the kind of question.").Because("wrong_kind")

// read makes the answer to a kind of question of what was sent; fault.Invalid where it is of another kind. Whether it
// fits this very question is for the question to say.
func (g givenAnswer) read(kind courses.Kind) (a courses.Answer, err error) {
	switch string(g.RawMessage) {
	case "", "null", `""`, "[]", "{}":
		return courses.Answer{}, nil
	}
	switch kind {
	case courses.KindSingle:
		a.Options = make([]courses.OptionID, 1)
		err = readText(g.RawMessage, &a.Options[0])
	case courses.KindMultiple, courses.KindOrder:
		err = readTexts(g.RawMessage, &a.Options)
	case courses.KindTrueFalse:
		err = json.Unmarshal(g.RawMessage, &a.Truth)
	case courses.KindNumeric:
		var number json.Number
		if g.RawMessage[0] == '"' {
			return courses.Answer{}, notThisKind
		}
		err = json.Unmarshal(g.RawMessage, &number)
		a.Number = number.String()
	case courses.KindShort:
		err = readText(g.RawMessage, &a.Text)
	case courses.KindMatch, courses.KindCloze:
		err = readPairs(g.RawMessage, &a.Pairs)
	default:
		err = notThisKind
	}
	if err != nil {
		return courses.Answer{}, notThisKind.From(err)
	}
	return a, nil
}

// readText reads a string; null within an answer is none.
func readText[T ~string](from json.RawMessage, text *T) error {
	var read *T
	if err := json.Unmarshal(from, &read); err != nil {
		return err
	}
	if read == nil {
		return notThisKind
	}
	*text = *read
	return nil
}

// readTexts reads a list of strings.
func readTexts[T ~string](from json.RawMessage, texts *[]T) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(from, &parts); err != nil {
		return err
	}
	*texts = make([]T, len(parts))
	for i, part := range parts {
		if err := readText(part, &(*texts)[i]); err != nil {
			return err
		}
	}
	return nil
}

// readPairs reads an object of strings; null and "" leave a pair open.
func readPairs(from json.RawMessage, pairs *map[string]string) error {
	var parts map[string]*string
	if err := json.Unmarshal(from, &parts); err != nil {
		return err
	}
	*pairs = make(map[string]string, len(parts))
	for key, value := range parts {
		if value != nil {
			(*pairs)[key] = *value
		} else {
			(*pairs)[key] = ""
		}
	}
	return nil
}

// answerTo writes an answer to a kind of question; no answer is null.
func answerTo(kind courses.Kind, a courses.Answer) givenAnswer {
	var value any
	switch {
	case a.Empty():
	case kind == courses.KindSingle && len(a.Options) == 1:
		value = a.Options[0]
	case len(a.Options) > 0:
		value = a.Options
	case a.Truth != nil:
		value = *a.Truth
	case a.Number != "":
		value = json.Number(a.Number)
	case a.Text != "":
		value = a.Text
	default:
		value = a.Pairs
	}
	written, err := json.Marshal(value)
	if err != nil { // impossible: strings, booleans and canonical numbers
		return givenAnswer{json.RawMessage("null")}
	}
	return givenAnswer{written}
}
