package academy

import (
	"context"

	"bekwaam/courses/competences"
	"bekwaam/courses/exchange"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An InstrumentStory is what a demo begins with of instruments.
type InstrumentStory exchange.InstrumentStory

// tellInstruments keeps what people of a story consent to, brings in their results and shares them.
func tellInstruments(ctx context.Context, q store.Q, now Moment, s InstrumentStory) error {
	for _, c := range s.Consents {
		if err := store.PutInstrumentConsent(ctx, q, c); err != nil {
			return err
		}
	}
	if len(s.Scores) == 0 {
		return nil
	}
	table, err := exchange.ReadTable(s.Scores)
	if err != nil {
		return err
	}
	if _, _, err := takeResults(ctx, q, now, staff.Actor{}, table, competences.ForGrowth); err != nil {
		return err
	}
	for person, readers := range s.Readers {
		results, err := store.InstrumentResults(ctx, q, person)
		if err != nil {
			return err
		}
		for _, r := range results {
			for _, reader := range readers {
				if err := store.ShareInstrumentResult(ctx, q, r.ID, competences.ResultShare{With: reader, On: now.Today()}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
