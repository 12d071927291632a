package changes

import (
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A VerdictKind says what a change means for a group of people.
type VerdictKind string

const (
	None     VerdictKind = "none"
	Read     VerdictKind = "read"     // a bulletin, with a read receipt
	Delta    VerdictKind = "delta"    // a short delta course
	Full     VerdictKind = "full"     // the new version of the course in full
	Withdraw VerdictKind = "withdraw" // what they hold counts no longer
)

// VerdictKinds lists every kind.
func VerdictKinds() []VerdictKind { return []VerdictKind{None, Read, Delta, Full, Withdraw} }

// A Verdict says what one group must do. The group is who has one of its roles, and among those who hold a scheme that the
// change touches whoever was certified on an older version of its course. RECERTIFICATION §6.
type Verdict struct {
	Kind         VerdictKind
	Roles        []staff.RoleID
	Scheme       certificates.SchemeKey // of Delta: what they must get; of Full and Withdraw: what they hold
	Holders      certificates.SchemeKey // the touched scheme whose holders belong to the group; empty: the roles only
	Version      int                    // of the course of that scheme: who was certified on it owes nothing
	Bulletin     BulletinID             // of Read
	StartersOnly bool                   // only whoever begins after the change was published
	LosesFor     []staff.ActivityID     // processes for which whoever is outdated does not count; usually none
}

func (v Verdict) check(m *mistakes, at string, c Change, known Known) {
	oneOf(m, at+".kind", v.Kind, VerdictKinds())
	there(m, at+".roles", v.Roles, known.Role)
	there(m, at+".losesFor", v.LosesFor, known.Process)
	if len(v.Roles) == 0 && v.Holders == "" {
		m.wrong(at+".roles", "kies voor wie dit geldt: een rol, of wie een regeling heeft", "choose for whom this is: a role, or who holds a scheme")
	}
	if v.Holders != "" && !slices.Contains(c.Touches.Schemes, v.Holders) {
		m.wrong(at+".holders", "kies een regeling die de wijziging raakt", "choose a scheme that the change touches")
	}
	if v.Holders != "" && v.Version < 1 {
		m.wrong(at+".version", "schrijf vanaf welke versie van de cursus iemand niets hoeft te doen", "write from which version of the course one need not do anything")
	}
	switch v.Kind {
	case Read:
		if !known.Bulletin(v.Bulletin) {
			m.wrong(at+".bulletin", "kies het bulletin dat ze lezen", "choose the bulletin that they read")
		}
	case Delta, Full, Withdraw:
		if !known.Scheme(v.Scheme) {
			m.wrong(at+".scheme", "kies de regeling waar het om gaat", "choose the scheme that it is about")
		}
		if v.Kind != Delta && v.Holders != v.Scheme {
			m.wrong(at+".holders", "kies dezelfde regeling: het gaat om wie die heeft", "choose the same scheme: it is about who holds it")
		}
		if v.Kind != Withdraw && c.DueOn().IsZero() {
			m.wrong("retrainBefore", "kies wanneer de scholing klaar moet zijn: er is nog geen ingangsdatum", "choose by when the training must be done: there is no effective date yet")
		}
	}
}

// Members lists who belongs to the group of a verdict on a day, in the order of the records.
func (c Change) Members(verdict int, records []staffing.Record, day calendar.Date) []staffing.Record {
	var members []staffing.Record
	for _, r := range records {
		if c.concerns(verdict, r, day) {
			members = append(members, r)
		}
	}
	return members
}

// concerns reports whether somebody belongs to the group of a verdict on a day. Whoever holds a touched scheme belongs to one
// group of its holders only: that of the nearest version above the one they were certified on. Whoever still has to do the
// course itself learns the change there, and is not asked its delta as well.
func (c Change) concerns(verdict int, r staffing.Record, day calendar.Date) bool {
	v := c.Verdicts[verdict]
	if !r.Employed(day) {
		return false
	}
	if v.Holders != "" {
		if p, ok := held(r, v.Holders, day); ok {
			return p.CourseVersion < v.Version && !c.nearer(verdict, p.CourseVersion)
		}
		if v.Kind == Delta && slices.Contains(r.Asked, v.Holders) {
			return false
		}
	}
	since := day
	if !c.PublishedAt.IsZero() {
		since = calendar.On(c.PublishedAt)
	}
	return slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
		return e.On(day) && slices.Contains(v.Roles, e.Role) && (!v.StartersOnly || e.From > since)
	})
}

