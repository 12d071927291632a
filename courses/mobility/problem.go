// Package mobility finds a way from what somebody can do to what a role asks: which learning, in which order, when, and at
// what cost; and says plainly where there is no way.
//
// It is pure: values in, values out. It imports courses/competences and what is below it. It proposes and explains; people
// decide.
package mobility

import (
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
)

// A Problem is everything that decides about a plan for one person.
type Problem struct {
	Levels map[competences.CompetenceID]competences.Level // what the person can do now
	Target []competences.Required                         // what the role asks
	Needed []certificates.SchemeKey                       // certificates that the role asks and the person does not hold now
	Items  []competences.LearningItem                     // that may be proposed
	Done   []competences.ItemID                           // by the person already
	Held   []certificates.SchemeKey                       // by the person, now or before

	From    calendar.Date // the first day to learn on
	By      calendar.Date // when the person should be ready
	PerWeek int           // minutes of learning in a usual week

	// Free is how many minutes the person can learn in the week of a Monday; nil: PerWeek in every week. It is where
	// minimum staffing, leave and other duties come in.
	Free func(monday calendar.Date) int

	// Missed reports whether the person cannot be away from work on a day, or is not there: what is given on that day is of
	// no use. nil: never.
	Missed func(day calendar.Date) bool

	// Taken are the places that others have: of what is given on fixed days the days, of what is not the time they are at it.
	Taken map[competences.ItemID][]Span
}

// A Span is a stretch of days.
type Span struct{ From, Until calendar.Date }

// full returns the places that are taken of an item between two days, where there is none left.
func (p Problem) full(item *competences.LearningItem, fixed bool, from, until calendar.Date) []Span {
	if item.Places == 0 {
		return nil
	}
	var taken []Span
	for _, s := range p.Taken[item.ID] {
		if fixed && s.From == from || !fixed && s.From <= until && from <= s.Until {
			taken = append(taken, s)
		}
	}
	if len(taken) < item.Places {
		return nil
	}
	return taken
}

// free is how many minutes there are in a week.
func (p Problem) free(monday calendar.Date) int {
	if p.Free == nil {
		return p.PerWeek
	}
	return p.Free(monday)
}

// An offer is an item of a problem, with its numbers made small.
type offer struct {
	item    *competences.LearningItem
	raises  []raise
	atLeast []raise // From is the level that must be there
	after   []int   // offers; all first
	any     []int   // offers; one first
	never   bool    // what comes first can never be there
}

// A raise is a raise of a competence by its number.
type raise struct {
	competence int
	from, to   competences.Level
}

// A search is a problem by numbers.
type search struct {
	problem Problem
	ids     []competences.CompetenceID
	levels  []competences.Level // now
	goals   []competences.Level // 0: nothing is asked
	offers  []offer
	done    []bool  // by the person already
	ways    [][]way // by competence: what raises it and can be done
}

// A way is an offer that raises a competence.
type way struct {
	raise
	offer int
}

