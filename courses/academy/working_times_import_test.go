package academy_test

import (
	"fmt"
	"strings"
	"testing"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// verdicts says what becomes of the lines of a list.
func verdicts(i academy.TimesImport) string {
	var all []string
	for _, l := range i.Lines {
		text := string(l.Verdict)
		for _, m := range l.Mistakes {
			text += " " + m.Path
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestAListOfWorkingTimesComesInOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		pen := s.counter()
		take := func(kind academy.TimesKind, list string, dry bool) string {
			t.Helper()
			i, err := s.ImportTimes(ctx, pen, kind, []byte(list), dry)
			s.must(err)
			return verdicts(i)
		}
		rosters := "personeelsnummer;dienstverband;van;ma;di;wo;do;vr\nEVA;1;15-01-2026;08:30-17:00;;;09:00-13:00;\nEEF;1;15-01-2026;08:30-17:00;;;;\nNIEMAND;1;15-01-2026;08:30-17:00;;;;\nPEN;1;15-01-2026;08:30-17:00;;;;\nEVA;2;15-01-2026;;;;;\nEVA;1;14-01-2026;;;;;\n"
		wrong := "wrong personeelsnummer, wrong personeelsnummer, wrong dienstverband, wrong from"
		equal(t, "what would come in", take(academy.RosterTimes, rosters, true), "new, new, "+wrong)
		w, err := s.WorkingTimes(ctx, s.as("EVA"), "EVA")
		s.must(err)
		equal(t, "after looking alone", len(w.Rosters), 0)
		equal(t, "what comes in", take(academy.RosterTimes, rosters, false), "new, new, "+wrong)
		equal(t, "once more", take(academy.RosterTimes, rosters, false), "same, same, "+wrong)
		equal(t, "otherwise", take(academy.RosterTimes, strings.Replace(rosters, "09:00-13:00", "09:00-12:00", 1), true), "changed, same, "+wrong)

		leave := "personeelsnummer;verlof_id;van;tot_en_met;dagdeel;status\nEVA;A1;22-01-2026;22-01-2026;ochtend;goedgekeurd\nEVA;A2;22-01-2026;23-01-2026;heel;aangevraagd\nEEF;A1;22-01-2026;22-01-2026;heel;goedgekeurd\n"
		equal(t, "leave", take(academy.LeaveTimes, leave, false), "new, wrong from, wrong verlof_id")
		equal(t, "leave that is taken back", take(academy.LeaveTimes, "personeelsnummer;verlof_id;van;tot_en_met;status\nEVA;A1;22-01-2026;22-01-2026;ingetrokken\nEVA;A7;22-01-2026;22-01-2026;ingetrokken\n", false), "removed, same")
		w, err = s.WorkingTimes(ctx, s.as("EVA"), "EVA")
		s.must(err)
		equal(t, "what is left", fmt.Sprint(len(w.Rosters), len(w.Leave)), "1 0")

		calls := "personeelsnummer;proces_id;datum;van;tot\nEVA;P1;17-01-2026;10:00;11:00\nEEF;P1;17-01-2026;10:00;11:00\nEVA;P9;17-01-2026;10:00;11:00\nEVA;P1;17-01-2020;10:00;11:00\n"
		equal(t, "on call", take(academy.OnCallTimes, calls, false), "new, new, wrong proces_id, wrong datum")
		equal(t, "on call once more", take(academy.OnCallTimes, calls, false), "same, same, wrong proces_id, wrong datum")
		s.must(s.RecordConsent(ctx, pen, date("2026-01-10"), "besluit 1"))
		there, err := s.OnCall(ctx, pen, "P1", calendar.Date(0))
		s.must(err)
		equal(t, "who stands ready", len(there), 2)

		_, err = s.ImportTimes(ctx, s.as("LEA"), academy.RosterTimes, []byte(rosters), true)
		refuses(t, err, fault.Forbidden, "")
		_, err = s.ImportTimes(ctx, pen, "anders", []byte(rosters), true)
		refuses(t, err, fault.Invalid, "")
		_, err = s.ImportTimes(ctx, pen, academy.LeaveTimes, []byte(rosters), true)
		refuses(t, err, fault.Invalid, "columns")
		_, err = s.ImportTimes(ctx, pen, academy.LeaveTimes, []byte(strings.Replace(leave, "dagdeel", "geboortedatum", 1)), true)
		refuses(t, err, fault.Invalid, "forbidden_column")
	})
}
