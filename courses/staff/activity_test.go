package staff

import (
	"reflect"
	"testing"

	"bekwaam/courses/calendar"
)

func TestReassigningKeepsTheDaysThatHaveBeen(t *testing.T) {
	day := func(text string) calendar.Date {
		d, err := calendar.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a := Activity{ID: "P1", Roles: Always("R1")}
	for _, step := range []struct {
		on    string
		roles []RoleID
		want  []RoleStretch
	}{
		{"2026-01-10", []RoleID{"R2", "R1"}, []RoleStretch{{Role: "R1"}, {Role: "R2", From: day("2026-01-10")}}},
		{"2026-01-10", []RoleID{"R1"}, []RoleStretch{{Role: "R1"}}},
		{"2026-01-10", nil, []RoleStretch{{Role: "R1", Until: day("2026-01-09")}}},
		{"2026-01-10", []RoleID{"R1"}, []RoleStretch{{Role: "R1"}}},
		{"2026-02-01", nil, []RoleStretch{{Role: "R1", Until: day("2026-01-31")}}},
		{"2026-03-01", []RoleID{"R1"}, []RoleStretch{{Role: "R1", Until: day("2026-01-31")}, {Role: "R1", From: day("2026-03-01")}}},
	} {
		if a.Reassign(step.roles, day(step.on)); !reflect.DeepEqual(a.Roles, step.want) {
			t.Errorf("on %s with %v: %v, want %v", step.on, step.roles, a.Roles, step.want)
		}
	}
}
