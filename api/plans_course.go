package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// The planChoices are places in the list of plans, the first being 0; absent where there are none.
type planChoices struct {
	FewestHours *int `json:"fewestHours,omitempty" example:"0"`
	Cheapest    *int `json:"cheapest,omitempty" example:"4"`
	Earliest    *int `json:"earliest,omitempty" example:"0" doc:"Ready first of these plans."`
}

// An uncertified is a certificate that nothing on offer leads to.
type uncertified struct {
	Scheme certificates.SchemeKey `json:"scheme" example:"BEN-ABS"`
	Why    string                 `json:"why" example:"Benoeming tot ambtenaar van de burgerlijke stand: hiervoor is geen leeraanbod."`
}

func uncertifiedOf(c caller, w academy.Words, all []mobility.Uncertified) []uncertified {
	without := make([]uncertified, len(all))
	for i, u := range all {
		without[i] = uncertified{u.Scheme, c.say(u.Why(w.Scheme(u.Scheme)))}
	}
	return without
}

// A planGoal is one thing the role asks, beside what shows it.
type planGoal struct {
	Competence competences.CompetenceID `json:"competence,omitempty" example:"K05" doc:"Absent: a certificate."`
	Scheme     certificates.SchemeKey   `json:"scheme,omitempty" example:"INT-ID" doc:"Absent: a competence."`
	Name       string                   `json:"name" example:"Naturalisatie en optie"`
	Asked      competences.Level        `json:"asked,omitempty" example:"3"`
	Has        competences.Level        `json:"has,omitempty" example:"1"`
	Source     competences.Source       `json:"source,omitempty" enum:"self,leader,assessor,certificate,external" doc:"What shows it; absent: nothing does."`
	On         *date                    `json:"on" nullable:"true" doc:"Of that evidence."`
	Reached    bool                     `json:"reached"`
}

func planGoalsOf(w academy.Words, all []mobility.Goal) []planGoal {
	goals := make([]planGoal, len(all))
	for i, g := range all {
		goals[i] = planGoal{Competence: g.Competence, Scheme: g.Scheme, Asked: g.Asked, Has: g.Has, Source: g.Source, On: orNull(g.Day), Reached: g.Reached()}
		if goals[i].Name = w.Scheme(g.Scheme); g.Competence != "" {
			goals[i].Name = w.Competence(g.Competence)
		}
	}
	return goals
}

// A billLine is one step that costs something.
type billLine struct {
	Step          int           `json:"step" example:"1" doc:"Its number."`
	Title         string        `json:"title" example:"Opleiding naturalisatie en optie (2 dagen)"`
	Costs         float64       `json:"costs" example:"1150" doc:"In euros."`
	Team          staff.TeamID  `json:"team" example:"T3"`
	Year          int           `json:"year" example:"2027"`
	Fund          training.Fund `json:"fund" enum:"statutory,development" doc:"What the law asks or the present work needs is statutory: never on a personal budget (art. 7:611a BW)."`
	PaidBySession bool          `json:"paidBySession" doc:"A group training in which the person has a place: its own budget pays."`
}

// A billBudget is one budget that pays.
type billBudget struct {
	Team  staff.TeamID  `json:"team" example:"T3"`
	Year  int           `json:"year" example:"2027"`
	Fund  training.Fund `json:"fund" enum:"statutory,development"`
	Left  float64       `json:"left" example:"6350" doc:"In euros, before this plan."`
	Asked float64       `json:"asked" example:"1150" doc:"In euros, that is not spent yet."`
	Short bool          `json:"short" doc:"It is not enough: HR cannot agree. What the law asks goes on all the same."`
}

// A learningTime is working time that is kept free.
type learningTime struct {
	Day  date           `json:"day"`
	From training.Clock `json:"from" example:"780" doc:"In minutes after midnight."`
	To   training.Clock `json:"to" example:"900"`
}

// A planReturn is the no of one party.
type planReturn struct {
	Party    mobility.Party `json:"party" enum:"employee,leader,hr"`
	By       staff.PersonID `json:"by" example:"RW1057"`
	On       date           `json:"on"`
	Revision int            `json:"revision" example:"1"`
	Words    string         `json:"words" example:"Kies de cursus in het voorjaar."`
}

