package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A ChangeOverview is a change with all that hangs on it.
type ChangeOverview struct {
	changes.Change
	On         calendar.Date
	HolderName string
	DeputyName string          // empty: nobody takes over
	Impact     *changes.Impact // for who may follow it: how far everybody is, or what publishing would do
	Outdated   int             // who is outdated today; with Impact only
	Mine       []MyVerdict     // what it asks of the reader
	Meanings   []Meaning
	Signals    []changes.Signal // that led to it, without who reported them
	Bulletins  []changes.Bulletin
	Reach      changes.Reach // of the law register
	Names      ChangeNames
}

// A MyVerdict is what a change asks of its reader.
type MyVerdict struct {
	changes.Verdict
	Done bool
}

// A Meaning is what a leader said, with their name.
type Meaning struct {
	changes.Meaning
	Name string
}

// ChangeNames are what people call the things that a change touches.
type ChangeNames struct {
	Roles     map[staff.RoleID]string
	Teams     map[staff.TeamID]string
	Processes map[staff.ActivityID]string
	Schemes   map[certificates.SchemeKey]string
	Courses   map[courses.CourseKey]string
}

// Changes lists every change, those with the earliest effective date first and those without one last. Drafts are among them:
// what comes is no secret inside.
func (o *Office) Changes(ctx context.Context, who staff.Actor) ([]ChangeOverview, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	all, err := store.Changes(ctx, q)
	if err != nil {
		return nil, err
	}
	views, err := o.overviews(ctx, q, who, now, all...)
	slices.SortStableFunc(views, func(a, b ChangeOverview) int { return int(dated(a)) - int(dated(b)) })
	return views, err
}

// dated is the effective date; the end of time where it is not known.
func dated(c ChangeOverview) calendar.Date {
	if c.EffectiveOn.IsZero() {
		return calendar.New(9999, 12, 31)
	}
	return c.EffectiveOn
}

// Change tells of one change everything that hangs on it.
func (o *Office) Change(ctx context.Context, who staff.Actor, id changes.ID) (ChangeOverview, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return ChangeOverview{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return ChangeOverview{}, err
	}
	q := o.db.Read()
	c, err := store.Change(ctx, q, id)
	if err != nil {
		return ChangeOverview{}, err
	}
	views, err := o.overviews(ctx, q, who, now, c)
	if err != nil {
		return ChangeOverview{}, err
	}
	v := views[0]
	meanings, err := store.Meanings(ctx, q, id)
	if err != nil {
		return v, err
	}
	people := make([]staff.PersonID, len(meanings))
	for i, m := range meanings {
		people[i] = m.By
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return v, err
	}
	for _, m := range meanings {
		v.Meanings = append(v.Meanings, Meaning{m, names[m.By]})
	}
	signals, err := store.Signals(ctx, q)
	if err != nil {
		return v, err
	}
	v.Signals = only(signals, func(s changes.Signal) bool { return s.Change == id })
	for i := range v.Signals {
		v.Signals[i].Reporter = ""
	}
	bulletins, err := store.Bulletins(ctx, q)
	if err != nil {
		return v, err
	}
	v.Bulletins = only(bulletins, func(b changes.Bulletin) bool {
		return b.Change == id || slices.ContainsFunc(c.Verdicts, func(verdict changes.Verdict) bool { return verdict.Bulletin == b.ID })
	})
	register, err := store.Articles(ctx, q)
	v.Reach = changes.Register(only(register, func(a changes.Article) bool { return slices.Contains(c.Touches.Articles, a.ID) || a.Change == id })).Reach("", "")
	return v, err
}

