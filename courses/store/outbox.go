package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
)

// The kinds of mail.
const (
	Digest     = "digest"
	Invitation = "invitation" // one note in a mail of its own
)

// A Mail is a row of the outbox. Every time but ClaimedAt and NotBefore is the office's.
type Mail struct {
	ID     string
	Person staff.PersonID
	Kind   string
	About  string        // the note of an invitation
	On     calendar.Date // at most one digest of a person is of a day
	notices.Content
	Calendar  []byte
	MadeAt    time.Time
	ExpiresAt time.Time
	SentAt    time.Time // zero: not
	DroppedAt time.Time // zero: not
	Dropped   DropReason
	Tries     int
	Trouble   notices.TroubleKind // of the last try; empty: none
	ReadAt    time.Time           // zero: its person did not read it here
}

// A DropReason is why a mail is not sent any more.
type DropReason string

const (
	TooLate   DropReason = "too-late"
	Replaced  DropReason = "replaced" // a newer one tells it
	NoAddress DropReason = "no-address"
	NotHere   DropReason = "not-here" // the person works here no more
	MailOff   DropReason = "mail-off" // the person wants no mail: they read it here
)

// A MailState is where a mail stands; it is never stored.
type MailState string

const (
	MailWaits   MailState = "waiting"
	MailSent    MailState = "sent"
	MailDropped MailState = "dropped"
	MailFailed  MailState = "failed" // it was tried until it was too late, or there is no address
	MailKept    MailState = "kept"   // its person wants no mail: it is here only
)

// State is where the mail stands.
func (m Mail) State() MailState {
	switch {
	case !m.SentAt.IsZero():
		return MailSent
	case m.DroppedAt.IsZero():
		return MailWaits
	case m.Dropped == MailOff:
		return MailKept
	case m.Dropped == NoAddress || m.Dropped == TooLate && m.Trouble != "":
		return MailFailed
	}
	return MailDropped
}

type mailRow struct {
	bun.BaseModel `bun:"table:outbox,alias:o"`

	ID        string    `bun:"id,pk"`
	Person    string    `bun:"person"`
	Kind      string    `bun:"kind"`
	About     string    `bun:"about"`
	On        day       `bun:"day_on"`
	Language  string    `bun:"language"`
	Subject   string    `bun:"subject"`
	Plain     string    `bun:"plain"`
	HTML      string    `bun:"html"`
	Calendar  []byte    `bun:"calendar,nullzero"`
	MadeAt    time.Time `bun:"made_at"`
	ExpiresAt time.Time `bun:"expires_at"`
	SentAt    time.Time `bun:"sent_at,nullzero"`
	DroppedAt time.Time `bun:"dropped_at,nullzero"`
	Dropped   string    `bun:"dropped_why"`
	Claim     string    `bun:"claim"`
	ClaimedAt time.Time `bun:"claimed_at,nullzero"`
	NotBefore time.Time `bun:"not_before,nullzero"`
	Tries     int       `bun:"tries"`
	Trouble   string    `bun:"trouble"`
	ReadAt    time.Time `bun:"read_at,nullzero"`
}

func (r mailRow) mail() Mail {
	return Mail{
		ID: r.ID, Person: staff.PersonID(r.Person), Kind: r.Kind, About: r.About, On: calendar.Date(r.On),
		Content:  notices.Content{Language: notices.Language(r.Language), Subject: r.Subject, Plain: r.Plain, HTML: r.HTML},
		Calendar: r.Calendar, MadeAt: r.MadeAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), SentAt: r.SentAt, DroppedAt: r.DroppedAt,
		Dropped: DropReason(r.Dropped), Tries: r.Tries, Trouble: notices.TroubleKind(r.Trouble), ReadAt: instant(r.ReadAt),
	}
}

