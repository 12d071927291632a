package competences

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Required is a level that a role asks, with its weight from 1 to 3.
type Required struct {
	Competence CompetenceID
	Level      Level
	Weight     int
}

// A RoleProfile (rolprofiel) says what a role asks from a day on. A version never changes; it may be of a role that nobody
// holds yet.
type RoleProfile struct {
	Role      staff.RoleID
	Version   int
	ValidFrom calendar.Date
	Required  []Required // in order of competence
}

// On returns the version of a profile that holds on a day, and otherwise the first that will: a role of the future can be
// compared with today. The versions stand in order; false where there is none.
func On(versions []RoleProfile, day calendar.Date) (RoleProfile, bool) {
	for _, p := range slices.Backward(versions) {
		if p.ValidFrom <= day {
			return p, true
		}
	}
	if len(versions) == 0 {
		return RoleProfile{}, false
	}
	return versions[0], true
}

// A Gap is what lies between what a profile asks and what somebody shows.
type Gap struct {
	Required
	Has Standing // with its sources
}

// Missing is how many levels are missing; 0 where it is met.
func (g Gap) Missing() int { return max(0, int(g.Level-g.Has.Level)) }

// Gaps compares a profile with what somebody can do: everything that is asked, also where it is met. What is missing and
// weighs most comes first.
func Gaps(profile RoleProfile, standings map[CompetenceID]Standing) []Gap {
	gaps := make([]Gap, len(profile.Required))
	for i, r := range profile.Required {
		has := standings[r.Competence]
		has.Competence = r.Competence
		gaps[i] = Gap{r, has}
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(-cmp.Compare(min(1, a.Missing()), min(1, b.Missing())), -cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Competence, b.Competence))
	})
	return gaps
}

// Met counts the gaps that are none.
func Met(gaps []Gap) int {
	n := 0
	for _, g := range gaps {
		if g.Missing() == 0 {
			n++
		}
	}
	return n
}

// A FutureRole (toekomstige rol, vacature) is a role that nobody holds yet, or a place that is open. Its profile stands under
// its key, as that of every role.
type FutureRole struct {
	staff.Role
	Vacancy    bool // a place that is open; else a role that will exist
	Team       staff.TeamID
	From       calendar.Date
	ClosesOn   calendar.Date // the last day to apply; zero: no such day
	PerWeek    int           // minutes of work
	Places     int
	Replaces   staff.PersonID // who leaves; may be empty
	Purpose    string
	Schemes    []certificates.SchemeKey // that it will require
	WithinDays int                      // after the beginning
}
