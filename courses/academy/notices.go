package academy

import (
	"context"

	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// note tells somebody something, in the transaction in which it happens: in their mail of the same working day, or of the
// next one where they had that already. A note with a calendar file goes at once in a mail of its own.
func note(ctx context.Context, q store.Q, now Moment, to staff.PersonID, n notices.Note) error {
	return store.InsertNotes(ctx, q, store.Note{Note: n, ID: newID(), Person: to, MadeAt: now.Office})
}

// noteIfHere is note for somebody who may have been erased in the meantime.
func noteIfHere(ctx context.Context, q store.Q, now Moment, to staff.PersonID, n notices.Note) error {
	if here, err := store.PeopleNamed(ctx, q, to); err != nil || len(here) == 0 {
		return err
	}
	return note(ctx, q, now, to, n)
}
