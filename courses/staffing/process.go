// Package staffing knows who may do the work of a process on a day, who is there, and when that will not be enough.
//
// It is pure: values in, values out. It imports certificates and what is below it, and from courses/training the clock.
package staffing

import (
	"cmp"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A Process is work that only some people may do, and of which there must always be enough. Whoever has one of its roles
// that day, holds all of some schemes and one of some others is qualified.
type Process struct {
	staff.Activity
	Cluster     string
	Owner       staff.PersonID           // who answers for it; may be empty
	All         []certificates.SchemeKey // every one of them
	OneOf       []certificates.SchemeKey // and one of these; none: nothing more
	Windows     []Window
	PoolMinimum int    // how many must be qualified so that leave and illness can be met; 0: nobody said
	Shortage    string // what is done when there are too few
	FourEyes    string // what a second person looks at

	Version int           // of what it asks; 0: nobody said
	From    calendar.Date // since when it asks this; zero: always
	Later   []Process     // what it asks from later days, in order
}

// Holding is a process as it is on a day, of the versions of what it asks in order of number: of two from the same day the later
// one holds.
func Holding(a staff.Activity, versions []Process, day calendar.Date) Process {
	versions = slices.Clone(versions)
	slices.SortStableFunc(versions, func(a, b Process) int { return cmp.Compare(a.From, b.From) })
	p := Process{Activity: a}
	for _, v := range versions {
		v.Activity = a
		switch n := len(p.Later); {
		case v.From <= day:
			p = v
		case n > 0 && p.Later[n-1].From == v.From:
			p.Later[n-1] = v
		default:
			p.Later = append(p.Later, v)
		}
	}
	return p
}

// AsOn is the process as it is on a later day.
func (p Process) AsOn(day calendar.Date) Process {
	for i, later := range slices.Backward(p.Later) {
		if later.From <= day {
			later.Later = p.Later[i+1:]
			return later
		}
	}
	return p
}

// Asks reports whether two versions ask the same.
func (p Process) Asks(o Process) bool {
	return p.Cluster == o.Cluster && p.Owner == o.Owner && slices.Equal(p.All, o.All) && slices.Equal(p.OneOf, o.OneOf) && p.PoolMinimum == o.PoolMinimum && p.Shortage == o.Shortage &&
		p.FourEyes == o.FourEyes && slices.EqualFunc(p.Windows, o.Windows, func(a, b Window) bool {
		return slices.Equal(a.Days, b.Days) && a.From == b.From && a.To == b.To && a.Minimum == b.Minimum && a.Note == b.Note
	})
}

// A Window (tijdvak) is a time of the week in which a process needs people.
type Window struct {
	Days     []time.Weekday
	From, To training.Clock // whole half hours
	Minimum  int
	Note     string
}

// On reports whether the window is open on a day.
func (w Window) On(day calendar.Date) bool { return slices.Contains(w.Days, day.Weekday()) }

// Schemes are all schemes that qualify for the process now or later, each once.
func (p Process) Schemes() []certificates.SchemeKey {
	all := slices.Concat(p.All, p.OneOf)
	for _, later := range p.Later {
		all = slices.Concat(all, later.All, later.OneOf)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Works reports whether a role works in the process on a day.
func (p *Process) Works(role staff.RoleID, day calendar.Date) bool {
	return slices.ContainsFunc(p.Roles, func(s staff.RoleStretch) bool {
		return s.Role == role && day >= s.From && (s.Until.IsZero() || day <= s.Until)
	})
}

// A Colour says how a pool stands.
type Colour string

const (
	Green    Colour = "green"  // more than the minimum
	Yellow   Colour = "yellow" // exactly the minimum
	Red      Colour = "red"    // fewer
	NoColour Colour = "none"   // nobody said how many there must be
)

// Colour is how a pool of some size stands.
func (p Process) Colour(pool int) Colour {
	switch {
	case p.PoolMinimum == 0:
		return NoColour
	case pool > p.PoolMinimum:
		return Green
	case pool == p.PoolMinimum:
		return Yellow
	}
	return Red
}

// A Record is what is known of one person.
type Record struct {
	Person      staff.PersonID
	Employments []staff.Employment
	Periods     []certificates.Period
	Rosters     []Roster
	Leave       []Leave
	Learning    []Learning // in order of day
	OnCall      []OnCall
	Asked       []certificates.SchemeKey // under which a duty is open, as far as that matters
	Bars        []Bar
}

// A Bar keeps somebody from the work of a process from a day on: they did not learn what changed there.
type Bar struct {
	Process staff.ActivityID
	From    calendar.Date
	Change  string // its title
}

// holds reports whether somebody is certified under a scheme on a day. In grace one is not.
func (r Record) holds(scheme certificates.SchemeKey, day calendar.Date) bool {
	return slices.ContainsFunc(r.Periods, func(p certificates.Period) bool {
		return p.Scheme == scheme && p.State(day, 0, false) == certificates.Valid
	})
}

// job reports whether somebody has an employment on a day whose role works in a process.
func (r Record) job(p Process, day calendar.Date) bool {
	return slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.On(day) && p.Works(e.Role, day) })
}

// Employed reports whether somebody has an employment on a day.
func (r Record) Employed(day calendar.Date) bool {
	return slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.On(day) })
}

// A Lack is what keeps somebody from being qualified on a day. The zero Lack is nothing.
type Lack struct {
	Role  bool                     // no role that works in the process
	All   []certificates.SchemeKey // that are not held
	OneOf []certificates.SchemeKey // of which one would do
	Bars  []Bar                    // changes that were not learned
}

// None reports whether nothing is lacking.
func (l Lack) None() bool { return !l.Role && l.Steps() == 0 && len(l.Bars) == 0 }

// Steps counts the schemes that somebody still has to get.
func (l Lack) Steps() int { return len(l.All) + min(1, len(l.OneOf)) }

// Lacks tells what keeps somebody from being qualified on a day.
func (p Process) Lacks(r Record, day calendar.Date) Lack {
	l := Lack{Role: !r.job(p, day)}
	for _, scheme := range p.All {
		if !r.holds(scheme, day) {
			l.All = append(l.All, scheme)
		}
	}
	if !slices.ContainsFunc(p.OneOf, func(scheme certificates.SchemeKey) bool { return r.holds(scheme, day) }) {
		l.OneOf = p.OneOf
	}
	for _, b := range r.Bars {
		if b.Process == p.ID && day >= b.From {
			l.Bars = append(l.Bars, b)
		}
	}
	return l
}

// Qualifies reports whether somebody may do the work on a day.
func (p Process) Qualifies(r Record, day calendar.Date) bool { return p.Lacks(r, day).None() }

// Pool are those who may do the work on a day, also who is on leave then.
func (p Process) Pool(records []Record, day calendar.Date) []staff.PersonID {
	var pool []staff.PersonID
	for _, r := range records {
		if p.Qualifies(r, day) {
			pool = append(pool, r.Person)
		}
	}
	return pool
}

// Without leaves somebody out: how it would be if they were away.
func Without(records []Record, person staff.PersonID) []Record {
	return slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return r.Person == person })
}
