package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

type schemeRow struct {
	bun.BaseModel `bun:"table:schemes,alias:s"`

	ID               string `bun:"id,pk"`
	Version          int    `bun:"version,pk"`
	Title            string `bun:"title"`
	Months           int    `bun:"months"`
	Method           string `bun:"method"`
	WindowMonths     int    `bun:"window_months"`
	GraceMonths      int    `bun:"grace_months"`
	AnchorMonth      int    `bun:"anchor_month"`
	AnchorDay        int    `bun:"anchor_day"`
	MinimumMonths    int    `bun:"minimum_months"`
	ComponentsWithin int    `bun:"components_within_months"`
	AssessmentAtWork bool   `bun:"assessment_at_work"`
	Origin           string `bun:"origin"`
	Citation         string `bun:"citation"`
	AppliesFrom      day    `bun:"applies_from,nullzero"`
	Minutes          int    `bun:"minutes"`
	RefresherMinutes int    `bun:"refresher_minutes"`
}

// A partRow is one component or refresher of a version of a scheme.
type partRow struct {
	Scheme    string `bun:"scheme,pk"`
	Version   int    `bun:"version,pk"`
	Place     int    `bun:"place,pk"`
	Kind      string `bun:"kind"`
	Course    string `bun:"course,nullzero"`
	Title     string `bun:"title"`
	Checklist string `bun:"checklist"` // one thing a line
}

type componentRow struct {
	bun.BaseModel `bun:"table:scheme_components,alias:c"`
	partRow
}

type refresherRow struct {
	bun.BaseModel `bun:"table:scheme_refreshers,alias:f"`
	partRow
}

func (r partRow) component() certificates.Component {
	return certificates.Component{Kind: certificates.ComponentKind(r.Kind), Course: courses.CourseKey(r.Course), Title: r.Title, Checklist: lines(r.Checklist)}
}

func newPartRow(s certificates.Scheme, place int, c certificates.Component) partRow {
	return partRow{Scheme: string(s.Key), Version: s.Version, Place: place, Kind: string(c.Kind), Course: string(c.Course), Title: c.Title, Checklist: strings.Join(c.Checklist, "\n")}
}

type prerequisiteRow struct {
	bun.BaseModel `bun:"table:scheme_prerequisites,alias:p"`

	Scheme   string `bun:"scheme,pk"`
	Version  int    `bun:"version,pk"`
	Requires string `bun:"requires,pk"`
	Hard     bool   `bun:"hard"`
}

// Schemes reads the version of every scheme that applies on a day, by key.
func Schemes(ctx context.Context, q Q, on calendar.Date) (map[certificates.SchemeKey]certificates.Scheme, error) {
	versions, err := schemeVersions(ctx, q, func(query *bun.SelectQuery) *bun.SelectQuery {
		return query.Where("applies_from IS NULL OR applies_from <= ?", on.String())
	})
	schemes := make(map[certificates.SchemeKey]certificates.Scheme, len(versions))
	for _, s := range versions { // the last that applies counts
		schemes[s.Key] = s
	}
	return schemes, err
}

// AllSchemes reads every version of every scheme, in order of key and version.
func AllSchemes(ctx context.Context, q Q) ([]certificates.Scheme, error) {
	return schemeVersions(ctx, q, func(query *bun.SelectQuery) *bun.SelectQuery { return query })
}

