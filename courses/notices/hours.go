package notices

import (
	"time"

	"bekwaam/courses/calendar"
)

// Mail goes on working days between these hours, in Amsterdam.
const (
	FirstHour = 7
	LastHour  = 19
)

// MayGo reports whether mail goes at a moment.
func MayGo(at time.Time) bool {
	hour := at.In(calendar.Amsterdam()).Hour()
	return calendar.On(at).Workday() && hour >= FirstHour && hour < LastHour
}

// TooLate is when a digest of a day is not sent any more: after the next working day, so that a mail server that is away
// over a weekend loses none, and one that is away for long sends nothing stale.
func TooLate(on calendar.Date) time.Time {
	return on.AddDays(1).WorkdayFrom().AddDays(1).Start()
}
