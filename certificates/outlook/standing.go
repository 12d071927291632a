package outlook

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// States lists how somebody can stand with what is asked of them, the best first.
func States() []certificates.Standing {
	return []certificates.Standing{certificates.Certified, certificates.Expiring, certificates.Starting, certificates.Paused, certificates.InGrace, certificates.Lapsing, certificates.Missing, certificates.Exempted}
}

// A Standing is how one person stands with one scheme that is asked of them on a day.
type Standing struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	Asks   []Ask // what asks it, in order of team
	State  certificates.Standing
	Until  calendar.Date // the last valid day of the newest period; zero: no end, or no period
	Due    calendar.Date // the last day of what is asked; zero where nothing is
}

// An Ask is a requirement as it falls on somebody for their work in a team.
type Ask struct {
	Team        staff.TeamID
	Requirement string
}

// Teams are the teams for which it is asked, in order.
func (s Standing) Teams() []staff.TeamID {
	var teams []staff.TeamID
	for _, a := range s.Asks {
		if !slices.Contains(teams, a.Team) {
			teams = append(teams, a.Team)
		}
	}
	return teams
}

// Standings tells how the person stands with everything that is asked of them on a day: as we know it now for a day that
// has been, and as it will be for a later one if nobody does anything. Who does not work that day has none.
func (r Record) Standings(rules Rules, day calendar.Date) []Standing {
	teams := r.Teams(day)
	if len(teams) == 0 {
		return nil
	}
	slices.Sort(teams)
	var standings []Standing
	for _, key := range r.schemes(rules) {
		asks := r.asks(rules.Requirements[key], teams, day)
		if len(asks) == 0 {
			continue
		}
		file := AsOf(r.file(key, rules.Requirements[key]), day)
		s := Standing{Person: r.Person, Scheme: key, Asks: asks, State: certificates.Exempted}
		if last := file.Last(); last != nil {
			s.Until = last.ValidUntil
		}
		if len(file.Demanding(day)) > 0 {
			duty, _ := file.Due(day)
			s.State, s.Due = file.Standing(day), duty.DueOn
		}
		standings = append(standings, s)
	}
	return standings
}

// asks lists which requirements fall on the person on a day for their work in each team, exempt or not.
func (r Record) asks(requirements []certificates.Requirement, teams []staff.TeamID, day calendar.Date) []Ask {
	var asks []Ask
	for _, team := range teams {
		jobs := slices.DeleteFunc(slices.Clone(r.Employments), func(e staff.Employment) bool { return e.Team != team || !e.On(day) })
		for _, d := range certificates.Demands(requirements, r.Person, jobs, r.Designations) {
			if ask := (Ask{team, d.ID}); d.On(day) && !slices.Contains(asks, ask) {
				asks = append(asks, ask)
			}
		}
	}
	return asks
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

// PerScheme counts standings per team and scheme, in that order. Who works in several teams counts in each that asks it.
func PerScheme(standings []Standing) []Line {
	return lines(standings, func(a Ask) Ask { return Ask{Team: a.Team} })
}

// PerRequirement counts standings per team and requirement, in order of team, scheme and requirement.
func PerRequirement(standings []Standing) []Line {
	return lines(standings, func(a Ask) Ask { return a })
}

// lines counts standings by what they are asked for, each once.
func lines(standings []Standing, by func(Ask) Ask) []Line {
	type key struct {
		Ask
		scheme certificates.SchemeKey
	}
	counts := make(map[key]*Count)
	for _, s := range standings {
		counted := make(map[Ask]bool)
		for _, ask := range s.Asks {
			if ask = by(ask); counted[ask] {
				continue
			}
			counted[ask] = true
			at := key{ask, s.Scheme}
			if counts[at] == nil {
				counts[at] = &Count{}
			}
			counts[at].add(s.State)
		}
	}
	all := make([]Line, 0, len(counts))
	for at, count := range counts {
		all = append(all, Line{at.Team, at.scheme, at.Requirement, *count})
	}
	slices.SortFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Requirement, b.Requirement))
	})
	return all
}
