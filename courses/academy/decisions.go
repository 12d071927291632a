package academy

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A DecisionTaken is a decision as people see it.
type DecisionTaken struct {
	certificates.Decision
	Title    string // of the scheme; empty for an absence
	By       string // the name of whoever took it
	Undoer   string // the name of whoever undid it; empty while it stands
	Undoable bool   // it has changed nothing yet
	Endable  bool   // it may get another last day
}

// A DutyChange is what a decision does to a duty, on the day on which it happens.
type DutyChange struct {
	Kind certificates.ChangeKind
	Task
}

// Decided is a decision that was taken, or would be, with what follows from it.
type Decided struct {
	DecisionTaken
	Made    bool // false: who asks took the same decision today already
	Changes []DutyChange
	Waits   []DutyChange          // of an absence: what else there is to do while it lasts, and which certificates end in it
	Begun   []certificates.Period // that begin at once, because evidence counts now that did not before
	Retest  *Retest               // for which the refresher suffices instead of the full training; nil: none
}

// A Retest is a task for which the refresher suffices where the full training was asked.
type Retest struct {
	Task
	Same bool // the scheme asks the same on both paths
}

// DecisionAct is the act of taking a decision of a kind. What touches periods is HR's.
func DecisionAct(kind certificates.DecisionKind) staff.Act {
	switch kind {
	case certificates.Revocation, certificates.Early, certificates.Late:
		return staff.RevokePeriods
	}
	return staff.TakeDecisions
}

var noSuchScheme = fault.New(fault.Invalid, "Dit besluit klopt niet:", "This decision is not right:").Because("decision").
	At("scheme", "kies een regeling uit de lijst", "choose a scheme from the list")

// Decide takes a decision about somebody else, with everything that follows from it. It needs only the kind, the person and
// what the kind asks: the rest follows from the facts. A second call on the same day that asks for the same answers the same.
func (o *Office) Decide(ctx context.Context, who staff.Actor, d certificates.Decision) (Decided, error) {
	return o.decideInTx(ctx, who, d, nil)
}

// errTried undoes a transaction that was only to tell what it would do.
var errTried = errors.New("only tried")

// TryDecision tells what a decision would change. It does all that Decide does, and undoes it.
func (o *Office) TryDecision(ctx context.Context, who staff.Actor, d certificates.Decision) (Decided, error) {
	return o.decideInTx(ctx, who, d, errTried)
}

// decideInTx takes a decision in a transaction that ends with an error; nil: it is kept.
func (o *Office) decideInTx(ctx context.Context, who staff.Actor, d certificates.Decision, end error) (decided Decided, err error) {
	if err := o.allowAbout(ctx, who, DecisionAct(d.Kind), d.Person); err != nil {
		return Decided{}, err
	}
	if err := refuseBSN("reason", d.Reason); err != nil {
		return Decided{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Decided{}, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if decided, err = o.decide(ctx, q, now, who, d); err != nil {
			return err
		}
		return end
	})
	if err != nil && !errors.Is(err, errTried) {
		return Decided{}, err
	}
	return decided, nil
}

