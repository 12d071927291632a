package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/staff"
)

func (s *server) consent() {
	const path = "/works-council-consent"
	type output struct {
		Body struct {
			On         date           `json:"on,omitempty" doc:"Since when; absent: it does not consent."`
			Reference  string         `json:"reference,omitempty" example:"OR-besluit 2026-04" doc:"Where it is written."`
			Views      []string       `json:"views,omitempty" enum:"staffing,matrix,candidates,changes" doc:"To which views: how processes are staffed, what a team can do, who would like a role, who did what a change asks."`
			RecordedBy staff.PersonID `json:"recordedBy,omitempty" example:"RW1057"`
		} `nameHint:"WorksCouncilConsent"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-works-council-consent", Method: http.MethodGet, Path: path, Tags: []string{"Staffing"},
			Summary: "Whether the works council consents", Description: "Views that let somebody follow named people's learning are closed until the works council consents to them (art. 27 WOR): they answer 403 with the reason no_consent.",
		},
		permission: staff.RecordConsent,
		response:   `{"on": "2026-03-12", "reference": "OR-besluit 2026-04", "views": ["staffing", "matrix", "candidates", "changes"], "recordedBy": "RW1057"}`,
	}, func(ctx context.Context, c caller, _ *struct{}) (*output, error) {
		consent, err := s.office.Consent(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		out := new(output)
		out.Body.On, out.Body.Reference, out.Body.Views, out.Body.RecordedBy = dateOf(consent.On), consent.Reference, consent.Views, consent.RecordedBy
		return out, nil
	})

	type input struct {
		Body struct {
			On        date     `json:"on,omitempty" doc:"Since when, today or earlier; absent: it does not consent any more."`
			Reference string   `json:"reference,omitempty" maxLength:"200" example:"OR-besluit 2026-04" doc:"Where it is written. With a day it is needed."`
			Views     []string `json:"views,omitempty" maxItems:"4" enum:"staffing,matrix,candidates,changes" doc:"To which views; absent: to all of them."`
		} `nameHint:"WorksCouncilConsentTerms"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-works-council-consent", Method: http.MethodPut, Path: path, Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Record the consent of the works council", Description: "Writes down that the works council consents, or that it does not any more. It opens or closes the views at once.",
		},
		permission: staff.RecordConsent,
		request:    `{"on": "2026-03-12", "reference": "OR-besluit 2026-04"}`,
	}, func(ctx context.Context, c caller, in *input) (*struct{}, error) {
		on, err := in.Body.On.read("body.on")
		if err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.RecordConsent(ctx, c.Actor, on, in.Body.Reference, in.Body.Views...))
	})
}
