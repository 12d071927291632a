package certificates

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Place is one thing of a scheme that somebody can show, and where it stands.
type Place struct {
	Component int // from 0
	Refresher int // which refresher takes the component's place, from 1; 0: the component itself
}

// Places lists everything that somebody can show for the scheme: its components, and then its refreshers.
func (s Scheme) Places() []Place {
	var places []Place
	for i := range s.Components {
		places = append(places, Place{Component: i})
	}
	if len(s.Components) > 0 {
		for i, r := range s.Refreshers {
			places = append(places, Place{s.replaces(r), i + 1})
		}
	}
	return places
}

// PlacesAsked returns where everything stands that Asked lists.
func (s Scheme) PlacesAsked(cycle int, path Path) []Place {
	var places []Place
	for i := range s.Components {
		places = append(places, Place{Component: i})
	}
	if turn := s.turn(cycle); turn > 0 && path == PathRefresher {
		places[s.replaces(s.Refreshers[turn-1])].Refresher = turn
	}
	return places
}

// At returns what stands at a place; false where the scheme has no such place.
func (s Scheme) At(p Place) (Component, bool) {
	for _, place := range s.Places() {
		if place == p {
			if p.Refresher > 0 {
				return s.Refreshers[p.Refresher-1], true
			}
			return s.Components[p.Component], true
		}
	}
	return Component{}, false
}

// SeenOnly reports whether only is kept that something was seen and when, and never the document: a decision, or a
// declaration without an end such as a VOG.
func (s Scheme) SeenOnly(c Component) bool {
	return c.Kind == ComponentDesignation || c.Kind == ComponentExternal && s.Method == MethodNever
}

// TakesDocument reports whether a document from elsewhere can show a component: a diploma, or a skill that an examiner
// elsewhere saw. A quiz of ours is done here.
func (s Scheme) TakesDocument(c Component) bool {
	return (c.Kind == ComponentExternal || c.Kind == ComponentObserved) && !s.SeenOnly(c)
}

// A Verdict is what somebody else says of a submission.
type Verdict string

const (
	Accept  Verdict = "accept"   // it is evidence from now on
	AskBack Verdict = "ask-back" // something is missing: the person sends it again
	Refuse  Verdict = "refuse"   // it shows not what it should
)

// A SubmissionState is where a submission stands; it is never stored.
type SubmissionState string

const (
	SubmissionWaiting   SubmissionState = "waiting"
	SubmissionAskedBack SubmissionState = "asked-back"
	SubmissionResent    SubmissionState = "resent" // asked back, and sent again as another submission
	SubmissionAccepted  SubmissionState = "accepted"
	SubmissionRefused   SubmissionState = "refused"
	SubmissionWithdrawn SubmissionState = "withdrawn"
)

// A Submission (bewijs van buiten) is a claim with a document: a person completed something elsewhere. It becomes evidence
// once somebody else accepts it.
type Submission struct {
	ID            string
	Person        staff.PersonID
	Scheme        SchemeKey
	SchemeVersion int // of which the place is one
	Place
	CompletedOn calendar.Date // of an exam: the day of the exam
	Issuer      string        // who gave the document
	Document    string        // the key of the file; it is gone once the submission is over without being accepted
	Answers     string        // the submission that was asked back and that this one follows; may be empty
	SentBy      staff.PersonID
	SentAt      time.Time
	WithdrawnAt time.Time // zero: it was not

	Verdict  Verdict // empty while nobody judged it
	Sentence string  // to the person; needed where it is not accepted
	JudgedBy staff.PersonID
	JudgedAt time.Time
	Outcome  courses.Outcome // what accepting led to
	Resent   bool            // another submission follows it
}

// State is where the submission stands.
func (s Submission) State() SubmissionState {
	switch {
	case !s.WithdrawnAt.IsZero():
		return SubmissionWithdrawn
	case s.Verdict == Accept:
		return SubmissionAccepted
	case s.Verdict == Refuse:
		return SubmissionRefused
	case s.Verdict == AskBack && s.Resent:
		return SubmissionResent
	case s.Verdict == AskBack:
		return SubmissionAskedBack
	}
	return SubmissionWaiting
}

// KeepsDocument reports whether the document is still needed. Of what was accepted long ago it is there no more.
func (s Submission) KeepsDocument() bool {
	state := s.State()
	return s.Document != "" && (state == SubmissionWaiting || state == SubmissionAskedBack || state == SubmissionAccepted)
}

// Repeats reports whether another submission claims the same with the same document.
func (s Submission) Repeats(other Submission) bool {
	return s.Person == other.Person && s.Scheme == other.Scheme && s.SchemeVersion == other.SchemeVersion && s.Place == other.Place && s.CompletedOn == other.CompletedOn && s.Issuer == other.Issuer && s.Document == other.Document
}

const (
	longestIssuer   = 100 // characters
	longestSentence = 500
)

