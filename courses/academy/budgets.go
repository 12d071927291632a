package academy

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// A TeamBudgets is what a team may spend in a year, with what was spent and reserved of it.
type TeamBudgets struct {
	staff.Team
	Balances []training.Balance // the statutory first
}

// Budgets lists the budgets of a year for every team that one may see, in order of team; a team narrows it. A team without
// a budget that pays for a session has one of nothing.
func (o *Office) Budgets(ctx context.Context, who staff.Actor, year int, team staff.TeamID) ([]TeamBudgets, error) {
	if err := who.Allow(staff.ReadBudgets, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	balances, err := balances(ctx, q, now, year)
	if err != nil {
		return nil, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	byTeam := grouped(balances, func(b training.Balance) staff.TeamID { return b.Team })
	var all []TeamBudgets
	for _, t := range teams {
		if (team == "" || t.ID == team) && seesBudget(who, t.ID) {
			all = append(all, TeamBudgets{t, byTeam[t.ID]})
		}
	}
	if team != "" && len(all) == 0 {
		return nil, notYours
	}
	return all, nil
}

// BudgetYears lists the years for which there is a budget or a session, this one and the next included.
func (o *Office) BudgetYears(ctx context.Context, who staff.Actor) ([]int, error) {
	if err := who.Allow(staff.ReadBudgets, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	years, err := store.BudgetYears(ctx, o.db.Read())
	if err != nil {
		return nil, err
	}
	this, _, _ := now.Today().Civil()
	years = append(years, this, this+1)
	slices.Sort(years)
	return slices.Compact(years), nil
}

// seesBudget reports whether somebody may see the budget of a team: of all teams, or of one they lead.
func seesBudget(who staff.Actor, team staff.TeamID) bool {
	return who.MayForAll(staff.ReadBudgets) || who.May(staff.ReadBudgets) && slices.Contains(who.Leads, team)
}

// teamsOn names the team that somebody works in on a day, by their employments.
func teamsOn(employments []staff.Employment) func(staff.PersonID, calendar.Date) staff.TeamID {
	jobs := grouped(employments, func(e staff.Employment) staff.PersonID { return e.Person })
	return func(person staff.PersonID, day calendar.Date) staff.TeamID { return training.TeamOn(jobs[person], day) }
}

// balances works out every budget of a year.
func balances(ctx context.Context, q store.Q, now Moment, year int) ([]training.Balance, error) {
	rolls, err := store.Rolls(ctx, q, calendar.New(year, time.January, 1), calendar.New(year, time.December, 31))
	if err != nil {
		return nil, err
	}
	employments, err := store.Employments(ctx, q, everybodyOn(rolls)...)
	if err != nil {
		return nil, err
	}
	budgets, err := store.Budgets(ctx, q, year)
	if err != nil {
		return nil, err
	}
	costs, err := store.PlanCosts(ctx, q, year)
	if err != nil {
		return nil, err
	}
	plans := make(map[training.Account]training.Charge)
	for _, c := range costs {
		charge := plans[c.Account]
		if c.Spent.IsZero() {
			charge.Reserved += c.Amount
		} else {
			charge.Spent += c.Amount
		}
		plans[c.Account] = charge
	}
	return training.Balances(budgets, training.Charges(rolls, teamsOn(employments), now.Today()), plans), nil
}

// overBudget lists the budgets that a session is paid from and that have more planned than there is, as far as somebody may
// see them.
func overBudget(ctx context.Context, q store.Q, now Moment, who staff.Actor, r training.Roll) ([]training.Balance, error) {
	all, err := balances(ctx, q, now, r.Year())
	if err != nil {
		return nil, err
	}
	employments, err := store.Employments(ctx, q, everybodyOn([]training.Roll{r})...)
	if err != nil {
		return nil, err
	}
	pays := training.Charges([]training.Roll{r}, teamsOn(employments), now.Today())
	return only(all, func(b training.Balance) bool {
		_, paying := pays[b.Account]
		return paying && b.Left() < 0 && seesBudget(who, b.Team)
	}), nil
}

// SetBudget writes what a team may spend in a year, and what was booked apart from the sessions.
func (o *Office) SetBudget(ctx context.Context, who staff.Actor, b training.Budget) error {
	if err := who.Allow(staff.SetBudgets, staff.Subject{}); err != nil {
		return err
	}
	if err := b.Check(); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(teams, func(t staff.Team) bool { return t.ID == b.Team }) {
			return noSuchTeam
		}
		if err := store.PutBudget(ctx, q, b); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "budget.set", "", fmt.Sprintf("%s/%d/%s", b.Team, b.Year, b.Fund)))
	})
}

var noSuchTeam = fault.New(fault.NotFound, "Dit team bestaat niet.", "This team does not exist.")
