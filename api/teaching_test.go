package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhoShouldLearnWhatOfTheDemo(t *testing.T) {
	w := newWorld(t)
	hr, leader, employee := w.token(kevin), w.token(ilse), w.token(tineke)

	found := into[teachingBody](t, w.get(leader, "/teams/T1/teaching"), http.StatusOK)
	if !found.Proven || found.BoundHours != found.Hours || found.HoursPerWeek != 4 || found.Others == 0 || len(found.Choices) == 0 {
		t.Fatalf("it is %+v", found)
	}
	first := found.Choices[0]
	if first.Person != marloes || first.Lessons[0].Until != "2026-12-07" || !strings.HasPrefix(first.Lessons[0].Words, "Laat Marloes van Rijn de hertoets doen") || first.Solves[0].Process != "P1" || first.Solves[0].Minimum != 7 {
		t.Errorf("the first is %+v", first)
	}
	december := found.Processes[0].Months[1]
	if december != (teachingMonth{Month: "2026-12", Before: 3, After: 7, Minimum: 7, TimesBefore: december.TimesBefore, TimesAfter: december.TimesAfter}) || december.TimesAfter >= december.TimesBefore {
		t.Errorf("December is %+v", december)
	}
	without := into[teachingBody](t, w.get(hr, "/teams/T1/teaching?without=RW1003&hoursPerWeek=2"), http.StatusOK)
	if without.HoursPerWeek != 2 || len(without.Without) != 1 || without.Choices[0].Person == marloes {
		t.Errorf("without Marloes it is %+v", without.Choices[0])
	}
	refused(t, w.get(leader, "/teams/T3/teaching"), http.StatusNotFound)
	refused(t, w.get(employee, "/teams/T1/teaching"), http.StatusForbidden)
	refused(t, w.get(leader, "/teams/T1/teaching?hoursPerWeek=50"), http.StatusUnprocessableEntity)
}
