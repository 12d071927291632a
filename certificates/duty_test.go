package certificates

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
)

// balie is the scheme of the cases below: a year, a window of two months, a month of grace.
var balie = Scheme{Key: "BALIE", Version: 1, Months: 12, Method: MethodPrevious, WindowMonths: 2, GraceMonths: 1}

// demand makes a demand that holds between two days; last empty: without end.
func demand(from, last string, induction int) Demand {
	d := Demand{Requirement: Requirement{Scheme: "BALIE", SubjectKind: ForRole, SubjectName: "medewerker", InductionDays: induction}, From: date(from), Fell: date(from)}
	if last != "" {
		d.Last = date(last)
	}
	return d
}

// revokedLate is a period that is revoked after it ended.
func revokedLate(p Period) Period {
	p.RevokedOn = p.ValidUntil.AddDays(5)
	return p
}

func TestWhatIsDueOnADay(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11")) // window from 12 December 2025, grace until 11 March 2026
	revoked := held
	revoked.RevokedOn = date("2025-06-01")
	endless := Period{Cycle: 1, ValidFrom: date("2025-02-12")}
	dated := demand("2024-01-01", "", 0)
	dated.DueOn = date("2026-12-31")
	for _, tt := range []struct {
		name       string
		periods    []Period
		demands    []Demand
		day        string
		opens, due string // empty: nothing is due
		path       Path
	}{
		{"a newcomer gets their induction", nil, []Demand{demand("2026-01-15", "", 30)}, "2026-01-15", "2026-01-15", "2026-02-14", PathInitial},
		{"the day before somebody begins nothing is due", nil, []Demand{demand("2026-01-15", "", 30)}, "2026-01-14", "", "", PathInitial},
		{"the day after the role ended nothing is due", nil, []Demand{demand("2026-01-15", "2026-03-31", 30)}, "2026-04-01", "", "", PathInitial},
		{"on the last day of the role it is due", nil, []Demand{demand("2026-01-15", "2026-03-31", 30)}, "2026-03-31", "2026-01-15", "2026-02-14", PathInitial},
		{"a requirement with a day of its own is not due before it", nil, []Demand{dated}, "2026-01-15", "2024-01-01", "2026-12-31", PathInitial},
		{"a valid period gives no duty until its window opens", []Period{held}, []Demand{demand("2024-01-01", "", 30)}, "2025-12-11", "", "", PathRefresher},
		{"the window opens a duty that is due on the last valid day", []Period{held}, []Demand{demand("2024-01-01", "", 30)}, "2025-12-12", "2025-12-12", "2026-02-11", PathRefresher},
		{"in grace the refresher suffices", []Period{held}, []Demand{demand("2024-01-01", "", 30)}, "2026-03-11", "2025-12-12", "2026-02-11", PathRefresher},
		{"after the grace the path changes and the duty stays", []Period{held}, []Demand{demand("2024-01-01", "", 30)}, "2026-03-12", "2025-12-12", "2026-02-11", PathInitial},
		{"somebody who joins in the window opens it on joining", []Period{held}, []Demand{demand("2026-01-20", "", 30)}, "2026-01-20", "2026-01-20", "2026-02-11", PathRefresher},
		{"a certificate that lapsed before somebody came gives an induction", []Period{held}, []Demand{demand("2026-02-12", "", 30)}, "2026-02-12", "2026-02-12", "2026-03-14", PathRefresher},
		{"nobody who requires it, nothing due", []Period{held}, nil, "2026-02-12", "", "", PathRefresher},
		{"what never ends needs nothing more", []Period{endless}, []Demand{demand("2024-01-01", "", 30)}, "2030-01-01", "", "", PathInitial},
		{"a revoked certificate asks for the full training at once", []Period{revoked}, []Demand{demand("2024-01-01", "", 30)}, "2025-06-01", "2025-06-01", "2025-07-01", PathInitial},
		{"the day before it is revoked it holds", []Period{revoked}, []Demand{demand("2024-01-01", "", 30)}, "2025-05-31", "", "", PathRefresher},
		{"revoking what had lapsed gives no time", []Period{revokedLate(held)}, []Demand{demand("2024-01-01", "", 30)}, "2026-02-20", "2025-12-12", "2026-02-11", PathInitial},
		{"of several demands the earliest dates win", nil, []Demand{demand("2026-01-01", "", 60), demand("2026-01-10", "", 10)}, "2026-01-10", "2026-01-01", "2026-01-20", PathInitial},
		{"a demand that has not begun does not count yet", nil, []Demand{demand("2026-01-01", "", 60), demand("2026-01-10", "", 10)}, "2026-01-09", "2026-01-01", "2026-03-02", PathInitial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := File{Person: "P", Scheme: "BALIE", Demands: tt.demands, Periods: tt.periods}
			duty, due := f.Due(date(tt.day))
			if due != (tt.opens != "") || due && (duty.OpensOn.String() != tt.opens || duty.DueOn.String() != tt.due) {
				t.Errorf("due %v, opens %s, due on %s", due, duty.OpensOn, duty.DueOn)
			}
			if got := f.Path(date(tt.day)); got != tt.path {
				t.Errorf("path %s, want %s", got, tt.path)
			}
			if due && duty.Cycle != len(tt.periods)+1 {
				t.Errorf("cycle %d", duty.Cycle)
			}
		})
	}
}

