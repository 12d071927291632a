package academy

import (
	"context"

	"bekwaam/certificates"
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
	return store.Schemes(ctx, o.db.Read(), now.Today())
}
