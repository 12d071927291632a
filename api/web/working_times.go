package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// ownTimesPath is when oneself works.
const ownTimesPath = "/werktijden"

// A workingTimesPage tells when somebody works.
type workingTimesPage struct {
	Title, Path string
	Back        string // the page of the person; empty for one's own
	May         bool   // change it
	Days        []string
	Rosters     []shownRoster
	Leave       []shownLeave
	OnCall      []shownOnCall
}

// A shownRoster is at what times somebody works in an employment from a day on.
type shownRoster struct {
	Employment int
	From       calendar.Date
	Days       []string
	Week       string
}

// A shownLeave is one stretch of leave.
type shownLeave struct {
	ID          string
	From, Until calendar.Date
	Part        string
	Employment  string
	State       badge
}

// A shownOnCall is when somebody stands ready.
type shownOnCall struct {
	Day           calendar.Date
	Time, Process string
}

var workingTimesView = declare[workingTimesPage]("working_times.html")

// whoseTimes is whom the address is about.
func (v *visit) whoseTimes() (id staff.PersonID, path string) {
	if id := v.r.PathValue("persoon"); id != "" {
		return staff.PersonID(id), "/mensen/" + url.PathEscape(id) + "/werktijden"
	}
	return v.actor.Person, ownTimesPath
}

// workingTimes shows when somebody works. That the visitor looked is written down.
func (s *Site) workingTimes(v *visit) error {
	person, path := v.whoseTimes()
	w, err := s.office.WorkingTimes(v.ctx(), v.actor, person)
	if err != nil {
		return err
	}
	page := workingTimesPage{Title: v.say("Mijn werktijden", "My working times"), Path: path}
	if person != v.actor.Person {
		page.Title, page.Back, page.May = v.say("Werktijden van %s", "Working times of %s", w.Name), strings.TrimSuffix(path, "/werktijden"), v.actor.May(staff.ChangeRosters)
	}
	for _, day := range staffing.Weekdays() {
		page.Days = append(page.Days, v.weekdayName(day))
	}
	for _, r := range w.Rosters {
		shown := shownRoster{Employment: r.Employment, From: r.From, Week: v.minutes(r.Minutes())}
		for _, day := range staffing.Weekdays() {
			text := v.say("vrij", "off")
			if h := r.Days[day]; !h.Off() {
				text = h.From.String() + "–" + h.To.String()
			}
			shown.Days = append(shown.Days, text)
		}
		page.Rosters = append(page.Rosters, shown)
	}
	for _, l := range w.Leave {
		shown := shownLeave{ID: l.ID, From: l.From, Until: l.Until, Part: v.leavePart(l.Part), Employment: v.say("alle", "all"), State: badge{v.say("goedgekeurd", "approved"), "goed"}}
		if l.Employment > 0 {
			shown.Employment = strconv.Itoa(l.Employment)
		}
		if !l.Approved {
			shown.State = badge{v.say("aangevraagd, telt nog niet", "asked for, does not count yet"), "let"}
		}
		page.Leave = append(page.Leave, shown)
	}
	for _, c := range w.OnCall {
		page.OnCall = append(page.OnCall, shownOnCall{c.Day, v.say("%s tot %s uur", "%s to %s", c.From, c.To), string(c.Process)})
	}
	return workingTimesView.show(v, page)
}

// leavePart names a part of a day.
func (l language) leavePart(p staffing.Part) string {
	switch p {
	case staffing.Morning:
		return l.say("ochtend", "morning")
	case staffing.Afternoon:
		return l.say("middag", "afternoon")
	}
	return l.say("hele dag", "whole day")
}

