package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

type evidenceRow struct {
	bun.BaseModel `bun:"table:evidence,alias:e"`

	ID            string `bun:"id,pk"`
	Person        string `bun:"person"`
	Scheme        string `bun:"scheme"`
	Component     int    `bun:"component"`
	CompletedOn   day    `bun:"completed_on"`
	Course        string `bun:"course"`
	CourseVersion int    `bun:"course_version"`
	Attempt       string `bun:"attempt"`
	Source        string `bun:"source"`
	RecordedBy    string `bun:"recorded_by"`
	Refresher     int    `bun:"refresher"`
	SchemeVersion int    `bun:"scheme_version"`
}

func (r evidenceRow) evidence() certificates.Evidence {
	return certificates.Evidence{ID: r.ID, Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), SchemeVersion: r.SchemeVersion, Component: r.Component, Refresher: r.Refresher,
		CompletedOn: calendar.Date(r.CompletedOn), Course: courses.CourseKey(r.Course), CourseVersion: r.CourseVersion,
		Attempt: courses.AttemptID(r.Attempt), Source: r.Source, RecordedBy: staff.PersonID(r.RecordedBy)}
}

// EvidenceOf reads what a person showed for a scheme.
func EvidenceOf(ctx context.Context, q Q, person staff.PersonID, scheme certificates.SchemeKey) ([]certificates.Evidence, error) {
	var rows []evidenceRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND scheme = ?", person, scheme).Order("completed_on", "id").Scan(ctx)
	return convert(rows, evidenceRow.evidence), translate(err)
}

// Evidence reads what some people showed, for whatever scheme.
func Evidence(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Evidence, error) {
	var rows []evidenceRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "completed_on", "id").Scan(ctx)
	return convert(rows, evidenceRow.evidence), translate(err)
}

// InsertEvidence adds evidence.
func InsertEvidence(ctx context.Context, q Q, evidence ...certificates.Evidence) error {
	return insert(ctx, q, convert(evidence, func(e certificates.Evidence) evidenceRow {
		return evidenceRow{ID: e.ID, Person: string(e.Person), Scheme: string(e.Scheme), SchemeVersion: e.SchemeVersion, Component: e.Component, Refresher: e.Refresher, CompletedOn: day(e.CompletedOn),
			Course: string(e.Course), CourseVersion: e.CourseVersion, Attempt: string(e.Attempt), Source: e.Source, RecordedBy: string(e.RecordedBy)}
	}))
}

type periodRow struct {
	bun.BaseModel `bun:"table:periods,alias:p"`

	ID            string `bun:"id,pk"`
	Person        string `bun:"person"`
	Scheme        string `bun:"scheme"`
	SchemeVersion int    `bun:"scheme_version"`
	Cycle         int    `bun:"cycle"`
	Anchor        day    `bun:"anchor_on"`
	Term          int    `bun:"term"`
	Path          string `bun:"path"`
	CompletedOn   day    `bun:"completed_on"`
	ValidFrom     day    `bun:"valid_from"`
	ValidUntil    day    `bun:"valid_until,nullzero"`
	WindowOpensOn day    `bun:"window_opens_on,nullzero"`
	GraceUntil    day    `bun:"grace_until,nullzero"`
	Course        string `bun:"course"`
	CourseVersion int    `bun:"course_version"`
	Attempt       string `bun:"attempt"`
	RevokedOn     day    `bun:"revoked_on,nullzero"`
	TakenOverOn   day    `bun:"taken_over_on,nullzero"`
}

func (r periodRow) period() certificates.Period {
	return certificates.Period{
		ID: r.ID, Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), SchemeVersion: r.SchemeVersion,
		Cycle: r.Cycle, Term: r.Term, Path: certificates.Path(r.Path), Anchor: calendar.Date(r.Anchor),
		CompletedOn: calendar.Date(r.CompletedOn), ValidFrom: calendar.Date(r.ValidFrom), ValidUntil: calendar.Date(r.ValidUntil),
		WindowOpensOn: calendar.Date(r.WindowOpensOn), GraceUntil: calendar.Date(r.GraceUntil),
		Course: courses.CourseKey(r.Course), CourseVersion: r.CourseVersion, Attempt: courses.AttemptID(r.Attempt), RevokedOn: calendar.Date(r.RevokedOn),
		TakenOverOn: calendar.Date(r.TakenOverOn),
	}
}

func newPeriodRow(p certificates.Period) periodRow {
	return periodRow{
		ID: p.ID, Person: string(p.Person), Scheme: string(p.Scheme), SchemeVersion: p.SchemeVersion,
		Cycle: p.Cycle, Term: p.Term, Path: string(p.Path), Anchor: day(p.Anchor),
		CompletedOn: day(p.CompletedOn), ValidFrom: day(p.ValidFrom), ValidUntil: day(p.ValidUntil),
		WindowOpensOn: day(p.WindowOpensOn), GraceUntil: day(p.GraceUntil),
		Course: string(p.Course), CourseVersion: p.CourseVersion, Attempt: string(p.Attempt), RevokedOn: day(p.RevokedOn),
		TakenOverOn: day(p.TakenOverOn),
	}
}

// PeriodsOf reads the periods of a person under a scheme, in order of cycle.
func PeriodsOf(ctx context.Context, q Q, person staff.PersonID, scheme certificates.SchemeKey) ([]certificates.Period, error) {
	var rows []periodRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND scheme = ?", person, scheme).Order("cycle").Scan(ctx)
	return convert(rows, periodRow.period), translate(err)
}

