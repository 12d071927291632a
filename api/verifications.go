package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bekwaam/api/auth"
	"bekwaam/certificates"
)

// How often one address may verify: enough for a stack of certificates, too little to try numbers out.
const (
	checksAtOnce = 60
	checkEvery   = time.Second
)

// A verification is what anybody may know of a certificate.
type verification struct {
	State      certificates.State `json:"state" enum:"revoked,replaced,upcoming,expired,outdated,valid" doc:"The first of these that holds."`
	On         date               `json:"on" doc:"The day for which the state holds."`
	Title      string             `json:"title" example:"Identiteitsvaststelling"`
	ValidFrom  date               `json:"validFrom"`
	ValidUntil *date              `json:"validUntil" nullable:"true" doc:"The last valid day; null: no end."`
	TakenOver  *date              `json:"takenOverOn" nullable:"true" doc:"The day on which it was taken over from a list of an older administration; null: it was earned here."`
	Issuer     string             `json:"issuer" example:"Gemeente Rietwaarde"`
	Holder     string             `json:"holder,omitempty" example:"Tineke Bakker" doc:"Only where you asked with the token of the QR code."`
}

func (s *server) verifications() {
	type input struct {
		Code string `path:"code" maxLength:"100" example:"RW-2026-7KQ4M-2XD9T-C8" doc:"The number that is printed on the certificate, or the token in its QR code."`
	}
	type output struct{ Body verification }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-verification", Method: http.MethodGet, Path: "/verifications/{code}", Tags: []string{"Verification"},
			Errors:  []int{http.StatusNotFound, http.StatusTooManyRequests},
			Summary: "Does a certificate hold", Description: "Tells anybody whether a certificate holds: by its number without the holder, by its token with the holder. A certificate that does not exist and one whose page is off answer the same. Nothing about you is kept. An address may ask 60 times at once and then once a second.",
			Middlewares: huma.Middlewares{s.holdBack},
		},
		permission: public,
		response:   `{"state": "valid", "on": "2026-11-23", "title": "Identiteitsvaststelling", "validFrom": "2026-11-23", "validUntil": "2027-11-22", "takenOverOn": null, "issuer": "Gemeente Rietwaarde"}`,
	}, func(ctx context.Context, _ caller, in *input) (*output, error) {
		found, err := s.office.Verify(ctx, in.Code)
		if err != nil {
			return nil, err
		}
		v := verification{
			State: found.State, On: dateOf(found.On), Title: found.Title, ValidFrom: dateOf(found.Period.ValidFrom), ValidUntil: orNull(found.Period.ValidUntil), TakenOver: orNull(found.Period.TakenOverOn), Issuer: found.Issuer.Municipality,
		}
		if found.Named {
			v.Holder = found.Holder
		}
		return &output{v}, nil
	})
}

// holdBack refuses an address that verifies too often.
func (s *server) holdBack(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	if err := s.checks.Allow(auth.Address(r), time.Now()); err != nil {
		s.refuse(ctx, callerOf(ctx.Context()), err)
		return
	}
	next(ctx)
}
