package academy

import (
	"context"

	"bekwaam/courses/exchange"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A CompetenceStory is what a demo begins with of competences.
type CompetenceStory exchange.CompetenceStory

// tellCompetences writes what people can do, what roles ask and what one can do to learn in a story.
func tellCompetences(ctx context.Context, q store.Q, now Moment, s CompetenceStory, writer staff.PersonID) error {
	if err := store.InsertCompetences(ctx, q, s.Catalogue); err != nil {
		return err
	}
	if err := store.InsertFutureRoles(ctx, q, s.FutureRoles); err != nil {
		return err
	}
	for _, p := range s.Profiles {
		if err := store.InsertRoleProfile(ctx, q, p, writer, now.Office); err != nil {
			return err
		}
	}
	if err := store.PutCompetenceEvidence(ctx, q, now.Office, s.Evidence...); err != nil {
		return err
	}
	if err := store.PutNeeded(ctx, q, s.Needed...); err != nil {
		return err
	}
	for _, i := range s.Items {
		if err := store.PutLearningItem(ctx, q, i); err != nil {
			return err
		}
	}
	return nil
}
