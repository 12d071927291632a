package outlook

import (
	"cmp"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A Simulation is what would happen day by day if nobody came between: the sweep of each morning, what people do where
// renewal says so, and the mails that go out.
type Simulation struct {
	From, Until calendar.Date
	Days        []Day // those on which something happens, in order

	rules     Rules
	renewal   Renewal
	reminders func(due calendar.Date) []calendar.Date
	days      map[calendar.Date]*Day
}

// A Day is what happens on it.
type Day struct {
	On    calendar.Date
	Steps []Step // in order of person and scheme
	Mails int    // people who get a reminder
}

// NewSimulation begins a simulation of the days between two. reminders are the days on which a duty with a last day is
// reason for a mail while it is open.
func NewSimulation(from, until calendar.Date, rules Rules, renewal Renewal, reminders func(due calendar.Date) []calendar.Date) Simulation {
	return Simulation{From: from, Until: until, rules: rules, renewal: renewal, reminders: reminders, days: make(map[calendar.Date]*Day)}
}

// Add works out what happens to one person. What is due before From happens on today, the day on which the facts hold, or
// after it, and is not told.
func (s *Simulation) Add(r Record, today calendar.Date) {
	var mails mailDays
	for _, key := range r.schemes(s.rules) {
		file := r.file(key, s.rules.Requirements[key])
		duties := newDuties(file, today)
		for step := range Walk(file, s.rules, today, s.Until, s.renewal) {
			duties.put(step)
			if step.On >= s.From {
				day := s.day(step.On)
				day.Steps = append(day.Steps, step)
			}
		}
		for _, duty := range duties {
			mails.add(duty, s.reminders(duty.DueOn), s.From, s.Until)
		}
	}
	for _, on := range mails.each() {
		s.day(on).Mails++
	}
}

func (s *Simulation) day(on calendar.Date) *Day {
	if s.days[on] == nil {
		s.days[on] = &Day{On: on}
	}
	return s.days[on]
}

// Merge adds what another simulation of the same days found, and puts the days in order.
func (s *Simulation) Merge(other Simulation) {
	for on, found := range other.days {
		day := s.day(on)
		day.Steps, day.Mails = append(day.Steps, found.Steps...), day.Mails+found.Mails
	}
	s.Days = s.Days[:0]
	for _, on := range slices.Sorted(maps.Keys(s.days)) {
		day := s.days[on]
		slices.SortStableFunc(day.Steps, func(a, b Step) int {
			return cmp.Or(cmp.Compare(a.Duty.Person, b.Duty.Person), cmp.Compare(a.Duty.Scheme, b.Duty.Scheme))
		})
		s.Days = append(s.Days, *day)
	}
}

// duties are those a file has from a day on, also those that end, in order of cycle and with their last dates.
type duties []certificates.Duty

// newDuties begins with what is stored already, of which no step tells.
func newDuties(f certificates.File, from calendar.Date) duties {
	if duty, ok := f.Due(from); ok {
		return duties{duty}
	}
	return nil
}

// put takes in a step.
func (d *duties) put(s Step) {
	if s.Kind == certificates.Lapsed {
		return
	}
	for i := range *d {
		if (*d)[i].Cycle == s.Duty.Cycle {
			(*d)[i] = s.Duty
			return
		}
	}
	*d = append(*d, s.Duty) // cycles only rise
}
