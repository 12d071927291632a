package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

type frameworkRow struct {
	bun.BaseModel `bun:"table:frameworks,alias:f"`

	ID          string `bun:"id,pk"`
	Title       string `bun:"title"`
	Scale       string `bun:"scale"`
	Independent int    `bun:"independent"`
}

type competenceRow struct {
	bun.BaseModel `bun:"table:competences,alias:c"`

	ID         string `bun:"id,pk"`
	Framework  string `bun:"framework"`
	Place      int    `bun:"place"`
	Group      string `bun:"group_name"`
	Name       string `bun:"name"`
	Definition string `bun:"definition"`
	Levels     string `bun:"levels"`
}

type competenceCertificateRow struct {
	bun.BaseModel `bun:"table:competence_certificates,alias:s"`

	Competence string `bun:"competence,pk"`
	Scheme     string `bun:"scheme,pk"`
	Place      int    `bun:"place"`
}

type proofRow struct {
	bun.BaseModel `bun:"table:scheme_proofs,alias:p"`

	Scheme     string `bun:"scheme,pk"`
	Competence string `bun:"competence,pk"`
	Level      int    `bun:"level"`
}

// Competences reads every framework, in order of key, every competence, in its order, and what certificates evidence.
func Competences(ctx context.Context, q Q) (c competences.Catalogue, err error) {
	var frameworks []frameworkRow
	if err := q.NewSelect().Model(&frameworks).Order("id").Scan(ctx); err != nil {
		return c, translate(err)
	}
	c.Frameworks = convert(frameworks, func(r frameworkRow) competences.Framework {
		return competences.Framework{Key: r.ID, Title: r.Title, Scale: lines(r.Scale), Independent: competences.Level(r.Independent)}
	})
	var certified []competenceCertificateRow
	if err := q.NewSelect().Model(&certified).Order("competence", "place").Scan(ctx); err != nil {
		return c, translate(err)
	}
	schemes := make(map[string][]certificates.SchemeKey)
	for _, r := range certified {
		schemes[r.Competence] = append(schemes[r.Competence], certificates.SchemeKey(r.Scheme))
	}
	var rows []competenceRow
	if err := q.NewSelect().Model(&rows).Order("place").Scan(ctx); err != nil {
		return c, translate(err)
	}
	c.Competences = convert(rows, func(r competenceRow) competences.Competence {
		return competences.Competence{ID: competences.CompetenceID(r.ID), Framework: r.Framework, Group: r.Group, Name: r.Name, Definition: r.Definition, Levels: lines(r.Levels), Certificates: schemes[r.ID]}
	})
	var proofs []proofRow
	if err := q.NewSelect().Model(&proofs).Order("scheme", "competence").Scan(ctx); err != nil {
		return c, translate(err)
	}
	c.Proofs = make(competences.Proofs)
	for _, r := range proofs {
		key := certificates.SchemeKey(r.Scheme)
		c.Proofs[key] = append(c.Proofs[key], competences.Attained{Competence: competences.CompetenceID(r.Competence), Level: competences.Level(r.Level)})
	}
	return c, nil
}

// InsertCompetences adds frameworks, competences after those that are there, and what certificates evidence.
func InsertCompetences(ctx context.Context, q Q, c competences.Catalogue) error {
	there, err := q.NewSelect().Model((*competenceRow)(nil)).Count(ctx)
	if err != nil {
		return translate(err)
	}
	err = insert(ctx, q, convert(c.Frameworks, func(f competences.Framework) frameworkRow {
		return frameworkRow{ID: f.Key, Title: f.Title, Scale: strings.Join(f.Scale, "\n"), Independent: int(f.Independent)}
	}))
	if err != nil {
		return err
	}
	var rows []competenceRow
	var certified []competenceCertificateRow
	for i, one := range c.Competences {
		rows = append(rows, competenceRow{ID: string(one.ID), Framework: one.Framework, Place: int(there) + i, Group: one.Group, Name: one.Name, Definition: one.Definition, Levels: strings.Join(one.Levels, "\n")})
		for place, key := range one.Certificates {
			certified = append(certified, competenceCertificateRow{Competence: string(one.ID), Scheme: string(key), Place: place})
		}
	}
	if err := insert(ctx, q, rows); err != nil {
		return err
	}
	if err := insert(ctx, q, certified); err != nil {
		return err
	}
	var proofs []proofRow
	for key, attained := range c.Proofs {
		for _, a := range attained {
			proofs = append(proofs, proofRow{Scheme: string(key), Competence: string(a.Competence), Level: int(a.Level)})
		}
	}
	return insert(ctx, q, proofs)
}

type neededRow struct {
	bun.BaseModel `bun:"table:needed_levels,alias:n"`

	Team       string `bun:"team,pk"`
	Competence string `bun:"competence,pk"`
	People     int    `bun:"people"`
	Note       string `bun:"note"`
}

// Needed reads how many people of a team must be able to do what, in order of competence.
func Needed(ctx context.Context, q Q, team staff.TeamID) ([]competences.Needed, error) {
	var rows []neededRow
	err := q.NewSelect().Model(&rows).Where("team = ?", team).Order("competence").Scan(ctx)
	return convert(rows, func(r neededRow) competences.Needed {
		return competences.Needed{Team: staff.TeamID(r.Team), Competence: competences.CompetenceID(r.Competence), People: r.People, Note: r.Note}
	}), translate(err)
}

// PutNeeded writes how many people of a team must be able to do something, or takes that away where it is nobody.
func PutNeeded(ctx context.Context, q Q, all ...competences.Needed) error {
	for _, n := range all {
		if _, err := q.NewDelete().Model((*neededRow)(nil)).Where("team = ? AND competence = ?", n.Team, n.Competence).Exec(ctx); err != nil {
			return translate(err)
		}
		if n.People == 0 {
			continue
		}
		if err := insert(ctx, q, []neededRow{{Team: string(n.Team), Competence: string(n.Competence), People: n.People, Note: n.Note}}); err != nil {
			return err
		}
	}
	return nil
}
