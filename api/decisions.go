package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A decision is what somebody decided about the obligations of somebody else.
type decision struct {
	Decision   string                    `json:"decision" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"Its key."`
	Kind       certificates.DecisionKind `json:"kind" enum:"extension,exemption,absence,early,late,revocation"`
	Person     staff.PersonID            `json:"person" example:"RW1013"`
	Scheme     *certificates.SchemeKey   `json:"scheme" nullable:"true" example:"INT-ID" doc:"Null for an absence, which is about all of them."`
	Cycle      *int                      `json:"cycle" nullable:"true" example:"4" doc:"Of an extension, early or late completion: which cycle; of a revocation: of the period. Null for the others."`
	From       date                      `json:"from" doc:"The first day on which it changes anything."`
	Until      *date                     `json:"until" nullable:"true" doc:"The last day, of an extension the new due date; null: none, or not known yet."`
	Reason     string                    `json:"reason,omitempty" example:"De training van oktober ging niet door." doc:"Why, as the person reads it; of an exemption the word of its reason. Never of an absence."`
	Summary    string                    `json:"summary" example:"Uitstel voor Identiteitsvaststelling tot en met 31 december 2026" doc:"What was decided, in the language of Accept-Language."`
	TakenBy    staff.PersonID            `json:"takenBy" example:"RW1001"`
	TakenAt    time.Time                 `json:"takenAt"`
	UndoneBy   *staff.PersonID           `json:"undoneBy" nullable:"true" example:"RW1001" doc:"Null while it stands."`
	UndoneAt   *time.Time                `json:"undoneAt" nullable:"true"`
	Undoable   bool                      `json:"undoable" doc:"Whether it can still be undone: it has changed nothing yet."`
	MayBeEnded bool                      `json:"mayBeEnded" doc:"Whether it may get another last day."`
}

func decisionOf(c caller, from academy.DecisionTaken) decision {
	to := decision{
		Decision: from.ID, Kind: from.Kind, Person: from.Person, From: dateOf(from.From), Until: orNull(from.Until), Reason: from.Reason, Summary: c.say(from.Summary(from.Title)),
		TakenBy: from.TakenBy, TakenAt: from.TakenAt.UTC(), Undoable: from.Undoable, MayBeEnded: from.Endable,
	}
	if from.Scheme != "" {
		to.Scheme = &from.Scheme
	}
	if from.Cycle > 0 {
		to.Cycle = &from.Cycle
	}
	if !from.Stands() {
		undone := from.UndoneAt.UTC()
		to.UndoneBy, to.UndoneAt = &from.UndoneBy, &undone
	}
	return to
}

// A dutyChange is what a decision does to a duty.
type dutyChange struct {
	Change certificates.ChangeKind `json:"change" enum:"opened,returned,moved,ended,lapsed"`
	On     date                    `json:"on" doc:"The day on which it happens."`
	Scheme certificates.SchemeKey  `json:"scheme" example:"INT-ID"`
	Title  string                  `json:"title" example:"Identiteitsvaststelling"`
	DueOn  *date                   `json:"dueOn" nullable:"true" doc:"The last day in time from then; null where nothing is asked any more."`
}

func dutyChangesOf(from []academy.DutyChange) []dutyChange {
	to := make([]dutyChange, len(from))
	for i, change := range from {
		to[i] = dutyChange{Change: change.Kind, On: dateOf(change.On), Scheme: change.Scheme, Title: change.Title}
		if change.EndedOn.IsZero() {
			to[i].DueOn = orNull(change.DueOn)
		}
	}
	return to
}

// A begunPeriod is a period that begins because of a decision.
type begunPeriod struct {
	Scheme     certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Cycle      int                    `json:"cycle" example:"4"`
	ValidFrom  date                   `json:"validFrom"`
	ValidUntil *date                  `json:"validUntil" nullable:"true" doc:"The last valid day; null: no end."`
}

// A decided is a decision with what follows from it.
type decided struct {
	Decision decision      `json:"decision"`
	DryRun   bool          `json:"dryRun" doc:"Nothing was written."`
	Changes  []dutyChange  `json:"changes" doc:"What happens to duties because of it, in order of day."`
	Waits    []dutyChange  `json:"waits" doc:"Of an absence: what else there is to do while it lasts, in order of day: duties that are open when it begins or open in it, and certificates that end in it (lapsed). Without a known end: in its first year."`
	Begun    []begunPeriod `json:"begun" doc:"Periods that begin because of it: evidence counts that did not before."`
}

