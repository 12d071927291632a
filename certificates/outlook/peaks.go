package outlook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Peak is a month in which much more expires in a team than in its other months.
type Peak struct {
	Team    staff.TeamID
	Month   calendar.Date
	Count   int // certificates
	People  int
	Schemes []SchemeCount // the most first
}

// A SchemeCount is how many certificates of one scheme.
type SchemeCount struct {
	Scheme certificates.SchemeKey
	Count  int
}

const (
	peakLeast  = 3 // people, or nobody need do anything about it
	peakTimes  = 3 // a peak is more than 3 ÷ 2 of
	peakPerTwo = 2 // the mean month of its team
)

// Peaks lists the months in which at least three people of a team lose more than one and a half times what the team loses in
// a mean month, in order of month and team.
func (f Forecast) Peaks() []Peak {
	type place struct {
		team  staff.TeamID
		month int
	}
	expiring := make(map[place][]Renewing)
	total := make(map[staff.TeamID]int)
	for _, n := range f.Renewals {
		if at := f.at(n.Expires); at >= 0 {
			expiring[place{n.Team, at}] = append(expiring[place{n.Team, at}], n)
			total[n.Team]++
		}
	}
	var peaks []Peak
	for at, some := range expiring {
		p := Peak{Team: at.team, Month: f.Months[at.month], Count: len(some)}
		people := make(map[staff.PersonID]bool)
		for _, n := range some {
			people[n.Person] = true
			p.add(n.Scheme)
		}
		p.People = len(people)
		if p.People >= peakLeast && p.Count*peakPerTwo*len(f.Months) > peakTimes*total[at.team] {
			slices.SortFunc(p.Schemes, func(a, b SchemeCount) int {
				return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Scheme, b.Scheme))
			})
			peaks = append(peaks, p)
		}
	}
	slices.SortFunc(peaks, func(a, b Peak) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Team, b.Team))
	})
	return peaks
}

func (p *Peak) add(scheme certificates.SchemeKey) {
	at := slices.IndexFunc(p.Schemes, func(s SchemeCount) bool { return s.Scheme == scheme })
	if at < 0 {
		at, p.Schemes = len(p.Schemes), append(p.Schemes, SchemeCount{Scheme: scheme})
	}
	p.Schemes[at].Count++
}

// Say tells of the peak in Dutch and in English: "In december 2026 verlopen in team KCC 7 certificaten Privacy."
func (p Peak) Say(team string, title func(certificates.SchemeKey) string) (dutch, english string) {
	what := " " + title(p.Schemes[0].Scheme)
	if len(p.Schemes) > 1 {
		parts := make([]string, len(p.Schemes))
		for i, s := range p.Schemes {
			parts[i] = fmt.Sprintf("%d × %s", s.Count, title(s.Scheme))
		}
		what = ": " + strings.Join(parts, ", ")
	}
	return fmt.Sprintf("In %s verlopen in team %s %d certificaten%s.", p.Month.DutchMonth(), team, p.Count, what),
		fmt.Sprintf("In %s %d certificates expire in team %s: %s.", p.Month.EnglishMonth(), p.Count, team, strings.TrimLeft(what, ": "))
}
