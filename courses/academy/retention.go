package academy

import (
	"context"
	"slices"
	"strconv"
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
	PastLeave = store.PastLeave
)

// proposed is how long things are kept where nobody chose otherwise: two years, as the AP advises for personnel files and
// DOMAIN §6.5 proposes for evidence; one year for leave, which only the staffing of past days asks. The municipality's selection list prevails.
func proposed() []Retention {
	return []Retention{{Class: Leavers, Months: 24}, {Class: Documents, Months: 24}, {Class: PastLeave, Months: 12}}
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

// A ShorterRetention is that somebody asked to keep a class of records shorter, and what would go then.
type ShorterRetention struct {
	store.ShorterRetention
	Requester string
	Erased    []Leaver // people, on the mornings after somebody confirmed it, the longest ago first; at most leaversShown
	Documents int      // documents, on the mornings after
	Leave     int      // stretches of leave, on the morning after
}

// WaitingRetentions tells what waits for somebody else who confirms it.
func (o *Office) WaitingRetentions(ctx context.Context, who staff.Actor) ([]ShorterRetention, error) {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	asked, err := store.WaitingRetentions(ctx, q)
	if err != nil {
		return nil, err
	}
	told := make([]ShorterRetention, len(asked))
	for i, a := range asked {
		told[i].ShorterRetention = a
		people, before := []staff.PersonID{a.RequestedBy}, now.Today().AddMonths(-a.Months)
		switch a.Class {
		case Leavers:
			leavers, err := store.KeptFromBefore(ctx, q, before, leaversShown)
			if err != nil {
				return nil, err
			}
			for _, l := range leavers {
				people, told[i].Erased = append(people, l.Person), append(told[i].Erased, Leaver{Leaver: l})
			}
		case Documents:
			if told[i].Documents, err = store.CountDocumentsBefore(ctx, q, before); err != nil {
				return nil, err
			}
		case PastLeave:
			if told[i].Leave, err = store.CountLeaveBefore(ctx, q, before); err != nil {
				return nil, err
			}
		}
		names, err := namesOf(ctx, q, people...)
		if err != nil {
			return nil, err
		}
		told[i].Requester = names[a.RequestedBy]
		for n, l := range told[i].Erased {
			told[i].Erased[n].Name = names[l.Person]
		}
	}
	return told, nil
}

var (
	noRetentionAsked = fault.New(fault.NotFound, "Er wacht geen kortere bewaartermijn.", "No shorter time to keep things waits.")
	otherRetention   = fault.New(fault.Conflict, "De gevraagde bewaartermijn is intussen een andere. Bekijk hem opnieuw.", "Another time to keep things was asked meanwhile. Look at it again.").Because("changed")
)

// ConfirmRetention lets a class of records be kept as short as somebody else asked: months, as whoever confirms it saw.
func (o *Office) ConfirmRetention(ctx context.Context, who staff.Actor, class RetentionClass, months int) error {
	return o.endRetention(ctx, who, class, "retention.confirmed", func(ctx context.Context, q store.Q, asked store.ShorterRetention) error {
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
		is := kept[slices.IndexFunc(kept, func(r Retention) bool { return r.Class == class })]
		is.Months = months
		return store.PutRetention(ctx, q, is)
	})
}

// WithdrawRetention takes back what was asked about a class of records, whoever did.
func (o *Office) WithdrawRetention(ctx context.Context, who staff.Actor, class RetentionClass) error {
	return o.endRetention(ctx, who, class, "retention.withdrawn", func(context.Context, store.Q, store.ShorterRetention) error { return nil })
}

// endRetention ends the request about a class that waits, in one transaction.
func (o *Office) endRetention(ctx context.Context, who staff.Actor, class RetentionClass, act string, end func(context.Context, store.Q, store.ShorterRetention) error) error {
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
		asked, err := waitingRetention(ctx, q, class)
		if err != nil {
			return err
		}
		if asked == nil {
			return noRetentionAsked
		}
		if err := end(ctx, q, *asked); err != nil {
			return err
		}
		if err := store.DropRetentionRequest(ctx, q, class); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", retentionObject(class, asked.Months)))
	})
}

