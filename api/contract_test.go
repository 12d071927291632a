package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"bekwaam/courses"
)

// key makes the right answer to each question that is asked. The ids it uses are those of the attempt: only the words
// tell which choice is which.
func key(t testing.TB, course courses.Course, asked []OpenQuestion) map[courses.QuestionID]string {
	t.Helper()
	answers := make(map[courses.QuestionID]string)
	for _, q := range asked {
		question, ok := course.Quiz.Question(q.Question)
		if !ok {
			t.Fatalf("%s is not in the course", q.Question)
		}
		var value any
		switch body := question.Body.(type) {
		case courses.Single:
			value = named(q.Options, right(body.Options)[0])
		case courses.Multiple:
			var ids []courses.OptionID
			for _, text := range right(body.Options) {
				ids = append(ids, named(q.Options, text))
			}
			value = ids
		case courses.TrueFalse:
			value = body.Answer
		case courses.Numeric:
			value = json.Number(body.Answer)
		case courses.Short:
			value = body.Accept[0]
		case courses.Match:
			pairs := make(map[courses.OptionID]courses.OptionID)
			for left, to := range body.Pairs {
				pairs[named(q.Left, text(body.Left, left))] = named(q.Right, text(body.Right, to))
			}
			value = pairs
		case courses.Order:
			var ids []courses.OptionID
			for _, item := range body.Items {
				ids = append(ids, named(q.Items, item.Text))
			}
			value = ids
		case courses.Cloze:
			gaps := make(map[courses.GapID]string)
			for i, g := range body.Gaps {
				if g.Kind == courses.GapInput {
					gaps[g.ID] = g.Accept[0]
					continue
				}
				at := slices.IndexFunc(g.Options, func(o courses.GapOption) bool { return o.Correct })
				gaps[g.ID] = string(named(q.Gaps[i].Options, g.Options[at].Text))
			}
			value = gaps
		}
		written, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		answers[q.Question] = string(written)
	}
	return answers
}

func right(options []courses.Option) []courses.Markdown {
	var texts []courses.Markdown
	for _, o := range options {
		if o.Correct {
			texts = append(texts, o.Text)
		}
	}
	return texts
}

func named(choices []choice, text courses.Markdown) courses.OptionID {
	return choices[slices.IndexFunc(choices, func(c choice) bool { return c.Text == text })].ID
}

func text(items []courses.Item, id courses.OptionID) courses.Markdown {
	return items[slices.IndexFunc(items, func(i courses.Item) bool { return i.ID == id })].Text
}

// course reads what a course says, as an author does.
func (w *world) course(course string) courses.Course {
	w.t.Helper()
	detail := into[courseDetail](w.t, w.get(w.token(kevin), "/courses/"+course), http.StatusOK)
	version := into[courseVersionDetail](w.t, w.get(w.token(kevin), fmt.Sprintf("/courses/%s/versions/%d", course, detail.Version)), http.StatusOK)
	content, err := version.Content.course()
	if err != nil {
		w.t.Fatal(err)
	}
	return content
}

// bulk writes answers to save, all with one version.
func bulk(answers map[courses.QuestionID]string, version int) string {
	var parts []string
	for question, answer := range answers {
		parts = append(parts, fmt.Sprintf(`{"question": %q, "answer": %s, "version": %d}`, question, answer, version))
	}
	return `{"answers": [` + strings.Join(parts, ",") + `]}`
}

func TestTheWholeJourney(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)

	me := into[account](t, w.get(token, "/me"), http.StatusOK)
	if me.Person != tineke || me.Name != "Tineke Bakker" || *me.Team != "T1" || !slices.Contains(me.Permissions, "attempts.take") || me.Today != "2026-11-23" {
		t.Errorf("she is %+v", me)
	}

	duties := into[list[duty]](t, w.get(token, "/duties?person=me&state=open"), http.StatusOK)
	at := slices.IndexFunc(duties.Items, func(d duty) bool { return d.Scheme == "INT-ID" })
	if at < 0 || len(duties.Items[at].Why) == 0 || *duties.Items[at].Course != "ID-LOOKALIKE" {
		t.Fatalf("her duties are %+v", duties)
	}
	cycle := duties.Items[at].Cycle

	attempt := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
	if attempt.Cycle != cycle || attempt.Deadline != nil || attempt.SecondsLeft != nil || attempt.State != attemptOpen || len(attempt.Questions) == 0 {
		t.Errorf("her attempt is %+v", attempt)
	}
	again := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", "{}"), http.StatusOK)
	if !reflect.DeepEqual(again, attempt) {
		t.Error("starting again is not going on")
	}

	answers := key(t, w.course("ID-LOOKALIKE"), attempt.Questions)
	here := "/attempts/" + string(attempt.Attempt)
	w.saveOne(token, here, attempt.Questions[0].Question, answers)
	delete(answers, attempt.Questions[0].Question)
	w.saveMany(token, here, attempt.Questions[1].Question, answers)

	resumed := into[openAttempt](t, w.get(token, here), http.StatusOK)
	for _, q := range resumed.Questions {
		if q.Version != 1 || string(q.Answer.RawMessage) == "null" {
			t.Errorf("%s comes back as version %d, %s", q.Question, q.Version, q.Answer.RawMessage)
		}
	}

	result := w.post(token, here+"/submission", "")
	submitted := into[submittedAttempt](t, result, http.StatusOK)
	if !submitted.Passed || submitted.Score != float64(submitted.Maximum) || submitted.Percentage != 100 || submitted.Certificate == nil || submitted.Questions[0].Mark == nil {
		t.Fatalf("she gets %s", result.body)
	}
	if second := w.post(token, here+"/submission", ""); !bytes.Equal(second.body, result.body) {
		t.Errorf("handing in once more answers %s", second.body)
	}
	if read := w.get(token, here); !bytes.Equal(read.body, result.body) {
		t.Errorf("reading it answers %s", read.body)
	}
	p := refused(t, w.put(token, here+"/answers/"+string(attempt.Questions[0].Question), `{"answer": null, "version": 1}`), http.StatusConflict)
	if p.Reason != "submitted" {
		t.Errorf("saving after handing in answers %+v", p)
	}
	w.certified(token, *submitted.Certificate)
}

