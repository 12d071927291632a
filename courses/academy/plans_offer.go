package academy

import (
	"context"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
	"bekwaam/courses/training"
)

// lacking are the certificates of some that the person does not hold today.
func (g growth) lacking(schemes []certificates.SchemeKey) []certificates.SchemeKey {
	return only(schemes, func(s certificates.SchemeKey) bool { return !g.holds(s) })
}

// offerFor adds what leads to certificates that nothing on the list of learning leads to, as far as we give it ourselves: a
// course with its quiz, or a skill that is seen at work. A diploma from elsewhere without a price, and a decision such as an
// appointment, are no learning to be chosen.
func (g *growth) offerFor(schemes []certificates.SchemeKey) {
	for _, key := range schemes {
		scheme, known := g.book.On(key, g.today)
		ours := known && len(scheme.Components) > 0 && !slices.ContainsFunc(scheme.Components, func(c certificates.Component) bool {
			return c.Kind != certificates.ComponentCourse && c.Kind != certificates.ComponentObserved
		})
		if !ours || slices.ContainsFunc(g.items, func(i competences.LearningItem) bool { return i.Scheme == key }) {
			continue
		}
		item := competences.LearningItem{ID: competences.ItemID(key), Title: scheme.Title, Kind: "certificering", Scheme: key, Minutes: scheme.Minutes, Weeks: 1}
		for _, c := range scheme.Components {
			item.Course = c.Course
		}
		for _, p := range scheme.Prerequisites {
			if !p.Hard || g.holds(p.Scheme) {
				continue
			}
			for _, before := range g.items {
				if before.Scheme == p.Scheme {
					item.AfterAny = append(item.AfterAny, before.ID)
				}
			}
		}
		g.items = append(slices.Clip(g.items), item)
	}
}

// markStatutory marks what is never paid from a personal budget: what the law or the collective agreement asks, and what the
// work that the person does today needs.
func (g *growth) markStatutory() {
	g.items = slices.Clone(g.items)
	for i := range g.items {
		item := &g.items[i]
		if item.Scheme == "" || item.Statutory {
			continue
		}
		scheme, _ := g.book.On(item.Scheme, g.today)
		item.Statutory = scheme.Origin == certificates.OriginLaw || scheme.Origin == certificates.OriginCAO ||
			slices.ContainsFunc(g.held, func(role staff.RoleID) bool { return slices.Contains(g.schemes(role), item.Scheme) })
	}
}

// asked are the certificates that the role of a plan asks: as they were when everybody agreed, or else as they are.
func (g growth) asked(t mobility.Track) []certificates.SchemeKey {
	if t.Ran() {
		return t.Needed
	}
	return g.schemes(t.Role)
}

// profileOf is what the role of a plan asks in competences, on the same terms.
func (g growth) profileOf(t mobility.Track) competences.RoleProfile {
	if t.Ran() {
		return competences.RoleProfile{Role: t.Role, Required: t.Asked}
	}
	profile, _ := g.profile(t.Role)
	return profile
}

// goals are the goals of a plan beside what the person can show today.
func (g growth) goals(t mobility.Track) []mobility.Goal {
	return mobility.Goals(competences.Gaps(g.profileOf(t), g.standings), g.asked(t), func(scheme certificates.SchemeKey) *certificates.Period {
		for i := range slices.Backward(g.periods) {
			if p := &g.periods[i]; p.Scheme == scheme && p.State(g.today, 0, false) == certificates.Valid {
				return p
			}
		}
		return nil
	})
}

// planFor is what decides about a plan of the person to a role, as if there were time and places enough.
func (g *growth) planFor(t mobility.Track) mobility.Problem {
	needed := g.lacking(g.asked(t))
	g.offerFor(needed)
	g.markStatutory()
	p := g.problem(g.profileOf(t).Required, t.By, t.PerWeek)
	p.Needed = needed
	return p
}

// planProblem is the same with the time there is and the places that are left.
func planProblem(ctx context.Context, q store.Q, g *growth, t mobility.Track, time *learningTime) (mobility.Problem, error) {
	p := g.planFor(t)
	p.Free, p.Missed = time.free(t.PerWeek), time.missed
	var err error
	if p.Taken, err = store.PlacesTaken(ctx, q, g.person.ID); err != nil {
		return p, err
	}
	return p, fillSessions(ctx, q, g, &p)
}

// fillSessions takes the places that an item has on the day of a group training that gives it: of the session, and not of the
// item, with everybody else who has one.
func fillSessions(ctx context.Context, q store.Q, g *growth, p *mobility.Problem) error {
	rolls, err := store.Rolls(ctx, q, g.today, 0)
	if err != nil {
		return err
	}
	p.Items = slices.Clone(p.Items)
	for i := range p.Items {
		item := &p.Items[i]
		for _, r := range rolls {
			gives := item.Scheme != "" && r.Scheme == item.Scheme && !r.Cancelled() && slices.ContainsFunc(item.Starts, func(s competences.Start) bool { return len(s) > 0 && s[0] == r.Day })
			if !gives {
				continue
			}
			if item.Places == 0 {
				item.Places = r.Places - r.Elsewhere
			}
			others := only(r.Attending(), func(e training.Enrolment) bool { return e.Person != g.person.ID })
			for range item.Places - (r.Places - r.Elsewhere - len(others)) {
				p.Taken[item.ID] = append(p.Taken[item.ID], mobility.Span{From: r.Day, Until: r.Day})
			}
		}
	}
	return nil
}
