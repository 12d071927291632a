package certificates

import (
	"slices"
	"strings"
	"testing"

	"bekwaam/courses/fault"
)

// TestDecisionsOnDifficultDays follows RECERTIFICATION §5 on the edges of months, windows and periods.
func TestDecisionsOnDifficultDays(t *testing.T) {
	leap := balie.Previous(date("2027-03-01"), 1, date("2028-02-29"))     // window from 1 January 2028, grace until 31 March 2028
	monthEnd := balie.Previous(date("2026-08-31"), 1, date("2027-08-30")) // window from 30 June 2027, grace until 30 September 2027
	revoked := func(p Period, on string) Period {
		p.RevokedOn = date(on)
		return p
	}
	always := func(days int) []Demand { return []Demand{demand("2024-01-01", "", days)} }
	for _, tt := range []struct {
		name      string
		periods   []Period
		demands   []Demand
		decisions []Decision
		want      []string
	}{
		{"an absence across a whole window: the certificate ends all the same", []Period{leap}, always(30), []Decision{decided(Absence, 0, "2027-12-15", "2028-03-31")},
			[]string{"opened 2028-01-01 due 2028-05-01", "lapsed 2028-03-01"}},
		{"an absence that begins on the last valid day, a leap day", []Period{leap}, always(30), []Decision{decided(Absence, 0, "2028-02-29", "2028-02-29")},
			[]string{"opened 2028-01-01 due 2028-02-29", "moved 2028-02-29 due 2028-03-31", "lapsed 2028-03-01"}},
		{"an absence that begins after the certificate ended", []Period{leap}, always(30), []Decision{decided(Absence, 0, "2028-03-10", "2028-04-09")},
			[]string{"opened 2028-01-01 due 2028-02-29", "lapsed 2028-03-01", "moved 2028-03-10 due 2028-05-10"}},
		{"two absences that touch are as one", []Period{leap}, always(30), []Decision{decided(Absence, 0, "2028-01-10", "2028-01-31"), decided(Absence, 0, "2028-02-01", "2028-02-29")},
			[]string{"opened 2028-01-01 due 2028-02-29", "moved 2028-01-10 due 2028-03-02", "moved 2028-02-01 due 2028-03-31", "lapsed 2028-03-01"}},
		{"an extension over the end does not make it hold longer", []Period{monthEnd}, always(30), []Decision{decided(Extension, 2, "2027-08-31", "2027-10-31")},
			[]string{"opened 2027-06-30 due 2027-10-31", "lapsed 2027-08-31"}},
		{"an absence that outlasts an extension", []Period{monthEnd}, always(30), []Decision{decided(Absence, 0, "2027-09-01", "2027-10-31"), decided(Extension, 2, "2027-08-31", "2027-09-30")},
			[]string{"opened 2027-06-30 due 2027-09-30", "lapsed 2027-08-31", "moved 2027-09-01 due 2027-12-01"}},
		{"an exemption that ends in the middle of a period asks nothing until the window opens", []Period{monthEnd}, always(30), []Decision{decided(Exemption, 0, "2026-10-01", "2027-02-28")},
			[]string{"opened 2027-06-30 due 2027-08-30", "lapsed 2027-08-31"}},
		{"an exemption until the last day of a month that the window does not have", []Period{monthEnd}, always(30), []Decision{decided(Exemption, 0, "2027-06-01", "2027-06-30")},
			[]string{"opened 2027-07-01 due 2027-08-30", "lapsed 2027-08-31"}},
		{"a revocation on the first day: it never held", []Period{revoked(monthEnd, "2026-08-31")}, always(31), nil, []string{"opened 2026-08-31 due 2026-10-01"}},
		{"a revocation on the last day", []Period{revoked(monthEnd, "2027-08-30")}, always(30), nil, []string{"opened 2027-06-30 due 2027-08-30", "moved 2027-08-30 due 2027-09-29"}},
		{"a revocation on the day after the last gives no time", []Period{revoked(monthEnd, "2027-08-31")}, always(30), nil, []string{"opened 2027-06-30 due 2027-08-30", "lapsed 2027-08-31"}},
		{"a revocation during an absence", []Period{revoked(monthEnd, "2027-01-15")}, always(30), []Decision{decided(Absence, 0, "2027-01-01", "2027-01-31")}, []string{"opened 2027-01-15 due 2027-03-03"}},
		{"an absence within an exemption", []Period{leap}, always(30), []Decision{decided(Exemption, 0, "2028-01-10", "2028-02-10"), decided(Absence, 0, "2028-01-20", "2028-01-31")},
			[]string{"opened 2028-01-01 due 2028-02-29", "ended 2028-01-10", "returned 2028-02-11 due 2028-03-12", "lapsed 2028-03-01"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes, _ := fileWith(tt.periods, tt.demands, tt.decisions...).Advance(date("2026-08-31"), date("2028-12-31"))
			if got := told(changes); !slices.Equal(got, tt.want) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(tt.want, ", "))
			}
		})
	}
}

