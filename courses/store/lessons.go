package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/courses/staff"
)

type lessonReadRow struct {
	bun.BaseModel `bun:"table:lessons_read,alias:l"`

	Person  string `bun:"person,pk"`
	Course  string `bun:"course,pk"`
	Version int    `bun:"version,pk"`
	Lesson  int    `bun:"lesson,pk"`
}

// LessonsRead reads which lessons of a version a person finished.
func LessonsRead(ctx context.Context, q Q, person staff.PersonID, v VersionID) (map[int]bool, error) {
	var numbers []int
	err := q.NewSelect().Model((*lessonReadRow)(nil)).Column("lesson").
		Where("person = ? AND course = ? AND version = ?", person, v.Course, v.Number).Scan(ctx, &numbers)
	read := make(map[int]bool, len(numbers))
	for _, n := range numbers {
		read[n] = true
	}
	return read, translate(err)
}

// PutLessonRead remembers that a person finished a lesson.
func PutLessonRead(ctx context.Context, q Q, person staff.PersonID, v VersionID, lesson int) error {
	row := lessonReadRow{Person: string(person), Course: string(v.Course), Version: v.Number, Lesson: lesson}
	_, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return translate(err)
}
