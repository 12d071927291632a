package api

import (
	"context"
	"math"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// An instrumentConsent is one purpose with the consent to it.
type instrumentConsent struct {
	Purpose   competences.Purpose `json:"purpose" enum:"growth,teamwork" doc:"growth: which role and which learning suit you; teamwork: talking about how you work with others."`
	GivenOn   *date               `json:"givenOn" nullable:"true" doc:"Null: you do not consent, and nothing is kept."`
	EndsOn    *date               `json:"endsOn" nullable:"true" doc:"The last day. The day after, what was kept is removed."`
	LongestOn date                `json:"longestOn" doc:"The last day on which a consent of today may end."`
	Results   int                 `json:"results" example:"1" doc:"How many results are kept under it."`
}

func instrumentConsentOf(c academy.PurposeConsent) instrumentConsent {
	return instrumentConsent{Purpose: c.Purpose, GivenOn: orNull(c.GivenOn), EndsOn: orNull(c.EndsOn), LongestOn: dateOf(c.Longest), Results: c.Results}
}

// An instrumentScore is the score on one scale.
type instrumentScore struct {
	Scale      string                   `json:"scale" example:"Klantgerichtheid"`
	Low        string                   `json:"low" example:"minder aanleg" doc:"What the low end is called; may be empty. Both ends are worth something."`
	High       string                   `json:"high" example:"meer aanleg"`
	Min        float64                  `json:"min" example:"1"`
	Max        float64                  `json:"max" example:"9"`
	Score      float64                  `json:"score" example:"7.5" doc:"Never added up, and no mark."`
	Competence competences.CompetenceID `json:"competence,omitempty" example:"C01" doc:"Whose aptitude it tells; absent: of none."`
}

// An instrumentResult is what an instrument said of a person on a day.
type instrumentResult struct {
	ID         string                `json:"id" example:"H5YJ7QZ3"`
	Person     staff.PersonID        `json:"person" example:"RW1032"`
	Purpose    competences.Purpose   `json:"purpose" enum:"growth,teamwork"`
	Instrument string                `json:"instrument" example:"extern-drijfverenprofiel"`
	TakenOn    date                  `json:"takenOn"`
	EndsOn     date                  `json:"endsOn" doc:"The last day that it is kept."`
	Scores     []instrumentScore     `json:"scores"`
	Shared     []instrumentShareSeen `json:"shared" doc:"With whom; of somebody else's result only yourself."`
}

// An instrumentShareSeen is one colleague who may see a result.
type instrumentShareSeen struct {
	With staff.PersonID `json:"with" example:"RW1026"`
	On   date           `json:"on"`
}

// inPoints turns a score into a number.
func inPoints(s competences.Score) float64 { return float64(s) / 100 }

func instrumentResultOf(all academy.InstrumentResults, r competences.Result) instrumentResult {
	to := instrumentResult{ID: r.ID, Person: r.Person, Purpose: r.Purpose, Instrument: r.Instrument, TakenOn: dateOf(r.TakenOn), EndsOn: dateOf(r.EndsOn), Scores: []instrumentScore{}, Shared: []instrumentShareSeen{}}
	for _, s := range r.Scores {
		scale := all.Scale(r.Instrument, s.Scale)
		to.Scores = append(to.Scores, instrumentScore{s.Scale, scale.Low, scale.High, inPoints(scale.Min), inPoints(scale.Max), inPoints(s.Score), scale.Competence})
	}
	for _, s := range r.Shared {
		to.Shared = append(to.Shared, instrumentShareSeen{s.With, dateOf(s.On)})
	}
	return to
}

// A resultSharer is somebody who shares a result with the caller.
type resultSharer struct {
	Person staff.PersonID `json:"person" example:"RW1032"`
	Name   string         `json:"name" example:"Priya Ramsaran"`
}

// An instrumentScale is one scale of an instrument, under the names of this installation.
type instrumentScale struct {
	Instrument string `json:"instrument" example:"extern-drijfverenprofiel"`
	Scale      string `json:"scale" example:"Klantgerichtheid"`
	InstrumentScaleTerms
}

// InstrumentScaleTerms are what somebody chooses of a scale.
type InstrumentScaleTerms struct {
	Low        string                   `json:"low,omitempty" maxLength:"60" example:"minder aanleg" doc:"What the low end is called: only a name, no text of the instrument."`
	High       string                   `json:"high,omitempty" maxLength:"60" example:"meer aanleg"`
	Min        float64                  `json:"min" minimum:"-1000" maximum:"1000" example:"1"`
	Max        float64                  `json:"max" minimum:"-1000" maximum:"1000" example:"9"`
	Competence competences.CompetenceID `json:"competence,omitempty" maxLength:"32" example:"C01" doc:"Whose aptitude it tells here: from the middle of the scale on. Absent: of none."`
}

// An instrumentImport is what a list of scores brought in, or would: no names and no scores.
type instrumentImport struct {
	DryRun bool                  `json:"dryRun" doc:"Whether nothing was stored."`
	Counts instrumentCounts      `json:"counts"`
	Scales []instrumentScale     `json:"scales" doc:"Scales that are new, as the list describes them."`
	Errors []instrumentLineError `json:"errors" doc:"What is wrong in the lines that do not come in, in order of line. It repeats nothing of them."`
}

type instrumentCounts struct {
	Lines     int `json:"lines" example:"48"`
	Scores    int `json:"scores" example:"36" doc:"That come in."`
	New       int `json:"new" example:"3" doc:"Results that are new: the person sees them first."`
	Changed   int `json:"changed" example:"0" doc:"Results that were there with other scores; whoever they were shared with does not see the new ones."`
	Same      int `json:"same" example:"0" doc:"Results that were there already."`
	NoConsent int `json:"noConsent" example:"12" doc:"Lines of people who do not consent. Nothing of them is kept, and not whose they are."`
	Wrong     int `json:"wrong" example:"0" doc:"Lines with a mistake."`
}

type instrumentLineError struct {
	Line    int    `json:"line" example:"7"`
	Column  string `json:"column" example:"score"`
	Message string `json:"message" example:"Deze score valt buiten de schaal. Kijk score, min en max na."`
}

func instrumentScaleOf(s competences.Scale) instrumentScale {
	return instrumentScale{s.Instrument, s.Name, InstrumentScaleTerms{s.Low, s.High, inPoints(s.Min), inPoints(s.Max), s.Competence}}
}

func instrumentImportOf(c caller, i academy.InstrumentImport, dry bool) instrumentImport {
	to := instrumentImport{DryRun: dry, Counts: instrumentCounts{i.Lines, i.Scores, i.New, i.Changed, i.Same, i.NoConsent, i.WrongLines()}, Scales: []instrumentScale{}, Errors: []instrumentLineError{}}
	for _, scale := range i.Scales {
		to.Scales = append(to.Scales, instrumentScaleOf(scale))
	}
	for _, w := range i.Wrong {
		to.Errors = append(to.Errors, instrumentLineError{w.Line, w.Path, c.say(w.Dutch, w.English)})
	}
	return to
}

// ownInstruments refuses what somebody does about somebody else's results.
func ownInstruments(c caller, path PersonPath) error {
	return c.Allow(staff.GiveConsent, staff.Subject{Person: c.personOf(path.Person)})
}

func (s *server) instruments() {
	const path = "/people/{person}/instrument-consents"
	type consentsInput struct {
		PersonPath
		Page
	}
	type consentsOutput struct{ Body list[instrumentConsent] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-instrument-consents", Method: http.MethodGet, Path: path, Tags: []string{"Instruments"}, Errors: []int{http.StatusNotFound},
			Summary: "What you consent to", Description: "Lists for every purpose whether you let results of instruments be kept. Only about yourself: nobody else sees who consents.",
		},
		permission: staff.GiveConsent,
		response:   `{"items": [{"purpose": "growth", "givenOn": "2026-05-04", "endsOn": "2028-05-04", "longestOn": "2028-11-23", "results": 1}]}`,
	}, func(ctx context.Context, c caller, in *consentsInput) (*consentsOutput, error) {
		if err := ownInstruments(c, in.PersonPath); err != nil {
			return nil, err
		}
		all, err := s.office.InstrumentConsents(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(p academy.PurposeConsent) string { return string(p.Purpose) })
		if err != nil {
			return nil, err
		}
		return &consentsOutput{convert(part, instrumentConsentOf)}, nil
	})
	type giveInput struct {
		PersonPath
		Purpose competences.Purpose `path:"purpose" enum:"growth,teamwork" example:"growth"`
		Body    struct {
			EndsOn date `json:"endsOn" doc:"The last day: at most two years ahead."`
		} `nameHint:"InstrumentConsentTerms"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "give-instrument-consent", Method: http.MethodPut, Path: path + "/{purpose}", Tags: []string{"Instruments"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound},
			Summary: "Consent to a purpose", Description: "Lets your results of instruments be kept for one purpose up to a day. Only you can do that, you need not, and you can withdraw it at any time. Doing it again moves the end.",
		},
		permission: staff.GiveConsent,
		request:    `{"endsOn": "2028-05-04"}`,
	}, func(ctx context.Context, c caller, in *giveInput) (*struct{}, error) {
		if err := ownInstruments(c, in.PersonPath); err != nil {
			return nil, err
		}
		ends, err := in.Body.EndsOn.read("body.endsOn")
		if err != nil {
			return nil, err
		}
		_, err = s.office.GiveInstrumentConsent(ctx, c.Actor, in.Purpose, ends)
		return nil, within("body.", err)
	})
	type withdrawInput struct {
		PersonPath
		Purpose competences.Purpose `path:"purpose" enum:"growth,teamwork" example:"growth"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "withdraw-instrument-consent", Method: http.MethodDelete, Path: path + "/{purpose}", Tags: []string{"Instruments"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Withdraw a consent", Description: "Removes at once every result that was kept for the purpose, also for whoever you shared it with. Nothing is left of it.",
		},
		permission: staff.GiveConsent,
	}, func(ctx context.Context, c caller, in *withdrawInput) (*struct{}, error) {
		if err := ownInstruments(c, in.PersonPath); err != nil {
			return nil, err
		}
		return nil, s.office.WithdrawInstrumentConsent(ctx, c.Actor, in.Purpose)
	})
	s.instrumentResults()
	s.instrumentScales()
	s.instrumentImports()
}

