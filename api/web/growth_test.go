package web

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

func TestGrowthIsPrivateUntilItIsShared(t *testing.T) {
	h := openHall(t)
	own := h.enter(t, "RW1022")
	own.get("/groei").want(200, "Kwaliteitsmedewerker", "alleen jij ziet dit", "Dit is je rol")
	own.get("/groei?zoek=zzz").want(200, "Geen rol heeft dit in de naam")
	var boss string
	listeners, err := h.office.Listeners(t.Context(), h.as(t, "RW1022"))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range listeners {
		if l.As == academy.OwnLeader {
			boss = string(l.Person)
		}
	}
	h.enter(t, staff.PersonID(boss)).get("/groei/R06?persoon=RW1022").want(403, "heeft deze wens niet met je gedeeld")

	own.get("/groei/R06").want(200, "Wat kun je al?", "Hiervoor is geen leeraanbod", "Alleen jij ziet dit")
	p := own.get("/groei/R06/delen?met="+boss).want(200, "Precies dit, en niets anders", "Ik vind het leuk om dossiers na te kijken")
	p = p.press("deel", nil).want(200, "Gedeeld. Je kunt het altijd terughalen.", "Deze collega's zien je wens")
	leaderView := h.enter(t, staff.PersonID(boss))
	leaderView.get("/groei/R06?persoon=RW1022").want(200, "Ik vind het leuk om dossiers na te kijken", "kan zien dat je keek")
	p.press("haal-terug", nil).want(200, "Teruggehaald")
	leaderView.get("/groei/R06?persoon=RW1022").want(403, "heeft deze wens niet met je gedeeld")
	own.get("/groei/R99").want(404)
}

func TestADraftShowsThePlansAndWhatTheyCost(t *testing.T) {
	h := openHall(t)
	r := h.enter(t, "RW1036")
	r.get("/groei/F02").want(200, "4 van de 9 competenties", "62,5 uur en € 2.040", "64,5 uur en € 1.295", "70,5 uur en € 1.150", "84,5 uur en € 295", "Er is geen plan met minder uren.", "Klaar op 5 maart 2027: op tijd.", "Dit kan tot en met 31 maart 2027.")
	r.get("/groei/F02?lang=en").want(200, "62.5 hours and €2,040", "There is no plan with fewer hours.")
	p := r.get("/groei/F02?uren=0&op=2020-01-01&lang=nl").want(422, "schrijf op hoeveel uur per week", "kies een dag die nog komt")
	if field := p.first("input", func(n *html.Node) bool { return attr(n, "id") == "op" }); field == nil || attr(field, "value") != "2020-01-01" {
		t.Error("what was filled in is lost")
	}
	r.get("/groei/F02?uren=zzz&op=geen-dag").want(422, "kies een dag die bestaat")
	if p := r.get("/groei/R05").want(200, "Deze rol is er al"); strings.Contains(p.text(), "Reken de plannen uit") {
		t.Error("a plan to the role one has")
	}
	r.get("/groei/R02").want(200, "Maak een plan", "Reken eerst de plannen uit")
	r.get("/groei/R02?uren=3&op=2028-06-01").want(200, "geen leeraanbod").press("wens", url.Values{"woorden": {"BRP lijkt me leuk."}}).want(200, "Je wens is bewaard", "BRP lijkt me leuk.").press("vergeet", nil).want(200, "Je wens is vergeten")
}

