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
	"bekwaam/courses/store"
)

// Matches are the roles of somebody, compared with what they can do.
type Matches struct {
	Words
	Person staff.PersonID
	Name   string
	Roles  []RoleMatch // the fewest missing steps first; aptitude does not count in it

	Aptitude bool // whoever looks may see something of aptitude: a result of an instrument for competences.ForGrowth
}

// A RoleMatch is one role, with the wish for it where there is one.
type RoleMatch struct {
	mobility.Match
	Target staff.Role
	Wish   *mobility.Wish
	Begins calendar.Date // of a role that nobody holds yet; zero: it is there

	inclinations map[competences.CompetenceID]competences.Inclination
}

// Matches compares a person with every role; for anybody else with the roles of the wishes that the person shares with them.
func (o *Office) Matches(ctx context.Context, who staff.Actor, person staff.PersonID) (m Matches, err error) {
	if err := who.Allow(staff.ReadMatches, staff.Subject{}); err != nil {
		return m, err
	}
	q := o.db.Read()
	wishes, err := o.visible(ctx, q, who, person)
	if err != nil {
		return m, err
	}
	if err := o.looked(ctx, who, person); err != nil {
		return m, err
	}
	return o.matches(ctx, q, person, who.Person, wishes, person == who.Person)
}

// matches compares a person with the roles of some wishes, or with all, as a reader may see it.
func (o *Office) matches(ctx context.Context, q store.Q, person, reader staff.PersonID, wishes []mobility.Wish, all bool) (m Matches, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return m, err
	}
	g, err := readGrowth(ctx, q, person, now.Today())
	if err != nil {
		return m, err
	}
	m = Matches{Words: g.words(), Person: person, Name: g.person.Name()}
	inclinations, err := inclinationsFor(ctx, q, person, reader, g.today)
	if err != nil {
		return m, err
	}
	m.Aptitude = len(inclinations) > 0
	reach := mobility.ReachOf(g.problem(nil, 0, 0))
	var found []mobility.Match
	for _, r := range g.roles {
		wished := slices.ContainsFunc(wishes, func(w mobility.Wish) bool { return w.Role == r.ID })
		if profile, described := g.profile(r.ID); described && (all || wished) {
			found = append(found, g.match(profile, reach))
		}
	}
	mobility.SortForPerson(found)
	for _, match := range found {
		r := RoleMatch{Match: match, inclinations: inclinations}
		r.Target, _ = g.role(match.Role)
		if at := slices.IndexFunc(wishes, func(w mobility.Wish) bool { return w.Role == match.Role }); at >= 0 {
			r.Wish = &wishes[at]
		}
		if profile, _ := g.profile(match.Role); profile.ValidFrom > g.today && !r.Held {
			r.Begins = profile.ValidFrom
		}
		m.Roles = append(m.Roles, r)
	}
	return m, nil
}

// A WishRequest is a role that somebody would like.
type WishRequest struct {
	Role    staff.RoleID
	Words   string
	By      calendar.Date
	PerWeek int // minutes
}

// PutWish keeps a role that somebody would like, for themselves alone until they share it. There is one wish for a role.
func (o *Office) PutWish(ctx context.Context, who staff.Actor, ask WishRequest) (w mobility.Wish, err error) {
	if err := who.Allow(staff.ShareWishes, staff.Subject{Person: who.Person}); err != nil {
		return w, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return w, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		mistakes := *checkTerms(*checkText(*wrongPlan, "words", ask.Words), ask.By, ask.PerWeek, now.Today())
		g, err := readGrowth(ctx, q, who.Person, now.Today())
		if err != nil {
			return err
		}
		if _, known := g.role(ask.Role); !known {
			mistakes = *mistakes.At("role", "deze rol bestaat niet: kies er een uit de lijst", "this role does not exist: choose one from the list")
		} else if slices.Contains(g.held, ask.Role) {
			mistakes = *mistakes.At("role", "deze rol is er al: kies een andere rol", "this role is there already: choose another role")
		}
		if len(mistakes.Fields) > 0 {
			return &mistakes
		}
		w, err = o.ownWish(ctx, q, who, ask.Role)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		w = mobility.Wish{ID: cmp.Or(w.ID, newID()), Person: who.Person, Role: ask.Role, Words: ask.Words, On: cmp.Or(w.On, now.Today()), By: ask.By, PerWeek: ask.PerWeek, Shared: w.Shared}
		if err := store.PutWish(ctx, q, w); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "wish.kept", who.Person, w.ID))
	})
	return w, err
}

