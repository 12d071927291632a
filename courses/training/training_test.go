package training

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var (
	scheme = certificates.Scheme{Key: "B1A", Origin: certificates.OriginFunction, Components: []certificates.Component{
		{Kind: certificates.ComponentExternal, Title: "theorie"}, {Kind: certificates.ComponentCourse, Course: "TOETS"}, {Kind: certificates.ComponentObserved, Title: "vaardigheid"},
	}, Refreshers: []certificates.Component{{Kind: certificates.ComponentObserved, Title: "opfris"}, {Kind: certificates.ComponentCourse, Course: "KORT"}}}
	session = Session{ID: "G1", Title: "Examen", Scheme: "B1A", Components: []int{0, 2}, Day: calendar.MustParse("2026-12-08"), Starts: 9 * 60, Ends: 13 * 60,
		Place: "De Dijk", Supplier: "De Kade", Places: 4, Elsewhere: 1, Cost: 1000_00, Fund: Development}
	before = session.Start().Add(-time.Second)
	after  = session.Start()
)

// on makes a list with people in order of enrolling; a name with a minus left.
func on(names string) Roll {
	r := Roll{Session: session}
	for i, name := range strings.Fields(names) {
		e := Enrolment{Session: session.ID, Person: staff.PersonID(strings.TrimPrefix(name, "-")), Order: i + 1}
		if strings.HasPrefix(name, "-") {
			e.LeftAt = before
		}
		r.Enrolments = append(r.Enrolments, e)
	}
	return r
}

func people(enrolments []Enrolment) string {
	var names []string
	for _, e := range enrolments {
		names = append(names, string(e.Person))
	}
	return strings.Join(names, " ")
}

func refuses(t *testing.T, err error, kind fault.Kind, reason string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, "", "").Because(reason)) {
		t.Errorf("got %v, want fault %d with reason %q", err, kind, reason)
	}
}

func TestASessionThatIsWrongSaysEverythingAtOnce(t *testing.T) {
	if err := session.Check(scheme); err != nil {
		t.Fatal(err)
	}
	law := scheme
	law.Origin = certificates.OriginCAO
	for name, tt := range map[string]struct {
		change func(*Session)
		scheme certificates.Scheme
		fields string
	}{
		"nothing filled in":                    {func(s *Session) { *s = Session{} }, scheme, "title place supplier day ends places components fund"},
		"a scheme that does not exist":         {func(s *Session) { s.Scheme = "X" }, certificates.Scheme{}, "scheme"},
		"law pays from the statutory fund":     {func(s *Session) {}, law, "fund"},
		"a quiz of ours":                       {func(s *Session) { s.Components = []int{1} }, scheme, "components"},
		"a component twice":                    {func(s *Session) { s.Components = []int{0, 0} }, scheme, "components"},
		"a component that is not there":        {func(s *Session) { s.Components = []int{3} }, scheme, "components"},
		"a refresher that is not there":        {func(s *Session) { s.Refresher = 3 }, scheme, "refresher"},
		"a refresher that is a quiz":           {func(s *Session) { s.Refresher, s.Components = 2, []int{1} }, scheme, "refresher"},
		"a refresher shows what it replaces":   {func(s *Session) { s.Refresher = 1 }, scheme, "components"},
		"over before it begins":                {func(s *Session) { s.Ends = s.Starts }, scheme, "ends"},
		"more places elsewhere than there are": {func(s *Session) { s.Elsewhere = 5 }, scheme, "elsewhere"},
		"a negative cost":                      {func(s *Session) { s.Cost = -1 }, scheme, "cost"},
		"a title without an end":               {func(s *Session) { s.Title = strings.Repeat("é", 201) }, scheme, "title"},
	} {
		t.Run(name, func(t *testing.T) {
			s := session
			tt.change(&s)
			err := s.Check(tt.scheme)
			refuses(t, err, fault.Invalid, "session")
			var fields []string
			for _, f := range fault.Of(err).Fields {
				fields = append(fields, f.Path)
			}
			if got := strings.Join(fields, " "); got != tt.fields {
				t.Errorf("wrong at %s, want %s", got, tt.fields)
			}
			if name == "law pays from the statutory fund" && !strings.Contains(err.Error(), "7:611a BW") {
				t.Error("the refusal cites no law")
			}
		})
	}
	refresher := session
	refresher.Refresher, refresher.Components = 1, []int{2}
	if err := refresher.Check(scheme); err != nil {
		t.Error(err)
	}
	law.Origin = certificates.OriginLaw
	statutory := session
	statutory.Fund = Statutory
	if err := statutory.Check(law); err != nil {
		t.Error(err)
	}
}

