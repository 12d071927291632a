package competences

import (
	"strings"
	"testing"
)

func TestARingOfLearningItemsIsNamed(t *testing.T) {
	others := []LearningItem{{ID: "A"}, {ID: "B", After: []ItemID{"C"}}, {ID: "D", AfterAny: []ItemID{"A", "C"}}, {ID: "E", AfterAny: []ItemID{"C"}}}
	for _, test := range []struct {
		name string
		item LearningItem
		ring string
	}{
		{"nothing first", LearningItem{ID: "C"}, ""},
		{"something that can be done", LearningItem{ID: "C", After: []ItemID{"A"}}, ""},
		{"an item after itself", LearningItem{ID: "C", After: []ItemID{"B"}}, "C B C"},
		{"another way is open", LearningItem{ID: "C", After: []ItemID{"D"}}, ""},
		{"the only way is through itself", LearningItem{ID: "C", After: []ItemID{"E"}}, "C E C"},
		{"one of two ways is open", LearningItem{ID: "C", AfterAny: []ItemID{"B", "A"}}, ""},
		{"an item that is gone", LearningItem{ID: "C", After: []ItemID{"Z"}}, ""},
	} {
		if got := strings.Join(test.item.waits(others), " "); got != test.ring {
			t.Errorf("%s: %q", test.name, got)
		}
	}
	if len(others) != 4 || others[1].ID != "B" {
		t.Error("the others changed")
	}
}
