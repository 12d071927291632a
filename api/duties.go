package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A duty is what somebody must do, and why.
type duty struct {
	Person  staff.PersonID         `json:"person" example:"RW1013"`
	Scheme  certificates.SchemeKey `json:"scheme" example:"INT-ID" doc:"The scheme that asks it."`
	Title   string                 `json:"title" example:"Identiteitsvaststelling"`
	Cycle   int                    `json:"cycle" example:"4" doc:"Which of the person's periods under the scheme it is for, counted from 1."`
	Path    certificates.Path      `json:"path" enum:"initial,refresher" doc:"The full training, or the short one that suffices in time."`
	Course  *courses.CourseKey     `json:"course" nullable:"true" example:"ID-LOOKALIKE" doc:"The course to take; null where evidence from elsewhere is asked."`
	OpensOn date                   `json:"opensOn" doc:"The first day on which doing it counts."`
	DueOn   date                   `json:"dueOn" doc:"The last day in time."`
	State   academy.DutyState      `json:"state" enum:"open,paused,done,ended" doc:"paused: open, and it waits until the person is back. ended: nobody requires it any more."`
	Overdue bool                   `json:"overdue" doc:"Whether it is open after its last day; what is paused is not."`
	Why     []string               `json:"why" example:"[\"Omdat je sinds 1 maart 2019 medewerker frontoffice burgerzaken bent.\"]" doc:"Every reason for it, in the language of Accept-Language."`
}

func dutyOf(c caller, t academy.Task) duty {
	d := duty{
		Person: t.Person, Scheme: t.Scheme, Title: t.Title, Cycle: t.Cycle, Path: t.Path, OpensOn: dateOf(t.OpensOn), DueOn: dateOf(t.DueOn),
		State: t.State(), Overdue: t.Overdue(), Why: append([]string{}, t.WhyDutch...),
	}
	if c.english {
		d.Why = append([]string{}, t.WhyEnglish...)
	}
	if t.Course != "" {
		d.Course = &t.Course
	}
	return d
}

func (s *server) duties() {
	type input struct {
		Person string `query:"person" example:"me" maxLength:"64" doc:"Whose duties: a personnel number, or me (also where it is left out)."`
		State  string `query:"state" enum:"open,paused,done,ended" doc:"Only the duties in this state."`
		On     date   `query:"on" doc:"The duties of a day, past or future; absent: today. A day that has been is told as it is known now; a later one as it becomes if nobody does anything."`
		Page
	}
	type output struct{ Body list[duty] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-duties", Method: http.MethodGet, Path: "/duties", Tags: []string{"Duties"}, Errors: []int{http.StatusNotFound},
			Summary: "What must somebody do", Description: "Lists the duties of a person, the earliest due first, each with all its reasons. Employees see their own, leaders those of their teams, HR everybody's.",
		},
		permission: staff.ReadDuties,
		response: `{"items": [{"person": "RW1013", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "cycle": 4, "path": "refresher", "course": "ID-LOOKALIKE",
			"opensOn": "2026-08-01", "dueOn": "2026-10-31", "state": "open", "overdue": true, "why": ["Omdat je sinds 1 maart 2019 medewerker frontoffice burgerzaken bent."]}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		tasks, err := s.office.TasksOn(ctx, c.Actor, c.personOf(in.Person), on, academy.DutyState(in.State))
		if err != nil {
			return nil, err
		}
		part, err := turn(tasks, in.Page, func(t academy.Task) string { return fmt.Sprintf("%s %d", t.Scheme, t.Cycle) })
		if err != nil {
			return nil, err
		}
		return &output{convert(part, func(t academy.Task) duty { return dutyOf(c, t) })}, nil
	})
}
