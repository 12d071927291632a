package academy

import (
	"fmt"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
)

// pick chooses between two languages.
func pick(english bool, dutchWords, englishWords []string) []string {
	if english {
		return englishWords
	}
	return dutchWords
}

// standingWords are what people call how somebody stands, in Dutch and in English.
var standingWords = map[certificates.Standing][2]string{
	certificates.Certified: {"geldig", "valid"},
	certificates.Expiring:  {"loopt af", "expiring"},
	certificates.Starting:  {"nog tijd", "still time"},
	certificates.Paused:    {"afwezig", "absent"},
	certificates.InGrace:   {"in uitloop", "in grace"},
	certificates.Lapsing:   {"verlopen", "expired"},
	certificates.Missing:   {"ontbreekt", "missing"},
	certificates.Exempted:  {"vrijgesteld", "exempt"},
}

// StandingWords says in two languages how somebody stands.
func StandingWords(s certificates.Standing) (dutch, english string) {
	return standingWords[s][0], standingWords[s][1]
}

// Rows are, below the names of their columns, a row per team and requirement with how many people stand how.
func (c Compliance) Rows(english bool) [][]string {
	header := pick(english, []string{"Dag", "Team", "Regeling", "Titel", "Verplichting", "Voor wie", "Verplicht"}, []string{"Day", "Team", "Scheme", "Title", "Requirement", "For whom", "Required"})
	for _, s := range outlook.States() {
		dutch, en := StandingWords(s)
		header = append(header, pick(english, []string{dutch}, []string{en})...)
	}
	rows := [][]string{header}
	for _, l := range outlook.PerRequirement(c.Standings) {
		row := []string{c.On.String(), c.TeamName(l.Team), string(l.Scheme), c.Title(l.Scheme), l.Requirement, c.Requirements[l.Requirement].SubjectName, strconv.Itoa(l.Required)}
		for _, s := range outlook.States() {
			row = append(row, strconv.Itoa(l.By[s]))
		}
		rows = append(rows, row)
	}
	return rows
}

// Rows are, below the names of their columns, a row for everybody and one per team.
func (o Overview) Rows(english bool) [][]string {
	rows := [][]string{pick(english, []string{"Dag", "Team", "Mensen", "Gevraagd", "Op orde", "Procent", "Mensen te laat", "Loopt af binnen 90 dagen", "Waarvan gepland"},
		[]string{"Day", "Team", "People", "Asked", "In order", "Percent", "People overdue", "Ends within 90 days", "Of which planned"})}
	for _, f := range o.Figures {
		name := o.Teams[f.Team]
		if f.Team == "" {
			name = pick(english, []string{"alle teams"}, []string{"all teams"})[0]
		}
		row := []string{o.Stock.On.String(), name}
		for _, n := range []int{f.People, f.Asked, f.Held, f.Percent(), f.Late, f.Ending, f.Planned} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return rows
}

// Rows are, below the names of their columns, a row per team and month.
func (f Forecast) Rows(english bool) [][]string {
	rows := [][]string{pick(english, []string{"Team", "Maand", "Verloopt", "Waarvan gepland", "Weg als niemand iets doet", "Te doen", "Uren kort", "Uren volledig", "Uren totaal"},
		[]string{"Team", "Month", "Expires", "Of which planned", "Gone if nobody does anything", "To do", "Hours short", "Hours full", "Hours total"})}
	for _, months := range f.Forecast.Teams() {
		for _, m := range months {
			rows = append(rows, []string{f.TeamName(m.Team), m.Month.String()[:len("2026-11")], strconv.Itoa(m.Expiries), strconv.Itoa(m.Planned), strconv.Itoa(m.Lapses), strconv.Itoa(m.Due),
				Hours(m.Refresher, english), Hours(m.Initial, english), Hours(m.Minutes(), english)})
		}
	}
	return rows
}

// ProposalRows are, below the names of their columns, a row per person and training that is proposed.
func (f Forecast) ProposalRows(english bool) [][]string {
	rows := [][]string{pick(english, []string{"Team", "Week", "Vanaf maandag", "Personeelsnummer", "Naam", "Regeling", "Titel", "Kan vanaf", "Uiterlijk", "Uren"},
		[]string{"Team", "Week", "From Monday", "Personnel number", "Name", "Scheme", "Title", "Possible from", "Due", "Hours"})}
	for _, a := range f.Proposal().Weeks {
		_, week := a.Week.Week()
		rows = append(rows, []string{f.TeamName(a.Team), strconv.Itoa(week), a.Week.String(), string(a.Person), f.Name(a.Person), string(a.Scheme), f.Title(a.Scheme), a.Opens.String(), a.Due.String(), Hours(a.Minutes, english)})
	}
	return rows
}

// Rows are, below the names of their columns, a row per person and duty that the change adds, removes or moves.
func (w WhatIf) Rows(english bool) [][]string {
	rows := [][]string{pick(english, []string{"Personeelsnummer", "Naam", "Team", "Regeling", "Titel", "Wat", "Kan vanaf, nu", "Uiterlijk, nu", "Kan vanaf, straks", "Uiterlijk, straks"},
		[]string{"Personnel number", "Name", "Team", "Scheme", "Title", "What", "Possible from, now", "Due, now", "Possible from, then", "Due, then"})}
	day := func(d *certificates.Duty, of func(certificates.Duty) calendar.Date) string {
		if d == nil {
			return ""
		}
		return of(*d).String()
	}
	opens := func(d certificates.Duty) calendar.Date { return d.OpensOn }
	due := func(d certificates.Duty) calendar.Date { return d.DueOn }
	for _, d := range w.Duties {
		what := pick(english, []string{"verplaatst"}, []string{"moved"})
		switch {
		case d.Old == nil:
			what = pick(english, []string{"nieuw"}, []string{"added"})
		case d.New == nil:
			what = pick(english, []string{"vervalt"}, []string{"removed"})
		}
		rows = append(rows, []string{string(d.Person), w.Name(d.Person), w.TeamName(d.Team), string(d.Scheme), w.Title(d.Scheme), what[0], day(d.Old, opens), day(d.Old, due), day(d.New, opens), day(d.New, due)})
	}
	return rows
}

// Hours writes minutes as hours with at most one decimal: "2,5", and in English "2.5".
func Hours(minutes int, english bool) string {
	tenths := (minutes*10 + 30) / 60
	if tenths%10 == 0 {
		return strconv.Itoa(tenths / 10)
	}
	mark := ","
	if english {
		mark = "."
	}
	return fmt.Sprintf("%d%s%d", tenths/10, mark, tenths%10)
}