func decidedOf(c caller, from academy.Decided, dry bool) decided {
	to := decided{Decision: decisionOf(c, from.DecisionTaken), DryRun: dry, Changes: dutyChangesOf(from.Changes), Waits: dutyChangesOf(from.Waits), Begun: []begunPeriod{}}
	for _, p := range from.Begun {
		to.Begun = append(to.Begun, begunPeriod{p.Scheme, p.Cycle, dateOf(p.ValidFrom), orNull(p.ValidUntil)})
	}
	return to
}

// DecisionTerms are what somebody decides.
type DecisionTerms struct {
	Kind   certificates.DecisionKind `json:"kind" enum:"extension,exemption,absence,early,late,revocation" doc:"extension: another last day for the duty that is open. exemption: the scheme is not asked for some time. absence: every duty waits. early: renewing counts before the window opens. late: the refresher suffices after the grace. revocation: a period ends. The last three are HR's."`
	Scheme certificates.SchemeKey    `json:"scheme,omitempty" maxLength:"32" example:"INT-ID" doc:"Absent for an absence."`
	Cycle  int                       `json:"cycle,omitempty" minimum:"0" maximum:"10000" example:"4" doc:"Of the period that is revoked; for the others it follows from the facts, and where it is given it must be that one."`
	From   *date                     `json:"from,omitempty" nullable:"true" doc:"The first day; null or absent: today. Of an extension and late completion it follows from the facts."`
	Until  *date                     `json:"until,omitempty" nullable:"true" doc:"The last day; needed for extension, exemption and late. Of an absence whose end is not known: null or absent."`
	Reason string                    `json:"reason,omitempty" maxLength:"500" example:"De training van oktober ging niet door." doc:"A sentence that the person reads. Of an exemption one of equal-diploma, other-evidence, not-this-work, transitional-rule, college-decision. Of an absence nothing: why somebody is away is never kept."`
}

// decision is the decision as the pure rules know it.
func (t DecisionTerms) decision(about staff.PersonID) (d certificates.Decision, err error) {
	d = certificates.Decision{Kind: t.Kind, Person: about, Scheme: t.Scheme, Cycle: t.Cycle, Reason: t.Reason}
	if d.From, err = readOrNone(t.From, "body.from"); err != nil {
		return d, err
	}
	d.Until, err = readOrNone(t.Until, "body.until")
	return d, err
}

// DecisionPath is in the address of one decision.
type DecisionPath struct {
	Decision string `path:"decision" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the decision."`
}

const (
	decisionExample = `{"decision": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "kind": "extension", "person": "RW1013", "scheme": "INT-ID", "cycle": 4, "from": "2026-12-08", "until": "2026-12-31", "reason": "De training van oktober ging niet door.",
		"summary": "Uitstel voor Identiteitsvaststelling tot en met 31 december 2026", "takenBy": "RW1001", "takenAt": "2026-11-23T09:40:00Z", "undoneBy": null, "undoneAt": null, "undoable": true, "mayBeEnded": false}`
	inEffectExample = `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This decision has worked since 8 December 2026. It cannot be undone any more. Take a new decision where that is needed.", "reason": "in_effect"}`
)

