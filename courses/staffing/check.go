package staffing

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// What may be put in at most.
const (
	mostPeople  = 1000 // that a process can need
	mostWindows = 50
	mostSchemes = 50
	longestText = 2000 // characters of one text of a process
	longestHow  = 50_000
)

// mistakes gathers what is wrong with something that somebody fills in.
type mistakes struct{ fault.Error }

func (m *mistakes) wrong(field, dutch, english string) { m.Error = *m.At(field, dutch, english) }

func (m *mistakes) text(field, text string, most int) {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		m.wrong(field, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	case utf8.RuneCountInString(text) > most:
		m.wrong(field, fmt.Sprintf("schrijf hoogstens %d tekens", most), fmt.Sprintf("write at most %d characters", most))
	}
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) && r != '\n' && r != '\r' && r != '\t' }

// err is what is wrong; nil where nothing is.
func (m *mistakes) err() error {
	if len(m.Fields) == 0 {
		return nil
	}
	return &m.Error
}

var (
	wrongProcess = fault.New(fault.Invalid, "Dit proces klopt nog niet:", "This process is not right yet:").Because("process")
	wrongRoster  = fault.New(fault.Invalid, "Deze werktijden kloppen nog niet:", "These working times are not right yet:").Because("roster")
	wrongLeave   = fault.New(fault.Invalid, "Dit verlof klopt nog niet:", "This leave is not right yet:").Because("leave")
	wrongHow     = fault.New(fault.Invalid, "Deze werkwijze klopt nog niet:", "This way of working is not right yet:").Because("procedure")
)

// Check reports at once everything that is wrong with what a process asks: fault.Invalid. Nobody able to do it is not wrong:
// that is a spot. Where there were versions before, it holds from today or later, with why.
func (p Process) Check(before int, why string, scheme func(certificates.SchemeKey) bool, person func(staff.PersonID) bool, today calendar.Date) error {
	m := mistakes{*wrongProcess}
	if before > 0 && p.From < today {
		m.wrong("from", "kies vandaag of een latere dag: wat tot nu toe gevraagd is, blijft staan", "choose today or a later day: what was asked until now stays")
	}
	if before > 0 && why == "" {
		m.wrong("why", "schrijf in een zin waarom dit verandert", "write in one sentence why this changes")
	}
	m.text("why", why, longestText)
	for field, keys := range map[string][]certificates.SchemeKey{"all": p.All, "oneOf": p.OneOf} {
		if len(keys) > mostSchemes {
			m.wrong(field, "geef hoogstens 50 regelingen", "give at most 50 schemes")
		}
		for i, key := range keys {
			if !scheme(key) {
				m.wrong(fmt.Sprintf("%s[%d]", field, i), "deze regeling bestaat niet: kies er een uit de lijst", "this scheme does not exist: choose one from the list")
			} else if slices.Contains(keys[:i], key) {
				m.wrong(fmt.Sprintf("%s[%d]", field, i), "deze regeling staat er al", "this scheme is there already")
			}
		}
	}
	if p.Owner != "" && !person(p.Owner) {
		m.wrong("owner", "er is geen collega met dit personeelsnummer: kijk het na", "there is no colleague with this personnel number: check it")
	}
	if p.PoolMinimum < 0 || p.PoolMinimum > mostPeople {
		m.wrong("poolMinimum", "schrijf een getal van 0 tot en met 1000", "write a number from 0 to 1000")
	}
	m.text("cluster", p.Cluster, 100)
	m.text("shortage", p.Shortage, longestText)
	m.text("fourEyes", p.FourEyes, longestText)
	if len(p.Windows) == 0 {
		m.wrong("windows", "geef minstens één tijdvak: wanneer zijn er mensen nodig?", "give at least one window: when are people needed?")
	}
	if len(p.Windows) > mostWindows {
		m.wrong("windows", "geef hoogstens 50 tijdvakken", "give at most 50 windows")
		return m.err()
	}
	for i, w := range p.Windows {
		m.window(fmt.Sprintf("windows[%d]", i), w, p.Windows[:i])
		if p.PoolMinimum > 0 && w.Minimum > p.PoolMinimum && w.Minimum <= mostPeople {
			m.wrong(fmt.Sprintf("windows[%d].minimum", i), fmt.Sprintf("dit is meer dan het hele proces nodig heeft (%d): kies minder mensen, of zet dat getal hoger", p.PoolMinimum),
				fmt.Sprintf("this is more than the whole process needs (%d): choose fewer people, or raise that number", p.PoolMinimum))
		}
	}
	return m.err()
}

