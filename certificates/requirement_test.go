package certificates

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

func TestOnWhomARequirementFalls(t *testing.T) {
	job := func(role, team, from, until string) staff.Employment {
		return staff.Employment{Person: "P", Role: staff.RoleID(role), Team: staff.TeamID(team), From: date(from), Until: day(until)}
	}
	task := func(kind staff.DesignationKind, from, until string) staff.Designation {
		return staff.Designation{Person: "P", Kind: kind, From: day(from), Until: day(until)}
	}
	role := Requirement{SubjectKind: ForRole, Subject: "R1"}
	since := func(r Requirement, from, until string) Requirement {
		r.Since, r.Until = day(from), day(until)
		return r
	}
	for _, tt := range []struct {
		name         string
		requirement  Requirement
		employments  []staff.Employment
		designations []staff.Designation
		want         string // stretches, "from/last", last empty where there is none
	}{
		{"a role", role, []staff.Employment{job("R1", "T1", "2025-01-01", "")}, nil, "2025-01-01/"},
		{"another role", role, []staff.Employment{job("R2", "T1", "2025-01-01", "")}, nil, ""},
		{"a team", Requirement{SubjectKind: ForTeam, Subject: "T1"}, []staff.Employment{job("R2", "T1", "2025-01-01", "2025-12-31")}, nil, "2025-01-01/2025-12-31"},
		{"one person", Requirement{SubjectKind: ForPerson, Subject: "P"}, []staff.Employment{job("R2", "T1", "2025-01-01", "")}, nil, "2025-01-01/"},
		{"another person", Requirement{SubjectKind: ForPerson, Subject: "Q"}, []staff.Employment{job("R2", "T1", "2025-01-01", "")}, nil, ""},
		{"everybody, but nobody who is not employed", Requirement{SubjectKind: ForEverybody}, nil, nil, ""},
		{"a requirement that starts later", since(role, "2025-06-01", ""), []staff.Employment{job("R1", "T1", "2025-01-01", "")}, nil, "2025-06-01/"},
		{"a requirement that is withdrawn", since(role, "", "2025-06-30"), []staff.Employment{job("R1", "T1", "2025-01-01", "2025-12-31")}, nil, "2025-01-01/2025-06-30"},
		{"a requirement that was withdrawn before", since(role, "", "2024-12-31"), []staff.Employment{job("R1", "T1", "2025-01-01", "")}, nil, ""},
		{"a renewed contract is one stretch", role, []staff.Employment{job("R1", "T1", "2025-01-01", "2025-06-30"), job("R1", "T2", "2025-07-01", "")}, nil, "2025-01-01/"},
		{"two contracts that overlap are one stretch", role, []staff.Employment{job("R1", "T2", "2025-03-01", "2025-04-30"), job("R1", "T1", "2025-01-01", "2025-06-30")}, nil, "2025-01-01/2025-06-30"},
		{"a gap of a day makes two", role, []staff.Employment{job("R1", "T1", "2025-01-01", "2025-06-30"), job("R1", "T1", "2025-07-02", "")}, nil, "2025-01-01/2025-06-30 2025-07-02/"},
		{"a task counts while one is employed", Requirement{SubjectKind: ForDesignation, Subject: "bhv"}, []staff.Employment{job("R1", "T1", "2025-01-01", "2025-06-30")}, []staff.Designation{task("bhv", "2024-01-01", "2026-12-31"), task("ciso", "", "")}, "2025-01-01/2025-06-30"},
		{"a task without dates counts from the first day", Requirement{SubjectKind: ForDesignation, Subject: "bhv"}, []staff.Employment{job("R1", "T1", "2025-01-01", "")}, []staff.Designation{task("bhv", "", "")}, "2025-01-01/"},
		{"work that one's role came into and went out of", Requirement{SubjectKind: ForProcess, Roles: []staff.RoleStretch{{Role: "R1", From: date("2025-03-01"), Until: date("2025-04-30")}, {Role: "R1", Until: date("2024-12-31")}}}, []staff.Employment{job("R1", "T1", "2025-01-01", "")}, nil, "2025-03-01/2025-04-30"},
		{"for starters only, and somebody was there before", Requirement{SubjectKind: ForEverybody, StartersOnly: true, Since: date("2025-02-01")}, []staff.Employment{job("R1", "T1", "2025-01-31", "")}, nil, ""},
		{"for starters only, and somebody starts that day", Requirement{SubjectKind: ForEverybody, StartersOnly: true, Since: date("2025-02-01")}, []staff.Employment{job("R1", "T1", "2025-02-01", "")}, nil, "2025-02-01/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for i, d := range Demands([]Requirement{tt.requirement}, "P", tt.employments, tt.designations) {
				if i > 0 {
					got += " "
				}
				got += fmt.Sprintf("%s/%s", d.From, d.Last)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// day reads a date; empty is none.
func day(text string) calendar.Date {
	if text == "" {
		return 0
	}
	return date(text)
}

// TestADemandHoldsOnTheDaysItShould compares the stretches with the employments, day by day.
func TestADemandHoldsOnTheDaysItShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		requirement := Requirement{SubjectKind: ForRole, Subject: "R1"}
		start := date("2025-01-01")
		var employments []staff.Employment
		for range rapid.IntRange(0, 4).Draw(t, "employments") {
			e := staff.Employment{Role: staff.RoleID(rapid.SampledFrom([]string{"R1", "R2"}).Draw(t, "role")), From: start.AddDays(rapid.IntRange(0, 60).Draw(t, "from"))}
			if rapid.Bool().Draw(t, "ends") {
				e.Until = e.From.AddDays(rapid.IntRange(0, 30).Draw(t, "length"))
			}
			employments = append(employments, e)
		}
		if rapid.Bool().Draw(t, "since") {
			requirement.Since = start.AddDays(20)
		}
		if rapid.Bool().Draw(t, "until") {
			requirement.Until = start.AddDays(50)
		}
		demands := Demands([]Requirement{requirement}, "P", employments, nil)
		for day := start; day < start.AddDays(120); day++ {
			should := day >= requirement.Since && (requirement.Until.IsZero() || day <= requirement.Until) &&
				slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Role == "R1" && e.On(day) })
			holding := 0
			for _, d := range demands {
				if d.On(day) {
					holding++
				}
			}
			if should != (holding == 1) || holding > 1 {
				t.Fatalf("%s: should %v, %d hold: %+v", day, should, holding, demands)
			}
		}
		if !slices.IsSortedFunc(demands, func(a, b Demand) int { return int(a.From) - int(b.From) }) {
			t.Fatal("not in order of their first day")
		}
	})
}