func (s *server) decisions() {
	type listInput struct {
		Person string `query:"person" example:"me" maxLength:"64" doc:"About whom: a personnel number, or me (also where it is left out)."`
		Page
	}
	type listOutput struct{ Body list[decision] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-decisions", Method: http.MethodGet, Path: "/decisions", Tags: []string{"Decisions"}, Errors: []int{http.StatusNotFound},
			Summary: "What was decided about somebody", Description: "Lists every decision about a person, the newest first, also what was undone. Everybody sees what was decided about them.",
		},
		permission: staff.ReadDecisions,
		response:   `{"items": [` + decisionExample + `]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		all, err := s.office.Decisions(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(d academy.DecisionTaken) string { return d.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(d academy.DecisionTaken) decision { return decisionOf(c, d) })}, nil
	})
	s.takeDecision()
	s.amendDecisions()
}

func (s *server) takeDecision() {
	type input struct {
		PersonPath
		DryRun bool `query:"dryRun" doc:"Only tell what it would change, write nothing."`
		Body   DecisionTerms
	}
	type output struct {
		Status int
		Body   decided
	}
	shape := s.api.OpenAPI().Components.Schemas.Schema(typeOf[decided](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "take-decision", Method: http.MethodPost, Path: "/people/{person}/decisions", Tags: []string{"Decisions"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound},
			Summary: "Decide about somebody", Description: "Takes a decision about somebody else, with all that follows from it at once; nobody decides about themselves (403, self_approval). Leaders decide about their teams, HR about everybody. What the same person already decided the same day is not decided again: 200 with that decision and no changes, so a request whose answer got lost may be sent once more.",
			Responses: map[string]*huma.Response{
				"200": {Description: "What it would change; or the decision that was there already.", Content: map[string]*huma.MediaType{"application/json": {Schema: shape}}},
				"201": {Description: "The decision, with what follows from it.", Content: map[string]*huma.MediaType{"application/json": {}}},
			},
		},
		permission: staff.TakeDecisions,
		request:    `{"kind": "extension", "scheme": "INT-ID", "until": "2026-12-31", "reason": "De training van oktober ging niet door."}`,
		response: `{"decision": ` + decisionExample + `, "dryRun": false, "waits": [], "begun": [],
			"changes": [{"change": "moved", "on": "2026-11-23", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "dueOn": "2026-12-31"}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		d, err := in.Body.decision(c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		take, status := s.office.Decide, http.StatusCreated
		if in.DryRun {
			take = s.office.TryDecision
		}
		taken, err := take(ctx, c.Actor, d)
		if err != nil {
			return nil, within("body.", err)
		}
		if in.DryRun || !taken.Made {
			status = http.StatusOK
		}
		return &output{status, decidedOf(c, taken, in.DryRun)}, nil
	})
}

func (s *server) amendDecisions() {
	type output struct{ Body decision }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "undo-decision", Method: http.MethodDelete, Path: "/decisions/{decision}", Tags: []string{"Decisions"},
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Undo a decision", Description: "Makes a decision not to stand, until the first day on which it changes anything; afterwards 409 with reason in_effect. It stays visible as undone. One that was undone already: 409, undone.",
		},
		permission: staff.TakeDecisions,
		response:   decisionExample,
		conflict:   inEffectExample,
	}, func(ctx context.Context, c caller, in *DecisionPath) (*output, error) {
		undone, err := s.office.UndoDecision(ctx, c.Actor, in.Decision)
		if err != nil {
			return nil, err
		}
		return &output{decisionOf(c, undone)}, nil
	})

	type endInput struct {
		DecisionPath
		Body struct {
			Until date `json:"until" doc:"The last day."`
		} `nameHint:"DecisionEnd"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "end-decision", Method: http.MethodPut, Path: "/decisions/{decision}/end", Tags: []string{"Decisions"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Give it another last day", Description: "Gives an absence or an exemption another last day: somebody is back earlier, or away longer. The last day of an absence may be corrected afterwards; an exemption that is over: 409, over.",
		},
		permission: staff.TakeDecisions,
		request:    `{"until": "2026-11-30"}`,
		response: `{"decision": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "kind": "absence", "person": "RW1013", "scheme": null, "cycle": null, "from": "2026-10-01", "until": "2026-11-30",
			"summary": "Afwezig van 1 oktober 2026 tot en met 30 november 2026", "takenBy": "RW1001", "takenAt": "2026-09-28T09:40:00Z", "undoneBy": null, "undoneAt": null, "undoable": false, "mayBeEnded": true}`,
	}, func(ctx context.Context, c caller, in *endInput) (*output, error) {
		until, err := in.Body.Until.read("body.until")
		if err != nil {
			return nil, err
		}
		ended, err := s.office.EndDecision(ctx, c.Actor, in.Decision, until)
		if err != nil {
			return nil, within("body.", err)
		}
		return &output{decisionOf(c, ended.DecisionTaken)}, nil
	})
}
