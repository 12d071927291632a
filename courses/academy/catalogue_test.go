package academy_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestADraftBecomesAVersion(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		aut, eva := s.as("AUT"), s.as("EVA")
		second2 := store.VersionID{Course: "BALIE", Number: 2}
		for what, err := range map[string]error{
			"drafting": second(s.DraftVersion(ctx, eva, "BALIE", source(t, "BALIE", "2"))), "replacing": second(s.ReplaceDraft(ctx, eva, second2, source(t, "BALIE", "2"))),
			"publishing": second(s.PublishVersion(ctx, eva, second2)),
		} {
			t.Run(what, func(t *testing.T) { refuses(t, err, fault.Forbidden, "") })
		}
		refuses(t, second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "1"))), fault.Conflict, "version_number")
		refuses(t, second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "3"))), fault.Conflict, "version_number")
		refuses(t, second(s.DraftVersion(ctx, aut, "NIEUW", source(t, "NIEUW", "2"))), fault.Conflict, "version_number")
		refuses(t, second(s.DraftVersion(ctx, aut, "BALIE", source(t, "ANDERS", "2"))), fault.Invalid, "")
		refuses(t, second(s.DraftVersion(ctx, aut, "BALIE", []byte("x\x00"))), fault.Invalid, "course_file")
		s.must(second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "2"))))
		refuses(t, second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "2"))), fault.Conflict, "version_number")

		refuses(t, second(s.ReplaceDraft(ctx, aut, second2, source(t, "BALIE", "3"))), fault.Conflict, "version_number")
		refuses(t, second(s.ReplaceDraft(ctx, aut, store.VersionID{Course: "BALIE", Number: 1}, source(t, "BALIE", "1"))), fault.Conflict, "published")
		refuses(t, second(s.ReplaceDraft(ctx, aut, store.VersionID{Course: "NIEUW", Number: 1}, source(t, "NIEUW", "1"))), fault.NotFound, "")
		s.must(second(s.ReplaceDraft(ctx, aut, second2, append(source(t, "BALIE", "2"), '\n'))))

		refuses(t, second(s.CourseVersion(ctx, eva, second2)), fault.NotFound, "")
		refuses(t, second(s.CourseVersion(ctx, eva, store.VersionID{Course: "BALIE", Number: 1})), fault.NotFound, "") // the file holds the key
		read, err := s.CourseVersion(ctx, aut, second2)
		s.must(err)
		equal(t, "the draft as replaced", read.Source, string(source(t, "BALIE", "2"))+"\n")
		refuses(t, s.FinishLesson(ctx, eva, second2, 1), fault.NotFound, "")

		s.must(second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "3"))))
		v, err := s.PublishVersion(ctx, aut, store.VersionID{Course: "BALIE", Number: 3})
		s.must(err)
		equal(t, "published at", v.PublishedAt, s.clock.now())
		before := s.dump()
		again, err := s.PublishVersion(ctx, aut, store.VersionID{Course: "BALIE", Number: 3})
		s.must(err)
		equal(t, "published already", again.PublishedAt, v.PublishedAt)
		same(t, "publishing twice", s.dump(), before)
		refuses(t, second(s.PublishVersion(ctx, aut, second2)), fault.Conflict, "newer_published")
		refuses(t, second(s.PublishVersion(ctx, aut, store.VersionID{Course: "BALIE", Number: 4})), fault.NotFound, "")
		course, err := s.Course(ctx, eva, "BALIE")
		s.must(err)
		equal(t, "what people take", course.Version, 3)
	})
}

func TestADraftThatChangesWhileItIsPublishedIsNot(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		aut, id := s.as("AUT"), store.VersionID{Course: "BALIE", Number: 2}
		s.must(second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "2"))))
		var meanwhile atomic.Bool
		s.db.Watch(func(statement string, _ int64) {
			if strings.Contains(statement, `FROM "versions"`) && meanwhile.CompareAndSwap(false, true) {
				s.must(second(s.ReplaceDraft(ctx, aut, id, append(source(t, "BALIE", "2"), '\n'))))
			}
		})
		refuses(t, second(s.PublishVersion(ctx, aut, id)), fault.Conflict, "stale")
		v, err := s.PublishVersion(ctx, aut, id)
		s.must(err)
		equal(t, "published is the other", v.Source, string(source(t, "BALIE", "2"))+"\n")
	})
}

