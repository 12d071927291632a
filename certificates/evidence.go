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
	SchemeVersion int // of which the next two are places; 0: the one that asks for it
	Component     int // the component's place in the scheme, from 0
	Refresher     int // which refresher of the scheme was done instead, from 1; 0: the component itself
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
	newest := s.newest(evidence)
	if len(newest) == 0 {
		return 0, nil
	}
	on = slices.Max(newest)
	for _, place := range s.stale(newest, on, last) {
		missing = append(missing, s.Components[place])
	}
	return on, missing
}

// Unshown returns the places that the scheme asks of a file on a day and of which no evidence counts yet.
func (s Scheme) Unshown(f File, evidence []Evidence, on calendar.Date) []Place {
	path := f.Path(on)
	asked := s.PlacesAsked(f.Cycle(), path)
	var unshown []Place
	for _, place := range s.stale(s.newest(s.counting(afterRevocation(evidence, f.Last()), f.Cycle(), path)), on, f.Last()) {
		unshown = append(unshown, asked[place])
	}
	return unshown
}

// Recognise returns evidence as this version of a scheme asks it. What was shown under another of its versions counts for
// what is shown in the same way, wherever that stands now; what this version asks no more does not count.
func (s Scheme) Recognise(evidence []Evidence, versions []Scheme) []Evidence {
	var counts []Evidence
	for _, e := range evidence {
		at := slices.IndexFunc(versions, func(v Scheme) bool { return v.Version == e.SchemeVersion })
		if at < 0 || e.SchemeVersion == s.Version {
			counts = append(counts, e)
			continue
		}
		shown, ok := versions[at].shownBy(e)
		if place := slices.IndexFunc(s.Components, shown.shows); ok && place >= 0 {
			e.Component, e.Refresher = place, 0
			counts = append(counts, e)
		} else if turn := slices.IndexFunc(s.Refreshers, shown.shows); ok && turn >= 0 && len(s.Components) > 0 {
			e.Component, e.Refresher = s.replaces(shown), turn+1
			counts = append(counts, e)
		}
	}
	return counts
}

// shownBy is the component or refresher that evidence of this version is about; false where it has none at that place.
func (s Scheme) shownBy(e Evidence) (Component, bool) {
	parts, at := s.Components, e.Component
	if e.Refresher > 0 {
		parts, at = s.Refreshers, e.Refresher-1
	}
	if at < 0 || at >= len(parts) {
		return Component{}, false
	}
	return parts[at], true
}

// newest returns the newest day on which each component was shown; zero where it never was.
func (s Scheme) newest(evidence []Evidence) []calendar.Date {
	newest := make([]calendar.Date, len(s.Components))
	for _, e := range evidence {
		if e.Component >= 0 && e.Component < len(newest) {
			newest[e.Component] = max(newest[e.Component], e.CompletedOn)
		}
	}
	return newest
}

// stale returns the places, from 0, of the components that were shown too long before a day, or never.
func (s Scheme) stale(newest []calendar.Date, on calendar.Date, last *Period) (stale []int) {
	oldest := on.AddMonths(-cmp.Or(s.ComponentsWithinMonths, 12))
	if last != nil && last.renewable(on) {
		oldest = max(oldest, last.WindowOpensOn)
	}
	for i, day := range newest {
		if day.IsZero() || day < oldest {
			stale = append(stale, i)
		}
	}
	return stale
}

// afterRevocation leaves out what was shown before the last period was revoked, or on that day: what was wrong may be just
// that. RECERTIFICATION §3.9.
func afterRevocation(evidence []Evidence, last *Period) []Evidence {
	if last == nil || last.RevokedOn.IsZero() {
		return evidence
	}
	return slices.DeleteFunc(slices.Clone(evidence), func(e Evidence) bool { return e.CompletedOn <= last.RevokedOn })
}

// Renew decides whether a person's evidence, of which latest came last, begins the next period of their file, and which.
// The outcome says why it does not. What was shown before a revocation, or on its day, neither renews the period nor begins
// another, whenever somebody judges it. held are all periods of the person, in order of cycle: no chain begins before every
// hard prerequisite is held.
func (s Scheme) Renew(f File, evidence []Evidence, latest Evidence, held []Period) (Period, courses.Outcome, error) {
	last := f.Last()
	evidence = afterRevocation(evidence, last)
	on, missing := s.Completed(evidence, last)
	switch {
	case len(missing) > 0 && latest.Refresher > 0 && f.Path(latest.CompletedOn) == PathInitial: // where no refresher counts
		return Period{}, courses.FullCourseNeeded, nil
	case len(missing) > 0:
		return Period{}, courses.ComponentsMissing, nil
	}
	next, err := NextPeriod(s, last, on)
	if err != nil || !next.Counts {
		return Period{}, courses.BeforeWindow, err
	}
	counting := s.counting(evidence, f.Cycle(), next.Path)
	if len(counting) < len(evidence) { // what came last may not count, and what came before it suffice
		path := next.Path
		if on, missing = s.Completed(counting, last); len(missing) == 0 {
			if next, err = NextPeriod(s, last, on); err != nil {
				return Period{}, "", err
			}
		}
		if len(missing) > 0 || !next.Counts || next.Path != path {
			return Period{}, map[Path]courses.Outcome{PathInitial: courses.FullCourseNeeded, PathRefresher: courses.OtherRefresher}[path], nil
		}
	}
	if !slices.Contains(counting, latest) {
		latest = slices.MaxFunc(counting, func(a, b Evidence) int { return cmp.Compare(a.CompletedOn, b.CompletedOn) })
	}
	if next.Path == PathInitial {
		ready, ok := s.ready(held, on)
		switch {
		case !ok:
			return Period{}, courses.PrerequisiteFirst, nil
		case len(s.stale(s.newest(counting), ready, last)) > 0:
			return Period{}, courses.ComponentsMissing, nil
		}
		if next, err = NextPeriod(s, last, ready); err != nil {
			return Period{}, "", err
		}
	}
	for slices.ContainsFunc(f.Periods, func(p Period) bool { return p.ValidFrom == next.ValidFrom }) { // it was revoked: no two periods begin on one day
		next.ValidFrom = next.ValidFrom.AddDays(1)
	}
	return Period{
		Person: f.Person, Scheme: s.Key, SchemeVersion: s.Version, Cycle: f.Cycle(), Term: next.Term, Path: next.Path,
		Anchor: next.Anchor, CompletedOn: on, ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil,
		Course: latest.Course, CourseVersion: latest.CourseVersion, Attempt: latest.Attempt,
	}, courses.Certified, nil
}

// counting returns the evidence that counts on a path: no refresher on the initial path, and on the refresher path only
// the one whose turn it is. The component itself always counts.
func (s Scheme) counting(evidence []Evidence, cycle int, path Path) []Evidence {
	turn := s.turn(cycle)
	return slices.DeleteFunc(slices.Clone(evidence), func(e Evidence) bool {
		return e.Refresher > 0 && (path == PathInitial || e.Refresher != turn)
	})
}
