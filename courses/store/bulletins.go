package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type bulletinRow struct {
	bun.BaseModel `bun:"table:bulletins,alias:b"`

	ID         string `bun:"id,pk"`
	Topic      string `bun:"topic"`
	Roles      string `bun:"roles"`
	Law        string `bun:"law"`
	Article    string `bun:"article"`
	Register   string `bun:"register"`
	Change     string `bun:"change"`
	Holder     string `bun:"holder"`
	ReadBefore day    `bun:"read_before,nullzero"`
}

func (r bulletinRow) bulletin() changes.Bulletin {
	return changes.Bulletin{
		ID: changes.BulletinID(r.ID), Topic: r.Topic, Roles: fields[staff.RoleID](r.Roles), Law: r.Law, Article: r.Article, Register: changes.ArticleID(r.Register),
		Change: changes.ID(r.Change), Holder: staff.PersonID(r.Holder), ReadBefore: calendar.Date(r.ReadBefore),
	}
}

type editionRow struct {
	bun.BaseModel `bun:"table:bulletin_versions,alias:v"`

	Bulletin    string    `bun:"bulletin,pk"`
	Number      int       `bun:"number,pk"`
	From        day       `bun:"from_on"`
	Until       day       `bun:"until_on,nullzero"`
	Title       string    `bun:"title"`
	Text        string    `bun:"text"`
	MadeBy      string    `bun:"made_by"`
	MadeAt      time.Time `bun:"made_at"`
	ConfirmedBy string    `bun:"confirmed_by"`
	ConfirmedAt time.Time `bun:"confirmed_at,nullzero"`
	Urgent      bool      `bun:"urgent"`
}

func (r editionRow) edition() changes.Edition {
	return changes.Edition{
		Number: r.Number, From: calendar.Date(r.From), Until: calendar.Date(r.Until), Title: r.Title, Text: r.Text, MadeBy: staff.PersonID(r.MadeBy), MadeAt: r.MadeAt.UTC(),
		ConfirmedBy: staff.PersonID(r.ConfirmedBy), ConfirmedAt: instant(r.ConfirmedAt), Urgent: r.Urgent,
	}
}

// Bulletins reads every bulletin with its versions, in order of key.
func Bulletins(ctx context.Context, q Q) ([]changes.Bulletin, error) {
	return someBulletins(ctx, q, func(query *bun.SelectQuery, _ string) *bun.SelectQuery { return query })
}

// Bulletin reads one bulletin; fault.NotFound where there is none of that key.
func Bulletin(ctx context.Context, q Q, id changes.BulletinID) (changes.Bulletin, error) {
	all, err := someBulletins(ctx, q, func(query *bun.SelectQuery, key string) *bun.SelectQuery {
		return query.Where("? = ?", bun.Ident(key), id)
	})
	if err != nil {
		return changes.Bulletin{}, err
	}
	if len(all) == 0 {
		return changes.Bulletin{}, notFound
	}
	return all[0], nil
}

func someBulletins(ctx context.Context, q Q, pick func(query *bun.SelectQuery, key string) *bun.SelectQuery) ([]changes.Bulletin, error) {
	var rows []bulletinRow
	if err := pick(q.NewSelect().Model(&rows), "id").Order("id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	all := convert(rows, bulletinRow.bulletin)
	places := make(map[string]int, len(all))
	for i, b := range all {
		places[string(b.ID)] = i
	}
	var versions []editionRow
	if err := pick(q.NewSelect().Model(&versions), "bulletin").Order("bulletin", "number").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, r := range versions {
		b := &all[places[r.Bulletin]]
		b.Versions = append(b.Versions, r.edition())
	}
	return all, nil
}

// PutBulletin writes a bulletin but for its versions.
func PutBulletin(ctx context.Context, q Q, b changes.Bulletin) error {
	row := bulletinRow{
		ID: string(b.ID), Topic: b.Topic, Roles: words(b.Roles), Law: b.Law, Article: b.Article, Register: string(b.Register), Change: string(b.Change), Holder: string(b.Holder), ReadBefore: day(b.ReadBefore),
	}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("topic = EXCLUDED.topic").Set("roles = EXCLUDED.roles").Set("law = EXCLUDED.law").Set("article = EXCLUDED.article").
		Set("register = EXCLUDED.register").Set("change = EXCLUDED.change").Set("holder = EXCLUDED.holder").Set("read_before = EXCLUDED.read_before").Exec(ctx)
	return translate(err)
}

// PutEdition writes a version of a bulletin in the place of one of that number that waits, where there is one.
func PutEdition(ctx context.Context, q Q, bulletin changes.BulletinID, e changes.Edition) error {
	if _, err := q.NewDelete().Model((*editionRow)(nil)).Where("bulletin = ? AND number = ? AND confirmed_by = '' AND NOT urgent", bulletin, e.Number).Exec(ctx); err != nil {
		return translate(err)
	}
	return InsertEdition(ctx, q, bulletin, e)
}

// InsertEdition adds a version of a bulletin; fault.Conflict where there is one of that number or day.
func InsertEdition(ctx context.Context, q Q, bulletin changes.BulletinID, e changes.Edition) error {
	return insert(ctx, q, []editionRow{{
		Bulletin: string(bulletin), Number: e.Number, From: day(e.From), Until: day(e.Until), Title: e.Title, Text: e.Text, MadeBy: string(e.MadeBy), MadeAt: e.MadeAt,
		ConfirmedBy: string(e.ConfirmedBy), ConfirmedAt: e.ConfirmedAt, Urgent: e.Urgent,
	}})
}

var confirmedAlready = fault.New(fault.Conflict, "Iemand heeft deze versie al bevestigd.", "Somebody confirmed this version already.").Because("confirmed")

// ConfirmEdition writes who confirmed a version; fault.Conflict where somebody did already.
func ConfirmEdition(ctx context.Context, q Q, bulletin changes.BulletinID, e changes.Edition) error {
	res, err := q.NewUpdate().Model((*editionRow)(nil)).Set("confirmed_by = ?", e.ConfirmedBy).Set("confirmed_at = ?", e.ConfirmedAt).
		Where("bulletin = ? AND number = ? AND confirmed_by = ''", bulletin, e.Number).Exec(ctx)
	return changed(res, err, confirmedAlready)
}

type receiptRow struct {
	bun.BaseModel `bun:"table:bulletin_receipts,alias:r"`

	Bulletin string `bun:"bulletin,pk"`
	Number   int    `bun:"number,pk"`
	Person   string `bun:"person,pk"`
	On       day    `bun:"read_on"`
}

func (r receiptRow) receipt() changes.Receipt {
	return changes.Receipt{Bulletin: changes.BulletinID(r.Bulletin), Number: r.Number, Person: staff.PersonID(r.Person), On: calendar.Date(r.On)}
}

// InsertReceipts keeps that people read a version. Who read it before keeps that day.
func InsertReceipts(ctx context.Context, q Q, receipts ...changes.Receipt) error {
	if len(receipts) == 0 {
		return nil
	}
	rows := convert(receipts, func(r changes.Receipt) receiptRow {
		return receiptRow{Bulletin: string(r.Bulletin), Number: r.Number, Person: string(r.Person), On: day(r.On)}
	})
	_, err := q.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx)
	return translate(err)
}

