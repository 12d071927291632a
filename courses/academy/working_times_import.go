package academy

import (
	"context"
	"fmt"
	"slices"

	"bekwaam/courses/audit"
	"bekwaam/courses/calendar"
	"bekwaam/courses/exchange"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A TimesKind says what a list of working times tells.
type TimesKind = exchange.TimesKind

const (
	RosterTimes = exchange.RosterTimes
	LeaveTimes  = exchange.LeaveTimes
	OnCallTimes = exchange.OnCallTimes
)

// TimesKinds lists the kinds of lists.
func TimesKinds() []TimesKind { return exchange.TimesKinds() }

// A TimesVerdict says what becomes of a line of a list of working times.
type TimesVerdict string

const (
	TimesNew     TimesVerdict = "new"
	TimesChanged TimesVerdict = "changed"
	TimesRemoved TimesVerdict = "removed" // a leave that is not taken after all
	TimesSame    TimesVerdict = "same"
	TimesWrong   TimesVerdict = "wrong" // it does not come in
)

// A TimesImport is what a list of working times changes, or changed.
type TimesImport struct {
	Kind  TimesKind
	Lines []TimesChange
}

// A TimesChange is one line with what becomes of it.
type TimesChange struct {
	exchange.TimesLine
	Name      string
	Verdict   TimesVerdict
	WasRoster *staffing.Roster // of what changed: how it was
	WasLeave  *staffing.Leave
	WasOnCall *staffing.OnCall
}

// Count tells how many lines get a verdict.
func (i TimesImport) Count(v TimesVerdict) int {
	return len(only(i.Lines, func(l TimesChange) bool { return l.Verdict == v }))
}

// ImportTimes brings in the right lines of a list of working times, all of them or none; dry only tells. What a list does not
// name stays as it is, and a list that is sent twice changes nothing the second time. Nobody brings in what is new about
// themselves. The file itself is not kept, and no column that says why somebody is away is read.
func (o *Office) ImportTimes(ctx context.Context, who staff.Actor, kind TimesKind, content []byte, dry bool) (told TimesImport, err error) {
	now, err := o.allowStaffing(ctx, who)
	if err != nil {
		return told, err
	}
	if !slices.Contains(TimesKinds(), kind) {
		return told, fault.New(fault.Invalid, "Kies wat er in de lijst staat.", "Choose what the list tells.").At("kind", "kies werktijden, verlof of piket", "choose rosters, leave or on-call")
	}
	select {
	case o.reading <- struct{}{}:
		defer func() { <-o.reading }()
	case <-ctx.Done():
		return told, ctx.Err()
	}
	table, err := exchange.ReadTable(content)
	if err != nil {
		return told, err
	}
	if err := exchange.RefusePersonal(table); err != nil {
		return told, err
	}
	lines, err := exchange.ReadTimes(table, kind)
	if err != nil {
		return told, err
	}
	if dry {
		plan, err := planTimes(ctx, o.db.Read(), now, who, kind, lines)
		return plan.TimesImport, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		plan, err := planTimes(ctx, q, now, who, kind, lines)
		if err != nil {
			return err
		}
		told = plan.TimesImport
		return plan.write(ctx, q, now, who)
	})
	return told, err
}

// A timesPlan works out what a list of working times changes: line by line, each beside what the lines before it changed.
type timesPlan struct {
	TimesImport
	who         staff.Actor
	today       calendar.Date
	employments map[staff.PersonID][]staff.Employment
	rosters     map[staff.PersonID][]staffing.Roster
	leave       map[staff.PersonID][]staffing.Leave
	processes   []staff.Activity
	calls       map[onCallDay][]staffing.OnCall
}

// An onCallDay is a day of a process.
type onCallDay struct {
	process staff.ActivityID
	day     calendar.Date
}

func planTimes(ctx context.Context, q store.Q, now Moment, who staff.Actor, kind TimesKind, lines []exchange.TimesLine) (*timesPlan, error) {
	p := &timesPlan{
		TimesImport: TimesImport{Kind: kind}, who: who, today: now.Today(), employments: make(map[staff.PersonID][]staff.Employment),
		rosters: make(map[staff.PersonID][]staffing.Roster), leave: make(map[staff.PersonID][]staffing.Leave), calls: make(map[onCallDay][]staffing.OnCall),
	}
	var people []staff.PersonID
	first := p.today
	for _, l := range lines {
		people = append(people, l.Person)
		if l.Leave != nil {
			first = min(first, l.Leave.From)
		}
	}
	people = slices.Compact(slices.Sorted(slices.Values(people)))
	if err := p.read(ctx, q, first, people); err != nil {
		return p, err
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return p, err
	}
	for _, l := range lines {
		c := TimesChange{TimesLine: l, Name: names[l.Person]}
		p.decide(&c)
		p.Lines = append(p.Lines, c)
	}
	return p, nil
}

