package academy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// agreed is a plan of Eva to F1 to which everybody agreed, with the terms of toF1.
func (s *scene) agreed(items ...competences.ItemID) mobility.Track {
	s.t.Helper()
	plan, _, err := s.SavePlan(ctx, s.as("EVA"), academy.NewPlan{PlanRequest: toF1, Items: items, Terms: mobility.Terms{ReturnTill: date("2026-12-31")}})
	s.must(err)
	for party, who := range map[mobility.Party]staff.PersonID{mobility.ByEmployee: "EVA", mobility.ByLeader: "LEA", mobility.ByHR: "PEN"} {
		plan, _, err = s.AgreePlan(ctx, s.as(who), plan.ID, party, 1)
		s.must(err)
	}
	return plan
}

// balance is the development budget of Eva's team.
func (s *scene) balance() training.Balance {
	s.t.Helper()
	all, err := s.Budgets(ctx, s.as("PEN"), 2026, "T1")
	s.must(err)
	return all[0].Balances[slices.IndexFunc(all[0].Balances, func(b training.Balance) bool { return b.Fund == training.Development })]
}

func TestAgreeingReservesTheBudgetAndStoppingFreesIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		pen := s.as("PEN")
		s.must(s.SetBudget(ctx, pen, training.Budget{Account: training.Account{Team: "T1", Year: 2026, Fund: training.Development}, Budgeted: 9_999}))
		plan, _, err := s.SavePlan(ctx, s.as("EVA"), academy.NewPlan{PlanRequest: toF1}) // A and B, € 100, and D, which the law asks
		s.must(err)
		agree := func() error {
			_, _, err := s.AgreePlan(ctx, pen, plan.ID, mobility.ByHR, 1)
			return err
		}
		refuses(t, agree(), fault.Conflict, "over_budget")
		s.must(s.SetBudget(ctx, pen, training.Budget{Account: training.Account{Team: "T1", Year: 2026, Fund: training.Development}}))
		refuses(t, agree(), fault.Conflict, "no_budget")
		if s.lines("plan_costs") != 0 || s.lines("audit", "plan.agreed") != 0 {
			t.Error("something stays of an agreement that was refused")
		}
		s.must(s.SetBudget(ctx, pen, training.Budget{Account: training.Account{Team: "T1", Year: 2026, Fund: training.Development}, Budgeted: 10_000}))
		v, err := s.Plan(ctx, pen, plan.ID)
		s.must(err)
		if len(v.Bill.Lines) != 2 || len(v.Bill.Accounts) != 2 || v.Bill.Lines[0].Fund == v.Bill.Lines[1].Fund {
			t.Errorf("per line: %+v", v.Bill)
		}
		s.must(agree())
		if b := s.balance(); b.Plans.Reserved != 10_000 || b.Left() != 0 {
			t.Errorf("%+v", b)
		}
		own, err := s.Plan(ctx, s.as("EVA"), plan.ID)
		s.must(err)
		if len(own.Bill.Lines) != 2 || len(own.Bill.Accounts) != 0 {
			t.Errorf("what is left of a budget is not for the employee: %+v", own.Bill.Accounts)
		}
		for party, who := range map[mobility.Party]staff.PersonID{mobility.ByEmployee: "EVA", mobility.ByLeader: "LEA"} {
			_, _, err := s.AgreePlan(ctx, s.as(who), plan.ID, party, 1)
			s.must(err)
		}
		at := slices.IndexFunc(plan.Steps, func(s mobility.TrackStep) bool { return s.Item == "A" })
		_, err = s.FinishStep(ctx, s.as("LEA"), plan.ID, plan.Steps[at].Number, date("2026-01-15"))
		s.must(err)
		if b := s.balance(); b.Plans.Spent != 10_000 || b.Plans.Reserved != 0 {
			t.Errorf("what is done is spent: %+v", b)
		}
		_, err = s.StopPlan(ctx, s.as("EVA"), plan.ID, "")
		refuses(t, err, fault.Invalid, "")
		_, err = s.StopPlan(ctx, s.as("EVA"), plan.ID, "Ik blijf.")
		s.must(err)
		if s.lines("plan_costs") != 1 || s.lines("learning_times") != 0 {
			t.Error("what is not spent is free again:", s.lines("plan_costs"))
		}
	})
}

