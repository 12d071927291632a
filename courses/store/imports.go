package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An Import is a list that somebody uploaded, with how it is to be read.
type Import struct {
	ID         string
	FileName   string
	Content    []byte                            // none once it is forgotten, and in a list of imports
	Fields     []string                          // what each column says, - for nothing; none: nobody looked yet
	DateOrder  string                            // empty: as the dates tell
	Spellings  map[string]certificates.SchemeKey // what somebody chose; empty for what does not come in
	UploadedBy staff.PersonID
	UploadedAt time.Time // the office's clock
	DoneBy     staff.PersonID
	DoneAt     time.Time // zero: it did not come in yet
	Added      int       // how many lines came in
}

type importRow struct {
	bun.BaseModel `bun:"table:imports,alias:i"`

	ID         string    `bun:"id,pk"`
	FileName   string    `bun:"file_name"`
	Content    []byte    `bun:"content,nullzero"`
	Fields     string    `bun:"column_fields"`
	DateOrder  string    `bun:"date_order"`
	UploadedBy string    `bun:"uploaded_by"`
	UploadedAt time.Time `bun:"uploaded_at"`
	DoneBy     string    `bun:"done_by,nullzero"`
	DoneAt     time.Time `bun:"done_at,nullzero"`
	Added      int       `bun:"added"`
}

func (r importRow) imported() Import {
	i := Import{ID: r.ID, FileName: r.FileName, Content: r.Content, Fields: fields[string](r.Fields), DateOrder: r.DateOrder,
		UploadedBy: staff.PersonID(r.UploadedBy), UploadedAt: r.UploadedAt.UTC(), DoneBy: staff.PersonID(r.DoneBy), Added: r.Added}
	if !r.DoneAt.IsZero() {
		i.DoneAt = r.DoneAt.UTC()
	}
	return i
}

type importSpellingRow struct {
	bun.BaseModel `bun:"table:import_spellings,alias:s"`

	Import   string `bun:"import,pk"`
	Spelling string `bun:"spelling,pk"`
	Scheme   string `bun:"scheme"`
}

// Imports reads the newest lists first, at most limit, without their contents.
func Imports(ctx context.Context, q Q, limit int) ([]Import, error) {
	var rows []importRow
	err := q.NewSelect().Model(&rows).ExcludeColumn("content").Order("uploaded_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return convert(rows, importRow.imported), translate(err)
}

// ImportOf reads a list by its key; fault.NotFound where there is none.
func ImportOf(ctx context.Context, q Q, id string) (Import, error) {
	return oneImport(ctx, q, q.NewSelect().Model((*importRow)(nil)), id)
}

// ImportForUpdate reads a list without its contents, and keeps everybody else from changing it until the transaction ends.
func ImportForUpdate(ctx context.Context, q Q, id string) (Import, error) {
	return oneImport(ctx, q, forUpdate(q, q.NewSelect().Model((*importRow)(nil)).ExcludeColumn("content")), id)
}

func oneImport(ctx context.Context, q Q, query *bun.SelectQuery, id string) (Import, error) {
	var row importRow
	if err := query.Where("id = ?", id).Scan(ctx, &row); err != nil {
		return Import{}, translate(err)
	}
	i := row.imported()
	var chosen []importSpellingRow
	if err := q.NewSelect().Model(&chosen).Where("import = ?", id).Scan(ctx); err != nil {
		return Import{}, translate(err)
	}
	i.Spellings = make(map[string]certificates.SchemeKey, len(chosen))
	for _, r := range chosen {
		i.Spellings[r.Spelling] = certificates.SchemeKey(r.Scheme)
	}
	return i, nil
}

// InsertImport adds a list.
func InsertImport(ctx context.Context, q Q, i Import) error {
	row := importRow{ID: i.ID, FileName: i.FileName, Content: i.Content, Fields: words(i.Fields), DateOrder: i.DateOrder,
		UploadedBy: string(i.UploadedBy), UploadedAt: i.UploadedAt, DoneBy: string(i.DoneBy), DoneAt: i.DoneAt, Added: i.Added}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	return translate(err)
}

var importDone = fault.New(fault.Conflict, "Deze lijst is al ingelezen.", "This list was imported already.").Because("done")

// MapImport keeps how a list is to be read; fault.Conflict where it came in already.
func MapImport(ctx context.Context, q Q, i Import) error {
	res, err := q.NewUpdate().Model((*importRow)(nil)).Set("column_fields = ?", words(i.Fields)).Set("date_order = ?", i.DateOrder).Where("id = ? AND done_at IS NULL", i.ID).Exec(ctx)
	if err := changed(res, err, importDone); err != nil {
		return err
	}
	if _, err := q.NewDelete().Model((*importSpellingRow)(nil)).Where("import = ?", i.ID).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, convert(slices.Sorted(maps.Keys(i.Spellings)), func(spelling string) importSpellingRow {
		return importSpellingRow{Import: i.ID, Spelling: spelling, Scheme: string(i.Spellings[spelling])}
	}))
}

