package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type decisionRow struct {
	bun.BaseModel `bun:"table:decisions,alias:d"`

	ID       string    `bun:"id,pk"`
	Kind     string    `bun:"kind"`
	Person   string    `bun:"person"`
	Scheme   string    `bun:"scheme"`
	Cycle    int       `bun:"cycle"`
	From     day       `bun:"from_on"`
	Until    day       `bun:"until_on,nullzero"`
	Reason   string    `bun:"reason"`
	TakenBy  string    `bun:"taken_by"`
	TakenAt  time.Time `bun:"taken_at"`
	UndoneBy string    `bun:"undone_by"`
	UndoneAt time.Time `bun:"undone_at,nullzero"`
}

func (r decisionRow) decision() certificates.Decision {
	d := certificates.Decision{
		ID: r.ID, Kind: certificates.DecisionKind(r.Kind), Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), Cycle: r.Cycle,
		From: calendar.Date(r.From), Until: calendar.Date(r.Until), Reason: r.Reason, TakenBy: staff.PersonID(r.TakenBy), TakenAt: r.TakenAt.UTC(), UndoneBy: staff.PersonID(r.UndoneBy),
	}
	if !r.UndoneAt.IsZero() {
		d.UndoneAt = r.UndoneAt.UTC()
	}
	return d
}

// Decisions reads what was decided about some people, also what was undone, in order of person and first day.
func Decisions(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Decision, error) {
	var rows []decisionRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "from_on", "id").Scan(ctx)
	return convert(rows, decisionRow.decision), translate(err)
}

// DecisionsBecause reads the decisions that were taken at a moment for a reason and stand, in order of person: those of one
// change that was published.
func DecisionsBecause(ctx context.Context, q Q, reason string, at time.Time) ([]certificates.Decision, error) {
	var rows []decisionRow
	err := q.NewSelect().Model(&rows).Where("reason = ? AND taken_at = ? AND undone_at IS NULL", reason, at).Order("person", "id").Scan(ctx)
	return convert(rows, decisionRow.decision), translate(err)
}

// Away reads who is absent on a day, in order of personnel number.
func Away(ctx context.Context, q Q, on calendar.Date) ([]staff.PersonID, error) {
	var people []staff.PersonID
	err := q.NewSelect().Model((*decisionRow)(nil)).ColumnExpr("DISTINCT person").Where("kind = ? AND undone_at IS NULL", certificates.Absence).
		Where("from_on <= ?", on.String()).Where("until_on IS NULL OR until_on >= ?", on.String()).Order("person").Scan(ctx, &people)
	return people, translate(err)
}

// Decision reads one decision; fault.NotFound where there is none.
func Decision(ctx context.Context, q Q, id string) (certificates.Decision, error) {
	var row decisionRow
	err := q.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row.decision(), translate(err)
}

// InsertDecision adds a decision.
func InsertDecision(ctx context.Context, q Q, d certificates.Decision) error {
	row := decisionRow{
		ID: d.ID, Kind: string(d.Kind), Person: string(d.Person), Scheme: string(d.Scheme), Cycle: d.Cycle, From: day(d.From), Until: day(d.Until),
		Reason: d.Reason, TakenBy: string(d.TakenBy), TakenAt: d.TakenAt, UndoneBy: string(d.UndoneBy), UndoneAt: d.UndoneAt,
	}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	return translate(err)
}

var undoneAlready = fault.New(fault.Conflict, "Dit besluit is al teruggezet.", "This decision was undone already.").Because("undone")

// UndoDecision marks that a decision does not stand; fault.Conflict where it did not already.
func UndoDecision(ctx context.Context, q Q, id string, by staff.PersonID, at time.Time) error {
	res, err := q.NewUpdate().Model((*decisionRow)(nil)).Set("undone_by = ?", by).Set("undone_at = ?", at).Where("id = ? AND undone_at IS NULL", id).Exec(ctx)
	return changed(res, err, undoneAlready)
}

// EndDecision gives an absence or an exemption another last day; fault.Conflict where it was undone.
func EndDecision(ctx context.Context, q Q, id string, last calendar.Date) error {
	res, err := q.NewUpdate().Model((*decisionRow)(nil)).Set("until_on = ?", last.String()).Where("id = ? AND undone_at IS NULL", id).Exec(ctx)
	return changed(res, err, undoneAlready)
}
