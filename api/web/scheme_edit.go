package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var schemeFormView = declare[schemeFormPage]("scheme_form.html")

// newScheme shows the form of a scheme that is not there yet, with what most of them have.
func (s *Site) newScheme(v *visit) error {
	return s.showSchemeForm(v, newSchemeForm(certificates.Scheme{
		Version: 1, Months: 12, Method: certificates.MethodCompletion, WindowMonths: 3,
		Components: []certificates.Component{{Kind: certificates.ComponentExternal}},
	}), "")
}

// editScheme shows the form of the next version of a scheme.
func (s *Site) editScheme(v *visit) error {
	key := certificates.SchemeKey(v.r.PathValue("regeling"))
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	next := one.Versions[len(one.Versions)-1]
	next.Version++
	next.AppliesFrom = max(next.AppliesFrom, v.moment.Today()).AddDays(1)
	return s.showSchemeForm(v, newSchemeForm(next), key)
}

func (s *Site) showSchemeForm(v *visit, f schemeForm, key certificates.SchemeKey) error {
	page, err := s.schemeFormPage(v, f, key, nil)
	if err != nil {
		return err
	}
	return schemeFormView.show(v, page)
}

// sendNewScheme and sendScheme carry out a button of the form.
func (s *Site) sendNewScheme(v *visit) error { return s.sendSchemeForm(v, "") }

func (s *Site) sendScheme(v *visit) error {
	key := certificates.SchemeKey(v.r.PathValue("regeling"))
	if _, err := s.office.SchemeOverview(v.ctx(), v.actor, key); err != nil {
		return err
	}
	v.r.PostForm.Set("key", string(key))
	return s.sendSchemeForm(v, key)
}

func (s *Site) sendSchemeForm(v *visit, key certificates.SchemeKey) error {
	f := readSchemeForm(v.r.PostForm)
	button := v.field("doe")
	if f.change(button) || button != "nakijken" && button != "bewaar" {
		return s.showSchemeForm(v, f, key)
	}
	draft, err := f.scheme()
	if err == nil && button == "bewaar" {
		if _, err = s.office.SaveScheme(v.ctx(), v.actor, draft); err == nil {
			return v.done("regeling", "/regelingen/"+url.PathEscape(string(draft.Key)))
		}
	} else if err == nil {
		if err = s.office.CheckScheme(v.ctx(), v.actor, draft); err == nil {
			return s.checkScheme(v, draft, key)
		}
	}
	var others problems
	if fault.KindOf(err) == fault.Conflict {
		others, err = s.afterOthers(v, &f, key, err)
	}
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, err := s.schemeFormPage(v, f, key, err)
	if err != nil {
		return err
	}
	page.Problems = append(page.Problems, others...)
	for _, p := range others {
		field := page.Fields[p.Field]
		field.Problem = p.Text
		page.Fields[p.Field] = field
	}
	return schemeFormView.refuse(v, page, page.Problems)
}

// afterOthers says what to do where somebody else was first: with a new scheme to choose another key, and else to look at the
// other version. The form then gets the number after that.
func (s *Site) afterOthers(v *visit, f *schemeForm, key certificates.SchemeKey, conflict error) (problems, error) {
	if key == "" {
		return problems{{"key", v.say("Deze code is al van een andere regeling. Kies een andere code.", "This key belongs to another scheme already. Choose another key.")}}, nil
	}
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, key)
	if err != nil {
		return nil, err
	}
	next := fmt.Sprint(len(one.Versions) + 1)
	if f.Get("version") == next {
		return nil, conflict
	}
	f.Set("version", next)
	return problems{{"title", v.say("Iemand heeft intussen een andere versie bewaard. Bekijk die eerst bij de regeling. Wat jij invulde, staat hier nog.", "Somebody saved another version in the meantime. Look at it with the scheme first. What you filled in is still here.")}}, nil
}

// A schemeCheckPage tells what a version will do before it is saved.
type schemeCheckPage struct {
	Title                  string
	Action                 string
	New                    bool
	Validity, Renewal      string
	Method                 string
	Components, Refreshers []shownPart
	Prerequisites          []shownPrerequisite
	OriginWord, Citation   string
	From                   calendar.Date // zero: at once
	Holders                int           // who keep their dates
	Requirements           int
	WhatIf                 string // where the consequences are worked out for everybody; empty for who may not
	Sent                   []option
}

var schemeCheckView = declare[schemeCheckPage]("scheme_check.html", narrow)

// checkScheme shows what a version will do, with a button that saves it.
func (s *Site) checkScheme(v *visit, draft certificates.Scheme, key certificates.SchemeKey) error {
	all, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := schemeCheckPage{
		Title: draft.Title, Action: "/regelingen/nieuw", New: key == "", Validity: v.validity(draft), Renewal: v.renewal(draft), Components: v.parts(draft.Components), Refreshers: v.parts(draft.Refreshers),
		Prerequisites: prerequisitesOf(draft, all), OriginWord: v.origin(draft.Origin), Citation: draft.Citation, From: draft.AppliesFrom, Sent: sent(v.r.PostForm),
	}
	page.Method, _ = v.method(draft.Method)
	for _, o := range all {
		if o.Key == key {
			page.Action, page.Holders, page.Requirements = "/regelingen/"+url.PathEscape(string(key))+"/bewerken", o.Holders, len(o.Requirements)
		}
	}
	if !page.New && v.actor.May(staff.TryChanges) {
		page.WhatIf = "/wat-als?" + url.Values{
			"regeling": {string(key)}, "maanden": {fmt.Sprint(draft.Months)}, "venster": {fmt.Sprint(draft.WindowMonths)}, "uitloop": {fmt.Sprint(draft.GraceMonths)}, "methode": {string(draft.Method)},
		}.Encode()
	}
	return schemeCheckView.show(v, page)
}

// sent is everything of a form but its button, to be sent once more.
func sent(values url.Values) []option {
	var all []option
	for name, of := range values {
		if name == "doe" {
			continue
		}
		for _, value := range of {
			all = append(all, option{Value: value, Name: name})
		}
	}
	slices.SortStableFunc(all, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// withdrawScheme undoes a version that has no effect yet.
func (s *Site) withdrawScheme(v *visit) error {
	key := certificates.SchemeKey(v.r.PathValue("regeling"))
	version, err := strconv.Atoi(v.field("versie"))
	if err != nil {
		return unreadable.From(err)
	}
	if err := s.office.WithdrawScheme(v.ctx(), v.actor, key, version); err != nil {
		return err
	}
	if version == 1 {
		return v.done("regeling-terug", "/regelingen")
	}
	return v.done("regeling-terug", "/regelingen/"+url.PathEscape(string(key)))
}
