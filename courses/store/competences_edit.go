package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// PutFramework writes a framework, in the place of what is there under its key.
func PutFramework(ctx context.Context, q Q, f competences.Framework) error {
	row := frameworkRow{ID: f.Key, Title: f.Title, Scale: strings.Join(f.Scale, "\n"), Independent: int(f.Independent)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("title = EXCLUDED.title").Set("scale = EXCLUDED.scale").Set("independent = EXCLUDED.independent").Exec(ctx)
	return translate(err)
}

// HighestLevel is the highest level of a framework that is asked, shown or offered anywhere; 0 where none is.
func HighestLevel(ctx context.Context, q Q, framework string) (competences.Level, error) {
	highest := 0
	for _, one := range []struct{ table, level string }{
		{"role_profile_lines", "level"}, {"competence_evidence", "level"}, {"scheme_proofs", "level"}, {"learning_item_levels", "level"}, {"learning_item_raises", "to_level"},
	} {
		var level int
		err := q.NewSelect().TableExpr("? AS t", bun.Ident(one.table)).Join("JOIN competences AS c ON c.id = t.competence").
			ColumnExpr("COALESCE(MAX(t.?), 0)", bun.Ident(one.level)).Where("c.framework = ?", framework).Scan(ctx, &level)
		if err != nil {
			return 0, translate(err)
		}
		highest = max(highest, level)
	}
	return competences.Level(highest), nil
}

// PutCompetence writes a competence with what evidences it, in the place of what is there under its key; a new one comes last.
func PutCompetence(ctx context.Context, q Q, c competences.Competence, proofs []competences.Proof) error {
	var place int
	if err := q.NewSelect().Model((*competenceRow)(nil)).ColumnExpr("COALESCE(MAX(place), -1) + 1").Scan(ctx, &place); err != nil {
		return translate(err)
	}
	row := competenceRow{ID: string(c.ID), Framework: c.Framework, Place: place, Group: c.Group, Name: c.Name, Definition: c.Definition, Levels: strings.Join(c.Levels, "\n")}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").
		Set("group_name = EXCLUDED.group_name").Set("name = EXCLUDED.name").Set("definition = EXCLUDED.definition").Set("levels = EXCLUDED.levels").Exec(ctx)
	if err != nil {
		return translate(err)
	}
	for _, model := range []any{(*competenceCertificateRow)(nil), (*proofRow)(nil)} {
		if _, err := q.NewDelete().Model(model).Where("competence = ?", c.ID).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	var certified []competenceCertificateRow
	for at, key := range c.Certificates {
		certified = append(certified, competenceCertificateRow{Competence: string(c.ID), Scheme: string(key), Place: at})
	}
	if err := insert(ctx, q, certified); err != nil {
		return err
	}
	return insert(ctx, q, convert(proofs, func(p competences.Proof) proofRow {
		return proofRow{Scheme: string(p.Scheme), Competence: string(c.ID), Level: int(p.Level)}
	}))
}

// PutFutureRole writes a role that nobody holds yet, in the place of what is there under its key.
func PutFutureRole(ctx context.Context, q Q, f competences.FutureRole) error {
	if _, err := q.NewDelete().Model((*futureRoleRow)(nil)).Where("id = ?", f.ID).Exec(ctx); err != nil {
		return translate(err)
	}
	return InsertFutureRoles(ctx, q, []competences.FutureRole{f})
}

// DeleteFutureRole takes a role away that nobody holds yet; fault.NotFound where there is none. Its profile stays: plans name it.
func DeleteFutureRole(ctx context.Context, q Q, id staff.RoleID) error {
	res, err := q.NewDelete().Model((*futureRoleRow)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, notFound)
}
