package changes

import (
	"cmp"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// An Impact is what a change does, or would do where it was published on a day.
type Impact struct {
	On       calendar.Date
	DueOn    calendar.Date // zero: nobody knows yet
	Hurried  bool
	Groups   []GroupImpact // one for each verdict
	People   int           // who must do something, each once
	Done     int           // of them, who did everything
	Minutes  int           // what those who did not do it yet need together
	Teams    []TeamImpact  // in order of team
	Counters []Counter     // of the processes that it touches
	TooFew   bool          // as of a group
}

// Coarse leaves out how far groups are of which one could tell how single people stand: of fewer than MinimumGroup people. Where
// such teams are one, or have fewer people together, the smallest others are left out as well, for the total would tell; where
// there are none, the total is. own reports whether somebody may see how the people of a team stand by name.
func (i Impact) Coarse(own func(staff.TeamID) bool) Impact {
	i.Groups, i.Teams = slices.Clone(i.Groups), slices.Clone(i.Teams)
	for at, g := range i.Groups {
		i.Groups[at].TooFew = len(g.Members) > 0 && len(g.Members) < MinimumGroup
	}
	hidden, people := 0, 0 // teams, and who is in them
	for at, t := range i.Teams {
		if i.Teams[at].TooFew = t.People < MinimumGroup && !own(t.Team); i.Teams[at].TooFew {
			hidden, people = hidden+1, people+t.People
		}
	}
	for hidden > 0 && (hidden == 1 || people < MinimumGroup) {
		smallest := -1
		for at, t := range i.Teams {
			if !t.TooFew && !own(t.Team) && (smallest < 0 || t.People < i.Teams[smallest].People) {
				smallest = at
			}
		}
		if smallest < 0 {
			break
		}
		i.Teams[smallest].TooFew = true
		hidden, people = hidden+1, people+i.Teams[smallest].People
	}
	for at, t := range i.Teams {
		if t.TooFew {
			i.Teams[at].Owing, i.Teams[at].Minutes = 0, 0
		}
	}
	i.TooFew = i.People > 0 && i.People < MinimumGroup || hidden > 0 && people < MinimumGroup
	return i
}

// A GroupImpact is what one verdict means.
type GroupImpact struct {
	Verdict
	Minutes int              // for one person
	Members []staff.PersonID // who belongs to the group
	Owing   []staff.PersonID // of them, who did not do it yet
	TooFew  bool             // fewer than MinimumGroup people, or one could reckon how such a group stands: how far they are is not told
}

// Done counts who of the group did it.
func (g GroupImpact) Done() int { return len(g.Members) - len(g.Owing) }

// A TeamImpact is what a change costs a team.
type TeamImpact struct {
	Team    staff.TeamID
	People  int // who must do something
	Owing   int // of them, who did not do it yet
	Minutes int
	TooFew  bool // as of a group
}

// Trained is which percentage of those who must do something did everything, rounded down; of nobody it is all.
func (i Impact) Trained() int {
	if i.People == 0 {
		return 100
	}
	return 100 * i.Done / i.People
}

// A Counter is how the pool of a process stands on the day on which a change begins to hold.
type Counter struct {
	staffing.Process
	On    calendar.Date
	Pool  int // as it is without the change
	After int // if nobody does anything
}

// Below reports whether the change brings the pool below its minimum.
func (c Counter) Below() bool { return c.After < c.Pool && c.After < c.PoolMinimum }

// Facts are what an impact follows from. The records are in order of personnel number.
type Facts struct {
	Records   []staffing.Record // everybody whom it may be about, with the periods of all schemes that matter
	Processes []staffing.Process
	Minutes   func(Verdict) int                     // for one person
	Read      func(BulletinID, staff.PersonID) bool // who read a bulletin
}

// Impact works out what the change does on a day.
func (c Change) Impact(f Facts, on calendar.Date) Impact {
	i := Impact{On: on, DueOn: c.AskedBy(on), Hurried: c.Hurried(on)}
	type load struct {
		asked, owing bool
		minutes      int
	}
	loads := make(map[staff.PersonID]load)
	for at, v := range c.Verdicts {
		g := GroupImpact{Verdict: v, Minutes: f.Minutes(v)}
		for _, r := range c.Members(at, f.Records, on) {
			g.Members = append(g.Members, r.Person)
			l := loads[r.Person]
			l.asked = l.asked || v.Kind != None
			if !v.Done(r, on, v.Kind == Read && f.Read(v.Bulletin, r.Person)) {
				g.Owing = append(g.Owing, r.Person)
				l.owing, l.minutes = true, l.minutes+g.Minutes
			}
			loads[r.Person] = l
		}
		i.Groups = append(i.Groups, g)
	}
	teams := make(map[staff.TeamID]TeamImpact)
	for _, r := range f.Records {
		l := loads[r.Person]
		if !l.asked {
			continue
		}
		i.People++
		i.Minutes += l.minutes
		if !l.owing {
			i.Done++
		}
		at := slices.IndexFunc(r.Employments, func(e staff.Employment) bool { return e.On(on) }) // the first employment bears it
		t := teams[r.Employments[at].Team]
		t.Team = r.Employments[at].Team
		t.People++
		t.Minutes += l.minutes
		if l.owing {
			t.Owing++
		}
		teams[t.Team] = t
	}
	for _, t := range teams {
		i.Teams = append(i.Teams, t)
	}
	slices.SortFunc(i.Teams, func(a, b TeamImpact) int { return cmp.Compare(a.Team, b.Team) })
	i.Counters = c.counters(f, i.Groups, max(on, c.HoldsFrom()))
	return i
}

// counters tells how the pools stand on the day on which the change holds, if nobody does anything more.
func (c Change) counters(f Facts, groups []GroupImpact, day calendar.Date) []Counter {
	var counters []Counter
	for _, p := range f.Processes {
		if !slices.Contains(c.Touches.Processes, p.ID) {
			continue
		}
		before := p.Pool(f.Records, day)
		after := len(before)
		for _, person := range before {
			if slices.ContainsFunc(groups, func(g GroupImpact) bool { return g.loses(p, person) }) {
				after--
			}
		}
		counters = append(counters, Counter{p, day, len(before), after})
	}
	return counters
}

// loses reports whether somebody no longer counts for a process because of a verdict.
func (g GroupImpact) loses(p staffing.Process, person staff.PersonID) bool {
	switch g.Kind {
	case Delta, Full:
		_, owes := slices.BinarySearch(g.Owing, person)
		return owes && slices.Contains(g.LosesFor, p.ID)
	case Withdraw:
		_, holds := slices.BinarySearch(g.Members, person)
		return holds && slices.Contains(p.All, g.Scheme)
	}
	return false
}
