package mobility_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
)

func way(minutes, cents int, helps ...int) mobility.Way {
	return mobility.Way{Minutes: minutes, Cents: cents, Helps: helps}
}

func TestATeamLearnsWhereItTakesLeast(t *testing.T) {
	for name, want := range map[string]struct {
		missing  []int
		learners []mobility.Learner
		chosen   []int
		short    []int
	}{
		"nobody is missing":              {[]int{0, 0}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0)}}}, []int{-1}, []int{0, 0}},
		"nobody can":                     {[]int{2}, []mobility.Learner{{}}, []int{-1}, []int{2}},
		"the fewest minutes":             {[]int{1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0)}}, {Ways: []mobility.Way{way(30, 900, 0)}}}, []int{-1, 0}, []int{0}},
		"then the fewest cents":          {[]int{1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 200, 0)}}, {Ways: []mobility.Way{way(60, 100, 0)}}}, []int{-1, 0}, []int{0}},
		"then the fewest people":         {[]int{1, 1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0)}}, {Ways: []mobility.Way{way(60, 0, 1)}}, {Ways: []mobility.Way{way(120, 0, 0, 1)}}}, []int{-1, -1, 0}, []int{0, 0}},
		"then the first":                 {[]int{1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0)}}, {Ways: []mobility.Way{way(60, 0, 0)}}}, []int{0, -1}, []int{0}},
		"as few missing as can be":       {[]int{3}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0)}}, {Ways: []mobility.Way{way(9000, 0, 0)}}}, []int{0, 0}, []int{1}},
		"nobody goes two ways":           {[]int{1, 1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0), way(90, 0, 1)}}}, []int{0}, []int{0, 1}},
		"one for several months is less": {[]int{1, 1, 1}, []mobility.Learner{{Ways: []mobility.Way{way(60, 0, 0), way(120, 0, 0, 1), way(180, 0, 0, 1, 2)}}, {Ways: []mobility.Way{way(150, 0, 0, 1, 2)}}}, []int{-1, 0}, []int{0, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			plan := mobility.Teach(want.missing, want.learners)
			if !slices.Equal(plan.Chosen, want.chosen) || !slices.Equal(plan.Short, want.short) || !plan.Proven || plan.Bound != plan.Minutes {
				t.Error(plan)
			}
		})
	}
}

// everyTeamPlan finds the least of what decides between plans by trying all.
func everyTeamPlan(missing []int, learners []mobility.Learner) (least [4]int) {
	first := true
	chosen := make([]int, len(learners))
	var try func(l int)
	try = func(l int) {
		if l < len(learners) {
			for w := -1; w < len(learners[l].Ways); w++ {
				chosen[l] = w
				try(l + 1)
			}
			return
		}
		if found := worth(missing, learners, chosen); first || slices.Compare(found[:], least[:]) < 0 {
			first, least = false, found
		}
	}
	try(0)
	return least
}

// worth is what decides between plans: who is missing, minutes, cents and people.
func worth(missing []int, learners []mobility.Learner, chosen []int) (w [4]int) {
	short := slices.Clone(missing)
	for l, c := range chosen {
		if c < 0 {
			continue
		}
		way := learners[l].Ways[c]
		w[1], w[2], w[3] = w[1]+way.Minutes, w[2]+way.Cents, w[3]+1
		for _, n := range way.Helps {
			short[n]--
		}
	}
	for _, s := range short {
		w[0] += max(0, s)
	}
	return w
}

