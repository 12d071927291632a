package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/courses"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

type attemptRow struct {
	bun.BaseModel `bun:"table:attempts,alias:a"`

	ID          string    `bun:"id,pk"`
	Person      string    `bun:"person"`
	Course      string    `bun:"course"`
	Version     int       `bun:"version"`
	Cycle       int       `bun:"cycle"`
	Number      int       `bun:"number"`
	Seed        []byte    `bun:"seed"`
	StartedAt   time.Time `bun:"started_at"`
	BeganAt     time.Time `bun:"began_at"`
	EndsAt      time.Time `bun:"ends_at,nullzero"`
	PausedAt    time.Time `bun:"paused_at,nullzero"`
	PausedFor   int64     `bun:"paused_for"`
	Extended    int64     `bun:"extended"`
	SubmittedAt time.Time `bun:"submitted_at,nullzero"`
	Score       string    `bun:"score"`
	Maximum     int       `bun:"maximum"`
	Passed      bool      `bun:"passed"`
	Outcome     string    `bun:"outcome"`
}

func (r attemptRow) attempt() courses.Attempt {
	score, _ := new(big.Rat).SetString(r.Score)
	return courses.Attempt{
		ID: courses.AttemptID(r.ID), Person: staff.PersonID(r.Person), Course: courses.CourseKey(r.Course), Version: r.Version, Cycle: r.Cycle, Number: r.Number,
		Seed: r.Seed, StartedAt: r.StartedAt.UTC(), BeganAt: r.BeganAt.UTC(), EndsAt: r.EndsAt.UTC(), PausedAt: r.PausedAt.UTC(), PausedFor: time.Duration(r.PausedFor) * time.Microsecond, Extended: time.Duration(r.Extended) * time.Second,
		SubmittedAt: r.SubmittedAt.UTC(), Score: score, Maximum: r.Maximum, Passed: r.Passed, Outcome: courses.Outcome(r.Outcome),
	}
}

// Attempt reads one attempt.
func Attempt(ctx context.Context, q Q, id courses.AttemptID) (courses.Attempt, error) {
	var row attemptRow
	err := q.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row.attempt(), translate(err)
}

// AttemptForUpdate reads one attempt and keeps everybody else from changing it until the transaction ends.
func AttemptForUpdate(ctx context.Context, q Q, id courses.AttemptID) (courses.Attempt, error) {
	var row attemptRow
	err := forUpdate(q, q.NewSelect().Model(&row).Where("id = ?", id)).Scan(ctx)
	return row.attempt(), translate(err)
}

// Attempts reads the attempts of a person at a course, oldest first.
func Attempts(ctx context.Context, q Q, person staff.PersonID, course courses.CourseKey) ([]courses.Attempt, error) {
	var rows []attemptRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND course = ?", person, course).Order("cycle", "number").Scan(ctx)
	return convert(rows, attemptRow.attempt), translate(err)
}

// OpenAttempts reads the attempts that a person has not handed in, oldest first.
func OpenAttempts(ctx context.Context, q Q, person staff.PersonID) ([]courses.Attempt, error) {
	var rows []attemptRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND submitted_at IS NULL", person).Order("began_at").Scan(ctx)
	return convert(rows, attemptRow.attempt), translate(err)
}

// OverdueAttempts reads the attempts of everybody that are not handed in and whose time, which runs, was over at a moment.
func OverdueAttempts(ctx context.Context, q Q, realNow time.Time) ([]courses.Attempt, error) {
	var rows []attemptRow
	err := q.NewSelect().Model(&rows).Where("submitted_at IS NULL AND paused_at IS NULL AND ends_at <= ?", realNow).Order("ends_at").Scan(ctx)
	return convert(rows, attemptRow.attempt), translate(err)
}

