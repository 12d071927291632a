package exchange

import (
	"strings"
	"testing"
	"testing/fstest"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
)

const rosterHeader = "personeelsnummer,dienstverband,van,ma,di,wo,do,vr,ma_uren,di_uren,wo_uren,do_uren,vr_uren\n"

func TestARosterSaysTheHoursOfItsTimes(t *testing.T) {
	for line, want := range map[string]string{
		"P1,1,2026-01-01,08:30-17:00,09:00-13:00,,,,8,4,0,0,0": "",
		"P1,1,2026-01-01,08:30-17:00,,,,,8.5,0,0,0,0":          "480 minutes",
		"P1,1,2026-01-01,17:00-08:30,,,,,8,0,0,0,0":            "not after",
		"P1,1,2026-01-01,half negen,,,,,8,0,0,0,0":             "not a time",
		"P1,een,2026-01-01,,,,,,0,0,0,0,0":                     "regel 2",
		"P1,1,2026-02-30,,,,,,0,0,0,0,0":                       "not a date",
	} {
		var m Municipality
		err := m.readRosters(fstest.MapFS{"dienstverbanden.csv": {Data: []byte(rosterHeader + line + "\n")}})
		if told := err == nil && want == "" || err != nil && want != "" && strings.Contains(err.Error(), want); !told {
			t.Errorf("%s: %v, want %q", line, err, want)
		}
		if want == "" && (len(m.Rosters) != 1 || m.Rosters[0].Minutes() != 720) {
			t.Errorf("%s is %+v", line, m.Rosters)
		}
	}
}

func TestAProcessNamesWhatIsThere(t *testing.T) {
	right := `processen: [{id: P1, cluster: C, eigenaar: E, gekwalificeerd: {alle: [A], een_van: [B]}, bezetting: [{dagen: [ma, zo], van: "09:00", tot: "17:00", minimum: 2}], pool_minimum: 3}]`
	for _, change := range [][3]string{{"", "", ""}, {"id: P1", "id: P9", "P9 is not a process"}, {"alle: [A]", "alle: [X]", "X is not a scheme"}, {"[ma, zo]", "[maandag]", "not a day of the week"}, {`"17:00"`, `"08:00"`, "not after"}} {
		m := Municipality{Activities: []staff.Activity{{ID: "P1", Kind: staff.Process}}, Schemes: []certificates.Scheme{{Key: "A"}, {Key: "B"}}}
		err := m.readProcesses(fstest.MapFS{"processen.yaml": {Data: []byte(strings.Replace(right, change[0], change[1], 1))}})
		if told := err == nil && change[2] == "" || err != nil && change[2] != "" && strings.Contains(err.Error(), change[2]); !told {
			t.Errorf("%q: %v, want %q", change[1], err, change[2])
		}
	}
}

// FuzzStaffing lets no content of a file stop the program.
func FuzzStaffing(f *testing.F) {
	f.Add(rosterHeader + "P1,1,2026-01-01,08:30-17:00,,,,,8,0,0,0,0\n")
	f.Add("verlof_id,personeelsnummer,dienstverband,van,tot_en_met,dagdeel,status\nA1,P1,,2026-01-01,2026-01-02,heel,goedgekeurd\n")
	f.Add("datum,proces_id,van,tot,personeelsnummer\n2026-11-28,P3,10:00,11:00,RW1020\n")
	f.Add("processen: [{id: P1, bezetting: [{dagen: [ma], van: '09:00', tot: '17:00', minimum: 2}]}]")
	f.Add("instemming_or: {op: '2026-03-12'}\nwerkwijzen: [{proces: P1, vanaf: '2026-01-05', tekst: x}]")
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{}
		for _, name := range []string{"dienstverbanden.csv", "verlof.csv", "piket.csv", "processen.yaml", "werkwijzen.yaml"} {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		m := Municipality{Activities: []staff.Activity{{ID: "P1", Kind: staff.Process}}}
		_, _, _, _, _ = m.readProcesses(files), m.readRosters(files), m.readLeave(files), m.readOnCall(files), m.readProcedures(files)
		for _, r := range m.Rosters {
			for _, h := range r.Days {
				if h.To < h.From {
					t.Errorf("a day from %s to %s", h.From, h.To)
				}
			}
		}
	})
}
