package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A PlanView is a plan as somebody reads it.
type PlanView struct {
	mobility.Track
	Words
	Name    string // of the person
	First   string // their first name
	Target  staff.Role
	Now     []staff.Role // what the person is today
	Gaps    []competences.Gap
	Names   map[staff.PersonID]string // of everybody whom the plan names
	Late    []mobility.TrackStep
	Leaders []staff.PersonID // who may agree as the leader
	Items   []competences.LearningItem

	Goals      []mobility.Goal        // beside what shows them today
	Paused     *mobility.Pause        // nil: it does not rest today
	Bill       Bill                   // what is left of a budget only for who may see that
	Time       []staffing.Learning    // that is kept free for it in the roster, from today on
	NoRoster   bool                   // nobody knows when the person works, so nothing can be kept free
	Without    []mobility.Uncertified // certificates that nothing on offer leads to
	Colleagues []Named                // who can be the guide or own a step, in order of name; only for who may change the plan

	May PlanMay
}

// A PlanMay is what the reader may do with a plan now.
type PlanMay struct {
	Revise   bool
	Agree    []mobility.Party // also: send back
	Finish   []int            // numbers of steps
	Stop     bool
	Pause    bool
	GoBack   bool
	Evaluate bool
}

// A Named is somebody by name.
type Named struct {
	Person staff.PersonID
	Name   string
}

// planReader reports whether somebody may read a plan: the person, their leader, HR and whoever the person wants to help in it.
func (o *Office) planReader(ctx context.Context, who staff.Actor, t mobility.Track) error {
	if t.Guide == who.Person && who.May(staff.ReadPlans) && t.Own() {
		return nil
	}
	return o.allowAbout(ctx, who, staff.ReadPlans, t.Person)
}

// Plan shows a plan to the person, their leader, HR and whoever helps in it.
func (o *Office) Plan(ctx context.Context, who staff.Actor, id string) (v PlanView, err error) {
	if err := who.Allow(staff.ReadPlans, staff.Subject{}); err != nil {
		return v, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return v, err
	}
	q := o.db.Read()
	t, err := store.Plan(ctx, q, id)
	if err != nil {
		return v, err
	}
	if err := o.planReader(ctx, who, t); err != nil {
		return v, err
	}
	if err := o.looked(ctx, who, t.Person); err != nil {
		return v, err
	}
	g, err := readGrowth(ctx, q, t.Person, now.Today())
	if err != nil {
		return v, err
	}
	problem := g.planFor(t)
	v = PlanView{Track: t, Words: g.words(), Name: g.person.Name(), First: g.person.First, Late: t.Late(g.today), Items: g.items}
	v.Target, _ = g.role(t.Role)
	for _, id := range g.held {
		if r, ok := g.role(id); ok && !slices.ContainsFunc(v.Now, func(known staff.Role) bool { return known.ID == id }) {
			v.Now = append(v.Now, r)
		}
	}
	v.Gaps = competences.Gaps(g.profileOf(t), g.standings)
	v.Goals, v.Paused, v.Without = g.goals(t), t.PausedOn(g.today), mobility.Uncertifiable(problem)
	bill, err := readBill(ctx, q, now, t)
	if err != nil {
		return v, err
	}
	v.Bill = bill.seen(who)
	learns, err := store.LearningTimes(ctx, q, g.today, t.Person)
	if err != nil {
		return v, err
	}
	v.Time = only(learns, func(l staffing.Learning) bool { return l.Plan == t.ID })
	rosters, err := store.Rosters(ctx, q, t.Person)
	if err != nil {
		return v, err
	}
	v.NoRoster = len(rosters) == 0
	if v.Leaders, err = leadersFor(ctx, q, t.Person, g.today); err != nil {
		return v, err
	}
	people := append([]staff.PersonID{t.Person, t.Guide, t.DraftedBy, t.StoppedBy}, v.Leaders...)
	for _, s := range t.Steps {
		people = append(people, s.Owner)
	}
	for _, a := range t.Agreements {
		people = append(people, a.By)
	}
	for _, e := range t.Evaluations {
		people = append(people, e.By)
	}
	for _, r := range t.Returns {
		people = append(people, r.By)
	}
	for _, p := range t.Pauses {
		people = append(people, p.By)
	}
	if v.Names, err = namesOf(ctx, q, people...); err != nil {
		return v, err
	}
	v.May = o.planMay(ctx, who, v, g)
	if v.May.Revise {
		v.Colleagues, err = colleaguesNamed(ctx, q, g.today, t.Person)
	}
	return v, err
}

// colleaguesNamed lists everybody who works here today but one, in order of name.
func colleaguesNamed(ctx context.Context, q store.Q, today calendar.Date, but staff.PersonID) ([]Named, error) {
	works, err := store.PeopleWorking(ctx, q, today, today)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, q, works...)
	if err != nil {
		return nil, err
	}
	var all []Named
	for id, name := range names {
		if id != but {
			all = append(all, Named{id, name})
		}
	}
	slices.SortFunc(all, func(a, b Named) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person)) })
	return all, nil
}

