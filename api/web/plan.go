package web

import (
	"net/url"
	"slices"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/mobility"
)

// A plansPage lists the plans that the visitor may read.
type plansPage struct{ Plans []planLink }

// A planPage is one plan.
type planPage struct {
	Path      string
	Own       bool
	First     string
	Title     string
	From, To  string
	By        calendar.Date
	State     badge
	Compare   comparison
	Frozen    bool
	Steps     []planStepShown
	Done      int
	Hours     string
	Words     string
	DraftedBy string
	DraftedOn calendar.Date
	Terms     []planTerm
	Parties   []planParty
	Revision  int

	Course planCourse
	Typed  string // what was written in the form that could not be carried out
	Reason string // as above, of sending it back

	MayRevise, MayStop, MayEvaluate bool
	Today                           calendar.Date
	Evaluations                     []planEvaluation
	StopWords                       string
	StoppedBy                       string
	StoppedOn                       calendar.Date
	Problems                        problems
}

// A planStepShown is one step of a plan.
type planStepShown struct {
	Number           int
	Title, Who, Days string
	Size             string
	Done             calendar.Date
	Now, Late        bool
	Statutory        bool
	MayFinish        bool
}

// A planTerm is one thing that is agreed.
type planTerm struct{ Name, Text string }

// A planParty is one of the three whose agreement a plan needs.
type planParty struct {
	Name, As string
	On       calendar.Date // zero: not yet
	May      mobility.Party
	Word     string // of the button
	Back     string // of the button that sends it back
}

// A planEvaluation is how somebody looked back.
type planEvaluation struct {
	Name    string
	On      calendar.Date
	Text    string
	Reached string // of the goals, that day
	Goals   []planGoal
}

var (
	plansView = declare[plansPage]("plans.html")
	planView  = declare[planPage]("plan.html")
)

func planPath(id string) string { return "/plannen/" + url.PathEscape(id) }

// planLink makes a link of a line.
func (v *visit) planLink(p academy.PlanLine) planLink {
	return planLink{planPath(p.ID), p.Name, p.Target.Name, v.planState(p.Track, ""), p.Finished(), len(p.Steps)}
}

// planState says where a plan is. waits is for whom it waits; may be empty.
func (v *visit) planState(t mobility.Track, waits string) badge {
	switch t.Phase() {
	case mobility.Awaiting:
		if waits != "" {
			return badge{v.say("Wacht op akkoord van ", "Waits for the agreement of ") + waits, "let"}
		}
		return badge{v.say("Wacht op akkoord", "Waits for agreement"), "let"}
	case mobility.Changing:
		return badge{v.say("Loopt, een wijziging wacht op akkoord", "Running, a change waits for agreement"), "let"}
	case mobility.Running:
		if t.PausedOn(v.moment.Today()) != nil {
			return badge{v.say("Pauzeert", "Pauses"), "stil"}
		}
		return badge{v.say("Loopt", "Running"), "goed"}
	case mobility.Stopped:
		if t.WentBack {
			return badge{v.say("Terug naar de oude rol", "Back to the old role"), "stil"}
		}
		return badge{v.say("Gestopt", "Stopped"), "stil"}
	case mobility.Done:
		return badge{v.say("Klaar", "Done"), "goed"}
	}
	return badge{v.say("Concept", "Draft"), "stil"}
}

