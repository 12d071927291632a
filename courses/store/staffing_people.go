package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

// EmploymentsInRoles reads the employments in some roles that hold on any day between two, in order of person and number.
func EmploymentsInRoles(ctx context.Context, q Q, roles []staff.RoleID, from, until calendar.Date) ([]staff.Employment, error) {
	var rows []employmentRow
	err := q.NewSelect().Model(&rows).Where("role IN (?)", bun.List(roles)).Where("from_on <= ?", until.String()).
		Where("until_on IS NULL OR until_on >= ?", from.String()).Order("person", "number").Scan(ctx)
	return convert(rows, employmentRow.employment), translate(err)
}

// PeriodsBetween reads the periods of some people under some schemes that are valid or in grace on any day between two, in order
// of person, scheme and cycle.
func PeriodsBetween(ctx context.Context, q Q, schemes []certificates.SchemeKey, from, until calendar.Date, people ...staff.PersonID) ([]certificates.Period, error) {
	query := q.NewSelect().Where("p.person IN (?)", bun.List(people)).Where("p.scheme IN (?)", bun.List(schemes)).Where("p.valid_from <= ?", until.String()).
		Where("p.valid_until IS NULL OR p.valid_until >= ? OR p.grace_until >= ?", from.String(), from.String())
	return scanPeriods(ctx, query, "person", "scheme", "valid_from", "valid_until", "grace_until", "revoked_on")
}

type rosterRow struct {
	bun.BaseModel `bun:"table:rosters,alias:r"`

	Person     string `bun:"person,pk"`
	Employment int    `bun:"employment,pk"`
	From       day    `bun:"from_on,pk"`
	Days       string `bun:"days"`
}

func newRosterRow(r staffing.Roster) rosterRow {
	var days []string
	for _, weekday := range staffing.Weekdays() {
		text := "-"
		if h := r.Days[weekday]; !h.Off() {
			text = h.From.String() + "-" + h.To.String()
		}
		days = append(days, text)
	}
	return rosterRow{Person: string(r.Person), Employment: r.Employment, From: day(r.From), Days: words(days)}
}

// roster reads a row. Its times were written by newRosterRow: any other text is a mistake of ours.
func (r rosterRow) roster() (staffing.Roster, error) {
	roster := staffing.Roster{Person: staff.PersonID(r.Person), Employment: r.Employment, From: calendar.Date(r.From)}
	days := strings.Fields(r.Days)
	for i, weekday := range staffing.Weekdays() {
		if len(days) != len(roster.Days) {
			return roster, fmt.Errorf("a roster of %d days", len(days))
		}
		from, to, worked := strings.Cut(days[i], "-")
		if !worked || from == "" {
			continue
		}
		var h staffing.Hours
		var err error
		if h.From, err = training.ParseClock(from); err != nil {
			return roster, err
		}
		if h.To, err = training.ParseClock(to); err != nil {
			return roster, err
		}
		roster.Days[weekday] = h
	}
	return roster, nil
}

// Rosters reads the rosters of some people, in order of person, employment and first day.
func Rosters(ctx context.Context, q Q, people ...staff.PersonID) ([]staffing.Roster, error) {
	var rows []rosterRow
	if err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "employment", "from_on").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	rosters := make([]staffing.Roster, len(rows))
	for i, r := range rows {
		var err error
		if rosters[i], err = r.roster(); err != nil {
			return nil, fmt.Errorf("roster of employment %d: %w", r.Employment, err)
		}
	}
	return rosters, nil
}

// PutRosters writes rosters, each in the place of one of the same employment and first day.
func PutRosters(ctx context.Context, q Q, rosters ...staffing.Roster) error {
	for _, r := range rosters {
		row := newRosterRow(r)
		if _, err := q.NewInsert().Model(&row).On("CONFLICT (person, employment, from_on) DO UPDATE").Set("days = EXCLUDED.days").Exec(ctx); err != nil {
			return translate(err)
		}
	}
	return nil
}

type leaveRow struct {
	bun.BaseModel `bun:"table:leave,alias:l"`

	ID         string `bun:"id,pk"`
	Person     string `bun:"person"`
	Employment int    `bun:"employment"`
	From       day    `bun:"from_on"`
	Until      day    `bun:"until_on"`
	Part       string `bun:"part"`
	Approved   bool   `bun:"approved"`
}

func (r leaveRow) leave() staffing.Leave {
	return staffing.Leave{ID: r.ID, Person: staff.PersonID(r.Person), Employment: r.Employment, From: calendar.Date(r.From), Until: calendar.Date(r.Until), Part: staffing.Part(r.Part), Approved: r.Approved}
}

