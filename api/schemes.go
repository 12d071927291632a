package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
)

// A previewInput is one case under a scheme.
type previewInput struct {
	Scheme      schemeInput  `json:"scheme"`
	Previous    *periodInput `json:"previous,omitempty" doc:"The newest period; absent for somebody who never had one."`
	CompletedOn date         `json:"completedOn" doc:"The day of the achievement."`
}

// A schemeInput is as much of a scheme as decides its dates.
type schemeInput struct {
	Months        int    `json:"months" minimum:"0" maximum:"600" example:"12" doc:"How long a period holds; 0 only for never."`
	Method        string `json:"method" enum:"completion,previous,later,fixed,never" doc:"How a renewal reckons its dates."`
	WindowMonths  int    `json:"windowMonths,omitempty" minimum:"0" maximum:"600" example:"2" doc:"Before the end, in which renewing counts."`
	GraceMonths   int    `json:"graceMonths,omitempty" minimum:"0" maximum:"600" example:"1" doc:"After the end, in which the short refresher still suffices."`
	AnchorMonth   int    `json:"anchorMonth,omitempty" minimum:"1" maximum:"12" doc:"For fixed: every period ends the day before this day of the year."`
	AnchorDay     int    `json:"anchorDay,omitempty" minimum:"1" maximum:"31" doc:"For fixed."`
	MinimumMonths int    `json:"minimumMonths,omitempty" minimum:"1" maximum:"12" doc:"For fixed: how long a period lasts at least."`
}

// A periodInput is a period of which only the dates are known.
type periodInput struct {
	Anchor     date `json:"anchor" doc:"The first valid day of the chain."`
	Term       int  `json:"term" minimum:"1" maximum:"1000" example:"1" doc:"Which period of the chain it is."`
	ValidUntil date `json:"validUntil,omitempty" doc:"Its last valid day; absent: no end."`
	RevokedOn  date `json:"revokedOn,omitempty" doc:"When it was revoked; absent: it was not."`
}

// A preview is what that leads to.
type preview struct {
	Counts        bool                `json:"counts" doc:"Whether it begins a period. Where it does not, reason says why and there are no dates."`
	Reason        certificates.Reason `json:"reason,omitempty" example:"before_window" doc:"Why it does not count: before_window or no_end."`
	Path          certificates.Path   `json:"path,omitempty" enum:"initial,refresher"`
	Anchor        date                `json:"anchor,omitempty"`
	Term          int                 `json:"term,omitempty" example:"2"`
	ValidFrom     date                `json:"validFrom,omitempty"`
	ValidUntil    date                `json:"validUntil,omitempty" doc:"The last valid day; absent: no end."`
	WindowOpensOn date                `json:"windowOpensOn,omitempty"`
	GraceUntil    date                `json:"graceUntil,omitempty"`
	Explanation   []string            `json:"explanation" example:"[\"Completed in the window.\"]" doc:"How these dates came about, in the language of Accept-Language."`
}

// scheme is the scheme as the pure rules know it.
func (in previewInput) scheme() certificates.Scheme {
	from := in.Scheme
	return certificates.Scheme{
		Months: from.Months, Method: certificates.Method(from.Method), WindowMonths: from.WindowMonths, GraceMonths: from.GraceMonths,
		AnchorMonth: time.Month(from.AnchorMonth), AnchorDay: from.AnchorDay, MinimumMonths: from.MinimumMonths,
	}
}

// previous is the newest period, or nil where there never was one.
func (in previewInput) previous(scheme certificates.Scheme) (*certificates.Period, error) {
	from := in.Previous
	if from == nil {
		return nil, nil
	}
	anchor, err := from.Anchor.read("body.previous.anchor")
	if err != nil {
		return nil, err
	}
	until, err := from.ValidUntil.read("body.previous.validUntil")
	if err != nil {
		return nil, err
	}
	if !until.IsZero() && until < anchor {
		return nil, invalid("body.previous.validUntil", "een periode eindigt niet voordat zij begint", "a period does not end before it begins")
	}
	previous := scheme.Previous(anchor, from.Term, until)
	previous.RevokedOn, err = from.RevokedOn.read("body.previous.revokedOn")
	return &previous, err
}

func previewOf(n certificates.Next, explanation []string) preview {
	if !n.Counts {
		return preview{Reason: n.Reason, Explanation: explanation}
	}
	return preview{
		Counts: true, Path: n.Path, Anchor: dateOf(n.Anchor), Term: n.Term, ValidFrom: dateOf(n.ValidFrom), ValidUntil: dateOf(n.ValidUntil),
		WindowOpensOn: dateOf(n.WindowOpensOn), GraceUntil: dateOf(n.GraceUntil), Explanation: explanation,
	}
}

// lastYear is the last year that fits a date of ten characters.
const lastYear = 9999

func (s *server) schemes() {
	type input struct{ Body previewInput }
	type output struct{ Body preview }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "preview-scheme", Method: http.MethodPost, Path: "/schemes/preview", Tags: []string{"Schemes"}, DefaultStatus: http.StatusOK, MaxBodyBytes: answersBody,
			Summary: "The dates of one case", Description: "Reckons the next period of one case under a scheme and explains it. It is the function that renews real periods; nothing is stored.",
		},
		permission: staff.PreviewSchemes,
		request: `{"scheme": {"months": 12, "method": "previous", "windowMonths": 2, "graceMonths": 1},
			"previous": {"anchor": "2023-02-12", "term": 1, "validUntil": "2024-02-11"}, "completedOn": "2024-03-01"}`,
		response: `{"counts": true, "path": "refresher", "anchor": "2023-02-12", "term": 2, "validFrom": "2024-03-01", "validUntil": "2025-02-11",
			"windowOpensOn": "2024-12-12", "graceUntil": "2025-03-11", "explanation": ["Completed in the grace, which lasted until 11 March 2024: the short refresher suffices."]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		completed, err := in.Body.CompletedOn.read("body.completedOn")
		if err != nil {
			return nil, err
		}
		scheme := in.Body.scheme()
		previous, err := in.Body.previous(scheme)
		if err != nil {
			return nil, err
		}
		next, err := s.office.PreviewScheme(ctx, c.Actor, scheme, previous, completed)
		if err != nil {
			return nil, within("body.scheme.", err)
		}
		if year, _, _ := next.GraceUntil.Civil(); year > lastYear {
			return nil, invalid("body", "deze periode eindigt na het jaar 9999", "this period ends after the year 9999")
		}
		dutch, english := next.Explain(scheme, previous, completed)
		if c.english {
			return &output{previewOf(next, english)}, nil
		}
		return &output{previewOf(next, dutch)}, nil
	})
}
