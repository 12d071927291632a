package exchange_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// instrumentOffice knows four people, of whom RW1047 does not consent and RW1057 brings the list in.
func instrumentOffice() exchange.InstrumentOffice {
	o := exchange.InstrumentOffice{Today: calendar.MustParse("2026-11-23"), Self: "RW1057", Purpose: competences.ForGrowth, Competences: []competences.Competence{{ID: "C01"}, {ID: "C02"}, {ID: "C05"}, {ID: "C09"}, {ID: "C12"}, {ID: "C14"}}}
	for _, id := range []staff.PersonID{"RW1003", "RW1016", "RW1031", "RW1047", "RW1057"} {
		o.People = append(o.People, staff.Person{ID: id})
		if id != "RW1047" {
			o.Consents = append(o.Consents, competences.Consent{Person: id, Purpose: competences.ForGrowth, GivenOn: calendar.MustParse("2026-05-04"), EndsOn: calendar.MustParse("2028-05-04")})
		}
	}
	return o
}

func readInstruments(t testing.TB, text string, o exchange.InstrumentOffice) exchange.InstrumentList {
	t.Helper()
	table, err := exchange.ReadTable([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := exchange.ReadInstrumentList(table, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestOfWhoDoesNotConsentNothingIsRead(t *testing.T) {
	content, err := os.ReadFile("../../seed/data/rietwaarde/instrument_import_voorbeeld.csv")
	if err != nil {
		t.Fatal(err)
	}
	list := readInstruments(t, string(content), instrumentOffice())
	if list.Lines != 48 || list.Scores != 36 || list.NoConsent != 12 || len(list.Results) != 3 || len(list.Scales) != 12 || len(list.Wrong) != 0 {
		t.Fatalf("%d lines, %d scores, %d without consent, %d results, %d scales, wrong: %v", list.Lines, list.Scores, list.NoConsent, len(list.Results), len(list.Scales), list.Wrong)
	}
	first := list.Results[0]
	if first.Person != "RW1003" || first.TakenOn != calendar.MustParse("2026-05-12") || first.EndsOn != calendar.MustParse("2028-05-12") || len(first.Scores) != 12 {
		t.Errorf("%+v", first)
	}
	if list.Scales[6] != (competences.Scale{Instrument: "extern-drijfverenprofiel", Name: "Klantgerichtheid", Low: "minder aanleg", High: "meer aanleg", Min: 100, Max: 900, Competence: "C01"}) {
		t.Errorf("%+v", list.Scales[6])
	}

	o := instrumentOffice()
	o.Consents = nil
	if list := readInstruments(t, string(content), o); list.NoConsent != 48 || len(list.Results)+len(list.Scales)+len(list.Wrong) != 0 {
		t.Errorf("without any consent: %+v", list)
	}
	o = instrumentOffice()
	o.Today = calendar.MustParse("2028-05-05") // the last consent ended the day before
	if list := readInstruments(t, string(content), o); list.NoConsent != 48 {
		t.Errorf("after it ended: %+v", list)
	}
}

const instrumentHeader = "Personeelsnummer;Instrument;Afgenomen op;Verwijderen na;Toestemming;Schaal;Lage pool;Hoge pool;Score;Min;Max;Competentie\n"

func TestEveryWrongLineOfAListOfScoresSaysWhy(t *testing.T) {
	for line, field := range map[string]string{
		"RW9999;profiel;12-05-2026;;ja;Contact;;;7;1;9;":                                             "personeelsnummer",
		"RW1057;profiel;12-05-2026;;ja;Contact;;;7;1;9;":                                             "personeelsnummer", // about oneself
		"RW1003;;12-05-2026;;ja;Contact;;;7;1;9;":                                                    "instrument",
		"RW1003;profiel;31-02-2026;;ja;Contact;;;7;1;9;":                                             "afgenomen_op",
		"RW1003;profiel;12-05-2027;;ja;Contact;;;7;1;9;":                                             "afgenomen_op",
		"RW1003;profiel;12-05-2026;32-01-2027;ja;Contact;;;7;1;9;":                                   "verwijderen_na",
		"RW1003;profiel;12-05-2026;01-11-2026;ja;Contact;;;7;1;9;":                                   "verwijderen_na",
		"RW1003;profiel;12-05-2024;;ja;Contact;;;7;1;9;":                                             "verwijderen_na", // over two years ago
		"RW1003;profiel;12-05-2026;;ja;;;;7;1;9;":                                                    "schaal",
		"RW1003;profiel;12-05-2026;;ja;" + strings.Repeat("tekst ", 11) + ";;;7;1;9;":                "schaal",
		"RW1003;profiel;12-05-2026;;ja;Contact;;;hoog;1;9;":                                          "score",
		"RW1003;profiel;12-05-2026;;ja;Contact;;;9,5;1;9;":                                           "score",
		"RW1003;profiel;12-05-2026;;ja;Contact;;;7;9;1;":                                             "max",
		"RW1003;profiel;12-05-2026;;ja;Contact;;;7;1;9;C99":                                          "competentie_id",
		"RW1003;profiel;12-05-2026;;ja;Tempo;;;7;0;10;":                                              "min", // known with another range
		"RW1003;profiel;12-05-2026;;ja;Zorg;;;6,5;1;9;\nRW1003;profiel;12-05-2026;;ja;zorg;;;6;1;9;": "schaal",
	} {
		o := instrumentOffice()
		o.Scales = []competences.Scale{{Instrument: "profiel", Name: "Tempo", Min: 100, Max: 900}}
		list := readInstruments(t, instrumentHeader+line+"\n", o)
		if len(list.Wrong) != 1 || list.Wrong[0].Path != field || list.Wrong[0].Dutch == "" || list.Wrong[0].English == "" {
			t.Errorf("%s: %+v", line, list.Wrong)
		}
	}
	list := readInstruments(t, instrumentHeader+"RW1003;profiel;12-05-2026;01-12-2027;ja;Zorg;zakelijk;zorgzaam;6,25;1;9;\nRW1003;profiel;12-05-2026;;ingetrokken;Tempo;;;6;1;9;\n", instrumentOffice())
	want := []competences.Result{{Person: "RW1003", Purpose: competences.ForGrowth, Instrument: "profiel", TakenOn: calendar.MustParse("2026-05-12"), EndsOn: calendar.MustParse("2027-12-01"), Scores: []competences.ScaleScore{{Scale: "Zorg", Score: 625}}}}
	if list.NoConsent != 1 || len(list.Results) != 1 || !slices.Equal(list.Results[0].Scores, want[0].Scores) || list.Results[0].EndsOn != want[0].EndsOn {
		t.Errorf("%+v", list)
	}

	table, err := exchange.ReadTable([]byte("Personeelsnummer;Score\nRW1003;7\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = exchange.ReadInstrumentList(table, instrumentOffice())
	if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || len(f.Fields) != 5 {
		t.Errorf("without its columns: %v", err)
	}
}

func FuzzReadInstrumentList(f *testing.F) {
	f.Add(instrumentHeader + "RW1003;profiel;12-05-2026;;ja;Zorg;zakelijk;zorgzaam;6,25;1;9;C01\nRW1047;profiel;12-05-2026;;ja;Zorg;;;6;1;9;\n")
	f.Add("personeelsnummer,instrument,afgenomen_op,schaal,score,min,max\nRW1003,profiel,2026-05-12,Zorg,-1,-9,9\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := exchange.ReadTable([]byte(text))
		if err != nil {
			return
		}
		o := instrumentOffice()
		list, err := exchange.ReadInstrumentList(table, o)
		if err != nil {
			return
		}
		scores, lines := 0, make(map[int]bool)
		for _, r := range list.Results {
			scores += len(r.Scores)
			if r.Person == "RW1047" || r.Person == o.Self || r.TakenOn > o.Today || r.EndsOn < o.Today || r.EndsOn > r.TakenOn.AddMonths(24) {
				t.Errorf("%+v comes in", r)
			}
			for _, s := range r.Scores {
				at := slices.IndexFunc(list.Scales, func(k competences.Scale) bool { return k.Instrument == r.Instrument && k.Name == s.Scale })
				if at < 0 || !list.Scales[at].Holds(s.Score) || list.Scales[at].Check() != nil {
					t.Errorf("score %+v on no scale", s)
				}
			}
		}
		for _, w := range list.Wrong {
			lines[w.Line] = true
		}
		if scores != list.Scores || scores+list.NoConsent+len(lines) > list.Lines {
			t.Errorf("%d scores of %d, %d without consent, %d wrong, of %d lines", scores, list.Scores, list.NoConsent, len(lines), list.Lines)
		}
	})
}