// ownWish finds somebody's own wish for a role.
func (o *Office) ownWish(ctx context.Context, q store.Q, who staff.Actor, role staff.RoleID) (mobility.Wish, error) {
	wishes, err := store.WishesOf(ctx, q, who.Person)
	if err != nil {
		return mobility.Wish{}, err
	}
	at := slices.IndexFunc(wishes, func(w mobility.Wish) bool { return w.Role == role })
	if at < 0 {
		return mobility.Wish{}, notYours
	}
	return wishes[at], nil
}

// DropWish forgets a wish, for whoever it was shared with too.
func (o *Office) DropWish(ctx context.Context, who staff.Actor, role staff.RoleID) error {
	return o.changeWish(ctx, who, role, "wish.dropped", func(ctx context.Context, q store.Q, w mobility.Wish, _ calendar.Date) error {
		return store.DeleteWish(ctx, q, w.ID)
	})
}

// A Listener is somebody with whom a wish can be shared.
type Listener struct {
	Person staff.PersonID
	Name   string
	As     Listening
}

// Listening is why somebody can be told of a wish.
type Listening string

const (
	OwnLeader   Listening = "own-leader"
	OtherLeader Listening = "leader"
	Adviser     Listening = "adviser" // for careers
	Officer     Listening = "hr"
)

// Listeners lists with whom somebody can share a wish: their own leaders first, then who advises about careers, HR, and who
// leads another team.
func (o *Office) Listeners(ctx context.Context, who staff.Actor) ([]Listener, error) {
	if err := who.Allow(staff.ShareWishes, staff.Subject{Person: who.Person}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	return listeners(ctx, o.db.Read(), who.Person, now.Today())
}

func listeners(ctx context.Context, q store.Q, person staff.PersonID, today calendar.Date) ([]Listener, error) {
	works, err := teamsOf(ctx, q, person, today)
	if err != nil {
		return nil, err
	}
	teams, err := store.Teams(ctx, q)
	if err != nil {
		return nil, err
	}
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	advisers, err := store.Designated(ctx, q, staff.CareerAdviser, today)
	if err != nil {
		return nil, err
	}
	employments, err := store.EmploymentsFrom(ctx, q, today)
	if err != nil {
		return nil, err
	}
	var all []Listener
	add := func(id staff.PersonID, as Listening) {
		here := slices.ContainsFunc(employments, func(e staff.Employment) bool { return e.Person == id && e.On(today) })
		if here && id != person && !slices.ContainsFunc(all, func(l Listener) bool { return l.Person == id }) {
			all = append(all, Listener{Person: id, As: as})
		}
	}
	for _, t := range teams {
		if slices.Contains(works, t.ID) {
			add(t.Leader, OwnLeader)
		}
	}
	for _, id := range advisers {
		add(id, Adviser)
	}
	for _, e := range employments {
		at := slices.IndexFunc(roles, func(r staff.Role) bool { return r.ID == e.Role })
		if at >= 0 && slices.Contains(roles[at].Functions, staff.TrainingOfficer) {
			add(e.Person, Officer)
		}
	}
	for _, t := range teams {
		add(t.Leader, OtherLeader)
	}
	ids := make([]staff.PersonID, len(all))
	for i, l := range all {
		ids[i] = l.Person
	}
	names, err := namesOf(ctx, q, ids...)
	for i := range all {
		all[i].Name = names[all[i].Person]
	}
	return all, err
}

var cannotListen = fault.New(fault.Invalid, "Met deze collega kun je een wens niet delen.", "You cannot share a wish with this colleague.").
	At("with", "kies een leidinggevende, een loopbaanadviseur of P&O", "choose a leader, a career adviser or HR")

// ShareWish shows a wish, with the comparison that belongs to it, to one colleague: see SharedWish for exactly what.
func (o *Office) ShareWish(ctx context.Context, who staff.Actor, role staff.RoleID, with staff.PersonID) error {
	return o.changeWish(ctx, who, role, "wish.shared", func(ctx context.Context, q store.Q, w mobility.Wish, today calendar.Date) error {
		all, err := listeners(ctx, q, who.Person, today)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(l Listener) bool { return l.Person == with }) {
			return cannotListen
		}
		return store.ShareWish(ctx, q, w.ID, mobility.Share{With: with, On: today})
	})
}

