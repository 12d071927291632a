package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestWhatChangesIsATimeline(t *testing.T) {
	h := openHall(t)
	nadia := h.enter(t, "RW1052")
	nadia.get("/wijzigingen").want(200, "Nog 25 dagen. 31 collega's zijn nog niet klaar.", "De datum is nog niet bekend", "Meld iets met spoed")
	p := nadia.get("/wijzigingen/ONTW-01").want(200, "13 van de 33 gelezen", "19 van de 47 klaar", "Waar gaat dit over?", "Wetsregister", "uur")
	if strings.Contains(p.text(), "Wie moet nog iets doen?") {
		t.Error("a specialist sees names")
	}
	h.enter(t, "RW1001").get("/wijzigingen/ONTW-01").want(200, "Wie moet nog iets doen?", "Tineke Bakker")
	tineke := h.enter(t, "RW1013")
	p = tineke.get("/wijzigingen/ONTW-01").want(200, "Wat vraagt dit van jou?", "doe de korte scholing: Delta Wmebv")
	for _, never := range []string{"Hoe ver zijn we?", "Maak bekend", "Trek de wijziging in"} {
		if strings.Contains(p.text(), never) {
			t.Errorf("an employee sees %q", never)
		}
	}
	tineke.get("/wijzigingen/spoed").want(403)
	tineke.get("/wijzigingen/NIETS").want(404)
}

func TestWhatCannotWaitGoesOutWithOneForm(t *testing.T) {
	h := openHall(t)
	nadia := h.enter(t, "RW1052")
	if p := nadia.post("/wijzigingen/spoed", url.Values{"title": {"Storing"}}).want(422, "Kies minstens één rol.", "Waar komt dit vandaan: vul dit in"); !strings.Contains(p.source, `value="Storing"`) {
		t.Error("what was typed is lost")
	}
	nadia.post("/wijzigingen/spoed", url.Values{"title": {"Storing reisdocumenten"}, "kind": {"application"}, "text": {"Geef vandaag niets uit."}, "source": {"RvIG"}, "roles": {"R01"}})
	nadia.get("/wijzigingen").want(200, "Storing reisdocumenten")
	h.enter(t, "RW1013").get("/bulletins?q=storing").want(200, "Nog te lezen", "Storing reisdocumenten")
	h.enter(t, "RW1013").get("/bulletins/SPOED-2026-11-23-1").want(200, "Nog niemand anders heeft het bevestigd", "Ik heb dit gelezen")
	h.enter(t, "RW1001").post("/bulletins/SPOED-2026-11-23-1", url.Values{"doe": {"bevestig"}, "versie": {"1"}})
	if p := h.enter(t, "RW1013").get("/bulletins/SPOED-2026-11-23-1").want(200); strings.Contains(p.text(), "Nog niemand anders") {
		t.Error("it is confirmed and does not say so")
	}
}

func TestABulletinIsFoundReadAndAskedAbout(t *testing.T) {
	h := openHall(t)
	eva := h.enter(t, "RW1013")
	eva.get("/bulletins?q=achternaam&op=2025-03-01").want(200, "Dubbele achternaam: de overgangsregeling is voorbij")
	eva.get("/bulletins?op=gisteren").want(422, "Kies een dag")
	eva.get("/bulletins?q=onvindbaar").want(200, "Er is niets gevonden")
	eva.post("/bulletins/B1", url.Values{"doe": {"gelezen"}, "versie": {"1"}})
	eva.get("/bulletins/B1").want(200, "Je las dit op 23 november 2026")
	eva.post("/bulletins/B1", url.Values{"doe": {"vraag"}, "text": {" "}}).want(422, "vul dit in")
	eva.post("/bulletins/B1", url.Values{"doe": {"vraag"}, "text": {"Geldt dit ook voor brieven?"}})
	eva.get("/bulletins/B1").want(200, "Nog geen antwoord")
	if p := h.enter(t, "RW1001").get("/bulletins/B1").want(200); strings.Contains(p.text(), "brieven") {
		t.Error("others see a question before it is answered")
	}
	nadia := h.enter(t, "RW1052")
	p := nadia.get("/bulletins/B1").want(200, "Geldt dit ook voor brieven?", "Jouw antwoord")
	_, id, _ := strings.Cut(p.source, `name="vraag" value="`)
	id, _, _ = strings.Cut(id, `"`)
	nadia.post("/bulletins/B1", url.Values{"doe": {"antwoord"}, "vraag": {id}, "antwoord-" + id: {"Nee, alleen digitaal."}})
	h.enter(t, "RW1001").get("/bulletins/B1").want(200, "Geldt dit ook voor brieven?", "Nee, alleen digitaal.")
}

