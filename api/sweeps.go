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

// A sweepInput asks what is due on or before a day and not done yet.
type sweepInput struct {
	On      date `json:"on,omitempty" doc:"The day; absent: today. A day in the future only with dryRun."`
	DryRun  bool `json:"dryRun,omitempty" doc:"Only tell, write nothing."`
	Confirm bool `json:"confirm,omitempty" doc:"Write also what would otherwise be held."`
}

// A sweepReport is what a sweep did, or would do.
type sweepReport struct {
	On     date        `json:"on"`
	DryRun bool        `json:"dryRun"`
	Held   bool        `json:"held" doc:"Too many people would lose their qualification, or get a mail, at once: nothing was written until somebody confirms it."`
	Opened []sweptDuty `json:"opened" doc:"Duties that began, or that are asked again."`
	Ended  []sweptDuty `json:"ended" doc:"Duties that nobody requires any more."`
	Moved  []sweptDuty `json:"moved" doc:"Duties with another date."`
	Lapsed []lapse     `json:"lapsed" doc:"Certificates that ran out since the run before while the work requires them, in order of person: who can no longer do it."`
	Counts sweepCounts `json:"counts"`
}

// A sweptDuty is a duty in a report.
type sweptDuty struct {
	Person  staff.PersonID         `json:"person" example:"RW1013"`
	Scheme  certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Cycle   int                    `json:"cycle" example:"4"`
	OpensOn date                   `json:"opensOn"`
	DueOn   date                   `json:"dueOn"`
	Path    certificates.Path      `json:"path" enum:"initial,refresher"`
	Course  *courses.CourseKey     `json:"course" nullable:"true" example:"ID-LOOKALIKE"`
	Why     []string               `json:"why" example:"[\"Je certificaat is geldig tot en met 11 februari 2027.\"]" doc:"Every reason for it, in the language of Accept-Language."`
}

// A lapse is a certificate that ran out.
type lapse struct {
	Person     staff.PersonID         `json:"person" example:"RW1013"`
	Scheme     certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Title      string                 `json:"title" example:"Identiteitsvaststelling" doc:"Of the scheme."`
	ValidUntil date                   `json:"validUntil" doc:"The last day on which it was valid."`
}

// The sweepCounts of a run.
type sweepCounts struct {
	Looked int `json:"looked" example:"60" doc:"Appointments kept: how often it looked at somebody's certificate."`
	Opened int `json:"opened" example:"4"`
	Ended  int `json:"ended" example:"1"`
	Moved  int `json:"moved" example:"0"`
	Lapsed int `json:"lapsed" example:"2" doc:"People whom expiry disqualified since the run before."`
	Mails  int `json:"mails" example:"7" doc:"People who get a mail of the day."`
	Failed int `json:"failed" example:"0" doc:"People who could not be handled; the log knows why."`
}

// A sweepRun is a run of the past.
type sweepRun struct {
	On     date        `json:"on"`
	RanAt  time.Time   `json:"ranAt"`
	Held   bool        `json:"held"`
	Counts sweepCounts `json:"counts"`
}

func sweptOf(c caller, tasks []academy.Task) []sweptDuty {
	swept := make([]sweptDuty, len(tasks))
	for i, t := range tasks {
		d := dutyOf(c, t)
		swept[i] = sweptDuty{d.Person, d.Scheme, d.Cycle, d.OpensOn, d.DueOn, d.Path, d.Course, d.Why}
	}
	return swept
}

func reportOf(c caller, r academy.SweepReport) sweepReport {
	lapses := make([]lapse, len(r.Lapsed))
	for i, l := range r.Lapsed {
		lapses[i] = lapse{l.Person, l.Scheme, l.Title, dateOf(l.ValidUntil)}
	}
	return sweepReport{
		On: dateOf(r.On), DryRun: r.DryRun, Held: r.Held, Opened: sweptOf(c, r.Opened), Ended: sweptOf(c, r.Ended), Moved: sweptOf(c, r.Moved), Lapsed: lapses,
		Counts: sweepCounts{Looked: r.Looked, Opened: len(r.Opened), Ended: len(r.Ended), Moved: len(r.Moved), Lapsed: r.LapsedPeople(), Mails: r.Mails, Failed: r.Failed},
	}
}

