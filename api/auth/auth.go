// Package auth finds out who is calling: by the bearer token of a program or by the session cookie of a browser.
//
// It may import academy, staff and fault. It decides nothing about what somebody may do: that is the table in staff.
package auth

import (
	"context"
	"net/http"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// Challenge is the WWW-Authenticate header of an answer to somebody we do not know.
const Challenge = "Bearer"

var (
	noToken = fault.New(fault.Unauthenticated, "Stuur een token mee: Authorization: Bearer …", "Send a token along: Authorization: Bearer …").Because("no_token")
	noLogIn = fault.New(fault.Unauthenticated, "Log eerst in.", "Log in first.")
)

// Program tells who holds the bearer token of a request; fault.Unauthenticated where it has none that holds.
func Program(ctx context.Context, office *academy.Office, authorization string) (staff.Actor, error) {
	scheme, secret, _ := strings.Cut(authorization, " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return staff.Actor{}, noToken
	}
	return office.Authenticate(ctx, secret, academy.Bearer)
}

// Browser tells whose session the cookie of a request is of; fault.Unauthenticated where there is none that holds.
func Browser(r *http.Request, office *academy.Office) (staff.Actor, error) {
	secret := Session(r, office.URL())
	if secret == "" {
		return staff.Actor{}, noLogIn
	}
	return office.Authenticate(r.Context(), secret, academy.Session)
}
