package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// What a form of a learning item has room for at most.
const (
	raiseRows = 12 // skills that it evidences
	firstRows = 6  // levels that come first
)

// askLearning shows the form of something one can do to learn, new or there already.
func (s *Site) askLearning(v *visit) error {
	values := url.Values{"cents": {"0"}, "weeks": {"0"}, "places": {"0"}}
	if v.r.PathValue("aanbod") != "" {
		_, item, err := s.learningAsked(v)
		if err != nil {
			return err
		}
		values = learningValues(item)
	}
	page, err := s.learningForm(v, values, nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// learningAsked finds the item that the address names, among the others.
func (s *Site) learningAsked(v *visit) ([]competences.LearningItem, competences.LearningItem, error) {
	items, err := s.office.LearningItems(v.ctx(), v.actor)
	if err != nil {
		return nil, competences.LearningItem{}, err
	}
	at := slices.IndexFunc(items, func(i competences.LearningItem) bool { return string(i.ID) == v.r.PathValue("aanbod") })
	if at < 0 {
		return nil, competences.LearningItem{}, noSuchPage
	}
	return items, items[at], nil
}

// sendLearning saves it, or takes it off the offer.
func (s *Site) sendLearning(v *visit) error {
	id := v.r.PathValue("aanbod")
	if v.field("doe") == "weg" {
		err := s.office.DropLearningItem(v.ctx(), v.actor, competences.ItemID(id))
		if fault.KindOf(err) == fault.Conflict {
			return s.refuseLearning(v, unreadable.At("title", fault.Of(err).Dutch, fault.Of(err).English))
		}
		if err != nil {
			return err
		}
		return v.done("aanbod-weg", learningPath)
	}
	if v.field("doe") != "bewaar" {
		page, err := s.learningForm(v, v.r.PostForm, nil)
		if err != nil {
			return err
		}
		return plainFormView.show(v, page)
	}
	item, raises, firsts, err := readLearning(v.r.PostForm)
	all, failed := s.office.LearningItems(v.ctx(), v.actor)
	if failed != nil {
		return failed
	}
	there := slices.ContainsFunc(all, func(i competences.LearningItem) bool { return i.ID == competences.ItemID(cmp.Or(id, string(item.ID))) })
	switch {
	case id != "" && !there:
		return noSuchPage
	case id != "":
		item.ID = competences.ItemID(id)
	case there:
		err = together(cmp.Or[error](err, unreadable), unreadable.At("id", "dit leeraanbod is er al: kies een andere sleutel", "this item is there already: choose another key"))
	case !learningKey(string(item.ID)):
		err = together(cmp.Or[error](err, unreadable), unreadable.At("id", "schrijf 1 tot en met 32 letters, cijfers of streepjes", "write 1 to 32 letters, digits or hyphens"))
	}
	if err == nil {
		err = s.office.SaveLearningItem(v.ctx(), v.actor, item)
	}
	if fault.KindOf(err) == fault.Invalid {
		return s.refuseLearning(v, renamedHours(renamed(err, func(path string) string {
			return inRow(inRow(path, "evidences", raises), "atLeast", firsts)
		})))
	}
	if err != nil {
		return err
	}
	return v.done("aanbod", learningPath)
}

func learningKey(id string) bool {
	return id != "" && len(id) <= 32 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

func (s *Site) refuseLearning(v *visit, wrong error) error {
	page, err := s.learningForm(v, v.r.PostForm, wrong)
	if err != nil {
		return err
	}
	return plainFormView.refuse(v, page, page.Problems)
}

func learningValues(i competences.LearningItem) url.Values {
	values := url.Values{
		"title": {i.Title}, "kind": {string(i.Kind)}, "course": {string(i.Course)}, "scheme": {string(i.Scheme)}, "supplier": {i.Supplier}, "hours": {hoursTyped(i.Minutes)},
		"cents": {strings.Replace(strconv.FormatFloat(float64(i.Cents)/100, 'f', -1, 64), ".", ",", 1)}, "weeks": {strconv.Itoa(i.Weeks)}, "places": {strconv.Itoa(i.Places)}, "guide": {string(i.Guide)}, "assessor": {string(i.Assessor)},
		"until": {i.Until.String()}, "earlier": {string(i.Earlier)},
	}
	for _, start := range i.Starts {
		var days []string
		for _, d := range start {
			days = append(days, d.String())
		}
		values.Set("starts", values.Get("starts")+strings.Join(days, " ")+"\n")
	}
	for _, id := range i.After {
		values.Add("after", string(id))
	}
	for _, id := range i.AfterAny {
		values.Add("afterAny", string(id))
	}
	if i.Statutory {
		values.Set("statutory", "ja")
	}
	for n, r := range i.Evidences {
		at := fmt.Sprintf("evidences-%d-", n)
		values.Set(at+"competence", string(r.Competence))
		values.Set(at+"from", fmt.Sprint(r.From))
		values.Set(at+"level", fmt.Sprint(r.To))
	}
	for n, a := range i.AtLeast {
		at := fmt.Sprintf("atLeast-%d-", n)
		values.Set(at+"competence", string(a.Competence))
		values.Set(at+"level", fmt.Sprint(a.Level))
	}
	return values
}

// readLearning reads the form, and tells which rows of its lists were filled in.
func readLearning(values url.Values) (i competences.LearningItem, raises, firsts []int, err error) {
	wrong := *unreadable
	text := func(field string) string { return strings.TrimSpace(values.Get(field)) }
	euros, bad := strconv.ParseFloat(strings.Replace(cmp.Or(text("cents"), "0"), ",", ".", 1), 64)
	if bad != nil || euros != euros || euros < 0 || euros > 100_000 {
		wrong = *wrong.At("cents", "schrijf een bedrag van 0 tot en met 100000, zoals 150 of 12,50", "write an amount from 0 to 100000, such as 150 or 12.50")
		euros = 0
	}
	i = competences.LearningItem{
		ID: competences.ItemID(text("id")), Title: text("title"), Kind: competences.ItemKind(text("kind")), Course: courses.CourseKey(text("course")), Scheme: certificates.SchemeKey(text("scheme")), Supplier: text("supplier"),
		Minutes: hoursIn(values, "hours", &wrong), Cents: int(euros*100 + 0.5), Weeks: numberIn(values, "weeks", &wrong), Places: numberIn(values, "places", &wrong), Guide: staff.PersonID(text("guide")), Assessor: staff.PersonID(text("assessor")),
		Until: dayIn(values, "until", &wrong), Earlier: certificates.SchemeKey(text("earlier")), Statutory: text("statutory") != "",
	}
	for _, line := range linesIn(values, "starts") {
		var start competences.Start
		for _, word := range strings.Fields(line) {
			day, bad := calendar.Parse(word)
			if bad != nil {
				wrong = *wrong.At("starts", "schrijf de dagen van één keer op één regel, zoals 2027-02-01 2027-02-08", "write the days of one time on one line, such as 2027-02-01 2027-02-08")
				break
			}
			start = append(start, day)
		}
		i.Starts = append(i.Starts, start)
	}
	for _, id := range values["after"] {
		i.After = append(i.After, competences.ItemID(id))
	}
	for _, id := range values["afterAny"] {
		i.AfterAny = append(i.AfterAny, competences.ItemID(id))
	}
	level := func(field string) competences.Level {
		n, bad := strconv.Atoi(text(field))
		if bad != nil {
			n = -1 // no number: refused as such
		}
		return competences.Level(n)
	}
	for n := range raiseRows {
		at := fmt.Sprintf("evidences-%d-", n)
		if id := text(at + "competence"); id != "" {
			i.Evidences, raises = append(i.Evidences, competences.Raise{Competence: competences.CompetenceID(id), From: level(at + "from"), To: level(at + "level")}), append(raises, n)
		}
	}
	for n := range firstRows {
		at := fmt.Sprintf("atLeast-%d-", n)
		if id := text(at + "competence"); id != "" {
			i.AtLeast, firsts = append(i.AtLeast, competences.Attained{Competence: competences.CompetenceID(id), Level: level(at + "level")}), append(firsts, n)
		}
	}
	if len(wrong.Fields) > 0 {
		return i, raises, firsts, &wrong
	}
	return i, raises, firsts, nil
}

func (s *Site) learningForm(v *visit, values url.Values, wrong error) (plainForm, error) {
	items, err := s.office.LearningItems(v.ctx(), v.actor)
	if err != nil {
		return plainForm{}, err
	}
	catalogue, err := s.office.Competences(v.ctx(), v.actor)
	if err != nil {
		return plainForm{}, err
	}
	schemes, err := s.schemeOptions(v)
	if err != nil {
		return plainForm{}, err
	}
	ours, err := s.office.Courses(v.ctx(), v.actor, academy.CourseSearch{})
	if err != nil {
		return plainForm{}, err
	}
	labels := map[string]string{
		"id": v.say("Sleutel", "Key"), "title": v.say("Titel", "Title"), "kind": v.say("Soort", "Kind"), "course": v.say("Cursus van ons", "Course of ours"), "scheme": v.say("Leidt tot certificaat", "Leads to certificate"), "supplier": v.say("Wie geeft het? (mag leeg)", "Who gives it? (may be empty)"),
		"hours": v.say("Uren van de deelnemer", "Hours of the participant"), "cents": v.say("Kosten per persoon in euro", "Cost per person in euros"), "weeks": v.say("Weken van begin tot eind", "Weeks from start to finish"), "places": v.say("Plaatsen (0 is geen grens)", "Places (0 is no limit)"),
		"guide": v.say("Begeleider (personeelsnummer, mag leeg)", "Guide (personnel number, may be empty)"), "assessor": v.say("Beoordelaar (personeelsnummer, mag leeg)", "Assessor (personnel number, may be empty)"), "starts": v.say("Wanneer is het? (mag leeg)", "When is it? (may be empty)"),
		"until": v.say("Uiterlijk klaar op (mag leeg)", "Finished by (may be empty)"), "earlier": v.say("Certificaat dat iemand ooit had", "Certificate that somebody once held"), "after": v.say("Dit moet allemaal eerst", "All of this first"), "afterAny": v.say("Een van deze eerst", "One of these first"), "evidences": v.say("Wat laat het zien?", "What does it show?"),
	}
	page := plainForm{Title: v.say("Leeraanbod toevoegen", "Add something to learn"), Lead: v.say("Wat niets laat zien, wordt nooit voorgesteld.", "What shows nothing is never proposed."), Back: option{Value: learningPath, Name: v.say("Leeraanbod", "Learning on offer")},
		Path: learningPath + "/nieuw", Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar het leeraanbod", "Save it")}, {Value: "rijen", Name: v.say("Geef me meer lege rijen", "Give me more empty rows"), Chosen: true}}}
	page.Problems = v.problemsOf(wrong, func(id string) string {
		label := labels[id]
		if parts := strings.SplitN(id, "-", 3); len(parts) == 3 {
			n, _ := strconv.Atoi(parts[1])
			label = v.say("Vaardigheid %d", "Skill %d", n+1)
		}
		return strings.TrimSuffix(label, "?")
	})
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: labels[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	list := func(id string, options ...option) formField {
		f := field(id, "", "", "")
		f.Groups = []optionGroup{{Options: choose(f.Value, append([]option{{Name: v.say("geen", "none")}}, options...)...)}}
		return f
	}
	var first []formField
	if id := v.r.PathValue("aanbod"); id != "" {
		page.Title, page.Path = v.say("Leeraanbod wijzigen", "Change what is on offer"), learningPath+"/"+url.PathEscape(id)
		page.Buttons = append(page.Buttons, option{Value: "weg", Name: v.say("Haal dit weg", "Take this off"), Chosen: true})
	} else {
		first = []formField{field("id", "text", "kort", v.say("Kort en uniek, zoals L41. Die blijft.", "Short and unique, such as L41. It stays."))}
	}
	var coursesOfOurs, others []option
	for _, c := range ours {
		coursesOfOurs = append(coursesOfOurs, option{Value: string(c.Key), Name: c.Title})
	}
	for _, i := range items {
		if string(i.ID) != v.r.PathValue("aanbod") {
			others = append(others, option{Value: string(i.ID), Name: fmt.Sprintf("%s (%s)", i.Title, i.ID)})
		}
	}
	statutory := newCheckList("statutory", v.say("Vraagt wet of cao dit?", "Does law or collective agreement ask this?"), "", func(string) bool { return values.Get("statutory") != "" }, option{Value: "ja", Name: v.say("Ja: dit gaat nooit van een persoonlijk budget", "Yes: this is never paid from a personal budget")})
	page.Parts = []formPart{
		{Fields: append(first, field("title", "text", "lang", ""), field("kind", "text", "", v.say("In je eigen woorden: cursus, meelopen, stage.", "In your own words: course, working along, placement.")), list("course", coursesOfOurs...), list("scheme", schemes...), field("supplier", "text", "lang", ""),
			field("hours", "text", "kort", v.say("Alles is werktijd.", "All of it is working time.")), field("cents", "text", "kort", ""), field("weeks", "text", "kort", v.say("Met wachten erbij.", "Waiting included.")), field("places", "text", "kort", ""))},
		v.levelRows("evidences", v.say("Wat laat het zien?", "What does it show?"), v.say("Wie minstens het eerste niveau heeft, komt tot het tweede. 0: er is niets nodig.", "Whoever has at least the first level comes to the second. 0: nothing is needed."), catalogue, values, page.Problems, raiseRows),
		v.levelRows("atLeast", v.say("Welk niveau moet iemand al hebben?", "Which level must somebody have first?"), "", catalogue, values, page.Problems, firstRows),
		{Checks: newCheckList("after", labels["after"], page.Problems.At("after"), func(id string) bool { return slices.Contains(values["after"], id) }, slices.Clone(others)...)},
		{Checks: newCheckList("afterAny", labels["afterAny"], page.Problems.At("afterAny"), func(id string) bool { return slices.Contains(values["afterAny"], id) }, slices.Clone(others)...)},
		{Fields: []formField{list("earlier", slices.Clone(schemes)...), field("guide", "text", "kort", ""), field("assessor", "text", "kort", ""), field("starts", "lines", "", v.say("Elke keer op een eigen regel, met al haar dagen: 2027-02-01 2027-02-08.", "Each time on a line of its own, with all its days: 2027-02-01 2027-02-08.")), field("until", "date", "kort", "")}, Checks: statutory},
	}
	return page, nil
}

// levelRows are rows in which one chooses a skill with a level, or with two for what something evidences: those that are filled
// in and a few that are empty.
func (v *visit) levelRows(name, legend, hint string, catalogue competences.Catalogue, values url.Values, wrong problems, most int) formPart {
	part := formPart{Legend: legend, Hint: hint}
	highest := competences.Level(0)
	for _, f := range catalogue.Frameworks {
		highest = max(highest, f.Highest())
	}
	empty, wanted := 0, 2
	if values.Get("doe") == "rijen" {
		wanted = 5
	}
	for i := range most {
		at := fmt.Sprintf("%s-%d-", name, i)
		if values.Get(at+"competence") == "" {
			if empty++; empty > wanted {
				continue
			}
		}
		level := func(id, label string, from competences.Level) formField {
			var options []option
			for l := from; l <= highest; l++ {
				options = append(options, option{Value: fmt.Sprint(l), Name: fmt.Sprint(l)})
			}
			return formField{ID: id, Label: label, Groups: []optionGroup{{Options: choose(values.Get(id), options...)}}, Problem: wrong.At(id)}
		}
		part.Fields = append(part.Fields, formField{ID: at + "competence", Label: v.say("Vaardigheid %d", "Skill %d", i+1), Groups: append([]optionGroup{{Options: []option{{Name: v.say("geen", "none")}}}}, skillGroups(catalogue, values.Get(at+"competence"))...), Problem: wrong.At(at + "competence")})
		if name == "evidences" {
			part.Fields = append(part.Fields, level(at+"from", v.say("Vaardigheid %d: van niveau", "Skill %d: from level", i+1), 0))
		}
		part.Fields = append(part.Fields, level(at+"level", v.say("Vaardigheid %d: naar niveau", "Skill %d: to level", i+1), 1))
	}
	return part
}
