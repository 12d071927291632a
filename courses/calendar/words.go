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

// DutchMonth writes "november 2026".
func (d Date) DutchMonth() string {
	y, m, _ := d.Civil()
	return fmt.Sprintf("%s %d", dutchMonths[m-1], y)
}

// DutchShortMonth writes "mrt".
func (d Date) DutchShortMonth() string {
	_, m, _ := d.Civil()
	if m == time.March {
		return "mrt"
	}
	return dutchMonths[m-1][:3]
}

// EnglishShortMonth writes "Mar".
func (d Date) EnglishShortMonth() string { return d.utc().Format("Jan") }

// EnglishMonth writes "November 2026".
func (d Date) EnglishMonth() string { return d.utc().Format("January 2006") }

// Monday is the first day of the week of d.
func (d Date) Monday() Date { return d - Date(d.Weekday()+6)%7 }

// Week is the year and the number of the week in the manner of ISO 8601, as Dutch calendars print it.
func (d Date) Week() (year, week int) { return d.utc().ISOWeek() }
