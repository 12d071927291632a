package web

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/calendar"
	"bekwaam/courses/training"
)

func TestGroupTrainingsAreListed(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	p := r.get("/groepstraining").want(200, "Dit komt eraan", "0 van de 4 plaatsen vrij, 1 op de wachtlijst", "dinsdag 8 december 2026", "09:00 tot 13:00 uur", "Het afgelopen jaar", "Geweest")
	if strings.Contains(p.text(), "Plan een groepstraining") {
		t.Error("an employee may plan")
	}
	p = r.get("/groepstraining/G4").want(200, "Zet me op de wachtlijst", "Trainersgroep De Kade", "werktijd")
	for _, never := range []string{"Yara Haddad", "€", "Meld af", "Regelen"} {
		if strings.Contains(p.text(), never) {
			t.Errorf("an employee sees %q", never)
		}
	}
	if file := r.get("/groepstraining/G4/agenda.ics"); !strings.HasPrefix(file.source, "BEGIN:VCALENDAR") {
		t.Errorf("the calendar file is %s", file.source)
	}
	r.get("/groepstraining/G9").want(404)
	for _, path := range []string{"/groepstraining/nieuw", "/groepstraining/G4/bewerken", "/groepstraining/G4/afzeggen", "/groepstraining/G4/aanwezigheid", "/groepstraining/G4/bevestigen", "/budget", "/budget/T1/2026/verplicht"} {
		r.get(path).want(403)
	}
	if p := h.enter(t, "RW1001").get("/groepstraining/G4").want(200, "Deelnemers uit je team", "Yara Haddad"); strings.Contains(p.text(), "RW1025") || strings.Count(p.source, `value="afmelden"`) != 2 {
		t.Error("a leader sees others than their team")
	}
	h.enter(t, "RW1003").get("/mijn-scholing?toon=alle").want(200, "Je bent ingeschreven voor de groepstraining op 19 januari 2027.")
}

func TestAPlaceIsTakenAndGivenBack(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1013")
	p := r.get("/groepstraining/G6").want(200, "2 van de 4 plaatsen vrij").press("inschrijven", nil).want(200, "Je bent ingeschreven.", "Je hebt een plaats.")
	p.press("afmelden", nil).want(200, "Je bent afgemeld.", "2 van de 4 plaatsen vrij")
	r.get("/groepstraining/G4").press("inschrijven", nil).want(200, "nummer 2")

	hr := h.enter(t, "RW1057")
	p = hr.get("/groepstraining/G4").want(200, "€ 740", "wachtlijst, nummer 1", "Wie moet dit nog doen?")
	hr.post("/groepstraining/G4", url.Values{"doe": {"inschrijven"}, "persoon": {""}, "nummer": {""}}).want(422, "Kies een collega")
	hr.post("/groepstraining/G4", url.Values{"doe": {"inschrijven"}, "persoon": {""}, "nummer": {"RW9999"}}).want(422, "Dit personeelsnummer kun je hier niet inschrijven.")
	hr.post("/groepstraining/G4", url.Values{"doe": {"inschrijven"}, "persoon": {"RW1002"}, "nummer": {""}}).want(200, "Je collega staat op de wachtlijst")
	hr.post("/groepstraining/G4", url.Values{"doe": {"afmelden"}, "persoon": {"RW1025"}}).want(200, "Je collega is afgemeld")
	h.enter(t, "RW1045").get("/groepstraining/G4").want(200, "Je hebt een plaats.")
	h.enter(t, "RW1001").post("/groepstraining/G4", url.Values{"doe": {"afmelden"}, "persoon": {"RW1045"}}).want(404)
	if p.first("form", func(n *html.Node) bool { return attr(n, "action") == "/groepstraining/G4" }) == nil {
		t.Error("there is no form")
	}
}

func TestPlanningATrainingByThePages(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	p := hr.get("/groepstraining/nieuw").want(200, "Waarvoor telt de training?")
	if strings.Contains(p.source, `value="INT-ID"`) || strings.Contains(p.source, `value="AANW-TOEZ"`) {
		t.Error("a group training counts for a quiz or a decision")
	}
	form := hr.get("/groepstraining/nieuw?regeling=BHV").want(200, "artikel 7:611a BW")
	values := url.Values{"title": {"<b>BHV</b>"}, "day": {"2027-02-02"}, "starts": {"9 uur"}, "ends": {"12:00"}, "place": {"De Loods"}, "supplier": {""}, "places": {"veel"}, "elsewhere": {"0"}, "cost": {"1.390,5x"}, "fund": {"statutory"}}
	p = form.press("Plan de training", values).want(422, "Begint om: schrijf een tijd zoals 09:30", "Aantal plaatsen: schrijf een heel getal", "schrijf een bedrag zoals 1390 of 347,50")
	if attr(p.first("input", func(n *html.Node) bool { return attr(n, "id") == "title" }), "value") != "<b>BHV</b>" {
		t.Error("what was typed is lost")
	}
	values["starts"], values["places"], values["cost"] = []string{"09:00"}, []string{"12"}, []string{"1.390,50"}
	p = p.press("Plan de training", values).want(422, "schrijf wie de training geeft")
	values["supplier"] = []string{"Delta"}
	p = p.press("Plan de training", values).want(200, "De groepstraining is bewaard.", "12 van de 12 plaatsen vrij", "€ 1.390,50")
	path := p.path
	again := hr.get(path+"/bewerken").want(200, "Wijzig de groepstraining")
	again.press("Bewaar", url.Values{"day": {"2026-11-01"}}).want(422, "kies een dag en tijd die nog komen")
	again.press("Bewaar", url.Values{"place": {"De Dijk"}}).want(200, "De Dijk")
	hr.get(path+"/afzeggen").want(200, "Er staat niemand op de lijst.").press("Zeg de training af", nil).want(200, "De groepstraining is afgezegd.", "Gaat niet door")

	p = hr.get("/groepstraining/nieuw?regeling=NVVB-B1A").want(200, "Wat heeft iemand die slaagt laten zien?", "theorie", "vaardigheid")
	p.press("Plan de training", url.Values{"components": nil, "day": {"2027-02-02"}, "starts": {"09:00"}, "ends": {"12:00"}, "place": {"x"}, "supplier": {"x"}, "places": {"4"}, "cost": {"0"}}).want(422, "kies wat iemand die slaagt heeft laten zien")
}

