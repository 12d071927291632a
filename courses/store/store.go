// Package store keeps everything the training office knows in SQLite or PostgreSQL. It is the only package that knows
// SQL; bun and the drivers appear nowhere else.
//
// Its functions take a Q, which is the database or a transaction, and never open a transaction: the use case does, with
// InTx, so that one look at it shows what happens together.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bekwaam/courses/fault"
)

// Q is where a query runs: a pool of readers or a transaction.
type Q interface{ bun.IDB }

// A DB is an open database.
type DB struct {
	read    *bun.DB
	write   *bun.DB
	commits *groupCommit // SQLite only: many writers share one commit

	preparing sync.Mutex
	holder    *sql.Stmt // SQLite only: see factsOfHolder
}

// Open connects to a database: a postgres:// URL, or the path of a SQLite file, which is made where it does not exist;
// fault.Unavailable where that is on a network drive. It does not look at what is inside; Migrate does.
func Open(ctx context.Context, database string) (*DB, error) {
	if IsPostgres(database) {
		return openPostgres(ctx, database)
	}
	return openSQLite(ctx, database)
}

// IsPostgres reports whether a database is named by a PostgreSQL URL.
func IsPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// openSQLite opens one connection that writes and a pool that reads. FULL makes every commit reach the disk before it
// is acknowledged; immediate makes a transaction that reads first wait for its turn instead of failing.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := checkDisk(path); err != nil {
		return nil, err
	}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	options := "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_time_format=sqlite"
	writer, err := sql.Open("sqlite", file.String()+options+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	if err := pingWhenFree(ctx, writer); err != nil {
		writer.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	reader, err := sql.Open("sqlite", file.String()+options+"&_pragma=query_only(1)")
	if err != nil {
		writer.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	readers := max(4, runtime.NumCPU())
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	db := &DB{write: bun.NewDB(writer, sqlitedialect.New()), read: bun.NewDB(reader, sqlitedialect.New())}
	db.commits = newGroupCommit(db.write)
	return db, nil
}

// pingWhenFree opens a SQLite file. Where several replicas open a new one together, all but one find it locked while it
// becomes WAL, and SQLite does not wait for that by itself.
func pingWhenFree(ctx context.Context, db *sql.DB) error {
	for waited := time.Duration(0); ; waited += 20 * time.Millisecond {
		err := db.PingContext(ctx)
		var lite *sqlite.Error
		if !errors.As(err, &lite) || lite.Code()&0xff != sqlite3.SQLITE_BUSY || waited > 5*time.Second {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func openPostgres(ctx context.Context, database string) (*DB, error) {
	dsn, err := url.Parse(database)
	if err != nil {
		return nil, errors.New("the PostgreSQL URL cannot be read; write postgres://user:password@host:5432/name")
	}
	query := dsn.Query()
	for name, value := range map[string]string{
		"default_query_exec_mode": "simple_protocol", // bun writes values into its SQL: preparing each text costs a round trip
		"target_session_attrs":    "read-write",
		"connect_timeout":         "3",
	} {
		if !query.Has(name) {
			query.Set(name, value)
		}
	}
	dsn.RawQuery = query.Encode()
	pool, err := sql.Open("pgx", dsn.String())
	if err != nil {
		return nil, errors.New("the PostgreSQL URL cannot be read; write postgres://user:password@host:5432/name")
	}
	const connections = 16
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxLifetime(30 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("connect to PostgreSQL at %s: %w", dsn.Host, err)
	}
	db := bun.NewDB(pool, pgdialect.New())
	return &DB{read: db, write: db}, nil
}

// Close waits for what is being written and closes the database.
func (db *DB) Close() error {
	if db.commits == nil {
		return db.write.Close()
	}
	db.commits.close()
	return errors.Join(db.read.Close(), db.write.Close())
}

// Read returns where queries outside a transaction run.
func (db *DB) Read() Q { return db.read }

// InTx runs f in one transaction and returns once that is durable, or undone where f returned an error. f holds database
// work and pure functions only; it may run again on PostgreSQL after a deadlock. A caller that goes away does not cancel
// it: a half-known commit is worse than a finished one (SAFETY.md, rule 4).
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context, q Q) error) error {
	ctx = context.WithoutCancel(ctx)
	if db.commits != nil {
		return translate(db.commits.do(ctx, f))
	}
	for attempt := 1; ; attempt++ {
		err := db.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return f(ctx, tx) })
		if attempt < 5 && mayRunAgain(err) {
			continue
		}
		return translate(err)
	}
}

// Watch calls f after every statement with its text and the number of rows it read or wrote: for tests and measurements
// that count. f is called by many goroutines. Nothing else may use the database while Watch runs.
func (db *DB) Watch(f func(statement string, rows int64)) {
	db.write.AddQueryHook(watcher(f)) //lint:ignore SA1019 a copy with the hook would not be the one that groupCommit uses
	if db.read != db.write {
		db.read.AddQueryHook(watcher(f)) //lint:ignore SA1019 as above
	}
}

type watcher func(statement string, rows int64)

func (watcher) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (w watcher) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	rows := int64(0)
	if e.Result != nil {
		rows, _ = e.Result.RowsAffected() // unknown counts as none
	}
	w(e.Query, rows)
}

