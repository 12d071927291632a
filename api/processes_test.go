package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestTheProcessesOfTheDemo(t *testing.T) {
	w := newWorld(t)
	hr, leader, employee := w.token(kevin), w.token(ilse), w.token(tineke)

	var got []string
	for _, p := range into[list[processState]](t, w.get(hr, "/processes?on=2026-12-02"), http.StatusOK).Items {
		got = append(got, fmt.Sprint(p.Process, " ", p.Colour, " ", p.Crew.Pool, " ", p.Crew.Rosters, " ", p.Crew.Windows))
	}
	want := `P1 green 8 all [{09:00 20:00 2 3 [{09:00 11:30 2}]}]
P2 red 1 all []
P3 yellow 3 all [{09:00 13:00 3 1 []}]
P4 green 10 all [{08:30 17:00 7 5 []}]`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s", text)
	}
	for _, p := range into[list[processState]](t, w.get(employee, "/processes"), http.StatusOK).Items {
		if p.Colour == "" || p.Crew != nil || p.Risks != nil {
			t.Errorf("an employee sees %+v", p)
		}
	}

	one := into[processState](t, w.get(leader, "/processes/P1?without=RW1003"), http.StatusOK)
	if one.Crew.Pool != 7 || *one.Crew.Was != 8 || one.Colour != "yellow" || one.Procedure == nil || one.Procedure.Holder != marloes || len(one.Crew.Members) == 0 {
		t.Errorf("without Marloes it is %+v, %+v", one, one.Crew)
	}
	for _, m := range one.Crew.Members {
		if m.Person == "RW1027" {
			t.Error("a leader sees somebody of another team by name")
		}
	}
	refused(t, w.get(leader, "/processes/P1?without=RW1027"), http.StatusNotFound)
	refused(t, w.get(employee, "/processes/P1?without=RW1003"), http.StatusForbidden)
	refused(t, w.get(leader, "/processes/P9"), http.StatusNotFound)
	refused(t, w.get(leader, "/processes?on=2026-02-30"), http.StatusUnprocessableEntity)

	f := into[processForecast](t, w.get(leader, "/processes/P1/forecast?months=1&per=day"), http.StatusOK)
	if len(f.Changes) != 5 || len(f.Weeks) != 0 || f.Changes[1].Why[0] != "INT-ID van Marloes van Rijn verloopt op 8 december 2026" || f.Risks[0].Person != marloes || f.Risks[0].By != "2026-12-07" {
		t.Errorf("the forecast is %+v", f)
	}
	weeks := into[processForecast](t, w.get(leader, "/processes/P1/forecast"), http.StatusOK)
	if len(weeks.Weeks) < 100 || len(weeks.Days) != 0 || fmt.Sprint(weeks.Weeks[1].Short) != "[2026-12-02]" {
		t.Errorf("by week it is %+v", weeks.Weeks[:2])
	}
	refused(t, w.get(employee, "/processes/P1/forecast"), http.StatusForbidden)
}

