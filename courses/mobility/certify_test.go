package mobility_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	. "bekwaam/courses/competences"
	"bekwaam/courses/mobility"
)

// yearly is a scheme of a course of ours that is renewed every year, within two months before its end or one after it.
func yearly(key certificates.SchemeKey, kind certificates.ComponentKind, minutes int) certificates.Scheme {
	return certificates.Scheme{
		Key: key, Version: 1, Title: string(key), Months: 12, Method: certificates.MethodPrevious, WindowMonths: 2, GraceMonths: 1, Minutes: minutes, RefresherMinutes: minutes / 4,
		Components: []certificates.Component{{Kind: kind, Title: "x"}},
	}
}

// holding is a period of a scheme that ends on a day.
func holding(s certificates.Scheme, until calendar.Date) certificates.Period {
	return s.Previous(until.AddDays(1).AddMonths(-12), 1, until)
}

func TestCoursesKeepSomebodyCertified(t *testing.T) {
	today, until := day(2026, 11, 24), day(2028, 10, 31)
	own, elsewhere := yearly("OWN", certificates.ComponentCourse, 240), yearly("FAR", certificates.ComponentExternal, 2400)
	appointed := certificates.Scheme{Key: "NAMED", Version: 1, Method: certificates.MethodNever, Components: []certificates.Component{{Kind: certificates.ComponentDesignation}}}
	after := own
	after.Key, after.Prerequisites = "AFTER", []certificates.Prerequisite{{Scheme: "FAR", Hard: true}}
	first, course := item("FIRST", 2, 0, 1, up("A", 0, 1)), item("COURSE", 10, 250, 4)
	course.Scheme, course.After = "FAR", []ItemID{"FIRST"}
	again := item("AGAIN", 3, 80, 1)
	again.Scheme, again.Earlier, again.Starts = "FAR", "FAR", []Start{{day(2026, 12, 8)}}
	for name, want := range map[string]struct {
		schemes []certificates.Scheme
		periods []certificates.Period
		items   []LearningItem
		perWeek int
		courses string
		none    string
	}{
		"it holds long enough":     {[]certificates.Scheme{own}, []certificates.Period{holding(own, day(2029, 1, 1))}, nil, 240, "", "[]"},
		"it is renewed twice":      {[]certificates.Scheme{own}, []certificates.Period{holding(own, day(2026, 12, 7))}, nil, 240, "OWN 2026-12-07 60 true; OWN 2026-12-07 60 true, OWN 2027-12-07 60 true", "[]"},
		"there is no time":         {[]certificates.Scheme{own}, []certificates.Period{holding(own, day(2026, 12, 7))}, nil, 15, "", "[]"},
		"it is never held":         {[]certificates.Scheme{own}, nil, nil, 120, "OWN 2026-12-04 240 false; OWN 2026-12-04 240 false, OWN 2027-12-03 60 true", "[]"},
		"it ended, and is renewed": {[]certificates.Scheme{own}, []certificates.Period{holding(own, day(2026, 11, 20))}, nil, 120, "OWN 2026-11-27 60 true; OWN 2026-11-27 60 true, OWN 2027-11-20 60 true", "[]"},
		"it ended too long ago":    {[]certificates.Scheme{own}, []certificates.Period{holding(own, day(2026, 9, 20))}, nil, 240, "OWN 2026-11-27 240 false; OWN 2026-11-27 240 false, OWN 2027-11-26 60 true", "[]"},
		"nothing leads there":      {[]certificates.Scheme{elsewhere}, nil, nil, 240, "", "[FAR]"},
		"an item leads there":      {[]certificates.Scheme{elsewhere}, nil, []LearningItem{first, course}, 240, "FAR 2026-12-25 720 false; FAR 2026-12-25 720 false, FAR 2027-12-24 600 true", "[]"},
		"a day is given in grace":  {[]certificates.Scheme{elsewhere}, []certificates.Period{holding(elsewhere, day(2026, 11, 20))}, []LearningItem{again}, 2400, "FAR 2026-12-08 600 true; FAR 2026-12-08 600 true, FAR 2027-11-20 600 true", "[]"},
		"somebody is appointed":    {[]certificates.Scheme{appointed}, nil, nil, 240, "NAMED 2026-11-24 0 false", "[]"},
		"another comes first":      {[]certificates.Scheme{after}, nil, nil, 240, "", "[AFTER]"},
		"both, the shorter first":  {[]certificates.Scheme{yearly("LONG", certificates.ComponentCourse, 480), appointed}, nil, nil, 480, "NAMED 2026-11-24 0 false; LONG 2026-11-27 480 false; NAMED 2026-11-24 0 false, LONG 2026-11-27 480 false; LONG 2026-11-27 480 false, LONG 2027-11-26 120 true; NAMED 2026-11-24 0 false, LONG 2026-11-27 480 false, LONG 2027-11-26 120 true", "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			p := mobility.Problem{Items: want.items, From: today, PerWeek: want.perWeek}
			for _, period := range want.periods {
				p.Held = append(p.Held, period.Scheme)
			}
			courses, none, all := mobility.Courses(p, want.schemes, want.periods, until)
			if !all {
				t.Error("not all courses are looked at")
			}
			var got []string
			for _, c := range courses {
				var lessons []string
				minutes := 0
				for _, l := range c.Lessons {
					lessons = append(lessons, fmt.Sprint(l.Scheme, " ", l.Until, " ", l.Minutes, " ", l.Renews))
					minutes += l.Minutes
				}
				if minutes != c.Minutes {
					t.Error("the lessons take", minutes, "and the course", c.Minutes)
				}
				got = append(got, strings.Join(lessons, ", "))
			}
			if strings.Join(got, "; ") != want.courses || fmt.Sprint(none) != want.none {
				t.Errorf("%s, not on offer %v", strings.Join(got, "; "), none)
			}
		})
	}
}

