package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/robfig/cron/v3"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/notices"
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

func TestTheMailServerIsReadFromTheOptions(t *testing.T) {
	env := func(name string) string { return map[string]string{"BEKWAAM_SMTP_PASSWORD": "geheim"}[name] }
	cmd := commands[0]
	c, _, err := parse(cmd, []string{"--smtp", "smtp://jan@mail.example", "--mail-from", "Opleidingen <o@x.nl>"}, env)
	if err != nil || c.SMTP.Host != "mail.example" || c.SMTP.Port != 587 || c.SMTP.User != "jan" || c.SMTP.Password != "geheim" || c.SMTP.From.Address != "o@x.nl" {
		t.Errorf("got %+v, %v", c.SMTP, err)
	}
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("uit een bestand\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{config: c}
	p.SMTPPasswordFile = file
	if m, err := p.server(); err != nil || m.(notices.SMTP).Password != "uit een bestand" {
		t.Errorf("got %+v, %v", m, err)
	}
	p.SMTPPasswordFile = file + "x"
	if _, err := p.server(); err == nil {
		t.Error("a file that is not there is a password")
	}
	if m, err := (&program{}).server(); m != nil || err != nil {
		t.Errorf("without --smtp: got %v, %v", m, err)
	}
	for _, args := range [][]string{{"--smtp", "smtp://mail.example"}, {"--smtp", "smtp://jan:geheim@mail.example", "--mail-from", "o@x.nl"}, {"--mail-from", "o"}} {
		if _, _, err := parse(cmd, args, env); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%v: %v", args, err)
		}
	}
}
