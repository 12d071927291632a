package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A learningTime knows when somebody can learn: in working time, not on leave, and not where a process would have too few
// people without them.
type learningTime struct {
	own       staffing.Record
	processes []staffing.Process // whose work the person does
	records   []staffing.Record  // of everybody who does
	from      calendar.Date      // the first day to learn on
	days      map[calendar.Date]learningDay
}

// A learningDay is one day, in minutes.
type learningDay struct {
	rota   int                // of work, leave not taken off
	there  int                // of work
	spare  int                // in which every process can do without the person
	needed []staff.ActivityID // processes that cannot, at some time of the day
	leave  bool               // somebody is away, the day or a part of it
	works  [perDay]bool       // half hours of work, without leave and other learning
	free   [perDay]bool       // of those, in which every process can do without the person
}

// readLearningTime reads what decides when somebody can learn from the day after today on, until another. Whoever is certified today is taken to
// renew in time: that is a duty of their own, and no reason for a colleague not to learn.
func readLearningTime(ctx context.Context, q store.Q, person staff.PersonID, from, until calendar.Date) (*learningTime, error) {
	t := &learningTime{own: staffing.Record{Person: person}, from: from.AddDays(1), days: make(map[calendar.Date]learningDay)}
	employments, err := store.Employments(ctx, q, person)
	if err != nil {
		return nil, err
	}
	all, err := store.Processes(ctx, q, from)
	if err != nil {
		return nil, err
	}
	t.processes = only(all, func(p staffing.Process) bool {
		return slices.ContainsFunc(p.Roles, func(s staff.RoleStretch) bool {
			return slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Role == s.Role })
		})
	})
	if len(t.processes) > 0 {
		crew, err := readCrew(ctx, q, t.processes, from, from, until)
		if err != nil {
			return nil, err
		}
		t.records = crew.records
		for _, r := range t.records {
			for i, p := range r.Periods {
				if p.State(from, 0, false) == certificates.Valid {
					r.Periods[i].ValidUntil = 0
				}
			}
		}
	}
	own, err := readStaffing(ctx, q, []staff.PersonID{person}, &employments, nil, from, until)
	if err != nil {
		return nil, err
	}
	t.own = own[0]
	if at := slices.IndexFunc(t.records, func(r staffing.Record) bool { return r.Person == person }); at >= 0 {
		t.own.Periods = t.records[at].Periods
	}
	return t, nil
}

// known reports whether some roster says when the person works on a day.
func (t *learningTime) known(day calendar.Date) bool {
	return slices.ContainsFunc(t.own.Employments, func(e staff.Employment) bool {
		_, known := t.own.Works(e.Number, day)
		return known && e.On(day)
	})
}

const (
	halfHour = 30
	perDay   = 24 * 60 / halfHour
)

// on works out one day, once.
func (t *learningTime) on(day calendar.Date) learningDay {
	if d, done := t.days[day]; done {
		return d
	}
	var d learningDay
	var works [perDay]bool
	for _, e := range t.own.Employments {
		hours, known := t.own.Works(e.Number, day)
		if !e.On(day) || !known {
			continue
		}
		for at := hours.From; at+halfHour <= hours.To; at += halfHour {
			d.rota += halfHour
			switch {
			case t.away(day, e.Number, at):
				d.leave = true
			case !t.learns(day, at):
				works[at/halfHour] = true
			}
		}
	}
	needed := works // half hours in which the person is there and is needed
	clear(needed[:])
	if slices.Contains(works[:], true) {
		for _, p := range t.processes {
			if p.Qualifies(t.own, day) && t.takes(p, day, &works, &needed) {
				d.needed = append(d.needed, p.ID)
			}
		}
	}
	for i := range works {
		if works[i] {
			d.there += halfHour
			if d.works[i] = true; !needed[i] {
				d.spare += halfHour
				d.free[i] = true
			}
		}
	}
	t.days[day] = d
	return d
}

// away reports whether somebody is on leave at a time of a day.
func (t *learningTime) away(day calendar.Date, employment int, at training.Clock) bool {
	const noon = 13 * 60
	return slices.ContainsFunc(t.own.Leave, func(l staffing.Leave) bool {
		return l.On(day, employment) && (l.Part == staffing.WholeDay || (l.Part == staffing.Morning) == (at < noon))
	})
}

// learns reports whether other learning takes a half hour of a day.
func (t *learningTime) learns(day calendar.Date, at training.Clock) bool {
	return slices.ContainsFunc(t.own.Learning, func(l staffing.Learning) bool { return l.Day == day && l.From < at+halfHour && at < l.To })
}

// free is the time to learn by week, of a usual number of minutes.
func (t *learningTime) free(usual int) func(calendar.Date) int {
	return func(monday calendar.Date) int { return t.week(monday, usual) }
}

// takes marks the half hours in which a process has enough people with the person and too few without; it reports whether
// there are any.
func (t *learningTime) takes(p staffing.Process, day calendar.Date, works, needed *[perDay]bool) bool {
	short := func(records []staffing.Record) (times [perDay]bool) {
		for _, w := range p.On(records, day).Windows {
			for _, s := range w.Short {
				for at := s.From; at < s.To; at += halfHour {
					times[at/halfHour] = true
				}
			}
		}
		return times
	}
	with, without := short(t.records), short(staffing.Without(t.records, t.own.Person))
	any := false
	for i := range works {
		if works[i] && without[i] && !with[i] {
			needed[i], any = true, true
		}
	}
	return any
}

// week is how many minutes of a usual number somebody can learn in the week of a Monday: less where they are on leave or
// cannot be missed. Where nobody knows when they work, it is the usual number.
func (t *learningTime) week(monday calendar.Date, usual int) int {
	rota, there, spare, known := 0, 0, 0, false
	for i := range 7 {
		day := monday.AddDays(i)
		known = known || t.known(day)
		d := t.on(day)
		if rota += d.rota; day >= t.from {
			there, spare = there+d.there, spare+d.spare
		}
	}
	if !known {
		return usual
	}
	if rota == 0 {
		return 0
	}
	return min(usual*there/rota, spare)
}

// missed reports whether somebody cannot leave work for a day on which something is given, or is on leave.
func (t *learningTime) missed(day calendar.Date) bool {
	d := t.on(day)
	return d.leave || len(d.needed) > 0
}

// A ShortWeek is a week with less time to learn than usual.
type ShortWeek struct {
	Monday    calendar.Date
	Minutes   int
	Leave     bool
	Processes []string // the names of those that cannot do without the person at some time
}

// shortWeeks lists the weeks between two days with less time than usual.
func (t *learningTime) shortWeeks(from, until calendar.Date, usual int) []ShortWeek {
	var short []ShortWeek
	for monday := from.Monday(); monday <= until; monday = monday.AddDays(7) {
		minutes := t.week(monday, usual)
		if minutes >= usual {
			continue
		}
		w := ShortWeek{Monday: monday, Minutes: minutes}
		for i := range 7 {
			d := t.on(max(t.from, monday.AddDays(i)))
			w.Leave = w.Leave || d.leave
			for _, p := range t.processes {
				if slices.Contains(d.needed, p.ID) && !slices.Contains(w.Processes, p.Name) {
					w.Processes = append(w.Processes, p.Name)
				}
			}
		}
		if w.Leave || len(w.Processes) > 0 { // and not only because the week has begun
			short = append(short, w)
		}
	}
	return short
}
