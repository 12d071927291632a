package certificates

import (
	"slices"
	"testing"

	"bekwaam/courses"
)

// practical asks a quiz and a skill, within half a year of each other.
var practical = Scheme{Key: "P", Version: 1, Months: 24, Method: MethodPrevious, WindowMonths: 3, GraceMonths: 1, ComponentsWithinMonths: 6, Refreshers: []Component{{Kind: ComponentCourse, Course: "KORT"}, {Kind: ComponentCourse, Course: "KORT-2"}},
	Components: []Component{{Kind: ComponentCourse, Course: "LANG"}, {Kind: ComponentObserved, Title: "gezien"}}}

func TestWhatEvidenceLeadsTo(t *testing.T) {
	shown := func(component int, course courses.CourseKey, on string) Evidence {
		_, refresher := practical.PlaceOf(course)
		return Evidence{Component: component, Refresher: refresher, Course: course, CompletedOn: date(on)}
	}
	held := practical.Previous(date("2024-01-01"), 1, date("2025-12-31")) // window from 1 October 2025, grace until 31 January 2026
	revoked := held
	revoked.RevokedOn = date("2025-06-01")
	late := held
	late.RevokedOn = date("2025-11-20")
	diploma := shown(1, "", "2025-05-01") // that turned out to be false
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
		{"the refresher of another cycle", &held, []Evidence{shown(0, "KORT-2", "2025-10-01"), shown(1, "", "2025-10-01")}, courses.OtherRefresher, "", ""},
		{"the right refresher, recorded after another one of a later day", &held, []Evidence{shown(0, "KORT-2", "2025-10-09"), shown(1, "", "2025-10-01"), shown(0, "KORT", "2025-10-08")}, courses.Certified, "2026-01-01", PathRefresher},
		{"the full course instead of a refresher", &held, []Evidence{shown(0, "LANG", "2025-10-01"), shown(1, "", "2025-10-01")}, courses.Certified, "2026-01-01", PathRefresher},
		{"one of them from before the window", &held, []Evidence{shown(0, "KORT", "2025-09-30"), shown(1, "", "2025-10-01")}, courses.ComponentsMissing, "", ""},
		{"in grace", &held, []Evidence{shown(0, "KORT", "2026-01-31"), shown(1, "", "2026-01-01")}, courses.Certified, "2026-01-31", PathRefresher},
		{"after the grace a refresher does not suffice", &held, []Evidence{shown(0, "KORT", "2026-02-01"), shown(1, "", "2026-02-01")}, courses.FullCourseNeeded, "", ""},
		{"after the grace the full course does", &held, []Evidence{shown(0, "LANG", "2026-02-01"), shown(1, "", "2026-02-01")}, courses.Certified, "2026-02-01", PathInitial},
		{"after it was revoked a refresher does not suffice", &revoked, []Evidence{shown(0, "KORT", "2025-10-01"), shown(1, "", "2025-10-01")}, courses.FullCourseNeeded, "", ""},
		{"what was shown before it was revoked does not count", &revoked, []Evidence{shown(0, "LANG", "2025-05-01"), diploma, shown(0, "LANG", "2025-07-01")}, courses.ComponentsMissing, "", ""},
		{"nor what was shown on that day", &revoked, []Evidence{diploma, shown(0, "LANG", "2025-06-01"), shown(1, "", "2025-06-02")}, courses.ComponentsMissing, "", ""},
		{"nor that with a refresher after it", &revoked, []Evidence{shown(0, "LANG", "2025-05-01"), shown(0, "KORT", "2025-07-01"), shown(1, "", "2025-07-02")}, courses.FullCourseNeeded, "", ""},
		{"shown in the window, before it was revoked", &late, []Evidence{shown(0, "KORT", "2025-11-01"), shown(1, "", "2025-11-01")}, courses.ComponentsMissing, "", ""},
		{"in the window, on that day", &late, []Evidence{shown(0, "KORT", "2025-11-20"), shown(1, "", "2025-11-20")}, courses.ComponentsMissing, "", ""},
		{"in the window, partly after it", &late, []Evidence{shown(0, "LANG", "2025-11-21"), shown(1, "", "2025-11-01")}, courses.ComponentsMissing, "", ""},
		{"in the window, after it", &late, []Evidence{shown(0, "LANG", "2025-11-21"), shown(1, "", "2025-11-22")}, courses.Certified, "2025-11-22", PathInitial},
		{"all of it shown after it was revoked", &revoked, []Evidence{diploma, shown(0, "LANG", "2025-06-02"), shown(1, "", "2025-06-03")}, courses.Certified, "2025-06-03", PathInitial},
		{"a component that the scheme no longer has", nil, []Evidence{shown(0, "LANG", "2025-01-01"), shown(1, "", "2025-01-01"), shown(7, "OUD", "2025-01-01")}, courses.Certified, "2025-01-01", PathInitial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := File{Person: "P", Scheme: "P"}
			if tt.last != nil {
				f.Periods = []Period{*tt.last}
			}
			latest := tt.evidence[len(tt.evidence)-1]
			got, outcome, err := practical.Renew(f, tt.evidence, latest, nil)
			if err != nil || outcome != tt.outcome || got.ValidFrom.String() != tt.from || got.Path != tt.path {
				t.Errorf("got %s, %s from %s, %v", outcome, got.Path, got.ValidFrom, err)
			}
			if outcome == courses.Certified && (got.Cycle != f.Cycle() || got.CompletedOn < latest.CompletedOn.AddMonths(-6) || got.Course != latest.Course) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestWhatIsStillToBeShown(t *testing.T) {
	held := practical.Previous(date("2024-01-01"), 1, date("2025-12-31")) // window from 1 October 2025, grace until 31 January 2026
	revoked := held
	revoked.RevokedOn = date("2025-06-01")
	skill := func(on string) []Evidence { return []Evidence{{Component: 1, CompletedOn: date(on)}} }
	for _, tt := range []struct {
		name     string
		last     *Period
		evidence []Evidence
		on       string
		want     []Place
	}{
		{"nothing was shown", nil, nil, "2025-07-01", []Place{{0, 0}, {1, 0}}},
		{"a skill from before anybody asked", nil, skill("2025-01-01"), "2025-07-01", []Place{{0, 0}}},
		{"a skill from too long ago", nil, skill("2024-12-31"), "2025-07-01", []Place{{0, 0}, {1, 0}}},
		{"the refresher whose turn it is", &held, skill("2025-10-01"), "2025-11-01", []Place{{0, 1}}},
		{"a skill from before the window", &held, skill("2025-09-30"), "2025-11-01", []Place{{0, 1}, {1, 0}}},
		{"another refresher", &held, []Evidence{{Refresher: 2, CompletedOn: date("2025-10-01")}}, "2025-11-01", []Place{{0, 1}, {1, 0}}},
		{"a skill from before it was revoked", &revoked, skill("2025-06-01"), "2025-11-01", []Place{{0, 0}, {1, 0}}},
	} {
		f := File{Person: "P", Scheme: "P"}
		if tt.last != nil {
			f.Periods = []Period{*tt.last}
		}
		if got := practical.Unshown(f, tt.evidence, date(tt.on)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v", tt.name, got)
		}
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
	for course, want := range map[courses.CourseKey][2]int{"LANG": {0, 0}, "KORT": {0, 1}, "KORT-2": {0, 2}, "ANDERS": {0, 0}} {
		if place, refresher := practical.PlaceOf(course); place != want[0] || refresher != want[1] {
			t.Errorf("%s stands on %d, refresher %d", course, place, refresher)
		}
	}
	second := Scheme{Refreshers: []Component{{Kind: ComponentCourse, Course: "KORT"}}, Components: []Component{{Kind: ComponentObserved}, {Kind: ComponentCourse, Course: "A"}, {Kind: ComponentCourse, Course: "B"}}}
	for course, want := range map[courses.CourseKey]int{"A": 1, "B": 2, "KORT": 1} {
		if place, _ := second.PlaceOf(course); place != want {
			t.Errorf("%s stands on %d", course, place)
		}
	}
	if !second.Has("KORT") || !second.Has("B") || second.Has("C") || second.Has("") {
		t.Error("the courses of a scheme are its components and refreshers")
	}
}

func TestARefresherTakesThePlaceOfTheFirstComponentOfItsKind(t *testing.T) {
	scheme := Scheme{
		Components: []Component{{Kind: ComponentCourse, Course: "THEORIE"}, {Kind: ComponentExternal, Title: "basis"}, {Kind: ComponentObserved, Title: "praktijk"}},
		Refreshers: []Component{{Kind: ComponentExternal, Title: "herhaling reanimatie"}, {Kind: ComponentExternal, Title: "herhaling ontruiming"}},
	}
	for _, tt := range []struct {
		cycle int
		path  Path
		want  string
	}{{1, PathInitial, "basis"}, {2, PathRefresher, "herhaling reanimatie"}, {3, PathRefresher, "herhaling ontruiming"}, {3, PathInitial, "basis"}} {
		asked := scheme.Asked(tt.cycle, tt.path)
		if len(asked) != 3 || asked[0].Course != "THEORIE" || asked[1].Title != tt.want || asked[2].Title != "praktijk" {
			t.Errorf("cycle %d, %s: got %+v", tt.cycle, tt.path, asked)
		}
	}
	if scheme.Components[1].Title != "basis" {
		t.Error("asking changed the scheme")
	}
}

func TestAChainBeginsOnceItsPrerequisiteIsHeld(t *testing.T) {
	shown := Evidence{CompletedOn: date("2025-03-01"), Course: "X"}
	scheme := Scheme{Key: "X", Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 1, Components: []Component{{Kind: ComponentCourse, Course: "X"}},
		Prerequisites: []Prerequisite{{Scheme: "BASIS", Hard: true}, {Scheme: "WIJS"}}}
	held := scheme.Previous(date("2024-04-01"), 1, date("2025-03-31"))
	basis := func(from, until string) Period {
		return Period{Scheme: "BASIS", ValidFrom: date(from), ValidUntil: date(until)}
	}
	revoked := basis("2024-06-01", "2027-05-31")
	revoked.RevokedOn = date("2025-01-01")
	for _, tt := range []struct {
		name    string
		f       File
		held    []Period
		outcome courses.Outcome
		from    string
	}{
		{"held", File{}, []Period{basis("2024-06-01", "2027-05-31")}, courses.Certified, "2025-03-01"},
		{"held on its last day", File{}, []Period{basis("2024-06-01", "2025-03-01")}, courses.Certified, "2025-03-01"},
		{"lapsed the day before", File{}, []Period{basis("2024-06-01", "2025-02-28")}, courses.PrerequisiteFirst, ""},
		{"held later: the chain begins then", File{}, []Period{basis("2020-06-01", "2023-05-31"), basis("2025-05-01", "2028-04-30")}, courses.Certified, "2025-05-01"},
		{"held so much later that what was shown is too old", File{}, []Period{basis("2026-03-02", "2028-04-30")}, courses.ComponentsMissing, ""},
		{"never held", File{}, nil, courses.PrerequisiteFirst, ""},
		{"revoked", File{}, []Period{revoked}, courses.PrerequisiteFirst, ""},
		{"a renewal does not wait", File{Periods: []Period{held}}, nil, courses.Certified, "2025-04-01"},
	} {
		got, outcome, err := scheme.Renew(tt.f, []Evidence{shown}, shown, tt.held)
		if err != nil || outcome != tt.outcome || got.ValidFrom.String() != tt.from {
			t.Errorf("%s: from %s, %s, %v", tt.name, got.ValidFrom, outcome, err)
		}
	}
	if !scheme.Requires("BASIS") || scheme.Requires("WIJS") {
		t.Error("only a hard prerequisite is required")
	}
}

// B begins after A has ended, so nobody holds both: in whichever order the scheme names them.
func TestEveryPrerequisiteIsHeldOnOneDay(t *testing.T) {
	held := []Period{{Scheme: "A", ValidFrom: date("2024-04-01"), ValidUntil: date("2025-03-31")}, {Scheme: "B", ValidFrom: date("2025-06-01"), ValidUntil: date("2026-05-31")}}
	again := append(held, Period{Scheme: "A", ValidFrom: date("2025-07-01"), ValidUntil: date("2026-06-30")})
	for _, order := range [][]Prerequisite{{{Scheme: "A", Hard: true}, {Scheme: "B", Hard: true}}, {{Scheme: "B", Hard: true}, {Scheme: "A", Hard: true}}} {
		scheme := Scheme{Prerequisites: order}
		if on, ok := scheme.ready(held, date("2025-03-01")); ok {
			t.Errorf("%v: ready on %s", order, on)
		}
		if on, ok := scheme.ready(again, date("2025-03-01")); !ok || on != date("2025-07-01") {
			t.Errorf("%v: ready on %s, %v", order, on, ok)
		}
	}
}

func TestNoTwoPeriodsBeginOnOneDay(t *testing.T) {
	scheme := Scheme{Key: "X", Version: 1, Months: 12, Method: MethodPrevious, WindowMonths: 2, Components: []Component{{Kind: ComponentCourse, Course: "X"}}}
	revoked := func(cycle int, from, on string) Period {
		return Period{Scheme: "X", Cycle: cycle, ValidFrom: date(from), ValidUntil: date("2027-02-11"), WindowOpensOn: date("2026-12-12"), GraceUntil: date("2027-02-11"), RevokedOn: date(on)}
	}
	f := File{Scheme: "X", Periods: []Period{revoked(1, "2026-02-12", "2026-01-20"), revoked(2, "2026-02-01", "2026-02-10")}}
	shown := Evidence{CompletedOn: date("2026-02-12"), Course: "X"}
	got, outcome, err := scheme.Renew(f, []Evidence{shown}, shown, f.Periods)
	if err != nil || outcome != courses.Certified || got.ValidFrom != date("2026-02-13") {
		t.Errorf("got %s from %s, %v", outcome, got.ValidFrom, err)
	}
}
