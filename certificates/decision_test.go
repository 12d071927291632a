package certificates

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// decided makes a decision about BALIE that stands; until empty: none.
func decided(kind DecisionKind, cycle int, from, until string) Decision {
	d := Decision{Kind: kind, Person: "P", Scheme: "BALIE", Cycle: cycle, From: date(from), Reason: "omdat", TakenBy: "Q"}
	if until != "" {
		d.Until = date(until)
	}
	switch kind {
	case Absence:
		d.Scheme, d.Reason = "", ""
	case Exemption:
		d.Reason = "equal-diploma"
	}
	return d
}

// undone marks that a decision does not stand.
func undone(d Decision) Decision {
	d.UndoneBy, d.UndoneAt = "Q", date("2020-01-01").Start()
	return d
}

// fileWith gathers facts and decisions as the store would.
func fileWith(periods []Period, demands []Demand, decisions ...Decision) File {
	return File{Person: "P", Scheme: "BALIE", Demands: Exempt(demands, decisions), Periods: periods, Decisions: decisions}
}

// told writes changes in short: "moved 2026-01-15 due 2026-02-14".
func told(changes []Change) []string {
	var all []string
	for _, c := range changes {
		line := string(c.Kind) + " " + c.On.String()
		if c.Kind != Lapsed && c.Kind != Ended {
			line += " due " + c.Duty.DueOn.String()
		}
		all = append(all, line)
	}
	return all
}