func TestASessionBeginsOnTheClockOfAmsterdam(t *testing.T) {
	winter, summer := session, session
	summer.Day = calendar.MustParse("2026-07-01")
	for s, want := range map[*Session]string{&winter: "2026-12-08T08:00:00Z", &summer: "2026-07-01T07:00:00Z"} {
		if got := s.Start().UTC().Format(time.RFC3339); got != want {
			t.Errorf("begins at %s, want %s", got, want)
		}
	}
	if c, err := ParseClock("09:05"); err != nil || c.String() != "09:05" {
		t.Error(c, err)
	}
	for _, bad := range []string{"", "9", "24:00", "12:60", "12:00:00"} {
		if _, err := ParseClock(bad); err == nil {
			t.Errorf("%q is a time", bad)
		}
	}
}

func TestPlacesAndTheWaitingList(t *testing.T) {
	for _, tt := range []struct {
		names, attending, waiting string
		left                      int
	}{
		{"", "", "", 3},
		{"a b", "a b", "", 1},
		{"a b c d e", "a b c", "d e", 0},
		{"a -b c d e", "a c d", "e", 0},
		{"-a b c a", "b c a", "", 0},
	} {
		r := on(tt.names)
		if got := people(r.Attending()); got != tt.attending {
			t.Errorf("%s: %s have a place, want %s", tt.names, got, tt.attending)
		}
		if got := people(r.Waiting()); got != tt.waiting {
			t.Errorf("%s: %s wait, want %s", tt.names, got, tt.waiting)
		}
		if got := r.Left(); got != tt.left {
			t.Errorf("%s: %d places left, want %d", tt.names, got, tt.left)
		}
	}
	if r := on("a b c d e"); r.WaitingAs("a") != 0 || r.WaitingAs("d") != 1 || r.WaitingAs("e") != 2 || r.WaitingAs("x") != 0 {
		t.Error("the places on the waiting list are wrong")
	}
}

