package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"bekwaam/courses/fault"
)

// Whoever waits for a database that is away hears that it is, and may try again.
func TestADatabaseThatIsAwayIsUnavailable(t *testing.T) {
	_, refused := pgconn.Connect(context.Background(), "postgres://nobody@127.0.0.1:1/nothing?connect_timeout=1&sslmode=disable")
	if refused == nil {
		t.Fatal("somebody listens on port 1")
	}
	for _, tt := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"nobody listens", refused, fault.Unavailable},
		{"the connection was lost", driver.ErrBadConn, fault.Unavailable},
		{"the server went away in the middle of an answer", io.ErrUnexpectedEOF, fault.Unavailable},
		{"the network", &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, fault.Unavailable},
		{"the server is shutting down", &pgconn.PgError{Code: "57P01"}, fault.Unavailable},
		{"a mistake of ours", &pgconn.PgError{Code: "42703"}, fault.Internal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.KindOf(translate(fmt.Errorf("query: %w", tt.err))); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
