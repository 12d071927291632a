package exchange

import (
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/staff"
)

// A peoplePlan works out what a list of people changes.
type peoplePlan struct {
	office  PeopleOffice
	may     PeopleMake
	people  map[staff.PersonID]staff.Person
	jobs    map[staff.PersonID][]staff.Employment
	emails  map[string]staff.PersonID
	seen    map[staff.PersonID]staff.Person // in lines that are right
	listed  map[staff.PersonID]bool         // who stands in a line that is right by itself
	leaving map[staff.PersonID]bool         // who gets a last day
	teams   []staff.Team
	roles   []staff.Role
	teamAt  map[string]int // places of teams by their folded names and keys
	roleAt  map[string]int // and of roles, also by their codes
}

func newPeoplePlan(office PeopleOffice, may PeopleMake) *peoplePlan {
	p := &peoplePlan{office: office, may: may, people: make(map[staff.PersonID]staff.Person), jobs: make(map[staff.PersonID][]staff.Employment), emails: make(map[string]staff.PersonID),
		seen: make(map[staff.PersonID]staff.Person), listed: make(map[staff.PersonID]bool), leaving: make(map[staff.PersonID]bool), teamAt: make(map[string]int), roleAt: make(map[string]int)}
	for _, t := range office.Teams {
		p.addTeam(t)
	}
	for _, r := range office.Roles {
		p.addRole(r)
	}
	for _, who := range office.People {
		p.people[who.ID] = who
		if who.Email != "" {
			p.emails[fold(who.Email)] = who.ID
		}
	}
	for _, e := range office.Employments {
		p.jobs[e.Person] = append(p.jobs[e.Person], e)
	}
	return p
}

func (p *peoplePlan) addTeam(t staff.Team) {
	called(p.teamAt, len(p.teams), t.Name, string(t.ID))
	p.teams = append(p.teams, t)
}

func (p *peoplePlan) addRole(r staff.Role) {
	called(p.roleAt, len(p.roles), r.Name, r.Code, string(r.ID))
	p.roles = append(p.roles, r)
}

// called keeps the place of something under its names; what had a name before keeps it.
func called(places map[string]int, at int, names ...string) {
	for _, name := range names {
		if _, taken := places[fold(name)]; !taken {
			places[fold(name)] = at
		}
	}
}

func (p *peoplePlan) hasRole(name string) bool {
	_, ok := p.roleAt[fold(name)]
	return ok || p.may.Roles
}

func (p *peoplePlan) hasTeam(name string) bool {
	_, ok := p.teamAt[fold(name)]
	return ok || p.may.Teams
}

// role finds a role, or makes it.
func (p *peoplePlan) role(name string, c *PeopleChanges) staff.RoleID {
	if at, ok := p.roleAt[fold(name)]; ok {
		return p.roles[at].ID
	}
	code := strings.Join(tokens(name), "-")
	if slices.ContainsFunc(p.roles, func(r staff.Role) bool { return r.Code == code }) {
		code = fmt.Sprintf("%s-%d", code, len(p.roles)+1)
	}
	role := staff.Role{ID: free("R%02d", p.roles, func(r staff.Role) staff.RoleID { return r.ID }), Code: code, Name: name}
	p.addRole(role)
	c.Roles = append(c.Roles, role)
	return role.ID
}

// team finds a team, or makes it, and gives it its leader.
func (p *peoplePlan) team(name string, leader staff.PersonID, c *PeopleChanges) staff.TeamID {
	at, ok := p.teamAt[fold(name)]
	if !ok {
		team := staff.Team{ID: free("T%d", p.teams, func(t staff.Team) staff.TeamID { return t.ID }), Name: name, Leader: leader}
		p.addTeam(team)
		c.Teams = append(c.Teams, team)
		return team.ID
	}
	t := &p.teams[at]
	if leader == "" || t.Leader == leader {
		return t.ID
	}
	t.Leader = leader
	if made := slices.IndexFunc(c.Teams, func(n staff.Team) bool { return n.ID == t.ID }); made >= 0 {
		c.Teams[made].Leader = leader
	} else {
		c.Leaders = append(slices.DeleteFunc(c.Leaders, func(o staff.Team) bool { return o.ID == t.ID }), *t)
	}
	return t.ID
}

