package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
)

// A program is one run of a command: its options and the world around it.
type program struct {
	config
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	mailer         notices.Mailer // nil: mails are only kept
}

// A command is something one can ask on the command line.
type command struct {
	name           string // one or two words; empty: what bekwaam does without a command
	dutch, english string
	options        []string // every command takes these and no others
	needs          []string // of which these must be given
	run            func(*program, context.Context) error
}

var commands = []command{
	{"", "start de website en de API", "serves the pages and the API", []string{"listen", "database", "demo", "url", "proxies", "contact", "smtp", "smtp-password-file", "mail-from"}, nil, (*program).serve},
	{"seed", "vult een nieuwe database met de demogemeente", "fills a new database with the demo municipality", []string{"database", "again"}, nil, (*program).seed},
	{"migrate", "brengt de tabellen bij", "brings the tables up to date", []string{"database"}, nil, (*program).migrate},
	{"sweep", "kijkt wie welke scholing moet doen", "works out who must do which training", []string{"database", "url", "on", "dry-run", "confirm"}, nil, (*program).sweep},
	{"simulate", "speelt een reeks dagen na zonder iets op te slaan", "simulates a stretch of days and stores nothing", []string{"database", "from", "until", "renew"}, []string{"until"}, (*program).simulate},
	{"token", "maakt een token voor de API en toont alleen dat", "makes a token for the API and prints only that", []string{"database", "person", "hours"}, []string{"person"}, (*program).token},
	{"token revoke", "trekt alle tokens en sessies van iemand in", "revokes every token and session of somebody", []string{"database", "person"}, []string{"person"}, (*program).revoke},
	{"admin create", "maakt een beheerder; de eerste begint de installatie", "makes an administrator; the first begins the installation",
		[]string{"database", "person", "first", "infix", "last", "email", "password-file", "municipality", "department", "prefix"}, []string{"person", "first", "last", "email"}, (*program).createAdministrator},
	{"admin password", "geeft iemand een wachtwoord om mee in te loggen", "gives somebody a password to log in with",
		[]string{"database", "person", "password-file"}, []string{"person"}, (*program).givePassword},
	{"settings", "toont de instellingen en verandert wat je noemt", "shows the settings and changes those you name",
		[]string{"database", "municipality", "department", "signatory", "signatory-function", "no-signatory"}, nil, (*program).settings},
	{"version", "toont welke versie dit is", "prints which version this is", nil, nil, (*program).version},
}

// shell is whoever may run this program beside its database: the system administrator.
var shell = staff.Actor{Functions: []staff.Function{staff.Administrator}}

// run does what the arguments ask. Nothing else reads the environment.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) error {
	cmd, rest, err := find(args)
	if err != nil {
		return err
	}
	config, help, err := parse(cmd, rest, getenv)
	if help {
		return cmd.help(stdout)
	}
	if err != nil {
		return err
	}
	p := &program{config, stdin, stdout, stderr, slog.New(slog.NewTextHandler(stderr, nil)), nil}
	return cmd.run(p, ctx)
}

// find returns the command that the arguments begin with, and what follows it.
func find(args []string) (command, []string, error) {
	words := 0
	for words < len(args) && words < 2 && !strings.HasPrefix(args[words], "-") {
		words++
	}
	if words > 0 && args[0] == "help" {
		return find(append(args[1:], "--help"))
	}
	for ; words >= 0; words-- {
		name := strings.Join(args[:words], " ")
		for _, c := range commands {
			if c.name == name && (name != "" || len(args) == 0 || strings.HasPrefix(args[0], "-")) {
				return c, args[words:], nil
			}
		}
	}
	return command{}, nil, usage.At(args[0], "dit commando bestaat niet; kijk bij bekwaam --help", "there is no such command; see bekwaam --help")
}

// usage is what somebody hears who gave the wrong options.
var usage = fault.New(fault.Invalid, "Dit klopt niet:", "This is not right:").Because("usage")

// together makes one mistake in the options of all that is wrong; nil where nothing is.
func together(errs ...error) error {
	mistakes := *usage
	for _, err := range errs {
		if f := fault.Of(err); f != nil {
			mistakes.Fields = append(mistakes.Fields, f.Fields...)
		}
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// Exit codes: 0 is done.
const (
	exitFailed = 1
	exitUsage  = 2
	exitHeld   = 3 // a sweep that waits for somebody to confirm it
)

// report tells what went wrong, in Dutch and in English, and returns the exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "bekwaam: afgebroken / interrupted")
		return exitFailed
	}
	f := fault.Of(err)
	if f == nil {
		fmt.Fprintf(stderr, "bekwaam: %v\n", err)
		return exitFailed
	}
	fmt.Fprintf(stderr, "bekwaam: %s\n         %s\n", f.Dutch, f.English)
	for _, field := range f.Fields {
		fmt.Fprintf(stderr, "  %s\n      %s\n      %s\n", field.Path, field.Dutch, field.English)
	}
	if f.Cause != nil && (f.Kind == fault.Internal || f.Kind == fault.Unavailable) { // with the others one can act upon the sentence alone
		fmt.Fprintf(stderr, "  %v\n", f.Cause)
	}
	switch {
	case errors.Is(err, usage):
		return exitUsage
	case errors.Is(err, held):
		return exitHeld
	}
	return exitFailed
}
