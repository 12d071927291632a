package outlook

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

var date = calendar.MustParse

// A town is a small municipality.
type town struct {
	rules   Rules
	people  []Record
	members map[staff.TeamID]int
	today   calendar.Date
}

// drawTown makes a town of a few people in two teams with three schemes, and all that can be true of them.
func drawTown(t *rapid.T) town {
	today := date("2026-11-23")
	near := func(what string, before, after int) calendar.Date {
		return today.AddDays(rapid.IntRange(-before, after).Draw(t, what))
	}
	w := town{rules: Rules{Schemes: make(certificates.Book), Requirements: make(map[certificates.SchemeKey][]certificates.Requirement)}, members: make(map[staff.TeamID]int), today: today}
	for _, key := range []certificates.SchemeKey{"A", "B", "C"} {
		s := drawScheme(t, key)
		w.rules.Schemes[key] = []certificates.Scheme{s}
		if rapid.IntRange(0, 3).Draw(t, "versions") == 0 {
			next := drawScheme(t, key)
			next.Version, next.AppliesFrom = 2, near("applies", 0, 400)
			w.rules.Schemes[key] = append(w.rules.Schemes[key], next)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "requirements") {
			r := certificates.Requirement{ID: fmt.Sprint(key, i), Scheme: key, SubjectKind: certificates.ForTeam, Subject: rapid.SampledFrom([]string{"T1", "T2"}).Draw(t, "asked"), InductionDays: rapid.IntRange(0, 90).Draw(t, "induction")}
			if rapid.Bool().Draw(t, "everybody") {
				r.SubjectKind, r.Subject = certificates.ForEverybody, ""
			}
			if rapid.IntRange(0, 3).Draw(t, "since") == 0 {
				r.Since = near("since day", 200, 200)
			}
			w.rules.Requirements[key] = append(w.rules.Requirements[key], r)
		}
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "people") {
		r := Record{Person: staff.PersonID(fmt.Sprint("P", i))}
		e := staff.Employment{Person: r.Person, Number: 1, Team: rapid.SampledFrom([]staff.TeamID{"T1", "T2"}).Draw(t, "team"), From: near("from", 1500, 100)}
		if rapid.IntRange(0, 2).Draw(t, "leaves") == 0 {
			e.Until = max(e.From, near("until", 100, 700))
		}
		r.Employments = append(r.Employments, e)
		if e.On(today) {
			w.members[e.Team]++
		}
		for _, key := range []certificates.SchemeKey{"A", "B", "C"} {
			if rapid.Bool().Draw(t, "holds") {
				r.hold(t, w.rules.Schemes[key][0], near("achieved", 900, 0))
			}
			if rapid.IntRange(0, 4).Draw(t, "decided") == 0 {
				from := near("decided from", 60, 300)
				r.Decisions = append(r.Decisions, certificates.Decision{Kind: certificates.Extension, Person: r.Person, Scheme: key, Cycle: rapid.IntRange(1, 3).Draw(t, "cycle"), From: from, Until: from.AddDays(rapid.IntRange(0, 90).Draw(t, "long"))})
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "away") == 0 {
			away := certificates.Decision{Kind: certificates.Absence, Person: r.Person, From: near("away from", 60, 300)}
			if rapid.IntRange(0, 2).Draw(t, "returns") > 0 {
				away.Until = away.From.AddDays(rapid.IntRange(0, 200).Draw(t, "away long"))
			}
			r.Decisions = append(r.Decisions, away)
		}
		slices.SortStableFunc(r.Decisions, func(a, b certificates.Decision) int { return cmp.Compare(a.From, b.From) })
		for _, key := range []certificates.SchemeKey{"A", "B", "C"} { // as the sweep left it this morning
			if duty, ok := r.file(key, w.rules.Requirements[key]).Due(today); ok {
				r.Duties = append(r.Duties, duty)
			}
		}
		w.people = append(w.people, r)
	}
	return w
}

func drawScheme(t *rapid.T, key certificates.SchemeKey) certificates.Scheme {
	months := rapid.SampledFrom([]int{3, 6, 12, 24}).Draw(t, "months")
	return certificates.Scheme{
		Key: key, Version: 1, Title: "Scheme " + string(key), Months: months, Method: rapid.SampledFrom([]certificates.Method{certificates.MethodPrevious, certificates.MethodCompletion, certificates.MethodLater}).Draw(t, "method"),
		WindowMonths: rapid.IntRange(0, 2).Draw(t, "window"), GraceMonths: rapid.IntRange(0, 2).Draw(t, "grace"), Minutes: 480, RefresherMinutes: rapid.SampledFrom([]int{0, 60}).Draw(t, "minutes"),
		Components: []certificates.Component{{Kind: certificates.ComponentExternal, Title: "diploma"}},
	}
}

// hold gives a person a period, and sometimes takes it away.
func (r *Record) hold(t *rapid.T, s certificates.Scheme, on calendar.Date) {
	next, err := certificates.NextPeriod(s, nil, on)
	if err != nil {
		t.Fatal(err)
	}
	p := certificates.Period{Person: r.Person, Scheme: s.Key, SchemeVersion: 1, Cycle: 1, Anchor: on, Term: 1, CompletedOn: on, ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil}
	if rapid.IntRange(0, 6).Draw(t, "revoked") == 0 {
		p.RevokedOn = on.AddDays(rapid.IntRange(1, 900).Draw(t, "revoked on"))
	}
	r.Periods = append(r.Periods, p)
}

func (w town) forecast(months int) Forecast {
	f := NewForecast(w.today, months)
	for _, r := range w.people {
		f.Add(r, w.rules, func(certificates.SchemeKey) calendar.Date { return 0 })
	}
	f.Sort()
	return f
}

// A done is what somebody does on a day.
type done struct {
	person  staff.PersonID
	scheme  certificates.SchemeKey
	on      calendar.Date
	minutes int
}

// dayByDay looks at every single day of the town: whoever has a duty whose last day it is, or was, does it then.
func (w town) dayByDay(until calendar.Date) (all []done, expiries map[staff.PersonID]int) {
	expiries = make(map[staff.PersonID]int)
	for _, r := range w.people {
		for key, requirements := range w.rules.Requirements {
			f := r.file(key, requirements)
			free := w.today
			counted := calendar.Date(0)
			for day := w.today; day <= until; day = day.AddDays(1) {
				if last := f.Last(); last != nil && !last.ValidUntil.IsZero() && last.ValidUntil >= w.today && last.ValidUntil.AddDays(1) == day && !last.RevokedBy(day) && len(f.Demanding(day)) > 0 {
					expiries[r.Person]++
					counted = last.ValidUntil
				}
				duty, open := f.Due(day)
				if !open || day < max(duty.DueOn, free) || f.Away(day) || len(f.Demanding(day.AddDays(1))) == 0 {
					continue
				}
				scheme := w.rules.scheme(key, day)
				before := f.Last()
				next, err := certificates.NextPeriod(*scheme, before, day)
				if err != nil || !next.Counts {
					continue
				}
				if before != nil && before.ValidUntil >= w.today && before.ValidUntil != counted && before.ValidUntil <= until {
					expiries[r.Person]++
					counted = before.ValidUntil
				}
				f.Periods = append(slices.Clone(f.Periods), certificates.Period{Person: r.Person, Scheme: key, Cycle: f.Cycle(), Anchor: next.Anchor, Term: next.Term, CompletedOn: day, ValidFrom: next.ValidFrom, ValidUntil: next.ValidUntil, WindowOpensOn: next.WindowOpensOn, GraceUntil: next.GraceUntil})
				all = append(all, done{r.Person, key, day, scheme.MinutesOn(next.Path)})
				free = day.AddDays(1)
			}
		}
	}
	slices.SortFunc(all, func(a, b done) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.scheme, b.scheme), cmp.Compare(a.on, b.on))
	})
	return all, expiries
}

