package outlook

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A WhatIf compares two sets of rules for the same people over some months: what becomes of their duties, of the hours, of
// who loses a qualification and of the mails.
type WhatIf struct {
	From    calendar.Date
	Months  []calendar.Date          // the first day of each
	Touched []certificates.SchemeKey // the schemes of which the rules differ
	Old     Rules
	New     Rules

	asked     map[certificates.SchemeKey]bool // of whom it is asked differs
	reminders func(due calendar.Date) []calendar.Date
	reminded  map[calendar.Date][]calendar.Date

	Duties []DutyChange  // in order of person, scheme and cycle
	Lapses []LapseChange // in order of person, scheme and day
	Hours  map[TeamMonth]Hours
	Mails  Mails
}

// A DutyChange is a duty that only one set of rules has, or that has other dates.
type DutyChange struct {
	Person staff.PersonID
	Team   staff.TeamID
	Scheme certificates.SchemeKey
	Cycle  int
	Old    *certificates.Duty // nil: it is added
	New    *certificates.Duty // nil: it is removed
}

// A LapseChange is somebody who loses a qualification under one set of rules, and not under the other.
type LapseChange struct {
	Person staff.PersonID
	Team   staff.TeamID
	Scheme certificates.SchemeKey
	On     calendar.Date // the first day without it
	Caused bool          // by the new rules; false: they prevent it
	InTime bool          // also where everybody does their duties on the last day in time; false: only if they do nothing
}

// A TeamMonth is a month of a team.
type TeamMonth struct {
	Team  staff.TeamID
	Month calendar.Date
}

// Hours are minutes of training under both sets of rules.
type Hours struct{ Old, New int }

// Mails are the reminders that go out under both sets of rules for the schemes that are touched: one for a person and a
// day, whatever number of duties it tells of.
type Mails struct{ Old, New int }

// NewWhatIf begins a comparison over some months. It looks at the schemes of which the rules differ. reminders are the days
// on which a duty with a last day is reason for a mail while it is open.
func NewWhatIf(from calendar.Date, months int, old, new Rules, reminders func(due calendar.Date) []calendar.Date) WhatIf {
	w := WhatIf{From: from, reminders: reminders, reminded: make(map[calendar.Date][]calendar.Date), Months: NewForecast(from, months).Months, Touched: touched(old, new), Old: old, New: new, asked: make(map[certificates.SchemeKey]bool), Hours: make(map[TeamMonth]Hours)}
	for _, key := range w.Touched {
		w.asked[key] = !reflect.DeepEqual(old.Requirements[key], new.Requirements[key])
	}
	return w
}

// Until is the last day of the comparison.
func (w *WhatIf) Until() calendar.Date { return w.Months[len(w.Months)-1].AddMonths(1).AddDays(-1) }

// touched lists the schemes of which two sets of rules say something else, in order of key.
func touched(old, new Rules) []certificates.SchemeKey {
	keys := make(map[certificates.SchemeKey]bool)
	for _, rules := range []Rules{old, new} {
		for key := range rules.Schemes {
			keys[key] = true
		}
		for key := range rules.Requirements {
			keys[key] = true
		}
	}
	maps.DeleteFunc(keys, func(key certificates.SchemeKey, _ bool) bool {
		return reflect.DeepEqual(old.Schemes[key], new.Schemes[key]) && reflect.DeepEqual(old.Requirements[key], new.Requirements[key])
	})
	return slices.Sorted(maps.Keys(keys))
}

// Add compares what happens to one person.
func (w *WhatIf) Add(r Record) {
	var oldMails, newMails mailDays
	for _, key := range w.Touched {
		file := r.file(key, w.Old.Requirements[key])
		other := file
		if w.asked[key] {
			other = r.file(key, w.New.Requirements[key])
		}
		if len(file.Demands)+len(other.Demands) == 0 {
			continue
		}
		old := w.see(r, file, w.Old, &oldMails, func(h *Hours, minutes int) { h.Old += minutes })
		new := w.see(r, other, w.New, &newMails, func(h *Hours, minutes int) { h.New += minutes })
		w.compareDuties(r, old, new)
		w.compareLapses(r, old.late, new.late, true)
		if w.asked[key] { // else who does nothing loses the same
			w.compareLapses(r, w.lapses(file), w.lapses(other), false)
		}
	}
	w.Mails.Old += len(oldMails.each())
	w.Mails.New += len(newMails.each())
}

// A view is what happens to a file under one set of rules where everybody is in time.
type view struct {
	duties []certificates.Duty // in order of cycle, with their last dates, but those that end
	late   []certificates.Change
}

