package notices

import (
	"bekwaam/courses/calendar"
)

// A Language is one in which a mail is written.
type Language string

const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Say picks the words of the language.
func (l Language) Say(nl, en string) string {
	if l == English {
		return en
	}
	return nl
}

func (l Language) date(d calendar.Date) string { return l.Say(d.Dutch(), d.English()) }

// A Reader is whom a mail is for.
type Reader struct {
	First    string
	Language Language
	URL      string // of the installation: every link begins with it
}

// A Task is a duty as a mail tells it: never with a result.
type Task struct {
	Title     string // of the scheme
	Refresher bool
	Course    bool // a course of ours is asked, not evidence from elsewhere
	Reading   bool // a bulletin is to be read; the title is its topic
	DueOn     calendar.Date
	Path      string // where to do it
}

// A Late is a duty of a colleague that is overdue, as their leader reads it.
type Late struct {
	Name  string
	Title string
	DueOn calendar.Date
}

// A Digest is the one mail of somebody on a day.
type Digest struct {
	Reader
	On    calendar.Date
	Now   []Task // whose reminder it is, the earliest due first
	Later []Task // what else is open
	Notes []Note
	Week  []Late // for a leader, once a week: what is overdue in the team
}

// A Content is what a mail says.
type Content struct {
	Language Language
	Subject  string
	Plain    string
	HTML     string
}

// Compose writes the digest.
func (d Digest) Compose() (Content, error) {
	l := letter{Reader: d.Reader, Lead: d.Language.Say("Dit is er voor je in Bekwaam.", "This is what there is for you in Bekwaam.")}
	now := part{Heading: d.Language.Say("Dit vraagt nu je aandacht", "This needs your attention now")}
	for _, t := range d.Now {
		now.Items = append(now.Items, d.taskItem(t))
	}
	notes := part{Heading: d.Language.Say("Nieuws voor jou", "News for you")}
	for _, n := range d.Notes {
		notes.Items = append(notes.Items, d.noteItem(n))
	}
	later := part{Heading: d.Language.Say("Dit staat ook open", "This is open as well")}
	for _, t := range d.Later {
		later.Items = append(later.Items, d.taskItem(t))
	}
	l.add(now, notes, later, d.week())
	return l.write(d.subject())
}

// Invitation writes the mail of one note: what brings a calendar file, or what cannot wait.
func (r Reader) Invitation(n Note) (Content, error) {
	l := letter{Reader: r}
	only := r.noteItem(n)
	heading := r.Language.Say("Voor in je agenda", "For your calendar")
	if n.Urgent {
		heading = r.Language.Say("Dit kan niet wachten", "This cannot wait")
	}
	l.add(part{Heading: heading, Items: []item{only}})
	return l.write(only.Title)
}

// item tells one task.
func (d Digest) taskItem(t Task) item {
	i := item{Title: d.action(t), Path: t.Path, Link: d.Language.Say("Ga naar deze taak", "Go to this task")}
	switch date := d.Language.date(t.DueOn); {
	case t.DueOn < d.On:
		i.Text = d.Language.Say("De laatste dag was "+date+". Doe dit zo snel mogelijk.", "The last day was "+date+". Do this as soon as you can.")
	case t.DueOn == d.On:
		i.Text = d.Language.Say("Vandaag, "+date+", is de laatste dag.", "Today, "+date+", is the last day.")
	default:
		i.Text = d.Language.Say("Doe dit uiterlijk "+date+".", "Do this by "+date+".")
	}
	return i
}

// action names what to do: "Hertoets Reisdocumenten".
func (d Digest) action(t Task) string {
	switch {
	case t.Reading:
		return d.Language.Say("Lees: ", "Read: ") + t.Title
	case !t.Course:
		return d.Language.Say("Bewijs voor ", "Evidence for ") + t.Title
	case t.Refresher:
		return d.Language.Say("Hertoets ", "Retest ") + t.Title
	}
	return d.Language.Say("Toets ", "Quiz ") + t.Title
}

func (r Reader) noteItem(n Note) item {
	i := item{Title: r.Language.Say(n.Dutch, n.English), Path: n.Path}
	if n.Path != "" {
		i.Link = r.Language.Say("Bekijk dit", "Look at this")
	}
	return i
}

// week tells a leader what is overdue in the team.
func (d Digest) week() part {
	p := part{Heading: d.Language.Say("Je team deze week", "Your team this week")}
	if len(d.Week) > 0 {
		p.Text = d.Language.Say("Deze collega's hebben zelf al bericht gehad. Vraag wat ze nodig hebben.", "These colleagues have been told themselves. Ask what they need.")
	}
	for _, w := range d.Week {
		p.Items = append(p.Items, item{Title: w.Name, Text: w.Title + ". " + d.Language.Say("De laatste dag was ", "The last day was ") + d.Language.date(w.DueOn) + "."})
	}
	return p
}

// subject says the action: what is most urgent, and how much more there is.
func (d Digest) subject() string {
	var text string
	more := len(d.Now) + len(d.Notes) - 1
	switch {
	case len(d.Now) > 0:
		text = d.action(d.Now[0]) + ": " + d.until(d.Now[0])
	case len(d.Notes) > 0:
		text = d.Language.Say(d.Notes[0].Dutch, d.Notes[0].English)
	default:
		return d.Language.Say("Je team deze week: vraag wat collega's nodig hebben", "Your team this week: ask what colleagues need")
	}
	switch {
	case more == 1:
		text += d.Language.Say(" (en nog 1)", " (and 1 more)")
	case more > 1:
		text += d.Language.Say(" (en nog ", " (and ") + number(more) + d.Language.Say(")", " more)")
	}
	return text
}

// until says by when, as the subject does. The year is left out: it is near.
func (d Digest) until(t Task) string {
	switch {
	case t.DueOn < d.On:
		return d.Language.Say("doe dit nu, de laatste dag is voorbij", "do this now, the last day has passed")
	case t.DueOn == d.On:
		return d.Language.Say("doe dit vandaag", "do this today")
	}
	return d.Language.Say("doe dit uiterlijk ", "do this by ") + d.Language.date(t.DueOn)
}
