package academy

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// MakeFeed gives somebody a calendar at a secret address, and returns the secret: nobody can read it again. The one before
// is gone.
func (o *Office) MakeFeed(ctx context.Context, who staff.Actor) (secret string, err error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return "", err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return "", err
	}
	secret = newID()
	return secret, o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.SetFeed(ctx, q, who.Person, hashOfFeed(secret), now.Office); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "calendar.made", who.Person, ""))
	})
}

// RevokeFeed takes one's own calendar away: its address answers nothing any more.
func (o *Office) RevokeFeed(ctx context.Context, who staff.Actor) error {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.DeleteFeed(ctx, q, who.Person); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "calendar.revoked", who.Person, ""))
	})
}

// OwnFeed tells whether one has a calendar, and since when; nil where not.
func (o *Office) OwnFeed(ctx context.Context, who staff.Actor) (*store.Feed, error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	feed, err := store.FeedOf(ctx, o.db.Read(), who.Person)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return &feed, err
}

// FeedAddress is the secret address of a calendar.
func (o *Office) FeedAddress(secret string) string { return o.url + "/agenda/" + secret + ".ics" }

func hashOfFeed(secret string) []byte {
	hash := sha256.Sum256([]byte("calendar " + secret))
	return hash[:]
}

// Feed writes the calendar at a secret address: the last days of somebody's duties and of their certificates, the group
// trainings in which they have a place, and nothing of anybody else. fault.NotFound where the secret is none any more, or its owner works here no more. The same facts make
// the same bytes.
func (o *Office) Feed(ctx context.Context, secret string) ([]byte, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	feed, err := store.FeedAt(ctx, q, hashOfFeed(secret))
	if err != nil {
		return nil, err
	}
	archive, err := readFiles(ctx, q, feed.Person)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(archive.employments[feed.Person], func(e staff.Employment) bool { return e.On(now.Today()) }) {
		return nil, notYours
	}
	reader, err := o.reader(ctx, q, feed.Person)
	if err != nil {
		return nil, err
	}
	schemes, err := o.schemesOn(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	rolls, err := store.RollsOf(ctx, q, feed.Person)
	if err != nil {
		return nil, err
	}
	events := append(o.sessionEvents(feed.Person, rolls), o.events(now, feed.Person, archive, schemes, reader.Language)...)
	c := exchange.Calendar{Name: "Bekwaam", Method: publish, Events: events}
	var out bytes.Buffer
	err = c.Write(&out)
	return out.Bytes(), err
}

// sessionEvents are the group trainings in which somebody has a place, also those that do not go on: a calendar forgets
// them by that. What it knows of an invitation has the same UID.
func (o *Office) sessionEvents(person staff.PersonID, rolls []training.Roll) []exchange.Event {
	var events []exchange.Event
	for _, r := range rolls {
		e, on := r.Of(person)
		if !on || r.WaitingAs(person) > 0 {
			continue
		}
		event := o.sessionEvent(r.Session)
		event.Stamp = e.EnrolledAt
		if r.CancelledAt.After(event.Stamp) {
			event.Stamp = r.CancelledAt
		}
		events = append(events, event)
	}
	return events
}

// events are the days in somebody's calendar: of each scheme the last day of the open duty, or else of the certificate.
func (o *Office) events(now Moment, person staff.PersonID, archive files, schemes schemeBook, language notices.Language) []exchange.Event {
	var events []exchange.Event
	asked := make(map[certificates.SchemeKey]bool)
	for _, duty := range archive.duties[person] {
		task := describe(duty, archive.file(person, duty.Scheme), schemes[duty.Scheme], now.Today())
		if task.State() != DutyOpen {
			continue
		}
		asked[duty.Scheme] = true
		summary := language.Say("Uiterlijk vandaag: ", "By today: ") + task.Title
		events = append(events, exchange.Event{
			UID:     fmt.Sprintf("duty-%s-%s-%d@%s", person, duty.Scheme, duty.Cycle, o.host()),
			Summary: summary, URL: o.url + told(task).Path, On: duty.DueOn, Stamp: duty.OpensOn.Start(),
		})
	}
	for scheme, periods := range grouped(archive.periods[person], func(p certificates.Period) certificates.SchemeKey { return p.Scheme }) {
		last := periods[len(periods)-1]
		if asked[scheme] || last.ValidUntil < now.Today() || last.RevokedBy(now.Today()) {
			continue
		}
		events = append(events, exchange.Event{
			UID:     fmt.Sprintf("end-%s@%s", last.ID, o.host()),
			Summary: language.Say("Laatste geldige dag: ", "Last valid day: ") + schemes[scheme].Title, URL: o.url + "/certificaten", On: last.ValidUntil, Stamp: last.CompletedOn.Start(),
		})
	}
	slices.SortFunc(events, func(a, b exchange.Event) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.UID, b.UID)) })
	return events
}
