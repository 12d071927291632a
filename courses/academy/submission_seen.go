package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Seen is something somebody noted that they saw, as people see it.
type Seen struct {
	certificates.Sighting
	Title    string // of the scheme
	Part     string // what was seen of that
	Name     string // of the person
	Undoable bool   // nothing followed from it yet
}

var seenAlready = fault.New(fault.Conflict, "Dit is al opgeschreven.", "This was noted already.").Because("already_seen")

// RecordSeen notes that somebody showed a decision or a declaration, such as a VOG, and when. No document is kept, so that
// there is nothing to judge: that it is somebody else who saw it suffices.
func (o *Office) RecordSeen(ctx context.Context, who staff.Actor, person staff.PersonID, scheme certificates.SchemeKey, place certificates.Place, on calendar.Date) (certificates.Sighting, error) {
	if err := o.allowAbout(ctx, who, staff.JudgeEvidence, person); err != nil {
		return certificates.Sighting{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return certificates.Sighting{}, err
	}
	var s certificates.Sighting
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.LockPerson(ctx, q, person); err != nil {
			return err
		}
		rules, e, err := o.seen(ctx, q, now, who, person, scheme, place, on)
		if err != nil {
			return err
		}
		s = certificates.Sighting{Evidence: e, RecordedAt: now.Office}
		if s.Outcome, err = o.record(ctx, q, now, who, rules, e); err != nil {
			return err
		}
		file, _, err := fileOf(ctx, q, person, scheme)
		if err != nil {
			return err
		}
		s.Cycle = file.Cycle()
		if err := store.InsertSighting(ctx, q, s); err != nil {
			return err
		}
		if err := o.noteOf(ctx, q, now, person, scheme, evidenceSeen); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "evidence.seen", person, e.ID))
	})
	return s, err
}

// TrySeen tells what noting would lead to, with the name of whom it is about. It refuses what RecordSeen refuses, and writes
// nothing of it.
func (o *Office) TrySeen(ctx context.Context, who staff.Actor, person staff.PersonID, scheme certificates.SchemeKey, place certificates.Place, on calendar.Date) (Seen, Effect, error) {
	if err := o.allowReading(ctx, who, staff.JudgeEvidence, person); err != nil {
		return Seen{}, Effect{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Seen{}, Effect{}, err
	}
	q := o.db.Read()
	_, e, err := o.seen(ctx, q, now, who, person, scheme, place, on)
	if err != nil {
		return Seen{}, Effect{}, err
	}
	effect, err := o.effect(ctx, q, now, e)
	if err != nil {
		return Seen{}, Effect{}, err
	}
	all, err := o.sightings(ctx, q, now, certificates.Sighting{Evidence: e, RecordedAt: now.Office})
	return append(all, Seen{})[0], effect, err
}

// seen is the evidence that somebody showed something, under the scheme as it applies today; fault.Conflict where it was noted
// already.
func (o *Office) seen(ctx context.Context, q store.Q, now Moment, who staff.Actor, person staff.PersonID, key certificates.SchemeKey, place certificates.Place, on calendar.Date) (certificates.Scheme, certificates.Evidence, error) {
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return certificates.Scheme{}, certificates.Evidence{}, err
	}
	e, err := schemes[key].Seen(newID(), person, place, on, now.Today(), who.Person)
	if err != nil {
		return certificates.Scheme{}, certificates.Evidence{}, err
	}
	e.SchemeVersion = schemes[key].Version
	before, err := store.EvidenceOf(ctx, q, person, key)
	if err == nil && slices.ContainsFunc(before, e.Repeats) {
		err = seenAlready
	}
	return schemes[key], e, err
}

// fileOf reads the periods of a person under a scheme, and all they have.
func fileOf(ctx context.Context, q store.Q, person staff.PersonID, scheme certificates.SchemeKey) (certificates.File, []certificates.Period, error) {
	held, err := store.Periods(ctx, q, person)
	return certificates.File{Person: person, Scheme: scheme, Periods: only(held, func(p certificates.Period) bool { return p.Scheme == scheme })}, held, err
}

