package web

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

func TestPeopleAreFoundAndOrdered(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/mensen").want(403)
	hr := h.enter(t, "RW1057")
	p := hr.get("/mensen").want(200, "60 van de 60 medewerkers", "bladzijde 1 van 2", "Volgende")
	p = hr.get(attr(p.first("a", func(n *html.Node) bool { return attr(n, "rel") == "next" }), "href")).want(200, "bladzijde 2 van 2", "Vorige")
	rows := 0
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "th" && attr(n, "scope") == "row" {
			rows++
		}
	}
	if rows != 10 {
		t.Errorf("the second page has %d rows", rows)
	}
	hr.get("/mensen?team=T1&stand=late").want(200, "van de 60 medewerkers", "Tineke Bakker", "Te laat")
	hr.get("/mensen?regeling=INT-ID&stand=expired&team=T1").want(200, "Verlopen", "5 oktober 2026", "Identiteit")
	p = hr.get("/mensen?stand=expired").want(422, "Kies ook een regeling.", "Kies hierboven een regeling.")
	if !strings.HasPrefix(p.title(), "Fout: ") {
		t.Error(p.title())
	}
	hr.get("/mensen?q=bakker+TINEKE").want(200, "1 van de 60 medewerkers", "Tineke Bakker")
	hr.get("/mensen?q=rw1013").want(200, "1 van de 60 medewerkers", "Tineke Bakker")
	if p := hr.get("/mensen?q=tineke&team=T1"); !strings.Contains(p.source, "q=tineke") {
		t.Error("another order forgets the name")
	}
	hr.get("/mensen?q=niemand+zo").want(200, "0 van de 60 medewerkers", "Zoek op een deel van de naam")
	hr.get("/mensen?team=NERGENS").want(200, "0 van de 60 medewerkers", "Er is niemand die hieraan voldoet.")
	hr.get("/mensen?pagina=99&volgorde=%00").want(200, "bladzijde 2 van 2")
	if p := hr.get("/mensen?volgorde=due"); !strings.Contains(words(p.first("strong", nil)), "Eerst te doen") {
		t.Error("the order is not shown")
	}
	leader := h.enter(t, "RW1001")
	if p := leader.get("/mensen").want(200, "Tineke Bakker"); strings.Contains(p.text(), "Kevin Doekhi") {
		t.Error("a leader sees people of another team")
	}
	leader.get("/mensen?q=Doekhi").want(200, "0 van de")
	leader.get("/mensen/RW1057").want(404)

	sheet := hr.get("/mensen/lijst.csv?regeling=INT-ID&stand=expired&team=T1").source
	list := hr.get("/mensen?regeling=INT-ID&stand=expired&team=T1").text()
	lines := strings.Split(strings.TrimSpace(sheet), "\r\n")
	if !strings.HasPrefix(sheet, "\ufeffPersoneelsnummer;Naam;") || !strings.Contains(list, strconv.Itoa(len(lines)-1)+" van de 60") || !strings.Contains(sheet, "RW1013;Tineke Bakker;") {
		t.Errorf("the file is not the list:\n%s", sheet)
	}
}

func TestAPersonIsShownWithoutScores(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	_, id, right := start(t, h, r)
	for i, answer := range right {
		r.get(questionPath(id, i+1)).enter(answer)
	}
	r.post(attemptPath(id, "inleveren"), nil).want(200)
	p := h.enter(t, "RW1001").get("/mensen/RW1013").want(200, "Tineke Bakker", "Wat nu gevraagd wordt", "Certificaten en bewijs", "bewijs van buiten", "Je collega kan zien dat je vandaag op deze pagina was.", "Neem een besluit")
	for _, never := range []string{string(id), "100%", "punten gehaald", "poging 1", "Trek in"} {
		if strings.Contains(p.source, never) {
			t.Errorf("a leader sees %q", never)
		}
	}
	r.get("/mijn-scholing").want(200, "Besluiten over jou")
	r.get("/besluiten").want(200, "Er is niets over je besloten.", "Wie keek er mee", "Ilse Hoekstra", "23 november 2026")
	own := h.enter(t, "RW1001").get("/mensen/RW1001").want(200)
	if strings.Contains(own.text(), "Neem een besluit") {
		t.Error("a leader may decide about themselves")
	}
	h.enter(t, "RW1001").get("/mensen/RW1001/besluit").want(403, "niemand beslist over zichzelf")
	h.enter(t, "RW1057").get("/mensen/RW1013").want(200, "Trek in")
	h.enter(t, "RW1057").get("/mensen/NIEMAND").want(404)
}

