package academy

import (
	"cmp"
	"context"
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
	Held   bool // too many people would lose their qualification, or get a mail, at once: nothing was written
	Opened []Task
	Ended  []Task
	Moved  []Task  // another date
	Lapsed []Lapse // whom expiry disqualified since the run before, in order of person and scheme
	Failed int     // people who could not be handled; the log knows why
	Looked int     // appointments kept
	Mails  int     // people who get a mail

	TooManyMails bool // it is held because of them, maybe among others

	broken map[staff.PersonID]bool // who counts as failed
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

// A sweep that disqualifies or mails more than this share of the people employed, and at least this many, waits for
// somebody to confirm it. RECERTIFICATION §7.
const (
	heldShare = 20 // percent
	heldLeast = 50 // people
)

const (
	peopleKeptTogether = 20 // in one transaction
	partsKeptAtOnce    = 4  // of them, so that they share the wait for the disk
)

// visitsAtOnce is for how many appointments the sweep reads the facts at a time.
const visitsAtOnce = 200

// Sweep opens windows, creates duties, ends them and writes the mails of the day. It reads the appointments that have come, not the size of the file;
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
	if !ask.DryRun {
		if err := o.handInOverdue(ctx, now, &report); err != nil {
			return report, err
		}
		if err := o.remindTalks(ctx, now); err != nil {
			return report, err
		}
		err := o.inTx(ctx, func(ctx context.Context, q store.Q) error { return o.planReading(ctx, q, now, who) })
		if err != nil {
			return report, err
		}
		if err := o.tellReviews(ctx, now); err != nil {
			return report, err
		}
	}
	schemes, err := store.Schemes(ctx, o.db.Read(), ask.On)
	if err != nil {
		return report, err
	}
	visits, err := o.lookAhead(ctx, schemes, &report)
	if err != nil {
		return report, err
	}
	report.Lapsed = lapsed(visits)
	var mailing mailing
	if ask.On >= now.Today() { // what a day before asked for is stale
		if mailing, err = o.planMailing(ctx, ask.On, schemes, visits, &report); err != nil {
			return report, err
		}
	}
	if err := o.hold(ctx, ask, len(mailing.people), &report); err != nil {
		return report, err
	}
	if ask.DryRun || report.Held {
		report.add(visits...)
		report.Mails = len(mailing.people)
	} else {
		err = o.keep(ctx, now, who, schemes, visits, &report)
		if err == nil {
			err = o.mail(ctx, now, ask.On, mailing, &report)
		}
	}
	if err != nil || ask.DryRun {
		return report, err
	}
	run := store.SweepRun{On: report.On, RanAt: now.Office, Held: report.Held, Lapsed: report.LapsedPeople(), Failed: report.Failed}
	if !report.Held {
		run.Opened, run.Ended, run.Moved, run.Looked, run.Mails = len(report.Opened), len(report.Ended), len(report.Moved), report.Looked, report.Mails
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertSweepRun(ctx, q, run) })
	if err != nil || report.Held { // a clock that is wrong erases nobody either
		return report, err
	}
	return report, o.retain(ctx, now)
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

// handInOverdue hands in every attempt whose time is over, one transaction each: a quiz that was passed counts also where
// nobody looks at it again.
func (o *Office) handInOverdue(ctx context.Context, now Moment, report *SweepReport) error {
	overdue, err := store.OverdueAttempts(ctx, o.db.Read(), now.Real)
	if err != nil {
		return err
	}
	n := 0
	for _, a := range overdue {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.inTx(ctx, func(ctx context.Context, q store.Q) error {
			a, err := store.AttemptForUpdate(ctx, q, a.ID)
			if err != nil || !a.Expired(now.Real) {
				return err
			}
			_, err = o.submit(ctx, q, now, staff.Actor{}, a)
			return err
		})
		if err != nil {
			o.failed(ctx, report, a.Person, err)
			continue
		}
		n++
	}
	if n > 0 {
		o.log.InfoContext(ctx, "sweep: attempts were handed in because their time was over", "attempts", n)
	}
	return nil
}

// A schemeBook holds the schemes as they apply on the day of a sweep.
type schemeBook = map[certificates.SchemeKey]certificates.Scheme

// lookAhead works out what has changed for everybody whose appointment has come. Where the facts about somebody cannot be
// read, it counts them as failed and goes on.
func (o *Office) lookAhead(ctx context.Context, schemes schemeBook, report *SweepReport) ([]visit, error) {
	q := o.db.Read()
	appointments, err := store.DueAppointments(ctx, q, report.On)
	if err != nil {
		return nil, err
	}
	var visits []visit
	for part := range slices.Chunk(appointments, visitsAtOnce) {
		some, err := look(ctx, q, schemes, report.On, part)
		if err == nil {
			visits = append(visits, some...)
			continue
		}
		for person, own := range grouped(part, func(a store.Appointment) staff.PersonID { return a.Person }) {
			some, err := look(ctx, q, schemes, report.On, own)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				o.failed(ctx, report, person, err)
			}
			visits = append(visits, some...)
		}
	}
	return visits, nil
}

