package api

import (
	"context"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// An openAttempt is an attempt while it is open. It has no place for what a question is worth per choice, nor for what is
// right.
type openAttempt struct {
	AttemptFacts
	Questions []OpenQuestion `json:"questions" doc:"What is asked, with what was answered so far."`
}

// The AttemptFacts are what is known of an attempt whether it is open or not.
type AttemptFacts struct {
	Attempt     courses.AttemptID `json:"attempt" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA"`
	Course      courses.CourseKey `json:"course" example:"ID-LOOKALIKE"`
	Version     int               `json:"version" example:"2" doc:"The version of the course it is about; it stays the same until the end."`
	Title       string            `json:"title" example:"Identiteitsvaststelling en look-alikefraude"`
	State       attemptState      `json:"state" enum:"open,paused,submitted"`
	Cycle       int               `json:"cycle" example:"4" doc:"The cycle of the duty it counts for, else the next one."`
	Number      int               `json:"number" example:"1" doc:"Counts the attempts of the cycle."`
	PassMark    int               `json:"passMark" example:"80" doc:"Percent of the points that passes."`
	StartedAt   time.Time         `json:"startedAt"`
	Deadline    *time.Time        `json:"deadline" nullable:"true" doc:"When the time is over, on the clock of startedAt; null: no limit."`
	SecondsLeft *int              `json:"secondsLeft" nullable:"true" example:"1800" doc:"How much time is left; null: no limit. It stands still during a pause."`
}

// An attemptState is where an attempt stands.
type attemptState string

const (
	attemptOpen      attemptState = "open"
	attemptPaused    attemptState = "paused"
	attemptSubmitted attemptState = "submitted"
)

// An AskedQuestion is one question as a candidate sees it. It is exported, as every shape within another, since huma
// looks at nothing else.
type AskedQuestion struct {
	Question courses.QuestionID `json:"question" example:"LA-01" doc:"Its id in the course."`
	Kind     courses.Kind       `json:"kind" enum:"single,multiple,truefalse,numeric,short,match,order,cloze"`
	Prompt   courses.Markdown   `json:"prompt" example:"Wat doe je eerst?" doc:"In Markdown, without HTML."`
	Points   int                `json:"points" example:"2"`
	Options  []choice           `json:"options,omitempty" doc:"Of single and multiple."`
	Unit     string             `json:"unit,omitempty" example:"dagen" doc:"Of numeric."`
	Left     []choice           `json:"left,omitempty" doc:"Of match."`
	Right    []choice           `json:"right,omitempty" doc:"Of match; one may be used more than once, or not at all."`
	Items    []choice           `json:"items,omitempty" doc:"Of order."`
	Text     courses.Markdown   `json:"text,omitempty" doc:"Of cloze; shows a gap as {{g1}}."`
	Gaps     []gap              `json:"gaps,omitempty" doc:"Of cloze."`
}

// An OpenQuestion is a question with what was answered so far.
type OpenQuestion struct {
	AskedQuestion
	Answer  givenAnswer `json:"answer" doc:"What was answered; null: nothing."`
	Version int         `json:"version" example:"0" doc:"Counts the changes of the answer; 0: nothing was saved. Send it back with the next one."`
}

// A choice is something to choose, to match or to put in order. Its id belongs to this attempt alone.
type choice struct {
	ID   courses.OptionID `json:"id" example:"k7w2m9p4x3q8z5t6"`
	Text courses.Markdown `json:"text" example:"Je vergelijkt de foto met het gezicht."`
}

// A gap is a gap in the text of a cloze.
type gap struct {
	ID      courses.GapID   `json:"id" example:"g1"`
	Kind    courses.GapKind `json:"kind" enum:"select,input"`
	Options []choice        `json:"options,omitempty" doc:"Of select."`
}

func choicesOf(from []courses.Choice) []choice {
	var choices []choice
	for _, c := range from {
		choices = append(choices, choice(c))
	}
	return choices
}

func questionOf(p courses.Paper) AskedQuestion {
	q := AskedQuestion{
		Question: p.Question, Kind: p.Kind, Prompt: p.Prompt, Points: p.Points, Options: choicesOf(p.Options), Unit: p.Unit,
		Left: choicesOf(p.Left), Right: choicesOf(p.Right), Items: choicesOf(p.Items), Text: p.Text,
	}
	for _, g := range p.Gaps {
		q.Gaps = append(q.Gaps, gap{g.ID, g.Kind, choicesOf(g.Options)})
	}
	return q
}

func factsOf(s academy.Sitting) AttemptFacts {
	a := s.Attempt
	facts := AttemptFacts{
		Attempt: a.ID, Course: a.Course, Version: a.Version, Title: s.Title, State: attemptOpen, Cycle: a.Cycle, Number: a.Number, PassMark: s.PassMark, StartedAt: a.StartedAt.UTC(),
	}
	switch {
	case !a.Open():
		facts.State = attemptSubmitted
	case !a.PausedAt.IsZero():
		facts.State = attemptPaused
	}
	if deadline := a.Deadline().UTC(); !a.EndsAt.IsZero() {
		facts.Deadline, facts.SecondsLeft = &deadline, &s.SecondsLeft
	}
	return facts
}

func openOf(s academy.Sitting) openAttempt {
	open := openAttempt{AttemptFacts: factsOf(s), Questions: make([]OpenQuestion, len(s.Papers))}
	for i, paper := range s.Papers {
		saved := s.Saved[paper.Question]
		open.Questions[i] = OpenQuestion{questionOf(paper), answerTo(paper.Kind, saved.Answer), saved.Version}
	}
	return open
}

const attemptExample = `"attempt": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "course": "ID-LOOKALIKE", "version": 2, "title": "Identiteitsvaststelling en look-alikefraude", "cycle": 4, "number": 1, "passMark": 80,
	"startedAt": "2026-11-23T09:12:00Z", "deadline": null, "secondsLeft": null`

const questionExample = `"question": "LA-01", "kind": "single", "prompt": "Wat doe je eerst?", "points": 1,
	"options": [{"id": "k7w2m9p4x3q8z5t6", "text": "Je vergelijkt de foto met het gezicht."}, {"id": "m3x8q2w7k9p5z4t6", "text": "Je vraagt om een tweede document."}]`

const openExample = `{` + attemptExample + `, "state": "open", "questions": [{` + questionExample + `, "answer": null, "version": 0}]}`

// AttemptPath is in the address of everything about one attempt.
type AttemptPath struct {
	Attempt string `path:"attempt" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The id of the attempt."`
}

func (in AttemptPath) id() courses.AttemptID { return courses.AttemptID(in.Attempt) }

// A timing is what somebody chooses about the time limit before they start, without a reason or permission.
type timing struct {
	TimeLimit       string `json:"timeLimit,omitempty" enum:"none" doc:"none: no limit."`
	TimeLimitFactor int    `json:"timeLimitFactor,omitempty" minimum:"1" maximum:"10" example:"2" doc:"That many times the limit of the quiz."`
}

func (t *timing) read() (academy.Timing, error) {
	switch {
	case t == nil:
		return academy.Timing{}, nil
	case t.TimeLimit != "" && t.TimeLimitFactor != 0:
		return academy.Timing{}, invalid("body", "kies timeLimit of timeLimitFactor, niet allebei", "choose timeLimit or timeLimitFactor, not both")
	}
	return academy.Timing{None: t.TimeLimit == "none", Factor: t.TimeLimitFactor}, nil
}

func (s *server) attempts() {
	s.startAttempt()
	s.getAttempt()
	s.submitAttempt()
	s.attemptTime()
}

func (s *server) startAttempt() {
	type input struct {
		CoursePath
		Body *timing
	}
	type output struct {
		Status int
		Body   openAttempt
	}
	open := s.api.OpenAPI().Components.Schemas.Schema(typeOf[openAttempt](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "start-attempt", Method: http.MethodPost, Path: "/courses/{course}/attempts", Tags: []string{"Attempts"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Start a quiz, or go on with it", Description: "Starts an attempt at the newest published version of a course: 201. With an attempt open already it goes on with that one, also after a pause: 200; where its time is over it hands that one in: 409 with reason time_over. Where no attempt is left, or the cooling-off time is not over, it answers 409 with reason attempts_exhausted or cooling_off, and availableAt, which is null where waiting does not help. Ids of choices are opaque and belong to this attempt alone.",
			Responses: map[string]*huma.Response{
				"200": {Description: "The attempt that was open already.", Content: map[string]*huma.MediaType{"application/json": {Schema: open}}},
				"201": {Description: "A new attempt.", Content: map[string]*huma.MediaType{"application/json": {}}},
			},
		},
		permission: staff.TakeQuizzes,
		request:    `{"timeLimitFactor": 2}`,
		response:   openExample,
		conflict: `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "You can do this quiz again from 24 November 2026, 10:31.", "reason": "cooling_off",
			"availableAt": "2026-11-24T09:31:00Z"}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		timing, err := in.Body.read()
		if err != nil {
			return nil, err
		}
		sitting, started, err := s.office.StartAttempt(ctx, c.Actor, courses.CourseKey(in.Course), timing)
		if err != nil {
			return nil, err
		}
		if !sitting.Attempt.Open() {
			return nil, academy.TimeOver
		}
		status := http.StatusOK
		if started {
			status = http.StatusCreated
		}
		return &output{status, openOf(sitting)}, nil
	})
}

func (s *server) getAttempt() {
	type output struct {
		Body any `doc:"An OpenAttempt while it is open or paused, a SubmittedAttempt after that."`
	}
	registry := s.api.OpenAPI().Components.Schemas
	either := &huma.Schema{OneOf: []*huma.Schema{registry.Schema(typeOf[openAttempt](), true, ""), registry.Schema(typeOf[submittedAttempt](), true, "")}}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-attempt", Method: http.MethodGet, Path: "/attempts/{attempt}", Tags: []string{"Attempts"}, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "An attempt of your own", Description: "While it is open: what is asked and what was answered, to go on with on any device. After handing in: the grade, and what the quiz lets you see of it. An attempt whose time is over is handed in first.",
			Responses: map[string]*huma.Response{"200": {Description: "The attempt.", Content: map[string]*huma.MediaType{"application/json": {Schema: either}}}},
		},
		permission: staff.TakeQuizzes,
		response:   openExample,
	}, func(ctx context.Context, c caller, in *AttemptPath) (*output, error) {
		sitting, err := s.office.Attempt(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		if sitting.Result == nil {
			return &output{openOf(sitting)}, nil
		}
		now, err := s.office.Now(ctx)
		if err != nil {
			return nil, err
		}
		return &output{s.submittedOf(c, now.Today(), sitting)}, nil
	})
}

// An attemptTime is what time does to an attempt.
type attemptTime struct {
	State       attemptState `json:"state" enum:"open,paused,submitted"`
	Deadline    *time.Time   `json:"deadline" nullable:"true" doc:"When the time is over, on the clock of startedAt; null: no limit."`
	SecondsLeft *int         `json:"secondsLeft" nullable:"true" example:"1800"`
}

// attemptTime declares the pause and the extension of an attempt.
func (s *server) attemptTime() {
	type output struct{ Body attemptTime }
	for _, act := range []struct {
		operation
		do func(context.Context, staff.Actor, courses.AttemptID) error
	}{
		{operation{Operation: huma.Operation{
			OperationID: "pause-attempt", Path: "/attempts/{attempt}/pauses", Summary: "Stop the clock",
			Description: "Stops the clock of an attempt with a time limit: stop now and go on later. Starting the quiz again goes on. Without a limit it changes nothing.",
		}, response: `{"state": "paused", "deadline": "2026-11-23T09:42:00Z", "secondsLeft": 1200}`}, s.office.PauseAttempt},
		{operation{Operation: huma.Operation{
			OperationID: "extend-attempt", Path: "/attempts/{attempt}/extensions", Summary: "More time",
			Description: "Gives an attempt its time limit once more, without a reason or permission, up to ten times (WCAG 2.2.1).",
		}, response: `{"state": "open", "deadline": "2026-11-23T10:12:00Z", "secondsLeft": 3000}`}, s.office.ExtendAttempt},
	} {
		o := act.operation
		o.Method, o.Tags, o.DefaultStatus, o.permission = http.MethodPost, []string{"Attempts"}, http.StatusOK, staff.TakeQuizzes
		o.Errors = []int{http.StatusNotFound, http.StatusConflict}
		declare(s, o, func(ctx context.Context, c caller, in *AttemptPath) (*output, error) {
			if err := act.do(ctx, c.Actor, in.id()); err != nil {
				return nil, err
			}
			sitting, err := s.office.Attempt(ctx, c.Actor, in.id())
			if err != nil {
				return nil, err
			}
			facts := factsOf(sitting)
			return &output{attemptTime{facts.State, facts.Deadline, facts.SecondsLeft}}, nil
		})
	}
}

// typeOf is the type of a shape.
func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }
