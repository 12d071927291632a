package outlook

import (
	"iter"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A Renewal says on which day somebody does what a duty asks; zero: never.
type Renewal func(certificates.Duty) calendar.Date

// OnTheLastDay is everybody who does it in time, and nobody earlier than they must.
func OnTheLastDay(d certificates.Duty) calendar.Date { return d.DueOn }

// Never is nobody who does anything.
func Never(certificates.Duty) calendar.Date { return 0 }

// Renewed is the change of a duty that is done. The sweep knows no such change: people make it.
const Renewed certificates.ChangeKind = "renewed"

// A Step is one thing that happens to the file of a person and a scheme.
type Step struct {
	certificates.Change
	Path   certificates.Path    // of Renewed: how it was done; otherwise how it can be done
	Before *certificates.Period // the newest period until then; nil where there never was one
	Scheme *certificates.Scheme // as it applied
}

// Walk goes through the days from first to last, as the sweep does each morning, and lets the duties be done as renewal
// says. It tells what happens in order of day. It is the sweep's own Advance with NextPeriod between.
func Walk(f certificates.File, rules Rules, first, last calendar.Date, renewal Renewal) iter.Seq[Step] {
	return func(yield func(Step) bool) {
		f := f
		f.Duties = slices.Clone(f.Duties)
		free := first // the first day on which the person can do the next duty
		for day := first; !day.IsZero() && day <= last; {
			changes, next := f.Advance(day, day)
			for _, c := range changes {
				if !yield(Step{Change: c, Path: f.Path(day), Before: f.Last(), Scheme: rules.scheme(f.Scheme, day)}) {
					return
				}
				if c.Kind != certificates.Lapsed {
					put(&f, c.Duty)
				}
			}
			done, ok := doneOn(f, day, renewal)
			done = max(done, free)
			var step Step
			if ok = ok && done <= last && (next.IsZero() || done < next); ok {
				step, ok = complete(&f, rules, done)
			}
			if !ok {
				day = next
				continue
			}
			if !yield(step) {
				return
			}
			free, day = done.AddDays(1), f.Last().WindowOpensOn
		}
	}
}

// doneOn returns when the duty that is open on a day is done, as far as one can tell then: on no day of an absence. It is
// false where there is none, where it is never done, and where nobody asks it any longer on the day after.
func doneOn(f certificates.File, day calendar.Date, renewal Renewal) (calendar.Date, bool) {
	duty, open := f.Due(day)
	if !open {
		return 0, false
	}
	done := renewal(duty)
	if done.IsZero() {
		return 0, false
	}
	done = max(done, day)
	for _, d := range f.Decisions { // in order of their first day
		if d.Kind != certificates.Absence || !d.On(done) {
			continue
		}
		if d.Until.IsZero() {
			return 0, false
		}
		done = d.Until.AddDays(1)
	}
	after := done.AddDays(1)
	return done, slices.ContainsFunc(f.Demands, func(d certificates.Demand) bool { return d.On(after) })
}

// complete lets the person begin the next period on a day; false where a completion does not count then.
func complete(f *certificates.File, rules Rules, day calendar.Date) (Step, bool) {
	scheme, before := rules.scheme(f.Scheme, day), f.Last()
	next, err := certificates.NextPeriod(*scheme, before, day)
	if err != nil || !next.Counts {
		return Step{}, false
	}
	if before != nil && before.ValidFrom == next.ValidFrom { // it was revoked: no two periods begin on one day
		next.ValidFrom = next.ValidFrom.AddDays(1)
	}
	duty, _ := f.Due(day)
	duty.DoneOn = day
	put(f, duty)
	f.Periods = []certificates.Period{{ // those before it decide nothing any more
		Person: f.Person, Scheme: f.Scheme, SchemeVersion: scheme.Version, Cycle: f.Cycle(), Anchor: next.Anchor, Term: next.Term, Path: next.Path, CompletedOn: day,
		ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil,
	}}
	return Step{certificates.Change{Kind: Renewed, On: day, Duty: duty}, next.Path, before, scheme}, true
}

// put keeps a duty in the file, as the sweep stores it.
func put(f *certificates.File, duty certificates.Duty) {
	at := slices.IndexFunc(f.Duties, func(d certificates.Duty) bool { return d.Cycle == duty.Cycle })
	if at < 0 {
		f.Duties = append(f.Duties, duty)
		return
	}
	f.Duties[at] = duty
}
