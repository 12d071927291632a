package academy

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An Observed is an observation as people see it.
type Observed struct {
	certificates.Observation
	Title        string // of the scheme
	Part         string // the skill
	Name         string // of the candidate
	AssessorName string

	CountsFrom calendar.Date // from when renewing counts, of what was too early; zero where there is nothing to renew
}

// A ToObserve is a skill of somebody that waits to be seen.
type ToObserve struct {
	Person staff.PersonID
	Name   string
	Scheme certificates.SchemeKey
	certificates.Place
	Title     string   // of the scheme
	Part      string   // the skill
	Checklist []string // what the assessor looks at
	DueOn     calendar.Date
}

// skillsOf is of whom and for which scheme something is.
type skillsOf struct {
	person staff.PersonID
	scheme certificates.SchemeKey
}

// ToObserve lists the skills that colleagues must show at work and that wait for an assessor, what is due first first. Nobody
// assesses themselves; what waits for the candidate's signature is not listed.
func (o *Office) ToObserve(ctx context.Context, who staff.Actor) ([]ToObserve, error) {
	if err := who.Allow(staff.ObserveSkills, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	duties, err := store.OpenDutiesOf(ctx, q, slices.Sorted(maps.Keys(schemes))...)
	if err != nil {
		return nil, err
	}
	duties = only(duties, func(d certificates.Duty) bool {
		return d.Person != who.Person && slices.ContainsFunc(schemes[d.Scheme].Places(), func(p certificates.Place) bool {
			c, _ := schemes[d.Scheme].At(p)
			return c.Kind == certificates.ComponentObserved
		})
	})
	var people []staff.PersonID
	for _, d := range duties {
		people = append(people, d.Person)
	}
	archive, err := readFiles(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	shown, err := store.Evidence(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	waiting, err := store.WaitingObservations(ctx, q)
	if err != nil {
		return nil, err
	}
	book, err := readBook(ctx, q)
	if err != nil {
		return nil, err
	}
	shownBy := grouped(shown, func(e certificates.Evidence) skillsOf { return skillsOf{e.Person, e.Scheme} })
	waitingOf := make(map[skillsOf][]certificates.Evidence)
	for _, w := range waiting {
		waitingOf[skillsOf{w.Person, w.Scheme}] = append(waitingOf[skillsOf{w.Person, w.Scheme}], w.Evidence(""))
	}
	var all []ToObserve
	for _, d := range duties {
		scheme, file := schemes[d.Scheme], archive.file(d.Person, d.Scheme)
		if file.Away(now.Today()) {
			continue
		}
		shown := scheme.Recognise(shownBy[skillsOf{d.Person, d.Scheme}], book[d.Scheme])
		signing := scheme.Recognise(waitingOf[skillsOf{d.Person, d.Scheme}], book[d.Scheme])
		for _, place := range scheme.Unshown(file, shown, now.Today()) {
			c, _ := scheme.At(place)
			waits := slices.ContainsFunc(signing, func(e certificates.Evidence) bool {
				return certificates.Place{Component: e.Component, Refresher: e.Refresher} == place
			})
			if c.Kind == certificates.ComponentObserved && !waits {
				all = append(all, ToObserve{d.Person, names[d.Person], d.Scheme, place, scheme.Title, c.Title, c.Checked(), d.DueOn})
			}
		}
	}
	return all, nil
}

// HandInObservation keeps what an assessor saw somebody else do: by that the assessor signs. It waits for the candidate. A
// second call with the same answers the first one: false.
func (o *Office) HandInObservation(ctx context.Context, who staff.Actor, seen certificates.Observation) (Observed, bool, error) {
	if err := o.allowAbout(ctx, who, staff.ObserveSkills, seen.Person); err != nil {
		return Observed{}, false, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Observed{}, false, err
	}
	for i, item := range seen.Items {
		if err := refuseBSN(fmt.Sprintf("items[%d]", i), item.Note); err != nil {
			return Observed{}, false, err
		}
	}
	made := true
	seen.ID, seen.Assessor, seen.AssessorSignedAt = newID(), who.Person, now.Office
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		schemes, err := o.schemesOn(ctx, q, now.Today())
		if err != nil {
			return err
		}
		if err := seen.Check(schemes, now.Today()); err != nil {
			return err
		}
		seen.SchemeVersion = schemes[seen.Scheme].Version
		before, err := store.ObservationsOf(ctx, q, seen.Person)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(before, seen.RepeatedBy); at >= 0 {
			seen, made = before[at], false
			return nil
		}
		if err := store.InsertObservation(ctx, q, seen); err != nil {
			return err
		}
		if err := o.noteOf(ctx, q, now, seen.Person, seen.Scheme, observationHandedIn); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "observation.handed-in", seen.Person, seen.ID))
	})
	if err != nil {
		return Observed{}, false, err
	}
	all, err := o.observed(ctx, o.db.Read(), seen)
	return append(all, Observed{})[0], made, err
}

