package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// SchemeTerms are what a version of a scheme says.
type SchemeTerms struct {
	Title                  string               `json:"title" minLength:"1" maxLength:"200" example:"Bedrijfshulpverlening"`
	Months                 int                  `json:"months" minimum:"0" maximum:"600" example:"12" doc:"How long a period holds; 0 only for never."`
	Method                 string               `json:"method" enum:"completion,previous,later,fixed,never" doc:"How a renewal reckons its dates."`
	WindowMonths           int                  `json:"windowMonths,omitempty" minimum:"0" maximum:"600" example:"3" doc:"Before the end, in which renewing counts."`
	GraceMonths            int                  `json:"graceMonths,omitempty" minimum:"0" maximum:"600" example:"3" doc:"After the end, in which the short refresher still suffices."`
	AnchorMonth            int                  `json:"anchorMonth,omitempty" minimum:"1" maximum:"12" doc:"For fixed: every period ends the day before this day of the year."`
	AnchorDay              int                  `json:"anchorDay,omitempty" minimum:"1" maximum:"31" doc:"For fixed."`
	MinimumMonths          int                  `json:"minimumMonths,omitempty" minimum:"1" maximum:"12" doc:"For fixed: how long a period lasts at least."`
	ComponentsWithinMonths int                  `json:"componentsWithinMonths,omitempty" minimum:"0" maximum:"600" doc:"In which all components are completed; 0 or absent: 12."`
	AssessmentAtWork       bool                 `json:"assessmentAtWork,omitempty" doc:"Whether an assessor may see the skill at work instead of another attempt."`
	Minutes                int                  `json:"minutes,omitempty" minimum:"0" maximum:"60000" example:"480" doc:"Of training for the first period."`
	RefresherMinutes       int                  `json:"refresherMinutes,omitempty" minimum:"0" maximum:"60000" doc:"Of training for a renewal; 0 or absent: the same."`
	Origin                 string               `json:"origin,omitempty" enum:"wet,cao,norm,functie,beleid" doc:"Where it comes from; absent: it is voluntary."`
	Citation               string               `json:"citation,omitempty" maxLength:"500" example:"art. 15 Arbowet" doc:"The article or decision; needed for wet, cao and norm."`
	AppliesFrom            *date                `json:"appliesFrom,omitempty" nullable:"true" doc:"The first day on which it decides; null or absent: always, for a first version only. A next version begins tomorrow at the earliest."`
	Components             []schemePart         `json:"components" minItems:"1" maxItems:"20" doc:"What is asked; all of it."`
	Refreshers             []schemePart         `json:"refreshers,omitempty" maxItems:"20" doc:"On renewal one of these, in turn, takes the place of a component."`
	Prerequisites          []schemePrerequisite `json:"prerequisites,omitempty" maxItems:"20" doc:"What comes before it."`
}

// A schemePart is a component or a refresher.
type schemePart struct {
	Kind      certificates.ComponentKind `json:"kind" enum:"course,external,observed,designation" doc:"course: a quiz of ours. external: a diploma from elsewhere. observed: a skill seen at work. designation: a decision without an end."`
	Title     string                     `json:"title,omitempty" maxLength:"200" example:"BHV basis" doc:"Of a course it may be left out: then it is that of the course."`
	Course    courses.CourseKey          `json:"course,omitempty" maxLength:"64" example:"ID-LOOKALIKE" doc:"Of a course: which one. It is published."`
	Checklist []string                   `json:"checklist,omitempty" maxItems:"20" example:"[\"Controleert de foto\"]" doc:"Of a skill: what the assessor looks at."`
}

// A schemePrerequisite is a scheme that comes before another one.
type schemePrerequisite struct {
	Scheme certificates.SchemeKey `json:"scheme" maxLength:"32" example:"NVVB-B1A"`
	Hard   bool                   `json:"hard,omitempty" doc:"Whether it must be held when the other begins; else it is advice."`
}

// A SchemeVersion is one version of a scheme.
type SchemeVersion struct {
	Scheme  certificates.SchemeKey `json:"scheme" example:"BHV-2"`
	Version int                    `json:"version" example:"1"`
	Mark    string                 `json:"mark" example:"5f1c0a9d3be27846" doc:"Short for what it says: another mark is another text."`
	SchemeTerms
}

