package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bekwaam/courses/fault"
)

func TestReadTableInEveryEncodingAndWithEverySeparator(t *testing.T) {
	bigEndian := []byte{0xfe, 0xff}
	for _, r := range "Naam\tDatum\nÇelik\t1-2-2024\n" {
		bigEndian = append(bigEndian, byte(r>>8), byte(r))
	}
	for name, content := range map[string][]byte{
		"UTF-8":               []byte("Naam;Datum\nÇelik;1-2-2024\n"),
		"UTF-8 with a mark":   []byte("\xef\xbb\xbfNaam|Datum\r\nÇelik|1-2-2024"),
		"Windows-1252":        []byte("Naam;Datum\r\n\xc7elik;1-2-2024\r\n"),
		"UTF-16":              inUTF16("Naam\tDatum\r\nÇelik\t1-2-2024\r\n"),
		"UTF-16 without mark": inUTF16("Naam\tDatum\r\nÇelik\t1-2-2024\r\n")[2:],
		"UTF-16 from the end": bigEndian,
		"old Macintosh":       []byte("Naam,Datum\r\"Çelik\",1-2-2024\r"),
		"commas in a name":    []byte("Naam;Datum\n\"Çelik\";1-2-2024\n"),
		"a lonely quote":      []byte("Naam;Datum\nÇelik;1-2-2024\n\"Bos;2-2-2024\n"),
		"hidden characters":   []byte("Naam;Datum\n\u200b Çelik\u00a0;\t1-2-2024 \n"),
		"told by its maker":   []byte("sep=,\nNaam,Datum\nÇelik,1-2-2024\n"),
	} {
		got := table(t, content)
		if !slices.Equal(got.Columns, []string{"Naam", "Datum"}) || !slices.Equal(got.Rows[0].Cells, []string{"Çelik", "1-2-2024"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestReadTableFindsTheHeader(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		columns    []string
		asides     []Aside
	}{
		{"below a title with a date", "Lijst;;\nBijgewerkt;1-1-2024;\n\nNaam;Soort;Datum\nBos;BHV;1-2-2024\nBos;EHBO;2-2-2024", []string{"Naam", "Soort", "Datum"}, []Aside{"", ""}},
		{"over two lines", "Pers.;;Geldig\nnr;Soort;t/m\nTeam 1;;\n1;BHV;1-2-2024\n;;\nTeam 2;;\n2;;3-2-2024", []string{"Pers. nr", "Soort", "Geldig t/m"}, []Aside{AsideHeading, "", AsideHeading, ""}},
		{"on every page again", "Naam;Datum\nBos;1-2-2024\nNaam;Datum\nVos;1-2-2024\nTotaal;2", []string{"Naam", "Datum"}, []Aside{"", AsideHeader, "", AsideTotal}},
		{"nowhere", "Bos;1-2-2024\nVos;3-2-2024", []string{"", ""}, []Aside{"", ""}},
		{"without any date", "Naam;Soort\nBos;BHV", []string{"Naam", "Soort"}, []Aside{""}},
		{"with only days as Excel counts them", "Pers.nr;Datum\nRW1;45500\nRW2;45501", []string{"Pers.nr", "Datum"}, []Aside{"", ""}},
		{"nowhere, the first without a date", "RW1;eind 2019\nBos;onbekend\nRW2;3-2-2024", []string{"", ""}, []Aside{"", "", ""}},
		{"nowhere, and no date", "RW1;BHV\nRW2;EHBO", []string{"", ""}, []Aside{"", ""}},
		{"in words that nobody knows, the first without a date", "Wie;Wat;Wanneer\nBos;training;vorig jaar\nVos;BHV;3-2-2024", []string{"Wie", "Wat", "Wanneer"}, []Aside{"", ""}},
		{"not above every column, the first without a date", "Wie;Wat;Wanneer;\nBos;training;vorig jaar;gezien\nVos;BHV;3-2-2024;gezien", []string{"Wie", "Wat", "Wanneer", ""}, []Aside{"", ""}},
		{"below data", "RW1;BHV;eind 2019\nNaam;Soort;Datum\nBos;BHV;1-2-2024", []string{"Naam", "Soort", "Datum"}, []Aside{"", ""}},
		{"over two lines, the first without a date", "Pers.;Medewerker;Opleiding;Gehaald;Geldig\nnr;;/ cert.;;t/m\n;Bos;VOG;onbekend;\n1;Vos;BHV;1-2-2024;", []string{"Pers. nr", "Medewerker", "Opleiding / cert.", "Gehaald", "Geldig t/m"}, []Aside{"", ""}},
	} {
		got := table(t, []byte(tt.text))
		var asides []Aside
		for _, r := range got.Rows {
			asides = append(asides, r.Aside)
		}
		if !slices.Equal(got.Columns, tt.columns) || !slices.Equal(asides, tt.asides) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestReadTableListsTheFirstLinesWithoutADate(t *testing.T) {
	office := rietwaarde(t)
	for _, header := range []string{"Personeelsnummer;Naam;Certificaat;Behaald op;Geldig tot", "Pers.nr;Medewerker;Opleiding;Gehaald;Geldig t/m"} {
		for _, first := range []string{
			"RW1013;Tineke Bakker;VOG;eind 2019;", "RW1013;Tineke Bakker;VOG;;", "RW1013;Tineke Bakker;VOG;onbekend;", ";Tineke Bakker;VOG;onbekend;", ";Tineke Bakker;VOG;;",
			";Tineke Bakker;VOG;vorig jaar;", ";Tineke Bakker;Eed/belofte;vorig jaar;nvt", ";Tineke Bakker;training;;", "RW1013;;VOG;45500;", "RW1013;Tineke Bakker;VOG;45500;",
			"RW1013;Tineke Bakker;VOG;eind 2019;\n;Tineke Bakker;VOG;onbekend;\nRW1013;Tineke Bakker;VOG;;",
		} {
			for _, title := range []string{"", "Overzicht;;;;\n", "Bijgewerkt;1-1-2024;;;\n\n"} {
				text := title + header + "\n" + first + "\nRW1015;;VOG;2-2-2020;\nRW1016;;VOG;2-2-2020;\n" + strings.Repeat("RW1008;;VOG;2-2-2020;\n", strings.Count(first, "\n"))
				l := ReadEvidenceList(table(t, []byte(text)), office, EvidenceMapping{})
				n := strings.Count(first, "\n") + 1
				wrong := n
				if strings.Contains(first, "45500") {
					wrong = 0
				}
				if got := strings.Join(l.Table.Columns, ";"); got != header || l.Count(Wrong) != wrong || l.Count(Good)+l.Count(Duplicate) != strings.Count(text[len(title+header):], "\n")-1-wrong || !l.ColumnsSure {
					t.Errorf("%q: %q, %d good and %d wrong of %d lines, sure %v", text, got, l.Count(Good), l.Count(Wrong), len(l.Rows), l.ColumnsSure)
				}
			}
		}
	}
}

func TestReadTableRefusesWhatIsNoList(t *testing.T) {
	wide := excelize.NewFile()
	if err := wide.SetCellValue("Sheet1", "XFD1", "x"); err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	if err := wide.Write(&book); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"nothing": nil, "only a header": []byte("Lijst;\nNaam;Soort;Datum\n"), "only empty lines": []byte(";;\n;;\n"), "one column": []byte("a\nb\n"), "a PDF": []byte("%PDF-1.7\nx;y\n"), "an older workbook": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00\x00"), "an archive": []byte("PK\x03\x04 nothing"),
		"a picture": []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR;;"), "too large": bytes.Repeat([]byte("a;b\n"), MaxTable/4+1), "too long": bytes.Repeat([]byte("a;b\n"), mostRows+1),
		"too wide": []byte(strings.Repeat("a;", mostColumns+1) + "x\n"), "too wide a workbook": book.Bytes(),
	} {
		if got, err := ReadTable(content); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v, %v", name, got.Columns, err)
		}
	}
}

func TestReadDate(t *testing.T) {
	for text, want := range map[string]string{
		"1-9-14": "2014-09-01", "01/09/2014": "2014-09-01", "1.9.2014": "2014-09-01", "1 9 2014": "2014-09-01", "2014-09-01": "2014-09-01", "2014/9/1": "2014-09-01", "20140901": "2014-09-01", "01092014": "2014-09-01",
		"1-9-49": "2049-09-01", "1-9-50": "1950-09-01", "1-9-99": "1999-09-01", "1-9-00": "2000-09-01",
		"1 september 2014": "2014-09-01", "1 sept. 2014": "2014-09-01", "1-mrt-14": "2014-03-01", "12 Maart 2014": "2014-03-12", "1 mei '14": "2014-05-01", "1-feb-’26": "2026-02-01", "March 1, 2014": "2014-03-01", "1 Oct 2014": "2014-10-01", "ma 1-9-2014": "2014-09-01", "maandag 1 september 2014": "2014-09-01",
		"2014-09-01T00:00:00Z": "2014-09-01", "2014-09-01 00:00:00": "2014-09-01", "1-9-2014 09:30": "2014-09-01", "41883": "2014-09-01", "41883.5": "2014-09-01",
		"31-02-13": "", "22-17-2026": "", "29-2-2024": "2024-02-29", "29-2-2023": "", "0-1-2024": "", "1-0-2024": "", "2014": "", "sept 2014": "", "1013": "", "-": "", "": "", "1 bok 2014": "", "1-9-114": "", "99999999": "",
	} {
		got, ok := readDate(text, DayFirst)
		if ok != (want != "") || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{"3/4/2024": "", "4/4/2024": "2024-04-04", "13/4/2024": "2024-04-13", "4/13/2024": "2024-04-13"} {
		if got, _ := readDate(text, OrderUnknown); got.String() != want {
			t.Errorf("%q in no order is %s, want %s", text, got, want)
		}
	}
	if got, _ := readDate("3/4/2024", MonthFirst); got.String() != "2024-03-04" {
		t.Errorf("the month first: %s", got)
	}
}

func TestOrderOf(t *testing.T) {
	days := make([]string, 30)
	for i := range days {
		days[i] = fmt.Sprintf("%d-1-2024", i+1)
	}
	for _, tt := range []struct {
		dates []string
		order DateOrder
		sure  bool
	}{
		{nil, DayFirst, true}, {[]string{"2024-01-02", "onbep."}, DayFirst, true}, {[]string{"1-2-2024"}, DayFirst, false}, {[]string{"2-2-2024"}, DayFirst, true},
		{[]string{"1-2-2024", "13-2-2024"}, DayFirst, true}, {[]string{"1-2-2024", "2-13-2024"}, MonthFirst, true}, {[]string{"13-2-2024", "2-13-2024"}, DayFirst, false},
		{append(days, days...), DayFirst, true}, {append(slices.Concat(days, days), "1-13-2024"), DayFirst, true},
	} {
		if order, sure := orderOf(tt.dates); order != tt.order || sure != tt.sure {
			t.Errorf("%v: %s, %v", tt.dates, order, sure)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	content, _ := oldList(f)
	f.Add(content[:2000])
	f.Add(inUTF16(monthFirstList))
	book := excelize.NewFile()
	if err := book.SetSheetRow("Sheet1", "A1", &[]any{"Naam", "Datum"}); err != nil {
		f.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	office := waterland()
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := ReadTable(content)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		for _, r := range read.Rows {
			if len(r.Cells) != len(read.Columns) || filled(r.Cells) == 0 {
				t.Fatalf("line %d has %q", r.Line, r.Cells)
			}
		}
		kept, err := read.WithoutBSN(office.People).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if read, err = OpenTable(kept); err != nil {
			t.Fatal(err)
		}
		l := ReadEvidenceList(read, office, EvidenceMapping{})
		if err := l.Warn(office.Schemes, nil); err != nil {
			t.Fatal(err)
		}
		if n := l.Count(Good) + l.Count(Duplicate) + l.Count(Wrong) + l.Count(Ignored); n != len(read.Rows) {
			t.Fatalf("%d verdicts on %d lines", n, len(read.Rows))
		}
		for _, h := range l.Fresh() {
			if h.AchievedOn.IsZero() || h.AchievedOn > office.Today || !h.ValidUntil.IsZero() && h.ValidUntil < h.AchievedOn || h.Person == "" || h.Scheme == "" {
				t.Fatalf("good is %v", h)
			}
		}
		if l.Count(Wrong) > 0 {
			if _, err := ReadTable(WriteCorrections(l, true)); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzReadDate(f *testing.F) {
	for _, text := range []string{"1-9-14", "31-02-13", "1 september 2014", "41883", "ma 1/9/2014 10:00", "20140901"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []DateOrder{OrderUnknown, DayFirst, MonthFirst} {
			day, ok := readDate(text, order)
			if ok == day.IsZero() {
				t.Fatalf("%q is %v, %v", text, day, ok)
			}
			if again, same := readDate(day.String(), order); ok && (!same || again != day) {
				t.Fatalf("%q is %s, and that is %s", text, day, again)
			}
		}
	})
}
