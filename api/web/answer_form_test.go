package web

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"bekwaam/courses"
	"bekwaam/courses/fault"
)

var (
	yes, no = true, false
	choices = []courses.Choice{{ID: "aa", Text: "A"}, {ID: "bb", Text: "B"}, {ID: "cc", Text: "C"}}

	papers = map[courses.Kind]courses.Paper{
		courses.KindSingle:    {Kind: courses.KindSingle, Options: choices},
		courses.KindMultiple:  {Kind: courses.KindMultiple, Options: choices},
		courses.KindTrueFalse: {Kind: courses.KindTrueFalse},
		courses.KindNumeric:   {Kind: courses.KindNumeric, Unit: "jaar"},
		courses.KindShort:     {Kind: courses.KindShort},
		courses.KindMatch:     {Kind: courses.KindMatch, Left: choices, Right: []courses.Choice{{ID: "xx", Text: "X"}, {ID: "yy", Text: "Y"}}},
		courses.KindOrder:     {Kind: courses.KindOrder, Items: choices},
		courses.KindCloze:     {Kind: courses.KindCloze, Text: "Een {{g1}} en {{g2}}.", Gaps: []courses.Gap{{ID: "g1", Kind: courses.GapSelect, Options: choices}, {ID: "g2", Kind: courses.GapInput}}},
	}
)

