package certificates

import (
	"testing"

	"bekwaam/courses"
)

func TestASchemeHasItsCoursesAndRefreshers(t *testing.T) {
	scheme := Scheme{
		Refreshers: []Component{{Kind: ComponentCourse, Course: "BRP-KORT"}},
		Components: []Component{{Kind: ComponentCourse, Course: "BRP"}, {Kind: ComponentObserved, Title: "praktijk"}},
	}
	for _, tt := range []struct {
		name   string
		course courses.CourseKey
		want   bool
	}{
		{"a component", "BRP", true},
		{"a refresher", "BRP-KORT", true},
		{"a key in another case", "brp-kort", false},
		{"half a key", "KORT", false},
		{"the course of a component that is none", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := scheme.Has(tt.course); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
