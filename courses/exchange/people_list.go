package exchange

import (
	"slices"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A PeopleField is what a column of a list of people says.
type PeopleField string

const (
	PeopleNothing     PeopleField = ""
	PeopleNumber      PeopleField = "number"
	PeopleFirst       PeopleField = "first"
	PeopleInfix       PeopleField = "infix"
	PeopleLast        PeopleField = "last"
	PeopleEmail       PeopleField = "email"
	PeopleTeam        PeopleField = "team"
	PeopleLeader      PeopleField = "leader"
	PeopleRole        PeopleField = "role"
	PeopleDesignation PeopleField = "designation"
	PeopleFrom        PeopleField = "from"
	PeopleUntil       PeopleField = "until"
)

// peopleWords are the words above a column that tell what it says.
var peopleWords = map[PeopleField][]string{
	PeopleNumber: {"personeelsnummer", "persnr", "pers nr", "medewerker", "medewerkernummer", "stamnummer", "employee", "employee id", "employee number", "number", "nummer"},
	PeopleFirst:  {"roepnaam", "voornaam", "first name", "given name", "first"}, PeopleInfix: {"voorvoegsel", "tussenvoegsel", "infix"},
	PeopleLast: {"achternaam", "last name", "surname", "last"}, PeopleEmail: {"e mail werk", "e mail", "email", "e mailadres", "mail"},
	PeopleTeam:   {"organisatorische eenheid", "afdeling", "team", "department", "unit"},
	PeopleLeader: {"leidinggevende", "manager", "leader"}, PeopleRole: {"functie", "rol", "role", "job", "function"},
	PeopleDesignation: {"aanwijzing", "taak", "designation"},
	PeopleFrom:        {"datum in dienst", "in dienst", "vanaf", "sinds", "begindatum", "from", "since", "start"},
	PeopleUntil:       {"datum uit dienst", "uit dienst", "tot en met", "einddatum", "until", "end"},
}

// PeopleFields lists what a column of a list of people may say.
func PeopleFields() []PeopleField {
	return []PeopleField{PeopleNumber, PeopleFirst, PeopleInfix, PeopleLast, PeopleEmail, PeopleTeam, PeopleLeader, PeopleRole, PeopleDesignation, PeopleFrom, PeopleUntil}
}

// GuessPeopleColumns works out what each column says, by what stands above it.
func GuessPeopleColumns(t Table) []PeopleField {
	columns := make([]PeopleField, len(t.Columns))
	for _, f := range PeopleFields() {
		for _, word := range peopleWords[f] {
			at := slices.IndexFunc(t.Columns, func(c string) bool { return strings.Join(tokens(c), " ") == word })
			if at >= 0 && columns[at] == PeopleNothing {
				columns[at] = f
				break
			}
		}
	}
	return columns
}

// A PeopleOffice is what an office knows before a list of people comes in.
type PeopleOffice struct {
	Today        calendar.Date
	Self         staff.PersonID // who brings the list in
	People       []staff.Person
	Teams        []staff.Team
	Roles        []staff.Role
	Employments  []staff.Employment
	Designations []staff.Designation
}

// A PeopleVerdict is what becomes of a person in a list, or of a line that is wrong.
type PeopleVerdict string

const (
	PersonNew       PeopleVerdict = "new"
	PersonChanged   PeopleVerdict = "changed"
	PersonLeft      PeopleVerdict = "left" // got a last day that has come, or that is to come
	PersonUnchanged PeopleVerdict = "unchanged"
	PersonGone      PeopleVerdict = "gone" // left before and is not known here: does not come in
)

// A PeopleRow is one line of a list of people.
type PeopleRow struct {
	Line     int
	Cells    []string
	Mistakes []fault.Field // none: the line is right
	Person   staff.Person

	team        string
	leader      string
	role        string
	designation staff.DesignationKind
	from, until calendar.Date
}

// A PeopleList is what a list of people means to an office, and what it would change.
type PeopleList struct {
	Table   Table
	Columns []PeopleField
	Missing []fault.Field // columns the list cannot do without
	Rows    []PeopleRow
	Verdict map[staff.PersonID]PeopleVerdict
	Changes PeopleChanges
	Leaders []LeaderChange // teams that get another leader, in the order of the list
	Leaving []LeaderChange // teams whose leader gets a last day: Before is that leader
}

// A LeaderChange is who leads a team before a list comes in and after it. Nobody: a person without a number.
type LeaderChange struct {
	Team          string
	Before, After staff.Person
}

// A PeopleMake is what a list may make that does not exist; else the lines that name it are wrong.
type PeopleMake struct{ Roles, Teams bool }

// PeopleChanges are what must be written so that the office is as a list says.
type PeopleChanges struct {
	Teams        []staff.Team // new
	Leaders      []staff.Team // that exist, with another leader
	Roles        []staff.Role // new
	People       []staff.Person
	Renamed      []staff.Person     // that exist, with another name or address
	Hired        []staff.Employment // new
	Amended      []staff.Employment // that exist, with another last day, team or role
	Designations []staff.Designation
	Redesignated []staff.Designation // that exist, with other days
}

// None reports whether nothing must be written.
func (c PeopleChanges) None() bool {
	return len(c.Teams)+len(c.Leaders)+len(c.Roles)+len(c.People)+len(c.Renamed)+len(c.Hired)+len(c.Amended)+len(c.Designations)+len(c.Redesignated) == 0
}

// peopleColumns are the names of columns in words, for a list that lacks the column.
var peopleColumns = map[PeopleField][2]string{
	PeopleNumber: {"Personeelsnummer", "Personnel number"}, PeopleFirst: {"Roepnaam", "First name"}, PeopleInfix: {"Voorvoegsel", "Infix"}, PeopleLast: {"Achternaam", "Last name"},
	PeopleEmail: {"E-mail", "E-mail"}, PeopleTeam: {"Team", "Team"}, PeopleLeader: {"Leidinggevende", "Leader"}, PeopleRole: {"Functie", "Role"},
	PeopleDesignation: {"Aanwijzing", "Designation"}, PeopleFrom: {"Datum in dienst", "From"}, PeopleUntil: {"Datum uit dienst", "Until"},
}

// PeopleColumn says in words in which column a mistake is: the name that stands above it, or how a column that is missing is called.
func PeopleColumn(path string, english bool) string {
	words, ok := peopleColumns[PeopleField(path)]
	switch {
	case !ok:
		return path
	case english:
		return words[1]
	}
	return words[0]
}

// Count tells how many people get a verdict.
func (l PeopleList) Count(v PeopleVerdict) int {
	n := 0
	for _, is := range l.Verdict {
		if is == v {
			n++
		}
	}
	return n
}

// Wrong counts the lines that do not come in.
func (l PeopleList) Wrong() int {
	n := 0
	for _, r := range l.Rows {
		if len(r.Mistakes) > 0 {
			n++
		}
	}
	return n
}

var forbiddenColumn = fault.New(fault.Invalid, "Deze lijst heeft een kolom die we nooit lezen. Haal die weg en stuur de lijst opnieuw.", "This list has a column that we never read. Remove it and send the list again.").Because("forbidden_column")

// forbidden are the beginnings of words above columns that say what is never kept.
var forbidden = []string{"bsn", "burgerservice", "sofi", "geboorte", "geboren", "birth", "dob"}

// RefusePersonal refuses a list with a column for citizen service numbers or days of birth: fault.Invalid.
func RefusePersonal(t Table) error {
	mistakes := *forbiddenColumn
	for i, c := range t.Columns {
		if slices.ContainsFunc(tokens(c), func(word string) bool {
			return slices.ContainsFunc(forbidden, func(f string) bool { return strings.HasPrefix(word, f) })
		}) {
			mistakes = *mistakes.At(t.ColumnName(i), "haal deze kolom weg", "remove this column")
		}
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// OnlyPeople returns a table with the columns that say something, and what each of them says: nothing else is kept.
func (t Table) OnlyPeople(columns []PeopleField) (Table, []PeopleField) {
	only, says := Table{}, []PeopleField{}
	for i, f := range columns {
		if f != PeopleNothing {
			only.Columns, says = append(only.Columns, t.ColumnName(i)), append(says, f)
		}
	}
	for _, r := range t.Rows {
		cells := make([]string, 0, len(says))
		for i, f := range columns {
			if f != PeopleNothing {
				cells = append(cells, r.Cells[i])
			}
		}
		only.Rows = append(only.Rows, TableRow{r.Line, cells, r.Aside})
	}
	return only, says
}

// WritePeopleCorrections writes the wrong lines as a list of their own, with what to correct beside them.
func WritePeopleCorrections(l PeopleList, english bool) []byte {
	var header []string
	for i := range l.Table.Columns {
		header = append(header, l.Table.ColumnName(i))
	}
	rows := [][]string{append(header, map[bool]string{false: "Wat klopt er niet?", true: "What is not right?"}[english])}
	for _, r := range l.Rows {
		if len(r.Mistakes) > 0 {
			mistakes := slices.Clone(r.Mistakes)
			for i, m := range mistakes {
				mistakes[i].Path = PeopleColumn(m.Path, english)
			}
			rows = append(rows, append(slices.Clone(r.Cells), whatIsWrong(r.Line, mistakes, english)))
		}
	}
	return WriteSheet(rows)
}
