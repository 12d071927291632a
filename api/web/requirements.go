package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// subjectKind says to what a requirement is tied.
func (l language) subjectKind(k certificates.SubjectKind) string {
	switch k {
	case certificates.ForRole:
		return l.say("rol", "role")
	case certificates.ForDesignation:
		return l.say("taak", "designation")
	case certificates.ForTeam:
		return l.say("team", "team")
	case certificates.ForProcess:
		return l.say("proces", "process")
	case certificates.ForApplication:
		return l.say("applicatie", "application")
	case certificates.ForPerson:
		return l.say("collega", "colleague")
	}
	return l.say("iedereen", "everybody")
}

// A shownRequirement is a requirement in words, with what one can do about it.
type shownRequirement struct {
	certificates.Requirement
	Kind, OriginWord string
	Change           string        // the address of its form
	Later            bool          // it has not begun
	Over             bool          // its last day has been
	Back             bool          // it was taken back on its first day
	Today            calendar.Date // the last day that is offered
}

func (v *visit) shownRequirement(r certificates.Requirement) shownRequirement {
	today := v.moment.Today()
	ended := !r.Until.IsZero()
	return shownRequirement{r, v.subjectKind(r.SubjectKind), v.origin(r.Origin), requirementAddress(r), !r.Begun(today), ended && r.Until < today, ended && r.Until < r.Since, today}
}

// A requirementFormPage asks who must hold a scheme.
type requirementFormPage struct {
	Key      certificates.SchemeKey
	Scheme   string
	Whom     string // what it is about where that is decided; empty: one chooses
	Fields   []formField
	Fixed    []option // what may not change any more, to be sent along
	Begun    bool     // only its end and its origin may change
	Ask      bool     // whether it is only for starters may be chosen
	Starters bool
	Clash    *clash // nil: nobody else was first
	Problems problems
}

var requirementFormView = declare[requirementFormPage]("requirement_form.html", narrow)

// askRequirement shows the form of a new requirement, or of the one that the address names.
func (s *Site) askRequirement(v *visit) error {
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	values := url.Values{"since": {max(v.moment.Today(), one.Versions[0].AppliesFrom).String()}, "origin": {string(one.Origin)}, "citation": {one.Citation}, "inductionDays": {"90"}}
	if id := v.query("verplichting"); id != "" {
		r, err := s.requirementOf(v, one.Key, id)
		if err != nil {
			return err
		}
		values = requirementValues(r)
	}
	page, err := s.requirementFormPage(v, one, values, nil)
	if err != nil {
		return err
	}
	return requirementFormView.show(v, page)
}

// requirementOf returns a requirement of a scheme.
func (s *Site) requirementOf(v *visit, key certificates.SchemeKey, id string) (certificates.Requirement, error) {
	r, err := s.office.Requirement(v.ctx(), v.actor, id)
	if err == nil && r.Scheme != key {
		err = noSuchPage
	}
	return r, err
}

// requirementValues writes a requirement into the form, with its mark.
func requirementValues(r certificates.Requirement) url.Values {
	values := url.Values{
		"verplichting": {r.ID}, "gezien": {r.Mark()}, "subject": {string(r.SubjectKind) + ":" + r.Subject}, "since": {r.Since.String()}, "until": {r.Until.String()}, "dueOn": {r.DueOn.String()},
		"inductionDays": {strconv.Itoa(r.InductionDays)}, "origin": {string(r.Origin)}, "citation": {r.Citation},
	}
	if r.SubjectKind == certificates.ForPerson {
		values.Set("subject", string(r.SubjectKind)+":")
		values.Set("person", r.Subject)
	}
	if r.StartersOnly {
		values.Set("startersOnly", "ja")
	}
	return values
}

