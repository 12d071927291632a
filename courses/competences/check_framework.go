package competences

import (
	"fmt"
	"regexp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

const (
	mostLevels  = 10   // of a scale
	mostDays    = 3650 // in which certificates are to be obtained
	longestGoal = 1000 // characters of a definition or a purpose
)

var (
	wrongFramework  = fault.New(fault.Invalid, "Dit raamwerk klopt nog niet:", "This framework is not right yet:").Because("framework")
	wrongCompetence = fault.New(fault.Invalid, "Deze vaardigheid klopt nog niet:", "This skill is not right yet:").Because("competence")
	wrongFuture     = fault.New(fault.Invalid, "Deze rol klopt nog niet:", "This role is not right yet:").Because("role")
)

// keyForm is what a key that somebody chooses looks like.
var keyForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,31}$`)

func (m *mistakes) key(field, key string) {
	if !keyForm.MatchString(key) {
		m.wrong(field, "schrijf 1 tot en met 32 letters, cijfers of streepjes", "write 1 to 32 letters, digits or hyphens")
	}
}

// CheckFramework reports what is wrong with a framework: fault.Invalid. A scale keeps every level that somebody asks, shows or
// offers; highest is the highest of those.
func CheckFramework(f Framework, highest Level) error {
	m := mistakes{*wrongFramework}
	m.key("key", f.Key)
	m.text("title", f.Title, true)
	switch n := len(f.Scale); {
	case n == 0 || n > mostLevels:
		m.wrong("scale", fmt.Sprintf("geef 1 tot en met %d niveaus, elk op een eigen regel", mostLevels), fmt.Sprintf("give 1 to %d levels, each on a line of its own", mostLevels))
	case f.Highest() < highest:
		m.wrong("scale", fmt.Sprintf("niveau %d is al in gebruik: geef minstens %d niveaus", highest, highest), fmt.Sprintf("level %d is in use already: give at least %d levels", highest, highest))
	}
	for _, means := range f.Scale {
		m.text("scale", means, true)
	}
	if len(f.Scale) > 0 {
		m.number("independent", int(f.Independent), 1, len(f.Scale))
	}
	return m.err()
}

// CheckCompetence reports what is wrong with a competence and with what evidences it: fault.Invalid. It stays in the framework
// that it is in: its levels mean something there.
func (c Catalogue) CheckCompetence(one Competence, proofs []Proof, scheme func(certificates.SchemeKey) bool) error {
	m := mistakes{*wrongCompetence}
	m.key("id", string(one.ID))
	m.text("name", one.Name, true)
	m.text("group", one.Group, true)
	m.long("definition", one.Definition)
	f := c.Framework(one.Framework)
	was, there := c.Competence(one.ID)
	switch {
	case f.Key == "":
		m.wrong("framework", "dit raamwerk bestaat niet: kies er een uit de lijst", "this framework does not exist: choose one from the list")
	case there && was.Framework != one.Framework:
		m.wrong("framework", "deze vaardigheid blijft in haar raamwerk: "+c.Framework(was.Framework).Title, "this skill stays in its framework: "+c.Framework(was.Framework).Title)
	case len(one.Levels) != len(f.Scale):
		m.wrong("levels", fmt.Sprintf("beschrijf elk van de %d niveaus, elk op een eigen regel", len(f.Scale)), fmt.Sprintf("describe each of the %d levels, each on a line of its own", len(f.Scale)))
	}
	for _, shows := range one.Levels {
		m.long("levels", shows)
	}
	for i, key := range one.Certificates {
		if !scheme(key) || slices.Contains(one.Certificates[:i], key) {
			m.wrong("certificates", "kies regelingen uit de lijst, elk één keer", "choose schemes from the list, each once")
			break
		}
	}
	for i, p := range proofs {
		at := fmt.Sprintf("proofs[%d].", i)
		if !scheme(p.Scheme) || slices.ContainsFunc(proofs[:i], func(other Proof) bool { return other.Scheme == p.Scheme }) {
			m.wrong(at+"scheme", "kies een regeling uit de lijst, elke regeling één keer", "choose a scheme from the list, each scheme once")
		}
		m.number(at+"level", int(p.Level), 1, max(1, len(f.Scale)))
	}
	return m.err()
}

func (m *mistakes) long(field, text string) { m.upTo(longestGoal, field, text, false) }

// CheckFuture reports what is wrong with a role that nobody holds yet: fault.Invalid. team and scheme tell what there
// is.
func CheckFuture(f FutureRole, today calendar.Date, team func(staff.TeamID) bool, scheme func(certificates.SchemeKey) bool) error {
	m := mistakes{*wrongFuture}
	m.key("role", string(f.ID))
	m.text("name", f.Name, true)
	m.text("cluster", f.Cluster, false)
	m.long("purpose", f.Purpose)
	if !team(f.Team) {
		m.wrong("team", "dit team bestaat niet: kies er een uit de lijst", "this team does not exist: choose one from the list")
	}
	if f.From < today {
		m.wrong("from", "kies vandaag of een latere dag", "choose today or a later day")
	}
	if !f.ClosesOn.IsZero() && f.ClosesOn < today {
		m.wrong("closesOn", "kies vandaag of een latere dag, of laat dit leeg", "choose today or a later day, or leave this empty")
	}
	m.number("minutesPerWeek", f.PerWeek, 1, 40*60)
	m.number("places", f.Places, 1, mostNeeded)
	if slices.ContainsFunc(f.Schemes, func(key certificates.SchemeKey) bool { return !scheme(key) }) {
		m.wrong("schemes", "kies regelingen uit de lijst", "choose schemes from the list")
	}
	m.number("withinDays", f.WithinDays, 0, mostDays)
	return m.err()
}
