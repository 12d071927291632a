package web

import (
	"net/url"
	"slices"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
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
	Give   []formField   // to give a level; none where the visitor may not
	Source competences.Source
	As     string // in words: as whom
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
	if len(k.May) > 0 {
		page.Source = k.May[0]
		page.As = v.sourceName(page.Source)
		page.Give = v.levelFields(k.Catalogue, nil)
	}
	return page, nil
}

func (v *visit) personSkill(k academy.PersonSkills, id competences.CompetenceID) personSkill {
	c, _ := k.Catalogue.Competence(id)
	standing := k.Standings[id]
	return personSkill{Name: c.Name, Level: int(standing.Level), Sources: v.shownLevels(standing.Sources, k.Names), Worth: v.certificateWorth(k.Certified[id])}
}

// levelFields are what one fills in to give a level.
func (v *visit) levelFields(all competences.Catalogue, wrong problems) []formField {
	var groups []optionGroup
	highest := competences.Level(0)
	for _, f := range all.Frameworks {
		highest = max(highest, f.Highest())
	}
	for _, c := range all.Competences {
		at := slices.IndexFunc(groups, func(g optionGroup) bool { return g.Name == c.Group })
		if at < 0 {
			groups, at = append(groups, optionGroup{Name: c.Group}), len(groups)
		}
		groups[at].Options = append(groups[at].Options, option{Value: string(c.ID), Name: c.Name, Chosen: string(c.ID) == v.field("competence")})
	}
	var levels []option
	for l := range int(highest) + 1 {
		levels = append(levels, option{Value: strconv.Itoa(l), Name: strconv.Itoa(l)})
	}
	return []formField{
		{ID: "competence", Label: v.say("Vaardigheid", "Skill"), Groups: groups, Problem: wrong.At("competence")},
		{ID: "level", Label: v.say("Niveau", "Level"), Hint: v.say("0: nog niet. 3: zelfstandig. 4 en hoger: leert het anderen.", "0: not yet. 3: alone. 4 and more: teaches others."), Groups: []optionGroup{{Options: choose(v.field("level"), levels...)}}, Problem: wrong.At("level")},
	}
}

// giveLevel writes a level that the visitor gives: their own, or that of somebody whom they may judge.
func (s *Site) giveLevel(v *visit) error {
	page, err := s.personSkillsPage(v)
	if err != nil {
		return err
	}
	level, err := strconv.Atoi(v.field("level"))
	if err != nil {
		level = -1 // no number: refused as such
	}
	_, err = s.office.SetLevel(v.ctx(), v.actor, v.whoseSkills(), competences.CompetenceID(v.field("competence")), page.Source, competences.Level(level))
	if fault.KindOf(err) == fault.Invalid && len(page.Give) > 0 {
		wrong := v.problemsOf(err, func(id string) string {
			return map[string]string{"competence": page.Give[0].Label, "level": page.Give[1].Label}[id]
		})
		for i := range page.Give {
			page.Give[i].Problem = wrong.At(page.Give[i].ID)
		}
		return personSkillsView.refuse(v, page, wrong)
	}
	if err != nil {
		return err
	}
	return v.done("niveau", page.Path)
}
