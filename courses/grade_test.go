package courses_test

import (
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/courses"
	"bekwaam/courses/exchange"
)

// seedCourses returns the six courses that come with the product.
func seedCourses(t testing.TB) []courses.Course {
	t.Helper()
	names, err := filepath.Glob("../seed/data/courses/?-*.md")
	if err != nil || len(names) != 6 {
		t.Fatalf("found %d courses (%v), want 6", len(names), err)
	}
	var all []courses.Course
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := exchange.ReadCourse(source)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, c)
	}
	return all
}

func chosen(ids ...courses.OptionID) courses.Answer { return courses.Answer{Options: ids} }

func truth(t bool) courses.Answer { return courses.Answer{Truth: &t} }

func typed(text string) courses.Answer { return courses.Answer{Text: text} }

func paired(pairs map[string]string) courses.Answer { return courses.Answer{Pairs: pairs} }

func number(text string) courses.Answer { return courses.Answer{Number: text} }

var (
	single   = courses.Single{Options: []courses.Option{{ID: "a", Correct: true, Feedback: "goed"}, {ID: "b", Feedback: "fout"}}}
	four     = []courses.Option{{ID: "a", Correct: true}, {ID: "b"}, {ID: "c", Correct: true}, {ID: "d", Correct: true}, {ID: "e"}}
	all      = courses.Multiple{Options: four}
	partial  = courses.Multiple{Options: four, Scoring: courses.ScorePartial}
	isFalse  = courses.TrueFalse{Answer: false, FeedbackCorrect: "goed", FeedbackWrong: "fout"}
	within   = courses.Numeric{Answer: "0.3", Tolerance: "0.1", CommonErrors: []courses.NumericError{{Value: "3", Feedback: "komma"}}, FeedbackCorrect: "goed", FeedbackWrong: "fout"}
	exactly  = courses.Numeric{Answer: "15"}
	plain    = courses.Short{Accept: []string{"LAA", "Één woord"}, CommonErrors: []courses.ShortError{{Match: "TMV", Feedback: "dat is de voorziening"}}, FeedbackCorrect: "goed", FeedbackWrong: "fout"}
	stripped = courses.Short{Accept: []string{"a.b c"}, Normalise: []courses.Step{courses.StripPunctuation, courses.StripSpaces}}
	asTyped  = courses.Short{Accept: []string{"LAA"}, Normalise: []courses.Step{}}
	match    = courses.Match{
		Left:  []courses.Item{{ID: "l1"}, {ID: "l2"}, {ID: "l3"}},
		Right: []courses.Item{{ID: "r1"}, {ID: "r2"}, {ID: "r3"}},
		Pairs: map[courses.OptionID]courses.OptionID{"l1": "r1", "l2": "r1", "l3": "r2"}, Feedback: map[courses.OptionID]courses.Markdown{"l1": "een"},
	}
	items  = []courses.Item{{ID: "i1"}, {ID: "i2"}, {ID: "i3"}}
	order  = courses.Order{Items: items}
	placed = courses.Order{Items: items, Scoring: courses.ScorePartial}
	cloze  = courses.Cloze{Text: "{{g1}} {{g2}}", Gaps: []courses.ClozeGap{
		{ID: "g1", Kind: courses.GapInput, Accept: []string{"6", "zes"}, FeedbackWrong: "fout"},
		{ID: "g2", Kind: courses.GapSelect, Options: []courses.GapOption{{Text: "x", Feedback: "nee"}, {Text: "y", Correct: true}}},
	}}
)

