package outlook

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// soon is how many days ahead a certificate counts as about to end, and fresh how many days late somebody is only just late.
const (
	soon  = 90
	fresh = 7
)

// Figures are how a team, or everybody, stands on a day, as counts.
type Figures struct {
	Team     staff.TeamID // empty: everybody, each person once
	People   int          // who work there
	Asked    int          // how many times something is asked of somebody who is not exempt
	Held     int          // of those, how many times they hold it
	Late     int          // people who are overdue with something
	JustLate int          // of those, who became so less than a week ago
	Ending   int          // certificates whose last day is one of the next 90 days, today among them
	Planned  int          // of those, with a session for what comes after
}

// Percent is which share of what is asked is in order, in whole percents rounded down: all of it alone is a hundred. Where
// nothing is asked everything is.
func (f Figures) Percent() int {
	if f.Asked == 0 {
		return 100
	}
	return 100 * f.Held / f.Asked
}

// NewFigures counts how people stand on the first day of a forecast: everybody first, then each team in order. members tells
// how many people work in each team and in all of them.
func NewFigures(f Forecast, standings []Standing, members map[staff.TeamID]int, everybody int) []Figures {
	all := []Figures{{People: everybody}}
	for team, n := range members {
		all = append(all, Figures{Team: team, People: n})
	}
	slices.SortFunc(all, func(a, b Figures) int { return cmp.Compare(a.Team, b.Team) })
	at := make(map[staff.TeamID]*Figures, len(all))
	for i := range all {
		at[all[i].Team] = &all[i]
	}
	in := func(teams []staff.TeamID, count func(*Figures)) {
		count(at[""])
		for _, team := range teams {
			if figures := at[team]; figures != nil {
				count(figures)
			}
		}
	}
	type late struct {
		teams []staff.TeamID
		since calendar.Date // the earliest last day that was missed
	}
	behind := make(map[staff.PersonID]late)
	for _, s := range standings {
		if s.State == certificates.Exempted {
			continue
		}
		held := s.State == certificates.Certified || s.State == certificates.Expiring
		in(s.Teams(), func(f *Figures) {
			f.Asked++
			if held {
				f.Held++
			}
		})
		if s.State == certificates.Paused || s.Due.IsZero() || s.Due >= f.From {
			continue
		}
		l := behind[s.Person]
		if l.since.IsZero() || s.Due < l.since {
			l.since = s.Due
		}
		for _, team := range s.Teams() {
			if !slices.Contains(l.teams, team) {
				l.teams = append(l.teams, team)
			}
		}
		behind[s.Person] = l
	}
	for _, l := range behind {
		in(l.teams, func(figures *Figures) {
			figures.Late++
			if l.since > f.From.AddDays(-fresh) {
				figures.JustLate++
			}
		})
	}
	for _, n := range f.Renewals {
		if !n.First || n.Expires.IsZero() || n.Expires >= f.From.AddDays(soon) {
			continue
		}
		in([]staff.TeamID{n.Team}, func(f *Figures) {
			f.Ending++
			if !n.Planned.IsZero() {
				f.Planned++
			}
		})
	}
	return all
}
