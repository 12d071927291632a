package certificates

import (
	"cmp"
	"slices"

	"bekwaam/courses/calendar"
)

// A CaseKind says what a case shows.
type CaseKind string

const (
	CaseFirst  CaseKind = "first"  // somebody who never had it
	CaseWindow CaseKind = "window" // renews in the window
	CaseAgain  CaseKind = "again"  // renews once more: the next refresher has its turn
	CaseEarly  CaseKind = "early"  // completes it before the window
	CaseLater  CaseKind = "later"  // waits for the window, and renews on its first day
	CaseGrace  CaseKind = "grace"  // completes it in the grace
	CaseLapsed CaseKind = "lapsed" // completes it after the grace
)

// A Case is one completion under a scheme, for whoever edits that scheme.
type Case struct {
	Kind        CaseKind
	Last        *Period // the newest period before it; nil where there never was one
	CompletedOn calendar.Date
}

// cycle is the number of the period that the case leads to.
func (c Case) cycle() int {
	if c.Last == nil {
		return 1
	}
	return c.Last.Cycle + 1
}

// A Reckoned is what a scheme makes of a case.
type Reckoned struct {
	Next
	Asks       []Component // what is done for it
	WhyDutch   []string
	WhyEnglish []string
}

// Reckon works a case out as a renewal is worked out: fault.Invalid where the scheme cannot reckon.
func (s Scheme) Reckon(c Case) (Reckoned, error) {
	next, err := NextPeriod(s, c.Last, c.CompletedOn)
	if err != nil {
		return Reckoned{}, err
	}
	r := Reckoned{Next: next}
	if next.Counts {
		r.Asks = s.Asked(c.cycle(), next.Path)
	}
	r.WhyDutch, r.WhyEnglish = next.Explain(s, c.Last, c.CompletedOn)
	return r, nil
}

// InventedCases are the cases of somebody who completes the scheme for the first time on a day; none where it cannot reckon.
func (s Scheme) InventedCases(day calendar.Date) []Case {
	cases := []Case{{Kind: CaseFirst, CompletedOn: day}}
	first, ok := s.after(cases[0])
	if !ok {
		return nil
	}
	if first.ValidUntil.IsZero() {
		return cases
	}
	if first.WindowOpensOn > first.ValidFrom.AddDays(1) {
		cases = append(cases, Case{CaseEarly, &first, first.WindowOpensOn.AddDays(-1)})
	}
	if s.WindowMonths > 0 { // without a window one renews in the grace only
		renewed := Case{CaseWindow, &first, max(first.WindowOpensOn, first.ValidFrom.AddDays(1))}
		cases = append(cases, renewed)
		if second, ok := s.after(renewed); ok && len(s.Refreshers) > 1 {
			cases = append(cases, Case{CaseAgain, &second, max(second.WindowOpensOn, second.ValidFrom)})
		}
	}
	if first.GraceUntil > first.ValidUntil {
		cases = append(cases, Case{CaseGrace, &first, first.GraceUntil})
	}
	return append(cases, Case{CaseLapsed, &first, first.GraceUntil.AddDays(1)})
}

// after is the period that a case leads to.
func (s Scheme) after(c Case) (Period, bool) {
	n, err := NextPeriod(s, c.Last, c.CompletedOn)
	if err != nil || !n.Counts {
		return Period{}, false
	}
	return Period{Scheme: s.Key, SchemeVersion: s.Version, Cycle: c.cycle(), Anchor: n.Anchor, Term: n.Term, Path: n.Path, CompletedOn: c.CompletedOn,
		ValidFrom: n.ValidFrom, ValidUntil: n.ValidUntil, WindowOpensOn: n.WindowOpensOn, GraceUntil: n.GraceUntil}, true
}

// casesOfAKind is how many people show the same.
const casesOfAKind = 2

// RealCases picks people whose newest periods show most, as they stand on a day: who renews then, who waits for the window,
// and who is too late. newest holds one period of each person.
func RealCases(newest []Period, day calendar.Date) []Case {
	byKind := make(map[CaseKind][]Case)
	for _, p := range newest {
		switch {
		case p.ValidUntil.IsZero() || p.RevokedBy(day):
		case day < p.WindowOpensOn:
			byKind[CaseLater] = append(byKind[CaseLater], Case{CaseLater, &p, p.WindowOpensOn})
		case day <= p.ValidUntil:
			byKind[CaseWindow] = append(byKind[CaseWindow], Case{CaseWindow, &p, day})
		case day <= p.GraceUntil:
			byKind[CaseGrace] = append(byKind[CaseGrace], Case{CaseGrace, &p, day})
		default:
			byKind[CaseLapsed] = append(byKind[CaseLapsed], Case{CaseLapsed, &p, day})
		}
	}
	var picked []Case
	for _, kind := range []CaseKind{CaseWindow, CaseLater, CaseGrace, CaseLapsed} {
		of := byKind[kind]
		slices.SortFunc(of, func(a, b Case) int { // whose end is nearest
			return cmp.Or(cmp.Compare(apart(day, a.Last.ValidUntil), apart(day, b.Last.ValidUntil)), cmp.Compare(a.Last.Person, b.Last.Person))
		})
		picked = append(picked, of[:min(len(of), casesOfAKind)]...)
	}
	return picked
}

// apart is how many days lie between two days.
func apart(a, b calendar.Date) int { return max(a.DaysUntil(b), b.DaysUntil(a)) }
