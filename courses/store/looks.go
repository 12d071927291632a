package store

import (
	"context"
	"slices"

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

// Looked reads at whom of some people somebody looked on a day.
func Looked(ctx context.Context, q Q, reader staff.PersonID, on calendar.Date, people ...staff.PersonID) ([]staff.PersonID, error) {
	var seen []staff.PersonID
	for some := range slices.Chunk(people, rowsAtOnce) {
		var part []staff.PersonID
		err := q.NewSelect().Model((*lookRow)(nil)).Column("person").Where("reader = ? AND on_day = ?", reader, on.String()).Where("person IN (?)", bun.List(some)).Scan(ctx, &part)
		if err != nil {
			return nil, translate(err)
		}
		seen = append(seen, part...)
	}
	return seen, nil
}

// WriteLooks writes down that somebody looked at some people on a day, and returns those of whom that was not written yet.
func WriteLooks(ctx context.Context, q Q, reader staff.PersonID, on calendar.Date, people ...staff.PersonID) ([]staff.PersonID, error) {
	var first []staff.PersonID
	for some := range slices.Chunk(people, rowsAtOnce) {
		rows := convert(some, func(p staff.PersonID) lookRow { return lookRow{Person: string(p), On: day(on), Reader: string(reader)} })
		var part []staff.PersonID
		if _, err := q.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Returning("person").Exec(ctx, &part); err != nil {
			return nil, translate(err)
		}
		first = append(first, part...)
	}
	return first, nil
}

// Looks reads who looked at a person, the newest first, at most limit.
func Looks(ctx context.Context, q Q, person staff.PersonID, limit int) ([]Look, error) {
	var rows []lookRow
	err := q.NewSelect().Model(&rows).Where("person = ?", person).Order("on_day DESC", "reader").Limit(int64(limit)).Scan(ctx)
	return convert(rows, func(r lookRow) Look {
		return Look{staff.PersonID(r.Person), calendar.Date(r.On), staff.PersonID(r.Reader)}
	}), translate(err)
}
