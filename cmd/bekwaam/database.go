package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/store"
)

var (
	cannotOpen = fault.New(fault.Unavailable, "De database gaat niet open. Klopt --database, en mag dit programma erbij?", "The database does not open. Is --database right, and may this program use it?")
	noDatabase = fault.New(fault.NotFound, "Deze database is er nog niet. Start eerst bekwaam, of kies een andere met --database.", "This database does not exist yet. Start bekwaam first, or choose another one with --database.")
	tooOld     = fault.New(fault.Conflict, "Deze database is ouder dan dit programma. Voer eerst bekwaam migrate uit.", "This database is older than this program. Run bekwaam migrate first.")
	tooNew     = fault.New(fault.Conflict, "Deze database is nieuwer dan dit programma. Start de versie van bekwaam waarmee hij is gemaakt, of een latere.", "This database is newer than this program. Start the version of bekwaam that made it, or a later one.")
)

// openNew opens the database, makes it where it does not exist, and brings its tables up to date.
func (p *program) openNew(ctx context.Context) (*store.DB, []string, error) {
	if err := p.makePrivate(); err != nil {
		return nil, nil, cannotOpen.From(err)
	}
	db, err := store.Open(ctx, p.Database)
	if err != nil {
		return nil, nil, unopened(err)
	}
	steps, err := db.Migrate(ctx)
	if err != nil {
		return nil, steps, errors.Join(newer(err), db.Close())
	}
	return db, steps, nil
}

// makePrivate makes a SQLite file that does not exist, so that only its owner may read what will be in it. SQLite gives
// its write-ahead log the same permissions.
func (p *program) makePrivate() error {
	if store.IsPostgres(p.Database) {
		return nil
	}
	file, err := os.OpenFile(p.Database, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// openOld opens a database that exists and whose tables are up to date, beside a server that may be using it. It makes
// nothing.
func (p *program) openOld(ctx context.Context) (*store.DB, error) {
	if !store.IsPostgres(p.Database) {
		if _, err := os.Stat(p.Database); errors.Is(err, fs.ErrNotExist) {
			return nil, noDatabase
		}
	}
	db, err := store.Open(ctx, p.Database)
	if err != nil {
		return nil, unopened(err)
	}
	if err := upToDate(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// upToDate reports why the tables of a database cannot be used as they are.
func upToDate(ctx context.Context, db *store.DB) error {
	blank, err := db.Blank(ctx)
	switch {
	case err != nil:
		return err
	case blank:
		return noDatabase
	}
	pending, err := db.Pending(ctx)
	switch {
	case err != nil:
		return newer(err)
	case len(pending) > 0:
		return tooOld
	}
	return nil
}

// unopened makes a fault of the error about a database that does not open, and leaves one that says more as it is.
func unopened(err error) error {
	if fault.Of(err) != nil {
		return err
	}
	return cannotOpen.From(err)
}

// newer makes a fault of the error about a newer database, and leaves others as they are.
func newer(err error) error {
	var e *store.NewerError
	if errors.As(err, &e) {
		return tooNew.From(err)
	}
	return err
}

// office opens the training office on a database. Without a public address links in mails lead to where the server listens.
func (p *program) office(db *store.DB, url string) *academy.Office {
	return academy.New(academy.Config{DB: db, URL: cmp.Or(url, "http://"+p.Listen), Log: p.log, Mailer: p.mailer})
}

// withOffice does something with the office of a database that exists.
func (p *program) withOffice(ctx context.Context, do func(*academy.Office) error) error {
	db, err := p.openOld(ctx)
	if err != nil {
		return err
	}
	err = do(p.office(db, p.URL))
	return errors.Join(err, db.Close())
}

// databaseName is how a database is called where people may see it: without a user or a password.
func (p *program) databaseName() string {
	if u, err := url.Parse(p.Database); err == nil && store.IsPostgres(p.Database) {
		return "PostgreSQL " + u.Host + "/" + strings.TrimPrefix(u.Path, "/")
	}
	return p.Database
}