func TestTheListIsRecordedByOneAndConfirmedByAnother(t *testing.T) {
	h := openHall(t)
	first := h.enter(t, "RW1057")
	first.get("/groepstraining/G6/aanwezigheid").want(200, "Handtekening", "Print deze pagina")
	if _, err := h.office.SetToday(t.Context(), calendar.MustParse("2027-01-22")); err != nil {
		t.Fatal(err)
	}
	hr, other := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	hr.get("/groepstraining/G6/bevestigen").want(200, "Leg eerst vast wie er was.")
	hr.get("/groepstraining/G6").want(200, "Lijst nog invullen")
	hr.get("/groepstraining/G6/aanwezigheid").want(200, "alleen gehaald: theorie", "alleen gehaald: vaardigheid").
		press("Bewaar de lijst", url.Values{"uitslag-RW1011": {"partly1"}, "uitslag-RW1012": {"partly0"}}).want(200, "Iemand anders bevestigt hem nu.", "Iemand anders dan wie de lijst invulde")
	hr.get("/groepstraining/G6/bewerken").want(200, "Alleen wat zij kost kan nog anders.").press("Bewaar", url.Values{"cost": {"1400"}}).want(200, "€ 1.400")
	p := other.get("/groepstraining/G6/bevestigen").want(200, "Klopt deze lijst?", "geldig van 21 januari 2027 tot en met 20 januari 2030", "Er is nog een ander onderdeel nodig.")
	p.press("Bevestig de lijst", nil).want(200, "Bevestigd.", "Wat ervan kwam", "geldig van 21 januari 2027 tot en met 20 januari 2030")
	other.post("/groepstraining/G6/bevestigen", nil).want(200, "Wat ervan kwam")
	hr.get("/groepstraining/G6/aanwezigheid").want(200, "De lijst is bevestigd.")
}

func TestBudgetsOfTheDemo(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	p := hr.get("/budget").want(200, "Budget voor scholing 2026", "Verplichte scholing", "artikel 7:611a BW", "€ 3.100", "€ 2.785", "€ 185", "€ 130", "Samen")
	hr.get("/budget?jaar=2027").want(200, "€ 1.680", "Opleiding naturalisatie voor RW1036")
	for _, bad := range []string{"/budget?jaar=x", "/budget/T1/2026/persoonlijk", "/budget/T9/2026/verplicht", "/budget/T1/x/verplicht"} {
		hr.get(bad).want(404)
	}
	form := hr.get("/budget/T1/2026/verplicht").want(200, "Groepstrainingen nemen hiervan")
	form.press("Bewaar", url.Values{"budgeted": {"veel"}, "note": {"<i>x</i>"}}).want(422, "Begroot: schrijf een bedrag")
	form.press("Bewaar", url.Values{"budgeted": {"2.000"}}).want(200, "Het budget is bewaard.", "−€ 970")
	hr.get("/groepstraining/G4").want(200, "Let op: er is meer gepland dan er is.", "hiermee € 970 te veel")
	if p := h.enter(t, "RW1014").get("/budget"); strings.Contains(p.text(), "Burgerzaken Balie") || strings.Contains(p.text(), "Wijzig") {
		t.Error("a leader sees the budget of another team, or may change one")
	}
	if p.first("table", nil) == nil {
		t.Error("there is no table")
	}
}

func TestAmountsAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]training.Cents{"1390": 139000, "1.390": 139000, "€ 1.390,50": 139050, "347,5": 34750, "347.50": 34750, "1,390.50": 139050, "-185": -18500, "−185": -18500, "0": 0, "1.000.000": 100000000} {
		if got, ok := readEuro(text); !ok || got != want {
			t.Errorf("%q is %d cents, %v; want %d", text, got, ok, want)
		}
	}
	for _, bad := range []string{"", "veel", "1.39.000", "1390,505", "--1", "1e3", "99999999999999999999", "-"} {
		if got, ok := readEuro(bad); ok {
			t.Errorf("%q is %d cents", bad, got)
		}
	}
	for cents, want := range map[training.Cents]string{139000: "€\u00a01.390", -18550: "−€\u00a0185,50", 0: "€\u00a00", 123456789: "€\u00a01.234.567,89"} {
		if got := dutch.euro(cents); got != want {
			t.Errorf("%d cents is written %s, want %s", cents, got, want)
		}
		if got, ok := readEuro(typedEuro(cents)); !ok || got != cents {
			t.Errorf("%d cents is typed %s and read as %d", cents, typedEuro(cents), got)
		}
	}
	if got := english.euro(139050); got != "€1,390.50" {
		t.Error(got)
	}
}

func FuzzAmounts(f *testing.F) {
	for _, text := range []string{"1.390,50", "-185", "€ 0", "1,2,3", ".", "9.999.999.999.999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if cents, ok := readEuro(text); ok {
			if again, ok := readEuro(typedEuro(cents)); !ok || again != cents {
				t.Errorf("%q is %d cents, typed %q and read as %d", text, cents, typedEuro(cents), again)
			}
		}
	})
}
