package web

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestALineThatWasConfirmedIsCorrected(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	list := hr.get("/groepstraining/G1/aanwezigheid").want(200, "bevestigd", "Corrigeer")
	link := list.first("a", func(n *html.Node) bool { return strings.Contains(attr(n, "href"), "/corrigeren/") })
	path := attr(link, "href")
	form := hr.get(path).want(200, "Nu staat er:", "aanwezig, geslaagd", "Schrijf niets over gezondheid.", "dan blijft die gelden tot iemand die intrekt")
	form.press("Bewaar de correctie", url.Values{"result": {"absent"}, "reason": {""}}).want(422, "Wat was er mis?: schrijf in hoogstens 500 tekens wat er mis was")
	form.press("Bewaar de correctie", url.Values{"result": {"passed"}, "reason": {"<b>zo</b>"}}).want(422, "kies wat er had moeten staan", "<b>zo</b>")
	waits := form.press("Bewaar de correctie", url.Values{"result": {"absent"}, "reason": {"Twee namen verwisseld."}}).want(200, "De correctie is bewaard.", "Wacht op bevestiging", "Twee namen verwisseld.")
	if strings.Contains(waits.source, path+"/bevestigen") {
		t.Error("who made it may confirm it")
	}
	hr.post(path+"/bevestigen", nil).want(403)
	h.enter(t, "RW1013").get(path).want(403)
	warned := h.enter(t, "RW1058").get(path).want(200, "dan blijft die gelden tot iemand die intrekt")
	before := warned.first("a", func(n *html.Node) bool { return strings.Contains(attr(n, "href"), "/besluit?") })
	hr.get(attr(before, "href")).want(200, "Intrekking")
	done := warned.press("Bevestig de correctie", nil).want(200, "Bevestigd. Je collega krijgt bericht.", "Nu staat er: afwezig", "Eerdere correcties", "Neem het besluit om in te trekken")
	revoke := done.first("a", func(n *html.Node) bool { return strings.Contains(attr(n, "href"), "/besluit?") })
	hr.get(attr(revoke, "href")).want(200, "Intrekking")
}

func TestTwoOfficersChangeOneTraining(t *testing.T) {
	h := openHall(t)
	first, second := h.enter(t, "RW1057"), h.enter(t, "RW1058")
	mine := second.get("/groepstraining/G6/bewerken").want(200)
	first.get("/groepstraining/G6/bewerken").press("Bewaar", url.Values{"place": {"De Dijk"}}).want(200, "De Dijk")
	clash := mine.press("Bewaar", url.Values{"place": {"De Loods"}, "cost": {"5"}}).want(422, "Intussen gewijzigd", "De Dijk", "De Loods", "€ 5")
	first.get("/groepstraining/G6").want(200, "De Dijk")
	clash.press("Bewaar wat ik invulde", nil).want(200, "De groepstraining is bewaard.", "De Loods")
}
