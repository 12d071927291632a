package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/api/auth"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/seed/seedtest"
)

// A hall is the demo served for tests, with a clock that a test moves.
type hall struct {
	office *academy.Office
	server *httptest.Server
	ahead  atomic.Int64 // how far the clock is ahead of real time
}

// openHall serves the pages of a demo.
func openHall(t *testing.T) *hall {
	t.Helper()
	db, _ := seedtest.Open(t)
	h := &hall{}
	h.office = academy.New(academy.Config{DB: db, URL: "http://demo.example", Now: func() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }})
	site, err := New(h.office, Config{})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	site.Register(mux)
	h.server = httptest.NewServer(site.Protect(mux))
	t.Cleanup(h.server.Close)
	return h
}

// wait lets time pass.
func (h *hall) wait(d time.Duration) { h.ahead.Add(int64(d)) }

// A reader is a browser without JavaScript, in which somebody is logged in.
type reader struct {
	t    *testing.T
	hall *hall
	http *http.Client
}

// enter opens a browser as somebody; empty: as nobody.
func (h *hall) enter(t *testing.T, person staff.PersonID) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t, h, &http.Client{Jar: jar}}
	if person != "" {
		r.logIn(person)
	}
	return r
}

func (r *reader) logIn(person staff.PersonID) {
	r.t.Helper()
	secret, err := r.hall.office.Become(context.Background(), person)
	if err != nil {
		r.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	auth.Remember(w, r.hall.office.URL(), secret)
	address, _ := url.Parse(r.hall.server.URL)
	r.http.Jar.SetCookies(address, w.Result().Cookies())
}

// A shown is a page as a browser has it.
type shown struct {
	r      *reader
	status int
	path   string // after all redirects
	query  string
	source string
	root   *html.Node
}

func (r *reader) get(path string) *shown {
	r.t.Helper()
	resp, err := r.http.Get(r.hall.server.URL + path)
	return r.show(resp, err)
}

func (r *reader) post(path string, form url.Values) *shown {
	r.t.Helper()
	resp, err := r.http.PostForm(r.hall.server.URL+path, form)
	return r.show(resp, err)
}

func (r *reader) show(resp *http.Response, err error) *shown {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		r.t.Fatal(err)
	}
	p := &shown{r, resp.StatusCode, resp.Request.URL.Path, resp.Request.URL.RawQuery, string(body), root}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		p.checkMarkup()
	}
	return p
}