// waitingRetention is what waits about a class; nil where nothing does.
func waitingRetention(ctx context.Context, q store.Q, class RetentionClass) (*store.ShorterRetention, error) {
	all, err := store.WaitingRetentions(ctx, q)
	if at := slices.IndexFunc(all, func(s store.ShorterRetention) bool { return s.Class == class }); at >= 0 {
		return &all[at], err
	}
	return nil, err
}

// retentionObject is what the trail says a request is about.
func retentionObject(class RetentionClass, months int) string {
	return string(class) + "/" + strconv.Itoa(months)
}

// putRetention keeps what was chosen. A shorter time is only asked until somebody else confirmed it; any other ends what
// waited, but for a change of where it is written alone.
func putRetention(ctx context.Context, q store.Q, now Moment, who staff.Actor, was, is Retention) error {
	act, object := "retention.set", string(is.Class)
	switch {
	case was == is:
		return nil
	case is.Months != 0 && (was.Months == 0 || is.Months < was.Months):
		asked := store.ShorterRetention{Class: is.Class, Months: is.Months, RequestedBy: who.Person, RequestedAt: now.Office}
		is.Months = was.Months
		before, err := waitingRetention(ctx, q, is.Class)
		if err != nil {
			return err
		}
		if before != nil && before.Months == asked.Months { // it waits already
			return store.PutRetention(ctx, q, is)
		}
		act, object = "retention.requested", retentionObject(asked.Class, asked.Months)
		if err := store.AskRetention(ctx, q, asked); err != nil {
			return err
		}
	case was.Months == is.Months:
		act = "retention.based"
	default:
		if err := store.DropRetentionRequest(ctx, q, is.Class); err != nil {
			return err
		}
	}
	if err := store.PutRetention(ctx, q, is); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, act, "", object))
}

// SetRetention chooses how long classes of records are kept, all of them or none: fault.Invalid says all that is wrong. To
// keep something shorter is only asked: it takes effect once somebody else confirmed it.
func (o *Office) SetRetention(ctx context.Context, who staff.Actor, chosen ...Retention) error {
	if err := who.Allow(staff.SetRetention, staff.Subject{}); err != nil {
		return err
	}
	mistakes := *wrongRetention
	for i, r := range chosen {
		chosen[i].Basis = strings.TrimSpace(r.Basis)
		if !slices.ContainsFunc(proposed(), func(p Retention) bool { return p.Class == r.Class }) {
			mistakes = *mistakes.At("class", "kies leavers, documents of leave", "choose leavers, documents or leave")
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
// Results of instruments go on the day after their last, all of them.
// It writes down how many. Where somebody cannot be erased, the others are.
func (o *Office) retain(ctx context.Context, now Moment) error {
	all, err := retentions(ctx, o.db.Read())
	if err != nil {
		return err
	}
	results, err := o.forgetResults(ctx, now)
	if err != nil {
		return err
	}
	people, documents, leave := 0, 0, 0
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
		case PastLeave:
			leave, err = o.forgetLeave(ctx, now, before)
		}
		if err != nil {
			return err
		}
	}
	if people+documents+leave+results > 0 {
		o.log.InfoContext(ctx, "sweep: what need not be kept any longer was removed", "people", people, "documents", documents, "leave", leave, "results", results)
	}
	return nil
}

// eraseLeavers erases people one transaction each and returns how many.
func (o *Office) eraseLeavers(ctx context.Context, now Moment, before calendar.Date) (int, error) {
	leavers, err := store.KeptFromBefore(ctx, o.db.Read(), before, erasedAtOnce)
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

func (o *Office) forgetLeave(ctx context.Context, now Moment, before calendar.Date) (n int, err error) {
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if n, err = store.ForgetLeave(ctx, q, before); err != nil || n == 0 {
			return err
		}
		return store.Write(ctx, q, audit.Entry{At: now.Office, Act: "leave.forgotten"})
	})
	return n, err
}
