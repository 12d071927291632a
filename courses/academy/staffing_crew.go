package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A crewFiles is everything that is known of who may do some processes.
type crewFiles struct {
	records []staffing.Record
	names   map[staff.PersonID]string
	schemes map[certificates.SchemeKey]certificates.Scheme
	teams   map[staff.PersonID][]staff.TeamID // in which somebody works, on the day that decides who may see them
}

// readCrew reads who works in some processes on any day between two. Their leaders are those of a day.
func readCrew(ctx context.Context, q store.Q, processes []staffing.Process, day, from, until calendar.Date) (crewFiles, error) {
	files := crewFiles{teams: make(map[staff.PersonID][]staff.TeamID)}
	var err error
	if files.schemes, err = store.Schemes(ctx, q, day); err != nil {
		return files, err
	}
	var roles []staff.RoleID
	var keys []certificates.SchemeKey
	for _, p := range processes {
		for _, s := range p.Roles {
			roles = append(roles, s.Role)
		}
		keys = append(keys, p.Schemes()...)
	}
	employments, err := store.EmploymentsInRoles(ctx, q, roles, from, until)
	if err != nil {
		return files, err
	}
	var people []staff.PersonID
	for _, e := range employments {
		people = append(people, e.Person)
		if e.On(day) {
			files.teams[e.Person] = append(files.teams[e.Person], e.Team)
		}
	}
	people = slices.Compact(people)
	for some := range slices.Chunk(people, peopleAtOnce) {
		records, err := readStaffing(ctx, q, some, &employments, keys, from, until)
		if err != nil {
			return files, err
		}
		files.records = append(files.records, records...)
	}
	return files, readBars(ctx, q, day, processes, files.records)
}

// readStaffing reads the facts about some people, in as many queries as there are kinds of facts.
func readStaffing(ctx context.Context, q store.Q, people []staff.PersonID, employments *[]staff.Employment, schemes []certificates.SchemeKey, from, until calendar.Date) ([]staffing.Record, error) {
	periods, err := store.PeriodsBetween(ctx, q, schemes, from, until, people...)
	if err != nil {
		return nil, err
	}
	rosters, err := store.Rosters(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	leave, err := store.Leave(ctx, q, from, people...)
	if err != nil {
		return nil, err
	}
	calls, err := store.OnCall(ctx, q, from, people...)
	if err != nil {
		return nil, err
	}
	learning, err := store.LearningTimes(ctx, q, from, people...)
	if err != nil {
		return nil, err
	}
	records := make([]staffing.Record, len(people))
	for i, person := range people { // in the order of every query
		records[i] = staffing.Record{
			Person:      person,
			Employments: next(employments, func(e staff.Employment) bool { return e.Person == person }),
			Periods:     next(&periods, func(p certificates.Period) bool { return p.Person == person }),
			Rosters:     next(&rosters, func(r staffing.Roster) bool { return r.Person == person }),
			Learning:    next(&learning, func(l staffing.Learning) bool { return l.Person == person }),
			Leave:       next(&leave, func(l staffing.Leave) bool { return l.Person == person }),
			OnCall:      next(&calls, func(c staffing.OnCall) bool { return c.Person == person }),
		}
	}
	return records, nil
}

// sees reports whether somebody may see a person in a crew: everybody, or who works in a team they lead.
func (f crewFiles) sees(who staff.Actor, person staff.PersonID) bool {
	return who.MayForAll(staff.ReadStaffing) || person == who.Person || slices.ContainsFunc(f.teams[person], func(t staff.TeamID) bool { return slices.Contains(who.Leads, t) })
}

// involved reports whether somebody may see how a process is staffed: HR, who answers for it, and who leads people in it.
func (f crewFiles) involved(who staff.Actor, p staffing.Process) bool {
	if !who.May(staff.ReadStaffing) {
		return false
	}
	return who.MayForAll(staff.ReadStaffing) || p.Owner == who.Person || slices.ContainsFunc(f.records, func(r staffing.Record) bool {
		return f.sees(who, r.Person) && slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
			return slices.Contains(who.Leads, e.Team) && slices.ContainsFunc(p.Roles, func(s staff.RoleStretch) bool { return s.Role == e.Role })
		})
	})
}

// readNames reads the names of whom somebody may see.
func (f *crewFiles) readNames(ctx context.Context, q store.Q, who staff.Actor, more ...staff.PersonID) error {
	var ids []staff.PersonID
	for _, r := range f.records {
		if f.sees(who, r.Person) {
			ids = append(ids, r.Person)
		}
	}
	var err error
	f.names, err = namesOf(ctx, q, append(ids, more...)...)
	return err
}

// book has the words for a reader: whom they may not see is a colleague.
func (f crewFiles) book(who staff.Actor) staffing.Book {
	return staffing.Book{
		Name: func(id staff.PersonID) (string, string) {
			if f.sees(who, id) {
				return f.names[id], f.names[id]
			}
			return "een collega van een ander team", "a colleague of another team"
		},
		Scheme: func(key certificates.SchemeKey) certificates.Scheme { return f.schemes[key] },
	}
}

// hidden are causes without the people whom the reader may not see.
func (f crewFiles) hidden(who staff.Actor, causes []staffing.Cause) []staffing.Cause {
	causes = slices.Clone(causes)
	for i := range causes {
		if !f.sees(who, causes[i].Person) {
			causes[i].Person = ""
		}
	}
	return causes
}

// advise puts where a process is vulnerable between two days into words.
func (f crewFiles) advise(who staff.Actor, p staffing.Process, from, until calendar.Date) []Advice {
	return f.words(who, p, p.Forecast(f.records, from, until))
}

// words puts the vulnerable spots of a forecast into words.
func (f crewFiles) words(who staff.Actor, p staffing.Process, forecast staffing.Forecast) []Advice {
	book := f.book(who)
	var all []Advice
	for _, s := range p.Spots(f.records, forecast) {
		a := Advice{Spot: s}
		a.Dutch, a.English = book.SpotWords(s, forecast.From)
		a.ActionDutch, a.Advised = book.ActionWords(s.Action, p)
		a.Causes, a.Away = f.hidden(who, s.Causes), only(s.Away, func(id staff.PersonID) bool { return f.sees(who, id) })
		if !f.sees(who, a.Action.Person) {
			a.Action.Person = ""
		}
		all = append(all, a)
	}
	return all
}
