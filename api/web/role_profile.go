package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// askProfile shows the form of a new version of what a role asks, filled with the newest.
func (s *Site) askProfile(v *visit) error {
	r, catalogue, err := s.roleAsked(v)
	if err != nil {
		return err
	}
	values := url.Values{"validFrom": {v.moment.Today().AddDays(1).String()}}
	if n := len(r.Versions); n > 0 {
		for _, one := range r.Versions[n-1].Required {
			values.Set("niveau-"+string(one.Competence), fmt.Sprint(one.Level))
			values.Set("gewicht-"+string(one.Competence), strconv.Itoa(one.Weight))
		}
	}
	return gridFormView.show(v, v.profileForm(r, catalogue, values, nil))
}

// sendProfile shows what a new version does to the people who hold the role, or saves it.
func (s *Site) sendProfile(v *visit) error {
	r, catalogue, err := s.roleAsked(v)
	if err != nil {
		return err
	}
	values := v.r.PostForm
	p, err := readProfile(r.ID, catalogue, values)
	var effect academy.ProfileEffect
	switch doe := v.field("doe"); {
	case doe != "nakijken" && doe != "bewaar":
		return gridFormView.show(v, v.profileForm(r, catalogue, values, nil))
	case err != nil:
	case doe == "bewaar":
		if _, err = s.office.SaveProfile(v.ctx(), v.actor, p); err == nil {
			return v.done("profiel", roleAddress(r.ID))
		}
	default:
		if effect, err = s.office.PreviewProfile(v.ctx(), v.actor, p); err == nil {
			return profileCheckView.show(v, v.profileCheck(r, catalogue, effect))
		}
	}
	if fault.KindOf(err) == fault.Conflict {
		err = unreadable.At("validFrom", fault.Of(err).Dutch, fault.Of(err).English)
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page := v.profileForm(r, catalogue, values, ofProfile(err, p))
	return gridFormView.refuse(v, page, page.Problems)
}

// readProfile reads the rows of which a level is asked; fault.Invalid, with its place, where the day cannot be read.
func readProfile(role staff.RoleID, catalogue competences.Catalogue, values url.Values) (competences.RoleProfile, error) {
	wrong := *unreadable
	p := competences.RoleProfile{Role: role, ValidFrom: dayIn(values, "validFrom", &wrong)}
	if p.ValidFrom.IsZero() && len(wrong.Fields) == 0 {
		wrong = *wrong.At("validFrom", "kies een dag", "choose a day")
	}
	for _, c := range catalogue.Competences {
		level, weight := values.Get("niveau-"+string(c.ID)), values.Get("gewicht-"+string(c.ID))
		if level == "" {
			continue
		}
		l, _ := strconv.Atoi(level) // what is no number is refused as no level
		w, _ := strconv.Atoi(weight)
		p.Required = append(p.Required, competences.Required{Competence: c.ID, Level: competences.Level(l), Weight: w})
	}
	if len(wrong.Fields) > 0 {
		return p, &wrong
	}
	return p, nil
}

// ofProfile names the fields of the form where a fault names places in a profile.
func ofProfile(err error, p competences.RoleProfile) error {
	return renamed(err, func(path string) string {
		var at int
		var what string
		if n, _ := fmt.Sscanf(path, "required[%d].%s", &at, &what); n == 2 && at < len(p.Required) {
			prefix := map[string]string{"weight": "gewicht-"}[what]
			if prefix == "" {
				prefix = "niveau-"
			}
			return prefix + string(p.Required[at].Competence)
		}
		return path
	})
}

// renamed gives the places in a fault other names.
func renamed(err error, name func(string) string) error {
	f := *fault.Of(err)
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		f.Fields[i].Path = name(f.Fields[i].Path)
	}
	return &f
}

func (v *visit) profileForm(r academy.ProfiledRole, catalogue competences.Catalogue, values url.Values, wrong error) gridForm {
	names := map[string]string{"validFrom": v.say("Eerste dag", "First day"), "required": v.say("Vaardigheden", "Skills")}
	page := gridForm{
		Title: v.say("Wat vraagt %s?", "What does %s ask?", r.Name), Back: option{Value: roleAddress(r.ID), Name: r.Name}, Dutch: true, Path: roleAddress(r.ID) + "/profiel",
		Lead:    v.say("Je maakt een nieuwe versie. Wat tot nu toe gevraagd is, blijft staan. Voordat je bewaart, zie je wie dit raakt.", "You make a new version. What was asked until now stays. Before you save you see whom this is about."),
		Columns: []string{v.say("Vaardigheid", "Skill"), v.say("Niveau", "Level"), v.say("Gewicht", "Weight")},
		Buttons: []option{{Value: "nakijken", Name: v.say("Kijk wie dit raakt", "See whom this is about")}},
	}
	for _, c := range catalogue.Competences {
		level, weight := "niveau-"+string(c.ID), "gewicht-"+string(c.ID)
		names[level], names[weight] = c.Name, c.Name
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	for i, p := range page.Problems { // no field of its own: the day is the first
		if p.Field == "required" {
			page.Problems[i].Field = "validFrom"
		}
	}
	page.Fields = []formField{{ID: "validFrom", Label: names["validFrom"], Hint: v.say("Vanaf deze dag vraagt de rol dit.", "From this day the role asks this."), Type: "date", Class: "kort", Value: values.Get("validFrom"), Problem: page.Problems.At("validFrom")}}
	for _, c := range catalogue.Competences {
		level, weight := "niveau-"+string(c.ID), "gewicht-"+string(c.ID)
		levels := append([]option{{Name: v.say("niet gevraagd", "not asked")}}, levelOptions(catalogue.Framework(c.Framework), 1)...)
		weights := []option{{Value: "1", Name: v.weight(1)}, {Value: "2", Name: v.weight(2)}, {Value: "3", Name: v.weight(3)}}
		chosen := values.Get(weight)
		if chosen == "" {
			chosen = "2"
		}
		page.add(c.Group, gridRow{Name: c.Name, Fields: []formField{
			{ID: level, Label: v.say("Niveau van %s", "Level of %s", c.Name), Groups: []optionGroup{{Options: choose(values.Get(level), levels...)}}, Problem: page.Problems.At(level)},
			{ID: weight, Label: v.say("Gewicht van %s", "Weight of %s", c.Name), Groups: []optionGroup{{Options: choose(chosen, weights...)}}, Problem: page.Problems.At(weight)},
		}})
	}
	return page
}

// A profileCheckPage tells what a new version of a profile does, before it is saved.
type profileCheckPage struct {
	Name, Path string
	academy.ProfileEffect
	Changes []profileChange
	Sent    []option
}

// A profileChange is one thing that is asked otherwise.
type profileChange struct{ Name, Was, Is string }

var profileCheckView = declare[profileCheckPage]("role_profile_check.html", narrow)

func (v *visit) profileCheck(r academy.ProfiledRole, catalogue competences.Catalogue, effect academy.ProfileEffect) profileCheckPage {
	page := profileCheckPage{Name: r.Name, Path: roleAddress(r.ID) + "/profiel", ProfileEffect: effect, Sent: sent(v.r.PostForm)}
	level := func(l competences.Level) string {
		if l == 0 {
			return v.say("niet gevraagd", "not asked")
		}
		return fmt.Sprint(l)
	}
	for _, change := range effect.Changed {
		c, _ := catalogue.Competence(change.Competence)
		page.Changes = append(page.Changes, profileChange{c.Name, level(change.Was), level(change.Is)})
	}
	return page
}
