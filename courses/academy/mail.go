package academy

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

const (
	mailsAMinute = 100              // of all replicas together
	sendingTakes = 5 * time.Minute  // at most, for what one worker claimed
	claimLasts   = 10 * time.Minute // longer than sending may take, so that nobody else sends it meanwhile
	longestWait  = time.Hour        // between two tries
)

// A Delivery is what one turn of the worker did.
type Delivery struct {
	Sent    int
	Failed  int // tried again later
	Dropped int // not sent any more
}

// SendMail is one turn of the worker that empties the outbox: it claims, sends outside any transaction, and marks what was
// accepted, one by one. Any number of replicas may do so at once. A mail goes twice only where this program dies between
// the acceptance and the mark; both then have the same Message-ID.
func (o *Office) SendMail(ctx context.Context) (d Delivery, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return d, err
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		late, err := store.DropLate(ctx, q, now.Office)
		d.Dropped = int(late)
		return err
	})
	if err != nil || !notices.MayGo(now.Office) {
		return d, err
	}
	if err := o.mailNotes(ctx, now); err != nil {
		return d, err
	}
	claim := store.Claim{ID: newID(), At: now.Real, Until: now.Real.Add(claimLasts), Today: now.Today().Start(), Limit: mailsAMinute}
	var claimed []store.Mail
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) (err error) {
		claimed, err = store.ClaimMails(ctx, q, claim)
		return err
	})
	if err != nil || len(claimed) == 0 {
		return d, err
	}
	mails, err := o.address(ctx, now, claimed, &d)
	if err != nil || len(mails) == 0 {
		return d, err
	}
	ctx, cancel := context.WithTimeout(ctx, sendingTakes)
	defer cancel()
	tries := make(map[string]int, len(claimed))
	for _, m := range claimed {
		tries[m.ID] = m.Tries
	}
	o.mailer.Send(ctx, mails, func(m notices.Mail, trouble error) {
		if trouble == nil {
			d.Sent++
		} else {
			d.Failed++
		}
		if err := o.settleMail(ctx, now, claim.ID, m.ID, tries[m.ID], trouble); err != nil {
			o.log.ErrorContext(ctx, "mail: what came of it could not be kept", "mail", m.ID, "err", err)
		}
	})
	return d, nil
}

// settleMail marks what came of a mail.
func (o *Office) settleMail(ctx context.Context, now Moment, claim, id string, tries int, trouble error) error {
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if trouble == nil {
			return store.MailAccepted(ctx, q, id, now.Office)
		}
		kind := notices.KindOf(trouble)
		wait := min(longestWait, time.Minute<<min(tries-1, 6))
		if kind == notices.Refused {
			wait = longestWait
		}
		return store.MailTrouble(ctx, q, id, claim, kind, now.Real.Add(wait))
	})
}

// address makes the mails that were claimed ready to go, and drops those of who has no address, wants no mail or works here no more.
func (o *Office) address(ctx context.Context, now Moment, claimed []store.Mail, d *Delivery) ([]notices.Mail, error) {
	q := o.db.Read()
	ids := make([]staff.PersonID, len(claimed))
	for i, m := range claimed {
		ids[i] = m.Person
	}
	people, err := store.PeopleNamed(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	employments, err := store.Employments(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	settings, err := store.MailSettings(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	var mails []notices.Mail
	for _, m := range claimed {
		at := slices.IndexFunc(people, func(p staff.Person) bool { return p.ID == m.Person })
		works := slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Person == m.Person && e.On(now.Today()) })
		var why store.DropReason
		switch {
		case at < 0 || !works:
			why = store.NotHere
		case settings[m.Person].Off:
			why = store.MailOff
		case people[at].Email == "":
			why = store.NoAddress
		default:
			mails = append(mails, notices.Mail{
				ID: m.ID, MessageID: m.ID + "@" + o.host(), Kind: m.Kind, Person: m.Person, Name: people[at].Name(), Address: people[at].Email, Content: m.Content, Calendar: m.Calendar,
			})
			continue
		}
		d.Dropped++
		err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.DropMail(ctx, q, m.ID, now.Office, why) })
		if err != nil {
			return nil, err
		}
	}
	return mails, nil
}

