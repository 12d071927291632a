package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A TimesKind is what a list of working times tells.
type TimesKind string

const (
	RosterTimes TimesKind = "rosters" // at what times people work, by day of the week
	LeaveTimes  TimesKind = "leave"   // when they are on leave, never why
	OnCallTimes TimesKind = "on-call" // when they stand ready for a process
)

// TimesKinds lists the kinds of lists.
func TimesKinds() []TimesKind { return []TimesKind{RosterTimes, LeaveTimes, OnCallTimes} }

// A TimesLine is a line of a list of working times: exactly one of Roster, Leave and OnCall, or what is wrong with it.
type TimesLine struct {
	Line     int
	Person   staff.PersonID
	Roster   *staffing.Roster
	Leave    *staffing.Leave
	OnCall   *staffing.OnCall
	Gone     bool // of a leave: it is not taken after all
	Mistakes []fault.Field
}

// timesWords are the words above the columns of each kind of list. No other column is read: not why somebody is away.
var timesWords = map[TimesKind]map[string][]string{
	RosterTimes: {
		"personeelsnummer": personWords, "dienstverband": {"dienstverband", "employment"}, "van": {"van", "vanaf", "from"},
		"ma": {"ma", "maandag", "mon", "monday"}, "di": {"di", "dinsdag", "tue", "tuesday"}, "wo": {"wo", "woensdag", "wed", "wednesday"}, "do": {"do", "donderdag", "thu", "thursday"},
		"vr": {"vr", "vrijdag", "fri", "friday"}, "za": {"za", "zaterdag", "sat", "saturday"}, "zo": {"zo", "zondag", "sun", "sunday"},
	},
	LeaveTimes: {
		"personeelsnummer": personWords, "dienstverband": {"dienstverband", "employment"}, "verlof_id": {"verlof id", "verlof", "leave id", "leave", "nummer"}, "van": {"van", "vanaf", "from"},
		"tot_en_met": {"tot en met", "tm", "until"}, "dagdeel": {"dagdeel", "part"}, "status": {"status"},
	},
	OnCallTimes: {
		"personeelsnummer": personWords, "proces_id": {"proces id", "proces", "process"}, "datum": {"datum", "dag", "date", "day"}, "van": {"van", "from"}, "tot": {"tot", "to"},
	},
}

var personWords = []string{"personeelsnummer", "persnr", "medewerker", "employee", "employee number"}

// timesNeeded are the columns that a list cannot do without.
var timesNeeded = map[TimesKind][]string{
	RosterTimes: {"personeelsnummer", "van", "ma", "di", "wo", "do", "vr"},
	LeaveTimes:  {"personeelsnummer", "van", "tot_en_met", "status"},
	OnCallTimes: {"personeelsnummer", "proces_id", "datum", "van", "tot"},
}

// ReadTimes reads a list of working times line by line; fault.Invalid where columns are missing.
func ReadTimes(t Table, kind TimesKind) ([]TimesLine, error) {
	columns := make(map[string]int)
	for field, words := range timesWords[kind] {
		if at := slices.IndexFunc(t.Columns, func(c string) bool { return slices.Contains(words, strings.Join(tokens(c), " ")) }); at >= 0 {
			columns[field] = at
		}
	}
	missing := *missingColumns
	for _, field := range timesNeeded[kind] {
		if _, found := columns[field]; !found {
			missing = *missing.At(field, field+": deze kolom ontbreekt", field+": this column is missing")
		}
	}
	if len(missing.Fields) > 0 {
		return nil, &missing
	}
	var lines []TimesLine
	for _, row := range t.Rows {
		if row.Aside != AsideHeader {
			r := timesReader{columns: columns, row: row, to: TimesLine{Line: row.Line}}
			lines = append(lines, r.read(kind))
		}
	}
	return lines, nil
}

// A timesReader reads one line.
type timesReader struct {
	columns map[string]int
	row     TableRow
	to      TimesLine
}

func (r *timesReader) cell(field string) string {
	at, found := r.columns[field]
	if !found {
		return ""
	}
	return strings.TrimSpace(r.row.Cells[at])
}

func (r *timesReader) wrong(field, dutch, english string) {
	r.to.Mistakes = append(r.to.Mistakes, fault.Field{Path: field, Dutch: dutch, English: english})
}

