package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// HeldBetween reads what anybody holds under some schemes that is valid on any day between two or was completed by the first of
// them, in order of person, scheme and cycle: when, and on which version of the course.
func HeldBetween(ctx context.Context, q Q, schemes []certificates.SchemeKey, from, until calendar.Date) ([]certificates.Period, error) {
	if len(schemes) == 0 {
		return nil, nil
	}
	query := q.NewSelect().Where("p.scheme IN (?)", bun.List(schemes)).Where("p.valid_from <= ? OR p.completed_on <= ?", until.String(), from.String()).Where("p.valid_until IS NULL OR p.valid_until >= ?", from.String())
	return scanPeriods(ctx, query, "person", "scheme", "cycle", "completed_on", "valid_from", "valid_until", "revoked_on", "course_version")
}

// AskedUnder reads under which of some schemes people have an open duty, in order of person.
func AskedUnder(ctx context.Context, q Q, schemes []certificates.SchemeKey) ([]certificates.Duty, error) {
	if len(schemes) == 0 {
		return nil, nil
	}
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("scheme IN (?)", bun.List(schemes)).Where("done_on IS NULL AND ended_on IS NULL").Order("person", "scheme").Scan(ctx)
	return convert(rows, dutyRow.duty), translate(err)
}
