package api

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/staff"
)

const rachid = "RW1002" // assesses skills at work

// sendable is a document in base64.
func sendable(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

func TestEvidenceFromElsewhereGoesItsWay(t *testing.T) {
	w := newWorld(t)
	mine, hr := w.token(tineke), w.token(kevin)
	body := fmt.Sprintf(`{"scheme": "SUWI", "completedOn": "2026-11-20", "issuer": "BKWI", "document": %q}`, sendable(t))
	made := w.post(mine, "/submissions", body)
	sent := into[submission](t, made, http.StatusCreated)
	if sent.Person != tineke || sent.State != "waiting" || !sent.Document || made.header.Get("Location") != "/v1/submissions/"+sent.Submission {
		t.Errorf("sent %+v", sent)
	}
	if again := into[submission](t, w.post(mine, "/submissions", body), http.StatusOK); again.Submission != sent.Submission {
		t.Error("the same is another one")
	}
	here := "/submissions/" + sent.Submission
	document := w.get(mine, here+"/document")
	if document.status != http.StatusOK || document.header.Get("Content-Type") != "image/png" || !strings.HasPrefix(document.header.Get("Content-Disposition"), "attachment") || base64.StdEncoding.EncodeToString(document.body) != sendable(t) {
		t.Errorf("the document: %d, %v", document.status, document.header)
	}
	for _, other := range []string{ilse, marloes} {
		token := w.token(staff.PersonID(other))
		refused(t, w.get(token, here), http.StatusNotFound)
		refused(t, w.get(token, here+"/document"), http.StatusNotFound)
		refused(t, w.post(token, here+"/decisions", `{"decision": "accept"}`), http.StatusForbidden)
		refused(t, w.get(token, "/submissions?person="+tineke), http.StatusNotFound)
	}
	queue := into[list[submission]](t, w.get(hr, "/submissions?state=waiting"), http.StatusOK)
	if len(queue.Items) != 1 || queue.Items[0].Submission != sent.Submission {
		t.Errorf("the queue is %+v", queue)
	}
	p := refused(t, w.post(hr, here+"/decisions", `{"decision": "ask-back"}`), http.StatusUnprocessableEntity)
	if len(p.Errors) != 1 || p.Errors[0].Location != "body.sentence" {
		t.Errorf("wrong are %+v", p.Errors)
	}
	asked := into[submission](t, w.post(hr, here+"/decisions", `{"decision": "ask-back", "sentence": "Welke dag?"}`), http.StatusOK)
	if asked.State != "asked-back" || asked.Sentence != "Welke dag?" || asked.JudgedAt == nil {
		t.Errorf("asked %+v", asked)
	}
	again := into[submission](t, w.post(mine, "/submissions", fmt.Sprintf(`{"scheme": "SUWI", "completedOn": "2026-11-19", "issuer": "BKWI", "answers": %q}`, sent.Submission)), http.StatusCreated)
	expected := into[effect](t, w.get(hr, "/submissions/"+again.Submission+"/effect"), http.StatusOK)
	if expected.Outcome != courses.Certified || expected.ValidFrom == nil || *expected.ValidFrom != "2026-11-19" {
		t.Errorf("expected %+v", expected)
	}
	refused(t, w.get(mine, "/submissions/"+again.Submission+"/effect"), http.StatusForbidden)
	accepted := into[submission](t, w.post(hr, "/submissions/"+again.Submission+"/decisions", `{"decision": "accept"}`), http.StatusOK)
	if accepted.State != "accepted" || accepted.Outcome != courses.Certified {
		t.Errorf("accepted %+v", accepted)
	}
	refused(t, w.do(request{method: "DELETE", path: "/submissions/" + again.Submission, token: mine}), http.StatusConflict)
	other := into[submission](t, w.post(hr, "/submissions", fmt.Sprintf(`{"person": %q, "scheme": "BHV", "completedOn": "2026-11-20", "issuer": "x", "document": %q}`, tineke, sendable(t))), http.StatusCreated)
	if p := refused(t, w.post(hr, "/submissions/"+other.Submission+"/decisions", `{"decision": "accept"}`), http.StatusForbidden); p.Reason != "self_approval" {
		t.Errorf("refused because of %q", p.Reason)
	}
	if gone := w.do(request{method: "DELETE", path: "/submissions/" + other.Submission, token: mine}); gone.status != http.StatusNoContent {
		t.Errorf("withdrawing answers %d", gone.status)
	}
}

func TestADocumentThatIsNotWhatItShouldBeIsRefused(t *testing.T) {
	w := newWorld(t)
	mine := w.token(tineke)
	for document, reason := range map[string]string{
		"SGFsbG8=": "document_type", base64.StdEncoding.EncodeToString(append([]byte("%PDF-1.4"), make([]byte, 10<<20)...)): "too_large",
	} {
		p := refused(t, w.post(mine, "/submissions", fmt.Sprintf(`{"scheme": "SUWI", "completedOn": "2026-11-20", "issuer": "x", "document": %q}`, document)), http.StatusUnprocessableEntity)
		if p.Reason != reason || !slices.ContainsFunc(p.Errors, func(m mistake) bool { return m.Location == "body.document" }) {
			t.Errorf("%s: %+v", reason, p)
		}
	}
	if p := refused(t, w.post(mine, "/submissions", `{"scheme": "SUWI", "completedOn": "2026-11-20", "issuer": "x"}`), http.StatusUnprocessableEntity); p.Reason != "no_document" {
		t.Errorf("refused because of %q", p.Reason)
	}
	refused(t, w.post(mine, "/submissions", fmt.Sprintf(`{"scheme": "SUWI", "completedOn": "2026-11-20", "issuer": "x", "document": %q}`, strings.Repeat("AAAA", 4<<20))), http.StatusRequestEntityTooLarge)
	p := refused(t, w.post(mine, "/submissions", `{"scheme": "VOG", "completedOn": "2027-01-01", "issuer": "", "document": "SGFsbG8="}`), http.StatusUnprocessableEntity)
	if len(p.Errors) != 4 {
		t.Errorf("wrong are %+v", p.Errors)
	}
}

func TestWhatHRSawIsNotedWithoutADocument(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	body := `{"person": "RW1013", "scheme": "AANW-TOEZ", "seenOn": "2026-11-20"}`
	type noted struct {
		Sighting string
		Outcome  courses.Outcome
	}
	first := into[noted](t, w.post(hr, "/sightings", body), http.StatusCreated)
	if first.Sighting == "" || first.Outcome != courses.Certified {
		t.Errorf("noted is %+v", first)
	}
	refused(t, w.do(request{method: "DELETE", path: "/sightings/" + first.Sighting, token: w.token(tineke)}), http.StatusForbidden)
	refused(t, w.do(request{method: "DELETE", path: "/sightings/none", token: hr}), http.StatusNotFound)
	if undone := w.do(request{method: "DELETE", path: "/sightings/" + first.Sighting, token: hr}); undone.status != http.StatusNoContent {
		t.Errorf("undoing: %d", undone.status)
	}
	if p := refused(t, w.do(request{method: "DELETE", path: "/sightings/" + first.Sighting, token: hr}), http.StatusConflict); p.Reason != "undone" {
		t.Errorf("refused because of %q", p.Reason)
	}
	w.post(hr, "/sightings", body)
	if p := refused(t, w.post(hr, "/sightings", body), http.StatusConflict); p.Reason != "already_seen" {
		t.Errorf("refused because of %q", p.Reason)
	}
	refused(t, w.post(hr, "/sightings", `{"person": "RW1057", "scheme": "VOG", "seenOn": "2026-11-20"}`), http.StatusForbidden)
	refused(t, w.post(hr, "/sightings", `{"person": "RW1013", "scheme": "SUWI", "seenOn": "2026-11-20"}`), http.StatusUnprocessableEntity)
	refused(t, w.post(w.token(tineke), "/sightings", body), http.StatusForbidden)
}

func TestASkillIsSeenAndSigned(t *testing.T) {
	w := newWorld(t)
	assessor, mine := w.token(rachid), w.token(tineke)
	body := `{"person": "RW1013", "scheme": "AGRESSIE", "seenOn": "2026-11-20", "items": [{"text": "Omgaan met agressie en weerstand", "shown": true}]}`
	seen := into[observation](t, w.post(assessor, "/observations", body), http.StatusCreated)
	if seen.State != "waiting" || seen.Assessor != rachid || !seen.Shown {
		t.Errorf("seen is %+v", seen)
	}
	if again := into[observation](t, w.post(assessor, "/observations", body), http.StatusOK); again.Observation != seen.Observation {
		t.Error("the same is another one")
	}
	here := "/observations/" + seen.Observation
	refused(t, w.post(assessor, here+"/signatures", `{"agree": true}`), http.StatusNotFound)
	refused(t, w.get(w.token(marloes), here), http.StatusNotFound)
	refused(t, w.post(mine, "/observations", body), http.StatusForbidden)
	p := refused(t, w.post(mine, here+"/signatures", `{"agree": false}`), http.StatusUnprocessableEntity)
	if len(p.Errors) != 1 || p.Errors[0].Location != "body.sentence" {
		t.Errorf("wrong are %+v", p.Errors)
	}
	signed := into[observation](t, w.post(mine, here+"/signatures", `{"agree": true}`), http.StatusOK)
	if signed.State != "signed" || signed.CandidateSignedAt == nil || signed.Outcome == "" {
		t.Errorf("signed is %+v", signed)
	}
	refused(t, w.post(mine, here+"/signatures", `{"agree": true}`), http.StatusConflict)
	for token, want := range map[string]string{assessor: "/observations", mine: "/observations?person=me&state=signed", w.token(kevin): "/observations?person=RW1013"} {
		if found := into[list[observation]](t, w.get(token, want), http.StatusOK); len(found.Items) != 1 {
			t.Errorf("%s lists %d", want, len(found.Items))
		}
	}
}

func TestADocumentMayComeOverASlowLine(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewUnstartedServer(w.handler)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	slowly := func(method, path, body string) (int, error) {
		reader, writer := io.Pipe()
		go func() {
			io.WriteString(writer, body[:10])
			time.Sleep(700 * time.Millisecond)
			io.WriteString(writer, body[10:])
			writer.Close()
		}()
		req, err := http.NewRequest(method, server.URL+root+path, reader)
		if err != nil {
			return 0, err
		}
		req.Header.Set("Authorization", "Bearer "+w.token(tineke))
		req.Header.Set("Content-Type", jsonType)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return 0, err
		}
		resp.Body.Close()
		return resp.StatusCode, nil
	}
	if status, err := slowly("POST", "/submissions", fmt.Sprintf(`{"scheme": "SUWI", "completedOn": "2026-11-20", "issuer": "BKWI", "document": %q}`, sendable(t))); err != nil || status != http.StatusCreated {
		t.Errorf("a document: %d, %v", status, err)
	}
	if status, err := slowly("POST", "/courses/AVG-BIO/attempts", `{               }`); err == nil && status < 400 {
		t.Errorf("anything else may be slow too: %d", status)
	}
}
