package web

import (
	"slices"

	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An activitiesPage lists processes and applications with the roles that work on them.
type activitiesPage struct {
	Activities []shownActivity
	New        shownActivity
	MayEdit    bool
	Problems   problems
}

// A shownActivity is one of them, with every role there is.
type shownActivity struct {
	staff.Activity
	Kind  string
	Names []string // of its roles
	Roles []option // all of them, chosen or not
	Open  bool     // somebody is busy with it
}

var activitiesView = declare[activitiesPage]("activities.html")

// activities shows the list.
func (s *Site) activities(v *visit) error {
	page, err := s.activitiesPage(v)
	if err != nil {
		return err
	}
	return activitiesView.show(v, page)
}

func (s *Site) activitiesPage(v *visit) (activitiesPage, error) {
	page := activitiesPage{MayEdit: v.actor.May(staff.ChangeSchemes)}
	all, err := s.office.Activities(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	roles, err := s.office.Roles(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for _, a := range all {
		page.Activities = append(page.Activities, v.shownActivity(a, roles))
	}
	page.New = v.shownActivity(staff.Activity{Kind: staff.Process}, roles)
	return page, nil
}

func (v *visit) shownActivity(a staff.Activity, roles []staff.Role) shownActivity {
	shown := shownActivity{Activity: a, Kind: v.say("proces", "process")}
	if a.Kind == staff.Application {
		shown.Kind = v.say("applicatie", "application")
	}
	for _, r := range roles {
		has := slices.Contains(a.Working(), r.ID)
		shown.Roles = append(shown.Roles, option{string(r.ID), r.Name, has})
		if has {
			shown.Names = append(shown.Names, r.Name)
		}
	}
	return shown
}

// saveActivity adds one, or changes its name and roles.
func (s *Site) saveActivity(v *visit) error {
	a := staff.Activity{ID: staff.ActivityID(v.field("code")), Kind: staff.ActivityKind(v.field("soort")), Name: v.field("naam")}
	for _, role := range v.r.PostForm["rol"] {
		a.Roles = append(a.Roles, staff.RoleStretch{Role: staff.RoleID(role)})
	}
	_, err := s.office.SaveActivity(v.ctx(), v.actor, a)
	if fault.KindOf(err) != fault.Invalid || err == nil {
		if err != nil {
			return err
		}
		return v.done("werk", "/regelingen/werk")
	}
	page, pageErr := s.activitiesPage(v)
	if pageErr != nil {
		return pageErr
	}
	roles, pageErr := s.office.Roles(v.ctx(), v.actor)
	if pageErr != nil {
		return pageErr
	}
	shown := v.shownActivity(a, roles)
	shown.Open = true
	suffix := "nieuw"
	if at := slices.IndexFunc(page.Activities, func(known shownActivity) bool { return known.ID == a.ID && v.field("nieuw") == "" }); at >= 0 {
		page.Activities[at], suffix = shown, string(a.ID)
	} else {
		page.New = shown
	}
	places := map[string]string{"activity": "code-", "kind": "soort-", "name": "naam-", "roles": "rollen-"}
	for _, field := range fault.Of(err).Fields {
		page.Problems = append(page.Problems, problem{places[field.Path] + suffix, v.say(field.Dutch, field.English)})
	}
	return activitiesView.refuse(v, page, page.Problems)
}
