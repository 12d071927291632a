package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

const processTermsExample = `"cluster": "Burgerzaken", "owner": "RW1001", "all": ["INT-ID", "INT-AVG"], "oneOf": ["NVVB-B1A", "NVVB-S3"],
	"windows": [{"days": ["wednesday"], "from": "09:00", "to": "20:00", "minimum": 3}], "poolMinimum": 7, "shortage": "Aantal loketten verlagen."`

const adviceExample = `{"kind": "below-pool", "on": "2026-12-09", "has": 5, "minimum": 7, "words": "Vanaf 9 december 2026 mogen 5 mensen dit doen. Er zijn 7 nodig. Op 12 december 2026 zijn het er nog 3.",
	"action": "Laat Marloes van Rijn de hertoets doen van Identiteitsvaststelling (intern, theorie) (INT-ID) uiterlijk op 7 december 2026.", "person": "RW1003", "scheme": "INT-ID", "by": "2026-12-07"}`

const processExample = `"process": "P1", "name": "Aanvraag en uitgifte reisdocumenten en rijbewijzen", "roles": ["R01", "R06"], "on": "2026-12-02", "version": 1, "colour": "green", ` + processTermsExample + `,
	"risks": [` + adviceExample + `], "crew": {"pool": 8, "rosters": "all", "away": 1, "windows": [{"from": "09:00", "to": "20:00", "present": 2, "minimum": 3, "short": [{"from": "09:00", "to": "11:30", "present": 2}]}]`

// A ProcessPath is in the address of a process.
type ProcessPath struct {
	Process string `path:"process" maxLength:"32" example:"P1" doc:"The key of the process; its activity has the same."`
}

func (p ProcessPath) id() staff.ActivityID { return staff.ActivityID(p.Process) }

// without reads who is taken to be away: nobody where that is absent.
func (c caller) without(person string) staff.PersonID {
	if person == "" {
		return ""
	}
	return c.personOf(person)
}

func (s *server) processes() {
	type listInput struct {
		On date `query:"on" doc:"The day, past or future; absent: today. A day that has been is told as it is known now; of a later one only the certificates that are there now count."`
		Page
	}
	type listOutput struct{ Body list[processState] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-processes", Method: http.MethodGet, Path: "/processes", Tags: []string{"Staffing"},
			Summary: "How the processes are staffed", Description: "Lists what every process asks and the colour of its pool on a day: who has one of its roles and holds its schemes that day, also who is on leave. Who leads people in it, who answers for it and HR also see how many there are, how many are present and where it is vulnerable, once the works council has consented. Nobody is ranked and nothing is decided by this.",
		},
		permission: staff.ReadProcesses,
		response:   `{"items": [{` + processExample + `}}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		all, err := s.office.Processes(ctx, c.Actor, on)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(p academy.StaffedProcess) string { return string(p.ID) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, func(p academy.StaffedProcess) processState { return processStateOf(c, p) })}, nil
	})

	type getInput struct {
		ProcessPath
		On      date   `query:"on" doc:"As of the list."`
		Without string `query:"without" maxLength:"64" example:"RW1003" doc:"Somebody who is taken to be away that day: the personnel number of somebody you may see."`
	}
	type getOutput struct{ Body processState }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-process", Method: http.MethodGet, Path: "/processes/{process}", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "How one process is staffed", Description: "Tells of one process what the list tells, how it is done, and, for who leads people in it and HR, who is in it: leaders see their own people by name. Asking how it would be without somebody is refused with 403 and the reason no_consent until the works council has consented. That somebody was looked at is written down, and they can see it.",
		},
		permission: staff.ReadProcesses,
		response: `{` + processExample + `, "members": [{"person": "RW1003", "name": "Marloes van Rijn", "qualified": true, "rostered": true}]},
			"procedure": {"version": 1, "from": "2026-01-05", "text": "1. Vraag naar het oude document.", "holder": "RW1003"}}`,
	}, func(ctx context.Context, c caller, in *getInput) (*getOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		p, err := s.office.Process(ctx, c.Actor, in.id(), on, c.without(in.Without))
		if err != nil {
			return nil, err
		}
		return &getOutput{processStateOf(c, p)}, nil
	})

	type putInput struct {
		ProcessPath
		Body NewProcessTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "save-process", Method: http.MethodPut, Path: "/processes/{process}", Tags: []string{"Staffing"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Change what a process asks", Description: "Writes what qualifies for a process, when it needs people and how many. Its name and the roles that do the work are those of the activity of the same key, which is there first. It holds from a day on; what was asked before stays, and so does what is written for later days. The same once more changes nothing. A process that nobody can do is not refused: its risks say what helps.",
		},
		permission: staff.ChangeStaffing,
		request:    `{` + processTermsExample + `, "from": "2026-12-01", "why": "De raad wil kortere wachttijden."}`,
	}, func(ctx context.Context, c caller, in *putInput) (*struct{}, error) {
		p, err := in.Body.process(in.Process)
		if err != nil {
			return nil, err
		}
		if p.From, err = in.Body.From.read("body.from"); err != nil {
			return nil, err
		}
		return nil, within("body.", s.office.SaveProcess(ctx, c.Actor, p, in.Body.Why))
	})

	type versionsInput struct {
		ProcessPath
		Page
	}
	type versionsOutput struct{ Body list[processVersion] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-process-versions", Method: http.MethodGet, Path: "/processes/{process}/versions", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "What a process asked before, asks and will ask", Description: "Lists every version of what qualifies for a process and how many people it needs, the first one first, with who wrote it, when and why. On a day the version with the latest first day that is not after it holds; of two from the same day the later version.",
		},
		permission: staff.ReadProcesses,
		response:   `{"items": [{"version": 2, "from": "2026-12-01", ` + processTermsExample + `, "why": "De raad wil kortere wachttijden.", "writtenBy": "RW1057", "writtenAt": "2026-11-23T10:00:00Z"}]}`,
	}, func(ctx context.Context, c caller, in *versionsInput) (*versionsOutput, error) {
		all, err := s.office.ProcessVersions(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(v academy.ProcessVersion) string { return fmt.Sprintf("%09d", v.Version) })
		if err != nil {
			return nil, err
		}
		return &versionsOutput{convert(part, processVersionOf)}, nil
	})
	s.processForecasts()
	s.procedures()
}

func (s *server) processForecasts() {
	type input struct {
		ProcessPath
		Months  int    `query:"months" minimum:"1" maximum:"60" default:"24" doc:"How far to look."`
		Per     string `query:"per" enum:"day,week" default:"week" doc:"How fine."`
		Without string `query:"without" maxLength:"64" example:"RW1003" doc:"Somebody who is taken to be away all the time."`
	}
	type output struct{ Body processForecast }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-process-forecast", Method: http.MethodGet, Path: "/processes/{process}/forecast", Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "How a process will be staffed", Description: "Looks at every day of the coming months, if nobody gets a certificate that is not there yet: certificates run out, people leave, roles end and leave is taken. Tells each day on which the pool changes with why, and where the process is vulnerable with the one thing that helps most. Refused with the reason no_consent until the works council has consented.",
		},
		permission: staff.ReadStaffing,
		response: `{"process": "P1", "from": "2026-11-23", "until": "2028-11-23", "changes": [{"on": "2026-12-08", "pool": 7, "colour": "yellow", "why": ["INT-ID van Marloes van Rijn verloopt op 8 december 2026"]}],
			"risks": [` + adviceExample + `], "weeks": [{"monday": "2026-11-30", "pool": 8, "colour": "green", "short": ["2026-12-02"]}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		f, err := s.office.ProcessForecast(ctx, c.Actor, in.id(), in.Months, c.without(in.Without))
		if err != nil {
			return nil, err
		}
		return &output{processForecastOf(c, f, in.Per)}, nil
	})
}

