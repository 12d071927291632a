package academy

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// writeDigest puts the one mail of somebody on a day in the outbox: the reminders of that day, what else is open, what they
// must hear, and for a leader the week of the team. false where there is nothing to say, or where they have it already.
// A digest that still waits is replaced: this one tells it.
func (o *Office) writeDigest(ctx context.Context, q store.Q, now Moment, on calendar.Date, schemes schemeBook, person staff.PersonID, week []notices.Late) (bool, error) {
	reader, err := o.reader(ctx, q, person)
	if err != nil {
		return false, err
	}
	d := notices.Digest{Reader: reader, On: on}
	given, err := o.tellTasks(ctx, q, on, schemes, person, &d)
	if err != nil {
		return false, err
	}
	waiting, err := store.WaitingNotes(ctx, q, person)
	if err != nil {
		return false, err
	}
	waiting = only(waiting, func(n store.Note) bool { return !n.Alone() })
	for _, n := range waiting {
		d.Notes = append(d.Notes, n.Note)
	}
	if len(week) > 0 {
		first, err := store.TellWeek(ctx, q, person, on.Monday())
		if err != nil {
			return false, err
		}
		if first {
			d.Week = week
		}
	}
	if len(d.Now)+len(d.Notes)+len(d.Week) == 0 {
		return false, nil
	}
	content, err := d.Compose()
	if err != nil {
		return false, err
	}
	m := store.Mail{ID: newID(), Person: person, Kind: store.Digest, On: on, Content: content, MadeAt: now.Office, ExpiresAt: notices.TooLate(on)}
	if first, err := store.InsertMail(ctx, q, m); err != nil || !first {
		return false, err
	}
	for i := range given {
		given[i].Mail = m.ID
	}
	if err := store.InsertReminders(ctx, q, given...); err != nil {
		return false, err
	}
	if err := store.TellNotes(ctx, q, m.ID, waiting); err != nil {
		return false, err
	}
	return true, store.ReplaceDigests(ctx, q, person, m.ID, now.Office)
}

// tellTasks puts the open duties of a person in their digest, and returns the reminders that it gives.
func (o *Office) tellTasks(ctx context.Context, q store.Q, on calendar.Date, schemes schemeBook, person staff.PersonID, d *notices.Digest) ([]store.Reminder, error) {
	nudges, broken, err := store.Nudges(ctx, q, on.AddDays(notices.Ahead), person)
	if err == nil && len(broken) > 0 {
		err = errBrokenDuty
	}
	if err != nil {
		return nil, err
	}
	archive, err := readFiles(ctx, q, person)
	if err != nil {
		return nil, err
	}
	duties := only(archive.duties[person], certificates.Duty.Open)
	slices.SortStableFunc(duties, func(a, b certificates.Duty) int { return cmp.Compare(a.DueOn, b.DueOn) })
	var given []store.Reminder
	for _, duty := range duties {
		task := describe(duty, archive.file(person, duty.Scheme), schemes[duty.Scheme], on)
		if task.Paused {
			continue
		}
		at := slices.IndexFunc(nudges, func(n store.Nudge) bool { return n.DutyID == dutyID(duty) })
		if at < 0 {
			d.Later = append(d.Later, told(task))
			continue
		}
		step, ok := recordOf(nudges[at]).Next(on)
		if !ok {
			d.Later = append(d.Later, told(task))
			continue
		}
		d.Now = append(d.Now, told(task))
		given = append(given, store.Reminder{DutyID: nudges[at].DutyID, Step: step, GivenOn: on})
	}
	read, err := o.tellReading(ctx, q, on, nudges, person, d)
	for _, tasks := range [][]notices.Task{d.Now, d.Later} {
		slices.SortStableFunc(tasks, func(a, b notices.Task) int { return cmp.Compare(a.DueOn, b.DueOn) })
	}
	return append(given, read...), err
}

// told is a task as a mail tells it.
func told(t Task) notices.Task {
	n := notices.Task{Title: t.Title, Refresher: t.Path == certificates.PathRefresher && t.Last != nil, Course: t.Course != "", DueOn: t.DueOn, Path: "/mijn-scholing"}
	if n.Course {
		n.Path = "/cursussen/" + string(t.Course)
	}
	return n
}

// reader is how somebody reads a mail: in Dutch, unless they chose otherwise.
func (o *Office) reader(ctx context.Context, q store.Q, person staff.PersonID) (notices.Reader, error) {
	p, err := store.Person(ctx, q, person)
	if err != nil {
		return notices.Reader{}, err
	}
	setting, err := mailSettingOf(ctx, q, person)
	return notices.Reader{First: p.First, Language: setting.Language, URL: o.url}, err
}

// gathering is how long a note waits for others, so that they go in one mail.
const gathering = 15 * time.Minute

// mailNotes puts what waits to be told in the outbox: what is urgent or brings a calendar file at once in a mail of its own, the others
// in today's digest of who had none yet.
func (o *Office) mailNotes(ctx context.Context, now Moment) error {
	q := o.db.Read()
	waiting, err := store.WaitingNotes(ctx, q)
	if err != nil || len(waiting) == 0 {
		return err
	}
	today := now.Today()
	schemes, err := store.Schemes(ctx, q, today)
	if err != nil {
		return err
	}
	mailed, err := store.MailedOn(ctx, q, today)
	if err != nil {
		return err
	}
	for person, notes := range grouped(waiting, func(n store.Note) staff.PersonID { return n.Person }) {
		err := o.inTx(ctx, func(ctx context.Context, q store.Q) error {
			if err := o.invite(ctx, q, now, person); err != nil {
				return err
			}
			ripe := slices.ContainsFunc(notes, func(n store.Note) bool { return !n.Alone() && now.Office.Sub(n.MadeAt) >= gathering })
			if !ripe || slices.Contains(mailed, person) {
				return nil
			}
			_, err := o.writeDigest(ctx, q, now, today, schemes, person, nil)
			return err
		})
		if err != nil {
			o.log.ErrorContext(ctx, "mail: somebody could not be told", "note", notes[0].ID, "err", err)
		}
	}
	return nil
}

// invitationLasts is for how many days an invitation is still sent.
const invitationLasts = 7

// invite puts the notes of somebody that are urgent or bring a calendar file in the outbox, each in a mail of its own.
func (o *Office) invite(ctx context.Context, q store.Q, now Moment, person staff.PersonID) error {
	waiting, err := store.WaitingNotes(ctx, q, person)
	if err != nil {
		return err
	}
	for _, n := range waiting {
		if !n.Alone() {
			continue
		}
		reader, err := o.reader(ctx, q, person)
		if err != nil {
			return err
		}
		content, err := reader.Invitation(n.Note)
		if err != nil {
			return err
		}
		today := now.Today()
		m := store.Mail{ID: newID(), Person: person, Kind: store.Invitation, About: n.ID, On: today, Content: content, Calendar: n.Calendar, MadeAt: now.Office, ExpiresAt: today.AddDays(invitationLasts).Start()}
		if first, err := store.InsertMail(ctx, q, m); err != nil || !first {
			return err
		}
		if err := store.TellNotes(ctx, q, m.ID, []store.Note{n}); err != nil {
			return err
		}
	}
	return nil
}
