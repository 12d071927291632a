package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// as is what somebody of the demo is, for asking the office directly.
func (h *hall) as(t *testing.T, person staff.PersonID) staff.Actor {
	t.Helper()
	secret, err := h.office.Become(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	actor, err := h.office.Authenticate(t.Context(), secret, academy.Session)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// certificateOf finds a certificate of somebody in a state.
func (h *hall) certificateOf(t *testing.T, person staff.PersonID, state certificates.State) certificates.Certificate {
	t.Helper()
	now, err := h.office.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	issued, err := h.office.Certificates(t.Context(), h.as(t, person), person)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range issued {
		if c.State(now.Today()) == state {
			return c
		}
	}
	t.Fatalf("%s has no certificate that is %s", person, state)
	return certificates.Certificate{}
}

func TestStartCountsWhatThereIs(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "")
	p := r.get("/").want(200, "60 medewerkers, 6 cursussen")
	for _, role := range cast {
		if p.first("button", func(n *html.Node) bool { return attr(n, "value") == string(role.id) }) == nil {
			t.Errorf("nobody can become %s", role.id)
		}
	}
	if p := p.press("RW1012", nil); p.path != "/mijn-scholing" || !strings.Contains(p.heading(), "Yara") {
		t.Errorf("%s: %s", p.path, p.heading())
	}
	if p := r.post("/demo/wissel", url.Values{"persoon": {""}}); p.path != "/controle" {
		t.Errorf("a visitor comes to %s", p.path)
	}
	if got := r.ask("GET", "/mijn-scholing", nil).StatusCode; got != http.StatusSeeOther {
		t.Errorf("a visitor sees Mijn scholing: %d", got)
	}
	r.post("/demo/wissel", url.Values{"persoon": {"RW9999"}}).want(404)
	r.post("/demo/wissel", url.Values{"persoon": {"RW1013"}, "terug": {"//elders.example"}}).want(200, "Dit moet je nog doen")
}

func TestMovingTheClockTellsWhatIsAskedOfWhom(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1057")
	r.get("/demo/ronde").want(200, "Er is nog geen ronde geweest")
	p := r.get("/").press("2026-12-23", nil).want(200, "woensdag 23 december 2026", "Nieuwe taak")
	if p.path != "/demo/ronde" {
		t.Errorf("came to %s", p.path)
	}
	now, err := h.office.Now(t.Context())
	if err != nil || now.Today().String() != "2026-12-23" {
		t.Errorf("it is %s, %v", now.Today(), err)
	}
	r.post("/demo/datum", url.Values{"dag": {"2026-12-23"}}).want(200, "Er verandert voor niemand iets.")
	ahead, err := h.office.Sweep(t.Context(), staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, academy.SweepRequest{On: calendar.MustParse("2027-03-01"), DryRun: true})
	if err != nil || len(ahead.Lapsed) == 0 {
		t.Fatalf("nobody's certificate runs out: %v", err)
	}
	p = r.post("/demo/datum", url.Values{"dag": {"2027-03-01"}})
	for _, l := range ahead.Lapsed {
		name, err := h.office.Name(t.Context(), staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, l.Person)
		if err != nil {
			t.Fatal(err)
		}
		p.want(200, name+": "+l.Title+", was geldig tot en met "+l.ValidUntil.Dutch())
	}
	bad := `31-12"><b>`
	p = r.post("/demo/datum", url.Values{"dag": {bad}}).want(422, "Kies een dag tussen 2000 en 2100.")
	if !strings.HasPrefix(p.title(), "Fout: ") || attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "dag" }), "value") != bad {
		t.Errorf("%s:\n%s", p.title(), p.source)
	}
	r.post("/demo/datum", url.Values{"dag": {"1999-12-31"}}).want(422)
}

func TestALeapThatWouldDisqualifyManyWaits(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").post("/demo/datum", url.Values{"dag": {"2032-01-01"}}).want(200, "Er is niets opgeschreven.", "P&O mag dat.")
	h.enter(t, "RW1013").post("/demo/ronde", nil).want(403)
	h.enter(t, "RW1057").get("/demo/ronde").press("Laat de ronde doorgaan", nil).want(200, "Er verandert iets voor")
}

