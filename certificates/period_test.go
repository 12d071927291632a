package certificates

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
)

// TestWorkedCases reproduces every row of the worked cases that came with the design.
func TestWorkedCases(t *testing.T) {
	file, err := os.Open("testdata/recertification-cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 241 {
		t.Fatalf("%d lines, want 240 cases and a heading", len(rows))
	}
	for i, row := range rows[1:] {
		value := make(map[string]string, len(row))
		for c, name := range rows[0] {
			value[name] = row[c]
		}
		number := func(name string) int {
			n, err := strconv.Atoi(value[name])
			if err != nil && value[name] != "" {
				t.Fatalf("line %d, %s: %v", i+2, name, err)
			}
			return n
		}
		scheme := Scheme{
			Months: number("months"), Method: Method(value["method"]), WindowMonths: number("window_months"), GraceMonths: number("grace_months"),
			AnchorMonth: time.Month(number("anchor_month")), AnchorDay: number("anchor_day"), MinimumMonths: number("minimum_months"),
		}
		var last *Period
		if value["prev_anchor"] != "" {
			p := scheme.Previous(date(value["prev_anchor"]), number("prev_term"), date(value["prev_valid_until"]))
			last = &p
		}
		got, err := NextPeriod(scheme, last, date(value["completed_on"]))
		if err != nil {
			t.Errorf("line %d: %v", i+2, err)
			continue
		}
		term := ""
		if got.Counts {
			term = strconv.Itoa(got.Term)
		}
		for name, text := range map[string]string{
			"counts": strconv.FormatBool(got.Counts), "path": string(got.Path), "anchor": got.Anchor.String(), "term": term, "valid_from": got.ValidFrom.String(),
			"valid_until": got.ValidUntil.String(), "window_opens_on": got.WindowOpensOn.String(), "grace_until": got.GraceUntil.String(),
		} {
			if text != value[name] {
				t.Errorf("line %d, %s: got %q, want %q", i+2, name, text, value[name])
			}
		}
	}
}

// date is calendar.MustParse, with no date for no text.
func date(text string) calendar.Date {
	if text == "" {
		return 0
	}
	return calendar.MustParse(text)
}

