package certificates

import (
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Duty (taak) is what one person must do for one scheme in one cycle. There is at most one open duty per person and
// scheme, however many requirements ask for it. RECERTIFICATION §5.
type Duty struct {
	Person  staff.PersonID
	Scheme  SchemeKey
	Cycle   int
	OpensOn calendar.Date
	DueOn   calendar.Date // the last day in time
	DoneOn  calendar.Date // zero while not done
	EndedOn calendar.Date // the first day on which nobody required it any more; zero while somebody does
}

// Open reports whether the duty still asks something.
func (d Duty) Open() bool { return d.DoneOn.IsZero() && d.EndedOn.IsZero() }

// A File holds every fact that decides what one person must do for one scheme.
type File struct {
	Person  staff.PersonID
	Scheme  SchemeKey
	Demands []Demand // without the stretches of exemptions
	Periods []Period // in order of cycle
	Duties  []Duty   // in order of cycle

	Decisions []Decision // about the person and the scheme, and absences, in order of their first day
}

// Last is the newest period with the window and grace as somebody may have decided them, or nil where there never was one.
func (f File) Last() *Period {
	if len(f.Periods) == 0 {
		return nil
	}
	if len(f.Decisions) == 0 {
		return &f.Periods[len(f.Periods)-1]
	}
	last := f.Periods[len(f.Periods)-1]
	for _, d := range f.Decisions {
		switch {
		case last.ValidUntil.IsZero():
		case d.concerns(Early, last.Cycle+1):
			last.WindowOpensOn = min(last.WindowOpensOn, d.From)
		case d.concerns(Late, last.Cycle+1):
			last.GraceUntil = max(last.GraceUntil, d.Until)
		}
	}
	return &last
}

// Cycle is the number of the period that comes next, counted from 1. RECERTIFICATION §3.8.
func (f File) Cycle() int {
	if len(f.Periods) == 0 {
		return 1
	}
	return f.Periods[len(f.Periods)-1].Cycle + 1
}

// Path is the path that leads to the next period for somebody who completes it on a day. RECERTIFICATION §3.3, §3.9.
func (f File) Path(day calendar.Date) Path {
	if last := f.Last(); last != nil && !last.RevokedBy(day) && day <= last.GraceUntil {
		return PathRefresher
	}
	return PathInitial
}

// Demanding returns the demands that hold on a day.
func (f File) Demanding(day calendar.Date) []Demand {
	var on []Demand
	for _, d := range f.Demands {
		if d.On(day) {
			on = append(on, d)
		}
	}
	return on
}

// Away reports whether the person is absent on a day: their duties pause.
func (f File) Away(day calendar.Date) bool {
	return slices.ContainsFunc(f.Decisions, func(d Decision) bool { return d.away(day) })
}

// Due returns the duty that a person has on a day, or false where nothing is asked of them. With several demands the
// earliest dates win; an extension then moves the last day. RECERTIFICATION §4, §5.
func (f File) Due(day calendar.Date) (Duty, bool) {
	duty := Duty{Person: f.Person, Scheme: f.Scheme, Cycle: f.Cycle()}
	for _, d := range f.Demands {
		if !d.On(day) {
			continue
		}
		opens, due := f.dates(d, day)
		if opens.IsZero() || opens > day {
			continue
		}
		duty.OpensOn = earliest(duty.OpensOn, opens)
		duty.DueOn = earliest(duty.DueOn, f.afterReturn(d, opens, due, day))
	}
	for _, d := range f.Decisions {
		if d.concerns(Early, duty.Cycle) && !duty.DueOn.IsZero() { // the last day of whoever must renew before the end
			duty.DueOn = earliest(duty.DueOn, d.Until)
		}
	}
	for _, d := range f.Decisions {
		if d.concerns(Extension, duty.Cycle) && !duty.DueOn.IsZero() {
			duty.DueOn = max(duty.DueOn, d.Until)
		}
	}
	return duty, !duty.OpensOn.IsZero()
}

// dates returns when a demand opens the next cycle and when that is due, as it looks on a day; zero dates where it never does.
func (f File) dates(d Demand, day calendar.Date) (opens, due calendar.Date) {
	last, start := f.Last(), d.From
	switch {
	case last == nil:
	case last.RevokedBy(day) && (last.ValidUntil.IsZero() || last.ValidUntil >= last.RevokedOn): // revoking what had lapsed gives no time
		start = max(start, last.RevokedOn)
		if before := f.standing(day); before != nil { // as where a period is revoked that was to come
			due = before.ValidUntil
		}
	case last.ValidUntil.IsZero():
		return 0, 0 // no end date: nothing more to do
	case last.ValidUntil >= d.From:
		opens, due = max(last.WindowOpensOn, d.From), last.ValidUntil
		if d.From > d.Fell { // asked again after an exemption: as of a newcomer, and never less than they had
			due = max(due, d.From.AddDays(d.InductionDays))
		}
		return opens, due
	}
	return start, max(due, start.AddDays(d.InductionDays), d.DueOn)
}

// standing is the newest period that nobody revoked on a day or before it, or nil.
func (f File) standing(day calendar.Date) *Period {
	for i := range slices.Backward(f.Periods) { // not the value: a report asks this a million times
		if !f.Periods[i].RevokedBy(day) {
			return &f.Periods[i]
		}
	}
	return nil
}

// afterReturn moves the last day of what was open during an absence: whoever comes back has as long as a newcomer, and
// never less than they had. RECERTIFICATION §5. An absence that begins later changes nothing yet.
func (f File) afterReturn(d Demand, opens, due, day calendar.Date) calendar.Date {
	for _, a := range f.Decisions {
		if a.Kind == Absence && a.Stands() && a.From <= day && !a.Until.IsZero() && a.Until >= opens {
			due = max(due, a.Until.AddDays(1+d.InductionDays))
		}
	}
	return due
}

// A Change is what the passing of time does to the duty of one file.
type Change struct {
	Kind ChangeKind
	On   calendar.Date // the day it happens, whenever the sweep comes by
	Duty Duty          // as it is from then on; for Lapsed only its person and scheme
}

// A ChangeKind says what happened.
type ChangeKind string

const (
	Opened   ChangeKind = "opened"   // a new duty
	Returned ChangeKind = "returned" // a duty that had ended is asked again
	Moved    ChangeKind = "moved"    // a duty has another date
	Ended    ChangeKind = "ended"    // nobody requires it any more
	Lapsed   ChangeKind = "lapsed"   // the period ended without a successor while somebody requires one
)

// Advance goes through the days from first to last on which anything changes for a file. It returns what changed, and
// the next day after last on which to look again (zero: never). Every change happens on its own day, so the same
// changes come out however often and however late somebody asks. RECERTIFICATION §7.
func (f File) Advance(first, last calendar.Date) ([]Change, calendar.Date) {
	var changes []Change
	for day := first; !day.IsZero(); day = f.next(day) {
		if day > last {
			return changes, day
		}
		if change, ok := f.changeOn(day); ok {
			changes = append(changes, change)
			f.put(change.Duty)
		}
		if f.lapsesOn(day) {
			changes = append(changes, Change{Lapsed, day, Duty{Person: f.Person, Scheme: f.Scheme}})
		}
	}
	return changes, 0
}

// changeOn compares the duty that a person should have on a day with the one they have.
func (f *File) changeOn(day calendar.Date) (Change, bool) {
	want, due := f.Due(day)
	at := f.dutyAt(f.Cycle())
	if at < 0 {
		return Change{Opened, day, want}, due
	}
	have := f.Duties[at]
	switch {
	case !have.DoneOn.IsZero():
		return Change{}, false
	case due && !have.EndedOn.IsZero():
		return Change{Returned, day, want}, true
	case due:
		return Change{Moved, day, want}, have != want
	case have.EndedOn.IsZero():
		have.EndedOn = day
		return Change{Ended, day, have}, true
	}
	return Change{}, false
}

// lapsesOn reports whether day is the first day without a certificate that somebody requires.
func (f *File) lapsesOn(day calendar.Date) bool {
	last := f.standing(day)
	if newest := f.Last(); newest != nil && newest.RevokedOn == day && newest.ValidUntil.AddDays(1) == day {
		last = newest // it had ended when it was revoked
	}
	return last != nil && !last.ValidUntil.IsZero() && last.ValidUntil.AddDays(1) == day && len(f.Demanding(day)) > 0
}

// next returns the first day after day on which anything can change for the file.
func (f *File) next(day calendar.Date) calendar.Date {
	var next calendar.Date
	consider := func(d calendar.Date) {
		if d > day {
			next = earliest(next, d)
		}
	}
	for _, d := range f.Demands {
		consider(d.From)
		if !d.Last.IsZero() {
			consider(d.Last.AddDays(1))
		}
	}
	if last := f.Last(); last != nil {
		consider(last.RevokedOn)
		if !last.ValidUntil.IsZero() {
			consider(last.WindowOpensOn)
			consider(last.ValidUntil.AddDays(1))
		}
		if before := f.standing(max(day, last.RevokedOn)); before != nil && !before.ValidUntil.IsZero() {
			consider(before.ValidUntil.AddDays(1))
		}
	}
	for _, d := range f.Decisions {
		if d.Stands() {
			consider(d.From)
		}
	}
	return next
}

// put keeps a duty in the file and leaves alone what the file was copied from.
func (f *File) put(d Duty) {
	f.Duties = slices.Clone(f.Duties)
	if at := f.dutyAt(d.Cycle); at >= 0 {
		f.Duties[at] = d
		return
	}
	f.Duties = append(f.Duties, d)
}

func (f *File) dutyAt(cycle int) int {
	return slices.IndexFunc(f.Duties, func(d Duty) bool { return d.Cycle == cycle })
}