// checkMarkup refuses what the Content-Security-Policy would block, and fields that nobody can name.
func (p *shown) checkMarkup() {
	p.r.t.Helper()
	ids := map[string]bool{}
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				p.r.t.Errorf("%s: <%s %s=…>", p.path, n.Data, a.Key)
			}
			if a.Key == "id" {
				if ids[a.Val] {
					p.r.t.Errorf("%s: the id %s is there twice", p.path, a.Val)
				}
				ids[a.Val] = true
			}
		}
		if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
			p.r.t.Errorf("%s: an inline <%s>", p.path, n.Data)
		}
	}
	for n := range p.root.Descendants() {
		for _, key := range []string{"for", "aria-labelledby", "aria-describedby"} {
			for _, id := range strings.Fields(attr(n, key)) {
				if !ids[id] {
					p.r.t.Errorf("%s: %s=%q points nowhere", p.path, key, id)
				}
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// words is the text within a node, with single spaces.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// first finds the first element of a name that meets a condition; nil where none does.
func (p *shown) first(name string, meets func(*html.Node) bool) *html.Node {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name && (meets == nil || meets(n)) {
			return n
		}
	}
	return nil
}

// form is the first form in the main part of the page.
func (p *shown) form() *html.Node {
	p.r.t.Helper()
	for n := range p.first("main", nil).Descendants() {
		if n.Data == "form" {
			return n
		}
	}
	p.r.t.Fatalf("%s has no form:\n%s", p.path, p.text())
	return nil
}

func (p *shown) heading() string {
	p.r.t.Helper()
	h := p.first("h1", nil)
	if h == nil {
		p.r.t.Fatalf("%s has no heading:\n%s", p.path, p.source)
	}
	return words(h)
}

func (p *shown) title() string { return words(p.first("title", nil)) }

// text is what the page says in its main part.
func (p *shown) text() string { return words(p.first("main", nil)) }

// want stops the test where the page is not what it should be.
func (p *shown) want(status int, sayings ...string) *shown {
	p.r.t.Helper()
	if p.status != status {
		p.r.t.Fatalf("%s answers %d, want %d:\n%s", p.path, p.status, status, p.text())
	}
	for _, saying := range sayings {
		if !strings.Contains(p.text(), saying) {
			p.r.t.Fatalf("%s does not say %q:\n%s", p.path, saying, p.text())
		}
	}
	return p
}

// press sends the form of the button with these words, with fields changed as a person could: a value that the page does
// not offer stops the test. A button can be named by its value too.
func (p *shown) press(button string, changes url.Values) *shown {
	p.r.t.Helper()
	pressed := p.first("button", func(n *html.Node) bool {
		return words(n) == button || attr(n, "value") == button || attr(n, "aria-label") == button
	})
	if pressed == nil {
		p.r.t.Fatalf("%s has no button %q:\n%s", p.path, button, p.text())
	}
	return p.send(pressed, changes)
}

// enter presses Enter in a field: the first button of the form of the question.
func (p *shown) enter(changes url.Values) *shown {
	p.r.t.Helper()
	for n := range p.form().Descendants() {
		if n.Data == "button" {
			return p.send(n, changes)
		}
	}
	p.r.t.Fatal("no button")
	return nil
}

func (p *shown) send(button *html.Node, changes url.Values) *shown {
	p.r.t.Helper()
	form := button
	for form.Data != "form" {
		form = form.Parent
	}
	sent := filledIn(form)
	for name, values := range changes {
		if !offers(form, name, values) {
			p.r.t.Fatalf("%s does not offer %s=%v", p.path, name, values)
		}
		sent[name] = values
	}
	if name := attr(button, "name"); name != "" {
		sent.Add(name, attr(button, "value"))
	}
	to := attr(form, "action")
	if has(button, "formaction") {
		to = attr(button, "formaction")
	}
	return p.r.post(to, sent)
}

// filledIn is what a form sends as it stands.
func filledIn(form *html.Node) url.Values {
	sent := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		switch {
		case name == "":
		case n.Data == "input" && slices.Contains([]string{"radio", "checkbox"}, attr(n, "type")):
			if has(n, "checked") {
				sent.Add(name, attr(n, "value"))
			}
		case n.Data == "input":
			sent.Add(name, attr(n, "value"))
		case n.Data == "textarea":
			text := ""
			for part := range n.ChildNodes() {
				text += part.Data
			}
			sent.Add(name, text)
		case n.Data == "select":
			value := ""
			for o := range n.Descendants() {
				if o.Data == "option" && has(o, "selected") {
					value = optionValue(o)
				}
			}
			sent.Add(name, value)
		}
	}
	return sent
}

func optionValue(o *html.Node) string {
	if has(o, "value") {
		return attr(o, "value")
	}
	return words(o)
}

// offers reports whether a form lets somebody give a field these values.
func offers(form *html.Node, name string, values []string) bool {
	possible, free := []string{""}, false
	for n := range form.Descendants() {
		if attr(n, "name") != name {
			continue
		}
		switch {
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" {
					possible = append(possible, optionValue(o))
				}
			}
		case n.Data == "input" && slices.Contains([]string{"radio", "checkbox"}, attr(n, "type")):
			possible = append(possible, attr(n, "value"))
		case n.Data == "input", n.Data == "textarea":
			free = true
		}
	}
	return free || len(possible) > 1 && !slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(possible, v) })
}
