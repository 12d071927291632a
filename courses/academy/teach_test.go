package academy_test

import (
	"fmt"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// taught says what a proposal holds for somebody.
func taught(t academy.Teaching) string {
	var text []string
	for _, c := range t.Choices {
		for _, l := range c.Lessons {
			text = append(text, l.Dutch)
		}
		for _, e := range c.Solves {
			dutch, _ := e.Without(e.With, e.Months)
			text = append(text, e.Process.Name+": "+dutch)
		}
	}
	for _, g := range t.Open {
		text = append(text, g.Process.Name+": "+g.Dutch)
	}
	return strings.Join(append(text, fmt.Sprint(t.Minutes, " minutes, ", t.Others, " others")), "\n")
}

func TestWhoShouldLearnWhat(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		ask := academy.TeachingRequest{}
		_, err := s.Teaching(ctx, pen, ask)
		refuses(t, err, fault.Forbidden, "no_consent")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))

		teach := func(who staff.PersonID, ask academy.TeachingRequest) academy.Teaching {
			t.Helper()
			found, err := s.Teaching(ctx, s.as(who), ask)
			s.must(err)
			return found
		}
		const eva = `Laat Eva van der Berg de hertoets doen van Balie (BALIE) uiterlijk op 31 december 2026.
Balie: Zonder dit is er niemand in januari 2027: er is 1 nodig. Zo is het in 12 maanden.
0 minutes, 0 others`
		found := teach("LEA", ask)
		equal(t, "the leader", taught(found), eva)
		if !found.Proven || found.Bound != found.Minutes {
			t.Error("not proven:", found.Bound, found.Minutes)
		}
		if n := s.lines("looks", "EVA", "LEA"); n != 1 {
			t.Errorf("that the leader saw EVA was written down %d times, want once", n)
		}
		equal(t, "HR", taught(teach("PEN", ask)), eva)
		equal(t, "who answers for the process", taught(teach("LOU", ask)), "0 minutes, 1 others")
		if n := s.lines("looks", "EVA", "LOU"); n != 0 {
			t.Error("who is not shown was looked at")
		}
		none := teach("LEA", academy.TeachingRequest{Without: []staff.PersonID{"EVA", "XAN", "NIEMAND"}})
		equal(t, "who is not asked", fmt.Sprint(none.Without), "[EVA]")
		equal(t, "EEF leaves, so nobody is left to ask", taught(none), "Balie: In januari 2027 is er nog 1 te weinig. Dit speelt tot en met december 2027. Wie dit kan leren, gaat hier weg of is niet gevraagd: werven of lenen.\n0 minutes, 0 others")

		_, err = s.Teaching(ctx, s.as("XAN"), ask)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Teaching(ctx, s.as("LEA"), academy.TeachingRequest{Team: "T9"})
		refuses(t, err, fault.NotFound, "")
		_, err = s.Teaching(ctx, s.as("LEA"), academy.TeachingRequest{PerWeek: 1})
		refuses(t, err, fault.Invalid, "")
	})
}

func TestWhatLearningDoesNotSolve(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		p, err := s.Process(ctx, pen, "P1", 0, "")
		s.must(err)
		p.Process.PoolMinimum = 5
		s.must(s.SaveProcess(ctx, pen, p.Process, "het wordt drukker"))
		found, err := s.Teaching(ctx, pen, academy.TeachingRequest{})
		s.must(err)
		if len(found.Open) != 1 || !strings.Contains(found.Open[0].Dutch, "Er zijn maar 2 mensen met deze rol.") || !strings.Contains(found.Open[0].Dutch, "werven of lenen") {
			t.Error("too few have the role:", taught(found))
		}
		p.Process.PoolMinimum, p.Process.All = 1, []certificates.SchemeKey{"BALIE", "PRAKTIJK"}
		s.must(s.SaveProcess(ctx, pen, p.Process, "het wordt drukker"))
		found, err = s.Teaching(ctx, pen, academy.TeachingRequest{})
		s.must(err)
		if len(found.Open) != 1 || !strings.Contains(found.Open[0].Dutch, "Hiervoor is geen leeraanbod: PRAKTIJK.") {
			t.Error("nothing leads there:", taught(found))
		}
	})
}
