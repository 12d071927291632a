package api

import (
	"net/http"
	"strings"
	"testing"
)

const emre = "RW1036"

func TestAPlanIsProposedMadeAgreedAndCarriedOut(t *testing.T) {
	w := newWorld(t)
	his, sander, hr := w.token(emre), w.token("RW1026"), w.token(kevin)
	body := `{"role": "F02", "by": "2027-03-15", "hoursPerWeek": 4}`
	tried := into[proposal](t, w.post(his, "/people/me/plans?dryRun=true", body), http.StatusOK)
	if !tried.DryRun || tried.Met != 4 || tried.Asked != 9 || !tried.Proven || tried.BoundHours != 62.5 || len(tried.Plans) != 5 {
		t.Fatalf("it proposes %+v", tried)
	}
	first, last := tried.Plans[0], tried.Plans[4]
	if first.Hours != 62.5 || first.Costs != 2040 || !first.InTime || last.Hours != 84.5 || last.Costs != 295 || !strings.Contains(last.Why, "€ 1.745 minder") {
		t.Errorf("from %+v to %+v", first, last)
	}
	for _, s := range first.Steps {
		if s.Why == "" {
			t.Errorf("%s has no reason", s.Item)
		}
	}
	if same := into[proposal](t, w.post(sander, "/people/"+emre+"/plans?dryRun=true", body), http.StatusOK); same.Plans[0].Hours != 62.5 {
		t.Errorf("with whom it is shared sees %+v", same)
	}
	for token, status := range map[string]int{w.token(tineke): http.StatusNotFound, w.token(ilse): http.StatusNotFound} {
		refused(t, w.post(token, "/people/"+emre+"/plans?dryRun=true", body), status)
	}
	if p := refused(t, w.post(sander, "/people/RW1038/plans?dryRun=true", body), http.StatusForbidden); p.Reason != "not_shared" {
		t.Errorf("what is not shared is refused because of %q", p.Reason)
	}
	for _, wrong := range []string{
		`{"role": "R05", "by": "2027-03-15", "hoursPerWeek": 4}`, `{"role": "R99", "by": "2027-03-15", "hoursPerWeek": 4}`, `{"role": "F02", "by": "2020-03-15", "hoursPerWeek": 4}`,
		`{"role": "F02", "by": "2027-03-15", "hoursPerWeek": 0}`, `{"role": "F02", "by": "gisteren", "hoursPerWeek": 4}`,
	} {
		refused(t, w.post(his, "/people/me/plans?dryRun=true", wrong), http.StatusUnprocessableEntity)
	}

	if p := refused(t, w.post(his, "/people/me/plans", body), http.StatusConflict); p.Reason != "plan_exists" { // the demo's draft
		t.Errorf("a second plan is refused because of %q", p.Reason)
	}
	plans := into[list[planLine]](t, w.get(his, "/plans"), http.StatusOK)
	if len(plans.Items) != 1 || plans.Items[0].State != "draft" || plans.Items[0].Done != 1 {
		t.Fatalf("his plans are %+v", plans)
	}
	here := "/plans/" + plans.Items[0].Plan
	refused(t, w.get(w.token(tineke), here), http.StatusNotFound)
	into[plan](t, w.post(his, here+"/agreements", `{"party": "employee", "revision": 1}`), http.StatusCreated)
	refused(t, w.post(his, here+"/agreements", `{"party": "hr", "revision": 1}`), http.StatusForbidden)
	into[plan](t, w.post(sander, here+"/agreements", `{"party": "leader", "revision": 1}`), http.StatusCreated)

	changed := into[plan](t, w.put(sander, here, `{"by": "2027-06-15", "hoursPerWeek": 4, "revision": 1, "steps": [{"item": "L13"}, {"title": "Kennismaken", "until": "2026-12-18"}]}`), http.StatusOK)
	if changed.Revision != 2 || changed.State != "draft" || len(changed.Steps) != 3 {
		t.Errorf("after the change it is %+v", changed)
	}
	if p := refused(t, w.put(his, here, `{"by": "2027-06-15", "hoursPerWeek": 4, "revision": 1, "steps": []}`), http.StatusConflict); p.Reason != "plan_changed" {
		t.Errorf("an older revision is refused because of %q", p.Reason)
	}
	refused(t, w.put(his, here, `{"by": "2027-06-15", "hoursPerWeek": 4, "revision": 2, "steps": [{"item": "L14"}]}`), http.StatusUnprocessableEntity)
	if p := refused(t, w.post(his, here+"/returns", `{"party": "hr", "revision": 2, "words": "Nee."}`), http.StatusForbidden); p.Reason != "not_that_party" {
		t.Errorf("sent back for another party because of %q", p.Reason)
	}
	refused(t, w.post(hr, here+"/returns", `{"party": "hr", "revision": 2, "words": ""}`), http.StatusUnprocessableEntity)
	back := into[plan](t, w.post(hr, here+"/returns", `{"party": "hr", "revision": 2, "words": "Zet er een talk bij."}`), http.StatusCreated)
	if back.Revision != 3 || len(back.Returns) != 1 || back.Next != "employee" || len(back.Budgets) != 1 || back.Budgets[0].Left != 2820 {
		t.Errorf("sent back: %+v", back)
	}
	changed = into[plan](t, w.put(sander, here, `{"by": "2027-06-15", "hoursPerWeek": 4, "learnDay": 2, "talkOn": "2026-12-07", "returnTill": "2027-06-15", "revision": 3, "steps": [{"item": "L13"}, {"title": "Kennismaken", "until": "2026-12-18"}]}`), http.StatusOK)
	if changed.LearnDay != 2 || changed.TalkOn == nil || changed.Revision != 4 {
		t.Errorf("changed: %+v", changed)
	}
	var agreed plan
	for party, token := range map[string]string{"employee": his, "leader": sander, "hr": hr} {
		agreed = into[plan](t, w.post(token, here+"/agreements", `{"party": "`+party+`", "revision": 4}`), http.StatusCreated)
		agreed = into[plan](t, w.post(token, here+"/agreements", `{"party": "`+party+`", "revision": 4}`), http.StatusCreated)
	}
	if agreed.State != "running" || !agreed.Frozen || len(agreed.Asked) != 9 {
		t.Errorf("agreed: %+v", agreed)
	}

	if agreed.Goals[len(agreed.Goals)-1].Scheme == "" || agreed.Reached != 6 || len(agreed.Bill) != 1 || agreed.Bill[0].Fund != "development" || len(agreed.LearningTime) == 0 {
		t.Errorf("its goals, bill and hours are %+v", agreed)
	}
	refused(t, w.put(hr, here+"/pause", `{"until": "2026-12-01", "words": "Nee."}`), http.StatusForbidden)
	refused(t, w.put(his, here+"/pause", `{"until": "2026-11-01", "words": "Nee."}`), http.StatusUnprocessableEntity)
	if paused := into[plan](t, w.put(his, here+"/pause", `{"until": "2026-11-27", "words": "Eerst de verkiezingen."}`), http.StatusOK); paused.PausedUntil == nil || len(paused.Pauses) != 1 {
		t.Errorf("paused: %+v", paused)
	}

	study := 0
	for _, s := range agreed.Steps {
		if s.Item == "L13" {
			study = s.Number
		}
	}
	step := here + "/steps/" + string(rune('0'+study)) + "/completion"
	if p := refused(t, w.put(his, step, `{"on": "2026-11-23"}`), http.StatusForbidden); p.Reason != "self_approval" {
		t.Errorf("one's own step is refused because of %q", p.Reason)
	}
	done := into[plan](t, w.put(sander, step, `{"on": "2026-11-23"}`), http.StatusOK)
	for _, g := range done.Asked {
		if g.Competence == "K05" && (g.Has != 2 || g.Because != "leader") {
			t.Errorf("what it brought is not shown: %+v", g)
		}
	}
	into[plan](t, w.post(his, here+"/evaluations", `{"words": "Het gaat snel."}`), http.StatusCreated)
	again := into[plan](t, w.post(his, here+"/evaluations", `{"words": "Het gaat snel."}`), http.StatusCreated)
	if len(again.Evaluations) != 1 {
		t.Errorf("the same is said twice: %+v", again.Evaluations)
	}
	if len(again.Evaluations[0].Goals) != 13 {
		t.Errorf("what was reached is not kept: %+v", again.Evaluations)
	}
	if p := refused(t, w.put(sander, here+"/return", `{"words": "Ga terug."}`), http.StatusForbidden); p.Reason != "employee_only" {
		t.Errorf("sent back to the old role because of %q", p.Reason)
	}
	refused(t, w.put(hr, here+"/end", `{"words": ""}`), http.StatusForbidden)
	if ended := into[plan](t, w.put(his, here+"/end", `{"words": "Ik blijf."}`), http.StatusOK); ended.State != "stopped" || ended.StopWords != "Ik blijf." {
		t.Errorf("ended: %+v", ended)
	}
	made := into[plan](t, w.post(his, "/people/me/plans", `{"role": "F02", "by": "2027-03-15", "hoursPerWeek": 4, "items": ["L02"]}`), http.StatusCreated)
	same := into[plan](t, w.post(his, "/people/me/plans", `{"role": "F02", "by": "2027-03-15", "hoursPerWeek": 4, "items": ["L02"]}`), http.StatusCreated)
	if made.Plan != same.Plan || made.State != "draft" || len(made.Steps) != 1 {
		t.Errorf("made %+v, and again %+v", made, same)
	}
}

