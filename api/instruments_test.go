package api

import (
	"net/http"
	"strings"
	"testing"

	"bekwaam/seed"
)

func TestInstrumentResultsAreThePersonsOwn(t *testing.T) {
	w := newWorld(t)
	const priya, leader = "RW1032", "RW1026"
	hers, sander, hr := w.token(priya), w.token(leader), w.token(kevin)

	consents := into[list[instrumentConsent]](t, w.get(hers, "/people/me/instrument-consents"), http.StatusOK)
	if len(consents.Items) != 2 || consents.Items[0].GivenOn == nil || consents.Items[0].Results != 1 || consents.Items[1].GivenOn != nil {
		t.Fatalf("she consents to %+v", consents.Items)
	}
	for _, token := range []string{sander, hr} {
		refused(t, w.get(token, "/people/"+priya+"/instrument-consents"), http.StatusNotFound)
		refused(t, w.put(token, "/people/"+priya+"/instrument-consents/teamwork", `{"endsOn": "2027-01-01"}`), http.StatusNotFound)
	}
	refused(t, w.put(hers, "/people/me/instrument-consents/teamwork", `{"endsOn": "2029-01-01"}`), http.StatusUnprocessableEntity)
	refused(t, w.put(hers, "/people/me/instrument-consents/selection", `{"endsOn": "2027-01-01"}`), http.StatusUnprocessableEntity)
	if r := w.put(hers, "/people/me/instrument-consents/teamwork", `{"endsOn": "2027-01-01"}`); r.status != http.StatusNoContent {
		t.Fatal(r.status, string(r.body))
	}

	own := into[list[instrumentResult]](t, w.get(hers, "/people/me/instrument-results"), http.StatusOK)
	if len(own.Items) != 1 || len(own.Items[0].Scores) != 11 || len(own.Items[0].Shared) != 2 || own.Items[0].EndsOn != "2028-05-04" {
		t.Fatalf("her results are %+v", own.Items)
	}
	seen := into[list[instrumentResult]](t, w.get(sander, "/people/"+priya+"/instrument-results"), http.StatusOK)
	if len(seen.Items) != 1 || len(seen.Items[0].Shared) != 1 {
		t.Errorf("her leader sees %+v", seen.Items)
	}
	if p := refused(t, w.get(hr, "/people/"+priya+"/instrument-results"), http.StatusForbidden); p.Reason != "not_shared" {
		t.Errorf("HR is refused because of %q", p.Reason)
	}
	refused(t, w.get(w.token(tineke), "/people/"+priya+"/instrument-results"), http.StatusNotFound)
	sharers := into[list[resultSharer]](t, w.get(sander, "/instrument-result-sharers"), http.StatusOK)
	if len(sharers.Items) != 1 || sharers.Items[0].Person != priya {
		t.Errorf("who shares: %+v", sharers.Items)
	}

	matches := into[list[roleMatch]](t, w.get(sander, "/people/"+priya+"/matches"), http.StatusOK)
	labels := make(map[string]bool)
	for _, g := range matches.Items[0].Gaps {
		labels[g.Label] = true
		if g.Label == "" != strings.Contains(g.Aptitude, "geen uitslag") {
			t.Errorf("%s: %q, %q", g.Competence, g.Label, g.Aptitude)
		}
	}
	for _, label := range []string{"Inzetten", "Ontwikkelen", "Bijhouden", "Bewust kiezen", ""} {
		if !labels[label] {
			t.Errorf("nothing is in %q", label)
		}
	}

	here := "/people/me/instrument-results/" + own.Items[0].ID
	refused(t, w.put(hers, here+"/readers/"+string(tineke), ""), http.StatusUnprocessableEntity)
	refused(t, w.put(hers, here+"x/readers/"+leader, ""), http.StatusNotFound)
	remove := func(token, path string) answer { return w.do(request{method: "DELETE", path: path, token: token}) }
	refused(t, remove(sander, "/people/"+priya+"/instrument-results/"+own.Items[0].ID), http.StatusNotFound)
	for _, got := range []answer{remove(hers, here+"/readers/"+leader), w.put(hers, here+"/readers/"+leader, ""), remove(hers, here), remove(hers, "/people/me/instrument-consents/growth")} {
		if got.status != http.StatusNoContent {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	refused(t, w.get(sander, "/people/"+priya+"/instrument-results"), http.StatusForbidden)
}

func TestScoresAreBroughtInWithoutTellingWhose(t *testing.T) {
	w := newWorld(t)
	scores, err := seed.Scores()
	if err != nil {
		t.Fatal(err)
	}
	hr := w.token(kevin)
	send := func(token, query string) answer {
		return w.do(request{method: "POST", path: "/imports/instrument-results" + query, token: token, body: string(scores), contentType: "text/csv"})
	}
	for _, dry := range []string{"true", "false"} {
		told := send(hr, "?purpose=growth&dryRun="+dry)
		for _, person := range []string{"RW1003", "RW1047"} {
			if strings.Contains(string(told.body), person) {
				t.Errorf("%s is named", person)
			}
		}
		got := into[instrumentImport](t, told, http.StatusOK)
		if got.Counts != (instrumentCounts{Lines: 48, Scores: 36, New: 3, NoConsent: 12}) || got.DryRun != (dry == "true") || len(got.Errors) != 0 {
			t.Errorf("dry run %s: %+v", dry, got)
		}
	}
	again := into[instrumentImport](t, send(hr, "?purpose=growth"), http.StatusOK)
	if again.Counts != (instrumentCounts{Lines: 48, Scores: 36, Same: 3, NoConsent: 12}) {
		t.Errorf("the second time: %+v", again.Counts)
	}
	if none := into[instrumentImport](t, send(hr, "?purpose=teamwork"), http.StatusOK); none.Counts.NoConsent != 48 {
		t.Errorf("for a purpose that nobody consents to: %+v", none.Counts)
	}
	refused(t, send(hr, ""), http.StatusUnprocessableEntity)
	refused(t, send(w.token(tineke), "?purpose=growth"), http.StatusForbidden)
	if own := into[list[instrumentResult]](t, w.get(w.token("RW1003"), "/people/me/instrument-results"), http.StatusOK); len(own.Items) != 1 {
		t.Errorf("whose it is sees %+v", own.Items)
	}

	scales := into[list[instrumentScale]](t, w.get(hr, "/instrument-scales?limit=100"), http.StatusOK)
	if len(scales.Items) != 15 {
		t.Errorf("%d scales", len(scales.Items))
	}
	here := "/instrument-scales/extern-drijfverenprofiel/tempo"
	if r := w.put(hr, here, `{"low": "bedachtzaam", "high": "snel handelend", "min": 1, "max": 9, "competence": "C11"}`); r.status != http.StatusNoContent {
		t.Error(r.status, string(r.body))
	}
	refused(t, w.put(hr, here, `{"min": 1, "max": 2, "competence": "C99"}`), http.StatusUnprocessableEntity)
	refused(t, w.get(w.token(tineke), "/instrument-scales"), http.StatusForbidden)
}
