package web

import (
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// openReal serves a real installation with one administrator; without a municipality it has not begun.
func openReal(t *testing.T, municipality string) *hall {
	t.Helper()
	h := &hall{office: academy.New(academy.Config{DB: storetest.Open(t, storetest.SQLite(t)), URL: "https://leren.example"})}
	if municipality != "" {
		if err := h.office.Begin(t.Context(), store.Installation{Kind: store.Real, Municipality: municipality, NumberPrefix: "TE"}); err != nil {
			t.Fatal(err)
		}
		if err := h.office.CreateAdministrator(t.Context(), staff.Person{ID: "A1", First: "Ada", Last: "Beheer", Email: "ada@leren.example"}, "lang en geheim"); err != nil {
			t.Fatal(err)
		}
	}
	site, err := New(h.office, Config{})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	site.Register(mux)
	h.server = httptest.NewTLSServer(site.Protect(mux))
	t.Cleanup(h.server.Close)
	return h
}

// visitTLS opens a browser that trusts the test server.
func (h *hall) visitTLS(t *testing.T) *reader {
	r := h.enter(t, "")
	r.http.Transport = h.server.Client().Transport
	return r
}

// ask sends one request and follows no redirect.
func (r *reader) ask(method, path string, header http.Header) *http.Response {
	r.t.Helper()
	req, err := http.NewRequest(method, r.hall.server.URL+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	maps.Copy(req.Header, header)
	client := *r.http
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

// links are the addresses of ours that a page leads to, without the language switch.
func (p *shown) links() []string {
	var all []string
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" || attr(n, "hreflang") != "" {
			continue
		}
		if href := attr(n, "href"); strings.HasPrefix(href, "/") {
			all = append(all, href)
		}
	}
	return all
}

// ofOnePerson is what differs between addresses that lead to the same page of different people or certificates.
var ofOnePerson = regexp.MustCompile(`RW[0-9A-Z-]+|[A-Z0-9-]+:[0-9]+|[?].*`)

func TestEveryPageThatALinkLeadsToIsWhole(t *testing.T) {
	h := openHall(t)
	for _, lang := range languages {
		for _, person := range []staff.PersonID{"", "RW1013", "RW1057"} {
			r := h.enter(t, person)
			r.get("/?lang=" + string(lang))
			queue, seen, alike := []string{"/", "/mijn-scholing"}, map[string]bool{}, map[string]int{}
			for len(queue) > 0 {
				path := queue[0]
				queue = queue[1:]
				kind := ofOnePerson.ReplaceAllString(path, "*")
				if seen[path] || alike[kind] == 12 {
					continue
				}
				seen[path] = true
				alike[kind]++
				h.wait(lookUpEvery) // no certificate is looked up too often
				p := r.get(path)
				if p.status != http.StatusOK {
					t.Errorf("%s as %q in %s answers %d", path, person, lang, p.status)
				}
				if strings.HasSuffix(path, "/document") || strings.Contains(path, ".csv") || strings.Contains(path, ".xlsx") || strings.HasSuffix(path, ".ics") {
					continue
				}
				p.checkFrame(lang)
				queue = append(queue, p.links()...)
			}
			if person != "" && len(seen) < 20 {
				t.Errorf("only %d pages as %s", len(seen), person)
			}
		}
	}
}

// checkFrame checks what every page has: one heading, a title, its language, a name on every control, and nothing from
// another host.
func (p *shown) checkFrame(lang language) {
	p.r.t.Helper()
	fail := func(what string) {
		p.r.t.Helper()
		p.r.t.Errorf("%s in %s: %s", p.path, lang, what)
	}
	if got := attr(p.first("html", nil), "lang"); got != string(lang) {
		fail("its language is " + got)
	}
	if strings.TrimSpace(strings.TrimSuffix(p.title(), "– Bekwaam")) == "" {
		fail("it has no title")
	}
	headings := 0
	labelled := map[string]bool{}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "h1" {
			headings++
		}
		if n.Type == html.ElementNode && n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	if headings != 1 {
		fail("it has not one heading")
	}
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"src", "srcset", "data", "poster", "background"} {
			if address := attr(n, key); address != "" && !strings.HasPrefix(address, "/static/") {
				fail(n.Data + " loads " + address)
			}
		}
		if n.Data == "link" && !strings.HasPrefix(attr(n, "href"), "/static/") {
			fail("a link element leads to " + attr(n, "href"))
		}
		field := n.Data == "input" && !slices.Contains([]string{"hidden", "radio", "checkbox"}, attr(n, "type")) || n.Data == "select" || n.Data == "textarea"
		if field && !labelled[attr(n, "id")] {
			fail("nobody can name the field " + attr(n, "name"))
		}
		if (n.Data == "button" || n.Data == "a") && words(n) == "" && attr(n, "aria-label") == "" {
			fail("nobody can name a " + n.Data)
		}
		if n.Data == "form" && attr(n, "method") == "post" && strings.HasPrefix(attr(n, "action"), "http") {
			fail("a form is sent elsewhere")
		}
	}
}

