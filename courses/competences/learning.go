package competences

import (
	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// An ItemID is the key of a learning item, such as L12.
type ItemID string

// An ItemKind says what kind of learning an item is, in the customer's own words: cursus, meelopen, stage.
type ItemKind string

// A LearningItem (leeraanbod) is one thing somebody can do to learn: a course of ours, a diploma from elsewhere, working
// along with a colleague. What evidences nothing is never proposed to close a gap.
type LearningItem struct {
	ID       ItemID
	Title    string
	Kind     ItemKind
	Course   courses.CourseKey      // of ours; else empty
	Scheme   certificates.SchemeKey // that it leads to; else empty
	Supplier string
	Minutes  int // of the participant, all working time
	Cents    int // what it costs for one person
	Weeks    int // from start to finish, waiting included
	Places   int // 0: no limit
	Guide    staff.PersonID
	Assessor staff.PersonID

	Starts []Start       // the times it is given; none: at any time
	Until  calendar.Date // the last day on which it can end; zero: no such day

	After     []ItemID               // all of them first
	AfterAny  []ItemID               // one of them first; none: nothing
	AtLeast   []Attained             // levels somebody must have already
	Earlier   certificates.SchemeKey // that somebody must have held; else empty
	Evidences []Raise
	Statutory bool // law or collective agreement asks it: never on a personal budget (art. 7:611a BW)
}

// A Start is one time an item is given: its days, in order.
type Start []calendar.Date

// An Attained is a level of a competence that somebody must have first.
type Attained struct {
	Competence CompetenceID
	Level      Level
}

// Brings reports whether the item brings somebody with a level of a competence further.
func (i LearningItem) Brings(id CompetenceID, level Level) bool {
	for _, r := range i.Evidences {
		if r.Competence == id && r.From <= level && r.To > level {
			return true
		}
	}
	return false
}
