package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

type signalRow struct {
	bun.BaseModel `bun:"table:signals,alias:s"`

	ID        string `bun:"id,pk"`
	On        day    `bun:"reported_on"`
	Reporter  string `bun:"reporter"`
	Origin    string `bun:"origin"`
	Title     string `bun:"title"`
	Text      string `bun:"text"`
	Fate      string `bun:"fate"`
	Change    string `bun:"change"`
	Bulletin  string `bun:"bulletin"`
	Decision  string `bun:"decision"`
	DecidedBy string `bun:"decided_by"`
	DecidedOn day    `bun:"decided_on,nullzero"`
}

func (r signalRow) signal() changes.Signal {
	return changes.Signal{
		ID: r.ID, On: calendar.Date(r.On), Reporter: staff.PersonID(r.Reporter), Origin: changes.Origin(r.Origin), Title: r.Title, Text: r.Text, Fate: changes.Fate(r.Fate),
		Change: changes.ID(r.Change), Bulletin: changes.BulletinID(r.Bulletin), Decision: r.Decision, DecidedBy: staff.PersonID(r.DecidedBy), DecidedOn: calendar.Date(r.DecidedOn),
	}
}

func newSignalRow(s changes.Signal) signalRow {
	return signalRow{
		ID: s.ID, On: day(s.On), Reporter: string(s.Reporter), Origin: string(s.Origin), Title: s.Title, Text: s.Text, Fate: string(s.Fate), Change: string(s.Change),
		Bulletin: string(s.Bulletin), Decision: s.Decision, DecidedBy: string(s.DecidedBy), DecidedOn: day(s.DecidedOn),
	}
}

// Signals reads every signal, the newest first.
func Signals(ctx context.Context, q Q) ([]changes.Signal, error) {
	var rows []signalRow
	err := q.NewSelect().Model(&rows).Order("reported_on DESC", "id DESC").Scan(ctx)
	return convert(rows, signalRow.signal), translate(err)
}

// Signal reads one signal; fault.NotFound where there is none of that key.
func Signal(ctx context.Context, q Q, id string) (changes.Signal, error) {
	var row signalRow
	err := forUpdate(q, q.NewSelect().Model(&row)).Where("id = ?", id).Scan(ctx)
	return row.signal(), translate(err)
}

// InsertSignals adds signals; fault.Conflict where there is one of that key.
func InsertSignals(ctx context.Context, q Q, signals ...changes.Signal) error {
	return insert(ctx, q, convert(signals, newSignalRow))
}

// SaveSignal writes a signal as it is now.
func SaveSignal(ctx context.Context, q Q, s changes.Signal) error {
	row := newSignalRow(s)
	res, err := q.NewUpdate().Model(&row).WherePK().Exec(ctx)
	return changed(res, err, notFound)
}
