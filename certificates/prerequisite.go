package certificates

import (
	"slices"

	"bekwaam/courses/calendar"
)

// ready returns the first day on or after on by which every hard prerequisite of the scheme is held, and false where one
// of them is not held at all. held are all periods of the person.
func (s Scheme) ready(held []Period, on calendar.Date) (calendar.Date, bool) {
	for before := calendar.Date(0); before != on; { // one that begins later may begin after another has ended
		before = on
		for _, required := range s.Prerequisites {
			if !required.Hard {
				continue
			}
			at := slices.IndexFunc(held, func(p Period) bool {
				return p.Scheme == required.Scheme && !p.RevokedBy(max(on, p.ValidFrom)) && (p.ValidUntil.IsZero() || p.ValidUntil >= on)
			})
			if at < 0 {
				return 0, false
			}
			on = max(on, held[at].ValidFrom)
		}
	}
	return on, true
}

// Requires reports whether a scheme is a hard prerequisite of this one.
func (s Scheme) Requires(other SchemeKey) bool {
	return slices.Contains(s.Prerequisites, Prerequisite{Scheme: other, Hard: true})
}
