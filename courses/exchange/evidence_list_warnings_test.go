package exchange

import (
	"slices"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

func TestALineThatTheSchemeWouldSayOtherwiseIsGoodWithAWarning(t *testing.T) {
	office := waterland()
	bhv := office.Schemes["BHV"]
	had, err := bhv.TakeOver(nil, calendar.MustParse("2025-06-01"), calendar.MustParse("2026-05-31"))
	if err != nil {
		t.Fatal(err)
	}
	had.Person, had.Cycle = "20022", 1
	l := ReadEvidenceList(table(t, []byte(`Pers.nr;Cursus;Gehaald;Geldig t/m
20021;BHV;13-1-2025;12-1-2026
20021;BHV;13-6-2025;12-6-2026
20021;BHV;13-5-2026;12-5-2027
20022;BHV;13-1-2026;12-1-2027
20022;BHV;13-1-2024;12-1-2025
20035;BHV;13-1-2025;31-12-2026
20036;BHV;13-1-2025;onbepaald
20036;GEHEIM;13-1-2025;12-1-2026
20036;EHBO;13-1-2025;
20040;EHBO;13-1-2025;
20040;EHBO;31-1-2025;
`)), office, EvidenceMapping{})
	l.MarkKnown(map[Achievement]bool{{"20040", "EHBO", calendar.MustParse("2025-01-31")}: true})
	if err := l.Warn(office.Schemes, []certificates.Period{had}); err != nil {
		t.Fatal(err)
	}
	want := map[int]string{
		3: "Gehaald: Dit is te vroeg: vernieuwen telt volgens de regeling pas vanaf 13 oktober 2025.",
		5: "Gehaald: Dit is te vroeg: vernieuwen telt volgens de regeling pas vanaf 1 maart 2026.",
		7: "Geldig t/m: De regeling rekent een ander einde uit: 12 januari 2026. Hier staat: 31 december 2026.",
		8: "Geldig t/m: De regeling rekent een ander einde uit: 12 januari 2026. Hier staat: geen einddatum.",
		9: "Geldig t/m: De regeling kent geen termijn: wat je haalt, blijft geldig. Hier staat: 12 januari 2026.",
	}
	for _, r := range l.Rows {
		told := ""
		for _, w := range r.Warnings {
			told += w.Path + ": " + w.Dutch
		}
		if told != want[r.Line] || r.Verdict != Good {
			t.Errorf("line %d is %s: %q, want %q", r.Line, r.Verdict, told, want[r.Line])
		}
	}
	if l.Warned() != len(want) {
		t.Errorf("%d lines are warned of", l.Warned())
	}
}

func TestNoLineOfTheOldListIsOtherwise(t *testing.T) {
	content, want := oldList(t)
	office := rietwaarde(t)
	l := ReadEvidenceList(table(t, content).WithoutBSN(office.People), office, EvidenceMapping{})
	if err := l.Warn(office.Schemes, nil); err != nil {
		t.Fatal(err)
	}
	if got := []int{l.Count(Good), l.Count(Duplicate), l.Count(Wrong)}; !slices.Equal(got, []int{want.Good, want.Duplicate, want.Wrong}) {
		t.Errorf("good, duplicate and wrong are %v", got)
	}
	if n := l.Warned(); n != 0 { // its ends are those of the schemes
		t.Errorf("%d lines are warned of", n)
	}
}

func TestANumberAloneIsNoScheme(t *testing.T) {
	s := newSpeller(rietwaarde(t).Schemes, nil)
	for _, number := range []string{"1", "12", "2026", "1 2", "?"} {
		if got, how := s.read(number); got != "" || how != SpellingUnknown {
			t.Errorf("%q is %s (%s)", number, got, how)
		}
	}
	if got, _ := s.read("b1a"); got != "NVVB-B1A" {
		t.Errorf("B1a is %q", got)
	}
}
