package web

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
)

func TestWhatAProcessAsksIsChangedFromADay(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	p := hr.get("/processen/P1/wijzigen").want(200, "Wat vraagt Aanvraag en uitgifte reisdocumenten", "Alle van deze", "Tijdvak 1", "Waarom verandert dit?")
	if strings.Contains(p.text(), "Tijdvak 6") {
		t.Error("there is room for more than two windows more")
	}
	form := url.Values{
		"doe": {"nakijken"}, "from": {"2026-12-01"}, "why": {"Minder bezoek"}, "all": {"INT-ID", "INT-AVG"}, "oneOf": {"NVVB-B1A", "NVVB-S3"}, "poolMinimum": {"9"}, "cluster": {"Burgerzaken"}, "owner": {"RW1001"},
		"windows-0-from": {"09:00"}, "windows-0-to": {"17:00"}, "windows-0-minimum": {"4"}, "windows-0-days": {"1", "2", "4"}, "windows-1-from": {""}, "windows-2-from": {""},
	}
	hr.post("/processen/P1/wijzigen", form).want(200, "Wat dit betekent", "1 december 2026", "Minstens 9 mensen.", "Die dag mogen 8 mensen dit doen. Zoals het nu gevraagd wordt, zijn het er 8.", "Te weinig mensen", "en één van: NVVB module B1a")
	wrong := url.Values{"doe": {"bewaar"}, "from": {"2026-11-01"}, "all": {"NIETS"}, "poolMinimum": {"veel"}, "windows-0-from": {"9 uur"}, "windows-0-to": {"17:00"}}
	if back := hr.post("/processen/P1/wijzigen", wrong).want(422, "schrijf een heel getal", "schrijf een tijd zoals 09:30"); !strings.Contains(back.source, `value="veel"`) {
		t.Error("what was filled in is lost")
	}
	wrong.Set("poolMinimum", "2")
	wrong.Set("windows-0-from", "09:00")
	wrong.Set("windows-0-minimum", "3")
	hr.post("/processen/P1/wijzigen", wrong).want(422, "kies vandaag of een latere dag", "schrijf in een zin waarom dit verandert", "deze regeling bestaat niet", "kies minstens één dag", "dit is meer dan het hele proces nodig heeft (2)")
	none := url.Values{"doe": {"nakijken"}, "from": {"2026-12-01"}, "why": {"x"}, "windows-0-from": {""}}
	hr.post("/processen/P1/wijzigen", none).want(422, "geef minstens één tijdvak")

	form.Set("doe", "bewaar")
	hr.post("/processen/P1/wijzigen", form)
	hr.get("/processen/P1?op=2026-11-30").want(200, "8 mensen mogen dit doen, 7 nodig.")
	hr.get("/processen/P1?op=2026-12-01").want(200, "8 mensen mogen dit doen, 9 nodig.", "Dit geldt sinds 1 december 2026", "dit proces vraagt iets anders vanaf 1 december 2026")
	h.enter(t, "RW1013").get("/processen/P1/versies").want(200, "Versie 2, vanaf 1 december 2026", "Minder bezoek", "Geschreven door Kevin Doekhi op 23 november 2026", "Versie 1", "Vraag naar het oude document")
	h.enter(t, "RW1001").get("/processen/P1/wijzigen").want(403)
	hr.get("/processen/P9/wijzigen").want(404)
}

func TestHowAProcessIsDoneIsWritten(t *testing.T) {
	h := openHall(t)
	holder := h.enter(t, "RW1003")
	holder.get("/processen/P1/werkwijze").want(200, "Zo doen we het", "Vraag naar het oude document", "Vervanger")
	form := url.Values{"from": {"2026-12-01"}, "text": {"1. Begin hier."}, "holder": {"RW1003"}, "deputy": {"NIEMAND"}, "why": {"Nieuw station"}}
	holder.post("/processen/P1/werkwijze", form).want(422, "er is geen collega met dit personeelsnummer", "1. Begin hier.")
	form.Set("deputy", "RW1008")
	holder.post("/processen/P1/werkwijze", form)
	holder.get("/processen/P1?op=2026-12-01").want(200, "Begin hier.", "Vervanger:")
	holder.get("/processen/P1").want(200, "Vraag naar het oude document", "Eerdere versies")
	form.Set("text", "Anders.")
	holder.post("/processen/P1/werkwijze", form).want(422, "Vanaf deze dag geldt al een werkwijze")
	h.enter(t, "RW1013").get("/processen/P1/werkwijze").want(403)
}

