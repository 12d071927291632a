package academy

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A takingOver gathers the rows that an older administration leads to.
type takingOver struct {
	office       *Office
	who          staff.Actor
	now          Moment
	installation store.Installation
	people       map[staff.PersonID]staff.Person
	schemes      map[certificates.SchemeKey]certificates.Scheme
	lasts        map[fileKey]*certificates.Period

	evidence []certificates.Evidence
	periods  []certificates.Period
	issued   []certificates.Certificate
	entries  []audit.Entry
}

// A fileKey names what one person must do for one scheme.
type fileKey struct {
	person staff.PersonID
	scheme certificates.SchemeKey
}

func (o *Office) beginTakingOver(ctx context.Context, q store.Q, now Moment, who staff.Actor) (t *takingOver, err error) {
	t = &takingOver{office: o, who: who, now: now, people: make(map[staff.PersonID]staff.Person), lasts: make(map[fileKey]*certificates.Period)}
	if t.installation, err = store.GetInstallation(ctx, q); err != nil {
		return nil, err
	}
	if t.schemes, err = store.Schemes(ctx, q, now.Today()); err != nil {
		return nil, err
	}
	people, err := store.People(ctx, q)
	if err != nil {
		return nil, err
	}
	ids := make([]staff.PersonID, len(people))
	for i, p := range people {
		ids[i], t.people[p.ID] = p.ID, p
	}
	periods, err := store.Periods(ctx, q, ids...)
	for _, p := range periods {
		t.lasts[fileKey{p.Person, p.Scheme}] = &p
	}
	return t, err
}

// take works out the period of one line, its evidence and its certificate. Which version of a course somebody took before
// this installation nobody knows, nor what they showed: the certificate says that it comes from a list instead. A line that
// does not come after what somebody holds already is history: it is kept as evidence, and neither the periods and
// certificates that they have nor the numbers of their cycles change.
func (t *takingOver) take(h Held) error {
	scheme, ok := t.schemes[h.Scheme]
	if !ok {
		return errors.New("this is not a scheme here")
	}
	holder, ok := t.people[h.Person]
	if !ok {
		return errors.New("this is not a person here")
	}
	key := fileKey{h.Person, h.Scheme}
	last := t.lasts[key]
	period, err := scheme.TakeOver(last, h.AchievedOn, h.ValidUntil)
	if err != nil {
		return err
	}
	period.ID, period.Person, period.TakenOverOn = newID(), h.Person, t.now.Today()
	period.Course, _ = scheme.CourseFor(period.Cycle, certificates.PathInitial)
	for place, component := range scheme.Components {
		t.evidence = append(t.evidence, certificates.Evidence{ID: newID(), Person: h.Person, Scheme: scheme.Key, SchemeVersion: scheme.Version, Component: place, CompletedOn: period.CompletedOn,
			Course: component.Course, Source: h.Source, RecordedBy: t.who.Person})
	}
	if !period.Follows(last) {
		return nil
	}
	t.periods, t.lasts[key] = append(t.periods, period), &period
	if !scheme.IssuesCertificate() {
		return nil
	}
	c, err := newCertificate(t.installation, holder, scheme, period, nil)
	if err != nil {
		return err
	}
	c.IssuedAt = period.CompletedOn.Start().UTC()
	t.issued = append(t.issued, c)
	t.entries = append(t.entries, did(t.now.Office, t.who, "certificate.taken-over", h.Person, string(c.Number)))
	return nil
}

// waiting lists whose evidence may have waited for a period that came in, and for which scheme, in order.
func (t *takingOver) waiting() []fileKey {
	waits := make(map[fileKey]bool)
	for key, scheme := range t.schemes {
		for _, p := range t.periods {
			if scheme.Requires(p.Scheme) {
				waits[fileKey{p.Person, key}] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(waits), func(a, b fileKey) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.scheme, b.scheme))
	})
}
