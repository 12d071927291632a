package store

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

type wishRow struct {
	bun.BaseModel `bun:"table:wishes,alias:w"`

	ID       string `bun:"id,pk"`
	Person   string `bun:"person"`
	Role     string `bun:"role"`
	Words    string `bun:"words"`
	WishedOn day    `bun:"wished_on"`
	By       day    `bun:"by_on"`
	PerWeek  int    `bun:"minutes_per_week"`
}

type shareRow struct {
	bun.BaseModel `bun:"table:wish_shares,alias:s"`

	Wish     string `bun:"wish,pk"`
	Reader   string `bun:"reader,pk"`
	SharedOn day    `bun:"shared_on"`
}

// WishesOf reads what a person wishes, the newest first.
func WishesOf(ctx context.Context, q Q, person staff.PersonID) ([]mobility.Wish, error) {
	return wishes(ctx, q, "w.person = ?", person)
}

// WishesSharedWith reads what others share with somebody, the newest first.
func WishesSharedWith(ctx context.Context, q Q, reader staff.PersonID) ([]mobility.Wish, error) {
	return wishes(ctx, q, "w.id IN (SELECT wish FROM wish_shares WHERE reader = ?)", reader)
}

// wishes reads wishes with whom they are shared with.
func wishes(ctx context.Context, q Q, where string, values ...any) ([]mobility.Wish, error) {
	var rows []wishRow
	if err := q.NewSelect().Model(&rows).Where(where, values...).Order("w.wished_on DESC", "w.id").Scan(ctx); err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	var shares []shareRow
	ids := convert(rows, func(r wishRow) string { return r.ID })
	if err := q.NewSelect().Model(&shares).Where("wish IN (?)", bun.List(ids)).Order("shared_on", "reader").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	shared := make(map[string][]mobility.Share)
	for _, s := range shares {
		shared[s.Wish] = append(shared[s.Wish], mobility.Share{With: staff.PersonID(s.Reader), On: calendar.Date(s.SharedOn)})
	}
	return convert(rows, func(r wishRow) mobility.Wish {
		return mobility.Wish{
			ID: r.ID, Person: staff.PersonID(r.Person), Role: staff.RoleID(r.Role), Words: r.Words, On: calendar.Date(r.WishedOn), By: calendar.Date(r.By), PerWeek: r.PerWeek, Shared: shared[r.ID],
		}
	}), nil
}

// PutWish writes a wish as it is now: somebody has one wish for a role.
func PutWish(ctx context.Context, q Q, w mobility.Wish) error {
	row := wishRow{ID: w.ID, Person: string(w.Person), Role: string(w.Role), Words: w.Words, WishedOn: day(w.On), By: day(w.By), PerWeek: w.PerWeek}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("words = EXCLUDED.words").Set("by_on = EXCLUDED.by_on").Set("minutes_per_week = EXCLUDED.minutes_per_week").Exec(ctx)
	return translate(err)
}

// DeleteWish removes a wish for whoever it was shared with too.
func DeleteWish(ctx context.Context, q Q, id string) error {
	if _, err := q.NewDelete().Model((*shareRow)(nil)).Where("wish = ?", id).Exec(ctx); err != nil {
		return translate(err)
	}
	_, err := q.NewDelete().Model((*wishRow)(nil)).Where("id = ?", id).Exec(ctx)
	return translate(err)
}

// ShareWish lets somebody see a wish; it does nothing where they do already.
func ShareWish(ctx context.Context, q Q, wish string, s mobility.Share) error {
	row := shareRow{Wish: wish, Reader: string(s.With), SharedOn: day(s.On)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (wish, reader) DO NOTHING").Exec(ctx)
	return translate(err)
}

// UnshareWish takes a wish back from somebody.
func UnshareWish(ctx context.Context, q Q, wish string, reader staff.PersonID) error {
	_, err := q.NewDelete().Model((*shareRow)(nil)).Where("wish = ? AND reader = ?", wish, reader).Exec(ctx)
	return translate(err)
}

type itemDoneRow struct {
	bun.BaseModel `bun:"table:items_done,alias:i"`

	Person     string    `bun:"person,pk"`
	Item       string    `bun:"item,pk"`
	DoneOn     day       `bun:"done_on"`
	RecordedBy string    `bun:"recorded_by"`
	RecordedAt time.Time `bun:"recorded_at"`
}

// ItemsDone reads what a person did of the learning on offer, with the day.
func ItemsDone(ctx context.Context, q Q, person staff.PersonID) (map[competences.ItemID]calendar.Date, error) {
	var rows []itemDoneRow
	err := q.NewSelect().Model(&rows).Where("person = ?", person).Scan(ctx)
	done := make(map[competences.ItemID]calendar.Date, len(rows))
	for _, r := range rows {
		done[competences.ItemID(r.Item)] = calendar.Date(r.DoneOn)
	}
	return done, translate(err)
}

// WriteItemDone adds that a person did something; what was written before stays.
func WriteItemDone(ctx context.Context, q Q, person staff.PersonID, item competences.ItemID, on calendar.Date, by staff.PersonID, at time.Time) error {
	row := itemDoneRow{Person: string(person), Item: string(item), DoneOn: day(on), RecordedBy: string(by), RecordedAt: at}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (person, item) DO NOTHING").Exec(ctx)
	return translate(err)
}

var planThere = fault.New(fault.Conflict, "Er is al een plan naar deze rol. Ga daarmee verder, of stop het eerst.", "There is a plan to this role already. Go on with that, or stop it first.").Because("plan_exists")

// InsertPlan adds a plan with its steps; fault.Conflict where the person has one to the same role.
func InsertPlan(ctx context.Context, q Q, t mobility.Track) error {
	row := newPlanRow(t)
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); errors.Is(err, alreadyThere) {
		return planThere.From(err)
	} else if err != nil {
		return err
	}
	return insert(ctx, q, stepRows(t))
}