// see works out what happens to a file under some rules, which hours that takes, and on which days it is reason for a mail.
func (w *WhatIf) see(r Record, f certificates.File, rules Rules, mails *mailDays, count func(*Hours, int)) view {
	var v view
	duties, until := newDuties(f, w.From), w.Until()
	for s := range Walk(f, rules, w.From, until, OnTheLastDay) {
		duties.put(s)
		switch s.Kind {
		case certificates.Lapsed:
			v.late = append(v.late, s.Change)
		case Renewed:
			w.addHours(r, s, count)
		}
	}
	for _, duty := range duties {
		mails.add(duty, w.remindersOf(duty.DueOn), w.From, until)
	}
	v.duties = slices.DeleteFunc(duties, func(d certificates.Duty) bool { return !d.EndedOn.IsZero() })
	return v
}

// remindersOf are the reminders of a last day, worked out once.
func (w *WhatIf) remindersOf(due calendar.Date) []calendar.Date {
	days, known := w.reminded[due]
	if !known {
		days = w.reminders(due)
		w.reminded[due] = days
	}
	return days
}

// lapses are what is lost where nobody does anything.
func (w *WhatIf) lapses(f certificates.File) []certificates.Change {
	var lapsed []certificates.Change
	for s := range Walk(f, w.Old, w.From, w.Until(), Never) {
		if s.Kind == certificates.Lapsed {
			lapsed = append(lapsed, s.Change)
		}
	}
	return lapsed
}

func (w *WhatIf) compareDuties(r Record, old, new view) {
	change := func(o, n *certificates.Duty) {
		some := cmp.Or(n, o)
		w.Duties = append(w.Duties, DutyChange{r.Person, r.team(max(w.From, some.OpensOn)), some.Scheme, some.Cycle, o, n})
	}
	i, j := 0, 0
	for i < len(old.duties) || j < len(new.duties) {
		switch {
		case j == len(new.duties) || i < len(old.duties) && old.duties[i].Cycle < new.duties[j].Cycle:
			change(&old.duties[i], nil)
			i++
		case i == len(old.duties) || new.duties[j].Cycle < old.duties[i].Cycle:
			change(nil, &new.duties[j])
			j++
		default:
			if o, n := &old.duties[i], &new.duties[j]; o.DueOn != n.DueOn || o.OpensOn != n.OpensOn {
				change(o, n)
			}
			i, j = i+1, j+1
		}
	}
}

func (w *WhatIf) compareLapses(r Record, old, new []certificates.Change, inTime bool) {
	only := func(some, others []certificates.Change, caused bool) {
		for _, l := range some {
			change := LapseChange{r.Person, r.team(l.On), l.Duty.Scheme, l.On, caused, inTime}
			told := slices.ContainsFunc(w.Lapses, func(c LapseChange) bool {
				return c.Person == change.Person && c.Scheme == change.Scheme && c.On == change.On && c.Caused == caused
			})
			if !told && !slices.ContainsFunc(others, func(o certificates.Change) bool { return o.On == l.On }) {
				w.Lapses = append(w.Lapses, change)
			}
		}
	}
	only(new, old, true)
	only(old, new, false)
}

// addHours counts the training of somebody who does a duty.
func (w *WhatIf) addHours(r Record, s Step, count func(*Hours, int)) {
	if minutes := s.Scheme.MinutesOn(s.Path); minutes > 0 {
		year, month, _ := s.On.Civil()
		at := TeamMonth{r.team(s.On), calendar.New(year, month, 1)}
		hours := w.Hours[at]
		count(&hours, minutes)
		w.Hours[at] = hours
	}
}

// Merge adds what another comparison of the same rules found, and puts it in order.
func (w *WhatIf) Merge(other WhatIf) {
	w.Duties, w.Lapses = append(w.Duties, other.Duties...), append(w.Lapses, other.Lapses...)
	for at, h := range other.Hours {
		w.Hours[at] = Hours{w.Hours[at].Old + h.Old, w.Hours[at].New + h.New}
	}
	w.Mails.Old += other.Mails.Old
	w.Mails.New += other.Mails.New

	slices.SortFunc(w.Duties, func(a, b DutyChange) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Cycle, b.Cycle))
	})
	slices.SortFunc(w.Lapses, func(a, b LapseChange) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.On, b.On))
	})
}

// People counts on whom the new rules have an effect.
func (w *WhatIf) People() int {
	people := make(map[staff.PersonID]bool)
	for _, d := range w.Duties {
		people[d.Person] = true
	}
	for _, l := range w.Lapses {
		people[l.Person] = true
	}
	return len(people)
}

// mailDays are the days on which somebody gets a reminder, as often as there is reason for one.
type mailDays []calendar.Date

// add adds the days on which a duty is reason for a mail to somebody who does it on the last day in time.
func (m *mailDays) add(d certificates.Duty, reminders []calendar.Date, first, last calendar.Date) {
	done := cmp.Or(d.DoneOn, last)
	for _, day := range reminders {
		if day >= max(first, d.OpensOn) && day <= min(done, last) && (d.EndedOn.IsZero() || day < d.EndedOn) {
			*m = append(*m, day)
		}
	}
}

// each lists the days in order: one mail for each, whatever number of reasons.
func (m mailDays) each() []calendar.Date {
	slices.Sort(m)
	return slices.Compact(m)
}