func TestWhatDecisionsDoToADuty(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11")) // window from 12 December 2025, grace until 11 March 2026
	next := Period{Cycle: 2, Anchor: held.Anchor, Term: 2, CompletedOn: date("2026-01-10"), ValidFrom: date("2026-02-12"), ValidUntil: date("2027-02-11"), WindowOpensOn: date("2026-12-12"), GraceUntil: date("2027-03-11")}
	revoked := func(p Period, on string) Period {
		p.RevokedOn = date(on)
		return p
	}
	always, newcomer := demand("2024-01-01", "", 30), demand("2026-01-15", "", 30)
	clockForward := demand("2026-03-01", "", 28) // 28 days later the clocks go forward
	for _, tt := range []struct {
		name      string
		periods   []Period
		demands   []Demand
		decisions []Decision
		want      []string
	}{
		{"without any", []Period{held}, []Demand{always}, nil, []string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"an extension moves the last day and not the period", []Period{held}, []Demand{always}, []Decision{decided(Extension, 2, "2026-02-12", "2026-03-31")},
			[]string{"opened 2025-12-12 due 2026-03-31", "lapsed 2026-02-12"}},
		{"an extension of another cycle does nothing", []Period{held}, []Demand{always}, []Decision{decided(Extension, 1, "2026-02-12", "2026-03-31")},
			[]string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"an extension that was undone does nothing", []Period{held}, []Demand{always}, []Decision{undone(decided(Extension, 2, "2026-02-12", "2026-03-31"))},
			[]string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"of two extensions the later counts", nil, []Demand{newcomer}, []Decision{decided(Extension, 1, "2026-02-15", "2026-04-30"), decided(Extension, 1, "2026-02-15", "2026-03-31")},
			[]string{"opened 2026-01-15 due 2026-04-30"}},
		{"an extension holds also for a role that ends and returns", nil, []Demand{demand("2026-01-15", "2026-01-31", 30), demand("2026-02-10", "", 30)}, []Decision{decided(Extension, 1, "2026-02-15", "2026-05-31")},
			[]string{"opened 2026-01-15 due 2026-05-31", "ended 2026-02-01", "returned 2026-02-10 due 2026-05-31"}},

		{"an exemption ends the duty, and after it the person is a newcomer", nil, []Demand{newcomer}, []Decision{decided(Exemption, 0, "2026-02-01", "2026-05-31")},
			[]string{"opened 2026-01-15 due 2026-02-14", "ended 2026-02-01", "returned 2026-06-01 due 2026-07-01"}},
		{"an exemption over the whole term: nothing is asked and nothing lapses", []Period{held}, []Demand{always}, []Decision{decided(Exemption, 0, "2025-12-01", "2027-03-31")},
			[]string{"opened 2027-04-01 due 2027-05-01"}},
		{"an exemption until the last valid day asks nothing before", []Period{held}, []Demand{always}, []Decision{decided(Exemption, 0, "2025-12-01", "2026-02-11")},
			[]string{"opened 2026-02-12 due 2026-03-14", "lapsed 2026-02-12"}},
		{"an exemption that ends within the window keeps the last day", []Period{held}, []Demand{always}, []Decision{decided(Exemption, 0, "2025-12-01", "2025-12-31")},
			[]string{"opened 2026-01-01 due 2026-02-11", "lapsed 2026-02-12"}},
		{"an exemption until the day before the last valid day: after it the person has as long as a newcomer", []Period{held}, []Demand{always}, []Decision{decided(Exemption, 0, "2025-12-01", "2026-02-10")},
			[]string{"opened 2026-02-11 due 2026-03-13", "lapsed 2026-02-12"}},
		{"an exemption over a role that ends", nil, []Demand{demand("2026-01-15", "2026-03-31", 30)}, []Decision{decided(Exemption, 0, "2026-02-01", "2026-12-31")},
			[]string{"opened 2026-01-15 due 2026-02-14", "ended 2026-02-01"}},
		{"an exemption of one day", nil, []Demand{newcomer}, []Decision{decided(Exemption, 0, "2026-01-20", "2026-01-20")},
			[]string{"opened 2026-01-15 due 2026-02-14", "ended 2026-01-20", "returned 2026-01-21 due 2026-02-20"}},

		{"an absence that begun before the window: due is the return and the induction", []Period{held}, []Demand{always}, []Decision{decided(Absence, 0, "2025-11-01", "2026-02-28")},
			[]string{"opened 2025-12-12 due 2026-03-31", "lapsed 2026-02-12"}},
		{"an absence that ends the day before the window opens changes nothing", []Period{held}, []Demand{always}, []Decision{decided(Absence, 0, "2025-11-01", "2025-12-11")},
			[]string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"an absence that ends on the day the window opens leaves no less than there was", []Period{held}, []Demand{always}, []Decision{decided(Absence, 0, "2025-11-01", "2025-12-12")},
			[]string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"an absence during the window moves it on its first day", []Period{held}, []Demand{always}, []Decision{decided(Absence, 0, "2026-01-10", "2026-03-09")},
			[]string{"opened 2025-12-12 due 2026-02-11", "moved 2026-01-10 due 2026-04-09", "lapsed 2026-02-12"}},
		{"an absence that begins when it is overdue already", nil, []Demand{newcomer}, []Decision{decided(Absence, 0, "2026-03-01", "2026-03-31")},
			[]string{"opened 2026-01-15 due 2026-02-14", "moved 2026-03-01 due 2026-05-01"}},
		{"an absence without a known end moves nothing yet", nil, []Demand{newcomer}, []Decision{decided(Absence, 0, "2026-02-01", "")},
			[]string{"opened 2026-01-15 due 2026-02-14"}},
		{"somebody who begins while away", nil, []Demand{newcomer}, []Decision{decided(Absence, 0, "2026-01-01", "2026-01-31")}, []string{"opened 2026-01-15 due 2026-03-03"}},
		{"of several absences the last return counts", nil, []Demand{newcomer}, []Decision{decided(Absence, 0, "2026-02-01", "2026-02-10"), decided(Absence, 0, "2026-03-01", "2026-03-31")},
			[]string{"opened 2026-01-15 due 2026-02-14", "moved 2026-02-01 due 2026-03-13", "moved 2026-03-01 due 2026-05-01"}},
		{"an extension during an absence: the later of both", nil, []Demand{newcomer}, []Decision{decided(Absence, 0, "2026-02-01", "2026-02-28"), decided(Extension, 1, "2026-02-15", "2026-06-30")},
			[]string{"opened 2026-01-15 due 2026-06-30"}},
		{"an absence over the night the clocks change", nil, []Demand{clockForward}, []Decision{decided(Absence, 0, "2026-03-28", "2026-03-29")},
			[]string{"opened 2026-03-01 due 2026-03-29", "moved 2026-03-28 due 2026-04-27"}},
		{"an absence until the last of February of a leap year", nil, []Demand{demand("2028-02-01", "", 1)}, []Decision{decided(Absence, 0, "2028-02-10", "2028-02-29")},
			[]string{"opened 2028-02-01 due 2028-02-02", "moved 2028-02-10 due 2028-03-02"}},

		{"early completion opens the window", []Period{held}, []Demand{always}, []Decision{decided(Early, 2, "2025-10-01", "")}, []string{"opened 2025-10-01 due 2026-02-11", "lapsed 2026-02-12"}},
		{"early completion with a last day moves the duty and not the period", []Period{held}, []Demand{always}, []Decision{decided(Early, 2, "2025-10-01", "2025-11-15")}, []string{"opened 2025-10-01 due 2025-11-15", "lapsed 2026-02-12"}},
		{"early, then late: the window opens once and the last day stays", []Period{held}, []Demand{always}, []Decision{decided(Early, 2, "2025-10-01", ""), decided(Late, 2, "2026-03-12", "2026-06-30")},
			[]string{"opened 2025-10-01 due 2026-02-11", "lapsed 2026-02-12"}},

		{"a revocation asks for it anew", []Period{revoked(held, "2025-06-01")}, []Demand{always}, nil, []string{"opened 2025-06-01 due 2025-07-01"}},
		{"a revocation that lies ahead, within the window", []Period{revoked(held, "2026-01-20")}, []Demand{always}, nil, []string{"opened 2025-12-12 due 2026-02-11", "moved 2026-01-20 due 2026-02-19"}},
		{"a revocation that lies ahead and was undone", []Period{held}, []Demand{always}, []Decision{undone(decided(Revocation, 1, "2026-01-20", ""))}, []string{"opened 2025-12-12 due 2026-02-11", "lapsed 2026-02-12"}},
		{"a period that was to come is revoked: due when the one that holds ends", []Period{held, revoked(next, "2026-01-20")}, []Demand{demand("2024-01-01", "", 0)}, nil,
			[]string{"opened 2026-01-20 due 2026-02-11", "lapsed 2026-02-12"}},
		{"a period that was to come is revoked on its first day", []Period{held, revoked(next, "2026-02-12")}, []Demand{demand("2024-01-01", "", 0)}, nil,
			[]string{"opened 2026-02-12 due 2026-02-12", "lapsed 2026-02-12"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes, _ := fileWith(tt.periods, tt.demands, tt.decisions...).Advance(date("2025-03-01"), date("2028-06-01"))
			changes = slices.DeleteFunc(changes, func(c Change) bool { return c.On > date("2026-12-01") && len(tt.periods) > 1 })
			if got := told(changes); !slices.Equal(got, tt.want) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(tt.want, ", "))
			}
		})
	}
}

