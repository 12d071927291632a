package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type versionRow struct {
	bun.BaseModel `bun:"table:versions,alias:v"`

	Course      string    `bun:"course,pk"`
	Number      int       `bun:"number,pk"`
	Source      string    `bun:"source"`
	DraftedBy   string    `bun:"drafted_by"`
	PublishedAt time.Time `bun:"published_at,nullzero"`
	PublishedBy string    `bun:"published_by,nullzero"`
}

func (r versionRow) version() courses.Version {
	return courses.Version{Course: courses.CourseKey(r.Course), Number: r.Number, Source: r.Source, PublishedAt: r.PublishedAt.UTC()}
}

// Version reads one version of a course, with its course file but without the content parsed from it.
func Version(ctx context.Context, q Q, course courses.CourseKey, number int) (courses.Version, error) {
	var row versionRow
	err := q.NewSelect().Model(&row).Where("course = ? AND number = ?", course, number).Scan(ctx)
	return row.version(), translate(err)
}

// A VersionID names a version of a course.
type VersionID struct {
	Course courses.CourseKey
	Number int
}

// NewestPublished returns the newest published version of a course.
func NewestPublished(ctx context.Context, q Q, course courses.CourseKey) (VersionID, error) {
	var row versionRow
	err := q.NewSelect().Model(&row).Column("course", "number").Where("course = ? AND published_at IS NOT NULL", course).Order("number DESC").Limit(1).Scan(ctx)
	return VersionID{courses.CourseKey(row.Course), row.Number}, translate(err)
}

// Versions reads which versions of all courses there are, drafts included, in order of course and number, without their
// course files.
func Versions(ctx context.Context, q Q) ([]courses.Version, error) {
	var rows []versionRow
	err := q.NewSelect().Model(&rows).Column("course", "number", "published_at").Order("course", "number").Scan(ctx)
	return convert(rows, versionRow.version), translate(err)
}

// InsertDraft adds a draft; fault.Conflict where there is a version of that number.
func InsertDraft(ctx context.Context, q Q, v courses.Version, by staff.PersonID) error {
	return insert(ctx, q, []versionRow{{Course: string(v.Course), Number: v.Number, Source: v.Source, DraftedBy: string(by)}})
}

var published = fault.New(fault.Conflict, "Deze versie is gepubliceerd en verandert niet meer. Maak een nieuwe versie.", "This version is published and never changes. Make a new version.").Because("published")

// ReplaceDraft gives a draft another course file; fault.Conflict where it was published.
func ReplaceDraft(ctx context.Context, q Q, v courses.Version, by staff.PersonID) error {
	res, err := q.NewUpdate().Model((*versionRow)(nil)).Set("source = ?", v.Source).Set("drafted_by = ?", by).
		Where("course = ? AND number = ? AND published_at IS NULL", v.Course, v.Number).Exec(ctx)
	return changed(res, err, published)
}

// Publish makes a draft a published version; fault.Conflict where it was one already.
func Publish(ctx context.Context, q Q, v VersionID, at time.Time, by staff.PersonID) error {
	res, err := q.NewUpdate().Model((*versionRow)(nil)).Set("published_at = ?", at).Set("published_by = ?", by).
		Where("course = ? AND number = ? AND published_at IS NULL", v.Course, v.Number).Exec(ctx)
	return changed(res, err, published)
}
