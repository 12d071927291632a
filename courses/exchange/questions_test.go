package exchange

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"bekwaam/courses"
)

// asking returns course a with one question of a type, on line 92, whose own fields are written as a flow.
func asking(t testing.TB, kind courses.Kind, fields string) []byte {
	t.Helper()
	head, _, _ := strings.Cut(string(seedCourses(t)["a"]), "- id: BRP-01")
	return fmt.Appendf(nil, "%s- {id: Q, type: %s, goal: LD1, difficulty: 1, points: 1, prompt: x, %s}\n```\n", head, kind, fields)
}

func TestAQuestionHasWhatItsTypeNeeds(t *testing.T) {
	lacks := func(names ...string) (want []string) {
		for _, name := range names {
			want = append(want, says(92, missing, name))
		}
		return want
	}
	const two = `[{id: a, text: a}, {id: b, text: b}]`
	for _, tt := range []struct {
		name   string
		kind   courses.Kind
		fields string
		want   []string
	}{
		{"a single has options", courses.KindSingle, "", lacks("options")},
		{"an option has an id, a text and, where it is wrong, feedback", courses.KindSingle, "options: [{correct: true}, {}]", lacks("id", "text", "id", "text", "feedback")},
		{"a multiple has options", courses.KindMultiple, "options: []", lacks("options")},
		{"a multiple has a correct option", courses.KindMultiple, "options: [{id: a, text: a, feedback: x}, {id: b, text: b, feedback: x}]", []string{says(92, someCorrect)}},
		{"a multiple is scored in one of two ways", courses.KindMultiple, "scoring: most, options: [{id: a, text: a, correct: true}, {id: b, text: b, correct: true}]", []string{says(92, notChoice, "scoring", "partial, all")}},
		{"a true or false has an answer and feedback", courses.KindTrueFalse, "", lacks("answer", "feedback_wrong")},
		{"a true or false is true or false", courses.KindTrueFalse, "answer: ja, feedback_wrong: x", []string{says(92, notTruth, "answer")}},
		{"a numeric has an answer and feedback", courses.KindNumeric, "answer: null", lacks("answer", "feedback_wrong")},
		{"a common number has a value and feedback", courses.KindNumeric, "answer: 1, feedback_wrong: x, common_errors: [{}]", lacks("value", "feedback")},
		{"a common number has no other field", courses.KindNumeric, "answer: 1, feedback_wrong: x, common_errors: [{value: 1, feedback: x, match: x}]", []string{says(92, unknown, "value, feedback")}},
		{"a short has accepted answers and feedback", courses.KindShort, "", lacks("accept", "feedback_wrong")},
		{"an accepted answer is a text", courses.KindShort, "accept: [2024], feedback_wrong: x", []string{says(92, notText, "accept")}},
		{"an accepted answer has one line", courses.KindShort, `accept: ["a\nb"], feedback_wrong: x`, []string{says(92, notOneLine, "accept")}},
		{"a common text has feedback", courses.KindShort, "accept: [a], feedback_wrong: x, common_errors: [{}]", lacks("match", "feedback")},
		{"a common text has no other field", courses.KindShort, "accept: [a], feedback_wrong: x, common_errors: [{match: x, feedback: x, value: 1}]", []string{says(92, unknown, "match, feedback")}},
		{"a match has two sides and pairs", courses.KindMatch, "left: [], pairs: {}", lacks("left", "right", "pairs")},
		{"a side has an id and a text", courses.KindMatch, "left: [{}, {}], right: " + two + ", pairs: {a: b}", append(lacks("id", "text", "id", "text"), says(92, unknownLeft, "pairs"), says(92, unpaired))},
		{"a side has no feedback of its own", courses.KindMatch, "left: " + two + ", right: [{id: a, text: a, feedback: x}, {id: b, text: b}], pairs: {a: b, b: b}", []string{says(92, unknown, "id, text")}},
		{"two right sides have different ids", courses.KindMatch, "left: " + two + ", right: [{id: a, text: a}, {id: a, text: b}], pairs: {a: a, b: a}", []string{says(92, sameID, 92)}},
		{"pairs are a record", courses.KindMatch, "left: " + two + ", right: " + two + ", pairs: [a, b]", []string{says(92, notFields), says(92, unpaired)}},
		{"an order has items", courses.KindOrder, "", lacks("items")},
		{"an order has two items", courses.KindOrder, "items: [{id: a, text: a}]", []string{says(92, tooFew, "items", 2)}},
		{"a cloze has a text and gaps", courses.KindCloze, "", lacks("text", "gaps")},
		{"a gap has an id and a kind", courses.KindCloze, `text: "{{g}}", gaps: [{}]`, append(lacks("id", "kind"), says(92, gapNotInGaps))},
		{"a gap where one chooses has options", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: select}]`, lacks("options")},
		{"an option of a gap has a text and feedback", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: select, options: [{correct: true}, {}]}]`, lacks("text", "text", "feedback")},
		{"an option of a gap has no id", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: select, options: [{text: a, correct: true}, {id: b, text: b, feedback: x}]}]`, []string{says(92, unknown, "text, correct, feedback")}},
		{"a gap where one types has accepted answers and feedback", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: input}]`, lacks("accept", "feedback_wrong")},
		{"a gap where one types has no options", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: input, accept: [a], feedback_wrong: x, options: []}]`, []string{says(92, unknown, "id, kind, accept, normalise, feedback_wrong")}},
		{"a gap where one chooses accepts nothing", courses.KindCloze, `text: "{{g}}", gaps: [{id: g, kind: select, accept: [a], options: [{text: a, correct: true}, {text: b, feedback: x}]}]`, []string{says(92, unknown, "id, kind, options")}},
		{"practice is true or false", courses.KindTrueFalse, "answer: true, feedback_wrong: x, practice: soms", []string{says(92, notTruth, "practice")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadCourse(asking(t, tt.kind, tt.fields))
			if got := told(t, err); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

func TestWhatAQuestionMayLeaveOut(t *testing.T) {
	for _, tt := range []struct {
		name   string
		kind   courses.Kind
		fields string
		want   courses.Body
	}{
		{"a tolerance, a unit and the rest", courses.KindNumeric, "answer: 1.50, feedback_wrong: x", courses.Numeric{Answer: "1.5", FeedbackWrong: "x"}},
		{"steps: the default holds", courses.KindShort, "accept: [a], feedback_wrong: x", courses.Short{Accept: []string{"a"}, FeedbackWrong: "x"}},
		{"no steps at all is something else", courses.KindShort, "accept: [a], feedback_wrong: x, normalise: []", courses.Short{Accept: []string{"a"}, Normalise: []courses.Step{}, FeedbackWrong: "x"}},
		{"correct, where it is false", courses.KindSingle, "options: [{id: a, text: a, correct: true}, {id: b, text: b, feedback: x}]", courses.Single{Options: []courses.Option{{ID: "a", Text: "a", Correct: true}, {ID: "b", Text: "b", Feedback: "x"}}}},
		{"feedback on items, and scoring", courses.KindOrder, "items: [{id: a, text: a}, {id: b, text: b, feedback: null}]", courses.Order{Items: []courses.Item{{ID: "a", Text: "a"}, {ID: "b", Text: "b"}}}},
		{"feedback on pairs", courses.KindMatch, "left: [{id: a, text: a}, {id: b, text: b}], right: [{id: c, text: c}, {id: d, text: d}], pairs: {a: c, b: c}", courses.Match{
			Left: []courses.Item{{ID: "a", Text: "a"}, {ID: "b", Text: "b"}}, Right: []courses.Item{{ID: "c", Text: "c"}, {ID: "d", Text: "d"}},
			Pairs: map[courses.OptionID]courses.OptionID{"a": "c", "b": "c"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, asking(t, tt.kind, tt.fields))
			if got := c.Quiz.Questions[0].Body; !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
