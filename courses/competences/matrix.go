package competences

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Needed says how many people of a team must be able to do something alone.
type Needed struct {
	Team       staff.TeamID
	Competence CompetenceID
	People     int
	Note       string // why so many; may be empty
}

// A Member is everything that a matrix knows of one person.
type Member struct {
	Person      staff.PersonID
	Employments []staff.Employment     // in the team
	Evidence    []Evidence             // but for what certificates evidence
	Periods     []certificates.Period  // of whatever scheme
	Asked       map[CompetenceID]Level // by the roles in the team
}

// In reports whether somebody works in the team on a day.
func (m Member) In(day calendar.Date) bool {
	return slices.ContainsFunc(m.Employments, func(e staff.Employment) bool { return e.On(day) })
}

// A Validity is what the certificates that go with a competence are worth on a day.
type Validity string

const (
	NoneAsked Validity = ""         // the competence needs none
	IsValid   Validity = "valid"    // for longer than ExpiresSoon
	Expiring  Validity = "expiring" // soon
	Expired   Validity = "expired"
	Absent    Validity = "absent" // never held
)

// ExpiresSoon is how many days before its end a certificate asks for attention.
const ExpiresSoon = 60

// A Cell is what one person can do of one competence.
type Cell struct {
	Standing
	Asked       Level // by the role of the person in the team; 0: it does not ask it
	Counts      bool  // for the coverage of the team
	Certificate Validity
	Scheme      certificates.SchemeKey // of the certificate that holds longest, or held last
	Until       calendar.Date          // its last valid day; zero: no end, or no certificate
}

// A State says how a team stands in a competence.
type State string

const (
	Unneeded   State = ""           // nobody said how many are needed
	Fine       State = "fine"       // enough, also soon
	Soon       State = "soon"       // enough now, and too few soon
	Short      State = "short"      // too few
	Vulnerable State = "vulnerable" // too few, and at most one: whoever leaves takes it along
)

// A Row is one competence of a matrix.
type Row struct {
	Competence
	Needed  int
	Note    string
	Covered []staff.PersonID // who can do it alone and may, in order of the people of the matrix
	Before  int              // how many they were with the person who is taken to be away
	State   State
	Cells   []Cell // in order of the people of the matrix
	Risk    *Risk  // of every state but Fine and Unneeded
}

// A Matrix is what the people of a team can do on a day.
type Matrix struct {
	On      calendar.Date
	People  []staff.PersonID
	Without staff.PersonID // who is taken to be away; empty: nobody
	Rows    []Row
}

// A Catalogue is what one can be more or less good at.
type Catalogue struct {
	Frameworks  []Framework
	Competences []Competence
	Proofs      Proofs
}

// Framework finds a framework; the zero one where it is not there.
func (c Catalogue) Framework(key string) Framework {
	at := slices.IndexFunc(c.Frameworks, func(f Framework) bool { return f.Key == key })
	if at < 0 {
		return Framework{}
	}
	return c.Frameworks[at]
}

// Competence finds a competence.
func (c Catalogue) Competence(id CompetenceID) (Competence, bool) {
	at := slices.IndexFunc(c.Competences, func(known Competence) bool { return known.ID == id })
	if at < 0 {
		return Competence{}, false
	}
	return c.Competences[at], true
}

// Standings works out what a person can do on a day from what was judged and from certificates.
func (c Catalogue) Standings(judged []Evidence, periods []certificates.Period, on calendar.Date) map[CompetenceID]Standing {
	return Standings(slices.Concat(judged, c.Proofs.Evidence(periods, on)), on)
}

// Matrix works out what a team can do on a day. It has the competences of which somebody said how many are needed, that the
// roles of its people ask, or that somebody shows something of. Who does not work in the team on that day is left out; who is
// taken to be away stands in it and counts for nothing.
func (c Catalogue) Matrix(members []Member, needed []Needed, on calendar.Date, without staff.PersonID) Matrix {
	members = slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return !m.In(on) })
	matrix := Matrix{On: on, Without: without}
	standings := make([]map[CompetenceID]Standing, len(members))
	for i, m := range members {
		matrix.People = append(matrix.People, m.Person)
		standings[i] = c.Standings(m.Evidence, m.Periods, on)
	}
	for _, competence := range c.Competences {
		row := Row{Competence: competence, Cells: make([]Cell, len(members))}
		if at := slices.IndexFunc(needed, func(n Needed) bool { return n.Competence == competence.ID }); at >= 0 {
			row.Needed, row.Note = needed[at].People, needed[at].Note
		}
		relevant := row.Needed > 0
		independent := c.Framework(competence.Framework).Independent
		for i := range members {
			cell := members[i].cell(competence, independent, standings[i], on)
			relevant = relevant || cell.Asked > 0 || len(cell.Sources) > 0
			row.Cells[i] = cell
			if cell.Counts {
				row.Before++
				if members[i].Person != without {
					row.Covered = append(row.Covered, members[i].Person)
				}
			}
		}
		if relevant {
			row.judge(members, on, independent, without)
			matrix.Rows = append(matrix.Rows, row)
		}
	}
	return matrix
}

