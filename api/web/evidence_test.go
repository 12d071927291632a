package web

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/staff"
)

// scan is a document as a scanner makes it; another width is another document.
func scan(t *testing.T, width int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, 4))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// upload sends a form with a file as a browser does; without content no file is chosen.
func (r *reader) upload(path string, fields url.Values, content []byte) *shown {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			if err := form.WriteField(name, value); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	name := "diploma.png"
	if content == nil {
		name = ""
	}
	part, err := form.CreateFormFile("document", name)
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

func suwi() url.Values {
	return url.Values{"scheme": {"SUWI/0/0"}, "completedOn": {"2026-11-20"}, "issuer": {"BKWI <b>"}}
}

func TestEvidenceIsSentAndJudged(t *testing.T) {
	h := openHall(t)
	mine, hr := h.enter(t, "RW1013"), h.enter(t, "RW1057")
	mine.get("/bewijs").want(200, "Je hebt nog niets gestuurd.")
	form := mine.get("/bewijs/nieuw?regeling=SUWI").want(200, "je burgerservicenummer (BSN)", "je geboortedatum", "gegevens over gezondheid")
	if filledIn(form.form()).Get("scheme") != "SUWI/0/0" {
		t.Error("the form does not begin with the scheme of the task")
	}
	mine.upload("/bewijs/nieuw", suwi(), scan(t, 4)).want(200, "Je bewijs is gestuurd. P&O bekijkt het.", "Wacht op een oordeel", "BKWI <b>")
	queue := hr.get("/bewijs/beoordelen").want(200, "Tineke Bakker")
	address := ""
	for _, link := range queue.links() {
		if strings.HasPrefix(link, "/bewijs/beoordelen/") {
			address = link
		}
	}
	page := hr.get(address).want(200, "Als je dit goedkeurt", "Er begint een nieuwe geldigheidsperiode: van 20 november 2026", "Keur goed", "Vraag om aanvulling", "Wijs af", "20 november 2026")
	picture := page.first("img", nil)
	if picture == nil || attr(picture, "alt") == "" {
		t.Fatal("the document is not shown beside the form")
	}
	resp, err := hr.http.Get(h.server.URL + attr(picture, "src"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if csp := resp.Header.Get("Content-Security-Policy"); resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "image/png" || resp.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("the document: %v", resp.Header)
	}
	for _, other := range []staff.PersonID{"RW1001", "RW1003"} { // her leader, a colleague
		o := h.enter(t, other)
		o.get(attr(picture, "src")).want(404)
		o.get(address).want(403)
	}
	wrong := page.press("ask-back", nil).want(422, "schrijf een zin die de collega leest")
	wrong.press("ask-back", url.Values{"sentence": {"De datum is niet te lezen."}}).want(200, "Je collega krijgt bericht en stuurt het opnieuw.")
	asked := mine.get("/bewijs").want(200, "Er ontbreekt iets", "De datum is niet te lezen.")
	again := attr(asked.first("a", func(n *html.Node) bool { return words(n) == "Stuur opnieuw" }), "href")
	filled := mine.get(again).want(200, "P&O vraagt om een aanvulling:", "Kies niets als het bestand hetzelfde blijft.")
	fields := filledIn(filled.form())
	if fields.Get("issuer") != "BKWI <b>" || fields.Get("completedOn") != "2026-11-20" || fields.Get("scheme") != "SUWI/0/0" || fields.Get("antwoord") == "" {
		t.Errorf("the form comes back with %v", fields)
	}
	fields.Set("completedOn", "2026-11-19")
	mine.upload("/bewijs/nieuw", fields, nil).want(200, "Opnieuw gestuurd", "Wacht op een oordeel")
	for _, link := range hr.get("/bewijs/beoordelen").links() {
		if strings.HasPrefix(link, "/bewijs/beoordelen/") {
			address = link
		}
	}
	hr.get(address).press("accept", nil).want(200, "Goedgekeurd", "Het telt: er is een nieuwe geldigheidsperiode begonnen.")
	hr.get("/bewijs/beoordelen").want(200, "Er wacht geen bewijs op jou.")
	mine.get("/bewijs").want(200, "Goedgekeurd", "Het telt")
	mine.get("/bewijs?lang=en").want(200, "It counts")
}

func TestAFormWithABadFileComesBackFilled(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	p := r.upload("/bewijs/nieuw", suwi(), []byte("<script>alert(1)</script>")).want(422, "Dit is geen PDF, JPEG of PNG", "Kies het bestand opnieuw")
	fields := filledIn(p.form())
	if fields.Get("issuer") != "BKWI <b>" || fields.Get("scheme") != "SUWI/0/0" || fields.Get("completedOn") != "2026-11-20" || !strings.HasPrefix(p.title(), "Fout: ") {
		t.Errorf("%s: %v", p.title(), fields)
	}
	r.upload("/bewijs/nieuw", url.Values{"scheme": {"x"}, "completedOn": {"gisteren"}}, nil).want(422, "kies waarvoor dit bewijs is", "vul de dag in die op het document staat", "Kies een bestand.", "schrijf hier iets")
	r.upload("/bewijs/nieuw", suwi(), append([]byte("%PDF-1.4"), make([]byte, 12<<20)...)).want(422, "groter dan 10 MB")
	r.upload("/bewijs/nieuw", suwi(), make([]byte, 41<<20)).want(http.StatusRequestEntityTooLarge)
	r.upload("/bewijs/nieuw", url.Values{"issuer": {strings.Repeat("x", 300<<10)}}, nil).want(http.StatusRequestEntityTooLarge)
	r.upload("/bewijs/nieuw", url.Values{"issuer": {"\xff"}}, nil).want(422)
	r.post("/bewijs/nieuw", suwi()).want(422)
	nobody := h.enter(t, "")
	if p := nobody.upload("/bewijs/nieuw", suwi(), scan(t, 5)); p.path == "/bewijs" {
		t.Error("a visitor sends evidence")
	}
	r.get("/bewijs").want(200, "Je hebt nog niets gestuurd.")
}

func TestEvidenceIsTakenBack(t *testing.T) {
	r := openHall(t).enter(t, "RW1013")
	r.upload("/bewijs/nieuw", suwi(), scan(t, 4)).press("Trek terug", nil).want(200, "Teruggetrokken. Het document is verwijderd.")
}

func TestHRNotesWhatTheySaw(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1057")
	form := r.get("/bewijs/gezien").want(200, "Geef het document terug: we bewaren het niet.")
	form.press("Kijk na", url.Values{"person": {"RW1013"}}).want(422, "kies een besluit of verklaring")
	form.press("Kijk na", url.Values{"person": {"RW9999"}, "scheme": {"AANW-TOEZ/0/0"}}).want(422, "Er is geen collega met dit personeelsnummer")
	check := form.press("Kijk na", url.Values{"person": {" rw1013 "}, "scheme": {"AANW-TOEZ/0/0"}}).want(200, "Klopt dit?", "Tineke Bakker", "RW1013", "Er is nog niets opgeschreven.", "zonder einddatum")
	if fields := filledIn(check.press("Verander nog iets", nil).want(200).form()); fields.Get("person") != "RW1013" || fields.Get("scheme") != "AANW-TOEZ/0/0" {
		t.Errorf("the form comes back with %v", fields)
	}
	if text := r.get("/bewijs/gezien").text(); strings.Contains(text, "Tineke Bakker") {
		t.Error("it was noted before she confirmed it")
	}
	noted := check.press("Ja, schrijf op", nil).want(200, "Opgeschreven. Geef het document terug.", "Wat je de laatste maand opschreef", "Tineke Bakker")
	form.press("Kijk na", url.Values{"person": {"RW1013"}, "scheme": {"AANW-TOEZ/0/0"}}).want(422, "Dit is al opgeschreven.")
	check.press("Ja, schrijf op", nil).want(422, "Dit is al opgeschreven.")
	noted.press("terug", nil).want(200, "Teruggezet. Je collega krijgt bericht.")
	form.press("Kijk na", url.Values{"person": {"RW1013"}, "scheme": {"AANW-TOEZ/0/0"}}).want(200, "Klopt dit?")
	form.press("Kijk na", url.Values{"person": {"RW1057"}, "scheme": {"VOG/0/0"}}).want(422, "Dit ben je zelf.")
	h.enter(t, "RW1013").get("/bewijs/gezien").want(403)
}

func TestASecondDocumentOfTheSameKeepsTheForm(t *testing.T) {
	h := openHall(t)
	r, hr := h.enter(t, "RW1013"), h.enter(t, "RW1057")
	r.upload("/bewijs/nieuw", suwi(), scan(t, 4)).want(200)
	p := r.upload("/bewijs/nieuw", suwi(), scan(t, 5)).want(422, "Van deze dag is al bewijs gestuurd.", "Wacht op een oordeel", "Zet dan alle bladzijden in één PDF", "Bekijk wat er is gestuurd")
	if fields := filledIn(p.form()); fields.Get("issuer") != "BKWI <b>" || fields.Get("completedOn") != "2026-11-20" {
		t.Errorf("the form comes back with %v", fields)
	}
	hr.get("/mensen/RW1013").want(200, "Bewijs dat nog loopt", "Wacht op een oordeel", "Beoordeel")
	if text := h.enter(t, "RW1001").get("/mensen/RW1013").want(200).text(); strings.Contains(text, "Bewijs dat nog loopt") {
		t.Error("her leader sees what she sent")
	}
	r.get("/bewijs").press("Trek terug", nil).want(200)
	r.upload("/bewijs/nieuw", suwi(), scan(t, 5)).want(200, "Je bewijs is gestuurd.")
}

func TestASkillIsSeenAndSignedOnPages(t *testing.T) {
	h := openHall(t)
	assessor := h.enter(t, "RW1002")
	list := assessor.get("/praktijk").want(200, "Wie wacht op een beoordeling")
	var address string
	for _, link := range list.links() {
		if strings.HasPrefix(link, "/praktijk/nieuw?") {
			address = link
		}
	}
	if address == "" {
		t.Fatal("nobody in the demo waits to be seen")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	candidate := h.enter(t, staff.PersonID(u.Query().Get("persoon")))
	form := assessor.get(address).want(200, "Gezien", "Nog niet gezien")
	form.press("Onderteken en stuur naar je collega", nil).want(422, "Kies of je dit zag: punt 1.")
	form.press("Onderteken en stuur naar je collega", url.Values{"items-0": {"nee"}}).want(422, "schrijf wat er nog ontbreekt")
	form.press("Onderteken en stuur naar je collega", url.Values{"items-0": {"ja"}}).want(200, "Je collega krijgt bericht en tekent ook.", "Wacht op de handtekening van je collega")
	assessor.get(address).want(404)
	var seen string
	for _, link := range candidate.get("/bewijs").want(200, "Gezien op het werk", "Wacht op jouw handtekening").links() {
		if strings.HasPrefix(link, "/praktijk/") {
			seen = link
		}
	}
	candidate.get("/mijn-scholing?toon=alle").want(200, "Jouw handtekening ontbreekt nog.", "Bekijk en onderteken")
	assessor.get(seen).want(200, "Wacht op de handtekening van je collega")
	assessor.post(seen, url.Values{"antwoord": {"herken"}}).want(404)
	page := candidate.get(seen).want(200, "Herken je dit?", "Rachid el Amrani")
	page.press("Nee, ik herken dit niet", nil).want(422, "schrijf wat er volgens jou niet klopt")
	page.press("Ja, ik onderteken", nil).want(200, "Ondertekend door jullie allebei.")
	page.press("Nee, ik herken dit niet", url.Values{"sentence": {"x"}}).want(409)
	candidate.get("/praktijk").want(403)
	h.enter(t, "RW1003").get("/praktijk/nieuw").want(403)
}

func TestATaskSaysThatItsEvidenceWaits(t *testing.T) {
	h := openHall(t)
	people, err := h.office.DemoPeople(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range people {
		r := h.enter(t, person.ID)
		home := r.get("/mijn-scholing?toon=alle")
		for _, link := range home.links() {
			if !strings.HasPrefix(link, "/bewijs/nieuw?regeling=") {
				continue
			}
			fields := filledIn(r.get(link).want(200).form())
			fields.Set("completedOn", "2026-11-20")
			fields.Set("issuer", "Opleider")
			r.upload("/bewijs/nieuw", fields, scan(t, 4)).want(200, "Je bewijs is gestuurd.")
			r.get("/mijn-scholing?toon=alle").want(200, "Je stuurde bewijs. P&O kijkt ernaar.", "Bekijk je bewijs")
			return
		}
	}
	t.Fatal("nobody in the demo has to send evidence")
}
