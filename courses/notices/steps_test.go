package notices

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

var date = calendar.MustParse

func TestNext(t *testing.T) {
	due := date("2026-12-04") // a Friday
	opened := date("2026-10-05")
	for _, tt := range []struct {
		name   string
		due    calendar.Date
		opened calendar.Date
		on     string
		given  []Step
		want   string // the step; empty: none
	}{
		{"the day before the first", due, opened, "2026-11-05", nil, ""},
		{"four weeks before", due, opened, "2026-11-06", nil, "-28"},
		{"four weeks before, given", due, opened, "2026-11-06", []Step{-28}, ""},
		{"a missed morning is made up for", due, opened, "2026-11-09", nil, "-28"},
		{"for less than a week", due, opened, "2026-11-12", nil, "-28"},
		{"and then it is stale", due, opened, "2026-11-13", nil, ""},
		{"two weeks before", due, opened, "2026-11-20", []Step{-28}, "-14"},
		{"of what was missed only the newest", due, opened, "2026-12-01", nil, "-7"},
		{"a day before", due, opened, "2026-12-03", []Step{-28, -14, -7}, "-1"},
		{"on the day", due, opened, "2026-12-04", []Step{-1}, "0"},
		{"a week late", due, opened, "2026-12-11", []Step{0}, "7"},
		{"two weeks late would be a Friday and a holiday: on the Monday", due, opened, "2026-12-25", []Step{14}, ""},
		{"three weeks late, on the Monday", due, opened, "2026-12-28", []Step{14}, "21"},
		{"four weeks late would be New Year's Day", due, opened, "2027-01-04", []Step{21}, "28"},
		{"then no more", due, opened, "2027-02-01", []Step{28}, ""},
		{"who has been late for long hears it once", due, opened, "2028-06-01", nil, "28"},
		{"a last day on a Sunday: on the Friday before", date("2026-12-06"), opened, "2026-12-04", []Step{-7}, "0"},
		{"a duty that opens today is no mail", due, date("2026-11-23"), "2026-11-23", nil, ""},
		{"but its next step is", due, date("2026-11-23"), "2026-11-27", nil, "-7"},
		{"a duty that is due on the day it opens", due, due, "2026-12-04", nil, "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if step, ok := (Record{OpensOn: tt.opened, DueOn: tt.due, Given: tt.given}).Next(date(tt.on)); ok {
				got = fmt.Sprint(int(step))
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A sweep every day gives each step once, in order, on working days only, whatever the days on which nobody works.
func TestEveryStepOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due := date("2026-01-01").AddDays(rapid.IntRange(0, 2000).Draw(t, "due"))
		r := Record{OpensOn: due.AddDays(-60), DueOn: due}
		for on := due.AddDays(-50); on < due.AddDays(60); on++ {
			if !on.Workday() {
				continue
			}
			step, ok := r.Next(on)
			if !ok {
				continue
			}
			if step <= 0 && on > due {
				t.Fatalf("step %d of %s comes on %s", step, due, on)
			}
			r.Given = append(r.Given, step)
			if _, again := r.Next(on); again {
				t.Fatalf("a second step of %s on %s", due, on)
			}
		}
		// Two steps that fall on one working day are one reminder: the later one.
		var want []Step
		for i, s := range steps {
			if i+1 == len(steps) || steps[i+1].On(due) != s.On(due) {
				want = append(want, s)
			}
		}
		if !slices.Equal(r.Given, want) {
			t.Fatalf("of %s it gave %v, want %v", due, r.Given, want)
		}
	})
}

func TestRises(t *testing.T) {
	due := date("2026-12-04")
	for _, tt := range []struct {
		name string
		u    Unanswered
		on   string
		want int // 0: it does not
	}{
		{"thirteen days late", Unanswered{DueOn: due, ToldOn: due}, "2026-12-17", 0},
		{"fourteen days late", Unanswered{DueOn: due, ToldOn: due}, "2026-12-18", 1},
		{"its person was never told", Unanswered{DueOn: due}, "2027-12-18", 0},
		{"its person was told only now", Unanswered{DueOn: due, ToldOn: date("2027-06-01")}, "2027-06-14", 0},
		{"and two weeks ago", Unanswered{DueOn: due, ToldOn: date("2027-06-01")}, "2027-06-15", 1},
		{"thirteen days after the leader", Unanswered{DueOn: due, ToldOn: due, Level: 1, WentOn: date("2026-12-18")}, "2026-12-31", 0},
		{"fourteen days after the leader", Unanswered{DueOn: due, ToldOn: due, Level: 1, WentOn: date("2026-12-18")}, "2027-01-01", 2},
		{"one level at a time after a year", Unanswered{DueOn: due, ToldOn: due, Level: 1, WentOn: date("2026-12-18")}, "2027-12-18", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			level, up := tt.u.Rises(date(tt.on))
			if up != (tt.want > 0) || up && level != tt.want {
				t.Errorf("got %d, %v, want %d", level, up, tt.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	type people = []staff.PersonID
	officers := people{"PEN", "PIA"}
	for _, tt := range []struct {
		name    string
		person  staff.PersonID
		leaders people
		level   int
		want    people
	}{
		{"first the leader", "EVA", people{"LEA"}, 1, people{"LEA"}},
		{"the leaders of two teams", "EVA", people{"LOU", "LEA", "LOU"}, 1, people{"LEA", "LOU"}},
		{"then HR", "EVA", people{"LEA"}, 2, officers},
		{"and HR again", "EVA", people{"LEA"}, 5, officers},
		{"a leader has no other leader", "LEA", people{"LEA"}, 1, officers},
		{"a team without a leader", "EVA", people{""}, 1, officers},
		{"an officer is not told about themselves", "PEN", nil, 2, people{"PIA"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Line(tt.person, tt.leaders, officers, tt.level); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestMayGo(t *testing.T) {
	for at, want := range map[string]bool{
		"2026-11-23T05:59:59Z": false, "2026-11-23T06:00:00Z": true, "2026-11-23T17:59:59Z": true, "2026-11-23T18:00:00Z": false, // winter
		"2026-07-01T04:59:59Z": false, "2026-07-01T05:00:00Z": true, "2026-07-01T17:00:00Z": false, // summer
		"2026-11-22T11:00:00Z": false, "2026-12-25T11:00:00Z": false, // Sunday, Christmas
		"2027-03-26T17:59:00Z": true, "2027-03-30T17:30:00Z": false, // around the clock going forward
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := MayGo(instant); got != want {
			t.Errorf("%s: got %v", at, got)
		}
	}
	if got, want := calendar.On(TooLate(date("2026-12-24"))).String(), "2026-12-29"; got != want {
		t.Errorf("what is of Christmas Eve is too late on %s, want %s", got, want)
	}
}