// newSearch numbers the competences and the items of a problem. What the person has done counts as done before, whether or
// not it is offered.
func newSearch(p Problem) *search {
	s := &search{problem: p}
	numbers := make(map[competences.CompetenceID]int)
	number := func(id competences.CompetenceID) int {
		n, known := numbers[id]
		if !known {
			n = len(s.ids)
			numbers[id] = n
			s.ids, s.levels, s.goals = append(s.ids, id), append(s.levels, p.Levels[id]), append(s.goals, 0)
		}
		return n
	}
	for _, t := range p.Target {
		n := number(t.Competence)
		s.goals[n] = max(s.goals[n], t.Level)
	}
	places := make(map[competences.ItemID]int, len(p.Items))
	for i, item := range p.Items {
		places[item.ID] = i
	}
	s.offers, s.done = make([]offer, len(p.Items)), make([]bool, len(p.Items))
	for i := range p.Items {
		item := &p.Items[i]
		o := offer{item: item, never: item.Earlier != "" && !slices.Contains(p.Held, item.Earlier)}
		s.done[i] = slices.Contains(p.Done, item.ID) || item.Scheme != "" && slices.Contains(p.Held, item.Scheme)
		if slices.Contains(p.Needed, item.Scheme) { // it ran out: it is done anew
			s.done[i] = false
		}
		for _, r := range item.Evidences {
			o.raises = append(o.raises, raise{number(r.Competence), r.From, r.To})
		}
		for _, a := range item.AtLeast {
			o.atLeast = append(o.atLeast, raise{competence: number(a.Competence), from: a.Level})
		}
		for _, id := range item.After {
			if at, there := places[id]; there {
				o.after = append(o.after, at)
			} else if !slices.Contains(p.Done, id) {
				o.never = true
			}
		}
		known := len(item.AfterAny) == 0
		for _, id := range item.AfterAny {
			if slices.Contains(p.Done, id) {
				o.any, known = nil, true
				break
			}
			if at, there := places[id]; there {
				o.any, known = append(o.any, at), true
			}
		}
		o.never = o.never || !known
		s.offers[i] = o
	}
	s.ways = make([][]way, len(s.ids))
	for i, o := range s.offers {
		for _, r := range o.raises {
			if !s.done[i] && !o.never && r.to > r.from {
				s.ways[r.competence] = append(s.ways[r.competence], way{r, i})
			}
		}
	}
	return s
}

// leadTo are the offers that lead to a certificate.
func (s *search) leadTo(scheme certificates.SchemeKey) []int {
	var offers []int
	for i, o := range s.offers {
		if o.item.Scheme == scheme && !o.never {
			offers = append(offers, i)
		}
	}
	return offers
}

// raisers are the offers that would raise a competence from a level.
func (s *search) raisers(competence int, level competences.Level) []int {
	var offers []int
	for i, o := range s.offers {
		if !s.done[i] && slices.ContainsFunc(o.raises, func(r raise) bool { return r.competence == competence && r.to > level }) {
			offers = append(offers, i)
		}
	}
	return offers
}

// circle finds items that each need another of them first, on the way to an offer; none where there is no such thing.
func (s *search) circle(from int, path []int) []int {
	if at := slices.Index(path, from); at >= 0 {
		return path[at:]
	}
	path = append(slices.Clip(path), from)
	for _, first := range s.offers[from].after {
		if found := s.circle(first, path); found != nil {
			return found
		}
	}
	return nil
}

// circular names the items of a circle that keeps any of some offers from being done, separated by commas.
func (s *search) circular(offers []int) string {
	for _, o := range offers {
		if found := s.circle(o, nil); found != nil {
			ids := make([]competences.ItemID, len(found))
			for i, f := range found {
				ids[i] = s.offers[f].item.ID
			}
			slices.Sort(ids)
			return join(ids, ", ")
		}
	}
	return ""
}

// may reports whether an offer can be done by somebody with some levels who did some offers.
func (s *search) may(i int, levels []competences.Level, did func(int) bool) bool {
	o := &s.offers[i]
	if o.never {
		return false
	}
	for _, need := range o.atLeast {
		if levels[need.competence] < need.from {
			return false
		}
	}
	for _, before := range o.after {
		if !did(before) {
			return false
		}
	}
	return len(o.any) == 0 || slices.ContainsFunc(o.any, did)
}

// raise lets an offer raise levels; it reports whether it raised any.
func (s *search) raise(i int, levels []competences.Level) bool {
	raised := false
	for _, r := range s.offers[i].raises {
		if levels[r.competence] >= r.from && levels[r.competence] < r.to {
			levels[r.competence], raised = r.to, true
		}
	}
	return raised
}

// reachable are the levels of somebody who would do everything there is, in whatever order raises most, and what they did.
func (s *search) reachable() ([]competences.Level, []bool) {
	levels := slices.Clone(s.levels)
	did := slices.Clone(s.done)
	for again := true; again; {
		again = false
		for i := range s.offers {
			can := did[i] || s.may(i, levels, func(j int) bool { return did[j] })
			if !can {
				continue
			}
			again = again || !did[i]
			did[i] = true
			again = s.raise(i, levels) || again
		}
	}
	return levels, did
}
