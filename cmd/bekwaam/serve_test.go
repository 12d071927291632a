package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/store/storetest"
)

func TestTheServerStartsServesAndStops(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		s := serve(t, "--database", database, "--demo")
		for path, want := range map[string]string{
			"/":                "Tineke Bakker",
			"/healthz":         "ok",
			"/readyz":          "ok",
			"/v1/openapi.json": `"openapi"`,
		} {
			if status, body := get(t, s.url+path); status != http.StatusOK || !strings.Contains(body, want) {
				t.Errorf("%s answers %d without %q", path, status, want)
			}
		}
		if err := s.stop(); err != nil {
			t.Errorf("stopping: %v\n%s", err, s.stderr)
		}
		if _, err := http.Get(s.url); err == nil {
			t.Error("it still answers")
		}
		if _, err := os.Stat(database + "-wal"); err == nil {
			t.Error("stopping left a write-ahead log: the database was not closed")
		}
	})
}

func TestARequestThatIsBusyIsFinished(t *testing.T) {
	s := serve(t, "--database", newFile(t), "--demo")
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const form = "persoon=RW1013"
	fmt.Fprintf(conn, "POST /demo/wissel HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form[:5])
	time.Sleep(100 * time.Millisecond)
	stopped := make(chan error, 1)
	go func() { stopped <- s.stop() }()
	time.Sleep(200 * time.Millisecond)
	fmt.Fprint(conn, form[5:])
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || res.StatusCode != http.StatusSeeOther {
		t.Errorf("the request that was busy got %v, %v", res, err)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func TestHeadersThatAreTooLargeAreRefused(t *testing.T) {
	s := serve(t, "--database", newFile(t), "--demo")
	if status, _ := get(t, s.url+"/healthz", "X-Large", strings.Repeat("x", 64<<10)); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("64 KiB of headers get %d", status)
	}
}

func TestOnlyItsOwnerReadsANewDatabase(t *testing.T) {
	database := newFile(t)
	must(t, "migrate", "--database", database)
	info, err := os.Stat(database)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be used as %s", info.Mode().Perm())
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	s := serve(t, "--database", newFile(t), "--demo")
	_, _, err := bekwaam(t, "--database", newFile(t), "--listen", strings.TrimPrefix(s.url, "http://"))
	isFault(t, err, portTaken)
}

func TestAnExistingDatabaseIsServedAsItIs(t *testing.T) {
	database := newFile(t)
	must(t, "seed", "--database", database)
	s := serve(t, "--database", database)
	if status, _ := get(t, s.url+"/"); status != http.StatusOK {
		t.Errorf("the first page answers %d", status)
	}
}

// Until its first page answers. The goal is 1 second.
func BenchmarkStartingOnAnExistingDatabase(b *testing.B) {
	database := newFile(b)
	must(b, "seed", "--database", database)
	for b.Loop() {
		s := serve(b, "--database", database)
		if status, _ := get(b, s.url+"/"); status != http.StatusOK {
			b.Fatalf("the first page answers %d", status)
		}
		b.StopTimer()
		s.stop()
		b.StartTimer()
	}
}

func TestADemoAndARealInstallationDoNotMix(t *testing.T) {
	demo, real := newFile(t), newFile(t)
	must(t, "seed", "--database", demo)
	password := t.TempDir() + "/password"
	if err := os.WriteFile(password, []byte("een goed lang wachtwoord\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	administrator := []string{"admin", "create", "--person", "B1", "--first", "Anna", "--last", "Bos", "--email", "a.bos@echt.example", "--password-file", password, "--database"}
	_, _, err := bekwaam(t, append(administrator, demo)...)
	if !errors.Is(err, fault.New(fault.Conflict, "", "").Because("demo")) {
		t.Errorf("a demo takes a real administrator: %v", err)
	}
	_, _, err = bekwaam(t, append(administrator, real)...)
	isFault(t, err, usage)
	must(t, append(administrator, real, "--municipality", "Gemeente Echt", "--prefix", "EC")...)
	_, _, err = bekwaam(t, "--database", real, "--demo", "--listen", "127.0.0.1:0")
	isFault(t, err, noDemo)
	if _, _, err = bekwaam(t, "seed", "--database", real); err == nil {
		t.Error("seed filled a real installation")
	}
	if _, _, err = bekwaam(t, "seed", "--again", "--database", real); err == nil {
		t.Error("seed --again emptied a real installation")
	}
	s := serve(t, "--database", real)
	if _, body := get(t, s.url+"/"); strings.Contains(body, "Tineke") {
		t.Error("a real installation shows the people of the demo")
	}
}

func TestANamedNewDatabaseIsARealFirstStart(t *testing.T) {
	s := serve(t, "--database", newFile(t))
	if !strings.Contains(s.stdout.String(), "admin create") {
		t.Errorf("it does not say what to do first:\n%s", s.stdout)
	}
	if status, _ := get(t, s.url+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz answers %d", status)
	}
	if status, body := get(t, s.url+"/"); status == http.StatusOK || strings.Contains(body, "Tineke") {
		t.Errorf("the first page answers %d; there is nothing to see yet", status)
	}
}

func TestWithoutOptionsItIsTheDemoInThisFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	s := serve(t)
	if _, body := get(t, s.url+"/"); !strings.Contains(body, "Tineke Bakker") {
		t.Error("the first page is not that of the demo")
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("bekwaam.db"); err != nil {
		t.Error(err)
	}
}

func TestADemoBeginsAgainWhileItServes(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		must(t, "seed", "--database", database)
		s := serve(t, "--database", database)
		putClock(t, database, "2027-06-01")
		res, err := http.PostForm(s.url+"/demo/opnieuw", nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK || res.Request.URL.Path != "/" {
			t.Errorf("beginning again answers %d at %s", res.StatusCode, res.Request.URL.Path)
		}
		if now, err := academy.New(academy.Config{DB: storetest.Open(t, database)}).Now(t.Context()); err != nil || now.Today().String() != "2026-11-23" {
			t.Errorf("the demo is on %s, %v", now.Today(), err)
		}
	})
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		if _, err := storetest.Raw(t, database).Exec("INSERT INTO migrations (name) VALUES ('9999_later')"); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"--listen", "127.0.0.1:0"}, {"migrate"}, {"seed"}, {"sweep"}, {"token", "--person", "RW1013"},
			{"admin", "create", "--person", "B1", "--first", "Anna", "--last", "Bos", "--email", "a.bos@echt.example"}} {
			_, _, err := bekwaam(t, append(args, "--database", database)...)
			isFault(t, err, tooNew)
			var told strings.Builder
			if report(&told, err); strings.Count(told.String(), "newer") != 1 {
				t.Errorf("it says\n%s", &told)
			}
		}
	})
}

