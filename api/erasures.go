package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// An erasure is that somebody is erased, or that somebody asked for it.
type erasure struct {
	Erasure     string         `json:"erasure" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA"`
	Person      staff.PersonID `json:"person" example:"gewist-4T7QK2M9XD3PZ8RW" doc:"The personnel number while it waits, the pseudonym once it was done."`
	State       string         `json:"state" enum:"waiting,done"`
	RequestedBy staff.PersonID `json:"requestedBy,omitempty" example:"RW1057" doc:"Absent: the time that people are kept was over."`
	RequestedAt time.Time      `json:"requestedAt"`
	ConfirmedBy staff.PersonID `json:"confirmedBy,omitempty" example:"RW1056"`
	ErasedAt    *time.Time     `json:"erasedAt" nullable:"true"`
	Removed     int            `json:"removed" example:"412" doc:"Rows that were removed."`
}

func erasureOf(e academy.Erasure) erasure {
	to := erasure{Erasure: e.ID, Person: e.Person, State: "waiting", RequestedBy: e.RequestedBy, RequestedAt: e.RequestedAt.UTC(), ConfirmedBy: e.ConfirmedBy, Removed: e.Removed}
	if !e.ErasedAt.IsZero() {
		at := e.ErasedAt.UTC()
		to.State, to.ErasedAt = "done", &at
	}
	return to
}

// An erasable is somebody who left, with what an erasure would remove.
type erasable struct {
	Person  staff.PersonID `json:"person" example:"RW1060"`
	LastDay *date          `json:"lastDay" nullable:"true" example:"2024-08-31" doc:"Null where the person never worked here."`
	Goes    []erasedRows   `json:"goes" doc:"How much of each kind goes."`
	Leads   []string       `json:"leads" doc:"Teams that the person still leads: they have no leader afterwards."`
	Erasure *erasure       `json:"erasure,omitempty" doc:"What somebody asked already; absent where nobody did."`
}

// An erasedRows is how much of a kind an erasure removes.
type erasedRows struct {
	Kind academy.Trace `json:"kind" enum:"account,work,learning,evidence,certificates,duties,training,messages,looks,lists"`
	Rows int           `json:"rows" example:"120"`
}

// A retentionPeriod is how long a class of records is kept.
type retentionPeriod struct {
	Class  academy.RetentionClass `json:"class" enum:"leavers,documents,leave" doc:"leavers: everything about people who left, from their last day. documents: documents of accepted evidence, from the end of what it gave. leave: leave and time on call, from its last day."`
	Months int                    `json:"months" example:"24" doc:"0: for ever."`
	Basis  string                 `json:"basis" example:"Selectielijst 2020" doc:"Where it is written."`
}

// A waitingRetention is that somebody asked to keep something shorter.
type waitingRetention struct {
	Months      int            `json:"months" example:"12"`
	RequestedBy staff.PersonID `json:"requestedBy" example:"RW1057"`
	RequestedAt time.Time      `json:"requestedAt"`
	Erases      []erasedLeaver `json:"erases" doc:"Whom the morning sweep would erase, the longest ago first."`
	Documents   int            `json:"documents" example:"0" doc:"How many documents the morning sweep would remove."`
	Leave       int            `json:"leave" example:"0" doc:"How many stretches of leave the morning sweep would remove."`
}

// An erasedLeaver is somebody who would be erased.
type erasedLeaver struct {
	Person  staff.PersonID `json:"person" example:"RW1060"`
	LastDay *date          `json:"lastDay" nullable:"true" example:"2025-08-31"`
}

// ErasurePath names an erasure.
type ErasurePath struct {
	Erasure string `path:"erasure" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the erasure."`
}

const erasureExample = `{"erasure": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "person": "RW1060", "state": "waiting", "requestedBy": "RW1057", "requestedAt": "2026-11-23T09:40:00Z", "erasedAt": null, "removed": 0}`