func TestARevokedPeriodEndsItsChain(t *testing.T) {
	scheme := Scheme{Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 1}
	last := scheme.Previous(date("2023-02-12"), 1, date("2024-02-11"))
	last.RevokedOn = date("2023-06-01")
	got, err := NextPeriod(scheme, &last, date("2023-07-01"))
	if err != nil || got.Path != PathInitial || got.Anchor != date("2023-07-01") || got.Term != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWhatNeverEndsNeedsNoRenewal(t *testing.T) {
	scheme := Scheme{Method: MethodNever}
	last := scheme.Previous(date("2024-08-08"), 1, 0)
	if got, err := NextPeriod(scheme, &last, date("2026-01-01")); err != nil || got.Counts || got.Reason != NoEnd {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCheckRefusesSchemesThatCannotReckon(t *testing.T) {
	good := Scheme{Months: 12, Method: MethodFixed, WindowMonths: 2, GraceMonths: 1, AnchorMonth: time.March, AnchorDay: 1, MinimumMonths: 6}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		spoil func(*Scheme)
	}{
		{"an unknown method", func(s *Scheme) { s.Method = "sometimes" }},
		{"no months", func(s *Scheme) { s.Months = 0 }},
		{"a window as long as the validity", func(s *Scheme) { s.WindowMonths = 12 }},
		{"a negative window", func(s *Scheme) { s.WindowMonths = -1 }},
		{"a grace as long as the validity", func(s *Scheme) { s.GraceMonths = 12 }},
		{"a day that does not exist every year", func(s *Scheme) { s.AnchorMonth, s.AnchorDay = time.February, 29 }},
		{"a day that never exists", func(s *Scheme) { s.AnchorMonth, s.AnchorDay = time.April, 31 }},
		{"no month", func(s *Scheme) { s.AnchorMonth = 0 }},
		{"a minimum of no months", func(s *Scheme) { s.MinimumMonths = 0 }},
		{"a minimum of more than a year", func(s *Scheme) { s.MinimumMonths = 13 }},
		{"never, with months", func(s *Scheme) { s.Method = MethodNever }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			scheme := good
			tt.spoil(&scheme)
			if scheme.Check() == nil {
				t.Error("it is accepted")
			}
			if _, err := NextPeriod(scheme, nil, date("2026-01-01")); err == nil {
				t.Error("it reckons dates")
			}
		})
	}
}

func anyScheme(t *rapid.T) Scheme {
	months := rapid.IntRange(1, 60).Draw(t, "months")
	return Scheme{
		Months: months, Method: rapid.SampledFrom([]Method{MethodCompletion, MethodPrevious, MethodLater, MethodFixed}).Draw(t, "method"),
		WindowMonths: rapid.IntRange(0, months-1).Draw(t, "window"), GraceMonths: rapid.IntRange(0, months-1).Draw(t, "grace"),
		AnchorMonth: time.Month(rapid.IntRange(1, 12).Draw(t, "anchor month")), AnchorDay: rapid.IntRange(1, 28).Draw(t, "anchor day"), MinimumMonths: rapid.IntRange(1, 12).Draw(t, "minimum"),
	}
}

// Periods completed on any days never run backwards and never end before they start. They overlap only where validity
// counts from completion, which drifts.
func TestPeriodsFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scheme := anyScheme(t)
		day := date("2020-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "first day"))
		var last *Period
		for range 6 {
			next, err := NextPeriod(scheme, last, day)
			if err != nil {
				t.Fatal(err)
			}
			if next.Counts {
				if next.ValidUntil < next.ValidFrom || next.ValidFrom < day || next.GraceUntil < next.ValidUntil || next.WindowOpensOn > next.ValidUntil.AddDays(1) {
					t.Fatalf("completed %s: %+v", day, next)
				}
				if last != nil && (next.ValidFrom <= last.ValidFrom || scheme.Method != MethodCompletion && next.ValidFrom <= last.ValidUntil) {
					t.Fatalf("%s begins within the period before it, which ends %s", next.ValidFrom, last.ValidUntil)
				}
				p := scheme.Previous(next.Anchor, next.Term, next.ValidUntil)
				p.ValidFrom = next.ValidFrom
				p.GraceUntil = p.GraceUntil.AddDays(rapid.IntRange(0, 1500).Draw(t, "late completion")) // as somebody may decide
				last = &p
			} else if day >= last.WindowOpensOn {
				t.Fatalf("completed %s within the window that opened %s, and it does not count", day, last.WindowOpensOn)
			}
			day = day.AddDays(rapid.IntRange(0, 2000).Draw(t, "days later"))
		}
	})
}

// Where somebody may complete late, or the months became fewer, the terms that are over are passed by.
func TestALateRenewalEndsAfterItStarts(t *testing.T) {
	yearly := Scheme{Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 11}
	late := yearly.Previous(date("2023-12-01"), 1, date("2024-11-30"))
	late.GraceUntil = date("2026-01-31")
	for _, tt := range []struct {
		months    int
		completed string
		until     string
		term      int
	}{
		{12, "2025-11-30", "2025-11-30", 2},
		{12, "2026-01-15", "2026-11-30", 3},
		{1, "2025-10-15", "2025-10-31", 11},
	} {
		next, err := NextPeriod(Scheme{Months: tt.months, Method: MethodPrevious}, &late, date(tt.completed))
		if err != nil || next.Path != PathRefresher || next.ValidFrom != date(tt.completed) || next.ValidUntil != date(tt.until) || next.Term != tt.term {
			t.Errorf("%d months, %s: got %+v, %v", tt.months, tt.completed, next, err)
		}
	}
}

func TestRenewingAYearlyLeapDayNeverDrifts(t *testing.T) {
	scheme := Scheme{Months: 12, Method: MethodPrevious, WindowMonths: 2}
	var last *Period
	day, ends := date("2024-02-29"), ""
	for range 5 {
		next, err := NextPeriod(scheme, last, day)
		if err != nil {
			t.Fatal(err)
		}
		ends += next.ValidUntil.String() + " "
		p := scheme.Previous(next.Anchor, next.Term, next.ValidUntil)
		last, day = &p, next.ValidUntil
	}
	if want := "2025-02-28 2026-02-28 2027-02-28 2028-02-28 2029-02-28 "; ends != want {
		t.Errorf("got %s, want %s", ends, want)
	}
}