// read reads what is there of the people of a list.
func (p *timesPlan) read(ctx context.Context, q store.Q, first calendar.Date, people []staff.PersonID) error {
	for some := range slices.Chunk(people, peopleAtOnce) {
		employments, err := store.Employments(ctx, q, some...)
		if err != nil {
			return err
		}
		for _, e := range employments {
			p.employments[e.Person] = append(p.employments[e.Person], e)
		}
		rosters, err := store.Rosters(ctx, q, some...)
		if err != nil {
			return err
		}
		for _, r := range rosters {
			p.rosters[r.Person] = append(p.rosters[r.Person], r)
		}
		leave, err := store.Leave(ctx, q, first, some...)
		if err != nil {
			return err
		}
		for _, l := range leave {
			p.leave[l.Person] = append(p.leave[l.Person], l)
		}
	}
	if p.Kind != OnCallTimes {
		return nil
	}
	activities, err := store.Activities(ctx, q)
	if err != nil {
		return err
	}
	p.processes = only(activities, func(a staff.Activity) bool { return a.Kind == staff.Process })
	for _, a := range p.processes {
		calls, err := store.OnCallFor(ctx, q, a.ID, p.today.AddMonths(-mostMonthsBack))
		if err != nil {
			return err
		}
		for _, c := range calls {
			p.calls[onCallDay{c.Process, c.Day}] = append(p.calls[onCallDay{c.Process, c.Day}], c)
		}
	}
	return nil
}

// mostMonthsBack is how far back a list of time on call may go.
const mostMonthsBack = 12

// decide says what becomes of a line.
func (p *timesPlan) decide(c *TimesChange) {
	wrong := func(path, dutch, english string) {
		c.Mistakes = append(c.Mistakes, fault.Field{Path: path, Dutch: dutch, English: english})
	}
	if c.Person != "" && len(p.employments[c.Person]) == 0 {
		wrong("personeelsnummer", "niemand die hier werkt heeft dit personeelsnummer: kijk het na", "nobody who works here has this personnel number: check it")
	}
	if len(c.Mistakes) == 0 {
		var err error
		switch {
		case c.Roster != nil:
			err = p.decideRoster(c)
		case c.Leave != nil:
			err = p.decideLeave(c)
		case c.OnCall != nil:
			err = p.decideOnCall(c)
		}
		if err != nil {
			c.Mistakes = append(c.Mistakes, fault.Of(err).Fields...)
		}
		if err == nil && c.Verdict != TimesSame && c.Person == p.who.Person {
			wrong("personeelsnummer", "dit gaat over jezelf: laat een collega het inlezen", "this is about yourself: let a colleague bring it in")
		}
	}
	if len(c.Mistakes) > 0 {
		c.Verdict = TimesWrong
		return
	}
	p.take(c)
}

func (p *timesPlan) decideRoster(c *TimesChange) error {
	r, employments, rosters := *c.Roster, p.employments[c.Person], p.rosters[c.Person]
	at := slices.IndexFunc(employments, func(e staff.Employment) bool { return e.Number == r.Employment })
	if at < 0 {
		return fault.New(fault.Invalid, noEmployment.Dutch, noEmployment.English).At("dienstverband", "dit dienstverband bestaat niet: kijk het nummer na", "this employment does not exist: check its number")
	}
	c.Verdict = TimesNew
	for _, was := range rosters {
		if was.Employment == r.Employment && was.From == r.From {
			if c.WasRoster, c.Verdict = &was, TimesChanged; was == r {
				c.Verdict = TimesSame
			}
		}
	}
	return r.Check(employments[at], othersThen(r, employments, rosters))
}

// othersThen are the rosters of the other employments of somebody that hold at the same time as one.
func othersThen(r staffing.Roster, employments []staff.Employment, rosters []staffing.Roster) []staffing.Roster {
	var others []staffing.Roster
	for _, e := range employments {
		if e.Number != r.Employment && (e.Until.IsZero() || e.Until >= r.From) {
			others = append(others, staffing.Since(rosters, e.Number, r.From)...)
		}
	}
	return others
}

