package academy

import (
	"context"
	"slices"

	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// allowReading checks that somebody may read in the record of a person, and writes down that they did, once a day: every
// read of another person's result is logged and visible to that person. DOMAIN §5, rule 7.
func (o *Office) allowReading(ctx context.Context, who staff.Actor, act staff.Act, person staff.PersonID) error {
	if err := o.allowAbout(ctx, who, act, person); err != nil {
		return err
	}
	return o.looked(ctx, who, person)
}

// looked writes down that somebody reads in the records of some people, once a day for each.
func (o *Office) looked(ctx context.Context, who staff.Actor, people ...staff.PersonID) error {
	people = only(people, func(p staff.PersonID) bool { return who.Person != "" && who.Person != p }) // not the installation itself, nor one's own
	if len(people) == 0 {
		return nil
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	people = slices.Compact(slices.Sorted(slices.Values(people)))
	seen, err := store.Looked(ctx, o.db.Read(), who.Person, now.Today(), people...)
	if err != nil {
		return err
	}
	people = only(people, func(p staff.PersonID) bool { return !slices.Contains(seen, p) })
	if len(people) == 0 {
		return nil
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		first, err := store.WriteLooks(ctx, q, who.Person, now.Today(), people...)
		if err != nil {
			return err
		}
		entries := make([]audit.Entry, len(first))
		for i, person := range first {
			entries[i] = did(now.Office, who, "person.read", person, "")
		}
		return store.Write(ctx, q, entries...)
	})
}

// A Reader is somebody who looked at the record of somebody else on a day.
type Reader struct {
	Name string
	On   calendar.Date
}

// readersShown is how many looks somebody can see at once: about a year of everybody who may look.
const readersShown = 500

// Readers lists who looked at one's own record, the newest first.
func (o *Office) Readers(ctx context.Context, who staff.Actor) ([]Reader, error) {
	if err := who.Allow(staff.ReadOwnAccount, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	q := o.db.Read()
	looks, err := store.Looks(ctx, q, who.Person, readersShown)
	if err != nil {
		return nil, err
	}
	people := make([]staff.PersonID, len(looks))
	for i, l := range looks {
		people[i] = l.Reader
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	readers := make([]Reader, len(looks))
	for i, l := range looks {
		readers[i] = Reader{names[l.Reader], l.On}
	}
	return readers, nil
}
