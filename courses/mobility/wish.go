package mobility

import (
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Wish is a role that somebody would like, in their own words. It is private until the person shares it, with one
// colleague at a time, and takes it back.
type Wish struct {
	ID      string
	Person  staff.PersonID
	Role    staff.RoleID
	Words   string
	On      calendar.Date
	By      calendar.Date
	PerWeek int // minutes
	Shared  []Share
}

// A Share lets one colleague see a wish.
type Share struct {
	With staff.PersonID
	On   calendar.Date
}

// SharedWith reports whether somebody may see the wish beside the person.
func (w Wish) SharedWith(reader staff.PersonID) bool {
	return slices.ContainsFunc(w.Shared, func(s Share) bool { return s.With == reader })
}
