// Package calendar reckons in civil dates, as validity does (design rule: RECERTIFICATION §2).
//
// It is a leaf: it imports nothing of ours, reads no clock and knows no time of day.
package calendar

import (
	"fmt"
	"time"
	_ "time/tzdata" // a municipality's machine may have no zone database
)

// A Date is a civil day: the number of days since 31 December of the year 0. The zero Date is no date.
// Dates compare with < and ==.
type Date int32

// amsterdam is the zone in which every civil date of the product is reckoned.
var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(fmt.Sprintf("calendar: %v", err)) // impossible: time/tzdata is part of the program
	}
	return zone
}()

const secondsPerDay = 24 * 60 * 60

var origin = time.Date(0, time.December, 31, 0, 0, 0, 0, time.UTC).Unix()

// Amsterdam is the time zone of the municipality.
func Amsterdam() *time.Location { return amsterdam }

// On returns the civil date of an instant in Amsterdam.
func On(t time.Time) Date {
	y, m, d := t.In(amsterdam).Date()
	return New(y, m, d)
}

// New returns the date of a year, month and day; days and months overflow as in time.Date.
func New(year int, month time.Month, day int) Date {
	return Date((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - origin) / secondsPerDay)
}

// Parse reads YYYY-MM-DD. A day that does not exist is an error. It reads no other form, which time.Parse is slow at: a
// report reads half a million dates.
func Parse(text string) (Date, error) {
	if len(text) == len(time.DateOnly) && text[4] == '-' && text[7] == '-' {
		year, month, day := digits(text[:4]), time.Month(digits(text[5:7])), digits(text[8:])
		if year >= 1 && month >= time.January && month <= time.December && day >= 1 && (day <= 28 || day <= DaysIn(year, month)) {
			return New(year, month, day), nil
		}
	}
	return 0, fmt.Errorf("%q is not a date like 2026-11-23", text)
}

// digits reads a number of few digits; -1 where anything else stands there, which no place of a date has.
func digits(text string) int {
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// MustParse is Parse for dates written in code; it panics on a mistake.
func MustParse(text string) Date {
	d, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// String writes YYYY-MM-DD, and nothing for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Civil returns the year, month and day.
func (d Date) Civil() (int, time.Month, int) { return d.utc().Date() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Start returns the first instant of the day in Amsterdam.
func (d Date) Start() time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, 0, 0, 0, amsterdam)
}

// AddDays returns the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// DaysUntil returns how many days later other is; negative where it is earlier.
func (d Date) DaysUntil(other Date) int { return int(other - d) }

// AddMonths returns the same day of the month n months later (earlier where n is negative), clamped to the end of that
// month: 31 August − 6 months is 28 February, where time.AddDate would say 3 March. RECERTIFICATION §2.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	return New(y, m+time.Month(n), min(day, DaysIn(y, m+time.Month(n))))
}

// TermEnd returns the last day of a term of n months that starts on d: the day before the same day of the month
// n months later and, where that day does not exist, the last day of that month. RECERTIFICATION §2:
// 12 Feb 2023 + 12 → 11 Feb 2024; 31 Aug 2026 + 6 → 28 Feb 2027; 29 Feb 2024 + 12 → 28 Feb 2025.
func (d Date) TermEnd(n int) Date {
	y, m, day := d.Civil()
	if last := DaysIn(y, m+time.Month(n)); day > last {
		return New(y, m+time.Month(n), last)
	}
	return New(y, m+time.Month(n), day-1)
}

// DaysIn returns the number of days of a month; months overflow into the next year as in time.Date.
func DaysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (d Date) utc() time.Time { return time.Unix(origin+int64(d)*secondsPerDay, 0).UTC() }
