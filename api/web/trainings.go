package web

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A trainingsPage lists group trainings.
type trainingsPage struct {
	Upcoming []trainingLine
	Past     []trainingLine // of the last year, the newest first
	MayPlan  bool
}

// A trainingLine is one group training in the list.
type trainingLine struct {
	ID      training.SessionID
	Title   string
	Day     calendar.Date
	Times   string
	Place   string
	Places  string
	State   badge
	Planned bool
	Mine    string // the visitor's own place in words; empty: not enrolled
}

var (
	trainingsView = declare[trainingsPage]("trainings.html")
	trainingView  = declare[trainingPage]("training.html")
)

// trainings lists what is planned and what was.
func (s *Site) trainings(v *visit) error {
	today := v.moment.Today()
	all, err := s.office.Sessions(v.ctx(), v.actor, academy.SessionSearch{From: today.AddMonths(-12)})
	if err != nil {
		return err
	}
	page := trainingsPage{MayPlan: v.actor.May(staff.PlanSessions)}
	for _, one := range all {
		line := v.trainingLine(one)
		if one.Day >= today {
			page.Upcoming = append(page.Upcoming, line)
		} else {
			page.Past = append(page.Past, line)
		}
	}
	slices.Reverse(page.Past)
	return trainingsView.show(v, page)
}

func (v *visit) trainingLine(one academy.SessionView) trainingLine {
	return trainingLine{
		ID: one.ID, Title: one.Title, Day: one.Day, Times: v.times(one.Session), Place: one.Place, Places: v.places(one),
		State: v.trainingState(one.State), Planned: one.State == training.Planned, Mine: v.ownPlace(one.Mine),
	}
}

// times writes when a session begins and ends: "09:00 tot 13:00 uur".
func (l language) times(s training.Session) string {
	return l.say("%s tot %s uur", "%s to %s", s.Starts, s.Ends)
}

// ownPlace says whether the visitor has a place; empty where they are not enrolled.
func (l language) ownPlace(mine *academy.Participant) string {
	switch {
	case mine == nil:
		return ""
	case mine.Waiting > 0:
		return l.say("Je staat op de wachtlijst: nummer %d.", "You are on the waiting list: number %d.", mine.Waiting)
	}
	return l.say("Je hebt een plaats.", "You have a place.")
}

// trainingFor finds the group training to come that helps somebody who owes a scheme: the one they are on, else the first
// with a place, else the first; empty where nothing is planned.
func (l language) trainingFor(scheme certificates.SchemeKey, all []academy.SessionView) (training.SessionID, string) {
	var best *academy.SessionView
	rank := func(one academy.SessionView) int {
		switch {
		case one.Mine != nil:
			return 3
		case one.Free > 0:
			return 2
		}
		return 1
	}
	for i, one := range all {
		if one.Scheme == scheme && one.State == training.Planned && (best == nil || rank(one) > rank(*best)) {
			best = &all[i]
		}
	}
	if best == nil {
		return "", ""
	}
	on := l.date(best.Day)
	switch {
	case best.Mine != nil && best.Mine.Waiting > 0:
		return best.ID, l.say("Je staat op de wachtlijst voor de groepstraining op %s.", "You are on the waiting list for the group training on %s.", on)
	case best.Mine != nil:
		return best.ID, l.say("Je bent ingeschreven voor de groepstraining op %s.", "You are enrolled for the group training on %s.", on)
	case best.Free > 0:
		return best.ID, l.say("Er is een groepstraining op %s: schrijf je in.", "There is a group training on %s: enrol.", on)
	}
	return best.ID, l.say("Er is een groepstraining op %s. Die is vol: kom op de wachtlijst.", "There is a group training on %s. It is full: join the waiting list.", on)
}

// A trainingPage is one group training.
type trainingPage struct {
	trainingLine
	Me           staff.PersonID
	Scheme       string
	Shows        []string
	Supplier     string
	Statutory    bool // free for the employee, and working time
	Enrolled     bool
	Full         bool
	Participants []trainingPerson // whom the visitor may enrol, but for themselves alone
	Candidates   []option
	Team         bool // the visitor sees their team only
	Cost         string
	Elsewhere    int
	Fund         string
	Over         []string
	MayEnrol     bool // others
	MayPlan      bool
	MayConfirm   bool
	Begun        bool
	Cancelled    bool
	Problem      string
}

// A trainingPerson is a participant on the page.
type trainingPerson struct {
	ID    staff.PersonID
	Name  string
	Place string
}

// training shows one group training.
func (s *Site) training(v *visit) error {
	page, err := s.trainingPage(v)
	if err != nil {
		return err
	}
	return trainingView.show(v, page)
}

