package staffing

import (
	"math/bits"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A Need is how many people a process needs in a month: of all who may do it, or of those who are there at a time of the week.
// Somebody counts who may do the work on every day of the month and, at a time of the week, is on the roster then in some week
// of it. What leave takes of single weeks is what a pool is for.
type Need struct {
	Process     staff.ActivityID
	First, Last calendar.Date // of the month, as far as it is looked at
	Day         time.Weekday
	From, To    training.Clock // both zero: all who may do it
	Minimum     int
	Has         int // who count if nobody learns anything
	Most        int // who have the role and are there: with learning alone there are no more
}

// Pool reports whether the need is of all who may do the work.
func (n Need) Pool() bool { return n.From == n.To }

// Missing is how many people are too few.
func (n Need) Missing() int { return max(0, n.Minimum-n.Has) }

// A Teaching is what some processes need month by month, beside who could do the work.
type Teaching struct {
	Processes []Process
	Months    []calendar.Date // the first day of each: of the first, the day from which is looked
	Until     calendar.Date
	Needs     []Need // in order of process and month, the pool first

	first []int // by process: the first of its needs
	there [][]presences
}

// presences are when somebody is there for a process, by month and day of the week; nil where they never have a role in it.
type presences [][7]halfHours

// NewTeaching works out what some processes need from a day on for some months, that of the day among them. A time at which the
// roster has nobody is left out: that is not for learning to solve.
func NewTeaching(processes []Process, records []Record, from calendar.Date, months int) *Teaching {
	t := &Teaching{Processes: processes, first: make([]int, len(processes)+1), there: make([][]presences, len(processes))}
	year, month, _ := from.Civil()
	for i := range months + 1 {
		t.Months = append(t.Months, max(from, calendar.New(year, month, 1).AddMonths(i)))
	}
	t.Until, t.Months = t.Months[months].AddDays(-1), t.Months[:months]
	for p := range processes {
		t.there[p] = make([]presences, len(records))
		for r := range records {
			t.there[p][r] = t.presences(&processes[p], &records[r])
		}
		t.first[p] = len(t.Needs)
		for m := range t.Months {
			t.addMonth(p, m)
		}
	}
	t.first[len(processes)] = len(t.Needs)
	for r := range records {
		for _, n := range t.Counts(records[r], r) {
			t.Needs[n].Has++
		}
	}
	return t
}

// last is the last day of a month.
func (t *Teaching) last(month int) calendar.Date {
	if month+1 < len(t.Months) {
		return t.Months[month+1].AddDays(-1)
	}
	return t.Until
}

// presences works out when somebody is there for a process.
func (t *Teaching) presences(p *Process, r *Record) presences {
	if !slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
		return slices.ContainsFunc(p.Roles, func(s staff.RoleStretch) bool { return s.Role == e.Role })
	}) {
		return nil
	}
	there := make(presences, len(t.Months))
	for m := range t.Months {
		for day := t.Months[m]; day <= t.last(m); day++ {
			there[m][day.Weekday()] |= r.at(p, day).there
		}
	}
	return there
}

// addMonth adds what a process needs in a month. A window is cut where somebody comes or goes.
func (t *Teaching) addMonth(process, month int) {
	p := t.Processes[process].AsOn(t.Months[month])
	add := func(n Need) {
		n.Process, n.First, n.Last = p.ID, t.Months[month], t.last(month)
		t.Needs = append(t.Needs, n)
	}
	if p.PoolMinimum > 0 {
		add(Need{Minimum: p.PoolMinimum, Most: len(slices.DeleteFunc(slices.Clone(t.there[process]), func(is presences) bool { return is == nil }))})
	}
	for _, w := range p.Windows {
		for _, day := range w.Days {
			from := w.From
			for at := w.From; at < w.To; at += halfHour {
				if at+halfHour < w.To && t.alike(process, month, day, at) {
					continue
				}
				most := 0
				for _, is := range t.there[process] {
					if is != nil && is.covers(month, day, from, at+halfHour) {
						most++
					}
				}
				if most > 0 {
					add(Need{Day: day, From: from, To: at + halfHour, Minimum: w.Minimum, Most: most})
				}
				from = at + halfHour
			}
		}
	}
}

// alike reports whether the same people are there in a half hour and in the next.
func (t *Teaching) alike(process, month int, day time.Weekday, at training.Clock) bool {
	return !slices.ContainsFunc(t.there[process], func(is presences) bool {
		return is != nil && is.covers(month, day, at, at+halfHour) != is.covers(month, day, at+halfHour, at+2*halfHour)
	})
}

// covers reports whether somebody is there all of a time.
func (is presences) covers(month int, day time.Weekday, from, to training.Clock) bool {
	wanted := covered(from, to)
	return is[month][day]&wanted == wanted
}

// Counts lists the needs that somebody, by their place among the records, counts for with what is known of them in r.
func (t *Teaching) Counts(r Record, place int) []int {
	var counts []int
	for p := range t.Processes {
		is := t.there[p][place]
		if is == nil {
			continue
		}
		may := t.Processes[p].may(&r, t.Months[0], t.Until)
		for n := t.first[p]; n < t.first[p+1]; n++ {
			need := &t.Needs[n]
			month := t.month(need.First)
			if !slices.ContainsFunc(may, func(s stretch) bool { return s.from <= need.First && s.until >= need.Last }) {
				continue
			}
			if need.Pool() || is.covers(month, need.Day, need.From, need.To) {
				counts = append(counts, n)
			}
		}
	}
	return counts
}

// month is the place of a month by its first day.
func (t *Teaching) month(first calendar.Date) int {
	at, _ := slices.BinarySearch(t.Months, first)
	return at
}

// may are the stretches of days between two on which somebody may do the work, as the process asks then.
func (p *Process) may(r *Record, from, until calendar.Date) []stretch {
	var all []stretch
	for begin := from; begin <= until; {
		is, end := p.AsOn(begin), until
		if len(is.Later) > 0 {
			end = min(until, is.Later[0].From.AddDays(-1))
		}
		for _, s := range is.stretches(r, begin, end) {
			if n := len(all); n > 0 && all[n-1].until.AddDays(1) == s.from {
				all[n-1].until = s.until
			} else {
				all = append(all, s)
			}
		}
		begin = end.AddDays(1)
	}
	return all
}

// With is what is known of somebody when some more periods follow.
func (r Record) With(periods []certificates.Period) Record {
	r.Periods = slices.Concat(r.Periods, periods)
	return r
}

// LearningTime is how many minutes somebody can learn by week from a day on, of a usual number: less in a week in which they
// are on leave, and without what is kept free for other learning. Where nobody knows when they work, it is the usual number.
func (r Record) LearningTime(from calendar.Date, usual int) func(monday calendar.Date) int {
	return func(monday calendar.Date) int {
		rota, there, known := 0, 0, false
		for day := monday; day < monday.AddDays(7); day++ {
			for _, e := range r.Employments {
				h, is := r.Works(e.Number, day)
				if !e.On(day) || !is {
					continue
				}
				known = true
				hours := covered(h.From, h.To)
				rota += bits.OnesCount64(uint64(hours))
				for _, l := range r.Leave {
					if l.On(day, e.Number) {
						hours &^= l.away()
					}
				}
				if day >= from {
					there += bits.OnesCount64(uint64(hours))
				}
			}
		}
		free := usual
		if known {
			free = usual * there / max(1, rota)
		}
		for _, l := range r.Learning {
			if l.Day >= monday && l.Day < monday.AddDays(7) {
				free -= int(l.To - l.From)
			}
		}
		return max(0, free)
	}
}
