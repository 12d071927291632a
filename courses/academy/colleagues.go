package academy

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Progress is how somebody is doing with everything that is asked of them.
type Progress string

const (
	ProgressLate Progress = "late" // something is overdue
	ProgressOpen Progress = "open" // something is to be done, in time
	ProgressDone Progress = "up-to-date"
	ProgressAway Progress = "away" // everything waits until they are back
)

// A PeopleQuery says which people somebody wants to see; what is empty is not asked.
type PeopleQuery struct {
	Name     string // words of their name, or the beginning of their personnel number
	Team     staff.TeamID
	Role     staff.RoleID
	Progress Progress
	Scheme   certificates.SchemeKey // tells how each stands with this scheme
	Standing certificates.Standing  // only with a scheme
	Order    PeopleOrder
}

// A PeopleOrder says what comes first.
type PeopleOrder string

const (
	ByName PeopleOrder = "name" // the last name, and as the order where none is asked
	ByTeam PeopleOrder = "team"
	ByRole PeopleOrder = "role"
	ByDue  PeopleOrder = "due" // what is due first
)

// A Colleague is somebody who works here or is about to, with how they are doing.
type Colleague struct {
	staff.Person
	Teams    []staff.Team
	Roles    []staff.Role
	Starts   calendar.Date // their first day where that is to come; zero: they work here
	Progress Progress
	Open     int                   // duties, also those that wait
	Late     int                   // of those, overdue
	DueOn    calendar.Date         // the earliest last day of those; zero: there is none
	Standing certificates.Standing // with the scheme that was asked; empty where none was
	Until    calendar.Date         // the last valid day under that scheme; zero: none, or no end
}

// Colleagues lists the people whom somebody may follow and who meet what they ask, and tells how many they may follow in all. It
// tells how everybody stands and no result, so it is no look at somebody's record.
func (o *Office) Colleagues(ctx context.Context, who staff.Actor, ask PeopleQuery) (people []Colleague, of int, err error) {
	if err := who.Allow(staff.ReadPeople, staff.Subject{}); err != nil {
		return nil, 0, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, 0, err
	}
	q, today := o.db.Read(), now.Today()
	all, err := readColleagues(ctx, q, who, today)
	if err != nil {
		return nil, 0, err
	}
	people = only(all, func(c Colleague) bool {
		return (ask.Team == "" || slices.ContainsFunc(c.Teams, func(t staff.Team) bool { return t.ID == ask.Team })) &&
			(ask.Role == "" || slices.ContainsFunc(c.Roles, func(r staff.Role) bool { return r.ID == ask.Role })) &&
			(ask.Progress == "" || c.Progress == ask.Progress) && c.called(ask.Name)
	})
	if ask.Scheme != "" {
		if err := standings(ctx, q, people, ask.Scheme, today); err != nil {
			return nil, 0, err
		}
		people = only(people, func(c Colleague) bool { return ask.Standing == "" || c.Standing == ask.Standing })
	}
	slices.SortStableFunc(people, ask.Order.compare)
	return people, len(all), nil
}

// called reports whether every word is in somebody's name, or the text begins their personnel number.
func (c Colleague) called(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	name := strings.ToLower(c.Name())
	return strings.HasPrefix(strings.ToLower(string(c.ID)), text) || !slices.ContainsFunc(strings.Fields(text), func(word string) bool { return !strings.Contains(name, word) })
}

// compare orders two people. Whoever has nothing to do comes after everybody who has.
func (order PeopleOrder) compare(a, b Colleague) int {
	first := 0
	switch order {
	case ByTeam:
		first = cmp.Compare(a.TeamNames(), b.TeamNames())
	case ByRole:
		first = cmp.Compare(a.RoleNames(), b.RoleNames())
	case ByDue:
		first = cmp.Compare(a.due(), b.due())
	}
	return cmp.Or(first, cmp.Compare(strings.ToLower(a.Last), strings.ToLower(b.Last)), cmp.Compare(strings.ToLower(a.First), strings.ToLower(b.First)), cmp.Compare(a.ID, b.ID))
}

// TeamNames writes the teams somebody works in.
func (c Colleague) TeamNames() string {
	return named(c.Teams, func(t staff.Team) string { return t.Name })
}

// RoleNames writes the roles somebody holds.
func (c Colleague) RoleNames() string {
	return named(c.Roles, func(r staff.Role) string { return r.Name })
}

// named writes the names of some things, separated by commas.
func named[T any](things []T, name func(T) string) string {
	names := make([]string, len(things))
	for i, t := range things {
		names[i] = name(t)
	}
	return strings.Join(names, ", ")
}

