package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// version reads one version as its author does.
func (w *world) version(token, course string, number int) courseVersionDetail {
	w.t.Helper()
	return into[courseVersionDetail](w.t, w.get(token, fmt.Sprintf("/courses/%s/versions/%d", course, number)), http.StatusOK)
}

func TestEveryCourseComesBackAsItWasSent(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	catalogue := into[list[Course]](t, w.get(token, "/courses"), http.StatusOK)
	if len(catalogue.Items) != 6 {
		t.Fatalf("there are %d courses", len(catalogue.Items))
	}
	for _, course := range catalogue.Items {
		t.Run(string(course.Key), func(t *testing.T) {
			first := w.version(token, string(course.Key), 1)
			if !first.Published || first.PublishedAt == nil {
				t.Errorf("it is %+v", first.CourseVersion)
			}
			first.Content.Version = 2
			body, err := json.Marshal(first.Content)
			if err != nil {
				t.Fatal(err)
			}
			here := "/courses/" + string(course.Key) + "/versions"
			drafted := w.post(token, here, string(body))
			into[CourseVersion](t, drafted, http.StatusCreated)
			if want := root + here + "/2"; drafted.header.Get("Location") != want {
				t.Errorf("the new one is at %q, not %q", drafted.header.Get("Location"), want)
			}
			second := w.version(token, string(course.Key), 2)
			if second.Published || !reflect.DeepEqual(second.Content, first.Content) {
				t.Errorf("sent:\n%s\ncame back:\n%+v", body, second.Content)
			}
		})
	}
}

func TestACourseFileIsDraftedReplacedAndPublished(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	const here = "/courses/BRP-ADRES/versions"
	markdown := map[string]string{"Accept": markdownType}
	file := w.do(request{method: "GET", path: here + "/1", token: token, header: markdown})
	if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Type"), markdownType) {
		t.Fatalf("the file answers %d, %s", file.status, file.header.Get("Content-Type"))
	}
	source := strings.Replace(string(file.body), "\nversion: 1\n", "\nversion: 2\n", 1)
	send := func(method, path, body string) answer {
		return w.do(request{method: method, path: path, token: token, body: body, contentType: markdownType + "; charset=utf-8"})
	}
	into[CourseVersion](t, send("POST", here, source), http.StatusCreated)
	if p := refused(t, send("POST", here, source), http.StatusConflict); p.Reason != "version_number" {
		t.Errorf("the same number again is refused as %+v", p)
	}
	renamed := strings.Replace(source, "BRP in de praktijk", "BRP aan de balie", 1)
	if v := into[CourseVersion](t, send("PUT", here+"/2", renamed), http.StatusOK); !strings.HasPrefix(v.Title, "BRP aan de balie") {
		t.Errorf("the draft is %+v", v)
	}
	if back := w.do(request{method: "GET", path: here + "/2", token: token, header: markdown}); string(back.body) != renamed {
		t.Error("the file is not as it was sent")
	}
	listing := into[courseDetail](t, w.get(token, "/courses/BRP-ADRES"), http.StatusOK)
	if listing.Version != 1 || !slices.Equal(listing.Drafts, []int{2}) {
		t.Errorf("an author sees %+v", listing.Course)
	}
	if listing := into[courseDetail](t, w.get(w.token(tineke), "/courses/BRP-ADRES"), http.StatusOK); listing.Drafts != nil {
		t.Error("everybody sees the drafts")
	}
	for range 2 {
		if v := into[CourseVersion](t, w.post(token, here+"/2/publication", ""), http.StatusOK); !v.Published {
			t.Errorf("publishing gives %+v", v)
		}
	}
	refused(t, send("PUT", here+"/2", source), http.StatusConflict)
	for _, number := range []string{"3", "4"} {
		into[CourseVersion](t, send("POST", here, strings.Replace(source, "\nversion: 2\n", "\nversion: "+number+"\n", 1)), http.StatusCreated)
	}
	into[CourseVersion](t, w.post(token, here+"/4/publication", ""), http.StatusOK)
	if p := refused(t, w.post(token, here+"/3/publication", ""), http.StatusConflict); p.Reason != "newer_published" {
		t.Errorf("publishing an older draft is refused as %+v", p)
	}
	if listing := into[courseDetail](t, w.get(w.token(tineke), "/courses/BRP-ADRES"), http.StatusOK); listing.Version != 4 {
		t.Errorf("people see version %d", listing.Version)
	}
}