func TestAnAbsenceWhoseEndBecomesKnown(t *testing.T) {
	unknown := decided(Absence, 0, "2026-02-01", "")
	f := fileWith(nil, []Demand{demand("2026-01-15", "", 30)}, unknown)
	if f.Away(date("2026-01-31")) || !f.Away(date("2026-02-01")) || !f.Away(date("2027-01-01")) {
		t.Error("somebody is away from the first day on, as long as no end is known")
	}
	changes, _ := f.Advance(date("2026-01-01"), date("2026-05-10"))
	for _, c := range changes {
		f.put(c.Duty)
	}
	known, err := unknown.Ending(date("2026-04-30"), date("2026-05-10"), []Decision{unknown})
	if err != nil {
		t.Fatal(err)
	}
	f.Decisions = []Decision{known}
	changes, _ = f.Advance(date("2026-05-10"), date("2026-12-31"))
	if got := told(changes); !slices.Equal(got, []string{"moved 2026-05-10 due 2026-05-31"}) {
		t.Errorf("got %s", got)
	}
	if f.Away(date("2026-05-01")) {
		t.Error("whoever is back is away")
	}
}

func TestDecisionsMoveTheWindowAndTheGrace(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11"))
	early, late := decided(Early, 2, "2025-10-01", ""), decided(Late, 2, "2026-03-12", "2026-06-30")
	for _, tt := range []struct {
		name      string
		decisions []Decision
		completed string
		counts    bool
		path      Path
	}{
		{"before the window", nil, "2025-11-01", false, ""},
		{"before the window, early", []Decision{early}, "2025-11-01", true, PathRefresher},
		{"on the first day of early completion", []Decision{early}, "2025-10-01", true, PathRefresher},
		{"the day before early completion", []Decision{early}, "2025-09-30", false, ""},
		{"early completion of another cycle", []Decision{decided(Early, 3, "2025-10-01", "")}, "2025-11-01", false, ""},
		{"early completion that was undone", []Decision{undone(early)}, "2025-11-01", false, ""},
		{"after the grace", nil, "2026-03-12", true, PathInitial},
		{"after the grace, late", []Decision{late}, "2026-03-12", true, PathRefresher},
		{"on the last day of late completion", []Decision{early, late}, "2026-06-30", true, PathRefresher},
		{"the day after late completion", []Decision{early, late}, "2026-07-01", true, PathInitial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := fileWith([]Period{held}, nil, tt.decisions...)
			next, err := NextPeriod(balie, f.Last(), date(tt.completed))
			if err != nil || next.Counts != tt.counts || next.Path != tt.path {
				t.Errorf("counts %v, path %s, %v", next.Counts, next.Path, err)
			}
		})
	}
	if f := fileWith([]Period{held}, nil, early, late); f.Periods[0] != held {
		t.Error("a decision changed the period itself")
	}
}

