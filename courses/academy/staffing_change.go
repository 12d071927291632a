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

// SaveProcess writes what qualifies for a process and how many people it needs when. Its name and roles are those of the
// activity, which SaveActivity changes; fault.NotFound where there is no such process.
func (o *Office) SaveProcess(ctx context.Context, who staff.Actor, p staffing.Process) error {
	if err := who.Allow(staff.ChangeStaffing, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	p.Cluster, p.Shortage, p.FourEyes = strings.TrimSpace(p.Cluster), strings.TrimSpace(p.Shortage), strings.TrimSpace(p.FourEyes)
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := isProcess(ctx, q, p.ID); err != nil {
			return err
		}
		book, err := readBook(ctx, q)
		if err != nil {
			return err
		}
		people, err := store.PeopleNamed(ctx, q, p.Owner)
		if err != nil {
			return err
		}
		err = p.Check(func(key certificates.SchemeKey) bool { return len(book[key]) > 0 }, known(people))
		if err != nil {
			return err
		}
		if err := store.PutProcess(ctx, q, p); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "process.saved", "", string(p.ID)))
	})
}

// isProcess checks that there is a process of some key.
func isProcess(ctx context.Context, q store.Q, key staff.ActivityID) error {
	activities, err := store.Activities(ctx, q)
	if err == nil && !slices.ContainsFunc(activities, func(a staff.Activity) bool { return a.ID == key && a.Kind == staff.Process }) {
		err = notYours
	}
	return err
}

// known tells whether somebody is one of some people.
func known(people []staff.Person) func(staff.PersonID) bool {
	return func(id staff.PersonID) bool {
		return slices.ContainsFunc(people, func(p staff.Person) bool { return p.ID == id })
	}
}

// Procedures lists every version of how a process is done, the first one first.
func (o *Office) Procedures(ctx context.Context, who staff.Actor, process staff.ActivityID) ([]staffing.Procedure, error) {
	if err := who.Allow(staff.ReadProcesses, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	if err := isProcess(ctx, q, process); err != nil {
		return nil, err
	}
	return store.Procedures(ctx, q, process)
}

var procedureThere = fault.New(fault.Conflict, "Vanaf deze dag geldt al een werkwijze, en die blijft staan. Kies een latere dag.", "From this day there is a way of working already, and it stays. Choose a later day.").Because("already_exists")

// WriteProcedure adds how a process is done from a day on. The same once more changes nothing; another text from a day that
// has one is fault.Conflict.
func (o *Office) WriteProcedure(ctx context.Context, who staff.Actor, p staffing.Procedure) (staffing.Procedure, error) {
	if err := who.Allow(staff.WriteProcedures, staff.Subject{}); err != nil {
		return p, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return p, err
	}
	p.Text = strings.TrimSpace(p.Text)
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := isProcess(ctx, q, p.Process); err != nil {
			return err
		}
		there, err := store.Procedures(ctx, q, p.Process)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(there, func(t staffing.Procedure) bool { return t.From == p.From }); at >= 0 {
			if p.Version = there[at].Version; p != there[at] {
				return procedureThere
			}
			return nil
		}
		people, err := store.PeopleNamed(ctx, q, p.Holder)
		if err != nil {
			return err
		}
		p.Version = len(there) + 1
		if err := p.Check(there, known(people), now.Today()); err != nil {
			return err
		}
		if err := store.InsertProcedure(ctx, q, p, who.Person, now.Office); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "procedure.written", "", fmt.Sprintf("%s/%d", p.Process, p.Version)))
	})
	return p, err
}

// A WorkingTimes is when somebody works and when they are on leave.
type WorkingTimes struct {
	Employments []staff.Employment
	Rosters     []staffing.Roster // in order of employment and first day
	Leave       []staffing.Leave  // that is not over, in order of first day
}

