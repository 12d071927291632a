package courses

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"slices"
	"strings"
)

// A Paper is one question as a candidate sees it. It has no place for a key, a weight, feedback or an explanation, so
// that none can leak. The ids of its choices are opaque and belong to one attempt; their order says nothing.
type Paper struct {
	Question QuestionID
	Kind     Kind
	Prompt   Markdown
	Points   int
	Options  []Choice // single, multiple
	Unit     string   // numeric
	Left     []Choice // match
	Right    []Choice // match
	Items    []Choice // order
	Text     Markdown // cloze; shows a gap as {{g1}}
	Gaps     []Gap    // cloze
}

// A Choice is something to choose, to match or to put in order.
type Choice struct {
	ID   OptionID
	Text Markdown
}

// A Gap is a gap in the text of a cloze, under its own id.
type Gap struct {
	ID      GapID
	Kind    GapKind
	Options []Choice // of a gap where one chooses
}

// A Shuffle gives the choices of one attempt their opaque ids and their order, and draws its questions. All of it
// follows from the attempt's secret seed, so nothing else need be stored.
type Shuffle struct {
	seed []byte
}

// NewShuffle makes the shuffle of a seed of at least 16 random bytes, which nobody but us ever sees.
func NewShuffle(seed []byte) Shuffle { return Shuffle{seed} }

// Draw returns the questions of the attempt in the order of the file: all, or as many as the policy draws.
func (s Shuffle) Draw(quiz Quiz) []QuestionID {
	var drawn []QuestionID
	for _, question := range quiz.Questions {
		drawn = append(drawn, question.ID)
	}
	if quiz.Policy.Draw == 0 || quiz.Policy.Draw >= len(drawn) {
		return drawn
	}
	lots := slices.SortedFunc(slices.Values(drawn), func(a, b QuestionID) int {
		return cmp.Compare(s.opaque("draw", string(a)), s.opaque("draw", string(b)))
	})[:quiz.Policy.Draw]
	return slices.DeleteFunc(drawn, func(id QuestionID) bool { return !slices.Contains(lots, id) })
}

// Paper returns what the candidate sees of a question.
func (s Shuffle) Paper(q Question) Paper {
	paper := Paper{Question: q.ID, Kind: q.Kind(), Prompt: q.Prompt, Points: q.Points}
	switch body := q.Body.(type) {
	case Single, Multiple:
		paper.Options = s.choices(q, whole)
	case Numeric:
		paper.Unit = body.Unit
	case Match:
		paper.Left, paper.Right = s.choices(q, leftSide), s.choices(q, rightSide)
	case Order:
		paper.Items = s.choices(q, whole)
	case Cloze:
		paper.Text = body.Text
		for _, gap := range body.Gaps {
			paper.Gaps = append(paper.Gaps, Gap{gap.ID, gap.Kind, s.choices(q, part(gap.ID))})
		}
	}
	return paper
}

// choices returns the choices of one part in the order of their opaque ids, which is no order at all.
func (s Shuffle) choices(q Question, of part) []Choice {
	var choices []Choice
	for _, c := range contents(q) {
		if c.part == of {
			choices = append(choices, Choice{OptionID(s.id(q, c.name)), c.text})
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int { return cmp.Compare(a.ID, b.ID) })
	return choices
}

// Conceal writes a canonical answer in the opaque ids of the attempt.
func (s Shuffle) Conceal(q Question, a Answer) Answer {
	concealed, _ := translate(q, a, func(own name) (string, bool) { return s.id(q, own), true })
	return concealed
}

// Reveal reads an answer in the opaque ids of the attempt: it returns the checked, canonical answer in the question's
// own ids, or a fault.Invalid as Question.Check does. Own ids are not accepted.
func (s Shuffle) Reveal(q Question, a Answer) (Answer, error) {
	own := map[name]string{}
	for _, c := range contents(q) {
		own[name{c.part, s.id(q, c.name)}] = c.id
	}
	revealed, ok := translate(q, a, func(opaque name) (string, bool) {
		id, ok := own[opaque]
		return id, ok
	})
	if !ok {
		return Answer{}, unknownChoice
	}
	return q.Check(revealed)
}

// A part is a set of choices within a question: the whole, a side of a match, or a gap by its id.
type part string

const (
	whole     part = ""
	leftSide  part = "left"
	rightSide part = "right"
)

// A name is the id of a choice within its part.
type name struct {
	part part
	id   string
}

// A content is a choice under its own name.
type content struct {
	name
	text Markdown
}

// contents lists all there is to choose in a question.
func contents(q Question) []content {
	var all []content
	add := func(of part, id string, text Markdown) { all = append(all, content{name{of, id}, text}) }
	options := func(options []Option) {
		for _, o := range options {
			add(whole, string(o.ID), o.Text)
		}
	}
	items := func(of part, items []Item) {
		for _, i := range items {
			add(of, string(i.ID), i.Text)
		}
	}
	switch body := q.Body.(type) {
	case Single:
		options(body.Options)
	case Multiple:
		options(body.Options)
	case Match:
		items(leftSide, body.Left)
		items(rightSide, body.Right)
	case Order:
		items(whole, body.Items)
	case Cloze:
		for _, gap := range body.Gaps {
			for i, o := range gap.Options {
				add(part(gap.ID), place(i), o.Text)
			}
		}
	}
	return all
}

// translate replaces the ids of choices in an answer; false where to does not know one. What does not fit the kind of
// question stays as it is.
func translate(q Question, a Answer, to func(name) (string, bool)) (Answer, bool) {
	ok := true
	id := func(of part, id string) string {
		translated, known := to(name{of, id})
		ok = ok && known
		return translated
	}
	switch body := q.Body.(type) {
	case Single, Multiple, Order:
		options := a.Options
		a.Options = nil
		for _, o := range options {
			a.Options = append(a.Options, OptionID(id(whole, string(o))))
		}
	case Match:
		pairs := a.Pairs
		a.Pairs = make(map[string]string, len(pairs))
		for left, right := range pairs {
			left = id(leftSide, left)
			if right != "" {
				right = id(rightSide, right)
			}
			a.Pairs[left] = right
		}
	case Cloze:
		a.Pairs = maps.Clone(a.Pairs)
		for _, gap := range body.Gaps {
			if value := a.Pairs[string(gap.ID)]; gap.Kind == GapSelect && value != "" {
				a.Pairs[string(gap.ID)] = id(part(gap.ID), value)
			}
		}
	}
	return a, ok
}

// id is the opaque id of a choice.
func (s Shuffle) id(q Question, own name) string {
	return s.opaque("choice", string(q.ID), string(own.part), own.id)
}

// alphabet has no characters that look alike; it is in ascending order, so ids sort as their bytes do.
var alphabet = base32.NewEncoding("23456789abcdefghjklmnpqrstuvwxyz").WithPadding(base32.NoPadding)

// opaque derives 80 bits from the seed and from words that hold no NUL.
func (s Shuffle) opaque(words ...string) string {
	mac := hmac.New(sha256.New, s.seed)
	mac.Write([]byte(strings.Join(words, "\x00")))
	return alphabet.EncodeToString(mac.Sum(nil)[:10])
}
