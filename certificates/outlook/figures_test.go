package outlook

import (
	"slices"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
)

func TestFiguresCountEverybodyOnceAndInEachTeam(t *testing.T) {
	asks := func(teams ...staff.TeamID) (asks []Ask) {
		for _, team := range teams {
			asks = append(asks, Ask{Team: team, Requirement: "1"})
		}
		return asks
	}
	f := NewForecast(date("2026-11-23"), 12)
	f.Renewals = []Renewing{
		{Person: "A", Team: "T1", First: true, Expires: date("2026-11-23")},
		{Person: "B", Team: "T2", First: true, Expires: date("2027-02-20"), Planned: date("2027-01-05")}, // the ninetieth day
		{Person: "C", Team: "T2", First: true, Expires: date("2027-02-21")},
		{Person: "B", Team: "T2", Expires: date("2026-12-01")}, // what comes after a renewal ends nothing that people hold
	}
	standings := []Standing{
		{Person: "A", Scheme: "BHV", Asks: asks("T1", "T2"), State: certificates.Missing, Due: date("2026-11-22")},
		{Person: "A", Scheme: "VOG", Asks: asks("T1"), State: certificates.Certified},
		{Person: "B", Scheme: "BHV", Asks: asks("T2"), State: certificates.Lapsing, Due: date("2026-11-16")}, // a week
		{Person: "B", Scheme: "VOG", Asks: asks("T2"), State: certificates.Expiring, Due: date("2026-11-22")},
		{Person: "C", Scheme: "BHV", Asks: asks("T2"), State: certificates.Paused, Due: date("2026-01-01")},
		{Person: "C", Scheme: "VOG", Asks: asks("T2"), State: certificates.Exempted, Due: date("2026-01-01")},
		{Person: "D", Scheme: "BHV", Asks: asks("T3"), State: certificates.Starting, Due: date("2026-11-23")},
	}
	got := NewFigures(f, standings, map[staff.TeamID]int{"T1": 1, "T2": 3, "T3": 1, "T4": 2}, 6)
	want := []Figures{
		{People: 6, Asked: 6, Held: 2, Late: 2, JustLate: 1, Ending: 2, Planned: 1},
		{Team: "T1", People: 1, Asked: 2, Held: 1, Late: 1, JustLate: 1, Ending: 1},
		{Team: "T2", People: 3, Asked: 4, Held: 1, Late: 2, JustLate: 1, Ending: 1, Planned: 1},
		{Team: "T3", People: 1, Asked: 1},
		{Team: "T4", People: 2},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	for i, percent := range []int{33, 50, 25, 0, 100} {
		if got[i].Percent() != percent {
			t.Errorf("%+v: got %d percent, want %d", got[i], got[i].Percent(), percent)
		}
	}
}
