package web

import (
	"net/url"
	"strings"
	"testing"

	"bekwaam/courses/staff"
)

func TestTheProcessesOfADay(t *testing.T) {
	h := openHall(t)
	hr := h.enter(t, "RW1057")
	hr.get("/processen").want(200, "Processen op 23 november 2026", "Dit is kwetsbaar", "8 mensen mogen dit doen, 7 nodig.", "1 mens mag dit doen, 2 nodig.", "Te weinig mensen", "Precies genoeg mensen", "09:00 tot 17:00 uur: 7 aanwezig, 4 nodig")
	hr.get("/processen?op=2026-12-02").want(200, "Zo is het die dag als niemand een nieuw certificaat haalt.", "09:00 tot 20:00 uur: 2 aanwezig, 3 nodig", "09:00 tot 11:30 uur: 2 aanwezig")
	hr.get("/processen?op=2026-11-01").want(200, "Zo was het die dag, zoals we het nu weten.")
	h.enter(t, "RW1057").get("/processen?lang=en").want(200, "Processes on 23 November 2026", "This is at risk", "8 people may do this, 7 needed.")
	p := hr.get("/processen?op=2026-02-30").want(422, "Kies een dag die bestaat")
	if !strings.HasPrefix(p.title(), "Fout: ") {
		t.Error(p.title())
	}
	p = h.enter(t, "RW1013").get("/processen").want(200, "Genoeg mensen", "Te weinig mensen")
	for _, never := range []string{"mogen dit doen,", "aanwezig", "kwetsbaar", "Marloes"} {
		if strings.Contains(p.text(), never) {
			t.Errorf("an employee reads %q", never)
		}
	}
}

func TestOneProcess(t *testing.T) {
	h := openHall(t)
	leader := h.enter(t, "RW1001")
	p := leader.get("/processen/P1?op=2026-12-02").want(200, "Aanvraag en uitgifte reisdocumenten", "Wie is er die dag?", "09:00 tot 11:30 uur: 2 aanwezig", "Fatima Bouzidi", "verlof", "NVVB-B1A of NVVB-S3",
		"INT-ID van Marloes van Rijn verloopt op 8 december 2026", "Laat Marloes van Rijn de hertoets doen", "Zo doen we het", "Vraag naar het oude document", "Kennisdrager: Marloes van Rijn", "Aantal loketten verlagen")
	if strings.Contains(p.text(), "Kim Tjon") {
		t.Error("a leader reads the name of somebody of another team")
	}
	leader.get("/processen/P1?zonder=RW1003").want(200, "Zonder Marloes van Rijn.", "Met Marloes van Rijn erbij: 8 mensen.", "7 mensen mogen dit doen, 7 nodig.", "Precies genoeg mensen")
	h.enter(t, "RW1001").get("/processen/P1?lang=en").want(200, "Who is there that day?", "INT-ID of Marloes van Rijn expires on 8 December 2026", "Let Marloes van Rijn do the retest")
	leader.get("/processen/P1?op=2026-11-28").want(200, "Die dag is er niemand nodig.")
	leader.get("/processen/P1?op=morgen").want(422, "Kies een dag die bestaat")
	leader.get("/processen/P1?zonder=RW1027").want(404)
	leader.get("/processen/P9").want(404)

	employee := h.enter(t, "RW1013")
	p = employee.get("/processen/P1").want(200, "Jij mag dit werk dan niet doen. Dit mis je: Identiteitsvaststelling (intern, theorie).", "Genoeg mensen", "Zo doen we het", "Wie mag dit doen?", "Identiteitsvaststelling (intern, theorie)")
	if strings.Contains(p.text(), "Wie is er die dag?") || strings.Contains(p.text(), "Sevda") {
		t.Error("an employee reads who is in it")
	}
	h.enter(t, "RW1003").get("/processen/P1").want(200, "Jij mag dit werk doen.")
	employee.get("/processen/P1?zonder=RW1003").want(403)

	if err := h.office.RecordConsent(t.Context(), staff.Actor{Functions: []staff.Function{staff.TrainingOfficer}}, 0, ""); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/processen", "/processen/P1"} {
		if p := leader.get(path).want(200, "instemming OR ontbreekt"); strings.Contains(p.text(), "mogen dit doen,") {
			t.Errorf("%s tells numbers without consent", path)
		}
	}
	leader.get("/processen/P1?"+url.Values{"zonder": {"RW1003"}}.Encode()).want(403, "instemming OR ontbreekt")
}
