package academy

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// usualTarget is which share of what is asked is to be in order where nobody chose otherwise, in percents.
const usualTarget = 95

// Begin makes an empty database an installation; fault.Conflict where it is one already, fault.Invalid where its settings
// are not right.
func (o *Office) Begin(ctx context.Context, i store.Installation) error {
	i.Target = cmp.Or(i.Target, usualTarget)
	if err := CheckSettings(i); err != nil {
		return err
	}
	if strings.TrimSpace(i.Municipality) == "" {
		return wrongSettings.At("municipality", "noem de gemeente", "name the municipality")
	}
	if err := certificates.CheckPrefix(i.NumberPrefix); err != nil { // each certificate would fail
		return err
	}
	err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error { return store.InsertInstallation(ctx, q, i) })
	o.installation.Store(nil)
	return err
}

// A Workforce is who works where.
type Workforce struct {
	Teams        []staff.Team
	Roles        []staff.Role
	People       []staff.Person
	Employments  []staff.Employment
	Designations []staff.Designation
}

var neverTogether = fault.New(fault.Conflict, "Verzonnen en echte mensen staan nooit in één database. Kies een andere database.", "Invented and real people never share a database. Choose another database.").Because("demo")

// touched lists whose work it changes; somebody may stand in it more than once.
func (w Workforce) touched() []staff.PersonID {
	var people []staff.PersonID
	for _, e := range w.Employments {
		people = append(people, e.Person)
	}
	for _, d := range w.Designations {
		people = append(people, d.Person)
	}
	return people
}

// Hire adds a workforce and puts it on the agenda of the sweep. Invented people go into a demo only and real ones never
// do (whoever calls it says which): fault.Conflict. It checks who they are: fault.Invalid.
func (o *Office) Hire(ctx context.Context, who staff.Actor, w Workforce, invented bool) error {
	i, err := o.Installation(ctx)
	if err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	if invented != (i.Kind == store.Demo) {
		return neverTogether
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := hire(ctx, q, w); err != nil {
			return err
		}
		return replan(ctx, q, now, who, "workforce.hired", fmt.Sprint(len(w.People)), w.touched())
	})
}

func hire(ctx context.Context, q store.Q, w Workforce) error {
	for i, p := range w.People {
		if err := p.Check(); err != nil {
			return fmt.Errorf("person %d of %d: %w", i+1, len(w.People), err)
		}
	}
	for _, add := range []func() error{
		func() error { return store.InsertTeams(ctx, q, w.Teams) },
		func() error { return store.InsertRoles(ctx, q, w.Roles) },
		func() error { return store.InsertPeople(ctx, q, w.People) },
		func() error { return store.InsertEmployments(ctx, q, w.Employments) },
		func() error { return store.InsertDesignations(ctx, q, w.Designations) },
	} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

// Define adds schemes and requirements after checking them, and puts everybody they fall on on the agenda of the sweep.
func (o *Office) Define(ctx context.Context, who staff.Actor, schemes []certificates.Scheme, requirements []certificates.Requirement) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	err = o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := define(ctx, q, schemes, requirements); err != nil {
			return err
		}
		return replanAll(ctx, q, now, who, "schemes.defined", fmt.Sprint(len(schemes)))
	})
	o.schemes.Store(nil)
	return err
}

func define(ctx context.Context, q store.Q, schemes []certificates.Scheme, requirements []certificates.Requirement) error {
	for _, s := range schemes {
		if err := s.Check(); err != nil {
			return fmt.Errorf("scheme %s: %w", s.Key, err)
		}
	}
	if err := store.InsertSchemes(ctx, q, schemes); err != nil {
		return err
	}
	return store.InsertRequirements(ctx, q, requirements)
}

// replanAll replans everybody, for changes that may touch anybody.
func replanAll(ctx context.Context, q store.Q, now Moment, who staff.Actor, act, object string) error {
	people, err := store.People(ctx, q)
	if err != nil {
		return err
	}
	ids := make([]staff.PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return replan(ctx, q, now, who, act, object, ids)
}

// replan makes an appointment today for every scheme that is required of some people or that they hold, so that the next
// sweep works out what a change means for them.
func replan(ctx context.Context, q store.Q, now Moment, who staff.Actor, act, object string, ids []staff.PersonID) error {
	archive, err := readFiles(ctx, q, ids...)
	if err != nil {
		return err
	}
	if err := store.BringForward(ctx, q, archive.appointments(now.Today())...); err != nil {
		return err
	}
	return store.Write(ctx, q, did(now.Office, who, act, "", object))
}

// appointments lists everybody and every scheme that somebody requires of them or that they hold.
func (f files) appointments(on calendar.Date) []store.Appointment {
	seen := make(map[store.Appointment]bool)
	var all []store.Appointment
	add := func(person staff.PersonID, scheme certificates.SchemeKey) {
		if a := (store.Appointment{Person: person, Scheme: scheme, On: on}); !seen[a] {
			seen[a] = true
			all = append(all, a)
		}
	}
	for person, employments := range f.employments {
		for scheme, requirements := range f.requirements {
			if len(certificates.Demands(requirements, person, employments, f.designations[person])) > 0 {
				add(person, scheme)
			}
		}
	}
	for person, periods := range f.periods {
		for _, p := range periods {
			add(person, p.Scheme)
		}
	}
	return all
}

// A Held is a period somebody holds or held before this installation, as an older administration knows it.
type Held struct {
	Person     staff.PersonID
	Scheme     certificates.SchemeKey
	AchievedOn calendar.Date
	ValidUntil calendar.Date // zero: no end
	Source     string        // what was seen: "examen", "besluit"
}

// TakeOver records what people hold already, with its history, in order of achievement. The dates are those of the older
// administration: they are facts, also where a scheme would reckon them otherwise. Schemes of ours get their certificate.
func (o *Office) TakeOver(ctx context.Context, who staff.Actor, held []Held) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := o.takeOver(ctx, q, now, who, held); err != nil {
			return err
		}
		people := make([]staff.PersonID, len(held))
		for i, h := range held {
			people[i] = h.Person
		}
		return replan(ctx, q, now, who, "periods.taken-over", fmt.Sprint(len(held)), people)
	})
}

// takeOver works everything out and then writes it with one statement for each kind of row. What waited for it as a
// prerequisite is settled after that. A mistake tells its place, never whose it is.
func (o *Office) takeOver(ctx context.Context, q store.Q, now Moment, who staff.Actor, held []Held) error {
	t, err := o.beginTakingOver(ctx, q, now, who)
	if err != nil {
		return err
	}
	for i, h := range held {
		if err := t.take(h); err != nil {
			return fmt.Errorf("%d of %d, %s: %w", i+1, len(held), h.Scheme, err)
		}
	}
	if err := store.InsertEvidence(ctx, q, t.evidence...); err != nil {
		return err
	}
	if err := store.InsertPeriods(ctx, q, t.periods...); err != nil {
		return err
	}
	if err := store.CloseDuties(ctx, q); err != nil {
		return err
	}
	if err := store.InsertCertificates(ctx, q, t.issued...); err != nil {
		return err
	}
	if err := store.Write(ctx, q, t.entries...); err != nil {
		return err
	}
	for _, waits := range t.waiting() {
		if _, err := o.settle(ctx, q, now, who, t.schemes[waits.scheme], waits.person, ""); err != nil {
			return err
		}
	}
	return nil
}

// versionName writes a version for the audit trail.
func versionName(v courses.Version) string {
	return strings.Join([]string{string(v.Course), fmt.Sprint(v.Number)}, "/")
}
