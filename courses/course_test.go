package courses_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"bekwaam/courses"
	"bekwaam/courses/fault"
)

func TestACertificateShowsFourGoalsAtMost(t *testing.T) {
	var c courses.Course
	if got := c.Shown(); len(got) != 0 {
		t.Errorf("without goals: %v", got)
	}
	for n := range 5 {
		c.Goals = append(c.Goals, courses.Goal{ID: courses.GoalID("LD" + strconv.Itoa(n+1)), Text: "doel " + strconv.Itoa(n+1)})
	}
	if got := c.Shown(); !slices.Equal(got, []string{"doel 1", "doel 2", "doel 3", "doel 4"}) {
		t.Errorf("of five goals: %v", got)
	}
	c.Goals = c.Goals[:2]
	if got := c.Shown(); !slices.Equal(got, []string{"doel 1", "doel 2"}) {
		t.Errorf("of two goals: %v", got)
	}
}

func TestTheLessonOfAGoal(t *testing.T) {
	c := courses.Course{Lessons: []courses.Lesson{{Number: 1}, {Number: 2}}}
	for goal, want := range map[courses.GoalID]int{"LD1": 1, "LD2": 2, "LD3": 0, "LD0": 0, "LD-1": 0, "LD": 0, "D1": 0, "": 0} {
		if lesson, ok := c.LessonFor(goal); lesson.Number != want || ok != (want > 0) {
			t.Errorf("goal %q: lesson %d (%t), want %d", goal, lesson.Number, ok, want)
		}
	}
}

func TestWhatMayBeSeenAfterHandingIn(t *testing.T) {
	for _, tt := range []struct {
		name         string
		policy       courses.FeedbackPolicy
		passed, last bool
		want         courses.Disclosure
	}{
		{"never is never", courses.FeedbackNever, true, true, courses.DiscloseNothing},
		{"after a fail with attempts left, how it went per goal", courses.FeedbackAfterPassOrLast, false, false, courses.DiscloseGoals},
		{"after passing, all", courses.FeedbackAfterPassOrLast, true, false, courses.DiscloseEverything},
		{"after the last attempt, all", courses.FeedbackAfterPassOrLast, false, true, courses.DiscloseEverything},
		{"after any attempt, all, where the quiz says so", courses.FeedbackAfterSubmission, false, false, courses.DiscloseEverything},
		{"a policy nobody knows shows nothing", "", true, true, courses.DiscloseNothing},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := courses.FeedbackAllowed(courses.Policy{Feedback: tt.policy}, tt.passed, tt.last); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestPracticeOffersWhatThePolicySays(t *testing.T) {
	quiz := courses.Quiz{Questions: []courses.Question{{ID: "A"}, {ID: "B", Practice: true}, {ID: "C"}}}
	for policy, want := range map[courses.PracticePolicy]string{courses.PracticeAll: "ABC", courses.PracticeMarked: "B", courses.PracticeNone: ""} {
		quiz.Policy.Practice = policy
		got := ""
		for _, q := range quiz.PracticeQuestions() {
			got += string(q.ID)
		}
		if got != want {
			t.Errorf("%s offers %q, want %q", policy, got, want)
		}
	}
}

func TestParseDecimal(t *testing.T) {
	nines := strings.Repeat("9", 18)
	for _, tt := range []struct{ name, text, want string }{
		{"a whole number", "15", "15"},
		{"zeros behind the point say nothing", "15.00", "15"},
		{"a comma is a point", "2,5", "2.5"},
		{"zeros before a number say nothing", "007", "7"},
		{"a power of ten", "1.5e1", "15"},
		{"a negative number", "-0.50", "-0.5"},
		{"minus nothing is nothing", "-0", "0"},
		{"space around it", "\t15 ", "15"},
		{"no digit before the point", ".5", "0.5"},
		{"18 digits on both sides", nines + "." + nines, nines + "." + nines},
		{"19 digits before the point", nines + "9", ""},
		{"19 digits behind the point", "0." + nines + "9", ""},
		{"a power of ten that is too large", "1e18", ""},
		{"a power of ten that would take long", "1e999999999", ""},
		{"thousands", "1.000,5", ""},
		{"space inside", "1 000", ""},
		{"a fraction", "1/2", ""},
		{"hexadecimal", "0x1F", ""},
		{"infinity", "Inf", ""},
		{"nothing", "", ""},
		{"only a point", ".", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := courses.ParseDecimal(tt.text)
			if string(got) != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("got %q and %v, want %q", got, err, tt.want)
			}
			if err != nil && fault.KindOf(err) != fault.Invalid {
				t.Errorf("not invalid: %v", err)
			}
		})
	}
}
