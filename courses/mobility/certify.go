package mobility

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
)

// A Lesson is what somebody does once to be certified, or to stay so.
type Lesson struct {
	Scheme  certificates.SchemeKey
	Renews  bool // the short path counts
	From    calendar.Date
	Until   calendar.Date // of a renewal the last day on which it counts; otherwise when it is done
	Minutes int
	Cents   int
	Items   []competences.ItemID // that lead there; none: what the scheme itself asks
	Period  certificates.Period  // that follows
}

// A Course is a number of lessons that somebody has the time for.
type Course struct {
	Lessons []Lesson // in order of their last day
	Minutes int
	Cents   int
}

// A chain is one scheme of somebody, as far as it is known today.
type chain struct {
	scheme certificates.Scheme
	last   *certificates.Period // nil: never certified, or taken away
	held   bool                 // it holds on the first day to learn
	most   int                  // lessons until the last day
	offer  bool                 // something leads there
}

// mostCourses is how many courses of one person are looked at. Of somebody with more, each scheme is left as it is or kept to
// the end.
const mostCourses = 1000

// Courses lists what somebody can do to hold some schemes for longer, until a day at most: each scheme as often as it must be
// renewed for that, or less often. Renewals are done within the days on which they count, the rest is learned as soon as
// there is time, the shortest first. Target and Needed of the problem are not read. unoffered are schemes that they do not hold
// and that nothing leads to; all is false where there are more courses than these.
func Courses(p Problem, schemes []certificates.Scheme, periods []certificates.Period, until calendar.Date) (courses []Course, unoffered []certificates.SchemeKey, all bool) {
	var chains []chain
	total := 1
	for _, s := range schemes {
		c := newChain(p, s, periods)
		if c.held && (c.last.ValidUntil.IsZero() || c.last.ValidUntil >= until) {
			continue
		}
		if !c.offer {
			unoffered = append(unoffered, s.Key)
			continue
		}
		c.count(p, until)
		chains, total = append(chains, c), total*(c.most+1)
	}
	often := make([]int, len(chains))
	var next func(at int)
	next = func(at int) {
		if at == len(chains) {
			if c, ok := p.course(chains, often, until); ok && len(c.Lessons) > 0 {
				courses = append(courses, c)
			}
			return
		}
		for often[at] = 0; often[at] <= chains[at].most; often[at]++ {
			if total <= mostCourses || often[at] == 0 || often[at] == chains[at].most {
				next(at + 1)
			}
		}
		often[at] = 0
	}
	next(0)
	return courses, unoffered, total <= mostCourses
}

// newChain finds out how somebody stands in a scheme, and whether something leads to what follows.
func newChain(p Problem, s certificates.Scheme, periods []certificates.Period) chain {
	c := chain{scheme: s}
	for i, period := range periods {
		if period.Scheme == s.Key && !period.RevokedBy(p.From) && (c.last == nil || period.Cycle > c.last.Cycle) {
			c.last = &periods[i]
		}
	}
	c.held = c.last != nil && (c.last.ValidUntil.IsZero() || c.last.ValidUntil >= p.From)
	c.offer = c.held || c.own() || c.short(p) || slices.ContainsFunc(p.Items, func(i competences.LearningItem) bool { return i.Scheme == s.Key && i.Earlier == "" })
	for _, before := range s.Prerequisites {
		c.offer = c.offer && (c.held || !before.Hard || slices.ContainsFunc(periods, func(period certificates.Period) bool {
			return period.Scheme == before.Scheme && period.State(p.From, 0, false) == certificates.Valid
		}))
	}
	return c
}

// own reports whether the scheme asks what people can do here at any time: our courses, or a decision.
func (c *chain) own() bool {
	return !slices.ContainsFunc(c.scheme.Components, func(part certificates.Component) bool {
		return part.Kind != certificates.ComponentCourse && part.Kind != certificates.ComponentDesignation
	})
}

// short reports whether the refresher suffices for somebody whose certificate ended.
func (c *chain) short(p Problem) bool {
	return !c.held && c.last != nil && c.last.GraceUntil >= p.From
}

// count finds how many lessons the scheme takes until a day.
func (c *chain) count(p Problem, until calendar.Date) {
	last, first := c.last, p.From
	if !c.held {
		c.most, last = 1, c.after(c.last, first)
	}
	for last != nil && !last.ValidUntil.IsZero() && last.ValidUntil < until && c.most < 60 {
		c.most, last = c.most+1, c.after(last, last.ValidUntil)
	}
}