func TestWhatTheFactsDoNotAllow(t *testing.T) {
	today := date("2026-01-15")
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11"))
	revoked, endless := held, Period{Cycle: 1, ValidFrom: date("2025-02-12")}
	revoked.RevokedOn = date("2026-06-01")
	renewal := Period{Cycle: 2, Path: PathRefresher, ValidFrom: date("2026-02-12"), ValidUntil: date("2027-02-11")}
	renewalRevoked, renewalRevokedLater := renewal, renewal
	renewalRevoked.RevokedOn, renewalRevokedLater.RevokedOn = today, today.AddDays(60)
	always := []Demand{demand("2024-01-01", "", 30)}
	away := decided(Absence, 0, "2026-02-01", "2026-02-28")
	exempt := decided(Exemption, 0, "2026-02-01", "2026-02-28")
	endlessly := decided(Absence, 0, "2025-01-01", "")
	away.ID, exempt.ID, endlessly.ID = "1", "2", "3"
	for _, tt := range []struct {
		name string
		d    Decision
		f    File
		want string // the fields that are wrong, separated by spaces
	}{
		{"an extension", Decision{Kind: Extension, Until: date("2026-02-12"), Reason: "x"}, fileWith([]Period{held}, always), ""},
		{"an extension to the last day itself", Decision{Kind: Extension, Until: date("2026-02-11"), Reason: "x"}, fileWith([]Period{held}, always), "until"},
		{"an extension without a day", Decision{Kind: Extension, Reason: "x"}, fileWith([]Period{held}, always), "until"},
		{"an extension without a reason", Decision{Kind: Extension, Until: date("2026-02-12"), Reason: " "}, fileWith([]Period{held}, always), "reason"},
		{"an extension that nobody could read", Decision{Kind: Extension, Until: date("2026-02-12"), Reason: "a\x00"}, fileWith([]Period{held}, always), "reason"},
		{"an extension as long as a book", Decision{Kind: Extension, Until: date("2026-02-12"), Reason: strings.Repeat("é", 501)}, fileWith([]Period{held}, always), "reason"},
		{"an extension of a duty that is not open", Decision{Kind: Extension, Until: date("2026-03-12"), Reason: "x"}, fileWith([]Period{held}, nil), "scheme"},
		{"an extension of another cycle", Decision{Kind: Extension, Cycle: 1, Until: date("2026-03-12"), Reason: "x"}, fileWith([]Period{held}, always), "cycle"},
		{"an extension of a hundred years", Decision{Kind: Extension, Until: date("2126-03-12"), Reason: "x"}, fileWith([]Period{held}, always), "until"},

		{"an exemption", Decision{Kind: Exemption, Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, always), ""},
		{"an exemption without an end", Decision{Kind: Exemption, Reason: "college-decision"}, fileWith(nil, always), "until"},
		{"an exemption because of health", Decision{Kind: Exemption, Until: date("2026-12-31"), Reason: "ziek"}, fileWith(nil, always), "reason"},
		{"an exemption backwards", Decision{Kind: Exemption, From: date("2026-03-01"), Until: date("2026-02-01"), Reason: "college-decision"}, fileWith(nil, always), "until"},
		{"an exemption from yesterday", Decision{Kind: Exemption, From: date("2026-01-14"), Until: date("2026-02-01"), Reason: "college-decision"}, fileWith(nil, always), "from"},
		{"an exemption of what nobody asks", Decision{Kind: Exemption, Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, nil), "scheme"},
		{"an exemption after the role has ended", Decision{Kind: Exemption, Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, []Demand{demand("2024-01-01", "2026-01-14", 0)}), "scheme"},
		{"an exemption within another", Decision{Kind: Exemption, From: date("2026-02-28"), Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, always, exempt), "from"},
		{"an exemption after another", Decision{Kind: Exemption, From: date("2026-03-01"), Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, always, exempt), ""},
		{"an exemption over one that was undone", Decision{Kind: Exemption, From: date("2026-02-28"), Until: date("2026-12-31"), Reason: "college-decision"}, fileWith(nil, always, undone(exempt)), ""},

		{"an absence", Decision{Kind: Absence, From: date("2025-12-01")}, File{}, ""},
		{"an absence of one day", Decision{Kind: Absence, From: today, Until: today}, File{}, ""},
		{"an absence backwards", Decision{Kind: Absence, From: today, Until: date("2026-01-14")}, File{}, "until"},
		{"an absence with a reason", Decision{Kind: Absence, From: today, Reason: "griep"}, File{}, "reason"},
		{"an absence from one scheme", Decision{Kind: Absence, Scheme: "BALIE", From: today}, File{}, "scheme"},
		{"an absence that overlaps on one day", Decision{Kind: Absence, From: date("2026-02-28")}, File{Decisions: []Decision{away}}, "from"},
		{"an absence around another", Decision{Kind: Absence, From: date("2026-01-01")}, File{Decisions: []Decision{away}}, "from"},
		{"an absence right after another", Decision{Kind: Absence, From: date("2026-03-01")}, File{Decisions: []Decision{away}}, ""},
		{"an absence after one without an end", Decision{Kind: Absence, From: date("2026-03-01")}, File{Decisions: []Decision{endlessly}}, "from"},

		{"early completion", Decision{Kind: Early, From: date("2025-12-11"), Reason: "x"}, fileWith([]Period{held}, nil), ""},
		{"early completion in the window", Decision{Kind: Early, From: date("2025-12-12"), Reason: "x"}, fileWith([]Period{held}, nil), "from"},
		{"early completion that would count what counted already", Decision{Kind: Early, From: held.CompletedOn, Reason: "x"}, fileWith([]Period{held}, nil), "from"},
		{"early completion of nothing", Decision{Kind: Early, Reason: "x"}, fileWith(nil, always), "scheme"},
		{"early completion of what never ends", Decision{Kind: Early, Reason: "x"}, fileWith([]Period{endless}, always), "scheme"},
		{"late completion", Decision{Kind: Late, Until: date("2026-03-12"), Reason: "x"}, fileWith([]Period{held}, nil), ""},
		{"late completion within the grace", Decision{Kind: Late, Until: date("2026-03-11"), Reason: "x"}, fileWith([]Period{held}, nil), "until"},
		{"late completion of what is revoked", Decision{Kind: Late, Until: date("2026-05-11"), Reason: "x"}, fileWith([]Period{revoked}, nil), "scheme"},

		{"a revocation", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, fileWith([]Period{held}, nil), ""},
		{"a revocation from yesterday", Decision{Kind: Revocation, Cycle: 1, From: date("2026-01-14"), Reason: "x"}, fileWith([]Period{held}, nil), "from"},
		{"a revocation of what is not there", Decision{Kind: Revocation, Cycle: 2, Reason: "x"}, fileWith([]Period{held}, nil), "cycle"},
		{"a second revocation", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, fileWith([]Period{revoked}, nil), "cycle"},
		{"a revocation of what a renewal continues", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, fileWith([]Period{held, renewal}, nil), "cycle"},
		{"a revocation of what a renewal continued that is revoked from then", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, fileWith([]Period{held, renewalRevoked}, nil), ""},
		{"a revocation of what a renewal continues that is revoked later", Decision{Kind: Revocation, Cycle: 1, From: today, Reason: "x"}, fileWith([]Period{held, renewalRevokedLater}, nil), "cycle"},
		{"a revocation before a new chain", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, fileWith([]Period{held, {Cycle: 2, Path: PathInitial, ValidFrom: date("2026-04-01")}}, nil), ""},
		{"a revocation without a reason", Decision{Kind: Revocation, Cycle: 1}, fileWith([]Period{held}, nil), "reason"},

		{"nothing", Decision{}, File{}, "kind from reason"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.d.For(tt.f, today)
			if f := fault.Of(err); f != nil && (f.Kind != fault.Invalid || f.Reason != "decision") {
				t.Errorf("it is refused with %v", err)
			}
			if got := wrongPlaces(err); got != tt.want {
				t.Errorf("wrong are %q, want %q: %v", got, tt.want, err)
			}
		})
	}
}