func TestALateCompletionTellsThatTheRetestSuffices(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	if p := hr.get("/mensen/RW1013").want(200, "Iets besluiten"); strings.Count(p.source, ">Besluiten</h2>") != 1 {
		t.Error("two headings say the same")
	}
	form := hr.get("/mensen/RW1013/besluit?soort=late").want(200)
	p := form.press("Kijk wat dit doet", url.Values{"scheme": {"INT-ID"}, "until": {"2027-01-31"}, "reason": {"Een fout van ons."}}).
		want(200, "in plaats van de volledige toets volstaat de hertoets tot en met 31 januari 2027. Wat je collega doet, blijft hetzelfde.")
	if strings.Contains(p.text(), "blijven zoals ze zijn") {
		t.Error("it says that nothing changes")
	}
}

func TestAnExtensionFromTheFirstQuestionToUndoing(t *testing.T) {
	h := openHall(t)
	leader, hers := h.enter(t, "RW1001"), h.enter(t, "RW1013")
	leader.get("/mensen/RW1013/besluit").want(200, "Wat wil je besluiten?", "Uitstel", "Vrijstelling", "Afwezigheid")
	if p := leader.get("/mensen/RW1013/besluit"); strings.Contains(p.text(), "Intrekking") {
		t.Error("a leader may revoke")
	}
	leader.get("/mensen/RW1013/besluit?soort=x").want(404)
	scheme := h.openInTime(t, "RW1013")

	form := leader.get("/mensen/RW1013/besluit?soort=extension").want(200, "Nieuwe laatste dag", "Schrijf niets over gezondheid.")
	p := form.press("Kijk wat dit doet", url.Values{"scheme": {scheme}, "until": {"2026-11-01"}, "reason": {"<b>druk</b>"}}).want(422, "Nieuwe laatste dag: kies een dag na")
	if words(p.first("textarea", nil)) != "<b>druk</b>" || p.first("b", func(n *html.Node) bool { return words(n) == "druk" }) != nil {
		t.Error("what was typed is lost, or became HTML")
	}
	form.press("Kijk wat dit doet", url.Values{"scheme": {""}, "until": {"morgen"}, "reason": {""}}).
		want(422, "Waar gaat het over: kies een regeling uit de lijst", "Nieuwe laatste dag: kies een dag die bestaat", "Waarom: schrijf waarom")
	check := form.press("Kijk wat dit doet", url.Values{"scheme": {scheme}, "until": {"2027-06-30"}, "reason": {"De training ging niet door."}}).
		want(200, "Klopt dit?", "als laatste dag 30 juni 2027", "Je collega leest:", "De training ging niet door.", "Je kunt dit terugzetten tot en met")
	if p := hers.get("/besluiten"); strings.Contains(p.text(), "Uitstel") {
		t.Error("looking at what it does takes the decision")
	}
	check.press("Verander nog iets", nil).want(200, "Nieuwe laatste dag")
	done := check.press("Neem dit besluit", nil).want(200, "Hieronder kun je het terugzetten", "Uitstel voor", "besloten door Ilse Hoekstra")
	hers.get("/besluiten").want(200, "Uitstel voor", "30 juni 2027", "De training ging niet door.", "Ilse Hoekstra")
	hers.get("/mijn-scholing").want(200, "Je hebt uitstel tot en met 30 juni 2027.")
	hers.post("/mensen/RW1013/besluiten", url.Values{"besluit": {"x"}, "doe": {"terug"}}).want(403)
	done.press("terug", nil).want(200, "Het besluit is teruggezet.", "teruggezet door Ilse Hoekstra")
	hers.get("/besluiten").want(200, "Teruggezet")
}