func TestWhatWaitsWhileSomebodyIsAway(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11")) // window from 12 December 2025, grace until 11 March 2026
	always := []Demand{demand("2024-01-01", "", 30)}
	endless := func(from string) Decision { return decided(Absence, 0, from, "") }
	for _, tt := range []struct {
		name    string
		absence Decision
		today   string
		want    string
	}{
		{"planned in an absence without an end", endless("2025-11-01"), "2025-10-15", "opened 2025-12-12 due 2026-02-11, lapsed 2026-02-12"},
		{"open when it begins", endless("2026-01-10"), "2026-01-05", "opened 2026-01-10 due 2026-02-11, lapsed 2026-02-12"},
		{"from today on", endless("2025-11-01"), "2026-03-01", "opened 2026-03-01 due 2026-02-11"},
		{"more than a year ahead", endless("2024-12-01"), "2024-12-11", ""},
		{"exactly a year ahead", endless("2024-12-01"), "2024-12-12", "opened 2025-12-12 due 2026-02-11"},
		{"until the day before it opens", decided(Absence, 0, "2025-11-01", "2025-12-11"), "2025-10-15", ""},
		{"over already", decided(Absence, 0, "2025-12-01", "2025-12-31"), "2026-01-15", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := fileWith([]Period{held}, always, tt.absence)
			f.Duties = []Duty{{Cycle: 2, OpensOn: date("2025-12-12"), DueOn: date("2026-02-11")}}
			if got := strings.Join(told(f.Waits(tt.absence, date(tt.today))), ", "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(f.Duties) != 1 {
				t.Error("looking ahead changed the file")
			}
		})
	}
}

func TestAnAbsenceThatIsOverIsCorrected(t *testing.T) {
	today := date("2026-05-10")
	typed := decided(Absence, 0, "2026-02-01", "2026-04-30")
	typed.ID = "1"
	for last, due := range map[string]string{"2026-03-04": "2026-04-04", "2026-02-01": "2026-03-04", "2026-05-09": "2026-06-09", "2026-06-30": "2026-07-31"} {
		corrected, err := typed.Ending(date(last), today, []Decision{typed})
		if err != nil {
			t.Fatal(err)
		}
		before, after := fileWith(nil, []Demand{demand("2026-01-15", "", 30)}, typed), fileWith(nil, []Demand{demand("2026-01-15", "", 30)}, corrected)
		opened, _ := before.Advance(date("2026-01-01"), today)
		for _, c := range opened {
			before.put(c.Duty)
		}
		after.Duties = before.Duties
		want := []string{"moved 2026-05-10 due " + due}
		if got := told(Differ(before, after, today, max(today, corrected.Until).AddDays(1))); !slices.Equal(got, want) {
			t.Errorf("until %s: got %s, want %s", last, got, want)
		}
		if got := after.Away(today); got != (corrected.Until >= today) {
			t.Errorf("until %s: away %v", last, got)
		}
	}
}

func TestWhatMayGetAnotherLastDay(t *testing.T) {
	today := date("2026-01-15")
	for _, tt := range []struct {
		name string
		d    Decision
		want bool
	}{
		{"an absence", decided(Absence, 0, "2026-01-01", "2026-02-01"), true},
		{"an absence without an end", decided(Absence, 0, "2026-01-01", ""), true},
		{"an absence that is over", decided(Absence, 0, "2025-12-01", "2026-01-14"), true},
		{"an absence that was undone", undone(decided(Absence, 0, "2026-02-01", "2026-03-01")), false},
		{"an exemption on its last day", decided(Exemption, 0, "2026-01-01", "2026-01-15"), true},
		{"an exemption that is over", decided(Exemption, 0, "2026-01-01", "2026-01-14"), false},
		{"an extension", decided(Extension, 2, "2026-02-01", "2026-03-01"), false},
	} {
		if got := tt.d.Endable(today); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
		if _, err := tt.d.Ending(today, today, nil); tt.d.Stands() && (err == nil) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestEverythingThatIsWrongIsToldAtOnce(t *testing.T) {
	today := date("2026-01-15")
	for _, tt := range []struct {
		name string
		d    Decision
		want string
	}{
		{"an extension", Decision{Kind: Extension}, "scheme until reason"},
		{"an exemption", Decision{Kind: Exemption, From: date("2026-01-14")}, "scheme until from reason"},
		{"an absence", Decision{Kind: Absence, Scheme: "BALIE", From: today, Until: today.AddDays(-1), Reason: "griep"}, "scheme until reason"},
		{"early completion", Decision{Kind: Early, From: date("2126-01-01")}, "scheme from reason"},
		{"late completion", Decision{Kind: Late}, "scheme until reason"},
		{"a revocation", Decision{Kind: Revocation, From: date("2026-01-14")}, "cycle from reason"},
	} {
		_, err := tt.d.For(File{}, today)
		if got := wrongPlaces(err); got != tt.want {
			t.Errorf("%s: wrong are %q, want %q: %v", tt.name, got, tt.want, err)
		}
	}
}

// wrongPlaces lists the places of what is wrong.
func wrongPlaces(err error) string {
	var places []string
	if f := fault.Of(err); f != nil {
		for _, field := range f.Fields {
			places = append(places, field.Path)
		}
	}
	return strings.Join(places, " ")
}
