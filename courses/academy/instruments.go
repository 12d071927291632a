package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A PurposeConsent is one purpose with the consent to it.
type PurposeConsent struct {
	competences.Consent               // a zero GivenOn: there is none
	Longest             calendar.Date // the last day on which a consent of today may end
	Results             int           // that are kept under it
}

// Given reports whether the consent stands.
func (c PurposeConsent) Given() bool { return !c.GivenOn.IsZero() }

// InstrumentConsents tells for every purpose whether somebody consents to it. Only they see that.
func (o *Office) InstrumentConsents(ctx context.Context, who staff.Actor) ([]PurposeConsent, error) {
	if err := who.Allow(staff.GiveConsent, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	consents, err := store.InstrumentConsents(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	results, err := visibleResults(ctx, q, who.Person, now.Today())
	if err != nil {
		return nil, err
	}
	var all []PurposeConsent
	for _, purpose := range competences.Purposes() {
		c := PurposeConsent{Consent: competences.Consent{Person: who.Person, Purpose: purpose}, Longest: competences.LongestConsent(now.Today())}
		for _, given := range consents {
			if given.Purpose == purpose && given.Stands(now.Today()) {
				c.Consent = given
			}
		}
		for _, r := range results {
			if r.Purpose == purpose {
				c.Results++
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// GiveInstrumentConsent writes down that somebody lets results be kept for a purpose up to a day, at most two years ahead.
// Only the person does that; doing it again moves the end.
func (o *Office) GiveInstrumentConsent(ctx context.Context, who staff.Actor, purpose competences.Purpose, ends calendar.Date) (c competences.Consent, err error) {
	if err := who.Allow(staff.GiveConsent, staff.Subject{Person: who.Person}); err != nil {
		return c, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return c, err
	}
	if c, err = competences.NewConsent(who.Person, purpose, now.Today(), ends); err != nil {
		return c, err
	}
	return c, o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		known, err := store.InstrumentConsents(ctx, q, who.Person)
		if err != nil {
			return err
		}
		for _, k := range known {
			if k.Purpose == purpose && !k.Stands(now.Today()) { // what was kept under one that ended does not come back
				if err := store.RemoveInstrumentConsent(ctx, q, who.Person, purpose); err != nil {
					return err
				}
			}
		}
		if err := store.PutInstrumentConsent(ctx, q, c); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "instrument-consent.given", who.Person, string(purpose)))
	})
}

// WithdrawInstrumentConsent takes a consent back and removes at once every result that was kept under it, for whoever saw
// it too. Where there is none it does nothing.
func (o *Office) WithdrawInstrumentConsent(ctx context.Context, who staff.Actor, purpose competences.Purpose) error {
	if err := who.Allow(staff.GiveConsent, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		known, err := store.InstrumentConsents(ctx, q, who.Person)
		if err != nil || !slices.ContainsFunc(known, func(c competences.Consent) bool { return c.Purpose == purpose }) {
			return err
		}
		if err := store.RemoveInstrumentConsent(ctx, q, who.Person, purpose); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "instrument-consent.withdrawn", who.Person, string(purpose)))
	})
}

// visibleResults reads the results of a person that may be seen on a day: by the person, and by whom each is shared with.
func visibleResults(ctx context.Context, q store.Q, person staff.PersonID, today calendar.Date) ([]competences.Result, error) {
	results, err := store.InstrumentResults(ctx, q, person)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	return consentedResults(ctx, q, results, today)
}

// consentedResults keeps of results those that may be seen on a day.
func consentedResults(ctx context.Context, q store.Q, results []competences.Result, today calendar.Date) ([]competences.Result, error) {
	people := make([]staff.PersonID, len(results))
	for i, r := range results {
		people[i] = r.Person
	}
	consents, err := store.InstrumentConsents(ctx, q, people...)
	return competences.Visible(results, consents, today), err
}

// InstrumentResults are the results of one person that somebody may see, with the scales they are on.
type InstrumentResults struct {
	Name    string // of the person
	Results []competences.Result
	Scales  []competences.Scale
	Names   map[staff.PersonID]string // of whom they are shared with
	words   map[competences.CompetenceID]string
}

// Scale finds the scale of a score.
func (r InstrumentResults) Scale(instrument, name string) competences.Scale {
	at := slices.IndexFunc(r.Scales, func(s competences.Scale) bool { return s.Instrument == instrument && s.Name == name })
	if at < 0 {
		return competences.Scale{Instrument: instrument, Name: name}
	}
	return r.Scales[at]
}

// Competence is the name of a competence that a scale tells of.
func (r InstrumentResults) Competence(id competences.CompetenceID) string { return r.words[id] }

// InstrumentResults lists the results of a person, the newest first: all of one's own, of somebody else those that they
// share with whoever asks. None of those: notShared, or fault.NotFound for who may not see the person otherwise.
func (o *Office) InstrumentResults(ctx context.Context, who staff.Actor, person staff.PersonID) (r InstrumentResults, err error) {
	if err := who.Allow(staff.ReadResults, staff.Subject{}); err != nil {
		return r, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return r, err
	}
	q := o.db.Read()
	results, err := visibleResults(ctx, q, person, now.Today())
	if err != nil {
		return r, err
	}
	if person != who.Person {
		results = sharedResults(results, who.Person)
		if len(results) == 0 {
			if o.allowAbout(ctx, who, staff.ReadPeople, person) == nil {
				return r, resultNotShared
			}
			return r, notYours
		}
		if err := o.looked(ctx, who, person); err != nil {
			return r, err
		}
	}
	return describeResults(ctx, q, person, results)
}

