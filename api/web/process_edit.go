package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// A processCheckPage tells in words what a version of what a process asks means, before it is saved.
type processCheckPage struct {
	academy.ProcessEffect
	Path    string
	First   string // since when
	Asks    []processTerm
	Colours badge
	Sent    []option
}

// A processTerm is one thing that a process asks, before and after.
type processTerm struct{ Label, Was, Is string }

var processCheckView = declare[processCheckPage]("process_check.html", narrow)

// processPath is the address of a process.
func processPath(id staff.ActivityID) string { return "/processen/" + url.PathEscape(string(id)) }

// askProcess shows the form of a new version of what a process asks, filled with what it asks now.
func (s *Site) askProcess(v *visit) error {
	p, err := s.office.Process(v.ctx(), v.actor, staff.ActivityID(v.r.PathValue("proces")), 0, "")
	if err != nil {
		return err
	}
	page, err := s.processForm(v, p, processValues(p.Process, v.moment.Today().AddDays(1).String()), nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// sendProcess shows what a new version means, or saves it.
func (s *Site) sendProcess(v *visit) error {
	now, err := s.office.Process(v.ctx(), v.actor, staff.ActivityID(v.r.PathValue("proces")), 0, "")
	if err != nil {
		return err
	}
	values := v.r.PostForm
	p, rows, err := readProcess(now.ID, values)
	why := v.field("why")
	var effect academy.ProcessEffect
	switch doe := v.field("doe"); {
	case doe != "nakijken" && doe != "bewaar":
		page, err := s.processForm(v, now, values, nil)
		if err != nil {
			return err
		}
		return plainFormView.show(v, page)
	case err != nil:
	case doe == "bewaar":
		if err = s.office.SaveProcess(v.ctx(), v.actor, p, why); err == nil {
			return v.done("proces", processPath(now.ID))
		}
	default:
		if effect, err = s.office.PreviewProcess(v.ctx(), v.actor, p, why); err == nil {
			return processCheckView.show(v, v.processCheck(effect))
		}
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, wrong := s.processForm(v, now, values, ofProcess(err, rows))
	if wrong != nil {
		return wrong
	}
	return plainFormView.refuse(v, page, page.Problems)
}

// processValues are the fields of the form of what a process asks.
func processValues(p staffing.Process, from string) url.Values {
	values := url.Values{"cluster": {p.Cluster}, "owner": {string(p.Owner)}, "shortage": {p.Shortage}, "fourEyes": {p.FourEyes}}
	if p.Version > 0 {
		values.Set("from", from)
	}
	if p.PoolMinimum > 0 {
		values.Set("poolMinimum", strconv.Itoa(p.PoolMinimum))
	}
	for _, key := range p.All {
		values.Add("all", string(key))
	}
	for _, key := range p.OneOf {
		values.Add("oneOf", string(key))
	}
	for i, w := range p.Windows {
		at := windowField(i, "")
		for _, day := range w.Days {
			values.Add(at+"days", strconv.Itoa(int(day)))
		}
		values.Set(at+"from", w.From.String())
		values.Set(at+"to", w.To.String())
		values.Set(at+"minimum", strconv.Itoa(w.Minimum))
		values.Set(at+"note", w.Note)
	}
	return values
}

// windowField is the name of a field of a window.
func windowField(i int, name string) string { return fmt.Sprintf("windows-%d-%s", i, name) }

// windowRows is how many windows a form holds.
func windowRows(values url.Values) int {
	n := 0
	for n < 50 && values.Has(windowField(n, "from")) {
		n++
	}
	return n
}

// readProcess reads what a form asks of a process; rows tells in which row of the form each window stands. fault.Invalid where
// something cannot be read.
func readProcess(id staff.ActivityID, values url.Values) (p staffing.Process, rows []int, err error) {
	wrong := *unreadable
	p = staffing.Process{Activity: staff.Activity{ID: id}, Cluster: values.Get("cluster"), Owner: staff.PersonID(strings.TrimSpace(values.Get("owner"))), Shortage: values.Get("shortage"), FourEyes: values.Get("fourEyes")}
	p.From = dayIn(values, "from", &wrong)
	number := func(field string) int {
		text := strings.TrimSpace(values.Get(field))
		if text == "" {
			return 0
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			wrong = *wrong.At(field, "schrijf een heel getal", "write a whole number")
		}
		return n
	}
	p.PoolMinimum = number("poolMinimum")
	for _, key := range values["all"] {
		p.All = append(p.All, certificates.SchemeKey(key))
	}
	for _, key := range values["oneOf"] {
		p.OneOf = append(p.OneOf, certificates.SchemeKey(key))
	}
	for i := range windowRows(values) {
		days := values[windowField(i, "days")]
		from, to, minimum := strings.TrimSpace(values.Get(windowField(i, "from"))), strings.TrimSpace(values.Get(windowField(i, "to"))), strings.TrimSpace(values.Get(windowField(i, "minimum")))
		if len(days) == 0 && from == "" && to == "" && minimum == "" {
			continue
		}
		w := staffing.Window{Minimum: number(windowField(i, "minimum")), Note: strings.TrimSpace(values.Get(windowField(i, "note")))}
		for _, text := range days {
			if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < 7 {
				w.Days = append(w.Days, time.Weekday(n))
			}
		}
		w.From, w.To = clockIn(values, windowField(i, "from"), &wrong), clockIn(values, windowField(i, "to"), &wrong)
		p.Windows, rows = append(p.Windows, w), append(rows, i)
	}
	if len(wrong.Fields) > 0 {
		return p, rows, &wrong
	}
	return p, rows, nil
}

// clockIn reads a time of a form.
func clockIn(values url.Values, field string, wrong *fault.Error) training.Clock {
	c, err := training.ParseClock(strings.TrimSpace(values.Get(field)))
	if err != nil {
		*wrong = *wrong.At(field, "schrijf een tijd zoals 09:30", "write a time such as 09:30")
	}
	return c
}

// ofProcess names the fields of the form where a fault names places in a process.
func ofProcess(err error, rows []int) error {
	return renamed(err, func(path string) string {
		var at int
		var what string
		switch n, _ := fmt.Sscanf(path, "windows[%d].%s", &at, &what); {
		case n == 2 && at < len(rows):
			return windowField(rows[at], what)
		case path == "windows":
			return windowField(0, "from")
		}
		name, _, _ := strings.Cut(path, "[")
		return name
	})
}

// processForm shows what a process asks as a form. wrong is what is wrong with what was sent.
func (s *Site) processForm(v *visit, p academy.StaffedProcess, values url.Values, wrong error) (plainForm, error) {
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return plainForm{}, err
	}
	names := map[string]string{
		"from": v.say("Vanaf", "From"), "why": v.say("Waarom verandert dit?", "Why does this change?"), "cluster": "Cluster", "owner": v.say("Eigenaar", "Owner"), "poolMinimum": v.say("Hoeveel mensen moeten dit mogen?", "How many people must be allowed to do this?"),
		"all": v.say("Alle van deze", "All of these"), "oneOf": v.say("En één van deze", "And one of these"), "shortage": v.say("Bij te weinig mensen", "When there are too few"), "fourEyes": v.say("Vier ogen", "Four eyes"),
	}
	rows := windowRows(values)
	if len(values["doe"]) == 0 { // room for more
		rows += 2
	}
	for i := range rows {
		for _, field := range []string{"days", "from", "to", "minimum", "note"} {
			names[windowField(i, field)] = v.say("Tijdvak %d", "Window %d", i+1)
		}
	}
	page := plainForm{
		Title: v.say("Wat vraagt %s?", "What does %s ask?", p.Name), Back: option{Value: processPath(p.ID), Name: p.Name}, Path: processPath(p.ID) + "/wijzigen",
		Lead:    v.say("Je maakt een nieuwe versie. Wat tot nu toe gevraagd is, blijft staan. Voordat je bewaart, lees je in woorden wat het betekent.", "You make a new version. What was asked until now stays. Before you save you read in words what it means."),
		Buttons: []option{{Value: "nakijken", Name: v.say("Lees wat dit betekent", "Read what this means")}},
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	field := func(id, kind, class, hint string) formField {
		return formField{ID: id, Label: names[id], Hint: hint, Type: kind, Class: class, Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	if p.Version > 0 {
		page.Parts = append(page.Parts, formPart{Fields: []formField{field("from", "date", "kort", v.say("De eerste dag waarop dit geldt: vandaag of later.", "The first day on which this holds: today or later.")), field("why", "lines", "", "")}})
	}
	options := make([]option, 0, len(schemes))
	for _, key := range slices.SortedFunc(maps.Keys(schemes), func(a, b certificates.SchemeKey) int {
		return cmp.Or(strings.Compare(schemes[a].Title, schemes[b].Title), strings.Compare(string(a), string(b)))
	}) {
		options = append(options, option{Value: string(key), Name: fmt.Sprintf("%s (%s)", schemes[key].Title, key)})
	}
	chosen := func(list string) func(string) bool {
		return func(key string) bool { return slices.Contains(values[list], key) }
	}
	page.Parts = append(page.Parts,
		formPart{Legend: v.say("Wie mag dit doen?", "Who may do this?"), Hint: v.say("Wie een rol heeft die dit werk doet, en op die dag geldig heeft wat je hier kiest. Rollen kies je bij Regelingen, onder Werk.", "Whoever has a role that does this work, and holds on that day what you choose here. Roles are chosen under Schemes, Work."),
			Checks: newCheckList("all", names["all"], page.Problems.At("all"), chosen("all"), slices.Clone(options)...)},
		formPart{Checks: newCheckList("oneOf", names["oneOf"], page.Problems.At("oneOf"), chosen("oneOf"), options...)},
		formPart{Legend: v.say("Hoeveel mensen zijn er nodig?", "How many people are needed?"), Fields: []formField{field("poolMinimum", "text", "kort", v.say("Zo veel mensen moeten dit mogen, zodat verlof en ziekte kunnen. Leeg: geen minimum afgesproken.", "So many people must be allowed to do this, so that leave and illness can be met. Empty: no minimum agreed."))}},
	)
	for i := range rows {
		part := formPart{Legend: v.say("Tijdvak %d", "Window %d", i+1)}
		if i >= windowRows(values) {
			part.Hint = v.say("Leeg laten mag: dan is dit tijdvak er niet.", "You may leave this empty: then there is no such window.")
		}
		from, to, minimum, note := field(windowField(i, "from"), "time", "kort", ""), field(windowField(i, "to"), "time", "kort", ""), field(windowField(i, "minimum"), "text", "kort", ""), field(windowField(i, "note"), "text", "lang", "")
		from.Label, to.Label, minimum.Label, note.Label = v.say("Van", "From"), v.say("Tot", "Until"), v.say("Minstens aanwezig", "Present at least"), v.say("Toelichting", "Note")
		part.Fields = []formField{from, to, minimum, note}
		page.Parts = append(page.Parts, part, formPart{Checks: newCheckList(windowField(i, "days"), v.say("Dagen van tijdvak %d", "Days of window %d", i+1), page.Problems.At(windowField(i, "days")), chosen(windowField(i, "days")), v.weekdayOptions()...)})
	}
	page.Parts = append(page.Parts, formPart{Legend: v.say("Afspraken", "Agreements"), Fields: []formField{
		field("shortage", "lines", "", v.say("Wat doen jullie dan?", "What do you do then?")), field("fourEyes", "lines", "", v.say("Waar kijkt een tweede collega naar?", "What does a second colleague look at?")),
		field("owner", "text", "kort", v.say("Het personeelsnummer van wie ervoor zorgt.", "The personnel number of who answers for it.")), field("cluster", "text", "", ""),
	}})
	return page, nil
}

// weekdayOptions are the days of the week to choose from.
func (v *visit) weekdayOptions() []option {
	var all []option
	for _, day := range staffing.Weekdays() {
		all = append(all, option{Value: strconv.Itoa(int(day)), Name: v.weekdayName(day)})
	}
	return all
}

// weekdayName names a day of the week.
func (l language) weekdayName(day time.Weekday) string {
	return l.say([]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}[day], day.String())
}

// processTerms says in words what a process asks.
func (v *visit) processTerms(p staffing.Process, title func(certificates.SchemeKey) string) []processTerm {
	var all, either, windows []string
	for _, key := range p.All {
		all = append(all, title(key))
	}
	for _, key := range p.OneOf {
		either = append(either, title(key))
	}
	if len(either) > 0 {
		all = append(all, v.say("één van: ", "one of: ")+joined(either, v.say("of", "or")))
	}
	who := v.say("Iedereen met een rol die dit werk doet.", "Everybody with a role that does this work.")
	if len(all) > 0 {
		who = v.say("Wie een rol heeft die dit werk doet, én die dag geldig heeft: %s.", "Whoever has a role that does this work, and holds that day: %s.", joined(all, v.say("en", "and")))
	}
	for _, w := range p.Windows {
		var days []string
		for _, day := range w.Days {
			days = append(days, v.weekdayName(day))
		}
		windows = append(windows, v.say("%s van %s tot %s uur: minstens %d", "%s from %s to %s: at least %d", joined(days, v.say("en", "and")), w.From, w.To, w.Minimum))
	}
	pool := v.say("Geen minimum afgesproken.", "No minimum agreed.")
	if p.PoolMinimum > 0 {
		pool = v.say("Minstens %d mensen.", "At least %d people.", p.PoolMinimum)
	}
	return []processTerm{
		{Label: v.say("Wie mag dit doen", "Who may do this"), Is: who}, {Label: v.say("Hoeveel mensen moeten dit mogen", "How many must be allowed to"), Is: pool},
		{Label: v.say("Wanneer zijn er mensen nodig", "When are people needed"), Is: strings.Join(windows, "; ")},
		{Label: v.say("Bij te weinig mensen", "When there are too few"), Is: p.Shortage}, {Label: v.say("Vier ogen", "Four eyes"), Is: p.FourEyes},
		{Label: v.say("Eigenaar", "Owner"), Is: string(p.Owner)}, {Label: "Cluster", Is: p.Cluster},
	}
}

// processCheck says what a version means.
func (v *visit) processCheck(e academy.ProcessEffect) processCheckPage {
	page := processCheckPage{ProcessEffect: e, Path: processPath(e.Is.ID) + "/wijzigen", Colours: v.colour(e.Colour), Sent: sent(v.r.PostForm), First: v.say("altijd", "always")}
	if !e.Is.From.IsZero() {
		page.First = v.date(e.Is.From)
	}
	title := func(key certificates.SchemeKey) string { return cmp.Or(e.Titles[key], string(key)) }
	was := v.processTerms(e.Was, title)
	for i, term := range v.processTerms(e.Is, title) {
		if term.Was = was[i].Is; e.Was.Version == 0 {
			term.Was = ""
		}
		page.Asks = append(page.Asks, term)
	}
	return page
}