// overviews adds to some changes how far they are and what they ask of the reader.
func (o *Office) overviews(ctx context.Context, q store.Q, who staff.Actor, now Moment, all ...changes.Change) ([]ChangeOverview, error) {
	facts, err := readChangeFacts(ctx, q, now.Today(), all...)
	if err != nil {
		return nil, err
	}
	var people []staff.PersonID
	for _, c := range all {
		people = append(people, c.Holder, c.Deputy)
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	labels, err := o.changeNames(ctx, q, now.Today())
	if err != nil {
		return nil, err
	}
	views := make([]ChangeOverview, len(all))
	for i, c := range all {
		v := ChangeOverview{Change: c, On: now.Today(), HolderName: names[c.Holder], DeputyName: names[c.Deputy], Names: labels}
		impact := c.Impact(facts.Facts, now.Today())
		for _, g := range impact.Groups {
			if slices.Contains(g.Members, who.Person) && c.Stands() {
				v.Mine = append(v.Mine, MyVerdict{g.Verdict, !slices.Contains(g.Owing, who.Person)})
			}
		}
		if who.May(staff.FollowChanges) {
			shown := coarse(who, impact)
			v.Impact = &shown
			for _, r := range facts.Records {
				if c.Outdated(r, now.Today()) {
					v.Outdated++
				}
			}
		}
		views[i] = v
	}
	return views, nil
}

// coarse leaves out of an impact what would tell how few people stand. Who may see everybody by name sees all of it.
func coarse(who staff.Actor, i changes.Impact) changes.Impact {
	if who.MayForAll(staff.ReadPeople) {
		return i
	}
	return i.Coarse(func(t staff.TeamID) bool { return slices.Contains(who.Leads, t) })
}

// changeNames reads what people call what changes touch.
func (o *Office) changeNames(ctx context.Context, q store.Q, today calendar.Date) (ChangeNames, error) {
	names := ChangeNames{make(map[staff.RoleID]string), make(map[staff.TeamID]string), make(map[staff.ActivityID]string), make(map[certificates.SchemeKey]string), nil}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return names, err
	}
	for _, r := range roles {
		names.Roles[r.ID] = r.Name
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return names, err
	}
	for _, t := range teams {
		names.Teams[t.ID] = t.Name
	}
	activities, err := store.Activities(ctx, q)
	if err != nil {
		return names, err
	}
	for _, a := range activities {
		names.Processes[a.ID] = a.Name
	}
	schemes, err := store.Schemes(ctx, q, today)
	if err != nil {
		return names, err
	}
	for key, s := range schemes {
		names.Schemes[key] = s.Title
	}
	names.Courses, err = o.publishedTitles(ctx, q)
	return names, err
}

// ChangeNames tells what people call the things that a change can touch.
func (o *Office) ChangeNames(ctx context.Context, who staff.Actor) (ChangeNames, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return ChangeNames{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return ChangeNames{}, err
	}
	return o.changeNames(ctx, o.db.Read(), now.Today())
}

// readKnown reads what a change can name.
func (o *Office) readKnown(ctx context.Context, q store.Q, today calendar.Date) (changes.Known, error) {
	names, err := o.changeNames(ctx, q, today)
	if err != nil {
		return changes.Known{}, err
	}
	working, err := store.EmploymentsFrom(ctx, q, today)
	if err != nil {
		return changes.Known{}, err
	}
	bulletins, err := store.Bulletins(ctx, q)
	if err != nil {
		return changes.Known{}, err
	}
	articles, err := store.Articles(ctx, q)
	return changes.Known{
		Person: func(id staff.PersonID) bool {
			return slices.ContainsFunc(working, func(e staff.Employment) bool { return e.Person == id && e.On(today) })
		},
		Role:    func(id staff.RoleID) bool { _, ok := names.Roles[id]; return ok },
		Process: func(id staff.ActivityID) bool { _, ok := names.Processes[id]; return ok },
		Course:  courseTitles(names.Courses).has,
		Scheme:  func(key certificates.SchemeKey) bool { _, ok := names.Schemes[key]; return ok },
		Article: func(id changes.ArticleID) bool {
			return slices.ContainsFunc(articles, func(a changes.Article) bool { return a.ID == id })
		},
		Bulletin: func(id changes.BulletinID) bool {
			return slices.ContainsFunc(bulletins, func(b changes.Bulletin) bool { return b.ID == id })
		},
	}, err
}

// SaveChange writes a draft: a new one with version 0, which gets a key where it has none, or another text in the place of a
// version. The same once more changes nothing. What is published does not change: fault.Conflict.
func (o *Office) SaveChange(ctx context.Context, who staff.Actor, c changes.Change) (changes.Change, error) {
	if err := who.Allow(staff.WriteChanges, staff.Subject{}); err != nil {
		return c, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return c, err
	}
	c.Title, c.Source, c.Chance, c.Risk = strings.TrimSpace(c.Title), strings.TrimSpace(c.Source), strings.TrimSpace(c.Chance), strings.TrimSpace(c.Risk)
	saved := c
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) (err error) { // which may run again: c stays as it was sent
		saved, err = o.saveChange(ctx, q, now, who, c)
		return err
	})
	return saved, err
}

var changeThere = fault.New(fault.Conflict, "Er is al een wijziging met deze sleutel. Kies een andere, of verander die.", "There is a change of this key already. Choose another, or change that one.").Because("already_exists")

