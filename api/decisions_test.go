package api

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestADecisionIsTriedTakenShownAndUndone(t *testing.T) {
	w := newWorld(t)
	hers, leader, hr := w.token(tineke), w.token(ilse), w.token(kevin)
	open := into[list[duty]](t, w.get(hers, "/duties?state=open"), http.StatusOK)
	var future duty
	for _, d := range open.Items {
		if !d.Overdue {
			future = d
		}
	}
	if future.Scheme == "" {
		t.Fatalf("nothing is open in time: %+v", open)
	}
	body := `{"kind": "extension", "scheme": "` + string(future.Scheme) + `", "until": "2027-06-30", "reason": "De training ging niet door."}`
	here := "/people/" + tineke + "/decisions"

	refused(t, w.post(hers, here, body), http.StatusForbidden)
	refused(t, w.post(w.token(marloes), here, body), http.StatusForbidden)
	if p := refused(t, w.post(hr, "/people/"+kevin+"/decisions", body), http.StatusForbidden); p.Reason != "self_approval" {
		t.Errorf("deciding about oneself is refused because of %q", p.Reason)
	}
	refused(t, w.post(leader, "/people/RW1052/decisions", body), http.StatusNotFound)

	tried := into[decided](t, w.post(leader, here+"?dryRun=true", body), http.StatusOK)
	if !tried.DryRun || len(tried.Changes) != 1 || *tried.Changes[0].DueOn != "2027-06-30" || len(into[list[decision]](t, w.get(hers, "/decisions"), http.StatusOK).Items) != 0 {
		t.Errorf("trying it gives %+v", tried)
	}
	taken := into[decided](t, w.post(leader, here, body), http.StatusCreated)
	again := into[decided](t, w.post(leader, here, body), http.StatusOK)
	if taken.Decision.TakenBy != ilse || !taken.Decision.Undoable || again.Decision != taken.Decision && again.Decision.Decision != taken.Decision.Decision {
		t.Errorf("it is %+v, and again %+v", taken, again)
	}
	moved := into[list[duty]](t, w.get(hers, "/duties?state=open"), http.StatusOK)
	for _, d := range moved.Items {
		if d.Scheme == future.Scheme && d.DueOn != "2027-06-30" {
			t.Errorf("the duty is %+v", d)
		}
	}
	mine := into[list[decision]](t, w.get(hers, "/decisions?person=me"), http.StatusOK)
	if len(mine.Items) != 1 || mine.Items[0].Reason != "De training ging niet door." || !strings.HasPrefix(mine.Items[0].Summary, "Uitstel voor ") {
		t.Errorf("she sees %+v", mine)
	}
	key := mine.Items[0].Decision
	refused(t, w.do(request{method: "DELETE", path: "/decisions/" + key, token: hers}), http.StatusForbidden)
	undone := into[decision](t, w.do(request{method: "DELETE", path: "/decisions/" + key, token: hr}), http.StatusOK)
	if undone.UndoneBy == nil || *undone.UndoneBy != kevin || undone.Undoable {
		t.Errorf("undone it is %+v", undone)
	}
	if p := refused(t, w.do(request{method: "DELETE", path: "/decisions/" + key, token: hr}), http.StatusConflict); p.Reason != "undone" {
		t.Errorf("undoing it twice is refused because of %q", p.Reason)
	}
}

func TestWhileSomebodyIsAwayTheirDutiesArePaused(t *testing.T) {
	w := newWorld(t)
	hers, leader := w.token(tineke), w.token(ilse)
	before := into[list[duty]](t, w.get(hers, "/duties?state=open"), http.StatusOK)
	taken := into[decided](t, w.post(leader, "/people/"+tineke+"/decisions", `{"kind": "absence", "from": "2026-11-01"}`), http.StatusCreated)
	if taken.Decision.Scheme != nil || taken.Decision.Cycle != nil || taken.Decision.Until != nil || taken.Decision.Undoable || !taken.Decision.MayBeEnded {
		t.Errorf("it is %+v", taken.Decision)
	}
	paused := into[list[duty]](t, w.get(hers, "/duties?state=paused"), http.StatusOK)
	if len(paused.Items) != len(before.Items) || paused.Items[0].Overdue || paused.Items[0].State != "paused" {
		t.Errorf("were open %d, are paused %+v", len(before.Items), paused)
	}
	here := "/decisions/" + taken.Decision.Decision
	if p := refused(t, w.do(request{method: "DELETE", path: here, token: leader}), http.StatusConflict); p.Reason != "in_effect" {
		t.Errorf("undoing it is refused because of %q", p.Reason)
	}
	refused(t, w.put(leader, here+"/end", `{"until": "2026-10-31"}`), http.StatusUnprocessableEntity)
	ended := into[decision](t, w.put(leader, here+"/end", `{"until": "2026-11-22"}`), http.StatusOK)
	if *ended.Until != "2026-11-22" || !ended.MayBeEnded {
		t.Errorf("it is %+v", ended)
	}
	if again := into[list[duty]](t, w.get(hers, "/duties?state=open"), http.StatusOK); len(again.Items) != len(before.Items) {
		t.Errorf("back, her duties are %+v", again)
	}
}

