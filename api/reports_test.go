package api

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
)

func TestComplianceForecastAndWhatIf(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	c := into[compliance](t, w.get(hr, "/reports/compliance?on=2026-11-23&team=T1"), http.StatusOK)
	found := false
	for _, l := range c.Items {
		if l.Requirement == "int-id-role-r01" {
			found = true
			if l.Required != 11 || l.Held+l.Starting+l.Paused+l.Grace+l.Expired+l.Missing != l.Required || l.Team != "T1" {
				t.Errorf("the line is %+v", l)
			}
		}
	}
	if !found || len(c.People) < 50 {
		t.Errorf("%d people, %+v", len(c.People), c.Items)
	}
	f := into[forecast](t, w.get(hr, "/reports/forecast?months=12"), http.StatusOK)
	if len(f.Items)%12 != 0 || len(f.Items) == 0 || len(f.Peaks) == 0 || !strings.HasPrefix(f.Peaks[0].Words, "In ") || len(f.Proposal.Weeks) == 0 || len(f.Proposal.Stuck) == 0 {
		t.Errorf("%d months, peaks %v", len(f.Items), f.Peaks)
	}
	try := w.do(request{method: "POST", path: "/what-ifs", token: hr, body: `{"schemes": [{"scheme": "INT-AVG", "months": 24}]}`})
	answer := into[whatIf](t, try, http.StatusOK)
	if answer.People != 51 || answer.Mails.New >= answer.Mails.Old || len(answer.Hours) == 0 || answer.Duties[0].Change != "removed" || answer.Duties[0].New != nil {
		t.Errorf("what-if: %d people, %+v", answer.People, answer.Mails)
	}
	added := w.do(request{method: "POST", path: "/what-ifs", token: hr, body: `{"requirements": [{"scheme": "BHV", "subjectKind": "everybody", "since": "2027-01-01", "inductionDays": 30, "origin": "beleid"}], "without": ["vog-everybody-all"], "months": 12}`})
	if got := into[whatIf](t, added, http.StatusOK); got.People < 50 {
		t.Errorf("everybody must hold BHV, which affects %d people", got.People)
	}
	for _, bad := range []string{`{}`, `{"schemes": [{"scheme": "INT-AVG", "windowMonths": 12}]}`, `{"without": ["geen"]}`, `{"requirements": [{"scheme": "GEEN", "subjectKind": "everybody"}]}`, `{"months": 61}`} {
		into[problem](t, w.do(request{method: "POST", path: "/what-ifs", token: hr, body: bad}), http.StatusUnprocessableEntity)
	}
}

func TestReportsForASpreadsheet(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	for path, first := range map[string]string{
		"/reports/compliance?format=csv": "Dag", "/reports/forecast?format=csv": "Team", "/reports/forecast?format=csv&sheet=proposal": "Team",
	} {
		answer := w.get(hr, path)
		text := strings.TrimPrefix(string(answer.body), "\ufeff")
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) < 20 || rows[0][0] != first || answer.header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(answer.header.Get("Content-Disposition"), ".csv") {
			t.Errorf("%s: %d rows, %v, %v", path, len(rows), err, answer.header)
		}
	}
}

func TestReportsAreForWhoFollowsPeople(t *testing.T) {
	w := newWorld(t)
	into[problem](t, w.get(w.token(tineke), "/reports/compliance"), http.StatusForbidden)
	into[problem](t, w.get(w.token("RW1001"), "/reports/compliance?team=T4"), http.StatusNotFound)
	into[problem](t, w.get(w.token("RW1001"), "/reports/forecast?team=T4"), http.StatusNotFound)
	into[problem](t, w.get(w.token(kevin), "/reports/compliance?on=2026-02-30"), http.StatusUnprocessableEntity)
	into[problem](t, w.get(w.token(kevin), "/reports/forecast?months=0"), http.StatusUnprocessableEntity)
	c := into[compliance](t, w.get(w.token("RW1001"), "/reports/compliance"), http.StatusOK)
	for _, l := range c.Items {
		if l.Team != "T1" {
			t.Errorf("a leader sees %s", l.Team)
		}
	}
}

func TestDutiesAndCertificatesOfADay(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	before := into[list[duty]](t, w.get(hr, "/duties?person=RW1013&state=open&on=2026-08-01"), http.StatusOK)
	for _, d := range before.Items {
		if d.Scheme == "INT-ID" && (d.Overdue || d.Path != "refresher" && d.Path != "initial") {
			t.Errorf("in August it is %+v", d)
		}
	}
	later := into[list[certificate]](t, w.get(hr, "/certificates?person=RW1003&on=2030-01-01"), http.StatusOK)
	for _, c := range later.Items {
		if c.State == "valid" && c.ValidUntil != nil {
			t.Errorf("in 2030 it is %+v", c)
		}
	}
	if none := into[list[certificate]](t, w.get(hr, "/certificates?person=RW1003&on=2000-01-01"), http.StatusOK); len(none.Items) != 0 {
		t.Errorf("in 2000 there were %d", len(none.Items))
	}
	into[problem](t, w.get(hr, "/duties?person=RW1013&on=2026-02-30"), http.StatusUnprocessableEntity)
}

func TestTheOverviewOfTheMunicipality(t *testing.T) {
	w := newWorld(t)
	hr := w.token(kevin)
	o := into[overview](t, w.get(hr, "/reports/overview"), http.StatusOK)
	if len(o.Items) < 7 || o.Items[0].Team != "" || o.Items[0].People != 60 || o.Items[0].Late != 6 || o.Items[1].TeamName != "Burgerzaken Balie" || len(o.Months) != 12 || len(o.Changes) == 0 || o.Target != 95 {
		t.Errorf("got %+v", o)
	}
	into[problem](t, w.get(w.token("RW1001"), "/reports/overview"), http.StatusForbidden)
}
