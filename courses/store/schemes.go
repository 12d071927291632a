package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
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
	Refreshers       string `bun:"refreshers"`
	AssessmentAtWork bool   `bun:"assessment_at_work"`
	Origin           string `bun:"origin"`
	Citation         string `bun:"citation"`
	AppliesFrom      day    `bun:"applies_from,nullzero"`
}

type componentRow struct {
	bun.BaseModel `bun:"table:scheme_components,alias:c"`

	Scheme  string `bun:"scheme,pk"`
	Version int    `bun:"version,pk"`
	Place   int    `bun:"place,pk"`
	Kind    string `bun:"kind"`
	Course  string `bun:"course,nullzero"`
	Title   string `bun:"title"`
}

// Schemes reads the version of every scheme that applies on a day, by key.
func Schemes(ctx context.Context, q Q, on calendar.Date) (map[certificates.SchemeKey]certificates.Scheme, error) {
	var rows []schemeRow
	if err := q.NewSelect().Model(&rows).Where("applies_from IS NULL OR applies_from <= ?", on.String()).Order("id", "version").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return withComponents(ctx, q, rows)
}

// withComponents makes schemes of rows; of several versions of one scheme the last row counts.
func withComponents(ctx context.Context, q Q, rows []schemeRow) (map[certificates.SchemeKey]certificates.Scheme, error) {
	schemes := make(map[certificates.SchemeKey]certificates.Scheme, len(rows))
	for _, r := range rows {
		schemes[certificates.SchemeKey(r.ID)] = certificates.Scheme{
			Key: certificates.SchemeKey(r.ID), Version: r.Version, Title: r.Title, Months: r.Months, Method: certificates.Method(r.Method),
			WindowMonths: r.WindowMonths, GraceMonths: r.GraceMonths, AnchorMonth: time.Month(r.AnchorMonth), AnchorDay: r.AnchorDay,
			MinimumMonths: r.MinimumMonths, ComponentsWithinMonths: r.ComponentsWithin, Refreshers: fields[courses.CourseKey](r.Refreshers),
			AssessmentAtWork: r.AssessmentAtWork, Origin: r.Origin, Citation: r.Citation, AppliesFrom: calendar.Date(r.AppliesFrom),
		}
	}
	if len(schemes) == 0 {
		return schemes, nil
	}
	keys := make([]certificates.SchemeKey, 0, len(schemes))
	for key := range schemes {
		keys = append(keys, key)
	}
	var components []componentRow
	if err := q.NewSelect().Model(&components).Where("scheme IN (?)", bun.List(keys)).Order("scheme", "version", "place").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	for _, c := range components {
		s := schemes[certificates.SchemeKey(c.Scheme)]
		if c.Version == s.Version {
			s.Components = append(s.Components, certificates.Component{Kind: certificates.ComponentKind(c.Kind), Course: courses.CourseKey(c.Course), Title: c.Title})
			schemes[s.Key] = s
		}
	}
	return schemes, nil
}

// InsertSchemes adds versions of schemes; fault.Conflict where there is one of that number.
func InsertSchemes(ctx context.Context, q Q, schemes []certificates.Scheme) error {
	var components []componentRow
	rows := convert(schemes, func(s certificates.Scheme) schemeRow {
		for place, c := range s.Components {
			components = append(components, componentRow{Scheme: string(s.Key), Version: s.Version, Place: place, Kind: string(c.Kind), Course: string(c.Course), Title: c.Title})
		}
		return schemeRow{
			ID: string(s.Key), Version: s.Version, Title: s.Title, Months: s.Months, Method: string(s.Method),
			WindowMonths: s.WindowMonths, GraceMonths: s.GraceMonths, AnchorMonth: int(s.AnchorMonth), AnchorDay: s.AnchorDay,
			MinimumMonths: s.MinimumMonths, ComponentsWithin: s.ComponentsWithinMonths, Refreshers: words(s.Refreshers),
			AssessmentAtWork: s.AssessmentAtWork, Origin: s.Origin, Citation: s.Citation, AppliesFrom: day(s.AppliesFrom),
		}
	})
	if err := insert(ctx, q, rows); err != nil {
		return err
	}
	return insert(ctx, q, components)
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

// Requirements reads all requirements.
func Requirements(ctx context.Context, q Q) ([]certificates.Requirement, error) {
	var rows []requirementRow
	err := q.NewSelect().Model(&rows).Order("id").Scan(ctx)
	return convert(rows, func(r requirementRow) certificates.Requirement {
		return certificates.Requirement{
			ID: r.ID, Scheme: certificates.SchemeKey(r.Scheme), SubjectKind: certificates.SubjectKind(r.SubjectKind), Subject: r.Subject, SubjectName: r.SubjectName,
			Since: calendar.Date(r.Since), Until: calendar.Date(r.Until), StartersOnly: r.StartersOnly, InductionDays: r.InductionDays, DueOn: calendar.Date(r.DueOn), Origin: r.Origin, Citation: r.Citation,
		}
	}), translate(err)
}

// InsertRequirements adds requirements.
func InsertRequirements(ctx context.Context, q Q, requirements []certificates.Requirement) error {
	return insert(ctx, q, convert(requirements, func(r certificates.Requirement) requirementRow {
		return requirementRow{
			ID: r.ID, Scheme: string(r.Scheme), SubjectKind: string(r.SubjectKind), Subject: r.Subject, SubjectName: r.SubjectName,
			Since: day(r.Since), Until: day(r.Until), StartersOnly: r.StartersOnly, InductionDays: r.InductionDays, DueOn: day(r.DueOn), Origin: r.Origin, Citation: r.Citation,
		}
	}))
}
