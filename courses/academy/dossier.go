package academy

import (
	"context"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Dossier is what the work needs to know of somebody: what is asked of them and why, what they hold or held, and what was
// decided. It tells no answer, score or attempt.
type Dossier struct {
	Colleague
	Tasks        []Task // the earliest due first
	Holdings     []Holding
	Decisions    []DecisionTaken // the newest first
	Certificates []certificates.Certificate
}

// A Holding is how somebody stands with one scheme, and every period of it.
type Holding struct {
	Scheme   certificates.SchemeKey
	Title    string
	Standing certificates.Standing
	Asked    bool                  // somebody requires it today
	Last     *certificates.Period  // with the window and grace as somebody may have decided them; nil: there never was one
	Periods  []certificates.Period // in order of cycle
}

// Dossier gathers what somebody may know of a person. That they looked is written down for the person.
func (o *Office) Dossier(ctx context.Context, who staff.Actor, person staff.PersonID) (d Dossier, err error) {
	if err := o.allowReading(ctx, who, staff.ReadPeople, person); err != nil {
		return Dossier{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Dossier{}, err
	}
	q, today := o.db.Read(), now.Today()
	schemes, err := o.schemesOn(ctx, q, today)
	if err != nil {
		return Dossier{}, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return Dossier{}, err
	}
	if d.Person, err = store.Person(ctx, q, person); err != nil {
		return Dossier{}, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return Dossier{}, err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return Dossier{}, err
	}
	d.work(only(archive.employments[person], func(e staff.Employment) bool { return e.Until.IsZero() || e.Until >= today }), teams, roles, today)
	away := certificates.File{Decisions: archive.decisions[person]}.Away(today)
	d.owe(only(archive.duties[person], certificates.Duty.Open), away, today)
	for _, key := range slices.Sorted(maps.Keys(schemes)) {
		file := archive.file(person, key)
		standing := file.Standing(today)
		if standing == certificates.NotAsked && len(file.Periods) == 0 {
			continue
		}
		d.Holdings = append(d.Holdings, Holding{key, schemes[key].Title, standing, len(file.Demanding(today)) > 0, file.Last(), file.Periods})
	}
	if d.Tasks, err = o.Tasks(ctx, who, person, ""); err != nil {
		return Dossier{}, err
	}
	if d.Decisions, err = o.Decisions(ctx, who, person); err != nil {
		return Dossier{}, err
	}
	d.Certificates, err = o.Certificates(ctx, who, person)
	return d, err
}
