package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// readPrefix begins the name that a duty to read has among the duties that reminders and escalations are about, where other
// duties have their scheme: "bulletin:B1".
const readPrefix = "bulletin:"

// ReadDutyID names a duty to read as reminders and escalations do.
func ReadDutyID(d changes.ReadDuty) DutyID {
	return DutyID{Person: d.Person, Scheme: certificates.SchemeKey(readPrefix + string(d.Bulletin)), Cycle: d.Number, DueOn: d.DueOn}
}

type readDutyRow struct {
	bun.BaseModel `bun:"table:read_duties,alias:d"`

	Person   string `bun:"person,pk"`
	Bulletin string `bun:"bulletin,pk"`
	Number   int    `bun:"number,pk"`
	Change   string `bun:"change"`
	OpensOn  day    `bun:"opens_on"`
	DueOn    day    `bun:"due_on"`
	DoneOn   day    `bun:"done_on,nullzero"`
	EndedOn  day    `bun:"ended_on,nullzero"`
}

func (r readDutyRow) duty() changes.ReadDuty {
	return changes.ReadDuty{
		Person: staff.PersonID(r.Person), Bulletin: changes.BulletinID(r.Bulletin), Number: r.Number, Change: changes.ID(r.Change),
		OpensOn: calendar.Date(r.OpensOn), DueOn: calendar.Date(r.DueOn), DoneOn: calendar.Date(r.DoneOn), EndedOn: calendar.Date(r.EndedOn),
	}
}

// ReadDuties reads what people must read or had to read, of everybody or of some, in order of person, bulletin and version.
func ReadDuties(ctx context.Context, q Q, people ...staff.PersonID) ([]changes.ReadDuty, error) {
	var rows []readDutyRow
	query := q.NewSelect().Model(&rows).Order("person", "bulletin", "number")
	if len(people) > 0 {
		query.Where("person IN (?)", bun.List(people))
	}
	err := query.Scan(ctx)
	return convert(rows, readDutyRow.duty), translate(err)
}

// PutReadDuties writes duties to read as they are now. What was read in the meantime stays read.
func PutReadDuties(ctx context.Context, q Q, duties ...changes.ReadDuty) error {
	rows := convert(duties, func(d changes.ReadDuty) readDutyRow {
		return readDutyRow{Person: string(d.Person), Bulletin: string(d.Bulletin), Number: d.Number, Change: string(d.Change), OpensOn: day(d.OpensOn), DueOn: day(d.DueOn), DoneOn: day(d.DoneOn), EndedOn: day(d.EndedOn)}
	})
	for part := range slices.Chunk(rows, rowsAtOnce) {
		_, err := q.NewInsert().Model(&part).On("CONFLICT (person, bulletin, number) DO UPDATE").Set("change = EXCLUDED.change").Set("opens_on = EXCLUDED.opens_on").
			Set("due_on = EXCLUDED.due_on").Set("ended_on = EXCLUDED.ended_on").Where("d.done_on IS NULL").Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	return nil
}

// CloseReadDuty marks that somebody read a version, where that was asked.
func CloseReadDuty(ctx context.Context, q Q, r changes.Receipt) error {
	_, err := q.NewUpdate().Model((*readDutyRow)(nil)).Set("done_on = ?", r.On.String()).Set("ended_on = NULL").
		Where("bulletin = ? AND number = ? AND person = ? AND done_on IS NULL", r.Bulletin, r.Number, r.Person).Exec(ctx)
	return translate(err)
}

// An Offered is the newest published version of a course, with who published it.
type Offered struct {
	VersionID
	PublishedAt time.Time
	By          staff.PersonID
}

// AllOffered reads of every course the version that is offered, in order of course.
func AllOffered(ctx context.Context, q Q) ([]Offered, error) {
	var rows []versionRow
	err := q.NewSelect().Model(&rows).Column("course", "number", "published_at", "published_by").Where("published_at IS NOT NULL").
		Where("number = (SELECT MAX(n.number) FROM versions AS n WHERE n.course = v.course AND n.published_at IS NOT NULL)").Order("course").Scan(ctx)
	return convert(rows, func(r versionRow) Offered {
		return Offered{VersionID{courses.CourseKey(r.Course), r.Number}, r.PublishedAt.UTC(), staff.PersonID(r.PublishedBy)}
	}), translate(err)
}

type reviewNoticeRow struct {
	bun.BaseModel `bun:"table:review_notices,alias:n"`

	Course string `bun:"course,pk"`
	Number int    `bun:"number,pk"`
	Person string `bun:"person,pk"`
	ToldOn day    `bun:"told_on"`
}

// TellReview keeps that somebody was told that a version is past its review day; false where they were before.
func TellReview(ctx context.Context, q Q, v VersionID, person staff.PersonID, on calendar.Date) (bool, error) {
	row := reviewNoticeRow{Course: string(v.Course), Number: v.Number, Person: string(person), ToldOn: day(on)}
	n, err := affected(q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx))
	return n > 0, err
}
