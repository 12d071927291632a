package mobility

import (
	"cmp"
	"slices"

	"bekwaam/courses/competences"
)

// A goal is something that must be so before an offer is done, or at the end.
type goal struct {
	before     int // the offer; -1: at the end
	competence int // with level
	level      competences.Level
	offers     []int // or else one of these is done
}

// A price is what a choice costs.
type price struct{ minutes, cents int }

func (p price) plus(o price) price { return price{p.minutes + o.minutes, p.cents + o.cents} }

// less reports whether p takes fewer minutes, or as many for fewer cents.
func (p price) less(o price) bool {
	return p.minutes < o.minutes || p.minutes == o.minutes && p.cents < o.cents
}

// A choice is a set of offers that leads from the levels there are to the goals, with which comes before which.
type choice struct {
	price
	offers []int
	before [][2]int // the first is done before the second
}

// A walk goes through the choices by branch and bound: it takes one open goal at a time and tries every offer that brings
// it. What an offer needs first becomes a goal of its own. Every choice that lacks nothing and has nothing to spare is among
// those it can come to, so the best it finds is the best there is.
type walk struct {
	*search
	steps int // that are left

	chosen []bool
	choice choice
	best   *choice
	below  int               // cents a choice must stay below
	can    func(choice) bool // whether a choice that lacks nothing can be done in time
}

// cheapest finds the choice with the fewest minutes, and of those the fewest cents, that stays below some cents and can be
// done; nil where there is none. It takes at most some steps and returns how many are left: none, where not everything was
// tried.
func (s *search) cheapest(goals []goal, below, steps int, can func(choice) bool) (*choice, int) {
	w := &walk{search: s, steps: steps, chosen: make([]bool, len(s.offers)), below: below, can: can}
	w.next(goals)
	return w.best, max(0, w.steps)
}

// next goes on from the choice made so far with the goals that are still open.
func (w *walk) next(open []goal) {
	if w.steps--; w.steps <= 0 || w.hopeless(open) {
		return
	}
	if len(open) == 0 {
		w.found()
		return
	}
	at := w.hardest(open)
	g := open[at]
	rest := slices.Delete(slices.Clone(open), at, at+1)
	for _, o := range w.candidates(g) {
		w.take(o, g, rest)
	}
}

// found keeps a choice that lacks nothing.
func (w *walk) found() {
	c := choice{w.choice.price, slices.Sorted(slices.Values(w.choice.offers)), slices.Clone(w.choice.before)}
	if w.can(c) {
		w.best = &c
	}
}

// candidates are the offers that bring a goal, in order of what they add.
func (w *walk) candidates(g goal) []int {
	var some []int
	if g.offers != nil {
		some = slices.Clone(g.offers)
	} else {
		for _, way := range w.ways[g.competence] {
			if way.brings(g) {
				some = append(some, way.offer)
			}
		}
	}
	some = slices.DeleteFunc(some, func(o int) bool { return w.offers[o].never })
	slices.SortStableFunc(some, func(a, b int) int {
		x, y := w.adds(a), w.adds(b)
		return cmp.Or(cmp.Compare(x.minutes, y.minutes), cmp.Compare(x.cents, y.cents))
	})
	return some
}

// adds is what an offer adds to the price.
func (w *walk) adds(o int) price {
	if w.chosen[o] {
		return price{}
	}
	return price{w.offers[o].item.Minutes, w.offers[o].item.Cents}
}

// take lets an offer bring a goal and goes on, then takes it back.
func (w *walk) take(o int, g goal, rest []goal) {
	open := slices.Clip(rest)
	was := w.choice
	if g.before >= 0 {
		if !w.order(o, g.before) {
			return
		}
	}
	if g.offers == nil {
		at := slices.IndexFunc(w.ways[g.competence], func(way way) bool { return way.offer == o && way.brings(g) })
		if from := w.ways[g.competence][at].from; from > w.levels[g.competence] {
			open = append(open, goal{before: o, competence: g.competence, level: from})
		}
	}
	fresh := !w.chosen[o]
	if fresh {
		open = append(open, w.needs(o)...)
		w.choice.price = was.plus(w.adds(o))
		w.choice.offers = append(slices.Clip(was.offers), o)
		w.chosen[o] = true
	}
	w.next(open)
	if fresh {
		w.chosen[o] = false
	}
	w.choice = was
}

