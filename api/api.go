// Package api is the training office in JSON: each request becomes one question to package academy, and its answer JSON.
//
// It may import academy, the pure packages and api/auth, and it is the only one that knows huma. It has its own shapes for
// what goes in and out, and decides nothing: who may do what stands in staff, what is allowed in the pure packages.
package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bekwaam/api/auth"
	"bekwaam/courses/academy"
)

// Version is the version of the contract, as every answer tells it in its API-Version header. Its first number is the v1
// of the addresses.
const Version = "1.0.0"

// root is where the contract lives.
const root = "/v1"

// A Config is what the API needs to know beside the office.
type Config struct {
	Contact Contact      // who answers questions about the API; the design rules ask for all three
	Log     *slog.Logger // nil: slog.Default()
}

// A Contact is whom to ask.
type Contact struct{ Name, Email, URL string }

// A server holds what the operations share.
type server struct {
	office *academy.Office
	log    *slog.Logger
	checks *auth.Throttle // of public verifications
	api    huma.API
}

// Register adds everything below /v1 to a mux. It fails, so that nothing is served, where an operation does not say who
// may do it.
func Register(mux *http.ServeMux, office *academy.Office, cfg Config) error {
	s := newServer(office, cfg)
	inner := http.NewServeMux()
	if err := s.build(inner, cfg); err != nil {
		return fmt.Errorf("api: %w", err)
	}
	mux.Handle(root+"/", s.envelope(inner))
	return nil
}

func newServer(office *academy.Office, cfg Config) *server {
	s := &server{office: office, log: cfg.Log, checks: auth.NewThrottle(checkEvery, checksAtOnce)}
	if s.log == nil {
		s.log = slog.Default()
	}
	return s
}

// build registers every operation, and then the document and the page that describe them.
func (s *server) build(mux *http.ServeMux, cfg Config) error {
	if c := cfg.Contact; c.Name == "" || c.Email == "" || c.URL == "" {
		return errors.New("the contact needs a name, an e-mail address and a URL")
	}
	settleHuma()
	s.api = humago.NewWithPrefix(mux, root, s.config(cfg))
	s.api.UseMiddleware(s.admit)
	for _, resource := range []func(){
		s.me, s.courses, s.versions, s.duties, s.attempts, s.answers, s.followUps, s.certificates, s.verifications, s.schemes, s.schemeBook, s.requirements, s.activities, s.submissions, s.observations, s.sweeps, s.reports, s.whatIfs, s.imports, s.people, s.decisions, s.sessions, s.budgets, s.messages, s.escalations, s.feeds, s.erasures, s.peopleImports, s.matches, s.instruments, s.plans, s.roles, s.competences, s.frameworks, s.futureRoles, s.levels, s.matrices, s.learningItems, s.processes, s.teaching, s.workingTimes, s.consent, s.changes, s.signals, s.bulletins, s.objectives, s.lawArticles, s.readDuties,
	} {
		resource()
	}
	if err := checkPermissions(s.api.OpenAPI()); err != nil {
		return err
	}
	return s.describe(mux)
}
