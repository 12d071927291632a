package certificates

import (
	"fmt"
	"strings"
	"time"

	"bekwaam/courses/calendar"
)

// A Statement is what a certificate says of its holder.
type Statement string

const (
	StatementQuiz Statement = "quiz" // the holder passed the quiz
	StatementAble Statement = "able" // the holder is able: somebody saw the skill at work
)

// Around returns the words before and after the title in "… verklaart dat [holder] … [title] …".
// Anything but StatementAble says no more than that a quiz was passed.
func (s Statement) Around() (before, after string) {
	if s == StatementAble {
		return "bekwaam is in", ""
	}
	return "de toets", "heeft behaald"
}

// A Signatory is who is mandated to sign certificates; the zero Signatory is nobody.
type Signatory struct{ Name, Function string }

// An Issuer is who issues a certificate, and who signs it.
type Issuer struct {
	Municipality string // "Gemeente Rietwaarde"
	Department   string // may be empty
	Signatory    Signatory
}

// A Document is what is printed on a certificate: never a score, a birth date, a BSN or a personnel number.
type Document struct {
	Number        Number
	Holder, Title string
	Statement     Statement
	Shown         []string // what was shown: the course's goals, at most four

	AchievedOn, ValidFrom, ValidUntil calendar.Date // ValidUntil is the last valid day; zero: no end

	CourseVersion, Lessons int           // 0 where there was no course
	TakenOverOn            calendar.Date // when it came from a list of an older administration; zero: it was earned here
	VerifyURL              string        // what the QR code holds; its token is printed nowhere else
	IssuedAt               time.Time
	Issuer
}

// Heading is "Certificaat RW-2026-7KQ4M-2XD9T-C8".
func (d Document) Heading() string { return "Certificaat " + string(d.Number) }

// Opening is "De gemeente Rietwaarde verklaart dat".
func (d Document) Opening() string {
	if name, ok := strings.CutPrefix(d.Municipality, "Gemeente "); ok {
		return "De gemeente " + name + " verklaart dat"
	}
	return d.Municipality + " verklaart dat"
}

// Goals are the goals as the holder shows them, without who: "Je kent de regels." becomes "kent de regels".
func (d Document) Goals() []string {
	var goals []string
	for _, goal := range d.Shown {
		goals = append(goals, ofHolder(goal))
	}
	return goals
}

// ofHolder turns a goal that speaks to the reader into what is said of the holder. In Dutch only these verbs differ.
func ofHolder(goal string) string {
	rest, ok := strings.CutPrefix(goal, "Je ")
	if !ok {
		return goal
	}
	verb, rest, _ := strings.Cut(rest, " ")
	switch verb {
	case "bent":
		verb = "is"
	case "hebt":
		verb = "heeft"
	case "kunt":
		verb = "kan"
	case "wilt":
		verb = "wil"
	case "zult":
		verb = "zal"
	}
	return strings.TrimSuffix(verb+" "+rest, ".")
}

// A Fact is one column below the statement.
type Fact struct{ Label, Value string }

// Facts are the columns below the statement. The first day is named only where it is not the day of the achievement.
func (d Document) Facts() []Fact {
	facts := []Fact{{"Behaald op", d.AchievedOn.Dutch()}}
	if d.ValidFrom > d.AchievedOn {
		facts = append(facts, Fact{"Geldig vanaf", d.ValidFrom.Dutch()})
	}
	until := d.ValidUntil.Dutch()
	if d.ValidUntil.IsZero() {
		until = "geen einddatum"
	}
	facts = append(facts, Fact{"Geldig tot en met", until})
	if !d.TakenOverOn.IsZero() {
		return append(facts, Fact{"Overgenomen uit een lijst op", d.TakenOverOn.Dutch()})
	}
	if d.CourseVersion == 0 {
		return facts
	}
	course := fmt.Sprintf("versie %d", d.CourseVersion)
	switch {
	case d.Lessons == 1:
		course += ", 1 les"
	case d.Lessons > 1:
		course += fmt.Sprintf(", %d lessen", d.Lessons)
	}
	return append(facts, Fact{"Cursus", course})
}

// CheckAddress is where somebody without a scanner types the number: "leren.rietwaarde.example/controle".
func (d Document) CheckAddress() string {
	site := d.VerifyURL
	if at := strings.LastIndex(site, "/c/"); at >= 0 {
		site = site[:at]
	}
	return strings.TrimPrefix(strings.TrimPrefix(site, "https://"), "http://") + "/controle"
}
