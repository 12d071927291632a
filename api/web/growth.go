package web

import (
	"net/url"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// A growthPage lists the roles that somebody could grow into.
type growthPage struct {
	Word   string // that the names must have
	Roles  []growthRole
	All    int
	Wishes []growthRole // of one's own
	Shared []sharedWish // that others share with the visitor
	Plans  []planLink
}

// A growthRole is one role beside what somebody can do.
type growthRole struct {
	Path, Name string
	Met, Asked int
	Steps      int
	Begins     calendar.Date
	Held       bool
	Open       int // competences for which there is no learning
	Readers    int // with how many a wish is shared
}

// A sharedWish is the wish of somebody else.
type sharedWish struct{ Path, Name, Role string }

// A planLink leads to a plan.
type planLink struct {
	Path, Name, Role string
	State            badge
	Done, Steps      int
}

// A comparison is what a role asks beside what somebody can do, as bars.
type comparison struct {
	Own  bool
	Name string
	Met  int
	Bars []levelBar
	Top  int // the highest level of any
}

// A levelBar is one competence.
type levelBar struct {
	Name       string
	Has, Asked competences.Level
	Missing    int
	Marks      []string // of each level, what it is: there, to be learned, not asked
	Why        string
	From       string // who or what showed the level; empty for none
}

var growthView = declare[growthPage]("growth.html")

// growth shows which roles are near.
func (s *Site) growth(v *visit) error {
	m, err := s.office.Matches(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return err
	}
	page := growthPage{Word: v.query("zoek"), All: len(m.Roles)}
	for _, r := range m.Roles {
		role := growthRole{
			Path: growthPath(r.Target.ID, "", v.actor.Person), Name: r.Target.Name, Met: r.Met(), Asked: len(r.Gaps), Steps: r.Steps(), Begins: r.Begins, Held: r.Held, Open: len(r.Open),
		}
		if r.Wish != nil {
			role.Readers = len(r.Wish.Shared)
			page.Wishes = append(page.Wishes, role)
		}
		if strings.Contains(strings.ToLower(r.Target.Name), strings.ToLower(page.Word)) {
			page.Roles = append(page.Roles, role)
		}
	}
	shared, err := s.office.SharedWithMe(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for _, w := range shared {
		page.Shared = append(page.Shared, sharedWish{growthPath(w.Target.ID, w.Person, v.actor.Person), w.Name, w.Target.Name})
	}
	plans, err := s.office.Plans(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if p.Person == v.actor.Person {
			page.Plans = append(page.Plans, v.planLink(p))
		}
	}
	return growthView.show(v, page)
}

// growthPath is the page on which somebody compares a person with a role.
func growthPath(role staff.RoleID, person, visitor staff.PersonID) string {
	path := "/groei/" + url.PathEscape(string(role))
	if person != "" && person != visitor {
		path += "?persoon=" + url.QueryEscape(string(person))
	}
	return path
}

// compare makes bars of gaps.
func (v *visit) compare(w academy.Words, gaps []competences.Gap, person staff.PersonID, name string) comparison {
	c := comparison{Own: person == v.actor.Person, Name: name, Met: competences.Met(gaps)}
	for _, g := range gaps {
		top := max(w.Highest(g.Competence), g.Level, g.Has.Level)
		b := levelBar{Name: w.Competence(g.Competence), Has: g.Has.Level, Asked: g.Level, Missing: g.Missing(), Why: w.Shows(g.Competence, g.Level)}
		for l := competences.Level(1); l <= top; l++ {
			switch {
			case l <= g.Has.Level:
				b.Marks = append(b.Marks, "heb")
			case l <= g.Level:
				b.Marks = append(b.Marks, "gat")
			default:
				b.Marks = append(b.Marks, "niet")
			}
		}
		if e := g.Has.Because; e != nil {
			b.From = v.evidenceSource(e.Source) + ", " + v.date(e.On)
		}
		c.Bars, c.Top = append(c.Bars, b), max(c.Top, int(top))
	}
	return c
}

// evidenceSource says who or what showed a level.
func (l language) evidenceSource(s competences.Source) string {
	switch s {
	case competences.Leader:
		return l.say("leidinggevende", "leader")
	case competences.Assessor:
		return l.say("praktijkbeoordeling", "assessment at work")
	case competences.Certificate:
		return l.say("certificaat", "certificate")
	case competences.External:
		return l.say("bewijs van buiten", "external evidence")
	}
	return l.say("zelf", "self")
}

// A growthRolePage compares somebody with one role, and drafts plans to it.
type growthRolePage struct {
	Role     growthRole
	Person   staff.PersonID
	Name     string // of the person, where that is not the visitor
	Back     string
	Compare  comparison
	Aptitude aptitudeMap
	Lacking  []string
	Open     []string
	Wish     *growthWish // one's own; nil: there is none, or it is somebody else's page
	Words    string      // of the wish of somebody else
	Fields   []formField
	Draft    *growthDraft // nil: nothing was asked yet
	Problems problems
}

// A growthWish is one's own wish with whom it is shared with.
type growthWish struct {
	Words     formField
	Shared    []growthReader
	Listeners []option
	Kept      bool
}

// A growthReader is somebody who may see a wish.
type growthReader struct {
	Person staff.PersonID
	Name   string
	On     calendar.Date
}

// A growthDraft is what there is to choose from.
type growthDraft struct {
	Why     string
	Choices []growthChoice
	Short   []string // weeks with less time
	By      calendar.Date
	Hours   string
	Note    string // that saving shows it to the leader and HR
}

// A growthChoice is one plan.
type growthChoice struct {
	Title, Beside, When string
	InTime              bool
	Items               string // keys, for saving
	Steps               []growthStep
	Later               []string
	MaySave             bool
}

// A growthStep is one step of it.
type growthStep struct {
	Title, Days, Size, Why string
}

var growthRoleView = declare[growthRolePage]("growth_role.html")

// growthRole compares with one role, and drafts plans where the address says how many hours and by when.
func (s *Site) growthRole(v *visit) error {
	page, err := s.growthRolePage(v, v.r.URL.Query())
	if err != nil {
		return err
	}
	if len(page.Problems) > 0 {
		return growthRoleView.refuse(v, page, page.Problems)
	}
	return growthRoleView.show(v, page)
}

// growthRolePage makes the page with what was filled in.
func (s *Site) growthRolePage(v *visit, values url.Values) (page growthRolePage, err error) {
	role := staff.RoleID(v.r.PathValue("rol"))
	person := staff.PersonID(values.Get("persoon"))
	if person == "" {
		person = v.actor.Person
	}
	m, err := s.office.Matches(v.ctx(), v.actor, person)
	if err != nil {
		return page, err
	}
	var match *academy.RoleMatch
	for i, r := range m.Roles {
		if r.Target.ID == role {
			match = &m.Roles[i]
		}
	}
	if match == nil {
		return page, noSuchPage
	}
	page = growthRolePage{
		Role:   growthRole{Path: growthPath(role, "", v.actor.Person), Name: match.Target.Name, Met: match.Met(), Asked: len(match.Gaps), Steps: match.Steps(), Begins: match.Begins, Held: match.Held},
		Person: person, Back: "/groei", Compare: v.compare(m.Words, match.Gaps, person, m.Name),
		Aptitude: v.aptitudes(m, *match),
	}
	for _, key := range match.Lacking {
		page.Lacking = append(page.Lacking, m.Scheme(key))
	}
	for _, o := range match.Open {
		page.Open = append(page.Open, v.both(o.Why(m.Competence(o.Competence))))
	}
	perWeek, by := values.Get("uren"), values.Get("op")
	wish := match.Wish
	if wish != nil && perWeek == "" && by == "" {
		perWeek, by = hours(wish.PerWeek), wish.By.String()
	}
	if person != v.actor.Person {
		page.Name, page.Words = m.Name, wish.Words
	} else if page.Wish, err = s.growthWish(v, wish); err != nil {
		return page, err
	}
	page.Fields = []formField{
		{ID: "uren", Label: v.say("Uren per week", "Hours per week"), Type: "text", Class: "kort", Value: perWeek, Hint: v.say("In werktijd, bijvoorbeeld 4 of 2,5.", "In working time, for example 4 or 2.5.")},
		{ID: "op", Label: v.say("Klaar op", "Ready on"), Type: "date", Class: "kort", Value: by},
	}
	if perWeek == "" && by == "" || match.Held {
		return page, nil
	}
	ask := academy.PlanRequest{Person: person, Role: role, PerWeek: minutesOf(perWeek)}
	wrong := *unreadable
	ask.By = dayIn(url.Values{"by": {by}}, "by", &wrong)
	d, err := s.office.DraftPlan(v.ctx(), v.actor, ask)
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		page.Problems = v.planProblems(wrong.With(err))
		for i := range page.Fields {
			page.Fields[i].Problem = page.Problems.At(page.Fields[i].ID)
		}
		return page, nil
	}
	if err != nil {
		return page, err
	}
	page.Draft = v.growthDraft(d)
	return page, nil
}

// planProblems tells what is wrong at the fields of the pages about plans.
func (v *visit) planProblems(err error) problems {
	found := v.problemsOf(err, func(string) string { return "" })
	for i, p := range found {
		switch p.Field {
		case "hoursPerWeek":
			found[i].Field = "uren"
		case "by":
			found[i].Field = "op"
		}
	}
	return found
}

// both picks one of two sentences.
func (l language) both(dutch, english string) string { return l.say(dutch, english) }

// minutesOf reads hours that people write; 0 where they are none.
func minutesOf(hours string) int {
	n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(hours), ",", ".", 1), 64)
	if err != nil || n < 0 || n > 168 {
		return 0
	}
	return int(n*60 + .5)
}

