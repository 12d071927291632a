package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// LearningItems lists everything one can do to learn, in order of key.
func (o *Office) LearningItems(ctx context.Context, who staff.Actor) ([]competences.LearningItem, error) {
	if err := who.Allow(staff.ReadFrameworks, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.LearningItems(ctx, o.db.Read())
}

// SaveLearningItem writes something one can do to learn, in the place of what is there under its key.
func (o *Office) SaveLearningItem(ctx context.Context, who staff.Actor, item competences.LearningItem) error {
	return o.changeLearning(ctx, who, "learning-item.saved", item.ID, func(ctx context.Context, q store.Q) error {
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		items, err := store.LearningItems(ctx, q)
		if err != nil {
			return err
		}
		book, err := readBook(ctx, q)
		if err != nil {
			return err
		}
		versions, err := store.Versions(ctx, q)
		if err != nil {
			return err
		}
		people, err := store.PeopleNamed(ctx, q, item.Guide, item.Assessor)
		if err != nil {
			return err
		}
		ours := groupByCourse(versions)
		err = catalogue.CheckItem(item, competences.Office{
			Items: items, Person: known(people), Scheme: func(key certificates.SchemeKey) bool { return len(book[key]) > 0 },
			Course: func(key courses.CourseKey) bool { return len(ours[key]) > 0 },
		})
		if err != nil {
			return err
		}
		return store.PutLearningItem(ctx, q, item)
	})
}

var itemNeeded = fault.New(fault.Conflict, "Ander leeraanbod komt pas na dit. Haal het daar eerst weg.", "Other learning items come after this one. Take it away there first.").Because("in_use")

// DropLearningItem takes something off the offer; fault.Conflict where something else must come after it. Plans that name it
// keep its title.
func (o *Office) DropLearningItem(ctx context.Context, who staff.Actor, id competences.ItemID) error {
	return o.changeLearning(ctx, who, "learning-item.dropped", id, func(ctx context.Context, q store.Q) error {
		items, err := store.LearningItems(ctx, q)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(items, func(i competences.LearningItem) bool {
			return slices.Contains(i.After, id) || slices.Contains(i.AfterAny, id)
		}) {
			return itemNeeded
		}
		return store.DeleteLearningItem(ctx, q, id)
	})
}

func (o *Office) changeLearning(ctx context.Context, who staff.Actor, act string, id competences.ItemID, change func(context.Context, store.Q) error) error {
	if err := who.Allow(staff.ChangeLearning, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := change(ctx, q); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", string(id)))
	})
}