func TestHeaders(t *testing.T) {
	demo, real := openHall(t), openReal(t, "Gemeente Test")
	for _, path := range []string{"/", "/hulp", "/bestaat-niet", "/mijn-scholing", "/controle"} {
		for _, r := range []*reader{demo.enter(t, "RW1013"), real.visitTLS(t)} {
			header := r.ask("GET", path, nil).Header
			csp := header.Get("Content-Security-Policy")
			for _, rule := range []string{"default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
				if !strings.Contains(csp, rule) {
					t.Errorf("%s: the policy lacks %s", path, rule)
				}
			}
			if strings.Contains(csp, "unsafe") {
				t.Errorf("%s: %s", path, csp)
			}
			if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") == "" {
				t.Errorf("%s: %v", path, header)
			}
			if header.Get("Location") == "" && header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s may be kept", path)
			}
			if got := header.Get("Strict-Transport-Security") != ""; got != (r.hall == real) {
				t.Errorf("%s: HSTS is %v", path, got)
			}
		}
	}
}

func TestWhoIsNotLoggedInComesBackAfterwards(t *testing.T) {
	demo, real := openHall(t), openReal(t, "Gemeente Test")
	for _, route := range (&Site{}).routes() {
		method, path, _ := strings.Cut(route.pattern, " ")
		if route.act == anybody || method != "GET" {
			continue
		}
		path = regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(path, "x")
		for r, login := range map[*reader]string{demo.enter(t, ""): "/", real.visitTLS(t): "/inloggen"} {
			resp := r.ask("GET", path, nil)
			to, err := resp.Location()
			if err != nil || resp.StatusCode != http.StatusSeeOther || to.Path != login || to.Query().Get("terug") != path {
				t.Errorf("%s: %d, %v %v", path, resp.StatusCode, to, err)
			}
		}
	}
	p := demo.enter(t, "").get("/certificaten").want(200, "Als wie wil je rondkijken?").press("RW1013", nil)
	if p.path != "/certificaten" {
		t.Errorf("came back to %s", p.path)
	}
}

func TestBackLeadsToPagesOfOursOnly(t *testing.T) {
	for _, path := range []string{"", "https://elders.example/", "//elders.example", `/\elders.example`, "elders", "/\r\nX: y", "javascript:alert(1)", "/%zz"} {
		if got := back(path, "/hier"); got != "/hier" {
			t.Errorf("%q leads to %q", path, got)
		}
	}
	if got := back("/cursussen/BRP-ADRES", "/hier"); got != "/cursussen/BRP-ADRES" {
		t.Error(got)
	}
}

func TestLanguage(t *testing.T) {
	r := openHall(t).enter(t, "RW1013")
	p := r.get("/cursussen/ID-LOOKALIKE?x=1")
	to := p.first("a", func(n *html.Node) bool { return attr(n, "hreflang") == "en" })
	if got := attr(to, "href"); got != "/cursussen/ID-LOOKALIKE?lang=en&x=1" {
		t.Errorf("the switch leads to %s", got)
	}
	r.get(attr(to, "href")).want(200, "This course is only available in Dutch.")
	p = r.get("/cursussen/ID-LOOKALIKE/lessen/1").want(200, "This course is only available in Dutch.", "Lesson done, go on")
	if got := attr(p.first("article", nil), "lang"); got != "nl" {
		t.Errorf("the text of the lesson is said to be %q", got)
	}
	r.get("/mijn-scholing?lang=nl").want(200, "Dit moet je nog doen")
	r.get("/mijn-scholing").want(200, "Dit moet je nog doen")
	r.get("/mijn-scholing?lang=xx").want(200, "Dit moet je nog doen")
}

