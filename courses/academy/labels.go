package academy

import (
	"cmp"
	"context"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// labels are the words for what keys refer to.
type labels struct {
	book  certificates.Book
	on    calendar.Date
	names map[staff.PersonID]string
}

// labels reads the titles of all schemes, and the names of some people; without people there is nothing to name.
func (o *Office) labels(ctx context.Context, q store.Q, people []staff.PersonID) (l labels, err error) {
	if len(people) == 0 {
		return l, nil
	}
	now, err := o.Now(ctx)
	if err != nil {
		return l, err
	}
	l.on = now.Today()
	if l.book, err = readBook(ctx, q); err != nil {
		return l, err
	}
	l.names, err = namesOf(ctx, q, people...)
	return l, err
}

// title is the title of a scheme as it applies today, or its key where none does.
func (l labels) title(key certificates.SchemeKey) string {
	scheme, _ := l.book.On(key, l.on)
	return cmp.Or(scheme.Title, string(key))
}

// part is the title of what a version of a scheme has at a place; nothing where it has none there.
func (l labels) part(key certificates.SchemeKey, version int, place certificates.Place) string {
	for _, s := range l.book[key] {
		if s.Version == version {
			component, _ := s.At(place)
			return component.Title
		}
	}
	return ""
}

// namesOf reads the names of some people by their key. Somebody who is not there any more has no name.
func namesOf(ctx context.Context, q store.Q, people ...staff.PersonID) (map[staff.PersonID]string, error) {
	found, err := store.PeopleNamed(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	names := make(map[staff.PersonID]string, len(found))
	for _, p := range found {
		names[p.ID] = p.Name()
	}
	return names, nil
}
