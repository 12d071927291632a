package certificates

import (
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var wrongSeen = fault.New(fault.Invalid, "Dit kunnen we zo niet opschrijven:", "This cannot be noted like this:").Because("seen")

// Repeats reports whether other evidence shows the same.
func (e Evidence) Repeats(other Evidence) bool {
	return e.Person == other.Person && e.Scheme == other.Scheme && e.Component == other.Component && e.Refresher == other.Refresher && e.CompletedOn == other.CompletedOn && e.Source == other.Source
}

// Seen is the evidence that somebody showed something of which no document is kept: fault.Invalid where the scheme has no
// such thing there, or the day is not right.
func (s Scheme) Seen(id string, person staff.PersonID, p Place, on, today calendar.Date, by staff.PersonID) (Evidence, error) {
	m := mistakes{*wrongSeen}
	component, ok := s.At(p)
	if !ok || !s.SeenOnly(component) {
		m.wrong("scheme", "kies een besluit of verklaring: van een diploma wordt het document bewaard", "choose a decision or a declaration: of a diploma the document is kept")
	}
	m.past("seenOn", on, today)
	if err := m.err(); err != nil {
		return Evidence{}, err
	}
	source := "gezien"
	if component.Kind == ComponentDesignation {
		source = "besluit"
	}
	return Evidence{ID: id, Person: person, Scheme: s.Key, Component: p.Component, Refresher: p.Refresher, CompletedOn: on, Source: source, RecordedBy: by}, nil
}

// A Sighting is that somebody noted that they saw something of which no document is kept. While it stands there is evidence
// with its key.
type Sighting struct {
	Evidence
	RecordedAt time.Time
	Outcome    courses.Outcome // what it led to
	Cycle      int             // of the next period of the person, as it was once this was noted
	UndoneBy   staff.PersonID
	UndoneAt   time.Time // zero while it stands
}

var (
	followedSince = fault.New(fault.Conflict, "Hier is al iets op gevolgd, dus terugzetten kan niet meer. Trek het in op de pagina van je collega, onder Besluiten.", "Something followed from this already, so it cannot be undone any more. Revoke it on the page of your colleague, under Decisions.").Because("in_effect")
	undoneAlready = fault.New(fault.Conflict, "Dit is al teruggezet.", "This was undone already.").Because("undone")
)

// Undo takes a slip back, while nothing followed from it: what began no period, as long as none began since; what began one,
// on the same day only, since later others rely on it, and as long as no scheme that asks it first began one. requiring are
// the periods of those. Later it is fault.Conflict.
func (s Sighting) Undo(f File, requiring []Period, by staff.PersonID, at time.Time) (Sighting, error) {
	if !s.UndoneAt.IsZero() {
		return s, undoneAlready
	}
	if f.Cycle() != s.Cycle {
		return s, followedSince
	}
	if last := f.Last(); s.Outcome == courses.Certified {
		if !last.RevokedOn.IsZero() || calendar.On(s.RecordedAt) != calendar.On(at) {
			return s, followedSince
		}
		for _, p := range requiring {
			if p.ValidFrom >= last.ValidFrom {
				return s, followedSince
			}
		}
	}
	s.UndoneBy, s.UndoneAt = by, at
	return s, nil
}
