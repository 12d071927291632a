package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// A readDuty is a bulletin that somebody must read before a day, and why.
type readDuty struct {
	Person   staff.PersonID     `json:"person" example:"RW1013"`
	Bulletin changes.BulletinID `json:"bulletin" example:"B1"`
	Version  int                `json:"version" example:"2" doc:"Which version is to be read: the receipt of that one does the duty."`
	Topic    string             `json:"topic" example:"Briefadres"`
	Change   changes.ID         `json:"change" example:"ONTW-01" doc:"The change that asks it."`
	OpensOn  date               `json:"opensOn"`
	DueOn    date               `json:"dueOn" doc:"The last day in time."`
	State    academy.DutyState  `json:"state" enum:"open,paused,done,ended" doc:"ended: nothing asks it any more, or a newer version is to be read."`
	Overdue  bool               `json:"overdue"`
	Why      []string           `json:"why" example:"[\"Er verandert iets in je werk: Wmebv (art. 2:10 lid 2 Awb).\"]" doc:"In the language of Accept-Language."`
}

// readDuties declares what changes ask to be read, and what becomes of the texts of courses.
func (s *server) readDuties() {
	type input struct {
		Person string `query:"person" example:"me" maxLength:"64" doc:"Whose: a personnel number, or me (also where it is left out)."`
		State  string `query:"state" enum:"open,paused,done,ended" doc:"Only those in this state."`
		Page
	}
	type output struct{ Body list[readDuty] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-read-duties", Method: http.MethodGet, Path: "/read-duties", Tags: []string{"Duties"}, Errors: []int{http.StatusNotFound},
			Summary: "What must somebody read", Description: "Lists the bulletins that changes ask a person to read, the earliest due first. They are reminded of and escalated as other duties are; the read receipt of that version does them.",
		},
		permission: staff.ReadDuties,
		response: `{"items": [{"person": "RW1013", "bulletin": "B1", "version": 2, "topic": "Briefadres", "change": "ONTW-01", "opensOn": "2026-10-05", "dueOn": "2026-12-18", "state": "open", "overdue": false,
			"why": ["Er verandert iets in je werk: Wmebv (art. 2:10 lid 2 Awb)."]}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		tasks, err := s.office.ReadTasks(ctx, c.Actor, c.personOf(in.Person), academy.DutyState(in.State))
		if err != nil {
			return nil, err
		}
		part, err := turn(tasks, in.Page, func(t academy.ReadTask) string { return fmt.Sprintf("%s %d", t.Bulletin, t.Number) })
		if err != nil {
			return nil, err
		}
		return &output{convert(part, func(t academy.ReadTask) readDuty {
			why := t.WhyDutch
			if c.english {
				why = t.WhyEnglish
			}
			return readDuty{t.Person, t.Bulletin, t.Number, t.Topic, t.Change, dateOf(t.OpensOn), dateOf(t.DueOn), t.State(), t.Overdue(), append([]string{}, why...)}
		})}, nil
	})

	type reviewsOutput struct{ Body list[courseReview] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-course-reviews", Method: http.MethodGet, Path: "/course-reviews", Tags: []string{"Courses"},
			Summary: "Courses to review", Description: "Lists the courses that you answer for and whose text should have been reviewed by now, the longest ago first. HR also sees those that nobody answers for any more. Publishing a new version settles it.",
		},
		permission: staff.ReadCourses,
		response:   `{"items": [{"course": "BRP-ADRES", "title": "BRP: adreswijziging", "version": 1, "dueOn": "2027-06-01", "owner": "RW1052"}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*reviewsOutput, error) {
		all, err := s.office.Reviews(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(r academy.Review) string { return string(r.Course) })
		if err != nil {
			return nil, err
		}
		return &reviewsOutput{convert(part, func(r academy.Review) courseReview {
			return courseReview{r.Course, r.Title, r.Number, dateOf(r.DueOn), r.Owner}
		})}, nil
	})

	type replacedInput struct {
		Course courses.CourseKey `path:"course" maxLength:"64" example:"BRP-ADRES"`
		Page
	}
	type replacedOutput struct{ Body list[replacedLesson] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-replaced-lessons", Method: http.MethodGet, Path: "/courses/{course}/replaced-lessons", Tags: []string{"Courses"},
			Summary: "Lessons that hold no longer", Description: "Lists the lessons of a course whose text was withdrawn because something changed, and the course that teaches how it is now. A newer version of the course ends it.",
		},
		permission: staff.ReadCourses,
		response:   `{"items": [{"lesson": 2, "since": "2027-01-01", "delta": "WMEBV-DELTA", "title": "Delta Wmebv", "change": "ONTW-01"}]}`,
	}, func(ctx context.Context, c caller, in *replacedInput) (*replacedOutput, error) {
		all, err := s.office.ReplacedLessons(ctx, c.Actor, in.Course)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(r academy.ReplacedLesson) string { return fmt.Sprintf("%d %s", r.Lesson, r.Delta) })
		if err != nil {
			return nil, err
		}
		return &replacedOutput{convert(part, func(r academy.ReplacedLesson) replacedLesson {
			return replacedLesson{r.Lesson, dateOf(r.Since), r.Delta, r.Title, r.Change}
		})}, nil
	})
}

// A courseReview is a course whose text should have been reviewed by now.
type courseReview struct {
	Course  courses.CourseKey `json:"course" example:"BRP-ADRES"`
	Title   string            `json:"title"`
	Version int               `json:"version" example:"1"`
	DueOn   date              `json:"dueOn" doc:"The last day on which it was in time."`
	Owner   staff.PersonID    `json:"owner,omitempty" doc:"Who answers for it: who published it. Absent: nobody who still works here."`
}

// A replacedLesson is a lesson whose text holds no longer.
type replacedLesson struct {
	Lesson int               `json:"lesson" example:"2" doc:"Its number, counted from 1."`
	Since  date              `json:"since" doc:"The first day on which it does not hold."`
	Delta  courses.CourseKey `json:"delta" doc:"The course that teaches how it is now."`
	Title  string            `json:"title" doc:"Of that course."`
	Change changes.ID        `json:"change,omitempty"`
}
