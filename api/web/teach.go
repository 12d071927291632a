package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// teachPath is where one sees who should learn what.
const teachPath = "/processen/leren"

// A teachPage says who should learn what so that every process keeps its minimum.
type teachPage struct {
	Until     calendar.Date
	Lead      string
	Proof     string
	Fields    []formField
	Without   []teachWithout
	Choices   []teachChoice
	Others    string
	Open      []teachGap
	Processes []teachProcess
	Months    []teachMonth
	Problems  problems
}

// A teachWithout is somebody who is not asked, with the address of the page that asks them again.
type teachWithout struct{ Name, Path, Value string }

// A teachChoice is one person with what to learn and why.
type teachChoice struct {
	Name, Path string
	Lessons    []teachLesson
	Hours      string
	Cost       string
	Why        []string
	Other      string // the address of the page without this person
}

// A teachLesson is one thing to do.
type teachLesson struct {
	Words, Planned string
	Plan, Scheme   string // where a training is planned; empty: not for the reader, or not needed
}

// A teachGap is where learning does not help.
type teachGap struct{ Name, Path, Words string }

// A teachProcess is the head of a column of the months.
type teachProcess struct {
	Name, Path, Needed string
}

// A teachMonth is a row of them.
type teachMonth struct {
	Name  string
	Cells []teachCell
}

// A teachCell is one process in one month.
type teachCell struct {
	Before, After int
	State         badge  // after
	Times         string // at which too few people are there; empty: at none, before nor after
}

var teachView = declare[teachPage]("teach.html")

// teach shows who should learn what.
func (s *Site) teach(v *visit) error {
	ask := academy.TeachingRequest{Team: staff.TeamID(v.query("team"))}
	hours := strings.Replace(v.query("uren"), ",", ".", 1)
	if hours != "" {
		if n, err := strconv.ParseFloat(hours, 64); err == nil && n > 0 && n < 1000 {
			ask.PerWeek = int(n * 60)
		} else {
			ask.PerWeek = -1
		}
	}
	for _, id := range v.r.URL.Query()["niet"] {
		ask.Without = append(ask.Without, staff.PersonID(id))
	}
	t, err := s.office.Teaching(v.ctx(), v.actor, ask)
	wrong := v.problemsOf(err, func(string) string { return v.say("Uren per week", "Hours a week") })
	if len(wrong) > 0 {
		again := ask
		again.PerWeek = 0
		t, err = s.office.Teaching(v.ctx(), v.actor, again)
		for i := range wrong {
			wrong[i].Field = "uren"
		}
	}
	if err != nil {
		return err
	}
	page, err := s.teachPage(v, t)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		page.Fields[1].Value, page.Fields[1].Problem, page.Problems = v.query("uren"), wrong.At("uren"), wrong
		return teachView.refuse(v, page, wrong)
	}
	return teachView.show(v, page)
}

// teachAddress is the page for a request.
func teachAddress(ask academy.TeachingRequest) string {
	query := url.Values{}
	if ask.Team != "" {
		query.Set("team", string(ask.Team))
	}
	query.Set("uren", academy.Hours(ask.PerWeek, true))
	for _, id := range ask.Without {
		query.Add("niet", string(id))
	}
	return teachPath + "?" + query.Encode()
}

func (s *Site) teachPage(v *visit, t academy.Teaching) (teachPage, error) {
	english := v.language == english
	teams := []option{{Name: v.say("Alle teams", "All teams")}}
	for _, team := range t.Teams {
		teams = append(teams, option{Value: string(team.ID), Name: team.Name})
	}
	page := teachPage{
		Until: t.Until,
		Fields: []formField{
			{ID: "team", Label: v.say("Team", "Team"), Groups: []optionGroup{{Options: choose(string(t.Team), teams...)}}},
			{ID: "uren", Label: v.say("Uren per week om te leren", "Hours a week to learn"), Type: "text", Class: "kort", Value: academy.Hours(t.PerWeek, english)},
		},
	}
	total := academy.Hours(t.Minutes, english)
	page.Lead = v.say("Dit is het minste dat nodig is: samen %s uur en %s. Het is een voorstel. Er wordt niets gepland en niemand gevraagd: dat doe je zelf.", "This is the least that is needed: %s hours and %s in all. It is a proposal. Nothing is planned and nobody is asked: you do that.", total, v.euro(training.Cents(t.Cents)))
	page.Proof = v.say("Met minder uren kan het niet: dat is bewezen.", "It cannot be done in fewer hours: that is proven.")
	switch {
	case !t.Proven && t.Bound == t.Minutes:
		page.Proof = v.say("Van iemand met heel veel certificaten is niet elke mogelijkheid bekeken: misschien kan het met minder uren.", "Of somebody with very many certificates not every possibility was looked at: fewer hours may be possible.")
	case !t.Proven:
		page.Proof = v.say("Het kan hoogstens %s uur beter. Dat bleef over van het zoeken.", "It can be at most %s hours better. The search left that open.", academy.Hours(t.Minutes-t.Bound, english))
	}
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for _, c := range t.Choices {
		page.Choices = append(page.Choices, v.teachChoice(t, c, schemes))
	}
	for _, id := range t.Without {
		ask := t.TeachingRequest
		ask.Without = slices.DeleteFunc(slices.Clone(ask.Without), func(other staff.PersonID) bool { return other == id })
		page.Without = append(page.Without, teachWithout{t.Names[id], teachAddress(ask), string(id)})
	}
	if t.Others > 0 {
		page.Others = v.count(t.Others, "collega die je hier niet ziet, leert ook iets.", "collega's die je hier niet ziet, leren ook iets.", "colleague whom you do not see here learns something too.", "colleagues whom you do not see here learn something too.")
	}
	for _, g := range t.Open {
		page.Open = append(page.Open, teachGap{g.Process.Name, processAddress(g.Process.ID, t.Today, ""), v.say(g.Dutch, g.English)})
	}
	page.addMonths(v, t)
	return page, nil
}

