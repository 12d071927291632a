package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
)

// A DutyID names a duty with its last day: with another one, as after an extension, reminders and escalations begin anew.
type DutyID struct {
	Person staff.PersonID
	Scheme certificates.SchemeKey
	Cycle  int
	DueOn  calendar.Date
}

// A Reminder is a step that a mail gave.
type Reminder struct {
	DutyID
	Step    notices.Step
	GivenOn calendar.Date
	Mail    string
}

type reminderRow struct {
	bun.BaseModel `bun:"table:reminders,alias:r"`

	Person  string `bun:"person,pk"`
	Scheme  string `bun:"scheme,pk"`
	Cycle   int    `bun:"cycle,pk"`
	DueOn   day    `bun:"due_on,pk"`
	Step    int    `bun:"step,pk"`
	GivenOn day    `bun:"given_on"`
	Mail    string `bun:"mail"`
}

// InsertReminders adds reminders that were given; fault.Conflict where one of them was before.
func InsertReminders(ctx context.Context, q Q, reminders ...Reminder) error {
	return insert(ctx, q, convert(reminders, func(r Reminder) reminderRow {
		return reminderRow{Person: string(r.Person), Scheme: string(r.Scheme), Cycle: r.Cycle, DueOn: day(r.DueOn), Step: int(r.Step), GivenOn: day(r.GivenOn), Mail: r.Mail}
	}))
}

// A Nudge is an open duty with what was said about it.
type Nudge struct {
	DutyID
	OpensOn  calendar.Date
	Given    notices.Step  // the newest step that was given; only where Told is not zero
	Told     calendar.Date // when its person was first told; zero: never
	Level    int           // to which it went up; 0: not yet
	WentOn   calendar.Date // when
	Answered bool          // somebody answered that it went up
	Topic    string        // of the bulletin that is to be read; empty: a duty under a scheme
}

// openDuties are the duties under schemes and those to read that are open.
const openDuties = "SELECT person, scheme, cycle, opens_on, due_on, '' AS topic FROM duties WHERE done_on IS NULL AND ended_on IS NULL UNION ALL " +
	"SELECT r.person, '" + readPrefix + "' || r.bulletin, r.number, r.opens_on, r.due_on, b.topic FROM read_duties AS r JOIN bulletins AS b ON b.id = r.bulletin WHERE r.done_on IS NULL AND r.ended_on IS NULL"

// Nudges reads the open duties whose last day is on or before a day, of everybody or of some people, in order of person and
// last day, with what was said about each. Its cost follows what is due, not what exists. Of a row that cannot be read it
// returns only the person.
func Nudges(ctx context.Context, q Q, until calendar.Date, people ...staff.PersonID) (nudges []Nudge, broken []staff.PersonID, err error) {
	var rows []struct {
		Person, Scheme string
		Cycle          int
		OpensOn, DueOn string
		Topic          string
		Step           sql.NullInt64
		Told           sql.NullString
		Level          sql.NullInt64
		WentOn         sql.NullString
		Answered       sql.NullString
	}
	part := func(what, table string) string {
		return "(SELECT " + what + " FROM " + table + " AS x WHERE x.person = d.person AND x.scheme = d.scheme AND x.cycle = d.cycle AND x.due_on = d.due_on)"
	}
	query := q.NewSelect().TableExpr("("+openDuties+") AS d").Column("person", "scheme", "cycle", "opens_on", "due_on", "topic").
		ColumnExpr(part("MAX(x.step)", "reminders")+" AS step").ColumnExpr(part("MIN(x.given_on)", "reminders")+" AS told").
		ColumnExpr(part("MAX(x.level)", "escalations")+" AS level").ColumnExpr(part("MAX(x.on_day)", "escalations")+" AS went_on").
		ColumnExpr(part("MAX(x.answered_by)", "escalation_answers")+" AS answered").
		Where("d.due_on <= ?", until.String()).OrderExpr("d.person, d.due_on, d.scheme")
	if len(people) > 0 {
		query.Where("d.person IN (?)", bun.List(people))
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return nil, nil, translate(err)
	}
	for _, r := range rows {
		n := Nudge{DutyID: DutyID{Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), Cycle: r.Cycle}, Given: notices.Step(r.Step.Int64), Level: int(r.Level.Int64), Answered: r.Answered.Valid, Topic: r.Topic}
		opens, wrong := calendar.Parse(r.OpensOn)
		due, wrongToo := calendar.Parse(r.DueOn)
		if wrong != nil || wrongToo != nil {
			broken = append(broken, n.Person)
			continue
		}
		n.OpensOn, n.DueOn = opens, due
		n.Told, _ = calendar.Parse(r.Told.String) // written by InsertReminders, or NULL
		n.WentOn, _ = calendar.Parse(r.WentOn.String)
		nudges = append(nudges, n)
	}
	return nudges, broken, nil
}