// TestNoTeamPlanIsBetter compares with every way in which people could learn.
func TestNoTeamPlanIsBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var missing []int
		for range rapid.IntRange(1, 6).Draw(t, "needs") {
			missing = append(missing, rapid.IntRange(0, 4).Draw(t, "missing"))
		}
		var learners []mobility.Learner
		for i := range rapid.IntRange(1, 6).Draw(t, "learners") {
			l := mobility.Learner{Person: staff.PersonID(fmt.Sprint("P", i))}
			for range rapid.IntRange(0, 3).Draw(t, "ways") {
				w := way(rapid.IntRange(0, 8).Draw(t, "hours")*30, rapid.IntRange(0, 3).Draw(t, "euros")*100)
				for n := range missing {
					if rapid.Bool().Draw(t, "helps") {
						w.Helps = append(w.Helps, n)
					}
				}
				l.Ways = append(l.Ways, w)
			}
			learners = append(learners, l)
		}
		plan := mobility.Teach(missing, learners)
		found, least := worth(missing, learners, plan.Chosen), everyTeamPlan(missing, learners)
		if found != least || !plan.Proven || plan.Bound != plan.Minutes || plan.Minutes != found[1] || plan.Cents != found[2] {
			t.Fatal(found, "every way gives", least, plan)
		}
		again := mobility.Teach(missing, learners)
		if !slices.Equal(again.Chosen, plan.Chosen) {
			t.Fatal("twice the same differs:", plan.Chosen, again.Chosen)
		}
	})
}

// department draws a team as the demo has them: four processes with pools and windows, certificates that end on different
// days, of which each renewal lasts a year, and now and then somebody who could begin anew.
func department(r *rand.Rand, people, processes, months, windows int, first int) (missing []int, learners []mobility.Learner) {
	need := func(process, month, window int) int { return first + (process*months+month)*(windows+1) + window }
	count := make([]int, processes*months*(windows+1))
	for i := range people {
		process := i % processes
		l := mobility.Learner{Person: staff.PersonID(fmt.Sprint("P", first, i))}
		works := make([]bool, windows+1)
		for w := range works {
			works[w] = w == 0 || r.IntN(4) > 0
		}
		from := func(month, until int) (helps []int) {
			for m := month; m < min(until, months); m++ {
				for w, is := range works {
					if is {
						helps = append(helps, need(process, m, w))
					}
				}
			}
			return helps
		}
		ends := r.IntN(14)
		hours := 60 * (1 + r.IntN(2))
		if r.IntN(6) == 0 { // never did it
			ends, hours = 0, 60*(8+r.IntN(60))
			l.Ways = append(l.Ways, way(hours, 50*r.IntN(40)*100, from(2+r.IntN(8), months)...))
		} else {
			for n := 1; ends+12*(n-1) < months; n++ {
				l.Ways = append(l.Ways, way(n*hours, n*r.IntN(2)*5000, from(ends, ends+12*n)...))
			}
		}
		for _, n := range from(0, ends) {
			count[n-first]++
		}
		learners = append(learners, l)
	}
	for i, has := range count {
		least := people / processes * 6 / 10
		if i%(windows+1) > 0 {
			least = people / processes * 4 / 10
		}
		missing = append(missing, max(0, least-has))
	}
	return missing, learners
}

// BenchmarkTeach is a municipality of 400 people for two years: 27 teams with four processes each, four processes of a hundred
// people each, and one of all of them. Beside it, from the same run, how often every need of every way could be looked at once.
func BenchmarkTeach(b *testing.B) {
	for _, size := range []struct{ teams, people, processes int }{{1, 60, 4}, {27, 15, 4}, {1, 400, 4}, {1, 400, 1}} {
		b.Run(fmt.Sprintf("%dx%d", size.teams, size.people), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			var missing []int
			var learners []mobility.Learner
			for range size.teams {
				some, who := department(r, size.people, size.processes, 24, 5, len(missing))
				missing, learners = append(missing, some...), append(learners, who...)
			}
			for b.Loop() {
				began := time.Now()
				plan := mobility.Teach(missing, learners)
				whole := time.Since(began)
				began = time.Now()
				counts := make([]int, len(missing))
				for range 100 {
					for _, l := range learners {
						for _, w := range l.Ways {
							for _, n := range w.Helps {
								counts[n]++
							}
						}
					}
				}
				b.ReportMetric(float64(whole)/float64(time.Since(began))*100, "of-one-look")
				b.ReportMetric(float64(plan.Minutes), "minutes")
				b.ReportMetric(float64(plan.Minutes-plan.Bound), "above-bound")
			}
		})
	}
}
