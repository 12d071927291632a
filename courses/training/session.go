// Package training knows group training: sessions with places, who comes, what that shows of people and what it costs
// their teams.
//
// It is pure: values in, values out. It imports certificates and below.
package training

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A SessionID is the key of a session, such as G4.
type SessionID string

// A Clock is a time of day in minutes after midnight, in Amsterdam.
type Clock int

// ParseClock reads HH:MM.
func ParseClock(text string) (Clock, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time like 09:30", text)
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

// String writes HH:MM.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// A Fund (soort budget) is what pays for training.
type Fund string

const (
	Statutory   Fund = "statutory"   // verplicht: what law, cao or the work demands; never on a personal budget
	Development Fund = "development" // ontwikkeling
)

// Funds lists every fund.
func Funds() []Fund { return []Fund{Statutory, Development} }

// Cents is an amount of money in eurocents.
type Cents int64

// A Session is one group training on one day.
type Session struct {
	ID         SessionID
	Title      string
	Scheme     certificates.SchemeKey
	Components []int // of the scheme, from 0: what who passes has shown; of a refresher the one it takes the place of
	Refresher  int   // which refresher of the scheme it is, from 1; 0: the components themselves
	Day        calendar.Date
	Starts     Clock
	Ends       Clock
	Place      string
	Supplier   string
	Places     int
	Elsewhere  int   // of the places: those of other municipalities, which pay their share
	Cost       Cents // of the whole session
	Fund       Fund

	PlannedBy   staff.PersonID // whom to ask about it
	Sequence    int            // rises with all that participants are told: a calendar ignores what is older
	CancelledAt time.Time      // zero while it goes on
	Version     int            // of what is planned, from 1: rises with each change
}

// Start is the moment at which the session begins.
func (s Session) Start() time.Time { return s.at(s.Starts) }

// End is the moment at which it ends.
func (s Session) End() time.Time { return s.at(s.Ends) }

func (s Session) at(c Clock) time.Time {
	y, m, d := s.Day.Civil()
	return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, calendar.Amsterdam())
}

// Begun reports whether the session began at a moment or before it.
func (s Session) Begun(at time.Time) bool { return !at.Before(s.Start()) }

// Cancelled reports whether the session does not go on.
func (s Session) Cancelled() bool { return !s.CancelledAt.IsZero() }

// Year is the year whose budget pays for the session.
func (s Session) Year() int {
	year, _, _ := s.Day.Civil()
	return year
}

// Moved reports whether participants must hear of what another version of the session says: another title, time or place.
func (s Session) Moved(was Session) bool {
	return s.Title != was.Title || s.Day != was.Day || s.Starts != was.Starts || s.Ends != was.Ends || s.Place != was.Place
}

// Same reports whether two versions of a session say the same, but for what they cost: supplier, price and fund.
func (s Session) Same(other Session) bool {
	return !s.Moved(other) && s.Scheme == other.Scheme && s.Refresher == other.Refresher && slices.Equal(s.Components, other.Components) &&
		s.Places == other.Places && s.Elsewhere == other.Elsewhere
}

// Parts returns the evidence that the session gives of the components that somebody showed.
func (s Session) Parts(shown []int) []certificates.Evidence {
	parts := make([]certificates.Evidence, len(shown))
	for i, component := range shown {
		parts[i] = certificates.Evidence{Scheme: s.Scheme, Component: component, Refresher: s.Refresher, CompletedOn: s.Day, Source: Source}
	}
	return parts
}

// Source is what evidence from a session says of where it was seen.
const Source = "groepstraining"

// Teachable lists the places of the components of a scheme that a session can show: no quiz of ours, which people take
// themselves, and no decision.
func Teachable(scheme certificates.Scheme) []int {
	var places []int
	for i, c := range scheme.Components {
		if teachable(c) {
			places = append(places, i)
		}
	}
	return places
}

func teachable(c certificates.Component) bool {
	return c.Kind == certificates.ComponentExternal || c.Kind == certificates.ComponentObserved
}

// OnStatutoryOnly reports whether training for a scheme may be paid from the statutory budget only: what law or cao demand
// is free for the employee and counts as working time (art. 7:611a BW; DOMAIN §6.6).
func OnStatutoryOnly(scheme certificates.Scheme) bool {
	return scheme.Origin == certificates.OriginLaw || scheme.Origin == certificates.OriginCAO
}

