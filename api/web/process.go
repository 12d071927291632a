package web

import (
	"cmp"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A processPage tells of one process who may do it, who is there and what will become of it.
type processPage struct {
	processLine
	Key        staff.ActivityID
	All        string // the address of all processes
	On         calendar.Date
	Means      string
	Fields     []formField
	Owner      string
	Roles      string
	Asks       []string // titles of schemes that are all asked
	OneOf      string
	Shortage   string
	FourEyes   string
	How        courses.Markdown
	HowFrom    calendar.Date
	Holder     string
	Own        string // what the reader may do themselves; empty: they have no role in it
	Deputy     string
	Since      calendar.Date
	MayWrite   bool // how it is done
	MayChange  bool // what it asks
	Closed     bool
	MayConsent bool
	MaySee     bool
	Without    string // the name of who is taken to be away
	Before     string // how it is with them
	Members    []processMember
	Others     int
	Unknown    int // of the pool: no roster says when they work
	Changes    []processChange
	Risks      []processRisk
	Problems   problems
	Forecasts  calendar.Date // until when the changes go
}

// A processMember is somebody with a role that does the work.
type processMember struct {
	Name   string
	State  badge
	Lacks  string
	Works  string
	Away   bool
	Learns bool
	Path   string // how it is without them
}

// A processChange is a day on which a pool changes.
type processChange struct {
	Day   calendar.Date
	Pool  int
	State badge
	Why   []string
}

var processView = declare[processPage]("process.html")

// process shows one process on a day, and without somebody where that is asked.
func (s *Site) process(v *visit) error {
	key, without := staff.ActivityID(v.r.PathValue("proces")), staff.PersonID(v.query("zonder"))
	on, err := v.dayAsked("op")
	var wrong problems
	var p academy.StaffedProcess
	if err == nil {
		p, err = s.office.Process(v.ctx(), v.actor, key, on, without)
	}
	if fault.KindOf(err) == fault.Invalid {
		wrong = v.wrongDay()
		p, err = s.office.Process(v.ctx(), v.actor, key, 0, without)
	}
	if err != nil {
		return err
	}
	page := v.processPage(p)
	if p.Crew != nil {
		f, err := s.office.ProcessForecast(v.ctx(), v.actor, key, 0, without)
		if err != nil {
			return err
		}
		page.look(v, f)
	}
	if wrong != nil {
		page.Fields[0].Value, page.Fields[0].Problem, page.Problems = v.query("op"), wrong.At("op"), wrong
		return processView.refuse(v, page, wrong)
	}
	return processView.show(v, page)
}

func (v *visit) processPage(p academy.StaffedProcess) processPage {
	page := processPage{
		processLine: processLine{Name: p.Name, Cluster: p.Cluster, State: v.colour(p.Colour)}, Key: p.ID, All: "/processen?op=" + p.On.String(), On: p.On, Means: v.meansDay(p.On),
		Owner: p.OwnerName, Shortage: p.Shortage, FourEyes: p.FourEyes, How: courses.Markdown(p.Procedure.Text), HowFrom: p.Procedure.From, Holder: p.Holder, Deputy: p.Deputy, Since: p.From, Closed: p.Closed,
		MayWrite: v.actor.May(staff.WriteProcedures), MayChange: v.actor.May(staff.ChangeStaffing), MayConsent: v.actor.May(staff.RecordConsent),
		Fields: []formField{{ID: "op", Label: v.say("Dag", "Day"), Type: "date", Value: p.On.String()}},
	}
	var roles, oneOf []string
	for _, r := range p.Roles {
		roles = append(roles, r.Name)
	}
	title := func(key certificates.SchemeKey) string { return cmp.Or(p.Schemes[key].Title, string(key)) }
	for _, key := range p.Process.All {
		page.Asks = append(page.Asks, title(key))
	}
	for _, key := range p.OneOf {
		oneOf = append(oneOf, title(key))
	}
	page.Roles, page.OneOf = joined(roles, v.say("of", "or")), joined(oneOf, v.say("of", "or"))
	switch {
	case p.Own == nil:
	case p.Own.None():
		page.Own = v.say("Jij mag dit werk doen.", "You may do this work.")
	default:
		page.Own = v.say("Jij mag dit werk dan niet doen. Dit mis je: %s.", "You may not do this work then. You lack: %s.", v.lacks(*p.Own, title))
	}
	if p.Crew != nil {
		page.crew(v, p)
	}
	return page
}

// crew adds who may do the work and who is there.
func (page *processPage) crew(v *visit, p academy.StaffedProcess) {
	page.MaySee, page.Pool, page.NoRosters, page.Windows = true, v.poolWords(p), !p.Crew.Known(), v.processWindows(p.Crew.Occupancy)
	page.Others, page.Unknown = p.Crew.Others, len(p.Crew.Unknown)
	people := []option{{Name: v.say("Niemand: zoals het is", "Nobody: as it is")}}
	for _, m := range p.Crew.Members {
		shown := processMember{Name: m.Name, State: badge{v.say("Ja", "Yes"), "goed"}, Away: m.Away, Learns: m.Learns, Path: processAddress(p.ID, p.On, m.Person)}
		if !m.Lack.None() {
			shown.State = badge{v.say("Nee", "No"), "let"}
		}
		shown.Lacks = v.lacks(m.Lack, func(key certificates.SchemeKey) string { return string(key) })
		shown.Works = v.worksWords(m)
		page.Members = append(page.Members, shown)
		people = append(people, option{Value: string(m.Person), Name: m.Name})
		if m.Person == p.Crew.Without {
			page.Without = m.Name
		}
	}
	page.Fields = append(page.Fields, formField{ID: "zonder", Label: v.say("Wat als iemand er niet is?", "What if somebody is away?"), Groups: []optionGroup{{Options: choose(string(p.Crew.Without), people...)}}})
	if with := p.Crew.With; with != nil {
		page.Before = v.say("Met %s erbij: %s.", "With %s: %s.", page.Without, v.count(len(with.Pool), "mens", "mensen", "person", "people"))
	}
}

// lacks names the schemes that somebody lacks.
func (v *visit) lacks(l staffing.Lack, name func(certificates.SchemeKey) string) string {
	var all, either []string
	for _, key := range l.All {
		all = append(all, name(key))
	}
	for _, key := range l.OneOf {
		either = append(either, name(key))
	}
	if len(either) > 0 {
		all = append(all, joined(either, v.say("of", "or")))
	}
	return strings.Join(all, ", ")
}

// worksWords says when somebody works that day.
func (v *visit) worksWords(m academy.Member) string {
	if !m.Known {
		return v.say("Onbekend", "Not known")
	}
	var times []string
	for _, h := range m.Hours {
		times = append(times, v.say("%s tot %s uur", "%s to %s", h.From, h.To))
	}
	return cmp.Or(joined(times, v.say("en", "and")), v.say("Vrij", "Off"))
}

// look adds what will become of a process.
func (page *processPage) look(v *visit, f academy.ProcessForecast) {
	page.Forecasts = f.Until
	for _, c := range f.Changes {
		why := c.Dutch
		if v.language == english {
			why = c.English
		}
		page.Changes = append(page.Changes, processChange{c.Day, c.Pool, v.colour(c.Colour), why})
	}
	for _, r := range f.Risks {
		page.Risks = append(page.Risks, processRisk{What: v.say(r.Dutch, r.English), Action: v.say(r.ActionDutch, r.Advised)})
	}
}