// forUpdate makes a query lock the rows it reads until the transaction ends. SQLite has one writer and needs none.
func forUpdate(q Q, query *bun.SelectQuery) *bun.SelectQuery {
	if isPostgres(q.Dialect()) {
		return query.For("UPDATE")
	}
	return query
}

// notFound is what a query by key answers where there is no row.
var notFound = fault.New(fault.NotFound, "Dit bestaat niet, of je mag het niet zien.", "This does not exist, or you may not see it.")

// translate turns the drivers' errors that somebody can act upon into faults; others pass unchanged. A statement that
// cannot be read is one in which bun wrote "?!(bun: …)" instead of a text with a NUL byte.
func translate(err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case err == nil || fault.Of(err) != nil:
		return err
	case errors.Is(err, sql.ErrNoRows):
		return notFound.From(err)
	case errors.As(err, &lite):
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return alreadyThere.From(err)
		}
		if lite.Code() == sqlite3.SQLITE_ERROR && strings.Contains(lite.Error(), `unrecognized token: "!"`) {
			return brokenText.From(err)
		}
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY:
			return unavailable.From(err)
		}
	case away(err):
		return unavailable.From(err)
	case errors.As(err, &pg):
		switch {
		case pg.Code == "23505":
			return alreadyThere.From(err)
		case pg.Code == "42601" && strings.Contains(pg.Message, `near ":"`):
			return brokenText.From(err)
		case strings.HasPrefix(pg.Code, "53"), strings.HasPrefix(pg.Code, "57"), strings.HasPrefix(pg.Code, "08"), pg.Code == "25006":
			return unavailable.From(err)
		}
	}
	return err
}

// away reports whether an error says that the database cannot be reached, or was lost on the way.
func away(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF)
}

// violates reports whether an error is about a unique index. SQLite names the index in its text only.
func violates(err error, index string) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName == index
	}
	return strings.Contains(err.Error(), "index '"+index+"'")
}

var (
	alreadyThere = fault.New(fault.Conflict, "Dit bestaat al.", "This exists already.").Because("already_exists")
	brokenText   = fault.New(fault.Invalid, "Deze tekst bevat tekens die niet mogen.", "This text has characters that are not allowed.").Because("text")
	unavailable  = fault.New(fault.Unavailable, "We kunnen dit nu niet bewaren. Probeer het over een minuut opnieuw.", "We cannot store this now. Try again in a minute.").Because("storage")
)

// mayRunAgain reports whether PostgreSQL undid a transaction for no fault of its own: a deadlock or serialization failure.
func mayRunAgain(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}
