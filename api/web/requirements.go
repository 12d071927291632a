package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
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
	Later            bool          // it has not begun
	Over             bool          // its last day has been
	Back             bool          // it was taken back on its first day
	Today            calendar.Date // the last day that is offered
}

func (v *visit) shownRequirement(r certificates.Requirement) shownRequirement {
	today := v.moment.Today()
	ended := !r.Until.IsZero()
	return shownRequirement{r, v.subjectKind(r.SubjectKind), v.origin(r.Origin), !r.Begun(today), ended && r.Until < today, ended && r.Until < r.Since, today}
}

// A requirementFormPage asks who must hold a scheme.
type requirementFormPage struct {
	Key      certificates.SchemeKey
	Scheme   string
	Fields   map[string]formField
	Starters bool
	Problems problems
}

var requirementFormView = declare[requirementFormPage]("requirement_form.html", narrow)

// askRequirement shows the form.
func (s *Site) askRequirement(v *visit) error {
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	values := url.Values{"since": {max(v.moment.Today(), one.Versions[0].AppliesFrom).String()}, "origin": {string(one.Origin)}, "citation": {one.Citation}, "inductionDays": {"90"}}
	page, err := s.requirementFormPage(v, one, values, nil)
	if err != nil {
		return err
	}
	return requirementFormView.show(v, page)
}

// sendRequirement shows what a requirement will do, or adds it.
func (s *Site) sendRequirement(v *visit) error {
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, certificates.SchemeKey(v.r.PathValue("regeling")))
	if err != nil {
		return err
	}
	r, err := readRequirement(v.r.PostForm)
	r.Scheme = one.Key
	button := v.field("doe")
	var effect academy.RequirementEffect
	switch {
	case button != "nakijken" && button != "bewaar":
		page, err := s.requirementFormPage(v, one, v.r.PostForm, nil)
		if err != nil {
			return err
		}
		return requirementFormView.show(v, page)
	case err != nil:
	case button == "bewaar":
		if _, err = s.office.AddRequirement(v.ctx(), v.actor, r); err == nil {
			return v.done("verplicht", "/regelingen/"+url.PathEscape(string(one.Key)))
		}
	default:
		if effect, err = s.office.DraftRequirement(v.ctx(), v.actor, r); err == nil {
			return s.checkRequirement(v, one, r, effect)
		}
	}
	page, pageErr := s.requirementFormPage(v, one, v.r.PostForm, err)
	switch {
	case pageErr != nil:
		return pageErr
	case fault.KindOf(err) == fault.Conflict:
		f := fault.Of(err)
		page.Problems = problems{{"since", v.say(f.Dutch, f.English)}}
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
	page := requirementFormPage{Key: one.Key, Scheme: one.Title, Fields: fields, Starters: values.Get("startersOnly") != ""}
	page.Problems = v.problemsOf(wrong, func(id string) string { return strings.TrimSuffix(fields[id].Label, "?") })
	for id, field := range fields {
		field.ID, field.Value, field.Problem = id, values.Get(id), page.Problems.At(id)
		for _, g := range field.Groups {
			choose(field.Value, g.Options...)
		}
		fields[id] = field
	}
	return page, nil
}

// A requirementCheckPage tells on whom a requirement falls before it is added.
type requirementCheckPage struct {
	Key    certificates.SchemeKey
	Scheme string
	Whom   string
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
	whom := v.subjectKind(r.SubjectKind)
	if name := known[r.SubjectKind][r.Subject]; name != "" {
		whom = fmt.Sprintf("%s %s", whom, name)
	}
	return requirementCheckView.show(v, requirementCheckPage{
		Key: one.Key, Scheme: one.Title, Whom: whom, RequirementEffect: effect, Today: v.moment.Today(), Later: effect.People > academy.ReplannedAtOnce, Until: r.Until, Sent: sent(v.r.PostForm),
	})
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
