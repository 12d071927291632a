package web

import (
	"net/url"
	"strings"
	"testing"

	"bekwaam/courses/staff"
)

func TestWhoLearnsWhat(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/processen").want(200, "Wie leert wat, zodat elk proces 24 maanden genoeg mensen houdt?")
	p := hr.get("/processen/leren").want(200, "Wie leert wat tot en met 31 oktober 2028?", "Er wordt niets gepland en niemand gevraagd", "Met minder uren kan het niet: dat is bewezen.",
		"Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (intern, theorie) (INT-ID) uiterlijk op 7 december 2026.", "Zonder dit zijn er 6 in december 2026: er zijn 7 nodig.",
		"Staat gepland op 8 december 2026.", "Dit lost leren niet op", "werven of lenen", "Voor en na, per maand", "december 2026", "zo weinig mogelijk mensen tekort", "soms te weinig")
	for _, link := range []string{"/groepstraining/nieuw?regeling=NVVB-B1A", "/mensen/RW1003", "niet=RW1003"} {
		if !strings.Contains(p.source, link) {
			t.Error("no link to", link)
		}
	}
	p = hr.get("/processen/leren?niet=RW1003&team=T1&uren=2,5").want(200, "Deze collega's vragen we niet", "Marloes van Rijn", "Vraag toch")
	if strings.Contains(p.text(), "Laat Marloes") || !strings.Contains(p.source, `value="2,5"`) {
		t.Error("who is not asked is asked, or the hours are gone")
	}
	for _, wrong := range []string{"veel", "0", "41", "-1", "NaN"} {
		p := hr.get("/processen/leren?"+url.Values{"uren": {wrong}}.Encode()).want(422, "van 0,5 tot en met 40")
		if !strings.Contains(p.source, `value="`+wrong+`"`) {
			t.Errorf("%q is gone from the form", wrong)
		}
	}
	h.enter(t, "RW1057").get("/processen/leren?lang=en").want(200, "Who learns what until 31 October 2028?", "It cannot be done in fewer hours: that is proven.", "Let Marloes van Rijn do the retest", "Without this there are 6 in December 2026: 7 are needed.")

	leader := h.enter(t, "RW1001")
	leader.get("/vaardigheden").want(200, "Wie leert wat voor de processen?")
	p = leader.get("/processen/leren").want(200, "Marloes van Rijn", "collega's die je hier niet ziet, leren ook iets.")
	for _, other := range []string{"Omar Jama", "Giovanni Croes"} {
		if strings.Contains(p.text(), other) {
			t.Errorf("a leader reads the name of %s of another team", other)
		}
	}
	leader.get("/processen/leren?team=T3").want(404)
	h.enter(t, "RW1013").get("/processen/leren").want(403)

	if err := h.office.RecordConsent(t.Context(), staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, 0, ""); err != nil {
		t.Fatal(err)
	}
	leader.get("/processen/leren").want(403, "instemming OR ontbreekt")
}
