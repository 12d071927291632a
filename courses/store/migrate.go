package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
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
	text, err := db.render(name)
	if err != nil {
		return false, err
	}
	err = db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if db.commits == nil {
			// Replicas that start together take turns; the lock dies with its holder. The number is arbitrary but fixed.
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7309453)"); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)"); err != nil {
			return err
		}
		var applied []string
		if err := tx.NewSelect().Table("migrations").Column("name").Order("name").Scan(ctx, &applied); err != nil {
			return err
		}
		for _, a := range applied {
			if !slices.Contains(names, a) {
				return &NewerError{a}
			}
		}
		if slices.Contains(applied, name) {
			return nil
		}
		did = true
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO migrations (name) VALUES (?)", name)
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

// render fills in the few words that the two databases spell differently.
func (db *DB) render(name string) (string, error) {
	tmpl, err := template.ParseFS(migrations, "migrations/"+name+".up.sql")
	if err != nil {
		return "", err
	}
	words := map[string]any{"Postgres": false, "Bytes": "BLOB", "Instant": "TIMESTAMP", "Serial": "INTEGER PRIMARY KEY AUTOINCREMENT"}
	if _, ok := db.write.Dialect().(*pgdialect.Dialect); ok {
		words = map[string]any{"Postgres": true, "Bytes": "BYTEA", "Instant": "TIMESTAMPTZ", "Serial": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"}
	}
	var text strings.Builder
	if err := tmpl.Option("missingkey=error").Execute(&text, words); err != nil {
		return "", err
	}
	return text.String(), nil
}
