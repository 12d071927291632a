package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A submission is evidence from elsewhere that somebody sent, and what somebody else said of it.
type submission struct {
	Submission  string                       `json:"submission" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"Its key."`
	Person      staff.PersonID               `json:"person" example:"RW1013" doc:"Whom it is about."`
	Scheme      certificates.SchemeKey       `json:"scheme" example:"BHV"`
	Title       string                       `json:"title" example:"Bedrijfshulpverlening" doc:"Of the scheme."`
	Component   int                          `json:"component" example:"0" doc:"Which component of the scheme it shows, from 0."`
	Refresher   int                          `json:"refresher" example:"0" doc:"Which refresher was done instead, from 1; 0: the component itself."`
	Part        string                       `json:"part" example:"Bedrijfshulpverlening" doc:"What it shows, in words."`
	CompletedOn date                         `json:"completedOn" doc:"The day that the document gives; of an exam the day of the exam."`
	Issuer      string                       `json:"issuer" example:"Opleider Veilig" doc:"Who gave the document."`
	State       certificates.SubmissionState `json:"state" enum:"waiting,asked-back,resent,accepted,refused,withdrawn"`
	SentBy      staff.PersonID               `json:"sentBy" example:"RW1013"`
	SentAt      time.Time                    `json:"sentAt"`
	Answers     string                       `json:"answers,omitempty" example:"3QK2M9XD3PZ8RW6VYN5HJCBA4T" doc:"The submission that was asked back and that this one follows."`
	Sentence    string                       `json:"sentence,omitempty" example:"De datum staat er niet op." doc:"What the person is told with the verdict."`
	JudgedBy    staff.PersonID               `json:"judgedBy,omitempty" example:"RW1057"`
	JudgedAt    *time.Time                   `json:"judgedAt,omitempty"`
	Outcome     courses.Outcome              `json:"outcome,omitempty" enum:"certified,before_window,components_missing,full_course_needed,other_refresher,prerequisite_first" doc:"What accepting it led to: certified is a new period; else why there is none yet. It is kept as evidence all the same."`
	Document    bool                         `json:"document" doc:"Whether the document is still there."`
}

func submissionOf(s academy.Sent) submission {
	to := submission{
		Submission: s.ID, Person: s.Person, Scheme: s.Scheme, Title: s.Title, Component: s.Component, Refresher: s.Refresher, Part: s.Part, CompletedOn: dateOf(s.CompletedOn), Issuer: s.Issuer,
		State: s.State(), SentBy: s.SentBy, SentAt: s.SentAt.UTC(), Answers: s.Answers, Sentence: s.Sentence, JudgedBy: s.JudgedBy, Outcome: s.Outcome, Document: s.KeepsDocument(),
	}
	if !s.JudgedAt.IsZero() {
		at := s.JudgedAt.UTC()
		to.JudgedAt = &at
	}
	return to
}

// SubmissionPath is in the address of everything about one submission.
type SubmissionPath struct {
	Submission string `path:"submission" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the submission."`
}

const (
	submissionExample = `{"submission": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "person": "RW1013", "scheme": "BHV", "title": "Bedrijfshulpverlening", "component": 0, "refresher": 0, "part": "Bedrijfshulpverlening",
	"completedOn": "2026-11-20", "issuer": "Opleider Veilig", "state": "waiting", "sentBy": "RW1013", "sentAt": "2026-11-23T09:12:00Z", "document": true}`

	// documentBody is the size of a body that holds a document in base64, and what JSON needs beside it.
	documentBody = (academy.MostDocument+2)/3*4 + 64<<10

	// documentPatience is how long sending one may take: 10 MiB over a line of 50 kB/s.
	documentPatience = 5 * time.Minute
)

func (s *server) submissions() {
	s.submitEvidence()
	s.readSubmissions()
	s.judgeEvidence()
	s.previewEvidence()
	s.seen()
}

// patient gives the answer to a slow request the time that its body took: the server would break it off.
func patient(ctx huma.Context, next func(huma.Context)) {
	_, w := humago.Unwrap(ctx)
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(documentPatience + time.Minute)) // where it cannot be set there is none
	next(ctx)
}

