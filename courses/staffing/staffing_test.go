package staffing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

var date = calendar.MustParse

// today is a Monday.
var today = date("2026-11-23")

// desk needs two people with A and one of B and C, on workdays from 9 to 17.
func desk() Process {
	return Process{
		Activity: staff.Activity{ID: "P1", Kind: staff.Process, Name: "balie", Roles: staff.Always("R1")}, All: []certificates.SchemeKey{"A"}, OneOf: []certificates.SchemeKey{"B", "C"},
		Windows: []Window{{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 9 * 60, To: 17 * 60, Minimum: 2}}, PoolMinimum: 2,
	}
}

// eva may do the work of the desk until her certificate A ends on 1 December, and works from 8:30 to 17:00 on weekdays.
func eva() Record {
	r := Record{Person: "EVA", Employments: []staff.Employment{{Person: "EVA", Number: 1, Role: "R1", From: date("2020-01-01")}}}
	r.Periods = []certificates.Period{{Scheme: "A", ValidFrom: date("2025-12-02"), ValidUntil: date("2026-12-01"), GraceUntil: date("2027-01-01")}, {Scheme: "B", ValidFrom: date("2020-01-01")}}
	r.Rosters = []Roster{{Person: "EVA", Employment: 1, From: date("2020-01-01"), Days: [7]Hours{1: {510, 1020}, 2: {510, 1020}, 3: {510, 1020}, 4: {510, 1020}, 5: {510, 1020}}}}
	return r
}

func lacks(r Record, day string) string {
	l := desk().Lacks(r, date(day))
	return fmt.Sprint(l.Role, l.All, l.OneOf)
}

