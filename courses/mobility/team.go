package mobility

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"bekwaam/courses/staff"
)

// A Way is what somebody of a team could learn and when, as far as the team's problem goes.
type Way struct {
	Minutes int
	Cents   int
	Helps   []int // the needs that the person is one more for, each once
}

// A Learner is somebody of a team with the ways there are, of which they go at most one.
type Learner struct {
	Person staff.PersonID
	Ways   []Way
}

// A TeamPlan says who goes which way.
type TeamPlan struct {
	Chosen  []int // by learner, a place in its ways; -1: the learner need not learn
	Short   []int // by need, how many people there are still too few
	Minutes int
	Cents   int
	Proven  bool // nothing takes fewer minutes
	Bound   int  // nothing takes fewer minutes than this: Minutes where it is proven
}

// Teach chooses who learns what, where of each need some people are missing: so that as few as can be are missing in the
// end, and then in the fewest minutes, for the fewest cents, by the fewest people. What does not share a need or a learner
// is solved by itself.
func Teach(missing []int, learners []Learner) TeamPlan {
	plan := TeamPlan{Chosen: make([]int, len(learners)), Short: slices.Clone(missing)}
	for i := range plan.Chosen {
		plan.Chosen[i] = -1
	}
	for _, part := range parted(missing, learners) {
		all := newTeamSearch(missing, learners, part)
		hours := all.byMinutes(learners, part)
		hours.solve(mostTeamSteps)
		all.best = hours.best
		all.solve(mostTeamSteps / 10)
		minutes := 0
		for at, l := range part {
			w := all.options[at][all.best[at]].way
			if w < 0 {
				continue
			}
			way := learners[l].Ways[w]
			plan.Chosen[l], minutes, plan.Cents = w, minutes+way.Minutes, plan.Cents+way.Cents
			for _, n := range way.Helps {
				plan.Short[n]--
			}
		}
		plan.Minutes, plan.Bound = plan.Minutes+minutes, plan.Bound+min(minutes, hours.bound())
	}
	for n := range plan.Short {
		plan.Short[n] = max(0, plan.Short[n])
	}
	plan.Proven = plan.Bound == plan.Minutes
	return plan
}

// parted puts together the learners who share a need of which people are missing, directly or through others. Who has no
// such need is in no part.
func parted(missing []int, learners []Learner) [][]int {
	first := make([]int, len(missing)) // by need: the part of its learners, from 1
	var parts [][]int
	for l, learner := range learners {
		own := []int{l}
		at := 0
		for _, way := range learner.Ways {
			for _, n := range way.Helps {
				switch {
				case missing[n] <= 0:
				case at == 0 && first[n] > 0:
					at = first[n]
					parts[at-1] = append(parts[at-1], own...)
				case at == 0:
					parts = append(parts, own)
					at = len(parts)
					first[n] = at
				case first[n] == 0:
					first[n] = at
				case first[n] != at: // this learner joins two parts
					from := first[n]
					parts[at-1], parts[from-1] = append(parts[at-1], parts[from-1]...), nil
					for i := range first {
						if first[i] == from {
							first[i] = at
						}
					}
				}
			}
		}
	}
	parts = slices.DeleteFunc(parts, func(part []int) bool { return len(part) == 0 })
	for _, part := range parts {
		slices.Sort(part)
	}
	return parts
}

// An option is a way by numbers, or none at all.
type option struct {
	way   int // in the learner's ways; -1: none
	price int64
	helps []int
}

// A teamNeed is a need, or several that the same options help.
type teamNeed struct {
	missing int
	price   int64 // of every person who is still missing, of all of them together
}

