package web

import (
	"fmt"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/training"
)

// A planCourse is what a plan costs, when its person learns, and how far it is.
type planCourse struct {
	Reached      string
	Certificates []planGoal
	Without      []string // why nothing leads to a certificate
	Bill         []planBillLine
	Budgets      []planBudget
	Time         []string // the next ones
	More         int      // after those
	NoRoster     bool
	Returned     *planSaid
	Paused       *planSaid
	PausedUntil  calendar.Date
	MayPause     bool
	MayGoBack    bool
	Pause        formField
}

// A planGoal is one goal, with what shows it.
type planGoal struct {
	Name    string
	Word    string // how far it is
	Because string // what shows it; empty: nothing does
	Reached bool
}

// A planBillLine is one step that costs something.
type planBillLine struct{ Title, Costs, From string }

// A planBudget is one budget that pays, for who may see it.
type planBudget struct {
	Name, Asked, Left, After string
	Short                    bool
}

// A planSaid is what somebody wrote about a plan.
type planSaid struct {
	Name  string
	On    calendar.Date
	Words string
}

// shownTimes is how many times to learn a plan shows.
const shownTimes = 8

// planCourse puts into words how a plan goes.
func (v *visit) planCourse(p academy.PlanView) planCourse {
	c := planCourse{
		Reached: v.say("%d van de %d doelen gehaald", "%d of %d goals reached", mobility.Reached(p.Goals), len(p.Goals)), NoRoster: p.NoRoster && p.Ran(), MayPause: p.May.Pause, MayGoBack: p.May.GoBack,
		Pause: formField{ID: "until", Label: v.say("Pauzeer tot en met", "Pause until"), Type: "date", Class: "kort", Value: v.field("until")},
	}
	c.Certificates = v.planGoals(p.Words, p.Goals[len(p.Gaps):])
	for _, u := range p.Without {
		c.Without = append(c.Without, v.both(u.Why(p.Scheme(u.Scheme))))
	}
	for _, l := range p.Bill.Lines {
		c.Bill = append(c.Bill, planBillLine{l.Step.Title, v.both(mobility.Euros(l.Step.Cents)), v.payer(l)})
	}
	for _, a := range p.Bill.Accounts {
		c.Budgets = append(c.Budgets, planBudget{fmt.Sprintf("%s %d, %s", a.TeamName, a.Year, v.fund(a.Fund)), v.euro(a.Amount), v.euro(a.Left), v.euro(a.Left - a.Amount), a.Short()})
	}
	c.More = max(0, len(p.Time)-shownTimes)
	for _, l := range p.Time[:len(p.Time)-c.More] {
		c.Time = append(c.Time, fmt.Sprintf("%s, %s – %s", v.weekday(l.Day), l.From, l.To))
	}
	if r := p.Returned(); r != nil {
		c.Returned = &planSaid{p.Names[r.By], r.On, r.Words}
	}
	if p.Paused != nil {
		c.Paused, c.PausedUntil = &planSaid{p.Names[p.Paused.By], p.Paused.From, p.Paused.Words}, p.Paused.Until
	}
	return c
}

// payer says which budget pays for a step.
func (v *visit) payer(l academy.BillLine) string {
	switch {
	case l.Session:
		return v.say("groepstraining: al betaald door het team", "group training: paid by the team already")
	case l.Fund == training.Statutory:
		return v.say("verplicht budget %d, nooit van een persoonlijk budget (artikel 7:611a BW)", "statutory budget %d, never from a personal budget (article 7:611a BW)", l.Year)
	}
	return v.say("ontwikkelbudget %d", "development budget %d", l.Year)
}

