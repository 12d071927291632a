package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/negotiation"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

const (
	jsonType     = "application/json"
	markdownType = "text/markdown"
)

// A CourseVersion is one numbered state of a course.
type CourseVersion struct {
	Course      courses.CourseKey `json:"course" example:"BRP-ADRES"`
	Version     int               `json:"version" example:"3"`
	Title       string            `json:"title" example:"Adreswijziging en adresonderzoek in de BRP"`
	Published   bool              `json:"published" doc:"Whether it can be changed no longer."`
	PublishedAt *time.Time        `json:"publishedAt,omitempty"`
}

// A courseVersionDetail is a version with what it says, the key of its quiz included: for authors only.
type courseVersionDetail struct {
	CourseVersion
	Content courseContent `json:"content"`
}

func versionOf(v courses.Version) CourseVersion {
	version := CourseVersion{Course: v.Course, Version: v.Number, Title: v.Content.Title, Published: v.Published()}
	if version.Published {
		at := v.PublishedAt.UTC()
		version.PublishedAt = &at
	}
	return version
}

// VersionPath is in the address of everything about one version of a course.
type VersionPath struct {
	CoursePath
	Number int `path:"number" minimum:"1" maximum:"1000000" example:"3" doc:"The number of the version."`
}

func (in VersionPath) id() academy.VersionID {
	return academy.VersionID{Course: courses.CourseKey(in.Course), Number: in.Number}
}

const versionExample = `"course": "BRP-ADRES", "version": 4, "title": "Adreswijziging en adresonderzoek in de BRP"`

func (s *server) versions() {
	s.draftVersion()
	s.replaceDraft()
	s.getVersion()

	type output struct{ Body CourseVersion }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "publish-version", Method: http.MethodPost, Path: "/courses/{course}/versions/{number}/publication", Tags: []string{"Authoring"}, DefaultStatus: http.StatusOK,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Publish a draft", Description: "Makes a draft what people take from now on. Who is busy with an older version finishes that one. It cannot be undone; publishing once more changes nothing. Where a newer version is published already: 409, newer_published.",
		},
		permission: staff.PublishCourses,
		response:   `{` + versionExample + `, "published": true, "publishedAt": "2026-11-23T09:12:00Z"}`,
	}, func(ctx context.Context, c caller, in *VersionPath) (*output, error) {
		v, err := s.office.PublishVersion(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		return &output{versionOf(v)}, nil
	})
}

func (s *server) draftVersion() {
	type input struct {
		CoursePath
		ContentType string `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}
	type output struct {
		Location string `header:"Location" doc:"The address of the new version."`
		Body     CourseVersion
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "draft-version", Method: http.MethodPost, Path: "/courses/{course}/versions", Tags: []string{"Authoring"}, DefaultStatus: http.StatusCreated,
			Errors:  []int{http.StatusConflict},
			Summary: "Draft a version", Description: "Adds a version to a course, from JSON or from a course file. Its number is the next one of the course, else 409. Nobody but authors sees it before it is published.",
			RequestBody: s.courseRequest(), SkipValidateBody: true, MaxBodyBytes: courseBody, BodyReadTimeout: time.Minute,
		},
		permission: staff.WriteCourses,
		response:   `{` + versionExample + `, "published": false}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		source, err := s.courseFile(c, in.ContentType, in.RawBody)
		if err != nil {
			return nil, err
		}
		v, err := s.office.DraftVersion(ctx, c.Actor, courses.CourseKey(in.Course), source.file)
		if err != nil {
			return nil, source.told(err)
		}
		return &output{fmt.Sprintf("%s/courses/%s/versions/%d", root, v.Course, v.Number), versionOf(v)}, nil
	})
}

func (s *server) replaceDraft() {
	type input struct {
		VersionPath
		ContentType string `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}
	type output struct{ Body CourseVersion }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "replace-draft", Method: http.MethodPut, Path: "/courses/{course}/versions/{number}", Tags: []string{"Authoring"},
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Replace a draft", Description: "Gives a draft other contents, from JSON or from a course file. A published version never changes: 409.",
			RequestBody: s.courseRequest(), SkipValidateBody: true, MaxBodyBytes: courseBody, BodyReadTimeout: time.Minute,
		},
		permission: staff.WriteCourses,
		response:   `{` + versionExample + `, "published": false}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		source, err := s.courseFile(c, in.ContentType, in.RawBody)
		if err != nil {
			return nil, err
		}
		v, err := s.office.ReplaceDraft(ctx, c.Actor, in.id(), source.file)
		if err != nil {
			return nil, source.told(err)
		}
		return &output{versionOf(v)}, nil
	})
}

