package academy

import (
	"context"
	"slices"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// Trace, under the office's name, is a kind of what the office keeps about somebody.
type Trace = store.Trace

const (
	TraceAccount      = store.TraceAccount
	TraceWork         = store.TraceWork
	TraceLearning     = store.TraceLearning
	TraceEvidence     = store.TraceEvidence
	TraceCertificates = store.TraceCertificates
	TraceDuties       = store.TraceDuties
	TraceTraining     = store.TraceTraining
	TraceMessages     = store.TraceMessages
	TraceLooks        = store.TraceLooks
	TraceLists        = store.TraceLists
)

// Traces lists every kind, in the order in which people read them.
func Traces() []Trace {
	return []Trace{TraceAccount, TraceWork, TraceLearning, TraceEvidence, TraceCertificates, TraceDuties, TraceTraining, TraceMessages, TraceLooks, TraceLists}
}

// An Erasable is somebody who left, with what an erasure would remove.
type Erasable struct {
	staff.Person
	LastDay calendar.Date // zero: never worked here
	Rows    map[Trace]int
	Leads   []string // names of teams that have no leader afterwards
	Erasure *Erasure // somebody asked for it; nil: nobody
}

// An Erasure is that somebody is erased, or that somebody asked for it.
type Erasure struct {
	store.Erasure
	Name      string // of whom it is about, while it waits
	Requester string // the name of who asked for it; empty: the time that people are kept was over
	Confirmer string
}

// A Leaver is somebody who works here no more.
type Leaver struct {
	store.Leaver
	Name string
}

// Erasures is what the office knows of erasing.
type Erasures struct {
	Waiting []Erasure
	Leavers []Leaver // whom nobody asked to erase yet, the longest ago first
	Done    []Erasure
}

// leaversShown and erasuresShown are how many people a page shows at once.
const (
	leaversShown  = 500
	erasuresShown = 50
)

// Erasures lists what waits, who left and what was erased.
func (o *Office) Erasures(ctx context.Context, who staff.Actor) (all Erasures, err error) {
	if err := who.Allow(staff.ErasePeople, staff.Subject{}); err != nil {
		return Erasures{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Erasures{}, err
	}
	q := o.db.Read()
	waiting, err := store.WaitingErasures(ctx, q)
	if err != nil {
		return Erasures{}, err
	}
	done, err := store.Erasures(ctx, q, erasuresShown)
	if err != nil {
		return Erasures{}, err
	}
	leavers, err := store.LeftBefore(ctx, q, now.Today(), leaversShown)
	if err != nil {
		return Erasures{}, err
	}
	people := make([]staff.PersonID, len(leavers))
	for i, l := range leavers {
		people[i] = l.Person
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return Erasures{}, err
	}
	for _, l := range leavers {
		if l.Person != who.Person && !slices.ContainsFunc(waiting, func(e store.Erasure) bool { return e.Person == l.Person }) {
			all.Leavers = append(all.Leavers, Leaver{l, names[l.Person]})
		}
	}
	if all.Waiting, err = withNames(ctx, q, waiting); err != nil {
		return Erasures{}, err
	}
	all.Done, err = withNames(ctx, q, done)
	return all, err
}

// withNames tells erasures with the names that are still known.
func withNames(ctx context.Context, q store.Q, erasures []store.Erasure) ([]Erasure, error) {
	var people []staff.PersonID
	for _, e := range erasures {
		people = append(people, e.Person, e.RequestedBy, e.ConfirmedBy)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	told := make([]Erasure, len(erasures))
	for i, e := range erasures {
		told[i] = Erasure{e, names[e.Person], names[e.RequestedBy], names[e.ConfirmedBy]}
	}
	return told, nil
}

var (
	stillHere   = fault.New(fault.Conflict, "Deze persoon werkt hier nog of begint nog. Wis alleen wie weg is.", "This person still works here or is about to. Erase only who left.").Because("still_here")
	stillAdmin  = fault.New(fault.Conflict, "Deze persoon beheert de installatie. Wijs eerst een andere beheerder aan.", "This person manages the installation. Appoint another administrator first.").Because("administrator")
	anotherMust = fault.New(fault.Forbidden, "Iemand anders moet dit bevestigen: jij vroeg erom.", "Somebody else must confirm this: you asked for it.").Because("self_approval")
	erasedBy    = fault.New(fault.Conflict, "Deze persoon is al gewist.", "This person was erased already.").Because("erased")
)

// lastDay is the last day of somebody who left; fault.Conflict where they did not, or manage the installation.
func lastDay(ctx context.Context, q store.Q, p staff.Person, today calendar.Date) (calendar.Date, error) {
	if p.Administrator {
		return 0, stillAdmin
	}
	employments, err := store.Employments(ctx, q, p.ID)
	if err != nil {
		return 0, err
	}
	var last calendar.Date
	for _, e := range employments {
		if e.Until.IsZero() || e.Until >= today {
			return 0, stillHere
		}
		last = max(last, e.Until)
	}
	return last, nil
}

// Erasable tells what erasing somebody would remove; fault.Conflict where they did not leave.
func (o *Office) Erasable(ctx context.Context, who staff.Actor, person staff.PersonID) (Erasable, error) {
	if err := o.allowAbout(ctx, who, staff.ErasePeople, person); err != nil {
		return Erasable{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Erasable{}, err
	}
	q := o.db.Read()
	e := Erasable{}
	if e.Person, err = store.Person(ctx, q, person); err != nil {
		return Erasable{}, err
	}
	if e.LastDay, err = lastDay(ctx, q, e.Person, now.Today()); err != nil {
		return Erasable{}, err
	}
	if e.Rows, err = store.Traces(ctx, q, person); err != nil {
		return Erasable{}, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return Erasable{}, err
	}
	for _, t := range teams {
		if t.Leader == person {
			e.Leads = append(e.Leads, t.Name)
		}
	}
	waiting, err := store.WaitingErasures(ctx, q)
	if err != nil {
		return Erasable{}, err
	}
	asked, err := withNames(ctx, q, only(waiting, func(w store.Erasure) bool { return w.Person == person }))
	if len(asked) > 0 {
		e.Erasure = &asked[0]
	}
	return e, err
}

// RequestErasure asks that somebody who left is erased; somebody else must confirm it. Asking again answers what was asked
// before. fault.Conflict where the person did not leave; nobody asks it about themselves.
func (o *Office) RequestErasure(ctx context.Context, who staff.Actor, person staff.PersonID) (Erasure, error) {
	e, err := o.Erasable(ctx, who, person)
	if err != nil {
		return Erasure{}, err
	}
	if e.Erasure != nil {
		return *e.Erasure, nil
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Erasure{}, err
	}
	asked := newErasure(person, who.Person, now.Office)
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if _, err := store.Person(ctx, q, person); err != nil {
			return err
		}
		if err := store.InsertErasure(ctx, q, asked); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "erasure.requested", person, asked.ID))
	})
	if err != nil {
		return Erasure{}, err
	}
	told, err := withNames(ctx, o.db.Read(), []store.Erasure{asked})
	return append(told, Erasure{})[0], err
}

