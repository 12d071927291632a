package academy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// clockChanges are the Sundays of 2026–2030 on which the clocks in Amsterdam change: the last of March and of October.
func clockChanges() []calendar.Date {
	var changes []calendar.Date
	for year := 2026; year <= 2030; year++ {
		for _, month := range []time.Month{time.March, time.October} {
			changes = append(changes, calendar.New(year, month, 31).AddDays(-int(calendar.New(year, month, 31).Weekday())))
		}
	}
	return changes
}

func TestHourlyAcrossEveryClockChangeWhatIsDueHappensOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		opened := make(map[staff.PersonID]calendar.Date) // by whom, when their window opens
		seen := make(map[staff.PersonID][]calendar.Date) // on the office's day
		for n, sunday := range clockChanges() {
			if hours := sunday.AddDays(1).Start().Sub(sunday.Start()).Hours(); hours != 23 && hours != 25 {
				t.Fatalf("the clocks do not change on %s", sunday)
			}
			s.clock.micros.Store(sunday.AddDays(-2).Start().Add(12 * time.Hour).UnixMicro())
			for i, day := range []calendar.Date{sunday.AddDays(-1), sunday, sunday.AddDays(1)} {
				person := staff.PersonID(fmt.Sprintf("Z%d%d", n, i))
				s.must(s.Hire(ctx, staff.Actor{}, academy.Workforce{
					People:      []staff.Person{{ID: person, First: "Zo", Last: "Zes"}},
					Employments: []staff.Employment{{Person: person, Number: 1, Team: "T1", Role: "R1", From: date("2020-01-01")}},
				}, true))
				achieved := day.AddMonths(-10) // its window opens two months before it has lasted twelve
				opened[person] = achieved.TermEnd(12).AddDays(1).AddMonths(-2)
				s.took(person, achieved.String())
			}
			end := sunday.AddDays(2).Start()
			for at := sunday.AddDays(-1).Start(); at.Before(end); at = at.Add(time.Hour) {
				s.clock.micros.Store(at.UnixMicro())
				for _, task := range s.sweep(academy.SweepRequest{}).Opened {
					seen[task.Person] = append(seen[task.Person], calendar.On(at))
				}
			}
		}
		dump := s.dump()
		for person, day := range opened {
			if got := seen[person]; len(got) != 1 || got[0] != day {
				t.Errorf("the window of %s opens on %s; sweeps opened it on %v", person, day, got)
			}
			if n := strings.Count(dump, fmt.Sprintf("act=duty.opened subject=%s object=BALIE", person)); n != 1 {
				t.Errorf("%d × in the audit trail for %s", n, person)
			}
		}
	})
}