func TestWhoMayDoTheWork(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Record)
		day    string
		want   string
	}{
		"holds all and one of the others":        {func(*Record) {}, "2026-11-23", "false [] []"},
		"the last valid day counts":              {func(*Record) {}, "2026-12-01", "false [] []"},
		"in grace one is not qualified":          {func(*Record) {}, "2026-12-02", "false [A] []"},
		"before the first valid day":             {func(*Record) {}, "2025-12-01", "false [A] []"},
		"one of the others is enough, whichever": {func(r *Record) { r.Periods[1].Scheme = "C" }, "2026-11-23", "false [] []"},
		"none of the others":                     {func(r *Record) { r.Periods = r.Periods[:1] }, "2026-11-23", "false [] [B C]"},
		"a revoked certificate":                  {func(r *Record) { r.Periods[0].RevokedOn = today }, "2026-11-23", "false [A] []"},
		"the day before it was revoked":          {func(r *Record) { r.Periods[0].RevokedOn = today }, "2026-11-22", "false [] []"},
		"another role":                           {func(r *Record) { r.Employments[0].Role = "R2" }, "2026-11-23", "true [] []"},
		"who left yesterday":                     {func(r *Record) { r.Employments[0].Until = date("2026-11-22") }, "2026-11-23", "true [] []"},
		"a renewal that follows keeps somebody certified": {func(r *Record) {
			r.Periods = append(r.Periods, certificates.Period{Scheme: "A", ValidFrom: date("2026-12-02"), ValidUntil: date("2027-12-01")})
		}, "2026-12-02", "false [] []"},
	} {
		r := eva()
		c.change(&r)
		if got := lacks(r, c.day); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAColourIsAboutTheMinimum(t *testing.T) {
	for pool, want := range []Colour{Red, Red, Yellow, Green} {
		if got := desk().Colour(pool); got != want {
			t.Errorf("a pool of %d is %s, want %s", pool, got, want)
		}
	}
	if got := (Process{}).Colour(0); got != NoColour {
		t.Errorf("without a minimum it is %s", got)
	}
}

func TestWhoIsThere(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Record)
		day    string
		want   string
	}{
		"at work all day":         {func(*Record) {}, "2026-11-23", "1 [{09:00 17:00 1}] known"},
		"nobody needed on Sunday": {func(*Record) {}, "2026-11-29", " known"},
		"leave in the morning": {func(r *Record) {
			r.Leave = []Leave{{From: today, Until: today, Part: Morning, Approved: true}}
		}, "2026-11-23", "0 [{09:00 17:00 0}] known"},
		"leave that is only asked for": {func(r *Record) { r.Leave = []Leave{{From: today, Until: today, Part: WholeDay}} }, "2026-11-23", "1 [{09:00 17:00 1}] known"},
		"leave of another employment": {func(r *Record) {
			r.Leave = []Leave{{Employment: 2, From: today, Until: today, Part: WholeDay, Approved: true}}
		}, "2026-11-23", "1 [{09:00 17:00 1}] known"},
		"no roster":                    {func(r *Record) { r.Rosters = nil }, "2026-11-23", "0 [{09:00 17:00 0}] unknown"},
		"a roster that begins later":   {func(r *Record) { r.Rosters[0].From = date("2026-11-24") }, "2026-11-23", "0 [{09:00 17:00 0}] unknown"},
		"the newest roster holds":      {func(r *Record) { r.Rosters = append(r.Rosters, Roster{Employment: 1, From: today}) }, "2026-11-23", "0 [{09:00 17:00 0}] known"},
		"a part of a half hour is not": {func(r *Record) { r.Rosters[0].Days[1] = Hours{555, 1020} }, "2026-11-23", "0 [{09:00 17:00 0}] known"},
		"hours in a role without this work": {func(r *Record) {
			r.Employments = append(r.Employments, staff.Employment{Number: 2, Role: "R2", From: date("2020-01-01")})
			r.Rosters[0].Employment = 2
		}, "2026-11-23", "0 [{09:00 17:00 0}] unknown"},
		"on call": {func(r *Record) {
			r.Rosters = nil
			r.OnCall = []OnCall{{Process: "P1", Day: today, From: 9 * 60, To: 17 * 60}}
		}, "2026-11-23", "1 [{09:00 17:00 1}] known"},
		"on call and on leave": {func(r *Record) {
			r.Rosters = nil
			r.OnCall = []OnCall{{Process: "P1", Day: today, From: 9 * 60, To: 17 * 60}}
			r.Leave = []Leave{{From: today, Until: today, Part: WholeDay, Approved: true}}
		}, "2026-11-23", "0 [{09:00 17:00 0}] known"},
	} {
		r := eva()
		c.change(&r)
		o := desk().On([]Record{r}, date(c.day))
		got := ""
		for _, w := range o.Windows {
			got += fmt.Sprint(w.Present, " ", w.Short)
		}
		if o.Known() {
			got += " known"
		} else {
			got += " unknown"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestADayLongerThanFiveAndAHalfHoursHasABreak(t *testing.T) {
	for h, want := range map[Hours]int{{510, 1020}: 480, {540, 780}: 240, {540, 870}: 330, {540, 871}: 301, {}: 0} {
		if got := h.Minutes(); got != want {
			t.Errorf("%s to %s is %d minutes of work, want %d", h.From, h.To, got, want)
		}
	}
}

func TestAShortageTellsWhenItIs(t *testing.T) {
	late, early := eva(), eva()
	late.Person, late.Rosters[0].Days[1] = "LAT", Hours{690, 1200}
	early.Leave = []Leave{{From: today, Until: today, Part: Afternoon, Approved: true}}
	o := desk().On([]Record{eva(), late, early}, today)
	if got := fmt.Sprint(o.Windows[0].Present, o.Windows[0].Short, o.Away); got != "2 [] [EVA]" {
		t.Errorf("got %s", got)
	}
	o = desk().On([]Record{late, early}, today)
	if got := fmt.Sprint(o.Windows[0].Present, o.Windows[0].Short); got != "1 [{09:00 11:30 1} {13:00 17:00 1}]" {
		t.Errorf("got %s", got)
	}
}

func book() Book {
	return Book{
		Name: func(id staff.PersonID) (string, string) { return string(id), string(id) },
		Scheme: func(key certificates.SchemeKey) certificates.Scheme {
			return certificates.Scheme{Title: "Regeling " + string(key), Components: []certificates.Component{{Kind: certificates.ComponentCourse}}}
		},
	}
}

func TestAForecastTellsWhatChangesAndWhatHelps(t *testing.T) {
	eef := eva()
	eef.Person, eef.Periods = "EEF", slices.Clone(eef.Periods)
	eef.Periods[0].ValidUntil = 0
	ina := eva()
	ina.Person, ina.Periods, ina.Employments = "INA", ina.Periods[1:], slices.Clone(ina.Employments)
	all := []Record{eva(), eef, ina}
	leaving := slices.Clone(all)
	leaving[1].Employments = []staff.Employment{{Number: 1, Role: "R1", From: date("2020-01-01"), Until: date("2026-12-31")}}
	var got []string
	say := func(records []Record, p Process) {
		f := p.Forecast(records, today, today.AddMonths(24))
		for _, s := range f.Steps {
			line := fmt.Sprint(s.Day, " ", s.Pool, " ", s.Colour)
			for _, c := range s.Causes {
				dutch, _ := book().Words(c)
				line += " " + dutch
			}
			got = append(got, line)
		}
		for _, s := range p.Spots(records, f) {
			spot, _ := book().SpotWords(s, today)
			action, _ := book().ActionWords(s.Action, p)
			got = append(got, spot+" "+action)
		}
	}
	say(all, desk())
	say(leaving, desk())
	say(nil, desk())
	none := desk()
	none.Roles = nil
	say(all, none)
	want := `2026-11-23 2 yellow
2026-12-02 1 red A van EVA verloopt op 2 december 2026
Vanaf 2 december 2026 mag 1 mens dit doen. Er zijn 2 nodig. Laat EVA de hertoets doen van Regeling A (A) uiterlijk op 1 december 2026.
Op 2 december 2026 van 09:00 tot 17:00: 1 aanwezig, 2 nodig. Laat EVA de hertoets doen van Regeling A (A) uiterlijk op 1 december 2026.
2026-11-23 2 yellow
2026-12-02 1 red A van EVA verloopt op 2 december 2026
2027-01-01 0 red EEF werkt hier tot en met 31 december 2026
Vanaf 2 december 2026 mag 1 mens dit doen. Er zijn 2 nodig. Laat EVA de hertoets doen van Regeling A (A) uiterlijk op 1 december 2026.
Op 2 december 2026 van 09:00 tot 17:00: 1 aanwezig, 2 nodig. Laat EVA de hertoets doen van Regeling A (A) uiterlijk op 1 december 2026.
2026-11-23 0 red
Nu mag niemand dit werk doen. Er is niemand met de juiste rol die dit snel kan halen. Geef een collega de rol, of zoek iemand van buiten.
2026-11-23 0 red
Nu mag niemand dit werk doen. Kies welke rollen dit werk doen. Zonder rol kan niemand het ooit mogen.`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s", text)
	}
}

// A small world: a few people with three schemes, rosters and leave, and what is asked of them.
func drawWorld(t *rapid.T) (Process, []Record) {
	near := func(what string) calendar.Date { return today.AddDays(rapid.IntRange(-40, 90).Draw(t, what)) }
	p := desk()
	p.PoolMinimum = rapid.IntRange(0, 3).Draw(t, "minimum")
	if rapid.Bool().Draw(t, "ends") {
		p.Roles = []staff.RoleStretch{{Role: "R1", From: near("role from"), Until: near("role until")}, {Role: "R2"}}
	}
	if rapid.Bool().Draw(t, "simple") {
		p.OneOf = nil
	}
	var records []Record
	for i := range rapid.IntRange(0, 5).Draw(t, "people") {
		r := Record{Person: staff.PersonID(fmt.Sprint("P", i))}
		for n := range rapid.IntRange(1, 2).Draw(t, "employments") {
			e := staff.Employment{Person: r.Person, Number: n + 1, Role: rapid.SampledFrom([]staff.RoleID{"R1", "R2", "R3"}).Draw(t, "role"), From: near("from").AddDays(-60)}
			if rapid.Bool().Draw(t, "leaves") {
				e.Until = e.From.AddDays(rapid.IntRange(0, 120).Draw(t, "long"))
			}
			r.Employments = append(r.Employments, e)
			if rapid.IntRange(0, 3).Draw(t, "rostered") > 0 {
				roster := Roster{Person: r.Person, Employment: n + 1, From: e.From}
				for day := range roster.Days {
					from := training.Clock(rapid.IntRange(16, 30).Draw(t, "at") * 30)
					roster.Days[day] = Hours{from, from + training.Clock(rapid.IntRange(0, 17).Draw(t, "hours")*30)}
				}
				r.Rosters = append(r.Rosters, roster)
			}
		}
		for _, scheme := range []certificates.SchemeKey{"A", "B", "C"} {
			for range rapid.IntRange(0, 2).Draw(t, "periods") {
				period := certificates.Period{Scheme: scheme, ValidFrom: near("valid").AddDays(-50)}
				if rapid.IntRange(0, 3).Draw(t, "expires") > 0 {
					period.ValidUntil = period.ValidFrom.AddDays(rapid.IntRange(0, 100).Draw(t, "valid long"))
				}
				if rapid.IntRange(0, 5).Draw(t, "revoked") == 0 {
					period.RevokedOn = near("revoked on")
				}
				r.Periods = append(r.Periods, period)
			}
		}
		if rapid.Bool().Draw(t, "on leave") {
			from := near("leave")
			r.Leave = append(r.Leave, Leave{Person: r.Person, Employment: rapid.IntRange(0, 2).Draw(t, "which"), From: from, Until: from.AddDays(rapid.IntRange(0, 30).Draw(t, "leave long")), Part: rapid.SampledFrom([]Part{WholeDay, Morning, Afternoon}).Draw(t, "part"), Approved: rapid.Bool().Draw(t, "approved")})
		}
		if rapid.Bool().Draw(t, "on call") {
			r.OnCall = append(r.OnCall, OnCall{Person: r.Person, Process: "P1", Day: near("call"), From: 540, To: 720})
		}
		records = append(records, r)
	}
	return p, records
}

func TestAForecastIsWhatEveryDaySaysByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, records := drawWorld(t)
		f := p.Forecast(records, today, today.AddDays(100))
		pool := -1
		for _, d := range f.Days {
			o := p.On(records, d.Day)
			margin := 0
			for i, w := range o.Windows {
				if m := w.Present - w.Minimum; i == 0 || m < margin {
					margin = m
				}
			}
			if len(o.Pool) != d.Pool || o.Colour != d.Colour || o.Known() != d.Known || len(o.Windows) > 0 != d.Open || margin != d.Present-d.Minimum {
				t.Fatalf("%s: the forecast says %+v, the day %+v", d.Day, d, o)
			}
			at := slices.IndexFunc(f.Steps, func(s Step) bool { return s.Day == d.Day })
			switch {
			case pool >= 0 && pool != d.Pool && at < 0:
				t.Fatalf("%s: the pool goes from %d to %d and no step tells why", d.Day, pool, d.Pool)
			case at > 0 && (len(f.Steps[at].Causes) == 0 || f.Steps[at].Pool != d.Pool):
				t.Fatalf("%s: %+v tells nothing", d.Day, f.Steps[at])
			}
			pool = d.Pool
		}
	})
}

