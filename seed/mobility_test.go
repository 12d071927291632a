package seed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store/storetest"
)

// anybody is somebody of the demo with what they are on its first day.
func anybody(t *testing.T, office *academy.Office, person staff.PersonID) staff.Actor {
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

// drafted are the plans of a draft in words.
func drafted(d academy.PlanDraft) []string {
	var plans []string
	for _, p := range d.Proposal.Plans {
		var items []string
		for _, s := range p.Steps {
			items = append(items, string(s.Item.ID))
		}
		slices.Sort(items)
		plans = append(plans, fmt.Sprintf("%g uur € %d %s", float64(p.Minutes)/60, p.Cents/100, strings.Join(items, " ")))
	}
	return plans
}

// The first wish gives the plans of the README of the files.
func TestTheFirstWishGivesThePlansOfItsFiles(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	emre := anybody(t, office, "RW1036")
	ask := academy.PlanRequest{Person: "RW1036", Role: "F02", By: day("2027-03-15"), PerWeek: 240}
	d, err := office.DraftPlan(t.Context(), emre, ask)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"62.5 uur € 2040 L01 L02 L06 L12 L14 L20 L23 L28",
		"64.5 uur € 1295 L01 L02 L06 L12 L14 L17 L19 L23 L28",
		"70.5 uur € 1150 L01 L02 L06 L12 L14 L18 L19 L23 L28",
		"78.5 uur € 440 L01 L02 L06 L13 L14 L17 L19 L23 L28",
		"84.5 uur € 295 L01 L02 L06 L13 L14 L18 L19 L23 L28",
	}
	if got := drafted(d); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if p := d.Proposal; p.Met != 4 || p.Asked != 9 || !p.Proven || len(p.Open) > 0 || !p.Plans[0].InTime {
		t.Errorf("%d of %d, proven %v, open %v, ready %s", p.Met, p.Asked, p.Proven, p.Open, p.Plans[0].Ready)
	}
	for _, s := range d.Proposal.Plans[0].Steps {
		dutch, _ := d.Proposal.Plans[0].Why(s, d.Names())
		t.Log(s.Item.ID, s.From, s.Until, dutch)
		if dutch == "" {
			t.Error(s.Item.ID, "is there without a reason")
		}
	}
	for _, w := range d.Short {
		t.Log(w)
	}

	if _, err := office.SetToday(t.Context(), day("2027-04-01")); err != nil { // the guide of L14 left the day before
		t.Fatal(err)
	}
	ask.By = day("2027-12-31")
	if d, err = office.DraftPlan(t.Context(), emre, ask); err != nil {
		t.Fatal(err)
	}
	for _, plan := range drafted(d) {
		if strings.Contains(plan, "L14") || !strings.Contains(plan, "L15") {
			t.Error("L15 takes the place of L14:", plan)
		}
	}
	if got := drafted(d)[0]; got != "74.5 uur € 2040 L01 L02 L06 L12 L15 L20 L23 L28" {
		t.Error(got)
	}
}

func TestTheOtherWishesGetAnAnswer(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	for _, w := range []struct {
		person  staff.PersonID
		role    staff.RoleID
		by      string
		minutes int
	}{
		{"RW1010", "R02", "2027-12-31", 180}, {"RW1032", "F01", "2027-06-01", 240}, {"RW1030", "R01", "2027-09-01", 120}, {"RW1022", "R06", "2028-01-01", 120},
	} {
		d, err := office.DraftPlan(t.Context(), anybody(t, office, w.person), academy.PlanRequest{Person: w.person, Role: w.role, By: day(w.by), PerWeek: w.minutes})
		if err != nil {
			t.Errorf("%s: %v", w.person, err)
			continue
		}
		p := d.Proposal
		if len(p.Open) == 0 && p.Met == p.Asked {
			t.Errorf("%s lacks nothing for %s", w.person, w.role)
		}
		t.Log(w.person, w.role, p.Met, p.Asked, "proven", p.Proven, p.Bound)
		for i, plan := range drafted(d) {
			t.Log(plan, p.Plans[i].Ready, p.Plans[i].InTime)
			left := d.Problem.Left(p.Plans[i])
			for _, o := range left {
				if !slices.ContainsFunc(p.Open, func(open mobility.Open) bool { return open.Competence == o.Competence }) {
					t.Errorf("%s, %s: %s is left and can be learned", w.person, plan, o.Competence)
				}
			}
		}
		for _, o := range p.Open {
			dutch, _ := o.Why(d.Competence(o.Competence))
			t.Log(dutch)
			if !strings.Contains(dutch, "geen leeraanbod") {
				t.Error(dutch)
			}
		}
	}
}

func TestAnUnsharedWishIsSeenByNobodyElse(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	people, err := office.DemoPeople(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string][]string{} // by wish, by whom
	for _, p := range people {
		who := anybody(t, office, p.ID)
		if len(who.Functions) == 0 {
			continue
		}
		shared, err := office.SharedWithMe(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range shared {
			key := string(w.Person) + " " + string(w.Role)
			seen[key] = append(seen[key], string(p.ID))
		}
		if p.ID == "RW1022" {
			continue
		}
		if _, err := office.Matches(t.Context(), who, "RW1022"); fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s sees the matches of RW1022: %v", p.ID, err)
		}
	}
	want := map[string]string{"RW1036 F02": "RW1014 RW1026 RW1057", "RW1010 R02": "RW1001", "RW1032 F01": "RW1026 RW1059", "RW1030 R01": "RW1026"}
	for key, by := range want {
		if got := strings.Join(seen[key], " "); got != by {
			t.Errorf("%s is seen by %s, not %s", key, got, by)
		}
	}
	if len(seen) != len(want) {
		t.Error(seen)
	}
	own, err := office.Matches(t.Context(), anybody(t, office, "RW1022"), "RW1022")
	if err != nil || !slices.ContainsFunc(own.Roles, func(r academy.RoleMatch) bool { return r.Wish != nil && r.Target.ID == "R06" }) {
		t.Error("their own wish is there for themselves:", err)
	}
}

func TestThePlanOfTheFirstWishIsADraftWithItsFirstStepDone(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	plans, err := office.Plans(t.Context(), anybody(t, office, "RW1036"))
	if err != nil || len(plans) != 1 {
		t.Fatal(plans, err)
	}
	p := plans[0]
	if p.Phase() != mobility.Draft || p.Finished() != 1 || p.Steps[0].Item != "L16" || len(p.Steps) != 9 || p.Guide != "RW1020" || p.ReturnTill != day("2027-03-15") {
		t.Error(p)
	}
}