// brings reports whether a raise brings a goal.
func (r raise) brings(g goal) bool { return r.from < g.level && r.to >= g.level }

// needs are the goals of an offer itself.
func (s *search) needs(o int) []goal {
	var goals []goal
	offer := &s.offers[o]
	for _, need := range offer.atLeast {
		if s.levels[need.competence] < need.from {
			goals = append(goals, goal{before: o, competence: need.competence, level: need.from})
		}
	}
	for _, first := range offer.after {
		if !s.done[first] {
			goals = append(goals, goal{before: o, offers: []int{first}})
		}
	}
	if len(offer.any) > 0 && !slices.ContainsFunc(offer.any, func(i int) bool { return s.done[i] }) {
		goals = append(goals, goal{before: o, offers: offer.any})
	}
	return goals
}

// order notes that one offer comes before another; false where that makes a circle.
func (w *walk) order(first, then int) bool {
	if first == then || w.after(then, first, nil) {
		return false
	}
	w.choice.before = append(slices.Clip(w.choice.before), [2]int{first, then})
	return true
}

// after reports whether the second offer comes after the first, directly or not.
func (w *walk) after(first, then int, seen []int) bool {
	for _, b := range w.choice.before {
		if b[0] != first || slices.Contains(seen, b[1]) {
			continue
		}
		if b[1] == then || w.after(b[1], then, append(seen, b[1])) {
			return true
		}
	}
	return false
}

// hardest is the place of the goal with the fewest offers: it decides soonest.
func (w *walk) hardest(open []goal) int {
	best, fewest := 0, -1
	for i, g := range open {
		n := len(g.offers)
		if g.offers == nil {
			for _, way := range w.ways[g.competence] {
				if way.brings(g) {
					n++
				}
			}
		}
		if fewest < 0 || n < fewest {
			best, fewest = i, n
		}
	}
	return best
}

// hopeless reports whether whatever follows is no better than what was found already.
func (w *walk) hopeless(open []goal) bool {
	least := w.choice.price.plus(w.least(open))
	return least.cents >= w.below || w.best != nil && !least.less(w.best.price)
}

// least is what the open goals add at the least: for each competence the cheapest chain of raises to the highest level that
// is asked, where an offer that raises several competences counts for each with its share.
func (w *walk) least(open []goal) price {
	highest := make([]competences.Level, len(w.ids))
	for _, g := range open {
		if g.offers == nil {
			highest[g.competence] = max(highest[g.competence], g.level)
		}
	}
	var minutes, cents float64
	for c, level := range highest {
		if level > w.levels[c] {
			minutes += w.chain(c, level, func(p price) int { return p.minutes })
			cents += w.chain(c, level, func(p price) int { return p.cents })
		}
	}
	const rounding = 1e-6
	return price{int(minutes + 1 - rounding), int(cents + 1 - rounding)} // both are whole
}

// chain is the cheapest way, by shares, from the level there is to another within one competence.
func (w *walk) chain(c int, level competences.Level, of func(price) int) float64 {
	const never = 1e15
	cost := make([]float64, level+1) // of having at least each level
	for l := w.levels[c] + 1; l <= level; l++ {
		cost[l] = never
		for _, way := range w.ways[c] {
			if r := way.raise; r.from < l && r.to >= l {
				cost[l] = min(cost[l], cost[r.from]+float64(of(w.adds(way.offer)))/float64(len(w.offers[way.offer].raises)))
			}
		}
	}
	return cost[level]
}
