package outlook

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Renewing is one certificate that somebody must get or get again within a forecast.
type Renewing struct {
	Person  staff.PersonID
	Team    staff.TeamID // where their hours count
	Scheme  certificates.SchemeKey
	Cycle   int
	First   bool          // it follows what the person holds now; others come after a renewal that is still to come
	Opens   calendar.Date // the first day on which doing it counts
	Due     calendar.Date // the last day in time
	Expires calendar.Date // the last day of what it renews, within the forecast; zero: that ended before, or there was none
	On      calendar.Date // when it is done where everybody is in time: zero within the forecast for who is away
	Path    certificates.Path
	Minutes int           // of training
	Planned calendar.Date // the session the person is enrolled in; zero: nothing is planned
}

// Late reports whether it should have been done before a day.
func (r Renewing) Late(day calendar.Date) bool { return !r.Due.IsZero() && r.Due < day }

// A Forecast is what expires and what training that takes, where everybody renews on the last day in time.
type Forecast struct {
	From     calendar.Date   // today
	Months   []calendar.Date // the first day of each, the first of this month
	Renewals []Renewing      // in order of team, due date, scheme and person
}

// Until is the last day of the forecast.
func (f Forecast) Until() calendar.Date { return f.Months[len(f.Months)-1].AddMonths(1).AddDays(-1) }

// NewForecast begins a forecast of some months, this one among them.
func NewForecast(from calendar.Date, months int) Forecast {
	f := Forecast{From: from}
	year, month, _ := from.Civil()
	for i := range months {
		f.Months = append(f.Months, calendar.New(year, month, 1).AddMonths(i))
	}
	return f
}

// Add works out what one person must renew. planned tells in which session somebody is enrolled for a scheme.
func (f *Forecast) Add(r Record, rules Rules, planned func(certificates.SchemeKey) calendar.Date) {
	for _, key := range r.schemes(rules) {
		file := r.file(key, rules.Requirements[key])
		if len(file.Demands) == 0 {
			continue
		}
		f.addFile(r, file, rules, planned(key))
	}
}

// addFile works out what one person must renew of one scheme.
func (f *Forecast) addFile(r Record, file certificates.File, rules Rules, planned calendar.Date) {
	first := file.Cycle()
	var expired calendar.Date // of a period that lapsed and was not renewed yet
	var until int             // its cycle
	add := func(n Renewing) {
		n.Person, n.Scheme, n.First = r.Person, file.Scheme, n.Cycle == first
		n.Team = r.team(max(f.From, cmp.Or(n.On, n.Expires)))
		if n.First {
			n.Planned = planned
		}
		f.Renewals = append(f.Renewals, n)
	}
	for s := range Walk(file, rules, f.From, f.Until(), OnTheLastDay) {
		switch s.Kind {
		case certificates.Lapsed:
			expired, until = s.On.AddDays(-1), s.Before.Cycle+1
		case Renewed:
			n := Renewing{Cycle: s.Duty.Cycle, Opens: s.Duty.OpensOn, Due: s.Duty.DueOn, On: s.On, Path: s.Path, Minutes: s.Scheme.MinutesOn(s.Path)}
			if s.Before != nil && s.Before.ValidUntil >= f.From && s.Before.ValidUntil <= f.Until() {
				n.Expires = s.Before.ValidUntil
			}
			add(n)
			expired = 0
		}
	}
	if expired >= f.From { // and nobody who could renew it was there
		add(Renewing{Cycle: until, Expires: expired})
	}
}

// Sort puts the renewals in order.
func (f *Forecast) Sort() { slices.SortFunc(f.Renewals, Renewing.compare) }

// Merge adds a forecast of other people; both are in order.
func (f *Forecast) Merge(other Forecast) {
	a, b := f.Renewals, other.Renewals
	all := make([]Renewing, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) <= 0 {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	f.Renewals = append(append(all, a...), b...)
}

// compare orders renewals by team, day, scheme and person.
func (n Renewing) compare(other Renewing) int {
	return cmp.Or(cmp.Compare(n.Team, other.Team), cmp.Compare(cmp.Or(n.Due, n.Expires), cmp.Or(other.Due, other.Expires)), cmp.Compare(n.Scheme, other.Scheme),
		cmp.Compare(n.Person, other.Person), cmp.Compare(n.Cycle, other.Cycle))
}

// A Month is what a month brings a team.
type Month struct {
	Team      staff.TeamID
	Month     calendar.Date // its first day
	Expiries  int           // certificates whose last day is in it
	Planned   int           // of them, with a session for what comes after
	Lapses    int           // of them, those that people hold today: they are gone if nobody does anything
	Due       int           // what must be done in it, also for the first time
	Refresher int           // minutes of training in it on the short path
	Initial   int           // and on the full one
}

// Minutes are all minutes of training.
func (m Month) Minutes() int { return m.Refresher + m.Initial }

// Teams lists the months of each team, in order of team and month; a team with nothing has no months. What is late already
// counts this month.
func (f Forecast) Teams() [][]Month {
	var teams [][]Month
	for _, n := range f.Renewals {
		if t := len(teams); t == 0 || teams[t-1][0].Team != n.Team {
			months := make([]Month, len(f.Months))
			for i, first := range f.Months {
				months[i] = Month{Team: n.Team, Month: first}
			}
			teams = append(teams, months)
		}
		f.count(teams[len(teams)-1], n)
	}
	return teams
}

// All are the months of everybody together.
func (f Forecast) All() []Month {
	months := make([]Month, len(f.Months))
	for i, first := range f.Months {
		months[i].Month = first
	}
	for _, n := range f.Renewals {
		f.count(months, n)
	}
	return months
}

// count adds a renewal to the months in which it falls.
func (f Forecast) count(months []Month, n Renewing) {
	if at := f.at(n.Expires); at >= 0 {
		months[at].Expiries++
		if n.First {
			months[at].Lapses++
		}
		if !n.Planned.IsZero() {
			months[at].Planned++
		}
	}
	at := f.at(n.On)
	if at < 0 {
		return
	}
	months[at].Due++
	if n.Path == certificates.PathRefresher {
		months[at].Refresher += n.Minutes
	} else {
		months[at].Initial += n.Minutes
	}
}

// at is the place of a day's month; -1 where it is none of the forecast's.
func (f Forecast) at(day calendar.Date) int {
	if day < f.Months[0] || day > f.Until() {
		return -1
	}
	year, month, _ := f.Months[0].Civil()
	y, m, _ := day.Civil()
	return (y-year)*12 + int(m) - int(month)
}