// A planPause is a time in which nothing is to be done.
type planPause struct {
	From  date           `json:"from"`
	Until date           `json:"until"`
	By    staff.PersonID `json:"by" example:"RW1036"`
	Words string         `json:"words" example:"Eerst de verkiezingen."`
}

// addCourse adds what a plan costs, when somebody learns, and what became of it.
func (to *plan) addCourse(v academy.PlanView) {
	to.Bill, to.Budgets, to.LearningTime = []billLine{}, []billBudget{}, []learningTime{}
	for _, l := range v.Bill.Lines {
		to.Bill = append(to.Bill, billLine{l.Step.Number, l.Step.Title, inEuros(l.Step.Cents), l.Team, l.Year, l.Fund, l.Session})
	}
	for _, a := range v.Bill.Accounts {
		to.Budgets = append(to.Budgets, billBudget{a.Team, a.Year, a.Fund, inEuros(int(a.Left)), inEuros(int(a.Amount)), a.Short()})
	}
	for _, l := range v.Time {
		to.LearningTime = append(to.LearningTime, learningTime{dateOf(l.Day), l.From, l.To})
	}
	for _, r := range v.Returns {
		to.Returns = append(to.Returns, planReturn{r.Party, r.By, dateOf(r.On), r.Text, r.Words})
	}
	for _, p := range v.Pauses {
		to.Pauses = append(to.Pauses, planPause{dateOf(p.From), dateOf(p.Until), p.By, p.Words})
	}
	if v.Paused != nil {
		to.PausedUntil = orNull(v.Paused.Until)
	}
}

// steerPlans sends back and pauses.
func (s *server) steerPlans() {
	type returnInput struct {
		PlanPath
		Body struct {
			Party    mobility.Party `json:"party" enum:"employee,leader,hr" doc:"For whom you answer."`
			Revision int            `json:"revision" minimum:"1" example:"1" doc:"That you read."`
			Words    string         `json:"words" minLength:"1" maxLength:"1000" example:"Kies de cursus in het voorjaar." doc:"What should be different."`
		} `nameHint:"NewReturn"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "send-back-plan", Method: http.MethodPost, Path: "/plans/{plan}/returns", Tags: []string{"Plans"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Send a plan back", Description: "Says no for one of the three parties to the revision that was read, with what should be different. What the others agreed to counts no more; everybody in the plan hears it. The same once more changes nothing.",
		},
		permission: staff.AgreePlans,
		request:    `{"party": "hr", "revision": 1, "words": "Kies de cursus in het voorjaar."}`,
		response:   planExample,
		conflict:   planConflict,
	}, func(ctx context.Context, c caller, in *returnInput) (*planOutput, error) {
		if _, err := s.office.SendBackPlan(ctx, c.Actor, in.Plan, in.Body.Party, in.Body.Revision, in.Body.Words); err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})

	type pauseInput struct {
		PlanPath
		Body struct {
			Until date   `json:"until" doc:"The last day on which it rests: after today, at most a year ahead."`
			Words string `json:"words" maxLength:"1000" example:"Eerst de verkiezingen." doc:"Why; both see it. Nothing about health."`
		} `nameHint:"NewPause"`
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "pause-plan", Method: http.MethodPut, Path: "/plans/{plan}/pause", Tags: []string{"Plans"}, MaxBodyBytes: answersBody, Errors: []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Pause a plan", Description: "Lets the employee or their leader rest a running plan until a day. What is not done is planned anew after it, and the target day moves as far; nobody has to agree again. A pause during a pause takes its place.",
		},
		permission: staff.WritePlans,
		request:    `{"until": "2026-12-18", "words": "Eerst de verkiezingen."}`,
		response:   planExample,
		conflict:   `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "This plan does not run yet. All three agree first.", "reason": "not_agreed"}`,
	}, func(ctx context.Context, c caller, in *pauseInput) (*planOutput, error) {
		until, err := in.Body.Until.read("body.until")
		if err != nil {
			return nil, err
		}
		if _, err := s.office.PausePlan(ctx, c.Actor, in.Plan, until, in.Body.Words); err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})
}
