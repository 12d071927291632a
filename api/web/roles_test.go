package web

import (
	"net/url"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/staff"
)

func TestHRChangesWhatARoleAsksAndSeesFirstWhomThatIsAbout(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/rollen").want(200, "Medewerker frontoffice Burgerzaken", "Rollen die nog niemand heeft", "Maak een rol voor later")
	hr.get("/rollen/R01").want(200, "geldt nu", "Reisdocumenten", "Wijzig wat de rol vraagt")
	hr.get("/rollen/R01/profiel").want(200, "Wat vraagt Medewerker frontoffice Burgerzaken?", "Niveau van Reisdocumenten")
	ask := url.Values{"validFrom": {"2026-12-01"}, "niveau-K01": {"5"}, "gewicht-K01": {"3"}, "doe": {"nakijken"}}
	hr.post("/rollen/R01/profiel", ask).want(200, "Dit raakt", "Reisdocumenten", "komen onder niveau", "Bewaar het profiel")
	ask.Set("validFrom", "2020-01-01")
	hr.post("/rollen/R01/profiel", ask).want(422, "Eerste dag: kies vandaag of een latere dag")
	ask.Set("validFrom", "gisteren")
	hr.post("/rollen/R01/profiel", ask).want(422, "kies een dag die bestaat")
	hr.post("/rollen/R01/profiel", url.Values{"validFrom": {"2026-12-01"}, "doe": {"nakijken"}}).want(422, "vraag minstens 1")
	ask.Set("validFrom", "2026-12-01")
	ask.Set("doe", "bewaar")
	hr.post("/rollen/R01/profiel", ask).want(200, "Het profiel is bewaard.", "straks")
	hr.post("/rollen/R01/profiel", ask).want(422, "Vanaf deze dag is er al een profiel van deze rol")
	hr.get("/rollen/R99").want(404)
	h.enter(t, "RW1013").get("/rollen/R01").want(200, "Reisdocumenten")
	h.enter(t, "RW1013").get("/rollen/R01/profiel").want(403)
	h.enter(t, "RW1014").post("/rollen/R01/profiel", ask).want(403)
}

func TestARoleThatNobodyHoldsYet(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/rollen/nieuw").want(200, "Een rol voor later")
	role := url.Values{"role": {"F91"}, "name": {"Specialist wallet"}, "team": {"T1"}, "from": {"2027-06-01"}, "hours": {"18"}, "places": {"1"}, "purpose": {"Helpt inwoners met hun wallet."}, "doe": {"bewaar"}}
	wrong := url.Values{"role": {"a b"}, "name": {"Wallet"}, "team": {"T99"}, "from": {"2020-01-01"}, "hours": {"veel"}, "doe": {"bewaar"}}
	hr.post("/rollen/nieuw", wrong).want(422, "Uren per week: schrijf een aantal uren").keeps("Wallet")
	wrong.Set("hours", "18")
	hr.post("/rollen/nieuw", wrong).want(422, "letters, cijfers of streepjes", "Team: dit team bestaat niet", "Vanaf: kies vandaag of een latere dag", "Aantal plaatsen: schrijf een getal van 1")
	hr.post("/rollen/nieuw", role).want(200, "De rol is bewaard.", "Specialist wallet", "Kies wat de rol vraagt")
	role.Set("role", "R01")
	hr.post("/rollen/nieuw", role).want(422, "kies een andere sleutel")
	role.Set("name", "Specialist digitale wallet")
	hr.post("/rollen/F91/bewerken", role).want(200, "Specialist digitale wallet")
	hr.get("/rollen/F91/bewerken").want(200, "Haal deze rol weg").keeps("18")
	hr.get("/rollen/R01/bewerken").want(404)
	hr.post("/rollen/F91/bewerken", url.Values{"doe": {"weg"}}).want(200, "De rol is weggehaald.")
	hr.get("/rollen/F91").want(404)
	h.enter(t, "RW1013").post("/rollen/nieuw", role).want(403)
}

