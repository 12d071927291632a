package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
)

// A Note is something that somebody is told, or waits to be.
type Note struct {
	notices.Note
	ID     string
	Person staff.PersonID
	MadeAt time.Time // the office's clock
}

type noteRow struct {
	bun.BaseModel `bun:"table:notes,alias:n"`

	ID       string    `bun:"id,pk"`
	Person   string    `bun:"person"`
	Kind     string    `bun:"kind"`
	Dutch    string    `bun:"dutch"`
	English  string    `bun:"english"`
	Path     string    `bun:"path"`
	Calendar []byte    `bun:"calendar,nullzero"`
	MadeAt   time.Time `bun:"made_at"`
	Mail     string    `bun:"mail,nullzero"`
	Urgent   bool      `bun:"urgent"`
}

func (r noteRow) note() Note {
	return Note{notices.Note{Kind: r.Kind, Dutch: r.Dutch, English: r.English, Path: r.Path, Calendar: r.Calendar, Urgent: r.Urgent}, r.ID, staff.PersonID(r.Person), r.MadeAt.UTC()}
}

// InsertNotes adds notes that wait.
func InsertNotes(ctx context.Context, q Q, notes ...Note) error {
	return insert(ctx, q, convert(notes, func(n Note) noteRow {
		return noteRow{ID: n.ID, Person: string(n.Person), Kind: n.Kind, Dutch: n.Dutch, English: n.English, Path: n.Path, Calendar: n.Calendar, MadeAt: n.MadeAt, Urgent: n.Urgent}
	}))
}

// WaitingNotes reads the notes that wait, of everybody or of some people, in order of person and time.
func WaitingNotes(ctx context.Context, q Q, people ...staff.PersonID) ([]Note, error) {
	var rows []noteRow
	query := q.NewSelect().Model(&rows).Where("mail IS NULL").Order("person", "made_at", "id")
	if len(people) > 0 {
		query.Where("person IN (?)", bun.List(people))
	}
	err := query.Scan(ctx)
	return convert(rows, noteRow.note), translate(err)
}

// TellNotes marks that a mail tells these notes.
func TellNotes(ctx context.Context, q Q, mail string, notes []Note) error {
	if len(notes) == 0 {
		return nil
	}
	ids := convert(notes, func(n Note) string { return n.ID })
	_, err := q.NewUpdate().Model((*noteRow)(nil)).Set("mail = ?", mail).Where("id IN (?) AND mail IS NULL", bun.List(ids)).Exec(ctx)
	return translate(err)
}

// A MailSetting is how somebody wants to be told.
type MailSetting struct {
	Language notices.Language
	Off      bool // not by mail: they read it here
}

type mailSettingRow struct {
	bun.BaseModel `bun:"table:mail_languages,alias:l"`

	Person   string `bun:"person,pk"`
	Language string `bun:"language"`
	Off      bool   `bun:"mail_off"`
}

// MailSettings reads how some people want to be told. Who never chose is not in it.
func MailSettings(ctx context.Context, q Q, people ...staff.PersonID) (map[staff.PersonID]MailSetting, error) {
	var rows []mailSettingRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Scan(ctx)
	settings := make(map[staff.PersonID]MailSetting, len(rows))
	for _, r := range rows {
		settings[staff.PersonID(r.Person)] = MailSetting{notices.Language(r.Language), r.Off}
	}
	return settings, translate(err)
}

// SetMail sets how somebody wants to be told.
func SetMail(ctx context.Context, q Q, person staff.PersonID, s MailSetting) error {
	row := mailSettingRow{Person: string(person), Language: string(s.Language), Off: s.Off}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (person) DO UPDATE").Set("language = EXCLUDED.language").Set("mail_off = EXCLUDED.mail_off").Exec(ctx)
	return translate(err)
}

type feedRow struct {
	bun.BaseModel `bun:"table:calendar_feeds,alias:f"`

	Person string    `bun:"person,pk"`
	Hash   []byte    `bun:"hash"`
	MadeAt time.Time `bun:"made_at"`
}

// A Feed is a calendar at a secret address.
type Feed struct {
	Person staff.PersonID
	MadeAt time.Time // the office's clock
}

// SetFeed gives somebody a calendar at an address of which this is the hash; the one they had is gone.
func SetFeed(ctx context.Context, q Q, person staff.PersonID, hash []byte, at time.Time) error {
	row := feedRow{Person: string(person), Hash: hash, MadeAt: at}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (person) DO UPDATE").Set("hash = EXCLUDED.hash").Set("made_at = EXCLUDED.made_at").Exec(ctx)
	return translate(err)
}

// DeleteFeed takes somebody's calendar away, where there is one.
func DeleteFeed(ctx context.Context, q Q, person staff.PersonID) error {
	_, err := q.NewDelete().Model((*feedRow)(nil)).Where("person = ?", person).Exec(ctx)
	return translate(err)
}

// FeedOf reads the calendar of a person; fault.NotFound where there is none.
func FeedOf(ctx context.Context, q Q, person staff.PersonID) (Feed, error) {
	return feed(ctx, q, "person = ?", person)
}

// FeedAt reads the calendar at a secret address by its hash; fault.NotFound where there is none. Whoever guesses learns
// nothing from how long it takes: what the database compares is no part of the secret.
func FeedAt(ctx context.Context, q Q, hash []byte) (Feed, error) {
	return feed(ctx, q, "hash = ?", hash)
}

func feed(ctx context.Context, q Q, where string, key any) (Feed, error) {
	var row feedRow
	err := q.NewSelect().Model(&row).Where(where, key).Scan(ctx)
	return Feed{staff.PersonID(row.Person), row.MadeAt.UTC()}, translate(err)
}

// FunctionsOn reads what those people are on a day who are more than an employee by their role or a designation; their
// teams are not in it.
func FunctionsOn(ctx context.Context, q Q, on calendar.Date) (map[staff.PersonID]staff.Facts, error) {
	active := func(query *bun.SelectQuery) *bun.SelectQuery {
		return query.Where("(from_on IS NULL OR from_on <= ?) AND (until_on IS NULL OR until_on >= ?)", on.String(), on.String())
	}
	var designations []designationRow
	if err := active(q.NewSelect().Model(&designations)).Order("person", "kind", "subject").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	people := convert(designations, func(r designationRow) string { return r.Person })
	var held []struct{ Person, Functions string }
	err := active(q.NewSelect().TableExpr("employments AS e").Column("e.person", "r.functions").Join("JOIN roles AS r ON r.id = e.role")).
		Where("r.functions <> '' OR e.person IN (?)", bun.List(people)).OrderExpr("e.person, e.number").Scan(ctx, &held)
	if err != nil {
		return nil, translate(err)
	}
	facts := make(map[staff.PersonID]staff.Facts)
	for _, h := range held {
		f := facts[staff.PersonID(h.Person)]
		f.Roles = append(f.Roles, staff.Role{Functions: fields[staff.Function](h.Functions)})
		facts[staff.PersonID(h.Person)] = f
	}
	for _, d := range designations {
		f := facts[staff.PersonID(d.Person)]
		f.Designations = append(f.Designations, staff.DesignationKind(d.Kind))
		facts[staff.PersonID(d.Person)] = f
	}
	return facts, nil
}