// growthWish shows one's own wish; wish is nil where there is none.
func (s *Site) growthWish(v *visit, wish *mobility.Wish) (*growthWish, error) {
	w := &growthWish{Words: formField{ID: "woorden", Label: v.say("Waarom wil je dit? (hoeft niet)", "Why would you like this? (not needed)")}}
	listeners, err := s.office.Listeners(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	if wish != nil {
		w.Kept, w.Words.Value = true, wish.Words
	}
	for _, l := range listeners {
		shared := calendar.Date(0)
		if wish != nil {
			for _, s := range wish.Shared {
				if s.With == l.Person {
					shared = s.On
				}
			}
		}
		if shared.IsZero() {
			w.Listeners = append(w.Listeners, option{Value: string(l.Person), Name: l.Name + ", " + v.listening(l.As)})
		} else {
			w.Shared = append(w.Shared, growthReader{l.Person, l.Name, shared})
		}
	}
	return w, nil
}

// listening says why somebody can be told of a wish.
func (l language) listening(as academy.Listening) string {
	switch as {
	case academy.OwnLeader:
		return l.say("je leidinggevende", "your leader")
	case academy.Adviser:
		return l.say("loopbaanadviseur", "career adviser")
	case academy.Officer:
		return l.say("P&O", "HR")
	}
	return l.say("leidinggevende", "leader")
}

// growthDraft puts what there is to choose from into words.
func (v *visit) growthDraft(d academy.PlanDraft) *growthDraft {
	g := &growthDraft{Why: v.both(d.Proposal.Why()), By: d.By, Hours: hours(d.PerWeek)}
	for _, w := range d.Short {
		why := strings.Join(w.Processes, ", ")
		switch {
		case w.Leave && why == "":
			why = v.say("verlof", "leave")
		case w.Leave:
			why = v.say("verlof", "leave") + ", " + why
		case why == "":
			continue
		}
		g.Short = append(g.Short, v.say("Week van %s: %s uur (%s)", "Week of %s: %s hours (%s)", v.date(w.Monday), hours(w.Minutes), why))
	}
	plans := d.Proposal.Plans
	if d.Proposal.Fastest != nil {
		plans = append(plans[:len(plans):len(plans)], *d.Proposal.Fastest)
	}
	for i, p := range plans {
		c := growthChoice{
			Title:  v.both(mobility.Hours(p.Minutes)) + v.say(" en ", " and ") + v.both(mobility.Euros(p.Cents)),
			Beside: v.both(p.Beside(plans[0])), When: v.both(p.When(d.Problem)), InTime: p.InTime,
			MaySave: d.Person == v.actor.Person || v.actor.Is(staff.Leader),
		}
		if label := v.both(d.Proposal.Label(i)); label != "" {
			c.Title = label + ": " + c.Title
		}
		var items []string
		for _, s := range p.Steps {
			items = append(items, string(s.Item.ID))
			size := v.both(mobility.Hours(s.Item.Minutes))
			if s.Item.Cents > 0 {
				size += ", " + v.both(mobility.Euros(s.Item.Cents))
			}
			c.Steps = append(c.Steps, growthStep{s.Item.Title, v.span(s.From, s.Until), size, v.both(p.Why(s, d.Names()))})
		}
		for _, u := range d.Proposal.Without {
			c.Later = append(c.Later, v.both(u.Why(d.Scheme(u.Scheme))))
		}
		c.Items = strings.Join(items, " ")
		g.Choices = append(g.Choices, c)
	}
	return g
}

// span writes two days: "20 januari 2027 – 27 januari 2027".
func (l language) span(from, until calendar.Date) string {
	if from == until {
		return l.date(from)
	}
	return l.date(from) + " – " + l.date(until)
}
