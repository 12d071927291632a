package academy

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Consent of the works council opens the views that follow named people's learning (art. 27 lid 1 onder k en l WOR).
type Consent = store.Consent

// The views that the works council consents to, each on its own.
const (
	ViewStaffing   = "staffing"   // who may do a process and is there
	ViewMatrix     = "matrix"     // what the people of a team can do
	ViewCandidates = "candidates" // who would like a role
	ViewChanges    = "changes"    // who did what a change asks
)

// ConsentViews lists every view that asks consent.
func ConsentViews() []string { return []string{ViewStaffing, ViewMatrix, ViewCandidates, ViewChanges} }

// noConsent is what such a view answers until there is one.
var noConsent = fault.New(fault.Forbidden, "Dit is nog niet aangezet: instemming OR ontbreekt. Leg de instemming vast, of vraag dat aan P&O.",
	"This is not switched on yet: the works council has not consented. Record its consent, or ask HR to.").Because("no_consent")

// consented returns nil where the works council consents on a day to a view that follows named people; else fault.Forbidden.
func consented(ctx context.Context, q store.Q, today calendar.Date, view string) error {
	c, err := store.GetConsent(ctx, q)
	if fault.KindOf(err) == fault.NotFound || err == nil && (c.On > today || !slices.Contains(c.Views, view)) {
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

// RecordConsent writes down since when the works council consents, where that is written and to which views (none named: all of
// them), or, without a day, that it does not any more: then the views that follow named people close at once.
func (o *Office) RecordConsent(ctx context.Context, who staff.Actor, on calendar.Date, reference string, views ...string) error {
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
	if len(views) == 0 {
		views = ConsentViews()
	}
	for _, view := range views {
		if !slices.Contains(ConsentViews(), view) {
			wrong = *wrong.At("views", "kies uit de lijst", "choose from the list")
		}
	}
	views = only(ConsentViews(), func(view string) bool { return slices.Contains(views, view) })
	if len(wrong.Fields) > 0 {
		return &wrong
	}
	act := "consent.recorded"
	if on.IsZero() {
		act = "consent.withdrawn"
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.PutConsent(ctx, q, Consent{On: on, Reference: reference, Views: views, RecordedBy: who.Person, RecordedAt: now.Office}); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", strings.TrimSpace(on.String()+" "+strings.Join(views, " "))))
	})
}
