package web

import (
	"slices"
	"testing"

	"bekwaam/courses/staff"
)

func TestEverythingOnTheDeskIsAPageThatOneMaySee(t *testing.T) {
	kinds := []staff.Actor{{Functions: []staff.Function{staff.Administrator}}}
	for _, f := range []staff.Function{staff.Leader, staff.Author, staff.Assessor, staff.TrainingOfficer} {
		kinds = append(kinds, staff.Actor{Functions: []staff.Function{staff.Employee, f}})
	}
	routes := (&Site{}).routes()
	for _, part := range desk {
		for _, i := range part.items {
			at := slices.IndexFunc(routes, func(r route) bool { return r.pattern == "GET "+i.path })
			if at < 0 || slices.ContainsFunc(kinds, func(who staff.Actor) bool { return who.May(i.act) && !who.May(routes[at].act) }) {
				t.Errorf("%s is no page for who may %s", i.path, i.act)
			}
			if !onDesk(i.path) || !onDesk(i.path+"/1") || onDesk(i.path+"1") {
				t.Errorf("%s does not show in the menu as part of the desk", i.path)
			}
		}
	}
}