// A schemeSummary is a scheme as it applies today, with how it is used.
type schemeSummary struct {
	SchemeVersion
	Versions     int `json:"versions" example:"1" doc:"How many versions there are, also those that apply later."`
	Holders      int `json:"holders" example:"24" doc:"People who hold it today."`
	Requirements int `json:"requirements" example:"1" doc:"Requirements that hold today or later."`
}

func schemeVersionOf(s certificates.Scheme) SchemeVersion {
	parts := func(from []certificates.Component) []schemePart {
		to := make([]schemePart, len(from))
		for i, c := range from {
			to[i] = schemePart{c.Kind, c.Title, c.Course, c.Checklist}
		}
		return to
	}
	terms := SchemeTerms{
		Title: s.Title, Months: s.Months, Method: string(s.Method), WindowMonths: s.WindowMonths, GraceMonths: s.GraceMonths,
		AnchorMonth: int(s.AnchorMonth), AnchorDay: s.AnchorDay, MinimumMonths: s.MinimumMonths, ComponentsWithinMonths: s.ComponentsWithinMonths, AssessmentAtWork: s.AssessmentAtWork,
		Minutes: s.Minutes, RefresherMinutes: s.RefresherMinutes, Origin: string(s.Origin), Citation: s.Citation, AppliesFrom: orNull(s.AppliesFrom),
		Components: parts(s.Components), Refreshers: parts(s.Refreshers),
	}
	for _, p := range s.Prerequisites {
		terms.Prerequisites = append(terms.Prerequisites, schemePrerequisite{p.Scheme, p.Hard})
	}
	return SchemeVersion{s.Key, s.Version, s.Mark(), terms}
}

// scheme is the version as the pure rules know it.
func (t SchemeTerms) scheme(key string, version int) (certificates.Scheme, error) {
	parts := func(from []schemePart) []certificates.Component {
		var to []certificates.Component
		for _, p := range from {
			to = append(to, certificates.Component{Kind: p.Kind, Title: p.Title, Course: p.Course, Checklist: p.Checklist})
		}
		return to
	}
	s := certificates.Scheme{
		Key: certificates.SchemeKey(key), Version: version, Title: t.Title, Months: t.Months, Method: certificates.Method(t.Method), WindowMonths: t.WindowMonths, GraceMonths: t.GraceMonths,
		AnchorMonth: time.Month(t.AnchorMonth), AnchorDay: t.AnchorDay, MinimumMonths: t.MinimumMonths, ComponentsWithinMonths: t.ComponentsWithinMonths, AssessmentAtWork: t.AssessmentAtWork,
		Minutes: t.Minutes, RefresherMinutes: t.RefresherMinutes, Origin: certificates.Origin(t.Origin), Citation: t.Citation, Components: parts(t.Components), Refreshers: parts(t.Refreshers),
	}
	for _, p := range t.Prerequisites {
		s.Prerequisites = append(s.Prerequisites, certificates.Prerequisite(p))
	}
	var err error
	s.AppliesFrom, err = readOrNone(t.AppliesFrom, "body.appliesFrom")
	return s, err
}

// SchemePath is in the address of everything about one scheme.
type SchemePath struct {
	Scheme string `path:"scheme" maxLength:"32" example:"BHV" doc:"The key of the scheme."`
}

func (in SchemePath) key() certificates.SchemeKey { return certificates.SchemeKey(in.Scheme) }

// SchemeVersionPath is in the address of one version of a scheme.
type SchemeVersionPath struct {
	SchemePath
	Version int `path:"version" minimum:"1" maximum:"1000000" example:"2" doc:"The number of the version."`
}

const (
	termsExample = `"title": "Bedrijfshulpverlening", "months": 12, "method": "completion", "windowMonths": 3, "graceMonths": 3, "origin": "wet", "citation": "art. 15 Arbowet",
		"components": [{"kind": "external", "title": "BHV basis"}], "refreshers": [{"kind": "external", "title": "Herhaling brand"}, {"kind": "external", "title": "Herhaling EHBO"}]`
	schemeExample = `"scheme": "BHV-2", "version": 1, "mark": "5f1c0a9d3be27846", ` + termsExample
)

