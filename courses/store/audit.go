package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/audit"
	"bekwaam/courses/staff"
)

type auditRow struct {
	bun.BaseModel `bun:"table:audit,alias:a"`

	ID      int64     `bun:"id,pk,autoincrement"`
	At      time.Time `bun:"at"`
	Actor   string    `bun:"actor"`
	Act     string    `bun:"act"`
	Subject string    `bun:"subject"`
	Object  string    `bun:"object"`
}

// Write adds entries to the audit trail. The database refuses to change or remove one.
func Write(ctx context.Context, q Q, entries ...audit.Entry) error {
	return insert(ctx, q, convert(entries, func(e audit.Entry) auditRow {
		return auditRow{At: e.At, Actor: string(e.Actor), Act: e.Act, Subject: string(e.Subject), Object: e.Object}
	}))
}

// AuditTrail reads every entry about a person, oldest first.
func AuditTrail(ctx context.Context, q Q, subject staff.PersonID) ([]audit.Entry, error) {
	var rows []auditRow
	err := q.NewSelect().Model(&rows).Where("subject = ?", subject).Order("id").Scan(ctx)
	return convert(rows, func(r auditRow) audit.Entry {
		return audit.Entry{At: r.At.UTC(), Actor: staff.PersonID(r.Actor), Act: r.Act, Subject: staff.PersonID(r.Subject), Object: r.Object}
	}), translate(err)
}
