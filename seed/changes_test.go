package seed

import (
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
	"bekwaam/courses/store/storetest"
)

// The demo's change of law is followed by the numbers of its files: 40 % did the delta, and its bulletin has 13 receipts.
func TestTheChangesOfTheDemoLeadSomewhere(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	nadia := become(t, office, "RW1052")
	all, err := office.Changes(t.Context(), nadia)
	if err != nil || len(all) != 6 {
		t.Fatalf("there are %d changes, %v", len(all), err)
	}
	c, err := office.Change(t.Context(), nadia, "ONTW-01")
	if err != nil {
		t.Fatal(err)
	}
	if c.State(c.On) != changes.Published || c.HolderName != "Nadia Khalil" || len(c.Signals) != 2 || len(c.Bulletins) != 1 || len(c.Reach.Articles) != 4 {
		t.Errorf("the change is %s, followed by %s, with %d signals, %d bulletins and %d articles", c.State(c.On), c.HolderName, len(c.Signals), len(c.Bulletins), len(c.Reach.Articles))
	}
	delta, read := c.Impact.Groups[0], c.Impact.Groups[1]
	if share := 100 * delta.Done() / len(delta.Members); delta.Kind != changes.Delta || share < 38 || share > 42 {
		t.Errorf("%d of %d did the delta", delta.Done(), len(delta.Members))
	}
	if read.Kind != changes.Read || read.Done() != 13 {
		t.Errorf("%d of %d read the bulletin", read.Done(), len(read.Members))
	}
	signals, err := office.Signals(t.Context(), become(t, office, "RW1049"))
	if err != nil || len(signals) != 8 || !signals[0].Mine || signals[0].Fate != changes.New {
		t.Errorf("the newest signal is %+v, %v", signals[0], err)
	}
	found, err := office.Bulletins(t.Context(), nadia, "achternaam", c.On)
	if err != nil || len(found) != 1 || found[0].Number != 3 {
		t.Errorf("on the day the demo begins %+v is found, %v", found, err)
	}
	d, err := office.Objectives(t.Context(), nadia)
	if err != nil || len(d.Objectives) != 12 || d.Strategies[0].Mission == "" {
		t.Fatalf("there are %d objectives, %v", len(d.Objectives), err)
	}
	for i, want := range map[int]bool{0: true, 1: true, 5: true, 6: true, 9: true} { // those that can be worked out
		if r := d.Objectives[i].Reading; r.Unknown == want {
			t.Errorf("%s is %+v", d.Objectives[i].ID, r)
		}
	}
	reach, err := office.Register(t.Context(), nadia, "art. 2:10 lid 2")
	if err != nil || len(reach.Articles) != 1 || reach.Schemes[0] != "INT-WMEBV" {
		t.Errorf("the article touches %+v, %v", reach, err)
	}
}

// become is what somebody of the demo is.
func become(t *testing.T, office *academy.Office, person staff.PersonID) staff.Actor {
	t.Helper()
	secret, err := office.Become(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	who, err := office.Authenticate(t.Context(), secret, academy.Session)
	if err != nil {
		t.Fatal(err)
	}
	return who
}