func (r *timesReader) read(kind TimesKind) TimesLine {
	if r.to.Person = staff.PersonID(r.cell("personeelsnummer")); r.to.Person == "" {
		r.wrong("personeelsnummer", "schrijf een personeelsnummer", "write a personnel number")
	}
	switch kind {
	case RosterTimes:
		r.roster()
	case LeaveTimes:
		r.leave()
	case OnCallTimes:
		r.onCall()
	}
	if len(r.to.Mistakes) > 0 {
		r.to.Roster, r.to.Leave, r.to.OnCall = nil, nil, nil
	}
	return r.to
}

// employment reads the number of an employment; otherwise where nothing stands.
func (r *timesReader) employment(otherwise int) int {
	text := r.cell("dienstverband")
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 99 {
		r.wrong("dienstverband", "schrijf het nummer van het dienstverband, zoals 1", "write the number of the employment, such as 1")
	}
	return n
}

func (r *timesReader) roster() {
	roster := staffing.Roster{Person: r.to.Person, Employment: r.employment(1)}
	if day, ok := readDate(r.cell("van"), DayFirst); ok {
		roster.From = day
	} else {
		r.wrong("van", "schrijf een dag zoals 23-11-2026", "write a day such as 2026-11-23")
	}
	for name, day := range weekdays {
		var err error
		if roster.Days[day], err = hours(strings.ReplaceAll(r.cell(name), " ", "")); err != nil {
			r.wrong(name, "schrijf tijden zoals 08:30-17:00, of laat de dag leeg", "write times such as 08:30-17:00, or leave the day empty")
		}
	}
	slices.SortFunc(r.to.Mistakes, func(a, b fault.Field) int { return strings.Compare(a.Path, b.Path) })
	r.to.Roster = &roster
}

// leaveStatus says what becomes of a leave: whether it is approved, and whether it is gone.
var leaveStatus = map[string][2]bool{
	"goedgekeurd": {true, false}, "approved": {true, false}, "aangevraagd": {false, false}, "requested": {false, false},
	"ingetrokken": {false, true}, "withdrawn": {false, true}, "afgewezen": {false, true}, "refused": {false, true},
}

// leaveKey is what a key of a leave looks like.
var leaveKey = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func (r *timesReader) leave() {
	l := staffing.Leave{Person: r.to.Person, Employment: r.employment(0), Part: staffing.WholeDay}
	var ok bool
	if l.From, ok = readDate(r.cell("van"), DayFirst); !ok {
		r.wrong("van", "schrijf een dag zoals 23-11-2026", "write a day such as 2026-11-23")
	}
	if l.Until, ok = readDate(r.cell("tot_en_met"), DayFirst); !ok {
		r.wrong("tot_en_met", "schrijf een dag zoals 23-11-2026", "write a day such as 2026-11-23")
	}
	if text := fold(r.cell("dagdeel")); text != "" {
		if l.Part, ok = parts[text]; !ok {
			if l.Part = staffing.Part(text); l.Part != staffing.WholeDay && l.Part != staffing.Morning && l.Part != staffing.Afternoon {
				r.wrong("dagdeel", "schrijf heel, ochtend of middag", "write whole, morning or afternoon")
			}
		}
	}
	status, known := leaveStatus[fold(r.cell("status"))]
	if !known {
		r.wrong("status", "schrijf goedgekeurd, aangevraagd of ingetrokken", "write approved, requested or withdrawn")
	}
	l.Approved, r.to.Gone = status[0], status[1]
	if l.ID = r.cell("verlof_id"); l.ID == "" {
		l.ID = fmt.Sprintf("%s-%s-%s", l.Person, l.From, l.Part)
	}
	if !leaveKey.MatchString(l.ID) {
		r.wrong("verlof_id", "gebruik letters, cijfers, punten en streepjes, hoogstens 64", "use letters, digits, dots and dashes, at most 64")
	}
	r.to.Leave = &l
}

func (r *timesReader) onCall() {
	c := staffing.OnCall{Person: r.to.Person, Process: staff.ActivityID(r.cell("proces_id"))}
	var ok bool
	if c.Day, ok = readDate(r.cell("datum"), DayFirst); !ok {
		r.wrong("datum", "schrijf een dag zoals 23-11-2026", "write a day such as 2026-11-23")
	}
	var err error
	if c.From, c.To, err = clocks(r.cell("van"), r.cell("tot")); err != nil {
		r.wrong("tot", "schrijf twee tijden zoals 10:00 en 11:00, de tweede later", "write two times such as 10:00 and 11:00, the second later")
	}
	r.to.OnCall = &c
}