// after is the period that follows when the scheme is completed on a day; nil where none does.
func (c *chain) after(last *certificates.Period, day calendar.Date) *certificates.Period {
	n, err := certificates.NextPeriod(c.scheme, last, day)
	if err != nil || !n.Counts {
		return nil
	}
	period := certificates.Period{
		Scheme: c.scheme.Key, SchemeVersion: c.scheme.Version, Cycle: 1, Anchor: n.Anchor, Term: n.Term, Path: n.Path, CompletedOn: day,
		ValidFrom: n.ValidFrom, ValidUntil: n.ValidUntil, WindowOpensOn: n.WindowOpensOn, GraceUntil: n.GraceUntil,
	}
	if last != nil {
		period.Person, period.Cycle = last.Person, last.Cycle+1
	}
	return &period
}

// lesson is completing the scheme on a day.
func (c *chain) lesson(p Problem, last *certificates.Period, from, day calendar.Date) (Lesson, bool) {
	period := c.after(last, day)
	if period == nil {
		return Lesson{}, false
	}
	l := Lesson{Scheme: c.scheme.Key, Renews: period.Path == certificates.PathRefresher, From: from, Until: day, Minutes: c.scheme.MinutesOn(period.Path), Period: *period}
	if !c.own() {
		l.Cents = c.cents(p)
	}
	return l, true
}

// cents is what the cheapest item costs that leads to the scheme.
func (c *chain) cents(p Problem) int {
	least := -1
	for _, i := range p.Items {
		if i.Scheme == c.scheme.Key && (least < 0 || i.Cents < least) {
			least = i.Cents
		}
	}
	return max(0, least)
}

// course lets somebody complete each scheme so many times; false where they do not have the time, or need not so often.
func (p Problem) course(chains []chain, often []int, until calendar.Date) (Course, bool) {
	time := &ledger{first: p.From.Monday(), free: p.free}
	var course Course
	var fresh []int
	last := make([]*certificates.Period, len(chains))
	renew := func(i, times int) bool {
		for range times {
			if last[i].ValidUntil.IsZero() || last[i].ValidUntil >= until {
				return false
			}
			from := max(p.From, last[i].WindowOpensOn)
			l, ok := chains[i].lesson(p, last[i], from, max(from, last[i].ValidUntil))
			if !ok || !time.before(from, last[i].ValidUntil, l.Minutes) {
				return false
			}
			course.Lessons, last[i] = append(course.Lessons, l), &l.Period
		}
		return true
	}
	for i := range chains {
		last[i] = chains[i].last
		switch {
		case often[i] > 0 && !chains[i].held:
			fresh = append(fresh, i)
		case !renew(i, often[i]):
			return course, false
		}
	}
	lessons, ok := p.begin(chains, fresh, time)
	if !ok {
		return course, false
	}
	for n, i := range fresh {
		course.Lessons, last[i] = append(course.Lessons, lessons[n]), &lessons[n].Period
		if lessons[n].Until > until || !renew(i, often[i]-1) {
			return course, false
		}
	}
	for _, l := range course.Lessons {
		course.Minutes, course.Cents = course.Minutes+l.Minutes, course.Cents+l.Cents
	}
	slices.SortStableFunc(course.Lessons, func(a, b Lesson) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.Scheme, b.Scheme))
	})
	return course, true
}

// begin lets somebody learn what they do not hold, one thing after another: the refreshers, the shortest of what we have
// ourselves, and then what comes from elsewhere.
func (p Problem) begin(chains []chain, fresh []int, time *ledger) ([]Lesson, bool) {
	lessons := make([]Lesson, len(fresh))
	order := make([]int, len(fresh))
	var elsewhere []int
	for n := range order {
		order[n] = n
	}
	minutes := func(n int) int { return chains[fresh[n]].scheme.Minutes }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(minutes(a), minutes(b)) })
	for _, n := range order {
		c := &chains[fresh[n]]
		l, ok := p.soon(c, time)
		switch {
		case ok:
			lessons[n] = l
		case c.own():
			return nil, false
		default:
			elsewhere = append(elsewhere, n)
		}
	}
	if len(elsewhere) == 0 {
		return lessons, true
	}
	p.Target, p.Needed, p.Free = nil, nil, time.left
	for _, n := range elsewhere {
		key := chains[fresh[n]].scheme.Key
		p.Needed = append(p.Needed, key)
		p.Held = slices.DeleteFunc(slices.Clone(p.Held), func(held certificates.SchemeKey) bool { return held == key })
		p.Done = slices.DeleteFunc(slices.Clone(p.Done), func(done competences.ItemID) bool {
			return slices.ContainsFunc(p.Items, func(i competences.LearningItem) bool { return i.ID == done && i.Scheme == key })
		})
	}
	found := Propose(p)
	if len(found.Without) > 0 || len(found.Plans) == 0 {
		return nil, false
	}
	var before Lesson // what comes first and leads to none of them
	for _, step := range found.Plans[0].Steps {
		for _, w := range step.PerWeek {
			time.spend(w.Monday, w.Minutes)
		}
		before.From = cmp.Or(before.From, step.From)
		before.Minutes, before.Cents, before.Items = before.Minutes+step.Item.Minutes, before.Cents+step.Item.Cents, append(before.Items, step.Item.ID)
		at := slices.IndexFunc(elsewhere, func(n int) bool { return chains[fresh[n]].scheme.Key == step.Item.Scheme })
		if at < 0 {
			continue
		}
		c := &chains[fresh[elsewhere[at]]]
		l, ok := c.lesson(p, c.last, before.From, step.Until)
		if !ok {
			return nil, false
		}
		l.Minutes, l.Cents, l.Items, before = before.Minutes, before.Cents, before.Items, Lesson{}
		lessons[elsewhere[at]] = l
	}
	return lessons, !slices.ContainsFunc(lessons, func(l Lesson) bool { return l.Scheme == "" })
}