func TestTheFactsFillInTheFirstDay(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11"))
	always := []Demand{demand("2024-01-01", "", 30)}
	for _, tt := range []struct {
		name        string
		d           Decision
		today, from string
		cycle       int
	}{
		{"an extension in time works from the day it would have been too late", Decision{Kind: Extension, Until: date("2026-06-30"), Reason: "x"}, "2026-01-15", "2026-02-12", 2},
		{"an extension of what is overdue works at once", Decision{Kind: Extension, Until: date("2026-06-30"), Reason: "x"}, "2026-05-01", "2026-05-01", 2},
		{"late completion works from the day after the grace", Decision{Kind: Late, Until: date("2026-06-30"), Reason: "x"}, "2026-01-15", "2026-03-12", 2},
		{"late completion that is given afterwards works from then too", Decision{Kind: Late, Until: date("2026-06-30"), Reason: "x"}, "2026-08-01", "2026-03-12", 2},
		{"early completion works from today", Decision{Kind: Early, Reason: "x"}, "2025-08-01", "2025-08-01", 2},
		{"a revocation works from today", Decision{Kind: Revocation, Cycle: 1, Reason: "x"}, "2025-08-01", "2025-08-01", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.d.For(fileWith([]Period{held}, always), date(tt.today))
			if err != nil || got.From != date(tt.from) || got.Cycle != tt.cycle {
				t.Errorf("from %s, cycle %d, %v", got.From, got.Cycle, err)
			}
			if got.Undoable(got.From) || !got.Undoable(got.From.AddDays(-1)) {
				t.Error("it can be undone until the day before its first day, and not after")
			}
		})
	}
}

