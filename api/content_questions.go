package api

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
)

// A contentQuestion is one question with its key and its feedback, as authors write it. Which fields it has depends on
// its type.
type contentQuestion struct {
	ID         courses.QuestionID `json:"id" example:"BRP-01"`
	Type       courses.Kind       `json:"type" enum:"single,multiple,truefalse,numeric,short,match,order,cloze"`
	Goal       courses.GoalID     `json:"goal" example:"LD1"`
	Difficulty int                `json:"difficulty" minimum:"1" maximum:"3" example:"1"`
	Points     int                `json:"points" minimum:"1" maximum:"100" example:"1"`
	Prompt     courses.Markdown   `json:"prompt" example:"Binnen hoeveel dagen geef je een adreswijziging door?"`
	Practice   bool               `json:"practice,omitempty" doc:"Offers it for practice where the quiz offers marked questions."`

	Options         []contentOption                       `json:"options,omitempty" doc:"Of single and multiple."`
	Scoring         courses.Scoring                       `json:"scoring,omitempty" enum:"all,partial" doc:"Of multiple and order."`
	Answer          contentKey                            `json:"answer,omitzero" doc:"Of truefalse: true or false. Of numeric: a number."`
	Tolerance       decimal                               `json:"tolerance,omitempty" example:"0.5" doc:"Of numeric."`
	Unit            string                                `json:"unit,omitempty" example:"dagen" doc:"Of numeric."`
	CommonErrors    []contentError                        `json:"commonErrors,omitempty" doc:"Of numeric and short."`
	FeedbackCorrect courses.Markdown                      `json:"feedbackCorrect,omitempty" doc:"Of truefalse, numeric and short."`
	FeedbackWrong   courses.Markdown                      `json:"feedbackWrong,omitempty" doc:"Of truefalse, numeric and short."`
	Accept          []string                              `json:"accept,omitempty" example:"[\"LAA\"]" doc:"Of short."`
	Normalise       []courses.Step                        `json:"normalise,omitempty" enum:"trim,lower,strip_punctuation,strip_spaces" doc:"Of short."`
	Left            []contentItem                         `json:"left,omitempty" doc:"Of match."`
	Right           []contentItem                         `json:"right,omitempty" doc:"Of match."`
	Pairs           map[courses.OptionID]courses.OptionID `json:"pairs,omitempty" doc:"Of match: left to right."`
	FeedbackPair    map[courses.OptionID]courses.Markdown `json:"feedbackPair,omitempty" doc:"Of match, by left side."`
	Items           []contentItem                         `json:"items,omitempty" doc:"Of order, in the right order."`
	Text            courses.Markdown                      `json:"text,omitempty" doc:"Of cloze; shows a gap as {{g1}}."`
	Gaps            []contentGap                          `json:"gaps,omitempty" doc:"Of cloze."`
}

// fieldsOf are the fields that each type of question has beside those of every question.
var fieldsOf = map[courses.Kind][]string{
	courses.KindSingle:    {"options"},
	courses.KindMultiple:  {"options", "scoring"},
	courses.KindTrueFalse: {"answer", "feedbackCorrect", "feedbackWrong"},
	courses.KindNumeric:   {"answer", "tolerance", "unit", "commonErrors", "feedbackCorrect", "feedbackWrong"},
	courses.KindShort:     {"accept", "normalise", "commonErrors", "feedbackCorrect", "feedbackWrong"},
	courses.KindMatch:     {"left", "right", "pairs", "feedbackPair"},
	courses.KindOrder:     {"items", "scoring"},
	courses.KindCloze:     {"text", "gaps"},
}

// belongs reports whether a question of a type has a field.
func belongs(kind courses.Kind, field string) bool {
	return slices.Contains([]string{"id", "type", "goal", "difficulty", "points", "prompt", "practice"}, field) || slices.Contains(fieldsOf[kind], field)
}

type contentOption struct {
	ID       courses.OptionID `json:"id" example:"a"`
	Text     courses.Markdown `json:"text" example:"5 dagen"`
	Correct  bool             `json:"correct,omitempty"`
	Feedback courses.Markdown `json:"feedback,omitempty" doc:"A wrong option needs it."`
}

