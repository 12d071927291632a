package api

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
)

// An evidenceImport is what a list of evidence means, and what came in.
type evidenceImport struct {
	DryRun       bool              `json:"dryRun" doc:"Whether nothing was stored."`
	Counts       importCounts      `json:"counts"`
	DateOrder    string            `json:"dateOrder" enum:"day,month" doc:"What comes first in 03-04-2026."`
	ColumnsKnown bool              `json:"columnsKnown" doc:"Whether what stands above them tells what the columns say: else it is guessed by what stands in them."`
	OrderKnown   bool              `json:"orderKnown" doc:"Whether the dates tell their order, or you did: else it is guessed."`
	Columns      []importColumn    `json:"columns"`
	Spellings    []importSpelling  `json:"spellings" doc:"How the list writes what somebody achieved, and what each means."`
	Errors       []importRemark    `json:"errors" doc:"What is wrong in the lines that do not come in, in order of line."`
	Warnings     []importRemark    `json:"warnings" doc:"Of the good lines that are not known yet: what their scheme would say otherwise, as where one is achieved before the window opened, ends on another day than the scheme reckons, or ends under a scheme without a term. They come in as they stand."`
	Duplicates   []importDuplicate `json:"duplicates"`
}

// importCounts counts the lines of a list.
type importCounts struct {
	Rows      int `json:"rows" example:"441" doc:"Lines with evidence: good, duplicate and wrong."`
	Good      int `json:"good" example:"430"`
	Duplicate int `json:"duplicate" example:"5" doc:"Lines that say the same as one above them."`
	Wrong     int `json:"wrong" example:"6" doc:"Lines that somebody must correct first."`
	Known     int `json:"known" example:"0" doc:"Good lines that were here already: nothing comes in."`
	New       int `json:"new" example:"430" doc:"Good lines that come in, or came in."`
	Warned    int `json:"warned" example:"1" doc:"New lines with a warning."`
	Ignored   int `json:"ignored" example:"7" doc:"Lines without evidence, such as headings and totals."`
}

type importColumn struct {
	Name  string              `json:"name" example:"Gehaald" doc:"What stands above it, or its letter."`
	Field academy.ColumnField `json:"field" example:"achieved" doc:"What it says: number, name, first, infix, scheme, achieved, until or source; empty where we ask nothing of it."`
}

type importSpelling struct {
	Text   string                  `json:"text" example:"V.O.G."`
	Count  int                     `json:"count" example:"23"`
	Scheme *certificates.SchemeKey `json:"scheme" nullable:"true" example:"VOG" doc:"Null where no scheme comes near."`
	How    string                  `json:"how" enum:"unknown,guessed,certain,learned" doc:"certain: it is the key or the title of one scheme. learned: somebody chose it for an earlier list."`
}

type importRemark struct {
	Row     int    `json:"row" example:"258" doc:"The line in the file, from 1."`
	Column  string `json:"column" example:"Gehaald"`
	Message string `json:"message" example:"Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026." doc:"What is wrong or otherwise, and what to do, in the language of Accept-Language."`
}

type importDuplicate struct {
	Row    int `json:"row" example:"50"`
	SameAs int `json:"sameAs" example:"42" doc:"The line it repeats."`
}

