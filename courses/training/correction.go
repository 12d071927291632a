package training

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Correction (correctie) changes a line that was confirmed, once yet another person confirms it.
type Correction struct {
	Session SessionID
	Order   int // of the enrolment
	Number  int // of the corrections of this line, from 1
	Was     Line
	Line
	Reason      string
	CorrectedBy staff.PersonID
	CorrectedAt time.Time
	ConfirmedBy staff.PersonID
	ConfirmedAt time.Time // zero while it waits
}

// Waits reports whether nobody confirmed it yet.
func (c Correction) Waits() bool { return c.ConfirmedAt.IsZero() }

const longestReason = 500

var (
	notConfirmed    = fault.New(fault.Conflict, "Deze regel is nog niet bevestigd. Verander hem op de lijst.", "This line was not confirmed yet. Change it on the list.").Because("not_confirmed")
	noCorrection    = fault.New(fault.Conflict, "Er wacht geen correctie.", "No correction waits.").Because("no_correction")
	wrongCorrection = fault.New(fault.Invalid, "Deze correctie klopt nog niet:", "This correction is not right yet:").Because("correction")
	correctsOneself = fault.New(fault.Forbidden, "Niemand corrigeert de eigen regel. Vraag een collega.", "Nobody corrects their own line. Ask a colleague.").Because("self_approval")
	otherCorrection = fault.New(fault.Conflict, "Er staat intussen een andere correctie. Lees die eerst.", "There is another correction meanwhile. Read that first.").Because("stale")
	byAnother       = fault.New(fault.Forbidden, "Iemand anders dan wie de correctie maakte bevestigt haar, en niemand bevestigt zichzelf.", "Somebody else than who made the correction confirms it, and nobody confirms themselves.").Because("self_approval")
)

// line is what was recorded about somebody.
func (e Enrolment) line() Line {
	return Line{Person: e.Person, Attendance: e.Attendance, Result: e.Result, Shown: e.Shown}
}

// same reports whether two lines say the same of somebody.
func (l Line) same(other Line) bool {
	return l.Attendance == other.Attendance && l.Result == other.Result && slices.Equal(l.Shown, other.Shown)
}

// Correct returns the correction of a confirmed line, by somebody at a moment. One that waits is replaced by it.
func (r Roll) Correct(to Line, reason string, before []Correction, by staff.PersonID, at time.Time) (Correction, error) {
	e, on := r.Of(to.Person)
	switch {
	case !on:
		return Correction{}, notOn
	case !e.Confirmed():
		return Correction{}, notConfirmed
	case to.Person == by:
		return Correction{}, correctsOneself
	}
	c := Correction{Session: r.ID, Order: e.Order, Number: len(before) + 1, Was: e.line(), Line: to, Reason: strings.TrimSpace(reason), CorrectedBy: by, CorrectedAt: at}
	if len(before) > 0 && before[len(before)-1].Waits() {
		c.Number--
	}
	mistakes := *wrongCorrection
	if dutch, english := r.mistake(to); dutch != "" {
		mistakes = *mistakes.At("result", dutch, english)
	} else if to.Attendance == "" || to.same(c.Was) {
		mistakes = *mistakes.At("result", "kies wat er had moeten staan", "choose what it should have said")
	}
	if n := utf8.RuneCountInString(c.Reason); n == 0 || n > longestReason {
		mistakes = *mistakes.At("reason", "schrijf in hoogstens 500 tekens wat er mis was", "write in at most 500 characters what was wrong")
	}
	if len(mistakes.Fields) > 0 {
		return Correction{}, &mistakes
	}
	return c, nil
}

// ConfirmCorrection returns the correction that waits for a line and the line as it is once somebody confirmed it. made is
// when the correction was made that they read: another that came in its place is not theirs to confirm unread.
func (r Roll) ConfirmCorrection(person staff.PersonID, corrections []Correction, made time.Time, by staff.PersonID, at time.Time) (Correction, Enrolment, error) {
	e, on := r.Of(person)
	if !on {
		return Correction{}, Enrolment{}, notOn
	}
	if len(corrections) == 0 || !corrections[len(corrections)-1].Waits() {
		return Correction{}, Enrolment{}, noCorrection
	}
	c := corrections[len(corrections)-1]
	if by == person || by == c.CorrectedBy {
		return Correction{}, Enrolment{}, byAnother
	}
	if !c.CorrectedAt.Equal(made) {
		return Correction{}, Enrolment{}, otherCorrection
	}
	c.ConfirmedBy, c.ConfirmedAt = by, at
	e.Attendance, e.Result, e.Shown = c.Attendance, c.Result, c.Shown
	e.RecordedBy, e.RecordedAt, e.ConfirmedBy, e.ConfirmedAt = c.CorrectedBy, c.CorrectedAt, by, at
	return c, e, nil
}
