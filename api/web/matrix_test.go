package web

import (
	"net/url"
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
	hr.post("/vaardigheden/T2/K05", url.Values{"people": {"veel"}, "note": {"zo"}}).want(422, "schrijf een getal van 0 tot en met 1000", "zo")
	hr.post("/vaardigheden/T2/K05", url.Values{"people": {"1"}}).want(200, "Bewaard. De matrix rekent er meteen mee.", "Nu 1 van de 1.")
	hr.get("/vaardigheden?team=T2").want(200, "1 van 1")
	h.enter(t, "RW1014").post("/vaardigheden/T2/K05", url.Values{"people": {"1"}}).want(403)
}

func TestSkillsOfOneselfAndOfOnesPeople(t *testing.T) {
	h := openHall(t)
	own := h.enter(t, "RW1013")
	own.get("/vaardigheden/mij").want(200, "Mijn vaardigheden", "Medewerker frontoffice Burgerzaken", "op niveau", "Wat vind je zelf?", "Je eigen niveau staat erbij en telt niet mee.")
	own.post("/vaardigheden/mij", url.Values{"competence": {"K15"}, "level": {"9"}}).want(422, "kies een niveau van 0 tot en met 5")
	own.post("/vaardigheden/mij", url.Values{"competence": {"K15"}, "level": {"5"}}).want(200, "Bewaard, met je naam en de dag van vandaag.")
	own.get("/vaardigheden/mij").want(200, "5 zelf, 23 november 2026")
	leader := h.enter(t, "RW1001")
	leader.get("/mensen/RW1013/vaardigheden").want(200, "Vaardigheden van Tineke Bakker", "Geef een niveau als: leidinggevende", "5 zelf, 23 november 2026")
	leader.post("/mensen/RW1013/vaardigheden", url.Values{"competence": {"K15"}, "level": {"4"}}).want(200)
	leader.get("/mensen/RW1013/vaardigheden").want(200, "4 leidinggevende (Ilse Hoekstra), 23 november 2026")
	leader.get("/mensen/RW1020/vaardigheden").want(404)
	own.get("/mensen/RW1014/vaardigheden").want(404)
}
