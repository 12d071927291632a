package academy

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A Retention and a RetentionClass stand here under the office's name.
type (
	Retention      = store.Retention
	RetentionClass = store.RetentionClass
)

const (
	Leavers   = store.Leavers
	Documents = store.Documents
)

// proposed is how long things are kept where nobody chose otherwise: two years, as the AP advises for personnel files and
// DOMAIN §6.5 proposes for evidence. The municipality's selection list prevails.
func proposed() []Retention {
	return []Retention{{Class: Leavers, Months: 24}, {Class: Documents, Months: 24}}
}

// mostRetention is the longest time that something may be kept, in months, but for ever: fifty years.
const mostRetention = 600

// Retentions tells how long each class of records is kept.
func (o *Office) Retentions(ctx context.Context, who staff.Actor) ([]Retention, error) {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return nil, err
	}
	return retentions(ctx, o.db.Read())
}

func retentions(ctx context.Context, q store.Q) ([]Retention, error) {
	chosen, err := store.Retentions(ctx, q)
	all := proposed()
	for i, r := range all {
		if at := slices.IndexFunc(chosen, func(c Retention) bool { return c.Class == r.Class }); at >= 0 {
			all[i] = chosen[at]
		}
	}
	return all, err
}

var wrongRetention = fault.New(fault.Invalid, "Deze bewaartermijn klopt niet:", "This time to keep things is not right:").Because("retention")

// A ShorterRetention is that somebody asked to keep people who left shorter, and who would be erased then.
type ShorterRetention struct {
	store.ShorterRetention
	Requester string
	Erased    []Leaver // on the mornings after somebody confirmed it, the longest ago first; at most leaversShown
}

// WaitingRetention tells what waits for somebody else who confirms it; nil where nothing does.
func (o *Office) WaitingRetention(ctx context.Context, who staff.Actor) (*ShorterRetention, error) {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	asked, err := store.WaitingRetention(ctx, q, Leavers)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	leavers, err := store.LeftBefore(ctx, q, now.Today().AddMonths(-asked.Months), leaversShown)
	if err != nil {
		return nil, err
	}
	people := []staff.PersonID{asked.RequestedBy}
	for _, l := range leavers {
		people = append(people, l.Person)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	told := &ShorterRetention{ShorterRetention: asked, Requester: names[asked.RequestedBy]}
	for _, l := range leavers {
		told.Erased = append(told.Erased, Leaver{l, names[l.Person]})
	}
	return told, nil
}

var (
	noRetentionAsked = fault.New(fault.NotFound, "Er wacht geen kortere bewaartermijn.", "No shorter time to keep things waits.")
	otherRetention   = fault.New(fault.Conflict, "De gevraagde bewaartermijn is intussen een andere. Bekijk hem opnieuw.", "Another time to keep things was asked meanwhile. Look at it again.").Because("changed")
)

// ConfirmRetention lets people who left be kept as short as somebody else asked: months, as whoever confirms it saw.
func (o *Office) ConfirmRetention(ctx context.Context, who staff.Actor, months int) error {
	return o.endRetention(ctx, who, func(ctx context.Context, q store.Q, now Moment, asked store.ShorterRetention) error {
		if asked.RequestedBy == who.Person {
			return anotherMust
		}
		if asked.Months != months {
			return otherRetention
		}
		kept, err := retentions(ctx, q)
		if err != nil {
			return err
		}
		kept[0].Months = months
		if err := store.PutRetention(ctx, q, kept[0]); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, store.RetentionConfirmed, "", asked.Object()))
	})
}

// WithdrawRetention takes back what was asked, whoever did.
func (o *Office) WithdrawRetention(ctx context.Context, who staff.Actor) error {
	return o.endRetention(ctx, who, func(ctx context.Context, q store.Q, now Moment, asked store.ShorterRetention) error {
		return store.Write(ctx, q, did(now.Office, who, store.RetentionWithdrawn, "", asked.Object()))
	})
}

// endRetention does something with the request that waits, in one transaction.
func (o *Office) endRetention(ctx context.Context, who staff.Actor, end func(context.Context, store.Q, Moment, store.ShorterRetention) error) error {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		asked, err := store.WaitingRetention(ctx, q, Leavers)
		if fault.KindOf(err) == fault.NotFound {
			return noRetentionAsked
		}
		if err != nil {
			return err
		}
		return end(ctx, q, now, asked)
	})
}

