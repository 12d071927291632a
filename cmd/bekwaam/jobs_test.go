package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/robfig/cron/v3"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/store/storetest"
)

func TestTheSweepWakesOnceEveryDay(t *testing.T) {
	schedule, err := cron.ParseStandard(sweepAt)
	if err != nil {
		t.Fatal(err)
	}
	// Through the days on which the clocks change.
	for _, first := range []string{"2027-03-25", "2027-10-28"} {
		day := calendar.MustParse(first)
		at := day.Start().In(calendar.Amsterdam())
		for range 7 {
			at = schedule.Next(at)
			if calendar.On(at) != day || at.Format("15:04") != "05:15" {
				t.Errorf("it wakes on %s, want 05:15 on %s", at, day)
			}
			day = day.AddDays(1)
		}
	}
}

func TestAJobThatPanicsRunsAgain(t *testing.T) {
	var log bytes.Buffer
	runs := 0
	job := safely(slog.New(slog.NewTextHandler(&log, nil))).Then(cron.FuncJob(func() {
		runs++
		panic("broken")
	}))
	job.Run()
	job.Run()
	if runs != 2 || strings.Count(log.String(), "broken") < 2 {
		t.Errorf("it ran %d times, want 2; the log says\n%s", runs, log.String())
	}
}

func TestTheStartSweepsAndStoppingWaitsForIt(t *testing.T) {
	address := filled(t)
	office := academy.New(academy.Config{DB: storetest.Open(t, address)})
	before, err := office.Sweeps(t.Context(), shell, 10)
	if err != nil {
		t.Fatal(err)
	}
	stop, err := startJobs(t.Context(), office, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	stop()
	after, err := office.Sweeps(t.Context(), shell, 10)
	if err != nil || len(after) != len(before)+1 {
		t.Errorf("there are %d runs after the start, %v; there were %d", len(after), err, len(before))
	}
}

func TestProgressIsShownOnceSomethingTakesLong(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(&out)
	p.step(0, 2, "lezen")
	p.step(2, 2, "klaar")
	if out.Len() > 0 {
		t.Errorf("what is quick shows %q", out.String())
	}
	p.start = p.start.Add(-2 * patience)
	p.step(1, 2, "opslaan")
	p.step(2, 2, "klaar")
	if want := "1/2 opslaan\n2/2 klaar\n"; out.String() != want {
		t.Errorf("it shows %q, want %q", out.String(), want)
	}
	p.terminal = true
	out.Reset()
	p.step(1, 2, "opslaan")
	if want := strings.Repeat("█", 15) + strings.Repeat("░", 15); !strings.Contains(out.String(), want) {
		t.Errorf("the bar is %q, want half of it full", out.String())
	}
}
