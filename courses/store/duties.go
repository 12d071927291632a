package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type dutyRow struct {
	bun.BaseModel `bun:"table:duties,alias:d"`

	Person  string `bun:"person,pk"`
	Scheme  string `bun:"scheme,pk"`
	Cycle   int    `bun:"cycle,pk"`
	OpensOn day    `bun:"opens_on"`
	DueOn   day    `bun:"due_on"`
	DoneOn  day    `bun:"done_on,nullzero"`
	EndedOn day    `bun:"ended_on,nullzero"`
}

func (r dutyRow) duty() certificates.Duty {
	return certificates.Duty{Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), Cycle: r.Cycle,
		OpensOn: calendar.Date(r.OpensOn), DueOn: calendar.Date(r.DueOn), DoneOn: calendar.Date(r.DoneOn), EndedOn: calendar.Date(r.EndedOn)}
}

func newDutyRow(d certificates.Duty) dutyRow {
	return dutyRow{Person: string(d.Person), Scheme: string(d.Scheme), Cycle: d.Cycle, OpensOn: day(d.OpensOn), DueOn: day(d.DueOn), DoneOn: day(d.DoneOn), EndedOn: day(d.EndedOn)}
}

// Duties reads the duties of some people under all schemes, in order of person, scheme and cycle.
func Duties(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Duty, error) {
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "scheme", "cycle").Scan(ctx)
	return convert(rows, dutyRow.duty), translate(err)
}

// OpenDuty reads the duty that a person has open for a scheme; false where there is none.
func OpenDuty(ctx context.Context, q Q, person staff.PersonID, scheme certificates.SchemeKey) (certificates.Duty, bool, error) {
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND scheme = ? AND done_on IS NULL AND ended_on IS NULL", person, scheme).Order("cycle DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return certificates.Duty{}, false, translate(err)
	}
	return rows[0].duty(), true, nil
}

// OpenDuties reads every duty that is neither done nor ended, in order of person, scheme and cycle.
func OpenDuties(ctx context.Context, q Q) ([]certificates.Duty, error) {
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("done_on IS NULL AND ended_on IS NULL").Order("person", "scheme", "cycle").Scan(ctx)
	return convert(rows, dutyRow.duty), translate(err)
}

// Owing reads who has an open duty under a scheme, the earliest due first, at most limit.
func Owing(ctx context.Context, q Q, scheme certificates.SchemeKey, limit int) ([]certificates.Duty, error) {
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("scheme = ? AND done_on IS NULL AND ended_on IS NULL", scheme).Order("due_on", "person").Limit(int64(limit)).Scan(ctx)
	return convert(rows, dutyRow.duty), translate(err)
}

// PutDuty writes a duty as it is now, unless it was done in the meantime.
func PutDuty(ctx context.Context, q Q, d certificates.Duty) error {
	row := newDutyRow(d)
	_, err := q.NewInsert().Model(&row).On("CONFLICT (person, scheme, cycle) DO UPDATE").
		Set("opens_on = EXCLUDED.opens_on").Set("due_on = EXCLUDED.due_on").Set("ended_on = EXCLUDED.ended_on").
		Where("d.done_on IS NULL").Exec(ctx)
	return translate(err)
}

// CloseDuty marks the duty of a cycle done, where there is one that is not.
func CloseDuty(ctx context.Context, q Q, person staff.PersonID, scheme certificates.SchemeKey, cycle int, on calendar.Date) error {
	_, err := q.NewUpdate().Model((*dutyRow)(nil)).Set("done_on = ?", on.String()).Set("ended_on = NULL").
		Where("person = ? AND scheme = ? AND cycle = ? AND done_on IS NULL", person, scheme, cycle).Exec(ctx)
	return translate(err)
}

// CloseDuties marks every duty done of whose cycle there is a period already: for what comes from elsewhere in bulk.
func CloseDuties(ctx context.Context, q Q) error {
	const period = "FROM periods AS p WHERE p.person = duties.person AND p.scheme = duties.scheme AND p.cycle = duties.cycle"
	_, err := q.ExecContext(ctx, "UPDATE duties SET ended_on = NULL, done_on = (SELECT p.completed_on "+period+") WHERE done_on IS NULL AND EXISTS (SELECT 1 "+period+")")
	return translate(err)
}

type agendaRow struct {
	bun.BaseModel `bun:"table:agenda,alias:a"`

	Person string `bun:"person,pk"`
	Scheme string `bun:"scheme,pk"`
	NextOn day    `bun:"next_on"`
}

// An Appointment is the next day on which anything changes for a person and a scheme.
type Appointment struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	On     calendar.Date
}

func (r agendaRow) appointment() Appointment {
	return Appointment{staff.PersonID(r.Person), certificates.SchemeKey(r.Scheme), calendar.Date(r.NextOn)}
}

// DueAppointments reads the appointments on or before a day, in order of person and scheme. Its cost follows what is
// due, not what exists.
func DueAppointments(ctx context.Context, q Q, on calendar.Date) ([]Appointment, error) {
	var rows []agendaRow
	// In the order of the index: asked for another order, SQLite reads the whole agenda in that one.
	err := q.NewSelect().Model(&rows).Where("next_on <= ?", on.String()).Order("next_on", "person", "scheme").Scan(ctx)
	slices.SortFunc(rows, func(a, b agendaRow) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scheme, b.Scheme))
	})
	return convert(rows, agendaRow.appointment), translate(err)
}