func (s *server) getVersion() {
	type input struct {
		VersionPath
		Accept string `header:"Accept" hidden:"true"`
	}
	type output struct {
		ContentType string `header:"Content-Type" hidden:"true"`
		Body        any
	}
	detail := s.api.OpenAPI().Components.Schemas.Schema(typeOf[courseVersionDetail](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-version", Method: http.MethodGet, Path: "/courses/{course}/versions/{number}", Tags: []string{"Authoring"}, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "One version with its quiz", Description: "A version as JSON, or as its course file for Accept: text/markdown. It holds the key of the quiz and is for authors only. Whoever has an attempt at the course open reads it after handing in: 409, attempt_open.",
			Responses: map[string]*huma.Response{"200": {Description: "The version.", Content: map[string]*huma.MediaType{
				jsonType:     {Schema: detail},
				markdownType: {Schema: &huma.Schema{Type: huma.TypeString}, Example: courseFileExample},
			}}},
		},
		permission: staff.ReadDrafts,
		response:   `{` + versionExample + `, "published": false, "content": ` + contentExample + `}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		v, err := s.office.CourseVersion(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		if negotiation.SelectQValueFast(in.Accept, []string{jsonType, markdownType}) == markdownType {
			return &output{markdownType + "; charset=utf-8", []byte(v.Source)}, nil
		}
		return &output{jsonType, courseVersionDetail{versionOf(v), contentOf(v.Content)}}, nil
	})
}

// courseRequest describes the body that holds a course.
func (s *server) courseRequest() *huma.RequestBody {
	content := s.api.OpenAPI().Components.Schemas.Schema(typeOf[courseContent](), true, "")
	return &huma.RequestBody{Required: true, Description: "A course, as JSON or as one course file.", Content: map[string]*huma.MediaType{
		jsonType:     {Schema: content, Example: example(contentExample)},
		markdownType: {Schema: &huma.Schema{Type: huma.TypeString}, Example: courseFileExample},
	}}
}

// A courseSource is a course file, and whether it was sent as one or we made it of JSON.
type courseSource struct {
	file []byte
	made bool
}

// told says what is wrong with a course to whoever sent it, who does not know of a file that we made.
func (s courseSource) told(err error) error {
	if !s.made {
		return err
	}
	return inBody(err)
}

var underscored = regexp.MustCompile(`_[a-z]`)

// inBody says what is wrong with a course of which the office knows the parts by the names of a course file: its
// questions[2].common_errors is body.questions[2].commonErrors.
func inBody(err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 {
		return err
	}
	told := *f
	told.Fields = make([]fault.Field, len(f.Fields))
	for i, field := range f.Fields {
		path := strings.TrimSuffix("body."+inJSON(field.Path), ".")
		told.Fields[i] = fault.Field{Path: path, Dutch: inJSON(field.Dutch), English: inJSON(field.English)}
	}
	return &told
}

// inJSON writes the names of the fields of a course file as those of its JSON.
func inJSON(text string) string {
	return underscored.ReplaceAllStringFunc(text, func(found string) string { return strings.ToUpper(found[1:]) })
}

// courseFile makes the course file of a body that holds a course. What is wrong in JSON is a problem of ours; what is
// wrong in the course itself is for the office to say.
func (s *server) courseFile(c caller, contentType string, body []byte) (courseSource, error) {
	mediaType, _, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil && contentType != "":
		return courseSource{}, plainProblem(http.StatusUnsupportedMediaType, c)
	case mediaType == markdownType:
		return courseSource{file: body}, nil
	case mediaType != jsonType && mediaType != "":
		return courseSource{}, plainProblem(http.StatusUnsupportedMediaType, c)
	}
	course, err := s.courseIn(c, body)
	if err != nil {
		return courseSource{}, err
	}
	file, err := academy.CourseFile(course)
	return courseSource{file, true}, inBody(err)
}

// courseIn reads a course in JSON.
func (s *server) courseIn(c caller, body []byte) (courses.Course, error) {
	var checked any
	if err := readJSON(body, &checked); err != nil {
		return courses.Course{}, ofHuma(c, http.StatusBadRequest, "", []error{&huma.ErrorDetail{Message: err.Error()}})
	}
	if mistakes := s.check(checked); len(mistakes) > 0 {
		return courses.Course{}, ofHuma(c, http.StatusUnprocessableEntity, "", mistakes)
	}
	if err := strayFields(checked); err != nil {
		return courses.Course{}, err
	}
	var content courseContent
	if err := json.Unmarshal(body, &content); err != nil {
		return courses.Course{}, badRequest.From(err)
	}
	return content.course()
}

// check compares a value with the schema of a course.
func (s *server) check(value any) []error {
	registry := s.api.OpenAPI().Components.Schemas
	at := huma.NewPathBuffer(nil, 0)
	at.Push("body")
	var result huma.ValidateResult
	huma.Validate(registry, registry.Schema(typeOf[courseContent](), true, ""), at, huma.ModeWriteToServer, value, &result)
	return result.Errors
}

// mostStray is how many stray fields a refusal names, as many as the mistakes of a course file.
const mostStray = 100

// strayFields refuses a question with a field that belongs to another kind of question.
func strayFields(checked any) error {
	content, _ := checked.(map[string]any)
	questions, _ := content["questions"].([]any)
	var stray []fault.Field
	for i, q := range questions {
		fields, _ := q.(map[string]any)
		kind, _ := fields["type"].(string)
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if !belongs(courses.Kind(kind), name) && len(stray) < mostStray {
				stray = append(stray, fault.Field{
					Path:  fmt.Sprintf("body.questions[%d].%s", i, name),
					Dutch: "dit veld hoort niet bij deze soort vraag", English: "this field does not belong to this kind of question",
				})
			}
		}
	}
	if len(stray) == 0 {
		return nil
	}
	refused := *badRequest
	refused.Fields = stray
	return &refused
}
