package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A whatIfInput is a change of the rules to try.
type whatIfInput struct {
	Schemes      []whatIfScheme      `json:"schemes,omitempty" maxItems:"200" doc:"Schemes that would be otherwise, or new."`
	Requirements []whatIfRequirement `json:"requirements,omitempty" maxItems:"200" doc:"Requirements that would be there."`
	Without      []string            `json:"without,omitempty" maxItems:"200" example:"[\"int-id-role-r01\"]" doc:"Keys of requirements that would hold for the last time today."`
	Months       int                 `json:"months,omitempty" minimum:"1" maximum:"60" doc:"How far to look ahead; absent: 24."`
}

// A whatIfScheme is a scheme as it would be: what is absent stays as in its newest version.
type whatIfScheme struct {
	Scheme           certificates.SchemeKey `json:"scheme" minLength:"1" maxLength:"32" example:"INT-AVG"`
	Title            *string                `json:"title,omitempty" maxLength:"200"`
	Months           *int                   `json:"months,omitempty" minimum:"0" maximum:"600" example:"24"`
	Method           *string                `json:"method,omitempty" enum:"completion,previous,later,fixed,never"`
	WindowMonths     *int                   `json:"windowMonths,omitempty" minimum:"0" maximum:"600" example:"3"`
	GraceMonths      *int                   `json:"graceMonths,omitempty" minimum:"0" maximum:"600" example:"1"`
	AnchorMonth      *int                   `json:"anchorMonth,omitempty" minimum:"1" maximum:"12"`
	AnchorDay        *int                   `json:"anchorDay,omitempty" minimum:"1" maximum:"31"`
	MinimumMonths    *int                   `json:"minimumMonths,omitempty" minimum:"1" maximum:"12"`
	Minutes          *int                   `json:"minutes,omitempty" minimum:"0" maximum:"60000"`
	RefresherMinutes *int                   `json:"refresherMinutes,omitempty" minimum:"0" maximum:"60000"`
	AppliesFrom      date                   `json:"appliesFrom,omitempty" doc:"The first day on which it would decide; absent: tomorrow."`
}

// A whatIfRequirement is a requirement that would be there.
type whatIfRequirement struct {
	Requirement string `json:"requirement,omitempty" maxLength:"128" doc:"Its key: another in the place of that one; absent: a new one."`
	RequirementTerms
}

// A whatIf is what the change would do.
type whatIf struct {
	From   date          `json:"from"`
	Until  date          `json:"until"`
	AsOf   time.Time     `json:"asOf" doc:"When the facts were read, on the clock of the office."`
	People int           `json:"people" example:"24" doc:"On how many people it has an effect."`
	Duties []whatIfDuty  `json:"duties" doc:"Per person what is added, removed or moved."`
	Hours  []whatIfMonth `json:"hours" doc:"Per team and month the minutes of training for the schemes that are touched."`
	Lapses []whatIfLapse `json:"lapses" doc:"Who would lose a qualification because of it, and who would keep one."`
	Mails  whatIfNumbers `json:"mails" doc:"Reminders for the schemes that are touched, where everybody does it on the last day: one for a person and a day."`
}

// whatIfNumbers are a number as it is and as it would be.
type whatIfNumbers struct {
	Old int `json:"old" example:"120"`
	New int `json:"new" example:"60"`
}

// A whatIfDuty is a duty of one person.
type whatIfDuty struct {
	Person staff.PersonID         `json:"person" example:"RW1013"`
	Team   staff.TeamID           `json:"team" example:"T1"`
	Scheme certificates.SchemeKey `json:"scheme" example:"INT-AVG"`
	Cycle  int                    `json:"cycle" example:"4"`
	Change string                 `json:"change" enum:"added,removed,moved"`
	Old    *whatIfDates           `json:"old,omitempty" doc:"As it is; absent where it is added."`
	New    *whatIfDates           `json:"new,omitempty" doc:"As it would be; absent where it is removed."`
}

// whatIfDates are the dates of a duty.
type whatIfDates struct {
	OpensOn date `json:"opensOn"`
	DueOn   date `json:"dueOn"`
}

// A whatIfMonth is a month of a team.
type whatIfMonth struct {
	Team       staff.TeamID `json:"team" example:"T1"`
	Month      string       `json:"month" example:"2027-02"`
	OldMinutes int          `json:"oldMinutes" example:"240"`
	NewMinutes int          `json:"newMinutes" example:"120"`
}

// A whatIfLapse is somebody who loses a qualification.
type whatIfLapse struct {
	Person staff.PersonID         `json:"person" example:"RW1013"`
	Team   staff.TeamID           `json:"team" example:"T1"`
	Scheme certificates.SchemeKey `json:"scheme" example:"INT-AVG"`
	On     date                   `json:"on" doc:"The first day without it."`
	Caused bool                   `json:"caused" doc:"By the change; false: it prevents it."`
	InTime bool                   `json:"inTime" doc:"Also where everybody does what is asked on the last day; false: only where nobody does anything."`
}