// Certified tells of every competence that certificates go with what those of one person are worth on a day.
func (c Catalogue) Certified(judged []Evidence, periods []certificates.Period, on calendar.Date) map[CompetenceID]Cell {
	standings := c.Standings(judged, periods, on)
	m := Member{Periods: periods}
	cells := make(map[CompetenceID]Cell)
	for _, competence := range c.Competences {
		if len(competence.Certificates) > 0 {
			cells[competence.ID] = m.cell(competence, c.Framework(competence.Framework).Independent, standings, on)
		}
	}
	return cells
}

// cell works out what a member can do of a competence.
func (m *Member) cell(c Competence, independent Level, standings map[CompetenceID]Standing, on calendar.Date) Cell {
	cell := Cell{Standing: standings[c.ID], Asked: m.Asked[c.ID]}
	cell.Competence = c.ID
	cell.Certificate, cell.Scheme, cell.Until = m.certificate(c, on)
	valid := func(certificates.SchemeKey) bool { return cell.Certificate == IsValid || cell.Certificate == Expiring }
	cell.Counts = c.Covers(cell.Standing, independent, valid)
	return cell
}

// certificate tells what the certificates of a member that go with a competence are worth on a day: the one that holds
// longest, what follows upon it included, or else that held last.
func (m *Member) certificate(c Competence, on calendar.Date) (Validity, certificates.SchemeKey, calendar.Date) {
	if len(c.Certificates) == 0 {
		return NoneAsked, "", 0
	}
	var best *certificates.Period
	begun := on
	for found := true; found; {
		found = false
		for i := range m.Periods {
			p := &m.Periods[i]
			if !slices.Contains(c.Certificates, p.Scheme) || p.ValidFrom > begun || p.RevokedBy(on) {
				continue
			}
			if best == nil || !best.ValidUntil.IsZero() && (p.ValidUntil.IsZero() || p.ValidUntil > best.ValidUntil) {
				best, found = p, true
			}
		}
		if found && best.ValidUntil >= on {
			begun = best.ValidUntil.AddDays(1)
		}
	}
	switch {
	case best == nil:
		return Absent, "", 0
	case best.ValidUntil.IsZero() || best.ValidUntil >= on.AddDays(ExpiresSoon):
		return IsValid, best.Scheme, best.ValidUntil
	case best.ValidUntil >= on:
		return Expiring, best.Scheme, best.ValidUntil
	}
	return Expired, best.Scheme, best.ValidUntil
}

// An EndKind says why somebody will not count any more.
type EndKind string

const (
	Leaves          EndKind = "leaves"        // the employment ends
	ContractEnds    EndKind = "contract-ends" // it was for a fixed time, and can be prolonged
	CertificateEnds EndKind = "certificate-ends"
)

// An End is when somebody who counts for a competence will not any more, as far as is known.
type End struct {
	Person staff.PersonID
	Kind   EndKind
	Last   calendar.Date          // the last day on which they count
	Scheme certificates.SchemeKey // of CertificateEnds
}

// end is the first that is known to end of what makes a member count; false where nothing is.
func (m *Member) end(cell Cell, on calendar.Date) (End, bool) {
	var ends []End
	if last, fixed, known := m.last(on); known {
		kind := Leaves
		if fixed {
			kind = ContractEnds
		}
		ends = append(ends, End{Person: m.Person, Kind: kind, Last: last})
	}
	if cell.Certificate != NoneAsked && !cell.Until.IsZero() {
		ends = append(ends, End{Person: m.Person, Kind: CertificateEnds, Last: cell.Until, Scheme: cell.Scheme})
	}
	if len(ends) == 0 {
		return End{}, false
	}
	return slices.MinFunc(ends, func(a, b End) int { return cmp.Compare(a.Last, b.Last) }), true
}

// last is the last day in the team of the employments that hold on a day or follow without a gap; not known where one of
// them has no end.
func (m *Member) last(on calendar.Date) (last calendar.Date, fixed, known bool) {
	for day := on; ; day = last.AddDays(1) {
		var longest *staff.Employment
		for i := range m.Employments {
			e := &m.Employments[i]
			if e.On(day) && (longest == nil || e.Until.IsZero() || !longest.Until.IsZero() && e.Until > longest.Until) {
				longest = e
			}
		}
		switch {
		case longest == nil:
			return last, fixed, !last.IsZero()
		case longest.Until.IsZero():
			return 0, false, false
		}
		last, fixed = longest.Until, longest.Fixed
	}
}