// saveChange writes a draft in a transaction.
func (o *Office) saveChange(ctx context.Context, q store.Q, now Moment, who staff.Actor, c changes.Change) (changes.Change, error) {
	if c.ID == "" && c.Version == 0 {
		same, key, err := newChangeKey(ctx, q, now.Today(), who, c)
		if err != nil {
			return c, err
		}
		if same != nil {
			return *same, nil
		}
		c.ID = key
	}
	known, err := o.readKnown(ctx, q, now.Today())
	if err != nil {
		return c, err
	}
	wrong := c.Check(known)
	for field, text := range map[string]string{"title": c.Title, "chance": c.Chance, "risk": c.Risk} {
		wrong = withBSN(wrong, field, text)
	}
	if wrong != nil {
		return c, wrong
	}
	was, err := store.Change(ctx, q, c.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound && c.Version == 0:
		c.Version, c.DraftedBy, c.DraftedAt = 1, who.Person, now.Office
		if err := store.InsertChange(ctx, q, c); err != nil {
			return c, err
		}
		return c, store.Write(ctx, q, did(now.Office, who, "change.drafted", "", string(c.ID)))
	case err != nil:
		return c, err
	case c.Version == 0:
		return c, changeThere
	}
	if err := was.Editable(); err != nil {
		return c, err
	}
	seen := c.Version
	c.DraftedBy, c.DraftedAt = who.Person, now.Office
	c.Version = seen + 1
	if err := store.SaveChange(ctx, q, c, seen); err != nil {
		return c, err
	}
	return c, store.Write(ctx, q, did(now.Office, who, "change.changed", "", string(c.ID)))
}

// newChangeKey chooses a key for a draft that has none; the draft itself where its writer sent the same title before today.
func newChangeKey(ctx context.Context, q store.Q, today calendar.Date, who staff.Actor, c changes.Change) (*changes.Change, changes.ID, error) {
	all, err := store.Changes(ctx, q)
	prefix := "W-" + today.String()
	n := 1
	for i, other := range all {
		if strings.HasPrefix(string(other.ID), prefix) {
			if n++; other.Title == c.Title && other.DraftedBy == who.Person && other.PublishedAt.IsZero() {
				return &all[i], "", err
			}
		}
	}
	return nil, changes.ID(fmt.Sprintf("%s-%d", prefix, n)), err
}

// MoveChange says how far the organisation is with a change, published or not.
func (o *Office) MoveChange(ctx context.Context, who staff.Actor, id changes.ID, phase changes.Phase) error {
	if err := who.Allow(staff.WriteChanges, staff.Subject{}); err != nil {
		return err
	}
	if !slices.Contains(changes.Phases(), phase) {
		return fault.New(fault.Invalid, "Deze fase bestaat niet.", "There is no such phase.").At("phase", "kies er een uit de lijst", "choose one from the list")
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		c, err := store.Change(ctx, q, id)
		if err != nil || c.Phase == phase {
			return err
		}
		seen := c.Version
		c.Phase, c.Version = phase, seen+1
		if err := store.SaveChange(ctx, q, c, seen); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "change.moved", "", string(id)))
	})
}

// ExplainChange records what a change means for a team that one leads, or for the organisation (HR), and what was decided.
func (o *Office) ExplainChange(ctx context.Context, who staff.Actor, m changes.Meaning) (changes.Meaning, error) {
	if err := who.Allow(staff.ExplainChanges, staff.Subject{}); err != nil {
		return m, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return m, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if _, err := store.Change(ctx, q, m.Change); err != nil {
			return err
		}
		teams := who.Leads
		if who.Is(staff.TrainingOfficer) {
			all, err := store.Teams(ctx, q)
			if err != nil {
				return err
			}
			for _, t := range all {
				teams = append(slices.Clip(teams), t.ID)
			}
		}
		wrong := withBSN(withBSN(m.Check(teams), "text", m.Text), "decision", m.Decision)
		if wrong != nil {
			return wrong
		}
		there, err := store.Meanings(ctx, q, m.Change)
		if err != nil {
			return err
		}
		same := func(t changes.Meaning) bool {
			return t.By == who.Person && t.Team == m.Team && t.Text == m.Text && t.Decision == m.Decision
		}
		if at := slices.IndexFunc(there, same); at >= 0 { // sent twice
			m = there[at]
			return nil
		}
		m.ID, m.By, m.At = newID(), who.Person, now.Office
		if err := store.InsertMeaning(ctx, q, m); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "change.explained", "", string(m.Change)))
	})
	return m, err
}

// Register reads the law register, and what it touches when something with some words changes.
func (o *Office) Register(ctx context.Context, who staff.Actor, words string) (changes.Reach, error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return changes.Reach{}, err
	}
	register, err := store.Articles(ctx, o.db.Read())
	return register.Reach(words, ""), err
}
