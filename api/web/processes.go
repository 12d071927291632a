package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A processesPage tells how every process stands on a day.
type processesPage struct {
	On         calendar.Date
	Means      string // what a day before or after today means
	Fields     []formField
	Risks      []processRisk
	Processes  []processLine
	Closed     bool
	MayConsent bool
	Teach      bool // the reader may see who should learn what
	Problems   problems
}

// A processLine is one process.
type processLine struct {
	Path, Name, Cluster string
	State               badge
	Pool                string // empty: not for the reader
	Windows             []processWindow
	NoRosters           bool
}

// A processRisk is where a process is vulnerable and what helps.
type processRisk struct{ Path, Name, What, Action string }

// A processWindow is a window of the day.
type processWindow struct {
	Time             string
	Present, Minimum int
	Short            []string // when there are too few
	Note             string
}

var processesView = declare[processesPage]("processes.html")

// risksShown is how many risks stand on top.
const risksShown = 3

// processes shows every process on a day.
func (s *Site) processes(v *visit) error {
	on, err := v.dayAsked("op")
	var all []academy.StaffedProcess
	if err == nil {
		all, err = s.office.Processes(v.ctx(), v.actor, on)
	}
	if fault.KindOf(err) == fault.Invalid {
		if all, err = s.office.Processes(v.ctx(), v.actor, 0); err != nil {
			return err
		}
		wrong := v.wrongDay()
		page := v.processesPage(all, v.moment.Today())
		page.Fields[0].Value, page.Fields[0].Problem, page.Problems = v.query("op"), wrong.At("op"), wrong
		return processesView.refuse(v, page, wrong)
	}
	if err != nil {
		return err
	}
	return processesView.show(v, v.processesPage(all, cmp.Or(on, v.moment.Today())))
}

// wrongDay says that a day cannot be.
func (v *visit) wrongDay() problems {
	return problems{{"op", v.say("Kies een dag die bestaat, binnen vijftig jaar.", "Choose a day that exists, within fifty years.")}}
}

func (v *visit) processesPage(all []academy.StaffedProcess, on calendar.Date) processesPage {
	page := processesPage{On: on, MayConsent: v.actor.May(staff.RecordConsent), Means: v.meansDay(on), Fields: []formField{{ID: "op", Label: v.say("Dag", "Day"), Type: "date", Value: on.String()}}, Teach: v.actor.May(staff.ReadStaffing)}
	type risk struct {
		processRisk
		day calendar.Date
	}
	var risks []risk
	for _, p := range all {
		line := processLine{Path: processAddress(p.ID, on, ""), Name: p.Name, Cluster: p.Cluster, State: v.colour(p.Colour)}
		page.Closed = page.Closed || p.Closed
		if p.Crew != nil {
			line.Pool, line.NoRosters, line.Windows = v.poolWords(p), !p.Crew.Known(), v.processWindows(p.Crew.Occupancy)
		}
		if len(p.Risks) > 0 { // of each process the first
			r := slices.MinFunc(p.Risks, func(a, b academy.Advice) int { return cmp.Compare(a.Day, b.Day) })
			risks = append(risks, risk{processRisk{line.Path, p.Name, v.say(r.Dutch, r.English), v.say(r.ActionDutch, r.Advised)}, r.Day})
		}
		page.Processes = append(page.Processes, line)
	}
	slices.SortStableFunc(risks, func(a, b risk) int { return cmp.Compare(a.day, b.day) })
	for _, r := range risks[:min(risksShown, len(risks))] {
		page.Risks = append(page.Risks, r.processRisk)
	}
	return page
}

// meansDay says what a day before or after today means.
func (v *visit) meansDay(on calendar.Date) string {
	switch today := v.moment.Today(); {
	case on < today:
		return v.say("Zo was het die dag, zoals we het nu weten.", "This is how it was that day, as we know it now.")
	case on > today:
		return v.say("Zo is het die dag als niemand een nieuw certificaat haalt.", "This is how it will be that day if nobody gets a new certificate.")
	}
	return ""
}

// processAddress is a process on a day, without somebody.
func processAddress(id staff.ActivityID, on calendar.Date, without staff.PersonID) string {
	query := url.Values{"op": {on.String()}}
	if without != "" {
		query.Set("zonder", string(without))
	}
	return "/processen/" + url.PathEscape(string(id)) + "?" + query.Encode()
}

// colour says how a pool stands.
func (v *visit) colour(c staffing.Colour) badge {
	switch c {
	case staffing.Green:
		return badge{v.say("Genoeg mensen", "Enough people"), "goed"}
	case staffing.Yellow:
		return badge{v.say("Precies genoeg mensen", "Exactly enough people"), "let"}
	case staffing.Red:
		return badge{v.say("Te weinig mensen", "Too few people"), "fout"}
	}
	return badge{v.say("Geen minimum afgesproken", "No minimum agreed"), "stil"}
}

// poolWords says how many may do the work.
func (v *visit) poolWords(p academy.StaffedProcess) string {
	pool := v.count(len(p.Crew.Pool), "mens mag dit doen", "mensen mogen dit doen", "person may do this", "people may do this")
	if p.PoolMinimum == 0 {
		return pool + "."
	}
	return v.say("%s, %d nodig.", "%s, %d needed.", pool, p.PoolMinimum)
}

func (v *visit) processWindows(o staffing.Occupancy) []processWindow {
	var all []processWindow
	for _, w := range o.Windows {
		shown := processWindow{Time: v.say("%s tot %s uur", "%s to %s", w.From, w.To), Present: w.Present, Minimum: w.Minimum, Note: w.Note}
		for _, short := range w.Short {
			shown.Short = append(shown.Short, v.say("%s tot %s uur: %d aanwezig", "%s to %s: %d present", short.From, short.To, short.Present))
		}
		all = append(all, shown)
	}
	return all
}

// joined writes words one after the other.
func joined(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