func TestBeginningAgainAsksFirst(t *testing.T) {
	h := openHall(t)
	h.enter(t, "").get("/demo/opnieuw").want(404) // this hall has nobody who refills it
	refilled := 0
	site, err := New(h.office, Config{Reset: func(context.Context) error { refilled++; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	site.Register(mux)
	h.server.Config.Handler = site.Protect(mux)
	r := h.enter(t, "RW1013")
	p := r.get("/demo/opnieuw").want(200, "Alles wat in deze demo is gedaan, verdwijnt")
	if refilled != 0 {
		t.Fatal("looking at the question refills the demo")
	}
	p.press("Begin opnieuw", nil).want(200, "De voorbeeldgegevens zijn weer als nieuw.")
	if refilled != 1 {
		t.Errorf("refilled %d times", refilled)
	}
}

func TestHelpSaysWhatBecomesOfEvidenceFromElsewhere(t *testing.T) {
	r := openHall(t).enter(t, "")
	r.get("/hulp").want(200, "stuur je een PDF of een foto", "Dek eerst je BSN, je geboortedatum en gegevens over gezondheid af.")
	r.get("/hulp?lang=en").want(200, "you send a PDF or a photo", "First cover your BSN, your date of birth and details about health.")
}

func TestPrivacyNamesEverythingABrowserKeeps(t *testing.T) {
	r := openHall(t).enter(t, "")
	r.get("/privacy").want(200, "dat je de tijd bij een toets niet wilt zien", "houdt je browser het vast in dat ene tabblad")
	r.get("/privacy?lang=en").want(200, "that you do not want to see the time in a quiz", "your browser holds it in that one tab")
}

func TestCatalogue(t *testing.T) {
	r := openHall(t).enter(t, "RW1013")
	r.get("/cursussen").want(200, "6 van de 6 cursussen")
	r.get("/cursussen?onderwerp=application").want(200, "1 van de 6 cursussen", "Werken met het zaaksysteem")
	r.get("/cursussen?zoek=look-alike").want(200, "1 van de 6 cursussen", "Toon alle cursussen")
	p := r.get("/cursussen?zoek="+url.QueryEscape(`"><img src=x>`)).want(200, "Geen cursus gevonden")
	if p.first("img", nil) != nil {
		t.Error("what somebody searched for became HTML")
	}
	r.get("/cursussen?zoek=%00%ff&onderwerp=zzz").want(200, "Geen cursus gevonden")
}

func TestCourseAndItsLessons(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	p := r.get("/cursussen/ID-LOOKALIKE").want(200, "Begin met les 1", "Oefen eerst", "Start de toets", "De gemeente vraagt dit zelf.", "De auteur heeft dit gelezen.", "80% van de punten is genoeg")
	if strings.Contains(p.text(), "Gehaald") {
		t.Error("a certificate that has expired counts as passed")
	}
	p = r.get("/cursussen/ID-LOOKALIKE/lessen/1").want(200, "De gemeente als poortwachter", "Les 1 van 4").press("Les klaar, verder", nil)
	if p.path != "/cursussen/ID-LOOKALIKE/lessen/2" {
		t.Errorf("went on to %s", p.path)
	}
	r.get("/cursussen/ID-LOOKALIKE").want(200, "Ga verder bij les 2", "Klaar")
	r.get("/cursussen/ID-LOOKALIKE/lessen/4").press("Les klaar, verder", nil).want(200, "Les klaar. We onthouden dat voor je.")
	if p := r.get("/cursussen/ID-LOOKALIKE"); strings.Contains(p.text(), "We onthouden dat") {
		t.Error("the notice is said twice")
	}
	h.enter(t, "RW1003").get("/cursussen/ID-LOOKALIKE").want(200, "Begin met les 1")
}

func TestCertificates(t *testing.T) {
	h := openHall(t)
	c := h.certificateOf(t, "RW1013", certificates.Valid)
	own := "/certificaten/" + string(c.Number)
	r := h.enter(t, "RW1013")
	r.get("/certificaten").want(200, c.Title, string(c.Number), "Geldig", "Bewijs van buiten")
	p := r.get(own).want(200, c.Holder, "Geldig tot en met", c.Period.ValidUntil.Dutch(), "Zet de controlepagina uit")
	if p.first("svg", func(n *html.Node) bool { return attr(n, "class") == "zegel" }) == nil {
		t.Error("there is no seal")
	}
	r.get(own+"?lang=en").want(200, "Valid until and including")
	r.get("/certificaten?lang=nl")
	if p := r.get(own+"/pagina").want(200, "De gemeente Rietwaarde verklaart dat", c.Holder, c.Title); strings.Contains(p.text(), "Laten zien") {
		t.Error("a certificate without goals has a label above them")
	}
	pdf := r.get(own + "/document")
	if pdf.status != 200 || !strings.HasPrefix(pdf.source, "%PDF-") {
		t.Errorf("the document: %d", pdf.status)
	}
	for _, other := range []staff.PersonID{"RW1003", "RW1001"} {
		o := h.enter(t, other)
		want := 404
		if other == "RW1001" { // leads the team
			want = 200
		}
		for _, path := range []string{own, own + "/pagina", own + "/document"} {
			if got := o.get(path).status; got != want {
				t.Errorf("%s as %s answers %d, want %d", path, other, got, want)
			}
		}
		o.post(own, url.Values{"controlepagina": {"uit"}}).want(404)
	}
	r.get("/certificaten/RW-2026").want(404)
	r.get("/certificaten/" + unknownNumber(t)).want(404)
}

func TestASealKeepsTheNameOfWhoIssued(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	_, id, right := start(t, h, r)
	for i, answer := range right {
		r.get(questionPath(id, i+1)).enter(answer)
	}
	r.post(attemptPath(id, "inleveren"), nil).want(200)
	c := h.certificateOf(t, "RW1013", certificates.Valid)
	if err := h.office.ChangeSettings(t.Context(), staff.Actor{Functions: []staff.Function{staff.Administrator}}, academy.SettingsRequest{Municipality: "Gemeente Nieuwland"}); err != nil {
		t.Fatal(err)
	}
	own := "/certificaten/" + string(c.Number)
	for _, path := range []string{own, own + "/pagina", attemptPath(id, "resultaat"), "/c/" + string(c.Token), "/controle/" + string(c.Number)} {
		seal := r.get(path).want(200).first("text", func(n *html.Node) bool { return attr(n, "class") == "zegel-tekst" })
		if !strings.Contains(words(seal), "GEMEENTE RIETWAARDE") {
			t.Errorf("%s: the seal says %s", path, words(seal))
		}
	}
}

func TestAnybodyMayCheckACertificate(t *testing.T) {
	h := openHall(t)
	nobody := h.enter(t, "")
	c := h.certificateOf(t, "RW1013", certificates.Valid)
	byToken, byNumber := "/c/"+string(c.Token), "/controle/"+string(c.Number)

	p := nobody.get(byToken).want(200, "Dit certificaat is geldig", c.Holder, "Geldig tot en met", "Vergelijk het zegel")
	for _, never := range []string{"RW1013", "score", "punten", "% goed", "Bewijs"} {
		if strings.Contains(p.text(), never) {
			t.Errorf("the page says %q", never)
		}
	}
	if got := nobody.http.Jar.Cookies(&url.URL{Scheme: "http", Host: strings.TrimPrefix(h.server.URL, "http://")}); len(got) > 0 {
		t.Errorf("a visitor gets cookies: %v", got)
	}
	p = nobody.get("/controle").press("Controleer", url.Values{"nummer": {" " + strings.ToLower(string(c.Number)) + " "}}).want(200, "Dit certificaat is geldig")
	if p.path != byNumber || strings.Contains(p.text(), c.Holder) || strings.Contains(p.source, string(c.Token)) {
		t.Errorf("%s tells who holds it", p.path)
	}
	p = nobody.get("/controle").press("Controleer", url.Values{"nummer": {"RW-1"}}).want(422, "Kijk of u alle tekens goed hebt overgenomen.")
	if !strings.HasPrefix(p.title(), "Fout: ") {
		t.Error(p.title())
	}

	h.enter(t, "RW1013").get("/certificaten/"+string(c.Number)).press("Zet de controlepagina uit", nil).want(200, "staat uit")
	hidden := nobody.get(byNumber).want(404, "Dit certificaat kennen wij niet")
	unknown := nobody.get("/controle/" + unknownNumber(t)).want(404)
	if hidden.text() != unknown.text() || nobody.get(byToken).want(404).text() != unknown.text() {
		t.Error("a certificate that is switched off can be told from one that does not exist")
	}
	h.enter(t, "RW1013").get("/certificaten/"+string(c.Number)).press("Zet de controlepagina aan", nil).want(200, "staat aan")
	nobody.get(byToken).want(200, "Dit certificaat is geldig")

	old := h.certificateOf(t, "RW1013", certificates.Replaced)
	newer := nobody.get("/controle/"+string(old.Number)).want(200, "Dit certificaat is vervangen").first("a", func(n *html.Node) bool {
		return strings.HasPrefix(attr(n, "href"), "/controle/") && !has(n, "hreflang")
	})
	nobody.get(attr(newer, "href")).want(200, "Dit certificaat is geldig")
	expired := h.certificateOf(t, "RW1013", certificates.Expired)
	nobody.get("/controle/"+string(expired.Number)).want(200, "Dit certificaat is verlopen", "Het was geldig tot en met 5 oktober 2026.")
}

func TestTheVerdictComesInEveryState(t *testing.T) {
	day := calendar.MustParse
	v := &visit{site: &Site{}, language: dutch, municipality: "Gemeente Test"}
	c := certificates.Certificate{Number: "RW-2026-7KQ4M-2XD9T-C8", Holder: "Ada Lovelace", ReplacedFrom: day("2026-03-01"),
		Period: certificates.Period{CompletedOn: day("2025-01-01"), ValidFrom: day("2025-02-01"), ValidUntil: day("2026-01-31"), RevokedOn: day("2025-06-01")}}
	for state, want := range map[certificates.State][2]string{
		certificates.Valid:    {"Dit certificaat is geldig", ""},
		certificates.Upcoming: {"Dit certificaat gaat nog in", "1 februari 2025"},
		certificates.Expired:  {"Dit certificaat is verlopen", "31 januari 2026"},
		certificates.Replaced: {"Dit certificaat is vervangen", "1 maart 2026"},
		certificates.Revoked:  {"Dit certificaat is ingetrokken", "1 juni 2025"},
		certificates.Outdated: {"Dit certificaat is achterhaald", "wijziging"},
	} {
		got := v.verified(academy.Verification{State: state, On: day("2026-02-01"), Certificate: c})
		if got.Sentence != want[0] || !strings.Contains(got.Meaning, want[1]) || got.Holder != "" {
			t.Errorf("%s: %q, %q, holder %q", state, got.Sentence, got.Meaning, got.Holder)
		}
	}
}

func TestWhoLooksUpTooMuchMustWait(t *testing.T) {
	h := openHall(t)
	r, path := h.enter(t, ""), "/controle/"+unknownNumber(t)
	for range lookUpsAtOnce + 1 { // in case the test takes long enough to earn one more
		if r.get(path).status == http.StatusTooManyRequests {
			break
		}
	}
	r.get(path).want(429, "Probeer het over een minuut opnieuw.")
	h.wait(time.Minute)
	r.get(path).want(404)
}

// unknownNumber is a number of a certificate that does not exist.
func unknownNumber(t *testing.T) string {
	t.Helper()
	number, err := certificates.NewNumber(rand.Reader, "RW", 2026)
	if err != nil {
		t.Fatal(err)
	}
	return string(number)
}

func TestFollowUpsAreForHR(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/vervolg").want(403)
	h.enter(t, "RW1001").get("/vervolg").want(403)
	h.enter(t, "RW1057").get("/vervolg").want(200, "Er wacht niemand op een vervolg.")
	if got := dutch.followUpChoice(courses.AssessmentAtWork); got != "Wil het laten zien op het werk" {
		t.Error(got)
	}
}
