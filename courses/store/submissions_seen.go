package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type sightingRow struct {
	bun.BaseModel `bun:"table:sightings,alias:g"`

	ID            string    `bun:"id,pk"`
	Person        string    `bun:"person"`
	Scheme        string    `bun:"scheme"`
	SchemeVersion int       `bun:"scheme_version"`
	Component     int       `bun:"component"`
	Refresher     int       `bun:"refresher"`
	SeenOn        day       `bun:"seen_on"`
	Source        string    `bun:"source"`
	RecordedBy    string    `bun:"recorded_by"`
	RecordedAt    time.Time `bun:"recorded_at"`
	Outcome       string    `bun:"outcome"`
	Cycle         int       `bun:"cycle"`
	UndoneBy      string    `bun:"undone_by"`
	UndoneAt      time.Time `bun:"undone_at,nullzero"`
}

func (r sightingRow) sighting() certificates.Sighting {
	return certificates.Sighting{
		Evidence: certificates.Evidence{ID: r.ID, Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), SchemeVersion: r.SchemeVersion, Component: r.Component, Refresher: r.Refresher,
			CompletedOn: calendar.Date(r.SeenOn), Source: r.Source, RecordedBy: staff.PersonID(r.RecordedBy)},
		RecordedAt: r.RecordedAt.UTC(), Outcome: courses.Outcome(r.Outcome), Cycle: r.Cycle, UndoneBy: staff.PersonID(r.UndoneBy), UndoneAt: r.UndoneAt.UTC(),
	}
}

// InsertSighting adds that something was seen.
func InsertSighting(ctx context.Context, q Q, s certificates.Sighting) error {
	_, err := q.NewInsert().Model(&sightingRow{
		ID: s.ID, Person: string(s.Person), Scheme: string(s.Scheme), SchemeVersion: s.SchemeVersion, Component: s.Component, Refresher: s.Refresher, SeenOn: day(s.CompletedOn), Source: s.Source,
		RecordedBy: string(s.RecordedBy), RecordedAt: s.RecordedAt, Outcome: string(s.Outcome), Cycle: s.Cycle, UndoneBy: string(s.UndoneBy), UndoneAt: s.UndoneAt,
	}).Exec(ctx)
	return translate(err)
}

// Sighting reads one sighting.
func Sighting(ctx context.Context, q Q, id string) (certificates.Sighting, error) {
	var row sightingRow
	err := q.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row.sighting(), translate(err)
}

// SightingsBy reads what somebody noted since an instant, the newest first, and at most so many.
func SightingsBy(ctx context.Context, q Q, who staff.PersonID, since time.Time, limit int) ([]certificates.Sighting, error) {
	var rows []sightingRow
	err := q.NewSelect().Model(&rows).Where("recorded_by = ? AND recorded_at >= ?", who, since).Order("recorded_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return convert(rows, sightingRow.sighting), translate(err)
}

// UndoSighting keeps that a slip was taken back, and removes the evidence that it was; fault.NotFound where that was done already.
func UndoSighting(ctx context.Context, q Q, s certificates.Sighting) error {
	row := sightingRow{ID: s.ID, UndoneBy: string(s.UndoneBy), UndoneAt: s.UndoneAt}
	res, err := q.NewUpdate().Model(&row).Column("undone_by", "undone_at").WherePK().Where("undone_at IS NULL").Exec(ctx)
	if err := changed(res, err, notFound); err != nil {
		return err
	}
	_, err = q.NewDelete().Table("evidence").Where("id = ?", s.ID).Exec(ctx)
	return translate(err)
}

// TakeBackPeriod removes a period that a slip began, and opens the duty again that it closed. A period with a certificate
// stays: fault.Conflict.
func TakeBackPeriod(ctx context.Context, q Q, p certificates.Period) error {
	res, err := q.NewDelete().Table("periods").Where("id = ?", p.ID).Where("NOT EXISTS (SELECT 1 FROM certificates AS c WHERE c.period = periods.id)").Exec(ctx)
	if err := changed(res, err, hasCertificate); err != nil {
		return err
	}
	_, err = q.NewUpdate().Model((*dutyRow)(nil)).Set("done_on = NULL").Where("person = ? AND scheme = ? AND cycle = ?", p.Person, p.Scheme, p.Cycle).Exec(ctx)
	return translate(err)
}

var hasCertificate = fault.New(fault.Conflict, "Hier hoort een certificaat bij, dus terugzetten kan niet meer. Trek het in.", "There is a certificate of this, so it cannot be undone any more. Revoke it.").Because("in_effect")
