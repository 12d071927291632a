package academy

import (
	"context"
	"maps"
	"slices"
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
