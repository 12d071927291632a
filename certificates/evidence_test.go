package certificates

import (
	"testing"

	"bekwaam/courses"
)

// practical asks a quiz and a skill, within half a year of each other.
var practical = Scheme{Key: "P", Version: 1, Months: 24, Method: MethodPrevious, WindowMonths: 3, GraceMonths: 1, ComponentsWithinMonths: 6, Refreshers: []courses.CourseKey{"KORT", "KORT-2"},
	Components: []Component{{Kind: ComponentCourse, Course: "LANG"}, {Kind: ComponentObserved, Title: "gezien"}}}

func TestWhatEvidenceLeadsTo(t *testing.T) {
	shown := func(component int, course courses.CourseKey, on string) Evidence {
		return Evidence{Component: component, Course: course, CompletedOn: date(on)}
	}
	held := practical.Previous(date("2024-01-01"), 1, date("2025-12-31")) // window from 1 October 2025, grace until 31 January 2026
	revoked := held
	revoked.RevokedOn = date("2025-06-01")
	for _, tt := range []struct {
		name     string
		last     *Period
		evidence []Evidence
		outcome  courses.Outcome
		from     string // of the next period
		path     Path
	}{
		{"one of two components", nil, []Evidence{shown(0, "LANG", "2025-01-01")}, courses.ComponentsMissing, "", ""},
		{"both, from the day of the last", nil, []Evidence{shown(0, "LANG", "2025-01-01"), shown(1, "", "2025-07-01")}, courses.Certified, "2025-07-01", PathInitial},
		{"both, but too far apart", nil, []Evidence{shown(0, "LANG", "2025-01-01"), shown(1, "", "2025-07-02")}, courses.ComponentsMissing, "", ""},
		{"the newest of each counts", nil, []Evidence{shown(0, "LANG", "2024-01-01"), shown(1, "", "2025-07-01"), shown(0, "LANG", "2025-07-02")}, courses.Certified, "2025-07-02", PathInitial},
		{"a refresher does not begin a chain", nil, []Evidence{shown(0, "KORT", "2025-07-01"), shown(1, "", "2025-07-01")}, courses.FullCourseNeeded, "", ""},
		{"before the window", &held, []Evidence{shown(0, "KORT", "2025-09-30"), shown(1, "", "2025-09-30")}, courses.BeforeWindow, "", ""},
		{"in the window", &held, []Evidence{shown(0, "KORT", "2025-10-01"), shown(1, "", "2025-10-01")}, courses.Certified, "2026-01-01", PathRefresher},
		{"one of them from before the window", &held, []Evidence{shown(0, "KORT", "2025-09-30"), shown(1, "", "2025-10-01")}, courses.ComponentsMissing, "", ""},
		{"in grace", &held, []Evidence{shown(0, "KORT", "2026-01-31"), shown(1, "", "2026-01-01")}, courses.Certified, "2026-01-31", PathRefresher},
		{"after the grace a refresher does not suffice", &held, []Evidence{shown(0, "KORT", "2026-02-01"), shown(1, "", "2026-02-01")}, courses.FullCourseNeeded, "", ""},
		{"after the grace the full course does", &held, []Evidence{shown(0, "LANG", "2026-02-01"), shown(1, "", "2026-02-01")}, courses.Certified, "2026-02-01", PathInitial},
		{"after it was revoked a refresher does not suffice", &revoked, []Evidence{shown(0, "KORT", "2025-10-01"), shown(1, "", "2025-10-01")}, courses.FullCourseNeeded, "", ""},
		{"a component that the scheme no longer has", nil, []Evidence{shown(0, "LANG", "2025-01-01"), shown(1, "", "2025-01-01"), shown(7, "OUD", "2025-01-01")}, courses.Certified, "2025-01-01", PathInitial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := File{Person: "P", Scheme: "P"}
			if tt.last != nil {
				f.Periods = []Period{*tt.last}
			}
			latest := tt.evidence[len(tt.evidence)-1]
			got, outcome, err := practical.Renew(f, tt.evidence, latest)
			if err != nil || outcome != tt.outcome || got.ValidFrom.String() != tt.from || got.Path != tt.path {
				t.Errorf("got %s, %s from %s, %v", outcome, got.Path, got.ValidFrom, err)
			}
			if outcome == courses.Certified && (got.Cycle != f.Cycle() || got.CompletedOn < latest.CompletedOn.AddMonths(-6) || got.Course != latest.Course) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestRefreshersTakeTurns(t *testing.T) {
	for _, tt := range []struct {
		cycle int
		path  Path
		want  courses.CourseKey
	}{{1, PathInitial, "LANG"}, {2, PathRefresher, "KORT"}, {3, PathRefresher, "KORT-2"}, {4, PathRefresher, "KORT"}, {4, PathInitial, "LANG"}} {
		if got, ok := practical.CourseFor(tt.cycle, tt.path); !ok || got != tt.want {
			t.Errorf("cycle %d, %s: got %s, want %s", tt.cycle, tt.path, got, tt.want)
		}
	}
	diploma := Scheme{Components: []Component{{Kind: ComponentExternal}}}
	if _, ok := diploma.CourseFor(1, PathInitial); ok {
		t.Error("a diploma has a course")
	}
}

func TestPlaces(t *testing.T) {
	for course, want := range map[courses.CourseKey]int{"LANG": 0, "KORT": 0, "ANDERS": 0} {
		if got := practical.PlaceOf(course); got != want {
			t.Errorf("%s stands on %d", course, got)
		}
	}
	second := Scheme{Refreshers: []courses.CourseKey{"KORT"}, Components: []Component{{Kind: ComponentObserved}, {Kind: ComponentCourse, Course: "A"}, {Kind: ComponentCourse, Course: "B"}}}
	for course, want := range map[courses.CourseKey]int{"A": 1, "B": 2, "KORT": 1} {
		if got := second.PlaceOf(course); got != want {
			t.Errorf("%s stands on %d", course, got)
		}
	}
	if !second.Has("KORT") || !second.Has("B") || second.Has("C") || second.Has("") {
		t.Error("the courses of a scheme are its components and refreshers")
	}
}
