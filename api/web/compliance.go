package web

import (
	"fmt"
	"net/url"
	"strings"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A compliancePage tells who is up to date on a day.
type compliancePage struct {
	On       calendar.Date
	Fresh    string // how fresh it is
	Means    string // what a day before or after today means
	Balance  string
	Fields   []formField
	Moves    []sortLink // to other days
	Teams    []complianceTeam
	People   []compliancePerson // of the team and scheme that were chosen
	Title    string             // of that scheme; empty where none was chosen
	All      string             // the address without a chosen scheme
	Sheet    string
	Problems problems
}

// A complianceTeam is a team with what is asked of it.
type complianceTeam struct {
	Name string
	Rows []complianceRow
}

// A complianceRow is a scheme in a team: "6 van de 9".
type complianceRow struct {
	Title, Path    string
	Held, Required int
	Rest           []badge // how those stand who do not hold it, with their number
}

// A compliancePerson is one person with how they stand.
type compliancePerson struct {
	Name, Path string // no path: not to be followed from here
	Team       string
	State      badge
	Until      calendar.Date
	Due        calendar.Date
}

var complianceView = declare[compliancePage]("compliance.html")

// compliance shows who holds on a day what is asked of them.
func (s *Site) compliance(v *visit) error {
	on, err := v.dayAsked("op")
	var report academy.Compliance
	if err == nil {
		report, err = s.office.Compliance(v.ctx(), v.actor, on, staff.TeamID(v.query("team")))
	}
	if fault.KindOf(err) == fault.Invalid {
		if report, err = s.office.Compliance(v.ctx(), v.actor, 0, staff.TeamID(v.query("team"))); err != nil {
			return err
		}
		wrong := problems{{"op", v.say("Kies een dag die bestaat, binnen vijftig jaar.", "Choose a day that exists, within fifty years.")}}
		page := v.compliancePage(report)
		page.Fields[0].Value, page.Fields[0].Problem, page.Problems = v.query("op"), wrong.At("op"), wrong
		return complianceView.refuse(v, page, wrong)
	}
	if err != nil {
		return err
	}
	return complianceView.show(v, v.compliancePage(report))
}

// dayAsked reads a day of the address; none where it is empty, fault.Invalid where it is no day.
func (v *visit) dayAsked(name string) (calendar.Date, error) {
	text := v.query(name)
	if text == "" {
		return 0, nil
	}
	day, err := calendar.Parse(text)
	if err != nil {
		return 0, unreadable.From(err)
	}
	return day, nil
}

// complianceAddress is the report of a day, a team and a scheme; what is empty is not asked.
func complianceAddress(path string, on calendar.Date, team staff.TeamID, scheme certificates.SchemeKey) string {
	query := url.Values{}
	for name, value := range map[string]string{"op": on.String(), "team": string(team), "regeling": string(scheme)} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return path + "?" + query.Encode()
}

func (v *visit) compliancePage(c academy.Compliance) compliancePage {
	scheme := certificates.SchemeKey(v.query("regeling"))
	page := compliancePage{On: c.On, Fresh: v.fresh(c.Report), Title: c.Title(scheme), All: complianceAddress("/stand", c.On, c.Team, ""), Sheet: complianceAddress("/stand/lijst.csv", c.On, c.Team, "")}
	switch {
	case c.On < c.Today:
		page.Means = v.say("Zo zat het die dag, zoals we het nu weten. Wie intussen weg is, telt mee.", "This is how it was that day, as we know it now. Who has left since counts.")
	case c.On > c.Today:
		page.Means = v.say("Zo zit het die dag als niemand iets doet.", "This is how it will be that day if nobody does anything.")
	}
	page.Fields = []formField{
		{ID: "op", Label: v.say("Dag", "Day"), Type: "date", Value: c.On.String()},
		{ID: "team", Label: v.say("Team", "Team"), Groups: []optionGroup{{Options: v.teamOptions(c.Report)}}},
	}
	for _, m := range []struct {
		nl, en string
		on     calendar.Date
	}{
		{"Een maand terug", "A month back", c.On.AddMonths(-1)}, {"Een dag terug", "A day back", c.On.AddDays(-1)}, {"Vandaag", "Today", c.Today},
		{"Een dag verder", "A day on", c.On.AddDays(1)}, {"Een maand verder", "A month on", c.On.AddMonths(1)},
	} {
		page.Moves = append(page.Moves, sortLink{v.say(m.nl, m.en), complianceAddress("/stand", m.on, c.Team, scheme), m.on == c.On})
	}
	held, required := 0, 0
	for _, l := range outlook.PerScheme(c.Standings) {
		held, required = held+l.Held(), required+l.Required
		if n := len(page.Teams); n == 0 || page.Teams[n-1].Name != c.TeamName(l.Team) {
			page.Teams = append(page.Teams, complianceTeam{Name: c.TeamName(l.Team)})
		}
		row := complianceRow{Title: c.Title(l.Scheme), Path: complianceAddress("/stand", c.On, l.Team, l.Scheme) + "#mensen", Held: l.Held(), Required: l.Required}
		for _, state := range outlook.States()[2:] { // all but those who hold it
			if n := l.By[state]; n > 0 {
				b := v.standing(state)
				row.Rest = append(row.Rest, badge{fmt.Sprint(n, " ", strings.ToLower(b.Word)), b.Tone})
			}
		}
		team := &page.Teams[len(page.Teams)-1]
		team.Rows = append(team.Rows, row)
	}
	page.Balance = v.say("Van de %d keer dat iets gevraagd wordt, is het %d keer op orde.", "Of the %d times something is asked, it is in order %d times.", required, held)
	if scheme != "" {
		page.People = v.compliancePeople(c, scheme)
	}
	return page
}

// compliancePeople lists who stands how with a scheme, those first who need attention.
func (v *visit) compliancePeople(c academy.Compliance, scheme certificates.SchemeKey) []compliancePerson {
	var people []compliancePerson
	for _, state := range certificates.Standings() {
		for _, s := range c.Standings {
			if s.Scheme != scheme || s.State != state {
				continue
			}
			var teams []string
			for _, team := range s.Teams() {
				teams = append(teams, c.TeamName(team))
			}
			p := compliancePerson{Name: c.Name(s.Person), Team: strings.Join(teams, ", "), State: v.standing(s.State), Until: s.Until, Due: s.Due}
			if v.actor.MayForAll(staff.ReadPeople) || c.On == c.Today {
				p.Path = "/mensen/" + url.PathEscape(string(s.Person))
			}
			people = append(people, p)
		}
	}
	return people
}

// teamOptions are the teams of a report to choose from.
func (v *visit) teamOptions(r academy.Report) []option {
	options := []option{{Name: v.say("alle teams", "all teams")}}
	for _, t := range r.Teams {
		options = append(options, option{Value: string(t.ID), Name: t.Name})
	}
	return choose(string(r.Team), options...)
}

// fresh says when the facts of a report were read.
func (v *visit) fresh(r academy.Report) string {
	return v.say("Stand van vandaag, %s.", "As of today, %s.", v.clock(r.At))
}

// complianceSheet sends the report as a file.
func (s *Site) complianceSheet(v *visit) error {
	on, err := v.dayAsked("op")
	if err != nil {
		return err
	}
	report, err := s.office.Compliance(v.ctx(), v.actor, on, staff.TeamID(v.query("team")))
	if err != nil {
		return err
	}
	return v.attach("stand-"+report.On.String()+".csv", academy.Sheet(report.Rows(v.language == english)))
}
