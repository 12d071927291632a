package staffing

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A CauseKind says why somebody joins or leaves a pool.
type CauseKind string

const (
	Expires   CauseKind = "expires"   // a certificate is no longer valid
	Revoked   CauseKind = "revoked"   // a certificate was taken away
	Leaves    CauseKind = "leaves"    // an employment ended
	RoleEnds  CauseKind = "role-ends" // the role works in the process no longer
	Certified CauseKind = "certified" // a certificate begins to count
	Begins    CauseKind = "begins"    // an employment begins
	Outdated  CauseKind = "outdated"  // a change holds that was not learned
	RoleJoins CauseKind = "role-joins"
	Asks      CauseKind = "asks" // the process asks something else
)

// A Cause is one reason why somebody joins or leaves a pool on a day.
type Cause struct {
	Kind   CauseKind
	Person staff.PersonID
	Scheme certificates.SchemeKey // of Expires, Revoked and Certified
	Day    calendar.Date          // the first day on which it holds: of Expires the first without validity
	Change string                 // of Outdated: its title
}

// A Step is a day on which a pool changes.
type Step struct {
	Day    calendar.Date
	Pool   int
	Colour Colour
	Causes []Cause // none on the first day of a forecast
}

// An Outlook is one day of a forecast.
type Outlook struct {
	Day      calendar.Date
	Pool     int
	Colour   Colour
	Open     bool // the process needs people that day
	Known    bool // some roster says who works
	Present  int  // in the window with the smallest margin: the lowest number in any half hour
	Minimum  int  // of that window
	Shortage bool
}

// A Forecast is how a process stands day by day if nobody gets a certificate that is not there yet.
type Forecast struct {
	From, Until calendar.Date
	Steps       []Step // the first is how it stands on From
	Days        []Outlook
}

// Forecast looks at every day between two, each with what the process asks then.
func (p Process) Forecast(records []Record, from, until calendar.Date) Forecast {
	f := Forecast{From: from, Until: until}
	for begin := from; begin <= until; {
		is, end := p.AsOn(begin), until
		if len(is.Later) > 0 {
			end = min(until, is.Later[0].From.AddDays(-1))
		}
		part := is.forecast(records, begin, end)
		if begin > from {
			part.Steps[0].Causes = is.turned(records, begin)
		}
		f.Days, f.Steps = append(f.Days, part.Days...), append(f.Steps, part.Steps...)
		begin = end.AddDays(1)
	}
	return f
}

// turned are the causes of the day on which a process begins to ask something else.
func (p Process) turned(records []Record, day calendar.Date) []Cause {
	causes := []Cause{{Kind: Asks, Day: day}}
	for i := range records {
		if is := p.Qualifies(records[i], day); is != p.Qualifies(records[i], day.AddDays(-1)) {
			causes = append(causes, p.causes(&records[i], day, is)...)
		}
	}
	return causes
}

// forecast looks at every day between two on which the process asks the same.
func (p Process) forecast(records []Record, from, until calendar.Date) Forecast {
	f := Forecast{From: from, Until: until}
	n := from.DaysUntil(until) + 1
	deltas := make(map[calendar.Date][]Cause)
	there := make([][perDay]int, n)
	pool, unknown := make([]int, n+1), make([]int, n)
	for i := range records {
		for _, s := range p.stretches(&records[i], from, until) {
			pool[from.DaysUntil(s.from)]++
			pool[from.DaysUntil(s.until)+1]--
			if s.from > from {
				deltas[s.from] = append(deltas[s.from], p.causes(&records[i], s.from, true)...)
			}
			if s.until < until {
				deltas[s.until.AddDays(1)] = append(deltas[s.until.AddDays(1)], p.causes(&records[i], s.until.AddDays(1), false)...)
			}
			for day := s.from; day <= s.until; day++ {
				is := records[i].at(&p, day)
				if is.unknown {
					unknown[from.DaysUntil(day)]++
				}
				if is.there != 0 {
					is.there.count(&there[from.DaysUntil(day)])
				}
			}
		}
	}
	f.Days = make([]Outlook, n)
	for i := range f.Days {
		pool[i] += pool[max(0, i-1)] * min(1, i)
		day := from.AddDays(i)
		f.Days[i] = p.outlook(day, pool[i], unknown[i], &there[i])
		if causes := deltas[day]; i == 0 || len(causes) > 0 {
			slices.SortFunc(causes, func(a, b Cause) int { return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme)) })
			f.Steps = append(f.Steps, Step{day, pool[i], p.Colour(pool[i]), causes})
		}
	}
	return f
}

// outlook makes one day of a forecast.
func (p Process) outlook(day calendar.Date, pool, unknown int, there *[perDay]int) Outlook {
	o := Outlook{Day: day, Pool: pool, Colour: p.Colour(pool), Known: pool == 0 || unknown < pool}
	for _, s := range p.staffed(day, there) {
		if !o.Open || s.Present-s.Minimum < o.Present-o.Minimum {
			o.Open, o.Present, o.Minimum = true, s.Present, s.Minimum
		}
	}
	o.Shortage = o.Open && o.Known && o.Present < o.Minimum
	return o
}

