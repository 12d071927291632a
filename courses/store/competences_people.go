package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

type competenceEvidenceRow struct {
	bun.BaseModel `bun:"table:competence_evidence,alias:e"`

	Person     string    `bun:"person,pk"`
	Competence string    `bun:"competence,pk"`
	Source     string    `bun:"source,pk"`
	SeenOn     day       `bun:"seen_on,pk"`
	JudgedBy   string    `bun:"judged_by,pk"`
	Level      int       `bun:"level"`
	RecordedAt time.Time `bun:"recorded_at"`
}

// CompetenceEvidence reads what some people were judged to be able to do, or say so, in order of person, competence, source and
// day. What their certificates evidence is not in it: competences.Proofs works that out. A matrix reads thousands of them: each
// row goes straight into its struct.
func CompetenceEvidence(ctx context.Context, q Q, people ...staff.PersonID) ([]competences.Evidence, error) {
	rows, err := q.NewSelect().Model((*competenceEvidenceRow)(nil)).Column("person", "competence", "source", "seen_on", "judged_by", "level").
		Where("person IN (?)", bun.List(people)).Order("person", "competence", "source", "seen_on", "judged_by").Rows(ctx)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var evidence []competences.Evidence
	for rows.Next() {
		var r competenceEvidenceRow
		if err := rows.Scan(&r.Person, &r.Competence, &r.Source, &r.SeenOn, &r.JudgedBy, &r.Level); err != nil {
			return nil, err
		}
		evidence = append(evidence, competences.Evidence{
			Person: staff.PersonID(r.Person), Competence: competences.CompetenceID(r.Competence), Source: competences.Source(r.Source),
			Level: competences.Level(r.Level), On: calendar.Date(r.SeenOn), By: staff.PersonID(r.JudgedBy),
		})
	}
	return evidence, translate(rows.Err())
}

// PutCompetenceEvidence writes evidence, each in the place of what the same person judged on the same day from the same source.
func PutCompetenceEvidence(ctx context.Context, q Q, at time.Time, evidence ...competences.Evidence) error {
	rows := convert(evidence, func(e competences.Evidence) competenceEvidenceRow {
		return competenceEvidenceRow{Person: string(e.Person), Competence: string(e.Competence), Source: string(e.Source), SeenOn: day(e.On), JudgedBy: string(e.By), Level: int(e.Level), RecordedAt: at}
	})
	for some := range slices.Chunk(rows, rowsAtOnce) {
		_, err := q.NewInsert().Model(&some).On("CONFLICT (person, competence, source, seen_on, judged_by) DO UPDATE").
			Set("level = EXCLUDED.level").Set("recorded_at = EXCLUDED.recorded_at").Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	return nil
}

// EmploymentsInTeam reads the employments in a team that hold on any day between two, in order of person and number.
func EmploymentsInTeam(ctx context.Context, q Q, team staff.TeamID, from, until calendar.Date) ([]staff.Employment, error) {
	var rows []employmentRow
	err := q.NewSelect().Model(&rows).Where("team = ?", team).Where("from_on <= ?", until.String()).
		Where("until_on IS NULL OR until_on >= ?", from.String()).Order("person", "number").Scan(ctx)
	return convert(rows, employmentRow.employment), translate(err)
}

// PeriodsShowing reads as much of the periods of some people as tells what they evidence and how long they are worth something,
// in order of person, scheme and cycle.
func PeriodsShowing(ctx context.Context, q Q, people ...staff.PersonID) ([]certificates.Period, error) {
	return scanPeriods(ctx, q.NewSelect().Where("p.person IN (?)", bun.List(people)), "person", "scheme", "cycle", "completed_on", "valid_from", "valid_until", "revoked_on")
}
