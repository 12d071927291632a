package web

import (
	"fmt"
	"net/url"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// needs shows how many people of a team must be able to do what.
func (s *Site) needs(v *visit) error {
	n, err := s.office.TeamNeeds(v.ctx(), v.actor, staff.TeamID(v.r.PathValue("team")))
	if err != nil {
		return err
	}
	values := url.Values{}
	for id, one := range n.Needed {
		values.Set("people-"+string(id), strconv.Itoa(one.People))
		values.Set("note-"+string(id), one.Note)
	}
	return gridFormView.show(v, v.needsForm(n, values, nil))
}

// sendNeeds writes how many a team needs of everything.
func (s *Site) sendNeeds(v *visit) error {
	team := staff.TeamID(v.r.PathValue("team"))
	n, err := s.office.TeamNeeds(v.ctx(), v.actor, team)
	if err != nil {
		return err
	}
	var all []competences.Needed
	for _, c := range n.Catalogue.Competences {
		one := competences.Needed{Team: team, Competence: c.ID, Note: v.field("note-" + string(c.ID))}
		if text := v.field("people-" + string(c.ID)); text != "" {
			if one.People, err = strconv.Atoi(text); err != nil {
				one.People = -1 // no number: refused as such
			}
		}
		all = append(all, one)
	}
	err = s.office.SetNeededOfTeam(v.ctx(), v.actor, team, all)
	if fault.KindOf(err) == fault.Invalid {
		err = renamed(err, func(path string) string {
			var at int
			var what string
			if n, _ := fmt.Sscanf(path, "needed[%d].%s", &at, &what); n == 2 && at < len(all) {
				return what + "-" + string(all[at].Competence)
			}
			return path
		})
		page := v.needsForm(n, v.r.PostForm, err)
		return gridFormView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("nodig", matrixPath+"?"+url.Values{"team": {string(team)}}.Encode())
}

func (v *visit) needsForm(n academy.TeamNeeds, values url.Values, wrong error) gridForm {
	names := make(map[string]string)
	for _, c := range n.Catalogue.Competences {
		names["people-"+string(c.ID)], names["note-"+string(c.ID)] = c.Name, c.Name
	}
	page := gridForm{
		Title: v.say("Wat heeft %s nodig?", "What does %s need?", n.Team.Name), Lead: v.say("Hoeveel mensen moeten dit zelfstandig kunnen? Leeg of 0: niet nodig.", "How many people must do this alone? Empty or 0: not needed."),
		Back: option{Value: matrixPath + "?" + url.Values{"team": {string(n.Team.ID)}}.Encode(), Name: v.say("Wat kan het team?", "What can the team do?")}, Path: matrixPath + "/" + url.PathEscape(string(n.Team.ID)) + "/nodig",
		Columns: []string{v.say("Vaardigheid", "Skill"), v.say("Nodig", "Needed"), v.say("Waarom (mag leeg)", "Why (may be empty)")}, Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar wat nodig is", "Save what is needed")}},
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	for _, c := range n.Catalogue.Competences {
		people, note := "people-"+string(c.ID), "note-"+string(c.ID)
		page.add(c.Group, gridRow{Name: c.Name, Fields: []formField{
			{ID: people, Label: v.say("Nodig: %s", "Needed: %s", c.Name), Class: "kort", Value: values.Get(people), Problem: page.Problems.At(people)},
			{ID: note, Label: v.say("Waarom: %s", "Why: %s", c.Name), Value: values.Get(note), Problem: page.Problems.At(note)},
		}})
	}
	return page
}
