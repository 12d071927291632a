package certificates

import (
	"slices"

	"bekwaam/courses/calendar"
)

// A Standing (stand) is how a person stands with a scheme on a day. It is never stored. DOMAIN §5.
type Standing string

const (
	NotAsked  Standing = "not-asked" // nobody requires it, and they do not hold it
	Exempted  Standing = "exempt"    // they would be asked, were there no exemption
	Certified Standing = "valid"
	Expiring  Standing = "expiring" // valid, and renewing counts already
	InGrace   Standing = "grace"    // no longer certified; the short refresher still suffices
	Lapsing   Standing = "expired"  // no longer certified, and they have to begin anew
	Starting  Standing = "starting" // asked and not held, in time, or achieved and yet to begin
	Paused    Standing = "paused"   // asked and not held, but the person is absent
	Missing   Standing = "missing"  // asked and not held, too late
)

// Standings lists them, those first that ask for somebody's attention.
func Standings() []Standing {
	return []Standing{Missing, Lapsing, InGrace, Expiring, Starting, Paused, Certified, Exempted, NotAsked}
}

// Standing tells how the person stands on a day. What is held comes first: it holds also where nobody asks for it.
func (f File) Standing(day calendar.Date) Standing {
	duty, asked := f.Due(day)
	newest := f.Last()
	revoked := newest != nil && newest.RevokedBy(day)
	if revoked {
		newest = f.standing(day)
	}
	switch {
	case f.Holds(day) && (newest.ValidUntil.IsZero() || day < newest.WindowOpensOn):
		return Certified
	case f.Holds(day):
		return Expiring
	case slices.ContainsFunc(f.Decisions, func(d Decision) bool { return d.Kind == Exemption && d.On(day) }):
		return Exempted
	case len(f.Demanding(day)) == 0:
		return NotAsked
	case f.Away(day):
		return Paused
	case newest != nil && day < newest.ValidFrom:
		return Starting // it was achieved and begins later
	case f.Path(day) == PathRefresher:
		return InGrace
	case !revoked && newest != nil && day > newest.ValidUntil:
		return Lapsing
	case asked && day <= duty.DueOn:
		return Starting
	}
	return Missing
}

// Holds reports whether the person is certified on a day.
func (f File) Holds(day calendar.Date) bool {
	return slices.ContainsFunc(f.Periods, func(p Period) bool { return p.State(day, 0, false) == Valid })
}
