package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

type figuresRow struct {
	bun.BaseModel `bun:"table:figures,alias:f"`

	On        day       `bun:"on_day,pk"`
	Team      string    `bun:"team,pk"`
	CountedAt time.Time `bun:"counted_at"`
	People    int       `bun:"people"`
	Asked     int       `bun:"asked"`
	Held      int       `bun:"held"`
	Late      int       `bun:"late"`
	JustLate  int       `bun:"just_late"`
	Ending    int       `bun:"ending"`
	Planned   int       `bun:"planned"`
}

func (r figuresRow) figures() outlook.Figures {
	return outlook.Figures{Team: staff.TeamID(r.Team), People: r.People, Asked: r.Asked, Held: r.Held, Late: r.Late, JustLate: r.JustLate, Ending: r.Ending, Planned: r.Planned}
}

type figureMonthRow struct {
	bun.BaseModel `bun:"table:figure_months,alias:m"`

	On       day `bun:"on_day,pk"`
	Month    day `bun:"month,pk"`
	Expiries int `bun:"expiries"`
	Planned  int `bun:"planned"`
}

type figureChangeRow struct {
	bun.BaseModel `bun:"table:figure_changes,alias:c"`

	On     day    `bun:"on_day,pk"`
	Change string `bun:"change,pk"`
	People int    `bun:"people"`
	Done   int    `bun:"done"`
}

// A Running is how far everybody is with what a change asks.
type Running struct {
	Change       changes.ID
	People, Done int
}

// A Stock is how everybody and each team stood when it was last counted on a day.
type Stock struct {
	On        calendar.Date
	CountedAt time.Time         // the office's clock
	Figures   []outlook.Figures // everybody first, then each team in order
	Months    []outlook.Month   // what ends in each; empty where only the figures were counted
	Running   []Running         // changes that ask something
}

// PutStock keeps a count in place of those of the same day, and forgets those of before a day.
func PutStock(ctx context.Context, q Q, s Stock, before calendar.Date) error {
	for _, table := range []string{"figures", "figure_months", "figure_changes"} {
		if _, err := q.NewDelete().Table(table).Where("on_day = ? OR on_day < ?", s.On.String(), before.String()).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	err := insert(ctx, q, convert(s.Figures, func(f outlook.Figures) figuresRow {
		return figuresRow{On: day(s.On), Team: string(f.Team), CountedAt: s.CountedAt, People: f.People, Asked: f.Asked, Held: f.Held, Late: f.Late, JustLate: f.JustLate, Ending: f.Ending, Planned: f.Planned}
	}))
	if err != nil || len(s.Months) == 0 {
		return err
	}
	err = insert(ctx, q, convert(s.Months, func(m outlook.Month) figureMonthRow {
		return figureMonthRow{On: day(s.On), Month: day(m.Month), Expiries: m.Expiries, Planned: m.Planned}
	}))
	if err != nil || len(s.Running) == 0 {
		return err
	}
	return insert(ctx, q, convert(s.Running, func(r Running) figureChangeRow {
		return figureChangeRow{On: day(s.On), Change: string(r.Change), People: r.People, Done: r.Done}
	}))
}

// StockOn reads the count of a day; one without figures where there is none.
func StockOn(ctx context.Context, q Q, on calendar.Date) (Stock, error) {
	s := Stock{On: on}
	var rows []figuresRow
	if err := q.NewSelect().Model(&rows).Where("on_day = ?", on.String()).Order("team").Scan(ctx); err != nil || len(rows) == 0 {
		return s, translate(err)
	}
	s.CountedAt, s.Figures = rows[0].CountedAt.UTC(), convert(rows, figuresRow.figures)
	var months []figureMonthRow
	err := q.NewSelect().Model(&months).Where("on_day = ?", on.String()).Order("month").Scan(ctx)
	s.Months = convert(months, func(r figureMonthRow) outlook.Month {
		return outlook.Month{Month: calendar.Date(r.Month), Expiries: r.Expiries, Planned: r.Planned}
	})
	if err != nil {
		return s, translate(err)
	}
	var running []figureChangeRow
	err = q.NewSelect().Model(&running).Where("on_day = ?", on.String()).Order("change").Scan(ctx)
	s.Running = convert(running, func(r figureChangeRow) Running { return Running{changes.ID(r.Change), r.People, r.Done} })
	return s, translate(err)
}

// A TrendPoint is how everybody stood at the end of a month, or when it was last counted in it.
type TrendPoint struct {
	On calendar.Date
	outlook.Figures
}

// Trend reads the last count of everybody in each month between two days, in order.
func Trend(ctx context.Context, q Q, from, until calendar.Date) ([]TrendPoint, error) {
	var rows []figuresRow
	err := q.NewSelect().Model(&rows).Where("team = ''").Where("on_day IN (?)", q.NewSelect().Table("figures").ColumnExpr("MAX(on_day)").
		Where("team = '' AND on_day >= ? AND on_day <= ?", from.String(), until.String()).GroupExpr("SUBSTR(on_day, 1, 7)")).Order("on_day").Scan(ctx)
	return convert(rows, func(r figuresRow) TrendPoint { return TrendPoint{calendar.Date(r.On), r.figures()} }), translate(err)
}