// host is the name of the installation on the net.
func (o *Office) host() string {
	if u, err := url.Parse(o.url); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "bekwaam"
}

// An Outbox is what there is to see of the mail: to whom, not what.
type Outbox struct {
	Mails  []store.Mail // the newest first
	Names  map[staff.PersonID]string
	Counts map[store.MailState]int // of the last thirty days
	Kept   bool                    // there is no mail server: mails are only kept
}

const (
	mailsShown  = 200
	mailCounted = 30 // days
)

// Outbox shows the newest mails of everybody without what they say.
func (o *Office) Outbox(ctx context.Context, who staff.Actor) (box Outbox, err error) {
	if err := who.Allow(staff.ManageMail, staff.Subject{}); err != nil {
		return Outbox{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return Outbox{}, err
	}
	q := o.db.Read()
	if box.Mails, err = store.Mails(ctx, q, mailsShown); err != nil {
		return Outbox{}, err
	}
	if box.Counts, err = store.CountMails(ctx, q, now.Today().AddDays(-mailCounted).Start()); err != nil {
		return Outbox{}, err
	}
	var people []staff.PersonID
	for _, m := range box.Mails {
		people = append(people, m.Person)
	}
	_, box.Kept = o.mailer.(notices.LogMailer)
	box.Names, err = namesOf(ctx, q, people...)
	return box, err
}

// OwnMails lists one's own mails, the newest first.
func (o *Office) OwnMails(ctx context.Context, who staff.Actor) ([]store.Mail, error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	return store.MailsOf(ctx, o.db.Read(), who.Person, mailsShown)
}

// OwnMail is one of one's own mails.
func (o *Office) OwnMail(ctx context.Context, who staff.Actor, id string) (store.Mail, error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return store.Mail{}, err
	}
	return store.MailOf(ctx, o.db.Read(), who.Person, id)
}

// MarkOwnMail marks one of one's own mails as read, or as unread.
func (o *Office) MarkOwnMail(ctx context.Context, who staff.Actor, id string, read bool) error {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	at := now.Office
	if !read {
		at = time.Time{}
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.MarkMail(ctx, q, who.Person, id, at) })
}

// MailSettings is how one is told.
func (o *Office) MailSettings(ctx context.Context, who staff.Actor) (store.MailSetting, error) {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return store.MailSetting{}, err
	}
	return mailSettingOf(ctx, o.db.Read(), who.Person)
}

// mailSettingOf is how somebody is told: by mail in Dutch, unless they chose otherwise.
func mailSettingOf(ctx context.Context, q store.Q, person staff.PersonID) (store.MailSetting, error) {
	settings, err := store.MailSettings(ctx, q, person)
	s := settings[person]
	s.Language = cmp.Or(s.Language, notices.Dutch)
	return s, err
}

var noSuchLanguage = fault.New(fault.Invalid, "Kies Nederlands of Engels.", "Choose Dutch or English.").At("language", "kies nl of en", "choose nl or en")

// SetMail chooses how one is told. Who wants no mail reads their messages here.
func (o *Office) SetMail(ctx context.Context, who staff.Actor, s store.MailSetting) error {
	if err := who.Allow(staff.ReadOwnNotices, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	if s.Language != notices.Dutch && s.Language != notices.English {
		return noSuchLanguage
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		was, err := mailSettingOf(ctx, q, who.Person)
		if err != nil || was == s {
			return err
		}
		if err := store.SetMail(ctx, q, who.Person, s); err != nil {
			return err
		}
		how := string(s.Language)
		if s.Off {
			how += " off"
		}
		return store.Write(ctx, q, did(now.Office, who, "mail.settings-changed", who.Person, how))
	})
}