func TestWhatHappensToADuty(t *testing.T) {
	type happened struct {
		kind ChangeKind
		on   string
	}
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11"))
	for _, tt := range []struct {
		name    string
		periods []Period
		demands []Demand
		want    []happened
	}{
		{"it ends with the role and returns with it", nil, []Demand{demand("2026-01-15", "2026-03-31", 30), demand("2026-06-01", "", 30)},
			[]happened{{Opened, "2026-01-15"}, {Ended, "2026-04-01"}, {Returned, "2026-06-01"}}},
		{"a stricter demand moves it and its end moves it back", nil, []Demand{demand("2026-01-01", "", 60), demand("2026-01-10", "2026-01-31", 10)},
			[]happened{{Opened, "2026-01-01"}, {Moved, "2026-01-10"}, {Moved, "2026-02-01"}}},
		{"a certificate lapses once", []Period{held}, []Demand{demand("2024-01-01", "", 30)}, []happened{{Opened, "2025-12-12"}, {Lapsed, "2026-02-12"}}},
		{"a certificate that nobody requires does not lapse", []Period{held}, []Demand{demand("2024-01-01", "2025-12-31", 30)}, []happened{{Opened, "2025-12-12"}, {Ended, "2026-01-01"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := File{Person: "P", Scheme: "BALIE", Demands: tt.demands, Periods: tt.periods}
			changes, next := f.Advance(date("2023-01-01"), date("2030-01-01"))
			var got []happened
			for _, c := range changes {
				got = append(got, happened{c.Kind, c.On.String()})
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if !next.IsZero() {
				t.Errorf("looks again on %s", next)
			}
		})
	}
}

// anyFile draws a file with up to three demands, up to two periods and no duty yet, around the year 2025.
func anyFile(t *rapid.T) File {
	day := func(name string, from, to int) calendar.Date {
		return date("2025-01-01").AddDays(rapid.IntRange(from, to).Draw(t, name))
	}
	f := File{Person: "P", Scheme: "BALIE"}
	for range rapid.IntRange(0, 3).Draw(t, "demands") {
		d := demand("2025-01-01", "", rapid.IntRange(0, 90).Draw(t, "induction"))
		d.From = day("from", -400, 500)
		d.Fell = d.From
		if rapid.Bool().Draw(t, "ends") {
			d.Last = d.From.AddDays(rapid.IntRange(0, 400).Draw(t, "length"))
		}
		if rapid.Bool().Draw(t, "dated") {
			d.DueOn = day("due", -100, 300)
		}
		f.Demands = append(f.Demands, d)
	}
	slices.SortStableFunc(f.Demands, func(a, b Demand) int { return int(a.From) - int(b.From) })
	for range rapid.IntRange(0, 2).Draw(t, "periods") {
		completed := day("completed", -700, 200)
		if last := f.Last(); last != nil {
			completed = max(completed, last.WindowOpensOn)
		}
		next, err := NextPeriod(balie, f.Last(), completed)
		if err != nil || !next.Counts {
			t.Fatalf("%+v, %v", next, err)
		}
		p := Period{Person: f.Person, Scheme: f.Scheme, Cycle: f.Cycle(), Anchor: next.Anchor, Term: next.Term, CompletedOn: completed, ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil}
		f.Periods = append(f.Periods, p)
	}
	if n := len(f.Periods); n > 0 && rapid.Bool().Draw(t, "revoked") {
		last := &f.Periods[n-1]
		last.RevokedOn = last.ValidFrom.AddDays(rapid.IntRange(-60, 300).Draw(t, "revoked after"))
	}
	return f
}

var beginning, end = calendar.MustParse("2022-06-01"), calendar.MustParse("2028-01-01")

func TestDayByDayComesToTheSameAsAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		atOnce, next := f.Advance(beginning, end)
		var daily []Change
		step := f
		appointment := beginning
		for day := beginning; day <= end; {
			var changes []Change
			if !appointment.IsZero() && appointment <= day {
				changes, appointment = step.Advance(appointment, day)
			}
			for _, c := range changes {
				if c.Kind != Lapsed {
					step.Duties = slices.Clone(step.Duties)
					step.put(c.Duty)
				}
			}
			daily = append(daily, changes...)
			if day == end {
				break
			}
			day = min(end, day.AddDays(rapid.IntRange(1, 40).Draw(t, "nights"))) // some nights are missed
		}
		if !slices.Equal(daily, atOnce) {
			t.Fatalf("at once %v\nday by day %v", atOnce, daily)
		}
		if appointment != next {
			t.Fatalf("at once looks again on %s, day by day on %s", next, appointment)
		}
	})
}