// scheme is the scheme as it would be, beginning from its newest version.
func (in whatIfScheme) scheme(place string, base certificates.Scheme) (certificates.Scheme, error) {
	s := base
	s.Key = in.Scheme
	set := func(to *int, from *int) {
		if from != nil {
			*to = *from
		}
	}
	set(&s.Months, in.Months)
	set(&s.WindowMonths, in.WindowMonths)
	set(&s.GraceMonths, in.GraceMonths)
	set((*int)(&s.AnchorMonth), in.AnchorMonth)
	set(&s.AnchorDay, in.AnchorDay)
	set(&s.MinimumMonths, in.MinimumMonths)
	set(&s.Minutes, in.Minutes)
	set(&s.RefresherMinutes, in.RefresherMinutes)
	s.Title = *cmp.Or(in.Title, &s.Title)
	if in.Method != nil {
		s.Method = certificates.Method(*in.Method)
	}
	var err error
	s.AppliesFrom, err = in.AppliesFrom.read(place + ".appliesFrom")
	return s, err
}

func whatIfOf(w academy.WhatIf) whatIf {
	body := whatIf{
		From: dateOf(w.From), Until: dateOf(w.Until()), AsOf: w.At.UTC(), People: w.People(), Duties: []whatIfDuty{}, Hours: []whatIfMonth{}, Lapses: []whatIfLapse{},
		Mails: whatIfNumbers(w.Mails),
	}
	dates := func(d *certificates.Duty) *whatIfDates {
		if d == nil {
			return nil
		}
		return &whatIfDates{dateOf(d.OpensOn), dateOf(d.DueOn)}
	}
	for _, d := range w.Duties {
		change := "moved"
		switch {
		case d.Old == nil:
			change = "added"
		case d.New == nil:
			change = "removed"
		}
		body.Duties = append(body.Duties, whatIfDuty{d.Person, d.Team, d.Scheme, d.Cycle, change, dates(d.Old), dates(d.New)})
	}
	for _, h := range w.HoursPerMonth() {
		body.Hours = append(body.Hours, whatIfMonth{h.Team, monthOf(h.Month), h.Old, h.New})
	}
	for _, l := range w.Lapses {
		body.Lapses = append(body.Lapses, whatIfLapse{l.Person, l.Team, l.Scheme, dateOf(l.On), l.Caused, l.InTime})
	}
	return body
}

// monthOf writes a month as 2026-11.
func monthOf(first calendar.Date) string { return first.String()[:len("2026-11")] }

func (s *server) whatIfs() {
	type input struct {
		Form
		Body whatIfInput
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "try-change", Method: http.MethodPost, Path: "/what-ifs", Tags: []string{"Schemes"}, DefaultStatus: http.StatusOK, MaxBodyBytes: courseBody,
			Summary: "What would another rule do", Description: "Works out what a change of schemes or requirements would do over the coming months, against the rules as they are: the duties of each person, the hours per team and month, who would lose a qualification, and the reminders about the schemes that are touched. Prerequisites do not count: it is reckoned as if everybody holds them. The rules that decide for real decide here; nothing is stored, so sending it twice is no other than once.",
			Responses: inForms[whatIf](s, "What it would do; as CSV its duties."),
		},
		permission: staff.TryChanges,
		request:    `{"schemes": [{"scheme": "INT-AVG", "months": 24}], "months": 24}`,
		response: `{"from": "2026-11-23", "until": "2028-10-31", "asOf": "2026-11-23T07:15:00Z", "people": 1,
			"duties": [{"person": "RW1013", "team": "T1", "scheme": "INT-AVG", "cycle": 5, "change": "removed", "old": {"opensOn": "2027-12-26", "dueOn": "2028-02-25"}}],
			"hours": [{"team": "T1", "month": "2028-02", "oldMinutes": 60, "newMinutes": 0}], "lapses": [], "mails": {"old": 10, "new": 5}}`,
	}, func(ctx context.Context, c caller, in *input) (*reportOutput, error) {
		newest, err := s.office.NewestSchemes(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		trial := academy.Trial{Without: in.Body.Without, Months: in.Body.Months}
		for i, from := range in.Body.Schemes {
			scheme, err := from.scheme(fmt.Sprintf("body.schemes[%d]", i), newest[from.Scheme])
			if err != nil {
				return nil, err
			}
			trial.Schemes = append(trial.Schemes, scheme)
		}
		for i, from := range in.Body.Requirements {
			requirement, err := from.requirement(cmp.Or(from.Requirement, fmt.Sprint("new-", i+1)))
			if err != nil {
				return nil, err
			}
			trial.Requirements = append(trial.Requirements, requirement)
		}
		w, err := s.office.TryChange(ctx, c.Actor, trial)
		if err != nil {
			return nil, err
		}
		return inForm(in.Form, "wat-als-"+w.From.String(), whatIfOf(w), func() [][]string { return w.Rows(c.english) })
	})
}
