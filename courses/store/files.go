package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/staff"
)

type fileRow struct {
	bun.BaseModel `bun:"table:files,alias:f"`

	ID         string    `bun:"id,pk"`
	Person     string    `bun:"person"`
	SHA256     []byte    `bun:"sha256"`
	Type       string    `bun:"type"`
	Size       int       `bun:"size"`
	Content    []byte    `bun:"content"`
	UploadedBy string    `bun:"uploaded_by"`
	UploadedAt time.Time `bun:"uploaded_at"`
}

// A File is a document about somebody.
type File struct {
	ID         string
	Person     staff.PersonID // whom it is about
	SHA256     [32]byte
	Type       string // "application/pdf"
	Content    []byte
	UploadedBy staff.PersonID
	UploadedAt time.Time
}

// PutFile keeps a document and returns its key: that of the same document, where the person has it already. Nobody removes it
// until the transaction ends.
func PutFile(ctx context.Context, q Q, f File) (string, error) {
	var ids []string
	err := forUpdate(q, q.NewSelect().Model((*fileRow)(nil)).Column("id").Where("person = ? AND sha256 = ?", f.Person, f.SHA256[:])).Scan(ctx, &ids)
	if err != nil || len(ids) > 0 {
		return append(ids, "")[0], translate(err)
	}
	row := fileRow{ID: f.ID, Person: string(f.Person), SHA256: f.SHA256[:], Type: f.Type, Size: len(f.Content), Content: f.Content, UploadedBy: string(f.UploadedBy), UploadedAt: f.UploadedAt}
	_, err = q.NewInsert().Model(&row).Exec(ctx)
	return f.ID, translate(err)
}

// ReadFile reads a document with its content.
func ReadFile(ctx context.Context, q Q, id string) (File, error) {
	var row fileRow
	err := q.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	f := File{ID: row.ID, Person: staff.PersonID(row.Person), Type: row.Type, Content: row.Content, UploadedBy: staff.PersonID(row.UploadedBy), UploadedAt: row.UploadedAt.UTC()}
	copy(f.SHA256[:], row.SHA256)
	return f, translate(err)
}

// TypeOfFile reads what kind of document one is.
func TypeOfFile(ctx context.Context, q Q, id string) (string, error) {
	var kind string
	err := q.NewSelect().Model((*fileRow)(nil)).Column("type").Where("id = ?", id).Scan(ctx, &kind)
	return kind, translate(err)
}

// LockFile keeps others from using a document, or from removing it, until the transaction ends.
func LockFile(ctx context.Context, q Q, id string) error {
	var ids []string
	err := forUpdate(q, q.NewSelect().Model((*fileRow)(nil)).Column("id").Where("id = ?", id)).Scan(ctx, &ids)
	return translate(err)
}

// DeleteFile removes a document.
func DeleteFile(ctx context.Context, q Q, id string) error {
	_, err := q.NewDelete().Model((*fileRow)(nil)).Where("id = ?", id).Exec(ctx)
	return translate(err)
}
