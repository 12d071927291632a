package certificates

import (
	"slices"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A SchemeKey names a scheme, such as INT-ID.
type SchemeKey string

// A Method says how a renewal reckons its dates. RECERTIFICATION §3.5.
type Method string

const (
	MethodCompletion Method = "completion" // from the day of completion: drifts
	MethodPrevious   Method = "previous"   // from the old end: early costs nothing, late gains nothing
	MethodLater      Method = "later"      // from the old end when in time, else from completion
	MethodFixed      Method = "fixed"      // everybody's ends on the same day each year
	MethodNever      Method = "never"      // no end
)

// A Path is what somebody must do for the next period.
type Path string

const (
	PathInitial   Path = "initial"   // the full training; begins a new chain
	PathRefresher Path = "refresher" // the short one; continues the chain
)

// A ComponentKind says how one part of a scheme is shown.
type ComponentKind string

const (
	ComponentCourse      ComponentKind = "course"      // a quiz of ours
	ComponentExternal    ComponentKind = "external"    // a diploma from elsewhere
	ComponentObserved    ComponentKind = "observed"    // a skill, seen by an assessor who is not the candidate
	ComponentDesignation ComponentKind = "designation" // a decision, without an end
)

// A Component (onderdeel) is one thing a scheme asks; all of them must hold.
type Component struct {
	Kind      ComponentKind
	Course    courses.CourseKey // of ComponentCourse
	Title     string
	Checklist []string // of ComponentObserved: what the assessor looks at, one thing each
}

// A Prerequisite (voorwaarde) is a scheme that comes before another one. A hard one must be held when the other begins for
// the first time or after a lapse; advice only says what is wise.
type Prerequisite struct {
	Scheme SchemeKey
	Hard   bool
}

// A Scheme (certificeringsregeling) says what somebody must show to be certified, how long that holds and how it is
// renewed. A version of a scheme never changes; a changed scheme is the next version.
type Scheme struct {
	Key          SchemeKey
	Version      int
	Title        string
	Months       int // how long a period holds; 0 only for MethodNever
	Method       Method
	WindowMonths int // before the end, in which renewing counts
	GraceMonths  int // after the end, in which the refresher still suffices

	// For MethodFixed: periods end on the day before this day of the year, after at least MinimumMonths.
	AnchorMonth   time.Month
	AnchorDay     int
	MinimumMonths int

	ComponentsWithinMonths int  // in which all components are completed; 0: 12
	AssessmentAtWork       bool // an assessor may see the skill at work instead of another attempt
	Minutes                int  // of training on the initial path
	RefresherMinutes       int  // of training on the refresher path; 0: as on the initial
	Origin                 Origin
	Citation               string        // the article or decision it comes from
	AppliesFrom            calendar.Date // zero: always
	Components             []Component
	Refreshers             []Component // on renewal one of them, in turn by cycle, is done instead of a component; none: the components themselves
	Prerequisites          []Prerequisite
}

// An Origin says where an obligation comes from: most are not law. DOMAIN §6.9.
type Origin string

const (
	OriginLaw      Origin = "wet"
	OriginCAO      Origin = "cao"
	OriginNorm     Origin = "norm"
	OriginFunction Origin = "functie"
	OriginPolicy   Origin = "beleid"
)

// Origins lists every origin, the strongest first.
func Origins() []Origin {
	return []Origin{OriginLaw, OriginCAO, OriginNorm, OriginFunction, OriginPolicy}
}

// wrongAt is what keeps a scheme from reckoning dates, with the place where it stands.
func wrongAt(field, dutch, english string) *fault.Error {
	return fault.New(fault.Invalid, dutch, english).At(field, dutch, english)
}

var (
	badMethod = wrongAt("method", "Kies hoe de geldigheid wordt gerekend: vanaf de dag van halen, altijd aansluitend, aansluitend of later, tot een vaste dag, of zonder einddatum.", "Choose how validity is reckoned: completion, previous, later, fixed or never.")
	badNever  = wrongAt("months", "Laat maanden, venster en uitloop leeg: er is geen einddatum.", "Leave months, window and grace empty: there is no end.")
	badMonths = wrongAt("months", "Kies een geldigheid van 1 tot en met 600 maanden.", "Choose a validity of 1 to 600 months.")
	badWindow = wrongAt("windowMonths", "Maak het venster korter dan de geldigheid.", "Make the window shorter than the validity.")
	badGrace  = wrongAt("graceMonths", "Maak de uitloop korter dan de geldigheid.", "Make the grace shorter than the validity.")
	badAnchor = wrongAt("anchorDay", "Kies een vaste dag die elk jaar bestaat.", "Choose a fixed day that exists every year.")
	badLeast  = wrongAt("minimumMonths", "Kies 1 tot en met 12 maanden voor de kortste periode met een vaste dag.", "Choose 1 to 12 months for the shortest period with a fixed day.")
)

// longestMonths keeps every date a scheme can reckon within the calendar.
const longestMonths = 600

// Check returns fault.Invalid for a scheme that cannot reckon dates. RECERTIFICATION §3.7.
func (s Scheme) Check() error {
	if wrong := s.reckoning(); len(wrong) > 0 {
		return wrong[0]
	}
	return nil
}

// reckoning lists everything that keeps the scheme from reckoning dates.
func (s Scheme) reckoning() (wrong []*fault.Error) {
	switch s.Method {
	case MethodNever:
		if s.Months != 0 || s.WindowMonths != 0 || s.GraceMonths != 0 {
			wrong = append(wrong, badNever)
		}
		return wrong
	case MethodCompletion, MethodPrevious, MethodLater:
	case MethodFixed:
		if s.AnchorMonth < time.January || s.AnchorMonth > time.December || s.AnchorDay < 1 || s.AnchorDay > calendar.DaysIn(2023, s.AnchorMonth) { // 2023: no leap year
			wrong = append(wrong, badAnchor)
		}
		if s.MinimumMonths < 1 || s.MinimumMonths > 12 {
			wrong = append(wrong, badLeast)
		}
	default:
		wrong = append(wrong, badMethod)
	}
	if s.Months < 1 || s.Months > longestMonths {
		return append(wrong, badMonths)
	}
	if s.WindowMonths < 0 || s.WindowMonths >= s.Months {
		wrong = append(wrong, badWindow)
	}
	if s.GraceMonths < 0 || s.GraceMonths >= s.Months {
		wrong = append(wrong, badGrace)
	}
	return wrong
}

// Asked returns what the scheme asks for the period of a cycle: on the refresher path the refresher whose turn it is takes
// the place of one component. RECERTIFICATION §4.
func (s Scheme) Asked(cycle int, path Path) []Component {
	turn := s.turn(cycle)
	if path == PathInitial || turn == 0 {
		return s.Components
	}
	asked := slices.Clone(s.Components)
	refresher := s.Refreshers[turn-1]
	asked[s.replaces(refresher)] = refresher
	return asked
}

// turn is the refresher of a cycle, counted from 1; 0 where the scheme has none. Refreshers take turns, so that nobody does
// the same quiz each time.
func (s Scheme) turn(cycle int) int {
	if len(s.Refreshers) == 0 || len(s.Components) == 0 {
		return 0
	}
	return cycle%len(s.Refreshers) + 1
}

// replaces returns the place of the component that a refresher takes: the first of its kind or else the first.
func (s Scheme) replaces(refresher Component) int {
	return max(0, slices.IndexFunc(s.Components, func(c Component) bool { return c.Kind == refresher.Kind }))
}

// CourseFor returns the course that leads to the period of a cycle; false where the scheme asks none of ours.
func (s Scheme) CourseFor(cycle int, path Path) (courses.CourseKey, bool) {
	for _, c := range s.Asked(cycle, path) {
		if c.Kind == ComponentCourse {
			return c.Course, true
		}
	}
	return "", false
}

// Has reports whether a course is a component or a refresher of the scheme.
func (s Scheme) Has(course courses.CourseKey) bool {
	is := func(c Component) bool { return c.Kind == ComponentCourse && c.Course == course }
	return slices.ContainsFunc(s.Components, is) || slices.ContainsFunc(s.Refreshers, is)
}

// PlaceOf returns the place of the component that a course of the scheme shows, from 0, and which refresher it is, counted
// from 1; 0 where it is none.
func (s Scheme) PlaceOf(course courses.CourseKey) (component, refresher int) {
	is := func(c Component) bool { return c.Kind == ComponentCourse && c.Course == course }
	if place := slices.IndexFunc(s.Components, is); place >= 0 {
		return place, 0
	}
	if place := slices.IndexFunc(s.Refreshers, is); place >= 0 {
		return s.replaces(s.Refreshers[place]), place + 1
	}
	return 0, 0
}

// PlaceOfRefresher returns the place of the component that a refresher, counted from 1, takes.
func (s Scheme) PlaceOfRefresher(n int) int { return s.replaces(s.Refreshers[n-1]) }

// MinutesOn returns how long the training on a path takes.
func (s Scheme) MinutesOn(path Path) int {
	if path == PathRefresher && s.RefresherMinutes > 0 {
		return s.RefresherMinutes
	}
	return s.Minutes
}

// IssuesCertificate reports whether a period of the scheme gets a numbered certificate of ours: every component is one
// of our courses or an observed skill. Diplomas and decisions from elsewhere are evidence. RECERTIFICATION §1.
func (s Scheme) IssuesCertificate() bool {
	for _, c := range s.Components {
		if c.Kind != ComponentCourse && c.Kind != ComponentObserved {
			return false
		}
	}
	return len(s.Components) > 0
}

// Statement is what a certificate of the scheme says of its holder: able only where an assessor saw the skill.
func (s Scheme) Statement() Statement {
	for _, c := range s.Components {
		if c.Kind == ComponentObserved {
			return StatementAble
		}
	}
	return StatementQuiz
}
