package competences

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// What may be put in at most.
const (
	mostAsked   = 200 // competences of one profile, and what one item evidences or needs
	mostNeeded  = 1000
	mostMinutes = 60 * 1000
	mostCents   = 100 * 100_000
	mostWeeks   = 260
	mostStarts  = 100
	mostYears   = 10  // ago that a level was shown
	longestText = 200 // characters
)

var (
	wrongLevel   = fault.New(fault.Invalid, "Dit niveau klopt nog niet:", "This level is not right yet:").Because("level")
	wrongProfile = fault.New(fault.Invalid, "Dit profiel klopt nog niet:", "This profile is not right yet:").Because("profile")
	wrongNeeded  = fault.New(fault.Invalid, "Dit aantal klopt nog niet:", "This number is not right yet:").Because("needed")
	wrongItem    = fault.New(fault.Invalid, "Dit leeraanbod klopt nog niet:", "This learning item is not right yet:").Because("learning_item")
)

// mistakes gathers what is wrong with something that somebody fills in.
type mistakes struct{ fault.Error }

func (m *mistakes) wrong(field, dutch, english string) { m.Error = *m.At(field, dutch, english) }

// err is what is wrong; nil where nothing is.
func (m *mistakes) err() error {
	if len(m.Fields) == 0 {
		return nil
	}
	return &m.Error
}

func (m *mistakes) text(field, text string, needed bool) { m.upTo(longestText, field, text, needed) }

