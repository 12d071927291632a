package web

import (
	"slices"
	"unicode"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A persona is somebody one can be in the demo.
type persona struct {
	ID    staff.PersonID // empty: a visitor, who is nobody
	Name  string
	Work  string // "medewerker"
	Story string // what there is to see
}

// Initials are the letters in the round beside the name.
func (p persona) Initials() string {
	if p.ID == "" {
		return "QR"
	}
	var capitals []rune
	for _, r := range p.Name {
		if unicode.IsUpper(r) {
			capitals = append(capitals, r)
		}
	}
	if len(capitals) == 0 {
		return ""
	}
	return string(capitals[:1]) + string(capitals[len(capitals)-1:])
}

// cast are the people of the demo municipality whose work shows what the product does.
var cast = []struct {
	id               staff.PersonID
	workNL, workEN   string
	storyNL, storyEN string
}{
	{"RW1013", "medewerker", "employee", "Haar toets identiteitsvaststelling is verlopen. Ze doet de volledige toets.", "Her identity check certificate has lapsed. She does the full quiz."},
	{"RW1003", "medewerker", "employee", "Heeft binnenkort een hertoets. Ze is ook kennisdrager en schrijft cursussen.", "Has a retest soon. She is also a knowledge holder and writes courses."},
	{"RW1012", "nieuwe collega", "new colleague", "Is net begonnen. Wat vraagt de gemeente van haar?", "Has just started. What does the municipality ask of her?"},
	{"RW1001", "teamleider", "team leader", "Ziet hoe haar team ervoor staat, en beslist over uitstel.", "Sees how her team stands, and decides on more time."},
	{"RW1052", "specialist", "specialist", "Weet alles van de wet op elektronisch berichtenverkeer.", "Knows all about the law on electronic messages."},
	{"RW1016", "specialist", "specialist", "Ziet haar eigen scholing en certificaten.", "Sees her own training and certificates."},
	{"RW1057", "P&O", "HR", "Beheert de regelingen, beoordeelt bewijs en kijkt wie bij is.", "Keeps the schemes, judges evidence and sees who is up to date."},
	{"RW1059", "loopbaanadviseur", "career adviser", "Werkt bij P&O: beoordeelt bewijs dat een ander stuurde.", "Works at HR: judges evidence that somebody else sent."},
}

// personas are the people one can be, and the visitor.
func (v *visit) personas() ([]persona, error) {
	people, err := v.site.office.DemoPeople(v.ctx())
	if err != nil {
		return nil, err
	}
	var all []persona
	for _, role := range cast {
		at := slices.IndexFunc(people, func(p staff.Person) bool { return p.ID == role.id })
		if at >= 0 {
			all = append(all, persona{role.id, people[at].Name(), v.say(role.workNL, role.workEN), v.say(role.storyNL, role.storyEN)})
		}
	}
	visitor := persona{Name: v.say("Bezoeker", "Visitor"), Work: v.say("controleert een certificaat", "checks a certificate"), Story: v.say("Heeft een certificaat in handen. Inloggen is niet nodig.", "Holds a certificate. There is no need to log in.")}
	return append(all, visitor), nil
}

// become makes the visitor somebody of the demo, or nobody.
func (s *Site) become(v *visit) error {
	secret := ""
	if id := staff.PersonID(v.field("persoon")); id != "" {
		var err error
		if secret, err = s.office.Become(v.ctx(), id); err != nil {
			return err
		}
	}
	if err := v.logOut(); err != nil {
		return err
	}
	if secret == "" {
		return v.redirect("/controle")
	}
	v.logIn(secret)
	return v.redirect(back(v.field("terug"), "/mijn-scholing"))
}

// A startPage shows the demo to somebody who sees it for the first time.
type startPage struct {
	Figures  academy.Figures
	Personas []persona
	Return   string // where somebody wanted to be before they were asked who they are
	Today    calendar.Date
	Jumps    []jump
	Tineke   staff.PersonID
	Reset    bool
	Day      string // what stands in the field
	Problems problems
}

// A jump is a day to which the clock can be put with one click.
type jump struct {
	Name string
	Day  calendar.Date
}

var startView = declare[startPage]("start.html")

// start is the first page: of the demo, or the way to one's own pages.
func (s *Site) start(v *visit) error {
	switch {
	case !v.demo && !v.known():
		return v.redirect("/inloggen")
	case !v.demo:
		return v.redirect(v.own())
	}
	page, err := v.startPage()
	if err != nil {
		return err
	}
	page.Return = back(v.query("terug"), "")
	return startView.show(v, page)
}

func (v *visit) startPage() (startPage, error) {
	figures, err := v.site.office.Figures(v.ctx())
	if err != nil {
		return startPage{}, err
	}
	personas, err := v.personas()
	if err != nil {
		return startPage{}, err
	}
	today := v.moment.Today()
	return startPage{
		Figures: figures, Personas: personas, Today: today, Day: today.String(), Tineke: "RW1013", Reset: v.site.reset != nil,
		Jumps: []jump{
			{v.say("een week later", "a week later"), today.AddDays(7)},
			{v.say("een maand later", "a month later"), today.AddMonths(1)},
			{v.say("een half jaar later", "half a year later"), today.AddMonths(6)},
		},
	}, nil
}

// setDay puts the clock of the demo to another day, and shows what the sweep did.
func (s *Site) setDay(v *visit) error {
	text := v.field("sprong")
	if text == "" {
		text = v.field("dag")
	}
	report, err := s.moveTo(v, text)
	if fault.KindOf(err) == fault.Invalid {
		page, err := v.startPage()
		if err != nil {
			return err
		}
		page.Day = text
		page.Problems = problems{{"dag", v.say("Kies een dag tussen 2000 en 2100.", "Choose a day between 2000 and 2100.")}}
		return startView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	s.round.Store(&report)
	return v.redirect("/demo/ronde")
}

// moveTo makes it a day, as somebody wrote it.
func (s *Site) moveTo(v *visit, text string) (academy.SweepReport, error) {
	day, err := calendar.Parse(text)
	if err != nil {
		return academy.SweepReport{}, unreadable.From(err)
	}
	return s.office.SetToday(v.ctx(), day)
}

// A roundPage tells what the sweep asked of whom.
type roundPage struct {
	Ran     bool
	On      calendar.Date
	Held    bool
	Lapsed  []roundLapse
	Who     int // how many people those are
	People  []roundPerson
	Mails   int  // people who get a mail
	Many    bool // too many of those
	Confirm bool // the visitor may let a held sweep go on
}

// A roundLapse is a certificate that ran out while the work requires it.
type roundLapse struct {
	Name, Title string
	Until       calendar.Date
}

// A roundPerson is one person with what changed for them.
type roundPerson struct {
	Name    string
	Changes []roundChange
}

// A roundChange is one duty that began, ended or moved.
type roundChange struct {
	What  string // "nieuw"
	Title string
	Due   calendar.Date
	Ended bool
	Why   []string
}

var roundView = declare[roundPage]("round.html")

// showRound shows the newest sweep of the demo.
func (s *Site) showRound(v *visit) error {
	people, err := s.office.DemoPeople(v.ctx())
	if err != nil {
		return err
	}
	r := s.round.Load()
	if r == nil {
		return roundView.show(v, roundPage{})
	}
	page := roundPage{Ran: true, On: r.On, Held: r.Held, Who: r.LapsedPeople(), Mails: r.Mails, Many: r.TooManyMails, Confirm: v.actor.May(staff.RunSweeps)}
	for _, p := range people {
		about := roundPerson{Name: p.Name()}
		for _, l := range r.Lapsed {
			if l.Person == p.ID {
				page.Lapsed = append(page.Lapsed, roundLapse{p.Name(), l.Title, l.ValidUntil})
			}
		}
		collect := func(tasks []academy.Task, what string, ended bool) {
			for _, t := range tasks {
				if t.Person == p.ID {
					about.Changes = append(about.Changes, roundChange{what, t.Title, t.DueOn, ended, v.sentences(t.WhyDutch, t.WhyEnglish)})
				}
			}
		}
		collect(r.Opened, v.say("Nieuwe taak", "New task"), false)
		collect(r.Moved, v.say("Andere datum", "Other date"), false)
		collect(r.Ended, v.say("Niet meer nodig", "No longer needed"), true)
		if len(about.Changes) > 0 {
			page.People = append(page.People, about)
		}
	}
	return roundView.show(v, page)
}

// confirmRound lets a sweep go on that waited for somebody to look.
func (s *Site) confirmRound(v *visit) error {
	if !v.demo {
		return noSuchPage
	}
	report, err := s.office.Sweep(v.ctx(), v.actor, academy.SweepRequest{Confirm: true})
	if err != nil {
		return err
	}
	s.round.Store(&report)
	return v.redirect("/demo/ronde")
}

// A resetPage asks whether somebody really wants to begin again.
type resetPage struct{}

var resetView = declare[resetPage]("reset.html", narrow)

// askReset names the consequence of beginning again.
func (s *Site) askReset(v *visit) error {
	if !v.demo || s.reset == nil {
		return noSuchPage
	}
	return resetView.show(v, resetPage{})
}

// resetDemo fills the demo anew. Whoever looked as somebody is a visitor again.
func (s *Site) resetDemo(v *visit) error {
	if !v.demo || s.reset == nil {
		return noSuchPage
	}
	if err := s.reset(v.ctx()); err != nil {
		return err
	}
	s.round.Store(nil)
	v.forget()
	return v.done("opnieuw", "/")
}

// A firstPage says how a new installation begins.
type firstPage struct{}

var firstView = declare[firstPage]("first.html", narrow)

// firstStart answers every address while there is no installation yet.
func (s *Site) firstStart(v *visit) {
	if err := v.write(503, firstView.file, frame{layout: firstView.layout, Page: firstPage{}}); err != nil {
		s.log.ErrorContext(v.ctx(), "first start", "err", err)
	}
}
