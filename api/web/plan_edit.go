package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// A planEditPage is the form with which the employee or the leader changes a plan.
type planEditPage struct {
	Path     string
	Title    string
	Revision int
	Fields   []formField
	Texts    []formField
	Steps    []planEditStep
	Items    []option // to add
	Add      formField
	New      []formField // of a new appointment
}

// A planEditStep is one step in the form.
type planEditStep struct {
	Key         string // the item, or what the appointment says
	Item, Title string
	From, Until formField
	Owner       formField
	Out         string // the name of the box that removes it
	Removed     bool
	Problem     string
}

var planEditView = declare[planEditPage]("plan_edit.html", narrow)

// editPlan shows the form.
func (s *Site) editPlan(v *visit) error {
	p, err := s.office.Plan(v.ctx(), v.actor, v.r.PathValue("plan"))
	if err != nil {
		return err
	}
	if !p.May.Revise {
		return noRevision
	}
	values := url.Values{
		"versie": {strconv.Itoa(p.Revision)}, "uren": {hours(p.PerWeek)}, "op": {p.By.String()}, "guide": {string(p.Guide)}, "words": {p.Track.Words}, "roster": {p.Roster}, "talks": {p.Talks}, "learnDay": {strconv.Itoa(p.LearnDay)},
	}
	if !p.TalkOn.IsZero() {
		values.Set("talkOn", p.TalkOn.String())
	}
	if !p.ReturnTill.IsZero() {
		values.Set("returnTill", p.ReturnTill.String())
	}
	n := 0
	for _, step := range p.Steps {
		if !step.DoneOn.IsZero() {
			continue
		}
		at := fmt.Sprintf("steps-%d-", n)
		values.Set(at+"item", string(step.Item))
		values.Set(at+"title", step.Title)
		values.Set(at+"owner", string(step.Owner))
		values.Set(at+"from", step.From.String())
		values.Set(at+"until", step.Until.String())
		n++
	}
	return planEditView.show(v, v.planEdit(p, values, nil))
}

var noRevision = fault.New(fault.Conflict, "Dit plan kun je nu niet wijzigen: het is klaar, het is gestopt of het is van iemand anders.", "You cannot change this plan now: it is done, it was stopped or it is somebody else's.")

// planEdit makes the form of what was filled in.
func (v *visit) planEdit(p academy.PlanView, values url.Values, found problems) planEditPage {
	field := func(id, label, kind, class, hint string) formField {
		return formField{ID: id, Label: label, Type: kind, Class: class, Hint: hint, Value: values.Get(id), Problem: found.At(id)}
	}
	choice := func(id, label string, options ...option) formField {
		f := field(id, label, "", "", "")
		f.Groups = []optionGroup{{Options: choose(f.Value, options...)}}
		return f
	}
	var colleagues []option
	for _, c := range p.Colleagues {
		colleagues = append(colleagues, option{Value: string(c.Person), Name: c.Name})
	}
	days := []option{{Value: "0", Name: v.say("Wanneer het werk het toelaat", "Whenever the work allows")}}
	for i, day := range v.weekdays() {
		days = append(days, option{Value: strconv.Itoa(i + 1), Name: day})
	}
	page := planEditPage{Path: planPath(p.ID), Title: v.say("Wijzig het plan van ", "Change the plan of ") + p.First}
	page.Revision, _ = strconv.Atoi(values.Get("versie"))
	page.Fields = []formField{
		field("uren", v.say("Uren per week", "Hours per week"), "text", "kort", ""), field("op", v.say("Klaar op", "Ready on"), "date", "kort", ""),
		choice("guide", v.say("Begeleider (hoeft niet)", "Guide (not needed)"), slices.Concat([]option{{Name: v.say("Niemand", "Nobody")}}, colleagues)...),
		choice("learnDay", v.say("Leerdag (hoeft niet)", "Day to learn (not needed)"), days...),
		field("talkOn", v.say("Terugkijken op (hoeft niet)", "Look back on (not needed)"), "date", "kort", v.say("Op die dag krijgt iedereen in het plan bericht.", "Everybody in the plan is told on that day.")),
		field("returnTill", v.say("Terug kan tot en met (hoeft niet)", "A way back until (not needed)"), "date", "kort", v.say("Tot die dag houdt de medewerker de eigen plek.", "Until that day the employee keeps the old place.")),
	}
	page.Texts = []formField{
		field("words", v.say("Waarom dit plan, in de woorden van de medewerker", "Why this plan, in the words of the employee"), "", "", ""),
		field("roster", v.say("Afspraak over het rooster", "What is agreed about the roster"), "", "", ""), field("talks", v.say("Afspraak over gesprekken", "What is agreed about talks"), "", "", ""),
	}
	words := p.Words
	var people []option // everybody whom the plan names
	for _, id := range slices.Sorted(maps.Keys(p.Names)) {
		people = append(people, option{Value: string(id), Name: p.Names[id]})
	}
	for n := 0; values.Has(fmt.Sprintf("steps-%d-until", n)); n++ {
		at := fmt.Sprintf("steps-%d-", n)
		item := competences.ItemID(values.Get(at + "item"))
		step := planEditStep{Key: strconv.Itoa(n), Item: string(item), Title: values.Get(at + "title"), Out: at + "out", Removed: values.Get(at+"out") != ""}
		if item != "" {
			step.Title = words.Item(item)
		}
		step.Problem = found.At(at + "item")
		if step.Problem == "" {
			step.Problem = found.At(at + "title")
		}
		step.From = field(at+"from", v.say("Eerste dag", "First day"), "date", "kort", "")
		step.Until = field(at+"until", v.say("Laatste dag", "Last day"), "date", "kort", "")
		step.Owner = choice(at+"owner", v.say("Wie zorgt ervoor", "Who sees to it"), slices.Clone(people)...)
		page.Steps = append(page.Steps, step)
	}
	options := []option{{Value: "", Name: v.say("Niets", "Nothing")}}
	for _, i := range p.Items {
		if !slices.ContainsFunc(page.Steps, func(s planEditStep) bool { return s.Item == string(i.ID) }) {
			options = append(options, option{Value: string(i.ID), Name: fmt.Sprintf("%s (%s, %s)", i.Title, v.both(mobility.Hours(i.Minutes)), v.both(mobility.Euros(i.Cents)))})
		}
	}
	page.Add = formField{ID: "erbij", Label: v.say("Zet leeraanbod erbij", "Add learning"), Problem: found.At("erbij"), Groups: []optionGroup{{Options: choose(values.Get("erbij"), options...)}}}
	page.New = []formField{
		field("nieuw-title", v.say("Nieuwe afspraak, in woorden", "New appointment, in words"), "text", "lang", ""), field("nieuw-until", v.say("Klaar op", "Ready on"), "date", "kort", ""),
	}
	return page
}

