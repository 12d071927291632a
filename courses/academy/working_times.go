package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A WorkingTimes is when somebody works and when they are on leave.
type WorkingTimes struct {
	Name        string
	Employments []staff.Employment
	Rosters     []staffing.Roster // in order of employment and first day
	Leave       []staffing.Leave  // that is not over, in order of first day
	OnCall      []staffing.OnCall // from today on, in order of day
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
	names, err := namesOf(ctx, q, person)
	if err != nil {
		return w, err
	}
	w.Name = names[person]
	if w.Employments, err = store.Employments(ctx, q, person); err != nil {
		return w, err
	}
	if w.Rosters, err = store.Rosters(ctx, q, person); err != nil {
		return w, err
	}
	if w.Leave, err = store.Leave(ctx, q, now.Today(), person); err != nil {
		return w, err
	}
	w.OnCall, err = store.OnCall(ctx, q, now.Today(), person)
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
		if err := r.Check(employments[at], othersThen(r, employments, rosters)); err != nil {
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
	if err := o.allowAbout(ctx, who, staff.ChangeRosters, person); err != nil {
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

// An OnCallTime is when somebody stands ready for a process, with their name.
type OnCallTime struct {
	staffing.OnCall
	Name string
}

// OnCall lists who stands ready for a process from a day on (zero: today), as far as one may see when they work. That they were
// looked at is written down.
func (o *Office) OnCall(ctx context.Context, who staff.Actor, process staff.ActivityID, from calendar.Date) ([]OnCallTime, error) {
	if err := who.Allow(staff.ReadStaffing, staff.Subject{}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	p, now, err := o.oneProcess(ctx, q, who, process, &from)
	if err != nil {
		return nil, err
	}
	if err := consented(ctx, q, now.Today(), ViewStaffing); err != nil {
		return nil, err
	}
	calls, err := store.OnCallFor(ctx, q, p.ID, from)
	if err != nil {
		return nil, err
	}
	may := make(map[staff.PersonID]bool)
	var seen []staff.PersonID
	for _, c := range calls {
		if _, asked := may[c.Person]; asked {
			continue
		}
		err := o.allowAbout(ctx, who, staff.ReadRosters, c.Person)
		if kind := fault.KindOf(err); err != nil && kind != fault.NotFound && kind != fault.Forbidden {
			return nil, err
		}
		if may[c.Person] = err == nil; err == nil {
			seen = append(seen, c.Person)
		}
	}
	names, err := namesOf(ctx, q, seen...)
	if err != nil {
		return nil, err
	}
	var told []OnCallTime
	for _, c := range calls {
		if may[c.Person] {
			told = append(told, OnCallTime{c, names[c.Person]})
		}
	}
	return told, o.looked(ctx, who, seen...)
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
