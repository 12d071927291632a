// Package seedtest gives tests a filled demo: it is filled once in a run and copied for each test.
package seedtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/store"
	"bekwaam/seed"
)

// URL is the address of the demo.
const URL = "https://leren.rietwaarde.example"

// filled is the file of a filled demo.
var filled = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "bekwaam-demo")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "demo.db")
	ctx := context.Background()
	db, err := store.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	if _, err = db.Migrate(ctx); err == nil {
		err = seed.Fill(ctx, academy.New(academy.Config{DB: db, URL: URL}), func(int, int, string) {})
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// Open opens a demo of a test's own, and returns its file too.
func Open(t testing.TB) (db *store.DB, file string) {
	t.Helper()
	demo, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(file, demo, 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err = store.Open(context.Background(), file); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, file
}
