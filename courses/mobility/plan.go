package mobility

import (
	"cmp"
	"math"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
)

// A Step is one item of a plan with its days.
type Step struct {
	Item    *competences.LearningItem
	From    calendar.Date
	Until   calendar.Date
	Raises  []competences.Raise  // what it brings the person: no more than that
	After   []competences.ItemID // steps of the plan that come first
	PerWeek []Week               // how its minutes fall
	Fixed   bool                 // it is given on these days, and not on others
}

// A Week is how much of something falls in a week.
type Week struct {
	Monday  calendar.Date
	Minutes int
}

// A Plan is one way to close the gap.
type Plan struct {
	Minutes int
	Cents   int
	Steps   []Step        // in order of their first day
	Ready   calendar.Date // the last day of the last step
	InTime  bool          // ready when the person should be
	Busiest Week          // the week that asks most
}

// A Proposal is what there is to choose from.
type Proposal struct {
	Plans   []Plan        // the one with the fewest hours first; none is dearer in both hours and money than another
	Fastest *Plan         // one that is in time, where none of the plans is; nil: none was found
	Open    []Open        // what no learning closes
	Without []Uncertified // certificates that no learning leads to
	Proven  bool          // nothing better exists; false: the search was stopped, and Bound says how far it can be off
	Bound   int           // no plan takes fewer minutes than this
	Met     int           // of what the role asks is there already
	Asked   int           // how many competences the role asks
	Goals   int           // competences and certificates that a plan closes
}

// An Uncertified is a certificate that nothing on offer leads to.
type Uncertified struct {
	Scheme certificates.SchemeKey
	Circle string // items that lead there and each need another of them first, separated by commas; none
	Late   bool   // what is on offer ends too soon to be done
}

// An Open is a gap that nothing on offer closes.
type Open struct {
	competences.Required
	Has     competences.Level
	Reaches competences.Level // how far the offer leads; Has where it leads nowhere
	Late    bool              // what is on offer ends too soon to be done
	Circle  string            // items that lead there and each need another of them first, separated by commas; none
}

const (
	mostSteps = 40_000 // of a search, all plans together: some tenths of a second at most
	mostPlans = 12
)

// Propose finds the plans for a problem. Where nothing is asked that the person does not have, there are no plans and
// nothing is open.
func Propose(p Problem) Proposal {
	s := newSearch(p)
	reachable, doable := s.reachable()
	proposal := Proposal{Asked: len(p.Target)}
	var goals []goal
	for _, t := range p.Target {
		c := slices.Index(s.ids, t.Competence)
		switch {
		case s.levels[c] >= t.Level:
			proposal.Met++
		case reachable[c] < t.Level:
			proposal.Open = append(proposal.Open, Open{Required: t, Has: s.levels[c], Reaches: reachable[c], Circle: s.circular(s.raisers(c, reachable[c]))})
		default:
			goals = append(goals, goal{before: -1, competence: c, level: t.Level})
		}
	}
	schemes, without := s.certificates(doable)
	goals, proposal.Without = append(goals, schemes...), without
	proposal.Goals = len(goals)
	if proposal.Proven = true; len(goals) == 0 {
		return proposal
	}
	proposal.Bound = s.walk(0).least(goals).minutes
	can := func(c choice) bool { _, ok := s.plan(c); return ok }
	steps, below, inTime, tried := mostSteps, math.MaxInt, false, false
	for len(proposal.Plans) < mostPlans {
		var c *choice
		c, steps = s.cheapest(goals, below, steps, can)
		if c == nil && steps > 0 && len(proposal.Plans) == 0 && !tried {
			if goals, steps, tried = s.inTime(goals, &proposal, p.Target, can), mostSteps, true; len(goals) == 0 {
				return proposal
			}
			continue
		}
		if proposal.Proven = len(proposal.Plans) > 0 || steps > 0; c == nil || steps == 0 && len(proposal.Plans) > 0 {
			break // what was found when the steps ran out may be worse than what was not
		}
		plan, _ := s.plan(*c)
		if proposal.Proven && len(proposal.Plans) == 0 {
			proposal.Bound = c.minutes
		}
		inTime, below = inTime || plan.InTime, c.cents
		proposal.Plans = append(proposal.Plans, plan)
	}
	if !inTime {
		c, _ := s.cheapest(goals, math.MaxInt, mostSteps/4, func(c choice) bool { plan, ok := s.plan(c); return ok && plan.InTime })
		if c != nil {
			plan, _ := s.plan(*c)
			proposal.Fastest = &plan
		}
	}
	return proposal
}

