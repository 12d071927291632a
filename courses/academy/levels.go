package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// givenBy says which act gives a level from each source. What a certificate evidences follows from the certificate.
var givenBy = map[competences.Source]staff.Act{
	competences.Self: staff.SetOwnLevels, competences.Leader: staff.JudgeLevels, competences.Assessor: staff.AssessLevels, competences.External: staff.AcceptLevels,
}

var noSource = fault.New(fault.Invalid, "Kies wie dit niveau geeft: de collega zelf, de leidinggevende, een praktijkbeoordelaar of P&O.", "Choose who gives this level: the colleague, the leader, an assessor or HR.").At("source", "kies een bron", "choose a source")

// mayGive lists from which sources somebody may give a level of a person.
func (o *Office) mayGive(ctx context.Context, who staff.Actor, person staff.PersonID) []competences.Source {
	return only(competences.Sources(), func(source competences.Source) bool {
		return o.allowGiving(ctx, who, person, source) == nil
	})
}

// allowGiving checks that somebody may give a level of a person from a source. Only one's own is about oneself.
func (o *Office) allowGiving(ctx context.Context, who staff.Actor, person staff.PersonID, source competences.Source) error {
	act, given := givenBy[source]
	if !given {
		return noSource
	}
	return o.allowAbout(ctx, who, act, person)
}

// SetLevel writes that somebody has a level today, from a source: one's own, a leader's of their team, an assessor's of what
// they saw, or HR's of what was shown elsewhere. The same day once more takes its place.
func (o *Office) SetLevel(ctx context.Context, who staff.Actor, person staff.PersonID, competence competences.CompetenceID, source competences.Source, level competences.Level) (competences.Evidence, error) {
	given, err := o.giveLevels(ctx, who, person, source, 0, []competences.Attained{{Competence: competence, Level: level}}, func(c competences.Catalogue, _, _ calendar.Date) error {
		return c.CheckLevel(competence, level)
	})
	if err != nil {
		return competences.Evidence{}, err
	}
	return given[0], nil
}

// SetLevels writes at once the levels that one talk, one day at work or one diploma showed on a day (zero: today), all or none.
func (o *Office) SetLevels(ctx context.Context, who staff.Actor, person staff.PersonID, source competences.Source, on calendar.Date, levels []competences.Attained) error {
	_, err := o.giveLevels(ctx, who, person, source, on, levels, func(c competences.Catalogue, on, today calendar.Date) error {
		return c.CheckLevels(levels, on, today)
	})
	return err
}

func (o *Office) giveLevels(ctx context.Context, who staff.Actor, person staff.PersonID, source competences.Source, on calendar.Date, levels []competences.Attained, check func(competences.Catalogue, calendar.Date, calendar.Date) error) ([]competences.Evidence, error) {
	if err := o.allowGiving(ctx, who, person, source); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	if on.IsZero() {
		on = now.Today()
	}
	var given []competences.Evidence
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		if err := check(catalogue, on, now.Today()); err != nil {
			return err
		}
		given = nil
		for _, l := range levels {
			given = append(given, competences.Evidence{Person: person, Competence: l.Competence, Source: source, Level: l.Level, On: on, By: who.Person})
		}
		if err := store.PutCompetenceEvidence(ctx, q, now.Office, given...); err != nil {
			return err
		}
		for _, l := range levels {
			if err := store.Write(ctx, q, did(now.Office, who, "level.set", person, fmt.Sprintf("%s/%s", l.Competence, source))); err != nil {
				return err
			}
		}
		return nil
	})
	return given, err
}

// A LevelForm is what somebody fills in levels of a person on.
type LevelForm struct {
	Person    staff.PersonID
	Name      string
	Source    competences.Source
	Today     calendar.Date
	Catalogue competences.Catalogue
	Asked     map[competences.CompetenceID]competences.Level      // by the roles that the person has today
	Shown     map[competences.CompetenceID][]competences.Evidence // the newest of each source that the reader may see
	Names     map[staff.PersonID]string                           // of who judged
}

// LevelForm is what somebody fills in levels of a person on, from a source. An assessor sees what assessors saw, and nothing of
// what others think; whoever else may give a level sees all. That it was read is written down.
func (o *Office) LevelForm(ctx context.Context, who staff.Actor, person staff.PersonID, source competences.Source) (f LevelForm, err error) {
	if err := o.allowGiving(ctx, who, person, source); err != nil {
		return f, err
	}
	if err := o.looked(ctx, who, person); err != nil {
		return f, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return f, err
	}
	q := o.db.Read()
	f = LevelForm{Person: person, Source: source, Today: now.Today(), Asked: make(map[competences.CompetenceID]competences.Level), Shown: make(map[competences.CompetenceID][]competences.Evidence)}
	if f.Catalogue, err = store.Competences(ctx, q); err != nil {
		return f, err
	}
	evidence, err := store.CompetenceEvidence(ctx, q, person)
	if err != nil {
		return f, err
	}
	if source == competences.Assessor {
		evidence = only(evidence, func(e competences.Evidence) bool { return e.Source == source })
	}
	judges := []staff.PersonID{person}
	for id, standing := range competences.Standings(evidence, f.Today) {
		f.Shown[id] = standing.Sources
		for _, e := range standing.Sources {
			judges = append(judges, e.By)
		}
	}
	if f.Names, err = namesOf(ctx, q, judges...); err != nil {
		return f, err
	}
	f.Name = f.Names[person]
	employments, err := store.Employments(ctx, q, person)
	if err != nil {
		return f, err
	}
	profiles, err := store.RoleProfiles(ctx, q)
	if err != nil {
		return f, err
	}
	for _, e := range employments {
		if profile, known := competences.On(profiles[e.Role], f.Today); known && e.On(f.Today) {
			for _, r := range profile.Required {
				f.Asked[r.Competence] = max(f.Asked[r.Competence], r.Level)
			}
		}
	}
	return f, nil
}

// Assessable lists the colleagues who work here today and whom an assessor may assess: everybody but themselves.
func (o *Office) Assessable(ctx context.Context, who staff.Actor) ([]staff.Person, error) {
	if err := who.Allow(staff.AssessLevels, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	employments, err := store.EmploymentsFrom(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	jobs := grouped(employments, func(e staff.Employment) staff.PersonID { return e.Person })
	people, err := store.People(ctx, q)
	return only(people, func(p staff.Person) bool {
		return p.ID != who.Person && slices.ContainsFunc(jobs[p.ID], func(e staff.Employment) bool { return e.On(now.Today()) })
	}), err
}
