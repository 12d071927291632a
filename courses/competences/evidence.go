package competences

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Source says who or what showed a level.
type Source string

const (
	Self        Source = "self"        // the person; shown, and never counted alone
	Leader      Source = "leader"      // whoever leads the team
	Assessor    Source = "assessor"    // an assessor who saw the work
	Certificate Source = "certificate" // what a scheme evidences
	External    Source = "external"    // a diploma or employer elsewhere, judged here
)

// Sources lists every source, the one that weighs most first.
func Sources() []Source { return []Source{Assessor, Certificate, External, Leader, Self} }

// Counts reports whether a level from the source counts for what somebody can do.
func (s Source) Counts() bool { return s != Self }

// An Evidence is one level that somebody showed, said or was given, on a day. Evidence is never averaged: each stands with
// its source and its date, and a later one of the same source takes the place of the earlier.
type Evidence struct {
	Person     staff.PersonID
	Competence CompetenceID
	Source     Source
	Level      Level
	On         calendar.Date
	By         staff.PersonID         // who judged; empty where that is nobody
	Scheme     certificates.SchemeKey // of Certificate
}

// takesPlaceOf reports whether evidence counts where there is other evidence of the same source. What somebody judges later
// counts; but a scheme that evidences less takes nothing away from another.
func (e *Evidence) takesPlaceOf(known *Evidence) bool {
	if e.Source == Certificate && e.Level != known.Level {
		return e.Level > known.Level
	}
	return e.On > known.On || e.On == known.On && e.Level > known.Level
}

// A Standing is what is known of one person and one competence on a day.
type Standing struct {
	Competence CompetenceID
	Level      Level      // the highest of the sources that count
	Because    *Evidence  // what shows that level; nil for level 0
	Sources    []Evidence // the newest of each source, the one that weighs most first
}

// Standings works out what a person can do on a day, by competence, from the evidence about that person.
func Standings(evidence []Evidence, on calendar.Date) map[CompetenceID]Standing {
	sources := Sources()
	newest := make(map[CompetenceID][]*Evidence) // by source, in their order
	for i := range evidence {
		e := &evidence[i]
		if e.On > on {
			continue
		}
		bySource := newest[e.Competence]
		if bySource == nil {
			bySource = make([]*Evidence, len(sources))
			newest[e.Competence] = bySource
		}
		at := slices.Index(sources, e.Source)
		if bySource[at] == nil || e.takesPlaceOf(bySource[at]) {
			bySource[at] = e
		}
	}
	standings := make(map[CompetenceID]Standing, len(newest))
	for id, bySource := range newest {
		s := Standing{Competence: id}
		for _, e := range bySource {
			if e == nil {
				continue
			}
			s.Sources = append(s.Sources, *e)
			if e.Source.Counts() && e.Level > s.Level {
				s.Level, s.Because = e.Level, e
			}
		}
		standings[id] = s
	}
	return standings
}

// Proofs say what holding a certificate under each scheme evidences.
type Proofs map[certificates.SchemeKey][]Attained

// Evidence is what the certificates of a person show on a day, also those that expired since: somebody still knows what they
// knew. Whether a level counts for coverage is a matter of what is valid; see Covers. A revoked certificate shows nothing.
func (p Proofs) Evidence(periods []certificates.Period, on calendar.Date) []Evidence {
	var evidence []Evidence
	for _, period := range periods {
		if period.CompletedOn > on || period.RevokedBy(on) {
			continue
		}
		for _, a := range p[period.Scheme] {
			evidence = append(evidence, Evidence{Person: period.Person, Competence: a.Competence, Source: Certificate, Level: a.Level, On: period.CompletedOn, Scheme: period.Scheme})
		}
	}
	return evidence
}

// Levels are the levels alone, for whoever needs no sources.
func Levels(standings map[CompetenceID]Standing) map[CompetenceID]Level {
	levels := make(map[CompetenceID]Level, len(standings))
	for id, s := range standings {
		levels[id] = s.Level
	}
	return levels
}

// Covers reports whether a standing counts for the coverage of a team: from the level at which somebody works alone, and
// only while a certificate that goes with the competence is valid, where there is one.
func (c Competence) Covers(s Standing, independent Level, valid func(certificates.SchemeKey) bool) bool {
	return s.Level >= independent && (len(c.Certificates) == 0 || slices.ContainsFunc(c.Certificates, valid))
}

// A Proof is the level of a competence that one scheme evidences.
type Proof struct {
	Scheme certificates.SchemeKey
	Level  Level
}

// ProvedBy lists which certificates evidence a competence, in order of key.
func (c Catalogue) ProvedBy(id CompetenceID) []Proof {
	var proofs []Proof
	for scheme, attained := range c.Proofs {
		for _, a := range attained {
			if a.Competence == id {
				proofs = append(proofs, Proof{scheme, a.Level})
			}
		}
	}
	slices.SortFunc(proofs, func(a, b Proof) int { return cmp.Compare(a.Scheme, b.Scheme) })
	return proofs
}