// sendPlan stores what was filled in.
func (s *Site) sendPlan(v *visit) error {
	p, err := s.office.Plan(v.ctx(), v.actor, v.r.PathValue("plan"))
	if err != nil {
		return err
	}
	values := v.r.PostForm
	wrong := *unreadable
	day := func(id string) calendar.Date { return dayIn(values, id, &wrong) }
	edit := academy.PlanEdit{Terms: mobility.Terms{
		By: day("op"), PerWeek: minutesOf(values.Get("uren")), Words: v.field("words"), Guide: staff.PersonID(v.field("guide")), Roster: v.field("roster"), Talks: v.field("talks"), ReturnTill: day("returnTill"),
		TalkOn: day("talkOn"),
	}}
	edit.LearnDay, _ = strconv.Atoi(v.field("learnDay"))
	edit.Revision, _ = strconv.Atoi(v.field("versie"))
	var places []string // in the form, of each step
	for n := 0; values.Has(fmt.Sprintf("steps-%d-until", n)) && n < 100; n++ {
		at := fmt.Sprintf("steps-%d-", n)
		if v.field(at+"out") != "" {
			continue
		}
		w := mobility.Wanted{Item: competences.ItemID(v.field(at + "item")), Owner: staff.PersonID(v.field(at + "owner")), From: day(at + "from"), Until: day(at + "until")}
		if w.Item == "" {
			w.Title = v.field(at + "title")
		}
		edit.Steps, places = append(edit.Steps, w), append(places, at)
	}
	if item := v.field("erbij"); item != "" {
		edit.Steps, places = append(edit.Steps, mobility.Wanted{Item: competences.ItemID(item)}), append(places, "erbij")
	}
	if title, until := v.field("nieuw-title"), day("nieuw-until"); title != "" || !until.IsZero() {
		edit.Steps, places = append(edit.Steps, mobility.Wanted{Title: title, Until: until}), append(places, "nieuw-")
	}
	if len(wrong.Fields) == 0 {
		if _, err = s.office.RevisePlan(v.ctx(), v.actor, p.ID, edit); err == nil {
			return v.done("plan-anders", planPath(p.ID))
		}
		if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
			return err
		}
	}
	f := wrong.With(err)
	if c := fault.Of(err); c != nil && c.Kind == fault.Conflict {
		f = wrong.At("versie", c.Dutch, c.English)
	}
	found := v.planProblems(f)
	for i, one := range found { // the places of the office count only what stays
		var n int
		if _, err := fmt.Sscanf(one.Field, "steps-%d-", &n); err == nil && len(wrong.Fields) == 0 && n < len(places) {
			part := strings.TrimPrefix(one.Field, fmt.Sprintf("steps-%d-", n))
			if found[i].Field = places[n] + part; places[n] == "erbij" {
				found[i].Field = "erbij"
			}
		}
	}
	return planEditView.refuse(v, v.planEdit(p, values, found), found)
}
