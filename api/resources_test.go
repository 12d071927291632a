package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

func TestThePreviewReckonsEveryWorkedCase(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	file, err := os.Open("../certificates/testdata/recertification-cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 200 {
		t.Fatalf("there are only %d cases", len(rows)-1)
	}
	for line, row := range rows[1:] {
		of := make(map[string]string)
		for i, name := range rows[0] {
			of[name] = row[i]
		}
		got := into[preview](t, w.post(token, "/schemes/preview", previewRequest(t, of)), http.StatusOK)
		if len(got.Explanation) == 0 {
			t.Errorf("line %d is not explained", line+2)
		}
		got.Explanation = nil
		term, _ := strconv.Atoi(of["term"])
		want := preview{Counts: of["counts"] == "true", Path: got.Path, Anchor: date(of["anchor"]), Term: term,
			ValidFrom: date(of["valid_from"]), ValidUntil: date(of["valid_until"]), WindowOpensOn: date(of["window_opens_on"]), GraceUntil: date(of["grace_until"])}
		if !want.Counts {
			want.Reason = "before_window"
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || string(got.Path) != of["path"] {
			t.Errorf("line %d: got %+v, want %+v", line+2, got, want)
		}
	}
}

// previewRequest writes a worked case as a request.
func previewRequest(t *testing.T, of map[string]string) string {
	t.Helper()
	scheme := map[string]any{"method": of["method"]}
	for name, column := range map[string]string{
		"months": "months", "windowMonths": "window_months", "graceMonths": "grace_months", "anchorMonth": "anchor_month", "anchorDay": "anchor_day", "minimumMonths": "minimum_months",
	} {
		if of[column] != "" {
			scheme[name] = json.Number(of[column])
		}
	}
	request := map[string]any{"scheme": scheme, "completedOn": of["completed_on"]}
	if of["prev_anchor"] != "" {
		request["previous"] = map[string]any{"anchor": of["prev_anchor"], "term": json.Number(of["prev_term"]), "validUntil": of["prev_valid_until"]}
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestThePreviewExplainsInBothLanguages(t *testing.T) {
	w := newWorld(t)
	r := request{method: "POST", path: "/schemes/preview", token: w.token(kevin), body: `{"scheme": {"months": 12, "method": "previous", "windowMonths": 2, "graceMonths": 1},
		"previous": {"anchor": "2023-02-12", "term": 1, "validUntil": "2024-02-11"}, "completedOn": "2023-12-11"}`}
	dutch := into[preview](t, w.do(r), http.StatusOK)
	r.header = map[string]string{"Accept-Language": "en"}
	english := into[preview](t, w.do(r), http.StatusOK)
	if dutch.Counts || dutch.Reason != "before_window" || dutch.Explanation[0] == english.Explanation[0] {
		t.Errorf("got %+v and %+v", dutch, english)
	}
}

func TestASweepLooksAheadAndIsKept(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	ahead := into[sweepReport](t, w.post(token, "/sweeps", `{"on": "2026-12-12", "dryRun": true}`), http.StatusOK)
	if ahead.On != "2026-12-12" || !ahead.DryRun || ahead.Held || len(ahead.Opened) == 0 || ahead.Counts.Opened != len(ahead.Opened) || len(ahead.Opened[0].Why) == 0 {
		t.Errorf("looking ahead gives %+v", ahead)
	}
	later := into[sweepReport](t, w.post(token, "/sweeps", `{"on": "2027-03-01", "dryRun": true}`), http.StatusOK)
	people := make(map[staff.PersonID]bool)
	for _, l := range later.Lapsed {
		people[l.Person] = true
		if l.Scheme == "" || l.Title == "" || l.ValidUntil < "2026-11-22" || l.ValidUntil >= later.On {
			t.Errorf("what ran out is %+v", l)
		}
	}
	if len(people) == 0 || later.Counts.Lapsed != len(people) || later.Counts.Looked == 0 {
		t.Errorf("counts are %+v; certificates of %d people ran out", later.Counts, len(people))
	}
	before := into[list[sweepRun]](t, w.get(token, "/sweeps"), http.StatusOK)
	if counts := before.Items[len(before.Items)-1].Counts; counts.Looked == 0 {
		t.Errorf("the first run counts %+v", counts)
	}
	for range 2 {
		if now := into[sweepReport](t, w.post(token, "/sweeps", ""), http.StatusOK); now.On != "2026-11-23" || len(now.Opened) > 0 || len(now.Ended) > 0 {
			t.Errorf("sweeping once more does %+v", now)
		}
	}
	after := into[list[sweepRun]](t, w.get(token, "/sweeps"), http.StatusOK)
	if len(after.Items) != len(before.Items)+2 || after.Items[0].On != "2026-11-23" {
		t.Errorf("the runs were %+v and are %+v", before.Items, after.Items)
	}
}

func TestAnAuthorReadsNoKeyWhileTheirAttemptIsOpen(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	if started := w.post(token, "/courses/AVG-BIO/attempts", ""); started.status != http.StatusCreated {
		t.Fatalf("starting answers %d: %s", started.status, started.body)
	}
	p := refused(t, w.get(token, "/courses/AVG-BIO/versions/1"), http.StatusConflict)
	if p.Reason != "attempt_open" {
		t.Errorf("it is refused because of %q", p.Reason)
	}
	w.version(token, "BRP-ADRES", 1)
}

func TestASweepThatWouldDisqualifyManyIsHeld(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	held := into[sweepReport](t, w.post(token, "/sweeps", `{"on": "2029-12-12", "dryRun": true}`), http.StatusAccepted)
	if !held.Held || held.Counts.Lapsed < 50 {
		t.Errorf("got %+v", held.Counts)
	}
	w.ahead = calendar.MustParse("2029-12-12").Start().Sub(calendar.MustParse("2026-11-23").Start())
	token = w.token(kevin)
	if held := into[sweepReport](t, w.post(token, "/sweeps", ""), http.StatusAccepted); !held.Held {
		t.Errorf("got %+v", held.Counts)
	}
	if done := into[sweepReport](t, w.post(token, "/sweeps", `{"confirm": true}`), http.StatusOK); done.Held || done.Counts.Failed > 0 {
		t.Errorf("got %+v", done.Counts)
	}
}

func TestAListIsReadPageByPage(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	whole := into[list[certificate]](t, w.get(token, "/certificates"), http.StatusOK)
	if len(whole.Items) < 5 || whole.Next != "" {
		t.Fatalf("she has %d certificates", len(whole.Items))
	}
	var parts []certificate
	for path := "/certificates?limit=2"; ; {
		part := into[list[certificate]](t, w.get(token, path), http.StatusOK)
		if len(part.Items) == 0 || len(part.Items) > 2 {
			t.Fatalf("a page has %d items", len(part.Items))
		}
		parts = append(parts, part.Items...)
		if part.Next == "" {
			break
		}
		path = "/certificates?limit=2&cursor=" + part.Next
	}
	if fmt.Sprint(numbers(parts)) != fmt.Sprint(numbers(whole.Items)) {
		t.Errorf("page by page it is %v, at once %v", numbers(parts), numbers(whole.Items))
	}
}

func numbers(certificates []certificate) []string {
	var all []string
	for _, c := range certificates {
		all = append(all, string(c.Number))
	}
	return all
}

func TestCoursesAreFoundBySubjectAndByWords(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	for path, want := range map[string][]courses.CourseKey{
		"/courses?subject=application":         {"APP-ZAAK-AFSPRAAK"},
		"/courses?q=adresonderzoek":            {"BRP-ADRES"},
		"/courses?subject=skill":               nil,
		"/courses?subject=application&q=adres": nil,
	} {
		var keys []courses.CourseKey
		for _, c := range into[list[Course]](t, w.get(token, path), http.StatusOK).Items {
			keys = append(keys, c.Key)
		}
		if !slices.Equal(keys, want) {
			t.Errorf("%s finds %v", path, keys)
		}
	}
}

func TestAFailedQuizTellsWhenToTryAgainAndThenHowToGoOn(t *testing.T) {
	w := newWorld(t)
	now := time.Now()
	for number := 1; ; number++ {
		token := w.token(tineke)
		attempt := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
		here := "/attempts/" + string(attempt.Attempt)
		result := into[submittedAttempt](t, w.post(token, here+"/submission", ""), http.StatusOK)
		if result.Passed || attempt.Number != number {
			t.Fatalf("attempt %d gives %+v", number, result)
		}
		refusal := w.post(token, "/courses/ID-LOOKALIKE/attempts", "")
		p := refused(t, refusal, http.StatusConflict)
		if result.AvailableAt == nil {
			if p.Reason != "attempts_exhausted" || !bytes.Contains(refusal.body, []byte(`"availableAt":null`)) || result.Questions[0].Mark == nil || len(result.Choices) < 2 {
				t.Errorf("after the last one: %+v, %+v", p, result)
			}
			w.followUp(token, here, attempt)
			return
		}
		if p.Reason != "cooling_off" || p.AvailableAt == nil || !p.AvailableAt.Equal(*result.AvailableAt) || result.Questions[0].Mark != nil || len(result.Goals) == 0 {
			t.Errorf("after attempt %d: %+v, %+v", number, p, result)
		}
		w.ahead += time.Since(now) + 24*time.Hour
	}
}

// followUp chooses a talk, which HR settles; nobody settles their own.
func (w *world) followUp(token, attempt string, of openAttempt) {
	w.t.Helper()
	for _, choice := range []string{"reread", "talk"} {
		if got := w.put(token, attempt+"/follow-up", `{"choice": "`+choice+`"}`); got.status != http.StatusNoContent {
			w.t.Fatalf("choosing answers %d: %s", got.status, got.body)
		}
	}
	hr := w.token(kevin)
	waiting := into[list[followUp]](w.t, w.get(hr, "/follow-ups"), http.StatusOK)
	if len(waiting.Items) != 1 || waiting.Items[0].Person != tineke || waiting.Items[0].Choice != courses.Talk {
		w.t.Fatalf("HR sees %+v", waiting)
	}
	settle := "/follow-ups/" + string(of.Attempt) + "/settlement"
	refused(w.t, w.post(token, settle, ""), http.StatusForbidden)
	if got := w.post(hr, settle, ""); got.status != http.StatusNoContent {
		w.t.Fatalf("settling answers %d: %s", got.status, got.body)
	}
	refused(w.t, w.post(hr, settle, ""), http.StatusConflict)
	into[openAttempt](w.t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
}

func TestTimeIsKeptOnTheServer(t *testing.T) {
	w := newWorld(t)
	author := w.token(kevin)
	content := w.version(author, "BRP-ADRES", 1).Content
	content.Version = 2
	limit := 30
	content.Quiz.TimeLimitMinutes = &limit
	body, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	into[CourseVersion](t, w.post(author, "/courses/BRP-ADRES/versions", string(body)), http.StatusCreated)
	into[CourseVersion](t, w.post(author, "/courses/BRP-ADRES/versions/2/publication", ""), http.StatusOK)

	token := w.token(tineke)
	attempt := into[openAttempt](t, w.post(token, "/courses/BRP-ADRES/attempts", `{"timeLimitFactor": 2}`), http.StatusCreated)
	if attempt.Deadline == nil || attempt.Deadline.Sub(attempt.StartedAt) != time.Hour || *attempt.SecondsLeft > 3600 || *attempt.SecondsLeft < 3590 {
		t.Fatalf("twice half an hour is %v, %v", attempt.Deadline, *attempt.SecondsLeft)
	}
	here := "/attempts/" + string(attempt.Attempt)
	if paused := into[attemptTime](t, w.post(token, here+"/pauses", ""), http.StatusOK); paused.State != attemptPaused {
		t.Errorf("a pause gives %+v", paused)
	}
	save := fmt.Sprintf(`{"answers": [{"question": %q, "answer": null, "version": 0}]}`, attempt.Questions[0].Question)
	if p := refused(t, w.put(token, here+"/answers", save), http.StatusConflict); p.Reason != "paused" {
		t.Errorf("saving during a pause answers %+v", p)
	}
	w.ahead = 2 * time.Hour
	token = w.token(tineke)
	resumed := into[openAttempt](t, w.post(token, "/courses/BRP-ADRES/attempts", ""), http.StatusOK)
	if resumed.State != attemptOpen || *resumed.SecondsLeft < 3580 {
		t.Errorf("after the pause it is %s with %d seconds left", resumed.State, *resumed.SecondsLeft)
	}
	if more := into[attemptTime](t, w.post(token, here+"/extensions", ""), http.StatusOK); *more.SecondsLeft < 3580+1800 {
		t.Errorf("more time is %d seconds", *more.SecondsLeft)
	}
	w.ahead += 2 * time.Hour
	token = w.token(tineke)
	if p := refused(t, w.put(token, here+"/answers", save), http.StatusConflict); p.Reason != "time_over" {
		t.Errorf("saving after the end answers %+v", p)
	}
	if over := into[submittedAttempt](t, w.get(token, here), http.StatusOK); over.State != attemptSubmitted {
		t.Errorf("after the end it is %+v", over)
	}

	w.ahead += 48 * time.Hour // the cooling-off time
	token = w.token(tineke)
	next := into[openAttempt](t, w.post(token, "/courses/BRP-ADRES/attempts", ""), http.StatusCreated)
	w.ahead += time.Hour
	token = w.token(tineke)
	if p := refused(t, w.post(token, "/courses/BRP-ADRES/attempts", ""), http.StatusConflict); p.Reason != "time_over" {
		t.Errorf("going on after the end answers %+v", p)
	}
	into[submittedAttempt](t, w.get(token, "/attempts/"+string(next.Attempt)), http.StatusOK)
}

func TestAnAnswerIsReadByTheKindOfQuestion(t *testing.T) {
	type kinds map[courses.Kind]string // what each kind makes of it; the others refuse
	for sent, want := range map[string]kinds{
		`"a"`:            {courses.KindSingle: `"a"`, courses.KindShort: `"a"`},
		`["b","a"]`:      {courses.KindMultiple: `["b","a"]`, courses.KindOrder: `["b","a"]`},
		`["a"]`:          {courses.KindMultiple: `["a"]`, courses.KindOrder: `["a"]`},
		`[null]`:         {},
		`["a",1]`:        {},
		`true`:           {courses.KindTrueFalse: `true`},
		`false`:          {courses.KindTrueFalse: `false`},
		`15`:             {courses.KindNumeric: `15`},
		`-2.5`:           {courses.KindNumeric: `-2.5`},
		`"15"`:           {courses.KindSingle: `"15"`, courses.KindShort: `"15"`},
		`{"g1":"a"}`:     {courses.KindMatch: `{"g1":"a"}`, courses.KindCloze: `{"g1":"a"}`},
		`{"g1":1}`:       {},
		`{"g1":{"a":1}}`: {},
	} {
		for _, kind := range []courses.Kind{courses.KindSingle, courses.KindMultiple, courses.KindTrueFalse, courses.KindNumeric, courses.KindShort, courses.KindMatch, courses.KindOrder, courses.KindCloze} {
			answer, err := givenAnswer{json.RawMessage(sent)}.read(kind)
			written := want[kind]
			if (err == nil) != (written != "") {
				t.Errorf("%s reads %s as %+v, %v", kind, sent, answer, err)
				continue
			}
			if err == nil && string(answerTo(kind, answer).RawMessage) != written {
				t.Errorf("%s writes %s as %s", kind, sent, answerTo(kind, answer).RawMessage)
			}
			for _, nothing := range []string{"null", `""`, "[]", "{}", ""} {
				if answer, err := (givenAnswer{json.RawMessage(nothing)}).read(kind); err != nil || !answer.Empty() {
					t.Errorf("%s reads %q as %+v, %v", kind, nothing, answer, err)
				}
			}
		}
	}
}

func TestPassingTooEarlyIsKeptAndToldWhy(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	course := w.course("ID-LOOKALIKE")
	pass := func() submittedAttempt {
		attempt := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
		here := "/attempts/" + string(attempt.Attempt)
		w.put(token, here+"/answers", bulk(key(t, course, attempt.Questions), 0))
		return into[submittedAttempt](t, w.post(token, here+"/submission", ""), http.StatusOK)
	}
	if first := pass(); !first.Passed || first.Certificate == nil || first.Reason != "" {
		t.Errorf("the first time gives %+v", first)
	}
	if second := pass(); !second.Passed || second.Certificate != nil || second.Reason != courses.BeforeWindow {
		t.Errorf("the second time gives %+v", second)
	}
}

func TestAnObjectiveIsFilledInByItsKey(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	if a := w.put(hr, "/objectives/D03/reading", `{"value": 97}`); a.status != http.StatusNoContent {
		t.Errorf("filling it in answers %d %s", a.status, a.body)
	}
	if a := w.put(hr, "/objectives/D02/reading", `{"value": 97}`); a.status != http.StatusConflict {
		t.Errorf("what is worked out answers %d %s", a.status, a.body)
	}
}
