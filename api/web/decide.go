package web

import (
	"cmp"
	"fmt"
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

// A decideKindsPage asks what somebody wants to decide.
type decideKindsPage struct {
	Name, Path string
	Kinds      []decideKind
}

// A decideKind is one kind of decision, and what it is for.
type decideKind struct{ Path, Name, To string }

// A decidePage is the form of one kind of decision.
type decidePage struct {
	Name, Path string
	Kind       certificates.DecisionKind
	KindName   string
	To         string
	Fields     []formField
	Sentence   *formField // why, in the words of whoever decides; nil where the kind asks none
	Nothing    bool       // there is nothing of that kind to decide about
}

// A decideCheckPage tells what a decision will do before it is taken.
type decideCheckPage struct {
	Name, Path string
	Kind       certificates.DecisionKind
	KindName   string
	Summary    string
	Why        string
	Happens    []string
	Waits      []string // of an absence: what else there is to do while it lasts
	Endless    bool     // of an absence: the return is not known
	Over       bool     // of an absence: the return was before today
	Begins     []string
	Numbered   bool          // of a revocation: a certificate that anybody can check
	Amends     bool          // the decision is there already, and gets another last day
	Undoable   bool          // once it is taken
	Endable    bool          // once it is taken
	Last       calendar.Date // the last day on which it can be undone
	To         string        // where the answer goes
	Sent       []option
}

var (
	decideKindsView = declare[decideKindsPage]("decide_kinds.html", narrow)
	decideView      = declare[decidePage]("decide.html", narrow)
	decideCheckView = declare[decideCheckPage]("decide_check.html", narrow)
)

// askDecision asks what to decide, or shows the form of the kind that the address names.
func (s *Site) askDecision(v *visit) error {
	d, path, err := s.decideAbout(v)
	if err != nil {
		return err
	}
	kind := certificates.DecisionKind(v.query("soort"))
	if kind == "" {
		page := decideKindsPage{Name: d.Name(), Path: path}
		for _, k := range certificates.DecisionKinds() {
			if v.actor.May(academy.DecisionAct(k)) {
				name, to := v.decisionKind(k)
				page.Kinds = append(page.Kinds, decideKind{path + "/besluit?soort=" + string(k), name, to})
			}
		}
		return decideKindsView.show(v, page)
	}
	if err := v.actor.Allow(academy.DecisionAct(kind), staff.Subject{}); err != nil {
		return err
	}
	page, err := v.decidePage(d, path, kind, v.r.URL.Query(), nil)
	if err != nil {
		return err
	}
	return decideView.show(v, page)
}

// decideAbout reads whom the decision is about. Nobody decides about themselves.
func (s *Site) decideAbout(v *visit) (academy.Dossier, string, error) {
	person := staff.PersonID(v.r.PathValue("persoon"))
	if err := v.actor.Allow(staff.TakeDecisions, staff.Subject{Person: v.actor.Person}); err != nil && person == v.actor.Person {
		return academy.Dossier{}, "", err
	}
	d, err := s.office.Dossier(v.ctx(), v.actor, person)
	return d, "/mensen/" + url.PathEscape(string(person)), err
}

// sendDecision shows what a decision will do, or takes it.
func (s *Site) sendDecision(v *visit) error {
	d, path, err := s.decideAbout(v)
	if err != nil {
		return err
	}
	kind := certificates.DecisionKind(v.field("kind"))
	asked, unread := readDecision(v.r.PostForm, d.ID)
	button := v.field("doe")
	var effect academy.Decided
	switch {
	case button == "bewaar" && unread == nil:
		if effect, err = s.office.Decide(v.ctx(), v.actor, asked); err == nil {
			return v.done(decidedNotice(effect), path+"#besluiten")
		}
	case button == "bewaar" || button == "nakijken":
		if effect, err = s.office.TryDecision(v.ctx(), v.actor, asked); err == nil && unread == nil {
			return decideCheckView.show(v, v.decideCheck(d, path, effect))
		}
		if unread != nil && (err == nil || fault.KindOf(err) == fault.Invalid) {
			err = unread.With(err)
		}
	}
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, pageErr := v.decidePage(d, path, kind, v.r.PostForm, err)
	if pageErr != nil {
		return pageErr
	}
	if err == nil {
		return decideView.show(v, page)
	}
	return decideView.refuse(v, page, v.decideProblems(page, err))
}

// decidedNotice says what can still be done about a decision that was taken.
func decidedNotice(taken academy.Decided) notice {
	switch {
	case taken.Undoable:
		return "besluit"
	case taken.Endable:
		return "besluit-werkt-dag"
	}
	return "besluit-werkt"
}

// readDecision reads what was sent, with everything that cannot be read; nil: nothing.
func readDecision(values url.Values, about staff.PersonID) (certificates.Decision, *fault.Error) {
	wrong := *unreadable
	d := certificates.Decision{
		Kind: certificates.DecisionKind(values.Get("kind")), Person: about, Scheme: certificates.SchemeKey(values.Get("scheme")), From: dayIn(values, "from", &wrong), Until: dayIn(values, "until", &wrong), Reason: strings.TrimSpace(values.Get("reason")),
	}
	if period := values.Get("cycle"); period != "" {
		scheme, cycle, _ := strings.Cut(period, ":")
		d.Scheme = certificates.SchemeKey(scheme)
		d.Cycle, _ = strconv.Atoi(cycle) // no period has the number of what is none
	} else if d.Kind == certificates.Revocation {
		wrong = *wrong.At("cycle", "kies wat je intrekt", "choose what you revoke")
	}
	if len(wrong.Fields) > 0 {
		return d, &wrong
	}
	return d, nil
}

// dayIn reads a day that was sent; empty is none. What is no day comes in wrong, with its place.
func dayIn(values url.Values, field string, wrong *fault.Error) calendar.Date {
	text := strings.TrimSpace(values.Get(field))
	if text == "" {
		return 0
	}
	day, err := calendar.Parse(text)
	if err != nil {
		*wrong = *wrong.At(field, "kies een dag die bestaat", "choose a day that exists")
	}
	return day
}

// decidePage makes the form of a kind, with only the fields of that kind. wrong is what is wrong with what was sent.
func (v *visit) decidePage(d academy.Dossier, path string, kind certificates.DecisionKind, values url.Values, wrong error) (decidePage, error) {
	if !slices.ContainsFunc(certificates.DecisionKinds(), func(k certificates.DecisionKind) bool { return k == kind }) {
		return decidePage{}, noSuchPage
	}
	page := decidePage{Name: d.Name(), Path: path, Kind: kind}
	page.KindName, page.To = v.decisionKind(kind)
	today := v.moment.Today().String()
	from := formField{ID: "from", Label: v.say("Eerste dag", "First day"), Type: "date", Class: "kort", Value: today,
		Hint: v.say("Kies morgen of later als je het nog wilt kunnen terugzetten.", "Choose tomorrow or later if you want to be able to undo it.")}
	until := formField{ID: "until", Label: v.say("Laatste dag", "Last day"), Type: "date", Class: "kort"}
	scheme := formField{ID: "scheme", Label: v.say("Waar gaat het over?", "What is it about?"), Groups: []optionGroup{{Options: v.decideAboutWhat(d, kind)}}}
	sentence := &formField{ID: "reason", Label: v.say("Waarom?", "Why?"), Hint: v.say("Je collega leest deze zin. Schrijf niets over gezondheid.", "Your colleague reads this sentence. Write nothing about health.")}
	switch kind {
	case certificates.Extension:
		until.Label = v.say("Nieuwe laatste dag", "New last day")
		page.Fields, page.Sentence = []formField{scheme, until}, sentence
	case certificates.Exemption:
		page.Fields = []formField{scheme, from, until, {ID: "reason", Label: v.say("Reden", "Reason"), Groups: []optionGroup{{Options: v.exemptionReasons()}}}}
	case certificates.Absence:
		from.Hint = v.say("Mag ook in het verleden liggen.", "May also be in the past.")
		until.Hint = v.say("Laat leeg als je het nog niet weet.", "Leave empty where you do not know yet.")
		page.Fields = []formField{from, until}
	case certificates.Early:
		from.Label = v.say("Vernieuwen telt vanaf", "Renewing counts from")
		from.Hint = v.say("Wat op of na deze dag gehaald is, telt. De dag mag in het verleden liggen.", "What was completed on or after this day counts. The day may be in the past.")
		page.Fields, page.Sentence = []formField{scheme, from}, sentence
	case certificates.Late:
		until.Label = v.say("De korte herhaling is genoeg tot en met", "The short refresher suffices until and including")
		until.Hint = v.say("De dag mag in het verleden liggen: dan telt wat er al is.", "The day may be in the past: then what is there already counts.")
		page.Fields, page.Sentence = []formField{scheme, until}, sentence
	default:
		scheme.ID, scheme.Label = "cycle", v.say("Wat trek je in?", "What do you revoke?")
		from.Label = v.say("Geldt niet meer vanaf", "Holds no more from")
		page.Fields, page.Sentence = []formField{scheme, from}, sentence
	}
	page.Nothing = kind != certificates.Absence && len(scheme.Groups[0].Options) <= 1
	found := v.decideProblems(page, wrong)
	fill := func(f *formField) {
		if values.Has(f.ID) {
			f.Value = values.Get(f.ID)
		}
		for _, g := range f.Groups {
			choose(f.Value, g.Options...)
		}
		f.Problem = found.At(f.ID)
	}
	for i := range page.Fields {
		fill(&page.Fields[i])
	}
	if page.Sentence != nil {
		fill(page.Sentence)
	}
	return page, nil
}

// decideProblems names the field with each problem. What is wrong at a field that the form does not have stands at its first.
func (v *visit) decideProblems(page decidePage, wrong error) problems {
	labels := make(map[string]string)
	for _, f := range page.Fields {
		labels[f.ID] = strings.TrimSuffix(f.Label, "?")
	}
	if page.Sentence != nil {
		labels[page.Sentence.ID] = strings.TrimSuffix(page.Sentence.Label, "?")
	}
	found := v.problemsOf(wrong, func(id string) string { return labels[id] })
	place := func(p problem) int {
		return slices.IndexFunc(page.Fields, func(f formField) bool { return f.ID == p.Field })
	}
	slices.SortStableFunc(found, func(a, b problem) int { return cmp.Compare(uint(place(a)), uint(place(b))) }) // the sentence, which is no field of the list, comes last
	for i, p := range found {
		if _, ok := labels[p.Field]; !ok {
			found[i].Field = page.Fields[0].ID
		}
	}
	return found
}

// decideAboutWhat lists what a decision of a kind can be about.
func (v *visit) decideAboutWhat(d academy.Dossier, kind certificates.DecisionKind) []option {
	options := []option{{Name: v.say("kies uit de lijst", "choose from the list")}}
	add := func(value, name string) { options = append(options, option{Value: value, Name: name}) }
	if kind == certificates.Extension {
		for _, t := range d.Tasks {
			if t.Duty.Open() {
				add(string(t.Scheme), v.say("%s, nu uiterlijk %s", "%s, now due on %s", t.Title, v.date(t.DueOn)))
			}
		}
		return options
	}
	for _, h := range d.Holdings {
		renewable := h.Last != nil && !h.Last.ValidUntil.IsZero() && h.Last.RevokedOn.IsZero()
		switch {
		case kind == certificates.Exemption && h.Asked:
			add(string(h.Scheme), h.Title)
		case kind == certificates.Early && renewable:
			add(string(h.Scheme), v.say("%s, nu vanaf %s", "%s, now from %s", h.Title, v.date(h.Last.WindowOpensOn)))
		case kind == certificates.Late && renewable:
			add(string(h.Scheme), v.say("%s, nu tot en met %s", "%s, now until %s", h.Title, v.date(h.Last.GraceUntil)))
		case kind == certificates.Revocation:
			for _, p := range slices.Backward(h.Periods) {
				if p.RevokedOn.IsZero() {
					words, _ := v.holds(p)
					add(fmt.Sprintf("%s:%d", p.Scheme, p.Cycle), v.say("%s, gehaald op %s, %s", "%s, achieved on %s, %s", h.Title, v.date(p.CompletedOn), words))
				}
			}
		}
	}
	return options
}

// exemptionReasons lists why somebody can be exempted.
func (v *visit) exemptionReasons() []option {
	options := []option{{Name: v.say("kies uit de lijst", "choose from the list")}}
	for _, reason := range certificates.ExemptionReasons() {
		options = append(options, option{Value: reason, Name: v.say(certificates.Decision{Kind: certificates.Exemption, Reason: reason}.Why())})
	}
	return options
}
