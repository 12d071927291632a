package exchange

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// readTimes reads a list of working times.
func readTimes(t testing.TB, kind TimesKind, text string) []TimesLine {
	t.Helper()
	table, err := ReadTable([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := ReadTimes(table, kind)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestTheListsOfTheDemoAreReadWithoutAMistake(t *testing.T) {
	for kind, c := range map[TimesKind]struct {
		file  string
		lines int
	}{RosterTimes: {"dienstverbanden.csv", 61}, LeaveTimes: {"verlof.csv", 28}, OnCallTimes: {"piket.csv", 0}} {
		content, err := os.ReadFile("../../seed/data/rietwaarde/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		lines := readTimes(t, kind, string(content))
		if c.lines > 0 && len(lines) != c.lines || len(lines) == 0 {
			t.Errorf("%s: %d lines", c.file, len(lines))
		}
		for _, l := range lines {
			if len(l.Mistakes) > 0 {
				t.Errorf("%s, line %d: %+v", c.file, l.Line, l.Mistakes)
			}
		}
	}
}

func TestALineOfWorkingTimesIsReadOrSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		kind       TimesKind
		text, want string
	}{
		{RosterTimes, "Personeelsnummer;Dienstverband;Vanaf;Maandag;di;wo;do;vr\nRW1;2;23-11-2026;08:30 - 17:00;;;;09:00-13:00\n", "RW1 2 2026-11-23 08:30 13:00"},
		{RosterTimes, "Personeelsnummer;van;ma;di;wo;do;vr\nRW1;23-11-2026;half negen;17:00-08:00;;;\n", "di ma"},
		{RosterTimes, "Personeelsnummer;dienstverband;van;ma;di;wo;do;vr\n;x;32-11-2026;;;;;1\n", "dienstverband personeelsnummer van vr"},
		{LeaveTimes, "personeelsnummer;van;tot en met;dagdeel;status;reden\nRW1;23-11-2026;24-11-2026;ochtend;Goedgekeurd;ziek\n", "RW1 RW1-2026-11-23-morning 2026-11-23 2026-11-24 morning true false"},
		{LeaveTimes, "personeelsnummer;verlof_id;van;tot_en_met;status\nRW1;A1;23-11-2026;24-11-2026;ingetrokken\n", "RW1 A1 2026-11-23 2026-11-24 whole false true"},
		{LeaveTimes, "personeelsnummer;verlof_id;van;tot_en_met;dagdeel;status\nRW1;a b;gisteren;?;nacht;misschien\n", "van tot_en_met dagdeel status verlof_id"},
		{OnCallTimes, "personeelsnummer,proces,datum,van,tot\nRW1,P3,2026-11-28,10:00,11:00\n", "RW1 P3 2026-11-28 10:00 11:00"},
		{OnCallTimes, "personeelsnummer,proces,datum,van,tot\nRW1,P3,zaterdag,11:00,10:00\n", "datum tot"},
	} {
		l := readTimes(t, c.kind, c.text)[0]
		var got string
		var paths []string
		for _, m := range l.Mistakes {
			paths = append(paths, m.Path)
		}
		switch {
		case len(paths) > 0:
			got = strings.Join(paths, " ")
		case l.Roster != nil:
			got = fmt.Sprint(l.Person, " ", l.Roster.Employment, " ", l.Roster.From, " ", l.Roster.Days[1].From, " ", l.Roster.Days[5].To)
		case l.Leave != nil:
			got = fmt.Sprint(l.Person, " ", l.Leave.ID, " ", l.Leave.From, " ", l.Leave.Until, " ", l.Leave.Part, " ", l.Leave.Approved, " ", l.Gone)
		case l.OnCall != nil:
			got = fmt.Sprint(l.Person, " ", l.OnCall.Process, " ", l.OnCall.Day, " ", l.OnCall.From, " ", l.OnCall.To)
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
	table, err := ReadTable([]byte("personeelsnummer;van;status\nRW1;23-11-2026;goedgekeurd\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadTimes(table, LeaveTimes); err == nil || !strings.Contains(err.Error(), "tot_en_met") {
		t.Errorf("a list without its last column: %v", err)
	}
}

func FuzzReadTimes(f *testing.F) {
	f.Add(0, "Personeelsnummer;van;ma;di;wo;do;vr\nRW1;23-11-2026;08:30-17:00;;;;09:00-13:00\n")
	f.Add(1, "personeelsnummer;van;tot_en_met;status\nRW1;23-11-2026;24-11-2026;goedgekeurd\n")
	f.Add(2, "personeelsnummer,proces,datum,van,tot\nRW1,P3,2026-11-28,10:00,11:00\n")
	f.Fuzz(func(t *testing.T, kind int, text string) {
		table, err := ReadTable([]byte(text))
		if err != nil {
			return
		}
		kinds := TimesKinds()
		lines, err := ReadTimes(table, kinds[(kind%len(kinds)+len(kinds))%len(kinds)])
		if err != nil {
			return
		}
		for _, l := range lines {
			of := 0
			for _, there := range []bool{l.Roster != nil, l.Leave != nil, l.OnCall != nil} {
				if there {
					of++
				}
			}
			if (of == 1) != (len(l.Mistakes) == 0) || of > 1 {
				t.Errorf("line %d holds %d things and %d mistakes", l.Line, of, len(l.Mistakes))
			}
			if l.Leave != nil && !leaveKey.MatchString(l.Leave.ID) {
				t.Errorf("line %d has the key %q", l.Line, l.Leave.ID)
			}
		}
	})
}
