package web

import (
	"net/url"
	"strconv"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

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
