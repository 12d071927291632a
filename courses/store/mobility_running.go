package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/training"
)

type planSchemeRow struct {
	bun.BaseModel `bun:"table:plan_asked_schemes,alias:a"`

	Plan   string `bun:"plan,pk"`
	Scheme string `bun:"scheme,pk"`
}

type planReturnRow struct {
	bun.BaseModel `bun:"table:plan_returns,alias:r"`

	Plan     string `bun:"plan,pk"`
	Revision int    `bun:"revision,pk"`
	Party    string `bun:"party"`
	By       string `bun:"sent_by"`
	On       day    `bun:"sent_on"`
	Words    string `bun:"words"`
}

type planPauseRow struct {
	bun.BaseModel `bun:"table:plan_pauses,alias:p"`

	Plan   string `bun:"plan,pk"`
	Number int    `bun:"number,pk"`
	From   day    `bun:"from_on"`
	Until  day    `bun:"until_on"`
	By     string `bun:"paused_by"`
	Words  string `bun:"words"`
}

type planGoalRow struct {
	bun.BaseModel `bun:"table:plan_evaluation_goals,alias:g"`

	Plan       string `bun:"plan,pk"`
	Number     int    `bun:"number,pk"`
	Place      int    `bun:"place,pk"`
	Competence string `bun:"competence"`
	Scheme     string `bun:"scheme"`
	Asked      int    `bun:"asked"`
	Has        int    `bun:"has"`
	Held       bool   `bun:"held"`
	Source     string `bun:"source"`
	On         day    `bun:"shown_on,nullzero"`
}

func (r planGoalRow) goal() mobility.Goal {
	return mobility.Goal{
		Competence: competences.CompetenceID(r.Competence), Scheme: certificates.SchemeKey(r.Scheme), Asked: competences.Level(r.Asked), Has: competences.Level(r.Has), Held: r.Held,
		Source: competences.Source(r.Source), Day: calendar.Date(r.On),
	}
}

// InsertReturn adds the no of a party; fault.Conflict where somebody sent the same revision back.
func InsertReturn(ctx context.Context, q Q, plan string, r mobility.Return) error {
	row := planReturnRow{Plan: plan, Revision: r.Text, Party: string(r.Party), By: string(r.By), On: day(r.On), Words: r.Words}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); errors.Is(err, alreadyThere) {
		return planMoved.From(err)
	}
	return err
}

// InsertPause adds a pause, as the number that it is.
func InsertPause(ctx context.Context, q Q, plan string, number int, p mobility.Pause) error {
	row := planPauseRow{Plan: plan, Number: number, From: day(p.From), Until: day(p.Until), By: string(p.By), Words: p.Words}
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	return translate(err)
}

// TalksDue reads the plans of which a talk has come that nobody was told of.
func TalksDue(ctx context.Context, q Q, today calendar.Date) ([]mobility.Track, error) {
	return plans(ctx, q, "NOT p.closed AND p.talk_on <= ? AND (p.talk_told IS NULL OR p.talk_told < p.talk_on)", today.String())
}

// TellTalk marks that everybody was told of the talk of a plan; false where somebody marked it before.
func TellTalk(ctx context.Context, q Q, plan string) (bool, error) {
	n, err := affected(q.NewUpdate().Table("plans").Set("talk_told = talk_on").Where("id = ? AND (talk_told IS NULL OR talk_told < talk_on)", plan).Exec(ctx))
	return n > 0, err
}

type planCostRow struct {
	bun.BaseModel `bun:"table:plan_costs,alias:c"`

	Plan  string `bun:"plan,pk"`
	Item  string `bun:"item,pk"`
	Team  string `bun:"team"`
	Year  int    `bun:"year"`
	Fund  string `bun:"fund"`
	Cents int64  `bun:"cents"`
	Spent day    `bun:"spent_on,nullzero"`
}

// A PlanCost is what one item of a plan takes of a budget.
type PlanCost struct {
	Plan string
	Item competences.ItemID
	training.Account
	Amount training.Cents
	Spent  calendar.Date // zero: it is reserved
}

// PlanCosts reads what plans take of the budgets of a year, in order of plan and item.
func PlanCosts(ctx context.Context, q Q, year int) ([]PlanCost, error) {
	return planCosts(ctx, q, "year = ?", year)
}

// CostsOfPlan reads what one plan takes of budgets, in order of item.
func CostsOfPlan(ctx context.Context, q Q, plan string) ([]PlanCost, error) {
	return planCosts(ctx, q, "plan = ?", plan)
}

func planCosts(ctx context.Context, q Q, where string, value any) ([]PlanCost, error) {
	var rows []planCostRow
	err := q.NewSelect().Model(&rows).Where(where, value).Order("plan", "item").Scan(ctx)
	return convert(rows, func(r planCostRow) PlanCost {
		return PlanCost{
			Plan: r.Plan, Item: competences.ItemID(r.Item), Account: training.Account{Team: staff.TeamID(r.Team), Year: r.Year, Fund: training.Fund(r.Fund)}, Amount: training.Cents(r.Cents),
			Spent: calendar.Date(r.Spent),
		}
	}), translate(err)
}

