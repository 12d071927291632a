package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// HeldBetween reads what anybody holds under some schemes that is valid on any day between two, in order of person, scheme and
// cycle: when, and on which version of the course.
func HeldBetween(ctx context.Context, q Q, schemes []certificates.SchemeKey, from, until calendar.Date) ([]certificates.Period, error) {
	if len(schemes) == 0 {
		return nil, nil
	}
	rows, err := q.NewSelect().Model((*periodRow)(nil)).Column("person", "scheme", "cycle", "valid_from", "valid_until", "revoked_on", "course_version").
		Where("scheme IN (?)", bun.List(schemes)).Where("valid_from <= ?", until.String()).Where("valid_until IS NULL OR valid_until >= ?", from.String()).
		Order("person", "scheme", "cycle").Rows(ctx)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var periods []certificates.Period
	for rows.Next() {
		var r periodRow
		if err := rows.Scan(&r.Person, &r.Scheme, &r.Cycle, &r.ValidFrom, &r.ValidUntil, &r.RevokedOn, &r.CourseVersion); err != nil {
			return nil, err
		}
		periods = append(periods, r.period())
	}
	return periods, translate(rows.Err())
}