// due is the earliest last day; the end of time where there is none.
func (c Colleague) due() calendar.Date {
	if c.DueOn.IsZero() {
		return calendar.New(9999, time.December, 31)
	}
	return c.DueOn
}

// readColleagues reads everybody whom somebody may follow: who works here, and who is about to.
func readColleagues(ctx context.Context, q store.Q, who staff.Actor, today calendar.Date) ([]Colleague, error) {
	employments, err := store.EmploymentsFrom(ctx, q, today)
	if err != nil {
		return nil, err
	}
	jobs := grouped(employments, func(e staff.Employment) staff.PersonID { return e.Person })
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	open, err := store.OpenDuties(ctx, q)
	if err != nil {
		return nil, err
	}
	duties := grouped(open, func(d certificates.Duty) staff.PersonID { return d.Person })
	away, err := store.Away(ctx, q, today)
	if err != nil {
		return nil, err
	}
	people, err := store.People(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []Colleague
	for _, p := range people {
		c := Colleague{Person: p}
		if !c.work(jobs[p.ID], teams, roles, today) || !mayFollow(who, c) {
			continue
		}
		c.owe(duties[p.ID], slices.Contains(away, p.ID), today)
		all = append(all, c)
	}
	return all, nil
}

// mayFollow reports whether somebody may see a colleague in a list: everybody, or who works in a team they lead.
func mayFollow(who staff.Actor, c Colleague) bool {
	return who.MayForAll(staff.ReadPeople) || c.Starts.IsZero() && slices.ContainsFunc(c.Teams, func(t staff.Team) bool { return slices.Contains(who.Leads, t.ID) })
}

// work fills in where somebody works today, or else where they begin; false where they do neither.
func (c *Colleague) work(jobs []staff.Employment, teams []staff.Team, roles []staff.Role, today calendar.Date) bool {
	on := today
	if len(jobs) > 0 && !slices.ContainsFunc(jobs, func(e staff.Employment) bool { return e.On(today) }) {
		on = slices.MinFunc(jobs, func(a, b staff.Employment) int { return cmp.Compare(a.From, b.From) }).From
		c.Starts = on
	}
	for _, e := range jobs {
		if !e.On(on) {
			continue
		}
		c.Teams = append(c.Teams, only(teams, func(t staff.Team) bool { return t.ID == e.Team && !slices.Contains(c.Teams, t) })...)
		c.Roles = append(c.Roles, only(roles, func(r staff.Role) bool {
			return r.ID == e.Role && !slices.ContainsFunc(c.Roles, func(o staff.Role) bool { return o.ID == r.ID })
		})...)
	}
	return len(jobs) > 0
}

// owe fills in what somebody has to do.
func (c *Colleague) owe(open []certificates.Duty, away bool, today calendar.Date) {
	c.Open, c.Progress = len(open), ProgressDone
	for _, d := range open {
		if c.DueOn.IsZero() || d.DueOn < c.DueOn {
			c.DueOn = d.DueOn
		}
		if d.DueOn < today && !away {
			c.Late++
		}
	}
	switch {
	case away:
		c.Progress = ProgressAway
	case c.Late > 0:
		c.Progress = ProgressLate
	case c.Open > 0:
		c.Progress = ProgressOpen
	}
}

// standings fills in how people stand with a scheme.
func standings(ctx context.Context, q store.Q, people []Colleague, scheme certificates.SchemeKey, today calendar.Date) error {
	ids := make([]staff.PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	archive, err := readFiles(ctx, q, ids...)
	if err != nil {
		return err
	}
	for i, p := range people {
		file := archive.file(p.ID, scheme)
		people[i].Standing = file.Standing(today)
		for _, held := range slices.Backward(file.Periods) { // the newest that nobody revoked
			if !held.RevokedBy(today) {
				people[i].Until = held.ValidUntil
				break
			}
		}
	}
	return nil
}

// Places lists the teams whose people somebody may follow, and the roles of the municipality.
func (o *Office) Places(ctx context.Context, who staff.Actor) ([]staff.Team, []staff.Role, error) {
	if err := who.Allow(staff.ReadPeople, staff.Subject{}); err != nil {
		return nil, nil, err
	}
	q := o.db.Read()
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	roles, err := store.Roles(ctx, q)
	return only(teams, func(t staff.Team) bool { return who.MayForAll(staff.ReadPeople) || slices.Contains(who.Leads, t.ID) }), roles, err
}
