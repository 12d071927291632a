// Package storetest gives tests real databases: SQLite in a temporary file, and PostgreSQL on the server that
// BEKWAAM_TEST_POSTGRES names ("postgres://user@127.0.0.1:5432/postgres"), as somebody who may make databases.
// Each test has a database of its own, copied from one that was migrated once.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
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
	postgres := func(t testing.TB, server *url.URL) string { return newPostgres(t, server, "template0") }
	each(t, sqlite, postgres, test)
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

// Main runs the tests of a package that uses Run or Each, and drops the PostgreSQL database they were copied from:
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
func Main(m *testing.M) {
	postgresTemplate.kept = true
	code := m.Run()
	if drop := postgresTemplate.drop; drop != nil {
		drop()
	}
	os.Exit(code)
}

// postgresTemplate is the migrated database that those of the tests are copied from. Each process has its own, so that
// two with other migrations do not meet.
var postgresTemplate struct {
	sync.Mutex
	kept bool // Main drops it
	name string
	drop func()
}

func migratedPostgres(t testing.TB, server *url.URL) string {
	t.Helper()
	template := &postgresTemplate
	template.Lock()
	defer template.Unlock()
	if template.name == "" {
		if !template.kept {
			t.Fatal("a package that uses storetest calls storetest.Main in its TestMain")
		}
		name := randomName()
		execute(t, server, "CREATE DATABASE "+name+" TEMPLATE template0")
		template.drop = func() {
			if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
		if err := migrate(addressOf(server, name)); err != nil {
			t.Fatal(err)
		}
		template.name = name
	}
	return newPostgres(t, server, template.name)
}

// newPostgres makes a database until the test ends, as a copy of another.
func newPostgres(t testing.TB, server *url.URL, template string) string {
	t.Helper()
	name := randomName()
	execute(t, server, "CREATE DATABASE "+name+" TEMPLATE "+template)
	t.Cleanup(func() { execute(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	return addressOf(server, name)
}

func randomName() string { return "bekwaam_test_" + strings.ToLower(rand.Text()[:16]) }

func addressOf(server *url.URL, name string) string {
	address := *server
	address.Path = "/" + name
	return address.String()
}

func execute(t testing.TB, server *url.URL, statement string) {
	t.Helper()
	if err := run(server, statement); err != nil {
		t.Fatal(err)
	}
}

// run runs one statement on a PostgreSQL server.
func run(server *url.URL, statement string) error {
	db, err := sql.Open("pgx", server.String())
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
