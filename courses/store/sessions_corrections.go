package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

type correctionRow struct {
	bun.BaseModel `bun:"table:attendance_corrections,alias:c"`

	Session       string    `bun:"session,pk"`
	Order         int       `bun:"place_order,pk"`
	Number        int       `bun:"number,pk"`
	WasAttendance string    `bun:"was_attendance"`
	WasResult     string    `bun:"was_result"`
	WasShown      string    `bun:"was_shown"`
	Attendance    string    `bun:"attendance"`
	Result        string    `bun:"result"`
	Shown         string    `bun:"shown"`
	Reason        string    `bun:"reason"`
	CorrectedBy   string    `bun:"corrected_by"`
	CorrectedAt   time.Time `bun:"corrected_at"`
	ConfirmedBy   string    `bun:"confirmed_by"`
	ConfirmedAt   time.Time `bun:"confirmed_at,nullzero"`
}

func (r correctionRow) correction(person staff.PersonID) (training.Correction, error) {
	was, err := numbers(r.WasShown)
	if err != nil {
		return training.Correction{}, err
	}
	shown, err := numbers(r.Shown)
	return training.Correction{
		Session: training.SessionID(r.Session), Order: r.Order, Number: r.Number,
		Was:    training.Line{Person: person, Attendance: training.Attendance(r.WasAttendance), Result: training.Result(r.WasResult), Shown: was},
		Line:   training.Line{Person: person, Attendance: training.Attendance(r.Attendance), Result: training.Result(r.Result), Shown: shown},
		Reason: r.Reason, CorrectedBy: staff.PersonID(r.CorrectedBy), CorrectedAt: r.CorrectedAt.UTC(), ConfirmedBy: staff.PersonID(r.ConfirmedBy), ConfirmedAt: instant(r.ConfirmedAt),
	}, err
}

func newCorrectionRow(c training.Correction) correctionRow {
	return correctionRow{
		Session: string(c.Session), Order: c.Order, Number: c.Number, WasAttendance: string(c.Was.Attendance), WasResult: string(c.Was.Result), WasShown: spaced(c.Was.Shown),
		Attendance: string(c.Attendance), Result: string(c.Result), Shown: spaced(c.Shown),
		Reason: c.Reason, CorrectedBy: string(c.CorrectedBy), CorrectedAt: c.CorrectedAt, ConfirmedBy: string(c.ConfirmedBy), ConfirmedAt: c.ConfirmedAt,
	}
}

// Corrections reads the corrections of one line of a list, the first one first.
func Corrections(ctx context.Context, q Q, e training.Enrolment) ([]training.Correction, error) {
	var rows []correctionRow
	err := q.NewSelect().Model(&rows).Where("session = ? AND place_order = ?", e.Session, e.Order).Order("number").Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	all := make([]training.Correction, len(rows))
	for i, r := range rows {
		if all[i], err = r.correction(e.Person); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// PutCorrection adds a correction, or writes the one with its number as it is now. The caller holds the session for update.
func PutCorrection(ctx context.Context, q Q, c training.Correction) error {
	row := newCorrectionRow(c)
	insert := q.NewInsert().Model(&row).On("CONFLICT (session, place_order, number) DO UPDATE")
	for _, column := range []string{"was_attendance", "was_result", "was_shown", "attendance", "result", "shown", "reason", "corrected_by", "corrected_at", "confirmed_by", "confirmed_at"} {
		insert.Set(column + " = EXCLUDED." + column)
	}
	_, err := insert.Exec(ctx)
	return translate(err)
}

// SessionEvidenceOf reads which evidence a session led to for a person.
func SessionEvidenceOf(ctx context.Context, q Q, session training.SessionID, person staff.PersonID) ([]SessionEvidence, error) {
	var rows []SessionEvidence
	err := q.NewSelect().Model(&rows).Where("session = ? AND person = ?", session, person).Order("component").Scan(ctx)
	return rows, translate(err)
}

// RemoveSessionEvidence removes evidence that a session led to for a person, of one component: it turned out to be none.
func RemoveSessionEvidence(ctx context.Context, q Q, e SessionEvidence) error {
	if _, err := q.NewDelete().Model(&e).WherePK().Exec(ctx); err != nil {
		return translate(err)
	}
	_, err := q.NewDelete().Model((*evidenceRow)(nil)).Where("id = ?", e.Evidence).Exec(ctx)
	return translate(err)
}
