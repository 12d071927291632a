package outlook

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// Paused is how somebody stands who is absent and does not hold what is asked of them.
const Paused certificates.Standing = "paused"

// States lists how somebody can stand with what is asked of them, the best first.
func States() []certificates.Standing {
	return []certificates.Standing{certificates.Certified, certificates.Expiring, certificates.Starting, Paused, certificates.InGrace, certificates.Lapsing, certificates.Missing, certificates.Exempted}
}

// A Standing is how one person stands with one scheme that is asked of them on a day.
type Standing struct {
	Person       staff.PersonID
	Teams        []staff.TeamID // in which the person works that day
	Scheme       certificates.SchemeKey
	Requirements []string // the keys of those that ask it
	State        certificates.Standing
	Until        calendar.Date // the last valid day of the newest period; zero: no end, or no period
	Due          calendar.Date // the last day of what is asked; zero where nothing is
}

// Standings tells how the person stands with everything that is asked of them on a day: as we know it now for a day that
// has been, and as it will be for a later one if nobody does anything. Who does not work that day has none.
func (r Record) Standings(rules Rules, day calendar.Date) []Standing {
	teams := r.Teams(day)
	if len(teams) == 0 {
		return nil
	}
	var standings []Standing
	for _, key := range r.schemes(rules) {
		raw := certificates.Demands(rules.Requirements[key], r.Person, r.Employments, r.Designations)
		asked := requirementsOn(raw, day)
		if len(asked) == 0 {
			continue
		}
		file := asOf(r.file(key, rules.Requirements[key]), day)
		s := Standing{Person: r.Person, Teams: teams, Scheme: key, Requirements: asked, State: certificates.Exempted}
		if last := file.Last(); last != nil {
			s.Until = last.ValidUntil
		}
		if len(file.Demanding(day)) > 0 {
			duty, _ := file.Due(day)
			s.State, s.Due = file.Standing(day), duty.DueOn
			if file.Away(day) && !file.Holds(day) {
				s.State = Paused
			}
		}
		standings = append(standings, s)
	}
	return standings
}

// requirementsOn lists the requirements whose demands hold on a day, in order.
func requirementsOn(demands []certificates.Demand, day calendar.Date) []string {
	var keys []string
	for _, d := range demands {
		if d.On(day) && !slices.Contains(keys, d.ID) {
			keys = append(keys, d.ID)
		}
	}
	slices.Sort(keys)
	return keys
}

// A Count is how many people stand how.
type Count struct {
	Required int // all but who is exempt
	By       map[certificates.Standing]int
}

// add counts one person.
func (c *Count) add(s certificates.Standing) {
	if c.By == nil {
		c.By = make(map[certificates.Standing]int)
	}
	c.By[s]++
	if s != certificates.Exempted {
		c.Required++
	}
}

// Held is how many hold it.
func (c Count) Held() int { return c.By[certificates.Certified] + c.By[certificates.Expiring] }

// A Line counts the people of one team for one scheme or one requirement.
type Line struct {
	Team        staff.TeamID
	Scheme      certificates.SchemeKey
	Requirement string // empty in a line per scheme
	Count
}

// PerScheme counts standings per team and scheme, in that order. Who works in several teams counts in each.
func PerScheme(standings []Standing) []Line {
	return lines(standings, func(Standing) []string { return []string{""} })
}

// PerRequirement counts standings per team and requirement, in order of team, scheme and requirement.
func PerRequirement(standings []Standing) []Line {
	return lines(standings, func(s Standing) []string { return s.Requirements })
}

func lines(standings []Standing, requirements func(Standing) []string) []Line {
	type key struct {
		team        staff.TeamID
		scheme      certificates.SchemeKey
		requirement string
	}
	counts := make(map[key]*Count)
	for _, s := range standings {
		for _, team := range s.Teams {
			for _, r := range requirements(s) {
				at := key{team, s.Scheme, r}
				if counts[at] == nil {
					counts[at] = &Count{}
				}
				counts[at].add(s.State)
			}
		}
	}
	all := make([]Line, 0, len(counts))
	for at, count := range counts {
		all = append(all, Line{at.team, at.scheme, at.requirement, *count})
	}
	slices.SortFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Requirement, b.Requirement))
	})
	return all
}
