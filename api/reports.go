package api

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A Form is in which form somebody wants a report: JSON, or rows for a spreadsheet.
type Form struct {
	Format string `query:"format" enum:"json,csv" doc:"csv: semicolons, UTF-8 with its mark, for a spreadsheet. Absent: as Accept says, else JSON."`
	Accept string `header:"Accept" hidden:"true"`
}

// csv reports whether the form is rows for a spreadsheet.
func (f Form) csv() bool {
	return f.Format == "csv" || f.Format == "" && strings.HasPrefix(strings.TrimSpace(f.Accept), csvType)
}

const csvType = "text/csv"

// A reportOutput is a report in the form that was asked.
type reportOutput struct {
	ContentType        string `header:"Content-Type" hidden:"true"`
	ContentDisposition string `header:"Content-Disposition" doc:"Of CSV: the name of the file."`
	Vary               string `header:"Vary" doc:"The form follows Accept."`
	Body               []byte
}

// inForm writes a report in the form that was asked.
func inForm(f Form, file string, body any, rows func() [][]string) (*reportOutput, error) {
	if f.csv() {
		return &reportOutput{csvType + "; charset=utf-8", `attachment; filename="` + file + `.csv"`, "Accept", academy.Sheet(rows())}, nil
	}
	var out bytes.Buffer
	err := strictJSON.Marshal(&out, body)
	return &reportOutput{jsonType, "", "Accept", out.Bytes()}, err
}

// inForms describes an answer in both forms.
func inForms[T any](s *server, description string) map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Description: description, Content: map[string]*huma.MediaType{
		jsonType: {Schema: s.api.OpenAPI().Components.Schemas.Schema(typeOf[T](), true, "")},
		csvType:  {Schema: &huma.Schema{Type: huma.TypeString}},
	}}}
}

// A compliance report tells who holds what is asked of them.
type compliance struct {
	On     date             `json:"on"`
	AsOf   time.Time        `json:"asOf" doc:"When the facts were read, on the clock of the office."`
	Items  []complianceLine `json:"items" doc:"Per team and requirement."`
	People []standing       `json:"people" doc:"Per person and scheme: who the counts are."`
}

// A complianceLine counts the people of one team for one requirement.
type complianceLine struct {
	Team        staff.TeamID           `json:"team" example:"T1"`
	TeamName    string                 `json:"teamName" example:"Burgerzaken Balie"`
	Scheme      certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	Title       string                 `json:"title" example:"Identiteitsvaststelling"`
	Requirement string                 `json:"requirement" example:"int-id-role-r01" doc:"Its key."`
	SubjectName string                 `json:"subjectName,omitempty" example:"frontoffice burgerzaken" doc:"Of whom it is asked."`
	Required    int                    `json:"required" example:"9" doc:"Of how many people it is asked: all that follow but exempt."`
	Held        int                    `json:"held" example:"6" doc:"Hold it that day; expiring are among them."`
	Expiring    int                    `json:"expiring" example:"2" doc:"Hold it, and renewing counts already."`
	Starting    int                    `json:"starting" example:"1" doc:"Do not hold it, and the last day has not come: newcomers."`
	Paused      int                    `json:"paused" example:"0" doc:"Do not hold it, and are absent."`
	Grace       int                    `json:"grace" example:"1" doc:"It ran out, and the short refresher still suffices."`
	Expired     int                    `json:"expired" example:"1" doc:"It ran out, and they begin anew."`
	Missing     int                    `json:"missing" example:"0" doc:"Never held, and the last day has passed."`
	Exempt      int                    `json:"exempt" example:"0" doc:"Would be asked, were there no exemption."`
}

// A standing is how one person stands with one scheme.
type standing struct {
	Person     staff.PersonID         `json:"person" example:"RW1013"`
	Name       string                 `json:"name" example:"Tineke Bakker"`
	Teams      []staff.TeamID         `json:"teams" example:"[\"T1\"]" doc:"For their work in which it is asked."`
	Scheme     certificates.SchemeKey `json:"scheme" example:"INT-ID"`
	State      certificates.Standing  `json:"state" enum:"valid,expiring,starting,paused,grace,expired,missing,exempt"`
	ValidUntil *date                  `json:"validUntil" nullable:"true" doc:"The last valid day of the newest period; null: none, or no end."`
	DueOn      *date                  `json:"dueOn" nullable:"true" doc:"The last day of what is asked then; null: nothing is."`
}

func complianceOf(c academy.Compliance) compliance {
	body := compliance{On: dateOf(c.On), AsOf: c.At.UTC(), Items: []complianceLine{}, People: []standing{}}
	for _, l := range outlook.PerRequirement(c.Standings) {
		body.Items = append(body.Items, complianceLine{
			Team: l.Team, TeamName: c.TeamName(l.Team), Scheme: l.Scheme, Title: c.Title(l.Scheme), Requirement: l.Requirement, SubjectName: c.Requirements[l.Requirement].SubjectName,
			Required: l.Required, Held: l.Held(), Expiring: l.By[certificates.Expiring], Starting: l.By[certificates.Starting], Paused: l.By[certificates.Paused],
			Grace: l.By[certificates.InGrace], Expired: l.By[certificates.Lapsing], Missing: l.By[certificates.Missing], Exempt: l.By[certificates.Exempted],
		})
	}
	for _, s := range c.Standings {
		body.People = append(body.People, standing{s.Person, c.Name(s.Person), s.Teams(), s.Scheme, s.State, orNull(s.Until), orNull(s.Due)})
	}
	return body
}

// reports are what tells of many people at once.
func (s *server) reports() {
	type input struct {
		On   date         `query:"on" doc:"The day, past or future; absent: today."`
		Team staff.TeamID `query:"team" maxLength:"64" example:"T1" doc:"One team; absent: all that you may see."`
		Form
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-compliance", Method: http.MethodGet, Path: "/reports/compliance", Tags: []string{"Reports"}, Errors: []int{http.StatusNotFound},
			Summary: "Who holds what is asked of them on a day", Description: "Counts per team and requirement how the people who work there on a day stand. A day that has been is told as it is known now, also of people who left since; a later day as it becomes if nobody does anything. Leaders see their own teams, HR all of them. Who works in several teams counts in each that asks it.",
			Responses: inForms[compliance](s, "The report; as CSV its items."),
		},
		permission: staff.ReadReports,
		response: `{"on": "2026-11-23", "asOf": "2026-11-23T07:15:00Z",
			"items": [{"team": "T1", "teamName": "Burgerzaken Balie", "scheme": "INT-ID", "title": "Identiteitsvaststelling", "requirement": "int-id-role-r01", "subjectName": "frontoffice burgerzaken",
				"required": 9, "held": 6, "expiring": 2, "starting": 1, "paused": 0, "grace": 1, "expired": 1, "missing": 0, "exempt": 0}],
			"people": [{"person": "RW1013", "name": "Tineke Bakker", "teams": ["T1"], "scheme": "INT-ID", "state": "expired", "validUntil": "2026-10-05", "dueOn": "2026-10-05"}]}`,
	}, func(ctx context.Context, c caller, in *input) (*reportOutput, error) {
		on, err := in.On.read("query.on")
		if err != nil {
			return nil, err
		}
		report, err := s.office.Compliance(ctx, c.Actor, on, in.Team)
		if err != nil {
			return nil, err
		}
		return inForm(in.Form, "stand-"+report.On.String(), complianceOf(report), func() [][]string { return report.Rows(c.english) })
	})
	s.forecasts()
	s.overviews()
}
