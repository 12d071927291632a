package web

import (
	"net/url"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// matrixPath is where the skills of teams are.
const matrixPath = "/vaardigheden"

// A matrixPage is what the people of a team can do on a day.
type matrixPage struct {
	Team     staff.Team
	Lead     string
	Means    string // what a day that is not today means
	Without  string // the name of who is taken to be away
	Cards    []riskCard
	Fields   []formField
	People   []matrixPerson
	Legend   []matrixCell // what each level means
	Groups   []matrixGroup
	Problems problems
	AsList   bool
	Other    string // the address of the list, or of the table
	Sheet    string // the address of the file for Excel
	Needs    string // where one says what the team needs; empty: not for the visitor
	Teach    string // where one sees who should learn what; empty: not for the visitor
}

// A riskCard is one way in which a team is vulnerable.
type riskCard struct {
	Name, Words, Action, Path string
	State                     badge
}

// A matrixPerson is the head of a column.
type matrixPerson struct {
	Name, Role, Path string
}

// A matrixGroup is some skills under a heading.
type matrixGroup struct {
	Name string
	Rows []matrixRow
}

// A matrixRow is how a team stands in one skill.
type matrixRow struct {
	Name, Path string
	Cells      []matrixCell
	Has        int
	Needed     int
	Before     int // with who is taken to be away; the same where nobody is
	State      badge
	Able       []string // who can do it alone, by name
}

// A matrixCell is one level.
type matrixCell struct {
	Text, Class, Words string
}

var matrixView = declare[matrixPage]("matrix.html")

// teamMatrix shows what a team can do, on another day or without somebody where that is asked.
func (s *Site) teamMatrix(v *visit) error {
	teams, err := s.office.MatrixTeams(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	team := staff.TeamID(v.query("team"))
	if team == "" && len(teams) > 0 {
		team = teams[0].ID
	}
	without := staff.PersonID(v.query("zonder"))
	on, err := v.dayAsked("op")
	var m academy.TeamMatrix
	if err == nil {
		m, err = s.office.Matrix(v.ctx(), v.actor, team, on, without)
	}
	if without != "" && fault.KindOf(err) == fault.NotFound { // of another team, or not there that day: then nobody is left out
		m, err = s.office.Matrix(v.ctx(), v.actor, team, on, "")
	}
	if fault.KindOf(err) == fault.Invalid {
		if m, err = s.office.Matrix(v.ctx(), v.actor, team, 0, ""); err != nil {
			return err
		}
		page := v.matrixPage(m)
		wrong := v.wrongDay()
		for i := range page.Fields {
			if page.Fields[i].ID == "op" {
				page.Fields[i].Value, page.Fields[i].Problem = v.query("op"), wrong.At("op")
			}
		}
		page.Problems = wrong
		return matrixView.refuse(v, page, wrong)
	}
	if err != nil {
		return err
	}
	return matrixView.show(v, v.matrixPage(m))
}

// matrixSheet sends the matrix as a file for Excel.
func (s *Site) matrixSheet(v *visit) error {
	on, err := v.dayAsked("op")
	if err != nil {
		return err
	}
	content, err := s.office.MatrixSheet(v.ctx(), v.actor, staff.TeamID(v.r.PathValue("team")), on, v.language == english)
	if err != nil {
		return err
	}
	return v.attachAs("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", v.say("vaardigheden.xlsx", "skills.xlsx"), content)
}

func (v *visit) matrixPage(m academy.TeamMatrix) matrixPage {
	subject, only := v.query("onderwerp"), v.query("laat")
	page := matrixPage{Team: m.Team, Means: v.meansDay(m.On), Without: m.Names[m.Without], AsList: v.query("als") == "lijst"}
	if m.On == m.Today {
		page.Means = ""
	}
	for _, id := range m.People {
		person := matrixPerson{Name: m.Names[id], Role: joined(m.RoleNames[id], v.say("en", "and")), Path: "/mensen/" + url.PathEscape(string(id)) + "/vaardigheden"}
		page.People = append(page.People, person)
	}
	book := competences.Book(m.Names)
	for _, r := range m.Risks[:min(3, len(m.Risks))] {
		page.Cards = append(page.Cards, riskCard{Name: r.Name, Words: v.say(book.Words(r)), Action: v.say(book.HelpWords(r, m.Offered(r))), Path: skillAddress(m, r.Competence), State: v.skillState(r.State)})
	}
	skills, vulnerable, soon := 0, 0, 0
	var groups []string
	for _, r := range m.Rows {
		skills++
		switch r.State {
		case competences.Vulnerable, competences.Short:
			vulnerable++
		case competences.Soon:
			soon++
		}
		if len(groups) == 0 || groups[len(groups)-1] != r.Group {
			groups = append(groups, r.Group)
		}
		if subject != "" && r.Group != subject || only == "kwetsbaar" && r.Risk == nil {
			continue
		}
		if n := len(page.Groups); n == 0 || page.Groups[n-1].Name != r.Group {
			page.Groups = append(page.Groups, matrixGroup{Name: r.Group})
		}
		group := &page.Groups[len(page.Groups)-1]
		group.Rows = append(group.Rows, v.matrixRow(m, r))
	}
	page.Lead = v.count(len(m.People), "collega", "collega's", "colleague", "colleagues") + ", " + v.count(skills, "vaardigheid", "vaardigheden", "skill", "skills") + ". " +
		v.say("Te weinig mensen: %d. Binnenkort te weinig: %d.", "Too few people: %d. Too few soon: %d.", vulnerable, soon)
	page.Fields = v.matrixFields(m, groups, subject, only)
	page.Legend = v.matrixLegend(m)
	page.Other = matrixAddress(m, page.AsList)
	here := matrixPath + "/" + url.PathEscape(string(m.Team.ID))
	page.Sheet = here + "/matrix.xlsx?" + url.Values{"op": {m.On.String()}}.Encode()
	if v.actor.May(staff.ChangeNeeded) {
		page.Needs = here + "/nodig"
	}
	if v.actor.May(staff.ReadStaffing) {
		page.Teach = teachPath + "?" + url.Values{"team": {string(m.Team.ID)}}.Encode()
	}
	return page
}

// matrixFields are what one can ask of the page.
func (v *visit) matrixFields(m academy.TeamMatrix, groups []string, subject, only string) []formField {
	var teams, people, subjects []option
	for _, t := range m.Teams {
		teams = append(teams, option{Value: string(t.ID), Name: t.Name})
	}
	people = []option{{Name: v.say("Iedereen is er", "Everybody is there")}}
	for _, id := range m.People {
		people = append(people, option{Value: string(id), Name: v.say("Zonder %s", "Without %s", m.Names[id])})
	}
	subjects = []option{{Name: v.say("Alles", "Everything")}}
	for _, g := range groups {
		subjects = append(subjects, option{Value: g, Name: g})
	}
	show := []option{{Name: v.say("Alle vaardigheden", "All skills")}, {Value: "kwetsbaar", Name: v.say("Alleen te weinig, nu of straks", "Only too few, now or soon")}}
	list := func(id, label, value string, options []option) formField {
		return formField{ID: id, Label: label, Groups: []optionGroup{{Options: choose(value, options...)}}}
	}
	var fields []formField
	if len(teams) > 1 {
		fields = append(fields, list("team", "Team", string(m.Team.ID), teams))
	}
	return append(fields, list("onderwerp", v.say("Onderwerp", "Subject"), subject, subjects), list("laat", v.say("Laat zien", "Show"), only, show),
		list("zonder", v.say("Wat als iemand er niet is?", "What if somebody is away?"), string(m.Without), people),
		formField{ID: "op", Label: v.say("Dag", "Day"), Type: "date", Value: m.On.String()})
}

// matrixAddress is the other way to show the same: as a table, or as a list.
func matrixAddress(m academy.TeamMatrix, table bool) string {
	query := url.Values{"team": {string(m.Team.ID)}, "op": {m.On.String()}}
	if m.Without != "" {
		query.Set("zonder", string(m.Without))
	}
	if !table {
		query.Set("als", "lijst")
	}
	return matrixPath + "?" + query.Encode()
}

// skillAddress is the page of one skill of a team.
func skillAddress(m academy.TeamMatrix, id competences.CompetenceID) string {
	address := matrixPath + "/" + url.PathEscape(string(m.Team.ID)) + "/" + url.PathEscape(string(id))
	if m.On != m.Today {
		address += "?op=" + m.On.String()
	}
	return address
}

func (v *visit) matrixRow(m academy.TeamMatrix, r competences.Row) matrixRow {
	row := matrixRow{Name: r.Name, Path: skillAddress(m, r.ID), Has: len(r.Covered), Needed: r.Needed, Before: r.Before, State: v.skillState(r.State)}
	for _, c := range r.Cells {
		row.Cells = append(row.Cells, v.matrixCell(c, m.Alone(r)))
	}
	for _, id := range r.Covered {
		row.Able = append(row.Able, m.Names[id])
	}
	return row
}

// skillState says how a team stands in a skill; no words where nobody said how many are needed.
func (l language) skillState(s competences.State) badge {
	switch s {
	case competences.Vulnerable:
		return badge{l.say("Kwetsbaar", "Vulnerable"), "fout"}
	case competences.Short:
		return badge{l.say("Te weinig", "Too few"), "fout"}
	case competences.Soon:
		return badge{l.say("Let op", "Watch"), "let"}
	case competences.Fine:
		return badge{l.say("Op orde", "In order"), "goed"}
	}
	return badge{}
}

// matrixLegend tells what the tints mean, with the levels of the first scale that is shown: others may lie elsewhere.
func (v *visit) matrixLegend(m academy.TeamMatrix) []matrixCell {
	legend := []matrixCell{{"·", "n0", v.say("geen", "none")}}
	if len(m.Rows) == 0 {
		return legend
	}
	alone := m.Alone(m.Rows[0])
	for _, one := range []struct {
		level competences.Level
		words string
	}{{alone - 1, v.say("nog niet zelfstandig", "not alone yet")}, {alone, v.say("zelfstandig", "alone")}, {alone + 1, v.say("meer dan zelfstandig", "more than alone")}} {
		if one.level > 0 {
			legend = append(legend, matrixCell{strconv.Itoa(int(one.level)), tint(one.level, alone), one.words})
		}
	}
	return legend
}

// tint is the class of a level: the jump from light to dark lies where somebody does the work alone.
func tint(level, alone competences.Level) string {
	switch {
	case level == 0:
		return "n0"
	case level > alone:
		return "n4"
	case level == alone:
		return "n3"
	case level == alone-1:
		return "n2"
	}
	return "n1"
}

// matrixCell writes a level, with what the certificate beside it is worth where the level needs one.
func (v *visit) matrixCell(c competences.Cell, alone competences.Level) matrixCell {
	cell := matrixCell{Text: strconv.Itoa(int(c.Level)), Class: tint(c.Level, alone)}
	if c.Level == 0 {
		cell.Text, cell.Words = "·", v.say("geen", "none")
	}
	switch {
	case c.Certificate == competences.Expiring && c.Counts:
		cell.Class += " bijna"
		cell.Words = v.say("certificaat tot en met %s", "certificate until %s", v.date(c.Until))
	case c.Certificate == competences.Expired && c.Level >= alone:
		cell.Text, cell.Class = cell.Text+"!", "over"
		cell.Words = v.say("certificaat verlopen op %s", "certificate expired on %s", v.date(c.Until.AddDays(1)))
	case c.Certificate == competences.Absent && c.Level >= alone:
		cell.Text, cell.Class = cell.Text+"!", "over"
		cell.Words = v.say("zonder certificaat", "without a certificate")
	}
	return cell
}
