package academy

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A SweepRequest asks what is due on or before a day and not done yet.
type SweepRequest struct {
	On      calendar.Date // zero: today
	DryRun  bool          // only tell
	Confirm bool          // write also what would be held
}

// A SweepReport is what a sweep did, or would do.
type SweepReport struct {
	On     calendar.Date
	DryRun bool
	Held   bool // too many people would lose their qualification at once: nothing was written
	Opened []Task
	Ended  []Task
	Moved  []Task  // another date
	Lapsed []Lapse // whom expiry disqualified since the run before, in order of person and scheme
	Failed int     // people who could not be handled; the log knows why
	Looked int     // appointments kept
}

// A Lapse is a certificate that ran out while the work requires it: its holder is no longer qualified.
type Lapse struct {
	Person     staff.PersonID
	Scheme     certificates.SchemeKey
	Title      string        // of the scheme
	ValidUntil calendar.Date // the last day
}

// LapsedPeople counts the people whom expiry disqualified.
func (r SweepReport) LapsedPeople() int {
	people := make(map[staff.PersonID]bool)
	for _, l := range r.Lapsed {
		people[l.Person] = true
	}
	return len(people)
}

// A sweep that disqualifies more than this share of the people employed, and at least this many, waits for somebody to
// confirm it. RECERTIFICATION §7.
const (
	heldShare = 20 // percent
	heldLeast = 50 // people
)

// visitsAtOnce is for how many appointments the sweep reads the facts at a time.
const visitsAtOnce = 200

// Sweep opens windows, creates duties and ends them. It reads the appointments that have come, not the size of the file;
// what happens stands on the day it happens. So a missed night, two replicas or a second run change nothing.
// One broken person never stops the rest. A day in the future is only for a dry run: fault.Invalid.
func (o *Office) Sweep(ctx context.Context, who staff.Actor, ask SweepRequest) (SweepReport, error) {
	if err := who.Allow(staff.RunSweeps, staff.Subject{}); err != nil {
		return SweepReport{}, err
	}
	return o.sweep(ctx, who, ask)
}

// SweepNow is the sweep that the installation itself runs: every morning and at the start.
func (o *Office) SweepNow(ctx context.Context) (SweepReport, error) {
	return o.sweep(ctx, staff.Actor{}, SweepRequest{})
}

func (o *Office) sweep(ctx context.Context, who staff.Actor, ask SweepRequest) (SweepReport, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return SweepReport{}, err
	}
	if ask.On.IsZero() {
		ask.On = now.Today()
	}
	if ask.On > now.Today() && !ask.DryRun {
		return SweepReport{}, fault.New(fault.Invalid, "Deze dag is er nog niet. Kijk vooruit met een proefronde.", "This day has not come yet. Look ahead with a dry run.").
			At("on", "kies een dag tot en met vandaag, of vraag een proefronde", "choose a day up to today, or ask for a dry run")
	}
	report := SweepReport{On: ask.On, DryRun: ask.DryRun}
	visits, err := o.lookAhead(ctx, ask.On, &report)
	if err != nil {
		return report, err
	}
	report.Lapsed = lapsed(visits)
	report.Held, err = o.holds(ctx, ask, report.LapsedPeople())
	switch {
	case err != nil:
		return report, err
	case ask.DryRun || report.Held:
		report.add(visits...)
	default:
		o.keep(ctx, now, who, visits, &report)
	}
	if ask.DryRun {
		return report, nil
	}
	run := store.SweepRun{
		On: report.On, RanAt: now.Office, Held: report.Held, Opened: len(report.Opened), Ended: len(report.Ended), Moved: len(report.Moved),
		Lapsed: report.LapsedPeople(), Looked: report.Looked, Failed: report.Failed,
	}
	return report, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertSweepRun(ctx, q, run) })
}

