package training

import (
	"cmp"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Share is what the place of one participant costs.
type Share struct {
	Person staff.PersonID
	Amount Cents
}

// Shares divides the cost of a session over everybody with a place, also who stays away, and over the places of other
// municipalities. Cents that cannot be divided are for who enrolled first, so that all shares add up to the cost exactly.
// What does not go on costs nothing here, nor does a session with nobody in it.
func (r Roll) Shares() []Share {
	attending := r.Attending()
	if r.Cancelled() || len(attending) == 0 {
		return nil
	}
	payers := Cents(len(attending) + r.Elsewhere)
	shares := make([]Share, len(attending))
	for i, e := range attending {
		shares[i] = Share{e.Person, r.Cost / payers}
		if Cents(i) < r.Cost%payers {
			shares[i].Amount++
		}
	}
	return shares
}

// An Account names the budget of one team for one year and fund.
type Account struct {
	Team staff.TeamID
	Year int
	Fund Fund
}

// compare orders accounts by year, team and fund, the statutory first.
func (a Account) compare(b Account) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Team, b.Team), cmp.Compare(b.Fund, a.Fund))
}

// A Budget is what a team may spend, and what was booked on it apart from our sessions.
type Budget struct {
	Account
	Budgeted      Cents
	OtherSpent    Cents // negative where another team or year bears a part of our sessions
	OtherReserved Cents // as above
	Note          string
}

var wrongBudget = fault.New(fault.Invalid, "Dit budget klopt nog niet:", "This budget is not right yet:").Because("budget")

// Check reports at once everything that is wrong with a budget.
func (b Budget) Check() error {
	mistakes := *wrongBudget
	wrong := func(field, dutch, english string) { mistakes = *mistakes.At(field, dutch, english) }
	const most = 100 * mostCost
	if b.Budgeted < 0 || b.Budgeted > most {
		wrong("budgeted", "schrijf een bedrag van 0 tot en met 100 miljoen euro", "write an amount of 0 to 100 million euros")
	}
	for field, amount := range map[string]Cents{"otherSpent": b.OtherSpent, "otherReserved": b.OtherReserved} {
		if amount < -most || amount > most {
			wrong(field, "schrijf een bedrag tot en met 100 miljoen euro", "write an amount of at most 100 million euros")
		}
	}
	if b.Year < 2000 || b.Year > 2100 {
		wrong("year", "kies een jaar van 2000 tot en met 2100", "choose a year from 2000 to 2100")
	}
	if !slices.Contains(Funds(), b.Fund) {
		wrong("fund", "kies verplicht of ontwikkeling", "choose statutory or development")
	}
	if len([]rune(b.Note)) > longestText {
		wrong("note", "schrijf hoogstens 200 tekens", "write at most 200 characters")
	}
	if len(mistakes.Fields) > 0 {
		return &mistakes
	}
	return nil
}

// A Charge is what sessions cost one account.
type Charge struct{ Spent, Reserved Cents }

// A Balance is a budget with what our sessions and the development plans cost it.
type Balance struct {
	Budget
	Sessions Charge
	Plans    Charge
}

// Spent is all that was spent.
func (b Balance) Spent() Cents { return b.OtherSpent + b.Sessions.Spent + b.Plans.Spent }

// Reserved is all that will be spent.
func (b Balance) Reserved() Cents { return b.OtherReserved + b.Sessions.Reserved + b.Plans.Reserved }

// Left is what can still be planned; below zero where more is planned than there is.
func (b Balance) Left() Cents { return b.Budgeted - b.Spent() - b.Reserved() }

// Charges adds up what sessions cost each account: reserved until their day and spent from it on. teamOf names the team
// that somebody works in on a day.
func Charges(rolls []Roll, teamOf func(staff.PersonID, calendar.Date) staff.TeamID, today calendar.Date) map[Account]Charge {
	charges := make(map[Account]Charge)
	for _, r := range rolls {
		for _, s := range r.Shares() {
			account := Account{teamOf(s.Person, r.Day), r.Year(), r.Fund}
			charge := charges[account]
			if r.Day <= today {
				charge.Spent += s.Amount
			} else {
				charge.Reserved += s.Amount
			}
			charges[account] = charge
		}
	}
	return charges
}

// Balances puts budgets and what they are charged for together, in order of year and team; what has no budget has one of
// nothing.
func Balances(budgets []Budget, sessions, plans map[Account]Charge) []Balance {
	var balances []Balance
	known := make(map[Account]bool, len(budgets))
	add := func(b Budget) {
		if !known[b.Account] {
			known[b.Account] = true
			balances = append(balances, Balance{b, sessions[b.Account], plans[b.Account]})
		}
	}
	for _, b := range budgets {
		add(b)
	}
	for _, charges := range []map[Account]Charge{sessions, plans} {
		for account := range charges {
			add(Budget{Account: account})
		}
	}
	slices.SortFunc(balances, func(a, b Balance) int { return a.Account.compare(b.Account) })
	return balances
}

// TeamOn returns the team that somebody works in on a day by their employments, the first where they have several; who
// does not work here that day belongs to the team they worked in last.
func TeamOn(employments []staff.Employment, day calendar.Date) staff.TeamID {
	var last staff.Employment
	for _, e := range employments {
		if e.On(day) {
			return e.Team
		}
		if e.From <= day && e.From >= last.From || last.Team == "" {
			last = e
		}
	}
	return last.Team
}