func TestWhoLeavesGivesTheirPlaceToWhoWaitsLongest(t *testing.T) {
	r := on("a -a b c d e")
	r.Enrolments[0].LeftAt, r.Enrolments[1].LeftAt = before, time.Time{}
	left, up, err := r.Leave("a", before)
	if err != nil || left.Order != 2 || !slices.Equal(up, []staff.PersonID{"d"}) {
		t.Errorf("%+v, %v moves up, %v", left, up, err)
	}
	if _, up, err := r.Leave("d", before); err != nil || len(up) > 0 {
		t.Errorf("%v moves up where somebody leaves the waiting list, %v", up, err)
	}
	_, _, err = r.Leave("x", before)
	refuses(t, err, fault.Conflict, "not_enrolled")
	_, _, err = r.Leave("a", after)
	refuses(t, err, fault.Conflict, "begun")
	_, err = r.Enrol("a", "a", before)
	refuses(t, err, fault.Conflict, "enrolled")
	_, err = r.Enrol("x", "x", after)
	refuses(t, err, fault.Conflict, "begun")
	off := r
	off.CancelledAt = before
	_, err = off.Enrol("x", "x", before)
	refuses(t, err, fault.Conflict, "cancelled")
	e, err := r.Enrol("x", "y", before)
	if err != nil || e.Order != 7 || e.EnrolledBy != "y" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestNobodyLosesAPlace(t *testing.T) {
	r, to := on("a b c"), session
	to.Places = 3
	refuses(t, r.Change(to, before), fault.Invalid, "session")
	to.Places = 5
	if err := r.Change(to, before); err != nil {
		t.Error(err)
	}
	refuses(t, r.Change(to, after), fault.Conflict, "begun")
	to = session
	to.Cost, to.Supplier, to.Fund = 1, "ander", Statutory
	if err := r.Change(to, after); err != nil {
		t.Error(err)
	}
}

func TestTheStateOfASession(t *testing.T) {
	r := on("a b")
	if got := r.State(before); got != Planned {
		t.Error(got)
	}
	if got := r.State(after); got != ToRecord {
		t.Error(got)
	}
	for i := range r.Enrolments {
		r.Enrolments[i].Attendance = Absent
	}
	if got := r.State(after); got != ToConfirm {
		t.Error(got)
	}
	for i := range r.Enrolments {
		r.Enrolments[i].ConfirmedAt = after
	}
	if got := r.State(after); got != Held {
		t.Error(got)
	}
	r.CancelledAt = before
	if got := r.State(after); got != Cancelled {
		t.Error(got)
	}
}

func TestWhatAListMayNotSay(t *testing.T) {
	r := on("a b c d")
	for name, lines := range map[string][]Line{
		"who waits":              {{Person: "d", Attendance: Absent}},
		"somebody twice":         {{Person: "a", Attendance: Absent}, {Person: "a", Attendance: Absent}},
		"absent with a result":   {{Person: "a", Attendance: Absent, Result: Passed}},
		"present without one":    {{Person: "a", Attendance: Present}},
		"partly without parts":   {{Person: "a", Attendance: Present, Result: Partly}},
		"partly with everything": {{Person: "a", Attendance: Present, Result: Partly, Shown: []int{0, 2}}},
		"partly with another":    {{Person: "a", Attendance: Present, Result: Partly, Shown: []int{1}}},
		"parts beside passed":    {{Person: "a", Attendance: Present, Result: Passed, Shown: []int{0}}},
		"another word":           {{Person: "a", Attendance: "late", Result: Passed}},
	} {
		_, err := r.Record(lines, "x", after)
		if !errors.Is(err, fault.New(fault.Invalid, "", "").Because("attendance")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := r.Record(nil, "x", before)
	refuses(t, err, fault.Conflict, "not_begun")
}

func TestSomebodyElseConfirms(t *testing.T) {
	r := on("a b c")
	_, err := r.ToConfirm("x")
	refuses(t, err, fault.Conflict, "not_recorded")
	recorded, err := r.Record([]Line{{Person: "a", Attendance: Present, Result: Passed}, {Person: "b", Attendance: Present, Result: Partly, Shown: []int{0}}}, "x", after)
	if err != nil || people(recorded) != "a b" {
		t.Fatal(recorded, err)
	}
	copy(r.Enrolments, recorded)
	_, err = r.ToConfirm("x")
	refuses(t, err, fault.Forbidden, "self_approval")
	lines, err := r.ToConfirm("a")
	if err != nil || people(lines) != "b" {
		t.Errorf("a confirms %s, %v", people(lines), err)
	}
	if lines, err = r.ToConfirm("y"); err != nil || people(lines) != "a b" {
		t.Errorf("y confirms %s, %v", people(lines), err)
	}
	for i, want := range [][]int{{0, 2}, {0}, nil} {
		if got := r.Achieved(r.Enrolments[i]); !slices.Equal(got, want) {
			t.Errorf("%s showed %v, want %v", r.Enrolments[i].Person, got, want)
		}
	}
	r.Enrolments[0].ConfirmedAt = after
	_, err = r.Record(nil, "x", after)
	refuses(t, err, fault.Conflict, "confirmed")
	same, err := r.Record([]Line{{Person: "a", Attendance: Present, Result: Passed}, {Person: "c", Attendance: Absent}}, "z", after)
	if err != nil || people(same) != "b c" || same[0].Recorded() || same[0].RecordedBy != "" {
		t.Errorf("%+v, %v", same, err)
	}
	if lines, err := r.ToConfirm("y"); err != nil || people(lines) != "b" {
		t.Errorf("what was confirmed is confirmed again: %s, %v", people(lines), err)
	}
}

func TestSharesAddUpToTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := on(strings.Join(rapid.SliceOfNDistinct(rapid.StringMatching("[a-z]{3}"), 1, 9, rapid.ID[string]).Draw(t, "names"), " "))
		r.Cost = Cents(rapid.Int64Range(0, 1_000_00).Draw(t, "cost"))
		r.Elsewhere, r.Places = 0, 9
		sum, least, most := Cents(0), r.Cost, Cents(0)
		for _, s := range r.Shares() {
			sum, least, most = sum+s.Amount, min(least, s.Amount), max(most, s.Amount)
		}
		if sum != r.Cost || most-least > 1 {
			t.Errorf("%d cents become %v", r.Cost, r.Shares())
		}
	})
	r := on("a b c d")
	r.Cost = 1001
	if got := r.Shares(); len(got) != 3 || got[0].Amount != 251 || got[1].Amount != 250 {
		t.Errorf("one place elsewhere: %v", got)
	}
	r.CancelledAt = before
	if got := r.Shares(); got != nil {
		t.Errorf("what does not go on costs %v", got)
	}
}