func (s *server) instrumentResults() {
	const path = "/people/{person}/instrument-results"
	type resultsInput struct {
		PersonPath
		Page
	}
	type resultsOutput struct{ Body list[instrumentResult] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-instrument-results", Method: http.MethodGet, Path: path, Tags: []string{"Instruments"}, Errors: []int{http.StatusNotFound},
			Summary: "Results of instruments", Description: "Lists your own results, the newest first. Of somebody else only what they share with you; nothing: 403 with reason not_shared, or 404. The person sees that you looked. There is no list of several people's results.",
		},
		permission: staff.ReadResults,
		response: `{"items": [{"id": "H5YJ7QZ3", "person": "RW1032", "purpose": "growth", "instrument": "extern-drijfverenprofiel", "takenOn": "2026-05-12", "endsOn": "2028-05-04",
			"scores": [{"scale": "Klantgerichtheid", "low": "minder aanleg", "high": "meer aanleg", "min": 1, "max": 9, "score": 7.5, "competence": "C01"}], "shared": [{"with": "RW1026", "on": "2026-11-23"}]}]}`,
	}, func(ctx context.Context, c caller, in *resultsInput) (*resultsOutput, error) {
		all, err := s.office.InstrumentResults(ctx, c.Actor, c.personOf(in.Person))
		if err != nil {
			return nil, err
		}
		part, err := turn(all.Results, in.Page, func(r competences.Result) string { return r.ID })
		if err != nil {
			return nil, err
		}
		return &resultsOutput{convert(part, func(r competences.Result) instrumentResult { return instrumentResultOf(all, r) })}, nil
	})
	type sharersOutput struct{ Body list[resultSharer] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-result-sharers", Method: http.MethodGet, Path: "/instrument-result-sharers", Tags: []string{"Instruments"},
			Summary: "Who shares a result with you", Description: "Lists who shares a result of an instrument with you, in order of name and without any score: read each person's with list-instrument-results.",
		},
		permission: staff.ReadResults,
		response:   `{"items": [{"person": "RW1032", "name": "Priya Ramsaran"}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*sharersOutput, error) {
		all, err := s.office.ResultsSharedWithMe(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(p academy.Sharer) string { return string(p.Person) })
		if err != nil {
			return nil, err
		}
		return &sharersOutput{convert(part, func(p academy.Sharer) resultSharer { return resultSharer(p) })}, nil
	})
	type resultInput struct {
		PersonPath
		Result string `path:"result" maxLength:"64" example:"H5YJ7QZ3" doc:"The key of one of your results."`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "delete-instrument-result", Method: http.MethodDelete, Path: path + "/{result}", Tags: []string{"Instruments"}, DefaultStatus: http.StatusNoContent, Errors: []int{http.StatusNotFound},
			Summary: "Remove a result", Description: "Removes one of your results, also for whoever you shared it with.",
		},
		permission: staff.GiveConsent,
	}, func(ctx context.Context, c caller, in *resultInput) (*struct{}, error) {
		if err := ownInstruments(c, in.PersonPath); err != nil {
			return nil, err
		}
		return nil, s.office.RemoveResult(ctx, c.Actor, in.Result)
	})
	type readerInput struct {
		PersonPath
		Result string         `path:"result" maxLength:"64" example:"H5YJ7QZ3" doc:"The key of one of your results."`
		Reader staff.PersonID `path:"reader" maxLength:"64" example:"RW1026" doc:"The personnel number of a leader, a career adviser or somebody of HR."`
	}
	for _, op := range []struct {
		huma.Operation
		change func(context.Context, staff.Actor, string, staff.PersonID) error
	}{
		{huma.Operation{
			OperationID: "share-instrument-result", Method: http.MethodPut,
			Summary: "Share a result", Description: "Lets one colleague see one of your results, exactly as you see it. You need not, and you can take it back at any time.",
		}, s.office.ShareResult},
		{huma.Operation{
			OperationID: "unshare-instrument-result", Method: http.MethodDelete,
			Summary: "Take a result back", Description: "Lets a colleague not see your result any more.",
		}, s.office.UnshareResult},
	} {
		op.Path, op.Tags, op.DefaultStatus, op.Errors = path+"/{result}/readers/{reader}", []string{"Instruments"}, http.StatusNoContent, []int{http.StatusNotFound}
		declare(s, operation{Operation: op.Operation, permission: staff.GiveConsent}, func(ctx context.Context, c caller, in *readerInput) (*struct{}, error) {
			if err := ownInstruments(c, in.PersonPath); err != nil {
				return nil, err
			}
			return nil, within("path.", op.change(ctx, c.Actor, in.Result, in.Reader))
		})
	}
}

func (s *server) instrumentScales() {
	type scalesOutput struct{ Body list[instrumentScale] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-instrument-scales", Method: http.MethodGet, Path: "/instrument-scales", Tags: []string{"Instruments"},
			Summary: "Scales of instruments", Description: "Lists the scales under the names of this installation, and of which competence each tells the aptitude. No text and no norm of an instrument is here.",
		},
		permission: staff.ImportResults,
		response:   `{"items": [{"instrument": "extern-drijfverenprofiel", "scale": "Klantgerichtheid", "low": "minder aanleg", "high": "meer aanleg", "min": 1, "max": 9, "competence": "C01"}]}`,
	}, func(ctx context.Context, c caller, in *Page) (*scalesOutput, error) {
		all, err := s.office.InstrumentScales(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, *in, func(k competences.Scale) string { return k.Instrument + "\n" + k.Name })
		if err != nil {
			return nil, err
		}
		return &scalesOutput{convert(part, instrumentScaleOf)}, nil
	})
	type scaleInput struct {
		Instrument string               `path:"instrument" maxLength:"60" example:"extern-drijfverenprofiel"`
		Scale      string               `path:"scale" maxLength:"60" example:"Klantgerichtheid"`
		Body       InstrumentScaleTerms `nameHint:"InstrumentScaleInput"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "put-instrument-scale", Method: http.MethodPut, Path: "/instrument-scales/{instrument}/{scale}", Tags: []string{"Instruments"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Summary: "Write a scale", Description: "Writes a scale under your own names, and of which competence it tells the aptitude. A range that does not hold the scores there are is 422.",
		},
		permission: staff.ImportResults,
		request:    `{"low": "minder aanleg", "high": "meer aanleg", "min": 1, "max": 9, "competence": "C01"}`,
	}, func(ctx context.Context, c caller, in *scaleInput) (*struct{}, error) {
		hundredths := func(n float64) competences.Score { return competences.Score(math.Round(100 * n)) }
		return nil, within("body.", s.office.PutInstrumentScale(ctx, c.Actor, competences.Scale{
			Instrument: in.Instrument, Name: in.Scale, Low: in.Body.Low, High: in.Body.High, Min: hundredths(in.Body.Min), Max: hundredths(in.Body.Max), Competence: in.Body.Competence,
		}))
	})
}