func TestAPlanFromDraftToItsFirstStep(t *testing.T) {
	h := openHall(t)
	emre := h.enter(t, "RW1036")
	list := emre.get("/plannen").want(200, "Emre Aksoy", "1 van de 9 stappen klaar", "Concept")
	link := list.first("a", func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), "/plannen/") })
	path := attr(link, "href")
	emre.get(path).want(200, "Je gaat naar", "4 van de 9", "Klaar op 12 november 2026", "Begeleider", "Hans Schouten", "Dinsdagmiddag geen KCC-dienst", "€ 2.040", "Elke 4 weken", "15 maart 2027", "Ik wil dossiers van begin tot eind doen")

	p := emre.get(path+"/wijzigen").want(200, "Wijzig het plan van Emre")
	p.enter(url.Values{"steps-0-until": {"2020-01-01"}, "nieuw-title": {"Kennismaken met het team"}}).want(422, "kies een laatste dag op of na de eerste", "kies de dag waarop dit klaar is")
	p = p.enter(url.Values{"nieuw-title": {"Kennismaken met het team"}, "nieuw-until": {"2026-12-18"}}).want(200, "Het plan is gewijzigd", "Kennismaken met het team", "van de 10 klaar")

	p.press("akkoord-employee", nil).want(200, "Je bent akkoord met het plan", "Wacht op akkoord van leidinggevende en P&O")
	sander := h.enter(t, "RW1026")
	sander.get(path).want(200, "Emre gaat naar", "Wat kan Emre al?").press("akkoord-leader", nil).want(200, "Wacht op akkoord van P&O")
	kevin := h.enter(t, "RW1057")
	back := kevin.get(path).want(200, "Wat is er over?", "ontwikkelbudget 2027", "€ 6.350", "€ 4.310")
	back.press("terug-hr", url.Values{"reden": {""}}).want(422, "schrijf op waarom")
	back.press("terug-hr", url.Values{"reden": {"Kies een goedkopere cursus."}}).want(200, "Teruggestuurd", "Kies een goedkopere cursus.")
	if p := emre.get(path).want(200, "stuurde dit plan terug", "Kies een goedkopere cursus."); strings.Contains(p.text(), "6.350") {
		t.Error("what is left of a budget is not for the employee")
	}
	p = emre.get(path + "/wijzigen")
	if p.first("option", func(n *html.Node) bool { return attr(n, "value") == "RW1020" }) == nil {
		t.Error("a guide is chosen by name")
	}
	p.enter(url.Values{"learnDay": {"2"}, "talkOn": {"2026-12-07"}}).want(200, "dinsdag", "7 december 2026")
	emre.get(path).press("akkoord-employee", nil).want(200)
	sander.get(path).press("akkoord-leader", nil).want(200)
	kevin.get(path).press("akkoord-hr", nil).want(200, "Loopt", "Zo vroeg de rol het toen iedereen akkoord gaf", "Leertijd in het rooster", "dinsdag 24 november 2026")
	p = emre.get(path).want(200, "van de 13 doelen gehaald", "Certificaten die de rol vraagt", "nog geen geldig certificaat")
	p.press("pauze", url.Values{"until": {"2026-01-01"}, "woorden": {"Verkiezingen."}}).want(422, "kies een dag na vandaag")
	p.press("pauze", url.Values{"until": {"2026-12-04"}, "woorden": {"Eerst de verkiezingen."}}).want(200, "Pauzeert", "4 december 2026", "Eerst de verkiezingen.")
	h.enter(t, "RW1001").get(path).want(404)

	sander.get(path).press("klaar", nil).want(200, "Deze stap is klaar")
	emre.get(path).press("kijk-terug", url.Values{"woorden": {""}}).want(422, "schrijf op hoe het gaat")
	emre.get(path).press("kijk-terug", url.Values{"woorden": {"Het gaat snel."}}).want(200, "Je terugblik is bewaard", "Het gaat snel.", "Wat was er toen gehaald?", "Nog niet gehaald.")
	emre.get(path).press("stop", url.Values{"woorden": {""}}).want(422, "schrijf op waarom")
	emre.get(path).want(200, "Ik ga terug naar mijn oude rol")
	emre.get(path).press("stop", url.Values{"woorden": {"Ik blijf toch."}}).want(200, "Gestopt", "Ik blijf toch.")
	sander.get(path).want(200, "Ik blijf toch.")
}

func TestWhoWouldLikeARoleStandsInOrderOfNameAndOnlyWithConsent(t *testing.T) {
	h := openHall(t)
	kevin := h.enter(t, "RW1057")
	kevin.get("/kandidaten").want(200, "Kies een rol")
	kevin.get("/kandidaten?rol=F02").want(200, "Emre Aksoy", "4 van de 9", "Nog te leren", "kunnen zien dat je hier keek")
	kevin.get("/kandidaten?rol=R06").want(200, "Niemand deelt de wens voor deze rol met jou")
	h.enter(t, "RW1036").get("/kandidaten?rol=F02").want(403)
	if err := h.office.RecordConsent(t.Context(), h.as(t, "RW1057"), 0, ""); err != nil {
		t.Fatal(err)
	}
	kevin.get("/kandidaten?rol=F02").want(200, "instemming OR ontbreekt")
}