// FinishImport marks that a list came in, by whom and how many of its lines, and keeps of it what is given; fault.Conflict
// where it had come in already.
func FinishImport(ctx context.Context, q Q, i Import) error {
	row := importRow{ID: i.ID, Content: i.Content, Fields: words(i.Fields), DoneBy: string(i.DoneBy), DoneAt: i.DoneAt, Added: i.Added}
	res, err := q.NewUpdate().Model(&row).Column("content", "column_fields", "done_by", "done_at", "added").WherePK().Where("done_at IS NULL").Exec(ctx)
	return changed(res, err, importDone)
}

// ForgetImports drops the lists uploaded before a moment that did not come in, and the contents of those that did.
func ForgetImports(ctx context.Context, q Q, before time.Time) error {
	if err := dropImports(ctx, q, "uploaded_at < ?", before); err != nil {
		return err
	}
	_, err := q.NewUpdate().Model((*importRow)(nil)).Set("content = NULL").Where("uploaded_at < ? AND content IS NOT NULL", before).Exec(ctx)
	return translate(err)
}

// DropImport drops a list that did not come in; what came in stays.
func DropImport(ctx context.Context, q Q, id string) error { return dropImports(ctx, q, "id = ?", id) }

// dropImports drops some of the lists that did not come in.
func dropImports(ctx context.Context, q Q, which string, value any) error {
	old := q.NewSelect().Model((*importRow)(nil)).Column("id").Where(which, value).Where("done_at IS NULL")
	if _, err := q.NewDelete().Model((*importSpellingRow)(nil)).Where("import IN (?)", old).Exec(ctx); err != nil {
		return translate(err)
	}
	_, err := q.NewDelete().Model((*importRow)(nil)).Where(which, value).Where("done_at IS NULL").Exec(ctx)
	return translate(err)
}

type spellingRow struct {
	bun.BaseModel `bun:"table:spellings,alias:s"`

	Spelling  string    `bun:"spelling,pk"`
	Scheme    string    `bun:"scheme"`
	LearnedBy string    `bun:"learned_by"`
	LearnedAt time.Time `bun:"learned_at"`
}

// Spellings reads what the spellings of earlier lists meant.
func Spellings(ctx context.Context, q Q) (map[string]certificates.SchemeKey, error) {
	var rows []spellingRow
	err := q.NewSelect().Model(&rows).Scan(ctx)
	spellings := make(map[string]certificates.SchemeKey, len(rows))
	for _, r := range rows {
		spellings[r.Spelling] = certificates.SchemeKey(r.Scheme)
	}
	return spellings, translate(err)
}

// LearnSpellings keeps what spellings mean, whatever they meant before.
func LearnSpellings(ctx context.Context, q Q, by staff.PersonID, at time.Time, spellings map[string]certificates.SchemeKey) error {
	rows := convert(slices.Sorted(maps.Keys(spellings)), func(spelling string) spellingRow {
		return spellingRow{Spelling: spelling, Scheme: string(spellings[spelling]), LearnedBy: string(by), LearnedAt: at}
	})
	for part := range slices.Chunk(rows, rowsAtOnce) {
		_, err := q.NewInsert().Model(&part).On("CONFLICT (spelling) DO UPDATE").Set("scheme = EXCLUDED.scheme").Set("learned_by = EXCLUDED.learned_by").Set("learned_at = EXCLUDED.learned_at").Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	return nil
}

// An Achievement is what somebody showed for a scheme on a day.
type Achievement struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	On     calendar.Date
}

// Achievements reads what some people showed, as evidence or for a period.
func Achievements(ctx context.Context, q Q, people ...staff.PersonID) ([]Achievement, error) {
	var rows []struct {
		Person, Scheme string
		CompletedOn    day
	}
	of := func(model any) *bun.SelectQuery {
		return q.NewSelect().Model(model).Column("person", "scheme", "completed_on").Where("person IN (?)", bun.List(people))
	}
	err := of((*evidenceRow)(nil)).Union(of((*periodRow)(nil))).Scan(ctx, &rows)
	achievements := make([]Achievement, len(rows))
	for i, r := range rows {
		achievements[i] = Achievement{staff.PersonID(r.Person), certificates.SchemeKey(r.Scheme), calendar.Date(r.CompletedOn)}
	}
	return achievements, translate(err)
}
