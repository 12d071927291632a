package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

func (s *server) changePlans() {
	type stepInput struct {
		Item  competences.ItemID `json:"item,omitempty" maxLength:"32" example:"L12" doc:"Of the learning on offer; absent: an appointment in words."`
		Title string             `json:"title,omitempty" maxLength:"200" example:"Kennismaken met het team" doc:"Of an appointment."`
		Owner staff.PersonID     `json:"owner,omitempty" maxLength:"64" example:"RW1036" doc:"Who sees to it; absent: the employee."`
		From  *date              `json:"from,omitempty" nullable:"true" doc:"Absent: as early as it can."`
		Until *date              `json:"until,omitempty" nullable:"true" doc:"Needed for an appointment."`
	}
	type input struct {
		PlanPath
		Body struct {
			PlanTerms
			Revision int         `json:"revision" minimum:"1" example:"1" doc:"That was read."`
			Steps    []stepInput `json:"steps" maxItems:"60" doc:"All steps that are not done. What is done stays."`
		} `nameHint:"PlanChange"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "put-plan", Method: http.MethodPut, Path: "/plans/{plan}", Tags: []string{"Plans"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Change a plan", Description: "Lets the employee or their leader change a plan that is not done. Every change is a new revision, to which everybody agrees again. A plan that runs goes on meanwhile (changing), and what the role asked when everybody agreed stays as it was.",
		},
		permission: staff.WritePlans,
		request:    `{` + planTermsOf + `, "revision": 1, "steps": [{"item": "L12"}, {"title": "Kennismaken met het team", "until": "2026-12-18"}]}`,
		response:   planExample,
		conflict:   planConflict,
	}, func(ctx context.Context, c caller, in *input) (*planOutput, error) {
		edit := academy.PlanEdit{Revision: in.Body.Revision}
		var err error
		if edit.Terms, err = in.Body.terms(); err != nil {
			return nil, err
		}
		for _, step := range in.Body.Steps {
			w := mobility.Wanted{Item: step.Item, Title: step.Title, Owner: step.Owner}
			if w.From, err = readOrNone(step.From, "body.steps"); err != nil {
				return nil, err
			}
			if w.Until, err = readOrNone(step.Until, "body.steps"); err != nil {
				return nil, err
			}
			edit.Steps = append(edit.Steps, w)
		}
		if _, err := s.office.RevisePlan(ctx, c.Actor, in.Plan, edit); err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})

	type agreeInput struct {
		PlanPath
		Body struct {
			Party    mobility.Party `json:"party" enum:"employee,leader,hr" doc:"For whom you agree: the employee, their leader, or HR for the budget."`
			Revision int            `json:"revision" minimum:"1" example:"1" doc:"That you read."`
		} `nameHint:"NewAgreement"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "agree-plan", Method: http.MethodPost, Path: "/plans/{plan}/agreements", Tags: []string{"Plans"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Agree to a plan", Description: "Gives the agreement of one party to the revision that was read. Three different people agree; the third freezes what the role asks and keeps the hours free in the roster. That of HR checks the development budgets (409 with reason over_budget or no_budget) and reserves the costs. The same once more changes nothing. An older revision: 409 with reason plan_changed; for two parties: 403 with reason two_parties.",
		},
		permission: staff.AgreePlans,
		request:    `{"party": "leader", "revision": 1}`,
		response:   planExample,
		conflict:   planConflict,
	}, func(ctx context.Context, c caller, in *agreeInput) (*planOutput, error) {
		if _, _, err := s.office.AgreePlan(ctx, c.Actor, in.Plan, in.Body.Party, in.Body.Revision); err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})
}

func (s *server) carryOutPlans() {
	s.steerPlans()
	type doneInput struct {
		PlanPath
		Number int `path:"number" minimum:"1" example:"1" doc:"Of the step."`
		Body   struct {
			On date `json:"on" doc:"The day on which it was done: today or earlier."`
		} `nameHint:"StepDone"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "finish-step", Method: http.MethodPut, Path: "/plans/{plan}/steps/{number}/completion", Tags: []string{"Plans"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Say that a step is done", Description: "What leads to a certificate is done once the certificate is there (else 409, not_certified). What brings a level is for somebody else than the employee to say (403, self_approval); it becomes evidence in their name.",
		},
		permission: staff.ReadPlans,
		request:    `{"on": "2026-11-23"}`,
		response:   planExample,
		conflict:   `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This plan does not run yet. All three agree first.", "reason": "not_agreed"}`,
	}, func(ctx context.Context, c caller, in *doneInput) (*planOutput, error) {
		on, err := in.Body.On.read("body.on")
		if err != nil {
			return nil, err
		}
		if _, err := s.office.FinishStep(ctx, c.Actor, in.Plan, in.Number, on); err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})

	type wordsInput struct {
		PlanPath
		Body struct {
			Words string `json:"words" maxLength:"1000" example:"Het gaat sneller dan we dachten." doc:"Both see it."`
		} `nameHint:"PlanWords"`
	}
	for _, op := range []struct {
		huma.Operation
		permission staff.Act
		change     func(context.Context, staff.Actor, string, string) (mobility.Track, error)
	}{
		{huma.Operation{
			OperationID: "stop-plan", Method: http.MethodPut, Path: "/plans/{plan}/end",
			Summary: "Stop a plan", Description: "Ends a plan before it is done; one that ran asks for a reason. What it reserved of budgets and rosters is free again.",
		}, staff.WritePlans, s.office.StopPlan},
		{huma.Operation{
			OperationID: "return-to-role", Method: http.MethodPut, Path: "/plans/{plan}/return",
			Summary: "Go back to the old role", Description: "Ends a plan because the employee goes back, as the plan allows until a day: 409 with reason no_way_back or way_back_over. Only the employee says so.",
		}, staff.WritePlans, s.office.ReturnToRole},
		{huma.Operation{
			OperationID: "evaluate-plan", Method: http.MethodPost, Path: "/plans/{plan}/evaluations", DefaultStatus: http.StatusCreated,
			Summary: "Look back on a plan", Description: "Adds how you look back, from the agreement on and after the end. Each is kept with its day and with what was reached of the goals, by which evidence.",
		}, staff.ReadPlans, s.office.EvaluatePlan},
	} {
		op.Tags, op.MaxBodyBytes, op.Errors = []string{"Plans"}, answersBody, []int{http.StatusNotFound, http.StatusConflict}
		declare(s, operation{
			Operation: op.Operation, permission: op.permission, request: `{"words": "Het gaat sneller dan we dachten."}`, response: planExample,
			conflict: `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This plan was stopped.", "reason": "stopped"}`,
		}, func(ctx context.Context, c caller, in *wordsInput) (*planOutput, error) {
			if _, err := op.change(ctx, c.Actor, in.Plan, in.Body.Words); err != nil {
				return nil, within("body.", err)
			}
			shown, err := s.showPlan(ctx, c, in.Plan)
			return &planOutput{shown}, err
		})
	}
}
