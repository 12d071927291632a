package web

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/seed"
)

// sendScores sends a list of scores to be looked at or brought in.
func (r *reader) sendScores(doe string, content []byte) *shown {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"doel": "growth", "doe": doe} {
		if err := form.WriteField(name, value); err != nil {
			r.t.Fatal(err)
		}
	}
	name := "scores.csv"
	if content == nil {
		name = ""
	}
	part, err := form.CreateFormFile("lijst", name)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		r.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		r.t.Fatal(err)
	}
	resp, err := r.http.Post(r.hall.server.URL+importResultsPath, form.FormDataContentType(), &body)
	return r.show(resp, err)
}

func TestConsentIsGivenChangedAndWithdrawnByThePerson(t *testing.T) {
	h := openHall(t)
	emre := h.enter(t, "RW1036")
	emre.get("/groei").want(200, "Mijn uitslagen")
	p := emre.get(ownResultsPath).want(200, "Je hebt geen toestemming gegeven", "Meedoen hoeft niet", "Hoogstens twee jaar")
	p.checkFrame(dutch)
	p = p.enter(url.Values{"doel": {"growth"}, "tot-growth": {"2030-01-01"}}).want(422, "hoogstens twee jaar")
	if field := p.first("input", func(n *html.Node) bool { return attr(n, "id") == "tot-growth" }); field == nil || attr(field, "value") != "2030-01-01" {
		t.Error("what was filled in is lost")
	}
	emre.post(ownResultsPath, url.Values{"doel": {"growth"}, "tot-growth": {"geen dag"}}).want(422, "kies een dag die bestaat")
	emre.post(ownResultsPath, url.Values{"doel": {"growth"}, "tot-growth": {"2027-06-01"}}).want(200, "Je gaf toestemming tot en met 1 juni 2027", "Er is nog geen uitslag").press("trek-in", nil).want(200, "Ingetrokken", "Je hebt geen toestemming gegeven")
	h.enter(t, "RW1036").get(ownResultsPath+"?lang=en").want(200, "My results", "You need not take part").checkFrame(english)
}

func TestAResultIsSharedTakenBackAndRemoved(t *testing.T) {
	h := openHall(t)
	sam, boss := h.enter(t, "RW1010"), h.enter(t, "RW1001")
	p := sam.get(ownResultsPath).want(200, "extern-drijfverenprofiel", "12 mei 2026", "Bewaard tot en met 4 mei 2028", "Alleen jij ziet deze uitslag", "7,5 (1 – 9)", "zegt iets over deze competentie", "afwisseling zoeken")
	boss.get(ownResultsPath+"/RW1010").want(403, "heeft geen uitslag met je gedeeld")
	boss.get("/groei/R02?persoon=RW1010").want(200, "Over aanleg is hier niets met je gedeeld")
	sam.get("/groei/R02/delen?met=RW1001").want(200, "Van je uitslagen ziet deze collega niets")
	p = p.press("deel", url.Values{"met": {"RW1001"}}).want(200, "Gedeeld", "Deze collega's zien deze uitslag")
	boss.get(ownResultsPath).want(200, "Met jou gedeeld")
	boss.get(ownResultsPath+"/RW1010").want(200, "kan zien dat je keek", "Nauwkeurigheid", "7,5").checkFrame(dutch)
	boss.get("/groei/R02?persoon=RW1010").want(200, "Kunnen en aanleg naast elkaar", "Score 7,5 op Nauwkeurigheid")
	sam.get("/groei/R02/delen?met=RW1001").want(200, "Score 7,5 op Nauwkeurigheid")
	p = p.press("haal-terug", nil).want(200, "Teruggehaald")
	boss.get(ownResultsPath + "/RW1010").want(403)
	p.press("verwijder", nil).want(200, "Verwijderd", "Er is nog geen uitslag")
	sam.get("/groei/R02").want(200, "Over aanleg weten we niets")
	if p := sam.get(ownResultsPath + "/RW1010"); p.path != ownResultsPath {
		t.Error("one's own page is", p.path)
	}
}

