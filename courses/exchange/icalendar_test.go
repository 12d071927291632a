package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses/calendar"
)

// readCalendar reads a calendar back: lines unfolded, one map per event. It fails on what RFC 5545 does not allow.
func readCalendar(t *testing.T, raw []byte) (head map[string]string, events []map[string]string) {
	t.Helper()
	text := string(raw)
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\r\n") {
		t.Fatalf("not UTF-8, or not ended by CRLF: %q", text)
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Fatalf("a line of %d octets: %q", len(line), line)
		}
		if more, folded := strings.CutPrefix(line, " "); folded && len(lines) > 0 {
			lines[len(lines)-1] += more
			continue
		}
		lines = append(lines, line)
	}
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatalf("not a calendar: %q", lines)
	}
	head = make(map[string]string)
	into := head
	for _, line := range lines[1 : len(lines)-1] {
		at, quoted := -1, false
		for i, r := range line {
			if r == '"' {
				quoted = !quoted
			}
			if r == ':' && !quoted {
				at = i
				break
			}
		}
		if at < 1 {
			t.Fatalf("no property: %q", line)
		}
		switch name, value := line[:at], line[at+1:]; {
		case line == "BEGIN:VEVENT":
			into = make(map[string]string)
			events = append(events, into)
		case line == "END:VEVENT":
			into = head
		default:
			into[name] = value
		}
	}
	return head, events
}

// plainText undoes the escapes of a text.
func plainText(value string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
}

func written(t *testing.T, c Calendar) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestACalendarReadsBack(t *testing.T) {
	stamp := time.Date(2026, 11, 23, 9, 0, 0, 0, calendar.Amsterdam())
	raw := written(t, Calendar{Name: "Bekwaam", Method: "REQUEST", Events: []Event{
		{UID: "due-1@bekwaam", Summary: "Hertoets reisdocumenten: doe dit vóór 8 december; kom, op tijd", Description: "Regel 1\nRegel 2 \\ einde", URL: "https://leren.rietwaarde.example/taken", On: calendar.MustParse("2026-12-31"), Stamp: stamp},
		{UID: "s-1@bekwaam", Summary: "BHV", Location: "Zaal 2", Start: time.Date(2027, 3, 28, 9, 0, 0, 0, calendar.Amsterdam()), End: time.Date(2027, 3, 28, 12, 30, 0, 0, calendar.Amsterdam()),
			Stamp: stamp, Organizer: Party{"P&O: \"opleidingen\"", "po@rietwaarde.example"}, Attendees: []Party{{"Zoë van Rijn", "zoe@rietwaarde.example"}}, Sequence: 2, Cancelled: true},
	}})
	head, events := readCalendar(t, raw)
	if head["METHOD"] != "REQUEST" || head["VERSION"] != "2.0" || head["PRODID"] == "" || len(events) != 2 {
		t.Fatalf("head %v, %d events", head, len(events))
	}
	day, session := events[0], events[1]
	for name, want := range map[string]string{
		"DTSTART;VALUE=DATE": "20261231", "DTEND;VALUE=DATE": "20270101", "DTSTAMP": "20261123T080000Z", "STATUS": "CONFIRMED",
		"URL": "https://leren.rietwaarde.example/taken", "TRANSP": "TRANSPARENT",
	} {
		if day[name] != want {
			t.Errorf("%s is %q, want %q", name, day[name], want)
		}
	}
	if got := plainText(day["SUMMARY"]); got != "Hertoets reisdocumenten: doe dit vóór 8 december; kom, op tijd" {
		t.Errorf("the summary came back as %q", got)
	}
	if got := plainText(day["DESCRIPTION"]); got != "Regel 1\nRegel 2 \\ einde" {
		t.Errorf("the description came back as %q", got)
	}
	// The clock goes forward that night: nine o'clock is 07:00 UTC.
	for name, want := range map[string]string{
		"DTSTART": "20270328T070000Z", "DTEND": "20270328T103000Z", "SEQUENCE": "2", "STATUS": "CANCELLED",
		`ORGANIZER;CN="P&O: 'opleidingen'"`:                                               "mailto:po@rietwaarde.example",
		`ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Zoë van Rijn"`: "mailto:zoe@rietwaarde.example",
	} {
		if session[name] != want {
			t.Errorf("%s is %q, want %q", name, session[name], want)
		}
	}
}

func FuzzCalendarText(f *testing.F) {
	f.Add("gewone tekst", "Zaal 2")
	f.Add("a\r\nBEGIN:VEVENT\r\n", "\x00\xff;,\\")
	f.Add(strings.Repeat("é€😀", 60), strings.Repeat(" ", 200))
	f.Fuzz(func(t *testing.T, summary, name string) {
		e := Event{UID: "x", Summary: summary, URL: "https://x/" + name, On: calendar.MustParse("2026-12-31"), Organizer: Party{name, "a@b.example"}}
		_, events := readCalendar(t, written(t, Calendar{Name: name, Events: []Event{e}}))
		if len(events) != 1 {
			t.Fatalf("%d events", len(events))
		}
		want := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && r != '\t' && r != '\n' {
				return -1
			}
			return r
		}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(summary, "�")))
		if got := plainText(events[0]["SUMMARY"]); got != want {
			t.Fatalf("%q came back as %q, want %q", summary, got, want)
		}
	})
}