// window checks one window beside those before it.
func (m *mistakes) window(at string, w Window, before []Window) {
	if len(w.Days) == 0 {
		m.wrong(at+".days", "kies minstens één dag", "choose at least one day")
	}
	m.times(at, w.From, w.To)
	if w.From%halfHour != 0 || w.To%halfHour != 0 {
		m.wrong(at+".from", "kies hele of halve uren", "choose whole or half hours")
	}
	if w.Minimum < 1 || w.Minimum > mostPeople {
		m.wrong(at+".minimum", "schrijf een getal van 1 tot en met 1000", "write a number from 1 to 1000")
	}
	m.text(at+".note", w.Note, longestText)
	for _, other := range before {
		both := slices.ContainsFunc(w.Days, func(d time.Weekday) bool { return slices.Contains(other.Days, d) })
		if both && w.From < other.To && other.From < w.To {
			m.wrong(at+".from", "dit tijdvak valt over een ander heen: kies andere tijden of dagen", "this window overlaps another: choose other times or days")
			return
		}
	}
}

// endOfDay is the midnight after a day, at which nothing ends: it is a time of the next day.
const endOfDay training.Clock = 24 * 60

func (m *mistakes) times(at string, from, to training.Clock) {
	if from < 0 || from >= to || to >= endOfDay {
		m.wrong(at+".to", "kies een eindtijd na de begintijd, op dezelfde dag", "choose an end after the start, on the same day")
	}
}

// Check reports at once everything that is wrong with working times beside the employment they are of: fault.Invalid.
// others are the rosters of the other employments of the person that hold at the same time: nobody works twice at once.
func (r Roster) Check(e staff.Employment, others []Roster) error {
	m := mistakes{*wrongRoster}
	if r.From < e.From || !e.Until.IsZero() && r.From > e.Until {
		m.wrong("from", "kies een dag waarop dit dienstverband er is", "choose a day on which this employment holds")
	}
	for i, day := range Weekdays() {
		h := r.Days[day]
		at := fmt.Sprintf("days[%d]", i)
		if h.Off() {
			if h.From != 0 {
				m.wrong(at+".to", "kies een eindtijd na de begintijd, of laat beide leeg", "choose an end after the start, or leave both empty")
			}
			continue
		}
		m.times(at, h.From, h.To)
		if slices.ContainsFunc(others, func(o Roster) bool { return h.From < o.Days[day].To && o.Days[day].From < h.To }) {
			m.wrong(at+".from", "dan werkt deze collega al in een ander dienstverband: kies andere tijden", "this colleague works in another employment then: choose other times")
		}
	}
	return m.err()
}

// longestLeave is how many days one leave lasts at most: ten years.
const longestLeave = 3653

// Check reports at once everything that is wrong with a leave beside the employments and the other leave of the person:
// fault.Invalid.
func (l Leave) Check(employments []staff.Employment, others []Leave) error {
	m := mistakes{*wrongLeave}
	if l.Part != WholeDay && l.Part != Morning && l.Part != Afternoon {
		m.wrong("part", "kies de hele dag, de ochtend of de middag", "choose the whole day, the morning or the afternoon")
	}
	if l.From.IsZero() || l.Until < l.From || l.From.DaysUntil(l.Until) > longestLeave {
		m.wrong("until", "kies een laatste dag op of na de eerste, hoogstens tien jaar later", "choose a last day on or after the first, at most ten years later")
	}
	employed := slices.ContainsFunc(employments, func(e staff.Employment) bool {
		return (l.Employment == 0 || e.Number == l.Employment) && e.From <= l.Until && (e.Until.IsZero() || e.Until >= l.From)
	})
	if !employed {
		m.wrong("employment", "dit dienstverband is er dan niet: kies een ander, of laat het leeg voor alle", "this employment is not there then: choose another, or leave it empty for all")
	}
	for _, o := range others {
		same := o.ID != l.ID && (o.Employment == 0 || l.Employment == 0 || o.Employment == l.Employment) && o.From <= l.Until && l.From <= o.Until
		if same && o.away()&l.away() != 0 {
			m.wrong("from", "op deze dagen staat er al verlof: verander dat, of kies andere dagen", "there is leave on these days already: change that, or choose other days")
			break
		}
	}
	return m.err()
}