// Receipts reads who read which versions of some bulletins.
func Receipts(ctx context.Context, q Q, bulletins ...changes.BulletinID) ([]changes.Receipt, error) {
	var rows []receiptRow
	err := q.NewSelect().Model(&rows).Where("bulletin IN (?)", bun.List(bulletins)).Order("bulletin", "number", "person").Scan(ctx)
	return convert(rows, receiptRow.receipt), translate(err)
}

// ReceiptsOf reads what a person read.
func ReceiptsOf(ctx context.Context, q Q, person staff.PersonID) ([]changes.Receipt, error) {
	var rows []receiptRow
	err := q.NewSelect().Model(&rows).Where("person = ?", person).Order("bulletin", "number").Scan(ctx)
	return convert(rows, receiptRow.receipt), translate(err)
}

type questionAskedRow struct {
	bun.BaseModel `bun:"table:bulletin_questions,alias:q"`

	ID         string    `bun:"id,pk"`
	Bulletin   string    `bun:"bulletin"`
	AskedBy    string    `bun:"asked_by"`
	AskedAt    time.Time `bun:"asked_at"`
	Text       string    `bun:"text"`
	Answer     string    `bun:"answer"`
	AnsweredBy string    `bun:"answered_by"`
	AnsweredAt time.Time `bun:"answered_at,nullzero"`
}

func (r questionAskedRow) question() changes.Question {
	return changes.Question{
		ID: r.ID, Bulletin: changes.BulletinID(r.Bulletin), AskedBy: staff.PersonID(r.AskedBy), AskedAt: r.AskedAt.UTC(), Text: r.Text, Answer: r.Answer,
		AnsweredBy: staff.PersonID(r.AnsweredBy), AnsweredAt: instant(r.AnsweredAt),
	}
}

// Questions reads what was asked about a bulletin, the oldest first.
func Questions(ctx context.Context, q Q, bulletin changes.BulletinID) ([]changes.Question, error) {
	var rows []questionAskedRow
	err := q.NewSelect().Model(&rows).Where("bulletin = ?", bulletin).Order("asked_at", "id").Scan(ctx)
	return convert(rows, questionAskedRow.question), translate(err)
}

// InsertQuestion adds a question.
func InsertQuestion(ctx context.Context, q Q, asked changes.Question) error {
	return insert(ctx, q, []questionAskedRow{{ID: asked.ID, Bulletin: string(asked.Bulletin), AskedBy: string(asked.AskedBy), AskedAt: asked.AskedAt, Text: asked.Text}})
}

var questionAnswered = fault.New(fault.Conflict, "Iemand heeft deze vraag al beantwoord.", "Somebody answered this question already.").Because("answered")

// AnswerQuestion writes an answer; fault.Conflict where there is one.
func AnswerQuestion(ctx context.Context, q Q, asked changes.Question) error {
	res, err := q.NewUpdate().Model((*questionAskedRow)(nil)).Set("answer = ?", asked.Answer).Set("answered_by = ?", asked.AnsweredBy).Set("answered_at = ?", asked.AnsweredAt).
		Where("id = ? AND answer = ''", asked.ID).Exec(ctx)
	return changed(res, err, questionAnswered)
}
