package academy

import (
	"context"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

var demoOnly = fault.New(fault.Forbidden, "Dit kan alleen in de demo.", "This can only be done in the demo.").Because("demo")

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
