package web

import (
	"net/url"

	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A forecastPage looks 24 months ahead.
type forecastPage struct {
	From, Until calendar.Date
	Fresh       string
	Balance     string
	Fields      []formField
	Months      []forecastMonth
	Peaks       []string // the first
	MorePeaks   []string
	Groups      []forecastTeam
	Stuck       []forecastStuck
	MonthsSheet string // the addresses of the files
	WeeksSheet  string
}

// A forecastMonth is a month with its bar.
type forecastMonth struct {
	Name     string
	Expiries int
	Planned  int
	Lapses   int
	Due      int
	Hours    string
	Bars     []bar // what is planned, and behind it what is not
}

// A forecastTeam is the proposal for a team.
type forecastTeam struct {
	Name   string
	Groups []forecastGroup
}

// A forecastGroup is the proposal for one scheme in a team.
type forecastGroup struct {
	Title   string
	Words   string
	Planned string // who keeps their session; empty where nobody has one
	Weeks   []forecastWeek
}

// A forecastWeek is the week of one person.
type forecastWeek struct {
	Week        string
	Name        string
	Opens, Last calendar.Date
}

// A forecastStuck is what cannot be spread.
type forecastStuck struct{ Name, Team, Title, Why string }

// peaksShown is how many busy months stand on top.
const peaksShown = 5

var forecastView = declare[forecastPage]("forecast.html")

// forecast shows what expires and how to spread it.
func (s *Site) forecast(v *visit) error {
	f, err := s.office.Forecast(v.ctx(), v.actor, 0, staff.TeamID(v.query("team")))
	if err != nil {
		return err
	}
	query := "?" + url.Values{"team": {string(f.Team)}}.Encode()
	page := forecastPage{
		From: f.From, Until: f.Until(), Fresh: v.fresh(f.Report), MonthsSheet: "/vooruitblik/maanden.csv" + query, WeeksSheet: "/vooruitblik/voorstel.csv" + query,
		Fields: []formField{{ID: "team", Label: v.say("Team", "Team"), Groups: []optionGroup{{Options: v.teamOptions(f.Report)}}}},
	}
	months := f.All()
	most, expiries, planned, minutes := 1, 0, 0, 0
	for _, m := range months {
		most, expiries, planned, minutes = max(most, m.Expiries), expiries+m.Expiries, planned+m.Planned, minutes+m.Minutes()
	}
	for _, m := range months {
		page.Months = append(page.Months, v.forecastMonth(m, most))
	}
	page.Balance = v.say("Er verlopen %d certificaten. Voor %d is iemand al ingepland. Vernieuwen kost samen %s uur.", "%d certificates expire. For %d somebody is planned already. Renewing takes %s hours in all.",
		expiries, planned, academy.Hours(minutes, v.language == english))
	for _, p := range f.Peaks() {
		page.Peaks = append(page.Peaks, v.say(p.Say(f.TeamName(p.Team), f.Title)))
	}
	if len(page.Peaks) > peaksShown {
		page.Peaks, page.MorePeaks = page.Peaks[:peaksShown], page.Peaks[peaksShown:]
	}
	page.propose(v, f)
	return forecastView.show(v, page)
}

func (v *visit) forecastMonth(m outlook.Month, most int) forecastMonth {
	share := func(n int) float64 { return 100 * float64(n) / float64(most) }
	month := forecastMonth{Name: v.say(m.Month.DutchMonth(), m.Month.EnglishMonth()), Expiries: m.Expiries, Planned: m.Planned, Lapses: m.Lapses, Due: m.Due, Hours: academy.Hours(m.Minutes(), v.language == english)}
	if m.Planned > 0 {
		month.Bars = append(month.Bars, bar{percent(0), percent(share(m.Planned)), "vol"})
	}
	if open := m.Expiries - m.Planned; open > 0 {
		month.Bars = append(month.Bars, bar{percent(share(m.Planned)), percent(share(open)), "open"})
	}
	return month
}

// propose puts the proposal in words.
func (p *forecastPage) propose(v *visit, f academy.Forecast) {
	proposal := f.Proposal()
	for _, g := range proposal.Groups {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Name != f.TeamName(g.Team) {
			p.Groups = append(p.Groups, forecastTeam{Name: f.TeamName(g.Team)})
		}
		group := forecastGroup{Title: f.Title(g.Scheme), Words: v.say(g.Say())}
		if g.Planned > 0 {
			group.Planned = v.count(g.Planned, "collega houdt de groepstraining waarvoor die is ingeschreven.", "collega's houden de groepstraining waarvoor ze zijn ingeschreven.", "colleague keeps the session they are enrolled in.", "colleagues keep the session they are enrolled in.")
		}
		for _, a := range proposal.Weeks {
			if a.Team == g.Team && a.Scheme == g.Scheme {
				_, week := a.Week.Week()
				group.Weeks = append(group.Weeks, forecastWeek{v.say("week %d, vanaf %s", "week %d, from %s", week, v.date(a.Week)), f.Name(a.Person), a.Opens, a.Due})
			}
		}
		team := &p.Groups[len(p.Groups)-1]
		team.Groups = append(team.Groups, group)
	}
	for _, n := range proposal.Stuck {
		p.Stuck = append(p.Stuck, forecastStuck{f.Name(n.Person), f.TeamName(n.Team), f.Title(n.Scheme), v.say(n.Say())})
	}
}

// forecastMonths and forecastWeeks send the forecast and the proposal as files.
func (s *Site) forecastMonths(v *visit) error {
	f, err := s.office.Forecast(v.ctx(), v.actor, 0, staff.TeamID(v.query("team")))
	if err != nil {
		return err
	}
	return v.attach("vooruitblik-"+f.From.String()+".csv", academy.Sheet(f.Rows(v.language == english)))
}

func (s *Site) forecastWeeks(v *visit) error {
	f, err := s.office.Forecast(v.ctx(), v.actor, 0, staff.TeamID(v.query("team")))
	if err != nil {
		return err
	}
	return v.attach("spreiding-"+f.From.String()+".csv", academy.Sheet(f.ProposalRows(v.language == english)))
}
