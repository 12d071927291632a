package mobility

import (
	"cmp"
	"math"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// A Need is how many people of a team must be able to do something, on its last day as on its first.
type Need struct {
	Competence competences.CompetenceID
	Level      competences.Level // from which somebody does it alone
	People     int
}

// A Learner is somebody of a team, as far as the team's problem goes.
type Learner struct {
	Person staff.PersonID
	Last   calendar.Date // the last day here; zero: no end known
	Can    Problem       // what they can do and could learn; its target is not read

	Counts map[competences.CompetenceID]calendar.Date // what they count for now, with the last day on which; zero: no end
	Renew  map[competences.CompetenceID]int           // minutes that it takes to go on counting after that day
}

// A Lesson is that somebody learns something, or goes on counting for it.
type Lesson struct {
	Person     staff.PersonID
	Competence competences.CompetenceID
	Renews     bool
}

// A TeamPlan says who should learn what, so that on a day there are enough people for everything.
type TeamPlan struct {
	Lessons []Lesson // in order of competence and person
	Minutes int
	Proven  bool // nothing takes fewer minutes; false: the search was stopped, and Bound says how far it can be off
	Bound   int
	Open    []Need // of whom there cannot be enough, with how many are missing
}

// mostTeamSteps is how many steps the search for a team takes at most: about a second. Working out what learning costs somebody
// takes as long as some of them.
const mostTeamSteps, stepsOfCost = 60_000, 25

// A teamSearch goes through who could learn what by branch and bound. What somebody learns only adds to their minutes, so a
// choice that costs as much as the best found leads to nothing better.
type teamSearch struct {
	learners []Learner
	needs    []Need
	until    calendar.Date
	steps    int
	costs    []map[uint64]int // by learner and set of needs
	chosen   []uint64         // by learner
	best     []uint64
	least    int
}

const cannot = math.MaxInt / 4

// Teach finds who should learn what so that as many people count for every need on a last day as it asks, in the fewest
// minutes. There are at most 64 needs.
func Teach(needs []Need, learners []Learner, until calendar.Date) TeamPlan {
	s := &teamSearch{learners: learners, until: until, steps: mostTeamSteps, least: cannot, costs: make([]map[uint64]int, len(learners)), chosen: make([]uint64, len(learners))}
	for i := range learners {
		s.costs[i] = map[uint64]int{0: 0}
	}
	var plan TeamPlan
	for _, n := range needs {
		n.People -= s.lasting(n.Competence)
		if n.People > 0 {
			s.needs = append(s.needs, n)
		}
	}
	shared := 0 // what everybody's share takes at the least
	for i, n := range s.needs {
		can, alone, shares := 0, []int{}, []int{}
		for l := range learners {
			if c := s.cost(l, 1<<i); c < cannot {
				can, alone, shares = can+1, append(alone, c), append(shares, s.share(l, n))
			}
		}
		if can < n.People {
			plan.Open = append(plan.Open, Need{n.Competence, n.Level, n.People - can})
			s.needs[i].People = can
		}
		slices.Sort(alone)
		together := 0
		for _, c := range alone[:s.needs[i].People] {
			together += c
		}
		slices.Sort(shares)
		for _, c := range shares[:s.needs[i].People] {
			shared += c
		}
		plan.Bound = max(plan.Bound, together)
	}
	plan.Bound = max(plan.Bound, shared)
	s.next(0, 0, 0)
	if plan.Proven = s.steps > 0; plan.Proven && s.best != nil {
		plan.Bound = s.least
	}
	if s.best == nil { // not together: nobody has the time for all that they could learn
		plan.Open, plan.Proven = append(plan.Open, s.needs...), false
		return plan
	}
	plan.Minutes = s.least
	for l, set := range s.best {
		for i, n := range s.needs {
			if set&(1<<i) != 0 {
				plan.Lessons = append(plan.Lessons, Lesson{learners[l].Person, n.Competence, s.renews(l, n.Competence)})
			}
		}
	}
	slices.SortFunc(plan.Lessons, func(a, b Lesson) int {
		return cmp.Or(cmp.Compare(a.Competence, b.Competence), cmp.Compare(a.Person, b.Person))
	})
	return plan
}

// stays reports whether somebody is here on the last day.
func (s *teamSearch) stays(l int) bool {
	return s.learners[l].Last.IsZero() || s.learners[l].Last >= s.until
}

// lasting counts who counts for a competence on the last day without learning.
func (s *teamSearch) lasting(c competences.CompetenceID) int {
	n := 0
	for l, learner := range s.learners {
		if end, counts := learner.Counts[c]; counts && s.stays(l) && (end.IsZero() || end >= s.until) {
			n++
		}
	}
	return n
}

// renews reports whether somebody counts for a competence now, and no more on the last day.
func (s *teamSearch) renews(l int, c competences.CompetenceID) bool {
	end, counts := s.learners[l].Counts[c]
	return counts && !end.IsZero() && end < s.until
}

// cost is how many minutes it takes somebody to count for a set of needs on the last day; cannot where that is impossible.
func (s *teamSearch) cost(l int, set uint64) int {
	if minutes, known := s.costs[l][set]; known {
		return minutes
	}
	p, renewing, minutes := s.learners[l].Can, 0, cannot
	p.Target, p.By = nil, s.until
	possible := s.stays(l)
	for i, n := range s.needs {
		if set&(1<<i) == 0 {
			continue
		}
		if _, counts := s.learners[l].Counts[n.Competence]; !counts {
			p.Target = append(p.Target, competences.Required{Competence: n.Competence, Level: n.Level, Weight: 1})
			continue
		}
		more, can := s.learners[l].Renew[n.Competence]
		possible, renewing = possible && can && s.renews(l, n.Competence), renewing+more
	}
	if possible {
		switch found := Propose(p); {
		case len(found.Open) == 0 && found.Met == found.Asked:
			minutes = renewing
		case len(found.Open) == 0 && len(found.Plans) > 0:
			minutes = renewing + found.Plans[0].Minutes
		}
	}
	s.costs[l][set], s.steps = minutes, s.steps-stepsOfCost
	return minutes
}

// share is what a need adds at the least to the minutes of somebody, whatever else they learn: of an item that brings several
// things only its share.
func (s *teamSearch) share(l int, n Need) int {
	if more, renews := s.learners[l].Renew[n.Competence]; renews && s.renews(l, n.Competence) {
		return more
	}
	p := s.learners[l].Can
	p.Target = []competences.Required{{Competence: n.Competence, Level: n.Level, Weight: 1}}
	own := newSearch(p)
	w := &walk{search: own, chosen: make([]bool, len(own.offers))}
	return max(0, w.least([]goal{{before: -1, competence: 0, level: n.Level}}).minutes-1) // it is rounded up
}

// next lets people from one on learn for a need, of whom so many are found, and goes on to the needs after it.
func (s *teamSearch) next(need, from, found int) {
	total := 0
	for l, set := range s.chosen {
		total += s.cost(l, set)
	}
	if s.steps--; s.steps <= 0 && s.best != nil || total >= s.least {
		return
	}
	if need == len(s.needs) {
		s.least, s.best = total, slices.Clone(s.chosen)
		return
	}
	if found == s.needs[need].People {
		s.next(need+1, 0, 0)
		return
	}
	who := make([]int, 0, len(s.learners))
	for l := from; l < len(s.learners); l++ {
		if s.cost(l, s.chosen[l]|1<<need) < cannot {
			who = append(who, l)
		}
	}
	if len(who) < s.needs[need].People-found {
		return
	}
	for _, l := range who {
		was := s.chosen[l]
		s.chosen[l] |= 1 << need
		s.next(need, l+1, found+1)
		s.chosen[l] = was
	}
}
