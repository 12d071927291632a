package store_test

import (
	"context"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestProcessesAndHowTheyAreDone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		p := staffing.Process{
			Activity: staff.Activity{ID: "P1", Kind: staff.Process, Name: "reisdocumenten", Roles: staff.Always("R1")}, Cluster: "Burgerzaken", Owner: "P2",
			All: []certificates.SchemeKey{"Z", "A"}, OneOf: []certificates.SchemeKey{"A", "B"}, PoolMinimum: 7, Shortage: "minder loketten", FourEyes: "een tweede",
			Windows: []staffing.Window{{Days: []time.Weekday{time.Monday, time.Sunday}, From: 540, To: 1020, Minimum: 4, Note: "x"}, {Days: []time.Weekday{time.Friday}, From: 540, To: 780, Minimum: 3}},
		}
		bare := staff.Activity{ID: "P2", Kind: staff.Process, Name: "kaal"}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertActivities(ctx, q, []staff.Activity{p.Activity, bare, {ID: "K1", Kind: staff.Application, Name: "zaaksysteem"}})
		})
		first, second := p, p
		first.Version, second.Version = 1, 2
		second.All, second.OneOf, second.Windows, second.PoolMinimum, second.From = p.All[:1], nil, p.Windows[1:], 0, date("2026-03-01")
		for _, version := range []staffing.Process{first, second} {
			write(t, db, func(ctx context.Context, q store.Q) error {
				return store.InsertProcess(ctx, q, version, store.Written{By: "P1", At: noon, Why: "daarom"})
			})
		}
		got, err := store.Processes(ctx, db.Read(), date("2026-03-01"))
		want(t, got, err, []staffing.Process{second, {Activity: bare}})
		first.Later = []staffing.Process{second}
		got, err = store.Processes(ctx, db.Read(), date("2026-02-28"))
		want(t, got, err, []staffing.Process{first, {Activity: bare}})
		versions, err := store.ProcessVersions(ctx, db.Read(), "P1")
		if err != nil || len(versions) != 2 || versions[1].Written != (store.Written{By: "P1", At: noon, Why: "daarom"}) || !versions[0].From.IsZero() {
			t.Errorf("the versions are %+v, %v", versions, err)
		}
		how := staffing.Procedure{Process: "P1", Version: 1, From: date("2026-01-01"), Text: "Zo.", Holder: "P2"}
		written := store.Written{By: "P1", At: noon, Why: "nieuw"}
		add := func(how staffing.Procedure) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertProcedure(ctx, q, how, written) })
		}
		if err := add(how); err != nil {
			t.Fatal(err)
		}
		later := how
		later.Version, later.Deputy = 2, "P1"
		refuses(t, add(later), fault.Conflict, "already_exists")
		later.From = date("2026-02-01")
		if err := add(later); err != nil {
			t.Fatal(err)
		}
		hows, err := store.Procedures(ctx, db.Read(), "P1")
		want(t, hows, err, []store.ProcedureVersion{{Procedure: how, Written: written}, {Procedure: later, Written: written}})
	})
}

