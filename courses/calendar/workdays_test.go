package calendar

import "testing"

func TestEaster(t *testing.T) {
	for _, want := range []string{"1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2076-04-19", "2285-03-22"} {
		year, _, _ := MustParse(want).Civil()
		if got := Easter(year).String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestWorkdays(t *testing.T) {
	for _, tt := range []struct {
		day, why string
		works    bool
	}{
		{"2026-11-23", "a Monday", true},
		{"2026-11-27", "a Friday", true},
		{"2026-11-28", "a Saturday", false},
		{"2026-11-29", "a Sunday", false},
		{"2026-01-01", "New Year", false},
		{"2026-04-03", "Good Friday", true},
		{"2026-04-06", "Easter Monday", false},
		{"2026-04-27", "the King's birthday", false},
		{"2026-05-05", "Liberation Day", false},
		{"2026-05-14", "Ascension Day", false},
		{"2026-05-15", "the day after it", true},
		{"2026-05-25", "Whit Monday", false},
		{"2026-12-25", "Christmas", false},
		{"2025-04-26", "the King's birthday, kept on a Saturday because the 27th is a Sunday", false},
		{"2025-04-28", "the Monday after it", true},
		{"2027-04-26", "the day before the King's birthday", true},
	} {
		if got := MustParse(tt.day).Workday(); got != tt.works {
			t.Errorf("%s, %s: works is %v", tt.day, tt.why, got)
		}
	}
	if got := MustParse("2025-04-26").Holiday(); !got {
		t.Error("26 April 2025 is no holiday")
	}
	if got := MustParse("2031-04-27").Holiday(); got {
		t.Error("27 April 2031, a Sunday, is a holiday beside the 26th")
	}
	if got, want := MustParse("2026-12-25").WorkdayFrom().String(), "2026-12-28"; got != want {
		t.Errorf("after Christmas: got %s, want %s", got, want)
	}
	if got, want := MustParse("2026-04-06").WorkdayUntil().String(), "2026-04-03"; got != want {
		t.Errorf("before Easter Monday: got %s, want %s", got, want)
	}
}
