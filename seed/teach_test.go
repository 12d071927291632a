package seed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store/storetest"
)

// teaching asks who of the demo should learn what, as HR does.
func teaching(t *testing.T, office *academy.Office, ask academy.TeachingRequest) academy.Teaching {
	t.Helper()
	found, err := office.Teaching(t.Context(), everything, ask)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEveryProcessOfTheDemoKeepsItsPeople(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	found := teaching(t, office, academy.TeachingRequest{})
	if !found.Proven || found.Bound != found.Minutes || len(found.Choices) == 0 {
		t.Error("not proven:", found.Minutes, found.Bound, len(found.Choices))
	}
	var got []string
	for _, p := range found.Processes {
		december, last := p.Months[1], p.Months[len(p.Months)-1]
		got = append(got, fmt.Sprintf("%s %d→%d, %d→%d of %d", p.ID, december.Before, december.After, last.Before, last.After, p.PoolMinimum))
	}
	want := []string{"P1 3→7, 0→7 of 7", "P2 1→1, 0→2 of 2", "P3 2→2, 0→3 of 3", "P4 10→10, 0→8 of 8"}
	if !slices.Equal(got, want) {
		t.Errorf("by process in December and in the last month: %v, want %v", got, want)
	}
	for _, c := range found.Choices { // RW1020 leaves on 1 April 2027
		if c.Person == "RW1020" {
			t.Error("who leaves is asked")
		}
	}
	if less := teaching(t, office, academy.TeachingRequest{PerWeek: 60}); less.Minutes >= found.Minutes || len(less.Open) == 0 {
		t.Error("with an hour a week as much is learned:", less.Minutes)
	}
}

// TestTheAdviceOfTheDemoIsPartOfTheProposal compares the one thing that helps, beside a process, with who should learn what.
func TestTheAdviceOfTheDemoIsPartOfTheProposal(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	found := teaching(t, office, academy.TeachingRequest{})
	all, err := office.Processes(t.Context(), everything, 0)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, process := range all {
		for _, r := range process.Risks {
			if r.Action.Kind != staffing.Renew && r.Action.Kind != staffing.Obtain {
				continue
			}
			compared++
			if !slices.ContainsFunc(found.Choices, func(c academy.TeachingChoice) bool {
				return c.Person == r.Action.Person && slices.ContainsFunc(c.Lessons, func(l academy.TeachingLesson) bool {
					return l.Scheme == r.Action.Scheme && l.Renews == (r.Action.Kind == staffing.Renew) && strings.Split(l.Dutch, " uiterlijk")[0] == strings.Split(r.ActionDutch, " uiterlijk")[0]
				})
			}) {
				t.Error(process.ID, "advises what is not proposed:", r.ActionDutch)
			}
		}
	}
	if compared < 4 {
		t.Error("only", compared, "were compared")
	}
}

func TestWhoIsNotAskedIsReplaced(t *testing.T) {
	office := demo(t, storetest.Open(t, storetest.SQLite(t)))
	found := teaching(t, office, academy.TeachingRequest{Without: []staff.PersonID{"RW1003"}})
	if slices.ContainsFunc(found.Choices, func(c academy.TeachingChoice) bool { return c.Person == "RW1003" }) {
		t.Error("who is not asked is asked")
	}
	if first := found.Processes[0].Months[2]; first.After < first.Minimum {
		t.Error("nobody else is asked:", first)
	}
}
