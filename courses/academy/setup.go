package academy

import (
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

// Begin makes an empty database an installation; fault.Conflict where it is one already.
func (o *Office) Begin(ctx context.Context, i store.Installation) error {
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

// Hire adds a workforce and puts it on the agenda of the sweep. Invented people go into a demo only and real ones never
// do (whoever calls it says which): fault.Conflict.
func (o *Office) Hire(ctx context.Context, who staff.Actor, w Workforce, invented bool) error {
	i, err := o.Installation(ctx)
	if err != nil {
		return err
	}
	if invented != (i.Kind == store.Demo) {
		return fault.New(fault.Conflict, "Verzonnen en echte mensen staan nooit in één database.", "Invented and real people never share a database.").Because("demo")
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
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
		return o.replan(ctx, q, who, "workforce.hired", fmt.Sprint(len(w.People)))
	})
}

// Define adds schemes and requirements after checking them, and puts everybody they fall on on the agenda of the sweep.
func (o *Office) Define(ctx context.Context, who staff.Actor, schemes []certificates.Scheme, requirements []certificates.Requirement) error {
	for _, s := range schemes {
		if err := s.Check(); err != nil {
			return fmt.Errorf("scheme %s: %w", s.Key, err)
		}
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := store.InsertSchemes(ctx, q, schemes); err != nil {
			return err
		}
		if err := store.InsertRequirements(ctx, q, requirements); err != nil {
			return err
		}
		return o.replan(ctx, q, who, "schemes.defined", fmt.Sprint(len(schemes)))
	})
}

// replan makes an appointment today for everybody and every scheme that is required of them or that they hold, so that
// the next sweep works out what that means. It is for changes that may touch anybody.
func (o *Office) replan(ctx context.Context, q store.Q, who staff.Actor, act, object string) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	people, err := store.People(ctx, q)
	if err != nil {
		return err
	}
	ids := make([]staff.PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	if len(ids) > 0 {
		archive, err := readFiles(ctx, q, ids...)
		if err != nil {
			return err
		}
		if err := store.MakeAppointments(ctx, q, archive.appointments(now.Today())...); err != nil {
			return err
		}
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
	employed := make(map[staff.PersonID][]staff.Employment)
	for _, e := range f.employments {
		employed[e.Person] = append(employed[e.Person], e)
	}
	for person, employments := range employed {
		designations := only(f.designations, func(d staff.Designation) bool { return d.Person == person })
		for _, d := range certificates.Demands(f.requirements, person, employments, designations) {
			add(person, d.Scheme)
		}
	}
	for _, p := range f.periods {
		add(p.Person, p.Scheme)
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
		schemes, err := store.Schemes(ctx, q, now.Today())
		if err != nil {
			return err
		}
		lasts := make(map[string]*certificates.Period)
		for _, h := range held {
			scheme, ok := schemes[h.Scheme]
			if !ok {
				return fmt.Errorf("%s holds %s, which is not a scheme here", h.Person, h.Scheme)
			}
			key := string(h.Person) + " " + string(h.Scheme)
			period, err := scheme.TakeOver(lasts[key], h.AchievedOn, h.ValidUntil)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", h.Person, h.Scheme, err)
			}
			period.ID, period.Person = newID(), h.Person
			if err := o.takeOver(ctx, q, now, who, scheme, period, h.Source); err != nil {
				return err
			}
			lasts[key] = &period
		}
		return o.replan(ctx, q, who, "periods.taken-over", fmt.Sprint(len(held)))
	})
}

func (o *Office) takeOver(ctx context.Context, q store.Q, now Moment, who staff.Actor, scheme certificates.Scheme, period certificates.Period, source string) error {
	var content *courses.Course
	if course, ok := scheme.CourseFor(period.Cycle, certificates.PathInitial); ok {
		version, err := store.NewestPublished(ctx, q, course)
		if err != nil {
			return err
		}
		if content, err = o.content(ctx, q, version); err != nil {
			return err
		}
		period.Course, period.CourseVersion = course, version.Number
	}
	evidence := make([]certificates.Evidence, len(scheme.Components))
	for place := range evidence {
		evidence[place] = certificates.Evidence{ID: newID(), Person: period.Person, Scheme: scheme.Key, Component: place, CompletedOn: period.CompletedOn,
			Course: period.Course, CourseVersion: period.CourseVersion, Source: source, RecordedBy: who.Person}
	}
	if err := store.InsertEvidence(ctx, q, evidence...); err != nil {
		return err
	}
	if err := store.InsertPeriods(ctx, q, period); err != nil {
		return err
	}
	if !scheme.IssuesCertificate() {
		return nil
	}
	return o.certify(ctx, q, Moment{Real: now.Real, Office: period.CompletedOn.Start().UTC()}, who, scheme, period, content)
}

// versionName writes a version for the audit trail.
func versionName(v courses.Version) string {
	return strings.Join([]string{string(v.Course), fmt.Sprint(v.Number)}, "/")
}
