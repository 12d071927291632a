package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A Course is a course in the catalogue.
type Course struct {
	Key       courses.CourseKey  `json:"key" example:"BRP-ADRES"`
	Title     string             `json:"title" example:"Adreswijziging en adresonderzoek in de BRP"`
	Subject   courses.Subject    `json:"subject" enum:"regulation,application,skill"`
	Kind      courses.CourseKind `json:"kind" enum:"basis,applicatie,delta"`
	Version   int                `json:"version" example:"3" doc:"The newest published version; of a course never published, which only authors see, the newest draft."`
	Published bool               `json:"published" doc:"Whether anybody may take it."`
	Lessons   int                `json:"lessons" example:"5" doc:"How many lessons it has."`
	Questions int                `json:"questions" example:"14" doc:"How many questions its quiz has."`
	Minutes   int                `json:"minutes" example:"90" doc:"What lessons and quiz take together; 0 where nobody said."`
	Validity  int                `json:"validity" example:"24" doc:"How many months a certificate of it holds; 0: no end."`
	PassMark  int                `json:"passMark" example:"80" doc:"Percent of the points that passes."`
	Goals     []string           `json:"goals" example:"[\"Je kent de regels van de aangifte.\"]"`
	Drafts    []int              `json:"drafts,omitempty" example:"[4]" doc:"Numbers of unpublished versions; for authors only."`
}

// A courseDetail is a course with its lessons.
type courseDetail struct {
	Course
	Why      courses.Markdown `json:"why,omitempty" doc:"What the course is for, in Markdown."`
	Contents []lesson         `json:"contents" doc:"Its lessons."`
}

// A lesson is one part of the text of a course.
type lesson struct {
	Lesson int              `json:"lesson" example:"1" doc:"Its number, from 1."`
	Title  string           `json:"title" example:"Wie doet aangifte, en wanneer"`
	Text   courses.Markdown `json:"text" example:"Een adreswijziging geef je door binnen vijf dagen." doc:"In Markdown, without HTML."`
}

func courseOf(l academy.Listing) Course {
	c := Course{
		Key: l.Key, Title: l.Title, Subject: l.Subject, Kind: l.Kind, Version: l.Version, Published: l.Published, Lessons: len(l.Lessons), Questions: len(l.Quiz.Questions),
		Minutes: l.Minutes, Validity: l.ValidityMonths, PassMark: l.PassMark, Goals: []string{}, Drafts: l.Drafts,
	}
	for _, goal := range l.Goals {
		c.Goals = append(c.Goals, goal.Text)
	}
	return c
}

const courseExample = `"key": "BRP-ADRES", "title": "Adreswijziging en adresonderzoek in de BRP", "subject": "regulation", "kind": "basis", "version": 3, "published": true,
	"lessons": 5, "questions": 14, "minutes": 90, "validity": 24, "passMark": 80, "goals": ["Je kent de regels van de aangifte."]`

// CoursePath is in the address of everything about one course.
type CoursePath struct {
	Course string `path:"course" maxLength:"64" example:"BRP-ADRES" doc:"The key of the course."`
}

func (s *server) courses() {
	type listInput struct {
		Subject string `query:"subject" enum:"regulation,application,skill" doc:"Only courses about this."`
		Q       string `query:"q" maxLength:"200" example:"adres" doc:"Words that must all be found in the title, the reason or the goals."`
		Page
	}
	type listOutput struct{ Body list[Course] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-courses", Method: http.MethodGet, Path: "/courses", Tags: []string{"Courses"},
			Summary: "The catalogue", Description: "Lists the published courses in order of title. Authors also see courses that only have drafts, and the numbers of drafts.",
		},
		permission: staff.ReadCourses,
		response:   `{"items": [{` + courseExample + `}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		listings, err := s.office.Courses(ctx, c.Actor, academy.CourseSearch{Subject: courses.Subject(in.Subject), Text: in.Q})
		if err != nil {
			return nil, err
		}
		part, err := turn(listings, in.Page, func(l academy.Listing) string { return string(l.Key) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, courseOf)}, nil
	})

	type detailOutput struct{ Body courseDetail }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-course", Method: http.MethodGet, Path: "/courses/{course}", Tags: []string{"Courses"}, Errors: []int{http.StatusNotFound},
			Summary: "One course", Description: "The newest published version of a course with its lessons. Its questions are asked in an attempt only.",
		},
		permission: staff.ReadCourses,
		response:   `{` + courseExample + `, "contents": [{"lesson": 1, "title": "Wie doet aangifte, en wanneer", "text": "Een adreswijziging geef je door binnen vijf dagen."}]}`,
	}, func(ctx context.Context, c caller, in *CoursePath) (*detailOutput, error) {
		listing, err := s.office.Course(ctx, c.Actor, courses.CourseKey(in.Course))
		if err != nil {
			return nil, err
		}
		detail := courseDetail{Course: courseOf(listing), Why: listing.Why, Contents: []lesson{}}
		for _, l := range listing.Lessons {
			detail.Contents = append(detail.Contents, lesson{l.Number, l.Title, l.Body})
		}
		return &detailOutput{detail}, nil
	})
}
