// Package seed holds the demo: an invented municipality with six real courses. It fills an empty installation through
// academy, so that the demo obeys the same rules as everything that happens later.
//
// It may import academy, exchange and the pure packages. It opens no database and reads nothing but what is embedded.
package seed

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"bekwaam/courses/academy"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

//go:embed data
var data embed.FS

// author is who writes and publishes the courses of the demo: Kevin Doekhi of HR.
const author staff.PersonID = "RW1057"

// Progress hears how far filling is: done of total steps, and what is happening now.
type Progress func(done, total int, what string)

var notEmpty = fault.New(fault.Conflict,
	"Dit is de database van een echte gemeente. Daar komen geen voorbeeldgegevens in. Kies een andere database.",
	"This is the database of a real municipality. No example data go in there. Choose another database.").Because("real")

// Fill makes an empty database the demo, or completes one whose filling was interrupted. A demo that is complete stays as
// it is; a real installation is fault.Conflict.
func Fill(ctx context.Context, office *academy.Office, progress Progress) error {
	i, err := office.Installation(ctx)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return fill(ctx, office, beginOnce(office), progress)
	case err != nil:
		return err
	case i.Kind != academy.Demo:
		return notEmpty
	}
	if filled, err := office.DemoFilled(ctx); err != nil || filled {
		return err
	}
	return fill(ctx, office, asItIs, progress)
}

// Again forgets everything that happened in a demo and fills it anew; fault.Forbidden where it is not a demo.
func Again(ctx context.Context, office *academy.Office, progress Progress) error {
	return fill(ctx, office, office.BeginDemoAgain, progress)
}

// A beginning makes a demo with nobody in it.
type beginning func(context.Context, academy.Installation) error

// beginOnce begins a demo, unless another replica that started together with this one was first.
func beginOnce(office *academy.Office) beginning {
	return func(ctx context.Context, i academy.Installation) error {
		err := office.BeginDemo(ctx, i)
		if fault.KindOf(err) == fault.Conflict {
			return nil
		}
		return err
	}
}

// asItIs leaves a demo with nobody in it as it is.
func asItIs(context.Context, academy.Installation) error { return nil }

// fill begins a demo, tells its story and sweeps for the first time. What is cut off after the story is told is made up
// for by the sweep at the next start.
func fill(ctx context.Context, office *academy.Office, begin beginning, progress Progress) error {
	const steps = 3
	progress(0, steps, "voorbeeldgegevens lezen / reading example data")
	m, err := municipality()
	if err != nil {
		return err
	}
	story, err := story(m)
	if err != nil {
		return err
	}
	progress(1, steps, "mensen en certificaten opslaan / storing people and certificates")
	if err := begin(ctx, academy.Installation{Municipality: m.Name, Department: m.Department, NumberPrefix: "RW"}); err != nil {
		return err
	}
	if err := office.FillDemo(ctx, story); err != nil {
		return err
	}
	progress(2, steps, "taken klaarzetten / preparing duties")
	if _, err := office.SweepNow(ctx); err != nil {
		return err
	}
	progress(steps, steps, "klaar / done")
	return nil
}

// OldList is a list of evidence as the municipality once kept it, to try importing with.
func OldList() ([]byte, error) { return data.ReadFile("data/rietwaarde/bewijs_oude_lijst.csv") }

// Scores is a list of scores of an instrument as a supplier sends it, to try importing with.
func Scores() ([]byte, error) {
	return data.ReadFile("data/rietwaarde/instrument_import_voorbeeld.csv")
}

func municipality() (exchange.Municipality, error) {
	files, err := fs.Sub(data, "data/rietwaarde")
	if err != nil {
		return exchange.Municipality{}, err
	}
	return exchange.ReadMunicipality(files)
}

// story makes what the files say into what the office takes.
func story(m exchange.Municipality) (academy.Story, error) {
	s := academy.Story{
		Today:      m.On,
		Workforce:  academy.Workforce{Teams: m.Teams, Roles: m.Roles, People: m.People, Employments: m.Employments, Designations: m.Designations},
		Activities: m.Activities, Schemes: m.Schemes, Requirements: m.Requirements, Author: actor(m, author),
	}
	for _, h := range m.Held {
		s.Held = append(s.Held, academy.Held(h))
	}
	s.Sessions, s.Developments = m.Sessions, m.Developments
	for _, b := range m.Budgets {
		s.Budgets = append(s.Budgets, academy.StoryBudget(b))
	}
	s.Staffing = academy.StaffingStory{
		Processes: m.Processes, Procedures: m.Procedures, Rosters: m.Rosters, Leave: m.Leave, OnCall: m.OnCall,
		Consent: academy.Consent{On: m.Consent.On, Reference: m.Consent.Reference},
	}
	s.Competences = academy.CompetenceStory(m.Competences)
	s.Instruments = academy.InstrumentStory(m.Instruments)
	for _, w := range m.Wishes {
		told := academy.StoryWish{Wish: w.Wish, Planned: w.Planned, Terms: w.Terms}
		for _, d := range w.Done {
			told.Done = append(told.Done, academy.StoryItem(d))
		}
		s.Wishes = append(s.Wishes, told)
	}
	names, err := fs.Glob(data, "data/courses/*.md")
	if err != nil {
		return s, err
	}
	for _, name := range names {
		source, err := data.ReadFile(name)
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		s.Courses = append(s.Courses, academy.StoryFile{Name: name, Source: source})
	}
	return s, nil
}

// actor works out what somebody in the files is on the day the demo begins.
func actor(m exchange.Municipality, person staff.PersonID) staff.Actor {
	var facts staff.Facts
	for _, e := range m.Employments {
		for _, r := range m.Roles {
			if e.Person == person && e.On(m.On) && e.Role == r.ID {
				facts.Roles = append(facts.Roles, r)
			}
		}
	}
	for _, d := range m.Designations {
		if d.Person == person && d.On(m.On) {
			facts.Designations = append(facts.Designations, d.Kind)
		}
	}
	return staff.Be(person, facts)
}