func (s *server) erasures() {
	type listOutput struct{ Body list[erasure] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-erasures", Method: http.MethodGet, Path: "/erasures", Tags: []string{"Erasures"},
			Summary: "Who is erased", Description: "Lists what waits for somebody who confirms it, and after that what was erased, the newest first. Of who was erased only a pseudonym is known.",
		},
		permission: staff.ErasePeople,
		response:   `{"items": [` + erasureExample + `]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.Erasures(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(append(all.Waiting, all.Done...), *in, func(e academy.Erasure) string { return e.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, erasureOf)}, nil
	})

	type previewOutput struct{ Body erasable }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "preview-erasure", Method: http.MethodGet, Path: "/people/{person}/erasure", Tags: []string{"Erasures"}, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "What erasing somebody removes", Description: "Counts what the office keeps about somebody who left. Somebody who still works here or is about to: 409, still_here. Nothing is changed.",
		},
		permission: staff.ErasePeople,
		response:   `{"person": "RW1060", "lastDay": "2024-08-31", "goes": [{"kind": "account", "rows": 1}, {"kind": "learning", "rows": 120}], "leads": []}`,
	}, func(ctx context.Context, c caller, in *PersonPath) (*previewOutput, error) {
		e, err := s.office.Erasable(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		to := erasable{Person: e.ID, LastDay: orNull(e.LastDay), Goes: []erasedRows{}, Leads: append([]string{}, e.Leads...)}
		for _, kind := range academy.Traces() {
			to.Goes = append(to.Goes, erasedRows{kind, e.Rows[kind]})
		}
		if e.Erasure != nil {
			asked := erasureOf(*e.Erasure)
			to.Erasure = &asked
		}
		return &previewOutput{to}, nil
	})

	type output struct{ Body erasure }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "request-erasure", Method: http.MethodPut, Path: "/people/{person}/erasure", Tags: []string{"Erasures"}, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Ask to erase somebody", Description: "Asks that somebody who left is erased. Nothing happens until somebody else confirms it. Asking again answers what was asked before. Nobody asks it about themselves.",
		},
		permission: staff.ErasePeople,
		response:   erasureExample,
	}, func(ctx context.Context, c caller, in *PersonPath) (*output, error) {
		e, err := s.office.RequestErasure(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		return &output{erasureOf(e)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "confirm-erasure", Method: http.MethodPost, Path: "/erasures/{erasure}/confirmation", Tags: []string{"Erasures"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Erase somebody", Description: "Erases somebody for good, after somebody else asked for it. Their rows go, and their certificates verify as unknown. In the audit trail, and where they judged or decided about others, a pseudonym takes their place.",
		},
		permission: staff.ErasePeople,
	}, func(ctx context.Context, c caller, in *ErasurePath) (*struct{}, error) {
		return nil, s.office.ConfirmErasure(ctx, c.Actor, in.Erasure)
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-erasure", Method: http.MethodDelete, Path: "/erasures/{erasure}", Tags: []string{"Erasures"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Do not erase somebody", Description: "Takes back what was asked, whoever did. What was erased already stays erased: 409, erased.",
		},
		permission: staff.ErasePeople,
	}, func(ctx context.Context, c caller, in *ErasurePath) (*struct{}, error) {
		return nil, s.office.WithdrawErasure(ctx, c.Actor, in.Erasure)
	})

	type retentionOutput struct{ Body list[retentionPeriod] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-retention-periods", Method: http.MethodGet, Path: "/retention-periods", Tags: []string{"Erasures"},
			Summary: "How long things are kept", Description: "Lists how long each class of records is kept. The morning sweep removes what was kept long enough, some at a time.",
		},
		permission: staff.SetRetention,
		response:   `{"items": [{"class": "leavers", "months": 24, "basis": ""}, {"class": "documents", "months": 24, "basis": "Selectielijst 2020"}, {"class": "leave", "months": 12, "basis": ""}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*retentionOutput, error) {
		all, err := s.office.Retentions(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(r academy.Retention) string { return string(r.Class) })
		if err != nil {
			return nil, err
		}
		return &retentionOutput{convert(part, func(r academy.Retention) retentionPeriod { return retentionPeriod(r) })}, nil
	})

	type setInput struct {
		RetentionPath
		Body struct {
			Months int    `json:"months" minimum:"0" maximum:"600" example:"24" doc:"0: for ever."`
			Basis  string `json:"basis,omitempty" maxLength:"100" example:"Selectielijst 2020"`
		} `nameHint:"RetentionInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-retention-period", Method: http.MethodPut, Path: "/retention-periods/{class}", Tags: []string{"Erasures"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Set how long something is kept", Description: "Sets how long a class of records is kept. To keep something shorter is only asked: it takes effect once somebody else confirmed it, and get-waiting-retention-period tells what waits. A longer time takes effect at once. A shorter time removes more on the next morning; nobody can undo that.",
		},
		permission: staff.SetRetention,
		request:    `{"months": 24, "basis": "Selectielijst 2020"}`,
	}, func(ctx context.Context, c caller, in *setInput) (*struct{}, error) {
		return nil, s.office.SetRetention(ctx, c.Actor, academy.Retention{Class: in.Class, Months: in.Body.Months, Basis: in.Body.Basis})
	})

	type waitingOutput struct{ Body waitingRetention }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-waiting-retention-period", Method: http.MethodGet, Path: "/retention-periods/{class}/request", Tags: []string{"Erasures"}, Errors: []int{http.StatusNotFound},
			Summary: "Whether something is to be kept shorter", Description: "Tells what waits for somebody else who confirms it, and what the morning sweep would remove then: whom, at most 500, or how many documents. 404 where nothing waits.",
		},
		permission: staff.SetRetention,
		response:   `{"months": 12, "requestedBy": "RW1057", "requestedAt": "2026-11-23T09:40:00Z", "erases": [{"person": "RW1060", "lastDay": "2025-08-31"}], "documents": 0, "leave": 0}`,
	}, func(ctx context.Context, c caller, in *RetentionPath) (*waitingOutput, error) {
		all, err := s.office.WaitingRetentions(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(all, func(w academy.ShorterRetention) bool { return w.Class == in.Class })
		if at < 0 {
			return nil, plainProblem(http.StatusNotFound, c)
		}
		w := all[at]
		to := waitingRetention{Months: w.Months, RequestedBy: w.RequestedBy, RequestedAt: w.RequestedAt, Erases: []erasedLeaver{}, Documents: w.Documents, Leave: w.Leave}
		for _, l := range w.Erased {
			to.Erases = append(to.Erases, erasedLeaver{l.Person, orNull(l.LastDay)})
		}
		return &waitingOutput{to}, nil
	})

	type confirmInput struct {
		RetentionPath
		Body struct {
			Months int `json:"months" minimum:"1" maximum:"600" example:"12" doc:"What was asked; 409, changed where it is another now."`
		} `nameHint:"RetentionConfirmation"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "confirm-retention-period", Method: http.MethodPost, Path: "/retention-periods/{class}/confirmation", Tags: []string{"Erasures"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Keep something shorter", Description: "Lets a class of records be kept as short as somebody else asked. The next mornings remove what was kept longer; nobody can undo that.",
		},
		permission: staff.SetRetention,
		request:    `{"months": 12}`,
	}, func(ctx context.Context, c caller, in *confirmInput) (*struct{}, error) {
		return nil, s.office.ConfirmRetention(ctx, c.Actor, in.Class, in.Body.Months)
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-retention-period", Method: http.MethodDelete, Path: "/retention-periods/{class}/request", Tags: []string{"Erasures"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Do not keep something shorter", Description: "Takes back what was asked, whoever did.",
		},
		permission: staff.SetRetention,
	}, func(ctx context.Context, c caller, in *RetentionPath) (*struct{}, error) {
		return nil, s.office.WithdrawRetention(ctx, c.Actor, in.Class)
	})
}

// A RetentionPath names a class of records.
type RetentionPath struct {
	Class academy.RetentionClass `path:"class" enum:"leavers,documents,leave" example:"leavers"`
}
