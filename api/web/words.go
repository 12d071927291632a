package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"bekwaam/courses/calendar"
)

// A language is one in which the pages speak. Course content is Dutch only.
type language string

const (
	dutch   language = "nl"
	english language = "en"
)

// languages lists them; every page is prepared in each.
var languages = []language{dutch, english}

// say picks the sentence of the language and fills in what it tells.
func (l language) say(nl, en string, values ...any) string {
	text := nl
	if l == english {
		text = en
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}

// sentences picks the lines of the language.
func (l language) sentences(nl, en []string) []string {
	if l == english {
		return en
	}
	return nl
}

// count writes a number with its noun: "1 vraag", "10 vragen".
func (l language) count(n int, oneNL, manyNL, oneEN, manyEN string) string {
	if n == 1 {
		return "1 " + l.say(oneNL, oneEN)
	}
	return fmt.Sprint(n) + " " + l.say(manyNL, manyEN)
}

// date writes "23 november 2026".
func (l language) date(d calendar.Date) string { return l.say(d.Dutch(), d.English()) }

// weekday writes "maandag 23 november 2026".
func (l language) weekday(d calendar.Date) string {
	return l.say(d.DutchWeekday()+" "+d.Dutch(), d.Weekday().String()+" "+d.English())
}

// clock writes the time of day: "10.42 uur".
func (l language) clock(t time.Time) string {
	return l.say(calendar.ClockDutch(t), calendar.ClockEnglish(t))
}

// minutes writes a duration in whole minutes: "15 minuten".
func (l language) minutes(n int) string { return l.count(n, "minuut", "minuten", "minute", "minutes") }

// issuer writes a municipality in the middle of a sentence: "de gemeente Rietwaarde".
func (l language) issuer(municipality string) string {
	if name, ok := strings.CutPrefix(municipality, "Gemeente "); ok {
		return l.say("de gemeente ", "the municipality of ") + name
	}
	return municipality
}

// other is the language that the switch on each page offers.
func (l language) other() language {
	if l == english {
		return dutch
	}
	return english
}

// languageCookie remembers the language for a year.
const languageCookie = "taal"

// languageOf is the language somebody chose: now, in the address, or before.
func languageOf(r *http.Request) language {
	switch language(r.URL.Query().Get("lang")) {
	case english:
		return english
	case dutch:
		return dutch
	}
	if c, err := r.Cookie(languageCookie); err == nil && language(c.Value) == english {
		return english
	}
	return dutch
}

// keepLanguage remembers a language that was chosen now.
func (v *visit) keepLanguage() {
	if v.r.URL.Query().Has("lang") {
		v.setCookie(languageCookie, string(v.language), 365*24*time.Hour)
	}
}
