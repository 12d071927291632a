package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// levelsPath is where an assessor writes down what they saw a colleague do.
const levelsPath = "/praktijk/niveaus"

// levelSource is as whom the visitor gives levels: as an assessor at work, about oneself, or else as leader or as HR.
func (s *Site) levelSource(v *visit, person staff.PersonID) competences.Source {
	switch {
	case v.r.URL.Path == levelsPath:
		return competences.Assessor
	case person == v.actor.Person:
		return competences.Self
	case v.query("als") == string(competences.External) || v.field("als") == string(competences.External) || !v.actor.May(staff.JudgeLevels):
		return competences.External
	}
	return competences.Leader
}

// askLevels shows the form in which somebody gives the levels that one talk, one day at work or one diploma showed.
func (s *Site) askLevels(v *visit) error {
	person := staff.PersonID(cmp.Or(v.query("persoon"), string(v.whoseSkills())))
	if v.r.URL.Path == levelsPath && v.query("persoon") == "" {
		page, err := s.chooseAssessed(v)
		if err != nil {
			return err
		}
		return plainFormView.show(v, page)
	}
	f, err := s.office.LevelForm(v.ctx(), v.actor, person, s.levelSource(v, person))
	if err != nil {
		return err
	}
	return gridFormView.show(v, v.levelsForm(f, url.Values{"on": {f.Today.String()}}, nil))
}

