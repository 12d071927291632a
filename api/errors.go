package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/language"

	"bekwaam/api/auth"
	"bekwaam/courses"
	"bekwaam/courses/fault"
)

// A problem is what goes wrong, for people and for programs (RFC 9457). It never repeats what was sent, and never says
// what went wrong inside.
type problem struct {
	Type        string        `json:"type" format:"uri-reference" example:"about:blank" doc:"What kind of problem; about:blank where the status says it all."`
	Title       string        `json:"title" example:"Conflict" doc:"The status in words."`
	Status      int           `json:"status" example:"409" doc:"The HTTP status."`
	Detail      string        `json:"detail" example:"Je hebt alle pogingen voor deze toets gebruikt." doc:"What is wrong and what to do about it, in the language of Accept-Language."`
	Reason      string        `json:"reason,omitempty" example:"attempts_exhausted" doc:"Why, in a word for programs."`
	AvailableAt *waitEnd      `json:"availableAt,omitempty" nullable:"true" doc:"With reason cooling_off: from when it can be done. With attempts_exhausted: null, since waiting does not help."`
	Current     *storedAnswer `json:"current,omitempty" doc:"The answer that is stored, where another one was sent with a stale version."`
	Errors      []mistake     `json:"errors,omitempty" doc:"What is wrong where."`

	headers http.Header
}

// A waitEnd is when waiting is over. The zero waitEnd is null: waiting does not help.
type waitEnd struct{ time.Time }

// Schema describes when waiting is over.
func (waitEnd) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date-time"}
}

// MarshalJSON writes the moment, or null.
func (w waitEnd) MarshalJSON() ([]byte, error) {
	if w.IsZero() {
		return []byte("null"), nil
	}
	return w.Time.MarshalJSON()
}

// A mistake is one thing that is wrong in what was sent.
type mistake struct {
	Location string `json:"location" example:"body.version" doc:"Where."`
	Message  string `json:"message" example:"schrijf een geheel getal" doc:"What is wrong there, in the language of Accept-Language."`
}

func (p *problem) Error() string               { return p.Detail }
func (p *problem) GetStatus() int              { return p.Status }
func (p *problem) GetHeaders() http.Header     { return p.headers }
func (p *problem) ContentType(_ string) string { return "application/problem+json" }

// statusOf is the HTTP status of each kind of fault. What is not here is our own mistake.
var statusOf = map[fault.Kind]int{
	fault.NotFound:        http.StatusNotFound,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Conflict:        http.StatusConflict,
	fault.Forbidden:       http.StatusForbidden,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// Seconds to wait before another try.
const (
	waitWhenBusy  = "60"
	waitWhenDown  = "30"
	retryAfter    = "Retry-After"
	authChallenge = "WWW-Authenticate"
)

// problem makes a problem document of an error. What nobody can do anything about is logged and answers a plain 500.
func (s *server) problem(ctx context.Context, c caller, err error) *problem {
	if p := new(problem); errors.As(err, &p) {
		return p
	}
	f := fault.Of(err)
	if f == nil || f.Kind == fault.Internal {
		s.failed(ctx, err)
		return plainProblem(http.StatusInternalServerError, c)
	}
	p := plainProblem(statusOf[f.Kind], c)
	p.Detail, p.Reason = c.say(f.Dutch, f.English), f.Reason
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, mistake{field.Path, c.say(field.Dutch, field.English)})
	}
	if refused := new(courses.Refused); errors.As(err, &refused) {
		p.AvailableAt = &waitEnd{refused.AvailableAt}
	}
	switch f.Kind {
	case fault.Unauthenticated:
		p.headers.Set(authChallenge, auth.Challenge)
	case fault.TooMany:
		p.headers.Set(retryAfter, waitWhenBusy)
	case fault.Unavailable:
		s.failed(ctx, err)
		p.headers.Set(retryAfter, waitWhenDown)
	}
	return p
}

// failed logs what nobody outside can do anything about.
func (s *server) failed(ctx context.Context, err error) {
	level := slog.LevelError
	if ctx.Err() != nil { // who goes away causes no error
		level = slog.LevelInfo
	}
	s.log.Log(ctx, level, "request failed", "err", err)
}

// plainProblem makes a problem document that says no more than its status does.
func plainProblem(status int, c caller) *problem {
	words := sentences[status]
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: c.say(words.dutch, words.english), headers: http.Header{}}
}

// refuse answers a request with a problem before its operation begins.
func (s *server) refuse(ctx huma.Context, c caller, err error) {
	p := s.problem(ctx.Context(), c, err)
	for name := range p.headers {
		ctx.SetHeader(name, p.headers.Get(name))
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	json.NewEncoder(ctx.BodyWriter()).Encode(p) // whoever asked may be gone
}

var languages = language.NewMatcher([]language.Tag{language.Dutch, language.English})

// prefersEnglish reports whether somebody reads English rather than Dutch.
func prefersEnglish(acceptLanguage string) bool {
	_, at := language.MatchStrings(languages, acceptLanguage)
	return at == 1
}

// settleHuma closes what huma does by default and a municipality cannot have: it would repeat rejected values and tell
// inner errors. huma knows no other place for this than its package variables.
var settleHuma = sync.OnceFunc(func() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, details ...error) huma.StatusError {
		details = append(details, callerOf(ctx.Context()).unknown...)
		return ofHuma(caller{english: prefersEnglish(ctx.Header("Accept-Language"))}, status, message, details)
	}
	huma.NewError = func(status int, message string, details ...error) huma.StatusError {
		return ofHuma(caller{}, status, message, details)
	}
	huma.ErrorFormatter = func(format string, values ...any) string {
		for i, value := range values {
			if number, ok := value.(float64); ok {
				values[i] = strconv.FormatFloat(number, 'f', -1, 64) // a limit of a thousand million is no 1e+09
			}
		}
		return fmt.Sprintf(format, values...)
	}
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
})

// ofHuma makes a problem document of what huma found wrong with a request.
func ofHuma(c caller, status int, message string, details []error) *problem {
	if status == http.StatusInternalServerError && message == "cannot read request body" {
		status = http.StatusBadRequest // whoever sent it broke off
	}
	p := plainProblem(status, c)
	for _, err := range details {
		detailer, ok := err.(huma.ErrorDetailer)
		switch {
		case !ok && status >= http.StatusInternalServerError:
			slog.Error("request failed", "err", err)
			continue
		case !ok:
			continue
		}
		detail := detailer.ErrorDetail()
		if known, ok := bodyFaults[detail.Message]; ok {
			*p = *plainProblem(known.status, c)
			p.Detail = c.say(known.dutch, known.english)
			return p
		}
		p.Errors = append(p.Errors, mistake{place(detail.Location), messageOf(c, detail.Message)})
	}
	if status != http.StatusUnprocessableEntity {
		p.Errors = nil // these tell no more than the status does
	}
	return p
}

// places are what may be told of a location: names, not values that somebody put where a name belongs.
var places = regexp.MustCompile(`^(?:(?:^|\.)[A-Za-z][A-Za-z0-9_-]{0,39}|\[[0-9]{1,6}\])+$`)

// place is a location as far as it may be told: the longest part of it that holds only names.
func place(location string) string {
	for location != "" && !places.MatchString(location) {
		cut := len(location) - 1
		for cut > 0 && location[cut] != '.' && location[cut] != '[' {
			cut--
		}
		location = location[:cut]
	}
	return location
}