// InsertAttempt adds an attempt; fault.Conflict where the person has one open for the course already.
func InsertAttempt(ctx context.Context, q Q, a courses.Attempt) error {
	return insert(ctx, q, []attemptRow{{
		ID: string(a.ID), Person: string(a.Person), Course: string(a.Course), Version: a.Version, Cycle: a.Cycle, Number: a.Number, Seed: a.Seed,
		StartedAt: a.StartedAt, BeganAt: a.BeganAt, EndsAt: a.EndsAt, Score: "0",
	}})
}

// SaveTiming writes when an attempt ends, whether it is paused and for how long it was, and by how much it was extended.
func SaveTiming(ctx context.Context, q Q, a courses.Attempt) error {
	row := attemptRow{ID: string(a.ID), EndsAt: a.EndsAt, PausedAt: a.PausedAt, PausedFor: a.PausedFor.Microseconds(), Extended: int64(a.Extended / time.Second)}
	res, err := q.NewUpdate().Model(&row).Column("ends_at", "paused_at", "paused_for", "extended").Where("id = ? AND submitted_at IS NULL", a.ID).Exec(ctx)
	return changed(res, err, handedIn)
}

var handedIn = fault.New(fault.Conflict, "Deze toets is al ingeleverd.", "This quiz has already been handed in.").Because("submitted")

// SaveSubmission writes that an attempt was handed in, with its result; fault.Conflict where it was already.
func SaveSubmission(ctx context.Context, q Q, a courses.Attempt) error {
	row := attemptRow{ID: string(a.ID), SubmittedAt: a.SubmittedAt, Score: a.Score.RatString(), Maximum: a.Maximum, Passed: a.Passed, Outcome: string(a.Outcome)}
	res, err := q.NewUpdate().Model(&row).Column("submitted_at", "score", "maximum", "passed", "outcome").Where("id = ? AND submitted_at IS NULL", a.ID).Exec(ctx)
	return changed(res, err, handedIn)
}

type answerRow struct {
	bun.BaseModel `bun:"table:answers,alias:a"`

	Attempt  string    `bun:"attempt,pk"`
	Question string    `bun:"question,pk"`
	Answer   string    `bun:"answer"`
	Version  int       `bun:"version"`
	SavedAt  time.Time `bun:"saved_at"`
	Marked   bool      `bun:"marked"`
}

// answerText is how a row spells an answer: JSON with the course's own ids. It never leaves this package.
type answerText struct {
	Options []courses.OptionID `json:"o,omitempty"`
	Truth   *bool              `json:"t,omitempty"`
	Number  string             `json:"n,omitempty"`
	Text    string             `json:"s,omitempty"`
	Pairs   map[string]string  `json:"p,omitempty"`
}

// Answers reads what was saved in an attempt, by question.
func Answers(ctx context.Context, q Q, attempt courses.AttemptID) (map[courses.QuestionID]courses.SavedAnswer, error) {
	var rows []answerRow
	if err := q.NewSelect().Model(&rows).Where("attempt = ?", attempt).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	answers := make(map[courses.QuestionID]courses.SavedAnswer, len(rows))
	for _, r := range rows {
		var text answerText
		if err := json.Unmarshal([]byte(r.Answer), &text); err != nil {
			return nil, fmt.Errorf("answer to %s in attempt %s: %w", r.Question, attempt, err)
		}
		answers[courses.QuestionID(r.Question)] = courses.SavedAnswer{
			Question: courses.QuestionID(r.Question), Answer: courses.Answer(text), Version: r.Version, SavedAt: r.SavedAt.UTC(), Marked: r.Marked,
		}
	}
	return answers, nil
}

// PutAnswers writes answers as they are now. The caller holds the attempt for update.
func PutAnswers(ctx context.Context, q Q, attempt courses.AttemptID, answers ...courses.SavedAnswer) error {
	if len(answers) == 0 {
		return nil
	}
	rows := make([]answerRow, len(answers))
	for i, a := range answers {
		text, err := json.Marshal(answerText(a.Answer))
		if err != nil {
			return err
		}
		rows[i] = answerRow{Attempt: string(attempt), Question: string(a.Question), Answer: string(text), Version: a.Version, SavedAt: a.SavedAt, Marked: a.Marked}
	}
	_, err := q.NewInsert().Model(&rows).On("CONFLICT (attempt, question) DO UPDATE").
		Set("answer = EXCLUDED.answer").Set("version = EXCLUDED.version").Set("saved_at = EXCLUDED.saved_at").Set("marked = EXCLUDED.marked").Exec(ctx)
	return translate(err)
}

