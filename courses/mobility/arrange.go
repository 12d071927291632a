package mobility

import (
	"cmp"
	"fmt"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var wrongSteps = fault.New(fault.Invalid, "Deze stappen kunnen zo niet:", "These steps cannot be done this way:").Because("steps")

// Arrange gives items that somebody chose themselves their days, in an order in which they can be done. It is fault.Invalid,
// at items[0] and so on, where an item cannot be begun with the others or has no day left.
func Arrange(p Problem, ids []competences.ItemID) (Plan, error) {
	s := newSearch(p)
	mistakes := *wrongSteps
	var chosen []int
	for i, id := range ids {
		o := slices.IndexFunc(p.Items, func(item competences.LearningItem) bool { return item.ID == id })
		place := fmt.Sprintf("items[%d]", i)
		switch {
		case o < 0:
			mistakes = *mistakes.At(place, "dit leeraanbod bestaat niet: kies er een uit de lijst", "this learning does not exist: choose one from the list")
		case s.done[o]:
			mistakes = *mistakes.At(place, "dit is al gedaan: haal het weg", "this is done already: remove it")
		case slices.Contains(chosen, o):
			mistakes = *mistakes.At(place, "dit staat er al: haal een van de twee weg", "this is there already: remove one of the two")
		}
		chosen = append(chosen, o)
	}
	if len(mistakes.Fields) > 0 {
		return Plan{}, &mistakes
	}
	c, stuck := s.arrange(chosen)
	for _, o := range stuck {
		dutch, english := s.needed(o)
		mistakes = *mistakes.At(fmt.Sprintf("items[%d]", slices.Index(chosen, o)), dutch, english)
	}
	if len(stuck) > 0 {
		return Plan{}, &mistakes
	}
	plan, ok := s.plan(choice{c.price, slices.Sorted(slices.Values(c.offers)), c.before})
	if ok {
		return plan, nil
	}
	for n := range c.offers { // the first that has no day left, of those before it too
		if _, ok := s.plan(choice{offers: c.offers[:n+1], before: c.before}); !ok {
			return Plan{}, mistakes.At(fmt.Sprintf("items[%d]", slices.Index(chosen, c.offers[n])), "hiervoor is geen dag meer die past: kies iets anders", "there is no day left for this: choose something else")
		}
	}
	return plan, nil
}

// arrange puts offers in an order in which they can be done, and tells which of them cannot.
func (s *search) arrange(waiting []int) (c choice, stuck []int) {
	levels, did := slices.Clone(s.levels), slices.Clone(s.done)
	raisers := make([][]int, len(s.ids)) // by competence: what raised it
	waiting = slices.Clone(waiting)
	for len(waiting) > 0 {
		can := func(o int) bool { return s.may(o, levels, func(i int) bool { return did[i] }) }
		at := slices.IndexFunc(waiting, func(o int) bool { return can(o) && s.raise(o, slices.Clone(levels)) })
		if at < 0 { // what raises nothing comes after what does
			if at = slices.IndexFunc(waiting, can); at < 0 {
				return c, waiting
			}
		}
		o := waiting[at]
		waiting = slices.Delete(waiting, at, at+1)
		var first []int
		for _, need := range slices.Concat(s.offers[o].atLeast, s.offers[o].raises) {
			if s.levels[need.competence] < need.from {
				first = append(first, raisers[need.competence]...)
			}
		}
		first = append(first, slices.DeleteFunc(slices.Clone(s.offers[o].after), func(i int) bool { return s.done[i] })...)
		if any := s.offers[o].any; !slices.ContainsFunc(any, func(i int) bool { return s.done[i] }) {
			if i := slices.IndexFunc(any, func(i int) bool { return did[i] }); i >= 0 {
				first = append(first, any[i])
			}
		}
		for _, i := range first {
			if pair := [2]int{i, o}; !slices.Contains(c.before, pair) {
				c.before = append(c.before, pair)
			}
		}
		for _, r := range s.offers[o].raises {
			if levels[r.competence] >= r.from && levels[r.competence] < r.to {
				raisers[r.competence] = append(raisers[r.competence], o)
			}
		}
		s.raise(o, levels)
		did[o] = true
		c.offers, c.price = append(c.offers, o), c.price.plus(price{s.offers[o].item.Minutes, s.offers[o].item.Cents})
	}
	return c, nil
}

// needed says what must come before an offer that cannot be begun.
func (s *search) needed(o int) (dutch, english string) {
	item := s.offers[o].item
	switch {
	case item.Earlier != "" && !slices.Contains(s.problem.Held, item.Earlier):
		return fmt.Sprintf("dit is alleen voor wie eerder %s had: kies iets anders", item.Earlier), fmt.Sprintf("this is only for who had %s before: choose something else", item.Earlier)
	case len(item.After) > 0:
		return fmt.Sprintf("dit kan pas na %s: zet dat er ook bij", join(item.After, ", ")), fmt.Sprintf("this comes after %s: add that too", join(item.After, ", "))
	case len(item.AfterAny) > 0:
		return fmt.Sprintf("dit kan pas na een van %s: zet er een bij", join(item.AfterAny, ", ")), fmt.Sprintf("this comes after one of %s: add one", join(item.AfterAny, ", "))
	}
	return "hiervoor is eerst een hoger niveau nodig: zet er iets bij dat daarheen leidt", "this needs a higher level first: add something that leads there"
}

// Left is what a role asks and a plan does not bring: in the order in which it is asked.
func (p Problem) Left(plan Plan) []Open {
	levels := make(map[competences.CompetenceID]competences.Level)
	for _, step := range plan.Steps {
		for _, r := range step.Raises {
			levels[r.Competence] = max(levels[r.Competence], r.To)
		}
	}
	var left []Open
	for _, t := range p.Target {
		if reaches := max(levels[t.Competence], p.Levels[t.Competence]); reaches < t.Level {
			left = append(left, Open{Required: t, Has: p.Levels[t.Competence], Reaches: reaches})
		}
	}
	return left
}

// A Wanted is a step as somebody writes it down: an item, or an appointment in words.
type Wanted struct {
	Item  competences.ItemID
	Title string // of an appointment
	Owner staff.PersonID
	From  calendar.Date // zero: of an item, as early as it can; of an appointment, the last day
	Until calendar.Date
}

const (
	mostWanted   = 60
	longestTitle = 200
)

// Steps makes the steps of a track of what somebody wants and of what is done already. fault.Invalid says at steps[0] and
// so on everything that cannot be.
func Steps(p Problem, person staff.PersonID, done []TrackStep, wanted []Wanted) ([]TrackStep, error) {
	if len(wanted) > mostWanted {
		return nil, wrongSteps.At("steps", "schrijf hoogstens 60 stappen op", "write down at most 60 steps")
	}
	mistakes := *wrongSteps
	var ids []competences.ItemID
	var places []int // in wanted, of each of ids
	for i, w := range wanted {
		if w.Item != "" {
			ids, places = append(ids, w.Item), append(places, i)
		}
		mistakes = *w.check(fmt.Sprintf("steps[%d]", i), p.From, mistakes)
	}
	plan, err := Arrange(p, ids)
	if f := fault.Of(err); f != nil {
		for _, field := range f.Fields {
			var n int
			if _, err := fmt.Sscanf(field.Path, "items[%d]", &n); err == nil {
				mistakes = *mistakes.At(fmt.Sprintf("steps[%d].item", places[n]), field.Dutch, field.English)
			}
		}
	}
	if len(mistakes.Fields) > 0 {
		return nil, &mistakes
	}
	steps := slices.Clone(done)
	ends := make(map[competences.ItemID]calendar.Date)
	add := func(step TrackStep, w Wanted) {
		step.Owner = cmp.Or(w.Owner, person)
		if !w.Until.IsZero() {
			step.From, step.Until = cmp.Or(w.From, min(cmp.Or(step.From, w.Until), w.Until)), w.Until
		}
		steps = append(steps, step)
	}
	for _, s := range plan.Steps {
		place := places[slices.Index(ids, s.Item.ID)]
		add(TrackStep{Item: s.Item.ID, Title: s.Item.Title, From: s.From, Until: s.Until, Minutes: s.Item.Minutes, Cents: s.Item.Cents, Statutory: s.Item.Statutory}, wanted[place])
		step := steps[len(steps)-1]
		ends[step.Item] = step.Until
		for _, before := range s.After {
			if step.From <= ends[before] {
				mistakes = *mistakes.At(fmt.Sprintf("steps[%d].from", place), fmt.Sprintf("dit kan pas na %s: kies een dag na %s", before, ends[before].Dutch()), fmt.Sprintf("this comes after %s: choose a day after %s", before, ends[before].English()))
			}
		}
		if last := s.Item.Until; !last.IsZero() && step.Until > last {
			mistakes = *mistakes.At(fmt.Sprintf("steps[%d].until", place), fmt.Sprintf("dit kan tot en met %s: kies een eerdere dag", last.Dutch()), fmt.Sprintf("this can be done until %s: choose an earlier day", last.English()))
		}
	}
	for _, w := range wanted {
		if w.Item == "" {
			add(TrackStep{Title: w.Title}, w)
		}
	}
	if len(mistakes.Fields) > 0 {
		return nil, &mistakes
	}
	slices.SortStableFunc(steps, func(a, b TrackStep) int {
		return cmp.Or(cmp.Compare(min(1, b.DoneOn), min(1, a.DoneOn)), cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until), cmp.Compare(a.Item, b.Item))
	})
	for i := range steps {
		steps[i].Number = i + 1
	}
	return steps, nil
}

// check adds what is wrong with a step by itself.
func (w Wanted) check(place string, from calendar.Date, mistakes fault.Error) *fault.Error {
	if w.Item == "" {
		if w.Title == "" || len([]rune(w.Title)) > longestTitle {
			mistakes = *mistakes.At(place+".title", "schrijf in hoogstens 200 tekens op wat jullie afspreken", "write down in at most 200 characters what you agree")
		}
		if w.Until.IsZero() {
			mistakes = *mistakes.At(place+".until", "kies de dag waarop dit klaar is", "choose the day on which this is done")
		}
	}
	switch {
	case !w.From.IsZero() && w.Until.IsZero():
		mistakes = *mistakes.At(place+".until", "kies ook de laatste dag", "choose the last day too")
	case !w.Until.IsZero() && w.Until < cmp.Or(w.From, w.Until):
		mistakes = *mistakes.At(place+".until", "kies een laatste dag op of na de eerste", "choose a last day on or after the first")
	case !w.Until.IsZero() && w.Until < from:
		mistakes = *mistakes.At(place+".until", "kies een dag die nog komt", "choose a day that is still to come")
	}
	return &mistakes
}
