package academy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bekwaam/certificates"
	"bekwaam/certificates/outlook"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// took gives somebody a period of BALIE that they got elsewhere.
func (s *scene) took(person staff.PersonID, on string) {
	s.t.Helper()
	achieved := date(on)
	s.must(s.TakeOver(ctx, staff.Actor{}, []academy.Held{{Person: person, Scheme: "BALIE", AchievedOn: achieved, ValidUntil: achieved.TermEnd(12), Source: "toets"}}))
}

// standingsOf writes how everybody in a report stands.
func standingsOf(c academy.Compliance) string {
	var lines []string
	for _, s := range c.Standings {
		lines = append(lines, fmt.Sprint(s.Person, " ", s.Scheme, " ", s.State))
	}
	return strings.Join(lines, "; ")
}

func TestComplianceIsOfAnyDay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.took("LEA", "2025-03-01")
		s.took("EEF", "2026-01-10")
		officer, leader := s.as("PEN"), s.as("LEA")
		for _, tt := range []struct{ name, on, want string }{
			{"today", "", "EEF BALIE valid; EVA BALIE starting; LEA BALIE expiring"},
			{"before somebody came", "2026-01-14", "EEF BALIE valid; LEA BALIE expiring"},
			{"before it was achieved", "2026-01-05", "EEF BALIE starting; LEA BALIE expiring"},
			{"before the window", "2025-12-31", "LEA BALIE valid"},
			{"when the certificate has run out and nobody did anything", "2026-03-20", "EEF BALIE valid; EVA BALIE missing; LEA BALIE grace"},
			{"after the grace, when one has left", "2026-04-02", "EVA BALIE missing; LEA BALIE expired"},
			{"before anybody was there", "2019-12-31", ""},
		} {
			var on calendar.Date
			if tt.on != "" {
				on = date(tt.on)
			}
			for who, actor := range map[string]staff.Actor{"the officer": officer, "the leader": leader} {
				got, err := s.Compliance(ctx, actor, on, "")
				s.must(err)
				equal(t, tt.name+" for "+who, standingsOf(got), tt.want)
			}
		}
		s.clock.set("2026-06-01", "12:00") // one has left by now
		late, err := s.Compliance(ctx, officer, date("2026-01-15"), "T1")
		s.must(err)
		equal(t, "who left is still in the report of then", standingsOf(late), "EEF BALIE valid; EVA BALIE starting; LEA BALIE expiring")
		lines := outlook.PerRequirement(late.Standings)
		if len(lines) != 2 || lines[0].Requirement != "1" || lines[0].Required != 2 || lines[0].Held() != 1 || lines[1].Required != 3 || lines[1].Held() != 2 {
			t.Errorf("the lines are %+v", lines)
		}
		rows := late.Rows(false)
		equal(t, "the sheet", strings.Join(rows[1], ";"), "2026-01-15;Balie;BALIE;Balie;1;medewerker balie;2;1;0;1;0;0;0;0;0")
	})
}

func TestReportsAreForWhoFollowsPeople(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		_, err := s.Compliance(ctx, s.as("EVA"), 0, "")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Forecast(ctx, s.as("EVA"), 0, "")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Compliance(ctx, s.as("LOU"), 0, "T1")
		refuses(t, err, fault.NotFound, "")
		_, err = s.Forecast(ctx, s.as("LOU"), 0, "T1")
		refuses(t, err, fault.NotFound, "")
		_, err = s.TryChange(ctx, s.as("LEA"), academy.Trial{Without: []string{"1"}})
		refuses(t, err, fault.Forbidden, "")
		_, err = s.Simulate(ctx, s.as("LEA"), academy.SimulationRequest{Until: date("2027-01-01")}, func(int, int) {})
		refuses(t, err, fault.Forbidden, "")
		none, err := s.Compliance(ctx, s.as("LOU"), 0, "")
		if err != nil || len(none.Standings) != 0 || len(none.Teams) != 1 {
			t.Errorf("another leader sees %v in %v, %v", none.Standings, none.Teams, err)
		}
		_, err = s.Compliance(ctx, s.as("PEN"), date("3026-01-01"), "")
		refuses(t, err, fault.Invalid, "")
		_, err = s.Forecast(ctx, s.as("PEN"), 61, "")
		refuses(t, err, fault.Invalid, "")
	})
}

