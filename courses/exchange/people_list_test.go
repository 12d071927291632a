package exchange

import (
	"os"
	"strings"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// takeIn lets an office be as a list says.
func takeIn(o PeopleOffice, c PeopleChanges) PeopleOffice {
	o.Teams, o.Roles = append(o.Teams, c.Teams...), append(o.Roles, c.Roles...)
	for _, t := range c.Leaders {
		for i := range o.Teams {
			if o.Teams[i].ID == t.ID {
				o.Teams[i] = t
			}
		}
	}
	o.People, o.Employments, o.Designations = append(o.People, c.People...), append(o.Employments, c.Hired...), append(o.Designations, c.Designations...)
	for _, p := range c.Renamed {
		for i := range o.People {
			if o.People[i].ID == p.ID {
				o.People[i] = p
			}
		}
	}
	for _, e := range c.Amended {
		for i := range o.Employments {
			if o.Employments[i].Person == e.Person && o.Employments[i].Number == e.Number {
				o.Employments[i] = e
			}
		}
	}
	for _, d := range c.Redesignated {
		for i := range o.Designations {
			if o.Designations[i].Person == d.Person && o.Designations[i].Kind == d.Kind {
				o.Designations[i] = d
			}
		}
	}
	return o
}

func peopleTable(t testing.TB, text string) Table {
	t.Helper()
	table, err := ReadTable([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// readPeople reads a list with the columns that its words tell.
func readPeople(t testing.TB, text string, o PeopleOffice, makeRoles bool) PeopleList {
	t.Helper()
	table := peopleTable(t, text)
	return ReadPeopleList(table, GuessPeopleColumns(table), o, PeopleMake{Roles: makeRoles, Teams: true})
}

func checkCounts(t *testing.T, l PeopleList, added, changed, left, same, gone, wrong int) {
	t.Helper()
	got := [6]int{l.Count(PersonNew), l.Count(PersonChanged), l.Count(PersonLeft), l.Count(PersonUnchanged), l.Count(PersonGone), l.Wrong()}
	if got != [6]int{added, changed, left, same, gone, wrong} {
		t.Errorf("new, changed, left, unchanged, gone, wrong: got %v, want %v", got, [6]int{added, changed, left, same, gone, wrong})
		for _, r := range l.Rows {
			for _, m := range r.Mistakes {
				t.Logf("line %d: %s: %s", r.Line, m.Path, m.English)
			}
		}
	}
}

func hrExport(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/hr_export.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnHRExportComesIntoAnEmptyOfficeOnce(t *testing.T) {
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23")}
	l := readPeople(t, hrExport(t), o, true)
	// Karin left in August and nobody knew her; RW1026, who leads the KCC, is in no line.
	checkCounts(t, l, 13, 0, 0, 0, 1, 1)
	o.People = []staff.Person{{ID: "RW1026", First: "Mo", Last: "Baas"}}
	l = readPeople(t, hrExport(t), o, true)
	checkCounts(t, l, 13, 0, 0, 0, 1, 0)
	o = takeIn(o, l.Changes)
	if len(o.Teams) != 2 || o.Teams[0].Leader != "RW1001" || o.Teams[1].Leader != "RW1026" || len(o.Roles) != 5 || len(o.Employments) != 14 {
		t.Errorf("got %d teams, %d roles, %d employments: %+v", len(o.Teams), len(o.Roles), len(o.Employments), o.Teams)
	}
	l = readPeople(t, hrExport(t), o, true)
	checkCounts(t, l, 0, 0, 0, 13, 1, 0)
	if !l.Changes.None() {
		t.Errorf("the second time it changes %+v", l.Changes)
	}
}

func TestARoleThatDoesNotExistIsWrongUnlessItMayBeMade(t *testing.T) {
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23"), Roles: []staff.Role{{ID: "R1", Code: "balie", Name: "Baliemedewerker"}}}
	text := "Medewerker;Roepnaam;Achternaam;Team;Functie;Vanaf\nP1;Eva;Berg;Balie;baliemedewerker;01-02-2026\nP2;Eef;Bos;Balie;Tovenaar;01-02-2026\n"
	l := readPeople(t, text, o, false)
	checkCounts(t, l, 1, 0, 0, 0, 0, 1)
	if m := l.Rows[1].Mistakes[0]; m.Path != "Functie" || !strings.Contains(m.Dutch, "bestaat niet") {
		t.Errorf("got %+v", m)
	}
	if sheet := string(WritePeopleCorrections(l, false)); !strings.Contains(sheet, "Tovenaar") || strings.Contains(sheet, "Berg") || !strings.Contains(sheet, "Regel 3.") {
		t.Errorf("corrections: %s", sheet)
	}
	checkCounts(t, readPeople(t, text, o, true), 2, 0, 0, 0, 0, 0)
}

func TestWhatChangesInAListIsApplied(t *testing.T) {
	const head = "Personeelsnummer;Roepnaam;Achternaam;E-mail;Team;Rol;Aanwijzing;Vanaf;Tot en met\n"
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23")}
	o = takeIn(o, readPeople(t, head+"P1;Eva;Berg;e@a.nl;Balie;Baliemedewerker;;01-02-2020;\nP2;Xan;Bos;;Balie;Baliemedewerker;;01-02-2020;\nP3;Lea;Vos;;Balie;Adviseur;;01-02-2020;\n", o, true).Changes)
	next := head + "P1;Eva;Berg-Smit;e@a.nl;Backoffice;Baliemedewerker;;01-02-2020;\n" + // the same first day: she moves today
		"P2;Xan;Bos;;Balie;Baliemedewerker;;01-02-2020;31-12-2026\n" + // leaves
		"P3;Lea;Vos;;Balie;Baliemedewerker;;01-12-2026;\n" + // another role from December
		"P3;Lea;Vos;;;;bhv;01-11-2026;\n"
	l := readPeople(t, next, o, true)
	checkCounts(t, l, 0, 2, 1, 0, 0, 0)
	o = takeIn(o, l.Changes)
	var jobs []string
	for _, e := range o.Employments {
		jobs = append(jobs, string(e.Person)+" "+string(e.Team)+" "+string(e.Role)+" "+e.From.String()+" "+e.Until.String())
	}
	want := "P1 T1 R01 2020-02-01 2026-11-22, P2 T1 R01 2020-02-01 2026-12-31, P3 T1 R02 2020-02-01 2026-11-30, P1 T2 R01 2026-11-23 , P3 T1 R01 2026-12-01 "
	if got := strings.Join(jobs, ", "); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if o.People[0].Last != "Berg-Smit" || len(o.Designations) != 1 || o.Designations[0].Kind != staff.EmergencyResponder {
		t.Errorf("got %+v, %+v", o.People[0], o.Designations)
	}
	if l = readPeople(t, next, o, true); !l.Changes.None() {
		t.Errorf("the second time it changes %+v", l.Changes)
	}
	o.Today = calendar.MustParse("2027-03-01")
	if l = readPeople(t, next, o, true); !l.Changes.None() {
		t.Errorf("months later it changes %+v", l.Changes)
	}
}

func TestSomebodyWhoMovesKeepsTheirFirstDay(t *testing.T) {
	line := func(team, until string) string {
		return "Personeelsnummer;Roepnaam;Achternaam;Team;Rol;Salaris;Vanaf;Tot en met\nP1;Eva;Berg;" + team + ";Adviseur;1;01-02-2020;" + until + "\nP1;Eva;Berg;" + team + ";Adviseur;2;01-02-2020;" + until + "\n"
	}
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23")}
	for _, tt := range []struct{ day, list, want string }{
		{"2026-11-23", line("A", ""), "T1 2020-02-01 "},
		{"2026-12-01", line("B", ""), "T1 2020-02-01 2026-11-30, T2 2026-12-01 "},
		{"2027-01-10", line("C", ""), "T1 2020-02-01 2026-11-30, T2 2026-12-01 2027-01-09, T3 2027-01-10 "},
		{"2027-01-10", line("A", ""), "T1 2020-02-01 2026-11-30, T2 2026-12-01 2027-01-09, T1 2027-01-10 "},
		{"2027-02-01", line("B", ""), "T1 2020-02-01 2026-11-30, T2 2026-12-01 2027-01-09, T1 2027-01-10 2027-01-31, T2 2027-02-01 "},
		{"2027-03-01", line("B", "31-03-2027"), "T1 2020-02-01 2026-11-30, T2 2026-12-01 2027-01-09, T1 2027-01-10 2027-01-31, T2 2027-02-01 2027-03-31"},
	} {
		o.Today = calendar.MustParse(tt.day)
		o = takeIn(o, readPeople(t, tt.list, o, true).Changes)
		var jobs []string
		for _, e := range o.Employments {
			jobs = append(jobs, string(e.Team)+" "+e.From.String()+" "+e.Until.String())
		}
		if got := strings.Join(jobs, ", "); got != tt.want {
			t.Errorf("on %s: got  %q\nwant %q", tt.day, got, tt.want)
		}
		if l := readPeople(t, tt.list, o, true); !l.Changes.None() {
			t.Errorf("the second time on %s it changes %+v", tt.day, l.Changes)
		}
		o.Self = "P1"
		checkCounts(t, readPeople(t, tt.list, o, true), 0, 0, 0, 1, 0, 0)
		o.Self = ""
	}
}

func TestWhoDoesNotComeInLeadsNothing(t *testing.T) {
	l := readPeople(t, "Nummer;Voornaam;Achternaam;Team;Rol;Leidinggevende;Vanaf;Tot en met\nP1;Eva;Berg;A;Adviseur;P2;01-02-2020;\nP2;Otto;Zwaan;A;Adviseur;;01-02-2020;31-03-2026\n", PeopleOffice{Today: calendar.MustParse("2026-11-23")}, true)
	checkCounts(t, l, 1, 0, 0, 0, 1, 0)
	if len(l.Changes.Teams) != 1 || l.Changes.Teams[0].Leader != "" {
		t.Errorf("got %+v", l.Changes.Teams)
	}
}

func TestNobodyBringsInWhatIsNewAboutThemselves(t *testing.T) {
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23"), Self: "P1"}
	checkCounts(t, readPeople(t, "Nummer;Voornaam;Achternaam;Aanwijzing;Vanaf\nP1;Eva;Berg;opleidingscoordinator;01-02-2020\n", o, true), 0, 0, 0, 0, 0, 1)
}

func TestAListWithWhatIsNeverKeptIsRefused(t *testing.T) {
	for _, column := range []string{"BSN", "Burgerservicenummer", "Sofi-nummer", "Geboortedatum", "Date of birth"} {
		err := RefusePersonal(peopleTable(t, "Nummer;"+column+";Vanaf\nP1;x;01-02-2020\nP2;y;01-02-2020\n"))
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 {
			t.Errorf("%s: got %v", column, err)
		}
	}
	table := peopleTable(t, "Nummer;Salaris;Vanaf\nP1;geheim;01-02-2020\nP2;geheim;01-02-2020\n")
	if only, _ := table.OnlyPeople(GuessPeopleColumns(table)); len(only.Columns) != 2 || len(only.Rows[0].Cells) != 2 {
		t.Errorf("kept %+v", only)
	}
}

func TestATeamKeepsTheLeaderItHas(t *testing.T) {
	const head = "Nummer;Voornaam;Achternaam;Team;Rol;Leidinggevende;Vanaf;Tot en met\n"
	day := calendar.MustParse("2026-11-23")
	office := func() PeopleOffice {
		return takeIn(PeopleOffice{Today: day}, readPeople(t, head+"L;Lea;Vos;Balie;Leider;L;01-02-2018;\nA;Ada;Bos;Balie;Adviseur;L;01-02-2018;\nB;Bo;Smit;Balie;Adviseur;L;01-02-2018;\nM;Mo;Baas;Archief;Leider;M;01-02-2018;\n", PeopleOffice{Today: day}, true).Changes)
	}
	for name, tt := range map[string]struct {
		list          string
		before, after staff.PersonID // none: the team keeps its leader
		leaving       int
	}{
		"one new line names another":         {"N;Noa;Kok;Balie;Leider;M;01-12-2026;\n", "", "", 0},
		"somebody new leads themselves":      {"N;Noa;Kok;Balie;Leider;N;01-12-2026;\n", "", "", 0},
		"half of the team names another":     {"A;;;Balie;Adviseur;M;01-02-2018;\nN;Noa;Kok;Balie;Leider;M;01-12-2026;\n", "", "", 0},
		"most of the team names another":     {"A;;;Balie;Adviseur;M;01-02-2018;\nB;;;Balie;Adviseur;M;01-02-2018;\nN;Noa;Kok;Balie;Leider;M;01-12-2026;\n", "L", "M", 0},
		"lines of one person count once":     {"A;;;Balie;Adviseur;M;01-02-2018;\nA;;;Balie;Leider;M;01-02-2019;\nA;;;Balie;Leider;M;01-02-2020;\n", "", "", 0},
		"the leader left":                    {"L;;;Balie;Leider;;01-02-2018;31-10-2026\nN;Noa;Kok;Balie;Leider;N;01-12-2026;\n", "L", "N", 0},
		"the leader left and nobody follows": {"L;;;Balie;Leider;;01-02-2018;31-10-2026\n", "", "", 1},
		"the leader leaves some day":         {"L;;;Balie;Leider;;01-02-2018;31-12-2026\nN;Noa;Kok;Balie;Leider;N;01-12-2026;\n", "", "", 1},
		"the leader moves":                   {"L;;;Archief;Leider;;01-02-2018;\nN;Noa;Kok;Balie;Leider;N;01-12-2026;\n", "L", "N", 0},
		"by the key of the team":             {"N;Noa;Kok;T1;Leider;M;01-12-2026;\n", "", "", 0},
	} {
		l := readPeople(t, head+tt.list, office(), true)
		if l.Wrong() > 0 || len(l.Leaders) != len(l.Changes.Leaders) || (tt.after != "") != (len(l.Leaders) == 1) {
			t.Errorf("%s: %d wrong, changes %+v, shows %+v", name, l.Wrong(), l.Changes.Leaders, l.Leaders)
			continue
		}
		if tt.after != "" && (l.Leaders[0].Team != "Balie" || l.Leaders[0].Before.ID != tt.before || l.Leaders[0].After.ID != tt.after || l.Leaders[0].After.First == "") {
			t.Errorf("%s: got %+v", name, l.Leaders[0])
		}
		if len(l.Leaving) != tt.leaving || tt.leaving == 1 && (l.Leaving[0].Team != "Balie" || l.Leaving[0].Before.ID != "L") {
			t.Errorf("%s: leaving %+v", name, l.Leaving)
		}
	}
}

func TestNobodyLeadsEachOtherInACircle(t *testing.T) {
	const head = "Nummer;Voornaam;Achternaam;Team;Rol;Leidinggevende;Vanaf;Tot en met\n"
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23")}
	for list, wrong := range map[string]int{
		"A;a;a;X;r;B;01-01-2020;\nB;b;b;Y;r;A;01-01-2020;\nC;c;c;X;r;B;01-01-2020;\n":                          2,
		"A;a;a;X;r;B;01-01-2020;\nB;b;b;Y;r;C;01-01-2020;\nC;c;c;Z;r;A;01-01-2020;\n":                          3,
		"A;a;a;X;r;A;01-01-2020;\nB;b;b;X;r;A;01-01-2020;\n":                                                   0,
		"A;a;a;X;r;B;01-01-2020;01-10-2026\nB;b;b;Y;r;A;01-01-2020;\n":                                         0, // A led B, but left
		"A;a;a;X;r;A;01-01-2020;\nA;a;a;Y;r;B;01-01-2020;\nB;b;b;Y;r;B;01-01-2020;\n":                          0,
		"A;a;a;X;r;A;01-01-2020;\nA;a;a;Y;r;B;01-01-2020;\nB;b;b;X;r;A;01-01-2020;\nC;c;c;X;r;A;01-01-2020;\n": 2,
	} {
		l := readPeople(t, head+list, o, true)
		if l.Wrong() != wrong {
			t.Errorf("%q: %d wrong, want %d", list, l.Wrong(), wrong)
		}
		for _, r := range l.Rows {
			for _, m := range r.Mistakes {
				if m.Path != "Leidinggevende" || !strings.Contains(m.Dutch, "leiding aan elkaar") || !strings.Contains(m.English, "lead each other") {
					t.Errorf("got %+v", m)
				}
			}
		}
	}
}

func TestATeamThatDoesNotExistIsWrongUnlessItMayBeMade(t *testing.T) {
	o := PeopleOffice{Today: calendar.MustParse("2026-11-23"), Teams: []staff.Team{{ID: "T1", Name: "Balie"}}}
	table := peopleTable(t, "Nummer;Voornaam;Achternaam;Team;Rol;Vanaf\nP1;Eva;Berg;balie;Adviseur;01-02-2026\nP2;Eef;Bos;Ballie;Adviseur;01-02-2026\n")
	l := ReadPeopleList(table, GuessPeopleColumns(table), o, PeopleMake{Roles: true})
	checkCounts(t, l, 1, 0, 0, 0, 0, 1)
	if m := l.Rows[1].Mistakes; len(m) != 1 || m[0].Path != "Team" || !strings.Contains(m[0].Dutch, "bestaat niet") || len(l.Changes.Teams) != 0 {
		t.Errorf("got %+v", m)
	}
	l = ReadPeopleList(table, GuessPeopleColumns(table), o, PeopleMake{Roles: true, Teams: true})
	if checkCounts(t, l, 2, 0, 0, 0, 0, 0); len(l.Changes.Teams) != 1 {
		t.Errorf("got %+v", l.Changes.Teams)
	}
}

func TestAMistakeNamesItsColumnInWords(t *testing.T) {
	l := readPeople(t, "Nummer;Team;Rol;Vanaf\nP1;Balie;Adviseur;01-02-2026\nP2;Balie;Adviseur;01-02-2026\n", PeopleOffice{Today: calendar.MustParse("2026-11-23")}, true)
	for english, want := range map[bool]string{false: "Roepnaam: ", true: "First name: "} {
		if sheet := string(WritePeopleCorrections(l, english)); !strings.Contains(sheet, want) || strings.Contains(sheet, "first: ") {
			t.Errorf("corrections: %s", sheet)
		}
	}
	for _, f := range PeopleFields() {
		if w := PeopleColumn(string(f), false); w == string(f) || w == "" {
			t.Errorf("%s is called %q", f, w)
		}
	}
}

func FuzzReadPeopleList(f *testing.F) {
	f.Add(hrExport(f), true)
	f.Add("Nummer;Voornaam;Achternaam;Team;Rol;Vanaf\nP1;a;b;c;d;01-01-2020\nP1;a;b;c;e;01-01-2020\n", true)
	f.Fuzz(func(t *testing.T, text string, makeRoles bool) {
		table, err := ReadTable([]byte(text))
		if err != nil {
			return
		}
		o := PeopleOffice{Today: calendar.MustParse("2026-11-23")}
		columns := GuessPeopleColumns(table)
		l := ReadPeopleList(table, columns, o, PeopleMake{Roles: makeRoles, Teams: makeRoles})
		seen := make(map[string]bool)
		for _, e := range l.Changes.Hired {
			key := string(e.Person) + "/" + string(rune(e.Number))
			if seen[key] || !e.Until.IsZero() && e.Until < e.From {
				t.Fatalf("impossible employment %+v", e)
			}
			seen[key] = true
		}
	})
}
