package academy

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/audit"
	"bekwaam/courses/competences"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// InstrumentScales lists the scales of instruments, in order of instrument and name.
func (o *Office) InstrumentScales(ctx context.Context, who staff.Actor) ([]competences.Scale, error) {
	if err := who.Allow(staff.ImportResults, staff.Subject{}); err != nil {
		return nil, err
	}
	return store.InstrumentScales(ctx, o.db.Read())
}

// PutInstrumentScale writes a scale under the customer's own names, and of which competence it tells the aptitude. A range
// that does not hold the scores there are is fault.Invalid.
func (o *Office) PutInstrumentScale(ctx context.Context, who staff.Actor, s competences.Scale) error {
	if err := who.Allow(staff.ImportResults, staff.Subject{}); err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		wrong := *fault.New(fault.Invalid, "Deze schaal klopt nog niet:", "This scale is not right yet:").Because("instrument_scale")
		catalogue, err := store.Competences(ctx, q)
		if err != nil {
			return err
		}
		if _, known := catalogue.Competence(s.Competence); s.Competence != "" && !known {
			wrong = *wrong.At("competence", "deze competentie is er niet: kies er een uit de lijst", "this competence is not there: choose one from the list")
		}
		outside, err := store.ScoresOutside(ctx, q, s)
		if err != nil {
			return err
		}
		if outside > 0 {
			wrong = *wrong.At("max", "er zijn scores buiten dit bereik: kies een ruimer bereik", "there are scores outside of this range: choose a wider range")
		}
		if len(wrong.Fields) > 0 {
			return &wrong
		}
		if err := store.PutInstrumentScale(ctx, q, s); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "instrument-scale.put", "", s.Instrument+" "+s.Name))
	})
}

// An InstrumentRequest asks to bring in scores for one purpose.
type InstrumentRequest struct {
	Content []byte
	Purpose competences.Purpose
	DryRun  bool // only tell
}

// An InstrumentImport is what a list of scores brought in, or would. It has no score and no name in it.
type InstrumentImport struct {
	exchange.InstrumentList
	New     int // results
	Changed int // results that were there with other scores: whoever saw them sees the new ones no more
	Same    int // results that were there already
}

// ImportResults brings in the right lines of a list of scores, all of them or none. Of who does not consent nothing is kept,
// and nothing is told but how many lines there are. The file itself is not kept. A list that is sent twice changes nothing
// the second time.
func (o *Office) ImportResults(ctx context.Context, who staff.Actor, ask InstrumentRequest) (told InstrumentImport, err error) {
	if err := who.Allow(staff.ImportResults, staff.Subject{}); err != nil {
		return told, err
	}
	if !slices.Contains(competences.Purposes(), ask.Purpose) {
		return told, fault.New(fault.Invalid, "Kies waarvoor deze uitslagen zijn.", "Choose what these results are for.").At("purpose", "kies growth of teamwork", "choose growth or teamwork")
	}
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
	case <-ctx.Done():
		return told, ctx.Err()
	}
	table, err := exchange.ReadTable(ask.Content)
	if err != nil {
		return told, err
	}
	if err := exchange.RefusePersonal(table); err != nil {
		return told, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return told, err
	}
	if ask.DryRun {
		told, _, err = planResults(ctx, o.db.Read(), now, who, table, ask.Purpose)
		return told, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		var taken []competences.Result
		if told, taken, err = takeResults(ctx, q, now, who, table, ask.Purpose); err != nil {
			return err
		}
		for _, r := range taken {
			if err := noteIfHere(ctx, q, now, r.Person, resultCame); err != nil {
				return err
			}
		}
		return nil
	})
	return told, err
}

// resultCame tells somebody that a result came in, and not what it says.
var resultCame = notices.Note{
	Kind: "instrument-result-came", Path: "/uitslagen", Dutch: "Er is een uitslag voor je binnengekomen. Jij ziet hem als eerste en beslist wie meekijkt.", English: "A result came in for you. You see it first and decide who may look.",
}

// planResults works out what a list of scores brings in, and which results change.
func planResults(ctx context.Context, q store.Q, now Moment, who staff.Actor, table exchange.Table, purpose competences.Purpose) (told InstrumentImport, change []competences.Result, err error) {
	facts := exchange.InstrumentOffice{Today: now.Today(), Self: who.Person, Purpose: purpose}
	if facts.People, err = store.People(ctx, q); err != nil {
		return told, nil, err
	}
	if facts.Consents, err = store.InstrumentConsentsFor(ctx, q, purpose); err != nil {
		return told, nil, err
	}
	if facts.Scales, err = store.InstrumentScales(ctx, q); err != nil {
		return told, nil, err
	}
	catalogue, err := store.Competences(ctx, q)
	if err != nil {
		return told, nil, err
	}
	facts.Competences = catalogue.Competences
	if told.InstrumentList, err = exchange.ReadInstrumentList(table, facts); err != nil {
		return told, nil, err
	}
	people := make([]staff.PersonID, len(told.Results))
	for i, r := range told.Results {
		people[i] = r.Person
	}
	there, err := store.InstrumentResults(ctx, q, people...)
	if err != nil {
		return told, nil, err
	}
	for _, r := range told.Results {
		at := slices.IndexFunc(there, func(k competences.Result) bool {
			return k.Person == r.Person && k.Purpose == r.Purpose && k.Instrument == r.Instrument && k.TakenOn == r.TakenOn
		})
		switch {
		case at < 0:
			told.New++
			change = append(change, r)
		case slices.Equal(there[at].Scores, r.Scores) && there[at].EndsOn == r.EndsOn:
			told.Same++
		default:
			told.Changed++
			r.ID = there[at].ID
			change = append(change, r)
		}
	}
	return told, change, nil
}

// takeResults writes what a list of scores brings in. A result with other scores takes the place of the one there was:
// the person sees it first again. It returns what was written too.
func takeResults(ctx context.Context, q store.Q, now Moment, who staff.Actor, table exchange.Table, purpose competences.Purpose) (told InstrumentImport, change []competences.Result, err error) {
	if err := store.LockInstrumentConsents(ctx, q, purpose); err != nil {
		return told, nil, err
	}
	if told, change, err = planResults(ctx, q, now, who, table, purpose); err != nil || len(change) == 0 {
		return told, nil, err
	}
	for _, s := range told.Scales {
		if err := store.PutInstrumentScale(ctx, q, s); err != nil {
			return told, nil, err
		}
	}
	entries := []audit.Entry{did(now.Office, who, "instrument-results.imported", "", fmt.Sprint(told.Scores))}
	for _, r := range change {
		if r.ID != "" {
			if err := store.RemoveInstrumentResult(ctx, q, r.ID); err != nil {
				return told, nil, err
			}
		}
		r.ID = cmp.Or(r.ID, newID())
		if err := store.InsertInstrumentResult(ctx, q, r); err != nil {
			return told, nil, err
		}
		entries = append(entries, did(now.Office, who, "instrument-result.imported", r.Person, r.ID))
	}
	return told, change, store.Write(ctx, q, entries...)
}
