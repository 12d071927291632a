package web

import (
	"net/url"
	"slices"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A consentPage tells to what the works council consents, with the form to record it.
type consentPage struct {
	On        calendar.Date // zero: it does not
	Reference string
	By        string
	Views     []string
	Form      plainForm
}

var consentView = declare[consentPage]("consent.html", narrow)

// consent shows whether the works council consents.
func (s *Site) consent(v *visit) error {
	page, err := s.consentPage(v, nil, nil)
	if err != nil {
		return err
	}
	return consentView.show(v, page)
}

// recordConsent writes down that the works council consents, or does not any more.
func (s *Site) recordConsent(v *visit) error {
	var err error
	switch wrong := *unreadable; v.field("doe") {
	case "intrekken":
		err = s.office.RecordConsent(v.ctx(), v.actor, 0, "")
	case "bewaar":
		on, views := dayIn(v.r.PostForm, "on", &wrong), v.r.PostForm["views"]
		if on.IsZero() && len(wrong.Fields) == 0 {
			wrong = *wrong.At("on", "kies de dag van het besluit", "choose the day of the decision")
		}
		if len(views) == 0 {
			wrong = *wrong.At("views", "kies minstens één overzicht", "choose at least one view")
		}
		if err = &wrong; len(wrong.Fields) == 0 {
			err = s.office.RecordConsent(v.ctx(), v.actor, on, v.field("reference"), views...)
		}
	default:
		return noSuchPage
	}
	if err == nil {
		return v.done("instemming", "/instemming")
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, wrong := s.consentPage(v, v.r.PostForm, err)
	if wrong != nil {
		return wrong
	}
	return consentView.refuse(v, page, page.Form.Problems)
}

// consentName names a view that asks consent.
func (l language) consentName(view string) string {
	switch view {
	case academy.ViewStaffing:
		return l.say("Bezetting van processen, met namen", "How processes are staffed, with names")
	case academy.ViewMatrix:
		return l.say("Wat kan het team, met namen", "What the team can do, with names")
	case academy.ViewCandidates:
		return l.say("Wie wil deze rol", "Who would like this role")
	}
	return l.say("Wie moet nog iets doen voor een wijziging, met namen", "Who must still do something for a change, with names")
}

func (s *Site) consentPage(v *visit, values url.Values, wrong error) (consentPage, error) {
	c, err := s.office.Consent(v.ctx(), v.actor)
	if err != nil {
		return consentPage{}, err
	}
	page := consentPage{On: c.On, Reference: c.Reference, By: string(c.RecordedBy)}
	for _, view := range c.Views {
		page.Views = append(page.Views, v.consentName(view))
	}
	if values == nil {
		values = url.Values{"on": {c.On.String()}, "reference": {c.Reference}, "views": academy.ConsentViews()}
		if !c.On.IsZero() {
			values["views"] = c.Views
		}
	}
	names := map[string]string{"on": v.say("Dag van het besluit", "Day of the decision"), "reference": v.say("Waar staat het besluit?", "Where is the decision written?"), "views": v.say("Waarmee stemt de OR in?", "To what does the works council consent?")}
	problems := v.problemsOf(wrong, func(id string) string { return names[id] })
	var views []option
	for _, view := range academy.ConsentViews() {
		views = append(views, option{Value: view, Name: v.consentName(view)})
	}
	page.Form = plainForm{Problems: problems, Parts: []formPart{
		{Fields: []formField{
			{ID: "on", Label: names["on"], Type: "date", Class: "kort", Value: values.Get("on"), Problem: problems.At("on")},
			{ID: "reference", Label: names["reference"], Hint: v.say("Bijvoorbeeld: OR-besluit 2026-04.", "For example: decision 2026-04."), Type: "text", Value: values.Get("reference"), Problem: problems.At("reference")},
		}},
		{Checks: newCheckList("views", names["views"], problems.At("views"), func(view string) bool { return slices.Contains(values["views"], view) }, views...)},
	}}
	return page, nil
}
