// Package staff knows who works where, in which role, and what they may do in the product.
//
// It is pure: values in, values out. It imports only calendar and fault.
package staff

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
)

// A PersonID is a personnel number, such as RW1013; it is the key of a person everywhere.
type PersonID string

// A TeamID is the key of a team, such as T1.
type TeamID string

// A RoleID is the key of a role, such as R01.
type RoleID string

// A Person is somebody with an account: an employee or an administrator.
type Person struct {
	ID            PersonID
	First         string
	Infix         string // "van den", "el"; may be empty
	Last          string
	Email         string
	Administrator bool // manages the installation; need not be employed
}

// Name is the full name as it is written: "Marloes van Rijn".
func (p Person) Name() string {
	return strings.Join(strings.Fields(p.First+" "+p.Infix+" "+p.Last), " ")
}

// A Team is a group of people with one leader.
type Team struct {
	ID      TeamID
	Name    string
	Cluster string
	Leader  PersonID
}

// A Role is a kind of work. Who holds it through an employment has its functions in the product.
type Role struct {
	ID        RoleID
	Code      string // "frontoffice-burgerzaken", the name course files use for target roles
	Name      string
	Cluster   string
	Functions []Function
}

// An Employment is a stretch of time in which a person holds a role in a team. A person may have several at once.
type Employment struct {
	Person PersonID
	Number int // counts a person's employments from 1
	Team   TeamID
	Role   RoleID
	From   calendar.Date
	Until  calendar.Date // the last day; zero: no end known
	Fixed  bool          // for a fixed time: the end was agreed when it began, and may be put off
}

// On reports whether the employment holds on a day.
func (e Employment) On(day calendar.Date) bool { return within(day, e.From, e.Until) }

// A DesignationKind is a task beside the role, with certificates and an end of its own.
type DesignationKind string

const (
	EmergencyResponder  DesignationKind = "bhv"                 // bedrijfshulpverlener
	KnowledgeHolder     DesignationKind = "kennisdrager"        // knows a subject and tells colleagues what changes
	WorkplaceAssessor   DesignationKind = "praktijkbeoordelaar" // observes skills, never their own
	TrainingCoordinator DesignationKind = "opleidingscoordinator"
	CareerAdviser       DesignationKind = "loopbaanadviseur"
	ApplicationOwner    DesignationKind = "applicatie-eigenaar"
	WorksCouncilMember  DesignationKind = "or-lid"
	SecurityOfficer     DesignationKind = "ciso"
	PrivacyOfficer      DesignationKind = "privacy-officer"
)

// designationNames are what people call each kind.
var designationNames = map[DesignationKind]string{
	EmergencyResponder: "bedrijfshulpverlener (BHV)", KnowledgeHolder: "kennisdrager", WorkplaceAssessor: "praktijkbeoordelaar", TrainingCoordinator: "opleidingscoördinator",
	CareerAdviser: "loopbaanadviseur", ApplicationOwner: "applicatie-eigenaar", WorksCouncilMember: "OR-lid", SecurityOfficer: "CISO", PrivacyOfficer: "privacy officer",
}

// DesignationKinds lists every kind, sorted.
func DesignationKinds() []DesignationKind { return slices.Sorted(maps.Keys(designationNames)) }

// Name is what people call the kind: "bedrijfshulpverlener (BHV)".
func (k DesignationKind) Name() string { return designationNames[k] }

// A Designation gives a person a task for a stretch of time.
type Designation struct {
	Person  PersonID
	Kind    DesignationKind
	Subject string        // of what: "reisdocumenten"; may be empty
	From    calendar.Date // zero: always
	Until   calendar.Date // the last day; zero: no end known
}

// On reports whether the designation holds on a day.
func (d Designation) On(day calendar.Date) bool { return within(day, d.From, d.Until) }

func within(day, from, until calendar.Date) bool {
	return day >= from && (until.IsZero() || day <= until)
}

// An ActivityID is the key of a process or an application, such as P1.
type ActivityID string

// An ActivityKind says what people work on, or with what.
type ActivityKind string

const (
	Process     ActivityKind = "process"
	Application ActivityKind = "application"
)

// An Activity is a process or an application with the roles that work on it.
type Activity struct {
	ID    ActivityID
	Kind  ActivityKind
	Name  string
	Roles []RoleStretch // in order of role and first day
}

// A RoleStretch is a stretch of time in which a role works on an activity. A role that comes back has several.
type RoleStretch struct {
	Role  RoleID
	From  calendar.Date // zero: always
	Until calendar.Date // the last day; zero: no end
}

// Always makes roles that work on an activity without a first or last day.
func Always(roles ...RoleID) []RoleStretch {
	var stretches []RoleStretch
	for _, role := range roles {
		stretches = append(stretches, RoleStretch{Role: role})
	}
	return stretches
}

// Working lists the roles that work on the activity without an end, sorted.
func (a Activity) Working() []RoleID {
	var roles []RoleID
	for _, s := range a.Roles {
		if s.Until.IsZero() {
			roles = append(roles, s.Role)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}

// Reassign lets exactly these roles work on the activity from a day on. Days before it stay as they were.
func (a *Activity) Reassign(roles []RoleID, day calendar.Date) {
	yesterday := day.AddDays(-1)
	var stretches []RoleStretch
	for _, s := range a.Roles {
		goesOn := slices.Contains(roles, s.Role)
		switch {
		case goesOn && s.Until == yesterday: // it went out on this same day
			s.Until = 0
		case !goesOn && s.Until.IsZero() && s.From == day: // it came in on this same day
			continue
		case !goesOn && s.Until.IsZero():
			s.Until = yesterday
		}
		stretches = append(stretches, s)
	}
	a.Roles = stretches
	for working := a.Working(); len(roles) > 0; roles = roles[1:] {
		if !slices.Contains(working, roles[0]) {
			a.Roles = append(a.Roles, RoleStretch{Role: roles[0], From: day})
		}
	}
	slices.SortFunc(a.Roles, func(a, b RoleStretch) int { return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.From, b.From)) })
}