// below checks that nothing in one forecast is more than in another.
func below(t *rapid.T, less, more Forecast) {
	for i, d := range less.Days {
		if m := more.Days[i]; d.Pool > m.Pool || d.Present > m.Present {
			t.Fatalf("%s: %+v is more than %+v", d.Day, d, m)
		}
	}
}

func TestNobodyWhoIsAwayRaisesANumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, records := drawWorld(t)
		if len(records) == 0 {
			return
		}
		until := today.AddDays(60)
		with := p.Forecast(records, today, until)
		who := rapid.IntRange(0, len(records)-1).Draw(t, "who")
		below(t, p.Forecast(Without(records, records[who].Person), today, until), with)
		leaves := slices.Clone(records)
		leaves[who].Employments = slices.Clone(leaves[who].Employments)
		for i, e := range leaves[who].Employments {
			if last := today.AddDays(rapid.IntRange(0, 60).Draw(t, "last")); e.Until.IsZero() || e.Until > last {
				leaves[who].Employments[i].Until = last
			}
		}
		below(t, p.Forecast(leaves, today, until), with)
		leave := slices.Clone(records)
		leave[who].Leave = append(slices.Clone(leave[who].Leave), Leave{From: today, Until: today.AddDays(20), Part: Morning, Approved: true})
		below(t, p.Forecast(leave, today, until), with)
	})
}

