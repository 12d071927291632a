package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type submissionRow struct {
	bun.BaseModel `bun:"table:submissions,alias:s"`

	ID            string    `bun:"id,pk"`
	Person        string    `bun:"person"`
	Scheme        string    `bun:"scheme"`
	SchemeVersion int       `bun:"scheme_version"`
	Component     int       `bun:"component"`
	Refresher     int       `bun:"refresher"`
	CompletedOn   day       `bun:"completed_on"`
	Issuer        string    `bun:"issuer"`
	Document      string    `bun:"document"`
	Answers       string    `bun:"answers"`
	SentBy        string    `bun:"sent_by"`
	SentAt        time.Time `bun:"sent_at"`
	WithdrawnAt   time.Time `bun:"withdrawn_at,nullzero"`
	Verdict       string    `bun:"verdict"`
	Sentence      string    `bun:"sentence"`
	JudgedBy      string    `bun:"judged_by"`
	JudgedAt      time.Time `bun:"judged_at,nullzero"`
	Outcome       string    `bun:"outcome"`
	Resent        bool      `bun:"resent,scanonly"`
}

func (r submissionRow) submission() certificates.Submission {
	return certificates.Submission{
		ID: r.ID, Person: staff.PersonID(r.Person), Scheme: certificates.SchemeKey(r.Scheme), SchemeVersion: r.SchemeVersion, Place: certificates.Place{Component: r.Component, Refresher: r.Refresher},
		CompletedOn: calendar.Date(r.CompletedOn), Issuer: r.Issuer, Document: r.Document, Answers: r.Answers, SentBy: staff.PersonID(r.SentBy), SentAt: r.SentAt.UTC(),
		WithdrawnAt: r.WithdrawnAt.UTC(), Verdict: certificates.Verdict(r.Verdict), Sentence: r.Sentence, JudgedBy: staff.PersonID(r.JudgedBy), JudgedAt: r.JudgedAt.UTC(),
		Outcome: courses.Outcome(r.Outcome), Resent: r.Resent,
	}
}

func newSubmissionRow(s certificates.Submission) submissionRow {
	return submissionRow{
		ID: s.ID, Person: string(s.Person), Scheme: string(s.Scheme), SchemeVersion: s.SchemeVersion, Component: s.Component, Refresher: s.Refresher, CompletedOn: day(s.CompletedOn), Issuer: s.Issuer,
		Document: s.Document, Answers: s.Answers, SentBy: string(s.SentBy), SentAt: s.SentAt, WithdrawnAt: s.WithdrawnAt, Verdict: string(s.Verdict), Sentence: s.Sentence,
		JudgedBy: string(s.JudgedBy), JudgedAt: s.JudgedAt, Outcome: string(s.Outcome),
	}
}

// followed is whether another submission follows one.
const followed = "EXISTS (SELECT 1 FROM submissions AS n WHERE n.answers = s.id AND n.withdrawn_at IS NULL)"

// submitted selects submissions, each with whether another one follows it.
func submitted(q Q, rows *[]submissionRow) *bun.SelectQuery {
	return q.NewSelect().Model(rows).ColumnExpr("s.*").
		ColumnExpr(followed + " AS resent")
}

// Submissions reads what was sent about a person, the newest first.
func Submissions(ctx context.Context, q Q, person staff.PersonID) ([]certificates.Submission, error) {
	var rows []submissionRow
	err := submitted(q, &rows).Where("s.person = ?", person).Order("s.sent_at DESC", "s.id").Scan(ctx)
	return convert(rows, submissionRow.submission), translate(err)
}

// inState are the conditions for submissions in each state, as in certificates.Submission.State.
var inState = map[certificates.SubmissionState]string{
	certificates.SubmissionWaiting:   "s.withdrawn_at IS NULL AND s.verdict = ''",
	certificates.SubmissionAskedBack: "s.withdrawn_at IS NULL AND s.verdict = 'ask-back' AND NOT " + followed,
	certificates.SubmissionResent:    "s.withdrawn_at IS NULL AND s.verdict = 'ask-back' AND " + followed,
	certificates.SubmissionAccepted:  "s.withdrawn_at IS NULL AND s.verdict = 'accept'",
	certificates.SubmissionRefused:   "s.withdrawn_at IS NULL AND s.verdict = 'refuse'",
	certificates.SubmissionWithdrawn: "s.withdrawn_at IS NOT NULL",
}

