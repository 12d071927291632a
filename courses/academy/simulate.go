package academy

import (
	"context"
	"time"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A SimulationRequest asks what would happen day by day.
type SimulationRequest struct {
	From   calendar.Date // zero: today
	Until  calendar.Date
	OnTime bool // everybody does what is asked on the last day in time; false: nobody does anything
}

// A Simulation is what would happen.
type Simulation struct {
	Report
	Start calendar.Date // the day on which the record stands from which it goes: today, or From where that has been
	outlook.Simulation
}

// longestSimulation is how many years a simulation covers.
const longestSimulation = 50

// Simulate lives through the days from today to a last one, as the sweep would each morning, and stores nothing. progress
// hears how many of the people are done. From a day that has been it begins with the record as it stood then, as far as we know
// now, and goes on as if nothing had happened since; who works here, what is asked and the schemes are as they are written now.
func (o *Office) Simulate(ctx context.Context, who staff.Actor, ask SimulationRequest, progress func(done, total int)) (Simulation, error) {
	q := o.db.Read()
	report, err := o.beginReport(ctx, q, who, staff.RunSweeps, "")
	if err != nil {
		return Simulation{}, err
	}
	if ask.From.IsZero() {
		ask.From = report.Today
	}
	wrong := fault.New(fault.Invalid, "Deze dagen kunnen we niet naspelen.", "We cannot simulate these days.")
	switch {
	case ask.From < report.Today.AddMonths(-12*longestSimulation):
		return Simulation{}, wrong.At("from", "kies een dag van hoogstens vijftig jaar geleden", "choose a day of at most fifty years ago")
	case ask.Until < ask.From:
		return Simulation{}, wrong.At("until", "kies een dag op of na de eerste", "choose a day on or after the first")
	case ask.Until > report.Today.AddMonths(12*longestSimulation):
		return Simulation{}, wrong.At("until", "kies een dag binnen vijftig jaar", "choose a day within fifty years")
	}
	renewal := outlook.Never
	if ask.OnTime {
		renewal = outlook.OnTheLastDay
	}
	begin := func() outlook.Simulation {
		return outlook.NewSimulation(ask.From, ask.Until, report.rules, renewal, reminders)
	}
	s := Simulation{report, min(report.Today, ask.From), begin()}
	people, err := s.working(ctx, q, 0, ask.Until)
	if err != nil {
		return Simulation{}, err
	}
	const atOnce = 100 // so that there is progress to tell
	for done := 0; done < len(people); done += atOnce {
		progress(done, len(people))
		some := people[done:min(done+atOnce, len(people))]
		parts, err := gather(ctx, q, some, store.Periods, func(records []outlook.Record) outlook.Simulation {
			part := begin()
			for _, r := range records {
				if s.Start < report.Today {
					r = stood(r, s.Start)
				}
				part.Add(r, s.Start)
			}
			return part
		})
		if err != nil {
			return Simulation{}, err
		}
		for _, part := range parts {
			s.Merge(part)
		}
	}
	progress(len(people), len(people))
	if s.Start < report.Today && len(s.Days) > 0 && s.Days[0].On == s.Start {
		s.Days[0].Steps = only(s.Days[0].Steps, func(step outlook.Step) bool { // what was asked already is no news
			return step.Kind != certificates.Opened || step.Duty.OpensOn == s.Start
		})
		if len(s.Days[0].Steps) == 0 && s.Days[0].Mails == 0 {
			s.Days = s.Days[1:]
		}
	}
	return s, nil
}

// stood is the record as it stood on a day: without what was completed, revoked or decided later. Duties that were open then follow
// from the rest.
func stood(r outlook.Record, on calendar.Date) outlook.Record {
	r.Periods = only(r.Periods, func(p certificates.Period) bool { return p.CompletedOn <= on })
	for i := range r.Periods {
		if r.Periods[i].RevokedOn > on {
			r.Periods[i].RevokedOn = 0
		}
	}
	r.Decisions = only(r.Decisions, func(d certificates.Decision) bool { return calendar.On(d.TakenAt) <= on })
	for i, d := range r.Decisions {
		if !d.Stands() && calendar.On(d.UndoneAt) > on {
			r.Decisions[i].UndoneAt, r.Decisions[i].UndoneBy = time.Time{}, ""
		}
	}
	r.Duties = only(r.Duties, func(d certificates.Duty) bool {
		return !d.DoneOn.IsZero() && d.DoneOn <= on || !d.EndedOn.IsZero() && d.EndedOn <= on
	})
	return r
}
