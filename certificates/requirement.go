package certificates

import (
	"cmp"
	"fmt"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A SubjectKind says to what a requirement is tied.
type SubjectKind string

const (
	ForEverybody   SubjectKind = "everybody"
	ForRole        SubjectKind = "role"        // subject: a staff.RoleID
	ForDesignation SubjectKind = "designation" // subject: a staff.DesignationKind
	ForTeam        SubjectKind = "team"        // subject: a staff.TeamID
	ForProcess     SubjectKind = "process"     // subject: a staff.ActivityID; whoever's role works in it
	ForApplication SubjectKind = "application" // subject: a staff.ActivityID; whoever's role works with it
	ForPerson      SubjectKind = "person"      // subject: a staff.PersonID
)

// A Requirement (verplichting) says who must hold a scheme. RECERTIFICATION §1.
type Requirement struct {
	ID            string
	Scheme        SchemeKey
	SubjectKind   SubjectKind
	Subject       string              // whom, in the terms of the kind; empty for everybody
	SubjectName   string              // as people say it: "medewerker frontoffice Burgerzaken"
	Roles         []staff.RoleStretch // of ForProcess and ForApplication: which roles do that work, and when
	Since         calendar.Date       // zero: always
	Until         calendar.Date       // the last day; zero: no end
	StartersOnly  bool                // only whoever begins on or after Since
	InductionDays int                 // how long a newcomer may take
	DueOn         calendar.Date       // not due before this day, whoever was there already; zero: no such day
	Origin        Origin
	Citation      string // the article or decision it comes from
}

// Subjects are what requirements can be tied to: by kind the key of each with its name.
type Subjects map[SubjectKind]map[string]string

var wrongRequirement = fault.New(fault.Invalid, "Deze verplichting klopt nog niet:", "This requirement is not right yet:").Because("requirement")

// longestInduction is how many days a newcomer may have: ten years.
const longestInduction = 3650

// Check reports at once everything that is wrong with a requirement, with what to do about it: fault.Invalid.
func (r Requirement) Check(book Book, known Subjects) error {
	m := mistakes{*wrongRequirement}
	versions := book[r.Scheme]
	names, kindExists := known[r.SubjectKind]
	switch _, there := names[r.Subject]; {
	case r.SubjectKind == ForEverybody && r.Subject != "":
		m.wrong("subject", "laat dit leeg: iedereen is iedereen", "leave this out: everybody is everybody")
	case r.SubjectKind == ForEverybody:
	case !kindExists:
		m.wrong("subjectKind", "kies iedereen, een rol, taak, team, proces, applicatie of collega", "choose everybody, a role, designation, team, process, application or person")
	case !there && r.SubjectKind == ForPerson:
		m.wrong("subject", "er is geen collega met dit personeelsnummer: kijk het na", "there is no colleague with this personnel number: check it")
	case !there:
		m.wrong("subject", "dit bestaat niet: kies er een uit de lijst", "this does not exist: choose one from the list")
	}
	switch {
	case len(versions) == 0:
		m.wrong("scheme", "deze regeling bestaat niet: kies er een uit de lijst", "this scheme does not exist: choose one from the list")
	case r.Since < versions[0].AppliesFrom:
		m.wrong("since", fmt.Sprintf("kies %s of later: dan gaat de regeling in", versions[0].AppliesFrom.Dutch()), fmt.Sprintf("choose %s or later: then the scheme begins to apply", versions[0].AppliesFrom.English()))
	}
	if !r.Until.IsZero() && r.Until < r.Since {
		m.wrong("until", fmt.Sprintf("kies %s of later, of laat het leeg", r.Since.Dutch()), fmt.Sprintf("choose %s or later, or leave it empty", r.Since.English()))
	}
	if !r.DueOn.IsZero() && r.DueOn < r.Since {
		m.wrong("dueOn", fmt.Sprintf("kies %s of later, of laat het leeg: ervoor wordt er niets gevraagd", r.Since.Dutch()), fmt.Sprintf("choose %s or later, or leave it empty: before then nothing is asked", r.Since.English()))
	}
	if r.StartersOnly && r.Since.IsZero() {
		m.wrong("since", "kies een eerste dag: wie daarna begint, is een starter", "choose a first day: whoever begins after that is a starter")
	}
	m.day("since", r.Since)
	m.day("until", r.Until)
	m.day("dueOn", r.DueOn)
	m.between("inductionDays", r.InductionDays, 0, longestInduction)
	m.origin(r.Origin, r.Citation)
	return m.err()
}

// Mark is short for what a requirement says, whatever it is about: another mark is another text.
func (r Requirement) Mark() string {
	r.SubjectName, r.Roles = "", nil
	return mark(r)
}

// Begun reports whether the requirement holds on a day or held before it.
func (r Requirement) Begun(day calendar.Date) bool { return r.Since <= day }

// A Demand is a requirement as it falls on one person: a stretch of days.
type Demand struct {
	Requirement
	From calendar.Date
	Last calendar.Date // the last day; zero: no end known
	Held calendar.Date // since when the person has the role, task or work it is about
	Fell calendar.Date // when it first fell on the person; From is later where an exemption came between
}

// On reports whether the demand holds on a day.
func (d Demand) On(day calendar.Date) bool {
	return day >= d.From && (d.Last.IsZero() || day <= d.Last)
}

// Demands works out when requirements fall on a person, in order of their first day. Stretches of one requirement that
// touch or overlap, as with a renewed contract, are one demand: its induction does not start again.
func Demands(requirements []Requirement, person staff.PersonID, employments []staff.Employment, designations []staff.Designation) []Demand {
	var demands []Demand
	for _, r := range requirements {
		first := len(demands) // of the stretches of this requirement
		falls := func(from, last calendar.Date) {
			if r.StartersOnly && from < r.Since {
				return
			}
			d := Demand{Requirement: r, From: max(from, r.Since), Last: earliest(last, r.Until)}
			d.Held, d.Fell = from, d.From
			if d.Last.IsZero() || d.From <= d.Last {
				demands = append(demands, d)
			}
		}
		for _, e := range employments {
			switch r.SubjectKind {
			case ForEverybody:
				falls(e.From, e.Until)
			case ForRole:
				if string(e.Role) == r.Subject {
					falls(e.From, e.Until)
				}
			case ForTeam:
				if string(e.Team) == r.Subject {
					falls(e.From, e.Until)
				}
			case ForProcess, ForApplication:
				for _, s := range r.Roles {
					from, last := max(e.From, s.From), earliest(e.Until, s.Until)
					if s.Role == e.Role && (last.IsZero() || from <= last) {
						falls(from, last)
					}
				}
			case ForPerson:
				if string(person) == r.Subject {
					falls(e.From, e.Until)
				}
			case ForDesignation:
				for _, d := range designations {
					if string(d.Kind) == r.Subject {
						falls(max(e.From, d.From), earliest(e.Until, d.Until))
					}
				}
			}
		}
		demands = append(demands[:first], merge(demands[first:])...)
	}
	slices.SortStableFunc(demands, func(a, b Demand) int { return cmp.Compare(a.From, b.From) })
	return demands
}

// merge joins stretches of one requirement that touch or overlap, in place.
func merge(stretches []Demand) []Demand {
	slices.SortFunc(stretches, func(a, b Demand) int { return cmp.Compare(a.From, b.From) })
	merged := stretches[:0]
	for _, s := range stretches {
		n := len(merged) - 1
		if n < 0 || (!merged[n].Last.IsZero() && s.From > merged[n].Last.AddDays(1)) {
			merged = append(merged, s)
			continue
		}
		if !merged[n].Last.IsZero() && (s.Last.IsZero() || s.Last > merged[n].Last) {
			merged[n].Last = s.Last
		}
	}
	return merged
}

// earliest is the earlier of two days, where zero means that there is none.
func earliest(a, b calendar.Date) calendar.Date {
	if a.IsZero() || (!b.IsZero() && b < a) {
		return b
	}
	return a
}
