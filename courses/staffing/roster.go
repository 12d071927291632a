package staffing

import (
	"cmp"
	"slices"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A Roster says at what times somebody works in one employment, from a day on until the next roster of that employment.
type Roster struct {
	Person     staff.PersonID
	Employment int // staff.Employment.Number
	From       calendar.Date
	Days       [7]Hours // by time.Weekday
}

// Hours are from when until when somebody works on a day, the break included. The zero Hours is a day off.
type Hours struct{ From, To training.Clock }

// Off reports whether it is a day off.
func (h Hours) Off() bool { return h.From == h.To }

// longestWithoutBreak is how many minutes a day lasts at most before half an hour of it is a break.
const longestWithoutBreak, pause = 330, 30

// Minutes is how long somebody works: without the break.
func (h Hours) Minutes() int {
	minutes := int(h.To - h.From)
	if minutes > longestWithoutBreak {
		minutes -= pause
	}
	return minutes
}

// Minutes is how long somebody works in a week.
func (r Roster) Minutes() int {
	minutes := 0
	for _, h := range r.Days {
		minutes += h.Minutes()
	}
	return minutes
}

// A Part says which part of a day somebody is on leave.
type Part string

const (
	WholeDay  Part = "whole"
	Morning   Part = "morning"   // until 13:00
	Afternoon Part = "afternoon" // from 13:00
)

// noon is where a morning ends and an afternoon begins.
const noon training.Clock = 13 * 60

// A Leave (verlof) is a stretch of days on which somebody does not work. Why is nobody's business, and never kept.
type Leave struct {
	ID         string
	Person     staff.PersonID
	Employment int // 0: all of them
	From       calendar.Date
	Until      calendar.Date // the last day
	Part       Part
	Approved   bool // what is only asked for counts for nothing
}

// On reports whether somebody is on leave, a whole day or a part, on a day in an employment.
func (l Leave) On(day calendar.Date, employment int) bool {
	return l.Approved && day >= l.From && day <= l.Until && (l.Employment == 0 || l.Employment == employment)
}

// An OnCall (piket) is a time on which somebody stands ready for a process besides the roster.
type OnCall struct {
	Person   staff.PersonID
	Process  staff.ActivityID
	Day      calendar.Date
	From, To training.Clock
}

// A Learning (leertijd) is a time in working time that is kept free for learning.
type Learning struct {
	Person   staff.PersonID
	Plan     string // that reserves it; empty: a group training
	Day      calendar.Date
	From, To training.Clock
}

// learning are the half hours of a day in which somebody learns, also of those that it touches.
func (r *Record) learning(day calendar.Date) halfHours {
	var hours halfHours
	at, _ := slices.BinarySearchFunc(r.Learning, day, func(l Learning, day calendar.Date) int { return cmp.Compare(l.Day, day) })
	for ; at < len(r.Learning) && r.Learning[at].Day == day; at++ {
		l := r.Learning[at]
		hours |= covered(l.From/halfHour*halfHour, (l.To+halfHour-1)/halfHour*halfHour)
	}
	return hours
}

// halfHours are the half hours of a day, the first of which begins at midnight: a bit for each.
type halfHours uint64

const (
	halfHour = 30
	perDay   = 48
)

// covered are the half hours that lie between two times altogether.
func covered(from, to training.Clock) halfHours {
	first, last := (int(from)+halfHour-1)/halfHour, int(to)/halfHour
	if first >= last {
		return 0
	}
	return 1<<last - 1<<first
}

// away are the half hours that a leave takes.
func (l Leave) away() halfHours {
	switch l.Part {
	case Morning:
		return covered(0, noon)
	case Afternoon:
		return covered(noon, 24*60)
	}
	return covered(0, 24*60)
}

// roster finds the roster of an employment on a day; nil where there is none.
func (r *Record) roster(employment int, day calendar.Date) *Roster {
	var found *Roster
	for i := range r.Rosters {
		if roster := &r.Rosters[i]; roster.Employment == employment && roster.From <= day && (found == nil || roster.From > found.From) {
			found = roster
		}
	}
	return found
}

// Works are the times of an employment on a day, leave not yet taken off; false where nobody knows.
func (r *Record) Works(employment int, day calendar.Date) (Hours, bool) {
	roster := r.roster(employment, day)
	if roster == nil {
		return Hours{}, false
	}
	return roster.Days[day.Weekday()], true
}

// A presence is when somebody is there for a process on a day.
type presence struct {
	there   halfHours
	rota    halfHours // the same, were there no leave
	learns  halfHours // at work, and learning instead
	unknown bool      // no roster says when
}

// at works out when somebody is there for a process on a day: in the employments whose role works in it, and on call.
func (r *Record) at(p *Process, day calendar.Date) presence {
	var is presence
	for i := range r.Employments {
		e := &r.Employments[i]
		if !e.On(day) || !p.Works(e.Role, day) {
			continue
		}
		h, known := r.Works(e.Number, day)
		if !known {
			is.unknown = true
			continue
		}
		hours := covered(h.From, h.To)
		is.rota |= hours
		for _, l := range r.Leave {
			if l.On(day, e.Number) {
				hours &^= l.away()
			}
		}
		is.there |= hours
	}
	is.learns = r.learning(day) & is.there
	is.there, is.rota = is.there&^is.learns, is.rota&^is.learns
	for _, call := range r.OnCall {
		if call.Process != p.ID || call.Day != day {
			continue
		}
		hours := covered(call.From, call.To)
		is.rota |= hours
		for _, l := range r.Leave {
			if l.On(day, 0) && l.Employment == 0 {
				hours &^= l.away()
			}
		}
		is.there |= hours
		is.unknown = false
	}
	return is
}

// Weekdays lists the days of the week as people do: Monday first.
func Weekdays() [7]time.Weekday {
	return [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}
