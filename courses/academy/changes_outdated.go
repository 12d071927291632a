package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// outdate marks the certificates of one person that are from before a change which they did not learn.
func outdate(ctx context.Context, q store.Q, today calendar.Date, issued ...*certificates.Certificate) error {
	all, err := store.Changes(ctx, q)
	if err != nil {
		return err
	}
	concerns := func(c changes.Change) bool {
		return c.Stands() && c.State(today) == changes.InForce && slices.ContainsFunc(c.Verdicts, func(v changes.Verdict) bool {
			return slices.ContainsFunc(issued, func(i *certificates.Certificate) bool { return v.Holders == i.Period.Scheme })
		})
	}
	all = only(all, concerns)
	if len(all) == 0 {
		return nil
	}
	records := make(map[staff.PersonID]staffing.Record)
	for _, i := range issued {
		person := i.Period.Person
		if _, there := records[person]; !there {
			r := staffing.Record{Person: person}
			if r.Employments, err = store.Employments(ctx, q, person); err != nil {
				return err
			}
			if r.Periods, err = store.Periods(ctx, q, person); err != nil {
				return err
			}
			records[person] = r
		}
		for _, c := range all {
			if c.Outdates(records[person], i.Period.Scheme, today) && (i.OutdatedFrom.IsZero() || c.EffectiveOn < i.OutdatedFrom) {
				i.OutdatedFrom = c.EffectiveOn
			}
		}
	}
	return nil
}
