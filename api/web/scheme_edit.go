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

// editScheme shows the form of the next version of a scheme, or of the newest one where the address asks for that: it can be
// replaced while it has no effect.
func (s *Site) editScheme(v *visit) error {
	key := certificates.SchemeKey(v.r.PathValue("regeling"))
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, key)
	if err != nil {
		return err
	}
	next := one.Versions[len(one.Versions)-1]
	if v.query("versie") == fmt.Sprint(next.Version) {
		f := newSchemeForm(next)
		f.Set("instead", next.Mark())
		return s.showSchemeForm(v, f, key)
	}
	next.Version++
	next.AppliesFrom = max(next.AppliesFrom, v.moment.Today()).AddDays(1)
	return s.showSchemeForm(v, newSchemeForm(next), key)
}

// schemeFormAddress leads to the form of a version, or of the one after it.
func (v *visit) schemeFormAddress(s certificates.Scheme, same bool) string {
	address := "/regelingen/" + url.PathEscape(string(s.Key)) + "/bewerken"
	if same {
		address += "?versie=" + fmt.Sprint(s.Version)
	}
	return address
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
	f.settle(button)
	if f.change(button) || button != "nakijken" && button != "bewaar" {
		return s.showSchemeForm(v, f, key)
	}
	draft, err := f.scheme()
	instead := f.Get("instead")
	if err == nil && button == "bewaar" {
		if instead != "" {
			_, err = s.office.ReplaceScheme(v.ctx(), v.actor, draft, instead)
		} else {
			_, err = s.office.SaveScheme(v.ctx(), v.actor, draft)
		}
		if err == nil {
			return v.done("regeling", "/regelingen/"+url.PathEscape(string(draft.Key)))
		}
	} else if err == nil {
		if err = s.office.CheckScheme(v.ctx(), v.actor, draft, instead); err == nil {
			return s.checkScheme(v, draft, key, instead)
		}
	} else {
		err = together(err, s.office.CheckScheme(v.ctx(), v.actor, draft, instead))
	}
	var others problems
	var other *clash
	if fault.KindOf(err) == fault.Conflict {
		others, other, err = s.afterOthers(v, draft, key, err)
	}
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, err := s.schemeFormPage(v, f, key, err)
	if err != nil {
		return err
	}
	page.Problems, page.Clash = append(page.Problems, others...), other
	for _, p := range others {
		field := page.Fields[p.Field]
		field.Problem = p.Text
		page.Fields[p.Field] = field
	}
	return schemeFormView.refuse(v, page, page.Problems)
}

// together tells at once what cannot be read and what the office finds wrong elsewhere in the form.
func together(unread, wrong error) error {
	found := fault.Of(wrong)
	if found == nil || found.Kind != fault.Invalid {
		return unread
	}
	all := *fault.Of(unread)
	for _, f := range found.Fields {
		if !slices.ContainsFunc(all.Fields, func(have fault.Field) bool { return have.Path == f.Path }) {
			all = *all.At(f.Path, f.Dutch, f.English)
		}
	}
	return &all
}

// afterOthers says what to do where somebody else was first: with a new scheme to choose another key, and else to choose between
// the version that is saved and what was filled in.
func (s *Site) afterOthers(v *visit, draft certificates.Scheme, key certificates.SchemeKey, conflict error) (problems, *clash, error) {
	if key == "" {
		draft.Key = ""
		rest := *unreadable.At("key", "Deze code is al van een andere regeling. Kies een andere code.", "This key belongs to another scheme already. Choose another key.")
		return nil, nil, together(&rest, s.office.CheckScheme(v.ctx(), v.actor, draft, ""))
	}
	f := fault.Of(conflict)
	if f.Reason != "scheme_version" {
		return problems{{"appliesFrom", v.say(f.Dutch, f.English)}}, nil, nil
	}
	all, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return nil, nil, err
	}
	one, there := overviewOf(all, key)
	if !there {
		return nil, nil, conflict
	}
	return problems{{"intussen", v.say("Iemand heeft intussen iets anders bewaard. Kies hieronder wat er gebeurt. Wat jij invulde, staat er nog.", "Somebody saved something else in the meantime. Choose below what happens. What you filled in is still there.")}}, v.schemeClash(draft, one, all), nil
}

// A schemeCheckPage tells what a version will do before it is saved.
type schemeCheckPage struct {
	Title                  string
	Key                    certificates.SchemeKey
	Replaces               bool     // a version that is saved
	Other, Terms           []term   // what another version says otherwise, and everything else
	Warnings               []string // what somebody may not have meant
	Action                 string
	New                    bool
	Validity, Renewal      string
	Components, Refreshers []shownPart
	From                   calendar.Date // zero: at once
	Holders                int           // who keep their dates
	Requirements           int
	WhatIf                 string // where the consequences are worked out for everybody; empty for who may not
	Sent                   []option
}

var schemeCheckView = declare[schemeCheckPage]("scheme_check.html", narrow)

// checkScheme shows what a version will do, with a button that saves it.
func (s *Site) checkScheme(v *visit, draft certificates.Scheme, key certificates.SchemeKey, instead string) error {
	all, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := schemeCheckPage{
		Title: draft.Title, Key: draft.Key, Action: "/regelingen/nieuw", New: key == "", Replaces: instead != "", Validity: v.validity(draft), Renewal: v.renewal(draft), Components: v.parts(draft.Components), Refreshers: v.parts(draft.Refreshers),
		From: draft.AppliesFrom, Warnings: v.schemeWarnings(draft), Sent: sent(v.r.PostForm),
	}
	is := v.schemeTerms(draft, all)
	was := is
	if one, there := overviewOf(all, key); there {
		was = v.schemeTerms(one.Versions[len(one.Versions)-1], all)
	}
	page.Other, page.Terms = compared(was, is)
	for _, o := range all {
		if o.Key == key {
			page.Action, page.Holders, page.Requirements = "/regelingen/"+url.PathEscape(string(key))+"/bewerken", o.Holders, len(o.Requirements)
		}
	}
	if !page.New && v.actor.May(staff.TryChanges) {
		page.WhatIf = "/wat-als?" + url.Values{
			"regeling": {string(key)}, "maanden": {fmt.Sprint(draft.Months)}, "venster": {fmt.Sprint(draft.WindowMonths)}, "uitloop": {fmt.Sprint(draft.GraceMonths)}, "methode": {string(draft.Method)}, "vanaf": {draft.AppliesFrom.String()},
			"vaste-dag": {number(draft.AnchorDay)}, "vaste-maand": {number(int(draft.AnchorMonth))}, "minstens": {number(draft.MinimumMonths)},
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