func TestARevokedCertificateSaysSoToEverybody(t *testing.T) {
	w := newWorld(t)
	held := into[list[certificate]](t, w.get(w.token(tineke), "/certificates"), http.StatusOK)
	for _, c := range held.Items {
		if c.State != "valid" {
			continue
		}
		body := `{"kind": "revocation", "scheme": "` + string(c.Scheme) + `", "cycle": ` + strconv.Itoa(c.Cycle) + `, "reason": "Het examen bleek van iemand anders."}`
		refused(t, w.post(w.token(ilse), "/people/"+tineke+"/decisions", body), http.StatusForbidden)
		into[decided](t, w.post(w.token(kevin), "/people/"+tineke+"/decisions", body), http.StatusCreated)
		found := w.get("", "/verifications/"+string(c.Number))
		if v := into[verification](t, found, http.StatusOK); v.State != "revoked" || strings.Contains(string(found.body), "examen") {
			t.Errorf("anybody hears %s", found.body)
		}
		if got := into[certificate](t, w.get(w.token(tineke), "/certificates/"+string(c.Number)), http.StatusOK); got.State != "revoked" {
			t.Errorf("it is %+v", got)
		}
		return
	}
	t.Fatal("she has no valid certificate")
}

func TestADecisionThatIsWrongIsToldWhere(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	for body, where := range map[string]string{
		`{"kind": "absence", "reason": "` + canary + `"}`:                                                                "body.reason",
		`{"kind": "absence", "from": "2026-02-30"}`:                                                                      "body.from",
		`{"kind": "absence", "scheme": "INT-ID"}`:                                                                        "body.scheme",
		`{"kind": "exemption", "scheme": "` + canary + `", "until": "2027-01-01", "reason": "other-evidence"}`:           "body.scheme",
		`{"kind": "exemption", "scheme": "INT-ID", "until": "2027-01-01", "reason": "` + canary + `"}`:                   "body.reason",
		`{"kind": "exemption", "scheme": "INT-ID", "reason": "other-evidence"}`:                                          "body.until",
		`{"kind": "revocation", "scheme": "INT-ID", "cycle": 99, "reason": "x"}`:                                         "body.cycle",
		`{"kind": "extension", "scheme": "INT-ID", "until": "2126-12-31", "reason": "x"}`:                                "body.until",
		`{"kind": "extension", "scheme": "INT-ID", "until": "2026-12-31", "reason": "` + strings.Repeat("x", 501) + `"}`: "body.reason",
		`{"kind": "` + canary + `"}`:                                                                                     "body.kind",
		`{"kind": "extension", "scheme": "INT-ID", "until": "2026-12-31", "reason": "x", "person": "RW1003"}`:            "body.person",
	} {
		got := w.post(hr, "/people/"+tineke+"/decisions", body)
		p := refused(t, got, http.StatusUnprocessableEntity)
		if len(p.Errors) == 0 || p.Errors[0].Location != where || strings.Contains(string(got.body), canary) {
			t.Errorf("%s: want %s, got %s", body, where, got.body)
		}
	}
	refused(t, w.put(hr, "/decisions/"+canary+"/end", `{"until": "2027-01-01"}`), http.StatusNotFound)
	refused(t, w.do(request{method: "DELETE", path: "/decisions/" + canary, token: hr}), http.StatusNotFound)
}

func TestWhoAreThere(t *testing.T) {
	w := newWorld(t)
	hr, leader := w.token(kevin), w.token(ilse)
	refused(t, w.get(w.token(tineke), "/people"), http.StatusForbidden)
	refused(t, w.get(w.token(tineke), "/people/"+marloes), http.StatusForbidden)
	refused(t, w.get(leader, "/people/RW1052"), http.StatusNotFound)
	refused(t, w.get(hr, "/people/NOBODY"), http.StatusNotFound)
	refused(t, w.get(hr, "/people?standing=missing"), http.StatusUnprocessableEntity)
	seen := 0
	for cursor := ""; ; {
		part := into[list[Colleague]](t, w.get(hr, "/people?limit=25&cursor="+cursor), http.StatusOK)
		seen += len(part.Items)
		if cursor = part.Next; cursor == "" {
			break
		}
	}
	if seen != 60 {
		t.Errorf("HR sees %d people", seen)
	}
	team := into[list[Colleague]](t, w.get(leader, "/people?limit=200"), http.StatusOK)
	if len(team.Items) == 0 || len(team.Items) >= 60 {
		t.Errorf("a leader sees %d people", len(team.Items))
	}
	lapsed := into[list[Colleague]](t, w.get(leader, "/people?scheme=INT-ID&standing=expired"), http.StatusOK)
	if len(lapsed.Items) == 0 || lapsed.Items[0].Standing != "expired" || *lapsed.Items[0].ValidUntil >= "2026-11-23" {
		t.Errorf("lapsed are %+v", lapsed)
	}
	read := w.get(leader, "/people/"+tineke)
	one := into[dossier](t, read, http.StatusOK)
	if one.Name != "Tineke Bakker" || len(one.Holdings) == 0 || len(one.Duties) == 0 || one.Progress != "late" {
		t.Errorf("she is %s", read.body)
	}
	for _, never := range []string{"attempt", "score", "answer", "verificationUrl"} {
		if strings.Contains(string(read.body), never) {
			t.Errorf("a leader reads %q: %s", never, read.body)
		}
	}
	if own := into[dossier](t, w.get(leader, "/people/me"), http.StatusOK); own.Person != ilse {
		t.Errorf("me is %s", own.Person)
	}
}