func TestWhoeversTurnItIsHearsIt(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		eva, lea, pen := s.as("EVA"), s.as("LEA"), s.as("PEN")
		told := func(kind string, who staff.PersonID) int { return s.lines("notes", "plan-"+kind, string(who)) }
		plan, _, err := s.SavePlan(ctx, eva, academy.NewPlan{PlanRequest: toF1})
		s.must(err)
		if told("made", "LEA") != 1 || told("made", "EVA") != 0 || told("made", "PEN") != 0 {
			t.Error("a draft is for the leader to read")
		}
		agree := func(who staff.Actor, party mobility.Party, revision int) {
			_, _, err := s.AgreePlan(ctx, who, plan.ID, party, revision)
			s.must(err)
		}
		agree(eva, mobility.ByEmployee, 1)
		agree(lea, mobility.ByLeader, 1)
		if told("turn", "LEA") != 1 || told("turn", "PEN") != 1 {
			t.Error("it is the turn of the leader, and then of HR")
		}
		_, err = s.SendBackPlan(ctx, pen, plan.ID, mobility.ByHR, 1, "")
		refuses(t, err, fault.Invalid, "")
		_, err = s.SendBackPlan(ctx, eva, plan.ID, mobility.ByHR, 1, "Nee.")
		refuses(t, err, fault.Forbidden, "not_that_party")
		_, err = s.SendBackPlan(ctx, s.as("XAN"), plan.ID, mobility.ByLeader, 1, "Nee.")
		refuses(t, err, fault.NotFound, "")
		for range 2 { // once more changes nothing
			back, err := s.SendBackPlan(ctx, pen, plan.ID, mobility.ByHR, 1, "Kies een later jaar.")
			s.must(err)
			if back.Revision != 2 || len(back.Agreed()) != 0 || back.Returned().Words != "Kies een later jaar." {
				t.Errorf("%+v", back)
			}
		}
		if told("returned", "EVA") != 1 || told("returned", "LEA") != 1 || told("returned", "PEN") != 0 || s.lines("audit", "plan.sent-back") != 1 {
			t.Error("who is told that it was sent back")
		}
		edit := academy.PlanEdit{Revision: 2, Terms: plan.Terms, Steps: []mobility.Wanted{{Item: "C"}, {Item: "D"}}}
		edit.TalkOn = date("2026-02-02")
		_, err = s.RevisePlan(ctx, eva, plan.ID, edit)
		s.must(err)
		if told("changed", "LEA") != 1 {
			t.Error("a change asks the leader again")
		}
		for party, who := range map[mobility.Party]staff.Actor{mobility.ByEmployee: eva, mobility.ByLeader: lea, mobility.ByHR: pen} {
			agree(who, party, 3)
		}
		if s.lines("notes", "plan-agreed") == 0 {
			t.Error("nobody hears that it runs")
		}
		sweep := func(day string) {
			s.clock.set(day, "05:15")
			s.sweep(academy.SweepRequest{})
		}
		sweep("2026-02-01")
		if s.lines("notes", "plan-talk") != 0 {
			t.Error("the day has not come")
		}
		for _, day := range []string{"2026-02-02", "2026-02-03"} {
			sweep(day)
		}
		if told("talk", "EVA") != 1 || told("talk", "LEA") != 1 {
			t.Error("who hears that they look back, once")
		}
	})
}

func TestHoursOfAPlanAreKeptFreeInTheRoster(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		works := staffing.Hours{From: 9 * 60, To: 17 * 60}
		roster := staffing.Roster{Person: "EVA", Employment: 1, From: date("2026-01-15")}
		for _, day := range []int{1, 2, 3, 4} {
			roster.Days[day] = works
		}
		s.must(s.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			if err := store.PutRosters(ctx, q, roster); err != nil {
				return err
			}
			if err := store.InsertActivities(ctx, q, []staff.Activity{{ID: "P1", Kind: staff.Process, Name: "Balie open", Roles: staff.Always("R1")}}); err != nil {
				return err
			}
			return store.InsertProcess(ctx, q, staffing.Process{Activity: staff.Activity{ID: "P1"}, Version: 1, Windows: []staffing.Window{{Days: []time.Weekday{2}, From: 9 * 60, To: 17 * 60, Minimum: 1}}}, store.Written{})
		}))
		plan := s.agreed("C", "D") // 11 hours, 2 a week; on Tuesdays only she may be at the counter
		times, err := store.LearningTimes(ctx, s.db.Read(), date("2026-01-01"), "EVA")
		s.must(err)
		minutes := 0
		for _, l := range times {
			minutes += int(l.To - l.From)
			if l.Plan != plan.ID || l.Day.Weekday() == time.Tuesday || l.From < works.From || l.To > works.To {
				t.Errorf("she learns on %s from %d to %d", l.Day, l.From, l.To)
			}
		}
		if minutes != plan.Minutes() {
			t.Errorf("%d of %d minutes are kept free: %+v", minutes, plan.Minutes(), times)
		}
		shown, err := s.Plan(ctx, s.as("EVA"), plan.ID)
		s.must(err)
		if len(shown.Time) == 0 || shown.NoRoster {
			t.Error("she does not see when")
		}
		_, err = s.PausePlan(ctx, s.as("PEN"), plan.ID, date("2026-03-01"), "Verkiezingen.")
		refuses(t, err, fault.Forbidden, "")
		_, err = s.PausePlan(ctx, s.as("EVA"), plan.ID, date("2026-01-10"), "Verkiezingen.")
		refuses(t, err, fault.Invalid, "pause")
		paused, err := s.PausePlan(ctx, s.as("EVA"), plan.ID, date("2026-03-01"), "Verkiezingen.")
		s.must(err)
		if paused.PausedOn(date("2026-02-01")) == nil || paused.Steps[0].From <= date("2026-03-01") || paused.By <= plan.By || paused.Phase() != mobility.Running {
			t.Errorf("%+v", paused)
		}
		times, err = store.LearningTimes(ctx, s.db.Read(), date("2026-01-16"), "EVA")
		s.must(err)
		if len(times) == 0 || times[0].Day <= date("2026-03-01") {
			t.Errorf("after the pause: %+v", times)
		}
	})
}

func TestGoingBackIsForTheEmployeeWhileTheDayHasNotPassed(t *testing.T) {
	onStage(t, func(t *testing.T, s *scene) {
		s.grow()
		plan := s.agreed("C", "D")
		_, err := s.ReturnToRole(ctx, s.as("LEA"), plan.ID, "Het past niet.")
		refuses(t, err, fault.Forbidden, "employee_only")
		_, err = s.ReturnToRole(ctx, s.as("XAN"), plan.ID, "Het past niet.")
		refuses(t, err, fault.NotFound, "")
		back, err := s.ReturnToRole(ctx, s.as("EVA"), plan.ID, "Het past niet.")
		s.must(err)
		if !back.WentBack || back.Phase() != mobility.Stopped || s.lines("notes", "plan-stopped", "LEA") != 1 {
			t.Errorf("%+v", back)
		}
	})
}