func TestADatabaseThatIsNotThereIsNotMade(t *testing.T) {
	database := newFile(t)
	for _, args := range [][]string{{"sweep"}, {"token", "--person", "RW1013"}, {"token", "revoke", "--person", "RW1013"}} {
		_, _, err := bekwaam(t, append(args, "--database", database)...)
		isFault(t, err, noDatabase)
	}
	if _, err := os.Stat(database); err == nil {
		t.Error("the file was made")
	}
}

func TestADatabaseThatDoesNotOpen(t *testing.T) {
	text := newFile(t)
	if err := os.WriteFile(text, []byte(strings.Repeat("dit is geen database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, database := range []string{text, t.TempDir() + "/nergens/test.db", "postgres://u@127.0.0.1:1/x"} {
		_, _, err := bekwaam(t, "migrate", "--database", database)
		isFault(t, err, cannotOpen)
	}
}

// Whatever moment the program is killed at while it makes the demo, the next start serves all of it.
func TestKillingTheFirstStartLeavesNoHalfDemo(t *testing.T) {
	whole := storetest.Dump(t, filled(t), undrawn...)
	for delay := 10 * time.Millisecond; delay < 320*time.Millisecond; delay += 30 * time.Millisecond {
		database := newFile(t)
		child := exec.Command(os.Args[0], "--database", database, "--demo", "--listen", "127.0.0.1:0")
		child.Env = append(os.Environ(), asChild+"=1")
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(delay)
		if err := child.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		child.Wait()
		s := serve(t, "--database", database, "--demo")
		waitForSweep(t, s)
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if dump := storetest.Dump(t, database, undrawn...); dump != whole {
			t.Errorf("killed after %s: the demo is not whole: %d rows instead of %d", delay, strings.Count(dump, "\n"), strings.Count(whole, "\n"))
		}
	}
}

// undrawn leaves out what is drawn or clocked anew for each demo, so that two demos can be compared.
var undrawn = []string{"sweeps", "audit", "evidence.id", "periods.id", "certificates.number", "certificates.token", "certificates.period",
	"versions.published_at", "installation.clock_offset", "outbox", "reminders.mail", "training_evidence.evidence",
	"role_profiles.written_at", "competence_evidence.recorded_at", "procedures.written_at", "process_terms.written_at", "works_council_consent.recorded_at", "wishes.id", "wish_shares.wish",
	"instrument_results.id", "instrument_scores.result", "instrument_shares.result",
	"items_done.recorded_at", "plans.id", "plan_steps.plan", "figures", "figure_months", "figure_changes"}

// filled makes a demo and returns its database.
func filled(t *testing.T) string {
	t.Helper()
	database := newFile(t)
	must(t, "seed", "--database", database)
	return database
}

// waitForSweep waits until the sweep at the start is done.
func waitForSweep(t *testing.T, s server) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(s.stderr.String(), "sweep done"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the sweep at the start did not end:\n%s", s.stderr)
		}
	}
}
