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

type observationRow struct {
	bun.BaseModel `bun:"table:observations,alias:o"`

	ID                string    `bun:"id,pk"`
	Person            string    `bun:"person"`
	Assessor          string    `bun:"assessor"`
	Scheme            string    `bun:"scheme"`
	SchemeVersion     int       `bun:"scheme_version"`
	Component         int       `bun:"component"`
	Refresher         int       `bun:"refresher"`
	SeenOn            day       `bun:"seen_on"`
	AssessorSignedAt  time.Time `bun:"assessor_signed_at"`
	CandidateSignedAt time.Time `bun:"candidate_signed_at,nullzero"`
	DisputedAt        time.Time `bun:"disputed_at,nullzero"`
	Dispute           string    `bun:"dispute"`
	Outcome           string    `bun:"outcome"`
}

type observedItemRow struct {
	bun.BaseModel `bun:"table:observation_items,alias:i"`

	Observation string `bun:"observation,pk"`
	Place       int    `bun:"place,pk"`
	Text        string `bun:"text"`
	Shown       bool   `bun:"shown"`
	Note        string `bun:"note"`
}

func (r observationRow) observation(items []certificates.ObservedItem) certificates.Observation {
	return certificates.Observation{
		ID: r.ID, Person: staff.PersonID(r.Person), Assessor: staff.PersonID(r.Assessor), Scheme: certificates.SchemeKey(r.Scheme), SchemeVersion: r.SchemeVersion, Place: certificates.Place{Component: r.Component, Refresher: r.Refresher},
		SeenOn: calendar.Date(r.SeenOn), Items: items, AssessorSignedAt: r.AssessorSignedAt.UTC(), CandidateSignedAt: r.CandidateSignedAt.UTC(), DisputedAt: r.DisputedAt.UTC(),
		Dispute: r.Dispute, Outcome: courses.Outcome(r.Outcome),
	}
}

func newObservationRow(o certificates.Observation) observationRow {
	return observationRow{
		ID: o.ID, Person: string(o.Person), Assessor: string(o.Assessor), Scheme: string(o.Scheme), SchemeVersion: o.SchemeVersion, Component: o.Component, Refresher: o.Refresher, SeenOn: day(o.SeenOn),
		AssessorSignedAt: o.AssessorSignedAt, CandidateSignedAt: o.CandidateSignedAt, DisputedAt: o.DisputedAt, Dispute: o.Dispute, Outcome: string(o.Outcome),
	}
}

// ObservationsOf reads what assessors saw of a person, the newest first.
func ObservationsOf(ctx context.Context, q Q, person staff.PersonID) ([]certificates.Observation, error) {
	return observations(ctx, q, "o.person = ?", person)
}

// WaitingObservations reads what candidates did not answer yet.
func WaitingObservations(ctx context.Context, q Q) ([]certificates.Observation, error) {
	return observations(ctx, q, "o.candidate_signed_at IS NULL AND o.disputed_at IS NULL")
}

// ObservationsBy reads what an assessor saw, the newest first.
func ObservationsBy(ctx context.Context, q Q, assessor staff.PersonID) ([]certificates.Observation, error) {
	return observations(ctx, q, "o.assessor = ?", assessor)
}

// Observation reads one observation.
func Observation(ctx context.Context, q Q, id string) (certificates.Observation, error) {
	found, err := observations(ctx, q, "o.id = ?", id)
	if err != nil || len(found) == 0 {
		return certificates.Observation{}, cmp.Or(err, error(notFound))
	}
	return found[0], nil
}

// observations reads observations with their items.
func observations(ctx context.Context, q Q, where string, values ...any) ([]certificates.Observation, error) {
	var rows []observationRow
	if err := q.NewSelect().Model(&rows).Where(where, values...).Order("o.assessor_signed_at DESC", "o.id").Scan(ctx); err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	ids := convert(rows, func(r observationRow) string { return r.ID })
	var itemRows []observedItemRow
	if err := q.NewSelect().Model(&itemRows).Where("observation IN (?)", bun.List(ids)).Order("observation", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	items := make(map[string][]certificates.ObservedItem)
	for _, r := range itemRows {
		items[r.Observation] = append(items[r.Observation], certificates.ObservedItem{Text: r.Text, Shown: r.Shown, Note: r.Note})
	}
	return convert(rows, func(r observationRow) certificates.Observation { return r.observation(items[r.ID]) }), nil
}

var observedAlready = fault.New(fault.Conflict, "Er wacht al een beoordeling van deze vaardigheid op het antwoord van je collega.", "An assessment of this skill already waits for the answer of your colleague.").Because("already_observed")

// InsertObservation adds an observation with its items; fault.Conflict where one of the same skill waits for the candidate.
func InsertObservation(ctx context.Context, q Q, o certificates.Observation) error {
	row := newObservationRow(o)
	_, err := q.NewInsert().Model(&row).Exec(ctx)
	if err = translate(err); err != nil {
		if errors.Is(err, alreadyThere) {
			return observedAlready.From(err)
		}
		return err
	}
	items := make([]observedItemRow, len(o.Items))
	for i, item := range o.Items {
		items[i] = observedItemRow{Observation: o.ID, Place: i, Text: item.Text, Shown: item.Shown, Note: item.Note}
	}
	return insert(ctx, q, items)
}

var answeredBefore = fault.New(fault.Conflict, "Je hebt hier al op geantwoord.", "You answered this already.").Because("not_waiting")

// AnswerObservation keeps what the candidate said; fault.Conflict where they answered already.
func AnswerObservation(ctx context.Context, q Q, o certificates.Observation) error {
	row := newObservationRow(o)
	res, err := q.NewUpdate().Model(&row).Column("candidate_signed_at", "disputed_at", "dispute", "outcome").WherePK().
		Where("candidate_signed_at IS NULL AND disputed_at IS NULL").Exec(ctx)
	return changed(res, err, answeredBefore)
}

// OpenDutiesOf reads everybody's duties for some schemes that still ask something, what is due first first.
func OpenDutiesOf(ctx context.Context, q Q, schemes ...certificates.SchemeKey) ([]certificates.Duty, error) {
	var rows []dutyRow
	err := q.NewSelect().Model(&rows).Where("scheme IN (?)", bun.List(schemes)).Where("done_on IS NULL AND ended_on IS NULL").Order("due_on", "person", "scheme").Scan(ctx)
	return convert(rows, dutyRow.duty), translate(err)
}

// Designated reads who has a task on a day.
func Designated(ctx context.Context, q Q, kind staff.DesignationKind, on calendar.Date) ([]staff.PersonID, error) {
	var people []staff.PersonID
	err := q.NewSelect().Table("designations").ColumnExpr("DISTINCT person").Where("kind = ?", kind).
		Where("from_on IS NULL OR from_on <= ?", on.String()).Where("until_on IS NULL OR until_on >= ?", on.String()).Order("person").Scan(ctx, &people)
	return people, translate(err)
}
