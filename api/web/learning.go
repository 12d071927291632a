package web

import (
	"net/url"
	"slices"

	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// learningPath is where the learning on offer is.
const learningPath = "/leeraanbod"

// A learningPage lists what one can do to learn.
type learningPage struct {
	Fields    []formField
	Items     []learningLine
	All       int
	MayChange bool
}

// A learningLine is one item.
type learningLine struct {
	competences.LearningItem
	Path         string
	Hours, Costs string
	Brings       []broughtLevel
	Comes        []string // what comes first, in words
}

// A broughtLevel is what an item evidences.
type broughtLevel struct {
	Name     string
	From, To competences.Level
}

var learningView = declare[learningPage]("learning.html")

// learning shows what one can do to learn, all of it or for one skill.
func (s *Site) learning(v *visit) error {
	items, err := s.office.LearningItems(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	catalogue, err := s.office.Competences(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	skill := competences.CompetenceID(v.query("vaardigheid"))
	page := learningPage{All: len(items), MayChange: v.actor.May(staff.ChangeLearning)}
	options := append([]optionGroup{{Options: choose(string(skill), option{Name: v.say("Alles", "Everything")})}}, skillGroups(catalogue, string(skill))...)
	page.Fields = []formField{{ID: "vaardigheid", Label: v.say("Wat wil je leren?", "What would you like to learn?"), Groups: options}}
	title := func(id competences.ItemID) string {
		at := slices.IndexFunc(items, func(i competences.LearningItem) bool { return i.ID == id })
		return items[at].Title
	}
	for _, i := range items {
		if skill != "" && !slices.ContainsFunc(i.Evidences, func(r competences.Raise) bool { return r.Competence == skill }) {
			continue
		}
		page.Items = append(page.Items, v.learningLine(i, catalogue, title))
	}
	return learningView.show(v, page)
}

func (v *visit) learningLine(i competences.LearningItem, catalogue competences.Catalogue, title func(competences.ItemID) string) learningLine {
	line := learningLine{LearningItem: i, Path: learningPath + "/" + url.PathEscape(string(i.ID)), Hours: v.hours(i.Minutes), Costs: v.euro(training.Cents(i.Cents))}
	for _, r := range i.Evidences {
		c, _ := catalogue.Competence(r.Competence)
		line.Brings = append(line.Brings, broughtLevel{c.Name, r.From, r.To})
	}
	for _, id := range i.After {
		line.Comes = append(line.Comes, title(id))
	}
	var any []string
	for _, id := range i.AfterAny {
		any = append(any, title(id))
	}
	if len(any) > 0 {
		line.Comes = append(line.Comes, joined(any, v.say("of", "or")))
	}
	for _, a := range i.AtLeast {
		c, _ := catalogue.Competence(a.Competence)
		line.Comes = append(line.Comes, v.say("%s niveau %d", "%s level %d", c.Name, a.Level))
	}
	return line
}

// skillGroups are the skills of a catalogue to choose from, under their subjects.
func skillGroups(catalogue competences.Catalogue, chosen string) []optionGroup {
	var groups []optionGroup
	for _, c := range catalogue.Competences {
		at := slices.IndexFunc(groups, func(g optionGroup) bool { return g.Name == c.Group })
		if at < 0 {
			groups, at = append(groups, optionGroup{Name: c.Group}), len(groups)
		}
		groups[at].Options = append(groups[at].Options, option{Value: string(c.ID), Name: c.Name, Chosen: string(c.ID) == chosen})
	}
	return groups
}
