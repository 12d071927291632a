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
