package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A TokenKind says where a token is used.
type TokenKind string

const (
	Bearer  TokenKind = "bearer"  // a program, in the Authorization header
	Session TokenKind = "session" // a browser, in a cookie
)

// A Token lets somebody in until it expires or is revoked. Only the hash of its secret is kept.
type Token struct {
	Hash      [32]byte // SHA-256
	Person    staff.PersonID
	Kind      TokenKind
	IssuedAt  time.Time
	ExpiresAt time.Time
}

type tokenRow struct {
	bun.BaseModel `bun:"table:tokens,alias:t"`

	Hash      []byte    `bun:"hash,pk"`
	Person    string    `bun:"person"`
	Kind      string    `bun:"kind"`
	IssuedAt  time.Time `bun:"issued_at"`
	ExpiresAt time.Time `bun:"expires_at"`
	RevokedAt time.Time `bun:"revoked_at,nullzero"`
}

// InsertToken adds a token.
func InsertToken(ctx context.Context, q Q, t Token) error {
	return insert(ctx, q, []tokenRow{{Hash: t.Hash[:], Person: string(t.Person), Kind: string(t.Kind), IssuedAt: t.IssuedAt, ExpiresAt: t.ExpiresAt}})
}

// TokenActor reads who holds a token and what they are today, in one query because every request asks it.
// fault.NotFound where the token is unknown, expired or revoked, and where its holder is neither employed today nor an
// administrator: who leaves is out at once.
func (db *DB) TokenActor(ctx context.Context, hash [32]byte, kind TokenKind, now time.Time, today calendar.Date) (staff.Actor, error) {
	rows, err := db.factsOfHolder(ctx, hash[:], string(kind), now, today.String(), today.String(), today.String(), today.String())
	if err != nil {
		return staff.Actor{}, translate(err)
	}
	var person staff.PersonID
	var facts staff.Facts
	for _, r := range rows {
		person = r.Person
		switch r.Fact {
		case "administrator":
			facts.Administrator = true
		case "role":
			facts.Roles = append(facts.Roles, staff.Role{Functions: fields[staff.Function](r.Value)})
		case "designation":
			facts.Designations = append(facts.Designations, staff.DesignationKind(r.Value))
		case "team":
			facts.Leads = append(facts.Leads, staff.TeamID(r.Value))
		}
	}
	actor := staff.Be(person, facts)
	if len(actor.Functions) == 0 {
		return staff.Actor{}, notFound
	}
	return actor, nil
}

// factsOfHolder says what is true of whoever holds a token; nothing where nobody does.
const factsOfHolder = `WITH holder AS (SELECT person FROM tokens WHERE hash = ? AND kind = ? AND revoked_at IS NULL AND expires_at > ?)
	SELECT 'administrator' AS fact, p.id AS person, '' AS value FROM people AS p JOIN holder AS h ON p.id = h.person WHERE p.administrator
	UNION ALL SELECT 'role', e.person, r.functions FROM employments AS e JOIN holder AS h ON e.person = h.person JOIN roles AS r ON r.id = e.role
		WHERE e.from_on <= ? AND (e.until_on IS NULL OR e.until_on >= ?)
	UNION ALL SELECT 'designation', d.person, d.kind FROM designations AS d JOIN holder AS h ON d.person = h.person
		WHERE (d.from_on IS NULL OR d.from_on <= ?) AND (d.until_on IS NULL OR d.until_on >= ?)
	UNION ALL SELECT 'team', t.leader, t.id FROM teams AS t JOIN holder AS h ON t.leader = h.person`

// factsOfHolder asks what is true of the holder of a token. On SQLite, where reading the text of the query costs seven
// times as much as answering it, it is prepared once; PostgreSQL poolers do not take prepared statements.
func (db *DB) factsOfHolder(ctx context.Context, args ...any) (facts []factRow, err error) {
	if db.commits == nil {
		err = db.read.NewRaw(factsOfHolder, args...).Scan(ctx, &facts)
		return facts, err
	}
	db.preparing.Lock()
	if db.holder == nil {
		db.holder, err = db.read.DB.PrepareContext(ctx, factsOfHolder)
	}
	db.preparing.Unlock()
	if err != nil {
		return nil, err
	}
	rows, err := db.holder.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	err = db.read.ScanRows(ctx, rows, &facts)
	return facts, err
}

// A factRow is one thing that is true of the holder of a token today.
type factRow struct {
	Fact   string         `bun:"fact"`
	Person staff.PersonID `bun:"person"`
	Value  string         `bun:"value"`
}

// RevokeToken makes a token useless from now on. It is no mistake to revoke one twice.
func RevokeToken(ctx context.Context, q Q, hash [32]byte, now time.Time) error {
	_, err := q.NewUpdate().Model((*tokenRow)(nil)).Set("revoked_at = ?", now).Where("hash = ? AND revoked_at IS NULL", hash[:]).Exec(ctx)
	return translate(err)
}

// RevokeTokens makes every token of a person useless from now on and returns how many that were.
func RevokeTokens(ctx context.Context, q Q, person staff.PersonID, now time.Time) (int64, error) {
	res, err := q.NewUpdate().Model((*tokenRow)(nil)).Set("revoked_at = ?", now).Where("person = ? AND revoked_at IS NULL", person).Exec(ctx)
	if err != nil {
		return 0, translate(err)
	}
	return res.RowsAffected()
}

// DeleteTokens forgets tokens that expired before a moment.
func DeleteTokens(ctx context.Context, q Q, before time.Time) error {
	_, err := q.NewDelete().Model((*tokenRow)(nil)).Where("expires_at < ?", before).Exec(ctx)
	return translate(err)
}

type passwordRow struct {
	bun.BaseModel `bun:"table:passwords,alias:w"`

	Person string `bun:"person,pk"`
	Hash   string `bun:"hash"`
}

// SetPassword keeps the hash of somebody's password.
func SetPassword(ctx context.Context, q Q, person staff.PersonID, hash string) error {
	_, err := q.NewInsert().Model(&passwordRow{Person: string(person), Hash: hash}).On("CONFLICT (person) DO UPDATE").Set("hash = EXCLUDED.hash").Exec(ctx)
	return translate(err)
}

// PasswordOf reads the hash of the password of whoever has a personnel number or e-mail address.
func PasswordOf(ctx context.Context, q Q, name string) (staff.PersonID, string, error) {
	var row passwordRow
	err := q.NewSelect().Model(&row).Join("JOIN people AS p ON p.id = w.person").
		Where("p.id = ? OR LOWER(p.email) = LOWER(?)", name, name).Limit(1).Scan(ctx)
	return staff.PersonID(row.Person), row.Hash, translate(err)
}