func (o *Office) decide(ctx context.Context, q store.Q, now Moment, who staff.Actor, d certificates.Decision) (Decided, error) {
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return Decided{}, err
	}
	if _, ok := schemes[d.Scheme]; !ok && d.Kind != certificates.Absence {
		_, err := d.For(certificates.File{}, now.Today())
		return Decided{}, noSuchScheme.With(err)
	}
	before, err := reopen(ctx, q, d, now.Today())
	if err != nil {
		return Decided{}, err
	}
	if at := slices.IndexFunc(before.decisions[d.Person], func(other certificates.Decision) bool { return sameAgain(d, other, who, now.Today()) }); at >= 0 {
		taken, err := describeDecisions(ctx, q, schemes, now.Today(), before.decisions[d.Person][at])
		return Decided{DecisionTaken: taken[0]}, err
	}
	if d, err = d.For(before.file(d.Person, d.Scheme), now.Today()); err != nil {
		return Decided{}, err
	}
	d.ID, d.TakenBy, d.TakenAt = newID(), who.Person, now.Office
	if err := store.InsertDecision(ctx, q, d); err != nil {
		return Decided{}, err
	}
	if d.Kind == certificates.Revocation {
		if err := revoke(ctx, q, before, d, d.From); err != nil {
			return Decided{}, err
		}
	}
	if d.Kind == certificates.Early || d.Kind == certificates.Late {
		if _, err := o.settle(ctx, q, now, who, schemes[d.Scheme], d.Person, ""); err != nil {
			return Decided{}, err
		}
	}
	if err := carryOut(ctx, q, now, who, schemes, d, decisionTaken); err != nil {
		return Decided{}, err
	}
	after, err := readFiles(ctx, q, d.Person)
	if err != nil {
		return Decided{}, err
	}
	taken, err := describeDecisions(ctx, q, schemes, now.Today(), d)
	if err != nil {
		return Decided{}, err
	}
	decided := consequences(before, after, schemes, d, now.Today(), max(d.From, d.Until))
	decided.DecisionTaken, decided.Made = taken[0], true
	return decided, nil
}

// sameAgain reports whether somebody asks for a decision that they took today already: their answer got lost.
func sameAgain(asked, taken certificates.Decision, who staff.Actor, today calendar.Date) bool {
	fromFacts := asked.Kind == certificates.Extension || asked.Kind == certificates.Late
	return taken.Stands() && taken.TakenBy == who.Person && calendar.On(taken.TakenAt) == today &&
		taken.Kind == asked.Kind && taken.Scheme == asked.Scheme && taken.Until == asked.Until && taken.Reason == asked.Reason &&
		(fromFacts || taken.From == cmp.Or(asked.From, today)) && (asked.Cycle == 0 || taken.Cycle == asked.Cycle)
}

// reopen puts what a decision touches on the agenda of today, for which a sweep or another decision that is at this person
// makes us wait, and reads the facts about the person as they are then.
func reopen(ctx context.Context, q store.Q, d certificates.Decision, today calendar.Date) (files, error) {
	archive, err := readFiles(ctx, q, d.Person)
	if err != nil {
		return files{}, err
	}
	appointments := []store.Appointment{{Person: d.Person, Scheme: d.Scheme, On: today}}
	if d.Kind == certificates.Absence {
		appointments = archive.appointments(today)
	}
	if err := store.BringForward(ctx, q, appointments...); err != nil {
		return files{}, err
	}
	return readFiles(ctx, q, d.Person)
}

// revoke makes the period of a revocation end on a day, or lets it stand again (zero).
func revoke(ctx context.Context, q store.Q, archive files, d certificates.Decision, on calendar.Date) error {
	for _, p := range archive.file(d.Person, d.Scheme).Periods {
		if p.Cycle == d.Cycle {
			return store.RevokePeriod(ctx, q, p.ID, on)
		}
	}
	return notYours
}

// carryOut works out anew what the person has to do, now that something was decided, undone or ended, and tells them.
func carryOut(ctx context.Context, q store.Q, now Moment, who staff.Actor, schemes schemeBook, d certificates.Decision, act string) error {
	if _, err := keepVisits(ctx, q, now, who, schemes, now.Today(), d.Person); err != nil {
		return err
	}
	if err := note(ctx, q, now, d.Person, decisionNote(d, schemes[d.Scheme].Title, act)); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, act, d.Person, d.ID))
}

// The acts of deciding, as the audit trail knows them.
const (
	decisionTaken     = "decision.taken"
	decisionUndone    = "decision.undone"
	decisionEnded     = "decision.ended"
	decisionCorrected = "decision.corrected" // an absence that is over got another last day
)