func (s *server) schemeBook() {
	s.listSchemes()
	s.listSchemeVersions()

	type saveInput struct {
		SchemeVersionPath
		Instead string `query:"instead" maxLength:"16" example:"5f1c0a9d3be27846" doc:"The mark of the newest version, to replace that one while it has no effect; absent: a version is added."`
		Body    SchemeTerms
	}
	type saveOutput struct{ Body SchemeVersion }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-scheme-version", Method: http.MethodPut, Path: "/schemes/{scheme}/versions/{version}", Tags: []string{"Schemes"}, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusConflict},
			Summary: "Add or replace a version of a scheme", Description: "Adds a scheme (version 1) or its next version, whose number is in the address: 409, scheme_version, where somebody else took it. With instead it puts this one in the place of the newest version while that has no effect: 409, scheme_version, where that says something else by now, and begun or in_use where it has effect. Sending the same once more changes nothing. A next version applies from tomorrow at the earliest; no date of a period or duty that there is changes.",
		},
		permission: staff.ChangeSchemes,
		request:    `{` + termsExample + `}`,
		response:   `{` + schemeExample + `}`,
	}, func(ctx context.Context, c caller, in *saveInput) (*saveOutput, error) {
		scheme, err := in.Body.scheme(in.Scheme, in.Version)
		if err != nil {
			return nil, err
		}
		save := s.office.SaveScheme
		if in.Instead != "" {
			save = func(ctx context.Context, who staff.Actor, scheme certificates.Scheme) (certificates.Scheme, error) {
				return s.office.ReplaceScheme(ctx, who, scheme, in.Instead)
			}
		}
		saved, err := save(ctx, c.Actor, scheme)
		if err != nil {
			return nil, within("body.", err)
		}
		return &saveOutput{schemeVersionOf(saved)}, nil
	})

	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-scheme-version", Method: http.MethodDelete, Path: "/schemes/{scheme}/versions/{version}", Tags: []string{"Schemes"}, DefaultStatus: http.StatusNoContent,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Undo a version", Description: "Removes the newest version of a scheme while it has no effect: it applies later, or it is the only one and nobody must or did do anything for it. Otherwise 409: begun, newer_version or in_use.",
		},
		permission: staff.ChangeSchemes,
	}, func(ctx context.Context, c caller, in *SchemeVersionPath) (*struct{}, error) {
		return nil, s.office.WithdrawScheme(ctx, c.Actor, in.key(), in.Version)
	})
}

func (s *server) listSchemes() {
	summary := func(o academy.SchemeOverview) schemeSummary {
		return schemeSummary{schemeVersionOf(o.Scheme), len(o.Versions), o.Holders, len(o.Requirements)}
	}
	type listOutput struct{ Body list[schemeSummary] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-schemes", Method: http.MethodGet, Path: "/schemes", Tags: []string{"Schemes"},
			Summary: "All schemes", Description: "Lists every scheme as it applies today, or will where it applies later, in order of title.",
		},
		permission: staff.ReadSchemes,
		response:   `{"items": [{` + schemeExample + `, "versions": 1, "holders": 24, "requirements": 1}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*listOutput, error) {
		all, err := s.office.SchemeOverviews(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(o academy.SchemeOverview) string { return string(o.Key) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, summary)}, nil
	})

	type output struct{ Body schemeSummary }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-scheme", Method: http.MethodGet, Path: "/schemes/{scheme}", Tags: []string{"Schemes"}, Errors: []int{http.StatusNotFound},
			Summary: "One scheme", Description: "A scheme as it applies today, or will where it applies later.",
		},
		permission: staff.ReadSchemes,
		response:   `{` + schemeExample + `, "versions": 1, "holders": 24, "requirements": 1}`,
	}, func(ctx context.Context, c caller, in *SchemePath) (*output, error) {
		one, err := s.office.SchemeOverview(ctx, c.Actor, in.key())
		if err != nil {
			return nil, err
		}
		return &output{summary(one)}, nil
	})
}

func (s *server) listSchemeVersions() {
	type input struct {
		SchemePath
		Page
	}
	type output struct{ Body list[SchemeVersion] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-scheme-versions", Method: http.MethodGet, Path: "/schemes/{scheme}/versions", Tags: []string{"Schemes"}, Errors: []int{http.StatusNotFound},
			Summary: "The versions of a scheme", Description: "Lists every version, the first one first, also those that apply later.",
		},
		permission: staff.ReadSchemes,
		response:   `{"items": [{` + schemeExample + `}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		one, err := s.office.SchemeOverview(ctx, c.Actor, in.key())
		if err != nil {
			return nil, err
		}
		part, err := turn(one.Versions, in.Page, func(v certificates.Scheme) string { return fmt.Sprint(v.Version) })
		if err != nil {
			return nil, err
		}
		return &output{convert(part, schemeVersionOf)}, nil
	})
}