// AppointmentsForUpdate reads the appointments of some people on or before a day, in order of person and scheme, and keeps
// everybody else from making others until the transaction ends.
func AppointmentsForUpdate(ctx context.Context, q Q, on calendar.Date, people ...staff.PersonID) ([]Appointment, error) {
	var rows []agendaRow
	err := forUpdate(q, q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Where("next_on <= ?", on.String()).Order("person", "scheme")).Scan(ctx)
	return convert(rows, agendaRow.appointment), translate(err)
}

// MakeAppointments sets the next day on which to look at people and schemes, whatever it was.
func MakeAppointments(ctx context.Context, q Q, appointments ...Appointment) error {
	return appoint(ctx, q, appointments, "EXCLUDED.next_on")
}

// BringForward makes appointments that are not later than these days: one that has come already and was not kept yet
// stays, so that what happened on its day is still found.
func BringForward(ctx context.Context, q Q, appointments ...Appointment) error {
	return appoint(ctx, q, appointments, "CASE WHEN EXCLUDED.next_on < a.next_on THEN EXCLUDED.next_on ELSE a.next_on END")
}

func appoint(ctx context.Context, q Q, appointments []Appointment, next string) error {
	rows := convert(appointments, func(a Appointment) agendaRow {
		return agendaRow{Person: string(a.Person), Scheme: string(a.Scheme), NextOn: day(a.On)}
	})
	for part := range slices.Chunk(rows, rowsAtOnce) {
		_, err := q.NewInsert().Model(&part).On("CONFLICT (person, scheme) DO UPDATE").Set("next_on = ?", bun.Safe(next)).Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	return nil
}

// CancelAppointment says that there is no day on which to look at a person and scheme again.
func CancelAppointment(ctx context.Context, q Q, person staff.PersonID, scheme certificates.SchemeKey) error {
	_, err := q.NewDelete().Model((*agendaRow)(nil)).Where("person = ? AND scheme = ?", person, scheme).Exec(ctx)
	return translate(err)
}

var keptByAnother = fault.New(fault.Conflict, "Iemand anders heeft dit al gedaan.", "Somebody else did this already.").Because("kept")

// KeepAppointment replaces an appointment by the next one (On zero: none); fault.Conflict where it is not as it was read,
// because another replica kept it or something happened to the person.
func KeepAppointment(ctx context.Context, q Q, a Appointment, next calendar.Date) error {
	if next.IsZero() {
		res, err := q.NewDelete().Model((*agendaRow)(nil)).Where("person = ? AND scheme = ? AND next_on = ?", a.Person, a.Scheme, a.On.String()).Exec(ctx)
		return changed(res, err, keptByAnother)
	}
	res, err := q.NewUpdate().Model((*agendaRow)(nil)).Set("next_on = ?", next.String()).Where("person = ? AND scheme = ? AND next_on = ?", a.Person, a.Scheme, a.On.String()).Exec(ctx)
	return changed(res, err, keptByAnother)
}

// A SweepRun is what one run of the sweep did.
type SweepRun struct {
	On     calendar.Date
	RanAt  time.Time // the office's clock
	Held   bool
	Opened int
	Ended  int
	Moved  int
	Lapsed int // people whom expiry disqualified since the run before
	Looked int // appointments kept
	Failed int
	Mails  int // people who got a mail
}

type sweepRow struct {
	bun.BaseModel `bun:"table:sweeps,alias:s"`

	ID     int64     `bun:"id,pk,autoincrement"`
	On     day       `bun:"on_date"`
	RanAt  time.Time `bun:"ran_at"`
	Held   bool      `bun:"held"`
	Opened int       `bun:"opened"`
	Ended  int       `bun:"ended"`
	Moved  int       `bun:"moved"`
	Lapsed int       `bun:"lapsed"`
	Looked int       `bun:"looked"`
	Failed int       `bun:"failed"`
	Mails  int       `bun:"mails"`
}

// SweepRuns reads the newest runs first, at most limit.
func SweepRuns(ctx context.Context, q Q, limit int) ([]SweepRun, error) {
	var rows []sweepRow
	err := q.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit)).Scan(ctx)
	return convert(rows, func(r sweepRow) SweepRun {
		return SweepRun{calendar.Date(r.On), r.RanAt.UTC(), r.Held, r.Opened, r.Ended, r.Moved, r.Lapsed, r.Looked, r.Failed, r.Mails}
	}), translate(err)
}

// InsertSweepRun adds a run.
func InsertSweepRun(ctx context.Context, q Q, r SweepRun) error {
	row := sweepRow{On: day(r.On), RanAt: r.RanAt, Held: r.Held, Opened: r.Opened, Ended: r.Ended, Moved: r.Moved, Lapsed: r.Lapsed, Looked: r.Looked, Failed: r.Failed, Mails: r.Mails}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	return translate(err)
}