// free is the first key of a form that nothing has.
func free[T any, K ~string](form string, all []T, key func(T) K) K {
	for n := len(all) + 1; ; n++ {
		k := K(fmt.Sprintf(form, n))
		if !slices.ContainsFunc(all, func(t T) bool { return key(t) == k }) {
			return k
		}
	}
}

// A teamVote is whom the people of a team name as its leader, each of them once.
type teamVote struct {
	best   staff.PersonID // whom most of them name; of as many the first in the list
	counts map[staff.PersonID]int
	people map[staff.PersonID]bool // who works in the team according to the list
}

// leaders tells by team, as its name is folded, whom the lines name as its leader.
func (p *peoplePlan) leaders(rows []PeopleRow) map[string]teamVote {
	type ballot struct {
		team        string
		who, leader staff.PersonID
	}
	votes, cast := make(map[string]teamVote), make(map[ballot]bool)
	for _, r := range rows {
		if r.team == "" || r.designation != "" || !r.until.IsZero() && r.until < p.office.Today {
			continue
		}
		team, leader := p.teamKey(r.team), staff.PersonID(r.leader)
		v, ok := votes[team]
		if !ok {
			v = teamVote{counts: make(map[staff.PersonID]int), people: make(map[staff.PersonID]bool)}
		}
		v.people[r.Person.ID] = true
		if b := (ballot{team, r.Person.ID, leader}); leader != "" && r.until.IsZero() && !cast[b] {
			cast[b] = true
			v.counts[leader]++
			if v.best == "" || v.counts[leader] > v.counts[v.best] {
				v.best = leader
			}
		}
		votes[team] = v
	}
	return votes
}

// teamKey is one word for a team, whichever of its names a line writes.
func (p *peoplePlan) teamKey(name string) string {
	if at, ok := p.teamAt[fold(name)]; ok {
		return "#" + string(p.teams[at].ID)
	}
	return fold(name)
}

// keeps reports whether a team keeps the leader it has: who still works here, unless more than half of the people of the
// team, also those who are not in the list, are to have another.
func (p *peoplePlan) keeps(t staff.Team, v teamVote, rows map[staff.PersonID][]PeopleRow) bool {
	if _, known := p.people[t.Leader]; !known || v.best == t.Leader {
		return known
	}
	if own := rows[t.Leader]; slices.ContainsFunc(own, func(r PeopleRow) bool { return r.designation == "" }) {
		if gone(own, p.office.Today) || p.worksIn(t.Leader, t.ID) && !v.people[t.Leader] {
			return false // leaves, or moves to another team
		}
	} else if !p.worksIn(t.Leader, "") {
		return false
	}
	people := len(v.people)
	for who := range p.people {
		if !v.people[who] && !slices.ContainsFunc(rows[who], func(r PeopleRow) bool { return r.designation == "" }) && p.worksIn(who, t.ID) {
			people++
		}
	}
	return 2*v.counts[v.best] <= people
}

// worksIn reports whether somebody works in a team, or in any where it is empty, or is about to.
func (p *peoplePlan) worksIn(who staff.PersonID, team staff.TeamID) bool {
	return slices.ContainsFunc(p.jobs[who], func(e staff.Employment) bool {
		return (team == "" || e.Team == team) && (e.Until.IsZero() || e.Until >= p.office.Today)
	})
}

// who is somebody whom a line names: as known, or as the list says.
func (p *peoplePlan) who(id staff.PersonID) staff.Person {
	if is, ok := p.seen[id]; ok {
		return is
	}
	return p.people[id]
}

