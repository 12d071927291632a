package academy

import (
	"context"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// Competences lists what one can be more or less good at.
func (o *Office) Competences(ctx context.Context, who staff.Actor) (competences.Catalogue, error) {
	if err := who.Allow(staff.ReadFrameworks, staff.Subject{}); err != nil {
		return competences.Catalogue{}, err
	}
	return store.Competences(ctx, o.db.Read())
}

// A PersonSkills is what one person can do on a day, beside what their roles ask.
type PersonSkills struct {
	Person    staff.PersonID
	Name      string
	On        calendar.Date
	Catalogue competences.Catalogue
	Roles     []RoleGaps
	Standings map[competences.CompetenceID]competences.Standing
	Names     map[staff.PersonID]string                     // of who judged
	Certified map[competences.CompetenceID]competences.Cell // where certificates go with a competence
	May       []competences.Source                          // from which the reader may give a level
}

// A RoleGaps is what one role asks beside what somebody can do.
type RoleGaps struct {
	Role    staff.Role
	Profile competences.RoleProfile
	Gaps    []competences.Gap
}

// Skills tells what a person can do on a day (zero: today) beside what their own roles ask, and, where it is asked, what
// another role asks. Only the person may ask that: to whom they tell a wish is theirs. That it was read is written down.
func (o *Office) Skills(ctx context.Context, who staff.Actor, person staff.PersonID, on calendar.Date, other staff.RoleID) (s PersonSkills, err error) {
	if err := o.allowReading(ctx, who, staff.ReadCompetences, person); err != nil {
		return s, err
	}
	if other != "" && person != who.Person {
		return s, fault.New(fault.Forbidden, "Alleen de collega zelf vergelijkt zich met een andere rol.", "Only the colleague compares themselves with another role.").Because("own_only")
	}
	now, err := o.Now(ctx)
	if err != nil {
		return s, err
	}
	if on.IsZero() {
		on = now.Today()
	}
	if err := near(on, now.Today()); err != nil {
		return s, err
	}
	q := o.db.Read()
	s = PersonSkills{Person: person, On: on, May: o.mayGive(ctx, who, person)}
	if s.Catalogue, err = store.Competences(ctx, q); err != nil {
		return s, err
	}
	evidence, err := store.CompetenceEvidence(ctx, q, person)
	if err != nil {
		return s, err
	}
	periods, err := store.PeriodsShowing(ctx, q, person)
	if err != nil {
		return s, err
	}
	s.Standings = s.Catalogue.Standings(evidence, periods, on)
	s.Certified = s.Catalogue.Certified(evidence, periods, on)
	judges := []staff.PersonID{person}
	for _, e := range evidence {
		judges = append(judges, e.By)
	}
	if s.Names, err = namesOf(ctx, q, judges...); err != nil {
		return s, err
	}
	s.Name = s.Names[person]
	return s, o.addGaps(ctx, q, &s, other)
}

// addGaps compares a person with the roles they have on the day, and with another where that is asked.
func (o *Office) addGaps(ctx context.Context, q store.Q, s *PersonSkills, other staff.RoleID) error {
	employments, err := store.Employments(ctx, q, s.Person)
	if err != nil {
		return err
	}
	roles, err := o.allRoles(ctx, q)
	if err != nil {
		return err
	}
	profiles, err := store.RoleProfiles(ctx, q)
	if err != nil {
		return err
	}
	for _, r := range roles {
		has := slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Role == r.ID && e.On(s.On) })
		if !has && r.ID != other {
			continue
		}
		if profile, known := competences.On(profiles[r.ID], s.On); known {
			s.Roles = append(s.Roles, RoleGaps{r, profile, competences.Gaps(profile, s.Standings)})
		}
	}
	if other != "" && !slices.ContainsFunc(s.Roles, func(g RoleGaps) bool { return g.Role.ID == other }) {
		return noProfile
	}
	return nil
}

var noProfile = fault.New(fault.NotFound, "Van deze rol is geen profiel. Kies een andere rol, of vraag P&O om een profiel.", "There is no profile of this role. Choose another role, or ask HR for a profile.")

// allRoles are the roles that are, and those that will be.
func (o *Office) allRoles(ctx context.Context, q store.Q) ([]staff.Role, error) {
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	future, err := store.FutureRoles(ctx, q)
	for _, f := range future {
		roles = append(roles, f.Role)
	}
	return roles, err
}
