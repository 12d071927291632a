package courses

import (
	"math/big"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Grade is what the answers of one attempt earned, exactly.
type Grade struct {
	Marks   []Mark   // one for each question that was drawn, in the order of the file
	Score   *big.Rat // points earned
	Maximum int      // points that could be earned
	Passed  bool
}

// A Mark is what one answer earned, with all there is to learn from it. It holds the key: show it to nobody whose
// Disclosure is less than DiscloseEverything.
type Mark struct {
	Question QuestionID
	Earned   *big.Rat
	Points   int
	Remarks  []Remark   // on each part of the answer; none where nothing was answered
	Key      Answer     // a right answer in the question's own ids
	Solution []Markdown // the same in words, a line for each part; none for true or false, which pages have words for
}

// A Remark says what is to be said of one part of an answer: of a chosen option, a pair, a place or a gap.
type Remark struct {
	Part     Markdown // the left side of a pair or the id of a gap; else empty
	Given    Markdown // what was answered in words; empty for true or false, and where this part was left open
	Right    bool
	Feedback Markdown // may be empty
}

// Grade marks the answers to the questions that were drawn. An answer that does not fit its question counts as none,
// and answers to other questions do not count. The quiz is passed where score × 100 ≥ pass mark × maximum.
func (c Course) Grade(drawn []QuestionID, answers map[QuestionID]Answer) Grade {
	grade := Grade{Score: new(big.Rat)}
	for _, question := range c.Quiz.Questions {
		if !slices.Contains(drawn, question.ID) {
			continue
		}
		mark := question.Mark(answers[question.ID])
		grade.Marks = append(grade.Marks, mark)
		grade.Score.Add(grade.Score, mark.Earned)
		grade.Maximum += mark.Points
	}
	got := new(big.Rat).Mul(grade.Score, big.NewRat(100, 1))
	grade.Passed = grade.Maximum > 0 && got.Cmp(big.NewRat(int64(c.PassMark)*int64(grade.Maximum), 1)) >= 0
	return grade
}

// Percentage is the share of the points that was earned, rounded down, so that nobody reads a pass mark they missed.
func (g Grade) Percentage() int {
	if g.Maximum == 0 {
		return 0
	}
	share := new(big.Rat).Mul(g.Score, big.NewRat(100, int64(g.Maximum)))
	return int(new(big.Int).Quo(share.Num(), share.Denom()).Int64())
}

// A GoalResult is how the questions about one goal went.
type GoalResult struct {
	Goal   Goal
	Earned *big.Rat
	Points int
	Lesson int // the number of the lesson to reread; 0 where none is known
}

// ByGoal sums a grade by goal, in the order of the course; goals that were not asked about are left out.
func (c Course) ByGoal(g Grade) []GoalResult {
	var results []GoalResult
	for _, goal := range c.Goals {
		lesson, _ := c.LessonFor(goal.ID)
		result := GoalResult{Goal: goal, Earned: new(big.Rat), Lesson: lesson.Number}
		for _, mark := range g.Marks {
			if question, _ := c.Quiz.Question(mark.Question); question.Goal == goal.ID {
				result.Earned.Add(result.Earned, mark.Earned)
				result.Points += mark.Points
			}
		}
		if result.Points > 0 {
			results = append(results, result)
		}
	}
	return results
}

// Mark marks one answer, as practice does too. An answer that does not fit the question counts as none.
func (q Question) Mark(a Answer) Mark {
	mark := Mark{Question: q.ID, Earned: new(big.Rat), Points: q.Points, Key: q.Body.key(), Solution: q.Body.solution()}
	a, err := q.Check(a)
	if err != nil || a.Empty() {
		return mark
	}
	share, remarks := q.Body.mark(a)
	mark.Earned.Mul(share, big.NewRat(int64(q.Points), 1))
	mark.Remarks = remarks
	return mark
}

// allOrNothing is the share of the points for a question that is right or wrong as a whole.
func allOrNothing(right bool) *big.Rat {
	if right {
		return big.NewRat(1, 1)
	}
	return new(big.Rat)
}

// share is the share of the points for so many right parts; negative counts as none.
func share(right, parts int) *big.Rat { return big.NewRat(int64(max(right, 0)), int64(parts)) }

func (s Single) mark(a Answer) (*big.Rat, []Remark) {
	chosen := option(s.Options, a.Options[0])
	return allOrNothing(chosen.Correct), []Remark{chosen.remark()}
}

func (m Multiple) mark(a Answer) (*big.Rat, []Remark) {
	var remarks []Remark
	right, wrong := 0, 0
	for _, o := range m.Options {
		switch {
		case !slices.Contains(a.Options, o.ID):
			continue
		case o.Correct:
			right++
		default:
			wrong++
		}
		remarks = append(remarks, o.remark())
	}
	correct := len(correctOptions(m.Options))
	if m.Scoring == ScorePartial {
		return share(right-wrong, correct), remarks
	}
	return allOrNothing(right == correct && wrong == 0), remarks
}

func option(options []Option, id OptionID) Option {
	at := slices.IndexFunc(options, func(o Option) bool { return o.ID == id })
	return options[at]
}

func correctOptions(options []Option) []Option {
	return slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !o.Correct })
}

func (o Option) remark() Remark { return Remark{Given: o.Text, Right: o.Correct, Feedback: o.Feedback} }

