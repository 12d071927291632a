package changes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
)

var date = calendar.MustParse

// everything knows all that is asked of it but what begins with an X.
var everything = Known{
	Person: is[staff.PersonID], Role: is[staff.RoleID], Process: is[staff.ActivityID], Course: is[courses.CourseKey],
	Scheme: is[certificates.SchemeKey], Article: is[ArticleID], Bulletin: is[BulletinID],
}

func is[T ~string](key T) bool { return key != "" && !strings.HasPrefix(string(key), "X") }

// law is a change that asks a delta of two roles, and of holders of a base scheme who were certified before version 3.
func law() Change {
	return Change{
		ID: "ONTW-01", Title: "Wmebv", Kind: Law, Source: "art. 2:10 Awb", EffectiveOn: date("2027-01-01"), Certainty: Fixed, Phase: Training, Holder: "NAD", Buffer: 14,
		Touches:  Touches{Roles: []staff.RoleID{"R1", "R2"}, Processes: []staff.ActivityID{"P1"}, Schemes: []certificates.SchemeKey{"BASIS"}},
		Verdicts: []Verdict{{Kind: Delta, Roles: []staff.RoleID{"R1"}, Scheme: "DELTA", Holders: "BASIS", Version: 3}},
	}
}

func works(person staff.PersonID, role staff.RoleID, periods ...certificates.Period) staffing.Record {
	return staffing.Record{Person: person, Employments: []staff.Employment{{Person: person, Number: 1, Team: "T1", Role: role, From: date("2020-01-01")}}, Periods: periods}
}

func holds(scheme certificates.SchemeKey, version int) certificates.Period {
	return certificates.Period{Scheme: scheme, CourseVersion: version, ValidFrom: date("2026-01-01"), ValidUntil: date("2027-12-31")}
}

func names(records []staffing.Record) string {
	var all []string
	for _, r := range records {
		all = append(all, string(r.Person))
	}
	return strings.Join(all, " ")
}

func TestTheGroupIsTheNamedRolesAndHoldersOfAnOlderVersion(t *testing.T) {
	on := date("2026-11-23")
	gone := works("GON", "R1")
	gone.Employments[0].Until = date("2026-10-31")
	expired := holds("BASIS", 1)
	expired.ValidUntil = date("2026-11-22")
	records := []staffing.Record{
		works("NEW", "R1", holds("BASIS", 3)), // in the role, on the new version: owes nothing
		works("OLD", "R1", holds("BASIS", 2)),
		works("UNK", "R9", holds("BASIS", 0)), // nobody knows on which version
		works("OUT", "R9", holds("BASIS", 1)), // in no named role, but holds the touched scheme
		works("ROL", "R1"),                    // in the role, holds nothing
		works("EXP", "R9", expired),
		works("NOT", "R9"),
		gone,
	}
	c := law()
	c.Verdicts = c.Verdicts[:1]
	v := &c.Verdicts[0]
	if got := names(c.Members(0, records, on)); got != "OLD UNK OUT ROL" {
		t.Errorf("the group is %s", got)
	}
	v.Holders, v.Version = "", 0 // a delta without a base course looks at roles only
	if got := names(c.Members(0, records, on)); got != "NEW OLD ROL" {
		t.Errorf("without a base course the group is %s", got)
	}
	v.StartersOnly = true
	c.PublishedAt = date("2019-12-31").Start()
	if got := names(c.Members(0, records, on)); got != "NEW OLD ROL" {
		t.Errorf("who started later are %s", got)
	}
	c.PublishedAt = date("2020-01-01").Start()
	if got := names(c.Members(0, records, on)); got != "" {
		t.Errorf("who started before are %s", got)
	}
}