func TestErrorPages(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	r.get("/bestaat-niet").want(404, "Hier is niets", "Nummer van deze melding:")
	r.get("/cursussen/GEEN").want(404)
	r.get("/cursussen/ID-LOOKALIKE/lessen/99").want(404)
	r.get("/vervolg").want(403, "Dit is niet voor jou", "Naar je eigen begin")
	if p := r.post("/demo/datum", url.Values{"dag": {"2026-11-24\x00"}}).want(422); strings.Contains(p.source, "2026-11-24") {
		t.Error("the page repeats what it could not read")
	}
	r.post("/demo/datum", url.Values{"dag": {strings.Repeat("x", 3<<20)}}).want(413, "Wat je verstuurde is te groot voor dit formulier.", "Er is niets veranderd.")
	refused := r.ask("POST", "/demo/datum", http.Header{"Sec-Fetch-Site": {"cross-site"}})
	if refused.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site is answered with %d", refused.StatusCode)
	}
}

func TestEveryKindOfFaultHasAPage(t *testing.T) {
	h := openHall(t)
	for kind, status := range map[fault.Kind]int{
		fault.Internal: 500, fault.NotFound: 404, fault.Invalid: 422, fault.Conflict: 409, fault.Forbidden: 403, fault.TooMany: 429, fault.Unavailable: 503,
	} {
		site, err := New(h.office, Config{})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		site.serve(route{act: anybody, handle: func(*visit) error { return fault.New(kind, "Een zin.", "A sentence.") }})(w, httptest.NewRequest("GET", "/", nil))
		said := strings.Contains(w.Body.String(), "Een zin.")
		if w.Code != status || said != (kind != fault.Internal) {
			t.Errorf("kind %d: %d, and its sentence is shown: %v", kind, w.Code, said)
		}
		w = httptest.NewRecorder()
		site.serve(route{act: anybody, handle: func(*visit) error { panic("kapot") }})(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != 500 || strings.Contains(w.Body.String(), "kapot") {
			t.Errorf("a crash: %d", w.Code)
		}
	}
}

func TestAnInstallationThatHasNotBegunSaysHow(t *testing.T) {
	r := openReal(t, "").visitTLS(t)
	for _, path := range []string{"/", "/mijn-scholing", "/controle", "/inloggen"} {
		r.get(path).want(503, "bekwaam admin create")
	}
}

func TestADemoActIsRefusedElsewhere(t *testing.T) {
	h := openReal(t, "Gemeente Test")
	r := h.visitTLS(t)
	r.post("/demo/wissel", url.Values{"persoon": {"A1"}}).want(403)
	r.post("/demo/datum", url.Values{"dag": {"2027-01-01"}}).want(403)
	r.post("/demo/opnieuw", nil).want(404)
	r.get("/demo/ronde").want(403)
	if p := r.get("/hulp"); strings.Contains(p.source, `class="demo"`) {
		t.Error("a real installation shows the bar of the demo")
	}
}

func TestNewFailsOnAPageThatIsNotThere(t *testing.T) {
	static, err := readStatic()
	if err != nil {
		t.Fatal(err)
	}
	defer func(all []string) { declared = all }(slices.Clone(declared))
	declare[infoPage]("bestaat-niet.html")
	if _, err := readPages(static); err == nil {
		t.Error("a view without a file is accepted")
	}
	declared = declared[:len(declared)-2]
	if _, err := readPages(static); err == nil {
		t.Error("a file without a view is accepted")
	}
}

func TestAnErrorPageNeedsNoDatabase(t *testing.T) {
	db := storetest.Open(t, storetest.SQLite(t))
	site, err := New(academy.New(academy.Config{DB: db, URL: "http://demo.example"}), Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	w := httptest.NewRecorder()
	site.serve(route{"/", anybody, func(*visit) error { return nil }})(w, httptest.NewRequest("GET", "/", nil))
	if w.Code < 500 || !strings.Contains(w.Body.String(), "Nummer van deze melding:") || strings.Contains(w.Body.String(), "sql") {
		t.Errorf("%d:\n%s", w.Code, w.Body)
	}
}
