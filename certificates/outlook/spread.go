package outlook

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"
	"sort"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Proposal spreads renewals over the weeks of their windows, as late as can be: renewing early costs validity under some
// methods, and the week before the last is kept free where there is one.
type Proposal struct {
	Weeks  []Assigned // in order of team, week, scheme and person
	Groups []Group    // in order of team and scheme
	Stuck  []Stuck    // what cannot be spread, in order of team, scheme and person
}

// An Assigned renewal has a week.
type Assigned struct {
	Renewing
	Week calendar.Date // its Monday
}

// A Group is what one team must renew of one scheme.
type Group struct {
	Team    staff.TeamID
	Scheme  certificates.SchemeKey
	Count   int           // renewals that are spread
	AtMost  int           // in any one week: fewer is impossible
	First   calendar.Date // Monday of the first and of the last week that was given
	Last    calendar.Date
	Planned int // renewals that keep the session somebody is enrolled in
}

// A StuckReason says why a renewal cannot be spread.
type StuckReason string

const (
	StuckLate     StuckReason = "late"      // its last day has passed
	StuckNoWindow StuckReason = "no-window" // no day before its end counts
	StuckTogether StuckReason = "together"  // in that week everybody of the team trains, and there is no other
)

// Stuck is a renewal that cannot be spread, or not well.
type Stuck struct {
	Renewing
	Reason StuckReason
}

// Say explains the reason in Dutch and in English.
func (s Stuck) Say() (dutch, english string) {
	switch s.Reason {
	case StuckLate:
		return fmt.Sprintf("Dit had uiterlijk %s gemoeten: plan het nu.", s.Due.Dutch()), fmt.Sprintf("This was due %s: plan it now.", s.Due.English())
	case StuckNoWindow:
		return fmt.Sprintf("Vernieuwen telt pas vanaf %s, na de laatste dag %s.", s.Opens.Dutch(), s.Due.Dutch()), fmt.Sprintf("Renewing counts only from %s, after the last day %s.", s.Opens.English(), s.Due.English())
	}
	return "In deze week is iedereen van het team aan de beurt, en een andere week is er niet.", "In this week it is the turn of everybody in the team, and there is no other week."
}

// Say explains the share of the group in Dutch and in English.
func (g Group) Say() (dutch, english string) {
	firstYear, first := g.First.Week()
	lastYear, last := g.Last.Week()
	if g.First == g.Last {
		return fmt.Sprintf("%d in week %d van %d.", g.Count, first, firstYear), fmt.Sprintf("%d in week %d of %d.", g.Count, first, firstYear)
	}
	dutch = fmt.Sprintf("%d van week %d van %d tot en met week %d van %d, hoogstens %d per week.", g.Count, first, firstYear, last, lastYear, g.AtMost)
	english = fmt.Sprintf("%d from week %d of %d to week %d of %d, at most %d a week.", g.Count, first, firstYear, last, lastYear, g.AtMost)
	if g.AtMost > 1 {
		return dutch + " Minder per week kan niet binnen hun vensters.", english + " Their windows allow no fewer a week."
	}
	return dutch, english
}

// Spread proposes a week for everything that must be done first of each scheme, and is neither late nor planned. No team
// trains more people for one scheme in a week than their windows make necessary, nor everybody in one week where that can
// be helped. members says how many people a team has. The same forecast gives the same proposal.
func (f Forecast) Spread(members map[staff.TeamID]int) Proposal {
	var p Proposal
	groups := make(map[group][]*job)
	crowd := crowd{members: members, people: make(map[teamWeek]map[staff.PersonID]int), load: make(map[groupWeek]int)}
	planned := make(map[group]int)
	for _, n := range f.Renewals {
		at := group{n.Team, n.Scheme}
		switch {
		case !n.First || n.On.IsZero():
		case !n.Planned.IsZero():
			planned[at]++
			crowd.comes(n, n.Planned.Monday(), 1)
		case n.Late(f.From):
			p.Stuck = append(p.Stuck, Stuck{n, StuckLate})
		case n.Opens > n.Due:
			p.Stuck = append(p.Stuck, Stuck{n, StuckNoWindow})
		default:
			groups[at] = append(groups[at], newJob(n, f.From))
		}
	}
	for at, jobs := range groups {
		p.Groups = append(p.Groups, Group{Team: at.team, Scheme: at.scheme, Count: len(jobs), AtMost: share(jobs), Planned: planned[at]})
		for _, j := range jobs {
			crowd.comes(j.Renewing, j.week, 1)
		}
	}
	slices.SortFunc(p.Groups, func(a, b Group) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Scheme, b.Scheme)) })
	for _, g := range p.Groups {
		for _, j := range groups[group{g.Team, g.Scheme}] {
			crowd.relieve(j, g.AtMost)
		}
	}
	for i, g := range p.Groups {
		jobs := groups[group{g.Team, g.Scheme}]
		p.Groups[i].First, p.Groups[i].Last = jobs[0].week, jobs[0].week
		for _, j := range jobs {
			p.Groups[i].First, p.Groups[i].Last = min(p.Groups[i].First, j.week), max(p.Groups[i].Last, j.week)
			p.Weeks = append(p.Weeks, Assigned{j.Renewing, j.week})
			if crowd.everybody(g.Team, j.week) {
				p.Stuck = append(p.Stuck, Stuck{j.Renewing, StuckTogether})
			}
		}
	}
	p.sort()
	return p
}

