package exchange

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// rietwaarde is what the demo municipality knows, with nothing achieved yet.
func rietwaarde(t testing.TB) EvidenceOffice {
	t.Helper()
	m, err := ReadMunicipality(os.DirFS("../../seed/data/rietwaarde"))
	if err != nil {
		t.Fatal(err)
	}
	office := EvidenceOffice{Today: calendar.MustParse("2026-11-23"), People: m.People, Schemes: make(map[certificates.SchemeKey]certificates.Scheme)}
	for _, s := range m.Schemes {
		office.Schemes[s.Key] = s
	}
	return office
}

// expected is what bewijs_oude_lijst.csv must give.
type expected struct {
	Good        int                                 `json:"goed"`
	Duplicate   int                                 `json:"dubbel"`
	Wrong       int                                 `json:"fout"`
	Corrected   int                                 `json:"na_correctie"`
	PerScheme   map[certificates.SchemeKey]int      `json:"per_certificering_goed"`
	Spellings   map[certificates.SchemeKey][]string `json:"schrijfwijzen"`
	GoodPerLine map[string]string                   `json:"goed_per_regel"`
	Mistakes    []struct {
		Line        int    `json:"rij"`
		Column      string `json:"kolom"`
		Right       string `json:"juiste_waarde"`
		Certificate string `json:"certificaat_id"`
	} `json:"fouten"`
	Duplicates []struct {
		Line int `json:"rij"`
		Same int `json:"zelfde_als_rij"`
	} `json:"dubbelen"`
}

func oldList(t testing.TB) ([]byte, expected) {
	t.Helper()
	content, err := os.ReadFile("../../seed/data/rietwaarde/bewijs_oude_lijst.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/bewijs_oude_lijst_verwacht.json")
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	return content, want
}

