package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestTheMatrixOfATeam(t *testing.T) {
	h := openHall(t)
	leader := h.enter(t, "RW1014") // leads T2
	leader.get("/vaardigheden").want(200, "Wat kan team", "Burgerzaken Specialisten", "Alleen Hans Schouten kan dit zelfstandig. Nodig: 2. Hans Schouten stopt op 1 april 2027.", "Naturalisatie en optie", "Kwetsbaar", "1 van 2")
	leader.get("/vaardigheden?zonder=RW1020").want(200, "Zonder Hans Schouten.", "Niemand kan dit zelfstandig met wat daarvoor geldig moet zijn. Nodig: 2.", "was 1")
	leader.get("/vaardigheden?op=2027-04-01").want(200, "Niemand kan dit zelfstandig")
	h.enter(t, "RW1014").get("/vaardigheden?als=lijst&laat=kwetsbaar&lang=en").want(200, "Show as a table", "Vulnerable")
	leader.get("/vaardigheden?op=2027-02-30").want(422, "Kies een dag die bestaat")
	leader.get("/vaardigheden?team=T1").want(404)
	leader.get("/vaardigheden/T2/K05").want(200, "Wie kan dit?", "Hans Schouten", "leidinggevende", "Opleiding naturalisatie en optie (2 dagen)", "Wat betekent elk niveau?")
	leader.get("/vaardigheden/T2/K99").want(404)
	h.enter(t, "RW1013").get("/vaardigheden").want(403)
}

func TestHRSaysHowManyATeamNeeds(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/vaardigheden").want(200, "Verkiezingen")
	hr.get("/vaardigheden/T2/K05").want(200, "Nodig in dit team")
	hr.post("/vaardigheden/T2/K05", url.Values{"people": {"veel"}, "note": {"zo"}}).want(422, "schrijf een getal van 0 tot en met 1000").keeps("zo")
	hr.post("/vaardigheden/T2/K05", url.Values{"people": {"1"}}).want(200, "Bewaard. De matrix rekent er meteen mee.", "Nu 1 van de 1.")
	hr.get("/vaardigheden?team=T2").want(200, "1 van 1")
	h.enter(t, "RW1014").post("/vaardigheden/T2/K05", url.Values{"people": {"1"}}).want(403)
}

func TestWhatATeamNeedsIsSaidOnOnePage(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/vaardigheden?team=T2").want(200, "Zeg hoeveel er nodig is", "Download voor Excel")
	hr.get("/vaardigheden/T2/nodig").want(200, "Wat heeft Burgerzaken Specialisten nodig?", "Nodig: Naturalisatie en optie")
	hr.post("/vaardigheden/T2/nodig", url.Values{"people-K05": {"veel"}, "note-K05": {"zo"}}).want(422, "Naturalisatie en optie: schrijf een getal van 0 tot en met 1000").keeps("zo")
	hr.post("/vaardigheden/T2/nodig", url.Values{"people-K05": {"1"}}).want(200, "Bewaard. De matrix rekent er meteen mee.", "1 van 1")
	h.enter(t, "RW1014").get("/vaardigheden/T2/nodig").want(403)
	hr.get("/vaardigheden/T99/nodig").want(404)
}

func TestTheMatrixAsAFileForExcel(t *testing.T) {
	h := openHall(t)
	leader := h.enter(t, "RW1014")
	resp := leader.ask("GET", "/vaardigheden/T2/matrix.xlsx", nil)
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != 200 || kind != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" {
		t.Error(resp.StatusCode, kind)
	}
	for path, want := range map[string]int{"/vaardigheden/T1/matrix.xlsx": 404, "/vaardigheden/T2/matrix.xlsx?op=gisteren": 422} {
		if got := leader.ask("GET", path, nil).StatusCode; got != want {
			t.Error(path, got)
		}
	}
	if got := h.enter(t, "RW1013").ask("GET", "/vaardigheden/T2/matrix.xlsx", nil).StatusCode; got != 403 {
		t.Error("an employee:", got)
	}
}

