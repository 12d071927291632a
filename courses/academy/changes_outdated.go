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
			duties, err := store.Duties(ctx, q, person)
			if err != nil {
				return err
			}
			for _, d := range only(duties, certificates.Duty.Open) {
				r.Asked = append(r.Asked, d.Scheme)
			}
			records[person] = r
		}
		for _, c := range all {
			if c.Outdates(records[person], i.Period.Scheme, today) && (i.OutdatedFrom.IsZero() || c.HoldsFrom() < i.OutdatedFrom) {
				i.OutdatedFrom = c.HoldsFrom()
			}
		}
	}
	return nil
}

// readBars keeps people from the work of processes for which a change says so and that they have not learned on a day.
func readBars(ctx context.Context, q store.Q, day calendar.Date, processes []staffing.Process, records []staffing.Record) error {
	all, err := store.Changes(ctx, q)
	if err != nil {
		return err
	}
	all = only(all, func(c changes.Change) bool {
		return c.Stands() && slices.ContainsFunc(c.Verdicts, func(v changes.Verdict) bool {
			return slices.ContainsFunc(processes, func(p staffing.Process) bool { return slices.Contains(v.LosesFor, p.ID) })
		})
	})
	if len(all) == 0 {
		return nil
	}
	facts, err := readChangeFacts(ctx, q, day, all...)
	if err != nil {
		return err
	}
	known := make(map[staff.PersonID]staffing.Record, len(facts.Records))
	for _, r := range facts.Records {
		known[r.Person] = r
	}
	for i, r := range records {
		for _, c := range all {
			records[i].Bars = append(records[i].Bars, c.Bars(known[r.Person], day)...)
		}
	}
	return nil
}
