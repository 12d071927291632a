package mobility

import (
	"cmp"
	"math"
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
	rate   float64           // minutes that a cent is worth in a bound on both; whatever it is, the bound holds
	can    func(choice) bool // whether a choice that lacks nothing can be done in time

	highest []competences.Level // room to reckon in: by competence, the level that is asked
	serves  []int               // by offer, how much of what is asked it helps to
	costs   []cost
}

func (s *search) walk(steps int) *walk {
	return &walk{search: s, steps: steps, chosen: make([]bool, len(s.offers)), highest: make([]competences.Level, len(s.ids)), serves: make([]int, len(s.offers))}
}

// cheapest finds the choice with the fewest minutes, and of those the fewest cents, that stays below some cents and can be
// done; nil where there is none. It takes at most some steps and returns how many are left: none, where not everything was
// tried.
func (s *search) cheapest(goals []goal, below, steps int, can func(choice) bool) (*choice, int) {
	w := s.walk(steps)
	w.below, w.can = below, can
	if least := w.least(goals); below < math.MaxInt && least.cents > 0 {
		w.rate = float64(least.minutes) / float64(least.cents) / 2
	}
	w.next(goals)
	return w.best, max(0, w.steps)
}

// room is for how many goals of an offer itself there is place behind the open ones, before they are copied.
const room = 4

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
	rest := append(make([]goal, 0, len(open)+room), open...)
	rest = slices.Delete(rest, at, at+1)
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
	open := rest // what comes behind it is of this offer alone: the next one writes over it
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
		w.choice.offers = append(was.offers, o)
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
	w.choice.before = append(w.choice.before, [2]int{first, then})
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
	least := w.least(open)
	both := least.both + float64(w.choice.minutes) + w.rate*float64(w.choice.cents)
	least.price = least.plus(w.choice.price)
	if least.cents >= w.below {
		return true
	}
	return w.best != nil && (!least.less(w.best.price) || w.rate > 0 && both > float64(w.best.minutes)+w.rate*float64(w.below)+1e-6)
}

// least is what the open goals add at the least: for each competence the cheapest chain of raises to the highest level that
// is asked, and for each certificate the cheapest offer, where an offer that serves several of them counts for each with its
// share.
func (w *walk) least(open []goal) bound {
	clear(w.highest)
	clear(w.serves)
	for _, g := range open {
		switch {
		case g.offers == nil:
			w.highest[g.competence] = max(w.highest[g.competence], g.level)
		case g.before < 0:
			for _, o := range g.offers {
				w.serves[o]++
			}
		}
	}
	for c, level := range w.highest {
		for _, way := range w.ways[c] {
			if way.from < level && way.to > w.levels[c] {
				w.serves[way.offer]++
			}
		}
	}
	var sum cost
	for c, level := range w.highest {
		if level > w.levels[c] {
			sum = sum.plus(w.chain(c, level))
		}
	}
	for _, g := range open {
		if g.offers != nil && g.before < 0 {
			cheapest := never
			for _, o := range g.offers {
				cheapest = cheapest.min(w.share(o))
			}
			sum = sum.plus(cheapest)
		}
	}
	const rounding = 1e-6
	return bound{price{int(sum.minutes + 1 - rounding), int(sum.cents + 1 - rounding)}, sum.both} // both are whole
}

// A bound is what is added at the least: of each apart, and of minutes and cents together at the rate of a walk.
type bound struct {
	price
	both float64
}

// A cost is a price by shares.
type cost struct{ minutes, cents, both float64 }

var never = cost{1e15, 1e15, 1e15}

func (c cost) plus(o cost) cost {
	return cost{c.minutes + o.minutes, c.cents + o.cents, c.both + o.both}
}
func (c cost) min(o cost) cost {
	return cost{min(c.minutes, o.minutes), min(c.cents, o.cents), min(c.both, o.both)}
}

// share is what an offer adds for each of what it serves.
func (w *walk) share(o int) cost {
	adds, parts := w.adds(o), float64(w.serves[o])
	minutes, cents := float64(adds.minutes)/parts, float64(adds.cents)/parts
	return cost{minutes, cents, minutes + w.rate*cents}
}

// chain is the cheapest way, by shares, from the level there is to another within one competence.
func (w *walk) chain(c int, level competences.Level) cost {
	costs := append(w.costs[:0], make([]cost, level+1)...) // of having at least each level
	w.costs = costs
	for l := w.levels[c] + 1; l <= level; l++ {
		costs[l] = never
		for _, way := range w.ways[c] {
			if way.from < l && way.to >= l {
				costs[l] = costs[l].min(costs[max(way.from, 0)].plus(w.share(way.offer)))
			}
		}
	}
	return costs[level]
}