// InsertMail adds a mail that waits; false where there is one already of that person, kind, day and note.
func InsertMail(ctx context.Context, q Q, m Mail) (bool, error) {
	row := mailRow{
		ID: m.ID, Person: string(m.Person), Kind: m.Kind, About: m.About, On: day(m.On), Language: string(m.Language), Subject: m.Subject, Plain: m.Plain, HTML: m.HTML,
		Calendar: m.Calendar, MadeAt: m.MadeAt, ExpiresAt: m.ExpiresAt,
	}
	res, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, translate(err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

type leaderWeekRow struct {
	bun.BaseModel `bun:"table:leader_weeks,alias:w"`

	Person string `bun:"person,pk"`
	Week   day    `bun:"week_on,pk"`
}

// TellWeek marks that a leader is told of their team in the week that begins on a Monday; false where they were already.
func TellWeek(ctx context.Context, q Q, leader staff.PersonID, monday calendar.Date) (bool, error) {
	row := leaderWeekRow{Person: string(leader), Week: day(monday)}
	res, err := q.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, translate(err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// ReplaceDigests drops the digests of a person that wait, but for one: it tells what they told.
func ReplaceDigests(ctx context.Context, q Q, person staff.PersonID, by string, at time.Time) error {
	_, err := q.NewUpdate().Model((*mailRow)(nil)).Set("dropped_at = ?", at).Set("dropped_why = ?", Replaced).
		Where("person = ? AND kind = ? AND id <> ?", person, Digest, by).Where("sent_at IS NULL AND dropped_at IS NULL").Exec(ctx)
	return translate(err)
}

// DropLate drops what may not be sent any more at a time, and returns how many mails that were.
func DropLate(ctx context.Context, q Q, at time.Time) (int64, error) {
	res, err := q.NewUpdate().Model((*mailRow)(nil)).Set("dropped_at = ?", at).Set("dropped_why = ?", TooLate).
		Where("sent_at IS NULL AND dropped_at IS NULL AND expires_at <= ?", at).Exec(ctx)
	if err != nil {
		return 0, translate(err)
	}
	return res.RowsAffected()
}

// A Claim is what a worker takes from the outbox.
type Claim struct {
	ID    string    // of this worker's turn
	At    time.Time // real time
	Until time.Time // real time: from then on another worker may take what it did not finish
	Today time.Time // the start of the day on the office's clock
	Limit int64     // how many mails may go in a minute, of all workers together
}

// ClaimMails takes mails that wait, the oldest first. Workers take turns, so that no two take the same mail or more than
// the limit together. Of a person it takes no digest while one was sent since the start of the day.
func ClaimMails(ctx context.Context, q Q, c Claim) ([]Mail, error) {
	if err := Alone(ctx, q); err != nil {
		return nil, err
	}
	taken, err := q.NewSelect().Model((*mailRow)(nil)).Where("claimed_at > ?", c.At.Add(-time.Minute)).Count(ctx)
	if err != nil || taken >= c.Limit {
		return nil, translate(err)
	}
	sent := q.NewSelect().TableExpr("outbox AS s").ColumnExpr("1").Where("s.person = o.person AND s.kind = ? AND s.sent_at >= ?", Digest, c.Today)
	free := q.NewSelect().Model((*mailRow)(nil)).Column("id").Where("o.sent_at IS NULL AND o.dropped_at IS NULL").
		Where("o.not_before IS NULL OR o.not_before <= ?", c.At).Where("o.kind <> ? OR NOT EXISTS (?)", Digest, sent).Order("made_at", "id").Limit(c.Limit - taken)
	_, err = q.NewUpdate().Model((*mailRow)(nil)).Set("claim = ?", c.ID).Set("claimed_at = ?", c.At).Set("not_before = ?", c.Until).Set("tries = tries + 1").Where("id IN (?)", free).Exec(ctx)
	if err != nil {
		return nil, translate(err)
	}
	var rows []mailRow
	err = q.NewSelect().Model(&rows).Where("claim = ?", c.ID).Where("sent_at IS NULL AND dropped_at IS NULL").Order("made_at", "id").Scan(ctx)
	return convert(rows, mailRow.mail), translate(err)
}

// MailAccepted marks that a mail was sent.
func MailAccepted(ctx context.Context, q Q, id string, at time.Time) error {
	_, err := q.NewUpdate().Model((*mailRow)(nil)).Set("sent_at = ?", at).Set("trouble = ''").Where("id = ? AND sent_at IS NULL", id).Exec(ctx)
	return translate(err)
}

// MailTrouble marks that a mail was not sent by the worker that claimed it, and when (in real time) to try again.
func MailTrouble(ctx context.Context, q Q, id, claim string, kind notices.TroubleKind, again time.Time) error {
	_, err := q.NewUpdate().Model((*mailRow)(nil)).Set("trouble = ?", kind).Set("not_before = ?", again).Where("id = ? AND claim = ? AND sent_at IS NULL", id, claim).Exec(ctx)
	return translate(err)
}

// DropMail marks that a mail is not sent.
func DropMail(ctx context.Context, q Q, id string, at time.Time, why DropReason) error {
	_, err := q.NewUpdate().Model((*mailRow)(nil)).Set("dropped_at = ?", at).Set("dropped_why = ?", why).Where("id = ? AND sent_at IS NULL AND dropped_at IS NULL", id).Exec(ctx)
	return translate(err)
}

// Mails reads the newest mails first, at most limit, without what they say.
func Mails(ctx context.Context, q Q, limit int) ([]Mail, error) {
	var rows []mailRow
	err := q.NewSelect().Model(&rows).ExcludeColumn("subject", "plain", "html", "calendar").Order("made_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return convert(rows, mailRow.mail), translate(err)
}

// CountMails counts the mails made since a moment, by state.
func CountMails(ctx context.Context, q Q, since time.Time) (map[MailState]int, error) {
	var rows []mailRow
	err := q.NewSelect().Model(&rows).Column("id", "sent_at", "dropped_at", "dropped_why", "trouble").Where("made_at >= ?", since).Scan(ctx)
	counts := make(map[MailState]int)
	for _, r := range rows {
		counts[r.mail().State()]++
	}
	return counts, translate(err)
}

// MailsOf reads the newest mails of a person first, at most limit.
func MailsOf(ctx context.Context, q Q, person staff.PersonID, limit int) ([]Mail, error) {
	var rows []mailRow
	err := q.NewSelect().Model(&rows).Where("person = ?", person).Order("made_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return convert(rows, mailRow.mail), translate(err)
}

// UnreadMails counts the mails that a person did not read.
func UnreadMails(ctx context.Context, q Q, person staff.PersonID) (int, error) {
	n, err := q.NewSelect().Model((*mailRow)(nil)).Where("person = ? AND read_at IS NULL", person).Count(ctx)
	return int(n), translate(err)
}

// MailOf reads one mail of a person; fault.NotFound where it is none of theirs.
func MailOf(ctx context.Context, q Q, person staff.PersonID, id string) (Mail, error) {
	var row mailRow
	err := q.NewSelect().Model(&row).Where("person = ? AND id = ?", person, id).Scan(ctx)
	return row.mail(), translate(err)
}

// MarkMail marks that a person read one of their mails at a time, or with the zero time that they did not;
// fault.NotFound where it is none of theirs. Who read it before keeps that time.
func MarkMail(ctx context.Context, q Q, person staff.PersonID, id string, at time.Time) error {
	update := q.NewUpdate().Model((*mailRow)(nil)).Where("person = ? AND id = ?", person, id)
	if at.IsZero() {
		update.Set("read_at = NULL")
	} else {
		update.Set("read_at = COALESCE(read_at, ?)", at)
	}
	res, err := update.Exec(ctx)
	return changed(res, err, notFound)
}

// MailedOn lists who has a digest of a day.
func MailedOn(ctx context.Context, q Q, on calendar.Date) ([]staff.PersonID, error) {
	var people []staff.PersonID
	err := q.NewSelect().Model((*mailRow)(nil)).Column("person").Where("day_on = ? AND kind = ?", on.String(), Digest).Order("person").Scan(ctx, &people)
	return people, translate(err)
}
