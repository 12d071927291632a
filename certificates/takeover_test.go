package certificates

import (
	"testing"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

func TestTakingOverWhatAnOlderAdministrationKnew(t *testing.T) {
	type line struct{ achieved, until string }
	for _, tt := range []struct {
		name         string
		lines        []line
		path         Path
		anchor, from string
		term, cycle  int
		window       string
	}{
		{"a first certificate", []line{{"2024-02-12", "2025-02-11"}}, PathInitial, "2024-02-12", "2024-02-12", 1, 1, "2024-12-12"},
		{"a first one with another end than the scheme reckons", []line{{"2024-02-12", "2025-12-31"}}, PathInitial, "2024-02-12", "2024-02-12", 1, 1, "2025-11-01"},
		{"a renewal the scheme would reckon the same", []line{{"2024-02-12", "2025-02-11"}, {"2025-01-10", "2026-02-11"}}, PathRefresher, "2024-02-12", "2025-02-12", 2, 2, "2025-12-12"},
		{"a renewal with another end begins a chain", []line{{"2024-02-12", "2025-02-11"}, {"2025-01-10", "2026-01-09"}}, PathInitial, "2025-01-10", "2025-02-12", 1, 2, "2025-11-10"},
		{"a renewal long after the end", []line{{"2024-02-12", "2025-02-11"}, {"2026-01-10", "2027-01-09"}}, PathInitial, "2026-01-10", "2026-01-10", 1, 2, "2026-11-10"},
		{"a renewal that ends before the one it renews", []line{{"2024-02-12", "2025-02-11"}, {"2025-01-10", "2025-02-01"}}, PathInitial, "2025-01-10", "2025-01-10", 1, 2, "2024-12-02"},
		{"without an end", []line{{"2024-02-12", ""}}, PathInitial, "2024-02-12", "2024-02-12", 1, 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var last *Period
			for _, l := range tt.lines {
				p, err := balie.TakeOver(last, date(l.achieved), day(l.until))
				if err != nil {
					t.Fatal(err)
				}
				if p.CompletedOn.String() != l.achieved || p.ValidUntil.String() != l.until {
					t.Errorf("the dates of the older administration became %s and %s", p.CompletedOn, p.ValidUntil)
				}
				last = &p
			}
			if last.Path != tt.path || last.Anchor.String() != tt.anchor || last.ValidFrom.String() != tt.from || last.Term != tt.term || last.Cycle != tt.cycle || last.WindowOpensOn.String() != tt.window {
				t.Errorf("got %+v: anchor %s, from %s, window %s", *last, last.Anchor, last.ValidFrom, last.WindowOpensOn)
			}
		})
	}
}

func TestTakingOverRefusesAnEndBeforeTheStart(t *testing.T) {
	for _, achieved := range []calendar.Date{0, date("2025-01-02")} {
		if _, err := balie.TakeOver(nil, achieved, date("2025-01-01")); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", achieved, err)
		}
	}
}

func TestWhatASchemeWouldSayOtherwiseOfWhatIsTakenOver(t *testing.T) {
	last, err := balie.TakeOver(nil, date("2024-02-12"), date("2025-02-11"))
	if err != nil {
		t.Fatal(err)
	}
	endless, err := balie.TakeOver(nil, date("2024-02-12"), 0)
	if err != nil {
		t.Fatal(err)
	}
	never := balie
	never.Method, never.Months, never.WindowMonths, never.GraceMonths = MethodNever, 0, 0, 0
	for _, tt := range []struct {
		name            string
		scheme          Scheme
		last            *Period
		achieved, until string
		doubt           Doubt
		day             string
	}{
		{"the same end", balie, nil, "2024-02-12", "2025-02-11", "", ""},
		{"another end", balie, nil, "2024-02-12", "2025-12-31", DoubtEnd, "2025-02-11"},
		{"no end", balie, nil, "2024-02-12", "", DoubtEnd, "2025-02-11"},
		{"an end without a term", never, nil, "2024-02-12", "2025-02-11", DoubtTerm, ""},
		{"an end without a term, after what never ends", never, &endless, "2024-12-11", "2025-12-10", DoubtTerm, ""},
		{"no end without a term", never, nil, "2024-02-12", "", "", ""},
		{"a renewal in the window", balie, &last, "2024-12-12", "2026-02-11", "", ""},
		{"a renewal with the end of a first one", balie, &last, "2024-12-12", "2025-12-11", DoubtEnd, "2026-02-11"},
		{"a day before the window", balie, &last, "2024-12-11", "2025-12-10", DoubtEarly, "2024-12-12"},
		{"after what never ends", balie, &endless, "2024-12-11", "2025-12-10", "", ""},
	} {
		p, err := tt.scheme.TakeOver(tt.last, date(tt.achieved), day(tt.until))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if doubt, on, err := tt.scheme.Doubt(tt.last, p); doubt != tt.doubt || on.String() != tt.day || err != nil {
			t.Errorf("%s: %q, %s, %v; want %q, %s", tt.name, doubt, on, err, tt.doubt, tt.day)
		}
	}
}