// changeTimes shows one of the two forms, of a roster or of leave; takes a leave away; or saves a form.
func (s *Site) changeTimes(v *visit) error {
	person, path := v.whoseTimes()
	var err error
	switch doe := v.field("doe"); doe {
	case "verlof-weg":
		if err := s.office.DropLeave(v.ctx(), v.actor, person, v.field("verlof")); err != nil {
			return err
		}
		return v.done("werktijden", path)
	case "bewaar-rooster":
		var r staffing.Roster
		if r, err = readRoster(person, v.r.PostForm); err == nil {
			err = s.office.SetRoster(v.ctx(), v.actor, r)
		}
	case "bewaar-verlof":
		var l staffing.Leave
		if l, err = readLeave(person, v.r.PostForm); err == nil {
			err = s.office.SetLeave(v.ctx(), v.actor, l)
		}
	default:
		return noSuchPage
	}
	if err == nil {
		return v.done("werktijden", path)
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page, wrong := s.timesForm(v, v.field("doe") == "bewaar-verlof", v.r.PostForm, err)
	if wrong != nil {
		return wrong
	}
	return plainFormView.refuse(v, page, page.Problems)
}

// askRoster shows the form of working times, filled with those that hold.
func (s *Site) askRoster(v *visit) error {
	page, err := s.timesForm(v, false, nil, nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// askLeave shows the form of leave.
func (s *Site) askLeave(v *visit) error {
	page, err := s.timesForm(v, true, nil, nil)
	if err != nil {
		return err
	}
	return plainFormView.show(v, page)
}

// readRoster reads the form of working times.
func readRoster(person staff.PersonID, values url.Values) (staffing.Roster, error) {
	wrong := *unreadable
	r := staffing.Roster{Person: person, From: dayIn(values, "from", &wrong)}
	if r.From.IsZero() && len(wrong.Fields) == 0 {
		wrong = *wrong.At("from", "kies een dag", "choose a day")
	}
	r.Employment, _ = strconv.Atoi(values.Get("employment"))
	for i, day := range staffing.Weekdays() {
		from, to := fmt.Sprintf("days-%d-from", i), fmt.Sprintf("days-%d-to", i)
		if strings.TrimSpace(values.Get(from)+values.Get(to)) != "" {
			r.Days[day] = staffing.Hours{From: clockIn(values, from, &wrong), To: clockIn(values, to, &wrong)}
		}
	}
	if len(wrong.Fields) > 0 {
		return r, &wrong
	}
	return r, nil
}

// readLeave reads the form of leave. Its key is made of whose it is and when it begins: the same form once more replaces it.
func readLeave(person staff.PersonID, values url.Values) (staffing.Leave, error) {
	wrong := *unreadable
	l := staffing.Leave{Person: person, From: dayIn(values, "from", &wrong), Until: dayIn(values, "until", &wrong), Part: staffing.Part(values.Get("part")), Approved: values.Get("approved") == "1"}
	l.Employment, _ = strconv.Atoi(values.Get("employment"))
	l.ID = fmt.Sprintf("%s-%s-%s", person, l.From, l.Part)
	if l.From.IsZero() && wrong.Fields == nil {
		wrong = *wrong.At("from", "kies een dag", "choose a day")
	}
	if len(wrong.Fields) > 0 {
		return l, &wrong
	}
	return l, nil
}

// timesForm shows the form of working times or of leave. Without values it is filled with what holds.
func (s *Site) timesForm(v *visit, leave bool, values url.Values, wrong error) (plainForm, error) {
	person, path := v.whoseTimes()
	w, err := s.office.WorkingTimes(v.ctx(), v.actor, person)
	if err != nil {
		return plainForm{}, err
	}
	today := v.moment.Today()
	if values == nil {
		values = url.Values{"from": {today.AddDays(1).String()}, "approved": {"1"}, "part": {string(staffing.WholeDay)}}
		if !leave {
			for _, e := range w.Employments {
				if e.On(today) {
					values.Set("employment", strconv.Itoa(e.Number))
					fillRoster(values, w, e.Number, today)
					break
				}
			}
		}
	}
	names := map[string]string{"from": v.say("Eerste dag", "First day"), "until": v.say("Laatste dag", "Last day"), "employment": v.say("Dienstverband", "Employment"), "part": v.say("Welk deel van de dag?", "Which part of the day?"), "approved": v.say("Is het goedgekeurd?", "Is it approved?")}
	for i, day := range staffing.Weekdays() {
		names[fmt.Sprintf("days-%d-from", i)], names[fmt.Sprintf("days-%d-to", i)] = v.weekdayName(day), v.weekdayName(day)
	}
	page := plainForm{Back: option{Value: path, Name: v.say("Werktijden van %s", "Working times of %s", w.Name)}, Path: path}
	page.Problems = v.problemsOf(wrong, func(id string) string { return names[id] })
	field := func(id, kind, label, hint string) formField {
		return formField{ID: id, Label: label, Hint: hint, Type: kind, Class: "kort", Value: values.Get(id), Problem: page.Problems.At(id)}
	}
	choice := func(id, hint string, options ...option) formField {
		return formField{ID: id, Label: names[id], Hint: hint, Problem: page.Problems.At(id), Groups: []optionGroup{{Options: choose(values.Get(id), options...)}}}
	}
	var employments []option
	for _, e := range w.Employments {
		if e.Until.IsZero() || e.Until >= today {
			employments = append(employments, option{Value: strconv.Itoa(e.Number), Name: v.say("Dienstverband %d", "Employment %d", e.Number)})
		}
	}
	if leave {
		page.Title = v.say("Verlof van %s", "Leave of %s", w.Name)
		page.Lead = v.say("Waarom iemand er niet is, vragen we niet en bewaren we niet.", "Why somebody is away we do not ask and do not keep.")
		page.Buttons = []option{{Value: "bewaar-verlof", Name: v.say("Bewaar het verlof", "Save the leave")}}
		page.Parts = []formPart{{Fields: []formField{
			field("from", "date", names["from"], ""), field("until", "date", names["until"], ""),
			choice("part", v.say("De ochtend is tot 13:00 uur.", "The morning is until 13:00."), option{Value: "whole", Name: v.leavePart(staffing.WholeDay)}, option{Value: "morning", Name: v.leavePart(staffing.Morning)}, option{Value: "afternoon", Name: v.leavePart(staffing.Afternoon)}),
			choice("employment", "", append([]option{{Value: "", Name: v.say("Alle dienstverbanden", "All employments")}}, employments...)...),
			choice("approved", v.say("Alleen goedgekeurd verlof telt mee.", "Only approved leave counts."), option{Value: "1", Name: v.say("Ja, goedgekeurd", "Yes, approved")}, option{Value: "0", Name: v.say("Nee, aangevraagd", "No, asked for")}),
		}}}
		return page, nil
	}
	page.Title = v.say("Nieuwe werktijden van %s", "New working times of %s", w.Name)
	page.Lead = v.say("Deze tijden gelden vanaf de eerste dag. Wat daarvoor gold, blijft staan. Laat een vrije dag leeg. De pauze hoort erbij.", "These times hold from the first day. What held before stays. Leave a day off empty. The break is included.")
	page.Buttons = []option{{Value: "bewaar-rooster", Name: v.say("Bewaar de werktijden", "Save the working times")}}
	page.Parts = []formPart{{Fields: []formField{field("from", "date", names["from"], ""), choice("employment", "", employments...)}}}
	for i, day := range staffing.Weekdays() {
		page.Parts = append(page.Parts, formPart{Legend: v.weekdayName(day), Fields: []formField{
			field(fmt.Sprintf("days-%d-from", i), "time", v.say("Van", "From"), ""), field(fmt.Sprintf("days-%d-to", i), "time", v.say("Tot", "Until"), ""),
		}})
	}
	return page, nil
}

// fillRoster fills the form with the times that hold on a day.
func fillRoster(values url.Values, w academy.WorkingTimes, employment int, day calendar.Date) {
	since := staffing.Since(w.Rosters, employment, day)
	if len(since) == 0 {
		return
	}
	for i, weekday := range staffing.Weekdays() {
		if h := since[0].Days[weekday]; !h.Off() {
			values.Set(fmt.Sprintf("days-%d-from", i), h.From.String())
			values.Set(fmt.Sprintf("days-%d-to", i), h.To.String())
		}
	}
}

// A timesImportPage asks for a list of working times, or tells what it changes.
type timesImportPage struct {
	Kinds    []option
	Kind     academy.TimesKind
	KindName string
	List     string // what was sent, to bring it in
	Counts   []peopleCount
	Lines    []timesLine
	Problems problems
}

// A timesLine is a line that changes something or is wrong.
type timesLine struct {
	Line     int
	Person   string
	State    badge
	Was, Is  string
	Mistakes []string
}

var timesImportView = declare[timesImportPage]("working_times_import.html")

// maxTimesList is how large a list on the page is: what is larger goes over the API.
const maxTimesList = 180 << 10

var timesTooLarge = fault.New(fault.Invalid, "Deze lijst is groter dan 180 kB. Splits hem in delen, of stuur hem over de API.", "This list is larger than 180 kB. Split it into parts, or send it over the API.")

var timesNoCSV = fault.New(fault.Invalid, "Dit is geen CSV. Bewaar de lijst als CSV (UTF-8) en kies dat bestand.", "This is no CSV. Save the list as CSV (UTF-8) and choose that file.")

// timesImport asks for a list.
func (s *Site) timesImport(v *visit) error { return timesImportView.show(v, v.timesImportPage("")) }

func (v *visit) timesImportPage(kind academy.TimesKind) timesImportPage {
	names := map[academy.TimesKind]string{academy.RosterTimes: v.say("Werktijden per dag", "Working times by day"), academy.LeaveTimes: v.say("Verlof", "Leave"), academy.OnCallTimes: v.say("Piket", "On call")}
	page := timesImportPage{Kind: kind, KindName: names[kind]}
	for _, k := range academy.TimesKinds() {
		page.Kinds = append(page.Kinds, option{Value: string(k), Name: names[k]})
	}
	choose(string(kind), page.Kinds...)
	return page
}

// sendTimes shows what a list changes, or brings it in.
func (s *Site) sendTimes(v *visit) error {
	content, err := v.readUpload("lijst", maxTimesList)
	if err != nil {
		return err
	}
	kind, bring := academy.TimesKind(v.field("wat")), v.field("doe") == "inlezen"
	if bring {
		content = []byte(v.r.PostForm.Get("tekst"))
	}
	page := v.timesImportPage(kind)
	var told academy.TimesImport
	switch {
	case len(content) == 0:
		err = noFile
	case len(content) > maxTimesList:
		err = timesTooLarge
	case bytes.IndexByte(content, 0) >= 0:
		err = timesNoCSV
	default:
		told, err = s.office.ImportTimes(v.ctx(), v.actor, kind, content, !bring)
	}
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		text := v.say(f.Dutch, f.English)
		for _, field := range f.Fields {
			text += " " + v.say(field.Dutch, field.English) + "."
		}
		page.Problems = problems{{"lijst", text}}
		return timesImportView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	if bring {
		return v.done("werktijden-ingelezen", "/werktijden-inlezen")
	}
	page.List = string(content)
	states := map[academy.TimesVerdict]badge{
		academy.TimesNew: {v.say("Nieuw", "New"), "goed"}, academy.TimesChanged: {v.say("Gewijzigd", "Changed"), "let"}, academy.TimesRemoved: {v.say("Vervalt", "Goes"), "let"},
		academy.TimesSame: {v.say("Blijft gelijk", "Stays the same"), "stil"}, academy.TimesWrong: {v.say("Klopt niet: komt er niet in", "Wrong: does not come in"), "fout"},
	}
	for _, verdict := range []academy.TimesVerdict{academy.TimesNew, academy.TimesChanged, academy.TimesRemoved, academy.TimesSame, academy.TimesWrong} {
		page.Counts = append(page.Counts, peopleCount{states[verdict].Word, told.Count(verdict)})
	}
	for _, l := range told.Lines {
		if l.Verdict == academy.TimesSame {
			continue
		}
		line := timesLine{Line: l.Line, Person: l.Name, State: states[l.Verdict]}
		if line.Person == "" {
			line.Person = string(l.Person)
		}
		line.Was, line.Is = v.timesWords(l.WasRoster, l.WasLeave, l.WasOnCall), v.timesWords(l.Roster, l.Leave, l.OnCall)
		for _, m := range l.Mistakes {
			line.Mistakes = append(line.Mistakes, m.Path+": "+v.say(m.Dutch, m.English))
		}
		page.Lines = append(page.Lines, line)
	}
	return timesImportView.show(v, page)
}

// timesWords says what one line tells.
func (v *visit) timesWords(r *staffing.Roster, l *staffing.Leave, c *staffing.OnCall) string {
	hours := func(from, to training.Clock) string { return from.String() + "–" + to.String() }
	switch {
	case r != nil:
		var days []string
		for _, day := range staffing.Weekdays() {
			if h := r.Days[day]; !h.Off() {
				days = append(days, v.weekdayName(day)+" "+hours(h.From, h.To))
			}
		}
		return v.say("vanaf %s: %s", "from %s: %s", v.date(r.From), strings.Join(days, ", "))
	case l != nil:
		return v.say("%s tot en met %s, %s", "%s until and including %s, %s", v.date(l.From), v.date(l.Until), v.leavePart(l.Part))
	case c != nil:
		return fmt.Sprintf("%s, %s, %s", c.Process, v.date(c.Day), hours(c.From, c.To))
	}
	return ""
}
