package certificates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An ObservationState is where an observation stands; it is never stored.
type ObservationState string

const (
	ObservationWaiting  ObservationState = "waiting"  // for the candidate
	ObservationSigned   ObservationState = "signed"   // by both
	ObservationDisputed ObservationState = "disputed" // the candidate does not recognise it
)

// An Observation (praktijkbeoordeling) is what an assessor saw somebody else do. The assessor signs by handing it in; once
// the candidate signs too, and everything was seen, it is evidence.
type Observation struct {
	ID            string
	Person        staff.PersonID // the candidate
	Assessor      staff.PersonID // never the candidate
	Scheme        SchemeKey
	SchemeVersion int // of which the place is one
	Place
	SeenOn calendar.Date
	Items  []ObservedItem // as the checklist of the component was then

	AssessorSignedAt  time.Time
	CandidateSignedAt time.Time       // zero while the candidate did not
	DisputedAt        time.Time       // zero: the candidate recognises it, or said nothing yet
	Dispute           string          // what the candidate says of it
	Outcome           courses.Outcome // what signing led to; empty where not everything was seen
}

// An ObservedItem is one thing of the checklist and whether it was seen.
type ObservedItem struct {
	Text  string
	Shown bool
	Note  string // needed where it was not seen: what is missing
}

// State is where the observation stands.
func (o Observation) State() ObservationState {
	switch {
	case !o.DisputedAt.IsZero():
		return ObservationDisputed
	case !o.CandidateSignedAt.IsZero():
		return ObservationSigned
	}
	return ObservationWaiting
}

// Shown reports whether the assessor saw everything.
func (o Observation) Shown() bool {
	return !slices.ContainsFunc(o.Items, func(i ObservedItem) bool { return !i.Shown })
}

// Checked lists what an assessor looks at: the checklist, or the skill itself where it has none.
func (c Component) Checked() []string {
	if len(c.Checklist) > 0 {
		return c.Checklist
	}
	return []string{cmp.Or(c.Title, "De vaardigheid is gezien")}
}

// RepeatedBy reports whether another observation is the same one, handed in before, and still waits.
func (o Observation) RepeatedBy(before Observation) bool {
	return before.State() == ObservationWaiting && before.Person == o.Person && before.Assessor == o.Assessor && before.Scheme == o.Scheme && before.SchemeVersion == o.SchemeVersion && before.Place == o.Place &&
		before.SeenOn == o.SeenOn && slices.Equal(before.Items, o.Items)
}

// oldestObservation is how many months later somebody may still write down what they saw.
const oldestObservation = 3

var wrongObservation = fault.New(fault.Invalid, "Deze beoordeling klopt nog niet:", "This assessment is not right yet:").Because("observation")

// Check reports at once everything that is wrong with an observation that an assessor hands in today: fault.Invalid. known
// are the schemes. Nobody assesses themselves: fault.Forbidden.
func (o Observation) Check(known map[SchemeKey]Scheme, today calendar.Date) error {
	if o.Person == o.Assessor {
		return ownEvidence
	}
	m := mistakes{*wrongObservation}
	component, ok := known[o.Scheme].At(o.Place)
	if !ok || component.Kind != ComponentObserved {
		m.wrong("scheme", "kies een vaardigheid die op het werk wordt bekeken", "choose a skill that is observed at work")
		return m.err()
	}
	switch {
	case o.SeenOn.IsZero():
		m.wrong("seenOn", "vul in op welke dag je het zag", "fill in on which day you saw it")
	case o.SeenOn > today:
		m.wrong("seenOn", "kies vandaag of een eerdere dag", "choose today or an earlier day")
	case o.SeenOn < today.AddMonths(-oldestObservation):
		m.wrong("seenOn", "dit is te lang geleden: kijk nog een keer mee", "this is too long ago: observe it once more")
	}
	checked := component.Checked()
	if len(o.Items) != len(checked) {
		m.wrong("items", fmt.Sprintf("beantwoord alle %d punten van de lijst", len(checked)), fmt.Sprintf("answer all %d points of the list", len(checked)))
		return m.err()
	}
	for i, item := range o.Items {
		at := fmt.Sprintf("items[%d]", i)
		switch {
		case item.Text != checked[i]:
			m.wrong(at, "de lijst is intussen veranderd: begin opnieuw", "the list was changed in the meantime: begin again")
		case !item.Shown && strings.TrimSpace(item.Note) == "":
			m.wrong(at, "schrijf wat er nog ontbreekt, in een zin die je collega leest", "write what is still missing, in a sentence your colleague reads")
		case len([]rune(item.Note)) > longestSentence:
			m.wrong(at, fmt.Sprintf("schrijf hoogstens %d tekens", longestSentence), fmt.Sprintf("write at most %d characters", longestSentence))
		}
	}
	return m.err()
}

var (
	answeredAlready = fault.New(fault.Conflict, "Je hebt hier al op geantwoord.", "You answered this already.").Because("not_waiting")
	wrongAnswer     = fault.New(fault.Invalid, "Dit antwoord klopt nog niet:", "This answer is not right yet:").Because("signature")
)

// Sign is the candidate's signature; fault.Conflict where they answered already.
func (o Observation) Sign(at time.Time) (Observation, error) {
	if o.State() != ObservationWaiting {
		return o, answeredAlready
	}
	o.CandidateSignedAt = at
	return o, nil
}

// Deny is the candidate saying that they do not recognise it, with a sentence why: nothing comes of it.
func (o Observation) Deny(sentence string, at time.Time) (Observation, error) {
	if o.State() != ObservationWaiting {
		return o, answeredAlready
	}
	m := mistakes{*wrongAnswer}
	switch sentence = strings.TrimSpace(sentence); {
	case sentence == "":
		m.wrong("sentence", "schrijf wat er volgens jou niet klopt", "write what you think is not right")
	default:
		m.sentence(sentence, true)
	}
	o.DisputedAt, o.Dispute = at, sentence
	return o, m.err()
}

// Evidence is what a signed observation shows.
func (o Observation) Evidence(id string) Evidence {
	return Evidence{ID: id, Person: o.Person, Scheme: o.Scheme, SchemeVersion: o.SchemeVersion, Component: o.Component, Refresher: o.Refresher, CompletedOn: o.SeenOn, Source: "praktijk", RecordedBy: o.Assessor}
}