func TestMark(t *testing.T) {
	for _, tt := range []struct {
		name   string
		body   courses.Body
		answer courses.Answer
		earned string // of 6 points
	}{
		{"single: the correct option earns all", single, chosen("a"), "6"},
		{"single: another option earns nothing", single, chosen("b"), "0"},
		{"single: two options are no answer", single, chosen("a", "b"), "0"},
		{"single: an unknown option is no answer", single, chosen("z"), "0"},
		{"single: no answer earns nothing", single, courses.Answer{}, "0"},

		{"multiple: all correct options earn all", all, chosen("a", "c", "d"), "6"},
		{"multiple: two of three earn nothing", all, chosen("a", "c"), "0"},
		{"multiple: one too many earns nothing", all, chosen("a", "b", "c", "d"), "0"},
		{"multiple, partial: two of three earn two thirds", partial, chosen("a", "c"), "4"},
		{"multiple, partial: a wrong one takes one away", partial, chosen("a", "b", "c"), "2"},
		{"multiple, partial: all options leave a third", partial, chosen("a", "b", "c", "d", "e"), "2"},
		{"multiple, partial: more wrong than right is not below nothing", partial, chosen("a", "b", "e"), "0"},
		{"multiple, partial: no answer earns nothing", partial, courses.Answer{}, "0"},
		{"multiple: an option chosen twice is no answer", partial, chosen("a", "a"), "0"},

		{"true or false: the truth earns all", isFalse, truth(false), "6"},
		{"true or false: the opposite earns nothing", isFalse, truth(true), "0"},
		{"true or false: no answer is not false", isFalse, courses.Answer{}, "0"},

		{"numeric: 0.2 is within 0.1 of 0.3, in decimals", within, number("0.2"), "6"},
		{"numeric: 0.4 is on the other boundary", within, number("0,4"), "6"},
		{"numeric: a hair over the boundary is wrong", within, number("0.400000000000000001"), "0"},
		{"numeric: without tolerance another form of the number is right", exactly, number(" 1.50e1 "), "6"},
		{"numeric: without tolerance almost is wrong", exactly, number("15.000000000000000001"), "0"},
		{"numeric: words are no answer", exactly, number("vijftien"), "0"},

		{"short: case and outer space do not count by default", plain, typed("  laa "), "6"},
		{"short: a letter with its accent apart is the same letter", plain, typed("e\u0301e\u0301n WOORD"), "6"},
		{"short: inner space counts by default", plain, typed("L AA"), "0"},
		{"short: punctuation counts by default", plain, typed("L.A.A."), "0"},
		{"short: steps hold for the accepted answer too", stripped, typed("ab-c!"), "6"},
		{"short: only the named steps are taken", stripped, typed("AB C"), "0"},
		{"short: with no steps all counts", asTyped, typed("laa"), "0"},
		{"short: white space is no answer", plain, typed(" \n"), "0"},

		{"match: every pair earns a share", match, paired(map[string]string{"l1": "r1", "l2": "r1", "l3": "r3"}), "4"},
		{"match: a right side may be used twice", match, paired(map[string]string{"l1": "r1", "l2": "r1", "l3": "r2"}), "6"},
		{"match: what is left open earns nothing", match, paired(map[string]string{"l3": "r2", "l1": ""}), "2"},
		{"match: an unknown side is no answer", match, paired(map[string]string{"l1": "r1", "l9": "r1"}), "0"},

		{"order: the whole sequence earns all", order, chosen("i1", "i2", "i3"), "6"},
		{"order: one in its place earns nothing", order, chosen("i1", "i3", "i2"), "0"},
		{"order, partial: one in its place earns a third", placed, chosen("i1", "i3", "i2"), "2"},
		{"order, partial: none in its place earns nothing", placed, chosen("i2", "i3", "i1"), "0"},
		{"order, partial: half a sequence is no answer", placed, chosen("i1", "i2"), "0"},

		{"cloze: every gap earns a share", cloze, paired(map[string]string{"g1": "Zes ", "g2": "1"}), "3"},
		{"cloze: all gaps earn all", cloze, paired(map[string]string{"g1": "6", "g2": "2"}), "6"},
		{"cloze: an open gap earns nothing", cloze, paired(map[string]string{"g2": "2"}), "3"},
		{"cloze: a place that does not exist is no answer", cloze, paired(map[string]string{"g1": "6", "g2": "3"}), "0"},

		{"an answer of another kind is no answer", single, typed("a"), "0"},
		{"two kinds of answer are no answer", isFalse, courses.Answer{Truth: new(bool), Text: "nee"}, "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mark := courses.Question{ID: "Q", Points: 6, Body: tt.body}.Mark(tt.answer)
			if got := mark.Earned.RatString(); got != tt.earned {
				t.Errorf("earned %s, want %s", got, tt.earned)
			}
		})
	}
}

func TestAMarkExplainsWhatWasAnswered(t *testing.T) {
	for _, tt := range []struct {
		name   string
		body   courses.Body
		answer courses.Answer
		want   []courses.Markdown
	}{
		{"the feedback of the chosen option", single, chosen("b"), []courses.Markdown{"fout"}},
		{"the feedback for the truth", isFalse, truth(false), []courses.Markdown{"goed"}},
		{"a number that people often give", within, number("3.05"), []courses.Markdown{"komma"}},
		{"any other wrong number", within, number("7"), []courses.Markdown{"fout"}},
		{"a word that people often give, in another case", plain, typed("tmv"), []courses.Markdown{"dat is de voorziening"}},
		{"each pair, filled in or not", match, paired(map[string]string{"l2": "r1"}), []courses.Markdown{"een", "", ""}},
		{"each gap, and nothing for what was typed right", cloze, paired(map[string]string{"g1": "6", "g2": "1"}), []courses.Markdown{"", "nee"}},
		{"nothing where nothing was answered", cloze, courses.Answer{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			remarks := courses.Question{Body: tt.body}.Mark(tt.answer).Remarks
			if len(remarks) != len(tt.want) {
				t.Fatalf("%d remarks, want %d", len(remarks), len(tt.want))
			}
			for i, r := range remarks {
				if r.Feedback != tt.want[i] {
					t.Errorf("remark %d says %q, want %q", i, r.Feedback, tt.want[i])
				}
			}
		})
	}
}