// sendRequirement shows what a requirement will do, or adds or changes it.
func (s *Site) sendRequirement(v *visit) error {
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	r, err := readRequirement(v.r.PostForm)
	r.Scheme, r.ID = one.Key, v.field("verplichting")
	button, mark := v.field("doe"), v.field("gezien")
	if button == replaceTheirs {
		v.r.PostForm.Set("gezien", v.field("seen"))
	}
	var effect academy.RequirementEffect
	switch {
	case button != "nakijken" && button != "bewaar":
		page, err := s.requirementFormPage(v, one, v.r.PostForm, nil)
		if err != nil {
			return err
		}
		return requirementFormView.show(v, page)
	case err != nil:
		_, wrong := s.office.DraftRequirement(v.ctx(), v.actor, r, mark)
		err = together(err, wrong)
	case button == "bewaar":
		said := notice("verplicht")
		if r.ID != "" {
			said = "verplicht-anders"
			_, err = s.office.ChangeRequirement(v.ctx(), v.actor, r, mark)
		} else {
			_, err = s.office.AddRequirement(v.ctx(), v.actor, r)
		}
		if err == nil {
			return v.done(said, "/regelingen/"+url.PathEscape(string(one.Key)))
		}
	default:
		if effect, err = s.office.DraftRequirement(v.ctx(), v.actor, r, mark); err == nil {
			return s.checkRequirement(v, one, r, effect)
		}
	}
	gone := r.ID != "" && fault.KindOf(err) == fault.NotFound
	if gone {
		v.r.PostForm.Del("verplichting")
	}
	page, pageErr := s.requirementFormPage(v, one, v.r.PostForm, err)
	switch {
	case pageErr != nil:
		return pageErr
	case gone:
		page.Problems = problems{{"subject", v.say("Iemand heeft deze verplichting intussen weggehaald. Wat jij invulde, voeg je zo opnieuw toe.", "Somebody removed this requirement in the meantime. This way you add what you filled in anew.")}}
	case fault.KindOf(err) == fault.Conflict && fault.Of(err).Reason == "requirement_changed":
		now, err := s.requirementOf(v, one.Key, r.ID)
		if err != nil {
			return err
		}
		page.Clash = &clash{Seen: now.Mark(), Instead: true, Theirs: requirementAddress(now)}
		page.Clash.Terms, _ = compared(v.requirementTerms(now), v.requirementTerms(r))
		page.Problems = problems{{"intussen", v.say("Iemand heeft deze verplichting intussen veranderd. Kies hieronder wat er gebeurt. Wat jij invulde, staat er nog.", "Somebody changed this requirement in the meantime. Choose below what happens. What you filled in is still there.")}}
	case fault.KindOf(err) == fault.Conflict:
		f := fault.Of(err)
		place := "since"
		if page.Begun {
			place = "until"
		}
		page.Problems = problems{{place, v.say(f.Dutch, f.English)}}
	case fault.KindOf(err) != fault.Invalid:
		return err
	}
	return requirementFormView.refuse(v, page, page.Problems)
}

// readRequirement reads what was sent; fault.Invalid, with its place, where it cannot be read.
func readRequirement(values url.Values) (certificates.Requirement, error) {
	wrong := *unreadable
	kind, subject, _ := strings.Cut(values.Get("subject"), ":")
	if certificates.SubjectKind(kind) == certificates.ForPerson {
		subject = strings.TrimSpace(values.Get("person"))
	}
	if kind == "" {
		wrong = *wrong.At("subject", "kies wie dit moet hebben", "choose who must hold this")
	}
	days, err := strconv.Atoi(cmp.Or(strings.TrimSpace(values.Get("inductionDays")), "0"))
	if err != nil {
		wrong = *wrong.At("inductionDays", "schrijf een heel getal", "write a whole number")
	}
	r := certificates.Requirement{
		SubjectKind: certificates.SubjectKind(kind), Subject: subject, Since: dayIn(values, "since", &wrong), Until: dayIn(values, "until", &wrong), DueOn: dayIn(values, "dueOn", &wrong), StartersOnly: values.Get("startersOnly") != "",
		InductionDays: days, Origin: certificates.Origin(values.Get("origin")), Citation: strings.TrimSpace(values.Get("citation")),
	}
	if len(wrong.Fields) > 0 {
		return r, &wrong
	}
	return r, nil
}