// Periods reads the periods of some people under all schemes, in order of person, scheme and cycle.
func Periods(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Period, error) {
	var rows []periodRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "scheme", "cycle").Scan(ctx)
	return convert(rows, periodRow.period), translate(err)
}

// LatestPeriods reads the newest period of some people under each scheme and, where it is revoked, those before it up to one
// that is not: what decides what they must do. It reads no more of them than that takes, in order of person, scheme and
// cycle. A report reads a hundred thousand.
func LatestPeriods(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Period, error) {
	return latestPeriods(ctx, q, q.NewSelect(), people)
}

// LatestPeriodsUnder reads the same under some schemes only.
func LatestPeriodsUnder(ctx context.Context, q Q, schemes []certificates.SchemeKey, people ...staff.PersonID) ([]certificates.Period, error) {
	return latestPeriods(ctx, q, q.NewSelect().Where("p.scheme IN (?)", bun.List(schemes)), people)
}

func latestPeriods(ctx context.Context, q Q, query *bun.SelectQuery, people []staff.PersonID) ([]certificates.Period, error) {
	later := q.NewSelect().TableExpr("periods AS n").ColumnExpr("1").Where("n.person = p.person AND n.scheme = p.scheme AND n.cycle > p.cycle AND n.revoked_on IS NULL")
	query = query.Where("p.person IN (?)", bun.List(people)).Where("NOT EXISTS (?)", later)
	return scanPeriods(ctx, query, "person", "scheme", "cycle", "anchor_on", "term", "valid_from", "valid_until", "window_opens_on", "grace_until", "revoked_on")
}

// scanPeriods reads some columns of the periods that a query asks for, in order of person, scheme and cycle. Each row goes
// straight into its struct: reports, matrices and impacts read many thousands.
func scanPeriods(ctx context.Context, query *bun.SelectQuery, columns ...string) ([]certificates.Period, error) {
	rows, err := query.Model((*periodRow)(nil)).Column(columns...).Order("p.person", "p.scheme", "p.cycle").Rows(ctx)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var r periodRow
	places := map[string]any{
		"person": &r.Person, "scheme": &r.Scheme, "cycle": &r.Cycle, "anchor_on": &r.Anchor, "term": &r.Term, "completed_on": &r.CompletedOn, "valid_from": &r.ValidFrom, "valid_until": &r.ValidUntil,
		"window_opens_on": &r.WindowOpensOn, "grace_until": &r.GraceUntil, "course_version": &r.CourseVersion, "revoked_on": &r.RevokedOn,
	}
	into := make([]any, len(columns))
	for i, c := range columns {
		into[i] = places[c]
	}
	var periods []certificates.Period
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		periods = append(periods, r.period())
	}
	return periods, translate(rows.Err())
}

// PeriodsAround reads the newest periods under a scheme whose ends are nearest to a day: at most limit from that day on, and
// as many before it, whose end is nearest first.
func PeriodsAround(ctx context.Context, q Q, scheme certificates.SchemeKey, on calendar.Date, limit int) ([]certificates.Period, error) {
	var rows []periodRow
	for _, side := range []struct{ where, order string }{{"p.valid_until >= ?", "p.valid_until"}, {"p.valid_until < ?", "p.valid_until DESC"}} {
		var some []periodRow
		later := q.NewSelect().TableExpr("periods AS n").ColumnExpr("1").Where("n.person = p.person AND n.scheme = p.scheme AND n.cycle > p.cycle")
		err := q.NewSelect().Model(&some).Where("p.scheme = ?", scheme).Where(side.where, on.String()).Where("NOT EXISTS (?)", later).OrderExpr(side.order).Order("p.person").Limit(int64(limit)).Scan(ctx)
		if err != nil {
			return nil, translate(err)
		}
		rows = append(rows, some...)
	}
	return convert(rows, periodRow.period), nil
}

// CountHolders returns how many people hold each scheme on a day.
func CountHolders(ctx context.Context, q Q, on calendar.Date) (map[certificates.SchemeKey]int, error) {
	var rows []struct {
		Scheme string
		People int
	}
	err := q.NewSelect().Model((*periodRow)(nil)).Column("scheme").ColumnExpr("COUNT(DISTINCT person) AS people").
		Where("valid_from <= ?", on.String()).Where("valid_until IS NULL OR valid_until >= ?", on.String()).Where("revoked_on IS NULL OR revoked_on > ?", on.String()).
		Group("scheme").Scan(ctx, &rows)
	holders := make(map[certificates.SchemeKey]int, len(rows))
	for _, r := range rows {
		holders[certificates.SchemeKey(r.Scheme)] = r.People
	}
	return holders, translate(err)
}

// InsertPeriods adds periods; fault.Conflict where a person has one of that scheme and cycle already.
func InsertPeriods(ctx context.Context, q Q, periods ...certificates.Period) error {
	return insert(ctx, q, convert(periods, newPeriodRow))
}

// RevokePeriod makes a period end on a day, or lets it stand again (zero). fault.NotFound where it does not exist.
func RevokePeriod(ctx context.Context, q Q, id string, on calendar.Date) error {
	row := periodRow{ID: id, RevokedOn: day(on)}
	res, err := q.NewUpdate().Model(&row).Column("revoked_on").WherePK().Exec(ctx)
	return changed(res, err, notFound)
}
