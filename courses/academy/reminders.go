package academy

import (
	"context"
	"errors"
	"maps"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/notices"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A mailing is who gets a mail on a day, and what of it concerns more than one person.
type mailing struct {
	people  []staff.PersonID                  // sorted
	rises   []store.Escalation                // what goes up that day
	week    map[staff.PersonID][]notices.Late // what leaders read of their teams
	schemes schemeBook
}

// planMailing works out who gets a mail on a day, as it will be once some visits were kept. On days on which nobody works
// that is nobody. Whoever could not be handled gets none.
func (o *Office) planMailing(ctx context.Context, on calendar.Date, schemes schemeBook, visits []visit, report *SweepReport) (mailing, error) {
	m := mailing{schemes: schemes}
	if !on.Workday() {
		return m, nil
	}
	q := o.db.Read()
	nudges, broken, err := store.Nudges(ctx, q, on.AddDays(notices.Ahead))
	if err != nil {
		return m, err
	}
	for _, person := range broken {
		o.failed(ctx, report, person, errBrokenDuty)
	}
	nudges = afterVisits(nudges, visits, on)
	if nudges, err = o.present(ctx, q, nudges, on, report); err != nil {
		return m, err
	}
	told := make(map[staff.PersonID]bool)
	for _, n := range nudges {
		if _, ok := recordOf(n).Next(on); ok {
			told[n.Person] = true
		}
	}
	late := only(nudges, func(n store.Nudge) bool { return n.DueOn < on && !n.Told.IsZero() && n.Told < on })
	if err := planLeaders(ctx, q, on, late, &m); err != nil {
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		m.rises, m.week = nil, nil
		o.log.ErrorContext(ctx, "sweep: it could not be worked out who leads whom; leaders hear it in a next run", "err", err)
	}
	for _, e := range m.rises {
		for _, p := range e.Told {
			told[p] = true
		}
	}
	for p := range m.week {
		told[p] = true
	}
	notes, err := store.WaitingNotes(ctx, q)
	if err != nil {
		return m, err
	}
	for _, n := range notes {
		told[n.Person] = told[n.Person] || !n.Alone()
	}
	mailed, err := store.MailedOn(ctx, q, on)
	if err != nil {
		return m, err
	}
	maps.DeleteFunc(told, func(p staff.PersonID, gets bool) bool {
		return !gets || slices.Contains(mailed, p)
	})
	m.people = slices.Sorted(maps.Keys(told))
	return m, nil
}

var errBrokenDuty = errors.New("the days of a duty cannot be read")

// recordOf is what decides which reminder is next.
func recordOf(n store.Nudge) notices.Record {
	r := notices.Record{OpensOn: n.OpensOn, DueOn: n.DueOn}
	if !n.Told.IsZero() {
		r.Given = []notices.Step{n.Given}
	}
	return r
}

// afterVisits returns the nudges as they are once visits were kept.
func afterVisits(nudges []store.Nudge, visits []visit, on calendar.Date) []store.Nudge {
	changed := make(map[fileKey]certificates.Duty)
	for _, v := range visits {
		for _, c := range v.changes {
			if c.Kind != certificates.Lapsed {
				changed[fileKey{v.Person, v.Scheme}] = c.Duty
			}
		}
	}
	var after []store.Nudge
	for _, n := range nudges {
		key := fileKey{n.Person, n.Scheme}
		duty, touched := changed[key]
		if touched && (duty.Cycle != n.Cycle || duty.DueOn != n.DueOn || !duty.Open()) {
			continue
		}
		delete(changed, key)
		after = append(after, n)
	}
	for _, duty := range changed {
		if duty.Open() && duty.DueOn <= on.AddDays(notices.Ahead) {
			after = append(after, store.Nudge{DutyID: dutyID(duty), OpensOn: duty.OpensOn})
		}
	}
	return after
}

func dutyID(d certificates.Duty) store.DutyID {
	return store.DutyID{Person: d.Person, Scheme: d.Scheme, Cycle: d.Cycle, DueOn: d.DueOn}
}

// present leaves out the duties of who is absent, for those pause, and of whom it cannot be read.
func (o *Office) present(ctx context.Context, q store.Q, nudges []store.Nudge, on calendar.Date, report *SweepReport) ([]store.Nudge, error) {
	away := make(map[staff.PersonID]bool)
	read := func(people ...staff.PersonID) error {
		decisions, err := store.Decisions(ctx, q, people...)
		for person, own := range grouped(decisions, func(d certificates.Decision) staff.PersonID { return d.Person }) {
			away[person] = certificates.File{Decisions: own}.Away(on)
		}
		return err
	}
	for part := range slices.Chunk(peopleOf(nudges), visitsAtOnce) {
		if read(part...) == nil {
			continue
		}
		for _, person := range part {
			err := read(person)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				away[person] = true
				o.failed(ctx, report, person, err)
			}
		}
	}
	return only(nudges, func(n store.Nudge) bool { return !away[n.Person] }), nil
}