// saveOne saves an answer, repeats it, and tries to overwrite it with a stale version.
func (w *world) saveOne(token, attempt string, question courses.QuestionID, answers map[courses.QuestionID]string) {
	w.t.Helper()
	address := attempt + "/answers/" + string(question)
	for _, seen := range []int{0, 0, 1} {
		saved := into[savedAnswer](w.t, w.put(token, address, fmt.Sprintf(`{"answer": %s, "version": %d}`, answers[question], seen)), http.StatusOK)
		if saved.Version != 1 || saved.SavedAt.IsZero() {
			w.t.Errorf("saving it with version %d answers %+v", seen, saved)
		}
	}
	p := refused(w.t, w.put(token, address, `{"answer": null, "version": 0}`), http.StatusConflict)
	if p.Reason != "stale" || p.Current == nil || p.Current.Question != question || p.Current.Version != 1 || string(p.Current.Answer.RawMessage) != answers[question] {
		w.t.Errorf("a stale version answers %+v", p)
	}
}

// saveMany saves the other answers together with a question that is not there and an answer of the wrong kind. Only what
// is right is saved.
func (w *world) saveMany(token, attempt string, wrong courses.QuestionID, answers map[courses.QuestionID]string) {
	w.t.Helper()
	type output struct {
		Results []savedResult `json:"results"`
	}
	mixed := map[courses.QuestionID]string{"ELSEWHERE": "true"}
	for question, answer := range answers {
		mixed[question] = answer
	}
	mixed[wrong] = `{"no": ["such", "answer"]}`
	for _, r := range into[output](w.t, w.put(token, attempt+"/answers", bulk(mixed, 0)), http.StatusOK).Results {
		switch {
		case r.Question == "ELSEWHERE" || r.Question == wrong:
			if r.Status != http.StatusUnprocessableEntity || r.Version != 0 || r.SavedAt != nil || r.Detail == "" {
				w.t.Errorf("%s: %+v", r.Question, r)
			}
		case r.Status != http.StatusOK || r.Version != 1 || r.SavedAt == nil:
			w.t.Errorf("%s: %+v", r.Question, r)
		}
	}
	second := into[output](w.t, w.put(token, attempt+"/answers", bulk(map[courses.QuestionID]string{wrong: answers[wrong]}, 0)), http.StatusOK)
	if second.Results[0].Status != http.StatusOK {
		w.t.Errorf("%+v", second)
	}
	stale := into[output](w.t, w.put(token, attempt+"/answers", bulk(map[courses.QuestionID]string{wrong: "null"}, 7)), http.StatusOK)
	if r := stale.Results[0]; r.Status != http.StatusConflict || r.Current == nil || r.Current.Version != 1 {
		w.t.Errorf("%+v", r)
	}
}

