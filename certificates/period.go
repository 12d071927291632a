package certificates

import (
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Period (geldigheidsperiode) is one stretch in which one person is certified under one scheme. It never changes, but
// that it may be revoked. A chain of periods keeps its anchor, so that terms never drift. RECERTIFICATION §2–3.
type Period struct {
	ID            string
	Person        staff.PersonID
	Scheme        SchemeKey
	SchemeVersion int
	Cycle         int           // counts the person's periods under the scheme from 1, across chains
	Anchor        calendar.Date // the first valid day of the chain
	Term          int           // counts the periods of the chain from 1
	Path          Path
	CompletedOn   calendar.Date
	ValidFrom     calendar.Date
	ValidUntil    calendar.Date // the last valid day; zero: no end, and then neither of the next two
	WindowOpensOn calendar.Date // by the scheme version of the period, as is the next
	GraceUntil    calendar.Date // the last day on which the refresher suffices
	Course        courses.CourseKey
	CourseVersion int               // 0: nobody knows which
	Attempt       courses.AttemptID // that completed it; empty where none did
	RevokedOn     calendar.Date
	TakenOverOn   calendar.Date // when it came from a list of an older administration; zero: it was earned here
}

// A State is what a period or its certificate is worth on a day. It is never stored.
type State string

const (
	Revoked  State = "revoked"
	Replaced State = "replaced" // a later period of this person and scheme has begun
	Upcoming State = "upcoming"
	Expired  State = "expired"
	Outdated State = "outdated" // from before a change that the holder has not learned yet
	Valid    State = "valid"
)

// State is the first of the states, in the order above, that holds on a day. replacedFrom is when the next period of the
// person and scheme begins, zero where there is none.
func (p Period) State(on, replacedFrom calendar.Date, outdated bool) State {
	switch {
	case p.RevokedBy(on):
		return Revoked
	case !replacedFrom.IsZero() && on >= replacedFrom:
		return Replaced
	case on < p.ValidFrom:
		return Upcoming
	case !p.ValidUntil.IsZero() && on > p.ValidUntil:
		return Expired
	case outdated:
		return Outdated
	}
	return Valid
}

// renewable reports whether a completion on a day continues the chain of the period.
func (p Period) renewable(completed calendar.Date) bool {
	return !p.RevokedBy(completed) && completed >= p.WindowOpensOn && completed <= p.GraceUntil
}

// RevokedBy reports whether the period is revoked on a day or before it.
func (p Period) RevokedBy(day calendar.Date) bool { return !p.RevokedOn.IsZero() && day >= p.RevokedOn }

// Previous makes the newest period of a chain of which only the dates are known, with the window and grace of s.
func (s Scheme) Previous(anchor calendar.Date, term int, validUntil calendar.Date) Period {
	p := Period{Scheme: s.Key, SchemeVersion: s.Version, Cycle: term, Anchor: anchor, Term: term, ValidFrom: anchor, ValidUntil: validUntil}
	p.WindowOpensOn, p.GraceUntil = s.around(validUntil)
	return p
}

// around returns when the window before an end opens and when the grace after it ends; zero dates where there is no end.
func (s Scheme) around(validUntil calendar.Date) (opens, grace calendar.Date) {
	if validUntil.IsZero() {
		return 0, 0
	}
	next := validUntil.AddDays(1)
	grace = validUntil
	if s.GraceMonths > 0 {
		grace = next.TermEnd(s.GraceMonths)
	}
	return next.AddMonths(-s.WindowMonths), grace
}

// Next is what completing a scheme on a day leads to.
type Next struct {
	Counts        bool
	Reason        Reason // why it does not count; the dates below are zero then
	Path          Path
	Anchor        calendar.Date
	Term          int
	ValidFrom     calendar.Date
	ValidUntil    calendar.Date // zero: no end, and then neither of the next two
	WindowOpensOn calendar.Date
	GraceUntil    calendar.Date
}

// A Reason is why a completion does not renew, in a word for programs.
type Reason string

const (
	BeforeWindow Reason = "before_window"
	NoEnd        Reason = "no_end" // what never ends needs no renewal
)

// NextPeriod decides whether completing the scheme on a day begins the next period after last (nil: there never was one),
// and with which dates. A fault.Invalid where the scheme cannot reckon. RECERTIFICATION §3.
func NextPeriod(s Scheme, last *Period, completed calendar.Date) (Next, error) {
	if err := s.Check(); err != nil {
		return Next{}, err
	}
	n := Next{Counts: true, Path: PathInitial, Anchor: completed, Term: 1, ValidFrom: completed}
	if last != nil && !last.RevokedBy(completed) {
		switch {
		case last.ValidUntil.IsZero():
			return Next{Reason: NoEnd}, nil
		case completed < last.WindowOpensOn:
			return Next{Reason: BeforeWindow}, nil
		case last.renewable(completed):
			n.renew(s, *last, completed)
		}
	}
	switch s.Method {
	case MethodNever:
	case MethodFixed:
		n.ValidUntil = s.fixedEnd(n.ValidFrom)
	default:
		n.ValidUntil = n.Anchor.TermEnd(n.Term * s.Months)
		for n.ValidUntil < n.ValidFrom { // a long grace went past whole terms: no period ends before it starts
			n.Term++
			n.ValidUntil = n.Anchor.TermEnd(n.Term * s.Months)
		}
	}
	n.WindowOpensOn, n.GraceUntil = s.around(n.ValidUntil)
	return n, nil
}

// renew sets where a renewal on the refresher path begins. RECERTIFICATION §3.5. A chain whose end the scheme would not
// reckon, because an earlier version of it had other months, goes on from that end as a chain of its own: an anchor of
// other months would give a term that is too long, or one that ends before it starts.
func (n *Next) renew(s Scheme, last Period, completed calendar.Date) {
	n.Path = PathRefresher
	inTime := completed <= last.ValidUntil
	switch {
	case s.Method == MethodPrevious, s.Method == MethodLater && inTime:
		n.Anchor, n.Term = last.Anchor, last.Term+1
		if last.Anchor.TermEnd(last.Term*s.Months) != last.ValidUntil {
			n.Anchor, n.Term = last.ValidUntil.AddDays(1), 1
		}
		n.ValidFrom = max(completed, last.ValidUntil.AddDays(1))
	case s.Method == MethodFixed && inTime:
		n.ValidFrom = last.ValidUntil.AddDays(1)
	}
}

// fixedEnd is the first day before the anchor day that leaves at least the minimum number of months from a start.
func (s Scheme) fixedEnd(start calendar.Date) calendar.Date {
	least := start.TermEnd(s.MinimumMonths)
	year, _, _ := least.Civil()
	end := calendar.New(year, s.AnchorMonth, s.AnchorDay).AddDays(-1)
	if end < least {
		end = calendar.New(year+1, s.AnchorMonth, s.AnchorDay).AddDays(-1)
	}
	return end
}
