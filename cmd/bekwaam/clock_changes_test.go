package main

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"bekwaam/courses/calendar"
)

func TestTheSweepWakesOnceADayThroughEveryClockChange(t *testing.T) {
	schedule, err := cron.ParseStandard(sweepAt)
	if err != nil {
		t.Fatal(err)
	}
	first, last := calendar.MustParse("2026-01-01"), calendar.MustParse("2030-12-31")
	woke := make(map[calendar.Date]int)
	for at := schedule.Next(first.Start().In(calendar.Amsterdam())); calendar.On(at) <= last; at = schedule.Next(at) {
		woke[calendar.On(at)]++
		if at.Hour() == 2 {
			t.Errorf("it wakes at %s, in the hour that is skipped or comes twice", at)
		}
	}
	for day := first; day <= last; day = day.AddDays(1) {
		if woke[day] != 1 {
			t.Errorf("on %s it wakes %d times", day, woke[day])
		}
	}
	if next := schedule.Next(time.Date(2026, time.March, 29, 1, 59, 0, 0, calendar.Amsterdam())); next.Format("15:04") != "05:15" {
		t.Errorf("after the clocks change it wakes at %s", next)
	}
}