// newErasure makes an erasure that waits. The pseudonym says nothing of whom it stands for.
func newErasure(person, by staff.PersonID, at time.Time) store.Erasure {
	return store.Erasure{ID: newID(), Person: person, Pseudonym: "gewist-" + staff.PersonID(newID()[:16]), RequestedBy: by, RequestedAt: at}
}

// WithdrawErasure takes back what somebody asked, whoever did: nothing is erased.
func (o *Office) WithdrawErasure(ctx context.Context, who staff.Actor, id string) error {
	return o.endErasure(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, e store.Erasure) error {
		if err := store.DropErasure(ctx, q, id); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "erasure.withdrawn", e.Person, id))
	})
}

// ConfirmErasure erases somebody after somebody else asked for it. What they did and what was done about them stays in the
// trail under a pseudonym; nothing tells whose that is. fault.Conflict where the person works here again.
func (o *Office) ConfirmErasure(ctx context.Context, who staff.Actor, id string) error {
	return o.endErasure(ctx, who, id, func(ctx context.Context, q store.Q, now Moment, e store.Erasure) error {
		if e.RequestedBy == who.Person {
			return anotherMust
		}
		e.ConfirmedBy = who.Person
		return erase(ctx, q, now, who, e)
	})
}

// endErasure does something with an erasure that waits, in one transaction.
func (o *Office) endErasure(ctx context.Context, who staff.Actor, id string, end func(context.Context, store.Q, Moment, store.Erasure) error) error {
	if err := who.Allow(staff.ErasePeople, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		e, err := store.ErasureForUpdate(ctx, q, id)
		if err != nil {
			return err
		}
		if !e.ErasedAt.IsZero() {
			return erasedBy
		}
		if err := who.Allow(staff.ErasePeople, staff.Subject{Person: e.Person}); err != nil {
			return err
		}
		return end(ctx, q, now, e)
	})
}

// erase removes everything about a person. Lists that were uploaded may name them, so their contents go too.
func erase(ctx context.Context, q store.Q, now Moment, who staff.Actor, e store.Erasure) error {
	if err := store.LockPerson(ctx, q, e.Person); err != nil {
		return err
	}
	p, err := store.Person(ctx, q, e.Person)
	if err != nil {
		return err
	}
	if _, err := lastDay(ctx, q, p, now.Today()); err != nil {
		return err
	}
	e.ErasedAt = now.Office
	if err := store.BeginErasure(ctx, q, e); err != nil {
		return err
	}
	if err := store.ForgetImports(ctx, q, now.Office.Add(time.Second)); err != nil {
		return err
	}
	if err := store.ForgetPeopleImports(ctx, q, now.Office.Add(time.Second)); err != nil {
		return err
	}
	if e.Removed, err = store.Erase(ctx, q, p, e.Pseudonym, now.Office); err != nil {
		return err
	}
	if err := store.FinishErasure(ctx, q, e); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, "person.erased", e.Pseudonym, e.ID))
}