type contentItem struct {
	ID       courses.OptionID `json:"id" example:"a"`
	Text     courses.Markdown `json:"text" example:"Je vraagt om het document."`
	Feedback courses.Markdown `json:"feedback,omitempty" doc:"Of an item to put in order."`
}

type contentError struct {
	Value    decimal          `json:"value,omitempty" example:"28" doc:"Of numeric."`
	Match    string           `json:"match,omitempty" example:"LAO" doc:"Of short."`
	Feedback courses.Markdown `json:"feedback" example:"Dat is de termijn voor iets anders."`
}

type contentGap struct {
	ID            courses.GapID      `json:"id" example:"g1"`
	Kind          courses.GapKind    `json:"kind" enum:"select,input"`
	Options       []contentGapOption `json:"options,omitempty" doc:"Of select."`
	Accept        []string           `json:"accept,omitempty" example:"[\"vijf\"]" doc:"Of input."`
	Normalise     []courses.Step     `json:"normalise,omitempty" enum:"trim,lower,strip_punctuation,strip_spaces" doc:"Of input."`
	FeedbackWrong courses.Markdown   `json:"feedbackWrong,omitempty" doc:"Of input."`
}

type contentGapOption struct {
	Text     courses.Markdown `json:"text" example:"vijf"`
	Correct  bool             `json:"correct,omitempty"`
	Feedback courses.Markdown `json:"feedback,omitempty"`
}

// A decimal is an exact number in JSON.
type decimal courses.Decimal

// Schema describes a decimal.
func (decimal) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// MarshalJSON writes the number; the zero decimal counts as 0.
func (d decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		d = "0"
	}
	return []byte(d), nil
}

// UnmarshalJSON reads a number.
func (d *decimal) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	read, err := courses.ParseDecimal(string(text))
	*d = decimal(read)
	return err
}

// A contentKey is the right answer of a question with one: true, false or a number.
type contentKey struct{ json.RawMessage }

// Schema describes a right answer.
func (contentKey) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{{Type: huma.TypeBoolean}, {Type: huma.TypeNumber}}}
}

// IsZero reports whether there is none.
func (k contentKey) IsZero() bool { return len(k.RawMessage) == 0 || string(k.RawMessage) == "null" }

// question is the question that the content says, which stands at an index.
func (in contentQuestion) question(index int) (courses.Question, error) {
	q := courses.Question{ID: in.ID, Goal: in.Goal, Difficulty: in.Difficulty, Points: in.Points, Prompt: in.Prompt, Practice: in.Practice}
	switch in.Type {
	case courses.KindSingle:
		q.Body = courses.Single{Options: in.options()}
	case courses.KindMultiple:
		q.Body = courses.Multiple{Options: in.options(), Scoring: in.Scoring}
	case courses.KindTrueFalse:
		var truth bool
		if in.Answer.IsZero() || json.Unmarshal(in.Answer.RawMessage, &truth) != nil {
			return q, invalid(fmt.Sprintf("body.questions[%d].answer", index), "schrijf true of false", "write true or false")
		}
		q.Body = courses.TrueFalse{Answer: truth, FeedbackCorrect: in.FeedbackCorrect, FeedbackWrong: in.FeedbackWrong}
	case courses.KindNumeric:
		var number decimal
		if in.Answer.IsZero() || json.Unmarshal(in.Answer.RawMessage, &number) != nil {
			return q, invalid(fmt.Sprintf("body.questions[%d].answer", index), "schrijf een getal", "write a number")
		}
		body := courses.Numeric{Answer: courses.Decimal(number), Tolerance: courses.Decimal(in.Tolerance), Unit: in.Unit, FeedbackCorrect: in.FeedbackCorrect, FeedbackWrong: in.FeedbackWrong}
		for _, e := range in.CommonErrors {
			body.CommonErrors = append(body.CommonErrors, courses.NumericError{Value: courses.Decimal(e.Value), Feedback: e.Feedback})
		}
		q.Body = body
	case courses.KindShort:
		body := courses.Short{Accept: in.Accept, Normalise: in.Normalise, FeedbackCorrect: in.FeedbackCorrect, FeedbackWrong: in.FeedbackWrong}
		for _, e := range in.CommonErrors {
			body.CommonErrors = append(body.CommonErrors, courses.ShortError{Match: e.Match, Feedback: e.Feedback})
		}
		q.Body = body
	case courses.KindMatch:
		q.Body = courses.Match{Left: itemsIn(in.Left), Right: itemsIn(in.Right), Pairs: in.Pairs, Feedback: in.FeedbackPair}
	case courses.KindOrder:
		q.Body = courses.Order{Items: itemsIn(in.Items), Scoring: in.Scoring}
	case courses.KindCloze:
		q.Body = courses.Cloze{Text: in.Text, Gaps: in.gaps()}
	}
	return q, nil
}

