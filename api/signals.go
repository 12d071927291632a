package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// A signal is something that a colleague heard outside, with its fate.
type signal struct {
	Signal    string             `json:"signal" example:"S1"`
	On        date               `json:"on"`
	Origin    changes.Origin     `json:"origin" enum:"residents,education,businesses,organisations,governments,region"`
	Title     string             `json:"title"`
	Text      string             `json:"text,omitempty"`
	Reporter  staff.PersonID     `json:"reporter,omitempty" doc:"For the reporter and who decides only."`
	Fate      changes.Fate       `json:"fate" enum:"new,considering,linked,bulletin,improvement,declined"`
	Decision  string             `json:"decision,omitempty"`
	DecidedOn *date              `json:"decidedOn" nullable:"true"`
	Change    changes.ID         `json:"change,omitempty"`
	Bulletin  changes.BulletinID `json:"bulletin,omitempty"`
}

func signalOf(s changes.Signal) signal {
	return signal{s.ID, dateOf(s.On), s.Origin, s.Title, s.Text, s.Reporter, s.Fate, s.Decision, orNull(s.DecidedOn), s.Change, s.Bulletin}
}

func (s *server) signals() {
	const example = `{"signal": "S8", "on": "2026-11-20", "origin": "governments", "title": "Meer terugmeldingen over één flatgebouw", "text": "Zes in twee weken.", "reporter": "RW1049", "fate": "new", "decidedOn": null}`
	type listOutput struct{ Body list[signal] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-signals", Method: http.MethodGet, Path: "/signals", Tags: []string{"Changes"},
			Summary: "What colleagues heard", Description: "Lists what colleagues heard outside with what became of it, the newest first. Who reported it is told to that person and to who decides.",
		},
		permission: staff.ReadChanges,
		response:   `{"items": [` + example + `]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Signals(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(s academy.SignalSeen) string { return s.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(s academy.SignalSeen) signal { return signalOf(s.Signal) })}, nil
	})

	type sendInput struct {
		Body struct {
			Origin changes.Origin `json:"origin" enum:"residents,education,businesses,organisations,governments,region"`
			Title  string         `json:"title" minLength:"1" maxLength:"200"`
			Text   string         `json:"text,omitempty" maxLength:"2000" doc:"Never a name or number of a resident."`
		} `nameHint:"SignalInput"`
	}
	type oneOutput struct{ Body signal }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "send-signal", Method: http.MethodPost, Path: "/signals", Tags: []string{"Changes"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Summary: "Tell what you heard", Description: "Keeps what a colleague heard outside. The same again on one day is not doubled.",
		},
		permission: staff.SendSignals,
		request:    `{"origin": "governments", "title": "Meer terugmeldingen over één flatgebouw", "text": "Zes in twee weken."}`,
		response:   example,
	}, func(ctx context.Context, c caller, in *sendInput) (*oneOutput, error) {
		sent, err := s.office.SendSignal(ctx, c.Actor, in.Body.Origin, in.Body.Title, in.Body.Text)
		return &oneOutput{signalOf(sent)}, within("body.", err)
	})

	type decideInput struct {
		Signal string `path:"signal" maxLength:"64" example:"S8"`
		Body   struct {
			Fate     changes.Fate       `json:"fate" enum:"considering,linked,bulletin,improvement,declined"`
			Decision string             `json:"decision" minLength:"1" maxLength:"2000" doc:"What its reporter reads."`
			Change   changes.ID         `json:"change,omitempty" maxLength:"40" doc:"Of linked."`
			Bulletin changes.BulletinID `json:"bulletin,omitempty" maxLength:"40" doc:"Of bulletin."`
		} `nameHint:"SignalDecision"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "decide-signal", Method: http.MethodPut, Path: "/signals/{signal}/decision", Tags: []string{"Changes"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "What becomes of it", Description: "Says what becomes of a signal and tells its reporter. Nobody decides about their own: 403 and self_approval.",
		},
		permission: staff.DecideSignals,
		request:    `{"fate": "declined", "decision": "Nu niet: er is geen budget."}`,
	}, func(ctx context.Context, c caller, in *decideInput) (*struct{}, error) {
		return nil, within("body.", s.office.DecideSignal(ctx, c.Actor, in.Signal, in.Body.Fate, in.Body.Decision, in.Body.Change, in.Body.Bulletin))
	})
}