// peopleOf lists whose duties they are, sorted.
func peopleOf(nudges []store.Nudge) []staff.PersonID {
	people := make([]staff.PersonID, len(nudges))
	for i, n := range nudges {
		people[i] = n.Person
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// planLeaders works out what goes up the line and, in the first run of a week, what leaders read of their teams: both only
// of duties that are overdue and that their person was told of on a day before.
func planLeaders(ctx context.Context, q store.Q, on calendar.Date, late []store.Nudge, m *mailing) error {
	last, err := store.LastSweep(ctx, q)
	if err != nil || len(late) == 0 {
		return err
	}
	leaders, err := leadersOf(ctx, q, on, peopleOf(late))
	if err != nil {
		return err
	}
	officers, err := officersOn(ctx, q, on)
	if err != nil {
		return err
	}
	for _, n := range late {
		u := notices.Unanswered{DueOn: n.DueOn, ToldOn: n.Told, Level: n.Level, WentOn: n.WentOn}
		if level, up := u.Rises(on); up && !n.Answered {
			m.rises = append(m.rises, store.Escalation{DutyID: n.DutyID, Topic: n.Topic, Level: level, On: on, Told: notices.Line(n.Person, leaders[n.Person], officers, level)})
		}
	}
	if last >= on.Monday().WorkdayFrom() {
		return nil // the leaders had this week's
	}
	names, err := namesOf(ctx, q, peopleOf(late)...)
	if err != nil {
		return err
	}
	m.week = make(map[staff.PersonID][]notices.Late)
	for _, n := range late {
		for _, leader := range leaders[n.Person] {
			if leader != n.Person {
				m.week[leader] = append(m.week[leader], notices.Late{Name: names[n.Person], Title: dutyTitle(m.schemes, n.DutyID, n.Topic), DueOn: n.DueOn})
			}
		}
	}
	return nil
}

// leadersOf returns who lead the teams that some people work in on a day, as far as they work here themselves.
func leadersOf(ctx context.Context, q store.Q, on calendar.Date, people []staff.PersonID) (map[staff.PersonID][]staff.PersonID, error) {
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	leader := make(map[staff.TeamID]staff.PersonID)
	var leading []staff.PersonID
	for _, t := range teams {
		leader[t.ID] = t.Leader
		leading = append(leading, t.Leader)
	}
	employed := make(map[staff.PersonID]bool)
	of := make(map[staff.PersonID][]staff.PersonID)
	employments, err := store.Employments(ctx, q, append(leading, people...)...)
	if err != nil {
		return nil, err
	}
	for _, e := range employments {
		employed[e.Person] = employed[e.Person] || e.On(on)
	}
	for _, e := range employments {
		if up := leader[e.Team]; e.On(on) && employed[up] && !slices.Contains(of[e.Person], up) {
			of[e.Person] = append(of[e.Person], up)
		}
	}
	return of, nil
}

// officersOn returns who are training officers on a day.
func officersOn(ctx context.Context, q store.Q, on calendar.Date) ([]staff.PersonID, error) {
	facts, err := store.FunctionsOn(ctx, q, on)
	var officers []staff.PersonID
	for _, person := range slices.Sorted(maps.Keys(facts)) {
		if staff.Be(person, facts[person]).Is(staff.TrainingOfficer) {
			officers = append(officers, person)
		}
	}
	return officers, err
}

// mail carries out a mailing, one transaction for each person, and counts whom it mails in the report.
func (o *Office) mail(ctx context.Context, now Moment, on calendar.Date, m mailing, report *SweepReport) error {
	for _, e := range m.rises {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) error {
			return raise(ctx, q, now, e, dutyTitle(m.schemes, e.DutyID, e.Topic))
		})
		if err != nil {
			o.failed(ctx, report, e.Person, err)
		}
	}
	for _, person := range m.people {
		if err := ctx.Err(); err != nil {
			return err
		}
		made := false
		err := o.db.InTx(ctx, func(ctx context.Context, q store.Q) (err error) {
			made, err = o.writeDigest(ctx, q, now, on, m.schemes, person, m.week[person])
			return err
		})
		switch {
		case err != nil:
			o.failed(ctx, report, person, err)
		case made:
			report.Mails++
		}
	}
	return nil
}

// raise takes a duty one level up, unless it was done or taken up meanwhile, and tells whom it went to in their next mail.
func raise(ctx context.Context, q store.Q, now Moment, e store.Escalation, title string) error {
	nudges, _, err := store.Nudges(ctx, q, e.DueOn, e.Person)
	if err != nil {
		return err
	}
	still := slices.ContainsFunc(nudges, func(n store.Nudge) bool { return n.DutyID == e.DutyID && n.Level == e.Level-1 && !n.Answered })
	if !still {
		return nil
	}
	if first, err := store.InsertEscalation(ctx, q, e); err != nil || !first {
		return err
	}
	who, err := store.Person(ctx, q, e.Person)
	if err != nil {
		return err
	}
	for _, to := range e.Told {
		err := note(ctx, q, now, to, notices.Note{
			Kind: "escalation", Path: escalationsPath,
			Dutch:   who.Name() + " heeft " + title + " nog niet gedaan. De laatste dag was " + e.DueOn.Dutch() + ". Praat samen over wat nodig is.",
			English: who.Name() + " has not done " + title + " yet. The last day was " + e.DueOn.English() + ". Talk together about what is needed.",
		})
		if err != nil {
			return err
		}
	}
	return store.Write(ctx, q, audit.Entry{At: now.Office, Act: "duty.escalated", Subject: e.Person, Object: string(e.Scheme)})
}
