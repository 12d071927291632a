package api

import (
	"net/http"
	"strings"
	"testing"
)

const bhvTerms = `"title": "BHV", "months": 12, "method": "completion", "windowMonths": 3, "graceMonths": 3, "origin": "wet", "citation": "art. 15 Arbowet",
	"components": [{"kind": "external", "title": "BHV basis"}], "refreshers": [{"kind": "external", "title": "Herhaling brand"}, {"kind": "external", "title": "Herhaling EHBO"}]`

func TestASchemeAndWhoMustHoldIt(t *testing.T) {
	w := newWorld(t)
	token, leader := w.token(kevin), w.token(ilse)
	before := into[list[schemeSummary]](t, w.get(leader, "/schemes?limit=200"), http.StatusOK)
	if len(before.Items) != 18 || before.Items[0].Holders == 0 {
		t.Fatalf("there are %d schemes: %+v", len(before.Items), before.Items[0])
	}
	refused(t, w.get(w.token(tineke), "/schemes"), http.StatusForbidden)
	refused(t, w.put(leader, "/schemes/BHV-2/versions/1", `{`+bhvTerms+`}`), http.StatusForbidden)

	for range 2 { // the second time changes nothing
		if saved := into[SchemeVersion](t, w.put(token, "/schemes/BHV-2/versions/1", `{`+bhvTerms+`}`), http.StatusOK); saved.Scheme != "BHV-2" || len(saved.Refreshers) != 2 {
			t.Errorf("saved %+v", saved)
		}
	}
	if p := refused(t, w.put(token, "/schemes/BHV-2/versions/1", `{`+strings.Replace(bhvTerms, "BHV basis", "anders", 1)+`}`), http.StatusConflict); p.Reason != "scheme_version" {
		t.Errorf("another one of the same number is refused because of %q", p.Reason)
	}
	if one := into[schemeSummary](t, w.get(leader, "/schemes/BHV-2"), http.StatusOK); one.Versions != 1 || one.Holders != 0 || one.AppliesFrom != nil {
		t.Errorf("it is %+v", one)
	}
	refused(t, w.get(token, "/schemes/GEEN"), http.StatusNotFound)
	refused(t, w.get(token, "/schemes/GEEN/versions"), http.StatusNotFound)

	p := refused(t, w.put(token, "/schemes/BHV-2/versions/2", `{`+strings.Replace(bhvTerms, `"windowMonths": 3`, `"windowMonths": 12`, 1)+`, "prerequisites": [{"scheme": "BHV-2", "hard": true}], "appliesFrom": "2026-11-23"}`), http.StatusUnprocessableEntity)
	var where []string
	for _, e := range p.Errors {
		where = append(where, e.Location)
	}
	if got := strings.Join(where, " "); got != "body.windowMonths body.prerequisites[0].scheme body.appliesFrom" {
		t.Errorf("it is wrong at %s", got)
	}
	into[SchemeVersion](t, w.put(token, "/schemes/BHV-2/versions/2", `{`+bhvTerms+`, "appliesFrom": "2027-01-01"}`), http.StatusOK)
	if versions := into[list[SchemeVersion]](t, w.get(leader, "/schemes/BHV-2/versions"), http.StatusOK); len(versions.Items) != 2 || *versions.Items[1].AppliesFrom != "2027-01-01" {
		t.Errorf("the versions are %+v", versions.Items)
	}
	second := into[list[SchemeVersion]](t, w.get(leader, "/schemes/BHV-2/versions"), http.StatusOK).Items[1]
	other := `{` + bhvTerms + `, "appliesFrom": "2027-02-01"}`
	for range 2 { // the second time changes nothing
		if saved := into[SchemeVersion](t, w.put(token, "/schemes/BHV-2/versions/2?instead="+second.Mark, other), http.StatusOK); *saved.AppliesFrom != "2027-02-01" || saved.Mark == second.Mark {
			t.Errorf("replaced by %+v", saved)
		}
	}
	if p := refused(t, w.put(token, "/schemes/BHV-2/versions/2?instead="+second.Mark, strings.Replace(other, "02-01", "03-01", 1)), http.StatusConflict); p.Reason != "scheme_version" {
		t.Errorf("replacing what somebody else replaced is refused because of %q", p.Reason)
	}
	refused(t, w.do(request{method: "DELETE", path: "/schemes/BHV-2/versions/2", token: leader}), http.StatusForbidden)
	if got := w.do(request{method: "DELETE", path: "/schemes/BHV-2/versions/2", token: token}); got.status != http.StatusNoContent {
		t.Errorf("undoing it answers %d: %s", got.status, got.body)
	}
	refused(t, w.do(request{method: "DELETE", path: "/schemes/BHV-2/versions/2", token: token}), http.StatusNotFound)

	const terms = `{"scheme": "BHV-2", "subjectKind": "designation", "subject": "bhv", "since": "2026-11-23", "inductionDays": 90`
	refused(t, w.post(leader, "/requirements", terms+`}`), http.StatusForbidden)
	refused(t, w.post(token, "/requirements", strings.Replace(terms, `"subject": "bhv"`, `"subject": "koffie"`, 1)+`}`), http.StatusUnprocessableEntity)
	var key string
	for range 2 { // the second time adds nothing
		added := w.post(token, "/requirements", terms+`}`)
		key = into[requirement](t, added, http.StatusCreated).Requirement
		if added.header.Get("Location") != "/v1/requirements/"+key {
			t.Errorf("it is at %s", added.header.Get("Location"))
		}
	}
	if all := into[list[requirement]](t, w.get(leader, "/requirements?scheme=BHV-2"), http.StatusOK); len(all.Items) != 1 {
		t.Errorf("there are %d requirements", len(all.Items))
	}
	if duties := into[list[duty]](t, w.get(token, "/duties?person=RW1003"), http.StatusOK); !hasDuty(duties.Items, "BHV-2", "2027-02-21") {
		t.Errorf("Marloes has %+v", duties.Items)
	}
	if p := refused(t, w.put(token, "/requirements/"+key, strings.Replace(terms, "90", "30", 1)+`}`), http.StatusConflict); p.Reason != "begun" {
		t.Errorf("changing what holds is refused because of %q", p.Reason)
	}
	if p := refused(t, w.do(request{method: "DELETE", path: "/requirements/" + key, token: token}), http.StatusConflict); p.Reason != "begun" {
		t.Errorf("removing what holds is refused because of %q", p.Reason)
	}
	if ended := into[requirement](t, w.put(token, "/requirements/"+key, terms+`, "until": "2026-11-22"}`), http.StatusOK); *ended.Until != "2026-11-22" {
		t.Errorf("it ends on %s", *ended.Until)
	}
	if duties := into[list[duty]](t, w.get(token, "/duties?person=RW1003&state=open"), http.StatusOK); hasDuty(duties.Items, "BHV-2", "") {
		t.Error("what nobody requires is still asked")
	}
	refused(t, w.put(token, "/requirements/geen", terms+`}`), http.StatusNotFound)
	refused(t, w.get(token, "/requirements/geen"), http.StatusNotFound)
	if one := into[requirement](t, w.get(leader, "/requirements/"+key), http.StatusOK); one.SubjectName != "bedrijfshulpverlener (BHV)" {
		t.Errorf("it is %+v", one)
	}
	later := into[requirement](t, w.post(token, "/requirements", strings.Replace(terms, "2026-11-23", "2027-11-23", 1)+`}`), http.StatusCreated)
	if got := w.do(request{method: "DELETE", path: "/requirements/" + later.Requirement, token: token}); got.status != http.StatusNoContent {
		t.Errorf("removing what has not begun answers %d: %s", got.status, got.body)
	}
}

