package web

import (
	"net/url"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
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
	Groups   []matrixGroup
	Problems problems
	AsList   bool
	Other    string // the address of the list, or of the table
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
	page.Other = matrixAddress(m, page.AsList)
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
		row.Cells = append(row.Cells, v.matrixCell(c))
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

// matrixCell writes a level, with what the certificate beside it is worth where the level needs one.
func (v *visit) matrixCell(c competences.Cell) matrixCell {
	cell := matrixCell{Text: strconv.Itoa(int(c.Level)), Class: "n" + strconv.Itoa(min(4, int(c.Level)))}
	if c.Level == 0 {
		cell.Text, cell.Words = "·", v.say("geen", "none")
	}
	switch {
	case c.Certificate == competences.Expiring && c.Counts:
		cell.Class += " bijna"
		cell.Words = v.say("certificaat tot en met %s", "certificate until %s", v.date(c.Until))
	case c.Certificate == competences.Expired && c.Level >= 3:
		cell.Text, cell.Class = cell.Text+"!", "over"
		cell.Words = v.say("certificaat verlopen op %s", "certificate expired on %s", v.date(c.Until.AddDays(1)))
	case c.Certificate == competences.Absent && c.Level >= 3:
		cell.Text, cell.Class = cell.Text+"!", "over"
		cell.Words = v.say("zonder certificaat", "without a certificate")
	}
	return cell
}

// A skillPage is one skill of a team.
type skillPage struct {
	Name, Definition, Note string
	Back                   string // the address of the team
	Path                   string
	On                     calendar.Date
	State                  badge
	Risk, Action           string
	Has                    int
	Needed                 formField
	NoteField              formField
	MayChange              bool
	People                 []skillPerson
	Scale                  []skillLevel
	Items                  []skillItem
	Problems               problems
}

// A skillPerson is what one person shows of it.
type skillPerson struct {
	Name, Path string
	Level      int
	Asked      int
	Counts     bool
	Sources    []shownLevel
	Worth      string // of the certificate
}

// A shownLevel is one piece of evidence in words.
type shownLevel struct {
	Level int
	From  string
	On    calendar.Date
}

// A skillLevel is what one level means.
type skillLevel struct {
	Level        int
	Means, Shows string
}

// A skillItem is something one can do to learn it.
type skillItem struct {
	competences.LearningItem
	From, To int
	Hours    string
	Costs    string
}

var skillView = declare[skillPage]("skill.html")

// teamSkill shows one skill of a team.
func (s *Site) teamSkill(v *visit) error {
	page, err := s.skillPage(v)
	if err != nil {
		return err
	}
	return skillView.show(v, page)
}

// changeNeeded says how many people of the team must be able to do it.
func (s *Site) changeNeeded(v *visit) error {
	page, err := s.skillPage(v)
	if err != nil {
		return err
	}
	n := competences.Needed{Team: staff.TeamID(v.r.PathValue("team")), Competence: competences.CompetenceID(v.r.PathValue("vaardigheid")), Note: v.field("note")}
	if n.People, err = strconv.Atoi(v.field("people")); err != nil {
		n.People = -1 // no number: refused as such
	}
	err = s.office.SetNeeded(v.ctx(), v.actor, n)
	if fault.KindOf(err) == fault.Invalid {
		page.Problems = v.problemsOf(err, func(id string) string {
			return map[string]string{"people": page.Needed.Label, "note": page.NoteField.Label}[id]
		})
		page.Needed.Value, page.Needed.Problem = v.field("people"), page.Problems.At("people")
		page.NoteField.Value, page.NoteField.Problem = v.field("note"), page.Problems.At("note")
		return skillView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("nodig", page.Path)
}

func (s *Site) skillPage(v *visit) (skillPage, error) {
	on, err := v.dayAsked("op")
	if err != nil {
		return skillPage{}, err
	}
	k, err := s.office.Skill(v.ctx(), v.actor, staff.TeamID(v.r.PathValue("team")), competences.CompetenceID(v.r.PathValue("vaardigheid")), on)
	if err != nil {
		return skillPage{}, err
	}
	page := skillPage{
		Name: k.Name, Definition: k.Definition, Note: k.Note, Back: matrixAddress(k.TeamMatrix, true), Path: skillAddress(k.TeamMatrix, k.ID), On: k.On, State: v.skillState(k.State),
		Has: len(k.Covered), MayChange: v.actor.May(staff.ChangeNeeded),
		Needed:    formField{ID: "people", Label: v.say("Nodig in dit team", "Needed in this team"), Hint: v.say("Hoeveel mensen dit zelfstandig moeten kunnen. 0 als het niet nodig is.", "How many people must do this alone. 0 where it is not needed."), Type: "text", Class: "kort", Value: strconv.Itoa(k.Needed)},
		NoteField: formField{ID: "note", Label: v.say("Waarom (mag leeg)", "Why (may be empty)"), Type: "text", Value: k.Note},
	}
	book := competences.Book(k.Names)
	if k.Risk != nil {
		page.Risk, page.Action = v.say(book.Words(*k.Risk)), v.say(book.HelpWords(*k.Risk, k.Offered(*k.Risk)))
	}
	for i, id := range k.People {
		cell := k.Cells[i]
		page.People = append(page.People, skillPerson{
			Name: k.Names[id], Path: "/mensen/" + url.PathEscape(string(id)) + "/vaardigheden", Level: int(cell.Level), Asked: int(cell.Asked), Counts: cell.Counts, Sources: v.shownLevels(cell.Sources, nil), Worth: v.certificateWorth(cell),
		})
	}
	for _, f := range k.Frameworks {
		for i, means := range f.Scale {
			if f.Key == k.Framework {
				page.Scale = append(page.Scale, skillLevel{i + 1, means, k.Shows(competences.Level(i + 1))})
			}
		}
	}
	for _, item := range k.Items {
		for _, r := range item.Evidences {
			if r.Competence == k.ID {
				page.Items = append(page.Items, skillItem{item, int(r.From), int(r.To), v.hours(item.Minutes), v.euro(training.Cents(item.Cents))})
			}
		}
	}
	return page, nil
}

// certificateWorth says what the certificate beside a level is worth.
func (v *visit) certificateWorth(c competences.Cell) string {
	switch {
	case c.Certificate == competences.Absent:
		return v.say("geen certificaat", "no certificate")
	case c.Certificate == competences.Expired:
		return v.say("%s verlopen op %s", "%s expired on %s", c.Scheme, v.date(c.Until.AddDays(1)))
	case c.Certificate != competences.NoneAsked && c.Until.IsZero():
		return string(c.Scheme)
	case c.Certificate != competences.NoneAsked:
		return v.say("%s tot en met %s", "%s until %s", c.Scheme, v.date(c.Until))
	}
	return ""
}

// shownLevels writes evidence, with who judged where the names are known.
func (v *visit) shownLevels(sources []competences.Evidence, names map[staff.PersonID]string) []shownLevel {
	var shown []shownLevel
	for _, e := range sources {
		from := v.sourceName(e.Source)
		if e.Scheme != "" {
			from += " " + string(e.Scheme)
		}
		if name := names[e.By]; name != "" && e.Source != competences.Self {
			from += " (" + name + ")"
		}
		shown = append(shown, shownLevel{int(e.Level), from, e.On})
	}
	return shown
}

// sourceName is what people call a source.
func (l language) sourceName(s competences.Source) string {
	switch s {
	case competences.Self:
		return l.say("zelf", "self")
	case competences.Leader:
		return l.say("leidinggevende", "leader")
	case competences.Assessor:
		return l.say("praktijkbeoordelaar", "assessor")
	case competences.Certificate:
		return l.say("certificaat", "certificate")
	}
	return l.say("van elders, door P&O", "from elsewhere, by HR")
}
