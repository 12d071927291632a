package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A day is a date as a row keeps it: the text YYYY-MM-DD, or NULL with the tag nullzero.
type day calendar.Date

// Value implements driver.Valuer.
func (d day) Value() (driver.Value, error) { return calendar.Date(d).String(), nil }

// Scan implements sql.Scanner.
func (d *day) Scan(src any) error {
	var text string
	switch src := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		text = src
	case []byte:
		text = string(src)
	default:
		return fmt.Errorf("a date cannot be read from a %T", src)
	}
	date, err := calendar.Parse(text)
	*d = day(date)
	return err
}

// convert turns rows into values of the domain.
func convert[R, V any](rows []R, value func(R) V) []V {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return values
}

// rowsAtOnce is how many rows one statement adds: both databases take that many of any table.
const rowsAtOnce = 500

// insert adds rows, and does nothing for none.
func insert[R any](ctx context.Context, q Q, rows []R) error {
	for part := range slices.Chunk(rows, rowsAtOnce) {
		if _, err := q.NewInsert().Model(&part).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	return nil
}

// changed turns an update that found nothing to change into a conflict.
func changed(res sql.Result, err error, conflict *fault.Error) error {
	if err != nil {
		return translate(err)
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return conflict
}

func words[T ~string](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = string(v)
	}
	return strings.Join(parts, " ")
}

func fields[T ~string](text string) []T {
	parts := strings.Fields(text)
	values := make([]T, len(parts))
	for i, p := range parts {
		values[i] = T(p)
	}
	return values
}

// lines splits a text of one thing a line; none for an empty text.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
