package main

import (
	"context"
	"log/slog"
	"sync"

	"github.com/robfig/cron/v3"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
)

// sweepAt is when the sweep wakes, in Amsterdam: after the hour that the clocks skip in spring and repeat in autumn.
const sweepAt = "15 5 * * *"

// mailEvery is how often the outbox is emptied, as far as mail may go then.
const mailEvery = "@every 1m"

// startJobs sweeps in the background now and every morning, and empties the outbox every minute. cron is only the clock
// that wakes them: what is due and what waits stand in the database, so a missed morning is made up for. stop waits for
// what is running.
func startJobs(ctx context.Context, office *academy.Office, log *slog.Logger) (stop func(), err error) {
	sweep := safely(log).Then(cron.FuncJob(func() { sweepNow(ctx, office, log) }))
	clock := cron.New(cron.WithLocation(calendar.Amsterdam()), cron.WithLogger(cronLog{log}))
	if _, err := clock.AddJob(sweepAt, sweep); err != nil {
		return nil, err
	}
	if _, err := clock.AddJob(mailEvery, safely(log).Then(cron.FuncJob(func() { sendMail(ctx, office, log) }))); err != nil {
		return nil, err
	}
	clock.Start()
	var first sync.WaitGroup
	first.Go(sweep.Run)
	return func() {
		<-clock.Stop().Done()
		first.Wait()
	}, nil
}

// safely lets a job run once at a time and outlive a panic. Recover is the inner one: outside it, the first panic would
// make every later run skip.
func safely(log *slog.Logger) cron.Chain {
	return cron.NewChain(cron.SkipIfStillRunning(cronLog{log}), cron.Recover(cronLog{log}))
}

// sweepNow sweeps and tells the log what came of it.
func sweepNow(ctx context.Context, office *academy.Office, log *slog.Logger) {
	if _, err := office.Installation(ctx); err != nil {
		return // the first start is not finished: there is nobody yet
	}
	r, err := office.SweepNow(ctx)
	switch {
	case ctx.Err() != nil: // the program stops; the next start makes up for it
	case err != nil:
		log.ErrorContext(ctx, "sweep failed; it runs again tomorrow and at the next start", "err", err)
	case r.Held:
		log.WarnContext(ctx, "sweep held: too many people would lose their qualification or get a mail at once; look with bekwaam sweep --dry-run and go on with --confirm", "lapsed", r.LapsedPeople(), "mails", r.Mails)
	default:
		log.InfoContext(ctx, "sweep done", "on", r.On, "looked", r.Looked, "opened", len(r.Opened), "moved", len(r.Moved), "ended", len(r.Ended), "lapsed", r.LapsedPeople(), "mails", r.Mails, "failed", r.Failed)
	}
	if err := office.StockNow(ctx); err != nil && ctx.Err() == nil {
		log.ErrorContext(ctx, "the figures of the overview could not be counted; whoever opens it counts them", "err", err)
	}
}

// sendMail empties the outbox and tells the log what came of it, where there was something.
func sendMail(ctx context.Context, office *academy.Office, log *slog.Logger) {
	if _, err := office.Installation(ctx); err != nil {
		return
	}
	d, err := office.SendMail(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		log.ErrorContext(ctx, "mail failed; it is tried again in a minute", "err", err)
	case d.Failed > 0:
		log.WarnContext(ctx, "mail: not everything was accepted; the rest is tried again later", "sent", d.Sent, "failed", d.Failed, "dropped", d.Dropped)
	case d != (academy.Delivery{}):
		log.InfoContext(ctx, "mail", "sent", d.Sent, "dropped", d.Dropped)
	}
}

// A cronLog lets cron write to our log; what it does each second is only for debugging.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, about ...any) { l.log.Debug("cron: "+msg, about...) }

func (l cronLog) Error(err error, msg string, about ...any) {
	l.log.Error("cron: "+msg, append(about, "err", err)...)
}
