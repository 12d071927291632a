package web

import (
	"fmt"
	"net/url"
	"slices"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
)

// rolesPath is where the roles are with what they ask.
const rolesPath = "/rollen"

// A rolesPage lists the roles.
type rolesPage struct {
	Now, Later []roleLine
	MayChange  bool
}

// A roleLine is one role.
type roleLine struct {
	Path, Name, Cluster string
	Holders             int
	Asked               int // skills that the profile of today asks
	Future              *competences.FutureRole
}

var rolesView = declare[rolesPage]("roles.html")

func roleAddress(id staff.RoleID) string { return rolesPath + "/" + url.PathEscape(string(id)) }

// roles lists every role with how much it asks.
func (s *Site) roles(v *visit) error {
	all, err := s.office.ProfiledRoles(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := rolesPage{MayChange: v.actor.May(staff.ChangeProfiles)}
	for _, r := range all {
		line := roleLine{Path: roleAddress(r.ID), Name: r.Name, Cluster: r.Cluster, Holders: r.Holders, Future: r.Future}
		if profile, known := competences.On(r.Versions, v.moment.Today()); known {
			line.Asked = len(profile.Required)
		}
		if r.Future != nil {
			page.Later = append(page.Later, line)
		} else {
			page.Now = append(page.Now, line)
		}
	}
	return rolesView.show(v, page)
}

// A rolePage is one role with every version of what it asks.
type rolePage struct {
	Name, Path string
	Holders    int
	Future     *competences.FutureRole
	Versions   []profileVersion // the newest first
	MayChange  bool
}

// A profileVersion is what a role asks from a day on.
type profileVersion struct {
	Number    int
	ValidFrom calendar.Date
	Now       bool
	Later     bool
	Lines     []profileLine
}

// A profileLine is one thing that is asked.
type profileLine struct {
	Name, Means, Weight string
	Level               int
}

var roleView = declare[rolePage]("role.html")

// role shows one role.
func (s *Site) role(v *visit) error {
	r, catalogue, err := s.roleAsked(v)
	if err != nil {
		return err
	}
	page := rolePage{Name: r.Name, Path: roleAddress(r.ID), Holders: r.Holders, Future: r.Future, MayChange: v.actor.May(staff.ChangeProfiles)}
	now, _ := competences.On(r.Versions, v.moment.Today())
	for _, p := range slices.Backward(r.Versions) {
		version := profileVersion{Number: p.Version, ValidFrom: p.ValidFrom, Now: p.Version == now.Version && p.ValidFrom <= v.moment.Today(), Later: p.ValidFrom > v.moment.Today()}
		for _, one := range p.Required {
			c, _ := catalogue.Competence(one.Competence)
			version.Lines = append(version.Lines, profileLine{c.Name, c.Shows(one.Level), v.weight(one.Weight), int(one.Level)})
		}
		page.Versions = append(page.Versions, version)
	}
	return roleView.show(v, page)
}

// roleAsked finds the role that the address names.
func (s *Site) roleAsked(v *visit) (academy.ProfiledRole, competences.Catalogue, error) {
	all, err := s.office.ProfiledRoles(v.ctx(), v.actor)
	if err != nil {
		return academy.ProfiledRole{}, competences.Catalogue{}, err
	}
	at := slices.IndexFunc(all, func(r academy.ProfiledRole) bool { return string(r.ID) == v.r.PathValue("rol") })
	if at < 0 {
		return academy.ProfiledRole{}, competences.Catalogue{}, noSuchPage
	}
	catalogue, err := s.office.Competences(v.ctx(), v.actor)
	return all[at], catalogue, err
}

// weight says how much something matters for a role.
func (l language) weight(n int) string {
	switch n {
	case 3:
		return l.say("zwaar", "heavy")
	case 2:
		return l.say("gewoon", "normal")
	}
	return l.say("licht", "light")
}

// levelOptions are the levels of a framework to choose from, each with what it means.
func levelOptions(f competences.Framework, from competences.Level) []option {
	var options []option
	for l := from; l <= f.Highest(); l++ {
		options = append(options, option{Value: fmt.Sprint(l), Name: fmt.Sprint(l)})
		if l > 0 {
			options[len(options)-1].Name += " " + f.Scale[l-1]
		}
	}
	return options
}
