// Package web is the training office in HTML: each request becomes one question to package academy, and its answer a page.
//
// It may import academy, the pure packages and api/auth. It never decides what somebody may do, never reads the clock or
// the database itself, and loads nothing from another host.
//
// How a page is added:
//  1. a file for the screen: a struct with exactly what the page shows, a view for it
//     (var coursePage = declare[course]("course.html")) and a method func (s *Site) course(v *visit) error that asks the
//     office and ends with coursePage.show(v, course{…}), or with v.redirect or v.done after a POST;
//  2. templates/course.html, which defines "title" and "main"; words as {{say "Nederlands" "English"}}, dates as
//     {{date .Day}}; no style= and no script, the stylesheet has a class for it or gets one;
//  3. a line in routes, with the act that somebody must be allowed to do.
//
// An error goes back as it came from the office: fail makes a page of it.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"

	"bekwaam/api/auth"
	"bekwaam/courses/academy"
)

// A Site holds the pages of one installation. Make one with New; it may be used by many goroutines.
type Site struct {
	office  *academy.Office
	reset   func(context.Context) error
	log     *slog.Logger
	pages   pages
	static  static
	example []byte
	scores  []byte                              // scores of instruments, as example
	uploads chan struct{}                       // one place for each file that comes in
	lookUps *auth.Throttle                      // of certificates, by people who need not say who they are
	logIns  *auth.Throttle                      // with a wrong password
	feeds   *auth.Throttle                      // of calendar programs
	round   atomic.Pointer[academy.SweepReport] // of the newest sweep that moving the clock of a demo caused; it only explains
}

// A Config is what a Site needs to know beside the office.
type Config struct {
	Reset func(context.Context) error // fills the demo anew; nil: it cannot be
	Log   *slog.Logger                // nil: slog.Default()

	Example []byte // a list to try importing with, in a demo; empty: there is none
	Scores  []byte // the same of scores of instruments
}

// New prepares every page. It fails where a template is broken, missing or used by no page, and where a route says not
// who may use it.
func New(office *academy.Office, cfg Config) (*Site, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	s := &Site{office: office, reset: cfg.Reset, log: cfg.Log, example: cfg.Example, scores: cfg.Scores, uploads: make(chan struct{}, uploadsAtOnce), lookUps: auth.NewThrottle(lookUpEvery, lookUpsAtOnce), logIns: auth.NewThrottle(logInEvery, logInsAtOnce), feeds: auth.NewThrottle(feedEvery, feedsAtOnce)}
	var err error
	if s.static, err = readStatic(); err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	if s.pages, err = readPages(s.static); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	for _, r := range s.routes() {
		if r.act == "" {
			return nil, errors.New("nobody is allowed on the page " + r.pattern)
		}
	}
	return s, nil
}

// Register adds the pages to a mux, and a page for every address that is not there.
func (s *Site) Register(mux *http.ServeMux) {
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, s.serve(r))
	}
	mux.Handle("GET "+s.static.path, s.static)
	mux.HandleFunc("/", s.serve(route{"/", anybody, func(*visit) error { return noSuchPage }}))
}

// Protect goes around everything the installation serves: it refuses what another site makes a browser send, and tells
// browsers what these pages never do.
func (s *Site) Protect(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.serve(route{"from elsewhere", anybody, func(*visit) error { return fromElsewhere }}))
	guarded := guard.Handler(next)
	secure := auth.Secure(s.office.URL())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		guarded.ServeHTTP(w, r)
	})
}