func TestAProcessIsChangedAndItsWorkingTimesToo(t *testing.T) {
	w := newWorld(t)
	hr, leader := w.token(kevin), w.token(ilse)
	terms := `{"all": ["INT-AVG"], "oneOf": [], "windows": [{"days": ["monday"], "from": "09:00", "to": "10:00", "minimum": 1}], "poolMinimum": 2, "from": "2026-12-01", "why": "minder bezoek"}`
	done := func(a answer) {
		t.Helper()
		if a.status != http.StatusNoContent {
			t.Errorf("got %d: %s", a.status, a.body)
		}
	}
	done(w.put(hr, "/processes/P2", terms))
	if p := into[processState](t, w.get(hr, "/processes/P2"), http.StatusOK); p.Version != 1 || len(p.All) < 2 {
		t.Errorf("until then it is %+v", p)
	}
	if all := into[list[processVersion]](t, w.get(w.token(tineke), "/processes/P2/versions"), http.StatusOK).Items; len(all) != 2 || all[1].Why != "minder bezoek" || all[1].WrittenBy != kevin || all[1].WrittenAt == nil {
		t.Errorf("the versions are %+v", all)
	}
	done(w.put(hr, "/processes/P2", strings.Replace(terms, "minder bezoek", "", 1)))
	p := into[processState](t, w.get(hr, "/processes/P2?on=2026-12-01"), http.StatusOK)
	if len(p.All) != 1 || len(p.Windows) != 1 || p.Windows[0].Days[0] != "monday" || p.Windows[0].To != "10:00" || p.PoolMinimum != 2 {
		t.Errorf("it is %+v", p)
	}
	refused(t, w.put(leader, "/processes/P2", terms), http.StatusForbidden)
	refused(t, w.put(hr, "/processes/P9", terms), http.StatusNotFound)
	wrong := refused(t, w.put(hr, "/processes/P2", strings.Replace(terms, "10:00", "08:00", 1)), http.StatusUnprocessableEntity)
	if len(wrong.Errors) != 1 || wrong.Errors[0].Location != "body.windows[0].to" {
		t.Errorf("wrong is %+v", wrong.Errors)
	}
	refused(t, w.put(hr, "/processes/P2", strings.Replace(terms, "10:00", "half", 1)), http.StatusUnprocessableEntity)

	roster := `{"days": [{"day": "monday", "from": "09:00", "to": "17:00"}]}`
	done(w.put(hr, "/people/RW1024/employments/1/rosters/2026-11-23", roster))
	done(w.put(hr, "/people/RW1024/leave/X1", `{"from": "2026-11-23", "until": "2026-11-23", "part": "morning", "approved": true}`))
	type times struct {
		Rosters []struct {
			Employment int          `json:"employment"`
			From       date         `json:"from"`
			Days       []WorkingDay `json:"days"`
			Minutes    int          `json:"minutes"`
		} `json:"rosters"`
		Leave  []leave       `json:"leave"`
		OnCall []onCallShown `json:"onCall"`
	}
	got := into[times](t, w.get(hr, "/people/RW1024/working-times"), http.StatusOK)
	if n := len(got.Rosters); n != 2 || got.Rosters[1].Minutes != 450 || got.Rosters[1].Days[0].Day != "monday" || len(got.Leave) == 0 || got.Leave[0].Leave != "X1" {
		t.Errorf("the times are %+v", got)
	}
	refused(t, w.put(hr, "/people/RW1024/employments/9/rosters/2026-11-23", roster), http.StatusNotFound)
	refused(t, w.put(hr, "/people/me/employments/1/rosters/2026-11-23", roster), http.StatusForbidden)
	refused(t, w.put(hr, "/people/RW1024/employments/1/rosters/2026-02-30", roster), http.StatusUnprocessableEntity)
	refused(t, w.put(hr, "/people/RW1024/leave/X2", `{"from": "2026-11-23", "until": "2026-11-23", "part": "whole", "approved": true}`), http.StatusUnprocessableEntity)
	refused(t, w.put(hr, "/people/RW1025/leave/X1", `{"from": "2026-11-23", "until": "2026-11-23", "part": "whole", "approved": true}`), http.StatusConflict)
	done(w.do(request{method: "DELETE", path: "/people/RW1024/leave/X1", token: hr}))
	done(w.put(hr, "/processes/P3/on-call/2027-01-09", `{"items": [{"person": "RW1022", "from": "10:00", "to": "11:00"}]}`))
	refused(t, w.put(hr, "/processes/P3/on-call/2027-01-09", `{"items": [{"person": "NIEMAND", "from": "10:00", "to": "11:00"}]}`), http.StatusUnprocessableEntity)

	if calls := into[list[onCallShown]](t, w.get(hr, "/processes/P3/on-call?from=2027-01-01"), http.StatusOK).Items; len(calls) == 0 || calls[0].From != "10:00" || calls[0].Name == "" {
		t.Errorf("on call are %+v", calls)
	}
	lists := w.do(request{method: "POST", path: "/imports/working-times/rosters?dryRun=true", token: hr, contentType: "text/csv", body: "personeelsnummer;van;ma;di;wo;do;vr\nRW1024;2027-02-01;08:30-17:00;;;;\nNIEMAND;2027-02-01;;;;;\n"})
	if told := into[timesImport](t, lists, http.StatusOK); told.Counts != (timesImportCounts{New: 1, Wrong: 1}) || !told.DryRun || told.Lines[1].Errors[0].Column != "personeelsnummer" {
		t.Errorf("the list says %+v", told)
	}

	how := into[procedure](t, w.put(w.token(marloes), "/processes/P1/procedures/2026-12-01", `{"text": "Anders.", "holder": "RW1003"}`), http.StatusOK)
	if how.Version != 2 {
		t.Errorf("it is %+v", how)
	}
	refused(t, w.put(hr, "/processes/P1/procedures/2026-12-01", `{"text": "Nog anders.", "holder": "RW1003"}`), http.StatusConflict)
	if all := into[list[procedure]](t, w.get(w.token(tineke), "/processes/P1/procedures"), http.StatusOK).Items; len(all) != 2 {
		t.Errorf("the versions are %+v", all)
	}
}

func TestWithoutConsentOfTheWorksCouncilTheCrewIsClosed(t *testing.T) {
	w := newWorld(t)
	hr, leader := w.token(kevin), w.token(ilse)
	if a := w.put(hr, "/works-council-consent", `{}`); a.status != http.StatusNoContent {
		t.Fatalf("got %d: %s", a.status, a.body)
	}
	p := into[processState](t, w.get(leader, "/processes/P1"), http.StatusOK)
	if p.Crew != nil || p.Closed != notOpen.dutch {
		t.Errorf("it is %+v", p)
	}
	for _, path := range []string{"/processes/P1?without=RW1003", "/processes/P1/forecast"} {
		if got := refused(t, w.get(leader, path), http.StatusForbidden); got.Reason != "no_consent" {
			t.Errorf("%s is refused because of %q", path, got.Reason)
		}
	}
	refused(t, w.put(leader, "/works-council-consent", `{"on": "2026-01-01", "reference": "x"}`), http.StatusForbidden)
	refused(t, w.put(hr, "/works-council-consent", `{"on": "2026-01-01"}`), http.StatusUnprocessableEntity)
	if a := w.put(hr, "/works-council-consent", `{"on": "2026-01-01", "reference": "besluit"}`); a.status != http.StatusNoContent {
		t.Errorf("got %d: %s", a.status, a.body)
	}
	if got := w.get(hr, "/works-council-consent"); !strings.Contains(string(got.body), `"besluit"`) {
		t.Errorf("it is %s", got.body)
	}
	if p := into[processState](t, w.get(leader, "/processes/P1"), http.StatusOK); p.Crew == nil {
		t.Error("it stays closed")
	}
}
