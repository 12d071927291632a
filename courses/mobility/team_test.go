package mobility_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bekwaam/courses/calendar"
	. "bekwaam/courses/competences"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

func TestATeamLearnsWhereItTakesLeast(t *testing.T) {
	until := day(2028, 11, 23)
	offer := []LearningItem{item("BOTH", 10, 0, 1, up("A", 0, 3), up("B", 0, 3)), item("ONLY-A", 6, 0, 1, up("A", 0, 3)), item("ONLY-B", 6, 0, 1, up("B", 0, 3))}
	can := mobility.Problem{Items: offer, From: day(2026, 11, 24), PerWeek: 240}
	learners := []mobility.Learner{
		{Person: "P1", Can: can, Counts: map[CompetenceID]calendar.Date{"A": day(2027, 4, 7)}, Renew: map[CompetenceID]int{"A": 60}},
		{Person: "P2", Can: can},
		{Person: "P3", Can: can, Last: day(2027, 1, 31), Counts: map[CompetenceID]calendar.Date{"B": 0}}, // leaves
	}
	plan := mobility.Teach([]mobility.Need{{"A", 3, 2}, {"B", 3, 1}, {"C", 3, 1}}, learners, until)
	want := []mobility.Lesson{{"P1", "A", true}, {"P2", "A", false}, {"P2", "B", false}}
	if fmt.Sprint(plan.Lessons) != fmt.Sprint(want) || plan.Minutes != 11*60 || !plan.Proven || plan.Bound != 11*60 {
		t.Error(plan)
	}
	if len(plan.Open) != 1 || plan.Open[0] != (mobility.Need{Competence: "C", Level: 3, People: 1}) {
		t.Error("of whom there cannot be enough:", plan.Open)
	}
	if plan := mobility.Teach([]mobility.Need{{"B", 3, 1}}, learners, day(2027, 1, 31)); len(plan.Lessons) > 0 || plan.Minutes != 0 || !plan.Proven {
		t.Error("there are enough until then:", plan)
	}
}

// teach is how long it takes somebody to learn a set of the competences 0, 1 and 2, by every set of items.
func teach(l mobility.Learner, set int) (minutes int, ok bool) {
	p := mobility.Problem{Levels: map[CompetenceID]Level{}, Items: l.Can.Items}
	for c := range 3 {
		id := CompetenceID(fmt.Sprint(c))
		if set&(1<<c) == 0 {
			continue
		}
		if renew, counts := l.Renew[id]; counts {
			minutes += renew
		} else {
			p.Target = append(p.Target, asks(id, 1, 1))
		}
	}
	least := -1
	for _, items := range everySet(p) {
		if !reaches(p, nil, items) {
			continue
		}
		total := 0
		for _, i := range items {
			total += i.Minutes
		}
		if least < 0 || total < least {
			least = total
		}
	}
	return minutes + least, least >= 0
}

// TestNoTeamPlanTakesLess compares with every way in which people could learn.
func TestNoTeamPlanTakesLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		until := day(2028, 11, 23)
		var offer []LearningItem
		for i := range rapid.IntRange(1, 5).Draw(t, "items") {
			it := item(ItemID(fmt.Sprint("I", i)), float64(rapid.IntRange(1, 9).Draw(t, "hours")), 0, 1, up(CompetenceID(fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "of"))), 0, 1))
			if other := CompetenceID(fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "also"))); other != it.Evidences[0].Competence {
				it.Evidences = append(it.Evidences, up(other, 0, 1))
			}
			offer = append(offer, it)
		}
		var learners []mobility.Learner
		for i := range 3 {
			l := mobility.Learner{Person: staff.PersonID(fmt.Sprint("P", i)), Can: mobility.Problem{Items: offer, From: day(2026, 11, 24), PerWeek: 2400}, Counts: map[CompetenceID]calendar.Date{}, Renew: map[CompetenceID]int{}}
			for c := range 3 {
				if rapid.IntRange(0, 4).Draw(t, "counts") == 0 {
					id := CompetenceID(fmt.Sprint(c))
					l.Counts[id], l.Renew[id] = day(2027, 1, 1), rapid.IntRange(1, 500).Draw(t, "renew")
				}
			}
			learners = append(learners, l)
		}
		var needs []mobility.Need
		for c := range 3 {
			needs = append(needs, mobility.Need{Competence: CompetenceID(fmt.Sprint(c)), Level: 1, People: rapid.IntRange(0, 2).Draw(t, "people")})
		}
		plan := mobility.Teach(needs, learners, until)
		missing := map[CompetenceID]int{}
		for _, o := range plan.Open {
			missing[o.Competence] = o.People
		}
		var minutes [3][8]int
		var possible [3][8]bool
		for p, l := range learners {
			for set := range 8 {
				minutes[p][set], possible[p][set] = teach(l, set)
			}
		}
		least := -1
		for choice := range 1 << 9 { // who learns what
			total, enough := 0, true
			for p := range learners {
				set := choice >> (3 * p) & 7
				total, enough = total+minutes[p][set], enough && possible[p][set]
			}
			for c, n := range needs {
				have := choice>>c&1 + choice>>(3+c)&1 + choice>>(6+c)&1
				enough = enough && have >= n.People-missing[n.Competence]
			}
			if enough && (least < 0 || total < least) {
				least = total
			}
		}
		if plan.Minutes != least || !plan.Proven {
			t.Fatalf("%d minutes, every way gives %d", plan.Minutes, least)
		}
	})
}

// BenchmarkTeach is a team of twelve with ten needs and two hundred items.
func BenchmarkTeach(b *testing.B) {
	can := many(200)
	var needs []mobility.Need
	for c := range 10 {
		needs = append(needs, mobility.Need{Competence: CompetenceID(fmt.Sprint("K", c)), Level: 3, People: 1 + c%2})
	}
	var learners []mobility.Learner
	for i := range 12 {
		l := mobility.Learner{Person: staff.PersonID(fmt.Sprint("P", i)), Can: can}
		l.Can.Levels = map[CompetenceID]Level{CompetenceID(fmt.Sprint("K", i%10)): Level(i % 3)}
		learners = append(learners, l)
	}
	for b.Loop() {
		plan := mobility.Teach(needs, learners, day(2028, 11, 23))
		b.ReportMetric(float64(plan.Minutes), "minutes")
		b.ReportMetric(float64(plan.Bound), "bound")
	}
}
