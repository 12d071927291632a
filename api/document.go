package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/api/auth"
)

// Names within the document.
const (
	bearerScheme      = "bearer"
	languageParameter = "AcceptLanguage"
	versionHeader     = "API-Version"
)

// problemType is the content type of everything that goes wrong.
const problemType = "application/problem+json"

// config is what huma needs to know. It serves no document, page or schema of its own: those are ours.
func (s *server) config(cfg Config) huma.Config {
	return huma.Config{
		Formats: formats, DefaultFormat: jsonType,
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Bekwaam", Version: Version, Description: introduction,
				Contact: &huma.Contact{Name: cfg.Contact.Name, Email: cfg.Contact.Email, URL: cfg.Contact.URL},
			},
			Servers: []*huma.Server{{URL: s.office.URL() + root, Description: "This installation."}},
			Tags:    tags,
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{bearerScheme: {Type: "http", Scheme: "bearer", Description: "A token as `bekwaam token --person RW1003 --hours 8` prints it."}},
				Parameters: map[string]*huma.Param{languageParameter: {
					Name: "Accept-Language", In: "header", Description: "The language of sentences for people: nl (also where it is left out) or en.", Schema: &huma.Schema{Type: huma.TypeString}, Example: "nl",
				}},
				Headers: map[string]*huma.Param{
					versionHeader: {Description: "The version of this contract.", Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{Version}}},
					authChallenge: {Description: "How to say who is calling.", Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{auth.Challenge}}},
					retryAfter:    {Description: "How many seconds to wait.", Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{waitWhenBusy}}},
				},
			},
		},
	}
}

const introduction = `The training office of a municipality: courses, quizzes, certificates and retraining.

Every operation but the verification of a certificate asks for a bearer token, and says in x-permission what its holder must be allowed to do. An act that is not yours to do answers 403; what is not yours to see answers 404. ` +
	`Errors are problem documents (RFC 9457): they never repeat what was sent. Fields and query parameters that this document does not name are refused. Dates are civil dates in Europe/Amsterdam; times are instants. ` +
	`A list answers items and, where more follows, next: send it back as cursor. Where a person's key may stand, me stands for the caller.`

var tags = []*huma.Tag{
	{Name: "Account", Description: "Who is calling."},
	{Name: "Courses", Description: "What there is to learn."},
	{Name: "Authoring", Description: "Versions of courses: drafts, and their publication."},
	{Name: "Duties", Description: "What somebody must do now, and why."},
	{Name: "Attempts", Description: "Doing a quiz."},
	{Name: "Follow-ups", Description: "How to go on after the last attempt."},
	{Name: "Certificates", Description: "What proves that somebody is certified."},
	{Name: "Evidence", Description: "What people completed elsewhere or showed at work, and what others say of it."},
	{Name: "Verification", Description: "Whether a certificate holds, for anybody."},
	{Name: "Schemes", Description: "What somebody must show to be certified, and how that is renewed."},
	{Name: "Requirements", Description: "Who must hold which scheme, and the work it is required for."},
	{Name: "People", Description: "Who are there, and how they are doing."},
	{Name: "Group training", Description: "Sessions with places, who was there, and what that led to."},
	{Name: "Messages", Description: "What you are told and how, your calendar, and what stays undone."},
	{Name: "Budgets", Description: "What teams may spend on training."},
	{Name: "Staffing", Description: "Processes: who may do the work, who is there, and when that will not be enough."},
	{Name: "Changes", Description: "What changes in the law, in applications and around us: whom it hits, what they must do, what colleagues heard, and bulletins that are read."},
	{Name: "Objectives", Description: "What the organisation and its teams stand for and want to reach."},
	{Name: "Competences", Description: "What roles ask, what people show and with which evidence, what there is to learn, and the skills of a team."},
	{Name: "Plans", Description: "Roles beside what somebody can do, wishes, and plans to another role."},
	{Name: "Instruments", Description: "Results of instruments, such as a questionnaire about drives: consent, who sees them, and scales."},
	{Name: "Erasures", Description: "Erasing people who left, and how long things are kept."},
	{Name: "Decisions", Description: "What somebody decided about the obligations of somebody else."},
	{Name: "Imports", Description: "Lists that were kept elsewhere."},
	{Name: "Reports", Description: "How many people stand how on a day, and what is coming."},
	{Name: "Sweeps", Description: "The daily look at what is due."},
}

// describe finishes the document, and serves it and the page that is made of it.
func (s *server) describe(mux *http.ServeMux) error {
	document := s.api.OpenAPI()
	for _, item := range document.Paths {
		for _, op := range operationsOf(item) {
			finish(op)
		}
	}
	inJSON, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return fmt.Errorf("the document: %w", err)
	}
	inYAML, err := document.YAML()
	if err != nil {
		return fmt.Errorf("the document: %w", err)
	}
	docs, err := drawDocs(document)
	if err != nil {
		return fmt.Errorf("the page: %w", err)
	}
	serve(mux, "/openapi.json", "application/openapi+json", inJSON)
	serve(mux, "/openapi.yaml", "application/openapi+yaml", inYAML)
	serve(mux, "/docs", "text/html; charset=utf-8", docs)
	serve(mux, "/docs.css", "text/css; charset=utf-8", docsStyle)
	serve(mux, "/docs.svg", "image/svg+xml", docsIcon)
	return nil
}

// serve serves what is the same for everybody. Any page may read it: the design rules ask that of the document.
func serve(mux *http.ServeMux, path, contentType string, body []byte) {
	mux.HandleFunc("GET "+root+path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "max-age=300")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Write(body) // whoever asked may be gone
	})
}

// headersOf are the headers of refusals beside those of every answer.
var headersOf = map[int]string{
	http.StatusUnauthorized: authChallenge, http.StatusTooManyRequests: retryAfter, http.StatusServiceUnavailable: retryAfter,
}

// finish says of each answer of an operation which headers it has, and of each refusal what it means.
func finish(op *huma.Operation) {
	for code, response := range op.Responses {
		if response.Headers == nil {
			response.Headers = map[string]*huma.Param{}
		}
		response.Headers[versionHeader] = &huma.Param{Ref: "#/components/headers/" + versionHeader}
		status, _ := strconv.Atoi(code)
		if status < http.StatusBadRequest {
			continue
		}
		p := plainProblem(status, caller{english: true})
		response.Description = p.Detail
		if header, ok := headersOf[status]; ok {
			response.Headers[header] = &huma.Param{Ref: "#/components/headers/" + header}
		}
		if body := response.Content[problemType]; body != nil && body.Example == nil {
			body.Example = map[string]any{"type": p.Type, "title": p.Title, "status": p.Status, "detail": p.Detail}
		}
	}
}