func TestReadAnswer(t *testing.T) {
	for _, tt := range []struct {
		name string
		kind courses.Kind
		form string
		want courses.Answer
	}{
		{"nothing chosen", courses.KindSingle, "", courses.Answer{}},
		{"one option", courses.KindSingle, "antwoord=bb", courses.Answer{Options: []courses.OptionID{"bb"}}},
		{"two radio buttons are for the office to refuse", courses.KindSingle, "antwoord=aa&antwoord=bb", courses.Answer{Options: []courses.OptionID{"aa", "bb"}}},
		{"an unknown option is for the office to refuse", courses.KindSingle, "antwoord=zz", courses.Answer{Options: []courses.OptionID{"zz"}}},
		{"the choice was cleared", courses.KindSingle, "antwoord=", courses.Answer{}},
		{"several options", courses.KindMultiple, "antwoord=cc&antwoord=aa", courses.Answer{Options: []courses.OptionID{"cc", "aa"}}},
		{"the same option twice is for the office to refuse", courses.KindMultiple, "antwoord=aa&antwoord=aa", courses.Answer{Options: []courses.OptionID{"aa", "aa"}}},
		{"a true statement", courses.KindTrueFalse, "antwoord=waar", courses.Answer{Truth: &yes}},
		{"a false statement", courses.KindTrueFalse, "antwoord=niet-waar", courses.Answer{Truth: &no}},
		{"no judgement", courses.KindTrueFalse, "antwoord=", courses.Answer{}},
		{"a number as it was typed", courses.KindNumeric, "antwoord=+2,5", courses.Answer{Number: " 2,5"}},
		{"letters are for the office to refuse", courses.KindNumeric, "antwoord=tien", courses.Answer{Number: "tien"}},
		{"a text as it was typed", courses.KindShort, "antwoord=ID-desk+%3Cb%3E", courses.Answer{Text: "ID-desk <b>"}},
		{"pairs that are filled in", courses.KindMatch, "paar-aa=xx&paar-bb=&paar-cc=xx", courses.Answer{Pairs: map[string]string{"aa": "xx", "cc": "xx"}}},
		{"a left side that is not there", courses.KindMatch, "paar-zz=xx", courses.Answer{}},
		{"gaps that are filled in", courses.KindCloze, "gat-g1=aa&gat-g2=feitelijk", courses.Answer{Pairs: map[string]string{"g1": "aa", "g2": "feitelijk"}}},
		{"a gap that is not there", courses.KindCloze, "gat-g9=aa", courses.Answer{}},
		{"no places", courses.KindOrder, "plaats-aa=&plaats-bb=&plaats-cc=", courses.Answer{}},
		{"every item a place", courses.KindOrder, "plaats-aa=2&plaats-bb=3&plaats-cc=1", courses.Answer{Options: []courses.OptionID{"cc", "aa", "bb"}}},
		{"an item that is not there", courses.KindOrder, "plaats-zz=1", courses.Answer{}},
		{"fields of another kind of question", courses.KindMatch, "antwoord=aa&gat-g1=aa", courses.Answer{}},
	} {
		t.Run(string(tt.kind)+": "+tt.name, func(t *testing.T) {
			got, err := readAnswer(papers[tt.kind], values(t, tt.form))
			if err != nil || !got.Equal(tt.want) {
				t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

func TestReadAnswerSaysWhatIsWrongWhere(t *testing.T) {
	for _, tt := range []struct {
		name, form string
		kind       courses.Kind
		fields     string // path and sentence of each
	}{
		{"two judgements", "antwoord=waar&antwoord=niet-waar", courses.KindTrueFalse, "antwoord: Kies waar of niet waar."},
		{"no judgement that exists", "antwoord=misschien", courses.KindTrueFalse, "antwoord: Kies waar of niet waar."},
		{"a number twice and one missing", "plaats-aa=2&plaats-bb=2&plaats-cc=", courses.KindOrder,
			"plaats-bb: Nummer 2 staat er twee keer. Geef elke stap een eigen nummer.; plaats-cc: Kies een nummer voor stap 3."},
		{"the steps are counted as they were shown", "rij=cc&rij=aa&rij=bb&plaats-aa=1&plaats-bb=2", courses.KindOrder, "plaats-cc: Kies een nummer voor stap 1."},
		{"a place below the first", "plaats-aa=0&plaats-bb=2&plaats-cc=3", courses.KindOrder, "plaats-aa: Kies voor stap 1 een nummer van 1 tot en met 3."},
		{"a place beyond the last", "plaats-aa=1&plaats-bb=4&plaats-cc=3", courses.KindOrder, "plaats-bb: Kies voor stap 2 een nummer van 1 tot en met 3."},
		{"a place that is no number", "plaats-aa=1&plaats-bb=9999999999999999999999&plaats-cc=x", courses.KindOrder,
			"plaats-bb: Kies voor stap 2 een nummer van 1 tot en met 3.; plaats-cc: Kies voor stap 3 een nummer van 1 tot en met 3."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readAnswer(papers[tt.kind], values(t, tt.form))
			if !got.Empty() || !errors.Is(err, fault.New(fault.Invalid, "", "")) {
				t.Fatalf("got %+v, %v; want no answer and a fault", got, err)
			}
			var fields []string
			for _, f := range fault.Of(err).Fields {
				fields = append(fields, f.Path+": "+f.Dutch)
				if f.English == "" {
					t.Errorf("%s has no English", f.Path)
				}
			}
			if got := strings.Join(fields, "; "); got != tt.fields {
				t.Errorf("got  %s\nwant %s", got, tt.fields)
			}
		})
	}
}

func TestFillInIsReadBack(t *testing.T) {
	for _, tt := range []struct {
		kind   courses.Kind
		answer courses.Answer
	}{
		{courses.KindSingle, courses.Answer{Options: []courses.OptionID{"cc"}}},
		{courses.KindMultiple, courses.Answer{Options: []courses.OptionID{"aa", "cc"}}},
		{courses.KindTrueFalse, courses.Answer{Truth: &no}},
		{courses.KindNumeric, courses.Answer{Number: "-0.5"}},
		{courses.KindShort, courses.Answer{Text: `"ID-desk" & meer`}},
		{courses.KindMatch, courses.Answer{Pairs: map[string]string{"bb": "yy"}}},
		{courses.KindOrder, courses.Answer{Options: []courses.OptionID{"bb", "cc", "aa"}}},
		{courses.KindCloze, courses.Answer{Pairs: map[string]string{"g1": "bb", "g2": "feitelijk"}}},
	} {
		t.Run(string(tt.kind), func(t *testing.T) {
			for _, answer := range []courses.Answer{tt.answer, {}} {
				got, err := readAnswer(papers[tt.kind], fillIn(papers[tt.kind], answer))
				if err != nil || !got.Equal(answer) {
					t.Errorf("got %+v, %v; want %+v", got, err, answer)
				}
			}
		})
	}
}

func TestMoveItem(t *testing.T) {
	for _, tt := range []struct {
		name, form string
		item       courses.OptionID
		by         int
		want       string
	}{
		{"the first move gives every item a place", "", "bb", -1, "bb aa cc"},
		{"places that were chosen are kept", "plaats-cc=1", "cc", 1, "aa cc bb"},
		{"of two items at one place the first shown keeps it", "plaats-bb=1&plaats-cc=1", "aa", 1, "bb cc aa"},
		{"the order in which they were shown counts", "rij=cc&rij=bb&rij=aa", "bb", -1, "bb cc aa"},
		{"a row twice is not believed", "rij=cc&rij=cc&rij=aa", "bb", -1, "bb aa cc"},
		{"the first cannot go up", "plaats-aa=1&plaats-bb=2&plaats-cc=3", "aa", -1, "aa bb cc"},
		{"the last cannot go down", "plaats-aa=1&plaats-bb=2&plaats-cc=3", "cc", 1, "aa bb cc"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, ok := moveItem(papers[courses.KindOrder], values(t, tt.form), tt.item, tt.by)
			var got []string
			for _, id := range a.Options {
				got = append(got, string(id))
			}
			if !ok || strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, %t; want %s", got, ok, tt.want)
			}
		})
	}
	if _, ok := moveItem(papers[courses.KindOrder], url.Values{}, "zz", 1); ok {
		t.Error("an item that is not there was moved")
	}
	if _, ok := moveItem(papers[courses.KindShort], url.Values{}, "aa", 1); ok {
		t.Error("an item of a question without items was moved")
	}
}

func values(t *testing.T, form string) url.Values {
	t.Helper()
	v, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