func TestWhoDidNotLearnItIsOutdatedFromTheEffectiveDate(t *testing.T) {
	c := law()
	c.PublishedAt = date("2026-11-01").Start()
	lazy, done := works("LAZ", "R1"), works("DON", "R1", holds("DELTA", 1))
	for _, test := range []struct {
		name string
		r    staffing.Record
		day  string
		want bool
	}{
		{"the day before", lazy, "2026-12-31", false},
		{"on the day", lazy, "2027-01-01", true},
		{"who did it", done, "2027-01-01", false},
		{"whom it is not about", works("NOT", "R9"), "2027-01-01", false},
	} {
		if got := c.Outdated(test.r, date(test.day)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	c.WithdrawnAt = date("2026-12-01").Start()
	if c.Outdated(lazy, date("2027-01-01")) {
		t.Error("a change that was withdrawn makes somebody outdated")
	}
}

func TestAChangeIsDueBeforeItHoldsOrToday(t *testing.T) {
	for _, test := range []struct{ effective, before, today, due, asked string }{
		{"2027-01-01", "", "2026-11-23", "2026-12-18", "2026-12-18"},
		{"2027-01-01", "2026-12-11", "2026-11-23", "2026-12-11", "2026-12-11"},
		{"2026-11-23", "", "2026-11-23", "2026-11-09", "2026-11-23"}, // met spoed
		{"2024-01-01", "", "2026-11-23", "2023-12-18", "2026-11-23"},
		{"", "2026-12-11", "2026-11-23", "2026-12-11", "2026-12-11"},
	} {
		c := Change{Buffer: 14}
		if test.effective != "" {
			c.EffectiveOn = date(test.effective)
		}
		if test.before != "" {
			c.RetrainBefore = date(test.before)
		}
		if got := c.DueOn().String() + " " + c.AskedBy(date(test.today)).String(); got != test.due+" "+test.asked {
			t.Errorf("%v: %s", test, got)
		}
	}
	if (Change{}).Hurried(date("2026-11-23")) {
		t.Error("a change of which the date is not known is late")
	}
}

func TestTheImpactCountsPeopleHoursAndCounters(t *testing.T) {
	c := law()
	c.Verdicts[0].LosesFor = []staff.ActivityID{"P1"}
	c.Verdicts = append(c.Verdicts, Verdict{Kind: Read, Roles: []staff.RoleID{"R1", "R2"}, Bulletin: "B1"}, Verdict{Kind: None, Roles: []staff.RoleID{"R3"}})
	facts := Facts{
		Records:   []staffing.Record{works("A", "R1"), works("B", "R1", holds("DELTA", 1)), works("C", "R2"), works("D", "R3")},
		Processes: []staffing.Process{{Activity: staff.Activity{ID: "P1", Roles: staff.Always("R1", "R2")}, PoolMinimum: 3}, {Activity: staff.Activity{ID: "P2"}}},
		Minutes: func(v Verdict) int {
			if v.Kind == Delta {
				return 30
			}
			return 5
		},
		Read: func(_ BulletinID, p staff.PersonID) bool { return p == "B" },
	}
	i := c.Impact(facts, date("2026-11-23"))
	if i.People != 3 || i.Done != 1 || i.Minutes != 40 || len(i.Teams) != 1 || i.Teams[0] != (TeamImpact{Team: "T1", People: 3, Owing: 2, Minutes: 40}) {
		t.Errorf("the impact is %+v", i)
	}
	if g := i.Groups[1]; g.Done() != 1 || !slices.Equal(g.Owing, []staff.PersonID{"A", "C"}) {
		t.Errorf("the readers are %+v", g)
	}
	if len(i.Counters) != 1 || i.Counters[0].Pool != 3 || i.Counters[0].After != 2 || !i.Counters[0].Below() || i.Counters[0].On != date("2027-01-01") {
		t.Errorf("the counters are %+v", i.Counters)
	}
	c.Verdicts[0].LosesFor = nil // the default: outdated, and still counted
	if got := c.Impact(facts, date("2026-11-23")).Counters[0]; got.After != 3 || got.Below() {
		t.Errorf("where nothing is lost the counter is %+v", got)
	}
}

func TestWhatIsWithdrawnCountsNoMoreForItsProcesses(t *testing.T) {
	c := law()
	c.Verdicts = []Verdict{{Kind: Withdraw, Scheme: "BASIS", Holders: "BASIS", Version: 3}}
	p := staffing.Process{Activity: staff.Activity{ID: "P1", Roles: staff.Always("R1")}, All: []certificates.SchemeKey{"BASIS"}, PoolMinimum: 2}
	facts := Facts{Records: []staffing.Record{works("A", "R1", holds("BASIS", 1)), works("B", "R1", holds("BASIS", 3))}, Processes: []staffing.Process{p}, Minutes: func(Verdict) int { return 0 }, Read: func(BulletinID, staff.PersonID) bool { return false }}
	if got := c.Impact(facts, date("2026-11-23")).Counters[0]; got.Pool != 2 || got.After != 1 || !got.Below() {
		t.Errorf("the counter is %+v", got)
	}
}

func TestEveryMistakeInAChangeIsToldAtOnce(t *testing.T) {
	if err := law().Check(everything); err != nil {
		t.Errorf("a good change is refused: %v", err)
	}
	c := Change{
		ID: "x y", Kind: "weather", Certainty: Fixed, Phase: "later", Holder: "XX", Deputy: "XX", Buffer: -1, Gate: 101, Touches: Touches{Roles: []staff.RoleID{"R1", "R1"}, Schemes: []certificates.SchemeKey{"XS"}},
		Origins: []Origin{"moon"}, Verdicts: []Verdict{{Kind: Delta, Scheme: "XS"}, {Kind: Read, Roles: []staff.RoleID{"R1"}, Bulletin: "XB"}, {Kind: Full, Scheme: "S", Roles: []staff.RoleID{"R1"}}},
	}
	var at []string
	for _, f := range fault.Of(c.Check(everything)).Fields {
		at = append(at, f.Path)
	}
	for _, want := range []string{"id", "title", "source", "kind", "phase", "origins[0]", "certainty", "buffer", "gate", "holder", "deputy", "roles[1]", "schemes[0]", "verdicts[0].roles", "verdicts[0].scheme", "verdicts[1].bulletin", "verdicts[2].holders", "retrainBefore"} {
		if !slices.Contains(at, want) {
			t.Errorf("nothing is said of %s, only of %v", want, at)
		}
	}
}

func TestAChangeIsPublishedOnce(t *testing.T) {
	c := law()
	if err := c.Publishable(); err != nil {
		t.Error(err)
	}
	c.PublishedAt = time.Now()
	refuses(t, c.Publishable(), fault.Conflict, "published")
	refuses(t, c.Editable(), fault.Conflict, "published")
	c.WithdrawnAt = time.Now()
	refuses(t, c.Publishable(), fault.Conflict, "withdrawn")
	refuses(t, Change{}.Publishable(), fault.Invalid, "change")
}

func TestAtMostOneVersionOfABulletinIsValidOnADay(t *testing.T) {
	b := Bulletin{ID: "B1", Topic: "Berichtenbox", Law: "Awb", Holder: "NAD"}
	var err error
	for i, from := range []string{"2026-10-05", "2027-01-01", "2027-03-01"} {
		if b, err = b.Add(Edition{From: date(from), Title: fmt.Sprint("versie ", i+1), Text: "tekst", MadeBy: "NAD"}); err != nil {
			t.Fatal(err)
		}
		if err := b.Check(everything); err != nil {
			t.Error(err)
		}
		if anew, err := b.Add(Edition{From: date("2028-01-01")}); err != nil || len(anew.Versions) != i+1 {
			t.Errorf("what waits is not written anew: %v", err)
		}
		if _, err := b.Confirm(len(b.Versions), "NAD", time.Now()); !errors.Is(err, madeByYou) {
			t.Errorf("who made it confirms it: %v", err)
		}
		if i == 2 {
			break // the last one is never confirmed
		}
		if _, err := b.Confirm(len(b.Versions)-1, "ELS", time.Now()); !errors.Is(err, nothingWaits) {
			t.Errorf("an older version than waits: %v", err)
		}
		if b, err = b.Confirm(len(b.Versions), "ELS", time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	for day, want := range map[string]int{"2026-10-04": 0, "2026-10-05": 1, "2026-12-31": 1, "2027-01-01": 2, "2027-03-01": 2} {
		if e, _ := b.On(date(day)); e.Number != want {
			t.Errorf("on %s version %d is valid, not %d", day, e.Number, want)
		}
	}
	if got := b.Until(1); got != date("2026-12-31") {
		t.Errorf("version 1 is valid until %s", got)
	}
	b.Versions[2].Urgent = true
	if _, err := b.Add(Edition{From: date("2028-01-01")}); !errors.Is(err, oneWaits) {
		t.Errorf("what people could read already is written anew: %v", err)
	}
	if e, _ := b.On(date("2027-03-01")); e.Number != 3 {
		t.Error("what cannot wait does not go out")
	}
	if !b.Mentions("awb VERSIE", date("2026-10-05")) || b.Mentions("paspoort", date("2026-10-05")) || b.Mentions("awb", date("2020-01-01")) {
		t.Error("a bulletin is not found by its words as valid on a day")
	}
	b.Versions[2].From = date("2027-01-01")
	refuses(t, b.Check(everything), fault.Invalid, "bulletin")
}

func TestASignalKeepsItsFate(t *testing.T) {
	s := Signal{ID: "S1", Title: "Waar gaat dit over?", Origin: Residents, Fate: New}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	for fate, decision := range map[Fate]string{New: "x", Declined: "", Linked: "zonder wijziging", Answered: "zonder bulletin", "lost": "x"} {
		_, err := s.Decide(fate, decision, "", "", "LEA", date("2026-11-23"))
		refuses(t, err, fault.Invalid, "signal")
	}
	s, err := s.Decide(Linked, "Hoort bij de Wmebv.", "ONTW-01", "", "LEA", date("2026-11-23"))
	if err != nil || s.Fate != Linked || s.DecidedBy != "LEA" || s.DecidedOn != date("2026-11-23") {
		t.Errorf("the signal is %+v, %v", s, err)
	}
}

func TestTheRegisterShowsWhatAnArticleTouches(t *testing.T) {
	r := Register{
		{ID: "W1", Source: "Awb", Article: "art. 2:1", Course: "A", Questions: []courses.QuestionID{"1"}, Scheme: "S"},
		{ID: "W2", Source: "Awb", Article: "art. 2:10", Course: "A", Questions: []courses.QuestionID{"2", "3"}, Scheme: "S", Change: "ONTW-01"},
		{ID: "W3", Source: "AVG", Article: "art. 5", Course: "B", Scheme: "T"},
	}
	if reach := r.Reach("awb", ""); len(reach.Articles) != 2 || reach.Questions != 3 || len(reach.Courses) != 1 || len(reach.Schemes) != 1 {
		t.Errorf("the Awb touches %+v", reach)
	}
	if reach := r.Reach("", "ONTW-01"); len(reach.Articles) != 1 || reach.Articles[0].ID != "W2" {
		t.Errorf("the change touches %+v", reach)
	}
}

func TestAnAggregateOfFewPeopleTellsNothing(t *testing.T) {
	if r := Share(3, 4); !r.TooFew {
		t.Errorf("four people give %+v", r)
	}
	if r := Share(199, 200); r.Value != 99 {
		t.Errorf("all but one is %d %%", r.Value)
	}
	if r := Median([]int{1, 2, 3, 9}); !r.TooFew {
		t.Errorf("four people give %+v", r)
	}
	if r := Median([]int{9, 1, 3, 2, 40}); r.Value != 3 {
		t.Errorf("the median is %d", r.Value)
	}
	if r := Median(nil); !r.Unknown {
		t.Errorf("nobody gives %+v", r)
	}
	least, most := Objective{Norm: 10}, Objective{Norm: 10, AtMost: true}
	if !least.Reached(Reading{Value: 10}) || least.Reached(Reading{Value: 9}) || !most.Reached(Reading{Value: 10}) || most.Reached(Reading{Value: 11}) || most.Reached(Reading{Unknown: true}) {
		t.Error("a norm is not judged rightly")
	}
}

func refuses(t *testing.T, err error, kind fault.Kind, reason string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, "", "").Because(reason)) {
		t.Errorf("got %v, want fault %d with reason %q", err, kind, reason)
	}
}