func TestStateIsTheFirstThatHolds(t *testing.T) {
	p := Period{ValidFrom: date("2026-02-01"), ValidUntil: date("2027-01-31")}
	revoked := p
	revoked.RevokedOn = date("2026-05-01")
	for _, tt := range []struct {
		name         string
		period       Period
		on           string
		replacedFrom string
		outdated     bool
		want         State
	}{
		{"the day before it begins", p, "2026-01-31", "", false, Upcoming},
		{"its first day", p, "2026-02-01", "", false, Valid},
		{"its last day", p, "2027-01-31", "", false, Valid},
		{"the day after", p, "2027-02-01", "", false, Expired},
		{"a later period has begun", p, "2027-02-01", "2027-02-01", false, Replaced},
		{"a later period is yet to begin", p, "2027-01-31", "2027-02-01", false, Valid},
		{"from before a change", p, "2026-06-01", "", true, Outdated},
		{"expired matters more than outdated", p, "2027-06-01", "", true, Expired},
		{"revoked matters most", revoked, "2027-06-01", "2027-02-01", true, Revoked},
		{"not revoked yet", revoked, "2026-04-30", "", false, Valid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.period.State(date(tt.on), date(tt.replacedFrom), tt.outdated); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestExplainSaysHowTheDatesCameAbout(t *testing.T) {
	scheme := Scheme{Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 1}
	last := scheme.Previous(date("2023-02-12"), 1, date("2024-02-11"))
	for _, tt := range []struct{ completed, want string }{
		{"2023-12-11", "Vernieuwen telt vanaf 12 december 2023. Het certificaat blijft geldig tot en met 11 februari 2024."},
		{"2024-03-01", "Gehaald in de uitloop, die tot en met 11 maart 2024 duurde: de korte herhaling is genoeg."},
		{"2024-03-12", "De uitloop was voorbij op 11 maart 2024: de volledige scholing."},
	} {
		next, err := NextPeriod(scheme, &last, date(tt.completed))
		if err != nil {
			t.Fatal(err)
		}
		dutch, english := next.Explain(scheme, &last, date(tt.completed))
		if dutch[0] != tt.want || len(english) != len(dutch) {
			t.Errorf("%s: %v", tt.completed, fmt.Sprint(dutch, english))
		}
	}
}

// A scheme that gets other months goes on from the end of the running period: the anchor of the old months would give a
// term of three years, or one that ends before it starts.
func TestAChainOfOtherMonthsGoesOnFromItsEnd(t *testing.T) {
	yearly := Scheme{Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 1}
	running := yearly.Previous(date("2024-02-29"), 3, date("2027-02-28"))
	for _, tt := range []struct {
		months              int
		method              Method
		completed           string
		anchor, from, until string
		term                int
	}{
		{12, MethodPrevious, "2027-02-01", "2024-02-29", "2027-03-01", "2028-02-28", 4}, // as it was: the anchor stays
		{24, MethodPrevious, "2027-02-01", "2027-03-01", "2027-03-01", "2029-02-28", 1},
		{6, MethodPrevious, "2027-02-01", "2027-03-01", "2027-03-01", "2027-08-31", 1},
		{6, MethodLater, "2027-02-28", "2027-03-01", "2027-03-01", "2027-08-31", 1},
		{24, MethodLater, "2027-03-10", "2027-03-10", "2027-03-10", "2029-03-09", 1}, // in grace: from completion
		{24, MethodPrevious, "2027-03-10", "2027-03-01", "2027-03-10", "2029-02-28", 1},
	} {
		changed := Scheme{Version: 2, Months: tt.months, Method: tt.method, WindowMonths: 1, GraceMonths: 1}
		got, err := NextPeriod(changed, &running, date(tt.completed))
		if err != nil || got.Anchor != date(tt.anchor) || got.ValidFrom != date(tt.from) || got.ValidUntil != date(tt.until) || got.Term != tt.term || got.Path != PathRefresher {
			t.Errorf("%d months, %s, %s: got %+v, %v", tt.months, tt.method, tt.completed, got, err)
		}
	}
}
