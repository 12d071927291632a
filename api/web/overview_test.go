package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestTheOverviewLinksEachFigureToItsList(t *testing.T) {
	h := openHall(t)
	h.enter(t, "RW1013").get("/overzicht").want(403)
	h.enter(t, "RW1001").get("/overzicht").want(403) // a leader has the team's own pages
	hr := h.enter(t, "RW1057")
	p := hr.get("/overzicht").want(200, "60 medewerkers", "doel 95%", "Stand van vandaag,", "Burgerzaken Balie", "Wmebv", "Certificaten die aflopen")
	p.checkFrame(dutch)
	for _, list := range []string{"/stand", "/mensen?stand=late", "/vooruitblik", "/bewijs/beoordelen", "/stand?team=T1"} {
		if !strings.Contains(p.source, `href="`+list) {
			t.Errorf("no link to %s", list)
		}
	}
	hr.get("/mensen?stand=late&team=T1").want(200, "4 van de")
	hr.post("/overzicht", url.Values{}).want(200, "Opnieuw geteld.")
	sheet := hr.get("/overzicht/teams.csv").want(200)
	if n := strings.Count(sheet.source, "\n"); n < 7 || !strings.Contains(sheet.source, "alle teams;60;") {
		t.Errorf("%d lines: %s", n, sheet.source)
	}
	hr.get("/overzicht?lang=en").want(200, "Is our training up to date?", "60 colleagues")
}
