package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
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

// mayGive lists from which sources somebody may give a level of a person.
func (o *Office) mayGive(ctx context.Context, who staff.Actor, person staff.PersonID) []competences.Source {
	return only(competences.Sources(), func(source competences.Source) bool {
		act, given := givenBy[source]
		return given && (source != competences.Self || person == who.Person) && o.allowAbout(ctx, who, act, person) == nil
	})
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

// givenBy says which act gives a level from each source. What a certificate evidences follows from the certificate.
var givenBy = map[competences.Source]staff.Act{
	competences.Self: staff.SetOwnLevels, competences.Leader: staff.JudgeLevels, competences.Assessor: staff.AssessLevels, competences.External: staff.AcceptLevels,
}

var noSource = fault.New(fault.Invalid, "Kies wie dit niveau geeft: de collega zelf, de leidinggevende, een praktijkbeoordelaar of P&O.", "Choose who gives this level: the colleague, the leader, an assessor or HR.").At("source", "kies een bron", "choose a source")

// SetLevel writes that somebody has a level today, from a source: one's own, a leader's of their team, an assessor's of what
// they saw, or HR's of what was shown elsewhere. Only one's own is about oneself. The same day once more takes its place.
func (o *Office) SetLevel(ctx context.Context, who staff.Actor, person staff.PersonID, competence competences.CompetenceID, source competences.Source, level competences.Level) (competences.Evidence, error) {
	act, given := givenBy[source]
	if !given {
		return competences.Evidence{}, noSource
	}
	if err := o.allowAbout(ctx, who, act, person); err != nil {
		return competences.Evidence{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return competences.Evidence{}, err
	}
	e := competences.Evidence{Person: person, Competence: competence, Source: source, Level: level, On: now.Today(), By: who.Person}
	return e, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		if err := catalogue.CheckLevel(competence, level); err != nil {
			return err
		}
		if err := store.PutCompetenceEvidence(ctx, q, now.Office, e); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "level.set", person, fmt.Sprintf("%s/%s", competence, source)))
	})
}

// SetNeeded writes how many people of a team must be able to do something alone; 0: nobody.
func (o *Office) SetNeeded(ctx context.Context, who staff.Actor, n competences.Needed) error {
	if err := who.Allow(staff.ChangeNeeded, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(teams, func(t staff.Team) bool { return t.ID == n.Team }) {
			return notYours
		}
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		if err := catalogue.CheckNeeded(n); err != nil {
			return err
		}
		if err := store.PutNeeded(ctx, q, n); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "needed.set", "", fmt.Sprintf("%s/%s/%d", n.Team, n.Competence, n.People)))
	})
}

// LearningItems lists everything one can do to learn, in order of key.
func (o *Office) LearningItems(ctx context.Context, who staff.Actor) ([]competences.LearningItem, error) {
	if err := who.Allow(staff.ReadFrameworks, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.LearningItems(ctx, o.db.Read())
}

// SaveLearningItem writes something one can do to learn, in the place of what is there under its key.
func (o *Office) SaveLearningItem(ctx context.Context, who staff.Actor, item competences.LearningItem) error {
	return o.changeLearning(ctx, who, "learning-item.saved", item.ID, func(ctx context.Context, q store.Q) error {
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		items, err := store.LearningItems(ctx, q)
		if err != nil {
			return err
		}
		book, err := readBook(ctx, q)
		if err != nil {
			return err
		}
		versions, err := store.Versions(ctx, q)
		if err != nil {
			return err
		}
		people, err := store.PeopleNamed(ctx, q, item.Guide, item.Assessor)
		if err != nil {
			return err
		}
		ours := groupByCourse(versions)
		err = catalogue.CheckItem(item, competences.Office{
			Items: items, Person: known(people), Scheme: func(key certificates.SchemeKey) bool { return len(book[key]) > 0 },
			Course: func(key courses.CourseKey) bool { return len(ours[key]) > 0 },
		})
		if err != nil {
			return err
		}
		return store.PutLearningItem(ctx, q, item)
	})
}

var itemNeeded = fault.New(fault.Conflict, "Ander leeraanbod komt pas na dit. Haal het daar eerst weg.", "Other learning items come after this one. Take it away there first.").Because("in_use")

// DropLearningItem takes something off the offer; fault.Conflict where something else must come after it. Plans that name it
// keep its title.
func (o *Office) DropLearningItem(ctx context.Context, who staff.Actor, id competences.ItemID) error {
	return o.changeLearning(ctx, who, "learning-item.dropped", id, func(ctx context.Context, q store.Q) error {
		items, err := store.LearningItems(ctx, q)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(items, func(i competences.LearningItem) bool {
			return slices.Contains(i.After, id) || slices.Contains(i.AfterAny, id)
		}) {
			return itemNeeded
		}
		return store.DeleteLearningItem(ctx, q, id)
	})
}

func (o *Office) changeLearning(ctx context.Context, who staff.Actor, act string, id competences.ItemID, change func(context.Context, store.Q) error) error {
	if err := who.Allow(staff.ChangeLearning, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := change(ctx, q); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", string(id)))
	})
}