// A Week is one week of a forecast.
type Week struct {
	Monday calendar.Date
	Pool   int // the lowest
	Colour Colour
	Open   int // days that need people and of which something is known
	Short  []calendar.Date
}

// Weeks puts the days of the forecast together by week.
func (f Forecast) Weeks() []Week {
	var weeks []Week
	for _, d := range f.Days {
		if monday := d.Day.Monday(); len(weeks) == 0 || weeks[len(weeks)-1].Monday != monday {
			weeks = append(weeks, Week{Monday: monday, Pool: d.Pool, Colour: d.Colour})
		}
		w := &weeks[len(weeks)-1]
		if d.Pool < w.Pool {
			w.Pool, w.Colour = d.Pool, d.Colour
		}
		if d.Open && d.Known {
			w.Open++
		}
		if d.Shortage {
			w.Short = append(w.Short, d.Day)
		}
	}
	return weeks
}

// lowest is where the pool stands at its smallest in the weeks from a step on.
func (f Forecast) lowest(from Step) Step {
	lowest := from
	for _, s := range f.Steps {
		if s.Day > from.Day && s.Day <= from.Day.AddDays(near) && s.Pool < lowest.Pool {
			lowest = s
		}
	}
	return lowest
}

// A stretch is a stretch of days on which somebody is qualified.
type stretch struct{ from, until calendar.Date }

// stretches are the days between two on which somebody is qualified.
func (p Process) stretches(r *Record, from, until calendar.Date) []stretch {
	var found []stretch
	if !slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
		return slices.ContainsFunc(p.Roles, func(s staff.RoleStretch) bool { return s.Role == e.Role })
	}) {
		return nil
	}
	days := p.turns(r, from, until)
	for i, day := range days {
		if !p.Qualifies(*r, day) {
			continue
		}
		last := until
		if i+1 < len(days) {
			last = days[i+1].AddDays(-1)
		}
		if n := len(found); n > 0 && found[n-1].until.AddDays(1) == day {
			found[n-1].until = last
		} else {
			found = append(found, stretch{day, last})
		}
	}
	return found
}

// turns are the days between two on which it may change whether somebody is qualified, the first day included, in order.
func (p Process) turns(r *Record, from, until calendar.Date) []calendar.Date {
	days := []calendar.Date{from}
	add := func(day calendar.Date) {
		if day > from && day <= until {
			days = append(days, day)
		}
	}
	for _, e := range r.Employments {
		add(e.From)
		if !e.Until.IsZero() {
			add(e.Until.AddDays(1))
		}
	}
	for _, s := range p.Roles {
		add(s.From)
		if !s.Until.IsZero() {
			add(s.Until.AddDays(1))
		}
	}
	for _, period := range r.Periods {
		if !slices.Contains(p.All, period.Scheme) && !slices.Contains(p.OneOf, period.Scheme) {
			continue
		}
		add(period.ValidFrom)
		add(period.RevokedOn)
		if !period.ValidUntil.IsZero() {
			add(period.ValidUntil.AddDays(1))
		}
	}
	for _, b := range r.Bars {
		add(b.From)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// causes tells what makes somebody join or leave a pool on a day: what is lacking on one side of it and not on the other.
func (p Process) causes(r *Record, day calendar.Date, gains bool) []Cause {
	lacking := day // the day on which something is lacking
	if gains {
		lacking = day.AddDays(-1)
	}
	l := p.Lacks(*r, lacking)
	var causes []Cause
	add := func(kind CauseKind, scheme certificates.SchemeKey) {
		causes = append(causes, Cause{Kind: kind, Person: r.Person, Scheme: scheme, Day: day})
	}
	if l.Role {
		switch changed := r.jobsChange(day); {
		case gains && changed:
			add(Begins, "")
		case gains:
			add(RoleJoins, "")
		case changed:
			add(Leaves, "")
		default:
			add(RoleEnds, "")
		}
	}
	for _, b := range l.Bars {
		if b.From == day {
			causes = append(causes, Cause{Kind: Outdated, Person: r.Person, Day: day, Change: b.Change})
		}
	}
	schemes := l.All
	for _, scheme := range l.OneOf { // of those, the one that is held on the other side
		if r.holds(scheme, day.AddDays(-1)) != r.holds(scheme, day) {
			schemes = append(slices.Clone(schemes), scheme)
		}
	}
	for _, scheme := range schemes {
		switch {
		case gains:
			add(Certified, scheme)
		case slices.ContainsFunc(r.Periods, func(period certificates.Period) bool { return period.Scheme == scheme && period.RevokedOn == day }):
			add(Revoked, scheme)
		default:
			add(Expires, scheme)
		}
	}
	return causes
}

// jobsChange reports whether an employment begins on a day or ended the day before.
func (r Record) jobsChange(day calendar.Date) bool {
	return slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.From == day || e.Until == day.AddDays(-1) })
}