func (s *Site) trainingPage(v *visit) (trainingPage, error) {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return trainingPage{}, err
	}
	page := trainingPage{
		trainingLine: v.trainingLine(one), Me: v.actor.Person, Scheme: one.Rules.Title, Shows: shows(one.Session, one.Rules), Supplier: one.Supplier, Statutory: one.Fund == training.Statutory,
		Enrolled: one.Mine != nil, Full: one.Free == 0, Cost: v.euro(one.Cost), Elsewhere: one.Elsewhere, Fund: v.fund(one.Fund),
		MayPlan: v.actor.May(staff.PlanSessions), MayConfirm: v.actor.May(staff.ConfirmSessions), Begun: one.Begun(v.moment.Office), Cancelled: one.Cancelled(),
		MayEnrol: v.actor.Is(staff.Leader) || v.actor.MayForAll(staff.EnrolInSessions), Team: !v.actor.MayForAll(staff.EnrolInSessions),
	}
	for _, b := range one.Over {
		page.Over = append(page.Over, v.say("Budget %d, %s, %s: hiermee %s te veel.", "Budget %d, %s, %s: %s too much with this.", b.Year, b.Team, v.fund(b.Fund), v.euro(-b.Left())))
	}
	if !page.MayEnrol {
		return page, nil
	}
	for _, p := range one.Participants {
		place := v.say("plaats", "place")
		if p.Waiting > 0 {
			place = v.say("wachtlijst, nummer %d", "waiting list, number %d", p.Waiting)
		}
		page.Participants = append(page.Participants, trainingPerson{p.Person, p.Name, place})
	}
	if !page.Planned {
		return page, nil
	}
	found, err := s.office.Candidates(v.ctx(), v.actor, one.ID)
	for _, c := range found {
		page.Candidates = append(page.Candidates, option{Value: string(c.Person), Name: c.Name + ", " + v.say("uiterlijk", "by") + " " + v.date(c.DueOn)})
	}
	return page, err
}

// changePlace enrols somebody or takes them off the list.
func (s *Site) changePlace(v *visit) error {
	id := training.SessionID(v.r.PathValue("training"))
	path := "/groepstraining/" + string(id)
	person := staff.PersonID(cmp.Or(v.field("nummer"), v.field("persoon")))
	own := person == v.actor.Person
	if v.field("doe") == "afmelden" {
		if err := s.office.Leave(v.ctx(), v.actor, id, person); err != nil {
			return err
		}
		if own {
			return v.done("training-af", path)
		}
		return v.done("training-eraf", path)
	}
	if person == "" {
		return s.refusePlace(v, v.say("Kies een collega, of schrijf een personeelsnummer.", "Choose a colleague, or write a personnel number."))
	}
	waiting, err := s.office.Enrol(v.ctx(), v.actor, id, person)
	switch {
	case err != nil && v.field("nummer") != "":
		return s.refusePlace(v, v.say("Dit personeelsnummer kun je hier niet inschrijven. Kijk of het klopt en of deze collega die dag hier werkt.", "You cannot enrol this personnel number here. See whether it is right and whether this colleague works here that day."))
	case err != nil:
		return err
	case own && waiting > 0:
		return v.done("training-wacht", path)
	case own:
		return v.done("training-in", path)
	case waiting > 0:
		return v.done("training-erachter", path)
	}
	return v.done("training-erop", path)
}

// refusePlace shows the page again with what is wrong.
func (s *Site) refusePlace(v *visit, wrong string) error {
	page, err := s.trainingPage(v)
	if err != nil {
		return err
	}
	page.Problem = wrong
	return trainingView.refuse(v, page, problems{{"nummer", wrong}})
}

// trainingFile sends a group training for a calendar.
func (s *Site) trainingFile(v *visit) error {
	file, err := s.office.Invitation(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="groepstraining.ics"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write(file) // whoever went away misses nothing
	return nil
}

// A trainingOffPage asks whether a group training is called off.
type trainingOffPage struct {
	trainingLine
	People int
}

var trainingOffView = declare[trainingOffPage]("training_off.html", narrow)

// askTrainingOff says what calling it off does.
func (s *Site) askTrainingOff(v *visit) error {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	return trainingOffView.show(v, trainingOffPage{v.trainingLine(one), one.Enrolled + one.Waiting})
}

// trainingOff calls it off.
func (s *Site) trainingOff(v *visit) error {
	id := training.SessionID(v.r.PathValue("training"))
	if err := s.office.CancelSession(v.ctx(), v.actor, id); err != nil {
		return err
	}
	return v.done("training-weg", "/groepstraining/"+string(id))
}