func TestTheTwoByTwoIsInWords(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1032").get("/groei/F01").want(200, "Inzetten", "Ontwikkelen", "Bijhouden", "Bewust kiezen", "Score 8 op Omgevingsbewustzijn", "Hierover zegt geen uitslag iets", "geen cijfer").checkFrame(dutch)
	leader := h.enter(t, "RW1026")
	leader.get("/groei/F01?persoon=RW1032").want(200, "Kan dit al", "past bij deze collega")
	leader.get("/kandidaten?rol=F01").want(200, "Ontwikkelen, past bij deze collega")
	leader.get("/kandidaten?rol=F02").want(200, "Over aanleg is niets gedeeld")
	h.enter(t, "RW1036").get("/groei/F02").want(200, "Over aanleg weten we niets")
}

func TestScoresComeInAfterALookAndTellNoNames(t *testing.T) {
	h := openHall(t)
	list, err := seed.Scores()
	if err != nil {
		t.Fatal(err)
	}
	kevin := h.enter(t, "RW1057")
	p := kevin.get(importResultsPath).want(200, "Lees in", "Veranderbereidheid")
	p.checkFrame(dutch)
	p = kevin.sendScores("bekijk", list).want(200, "Dit zou er gebeuren", "Nieuwe uitslagen 3", "Regels van mensen zonder toestemming 12", "We bewaren je bestand niet")
	if strings.Contains(p.text(), "RW1003") || strings.Contains(p.text(), "RW1047") {
		t.Error("somebody is named")
	}
	if r, err := h.office.InstrumentResults(t.Context(), h.as(t, "RW1003"), "RW1003"); err != nil || len(r.Results) != 0 {
		t.Error("looking brought something in:", err)
	}
	kevin.sendScores("inlezen", list).want(200, "De uitslagen zijn ingelezen")
	h.enter(t, "RW1003").get(ownResultsPath).want(200, "extern-drijfverenprofiel")
	kevin.sendScores("bekijk", list).want(200, "Uitslagen die er al waren 3")
	kevin.sendScores("bekijk", nil).want(422, "Kies eerst een bestand")
	kevin.sendScores("bekijk", []byte("personeelsnummer;score\nRW1003;7\n")).want(422, "ontbreken kolommen", "afgenomen_op")
	wrong := []byte("personeelsnummer;instrument;afgenomen_op;schaal;score;min;max\nRW1003;extern-drijfverenprofiel;12-05-2026;tempo;veel;1;9\n")
	kevin.sendScores("inlezen", wrong).want(200, "Regel 2: score: Dit is geen getal", "Regels met een fout 1")
	h.enter(t, "RW1013").get(importResultsPath).want(403)

	scales, err := h.office.InstrumentScales(t.Context(), h.as(t, "RW1057"))
	if err != nil {
		t.Fatal(err)
	}
	kevin.post(importResultsPath+"/schalen", url.Values{"naam-0": {scales[0].Instrument + " " + scales[0].Name}, "schaal-0": {"C15"}, "naam-1": {"een andere schaal"}, "schaal-1": {"C15"}}).want(200, "De koppeling van de schalen is bewaard")
	after, err := h.office.InstrumentScales(t.Context(), h.as(t, "RW1057"))
	if err != nil || after[0].Competence != "C15" || after[1] != scales[1] {
		t.Errorf("%v: %+v", err, after[:2])
	}
}

func TestAConsentThatEndedShowsNothing(t *testing.T) {
	h := openHall(t)
	if _, err := h.office.SetToday(t.Context(), calendar.MustParse("2028-05-05")); err != nil {
		t.Fatal(err)
	}
	h.enter(t, "RW1010").get(ownResultsPath).want(200, "Je hebt geen toestemming gegeven")
	if r, err := h.office.InstrumentResults(t.Context(), h.as(t, "RW1010"), "RW1010"); err != nil || len(r.Results) != 0 {
		t.Error("results are there still", err)
	}
	if all, err := h.office.InstrumentConsents(t.Context(), h.as(t, "RW1010")); err != nil || all[0].Given() || all[0].Purpose != competences.ForGrowth {
		t.Errorf("%v: %+v", err, all)
	}
}
