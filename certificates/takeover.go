package certificates

import (
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// TakeOver makes a period of what an older administration recorded after last: achieved on a day and valid until another
// (zero: no end). Those dates are facts. The period continues the chain where the scheme reckons the same end; where it
// does not, the period begins a chain of its own with the recorded end.
func (s Scheme) TakeOver(last *Period, achieved, validUntil calendar.Date) (Period, error) {
	if achieved.IsZero() || (!validUntil.IsZero() && validUntil < achieved) {
		return Period{}, fault.New(fault.Invalid, "Een certificaat loopt niet af voordat het is behaald.", "A certificate does not end before it was achieved.")
	}
	p := Period{Scheme: s.Key, SchemeVersion: s.Version, Cycle: File{}.Cycle(), Path: PathInitial, Anchor: achieved, Term: 1, CompletedOn: achieved, ValidFrom: achieved, ValidUntil: validUntil}
	if last != nil {
		p.Cycle = last.Cycle + 1
		if achieved <= last.ValidUntil && (validUntil.IsZero() || validUntil > last.ValidUntil) { // no period ends before it starts
			p.ValidFrom = last.ValidUntil.AddDays(1)
		}
	}
	next, err := NextPeriod(s, last, achieved)
	if err != nil {
		return Period{}, err
	}
	if next.Counts && next.ValidUntil == validUntil {
		p.Path, p.Anchor, p.Term, p.ValidFrom = next.Path, next.Anchor, next.Term, next.ValidFrom
	}
	p.WindowOpensOn, p.GraceUntil = s.around(validUntil)
	return p, nil
}

// Follows reports whether a period that was taken over comes after the last one; else it is history.
func (p Period) Follows(last *Period) bool {
	return last == nil || p.CompletedOn > last.CompletedOn && p.ValidFrom > last.ValidFrom
}

// A Doubt is what a scheme would say otherwise of a period that is taken over. The recorded dates are taken over all the same.
type Doubt string

const (
	DoubtEarly Doubt = "early" // it was achieved before the window of the period before it opened
	DoubtTerm  Doubt = "term"  // it ends, and the scheme has no term
	DoubtEnd   Doubt = "end"   // the scheme reckons another end, or one where none is recorded
)

// Doubt returns what the scheme would say otherwise of a period that TakeOver made after last, and the day that it would
// say: of the opening of the window, or the end. Empty where it would say the same.
func (s Scheme) Doubt(last *Period, p Period) (Doubt, calendar.Date, error) {
	next, err := NextPeriod(s, last, p.CompletedOn)
	switch {
	case err != nil:
		return "", 0, err
	case s.Method == MethodNever && !p.ValidUntil.IsZero():
		return DoubtTerm, 0, nil
	case next.Reason == BeforeWindow:
		return DoubtEarly, last.WindowOpensOn, nil
	case !next.Counts || next.ValidUntil == p.ValidUntil:
		return "", 0, nil
	}
	return DoubtEnd, next.ValidUntil, nil
}
