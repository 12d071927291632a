package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

type strategyRow struct {
	bun.BaseModel `bun:"table:strategies,alias:s"`

	Team    string `bun:"team,pk"`
	Mission string `bun:"mission"`
	Vision  string `bun:"vision"`
	Shared  string `bun:"shared"`
}

// Strategies reads what the organisation (first) and teams stand for.
func Strategies(ctx context.Context, q Q) ([]changes.Strategy, error) {
	var rows []strategyRow
	err := q.NewSelect().Model(&rows).Order("team").Scan(ctx)
	return convert(rows, func(r strategyRow) changes.Strategy {
		return changes.Strategy{Team: staff.TeamID(r.Team), Mission: r.Mission, Vision: r.Vision, Shared: r.Shared}
	}), translate(err)
}

// PutStrategy writes what the organisation or a team stands for.
func PutStrategy(ctx context.Context, q Q, s changes.Strategy) error {
	row := strategyRow{Team: string(s.Team), Mission: s.Mission, Vision: s.Vision, Shared: s.Shared}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (team) DO UPDATE").Set("mission = EXCLUDED.mission").Set("vision = EXCLUDED.vision").Set("shared = EXCLUDED.shared").Exec(ctx)
	return translate(err)
}

type objectiveRow struct {
	bun.BaseModel `bun:"table:objectives,alias:o"`

	ID        string `bun:"id,pk"`
	Teams     string `bun:"teams"`
	Text      string `bun:"text"`
	Indicator string `bun:"indicator"`
	Norm      int    `bun:"norm"`
	AtMost    bool   `bun:"at_most"`
	Until     day    `bun:"until_on"`
	Measure   string `bun:"measure"`
	Scheme    string `bun:"scheme"`
	Role      string `bun:"role"`
	Process   string `bun:"process"`
	Change    string `bun:"change"`
}

func (r objectiveRow) objective() changes.Objective {
	return changes.Objective{
		ID: changes.ObjectiveID(r.ID), Teams: fields[staff.TeamID](r.Teams), Text: r.Text, Indicator: r.Indicator, Norm: r.Norm, AtMost: r.AtMost, Until: calendar.Date(r.Until),
		Measure: changes.Measure(r.Measure), Scheme: certificates.SchemeKey(r.Scheme), Role: staff.RoleID(r.Role), Process: staff.ActivityID(r.Process), Change: changes.ID(r.Change),
	}
}

// Objectives reads every objective, in order of key.
func Objectives(ctx context.Context, q Q) ([]changes.Objective, error) {
	var rows []objectiveRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, objectiveRow.objective), translate(err)
}

// PutObjective writes an objective.
func PutObjective(ctx context.Context, q Q, o changes.Objective) error {
	row := objectiveRow{
		ID: string(o.ID), Teams: words(o.Teams), Text: o.Text, Indicator: o.Indicator, Norm: o.Norm, AtMost: o.AtMost, Until: day(o.Until), Measure: string(o.Measure),
		Scheme: string(o.Scheme), Role: string(o.Role), Process: string(o.Process), Change: string(o.Change),
	}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("teams = EXCLUDED.teams").Set("text = EXCLUDED.text").Set("indicator = EXCLUDED.indicator").Set("norm = EXCLUDED.norm").
		Set("at_most = EXCLUDED.at_most").Set("until_on = EXCLUDED.until_on").Set("measure = EXCLUDED.measure").Set("scheme = EXCLUDED.scheme").Set("role = EXCLUDED.role").
		Set("process = EXCLUDED.process").Set("change = EXCLUDED.change").Exec(ctx)
	return translate(err)
}

type readingRow struct {
	bun.BaseModel `bun:"table:objective_readings,alias:r"`

	Objective string `bun:"objective,pk"`
	On        day    `bun:"on_day,pk"`
	Value     int    `bun:"value"`
	By        string `bun:"filled_by"`
}

// Readings reads what was filled in of all objectives up to a day, the newest first.
func Readings(ctx context.Context, q Q, until calendar.Date) ([]changes.Reading, error) {
	var rows []readingRow
	err := q.NewSelect().Model(&rows).Where("on_day <= ?", until.String()).Order("on_day DESC", "objective").Scan(ctx)
	return convert(rows, func(r readingRow) changes.Reading {
		return changes.Reading{Objective: changes.ObjectiveID(r.Objective), On: calendar.Date(r.On), Value: r.Value, By: staff.PersonID(r.By)}
	}), translate(err)
}

// PutReading writes what somebody filled in of an objective on a day.
func PutReading(ctx context.Context, q Q, r changes.Reading) error {
	row := readingRow{Objective: string(r.Objective), On: day(r.On), Value: r.Value, By: string(r.By)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (objective, on_day) DO UPDATE").Set("value = EXCLUDED.value").Set("filled_by = EXCLUDED.filled_by").Exec(ctx)
	return translate(err)
}