func TestAnotherLastDay(t *testing.T) {
	today := date("2026-01-15")
	away, exempt := decided(Absence, 0, "2025-12-01", "2026-02-28"), decided(Exemption, 0, "2025-12-01", "2026-02-28")
	away.ID, exempt.ID = "1", "2"
	later := decided(Absence, 0, "2026-04-01", "2026-04-30")
	later.ID = "3"
	for _, tt := range []struct {
		name   string
		d      Decision
		last   string
		kind   fault.Kind
		others []Decision
	}{
		{"back earlier", away, "2026-01-31", 0, nil},
		{"was back before Christmas", away, "2025-12-20", 0, nil},
		{"away longer", away, "2026-03-31", 0, []Decision{away, later}},
		{"away until the next absence", away, "2026-04-01", fault.Invalid, []Decision{away, later}},
		{"back before going", away, "2025-11-30", fault.Invalid, nil},
		{"no day", away, "", fault.Invalid, nil},
		{"an exemption that ends now", exempt, "2026-01-14", 0, nil},
		{"an exemption that ended before", exempt, "2026-01-13", fault.Invalid, nil},
		{"an absence that is over", decided(Absence, 0, "2025-12-01", "2026-01-14"), "2026-03-31", 0, nil},
		{"an absence that is over, until the next", decided(Absence, 0, "2025-12-01", "2026-01-14"), "2026-04-01", fault.Invalid, []Decision{later}},
		{"an exemption that is over", decided(Exemption, 0, "2025-12-01", "2026-01-14"), "2026-03-31", fault.Conflict, nil},
		{"an extension", decided(Extension, 2, "2026-02-12", "2026-03-31"), "2026-04-30", fault.Conflict, nil},
		{"in another century", away, "2126-04-01", fault.Invalid, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var last calendar.Date
			if tt.last != "" {
				last = date(tt.last)
			}
			got, err := tt.d.Ending(last, today, tt.others)
			if tt.kind != 0 {
				if !errors.Is(err, fault.New(tt.kind, "", "")) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil || got.Until != last || got.From != tt.d.From {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestReasonsOfExemptionsHaveWordsAndNoneIsHealth(t *testing.T) {
	for _, reason := range ExemptionReasons() {
		dutch, english := Decision{Kind: Exemption, Reason: reason}.Why()
		if dutch == "" || english == "" || dutch == reason {
			t.Errorf("%s has no words", reason)
		}
		for _, never := range []string{"ziek", "gezond", "medisch", "health"} {
			if strings.Contains(dutch+english+reason, never) {
				t.Errorf("%s is about health", reason)
			}
		}
	}
	if len(ExemptionReasons()) != len(exemptionWords) {
		t.Error("a reason is missing from the list")
	}
	if dutch, _ := (Decision{Kind: Extension, Reason: "equal-diploma"}).Why(); dutch != "equal-diploma" {
		t.Error("the sentence of an extension was changed")
	}
}

func TestHowSomebodyStands(t *testing.T) {
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11"))
	revoked := held
	revoked.RevokedOn = date("2025-06-01")
	always, newcomer := demand("2024-01-01", "", 30), demand("2026-01-15", "", 30)
	for _, tt := range []struct {
		name string
		f    File
		day  string
		want Standing
	}{
		{"valid", fileWith([]Period{held}, []Demand{always}), "2025-12-11", Certified},
		{"valid and not asked", fileWith([]Period{held}, nil), "2025-12-11", Certified},
		{"the window is open", fileWith([]Period{held}, []Demand{always}), "2025-12-12", Expiring},
		{"the window was opened early", fileWith([]Period{held}, []Demand{always}, decided(Early, 2, "2025-10-01", "")), "2025-10-01", Expiring},
		{"the last day", fileWith([]Period{held}, []Demand{always}), "2026-02-11", Expiring},
		{"in grace", fileWith([]Period{held}, []Demand{always}), "2026-02-12", InGrace},
		{"in the grace that somebody made longer", fileWith([]Period{held}, []Demand{always}, decided(Late, 2, "2026-03-12", "2026-06-30")), "2026-06-30", InGrace},
		{"after the grace", fileWith([]Period{held}, []Demand{always}), "2026-03-12", Lapsing},
		{"lapsed and not asked", fileWith([]Period{held}, nil), "2026-03-12", NotAsked},
		{"exempt", fileWith(nil, []Demand{always}, decided(Exemption, 0, "2026-01-01", "2026-12-31")), "2026-06-01", Exempted},
		{"exempt and valid", fileWith([]Period{held}, []Demand{always}, decided(Exemption, 0, "2025-01-01", "2026-12-31")), "2025-06-01", Certified},
		{"a newcomer in time", fileWith(nil, []Demand{newcomer}), "2026-02-14", Starting},
		{"a newcomer too late", fileWith(nil, []Demand{newcomer}), "2026-02-15", Missing},
		{"before somebody comes", fileWith(nil, []Demand{newcomer}), "2026-01-14", NotAsked},
		{"revoked", fileWith([]Period{revoked}, []Demand{always}), "2025-06-01", Starting},
		{"revoked for long", fileWith([]Period{revoked}, []Demand{always}), "2025-08-01", Missing},
		{"achieved and yet to begin", fileWith([]Period{{Cycle: 1, ValidFrom: date("2026-02-01"), ValidUntil: date("2027-01-31"), WindowOpensOn: date("2026-12-01"), GraceUntil: date("2027-02-28")}}, []Demand{always}), "2026-01-15", Starting},
		{"what never ends", fileWith([]Period{{Cycle: 1, ValidFrom: date("2025-02-12")}}, []Demand{always}), "2040-01-01", Certified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.f.Standing(date(tt.day))
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if !slices.Contains(Standings(), got) {
				t.Errorf("%s is not listed", got)
			}
		})
	}
}

// anyDecisions draws up to four decisions around the year 2025, of which some were undone.
func anyDecisions(t *rapid.T, f File) []Decision {
	var all []Decision
	for range rapid.IntRange(0, 4).Draw(t, "decisions") {
		d := Decision{Kind: rapid.SampledFrom([]DecisionKind{Extension, Exemption, Absence, Early, Late}).Draw(t, "kind"), Cycle: f.Cycle()}
		d.From = date("2025-01-01").AddDays(rapid.IntRange(-400, 500).Draw(t, "first day"))
		if d.Kind != Absence || rapid.Bool().Draw(t, "known end") {
			d.Until = d.From.AddDays(rapid.IntRange(0, 300).Draw(t, "days"))
		}
		if rapid.Bool().Draw(t, "undone") {
			d.UndoneAt = time.Unix(1, 0)
		}
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b Decision) int { return int(a.From) - int(b.From) })
	return all
}

// anyDecidedFile draws a file with decisions about it.
func anyDecidedFile(t *rapid.T) File {
	f := anyFile(t)
	f.Decisions = anyDecisions(t, f)
	f.Demands = Exempt(f.Demands, f.Decisions)
	return f
}

func TestWhateverWasDecidedDayByDayComesToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyDecidedFile(t)
		atOnce, next := f.Advance(beginning, end)
		var daily []Change
		appointment := beginning
		for step, day := f, beginning; ; day = min(end, day.AddDays(rapid.IntRange(1, 40).Draw(t, "nights"))) {
			var changes []Change
			if !appointment.IsZero() && appointment <= day {
				changes, appointment = step.Advance(appointment, day)
			}
			step.Duties = slices.Clone(step.Duties)
			for _, c := range changes {
				if c.Kind != Lapsed {
					step.put(c.Duty)
				}
			}
			daily = append(daily, changes...)
			if day == end {
				break
			}
		}
		if !slices.Equal(daily, atOnce) || appointment != next {
			t.Fatalf("at once %v, then %s\nday by day %v, then %s", atOnce, next, daily, appointment)
		}
	})
}

func TestWhateverWasDecidedNoDayIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyDecidedFile(t)
		changes, _ := f.Advance(beginning, end)
		kept := f
		for day := beginning; day <= end; day = day.AddDays(1) {
			for _, c := range changes {
				if c.On == day && c.Kind != Lapsed {
					kept.put(c.Duty)
				}
			}
			want, due := f.Due(day)
			if open := len(kept.Duties) > 0 && kept.Duties[0].Open(); open != due || due && kept.Duties[0] != want {
				t.Fatalf("%s: have %+v, want %+v, due %v", day, kept.Duties, want, due)
			}
		}
	})
}

// But for an early completion with a last day: whoever must learn a change before their period ends.
func TestADecisionGivesTimeAndTakesNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		decided := f
		decided.Decisions = anyDecisions(t, f)
		for i, d := range decided.Decisions {
			if d.Kind == Early {
				decided.Decisions[i].Until = 0
			}
		}
		decided.Demands = Exempt(f.Demands, decided.Decisions)
		day := beginning.AddDays(rapid.IntRange(0, beginning.DaysUntil(end)).Draw(t, "day"))
		before, due := f.Due(day)
		after, still := decided.Due(day)
		if due && still && after.DueOn < before.DueOn {
			t.Fatalf("%s: it was due on %s and is due on %s", day, before.DueOn, after.DueOn)
		}
		if f.Path(day) == PathRefresher && decided.Path(day) != PathRefresher {
			t.Fatalf("%s: the refresher does not suffice any more", day)
		}
	})
}

func TestWhatWasUndoneChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFile(t)
		decided := f
		decided.Decisions = anyDecisions(t, f)
		for i := range decided.Decisions {
			decided.Decisions[i].UndoneAt = time.Unix(1, 0)
		}
		decided.Demands = Exempt(f.Demands, decided.Decisions)
		if changes := Differ(f, decided, beginning, end); len(changes) > 0 {
			t.Fatalf("it changes %v", changes)
		}
	})
}

func TestWhoIsAwayAndDoesNotHoldItIsPaused(t *testing.T) {
	away := Decision{Kind: Absence, From: date("2026-02-01"), Until: date("2026-03-31")}
	held := balie.Previous(date("2025-02-12"), 1, date("2026-02-11")) // window from 12 December 2025, grace until 11 March 2026
	f := File{Demands: []Demand{demand("2024-01-01", "", 30)}, Periods: []Period{held}, Decisions: []Decision{away}}
	for day, want := range map[string]Standing{"2026-02-11": Expiring, "2026-02-12": Paused, "2026-03-31": Paused, "2026-04-01": Lapsing} {
		if got := f.Standing(date(day)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
