package certificates

import (
	"cmp"
	"slices"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// Evidence shows that a person completed one component of a scheme. It is never thrown away, also where it does not
// count. RECERTIFICATION §3.2.
type Evidence struct {
	ID            string
	Person        staff.PersonID
	Scheme        SchemeKey
	Component     int // the component's place in the scheme, from 0
	CompletedOn   calendar.Date
	Course        courses.CourseKey // empty where it was no course of ours
	CourseVersion int
	Attempt       courses.AttemptID
	Source        string // what was seen: "toets", "examen", "praktijk", "besluit", "gezien"
	RecordedBy    staff.PersonID
}

// Completed returns the day on which evidence completes every component of a scheme: the day of the last one. All of it
// must lie within the scheme's term for components and, on a renewal, none of it before the window opened; missing
// names the components without such evidence. RECERTIFICATION §3.10.
func (s Scheme) Completed(evidence []Evidence, last *Period) (on calendar.Date, missing []Component) {
	newest := make([]calendar.Date, len(s.Components))
	for _, e := range evidence {
		if e.Component >= 0 && e.Component < len(newest) {
			newest[e.Component] = max(newest[e.Component], e.CompletedOn)
		}
	}
	if len(newest) == 0 {
		return 0, nil
	}
	on = slices.MaxFunc(newest, cmp.Compare[calendar.Date])
	oldest := on.AddMonths(-cmp.Or(s.ComponentsWithinMonths, 12))
	if last != nil && last.renewable(on) {
		oldest = max(oldest, last.WindowOpensOn)
	}
	for i, day := range newest {
		if day.IsZero() || day < oldest {
			missing = append(missing, s.Components[i])
		}
	}
	return on, missing
}

// PlaceOf returns the place of the component that a course of the scheme shows. A refresher shows what the first course
// of the scheme does.
func (s Scheme) PlaceOf(course courses.CourseKey) int {
	place := slices.IndexFunc(s.Components, func(c Component) bool { return c.Kind == ComponentCourse && c.Course == course })
	if place < 0 {
		place = slices.IndexFunc(s.Components, func(c Component) bool { return c.Kind == ComponentCourse })
	}
	return max(0, place)
}

// Renew decides whether a person's evidence, of which latest came last, begins the next period of their file, and which.
// The outcome says why it does not.
func (s Scheme) Renew(f File, evidence []Evidence, latest Evidence) (Period, courses.Outcome, error) {
	last := f.Last()
	on, missing := s.Completed(evidence, last)
	if len(missing) > 0 {
		return Period{}, courses.ComponentsMissing, nil
	}
	next, err := NextPeriod(s, last, on)
	if err != nil || !next.Counts {
		return Period{}, courses.BeforeWindow, err
	}
	if next.Path == PathInitial {
		full := slices.DeleteFunc(slices.Clone(evidence), s.isRefresher)
		if again, missing := s.Completed(full, last); again != on || len(missing) > 0 {
			return Period{}, courses.FullCourseNeeded, nil
		}
	}
	return Period{
		Person: f.Person, Scheme: s.Key, SchemeVersion: s.Version, Cycle: f.Cycle(), Term: next.Term, Path: next.Path,
		Anchor: next.Anchor, CompletedOn: on, ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil,
		Course: latest.Course, CourseVersion: latest.CourseVersion, Attempt: latest.Attempt,
	}, courses.Certified, nil
}

// isRefresher reports whether evidence is of a course that is not the component's own. An earlier version of the scheme
// may have had more components.
func (s Scheme) isRefresher(e Evidence) bool {
	return e.Course != "" && e.Component < len(s.Components) && e.Course != s.Components[e.Component].Course
}