var wrongSubmission = fault.New(fault.Invalid, "Dit bewijs kunnen we zo niet opsturen:", "This evidence cannot be sent like this:").Because("submission")

// Check reports at once everything that is wrong with what is claimed, today: fault.Invalid. known are the schemes.
func (s Submission) Check(known map[SchemeKey]Scheme, today calendar.Date) error {
	m := mistakes{*wrongSubmission}
	scheme, ok := known[s.Scheme]
	component, there := scheme.At(s.Place)
	switch {
	case !ok || !there:
		m.wrong("scheme", "kies waarvoor dit bewijs is", "choose what this evidence is for")
	case component.Kind == ComponentCourse:
		m.wrong("scheme", "hiervoor is een toets in Bekwaam: doe die", "there is a quiz in Bekwaam for this: take it")
	case !scheme.TakesDocument(component):
		m.wrong("scheme", "laat dit zien aan P&O: zij schrijven alleen op dat ze het zagen, en bewaren het niet", "show this to HR: they only note that they saw it, and keep nothing")
	}
	m.past("completedOn", s.CompletedOn, today)
	m.text("issuer", s.Issuer, longestIssuer, true)
	return m.err()
}

// oldestEvidence is how many months ago something may be completed: a working life.
const oldestEvidence = 50 * 12

// past checks a day on which something was done.
func (m *mistakes) past(field string, day, today calendar.Date) {
	switch {
	case day.IsZero():
		m.wrong(field, "vul de dag in die op het document staat", "fill in the day that the document gives")
	case day > today:
		m.wrong(field, "kies vandaag of een eerdere dag", "choose today or an earlier day")
	case day < today.AddMonths(-oldestEvidence):
		m.wrong(field, "kijk het jaar na: dit is te lang geleden", "check the year: this is too long ago")
	}
}

// sentence checks what the person is told.
func (m *mistakes) sentence(text string, needed bool) {
	switch n := len([]rune(text)); {
	case needed && strings.TrimSpace(text) == "":
		m.wrong("sentence", "schrijf een zin die de collega leest", "write a sentence that the colleague reads")
	case n > longestSentence:
		m.wrong("sentence", fmt.Sprintf("schrijf hoogstens %d tekens", longestSentence), fmt.Sprintf("write at most %d characters", longestSentence))
	}
}

var (
	judgedAlready = fault.New(fault.Conflict, "Hierover is al beslist, of het is teruggetrokken.", "This was decided already, or was withdrawn.").Because("not_waiting")
	ownEvidence   = fault.New(fault.Forbidden, "Dit moet iemand anders doen: niemand beslist over zichzelf, of over wat hij zelf heeft opgestuurd.", "Somebody else must do this: nobody decides about themselves, or about what they sent in.").Because("self_approval")
	wrongVerdict  = fault.New(fault.Invalid, "Dit oordeel klopt nog niet:", "This verdict is not right yet:").Because("verdict")
)

// Barred reports whether somebody may not judge the submission: it is about themselves, or they sent it or one of those
// before that it follows.
func (s Submission) Barred(who staff.PersonID, before ...Submission) bool {
	return who == s.Person || slices.ContainsFunc(append(before, s), func(s Submission) bool { return s.SentBy == who })
}

// Judge gives a verdict. Nobody judges their own evidence or what they sent, also not where somebody else sent it again:
// before are the submissions it follows, as their document may still be there. That is fault.Forbidden. What does not wait
// is fault.Conflict; without a sentence to the person, where one is needed, it is fault.Invalid.
func (s Submission) Judge(verdict Verdict, sentence string, by staff.PersonID, at time.Time, before ...Submission) (Submission, error) {
	if s.Barred(by, before...) {
		return s, ownEvidence
	}
	if s.State() != SubmissionWaiting {
		return s, judgedAlready
	}
	m := mistakes{*wrongVerdict}
	if verdict != Accept && verdict != AskBack && verdict != Refuse {
		m.wrong("decision", "kies goedkeuren, vragen om aanvulling of afwijzen", "choose to accept, to ask for more or to refuse")
	}
	m.sentence(sentence, verdict != Accept)
	if err := m.err(); err != nil {
		return s, err
	}
	s.Verdict, s.Sentence, s.JudgedBy, s.JudgedAt = verdict, strings.TrimSpace(sentence), by, at
	return s, nil
}

// Withdraw takes a submission back that waits, or that was asked back: fault.Conflict for another.
func (s Submission) Withdraw(at time.Time) (Submission, error) {
	if state := s.State(); state != SubmissionWaiting && state != SubmissionAskedBack {
		return s, judgedAlready
	}
	s.WithdrawnAt = at
	return s, nil
}

// Evidence is what an accepted submission shows.
func (s Submission) Evidence(id string) Evidence {
	return Evidence{ID: id, Person: s.Person, Scheme: s.Scheme, SchemeVersion: s.SchemeVersion, Component: s.Component, Refresher: s.Refresher, CompletedOn: s.CompletedOn, Source: "examen", RecordedBy: s.JudgedBy}
}
