package certificates

import (
	"cmp"
	"fmt"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// For fills in what a decision leaves to the facts (the cycle, and the first day where the facts say which), and reports at
// once everything that is wrong with it: fault.Invalid. f is the file of the person and the scheme; of an absence only its
// decisions count.
func (d Decision) For(f File, today calendar.Date) (Decision, error) {
	m := mistakes{*wrongDecision}
	switch d.Kind {
	case Extension:
		d = m.extension(d, f, today)
	case Exemption:
		d.From = cmp.Or(d.From, today)
		m.exemption(d, f)
	case Absence:
		d.From = cmp.Or(d.From, today)
		m.absence(d, f.Decisions)
	case Early, Late:
		d = m.earlyOrLate(d, f, today)
	case Revocation:
		d.From = cmp.Or(d.From, today)
		m.revocation(d, f)
	}
	m.Error = *m.With(d.check(today))
	return d, m.err()
}

// thisCycle fills in the cycle that a decision is about: the one that comes next.
func (m *mistakes) thisCycle(d Decision, f File) Decision {
	if d.Cycle != 0 && d.Cycle != f.Cycle() {
		m.wrong("cycle", fmt.Sprintf("dit gaat nu over periode %d", f.Cycle()), fmt.Sprintf("this is about period %d now", f.Cycle()))
	}
	d.Cycle = f.Cycle()
	return d
}

func (m *mistakes) extension(d Decision, f File, today calendar.Date) Decision {
	d = m.thisCycle(d, f)
	duty, open := f.Due(today)
	switch {
	case !open:
		m.wrong("scheme", "hier staat nu geen taak voor open: er is niets om uit te stellen", "no duty is open for this now: there is nothing to put off")
	case !d.Until.IsZero() && d.Until <= duty.DueOn:
		m.wrong("until", fmt.Sprintf("kies een dag na %s: dat is nu de laatste dag", duty.DueOn.Dutch()), fmt.Sprintf("choose a day after %s: that is the last day now", duty.DueOn.English()))
	}
	d.From = max(today, duty.DueOn.AddDays(1))
	return d
}

func (m *mistakes) exemption(d Decision, f File) {
	for _, other := range f.Decisions {
		if other.Kind == Exemption && other.overlaps(d) {
			m.wrong("from", fmt.Sprintf("er is al een vrijstelling tot en met %s: geef die een andere laatste dag", other.Until.Dutch()), fmt.Sprintf("there is an exemption until and including %s already: give that another last day", other.Until.English()))
			return
		}
	}
	asked := func(demand Demand) bool {
		return (demand.Last.IsZero() || demand.Last >= d.From) && (d.Until.IsZero() || demand.From <= d.Until)
	}
	if !slices.ContainsFunc(f.Demands, asked) {
		m.wrong("scheme", "niemand vraagt dit van deze collega in die tijd: een vrijstelling is niet nodig", "nobody asks this of this colleague in that time: no exemption is needed")
	}
}

func (m *mistakes) absence(d Decision, others []Decision) {
	if d.Scheme != "" {
		m.wrong("scheme", "laat dit leeg: wie er niet is, is er voor geen enkele taak", "leave this out: who is away is away for every duty")
	}
	for _, other := range others {
		switch {
		case other.Kind != Absence || !other.overlaps(d):
		case other.Until.IsZero():
			m.wrong("from", fmt.Sprintf("er staat al een afwezigheid vanaf %s zonder einde: vul daar eerst de laatste dag in", other.From.Dutch()), fmt.Sprintf("there is an absence from %s without an end already: enter its last day first", other.From.English()))
		default:
			m.wrong("from", fmt.Sprintf("er staat al een afwezigheid van %s tot en met %s: geef die een andere laatste dag", other.From.Dutch(), other.Until.Dutch()), fmt.Sprintf("there is an absence from %s until and including %s already: give that another last day", other.From.English(), other.Until.English()))
		}
	}
}

// overlaps reports whether two decisions hold on a day in common. What was undone holds on none.
func (d Decision) overlaps(other Decision) bool {
	return d.Stands() && d.ID != other.ID && (d.Until.IsZero() || d.Until >= other.From) && (other.Until.IsZero() || other.Until >= d.From)
}

func (m *mistakes) earlyOrLate(d Decision, f File, today calendar.Date) Decision {
	d = m.thisCycle(d, f)
	last := f.Last()
	switch {
	case last == nil || last.ValidUntil.IsZero() || !last.RevokedOn.IsZero():
		m.wrong("scheme", "hier is niets te vernieuwen: er is geen periode met een einde die nog staat", "there is nothing to renew: no period with an end stands")
		d.From = cmp.Or(d.From, today)
	case d.Kind == Early:
		d.From = cmp.Or(d.From, today)
		switch {
		case d.From >= last.WindowOpensOn && d.Until.IsZero():
			m.wrong("from", fmt.Sprintf("kies een dag voor %s: vanaf dan telt vernieuwen al", last.WindowOpensOn.Dutch()), fmt.Sprintf("choose a day before %s: from then renewing counts already", last.WindowOpensOn.English()))
		case d.From <= last.CompletedOn:
			m.wrong("from", fmt.Sprintf("kies een dag na %s: toen is deze periode gehaald", last.CompletedOn.Dutch()), fmt.Sprintf("choose a day after %s: then this period was achieved", last.CompletedOn.English()))
		}
	default:
		d.From = last.GraceUntil.AddDays(1)
		if !d.Until.IsZero() && d.Until < d.From {
			m.wrong("until", fmt.Sprintf("kies een dag na %s: tot dan is de korte herhaling al genoeg", last.GraceUntil.Dutch()), fmt.Sprintf("choose a day after %s: until then the short refresher suffices already", last.GraceUntil.English()))
		}
	}
	return d
}

func (m *mistakes) revocation(d Decision, f File) {
	p, there := f.period(d.Cycle)
	switch {
	case !there:
		m.wrong("cycle", "kies welke periode je intrekt", "choose which period you revoke")
	case !p.RevokedOn.IsZero():
		m.wrong("cycle", fmt.Sprintf("deze periode is al ingetrokken per %s", p.RevokedOn.Dutch()), fmt.Sprintf("this period was revoked as of %s already", p.RevokedOn.English()))
	}
	next, there := f.period(d.Cycle + 1)
	if there && next.Path == PathRefresher && !next.RevokedBy(d.From) {
		m.wrong("cycle", fmt.Sprintf("periode %d gaat hierop verder: trek die eerst in, per %s of eerder", next.Cycle, d.From.Dutch()), fmt.Sprintf("period %d continues this one: revoke that first, as of %s or earlier", next.Cycle, d.From.English()))
	}
}

// period returns the period of a cycle.
func (f File) period(cycle int) (Period, bool) {
	at := slices.IndexFunc(f.Periods, func(p Period) bool { return p.Cycle == cycle })
	if at < 0 {
		return Period{}, false
	}
	return f.Periods[at], true
}

var (
	hasNoLastDay = fault.New(fault.Conflict, "Alleen een afwezigheid of een vrijstelling krijgt een andere laatste dag.", "Only an absence or an exemption gets another last day.").Because("kind")
	overAlready  = fault.New(fault.Conflict, "Deze vrijstelling is al voorbij. Neem een nieuw besluit.", "This exemption is over already. Take a new decision.").Because("over")
)

// Endable reports whether a decision may get another last day: an absence always, for what was typed wrong is corrected
// afterwards; an exemption until it is over.
func (d Decision) Endable(on calendar.Date) bool {
	return d.Stands() && (d.Kind == Absence || d.Kind == Exemption && d.Until >= on)
}

// Ending returns an absence or exemption with another last day. Somebody may turn out to have been back for a while; what
// an exemption left out is asked again from today at the earliest. others are the decisions about the person.
func (d Decision) Ending(last, today calendar.Date, others []Decision) (Decision, error) {
	m := mistakes{*wrongDecision}
	switch {
	case d.Kind != Absence && d.Kind != Exemption:
		return d, hasNoLastDay
	case d.Kind == Exemption && d.Until < today:
		return d, overAlready
	case last.IsZero():
		m.wrong("until", "kies een laatste dag", "choose a last day")
	case last < d.From:
		m.wrong("until", fmt.Sprintf("kies een dag op of na %s", d.From.Dutch()), fmt.Sprintf("choose a day on or after %s", d.From.English()))
	case d.Kind == Exemption && last < today.AddDays(-1):
		m.wrong("until", "kies gisteren (dan wordt het vanaf vandaag weer gevraagd) of een latere dag", "choose yesterday (then it is asked again from today) or a later day")
	}
	m.near("until", last, today)
	d.Until = last
	if d.Kind == Absence {
		m.absence(d, others)
	}
	return d, m.err()
}

// Differ lists what happens to the duty of a file between two days that does not happen to it as it was before.
func Differ(before, after File, first, last calendar.Date) []Change {
	happens, _ := before.Advance(first, last)
	now, _ := after.Advance(first, last)
	return slices.DeleteFunc(now, func(c Change) bool { return slices.Contains(happens, c) })
}

// knownAhead is how far one looks into an absence whose end is not known, in months.
const knownAhead = 12

// Waits lists what there is to do while an absence lasts, from today on: a duty that is open when it begins (Opened on that
// day), one that opens in it, and the end of a certificate in it. Of an absence without an end it looks a year ahead.
func (f File) Waits(absence Decision, today calendar.Date) []Change {
	first := max(today, absence.From)
	last := absence.Until
	if last.IsZero() {
		last = first.AddMonths(knownAhead)
	}
	f.Duties = nil
	waiting, _ := f.Advance(first, last)
	return slices.DeleteFunc(waiting, func(c Change) bool { return c.Kind != Opened && c.Kind != Returned && c.Kind != Lapsed })
}
