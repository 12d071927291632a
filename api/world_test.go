package api

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/seed/seedtest"
)

// Who is who in the demo.
const (
	tineke  = "RW1013" // her identity certificate has lapsed
	marloes = "RW1003" // a colleague of hers, who writes courses
	ilse    = "RW1001" // leads their team
	kevin   = "RW1057" // HR, who writes courses
)

const publicURL = seedtest.URL

// A world is a demo with its API.
type world struct {
	t       testing.TB
	file    string
	db      *store.DB
	office  *academy.Office
	handler http.Handler
	ahead   time.Duration // how far real time is ahead of the machine's
	log     bytes.Buffer
	logging sync.Mutex
}

func (w *world) Write(p []byte) (int, error) {
	w.logging.Lock()
	defer w.logging.Unlock()
	return w.log.Write(p)
}

var contact = Contact{Name: "Functioneel beheer", Email: "leren@rietwaarde.example", URL: "https://leren.rietwaarde.example/hulp"}

func newWorld(t testing.TB) *world {
	t.Helper()
	db, file := seedtest.Open(t)
	w := &world{t: t, file: file, db: db}
	log := slog.New(slog.NewTextHandler(w, nil))
	w.office = academy.New(academy.Config{DB: db, URL: publicURL, Log: log, Now: func() time.Time { return time.Now().Add(w.ahead) }})
	mux := http.NewServeMux()
	if err := Register(mux, w.office, Config{Contact: contact, Log: log}); err != nil {
		t.Fatal(err)
	}
	w.handler = mux
	return w
}

// token lets a program in as somebody.
func (w *world) token(person staff.PersonID) string {
	w.t.Helper()
	secret, err := w.office.IssueToken(w.t.Context(), staff.Actor{Person: kevin}, person, time.Hour)
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// A request is one call.
type request struct {
	method, path, token string
	body                string
	contentType         string // empty: JSON where there is a body
	header              map[string]string
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// contract finds the answers that the document promises to each request.
var contract = sync.OnceValues(func() (*http.ServeMux, error) {
	s := newServer(academy.New(academy.Config{URL: publicURL}), Config{})
	if err := s.build(http.NewServeMux(), Config{Contact: contact}); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for path, item := range s.api.OpenAPI().Paths {
		for method, op := range operationsOf(item) {
			mux.Handle(method+" "+root+path, promise(op.Responses))
		}
	}
	return mux, nil
})

// A promise is what an operation may answer.
type promise map[string]*huma.Response

func (promise) ServeHTTP(http.ResponseWriter, *http.Request) {}

// promised are the answers that a request may get; nil where it is to no operation.
func promised(r *http.Request) promise {
	mux, err := contract()
	if err != nil {
		panic(err)
	}
	found, _ := mux.Handler(r)
	answers, _ := found.(promise)
	return answers
}

func (w *world) do(r request) answer {
	w.t.Helper()
	var body io.Reader
	if r.body != "" {
		body = bytes.NewReader([]byte(r.body))
	}
	req := httptest.NewRequest(r.method, root+r.path, body)
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	if r.contentType == "" && r.body != "" {
		r.contentType = jsonType
	}
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, req)
	if answers := promised(req); answers != nil && answers[strconv.Itoa(recorder.Code)] == nil {
		w.t.Errorf("%s %s answers %d, which the contract does not tell: %s", r.method, r.path, recorder.Code, recorder.Body)
	}
	return answer{recorder.Code, recorder.Header(), recorder.Body.Bytes()}
}

func (w *world) get(token, path string) answer {
	w.t.Helper()
	return w.do(request{method: "GET", path: path, token: token})
}

func (w *world) put(token, path, body string) answer {
	w.t.Helper()
	return w.do(request{method: "PUT", path: path, token: token, body: body})
}

func (w *world) post(token, path, body string) answer {
	w.t.Helper()
	return w.do(request{method: "POST", path: path, token: token, body: body})
}

// into reads an answer with a status into a shape, which must know every field of it.
func into[T any](t testing.TB, a answer, status int) (value T) {
	t.Helper()
	if a.status != status {
		t.Fatalf("got %d, want %d: %s", a.status, status, a.body)
	}
	decoder := json.NewDecoder(bytes.NewReader(a.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	return value
}

// refused reads a problem document.
func refused(t testing.TB, a answer, status int) problem {
	t.Helper()
	if got := a.header.Get("Content-Type"); got != problemType {
		t.Errorf("a refusal is of type %q", got)
	}
	p := into[problem](t, a, status)
	if p.Status != status || p.Title == "" || p.Detail == "" || p.Type == "" {
		t.Errorf("a refusal does not say enough: %s", a.body)
	}
	return p
}