func (s *server) submitEvidence() {
	type input struct {
		Body struct {
			Person      string                 `json:"person,omitempty" maxLength:"64" example:"me" doc:"Whom it is about: a personnel number, or me (also where it is left out). HR may send for anybody."`
			Scheme      certificates.SchemeKey `json:"scheme" maxLength:"32" example:"BHV"`
			Component   int                    `json:"component,omitempty" minimum:"0" maximum:"100" doc:"Which component of the scheme it shows, from 0."`
			Refresher   int                    `json:"refresher,omitempty" minimum:"0" maximum:"100" doc:"Which refresher was done instead, from 1; 0 or absent: the component itself."`
			CompletedOn date                   `json:"completedOn" doc:"The day that the document gives."`
			Issuer      string                 `json:"issuer" maxLength:"200" example:"Opleider Veilig" doc:"Who gave the document."`
			Answers     string                 `json:"answers,omitempty" maxLength:"64" example:"3QK2M9XD3PZ8RW6VYN5HJCBA4T" doc:"The submission that was asked back; absent: it is new."`
			Document    []byte                 `json:"document,omitempty" doc:"A PDF, JPEG or PNG of at most 10 MB, in base64. With answers it may be absent: then the document stays the same."`
		} `nameHint:"SubmissionInput"`
	}
	type output struct {
		Status   int
		Location string `header:"Location" doc:"The address of the submission."`
		Body     submission
	}
	shape := s.api.OpenAPI().Components.Schemas.Schema(typeOf[submission](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "submit-evidence", Method: http.MethodPost, Path: "/submissions", Tags: []string{"Evidence"}, DefaultStatus: http.StatusCreated,
			MaxBodyBytes: documentBody, BodyReadTimeout: documentPatience, Middlewares: huma.Middlewares{patient}, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Send evidence from elsewhere", Description: "Sends a claim with its document; it waits until somebody else judges it. Cover the BSN, the birth date and health details. The document is checked by its content: what is no PDF, JPEG or PNG, is damaged or protected, or is a PDF whose text holds a BSN, is refused with what to do (422), and not kept. Of photos the place and time are removed. " +
				"What is claimed is its natural key: sending the same once more answers the first one with 200; the same achievement with another document is 409, already_sent, while it waits or once it is accepted.",
			Responses: map[string]*huma.Response{
				"200": {Description: "It was sent before.", Content: map[string]*huma.MediaType{jsonType: {Schema: shape}}},
				"201": {Description: "It waits for somebody to judge it.", Content: map[string]*huma.MediaType{jsonType: {Schema: shape}}},
			},
		},
		permission: staff.SubmitEvidence,
		request:    `{"scheme": "BHV", "completedOn": "2026-11-20", "issuer": "Opleider Veilig", "document": "JVBERi0xLjcK"}`,
		response:   submissionExample,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		completed, err := in.Body.CompletedOn.read("body.completedOn")
		if err != nil {
			return nil, err
		}
		sent, made, err := s.office.SubmitEvidence(ctx, c.Actor, academy.Claim{
			Person: c.personOf(in.Body.Person), Scheme: in.Body.Scheme, Place: certificates.Place{Component: in.Body.Component, Refresher: in.Body.Refresher},
			CompletedOn: completed, Issuer: in.Body.Issuer, Answers: in.Body.Answers, Document: in.Body.Document,
		})
		if err != nil {
			return nil, within("body.", err)
		}
		status := http.StatusCreated
		if !made {
			status = http.StatusOK
		}
		return &output{status, root + "/submissions/" + sent.ID, submissionOf(sent)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-evidence", Method: http.MethodDelete, Path: "/submissions/{submission}", Tags: []string{"Evidence"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Take it back", Description: "Takes back what waits or was asked back. The document is removed. What was judged stays: 409, not_waiting.",
		},
		permission: staff.SubmitEvidence,
	}, func(ctx context.Context, c caller, in *SubmissionPath) (*struct{}, error) {
		return nil, s.office.WithdrawEvidence(ctx, c.Actor, in.Submission)
	})
}