// look works out what has changed for some appointments.
func look(ctx context.Context, q store.Q, schemes schemeBook, on calendar.Date, appointments []store.Appointment) ([]visit, error) {
	var people []staff.PersonID
	var due []certificates.SchemeKey
	for _, a := range appointments {
		people, due = append(people, a.Person), append(due, a.Scheme)
	}
	slices.Sort(due)
	due = slices.Compact(due)
	periods := func(ctx context.Context, q store.Q, people ...staff.PersonID) ([]certificates.Period, error) {
		return store.LatestPeriodsUnder(ctx, q, due, people...)
	}
	archive, err := readFilesWith(ctx, q, periods, slices.Compact(people)...)
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

// failed counts a person who could not be handled, once. The log knows why.
func (o *Office) failed(ctx context.Context, report *SweepReport, person staff.PersonID, err error) {
	if report.broken[person] {
		return
	}
	if report.broken == nil {
		report.broken = make(map[staff.PersonID]bool)
	}
	report.broken[person] = true
	report.Failed++
	o.log.ErrorContext(ctx, "sweep: a person could not be handled", "failed", report.Failed, "err", err)
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

// hold notes whether a sweep must wait for somebody who confirms it.
func (o *Office) hold(ctx context.Context, ask SweepRequest, mails int, report *SweepReport) error {
	lapsed := report.LapsedPeople()
	if ask.Confirm || max(lapsed, mails) < heldLeast {
		return nil
	}
	employed, err := store.CountEmployed(ctx, o.db.Read(), ask.On)
	many := func(people int) bool { return people >= heldLeast && people*100 > employed*heldShare }
	report.TooManyMails = many(mails)
	report.Held = report.TooManyMails || many(lapsed)
	return err
}

// keep writes what happened, some people in a transaction and some transactions at a time, and tells it in the report. Where
// one of them cannot be written, each of those people gets a transaction of their own: one broken person never stops the
// rest. What another replica did a moment before is left as it is.
func (o *Office) keep(ctx context.Context, now Moment, who staff.Actor, schemes schemeBook, visits []visit, report *SweepReport) error {
	people := make([]staff.PersonID, len(visits))
	for i, v := range visits {
		people[i] = v.Person
	}
	slices.Sort(people) // somebody whose facts were read apart stands elsewhere
	people = slices.Compact(people)
	together := func(some []staff.PersonID) (kept []visit, err error) {
		err = o.db.InTx(ctx, func(whole context.Context, q store.Q) error {
			if ctx.Err() != nil { // only what has begun is finished
				return ctx.Err()
			}
			kept, err = keepVisits(whole, q, now, who, schemes, report.On, some...)
			return err
		})
		return kept, err
	}
	parts := slices.Collect(slices.Chunk(people, peopleKeptTogether))
	kept, broken := make([][]visit, len(parts)), make([]map[staff.PersonID]error, len(parts))
	atOnce(len(parts), partsKeptAtOnce, func(i int) {
		var err error
		if kept[i], err = together(parts[i]); err == nil {
			return
		}
		kept[i], broken[i] = nil, make(map[staff.PersonID]error)
		for _, person := range parts[i] {
			own, err := together([]staff.PersonID{person})
			if err != nil {
				broken[i][person] = err
				continue
			}
			kept[i] = append(kept[i], own...)
		}
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, part := range parts {
		for _, person := range part {
			if err := broken[i][person]; err != nil {
				o.failed(ctx, report, person, err)
			}
		}
		report.add(kept[i]...)
	}
	return nil
}

// keepVisits keeps the appointments of some people that have come and that nobody else kept in the meantime. What it writes
// follows from what is true then: it reads the facts anew, while nobody can make another appointment for them.
func keepVisits(ctx context.Context, q store.Q, now Moment, who staff.Actor, schemes schemeBook, on calendar.Date, people ...staff.PersonID) ([]visit, error) {
	appointments, err := store.AppointmentsForUpdate(ctx, q, on, people...)
	if err != nil || len(appointments) == 0 {
		return nil, err
	}
	visits, err := look(ctx, q, schemes, on, appointments)
	if err != nil {
		return nil, err
	}
	var entries []audit.Entry
	for _, v := range visits {
		if err := store.KeepAppointment(ctx, q, v.Appointment, v.next); err != nil {
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
	}
	return visits, store.Write(ctx, q, entries...)
}
