package store

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An Erasure is that somebody who left is erased, or that somebody asked for it.
type Erasure struct {
	ID          string
	Person      staff.PersonID // the pseudonym once it was done
	Pseudonym   staff.PersonID
	RequestedBy staff.PersonID // empty: the time that people are kept was over
	RequestedAt time.Time      // the office's clock, as is the next
	ConfirmedBy staff.PersonID
	ErasedAt    time.Time // zero: it waits for somebody who confirms it
	Removed     int       // rows
}

type erasureRow struct {
	bun.BaseModel `bun:"table:erasures,alias:e"`

	ID          string    `bun:"id,pk"`
	Person      string    `bun:"person"`
	Pseudonym   string    `bun:"pseudonym"`
	RequestedBy string    `bun:"requested_by"`
	RequestedAt time.Time `bun:"requested_at"`
	ConfirmedBy string    `bun:"confirmed_by"`
	ErasedAt    time.Time `bun:"erased_at,nullzero"`
	Removed     int       `bun:"removed"`
}

func (r erasureRow) erasure() Erasure {
	e := Erasure{ID: r.ID, Person: staff.PersonID(r.Person), Pseudonym: staff.PersonID(r.Pseudonym), RequestedBy: staff.PersonID(r.RequestedBy), RequestedAt: r.RequestedAt.UTC(),
		ConfirmedBy: staff.PersonID(r.ConfirmedBy), Removed: r.Removed}
	if !r.ErasedAt.IsZero() {
		e.ErasedAt = r.ErasedAt.UTC()
	}
	return e
}

// WaitingErasures reads what nobody confirmed yet, what waits longest first.
func WaitingErasures(ctx context.Context, q Q) ([]Erasure, error) {
	var rows []erasureRow
	err := q.NewSelect().Model(&rows).Where("erased_at IS NULL").Order("requested_at", "id").Scan(ctx)
	return convert(rows, erasureRow.erasure), translate(err)
}

// Erasures reads what was erased, the newest first, at most limit.
func Erasures(ctx context.Context, q Q, limit int) ([]Erasure, error) {
	var rows []erasureRow
	err := q.NewSelect().Model(&rows).Where("erased_at IS NOT NULL").Order("erased_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return convert(rows, erasureRow.erasure), translate(err)
}

// ErasureForUpdate reads one erasure and keeps others from confirming or withdrawing it until the transaction ends;
// fault.NotFound where there is none.
func ErasureForUpdate(ctx context.Context, q Q, id string) (Erasure, error) {
	var row erasureRow
	err := forUpdate(q, q.NewSelect().Model(&row).Where("id = ?", id)).Scan(ctx)
	return row.erasure(), translate(err)
}

var erasureAsked = fault.New(fault.Conflict, "Er is al gevraagd om deze persoon te wissen.", "It was asked already to erase this person.").Because("already_requested")

// InsertErasure adds an erasure that waits; fault.Conflict where there is one of the person already.
func InsertErasure(ctx context.Context, q Q, e Erasure) error {
	row := erasureRow{ID: e.ID, Person: string(e.Person), Pseudonym: string(e.Pseudonym), RequestedBy: string(e.RequestedBy), RequestedAt: e.RequestedAt, ConfirmedBy: string(e.ConfirmedBy)}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); errors.Is(err, alreadyThere) {
		return erasureAsked.From(err)
	}
	return err
}

// DropErasure removes an erasure that waits; fault.NotFound where it does not.
func DropErasure(ctx context.Context, q Q, id string) error {
	res, err := q.NewDelete().Model((*erasureRow)(nil)).Where("id = ? AND erased_at IS NULL", id).Exec(ctx)
	return changed(res, err, notFound)
}

// FinishErasure marks that somebody is erased, and from then on knows them by their pseudonym only.
func FinishErasure(ctx context.Context, q Q, e Erasure) error {
	_, err := q.NewUpdate().Model((*erasureRow)(nil)).Set("person = pseudonym").Set("removed = ?", e.Removed).Where("id = ?", e.ID).Exec(ctx)
	return translate(err)
}