// SignObservation is the candidate's signature under what an assessor saw. Where everything was seen, it is evidence from now
// on, and begins the next period where that completes the scheme.
func (o *Office) SignObservation(ctx context.Context, who staff.Actor, id string) (Observed, error) {
	return o.answerObservation(ctx, who, id, "observation.signed", func(ctx context.Context, q store.Q, now Moment, seen certificates.Observation) (certificates.Observation, error) {
		seen, err := seen.Sign(now.Office)
		if err != nil || !seen.Shown() {
			return seen, err
		}
		seen.Outcome, err = o.recordAt(ctx, q, now, who, seen.Evidence(newID()))
		return seen, err
	})
}

// DenyObservation is the candidate saying that they do not recognise what an assessor saw, and why. Nothing comes of it.
func (o *Office) DenyObservation(ctx context.Context, who staff.Actor, id, sentence string) (Observed, error) {
	if err := refuseBSN("sentence", sentence); err != nil {
		return Observed{}, err
	}
	return o.answerObservation(ctx, who, id, "observation.denied", func(_ context.Context, _ store.Q, now Moment, seen certificates.Observation) (certificates.Observation, error) {
		return seen.Deny(sentence, now.Office)
	})
}

// answerObservation keeps what the candidate says of an observation of themselves.
func (o *Office) answerObservation(ctx context.Context, who staff.Actor, id, act string, answer func(context.Context, store.Q, Moment, certificates.Observation) (certificates.Observation, error)) (Observed, error) {
	if err := who.Allow(staff.SignObservation, staff.Subject{Person: who.Person}); err != nil {
		return Observed{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Observed{}, err
	}
	var seen certificates.Observation
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if seen, err = store.Observation(ctx, q, id); err != nil {
			return err
		}
		if seen.Person != who.Person {
			return notYours
		}
		if seen, err = answer(ctx, q, now, seen); err != nil {
			return err
		}
		if err := store.AnswerObservation(ctx, q, seen); err != nil {
			return err
		}
		if err := o.noteOf(ctx, q, now, seen.Assessor, seen.Scheme, observationAnswered); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, seen.Person, seen.ID))
	})
	if err != nil {
		return Observed{}, err
	}
	all, err := o.observed(ctx, o.db.Read(), seen)
	return append(all, Observed{})[0], err
}

// ObservationsOf lists what assessors saw of a person, the newest first.
func (o *Office) ObservationsOf(ctx context.Context, who staff.Actor, person staff.PersonID) ([]Observed, error) {
	if err := o.allowReading(ctx, who, staff.ReadEvidence, person); err != nil {
		return nil, err
	}
	all, err := store.ObservationsOf(ctx, o.db.Read(), person)
	if err != nil {
		return nil, err
	}
	return o.observed(ctx, o.db.Read(), all...)
}

// OwnAssessments lists what an assessor saw themselves, the newest first.
func (o *Office) OwnAssessments(ctx context.Context, who staff.Actor) ([]Observed, error) {
	if err := who.Allow(staff.ObserveSkills, staff.Subject{}); err != nil {
		return nil, err
	}
	all, err := store.ObservationsBy(ctx, o.db.Read(), who.Person)
	if err != nil {
		return nil, err
	}
	return o.observed(ctx, o.db.Read(), all...)
}

// Observation returns one observation: to the candidate, the assessor, and HR.
func (o *Office) Observation(ctx context.Context, who staff.Actor, id string) (Observed, error) {
	seen, err := store.Observation(ctx, o.db.Read(), id)
	if err != nil {
		return Observed{}, err
	}
	if who.Person != seen.Assessor || !who.May(staff.ObserveSkills) {
		if err := o.allowReading(ctx, who, staff.ReadEvidence, seen.Person); err != nil {
			if fault.KindOf(err) == fault.Forbidden {
				err = notYours.From(err)
			}
			return Observed{}, err
		}
	}
	all, err := o.observed(ctx, o.db.Read(), seen)
	return append(all, Observed{})[0], err
}

// observed adds names and titles to observations.
func (o *Office) observed(ctx context.Context, q store.Q, observations ...certificates.Observation) ([]Observed, error) {
	var people []staff.PersonID
	var early []skillsOf
	for _, seen := range observations {
		people = append(people, seen.Person, seen.Assessor)
		if seen.Outcome == courses.BeforeWindow {
			early = append(early, skillsOf{seen.Person, seen.Scheme})
		}
	}
	words, err := o.labels(ctx, q, people)
	if err != nil {
		return nil, err
	}
	from, err := countsFrom(ctx, q, early...)
	if err != nil {
		return nil, err
	}
	all := make([]Observed, len(observations))
	for i, seen := range observations {
		all[i] = Observed{seen, words.title(seen.Scheme), words.part(seen.Scheme, seen.SchemeVersion, seen.Place), words.names[seen.Person], words.names[seen.Assessor], from[skillsOf{seen.Person, seen.Scheme}]}
	}
	return all, nil
}

// Assessors lists the names of whoever can observe a skill of the one who asks.
func (o *Office) Assessors(ctx context.Context, who staff.Actor) ([]string, error) {
	if err := who.Allow(staff.ReadDuties, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	designated, err := store.Designated(ctx, q, staff.WorkplaceAssessor, now.Today())
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, q, only(designated, func(p staff.PersonID) bool { return p != who.Person })...)
	return slices.Sorted(maps.Values(names)), err
}
