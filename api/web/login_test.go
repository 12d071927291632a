package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestLogIn(t *testing.T) {
	h := openReal(t, "Gemeente Test")
	r := h.visitTLS(t)
	p := r.get("/cursussen").want(200, "Inloggen")
	name := `"><script>alert(1)</script>`
	p = p.press("Log in", url.Values{"naam": {name}, "wachtwoord": {"verkeerd wachtwoord"}}).want(422, "Deze naam en dit wachtwoord horen niet bij elkaar.")
	if !strings.HasPrefix(p.title(), "Fout: ") || strings.Contains(p.source, "<script>alert") || strings.Contains(p.source, "verkeerd wachtwoord") {
		t.Error(p.source)
	}
	if field := p.first("input", func(n *html.Node) bool { return attr(n, "id") == "naam" }); attr(field, "value") != name || attr(field, "aria-invalid") != "true" {
		t.Error("the field lost what was typed, or does not say that it is wrong")
	}
	if p.first("a", func(n *html.Node) bool { return attr(n, "href") == "#naam" }) == nil {
		t.Error("the summary does not lead to the field")
	}
	p = p.press("Log in", url.Values{"naam": {"ada@leren.example"}, "wachtwoord": {"lang en geheim"}}).want(200)
	if p.path != "/cursussen" {
		t.Errorf("came back to %s", p.path)
	}
	cookie := r.http.Jar.Cookies(&url.URL{Scheme: "https", Host: strings.TrimPrefix(h.server.URL, "https://")})
	if !slices.ContainsFunc(cookie, func(c *http.Cookie) bool { return strings.HasPrefix(c.Name, "__Host-") }) {
		t.Error("the session is not bound to this host")
	}
	p.press("Log uit", nil).want(200, "Je bent uitgelogd.")
	if got := r.ask("GET", "/cursussen", nil).StatusCode; got != http.StatusSeeOther {
		t.Errorf("after logging out /cursussen answers %d", got)
	}
}

func TestWhoGuessesPasswordsMustWait(t *testing.T) {
	r := openReal(t, "Gemeente Test").visitTLS(t)
	logIn := func(password string) *shown {
		return r.post("/inloggen", url.Values{"naam": {"ada@leren.example"}, "wachtwoord": {password}})
	}
	for range logInsAtOnce + 3 { // right ones do not count
		logIn("lang en geheim").want(200)
		r.post("/uitloggen", nil)
	}
	for range logInsAtOnce / 2 {
		logIn("geraden").want(422)
	}
	logIn("lang en geheim").want(200)
	r.post("/uitloggen", nil)
	answers := make(chan int, 40)
	for range cap(answers) {
		go func() {
			resp, err := r.http.PostForm(r.hall.server.URL+"/inloggen", url.Values{"naam": {"ada@leren.example"}, "wachtwoord": {"geraden"}})
			if err != nil {
				t.Error(err)
				answers <- 0
				return
			}
			resp.Body.Close()
			if resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "" {
				t.Error("it does not say when to try again")
			}
			answers <- resp.StatusCode
		}()
	}
	tried := 0
	for range cap(answers) {
		if <-answers == http.StatusUnprocessableEntity {
			tried++
		}
	}
	if tried == 0 || tried > logInsAtOnce {
		t.Errorf("%d of %d guesses at once were tried", tried, cap(answers))
	}
	p := logIn("lang en geheim").want(429, "Probeer het over een minuut opnieuw.")
	if field := p.first("input", func(n *html.Node) bool { return attr(n, "id") == "naam" }); attr(field, "value") != "ada@leren.example" {
		t.Error("the field lost what was typed")
	}
}

func TestAnAdministratorWhoWorksElsewhereMayReadCourses(t *testing.T) {
	h := openReal(t, "Gemeente Test")
	r := h.visitTLS(t)
	p := r.get("/").press("Log in", url.Values{"naam": {"A1"}, "wachtwoord": {"lang en geheim"}}).want(200, "Er zijn nog geen cursussen")
	if p.path != "/cursussen" || strings.Contains(p.source, "/mijn-scholing") {
		t.Errorf("%s leads an administrator to pages that are not theirs", p.path)
	}
	if strings.Contains(p.text(), "Zoek op een ander woord") {
		t.Error("one can search where there is nothing to find")
	}
	p.press("Log uit", nil)
	p = r.get("/mijn-scholing").press("Log in", url.Values{"naam": {"A1"}, "wachtwoord": {"lang en geheim"}}).want(200)
	if p.path != "/cursussen" {
		t.Errorf("who asked for Mijn scholing comes to %s", p.path)
	}
}