// certified looks at a certificate in every way there is.
func (w *world) certified(token string, earned certificate) {
	w.t.Helper()
	address := "/certificates/" + string(earned.Number)
	if got := into[certificate](w.t, w.get(token, address), http.StatusOK); !reflect.DeepEqual(got, earned) || got.State != "valid" {
		w.t.Errorf("her certificate is %+v, not %+v", got, earned)
	}
	all := into[list[certificate]](w.t, w.get(token, "/certificates?person=me"), http.StatusOK)
	if !slices.ContainsFunc(all.Items, func(c certificate) bool { return c.Number == earned.Number }) {
		w.t.Error("it is not among her certificates")
	}

	document := w.get(token, address+"/document")
	if document.status != http.StatusOK || document.header.Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(document.body, []byte("%PDF-")) {
		w.t.Errorf("the document answers %d, %s", document.status, document.header.Get("Content-Type"))
	}
	if want := `attachment; filename="` + string(earned.Number) + `.pdf"`; document.header.Get("Content-Disposition") != want {
		w.t.Errorf("the document is disposed of as %q", document.header.Get("Content-Disposition"))
	}
	same := w.do(request{method: "GET", path: address + "/document", token: token, header: map[string]string{"If-None-Match": document.header.Get("ETag")}})
	if same.status != http.StatusNotModified || len(same.body) > 0 {
		w.t.Errorf("the same document answers %d with %d bytes", same.status, len(same.body))
	}

	byNumber := into[verification](w.t, w.get("", "/verifications/"+string(earned.Number)), http.StatusOK)
	if byNumber.State != "valid" || byNumber.Holder != "" || byNumber.Issuer != "Gemeente Rietwaarde" || byNumber.ValidUntil == nil {
		w.t.Errorf("by number it is %+v", byNumber)
	}
	secret := strings.TrimPrefix(earned.VerificationURL, publicURL+"/c/")
	if byToken := into[verification](w.t, w.get("", "/verifications/"+secret), http.StatusOK); byToken.Holder != "Tineke Bakker" {
		w.t.Errorf("by token it is %+v", byToken)
	}
	if got := w.put(token, address+"/visibility", `{"visible": false}`); got.status != http.StatusNoContent {
		w.t.Errorf("switching it off answers %d: %s", got.status, got.body)
	}
	hidden, unknown := w.get("", "/verifications/"+secret), w.get("", "/verifications/nothing")
	refused(w.t, hidden, http.StatusNotFound)
	if !bytes.Equal(hidden.body, unknown.body) {
		w.t.Errorf("switched off answers %s, unknown %s", hidden.body, unknown.body)
	}
	refused(w.t, w.put(w.token(ilse), address+"/visibility", `{"visible": true}`), http.StatusNotFound)
}

func TestNothingGivesTheAnswersAwayWhileAnAttemptIsOpen(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	attempt := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
	var secrets []string
	for _, q := range w.course("ID-LOOKALIKE").Quiz.Questions {
		for _, words := range feedbackOf(q) {
			if len(words) > 20 {
				secrets = append(secrets, string(words))
			}
		}
	}
	if len(secrets) < 20 {
		t.Fatalf("the course has only %d secrets", len(secrets))
	}
	here := "/attempts/" + string(attempt.Attempt)
	question := string(attempt.Questions[0].Question)
	certificates := into[list[certificate]](t, w.get(token, "/certificates"), http.StatusOK)
	number := string(certificates.Items[0].Number)
	seen := map[string]answer{
		"save":  w.put(token, here+"/answers/"+question, `{"answer": null, "version": 0}`),
		"stale": w.put(token, here+"/answers/"+question, `{"answer": "x", "version": 9}`),
		"bulk":  w.put(token, here+"/answers", bulk(map[courses.QuestionID]string{attempt.Questions[0].Question: "null"}, 1)),
		"start": w.post(token, "/courses/ID-LOOKALIKE/attempts", ""),
	}
	for op := range w.operations() {
		if op.Method != http.MethodGet {
			continue
		}
		path := strings.NewReplacer("{course}", "ID-LOOKALIKE", "{number}", number, "{attempt}", string(attempt.Attempt), "{code}", number).Replace(op.Path)
		if op.OperationID == "get-version" {
			path = "/courses/ID-LOOKALIKE/versions/1"
		}
		seen[op.OperationID] = w.get(token, path)
	}
	for what, got := range seen {
		written := string(got.body)
		var decoded any
		if json.Unmarshal(got.body, &decoded) == nil {
			written = fmt.Sprint(decoded)
		}
		for _, secret := range secrets {
			if strings.Contains(written, secret) {
				t.Errorf("%s gives away: %s", what, secret)
			}
		}
	}
}

// feedbackOf is all that is only to be seen after handing in.
func feedbackOf(q courses.Question) []courses.Markdown {
	var words []courses.Markdown
	var visit func(reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if strings.HasPrefix(v.Type().Field(i).Name, "Feedback") && v.Field(i).Kind() == reflect.String {
					words = append(words, courses.Markdown(v.Field(i).String()))
				}
				visit(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				if v.Type().Elem() == typeOf[courses.Markdown]() {
					words = append(words, courses.Markdown(v.MapIndex(k).String()))
				}
			}
		}
	}
	visit(reflect.ValueOf(q.Body))
	return words
}

func TestTwoHundredTimesHandingInIsHandingInOnce(t *testing.T) {
	w := newWorld(t)
	token := w.token(tineke)
	attempt := into[openAttempt](t, w.post(token, "/courses/ID-LOOKALIKE/attempts", ""), http.StatusCreated)
	here := "/attempts/" + string(attempt.Attempt)
	w.put(token, here+"/answers", bulk(key(t, w.course("ID-LOOKALIKE"), attempt.Questions), 0))
	before := len(into[list[certificate]](t, w.get(token, "/certificates"), http.StatusOK).Items)

	got := make([]answer, 200)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() { got[i] = w.post(token, here+"/submission", "") })
	}
	all.Wait()
	for _, a := range got {
		if a.status != http.StatusOK || !bytes.Equal(a.body, got[0].body) {
			t.Fatalf("one of them got %d: %s", a.status, a.body)
		}
	}
	if after := len(into[list[certificate]](t, w.get(token, "/certificates"), http.StatusOK).Items); after != before+1 {
		t.Errorf("there were %d certificates, and now %d", before, after)
	}
}
