package mobility_test

import (
	"strings"
	"testing"

	. "bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
)

func TestChosenItemsAreArrangedAsTheSearchDoes(t *testing.T) {
	p := emre()
	for _, plan := range mobility.Propose(p).Plans {
		var ids []ItemID
		for _, s := range plan.Steps {
			ids = append([]ItemID{s.Item.ID}, ids...) // whatever order somebody puts them in
		}
		got, err := mobility.Arrange(p, ids)
		if err != nil || words(got) != words(plan) || got.Ready != plan.Ready || len(p.Left(got)) > 0 {
			t.Errorf("%s ready %s, not %s ready %s: %v", words(got), got.Ready, words(plan), plan.Ready, err)
		}
	}
}

func TestWhatCannotBeArrangedSaysWhatToDo(t *testing.T) {
	p := emre()
	late := p
	late.From = day(2027, 4, 1)
	for _, c := range []struct {
		problem mobility.Problem
		ids     []ItemID
		place   string
		says    string
	}{
		{p, []ItemID{"L02", "L14"}, "items[1]", "een van L12, L13"},
		{p, []ItemID{"L23"}, "items[0]", "pas na L01"},
		{p, []ItemID{"L99"}, "items[0]", "bestaat niet"},
		{p, []ItemID{"L02", "L02"}, "items[1]", "staat er al"},
		{late, []ItemID{"L13", "L14"}, "items[1]", "geen dag meer"},
	} {
		_, err := mobility.Arrange(c.problem, c.ids)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != c.place || !strings.Contains(f.Fields[0].Dutch, c.says) {
			t.Errorf("%v: %v", c.ids, err)
		}
	}
	if left := p.Left(mobility.Plan{}); len(left) != 5 {
		t.Error("without a plan the gap is left:", left)
	}
}

func TestStepsKeepTheDaysSomebodyChose(t *testing.T) {
	p := emre()
	done := []mobility.TrackStep{{Item: "L16", Title: "L16", From: day(2026, 11, 12), Until: day(2026, 11, 12), DoneOn: day(2026, 11, 12)}}
	wanted := []mobility.Wanted{
		{Item: "L13"}, {Item: "L06", From: day(2026, 12, 14), Until: day(2026, 12, 18)}, {Item: "L15", Owner: "RW1020"},
		{Title: "Gesprek met Hans", Until: day(2026, 12, 7)},
	}
	steps, err := mobility.Steps(p, "RW1036", done, wanted)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		got = append(got, string(s.Item)+s.Title[:1])
	}
	if strings.Join(got, " ") != "L16L L13L G L06L L15L" || steps[3].From != day(2026, 12, 14) || steps[4].Owner != "RW1020" || steps[0].Number != 1 {
		t.Error(got, steps)
	}
	for _, c := range []struct {
		change mobility.Wanted
		place  string
	}{
		{mobility.Wanted{Item: "L15", From: day(2026, 12, 1), Until: day(2027, 1, 1)}, "steps[0].from"}, // before L13 is done
		{mobility.Wanted{Item: "L15", From: day(2027, 12, 1), Until: day(2027, 11, 1)}, "steps[0].until"},
		{mobility.Wanted{Item: "L15", From: day(2027, 12, 1)}, "steps[0].until"},
		{mobility.Wanted{Title: "", Until: day(2027, 1, 1)}, "steps[0].title"},
		{mobility.Wanted{Title: "Praten", Until: day(2026, 1, 1)}, "steps[0].until"},
		{mobility.Wanted{Item: "L14", From: day(2027, 3, 30), Until: day(2027, 4, 2)}, "steps[0].until"}, // Hans left
	} {
		_, err := mobility.Steps(p, "RW1036", nil, []mobility.Wanted{c.change, {Item: "L13"}})
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Path != c.place {
			t.Errorf("%v: %v", c.change, err)
		}
	}
}

func TestThePlansSayWhy(t *testing.T) {
	p := emre()
	proposal := mobility.Propose(p)
	names := mobility.Names{Competence: func(id CompetenceID) string { return string(id) }, Item: func(id ItemID) string { return string(id) }}
	said := map[ItemID]string{}
	for _, s := range proposal.Plans[0].Steps {
		said[s.Item.ID], _ = proposal.Plans[0].Why(s, names)
	}
	for id, want := range map[ItemID]string{
		"L06": "C13: van niveau 1 naar 2. Nodig voor: L20.", "L12": "K05: van niveau 1 naar 2. Nodig voor: L14. Dit wordt op vaste dagen gegeven.",
		"L14": "K05: van niveau 2 naar 3. Dit kan tot en met 31 maart 2027.",
	} {
		if said[id] != want {
			t.Errorf("%s: %q", id, said[id])
		}
	}
	dutch, english := proposal.Plans[1].Beside(proposal.Plans[0])
	if dutch != "2 uur meer, en € 745 minder." || english != "2 hours more, and €745 less." {
		t.Error(dutch, english)
	}
	if dutch, _ := proposal.Plans[0].When(p); dutch != "Klaar op 5 maart 2027: op tijd." {
		t.Error(dutch)
	}
	if dutch, english := mobility.Euros(204050); dutch != "€ 2.040,50" || english != "€2,040.50" {
		t.Error(dutch, english)
	}
	if dutch, _ := (mobility.Open{Required: asks("C01", 4, 2), Has: 2, Reaches: 2}).Why("Klantgericht"); dutch != "Klantgericht: niveau 4 is gevraagd, niveau 2 is er. Hiervoor is geen leeraanbod." {
		t.Error(dutch)
	}
}
