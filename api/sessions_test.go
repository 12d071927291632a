package api

import (
	"encoding/csv"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/training"
)

func TestTheGroupTrainingsOfTheDemo(t *testing.T) {
	w := newWorld(t)
	hr, hers := w.token(kevin), w.token(tineke)
	all := into[list[session]](t, w.get(hr, "/sessions"), http.StatusOK)
	if len(all.Items) != 6 {
		t.Fatalf("there are %d sessions, want 6", len(all.Items))
	}
	for i, want := range []struct {
		state                   training.State
		free, enrolled, waiting int
	}{{training.Held, 2, 2, 0}, {training.Held, 4, 2, 0}, {training.Held, 2, 2, 0}, {training.Planned, 0, 4, 1}, {training.Planned, 2, 3, 0}, {training.Planned, 2, 2, 0}} {
		got := all.Items[i]
		if got.State != want.state || got.Free != want.free || got.Enrolled != want.enrolled || got.Waiting != want.waiting {
			t.Errorf("%s: %s, %d free, %d enrolled, %d waiting; want %+v", got.Session, got.State, got.Free, got.Enrolled, got.Waiting, want)
		}
	}
	if g1 := all.Items[0]; g1.Participants[0].Outcome != "certified" || g1.Participants[1].Outcome != "components_missing" {
		t.Errorf("G1 led to %+v", g1.Participants)
	}
	seen := into[list[session]](t, w.get(hers, "/sessions?from=2026-11-23"), http.StatusOK)
	if len(seen.Items) != 3 || len(seen.Items[0].Participants) != 0 || seen.Items[0].Mine != nil {
		t.Errorf("an employee sees %+v", seen.Items)
	}
	refused(t, w.get(hr, "/sessions?from=2026-13-01"), http.StatusUnprocessableEntity)
	refused(t, w.get(hr, "/sessions/G9"), http.StatusNotFound)
	file := w.get(hers, "/sessions/G4/invitation")
	if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Type"), "text/calendar") || !strings.Contains(string(file.body), "DTSTART:20261208T080000Z") {
		t.Errorf("the invitation: %d %s", file.status, file.body)
	}
}

func TestASessionFromPlanToEvidence(t *testing.T) {
	w := newWorld(t)
	hr, hers, leader := w.token(kevin), w.token(tineke), w.token(ilse)
	body := `{"title": "BHV", "scheme": "BHV", "components": [0], "day": "2026-12-01", "starts": "09:00", "ends": "12:00", "place": "De Loods", "supplier": "Delta", "places": 1, "cost": 9999, "fund": "statutory"}`
	refused(t, w.put(hers, "/sessions/N1", body), http.StatusForbidden)
	p := refused(t, w.put(hr, "/sessions/N1", strings.Replace(body, "statutory", "development", 1)), http.StatusUnprocessableEntity)
	if len(p.Errors) != 1 || p.Errors[0].Location != "body.fund" || !strings.Contains(p.Errors[0].Message, "7:611a BW") {
		t.Errorf("the wrong fund is refused with %+v", p)
	}
	refused(t, w.put(hr, "/sessions/N1", strings.Replace(body, "09:00", "9 uur", 1)), http.StatusUnprocessableEntity)
	into[session](t, w.put(hr, "/sessions/N1", body), http.StatusCreated)
	into[session](t, w.put(hr, "/sessions/N1", body), http.StatusOK)
	if p := refused(t, w.put(hr, "/sessions/nieuw", body), http.StatusUnprocessableEntity); p.Reason != "reserved" {
		t.Errorf("a key that is a page: %+v", p)
	}
	dearer := strings.Replace(body, "9999", "10000", 1)
	if p := refused(t, w.put(hr, "/sessions/N1", dearer), http.StatusConflict); p.Reason != "stale" {
		t.Errorf("changed without its version: %+v", p)
	}
	if now := into[session](t, w.put(hr, "/sessions/N1", strings.Replace(dearer, "{", `{"version": 1, `, 1)), http.StatusOK); now.Version != 2 || now.Cost != 10000 {
		t.Errorf("it is now %+v", now)
	}

	type place struct{ Waiting int }
	if got := into[place](t, w.put(hers, "/sessions/N1/enrolments/me", ""), http.StatusOK); got.Waiting != 0 {
		t.Errorf("she waits at %d", got.Waiting)
	}
	if got := into[place](t, w.put(leader, "/sessions/N1/enrolments/"+marloes, ""), http.StatusOK); got.Waiting != 1 {
		t.Errorf("the second waits at %d", got.Waiting)
	}
	refused(t, w.put(hers, "/sessions/N1/enrolments/"+marloes, ""), http.StatusNotFound)
	if a := w.do(request{method: http.MethodDelete, path: "/sessions/N1/enrolments/me", token: hers}); a.status != http.StatusNoContent {
		t.Errorf("leaving answers %d", a.status)
	}
	list := `{"participants": [{"person": "` + marloes + `", "attendance": "present", "result": "passed"}]}`
	if p := refused(t, w.put(hr, "/sessions/N1/attendance", list), http.StatusConflict); p.Reason != "not_begun" {
		t.Errorf("recorded before it began: %+v", p)
	}
	if _, err := w.office.SetToday(t.Context(), calendar.MustParse("2026-12-02")); err != nil {
		t.Fatal(err)
	}
	if a := w.put(hr, "/sessions/N1/attendance", list); a.status != http.StatusNoContent {
		t.Errorf("recording answers %d %s", a.status, a.body)
	}
	if p := refused(t, w.post(hr, "/sessions/N1/confirmation", ""), http.StatusForbidden); p.Reason != "self_approval" {
		t.Errorf("who recorded it confirms it: %+v", p)
	}
	type confirmation struct {
		DryRun       bool
		Participants []consequence
	}
	other := w.token("RW1058")
	for _, path := range []string{"?dryRun=true", "", ""} {
		led := into[confirmation](t, w.post(other, "/sessions/N1/confirmation"+path, ""), http.StatusOK)
		if led.DryRun != (path != "") || len(led.Participants) != 1 || led.Participants[0].Outcome != "certified" || *led.Participants[0].ValidUntil != "2027-11-30" {
			t.Errorf("%q led to %+v", path, led)
		}
	}
	line := "/sessions/N1/corrections/" + marloes
	refused(t, w.put(hers, line, `{"attendance": "absent", "reason": "x"}`), http.StatusForbidden)
	refused(t, w.put(other, line, `{"attendance": "absent", "reason": ""}`), http.StatusUnprocessableEntity)
	if a := w.put(other, line, `{"attendance": "absent", "reason": "Twee namen verwisseld."}`); a.status != http.StatusNoContent {
		t.Errorf("correcting answers %d %s", a.status, a.body)
	}
	type corrections struct {
		Corrections []correction
		Revoke      string
	}
	made := into[corrections](t, w.get(hr, line), http.StatusOK).Corrections[0].CorrectedAt.Format(time.RFC3339Nano)
	refused(t, w.post(other, line+"/confirmation", `{"correctedAt": "`+made+`"}`), http.StatusForbidden)
	if p := refused(t, w.post(hr, line+"/confirmation", `{"correctedAt": "2020-01-01T00:00:00Z"}`), http.StatusConflict); p.Reason != "stale" {
		t.Errorf("another correction than was read: %+v", p)
	}
	if a := w.post(hr, line+"/confirmation", `{"correctedAt": "`+made+`"}`); a.status != http.StatusNoContent {
		t.Errorf("confirming it answers %d %s", a.status, a.body)
	}
	if got := into[corrections](t, w.get(hr, line), http.StatusOK); len(got.Corrections) != 1 || got.Corrections[0].ConfirmedBy != kevin || got.Revoke == "" {
		t.Errorf("the corrections are %+v", got)
	}
	if p := refused(t, w.post(hr, "/sessions/N1/cancellation", ""), http.StatusConflict); p.Reason != "begun" {
		t.Errorf("called off afterwards: %+v", p)
	}
}

