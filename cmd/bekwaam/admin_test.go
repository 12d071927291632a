package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

func TestATokenWorksUntilItIsRevoked(t *testing.T) {
	database := filled(t)
	s := serve(t, "--database", database) // the command works beside a server that uses the same file
	out, errs, err := bekwaam(t, "token", "--database", database, "--person", "RW1003", "--hours", "1")
	if err != nil || errs != "" {
		t.Fatalf("token: %v\n%s", err, errs)
	}
	secret := strings.TrimSuffix(out, "\n")
	if len(secret) < 26 || strings.ContainsAny(secret, " \n") {
		t.Fatalf("token prints %q, want nothing but a token", out)
	}
	status, body := get(t, s.url+"/v1/me", "Authorization", "Bearer "+secret)
	if status != http.StatusOK || !strings.Contains(body, "Marloes") {
		t.Errorf("/v1/me answers %d: %s", status, body)
	}
	must(t, "token", "revoke", "--database", database, "--person", "RW1003")
	if status, _ := get(t, s.url+"/v1/me", "Authorization", "Bearer "+secret); status != http.StatusUnauthorized {
		t.Errorf("a revoked token gets %d", status)
	}
	if strings.Contains(s.stderr.String(), secret) {
		t.Error("the log holds a token")
	}
	_, _, err = bekwaam(t, "token", "--database", database, "--person", "RW9999")
	isFault(t, err, nobody)
}

func TestADryRunTellsWhatTheSweepWillDoAndWritesNothing(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		must(t, "seed", "--database", database)
		before := storetest.Dump(t, database)
		out := must(t, "sweep", "--database", database, "--on", "2026-12-12", "--dry-run")
		if after := storetest.Dump(t, database); after != before {
			t.Error("a dry run changed the database")
		}
		told := strings.Count(out, "\nnieuw/new ")
		if !strings.Contains(out, "er wordt niets opgeslagen") || told == 0 || !strings.Contains(out, "12 december 2026") || !strings.Contains(out, "Omdat je sinds") {
			t.Fatalf("the dry run does not tell what would happen and why:\n%s", out)
		}
		if !strings.Contains(out, fmt.Sprintf("\n%d nieuw,", told)) {
			t.Errorf("the counts are not those of the list:\n%s", out)
		}
		duties := strings.Count(before, "duties ")
		putClock(t, database, "2026-12-12")
		after := storetest.Dump(t, database, "sweeps")
		if added := strings.Count(after, "duties ") - duties; added != told {
			t.Errorf("the sweep opened %d duties, the dry run told %d", added, told)
		}
		must(t, "sweep", "--database", database)
		if again := storetest.Dump(t, database, "sweeps"); again != after {
			t.Error("a second sweep changed something")
		}
	})
}

// putClock moves the clock of a demo, as its start page does.
func putClock(t *testing.T, database, day string) {
	t.Helper()
	office := academy.New(academy.Config{DB: storetest.Open(t, database)})
	if _, err := office.SetToday(t.Context(), calendar.MustParse(day)); err != nil {
		t.Fatal(err)
	}
}

func TestASweepTellsWhoIsNoLongerQualified(t *testing.T) {
	out := must(t, "sweep", "--database", filled(t), "--on", "2027-03-01", "--dry-run")
	told := make(map[string]bool)
	for line := range strings.Lines(out) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "verlopen/lapsed" && strings.Contains(line, "geldig tot en met") {
			told[fields[1]] = true
		}
	}
	if len(told) == 0 || !strings.Contains(out, fmt.Sprintf(" %d mensen niet meer bevoegd", len(told))) {
		t.Errorf("those who are no longer qualified are %v:\n%s", told, out)
	}
}

func TestASweepOfALaterDayIsOnlyDry(t *testing.T) {
	if _, _, err := bekwaam(t, "sweep", "--database", filled(t), "--on", "2027-01-01"); err == nil {
		t.Error("a day that has not come was swept")
	}
}

func TestASweepThatTouchesTooManyIsHeld(t *testing.T) {
	database := filled(t)
	out, _, err := bekwaam(t, "sweep", "--database", database, "--on", "2028-12-01", "--dry-run")
	isFault(t, err, held)
	if code := report(&strings.Builder{}, err); code != exitHeld {
		t.Errorf("the exit code is %d, want %d", code, exitHeld)
	}
	if !strings.Contains(out, "nieuw/new") {
		t.Error("what is held is not shown")
	}
}