// WorkingTimes tells when somebody works. That it was read is written down.
func (o *Office) WorkingTimes(ctx context.Context, who staff.Actor, person staff.PersonID) (w WorkingTimes, err error) {
	if err := o.allowReading(ctx, who, staff.ReadRosters, person); err != nil {
		return w, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return w, err
	}
	q := o.db.Read()
	if w.Employments, err = store.Employments(ctx, q, person); err != nil {
		return w, err
	}
	if w.Rosters, err = store.Rosters(ctx, q, person); err != nil {
		return w, err
	}
	w.Leave, err = store.Leave(ctx, q, now.Today(), person)
	return w, err
}

var noEmployment = fault.New(fault.NotFound, "Dit dienstverband bestaat niet. Kijk het nummer na.", "This employment does not exist. Check its number.")

// SetRoster writes at what times somebody works in an employment from a day on, until the next roster of that employment. The
// same day once more replaces it.
func (o *Office) SetRoster(ctx context.Context, who staff.Actor, r staffing.Roster) error {
	return o.changeWorkingTimes(ctx, who, r.Person, "roster.set", fmt.Sprintf("%d/%s", r.Employment, r.From), func(ctx context.Context, q store.Q, _ Moment) error {
		employments, err := store.Employments(ctx, q, r.Person)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(employments, func(e staff.Employment) bool { return e.Number == r.Employment })
		if at < 0 {
			return noEmployment
		}
		rosters, err := store.Rosters(ctx, q, r.Person)
		if err != nil {
			return err
		}
		var others []staffing.Roster
		for _, e := range employments {
			if e.Number != r.Employment && (e.Until.IsZero() || e.Until >= r.From) {
				others = append(others, staffing.Since(rosters, e.Number, r.From)...)
			}
		}
		if err := r.Check(employments[at], others); err != nil {
			return err
		}
		return store.PutRosters(ctx, q, r)
	})
}

// SetLeave writes a leave under its key: whoever sends it chooses that. Why somebody is away is not asked and not kept.
func (o *Office) SetLeave(ctx context.Context, who staff.Actor, l staffing.Leave) error {
	return o.changeWorkingTimes(ctx, who, l.Person, "leave.set", l.ID, func(ctx context.Context, q store.Q, now Moment) error {
		employments, err := store.Employments(ctx, q, l.Person)
		if err != nil {
			return err
		}
		there, err := store.Leave(ctx, q, l.From, l.Person)
		if err != nil {
			return err
		}
		if err := near(l.From, now.Today()); err != nil {
			return err
		}
		if err := l.Check(employments, there); err != nil {
			return err
		}
		return store.PutLeave(ctx, q, l)
	})
}

// DropLeave takes a leave away; fault.NotFound where there is none of that key.
func (o *Office) DropLeave(ctx context.Context, who staff.Actor, person staff.PersonID, id string) error {
	return o.changeWorkingTimes(ctx, who, person, "leave.dropped", id, func(ctx context.Context, q store.Q, _ Moment) error {
		return store.DeleteLeave(ctx, q, person, id)
	})
}

// changeWorkingTimes changes when somebody works, and writes down that it was done.
func (o *Office) changeWorkingTimes(ctx context.Context, who staff.Actor, person staff.PersonID, act, object string, change func(context.Context, store.Q, Moment) error) error {
	if err := o.allowAbout(ctx, who, staff.ChangeStaffing, person); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.LockPerson(ctx, q, person); err != nil {
			return err
		}
		if err := change(ctx, q, now); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, person, object))
	})
}

// SetOnCall writes who stands ready for a process on a day besides the roster: these, and nobody else.
func (o *Office) SetOnCall(ctx context.Context, who staff.Actor, process staff.ActivityID, on calendar.Date, calls []staffing.OnCall) error {
	if err := who.Allow(staff.ChangeStaffing, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	if err := near(on, now.Today()); err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := isProcess(ctx, q, process); err != nil {
			return err
		}
		ids := make([]staff.PersonID, len(calls))
		for i, c := range calls {
			ids[i] = c.Person
		}
		employments, err := store.Employments(ctx, q, ids...)
		if err != nil {
			return err
		}
		if err := staffing.CheckOnCall(calls, on, employments); err != nil {
			return err
		}
		if err := store.PutOnCall(ctx, q, process, on, calls); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "on-call.set", "", fmt.Sprintf("%s/%s", process, on)))
	})
}