// schemeVersions reads some versions of schemes, in order of key and version.
func schemeVersions(ctx context.Context, q Q, which func(*bun.SelectQuery) *bun.SelectQuery) ([]certificates.Scheme, error) {
	var rows []schemeRow
	if err := which(q.NewSelect().Model(&rows)).Order("id", "version").Scan(ctx); err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	schemes := make([]certificates.Scheme, len(rows))
	type id struct {
		key     string
		version int
	}
	at := make(map[id]*certificates.Scheme, len(rows))
	for i, r := range rows {
		schemes[i] = certificates.Scheme{
			Key: certificates.SchemeKey(r.ID), Version: r.Version, Title: r.Title, Months: r.Months, Method: certificates.Method(r.Method),
			WindowMonths: r.WindowMonths, GraceMonths: r.GraceMonths, AnchorMonth: time.Month(r.AnchorMonth), AnchorDay: r.AnchorDay,
			MinimumMonths: r.MinimumMonths, ComponentsWithinMonths: r.ComponentsWithin, AssessmentAtWork: r.AssessmentAtWork,
			Origin: certificates.Origin(r.Origin), Citation: r.Citation, AppliesFrom: calendar.Date(r.AppliesFrom), Minutes: r.Minutes, RefresherMinutes: r.RefresherMinutes,
		}
		at[id{r.ID, r.Version}] = &schemes[i]
	}
	var components []componentRow
	var refreshers []refresherRow
	var prerequisites []prerequisiteRow
	for _, read := range []*bun.SelectQuery{
		q.NewSelect().Model(&components).Order("scheme", "version", "place"),
		q.NewSelect().Model(&refreshers).Order("scheme", "version", "place"),
		q.NewSelect().Model(&prerequisites).Order("scheme", "version", "requires"),
	} {
		if err := read.Scan(ctx); err != nil {
			return nil, translate(err)
		}
	}
	for _, c := range components {
		if s := at[id{c.Scheme, c.Version}]; s != nil {
			s.Components = append(s.Components, c.component())
		}
	}
	for _, r := range refreshers {
		if s := at[id{r.Scheme, r.Version}]; s != nil {
			s.Refreshers = append(s.Refreshers, r.component())
		}
	}
	for _, p := range prerequisites {
		if s := at[id{p.Scheme, p.Version}]; s != nil {
			s.Prerequisites = append(s.Prerequisites, certificates.Prerequisite{Scheme: certificates.SchemeKey(p.Requires), Hard: p.Hard})
		}
	}
	return schemes, nil
}

