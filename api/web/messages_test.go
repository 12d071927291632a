package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// until lets the demo sweep on every day up to one.
func (h *hall) until(t *testing.T, last string) {
	t.Helper()
	now, err := h.office.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for day := now.Today(); day <= calendar.MustParse(last); day++ {
		if _, err := h.office.SetToday(t.Context(), day); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMessagesShowWhatWasMailed(t *testing.T) {
	h := openHall(t)
	h.until(t, "2026-12-01")
	r := h.enter(t, "RW1003") // her retest is due on 7 December
	p := r.get("/berichten").want(200, "Hertoets", "doe dit uiterlijk 7 december 2026", "Nieuw")
	link := p.first("a", func(n *html.Node) bool {
		return strings.Contains(attr(n, "href"), "/berichten/") && !strings.HasSuffix(attr(n, "href"), "/instellingen")
	})
	r.get(attr(link, "href")).want(200, "Hallo Marloes,", "Dit vraagt nu je aandacht", "/cursussen/")
	if read := r.get("/berichten").want(200); strings.Count(read.text(), "Nieuw") != strings.Count(p.text(), "Nieuw")-1 {
		t.Error("what was read is still new")
	}
	h.enter(t, "RW1013").get(attr(link, "href")).want(404)
	h.enter(t, "RW1013").get("/mail").want(403)
	h.enter(t, "RW1013").get("/escalaties").want(403)
	box := h.enter(t, "RW1057").get("/mail").want(200, "Marloes van Rijn", "Overzicht", "Wacht", "Er is geen mailserver ingesteld.")
	for _, secret := range []string{"Hertoets", "uiterlijk", "@"} {
		if strings.Contains(box.source, secret) {
			t.Errorf("the outbox tells %q", secret)
		}
	}
	h.enter(t, "RW1012").get("/berichten").want(200)

	r.get("/berichten/instellingen").want(200, "In welke taal wil je mail?")
	r.post("/berichten/instellingen", url.Values{"taal": {"en"}, "mail": {"uit"}}).want(200, "Bewaard. Zo krijg je voortaan bericht.")
	if off := r.get("/berichten/instellingen").first("input", func(n *html.Node) bool { return attr(n, "value") == "uit" }); !has(off, "checked") {
		t.Error("mail is still on")
	}
	r.post("/berichten/instellingen", url.Values{"taal": {"fr"}}).want(422)
}

func TestACalendarProgramReadsTheFeed(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1003")
	p := r.get("/berichten/instellingen").press("Maak een geheim adres", nil).want(200, "Dit adres zie je maar één keer.")
	field := p.first("input", func(n *html.Node) bool { return attr(n, "id") == "adres" })
	address, err := url.Parse(attr(field, "value"))
	if err != nil || !strings.HasPrefix(address.Path, "/agenda/") {
		t.Fatalf("the address is %q, %v", attr(field, "value"), err)
	}
	program := h.enter(t, "")
	got := program.ask("GET", address.Path, nil)
	if got.StatusCode != 200 || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/calendar") || got.Header.Get("ETag") == "" {
		t.Fatalf("it answers %d, %v", got.StatusCode, got.Header)
	}
	if again := program.ask("GET", address.Path, http.Header{"If-None-Match": {got.Header.Get("ETag")}}); again.StatusCode != http.StatusNotModified {
		t.Errorf("once more: %d", again.StatusCode)
	}
	for _, other := range []string{strings.TrimSuffix(address.Path, ".ics"), "/agenda/x.ics", "/agenda/.ics"} {
		program.get(other).want(404)
	}
	later := r.get("/berichten/instellingen").want(200, "We kunnen het niet nog eens tonen.")
	if strings.Contains(later.source, address.Path) {
		t.Error("the address is shown again")
	}
	later.press("Trek het adres in", nil).want(200, "Het adres van je agenda werkt niet meer.")
	program.get(address.Path).want(404)
}

func TestALeaderTakesUpWhatWaitsTooLong(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1057").get("/escalaties").want(200, "Er wacht niets te lang.")
	h.until(t, "2026-12-31")
	r := h.enter(t, "RW1057")
	p := r.get("/escalaties").want(200, "Ik pak dit op")
	form := url.Values{}
	var holder string
	item := p.first("form", func(n *html.Node) bool { return attr(n, "action") == "/escalaties" })
	for n := range item.Descendants() {
		if n.Type == html.ElementNode && n.Data == "input" {
			form.Set(attr(n, "name"), attr(n, "value"))
			if attr(n, "name") == "persoon" {
				holder = attr(n, "value")
			}
		}
	}
	form.Set("antwoord", strings.Repeat("x", 501))
	if p := r.post("/escalaties", form).want(422, "Schrijf het korter, in hoogstens 500 tekens."); !strings.Contains(p.source, strings.Repeat("x", 501)) {
		t.Error("what was typed is lost")
	}
	form.Set("antwoord", "We plannen een middag.")
	h.enter(t, staff.PersonID(holder)).post("/escalaties", form).want(403)
	r.post("/escalaties", form).want(200, "Jij pakt dit op.")
	r.post("/escalaties", form).want(409, "Iemand anders heeft dit al opgepakt.")
	r.post("/escalaties", url.Values{"uiterlijk": {"x"}}).want(422)
}
