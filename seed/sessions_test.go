package seed

import (
	"testing"

	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
	"bekwaam/courses/training"
)

func TestWhatTheGroupTrainingsOfTheDemoLedToIsThereOnce(t *testing.T) {
	address := storetest.SQLite(t)
	db := storetest.Open(t, address)
	office := demo(t, db)
	rolls, err := store.Rolls(t.Context(), db.Read(), 0, 0)
	if err != nil || len(rolls) != 6 {
		t.Fatalf("%d sessions, %v", len(rolls), err)
	}
	links := 0
	for _, r := range rolls {
		for _, l := range sessionEvidence(t, address, r.ID) {
			links++
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

// sessionEvidence reads what a session led to.
func sessionEvidence(t *testing.T, address string, session training.SessionID) []store.SessionEvidence {
	t.Helper()
	rows, err := storetest.Raw(t, address).Query("SELECT person, component, evidence FROM training_evidence WHERE session = ?", session)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var led []store.SessionEvidence
	for rows.Next() {
		var l store.SessionEvidence
		if err := rows.Scan(&l.Person, &l.Component, &l.Evidence); err != nil {
			t.Fatal(err)
		}
		led = append(led, l)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return led
}