// sendLevels writes the levels that were chosen.
func (s *Site) sendLevels(v *visit) error {
	person := staff.PersonID(cmp.Or(v.field("persoon"), string(v.whoseSkills())))
	if v.field("doe") == "kies" {
		return v.redirect(levelsPath + "?" + url.Values{"persoon": {string(person)}}.Encode())
	}
	source := s.levelSource(v, person)
	f, err := s.office.LevelForm(v.ctx(), v.actor, person, source)
	if err != nil {
		return err
	}
	wrong := *unreadable
	on := dayIn(v.r.PostForm, "on", &wrong)
	var levels []competences.Attained
	for _, c := range f.Catalogue.Competences {
		text := v.field("niveau-" + string(c.ID))
		if text == "" {
			continue
		}
		level, bad := strconv.Atoi(text)
		if bad != nil {
			level = -1 // no number: refused as such
		}
		levels = append(levels, competences.Attained{Competence: c.ID, Level: competences.Level(level)})
	}
	if len(wrong.Fields) > 0 {
		err = &wrong
	} else {
		err = s.office.SetLevels(v.ctx(), v.actor, person, source, on, levels)
	}
	if fault.KindOf(err) == fault.Invalid {
		err = renamed(err, func(path string) string {
			var at int
			var what string
			if n, _ := fmt.Sscanf(path, "levels[%d].%s", &at, &what); n == 2 && at < len(levels) {
				return "niveau-" + string(levels[at].Competence)
			}
			return path
		})
		page := v.levelsForm(f, v.r.PostForm, err)
		return gridFormView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("niveau", v.levelsBack(person, source).Value)
}

// levelsBack is the page that a form of levels belongs to.
func (v *visit) levelsBack(person staff.PersonID, source competences.Source) option {
	switch source {
	case competences.Assessor:
		return option{Value: "/praktijk", Name: v.say("Praktijk", "At work")}
	case competences.Self:
		return option{Value: ownSkillsPath, Name: v.say("Mijn vaardigheden", "My skills")}
	}
	return option{Value: "/mensen/" + url.PathEscape(string(person)) + "/vaardigheden", Name: v.say("Vaardigheden", "Skills")}
}

func (v *visit) levelsForm(f academy.LevelForm, values url.Values, wrong error) gridForm {
	back := v.levelsBack(f.Person, f.Source)
	page := gridForm{Back: back, Path: v.r.URL.Path, Columns: []string{v.say("Vaardigheid", "Skill"), v.say("De rol vraagt", "The role asks"), v.say("Wat is bekend", "What is known"), v.say("Niveau", "Level")}, Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar de niveaus", "Save the levels")}}}
	when := ""
	switch f.Source {
	case competences.Self:
		page.Title, when = v.say("Wat vind je zelf?", "What do you think yourself?"), v.say("Op welke dag?", "On which day?")
		page.Lead = v.say("Vul in wat je van jezelf vindt. Het staat erbij en telt niet mee: zo heb je een gesprek met je leidinggevende.", "Fill in what you think of yourself. It stands with the rest and does not count: it begins a talk with your leader.")
	case competences.Leader:
		page.Title, when = v.say("Gesprek met %s", "Talk with %s", f.Name), v.say("Wanneer was het gesprek?", "When was the talk?")
		page.Lead = v.say("Bespreek per vaardigheid wat jullie allebei zien. Laat leeg wat je niet besprak. Je collega leest dit met je naam en de dag.", "Talk through each skill and what you both see. Leave empty what you did not discuss. Your colleague reads this with your name and the day.")
	case competences.Assessor:
		page.Title, when = v.say("Wat kon %s?", "What could %s do?", f.Name), v.say("Wanneer zag je het?", "When did you see it?")
		page.Lead = v.say("Alleen wat je zelf bij het werk zag. Laat de rest leeg. Je ziet hier niet wat anderen vinden. Je collega leest dit met je naam en de dag.", "Only what you saw yourself at work. Leave the rest empty. You do not see here what others think. Your colleague reads this with your name and the day.")
		page.Hidden = []option{{Name: "persoon", Value: string(f.Person)}}
	case competences.External:
		page.Title, when = v.say("Wat liet %s elders zien?", "What did %s show elsewhere?", f.Name), v.say("Vanaf welke dag?", "From which day?")
		page.Lead = v.say("Een diploma of een werkgever van elders, beoordeeld door jou. De dag is die van het diploma of het getuigschrift.", "A diploma or an employer elsewhere, judged by you. The day is that of the diploma or the reference.")
		page.Hidden = []option{{Name: "als", Value: string(competences.External)}}
	}
	names := map[string]string{"on": when}
	for _, c := range f.Catalogue.Competences {
		names["niveau-"+string(c.ID)] = c.Name
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	for i, p := range page.Problems { // no field of its own: the day is the first
		if p.Field == "levels" {
			page.Problems[i].Field = "on"
		}
	}
	page.Fields = []formField{{ID: "on", Label: when, Type: "date", Class: "kort", Value: values.Get("on"), Problem: page.Problems.At("on")}}
	asked := func(c competences.Competence) bool { return f.Asked[c.ID] > 0 }
	for _, mine := range []bool{true, false} {
		for _, c := range f.Catalogue.Competences {
			if asked(c) != mine {
				continue
			}
			group := v.say("Wat de rol vraagt", "What the role asks")
			if !mine {
				group = v.say("Wat de rol niet vraagt", "What the role does not ask")
			}
			page.add(group, v.levelRow(f, c, values, page.Problems))
		}
	}
	return page
}

func (v *visit) levelRow(f academy.LevelForm, c competences.Competence, values url.Values, wrong problems) gridRow {
	id := "niveau-" + string(c.ID)
	row := gridRow{Name: c.Name, Texts: []string{"–", "–"}}
	if l := f.Asked[c.ID]; l > 0 {
		row.Texts[0] = fmt.Sprint(l)
	}
	for i, known := range v.shownLevels(f.Shown[c.ID], f.Names) {
		words := fmt.Sprintf("%d %s, %s", known.Level, known.From, v.date(known.On))
		if i > 0 {
			words = row.Texts[1] + "; " + words
		}
		row.Texts[1] = words
	}
	options := append([]option{{Name: v.say("niet besproken", "not discussed")}, {Value: "0", Name: v.say("0 nog niet", "0 not yet")}}, levelOptions(f.Catalogue.Framework(c.Framework), 1)...)
	if f.Source != competences.Leader {
		options[0].Name = v.say("laat leeg", "leave empty")
	}
	row.Fields = []formField{{ID: id, Label: v.say("Niveau van %s", "Level of %s", c.Name), Groups: []optionGroup{{Options: choose(values.Get(id), options...)}}, Problem: wrong.At(id)}}
	return row
}

// chooseAssessed asks an assessor whom they saw at work.
func (s *Site) chooseAssessed(v *visit) (plainForm, error) {
	people, err := s.office.Assessable(v.ctx(), v.actor)
	var options []option
	for _, p := range people {
		options = append(options, option{Value: string(p.ID), Name: p.Name()})
	}
	slices.SortFunc(options, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
	return plainForm{
		Title: v.say("Wie zag je aan het werk?", "Whom did you see at work?"), Lead: v.say("Je beoordeelt nooit jezelf.", "You never assess yourself."), Back: option{Value: "/praktijk", Name: v.say("Praktijk", "At work")}, Path: levelsPath,
		Parts: []formPart{{Fields: []formField{{ID: "persoon", Label: v.say("Collega", "Colleague"), Groups: []optionGroup{{Options: options}}}}}}, Buttons: []option{{Value: "kies", Name: v.say("Ga verder", "Go on")}},
	}, err
}
