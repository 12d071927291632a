package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// canary is something that was sent and must never come back in a refusal.
const canary = "Jan-de-Vries-123456782"

func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	attempt := into[openAttempt](t, w.post(token, "/courses/BRP-ADRES/attempts", ""), http.StatusCreated)
	here := "/attempts/" + string(attempt.Attempt)
	before := string(w.get(token, here).body)
	first := here + "/answers/" + string(attempt.Questions[0].Question) // a question with one answer
	preview := `{"scheme": {"months": 12, "method": "previous"}, "completedOn": "%s"}`
	hr := w.token(kevin)

	for _, tt := range []struct {
		name string
		request
		status int
	}{
		{"an unknown field", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": 0, "score": "` + canary + `"}`}, 422},
		{"a field in capitals", request{method: "PUT", path: first, token: token, body: `{"Answer": "` + canary + `", "version": 0}`}, 422},
		{"a value as the name of a field", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": 0, "` + canary + ` x": 1}`}, 422},
		{"a number as the name of a field", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": 0, "123456782": 1}`}, 422},
		{"no version", request{method: "PUT", path: first, token: token, body: `{"answer": "` + canary + `"}`}, 422},
		{"no answer", request{method: "PUT", path: first, token: token, body: `{"version": 0}`}, 422},
		{"a version that is text", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": "` + canary + `"}`}, 422},
		{"a version that is no whole number", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": 0.5}`}, 422},
		{"a version below zero", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": -1}`}, 422},
		{"a version beyond every number", request{method: "PUT", path: first, token: token, body: `{"answer": null, "version": 1e999}`}, 400},
		{"a list for one answer", request{method: "PUT", path: first, token: token, body: `{"answer": ["` + canary + `"], "version": 0}`}, 422},
		{"a number for a choice", request{method: "PUT", path: first, token: token, body: `{"answer": 1, "version": 0}`}, 422},
		{"a choice that is not there", request{method: "PUT", path: first, token: token, body: `{"answer": "` + canary + `", "version": 0}`}, 422},
		{"a question that is not there", request{method: "PUT", path: here + "/answers/" + canary, token: token, body: `{"answer": null, "version": 0}`}, 422},
		{"a NUL in the answer", request{method: "PUT", path: first, token: token, body: `{"answer": "` + canary + `\u0000", "version": 0}`}, 422},
		{"a NUL in the address", request{method: "PUT", path: here + "/answers/A%00B", token: token, body: `{"answer": null, "version": 0}`}, 422},
		{"a NUL in the query", request{method: "GET", path: "/courses?q=%00", token: token}, 422},
		{"bytes that are no UTF-8 in the address", request{method: "GET", path: "/courses/%ff%fe", token: token}, 422},
		{"bytes that are no UTF-8", request{method: "PUT", path: first, token: token, body: "{\"answer\": \"\xff\xfe\", \"version\": 0}"}, 400},
		{"half a body", request{method: "PUT", path: first, token: token, body: `{"answer": "` + canary}, 400},
		{"no body", request{method: "PUT", path: first, token: token}, 400},
		{"a list as the body", request{method: "PUT", path: first, token: token, body: `["` + canary + `"]`}, 422},
		{"null as the body", request{method: "PUT", path: first, token: token, body: `null`}, 422},
		{"a form", request{method: "PUT", path: first, token: token, body: "answer=" + canary, contentType: "application/x-www-form-urlencoded"}, 415},
		{"plain text", request{method: "PUT", path: first, token: token, body: "{}", contentType: "text/plain"}, 415},
		{"two mebibytes", request{method: "PUT", path: first, token: token, body: `{"version": 0, "answer": "` + strings.Repeat("x", 2<<20) + `"}`}, 413},
		{"brackets within brackets", request{method: "PUT", path: first, token: token, body: `{"version": 0, "answer": ` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`}, 400},
		{"brackets without an end", request{method: "PUT", path: first, token: token, body: strings.Repeat("[", 60000)}, 400},
		{"too many answers", request{method: "PUT", path: here + "/answers", token: token, body: `{"answers": [` + strings.TrimSuffix(strings.Repeat(`{"question":"A","answer":1,"version":0},`, 501), ",") + `]}`}, 422},
		{"two choices of time", request{method: "POST", path: "/courses/AVG-BIO/attempts", token: token, body: `{"timeLimit": "none", "timeLimitFactor": 2}`}, 422},
		{"eleven times the time", request{method: "POST", path: "/courses/AVG-BIO/attempts", token: token, body: `{"timeLimitFactor": 11}`}, 422},
		{"an unknown query parameter", request{method: "GET", path: "/courses?colour=" + canary, token: token}, 422},
		{"a subject that is none", request{method: "GET", path: "/courses?subject=" + canary, token: token}, 422},
		{"a limit of text", request{method: "GET", path: "/courses?limit=" + canary, token: token}, 422},
		{"a limit of 201", request{method: "GET", path: "/courses?limit=201", token: token}, 422},
		{"a limit of 0", request{method: "GET", path: "/courses?limit=0", token: token}, 422},
		{"a cursor of somewhere else", request{method: "GET", path: "/courses?cursor=" + canary, token: token}, 422},
		{"a version of text", request{method: "GET", path: "/courses/BRP-ADRES/versions/" + canary, token: hr}, 422},
		{"a day that does not exist", request{method: "POST", path: "/schemes/preview", token: hr, body: fmt.Sprintf(preview, "2026-02-30")}, 422},
		{"a day of the year 0", request{method: "POST", path: "/schemes/preview", token: hr, body: fmt.Sprintf(preview, "0000-01-01")}, 422},
		{"a moment for a day", request{method: "POST", path: "/schemes/preview", token: hr, body: fmt.Sprintf(preview, "2026-11-23T00:00:00Z")}, 422},
		{"a period that ends after the calendar", request{method: "POST", path: "/schemes/preview", token: hr, body: `{"scheme": {"months": 600, "method": "completion"}, "completedOn": "9990-01-01"}`}, 422},
		{"a period that ends before it begins", request{method: "POST", path: "/schemes/preview", token: hr, body: `{"scheme": {"months": 12, "method": "previous"}, "previous": {"anchor": "2026-01-01", "term": 1, "validUntil": "2025-01-01"}, "completedOn": "2026-01-01"}`}, 422},
		{"a scheme that cannot reckon", request{method: "POST", path: "/schemes/preview", token: hr, body: `{"scheme": {"months": 12, "method": "previous", "windowMonths": 12}, "completedOn": "2026-01-01"}`}, 422},
		{"a sweep of tomorrow", request{method: "POST", path: "/sweeps", token: hr, body: `{"on": "2026-11-24"}`}, 422},
		{"a person who is nobody", request{method: "GET", path: "/duties?person=" + canary, token: token}, 404},
		{"the duties of nobody, for HR", request{method: "GET", path: "/duties?person=" + canary, token: hr}, 404},
		{"the certificates of nobody, for HR", request{method: "GET", path: "/certificates?person=" + canary, token: hr}, 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := w.do(tt.request)
			p := refused(t, got, tt.status)
			if strings.Contains(string(got.body), canary) || strings.Contains(string(got.body), "123456782") {
				t.Errorf("the refusal repeats what was sent: %s", got.body)
			}
			if tt.status == 422 && p.Detail == sentences[422].dutch && len(p.Errors) == 0 {
				t.Errorf("the refusal does not say what is wrong: %s", got.body)
			}
		})
	}
	if after := string(w.get(token, here).body); after != before {
		t.Errorf("the attempt was\n%s\nand is\n%s", before, after)
	}
	if w.log.Len() > 0 {
		t.Errorf("bad input is our mistake: %s", w.log.String())
	}
}

func TestARefusalSaysAllThatIsWrong(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	for name, tt := range map[string]struct {
		request
		want []mistake
	}{
		"a limit and two unknown parameters": {request{method: "GET", path: "/courses?zz=1&limit=0&aa=" + canary}, []mistake{
			{"query.limit", "schrijf 1 of meer"}, {"query.aa", "deze parameter bestaat hier niet"}, {"query.zz", "deze parameter bestaat hier niet"},
		}},
		"an unknown parameter beside a body": {request{method: "POST", path: "/schemes/preview?zz=1", body: `{"completedOn": "2026-01-01"}`}, []mistake{
			{"body", "het veld scheme ontbreekt"}, {"query.zz", "deze parameter bestaat hier niet"},
		}},
		"a number beyond a large limit": {request{method: "GET", path: "/courses/BRP-ADRES/versions/1000001"}, []mistake{
			{"path.number", "schrijf hoogstens 1000000"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.token = token
			if p := refused(t, w.do(tt.request), http.StatusUnprocessableEntity); !slices.Equal(p.Errors, tt.want) {
				t.Errorf("got %+v, want %+v", p.Errors, tt.want)
			}
		})
	}
}

func TestAnAnswerThatDoesNotFitIsRefusedWithAReason(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	attempt := into[openAttempt](t, w.post(token, "/courses/BRP-ADRES/attempts", ""), http.StatusCreated)
	for kind, reasons := range map[courses.Kind]map[string]string{
		courses.KindSingle:   {`"a"`: "unknown_choice", `["a"]`: "wrong_kind"},
		courses.KindMultiple: {`["a"]`: "unknown_choice", `["%[1]s", "%[1]s"]`: "chosen_twice"},
		courses.KindOrder:    {`["a"]`: "unknown_choice", `["%[1]s"]`: "not_all_ordered", `["%[1]s", "%[1]s"]`: "chosen_twice"},
		courses.KindMatch:    {`{"a": "b"}`: "unknown_choice"},
		courses.KindCloze:    {`{"a": "b"}`: "unknown_choice"},
		courses.KindNumeric:  {`1e99`: "not_a_number", `"1"`: "wrong_kind"},
		courses.KindShort:    {`"` + strings.Repeat("x", courses.MaxText+1) + `"`: "too_long"},
	} {
		at := slices.IndexFunc(attempt.Questions, func(q OpenQuestion) bool { return q.Kind == kind })
		q := attempt.Questions[at]
		for given, reason := range reasons {
			if choices := slices.Concat(q.Options, q.Items); strings.Contains(given, "%") {
				given = fmt.Sprintf(given, choices[0].ID)
			}
			one := w.put(token, fmt.Sprintf("/attempts/%s/answers/%s", attempt.Attempt, q.Question), fmt.Sprintf(`{"answer": %s, "version": 0}`, given))
			if p := refused(t, one, http.StatusUnprocessableEntity); p.Reason != reason {
				t.Errorf("%s refuses %.40s as %q, not %q", kind, given, p.Reason, reason)
			}
		}
	}
}

func TestSomebodyElsesIsNotThere(t *testing.T) {
	w := newWorld(t)
	attempt := into[openAttempt](t, w.post(w.token(tineke), "/courses/BRP-ADRES/attempts", ""), http.StatusCreated)
	here := "/attempts/" + string(attempt.Attempt)
	number := string(into[list[certificate]](t, w.get(w.token(tineke), "/certificates"), http.StatusOK).Items[0].Number)
	for _, who := range []staff.PersonID{marloes, ilse, kevin} {
		token := w.token(who)
		for _, r := range []request{
			{method: "GET", path: here},
			{method: "PUT", path: here + "/answers/" + string(attempt.Questions[0].Question), body: `{"answer": null, "version": 0}`},
			{method: "PUT", path: here + "/answers", body: `{"answers": []}`},
			{method: "POST", path: here + "/submission"},
			{method: "POST", path: here + "/pauses"},
			{method: "POST", path: here + "/extensions"},
			{method: "PUT", path: here + "/follow-up", body: `{"choice": "talk"}`},
		} {
			r.token = token
			mine := w.do(r)
			refused(t, mine, http.StatusNotFound)
			r.path = strings.Replace(r.path, string(attempt.Attempt), "ANOTHER", 1)
			if unknown := w.do(r); string(unknown.body) != string(mine.body) {
				t.Errorf("%s %s: somebody else's answers %s, unknown %s", r.method, r.path, mine.body, unknown.body)
			}
		}
	}
	for _, path := range []string{"/certificates/" + number, "/certificates/" + number + "/document", "/certificates?person=" + tineke, "/duties?person=" + tineke} {
		refused(t, w.get(w.token(marloes), path), http.StatusNotFound)
		for _, who := range []staff.PersonID{tineke, ilse, kevin} {
			if got := w.get(w.token(who), path); got.status != http.StatusOK {
				t.Errorf("%s may not see %s: %s", who, path, got.body)
			}
		}
	}
	if c := into[certificate](t, w.get(w.token(ilse), "/certificates/"+number), http.StatusOK); c.VerificationURL != "" {
		t.Error("somebody else gets the secret of a certificate")
	}
}

func TestWhoIsNotKnownIsTold(t *testing.T) {
	w := newWorld(t)
	good, revoked := w.token(tineke), w.token(tineke)
	if err := w.office.Revoke(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	session, err := w.office.StartSession(t.Context(), tineke)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, authorization string }{
		{"no token", ""},
		{"a revoked token", "Bearer " + revoked},
		{"a session", "Bearer " + session},
		{"somebody's guess", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAA"},
		{"an empty token", "Bearer "},
		{"a password", "Basic " + good},
		{"a NUL", "Bearer \x00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := w.do(request{method: "GET", path: "/me", header: map[string]string{"Authorization": tt.authorization}})
			refused(t, got, http.StatusUnauthorized)
			if got.header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("the challenge is %q", got.header.Get("WWW-Authenticate"))
			}
		})
	}
	if got := w.get(good, "/me"); got.status != http.StatusOK {
		t.Errorf("a good token answers %d", got.status)
	}
	w.ahead = time.Hour + time.Second
	refused(t, w.get(good, "/me"), http.StatusUnauthorized)
}

func TestWhatIsNotYoursToDoIsForbidden(t *testing.T) {
	w := newWorld(t)
	employee := w.token(tineke)
	body := map[string]string{"draft-version": contentExample, "replace-draft": contentExample, "preview-scheme": `{"scheme": {"months": 12, "method": "previous"}, "completedOn": "2026-01-01"}`, "run-sweep": `{"dryRun": true}`}
	forbidden := 0
	for op, act := range w.operations() {
		path := strings.NewReplacer("{course}", "BRP-ADRES", "{number}", "1", "{attempt}", "A", "{question}", "Q", "{code}", "C").Replace(op.Path)
		if act == public {
			continue
		}
		refused(t, w.do(request{method: op.Method, path: path, body: body[op.OperationID]}), http.StatusUnauthorized)
		if !(staff.Actor{Functions: []staff.Function{staff.Employee}}).May(act) {
			forbidden++
			refused(t, w.do(request{method: op.Method, path: path, token: employee, body: body[op.OperationID]}), http.StatusForbidden)
		}
	}
	if forbidden < 8 {
		t.Errorf("only %d operations are not for everybody", forbidden)
	}
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	for _, tt := range []struct {
		name string
		request
		status int
	}{
		{"an answer", request{method: "GET", path: "/me", token: token}, 200},
		{"a refusal", request{method: "GET", path: "/me"}, 401},
		{"an address that is not there", request{method: "GET", path: "/mee", token: token}, 404},
		{"a slash too many", request{method: "GET", path: "/me/", token: token}, 404},
		{"a method that is not there", request{method: "DELETE", path: "/me", token: token}, 405},
		{"something that does not exist", request{method: "GET", path: "/courses/NOTHING", token: token}, 404},
		{"bad input", request{method: "GET", path: "/courses?limit=0", token: token}, 422},
		{"the document", request{method: "GET", path: "/openapi.json"}, 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := w.do(tt.request)
			if got.status != tt.status {
				t.Fatalf("got %d, want %d: %s", got.status, tt.status, got.body)
			}
			if tt.status >= 400 {
				refused(t, got, tt.status)
			}
			if got.header.Get("API-Version") != Version || got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cache-Control") == "" {
				t.Errorf("its headers are %v", got.header)
			}
			if tt.status == 405 && got.header.Get("Allow") != "GET, HEAD" {
				t.Errorf("it allows %q", got.header.Get("Allow"))
			}
		})
	}
}

func TestARefusalSpeaksTheLanguageOfTheCaller(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	for accept, want := range map[string]string{"": "Dit bestaat niet", "nl": "Dit bestaat niet", "en-GB,nl;q=0.5": "This does not exist", "de": "Dit bestaat niet", ";;;": "Dit bestaat niet"} {
		for _, path := range []string{"/courses/NOTHING", "/nothing"} {
			p := refused(t, w.do(request{method: "GET", path: path, token: token, header: map[string]string{"Accept-Language": accept}}), http.StatusNotFound)
			if !strings.HasPrefix(p.Detail, want) {
				t.Errorf("to %q: %s", accept, p.Detail)
			}
		}
	}
	english := w.do(request{method: "GET", path: "/courses?limit=x", token: token, header: map[string]string{"Accept-Language": "en"}})
	if p := refused(t, english, 422); len(p.Errors) != 1 || p.Errors[0] != (mistake{"query.limit", "write a whole number"}) {
		t.Errorf("in English: %s", english.body)
	}
}

func TestEveryKindOfFaultHasItsStatus(t *testing.T) {
	w := newWorld(t)
	s := newServer(w.office, Config{Log: slog.New(slog.DiscardHandler)})
	for kind, want := range map[fault.Kind]int{
		fault.NotFound: 404, fault.Invalid: 422, fault.Conflict: 409, fault.Forbidden: 403, fault.Unauthenticated: 401, fault.TooMany: 429, fault.Unavailable: 503, fault.Internal: 500,
	} {
		err := fmt.Errorf("while asking: %w", fault.New(kind, "Nee.", "No.").From(errors.New(canary)))
		p := s.problem(context.Background(), caller{}, err)
		if written, _ := json.Marshal(p); p.Status != want || strings.Contains(string(written), canary) {
			t.Errorf("kind %d answers %s", kind, written)
		}
		if wait := p.headers.Get("Retry-After"); (wait != "") != (want == 429 || want == 503) {
			t.Errorf("%d says to try again after %q", want, wait)
		}
	}
	if p := s.problem(context.Background(), caller{}, errors.New(canary)); p.Status != 500 || strings.Contains(p.Detail, canary) {
		t.Errorf("an unknown error answers %+v", p)
	}
}

func TestWhoGoesAwayCausesNoError(t *testing.T) {
	w := newWorld(t)
	s := newServer(w.office, Config{Log: slog.New(slog.NewTextHandler(w, nil))})
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, err := range []error{gone.Err(), fault.New(fault.Unavailable, "Nee.", "No.").From(gone.Err())} {
		for ctx, level := range map[context.Context]string{gone: "level=INFO", t.Context(): "level=ERROR"} {
			w.log.Reset()
			if s.problem(ctx, caller{}, err); !strings.Contains(w.log.String(), level) {
				t.Errorf("%v is not logged with %s: %s", err, level, w.log.String())
			}
		}
	}
}

func TestACrashIsAPlainProblem(t *testing.T) {
	w := newWorld(t)
	s := newServer(w.office, Config{Log: slog.New(slog.NewTextHandler(w, nil))})
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+root+"/crash", func(http.ResponseWriter, *http.Request) { panic(canary) })
	mux.HandleFunc("GET "+root+"/stop", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	w.handler = s.envelope(mux)
	got := w.do(request{method: "GET", path: "/crash", header: map[string]string{"Accept-Language": "en"}})
	if p := refused(t, got, http.StatusInternalServerError); p.Detail != sentences[500].english || got.header.Get("API-Version") != Version {
		t.Errorf("it answers %s with %v", got.body, got.header)
	}
	if log := w.log.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, canary) || !strings.Contains(log, "refusal_test.go") {
		t.Errorf("the log does not say what broke down where: %s", log)
	}
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("who means to drop a connection gets %v", p)
		}
	}()
	w.get("", "/stop")
}

func TestWhoVerifiesTooOftenHasToWait(t *testing.T) {
	w := newWorld(t)
	check := func(from string) int {
		r := httptest.NewRequest("GET", root+"/verifications/nothing", nil)
		r.RemoteAddr = from
		recorder := httptest.NewRecorder()
		w.handler.ServeHTTP(recorder, r)
		if recorder.Code == http.StatusTooManyRequests && recorder.Header().Get("Retry-After") == "" {
			t.Error("it does not say how long")
		}
		return recorder.Code
	}
	for i := range checksAtOnce {
		if got := check("192.0.2.1:1234"); got != http.StatusNotFound {
			t.Fatalf("check %d answers %d", i, got)
		}
	}
	if got := check("192.0.2.1:4321"); got != http.StatusTooManyRequests {
		t.Errorf("one more answers %d", got)
	}
	if got := check("192.0.2.2:1234"); got != http.StatusNotFound {
		t.Errorf("somebody else gets %d", got)
	}
}
