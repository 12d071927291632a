package store_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"strings"
	"sync"
	"testing"

	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// schema writes the tables, their keys, indexes and triggers.
func schema(t *testing.T, address string) string {
	t.Helper()
	db := storetest.Raw(t, address)
	if !store.IsPostgres(address) {
		return strings.Join(storetest.Lines(t, db, "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL"), "\n") + "\n"
	}
	var lines []string
	for _, query := range []string{
		`SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || column_default, '')
			|| CASE is_identity WHEN 'YES' THEN ' IDENTITY' ELSE '' END FROM information_schema.columns WHERE table_schema = current_schema()`,
		`SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace`,
		`SELECT REPLACE(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema()`,
		`SELECT REPLACE(pg_get_triggerdef(g.oid), current_schema() || '.', '') FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid
			WHERE NOT g.tgisinternal AND c.relnamespace = current_schema()::regnamespace`,
	} {
		lines = append(lines, storetest.Lines(t, db, query)...)
	}
	return strings.Join(lines, "\n") + "\n"
}

func migrate(t *testing.T, db *store.DB) []string {
	t.Helper()
	taken, err := db.Migrate(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func TestAMigratedDatabaseIsTheGoldenOne(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		blank, err := db.Blank(ctx)
		want(t, blank, err, true)
		pending, err := db.Pending(ctx)
		want(t, migrate(t, db), err, pending)
		blank, err = db.Blank(ctx)
		want(t, blank, err, false)
		kind := "sqlite"
		if store.IsPostgres(address) {
			kind = "postgres"
		}
		golden, got := "testdata/schema."+kind+".golden", schema(t, address)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		expected, err := os.ReadFile(golden)
		if err != nil {
			t.Fatalf("%v: run go test ./courses/store -run Golden -update", err)
		}
		if string(expected) != got {
			t.Errorf("the tables are not those of %s; got\n%s", golden, got)
		}
	})
}

func TestMigratingTwiceChangesNothing(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		migrate(t, db)
		fill(t, db)
		before := storetest.Dump(t, address)
		want(t, len(migrate(t, db)), nil, 0)
		pending, err := db.Pending(ctx)
		want(t, pending, err, []string{})
		want(t, storetest.Dump(t, address), nil, before)
	})
}

func TestFourReplicasMayMigrateAtOnce(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, address string) {
		var wait sync.WaitGroup
		errs, taken := make([]error, 4), make([]int, 4)
		for n := range errs {
			wait.Go(func() {
				db, err := store.Open(ctx, address)
				if err != nil {
					errs[n] = err
					return
				}
				steps, err := db.Migrate(ctx)
				taken[n], errs[n] = len(steps), errors.Join(err, db.Close())
			})
		}
		wait.Wait()
		steps := len(storetest.Lines(t, storetest.Raw(t, address), "SELECT name FROM migrations"))
		want(t, taken[0]+taken[1]+taken[2]+taken[3], errors.Join(errs...), steps)
	})
}

func TestAStepThatFailsLeavesNothing(t *testing.T) {
	storetest.Blank(t, func(t *testing.T, address string) {
		db, raw := storetest.Open(t, address), storetest.Raw(t, address)
		exec(t, raw, "CREATE TABLE audit (id INTEGER)") // near the end of the first step
		before := schema(t, address)
		if _, err := db.Migrate(ctx); err == nil || !strings.Contains(err.Error(), "migration 0001_spine") {
			t.Fatalf("got %v", err)
		}
		want(t, schema(t, address), nil, before)
		exec(t, raw, "DROP TABLE audit")
		if taken := migrate(t, db); taken[0] != "0001_spine" {
			t.Errorf("took %q", taken)
		}
	})
}

func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db, raw := storetest.Open(t, address), storetest.Raw(t, address)
		exec(t, raw, "INSERT INTO migrations (name) VALUES ('9999_later')")
		exec(t, raw, "DELETE FROM migrations WHERE name <> '9999_later'")
		before := schema(t, address) + storetest.Dump(t, address)
		var newer *store.NewerError
		if _, err := db.Migrate(ctx); !errors.As(err, &newer) || newer.Migration != "9999_later" {
			t.Errorf("got %v", err)
		}
		if _, err := db.Pending(ctx); !errors.As(err, &newer) {
			t.Errorf("pending: got %v", err)
		}
		want(t, schema(t, address)+storetest.Dump(t, address), nil, before)
	})
}

func TestEmptyBeginsAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		tables, rows := schema(t, address), storetest.Dump(t, address)
		fill(t, db)
		write(t, db, func(ctx context.Context, q store.Q) error { return store.Empty(ctx, q) })
		want(t, schema(t, address), nil, tables)
		want(t, storetest.Dump(t, address), nil, rows)
	})
}

func exec(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestOnlyOnceIsNeverAboutNothing holds that no column of a unique key may be NULL: two NULLs are not equal, so such a
// key would let two of the same through.
func TestOnlyOnceIsNeverAboutNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		query := `SELECT m.name || '.' || c.name FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS i JOIN pragma_index_info(i.name) AS k JOIN pragma_table_info(m.name) AS c ON c.name = k.name
			WHERE m.type = 'table' AND i."unique" AND NOT c."notnull"`
		if store.IsPostgres(address) {
			query = `SELECT i.indrelid::regclass || '.' || a.attname FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) JOIN pg_class AS c ON c.oid = i.indrelid
				WHERE i.indisunique AND NOT a.attnotnull AND c.relnamespace = current_schema()::regnamespace`
		}
		want(t, storetest.Lines(t, storetest.Raw(t, address), query), nil, nil)
	})
}
