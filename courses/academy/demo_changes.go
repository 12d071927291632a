package academy

import (
	"context"

	"bekwaam/courses/exchange"
	"bekwaam/courses/store"
)

// tellChanges writes what a story tells of changes from outside, and of what the organisation wants to reach.
func tellChanges(ctx context.Context, q store.Q, d exchange.Developments) error {
	for _, b := range d.Bulletins {
		if err := store.PutBulletin(ctx, q, b); err != nil {
			return err
		}
		for _, e := range b.Versions {
			if err := store.InsertEdition(ctx, q, b.ID, e); err != nil {
				return err
			}
		}
	}
	if err := store.InsertReceipts(ctx, q, d.Receipts...); err != nil {
		return err
	}
	if err := store.InsertArticles(ctx, q, d.Register); err != nil {
		return err
	}
	for _, c := range d.Changes {
		if err := store.InsertChange(ctx, q, c); err != nil {
			return err
		}
		if err := store.InsertChangeRequirements(ctx, q, c.ID, d.Requirements[c.ID]...); err != nil {
			return err
		}
	}
	if err := store.InsertSignals(ctx, q, d.Signals...); err != nil {
		return err
	}
	if d.Strategy.Mission != "" {
		if err := store.PutStrategy(ctx, q, d.Strategy); err != nil {
			return err
		}
	}
	for _, o := range d.Objectives {
		if err := store.PutObjective(ctx, q, o); err != nil {
			return err
		}
	}
	return nil
}
