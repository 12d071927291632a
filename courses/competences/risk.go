package competences

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// departureAhead is for how many months a known departure asks for attention: a successor takes about that long to learn.
const departureAhead = 6

// A Risk says why a team is vulnerable in a competence and the one thing that helps most.
type Risk struct {
	Competence CompetenceID
	Name       string
	State      State
	Needed     int
	Covered    []staff.PersonID
	Ends       []End         // of who counts, the first first: of Soon those that make too few, else all that are known
	From       calendar.Date // of Soon: the first day with too few
	Help       Help
}

// A HelpKind says what helps.
type HelpKind string

const (
	Renew   HelpKind = "renew"   // somebody can do it and lacks a valid certificate, or has one that ends
	Teach   HelpKind = "teach"   // somebody knows some of it
	Recruit HelpKind = "recruit" // nobody in the team knows any of it
)

// A Help is the one thing that helps most.
type Help struct {
	Kind   HelpKind
	Person staff.PersonID
	Level  Level                  // of Teach: what the person has
	Scheme certificates.SchemeKey // of Renew
	By     calendar.Date          // the last day on which it is in time; zero: as soon as can be
}

// judge works out how the team stands in a row, and why.
func (r *Row) judge(members []Member, on calendar.Date, independent Level, without staff.PersonID) {
	if r.Needed == 0 {
		return
	}
	var ends []End
	for i := range members {
		if m := &members[i]; slices.Contains(r.Covered, m.Person) {
			if e, known := m.end(r.Cells[i], on); known {
				ends = append(ends, e)
			}
		}
	}
	slices.SortStableFunc(ends, func(a, b End) int { return cmp.Compare(a.Last, b.Last) })
	risk := Risk{Competence: r.ID, Name: r.Name, Needed: r.Needed, Covered: r.Covered, Ends: ends}
	switch spare := len(r.Covered) - r.Needed; {
	case spare < 0 && len(r.Covered) <= 1:
		r.State = Vulnerable
	case spare < 0:
		r.State = Short
	case spare < len(ends) && ends[spare].soon(on):
		r.State = Soon
		risk.Ends, risk.From = slices.DeleteFunc(ends, func(e End) bool { return !e.soon(on) }), ends[spare].Last.AddDays(1)
	default:
		r.State = Fine
		return
	}
	risk.State = r.State
	risk.Help = r.help(members, risk, independent, without)
	r.Risk = &risk
}

// soon reports whether an end asks for attention on a day.
func (e End) soon(on calendar.Date) bool {
	if e.Kind == CertificateEnds {
		return e.Last < on.AddDays(ExpiresSoon)
	}
	return e.Last < on.AddMonths(departureAhead)
}

// help finds who is nearest to doing the work alone: of whoever only needs a certificate the first whose ends, else who
// knows most of it.
func (r *Row) help(members []Member, risk Risk, independent Level, without staff.PersonID) Help {
	for _, e := range risk.Ends {
		if risk.State == Soon && e.Kind == CertificateEnds {
			return Help{Kind: Renew, Person: e.Person, Scheme: e.Scheme, By: e.Last}
		}
	}
	best := Help{Kind: Recruit}
	for i, cell := range r.Cells {
		person := members[i].Person
		switch {
		case cell.Counts || person == without || cell.Level == 0:
		case cell.Level >= independent:
			return Help{Kind: Renew, Person: person, Scheme: cmp.Or(cell.Scheme, r.Certificates[0])}
		case cell.Level > best.Level:
			best = Help{Kind: Teach, Person: person, Level: cell.Level}
		}
	}
	if best.Kind == Teach && len(risk.Ends) > 0 && risk.Ends[0].Kind != CertificateEnds {
		best.By = risk.Ends[0].Last // while there is somebody to learn it from
	}
	return best
}

// Risks are the risks of a matrix: where the team is too few, those with the fewest people first, then where it will be soon,
// in order of day.
func (m Matrix) Risks() []Risk {
	var risks []Risk
	for _, r := range m.Rows {
		if r.Risk != nil {
			risks = append(risks, *r.Risk)
		}
	}
	slices.SortStableFunc(risks, func(a, b Risk) int {
		return cmp.Or(cmp.Compare(a.urgency(), b.urgency()), cmp.Compare(len(a.Covered), len(b.Covered)), cmp.Compare(a.From, b.From))
	})
	return risks
}

// urgency is lower for what can wait less.
func (r Risk) urgency() int { return slices.Index([]State{Vulnerable, Short, Soon}, r.State) }
