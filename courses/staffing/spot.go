package staffing

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A SpotKind says in which way a process is vulnerable.
type SpotKind string

const (
	Nobody    SpotKind = "nobody"     // nobody may do it
	BelowPool SpotKind = "below-pool" // fewer may do it than must
	OnMinimum SpotKind = "on-minimum" // nobody can be missed
	Unstaffed SpotKind = "unstaffed"  // too few are there in a window
)

// A Spot is one way in which a process is vulnerable, with the one action that helps most.
type Spot struct {
	Kind     SpotKind
	Day      calendar.Date // the first on which it is so
	Has      int           // in the pool, or present
	Minimum  int
	Lowest   int              // of a pool: how few there will be within four weeks after it
	LowestOn calendar.Date    // and from when
	From, To training.Clock   // of Unstaffed
	Causes   []Cause          // of the day, for a pool
	Away     []staff.PersonID // of Unstaffed: who may do it and is on leave
	Action   Action
}

// An ActionKind says what helps.
type ActionKind string

const (
	Renew   ActionKind = "renew"   // a certificate that runs out, or can still be renewed by the short way
	Obtain  ActionKind = "obtain"  // a certificate that somebody does not have, or has to begin anew
	Cover   ActionKind = "cover"   // ask somebody who may do it and is off that day
	Recruit ActionKind = "recruit" // nobody is near: somebody must get the role first
	Define  ActionKind = "define"  // nobody can ever qualify: no role works in the process
)

// An Action is the one thing that helps most.
type Action struct {
	Kind   ActionKind
	Person staff.PersonID         // of Renew, Obtain and Cover
	Scheme certificates.SchemeKey // of Renew and Obtain
	Also   int                    // how many other schemes the person lacks as well
	By     calendar.Date          // the last day on which it helps in time; zero: as soon as can be
}

// near is how many days a spot looks ahead: leave of later is not known yet.
const near = 28

// Spots tells where a process is vulnerable in a forecast: the first day on which too few may do it or else on which nobody
// can be missed, and the first day soon on which too few are there.
func (p Process) Spots(records []Record, f Forecast) []Spot {
	var spots []Spot
	if at := slices.IndexFunc(f.Steps, func(s Step) bool { return s.Colour == Red || s.Pool == 0 }); at >= 0 {
		spots = append(spots, p.AsOn(f.Steps[at].Day).poolSpot(records, f, f.Steps[at]))
	} else if at := slices.IndexFunc(f.Steps, func(s Step) bool { return s.Colour == Yellow }); at >= 0 {
		spots = append(spots, p.AsOn(f.Steps[at].Day).poolSpot(records, f, f.Steps[at]))
	}
	for _, d := range f.Days[:min(near, len(f.Days))] {
		if d.Shortage && d.Pool > 0 {
			return append(spots, p.AsOn(d.Day).windowSpot(records, f.From, d.Day, f.Until))
		}
	}
	return spots
}

func (p Process) poolSpot(records []Record, f Forecast, at Step) Spot {
	lowest := f.lowest(at)
	s := Spot{Kind: BelowPool, Day: at.Day, Has: at.Pool, Minimum: p.PoolMinimum, Lowest: lowest.Pool, LowestOn: lowest.Day, Causes: at.Causes}
	switch {
	case at.Pool == 0:
		s.Kind = Nobody
	case at.Colour == Yellow:
		s.Kind = OnMinimum
	}
	s.Action = p.action(records, f.From, at.Day, f.Until)
	return s
}

// action finds who could be qualified on a day with the least to do, and what that is. Who will have left on a last day is
// asked only where nobody else can.
func (p Process) action(records []Record, today, day, last calendar.Date) Action {
	if len(p.Working()) == 0 {
		return Action{Kind: Define}
	}
	var ways, leaving []Action
	for i := range records {
		r := &records[i]
		if l := p.Lacks(*r, day); !l.Role && l.Steps() > 0 {
			if way := p.way(r, l, today, day); r.Employed(last) {
				ways = append(ways, way)
			} else {
				leaving = append(leaving, way)
			}
		}
	}
	if len(ways) == 0 {
		ways = leaving
	}
	if len(ways) == 0 {
		return Action{Kind: Recruit}
	}
	return slices.MinFunc(ways, func(a, b Action) int {
		return cmp.Or(cmp.Compare(a.Also, b.Also), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.By, b.By), cmp.Compare(a.Person, b.Person))
	})
}

// rank is lower for what is less work.
func (a Action) rank() int {
	if a.Kind == Renew {
		return 0
	}
	return 1
}

// way is what one person has to do to be qualified on a day: what runs out first, or can be renewed for the shortest time.
func (p Process) way(r *Record, l Lack, today, day calendar.Date) Action {
	schemes := l.All
	if len(l.OneOf) > 0 {
		schemes = append(slices.Clone(schemes), slices.MinFunc(l.OneOf, func(a, b certificates.SchemeKey) int {
			return r.renewal(a, today, day).compare(r.renewal(b, today, day))
		}))
	}
	first := r.renewal(schemes[0], today, day)
	for _, scheme := range schemes[1:] {
		if other := r.renewal(scheme, today, day); other.compare(first) < 0 {
			first = other
		}
	}
	first.Also = len(schemes) - 1
	return first
}

func (a Action) compare(b Action) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.By, b.By))
}

// renewal is what somebody has to do for one scheme to hold it on a day.
func (r *Record) renewal(scheme certificates.SchemeKey, today, day calendar.Date) Action {
	a := Action{Kind: Obtain, Person: r.Person, Scheme: scheme}
	if day > today {
		a.By = day.AddDays(-1)
	}
	for _, period := range r.Periods {
		if period.Scheme != scheme || period.RevokedBy(today) || period.ValidUntil.IsZero() || period.ValidFrom > today {
			continue
		}
		switch {
		case period.ValidUntil >= today:
			return Action{Kind: Renew, Person: r.Person, Scheme: scheme, By: period.ValidUntil}
		case period.GraceUntil >= today:
			a = Action{Kind: Renew, Person: r.Person, Scheme: scheme, By: period.GraceUntil}
		}
	}
	return a
}

// windowSpot is the worst time of a day on which too few are there.
func (p Process) windowSpot(records []Record, today, day, last calendar.Date) Spot {
	o := p.On(records, day)
	s := Spot{Kind: Unstaffed, Day: day, Away: o.Away}
	for _, w := range o.Windows {
		for _, short := range w.Short {
			if s.Minimum == 0 || short.Present-w.Minimum < s.Has-s.Minimum {
				s.Has, s.Minimum, s.From, s.To = short.Present, w.Minimum, short.From, short.To
			}
		}
	}
	wanted := covered(s.From, s.To)
	for i := range records {
		r := &records[i]
		if slices.Contains(o.Away, r.Person) || slices.Contains(o.Unknown, r.Person) || !slices.Contains(o.Pool, r.Person) {
			continue
		}
		is := r.at(&p, day)
		if is.there&wanted == wanted {
			continue
		}
		if is.there != 0 || s.Action.Person == "" { // another time is less to ask than another day
			s.Action = Action{Kind: Cover, Person: r.Person, By: day}
		}
		if is.there != 0 {
			return s
		}
	}
	if s.Action.Person != "" {
		return s
	}
	s.Action = p.action(records, today, day, last)
	return s
}
