package academy

import (
	"context"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An Effect is what evidence would lead to today, before anybody records it.
type Effect struct {
	Outcome courses.Outcome
	Period  certificates.Period  // that would begin; of another outcome none would
	Last    *certificates.Period // the newest, with the window and grace as somebody may have decided them; nil: there never was one
	Lacks   []string             // what must come first or besides: titles
}

// SubmissionEffect tells what accepting a submission would lead to today, to whoever judges it. It writes nothing.
func (o *Office) SubmissionEffect(ctx context.Context, who staff.Actor, id string) (Effect, error) {
	s, err := store.Submission(ctx, o.db.Read(), id)
	if err != nil {
		return Effect{}, err
	}
	if err := o.allowReading(ctx, who, staff.JudgeEvidence, s.Person); err != nil {
		return Effect{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Effect{}, err
	}
	s.JudgedBy = who.Person
	return o.effect(ctx, o.db.Read(), now, s.Evidence(newID()))
}

// effect works out what evidence would lead to, as record does.
func (o *Office) effect(ctx context.Context, q store.Q, now Moment, e certificates.Evidence) (Effect, error) {
	scheme, err := schemeFor(ctx, q, now, e)
	if err != nil {
		return Effect{}, err
	}
	if e.SchemeVersion == 0 {
		e.SchemeVersion = scheme.Version
	}
	r, err := renewalOf(ctx, q, scheme, e.Person, e.ID, e)
	if err != nil {
		return Effect{}, err
	}
	effect := Effect{Outcome: r.outcome, Period: r.period, Last: r.file.Last()}
	switch r.outcome {
	case courses.PrerequisiteFirst:
		schemes, err := o.schemesOn(ctx, q, now.Today())
		if err != nil {
			return Effect{}, err
		}
		for _, p := range scheme.Prerequisites {
			held := certificates.File{Periods: only(r.held, func(h certificates.Period) bool { return h.Scheme == p.Scheme })}
			if p.Hard && !held.Holds(now.Today()) {
				effect.Lacks = append(effect.Lacks, schemes[p.Scheme].Title)
			}
		}
	case courses.ComponentsMissing, courses.OtherRefresher, courses.FullCourseNeeded:
		for _, place := range scheme.Unshown(r.file, r.evidence, now.Today()) {
			component, _ := scheme.At(place)
			effect.Lacks = append(effect.Lacks, component.Words())
		}
	}
	return effect, nil
}

// schemeFor is the scheme as it applied on the day of completion, whenever somebody judges it; as it applies today where there
// was none yet.
func schemeFor(ctx context.Context, q store.Q, now Moment, e certificates.Evidence) (certificates.Scheme, error) {
	for _, on := range []calendar.Date{e.CompletedOn, now.Today()} {
		schemes, err := store.Schemes(ctx, q, on)
		if err != nil {
			return certificates.Scheme{}, err
		}
		if scheme, there := schemes[e.Scheme]; there {
			return scheme, nil
		}
	}
	return certificates.Scheme{}, noSuchScheme
}

// countsFrom reads from which day renewing counts for some people and schemes; of what never ends, and of what they never
// held, it knows none.
func countsFrom(ctx context.Context, q store.Q, asked ...skillsOf) (map[skillsOf]calendar.Date, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	people := make([]staff.PersonID, len(asked))
	for i, a := range asked {
		people[i] = a.person
	}
	archive, err := readFiles(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	from := make(map[skillsOf]calendar.Date)
	for _, a := range asked {
		if last := archive.file(a.person, a.scheme).Last(); last != nil {
			from[a] = last.WindowOpensOn
		}
	}
	return from, nil
}

// EvidenceAsked returns what somebody has to show now of a scheme with a document: of several the first that nobody showed or
// sent yet. false where the scheme asks no document of them.
func (o *Office) EvidenceAsked(ctx context.Context, who staff.Actor, person staff.PersonID, key certificates.SchemeKey) (certificates.Place, bool, error) {
	if err := o.allowAbout(ctx, who, staff.SubmitEvidence, person); err != nil {
		return certificates.Place{}, false, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return certificates.Place{}, false, err
	}
	q := o.db.Read()
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return certificates.Place{}, false, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return certificates.Place{}, false, err
	}
	sent, err := store.Submissions(ctx, q, person)
	if err != nil {
		return certificates.Place{}, false, err
	}
	var waiting []certificates.Evidence
	for _, s := range sent {
		if s.Scheme == key && s.State() == certificates.SubmissionWaiting {
			waiting = append(waiting, s.Evidence(s.ID))
		}
	}
	scheme, file := schemes[key], archive.file(person, key)
	shown, err := evidenceFor(ctx, q, scheme, person, waiting...)
	if err != nil {
		return certificates.Place{}, false, err
	}
	for _, places := range [][]certificates.Place{scheme.Unshown(file, shown, now.Today()), scheme.PlacesAsked(file.Cycle(), file.Path(now.Today()))} {
		for _, place := range places {
			if component, _ := scheme.At(place); scheme.TakesDocument(component) {
				return place, true, nil
			}
		}
	}
	return certificates.Place{}, false, nil
}
