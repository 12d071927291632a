package changes

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

// Of several deltas each holder does the one for the version they were certified on; who has the newest one does none.
func TestADeltaIsChosenByTheVersionSomebodyWasCertifiedOn(t *testing.T) {
	on := date("2026-11-23")
	c := law()
	c.Verdicts = []Verdict{
		{Kind: Delta, Scheme: "SMALL", Holders: "BASIS", Version: 3},
		{Kind: Delta, Scheme: "LARGE", Holders: "BASIS", Version: 2},
		{Kind: Read, Bulletin: "B1", Holders: "BASIS", Version: 3},
	}
	records := []staffing.Record{works("ONE", "R9", holds("BASIS", 1)), works("TWO", "R9", holds("BASIS", 2)), works("NEW", "R9", holds("BASIS", 3))}
	for i, want := range []string{"TWO", "ONE", "ONE TWO"} {
		if got := names(c.Members(i, records, on)); got != want {
			t.Errorf("group %d is %q, want %q", i, got, want)
		}
	}
}

// Whoever still has to do the course itself is not asked its delta as well.
func TestNobodyIsAskedACourseAndItsDelta(t *testing.T) {
	on := date("2026-11-23")
	busy := works("BUS", "R1")
	busy.Asked = []certificates.SchemeKey{"BASIS"}
	if got := names(law().Members(0, []staffing.Record{busy, works("ROL", "R1")}, on)); got != "ROL" {
		t.Errorf("the group is %q", got)
	}
}

// What was renewed early counts from when it was done, also while the period before still runs.
func TestRenewingEarlyIsDoingIt(t *testing.T) {
	c := law()
	c.Verdicts = []Verdict{{Kind: Full, Scheme: "BASIS", Holders: "BASIS", Version: 3}}
	before, early := holds("BASIS", 2), holds("BASIS", 3)
	early.CompletedOn, early.ValidFrom, early.ValidUntil = date("2026-11-01"), date("2028-01-01"), date("2029-12-31")
	r := []staffing.Record{works("EAR", "R1", before, early)}
	for day, want := range map[string]string{"2026-10-31": "EAR", "2026-11-01": ""} {
		if got := names(c.Members(0, r, date(day))); got != want {
			t.Errorf("on %s the group is %q, want %q", day, got, want)
		}
	}
}

func TestWhoDidNotLearnItDoesNotCountWhereTheChangeSaysSo(t *testing.T) {
	c := law()
	c.PublishedAt = date("2026-11-01").Start()
	c.Verdicts[0].LosesFor = []staff.ActivityID{"P1"}
	p := staffing.Process{Activity: staff.Activity{ID: "P1", Roles: staff.Always("R1")}, PoolMinimum: 2}
	other := p
	other.ID = "P2"
	lazy, done := works("LAZ", "R1"), works("DON", "R1", holds("DELTA", 1))
	records := []staffing.Record{lazy, done}
	for i := range records {
		records[i].Bars = c.Bars(records[i], date("2026-11-23"))
	}
	for day, want := range map[string]int{"2026-12-31": 2, "2027-01-01": 1} {
		if got := len(p.Pool(records, date(day))); got != want {
			t.Errorf("on %s the pool is %d, want %d", day, got, want)
		}
	}
	if got := len(other.Pool(records, date("2027-01-01"))); got != 2 {
		t.Errorf("of another process the pool is %d", got)
	}
	f := p.Forecast(records, date("2026-11-23"), date("2027-02-01"))
	if last := f.Steps[len(f.Steps)-1]; last.Day != date("2027-01-01") || last.Causes[0].Kind != staffing.Outdated || last.Causes[0].Change != "Wmebv" {
		t.Errorf("the last step is %+v", last)
	}
}

