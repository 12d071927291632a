package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"text/tabwriter"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/seed"
)

// migrate brings the tables up to date and tells which steps that took.
func (p *program) migrate(ctx context.Context) error {
	db, steps, err := p.openNew(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		fmt.Fprintln(p.stdout, step)
	}
	fmt.Fprintf(p.stdout, "%s is bij. / %[1]s is up to date.\n", p.databaseName())
	return db.Close()
}

// seed fills a new database with the demo, or empties a demo and fills it anew.
func (p *program) seed(ctx context.Context) error {
	db, _, err := p.openNew(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	fill := seed.Fill
	if p.Again {
		fill = seed.Again
	}
	if err := fill(ctx, p.office(db, p.URL), newProgress(p.stderr).step); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "De demo staat klaar in %s. / The demo is ready in %[1]s.\n", p.databaseName())
	return nil
}

// held is what somebody hears about a sweep that waits for them.
var held = fault.New(fault.Conflict,
	"Er is niets opgeslagen: te veel mensen zouden tegelijk hun bevoegdheid verliezen of een mail krijgen. Bekijk de lijst met --dry-run en ga door met --confirm.",
	"Nothing was stored: too many people would lose their qualification or get a mail at once. Look at the list with --dry-run and go on with --confirm.").Because("held")

// sweep tells what a sweep did, or with --dry-run would do, and why.
func (p *program) sweep(ctx context.Context) error {
	return p.withOffice(ctx, func(office *academy.Office) error {
		r, err := office.Sweep(ctx, shell, academy.SweepRequest{On: p.On, DryRun: p.DryRun, Confirm: p.Confirm})
		if err != nil {
			return err
		}
		if err := p.printSweep(r); err != nil {
			return err
		}
		switch {
		case r.Held:
			return held
		case r.Failed > 0:
			return fmt.Errorf("%d people could not be handled; the log above says why", r.Failed)
		}
		return nil
	})
}

func (p *program) printSweep(r academy.SweepReport) error {
	if r.DryRun {
		fmt.Fprintf(p.stdout, "Proefronde voor %s: er wordt niets opgeslagen. / Dry run for %s: nothing is written.\n", r.On.Dutch(), r.On.English())
	} else {
		fmt.Fprintf(p.stdout, "Ronde van %s. / Sweep of %s.\n", r.On.Dutch(), r.On.English())
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	if len(r.Opened)+len(r.Moved)+len(r.Ended)+len(r.Lapsed) > 0 {
		fmt.Fprint(table, "\nWAT\tWIE\tTAAK\tUITERLIJK\tHOE\tWAAROM\n")
	}
	for _, kind := range []struct {
		name  string
		tasks []academy.Task
	}{{"nieuw/new", r.Opened}, {"andere datum/moved", r.Moved}, {"vervallen/ended", r.Ended}} {
		for _, t := range kind.tasks {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", kind.name, t.Person, t.Title, t.DueOn, how(t), strings.Join(t.WhyDutch, " "))
		}
	}
	for _, l := range r.Lapsed {
		fmt.Fprintf(table, "verlopen/lapsed\t%s\t%s\t-\t-\tHet certificaat was geldig tot en met %s.\n", l.Person, l.Title, l.ValidUntil.Dutch())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "\n%d nieuw, %d met een andere datum, %d vervallen; %d mensen niet meer bevoegd; %d mensen krijgen een mail; %d afspraken bekeken, %d mislukt.\n"+
		"%[1]d new, %[2]d moved, %[3]d ended; %[4]d people no longer qualified; %[5]d people get a mail; %[6]d appointments kept, %[7]d failed.\n",
		len(r.Opened), len(r.Moved), len(r.Ended), r.LapsedPeople(), r.Mails, r.Looked, r.Failed)
	return err
}

// how says what somebody does for a task.
func how(t academy.Task) string {
	if t.Course == "" {
		return "bewijs"
	}
	return string(t.Course)
}

var nobody = fault.New(fault.NotFound, "Niemand heeft dit personeelsnummer.", "Nobody has this personnel number.")

// token makes a bearer token and prints nothing else.
func (p *program) token(ctx context.Context) error {
	return p.withOffice(ctx, func(office *academy.Office) error {
		secret, err := office.IssueToken(ctx, shell, p.Person, time.Duration(p.Hours)*time.Hour)
		if fault.KindOf(err) == fault.NotFound {
			return nobody
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(p.stdout, secret)
		return err
	})
}

// revoke makes everything somebody is logged in with useless at once.
func (p *program) revoke(ctx context.Context) error {
	return p.withOffice(ctx, func(office *academy.Office) error {
		n, err := office.RevokeAll(ctx, shell, p.Person)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%d ingetrokken. / %[1]d revoked.\n", n)
		return err
	})
}

// createAdministrator makes somebody who manages the installation. In an empty database it also begins the installation,
// once everything that was asked is right: before that it makes nothing.
func (p *program) createAdministrator(ctx context.Context) error {
	var i store.Installation
	err := p.withOffice(ctx, func(office *academy.Office) (err error) {
		i, err = office.Installation(ctx)
		return err
	})
	first := fault.KindOf(err) == fault.NotFound
	if err != nil && !first {
		return err
	}
	var wrong error
	if first {
		i = store.Installation{Kind: store.Real, Municipality: p.Municipality, Department: p.Department, NumberPrefix: p.Prefix}
		wrong = together(p.checkFirstStart(), academy.CheckSettings(i))
	}
	admin := staff.Person{ID: p.Person, First: p.First, Infix: p.Infix, Last: p.Last, Email: p.Email}
	if p.PasswordFile == "" { // nobody types a password for what will be refused
		if err := together(admin.Check(), wrong); err != nil {
			return err
		}
	}
	password, err := p.password(ctx)
	if err != nil {
		return err
	}
	if err := together(academy.CheckAdministrator(admin, password), wrong); err != nil {
		return err
	}
	db, _, err := p.openNew(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	office := p.office(db, p.URL)
	if first {
		if err := office.Begin(ctx, i); err != nil {
			return err
		}
	}
	if err := office.CreateAdministrator(ctx, admin, password); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s kan nu inloggen bij %s. / %[1]s can log in at %[2]s now.\n", p.Person, i.Municipality)
	return err
}

// givePassword lets somebody who stands in the installation log in with a password.
func (p *program) givePassword(ctx context.Context) error {
	password, err := p.password(ctx)
	if err != nil {
		return err
	}
	return p.withOffice(ctx, func(office *academy.Office) error {
		if err := office.GivePassword(ctx, p.Person, password); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.stdout, "%s kan nu inloggen met dit wachtwoord. / %[1]s can log in with this password now.\n", p.Person)
		return err
	})
}

// checkFirstStart asks what an installation must know at its first start.
func (p *program) checkFirstStart() error {
	mistakes := *usage
	for _, needed := range []struct{ name, value string }{{"municipality", p.Municipality}, {"prefix", p.Prefix}} {
		if needed.value == "" {
			o := optionNamed(needed.name)
			mistakes = *mistakes.At("--"+o.name, "deze optie is nodig bij de eerste start van een installatie: "+o.dutch, "this option is needed at the first start of an installation: "+o.english)
		}
	}
	return together(&mistakes)
}

// version tells which version this is and of what it was built.
func (p *program) version(context.Context) error {
	version, details := "onbekend/unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision", s.Key == "vcs.time":
				details += " " + s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				details += " (modified)"
			}
		}
		details += " " + info.GoVersion
	}
	_, err := fmt.Fprintln(p.stdout, "bekwaam "+version+details)
	return err
}
