package storetest

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bekwaam/courses/store"
)

// Dump writes every row of a database, sorted within its table, so that two databases can be compared: a line
// "table column=value …" for each row. A table or a column that is named ("sweeps", "audit.id") is left out.
func Dump(t testing.TB, address string, without ...string) string {
	t.Helper()
	db := Raw(t, address)
	tables := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if store.IsPostgres(address) {
		tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
	}
	var dump strings.Builder
	for _, table := range Lines(t, db, tables) {
		if slices.Contains(without, table) {
			continue
		}
		for _, line := range Lines(t, db, "SELECT * FROM "+table, without...) {
			dump.WriteString(table + " " + line + "\n")
		}
	}
	return dump.String()
}

// Raw opens a database past the store, for looking at it and for breaking it.
func Raw(t testing.TB, address string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if store.IsPostgres(address) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Lines writes the rows that a query answers, sorted: the value of a query for one column, else each value with the name
// of its column.
func Lines(t testing.TB, db *sql.DB, query string, without ...string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	table := query[strings.LastIndex(query, " ")+1:]
	var lines []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var fields []string
		for i, value := range values {
			text := plain(*value.(*any))
			if len(columns) > 1 {
				text = columns[i] + "=" + text
			}
			if !slices.Contains(without, table+"."+columns[i]) {
				fields = append(fields, text)
			}
		}
		lines = append(lines, strings.Join(fields, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

// plain writes a value the same way for each database.
func plain(value any) string {
	switch value := value.(type) {
	case nil:
		return "-"
	case time.Time:
		return value.UTC().Format(time.RFC3339Nano)
	case bool:
		return map[bool]string{false: "0", true: "1"}[value] // as SQLite keeps it
	case []byte:
		return fmt.Sprintf("%x", value)
	default:
		return fmt.Sprint(value)
	}
}
