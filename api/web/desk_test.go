package web

import (
	"slices"
	"testing"
)

func TestEverythingOnTheDeskIsAPageWithTheSameAct(t *testing.T) {
	routes := (&Site{}).routes()
	for _, part := range desk {
		for _, i := range part.items {
			at := slices.IndexFunc(routes, func(r route) bool { return r.pattern == "GET "+i.path })
			if at < 0 || routes[at].act != i.act {
				t.Errorf("%s is no page for who may %s", i.path, i.act)
			}
			if !onDesk(i.path) || !onDesk(i.path+"/1") || onDesk(i.path+"1") {
				t.Errorf("%s does not show in the menu as part of the desk", i.path)
			}
		}
	}
}
