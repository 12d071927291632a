package calendar

import "time"

// Workday reports whether a municipality works on a day: Monday to Friday, and no public holiday.
func (d Date) Workday() bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !d.Holiday()
}

// WorkdayFrom is the first working day on or after d.
func (d Date) WorkdayFrom() Date {
	for !d.Workday() {
		d++
	}
	return d
}

// WorkdayUntil is the last working day on or before d.
func (d Date) WorkdayUntil() Date {
	for !d.Workday() {
		d--
	}
	return d
}

// Holiday reports whether a day is a Dutch public holiday. Good Friday is none; Liberation Day is one every year, as it
// is for civil servants.
func (d Date) Holiday() bool {
	y, m, day := d.Civil()
	switch {
	case m == time.January && day == 1, m == time.May && day == 5, m == time.December && (day == 25 || day == 26):
		return true
	case m == time.April && day == 27:
		return d.Weekday() != time.Sunday
	case m == time.April && day == 26: // the King's birthday is kept a day early where it is a Sunday
		return d.Weekday() == time.Saturday
	}
	switch Easter(y).DaysUntil(d) {
	case 0, 1, 39, 49, 50: // Easter, Ascension Day and Whitsun
		return true
	}
	return false
}

// Easter is Easter Sunday of a year of the Gregorian calendar, by the reckoning of Meeus, Jones and Butcher.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	l := (32 + 2*e + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return New(year, time.Month(n/31), n%31+1)
}
