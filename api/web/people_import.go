package web

import (
	"slices"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A peopleImportPage asks for a list of people.
type peopleImportPage struct {
	MakeRoles bool
	MakeTeams bool
	Problems  problems
}

// A peopleCheckPage tells what a list of people changes, before it comes in.
type peopleCheckPage struct {
	academy.PeopleImport
	Counts  []peopleCount
	Columns []peopleColumn
	People  []peopleChange
	Wrong   []wrongLine
	None    bool // nothing changes
}

// A peopleCount is how many people something becomes of.
type peopleCount struct {
	What   string
	People int
}

// A peopleColumn is a column that is read, and what it says.
type peopleColumn struct{ Name, Says string }

// A peopleChange is somebody of whom something changes.
type peopleChange struct {
	Person     staff.PersonID
	Name, What string
}

// A wrongLine is a line that does not come in.
type wrongLine struct {
	Line  int
	Texts []string
}

var (
	peopleImportView = declare[peopleImportPage]("people_import.html")
	peopleCheckView  = declare[peopleCheckPage]("people_import_check.html")
)

// peopleImport asks for a list.
func (s *Site) peopleImport(v *visit) error { return peopleImportView.show(v, peopleImportPage{}) }

// uploadPeople keeps a list and leads on to what it changes.
func (s *Site) uploadPeople(v *visit) error {
	content, err := v.readUpload("lijst", academy.MaxList)
	if err != nil {
		return err
	}
	page := peopleImportPage{MakeRoles: v.field("rollen") != "", MakeTeams: v.field("teams") != ""}
	var id string
	if err = noFile; len(content) > 0 {
		id, err = s.office.UploadPeople(v.ctx(), v.actor, v.field("lijst"), academy.PeopleRequest{Content: content, MakeRoles: page.MakeRoles, MakeTeams: page.MakeTeams})
	}
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		text := v.say(f.Dutch, f.English)
		for _, field := range f.Fields {
			text += " " + academy.PeopleColumn(field.Path, v.language == english) + ": " + v.say(field.Dutch, field.English) + "."
		}
		page.Problems = problems{{"lijst", text}}
		return peopleImportView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.redirect("/mensen-inlezen/" + id)
}

// checkPeople shows what a list changes.
func (s *Site) checkPeople(v *visit) error {
	i, err := s.office.UploadedPeople(v.ctx(), v.actor, v.r.PathValue("lijst"))
	if err != nil {
		return err
	}
	page := peopleCheckPage{PeopleImport: i, None: i.List.Changes.None()}
	for _, what := range []academy.PeopleVerdict{academy.PersonNew, academy.PersonChanged, academy.PersonLeft, academy.PersonUnchanged, academy.PersonGone} {
		page.Counts = append(page.Counts, peopleCount{v.personVerdict(what), i.List.Count(what)})
	}
	for at, f := range i.List.Columns {
		page.Columns = append(page.Columns, peopleColumn{i.List.Table.ColumnName(at), v.peopleField(f)})
	}
	names := make(map[staff.PersonID]string)
	for _, r := range i.List.Rows {
		names[r.Person.ID] = r.Person.Name()
	}
	for person, what := range i.List.Verdict {
		if what != academy.PersonUnchanged {
			page.People = append(page.People, peopleChange{person, names[person], v.personVerdict(what)})
		}
	}
	slices.SortFunc(page.People, func(a, b peopleChange) int { return strings.Compare(string(a.Person), string(b.Person)) })
	for _, r := range i.List.Rows {
		if len(r.Mistakes) == 0 {
			continue
		}
		line := wrongLine{Line: r.Line}
		for _, m := range r.Mistakes {
			line.Texts = append(line.Texts, academy.PeopleColumn(m.Path, v.language == english)+": "+v.say(m.Dutch, m.English))
		}
		page.Wrong = append(page.Wrong, line)
	}
	return peopleCheckView.show(v, page)
}

// bringInPeople brings in a list that somebody looked at.
func (s *Site) bringInPeople(v *visit) error {
	if _, err := s.office.BringInPeople(v.ctx(), v.actor, v.r.PathValue("lijst")); err != nil {
		return err
	}
	return v.done("mensen-ingelezen", "/mensen-inlezen")
}

// peopleCorrections are the wrong lines of a list, as a list to correct.
func (s *Site) peopleCorrections(v *visit) error {
	corrections, err := s.office.PeopleCorrections(v.ctx(), v.actor, v.r.PathValue("lijst"), v.language == english)
	if err != nil {
		return err
	}
	return v.attach(v.say("verbeteren.csv", "corrections.csv"), corrections)
}

// personVerdict says what becomes of somebody in a list.
func (l language) personVerdict(v academy.PeopleVerdict) string {
	switch v {
	case academy.PersonNew:
		return l.say("Nieuw", "New")
	case academy.PersonChanged:
		return l.say("Gewijzigd", "Changed")
	case academy.PersonLeft:
		return l.say("Krijgt een laatste dag", "Gets a last day")
	case academy.PersonUnchanged:
		return l.say("Blijft gelijk", "Stays the same")
	}
	return l.say("Was al weg: komt er niet in", "Had left already: does not come in")
}

// peopleField says what a column of a list tells.
func (l language) peopleField(f academy.PeopleField) string {
	words := map[academy.PeopleField][2]string{
		"number": {"personeelsnummer", "personnel number"}, "first": {"voornaam", "first name"}, "infix": {"tussenvoegsel", "infix"}, "last": {"achternaam", "last name"},
		"email": {"e-mailadres", "e-mail address"}, "team": {"team", "team"}, "leader": {"leidinggevende", "leader"}, "role": {"rol", "role"},
		"designation": {"aanwijzing", "designation"}, "from": {"eerste dag", "first day"}, "until": {"laatste dag", "last day"},
	}[f]
	return l.say(words[0], words[1])
}
