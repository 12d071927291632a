package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An AnswerInput is an answer with the version that somebody saw last.
type AnswerInput struct {
	Answer  givenAnswer `json:"answer"`
	Version int         `json:"version" minimum:"0" maximum:"1000000000" example:"0" doc:"The version you saw last; the first save says 0."`
}

// A savedAnswer tells that an answer is kept.
type savedAnswer struct {
	Version int       `json:"version" example:"1" doc:"Send it back with the next answer to this question."`
	SavedAt time.Time `json:"savedAt"`
}

// A storedAnswer is what is kept of one question.
type storedAnswer struct {
	Question courses.QuestionID `json:"question" example:"LA-01"`
	Answer   givenAnswer        `json:"answer"`
	Version  int                `json:"version" example:"2"`
}

// A saving is an answer on its way to the office. It learns the kind of question there.
type saving struct {
	academy.Given
	kind courses.Kind
}

func newSaving(question courses.QuestionID, in AnswerInput) *saving {
	s := &saving{Given: academy.Given{Question: question, Version: in.Version}}
	s.Read = func(kind courses.Kind) (courses.Answer, error) {
		s.kind = kind
		return in.Answer.read(kind)
	}
	return s
}

// stored is what is kept of the question now.
func (s *saving) stored(kept academy.Kept) storedAnswer {
	return storedAnswer{kept.Question, answerTo(s.kind, kept.Answer), kept.Version}
}

func (s *server) answers() {
	s.saveAnswer()
	s.saveAnswers()
}

func (s *server) saveAnswer() {
	type input struct {
		AttemptPath
		Question string `path:"question" maxLength:"64" example:"LA-01" doc:"The id of the question in its course."`
		Body     AnswerInput
	}
	type output struct{ Body savedAnswer }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-answer", Method: http.MethodPut, Path: "/attempts/{attempt}/answers/{question}", Tags: []string{"Attempts"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Save one answer", Description: "Answers once the answer is durable. Repeating the stored answer with its previous version, or with its own, answers 200 again and does not raise the version; answers are compared by meaning. Another answer with a stale version answers 409 with reason stale and current, the answer that is stored. After handing in: 409. " +
				"An answer that does not fit the question answers 422 with reason wrong_kind, unknown_choice, chosen_twice, more_than_one, not_all_ordered, not_a_number, broken_text or too_long.",
		},
		permission: staff.TakeQuizzes,
		request:    `{"answer": "k7w2m9p4x3q8z5t6", "version": 0}`,
		response:   `{"version": 1, "savedAt": "2026-11-23T09:13:07Z"}`,
		conflict: `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This answer was changed elsewhere in the meantime. Look which answer you want to keep.", "reason": "stale",
			"current": {"question": "LA-01", "answer": "m3x8q2w7k9p5z4t6", "version": 2}}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		saving := newSaving(courses.QuestionID(in.Question), in.Body)
		kept, err := s.office.SaveAnswers(ctx, c.Actor, in.id(), []academy.Given{saving.Given})
		if err != nil {
			return nil, err
		}
		if err := kept[0].Err; err != nil {
			p := s.problem(ctx, c, err)
			if p.Status == http.StatusConflict {
				current := saving.stored(kept[0])
				p.Current = &current
			}
			return nil, p
		}
		return &output{savedAnswer{kept[0].Version, kept[0].SavedAt.UTC()}}, nil
	})
}

// A savedResult is what became of one of several answers.
type savedResult struct {
	Question courses.QuestionID `json:"question" example:"LA-01"`
	Status   int                `json:"status" example:"200" doc:"200: saved. 409: another answer is stored. 422: it does not fit the question. Neither of those is saved."`
	Version  int                `json:"version" example:"1" doc:"The version that is stored now."`
	SavedAt  *time.Time         `json:"savedAt,omitempty" doc:"Where it was saved."`
	Current  *storedAnswer      `json:"current,omitempty" doc:"For 409: the answer that is stored."`
	Reason   string             `json:"reason,omitempty" example:"stale" doc:"Why it was not saved, in a word for programs."`
	Detail   string             `json:"detail,omitempty" doc:"Why it was not saved, in the language of Accept-Language."`
}

// A namedAnswer is an answer with the question it is to.
type namedAnswer struct {
	Question courses.QuestionID `json:"question" maxLength:"64" example:"LA-01"`
	AnswerInput
}

func (s *server) saveAnswers() {
	type input struct {
		AttemptPath
		Body struct {
			Answers []namedAnswer `json:"answers" maxItems:"500"`
		} `nameHint:"AnswersInput"`
	}
	type output struct {
		Body struct {
			Results []savedResult `json:"results" doc:"One for each answer, in the order they were sent."`
		} `nameHint:"SavedResults"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-answers", Method: http.MethodPut, Path: "/attempts/{attempt}/answers", Tags: []string{"Attempts"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Save several answers at once", Description: "The same as saving one, for several in one transaction, with an HTTP status for each. What is 409 or 422 is not saved, the others are. After handing in: 409 for all of them.",
		},
		permission: staff.TakeQuizzes,
		request:    `{"answers": [{"question": "LA-01", "answer": "k7w2m9p4x3q8z5t6", "version": 0}, {"question": "LA-02", "answer": 15, "version": 1}]}`,
		response: `{"results": [{"question": "LA-01", "status": 200, "version": 1, "savedAt": "2026-11-23T09:13:07Z"},
			{"question": "LA-02", "status": 409, "version": 2, "current": {"question": "LA-02", "answer": 14, "version": 2}, "reason": "stale", "detail": "This answer was changed elsewhere in the meantime. Look which answer you want to keep."}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		savings := make([]*saving, len(in.Body.Answers))
		given := make([]academy.Given, len(in.Body.Answers))
		for i, a := range in.Body.Answers {
			savings[i] = newSaving(a.Question, a.AnswerInput)
			given[i] = savings[i].Given
		}
		kept, err := s.office.SaveAnswers(ctx, c.Actor, in.id(), given)
		if err != nil {
			return nil, err
		}
		var out output
		out.Body.Results = make([]savedResult, len(kept))
		for i, k := range kept {
			out.Body.Results[i] = savedResultOf(c, savings[i], k)
		}
		return &out, nil
	})
}

func savedResultOf(c caller, saving *saving, kept academy.Kept) savedResult {
	r := savedResult{Question: kept.Question, Status: http.StatusOK, Version: kept.Version}
	f := fault.Of(kept.Err)
	if f == nil {
		at := kept.SavedAt.UTC()
		r.SavedAt = &at
		return r
	}
	r.Status, r.Reason, r.Detail = statusOf[f.Kind], f.Reason, c.say(f.Dutch, f.English)
	if f.Kind == fault.Conflict {
		current := saving.stored(kept)
		r.Current = &current
	}
	return r
}
