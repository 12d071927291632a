package api

import (
	"context"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// inMinutes turns hours into whole minutes, and inHours turns them back.
func inMinutes(hours float64) int { return int(math.Round(hours * 60)) }
func inHours(minutes int) float64 { return float64(minutes) / 60 }

// inEuros turns cents into euros.
func inEuros(cents int) float64 { return float64(cents) / 100 }

// A draftStep is one item of a proposed plan.
type draftStep struct {
	Item      competences.ItemID   `json:"item" example:"L12"`
	Title     string               `json:"title" example:"Opleiding naturalisatie en optie (2 dagen)"`
	From      date                 `json:"from"`
	Until     date                 `json:"until"`
	Hours     float64              `json:"hours" example:"16"`
	Costs     float64              `json:"costs" example:"1150" doc:"In euros."`
	Statutory bool                 `json:"statutory" doc:"The law or the collective agreement asks it: never on a personal budget."`
	Brings    []raised             `json:"brings" doc:"What it adds to what the person can do by then."`
	After     []competences.ItemID `json:"after" doc:"Items of the plan that come first."`
	Why       string               `json:"why" example:"Naturalisatie en optie: van niveau 1 naar 2. Dit wordt op vaste dagen gegeven."`
}

// A raised is a level that something brings.
type raised struct {
	Competence competences.CompetenceID `json:"competence" example:"K05"`
	From       competences.Level        `json:"from" example:"1"`
	To         competences.Level        `json:"to" example:"2"`
}

// A proposedPlan is one way to close the gap.
type proposedPlan struct {
	Hours   float64     `json:"hours" example:"62.5"`
	Costs   float64     `json:"costs" example:"2040" doc:"In euros."`
	ReadyOn date        `json:"readyOn"`
	InTime  bool        `json:"inTime"`
	Why     string      `json:"why" example:"Dit plan kost de minste uren. Klaar op 5 maart 2027: op tijd." doc:"Beside the plan with the fewest hours, in the language of Accept-Language."`
	Steps   []draftStep `json:"steps" doc:"In order of their first day."`
	Later   []lacking   `json:"later" doc:"Certificates that the role asks and this plan does not bring: to be got once in the role."`
}

func proposedPlanOf(c caller, d academy.PlanDraft, p mobility.Plan) proposedPlan {
	to := proposedPlan{
		Hours: inHours(p.Minutes), Costs: inEuros(p.Cents), ReadyOn: dateOf(p.Ready), InTime: p.InTime, Steps: []draftStep{}, Later: lackingOf(d.Words, d.Certified(p)),
		Why: c.say(p.Beside(d.Proposal.Plans[0])) + " " + c.say(p.When(d.Problem)),
	}
	for _, s := range p.Steps {
		step := draftStep{
			Item: s.Item.ID, Title: s.Item.Title, From: dateOf(s.From), Until: dateOf(s.Until), Hours: inHours(s.Item.Minutes), Costs: inEuros(s.Item.Cents), Statutory: s.Item.Statutory,
			Brings: []raised{}, After: append([]competences.ItemID{}, s.After...), Why: c.say(p.Why(s, d.Names())),
		}
		for _, r := range s.Raises {
			step.Brings = append(step.Brings, raised(r))
		}
		to.Steps = append(to.Steps, step)
	}
	return to
}

// A shortWeek is a week with less time to learn than usual.
type shortWeek struct {
	Monday    date     `json:"monday"`
	Hours     float64  `json:"hours" example:"2"`
	Leave     bool     `json:"leave" doc:"The person is on leave, in part or altogether."`
	Processes []string `json:"processes" doc:"Processes that would have too few people at some time."`
}

// A proposal is what a dry run answers.
type proposal struct {
	Person       staff.PersonID `json:"person" example:"RW1036"`
	Role         staff.RoleID   `json:"role" example:"F02"`
	By           date           `json:"by"`
	HoursPerWeek float64        `json:"hoursPerWeek" example:"4"`
	DryRun       bool           `json:"dryRun" doc:"Always true: nothing was stored."`
	Met          int            `json:"met" example:"4"`
	Asked        int            `json:"asked" example:"9"`
	Plans        []proposedPlan `json:"plans" doc:"The one with the fewest hours first; none is dearer in both hours and money than another."`
	Choices      planChoices    `json:"choices" doc:"Which of the plans is best at what, as places in the list; the same plan can be best at more."`
	Without      []uncertified  `json:"without" doc:"Certificates that the role asks and nothing on offer leads to."`
	Fastest      *proposedPlan  `json:"fastest,omitempty" doc:"One that is in time where none of the plans is; absent where it is not needed, or none was found."`
	Open         []openGap      `json:"open" doc:"What nothing on offer closes."`
	Lacking      []lacking      `json:"lacking" doc:"Certificates that the role asks and the person does not hold."`
	Proven       bool           `json:"proven" doc:"No plan takes fewer hours than the first."`
	BoundHours   float64        `json:"boundHours" example:"62.5" doc:"No plan takes fewer hours than this."`
	ShortWeeks   []shortWeek    `json:"shortWeeks"`
	Why          string         `json:"why" example:"Er is geen plan met minder uren."`
}

func proposalOf(c caller, d academy.PlanDraft) proposal {
	p := d.Proposal
	to := proposal{
		Person: d.Person, Role: d.Role, By: dateOf(d.By), HoursPerWeek: inHours(d.PerWeek), DryRun: true, Met: p.Met, Asked: p.Asked, Plans: []proposedPlan{}, Open: openGapsOf(c, d.Words, p.Open),
		Lacking: lackingOf(d.Words, d.Match.Lacking), Without: uncertifiedOf(c, d.Words, p.Without), Proven: p.Proven, BoundHours: inHours(p.Bound), ShortWeeks: []shortWeek{}, Why: c.say(p.Why()),
	}
	for _, plan := range p.Plans {
		to.Plans = append(to.Plans, proposedPlanOf(c, d, plan))
	}
	if first, cheapest, earliest := p.Best(); len(p.Plans) > 0 {
		to.Choices = planChoices{&first, &cheapest, &earliest}
	}
	if p.Fastest != nil {
		fastest := proposedPlanOf(c, d, *p.Fastest)
		to.Fastest = &fastest
	}
	for _, w := range d.Short {
		to.ShortWeeks = append(to.ShortWeeks, shortWeek{dateOf(w.Monday), inHours(w.Minutes), w.Leave, append([]string{}, w.Processes...)})
	}
	return to
}

// A planStep is one thing to do.
type planStep struct {
	Number    int                `json:"number" example:"1"`
	Item      competences.ItemID `json:"item,omitempty" example:"L12" doc:"Absent: an appointment in words."`
	Title     string             `json:"title" example:"Opleiding naturalisatie en optie (2 dagen)"`
	Owner     staff.PersonID     `json:"owner" example:"RW1036"`
	From      date               `json:"from"`
	Until     date               `json:"until"`
	Hours     float64            `json:"hours" example:"16"`
	Costs     float64            `json:"costs" example:"1150"`
	Statutory bool               `json:"statutory"`
	DoneOn    *date              `json:"doneOn" nullable:"true"`
	Late      bool               `json:"late"`
}

// A planAgreement is the yes of one party.
type planAgreement struct {
	Party    mobility.Party `json:"party" enum:"employee,leader,hr"`
	By       staff.PersonID `json:"by" example:"RW1026"`
	On       date           `json:"on"`
	Revision int            `json:"revision" example:"1" doc:"Of the plan that was read. One of an older revision does not count any more."`
}

// A planEvaluation is how somebody looks back.
type planEvaluation struct {
	By    staff.PersonID `json:"by" example:"RW1026"`
	On    date           `json:"on"`
	Words string         `json:"words" example:"Het gaat sneller dan we dachten."`
	Goals []planGoal     `json:"goals" doc:"What was reached that day."`
}

// A plan is a plan that somebody keeps.
type plan struct {
	Plan         string           `json:"plan" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"Its key."`
	Person       staff.PersonID   `json:"person" example:"RW1036"`
	Role         staff.RoleID     `json:"role" example:"F02"`
	State        mobility.Phase   `json:"state" enum:"draft,awaiting,running,changing,stopped,done"`
	Revision     int              `json:"revision" example:"1" doc:"An agreement is to one revision: a change asks everybody again."`
	By           date             `json:"by"`
	HoursPerWeek float64          `json:"hoursPerWeek" example:"4"`
	Words        string           `json:"words,omitempty" example:"Ik wil dossiers van begin tot eind doen." doc:"Of the employee."`
	Guide        staff.PersonID   `json:"guide,omitempty" example:"RW1020"`
	Roster       string           `json:"roster,omitempty" example:"Dinsdagmiddag geen KCC-dienst"`
	LearnDay     int              `json:"learnDay,omitempty" example:"2" doc:"The day of the week that is kept free for it: 1 is Monday."`
	Talks        string           `json:"talks,omitempty" example:"Elke 4 weken, volgende op 7 december"`
	TalkOn       *date            `json:"talkOn" nullable:"true" doc:"When they look back the next time; everybody in the plan hears it that day."`
	ReturnTill   *date            `json:"returnTill" nullable:"true" doc:"Until that day the employee keeps the old place."`
	Hours        float64          `json:"hours" example:"70.5"`
	Costs        planCosts        `json:"costs"`
	Asked        []levelGap       `json:"asked" doc:"What the role asks, beside what the person can do now: frozen once all three agreed."`
	Goals        []planGoal       `json:"goals" doc:"Everything the role asks, competences and certificates, with what shows it today."`
	Reached      int              `json:"reached" example:"4" doc:"Goals that are there."`
	Without      []uncertified    `json:"without" doc:"Certificates that nothing on offer leads to."`
	Frozen       bool             `json:"frozen"`
	Steps        []planStep       `json:"steps"`
	Agreements   []planAgreement  `json:"agreements"`
	Next         mobility.Party   `json:"next,omitempty" enum:"employee,leader,hr" doc:"Whose turn it is to agree; absent: everybody did."`
	Bill         []billLine       `json:"bill" doc:"What the steps cost, line by line, and which budget pays."`
	Budgets      []billBudget     `json:"budgets" doc:"What is left of the budgets that pay: only for who may see those."`
	LearningTime []learningTime   `json:"learningTime" doc:"Working time that is kept free for it, from today on."`
	Returns      []planReturn     `json:"returns" doc:"Who sent it back, and why."`
	Pauses       []planPause      `json:"pauses"`
	PausedUntil  *date            `json:"pausedUntil" nullable:"true" doc:"It rests today, until and including this day."`
	Evaluations  []planEvaluation `json:"evaluations"`
	WentBack     bool             `json:"wentBack" doc:"It stopped because the employee went back to the old role."`
	StoppedOn    *date            `json:"stoppedOn" nullable:"true"`
	StopWords    string           `json:"stopWords,omitempty" example:"Emre blijft bij het KCC."`
}

// The planCosts are in euros, apart by what they may be paid from.
type planCosts struct {
	Development float64 `json:"development" example:"2040"`
	Statutory   float64 `json:"statutory" example:"0" doc:"Never from a personal budget (art. 7:611a BW)."`
}

func planOf(c caller, v academy.PlanView) plan {
	development, statutory := v.Budget()
	to := plan{
		Plan: v.ID, Person: v.Person, Role: v.Role, State: v.Phase(), Revision: v.Revision, By: dateOf(v.By), HoursPerWeek: inHours(v.PerWeek), Words: v.Track.Words, Guide: v.Guide, Roster: v.Roster,
		LearnDay: v.LearnDay, Talks: v.Talks, TalkOn: orNull(v.TalkOn), ReturnTill: orNull(v.ReturnTill), Hours: inHours(v.Minutes()), Costs: planCosts{inEuros(development), inEuros(statutory)}, Asked: []levelGap{}, Frozen: v.Ran(),
		Goals: planGoalsOf(v.Words, v.Goals), Reached: mobility.Reached(v.Goals), Without: uncertifiedOf(c, v.Words, v.Without), Next: v.Next(), Returns: []planReturn{}, Pauses: []planPause{}, WentBack: v.WentBack,
		Steps: []planStep{}, Agreements: []planAgreement{}, Evaluations: []planEvaluation{}, StoppedOn: orNull(v.Stopped), StopWords: v.StopWords,
	}
	for _, g := range v.Gaps {
		to.Asked = append(to.Asked, levelGapOf(c, v.Words, g, mobility.QuadrantOf(g, competences.AptitudeUnknown)))
	}
	for _, s := range v.Steps {
		step := planStep{s.Number, s.Item, s.Title, s.Owner, dateOf(s.From), dateOf(s.Until), inHours(s.Minutes), inEuros(s.Cents), s.Statutory, orNull(s.DoneOn), false}
		for _, late := range v.Late {
			step.Late = step.Late || late.Number == s.Number
		}
		to.Steps = append(to.Steps, step)
	}
	for _, a := range v.Agreements {
		to.Agreements = append(to.Agreements, planAgreement{a.Party, a.By, dateOf(a.On), a.Text})
	}
	for _, e := range v.Evaluations {
		to.Evaluations = append(to.Evaluations, planEvaluation{e.By, dateOf(e.On), e.Text, planGoalsOf(v.Words, e.Goals)})
	}
	to.addCourse(v)
	return to
}

// A planLine is a plan in a list.
type planLine struct {
	Plan   string         `json:"plan" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA"`
	Person staff.PersonID `json:"person" example:"RW1036"`
	Name   string         `json:"name" example:"Emre Aksoy"`
	Role   staff.RoleID   `json:"role" example:"F02"`
	State  mobility.Phase `json:"state" enum:"draft,awaiting,running,changing,stopped,done"`
	By     date           `json:"by"`
	Done   int            `json:"done" example:"1" doc:"Steps that are done."`
	Steps  int            `json:"steps" example:"9"`
	Late   int            `json:"late" example:"0"`
}

func planLineOf(l academy.PlanLine) planLine {
	return planLine{l.ID, l.Person, l.Name, l.Role, l.Phase(), dateOf(l.By), l.Finished(), len(l.Steps), l.Late}
}

// PlanPath names a plan.
type PlanPath struct {
	Plan string `path:"plan" maxLength:"64" example:"4T7QK2M9XD3PZ8RW6VYN5HJCBA" doc:"The key of the plan."`
}

// PlanTerms are what a plan says beside its steps.
type PlanTerms struct {
	By           date           `json:"by" doc:"When the person should be ready."`
	HoursPerWeek float64        `json:"hoursPerWeek" minimum:"0" maximum:"168" example:"4" doc:"How much learning in a usual week; from 0.5 to 40."`
	Words        string         `json:"words,omitempty" maxLength:"1000" example:"Ik wil dossiers van begin tot eind doen." doc:"Of the employee, why."`
	Guide        staff.PersonID `json:"guide,omitempty" maxLength:"64" example:"RW1020" doc:"The personnel number of who helps."`
	Roster       string         `json:"roster,omitempty" maxLength:"1000" example:"Dinsdagmiddag geen KCC-dienst" doc:"What is agreed about working times."`
	LearnDay     int            `json:"learnDay,omitempty" minimum:"0" maximum:"7" example:"2" doc:"The day of the week that is kept free for it, where the work can spare the person: 1 is Monday; absent: none."`
	Talks        string         `json:"talks,omitempty" maxLength:"1000" example:"Elke 4 weken, volgende op 7 december" doc:"When they talk about it."`
	TalkOn       *date          `json:"talkOn,omitempty" nullable:"true" doc:"When they look back the next time."`
	ReturnTill   *date          `json:"returnTill,omitempty" nullable:"true" doc:"Until that day the employee keeps the old place."`
}

func (t PlanTerms) terms() (m mobility.Terms, err error) {
	m = mobility.Terms{PerWeek: inMinutes(t.HoursPerWeek), Words: t.Words, Guide: t.Guide, Roster: t.Roster, LearnDay: t.LearnDay, Talks: t.Talks}
	if m.By, err = t.By.read("body.by"); err != nil {
		return m, err
	}
	if m.TalkOn, err = readOrNone(t.TalkOn, "body.talkOn"); err != nil {
		return m, err
	}
	m.ReturnTill, err = readOrNone(t.ReturnTill, "body.returnTill")
	return m, err
}

const (
	stepExample = `{"number": 1, "item": "L12", "title": "Opleiding naturalisatie en optie (2 dagen)", "owner": "RW1036", "from": "2027-01-20", "until": "2027-01-27", "hours": 16, "costs": 1150, "statutory": false, "doneOn": null, "late": false}`
	planTermsOf = `"by": "2027-03-15", "hoursPerWeek": 4, "words": "Ik wil dossiers van begin tot eind doen.", "guide": "RW1020", "returnTill": "2027-03-15"`
	planExample = `{"plan": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "person": "RW1036", "role": "F02", "state": "awaiting", "revision": 1, ` + planTermsOf + `, "hours": 16, "costs": {"development": 1150, "statutory": 0},
		"asked": [{"competence": "K05", "name": "Naturalisatie en optie", "has": 1, "asked": 3, "weight": 3, "because": "leader", "on": "2026-09-14", "quadrant": "missing", "why": "Dit kun je nog niet op dit niveau."}], "goals": [{"competence": "K05", "name": "Naturalisatie en optie", "asked": 3, "has": 1, "source": "leader", "on": "2026-09-14", "reached": false}], "reached": 0, "without": [], "frozen": false,
		"steps": [` + stepExample + `], "agreements": [{"party": "leader", "by": "RW1026", "on": "2026-11-23", "revision": 1}], "next": "employee", "bill": [{"step": 1, "title": "Opleiding naturalisatie en optie (2 dagen)", "costs": 1150, "team": "T3", "year": 2027, "fund": "development", "paidBySession": false}],
		"budgets": [{"team": "T3", "year": 2027, "fund": "development", "left": 6350, "asked": 1150, "short": false}], "learningTime": [], "returns": [], "pauses": [], "pausedUntil": null, "talkOn": null, "evaluations": [], "wentBack": false, "stoppedOn": null}`
	planConflict = `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "The plan has changed meanwhile. Read it again.", "reason": "plan_changed"}`
)

// showPlan answers with a plan as the caller reads it.
func (s *server) showPlan(ctx context.Context, c caller, id string) (plan, error) {
	v, err := s.office.Plan(ctx, c.Actor, id)
	if err != nil {
		return plan{}, err
	}
	return planOf(c, v), nil
}

type planOutput struct{ Body plan }

func (s *server) plans() {
	s.makePlan()
	type listInput struct{ Page }
	type listOutput struct{ Body list[planLine] }
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "list-plans", Method: http.MethodGet, Path: "/plans", Tags: []string{"Plans"},
			Summary: "Plans that you may read", Description: "Lists your own plans, those of the people you lead or help, and for HR all; the newest first.",
		},
		permission: staff.ReadPlans,
		response:   `{"items": [{"plan": "4T7QK2M9XD3PZ8RW6VYN5HJCBA", "person": "RW1036", "name": "Emre Aksoy", "role": "F02", "state": "draft", "by": "2027-03-15", "done": 1, "steps": 9, "late": 0}]}`,
	}, func(ctx context.Context, c caller, in *listInput) (*listOutput, error) {
		all, err := s.office.Plans(ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		part, err := turn(all, in.Page, func(l academy.PlanLine) string { return l.ID })
		if err != nil {
			return nil, err
		}
		return &listOutput{convert(part, planLineOf)}, nil
	})
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "get-plan", Method: http.MethodGet, Path: "/plans/{plan}", Tags: []string{"Plans"}, Errors: []int{http.StatusNotFound},
			Summary: "A plan", Description: "Shows a plan to the person, their leader, HR and whoever helps in it. The person sees that you looked.",
		},
		permission: staff.ReadPlans,
		response:   planExample,
	}, func(ctx context.Context, c caller, in *PlanPath) (*planOutput, error) {
		shown, err := s.showPlan(ctx, c, in.Plan)
		return &planOutput{shown}, err
	})
	s.changePlans()
	s.carryOutPlans()
}