// TestNobodyLearnsMoreThanTheirHours lets somebody do every renewal as soon as it is due first, and finds each in time.
func TestNobodyLearnsMoreThanTheirHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today, until := day(2026, 11, 24), day(2028, 10, 31)
		p := mobility.Problem{From: today, PerWeek: 60 * rapid.IntRange(1, 4).Draw(t, "hours")}
		away := rapid.IntRange(0, 20).Draw(t, "away")
		p.Free = func(monday calendar.Date) int {
			if week := int(monday-today.Monday()) / 7; week == away || week == away+1 {
				return 0
			}
			return p.PerWeek
		}
		var schemes []certificates.Scheme
		var periods []certificates.Period
		for i := range rapid.IntRange(1, 4).Draw(t, "schemes") {
			s := yearly(certificates.SchemeKey(fmt.Sprint("S", i)), certificates.ComponentCourse, 240*rapid.IntRange(1, 8).Draw(t, "minutes"))
			schemes = append(schemes, s)
			if rapid.Bool().Draw(t, "held") {
				periods = append(periods, holding(s, today.AddDays(rapid.IntRange(-60, 360).Draw(t, "ends"))))
			}
		}
		courses, _, _ := mobility.Courses(p, schemes, periods, until)
		for _, c := range courses {
			left := make([]int, len(c.Lessons))
			for i, l := range c.Lessons {
				left[i] = l.Minutes
			}
			for monday := today.Monday(); monday <= until.AddMonths(12); monday = monday.AddDays(7) {
				free := p.Free(monday)
				order := make([]int, len(left))
				for i := range order {
					order[i] = i
				}
				slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.Lessons[a].Until, c.Lessons[b].Until) })
				for _, i := range order {
					if l := c.Lessons[i]; l.From.Monday() <= monday && l.Until >= monday {
						some := min(free, left[i])
						free, left[i] = free-some, left[i]-some
					}
				}
			}
			if slices.Max(left) > 0 {
				t.Fatalf("%v does not fit in %d minutes a week", c.Lessons, p.PerWeek)
			}
		}
	})
}

func TestOfTooManyCoursesTheLongestAreKept(t *testing.T) {
	today := day(2026, 11, 24)
	var schemes []certificates.Scheme
	var periods []certificates.Period
	for i := range 7 { // each once, twice or not: more than a thousand
		s := yearly(certificates.SchemeKey(fmt.Sprint("S", i)), certificates.ComponentCourse, 60)
		schemes, periods = append(schemes, s), append(periods, holding(s, day(2026, 12, 20)))
	}
	courses, _, all := mobility.Courses(mobility.Problem{From: today, PerWeek: 240}, schemes, periods, day(2028, 10, 31))
	if all || len(courses) != 1<<7-1 {
		t.Error(len(courses), all)
	}
}