// Sweeps lists the newest runs first.
func (o *Office) Sweeps(ctx context.Context, who staff.Actor, limit int) ([]store.SweepRun, error) {
	if err := who.Allow(staff.ReadSweeps, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.SweepRuns(ctx, o.db.Read(), limit)
}

// A visit is what time did to one person and scheme since their appointment.
type visit struct {
	store.Appointment
	next    calendar.Date
	changes []certificates.Change
	tasks   []Task // one for each change
}

// lookAhead works out what has changed for everybody whose appointment has come. Where the facts about somebody cannot be
// read, it counts them as failed and goes on.
func (o *Office) lookAhead(ctx context.Context, on calendar.Date, report *SweepReport) ([]visit, error) {
	q := o.db.Read()
	appointments, err := store.DueAppointments(ctx, q, on)
	if err != nil {
		return nil, err
	}
	schemes, err := store.Schemes(ctx, q, on)
	if err != nil {
		return nil, err
	}
	var visits []visit
	for part := range slices.Chunk(appointments, visitsAtOnce) {
		some, err := look(ctx, q, schemes, on, part)
		if err == nil {
			visits = append(visits, some...)
			continue
		}
		for person, own := range grouped(part, func(a store.Appointment) staff.PersonID { return a.Person }) {
			some, err := look(ctx, q, schemes, on, own)
			if err != nil {
				o.failed(ctx, report, person, err)
			}
			visits = append(visits, some...)
		}
	}
	return visits, nil
}

// look works out what has changed for some appointments.
func look(ctx context.Context, q store.Q, schemes map[certificates.SchemeKey]certificates.Scheme, on calendar.Date, appointments []store.Appointment) ([]visit, error) {
	var people []staff.PersonID
	for _, a := range appointments {
		people = append(people, a.Person)
	}
	archive, err := readFiles(ctx, q, slices.Compact(people)...)
	if err != nil {
		return nil, err
	}
	visits := make([]visit, len(appointments))
	for i, a := range appointments {
		file := archive.file(a.Person, a.Scheme)
		v := visit{Appointment: a}
		v.changes, v.next = file.Advance(a.On, on)
		for _, c := range v.changes {
			v.tasks = append(v.tasks, describe(c.Duty, file, schemes[a.Scheme], c.On))
		}
		visits[i] = v
	}
	return visits, nil
}

// failed counts a person who could not be handled. The log knows why.
func (o *Office) failed(ctx context.Context, report *SweepReport, person staff.PersonID, err error) {
	report.Failed++
	o.log.ErrorContext(ctx, "sweep: a person could not be handled", "person", person, "err", err)
}

// lapsed lists the certificates that ran out, in order of person and scheme.
func lapsed(visits []visit) []Lapse {
	var lapses []Lapse
	for _, v := range visits {
		for i, c := range v.changes {
			if c.Kind == certificates.Lapsed { // on the first day without it
				lapses = append(lapses, Lapse{v.Person, v.Scheme, v.tasks[i].Title, c.On.AddDays(-1)})
			}
		}
	}
	slices.SortStableFunc(lapses, func(a, b Lapse) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme))
	})
	return lapses
}

// add tells of visits that were kept, or would be.
func (r *SweepReport) add(visits ...visit) {
	for _, v := range visits {
		r.Looked++
		for i, c := range v.changes {
			switch c.Kind {
			case certificates.Opened, certificates.Returned:
				r.Opened = append(r.Opened, v.tasks[i])
			case certificates.Ended:
				r.Ended = append(r.Ended, v.tasks[i])
			case certificates.Moved:
				r.Moved = append(r.Moved, v.tasks[i])
			}
		}
	}
}

// holds reports whether a sweep must wait for somebody who confirms it.
func (o *Office) holds(ctx context.Context, ask SweepRequest, lapsed int) (bool, error) {
	if ask.Confirm || lapsed < heldLeast {
		return false, nil
	}
	employed, err := store.CountEmployed(ctx, o.db.Read(), ask.On)
	return lapsed*100 > employed*heldShare, err
}

// keep writes what happened, one transaction for each person, and tells it in the report. What another replica did a
// moment before is left as it is.
func (o *Office) keep(ctx context.Context, now Moment, who staff.Actor, visits []visit, report *SweepReport) {
	for len(visits) > 0 {
		person := visits[0].Person
		n := slices.IndexFunc(visits, func(v visit) bool { return v.Person != person })
		if n < 0 {
			n = len(visits)
		}
		var kept []visit
		err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) (err error) {
			kept, err = keepVisits(ctx, q, now, who, visits[:n])
			return err
		})
		if err != nil {
			o.failed(ctx, report, person, err)
		} else {
			report.add(kept...)
		}
		visits = visits[n:]
	}
}

// keepVisits writes what happened to one person, and returns the visits that nobody else had kept in the meantime.
func keepVisits(ctx context.Context, q store.Q, now Moment, who staff.Actor, visits []visit) (kept []visit, err error) {
	var entries []audit.Entry
	for _, v := range visits {
		err := store.KeepAppointment(ctx, q, v.Appointment, v.next)
		if errors.Is(err, fault.New(fault.Conflict, "", "").Because("kept")) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, c := range v.changes {
			if c.Kind == certificates.Lapsed {
				continue
			}
			if err := store.PutDuty(ctx, q, c.Duty); err != nil {
				return nil, err
			}
			entries = append(entries, did(now.Office, who, "duty."+string(c.Kind), v.Person, string(v.Scheme)))
		}
		kept = append(kept, v)
	}
	return kept, store.Write(ctx, q, entries...)
}
