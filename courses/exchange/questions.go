package exchange

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"bekwaam/courses"
)

var dash = regexp.MustCompile(`^( *)-( |$)`)

// pieces cuts the block of questions into questions, each of which begins with a dash at the place of the first one.
func (m *mistakes) pieces(b block) []block {
	var pieces []block
	indent, stray := "", false
	for i, line := range b.lines {
		text := strings.TrimSpace(line)
		found := dash.FindStringSubmatch(line)
		switch {
		case found != nil && (len(pieces) == 0 || found[1] == indent):
			indent, stray = found[1], false
			pieces = append(pieces, block{b.first + i, []string{line}})
		case text == "" || strings.HasPrefix(text, "#") || len(pieces) > 0 && strings.HasPrefix(line, indent+" "):
			if len(pieces) > 0 && !stray {
				last := &pieces[len(pieces)-1]
				last.lines = append(last.lines, line)
			}
		case !stray:
			m.wrong(b.first+i, notAQuestion)
			stray = true
		}
	}
	return pieces
}

// questions reads the block of questions. It gives up where it has found more mistakes than it will report.
func (m *mistakes) questions(b block, goals []courses.Goal) []courses.Question {
	pieces := m.pieces(b)
	if len(pieces) == 0 && b.first > 0 {
		m.wrong(b.first, noQuestions)
	}
	var questions []courses.Question
	taken := map[string]int{}
	for _, piece := range pieces {
		if len(m.found) > mostMistakes {
			break
		}
		questions = append(questions, m.question(piece, goals, taken))
	}
	return questions
}

var (
	questionFields = []string{"id", "type", "goal", "difficulty", "points", "prompt"}
	bodyFields     = map[courses.Kind][]string{
		courses.KindSingle:    {"options"},
		courses.KindMultiple:  {"options", "scoring"},
		courses.KindTrueFalse: {"answer", "feedback_correct", "feedback_wrong"},
		courses.KindNumeric:   {"answer", "tolerance", "unit", "common_errors", "feedback_correct", "feedback_wrong"},
		courses.KindShort:     {"accept", "normalise", "common_errors", "feedback_correct", "feedback_wrong"},
		courses.KindMatch:     {"left", "right", "pairs", "feedback_pair"},
		courses.KindOrder:     {"items", "scoring"},
		courses.KindCloze:     {"text", "gaps"},
	}
)

func (m *mistakes) question(b block, goals []courses.Goal, taken map[string]int) (q courses.Question) {
	node, ok := m.parse(b)
	if !ok {
		return q
	}
	sequence, ok := node.(*ast.SequenceNode)
	if !ok || len(sequence.Values) != 1 {
		m.wrong(b.first, notAQuestion)
		return q
	}
	r, ok := m.record(field{line: b.first, value: sequence.Values[0]})
	if !ok {
		return q
	}
	r.require(questionFields...)
	q.ID = courses.QuestionID(m.newID(r.fields["id"], taken))
	q.Goal = courses.GoalID(m.oneLine(r.fields["goal"]))
	if f := r.fields["goal"]; q.Goal != "" && len(goals) > 0 && !hasGoal(goals, q.Goal) {
		m.wrong(f.line, unknownGoal)
	}
	q.Difficulty = m.whole(r.fields["difficulty"], 1, 3)
	q.Points = m.whole(r.fields["points"], 1, courses.MaxPoints)
	q.Prompt = m.markdown(r.fields["prompt"])
	q.Practice = m.truth(r.fields["practice"])
	kind := choice(m, r.fields["type"], courses.KindSingle, courses.KindMultiple, courses.KindTrueFalse, courses.KindNumeric,
		courses.KindShort, courses.KindMatch, courses.KindOrder, courses.KindCloze)
	if kind != "" {
		r.only(slices.Concat(questionFields, []string{"practice"}, bodyFields[kind])...)
		q.Body = r.body(kind)
	}
	return q
}