func TestWhatIsAskedToBeReadAndByWhen(t *testing.T) {
	c := law()
	c.PublishedAt = date("2026-11-01").Start()
	c.Verdicts = []Verdict{{Kind: Read, Roles: []staff.RoleID{"R1"}, Bulletin: "B1"}}
	made := date("2026-10-20").Start()
	first := Edition{Number: 1, From: date("2026-10-20"), Text: "Dit.", MadeBy: "A", MadeAt: made, ConfirmedBy: "B", ConfirmedAt: made}
	second := Edition{Number: 2, From: date("2026-12-01"), Text: "Dat.", MadeBy: "A", MadeAt: date("2026-11-20").Start(), ConfirmedBy: "B", ConfirmedAt: date("2026-11-21").Start()}
	starter := works("STA", "R1")
	starter.Employments[0].From = date("2026-12-10")
	for _, test := range []struct {
		name     string
		r        staffing.Record
		versions []Edition
		before   string
		day      string
		want     string // version, opens, due
	}{
		{"when it is announced, until the day of the change", works("OLD", "R1"), []Edition{first}, "", "2026-11-23", "1 2026-11-01 2026-12-18"},
		{"the day of the bulletin goes before", works("OLD", "R1"), []Edition{first}, "2026-11-15", "2026-11-23", "1 2026-11-01 2026-11-15"},
		{"a day that was past when it was announced is that day", works("OLD", "R1"), []Edition{first}, "2026-10-25", "2026-11-23", "1 2026-11-01 2026-11-01"},
		{"whoever begins later has two weeks at least", starter, []Edition{first}, "", "2026-12-10", "1 2026-12-10 2026-12-24"},
		{"a new version is asked anew, from the day it holds", works("OLD", "R1"), []Edition{first, second}, "", "2026-12-10", "2 2026-12-01 2026-12-18"},
		{"and until then the old one", works("OLD", "R1"), []Edition{first, second}, "", "2026-11-30", "1 2026-11-01 2026-12-18"},
		{"nobody else", works("NOT", "R2"), []Edition{first}, "", "2026-11-23", ""},
	} {
		b := Bulletin{ID: "B1", Versions: test.versions}
		if test.before != "" {
			b.ReadBefore = date(test.before)
		}
		got := ""
		for _, d := range c.AsksToRead([]staffing.Record{test.r}, map[BulletinID]Bulletin{"B1": b}, date(test.day)) {
			got += fmt.Sprint(d.Number, " ", d.OpensOn, " ", d.DueOn)
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDutiesToReadBeginEndAndReturn(t *testing.T) {
	on := date("2026-11-23")
	duty := func(due string) ReadDuty {
		return ReadDuty{Person: "EVA", Bulletin: "B1", Number: 1, Change: "C", OpensOn: date("2026-11-01"), DueOn: date(due)}
	}
	ended, done, read := duty("2026-12-18"), duty("2026-12-18"), duty("2026-12-18")
	ended.EndedOn, done.DoneOn = on, date("2026-11-10")
	for _, test := range []struct {
		name        string
		have, asked []ReadDuty
		read        bool
		want        []ReadDuty
	}{
		{"a new one", nil, []ReadDuty{duty("2026-12-18")}, false, []ReadDuty{duty("2026-12-18")}},
		{"of two the earliest last day", nil, []ReadDuty{duty("2026-12-18"), duty("2026-12-01")}, false, []ReadDuty{duty("2026-12-01")}},
		{"what was read before it was asked", nil, []ReadDuty{read}, true, nil},
		{"one that is there", []ReadDuty{duty("2026-12-18")}, []ReadDuty{duty("2026-12-18")}, false, nil},
		{"another last day", []ReadDuty{duty("2026-12-18")}, []ReadDuty{duty("2026-12-20")}, false, []ReadDuty{duty("2026-12-20")}},
		{"nothing asks it any more", []ReadDuty{duty("2026-12-18")}, nil, false, []ReadDuty{ended}},
		{"it returns", []ReadDuty{ended}, []ReadDuty{duty("2026-12-18")}, false, []ReadDuty{duty("2026-12-18")}},
		{"what was read stays", []ReadDuty{done}, []ReadDuty{duty("2026-12-20")}, false, nil},
		{"what was read does not end", []ReadDuty{done}, nil, false, nil},
	} {
		got := PlanReading(test.have, test.asked, on, func(ReadDuty) bool { return test.read })
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestSomebodyElseAnnouncesItUnlessItIsUrgent(t *testing.T) {
	c := law()
	c.DraftedBy = "A"
	at := date("2026-12-20").Start().Add(12 * time.Hour) // twelve days before it holds
	for _, test := range []struct {
		name     string
		by       staff.PersonID
		at       time.Time
		urgently bool
		reason   string
		urgent   bool
	}{
		{"somebody else", "B", at, false, "", false},
		{"somebody else needs no urgency", "B", at, true, "", false},
		{"its writer", "A", at, false, "self_approval", false},
		{"its writer with urgency", "A", at, true, "", true},
		{"its writer, long before", "A", date("2026-12-01").Start(), true, "not_urgent", false},
	} {
		got, err := c.Publish(test.by, test.at, test.urgently)
		switch f := fault.Of(err); {
		case f == nil && test.reason != "" || f != nil && f.Reason != test.reason:
			t.Errorf("%s: %v", test.name, err)
		case err == nil && got.Urgent != test.urgent:
			t.Errorf("%s: urgent %v", test.name, got.Urgent)
		}
	}
	urgent, err := c.Publish("A", at, true)
	if err != nil || !urgent.Unseen() {
		t.Fatal(err)
	}
	if _, err := urgent.See("A", at); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("who announced it sees it: %v", err)
	}
	seen, err := urgent.See("B", at)
	if err != nil || seen.Unseen() {
		t.Errorf("somebody else sees it: %v", err)
	}
}

func TestAGateKeepsAReleaseFromHolding(t *testing.T) {
	c := law()
	c.Kind, c.Gate, c.PublishedAt = Application, 80, date("2026-11-01").Start()
	if c.State(date("2027-02-01")) != Published || c.Outdated(works("LAZ", "R1"), date("2027-02-01")) {
		t.Error("it holds before somebody confirmed that it went live")
	}
	at := date("2027-02-03").Start()
	if _, err := c.GoLive(Impact{People: 10, Done: 7}, "A", at); !errors.Is(err, fault.New(fault.Conflict, "", "").Because("gate_closed")) {
		t.Errorf("with seven of ten: %v", err)
	}
	live, err := c.GoLive(Impact{People: 10, Done: 8}, "A", at)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[calendar.Date]State{date("2027-02-02"): Published, date("2027-02-03"): InForce} {
		if got := live.State(day); got != want {
			t.Errorf("on %s it is %s", day, got)
		}
	}
}

// How far few people are is told to nobody who could not see them by name, also not by what is left of a total.
func TestAFewPeopleAreNotCounted(t *testing.T) {
	i := Impact{People: 20, Done: 3, Teams: []TeamImpact{{Team: "A", People: 4, Owing: 1, Minutes: 9}, {Team: "B", People: 10, Owing: 9, Minutes: 9}, {Team: "C", People: 6, Owing: 6, Minutes: 9}}, Groups: []GroupImpact{{Members: make([]staff.PersonID, 4)}, {Members: make([]staff.PersonID, 5)}}}
	for _, test := range []struct{ leads, want string }{{"", "A C"}, {"A", ""}, {"C", "A B"}} {
		shown, hidden := i.Coarse(func(team staff.TeamID) bool { return string(team) == test.leads }), ""
		for _, team := range shown.Teams {
			if team.TooFew {
				hidden += " " + string(team.Team)
				if team.Owing+team.Minutes != 0 {
					t.Errorf("%+v tells", team)
				}
			}
		}
		if hidden != "" {
			hidden = hidden[1:]
		}
		if hidden != test.want || !shown.Groups[0].TooFew || shown.Groups[1].TooFew || shown.TooFew {
			t.Errorf("to who leads %q hidden are %q, want %q", test.leads, hidden, test.want)
		}
	}
	if i.Teams[0].TooFew {
		t.Error("what was read is changed")
	}
	for name, few := range map[string][]TeamImpact{
		"one's own team and a few more": {{Team: "A", People: 20, Owing: 5}, {Team: "B", People: 2, Owing: 1}},
		"one's own team and two of one": {{Team: "A", People: 20, Owing: 5}, {Team: "B", People: 1, Owing: 1}, {Team: "C", People: 1}},
	} {
		if shown := (Impact{People: 22, Done: 16, Teams: few}).Coarse(func(team staff.TeamID) bool { return team == "A" }); !shown.TooFew {
			t.Errorf("%s: the total tells how the others stand", name)
		}
	}
	two := Impact{People: 30, Done: 3, Teams: []TeamImpact{{Team: "A", People: 1}, {Team: "B", People: 1}, {Team: "C", People: 28}}}
	if shown := two.Coarse(func(staff.TeamID) bool { return false }); !shown.Teams[2].TooFew || shown.TooFew {
		t.Errorf("two teams of one: got %+v", shown.Teams)
	}
}