func TestSkillsOfOneselfAndOfOnesPeople(t *testing.T) {
	h := openHall(t)
	own := h.enter(t, "RW1013")
	own.get("/vaardigheden/mij").want(200, "Mijn vaardigheden", "Medewerker frontoffice Burgerzaken", "op niveau", "Wat vind je zelf?", "Je eigen niveau staat erbij en telt niet mee.")
	own.get("/vaardigheden/mij/niveaus").want(200, "Wat vind je zelf?", "Wat de rol vraagt", "Niveau van")
	own.post("/vaardigheden/mij/niveaus", url.Values{"niveau-K15": {"9"}, "on": {"2026-11-23"}}).want(422, "kies een niveau van 0 tot en met 5")
	own.post("/vaardigheden/mij/niveaus", url.Values{"on": {"2026-11-23"}}).want(422, "kies minstens één niveau")
	own.post("/vaardigheden/mij/niveaus", url.Values{"niveau-K15": {"5"}, "on": {"2027-11-23"}}).want(422, "kies vandaag of een eerdere dag")
	own.post("/vaardigheden/mij/niveaus", url.Values{"niveau-K15": {"5"}, "on": {"2026-11-23"}}).want(200, "Bewaard, met je naam en de dag.", "5 zelf, 23 november 2026")
	leader := h.enter(t, "RW1001")
	leader.get("/mensen/RW1013/vaardigheden").want(200, "Vaardigheden van Tineke Bakker", "Leg een gesprek vast", "5 zelf, 23 november 2026")
	leader.get("/mensen/RW1013/vaardigheden/niveaus").want(200, "Gesprek met Tineke Bakker", "5 zelf, 23 november 2026", "niet besproken")
	leader.post("/mensen/RW1013/vaardigheden/niveaus", url.Values{"niveau-K15": {"4"}, "on": {"2026-11-20"}}).want(200)
	leader.get("/mensen/RW1013/vaardigheden").want(200, "4 leidinggevende (Ilse Hoekstra), 20 november 2026")
	leader.get("/mensen/RW1020/vaardigheden").want(404)
	leader.get("/mensen/RW1020/vaardigheden/niveaus").want(404)
	own.get("/mensen/RW1014/vaardigheden").want(404)
	own.get("/mensen/RW1014/vaardigheden/niveaus").want(403)
	hr := h.enter(t, "RW1057")
	hr.get("/mensen/RW1013/vaardigheden").want(200, "Leg vast wat elders is getoond")
	hr.post("/mensen/RW1013/vaardigheden/niveaus", url.Values{"als": {"external"}, "niveau-K15": {"3"}, "on": {"2024-06-01"}}).want(200, "3 van elders, door P&O", "1 juni 2024")
}

func TestAnAssessorWritesDownWhatTheySaw(t *testing.T) {
	h := openHall(t)
	assessor := h.enter(t, "RW1015")
	assessor.get("/praktijk").want(200, "Geef een niveau van wat je zag")
	p := assessor.get("/praktijk/niveaus").want(200, "Wie zag je aan het werk?", "Tineke Bakker")
	if strings.Contains(p.source, `value="RW1015"`) {
		t.Error("assessors can choose themselves")
	}
	assessor.post("/praktijk/niveaus", url.Values{"doe": {"kies"}, "persoon": {"RW1013"}}).want(200, "Wat kon Tineke Bakker?", "Je ziet hier niet wat anderen vinden.")
	assessor.post("/praktijk/niveaus", url.Values{"persoon": {"RW1013"}, "niveau-K01": {"3"}, "on": {"2026-11-19"}}).want(200, "Bewaard, met je naam en de dag.")
	h.enter(t, "RW1001").get("/mensen/RW1013/vaardigheden").want(200, "3 praktijkbeoordelaar", "19 november 2026")
	assessor.get("/praktijk/niveaus?persoon=RW1015").want(403)
	h.enter(t, "RW1013").get("/praktijk/niveaus").want(403)
}