func (s *server) instrumentImports() {
	type input struct {
		Purpose     competences.Purpose `query:"purpose" required:"true" enum:"growth,teamwork" example:"growth" doc:"What the results are for: only of who consents to it they come in."`
		DryRun      bool                `query:"dryRun" doc:"Only tell what would come in; nothing is stored."`
		ContentType string              `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}
	type output struct{ Body instrumentImport }
	content := listContent("personeelsnummer;instrument;afgenomen_op;verwijderen_na;toestemming;schaal;lage_pool;hoge_pool;score;min;max;competentie_id\nRW1003;extern-drijfverenprofiel;12-05-2026;12-05-2028;ja;Klantgerichtheid;minder aanleg;meer aanleg;7,5;1;9;C01\n")
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "import-instrument-results", Method: http.MethodPost, Path: "/imports/instrument-results", Tags: []string{"Imports"}, DefaultStatus: http.StatusOK,
			Summary:     "Bring in scores of an instrument",
			Description: "Reads a list of scores (CSV in any usual form, or XLSX) and brings in its right lines, all of them or none. Lines of people who do not consent to the purpose here, or of whom the list says that they withdrew, are counted and not kept. A line about yourself is wrong: somebody else brings it in. The list is not kept; sent twice it changes nothing the second time. The answer holds no names and no scores.",
			RequestBody: &huma.RequestBody{Required: true, Description: "The file, at most 10 MB.", Content: content}, SkipValidateBody: true, MaxBodyBytes: academy.MaxList, BodyReadTimeout: time.Minute,
		},
		permission: staff.ImportResults,
		response: `{"dryRun": true, "counts": {"lines": 48, "scores": 36, "new": 3, "changed": 0, "same": 0, "noConsent": 12, "wrong": 0},
			"scales": [{"instrument": "extern-drijfverenprofiel", "scale": "Klantgerichtheid", "low": "minder aanleg", "high": "meer aanleg", "min": 1, "max": 9, "competence": "C01"}], "errors": []}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		mediaType, _, err := mime.ParseMediaType(in.ContentType)
		if in.ContentType != "" && (err != nil || !slices.Contains(listTypes, mediaType)) {
			return nil, plainProblem(http.StatusUnsupportedMediaType, c)
		}
		told, err := s.office.ImportResults(ctx, c.Actor, academy.InstrumentRequest{Content: in.RawBody, Purpose: in.Purpose, DryRun: in.DryRun})
		if err != nil {
			return nil, err
		}
		return &output{instrumentImportOf(c, told, in.DryRun)}, nil
	})
}