// InsertSchemes adds versions of schemes; fault.Conflict where there is one of that number.
func InsertSchemes(ctx context.Context, q Q, schemes []certificates.Scheme) error {
	var components []componentRow
	var refreshers []refresherRow
	var prerequisites []prerequisiteRow
	rows := convert(schemes, func(s certificates.Scheme) schemeRow {
		for place, c := range s.Components {
			components = append(components, componentRow{partRow: newPartRow(s, place, c)})
		}
		for place, c := range s.Refreshers {
			refreshers = append(refreshers, refresherRow{partRow: newPartRow(s, place, c)})
		}
		for _, p := range s.Prerequisites {
			prerequisites = append(prerequisites, prerequisiteRow{Scheme: string(s.Key), Version: s.Version, Requires: string(p.Scheme), Hard: p.Hard})
		}
		return schemeRow{
			ID: string(s.Key), Version: s.Version, Title: s.Title, Months: s.Months, Method: string(s.Method),
			WindowMonths: s.WindowMonths, GraceMonths: s.GraceMonths, AnchorMonth: int(s.AnchorMonth), AnchorDay: s.AnchorDay,
			MinimumMonths: s.MinimumMonths, ComponentsWithin: s.ComponentsWithinMonths, AssessmentAtWork: s.AssessmentAtWork,
			Origin: string(s.Origin), Citation: s.Citation, AppliesFrom: day(s.AppliesFrom), Minutes: s.Minutes, RefresherMinutes: s.RefresherMinutes,
		}
	})
	for _, add := range []func() error{
		func() error { return insert(ctx, q, rows) },
		func() error { return insert(ctx, q, components) },
		func() error { return insert(ctx, q, refreshers) },
		func() error { return insert(ctx, q, prerequisites) },
	} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

// DeleteScheme removes one version of a scheme; fault.NotFound where there is none.
func DeleteScheme(ctx context.Context, q Q, key certificates.SchemeKey, version int) error {
	for _, part := range []any{(*componentRow)(nil), (*refresherRow)(nil), (*prerequisiteRow)(nil)} {
		if _, err := q.NewDelete().Model(part).Where("scheme = ? AND version = ?", key, version).Exec(ctx); err != nil {
			return translate(err)
		}
	}
	res, err := q.NewDelete().Model((*schemeRow)(nil)).Where("id = ? AND version = ?", key, version).Exec(ctx)
	return changed(res, err, notFound)
}

// SchemeUsed reports whether anything that people did or must do refers to a scheme.
func SchemeUsed(ctx context.Context, q Q, key certificates.SchemeKey) (bool, error) {
	for _, table := range []any{(*requirementRow)(nil), (*evidenceRow)(nil), (*periodRow)(nil), (*dutyRow)(nil), (*decisionRow)(nil), (*submissionRow)(nil), (*observationRow)(nil), (*sessionRow)(nil)} {
		used, err := q.NewSelect().Model(table).Where("scheme = ?", key).Exists(ctx)
		if err != nil || used {
			return used, translate(err)
		}
	}
	return false, nil
}

type requirementRow struct {
	bun.BaseModel `bun:"table:requirements,alias:r"`

	ID            string `bun:"id,pk"`
	Scheme        string `bun:"scheme"`
	SubjectKind   string `bun:"subject_kind"`
	Subject       string `bun:"subject"`
	SubjectName   string `bun:"subject_name"`
	Since         day    `bun:"since_on,nullzero"`
	Until         day    `bun:"until_on,nullzero"`
	StartersOnly  bool   `bun:"starters_only"`
	InductionDays int    `bun:"induction_days"`
	DueOn         day    `bun:"due_on,nullzero"`
	Origin        string `bun:"origin"`
	Citation      string `bun:"citation"`
}

// Requirements reads all requirements, with the roles of the processes and applications they are about.
func Requirements(ctx context.Context, q Q) ([]certificates.Requirement, error) {
	var rows []requirementRow
	if err := q.NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	var roles map[string][]staff.RoleStretch
	if slices.ContainsFunc(rows, requirementRow.ofActivity) {
		var err error
		if roles, err = rolesOfActivities(ctx, q); err != nil {
			return nil, err
		}
	}
	return convert(rows, func(r requirementRow) certificates.Requirement {
		requirement := certificates.Requirement{
			ID: r.ID, Scheme: certificates.SchemeKey(r.Scheme), SubjectKind: certificates.SubjectKind(r.SubjectKind), Subject: r.Subject, SubjectName: r.SubjectName,
			Since: calendar.Date(r.Since), Until: calendar.Date(r.Until), StartersOnly: r.StartersOnly, InductionDays: r.InductionDays, DueOn: calendar.Date(r.DueOn), Origin: certificates.Origin(r.Origin), Citation: r.Citation,
		}
		if r.ofActivity() {
			requirement.Roles = roles[r.Subject]
		}
		return requirement
	}), nil
}

// ofActivity reports whether the requirement is about a process or an application.
func (r requirementRow) ofActivity() bool {
	return r.SubjectKind == string(certificates.ForProcess) || r.SubjectKind == string(certificates.ForApplication)
}

// InsertRequirements adds requirements.
func InsertRequirements(ctx context.Context, q Q, requirements []certificates.Requirement) error {
	return insert(ctx, q, convert(requirements, newRequirementRow))
}

func newRequirementRow(r certificates.Requirement) requirementRow {
	return requirementRow{
		ID: r.ID, Scheme: string(r.Scheme), SubjectKind: string(r.SubjectKind), Subject: r.Subject, SubjectName: r.SubjectName,
		Since: day(r.Since), Until: day(r.Until), StartersOnly: r.StartersOnly, InductionDays: r.InductionDays, DueOn: day(r.DueOn), Origin: string(r.Origin), Citation: r.Citation,
	}
}

// UpdateRequirement writes a requirement as it is now; fault.NotFound where there is none.
func UpdateRequirement(ctx context.Context, q Q, r certificates.Requirement) error {
	row := newRequirementRow(r)
	res, err := q.NewUpdate().Model(&row).WherePK().Exec(ctx)
	return changed(res, err, notFound)
}

// DeleteRequirement removes a requirement; fault.NotFound where there is none.
func DeleteRequirement(ctx context.Context, q Q, id string) error {
	res, err := q.NewDelete().Model((*requirementRow)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, notFound)
}

// PeopleAsked reads on whom a requirement may fall, in order of personnel number: everybody who ever had its role, team,
// designation or work.
func PeopleAsked(ctx context.Context, q Q, r certificates.Requirement) ([]staff.PersonID, error) {
	query := q.NewSelect().Model((*employmentRow)(nil))
	switch r.SubjectKind {
	case certificates.ForRole:
		query.Where("role = ?", r.Subject)
	case certificates.ForTeam:
		query.Where("team = ?", r.Subject)
	case certificates.ForProcess, certificates.ForApplication:
		query.Where("role IN (?)", bun.List(convert(r.Roles, func(s staff.RoleStretch) staff.RoleID { return s.Role })))
	case certificates.ForPerson:
		query.Where("person = ?", r.Subject)
	case certificates.ForDesignation:
		query = q.NewSelect().Model((*designationRow)(nil)).Where("kind = ?", r.Subject)
	}
	var people []staff.PersonID
	err := query.ColumnExpr("DISTINCT person").Order("person").Scan(ctx, &people)
	return people, translate(err)
}