func (in contentQuestion) options() []courses.Option {
	var options []courses.Option
	for _, o := range in.Options {
		options = append(options, courses.Option(o))
	}
	return options
}

func (in contentQuestion) gaps() []courses.ClozeGap {
	var gaps []courses.ClozeGap
	for _, g := range in.Gaps {
		gap := courses.ClozeGap{ID: g.ID, Kind: g.Kind, Accept: g.Accept, Normalise: g.Normalise, FeedbackWrong: g.FeedbackWrong}
		for _, o := range g.Options {
			gap.Options = append(gap.Options, courses.GapOption(o))
		}
		gaps = append(gaps, gap)
	}
	return gaps
}

func itemsIn(from []contentItem) []courses.Item {
	var items []courses.Item
	for _, i := range from {
		items = append(items, courses.Item(i))
	}
	return items
}

func itemsOut(from []courses.Item) []contentItem {
	var items []contentItem
	for _, i := range from {
		items = append(items, contentItem(i))
	}
	return items
}

func optionsOut(from []courses.Option) []contentOption {
	var options []contentOption
	for _, o := range from {
		options = append(options, contentOption(o))
	}
	return options
}

// contentQuestionOf writes a question.
func contentQuestionOf(q courses.Question) contentQuestion {
	out := contentQuestion{ID: q.ID, Type: q.Kind(), Goal: q.Goal, Difficulty: q.Difficulty, Points: q.Points, Prompt: q.Prompt, Practice: q.Practice}
	switch body := q.Body.(type) {
	case courses.Single:
		out.Options = optionsOut(body.Options)
	case courses.Multiple:
		out.Options, out.Scoring = optionsOut(body.Options), body.Scoring
	case courses.TrueFalse:
		out.Answer = contentKey{json.RawMessage(fmt.Sprint(body.Answer))}
		out.FeedbackCorrect, out.FeedbackWrong = body.FeedbackCorrect, body.FeedbackWrong
	case courses.Numeric:
		out.Answer = contentKey{json.RawMessage(body.Answer)}
		out.Tolerance, out.Unit, out.FeedbackCorrect, out.FeedbackWrong = decimal(body.Tolerance), body.Unit, body.FeedbackCorrect, body.FeedbackWrong
		for _, e := range body.CommonErrors {
			out.CommonErrors = append(out.CommonErrors, contentError{Value: decimal(e.Value), Feedback: e.Feedback})
		}
	case courses.Short:
		out.Accept, out.Normalise, out.FeedbackCorrect, out.FeedbackWrong = body.Accept, body.Normalise, body.FeedbackCorrect, body.FeedbackWrong
		for _, e := range body.CommonErrors {
			out.CommonErrors = append(out.CommonErrors, contentError{Match: e.Match, Feedback: e.Feedback})
		}
	case courses.Match:
		out.Left, out.Right, out.Pairs, out.FeedbackPair = itemsOut(body.Left), itemsOut(body.Right), body.Pairs, body.Feedback
	case courses.Order:
		out.Items, out.Scoring = itemsOut(body.Items), body.Scoring
	case courses.Cloze:
		out.Text = body.Text
		for _, g := range body.Gaps {
			gap := contentGap{ID: g.ID, Kind: g.Kind, Accept: g.Accept, Normalise: g.Normalise, FeedbackWrong: g.FeedbackWrong}
			for _, o := range g.Options {
				gap.Options = append(gap.Options, contentGapOption(o))
			}
			out.Gaps = append(out.Gaps, gap)
		}
	}
	return out
}
