package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

type certificateRow struct {
	bun.BaseModel `bun:"table:certificates,alias:c"`

	Number    string    `bun:"number,pk"`
	Token     string    `bun:"token"`
	Period    string    `bun:"period"`
	Person    string    `bun:"person"`
	Holder    string    `bun:"holder"`
	Title     string    `bun:"title"`
	Statement string    `bun:"statement"`
	Shown     string    `bun:"shown"`
	Lessons   int       `bun:"lessons"`
	IssuedAt  time.Time `bun:"issued_at"`
	Hidden    bool      `bun:"hidden"`

	Municipality      string `bun:"municipality"`
	Department        string `bun:"department"`
	SignatoryName     string `bun:"signatory_name"`
	SignatoryFunction string `bun:"signatory_function"`
}

// A certifiedRow is a certificate with its period and the first later period of the same person and scheme that ever began.
type certifiedRow struct {
	certificateRow `bun:",extend"`
	Of             periodRow `bun:"embed:period_"`
	NextFrom       day       `bun:"next_from"`
}

func (r certifiedRow) certificate() certificates.Certificate {
	c := certificates.Certificate{
		Number: certificates.Number(r.Number), Token: certificates.Token(r.Token), Holder: r.Holder, Title: r.Title,
		Statement: certificates.Statement(r.Statement), Lessons: r.Lessons, IssuedAt: r.IssuedAt.UTC(), Hidden: r.Hidden,
		Issuer: certificates.Issuer{Municipality: r.Municipality, Department: r.Department, Signatory: certificates.Signatory{Name: r.SignatoryName, Function: r.SignatoryFunction}},
		Period: r.Of.period(), ReplacedFrom: calendar.Date(r.NextFrom),
	}
	c.Shown = lines(r.Shown)
	return c
}

// certified selects certificates with their periods.
func certified(q Q, rows *[]certifiedRow) *bun.SelectQuery {
	query := q.NewSelect().Model(rows).ColumnExpr("c.*")
	for _, column := range []string{"id", "person", "scheme", "scheme_version", "cycle", "anchor_on", "term", "path", "completed_on", "valid_from",
		"valid_until", "window_opens_on", "grace_until", "course", "course_version", "attempt", "revoked_on", "taken_over_on"} {
		query = query.ColumnExpr("p.? AS ?", bun.Ident(column), bun.Ident("period_"+column))
	}
	return query.Join("JOIN periods AS p ON p.id = c.period").
		ColumnExpr("(SELECT MIN(n.valid_from) FROM periods AS n WHERE n.person = p.person AND n.scheme = p.scheme AND n.cycle > p.cycle AND (n.revoked_on IS NULL OR n.revoked_on > n.valid_from)) AS next_from")
}

func oneCertificate(ctx context.Context, rows *[]certifiedRow, query *bun.SelectQuery) (certificates.Certificate, error) {
	if err := query.Order("c.number").Limit(1).Scan(ctx); err != nil {
		return certificates.Certificate{}, translate(err)
	}
	if len(*rows) == 0 {
		return certificates.Certificate{}, notFound
	}
	return (*rows)[0].certificate(), nil
}

// Certificate reads a certificate by its number.
func Certificate(ctx context.Context, q Q, number certificates.Number) (certificates.Certificate, error) {
	var rows []certifiedRow
	return oneCertificate(ctx, &rows, certified(q, &rows).Where("c.number = ?", number))
}

// CertificateByToken reads a certificate by the token of its QR code.
func CertificateByToken(ctx context.Context, q Q, token certificates.Token) (certificates.Certificate, error) {
	var rows []certifiedRow
	return oneCertificate(ctx, &rows, certified(q, &rows).Where("c.token = ?", token))
}

// CertificatesOf reads all certificates of a person, in order of scheme and cycle.
func CertificatesOf(ctx context.Context, q Q, person staff.PersonID) ([]certificates.Certificate, error) {
	var rows []certifiedRow
	err := certified(q, &rows).Where("c.person = ?", person).Order("p.scheme", "p.cycle").Scan(ctx)
	return convert(rows, certifiedRow.certificate), translate(err)
}

// CertificateOfAttempt reads the certificate that an attempt earned; fault.NotFound where it earned a period without one.
func CertificateOfAttempt(ctx context.Context, q Q, a courses.Attempt) (certificates.Certificate, error) {
	var rows []certifiedRow
	return oneCertificate(ctx, &rows, certified(q, &rows).Where("c.person = ? AND p.attempt = ?", a.Person, a.ID))
}

// InsertCertificates adds certificates; fault.Conflict where a number, a token or a period has one already.
func InsertCertificates(ctx context.Context, q Q, issued ...certificates.Certificate) error {
	return insert(ctx, q, convert(issued, func(c certificates.Certificate) certificateRow {
		return certificateRow{Number: string(c.Number), Token: string(c.Token), Period: c.Period.ID, Person: string(c.Period.Person), Holder: c.Holder, Title: c.Title,
			Statement: string(c.Statement), Shown: strings.Join(c.Shown, "\n"), Lessons: c.Lessons, IssuedAt: c.IssuedAt, Hidden: c.Hidden,
			Municipality: c.Issuer.Municipality, Department: c.Issuer.Department, SignatoryName: c.Issuer.Signatory.Name, SignatoryFunction: c.Issuer.Signatory.Function}
	}))
}

// HideCertificate switches the public page of a certificate off, or on again.
func HideCertificate(ctx context.Context, q Q, number certificates.Number, hidden bool) error {
	res, err := q.NewUpdate().Model((*certificateRow)(nil)).Set("hidden = ?", hidden).Where("number = ?", number).Exec(ctx)
	return changed(res, err, notFound)
}

// CountCertificates counts the certificates ever issued.
func CountCertificates(ctx context.Context, q Q) (int, error) {
	var n int
	err := q.NewSelect().Model((*certificateRow)(nil)).ColumnExpr("COUNT(*)").Scan(ctx, &n)
	return n, translate(err)
}
