package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// BudgetTerms are what somebody sets of a budget, in eurocents.
type BudgetTerms struct {
	Budgeted      int64  `json:"budgeted" minimum:"0" maximum:"10000000000" example:"320000"`
	OtherSpent    int64  `json:"otherSpent,omitempty" minimum:"-10000000000" maximum:"10000000000" example:"260000" doc:"Spent on anything but group trainings and development plans here; below zero where another team bears a part of those."`
	OtherReserved int64  `json:"otherReserved,omitempty" minimum:"-10000000000" maximum:"10000000000" doc:"Reserved for anything but group trainings and development plans here; as above."`
	Note          string `json:"note,omitempty" maxLength:"200"`
}

// A balance is a budget with what was spent and reserved, in eurocents.
type balance struct {
	Team staff.TeamID  `json:"team" example:"T1"`
	Year int           `json:"year" example:"2026"`
	Fund training.Fund `json:"fund" enum:"statutory,development"`
	BudgetTerms
	Spent    int64 `json:"spent" example:"278500" doc:"All that was spent, group trainings up to today and finished steps of development plans included."`
	Reserved int64 `json:"reserved" example:"18500" doc:"All that was reserved, group trainings to come and steps of development plans to which HR agreed included."`
	Left     int64 `json:"left" example:"13000" doc:"What can still be planned; below zero where more is planned than there is."`
}

func balanceOf(b training.Balance) balance {
	return balance{
		b.Team, b.Year, b.Fund, BudgetTerms{int64(b.Budgeted), int64(b.OtherSpent), int64(b.OtherReserved), b.Note},
		int64(b.Spent()), int64(b.Reserved()), int64(b.Left()),
	}
}

func (s *server) budgets() {
	type listInput struct {
		Year int          `query:"year" minimum:"2000" maximum:"2100" example:"2026" doc:"Absent: this year."`
		Team staff.TeamID `query:"team" maxLength:"64" example:"T1" doc:"One team; absent: all that you may see."`
		Page
	}
	type listOutput struct{ Body list[balance] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-budgets", Method: http.MethodGet, Path: "/budgets", Tags: []string{"Budgets"}, Errors: []int{http.StatusNotFound},
			Summary: "What there is for training", Description: "Lists the budgets of a year, per team and fund, the statutory first: a leader's own teams, or all. There are no personal budgets yet, and statutory training never comes from one: it is free for the employee (art. 7:611a BW).",
		},
		permission: staff.ReadBudgets,
		response:   `{"items": [{"team": "T1", "year": 2026, "fund": "statutory", "budgeted": 310000, "otherSpent": 121000, "otherReserved": -18500, "spent": 278500, "reserved": 18500, "left": 13000}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		year := in.Year
		if year == 0 {
			now, err := s.office.Now(ctx)
			if err != nil {
				return nil, err
			}
			year, _, _ = now.Today().Civil()
		}
		teams, err := s.office.Budgets(ctx, c.Actor, year, in.Team)
		if err != nil {
			return nil, err
		}
		part, err := turn(allBalances(teams), in.Page, func(b training.Balance) string { return string(b.Team) + "/" + string(b.Fund) })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, balanceOf)}, nil
	})

	type setInput struct {
		Team string        `path:"team" maxLength:"64" example:"T1"`
		Year int           `path:"year" minimum:"2000" maximum:"2100" example:"2027"`
		Fund training.Fund `path:"fund" enum:"statutory,development"`
		Body BudgetTerms
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "set-budget", Method: http.MethodPut, Path: "/budgets/{team}/{year}/{fund}", Tags: []string{"Budgets"}, DefaultStatus: http.StatusNoContent, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound},
			Summary: "Set a budget", Description: "Writes what a team may spend in a year from a fund, and what was booked apart from group trainings.",
		},
		permission: staff.SetBudgets,
		request:    `{"budgeted": 320000, "otherSpent": 0, "otherReserved": 14500, "note": "BHV, agressie en wettelijke scholing"}`,
	}, func(ctx context.Context, c caller, in *setInput) (*struct{}, error) {
		b := training.Budget{
			Account:  training.Account{Team: staff.TeamID(in.Team), Year: in.Year, Fund: in.Fund},
			Budgeted: training.Cents(in.Body.Budgeted), OtherSpent: training.Cents(in.Body.OtherSpent), OtherReserved: training.Cents(in.Body.OtherReserved), Note: in.Body.Note,
		}
		return nil, within("body.", s.office.SetBudget(ctx, c.Actor, b))
	})
}

// allBalances lists the budgets of some teams.
func allBalances(teams []academy.TeamBudgets) []training.Balance {
	var all []training.Balance
	for _, t := range teams {
		all = append(all, t.Balances...)
	}
	return all
}
