package api

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// A weekday is a day of the week as programs write it.
type weekday string

// weekdayNames are the days of the week, Monday first, as staffing.Weekdays lists them.
var weekdayNames = []weekday{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

func weekdaysOf(days []time.Weekday) []weekday {
	names := []weekday{}
	for i, day := range staffing.Weekdays() {
		if slices.Contains(days, day) {
			names = append(names, weekdayNames[i])
		}
	}
	return names
}

// ProcessWindow is a time of the week in which a process needs people.
type ProcessWindow struct {
	Days    []weekday `json:"days" minItems:"1" maxItems:"7" enum:"monday,tuesday,wednesday,thursday,friday,saturday,sunday" example:"[\"monday\", \"tuesday\"]"`
	From    string    `json:"from" maxLength:"5" example:"09:00" doc:"A whole or half hour in Amsterdam."`
	To      string    `json:"to" maxLength:"5" example:"17:00"`
	Minimum int       `json:"minimum" minimum:"1" maximum:"1000" example:"4" doc:"How many qualified people must be there all the time."`
	Note    string    `json:"note,omitempty" maxLength:"2000"`
}

// ProcessTerms are what a process asks.
type ProcessTerms struct {
	Cluster     string                   `json:"cluster,omitempty" maxLength:"100" example:"Burgerzaken"`
	Owner       staff.PersonID           `json:"owner,omitempty" maxLength:"64" example:"RW1001" doc:"Who answers for it."`
	All         []certificates.SchemeKey `json:"all" maxItems:"50" example:"[\"INT-ID\", \"INT-AVG\"]" doc:"Schemes of which somebody must hold every one that day. In grace one does not hold it."`
	OneOf       []certificates.SchemeKey `json:"oneOf" maxItems:"50" example:"[\"NVVB-B1A\", \"NVVB-S3\"]" doc:"And one of these; empty: nothing more."`
	Windows     []ProcessWindow          `json:"windows" maxItems:"50"`
	PoolMinimum int                      `json:"poolMinimum" minimum:"0" maximum:"1000" example:"7" doc:"How many people must be qualified, so that leave and illness can be met. 0: nobody said."`
	Shortage    string                   `json:"shortage,omitempty" maxLength:"2000" example:"Aantal loketten verlagen." doc:"What is done when there are too few."`
	FourEyes    string                   `json:"fourEyes,omitempty" maxLength:"2000" doc:"What a second person looks at."`
}

func processTermsOf(p staffing.Process) ProcessTerms {
	t := ProcessTerms{p.Cluster, p.Owner, append([]certificates.SchemeKey{}, p.All...), append([]certificates.SchemeKey{}, p.OneOf...), []ProcessWindow{}, p.PoolMinimum, p.Shortage, p.FourEyes}
	for _, w := range p.Windows {
		t.Windows = append(t.Windows, ProcessWindow{weekdaysOf(w.Days), w.From.String(), w.To.String(), w.Minimum, w.Note})
	}
	return t
}

// NewProcessTerms are what a process asks from a day on, and why that changes.
type NewProcessTerms struct {
	ProcessTerms
	From date   `json:"from,omitempty" doc:"The first day, today or later. Absent: today, or for the first version always."`
	Why  string `json:"why,omitempty" maxLength:"2000" example:"De raad wil kortere wachttijden." doc:"Needed but for the first version."`
}

// A processVersion is what a process asks from a day on.
type processVersion struct {
	Version int  `json:"version" example:"2"`
	From    date `json:"from,omitempty" doc:"Absent: always."`
	ProcessTerms
	Why       string         `json:"why,omitempty" example:"De raad wil kortere wachttijden."`
	WrittenBy staff.PersonID `json:"writtenBy,omitempty" example:"RW1057" doc:"Absent: nobody knows."`
	WrittenAt *time.Time     `json:"writtenAt,omitempty"`
}

func processVersionOf(v academy.ProcessVersion) processVersion {
	return processVersion{v.Version, dateOf(v.From), processTermsOf(v.Process), v.Why, v.By, givenTime(v.At)}
}

// givenTime is a time; nil where there is none.
func givenTime(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// process reads what a process asks.
func (t ProcessTerms) process(key string) (staffing.Process, error) {
	p := staffing.Process{
		Activity: staff.Activity{ID: staff.ActivityID(key), Kind: staff.Process}, Cluster: t.Cluster, Owner: t.Owner, All: t.All, OneOf: t.OneOf,
		PoolMinimum: t.PoolMinimum, Shortage: t.Shortage, FourEyes: t.FourEyes,
	}
	for i, from := range t.Windows {
		w := staffing.Window{Minimum: from.Minimum, Note: from.Note}
		for _, name := range from.Days {
			w.Days = append(w.Days, staffing.Weekdays()[slices.Index(weekdayNames, name)])
		}
		var err error
		if w.From, w.To, err = readTimes(fmt.Sprintf("body.windows[%d]", i), from.From, from.To); err != nil {
			return p, err
		}
		p.Windows = append(p.Windows, w)
	}
	return p, nil
}

// readTimes reads from when until when something is.
func readTimes(place, from, to string) (start, end training.Clock, err error) {
	if start, err = training.ParseClock(from); err != nil {
		return 0, 0, invalid(place+".from", "schrijf een tijd zoals 09:30", "write a time such as 09:30")
	}
	if end, err = training.ParseClock(to); err != nil {
		return 0, 0, invalid(place+".to", "schrijf een tijd zoals 17:00", "write a time such as 17:00")
	}
	return start, end, nil
}

// A processState is how a process stands on a day.
type processState struct {
	Process staff.ActivityID `json:"process" example:"P1"`
	Name    string           `json:"name" example:"Aanvraag en uitgifte reisdocumenten en rijbewijzen"`
	Roles   []staff.RoleID   `json:"roles" example:"[\"R01\", \"R06\"]" doc:"The roles that do this work that day; those of the activity of the same key."`
	On      date             `json:"on"`
	Version int              `json:"version" example:"1" doc:"Of what it asks that day; 0: nobody said. list-process-versions has them all."`
	Since   date             `json:"since,omitempty" doc:"Since when it asks this; absent: always."`
	Colour  staffing.Colour  `json:"colour" enum:"green,yellow,red,none" doc:"Of the pool: more than its minimum, exactly that, or fewer. None: there is no minimum."`
	ProcessTerms
	Crew      *processCrew    `json:"crew,omitempty" doc:"For who leads people in it, who answers for it and HR."`
	Risks     []processAdvice `json:"risks,omitempty" doc:"Where it is vulnerable in the next 24 months, seen from today. For the same people."`
	Procedure *procedure      `json:"procedure,omitempty" doc:"Of one process: how it is done that day."`
	Closed    string          `json:"closed,omitempty" doc:"Why there is no crew where you might see one: the works council has not consented."`
}

// A processCrew is how many may do the work and how many are there.
type processCrew struct {
	Pool    int             `json:"pool" example:"8" doc:"How many may do the work, also who is on leave."`
	Rosters string          `json:"rosters" enum:"all,some,none" doc:"Of how many of them a roster says when they work. None: we know who may do this, not who works."`
	Windows []processCount  `json:"windows" doc:"Of the day. Where there are no rosters they say nothing."`
	Away    int             `json:"away" example:"1" doc:"How many of the pool are on leave in a window."`
	Without staff.PersonID  `json:"without,omitempty" doc:"Who was taken to be away."`
	Was     *int            `json:"was,omitempty" doc:"The pool with that person."`
	Members []processMember `json:"members,omitempty" doc:"Of one process: whom you may see with a role that does the work."`
	Others  int             `json:"others,omitempty" doc:"Of one process: how many of the pool you may not see."`
}

// A processCount is a window of a day with how many are there.
type processCount struct {
	From    string         `json:"from" example:"09:00"`
	To      string         `json:"to" example:"20:00"`
	Present int            `json:"present" example:"2" doc:"The lowest number of qualified people in any half hour."`
	Minimum int            `json:"minimum" example:"3"`
	Short   []processShort `json:"short" doc:"When there are too few."`
}

// A processShort is a time in which there are too few.
type processShort struct {
	From    string `json:"from" example:"09:00"`
	To      string `json:"to" example:"11:30"`
	Present int    `json:"present" example:"2"`
}

// A processMember is somebody with a role that does the work.
type processMember struct {
	Person    staff.PersonID           `json:"person" example:"RW1003"`
	Name      string                   `json:"name" example:"Marloes van Rijn"`
	Qualified bool                     `json:"qualified"`
	Lacks     []certificates.SchemeKey `json:"lacks,omitempty" doc:"Schemes that are not held that day."`
	LacksOne  []certificates.SchemeKey `json:"lacksOneOf,omitempty" doc:"Schemes of which one would do."`
	Works     string                   `json:"works,omitempty" example:"08:30-17:00" doc:"By the roster; absent: off, or nobody knows."`
	Rostered  bool                     `json:"rostered"`
	Away      bool                     `json:"away,omitempty" doc:"On leave in a window. Why is not kept."`
	Learns    bool                     `json:"learns,omitempty" doc:"Learning in a window: time that a development plan or a group training takes."`
}

// A processAdvice is where a process is vulnerable and the one thing that helps.
type processAdvice struct {
	Kind    staffing.SpotKind      `json:"kind" enum:"nobody,below-pool,on-minimum,unstaffed"`
	On      date                   `json:"on" doc:"The first day on which it is so."`
	Has     int                    `json:"has" example:"5"`
	Minimum int                    `json:"minimum" example:"7"`
	Words   string                 `json:"words" example:"Vanaf 9 december 2026 mogen 5 mensen dit doen. Er zijn 7 nodig." doc:"In the language of Accept-Language."`
	Action  string                 `json:"action" example:"Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (INT-ID) uiterlijk op 7 december 2026." doc:"In the language of Accept-Language."`
	Person  staff.PersonID         `json:"person,omitempty" example:"RW1003" doc:"Who can do it, where that is somebody you may see."`
	Scheme  certificates.SchemeKey `json:"scheme,omitempty" example:"INT-ID"`
	By      date                   `json:"by,omitempty" doc:"The last day on which it helps in time."`
}

func adviceOf(c caller, all []academy.Advice) []processAdvice {
	var written []processAdvice
	for _, a := range all {
		written = append(written, processAdvice{a.Kind, dateOf(a.Day), a.Has, a.Minimum, c.say(a.Dutch, a.English), c.say(a.ActionDutch, a.Advised), a.Action.Person, a.Action.Scheme, dateOf(a.Action.By)})
	}
	return written
}

// notOpen is why somebody who might see a crew does not.
var notOpen = sentence{"Nog niet aangezet: instemming OR ontbreekt.", "Not switched on yet: the works council has not consented."}

func processStateOf(c caller, s academy.StaffedProcess) processState {
	to := processState{Process: s.ID, Name: s.Name, Roles: []staff.RoleID{}, On: dateOf(s.On), Version: s.Version, Since: dateOf(s.From), Colour: s.Colour, ProcessTerms: processTermsOf(s.Process), Risks: adviceOf(c, s.Risks)}
	for _, r := range s.Roles {
		to.Roles = append(to.Roles, r.ID)
	}
	if s.Closed {
		to.Closed = c.say(notOpen.dutch, notOpen.english)
	}
	if s.Crew != nil {
		to.Crew = crewOf(s.Crew)
	}
	if s.Procedure.Version > 0 {
		how := procedureOf(s.Procedure)
		to.Procedure = &how
	}
	return to
}

func crewOf(from *academy.Crew) *processCrew {
	crew := &processCrew{Pool: len(from.Pool), Rosters: "all", Windows: []processCount{}, Away: len(from.Away), Without: from.Without, Others: from.Others}
	switch {
	case !from.Known():
		crew.Rosters = "none"
	case len(from.Unknown) > 0:
		crew.Rosters = "some"
	}
	if from.With != nil {
		was := len(from.With.Pool)
		crew.Was = &was
	}
	for _, w := range from.Windows {
		count := processCount{w.From.String(), w.To.String(), w.Present, w.Minimum, []processShort{}}
		for _, short := range w.Short {
			count.Short = append(count.Short, processShort{short.From.String(), short.To.String(), short.Present})
		}
		crew.Windows = append(crew.Windows, count)
	}
	for _, m := range from.Members {
		var works []string
		for _, h := range m.Hours {
			works = append(works, h.From.String()+"-"+h.To.String())
		}
		crew.Members = append(crew.Members, processMember{m.Person, m.Name, m.Lack.None(), m.Lack.All, m.Lack.OneOf, strings.Join(works, " "), m.Known, m.Away, m.Learns})
	}
	return crew
}

// A procedure is how a process is done from a day on.
type procedure struct {
	Version int            `json:"version" example:"1"`
	From    date           `json:"from"`
	Text    string         `json:"text" example:"1. Vraag naar het oude document." doc:"Markdown."`
	Holder  staff.PersonID `json:"holder" example:"RW1003" doc:"Who knows most of it."`
	Deputy  staff.PersonID `json:"deputy,omitempty" example:"RW1008" doc:"Who stands in for the holder."`

	Why       string         `json:"why,omitempty" example:"Er is een nieuw aanvraagstation." doc:"Of a list: why it was written."`
	WrittenBy staff.PersonID `json:"writtenBy,omitempty" example:"RW1003" doc:"Of a list."`
	WrittenAt *time.Time     `json:"writtenAt,omitempty" doc:"Of a list."`
}

func procedureOf(p staffing.Procedure) procedure {
	return procedure{Version: p.Version, From: dateOf(p.From), Text: p.Text, Holder: p.Holder, Deputy: p.Deputy}
}

func procedureVersionOf(v academy.ProcedureVersion) procedure {
	p := procedureOf(v.Procedure)
	p.Why, p.WrittenBy, p.WrittenAt = v.Why, v.By, givenTime(v.At)
	return p
}

// A processForecast is how a process stands in the coming months, if nobody gets a certificate that is not there yet.
type processForecast struct {
	Process staff.ActivityID `json:"process" example:"P1"`
	From    date             `json:"from"`
	Until   date             `json:"until"`
	Without staff.PersonID   `json:"without,omitempty"`
	Changes []processChange  `json:"changes" doc:"The first day, and each on which the pool changes."`
	Risks   []processAdvice  `json:"risks"`
	Days    []processDay     `json:"days,omitempty" doc:"Each day on which the process needs people."`
	Weeks   []processWeek    `json:"weeks,omitempty"`
}

// A processChange is a day on which a pool changes.
type processChange struct {
	On     date            `json:"on"`
	Pool   int             `json:"pool" example:"7"`
	Colour staffing.Colour `json:"colour" enum:"green,yellow,red,none"`
	Why    []string        `json:"why" example:"[\"INT-ID van Marloes van Rijn verloopt op 8 december 2026\"]" doc:"In the language of Accept-Language."`
}

// A processDay is one day of a forecast.
type processDay struct {
	On      date            `json:"on"`
	Pool    int             `json:"pool" example:"8"`
	Colour  staffing.Colour `json:"colour" enum:"green,yellow,red,none"`
	Present *int            `json:"present,omitempty" doc:"The lowest number in any half hour of the window with the smallest margin; absent: no roster says who works."`
	Minimum int             `json:"minimum" example:"3"`
}

// A processWeek is one week of a forecast.
type processWeek struct {
	Monday date            `json:"monday"`
	Pool   int             `json:"pool" example:"8" doc:"The lowest."`
	Colour staffing.Colour `json:"colour" enum:"green,yellow,red,none"`
	Short  dates           `json:"short" doc:"Days on which too few are there."`
}

func processForecastOf(c caller, f academy.ProcessForecast, per string) processForecast {
	to := processForecast{Process: f.ID, From: dateOf(f.Forecast.From), Until: dateOf(f.Until), Without: f.Without, Changes: []processChange{}, Risks: append([]processAdvice{}, adviceOf(c, f.Risks)...)}
	for _, change := range f.Changes {
		why := change.Dutch
		if c.english {
			why = change.English
		}
		to.Changes = append(to.Changes, processChange{dateOf(change.Day), change.Pool, change.Colour, append([]string{}, why...)})
	}
	if per == "week" {
		for _, w := range f.Weeks() {
			to.Weeks = append(to.Weeks, processWeek{dateOf(w.Monday), w.Pool, w.Colour, append(dates{}, datesOf(w.Short)...)})
		}
		return to
	}
	for _, d := range f.Forecast.Days {
		if !d.Open {
			continue
		}
		day := processDay{On: dateOf(d.Day), Pool: d.Pool, Colour: d.Colour, Minimum: d.Minimum}
		if d.Known {
			day.Present = &d.Present
		}
		to.Days = append(to.Days, day)
	}
	return to
}

// readDay reads a day of an address.
func readDay(place string, d date) (calendar.Date, error) {
	day, err := d.read(place)
	if err == nil && day.IsZero() {
		err = invalid(place, "schrijf een datum die bestaat, zoals 2026-11-23", "write a date that exists, such as 2026-11-23")
	}
	return day, err
}
