package academy

import (
	"cmp"
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A growth is what the matches and the plans of one person are made of.
type growth struct {
	person    staff.Person
	today     calendar.Date
	roles     []staff.Role // those that nobody holds yet too
	future    []competences.FutureRole
	held      []staff.RoleID // today
	profiles  map[staff.RoleID][]competences.RoleProfile
	catalogue competences.Catalogue
	standings map[competences.CompetenceID]competences.Standing
	items     []competences.LearningItem
	done      map[competences.ItemID]calendar.Date
	periods   []certificates.Period
	required  []certificates.Requirement
	book      certificates.Book
}

// readGrowth reads what is known of a person and of every role on a day.
func readGrowth(ctx context.Context, q store.Q, person staff.PersonID, today calendar.Date) (g growth, err error) {
	g.today = today
	if g.person, err = store.Person(ctx, q, person); err != nil {
		return g, err
	}
	employments, err := store.Employments(ctx, q, person)
	if err != nil {
		return g, err
	}
	for _, e := range employments {
		if e.On(g.today) {
			g.held = append(g.held, e.Role)
		}
	}
	if g.roles, err = everyRole(ctx, q); err != nil {
		return g, err
	}
	if g.future, err = store.FutureRoles(ctx, q); err != nil {
		return g, err
	}
	if g.profiles, err = store.RoleProfiles(ctx, q); err != nil {
		return g, err
	}
	if g.catalogue, err = store.Competences(ctx, q); err != nil {
		return g, err
	}
	judged, err := store.CompetenceEvidence(ctx, q, person)
	if err != nil {
		return g, err
	}
	if g.items, err = store.LearningItems(ctx, q); err != nil {
		return g, err
	}
	if g.done, err = store.ItemsDone(ctx, q, person); err != nil {
		return g, err
	}
	if g.periods, err = store.Periods(ctx, q, person); err != nil {
		return g, err
	}
	g.standings = g.catalogue.Standings(judged, g.periods, g.today)
	if g.required, err = store.Requirements(ctx, q); err != nil {
		return g, err
	}
	g.book, err = readBook(ctx, q)
	return g, err
}

// everyRole reads the roles that are there and those that nobody holds yet.
func everyRole(ctx context.Context, q store.Q) ([]staff.Role, error) {
	roles, err := store.Roles(ctx, q)
	if err != nil {
		return nil, err
	}
	future, err := store.FutureRoles(ctx, q)
	for _, f := range future {
		if !slices.ContainsFunc(roles, func(r staff.Role) bool { return r.ID == f.ID }) {
			roles = append(roles, f.Role)
		}
	}
	return roles, err
}

// RolesAhead lists the roles that are there and those that nobody holds yet.
func (o *Office) RolesAhead(ctx context.Context, who staff.Actor) ([]staff.Role, error) {
	if err := who.Allow(staff.ReadCourses, staff.Subject{}); err != nil {
		return nil, err
	}
	return everyRole(ctx, o.db.Read())
}

// role finds a role; false where there is none.
func (g growth) role(id staff.RoleID) (staff.Role, bool) {
	at := slices.IndexFunc(g.roles, func(r staff.Role) bool { return r.ID == id })
	if at < 0 {
		return staff.Role{}, false
	}
	return g.roles[at], true
}

// profile is what a role asks today, or will first; false where nobody wrote that down.
func (g growth) profile(role staff.RoleID) (competences.RoleProfile, bool) {
	return competences.On(g.profiles[role], g.today)
}

// holds reports whether the person is certified under a scheme today.
func (g growth) holds(scheme certificates.SchemeKey) bool {
	return slices.ContainsFunc(g.periods, func(p certificates.Period) bool {
		return p.Scheme == scheme && p.State(g.today, 0, false) == certificates.Valid
	})
}

// ever lists the schemes that the person held at some time.
func (g growth) ever() []certificates.SchemeKey {
	var schemes []certificates.SchemeKey
	for _, p := range g.periods {
		if p.ValidFrom <= g.today {
			schemes = append(schemes, p.Scheme)
		}
	}
	slices.Sort(schemes)
	return slices.Compact(schemes)
}

// schemes are what a role asks to be certified in.
func (g growth) schemes(role staff.RoleID) []certificates.SchemeKey {
	var schemes []certificates.SchemeKey
	for _, r := range g.required {
		if r.SubjectKind == certificates.ForRole && r.Subject == string(role) && (r.Until.IsZero() || r.Until >= g.today) && !slices.Contains(schemes, r.Scheme) {
			schemes = append(schemes, r.Scheme)
		}
	}
	for _, f := range g.future {
		if f.ID == role {
			schemes = append(schemes, only(f.Schemes, func(s certificates.SchemeKey) bool { return !slices.Contains(schemes, s) })...)
		}
	}
	return schemes
}

// problem is what decides about a plan of the person to a role.
func (g growth) problem(target []competences.Required, by calendar.Date, perWeek int) mobility.Problem {
	p := mobility.Problem{
		Levels: competences.Levels(g.standings), Target: target, Items: g.items, Held: g.ever(), From: g.today.AddDays(1), By: by, PerWeek: perWeek,
	}
	for item := range g.done {
		p.Done = append(p.Done, item)
	}
	return p
}

// match compares the person with a profile, beside what the offer leads to.
func (g growth) match(profile competences.RoleProfile, reach mobility.Reach) mobility.Match {
	m := mobility.Compare(profile, g.standings, g.schemes(profile.Role), g.holds, reach)
	m.Held = slices.Contains(g.held, profile.Role)
	return m
}

// Words are what people call what a match or a plan is about.
type Words struct {
	catalogue competences.Catalogue
	items     map[competences.ItemID]string
	book      certificates.Book
	on        calendar.Date
}

func (g growth) words() Words {
	items := make(map[competences.ItemID]string, len(g.items))
	for _, i := range g.items {
		items[i.ID] = i.Title
	}
	return Words{g.catalogue, items, g.book, g.today}
}

// Competence is the name of a competence, or its key where it is not there any more.
func (w Words) Competence(id competences.CompetenceID) string {
	c, _ := w.catalogue.Competence(id)
	return cmp.Or(c.Name, string(id))
}

// Shows is what a level of a competence looks like at work; empty where nobody wrote that down.
func (w Words) Shows(id competences.CompetenceID, level competences.Level) string {
	c, _ := w.catalogue.Competence(id)
	return c.Shows(level)
}

// Highest is the highest level of a competence.
func (w Words) Highest(id competences.CompetenceID) competences.Level {
	c, _ := w.catalogue.Competence(id)
	return w.catalogue.Framework(c.Framework).Highest()
}

// Item is the title of a learning item, or its key where it is not there any more.
func (w Words) Item(id competences.ItemID) string { return cmp.Or(w.items[id], string(id)) }

// Scheme is the title of a scheme.
func (w Words) Scheme(key certificates.SchemeKey) string {
	scheme, _ := w.book.On(key, w.on)
	return cmp.Or(scheme.Title, string(key))
}

// Names is the same for the rules.
func (w Words) Names() mobility.Names { return mobility.Names{Competence: w.Competence, Item: w.Item} }

// notShared is what a leader or HR hears about a wish that they do not see: the same where there is none.
var notShared = fault.New(fault.Forbidden, "Je collega heeft deze wens niet met je gedeeld. Vraag of je collega dat wil doen.", "Your colleague has not shared this wish with you. Ask whether they want to.").Because("not_shared")

// visible returns the wishes of a person that somebody may see: all of one's own, of others what they share. Nothing shared
// is fault.NotFound, or notShared for who may see the person otherwise.
func (o *Office) visible(ctx context.Context, q store.Q, who staff.Actor, person staff.PersonID) ([]mobility.Wish, error) {
	wishes, err := store.WishesOf(ctx, q, person)
	if err != nil || person == who.Person {
		return wishes, err
	}
	if wishes = only(wishes, func(w mobility.Wish) bool { return w.SharedWith(who.Person) }); len(wishes) > 0 {
		return wishes, nil
	}
	if o.allowAbout(ctx, who, staff.ReadPeople, person) == nil {
		return nil, notShared
	}
	return nil, notYours
}

// mayCompare checks that somebody may compare a person with a role, and writes down that they look.
func (o *Office) mayCompare(ctx context.Context, q store.Q, who staff.Actor, act staff.Act, person staff.PersonID, role staff.RoleID) error {
	if err := who.Allow(act, staff.Subject{}); err != nil || person == who.Person {
		return err
	}
	wishes, err := o.visible(ctx, q, who, person)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(wishes, func(w mobility.Wish) bool { return w.Role == role }) {
		return notShared
	}
	return o.looked(ctx, who, person)
}