func evidenceImportOf(c caller, l academy.EvidenceList, dry bool) evidenceImport {
	to := evidenceImport{
		DryRun: dry, DateOrder: string(l.Mapping.Order), OrderKnown: l.OrderSure, ColumnsKnown: l.ColumnsSure, Columns: []importColumn{}, Spellings: []importSpelling{}, Errors: []importRemark{}, Warnings: []importRemark{}, Duplicates: []importDuplicate{},
		Counts: importCounts{Good: l.Count(academy.Good), Duplicate: l.Count(academy.Duplicate), Wrong: l.Count(academy.Wrong), Ignored: l.Count(academy.Ignored), New: len(l.Fresh()), Warned: l.Warned()},
	}
	to.Counts.Rows = to.Counts.Good + to.Counts.Duplicate + to.Counts.Wrong
	to.Counts.Known = to.Counts.Good - to.Counts.New
	for i, f := range l.Mapping.Columns {
		to.Columns = append(to.Columns, importColumn{l.Table.ColumnName(i), f})
	}
	for _, from := range l.Spellings {
		s := importSpelling{Text: from.Text, Count: from.Count, How: string(from.How)}
		if s.Scheme = &from.Scheme; from.Scheme == "" {
			s.Scheme, s.How = nil, "unknown"
		}
		to.Spellings = append(to.Spellings, s)
	}
	for _, r := range l.Rows {
		for _, m := range r.Mistakes {
			to.Errors = append(to.Errors, importRemark{r.Line, m.Path, c.say(m.Dutch, m.English)})
		}
		for _, m := range r.Warnings {
			to.Warnings = append(to.Warnings, importRemark{r.Line, m.Path, c.say(m.Dutch, m.English)})
		}
		if r.Verdict == academy.Duplicate {
			to.Duplicates = append(to.Duplicates, importDuplicate{r.Line, r.SameAs})
		}
	}
	return to
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// listTypes are what a list may come as. What it really is, its bytes tell: Windows calls CSV Excel, and the last one is what
// curl says where nobody told it.
var listTypes = []string{"text/csv", workbookType, "text/tab-separated-values", "text/plain", "application/octet-stream", "application/vnd.ms-excel", "application/x-www-form-urlencoded"}

// listContent describes a list in whatever form, with an example of the first.
func listContent(example string) map[string]*huma.MediaType {
	content := make(map[string]*huma.MediaType)
	for _, t := range listTypes {
		content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	content[listTypes[0]].Example = example
	return content
}

func (s *server) imports() {
	type input struct {
		DryRun        bool   `query:"dryRun" doc:"Only tell what would come in; nothing is stored."`
		AcceptGuesses bool   `query:"acceptGuesses" doc:"Let spellings that are only guessed, a guessed order of dates and columns without a name of their own count. Look at a dry run first."`
		DateOrder     string `query:"dateOrder" enum:"day,month" doc:"What comes first in 03-04-2026; where it is left out, the dates themselves tell."`
		ContentType   string `header:"Content-Type" hidden:"true"`
		RawBody       []byte
	}
	type output struct{ Body evidenceImport }
	content := listContent("Pers.nr;Medewerker;Opleiding;Gehaald;Geldig t/m\nRW1013;Bakker, T.;Identiteitsvaststelling;06-10-2025;05-10-2026\n")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "import-evidence", Method: http.MethodPost, Path: "/imports/evidence", Tags: []string{"Imports"}, DefaultStatus: http.StatusOK,
			Errors:      []int{http.StatusConflict},
			Summary:     "Bring in a list of evidence",
			Description: "Reads a list of what people hold (CSV in any usual form, or XLSX) and brings in its good lines, all of them or none. The same person, scheme and day of achievement is the same evidence: a list that is sent twice adds nothing the second time. A line about yourself that is not known yet is wrong: somebody else brings it in. So is a line with a citizen service number (BSN), in whatever column. Where a spelling, the order of the dates or a column without a name of its own is only guessed, and acceptGuesses does not say that this is right: 409, guessed. Where no column tells who, what or when, or a list spells schemes in more than 1,000 ways: 422, mapping.",
			RequestBody: &huma.RequestBody{Required: true, Description: "The file, at most 10 MB.", Content: content}, SkipValidateBody: true, MaxBodyBytes: academy.MaxList, BodyReadTimeout: time.Minute,
		},
		permission: staff.ImportEvidence,
		response: `{"dryRun": true, "counts": {"rows": 441, "good": 430, "duplicate": 5, "wrong": 6, "known": 0, "new": 430, "warned": 1, "ignored": 7}, "dateOrder": "day", "columnsKnown": true, "orderKnown": true,
			"columns": [{"name": "Gehaald", "field": "achieved"}], "spellings": [{"text": "V.O.G.", "count": 23, "scheme": "VOG", "how": "certain"}],
			"errors": [{"row": 258, "column": "Gehaald", "message": "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026."}],
			"warnings": [{"row": 12, "column": "Geldig t/m", "message": "De regeling rekent een ander einde uit: 5 oktober 2026. Hier staat: 5 oktober 2027."}], "duplicates": [{"row": 50, "sameAs": 42}]}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		mediaType, _, err := mime.ParseMediaType(in.ContentType)
		if in.ContentType != "" && (err != nil || !slices.Contains(listTypes, mediaType)) {
			return nil, plainProblem(http.StatusUnsupportedMediaType, c)
		}
		list, err := s.office.TakeInEvidence(ctx, c.Actor, in.RawBody, academy.DateOrder(in.DateOrder), in.DryRun, in.AcceptGuesses)
		if err != nil {
			return nil, err
		}
		return &output{evidenceImportOf(c, list, in.DryRun)}, nil
	})
}
