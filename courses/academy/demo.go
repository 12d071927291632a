package academy

import (
	"context"
	"fmt"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

var demoOnly = fault.New(fault.Forbidden, "Dit kan alleen in de demo.", "This can only be done in the demo.").Because("demo")

// BeginDemo makes an empty database a demo with nobody in it; fault.Conflict where it is something already.
func (o *Office) BeginDemo(ctx context.Context, i store.Installation) error {
	i.Kind = store.Demo
	return o.Begin(ctx, i)
}

// BeginDemoAgain forgets everything in a demo and begins it anew, with nobody in it. Everywhere but in a demo it is
// fault.Forbidden.
func (o *Office) BeginDemoAgain(ctx context.Context, i store.Installation) error {
	if err := o.demo(ctx); err != nil {
		return err
	}
	i.Kind, i.Target = store.Demo, usualTarget
	err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		if was, err := store.GetInstallation(ctx, q); err != nil || was.Kind != store.Demo {
			return demoOnly.From(err)
		}
		if err := store.Empty(ctx, q); err != nil {
			return err
		}
		return store.InsertInstallation(ctx, q, i)
	})
	o.forget()
	return err
}

// A Story is everything that a demo begins with.
type Story struct {
	Today        calendar.Date // on the demo's own clock
	Workforce    Workforce
	Activities   []staff.Activity
	Schemes      []certificates.Scheme
	Requirements []certificates.Requirement
	Author       staff.Actor // who writes and publishes the courses
	Courses      []StoryFile
	Held         []Held
	Sessions     []training.Roll
	Budgets      []StoryBudget
	Staffing     StaffingStory
	Wishes       []StoryWish
	Competences  CompetenceStory
	Developments exchange.Developments
	Instruments  InstrumentStory
}

// A StoryFile is a course file of a story, with the name that its mistakes are told under.
type StoryFile struct {
	Name   string
	Source []byte
}

// DemoFilled reports whether a demo has its story. It is told in one transaction, so a demo has all of it or nobody.
func (o *Office) DemoFilled(ctx context.Context) (bool, error) {
	people, err := o.DemoPeople(ctx)
	return len(people) > 0, err
}

// FillDemo tells the story of a demo that was begun, under the same rules as everything that happens later and in one
// transaction: whatever ends it early leaves a demo with nobody in it. A demo that has its story keeps it as it is.
func (o *Office) FillDemo(ctx context.Context, s Story) error {
	if err := o.demo(ctx); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	offset := DemoOffset(s.Today, now.Real)
	now.Office = now.Real.Add(offset)
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.Alone(ctx, q); err != nil {
			return err
		}
		if people, err := store.People(ctx, q); err != nil || len(people) > 0 {
			return err
		}
		if err := store.SetClockOffset(ctx, q, offset); err != nil {
			return err
		}
		if err := hire(ctx, q, s.Workforce); err != nil {
			return err
		}
		if err := store.InsertActivities(ctx, q, s.Activities); err != nil {
			return err
		}
		for _, f := range s.Courses {
			if err := o.tellCourse(ctx, q, now, s.Author, f.Source); err != nil {
				return fault.In(f.Name, err)
			}
		}
		if err := define(ctx, q, s.Schemes, s.Requirements); err != nil {
			return err
		}
		if err := o.takeOver(ctx, q, now, staff.Actor{}, s.Held); err != nil {
			return err
		}
		if err := o.tellSessions(ctx, q, now, s.Author.Person, s.Sessions, s.Budgets); err != nil {
			return err
		}
		if err := tellCompetences(ctx, q, now, s.Competences, s.Author.Person); err != nil {
			return err
		}
		if err := tellStaffing(ctx, q, now, s.Staffing, s.Author.Person); err != nil {
			return err
		}
		if err := tellChanges(ctx, q, s.Developments); err != nil {
			return err
		}
		if err := o.tellWishes(ctx, q, now, s.Wishes); err != nil {
			return err
		}
		if err := tellInstruments(ctx, q, now, s.Instruments); err != nil {
			return err
		}
		return replanAll(ctx, q, now, staff.Actor{}, "demo.filled", fmt.Sprint(len(s.Held)))
	})
	o.forget() // what it read may not have been kept
	return err
}

// tellCourse drafts and publishes a course of a story.
func (o *Office) tellCourse(ctx context.Context, q store.Q, now Moment, author staff.Actor, source []byte) error {
	if err := author.Allow(staff.PublishCourses, staff.Subject{}); err != nil {
		return err
	}
	content, err := exchange.ReadCourse(source)
	if err != nil {
		return err
	}
	v, err := o.readDraft(author, content.Key, source)
	if err != nil {
		return err
	}
	if err := o.draft(ctx, q, now, author, v); err != nil {
		return err
	}
	return o.publish(ctx, q, now, author, v)
}

// SetToday moves the clock of a demo to a day, at the time it is now, and sweeps: "doe alsof het vandaag is". Moving it
// back undoes nothing.
func (o *Office) SetToday(ctx context.Context, day calendar.Date) (SweepReport, error) {
	if err := o.demo(ctx); err != nil {
		return SweepReport{}, err
	}
	if y, _, _ := day.Civil(); y < 2000 || y > 2100 {
		return SweepReport{}, fault.New(fault.Invalid, "Kies een dag tussen 2000 en 2100.", "Choose a day between 2000 and 2100.")
	}
	err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		return store.SetClockOffset(ctx, q, DemoOffset(day, o.now()))
	})
	o.installation.Store(nil)
	if err != nil {
		return SweepReport{}, err
	}
	return o.SweepNow(ctx)
}

// DemoOffset is how far a demo's clock is ahead so that a day is today there.
func DemoOffset(day calendar.Date, real time.Time) time.Duration {
	real = real.In(calendar.Amsterdam())
	y, m, d := day.Civil()
	there := time.Date(y, m, d, real.Hour(), real.Minute(), real.Second(), 0, calendar.Amsterdam())
	return there.Sub(real).Round(time.Second)
}

// DemoPeople lists everybody one can be in a demo, in order of personnel number.
func (o *Office) DemoPeople(ctx context.Context) ([]staff.Person, error) {
	if err := o.demo(ctx); err != nil {
		return nil, err
	}
	return store.People(ctx, o.db.Read())
}

// Become starts a session as anybody of a demo.
func (o *Office) Become(ctx context.Context, person staff.PersonID) (string, error) {
	if err := o.demo(ctx); err != nil {
		return "", err
	}
	return o.StartSession(ctx, person)
}

// demo refuses where this is not a demo.
func (o *Office) demo(ctx context.Context) error {
	i, err := o.Installation(ctx)
	if err == nil && i.Kind != store.Demo {
		err = demoOnly
	}
	return err
}

// Figures are what a demo tells of its size.
type Figures struct{ People, Courses, Certificates int }

// Figures counts what a demo holds.
func (o *Office) Figures(ctx context.Context) (f Figures, err error) {
	people, err := o.DemoPeople(ctx)
	if err != nil {
		return Figures{}, err
	}
	f.People = len(people)
	versions, err := store.Versions(ctx, o.db.Read())
	if err != nil {
		return Figures{}, err
	}
	f.Courses = len(groupByCourse(versions))
	f.Certificates, err = store.CountCertificates(ctx, o.db.Read())
	return f, err
}