// A teamSearch looks for the cheapest options by branch and bound. The bound gives every need a worth: whoever helps earns
// it, and everybody takes what pays most. However the worths stand, that costs no more than the cheapest options do.
type teamSearch struct {
	needs   []teamNeed
	options [][]option // by learner, none the last
	twin    []int      // by learner: the one before with the same options; -1: none

	unit, cents   int   // what divides the minutes and the cents of every way
	minute, cent  int64 // what a unit of each costs
	person, short int64 // what somebody who learns costs, and who is missing for one need
	grain         int64 // what divides every price
	most          int   // units of minutes that all could cost together

	best  []int
	least int64
	below int64 // what was not searched costs no less
	steps int   // that are left
}

// mostTeamSteps is how many times the search for the fewest minutes looks at an option at most: some seconds.
const mostTeamSteps = 40_000_000

// newTeamSearch numbers one part of a team's problem.
func newTeamSearch(missing []int, learners []Learner, part []int) *teamSearch {
	s := &teamSearch{below: math.MaxInt64}
	helpers := make([][][2]int, len(missing)) // by need: who helps, by which way
	for at, l := range part {
		for w, way := range learners[l].Ways {
			for _, n := range way.Helps {
				helpers[n] = append(helpers[n], [2]int{at, w})
			}
		}
	}
	number, weights := s.number(missing, helpers)
	s.weigh(learners, part, weights)
	s.options, s.twin = make([][]option, len(part)), make([]int, len(part))
	for at, l := range part {
		for w, way := range learners[l].Ways {
			o := option{way: w, price: s.price(way)}
			for _, n := range way.Helps {
				if missing[n] > 0 && !slices.Contains(o.helps, number[n]) {
					o.helps = append(o.helps, number[n])
				}
			}
			slices.Sort(o.helps)
			s.options[at] = append(s.options[at], o)
		}
		s.options[at] = append(undominated(s.options[at]), option{way: -1})
		s.best = append(s.best, len(s.options[at])-1)
		s.twin[at] = -1
		for before := range at {
			if slices.EqualFunc(s.options[before], s.options[at], func(a, b option) bool { return a.price == b.price && slices.Equal(a.helps, b.helps) }) {
				s.twin[at] = before
			}
		}
	}
	return s
}

// number gives the needs of which people are missing numbers: the same one to needs that the same options help and of which as
// many are missing. It tells how many each stands for. More than there are helpers for is missing whatever is done.
func (s *teamSearch) number(missing []int, helpers [][][2]int) (number, weights []int) {
	number = make([]int, len(missing))
	known := make(map[string]int)
	for n, who := range helpers {
		people := 0
		for i := range who {
			if i == 0 || who[i][0] != who[i-1][0] {
				people++
			}
		}
		most := min(missing[n], people)
		if most <= 0 {
			continue
		}
		key := fmt.Sprint(most, who)
		at, there := known[key]
		if !there {
			at = len(s.needs)
			known[key], weights, s.needs = at, append(weights, 0), append(s.needs, teamNeed{missing: most})
		}
		number[n] = at
		weights[at]++
	}
	return number, weights
}

// weigh makes one number of people missing, minutes, cents and people who learn, each more than all after it together. Where
// that would be too large a number, the last of them do not count.
func (s *teamSearch) weigh(learners []Learner, part []int, weights []int) {
	minutes, cents := 0, 0 // at most, after dividing by what divides all
	for _, l := range part {
		for _, w := range learners[l].Ways {
			s.unit, s.cents = gcd(s.unit, w.Minutes), gcd(s.cents, w.Cents)
		}
	}
	s.unit, s.cents = max(1, s.unit), max(1, s.cents)
	for _, l := range part {
		most := Way{}
		for _, w := range learners[l].Ways {
			most.Minutes, most.Cents = max(most.Minutes, w.Minutes/s.unit), max(most.Cents, w.Cents/s.cents)
		}
		minutes, cents = minutes+most.Minutes, cents+most.Cents
	}
	all := 0 // that can be missing
	for n, weight := range weights {
		all += weight * s.needs[n].missing
	}
	s.person, s.cent, s.grain, s.most = 1, int64(len(part)+1), 1, minutes
	fits := func() bool {
		return float64(s.cent)*float64(cents+1)*float64(minutes+1)*float64(all+1) < math.MaxInt64/4
	}
	if !fits() {
		s.person, s.cent = 0, 1
	}
	if !fits() {
		s.person, s.cent = 0, 0
	}
	s.minute = max(1, s.cent*int64(cents+1))
	s.short = s.minute * int64(minutes+1)
	for n, weight := range weights {
		s.needs[n].price = int64(weight) * s.short
	}
}

