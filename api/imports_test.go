package api

import (
	"bytes"
	"net/http"
	"testing"

	"bekwaam/courses/staff"
	"bekwaam/seed"
)

// list sends a list of evidence.
func (w *world) list(person, query, contentType string, content []byte) answer {
	return w.do(request{method: "POST", path: "/imports/evidence?" + query, token: w.token(staff.PersonID(person)), body: string(content), contentType: contentType})
}

func TestAListOfEvidenceComesIn(t *testing.T) {
	content, err := seed.OldList()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	got := into[evidenceImport](t, w.list(kevin, "dryRun=true", "text/csv", content), http.StatusOK)
	if want := (importCounts{Rows: 441, Good: 430, Duplicate: 5, Wrong: 6, Known: 430, Ignored: 7}); !got.DryRun || got.Counts != want {
		t.Errorf("got %+v", got.Counts)
	}
	if len(got.Errors) != 6 || got.Errors[0].Row != 258 || got.Errors[0].Column != "Gehaald" || len(got.Duplicates) != 5 || got.Duplicates[0] != (importDuplicate{50, 42}) || !got.OrderKnown || len(got.Spellings) < 40 || got.Columns[3].Field != "achieved" {
		t.Errorf("got %+v", got)
	}
	if p := into[problem](t, w.list(kevin, "", "text/csv", content), http.StatusConflict); p.Reason != "guessed" {
		t.Errorf("got %+v", p)
	}
	small := []byte("Nr,Wat,Datum\nRW1013,BHV,2026-01-05\n")
	for _, want := range []importCounts{{Rows: 1, Good: 1, New: 1}, {Rows: 1, Good: 1, Known: 1}} {
		if got := into[evidenceImport](t, w.list(kevin, "", "application/octet-stream", small), http.StatusOK); got.DryRun || got.Counts != want {
			t.Errorf("got %+v, want %+v", got.Counts, want)
		}
	}
	early := into[evidenceImport](t, w.list(kevin, "dryRun=true", "text/csv", []byte("Nr,Wat,Datum,Geldig tot\nRW1012,INT-AVG,2024-11-13,2026-12-31\n")), http.StatusOK)
	if w := early.Warnings; early.Counts.Good != 1 || early.Counts.Warned != 1 || len(w) != 1 || w[0].Row != 2 || w[0].Column != "Geldig tot" || !early.ColumnsKnown {
		t.Errorf("got %+v", early)
	}
	unclear := []byte("Nr,Wat,Datum\nRW1013,BHV,02/03/2026\n")
	into[problem](t, w.list(kevin, "", "text/csv", unclear), http.StatusConflict)
	if got := into[evidenceImport](t, w.list(kevin, "dateOrder=month&dryRun=true", "application/x-www-form-urlencoded", unclear), http.StatusOK); got.DateOrder != "month" || got.Counts.New != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	w := newWorld(t)
	if p := into[problem](t, w.list(kevin, "dryRun=true", "text/csv", []byte("a;b\nc;d\n")), http.StatusUnprocessableEntity); p.Reason != "mapping" || len(p.Errors) != 3 {
		t.Errorf("got %+v", p)
	}
	into[problem](t, w.list(kevin, "dryRun=true", "text/csv", []byte("%PDF-1.7")), http.StatusUnprocessableEntity)
	into[problem](t, w.list(kevin, "dryRun=true", "image/png", []byte("a;b")), http.StatusUnsupportedMediaType)
	into[problem](t, w.list(kevin, "dryRun=true", "text/csv", bytes.Repeat([]byte("a;b\n"), 3<<20)), http.StatusRequestEntityTooLarge)
	for _, person := range []string{tineke, ilse, marloes} {
		into[problem](t, w.list(person, "dryRun=true", "text/csv", []byte("a;b")), http.StatusForbidden)
	}
}