func (p *timesPlan) decideLeave(c *TimesChange) error {
	l := *c.Leave
	for person, all := range p.leave {
		if at := slices.IndexFunc(all, func(was staffing.Leave) bool { return was.ID == l.ID }); at >= 0 {
			if person != l.Person {
				return fault.New(fault.Invalid, "", "").At("verlof_id", "dit nummer is van het verlof van iemand anders: kijk het na", "this number is of the leave of somebody else: check it")
			}
			c.WasLeave = &all[at]
		}
	}
	switch {
	case c.Gone && c.WasLeave == nil:
		c.Verdict = TimesSame
		return nil
	case c.Gone:
		c.Verdict = TimesRemoved
		return nil
	case c.WasLeave == nil:
		c.Verdict = TimesNew
	case *c.WasLeave == l:
		c.Verdict = TimesSame
	default:
		c.Verdict = TimesChanged
	}
	if near(l.From, p.today) != nil {
		return fault.New(fault.Invalid, "", "").At("van", "kies een dag binnen vijftig jaar", "choose a day within fifty years")
	}
	return l.Check(p.employments[c.Person], p.leave[c.Person])
}

func (p *timesPlan) decideOnCall(c *TimesChange) error {
	call := *c.OnCall
	if !slices.ContainsFunc(p.processes, func(a staff.Activity) bool { return a.ID == call.Process }) {
		return fault.New(fault.Invalid, "", "").At("proces_id", "dit proces bestaat niet: kijk het na", "this process does not exist: check it")
	}
	if call.Day < p.today.AddMonths(-mostMonthsBack) || near(call.Day, p.today) != nil {
		return fault.New(fault.Invalid, "", "").At("datum", "kies een dag van het afgelopen jaar of later", "choose a day of the past year or later")
	}
	c.Verdict = TimesNew
	for _, was := range p.calls[onCallDay{call.Process, call.Day}] {
		if was.Person == call.Person {
			if c.WasOnCall, c.Verdict = &was, TimesChanged; was == call {
				c.Verdict = TimesSame
			}
		}
	}
	return staffing.CheckOnCall([]staffing.OnCall{call}, call.Day, p.employments[c.Person])
}

// take lets the lines after a right one stand beside it.
func (p *timesPlan) take(c *TimesChange) {
	switch {
	case c.Roster != nil:
		all := only(p.rosters[c.Person], func(r staffing.Roster) bool { return r.Employment != c.Roster.Employment || r.From != c.Roster.From })
		p.rosters[c.Person] = append(all, *c.Roster)
		slices.SortFunc(p.rosters[c.Person], func(a, b staffing.Roster) int { return int(a.From - b.From) })
	case c.Leave != nil:
		p.leave[c.Person] = only(p.leave[c.Person], func(l staffing.Leave) bool { return l.ID != c.Leave.ID })
		if !c.Gone {
			p.leave[c.Person] = append(p.leave[c.Person], *c.Leave)
		}
	case c.OnCall != nil:
		key := onCallDay{c.OnCall.Process, c.OnCall.Day}
		p.calls[key] = append(only(p.calls[key], func(o staffing.OnCall) bool { return o.Person != c.Person }), *c.OnCall)
	}
}

// write stores the lines that change something, and writes down that they came in.
func (p *timesPlan) write(ctx context.Context, q store.Q, now Moment, who staff.Actor) error {
	var entries []audit.Entry
	var days []onCallDay
	for _, c := range p.Lines {
		if c.Verdict == TimesSame || c.Verdict == TimesWrong {
			continue
		}
		var err error
		switch {
		case c.Roster != nil:
			entries = append(entries, did(now.Office, who, "roster.set", c.Person, fmt.Sprintf("%d/%s", c.Roster.Employment, c.Roster.From)))
			err = store.PutRosters(ctx, q, *c.Roster)
		case c.Leave != nil && c.Gone:
			entries = append(entries, did(now.Office, who, "leave.dropped", c.Person, c.Leave.ID))
			err = store.DeleteLeave(ctx, q, c.Person, c.Leave.ID)
		case c.Leave != nil:
			entries = append(entries, did(now.Office, who, "leave.set", c.Person, c.Leave.ID))
			err = store.PutLeave(ctx, q, *c.Leave)
		case c.OnCall != nil:
			days = append(days, onCallDay{c.OnCall.Process, c.OnCall.Day})
		}
		if err != nil {
			return err
		}
	}
	for _, d := range days {
		if err := store.PutOnCall(ctx, q, d.process, d.day, p.calls[d]); err != nil {
			return err
		}
		entries = append(entries, did(now.Office, who, "on-call.set", "", fmt.Sprintf("%s/%s", d.process, d.day)))
	}
	return store.Write(ctx, q, entries...)
}
