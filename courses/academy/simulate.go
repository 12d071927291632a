package academy

import (
	"context"

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
	outlook.Simulation
}

// longestSimulation is how many years a simulation covers.
const longestSimulation = 50

// Simulate lives through the days from today to a last one, as the sweep would each morning, and stores nothing. progress
// hears how many of the people are done. What has been is not simulated: fault.Invalid.
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
	case ask.From < report.Today:
		return Simulation{}, wrong.At("from", "kies vandaag of een latere dag: wat geweest is, staat in het logboek", "choose today or a later day: what has been stands in the log")
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
	s := Simulation{report, begin()}
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
				part.Add(r, report.Today)
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
	return s, nil
}
