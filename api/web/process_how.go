package web

import (
	"net/url"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// askHow shows the form of a new version of how a process is done, filled with how it is done now.
func (s *Site) askHow(v *visit) error {
	p, err := s.office.Process(v.ctx(), v.actor, staff.ActivityID(v.r.PathValue("proces")), 0, "")
	if err != nil {
		return err
	}
	values := url.Values{"from": {v.moment.Today().AddDays(1).String()}, "text": {p.Procedure.Text}, "holder": {string(p.Procedure.Holder)}, "deputy": {string(p.Procedure.Deputy)}}
	return plainFormView.show(v, v.howForm(p.Process, values, nil))
}

// sendHow saves a new version of how a process is done.
func (s *Site) sendHow(v *visit) error {
	p, err := s.office.Process(v.ctx(), v.actor, staff.ActivityID(v.r.PathValue("proces")), 0, "")
	if err != nil {
		return err
	}
	wrong := *unreadable
	how := staffing.Procedure{Process: p.ID, From: dayIn(v.r.PostForm, "from", &wrong), Text: v.field("text"), Holder: staff.PersonID(v.field("holder")), Deputy: staff.PersonID(v.field("deputy"))}
	if how.From.IsZero() && len(wrong.Fields) == 0 {
		wrong = *wrong.At("from", "kies een dag", "choose a day")
	}
	if err = &wrong; len(wrong.Fields) == 0 {
		_, err = s.office.WriteProcedure(v.ctx(), v.actor, how, v.field("why"))
	}
	switch f := fault.Of(err); {
	case err == nil:
		return v.done("werkwijze", processPath(p.ID))
	case f != nil && f.Kind == fault.Conflict:
		err = unreadable.At("from", f.Dutch, f.English)
	case fault.KindOf(err) != fault.Invalid:
		return err
	}
	page := v.howForm(p.Process, v.r.PostForm, err)
	return plainFormView.refuse(v, page, page.Problems)
}

func (v *visit) howForm(p staffing.Process, values url.Values, wrong error) plainForm {
	names := map[string]string{"from": v.say("Vanaf", "From"), "text": v.say("Zo doen we het", "How we do it"), "holder": v.say("Kennisdrager", "Knowledge holder"), "deputy": v.say("Vervanger", "Deputy"), "why": v.say("Waarom schrijf je dit?", "Why do you write this?")}
	page := plainForm{
		Title: v.say("Zo doen we het: %s", "How we do it: %s", p.Name), Back: option{Value: processPath(p.ID), Name: p.Name}, Path: processPath(p.ID) + "/werkwijze",
		Lead:    v.say("Je schrijft een nieuwe versie. De vorige blijft te lezen.", "You write a new version. The one before can still be read."),
		Buttons: []option{{Value: "bewaar", Name: v.say("Bewaar deze versie", "Save this version")}},
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: names[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	page.Parts = []formPart{{Fields: []formField{
		field("text", "lines", "", v.say("In Markdown. Bijvoorbeeld stappen: 1. Vraag naar het oude document.", "In Markdown. For example steps: 1. Ask for the old document.")),
		field("holder", "text", "kort", v.say("Het personeelsnummer van wie hier het meest van weet.", "The personnel number of who knows most of it.")), field("deputy", "text", "kort", v.say("Wie vervangt de kennisdrager? Mag leeg.", "Who stands in for the knowledge holder? May be empty.")),
		field("from", "date", "kort", v.say("De eerste dag waarop dit geldt.", "The first day on which this holds.")), field("why", "text", "lang", ""),
	}}}
	return page
}

// A processVersionsPage shows what a process asked and how it was done, the newest first.
type processVersionsPage struct {
	Name, Path string
	Asked      []processVersion
	How        []processHow
}

// A processVersion is what a process asks from a day on.
type processVersion struct {
	Version int
	From    calendar.Date
	Terms   []processTerm
	Written string
	Why     string
}

// A processHow is how a process is done from a day on.
type processHow struct {
	Version        int
	From           calendar.Date
	Text           courses.Markdown
	Holder, Deputy string
	Written        string
	Why            string
}

var processVersionsView = declare[processVersionsPage]("process_versions.html")

// processVersions shows every version of a process.
func (s *Site) processVersions(v *visit) error {
	id := staff.ActivityID(v.r.PathValue("proces"))
	asked, err := s.office.ProcessVersions(v.ctx(), v.actor, id)
	if err != nil {
		return err
	}
	how, err := s.office.Procedures(v.ctx(), v.actor, id)
	if err != nil {
		return err
	}
	p, err := s.office.Process(v.ctx(), v.actor, id, 0, "")
	if err != nil {
		return err
	}
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := processVersionsPage{Name: p.Name, Path: processPath(id)}
	title := func(key certificates.SchemeKey) string {
		if scheme, known := schemes[key]; known {
			return scheme.Title
		}
		return string(key)
	}
	written := func(by string, day calendar.Date) string {
		if by == "" || day.IsZero() {
			return ""
		}
		return v.say("Geschreven door %s op %s", "Written by %s on %s", by, v.date(day))
	}
	for _, a := range asked {
		var day calendar.Date
		if !a.At.IsZero() {
			day = calendar.On(a.At)
		}
		one := processVersion{Version: a.Version, From: a.From, Why: a.Why, Written: written(a.Writer, day)}
		for _, term := range v.processTerms(a.Process, title) {
			if strings.TrimSpace(term.Is) != "" {
				one.Terms = append(one.Terms, term)
			}
		}
		page.Asked = append([]processVersion{one}, page.Asked...)
	}
	for _, h := range how {
		page.How = append([]processHow{{h.Version, h.From, courses.Markdown(h.Text), h.HolderName, h.DeputyName, written(h.Writer, calendar.On(h.At)), h.Why}}, page.How...)
	}
	return processVersionsView.show(v, page)
}