func (t TrueFalse) mark(a Answer) (*big.Rat, []Remark) {
	return verdict(Remark{Right: *a.Truth == t.Answer}, t.FeedbackCorrect, t.FeedbackWrong)
}

// verdict marks an answer that is right or wrong as a whole, with the feedback for either.
func verdict(r Remark, correct, wrong Markdown) (*big.Rat, []Remark) {
	r.Feedback = wrong
	if r.Right {
		r.Feedback = correct
	}
	return allOrNothing(r.Right), []Remark{r}
}

func (n Numeric) mark(a Answer) (*big.Rat, []Remark) {
	given := Decimal(a.Number)
	wrong := n.FeedbackWrong
	if at := slices.IndexFunc(n.CommonErrors, func(e NumericError) bool { return n.near(e.Value, given) }); at >= 0 {
		wrong = n.CommonErrors[at].Feedback
	}
	return verdict(Remark{Given: n.withUnit(given), Right: n.near(n.Answer, given)}, n.FeedbackCorrect, wrong)
}

// near reports whether two numbers differ by the tolerance or less.
func (n Numeric) near(a, b Decimal) bool {
	difference := new(big.Rat).Sub(a.Rat(), b.Rat())
	return difference.Abs(difference).Cmp(n.Tolerance.Rat()) <= 0
}

func (n Numeric) withUnit(d Decimal) Markdown { return plain(string(d) + " " + n.Unit) }

func (s Short) mark(a Answer) (*big.Rat, []Remark) {
	wrong := s.FeedbackWrong
	same := func(text string) bool { return Normalise(text, s.Normalise) == Normalise(a.Text, s.Normalise) }
	if at := slices.IndexFunc(s.CommonErrors, func(e ShortError) bool { return same(e.Match) }); at >= 0 {
		wrong = s.CommonErrors[at].Feedback
	}
	return verdict(Remark{Given: plain(a.Text), Right: slices.ContainsFunc(s.Accept, same)}, s.FeedbackCorrect, wrong)
}

func (m Match) mark(a Answer) (*big.Rat, []Remark) {
	var remarks []Remark
	right := 0
	for _, left := range m.Left {
		given, ok := a.Pairs[string(left.ID)]
		remark := Remark{Part: left.Text, Right: ok && OptionID(given) == m.Pairs[left.ID], Feedback: m.Feedback[left.ID]}
		if ok {
			remark.Given = item(m.Right, OptionID(given)).Text
		}
		if remark.Right {
			right++
		}
		remarks = append(remarks, remark)
	}
	return share(right, len(m.Left)), remarks
}

func item(items []Item, id OptionID) Item {
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
	return items[at]
}

func (o Order) mark(a Answer) (*big.Rat, []Remark) {
	var remarks []Remark
	right := 0
	for i, id := range a.Options {
		given := item(o.Items, id)
		remark := Remark{Given: given.Text, Right: o.Items[i].ID == id, Feedback: given.Feedback}
		if remark.Right {
			right++
		}
		remarks = append(remarks, remark)
	}
	if o.Scoring == ScorePartial {
		return share(right, len(o.Items)), remarks
	}
	return allOrNothing(right == len(o.Items)), remarks
}

func (c Cloze) mark(a Answer) (*big.Rat, []Remark) {
	var remarks []Remark
	right := 0
	for _, gap := range c.Gaps {
		remark := gap.mark(a.Pairs[string(gap.ID)])
		if remark.Right {
			right++
		}
		remarks = append(remarks, remark)
	}
	return share(right, len(c.Gaps)), remarks
}

func (g ClozeGap) mark(given string) Remark {
	remark := Remark{Part: Markdown(g.ID)}
	if chosen, ok := g.option(given); ok {
		remark.Given, remark.Right, remark.Feedback = chosen.Text, chosen.Correct, chosen.Feedback
		return remark
	}
	remark.Given = plain(given)
	remark.Right = given != "" && slices.ContainsFunc(g.Accept, func(accepted string) bool {
		return Normalise(accepted, g.Normalise) == Normalise(given, g.Normalise)
	})
	if !remark.Right {
		remark.Feedback = g.FeedbackWrong
	}
	return remark
}

// A Step is one step in making texts comparable. SCHEMA.md, "Precies".
type Step string

const (
	Trim             Step = "trim"              // white space at both ends
	Lower            Step = "lower"             // to lower case
	StripPunctuation Step = "strip_punctuation" // every character of Unicode category P
	StripSpaces      Step = "strip_spaces"      // all white space
)

// DefaultNormalise are the steps where a course file names none.
func DefaultNormalise() []Step { return []Step{Trim, Lower} }

// Normalise returns a text after Unicode NFC and the steps, in their order; nil steps are DefaultNormalise.
func Normalise(text string, steps []Step) string {
	if steps == nil {
		steps = DefaultNormalise()
	}
	text = norm.NFC.String(text)
	for _, step := range steps {
		switch step {
		case Trim:
			text = strings.TrimSpace(text)
		case Lower:
			text = strings.ToLower(text)
		case StripPunctuation:
			text = without(text, unicode.IsPunct)
		case StripSpaces:
			text = without(text, unicode.IsSpace)
		}
	}
	return text
}

func without(text string, unwanted func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, text)
}
