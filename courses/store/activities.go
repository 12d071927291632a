package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

type activityRow struct {
	bun.BaseModel `bun:"table:activities,alias:a"`

	ID   string `bun:"id,pk"`
	Kind string `bun:"kind"`
	Name string `bun:"name"`
}

type activityRoleRow struct {
	bun.BaseModel `bun:"table:activity_roles,alias:r"`

	Activity string `bun:"activity,pk"`
	Role     string `bun:"role,pk"`
	Number   int    `bun:"number,pk"`
	From     day    `bun:"from_on,nullzero"`
	Until    day    `bun:"until_on,nullzero"`
}

// newActivityRoleRows numbers the stretches of each role.
func newActivityRoleRows(a staff.Activity) []activityRoleRow {
	numbers := make(map[staff.RoleID]int)
	return convert(a.Roles, func(s staff.RoleStretch) activityRoleRow {
		numbers[s.Role]++
		return activityRoleRow{Activity: string(a.ID), Role: string(s.Role), Number: numbers[s.Role], From: day(s.From), Until: day(s.Until)}
	})
}

// Activities reads every process and application, in order of key.
func Activities(ctx context.Context, q Q) ([]staff.Activity, error) {
	var rows []activityRow
	if err := q.NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	roles, err := rolesOfActivities(ctx, q)
	return convert(rows, func(r activityRow) staff.Activity {
		return staff.Activity{ID: staff.ActivityID(r.ID), Kind: staff.ActivityKind(r.Kind), Name: r.Name, Roles: roles[r.ID]}
	}), err
}

// rolesOfActivities reads which roles work on each process and application, and when.
func rolesOfActivities(ctx context.Context, q Q) (map[string][]staff.RoleStretch, error) {
	var rows []activityRoleRow
	err := q.NewSelect().Model(&rows).Order("activity", "role", "number").Scan(ctx)
	roles := make(map[string][]staff.RoleStretch)
	for _, r := range rows {
		roles[r.Activity] = append(roles[r.Activity], staff.RoleStretch{Role: staff.RoleID(r.Role), From: calendar.Date(r.From), Until: calendar.Date(r.Until)})
	}
	return roles, translate(err)
}

// InsertActivities adds processes and applications with their roles.
func InsertActivities(ctx context.Context, q Q, activities []staff.Activity) error {
	var roles []activityRoleRow
	err := insert(ctx, q, convert(activities, func(a staff.Activity) activityRow {
		roles = append(roles, newActivityRoleRows(a)...)
		return activityRow{ID: string(a.ID), Kind: string(a.Kind), Name: a.Name}
	}))
	if err != nil {
		return err
	}
	return insert(ctx, q, roles)
}

// PutActivity writes a process or an application as it is now, with its roles.
func PutActivity(ctx context.Context, q Q, a staff.Activity) error {
	if _, err := q.NewDelete().Model((*activityRoleRow)(nil)).Where("activity = ?", a.ID).Exec(ctx); err != nil {
		return translate(err)
	}
	row := activityRow{ID: string(a.ID), Kind: string(a.Kind), Name: a.Name}
	if _, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("kind = EXCLUDED.kind").Set("name = EXCLUDED.name").Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, newActivityRoleRows(a))
}