// soon is completing a scheme as soon as there is time, where that asks nothing on days that others choose.
func (p Problem) soon(c *chain, time *ledger) (Lesson, bool) {
	if c.own() {
		minutes, short := c.scheme.Minutes, c.short(p)
		if short {
			minutes = c.scheme.MinutesOn(certificates.PathRefresher)
		}
		done, ok := time.after(p.From, minutes)
		if ok && short && done > c.last.GraceUntil { // too late for the refresher: the whole of it
			done, ok = time.after(p.From, c.scheme.Minutes-minutes)
		}
		if !ok {
			return Lesson{}, false
		}
		return c.lesson(p, c.last, p.From, done)
	}
	if !c.short(p) {
		return Lesson{}, false
	}
	var day calendar.Date // the first on which it can be done
	anyTime := true
	for _, i := range p.Items {
		if i.Scheme != c.scheme.Key {
			continue
		}
		anyTime = len(i.Starts) == 0
		for _, start := range i.Starts {
			if len(start) > 0 && start[0] >= p.From && (day.IsZero() || start[len(start)-1] < day) {
				day = start[len(start)-1]
			}
		}
		if anyTime {
			break
		}
	}
	minutes, ok := c.scheme.MinutesOn(certificates.PathRefresher), !day.IsZero()
	if anyTime {
		day, ok = time.after(p.From, minutes)
	} else {
		time.spend(day, minutes)
	}
	if !ok || day > c.last.GraceUntil {
		return Lesson{}, false
	}
	return c.lesson(p, c.last, p.From, day)
}

// A ledger keeps what is left of somebody's weeks.
type ledger struct {
	first calendar.Date // the Monday of the first week
	free  func(monday calendar.Date) int
	weeks []int
}

// week is the place of the week of a day, what is left of it filled in.
func (t *ledger) week(day calendar.Date) int {
	at := int(day.Monday()-t.first) / 7
	for len(t.weeks) <= at {
		t.weeks = append(t.weeks, max(0, t.free(t.first.AddDays(7*len(t.weeks)))))
	}
	return at
}

// left is what is left of the week of a Monday.
func (t *ledger) left(monday calendar.Date) int { return t.weeks[t.week(monday)] }

// spend takes from a week what something on a fixed day asks: no more than is left, the rest is made up for.
func (t *ledger) spend(monday calendar.Date, minutes int) {
	for at := t.week(monday); minutes > 0 && at < len(t.weeks)+mostWeeks; at++ {
		t.week(t.first.AddDays(7 * at))
		some := min(minutes, t.weeks[at])
		t.weeks[at], minutes = t.weeks[at]-some, minutes-some
	}
}

// before takes minutes from the last weeks between two days; false where they do not have so many.
func (t *ledger) before(from, until calendar.Date, minutes int) bool {
	first := t.week(from)
	for at := t.week(until); at >= first && minutes > 0; at-- {
		some := min(minutes, t.weeks[at])
		t.weeks[at], minutes = t.weeks[at]-some, minutes-some
	}
	return minutes == 0
}

// after takes minutes from the first weeks from a day on, and tells on which day they have been spent.
func (t *ledger) after(from calendar.Date, minutes int) (calendar.Date, bool) {
	done := from
	for at, i := t.week(from), 0; minutes > 0; at, i = at+1, i+1 {
		if i == mostWeeks {
			return 0, false
		}
		monday := t.first.AddDays(7 * at)
		t.week(monday)
		if some := min(minutes, t.weeks[at]); some > 0 {
			t.weeks[at], minutes, done = t.weeks[at]-some, minutes-some, max(from, monday.AddDays(4))
		}
	}
	return done, true
}
