package certificates

import (
	"cmp"
	"slices"

	"bekwaam/courses/calendar"
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
	Subject       string         // whom, in the terms of the kind; empty for everybody
	SubjectName   string         // as people say it: "medewerker frontoffice Burgerzaken"
	Roles         []staff.RoleID // of ForProcess and ForApplication: which roles do that work
	Since         calendar.Date  // zero: always
	Until         calendar.Date  // the last day; zero: no end
	StartersOnly  bool           // only whoever begins on or after Since
	InductionDays int            // how long a newcomer may take
	DueOn         calendar.Date  // not due before this day, whoever was there already; zero: no such day
	Origin        Origin
	Citation      string // the article or decision it comes from
}

// A Demand is a requirement as it falls on one person: a stretch of days.
type Demand struct {
	Requirement
	From calendar.Date
	Last calendar.Date // the last day; zero: no end known
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
		var stretches []Demand
		falls := func(from, last calendar.Date) {
			if r.StartersOnly && from < r.Since {
				return
			}
			d := Demand{Requirement: r, From: max(from, r.Since), Last: earliest(last, r.Until)}
			d.Fell = d.From
			if d.Last.IsZero() || d.From <= d.Last {
				stretches = append(stretches, d)
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
				if slices.Contains(r.Roles, e.Role) {
					falls(e.From, e.Until)
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
		demands = append(demands, merge(stretches)...)
	}
	slices.SortStableFunc(demands, func(a, b Demand) int { return cmp.Compare(a.From, b.From) })
	return demands
}

// merge joins stretches of one requirement that touch or overlap.
func merge(stretches []Demand) []Demand {
	slices.SortFunc(stretches, func(a, b Demand) int { return cmp.Compare(a.From, b.From) })
	var merged []Demand
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
