package academy

import (
	"context"
	"strings"
	"unicode/utf8"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Consent of the works council opens the views that follow named people's learning (art. 27 lid 1 onder k en l WOR).
type Consent = store.Consent

// noConsent is what such a view answers until there is one.
var noConsent = fault.New(fault.Forbidden, "Dit is nog niet aangezet: instemming OR ontbreekt. Leg de instemming vast, of vraag dat aan P&O.",
	"This is not switched on yet: the works council has not consented. Record its consent, or ask HR to.").Because("no_consent")

// consented returns nil where the works council consents on a day to views that follow named people; else fault.Forbidden.
func consented(ctx context.Context, q store.Q, today calendar.Date) error {
	c, err := store.GetConsent(ctx, q)
	if fault.KindOf(err) == fault.NotFound || err == nil && c.On > today {
		return noConsent
	}
	return err
}

// Consent tells since when the works council consents; a zero one where it does not.
func (o *Office) Consent(ctx context.Context, who staff.Actor) (Consent, error) {
	if err := who.Allow(staff.RecordConsent, staff.Subject{}); err != nil {
		return Consent{}, err
	}
	c, err := store.GetConsent(ctx, o.db.Read())
	if fault.KindOf(err) == fault.NotFound {
		return Consent{}, nil
	}
	return c, err
}

// longestReference is how many characters a reference to a decision may have.
const longestReference = 200

// RecordConsent writes down since when the works council consents and where that is written, or, without a day, that it does
// not any more: then the views that follow named people close at once.
func (o *Office) RecordConsent(ctx context.Context, who staff.Actor, on calendar.Date, reference string) error {
	if err := who.Allow(staff.RecordConsent, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	wrong := *fault.New(fault.Invalid, "Deze instemming klopt nog niet:", "This consent is not right yet:").Because("consent")
	reference = strings.TrimSpace(reference)
	if on > now.Today() {
		wrong = *wrong.At("on", "kies vandaag of een eerdere dag", "choose today or an earlier day")
	}
	if n := utf8.RuneCountInString(reference); !on.IsZero() && (n == 0 || n > longestReference) {
		wrong = *wrong.At("reference", "schrijf in hoogstens 200 tekens waar het besluit staat", "write in at most 200 characters where the decision is written")
	}
	if len(wrong.Fields) > 0 {
		return &wrong
	}
	act := "consent.recorded"
	if on.IsZero() {
		act = "consent.withdrawn"
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.PutConsent(ctx, q, Consent{On: on, Reference: reference, RecordedBy: who.Person, RecordedAt: now.Office}); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", on.String()))
	})
}
