package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"
)

//go:embed migrations/*.up.sql
var migrations embed.FS

// A NewerError says that a database was written by a later version of the program.
type NewerError struct{ Migration string }

func (e *NewerError) Error() string {
	return fmt.Sprintf("this database is newer than this program (it holds step %q, which this version does not know): start the version of bekwaam that made it, or a later one", e.Migration)
}

// Migrate brings the tables up to date and returns the names of the steps it took. Each step and the mark that it was
// taken are one transaction, so it may be killed at any moment and started by several replicas at once. A database that
// is newer than the program is left alone: *NewerError.
func (db *DB) Migrate(ctx context.Context) ([]string, error) {
	names, err := known()
	if err != nil {
		return nil, err
	}
	var taken []string
	for _, name := range names {
		did, err := db.step(ctx, names, name)
		if err != nil {
			return taken, err
		}
		if did {
			taken = append(taken, name)
		}
	}
	return taken, nil
}

// step takes one step of the migration unless it was taken before.
func (db *DB) step(ctx context.Context, names []string, name string) (did bool, err error) {
	text, err := render(db.write.Dialect(), name)
	if err != nil {
		return false, err
	}
	err = db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := Alone(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY)"); err != nil {
			return err
		}
		applied, err := applied(ctx, tx, names)
		if err != nil {
			return err
		}
		if slices.Contains(applied, name) {
			return nil
		}
		did = true
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO migrations (name) VALUES (?)", name)
		return err
	})
	return did, err
}

// known returns the names of the steps this program knows, in order.
func known() ([]string, error) {
	files, err := fs.Glob(migrations, "migrations/*.up.sql")
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(file, "migrations/"), ".up.sql")
	}
	slices.Sort(files)
	return files, nil
}

// Pending returns the names of the steps that Migrate has still to take. It writes nothing. A database that is newer than
// the program: *NewerError.
func (db *DB) Pending(ctx context.Context) ([]string, error) {
	names, err := known()
	if err != nil {
		return nil, err
	}
	if blank, err := db.Blank(ctx); err != nil || blank {
		return names, err
	}
	applied, err := applied(ctx, db.read, names)
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(applied, name) }), err
}

// Blank reports whether nobody ever migrated this database. It writes nothing.
func (db *DB) Blank(ctx context.Context) (bool, error) {
	query := "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
	if isPostgres(db.read.Dialect()) {
		query = "SELECT COUNT(*) WHERE to_regclass('migrations') IS NOT NULL"
	}
	var exists int
	err := db.read.NewRaw(query).Scan(ctx, &exists)
	return exists == 0, translate(err)
}

// applied returns the names of the steps that were taken; *NewerError where one of them is not known.
func applied(ctx context.Context, q Q, known []string) ([]string, error) {
	var applied []string
	if err := q.NewSelect().Table("migrations").Column("name").Order("name").Scan(ctx, &applied); err != nil {
		return nil, translate(err)
	}
	for _, name := range applied {
		if !slices.Contains(known, name) {
			return nil, &NewerError{name}
		}
	}
	return applied, nil
}

// Alone makes whoever else migrates, fills or empties this database wait until the transaction ends.
func Alone(ctx context.Context, q Q) error {
	if !isPostgres(q.Dialect()) {
		return nil // SQLite has one writer
	}
	// Replicas that start together take turns; the lock dies with its holder. The number is arbitrary but fixed.
	_, err := q.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7309453)")
	return translate(err)
}

// tableMade finds the tables that the migrations make.
var tableMade = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// Empty forgets everything there is and makes the tables anew, as Migrate does. It drops only what the migrations made:
// the newest first, because older tables are what newer ones refer to.
func Empty(ctx context.Context, q Q) error {
	names, err := known()
	if err != nil {
		return err
	}
	var texts, tables []string
	for _, name := range names {
		text, err := render(q.Dialect(), name)
		if err != nil {
			return err
		}
		texts = append(texts, text)
		for _, made := range tableMade.FindAllStringSubmatch(text, -1) {
			tables = append(tables, made[1])
		}
	}
	for _, table := range slices.Backward(tables) {
		if _, err := q.NewDropTable().Table(table).IfExists().Exec(ctx); err != nil {
			return translate(err)
		}
	}
	for i, text := range texts {
		if _, err := q.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("migration %s: %w", names[i], err)
		}
	}
	return nil
}

func isPostgres(d schema.Dialect) bool {
	_, ok := d.(*pgdialect.Dialect)
	return ok
}

// render fills in the few words that the two databases spell differently.
func render(dialect schema.Dialect, name string) (string, error) {
	tmpl, err := template.ParseFS(migrations, "migrations/"+name+".up.sql")
	if err != nil {
		return "", err
	}
	words := map[string]any{"Postgres": false, "Bytes": "BLOB", "Instant": "TIMESTAMP", "Serial": "INTEGER PRIMARY KEY AUTOINCREMENT"}
	if isPostgres(dialect) {
		words = map[string]any{"Postgres": true, "Bytes": "BYTEA", "Instant": "TIMESTAMPTZ", "Serial": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"}
	}
	var text strings.Builder
	if err := tmpl.Option("missingkey=error").Execute(&text, words); err != nil {
		return "", err
	}
	return text.String(), nil
}
