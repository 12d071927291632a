package notices

import (
	"slices"

	"bekwaam/courses/calendar"
)

// A Step is the day of a reminder: so many days after the last day of a duty, before it where it is negative.
type Step int

// steps are the reminders of one last day, in order. RECERTIFICATION §7.
var steps = []Step{-28, -14, -7, -1, 0, 7, 14, 21, 28}

const (
	// Ahead is how many days before the last day the first reminder may go: four weeks, and more where those days are
	// no working days.
	Ahead = 28 + longestBreak

	// fresh is for how many days a step that was missed is still given.
	fresh = 7

	longestBreak = 7 // no stretch without a working day is longer

	lastStep Step = 28
)

// On is the working day on which the step is given: one up to the last day comes early where nobody works on its day, so
// that there is still time; a later one comes late.
func (s Step) On(due calendar.Date) calendar.Date {
	day := due.AddDays(int(s))
	if s <= 0 {
		return day.WorkdayUntil()
	}
	return day.WorkdayFrom()
}

// A Record is a duty as far as its reminders go.
type Record struct {
	OpensOn calendar.Date
	DueOn   calendar.Date
	Given   []Step // of this last day
}

// Next is the step to give on a day; false where there is none. Of the steps whose day has come only the newest is given:
// what a missed morning left out is not made up for, but for the newest, and that only for a week. A step whose day was
// before the duty opened does not count: opening a duty is no mail. Only the last step never goes stale, so that also who
// has been late for long hears it once before anybody else does.
func (r Record) Next(on calendar.Date) (Step, bool) {
	for _, s := range slices.Backward(steps) {
		day := s.On(r.DueOn)
		switch {
		case day > on:
			continue
		case slices.ContainsFunc(r.Given, func(g Step) bool { return g >= s }):
			return 0, false
		case s == lastStep:
			return s, true
		}
		return s, day >= r.OpensOn && day.DaysUntil(on) < fresh
	}
	return 0, false
}

// Days are the days on which reminders are given while the duty is open, in order.
func (r Record) Days() []calendar.Date {
	days := make([]calendar.Date, 0, len(steps))
	for _, s := range steps {
		if day := s.On(r.DueOn); day >= r.OpensOn && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	return days
}