// teachChoice explains one choice.
func (v *visit) teachChoice(t academy.Teaching, c academy.TeachingChoice, schemes map[certificates.SchemeKey]certificates.Scheme) teachChoice {
	english := v.language == english
	shown := teachChoice{Name: c.Name, Path: "/mensen/" + url.PathEscape(string(c.Person)), Hours: academy.Hours(c.Minutes, english)}
	if c.Cents > 0 {
		shown.Cost = v.euro(training.Cents(c.Cents))
	}
	for _, l := range c.Lessons {
		lesson := teachLesson{Words: v.say(l.Dutch, l.English)}
		var titles []string
		for _, i := range l.Items {
			titles = append(titles, t.Item(i))
		}
		if len(titles) > 0 {
			lesson.Words += " " + v.say("Dat is: %s.", "That is: %s.", joined(titles, v.say("en", "and")))
		}
		switch scheme, known := schemes[l.Scheme]; {
		case !l.Planned.IsZero():
			lesson.Planned = v.say("Staat gepland op %s.", "Planned on %s.", v.date(l.Planned))
		case known && trains(scheme) && v.actor.May(staff.PlanSessions):
			lesson.Plan, lesson.Scheme = "/groepstraining/nieuw?"+url.Values{"regeling": {string(l.Scheme)}}.Encode(), string(l.Scheme)
		}
		shown.Lessons = append(shown.Lessons, lesson)
	}
	for _, e := range c.Solves {
		shown.Why = append(shown.Why, e.Process.Name+": "+v.say(e.Without(e.With, e.Months)))
	}
	switch {
	case c.Instead == 0:
		shown.Why = append(shown.Why, v.say("Wie dit ook kan, leert het al of is niet op tijd.", "Whoever else can do this learns it already or is not in time."))
	case c.Least > c.Minutes:
		shown.Why = append(shown.Why, v.say("Een ander kan dit ook, maar dat kost minstens %s uur.", "Somebody else can do this too, but that takes at least %s hours.", academy.Hours(c.Least, english)))
	default:
		shown.Why = append(shown.Why, v.say("Een ander kan dit ook, in evenveel tijd.", "Somebody else can do this too, in the same time."))
	}
	ask := t.TeachingRequest
	ask.Without = append(slices.Clone(ask.Without), c.Person)
	shown.Other = teachAddress(ask)
	return shown
}

// addMonths puts the processes beside one another, month by month.
func (p *teachPage) addMonths(v *visit, t academy.Teaching) {
	for i, process := range t.Processes {
		p.Processes = append(p.Processes, teachProcess{process.Name, processAddress(process.ID, t.Today, ""), v.say("nodig: %d", "needed: %d", process.PoolMinimum)})
		for n, m := range process.Months {
			if i == 0 {
				p.Months = append(p.Months, teachMonth{Name: v.say(m.Month.DutchMonth(), m.Month.EnglishMonth())})
			}
			cell := teachCell{Before: m.Before, After: m.After, State: badge{v.say("genoeg", "enough"), "goed"}}
			if m.Left > 0 {
				cell.State = badge{v.say("soms te weinig", "sometimes too few"), "let"}
			}
			if m.After < m.Minimum {
				cell.State = badge{v.say("%d te weinig", "%d too few", m.Minimum-m.After), "fout"}
			}
			if m.Short > 0 {
				cell.Times = v.say("Te weinig op %d tijden; straks op %d.", "Too few at %d times; then at %d.", m.Short, m.Left)
			}
			p.Months[n].Cells = append(p.Months[n].Cells, cell)
		}
	}
}