var resultNotShared = fault.New(fault.Forbidden, "Je collega heeft geen uitslag met je gedeeld. Vraag of je collega dat wil doen; het hoeft niet.", "Your colleague has shared no result with you. Ask whether they want to; they need not.").Because("not_shared")

// describeResults puts the words to results.
func describeResults(ctx context.Context, q store.Q, person staff.PersonID, results []competences.Result) (r InstrumentResults, err error) {
	people := []staff.PersonID{person}
	for i, result := range results {
		for _, s := range result.Shared {
			people = append(people, s.With)
		}
		r.Results = append(r.Results, results[i])
	}
	if r.Names, err = namesOf(ctx, q, people...); err != nil {
		return r, err
	}
	r.Name = r.Names[person]
	if r.Scales, err = store.InstrumentScales(ctx, q); err != nil {
		return r, err
	}
	catalogue, err := store.Competences(ctx, q)
	if err != nil {
		return r, err
	}
	r.words = make(map[competences.CompetenceID]string)
	for _, c := range catalogue.Competences {
		r.words[c.ID] = c.Name
	}
	return r, nil
}

// sharedResults keeps what is shared with somebody, without telling with whom else.
func sharedResults(results []competences.Result, reader staff.PersonID) []competences.Result {
	shared := only(results, func(r competences.Result) bool { return r.SharedWith(reader) })
	for i := range shared {
		shared[i].Shared = only(shared[i].Shared, func(s competences.ResultShare) bool { return s.With == reader })
	}
	return shared
}

// A Sharer is somebody who shares results.
type Sharer struct {
	Person staff.PersonID
	Name   string
}

// ResultsSharedWithMe lists who shares a result with somebody, in order of name, and no score.
func (o *Office) ResultsSharedWithMe(ctx context.Context, who staff.Actor) ([]Sharer, error) {
	if err := who.Allow(staff.ReadResults, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	results, err := store.InstrumentResultsSharedWith(ctx, q, who.Person)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	if results, err = consentedResults(ctx, q, results, now.Today()); err != nil {
		return nil, err
	}
	var people []staff.PersonID
	for _, r := range results {
		people = append(people, r.Person)
	}
	slices.Sort(people)
	people = slices.Compact(people)
	names, err := namesOf(ctx, q, people...)
	var sharers []Sharer
	for _, p := range people {
		sharers = append(sharers, Sharer{p, names[p]})
	}
	slices.SortStableFunc(sharers, func(a, b Sharer) int { return cmp.Compare(a.Name, b.Name) })
	return sharers, err
}

// ShareResult lets one colleague see a result of one's own, exactly as one sees it oneself.
func (o *Office) ShareResult(ctx context.Context, who staff.Actor, id string, with staff.PersonID) error {
	return o.changeResult(ctx, who, id, "instrument-result.shared", func(ctx context.Context, q store.Q, today calendar.Date) error {
		all, err := listeners(ctx, q, who.Person, today)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(l Listener) bool { return l.Person == with }) {
			return cannotListen
		}
		return store.ShareInstrumentResult(ctx, q, id, competences.ResultShare{With: with, On: today})
	})
}

// UnshareResult takes a result back from a colleague.
func (o *Office) UnshareResult(ctx context.Context, who staff.Actor, id string, with staff.PersonID) error {
	return o.changeResult(ctx, who, id, "instrument-result.taken-back", func(ctx context.Context, q store.Q, _ calendar.Date) error {
		return store.UnshareInstrumentResult(ctx, q, id, with)
	})
}

// RemoveResult removes one result of one's own, for whoever saw it too.
func (o *Office) RemoveResult(ctx context.Context, who staff.Actor, id string) error {
	return o.changeResult(ctx, who, id, "instrument-result.removed", func(ctx context.Context, q store.Q, _ calendar.Date) error {
		return store.RemoveInstrumentResult(ctx, q, id)
	})
}

// changeResult does something with a result of one's own.
func (o *Office) changeResult(ctx context.Context, who staff.Actor, id, act string, change func(context.Context, store.Q, calendar.Date) error) error {
	if err := who.Allow(staff.GiveConsent, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		own, err := visibleResults(ctx, q, who.Person, now.Today())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(own, func(r competences.Result) bool { return r.ID == id }) {
			return notYours
		}
		if err := change(ctx, q, now.Today()); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, who.Person, id))
	})
}

// forgetResults removes the results and the consents that ended.
func (o *Office) forgetResults(ctx context.Context, now Moment) (n int, err error) {
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if n, err = store.RemoveEndedResults(ctx, q, now.Today()); err != nil || n == 0 {
			return err
		}
		return store.Write(ctx, q, audit.Entry{At: now.Office, Act: "instrument-results.forgotten"})
	})
	return n, err
}