func TestWhatIsPutInIsChecked(t *testing.T) {
	known := func(certificates.SchemeKey) bool { return true }
	anybody := func(staff.PersonID) bool { return true }
	paths := func(err error) string {
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Invalid {
			return ""
		}
		var paths []string
		for _, f := range e.Fields {
			paths = append(paths, f.Path)
		}
		slices.Sort(paths)
		return strings.Join(paths, " ")
	}
	want := func(name, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: wrong are %q, want %q", name, got, want)
		}
	}
	p := desk()
	want("a process", paths(p.Check(0, "", known, anybody, today)), "")
	p.From = today.AddDays(-1)
	want("a change of the past, without why", paths(p.Check(1, "", known, anybody, today)), "from why")
	p.Windows = nil
	want("a process that never needs anybody", paths(p.Check(0, "", known, anybody, today)), "windows")
	p = desk()
	p.PoolMinimum = 1
	want("more people at once than in all", paths(p.Check(0, "", known, anybody, today)), "windows[0].minimum")
	want("schemes that do not exist", paths(desk().Check(0, "", func(certificates.SchemeKey) bool { return false }, anybody, today)), "all[0] oneOf[0] oneOf[1]")
	p.All, p.Owner, p.PoolMinimum = []certificates.SchemeKey{"A", "A"}, "NO", -1
	p.Windows = append(p.Windows, Window{Days: []time.Weekday{1}, From: 16 * 60, To: 18 * 60, Minimum: 1}, Window{From: 545, To: 540, Note: "\x00"})
	want("a wrong process", paths(p.Check(0, "", known, func(staff.PersonID) bool { return false }, today)), "all[1] owner poolMinimum windows[1].from windows[2].days windows[2].from windows[2].minimum windows[2].note windows[2].to")

	e := staff.Employment{Number: 1, From: today, Until: today.AddDays(30)}
	r := Roster{Employment: 1, From: today, Days: [7]Hours{1: {540, 1020}}}
	want("a roster", paths(r.Check(e, []Roster{{Days: [7]Hours{1: {1020, 1080}}}})), "")
	want("a roster of somebody who works elsewhere then", paths(r.Check(e, []Roster{{Days: [7]Hours{1: {1000, 1080}}}})), "days[0].from")
	r.From, r.Days = today.AddDays(31), [7]Hours{1: {540, 25 * 60}, 0: {600, 540}, 6: {540, 540}}
	want("a wrong roster", paths(r.Check(e, nil)), "days[0].to days[5].to days[6].to from")

	l := Leave{ID: "1", From: today, Until: today, Part: Morning}
	jobs := []staff.Employment{e}
	want("leave", paths(l.Check(jobs, []Leave{{ID: "1", From: today, Until: today, Part: WholeDay}, {ID: "2", From: today, Until: today, Part: Afternoon}})), "")
	want("leave twice", paths(l.Check(jobs, []Leave{{ID: "2", From: today.AddDays(-1), Until: today, Part: WholeDay}})), "from")
	l = Leave{ID: "1", Employment: 2, From: today, Until: today.AddDays(-1), Part: "night"}
	want("wrong leave", paths(l.Check(jobs, nil)), "employment part until")

	how := Procedure{Version: 1, From: date("2020-01-01"), Text: "Zo.", Holder: "EVA"}
	want("a first procedure", paths(how.Check(nil, "", anybody, today)), "")
	want("a procedure of the past", paths(how.Check([]Procedure{how}, "", anybody, today)), "from")
	later := Procedure{From: today, Holder: "NO"}
	want("a wrong procedure", paths(later.Check([]Procedure{{From: today}}, "", func(staff.PersonID) bool { return false }, today)), "from holder text")
	how.Deputy = "EVA"
	want("who stands in for themselves", paths(how.Check(nil, "", anybody, today)), "deputy")
}

