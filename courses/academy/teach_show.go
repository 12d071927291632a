package academy

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// show tells of a teaching what somebody may see.
func (s *teaching) show(who staff.Actor, t *Teaching) {
	for i, place := range s.plan.Chosen {
		if place < 0 {
			continue
		}
		r := &s.files.records[s.learners[i].record]
		if !s.files.sees(who, r.Person) || t.Team != "" && !slices.Contains(s.files.teams[r.Person], t.Team) {
			t.Others++
			continue
		}
		t.Choices = append(t.Choices, s.choice(who, i, place, t))
	}
	slices.SortStableFunc(t.Choices, func(a, b TeachingChoice) int {
		return cmp.Or(cmp.Compare(a.Lessons[0].Until, b.Lessons[0].Until), cmp.Compare(a.Person, b.Person))
	})
	for p, process := range s.need.Processes {
		if !s.files.involved(who, process) || t.Team != "" && !s.worksIn(p, t.Team) {
			continue
		}
		t.Processes = append(t.Processes, s.process(p))
		t.Open = append(t.Open, s.gaps(p)...)
	}
}

// worksIn reports whether people of a team work in a process, by its place.
func (s *teaching) worksIn(process int, team staff.TeamID) bool {
	return slices.ContainsFunc(s.files.records, func(r staffing.Record) bool {
		return slices.ContainsFunc(r.Employments, func(e staff.Employment) bool {
			return e.Team == team && slices.ContainsFunc(s.need.Processes[process].Roles, func(held staff.RoleStretch) bool { return held.Role == e.Role })
		})
	})
}

// choice explains what one learner was chosen for.
func (s *teaching) choice(who staff.Actor, learner, place int, t *Teaching) TeachingChoice {
	l := s.learners[learner]
	r := &s.files.records[l.record]
	course, way := l.courses[place], l.ways[place]
	c := TeachingChoice{Person: r.Person, Name: s.files.names[r.Person], Teams: s.files.teams[r.Person], Minutes: course.Minutes, Cents: course.Cents}
	for _, e := range r.Employments {
		if e.On(t.Today) && slices.ContainsFunc(s.need.Processes, func(p staffing.Process) bool { return p.Works(e.Role, t.Today) }) {
			c.Role = e.Role
		}
	}
	book := s.files.book(who)
	for n, lesson := range course.Lessons {
		action := staffing.Action{Kind: staffing.Obtain, Person: r.Person, Scheme: lesson.Scheme, By: lesson.Until}
		if lesson.Renews {
			action.Kind = staffing.Renew
		}
		said := TeachingLesson{Lesson: lesson}
		if day := s.planned[seat{r.Person, lesson.Scheme}]; !day.IsZero() && !slices.ContainsFunc(course.Lessons[:n], func(before mobility.Lesson) bool { return before.Scheme == lesson.Scheme }) {
			said.Planned = day
		}
		said.Dutch, said.English = book.ActionWords(action, staffing.Process{})
		c.Lessons = append(c.Lessons, said)
	}
	var critical []int
	for p := range s.need.Processes {
		effect := TeachingEffect{Process: s.need.Processes[p]}
		first := true
		months := make(map[int]bool)
		for _, n := range way.Helps {
			need := s.need.Needs[n]
			if need.Process != effect.Process.ID || s.counts[n]-1 >= need.Minimum {
				continue
			}
			critical = append(critical, n)
			months[int(need.First)] = true
			if first || s.counts[n]-need.Minimum < effect.With-effect.Minimum {
				effect.Need, effect.With, first = need, s.counts[n], false
			}
		}
		if effect.Months = len(months); !first {
			c.Solves = append(c.Solves, effect)
		}
	}
	for other, o := range s.learners {
		if other == learner || s.plan.Chosen[other] >= 0 {
			continue
		}
		least := -1
		for _, w := range o.ways {
			if least < 0 || w.Minutes < least {
				if !slices.ContainsFunc(critical, func(n int) bool { _, helps := slices.BinarySearch(w.Helps, n); return !helps }) {
					least = w.Minutes
				}
			}
		}
		if least >= 0 {
			if c.Instead++; c.Instead == 1 || least < c.Least {
				c.Least = least
			}
		}
	}
	return c
}

// process tells how a process stands month by month.
func (s *teaching) process(place int) TeachingProcess {
	p := TeachingProcess{Process: s.need.Processes[place]}
	for _, month := range s.need.Months {
		p.Months = append(p.Months, TeachingMonth{Month: month})
	}
	for n, need := range s.need.Needs {
		if need.Process != p.ID {
			continue
		}
		at, _ := slices.BinarySearch(s.need.Months, need.First)
		m := &p.Months[at]
		switch {
		case need.Pool():
			m.Before, m.After, m.Minimum = need.Has, s.counts[n], need.Minimum
		default:
			m.Short += min(1, need.Missing())
			m.Left += min(1, max(0, need.Minimum-s.counts[n]))
		}
	}
	return p
}

// gaps are where a process has too few people whatever is learned: one for all who may do it and one for the times of the
// week, each by why that is.
func (s *teaching) gaps(process int) []TeachingGap {
	var gaps []TeachingGap
	for n, need := range s.need.Needs {
		missing := need.Minimum - s.counts[n]
		if need.Process != s.need.Processes[process].ID || missing <= 0 {
			continue
		}
		kind, schemes := s.why(process, n)
		at := slices.IndexFunc(gaps, func(g TeachingGap) bool { return g.Kind == kind && g.Pool() == need.Pool() })
		if at < 0 {
			at = len(gaps)
			gaps = append(gaps, TeachingGap{Process: s.need.Processes[process], Gap: staffing.Gap{Kind: kind}})
		}
		g := &gaps[at]
		if g.Until = need.Last; missing > g.Missing {
			g.Need, g.Missing = need, missing
		}
		g.Schemes = append(g.Schemes, schemes...)
	}
	for i := range gaps {
		slices.Sort(gaps[i].Schemes)
		gaps[i].Schemes = slices.Compact(gaps[i].Schemes)
		gaps[i].Dutch, gaps[i].English = gaps[i].Words()
	}
	return gaps
}

// why tells why learning does not fill a need: the first of the kinds, in their order, that it is.
func (s *teaching) why(process, n int) (staffing.GapKind, []certificates.SchemeKey) {
	need := s.need.Needs[n]
	if need.Most < need.Minimum {
		return staffing.TooFew, nil
	}
	var unoffered []certificates.SchemeKey
	late := false
	for _, l := range s.learners {
		for _, w := range l.ways {
			for _, other := range w.Helps {
				another := s.need.Needs[other]
				late = late || another.Process == need.Process && another.Day == need.Day && another.Pool() == need.Pool()
			}
		}
		for _, key := range l.unoffered {
			if slices.Contains(s.need.Processes[process].Schemes(), key) {
				unoffered = append(unoffered, key)
			}
		}
	}
	switch {
	case late:
		return staffing.TooLate, nil
	case len(unoffered) > 0:
		return staffing.NoOffer, unoffered
	}
	return staffing.NotAsking, nil
}