func hasDuty(duties []duty, scheme, due string) bool {
	for _, d := range duties {
		if string(d.Scheme) == scheme && (due == "" || string(d.DueOn) == due) {
			return true
		}
	}
	return false
}

func TestActivitiesOfTheDemo(t *testing.T) {
	w := newWorld(t)
	token := w.token(kevin)
	all := into[list[activity]](t, w.get(w.token(ilse), "/activities"), http.StatusOK)
	if len(all.Items) != 9 || all.Items[5].Activity != "P1" || len(all.Items[5].Roles) != 2 {
		t.Fatalf("there are %d: %+v", len(all.Items), all.Items)
	}
	refused(t, w.get(w.token(tineke), "/activities"), http.StatusForbidden)
	refused(t, w.put(w.token(ilse), "/activities/P9", `{"kind": "process", "name": "Nieuw", "roles": []}`), http.StatusForbidden)
	refused(t, w.put(token, "/activities/P9", `{"kind": "process", "name": "Nieuw", "roles": ["R99"]}`), http.StatusUnprocessableEntity)
	if saved := into[activity](t, w.put(token, "/activities/P9", `{"kind": "process", "name": "Nieuw", "roles": ["R02", "R01", "R02"]}`), http.StatusOK); len(saved.Roles) != 2 || saved.Roles[0] != "R01" {
		t.Errorf("saved %+v", saved)
	}
}
