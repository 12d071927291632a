package web

import (
	"net/url"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

// changeGrowth keeps a wish, forgets it, shares it, takes it back, or saves a plan.
func (s *Site) changeGrowth(v *visit) error {
	role := staff.RoleID(v.r.PathValue("rol"))
	path := growthPath(role, "", v.actor.Person)
	switch doe := v.field("doe"); doe {
	case "vergeet":
		if err := s.office.DropWish(v.ctx(), v.actor, role); err != nil {
			return err
		}
		return v.done("wens-weg", path)
	case "haal-terug":
		if err := s.office.UnshareWish(v.ctx(), v.actor, role, staff.PersonID(v.field("met"))); err != nil {
			return err
		}
		return v.done("wens-terug", path)
	case "deel":
		if err := s.office.ShareWish(v.ctx(), v.actor, role, staff.PersonID(v.field("met"))); err != nil {
			return err
		}
		return v.done("wens-gedeeld", path)
	case "plan":
		return s.savePlan(v, role)
	}
	wrong := *unreadable
	by := dayIn(url.Values{"by": {v.field("op")}}, "by", &wrong)
	_, err := s.office.PutWish(v.ctx(), v.actor, academy.WishRequest{Role: role, Words: v.field("woorden"), By: by, PerWeek: minutesOf(v.field("uren"))})
	if fault.KindOf(err) == fault.Invalid && err != nil {
		page, failed := s.growthRolePage(v, url.Values{})
		if failed != nil {
			return failed
		}
		page.Problems = v.planProblems(wrong.With(err))
		page.Wish.Words.Value = v.field("woorden")
		page.Fields[0].Value, page.Fields[1].Value = v.field("uren"), v.field("op")
		for i := range page.Fields {
			page.Fields[i].Problem = page.Problems.At(page.Fields[i].ID)
		}
		return growthRoleView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("wens", path)
}

// savePlan keeps one of the plans that were proposed.
func (s *Site) savePlan(v *visit, role staff.RoleID) error {
	person := staff.PersonID(v.field("persoon"))
	if person == "" {
		person = v.actor.Person
	}
	ask := academy.NewPlan{PlanRequest: academy.PlanRequest{Person: person, Role: role, PerWeek: minutesOf(v.field("uren"))}, Terms: mobility.Terms{Words: v.field("woorden")}}
	wrong := *unreadable
	ask.PlanRequest.By = dayIn(v.r.PostForm, "op", &wrong)
	for _, item := range strings.Fields(v.field("items")) {
		ask.Items = append(ask.Items, competences.ItemID(item))
	}
	t, _, err := s.office.SavePlan(v.ctx(), v.actor, ask)
	if err != nil {
		return err
	}
	return v.done("plan", planPath(t.ID))
}

// A growthSharePage shows exactly what somebody will see before it is shared.
type growthSharePage struct {
	Path, Role string
	With       staff.PersonID
	WithName   string
	Words      string
	By         calendar.Date
	Hours      string
	Compare    comparison
	Aptitude   aptitudeMap
	Lacking    []string
}

var growthShareView = declare[growthSharePage]("growth_share.html", narrow)

// askShare shows what will be shared.
func (s *Site) askShare(v *visit) error {
	role := staff.RoleID(v.r.PathValue("rol"))
	listeners, err := s.office.Listeners(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for _, l := range listeners {
		if string(l.Person) != v.query("met") {
			continue
		}
		m, err := s.office.SharedWish(v.ctx(), v.actor, role, l.Person)
		if err != nil {
			return err
		}
		if len(m.Roles) == 0 {
			break
		}
		r := m.Roles[0]
		page := growthSharePage{
			Path: growthPath(role, "", v.actor.Person), Role: r.Target.Name, With: l.Person, WithName: l.Name, Words: r.Wish.Words, By: r.Wish.By, Hours: hours(r.Wish.PerWeek),
			Compare: v.compare(m.Words, r.Gaps, v.actor.Person, m.Name), Aptitude: v.aptitudes(m, r),
		}
		for _, key := range r.Lacking {
			page.Lacking = append(page.Lacking, m.Scheme(key))
		}
		return growthShareView.show(v, page)
	}
	return v.redirect(growthPath(role, "", v.actor.Person))
}
