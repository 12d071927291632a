package academy

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// escalationsPath is the address of the page that lists them.
const escalationsPath = "/escalaties"

// An Escalated is a duty that stays undone and that nobody took up yet.
type Escalated struct {
	store.Escalation
	Name  string
	Title string // of the scheme, or of what is to be read
	Own   bool   // of who asks, who may not answer it
}

// Escalations lists what stays undone of the people one may answer for, the longest overdue first.
func (o *Office) Escalations(ctx context.Context, who staff.Actor) ([]Escalated, error) {
	if err := who.Allow(staff.AnswerNotices, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	all, err := store.OpenEscalations(ctx, q)
	if err != nil {
		return nil, err
	}
	people := make([]staff.PersonID, len(all))
	for i, e := range all {
		people[i] = e.Person
	}
	employments, err := store.Employments(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	var mine []Escalated
	for _, e := range all {
		led := slices.ContainsFunc(employments, func(m staff.Employment) bool {
			return m.Person == e.Person && m.On(now.Today()) && slices.Contains(who.Leads, m.Team)
		})
		if led || who.MayForAll(staff.AnswerNotices) {
			mine = append(mine, Escalated{e, names[e.Person], dutyTitle(schemes, e.DutyID, e.Topic), e.Person == who.Person})
		}
	}
	return mine, nil
}

// longestAnswer is how many characters an answer may have.
const longestAnswer = 500

var (
	answerTooLong = fault.New(fault.Invalid, "Schrijf het korter, in hoogstens 500 tekens.", "Write it shorter, in at most 500 characters.").At("answer", "schrijf hoogstens 500 tekens", "write at most 500 characters")
	notEscalated  = fault.New(fault.NotFound, "Deze taak wacht niet meer. Misschien is die al gedaan of opgepakt.", "This duty waits no more. Maybe it was done or taken up already.")
)

// AnswerEscalation says that somebody takes up a duty that stays undone: it goes up no further. fault.Conflict where
// somebody did already.
func (o *Office) AnswerEscalation(ctx context.Context, who staff.Actor, id store.DutyID, answer string) error {
	if err := o.allowAbout(ctx, who, staff.AnswerNotices, id.Person); err != nil {
		return err
	}
	answer = strings.TrimSpace(answer)
	if utf8.RuneCountInString(answer) > longestAnswer {
		return answerTooLong
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		nudges, _, err := store.Nudges(ctx, q, id.DueOn, id.Person)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(nudges, func(n store.Nudge) bool { return n.DutyID == id && n.Level > 0 }) {
			return notEscalated
		}
		if err := store.AnswerEscalation(ctx, q, id, answer, who.Person, now.Office); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "duty.escalation-answered", id.Person, string(id.Scheme)))
	})
}
