package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bekwaam/courses/fault"
)

// asChild makes the test binary be the program itself, for tests that kill it.
const asChild = "BEKWAAM_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(asChild) == "1" {
		main()
	}
	os.Exit(m.Run())
}

// environment makes a getenv of pairs.
func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// bekwaam runs a command to its end, in an empty environment.
func bekwaam(t testing.TB, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(t.Context(), args, environment(), strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), err
}

// must runs a command that has to succeed and returns what it printed.
func must(t testing.TB, args ...string) string {
	t.Helper()
	out, errs, err := bekwaam(t, args...)
	if err != nil {
		t.Fatalf("bekwaam %s: %v\n%s", strings.Join(args, " "), err, errs)
	}
	return out
}

// A shared buffer may be written and read by several goroutines.
type shared struct {
	sync.Mutex
	bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.Lock()
	defer s.Unlock()
	return s.Buffer.Write(p)
}

func (s *shared) String() string {
	s.Lock()
	defer s.Unlock()
	return s.Buffer.String()
}

// A server is bekwaam while it serves.
type server struct {
	url    string
	stop   func() error // asks it to stop and waits until it has
	stdout *shared
	stderr *shared
}

var greeting = regexp.MustCompile(`(?m)^Bekwaam: (http://\S+) `)

// serve starts bekwaam on a free port and waits until it says where it is.
func serve(t testing.TB, args ...string) server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := server{stdout: new(shared), stderr: new(shared)}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), environment(), strings.NewReader(""), s.stdout, s.stderr)
	}()
	s.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { s.stop() })
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if found := greeting.FindStringSubmatch(s.stdout.String()); found != nil {
			s.url = found[1]
			return s
		}
		select {
		case err := <-ended:
			t.Fatalf("bekwaam ended at once: %v\n%s", err, s.stderr)
		default:
		}
	}
	t.Fatalf("bekwaam did not start\n%s", s.stderr)
	return s
}

// get asks for a page and returns its status and text.
func get(t testing.TB, address string, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body.String()
}

func newFile(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") }

// isFault fails unless err is the fault want, by its reason and its sentence.
func isFault(t *testing.T, err error, want *fault.Error) {
	t.Helper()
	if got := fault.Of(err); got == nil || got.Dutch != want.Dutch {
		t.Errorf("the answer is %v, want %v", err, want)
	}
}

func TestAllMistakesAreReportedAtOnce(t *testing.T) {
	for _, test := range []struct {
		what string
		args []string
		env  []string
		want []string // where something is wrong
	}{
		{"every option of the server", []string{"--listen", "hier", "--database=mysql://x", "--url", "ftp://x/y", "--proxies", "10.0.0.7,proxy", "--demo=misschien", "--nee", "woord"}, nil,
			[]string{"--listen", "--database", "--url", "--proxies", "--demo", "--nee", "…"}},
		{"the environment", nil, []string{"BEKWAAM_LISTEN", "8080", "BEKWAAM_DATABASE", "postgres://", "BEKWAAM_DEMO", "ja", "BEKWAAM_URL", "x", "BEKWAAM_PROXIES", "10.0.0.0/40"},
			[]string{"BEKWAAM_LISTEN", "BEKWAAM_DATABASE", "BEKWAAM_DEMO", "BEKWAAM_URL", "BEKWAAM_PROXIES"}},
		{"an option goes before the environment", []string{"--listen", "x"}, []string{"BEKWAAM_LISTEN", "y"}, []string{"--listen"}},
		{"a value is missing", []string{"--url", "--listen"}, nil, []string{"--url", "--listen"}},
		{"an option of another command", []string{"migrate", "--demo"}, nil, []string{"--demo"}},
		{"what a token needs", []string{"token", "--hours", "0"}, nil, []string{"--hours", "--person"}},
		{"a token that lasts too long", []string{"token", "--person", "RW1013", "--hours", "9000"}, nil, []string{"--hours"}},
		{"a day that does not exist", []string{"sweep", "--on", "2026-02-30"}, nil, []string{"--on"}},
		{"what an administrator needs", []string{"admin", "create", "--prefix", "r", "--first", " "}, nil, []string{"--prefix", "--first", "--person", "--last", "--email"}},
		{"somebody and nobody who signs", []string{"settings", "--no-signatory", "--signatory", "J. Verhoeven"}, nil, []string{"--no-signatory"}},
		{"an unknown command", []string{"zweep"}, nil, []string{"zweep"}},
	} {
		t.Run(test.what, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), test.args, environment(test.env...), strings.NewReader(""), &out, &out)
			f := fault.Of(err)
			if !errors.Is(err, usage) {
				t.Fatalf("the error is %v, want one about usage", err)
			}
			var got []string
			for _, field := range f.Fields {
				got = append(got, field.Path)
			}
			if strings.Join(got, " ") != strings.Join(test.want, " ") {
				t.Errorf("wrong are %q, want %q", got, test.want)
			}
			if code := report(&out, err); code != exitUsage {
				t.Errorf("the exit code is %d, want %d", code, exitUsage)
			}
		})
	}
}

func TestAMistakeDoesNotRepeatAPassword(t *testing.T) {
	var out bytes.Buffer
	for _, database := range []string{"postgres://u:geheim@127.0.0.1:1/bekwaam", "postgres://u:geheim@", "mysql://u:geheim@x/y", "postgres://u:geheim@[::1/x"} {
		err := run(t.Context(), []string{"migrate", "--database", database}, environment(), strings.NewReader(""), &out, &out)
		if report(&out, err) == 0 {
			t.Errorf("%s worked", database)
		}
	}
	if strings.Contains(out.String(), "geheim") {
		t.Errorf("the password was printed:\n%s", out.String())
	}
}

func TestACauseIsShownToWhoCanActUponIt(t *testing.T) {
	for kind, shown := range map[fault.Kind]bool{fault.Internal: true, fault.Unavailable: true, fault.Conflict: false, fault.Invalid: false} {
		var out bytes.Buffer
		report(&out, fault.New(kind, "Het gaat niet.", "It does not work.").From(errors.New("permission denied")))
		if strings.Contains(out.String(), "permission denied") != shown {
			t.Errorf("of kind %d it says\n%s", kind, out.String())
		}
	}
	var out bytes.Buffer
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := bekwaam(t, "seed", "--database", filepath.Join(file, "bekwaam.db"))
	if report(&out, err); !strings.Contains(out.String(), "not a directory") {
		t.Errorf("about a database in a file it says\n%s", out.String())
	}
}

func TestHelpNamesEveryOption(t *testing.T) {
	for _, cmd := range commands {
		help := must(t, append(strings.Fields(cmd.name), "--help")...)
		for _, name := range cmd.options {
			o := optionNamed(name)
			if !strings.Contains(help, "--"+name) || !strings.Contains(help, o.variable) || !strings.Contains(help, o.english) {
				t.Errorf("the help of %q does not explain --%s:\n%s", cmd.name, name, help)
			}
		}
	}
	top := must(t, "help")
	for _, cmd := range commands {
		if !strings.Contains(top, cmd.name) {
			t.Errorf("the help does not name %s", cmd.name)
		}
	}
}

func TestVersionSaysWithWhatItWasBuilt(t *testing.T) {
	if out := must(t, "version"); !strings.HasPrefix(out, "bekwaam ") || !strings.Contains(out, " go1.") {
		t.Errorf("version prints %q", out)
	}
}