func (s *server) makePlan() {
	type input struct {
		PersonPath
		DryRun bool `query:"dryRun" doc:"Only propose, store nothing."`
		Body   struct {
			PlanTerms
			Role  staff.RoleID         `json:"role" maxLength:"32" example:"F02" doc:"The role to go to."`
			Items []competences.ItemID `json:"items,omitempty" maxItems:"60" example:"[\"L12\"]" doc:"Which learning; absent: that of the plan with the fewest hours. Of no use in a dry run."`
		} `nameHint:"NewPlan"`
	}
	type output struct {
		Status int
		Body   any
	}
	schema := s.api.OpenAPI().Components.Schemas
	media := func(shape *huma.Schema) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: shape}}
	}
	declare(s, operation{
		Operation: huma.Operation{
			OperationID: "make-plan", Method: http.MethodPost, Path: "/people/{person}/plans", Tags: []string{"Plans"}, DefaultStatus: http.StatusCreated, MaxBodyBytes: answersBody,
			Errors:  []int{http.StatusNotFound, http.StatusConflict},
			Summary: "Propose or make a plan", Description: "With dryRun: proposes the plans that close the gap, the fewest hours first, with what each costs and why (200). Without: keeps one as a draft for the person, their leader and HR (201); the same once more answers the same plan, another to the same role is 409 with reason plan_exists. About somebody else you need a wish that they share with you: else 403 with reason not_shared, or 404. A role that the person has, a day that is past or no hours: 422.",
			Responses: map[string]*huma.Response{
				"200": {Description: "The proposal of a dry run.", Content: media(schema.Schema(typeOf[proposal](), true, ""))},
				"201": {Description: "The plan, as a draft.", Content: media(schema.Schema(typeOf[plan](), true, ""))},
			},
		},
		permission: staff.DraftPlans,
		request:    `{"role": "F02", ` + planTermsOf + `}`,
		response:   planExample,
		conflict:   `{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "There is a plan to this role already. Go on with that, or stop it first.", "reason": "plan_exists"}`,
	}, func(ctx context.Context, c caller, in *input) (*output, error) {
		terms, err := in.Body.terms()
		if err != nil {
			return nil, err
		}
		ask := academy.PlanRequest{Person: c.personOf(in.Person), Role: in.Body.Role, By: terms.By, PerWeek: terms.PerWeek}
		if in.DryRun {
			d, err := s.office.DraftPlan(ctx, c.Actor, ask)
			if err != nil {
				return nil, within("body.", err)
			}
			return &output{http.StatusOK, proposalOf(c, d)}, nil
		}
		kept, _, err := s.office.SavePlan(ctx, c.Actor, academy.NewPlan{PlanRequest: ask, Items: in.Body.Items, Terms: terms})
		if err != nil {
			return nil, within("body.", err)
		}
		shown, err := s.showPlan(ctx, c, kept.ID)
		return &output{http.StatusCreated, shown}, err
	})
}
