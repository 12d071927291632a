package certificates

import (
	"slices"
	"testing"

	"bekwaam/courses/calendar"
)

func TestOpeningNamesTheMunicipalityInASentence(t *testing.T) {
	for municipality, want := range map[string]string{
		"Gemeente Rietwaarde":      "De gemeente Rietwaarde verklaart dat",
		"Omgevingsdienst Westland": "Omgevingsdienst Westland verklaart dat",
	} {
		if got := (Document{Issuer: Issuer{Municipality: municipality}}).Opening(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOnlyASkillThatWasSeenMakesAble(t *testing.T) {
	for statement, want := range map[Statement][2]string{
		StatementAble: {"bekwaam is in", ""}, StatementQuiz: {"de toets", "heeft behaald"}, "": {"de toets", "heeft behaald"}, "unknown": {"de toets", "heeft behaald"},
	} {
		if before, after := statement.Around(); [2]string{before, after} != want {
			t.Errorf("%q: got %q and %q, want %q", statement, before, after, want)
		}
	}
}

func TestGoalsAreSaidOfTheHolder(t *testing.T) {
	d := Document{Shown: []string{
		"Je legt uit waarom een juist adres belangrijk is.", "Je weet wat je doet bij een storing.", "Je kunt een zaak registreren.", "Je bent voorzichtig.",
		"Je hebt geduld.", "controleert het gezag", "Jeugdzorg herkennen.", "Je",
	}}
	want := []string{
		"legt uit waarom een juist adres belangrijk is", "weet wat je doet bij een storing", "kan een zaak registreren", "is voorzichtig",
		"heeft geduld", "controleert het gezag", "Jeugdzorg herkennen.", "Je",
	}
	if got := d.Goals(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFacts(t *testing.T) {
	full := Document{AchievedOn: calendar.MustParse("2026-11-23"), ValidFrom: calendar.MustParse("2026-11-23"), ValidUntil: calendar.MustParse("2028-11-22"), CourseVersion: 4, Lessons: 6}
	for _, tt := range []struct {
		name   string
		change func(*Document)
		want   []Fact
	}{
		{"the last valid day is printed as it is", func(*Document) {}, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig tot en met", "22 november 2028"}, {"Cursus", "versie 4, 6 lessen"}}},
		{"a period that begins later says when", func(d *Document) { d.ValidFrom = calendar.MustParse("2027-01-01") }, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig vanaf", "1 januari 2027"}, {"Geldig tot en met", "22 november 2028"}, {"Cursus", "versie 4, 6 lessen"}}},
		{"no end and one lesson", func(d *Document) { d.ValidUntil, d.Lessons = 0, 1 }, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig tot en met", "geen einddatum"}, {"Cursus", "versie 4, 1 les"}}},
		{"a course without lessons", func(d *Document) { d.Lessons = 0 }, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig tot en met", "22 november 2028"}, {"Cursus", "versie 4"}}},
		{"taken over from a list", func(d *Document) { d.TakenOverOn, d.CourseVersion = calendar.MustParse("2026-11-24"), 1 }, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig tot en met", "22 november 2028"}, {"Overgenomen uit een lijst op", "24 november 2026"}}},
		{"no course", func(d *Document) { d.CourseVersion, d.Lessons = 0, 0 }, []Fact{{"Behaald op", "23 november 2026"}, {"Geldig tot en met", "22 november 2028"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := full
			tt.change(&d)
			if got := d.Facts(); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCheckAddressShowsNoToken(t *testing.T) {
	for url, want := range map[string]string{
		"https://leren.rietwaarde.example/c/mfrggzdfmztwq2lknnwg23tpoa":   "leren.rietwaarde.example/controle",
		"http://localhost:8080/c/mfrggzdfmztwq2lknnwg23tpoa":              "localhost:8080/controle",
		"https://rietwaarde.example/c/leren/c/mfrggzdfmztwq2lknnwg23tpoa": "rietwaarde.example/c/leren/controle",
	} {
		if got := (Document{VerifyURL: url}).CheckAddress(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