func TestWhenPeopleWork(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		roster := staffing.Roster{Person: "P1", Employment: 1, From: date("2026-01-01"), Days: [7]staffing.Hours{1: {From: 510, To: 1020}, 0: {From: 0, To: 60}}}
		off := staffing.Roster{Person: "P1", Employment: 1, From: date("2026-03-01")}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutRosters(ctx, q, off, roster) })
		rosters, err := store.Rosters(ctx, db.Read(), "P1")
		want(t, rosters, err, []staffing.Roster{roster, off})
		roster.Days[2] = staffing.Hours{From: 540, To: 780}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutRosters(ctx, q, roster) })
		rosters, err = store.Rosters(ctx, db.Read(), "P1", "P2")
		want(t, rosters, err, []staffing.Roster{roster, off})

		leave := staffing.Leave{ID: "A1", Person: "P1", Employment: 1, From: date("2026-02-01"), Until: date("2026-02-05"), Part: staffing.Morning}
		put := func(l staffing.Leave) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.PutLeave(ctx, q, l) })
		}
		if err := put(leave); err != nil {
			t.Fatal(err)
		}
		leave.Approved, leave.Part, leave.Employment = true, staffing.WholeDay, 0
		if err := put(leave); err != nil {
			t.Fatal(err)
		}
		got, err := store.Leave(ctx, db.Read(), date("2026-02-05"), "P1")
		want(t, got, err, []staffing.Leave{leave})
		got, err = store.Leave(ctx, db.Read(), date("2026-02-06"), "P1")
		want(t, got, err, []staffing.Leave{})
		other := leave
		other.Person = "P2"
		refuses(t, put(other), fault.Conflict, "already_exists")
		drop := func(person staff.PersonID) error {
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.DeleteLeave(ctx, q, person, "A1") })
		}
		refuses(t, drop("P2"), fault.NotFound, "")
		if err := drop("P1"); err != nil {
			t.Fatal(err)
		}
		write(t, db, func(ctx context.Context, q store.Q) error {
			return store.InsertActivities(ctx, q, []staff.Activity{{ID: "P1", Kind: staff.Process, Name: "x"}})
		})
		call := staffing.OnCall{Process: "P1", Day: date("2026-02-07"), Person: "P2", From: 600, To: 660}
		for _, calls := range [][]staffing.OnCall{{{Process: "P1", Day: call.Day, Person: "P1", From: 1, To: 2}}, {call}} {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutOnCall(ctx, q, "P1", call.Day, calls) })
		}
		calls, err := store.OnCall(ctx, db.Read(), call.Day, "P1", "P2")
		want(t, calls, err, []staffing.OnCall{call})
		calls, err = store.OnCallFor(ctx, db.Read(), "P1", call.Day)
		want(t, calls, err, []staffing.OnCall{call})

		for before, left := range map[string]int{"2026-02-07": 1, "2026-02-08": 0} {
			write(t, db, func(ctx context.Context, q store.Q) error {
				if err := store.PutLeave(ctx, q, staffing.Leave{ID: "A9", Person: "P1", From: call.Day, Until: call.Day, Part: staffing.WholeDay}); err != nil {
					return err
				}
				if err := store.PutOnCall(ctx, q, "P1", call.Day, []staffing.OnCall{call}); err != nil {
					return err
				}
				counted, err := store.CountLeaveBefore(ctx, q, date(before))
				want(t, counted, err, 1-left)
				forgotten, err := store.ForgetLeave(ctx, q, date(before))
				want(t, forgotten, err, 1-left)
				return err
			})
			calls, err := store.OnCallFor(ctx, db.Read(), "P1", call.Day)
			if err != nil || len(calls) != left {
				t.Errorf("before %s: %v, %v", before, calls, err)
			}
		}
	})
}

func TestTheWorksCouncilConsentsOrNot(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		_, err := store.GetConsent(ctx, db.Read())
		refuses(t, err, fault.NotFound, "")
		c := store.Consent{On: date("2026-01-01"), Reference: "besluit 1", Views: []string{"matrix"}, RecordedBy: "P1", RecordedAt: noon}
		for range 2 {
			write(t, db, func(ctx context.Context, q store.Q) error { return store.PutConsent(ctx, q, c) })
			got, err := store.GetConsent(ctx, db.Read())
			want(t, got, err, c)
			c.Reference = "besluit 2"
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.PutConsent(ctx, q, store.Consent{}) })
		_, err = store.GetConsent(ctx, db.Read())
		refuses(t, err, fault.NotFound, "")
	})
}

func TestWhoWorksInSomeRolesAndWhatTheyHold(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		jobs, err := store.EmploymentsInRoles(ctx, db.Read(), []staff.RoleID{"R1", "R9"}, date("2020-01-01"), date("2020-02-29"))
		if err != nil || len(jobs) != 1 || jobs[0].Person != "P1" {
			t.Errorf("got %v, %v", jobs, err)
		}
		jobs, err = store.EmploymentsInRoles(ctx, db.Read(), nil, date("2020-01-01"), date("2030-01-01"))
		want(t, jobs, err, []staff.Employment{})
		periods := []certificates.Period{
			{ID: "1", Person: "P1", Scheme: "S", Cycle: 1, ValidFrom: date("2020-01-01"), ValidUntil: date("2020-12-31"), GraceUntil: date("2021-01-31")},
			{ID: "2", Person: "P1", Scheme: "S", Cycle: 2, ValidFrom: date("2022-01-01"), RevokedOn: date("2023-01-01")},
			{ID: "3", Person: "P1", Scheme: "T", Cycle: 1, ValidFrom: date("2020-01-01")},
		}
		write(t, db, func(ctx context.Context, q store.Q) error { return store.InsertPeriods(ctx, q, periods...) })
		for from, count := range map[string]int{"2020-06-01": 1, "2021-01-31": 1, "2021-02-01": 0, "2022-01-01": 1} {
			got, err := store.PeriodsBetween(ctx, db.Read(), []certificates.SchemeKey{"S"}, date(from), date(from), "P1")
			if err != nil || len(got) != count {
				t.Errorf("on %s: %v, %v", from, got, err)
			}
		}
	})
}
