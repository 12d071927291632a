package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// SaveProcess adds a version of what qualifies for a process and how many people it needs when, and why that changes. It holds
// from a day on (zero: of the first version always, of a later one today); what was asked before stays. The same once more
// changes nothing. Its name and roles are those of the activity, which SaveActivity changes; fault.NotFound where there is no
// such process.
func (o *Office) SaveProcess(ctx context.Context, who staff.Actor, p staffing.Process, why string) error {
	now, err := o.allowStaffing(ctx, who)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		p, versions, err := draftProcess(ctx, q, p, now.Today())
		if err != nil {
			return err
		}
		if len(versions) > 0 && staffing.Holding(p.Activity, versions, p.From).Asks(p) {
			return nil
		}
		if err := checkProcess(ctx, q, p, len(versions), why, now.Today()); err != nil {
			return err
		}
		if err := store.InsertProcess(ctx, q, p, store.Written{By: who.Person, At: now.Office, Why: why}); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "process.saved", "", fmt.Sprintf("%s/%d", p.ID, p.Version)))
	})
}

// allowStaffing checks that somebody may change how processes are staffed.
func (o *Office) allowStaffing(ctx context.Context, who staff.Actor) (Moment, error) {
	if err := who.Allow(staff.ChangeStaffing, staff.Subject{}); err != nil {
		return Moment{}, err
	}
	return o.Now(ctx)
}

// draftProcess completes a version of what a process asks; versions are those before it.
func draftProcess(ctx context.Context, q store.Q, p staffing.Process, today calendar.Date) (_ staffing.Process, versions []staffing.Process, err error) {
	if p.Activity, err = processActivity(ctx, q, p.ID); err != nil {
		return p, nil, err
	}
	written, err := store.ProcessVersions(ctx, q, p.ID)
	for _, w := range written {
		versions = append(versions, w.Process)
	}
	p.Cluster, p.Shortage, p.FourEyes = strings.TrimSpace(p.Cluster), strings.TrimSpace(p.Shortage), strings.TrimSpace(p.FourEyes)
	p.Version = len(versions) + 1
	if p.From.IsZero() && len(versions) > 0 {
		p.From = today
	}
	return p, versions, err
}

// checkProcess reports what is wrong with a version of what a process asks.
func checkProcess(ctx context.Context, q store.Q, p staffing.Process, before int, why string, today calendar.Date) error {
	book, err := readBook(ctx, q)
	if err != nil {
		return err
	}
	people, err := store.PeopleNamed(ctx, q, p.Owner)
	if err != nil {
		return err
	}
	return p.Check(before, why, func(key certificates.SchemeKey) bool { return len(book[key]) > 0 }, known(people), today)
}

// A ProcessEffect is what a version of what a process asks does, before it is saved.
type ProcessEffect struct {
	Was, Is  staffing.Process // on the first day of the version
	Before   int              // how many may do the work that day as it was asked, and as it will be
	After    int
	Colour   staffing.Colour // of the pool after it
	Counted  bool            // false: the works council does not consent, so nobody is counted
	Nobody   bool            // nobody may do the work then, whatever is done: no role does it, or nobody has such a role
	Planned  []calendar.Date // later versions that stay
	Titles   map[certificates.SchemeKey]string
	Warnings int // of the first week: days on which too few are there
}

// PreviewProcess tells what a version of what a process asks would do, and stores nothing; fault.Invalid where it is not right.
func (o *Office) PreviewProcess(ctx context.Context, who staff.Actor, p staffing.Process, why string) (ProcessEffect, error) {
	now, err := o.allowStaffing(ctx, who)
	if err != nil {
		return ProcessEffect{}, err
	}
	q := o.db.Read()
	p, versions, err := draftProcess(ctx, q, p, now.Today())
	if err != nil {
		return ProcessEffect{}, err
	}
	if err := checkProcess(ctx, q, p, len(versions), strings.TrimSpace(why), now.Today()); err != nil {
		return ProcessEffect{}, err
	}
	day := max(p.From, now.Today())
	e := ProcessEffect{Was: staffing.Holding(p.Activity, versions, day), Titles: make(map[certificates.SchemeKey]string)}
	e.Is = staffing.Holding(p.Activity, append(versions, p), day)
	for _, later := range e.Is.Later {
		e.Planned = append(e.Planned, later.From)
	}
	files, err := readCrew(ctx, q, []staffing.Process{e.Was, e.Is}, now.Today(), day, day.AddDays(6))
	if err != nil {
		return e, err
	}
	for _, key := range e.Is.Schemes() {
		e.Titles[key] = files.schemes[key].Title
	}
	e.Nobody = !slices.ContainsFunc(files.records, func(r staffing.Record) bool { return !e.Is.Lacks(r, day).Role })
	switch err := consented(ctx, q, now.Today(), ViewStaffing); {
	case fault.KindOf(err) == fault.Forbidden:
		return e, nil
	case err != nil:
		return e, err
	}
	e.Counted, e.Before, e.After = true, len(e.Was.Pool(files.records, day)), len(e.Is.Pool(files.records, day))
	e.Colour = e.Is.Colour(e.After)
	for _, d := range e.Is.Forecast(files.records, day, day.AddDays(6)).Days {
		if d.Shortage {
			e.Warnings++
		}
	}
	return e, nil
}