func table(t testing.TB, content []byte) Table {
	t.Helper()
	read, err := ReadTable(content)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// held reads what the demo municipality has in its own file, by the number of each line.
func held(t testing.TB) map[string]Held {
	t.Helper()
	all := make(map[string]Held)
	err := readCSV(os.DirFS("../../seed/data/rietwaarde"), "medewerker_certificaten.csv", func(line map[string]string) error {
		achieved, until, err := dates(line["behaald_op"], line["geldig_tot"])
		all[line["certificaat_id"]] = Held{Person: staff.PersonID(line["personeelsnummer"]), Scheme: certificates.SchemeKey(line["certificering_id"]), AchievedOn: achieved, ValidUntil: until}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheOldListGivesWhatIsExpectedOfIt(t *testing.T) {
	content, want := oldList(t)
	l := ReadEvidenceList(table(t, content), rietwaarde(t), EvidenceMapping{})
	if got := []int{l.Count(Good), l.Count(Duplicate), l.Count(Wrong)}; !slices.Equal(got, []int{want.Good, want.Duplicate, want.Wrong}) {
		t.Errorf("good, duplicate and wrong are %v", got)
	}
	if !l.OrderSure || l.Mapping.Order != DayFirst || len(l.Missing) > 0 {
		t.Errorf("order %s, sure %v, missing %v", l.Mapping.Order, l.OrderSure, l.Missing)
	}
	speller := newSpeller(rietwaarde(t).Schemes, nil)
	for scheme, ways := range want.Spellings {
		for _, way := range ways {
			if got, how := speller.read(spellingKey(way)); got != scheme {
				t.Errorf("%q is %q (%s), want %s", way, got, how, scheme)
			}
		}
	}
	right, per := held(t), make(map[certificates.SchemeKey]int)
	for _, r := range l.Rows {
		switch line := strconv.Itoa(r.Line); r.Verdict {
		case Good:
			per[r.Scheme]++
			is := right[want.GoodPerLine[line]]
			if got := (Held{r.Person, r.Scheme, r.AchievedOn, r.ValidUntil, ""}); got != is {
				t.Errorf("line %s is %v, want %v", line, got, is)
			}
		case Duplicate:
			if !slices.ContainsFunc(want.Duplicates, func(d struct {
				Line int `json:"rij"`
				Same int `json:"zelfde_als_rij"`
			}) bool {
				return d.Line == r.Line && d.Same == r.SameAs
			}) {
				t.Errorf("line %s is no duplicate of %d", line, r.SameAs)
			}
		}
	}
	for scheme, n := range want.PerScheme {
		if per[scheme] != n {
			t.Errorf("%s: %d good, want %d", scheme, per[scheme], n)
		}
	}
	for _, m := range want.Mistakes {
		at := slices.IndexFunc(l.Rows, func(r EvidenceRow) bool { return r.Line == m.Line })
		if r := l.Rows[at]; r.Verdict != Wrong || len(r.Mistakes) != 1 || tokens(r.Mistakes[0].Path)[0] != tokens(m.Column)[0] {
			t.Errorf("line %d: %s %v, want a mistake in %s", m.Line, r.Verdict, r.Mistakes, m.Column)
		}
	}
}

func TestTheCorrectedListAddsWhatWasWrong(t *testing.T) {
	content, want := oldList(t)
	office := rietwaarde(t)
	first := ReadEvidenceList(table(t, content), office, EvidenceMapping{})
	known := make(map[Achievement]bool)
	for _, h := range first.Fresh() {
		known[Achievement{h.Person, h.Scheme, h.AchievedOn}] = true
	}
	corrections := WriteCorrections(first, false)
	again := table(t, corrections)
	if l := ReadEvidenceList(again, office, EvidenceMapping{}); l.Count(Wrong) != want.Wrong || l.Count(Good) != 0 {
		t.Errorf("uncorrected: %d wrong, %d good", l.Count(Wrong), l.Count(Good))
	}
	if len(again.Columns) != 8 || len(again.Rows) != want.Wrong || !strings.HasPrefix(again.Rows[0].Cells[7], "Regel 258. Gehaald: Deze dag bestaat niet.") {
		t.Fatalf("the file of corrections: %q %v", again.Columns, again.Rows)
	}
	for i, m := range want.Mistakes {
		at := slices.IndexFunc(again.Columns, func(c string) bool { return tokens(c)[0] == tokens(m.Column)[0] })
		again.Rows[i].Cells[at] = m.Right
	}
	l := ReadEvidenceList(again, office, EvidenceMapping{})
	l.MarkKnown(known)
	if got := l.Count(Good); got != want.Wrong || want.Good+got != want.Corrected {
		t.Errorf("%d good after the corrections: %v", got, l.Rows)
	}
	right := held(t)
	for i, m := range want.Mistakes {
		is := right[m.Certificate]
		if r := l.Rows[i]; r.Person != is.Person || r.Scheme != is.Scheme || r.AchievedOn != is.AchievedOn || r.Known {
			t.Errorf("line %d is %v, want %v", m.Line, r.Held, is)
		}
	}
	all := ReadEvidenceList(table(t, content), office, EvidenceMapping{})
	all.MarkKnown(known)
	if all.Count(Good) != want.Good || len(all.Fresh()) != 0 {
		t.Errorf("once more: %d good, of which %d new", all.Count(Good), len(all.Fresh()))
	}
}

// waterland is a small office with names and schemes of its own.
func waterland() EvidenceOffice {
	return EvidenceOffice{
		Today: calendar.MustParse("2026-11-23"),
		People: []staff.Person{
			{ID: "20017", First: "Anna Maria", Infix: "van der", Last: "Meer-Jansen"}, {ID: "20018", First: "Ömer", Last: "Çelik"}, {ID: "20021", First: "Peter", Last: "Jansen"},
			{ID: "20022", First: "Paula", Last: "Jansen"}, {ID: "20035", First: "Jan", Last: "Peters"}, {ID: "20036", First: "Peter", Last: "Jan"}, {ID: "20040", First: "Siobhán", Last: "O'Neil"},
		},
		Schemes: map[certificates.SchemeKey]certificates.Scheme{
			"BHV":       {Key: "BHV", Version: 1, Title: "Bedrijfshulpverlening", Months: 12, Method: certificates.MethodCompletion, WindowMonths: 3},
			"EHBO":      {Key: "EHBO", Version: 1, Title: "Eerste hulp bij ongelukken", Months: 24, Method: certificates.MethodCompletion, WindowMonths: 3},
			"HEFTRUCK":  {Key: "HEFTRUCK", Version: 1, Title: "Veilig werken met de heftruck", Months: 60, Method: certificates.MethodCompletion, WindowMonths: 6},
			"VCA-BASIS": {Key: "VCA-BASIS", Version: 1, Title: "VCA basisveiligheid", Months: 120, Method: certificates.MethodCompletion, WindowMonths: 6},
			"VCA-VOL":   {Key: "VCA-VOL", Version: 1, Title: "VCA voor leidinggevenden", Months: 120, Method: certificates.MethodCompletion, WindowMonths: 6},
			"GEHEIM":    {Key: "GEHEIM", Version: 1, Title: "Geheimhoudingsverklaring", Method: certificates.MethodNever},
		},
	}
}

// A line is what somebody must find in a list.
type line struct{ person, scheme, achieved, until string }

func checkLines(t *testing.T, l EvidenceList, want ...line) {
	t.Helper()
	var got []line
	for _, r := range l.Rows {
		if r.Verdict == Good {
			got = append(got, line{string(r.Person), string(r.Scheme), r.AchievedOn.String(), r.ValidUntil.String()})
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
		for _, r := range l.Rows {
			t.Log(r.Line, r.Verdict, r.Aside, r.Cells, r.Mistakes)
		}
		t.Log(l.Table.Columns, l.Mapping)
	}
}

func TestAListWithSemicolonsInQuotesAndTwoLastNames(t *testing.T) {
	const list = `sep=;
"Certificaten; alle afdelingen"

"Personeels- nummer";"Achternaam";"Voorletters";"Tussenvoegsel";"Soort; omschrijving";"Uitgifte";"Verloopt op"
;"Meer-Jansen";A.M.;van der;"EHBO; herhaling";"3 mrt. 2024";"2 maart 2026"
20018;"Çelik";"Ö.";;"Heftruck; ""groen""";"ma 4-5-98";"onbepaald"
;"Jansen";"Pe.";;"VCA (VOL)";"2025/06/30 00:00:00";"29 juni 2035"
;"Jansen";P.;;BHV;1-6-2026;31-5-2027
;"O Neil";S.;;BHV;1 juni 2026;
;"O'Neil";S.;;BHV;1-6-2026;31-5-2027
Totaal;;;;;"6 regels";
`
	l := ReadEvidenceList(table(t, []byte(list)), waterland(), EvidenceMapping{})
	checkLines(t, l,
		line{"20017", "EHBO", "2024-03-03", "2026-03-02"}, line{"20018", "HEFTRUCK", "1998-05-04", ""}, line{"20021", "VCA-VOL", "2025-06-30", "2035-06-29"},
		line{"20040", "BHV", "2026-06-01", "2027-05-31"})
	if l.Count(Wrong) != 2 || !strings.Contains(l.Rows[3].Mistakes[0].Dutch, "meer dan één collega") {
		t.Errorf("wrong are %d: %v", l.Count(Wrong), l.Rows[3].Mistakes)
	}
}

// monthFirstList is an English list in UTF-16, with tabs, of which the dates may be read in two ways.
const monthFirstList = "Training records\r\n\r\nEmployee ID\tEmployee\tCourse\tCompleted\tExpires\r\n" +
	"20021\tJansen, Peter\tFirst aid (EHBO)\t03/04/2024\t03/03/2026\r\n" +
	"20022\tPaula Jansen\tBHV refresher\t05/06/2026\t05/05/2027\r\n"

func inUTF16(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range text {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func TestTheOrderOfDatesIsAskedWhereNothingTells(t *testing.T) {
	tab := table(t, inUTF16(monthFirstList))
	l := ReadEvidenceList(tab, waterland(), EvidenceMapping{})
	if l.OrderSure || !l.Guessed() {
		t.Error("nobody need look at dates that may be read in two ways")
	}
	m := EvidenceMapping{Order: MonthFirst}
	l = ReadEvidenceList(tab, waterland(), m)
	checkLines(t, l, line{"20021", "EHBO", "2024-03-04", "2026-03-03"}, line{"20022", "BHV", "2026-05-06", "2027-05-05"})
	if !l.OrderSure {
		t.Error("the order is asked again")
	}
	tab = table(t, inUTF16(monthFirstList+"20035\tJan Peters\tBHV\t12/31/2025\t12/30/2026\r\n"))
	if l = ReadEvidenceList(tab, waterland(), EvidenceMapping{}); !l.OrderSure || l.Mapping.Order != MonthFirst || l.Count(Good) != 3 {
		t.Errorf("order %s, sure %v: %v", l.Mapping.Order, l.OrderSure, l.Rows)
	}
}

func TestAWorkbookWithAMergedHeaderAndRealDates(t *testing.T) {
	book := excelize.NewFile()
	dated, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	day := func(text string) time.Time { return calendar.MustParse(text).Start().Add(3 * time.Hour).UTC() }
	for cell, value := range map[string]any{
		"B2": "Scholing buitendienst", "B4": "Collega", "D4": "Bewijs", "B5": "stamnr", "C5": "naam", "D5": "cursus", "E5": "behaald op", "F5": "geldig tot",
		"B6": "Groenvoorziening", "B7": 20018, "C7": "Celik O", "D7": "Basisveiligheid (VCA)", "E7": day("2020-02-29"), "F7": day("2030-02-28"),
		"C8": "v.d. Meer - Jansen, A.", "D8": "geheimh. verkl.", "E8": 43891, "B9": 20035, "D9": "EHBO", "E9": "30-2-2024", "C11": "Aantal:", "D11": 3,
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, cell := range []string{"E7", "F7"} {
		if err := book.SetCellStyle("Sheet1", cell, cell, dated); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "B4", "C4"); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("leeg"); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	l := ReadEvidenceList(table(t, file.Bytes()), waterland(), EvidenceMapping{})
	checkLines(t, l, line{"20018", "VCA-BASIS", "2020-02-29", "2030-02-28"}, line{"20017", "GEHEIM", "2020-03-01", ""})
	if l.Count(Wrong) != 1 || l.Count(Ignored) != 2 {
		t.Errorf("wrong %d, ignored %d", l.Count(Wrong), l.Count(Ignored))
	}
}

func TestAListWithoutAHeaderIsReadByWhatStandsInIt(t *testing.T) {
	l := ReadEvidenceList(table(t, []byte("Jan Peters,EHBO,2025-01-02\nPaula Jansen,Bedrijfshulpverlening,2026-03-04\n")), waterland(), EvidenceMapping{})
	checkLines(t, l, line{"20035", "EHBO", "2025-01-02", "2027-01-01"}, line{"20022", "BHV", "2026-03-04", "2027-03-03"})
	if !l.Rows[0].Reckoned {
		t.Error("the end does not come from the scheme")
	}
}

func TestWhatSomebodyChoseCounts(t *testing.T) {
	tab := table(t, []byte("Naam;Cursus;Datum\nJan Peters;Rood;1-2-2024\nPaula Jansen;Blauw;3-2-2024\nÖmer Çelik;Groen;13-2-2024\n"))
	office := waterland()
	office.Learned = map[string]certificates.SchemeKey{"groen": "HEFTRUCK", "rood": "WEG"}
	l := ReadEvidenceList(tab, office, EvidenceMapping{Schemes: map[string]certificates.SchemeKey{"blauw": ""}})
	checkLines(t, l, line{"20018", "HEFTRUCK", "2024-02-13", "2029-02-12"})
	if l.Count(Wrong) != 1 || l.Count(Ignored) != 1 || l.Guessed() {
		t.Errorf("wrong %d, ignored %d: %v", l.Count(Wrong), l.Count(Ignored), l.Spellings)
	}
	l = ReadEvidenceList(tab, office, EvidenceMapping{Schemes: map[string]certificates.SchemeKey{"blauw": "", "rood": "BHV"}, Columns: []ColumnField{FieldName, FieldScheme, FieldAchieved}})
	if l.Guessed() || l.Count(Good) != 2 {
		t.Errorf("guessed %v: %v", l.Guessed(), l.Rows)
	}
	l = ReadEvidenceList(tab, office, EvidenceMapping{Columns: []ColumnField{FieldName, FieldNone, FieldNone}})
	if len(l.Missing) != 2 || l.Count(Good) != 0 {
		t.Errorf("missing are %v", l.Missing)
	}
}

func TestWhoIsMeant(t *testing.T) {
	f := newPeopleFinder(waterland().People)
	for name, want := range map[string][]staff.PersonID{
		"Peter Jan": {"20036"}, "Jan, Peter": {"20036"}, "Peters, J.": {"20035"}, "JANSEN, P.": {"20021", "20022"}, "Jansen": {"20021", "20022"}, "Jansen, Pa.": {"20022"}, "Pauline Jansen": nil,
		"C?lik, O.": {"20018"}, "Meer-Jansen, D.": nil, "Meer-Jansen, v.d. A": {"20017"}, "?elik, ?.": {"20018"}, "ÇELİK Ö": {"20018"}, "A.M. van der Meer-Jansen": {"20017"}, "Meer-Jansen, A. v.d.": {"20017"}, "Meer, A. van der": nil, "": nil, "O’Neil": {"20040"},
	} {
		var got []staff.PersonID
		for _, p := range f.byName(name) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
	for number, want := range map[string]int{"20017": 1, " 20017 ": 1, "0020017": 1, "P20017": 0, "17": 0, "": 0, "-": 0} {
		if got := f.byNumber(number); len(got) != want {
			t.Errorf("%q is %v", number, got)
		}
	}
}

func TestTheSameSpellingOfTwoSchemesIsGuessedByNobody(t *testing.T) {
	s := newSpeller(waterland().Schemes, nil)
	for spelling, want := range map[string]SpellingHow{"vca": SpellingUnknown, "vca basis": SpellingCertain, "heftruk": SpellingGuessed, "lunch": SpellingUnknown, "": SpellingUnknown} {
		if key, how := s.read(spelling); how != want {
			t.Errorf("%q is %s, %q", spelling, key, how)
		}
	}
}

func TestNumberAndNameOfDifferentPeopleAreAskedAgain(t *testing.T) {
	l := ReadEvidenceList(table(t, []byte("Nr;Naam;Cursus;Datum\n20035;Paula Jansen;BHV;13-2-2024\n20021;Jansen-Bakker;BHV;13-2-2024\n20099;Paula Jansen;BHV;14-2-2024\n")), waterland(), EvidenceMapping{})
	checkLines(t, l, line{"20021", "BHV", "2024-02-13", "2025-02-12"})
	if m := l.Rows[2].Mistakes; len(m) != 1 || m[0].Path != "Nr" || !strings.HasSuffix(m[0].Dutch, " Paula Jansen (20022)?") {
		t.Errorf("got %v", m)
	}
}

func TestANameBesideANumberMustBeTheirs(t *testing.T) {
	office := waterland()
	office.People = append(office.People, staff.Person{ID: "1042", First: "Jan", Last: "Bos"}, staff.Person{ID: "1043", First: "Piet", Infix: "de", Last: "Vries"}, staff.Person{ID: "1044", First: "Paula", Infix: "de", Last: "Vries"})
	for who, want := range map[string]Verdict{
		"1042;P. de Vries": Wrong, "1042;Karel Zonneveld": Wrong, "1043;P. de Vries": Good, "1042;Bos-Kok, J.": Good, "1042;J. Bos": Good, "1043;Piet": Good, "1042;-": Good, "1042;": Good, "1043;Piet de Vriess": Good,
	} {
		l := ReadEvidenceList(table(t, []byte("Nr;Naam;Cursus;Datum\n"+who+";BHV;13-2-2024\n")), office, EvidenceMapping{Columns: []ColumnField{FieldNumber, FieldName, FieldScheme, FieldAchieved}})
		if r := l.Rows[0]; r.Verdict != want || want == Wrong && r.Mistakes[0].Path != "Nr" {
			t.Errorf("%q is %s: %v", who, r.Verdict, r.Mistakes)
		}
	}
}

func TestWhatIsAboutOneselfIsRefusedUnlessItIsKnown(t *testing.T) {
	read := func() EvidenceList {
		return ReadEvidenceList(table(t, []byte("Naam;Cursus;Datum\nJan Peters;BHV;13-2-2024\nPaula Jansen;BHV;13-2-2024\n")), waterland(), EvidenceMapping{})
	}
	l := read()
	l.MarkKnown(nil)
	l.RefuseOwn("20035")
	if r := l.Rows[0]; r.Verdict != Wrong || r.Mistakes[0].Path != "Naam" || l.Rows[1].Verdict != Good {
		t.Errorf("got %v", l.Rows)
	}
	l = read()
	l.MarkKnown(map[Achievement]bool{{"20035", "BHV", calendar.MustParse("2024-02-13")}: true})
	l.RefuseOwn("20035")
	if r := l.Rows[0]; r.Verdict != Good || !r.Known {
		t.Errorf("got %v", r)
	}
}

func TestTooManySpellingsAreNoNamesOfSchemes(t *testing.T) {
	columns := EvidenceMapping{Columns: []ColumnField{FieldNumber, FieldScheme, FieldAchieved}}
	list := "Nr;Cursus;Datum\n"
	for i := range MostSpellings + 1 {
		if i == MostSpellings {
			if l := ReadEvidenceList(table(t, []byte(list)), waterland(), columns); len(l.Missing) != 0 || len(l.Spellings) != MostSpellings {
				t.Errorf("missing %v, %d spellings", l.Missing, len(l.Spellings))
			}
		}
		list += "20035;Cursus " + strconv.Itoa(i) + ";13-2-2024\n"
	}
	if l := ReadEvidenceList(table(t, []byte(list)), waterland(), columns); len(l.Missing) != 1 || l.Missing[0].Path != "scheme" || len(l.Spellings) != 0 {
		t.Errorf("missing %v, %d spellings", l.Missing, len(l.Spellings))
	}
}

// A list of 20,000 lines in which every name has a mistake.
func BenchmarkALargeList(b *testing.B) {
	office := waterland()
	office.People = nil
	var list strings.Builder
	list.WriteString("nummer;naam;opleiding;behaald\n")
	for i := range 20000 {
		if i < 5000 {
			office.People = append(office.People, staff.Person{ID: staff.PersonID(strconv.Itoa(10000 + i)), First: "Jan", Last: "Bakker" + strconv.Itoa(i)})
		}
		list.WriteString(strconv.Itoa(10000+i%7000) + ";Bakkerr" + strconv.Itoa(i%5000) + ", J.;cursus " + strconv.Itoa(i%MostSpellings) + ";13-2-2024\n")
	}
	read := table(b, []byte(list.String()))
	for b.Loop() {
		ReadEvidenceList(read, office, EvidenceMapping{})
	}
}