func (s *server) procedures() {
	const path = "/processes/{process}/procedures"
	type listOutput struct{ Body list[procedure] }
	type listInput struct {
		ProcessPath
		Page
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-procedures", Method: http.MethodGet, Path: path, Tags: []string{"Staffing"}, Errors: []int{http.StatusNotFound},
			Summary: "How a process is done", Description: "Lists every version of how a process is done, the first one first. A version holds from its day until the next.",
		},
		permission: staff.ReadProcesses,
		response:   `{"items": [{"version": 1, "from": "2026-01-05", "text": "1. Vraag naar het oude document.", "holder": "RW1003", "why": "Er is een nieuw aanvraagstation.", "writtenBy": "RW1003", "writtenAt": "2026-01-05T10:00:00Z"}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		all, err := s.office.Procedures(ctx, c.Actor, in.id())
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(p academy.ProcedureVersion) string { return p.From.String() })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, procedureVersionOf)}, nil
	})

	type putInput struct {
		ProcessPath
		From date `path:"from" doc:"The first day on which it holds: today or later, but for the first version."`
		Body struct {
			Text   string         `json:"text" minLength:"1" maxLength:"50000" doc:"Markdown."`
			Holder staff.PersonID `json:"holder" minLength:"1" maxLength:"64" example:"RW1003" doc:"Who knows most of it."`
			Deputy staff.PersonID `json:"deputy,omitempty" maxLength:"64" example:"RW1008" doc:"Who stands in for the holder."`
			Why    string         `json:"why,omitempty" maxLength:"2000" example:"Er is een nieuw aanvraagstation." doc:"Why it is written."`
		} `nameHint:"ProcedureTerms"`
	}
	type putOutput struct{ Body procedure }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "write-procedure", Method: http.MethodPut, Path: path + "/{from}", Tags: []string{"Staffing"}, MaxBodyBytes: courseBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Write how a process is done", Description: "Adds a version of how a process is done from a day on. Versions never change: the same once more changes nothing, another text from a day that has one is refused.",
		},
		permission: staff.WriteProcedures,
		request:    `{"text": "1. Vraag naar het oude document.", "holder": "RW1003"}`,
		response:   `{"version": 2, "from": "2026-12-01", "text": "1. Vraag naar het oude document.", "holder": "RW1003"}`,
		conflict:   `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "From this day there is a way of working already, and it stays. Choose a later day.", "reason": "already_exists"}`,
	}, func(ctx context.Context, c caller, in *putInput) (*putOutput, error) {
		from, err := readDay("path.from", in.From)
		if err != nil {
			return nil, err
		}
		saved, err := s.office.WriteProcedure(ctx, c.Actor, staffing.Procedure{Process: in.id(), From: from, Text: in.Body.Text, Holder: in.Body.Holder, Deputy: in.Body.Deputy}, in.Body.Why)
		if err != nil {
			return nil, within("body.", err)
		}
		return &putOutput{procedureOf(saved)}, nil
	})
}