// TestNoDayIsForgotten compares the duty that Advance comes to with what is due, on every single day.
func TestNoDayIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		changes, _ := f.Advance(beginning, end)
		kept := f
		for day := beginning; day <= end; day = day.AddDays(1) {
			for _, c := range changes {
				if c.On == day && c.Kind != Lapsed {
					kept.put(c.Duty)
				}
			}
			open := 0
			for _, d := range kept.Duties {
				if d.Open() {
					open++
				}
			}
			want, due := f.Due(day)
			if open > 1 || due != (open == 1) {
				t.Fatalf("%s: %d duties open, due %v", day, open, due)
			}
			if due && kept.Duties[0] != want {
				t.Fatalf("%s: have %+v, want %+v", day, kept.Duties[0], want)
			}
			dutch, english := f.Why(day)
			if sentences := len(f.Demanding(day)); len(dutch) != len(english) || len(dutch) < sentences || len(dutch) > sentences+1 {
				t.Fatalf("%s: %d demands, why %q", day, sentences, dutch)
			}
		}
	})
}

func TestTheEarliestDateWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		day := beginning.AddDays(rapid.IntRange(0, beginning.DaysUntil(end)).Draw(t, "day"))
		together, due := f.Due(day)
		var opens, dueOn calendar.Date
		for _, d := range f.Demands {
			alone := f
			alone.Demands = []Demand{d}
			if duty, due := alone.Due(day); due {
				opens, dueOn = earliest(opens, duty.OpensOn), earliest(dueOn, duty.DueOn)
			}
		}
		if due != !opens.IsZero() || due && (together.OpensOn != opens || together.DueOn != dueOn) {
			t.Fatalf("%s: together %+v, alone opens %s, due %s", day, together, opens, dueOn)
		}
	})
}

func TestALapseIsToldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		changes, _ := f.Advance(beginning, end)
		lapses := 0
		for _, c := range changes {
			if c.Kind == Lapsed {
				lapses++
				if p := f.standing(c.On); p == nil || c.On != p.ValidUntil.AddDays(1) || len(f.Demanding(c.On)) == 0 {
					t.Fatalf("lapsed on %s", c.On)
				}
			}
		}
		if lapses > 1 {
			t.Fatalf("%d lapses", lapses)
		}
	})
}

func TestADutyThatIsDoneStaysAsItIs(t *testing.T) {
	done := Duty{Person: "P", Scheme: "BALIE", Cycle: 1, OpensOn: date("2026-01-15"), DueOn: date("2026-02-14"), DoneOn: date("2026-01-20")}
	f := File{Person: "P", Scheme: "BALIE", Demands: []Demand{demand("2026-01-15", "2026-03-31", 30)}, Duties: []Duty{done}}
	if changes, _ := f.Advance(date("2026-01-01"), date("2027-01-01")); len(changes) > 0 {
		t.Errorf("got %v", changes)
	}
}
