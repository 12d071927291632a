package web

import (
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A schemesPage lists the schemes.
type schemesPage struct {
	Schemes []schemeLine
	All     int
	Origins []option // to choose from
	MayEdit bool
}

// A schemeLine is one scheme in the list.
type schemeLine struct {
	academy.SchemeOverview
	OriginWord, Validity, Renewal string
	Begins                        calendar.Date // zero: it applies already
}

var schemesView = declare[schemesPage]("schemes.html")

// voluntary stands in the address for schemes without an origin.
const voluntary = "vrijwillig"

// schemes lists every scheme, or those of one origin.
func (s *Site) schemes(v *visit) error {
	all, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := schemesPage{All: len(all), MayEdit: v.actor.May(staff.ChangeSchemes), Origins: []option{{"", v.say("alle", "all"), false}}}
	for _, o := range certificates.Origins() {
		page.Origins = append(page.Origins, option{string(o), v.origin(o), false})
	}
	page.Origins = append(page.Origins, option{voluntary, v.origin(""), false})
	wanted := v.query("herkomst")
	choose(wanted, page.Origins...)
	for _, o := range all {
		if wanted == "" || string(o.Origin) == wanted || wanted == voluntary && o.Origin == "" {
			page.Schemes = append(page.Schemes, v.schemeLine(o))
		}
	}
	return schemesView.show(v, page)
}

func (v *visit) schemeLine(o academy.SchemeOverview) schemeLine {
	line := schemeLine{SchemeOverview: o, OriginWord: v.origin(o.Origin), Validity: v.validity(o.Scheme), Renewal: v.renewal(o.Scheme)}
	if o.AppliesFrom > v.moment.Today() {
		line.Begins = o.AppliesFrom
	}
	return line
}

// A schemePage shows what a scheme asks, of whom, and its versions.
type schemePage struct {
	schemeLine
	Components, Refreshers []shownPart
	Method, MethodExample  string
	Prerequisites          []shownPrerequisite
	Asked                  []shownRequirement
	Versions               []shownVersion
	MayEdit, MayTry        bool
}

// A shownPart is a component or a refresher in words.
type shownPart struct {
	Kind, Title string
	Checklist   []string
}

// A shownPrerequisite is a scheme that comes first.
type shownPrerequisite struct {
	Key   certificates.SchemeKey
	Title string
	Hard  bool
}

// A shownVersion is a version with what one can do about it.
type shownVersion struct {
	Number int
	From   calendar.Date // zero: always
	Now    bool
	Later  bool
	Undo   bool   // it can be tried: the office has the last word
	Change string // the address of its form, where it may be replaced; empty: it may not
	Sum    string
}

var schemeView = declare[schemePage]("scheme.html")

// scheme shows one scheme.
func (s *Site) scheme(v *visit) error {
	page, err := s.schemePage(v, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	return schemeView.show(v, page)
}

func (s *Site) schemePage(v *visit, key certificates.SchemeKey) (schemePage, error) {
	all, err := s.office.SchemeOverviews(v.ctx(), v.actor)
	if err != nil {
		return schemePage{}, err
	}
	at := slices.IndexFunc(all, func(o academy.SchemeOverview) bool { return o.Key == key })
	if at < 0 {
		return schemePage{}, noSuchPage
	}
	one := all[at]
	page := schemePage{
		schemeLine: v.schemeLine(one), Components: v.parts(one.Components), Refreshers: v.parts(one.Refreshers),
		MayEdit: v.actor.May(staff.ChangeSchemes), MayTry: v.actor.May(staff.TryChanges),
	}
	page.Method, page.MethodExample = v.method(one.Method)
	page.Prerequisites = prerequisitesOf(one.Scheme, all)
	for _, r := range one.Requirements {
		page.Asked = append(page.Asked, v.shownRequirement(r))
	}
	unused := one.Holders == 0 && len(one.Requirements) == 0
	for i, version := range slices.Backward(one.Versions) {
		later := version.AppliesFrom > v.moment.Today()
		shown := shownVersion{
			Number: version.Version, From: version.AppliesFrom, Now: version.Version == one.Version && !later, Later: later,
			Undo: i == len(one.Versions)-1 && (version.Version > 1 && later || version.Version == 1 && unused),
			Sum:  strings.TrimSuffix(v.validity(version)+"; "+v.renewal(version), "; "),
		}
		if shown.Undo {
			shown.Change = v.schemeFormAddress(version, true)
		}
		page.Versions = append(page.Versions, shown)
	}
	return page, nil
}

func (v *visit) parts(from []certificates.Component) []shownPart {
	var to []shownPart
	for _, c := range from {
		to = append(to, shownPart{v.componentKind(c.Kind), c.Words(), c.Checklist})
	}
	return to
}

func prerequisitesOf(s certificates.Scheme, all []academy.SchemeOverview) []shownPrerequisite {
	var shown []shownPrerequisite
	for _, p := range s.Prerequisites {
		title := string(p.Scheme)
		if at := slices.IndexFunc(all, func(o academy.SchemeOverview) bool { return o.Key == p.Scheme }); at >= 0 {
			title = all[at].Title
		}
		shown = append(shown, shownPrerequisite{p.Scheme, title, p.Hard})
	}
	return shown
}
