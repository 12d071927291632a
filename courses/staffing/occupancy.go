package staffing

import (
	"math/bits"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// An Occupancy (bezetting) is who may do the work of a process on a day, and who of them is there.
type Occupancy struct {
	Day     calendar.Date
	Pool    []staff.PersonID
	Colour  Colour
	Unknown []staff.PersonID // of the pool: no roster says when they work
	Away    []staff.PersonID // of the pool: on leave in a window
	Learns  []staff.PersonID // of the pool: learning in a window
	Windows []Staffed
}

// Known reports whether anything is known of who works: of one in the pool at least, or there is nobody in it.
func (o Occupancy) Known() bool { return len(o.Unknown) < len(o.Pool) || len(o.Pool) == 0 }

// A Staffed is a window of a day with how many are there.
type Staffed struct {
	Window
	Present int // the lowest number in any half hour
	Short   []Stretch
}

// A Stretch is a time in which there are too few.
type Stretch struct {
	From, To training.Clock
	Present  int // the lowest number in it
}

// On works out who may do the work on a day and who is there.
func (p Process) On(records []Record, day calendar.Date) Occupancy {
	o := Occupancy{Day: day}
	var there [perDay]int
	var open halfHours
	for _, w := range p.Windows {
		if w.On(day) {
			open |= covered(w.From, w.To)
		}
	}
	for _, r := range records {
		if !p.Qualifies(r, day) {
			continue
		}
		o.Pool = append(o.Pool, r.Person)
		is := r.at(&p, day)
		if is.unknown {
			o.Unknown = append(o.Unknown, r.Person)
		}
		if is.rota&^is.there&open != 0 {
			o.Away = append(o.Away, r.Person)
		}
		if is.learns&open != 0 {
			o.Learns = append(o.Learns, r.Person)
		}
		is.there.count(&there)
	}
	o.Colour = p.Colour(len(o.Pool))
	o.Windows = p.staffed(day, &there)
	return o
}

// count adds one in every half hour.
func (h halfHours) count(there *[perDay]int) {
	for ; h != 0; h &= h - 1 {
		there[bits.TrailingZeros64(uint64(h))]++
	}
}

// staffed are the windows of a day with the number of people in each half hour.
func (p Process) staffed(day calendar.Date, there *[perDay]int) []Staffed {
	var all []Staffed
	for _, w := range p.Windows {
		if !w.On(day) {
			continue
		}
		first, last := int(w.From)/halfHour, int(w.To)/halfHour
		s := Staffed{Window: w, Present: there[first]}
		short := false
		for i := first; i < last; i++ {
			s.Present = min(s.Present, there[i])
			from := training.Clock(i * halfHour)
			switch {
			case there[i] >= w.Minimum:
				short = false
			case short:
				last := &s.Short[len(s.Short)-1]
				last.To, last.Present = from+halfHour, min(last.Present, there[i])
			default:
				s.Short = append(s.Short, Stretch{from, from + halfHour, there[i]})
				short = true
			}
		}
		all = append(all, s)
	}
	return all
}