// requirementFormPage makes the page of the form; wrong is what is wrong with it.
func (s *Site) requirementFormPage(v *visit, one academy.SchemeOverview, values url.Values, wrong error) (requirementFormPage, error) {
	known, err := s.office.RequirementSubjects(v.ctx(), v.actor)
	if err != nil {
		return requirementFormPage{}, err
	}
	groups := []optionGroup{{"", []option{{"", v.say("kies uit de lijst", "choose from the list"), false}, {"everybody:", v.say("iedereen die bij de gemeente werkt", "everybody who works for the municipality"), false}}}}
	for _, g := range []struct {
		kind certificates.SubjectKind
		name string
	}{
		{certificates.ForRole, v.say("Wie een rol heeft", "Who has a role")}, {certificates.ForDesignation, v.say("Wie een taak heeft", "Who has a designation")}, {certificates.ForTeam, v.say("Wie in een team werkt", "Who works in a team")},
		{certificates.ForProcess, v.say("Wie aan een proces werkt", "Who works on a process")}, {certificates.ForApplication, v.say("Wie met een applicatie werkt", "Who works with an application")},
	} {
		group := optionGroup{Name: g.name}
		for _, key := range slices.SortedFunc(maps.Keys(known[g.kind]), func(a, b string) int { return cmp.Compare(known[g.kind][a], known[g.kind][b]) }) {
			group.Options = append(group.Options, option{string(g.kind) + ":" + key, known[g.kind][key], false})
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
	}
	groups = append(groups, optionGroup{v.say("Eén collega", "One colleague"), []option{{"person:", v.say("de collega met het nummer hieronder", "the colleague with the number below"), false}}})
	origins := []option{{"", v.origin(""), false}}
	for _, o := range certificates.Origins() {
		origins = append(origins, option{string(o), v.origin(o), false})
	}
	fields := map[string]formField{
		"subject":       {Label: v.say("Wie moet dit hebben?", "Who must hold this?"), Groups: groups},
		"person":        {Label: v.say("Personeelsnummer", "Personnel number"), Hint: v.say("Alleen als het om één collega gaat.", "Only where it is about one colleague."), Type: "text", Class: "kort"},
		"since":         {Label: v.say("Eerste dag", "First day"), Hint: v.say("Wie er dan al werkt, krijgt vanaf die dag de inwerktijd. Laat leeg: altijd al, ook met terugwerkende kracht.", "Whoever is there then has the induction from that day. Leave empty: always, also for the time before."), Type: "date", Class: "kort"},
		"until":         {Label: v.say("Laatste dag", "Last day"), Hint: v.say("Laat leeg: tot je er een einde aan zet.", "Leave empty: until you end it."), Type: "date", Class: "kort"},
		"inductionDays": {Label: v.say("Inwerktijd in dagen", "Induction in days"), Hint: v.say("Zo lang mag iemand die het nog niet heeft erover doen.", "So long may somebody take who does not hold it yet."), Type: "text", Class: "kort"},
		"dueOn":         {Label: v.say("Niet te laat voor", "Not late before"), Hint: v.say("Bijvoorbeeld bij een nieuwe wet: iedereen heeft tot en met deze dag.", "For example with a new law: everybody has until this day."), Type: "date", Class: "kort"},
		"origin":        {Label: v.say("Waar komt dit vandaan?", "Where does this come from?"), Groups: []optionGroup{{"", origins}}},
		"citation":      {Label: v.say("Artikel, bepaling of besluit", "Article, clause or decision"), Hint: v.say("Nodig bij wet, cao en norm. Je collega leest dit bij de taak.", "Needed for law, collective agreement and norm. Your colleague reads this with the duty."), Type: "text", Class: "lang"},
	}
	page := requirementFormPage{Key: one.Key, Scheme: one.Title, Ask: true, Starters: values.Get("startersOnly") != ""}
	page.Problems = v.problemsOf(wrong, func(id string) string { return strings.TrimSuffix(fields[id].Label, "?") })
	shown := []string{"subject", "person", "since", "inductionDays", "until", "dueOn", "origin", "citation"}
	fix := func(names ...string) {
		shown = slices.DeleteFunc(shown, func(id string) bool { return slices.Contains(names, id) })
		for _, name := range names {
			page.Fixed = append(page.Fixed, option{Name: name, Value: values.Get(name)})
		}
	}
	if id := values.Get("verplichting"); id != "" {
		was, err := s.requirementOf(v, one.Key, id)
		if err != nil {
			return page, err
		}
		page.Whom = v.whom(was)
		fix("verplichting", "gezien", "subject", "person")
		if page.Begun = was.Begun(v.moment.Today()); page.Begun {
			fix("since", "inductionDays", "dueOn", "startersOnly")
			page.Ask = false
		}
	}
	for _, id := range shown {
		field := fields[id]
		field.ID, field.Value, field.Problem = id, values.Get(id), page.Problems.At(id)
		for _, g := range field.Groups {
			choose(field.Value, g.Options...)
		}
		page.Fields = append(page.Fields, field)
	}
	return page, nil
}

// whom says what a requirement is about.
func (l language) whom(r certificates.Requirement) string {
	return strings.TrimSpace(l.subjectKind(r.SubjectKind) + " " + r.SubjectName)
}

// requirementAddress leads to the form of a requirement.
func requirementAddress(r certificates.Requirement) string {
	return "/regelingen/" + url.PathEscape(string(r.Scheme)) + "/verplichting?" + url.Values{"verplichting": {r.ID}}.Encode()
}

// A requirementCheckPage tells on whom a requirement falls before it is added.
type requirementCheckPage struct {
	Key    certificates.SchemeKey
	Scheme string
	Whom   string
	Terms  []term // everything it says
	Other  []term // where it is there already: what changes
	Change bool   // it is there already
	WhatIf string // where the hours and the months are worked out; empty where they cannot be
	academy.RequirementEffect
	Today calendar.Date
	Later bool // more people than are worked out at once
	Until calendar.Date
	Sent  []option
}

var requirementCheckView = declare[requirementCheckPage]("requirement_check.html", narrow)

func (s *Site) checkRequirement(v *visit, one academy.SchemeOverview, r certificates.Requirement, effect academy.RequirementEffect) error {
	known, err := s.office.RequirementSubjects(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	r.SubjectName = known[r.SubjectKind][r.Subject]
	page := requirementCheckPage{
		Key: one.Key, Scheme: one.Title, Whom: v.whom(r), Terms: v.requirementTerms(r), Change: r.ID != "", RequirementEffect: effect, Today: v.moment.Today(), Later: effect.People > academy.ReplannedAtOnce, Until: r.Until, Sent: sent(v.r.PostForm),
	}
	if page.Change {
		was, err := s.requirementOf(v, one.Key, r.ID)
		if err != nil {
			return err
		}
		page.Other, page.Terms = compared(v.requirementTerms(was), page.Terms)
	}
	if r.SubjectKind != certificates.ForPerson && !page.Change && v.actor.May(staff.TryChanges) {
		page.WhatIf = "/wat-als?" + url.Values{
			"regeling": {string(one.Key)}, "voor": {strings.TrimSuffix(string(r.SubjectKind)+":"+r.Subject, ":")}, "inwerkdagen": {strconv.Itoa(r.InductionDays)}, "eerste-dag": {r.Since.String()}, "niet-voor": {r.DueOn.String()},
		}.Encode()
	}
	return requirementCheckView.show(v, page)
}

// changeRequirement ends a requirement, takes its end away, or removes one that has not begun.
func (s *Site) changeRequirement(v *visit) error {
	key, id := v.r.PathValue("regeling"), v.field("verplichting")
	here := "/regelingen/" + url.PathEscape(key)
	switch v.field("doe") {
	case "einde":
		last, err := calendar.Parse(v.field("laatste"))
		if err != nil {
			return s.refuseEnd(v, v.say("Kies een laatste dag.", "Choose a last day."))
		}
		err = s.office.EndRequirement(v.ctx(), v.actor, id, last)
		if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
			return s.refuseEnd(v, v.say(f.Fields[0].Dutch, f.Fields[0].English))
		}
		if err != nil {
			return err
		}
		return v.done("einde", here)
	case "terug":
		if err := s.office.EndRequirement(v.ctx(), v.actor, id, 0); err != nil {
			return err
		}
		return v.done("verplicht-terug", here)
	}
	if err := s.office.WithdrawRequirement(v.ctx(), v.actor, id); err != nil {
		return err
	}
	return v.done("verplicht-weg", here)
}

// refuseEnd shows the scheme once more, with what is wrong with the last day of a requirement.
func (s *Site) refuseEnd(v *visit, text string) error {
	page, err := s.schemePage(v, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	return schemeView.refuse(v, page, problems{{"laatste-" + v.field("verplichting"), text}})
}