// openInTime finds a scheme of which somebody has an open task that is not late.
func (h *hall) openInTime(t *testing.T, person staff.PersonID) string {
	t.Helper()
	tasks, err := h.office.Tasks(t.Context(), h.as(t, person), person, academy.DutyOpen)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		if !task.Overdue() {
			return string(task.Scheme)
		}
	}
	t.Fatalf("%s has nothing to do in time", person)
	return ""
}

func TestWhoIsAwaySeesThatTheirTasksWait(t *testing.T) {
	h := openHall(t)
	leader, hers := h.enter(t, "RW1001"), h.enter(t, "RW1013")
	p := leader.get("/mensen/RW1013/besluit?soort=absence").want(200, "Laat leeg als je het nog niet weet.", "bewaren we nooit")
	if p.first("textarea", nil) != nil {
		t.Error("the form asks why")
	}
	p.press("Kijk wat dit doet", url.Values{"from": {"2026-11-02"}, "until": {""}}).want(200, "wachten alle taken", "wacht.", "begint op", "Je ziet hier het eerste jaar.", "Dit werkt meteen.", "Je kunt wel een andere laatste dag kiezen.").
		press("Neem dit besluit", nil).want(200, "Het besluit is genomen en werkt nu.", "Hieronder kun je een andere laatste dag kiezen.", "Afwezig vanaf 2 november 2026", "Afwezig", "Andere laatste dag")
	hers.get("/mijn-scholing").want(200, "Je taken wachten tot je terug bent.", "Wacht tot je terug bent")
	leader.get("/mensen?stand=away").want(200, "1 van de", "Tineke Bakker")
	page := leader.get("/mensen/RW1013")
	field := attr(page.first("input", func(n *html.Node) bool { return strings.HasPrefix(attr(n, "id"), "einde-") }), "id")
	page.press("einde", url.Values{field: {"2026-10-01"}}).want(422, "Andere laatste dag: kies een dag op of na 2 november 2026")
	page.press("einde", url.Values{field: {""}}).want(422, "kies een dag die bestaat")
	check := page.press("einde", url.Values{field: {"2026-11-22"}}).want(200, "Klopt dit?", "Afwezig van 2 november 2026 tot en met 22 november 2026", "Je kunt daarna weer een andere laatste dag kiezen.", "als laatste dag")
	hers.get("/mijn-scholing").want(200, "Wacht tot je terug bent")
	check.press("Verander de laatste dag", nil).want(200, "De laatste dag is veranderd.", "Afwezig van 2 november 2026 tot en met 22 november 2026", "Andere laatste dag")
	hers.get("/mijn-scholing").want(200, "Dit moet je nog doen")
	h.enter(t, "RW1014").post("/mensen/RW1013/besluiten", url.Values{"besluit": {strings.TrimPrefix(field, "einde-")}, field: {"2026-11-30"}, "doe": {"bewaar"}}).want(404)
	leader.get("/mensen/RW1013").press("einde", url.Values{field: {"2027-12-31"}}).want(200, "het certificaat is dan al verlopen, vanaf", "is die er niet bevoegd voor")
}