func TestASignalIsReportedAndDecided(t *testing.T) {
	h := openHall(t)
	eva := h.enter(t, "RW1013")
	eva.post("/signalen", url.Values{"title": {""}, "text": {"Drie bellers."}}).want(422, "Drie bellers.")
	eva.post("/signalen", url.Values{"title": {"Formulier is te lang"}, "origin": {"residents"}, "text": {"Drie bellers."}})
	p := eva.get("/signalen").want(200, "Formulier is te lang", "door jou gemeld", "nieuw")
	if strings.Contains(p.text(), "Besluit wat hiermee gebeurt") {
		t.Error("an employee decides")
	}
	_, id, _ := strings.Cut(p.source, `id="besluit-`)
	id, _, _ = strings.Cut(id, `-kop"`)
	leader := h.enter(t, "RW1001")
	leader.post("/signalen", url.Values{"signaal": {id}, "lot": {"declined"}, "besluit": {" "}}).want(422)
	leader.post("/signalen", url.Values{"signaal": {id}, "lot": {"declined"}, "besluit": {"Nu niet: er is geen budget."}})
	eva.get("/signalen").want(200, "Nu niet: er is geen budget.", "niet opgepakt", "Ilse Hoekstra")
}

func TestALeaderWritesWhatAChangeMeansAndASpecialistTakesItBack(t *testing.T) {
	h := openHall(t)
	leader := h.enter(t, "RW1001")
	leader.post("/wijzigingen/ONTW-03", url.Values{"team": {"T1"}, "text": {"Meer vragen."}}).want(422, "Meer vragen.", "vul dit in")
	leader.post("/wijzigingen/ONTW-03", url.Values{"team": {"T1"}, "text": {"Meer vragen aan de balie."}, "decision": {"We oefenen in december."}})
	h.enter(t, "RW1013").get("/wijzigingen/ONTW-03").want(200, "Meer vragen aan de balie.", "We oefenen in december.", "Ilse Hoekstra")
	leader.post("/wijzigingen/ONTW-01", url.Values{"doe": {"terug"}, "why": {"x"}}).want(403)
	hr := h.enter(t, "RW1057")
	hr.get("/wijzigingen/ONTW-05").want(200, "Maak bekend")
	hr.post("/wijzigingen/ONTW-05", url.Values{"doe": {"bekend"}, "versie": {"1"}})
	nadia := h.enter(t, "RW1052")
	nadia.get("/wijzigingen/ONTW-05").want(200, "Hoe ver zijn we?", "Gaat het niet door?")
	nadia.post("/wijzigingen/ONTW-05", url.Values{"doe": {"terug"}, "why": {"Dubbel met de Wmebv."}})
	nadia.get("/wijzigingen/ONTW-05").want(200, "Dubbel met de Wmebv.")
}

func TestObjectivesAreShownAndFilledInByTheirOwners(t *testing.T) {
	h := openHall(t)
	p := h.enter(t, "RW1013").get("/doelen").want(200, "Wij helpen iedereen in Rietwaarde", "% R01 met geldig NVVB-B1A", "hoogstens 0", "Ilse Hoekstra")
	if strings.Contains(p.text(), "Hoe staat het vandaag?") {
		t.Error("an employee fills in")
	}
	hr := h.enter(t, "RW1057")
	hr.post("/doelen", url.Values{"doel": {"D03"}, "waarde-D03": {"veel"}}).want(422, "Schrijf een heel getal")
	hr.post("/doelen", url.Values{"doel": {"D03"}, "waarde-D03": {"98"}})
	hr.get("/doelen").want(200, "% binnen 5 werkdagen : 98", "gehaald")
}
