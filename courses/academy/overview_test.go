package academy_test

import (
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

func TestTheOverviewCountsEverybodyOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.clock.set("2026-03-10", "12:00")
		s.holds("EVA", "2025-06-01")
		s.sweep(academy.SweepRequest{Confirm: true})
		pen := s.as("PEN")
		view, err := s.Overview(ctx, pen)
		s.must(err)
		report, err := s.Compliance(ctx, pen, 0, "")
		s.must(err)
		held, asked := 0, 0
		late := make(map[staff.PersonID]bool)
		for _, standing := range report.Standings {
			if standing.State == certificates.Exempted {
				continue
			}
			asked++
			if standing.State == certificates.Certified || standing.State == certificates.Expiring {
				held++
			}
			if !standing.Due.IsZero() && standing.Due < report.On {
				late[standing.Person] = true
			}
		}
		everybody := view.Figures[0]
		equal(t, "asked", everybody.Asked, asked)
		equal(t, "held", everybody.Held, held)
		equal(t, "late", everybody.Late, len(late))
		equal(t, "ending", everybody.Ending, 1)
		equal(t, "target", view.Target, 95)
		equal(t, "months", len(view.Months), 12)
		equal(t, "what ends in May", view.Months[2].Expiries, 1)
		equal(t, "points of the trend", view.Trend[len(view.Trend)-1].Figures, everybody)
		if asked == 0 || held == 0 || len(late) == 0 {
			t.Errorf("asked %d, held %d, late %d: this tests too little", asked, held, len(late))
		}
		teams := 0
		for _, f := range view.Figures[1:] {
			teams += f.People
			if view.Teams[f.Team] == "" {
				t.Errorf("team %s has no name", f.Team)
			}
		}
		if teams < everybody.People {
			t.Errorf("the teams have %d people, the municipality %d", teams, everybody.People)
		}
	})
}

func TestTheOverviewIsCountedOnceADayAndWhenAsked(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.as("PEN")
		first, err := s.Overview(ctx, pen)
		s.must(err)
		s.clock.set("2026-01-15", "13:00")
		again, err := s.Overview(ctx, pen)
		s.must(err)
		equal(t, "when it was counted", again.CountedAt, first.CountedAt)
		equal(t, "who stands in it, still", again.Figures[0], first.Figures[0])
		at, err := s.TakeStock(ctx, pen)
		s.must(err)
		again, err = s.Overview(ctx, pen)
		s.must(err)
		equal(t, "when it was counted anew", again.CountedAt, at)
		s.clock.set("2026-01-16", "09:00")
		s.must(s.StockNow(ctx))
		next, err := s.Overview(ctx, pen)
		s.must(err)
		equal(t, "points in the trend: one a month", len(next.Trend), len(first.Trend))
		s.clock.set("2029-02-01", "09:00")
		s.must(s.StockNow(ctx))
		equal(t, "counts of before three years ago", s.lines("figures", "on_day=2026-01-16"), 0)
	})
}

func TestTheOverviewIsForWhoFollowsEverybody(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		for _, who := range []staff.PersonID{"EVA", "LEA"} {
			_, err := s.Overview(ctx, s.as(who))
			refuses(t, err, fault.Forbidden, "")
			_, err = s.TakeStock(ctx, s.as(who))
			refuses(t, err, fault.Forbidden, "")
		}
	})
}