// planMay works out what somebody may do with a plan now.
func (o *Office) planMay(ctx context.Context, who staff.Actor, v PlanView, g growth) (may PlanMay) {
	phase := v.Phase()
	writes := o.allowAbout(ctx, who, staff.WritePlans, v.Person) == nil
	may.Revise = writes && phase != mobility.Stopped && phase != mobility.Done
	may.Stop = may.Revise
	may.Pause = writes && phase == mobility.Running
	may.Evaluate = v.Ran()
	_, back := v.Track.GoBack(who.Person, g.today, "-")
	may.GoBack = writes && back == nil && who.Person == v.Person && phase != mobility.Stopped
	for _, party := range mobility.Parties() {
		_, err := v.Track.Agree(mobility.Agreement{Party: party, By: who.Person, Text: v.Revision})
		if err == nil && speaksFor(who, party, v.Track, v.Leaders) == nil {
			may.Agree = append(may.Agree, party)
		}
	}
	for _, s := range v.Steps {
		if _, err := v.Finish(s.Number, g.today, g.today); err == nil && g.finishes(who, v.Track, s, v.Leaders) == nil {
			may.Finish = append(may.Finish, s.Number)
		}
	}
	return may
}

// leadersFor lists who may agree as the leader of somebody: who leads a team they work in; where they lead those themselves,
// who leads another team.
func leadersFor(ctx context.Context, q store.Q, person staff.PersonID, today calendar.Date) ([]staff.PersonID, error) {
	works, err := teamsOf(ctx, q, person, today)
	if err != nil {
		return nil, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	var own, others []staff.PersonID
	for _, t := range teams {
		switch {
		case t.Leader == "" || t.Leader == person:
		case slices.Contains(works, t.ID):
			own = append(own, t.Leader)
		default:
			others = append(others, t.Leader)
		}
	}
	if len(own) > 0 {
		others = own
	}
	slices.Sort(others)
	return slices.Compact(others), nil
}

var notThatParty = fault.New(fault.Forbidden, "Namens deze partij kun je geen akkoord geven: dat doet de medewerker, de leidinggevende of P&O zelf.", "You cannot agree for this party: the employee, the leader or HR does that.").Because("not_that_party")

// speaksFor checks that somebody may agree for a party.
func speaksFor(who staff.Actor, party mobility.Party, t mobility.Track, leaders []staff.PersonID) error {
	speaks := false
	switch party {
	case mobility.ByEmployee:
		speaks = who.Person == t.Person
	case mobility.ByLeader:
		speaks = slices.Contains(leaders, who.Person)
	case mobility.ByHR:
		speaks = who.Is(staff.TrainingOfficer) && who.Person != t.Person
	}
	if !speaks {
		return notThatParty
	}
	return nil
}

// Plans lists the plans that somebody may read, the newest first: their own, of the people they lead, in which they help,
// and for HR all.
func (o *Office) Plans(ctx context.Context, who staff.Actor) ([]PlanLine, error) {
	if err := who.Allow(staff.ReadPlans, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	var tracks []mobility.Track
	if who.MayForAll(staff.ReadPlans) {
		tracks, err = store.Plans(ctx, q)
	} else {
		people := []staff.PersonID{who.Person}
		if len(who.Leads) > 0 {
			led, err := store.PeopleWorking(ctx, q, now.Today(), now.Today(), who.Leads...)
			if err != nil {
				return nil, err
			}
			people = append(people, led...)
		}
		if tracks, err = store.PlansOf(ctx, q, people...); err == nil {
			var guided []mobility.Track
			guided, err = store.PlansGuidedBy(ctx, q, who.Person)
			for _, t := range guided {
				if !slices.Contains(people, t.Person) {
					tracks = append(tracks, t)
				}
			}
		}
	}
	if err != nil {
		return nil, err
	}
	roles, err := everyRole(ctx, q)
	if err != nil {
		return nil, err
	}
	people := make([]staff.PersonID, len(tracks))
	for i, t := range tracks {
		people[i] = t.Person
	}
	names, err := namesOf(ctx, q, people...)
	if err != nil {
		return nil, err
	}
	lines := make([]PlanLine, len(tracks))
	for i, t := range tracks {
		lines[i] = PlanLine{Track: t, Name: names[t.Person], Late: len(t.Late(now.Today()))}
		if at := slices.IndexFunc(roles, func(r staff.Role) bool { return r.ID == t.Role }); at >= 0 {
			lines[i].Target = roles[at]
		}
	}
	return lines, nil
}

// A PlanLine is a plan in a list.
type PlanLine struct {
	mobility.Track
	Name   string // of the person
	Target staff.Role
	Late   int // steps
}
