// Package academy is the training office: one method for each thing it can do.
//
// A method authorises, reads, decides with pure functions, and writes with an audit entry, all in one transaction. It is
// the only place where a transaction, a rule and the clock meet. It knows nothing of HTTP, HTML or JSON.
package academy

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"bekwaam/courses"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// An Office is the training office of one installation. Make one with New; it may be used by many goroutines.
type Office struct {
	db  *store.DB
	now func() time.Time
	url string
	log *slog.Logger

	mailer notices.Mailer

	contents     sync.Map // store.VersionID → *courses.Course, of published versions, which never change
	installation atomic.Pointer[installationSeen]
	schemes      atomic.Pointer[schemesSeen]
	hashing      chan struct{} // one place for each password that is hashed at the same time
	asking       chan struct{} // one place for each that is hashed or waits for it
	reading      chan struct{} // one place for each document or list that is read at the same time
}

// A Config is what an Office needs to know.
type Config struct {
	DB  *store.DB
	Now func() time.Time // real time; nil: time.Now
	URL string           // the public address without a trailing slash, for QR codes: "https://leren.gemeente.example"
	Log *slog.Logger     // nil: slog.Default()

	Mailer notices.Mailer // nil: mails are only kept, and the log knows of them
}

// New opens an office on a migrated database.
func New(c Config) *Office {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Mailer == nil {
		c.Mailer = notices.LogMailer{Log: c.Log}
	}
	return &Office{db: c.DB, now: c.Now, url: c.URL, log: c.Log, mailer: c.Mailer, hashing: make(chan struct{}, hashesAtOnce), asking: make(chan struct{}, hashesAtOnce+hashesWaiting),
		reading: make(chan struct{}, documentsAtOnce)}
}

// URL is the public address of the installation.
func (o *Office) URL() string { return o.url }

// A Moment is now, on two clocks. Everything that stands on a day of the office follows the office's clock, which a demo
// can move; how long a quiz, a token or a session lasts is real time.
type Moment struct {
	Real   time.Time
	Office time.Time
}

// Today is the civil date on the office's clock.
func (m Moment) Today() calendar.Date { return calendar.On(m.Office) }

// Now reads both clocks.
func (o *Office) Now(ctx context.Context) (Moment, error) {
	i, err := o.Installation(ctx)
	real := o.now().UTC().Truncate(time.Microsecond) // what both databases keep
	return Moment{Real: real, Office: real.Add(i.ClockOffset)}, err
}

// installationSeen is the installation as it was read at a moment.
type installationSeen struct {
	store.Installation
	at time.Time
}

// Installation tells what this installation is; fault.NotFound while it is still empty. It may be a second old, so that
// not every request reads it.
func (o *Office) Installation(ctx context.Context) (store.Installation, error) {
	now := o.now()
	if seen := o.installation.Load(); seen != nil && now.Sub(seen.at).Abs() < time.Second {
		return seen.Installation, nil
	}
	i, err := store.GetInstallation(ctx, o.db.Read())
	if err != nil {
		return store.Installation{}, err
	}
	o.installation.Store(&installationSeen{i, now})
	return i, nil
}

// forget drops all that was read and remembered.
func (o *Office) forget() {
	o.installation.Store(nil)
	o.schemes.Store(nil)
	o.contents.Clear()
}

// Ready reports whether the office can work: its database answers and lets somebody write. An installation that has not
// begun can.
func (o *Office) Ready(ctx context.Context) error {
	err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		_, err := store.GetInstallation(ctx, q)
		return err
	})
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// inTx runs f in a transaction, and once more where somebody else stored the same a moment before: then f finds that.
func (o *Office) inTx(ctx context.Context, f func(ctx context.Context, q store.Q) error) error {
	err := o.db.InTx(ctx, f)
	if errors.Is(err, fault.New(fault.Conflict, "", "").Because("already_exists")) {
		err = o.db.InTx(ctx, f)
	}
	return err
}

// content returns what a version says, parsed from its course file once. What it reads in a transaction it does not
// remember: that may still be undone.
func (o *Office) content(ctx context.Context, q store.Q, id store.VersionID) (*courses.Course, error) {
	if seen, ok := o.contents.Load(id); ok {
		return seen.(*courses.Course), nil
	}
	version, err := store.Version(ctx, q, id.Course, id.Number)
	if err != nil {
		return nil, err
	}
	course, err := exchange.ReadCourse([]byte(version.Source))
	if err != nil {
		return nil, err
	}
	if version.Published() && q == o.db.Read() {
		o.contents.Store(id, &course)
	}
	return &course, nil
}

// newID makes a key that nobody can guess: 130 random bits.
func newID() string { return rand.Text() }

// did makes an audit entry about a person.
func did(at time.Time, who staff.Actor, act string, about staff.PersonID, object string) audit.Entry {
	return audit.Entry{At: at, Actor: who.Person, Act: act, Subject: about, Object: object}
}

// notYours is what somebody hears about an object of somebody else: the same as about one that does not exist.
var notYours = fault.New(fault.NotFound, "Dit bestaat niet, of je mag het niet zien.", "This does not exist, or you may not see it.")
