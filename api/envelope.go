package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
)

// envelope goes around everything below /v1: it sets the headers that every answer has, also an error, and answers
// addresses that do not exist and methods that they do not have as the API does, and requests in which the program
// breaks down.
func (s *server) envelope(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("API-Version", Version)
		h.Set("Cache-Control", "no-store") // nearly all of it is about somebody
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Vary", "Accept, Accept-Language, Authorization")
		defer func() {
			if p := recover(); p != nil {
				s.crashed(w, r, p)
			}
		}()
		if handler, pattern := mux.Handler(r); pattern == "" {
			answerUnknown(w, r, handler)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// crashed answers a request in which the program broke down.
func (s *server) crashed(w http.ResponseWriter, r *http.Request, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.problem(r.Context(), stranger(r), fmt.Errorf("panic: %v\n%s", p, debug.Stack())).write(w)
}

// stranger is a caller of whom we know no more than what they read.
func stranger(r *http.Request) caller {
	return caller{english: prefersEnglish(r.Header.Get("Accept-Language"))}
}

// answerUnknown makes a problem document of the mux's own plain answer.
func answerUnknown(w http.ResponseWriter, r *http.Request, plain http.Handler) {
	var said unsaid
	plain.ServeHTTP(&said, r)
	if allow := said.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	plainProblem(said.status, stranger(r)).write(w)
}

// write answers with a problem that has no headers of its own.
func (p *problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) // whoever asked may be gone
}

// unsaid hears an answer and passes none of it on.
type unsaid struct {
	header http.Header
	status int
}

func (u *unsaid) Header() http.Header {
	if u.header == nil {
		u.header = http.Header{}
	}
	return u.header
}

func (u *unsaid) WriteHeader(status int) { u.status = status }

func (u *unsaid) Write(body []byte) (int, error) { return len(body), nil }