// Leave reads the leave of some people that ends on a day or after it, in order of person and first day.
func Leave(ctx context.Context, q Q, from calendar.Date, people ...staff.PersonID) ([]staffing.Leave, error) {
	var rows []leaveRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Where("until_on >= ?", from.String()).Order("person", "from_on", "id").Scan(ctx)
	return convert(rows, leaveRow.leave), translate(err)
}

var otherLeave = fault.New(fault.Conflict, "Dit verlof is van iemand anders. Kies een andere sleutel.", "This leave is of somebody else. Choose another key.").Because("already_exists")

// PutLeave writes leave, in the place of what is there under its key; fault.Conflict where that is of somebody else.
func PutLeave(ctx context.Context, q Q, l staffing.Leave) error {
	row := leaveRow{ID: l.ID, Person: string(l.Person), Employment: l.Employment, From: day(l.From), Until: day(l.Until), Part: string(l.Part), Approved: l.Approved}
	res, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("employment = EXCLUDED.employment").Set("from_on = EXCLUDED.from_on").
		Set("until_on = EXCLUDED.until_on").Set("part = EXCLUDED.part").Set("approved = EXCLUDED.approved").Where("l.person = EXCLUDED.person").Exec(ctx)
	return changed(res, err, otherLeave)
}

// ForgetLeave takes away every leave that ended before a day, and everybody's time on call before it.
func ForgetLeave(ctx context.Context, q Q, before calendar.Date) (int, error) {
	if _, err := q.NewDelete().Model((*onCallRow)(nil)).Where("day_on < ?", before.String()).Exec(ctx); err != nil {
		return 0, translate(err)
	}
	res, err := q.NewDelete().Model((*leaveRow)(nil)).Where("until_on < ?", before.String()).Exec(ctx)
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// CountLeaveBefore counts the leave that ended before a day.
func CountLeaveBefore(ctx context.Context, q Q, before calendar.Date) (int, error) {
	n, err := q.NewSelect().Model((*leaveRow)(nil)).Where("until_on < ?", before.String()).Count(ctx)
	return int(n), translate(err)
}

// DeleteLeave takes a leave of somebody away; fault.NotFound where there is none.
func DeleteLeave(ctx context.Context, q Q, person staff.PersonID, id string) error {
	res, err := q.NewDelete().Model((*leaveRow)(nil)).Where("id = ? AND person = ?", id, person).Exec(ctx)
	return changed(res, err, notFound)
}

type onCallRow struct {
	bun.BaseModel `bun:"table:on_call,alias:c"`

	Process string `bun:"process,pk"`
	Day     day    `bun:"day_on,pk"`
	Person  string `bun:"person,pk"`
	Starts  int    `bun:"starts"`
	Ends    int    `bun:"ends"`
}

// OnCall reads when some people stand ready, from a day on, in order of person and day.
func OnCall(ctx context.Context, q Q, from calendar.Date, people ...staff.PersonID) ([]staffing.OnCall, error) {
	var rows []onCallRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Where("day_on >= ?", from.String()).Order("person", "day_on", "process").Scan(ctx)
	return convert(rows, onCallRow.call), translate(err)
}

func (r onCallRow) call() staffing.OnCall {
	return staffing.OnCall{Process: staff.ActivityID(r.Process), Day: calendar.Date(r.Day), Person: staff.PersonID(r.Person), From: training.Clock(r.Starts), To: training.Clock(r.Ends)}
}

// OnCallFor reads who stands ready for a process from a day on, in order of day and person.
func OnCallFor(ctx context.Context, q Q, process staff.ActivityID, from calendar.Date) ([]staffing.OnCall, error) {
	var rows []onCallRow
	err := q.NewSelect().Model(&rows).Where("process = ?", process).Where("day_on >= ?", from.String()).Order("day_on", "person").Scan(ctx)
	return convert(rows, onCallRow.call), translate(err)
}

// PutOnCall writes who stands ready for a process on a day: these, and nobody else.
func PutOnCall(ctx context.Context, q Q, process staff.ActivityID, on calendar.Date, calls []staffing.OnCall) error {
	if _, err := q.NewDelete().Model((*onCallRow)(nil)).Where("process = ? AND day_on = ?", process, on.String()).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, convert(calls, func(c staffing.OnCall) onCallRow {
		return onCallRow{Process: string(process), Day: day(on), Person: string(c.Person), Starts: int(c.From), Ends: int(c.To)}
	}))
}