func TestARevokedCertificateInEveryPlace(t *testing.T) {
	h := openHall(t)
	hr, hers, nobody := h.enter(t, "RW1057"), h.enter(t, "RW1013"), h.enter(t, "")
	c := h.certificateOf(t, "RW1013", certificates.Valid)
	form := hr.get("/mensen/RW1013/besluit?soort=revocation&cycle="+string(c.Period.Scheme)+":"+strconv.Itoa(c.Period.Cycle)).want(200, "Wat trek je in?")
	period := string(c.Period.Scheme) + ":" + strconv.Itoa(c.Period.Cycle)
	if form.first("option", func(n *html.Node) bool { return has(n, "selected") && attr(n, "value") == period }) == nil {
		t.Error("the period of the address is not chosen")
	}
	send := url.Values{"cycle": {period}, "from": {"2026-12-01"}, "reason": {"Het examen was van iemand anders."}}
	check := form.press("Kijk wat dit doet", send).want(200, "ziet dat het is ingetrokken", "De reden staat daar niet bij.")
	check.press("Neem dit besluit", nil).want(200, "is ingetrokken per 1 december 2026")
	outside := form.press("Kijk wat dit doet", url.Values{"cycle": {"NVVB-B1A:1"}, "from": {"2026-12-01"}, "reason": {"Het diploma was niet echt."}}).want(200, "Het bewijs telt hier niet meer.", "geen certificaat van ons")
	if strings.Contains(outside.text(), "Iedereen die het certificaat controleert") {
		t.Error("evidence from elsewhere is spoken of as a certificate of ours")
	}
	h.enter(t, "RW1001").get("/mensen/RW1013/besluit?soort=revocation").want(403)
	own, public := "/certificaten/"+string(c.Number), "/controle/"+string(c.Number)
	nobody.get(public).want(200, "Dit certificaat is geldig")
	hers.get(own).want(200, "Ingetrokken per 1 december 2026", "Het examen was van iemand anders.", "Geldig")
	h.wait(8 * 24 * time.Hour)
	p := nobody.get(public).want(200, "Dit certificaat is ingetrokken", "Het geldt niet meer vanaf 1 december 2026.")
	if strings.Contains(p.text(), "examen") {
		t.Error("anybody reads why")
	}
	hers = h.enter(t, "RW1013")
	hers.get(own).want(200, "Ingetrokken", "Waarom: Het examen was van iemand anders.", "Besloten door Kevin Doekhi")
	h.enter(t, "RW1057").get("/mensen/RW1013").want(200, "Ingetrokken", "ingetrokken per 1 december 2026")
	old := h.certificateOf(t, "RW1013", certificates.Replaced)
	nobody.get("/controle/"+string(old.Number)).want(200, "Dit certificaat is vervangen")
}

func TestACertificateThatIsToComeAndIsRevoked(t *testing.T) {
	h := openHall(t)
	pen := staff.Actor{Person: "RW1057", Functions: []staff.Function{staff.TrainingOfficer}}
	r := h.enter(t, "RW1003") // her retest is due, so the next period is to come
	course, _ := identityCourse(t)
	id := attemptOf(t, r.post(identity+"/toets", nil).want(200))
	for i, answer := range rightAnswers(t, h, "RW1003", id, course) {
		r.get(questionPath(id, i+1)).enter(answer)
	}
	r.post(attemptPath(id, "inleveren"), nil).want(200)
	c := h.certificateOf(t, "RW1003", certificates.Upcoming)
	nobody := h.enter(t, "")
	nobody.get("/controle/"+string(c.Number)).want(200, "Dit certificaat gaat nog in", c.Period.ValidFrom.Dutch())
	before := h.validUnder(t, "RW1003", c.Period.Scheme)
	_, err := h.office.Decide(t.Context(), pen, certificates.Decision{Kind: certificates.Revocation, Person: "RW1003", Scheme: c.Period.Scheme, Cycle: c.Period.Cycle, Reason: "Een vergissing."})
	if err != nil {
		t.Fatal(err)
	}
	nobody.get("/controle/"+string(c.Number)).want(200, "Dit certificaat is ingetrokken")
	nobody.get("/controle/"+string(before.Number)).want(200, "Dit certificaat is geldig")
	h.wait(time.Duration(calendar.MustParse("2026-11-23").DaysUntil(c.Period.ValidFrom)+1) * 24 * time.Hour)
	nobody.get("/controle/"+string(before.Number)).want(200, "Dit certificaat is verlopen")
	h.enter(t, "RW1003").get("/mijn-scholing").want(200, "Je certificaat is ingetrokken op 23 november 2026.")
}

// validUnder finds the certificate that somebody holds under a scheme.
func (h *hall) validUnder(t *testing.T, person staff.PersonID, scheme certificates.SchemeKey) certificates.Certificate {
	t.Helper()
	issued, err := h.office.Certificates(t.Context(), h.as(t, person), person)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range issued {
		if c.Period.Scheme == scheme && c.State(calendar.MustParse("2026-11-23")) == certificates.Valid {
			return c
		}
	}
	t.Fatalf("%s holds no certificate of %s", person, scheme)
	return certificates.Certificate{}
}
