package mobility

import (
	"math"
	"slices"
)

// How often the worths of needs are made better, before the first choice and before every other; how many rounds without a
// better bound make the step half as large; and after how many a plan is made of what everybody would take.
const (
	mostRounds, someRounds = 4000, 100
	patience, planEvery    = 30, 50
)

// next searches what is open for something cheaper than the best found. worths are what
// the needs were worth before.
func (s *teamSearch) next(open [][]bool, worths []int64, rounds int) {
	worths = slices.Clone(worths)
	highest, best := int64(math.MinInt64), slices.Clone(worths)
	pace, waited := 1.0, 0
	for round := range rounds {
		bound, chosen := s.relax(open, worths)
		if bound > highest {
			highest, waited = bound, 0
			copy(best, worths)
		} else if waited++; waited == patience {
			pace, waited = pace/2, 0
		}
		if round%planEvery == 0 {
			s.improve(open, slices.Clone(chosen))
		}
		if highest > s.least-s.grain {
			return
		}
		missing, length := s.missing(chosen), 0.0
		for n, m := range missing {
			if m > 0 || worths[n] > 0 {
				length += float64(m) * float64(m)
			}
		}
		if length == 0 || pace < 1e-3 {
			break
		}
		step := pace * (float64(s.least) - float64(bound)) / length
		for n, m := range missing {
			worths[n] = int64(min(float64(s.needs[n].price), max(0, float64(worths[n])+step*float64(m))))
		}
	}
	if s.steps <= 0 {
		s.below = min(s.below, highest)
		return
	}
	l := s.narrow(open, best, highest)
	if l < 0 {
		return
	}
	for _, o := range s.inOrder(open[l], l, best) {
		deeper := make([][]bool, len(open))
		for i := range open {
			deeper[i] = slices.Clone(open[i])
		}
		clear(deeper[l])
		deeper[l][o] = true
		s.next(deeper, best, someRounds)
	}
}

// relax lets every learner take the open option that pays most, and tells the bound.
func (s *teamSearch) relax(open [][]bool, worths []int64) (bound int64, chosen []int) {
	chosen = make([]int, len(open))
	for n, need := range s.needs {
		bound += worths[n] * int64(need.missing)
	}
	for l := range open {
		least := int64(math.MaxInt64)
		for o, is := range open[l] {
			if is {
				if net := s.net(l, o, worths); net < least {
					least, chosen[l] = net, o
				}
			}
		}
		bound += least
	}
	return bound, chosen
}

// net is what an option costs less what it earns.
func (s *teamSearch) net(l, o int, worths []int64) int64 {
	net := s.options[l][o].price
	for _, n := range s.options[l][o].helps {
		net -= worths[n]
	}
	s.steps -= 1 + len(s.options[l][o].helps)/8
	return net
}

// narrow closes every option that leads to nothing cheaper, and those that only let two people alike change places. It
// returns whose choice is to be made next: of whom the options are worth most; -1 where nobody has one, and then what is left
// was found.
func (s *teamSearch) narrow(open [][]bool, worths []int64, bound int64) int {
	who, most := -1, int64(-1)
	for l := range open {
		nets := make([]int64, len(open[l]))
		least, left := int64(math.MaxInt64), 0
		for o, is := range open[l] {
			if is {
				nets[o] = s.net(l, o, worths)
				least = min(least, nets[o])
			}
		}
		first := 0
		if twin := s.twin[l]; twin >= 0 {
			first = max(0, slices.Index(open[twin], true))
		}
		for o := range open[l] {
			if open[l][o] = open[l][o] && o >= first && bound+nets[o]-least <= s.least-s.grain; open[l][o] {
				left++
			}
		}
		if left == 0 {
			return -1
		}
		if left > 1 && -least > most {
			who, most = l, -least
		}
	}
	if who < 0 {
		chosen := make([]int, len(open))
		for l := range open {
			chosen[l] = slices.Index(open[l], true)
		}
		s.keep(chosen)
	}
	return who
}

// inOrder are the open options of a learner, what pays most first.
func (s *teamSearch) inOrder(open []bool, l int, worths []int64) []int {
	var options []int
	for o, is := range open {
		if is {
			options = append(options, o)
		}
	}
	slices.SortStableFunc(options, func(a, b int) int { return int(min(1, max(-1, s.net(l, a, worths)-s.net(l, b, worths)))) })
	return options
}

// keep makes options the best found where they cost less.
func (s *teamSearch) keep(chosen []int) {
	if cost := s.cost(chosen); cost < s.least {
		s.least, s.best = cost, slices.Clone(chosen)
	}
}

// improve makes a plan of what everybody would take: it adds what helps most for its price until nobody is missing who can
// be had, and then takes away whatever is not needed.
func (s *teamSearch) improve(open [][]bool, chosen []int) {
	missing := s.missing(chosen)
	for {
		who, option, ratio := -1, 0, math.Inf(1)
		for l := range open {
			for o, is := range open[l] {
				if !is || o == chosen[l] {
					continue
				}
				if gain := s.gain(missing, s.options[l][chosen[l]].helps, s.options[l][o].helps); gain > 0 {
					if r := float64(max(1, s.options[l][o].price-s.options[l][chosen[l]].price)) / gain; r < ratio {
						who, option, ratio = l, o, r
					}
				}
			}
		}
		if who < 0 {
			break
		}
		s.move(missing, who, chosen[who], option)
		chosen[who] = option
	}
	for l := len(chosen) - 1; l >= 0; l-- {
		for o, is := range open[l] {
			if is && s.options[l][o].price < s.options[l][chosen[l]].price && s.gain(missing, s.options[l][chosen[l]].helps, s.options[l][o].helps) >= 0 {
				s.move(missing, l, chosen[l], o)
				chosen[l] = o
			}
		}
	}
	s.keep(chosen)
}

// gain is how many people fewer are missing with one option instead of another, each as often as needs stand for it.
func (s *teamSearch) gain(missing []int, was, is []int) (gain float64) {
	s.steps -= 1 + (len(was)+len(is))/8
	for i, j := 0, 0; i < len(was) || j < len(is); { // both in order
		switch {
		case j == len(is) || i < len(was) && was[i] < is[j]:
			if missing[was[i]] >= 0 {
				gain -= float64(s.needs[was[i]].price / s.short)
			}
			i++
		case i == len(was) || is[j] < was[i]:
			if missing[is[j]] > 0 {
				gain += float64(s.needs[is[j]].price / s.short)
			}
			j++
		default:
			i, j = i+1, j+1
		}
	}
	return gain
}

// move takes an option of somebody for another.
func (s *teamSearch) move(missing []int, l, was, is int) {
	for _, n := range s.options[l][was].helps {
		missing[n]++
	}
	for _, n := range s.options[l][is].helps {
		missing[n]--
	}
}