func TestWorkingTimesOfAColleagueAndOnesOwn(t *testing.T) {
	h := openHall(t)
	leader := h.enter(t, "RW1001")
	leader.get("/mensen/RW1013/werktijden").want(200, "Werktijden van Tineke Bakker", "08:30–17:00", "Verlof invoeren", "24 november 2026", "middag")
	leader.get("/mensen/RW1027/werktijden").want(404)
	leader.get("/mensen/RW1013/werktijden/rooster").want(200, "Nieuwe werktijden van Tineke Bakker", "maandag")
	leader.get("/mensen/RW1013/werktijden/verlof").want(200, "Waarom iemand er niet is, vragen we niet")
	leave := url.Values{"doe": {"bewaar-verlof"}, "from": {"2027-03-01"}, "until": {"2027-02-01"}, "part": {"whole"}, "approved": {"1"}}
	leader.post("/mensen/RW1013/werktijden", leave).want(422, "kies een laatste dag op of na de eerste")
	leave.Set("until", "2027-03-02")
	leader.post("/mensen/RW1013/werktijden", leave)
	leader.get("/mensen/RW1013/werktijden").want(200, "2 maart 2027")
	leader.post("/mensen/RW1013/werktijden", url.Values{"doe": {"verlof-weg"}, "verlof": {"RW1013-2027-03-01-whole"}})
	if p := leader.get("/mensen/RW1013/werktijden").want(200); strings.Contains(p.text(), "2 maart 2027") {
		t.Error("the leave is still there")
	}
	roster := url.Values{"doe": {"bewaar-rooster"}, "from": {"2027-01-04"}, "employment": {"1"}, "days-0-from": {"10:00"}, "days-0-to": {"09:00"}}
	leader.post("/mensen/RW1013/werktijden", roster).want(422, "kies een eindtijd na de begintijd")
	roster.Set("days-0-to", "15:00")
	leader.post("/mensen/RW1013/werktijden", roster)
	leader.get("/mensen/RW1013/werktijden").want(200, "4 januari 2027", "10:00–15:00")

	own := h.enter(t, "RW1013")
	if p := own.get("/werktijden").want(200, "Mijn werktijden", "10:00–15:00", "24 november 2026"); strings.Contains(p.text(), "Verlof invoeren") {
		t.Error("one enters one's own leave")
	}
	own.post("/mensen/RW1013/werktijden", roster).want(403)
}

func TestAListOfWorkingTimesIsLookedAtFirst(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/werktijden-inlezen").want(200, "Werktijden inlezen", "waarom iemand er niet is, komt er nooit in")
	send := func(fields map[string]string, file string) *shown {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for name, value := range fields {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
		if file != "" {
			part, err := w.CreateFormFile("lijst", "lijst.csv")
			if err == nil {
				_, err = part.Write([]byte(file))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		resp, err := hr.http.Post(hr.hall.server.URL+"/werktijden-inlezen", w.FormDataContentType(), &body)
		return hr.show(resp, err)
	}
	list := "personeelsnummer;van;ma;di;wo;do;vr\nRW1013;2027-02-01;08:30-17:00;;;;\nNIEMAND;2027-02-01;;;;;\n"
	send(map[string]string{"wat": "rosters"}, "").want(422)
	send(map[string]string{"wat": "leave"}, list).want(422, "tot_en_met: deze kolom ontbreekt")
	send(map[string]string{"wat": "rosters"}, list).want(200, "Dit verandert er", "Tineke Bakker", "maandag 08:30–17:00", "niemand die hier werkt heeft dit personeelsnummer")
	send(map[string]string{"wat": "rosters", "doe": "inlezen", "tekst": list}, "")
	hr.get("/mensen/RW1013/werktijden").want(200, "1 februari 2027")
	h.enter(t, "RW1001").get("/werktijden-inlezen").want(403)
}

func TestTheConsentOfTheWorksCouncilOnItsPage(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/instemming").want(200, "De OR stemt in", "OR-besluit 2026-04", "Bezetting van processen, met namen")
	hr.post("/instemming", url.Values{"doe": {"intrekken"}})
	hr.get("/instemming").want(200, "Nog niet aangezet: instemming OR ontbreekt")
	for _, path := range []string{"/processen", "/processen/P1", "/kandidaten?rol=F02", "/vaardigheden"} {
		if text := hr.get(path).text(); !strings.Contains(text, "instemming OR ontbreekt") || !strings.Contains(text, "Leg de instemming vast") {
			t.Errorf("%s says %s", path, text)
		}
	}
	hr.post("/instemming", url.Values{"doe": {"bewaar"}, "on": {"2026-11-20"}}).want(422, "kies minstens één overzicht")
	hr.post("/instemming", url.Values{"doe": {"bewaar"}, "on": {"2026-11-20"}, "reference": {"OR 7"}, "views": {"matrix"}})
	hr.get("/instemming").want(200, "OR 7", "20 november 2026")
	hr.get("/processen").want(200, "instemming OR ontbreekt")
	h.enter(t, "RW1001").get("/instemming").want(403)
}
