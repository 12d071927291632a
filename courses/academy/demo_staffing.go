package academy

import (
	"context"

	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A StaffingStory is what a demo begins with of how processes are staffed.
type StaffingStory struct {
	Processes  []staffing.Process
	Procedures []staffing.Procedure
	Rosters    []staffing.Roster
	Leave      []staffing.Leave
	OnCall     []staffing.OnCall
	Consent    Consent
}

// tellStaffing writes how the processes of a story are staffed.
func tellStaffing(ctx context.Context, q store.Q, now Moment, s StaffingStory, writer staff.PersonID) error {
	for _, p := range s.Processes {
		p.Version = 1
		if err := store.InsertProcess(ctx, q, p, store.Written{By: writer, At: now.Office}); err != nil {
			return err
		}
	}
	for _, p := range s.Procedures {
		if err := store.InsertProcedure(ctx, q, p, store.Written{By: writer, At: now.Office}); err != nil {
			return err
		}
	}
	if err := store.PutRosters(ctx, q, s.Rosters...); err != nil {
		return err
	}
	for _, l := range s.Leave {
		if err := store.PutLeave(ctx, q, l); err != nil {
			return err
		}
	}
	for _, c := range s.OnCall {
		if err := store.PutOnCall(ctx, q, c.Process, c.Day, []staffing.OnCall{c}); err != nil {
			return err
		}
	}
	s.Consent.Views, s.Consent.RecordedBy, s.Consent.RecordedAt = ConsentViews(), writer, now.Office
	return store.PutConsent(ctx, q, s.Consent)
}