func TestNormaliseTakesTheStepsInTheirOrder(t *testing.T) {
	for _, tt := range []struct {
		name  string
		text  string
		steps []courses.Step
		want  string
	}{
		{"NFC comes before all", "e\u0301", []courses.Step{}, "é"},
		{"the default trims and lowers", " Een Woord\u00a0", nil, "een woord"},
		{"trim leaves inner space", " a b ", []courses.Step{courses.Trim}, "a b"},
		{"lower knows letters beyond ASCII", "ÉÏ", []courses.Step{courses.Lower}, "éï"},
		{"punctuation is Unicode category P, symbols stay", "“a”-b…€+", []courses.Step{courses.StripPunctuation}, "ab€+"},
		{"all white space goes", " a\u00a0b\tc ", []courses.Step{courses.StripSpaces}, "abc"},
		{"space that punctuation kept inside is trimmed only afterwards", "a !", []courses.Step{courses.Trim, courses.StripPunctuation}, "a "},
		{"the other order leaves none", "a !", []courses.Step{courses.StripPunctuation, courses.Trim}, "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := courses.Normalise(tt.text, tt.steps); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// quizOf makes a course of true-or-false questions of one point that asks for a share of them.
func quizOf(questions, passMark int) (courses.Course, []courses.QuestionID) {
	c := courses.Course{PassMark: passMark}
	var ids []courses.QuestionID
	for i := range questions {
		id := courses.QuestionID(rune('A' + i))
		ids = append(ids, id)
		c.Quiz.Questions = append(c.Quiz.Questions, courses.Question{ID: id, Points: 1, Body: courses.TrueFalse{Answer: true}})
	}
	return c, ids
}

func TestThePassMarkIsExact(t *testing.T) {
	for _, tt := range []struct {
		name             string
		questions, right int
		mark             int
		passed           bool
		percentage       int
	}{
		{"exactly the mark passes", 4, 3, 75, true, 75},
		{"one point less fails", 4, 2, 75, false, 50},
		{"two of three is not 67 percent", 3, 2, 67, false, 66},
		{"two of three is 66 percent", 3, 2, 66, true, 66},
		{"all is 100 percent", 3, 3, 100, true, 100},
		{"all but one of twelve is not 92 percent", 12, 11, 92, false, 91},
		{"nothing is not 1 percent", 3, 0, 1, false, 0},
		{"a quiz without questions is not passed", 0, 0, 1, false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, ids := quizOf(tt.questions, tt.mark)
			answers := map[courses.QuestionID]courses.Answer{}
			for _, id := range ids[:tt.right] {
				answers[id] = truth(true)
			}
			g := c.Grade(ids, answers)
			if g.Passed != tt.passed || g.Percentage() != tt.percentage || g.Maximum != tt.questions {
				t.Errorf("passed %t with %d%% of %d", g.Passed, g.Percentage(), g.Maximum)
			}
		})
	}
}

func TestOnlyWhatWasDrawnIsGraded(t *testing.T) {
	c, ids := quizOf(3, 50)
	g := c.Grade(ids[:2], map[courses.QuestionID]courses.Answer{ids[0]: truth(true), ids[2]: truth(true)})
	if g.Maximum != 2 || g.Score.RatString() != "1" || !g.Passed || len(g.Marks) != 2 {
		t.Errorf("got %+v", g)
	}
}

func TestByGoalSumsWhatWasAskedPerGoal(t *testing.T) {
	c := seedCourses(t)[0]
	drawn := []courses.QuestionID{"BRP-01", "BRP-03", "BRP-06"} // LD2, LD2, LD3
	results := c.ByGoal(c.Grade(drawn, map[courses.QuestionID]courses.Answer{"BRP-01": chosen("a"), "BRP-06": number("6")}))
	if len(results) != 2 {
		t.Fatalf("%d goals, want 2", len(results))
	}
	for i, want := range []struct {
		goal   courses.GoalID
		earned string
		points int
		lesson int
	}{{"LD2", "1", 2, 2}, {"LD3", "0", 1, 3}} {
		if r := results[i]; r.Goal.ID != want.goal || r.Earned.RatString() != want.earned || r.Points != want.points || r.Lesson != want.lesson {
			t.Errorf("got %+v, want %+v", r, want)
		}
	}
}

func TestTheKeyEarnsAllPointsOfEveryQuestionOfTheSixCourses(t *testing.T) {
	for _, c := range seedCourses(t) {
		for _, q := range c.Quiz.Questions {
			checkKey(t, q)
		}
	}
}

func checkKey(t interface{ Errorf(string, ...any) }, q courses.Question) {
	key := q.Mark(courses.Answer{}).Key
	if mark := q.Mark(key); mark.Earned.Cmp(big.NewRat(int64(q.Points), 1)) != 0 {
		t.Errorf("the key of %s earns %s of %d", q.ID, mark.Earned.RatString(), q.Points)
	}
	if checked, err := q.Check(key); err != nil || !checked.Equal(key) {
		t.Errorf("the key of %s is not canonical: %+v became %+v, %v", q.ID, key, checked, err)
	}
}

func TestTheKeyOfAnyQuestionEarnsAllPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkKey(t, drawQuestion(t)) })
}

func TestAnyAnswerEarnsBetweenNothingAndAllPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		earned := q.Mark(drawAnswer(t, q)).Earned
		if earned.Sign() < 0 || earned.Cmp(big.NewRat(int64(q.Points), 1)) > 0 {
			t.Errorf("earned %s of %d", earned.RatString(), q.Points)
		}
	})
}
