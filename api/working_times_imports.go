package api

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// A timesImport is what a list of working times changes, or changed.
type timesImport struct {
	DryRun bool              `json:"dryRun" doc:"Whether nothing was stored."`
	Counts timesImportCounts `json:"counts"`
	Lines  []timesImportLine `json:"lines" doc:"Every line that changes something or is wrong, in order."`
}

// timesImportCounts counts the lines by what becomes of them.
type timesImportCounts struct {
	New     int `json:"new" example:"60"`
	Changed int `json:"changed" example:"1"`
	Removed int `json:"removed" example:"0" doc:"Leave that is not taken after all."`
	Same    int `json:"same" example:"0"`
	Wrong   int `json:"wrong" example:"1" doc:"Lines that somebody must correct first."`
}

// A timesImportLine is one line with what becomes of it.
type timesImportLine struct {
	Line    int                  `json:"line" example:"12"`
	Person  staff.PersonID       `json:"person,omitempty" example:"RW1011"`
	Verdict academy.TimesVerdict `json:"verdict" enum:"new,changed,removed,wrong"`
	Errors  []importRemark       `json:"errors,omitempty"`
}

func timesImportOf(c caller, i academy.TimesImport, dry bool) timesImport {
	to := timesImport{DryRun: dry, Lines: []timesImportLine{}, Counts: timesImportCounts{
		i.Count(academy.TimesNew), i.Count(academy.TimesChanged), i.Count(academy.TimesRemoved), i.Count(academy.TimesSame), i.Count(academy.TimesWrong),
	}}
	for _, l := range i.Lines {
		if l.Verdict == academy.TimesSame {
			continue
		}
		line := timesImportLine{Line: l.Line, Person: l.Person, Verdict: l.Verdict}
		for _, m := range l.Mistakes {
			line.Errors = append(line.Errors, importRemark{l.Line, m.Path, c.say(m.Dutch, m.English)})
		}
		to.Lines = append(to.Lines, line)
	}
	return to
}

func (s *server) timesImports() {
	type input struct {
		Kind        academy.TimesKind `path:"kind" enum:"rosters,leave,on-call" doc:"What the list tells: at what times people work, when they are on leave, or when they stand ready for a process."`
		DryRun      bool              `query:"dryRun" doc:"Only tell what would change; nothing is stored."`
		ContentType string            `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}
	type output struct{ Body timesImport }
	content := listContent("personeelsnummer;dienstverband;van;ma;di;wo;do;vr\nRW1011;1;2026-12-01;08:30-17:00;08:30-17:00;;08:30-17:00;09:00-13:00\n")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "import-working-times", Method: http.MethodPost, Path: "/imports/working-times/{kind}", Tags: []string{"Imports"}, DefaultStatus: http.StatusOK,
			Summary:     "Bring in a list of rosters, leave or time on call",
			Description: "Reads a list (CSV in any usual form, or XLSX) and brings in its right lines, all of them or none. Rosters: personeelsnummer, dienstverband, van, ma, di, wo, do, vr, za, zo, with times such as 08:30-17:00. Leave: personeelsnummer, dienstverband, verlof_id, van, tot_en_met, dagdeel (heel, ochtend, middag), status (goedgekeurd, aangevraagd, ingetrokken). On call: personeelsnummer, proces_id, datum, van, tot. Other columns are dropped unread: why somebody is away is never kept. What a list does not name stays as it is; a list that is sent twice changes nothing the second time. A line about yourself that says something new is wrong: somebody else brings it in.",
			RequestBody: &huma.RequestBody{Required: true, Description: "The file, at most 10 MB.", Content: content}, SkipValidateBody: true, MaxBodyBytes: academy.MaxList, BodyReadTimeout: time.Minute,
		},
		permission: staff.ChangeStaffing,
		response:   `{"dryRun": true, "counts": {"new": 1, "changed": 0, "removed": 0, "same": 0, "wrong": 0}, "lines": [{"line": 2, "person": "RW1011", "verdict": "new"}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		mediaType, _, err := mime.ParseMediaType(in.ContentType)
		if in.ContentType != "" && (err != nil || !slices.Contains(listTypes, mediaType)) {
			return nil, plainProblem(http.StatusUnsupportedMediaType, c)
		}
		told, err := s.office.ImportTimes(ctx, c.Actor, in.Kind, in.RawBody, in.DryRun)
		if err != nil {
			return nil, err
		}
		return &output{timesImportOf(c, told, in.DryRun)}, nil
	})
}
