package api

import (
	"net/http"
	"testing"

	"bekwaam/courses/changes"
)

func TestAChangeOverTheAPI(t *testing.T) {
	w := newWorld(t)
	nadia, employee := w.token("RW1052"), w.token(tineke)
	all := into[list[changeState]](t, w.get(employee, "/changes"), http.StatusOK)
	if len(all.Items) != 6 || all.Items[0].People != nil {
		t.Errorf("an employee sees %+v", all.Items)
	}
	impact := into[changeImpact](t, w.get(nadia, "/changes/ONTW-01/impact"), http.StatusOK)
	if impact.People != 47 || impact.Groups[1].Done != 13 || len(impact.Counters) != 3 {
		t.Errorf("the impact is %+v", impact)
	}
	refused(t, w.get(employee, "/changes/ONTW-01/impact"), http.StatusForbidden)
	refused(t, w.get(nadia, "/changes/NIETS/impact"), http.StatusNotFound)

	terms := `"title": "Nieuw zaaksysteem", "kind": "application", "source": "release 4.2", "effectiveOn": "2026-11-23", "certainty": "fixed", "phase": "impact", "holder": "RW1052", "gate": 95,
		"roles": ["R01"], "verdicts": [{"kind": "delta", "roles": ["R01"], "scheme": "INT-ZAAK"}, {"kind": "read", "roles": ["R01"], "bulletin": "ZAAK-1"}]`
	refused(t, w.post(nadia, "/changes", `{"change": "ZAAK-42", `+terms+`}`), http.StatusUnprocessableEntity) // there is no such bulletin
	version := `{"topic": "Zaaksysteem", "holder": "RW1052", "from": "2026-11-23", "title": "Nieuw scherm", "text": "Het scherm is anders."}`
	into[bulletin](t, w.post(nadia, "/bulletins/ZAAK-1/versions", version), http.StatusCreated)
	c := into[changeState](t, w.post(nadia, "/changes", `{"change": "ZAAK-42", `+terms+`}`), http.StatusCreated)
	refused(t, w.post(nadia, "/changes", `{"change": "ZAAK-42", `+terms+`}`), http.StatusConflict)
	if c.State != changes.Draft || c.Version != 1 {
		t.Errorf("the draft is %+v", c)
	}
	refused(t, w.post(nadia, "/changes/ZAAK-42/publication", `{"version": 1}`), http.StatusForbidden)                  // she wrote it
	refused(t, w.post(nadia, "/changes/ZAAK-42/publication", `{"version": 1, "urgently": true}`), http.StatusConflict) // its bulletin waits
	refused(t, w.post(nadia, "/bulletins/ZAAK-1/versions/1/confirmation", ""), http.StatusForbidden)
	if a := w.post(w.token(kevin), "/bulletins/ZAAK-1/versions/1/confirmation", ""); a.status != http.StatusNoContent {
		t.Errorf("confirming answers %d", a.status)
	}
	told := into[changeImpact](t, w.post(nadia, "/changes/ZAAK-42/publication", `{"version": 1, "urgently": true}`), http.StatusOK)
	if !told.Hurried || string(*told.DueOn) != "2026-11-23" || told.People == 0 {
		t.Errorf("a change that holds today does %+v", told)
	}
	if c := into[changeState](t, w.get(nadia, "/changes/ZAAK-42"), http.StatusOK); c.State != changes.Published || c.Phase != changes.Training || !c.Unseen {
		t.Errorf("a release that waits for its gate is %+v", c)
	}
	refused(t, w.post(nadia, "/changes/ZAAK-42/go-live", ""), http.StatusConflict)
	refused(t, w.post(nadia, "/changes/ZAAK-42/second-look", ""), http.StatusForbidden)
	leader := w.token("RW1001")
	if a := w.post(leader, "/changes/ZAAK-42/second-look", ""); a.status != http.StatusNoContent {
		t.Errorf("the second look answers %d", a.status)
	}
	asked := into[list[readDuty]](t, w.get(employee, "/read-duties?state=open"), http.StatusOK)
	read := 0
	for _, d := range asked.Items {
		if d.Bulletin == "ZAAK-1" && d.Version == 1 && string(d.DueOn) == "2026-11-23" && len(d.Why) > 0 {
			read++
		}
	}
	if read != 1 {
		t.Errorf("the employee must read %+v", asked.Items)
	}
	refused(t, w.get(employee, "/read-duties?person=RW1001"), http.StatusNotFound)
	into[list[courseReview]](t, w.get(employee, "/course-reviews"), http.StatusOK)
	into[list[replacedLesson]](t, w.get(employee, "/courses/ID-LOOKALIKE/replaced-lessons"), http.StatusOK)
	reach := into[list[lawArticle]](t, w.get(employee, "/law-articles?q=art.+2%3A10+lid+2"), http.StatusOK)
	if len(reach.Items) != 1 || reach.Items[0].Article != "W25" {
		t.Errorf("the register has %+v", reach.Items)
	}
	found := into[list[bulletin]](t, w.get(employee, "/bulletins?q=achternaam&on=2025-03-01"), http.StatusOK)
	if len(found.Items) != 1 || found.Items[0].Number != 2 {
		t.Errorf("found %+v", found.Items)
	}
	d := into[list[objective]](t, w.get(employee, "/objectives"), http.StatusOK)
	if len(d.Items) != 12 || d.Items[9].Value == nil {
		t.Errorf("the objectives are %+v", d.Items)
	}
	refused(t, w.put(employee, "/objectives/D03/reading", `{"value": 97}`), http.StatusForbidden)
	sent := into[signal](t, w.post(employee, "/signals", `{"origin": "region", "title": "Oeverland belt"}`), http.StatusCreated)
	if sent.Fate != changes.New {
		t.Errorf("the signal is %+v", sent)
	}
}