// UnshareWish takes a wish back from a colleague.
func (o *Office) UnshareWish(ctx context.Context, who staff.Actor, role staff.RoleID, with staff.PersonID) error {
	return o.changeWish(ctx, who, role, "wish.taken-back", func(ctx context.Context, q store.Q, w mobility.Wish, _ calendar.Date) error {
		return store.UnshareWish(ctx, q, w.ID, with)
	})
}

func (o *Office) changeWish(ctx context.Context, who staff.Actor, role staff.RoleID, act string, change func(context.Context, store.Q, mobility.Wish, calendar.Date) error) error {
	if err := who.Allow(staff.ShareWishes, staff.Subject{Person: who.Person}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		w, err := o.ownWish(ctx, q, who, role)
		if err != nil {
			return err
		}
		if err := change(ctx, q, w, now.Today()); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, who.Person, w.ID))
	})
}

// SharedWish is exactly what a colleague sees of a wish that is shared with them.
func (o *Office) SharedWish(ctx context.Context, who staff.Actor, role staff.RoleID, reader staff.PersonID) (Matches, error) {
	if err := who.Allow(staff.ShareWishes, staff.Subject{Person: who.Person}); err != nil {
		return Matches{}, err
	}
	q := o.db.Read()
	w, err := o.ownWish(ctx, q, who, role)
	if err != nil {
		return Matches{}, err
	}
	return o.matches(ctx, q, who.Person, reader, []mobility.Wish{w}, false)
}

// An Aspirant is somebody who shares the wish for a role, compared with it.
type Aspirant struct {
	Person staff.PersonID
	Name   string
	RoleMatch
	Words
	last string
}

// Aspirants lists who shares the wish for a role with whoever asks, in order of name: never of fit. It needs the consent of
// the works council, and every look is written down for the person to see.
func (o *Office) Aspirants(ctx context.Context, who staff.Actor, role staff.RoleID) ([]Aspirant, error) {
	if err := who.Allow(staff.ReadCandidates, staff.Subject{}); err != nil {
		return nil, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return nil, err
	}
	q := o.db.Read()
	if err := consented(ctx, q, now.Today(), ViewCandidates); err != nil {
		return nil, err
	}
	roles, err := everyRole(ctx, q)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(roles, func(r staff.Role) bool { return r.ID == role }) {
		return nil, notYours
	}
	wishes, err := store.WishesSharedWith(ctx, q, who.Person)
	if err != nil {
		return nil, err
	}
	var found []Aspirant
	var people []staff.PersonID
	for _, w := range wishes {
		if w.Role != role {
			continue
		}
		m, err := o.matches(ctx, q, w.Person, who.Person, []mobility.Wish{w}, false)
		if err != nil {
			return nil, err
		}
		p, err := store.Person(ctx, q, w.Person)
		if err != nil {
			return nil, err
		}
		for _, r := range m.Roles {
			found, people = append(found, Aspirant{w.Person, m.Name, r, m.Words, p.Last}), append(people, w.Person)
		}
	}
	slices.SortFunc(found, func(a, b Aspirant) int { return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.Name, b.Name)) })
	return found, o.looked(ctx, who, people...)
}

// Aptitude reports whether whoever looks may see something of aptitude.
func (m RoleMatch) Aptitude() bool { return len(m.inclinations) > 0 }

// Inclination is what whoever looks may see of the aptitude for one competence of a match.
func (m RoleMatch) Inclination(g competences.Gap) competences.Inclination {
	return m.inclinations[g.Competence]
}

// Quadrant places one competence of a match in the two by two of developed and aptitude.
func (m RoleMatch) Quadrant(g competences.Gap) mobility.Quadrant {
	return mobility.QuadrantOf(g, m.Inclination(g).Aptitude)
}

// inclinationsFor works out what a reader may see of somebody's aptitudes: all of one's own, of somebody else what the
// results tell that they share with the reader.
func inclinationsFor(ctx context.Context, q store.Q, person, reader staff.PersonID, today calendar.Date) (map[competences.CompetenceID]competences.Inclination, error) {
	results, err := visibleResults(ctx, q, person, today)
	if err != nil {
		return nil, err
	}
	if person != reader {
		results = sharedResults(results, reader)
	}
	if len(results) == 0 {
		return nil, nil
	}
	scales, err := store.InstrumentScales(ctx, q)
	return competences.Inclinations(results, scales), err
}
