package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Look is that somebody looked at the record of somebody else on a day.
type Look struct {
	Person staff.PersonID
	On     calendar.Date
	Reader staff.PersonID
}

type lookRow struct {
	bun.BaseModel `bun:"table:looks,alias:l"`

	Person string `bun:"person,pk"`
	On     day    `bun:"on_day,pk"`
	Reader string `bun:"reader,pk"`
}

// Looked reports whether a look was written down already.
func Looked(ctx context.Context, q Q, l Look) (bool, error) {
	there, err := q.NewSelect().Model((*lookRow)(nil)).Where("person = ? AND on_day = ? AND reader = ?", l.Person, l.On.String(), l.Reader).Exists(ctx)
	return there, translate(err)
}

// WriteLook writes a look down; false where it was already.
func WriteLook(ctx context.Context, q Q, l Look) (bool, error) {
	row := lookRow{Person: string(l.Person), On: day(l.On), Reader: string(l.Reader)}
	res, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, translate(err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Looks reads who looked at a person, the newest first, at most limit.
func Looks(ctx context.Context, q Q, person staff.PersonID, limit int) ([]Look, error) {
	var rows []lookRow
	err := q.NewSelect().Model(&rows).Where("person = ?", person).Order("on_day DESC", "reader").Limit(int64(limit)).Scan(ctx)
	return convert(rows, func(r lookRow) Look {
		return Look{staff.PersonID(r.Person), calendar.Date(r.On), staff.PersonID(r.Reader)}
	}), translate(err)
}
