package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

type sessionRow struct {
	bun.BaseModel `bun:"table:training_sessions,alias:s"`

	ID          string    `bun:"id,pk"`
	Title       string    `bun:"title"`
	Scheme      string    `bun:"scheme"`
	Components  string    `bun:"components"`
	Refresher   int       `bun:"refresher"`
	Day         day       `bun:"day_on"`
	Starts      int       `bun:"starts"`
	Ends        int       `bun:"ends"`
	Place       string    `bun:"place"`
	Supplier    string    `bun:"supplier"`
	Places      int       `bun:"places"`
	Elsewhere   int       `bun:"elsewhere"`
	Cost        int64     `bun:"cost"`
	Fund        string    `bun:"fund"`
	PlannedBy   string    `bun:"planned_by"`
	Sequence    int       `bun:"sequence"`
	CancelledAt time.Time `bun:"cancelled_at,nullzero"`
	Version     int       `bun:"version"`
}

func (r sessionRow) session() (training.Session, error) {
	components, err := numbers(r.Components)
	return training.Session{
		ID: training.SessionID(r.ID), Title: r.Title, Scheme: certificates.SchemeKey(r.Scheme), Components: components, Refresher: r.Refresher,
		Day: calendar.Date(r.Day), Starts: training.Clock(r.Starts), Ends: training.Clock(r.Ends), Place: r.Place, Supplier: r.Supplier,
		Places: r.Places, Elsewhere: r.Elsewhere, Cost: training.Cents(r.Cost), Fund: training.Fund(r.Fund), PlannedBy: staff.PersonID(r.PlannedBy), Sequence: r.Sequence, CancelledAt: instant(r.CancelledAt), Version: r.Version,
	}, err
}

func newSessionRow(s training.Session) sessionRow {
	return sessionRow{
		ID: string(s.ID), Title: s.Title, Scheme: string(s.Scheme), Components: spaced(s.Components), Refresher: s.Refresher,
		Day: day(s.Day), Starts: int(s.Starts), Ends: int(s.Ends), Place: s.Place, Supplier: s.Supplier,
		Places: s.Places, Elsewhere: s.Elsewhere, Cost: int64(s.Cost), Fund: string(s.Fund), PlannedBy: string(s.PlannedBy), Sequence: s.Sequence, CancelledAt: s.CancelledAt, Version: s.Version,
	}
}

// instant is a time of a row in UTC; the zero time where it is none.
func instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// spaced writes numbers separated by spaces.
func spaced(values []int) string { return strings.Trim(fmt.Sprint(values), "[]") }

// numbers reads what spaced wrote; none for an empty text.
func numbers(text string) (values []int, err error) {
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		values = append(values, n)
	}
	return values, nil
}

type enrolmentRow struct {
	bun.BaseModel `bun:"table:training_enrolments,alias:e"`

	Session     string    `bun:"session,pk"`
	Order       int       `bun:"place_order,pk"`
	Person      string    `bun:"person"`
	EnrolledAt  time.Time `bun:"enrolled_at"`
	EnrolledBy  string    `bun:"enrolled_by"`
	LeftAt      time.Time `bun:"left_at,nullzero"`
	Attendance  string    `bun:"attendance"`
	Result      string    `bun:"result"`
	Shown       string    `bun:"shown"`
	RecordedBy  string    `bun:"recorded_by"`
	RecordedAt  time.Time `bun:"recorded_at,nullzero"`
	ConfirmedBy string    `bun:"confirmed_by"`
	ConfirmedAt time.Time `bun:"confirmed_at,nullzero"`
	Outcome     string    `bun:"outcome"`
}

func (r enrolmentRow) enrolment() (training.Enrolment, error) {
	shown, err := numbers(r.Shown)
	return training.Enrolment{
		Session: training.SessionID(r.Session), Person: staff.PersonID(r.Person), Order: r.Order, EnrolledAt: r.EnrolledAt.UTC(), EnrolledBy: staff.PersonID(r.EnrolledBy), LeftAt: instant(r.LeftAt),
		Attendance: training.Attendance(r.Attendance), Result: training.Result(r.Result), Shown: shown, RecordedBy: staff.PersonID(r.RecordedBy), RecordedAt: instant(r.RecordedAt),
		ConfirmedBy: staff.PersonID(r.ConfirmedBy), ConfirmedAt: instant(r.ConfirmedAt), Outcome: courses.Outcome(r.Outcome),
	}, err
}

func newEnrolmentRow(e training.Enrolment) enrolmentRow {
	return enrolmentRow{
		Session: string(e.Session), Person: string(e.Person), Order: e.Order, EnrolledAt: e.EnrolledAt, EnrolledBy: string(e.EnrolledBy), LeftAt: e.LeftAt,
		Attendance: string(e.Attendance), Result: string(e.Result), Shown: spaced(e.Shown), RecordedBy: string(e.RecordedBy), RecordedAt: e.RecordedAt,
		ConfirmedBy: string(e.ConfirmedBy), ConfirmedAt: e.ConfirmedAt, Outcome: string(e.Outcome),
	}
}

