package notices

import (
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// patience is how many days something stays unanswered before it goes one level up.
const patience = 14

// An Unanswered is a duty that its person was told of and did not do.
type Unanswered struct {
	DueOn  calendar.Date
	ToldOn calendar.Date // when its person was first told of this last day; zero: never
	Level  int           // to which it went up; 0: not yet
	WentOn calendar.Date // when
}

// Rises returns the level to which a duty goes up on a day, and false where it does not. It goes one level at a time, also
// after days that were missed, and never before the person themselves had time to answer. RECERTIFICATION §7.
func (u Unanswered) Rises(on calendar.Date) (level int, up bool) {
	if u.ToldOn.IsZero() {
		return 0, false
	}
	since := max(u.DueOn, u.ToldOn)
	if u.Level > 0 {
		since = u.WentOn
	}
	return u.Level + 1, since.DaysUntil(on) >= patience
}

// Line returns who is told at a level: first the leaders of somebody's teams, then HR. Nobody is told about themselves;
// who has no other leader begins with HR.
func Line(person staff.PersonID, leaders, officers []staff.PersonID, level int) []staff.PersonID {
	others := func(people []staff.PersonID) []staff.PersonID {
		people = slices.DeleteFunc(slices.Clone(people), func(p staff.PersonID) bool { return p == person || p == "" })
		slices.Sort(people)
		return slices.Compact(people)
	}
	if up := others(leaders); level == 1 && len(up) > 0 {
		return up
	}
	return others(officers)
}
