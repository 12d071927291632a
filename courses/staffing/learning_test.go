package staffing

import (
	"slices"
	"testing"

	"bekwaam/courses/staff"
)

func TestWhoeverLearnsIsNotThereAndNotOnLeave(t *testing.T) {
	p, other := desk(), eva()
	other.Person = "EEF"
	r := eva()
	r.Learning = []Learning{{Person: "EVA", Plan: "A", Day: today.AddDays(-1), From: 540, To: 1020}, {Person: "EVA", Plan: "A", Day: today, From: 13*60 + 10, To: 15 * 60}}
	o := p.On([]Record{r, other}, today)
	short := []Stretch{{13 * 60, 15 * 60, 1}} // also of the half hour that it begins in
	if !slices.Equal(o.Windows[0].Short, short) || !slices.Equal(o.Learns, []staff.PersonID{"EVA"}) || len(o.Away) > 0 || len(o.Pool) != 2 {
		t.Errorf("%+v", o)
	}
	if f := p.Forecast([]Record{r, other}, today, today.AddDays(1)); !f.Days[0].Shortage || f.Days[1].Shortage {
		t.Errorf("the forecast does not know it: %+v", f.Days)
	}
	if o := p.On([]Record{r, other}, today.AddDays(1)); len(o.Windows[0].Short) > 0 || len(o.Learns) > 0 {
		t.Errorf("the day after: %+v", o)
	}
}