func TestMatchesAndWishes(t *testing.T) {
	w := newWorld(t)
	hers, leader := w.token(tineke), w.token(ilse)
	mine := into[list[roleMatch]](t, w.get(hers, "/people/me/matches?limit=200"), http.StatusOK)
	if len(mine.Items) < 12 {
		t.Fatalf("%d roles", len(mine.Items))
	}
	for i, m := range mine.Items {
		if i > 0 && m.Steps < mine.Items[i-1].Steps {
			t.Errorf("%s is nearer than what stands before it", m.Role)
		}
		if m.Met+m.Steps-len(m.Lacking) != m.Asked {
			t.Errorf("%+v does not add up", m)
		}
	}
	refused(t, w.get(leader, "/people/"+tineke+"/matches"), http.StatusForbidden)
	refused(t, w.get(w.token(emre), "/people/"+tineke+"/matches"), http.StatusNotFound)

	wish0 := `{"words": "De BRP trekt mij.", "by": "2028-01-01", "hoursPerWeek": 2}`
	refused(t, w.put(leader, "/people/"+tineke+"/wishes/R02", wish0), http.StatusNotFound)
	refused(t, w.put(hers, "/people/me/wishes/R01", wish0), http.StatusUnprocessableEntity) // she has that role
	if kept := into[wish](t, w.put(hers, "/people/me/wishes/R02", wish0), http.StatusOK); len(kept.Shared) != 0 || kept.HoursPerWeek != 2 {
		t.Errorf("kept %+v", kept)
	}
	share := "/people/me/wishes/R02/readers/"
	refused(t, w.put(hers, share+emre, ""), http.StatusUnprocessableEntity)
	if a := w.put(hers, share+ilse, ""); a.status != http.StatusNoContent {
		t.Fatalf("sharing answers %d", a.status)
	}
	seen := into[list[roleMatch]](t, w.get(leader, "/people/"+tineke+"/matches"), http.StatusOK)
	if len(seen.Items) != 1 || seen.Items[0].Role != "R02" || seen.Items[0].Wish == nil {
		t.Errorf("the leader sees %+v", seen)
	}
	candidates := into[list[aspirant]](t, w.get(leader, "/roles/R02/candidates"), http.StatusOK)
	if len(candidates.Items) != 2 || candidates.Items[0].Person != tineke || candidates.Items[1].Person != "RW1010" { // Bakker before the other: in order of name
		t.Errorf("who would like it: %+v", candidates)
	}
	refused(t, w.get(hers, "/roles/R02/candidates"), http.StatusForbidden)
	if a := w.do(request{method: http.MethodDelete, path: share + ilse, token: hers}); a.status != http.StatusNoContent {
		t.Fatalf("taking it back answers %d", a.status)
	}
	refused(t, w.get(leader, "/people/"+tineke+"/matches"), http.StatusForbidden)
	if a := w.do(request{method: http.MethodDelete, path: "/people/me/wishes/R02", token: hers}); a.status != http.StatusNoContent {
		t.Fatalf("forgetting it answers %d", a.status)
	}
}
