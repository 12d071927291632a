package changes

import (
	"slices"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Fate is what became of a signal.
type Fate string

const (
	New         Fate = "new"
	Considering Fate = "considering" // in duiding
	Linked      Fate = "linked"      // it belongs to a change
	Answered    Fate = "bulletin"    // a bulletin answers it
	Improvement Fate = "improvement" // something was made better at once
	Declined    Fate = "declined"    // nothing is done, and its reporter hears why
)

// Fates lists every fate, new first.
func Fates() []Fate {
	return []Fate{New, Considering, Linked, Answered, Improvement, Declined}
}

// A Signal is something that a colleague heard outside. It names no resident.
type Signal struct {
	ID       string
	On       calendar.Date
	Reporter staff.PersonID
	Origin   Origin
	Title    string
	Text     string

	Fate      Fate
	Change    ID         // of Linked, and where it belongs to one anyhow
	Bulletin  BulletinID // that answers it
	Decision  string     // what the reporter reads; empty while new
	DecidedBy staff.PersonID
	DecidedOn calendar.Date
}

var wrongSignal = fault.New(fault.Invalid, "Dit signaal klopt nog niet:", "This signal is not right yet:").Because("signal")

// Check reports at once everything that is wrong with a signal: fault.Invalid.
func (s Signal) Check() error {
	m := mistakes{*wrongSignal}
	m.text("title", s.Title, 1, longestTitle)
	m.text("text", s.Text, 0, longestText)
	oneOf(&m, "origin", s.Origin, append(FiveOs(), Region))
	return m.err()
}

// Decide says what becomes of a signal: fault.Invalid where that is not said in full. It may be decided again.
func (s Signal) Decide(fate Fate, decision string, change ID, bulletin BulletinID, by staff.PersonID, on calendar.Date) (Signal, error) {
	m := mistakes{*wrongSignal}
	oneOf(&m, "fate", fate, Fates()[1:])
	m.text("decision", decision, 1, longestText)
	if fate == Linked && change == "" {
		m.wrong("change", "kies bij welke wijziging dit hoort", "choose to which change this belongs")
	}
	if fate == Answered && bulletin == "" {
		m.wrong("bulletin", "kies het bulletin met het antwoord", "choose the bulletin with the answer")
	}
	s.Fate, s.Decision, s.Change, s.Bulletin, s.DecidedBy, s.DecidedOn = fate, decision, change, bulletin, by, on
	return s, m.err()
}

// A Meaning is what a leader says a change means for us.
type Meaning struct {
	ID       string
	Change   ID
	Team     staff.TeamID // empty: the whole organisation
	Text     string       // what it means
	Decision string       // what is done about it
	By       staff.PersonID
	At       time.Time
}

var wrongMeaning = fault.New(fault.Invalid, "Deze duiding klopt nog niet:", "This meaning is not right yet:").Because("meaning")

// Check reports at once everything that is wrong with a meaning: fault.Invalid.
func (d Meaning) Check(teams []staff.TeamID) error {
	m := mistakes{*wrongMeaning}
	m.text("text", d.Text, 1, longestText)
	m.text("decision", d.Decision, 1, longestText)
	if d.Team != "" && !slices.Contains(teams, d.Team) {
		m.wrong("team", "kies een team waar je leiding aan geeft", "choose a team that you lead")
	}
	return m.err()
}