func TestAnAdministratorNeedsAPassword(t *testing.T) {
	short := t.TempDir() + "/short"
	if err := os.WriteFile(short, []byte("kort\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"admin", "create", "--database", newFile(t), "--person", "B1", "--first", "Anna", "--last", "Bos", "--email", "a.bos@echt.example", "--municipality", "Gemeente Echt", "--prefix", "EC"}
	_, _, err := bekwaam(t, args...)
	isFault(t, err, noTerminal)
	_, _, err = bekwaam(t, append(args, "--password-file", short)...)
	wrongAt(t, err, "password")
}

// wrongAt fails unless err says what is wrong in these places and nowhere else.
func wrongAt(t *testing.T, err error, places ...string) {
	t.Helper()
	isFault(t, err, usage)
	var got []string
	if f := fault.Of(err); f != nil {
		for _, field := range f.Fields {
			got = append(got, field.Path)
		}
	}
	if !slices.Equal(got, places) {
		t.Errorf("wrong are %q, want %q", got, places)
	}
}

func TestAnAdministratorWhoIsNotRightLeavesNothing(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		password := filepath.Join(t.TempDir(), "password")
		write := func(text string) {
			if err := os.WriteFile(password, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		create := func(person, first, email string, more ...string) error {
			_, _, err := bekwaam(t, append([]string{"admin", "create", "--database", database, "--person", person, "--first", first, "--last", "Bos", "--email", email}, more...)...)
			return err
		}
		write("kort")
		wrongAt(t, create("P 0010/../", "An\nna", "nomail", "--password-file", password), "person", "first", "email", "password", "--municipality", "--prefix")
		wrongAt(t, create("P1", strings.Repeat("a", 5000), "a@b.nl", "--municipality", "X\nY", "--prefix", "XX"), "first", "municipality")
		if !store.IsPostgres(database) {
			if _, err := os.Stat(database); err == nil {
				t.Fatal("the file was made")
			}
		}
		db := storetest.Open(t, database)
		if blank, err := db.Blank(t.Context()); err != nil || !blank {
			t.Fatalf("tables were made, %v", err)
		}

		write("een goed lang wachtwoord")
		begin := []string{"--password-file", password, "--municipality", "Gemeente Echt", "--prefix", "EC"}
		if err := create("P1", "Anna", "a@b.nl", begin...); err != nil {
			t.Fatal(err)
		}
		for about, err := range map[string]error{
			"personnel number": create("P1", "Anna", "other@b.nl", begin...), "e-mail address": create("P2", "Anna", "A@B.nl", begin...),
		} {
			var told strings.Builder
			if report(&told, err); strings.Count(told.String(), "\n") != 2 || !strings.Contains(told.String(), about) {
				t.Errorf("about the same %s it says\n%s", about, &told)
			}
		}
	})
}

func TestSettingsAreShownAndChanged(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, database string) {
		_, _, err := bekwaam(t, "settings", "--database", database)
		if err == nil {
			t.Error("a database without tables has settings")
		}
		must(t, "migrate", "--database", database)
		for _, args := range [][]string{{}, {"--department", "P&O"}} {
			_, _, err = bekwaam(t, append([]string{"settings", "--database", database}, args...)...)
			isFault(t, err, notBegun)
		}
		must(t, "seed", "--database", database)
		before := must(t, "settings", "--database", database)
		for _, want := range []string{"Gemeente Rietwaarde", "RW-…", "niemand / nobody"} {
			if !strings.Contains(before, want) {
				t.Errorf("%q is not shown:\n%s", want, before)
			}
		}
		out := must(t, "settings", "--database", database, "--signatory", "J. Verhoeven", "--signatory-function", "teamleider Burgerzaken", "--department", "Opleidingen")
		if !strings.Contains(out, "J. Verhoeven, teamleider Burgerzaken\n") || !strings.Contains(out, "Opleidingen\n") || !strings.Contains(out, "Gemeente Rietwaarde\n") {
			t.Errorf("after a change it shows\n%s", out)
		}
		_, _, err = bekwaam(t, "settings", "--database", database, "--municipality", "Gemeente\tX")
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("a tab in a name: %v", err)
		}
		if again := must(t, "settings", "--database", database); again != out {
			t.Errorf("shown again it is\n%s", again)
		}
		if out := must(t, "settings", "--database", database, "--no-signatory"); !strings.Contains(out, "niemand / nobody") {
			t.Errorf("without a signatory it shows\n%s", out)
		}
	})
}
