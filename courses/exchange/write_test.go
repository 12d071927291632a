package exchange

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
)

func TestACourseIsReadAgainAsItWasWritten(t *testing.T) {
	for letter, source := range seedCourses(t) {
		c := read(t, source)
		written, err := WriteCourse(c)
		if err != nil {
			t.Fatalf("course %s: %v", letter, err)
		}
		if again := read(t, written); !reflect.DeepEqual(again, c) {
			t.Errorf("course %s: got %+v, want %+v", letter, again, c)
		}
	}
}

func TestAnyCourseIsReadAgainAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCourse(t)
		written, err := WriteCourse(c)
		if err != nil {
			t.Fatalf("%v\n%+v", err, c)
		}
		again, err := ReadCourse(written)
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if !reflect.DeepEqual(again, c) {
			t.Errorf("got %+v\nwant %+v\nin %s", again, c, written)
		}
	})
}

func TestACourseThatMakesNoGoodFileIsRefusedAndToldInWhichPart(t *testing.T) {
	in := func(part string, s sentence, args ...any) string {
		return part + ": " + fmt.Sprintf(s.english, args...)
	}
	for _, tt := range []struct {
		name  string
		spoil func(*courses.Course)
		want  []string
	}{
		{"a lesson whose text would begin another", func(c *courses.Course) { c.Lessons[0].Body = "a\n\n## Les 2: b\n\nc" }, []string{in("lessons[0]", wrongHeading, 2)}},
		{"a lesson whose code block would swallow the next", func(c *courses.Course) { c.Lessons[0].Body = "a\n```" }, []string{in("lessons[0]", openFence)}},
		{"a lesson whose title would begin another", func(c *courses.Course) { c.Lessons[0].Title = "a\n## Les 2: b" }, []string{in("lessons[0]", notOneLine, "title")}},
		{"a number that would bring a field of its own", func(c *courses.Course) {
			c.Quiz.Questions[1].Body = courses.Numeric{Answer: "1\n  unit: x", FeedbackWrong: "x"}
		}, []string{in("questions[1].answer", notDecimal, "answer")}},
		{"a question without a kind", func(c *courses.Course) { c.Quiz.Questions[1].Body = nil }, []string{in("questions[1]", missing, "type")}},
		{"a time that is no whole number of hours", func(c *courses.Course) { c.Quiz.Policy.CoolingOff = 90 * time.Minute }, []string{in("quiz", notWhole, "cooling_off_hours", 0, courses.MaxCoolingOffHours)}},
		{"no correct option", func(c *courses.Course) { c.Quiz.Questions[0].Body.(courses.Single).Options[0].Correct = false }, []string{in("questions[0].options", oneCorrect)}},
		{"no title, and a key that is none", func(c *courses.Course) { c.Key, c.Title = "a b", " " }, []string{in("", missing, "title"), in("", notID, "id")}},
		{"a pass mark of 101", func(c *courses.Course) { c.PassMark = 101 }, []string{in("pass_mark_pct", notWhole, "pass_mark_pct", 1, 100)}},
		{"a lesson without text", func(c *courses.Course) { c.Lessons[2].Body = "\n\n" }, []string{in("lessons[2]", emptyLesson)}},
		{"a lesson with a control character", func(c *courses.Course) { c.Lessons[1].Body = "a\n\nb\x07" }, []string{in("lessons[1]", controlled)}},
		{"two questions with one id", func(c *courses.Course) { c.Quiz.Questions[2].ID = c.Quiz.Questions[0].ID }, []string{in("questions[2]", usedID, "questions[0]")}},
		{"two options with one id", func(c *courses.Course) {
			options := c.Quiz.Questions[0].Body.(courses.Single).Options
			options[2].ID = options[1].ID
		}, []string{in("questions[0].options[2]", usedID, "questions[0].options[1]")}},
		{"the last question without a prompt", func(c *courses.Course) { c.Quiz.Questions[len(c.Quiz.Questions)-1].Prompt = "" }, []string{in("questions[11]", missing, "prompt")}},
		{"no questions", func(c *courses.Course) { c.Quiz.Questions = nil }, []string{in("", noQuestions)}},
		{"no lessons", func(c *courses.Course) { c.Lessons = nil }, []string{in("", noLessons)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, seedCourses(t)["a"])
			tt.spoil(&c)
			_, err := WriteCourse(c)
			if got := told(t, err); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

// letters are what texts of generated courses are made of: all that could mean something to YAML or Markdown, and more.
var letters = []rune("ab Z09éß€😀\u00a0\u2028\ufeff\u0301\"'\\:#-{}[],&*!|>%@`?~<=_.\t")

func drawLine(t *rapid.T) string {
	return "x" + rapid.StringOfN(rapid.SampledFrom(letters), 0, 12, -1).Draw(t, "text")
}

func drawText(t *rapid.T) courses.Markdown {
	return courses.Markdown(rapid.StringOfN(rapid.SampledFrom(append(letters, '\n')), 0, 12, -1).Draw(t, "text") + "x\n"[:rapid.IntRange(1, 2).Draw(t, "end")])
}

// drawMaybe draws a text that may be missing.
func drawMaybe(t *rapid.T) courses.Markdown {
	if rapid.Bool().Draw(t, "none") {
		return ""
	}
	return drawText(t)
}

func drawID(t *rapid.T) string {
	return rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,8}`).Draw(t, "id")
}

func drawIDs(t *rapid.T, least int) []string {
	return rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,8}`), least, 5, rapid.ID[string]).Draw(t, "ids")
}