// planGoals puts goals into words.
func (v *visit) planGoals(w academy.Words, all []mobility.Goal) []planGoal {
	goals := make([]planGoal, len(all))
	for i, g := range all {
		shown := planGoal{Reached: g.Reached()}
		switch {
		case g.Competence != "":
			shown.Name, shown.Word = w.Competence(g.Competence), v.say("niveau %d van %d", "level %d of %d", g.Has, g.Asked)
		case g.Held:
			shown.Name, shown.Word = w.Scheme(g.Scheme), v.say("geldig certificaat", "valid certificate")
		default:
			shown.Name, shown.Word = w.Scheme(g.Scheme), v.say("nog geen geldig certificaat", "no valid certificate yet")
		}
		if g.Source != "" {
			shown.Because = v.evidenceSource(g.Source) + ", " + v.date(g.Day)
		}
		goals[i] = shown
	}
	return goals
}

// weekdays are the days of the week, Monday first.
func (l language) weekdays() []string {
	names := make([]string, 7)
	for i := range names {
		day := calendar.Date(0).Monday().AddDays(i)
		names[i] = l.say(day.DutchWeekday(), day.Weekday().String())
	}
	return names
}

// changePlan agrees or sends back, finishes a step, pauses, stops or looks back.
func (s *Site) changePlan(v *visit) error {
	id, words, doe := v.r.PathValue("plan"), v.field("woorden"), v.field("doe")
	revision, _ := strconv.Atoi(v.field("versie"))
	var err error
	done := notice("")
	wrong := *unreadable
	switch {
	case strings.HasPrefix(doe, "akkoord-"):
		_, _, err = s.office.AgreePlan(v.ctx(), v.actor, id, mobility.Party(strings.TrimPrefix(doe, "akkoord-")), revision)
		done = "plan-akkoord"
	case strings.HasPrefix(doe, "terug-"):
		_, err = s.office.SendBackPlan(v.ctx(), v.actor, id, mobility.Party(strings.TrimPrefix(doe, "terug-")), revision, v.field("reden"))
		done = "plan-teruggestuurd"
	case doe == "klaar":
		number, _ := strconv.Atoi(v.field("stap"))
		if on := dayIn(v.r.PostForm, "on", &wrong); len(wrong.Fields) > 0 {
			err = &wrong
		} else {
			_, err = s.office.FinishStep(v.ctx(), v.actor, id, number, on)
		}
		done = "plan-stap"
	case doe == "pauze":
		if until := dayIn(v.r.PostForm, "until", &wrong); len(wrong.Fields) > 0 {
			err = &wrong
		} else {
			_, err = s.office.PausePlan(v.ctx(), v.actor, id, until, words)
		}
		done = "plan-pauze"
	case doe == "stop":
		_, err = s.office.StopPlan(v.ctx(), v.actor, id, words)
		done = "plan-stop"
	case doe == "ga-terug":
		_, err = s.office.ReturnToRole(v.ctx(), v.actor, id, words)
		done = "plan-stop"
	case doe == "kijk-terug":
		_, err = s.office.EvaluatePlan(v.ctx(), v.actor, id, words)
		done = "plan-terug"
	default:
		return noSuchPage
	}
	if err == nil {
		return v.done(done, planPath(id))
	}
	return s.refusePlan(v, err)
}

// refusePlan shows the plan again with what could not be done, and with what was written.
func (s *Site) refusePlan(v *visit, err error) error {
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	page, failed := s.planPage(v)
	if failed != nil {
		return failed
	}
	found := v.problemsOf(err, func(string) string { return "" })
	for i := range found { // the places of the office are fields of this page
		switch doe := v.field("doe"); {
		case doe == "klaar":
			found[i].Field = "stap-" + v.field("stap")
		case strings.HasPrefix(doe, "terug-"):
			found[i].Field = "reden"
		case found[i].Field != "until":
			found[i].Field = "woorden"
		}
	}
	if len(found) == 0 {
		found = problems{{"akkoord", v.say(f.Dutch, f.English)}}
	}
	page.Typed, page.Reason = v.field("woorden"), v.field("reden")
	page.Course.Pause.Problem = found.At("until")
	return planView.refuse(v, page, found)
}