// apply works out what the right lines change, person by person in the order of the list.
func (p *peoplePlan) apply(l *PeopleList) {
	var order []staff.PersonID
	rows := make(map[staff.PersonID][]PeopleRow)
	var right []PeopleRow
	for _, r := range l.Rows {
		if len(r.Mistakes) > 0 {
			continue
		}
		if len(rows[r.Person.ID]) == 0 {
			order = append(order, r.Person.ID)
		}
		rows[r.Person.ID] = append(rows[r.Person.ID], r)
		right = append(right, r)
	}
	votes := p.leaders(slices.DeleteFunc(slices.Clone(right), func(r PeopleRow) bool { return !p.comesIn(r.Person.ID, rows) }))
	lead := make(map[string]staff.PersonID)
	for team, v := range votes {
		if v.best != "" && p.comesIn(v.best, rows) { // a line may name who does not come in
			lead[team] = v.best
		}
	}
	before := slices.Clone(p.teams)
	for _, t := range before {
		if team := "#" + string(t.ID); lead[team] != "" && p.keeps(t, votes[team], rows) {
			lead[team] = t.Leader
		}
	}
	for _, id := range order {
		own := rows[id]
		known, was := p.people[id]
		if !was && gone(own, p.office.Today) {
			l.Verdict[id] = PersonGone
			continue
		}
		l.Verdict[id] = p.person(own, known, was, lead, &l.Changes)
	}
	for _, t := range l.Changes.Leaders {
		at := slices.IndexFunc(before, func(b staff.Team) bool { return b.ID == t.ID })
		l.Leaders = append(l.Leaders, LeaderChange{t.Name, p.who(before[at].Leader), p.who(t.Leader)})
	}
	for _, t := range p.teams {
		if p.leaving[t.Leader] {
			l.Leaving = append(l.Leaving, LeaderChange{Team: t.Name, Before: p.who(t.Leader)})
		}
	}
}

// comesIn reports whether somebody is known or comes in by the list.
func (p *peoplePlan) comesIn(who staff.PersonID, rows map[staff.PersonID][]PeopleRow) bool {
	_, known := p.people[who]
	return known || !gone(rows[who], p.office.Today)
}

// person works out what the lines of one person change.
func (p *peoplePlan) person(rows []PeopleRow, known staff.Person, was bool, lead map[string]staff.PersonID, c *PeopleChanges) PeopleVerdict {
	verdict := PersonUnchanged
	switch is := rows[0].Person; {
	case !was:
		verdict = PersonNew
		c.People = append(c.People, is)
	case is != known:
		verdict = PersonChanged
		c.Renamed = append(c.Renamed, is)
	}
	change := func(to PeopleVerdict) {
		if verdict == PersonUnchanged || verdict == PersonChanged {
			verdict = to
		}
	}
	jobs := jobsPlan{today: p.office.Today, jobs: slices.Clone(p.jobs[rows[0].Person.ID])}
	for _, r := range rows {
		if r.designation != "" {
			if p.designate(r, c) {
				change(PersonChanged)
			}
			continue
		}
		key := p.teamKey(r.team)
		jobs.say(staff.Employment{Person: r.Person.ID, Team: p.team(r.team, lead[key], c), Role: p.role(r.role, c), From: r.from, Until: r.until})
	}
	jobs.work()
	c.Hired, c.Amended = append(c.Hired, jobs.hired...), append(c.Amended, jobs.amended...)
	if len(jobs.hired)+len(jobs.amended) > 0 {
		change(PersonChanged)
		if jobs.left() {
			p.leaving[rows[0].Person.ID] = true
			change(PersonLeft)
		}
	}
	return verdict
}

// designate keeps a designation; false where it was there with the same days.
func (p *peoplePlan) designate(r PeopleRow, c *PeopleChanges) bool {
	d := staff.Designation{Person: r.Person.ID, Kind: r.designation, From: r.from, Until: r.until}
	same := func(o staff.Designation) bool {
		return o.Person == d.Person && o.Kind == d.Kind && o.Subject == d.Subject
	}
	at := slices.IndexFunc(p.office.Designations, same)
	switch {
	case at >= 0 && p.office.Designations[at] == d, slices.ContainsFunc(c.Designations, same), slices.ContainsFunc(c.Redesignated, same):
		return false
	case at >= 0:
		c.Redesignated = append(c.Redesignated, d)
	default:
		c.Designations = append(c.Designations, d)
	}
	return true
}