// A Procedure (werkwijze) is how we do a process from a day on, with who knows most of it. A version never changes.
type Procedure struct {
	Process staff.ActivityID
	Version int
	From    calendar.Date
	Text    string // Markdown
	Holder  staff.PersonID
	Deputy  staff.PersonID // who stands in for the holder; may be empty
}

// Check reports at once everything that is wrong with a procedure: fault.Invalid.
func (p Procedure) Check(before []Procedure, why string, person func(staff.PersonID) bool, today calendar.Date) error {
	m := mistakes{*wrongHow}
	if strings.TrimSpace(p.Text) == "" {
		m.wrong("text", "schrijf op hoe jullie dit doen", "write down how you do this")
	}
	m.text("text", p.Text, longestHow)
	m.text("why", why, longestText)
	if !person(p.Holder) {
		m.wrong("holder", "kies een kennisdrager: het personeelsnummer van een collega", "choose a knowledge holder: the personnel number of a colleague")
	}
	switch {
	case p.Deputy == "":
	case !person(p.Deputy):
		m.wrong("deputy", "er is geen collega met dit personeelsnummer: kijk het na, of laat het leeg", "there is no colleague with this personnel number: check it, or leave it empty")
	case p.Deputy == p.Holder:
		m.wrong("deputy", "kies een ander dan de kennisdrager", "choose somebody else than the knowledge holder")
	}
	if p.From < today && len(before) > 0 {
		m.wrong("from", "kies vandaag of een latere dag: wat er stond, blijft staan", "choose today or a later day: what was there stays")
	} else if n := len(before); n > 0 && p.From <= before[n-1].From {
		m.wrong("from", fmt.Sprintf("kies een dag na %s: dan gaat de vorige versie in", before[n-1].From.Dutch()), fmt.Sprintf("choose a day after %s: then the last version begins", before[n-1].From.English()))
	}
	return m.err()
}

// ProcedureOn returns the version that holds on a day of versions in order; false where none does yet.
func ProcedureOn(versions []Procedure, day calendar.Date) (Procedure, bool) {
	for _, p := range slices.Backward(versions) {
		if p.From <= day {
			return p, true
		}
	}
	return Procedure{}, false
}

// Since are the rosters of an employment that hold on a day or later.
func Since(rosters []Roster, employment int, day calendar.Date) []Roster {
	var found []Roster
	for _, r := range rosters {
		switch {
		case r.Employment != employment:
		case r.From <= day: // it takes the place of those before it
			found = []Roster{r}
		default:
			found = append(found, r)
		}
	}
	return found
}

// mostOnCall is how many people can stand ready for a process on one day.
const mostOnCall = 50

// CheckOnCall reports at once everything that is wrong with who stands ready on a day: fault.Invalid.
func CheckOnCall(calls []OnCall, day calendar.Date, employments []staff.Employment) error {
	m := mistakes{*fault.New(fault.Invalid, "Dit piket klopt nog niet:", "This duty roster is not right yet:").Because("on-call")}
	if len(calls) > mostOnCall {
		m.wrong("items", "geef hoogstens 50 mensen", "give at most 50 people")
		return m.err()
	}
	for i, c := range calls {
		at := fmt.Sprintf("items[%d]", i)
		m.times(at, c.From, c.To)
		employed := slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Person == c.Person && e.On(day) })
		switch {
		case !employed:
			m.wrong(at+".person", "dit is geen collega die dan in dienst is: kijk het personeelsnummer na", "this is no colleague who is employed then: check the personnel number")
		case slices.ContainsFunc(calls[:i], func(o OnCall) bool { return o.Person == c.Person }):
			m.wrong(at+".person", "deze collega staat er al", "this colleague is there already")
		}
	}
	return m.err()
}
