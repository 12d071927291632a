package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTermEnd(t *testing.T) {
	for _, tt := range []struct {
		name   string
		start  string
		months int
		want   string
	}{
		{"a year ends the day before", "2023-02-12", 12, "2024-02-11"},
		{"a day that does not exist ends on the month's last", "2026-08-31", 6, "2027-02-28"},
		{"a leap day keeps its year", "2024-02-29", 12, "2025-02-28"},
		{"four years later the leap day exists again", "2024-02-29", 48, "2028-02-28"},
		{"the first of a month ends on the last of the one before", "2026-03-01", 12, "2027-02-28"},
		{"a month", "2029-09-03", 1, "2029-10-02"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := MustParse(tt.start).TermEnd(tt.months).String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAddMonthsClampsToTheEndOfTheMonth(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-08-31", -6, "2026-02-28"},
		{"2024-02-12", -2, "2023-12-12"},
		{"2024-12-31", 2, "2025-02-28"},
		{"2024-12-31", -10, "2024-02-29"},
		{"2026-01-15", 0, "2026-01-15"},
		{"2026-01-31", 13, "2027-02-28"},
	} {
		if got := MustParse(tt.from).AddMonths(tt.months).String(); got != tt.want {
			t.Errorf("%s %+d months: got %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
}

func TestParseRefusesDatesThatDoNotExist(t *testing.T) {
	for _, text := range []string{"", "2026-02-30", "2026-13-01", "23-11-2026", "2026-11-23T00:00:00Z", "0000-01-01", "2026-1-1", "２０２６-01-01"} {
		if d, err := Parse(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
}

func TestOnReckonsInAmsterdam(t *testing.T) {
	for _, tt := range []struct{ instant, want string }{
		{"2026-11-22T23:30:00Z", "2026-11-23"},
		{"2026-11-22T22:59:59Z", "2026-11-22"},
		{"2026-06-30T22:00:00Z", "2026-07-01"},
	} {
		at, _ := time.Parse(time.RFC3339, tt.instant)
		if got := On(at).String(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.instant, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	d := MustParse("2026-11-23")
	if got, want := d.AddMonths(4).DutchShortMonth()+" "+d.DutchShortMonth()+" "+d.AddMonths(4).EnglishShortMonth(), "mrt nov Mar"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := d.DutchWeekday()+" "+d.Dutch(), "maandag 23 november 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := d.English(), "23 November 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if none := Date(0); none.String()+none.Dutch()+none.English() != "" {
		t.Error("no date is written as something")
	}
}

// anyDate draws a date between the years 1900 and 2200.
func anyDate(t *rapid.T) Date {
	return New(1900, time.January, 1).AddDays(rapid.IntRange(0, 300*365).Draw(t, "day"))
}

func TestDatesAreOrderedAndRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t)
		back, err := Parse(d.String())
		if err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
		if next := d.AddDays(1); !(d < next) || d.String() >= next.String() {
			t.Fatalf("%s is not before %s", d, next)
		}
	})
}

func TestATermIsNeverEmptyAndTermsNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, months := anyDate(t), rapid.IntRange(1, 120).Draw(t, "months")
		end, later := d.TermEnd(months), d.TermEnd(months+1)
		if end < d || later <= end {
			t.Fatalf("%s + %d months ends %s, + %d ends %s", d, months, end, months+1, later)
		}
	})
}