// Best tells the places of the plan with the fewest hours, the cheapest one and the one that is ready first; of equals the first.
func (p Proposal) Best() (fewest, cheapest, earliest int) {
	for i, plan := range p.Plans {
		if plan.Cents < p.Plans[cheapest].Cents {
			cheapest = i
		}
		if plan.Ready < p.Plans[earliest].Ready {
			earliest = i
		}
	}
	return 0, cheapest, earliest
}

// Uncertifiable lists the certificates of a problem that nothing on offer leads to.
func Uncertifiable(p Problem) []Uncertified {
	s := newSearch(p)
	_, doable := s.reachable()
	_, without := s.certificates(doable)
	return without
}

// certificates are the goals that certificates are, and those that nothing leads to.
func (s *search) certificates(doable []bool) (goals []goal, without []Uncertified) {
	for _, scheme := range s.problem.Needed {
		offers := s.leadTo(scheme)
		if some := slices.DeleteFunc(slices.Clone(offers), func(o int) bool { return !doable[o] }); len(some) > 0 {
			goals = append(goals, goal{before: -1, offers: some})
		} else {
			without = append(without, Uncertified{Scheme: scheme, Circle: s.circular(offers)})
		}
	}
	return goals, without
}

// inTime keeps the goals that can be reached by themselves before what leads there ends. The others are open.
func (s *search) inTime(goals []goal, proposal *Proposal, target []competences.Required, can func(choice) bool) []goal {
	return slices.DeleteFunc(goals, func(g goal) bool {
		if g.offers != nil {
			if c, left := s.cheapest([]goal{g}, math.MaxInt, mostSteps/4, can); c != nil || left == 0 {
				return false
			}
			proposal.Without = append(proposal.Without, Uncertified{Scheme: s.offers[g.offers[0]].item.Scheme, Late: true})
			return true
		}
		asked := g.level
		for ; g.level > s.levels[g.competence]; g.level-- {
			if c, left := s.cheapest([]goal{g}, math.MaxInt, mostSteps/4, can); c != nil || left == 0 {
				break
			}
		}
		if g.level == asked {
			return false
		}
		at := slices.IndexFunc(target, func(r competences.Required) bool { return r.Competence == s.ids[g.competence] && r.Level == asked })
		proposal.Open = append(proposal.Open, Open{Required: target[at], Has: s.levels[g.competence], Reaches: g.level, Late: true})
		return true
	})
}

// plan gives the offers of a choice their days: what is given on fixed days on the first of them that can be, everything
// else as early as there is time beside those, what most depends on first. It is false where an item has no day left.
func (s *search) plan(c choice) (Plan, bool) {
	var plan Plan
	var fixed []Week // what is given on fixed days takes, as far as is known
	for range 4 {    // other days can follow from it, but not without end
		var ok bool
		if plan, ok = s.lay(c, fixed); !ok {
			return Plan{}, false
		}
		was := fixed
		fixed = nil
		for _, step := range plan.Steps {
			if step.Fixed {
				fixed = append(fixed, step.PerWeek...)
			}
		}
		if slices.Equal(was, fixed) {
			break
		}
	}
	return plan, true
}

// lay gives the offers of a choice their days where fixed is taken already.
func (s *search) lay(c choice, fixed []Week) (Plan, bool) {
	plan := Plan{Minutes: c.minutes, Cents: c.cents}
	taken := &bank{first: s.problem.From.Monday(), free: s.problem.free}
	for _, w := range fixed {
		taken.borrow(w.Monday, w.Minutes)
	}
	ends := make(map[int]calendar.Date)
	tails := make(map[int]int)
	for _, o := range c.offers {
		s.tail(o, c, tails)
	}
	waiting := slices.Clone(c.offers)
	slices.SortStableFunc(waiting, func(a, b int) int { return -cmp.Compare(tails[a], tails[b]) })
	levels := slices.Clone(s.levels)
	for len(waiting) > 0 {
		at := slices.IndexFunc(waiting, func(o int) bool {
			return !slices.ContainsFunc(c.before, func(b [2]int) bool { _, done := ends[b[0]]; return b[1] == o && !done })
		})
		if at < 0 {
			return Plan{}, false
		}
		o := waiting[at]
		waiting = slices.Delete(waiting, at, at+1)
		ready := s.problem.From
		step := Step{Item: s.offers[o].item}
		for _, b := range c.before {
			if b[1] == o {
				ready = max(ready, ends[b[0]].AddDays(1))
				if id := s.offers[b[0]].item.ID; !slices.Contains(step.After, id) {
					step.After = append(step.After, id)
				}
			}
		}
		if !s.place(&step, ready, taken) {
			return Plan{}, false
		}
		for _, r := range s.offers[o].raises {
			if levels[r.competence] >= r.from && levels[r.competence] < r.to {
				step.Raises = append(step.Raises, competences.Raise{Competence: s.ids[r.competence], From: levels[r.competence], To: r.to})
				levels[r.competence] = r.to
			}
		}
		slices.Sort(step.After)
		ends[o] = step.Until
		plan.Steps = append(plan.Steps, step)
		plan.Ready = max(plan.Ready, step.Until)
	}
	slices.SortStableFunc(plan.Steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until), cmp.Compare(a.Item.ID, b.Item.ID))
	})
	perWeek := make(map[calendar.Date]int)
	for _, step := range plan.Steps {
		for _, w := range step.PerWeek {
			perWeek[w.Monday] += w.Minutes
		}
	}
	for monday, minutes := range perWeek {
		if minutes > plan.Busiest.Minutes || minutes == plan.Busiest.Minutes && monday < plan.Busiest.Monday {
			plan.Busiest = Week{monday, minutes}
		}
	}
	plan.InTime = s.problem.By.IsZero() || plan.Ready <= s.problem.By
	return plan, true
}