// nearer reports whether another verdict about the same holders fits better whoever was certified on a version.
func (c Change) nearer(verdict, version int) bool {
	v := c.Verdicts[verdict]
	for i, other := range c.Verdicts {
		fits := i != verdict && other.Holders == v.Holders && other.learns() && v.learns() && version < other.Version
		if fits && (other.Version < v.Version || other.Version == v.Version && i < verdict) {
			return true
		}
	}
	return false
}

// learns reports whether a verdict asks to do a course.
func (v Verdict) learns() bool { return v.Kind == Delta || v.Kind == Full }

// Done reports whether somebody of the group did what the verdict asks, on a day. read reports whether they read the
// bulletin.
func (v Verdict) Done(r staffing.Record, day calendar.Date, read bool) bool {
	switch v.Kind {
	case Read:
		return read
	case Delta, Full:
		p, ok := held(r, v.Scheme, day)
		return ok && (v.Kind == Delta || p.CourseVersion >= v.Version)
	}
	return true
}

// held is the newest period of somebody under a scheme that counts on a day: what they renewed early counts from when they did.
func held(r staffing.Record, scheme certificates.SchemeKey, day calendar.Date) (certificates.Period, bool) {
	for _, p := range slices.Backward(r.Periods) {
		early := p.State(day, 0, false) == certificates.Upcoming && !p.CompletedOn.IsZero() && p.CompletedOn <= day
		if p.Scheme == scheme && (early || p.State(day, 0, false) == certificates.Valid) {
			return p, true
		}
	}
	return certificates.Period{}, false
}

// Outdated reports whether somebody is outdated on a day: the change is in force and they did not learn it. What they hold
// stays valid; it is shown and followed up.
func (c Change) Outdated(r staffing.Record, day calendar.Date) bool {
	return c.misses(r, day, func(Verdict) bool { return true })
}

// Outdates reports whether what somebody holds under a scheme is from before the change, and they did not learn that.
func (c Change) Outdates(r staffing.Record, scheme certificates.SchemeKey, day calendar.Date) bool {
	return c.misses(r, day, func(v Verdict) bool { return v.Holders == scheme })
}

// misses reports whether somebody did not learn on a day what some verdicts ask.
func (c Change) misses(r staffing.Record, day calendar.Date, which func(Verdict) bool) bool {
	if !c.Stands() || c.State(day) != InForce {
		return false
	}
	for i, v := range c.Verdicts {
		if v.learns() && which(v) && c.concerns(i, r, day) && !v.Done(r, day, false) {
			return true
		}
	}
	return false
}

// Bars lists the processes for which somebody does not count from the day on which the change holds, as far as they have not
// learned it on a day.
func (c Change) Bars(r staffing.Record, day calendar.Date) []staffing.Bar {
	from := c.HoldsFrom()
	if !c.Stands() || from.IsZero() {
		return nil
	}
	var bars []staffing.Bar
	for i, v := range c.Verdicts {
		if len(v.LosesFor) == 0 || !v.learns() || !c.concerns(i, r, day) || v.Done(r, day, false) {
			continue
		}
		for _, process := range v.LosesFor {
			bars = append(bars, staffing.Bar{Process: process, From: from, Change: c.Title})
		}
	}
	return bars
}

// Publishable refuses a change that cannot be announced: it is published or withdrawn already, or says of nobody what they
// must do.
func (c Change) Publishable() error {
	switch {
	case !c.WithdrawnAt.IsZero():
		return alreadyWithdrawn
	case !c.PublishedAt.IsZero():
		return alreadyPublished
	case len(c.Verdicts) == 0:
		return wrongChange.At("verdicts", "zeg eerst van minstens één groep wat zij moet doen", "first say of at least one group what it must do")
	}
	return nil
}

var (
	alreadyPublished = fault.New(fault.Conflict, "Deze wijziging is al bekendgemaakt. Trek haar in en maak een nieuwe, of maak een nieuw bulletin.", "This change is published already. Withdraw it and make another, or make another bulletin.").Because("published")
	alreadyWithdrawn = fault.New(fault.Conflict, "Deze wijziging is ingetrokken. Maak een nieuwe.", "This change was withdrawn. Make another.").Because("withdrawn")
)

// Editable refuses to change what people were told already.
func (c Change) Editable() error {
	switch {
	case !c.WithdrawnAt.IsZero():
		return alreadyWithdrawn
	case !c.PublishedAt.IsZero():
		return alreadyPublished
	}
	return nil
}
