package courses

import (
	"math/big"
	"regexp"
	"time"
)

// Limits that no quiz meets and that keep a slip of the pen out.
const (
	MaxAttemptsPerCycle = 100
	MaxCoolingOffHours  = 8_760
	MaxPoints           = 100 // of a question
	MaxDraw             = 9_999
)

// A QuestionID names a question within its course, such as BRP-01.
type QuestionID string

// An OptionID names an option, item, left or right side within its question.
type OptionID string

// A GapID names a gap within its cloze; the text shows it as {{g1}}.
type GapID string

// A Quiz (toets) is what a course asks, and by which rules.
type Quiz struct {
	Policy    Policy
	Questions []Question
}

// A Policy says how often and how a quiz may be done.
type Policy struct {
	AttemptsPerCycle int
	CoolingOff       time.Duration // between handing in a failed attempt and starting the next
	TimeLimit        time.Duration // 0: none
	Feedback         FeedbackPolicy
	Practice         PracticePolicy
	Draw             int // how many questions an attempt asks; 0: all
}

// DefaultPolicy holds for a quiz whose course file says nothing else.
func DefaultPolicy() Policy {
	return Policy{AttemptsPerCycle: 3, CoolingOff: 24 * time.Hour, Feedback: FeedbackAfterPassOrLast, Practice: PracticeAll}
}

// A FeedbackPolicy says when somebody who handed in sees the right answers and explanations.
type FeedbackPolicy string

const (
	FeedbackNever           FeedbackPolicy = "never"
	FeedbackAfterPassOrLast FeedbackPolicy = "after_pass_or_last" // after passing, or after the last attempt of the cycle
	FeedbackAfterSubmission FeedbackPolicy = "after_submission"
)

// A PracticePolicy says which questions may be practised with feedback at once, for no grade.
type PracticePolicy string

const (
	PracticeAll    PracticePolicy = "all"
	PracticeMarked PracticePolicy = "marked" // those whose Practice is true
	PracticeNone   PracticePolicy = "none"
)

// A Disclosure is how much of a graded attempt somebody may see. Each one includes those before it.
type Disclosure int

const (
	DiscloseNothing    Disclosure = iota // only the score and whether it is passed
	DiscloseGoals                        // how it went per goal, and which lesson to reread
	DiscloseEverything                   // the right answers and the explanations
)

// FeedbackAllowed says what somebody may see of an attempt after handing it in. passed is about that attempt or a later
// one; last says that it was the last one of the cycle.
func FeedbackAllowed(policy Policy, passed, last bool) Disclosure {
	switch {
	case policy.Feedback == FeedbackAfterSubmission:
		return DiscloseEverything
	case policy.Feedback == FeedbackAfterPassOrLast && (passed || last):
		return DiscloseEverything
	case policy.Feedback == FeedbackAfterPassOrLast:
		return DiscloseGoals
	default:
		return DiscloseNothing
	}
}

// Question finds a question of the quiz.
func (q Quiz) Question(id QuestionID) (Question, bool) {
	for _, question := range q.Questions {
		if question.ID == id {
			return question, true
		}
	}
	return Question{}, false
}

// PracticeQuestions returns the questions that may be practised, in the order of the file.
func (q Quiz) PracticeQuestions() []Question {
	var offered []Question
	for _, question := range q.Questions {
		if q.Policy.Practice == PracticeAll || q.Policy.Practice == PracticeMarked && question.Practice {
			offered = append(offered, question)
		}
	}
	return offered
}

// A Question is one question with its key and its feedback. Candidates see a Paper instead.
type Question struct {
	ID         QuestionID
	Goal       GoalID
	Difficulty int // 1 to 3
	Points     int // at least 1
	Prompt     Markdown
	// Practice offers the question for practice where the policy is PracticeMarked; a course file writes
	// "practice: true" with the question. Under the other policies it means nothing.
	Practice bool
	Body     Body
}

// Kind returns the kind of question.
func (q Question) Kind() Kind { return q.Body.Kind() }

// A Kind is a kind of question, by the name that course files and the API use.
type Kind string

const (
	KindSingle    Kind = "single"
	KindMultiple  Kind = "multiple"
	KindTrueFalse Kind = "truefalse"
	KindNumeric   Kind = "numeric"
	KindShort     Kind = "short"
	KindMatch     Kind = "match"
	KindOrder     Kind = "order"
	KindCloze     Kind = "cloze"
)

