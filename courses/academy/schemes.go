package academy

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// PreviewScheme answers the dates of one case under a scheme and explains them; nothing is stored. It is the same
// function that renews real periods. RECERTIFICATION §8.
func (o *Office) PreviewScheme(ctx context.Context, who staff.Actor, scheme certificates.Scheme, previous *certificates.Period, completed calendar.Date) (certificates.Next, error) {
	if err := who.Allow(staff.PreviewSchemes, staff.Subject{}); err != nil {
		return certificates.Next{}, err
	}
	return certificates.NextPeriod(scheme, previous, completed)
}

// Schemes returns every scheme as it applies today, by key.
func (o *Office) Schemes(ctx context.Context, who staff.Actor) (map[certificates.SchemeKey]certificates.Scheme, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	return o.schemesOn(ctx, o.db.Read(), now.Today())
}

// schemesSeen are the schemes of a day as they were read at a moment.
type schemesSeen struct {
	schemes map[certificates.SchemeKey]certificates.Scheme
	on      calendar.Date
	at      time.Time
}

// schemesOn returns every scheme as it applies on a day, by key. Like the installation they may be a second old, so that
// not every attempt reads them. The map belongs to everybody: nobody changes it.
func (o *Office) schemesOn(ctx context.Context, q store.Q, on calendar.Date) (map[certificates.SchemeKey]certificates.Scheme, error) {
	now := o.now()
	if seen := o.schemes.Load(); seen != nil && seen.on == on && now.Sub(seen.at).Abs() < time.Second {
		return seen.schemes, nil
	}
	schemes, err := store.Schemes(ctx, q, on)
	if err == nil {
		o.schemes.Store(&schemesSeen{schemes, on, now})
	}
	return schemes, err
}

// schemesOfCourse returns the schemes, as they apply on a day, of which a course is a component or a refresher, in order
// of key.
func (o *Office) schemesOfCourse(ctx context.Context, q store.Q, course courses.CourseKey, on calendar.Date) ([]certificates.Scheme, error) {
	schemes, err := o.schemesOn(ctx, q, on)
	var of []certificates.Scheme
	for _, key := range slices.Sorted(maps.Keys(schemes)) {
		if schemes[key].Has(course) {
			of = append(of, schemes[key])
		}
	}
	return of, err
}

// A SchemeOverview is a scheme with how it is used today.
type SchemeOverview struct {
	certificates.Scheme                            // as it applies today; what begins later as it will
	Versions            []certificates.Scheme      // in order
	Requirements        []certificates.Requirement // that hold today or later
	Holders             int                        // people who hold it today
}

// SchemeOverviews lists every scheme, in order of title.
func (o *Office) SchemeOverviews(ctx context.Context, who staff.Actor) ([]SchemeOverview, error) {
	if err := who.Allow(staff.ReadSchemes, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	today, q := now.Today(), o.db.Read()
	book, err := readBook(ctx, q)
	if err != nil {
		return nil, err
	}
	holders, err := store.CountHolders(ctx, q, today)
	if err != nil {
		return nil, err
	}
	requirements, err := store.Requirements(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []SchemeOverview
	for _, key := range book.Keys() {
		all = append(all, overview(book, key, today, requirements, holders[key]))
	}
	slices.SortStableFunc(all, func(a, b SchemeOverview) int { return strings.Compare(a.Title, b.Title) })
	return all, nil
}

func overview(book certificates.Book, key certificates.SchemeKey, today calendar.Date, requirements []certificates.Requirement, holders int) SchemeOverview {
	s, ok := book.On(key, today)
	if !ok {
		s = book[key][0]
	}
	return SchemeOverview{
		Scheme: s, Versions: book[key], Holders: holders,
		Requirements: only(requirements, func(r certificates.Requirement) bool {
			return r.Scheme == key && (r.Until.IsZero() || r.Until >= today.AddDays(-1)) // what ended today can still be undone
		}),
	}
}

// SchemeOverview returns one scheme; fault.NotFound where there is none of that key.
func (o *Office) SchemeOverview(ctx context.Context, who staff.Actor, key certificates.SchemeKey) (SchemeOverview, error) {
	all, err := o.SchemeOverviews(ctx, who)
	if err != nil {
		return SchemeOverview{}, err
	}
	at := slices.IndexFunc(all, func(s SchemeOverview) bool { return s.Key == key })
	if at < 0 {
		return SchemeOverview{}, notYours
	}
	return all[at], nil
}