var wrongSession = fault.New(fault.Invalid, "Deze groepstraining klopt nog niet:", "This group training is not right yet:").Because("session")

const (
	longestText = 200
	mostPlaces  = 500
	mostCost    = Cents(1_000_000_00)
)

// Check reports at once everything that is wrong with a session for a scheme; the zero Scheme is one that does not exist.
func (s Session) Check(scheme certificates.Scheme) error {
	mistakes := *wrongSession
	wrong := func(field, dutch, english string) { mistakes = *mistakes.At(field, dutch, english) }
	for _, text := range []struct{ field, value, dutch, english string }{
		{"title", s.Title, "geef de training een titel", "give the training a title"},
		{"place", s.Place, "schrijf waar het is", "write where it is"},
		{"supplier", s.Supplier, "schrijf wie de training geeft", "write who gives the training"},
	} {
		if strings.TrimSpace(text.value) == "" {
			wrong(text.field, text.dutch, text.english)
		}
		if len([]rune(text.value)) > longestText {
			wrong(text.field, fmt.Sprintf("schrijf hoogstens %d tekens", longestText), fmt.Sprintf("write at most %d characters", longestText))
		}
	}
	if s.Day.IsZero() {
		wrong("day", "kies een dag", "choose a day")
	}
	if s.Starts < 0 || s.Starts >= s.Ends || s.Ends >= 24*60 {
		wrong("ends", "laat de training eindigen na het begin", "let the training end after it begins")
	}
	if s.Places < 1 || s.Places > mostPlaces {
		wrong("places", fmt.Sprintf("kies 1 tot en met %d plaatsen", mostPlaces), fmt.Sprintf("choose 1 to %d places", mostPlaces))
	}
	if s.Elsewhere < 0 || s.Elsewhere > s.Places {
		wrong("elsewhere", "geef andere gemeenten niet meer plaatsen dan er zijn", "give other municipalities no more places than there are")
	}
	if s.Cost < 0 || s.Cost > mostCost {
		wrong("cost", "schrijf een bedrag van 0 tot en met 1.000.000 euro", "write an amount of 0 to 1,000,000 euros")
	}
	s.checkShown(scheme, wrong)
	switch {
	case !slices.Contains(Funds(), s.Fund):
		wrong("fund", "kies uit welk budget de training komt", "choose which budget pays for the training")
	case s.Fund != Statutory && OnStatutoryOnly(scheme):
		wrong("fund", "kies het verplichte budget: scholing die moet van wet of cao is gratis voor je collega en komt nooit uit een budget voor ontwikkeling (artikel 7:611a BW)",
			"choose the statutory budget: training that law or cao demand is free for your colleague and never comes from a development budget (article 7:611a BW)")
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// checkShown says what is wrong with what the session shows of a scheme.
func (s Session) checkShown(scheme certificates.Scheme, wrong func(field, dutch, english string)) {
	switch {
	case scheme.Key == "":
		wrong("scheme", "kies een regeling die bestaat", "choose a scheme that exists")
		return
	case s.Refresher < 0 || s.Refresher > len(scheme.Refreshers):
		wrong("refresher", "kies een herhaling die de regeling heeft", "choose a refresher that the scheme has")
		return
	case s.Refresher > 0 && !teachable(scheme.Refreshers[s.Refresher-1]):
		wrong("refresher", "kies een herhaling die geen toets van ons is", "choose a refresher that is no quiz of ours")
	case s.Refresher > 0 && !slices.Equal(s.Components, []int{scheme.PlaceOfRefresher(s.Refresher)}):
		wrong("components", "laat bij een herhaling alleen het onderdeel staan dat zij vervangt", "with a refresher leave only the component that it replaces")
	}
	can := Teachable(scheme)
	for i, component := range s.Components {
		if slices.Contains(s.Components[:i], component) || s.Refresher == 0 && !slices.Contains(can, component) {
			wrong("components", "kies onderdelen die een training kan laten zien, elk één keer", "choose components that a training can show, each once")
			return
		}
	}
	if len(s.Components) == 0 {
		wrong("components", "kies wat iemand die slaagt heeft laten zien", "choose what somebody who passes has shown")
	}
}
