package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// reserveTime keeps the hours of a plan free in the roster of its person from tomorrow on, in place of what was kept free for
// it before. Where no roster says when they work, nothing can be kept free.
func reserveTime(ctx context.Context, q store.Q, now Moment, g growth, t mobility.Track) error {
	from, until := now.Today().AddDays(1), now.Today()
	for _, s := range t.Steps {
		if s.DoneOn.IsZero() {
			until = max(until, s.Until)
		}
	}
	var times []staffing.Learning
	if t.Stopped.IsZero() && until >= from {
		time, err := readLearningTime(ctx, q, t.Person, now.Today(), until)
		if err != nil {
			return err
		}
		time.forget(t.ID)
		times = time.reserve(t, g)
	}
	return store.ReserveTime(ctx, q, t.ID, from, times...)
}

// forget leaves out what a plan keeps free: it is about to be planned anew.
func (t *learningTime) forget(plan string) {
	of := func(l staffing.Learning) bool { return l.Plan == plan }
	t.own.Learning = slices.DeleteFunc(slices.Clone(t.own.Learning), of)
	for i := range t.records {
		if t.records[i].Person == t.own.Person {
			t.records[i].Learning = t.own.Learning
		}
	}
}

// A timetable is which half hours of each day are taken.
type timetable map[calendar.Date]*[perDay]bool

// reserve finds the half hours for every step of a plan that is not done: of what is given on fixed days on those, of everything
// else each week as much as there is time for, on the day that is kept free for it first.
func (t *learningTime) reserve(track mobility.Track, g growth) []staffing.Learning {
	taken := make(timetable)
	rooms := make(map[calendar.Date]int) // half hours that a week has left, by its Monday
	for _, step := range track.Steps {
		if !step.DoneOn.IsZero() || step.Minutes == 0 {
			continue
		}
		left := (step.Minutes + halfHour - 1) / halfHour
		days := fixedDays(g.item(step.Item), step)
		for i, day := range days {
			part := (left + len(days) - i - 1) / (len(days) - i)
			if len(days) == 1 {
				part = min(left, t.on(day).rota/halfHour) // one day, and then what follows it
			}
			t.take(taken, day, part, true)
			left -= part
		}
		for monday := max(step.From, t.from).Monday(); monday <= step.Until && left > 0; monday = monday.AddDays(7) {
			room, known := rooms[monday]
			if !known {
				room = t.week(monday, track.PerWeek) / halfHour
			}
			for _, day := range t.learningDays(monday, track.LearnDay) {
				if day < max(step.From, t.from) || day > step.Until {
					continue
				}
				n := t.take(taken, day, min(room, left), false)
				room, left = room-n, left-n
			}
			rooms[monday] = room
		}
	}
	var times []staffing.Learning
	for day, hours := range taken {
		for at := 0; at < perDay; at++ {
			first := at
			for at < perDay && hours[at] {
				at++
			}
			if at > first {
				times = append(times, staffing.Learning{Person: track.Person, Plan: track.ID, Day: day, From: training.Clock(first * halfHour), To: training.Clock(at * halfHour)})
			}
		}
	}
	slices.SortFunc(times, func(a, b staffing.Learning) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From))
	})
	return times
}

// fixedDays are the days on which a step is given; none where it can be done at any time.
func fixedDays(item competences.LearningItem, step mobility.TrackStep) []calendar.Date {
	for _, start := range item.Starts {
		if len(start) > 0 && start[0] == step.From {
			return start
		}
	}
	return nil
}

// learningDays are the days of a week in the order in which they are used to learn: the day that is kept free for it, then those
// on which the work can spare the person longest.
func (t *learningTime) learningDays(monday calendar.Date, first int) []calendar.Date {
	days := make([]calendar.Date, 7)
	for i := range days {
		days[i] = monday.AddDays(i)
	}
	slices.SortStableFunc(days, func(a, b calendar.Date) int {
		if first > 0 && (a == monday.AddDays(first-1)) != (b == monday.AddDays(first-1)) {
			return map[bool]int{true: -1, false: 1}[a == monday.AddDays(first-1)]
		}
		return -cmp.Compare(t.on(a).spare, t.on(b).spare)
	})
	return days
}

// take takes half hours of a day, the last of the day first, and returns how many. Whatever is given on that day takes working
// time also where the work misses the person.
func (t *learningTime) take(taken timetable, day calendar.Date, most int, given bool) int {
	d := t.on(day)
	hours := taken[day]
	if hours == nil {
		hours = new([perDay]bool)
	}
	n := 0
	for at := perDay - 1; at >= 0 && n < most; at-- {
		if (d.free[at] || given && d.works[at]) && !hours[at] {
			hours[at] = true
			n++
		}
	}
	if n > 0 {
		taken[day] = hours
	}
	return n
}