// ReservePlan writes what a plan takes of budgets in place of what it had reserved before. What is spent stays.
func ReservePlan(ctx context.Context, q Q, plan string, costs ...PlanCost) error {
	if _, err := q.NewDelete().Model((*planCostRow)(nil)).Where("plan = ? AND spent_on IS NULL", plan).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, convert(costs, func(c PlanCost) planCostRow {
		return planCostRow{Plan: plan, Item: string(c.Item), Team: string(c.Team), Year: c.Year, Fund: string(c.Fund), Cents: int64(c.Amount), Spent: day(c.Spent)}
	}))
}

// SpendPlan marks that an item of a plan is paid.
func SpendPlan(ctx context.Context, q Q, plan string, item competences.ItemID, on calendar.Date) error {
	_, err := q.NewUpdate().Model((*planCostRow)(nil)).Set("spent_on = ?", day(on)).Where("plan = ? AND item = ? AND spent_on IS NULL", plan, item).Exec(ctx)
	return translate(err)
}

type learningTimeRow struct {
	bun.BaseModel `bun:"table:learning_times,alias:l"`

	Plan   string `bun:"plan,pk"`
	Day    day    `bun:"day_on,pk"`
	Starts int    `bun:"starts,pk"`
	Ends   int    `bun:"ends"`
}

// ReserveTime writes when the person of a plan learns, from a day on, in place of what was reserved before.
func ReserveTime(ctx context.Context, q Q, plan string, from calendar.Date, times ...staffing.Learning) error {
	if _, err := q.NewDelete().Model((*learningTimeRow)(nil)).Where("plan = ? AND day_on >= ?", plan, day(from)).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, convert(times, func(l staffing.Learning) learningTimeRow {
		return learningTimeRow{Plan: plan, Day: day(l.Day), Starts: int(l.From), Ends: int(l.To)}
	}))
}

// LearningTimes reads when some people learn instead of doing other work, from a day on: what their plans reserve, and the
// group trainings in which they have a place. It is in order of person, day and time.
func LearningTimes(ctx context.Context, q Q, from calendar.Date, people ...staff.PersonID) ([]staffing.Learning, error) {
	var rows []struct {
		Person string `bun:"person"`
		Of     string `bun:"of_what"`
		Day    day    `bun:"day_on"`
		Starts int    `bun:"starts"`
		Ends   int    `bun:"ends"`
	}
	inSession := q.NewSelect().TableExpr("training_enrolments AS e").Join("JOIN training_sessions AS s ON s.id = e.session").
		ColumnExpr("e.person AS person, '' AS of_what, s.day_on AS day_on, s.starts AS starts, s.ends AS ends").
		Where("e.person IN (?) AND e.left_at IS NULL AND s.cancelled_at IS NULL AND s.day_on >= ?", bun.List(people), from.String()).
		Where("(SELECT COUNT(*) FROM training_enrolments AS o WHERE o.session = e.session AND o.left_at IS NULL AND o.place_order < e.place_order) < s.places - s.elsewhere")
	planned := q.NewSelect().TableExpr("learning_times AS l").Join("JOIN plans AS p ON p.id = l.plan").
		ColumnExpr("p.person AS person, l.plan AS of_what, l.day_on AS day_on, l.starts AS starts, l.ends AS ends").
		Where("p.person IN (?) AND l.day_on >= ?", bun.List(people), from.String()).UnionAll(inSession)
	err := q.NewSelect().TableExpr("(?) AS t", planned).Order("person", "day_on", "starts").Scan(ctx, &rows)
	times := make([]staffing.Learning, len(rows))
	for i, r := range rows {
		times[i] = staffing.Learning{Person: staff.PersonID(r.Person), Plan: r.Of, Day: calendar.Date(r.Day), From: training.Clock(r.Starts), To: training.Clock(r.Ends)}
	}
	return times, translate(err)
}

// PlacesTaken reads the days on which others than a person are at an item of a plan that HR agreed to, by item.
func PlacesTaken(ctx context.Context, q Q, person staff.PersonID) (map[competences.ItemID][]mobility.Span, error) {
	var rows []planStepRow
	err := q.NewSelect().Model(&rows).Join("JOIN plans AS p ON p.id = s.plan").Where("p.person <> ? AND NOT p.closed AND s.item <> '' AND s.done_on IS NULL", person).
		Where("EXISTS (SELECT 1 FROM plan_agreements AS a WHERE a.plan = p.id AND a.party = 'hr')").Order("s.item", "s.from_on", "s.plan").Scan(ctx)
	taken := make(map[competences.ItemID][]mobility.Span)
	for _, r := range rows {
		taken[competences.ItemID(r.Item)] = append(taken[competences.ItemID(r.Item)], mobility.Span{From: calendar.Date(r.From), Until: calendar.Date(r.Until)})
	}
	return taken, translate(err)
}