func (s *server) readSubmissions() {
	type listInput struct {
		Person string `query:"person" maxLength:"64" example:"me" doc:"Whose: a personnel number, or me. Absent: everybody's for who judges evidence, one's own for others."`
		State  string `query:"state" enum:"waiting,asked-back,resent,accepted,refused,withdrawn" doc:"Only those in one state."`
		Page
	}
	type listOutput struct{ Body list[submission] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-submissions", Method: http.MethodGet, Path: "/submissions", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "Evidence from elsewhere", Description: "Lists what was sent and what was said of it, the newest first.",
		},
		permission: staff.ReadEvidence,
		response:   `{"items": [` + submissionExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		var person staff.PersonID
		if in.Person != "" || !c.May(staff.JudgeEvidence) {
			person = c.personOf(in.Person)
		}
		part, err := turnOf(in.Page, func(after string) ([]academy.Sent, bool, error) {
			return s.office.AllSubmissions(ctx, c.Actor, person, certificates.SubmissionState(in.State), after, in.Limit)
		}, func(sent academy.Sent) string { return sent.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, submissionOf)}, nil
	})

	type output struct{ Body submission }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-submission", Method: http.MethodGet, Path: "/submissions/{submission}", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "One submission", Description: "What was sent and what was said of it.",
		},
		permission: staff.ReadEvidence,
		response:   submissionExample,
	}, func(ctx context.Context, c caller, in *SubmissionPath) (*output, error) {
		sent, err := s.office.Submission(ctx, c.Actor, in.Submission)
		if err != nil {
			return nil, err
		}
		return &output{submissionOf(sent)}, nil
	})

	type documentOutput struct {
		ContentType        string `header:"Content-Type" hidden:"true"`
		ContentDisposition string `header:"Content-Disposition" doc:"Names the file; it is for saving, not for showing."`
		Body               []byte
	}
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-submission-document", Method: http.MethodGet, Path: "/submissions/{submission}/document", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "Its document", Description: "The document itself, while it is there: it is removed with what is refused, withdrawn or sent again. Every look by somebody else than the person is logged.",
			Responses: map[string]*huma.Response{"200": {Description: "The document.", Content: map[string]*huma.MediaType{"application/pdf": binary, "image/jpeg": binary, "image/png": binary}}},
		},
		permission: staff.ReadEvidence,
	}, func(ctx context.Context, c caller, in *SubmissionPath) (*documentOutput, error) {
		d, err := s.office.SubmittedDocument(ctx, c.Actor, in.Submission)
		if err != nil {
			return nil, err
		}
		return &documentOutput{d.Type, fmt.Sprintf("attachment; filename=%q", d.Name), d.Content}, nil
	})
}

func (s *server) judgeEvidence() {
	type input struct {
		SubmissionPath
		Body struct {
			Decision certificates.Verdict `json:"decision" enum:"accept,ask-back,refuse"`
			Sentence string               `json:"sentence,omitempty" maxLength:"1000" example:"De datum staat er niet op." doc:"What the person is told; needed to ask back or refuse."`
		} `nameHint:"VerdictInput"`
	}
	type output struct{ Body submission }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "judge-evidence", Method: http.MethodPost, Path: "/submissions/{submission}/decisions", Tags: []string{"Evidence"}, DefaultStatus: http.StatusOK, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Accept it, ask for more or refuse it", Description: "Gives a verdict on what waits, by somebody else than the person and whoever sent it (403, self_approval). What is accepted is evidence at once; outcome says what that led to. Each submission is judged once: 409, not_waiting.",
		},
		permission: staff.JudgeEvidence,
		request:    `{"decision": "ask-back", "sentence": "De datum staat er niet op."}`,
		response:   submissionExample,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		sent, err := s.office.JudgeEvidence(ctx, c.Actor, in.Submission, in.Body.Decision, in.Body.Sentence)
		if err != nil {
			return nil, within("body.", err)
		}
		return &output{submissionOf(sent)}, nil
	})
}

// An effect is what evidence would lead to.
type effect struct {
	Outcome    courses.Outcome `json:"outcome" enum:"certified,before_window,components_missing,full_course_needed,other_refresher,prerequisite_first" doc:"certified is a new period; else why there would be none. It would be kept as evidence all the same."`
	ValidFrom  *date           `json:"validFrom,omitempty" doc:"Of the period that would begin."`
	ValidUntil *date           `json:"validUntil,omitempty" doc:"Its last valid day; absent where it has no end, or none would begin."`
	CountsFrom *date           `json:"countsFrom,omitempty" doc:"With before_window: from when renewing counts; absent where what is held has no end."`
	Lacks      []string        `json:"lacks,omitempty" example:"[\"Herhaling\"]" doc:"Titles of what must come first or besides."`
}

func (s *server) previewEvidence() {
	type output struct{ Body effect }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "preview-evidence", Method: http.MethodGet, Path: "/submissions/{submission}/effect", Tags: []string{"Evidence"}, Errors: []int{http.StatusNotFound},
			Summary: "What accepting it would lead to", Description: "Works out what accepting the submission today would lead to, as judge-evidence does, and keeps nothing. Nobody asks it about themselves (403, self_approval).",
		},
		permission: staff.JudgeEvidence,
		response:   `{"outcome": "certified", "validFrom": "2026-11-20", "validUntil": "2027-11-19"}`,
	}, func(ctx context.Context, c caller, in *SubmissionPath) (*output, error) {
		e, err := s.office.SubmissionEffect(ctx, c.Actor, in.Submission)
		if err != nil {
			return nil, err
		}
		to := effect{Outcome: e.Outcome, ValidFrom: orNull(e.Period.ValidFrom), ValidUntil: orNull(e.Period.ValidUntil), Lacks: e.Lacks}
		if e.Outcome == courses.BeforeWindow && e.Last != nil {
			to.CountsFrom = orNull(e.Last.WindowOpensOn)
		}
		return &output{to}, nil
	})
}
