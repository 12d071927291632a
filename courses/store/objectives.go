package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/competences"
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
	Measure   string `bun:"measured"`
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
		Set("at_most = EXCLUDED.at_most").Set("until_on = EXCLUDED.until_on").Set("measured = EXCLUDED.measured").Set("scheme = EXCLUDED.scheme").Set("role = EXCLUDED.role").
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

// HoldersByTopic counts by topic who is its knowledge holder on a day and works here.
func HoldersByTopic(ctx context.Context, q Q, on calendar.Date) (map[string]int, error) {
	var rows []struct {
		Subject string
		Holders int
	}
	employed := q.NewSelect().TableExpr("employments AS e").ColumnExpr("1").Where("e.person = d.person").Where("e.from_on <= ?", on.String()).Where("e.until_on IS NULL OR e.until_on >= ?", on.String())
	err := q.NewSelect().TableExpr("designations AS d").ColumnExpr("d.subject AS subject, COUNT(*) AS holders").Where("d.kind = ? AND d.subject <> ''", staff.KnowledgeHolder).
		Where("d.from_on IS NULL OR d.from_on <= ?", on.String()).Where("d.until_on IS NULL OR d.until_on >= ?", on.String()).Where("EXISTS (?)", employed).Group("d.subject").Scan(ctx, &rows)
	topics := make(map[string]int, len(rows))
	for _, r := range rows {
		topics[r.Subject] = r.Holders
	}
	return topics, translate(err)
}

// TalkedSince reads who agreed to a plan or looked back on one, on or after a day, each once.
func TalkedSince(ctx context.Context, q Q, since calendar.Date) ([]staff.PersonID, error) {
	var people []staff.PersonID
	agreed := q.NewSelect().TableExpr("plan_agreements AS a").ColumnExpr("1").Where("a.plan = p.id AND a.agreed_on >= ?", since.String())
	evaluated := q.NewSelect().TableExpr("plan_evaluations AS e").ColumnExpr("1").Where("e.plan = p.id AND e.evaluated_on >= ?", since.String())
	err := q.NewSelect().TableExpr("plans AS p").ColumnExpr("DISTINCT p.person").Where("EXISTS (?) OR EXISTS (?)", agreed, evaluated).Scan(ctx, &people)
	return people, translate(err)
}

// DoneOfKinds reads who did learning items of some kinds by a day, a person once for each item.
func DoneOfKinds(ctx context.Context, q Q, by calendar.Date, kinds ...competences.ItemKind) ([]staff.PersonID, error) {
	var people []staff.PersonID
	err := q.NewSelect().TableExpr("items_done AS d").Column("d.person").Join("JOIN learning_items AS l ON l.id = d.item").Where("l.kind IN (?)", bun.List(kinds)).Where("d.done_on <= ?", by.String()).Scan(ctx, &people)
	return people, translate(err)
}

// A Scored is what somebody got for a quiz.
type Scored struct {
	Person  staff.PersonID
	Score   string // an exact fraction
	Maximum int
}

// ScoresSince reads what people got for quizzes of some courses that they handed in since a moment.
func ScoresSince(ctx context.Context, q Q, since time.Time, keys ...courses.CourseKey) ([]Scored, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []Scored
	err := q.NewSelect().TableExpr("attempts AS a").Column("person", "score", "maximum").Where("course IN (?)", bun.List(keys)).Where("submitted_at >= ?", since).Order("id").Scan(ctx, &rows)
	return rows, translate(err)
}