func TestAWrongCourseIsRefusedAndToldWhere(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	first := w.version(token, "BRP-ADRES", 1)
	first.Content.Version = 2
	body, err := json.Marshal(first.Content)
	if err != nil {
		t.Fatal(err)
	}
	const here = "/courses/BRP-ADRES/versions"
	for _, tt := range []struct {
		name, change, to string
		status           int
		place            string
	}{
		{"an unknown field", `"language":"nl"`, `"language":"nl","colour":"blue"`, 422, "body.colour"},
		{"a field of another kind of question", `"type":"single"`, `"type":"single","tolerance":3`, 422, "body.questions[0].tolerance"},
		{"a date that does not exist", `"reviewDue":"`, `"reviewDue":"2026-02-30","x":"`, 422, "body.reviewDue"},
		{"an answer of the wrong kind", `"answer":15`, `"answer":true`, 422, "body.questions[1].answer"},
		{"no correct option", `"correct":true`, `"correct":false`, 422, "body.questions[0].options"},
		{"an option without words", `"text":"Bij beide gemeenten."`, `"text":" "`, 422, "body.questions[0].options[2]"},
		{"a common mistake without feedback", `"commonErrors":[{"value":28,"feedback":"`, `"commonErrors":[{"value":28,"feedback":""},{"value":29,"feedback":"`, 422, "body.questions[5].commonErrors[0]"},
		{"questions that read from right to left", `"prompt":"`, `"prompt":"\u202e`, 422, "body.questions[11].prompt"},
		{"two questions with one id", `"id":"BRP-02"`, `"id":"BRP-01"`, 422, "body.questions[1]"},
		{"a lesson with another's heading", `"text":"`, `"text":"\n## Les 9: x\n`, 422, "body.lessons[0]"},
		{"a level of two lines", `"level":"B1-B2"`, `"level":"B1\nB2"`, 422, "body.level"},
		{"no title", `"title":"BRP in de praktijk: adreswijziging en adresonderzoek"`, `"title":" "`, 422, "body"},
		{"another course", `"id":"BRP-ADRES"`, `"id":"BRP-ANDERS"`, 422, "body.id"},
		{"a pass mark of 101", `"passMarkPct":`, `"passMarkPct":1000,"x":`, 422, "body.passMarkPct"},
		{"half a course", `"language":"nl"`, `"language":"nl`, 400, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := strings.ReplaceAll(string(body), tt.change, tt.to)
			if changed == string(body) {
				t.Fatalf("the course has no %s", tt.change)
			}
			p := refused(t, w.post(token, here, changed), tt.status)
			if tt.place != "" && !slices.ContainsFunc(p.Errors, func(m mistake) bool { return m.Location == tt.place }) {
				t.Errorf("it does not point at %s: %+v", tt.place, p.Errors)
			}
			for _, m := range p.Errors {
				if !strings.HasPrefix(m.Location, "body") || strings.Contains(m.Message, "_") || regexp.MustCompile(`regel \d`).MatchString(m.Message) {
					t.Errorf("it tells of a course file that nobody sent: %+v", m)
				}
			}
			if got := into[courseDetail](t, w.get(token, "/courses/BRP-ADRES"), http.StatusOK); got.Drafts != nil {
				t.Error("it was drafted all the same")
			}
		})
	}
	p := refused(t, w.do(request{method: "POST", path: here, token: token, body: strings.Repeat("x", 1000), contentType: markdownType}), http.StatusUnprocessableEntity)
	if len(p.Errors) == 0 || p.Errors[0].Location != "regel 1" {
		t.Errorf("a file that is no course is refused as %+v", p)
	}
	refused(t, w.do(request{method: "POST", path: here, token: token, body: "<course/>", contentType: "application/xml"}), http.StatusUnsupportedMediaType)
	refused(t, w.do(request{method: "POST", path: here, token: token, body: strings.Repeat("x", 2<<20), contentType: markdownType}), http.StatusRequestEntityTooLarge)
}