func TestAForecastTellsWhatComesAndProposesAWeek(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.took("LEA", "2025-03-01")
		leader := s.as("LEA")
		before := s.dump()
		f, err := s.Forecast(ctx, leader, 0, "")
		s.must(err)
		var got []string
		for _, n := range f.Renewals {
			got = append(got, fmt.Sprint(n.Person, " ", n.Path, " ", n.On, " ", n.Expires))
		}
		want := []string{"EEF initial 2026-01-31 ", "EVA initial 2026-02-14 ", "LEA refresher 2026-02-28 2026-02-28", "EVA refresher 2027-02-13 2027-02-13", "LEA refresher 2027-02-28 2027-02-28"}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%v\nwant\n%v", got, want)
		}
		if len(f.Months) != 24 || f.Members["T1"] != 3 {
			t.Errorf("%d months, %d people in T1", len(f.Months), f.Members["T1"])
		}
		p := f.Proposal()
		if len(p.Weeks) != 3 || len(p.Stuck) != 0 || p.Groups[0].AtMost != 1 {
			t.Errorf("the proposal is %+v", p)
		}
		if rows := f.ProposalRows(true); len(rows) != 4 || !strings.Contains(strings.Join(rows[1], ";"), "Balie") {
			t.Errorf("the rows are %v", rows)
		}
		same(t, "a forecast stores nothing", s.dump(), before)
	})
}

func TestWhatIfTellsWhatARuleWouldDoAndStoresNothing(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.took("LEA", "2025-03-01")
		s.took("XAN", "2025-06-01")
		s.sweep(academy.SweepRequest{})
		officer := s.as("PEN")
		before := s.dump()
		try := func(trial academy.Trial) academy.WhatIf {
			t.Helper()
			w, err := s.TryChange(ctx, officer, trial)
			s.must(err)
			return w
		}
		newest, err := s.NewestSchemes(ctx, officer)
		s.must(err)

		longer := newest["BALIE"]
		longer.Months = 24
		w := try(academy.Trial{Schemes: []certificates.Scheme{longer}})
		for _, d := range w.Duties { // the period that runs keeps its end: only what comes after it changes
			if d.Old == nil || d.Old.DueOn < date("2027-01-01") || d.New != nil && d.New.DueOn != d.Old.DueOn.AddDays(1).AddMonths(12).AddDays(-1) {
				t.Errorf("a longer term changes %+v to %+v", d.Old, d.New)
			}
		}
		if len(w.Duties) == 0 || w.Mails.New >= w.Mails.Old {
			t.Errorf("a longer term changes %d duties and %+v mails", len(w.Duties), w.Mails)
		}
		minutes := 0
		for _, h := range w.HoursPerMonth() {
			minutes += h.New - h.Old
		}
		equal(t, "minutes without a duration", minutes, 0)

		noWindow := newest["BALIE"]
		noWindow.WindowMonths = 0
		w = try(academy.Trial{Schemes: []certificates.Scheme{noWindow}})
		if !slices.ContainsFunc(w.Lapses, func(l outlook.LapseChange) bool { return l.Caused && l.InTime }) {
			t.Errorf("without a window nobody can renew in time, but these lapse: %+v", w.Lapses)
		}

		w = try(academy.Trial{Without: []string{"1", "2"}})
		for _, d := range w.Duties {
			if d.New != nil {
				t.Errorf("without a requirement %+v remains", d)
			}
		}
		equal(t, "people without requirements", w.People(), 3)

		w = try(academy.Trial{Requirements: []certificates.Requirement{{ID: "new", Scheme: "BALIE", SubjectKind: certificates.ForRole, Subject: "R2", Since: date("2026-01-16"), InductionDays: 30, Origin: certificates.OriginPolicy}}})
		var added []string
		for _, d := range w.Duties {
			if d.Old == nil {
				added = append(added, fmt.Sprint(d.Person, " ", d.New.DueOn))
			}
		}
		want := []string{"AUT 2026-02-15", "AUT 2027-02-14", "AUT 2028-02-14", "LOU 2026-02-15", "LOU 2027-02-14", "LOU 2028-02-14", "XAN 2026-05-31", "XAN 2027-05-31"}
		if !slices.Equal(added, want) {
			t.Errorf("another requirement adds\n%v, want\n%v", added, want)
		}
		if !slices.ContainsFunc(w.Lapses, func(l outlook.LapseChange) bool { return l.Person == "XAN" && l.On == date("2026-06-01") && !l.InTime }) {
			t.Errorf("whoever does nothing loses it: %+v", w.Lapses)
		}
		equal(t, "the sheet has a row per duty", len(w.Rows(false)), len(w.Duties)+1)
		same(t, "what-if", s.dump(), before)

		_, err = s.TryChange(ctx, officer, academy.Trial{})
		refuses(t, err, fault.Invalid, "nothing")
		_, err = s.TryChange(ctx, officer, academy.Trial{Without: []string{"?"}})
		refuses(t, err, fault.Invalid, "")
		wrong := newest["BALIE"]
		wrong.WindowMonths = 12
		_, err = s.TryChange(ctx, officer, academy.Trial{Schemes: []certificates.Scheme{wrong}})
		refuses(t, err, fault.Invalid, "")
		_, err = s.TryChange(ctx, officer, academy.Trial{Requirements: []certificates.Requirement{{Scheme: "BALIE", SubjectKind: certificates.ForRole, Subject: "R99"}}})
		refuses(t, err, fault.Invalid, "requirement")
	})
}