func (r record) body(kind courses.Kind) courses.Body {
	switch kind {
	case courses.KindSingle:
		return courses.Single{Options: r.options(oneCorrect)}
	case courses.KindMultiple:
		return courses.Multiple{Options: r.options(someCorrect), Scoring: r.scoring()}
	case courses.KindTrueFalse:
		r.require("answer", "feedback_wrong")
		return courses.TrueFalse{
			Answer:          r.truth(r.fields["answer"]),
			FeedbackCorrect: r.markdown(r.fields["feedback_correct"]), FeedbackWrong: r.markdown(r.fields["feedback_wrong"]),
		}
	case courses.KindNumeric:
		return r.numeric()
	case courses.KindShort:
		return r.short()
	case courses.KindMatch:
		return r.match()
	case courses.KindOrder:
		r.require("items")
		return courses.Order{Items: r.items("items", "feedback"), Scoring: r.scoring()}
	default:
		return r.cloze()
	}
}

func (r record) scoring() courses.Scoring {
	return choice(r.mistakes, r.fields["scoring"], courses.ScorePartial, courses.ScoreAll)
}

// options reads options with ids, and sees to it that the right number of them is correct.
func (r record) options(correct sentence) []courses.Option {
	r.require("options")
	var options []courses.Option
	taken := map[string]int{}
	for _, o := range r.records(r.fields["options"], 2) {
		o.only("id", "text", "correct", "feedback")
		o.require("id", "text")
		option := o.gapOption()
		options = append(options, courses.Option{
			ID: courses.OptionID(r.newID(o.fields["id"], taken)), Text: option.Text, Correct: option.Correct, Feedback: option.Feedback,
		})
	}
	right := 0
	for _, o := range options {
		if o.Correct {
			right++
		}
	}
	r.rightOptions(right, len(options), correct)
	return options
}

// rightOptions refuses options of which a wrong number is correct.
func (r record) rightOptions(right, options int, correct sentence) {
	if options > 0 && (right == 0 || right > 1 && correct == oneCorrect) {
		r.wrong(r.fields["options"].line, correct)
	}
}

// gapOption reads what all options have in common; one that is not correct needs feedback.
func (r record) gapOption() courses.GapOption {
	o := courses.GapOption{
		Text: r.markdown(r.fields["text"]), Correct: r.truth(r.fields["correct"]), Feedback: r.markdown(r.fields["feedback"]),
	}
	if !o.Correct {
		r.require("feedback")
	}
	return o
}

func (r record) numeric() courses.Numeric {
	r.require("answer", "feedback_wrong")
	n := courses.Numeric{
		Answer: r.decimal(r.fields["answer"]), Tolerance: r.decimal(r.fields["tolerance"]), Unit: r.oneLine(r.fields["unit"]),
		FeedbackCorrect: r.markdown(r.fields["feedback_correct"]), FeedbackWrong: r.markdown(r.fields["feedback_wrong"]),
	}
	if n.Tolerance.Rat().Sign() < 0 {
		r.wrong(r.fields["tolerance"].line, negative, "tolerance")
	}
	for _, e := range r.records(r.fields["common_errors"], 0) {
		e.only("value", "feedback")
		e.require("value", "feedback")
		n.CommonErrors = append(n.CommonErrors, courses.NumericError{Value: r.decimal(e.fields["value"]), Feedback: r.markdown(e.fields["feedback"])})
	}
	return n
}

func (r record) short() courses.Short {
	r.require("accept", "feedback_wrong")
	s := courses.Short{
		Normalise:       r.steps(),
		FeedbackCorrect: r.markdown(r.fields["feedback_correct"]), FeedbackWrong: r.markdown(r.fields["feedback_wrong"]),
	}
	s.Accept = r.accept(s.Normalise)
	for _, e := range r.records(r.fields["common_errors"], 0) {
		e.only("match", "feedback")
		e.require("match", "feedback")
		s.CommonErrors = append(s.CommonErrors, courses.ShortError{Match: r.oneLine(e.fields["match"]), Feedback: r.markdown(e.fields["feedback"])})
	}
	return s
}

func (r record) steps() []courses.Step {
	return collect(r.list(r.fields["normalise"]), func(f field) courses.Step {
		return choice(r.mistakes, f, courses.Trim, courses.Lower, courses.StripPunctuation, courses.StripSpaces)
	})
}

// accept reads the answers that are right. Somebody must be able to give each of them.
func (r record) accept(steps []courses.Step) []string {
	return collect(r.list(r.fields["accept"]), func(f field) string {
		text, ok := r.words(f)
		switch {
		case !ok:
		case strings.Contains(text, "\n"):
			r.wrong(f.line, notOneLine, f.name)
		case strings.TrimSpace(text) == "" || courses.Normalise(text, steps) == "":
			r.wrong(f.line, emptyAccept, f.name)
		case utf8.RuneCountInString(text) > courses.MaxText:
			r.wrong(f.line, tooLong, f.name, courses.MaxText)
		}
		return text
	})
}

