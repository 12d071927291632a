package academy

import (
	"context"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// A ProcessForecast is how one process stands on every day of the coming months, if nobody gets a certificate that is not
// there yet.
type ProcessForecast struct {
	staffing.Process
	staffing.Forecast
	Without staff.PersonID
	Changes []StaffingChange
	Risks   []Advice
}

// A StaffingChange is a day on which a pool changes, with why in words.
type StaffingChange struct {
	staffing.Step
	Dutch, English []string
}

// ProcessForecast looks some months ahead (0: 24) at one process, without somebody where that is asked.
func (o *Office) ProcessForecast(ctx context.Context, who staff.Actor, key staff.ActivityID, months int, without staff.PersonID) (ProcessForecast, error) {
	q := o.db.Read()
	var on calendar.Date
	p, now, err := o.oneProcess(ctx, q, who, key, &on)
	if err != nil {
		return ProcessForecast{}, err
	}
	if err := who.Allow(staff.ReadStaffing, staff.Subject{}); err != nil {
		return ProcessForecast{}, err
	}
	if months, err = lookingAhead(months); err != nil {
		return ProcessForecast{}, err
	}
	if without != "" {
		if err := o.allowWithout(ctx, q, who, without, now.Today()); err != nil {
			return ProcessForecast{}, err
		}
	}
	if err := consented(ctx, q, now.Today(), ViewStaffing); err != nil {
		return ProcessForecast{}, err
	}
	until := on.AddMonths(months)
	files, err := readCrew(ctx, q, []staffing.Process{p}, on, on, until)
	if err != nil {
		return ProcessForecast{}, err
	}
	if !files.involved(who, p) {
		return ProcessForecast{}, notYours
	}
	if err := files.readNames(ctx, q, who); err != nil {
		return ProcessForecast{}, err
	}
	if without != "" {
		files.records = staffing.Without(files.records, without)
	}
	f := ProcessForecast{Process: p, Forecast: p.Forecast(files.records, on, until), Without: without}
	f.Risks = files.words(who, p, f.Forecast)
	book := files.book(who)
	var named []staff.PersonID
	for _, r := range f.Risks {
		named = append(append(named, r.Action.Person), r.Away...)
	}
	for _, step := range f.Steps {
		c := StaffingChange{Step: step}
		for _, cause := range step.Causes {
			dutch, english := book.Words(cause)
			c.Dutch, c.English = append(c.Dutch, dutch), append(c.English, english)
		}
		c.Causes = files.hidden(who, step.Causes)
		for _, cause := range c.Causes {
			named = append(named, cause.Person)
		}
		f.Changes = append(f.Changes, c)
	}
	return f, o.looked(ctx, who, only(named, func(id staff.PersonID) bool { return id != "" })...)
}
