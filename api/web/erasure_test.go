package web

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"bekwaam/courses/calendar"
)

// The contract of RW1031 ends on 31 January 2027.
func TestSomebodyWhoLeftIsErasedByTwo(t *testing.T) {
	h := openHall(t)
	if _, err := h.office.SetToday(t.Context(), calendar.MustParse("2027-02-15")); err != nil {
		t.Fatal(err)
	}
	h.enter(t, "RW1013").get("/wissen").want(403)
	h.enter(t, "RW1001").get("/wissen/RW1031").want(403)
	first, second := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	p := first.get("/wissen").want(200, "Mensen die weg zijn", "24 maanden")
	p.checkFrame(dutch)
	const name = "Daan Vermeulen"
	first.get("/wissen/RW1013").want(409)
	p = first.get("/wissen/RW1031").want(200, name, "Dit gaat weg", "Dit blijft, zonder naam", "31 januari 2027")
	p.checkFrame(dutch)
	p.press("Vraag om te wissen", nil).want(200, "Gevraagd. Een collega van P&O bevestigt het.", name)
	first.get("/wissen/RW1031").want(200, "Jij hebt dit gevraagd.", "Trek het verzoek in")
	second.get("/wissen/RW1031").want(200, "Wis voorgoed").press("Wis voorgoed", nil).want(200, "Deze persoon is gewist.", "gewist-")
	second.get("/wissen/RW1031").want(404)
	if strings.Contains(second.get("/stand?op=2026-11-23").want(200).source, name) {
		t.Error("a report of a past day shows somebody who was erased")
	}
}

func TestHowLongThingsAreKeptIsChosenOnAPage(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/bewaartermijnen").want(403)
	r := h.enter(t, "RW1057")
	r.get("/bewaartermijnen").want(200, "In maanden. 0: altijd bewaren.").checkFrame(dutch)
	form := url.Values{"leavers": {"60"}, "leavers-basis": {"Selectielijst 2020, 17.1"}, "documents": {"veel"}, "documents-basis": {""}}
	if p := r.post("/bewaartermijnen", form).want(422, "schrijf een getal van 0"); !strings.Contains(p.source, "Selectielijst 2020, 17.1") {
		t.Error("what was typed is lost")
	}
	form.Set("documents", "12")
	r.post("/bewaartermijnen", form).want(200, "Een kortere termijn voor documenten wacht op een tweede").press("Trek het verzoek in", nil).want(200)
	form.Set("documents", "36")
	r.post("/bewaartermijnen", form).want(200, "De bewaartermijnen zijn bewaard.")
	r.get("/wissen").want(200, "60 maanden")
}

func TestAListOfPeopleIsLookedAtBeforeItComesIn(t *testing.T) {
	list, err := os.ReadFile("../../courses/exchange/testdata/hr_export.csv")
	if err != nil {
		t.Fatal(err)
	}
	h := openHall(t)
	h.enter(t, "RW1013").get("/mensen-inlezen").want(403)
	r := h.enter(t, "RW1057")
	r.get("/mensen-inlezen").want(200, "Maak rollen aan die nog niet bestaan", "Maak teams aan die nog niet bestaan").checkFrame(dutch)
	r.send("/mensen-inlezen", "lijst", "leeg.csv", nil).want(422, "Kies eerst een bestand.")
	r.send("/mensen-inlezen", "lijst", "bsn.csv", []byte("Medewerker;BSN;Vanaf\nA;1;01-01-2026\nB;2;01-01-2026\n")).want(422, "haal deze kolom weg")
	p := r.send("/mensen-inlezen", "lijst", "hr.csv", list).want(200, "Er is nog niets veranderd.", "Foute regels", "Functie: Deze rol bestaat niet.")
	p.checkFrame(dutch)
	p.press("Lees in", nil).want(200, "De lijst is ingelezen.")
	r.send("/mensen-inlezen", "lijst", "hr.csv", list).want(200, "Alles staat er al zo in.")
}

func TestAListShowsWhoLeadsATeam(t *testing.T) {
	const head = "Medewerker;Roepnaam;Achternaam;Team;Functie;Datum in dienst;Datum uit dienst;Leidinggevende\n"
	h := openHall(t)
	r := h.enter(t, "RW1057")
	r.send("/mensen-inlezen", "lijst", "een.csv", []byte(head+"RW2006;Noa;Smit;Burgerzaken Balie;teamleider;01-12-2026;;RW1056\nRW2007;Nog;Bos;Nergens;teamleider;01-12-2026;;\n")).
		want(200, "Team: Dit team bestaat niet.", "Teams die een andere leidinggevende krijgen").press("Lees in", nil).want(200, "De lijst is ingelezen.")
	p := r.send("/mensen-inlezen", "lijst", "weg.csv", []byte(head+"RW1001;Ilse;Hoekstra;Burgerzaken Balie;teamleider;01-03-2018;31-10-2026;\nRW2006;Noa;Smit;Burgerzaken Balie;teamleider;01-12-2026;;RW2006\nRW2008;;;Burgerzaken Balie;teamleider;;;\n"))
	p.want(200, "leidinggevende wordt Noa Smit (RW2006) in plaats van Ilse Hoekstra (RW1001)", "Roepnaam: ", "Datum in dienst: ")
	p.checkFrame(dutch)
	r.send("/mensen-inlezen", "lijst", "dag.csv", []byte(head+"RW1001;Ilse;Hoekstra;Burgerzaken Balie;teamleider;01-03-2018;31-12-2026;\nRW2009;Kim;Bos;Burgerzaken Balie;teamleider;01-12-2026;;RW1001\n")).
		want(200, "Ilse Hoekstra (RW1001) geeft leiding aan team", "Kies een andere leidinggevende.")
}

func TestLeaversAreKeptShorterByTwo(t *testing.T) {
	h := openHall(t)
	if _, err := h.office.SetToday(t.Context(), calendar.MustParse("2027-05-15")); err != nil {
		t.Fatal(err)
	}
	first, second := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	form := url.Values{"leavers": {"1"}, "documents": {"24"}}
	p := first.post("/bewaartermijnen", form).want(200, "wacht op een tweede", "Jij hebt dit gevraagd.", "Daan Vermeulen", "31 januari 2027")
	p.checkFrame(dutch)
	first.get("/wissen").want(200, "24 maanden")
	first.post("/bewaartermijnen", url.Values{"soort": {"leavers"}, "doe": {"bevestig"}, "maanden": {"1"}}).want(403)
	h.enter(t, "RW1013").post("/bewaartermijnen", url.Values{"soort": {"leavers"}, "doe": {"bevestig"}, "maanden": {"1"}}).want(403)
	second.post("/bewaartermijnen", url.Values{"soort": {"leavers"}, "doe": {"bevestig"}, "maanden": {"2"}}).want(409)
	second.get("/bewaartermijnen").want(200, "Bevestig de kortere termijn").press("Niet korter bewaren", nil).want(200, "In maanden.")
	first.post("/bewaartermijnen", form).want(200, "Trek het verzoek in")
	second.get("/bewaartermijnen").press("Bevestig de kortere termijn", nil).want(200, "De bewaartermijnen zijn bewaard.")
	first.get("/wissen").want(200, "1 maand")
	form.Set("leavers", "36")
	first.post("/bewaartermijnen", form).want(200, "De bewaartermijnen zijn bewaard.")
}