// plans lists the plans.
func (s *Site) plans(v *visit) error {
	all, err := s.office.Plans(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	var page plansPage
	for _, p := range all {
		page.Plans = append(page.Plans, v.planLink(p))
	}
	return plansView.show(v, page)
}

// plan shows one plan.
func (s *Site) plan(v *visit) error {
	page, err := s.planPage(v)
	if err != nil {
		return err
	}
	return planView.show(v, page)
}

func (s *Site) planPage(v *visit) (page planPage, err error) {
	p, err := s.office.Plan(v.ctx(), v.actor, v.r.PathValue("plan"))
	if err != nil {
		return page, err
	}
	own := p.Person == v.actor.Person
	page = planPage{
		Path: planPath(p.ID), Own: own, First: p.First, To: p.Target.Name, By: p.By, Compare: v.compare(p.Words, p.Gaps, p.Person, p.Name), Frozen: p.Ran(), Done: p.Finished(), Revision: p.Revision,
		Hours: v.both(mobility.Hours(p.Minutes())), Words: p.Track.Words, DraftedBy: p.Names[p.DraftedBy], DraftedOn: p.DraftedOn, MayRevise: p.May.Revise, MayStop: p.May.Stop, MayEvaluate: p.May.Evaluate,
		Today: v.moment.Today(), StopWords: p.StopWords, StoppedBy: p.Names[p.StoppedBy], StoppedOn: p.Stopped,
		Title: v.say("%s gaat naar %s", "%s goes to %s", p.First, p.Target.Name),
	}
	if own {
		page.Title = v.say("Je gaat naar %s", "You go to %s", p.Target.Name)
	}
	var from []string
	for _, r := range p.Now {
		from = append(from, r.Name)
	}
	page.From = strings.Join(from, ", ")
	for i, step := range p.Steps {
		late := slices.ContainsFunc(p.Late, func(l mobility.TrackStep) bool { return l.Number == step.Number })
		shown := planStepShown{
			Number: step.Number, Title: step.Title, Who: p.Names[step.Owner], Days: v.span(step.From, step.Until), Done: step.DoneOn, Late: late, Statutory: step.Statutory, MayFinish: slices.Contains(p.May.Finish, step.Number),
			Now: step.DoneOn.IsZero() && !slices.ContainsFunc(p.Steps[:i], func(s mobility.TrackStep) bool { return s.DoneOn.IsZero() }),
		}
		if step.Minutes > 0 {
			shown.Size = v.both(mobility.Hours(step.Minutes))
		}
		if step.Cents > 0 {
			shown.Size += ", " + v.both(mobility.Euros(step.Cents))
		}
		page.Steps = append(page.Steps, shown)
	}
	page.Terms = v.planTerms(p)
	var waits []string
	for _, party := range mobility.Parties() {
		shown := planParty{As: v.party(party)}
		at := slices.IndexFunc(p.Agreements, func(a mobility.Agreement) bool { return a.Party == party && a.Text == p.Revision })
		switch {
		case at >= 0:
			shown.Name, shown.On = p.Names[p.Agreements[at].By], p.Agreements[at].On
		case party == mobility.ByEmployee:
			shown.Name = p.Name
		case party == mobility.ByLeader:
			var leaders []string
			for _, l := range p.Leaders {
				leaders = append(leaders, p.Names[l])
			}
			shown.Name = strings.Join(leaders, v.say(" of ", " or "))
		}
		if at < 0 {
			waits = append(waits, shown.As)
			if party == mobility.ByEmployee {
				waits[len(waits)-1] = p.First
			}
			if slices.Contains(p.May.Agree, party) {
				shown.May, shown.Word = party, v.agreeWord(party, p.First)
				shown.Back = v.say("Stuur terug als ", "Send back as ") + shown.As
			}
		}
		page.Parties = append(page.Parties, shown)
	}
	page.State = v.planState(p.Track, strings.Join(waits, v.say(" en ", " and ")))
	for _, e := range p.Evaluations {
		shown := planEvaluation{Name: p.Names[e.By], On: e.On, Text: e.Text, Goals: v.planGoals(p.Words, e.Goals)}
		if len(e.Goals) > 0 {
			shown.Reached = v.say("%d van de %d doelen gehaald", "%d of %d goals reached", mobility.Reached(e.Goals), len(e.Goals))
		}
		page.Evaluations = append(page.Evaluations, shown)
	}
	page.Course = v.planCourse(p)
	return page, nil
}

// agreeWord is what is on the button of a party.
func (l language) agreeWord(p mobility.Party, first string) string {
	switch p {
	case mobility.ByEmployee:
		return l.say("Ik ga akkoord met dit plan", "I agree to this plan")
	case mobility.ByLeader:
		return l.say("Akkoord als leidinggevende van ", "Agree as the leader of ") + first
	}
	return l.say("Akkoord met het budget", "Agree to the budget")
}

func (l language) party(p mobility.Party) string {
	switch p {
	case mobility.ByEmployee:
		return l.say("medewerker", "employee")
	case mobility.ByLeader:
		return l.say("leidinggevende", "leader")
	}
	return l.say("P&O, voor het budget", "HR, for the budget")
}

// planTerms are the agreements of a plan, as a list.
func (v *visit) planTerms(p academy.PlanView) []planTerm {
	var terms []planTerm
	add := func(nl, en, text string) {
		if text != "" {
			terms = append(terms, planTerm{v.say(nl, en), text})
		}
	}
	add("Begeleider", "Guide", p.Names[p.Guide])
	add("Tijd", "Time", v.both(mobility.Hours(p.PerWeek))+v.say(" per week, in werktijd", " a week, in working time"))
	add("Rooster", "Roster", p.Roster)
	if p.LearnDay > 0 {
		add("Leerdag", "Day to learn", v.weekdays()[p.LearnDay-1])
	}
	development, statutory := p.Budget()
	add("Kosten", "Costs", v.both(mobility.Euros(development))+v.say(" uit het opleidingsbudget", " from the training budget"))
	if statutory > 0 {
		add("Wettelijk verplicht of nodig voor het werk", "Asked by law or needed for the work", v.both(mobility.Euros(statutory))+v.say(", nooit van een persoonlijk budget", ", never from a personal budget"))
	}
	add("Gesprek", "Talk", p.Talks)
	if !p.TalkOn.IsZero() {
		add("Terugkijken", "Looking back", v.date(p.TalkOn))
	}
	if !p.ReturnTill.IsZero() {
		add("Terug kan", "A way back", v.say("Tot en met %s houdt %s de eigen plek", "Until %s %s keeps the old place", v.date(p.ReturnTill), p.First))
	}
	return terms
}