// decisionNote tells somebody that something was decided about them. Why, they read on the page.
func decisionNote(d certificates.Decision, title, act string) notices.Note {
	dutch, english := d.Summary(title)
	switch act {
	case decisionUndone:
		dutch, english = "Teruggezet: "+dutch, "Undone: "+english
	case decisionEnded:
		dutch, english = "Veranderd: "+dutch, "Changed: "+english
	case decisionCorrected:
		dutch, english = "Verbeterd: "+dutch, "Corrected: "+english
	}
	return notices.Note{Kind: act, Dutch: dutch + ".", English: english + ".", Path: "/besluiten"}
}

// consequences tells what a decision does to the person, from today until the day after the last on which it did or does
// anything.
func consequences(before, after files, schemes schemeBook, d certificates.Decision, today, last calendar.Date) Decided {
	decided := Decided{Begun: begun(before.periods[d.Person], after.periods[d.Person])}
	keys := []certificates.SchemeKey{d.Scheme}
	if d.Kind == certificates.Absence {
		keys = nil
		for _, a := range before.appointments(today) {
			keys = append(keys, a.Scheme)
		}
		slices.Sort(keys)
	}
	for _, key := range keys {
		was, is := before.file(d.Person, key), after.file(d.Person, key)
		is.Duties = was.Duties // as they were before anything was carried out
		told := func(changes []certificates.Change) (all []DutyChange) {
			for _, c := range changes {
				all = append(all, DutyChange{c.Kind, describe(c.Duty, is, schemes[key], c.On)})
			}
			return all
		}
		if day := max(today, d.From); d.Kind == certificates.Late && len(decided.Begun) == 0 {
			decided.Retest = retest(was, is, schemes[key], day)
		}
		changes := certificates.Differ(was, is, today, max(today, last).AddDays(1))
		decided.Changes = append(decided.Changes, told(changes)...)
		if d.Kind == certificates.Absence && len(changes) == 0 {
			decided.Waits = append(decided.Waits, told(is.Waits(d, today))...)
		}
	}
	byDay := func(a, b DutyChange) int { return int(a.On) - int(b.On) }
	slices.SortStableFunc(decided.Changes, byDay)
	slices.SortStableFunc(decided.Waits, byDay)
	return decided
}

// retest tells the duty of a day for which the refresher suffices instead of the full training; nil where there is none.
func retest(was, is certificates.File, scheme certificates.Scheme, day calendar.Date) *Retest {
	duty, asked := is.Due(day)
	if !asked || was.Path(day) == is.Path(day) {
		return nil
	}
	task := describe(duty, is, scheme, day)
	return &Retest{task, reflect.DeepEqual(task.Asks, scheme.Asked(duty.Cycle, certificates.PathInitial))}
}

// begun lists the periods that were not there before.
func begun(before, after []certificates.Period) []certificates.Period {
	return only(after, func(p certificates.Period) bool {
		return !slices.ContainsFunc(before, func(old certificates.Period) bool { return old.ID == p.ID })
	})
}

// Decisions lists what was decided about somebody, the newest first, also what was undone.
func (o *Office) Decisions(ctx context.Context, who staff.Actor, person staff.PersonID) ([]DecisionTaken, error) {
	if err := o.allowReading(ctx, who, staff.ReadDecisions, person); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	decisions, err := store.Decisions(ctx, q, person)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(decisions, func(a, b certificates.Decision) int { return b.TakenAt.Compare(a.TakenAt) })
	return describeDecisions(ctx, q, schemes, now.Today(), decisions...)
}

// describeDecisions tells decisions as they are on a day.
func describeDecisions(ctx context.Context, q store.Q, schemes schemeBook, today calendar.Date, decisions ...certificates.Decision) ([]DecisionTaken, error) {
	var people []staff.PersonID
	for _, d := range decisions {
		people = append(people, d.TakenBy, d.UndoneBy)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	taken := make([]DecisionTaken, len(decisions))
	for i, d := range decisions {
		taken[i] = DecisionTaken{d, schemes[d.Scheme].Title, names[d.TakenBy], names[d.UndoneBy], d.Undoable(today), d.Endable(today)}
	}
	return taken, nil
}
