package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/store/storetest"
)

// hire adds a person by number.
func hire(ctx context.Context, q store.Q, n int) error {
	return store.InsertPeople(ctx, q, []staff.Person{{ID: staff.PersonID(fmt.Sprintf("P%03d", n))}})
}

func TestATransactionThatFailsUndoesItselfOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		own := errors.New("my own mistake")
		var wait sync.WaitGroup
		errs := make([]error, 60)
		for n := range errs {
			wait.Go(func() {
				defer func() { // PostgreSQL lets a panic through to the caller, SQLite makes it an error
					if p := recover(); p != nil {
						errs[n] = fmt.Errorf("%v", p)
					}
				}()
				errs[n] = db.InTx(ctx, func(ctx context.Context, q store.Q) error {
					if err := hire(ctx, q, n); err != nil {
						return err
					}
					switch n % 4 {
					case 1:
						return own
					case 2:
						panic("a bug")
					case 3:
						return hire(ctx, q, n) // twice
					}
					return nil
				})
			})
		}
		wait.Wait()
		for n, err := range errs {
			switch n % 4 {
			case 0:
				if err != nil {
					t.Errorf("%d: %v", n, err)
				}
			case 1:
				if !errors.Is(err, own) {
					t.Errorf("%d: %v", n, err)
				}
			case 2:
				if err == nil || !strings.Contains(err.Error(), "a bug") {
					t.Errorf("%d: %v", n, err)
				}
			case 3:
				refuses(t, err, fault.Conflict, "already_exists")
			}
		}
		again := storetest.Open(t, address)
		people, err := store.People(ctx, again.Read())
		want(t, len(people), err, 15)
	})
}

func TestACallerThatGoesAwayDoesNotUndoItsTransaction(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		gone, leave := context.WithCancel(ctx)
		err := db.InTx(gone, func(ctx context.Context, q store.Q) error {
			leave()
			return hire(ctx, q, 1)
		})
		people, readErr := store.People(ctx, db.Read())
		want(t, len(people), errors.Join(err, readErr), 1)
	})
}

func TestClosingWaitsForWhatIsBeingWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		var acknowledged, refused atomic.Int64
		var wait sync.WaitGroup
		started := make(chan struct{}, 40)
		for n := range 40 {
			wait.Go(func() {
				started <- struct{}{}
				if err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return hire(ctx, q, n) }); err == nil {
					acknowledged.Add(1)
				} else {
					refused.Add(1)
				}
			})
		}
		for range 20 {
			<-started
		}
		db.Close()
		wait.Wait()
		people, err := store.People(ctx, storetest.Open(t, address).Read())
		if err != nil || int64(len(people)) != acknowledged.Load() || acknowledged.Load()+refused.Load() != 40 {
			t.Errorf("%d acknowledged, %d refused, %d kept, %v", acknowledged.Load(), refused.Load(), len(people), err)
		}
	})
}

func TestAClosedDatabaseAnswersAnError(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := db.InTx(ctx, func(ctx context.Context, q store.Q) error { return hire(ctx, q, 1) }); err == nil {
			t.Error("a closed database was written to")
		}
		if _, err := store.People(ctx, db.Read()); err == nil {
			t.Error("a closed database was read")
		}
		if err := db.Close(); err != nil {
			t.Errorf("closing twice: %v", err)
		}
	})
}

func TestReadersSeeNothingBeforeItIsDurable(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, q store.Q) error {
			if err := hire(ctx, q, 1); err != nil {
				return err
			}
			people, err := store.People(ctx, db.Read())
			if len(people) > 0 {
				return errors.New("a reader sees what is not committed")
			}
			return err
		})
	})
}

func TestReadersDoNotWrite(t *testing.T) {
	db := storetest.Open(t, storetest.SQLite(t))
	refuses(t, hire(ctx, db.Read(), 1), fault.Unavailable, "storage")
}

// TestADeadlockIsTriedAgain makes two transactions lock two rows in opposite order.
func TestADeadlockIsTriedAgain(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		var both sync.WaitGroup
		both.Add(2)
		var runs atomic.Int64
		lock := func(first, second staff.PersonID) error {
			met := false
			return db.InTx(ctx, func(ctx context.Context, q store.Q) error {
				runs.Add(1)
				if err := store.SetPassword(ctx, q, first, "hash"); err != nil {
					return err
				}
				if q.Dialect().Name().String() == "pg" && !met {
					met = true
					both.Done()
					both.Wait()
				}
				return store.SetPassword(ctx, q, second, "hash")
			})
		}
		var wait sync.WaitGroup
		errs := make([]error, 2)
		wait.Go(func() { errs[0] = lock("P1", "P2") })
		wait.Go(func() { errs[1] = lock("P2", "P1") })
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if db.Read().Dialect().Name().String() == "pg" && runs.Load() < 3 {
			t.Errorf("%d runs, want one of the two again", runs.Load())
		}
	})
}

func TestAnotherProcessThatWritesIsWaitedFor(t *testing.T) {
	address := storetest.SQLite(t)
	db := storetest.Open(t, address)
	other, err := storetest.Raw(t, address).Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(50*time.Millisecond, func() { other.ExecContext(ctx, "COMMIT") })
	write(t, db, func(ctx context.Context, q store.Q) error { return hire(ctx, q, 1) })
}
