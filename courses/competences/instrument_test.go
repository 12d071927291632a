package competences_test

import (
	"strings"
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
)

func TestConsentAlwaysEnds(t *testing.T) {
	given := calendar.MustParse("2026-11-23")
	for ends, right := range map[string]bool{"2026-11-22": false, "2026-11-23": true, "2028-11-23": true, "2028-11-24": false} {
		c, err := competences.NewConsent("P1", competences.ForGrowth, given, calendar.MustParse(ends))
		if f := fault.Of(err); right != (err == nil) || !right && (f.Kind != fault.Invalid || f.Fields[0].Path != "endsOn") {
			t.Errorf("until %s: %v", ends, err)
		}
		if right && (!c.Stands(given) || !c.Stands(c.EndsOn) || c.Stands(c.EndsOn.AddDays(1)) || c.Stands(given.AddDays(-1))) {
			t.Errorf("until %s it stands on other days", ends)
		}
	}
	if _, err := competences.NewConsent("P1", "selection", given, given); err == nil {
		t.Error("a purpose that nobody knows")
	}
	if got := competences.KeptUntil(given, 0); got != calendar.MustParse("2028-11-23") {
		t.Error("where the supplier says nothing:", got)
	}
	if got := competences.KeptUntil(given, calendar.MustParse("2030-01-01")); got != calendar.MustParse("2028-11-23") {
		t.Error("where the supplier says more:", got)
	}
}

func TestAResultIsVisibleOnlyWhileItsOwnConsentStands(t *testing.T) {
	on := calendar.MustParse("2026-11-23")
	result := competences.Result{ID: "1", Person: "P1", Purpose: competences.ForGrowth, EndsOn: on.AddDays(100)}
	consent := competences.Consent{Person: "P1", Purpose: competences.ForGrowth, GivenOn: on.AddDays(-10), EndsOn: on.AddDays(10)}
	for name, c := range map[string]struct {
		change func(*competences.Result, *competences.Consent)
		there  bool
	}{
		"both stand":                    {func(*competences.Result, *competences.Consent) {}, true},
		"the consent ends today":        {func(_ *competences.Result, c *competences.Consent) { c.EndsOn = on }, true},
		"the consent ended yesterday":   {func(_ *competences.Result, c *competences.Consent) { c.EndsOn = on.AddDays(-1) }, false},
		"the result ended yesterday":    {func(r *competences.Result, _ *competences.Consent) { r.EndsOn = on.AddDays(-1) }, false},
		"the consent is to another use": {func(_ *competences.Result, c *competences.Consent) { c.Purpose = competences.ForTeamwork }, false},
		"the consent is of another":     {func(_ *competences.Result, c *competences.Consent) { c.Person = "P2" }, false},
	} {
		r, own := result, consent
		c.change(&r, &own)
		seen := competences.Visible([]competences.Result{r}, []competences.Consent{own}, on)
		if c.there != (len(seen) == 1) {
			t.Errorf("%s: %v", name, seen)
		}
		if c.there && seen[0].EndsOn != min(r.EndsOn, own.EndsOn) {
			t.Errorf("%s: until %s", name, seen[0].EndsOn)
		}
	}
}

func TestAptitudeIsWordsAboutOneScoreAndNeverASum(t *testing.T) {
	scale := competences.Scale{Instrument: "profiel", Name: "Klantgerichtheid", Low: "minder aanleg", High: "meer aanleg", Min: 100, Max: 900, Competence: "C01"}
	other := competences.Scale{Instrument: "profiel", Name: "Contact", Min: 100, Max: 900, Competence: "C01"}
	unmapped := competences.Scale{Instrument: "profiel", Name: "Tempo", Min: 100, Max: 900}
	scales := []competences.Scale{scale, other, unmapped}
	on := calendar.MustParse("2026-05-12")
	result := func(day calendar.Date, purpose competences.Purpose, scores ...competences.ScaleScore) competences.Result {
		return competences.Result{Purpose: purpose, Instrument: "profiel", TakenOn: day, Scores: scores}
	}
	at := func(score competences.Score) competences.ScaleScore {
		return competences.ScaleScore{Scale: "Klantgerichtheid", Score: score}
	}
	for name, c := range map[string]struct {
		results []competences.Result
		want    competences.Aptitude
		says    string
	}{
		"none":                 {nil, competences.AptitudeUnknown, "Er is geen uitslag"},
		"above the middle":     {[]competences.Result{result(on, competences.ForGrowth, at(700))}, competences.AptitudeHigh, "Score 7 op Klantgerichtheid (van 1 tot en met 9): op of boven het midden, meer aanleg."},
		"the middle":           {[]competences.Result{result(on, competences.ForGrowth, at(500))}, competences.AptitudeHigh, "Score 5 op"},
		"just below":           {[]competences.Result{result(on, competences.ForGrowth, at(475))}, competences.AptitudeLow, "Score 4,75 op Klantgerichtheid (van 1 tot en met 9): onder het midden, minder aanleg."},
		"another purpose":      {[]competences.Result{result(on, competences.ForTeamwork, at(700))}, competences.AptitudeUnknown, "geen uitslag"},
		"the newest counts":    {[]competences.Result{result(on, competences.ForGrowth, at(700)), result(on.AddDays(1), competences.ForGrowth, at(200))}, competences.AptitudeLow, "Score 2"},
		"in any order":         {[]competences.Result{result(on.AddDays(1), competences.ForGrowth, at(200)), result(on, competences.ForGrowth, at(700))}, competences.AptitudeLow, "Score 2"},
		"a contradiction":      {[]competences.Result{result(on, competences.ForGrowth, at(700), competences.ScaleScore{Scale: "Contact", Score: 100})}, competences.AptitudeUnknown, "spreken elkaar tegen"},
		"a scale of no one":    {[]competences.Result{result(on, competences.ForGrowth, competences.ScaleScore{Scale: "Tempo", Score: 900})}, competences.AptitudeUnknown, "geen uitslag"},
		"a scale that is gone": {[]competences.Result{result(on, competences.ForGrowth, competences.ScaleScore{Scale: "Weg", Score: 900})}, competences.AptitudeUnknown, "geen uitslag"},
	} {
		i := competences.Inclinations(c.results, scales)["C01"]
		dutch, english := i.Why()
		if i.Aptitude != c.want || !strings.Contains(dutch, c.says) || english == "" {
			t.Errorf("%s: %d, %q, %q", name, i.Aptitude, dutch, english)
		}
	}
}

func TestAScaleHasNamesAndNoText(t *testing.T) {
	right := competences.Scale{Instrument: "profiel", Name: "Contact", Min: 100, Max: 900}
	if err := right.Check(); err != nil {
		t.Error(err)
	}
	for field, change := range map[string]func(*competences.Scale){
		"instrument": func(s *competences.Scale) { s.Instrument = " " },
		"scale":      func(s *competences.Scale) { s.Name = strings.Repeat("a", 61) },
		"low":        func(s *competences.Scale) { s.Low = "a\nb" },
		"high":       func(s *competences.Scale) { s.High = strings.Repeat("é", 61) },
		"max":        func(s *competences.Scale) { s.Max = s.Min },
	} {
		s := right
		change(&s)
		if f := fault.Of(s.Check()); f == nil || len(f.Fields) != 1 || f.Fields[0].Path != field {
			t.Errorf("%s: %v", field, f)
		}
	}
}