func TestWhyHasASentenceForEachKindOfRequirement(t *testing.T) {
	var demands []Demand
	for _, kind := range []SubjectKind{ForEverybody, ForRole, ForDesignation, ForTeam, ForPerson} {
		demands = append(demands, Demand{Requirement: Requirement{SubjectKind: kind, SubjectName: "balie", Citation: "art. 1"}, From: date("2026-01-15")})
	}
	dutch, english := File{Demands: demands}.Why(date("2026-01-15"))
	if len(dutch) != 6 || len(english) != 6 || len(slices.Compact(slices.Sorted(slices.Values(dutch)))) != 6 {
		t.Errorf("got %q", dutch)
	}
	if dutch, _ := (File{Demands: demands}).Why(date("2026-01-14")); len(dutch) > 0 {
		t.Errorf("the day before: %q", dutch)
	}
}

func TestWhyTellsSinceWhenSomebodyIsThatAndSinceWhenItIsAsked(t *testing.T) {
	requirement := Requirement{Scheme: "S", SubjectKind: ForRole, Subject: "R", SubjectName: "medewerker balie", Citation: "art. 1"}
	work := []staff.Employment{{Person: "P", Role: "R", From: date("2009-05-01")}}
	for _, tt := range []struct{ since, want string }{
		{"", "Omdat je sinds 1 mei 2009 medewerker balie bent (art. 1)."},
		{"2008-01-01", "Omdat je sinds 1 mei 2009 medewerker balie bent (art. 1)."},
		{"2026-11-23", "Omdat je sinds 1 mei 2009 medewerker balie bent. Dit moet sinds 23 november 2026 (art. 1)."},
	} {
		requirement.Since = date(tt.since)
		f := File{Demands: Demands([]Requirement{requirement}, "P", work, nil)}
		if dutch, _ := f.Why(date("2026-12-01")); dutch[0] != tt.want {
			t.Errorf("since %s: %q", tt.since, dutch[0])
		}
	}
}