const countsExample = `{"looked": 9, "opened": 1, "ended": 0, "moved": 0, "lapsed": 1, "mails": 7, "failed": 0}`

const sweptExample = `{"on": "2026-12-12", "dryRun": true, "held": false, "ended": [], "moved": [],
	"lapsed": [{"person": "RW1012", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "validUntil": "2026-12-10"}], "counts": ` + countsExample + `,
	"opened": [{"person": "RW1013", "scheme": "INT-ID", "cycle": 5, "opensOn": "2026-12-12", "dueOn": "2027-02-11", "path": "refresher", "course": "ID-LOOKALIKE", "why": ["Je certificaat is geldig tot en met 11 februari 2027."]}]}`

func (s *server) sweeps() {
	type runInput struct{ Body *sweepInput }
	type runOutput struct {
		Status int
		Body   sweepReport
	}
	report := s.api.OpenAPI().Components.Schemas.Schema(typeOf[sweepReport](), true, "")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "run-sweep", Method: http.MethodPost, Path: "/sweeps", Tags: []string{"Sweeps"}, DefaultStatus: http.StatusOK, MaxBodyBytes: answersBody,
			Summary: "Look what is due", Description: "Opens windows, begins duties, ends them and writes the mails of the day, as the installation itself does every morning. A second run changes nothing. A run that would disqualify or mail more than a fifth of the people employed, and at least fifty, is held: it answers 202 and writes nothing until somebody sends confirm.",
			Responses: map[string]*huma.Response{
				"200": {Description: "What the sweep did, or would do.", Content: map[string]*huma.MediaType{"application/json": {}}},
				"202": {Description: "The sweep is held.", Content: map[string]*huma.MediaType{"application/json": {Schema: report}}},
			},
		},
		permission: staff.RunSweeps,
		request:    `{"on": "2026-12-12", "dryRun": true}`,
		response:   sweptExample,
	}, func(ctx context.Context, c caller, in *runInput) (*runOutput, error) {
		var ask academy.SweepRequest
		if body := in.Body; body != nil {
			on, err := body.On.read("body.on")
			if err != nil {
				return nil, err
			}
			ask = academy.SweepRequest{On: on, DryRun: body.DryRun, Confirm: body.Confirm}
		}
		report, err := s.office.Sweep(ctx, c.Actor, ask)
		if err != nil {
			return nil, err
		}
		status := http.StatusOK
		if report.Held {
			status = http.StatusAccepted
		}
		return &runOutput{status, reportOf(c, report)}, nil
	})
	s.listSweeps()
}

// sweepsKept is how many of the newest runs can be listed: more than ten years of mornings.
const sweepsKept = 4000

func (s *server) listSweeps() {
	type output struct{ Body list[sweepRun] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-sweeps", Method: http.MethodGet, Path: "/sweeps", Tags: []string{"Sweeps"},
			Summary: "What the sweeps did", Description: "Lists the runs of the sweep, the newest first. Dry runs are not kept.",
		},
		permission: staff.ReadSweeps,
		response:   `{"items": [{"on": "2026-11-23", "ranAt": "2026-11-23T04:15:00Z", "held": false, "counts": ` + countsExample + `}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*output, error) {
		runs, err := s.office.Sweeps(ctx, c.Actor, sweepsKept)
		if err != nil {
			return nil, err
		}
		shaped := make([]sweepRun, len(runs))
		for i, r := range runs {
			shaped[i] = sweepRun{dateOf(r.On), r.RanAt.UTC(), r.Held, sweepCounts{r.Looked, r.Opened, r.Ended, r.Moved, r.Lapsed, r.Mails, r.Failed}}
		}
		part, err := turn(shaped, *in, func(r sweepRun) string { return fmt.Sprint(r.On, r.RanAt.UnixMicro()) })
		return &output{part}, err
	})
}