type followUpRow struct {
	bun.BaseModel `bun:"table:follow_ups,alias:f"`

	Attempt   string    `bun:"attempt,pk"`
	Person    string    `bun:"person"`
	Course    string    `bun:"course"`
	Cycle     int       `bun:"cycle"`
	Choice    string    `bun:"choice"`
	ChosenAt  time.Time `bun:"chosen_at"`
	SettledAt time.Time `bun:"settled_at,nullzero"`
	SettledBy string    `bun:"settled_by,nullzero"`
}

func (r followUpRow) followUp() courses.FollowUp {
	return courses.FollowUp{Attempt: courses.AttemptID(r.Attempt), Person: staff.PersonID(r.Person), Course: courses.CourseKey(r.Course), Cycle: r.Cycle,
		Choice: courses.FollowUpChoice(r.Choice), ChosenAt: r.ChosenAt.UTC(), SettledAt: r.SettledAt.UTC(), SettledBy: staff.PersonID(r.SettledBy)}
}

// FollowUps reads what a person chose after the last attempts at a course, oldest first.
func FollowUps(ctx context.Context, q Q, person staff.PersonID, course courses.CourseKey) ([]courses.FollowUp, error) {
	var rows []followUpRow
	err := q.NewSelect().Model(&rows).Where("person = ? AND course = ?", person, course).Order("chosen_at").Scan(ctx)
	return convert(rows, followUpRow.followUp), translate(err)
}

// UnsettledFollowUps reads what a person chose and nobody has dealt with yet, oldest first; no person: everybody's.
func UnsettledFollowUps(ctx context.Context, q Q, person staff.PersonID) ([]courses.FollowUp, error) {
	var rows []followUpRow
	err := q.NewSelect().Model(&rows).Where("settled_at IS NULL").Where("? = '' OR person = ?", person, person).Order("chosen_at").Scan(ctx)
	return convert(rows, followUpRow.followUp), translate(err)
}

// FollowUp reads what was chosen after one attempt.
func FollowUp(ctx context.Context, q Q, attempt courses.AttemptID) (courses.FollowUp, error) {
	var row followUpRow
	err := q.NewSelect().Model(&row).Where("attempt = ?", attempt).Scan(ctx)
	return row.followUp(), translate(err)
}

var settled = fault.New(fault.Conflict, "Dit is al afgehandeld.", "This has been settled already.").Because("settled")

// PutFollowUp writes a choice, which may be changed until it is settled.
func PutFollowUp(ctx context.Context, q Q, f courses.FollowUp) error {
	row := followUpRow{Attempt: string(f.Attempt), Person: string(f.Person), Course: string(f.Course), Cycle: f.Cycle, Choice: string(f.Choice), ChosenAt: f.ChosenAt}
	res, err := q.NewInsert().Model(&row).On("CONFLICT (attempt) DO UPDATE").Set("choice = EXCLUDED.choice").Set("chosen_at = EXCLUDED.chosen_at").
		Where("f.settled_at IS NULL").Exec(ctx)
	return changed(res, err, settled)
}

// SettleFollowUp marks a choice dealt with; fault.Conflict where it was already.
func SettleFollowUp(ctx context.Context, q Q, attempt courses.AttemptID, by staff.PersonID, at time.Time) error {
	res, err := q.NewUpdate().Model((*followUpRow)(nil)).Set("settled_at = ?", at).Set("settled_by = ?", by).Where("attempt = ? AND settled_at IS NULL", attempt).Exec(ctx)
	return changed(res, err, settled)
}
