package changes

import (
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Strategy is what an organisation or a team stands for.
type Strategy struct {
	Team    staff.TeamID // empty: the organisation
	Mission string
	Vision  string
	Shared  string // what everybody answers for together
}

// Check reports at once everything that is wrong with a strategy: fault.Invalid.
func (s Strategy) Check() error {
	m := mistakes{*fault.New(fault.Invalid, "Deze tekst klopt nog niet:", "This text is not right yet:").Because("strategy")}
	m.text("mission", s.Mission, 0, longestText)
	m.text("vision", s.Vision, 0, longestText)
	m.text("shared", s.Shared, 0, longestText)
	return m.err()
}

// An ObjectiveID is the key of an objective, such as D01.
type ObjectiveID string

// A Measure says how the value of an indicator is found.
type Measure string

const (
	ByCertificate Measure = "certificate" // the percentage of those with a role who hold a scheme
	ByReceipts    Measure = "receipts"    // the median of days between publishing a bulletin and reading it
	ByStaffing    Measure = "staffing"    // the days until the end on which a process has too few people
	ByHand        Measure = "hand"        // somebody fills it in
	ByHolders     Measure = "holders"     // the topics with fewer than two knowledge holders
	ByResults     Measure = "results"     // the percentage of the points that its teams got in quizzes about changes
	ByRelease     Measure = "release"     // the percentage that is trained of the users of the release where that is lowest
	ByTalks       Measure = "talks"       // the percentage of everybody who talked about their development in the last 12 months
	ByShadowing   Measure = "shadowing"   // the people of its teams who shadowed a colleague
	ByExchanges   Measure = "exchanges"   // the placements and shadowing that were done by anybody
)

// Measures lists every measure.
func Measures() []Measure {
	return []Measure{ByCertificate, ByReceipts, ByStaffing, ByHolders, ByResults, ByRelease, ByTalks, ByShadowing, ByExchanges, ByHand}
}

// An Objective is something to reach before a day. Its owners answer for it together.
type Objective struct {
	ID        ObjectiveID
	Teams     []staff.TeamID // whose it is; the leaders of these share it
	Text      string
	Indicator string
	Norm      int
	AtMost    bool // the norm is a most, not a least
	Until     calendar.Date
	Measure   Measure
	Scheme    certificates.SchemeKey // of ByCertificate
	Role      staff.RoleID           // of ByCertificate; empty: everybody
	Process   staff.ActivityID       // of ByStaffing
	Change    ID                     // the change that it answers; empty: none
}

// A Reading is the value of an indicator on a day.
type Reading struct {
	Objective ObjectiveID
	On        calendar.Date
	Value     int
	By        staff.PersonID // who filled it in; empty: it was worked out
	TooFew    bool           // fewer than MinimumGroup people: it is not shown
	Unknown   bool           // nothing to work it out from, or nobody filled it in
}

// MinimumGroup is of how many people at least an aggregate may tell anything.
const MinimumGroup = 5

// Share is the percentage that some are of a group, rounded down: 100 is everybody.
func Share(some, of int) Reading {
	switch {
	case of == 0:
		return Reading{Unknown: true}
	case of < MinimumGroup:
		return Reading{TooFew: true}
	}
	return Reading{Value: 100 * some / of}
}

// Median is the middle of numbers of days of some people.
func Median(days []int) Reading {
	switch {
	case len(days) == 0:
		return Reading{Unknown: true}
	case len(days) < MinimumGroup:
		return Reading{TooFew: true}
	}
	days = slices.Sorted(slices.Values(days))
	n := len(days)
	return Reading{Value: (days[(n-1)/2] + days[n/2] + 1) / 2}
}

// Reached reports whether a reading meets the norm; a value that is not known does not.
func (o Objective) Reached(r Reading) bool {
	if r.Unknown || r.TooFew {
		return false
	}
	if o.AtMost {
		return r.Value <= o.Norm
	}
	return r.Value >= o.Norm
}

var wrongObjective = fault.New(fault.Invalid, "Dit doel klopt nog niet:", "This objective is not right yet:").Because("objective")

// Check reports at once everything that is wrong with an objective: fault.Invalid.
func (o Objective) Check(known Known, teams []staff.TeamID) error {
	m := mistakes{*wrongObjective}
	if !isKey(string(o.ID)) {
		m.wrong("id", "kies een sleutel van 2 tot 40 letters, cijfers en streepjes", "choose a key of 2 to 40 letters, digits and hyphens")
	}
	m.text("text", o.Text, 1, longestText)
	m.text("indicator", o.Indicator, 1, longestTitle)
	m.day("until", o.Until)
	oneOf(&m, "measure", o.Measure, Measures())
	if len(o.Teams) == 0 {
		m.wrong("teams", "kies minstens één team", "choose at least one team")
	}
	there(&m, "teams", o.Teams, func(t staff.TeamID) bool { return slices.Contains(teams, t) })
	if o.Until.IsZero() {
		m.wrong("until", "kies wanneer het bereikt moet zijn", "choose by when it must be reached")
	}
	if o.Norm < 0 || o.Norm > 1_000_000 {
		m.wrong("norm", "schrijf een getal van 0 tot en met 1000000", "write a number from 0 to 1000000")
	}
	if o.Measure == ByCertificate && !known.Scheme(o.Scheme) {
		m.wrong("scheme", "kies de regeling", "choose the scheme")
	}
	if o.Role != "" && !known.Role(o.Role) {
		m.wrong("role", "deze rol bestaat niet", "this role does not exist")
	}
	if o.Measure == ByStaffing && !known.Process(o.Process) {
		m.wrong("process", "kies het proces", "choose the process")
	}
	return m.err()
}