func TestAForecastComesToTheSameAsLivingThroughEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawTown(t)
		f := w.forecast(14)
		want, expiries := w.dayByDay(f.Until())
		var got []done
		expired := make(map[staff.PersonID]int)
		for _, n := range f.Renewals {
			if !n.On.IsZero() {
				got = append(got, done{n.Person, n.Scheme, n.On, n.Minutes})
			}
			if !n.Expires.IsZero() {
				expired[n.Person]++
			}
		}
		slices.SortFunc(got, func(a, b done) int {
			return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.scheme, b.scheme), cmp.Compare(a.on, b.on))
		})
		if !slices.Equal(got, want) {
			t.Fatalf("the forecast says\n%v\nday by day it is\n%v", got, want)
		}
		if !maps.Equal(expired, expiries) {
			t.Fatalf("the forecast counts expiries %v, day by day there are %v", expired, expiries)
		}
		minutes, all := 0, f.All()
		for _, m := range all {
			minutes += m.Minutes()
		}
		for _, d := range want {
			minutes -= d.minutes
		}
		if minutes != 0 {
			t.Fatalf("the months have %d minutes more than what is done in them", minutes)
		}
	})
}

func TestWithNobodyRenewingAWalkIsWhatTheSweepDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawTown(t)
		until := w.today.AddDays(500)
		for _, r := range w.people {
			for key, requirements := range w.rules.Requirements {
				f := r.file(key, requirements)
				want, _ := f.Advance(w.today, until)
				var got []certificates.Change
				for s := range Walk(f, w.rules, w.today, until, Never) {
					got = append(got, s.Change)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%s %s: got\n%v\nwant\n%v", r.Person, key, got, want)
				}
			}
		}
	})
}

