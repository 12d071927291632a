package seed

import (
	"testing"

	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
	"bekwaam/courses/training"
)

func TestWhatTheGroupTrainingsOfTheDemoLedToIsThereOnce(t *testing.T) {
	db := storetest.Open(t, storetest.SQLite(t))
	office := demo(t, db)
	rolls, err := store.Rolls(t.Context(), db.Read(), 0, 0)
	if err != nil || len(rolls) != 6 {
		t.Fatalf("%d sessions, %v", len(rolls), err)
	}
	links := 0
	for _, r := range rolls {
		of, err := store.SessionEvidenceOf(t.Context(), db.Read(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		links += len(of)
		for _, l := range of {
			evidence, err := store.EvidenceOf(t.Context(), db.Read(), l.Person, r.Scheme)
			if err != nil {
				t.Fatal(err)
			}
			same := 0
			for _, e := range evidence {
				if e.Component == l.Component && e.CompletedOn == r.Day {
					same++
					if e.ID != l.Evidence {
						t.Errorf("%s, %s: the session names %s, and there is %s", r.ID, l.Person, l.Evidence, e.ID)
					}
				}
			}
			if same != 1 {
				t.Errorf("%s, %s: component %d is there %d times", r.ID, l.Person, l.Component, same)
			}
		}
	}
	if links != 6 { // G1: two components and a theory; G2: one; G3: two
		t.Errorf("the sessions led to %d pieces of evidence, want 6", links)
	}
	theory, err := store.EvidenceOf(t.Context(), db.Read(), "RW1011", "NVVB-B1A")
	if err != nil || len(theory) != 1 || theory[0].Component != 0 || theory[0].Source != training.Source || theory[0].RecordedBy != "RW1057" {
		t.Errorf("RW1011 showed %+v, %v", theory, err)
	}
	periods, err := store.PeriodsOf(t.Context(), db.Read(), "RW1011", "NVVB-B1A")
	if err != nil || len(periods) != 0 {
		t.Errorf("a theory alone begins %+v, %v", periods, err)
	}
	task(t, office, "RW1011", "NVVB-B1A")
}