func TestAFrameworkHasAScaleOfItsOwn(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/raamwerken").want(200, "zelfstandig", "Certificaten die dit laten zien:", "Maak een raamwerk")
	hr.post("/raamwerken/nieuw", url.Values{"key": {"taal"}, "title": {"Taal"}, "independent": {"9"}}).want(422, "De niveaus: geef 1 tot en met 10 niveaus").keeps("Taal")
	hr.post("/raamwerken/nieuw", url.Values{"key": {"taal"}, "title": {"Taal"}, "scale": {"A\nB\nC"}, "independent": {"2"}}).want(200, "Het raamwerk is bewaard.", "Taal")
	hr.post("/raamwerken/nieuw", url.Values{"key": {"taal"}, "title": {"Taal"}, "scale": {"A"}, "independent": {"1"}}).want(422, "dit raamwerk is er al")
	skill := url.Values{"id": {"X01"}, "name": {"Engels"}, "group": {"Talen"}, "levels": {"leest\nspreekt"}, "proofs-0-scheme": {"NIETS"}, "proofs-0-level": {"2"}}
	hr.post("/raamwerken/taal/nieuw", skill).want(422, "beschrijf elk van de 3 niveaus", "kies een regeling uit de lijst")
	skill.Set("levels", "leest\nspreekt\nschrijft")
	skill.Set("proofs-0-scheme", "INT-ID")
	hr.post("/raamwerken/taal/nieuw", skill).want(200, "De vaardigheid is bewaard.", "Engels", "INT-ID (2)")
	hr.get("/raamwerken/taal/X01").want(200, "Wijzig de vaardigheid").keeps("Engels")
	hr.post("/raamwerken/taal", url.Values{"title": {"Taal"}, "scale": {"A"}, "independent": {"1"}}).want(422, "niveau 2 is al in gebruik")
	hr.get("/raamwerken/geen").want(404)
	hr.get("/raamwerken/taal/K01").want(404)
	h.enter(t, "RW1013").get("/raamwerken").want(200, "zelfstandig")
	h.enter(t, "RW1013").get("/raamwerken/taal").want(403)
}

func TestWhatOneCanLearnIsKeptByHR(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/leeraanbod?vaardigheid=K05").want(200, "Opleiding naturalisatie en optie (2 dagen)", "van niveau", "Eerst:")
	hr.get("/leeraanbod/L14").want(200, "Leeraanbod wijzigen")
	item := url.Values{"id": {"L91"}, "title": {"Meekijken"}, "kind": {"meelopen"}, "hours": {"1,5"}, "cents": {"12,50"}, "evidences-1-competence": {"K01"}, "evidences-1-from": {"0"}, "evidences-1-level": {"1"}, "after": {"L14"}, "doe": {"bewaar"}}
	hr.post("/leeraanbod/nieuw", item).want(200, "Het leeraanbod is bewaard.", "Meekijken", "1,5 uur", "€ 12,50", "Meelopen")
	hr.post("/leeraanbod/nieuw", item).want(422, "dit leeraanbod is er al")
	hr.post("/leeraanbod/L91", url.Values{"title": {""}, "kind": {"meelopen"}, "hours": {"veel"}, "doe": {"bewaar"}}).want(422, "Uren van de deelnemer: schrijf een aantal uren")
	item.Set("evidences-1-from", "3")
	hr.post("/leeraanbod/L91", item).want(422, "Vaardigheid 2: kies een lager niveau om te beginnen")
	first := url.Values{"title": {"Eerst"}, "kind": {"cursus"}, "hours": {"1"}, "after": {"L91"}, "doe": {"bewaar"}}
	hr.post("/leeraanbod/L14", first).want(422, "L14 na L91 na L14")
	hr.post("/leeraanbod/L14", url.Values{"doe": {"weg"}}).want(422, "Ander leeraanbod komt pas na dit.")
	hr.post("/leeraanbod/L91", url.Values{"doe": {"weg"}}).want(200, "Plannen die het noemen, houden de titel.")
	hr.post("/leeraanbod/L91", item).want(404)
	h.enter(t, "RW1013").get("/leeraanbod").want(200, "Leeraanbod")
	h.enter(t, "RW1013").get("/leeraanbod/L14").want(403)
}

func TestTheMenuShowsWhatOneMayUse(t *testing.T) {
	h := openHall(t)
	for person, want := range map[staff.PersonID]int{"RW1013": 6, "RW1057": 7, "RW1014": 7} {
		p := h.enter(t, person).get("/processen")
		if got := len(p.menu("Hoofdmenu")); got != want {
			t.Errorf("%s has %d items in the menu: %v", person, got, p.menu("Hoofdmenu"))
		}
		if first := p.menu("Team"); len(first) == 0 || (first[0] == "Vaardigheden") != (person != "RW1013") {
			t.Errorf("%s sees first %v", person, first)
		}
	}
	h.enter(t, "RW1013").get("/vaardigheden/mij").want(200, "Mijn vaardigheden")
}

// menu is what stands in the menu of a name.
func (p *shown) menu(name string) []string {
	var items []string
	nav := p.first("nav", func(n *html.Node) bool { return attr(n, "aria-label") == name })
	if nav == nil {
		return nil
	}
	for n := range nav.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" {
			items = append(items, words(n))
		}
	}
	return items
}

// keeps checks that what was typed stands in a field.
func (p *shown) keeps(value string) {
	p.r.t.Helper()
	if p.first("input", func(n *html.Node) bool { return attr(n, "value") == value }) == nil {
		p.r.t.Errorf("%s lost %q", p.path, value)
	}
}