// byMinutes is the same search where only the minutes count. Its bound is closer: there is nothing between one number of
// them and the next.
func (s *teamSearch) byMinutes(learners []Learner, part []int) *teamSearch {
	by := *s
	by.person, by.cent, by.minute, by.grain = 0, 0, fine, fine
	by.short = fine * int64(s.most+1)
	by.needs, by.options = slices.Clone(s.needs), make([][]option, len(s.options))
	for n := range by.needs {
		by.needs[n].price = s.needs[n].price / s.short * by.short
	}
	for at, options := range s.options {
		by.options[at] = slices.Clone(options)
		for i, o := range options {
			if o.way >= 0 {
				by.options[at][i].price = by.price(learners[part[at]].Ways[o.way])
			}
		}
	}
	return &by
}

// fine is how many parts the worth of a need can be of the smallest price there is.
const fine = 1 << 12

// gcd is the greatest number that divides both; 0 divides nothing.
func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// price is what a way costs.
func (s *teamSearch) price(w Way) int64 {
	return int64(w.Minutes/s.unit)*s.minute + int64(w.Cents/s.cents)*s.cent + s.person
}

// undominated leaves out options that cost no less than another and help with nothing that it does not. The cheapest of
// what is left comes first.
func undominated(options []option) []option {
	slices.SortStableFunc(options, func(a, b option) int {
		return cmp.Or(cmp.Compare(a.price, b.price), -cmp.Compare(len(a.helps), len(b.helps)), cmp.Compare(a.way, b.way))
	})
	var kept []option
	for _, o := range options {
		if len(o.helps) > 0 && !slices.ContainsFunc(kept, func(k option) bool { return within(o.helps, k.helps) }) {
			kept = append(kept, o)
		}
	}
	return kept
}

// within reports whether all of some numbers in order are among others in order.
func within(some, others []int) bool {
	for _, n := range some {
		at, there := slices.BinarySearch(others, n)
		if !there {
			return false
		}
		others = others[at+1:]
	}
	return true
}

// solve finds the cheapest options in some steps, beginning with the best found.
func (s *teamSearch) solve(steps int) {
	open := make([][]bool, len(s.options)) // by learner and option: whether it is still to be considered
	for l, options := range s.options {
		open[l] = slices.Repeat([]bool{true}, len(options))
	}
	s.steps, s.least = steps, s.cost(s.best)
	s.next(open, make([]int64, len(s.needs)), mostRounds)
}

// bound is how many minutes every plan takes at the least that leaves as few people missing as the best found; 0 where nobody
// knows whether there is one that leaves fewer.
func (s *teamSearch) bound() int {
	below := min(s.below, s.least)
	if below/s.short < s.least/s.short {
		return 0
	}
	return int((below%s.short+s.minute-1)/s.minute) * s.unit
}

// cost is what options cost together, whoever is missing included.
func (s *teamSearch) cost(chosen []int) int64 {
	total, missing := int64(0), s.missing(chosen)
	for l, o := range chosen {
		total += s.options[l][o].price
	}
	for n, need := range s.needs {
		total += need.price * int64(max(0, missing[n]))
	}
	return total
}

// missing is how many people are missing by need; less than 0 where there are more than enough.
func (s *teamSearch) missing(chosen []int) []int {
	missing := make([]int, len(s.needs))
	for n, need := range s.needs {
		missing[n] = need.missing
	}
	for l, o := range chosen {
		for _, n := range s.options[l][o].helps {
			missing[n]--
		}
	}
	return missing
}
