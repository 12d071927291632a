package web

import (
	"net/url"
	"strings"
	"testing"
)

// A change is written step by step; each step is kept, and its writer does not announce it.
func TestAChangeIsWrittenStepByStep(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/wijzigingen/nieuw").want(403)
	nadia := h.enter(t, "RW1052")
	nadia.get("/wijzigingen/nieuw").want(200, "Stap 1 van 4", "Wat verandert er?")
	what := url.Values{"title": {"Nieuwe regels voor de briefadres"}, "kind": {"law"}, "source": {""}, "effectiveOn": {"2027-02-01"}, "certainty": {"fixed"}, "phase": {"scanning"}, "holder": {"RW1052"}, "buffer": {"14"}, "origins": {"residents"}}
	p := nadia.post("/wijzigingen/nieuw", what).want(422, "Waar staat het?: vul dit in")
	if !strings.Contains(p.source, `value="Nieuwe regels voor de briefadres"`) || !strings.Contains(p.source, `value="residents" checked`) {
		t.Error("what was typed is lost")
	}
	what.Set("source", "art. 2.23 Wet BRP")
	const change = "/wijzigingen/W-2026-11-23-1"
	nadia.post("/wijzigingen/nieuw", what)
	nadia.post("/wijzigingen/nieuw", what) // the same form twice is one change
	nadia.get("/wijzigingen/W-2026-11-23-2").want(404)
	nadia.get(change+"/raakt").want(200, "Stap 2 van 4", "Regels van het wetsregister", "Rollen")
	nadia.post(change+"/raakt", url.Values{"versie": {"1"}, "roles": {"R01"}, "processes": {"P1"}})
	nadia.post(change+"/groepen", url.Values{"versie": {"2"}, "kind": {"read"}, "roles": {"R01"}}).want(422, "kies het bulletin dat ze lezen")
	nadia.post(change+"/groepen", url.Values{"versie": {"2"}, "kind": {"read"}, "roles": {"R01"}, "bulletin": {"B1"}, "doe": {"hier"}})
	nadia.post(change+"/groepen", url.Values{"versie": {"3"}, "kind": {"none"}, "roles": {"R02"}})
	p = nadia.get(change+"/groepen").want(200, "lees het bulletin", "je hoeft niets te doen")
	if !strings.Contains(p.source, `value="weg-1"`) {
		t.Error("a group cannot be removed")
	}
	nadia.post(change+"/groepen", url.Values{"versie": {"4"}, "doe": {"weg-1"}})
	nadia.get(change).want(200, "Jij schreef deze wijziging. Een collega kijkt ernaar", "Wie raakt dit, als je het bekendmaakt?")
	nadia.post(change, url.Values{"doe": {"bekend"}, "versie": {"5"}}).want(403)
	h.enter(t, "RW1057").post(change, url.Values{"doe": {"bekend"}, "versie": {"5"}})
	h.enter(t, "RW1003").get("/mijn-scholing?toon=alle").want(200, "Lezen: Berichtenbox en notificaties", "Je krijgt dit omdat je Medewerker frontoffice Burgerzaken bent.", "Lees het bulletin")
	nadia.get(change + "/bewerk").want(409)
}

func TestABulletinIsWrittenAndWrittenAnew(t *testing.T) {
	h := openHall(t)
	nadia := h.enter(t, "RW1052")
	h.enter(t, "RW1013").get("/bulletins/nieuw").want(403)
	fields := url.Values{"topic": {"Briefadres"}, "title": {""}, "text": {"Vraag altijd om toestemming."}, "from": {"2026-11-23"}, "holder": {"RW1052"}, "roles": {"R01"}}
	if p := nadia.post("/bulletins/nieuw", fields).want(422, "Kop: vul dit in"); !strings.Contains(p.source, "Vraag altijd om toestemming.") {
		t.Error("what was typed is lost")
	}
	fields.Set("title", "Toestemming bij een briefadres")
	nadia.post("/bulletins/nieuw", fields)
	const bulletin = "/bulletins/B-2026-11-23-1"
	nadia.get(bulletin).want(200, "Deze versie wacht op een bevestiging", "Schrijf een nieuwe versie")
	fields.Set("text", "Vraag om toestemming van de bewoner.")
	nadia.post(bulletin+"/bewerk", fields)
	h.enter(t, "RW1001").post(bulletin, url.Values{"doe": {"bevestig"}, "versie": {"1"}})
	h.enter(t, "RW1013").get(bulletin).want(200, "Vraag om toestemming van de bewoner.", "versie 1")
}

func TestTheScanAndTheLawRegisterLeadToChanges(t *testing.T) {
	h := openHall(t)
	eva := h.enter(t, "RW1013")
	eva.get("/wijzigingen/scan").want(200, "onze inwoners", "andere overheden", "Gecombineerde geslachtsnaam", "Kans:", "Risico:")
	eva.get("/wijzigingen/wetsregister?q=awb+2:10").want(200, "Awb art. 2:10", "Verandert dit, dan raakt het 1 vraag", "Delta Wmebv", "ONTW-01")
	eva.get("/wijzigingen/wetsregister?q=onvindbaar").want(200, "Er is niets gevonden")
}

func TestAnObjectiveIsWrittenByItsOwner(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/doelen/nieuw").want(403)
	leader := h.enter(t, "RW1001")
	leader.get("/doelen").want(200, "Nieuw doel", "Wijzig dit doel")
	fields := url.Values{"text": {"Niemand wacht langer dan tien minuten"}, "indicator": {""}, "norm": {"95"}, "until": {"2027-12-31"}, "measure": {"hand"}, "teams": {"T1"}}
	leader.post("/doelen/nieuw", fields).want(422, "Waaraan zien we dat?: vul dit in")
	fields.Set("indicator", "% binnen tien minuten")
	leader.post("/doelen/nieuw", fields)
	leader.get("/doelen").want(200, "% binnen tien minuten", "minstens 95")
	leader.get("/doelen/NIETS").want(404)
}