func TestBudgetsAreChargedOnTheDay(t *testing.T) {
	r := on("a b c")
	team := func(p staff.PersonID, _ calendar.Date) staff.TeamID {
		return map[staff.PersonID]staff.TeamID{"a": "T1", "b": "T1", "c": "T2"}[p]
	}
	one, two := Account{"T1", 2026, Development}, Account{"T2", 2026, Development}
	charges := Charges([]Roll{r}, team, session.Day.AddDays(-1))
	if charges[one] != (Charge{Reserved: 500_00}) || charges[two] != (Charge{Reserved: 250_00}) {
		t.Errorf("the day before: %v", charges)
	}
	charges = Charges([]Roll{r}, team, session.Day)
	balances := Balances([]Budget{{Account: one, Budgeted: 400_00, OtherSpent: -50_00, OtherReserved: 10_00}}, charges, nil)
	if len(balances) != 2 || balances[0].Spent() != 450_00 || balances[0].Reserved() != 10_00 || balances[0].Left() != -60_00 || balances[1].Account != two || balances[1].Left() != -250_00 {
		t.Errorf("%+v", balances)
	}
}

func TestABudgetThatIsWrong(t *testing.T) {
	b := Budget{Account: Account{"T1", 2026, Statutory}, Budgeted: 1, OtherSpent: -5}
	if err := b.Check(); err != nil {
		t.Error(err)
	}
	for _, change := range []func(*Budget){
		func(b *Budget) { b.Budgeted = -1 }, func(b *Budget) { b.Year = 1999 }, func(b *Budget) { b.Fund = "personal" },
		func(b *Budget) { b.OtherReserved = 1e15 }, func(b *Budget) { b.Note = strings.Repeat("x", 201) },
	} {
		wrong := b
		change(&wrong)
		refuses(t, wrong.Check(), fault.Invalid, "budget")
	}
}

func TestTheTeamOfSomebodyOnADay(t *testing.T) {
	day := calendar.MustParse
	jobs := []staff.Employment{{Team: "T1", From: day("2020-01-01"), Until: day("2025-12-31")}, {Team: "T2", From: day("2026-02-01"), Until: day("2026-12-31")}}
	for on, want := range map[string]staff.TeamID{"2025-12-31": "T1", "2026-01-15": "T1", "2026-02-01": "T2", "2027-05-05": "T2", "2019-01-01": "T1"} {
		if got := TeamOn(jobs, day(on)); got != want {
			t.Errorf("on %s in %s, want %s", on, got, want)
		}
	}
	if got := TeamOn(nil, day("2026-01-01")); got != "" {
		t.Error(got)
	}
}