func TestTheBudgetsOfTheDemoAreThoseOfItsFile(t *testing.T) {
	w := newWorld(t)
	hr, leader := w.token(kevin), w.token(ilse)
	found := make(map[string]balance)
	for _, year := range []string{"2026", "2027"} {
		for _, b := range into[list[balance]](t, w.get(hr, "/budgets?year="+year), http.StatusOK).Items {
			found[string(b.Team)+year+map[training.Fund]string{training.Statutory: "verplicht", training.Development: "ontwikkeling"}[b.Fund]] = b
		}
	}
	file, err := os.Open("../seed/data/rietwaarde/budgets.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil || len(lines)-1 != len(found) {
		t.Fatalf("%d lines and %d budgets, %v", len(lines)-1, len(found), err)
	}
	for _, l := range lines[1:] {
		b := found[l[0]+l[1]+l[2]]
		for i, got := range []int64{b.Budgeted, b.Spent, b.Reserved} {
			if want, err := strconv.ParseInt(l[3+i], 10, 64); err != nil || got != 100*want {
				t.Errorf("%v: %d cents, want %d euros, %v", l[:3], got, want, err)
			}
		}
	}
	if own := into[list[balance]](t, w.get(leader, "/budgets"), http.StatusOK).Items; len(own) != 2 || own[0].Team != "T1" || own[0].Fund != training.Statutory || own[0].Year != 2026 {
		t.Errorf("a leader sees %+v", own)
	}
	refused(t, w.get(leader, "/budgets?team=T2"), http.StatusNotFound)
	refused(t, w.get(w.token(tineke), "/budgets"), http.StatusForbidden)
	refused(t, w.put(leader, "/budgets/T1/2027/statutory", `{"budgeted": 1}`), http.StatusForbidden)
	refused(t, w.put(hr, "/budgets/T1/2027/personal", `{"budgeted": 1}`), http.StatusUnprocessableEntity)
	refused(t, w.put(hr, "/budgets/T9/2027/statutory", `{"budgeted": 1}`), http.StatusNotFound)
	if a := w.put(hr, "/budgets/T1/2028/statutory", `{"budgeted": 500000, "note": "nieuw"}`); a.status != http.StatusNoContent {
		t.Errorf("setting a budget answers %d %s", a.status, a.body)
	}
	if set := into[list[balance]](t, w.get(hr, "/budgets?year=2028&team=T1"), http.StatusOK).Items; len(set) != 1 || set[0].Left != 500000 {
		t.Errorf("it is %+v", set)
	}
}
