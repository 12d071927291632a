package store

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestErasingKnowsEveryTableAboutPeople holds the lists of what is erased against the tables: a new table that refers to
// people, or that says who did something, gets a line there.
func TestErasingKnowsEveryTableAboutPeople(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "people.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	at := func(table string) int {
		return slices.IndexFunc(traces, func(p tracePlace) bool { return p.table == table })
	}
	var refers []struct{ Child, Parent string }
	err = db.read.NewRaw(`SELECT DISTINCT m.name AS child, f."table" AS parent FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'`).Scan(ctx, &refers)
	if err != nil || len(refers) == 0 {
		t.Fatalf("%d tables refer to others: %v", len(refers), err)
	}
	for _, r := range refers {
		if parent := at(r.Parent); parent >= 0 && (at(r.Child) < 0 || at(r.Child) > parent) {
			t.Errorf("%s refers to %s, and is not erased before it", r.Child, r.Parent)
		}
	}
	var names []struct{ Tbl, Col string }
	err = db.read.NewRaw(`SELECT m.name AS tbl, c.name AS col FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND c.name LIKE '%\_by' ESCAPE '\'`).Scan(ctx, &names)
	if err != nil || len(names) == 0 {
		t.Fatalf("%d columns say who did something: %v", len(names), err)
	}
	for _, n := range names {
		c := namePlace{n.Tbl, n.Col}
		erased := slices.Contains(deeds, c) || slices.ContainsFunc(traces, func(p tracePlace) bool { return p.table == c.table && strings.Contains(p.where, c.column) })
		if !erased {
			t.Errorf("%s.%s says who did something, and is not erased", c.table, c.column)
		}
	}
}