func TestASpreadKeepsToTheWindowsAndToTheShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawTown(t)
		f := w.forecast(14)
		p := f.Spread(w.members)
		type teamScheme struct {
			team   staff.TeamID
			scheme certificates.SchemeKey
		}
		atMost := make(map[teamScheme]int)
		for _, g := range p.Groups {
			atMost[teamScheme{g.Team, g.Scheme}] = g.AtMost
		}
		load := make(map[teamScheme]map[calendar.Date]int)
		crowd := make(map[teamWeek]map[staff.PersonID]bool)
		jobs := make(map[teamScheme][]*job)
		for _, a := range p.Weeks {
			at := teamScheme{a.Team, a.Scheme}
			if a.Week != a.Week.Monday() || a.Week.AddDays(6) < max(a.Opens, w.today) || a.Week > a.Due {
				t.Fatalf("the week of %s is not between %s and %s", a.Week, a.Opens, a.Due)
			}
			if load[at] == nil {
				load[at] = make(map[calendar.Date]int)
			}
			if load[at][a.Week]++; load[at][a.Week] > atMost[at] {
				t.Fatalf("%v has more than %d in the week of %s", at, atMost[at], a.Week)
			}
			if crowd[teamWeek{a.Team, a.Week}] == nil {
				crowd[teamWeek{a.Team, a.Week}] = make(map[staff.PersonID]bool)
			}
			crowd[teamWeek{a.Team, a.Week}][a.Person] = true
			jobs[at] = append(jobs[at], newJob(a.Renewing, w.today))
		}
		for at, some := range jobs {
			if atMost[at] > 1 && possible(some, atMost[at]-1) {
				t.Fatalf("%v would do with %d a week", at, atMost[at]-1)
			}
		}
		for at, people := range crowd {
			told := slices.ContainsFunc(p.Stuck, func(s Stuck) bool { return s.Reason == StuckTogether && s.Team == at.team })
			if w.members[at.team] > 1 && len(people) >= w.members[at.team] && !told {
				t.Fatalf("all %d of %s train in the week of %s and nobody says so", len(people), at.team, at.week)
			}
		}
		given := len(p.Weeks)
		for _, s := range p.Stuck {
			if s.Reason != StuckTogether {
				given++
			}
		}
		for _, n := range f.Renewals {
			if n.First && !n.On.IsZero() {
				given--
			}
		}
		if given != 0 {
			t.Fatalf("%d renewals were lost or made", given)
		}
	})
}

// possible tries every way to give each job a week.
func possible(jobs []*job, atMost int) bool {
	load := make(map[calendar.Date]int)
	var try func(jobs []*job) bool
	try = func(jobs []*job) bool {
		if len(jobs) == 0 {
			return true
		}
		for week := jobs[0].first; week <= jobs[0].last; week += 7 {
			if load[week] < atMost {
				load[week]++
				if try(jobs[1:]) {
					return true
				}
				load[week]--
			}
		}
		return false
	}
	return try(jobs)
}