// Rolls reads every session between two days with who is on it, in order of day and key; a zero day is no bound.
func Rolls(ctx context.Context, q Q, from, until calendar.Date) ([]training.Roll, error) {
	return rolls(ctx, q, func(query *bun.SelectQuery) *bun.SelectQuery {
		if !from.IsZero() {
			query = query.Where("s.day_on >= ?", from.String())
		}
		if !until.IsZero() {
			query = query.Where("s.day_on <= ?", until.String())
		}
		return query
	})
}

// RollsOf reads every session that a person is on, with who else is, in order of day and key.
func RollsOf(ctx context.Context, q Q, person staff.PersonID) ([]training.Roll, error) {
	on := q.NewSelect().TableExpr("training_enrolments AS o").Column("o.session").Where("o.person = ? AND o.left_at IS NULL", person)
	return rolls(ctx, q, func(query *bun.SelectQuery) *bun.SelectQuery { return query.Where("s.id IN (?)", on) })
}

// Roll reads one session with who is on it; fault.NotFound where it does not exist.
func Roll(ctx context.Context, q Q, id training.SessionID) (training.Roll, error) {
	return one(rolls(ctx, q, func(query *bun.SelectQuery) *bun.SelectQuery { return query.Where("s.id = ?", id) }))
}

// RollForUpdate reads one session and keeps everybody else from changing it, or who is on it, until the transaction ends.
func RollForUpdate(ctx context.Context, q Q, id training.SessionID) (training.Roll, error) {
	var row sessionRow
	if err := forUpdate(q, q.NewSelect().Model(&row).Where("s.id = ?", id)).Scan(ctx); err != nil {
		return training.Roll{}, translate(err)
	}
	return Roll(ctx, q, id)
}

func one(rolls []training.Roll, err error) (training.Roll, error) {
	if err == nil && len(rolls) == 0 {
		err = notFound
	}
	if err != nil {
		return training.Roll{}, err
	}
	return rolls[0], nil
}

// rolls reads the sessions that a condition picks: two queries, however many there are.
func rolls(ctx context.Context, q Q, pick func(*bun.SelectQuery) *bun.SelectQuery) ([]training.Roll, error) {
	var sessions []sessionRow
	if err := pick(q.NewSelect().Model(&sessions)).Order("s.day_on", "s.id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	var rows []enrolmentRow
	picked := pick(q.NewSelect().TableExpr("training_sessions AS s").Column("s.id"))
	if err := q.NewSelect().Model(&rows).Where("e.session IN (?)", picked).Order("e.session", "e.place_order").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	enrolments := make(map[training.SessionID][]training.Enrolment)
	for _, r := range rows {
		e, err := r.enrolment()
		if err != nil {
			return nil, fmt.Errorf("session %s, place %d: %w", r.Session, r.Order, err)
		}
		enrolments[e.Session] = append(enrolments[e.Session], e)
	}
	all := make([]training.Roll, len(sessions))
	for i, r := range sessions {
		s, err := r.session()
		if err != nil {
			return nil, fmt.Errorf("session %s: %w", r.ID, err)
		}
		all[i] = training.Roll{Session: s, Enrolments: enrolments[s.ID]}
	}
	return all, nil
}

// InsertSession adds a session; fault.Conflict where one has that key already.
func InsertSession(ctx context.Context, q Q, s training.Session) error {
	return insert(ctx, q, []sessionRow{newSessionRow(s)})
}

// SaveSession writes a session as it is now. The caller holds it for update.
func SaveSession(ctx context.Context, q Q, s training.Session) error {
	row := newSessionRow(s)
	res, err := q.NewUpdate().Model(&row).WherePK().Exec(ctx)
	return changed(res, err, notFound)
}

// InsertEnrolments adds people to sessions; fault.Conflict for who is on one already.
func InsertEnrolments(ctx context.Context, q Q, enrolments ...training.Enrolment) error {
	return insert(ctx, q, convert(enrolments, newEnrolmentRow))
}

// SaveEnrolment writes an enrolment as it is now. The caller holds its session for update.
func SaveEnrolment(ctx context.Context, q Q, e training.Enrolment) error {
	row := newEnrolmentRow(e)
	res, err := q.NewUpdate().Model(&row).WherePK().Exec(ctx)
	return changed(res, err, notFound)
}

// A SessionEvidence says which evidence came from which session.
type SessionEvidence struct {
	bun.BaseModel `bun:"table:training_evidence,alias:t"`

	Session   training.SessionID `bun:"session,pk"`
	Person    staff.PersonID     `bun:"person,pk"`
	Component int                `bun:"component,pk"`
	Evidence  string             `bun:"evidence"`
}

// InsertSessionEvidence notes where evidence came from; fault.Conflict where the session led to that component already.
func InsertSessionEvidence(ctx context.Context, q Q, evidence ...SessionEvidence) error {
	return insert(ctx, q, evidence)
}
