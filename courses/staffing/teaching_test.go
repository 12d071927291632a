package staffing

import (
	"fmt"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/courses/staff"
)

// needs says what a process needs in a month, what it has and how many there could be.
func needs(t *Teaching, month string) string {
	var text []string
	for _, n := range t.Needs {
		if n.First.String() == month {
			text = append(text, fmt.Sprintf("%d %s-%s %d of %d, at most %d", n.Day, n.From, n.To, n.Has, n.Minimum, n.Most))
		}
	}
	return strings.Join(text, "\n")
}

func TestWhatAProcessNeedsMonthByMonth(t *testing.T) {
	p := desk()
	p.Windows[0].Days = p.Windows[0].Days[:1]
	bob := eva()
	bob.Person, bob.Periods[0].ValidUntil = "BOB", 0
	bob.Rosters[0].Days[1] = Hours{510, 780} // until 13:00
	cas := eva()
	cas.Person, cas.Employments[0].Role = "CAS", "R2"
	records := []Record{eva(), bob, cas}
	for i := range records {
		records[i].Employments[0].Person = records[i].Person
	}
	is := NewTeaching([]Process{p}, records, today, 3)
	if is.Until != date("2027-01-31") || len(is.Months) != 3 || is.Months[0] != today || is.Months[1] != date("2026-12-01") {
		t.Error("the months are", is.Months, is.Until)
	}
	if got, want := needs(is, "2026-11-23"), "0 00:00-00:00 2 of 2, at most 2\n1 09:00-13:00 2 of 2, at most 2\n1 13:00-17:00 1 of 2, at most 1"; got != want {
		t.Errorf("November:\n%s", got)
	}
	// EVA's certificate ends on 1 December: she does not count for that month.
	if got, want := needs(is, "2026-12-01"), "0 00:00-00:00 1 of 2, at most 2\n1 09:00-13:00 1 of 2, at most 2\n1 13:00-17:00 0 of 2, at most 1"; got != want {
		t.Errorf("December:\n%s", got)
	}
	renewed := records[0].With([]certificates.Period{{Scheme: "A", ValidFrom: date("2026-12-02"), ValidUntil: date("2027-12-01")}})
	if got := is.Counts(renewed, 0); len(got) != len(is.Needs) {
		t.Error("with a renewal she counts for", got)
	}
	if len(records[0].Periods) != 2 {
		t.Error("her record changed")
	}
	late := records[0].With([]certificates.Period{{Scheme: "A", ValidFrom: date("2026-12-15"), ValidUntil: date("2027-12-14")}})
	for _, n := range is.Counts(late, 0) {
		if is.Needs[n].First == date("2026-12-01") {
			t.Error("who is qualified for a part of a month counts for it")
		}
	}
	p.Later = []Process{p}
	p.Later[0].From, p.Later[0].PoolMinimum, p.Later[0].All = date("2027-01-01"), 9, []certificates.SchemeKey{"A", "D"}
	if got := needs(NewTeaching([]Process{p}, records, today, 3), "2027-01-01"); !strings.HasPrefix(got, "0 00:00-00:00 0 of 9") {
		t.Errorf("what it asks later:\n%s", got)
	}
}

func TestTheTimeToLearnIsWithinWork(t *testing.T) {
	r := eva()
	free := func(monday string) int { return r.LearningTime(date("2026-11-25"), 240)(date(monday)) }
	if got := free("2026-11-30"); got != 240 {
		t.Error("a usual week has", got)
	}
	if got := free("2026-11-23"); got != 240*3/5 {
		t.Error("a week that has begun has", got)
	}
	r.Leave = []Leave{{From: date("2026-11-30"), Until: date("2026-12-02"), Part: WholeDay, Approved: true}, {From: date("2026-12-03"), Until: date("2026-12-04"), Part: WholeDay}}
	if got := free("2026-11-30"); got != 240*2/5 {
		t.Error("a week with three days of leave has", got)
	}
	r.Learning = []Learning{{Day: date("2026-12-10"), From: 540, To: 720}}
	if got := free("2026-12-07"); got != 60 {
		t.Error("beside three hours of other learning there is", got)
	}
	r.Rosters, r.Learning = nil, nil
	if got := free("2026-11-30"); got != 240 {
		t.Error("where nobody knows when she works there is", got)
	}
	r.Employments = []staff.Employment{}
	if got := free("2026-11-30"); got != 240 {
		t.Error("without work there is", got)
	}
}

func TestAGapSaysWhatElseHelps(t *testing.T) {
	need := Need{First: date("2027-01-01"), Last: date("2027-01-31"), Minimum: 4, Has: 2, Most: 3}
	for kind, want := range map[GapKind]string{
		TooFew:    "In januari 2027 zijn er nog 2 te weinig. Er zijn maar 3 mensen met deze rol. Geef een collega de rol, of kies voor werven of lenen.",
		NoOffer:   "In januari 2027 zijn er nog 2 te weinig. Hiervoor is geen leeraanbod: A. Vraag P&O om aanbod, of kies voor werven of lenen.",
		TooLate:   "In januari 2027 zijn er nog 2 te weinig. Er is niemand die dit binnen de tijd kan leren: werven of lenen.",
		NotAsking: "In januari 2027 zijn er nog 2 te weinig. Wie dit kan leren, gaat hier weg of is niet gevraagd: werven of lenen.",
	} {
		if got, english := (Gap{Need: need, Until: need.Last, Missing: 2, Kind: kind, Schemes: []certificates.SchemeKey{"A"}}).Words(); got != want || !strings.HasPrefix(english, "In January 2027 there are still 2 too few. ") {
			t.Error(got, english)
		}
	}
	need.Day, need.From, need.To = 2, 780, 1020
	got, english := Gap{Need: need, Until: date("2027-03-31"), Missing: 1, Kind: TooFew}.Words()
	if got != "In januari 2027, op dinsdag van 13:00 tot 17:00 is er nog 1 te weinig. Dit speelt tot en met maart 2027. Op dat moment staan er maar 3 mensen met deze rol op het rooster. Kijk of het rooster anders kan." ||
		english != "In January 2027, on Tuesday from 13:00 to 17:00 there is still 1 too few. This goes on until March 2027. Only 3 people with this role are on the roster then. See whether the roster can change." {
		t.Error(got, english)
	}
	if got, english := need.Without(4, 3); got != "Zonder dit zijn er 3 in januari 2027, op dinsdag van 13:00 tot 17:00: er zijn 4 nodig. Zo is het in 3 maanden." || english != "Without this there are 3 in January 2027, on Tuesday from 13:00 to 17:00: 4 are needed. So it is in 3 months." {
		t.Error(got, english)
	}
}