// A version that was published in a transaction that was undone is not remembered as it was then.
func TestWhatIsUndoneIsForgotten(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		aut, eva := s.as("AUT"), s.as("EVA")
		s.must(s.Define(ctx, staff.Actor{}, []certificates.Scheme{forever}, nil))
		// The newest version of a course is read in the transaction that takes over what somebody holds, and that fails.
		s.publish(aut, "LOS", 2)
		raw := storetest.Raw(t, s.address)
		held := academy.Held{Person: "EVA", Scheme: "EENMALIG", AchievedOn: date("2025-02-01")}
		refused := s.TakeOver(ctx, staff.Actor{}, []academy.Held{held, {Person: "NOBODY", Scheme: "EENMALIG", AchievedOn: date("2025-02-01")}})
		equal(t, "refused", refused != nil, true)
		text := string(source(t, "LOS", "2"))
		_, err := raw.Exec("UPDATE versions SET source = '" + strings.ReplaceAll(strings.Replace(text, "title: ", "title: Ander ", 1), "'", "''") + "' WHERE course = 'LOS' AND number = 2")
		s.must(err)
		course, err := s.Course(ctx, eva, "LOS")
		s.must(err)
		equal(t, "what is stored now", strings.Contains(course.Title, "Ander"), true)
	})
}

func TestAnAuthorReadsNoKeyWhileTheirAttemptIsOpen(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		aut := s.as("AUT")
		s.must(second(s.DraftVersion(ctx, aut, "BALIE", source(t, "BALIE", "2"))))
		open := s.start(aut, "BALIE")
		for number := range 2 {
			refuses(t, second(s.CourseVersion(ctx, aut, store.VersionID{Course: "BALIE", Number: number + 1})), fault.Conflict, "attempt_open")
		}
		s.must(second(s.CourseVersion(ctx, aut, store.VersionID{Course: "KORT", Number: 1})))
		s.must(second(s.SubmitAttempt(ctx, aut, open.Attempt.ID)))
		s.must(second(s.CourseVersion(ctx, aut, store.VersionID{Course: "BALIE", Number: 1})))
	})
}

func TestTheCatalogue(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		aut, eva := s.as("AUT"), s.as("EVA")
		s.must(second(s.DraftVersion(ctx, aut, "NIEUW", source(t, "NIEUW", "1"))))
		list := func(who staff.Actor, search academy.CourseSearch) int {
			t.Helper()
			all, err := s.Courses(ctx, who, search)
			s.must(err)
			return len(all)
		}
		equal(t, "for an employee", list(eva, academy.CourseSearch{}), 4)
		equal(t, "for an author", list(aut, academy.CourseSearch{}), 5)
		equal(t, "by words", list(eva, academy.CourseSearch{Text: "BALIE omdat praktijk"}), 1)
		equal(t, "by words not there", list(eva, academy.CourseSearch{Text: "balie zee"}), 0)
		equal(t, "by subject", list(eva, academy.CourseSearch{Subject: courses.Application}), 0)
		refuses(t, second(s.Courses(ctx, staff.Actor{}, academy.CourseSearch{})), fault.Forbidden, "")
		refuses(t, second(s.Course(ctx, eva, "NIEUW")), fault.NotFound, "")
		draft, err := s.Course(ctx, aut, "NIEUW")
		s.must(err)
		equal(t, "a draft", draft.Published, false)
		refuses(t, second(s.Course(ctx, aut, "NONE")), fault.NotFound, "")
		refuses(t, second(s.Course(ctx, staff.Actor{}, "BALIE")), fault.Forbidden, "")
		_, _, err = s.StartAttempt(ctx, eva, "NIEUW", academy.Timing{})
		refuses(t, err, fault.NotFound, "")
	})
}

func TestLessonsAreOnesOwnMemory(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		eva, id := s.as("EVA"), store.VersionID{Course: "BALIE", Number: 1}
		s.must(s.FinishLesson(ctx, eva, id, 1))
		s.must(s.FinishLesson(ctx, eva, id, 1))
		refuses(t, s.FinishLesson(ctx, eva, id, 2), fault.NotFound, "")
		refuses(t, s.FinishLesson(ctx, staff.Actor{}, id, 1), fault.Forbidden, "")
		own, err := s.Lessons(ctx, eva, id)
		s.must(err)
		equal(t, "read", own[1], true)
		others, err := s.Lessons(ctx, s.as("EEF"), id)
		s.must(err)
		equal(t, "read by somebody else", others[1], false)
	})
}
