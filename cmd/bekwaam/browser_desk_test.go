package main

import "testing"

// deskPages is what leaders, HR and assessors work with, and what employees see of it.
func (b *browser) deskPages(t *testing.T) {
	d := serveDemo(t)
	w := b.tab(t, d.url)
	w.be(tineke).open("/bewijs").check("evidence", 200)
	w.open("/bewijs/nieuw").says("Dek").check("evidence-new", 200)
	w.open("/berichten").check("messages", 200)
	w.open("/berichten/instellingen").check("messages-settings", 200)
	w.open("/besluiten").check("about-me", 200)
	w.open("/groepstraining").check("trainings", 200)
	w.open("/groepstraining/G4").check("training-group", 200)
	w.be("RW1001").open("/beheer").says("Mensen").check("desk-leader", 200)
	w.open("/mensen").check("people-leader", 200)
	w.be(kevin).open("/beheer").check("desk", 200)
	for _, page := range []struct{ path, name string }{
		{"/mensen", "people"}, {"/mensen/" + string(tineke), "person"}, {"/mensen/" + string(tineke) + "/besluit", "decision-kinds"},
		{"/bewijs/beoordelen", "evidence-queue"}, {"/bewijs/gezien", "evidence-seen"}, {"/escalaties", "escalations"},
		{"/regelingen", "schemes"}, {"/regelingen/BHV", "scheme"}, {"/regelingen/werk", "activities"}, {"/wat-als", "what-if"},
		{"/wat-als?regeling=BHV&maanden=24&venster=3&uitloop=3", "what-if-answer"},
		{"/stand", "standing"}, {"/stand?op=2027-03-01", "standing-later"}, {"/vooruitblik", "forecast"}, {"/budget", "budget"},
		{"/processen", "processes"}, {"/processen/P1?op=2026-12-02&zonder=RW1003", "process"},
		{"/processen/P1/wijzigen", "process-edit"}, {"/processen/P1/werkwijze", "process-how"}, {"/processen/P1/versies", "process-versions"}, {"/instemming", "consent"},
		{"/mensen/" + string(tineke) + "/werktijden", "working-times"}, {"/mensen/" + string(tineke) + "/werktijden/rooster", "roster-edit"}, {"/mensen/" + string(tineke) + "/werktijden/verlof", "leave-edit"}, {"/werktijden-inlezen", "working-times-import"},
		{"/groepstraining/nieuw", "training-new"}, {"/groepstraining/G4/aanwezigheid", "training-attendance"}, {"/import", "import"}, {"/mail", "mail"},
	} {
		w.open(page.path).check("desk-"+page.name, 200)
	}
	w.looks = []look{phone}
	for _, path := range []string{"/beheer", "/mensen", "/regelingen/BHV", "/vooruitblik", "/stand", "/budget", "/processen", "/processen/P1"} {
		w.open(path+"?lang=en").check("en-desk"+path, 200)
	}
}
