package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// changeFacts are the facts that the impact of some changes follows from.
type changeFacts struct {
	changes.Facts
	schemes   map[certificates.SchemeKey]certificates.Scheme
	bulletins map[changes.BulletinID]changes.Bulletin
}

// ChangeImpact tells what publishing a change would do today, or how far everybody is with one that is published, and stores
// nothing.
func (o *Office) ChangeImpact(ctx context.Context, who staff.Actor, id changes.ID) (changes.Impact, error) {
	if err := who.Allow(staff.FollowChanges, staff.Subject{}); err != nil {
		return changes.Impact{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return changes.Impact{}, err
	}
	q := o.db.Read()
	c, err := store.Change(ctx, q, id)
	if err != nil {
		return changes.Impact{}, err
	}
	facts, err := readChangeFacts(ctx, q, now.Today(), c)
	return coarse(who, c.Impact(facts.Facts, now.Today())), err
}

// readChangeFacts reads once what the impact of some changes follows from: who works here, what they hold, what they read.
func readChangeFacts(ctx context.Context, q store.Q, today calendar.Date, all ...changes.Change) (f changeFacts, err error) {
	until := today
	var keys, base []certificates.SchemeKey
	var read []changes.BulletinID
	for _, c := range all {
		until = max(until, c.EffectiveOn)
		for _, v := range c.Verdicts {
			keys = append(keys, v.Scheme, v.Holders)
			if v.Kind == changes.Delta && v.Holders != "" {
				base = append(base, v.Holders)
			}
			if v.Bulletin != "" {
				read = append(read, v.Bulletin)
			}
		}
	}
	processes, err := store.Processes(ctx, q, today)
	if err != nil {
		return f, err
	}
	for _, p := range processes {
		if slices.ContainsFunc(all, func(c changes.Change) bool { return slices.Contains(c.Touches.Processes, p.ID) }) {
			f.Processes = append(f.Processes, p)
			keys = append(keys, p.Schemes()...)
		}
	}
	slices.Sort(keys)
	keys = only(slices.Compact(keys), func(key certificates.SchemeKey) bool { return key != "" })
	if f.Records, err = readHeld(ctx, q, keys, today, until); err != nil {
		return f, err
	}
	asked, err := store.AskedUnder(ctx, q, base)
	if err != nil {
		return f, err
	}
	duties := grouped(asked, func(d certificates.Duty) staff.PersonID { return d.Person })
	for i, r := range f.Records {
		for _, d := range duties[r.Person] {
			f.Records[i].Asked = append(f.Records[i].Asked, d.Scheme)
		}
	}
	if f.schemes, err = store.Schemes(ctx, q, today); err != nil {
		return f, err
	}
	f.bulletins = make(map[changes.BulletinID]changes.Bulletin)
	seen := make(map[changes.Receipt]bool)
	if len(read) > 0 {
		bulletins, err := store.Bulletins(ctx, q)
		if err != nil {
			return f, err
		}
		for _, b := range bulletins {
			f.bulletins[b.ID] = b
		}
		receipts, err := store.Receipts(ctx, q, read...)
		if err != nil {
			return f, err
		}
		for _, r := range receipts {
			seen[changes.Receipt{Bulletin: r.Bulletin, Number: r.Number, Person: r.Person}] = true
		}
	}
	f.Read = func(id changes.BulletinID, person staff.PersonID) bool {
		e, ok := f.bulletins[id].Current(today)
		return ok && seen[changes.Receipt{Bulletin: id, Number: e.Number, Person: person}]
	}
	f.Minutes = func(v changes.Verdict) int {
		switch v.Kind {
		case changes.Read:
			e, _ := f.bulletins[v.Bulletin].Current(today)
			return e.ReadMinutes()
		case changes.Delta, changes.Full:
			return f.schemes[v.Scheme].Minutes
		}
		return 0
	}
	return f, nil
}

// readHeld reads who works here and what they hold under some schemes on any day between two, in order of personnel number.
func readHeld(ctx context.Context, q store.Q, schemes []certificates.SchemeKey, from, until calendar.Date) ([]staffing.Record, error) {
	employments, err := store.EmploymentsFrom(ctx, q, from)
	if err != nil {
		return nil, err
	}
	periods, err := store.HeldBetween(ctx, q, schemes, from, until)
	if err != nil {
		return nil, err
	}
	held := grouped(periods, func(p certificates.Period) staff.PersonID { return p.Person })
	var records []staffing.Record
	for len(employments) > 0 {
		person := employments[0].Person
		theirs := next(&employments, func(e staff.Employment) bool { return e.Person == person })
		records = append(records, staffing.Record{Person: person, Employments: theirs, Periods: held[person]})
	}
	return records, nil
}

// A ChangeReader is somebody whom a change asks something.
type ChangeReader struct {
	Person staff.PersonID
	Name   string
	Team   staff.TeamID
	Owes   []changes.Verdict // what they did not do yet
}

// ChangePeople lists by name whom a change asks something, as far as somebody may follow them. Until the works council
// consents it is fault.Forbidden. It tells no result, so it is no look at somebody's record.
func (o *Office) ChangePeople(ctx context.Context, who staff.Actor, id changes.ID) ([]ChangeReader, error) {
	if err := who.Allow(staff.ReadPeople, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	if err := consented(ctx, q, now.Today(), ViewChanges); err != nil {
		return nil, err
	}
	c, err := store.Change(ctx, q, id)
	if err != nil {
		return nil, err
	}
	facts, err := readChangeFacts(ctx, q, now.Today(), c)
	if err != nil {
		return nil, err
	}
	impact := c.Impact(facts.Facts, now.Today())
	var people []ChangeReader
	var ids []staff.PersonID
	for _, r := range facts.Records {
		reader := ChangeReader{Person: r.Person}
		asked := false
		for _, g := range impact.Groups {
			asked = asked || g.Kind != changes.None && slices.Contains(g.Members, r.Person)
			if slices.Contains(g.Owing, r.Person) {
				reader.Owes = append(reader.Owes, g.Verdict)
			}
		}
		at := slices.IndexFunc(r.Employments, func(e staff.Employment) bool {
			return e.On(now.Today()) && (who.MayForAll(staff.ReadPeople) || slices.Contains(who.Leads, e.Team))
		})
		if asked && at >= 0 {
			reader.Team = r.Employments[at].Team
			people, ids = append(people, reader), append(ids, r.Person)
		}
	}
	names, err := namesOf(ctx, q, ids...)
	for i, p := range people {
		people[i].Name = names[p.Person]
	}
	return people, err
}
