package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/academy"
	"bekwaam/seed"
)

// send uploads a list as a browser does.
func (r *reader) send(path, field, name string, content []byte) *shown {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		r.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		r.t.Fatal(err)
	}
	resp, err := r.http.Post(r.hall.server.URL+path, form.FormDataContentType(), &body)
	return r.show(resp, err)
}

// chosen are the fields of the form on a page as they stand.
func (p *shown) chosen() url.Values {
	values := make(url.Values)
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "select" || attr(n, "id") == "demo-rol" {
			continue
		}
		value := ""
		for o := range n.Descendants() {
			for _, a := range o.Attr {
				if a.Key == "selected" {
					value = attr(o, "value")
				}
			}
		}
		values.Set(attr(n, "name"), value)
	}
	return values
}

func TestSomebodyWhoNeverSawItImportsTheOldList(t *testing.T) {
	list, err := seed.OldList()
	if err != nil {
		t.Fatal(err)
	}
	h := openHall(t)
	r := h.enter(t, "RW1057")
	r.get("/import").want(200, "Er is nog geen lijst gekozen.")
	p := r.send("/import", "lijst", "oud.csv", list).want(200, "Wij vonden 441 regels", "Schrijfwijzen om na te kijken: 27", "Zaaksyst.")
	p.checkFrame(dutch)
	mapping := p.path
	r.get(mapping+"/controle").want(200, "Kijk eerst of we de schrijfwijzen en de datums goed begrijpen.")
	p = r.post(mapping, p.chosen()).want(200, "Goed 430 waarvan al in Bekwaam: 430", "Dubbel 5", "Fout 6", "258", "Chantal Vreeswijk (RW1041)?", "Rond af")
	p.checkFrame(dutch)
	p = p.press("Rond af", nil).want(200, "Er kwam niets bij", "6 regels klopten niet", "5 regels stonden er dubbel in")
	p.checkFrame(dutch)

	resp, err := r.http.Get(h.server.URL + mapping + "/verbeteren.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	corrections, err := io.ReadAll(resp.Body)
	if err != nil || resp.Header.Get("Content-Type") != "text/csv" || strings.Count(string(corrections), "\n") != 7 {
		t.Fatalf("%v: %s", err, corrections)
	}
	fixed := strings.NewReplacer("31-02-13", "30-01-13", "29-05-2062", "29-05-2026", "22-17-2026", "22-07-2026").Replace(string(corrections))
	p = r.send("/import", "lijst", "verbeterd.csv", []byte(fixed)).want(200, "Fout 3", "Goed 3 waarvan al in Bekwaam: 2", "1 bewijs staat klaar")
	p = p.press("Lees in: 1 bewijs", nil).want(200, "1 bewijs ingelezen")
	again := p.path
	r.post(strings.TrimSuffix(again, "/resultaat")+"/controle", nil).want(200, "1 bewijs ingelezen")
	r.get("/import").want(200, "verbeterd.csv", "1 bewijs ingelezen")
}

func TestWhatIsNoListIsSaidOnThePage(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1057")
	r.send("/import", "lijst", "diploma.pdf", []byte("%PDF-1.7")).want(422, "Dit is geen lijst die we kunnen lezen.")
	r.send("/import", "lijst", "leeg.csv", nil).want(422, "Dit bestand is leeg.")
	r.send("/import", "lijst", "kop.csv", []byte("Naam;Cursus;Gehaald\n;;\n")).want(422, "alleen namen van kolommen")
	r.send("/import", "iets", "a.csv", []byte("a;b")).want(422, "Kies eerst een bestand.")
	r.send("/import", "lijst", "groot.csv", bytes.Repeat([]byte("a"), academy.MaxList+1)).want(422, "Dit bestand is te groot")
	r.get("/import/niets").want(404)
	h.enter(t, "RW1013").send("/import", "lijst", "a.csv", []byte("a;b\nc;d\n")).want(403)
	h.enter(t, "RW1001").get("/import").want(403)
}

func TestWhatIsNotChosenIsAskedAgain(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1057")
	p := r.send("/import", "lijst", "a.csv", []byte("Nr;Cursus;Extra;Datum\nRW1013;Punniken;Rood;3/4/2024\nRW1013;Breien;Blauw;5/6/2024\n")).want(200, "wij weten niet wat dit is", "Uit de lijst zelf is dit niet op te maken")
	sent := p.chosen()
	p = r.post(p.path, sent).want(422, "Kies hoe deze lijst een datum schrijft.", "Kies een regeling bij “Punniken”.", "Kies een regeling bij “Breien”.")
	sent.Set("volgorde", "month")
	sent.Set("schrijfwijze-0", "-")
	sent.Set("schrijfwijze-1", "BHV")
	p = r.post(p.path, sent).want(200, "Goed 1", "Geen bewijs 1", "4 maart 2024")
	p = r.get(strings.TrimSuffix(p.path, "/controle")).want(200, "Schrijfwijzen die we al kennen: 2")
	if got := p.chosen(); got.Get("volgorde") != "month" || got.Get("schrijfwijze-0") != "-" {
		t.Errorf("what was chosen is lost: %v", got)
	}
	other := p.chosen()
	other.Set("kolom-3", "")
	r.post(p.path, other).want(422, "Kies de kolom met de dag")
	other.Set("kolom-3", "achieved")
	other.Set("kolom-1", "")
	other.Set("kolom-2", "scheme")
	r.post(p.path, other).want(200, "Schrijfwijzen om na te kijken: 2", "Rood") // another column has its own spellings
}

func TestThePreviewWarnsAndSaysWhatItGuessed(t *testing.T) {
	r := openHall(t).enter(t, "RW1057")
	p := r.send("/import", "lijst", "a.csv", []byte("Pers.nr;Cursus;Gehaald;Geldig t/m;Opm.\nRW1012;INT-AVG;13-11-2024;31-12-2026;\nRW1013;BHV;13-11-2025;12-11-2026;bsn 111222333\n")).
		want(200, "1 regel om over na te denken", "12 november 2025. Hier staat: 31 december 2026.", "Dat bewaren we nooit")
	if strings.Contains(p.source, "111222333") {
		t.Error("the page repeats the number")
	}
	r.send("/import", "lijst", "b.csv", []byte("RW1013,INT-AVG,2024-03-03\nRW1003,1,2024-03-04\n")).want(200, "Begrijpen we je lijst?", "Niet boven elke kolom staat een eigen naam.", "wij weten niet wat dit is")
}

func TestTheExampleIsOfTheDemoOnly(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1057").get("/import/voorbeeld.csv").want(404) // this hall has none
	site, err := New(h.office, Config{Example: []byte("a;b")})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	site.Register(mux)
	h.server.Close()
	h.server = httptest.NewServer(mux)
	r := h.enter(t, "RW1057")
	if p := r.get("/import").want(200, "Download een voorbeeldlijst"); p.status != 200 {
		t.Error(p.source)
	}
	resp, err := r.http.Get(h.server.URL + "/import/voorbeeld.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, _ := io.ReadAll(resp.Body); string(got) != "a;b" {
		t.Errorf("the example is %q", got)
	}
}