// putRetention keeps what was chosen. People who left are kept shorter only once somebody else confirmed it.
func putRetention(ctx context.Context, q store.Q, now Moment, who staff.Actor, was, is Retention) error {
	act, object := store.RetentionSet, string(is.Class)
	switch {
	case was == is:
		return nil
	case is.Class == Leavers && is.Months != 0 && (was.Months == 0 || is.Months < was.Months):
		asked := store.ShorterRetention{Class: Leavers, Months: is.Months}
		switch before, err := store.WaitingRetention(ctx, q, Leavers); {
		case err == nil && before.Months == is.Months: // it waits already
			act = ""
		case err != nil && fault.KindOf(err) != fault.NotFound:
			return err
		default:
			act, object = store.RetentionRequested, asked.Object()
		}
		is.Months = was.Months
	case was.Months == is.Months: // only where it is written: what waits goes on to wait
		act = "retention.based"
	}
	if err := store.PutRetention(ctx, q, is); err != nil || act == "" {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, act, "", object))
}

// SetRetention chooses how long classes of records are kept, all of them or none: fault.Invalid says all that is wrong. To
// keep people who left shorter is only asked: it takes effect once somebody else confirmed it.
func (o *Office) SetRetention(ctx context.Context, who staff.Actor, chosen ...Retention) error {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return err
	}
	mistakes := *wrongRetention
	for i, r := range chosen {
		chosen[i].Basis = strings.TrimSpace(r.Basis)
		if !slices.ContainsFunc(proposed(), func(p Retention) bool { return p.Class == r.Class }) {
			mistakes = *mistakes.At("class", "kies leavers of documents", "choose leavers or documents")
		}
		if r.Months < 0 || r.Months > mostRetention {
			mistakes = *mistakes.At(string(r.Class), "schrijf een getal van 0 (altijd bewaren) tot en met 600", "write a number from 0 (keep for ever) up to 600")
		}
		if utf8.RuneCountInString(r.Basis) > maxSetting || strings.ContainsFunc(r.Basis, func(r rune) bool { return !unicode.IsPrint(r) }) {
			mistakes = *mistakes.At(string(r.Class)+"-basis", "schrijf hoogstens 100 gewone tekens", "write at most 100 ordinary characters")
		}
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		for _, r := range chosen {
			kept, err := retentions(ctx, q)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(kept, func(k Retention) bool { return k.Class == r.Class })
			if err := putRetention(ctx, q, now, who, kept[at], r); err != nil {
				return err
			}
		}
		return nil
	})
}

// What one sweep removes at most: the rest waits for the next morning.
const (
	erasedAtOnce    = 20  // people
	forgottenAtOnce = 200 // documents
)

// retain erases who left longer ago than people are kept, and forgets documents that are no longer needed: some in a sweep.
// It writes down how many. Where somebody cannot be erased, the others are.
func (o *Office) retain(ctx context.Context, now Moment) error {
	all, err := retentions(ctx, o.db.Read())
	if err != nil {
		return err
	}
	people, documents := 0, 0
	for _, r := range all {
		if r.Months == 0 {
			continue
		}
		before := now.Today().AddMonths(-r.Months)
		switch r.Class {
		case Leavers:
			people, err = o.eraseLeavers(ctx, now, before)
		case Documents:
			documents, err = o.forgetDocuments(ctx, now, before)
		}
		if err != nil {
			return err
		}
	}
	if people+documents > 0 {
		o.log.InfoContext(ctx, "sweep: what need not be kept any longer was removed", "people", people, "documents", documents)
	}
	return nil
}

// eraseLeavers erases people one transaction each and returns how many.
func (o *Office) eraseLeavers(ctx context.Context, now Moment, before calendar.Date) (int, error) {
	leavers, err := store.LeftBefore(ctx, o.db.Read(), before, erasedAtOnce)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, l := range leavers {
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return eraseLeaver(ctx, q, now, l.Person) })
		if fault.KindOf(err) == fault.NotFound { // another replica was first
			continue
		}
		if err != nil {
			o.log.ErrorContext(ctx, "sweep: somebody who left could not be erased", "err", err)
			continue
		}
		n++
	}
	return n, nil
}

// eraseLeaver erases somebody because the time that people are kept is over; also where somebody asked for it already.
func eraseLeaver(ctx context.Context, q store.Q, now Moment, person staff.PersonID) error {
	if err := store.LockPerson(ctx, q, person); err != nil {
		return err
	}
	if _, err := store.Person(ctx, q, person); err != nil {
		return err
	}
	waiting, err := store.WaitingErasures(ctx, q)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(waiting, func(e store.Erasure) bool { return e.Person == person }); at >= 0 {
		return erase(ctx, q, now, staff.Actor{}, waiting[at])
	}
	e := newErasure(person, "", now.Office)
	if err := store.InsertErasure(ctx, q, e); err != nil {
		return err
	}
	return erase(ctx, q, now, staff.Actor{}, e)
}

func (o *Office) forgetDocuments(ctx context.Context, now Moment, before calendar.Date) (n int, err error) {
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if n, err = store.ForgetDocuments(ctx, q, before, forgottenAtOnce); err != nil || n == 0 {
			return err
		}
		return store.Write(ctx, q, audit.Entry{At: now.Office, Act: "documents.forgotten"})
	})
	return n, err
}
