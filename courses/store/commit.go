package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/uptrace/bun"
)

// maxGroup is how many transactions may share one commit.
const maxGroup = 256

// A groupCommit lets many writers share the one slow thing in a SQLite transaction: the commit that reaches the disk.
// One goroutine takes what is waiting, runs each job inside a savepoint of one transaction, and answers every caller
// after the commit. A job that fails is undone alone.
type groupCommit struct {
	jobs chan job
	done chan struct{}
	most int // transactions in one commit

	gate   sync.RWMutex // held for reading while a job is handed in
	closed bool
}

type job struct {
	ctx    context.Context
	work   func(ctx context.Context, q Q) error
	answer chan error
}

func newGroupCommit(db *bun.DB) *groupCommit {
	g := &groupCommit{jobs: make(chan job, maxGroup), done: make(chan struct{}), most: maxGroup}
	go func() {
		defer close(g.done)
		for first := range g.jobs {
			g.commit(db, g.waiting(first))
		}
	}()
	return g
}

// CommitAlone gives every transaction on SQLite a commit of its own, to measure what sharing one saves. It is called before
// anything else uses the database.
func (db *DB) CommitAlone() { db.commits.most = 1 }

// do hands a job in and waits for its answer, always: an early return would race on what the job captured.
func (g *groupCommit) do(ctx context.Context, work func(ctx context.Context, q Q) error) error {
	answer := make(chan error, 1)
	if !g.handIn(job{ctx, work, answer}) {
		return unavailable.From(errors.New("the database is closed"))
	}
	return <-answer
}

// handIn reports whether a job was handed in: not after close.
func (g *groupCommit) handIn(j job) bool {
	g.gate.RLock()
	defer g.gate.RUnlock()
	if !g.closed {
		g.jobs <- j
	}
	return !g.closed
}

// close finishes the jobs handed in before, and refuses those that come later.
func (g *groupCommit) close() {
	g.gate.Lock()
	if !g.closed {
		g.closed = true
		close(g.jobs)
	}
	g.gate.Unlock()
	<-g.done
}

// waiting returns the first job and those that wait behind it.
func (g *groupCommit) waiting(first job) []job {
	group := []job{first}
	for len(group) < g.most {
		select {
		case j, ok := <-g.jobs:
			if !ok {
				return group
			}
			group = append(group, j)
		default:
			return group
		}
	}
	return group
}

// commit runs a group in one transaction and answers its callers.
func (g *groupCommit) commit(db *bun.DB, group []job) {
	results := make([]error, len(group))
	err := db.RunInTx(context.Background(), nil, func(ctx context.Context, tx bun.Tx) error {
		for i, j := range group {
			var err error
			if results[i], err = inSavepoint(j, tx); err != nil {
				return err
			}
		}
		return nil
	})
	for i, j := range group {
		if err != nil && results[i] == nil {
			results[i] = err
		}
		j.answer <- results[i]
	}
}

// inSavepoint runs one job. The first error is the job's own; the second breaks the whole group.
func inSavepoint(j job, tx bun.Tx) (result, broken error) {
	if _, err := tx.ExecContext(j.ctx, "SAVEPOINT job"); err != nil {
		return nil, err
	}
	result = recovered(j, tx)
	if result != nil {
		if _, err := tx.ExecContext(j.ctx, "ROLLBACK TO job"); err != nil {
			return nil, errors.Join(result, err)
		}
	}
	_, broken = tx.ExecContext(j.ctx, "RELEASE job")
	return result, broken
}

// recovered turns a panic in a job into its error: the writer must outlive it.
func recovered(j job, tx bun.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return j.work(j.ctx, tx)
}