// tail is how many weeks an offer and what follows it take at the least.
func (s *search) tail(o int, c choice, tails map[int]int) int {
	if weeks, known := tails[o]; known {
		return weeks
	}
	longest := 0
	for _, b := range c.before {
		if b[0] == o {
			longest = max(longest, s.tail(b[1], c, tails))
		}
	}
	tails[o] = longest + s.offers[o].item.Weeks
	return tails[o]
}

// mostWeeks is how far ahead a plan looks for time.
const mostWeeks = 5 * 52

// place gives a step its days, from the day it is ready on. It takes time of the weeks for what has no fixed days: for what
// has, that is taken already. False where it cannot be done.
func (s *search) place(step *Step, ready calendar.Date, taken *bank) bool {
	if weekday := ready.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		ready = ready.Monday().AddDays(7)
	}
	item := step.Item
	if len(item.Starts) > 0 {
		at := slices.IndexFunc(item.Starts, func(d competences.Start) bool {
			return len(d) > 0 && d[0] >= ready && (s.problem.Missed == nil || !slices.ContainsFunc(d, s.problem.Missed)) && s.problem.full(item, true, d[0], d[0]) == nil
		})
		if at < 0 {
			return false
		}
		days := item.Starts[at]
		step.Fixed, step.From, step.Until = true, days[0], days[len(days)-1]
		if len(days) == 1 { // one day, and then what follows it
			step.Until = max(step.Until, days[0].AddDays(7*item.Weeks-1))
		}
		for i, part := range parts(item.Minutes, weeksFrom(step.From, step.Until)) {
			step.PerWeek = append(step.PerWeek, Week{step.From.Monday().AddDays(7 * i), part})
		}
		return item.Until.IsZero() || step.Until <= item.Until
	}
	for {
		was := slices.Clone(taken.weeks)
		if !s.spread(step, ready, taken) {
			return false
		}
		others := s.problem.full(item, false, step.From, step.Until)
		if others == nil {
			return true
		}
		taken.weeks, step.PerWeek = was, nil // again, after the first of them is done
		ready = slices.MinFunc(others, func(a, b Span) int { return cmp.Compare(a.Until, b.Until) }).Until.AddDays(1)
	}
}

// spread gives a step that can be done at any time its minutes, week by week from a day on.
func (s *search) spread(step *Step, ready calendar.Date, taken *bank) bool {
	item := step.Item
	left := item.Minutes
	step.From, step.Until = ready, ready
	for i, monday := 0, ready.Monday(); left > 0; i, monday = i+1, monday.AddDays(7) {
		if i == mostWeeks {
			return false
		}
		minutes := min(left, taken.room(monday))
		if minutes <= 0 {
			continue
		}
		if left == item.Minutes {
			step.From = max(ready, monday)
		}
		left -= minutes
		taken.spend(monday, minutes)
		step.PerWeek = append(step.PerWeek, Week{monday, minutes})
		step.Until = max(step.From, monday.AddDays(4)) // its Friday
	}
	step.Until = max(step.Until, step.From.Monday().AddDays(7*(item.Weeks-1)+4))
	return item.Until.IsZero() || step.Until <= item.Until
}

// weeksFrom is how many weeks two days are part of.
func weeksFrom(first, last calendar.Date) int {
	return int(last.Monday()-first.Monday())/7 + 1
}

// parts divides minutes over a number of weeks, the first of them no less than the last.
func parts(minutes, weeks int) []int {
	some := make([]int, weeks)
	for i := range some {
		some[i] = minutes / weeks
		if i < minutes%weeks {
			some[i]++
		}
	}
	return some
}