func (m *mistakes) upTo(most int, field, text string, needed bool) {
	switch {
	case needed && strings.TrimSpace(text) == "":
		m.wrong(field, "vul dit in", "fill this in")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		m.wrong(field, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	case utf8.RuneCountInString(text) > most:
		m.wrong(field, fmt.Sprintf("schrijf hoogstens %d tekens", most), fmt.Sprintf("write at most %d characters", most))
	}
}

func (m *mistakes) number(field string, n, least, most int) {
	if n < least || n > most {
		m.wrong(field, fmt.Sprintf("schrijf een getal van %d tot en met %d", least, most), fmt.Sprintf("write a number from %d to %d", least, most))
	}
}

// level checks a level of a competence; least is the lowest that means something.
func (m *mistakes) level(c Catalogue, at string, id CompetenceID, level, least Level) {
	known, there := c.Competence(id)
	if !there {
		m.wrong(at+"competence", "deze vaardigheid bestaat niet: kies er een uit de lijst", "this skill does not exist: choose one from the list")
		return
	}
	if most := c.Framework(known.Framework).Highest(); level < least || level > most {
		m.wrong(at+"level", fmt.Sprintf("kies een niveau van %d tot en met %d", least, most), fmt.Sprintf("choose a level from %d to %d", least, most))
	}
}

// CheckLevel reports what is wrong with a level that somebody gives: fault.Invalid. 0 is a level too: not at all.
func (c Catalogue) CheckLevel(id CompetenceID, level Level) error {
	m := mistakes{*wrongLevel}
	m.level(c, "", id, level, 0)
	return m.err()
}

// CheckProfile reports at once everything that is wrong with a new version of what a role asks: fault.Invalid. A version begins
// after those that are there, and not in the past: what was asked of people then stays.
func (c Catalogue) CheckProfile(p RoleProfile, there []RoleProfile, today calendar.Date) error {
	m := mistakes{*wrongProfile}
	if p.ValidFrom < today {
		m.wrong("validFrom", "kies vandaag of een latere dag", "choose today or a later day")
	} else if n := len(there); n > 0 && p.ValidFrom < there[n-1].ValidFrom {
		m.wrong("validFrom", "kies een dag na "+there[n-1].ValidFrom.Dutch()+": dan begint het nieuwste profiel", "choose a day after "+there[n-1].ValidFrom.English()+": that is when the newest profile begins")
	}
	if n := len(p.Required); n == 0 || n > mostAsked {
		m.wrong("required", "vraag minstens 1 en hoogstens 200 vaardigheden", "ask at least 1 and at most 200 skills")
		return m.err()
	}
	for i, r := range p.Required {
		at := fmt.Sprintf("required[%d].", i)
		m.level(c, at, r.Competence, r.Level, 1)
		m.number(at+"weight", r.Weight, 1, 3)
		if slices.ContainsFunc(p.Required[:i], func(other Required) bool { return other.Competence == r.Competence }) {
			m.wrong(at+"competence", "deze vaardigheid staat er al", "this skill is there already")
		}
	}
	return m.err()
}

// CheckLevels reports at once everything that is wrong with some levels that somebody gives for a day: fault.Invalid.
func (c Catalogue) CheckLevels(all []Attained, on, today calendar.Date) error {
	m := mistakes{*wrongLevel}
	if on > today || on < today.AddMonths(-12*mostYears) {
		m.wrong("on", "kies vandaag of een eerdere dag", "choose today or an earlier day")
	}
	if len(all) == 0 {
		m.wrong("levels", "kies minstens één niveau", "choose at least one level")
	}
	for i, a := range all {
		m.level(c, fmt.Sprintf("levels[%d].", i), a.Competence, a.Level, 0)
	}
	return m.err()
}

// CheckNeeded reports what is wrong with how many people are needed: fault.Invalid. Nobody is not wrong: then it is not needed.
func (c Catalogue) CheckNeeded(n Needed) error {
	m := mistakes{*wrongNeeded}
	m.needed(c, "", n)
	return m.err()
}

// CheckAllNeeded reports at once everything that is wrong with how many people are needed for what: fault.Invalid.
func (c Catalogue) CheckAllNeeded(all []Needed) error {
	m := mistakes{*wrongNeeded}
	for i, n := range all {
		m.needed(c, fmt.Sprintf("needed[%d].", i), n)
	}
	return m.err()
}

func (m *mistakes) needed(c Catalogue, at string, n Needed) {
	if _, known := c.Competence(n.Competence); !known {
		m.wrong(at+"competence", "deze vaardigheid bestaat niet: kies er een uit de lijst", "this skill does not exist: choose one from the list")
	}
	m.number(at+"people", n.People, 0, mostNeeded)
	m.text(at+"note", n.Note, false)
}

// An Office tells what a learning item may refer to.
type Office struct {
	Items  []LearningItem
	Scheme func(certificates.SchemeKey) bool
	Course func(courses.CourseKey) bool
	Person func(staff.PersonID) bool
}

// CheckItem reports at once everything that is wrong with a learning item: fault.Invalid. That it evidences nothing is not
// wrong: it is then never proposed.
func (c Catalogue) CheckItem(i LearningItem, office Office) error {
	m := mistakes{*wrongItem}
	m.text("title", i.Title, true)
	m.text("kind", string(i.Kind), true)
	m.text("supplier", i.Supplier, false)
	m.number("minutes", i.Minutes, 1, mostMinutes)
	m.number("cents", i.Cents, 0, mostCents)
	m.number("weeks", i.Weeks, 0, mostWeeks)
	m.number("places", i.Places, 0, mostNeeded)
	for field, wrong := range map[string]bool{
		"course": i.Course != "" && !office.Course(i.Course), "scheme": i.Scheme != "" && !office.Scheme(i.Scheme), "earlier": i.Earlier != "" && !office.Scheme(i.Earlier),
		"guide": i.Guide != "" && !office.Person(i.Guide), "assessor": i.Assessor != "" && !office.Person(i.Assessor),
	} {
		if wrong {
			m.wrong(field, "dit bestaat niet: kies er een uit de lijst", "this does not exist: choose one from the list")
		}
	}
	if len(i.Starts) > mostStarts || slices.ContainsFunc(i.Starts, func(s Start) bool { return len(s) == 0 || len(s) > mostStarts || !slices.IsSorted(s) }) {
		m.wrong("starts", "geef hoogstens 100 keer, met de dagen van elke keer op volgorde", "give at most 100 times, with the days of each in order")
	}
	for field, ids := range map[string][]ItemID{"after": i.After, "afterAny": i.AfterAny} {
		if slices.ContainsFunc(ids, func(id ItemID) bool {
			return id == i.ID || !slices.ContainsFunc(office.Items, func(known LearningItem) bool { return known.ID == id })
		}) {
			m.wrong(field, "noem alleen ander leeraanbod dat er is", "name only other learning items that are there")
		}
	}
	if ring := i.waits(office.Items); len(ring) > 0 {
		m.wrong("after", "dit leeraanbod wacht zo op zichzelf: "+strings.Join(ring, " na ")+". Haal een van deze voorwaarden weg", "this way the item waits for itself: "+strings.Join(ring, " after ")+". Take one of these conditions away")
	}
	if len(i.AtLeast) > mostAsked || len(i.Evidences) > mostAsked {
		m.wrong("evidences", "noem hoogstens 200 vaardigheden", "name at most 200 skills")
		return m.err()
	}
	for n, a := range i.AtLeast {
		m.level(c, fmt.Sprintf("atLeast[%d].", n), a.Competence, a.Level, 1)
		if slices.ContainsFunc(i.AtLeast[:n], func(other Attained) bool { return other.Competence == a.Competence }) {
			m.wrong(fmt.Sprintf("atLeast[%d].competence", n), "deze vaardigheid staat er al", "this skill is there already")
		}
	}
	for n, r := range i.Evidences {
		at := fmt.Sprintf("evidences[%d].", n)
		m.level(c, at, r.Competence, r.To, 1)
		if r.From < 0 || r.From >= r.To {
			m.wrong(at+"from", "kies een lager niveau om te beginnen", "choose a lower level to begin with")
		}
		if slices.ContainsFunc(i.Evidences[:n], func(other Raise) bool { return other.Competence == r.Competence }) {
			m.wrong(at+"competence", "deze vaardigheid staat er al", "this skill is there already")
		}
	}
	return m.err()
}
