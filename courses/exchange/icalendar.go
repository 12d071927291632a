package exchange

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses/calendar"
)

// A Calendar is what a calendar program reads: RFC 5545.
type Calendar struct {
	Name   string // what the program may call it
	Method string // "REQUEST" or "CANCEL" for an invitation by mail, "PUBLISH" or empty for a feed
	Events []Event
}

// An Event is one thing on a calendar: a whole day where On is set, otherwise a stretch of time.
type Event struct {
	UID         string // the same for every edition of the event
	Summary     string
	Description string
	Location    string
	URL         string
	On          calendar.Date
	Start, End  time.Time
	Stamp       time.Time // when this edition was made
	Organizer   Party     // in an invitation
	Attendees   []Party   // in an invitation
	Sequence    int       // counts the editions of an invitation from 0
	Cancelled   bool
}

// A Party is somebody in an invitation, by address.
type Party struct {
	Name  string
	Email string
}

// Write writes the calendar. Times are in UTC, so that no rules of a time zone come with it. A whole day takes no time:
// it does not make somebody busy.
func (c Calendar) Write(w io.Writer) error {
	var b icsWriter
	b.line("BEGIN", "VCALENDAR")
	b.line("VERSION", "2.0")
	b.line("PRODID", "-//Bekwaam//NL")
	b.line("CALSCALE", "GREGORIAN")
	if c.Method != "" {
		b.line("METHOD", icsPlain(c.Method))
	}
	if c.Name != "" {
		b.line("NAME", icsText(c.Name))
		b.line("X-WR-CALNAME", icsText(c.Name))
	}
	for _, e := range c.Events {
		e.write(&b)
	}
	b.line("END", "VCALENDAR")
	_, err := w.Write(b.Bytes())
	return err
}

func (e Event) write(b *icsWriter) {
	b.line("BEGIN", "VEVENT")
	b.line("UID", icsText(e.UID))
	b.line("DTSTAMP", icsTime(e.Stamp))
	if e.On.IsZero() {
		b.line("DTSTART", icsTime(e.Start))
		b.line("DTEND", icsTime(e.End))
	} else {
		b.line("DTSTART;VALUE=DATE", icsDay(e.On))
		b.line("DTEND;VALUE=DATE", icsDay(e.On.AddDays(1))) // the end itself is not part of it
		b.line("TRANSP", "TRANSPARENT")
	}
	b.line("SUMMARY", icsText(e.Summary))
	for _, optional := range []struct{ name, value string }{
		{"DESCRIPTION", icsText(e.Description)}, {"LOCATION", icsText(e.Location)}, {"URL", icsPlain(e.URL)},
	} {
		if optional.value != "" {
			b.line(optional.name, optional.value)
		}
	}
	if e.Organizer.Email != "" {
		b.line("ORGANIZER"+icsName(e.Organizer.Name), "mailto:"+icsPlain(e.Organizer.Email))
	}
	for _, a := range e.Attendees {
		b.line("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"+icsName(a.Name), "mailto:"+icsPlain(a.Email))
	}
	b.line("SEQUENCE", strconv.Itoa(e.Sequence))
	status := "CONFIRMED"
	if e.Cancelled {
		status = "CANCELLED"
	}
	b.line("STATUS", status)
	b.line("END", "VEVENT")
}

// icsLineOctets is how long a line may be before it is folded, without its end.
const icsLineOctets = 75

type icsWriter struct{ bytes.Buffer }

// line writes one property, folded between characters.
func (b *icsWriter) line(name, value string) {
	room := icsLineOctets
	for _, r := range name + ":" + value {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = icsLineOctets - 1 - n
		} else {
			room -= n
		}
		b.WriteRune(r)
	}
	b.WriteString("\r\n")
}

func icsTime(t time.Time) string    { return t.UTC().Format("20060102T150405Z") }
func icsDay(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// icsText escapes a text and leaves out the control characters that the format has no place for.
func icsText(text string) string {
	return strings.Map(icsPrintable, icsEscapes.Replace(strings.ToValidUTF8(text, "�")))
}

// icsPlain is a value that is no text, such as an address: it stands as it is, on one line.
func icsPlain(value string) string {
	return strings.Map(icsPrintable, strings.ToValidUTF8(value, "�"))
}

// icsPrintable drops (-1) a control character; a tab may stay.
func icsPrintable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' {
		return -1
	}
	return r
}

// icsName is the parameter with somebody's name; a quoted value cannot hold a quote.
func icsName(name string) string {
	name = strings.ReplaceAll(icsPlain(name), `"`, "'")
	if name == "" {
		return ""
	}
	return `;CN="` + name + `"`
}
