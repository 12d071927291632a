package web

import (
	"net/url"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A personPage is what the work needs to know of somebody.
type personPage struct {
	academy.Colleague
	Badge     badge
	Open      []personTask // what is asked now
	Past      []personTask
	Waits     []sentLine // evidence from elsewhere that waits, for who may see it
	Held      []personHolding
	Decisions []shownDecision
	MayDecide bool
	MayRevoke bool
	MaySkills bool
	Own       bool
	Path      string // the address of the page
	Problems  problems
}

// A personTask is a duty as others see it.
type personTask struct {
	Title string
	State badge
	Due   calendar.Date
	Why   []string
}

// A personHolding is how somebody stands with one scheme.
type personHolding struct {
	academy.Holding
	Badge   badge
	Words   string         // how long the newest period holds; empty where there never was one
	Periods []personPeriod // the newest first
}

// A personPeriod is one stretch of validity, with its certificate where it has one.
type personPeriod struct {
	certificates.Period
	State  verdict
	Number certificates.Number
}

// A shownDecision is a decision in words.
type shownDecision struct {
	academy.DecisionTaken
	Kind    string
	Summary string
	Why     string // empty for an absence
	On      calendar.Date
	Undone  calendar.Date // zero while it stands
	Field   string        // the id of the field for another last day
	May     bool          // the visitor may undo or end it
}

var personView = declare[personPage]("person.html")

// person shows somebody. That the visitor looked is written down.
func (s *Site) person(v *visit) error {
	page, err := s.personPage(v)
	if err != nil {
		return err
	}
	return personView.show(v, page)
}

func (s *Site) personPage(v *visit) (personPage, error) {
	d, err := s.office.Dossier(v.ctx(), v.actor, staff.PersonID(v.r.PathValue("persoon")))
	if err != nil {
		return personPage{}, err
	}
	page := personPage{Colleague: d.Colleague, Badge: v.progress(d.Progress), Own: d.ID == v.actor.Person, Path: "/mensen/" + url.PathEscape(string(d.ID))}
	page.MaySkills = v.actor.May(staff.ReadCompetences)
	page.MayDecide = !page.Own && v.actor.May(staff.TakeDecisions)
	page.MayRevoke = !page.Own && v.actor.May(staff.RevokePeriods)
	for _, t := range d.Tasks {
		task := personTask{t.Title, v.dutyState(t), t.DueOn, v.sentences(t.WhyDutch, t.WhyEnglish)}
		if t.Duty.Open() {
			page.Open = append(page.Open, task)
		} else {
			page.Past = append(page.Past, task)
		}
	}
	numbers := make(map[string]certificates.Number)
	for _, c := range d.Certificates {
		numbers[c.Period.ID] = c.Number
	}
	for _, h := range d.Holdings {
		held := personHolding{Holding: h, Badge: v.standing(h.Standing)}
		if h.Last != nil {
			held.Words, _ = v.holds(*h.Last)
		}
		var next calendar.Date // when a later period began, or will
		for i := len(h.Periods) - 1; i >= 0; i-- {
			p := h.Periods[i]
			held.Periods = append(held.Periods, personPeriod{p, v.verdict(p.State(v.moment.Today(), next, false)), numbers[p.ID]})
			if !p.RevokedBy(p.ValidFrom) {
				next = p.ValidFrom
			}
		}
		page.Held = append(page.Held, held)
	}
	page.Decisions = v.shownDecisions(d.Decisions)
	if !page.Own && !v.actor.May(staff.JudgeEvidence) {
		return page, nil
	}
	sent, err := s.office.SubmissionsOf(v.ctx(), v.actor, d.ID)
	for _, one := range sent {
		if line := v.sentLine(one); line.Open {
			page.Waits = append(page.Waits, line)
		}
	}
	return page, err
}

// shownDecisions puts decisions in words.
func (v *visit) shownDecisions(decisions []academy.DecisionTaken) []shownDecision {
	var all []shownDecision
	for _, d := range decisions {
		kind, _ := v.decisionKind(d.Kind)
		act := staff.TakeDecisions
		if d.Kind == certificates.Early || d.Kind == certificates.Late || d.Kind == certificates.Revocation {
			act = staff.RevokePeriods
		}
		one := shownDecision{DecisionTaken: d, Kind: kind, Summary: v.say(d.Summary(d.Title)), Why: v.say(d.Decision.Why()), On: calendar.On(d.TakenAt), Field: "einde-" + d.ID, May: d.Person != v.actor.Person && v.actor.May(act)}
		if !d.Stands() {
			one.Undone = calendar.On(d.UndoneAt)
		}
		all = append(all, one)
	}
	return all
}

// An aboutMePage tells somebody what was decided about them, and who looked at their record.
type aboutMePage struct {
	Decisions []shownDecision
	Readers   []academy.Reader
}

var aboutMeView = declare[aboutMePage]("about_me.html", narrow)

// aboutMe shows what was decided about the visitor.
func (s *Site) aboutMe(v *visit) error {
	decisions, err := s.office.Decisions(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	readers, err := s.office.Readers(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	return aboutMeView.show(v, aboutMePage{v.shownDecisions(decisions), readers})
}
