package web

import (
	"cmp"
	"net/url"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A homePage is Mijn scholing: what to do now, what one holds, and where to learn more.
type homePage struct {
	Today    calendar.Date
	Greeting string
	Balance  string
	Tasks    []homeTask
	More     int            // tasks that are not shown
	Waiting  []academy.Task // that wait until the visitor is back
	Busy     []ongoing
	Axis     *axis
	Missing  bool // the certificates cannot be shown now
	Held     int
	Courses  int
	Profile  academy.Profile
}

// A homeTask is one thing somebody has to do.
type homeTask struct {
	Title     string
	Refresher bool
	Late      bool
	Soon      bool
	Tag       string // "3 dagen te laat"
	Why       []string
	Course    courses.CourseKey // empty: evidence from elsewhere is asked, or the course is to come
	ToCome    bool              // there is no published course yet
	Questions int
	Minutes   int
	Open      bool     // an attempt is open
	Refused   *refusal // why the quiz cannot start now; nil where it can
	Bring     []string // of which a document from elsewhere is evidence
	Send      string   // the address where that is sent
	Show      []string // what HR only needs to see
	Skills    []string // what an assessor must see at work
	Assessors []string // who can
	Sent      bool     // evidence was sent and waits for a verdict
	Training  string   // what one can say of a group training for it that is to come
	Session   training.SessionID
	Sign      string // the address of what an assessor saw and waits for a signature; empty: nothing
	DueOn     calendar.Date
	Link      string // where it is done, of what is no duty under a scheme: to read or to review; empty: it is one
	Do        string // what the link says
}

// An ongoing is a course that somebody is busy with though nothing demands it.
type ongoing struct {
	Course  courses.CourseKey
	Title   string
	Refused *refusal // a follow-up was chosen and waits; nil: an attempt is open
}

// tasksAtOnce is how many tasks the page shows before somebody asks for all of them.
const tasksAtOnce = 5

// soon is how many days before its last day a task counts down.
const soon = 14

var homeView = declare[homePage]("home.html")

// home shows Mijn scholing.
func (s *Site) home(v *visit) error {
	if !v.actor.May(staff.ReadDuties) {
		return v.redirect(v.own())
	}
	if err := v.who(); err != nil {
		return err
	}
	today := v.moment.Today()
	page := homePage{Today: today, Greeting: v.greeting(), Profile: v.profile}
	tasks, err := s.office.Tasks(v.ctx(), v.actor, v.actor.Person, academy.DutyOpen)
	if err != nil {
		return err
	}
	if page.Waiting, err = s.office.Tasks(v.ctx(), v.actor, v.actor.Person, academy.DutyPaused); err != nil {
		return err
	}
	offered, err := s.offered(v)
	if err != nil {
		return err
	}
	page.Courses = len(offered)
	if page.Tasks, err = v.tasks(tasks, offered); err != nil {
		return err
	}
	asked, err := v.askedByChanges()
	if err != nil {
		return err
	}
	page.Tasks = append(page.Tasks, asked...)
	slices.SortStableFunc(page.Tasks, func(a, b homeTask) int { return cmp.Compare(a.DueOn, b.DueOn) })
	if page.Busy, err = v.busy(tasks, offered); err != nil {
		return err
	}
	periods, err := v.periods()
	switch {
	case err != nil && fault.KindOf(err) == fault.Forbidden:
		return err
	case err != nil:
		s.log.ErrorContext(v.ctx(), "certificates of Mijn scholing", "err", err)
		page.Missing = true
	default:
		page.Held = len(periods)
		page.Axis = v.axis(periods, shownOnAxis)
	}
	page.Balance = v.balance(page.Tasks, periods)
	if len(page.Waiting) > 0 {
		page.Balance = v.say("Je bent nu afwezig. Je taken wachten tot je terug bent.", "You are away now. Your duties wait until you are back.")
	}
	if len(page.Tasks) > tasksAtOnce && v.query("toon") != "alle" {
		page.More = len(page.Tasks) - tasksAtOnce
		page.Tasks = page.Tasks[:tasksAtOnce]
	}
	return homeView.show(v, page)
}

// greeting goes by the office's clock.
func (v *visit) greeting() string {
	name := v.profile.First
	switch hour := v.moment.Office.In(calendar.Amsterdam()).Hour(); {
	case hour < 6:
		return v.say("Goedenacht, %s", "Good night, %s", name)
	case hour < 12:
		return v.say("Goedemorgen, %s", "Good morning, %s", name)
	case hour < 18:
		return v.say("Goedemiddag, %s", "Good afternoon, %s", name)
	}
	return v.say("Goedenavond, %s", "Good evening, %s", name)
}

// balance says in a sentence or two how somebody stands.
func (v *visit) balance(tasks []homeTask, periods []held) string {
	late := 0
	for _, t := range tasks {
		if t.Late {
			late++
		}
	}
	switch {
	case len(tasks) == 0:
		return v.say("Je bent helemaal bij.", "You are up to date.") + v.nextEnd(periods)
	case late == 0:
		return v.say("Er ligt werk voor je klaar: %s. Niets is te laat.", "There is work waiting for you: %s. Nothing is overdue.", v.count(len(tasks), "taak", "taken", "task", "tasks"))
	case late == len(tasks) && late == 1:
		return v.say("Er ligt 1 taak voor je klaar. Die is te laat.", "There is 1 task waiting for you. It is overdue.")
	case late == len(tasks):
		return v.say("Er liggen %d taken voor je klaar. Ze zijn allemaal te laat.", "There are %d tasks waiting for you. All of them are overdue.", late)
	case late == 1:
		return v.say("Er liggen %d taken voor je klaar. Eén is te laat.", "There are %d tasks waiting for you. One is overdue.", len(tasks))
	}
	return v.say("Er liggen %d taken voor je klaar. Daarvan zijn er %d te laat.", "There are %d tasks waiting for you. Of those, %d are overdue.", len(tasks), late)
}

// nextEnd says which certificate ends first.
func (v *visit) nextEnd(periods []held) string {
	var first *held
	for i, h := range periods {
		until := h.Last().ValidUntil
		if until >= v.moment.Today() && (first == nil || until < first.Last().ValidUntil) {
			first = &periods[i]
		}
	}
	if first == nil {
		return ""
	}
	return v.say(" Het eerste dat afloopt is geldig tot en met %s: %s.", " The first to end is valid until and including %s: %s.", v.date(first.Last().ValidUntil), first.Title)
}

// tasks puts duties in words, the overdue ones first.
func (v *visit) tasks(duties []academy.Task, offered map[courses.CourseKey]academy.Listing) ([]homeTask, error) {
	if len(duties) == 0 {
		return nil, nil
	}
	open, err := v.site.office.OpenAttempts(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	schemes, err := v.site.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	sent, err := v.site.office.SubmissionsOf(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return nil, err
	}
	observed, err := v.site.office.ObservationsOf(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return nil, err
	}
	trainings, err := v.site.office.Sessions(v.ctx(), v.actor, academy.SessionSearch{From: v.moment.Today()})
	if err != nil {
		return nil, err
	}
	tasks := make([]homeTask, len(duties))
	for i, d := range duties {
		t := homeTask{Title: d.Title, DueOn: d.DueOn, Refresher: d.Path == certificates.PathRefresher && d.Last != nil, Late: d.Overdue(), Why: v.sentences(d.WhyDutch, d.WhyEnglish)}
		t.Tag, t.Soon = v.due(d)
		if err := v.elsewhere(&t, d, schemes[d.Scheme]); err != nil {
			return nil, err
		}
		t.Sent = slices.ContainsFunc(sent, func(s academy.Sent) bool { return s.Scheme == d.Scheme && s.State() == certificates.SubmissionWaiting })
		for _, o := range observed {
			if o.Scheme == d.Scheme && o.State() == certificates.ObservationWaiting {
				t.Sign = "/praktijk/" + o.ID
			}
		}
		t.Session, t.Training = v.trainingFor(d.Scheme, trainings)
		if d.Course == "" {
			tasks[i] = t
			continue
		}
		course, ok := offered[d.Course]
		if !ok {
			t.ToCome = true
			tasks[i] = t
			continue
		}
		t.Course = d.Course
		t.Questions, t.Minutes = questionsOf(course), course.Minutes
		t.Open = slices.ContainsFunc(open, func(a courses.Attempt) bool { return a.Course == d.Course })
		if t.Refused, err = v.site.mayStart(v, d.Course); err != nil {
			return nil, err
		}
		tasks[i] = t
	}
	return tasks, nil
}

// askedByChanges lists what changes ask beside courses: bulletins to read, and courses that the visitor answers for to review.
func (v *visit) askedByChanges() ([]homeTask, error) {
	reading, err := v.site.office.ReadTasks(v.ctx(), v.actor, v.actor.Person, academy.DutyOpen)
	if err != nil {
		return nil, err
	}
	var tasks []homeTask
	for _, r := range reading {
		t := homeTask{Title: v.say("Lezen: ", "To read: ") + r.Topic, DueOn: r.DueOn, Late: r.Overdue(), Why: v.sentences(r.WhyDutch, r.WhyEnglish), Minutes: r.Minutes, Link: "/bulletins/" + url.PathEscape(string(r.Bulletin)), Do: v.say("Lees het bulletin", "Read the bulletin")}
		t.Tag, t.Soon = v.dueOn(r.DueOn)
		tasks = append(tasks, t)
	}
	reviews, err := v.site.office.Reviews(v.ctx(), v.actor)
	for _, r := range reviews {
		t := homeTask{Title: v.say("Nakijken: ", "To review: ") + r.Title, DueOn: r.DueOn, Late: true, Link: "/cursussen/" + url.PathEscape(string(r.Course)), Do: v.say("Bekijk de cursus", "See the course")}
		t.Tag, _ = v.dueOn(r.DueOn)
		t.Why = []string{v.say("Jij publiceerde deze cursus. Kijk of de tekst nog klopt en publiceer een nieuwe versie. Lezers zien dat de tekst nog niet is nagekeken.", "You published this course. Check whether the text is still right and publish a new version. Readers see that the text was not reviewed yet.")}
		if r.Owner == "" {
			t.Why = []string{v.say("Wie deze cursus publiceerde, werkt hier niet meer. Vraag een kennisdrager om de tekst na te kijken.", "Whoever published this course works here no more. Ask a knowledge holder to review the text.")}
		}
		tasks = append(tasks, t)
	}
	return tasks, err
}

// elsewhere says what a task asks beside a course of ours, and how that is shown.
func (v *visit) elsewhere(t *homeTask, d academy.Task, scheme certificates.Scheme) (err error) {
	for _, c := range d.Asks {
		name := cmp.Or(c.Title, d.Title)
		switch {
		case scheme.SeenOnly(c):
			t.Show = append(t.Show, name)
		case c.Kind == certificates.ComponentObserved:
			t.Skills = append(t.Skills, name)
		case scheme.TakesDocument(c):
			t.Bring = append(t.Bring, name)
		}
	}
	if len(t.Bring) > 0 {
		t.Send = "/bewijs/nieuw?" + url.Values{"regeling": {string(d.Scheme)}}.Encode()
	}
	if len(t.Skills) > 0 {
		t.Assessors, err = v.site.office.Assessors(v.ctx(), v.actor)
	}
	return err
}

// busy lists the open attempts and the follow-ups that wait of courses that are offered and are none of the tasks.
func (v *visit) busy(tasks []academy.Task, offered map[courses.CourseKey]academy.Listing) ([]ongoing, error) {
	open, err := v.site.office.OpenAttempts(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	waiting, err := v.site.office.OwnFollowUps(v.ctx(), v.actor)
	if err != nil {
		return nil, err
	}
	var all []ongoing
	add := func(key courses.CourseKey, refused *refusal) {
		course, ok := offered[key]
		if ok && !slices.ContainsFunc(tasks, func(t academy.Task) bool { return t.Course == key }) {
			all = append(all, ongoing{key, course.Title, refused})
		}
	}
	for _, a := range open {
		add(a.Course, nil)
	}
	for _, f := range waiting {
		add(f.Course, &refusal{Last: f.Attempt, Chosen: true})
	}
	return all, nil
}

// due says when a task must be done, and whether that is soon.
func (v *visit) due(t academy.Task) (tag string, near bool) { return v.dueOn(t.DueOn) }

func (v *visit) dueOn(last calendar.Date) (tag string, near bool) {
	switch days := v.moment.Today().DaysUntil(last); {
	case last.AddMonths(12) < v.moment.Today():
		return v.say("Meer dan een jaar te laat", "More than a year overdue"), false
	case days < 0:
		return v.count(-days, "dag te laat", "dagen te laat", "day overdue", "days overdue"), false
	case days == 0:
		return v.say("Vandaag de laatste dag", "Today is the last day"), true
	case days <= soon:
		return v.say("Nog ", "") + v.count(days, "dag", "dagen", "day left", "days left"), true
	}
	return v.say("Uiterlijk %s", "By %s", v.date(last)), false
}

// questionsOf is how many questions an attempt at a course asks.
func questionsOf(l academy.Listing) int {
	if n := l.Quiz.Policy.Draw; n > 0 {
		return min(n, len(l.Quiz.Questions))
	}
	return len(l.Quiz.Questions)
}
