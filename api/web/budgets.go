package web

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A budgetsPage shows what there is for training in a year, and what is left of it.
type budgetsPage struct {
	Year   int
	Years  []int
	Parts  []budgetPart
	MaySet bool
}

// A budgetPart is one fund for every team.
type budgetPart struct {
	Fund  training.Fund
	Word  string // of the fund, in the address of its form
	Lines []budgetLine
	Sum   *budgetLine // of more than one team
	Note  string      // that all lines have in common
}

// A budgetLine is the budget of a team.
type budgetLine struct {
	Team                               string
	Path                               string // of its form
	Budgeted, Spent, Reserved, Left    string
	Over                               bool
	SpentBar, ReservedFrom, ReservedTo string // SVG lengths
	Limit                              string // where the budget ends on the bar; empty where nothing goes over it
	Note                               string
}

var (
	budgetsView = declare[budgetsPage]("budgets.html")
	budgetView  = declare[budgetPage]("budget.html", narrow)
)

// fundWords are the funds in an address.
var fundWords = map[training.Fund]string{training.Statutory: "verplicht", training.Development: "ontwikkeling"}

// budgets shows the budgets of a year.
func (s *Site) budgets(v *visit) error {
	years, err := s.office.BudgetYears(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	this, _, _ := v.moment.Today().Civil()
	year, err := strconv.Atoi(cmp.Or(v.query("jaar"), strconv.Itoa(this)))
	if err != nil || year < 2000 || year > 2100 {
		return noSuchPage
	}
	teams, err := s.office.Budgets(v.ctx(), v.actor, year, "")
	if err != nil {
		return err
	}
	page := budgetsPage{Year: year, Years: years, MaySet: v.actor.May(staff.SetBudgets)}
	for _, fund := range training.Funds() {
		part := budgetPart{Fund: fund, Word: fundWords[fund]}
		var sum training.Balance
		for _, t := range teams {
			b := training.Balance{Budget: training.Budget{Account: training.Account{Team: t.ID, Year: year, Fund: fund}}}
			for _, of := range t.Balances {
				if of.Fund == fund {
					b = of
				}
			}
			line := v.budgetLine(b)
			line.Team = t.Name
			part.Lines = append(part.Lines, line)
			sum.Budgeted += b.Budgeted
			sum.OtherSpent += b.Spent()
			sum.OtherReserved += b.Reserved()
		}
		if len(teams) > 1 {
			line := v.budgetLine(sum)
			part.Sum = &line
		}
		part.share()
		page.Parts = append(page.Parts, part)
	}
	return budgetsView.show(v, page)
}

// share takes a note that all lines have in common from them.
func (p *budgetPart) share() {
	for _, l := range p.Lines {
		if l.Note != p.Lines[0].Note {
			return
		}
	}
	for i := range p.Lines {
		p.Note, p.Lines[i].Note = p.Lines[i].Note, ""
	}
}

func (v *visit) budgetLine(b training.Balance) budgetLine {
	line := budgetLine{
		Path:     "/budget/" + url.PathEscape(string(b.Team)) + "/" + strconv.Itoa(b.Year) + "/" + fundWords[b.Fund],
		Budgeted: v.euro(b.Budgeted), Spent: v.euro(b.Spent()), Reserved: v.euro(b.Reserved()), Left: v.euro(b.Left()), Over: b.Left() < 0, Note: b.Note,
	}
	whole := max(b.Budgeted, b.Spent()+b.Reserved(), 1)
	share := func(c training.Cents) float64 { return 100 * float64(max(c, 0)) / float64(whole) }
	line.SpentBar, line.ReservedFrom, line.ReservedTo = percent(share(b.Spent())), percent(share(b.Spent())), percent(share(b.Reserved()))
	if line.Over {
		line.Limit = percent(share(b.Budgeted))
	}
	return line
}

// A budgetPage asks what a team may spend.
type budgetPage struct {
	Team     string
	Year     int
	Fund     string
	Path     string
	Sessions string // what group trainings and plans take of it
	Fields   []formField
}

// askBudget shows the form.
func (s *Site) askBudget(v *visit) error {
	b, team, err := s.budgetOf(v)
	if err != nil {
		return err
	}
	values := url.Values{"budgeted": {typedEuro(b.Budgeted)}, "otherSpent": {typedEuro(b.OtherSpent)}, "otherReserved": {typedEuro(b.OtherReserved)}, "note": {b.Note}}
	return budgetView.show(v, v.budgetPage(b, team, values, nil))
}

// setBudget keeps what was sent.
func (s *Site) setBudget(v *visit) error {
	b, team, err := s.budgetOf(v)
	if err != nil {
		return err
	}
	wrong := *unreadable
	for field, amount := range map[string]*training.Cents{"budgeted": &b.Budgeted, "otherSpent": &b.OtherSpent, "otherReserved": &b.OtherReserved} {
		var ok bool
		if *amount, ok = readEuro(v.field(field)); !ok {
			wrong = *wrong.At(field, "schrijf een bedrag zoals 1390 of 347,50", "write an amount such as 1390 or 347.50")
		}
	}
	b.Note = v.field("note")
	err = s.office.SetBudget(v.ctx(), v.actor, b.Budget)
	if len(wrong.Fields) > 0 {
		err = &wrong
	}
	switch {
	case err == nil:
		return v.done("budget", "/budget?jaar="+strconv.Itoa(b.Year))
	case fault.KindOf(err) != fault.Invalid:
		return err
	}
	page := v.budgetPage(b, team, v.r.PostForm, err)
	var found problems
	for _, f := range page.Fields {
		if f.Problem != "" {
			found = append(found, problem{f.ID, f.Problem})
		}
	}
	return budgetView.refuse(v, page, found)
}

// budgetOf finds the budget that the address names; one of nothing where nobody set it yet.
func (s *Site) budgetOf(v *visit) (b training.Balance, team string, err error) {
	year, err := strconv.Atoi(v.r.PathValue("jaar"))
	if err != nil || year < 2000 || year > 2100 {
		return b, "", noSuchPage
	}
	b.Team, b.Year = staff.TeamID(v.r.PathValue("team")), year
	for fund, word := range fundWords {
		if word == v.r.PathValue("soort") {
			b.Fund = fund
		}
	}
	if b.Fund == "" {
		return b, "", noSuchPage
	}
	found, err := s.office.Budgets(v.ctx(), v.actor, year, b.Team)
	if err != nil {
		return b, "", err
	}
	for _, of := range found[0].Balances {
		if of.Fund == b.Fund {
			b = of
		}
	}
	return b, found[0].Name, nil
}

func (v *visit) budgetPage(b training.Balance, team string, values url.Values, wrong error) budgetPage {
	fields := []formField{
		{ID: "budgeted", Label: v.say("Begroot", "Budgeted"), Hint: v.say("In euro, voor het hele jaar.", "In euros, for the whole year."), Type: "text", Class: "kort"},
		{ID: "otherSpent", Label: v.say("Besteed buiten groepstrainingen en plannen", "Spent on other things than group trainings and plans"), Hint: v.say("Minder dan nul mag: een ander team betaalt dan mee aan een training.", "Below zero is possible: another team then bears a part of a training."), Type: "text", Class: "kort"},
		{ID: "otherReserved", Label: v.say("Gereserveerd buiten groepstrainingen en plannen", "Reserved for other things than group trainings and plans"), Type: "text", Class: "kort"},
		{ID: "note", Label: v.say("Toelichting", "Note"), Type: "text", Class: "lang"},
	}
	label := func(id string) string {
		for _, f := range fields {
			if f.ID == id {
				return f.Label
			}
		}
		return ""
	}
	found := v.problemsOf(wrong, label)
	for i, f := range fields {
		fields[i].Value, fields[i].Problem = strings.TrimSpace(values.Get(f.ID)), found.At(f.ID)
	}
	sessions := v.say("Groepstrainingen nemen hiervan %s (besteed) en %s (gereserveerd), ontwikkelplannen %s en %s. Dat rekenen we zelf uit.", "Group trainings take %s (spent) and %s (reserved) of it, development plans %s and %s. We work that out ourselves.",
		v.euro(b.Sessions.Spent), v.euro(b.Sessions.Reserved), v.euro(b.Plans.Spent), v.euro(b.Plans.Reserved))
	return budgetPage{Team: team, Year: b.Year, Fund: v.fund(b.Fund), Path: v.budgetLine(b).Path, Sessions: sessions, Fields: fields}
}
