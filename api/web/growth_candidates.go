package web

import (
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// A candidatesPage lists who shares the wish for a role with the visitor, in order of name.
type candidatesPage struct {
	Roles      []option
	Role       string // its name; empty: none is chosen
	MayConsent bool   // record the consent of the works council
	Closed     string // why nothing is shown: the works council does not consent
	Candidates []candidateShown
}

// A candidateShown is one of them, with what is there and what is not, in words.
type candidateShown struct {
	Name, Path   string
	Words        string
	Met, Asked   int
	There, Still []quadrantLine
	Told         bool // something of aptitude is shared
}

// A quadrantLine is one competence with what it means.
type quadrantLine struct{ Name, Why string }

var candidatesView = declare[candidatesPage]("growth_candidates.html")

// candidates shows who would like a role.
func (s *Site) candidates(v *visit) error {
	roles, err := s.office.RolesAhead(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := candidatesPage{Roles: []option{{Value: "", Name: v.say("Kies een rol", "Choose a role")}}}
	asked := v.query("rol")
	for _, r := range roles {
		page.Roles = append(page.Roles, option{Value: string(r.ID), Name: r.Name, Chosen: string(r.ID) == asked})
		if string(r.ID) == asked {
			page.Role = r.Name
		}
	}
	if page.Role == "" {
		return candidatesView.show(v, page)
	}
	all, err := s.office.Aspirants(v.ctx(), v.actor, staff.RoleID(asked))
	if f := fault.Of(err); f != nil && f.Reason == "no_consent" {
		page.Closed, page.MayConsent = v.say(f.Dutch, f.English), v.actor.May(staff.RecordConsent)
		return candidatesView.show(v, page)
	}
	if err != nil {
		return err
	}
	for _, a := range all {
		page.Candidates = append(page.Candidates, v.candidate(a))
	}
	return candidatesView.show(v, page)
}

func (v *visit) candidate(a academy.Aspirant) candidateShown {
	c := candidateShown{Name: a.Name, Path: growthPath(a.Target.ID, a.Person, v.actor.Person), Met: a.Met(), Asked: len(a.Gaps), Told: a.Aptitude()}
	if a.Wish != nil {
		c.Words = a.Wish.Words
	}
	for _, g := range a.Gaps {
		q := a.Quadrant(g)
		line := quadrantLine{a.Competence(g.Competence), v.both(q.Label())}
		if line.Why != "" {
			line.Why += ", " + v.quadrant(q)
		}
		if g.Missing() == 0 {
			c.There = append(c.There, line)
		} else {
			c.Still = append(c.Still, line)
		}
	}
	return c
}

// quadrant says what a quadrant means of a colleague; empty where only the level is known.
func (l language) quadrant(q mobility.Quadrant) string {
	switch q {
	case mobility.UseAndStrengthen:
		return l.say("past bij deze collega", "suits this colleague")
	case mobility.InvestAndDevelop:
		return l.say("past bij deze collega, met leren erbij", "suits this colleague, with learning")
	case mobility.KeepUp:
		return l.say("kost deze collega meer moeite", "takes this colleague more effort")
	case mobility.WorkAround:
		return l.say("kost deze collega meer moeite: bespreek of een ander het doet", "takes this colleague more effort: discuss whether another does it")
	}
	return ""
}