func TestWhatAProcessAsksHoldsFromADay(t *testing.T) {
	first, third := desk(), desk()
	first.Version = 1
	second := first
	second.Version, second.From, second.PoolMinimum = 2, today.AddDays(10), 5
	third.Version, third.From, third.All = 3, today.AddDays(10), []certificates.SchemeKey{"D"}
	fourth := third
	fourth.Version, fourth.From = 4, today.AddDays(5)
	versions := []Process{first, second, third, fourth}
	p := Holding(first.Activity, versions, today)
	for days, want := range map[int]int{0: 1, 4: 1, 5: 4, 9: 4, 10: 3, 99: 3} {
		if got := Holding(first.Activity, versions, today.AddDays(days)).Version; got != want {
			t.Errorf("after %d days version %d holds, want %d", days, got, want)
		}
		if got := p.AsOn(today.AddDays(days)).Version; got != want {
			t.Errorf("seen from today version %d holds after %d days, want %d", got, days, want)
		}
	}
	if got := fmt.Sprint(p.Schemes()); got != "[A B C D]" {
		t.Errorf("its schemes are %s", got)
	}
	if !first.Asks(desk()) || first.Asks(second) || first.Asks(third) {
		t.Error("it is not seen what differs")
	}
	if none := Holding(first.Activity, []Process{second}, today); none.Version != 0 || none.Name != "balie" || len(none.Later) != 1 {
		t.Errorf("before the first version it is %+v", none)
	}
	var got []string
	for _, s := range p.Forecast([]Record{eva()}, today, today.AddDays(20)).Steps {
		text := fmt.Sprint(s.Day.DaysUntil(today)*-1, ":", s.Pool)
		for _, c := range s.Causes {
			text += fmt.Sprint(" ", c.Kind, c.Person, c.Scheme)
		}
		got = append(got, text)
	}
	if text := strings.Join(got, "; "); text != "0:1; 5:0 asks; 10:0 asks" {
		t.Errorf("the forecast is %s", text)
	}
}

func TestTheProcedureOfADayIsTheLastThatBegan(t *testing.T) {
	versions := []Procedure{{Version: 1, From: today}, {Version: 2, From: today.AddDays(10)}}
	for days, want := range map[int]int{-1: 0, 0: 1, 9: 1, 10: 2} {
		if got, ok := ProcedureOn(versions, today.AddDays(days)); got.Version != want || ok != (want > 0) {
			t.Errorf("after %d days it is version %d, want %d", days, got.Version, want)
		}
	}
}

// BenchmarkForecast looks 24 months ahead at four processes of a department of 60 people.
func BenchmarkForecast(b *testing.B) {
	var records []Record
	for i := range 60 {
		r := eva()
		r.Person = staff.PersonID(fmt.Sprint("P", i))
		r.Leave = []Leave{{From: today.AddDays(i), Until: today.AddDays(i + 20), Part: WholeDay, Approved: true}}
		r.Periods = slices.Clone(r.Periods)
		r.Periods[0].ValidUntil = today.AddDays(12 * i)
		records = append(records, r)
	}
	for b.Loop() {
		for range 4 {
			f := desk().Forecast(records, today, today.AddMonths(24))
			desk().Spots(records, f)
		}
	}
}