// AllSubmissions reads what was sent about one person (empty: about everybody), the newest first: in one state (empty: in
// any), what comes after one submission (empty: from the start), and at most so many.
func AllSubmissions(ctx context.Context, q Q, person staff.PersonID, state certificates.SubmissionState, after string, limit int) ([]certificates.Submission, error) {
	var rows []submissionRow
	query := submitted(q, &rows).Order("s.sent_at DESC", "s.id").Limit(int64(limit))
	if person != "" {
		query = query.Where("s.person = ?", person)
	}
	if state != "" {
		query = query.Where(inState[state])
	}
	if after != "" {
		query = query.Join("JOIN submissions AS a ON a.id = ?", after).Where("s.sent_at < a.sent_at OR s.sent_at = a.sent_at AND s.id > a.id")
	}
	err := query.Scan(ctx)
	return convert(rows, submissionRow.submission), translate(err)
}

// WaitingSubmissions reads what nobody judged yet, what waits longest first.
func WaitingSubmissions(ctx context.Context, q Q) ([]certificates.Submission, error) {
	var rows []submissionRow
	err := submitted(q, &rows).Where("s.verdict = '' AND s.withdrawn_at IS NULL").Order("s.sent_at", "s.id").Scan(ctx)
	return convert(rows, submissionRow.submission), translate(err)
}

// Submission reads one submission.
func Submission(ctx context.Context, q Q, id string) (certificates.Submission, error) {
	var rows []submissionRow
	err := submitted(q, &rows).Where("s.id = ?", id).Scan(ctx)
	return oneSubmission(rows, err)
}

// SubmissionForUpdate reads one submission and keeps others from judging it, withdrawing it and sending it again until the transaction ends.
func SubmissionForUpdate(ctx context.Context, q Q, id string) (certificates.Submission, error) {
	// Read after the lock: in one query, whether another follows it would be as it was before we waited.
	if err := forUpdate(q, q.NewSelect().Table("submissions").Column("id").Where("id = ?", id)).Scan(ctx, new(string)); err != nil {
		return certificates.Submission{}, translate(err)
	}
	return Submission(ctx, q, id)
}

func oneSubmission(rows []submissionRow, err error) (certificates.Submission, error) {
	if err != nil || len(rows) == 0 {
		return certificates.Submission{}, cmp.Or(translate(err), error(notFound))
	}
	return rows[0].submission(), nil
}

var sentAlready = fault.New(fault.Conflict, "Dit bewijs is al opgestuurd. Klopt er iets niet? Trek het eerst terug.", "This evidence was sent already. Is something wrong? Withdraw it first.").Because("already_sent")

// InsertSubmission adds a submission; fault.Conflict where the same achievement waits or was accepted already.
func InsertSubmission(ctx context.Context, q Q, s certificates.Submission) error {
	row := newSubmissionRow(s)
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); errors.Is(err, alreadyThere) {
		return sentAlready.From(err)
	}
	return err
}

var overAlready = fault.New(fault.Conflict, "Hierover is al beslist, of het is teruggetrokken.", "This was decided already, or was withdrawn.").Because("not_waiting")

// PutVerdict keeps what was said of a submission; fault.Conflict where it no longer waits.
func PutVerdict(ctx context.Context, q Q, s certificates.Submission) error {
	row := newSubmissionRow(s)
	res, err := q.NewUpdate().Model(&row).Column("verdict", "sentence", "judged_by", "judged_at", "outcome").WherePK().Where("verdict = '' AND withdrawn_at IS NULL").Exec(ctx)
	return changed(res, err, overAlready)
}

// WithdrawSubmission keeps that a submission was taken back; fault.Conflict where that was done already.
func WithdrawSubmission(ctx context.Context, q Q, s certificates.Submission) error {
	row := newSubmissionRow(s)
	res, err := q.NewUpdate().Model(&row).Column("withdrawn_at").WherePK().Where("withdrawn_at IS NULL").Exec(ctx)
	return changed(res, err, overAlready)
}

// SubmissionsWith reads the submissions that a document belongs to.
func SubmissionsWith(ctx context.Context, q Q, document string) ([]certificates.Submission, error) {
	var rows []submissionRow
	err := submitted(q, &rows).Where("s.document = ?", document).Order("s.id").Scan(ctx)
	return convert(rows, submissionRow.submission), translate(err)
}
