package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

type budgetRow struct {
	bun.BaseModel `bun:"table:budgets,alias:b"`

	Team          string `bun:"team,pk"`
	Year          int    `bun:"year,pk"`
	Fund          string `bun:"fund,pk"`
	Budgeted      int64  `bun:"budgeted"`
	OtherSpent    int64  `bun:"other_spent"`
	OtherReserved int64  `bun:"other_reserved"`
	Note          string `bun:"note"`
}

// Budgets reads what teams may spend in a year, in order of team and fund.
func Budgets(ctx context.Context, q Q, year int) ([]training.Budget, error) {
	var rows []budgetRow
	err := q.NewSelect().Model(&rows).Where("year = ?", year).Order("team", "fund").Scan(ctx)
	return convert(rows, func(r budgetRow) training.Budget {
		return training.Budget{
			Account:  training.Account{Team: staff.TeamID(r.Team), Year: r.Year, Fund: training.Fund(r.Fund)},
			Budgeted: training.Cents(r.Budgeted), OtherSpent: training.Cents(r.OtherSpent), OtherReserved: training.Cents(r.OtherReserved), Note: r.Note,
		}
	}), translate(err)
}

// PutBudget writes a budget as it is now.
func PutBudget(ctx context.Context, q Q, b training.Budget) error {
	row := budgetRow{
		Team: string(b.Team), Year: b.Year, Fund: string(b.Fund), Budgeted: int64(b.Budgeted),
		OtherSpent: int64(b.OtherSpent), OtherReserved: int64(b.OtherReserved), Note: b.Note,
	}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (team, year, fund) DO UPDATE").
		Set("budgeted = EXCLUDED.budgeted").Set("other_spent = EXCLUDED.other_spent").Set("other_reserved = EXCLUDED.other_reserved").Set("note = EXCLUDED.note").Exec(ctx)
	return translate(err)
}

// BudgetYears lists the years that have a budget or a session, the first one first.
func BudgetYears(ctx context.Context, q Q) ([]int, error) {
	var years []int
	sessions := q.NewSelect().TableExpr("training_sessions").ColumnExpr("CAST(SUBSTR(day_on, 1, 4) AS INTEGER) AS year")
	err := q.NewSelect().Table("budgets").Column("year").Union(sessions).Scan(ctx, &years)
	slices.Sort(years)
	return years, translate(err)
}