// A Body is what questions of one kind have of their own: Single, Multiple, TrueFalse, Numeric, Short, Match, Order
// or Cloze.
type Body interface {
	Kind() Kind
	check(Answer) (Answer, error)
	key() Answer
	solution() []Markdown
	mark(Answer) (share *big.Rat, remarks []Remark) // of an answer that is checked and not empty
}

// A Scoring says what a partly right answer is worth.
type Scoring string

const (
	ScoreAll     Scoring = "all"     // all points or none; the zero Scoring means the same
	ScorePartial Scoring = "partial" // a share of the points
)

// Single asks for the one correct option.
type Single struct {
	Options []Option
}

// Multiple asks for all correct options. Partial scoring earns (right − wrong) / number of correct options, at least 0.
type Multiple struct {
	Options []Option
	Scoring Scoring
}

// An Option can be chosen.
type Option struct {
	ID       OptionID
	Text     Markdown
	Correct  bool
	Feedback Markdown
}

// TrueFalse asks whether the prompt is true.
type TrueFalse struct {
	Answer          bool
	FeedbackCorrect Markdown
	FeedbackWrong   Markdown
}

// Numeric asks for a number. A number that differs from Answer by Tolerance or less is right.
type Numeric struct {
	Answer          Decimal
	Tolerance       Decimal
	Unit            string
	CommonErrors    []NumericError
	FeedbackCorrect Markdown
	FeedbackWrong   Markdown
}

// A NumericError explains a number that people often give instead; the tolerance of the question holds for it too.
type NumericError struct {
	Value    Decimal
	Feedback Markdown
}

// Short asks for a word or a few. An answer is right that equals one of Accept after normalising both.
type Short struct {
	Accept          []string
	Normalise       []Step // nil: DefaultNormalise
	CommonErrors    []ShortError
	FeedbackCorrect Markdown
	FeedbackWrong   Markdown
}

// A ShortError explains a text that people often give instead, compared as an accepted one is.
type ShortError struct {
	Match    string
	Feedback Markdown
}

// Match asks which right side belongs to each left side. A right side may be used more than once or not at all.
type Match struct {
	Left     []Item
	Right    []Item
	Pairs    map[OptionID]OptionID // left to right, for every left side
	Feedback map[OptionID]Markdown // by left side
}

// Order asks to put the items in order. Partial scoring earns a share for each item that stands in its place.
type Order struct {
	Items   []Item // in the right order
	Scoring Scoring
}

// An Item is ordered or matched.
type Item struct {
	ID       OptionID
	Text     Markdown
	Feedback Markdown // of an item to be ordered
}

// Cloze asks to fill the gaps in a text. Each gap earns an equal share.
type Cloze struct {
	Text Markdown // shows a gap as {{g1}}
	Gaps []ClozeGap
}

// A ClozeGap is one gap with its key.
type ClozeGap struct {
	ID            GapID
	Kind          GapKind
	Options       []GapOption // of a gap where one chooses; an option is named by its place, counted from "1"
	Accept        []string    // of a gap where one types
	Normalise     []Step      // of a gap where one types; nil: DefaultNormalise
	FeedbackWrong Markdown    // of a gap where one types
}

// A GapKind says how a gap is filled.
type GapKind string

const (
	GapSelect GapKind = "select"
	GapInput  GapKind = "input"
)

// A GapOption can be chosen for a gap.
type GapOption struct {
	Text     Markdown
	Correct  bool
	Feedback Markdown
}

func (Single) Kind() Kind    { return KindSingle }
func (Multiple) Kind() Kind  { return KindMultiple }
func (TrueFalse) Kind() Kind { return KindTrueFalse }
func (Numeric) Kind() Kind   { return KindNumeric }
func (Short) Kind() Kind     { return KindShort }
func (Match) Kind() Kind     { return KindMatch }
func (Order) Kind() Kind     { return KindOrder }
func (Cloze) Kind() Kind     { return KindCloze }

var gapMark = regexp.MustCompile(`\{\{([^{}\n]*)\}\}`)

// Shown returns the gaps that the text of a cloze shows, in the order of the text.
func (c Cloze) Shown() []GapID {
	var shown []GapID
	for _, m := range gapMark.FindAllStringSubmatch(string(c.Text), -1) {
		shown = append(shown, GapID(m[1]))
	}
	return shown
}
