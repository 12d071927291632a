package web

import (
	"net/url"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// ownSkillsPath is one's own skills.
const ownSkillsPath = matrixPath + "/mij"

// A personSkillsPage is what somebody can do beside what their roles ask.
type personSkillsPage struct {
	Name   string
	Own    bool
	Path   string
	Back   string // the page of the person; empty for one's own
	Roles  []roleSkills
	Others []personSkill // what no role asks and is shown
	Ways   []option      // how the visitor may give levels, by address and name; none: not at all
}

// A roleSkills is what one role asks, and how much of it is there.
type roleSkills struct {
	Name   string
	Met    int
	Skills []personSkill
}

// A personSkill is one competence of somebody.
type personSkill struct {
	Name    string
	Level   int
	Asked   int
	Missing int
	Sources []shownLevel
	Worth   string
}

var personSkillsView = declare[personSkillsPage]("person_skills.html")

// whoseSkills is whom the address is about.
func (v *visit) whoseSkills() staff.PersonID {
	if id := v.r.PathValue("persoon"); id != "" {
		return staff.PersonID(id)
	}
	return v.actor.Person
}

// personSkills shows what somebody can do. That the visitor looked is written down.
func (s *Site) personSkills(v *visit) error {
	page, err := s.personSkillsPage(v)
	if err != nil {
		return err
	}
	return personSkillsView.show(v, page)
}

func (s *Site) personSkillsPage(v *visit) (personSkillsPage, error) {
	k, err := s.office.Skills(v.ctx(), v.actor, v.whoseSkills(), 0, "")
	if err != nil {
		return personSkillsPage{}, err
	}
	page := personSkillsPage{Name: k.Name, Own: k.Person == v.actor.Person, Path: ownSkillsPath}
	if !page.Own {
		page.Back = "/mensen/" + url.PathEscape(string(k.Person))
		page.Path = page.Back + "/vaardigheden"
	}
	asked := make(map[competences.CompetenceID]bool)
	for _, r := range k.Roles {
		role := roleSkills{Name: r.Role.Name, Met: competences.Met(r.Gaps)}
		for _, g := range r.Gaps {
			asked[g.Competence] = true
			skill := v.personSkill(k, g.Competence)
			skill.Asked, skill.Missing = int(g.Level), g.Missing()
			role.Skills = append(role.Skills, skill)
		}
		page.Roles = append(page.Roles, role)
	}
	for _, c := range k.Catalogue.Competences {
		if _, shown := k.Standings[c.ID]; shown && !asked[c.ID] {
			page.Others = append(page.Others, v.personSkill(k, c.ID))
		}
	}
	for _, source := range k.May {
		if way := v.wayToGive(page.Path, source); way.Value != "" {
			page.Ways = append(page.Ways, way)
		}
	}
	return page, nil
}

func (v *visit) personSkill(k academy.PersonSkills, id competences.CompetenceID) personSkill {
	c, _ := k.Catalogue.Competence(id)
	standing := k.Standings[id]
	return personSkill{Name: c.Name, Level: int(standing.Level), Sources: v.shownLevels(standing.Sources, k.Names), Worth: v.certificateWorth(k.Certified[id])}
}

// wayToGive is where the visitor gives levels from a source to whom the page is about, and what that is called. What was seen at
// work begins at Praktijk.
func (v *visit) wayToGive(path string, source competences.Source) option {
	switch source {
	case competences.Self:
		return option{Value: path + "/niveaus", Name: v.say("Vul je eigen niveaus in", "Fill in your own levels")}
	case competences.Leader:
		return option{Value: path + "/niveaus", Name: v.say("Leg een gesprek vast", "Write down a talk")}
	case competences.External:
		return option{Value: path + "/niveaus?als=external", Name: v.say("Leg vast wat elders is getoond", "Write down what was shown elsewhere")}
	}
	return option{}
}
