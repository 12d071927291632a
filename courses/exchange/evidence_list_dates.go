package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A DateOrder says what comes first in 03-04-2026. It never matters for 2026-04-03.
type DateOrder string

const (
	OrderUnknown DateOrder = ""
	DayFirst     DateOrder = "day"   // 3 April
	MonthFirst   DateOrder = "month" // 4 March
)

var (
	numericDate = regexp.MustCompile(`^(\d{1,4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{2}|\d{4})$`)
	yearFirst   = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$`)
	dayName     = regexp.MustCompile(`^(\d{1,2})[-/. ]*([a-z]{3,9})[-/. ,]*(\d{4}|\d{2})$`)
	nameDay     = regexp.MustCompile(`^([a-z]{3,9})[-/. ]*(\d{1,2})[-/. ,]+(\d{4}|\d{2})$`)
	solidDate   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	clockAfter  = regexp.MustCompile(`^(.*\d)(?:t|,? )\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?(?:z|uur|[ap]m|[+-]\d{2}:?\d{2}))?$`)
	weekdayName = regexp.MustCompile(`^(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[.,]? +`)
)

// Excel counts days; numbers between these are dates from 1950 to 2099.
const (
	firstSerial = 18264
	lastSerial  = 73051
)

// serialOrigin is the day before Excel's first one, counting the 29 February 1900 that it believes in.
var serialOrigin = calendar.New(1899, time.December, 30)

// months are the beginnings of the names of the months, in Dutch and in English.
var months = []string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec", "maa", "mar", "may", "oct"}

// monthOf returns the month that a name begins with; 0 where there is none.
func monthOf(name string) time.Month {
	for i, m := range months {
		if strings.HasPrefix(name, m) {
			return []time.Month{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3, 3, 5, 10}[i]
		}
	}
	return 0
}

// plainDate takes from the text of a date what stands around it: a weekday, a time and the mark of '26.
func plainDate(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(fold(text), "'", ""))
	if m := clockAfter.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return weekdayName.ReplaceAllString(text, "")
}

// looksLikeDate reports whether a text has the form of a date, also of one that does not exist. A bare number may be
// anything.
func looksLikeDate(text string) bool {
	if len(text) < 6 || len(text) > 40 {
		return false
	}
	text = plainDate(text)
	if numericDate.MatchString(text) || yearFirst.MatchString(text) {
		return true
	}
	if m := dayName.FindStringSubmatch(text); m != nil {
		return monthOf(m[2]) > 0
	}
	m := nameDay.FindStringSubmatch(text)
	return m != nil && monthOf(m[1]) > 0
}

// readDate reads a date as people write it. Of two-digit years 50–99 are in the last century. False where there is no such
// day, or where only the order would tell which day it is and that is not known.
func readDate(text string, order DateOrder) (calendar.Date, bool) {
	text = plainDate(text)
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return civil(m[1], m[2], m[3])
	}
	if m := numericDate.FindStringSubmatch(text); m != nil {
		return inOrder(m[1], m[2], m[3], order)
	}
	if m := dayName.FindStringSubmatch(text); m != nil {
		return civil(m[3], strconv.Itoa(int(monthOf(m[2]))), m[1])
	}
	if m := nameDay.FindStringSubmatch(text); m != nil {
		return civil(m[3], strconv.Itoa(int(monthOf(m[1]))), m[2])
	}
	if m := solidDate.FindStringSubmatch(text); m != nil {
		if day, ok := civil(m[1], m[2], m[3]); ok && text[0] < '3' {
			return day, true
		}
		return inOrder(text[:2], text[2:4], text[4:], order)
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil && number >= firstSerial && number < lastSerial {
		return serialOrigin.AddDays(int(number)), true
	}
	return 0, false
}

// inOrder reads two numbers and a year. Where both orders give the same day, or only one a day at all, none needs to be
// known.
func inOrder(a, b, year string, order DateOrder) (calendar.Date, bool) {
	dayFirst, isDay := civil(year, b, a)
	monthFirst, isMonth := civil(year, a, b)
	switch {
	case order == DayFirst:
		return dayFirst, isDay
	case order == MonthFirst:
		return monthFirst, isMonth
	case isDay && isMonth && dayFirst != monthFirst:
		return 0, false
	case isDay:
		return dayFirst, true
	}
	return monthFirst, isMonth
}

// civil is the date of a year, a month and a day in digits; false where it does not exist.
func civil(year, month, day string) (calendar.Date, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if len(year) == 2 {
		y += 2000
		if y >= 2050 {
			y -= 100
		}
	}
	if y < 1900 || y > 2999 || m < 1 || m > 12 || d < 1 || d > calendar.DaysIn(y, time.Month(m)) {
		return 0, false
	}
	return calendar.New(y, time.Month(m), d), true
}

// orderOf finds out in which order dates are written; false where nothing, or nothing that is clear, tells. A few mistakes
// among many dates do not count.
func orderOf(dates []string) (DateOrder, bool) {
	day, month, either := 0, 0, 0
	for _, text := range dates {
		m := numericDate.FindStringSubmatch(plainDate(text))
		if m == nil {
			continue
		}
		first, isDay := civil(m[3], m[2], m[1])
		second, isMonth := civil(m[3], m[1], m[2])
		switch {
		case isDay && isMonth && first != second:
			either++
		case isDay && !isMonth:
			day++
		case isMonth && !isDay:
			month++
		}
	}
	const many = 20
	switch {
	case day > many*month:
		return DayFirst, true
	case month > many*day:
		return MonthFirst, true
	}
	return DayFirst, day+month+either == 0
}

// noEnd are the words for something that does not end; unsaid are those that say nothing.
var (
	noEnd  = []string{"n v t", "nvt", "niet van toepassing", "onbep", "onbepaald", "onbepaalde tijd", "onbeperkt", "onbeperkt geldig", "geen", "geen einddatum", "geen einde", "blijvend", "permanent", "levenslang", "none", "never", "n a", "na", "no end", "unlimited", "indefinite", "lifetime"}
	unsaid = []string{"", "?", "onbekend", "unknown"}
)

// readDays reads when something was achieved and until when it holds.
func (r *listReader) readDays(to *EvidenceRow, row TableRow, wrong func(place, dutch, english string, values ...any)) {
	text, ok := r.cell(row, FieldAchieved), false
	switch to.AchievedOn, ok = readDate(text, r.list.Mapping.Order); {
	case text == "":
		wrong(r.list.column(FieldAchieved), "Schrijf hier de dag waarop het is gehaald.", "Write here the day on which it was achieved.")
		return
	case !ok:
		wrong(r.list.column(FieldAchieved), "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026.", "This day does not exist. Write a day such as 2026-11-23.")
		return
	case to.AchievedOn > r.office.Today:
		wrong(r.list.column(FieldAchieved), "Deze dag moet nog komen. Kijk de cijfers na.", "This day has yet to come. Check the digits.")
		return
	}
	text = r.cell(row, FieldUntil)
	plain := strings.Join(tokens(text), " ")
	switch {
	case slices.Contains(noEnd, plain):
	case slices.Contains(unsaid, plain):
		if end := r.endOf(to.Scheme, to.AchievedOn); !end.IsZero() {
			to.ValidUntil, to.Reckoned = end, true
		}
	default:
		if to.ValidUntil, ok = readDate(text, r.list.Mapping.Order); !ok {
			wrong(r.list.column(FieldUntil), "Deze dag bestaat niet. Schrijf een dag zoals 23-11-2026, of laat dit leeg.", "This day does not exist. Write a day such as 2026-11-23, or leave this empty.")
		} else if to.ValidUntil < to.AchievedOn {
			wrong(r.list.column(FieldUntil), "Dit loopt af voordat het is gehaald. Kijk beide dagen na.", "This ends before it was achieved. Check both days.")
		}
	}
}

// endOf is the end that a scheme gives to what was achieved on a day for the first time; zero where it gives none.
func (r *listReader) endOf(scheme certificates.SchemeKey, achieved calendar.Date) calendar.Date {
	s, ok := r.office.Schemes[scheme]
	if !ok {
		return 0
	}
	next, err := certificates.NextPeriod(s, nil, achieved)
	if err != nil {
		return 0
	}
	return next.ValidUntil
}
