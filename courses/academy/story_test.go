package academy_test

import (
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestAMistakeInACourseFileOfAStoryNamesTheFileAndLeavesNothing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		office := academy.New(academy.Config{DB: db})
		if err := office.BeginDemo(ctx, academy.Installation{Municipality: "Gemeente Test", NumberPrefix: "GT"}); err != nil {
			t.Fatal(err)
		}
		story := academy.Story{
			Today: date("2026-11-23"), Author: staff.Actor{Person: "A1", Functions: []staff.Function{staff.Author}},
			Courses: []academy.StoryFile{{Name: "courses/x.md", Source: []byte("---\nid: X\nid: X\n---\n")}},
		}
		err := office.FillDemo(ctx, story)
		refuses(t, err, fault.Invalid, "course_file")
		for _, field := range fault.Of(err).Fields {
			if !strings.HasPrefix(field.Path, "courses/x.md, regel ") {
				t.Errorf("a mistake is at %q", field.Path)
			}
		}
		versions, err := store.Versions(ctx, db.Read())
		if err != nil || len(versions) != 0 {
			t.Errorf("there are %v, %v", versions, err)
		}
	})
}