func (p *Proposal) sort() {
	slices.SortFunc(p.Weeks, func(a, b Assigned) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Week, b.Week), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Person, b.Person))
	})
	slices.SortFunc(p.Stuck, func(a, b Stuck) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Person, b.Person))
	})
}

// A group is a team and a scheme.
type group struct {
	team   staff.TeamID
	scheme certificates.SchemeKey
}

// A job is a renewal with the weeks in which it can be done, and the one it is given. Weeks are their Mondays.
type job struct {
	Renewing
	first, last, week calendar.Date
}

// newJob works out the weeks of a renewal: from the first with a working day in its window to the one before the week of
// its last day, so that a colleague who falls ill has one left. A window of one week has that week.
func newJob(n Renewing, today calendar.Date) *job {
	j := &job{Renewing: n, first: max(n.Opens, today).AddDays(2).Monday(), last: n.Due.Monday()} // a weekend belongs to the week after
	j.last = max(j.last-7, min(j.first, j.last))
	j.first = min(j.first, j.last)
	return j
}

// share gives every job a week, as late as can be with the fewest in any one week, and returns how many those are.
func share(jobs []*job) int {
	slices.SortFunc(jobs, func(a, b *job) int {
		return cmp.Or(cmp.Compare(b.last, a.last), cmp.Compare(b.first, a.first), cmp.Compare(a.Person, b.Person))
	})
	fewest := 1 + sort.Search(len(jobs)-1, func(n int) bool { return fit(jobs, n+1) })
	fit(jobs, fewest)
	return fewest
}

// fit goes back through the weeks and gives each to at most so many jobs, those first that can least be done earlier. It
// reports whether every job gets a week: where it does not, no order of the jobs does.
func fit(jobs []*job, atMost int) bool {
	var waiting latestFirst
	for week := jobs[0].last; len(jobs) > 0 || len(waiting) > 0; week -= 7 {
		if len(waiting) == 0 {
			week = min(week, jobs[0].last)
		}
		for len(jobs) > 0 && jobs[0].last >= week {
			heap.Push(&waiting, jobs[0])
			jobs = jobs[1:]
		}
		for range min(atMost, len(waiting)) {
			j := heap.Pop(&waiting).(*job)
			if j.first > week {
				return false
			}
			j.week = week
		}
	}
	return true
}

// latestFirst are jobs of which the one that can least be done earlier comes first.
type latestFirst []*job

func (w latestFirst) Len() int { return len(w) }
func (w latestFirst) Less(a, b int) bool {
	return cmp.Or(cmp.Compare(w[b].first, w[a].first), cmp.Compare(w[a].Person, w[b].Person)) < 0
}
func (w latestFirst) Swap(a, b int) { w[a], w[b] = w[b], w[a] }
func (w *latestFirst) Push(j any)   { *w = append(*w, j.(*job)) }
func (w *latestFirst) Pop() any {
	last := len(*w) - 1
	j := (*w)[last]
	*w = (*w)[:last]
	return j
}

// A teamWeek is a week of a team, and a groupWeek one of a group.
type (
	teamWeek struct {
		team staff.TeamID
		week calendar.Date
	}
	groupWeek struct {
		group
		week calendar.Date
	}
)

// A crowd knows who trains in which week.
type crowd struct {
	members map[staff.TeamID]int
	people  map[teamWeek]map[staff.PersonID]int // and for how many schemes
	load    map[groupWeek]int
}

// comes adds somebody to a week, or with -1 takes them out of it.
func (c crowd) comes(n Renewing, week calendar.Date, by int) {
	at := teamWeek{n.Team, week}
	if c.people[at] == nil {
		c.people[at] = make(map[staff.PersonID]int)
	}
	if c.people[at][n.Person] += by; c.people[at][n.Person] == 0 {
		delete(c.people[at], n.Person)
	}
	c.load[groupWeek{group{n.Team, n.Scheme}, week}] += by
}

// everybody reports whether a whole team trains in a week. One person is no team.
func (c crowd) everybody(team staff.TeamID, week calendar.Date) bool {
	return c.members[team] > 1 && len(c.people[teamWeek{team, week}]) >= c.members[team]
}

// relieve moves a job out of a week in which everybody trains to the latest one in which it fits better, if there is one.
func (c crowd) relieve(j *job, atMost int) {
	if !c.everybody(j.Team, j.week) {
		return
	}
	was := j.week
	c.comes(j.Renewing, was, -1)
	for week := j.last; week >= j.first && !c.everybody(j.Team, was); week -= 7 {
		c.comes(j.Renewing, week, 1)
		if c.load[groupWeek{group{j.Team, j.Scheme}, week}] <= atMost && !c.everybody(j.Team, week) {
			j.week = week
			return
		}
		c.comes(j.Renewing, week, -1)
	}
	c.comes(j.Renewing, was, 1)
}