func drawDate(t *rapid.T) calendar.Date {
	return calendar.MustParse("2000-01-01").AddDays(rapid.IntRange(0, 40_000).Draw(t, "day"))
}

func drawDecimal(t *rapid.T) courses.Decimal {
	d, err := courses.ParseDecimal(rapid.StringMatching(`-?[0-9]{1,18}(\.[0-9]{1,18})?`).Draw(t, "number"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// drawSome draws a list that may be nil, never empty.
func drawSome[T any](t *rapid.T, draw func(*rapid.T) T) []T {
	var list []T
	for range rapid.IntRange(0, 3).Draw(t, "length") {
		list = append(list, draw(t))
	}
	return list
}

func drawCourse(t *rapid.T) courses.Course {
	c := courses.Course{
		Key: courses.CourseKey(drawID(t)), Title: drawLine(t), Version: rapid.IntRange(1, courses.MaxVersion).Draw(t, "version"),
		Language: rapid.SampledFrom([]string{"nl", "en", "de-AT"}).Draw(t, "language"), Level: drawLine(t),
		Kind:        rapid.SampledFrom([]courses.CourseKind{courses.BasisCourse, courses.ApplicationCourse, courses.DeltaCourse}).Draw(t, "kind"),
		Subject:     rapid.SampledFrom([]courses.Subject{courses.Regulation, courses.Application, courses.Skill}).Draw(t, "subject"),
		TargetRoles: drawSome(t, drawLine), Minutes: rapid.IntRange(0, 90).Draw(t, "minutes"), PassMark: rapid.IntRange(1, 100).Draw(t, "mark"),
		ValidityMonths: rapid.IntRange(0, 60).Draw(t, "months"), Why: drawMaybe(t),
		LegalStatus: rapid.SampledFrom([]courses.LegalStatus{"", courses.Statutory, courses.Norm, courses.Internal}).Draw(t, "status"),
		Sources: drawSome(t, func(t *rapid.T) courses.Source {
			return courses.Source{Text: drawLine(t), Mark: rapid.SampledFrom([]courses.SourceMark{courses.Seen, courses.Known}).Draw(t, "mark")}
		}),
		ReviewDue: drawDate(t),
	}
	if c.Kind == courses.DeltaCourse {
		c.Delta = &courses.Delta{Change: drawID(t), EffectiveDates: drawSome(t, drawDate), BaseCourse: courses.CourseKey(drawID(t)),
			RetrainBefore: drawDate(t), ReplacesLessons: drawSome(t, func(t *rapid.T) int { return rapid.IntRange(1, 9).Draw(t, "lesson") })}
	}
	for _, id := range drawIDs(t, 1) {
		c.Goals = append(c.Goals, courses.Goal{ID: courses.GoalID(id), Text: drawLine(t)})
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "lessons") {
		body := strings.TrimSpace(drawLine(t)) + "\n\n### " + strings.TrimSpace(drawLine(t))
		c.Lessons = append(c.Lessons, courses.Lesson{Number: i + 1, Title: strings.TrimSpace(drawLine(t)), Body: courses.Markdown(body)})
	}
	for _, id := range drawIDs(t, 1) {
		c.Quiz.Questions = append(c.Quiz.Questions, courses.Question{
			ID: courses.QuestionID(id), Goal: rapid.SampledFrom(c.Goals).Draw(t, "goal").ID, Difficulty: rapid.IntRange(1, 3).Draw(t, "difficulty"),
			Points: rapid.IntRange(1, courses.MaxPoints).Draw(t, "points"), Prompt: drawText(t), Practice: rapid.Bool().Draw(t, "practice"), Body: drawBody(t),
		})
	}
	c.Quiz.Policy = courses.Policy{
		AttemptsPerCycle: rapid.IntRange(1, 9).Draw(t, "attempts"), CoolingOff: time.Duration(rapid.IntRange(0, 99).Draw(t, "hours")) * time.Hour,
		TimeLimit: time.Duration(rapid.IntRange(0, 99).Draw(t, "minutes")) * time.Minute, Draw: rapid.IntRange(0, len(c.Quiz.Questions)).Draw(t, "draw"),
		Feedback: rapid.SampledFrom([]courses.FeedbackPolicy{courses.FeedbackNever, courses.FeedbackAfterPassOrLast, courses.FeedbackAfterSubmission}).Draw(t, "feedback"),
		Practice: rapid.SampledFrom([]courses.PracticePolicy{courses.PracticeAll, courses.PracticeMarked, courses.PracticeNone}).Draw(t, "practice"),
	}
	return c
}

func drawBody(t *rapid.T) courses.Body {
	scoring := rapid.SampledFrom([]courses.Scoring{"", courses.ScoreAll, courses.ScorePartial}).Draw(t, "scoring")
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return courses.Single{Options: drawOptions(t)}
	case 1:
		return courses.Multiple{Options: drawOptions(t), Scoring: scoring}
	case 2:
		return courses.TrueFalse{Answer: rapid.Bool().Draw(t, "answer"), FeedbackCorrect: drawMaybe(t), FeedbackWrong: drawText(t)}
	case 3:
		return courses.Numeric{
			Answer: drawDecimal(t), Tolerance: courses.Decimal(strings.TrimPrefix(string(drawDecimal(t)), "-")), Unit: drawLine(t), FeedbackWrong: drawText(t),
			CommonErrors: drawSome(t, func(t *rapid.T) courses.NumericError {
				return courses.NumericError{Value: drawDecimal(t), Feedback: drawText(t)}
			}),
		}
	case 4:
		return courses.Short{
			Accept: append(drawSome(t, drawLine), "x"), Normalise: drawSteps(t), FeedbackCorrect: drawMaybe(t), FeedbackWrong: drawText(t),
			CommonErrors: drawSome(t, func(t *rapid.T) courses.ShortError {
				return courses.ShortError{Match: drawLine(t), Feedback: drawText(t)}
			}),
		}
	case 5:
		m := courses.Match{Left: drawItems(t, ""), Right: drawItems(t, ""), Pairs: map[courses.OptionID]courses.OptionID{}, Feedback: map[courses.OptionID]courses.Markdown{}}
		for _, left := range m.Left {
			m.Pairs[left.ID] = rapid.SampledFrom(m.Right).Draw(t, "right").ID
			m.Feedback[left.ID] = drawText(t)
		}
		return m
	case 6:
		return courses.Order{Items: drawItems(t, drawText(t)), Scoring: scoring}
	default:
		c := courses.Cloze{}
		for _, id := range drawIDs(t, 1) {
			c.Text += drawText(t) + "{{" + courses.Markdown(id) + "}}"
			gap := courses.ClozeGap{ID: courses.GapID(id), Kind: courses.GapInput, Accept: append(drawSome(t, drawLine), "x"), Normalise: drawSteps(t), FeedbackWrong: drawText(t)}
			if rapid.Bool().Draw(t, "select") {
				gap = courses.ClozeGap{ID: courses.GapID(id), Kind: courses.GapSelect}
				for _, o := range drawOptions(t) {
					gap.Options = append(gap.Options, courses.GapOption{Text: o.Text, Correct: o.Correct, Feedback: o.Feedback})
				}
			}
			c.Gaps = append(c.Gaps, gap)
		}
		return c
	}
}

// drawOptions draws options of which one is correct.
func drawOptions(t *rapid.T) []courses.Option {
	var options []courses.Option
	for _, id := range drawIDs(t, 2) {
		options = append(options, courses.Option{ID: courses.OptionID(id), Text: drawText(t), Feedback: drawText(t)})
	}
	options[rapid.IntRange(0, len(options)-1).Draw(t, "correct")].Correct = true
	return options
}

func drawItems(t *rapid.T, feedback courses.Markdown) []courses.Item {
	var items []courses.Item
	for _, id := range drawIDs(t, 2) {
		items = append(items, courses.Item{ID: courses.OptionID(id), Text: drawText(t), Feedback: feedback})
	}
	return items
}

// drawSteps draws steps, none of which is not the same as no steps.
func drawSteps(t *rapid.T) []courses.Step {
	if rapid.Bool().Draw(t, "default") {
		return nil
	}
	return append([]courses.Step{}, drawSome(t, func(t *rapid.T) courses.Step {
		return rapid.SampledFrom([]courses.Step{courses.Trim, courses.Lower, courses.StripPunctuation, courses.StripSpaces}).Draw(t, "step")
	})...)
}
