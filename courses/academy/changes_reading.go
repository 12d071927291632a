package academy

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A ReadTask is a bulletin that somebody must read before a day, and why.
type ReadTask struct {
	changes.ReadDuty
	Topic      string
	Title      string // of the version
	Minutes    int
	Paused     bool // the person is absent
	WhyDutch   []string
	WhyEnglish []string
	On         calendar.Date // the day for which this holds
}

// State is where the task stands.
func (t ReadTask) State() DutyState {
	switch {
	case !t.DoneOn.IsZero():
		return DutyDone
	case !t.EndedOn.IsZero():
		return DutyEnded
	case t.Paused:
		return DutyPaused
	}
	return DutyOpen
}

// Overdue reports whether the task is open after its last day, and its person there.
func (t ReadTask) Overdue() bool { return t.State() == DutyOpen && t.On > t.DueOn }

// ReadTasks lists the bulletins that somebody must read or had to, the earliest due first; state empty lists them all.
func (o *Office) ReadTasks(ctx context.Context, who staff.Actor, person staff.PersonID, state DutyState) ([]ReadTask, error) {
	if err := o.allowReading(ctx, who, staff.ReadDuties, person); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	tasks, err := readTasks(ctx, o.db.Read(), now.Today(), person)
	return only(tasks, func(t ReadTask) bool { return state == "" || t.State() == state }), err
}

// readTasks reads what somebody must read on a day or had to, the earliest due first.
func readTasks(ctx context.Context, q store.Q, on calendar.Date, person staff.PersonID) ([]ReadTask, error) {
	duties, err := store.ReadDuties(ctx, q, person)
	if err != nil || len(duties) == 0 {
		return nil, err
	}
	decisions, err := store.Decisions(ctx, q, person)
	if err != nil {
		return nil, err
	}
	away := certificates.File{Decisions: decisions}.Away(on)
	book, err := readReasons(ctx, q, on, person)
	if err != nil {
		return nil, err
	}
	var tasks []ReadTask
	for _, d := range duties {
		b := book.bulletins[d.Bulletin]
		e := b.Versions[d.Number-1]
		t := ReadTask{ReadDuty: d, Topic: b.Topic, Title: e.Title, Minutes: e.ReadMinutes(), Paused: away, On: on}
		t.WhyDutch, t.WhyEnglish = book.why(d)
		tasks = append(tasks, t)
	}
	slices.SortStableFunc(tasks, func(a, b ReadTask) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return tasks, nil
}

// A readingReasons has what it takes to say why somebody must read something.
type readingReasons struct {
	bulletins map[changes.BulletinID]changes.Bulletin
	changes   map[changes.ID]changes.Change
	roles     []staff.Role // of the person
}

func readReasons(ctx context.Context, q store.Q, on calendar.Date, person staff.PersonID) (readingReasons, error) {
	book := readingReasons{bulletins: make(map[changes.BulletinID]changes.Bulletin), changes: make(map[changes.ID]changes.Change)}
	bulletins, err := store.Bulletins(ctx, q)
	if err != nil {
		return book, err
	}
	for _, b := range bulletins {
		book.bulletins[b.ID] = b
	}
	all, err := store.Changes(ctx, q)
	if err != nil {
		return book, err
	}
	for _, c := range all {
		book.changes[c.ID] = c
	}
	employments, err := store.Employments(ctx, q, person)
	if err != nil {
		return book, err
	}
	roles, err := store.Roles(ctx, q)
	book.roles = only(roles, func(r staff.Role) bool {
		return slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.On(on) && e.Role == r.ID })
	})
	return book, err
}

// why says why somebody must read something, in two languages.
func (b readingReasons) why(d changes.ReadDuty) (dutch, english []string) {
	c := b.changes[d.Change]
	dutch, english = []string{fmt.Sprintf("Er verandert iets in je werk: %s (%s).", c.Title, c.Source)}, []string{fmt.Sprintf("Something changes in your work: %s (%s).", c.Title, c.Source)}
	for _, r := range b.roles {
		asked := slices.ContainsFunc(c.Verdicts, func(v changes.Verdict) bool { return v.Bulletin == d.Bulletin && slices.Contains(v.Roles, r.ID) })
		if asked {
			dutch, english = append(dutch, fmt.Sprintf("Je krijgt dit omdat je %s bent.", r.Name)), append(english, fmt.Sprintf("You get this because your role is %s.", r.Name))
		}
	}
	if d.Number > 1 {
		dutch, english = append(dutch, fmt.Sprintf("Dit is versie %d: de tekst is nieuw.", d.Number)), append(english, fmt.Sprintf("This is version %d: the text is new.", d.Number))
	}
	return dutch, english
}

// planReading makes the duties to read as they should be today: of every change that stands and asks a group to read.
func (o *Office) planReading(ctx context.Context, q store.Q, now Moment, who staff.Actor) error {
	all, err := store.Changes(ctx, q)
	if err != nil {
		return err
	}
	all = only(all, func(c changes.Change) bool {
		return c.Stands() && slices.ContainsFunc(c.Verdicts, func(v changes.Verdict) bool { return v.Kind == changes.Read })
	})
	have, err := store.ReadDuties(ctx, q)
	if err != nil || len(all)+len(have) == 0 {
		return err
	}
	facts, err := readChangeFacts(ctx, q, now.Today(), all...)
	if err != nil {
		return err
	}
	var asked []changes.ReadDuty
	for _, c := range all {
		asked = append(asked, c.AsksToRead(facts.Records, facts.bulletins, now.Today())...)
	}
	read := func(d changes.ReadDuty) bool { return facts.Read(d.Bulletin, d.Person) }
	write := changes.PlanReading(have, asked, now.Today(), read)
	if err := store.PutReadDuties(ctx, q, write...); err != nil {
		return err
	}
	for _, d := range write {
		act := "reading.asked"
		if !d.Open() {
			act = "reading.ended"
		}
		if err := store.Write(ctx, q, did(now.Office, who, act, d.Person, fmt.Sprintf("%s/%d", d.Bulletin, d.Number))); err != nil {
			return err
		}
	}
	return nil
}

// tellReading puts what a person must read in their digest, and returns the reminders that it gives.
func (o *Office) tellReading(ctx context.Context, q store.Q, on calendar.Date, nudges []store.Nudge, person staff.PersonID, d *notices.Digest) ([]store.Reminder, error) {
	tasks, err := readTasks(ctx, q, on, person)
	if err != nil {
		return nil, err
	}
	var given []store.Reminder
	for _, t := range tasks {
		if t.State() != DutyOpen {
			continue
		}
		id := store.ReadDutyID(t.ReadDuty)
		item := notices.Task{Title: t.Topic, Reading: true, DueOn: t.DueOn, Path: "/bulletins/" + string(t.Bulletin)}
		at := slices.IndexFunc(nudges, func(n store.Nudge) bool { return n.DutyID == id })
		if at < 0 {
			d.Later = append(d.Later, item)
			continue
		}
		step, ok := recordOf(nudges[at]).Next(on)
		if !ok {
			d.Later = append(d.Later, item)
			continue
		}
		d.Now = append(d.Now, item)
		given = append(given, store.Reminder{DutyID: id, Step: step, GivenOn: on})
	}
	return given, nil
}

// dutyTitle is what people call a duty: the title of its scheme, or the topic of what is to be read.
func dutyTitle(schemes schemeBook, id store.DutyID, topic string) string {
	if topic != "" {
		return "Lezen: " + topic
	}
	return schemes[id.Scheme].Title
}
