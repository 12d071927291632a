package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

var notHereThen = fault.New(fault.Conflict, "Deze collega werkt hier die dag niet.", "This colleague does not work here that day.").Because("not_employed")

// Enrol gives somebody a place in a group training, or the next one on its waiting list, and answers which: 0 for a place.
// Who is on the list already stays where they are.
func (o *Office) Enrol(ctx context.Context, who staff.Actor, id training.SessionID, person staff.PersonID) (waiting int, err error) {
	if err := o.allowAbout(ctx, who, staff.EnrolInSessions, person); err != nil {
		return 0, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return 0, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		r, err := store.RollForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		if _, on := r.Of(person); on {
			waiting = r.WaitingAs(person)
			return nil
		}
		e, err := r.Enrol(person, who.Person, now.Office)
		if err != nil {
			return err
		}
		employments, err := store.Employments(ctx, q, person)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.On(r.Day) }) {
			return notHereThen
		}
		r.Enrolments = append(r.Enrolments, e)
		r.Sequence++ // above what an earlier leave told a calendar
		if err := store.InsertEnrolments(ctx, q, e); err != nil {
			return err
		}
		if err := store.SaveSession(ctx, q, r.Session); err != nil {
			return err
		}
		waiting = r.WaitingAs(person)
		if err := o.tell(ctx, q, now, r, person, sessionEnrolled); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "session.enrolled", person, string(id)))
	})
	return waiting, err
}

// Leave takes somebody off the list of a group training that has not begun. Whoever waited longest moves up. Who is not
// on the list: nothing changes.
func (o *Office) Leave(ctx context.Context, who staff.Actor, id training.SessionID, person staff.PersonID) error {
	if err := o.allowAbout(ctx, who, staff.EnrolInSessions, person); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		r, err := store.RollForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		if _, on := r.Of(person); !on {
			return nil
		}
		left, up, err := r.Leave(person, now.Office)
		if err != nil {
			return err
		}
		r.Sequence++
		if err := store.SaveEnrolment(ctx, q, left); err != nil {
			return err
		}
		if err := store.SaveSession(ctx, q, r.Session); err != nil {
			return err
		}
		if err := store.Write(ctx, q, did(now.Office, who, "session.left", person, string(id))); err != nil {
			return err
		}
		if err := o.tell(ctx, q, now, r, person, sessionLeft); err != nil {
			return err
		}
		if r, err = store.Roll(ctx, q, id); err != nil {
			return err
		}
		return o.moveUp(ctx, q, now, who, r, up)
	})
}

// A Candidate is somebody who may be enrolled because the scheme is asked of them now.
type Candidate struct {
	certificates.Duty
	Name string
}

// candidatesAtMost is how many of them one page shows.
const candidatesAtMost = 200

// Candidates lists whom one may enrol in a group training among those who owe its scheme, the earliest due first.
func (o *Office) Candidates(ctx context.Context, who staff.Actor, id training.SessionID) ([]Candidate, error) {
	if err := who.Allow(staff.EnrolInSessions, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	r, err := store.Roll(ctx, q, id)
	if err != nil {
		return nil, err
	}
	duties, err := store.Owing(ctx, q, r.Scheme, 10*candidatesAtMost)
	if err != nil {
		return nil, err
	}
	ids := make([]staff.PersonID, len(duties))
	for i, d := range duties {
		ids[i] = d.Person
	}
	employments, err := store.Employments(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	named, err := store.PeopleNamed(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	jobs := grouped(employments, func(e staff.Employment) staff.PersonID { return e.Person })
	var candidates []Candidate
	for _, d := range duties {
		about := staff.Subject{Person: d.Person}
		here := false
		for _, e := range jobs[d.Person] {
			here = here || e.On(r.Day)
			if e.On(now.Today()) {
				about.Teams = append(about.Teams, e.Team)
			}
		}
		if _, on := r.Of(d.Person); on || !here || who.Allow(staff.EnrolInSessions, about) != nil || len(candidates) == candidatesAtMost {
			continue
		}
		at := slices.IndexFunc(named, func(p staff.Person) bool { return p.ID == d.Person })
		candidates = append(candidates, Candidate{d, named[at].Name()})
	}
	return candidates, nil
}
