package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A Bill is what a plan costs, and which budgets pay it.
type Bill struct {
	Lines    []BillLine // in order of step
	Accounts []BillAccount
}

// A BillLine is one step that costs something.
type BillLine struct {
	Step mobility.TrackStep
	training.Account
	Session bool // a group training in which the person has a place: its own budget pays
}

// A BillAccount is one budget that pays for a plan.
type BillAccount struct {
	training.Account
	TeamName string
	Set      bool           // somebody wrote down what there is
	Left     training.Cents // before the plan
	Amount   training.Cents // that the plan asks of it, what is spent not included
}

// Short reports whether a budget does not pay for a plan. What the law asks goes on, whatever the budget is.
func (b BillAccount) Short() bool { return b.Fund == training.Development && b.Amount > b.Left }

// readBill works out what a plan costs, and what is left to pay it from.
func readBill(ctx context.Context, q store.Q, now Moment, t mobility.Track) (bill Bill, err error) {
	employments, err := store.Employments(ctx, q, t.Person)
	if err != nil {
		return bill, err
	}
	rolls, err := store.RollsOf(ctx, q, t.Person)
	if err != nil {
		return bill, err
	}
	items, err := store.LearningItems(ctx, q)
	if err != nil {
		return bill, err
	}
	teamOn := teamsOn(employments)
	for _, s := range t.Steps {
		if s.Cents == 0 {
			continue
		}
		year, _, _ := s.From.Civil()
		line := BillLine{Step: s, Account: training.Account{Team: teamOn(t.Person, s.From), Year: year, Fund: training.Development}}
		if s.Statutory {
			line.Fund = training.Statutory
		}
		for _, i := range items {
			line.Session = line.Session || i.ID == s.Item && i.Scheme != "" && slices.ContainsFunc(rolls, func(r training.Roll) bool {
				return r.Scheme == i.Scheme && !r.Cancelled() && s.From <= r.Day && r.Day <= s.Until
			})
		}
		bill.Lines = append(bill.Lines, line)
	}
	return bill, bill.readAccounts(ctx, q, now, t)
}

// readAccounts reads what is left of the budgets of a bill.
func (b *Bill) readAccounts(ctx context.Context, q store.Q, now Moment, t mobility.Track) error {
	own, err := store.CostsOfPlan(ctx, q, t.ID)
	if err != nil {
		return err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return err
	}
	years := make(map[int][]training.Balance)
	for _, l := range b.Lines {
		if l.Session || !l.Step.DoneOn.IsZero() {
			continue
		}
		at := slices.IndexFunc(b.Accounts, func(a BillAccount) bool { return a.Account == l.Account })
		if at < 0 {
			if _, read := years[l.Year]; !read {
				if years[l.Year], err = balances(ctx, q, now, l.Year); err != nil {
					return err
				}
			}
			a := BillAccount{Account: l.Account}
			for _, balance := range years[l.Year] {
				if balance.Account == l.Account {
					a.Set, a.Left = balance.Budgeted > 0, balance.Left()
				}
			}
			for _, c := range own { // what this plan has reserved is for this plan
				if c.Account == l.Account && c.Spent.IsZero() {
					a.Left += c.Amount
				}
			}
			for _, team := range teams {
				if team.ID == l.Team {
					a.TeamName = team.Name
				}
			}
			at, b.Accounts = len(b.Accounts), append(b.Accounts, a)
		}
		b.Accounts[at].Amount += training.Cents(l.Step.Cents)
	}
	return nil
}

// pays checks that the budgets can pay: fault.Conflict with what is left, and what to do.
func (b Bill) pays() error {
	for _, a := range b.Accounts {
		if !a.Short() {
			continue
		}
		leftNL, leftEN := mobility.Euros(int(max(a.Left, 0)))
		askedNL, askedEN := mobility.Euros(int(a.Amount))
		if !a.Set {
			return fault.New(fault.Conflict,
				fmt.Sprintf("%s heeft voor %d nog geen ontwikkelbudget. Leg het budget vast en geef dan akkoord.", a.TeamName, a.Year),
				fmt.Sprintf("%s has no development budget for %d yet. Set the budget and then agree.", a.TeamName, a.Year)).Because("no_budget")
		}
		return fault.New(fault.Conflict,
			fmt.Sprintf("%s heeft in %d nog %s ontwikkelbudget, en dit plan vraagt %s. Stuur het plan terug voor goedkopere stappen of een later jaar, of verhoog het budget.", a.TeamName, a.Year, leftNL, askedNL),
			fmt.Sprintf("%s has %s of its development budget left in %d, and this plan asks %s. Send the plan back for cheaper steps or a later year, or raise the budget.", a.TeamName, leftEN, a.Year, askedEN)).Because("over_budget")
	}
	return nil
}

// reserve writes what a bill takes of the budgets.
func (b Bill) reserve(ctx context.Context, q store.Q, plan string) error {
	var costs []store.PlanCost
	for _, l := range b.Lines {
		if !l.Session && l.Step.DoneOn.IsZero() {
			costs = append(costs, store.PlanCost{Item: l.Step.Item, Account: l.Account, Amount: training.Cents(l.Step.Cents)})
		}
	}
	return store.ReservePlan(ctx, q, plan, costs...)
}

// seen is what a reader may see of a bill: what is left of a budget is for who may see that budget.
func (b Bill) seen(who staff.Actor) Bill {
	b.Accounts = only(b.Accounts, func(a BillAccount) bool { return seesBudget(who, a.Team) })
	return b
}
