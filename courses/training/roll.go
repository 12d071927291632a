package training

import (
	"slices"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An Attendance says whether somebody was there. The empty Attendance is not known yet.
type Attendance string

const (
	Present Attendance = "present"
	Absent  Attendance = "absent"
)

// A Result says what somebody who was there achieved.
type Result string

const (
	Passed Result = "passed"
	Failed Result = "failed"
	Partly Result = "partly" // some of the components: a theory without the skill
)

// An Enrolment is one person's place in a session, or on its waiting list.
type Enrolment struct {
	Session    SessionID
	Person     staff.PersonID
	Order      int // of enrolling: the first have the places
	EnrolledAt time.Time
	EnrolledBy staff.PersonID
	LeftAt     time.Time // zero while it stands

	Attendance  Attendance
	Result      Result // empty for who was not there
	Shown       []int  // of Partly: the places of the components
	RecordedBy  staff.PersonID
	RecordedAt  time.Time
	ConfirmedBy staff.PersonID
	ConfirmedAt time.Time       // zero until somebody else confirms it
	Outcome     courses.Outcome // what confirming led to; empty where nothing was shown
}

// Stands reports whether the person did not leave.
func (e Enrolment) Stands() bool { return e.LeftAt.IsZero() }

// Recorded reports whether it is known whether the person was there.
func (e Enrolment) Recorded() bool { return e.Attendance != "" }

// Confirmed reports whether somebody else confirmed what was recorded.
func (e Enrolment) Confirmed() bool { return !e.ConfirmedAt.IsZero() }

// A Roll (deelnemerslijst) is a session with everybody who ever enrolled, in order of enrolling.
type Roll struct {
	Session
	Enrolments []Enrolment
}

// ours is how many places there are for our own people.
func (r Roll) ours() int { return r.Places - r.Elsewhere }

// Standing returns who is enrolled, with a place or without.
func (r Roll) Standing() []Enrolment {
	return slices.DeleteFunc(slices.Clone(r.Enrolments), func(e Enrolment) bool { return !e.Stands() })
}

// Attending returns who has a place: who enrolled first. Nothing moves anybody up but somebody before them leaving.
func (r Roll) Attending() []Enrolment {
	standing := r.Standing()
	return standing[:min(len(standing), r.ours())]
}

// Waiting returns who waits for a place, in order.
func (r Roll) Waiting() []Enrolment {
	standing := r.Standing()
	return standing[min(len(standing), r.ours()):]
}

// Left returns how many places are free.
func (r Roll) Left() int { return max(0, r.ours()-len(r.Standing())) }

// Of returns the enrolment of a person that stands.
func (r Roll) Of(person staff.PersonID) (Enrolment, bool) {
	at := slices.IndexFunc(r.Enrolments, func(e Enrolment) bool { return e.Person == person && e.Stands() })
	if at < 0 {
		return Enrolment{}, false
	}
	return r.Enrolments[at], true
}

// WaitingAs returns the place of a person on the waiting list, from 1; 0 for who has a place or is not enrolled.
func (r Roll) WaitingAs(person staff.PersonID) int {
	return 1 + slices.IndexFunc(r.Waiting(), func(e Enrolment) bool { return e.Person == person })
}

// A State is where a session stands at a moment; it is never stored.
type State string

const (
	Planned   State = "planned"
	Cancelled State = "cancelled"
	ToRecord  State = "to_record"  // it began: somebody says who was there
	ToConfirm State = "to_confirm" // somebody else confirms that
	Held      State = "held"
)

// State is where the session stands at a moment.
func (r Roll) State(at time.Time) State {
	attending := r.Attending()
	not := func(done func(Enrolment) bool) bool {
		return slices.ContainsFunc(attending, func(e Enrolment) bool { return !done(e) })
	}
	switch {
	case r.Cancelled():
		return Cancelled
	case !r.Begun(at):
		return Planned
	case not(Enrolment.Recorded):
		return ToRecord
	case not(Enrolment.Confirmed):
		return ToConfirm
	}
	return Held
}

var (
	calledOff  = fault.New(fault.Conflict, "Deze groepstraining gaat niet door.", "This group training does not go on.").Because("cancelled")
	begun      = fault.New(fault.Conflict, "Deze groepstraining is al begonnen.", "This group training has begun already.").Because("begun")
	notBegun   = fault.New(fault.Conflict, "Deze groepstraining moet nog beginnen. Leg daarna vast wie er was.", "This group training has still to begin. Record after that who was there.").Because("not_begun")
	twice      = fault.New(fault.Conflict, "Deze collega staat al op de lijst.", "This colleague is on the list already.").Because("enrolled")
	notOn      = fault.New(fault.Conflict, "Deze collega staat niet op de lijst.", "This colleague is not on the list.").Because("not_enrolled")
	unalike    = fault.New(fault.Conflict, "Deze lijst is al bevestigd en verandert niet meer.", "This list was confirmed already and changes no more.").Because("confirmed")
	tooFew     = wrongSession.At("places", "kies niet minder plaatsen dan er mensen met een plaats zijn", "choose no fewer places than there are people with one")
	onlyMoney  = fault.New(fault.Conflict, "Deze groepstraining is begonnen. Alleen leverancier, kosten en budget kunnen nog anders.", "This group training has begun. Only supplier, cost and budget can still change.").Because("begun")
	wrongList  = fault.New(fault.Invalid, "Deze lijst klopt nog niet:", "This list is not right yet:").Because("attendance")
	byOneself  = fault.New(fault.Forbidden, "Iemand anders dan wie de lijst invulde bevestigt hem, en niemand bevestigt zichzelf.", "Somebody else than who filled in the list confirms it, and nobody confirms themselves.").Because("self_approval")
	unrecorded = fault.New(fault.Conflict, "Leg eerst vast wie er was.", "Record first who was there.").Because("not_recorded")
)

// Open returns why nobody can enrol or leave at a moment; nil where they can.
func (r Roll) Open(at time.Time) error {
	switch {
	case r.Cancelled():
		return calledOff
	case r.Begun(at):
		return begun
	}
	return nil
}

// Enrol returns the enrolment of a person at a moment, by somebody: with a place, or at the end of the waiting list.
// fault.Conflict for who is on it already, and once the session began.
func (r Roll) Enrol(person, by staff.PersonID, at time.Time) (Enrolment, error) {
	if err := r.Open(at); err != nil {
		return Enrolment{}, err
	}
	if _, on := r.Of(person); on {
		return Enrolment{}, twice
	}
	order := 1
	for _, e := range r.Enrolments {
		order = max(order, e.Order+1)
	}
	return Enrolment{Session: r.ID, Person: person, Order: order, EnrolledAt: at, EnrolledBy: by}, nil
}

// Leave returns the enrolment of a person as it is once they left, and who moves up from the waiting list for it.
// fault.Conflict for who is not on it, and once the session began.
func (r Roll) Leave(person staff.PersonID, at time.Time) (left Enrolment, up []staff.PersonID, err error) {
	if err := r.Open(at); err != nil {
		return Enrolment{}, nil, err
	}
	left, on := r.Of(person)
	if !on {
		return Enrolment{}, nil, notOn
	}
	left.LeftAt = at
	after := r
	after.Enrolments = slices.Clone(r.Enrolments)
	for i, e := range after.Enrolments {
		if e.Order == left.Order {
			after.Enrolments[i] = left
		}
	}
	return left, r.Up(after), nil
}

// Up returns who has a place after a change and waited before it.
func (r Roll) Up(after Roll) (up []staff.PersonID) {
	for _, e := range after.Attending() {
		if r.WaitingAs(e.Person) > 0 {
			up = append(up, e.Person)
		}
	}
	return up
}

// Change returns why a session cannot become another one at a moment; nil where it can. Nobody loses a place, and once it
// began only what it costs may change.
func (r Roll) Change(to Session, at time.Time) error {
	switch {
	case r.Cancelled():
		return calledOff
	case r.Begun(at) && !r.Same(to):
		return onlyMoney
	case to.Places-to.Elsewhere < len(r.Attending()):
		return tooFew
	}
	return nil
}

// A Line is what somebody records about one participant.
type Line struct {
	Person     staff.PersonID
	Attendance Attendance // empty: not known yet
	Result     Result
	Shown      []int
}

// Record returns the enrolments that change where somebody records the whole list at a moment: who is not in lines is not
// recorded. What was confirmed does not change: fault.Conflict.
func (r Roll) Record(lines []Line, by staff.PersonID, at time.Time) (recorded []Enrolment, err error) {
	switch {
	case r.Cancelled():
		return nil, calledOff
	case !r.Begun(at):
		return nil, notBegun
	}
	attending := r.Attending()
	mistakes := *wrongList
	for i, l := range lines {
		if !slices.ContainsFunc(attending, func(e Enrolment) bool { return e.Person == l.Person }) || slices.ContainsFunc(lines[:i], func(o Line) bool { return o.Person == l.Person }) {
			mistakes = *mistakes.At(string(l.Person), "noem alleen wie een plaats heeft, elk één keer", "name only who has a place, each once")
			continue
		}
		if dutch, english := r.mistake(l); dutch != "" {
			mistakes = *mistakes.At(string(l.Person), dutch, english)
		}
	}
	if len(mistakes.Fields) > 0 {
		return nil, &mistakes
	}
	for _, e := range attending {
		l := Line{Person: e.Person}
		if at := slices.IndexFunc(lines, func(l Line) bool { return l.Person == e.Person }); at >= 0 {
			l = lines[at]
		}
		switch {
		case l.same(e.line()):
			continue
		case e.Confirmed():
			return nil, unalike
		}
		e.Attendance, e.Result, e.Shown = l.Attendance, l.Result, l.Shown
		e.RecordedBy, e.RecordedAt = by, at
		if !e.Recorded() {
			e.RecordedBy, e.RecordedAt = "", time.Time{}
		}
		recorded = append(recorded, e)
	}
	return recorded, nil
}

// mistake says what is wrong with a line; empty where nothing is.
func (r Roll) mistake(l Line) (dutch, english string) {
	switch {
	case l.Attendance == "" || l.Attendance == Absent:
		if l.Result != "" || len(l.Shown) > 0 {
			return "kies geen uitslag voor wie er niet was", "choose no result for who was not there"
		}
		return "", ""
	case l.Attendance != Present:
		return "kies aanwezig of afwezig", "choose present or absent"
	case l.Result == Partly:
		some := len(l.Shown) > 0 && len(l.Shown) < len(r.Components)
		for i, c := range l.Shown {
			some = some && slices.Contains(r.Components, c) && !slices.Contains(l.Shown[:i], c)
		}
		if !some {
			return "kies welk deel is gehaald, of kies geslaagd of niet geslaagd", "choose which part was passed, or choose passed or not passed"
		}
	case l.Result != Passed && l.Result != Failed:
		return "kies een uitslag", "choose a result"
	case len(l.Shown) > 0:
		return "kies alleen losse onderdelen als een deel is gehaald", "choose single components only where a part was passed"
	}
	return "", ""
}

// Achieved returns the places of the components that a participant showed.
func (r Roll) Achieved(e Enrolment) []int { return r.Shown(e.line()) }

// Shown returns the places of the components that somebody of whom this is recorded showed.
func (r Roll) Shown(l Line) []int {
	switch {
	case l.Attendance != Present:
		return nil
	case l.Result == Passed:
		return r.Components
	case l.Result == Partly:
		return l.Shown
	}
	return nil
}

// ToConfirm returns the lines that somebody may confirm: recorded by somebody else and about somebody else. None where
// all of it is confirmed already; fault.Conflict where nothing was recorded and fault.Forbidden where only others may.
func (r Roll) ToConfirm(by staff.PersonID) ([]Enrolment, error) {
	if r.Cancelled() {
		return nil, calledOff
	}
	var lines []Enrolment
	recorded, open := false, false
	for _, e := range r.Attending() {
		recorded = recorded || e.Recorded()
		if !e.Recorded() || e.Confirmed() {
			continue
		}
		open = true
		if e.Person != by && e.RecordedBy != by {
			lines = append(lines, e)
		}
	}
	switch {
	case !recorded:
		return nil, unrecorded
	case open && len(lines) == 0:
		return nil, byOneself
	}
	return lines, nil
}