// BeginErasure marks who confirmed an erasure and when. Only then the trail lets the pseudonym in.
func BeginErasure(ctx context.Context, q Q, e Erasure) error {
	_, err := q.NewUpdate().Model((*erasureRow)(nil)).Set("confirmed_by = ?", e.ConfirmedBy).Set("erased_at = ?", e.ErasedAt).Where("id = ?", e.ID).Exec(ctx)
	return translate(err)
}

type retentionRow struct {
	bun.BaseModel `bun:"table:retention"`

	Class  string `bun:"class,pk"`
	Months int    `bun:"months"`
	Basis  string `bun:"basis"`
}

// A RetentionClass is a kind of record with a time that it is kept.
type RetentionClass string

const (
	Leavers   RetentionClass = "leavers"   // everything about people who left, from their last day
	Documents RetentionClass = "documents" // documents of evidence that was accepted, from the end of what it gave
	PastLeave RetentionClass = "leave"     // leave and time on call, from its last day
)

// A Retention is how long one class of records is kept.
type Retention struct {
	Class  RetentionClass
	Months int    // 0: for ever
	Basis  string // where it is written, such as the number in the selection list; may be empty
}

// Retentions reads what somebody chose.
func Retentions(ctx context.Context, q Q) ([]Retention, error) {
	var rows []retentionRow
	err := q.NewSelect().Model(&rows).Order("class").Scan(ctx)
	return convert(rows, func(r retentionRow) Retention { return Retention{RetentionClass(r.Class), r.Months, r.Basis} }), translate(err)
}

// PutRetention keeps how long a class of records is kept, whatever was chosen before.
func PutRetention(ctx context.Context, q Q, r Retention) error {
	row := retentionRow{Class: string(r.Class), Months: r.Months, Basis: r.Basis}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (class) DO UPDATE").Set("months = EXCLUDED.months").Set("basis = EXCLUDED.basis").Exec(ctx)
	return translate(err)
}

// A ShorterRetention is that somebody asked to keep a class of records shorter.
type ShorterRetention struct {
	Class       RetentionClass
	Months      int
	RequestedBy staff.PersonID // once erased the pseudonym
	RequestedAt time.Time      // the office's clock
}

type retentionRequestRow struct {
	bun.BaseModel `bun:"table:retention_requests"`

	Class       string    `bun:"class,pk"`
	Months      int       `bun:"months"`
	RequestedBy string    `bun:"requested_by"`
	RequestedAt time.Time `bun:"requested_at"`
}

func (r retentionRequestRow) request() ShorterRetention {
	return ShorterRetention{RetentionClass(r.Class), r.Months, staff.PersonID(r.RequestedBy), r.RequestedAt.UTC()}
}

// WaitingRetentions reads the requests that nobody confirmed yet, at most one about a class.
func WaitingRetentions(ctx context.Context, q Q) ([]ShorterRetention, error) {
	var rows []retentionRequestRow
	err := q.NewSelect().Model(&rows).Order("class").Scan(ctx)
	return convert(rows, retentionRequestRow.request), translate(err)
}

// AskRetention keeps a request, in place of one about the same class.
func AskRetention(ctx context.Context, q Q, s ShorterRetention) error {
	row := retentionRequestRow{Class: string(s.Class), Months: s.Months, RequestedBy: string(s.RequestedBy), RequestedAt: s.RequestedAt}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (class) DO UPDATE").Set("months = EXCLUDED.months").
		Set("requested_by = EXCLUDED.requested_by").Set("requested_at = EXCLUDED.requested_at").Exec(ctx)
	return translate(err)
}

// DropRetentionRequest removes the request about a class, where there is one.
func DropRetentionRequest(ctx context.Context, q Q, class RetentionClass) error {
	_, err := q.NewDelete().Model((*retentionRequestRow)(nil)).Where("class = ?", class).Exec(ctx)
	return translate(err)
}
