package courses_test

import (
	"testing"
	"time"

	"bekwaam/courses"
)

func TestSave(t *testing.T) {
	kept := courses.SavedAnswer{Question: "Q", Answer: chosen("a"), Version: 3, SavedAt: office, Marked: true}
	none := courses.SavedAnswer{Question: "Q"}
	for _, tt := range []struct {
		name    string
		before  courses.SavedAnswer
		answer  courses.Answer
		seen    int
		saved   bool
		version int
	}{
		{"the first answer", none, chosen("a"), 0, true, 1},
		{"no answer, first of all", none, courses.Answer{}, 0, true, 1},
		{"a first answer that claims to have seen another", none, chosen("a"), 1, false, 0},
		{"another answer by who saw the last", kept, chosen("b"), 3, true, 4},
		{"another answer by who saw an older one", kept, chosen("b"), 2, false, 3},
		{"another answer by who saw one that is not there yet", kept, chosen("b"), 4, false, 3},
		{"the same answer by who saw the last", kept, chosen("a"), 3, true, 3},
		{"the same answer sent twice", kept, chosen("a"), 2, true, 3},
		{"the same answer by who saw a much older one", kept, chosen("a"), 1, false, 3},
		{"taking an answer back", kept, courses.Answer{}, 3, true, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			later := office.Add(time.Minute)
			after, saved := tt.before.Save(tt.answer, tt.seen, later)
			if saved != tt.saved || after.Version != tt.version {
				t.Fatalf("saved %t as version %d", saved, after.Version)
			}
			if saved && !(after.Answer.Equal(tt.answer) && after.SavedAt.Equal(later)) {
				t.Errorf("kept %+v", after)
			}
			if !saved && !(after.Answer.Equal(tt.before.Answer) && after.SavedAt.Equal(tt.before.SavedAt)) {
				t.Errorf("a conflict changed the answer: %+v", after)
			}
			if after.Question != "Q" || after.Marked != tt.before.Marked {
				t.Errorf("lost its question or its mark: %+v", after)
			}
		})
	}
}