// An Escalation is a level that was told that a duty stays undone.
type Escalation struct {
	DutyID
	Level int
	On    calendar.Date
	Told  []staff.PersonID
	Topic string // of the bulletin that is to be read; empty: a duty under a scheme
}

type escalationRow struct {
	bun.BaseModel `bun:"table:escalations,alias:e"`

	Person string `bun:"person,pk"`
	Scheme string `bun:"scheme,pk"`
	Cycle  int    `bun:"cycle,pk"`
	DueOn  day    `bun:"due_on,pk"`
	Level  int    `bun:"level,pk"`
	On     day    `bun:"on_day"`
	Told   string `bun:"told"`
	Topic  string `bun:"topic,scanonly"`
}

func (r escalationRow) escalation() Escalation {
	return Escalation{DutyID{staff.PersonID(r.Person), certificates.SchemeKey(r.Scheme), r.Cycle, calendar.Date(r.DueOn)}, r.Level, calendar.Date(r.On), fields[staff.PersonID](r.Told), r.Topic}
}

// InsertEscalation adds a level; false where it was told already.
func InsertEscalation(ctx context.Context, q Q, e Escalation) (bool, error) {
	row := escalationRow{Person: string(e.Person), Scheme: string(e.Scheme), Cycle: e.Cycle, DueOn: day(e.DueOn), Level: e.Level, On: day(e.On), Told: words(e.Told)}
	res, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, translate(err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// OpenEscalations reads the newest level of each duty that is still open and that nobody answered for, in order of last
// day and person.
func OpenEscalations(ctx context.Context, q Q) ([]Escalation, error) {
	var rows []escalationRow
	same := func(alias string) string {
		return alias + ".person = e.person AND " + alias + ".scheme = e.scheme AND " + alias + ".cycle = e.cycle AND " + alias + ".due_on = e.due_on"
	}
	answered := q.NewSelect().TableExpr("escalation_answers AS a").ColumnExpr("1").Where(same("a"))
	higher := q.NewSelect().TableExpr("escalations AS h").ColumnExpr("1").Where(same("h")).Where("h.level > e.level")
	err := q.NewSelect().Model(&rows).ColumnExpr("e.*, d.topic").Join("JOIN ("+openDuties+") AS d ON "+same("d")).Where("NOT EXISTS (?)", answered).Where("NOT EXISTS (?)", higher).OrderExpr("e.due_on, e.person, e.scheme").Scan(ctx)
	return convert(rows, escalationRow.escalation), translate(err)
}

type answerOfEscalationRow struct {
	bun.BaseModel `bun:"table:escalation_answers,alias:a"`

	Person     string    `bun:"person,pk"`
	Scheme     string    `bun:"scheme,pk"`
	Cycle      int       `bun:"cycle,pk"`
	DueOn      day       `bun:"due_on,pk"`
	Answer     string    `bun:"answer"`
	AnsweredBy string    `bun:"answered_by"`
	AnsweredAt time.Time `bun:"answered_at"`
}

var answeredAlready = fault.New(fault.Conflict, "Iemand anders heeft dit al opgepakt.", "Somebody else took this up already.").Because("answered")

// AnswerEscalation marks that somebody takes up a duty that stays undone; fault.Conflict where somebody did already.
func AnswerEscalation(ctx context.Context, q Q, id DutyID, answer string, by staff.PersonID, at time.Time) error {
	row := answerOfEscalationRow{Person: string(id.Person), Scheme: string(id.Scheme), Cycle: id.Cycle, DueOn: day(id.DueOn), Answer: answer, AnsweredBy: string(by), AnsweredAt: at}
	res, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return changed(res, err, answeredAlready)
}

// LastSweep is the newest day of a sweep that was not held; zero where there was none.
func LastSweep(ctx context.Context, q Q) (calendar.Date, error) {
	var last day
	err := q.NewSelect().Model((*sweepRow)(nil)).ColumnExpr("MAX(on_date)").Where("NOT held").Scan(ctx, &last)
	return calendar.Date(last), translate(err)
}
