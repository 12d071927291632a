// Package storetest gives tests real databases: SQLite in a temporary file, and PostgreSQL in the database that
// BEKWAAM_TEST_POSTGRES names ("postgres://user@127.0.0.1:5432/test"), as somebody who may make schemas in it.
// Each test has a file or a schema of its own, which goes when the test ends.
package storetest

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bekwaam/courses/store"
)

// Run runs a test on each kind of database, migrated and empty.
func Run(t *testing.T, test func(t *testing.T, db *store.DB)) {
	Each(t, func(t *testing.T, address string) { test(t, Open(t, address)) })
}

// Each runs a test with the address of a database of each kind, migrated and empty, for tests that open it more than once.
func Each(t *testing.T, test func(t *testing.T, address string)) {
	each(t, migratedSQLite, migratedPostgres, test)
}

// Blank runs a test with the address of a database of each kind in which there is nothing, not even a table.
func Blank(t *testing.T, test func(t *testing.T, address string)) {
	sqlite := func(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") }
	each(t, sqlite, newSchema, test)
}

// Open opens a database until the test ends.
func Open(t testing.TB, address string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// SQLite makes a migrated SQLite database for a test that has nothing to do with which database it is.
func SQLite(t testing.TB) string { return migratedSQLite(t) }

// Postgres makes a migrated PostgreSQL database, or skips where there is no server.
func Postgres(t testing.TB) string { return migratedPostgres(t, server(t)) }

func each(t *testing.T, sqlite func(testing.TB) string, postgres func(testing.TB, *url.URL) string, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqlite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, postgres(t, server(t))) })
}

// server is the PostgreSQL server for tests. Without one the test is skipped, or fails where all tests must run.
func server(t testing.TB) *url.URL {
	t.Helper()
	address := os.Getenv("BEKWAAM_TEST_POSTGRES")
	switch {
	case address != "":
	case os.Getenv("BEKWAAM_TEST_ALL") == "1":
		t.Fatal("BEKWAAM_TEST_ALL asks for PostgreSQL, but BEKWAAM_TEST_POSTGRES names no server")
	default:
		t.Skip("no PostgreSQL: BEKWAAM_TEST_POSTGRES names no server")
	}
	server, err := url.Parse(address)
	if err != nil {
		t.Fatal("BEKWAAM_TEST_POSTGRES cannot be read as a URL")
	}
	return server
}

// sqliteTemplate is the content of a migrated SQLite file.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "bekwaam-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func migratedSQLite(t testing.TB) string {
	t.Helper()
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// migrate migrates a database and closes it, which leaves all of SQLite in one file.
func migrate(address string) error {
	db, err := store.Open(context.Background(), address)
	if err != nil {
		return err
	}
	_, err = db.Migrate(context.Background())
	if closing := db.Close(); err == nil {
		err = closing
	}
	return err
}

func migratedPostgres(t testing.TB, server *url.URL) string {
	t.Helper()
	address := newSchema(t, server)
	if err := migrate(address); err != nil {
		t.Fatal(err)
	}
	return address
}

// newSchema makes a schema until the test ends, and returns the address in which it is the only one. Making a database
// instead, and dropping it, would take PostgreSQL a checkpoint each time.
func newSchema(t testing.TB, server *url.URL) string {
	t.Helper()
	name := "bekwaam_test_" + strings.ToLower(rand.Text())
	execute(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { execute(t, server, "DROP SCHEMA "+name+" CASCADE") })
	address := *server
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

// execute runs one statement on a PostgreSQL server.
func execute(t testing.TB, server *url.URL, statement string) {
	t.Helper()
	if _, err := Raw(t, server.String()).Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
