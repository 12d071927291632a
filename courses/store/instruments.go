package store

import (
	"context"

	"github.com/uptrace/bun"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

type instrumentScaleRow struct {
	bun.BaseModel `bun:"table:instrument_scales,alias:s"`

	Instrument string `bun:"instrument,pk"`
	Scale      string `bun:"scale,pk"`
	Low        string `bun:"low_end"`
	High       string `bun:"high_end"`
	Min        int    `bun:"min_score"`
	Max        int    `bun:"max_score"`
	Competence string `bun:"competence"`
}

// InstrumentScales reads every scale, in order of instrument and name.
func InstrumentScales(ctx context.Context, q Q) ([]competences.Scale, error) {
	var rows []instrumentScaleRow
	err := q.NewSelect().Model(&rows).Order("instrument", "scale").Scan(ctx)
	return convert(rows, func(r instrumentScaleRow) competences.Scale {
		return competences.Scale{Instrument: r.Instrument, Name: r.Scale, Low: r.Low, High: r.High, Min: competences.Score(r.Min), Max: competences.Score(r.Max), Competence: competences.CompetenceID(r.Competence)}
	}), translate(err)
}

// PutInstrumentScale writes a scale as it is now.
func PutInstrumentScale(ctx context.Context, q Q, s competences.Scale) error {
	row := instrumentScaleRow{Instrument: s.Instrument, Scale: s.Name, Low: s.Low, High: s.High, Min: int(s.Min), Max: int(s.Max), Competence: string(s.Competence)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (instrument, scale) DO UPDATE").Set("low_end = EXCLUDED.low_end").Set("high_end = EXCLUDED.high_end").
		Set("min_score = EXCLUDED.min_score").Set("max_score = EXCLUDED.max_score").Set("competence = EXCLUDED.competence").Exec(ctx)
	return translate(err)
}

// ScoresOutside counts the scores on a scale that a range does not hold.
func ScoresOutside(ctx context.Context, q Q, s competences.Scale) (int, error) {
	n, err := q.NewSelect().TableExpr("instrument_scores AS v").Join("JOIN instrument_results AS r ON r.id = v.result").
		Where("r.instrument = ? AND v.scale = ?", s.Instrument, s.Name).Where("v.score < ? OR v.score > ?", int(s.Min), int(s.Max)).Count(ctx)
	return int(n), translate(err)
}

type instrumentConsentRow struct {
	bun.BaseModel `bun:"table:instrument_consents,alias:c"`

	Person  string `bun:"person,pk"`
	Purpose string `bun:"purpose,pk"`
	GivenOn day    `bun:"given_on"`
	EndsOn  day    `bun:"ends_on"`
}

func (r instrumentConsentRow) consent() competences.Consent {
	return competences.Consent{Person: staff.PersonID(r.Person), Purpose: competences.Purpose(r.Purpose), GivenOn: calendar.Date(r.GivenOn), EndsOn: calendar.Date(r.EndsOn)}
}

// InstrumentConsents reads what some people consent to, also what ended and waits to be removed.
func InstrumentConsents(ctx context.Context, q Q, people ...staff.PersonID) ([]competences.Consent, error) {
	if len(people) == 0 {
		return nil, nil
	}
	var rows []instrumentConsentRow
	err := q.NewSelect().Model(&rows).Where("person IN (?)", bun.List(people)).Order("person", "purpose").Scan(ctx)
	return convert(rows, instrumentConsentRow.consent), translate(err)
}

// InstrumentConsentsFor reads who consents to a purpose.
func InstrumentConsentsFor(ctx context.Context, q Q, purpose competences.Purpose) ([]competences.Consent, error) {
	var rows []instrumentConsentRow
	err := q.NewSelect().Model(&rows).Where("purpose = ?", purpose).Order("person").Scan(ctx)
	return convert(rows, instrumentConsentRow.consent), translate(err)
}

// LockInstrumentConsents lets nobody give or withdraw a consent to a purpose until the transaction ends.
func LockInstrumentConsents(ctx context.Context, q Q, purpose competences.Purpose) error {
	var people []string
	return translate(forUpdate(q, q.NewSelect().Model((*instrumentConsentRow)(nil)).Column("person").Where("purpose = ?", purpose).Order("person")).Scan(ctx, &people))
}

// PutInstrumentConsent writes a consent in the place of the one there was to the same purpose.
func PutInstrumentConsent(ctx context.Context, q Q, c competences.Consent) error {
	row := instrumentConsentRow{Person: string(c.Person), Purpose: string(c.Purpose), GivenOn: day(c.GivenOn), EndsOn: day(c.EndsOn)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (person, purpose) DO UPDATE").Set("given_on = EXCLUDED.given_on").Set("ends_on = EXCLUDED.ends_on").Exec(ctx)
	return translate(err)
}

// RemoveInstrumentConsent removes a consent with every result it kept, for whoever saw them too. What is removed is
// overwritten.
func RemoveInstrumentConsent(ctx context.Context, q Q, person staff.PersonID, purpose competences.Purpose) error {
	if err := LockInstrumentConsents(ctx, q, purpose); err != nil { // no result comes in meanwhile
		return err
	}
	if _, err := removeResults(ctx, q, "person = ? AND purpose = ?", person, purpose); err != nil {
		return err
	}
	_, err := q.NewDelete().Model((*instrumentConsentRow)(nil)).Where("person = ? AND purpose = ?", person, purpose).Exec(ctx)
	return translate(err)
}

// RemoveInstrumentResult removes one result, for whoever saw it too.
func RemoveInstrumentResult(ctx context.Context, q Q, id string) error {
	_, err := removeResults(ctx, q, "id = ?", id)
	return err
}

// RemoveEndedResults removes every result that may not be kept on a day, and every consent that ended. It returns how many
// results went.
func RemoveEndedResults(ctx context.Context, q Q, on calendar.Date) (int, error) {
	n, err := removeResults(ctx, q, "ends_on < ? OR EXISTS (SELECT 1 FROM instrument_consents AS c WHERE c.person = instrument_results.person AND c.purpose = instrument_results.purpose AND c.ends_on < ?)", on.String(), on.String())
	if err != nil {
		return 0, err
	}
	_, err = q.NewDelete().Model((*instrumentConsentRow)(nil)).Where("ends_on < ?", on.String()).Exec(ctx)
	return n, translate(err)
}

// removeResults removes results with their scores and shares, and returns how many.
func removeResults(ctx context.Context, q Q, where string, values ...any) (int, error) {
	if err := overwrite(ctx, q); err != nil {
		return 0, err
	}
	for _, table := range []string{"instrument_shares", "instrument_scores"} {
		which := q.NewSelect().Table("instrument_results").Column("id").Where(where, values...)
		if _, err := q.NewDelete().Table(table).Where("result IN (?)", which).Exec(ctx); err != nil {
			return 0, translate(err)
		}
	}
	return affected(q.NewDelete().Table("instrument_results").Where(where, values...).Exec(ctx))
}

type instrumentResultRow struct {
	bun.BaseModel `bun:"table:instrument_results,alias:r"`

	ID         string `bun:"id,pk"`
	Person     string `bun:"person"`
	Purpose    string `bun:"purpose"`
	Instrument string `bun:"instrument"`
	TakenOn    day    `bun:"taken_on"`
	EndsOn     day    `bun:"ends_on"`
}

type instrumentScoreRow struct {
	bun.BaseModel `bun:"table:instrument_scores,alias:v"`

	Result string `bun:"result,pk"`
	Scale  string `bun:"scale,pk"`
	Score  int    `bun:"score"`
}

type instrumentShareRow struct {
	bun.BaseModel `bun:"table:instrument_shares,alias:h"`

	Result   string `bun:"result,pk"`
	Reader   string `bun:"reader,pk"`
	SharedOn day    `bun:"shared_on"`
}

// InstrumentResults reads the results of some people, the newest first, whether they may be seen or not: see
// competences.Visible.
func InstrumentResults(ctx context.Context, q Q, people ...staff.PersonID) ([]competences.Result, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return instrumentResults(ctx, q, "r.person IN (?)", bun.List(people))
}

// InstrumentResultsSharedWith reads what others share with somebody, the newest first.
func InstrumentResultsSharedWith(ctx context.Context, q Q, reader staff.PersonID) ([]competences.Result, error) {
	return instrumentResults(ctx, q, "r.id IN (SELECT result FROM instrument_shares WHERE reader = ?)", reader)
}

func instrumentResults(ctx context.Context, q Q, where string, values ...any) ([]competences.Result, error) {
	var rows []instrumentResultRow
	if err := q.NewSelect().Model(&rows).Where(where, values...).Order("r.taken_on DESC", "r.person", "r.purpose", "r.instrument").Scan(ctx); err != nil || len(rows) == 0 {
		return nil, translate(err)
	}
	ids := bun.List(convert(rows, func(r instrumentResultRow) string { return r.ID }))
	var scores []instrumentScoreRow
	if err := q.NewSelect().Model(&scores).Where("result IN (?)", ids).Order("result", "scale").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	var shares []instrumentShareRow
	if err := q.NewSelect().Model(&shares).Where("result IN (?)", ids).Order("shared_on", "reader").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	results := convert(rows, func(r instrumentResultRow) competences.Result {
		return competences.Result{ID: r.ID, Person: staff.PersonID(r.Person), Purpose: competences.Purpose(r.Purpose), Instrument: r.Instrument, TakenOn: calendar.Date(r.TakenOn), EndsOn: calendar.Date(r.EndsOn)}
	})
	at := make(map[string]*competences.Result, len(results))
	for i := range results {
		at[results[i].ID] = &results[i]
	}
	for _, s := range scores {
		at[s.Result].Scores = append(at[s.Result].Scores, competences.ScaleScore{Scale: s.Scale, Score: competences.Score(s.Score)})
	}
	for _, s := range shares {
		at[s.Result].Shared = append(at[s.Result].Shared, competences.ResultShare{With: staff.PersonID(s.Reader), On: calendar.Date(s.SharedOn)})
	}
	return results, nil
}

// InsertInstrumentResult adds a result with its scores. There must be a consent to its purpose.
func InsertInstrumentResult(ctx context.Context, q Q, r competences.Result) error {
	row := instrumentResultRow{ID: r.ID, Person: string(r.Person), Purpose: string(r.Purpose), Instrument: r.Instrument, TakenOn: day(r.TakenOn), EndsOn: day(r.EndsOn)}
	if _, err := q.NewInsert().Model(&row).Exec(ctx); err != nil {
		return translate(err)
	}
	return insert(ctx, q, convert(r.Scores, func(s competences.ScaleScore) instrumentScoreRow {
		return instrumentScoreRow{Result: r.ID, Scale: s.Scale, Score: int(s.Score)}
	}))
}

// ShareInstrumentResult lets somebody see a result; it does nothing where they do already.
func ShareInstrumentResult(ctx context.Context, q Q, result string, s competences.ResultShare) error {
	row := instrumentShareRow{Result: result, Reader: string(s.With), SharedOn: day(s.On)}
	_, err := q.NewInsert().Model(&row).On("CONFLICT (result, reader) DO NOTHING").Exec(ctx)
	return translate(err)
}

// UnshareInstrumentResult takes a result back from somebody.
func UnshareInstrumentResult(ctx context.Context, q Q, result string, reader staff.PersonID) error {
	_, err := q.NewDelete().Model((*instrumentShareRow)(nil)).Where("result = ? AND reader = ?", result, reader).Exec(ctx)
	return translate(err)
}