// A ProcessVersion and a ProcedureVersion stand here with the name of who wrote them.
type (
	ProcessVersion struct {
		store.ProcessVersion
		Writer string
	}
	ProcedureVersion struct {
		store.ProcedureVersion
		Writer, HolderName, DeputyName string
	}
)

// ProcessVersions lists every version of what a process asks, the first one first.
func (o *Office) ProcessVersions(ctx context.Context, who staff.Actor, process staff.ActivityID) ([]ProcessVersion, error) {
	if err := who.Allow(staff.ReadProcesses, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	activity, err := processActivity(ctx, q, process)
	if err != nil {
		return nil, err
	}
	written, err := store.ProcessVersions(ctx, q, process)
	if err != nil {
		return nil, err
	}
	var people []staff.PersonID
	for _, w := range written {
		people = append(people, w.By)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	all := make([]ProcessVersion, len(written))
	for i, w := range written {
		w.Activity = activity
		all[i] = ProcessVersion{w, names[w.By]}
	}
	return all, nil
}

// processActivity reads the name and roles of a process; fault.NotFound where there is none.
func processActivity(ctx context.Context, q store.Q, key staff.ActivityID) (staff.Activity, error) {
	activities, err := store.Activities(ctx, q)
	if err != nil {
		return staff.Activity{}, err
	}
	at := slices.IndexFunc(activities, func(a staff.Activity) bool { return a.ID == key && a.Kind == staff.Process })
	if at < 0 {
		return staff.Activity{}, notYours
	}
	return activities[at], nil
}

// isProcess checks that there is a process of some key.
func isProcess(ctx context.Context, q store.Q, key staff.ActivityID) error {
	_, err := processActivity(ctx, q, key)
	return err
}

// known tells whether somebody is one of some people.
func known(people []staff.Person) func(staff.PersonID) bool {
	return func(id staff.PersonID) bool {
		return slices.ContainsFunc(people, func(p staff.Person) bool { return p.ID == id })
	}
}

// Procedures lists every version of how a process is done, the first one first.
func (o *Office) Procedures(ctx context.Context, who staff.Actor, process staff.ActivityID) ([]ProcedureVersion, error) {
	if err := who.Allow(staff.ReadProcesses, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	if err := isProcess(ctx, q, process); err != nil {
		return nil, err
	}
	written, err := store.Procedures(ctx, q, process)
	if err != nil {
		return nil, err
	}
	var people []staff.PersonID
	for _, w := range written {
		people = append(people, w.By, w.Holder, w.Deputy)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	all := make([]ProcedureVersion, len(written))
	for i, w := range written {
		all[i] = ProcedureVersion{w, names[w.By], names[w.Holder], names[w.Deputy]}
	}
	return all, nil
}

// procedures are the versions alone.
func procedures(versions []store.ProcedureVersion) []staffing.Procedure {
	all := make([]staffing.Procedure, len(versions))
	for i, v := range versions {
		all[i] = v.Procedure
	}
	return all
}

var procedureThere = fault.New(fault.Conflict, "Vanaf deze dag geldt al een werkwijze, en die blijft staan. Kies een latere dag.", "From this day there is a way of working already, and it stays. Choose a later day.").Because("already_exists")

// WriteProcedure adds how a process is done from a day on, and why that changes. The same once more changes nothing; another text
// from a day that has one is fault.Conflict.
func (o *Office) WriteProcedure(ctx context.Context, who staff.Actor, p staffing.Procedure, why string) (staffing.Procedure, error) {
	if err := who.Allow(staff.WriteProcedures, staff.Subject{}); err != nil {
		return p, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return p, err
	}
	p.Text, why = strings.TrimSpace(p.Text), strings.TrimSpace(why)
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := isProcess(ctx, q, p.Process); err != nil {
			return err
		}
		written, err := store.Procedures(ctx, q, p.Process)
		if err != nil {
			return err
		}
		there := procedures(written)
		if at := slices.IndexFunc(there, func(t staffing.Procedure) bool { return t.From == p.From }); at >= 0 {
			if p.Version = there[at].Version; p != there[at] {
				return procedureThere
			}
			return nil
		}
		people, err := store.PeopleNamed(ctx, q, p.Holder, p.Deputy)
		if err != nil {
			return err
		}
		p.Version = len(there) + 1
		if err := p.Check(there, why, known(people), now.Today()); err != nil {
			return err
		}
		if err := store.InsertProcedure(ctx, q, p, store.Written{By: who.Person, At: now.Office, Why: why}); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "procedure.written", "", fmt.Sprintf("%s/%d", p.Process, p.Version)))
	})
	return p, err
}