// UndoSeen takes back that something was noted, while nothing followed from it: the evidence and the period that it began are
// gone, and what was asked is asked again. fault.Conflict later. It stays visible as undone.
func (o *Office) UndoSeen(ctx context.Context, who staff.Actor, id string) error {
	if err := who.Allow(staff.JudgeEvidence, staff.Subject{}); err != nil {
		return err
	}
	s, err := store.Sighting(ctx, o.db.Read(), id)
	if err != nil {
		return err
	}
	if err := o.allowAbout(ctx, who, staff.JudgeEvidence, s.Person); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.LockPerson(ctx, q, s.Person); err != nil {
			return err
		}
		if s, err = store.Sighting(ctx, q, id); err != nil {
			return err
		}
		schemes, err := o.schemesOn(ctx, q, now.Today())
		if err != nil {
			return err
		}
		file, held, err := fileOf(ctx, q, s.Person, s.Scheme)
		if err != nil {
			return err
		}
		if s, err = s.Undo(file, requiring(schemes, s.Scheme, held), who.Person, now.Office); err != nil {
			return err
		}
		if err := store.UndoSighting(ctx, q, s); err != nil {
			return err
		}
		if s.Outcome == courses.Certified {
			// First the appointment, for which a sweep that is at this person makes us wait: it may be at the duty.
			if err := store.MakeAppointments(ctx, q, store.Appointment{Person: s.Person, Scheme: s.Scheme, On: now.Today()}); err != nil {
				return err
			}
			if err := store.TakeBackPeriod(ctx, q, *file.Last()); err != nil {
				return err
			}
			if _, err := keepVisits(ctx, q, now, who, schemes, now.Today(), s.Person); err != nil {
				return err
			}
		}
		if err := o.noteOf(ctx, q, now, s.Person, s.Scheme, evidenceUnseen); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "evidence.seen-undone", s.Person, s.ID))
	})
}

// requiring are the periods under schemes that ask a scheme first.
func requiring(schemes schemeBook, key certificates.SchemeKey, held []certificates.Period) []certificates.Period {
	return only(held, func(p certificates.Period) bool { return schemes[p.Scheme].Requires(key) })
}

// What SeenLately lists.
const (
	latelyDays = 30
	latelyMost = 20
)

// SeenLately lists what somebody noted themselves in the last month, the newest first.
func (o *Office) SeenLately(ctx context.Context, who staff.Actor) ([]Seen, error) {
	if err := who.Allow(staff.JudgeEvidence, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	noted, err := store.SightingsBy(ctx, q, who.Person, now.Office.AddDate(0, 0, -latelyDays), latelyMost)
	if err != nil {
		return nil, err
	}
	return o.sightings(ctx, q, now, noted...)
}

// sightings adds names, titles and what can be undone.
func (o *Office) sightings(ctx context.Context, q store.Q, now Moment, noted ...certificates.Sighting) ([]Seen, error) {
	people := make([]staff.PersonID, len(noted))
	for i, s := range noted {
		people[i] = s.Person
	}
	words, err := o.labels(ctx, q, people)
	if err != nil {
		return nil, err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	periods, err := store.Periods(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	heldBy := grouped(periods, func(p certificates.Period) staff.PersonID { return p.Person })
	all := make([]Seen, len(noted))
	for i, s := range noted {
		file := certificates.File{Person: s.Person, Scheme: s.Scheme, Periods: only(heldBy[s.Person], func(p certificates.Period) bool { return p.Scheme == s.Scheme })}
		_, err := s.Undo(file, requiring(schemes, s.Scheme, heldBy[s.Person]), s.RecordedBy, now.Office)
		all[i] = Seen{s, words.title(s.Scheme), words.part(s.Scheme, s.SchemeVersion, certificates.Place{Component: s.Component, Refresher: s.Refresher}), words.names[s.Person], err == nil}
	}
	return all, nil
}
