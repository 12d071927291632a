package calendar

import (
	"fmt"
	"time"
)

var (
	dutchMonths = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
	dutchDays   = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
)

// Dutch writes "23 november 2026", and nothing for no date.
func (d Date) Dutch() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, dutchMonths[m-1], y)
}

// English writes "23 November 2026", and nothing for no date.
func (d Date) English() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2 January 2006")
}

// DutchWeekday writes "maandag".
func (d Date) DutchWeekday() string { return dutchDays[d.Weekday()] }

// ClockDutch writes the time of day in Amsterdam as Dutch does: "10.42 uur".
func ClockDutch(t time.Time) string { return t.In(amsterdam).Format("15.04") + " uur" }

// ClockEnglish writes the time of day in Amsterdam as "10:42".
func ClockEnglish(t time.Time) string { return t.In(amsterdam).Format("15:04") }