func (r record) match() courses.Match {
	r.require("left", "right", "pairs")
	m := courses.Match{Left: r.items("left"), Right: r.items("right"), Pairs: map[courses.OptionID]courses.OptionID{}}
	for _, f := range r.byLeft("pairs", m.Left) {
		right := courses.OptionID(r.oneLine(f))
		if len(m.Right) > 0 && !hasItem(m.Right, right) {
			r.wrong(f.line, unknownRight)
		}
		m.Pairs[courses.OptionID(f.name)] = right
	}
	if f := r.fields["pairs"]; f.value != nil && slices.ContainsFunc(m.Left, func(i courses.Item) bool { return m.Pairs[i.ID] == "" }) {
		r.wrong(f.line, unpaired)
	}
	for _, f := range r.byLeft("feedback_pair", m.Left) {
		if m.Feedback == nil {
			m.Feedback = map[courses.OptionID]courses.Markdown{}
		}
		m.Feedback[courses.OptionID(f.name)] = r.markdown(f)
	}
	return m
}

// byLeft reads a record whose names are ids of left sides, leaving out what is not filled in.
func (r record) byLeft(name string, left []courses.Item) []field {
	f := r.fields[name]
	if f.value == nil {
		return nil
	}
	pairs, _ := r.record(f)
	var fields []field
	for _, pair := range pairs.all {
		if len(left) > 0 && !hasItem(left, courses.OptionID(pair.name)) {
			r.wrong(pair.line, unknownLeft, name)
		} else if !pair.empty() {
			fields = append(fields, pair)
		}
	}
	return fields
}

// items reads a list of items, which may have more fields than an id and a text.
func (r record) items(name string, more ...string) []courses.Item {
	var items []courses.Item
	taken := map[string]int{}
	for _, i := range r.records(r.fields[name], 2) {
		i.only(append([]string{"id", "text"}, more...)...)
		i.require("id", "text")
		items = append(items, courses.Item{
			ID: courses.OptionID(r.newID(i.fields["id"], taken)), Text: r.markdown(i.fields["text"]), Feedback: r.markdown(i.fields["feedback"]),
		})
	}
	return items
}

func hasItem(items []courses.Item, id courses.OptionID) bool {
	return slices.ContainsFunc(items, func(i courses.Item) bool { return i.ID == id })
}

func (r record) cloze() courses.Cloze {
	r.require("text", "gaps")
	c := courses.Cloze{Text: r.markdown(r.fields["text"])}
	shown := map[courses.GapID]int{}
	for _, id := range c.Shown() {
		shown[id]++
	}
	taken := map[string]int{}
	for _, g := range r.records(r.fields["gaps"], 1) {
		gap := g.gap()
		gap.ID = courses.GapID(r.newID(g.fields["id"], taken))
		if gap.ID != "" && c.Text != "" && shown[gap.ID] != 1 {
			r.wrong(g.line, gapNotInText)
		}
		delete(shown, gap.ID)
		c.Gaps = append(c.Gaps, gap)
	}
	if len(shown) > 0 && len(c.Gaps) > 0 {
		r.wrong(r.fields["text"].line, gapNotInGaps)
	}
	return c
}

func (r record) gap() courses.ClozeGap {
	r.require("id", "kind")
	gap := courses.ClozeGap{Kind: choice(r.mistakes, r.fields["kind"], courses.GapSelect, courses.GapInput)}
	switch gap.Kind {
	case courses.GapSelect:
		r.only("id", "kind", "options")
		r.require("options")
		right := 0
		for _, o := range r.records(r.fields["options"], 2) {
			o.only("text", "correct", "feedback")
			o.require("text")
			option := o.gapOption()
			if option.Correct {
				right++
			}
			gap.Options = append(gap.Options, option)
		}
		r.rightOptions(right, len(gap.Options), oneCorrect)
	case courses.GapInput:
		r.only("id", "kind", "accept", "normalise", "feedback_wrong")
		r.require("accept", "feedback_wrong")
		gap.Normalise = r.steps()
		gap.Accept = r.accept(gap.Normalise)
		gap.FeedbackWrong = r.markdown(r.fields["feedback_wrong"])
	}
	return gap
}