func TestDutiesAndCertificatesAreOfAnyDay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.took("LEA", "2025-03-01")
		s.sweep(academy.SweepRequest{})
		leader := s.as("LEA")
		for _, tt := range []struct{ on, want string }{
			{"2025-12-31", ""}, // before the window
			{"2026-01-01", "2026-02-28 open"},
			{"2026-01-15", "2026-02-28 open"},
			{"2026-03-05", "2026-02-28 open"},
		} {
			tasks, err := s.TasksOn(ctx, leader, "LEA", date(tt.on), "")
			s.must(err)
			var got []string
			for _, task := range tasks {
				got = append(got, fmt.Sprint(task.DueOn, " ", task.State()))
			}
			equal(t, "the duties of "+tt.on, strings.Join(got, ", "), tt.want)
		}
		_, err := s.TasksOn(ctx, leader, "XAN", date("2026-03-05"), "")
		refuses(t, err, fault.NotFound, "")
		for on, want := range map[string]int{"2025-02-28": 0, "2025-03-01": 1, "2030-01-01": 1} {
			held, err := s.CertificatesOn(ctx, leader, "LEA", date(on))
			s.must(err)
			equal(t, "certificates on "+on, len(held), want)
		}
		held, err := s.CertificatesOn(ctx, leader, "LEA", date("2026-03-05"))
		s.must(err)
		equal(t, "what it is worth then", held[0].State(date("2026-03-05")), certificates.Expired)
	})
}

func TestASimulationIsWhatTheSweepDoesDayByDay(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.took("LEA", "2025-03-01")
		s.took("EEF", "2025-04-10")
		s.sweep(academy.SweepRequest{})
		until := date("2026-07-31")
		officer := s.as("PEN")
		before := s.dump()
		progress := 0
		sim, err := s.Simulate(ctx, officer, academy.SimulationRequest{From: date("2026-01-16"), Until: until}, func(done, total int) { progress = done * 100 / total })
		s.must(err)
		same(t, "a simulation stores nothing", s.dump(), before)
		equal(t, "progress", progress, 100)
		reminded := 0
		want := make(map[string]int) // by day and what happens
		for _, day := range sim.Days {
			for _, step := range day.Steps {
				want[fmt.Sprint(day.On, " ", step.Kind, " ", step.Duty.Person, " ", step.Duty.DueOn)]++
			}
			reminded += day.Mails
		}
		got := make(map[string]int)
		for day := date("2026-01-16"); day <= until; day = day.AddDays(1) {
			s.clock.set(day.String(), "05:15")
			r := s.sweep(academy.SweepRequest{})
			for kind, tasks := range map[certificates.ChangeKind][]academy.Task{certificates.Opened: r.Opened, certificates.Ended: r.Ended, certificates.Moved: r.Moved} {
				for _, task := range tasks {
					got[fmt.Sprint(day, " ", kind, " ", task.Person, " ", task.DueOn)]++
				}
			}
			for _, l := range r.Lapsed {
				got[fmt.Sprint(day, " ", certificates.Lapsed, " ", l.Person, " ")]++
			}
		}
		past, err := s.Simulate(ctx, s.as("PEN"), academy.SimulationRequest{From: date("2026-01-16"), Until: until}, func(int, int) {})
		s.must(err)
		again := make(map[string]int)
		for _, day := range past.Days {
			for _, step := range day.Steps {
				again[fmt.Sprint(day.On, " ", step.Kind, " ", step.Duty.Person, " ", step.Duty.DueOn)]++
			}
		}
		same(t, "the same days looked back upon", fmt.Sprint(again), fmt.Sprint(want))
		equal(t, "people reminded of the one scheme", s.lines("reminders"), reminded)
		for what, n := range want {
			if got[what] != n {
				t.Errorf("simulated %d × %s, the sweep did %d", n, what, got[what])
			}
		}
		for what, n := range got {
			if want[what] != n {
				t.Errorf("the sweep did %d × %s, simulated %d", n, what, want[what])
			}
		}
		for _, wrong := range []academy.SimulationRequest{{From: date("1970-01-01"), Until: until}, {From: date("2027-01-01"), Until: until}, {Until: date("2126-01-01")}} {
			_, err := s.Simulate(ctx, officer, wrong, func(int, int) {})
			refuses(t, err, fault.Invalid, "")
		}
	})
}
