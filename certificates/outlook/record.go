// Package outlook looks ahead and back in time: what expires, what training that takes, who holds what on a day, and what
// another rule would do. It asks the rules that renew and require for real, and stores nothing.
//
// It is pure: values in, values out. It imports certificates, courses/staff and courses/calendar.
package outlook

import (
	"cmp"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// Rules are what is asked of people: every version of every scheme, and who must hold them.
type Rules struct {
	Schemes      certificates.Book
	Requirements map[certificates.SchemeKey][]certificates.Requirement
}

// scheme is a scheme as it applies on a day; where it does not apply yet, as it will.
func (r Rules) scheme(key certificates.SchemeKey, day calendar.Date) *certificates.Scheme {
	versions := r.Schemes[key]
	if len(versions) == 0 {
		return &certificates.Scheme{Key: key, Title: string(key)}
	}
	at := len(versions) - 1
	for at > 0 && versions[at].AppliesFrom > day {
		at--
	}
	return &versions[at]
}

// A Record holds every fact about one person. What stands in order of scheme and cycle is found without a search.
type Record struct {
	Person       staff.PersonID
	Employments  []staff.Employment // in order of number
	Designations []staff.Designation
	Periods      []certificates.Period   // in order of scheme and cycle
	Duties       []certificates.Duty     // in order of scheme and cycle
	Decisions    []certificates.Decision // in order of their first day
}

// Teams are the teams the person works in on a day, in order of employment.
func (r Record) Teams(day calendar.Date) []staff.TeamID {
	var teams []staff.TeamID
	for _, e := range r.Employments {
		if e.On(day) && !slices.Contains(teams, e.Team) {
			teams = append(teams, e.Team)
		}
	}
	return teams
}

// team is where the hours of the person count on a day: in the team of the first employment, so that nobody counts twice.
func (r Record) team(day calendar.Date) staff.TeamID {
	for _, e := range r.Employments {
		if e.On(day) {
			return e.Team
		}
	}
	return ""
}

// schemes lists what is asked of anybody or held by this person, in order of key.
func (r Record) schemes(rules Rules) []certificates.SchemeKey {
	keys := make(map[certificates.SchemeKey]bool, len(rules.Requirements))
	for key := range rules.Requirements {
		keys[key] = true
	}
	for _, p := range r.Periods {
		keys[p.Scheme] = true
	}
	return slices.Sorted(maps.Keys(keys))
}

// file gathers the facts about the person and one scheme.
func (r Record) file(scheme certificates.SchemeKey, requirements []certificates.Requirement) certificates.File {
	f := certificates.File{
		Person: r.Person, Scheme: scheme,
		Demands: certificates.Demands(requirements, r.Person, r.Employments, r.Designations),
		Periods: of(r.Periods, scheme, func(p certificates.Period) certificates.SchemeKey { return p.Scheme }),
		Duties:  of(r.Duties, scheme, func(d certificates.Duty) certificates.SchemeKey { return d.Scheme }),
	}
	for _, d := range r.Decisions {
		if d.Scheme == scheme || d.Kind == certificates.Absence {
			f.Decisions = append(f.Decisions, d)
		}
	}
	if len(f.Decisions) > 0 {
		f.Demands = certificates.Exempt(f.Demands, f.Decisions)
	}
	return f
}

// of returns the stretch of values of one scheme, which stand in order of scheme.
func of[T any](values []T, scheme certificates.SchemeKey, key func(T) certificates.SchemeKey) []T {
	first, _ := slices.BinarySearchFunc(values, scheme, func(v T, s certificates.SchemeKey) int { return cmp.Compare(key(v), s) })
	last := first
	for last < len(values) && key(values[last]) == scheme {
		last++
	}
	return slices.Clip(values[first:last])
}

// AsOf is the file as it stood on a day, as far as we know now: what was completed later is not in it.
func AsOf(f certificates.File, day calendar.Date) certificates.File {
	n := len(f.Periods)
	for n > 0 && f.Periods[n-1].CompletedOn > day {
		n--
	}
	f.Periods = f.Periods[:n]
	return f
}
