package academy

import (
	"context"
	"math/big"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses"
	"bekwaam/courses/changes"
	"bekwaam/courses/competences"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// What the customer calls learning from a colleague elsewhere.
const (
	shadowing competences.ItemKind = "meelopen"
	placement competences.ItemKind = "stage"
)

// count works out an indicator that follows from what is kept here of knowledge holders, quizzes, releases, plans and learning
// from each other.
func (o *Office) count(ctx context.Context, q store.Q, now Moment, records []staffing.Record, objective changes.Objective) (changes.Reading, error) {
	switch objective.Measure {
	case changes.ByHolders:
		topics, err := store.HoldersByTopic(ctx, q, now.Today())
		few := 0
		for _, holders := range topics {
			if holders < 2 {
				few++
			}
		}
		return changes.Reading{Value: few, Unknown: len(topics) == 0}, err
	case changes.ByResults:
		return o.changeResults(ctx, q, now, records, objective)
	case changes.ByRelease:
		return releases(ctx, q, now)
	case changes.ByTalks:
		people, err := store.TalkedSince(ctx, q, now.Today().AddMonths(-12))
		employed := only(records, func(r staffing.Record) bool { return r.Employed(now.Today()) })
		talked := only(employed, func(r staffing.Record) bool { return slices.Contains(people, r.Person) })
		return changes.Share(len(talked), len(employed)), err
	case changes.ByShadowing:
		people, err := store.DoneOfKinds(ctx, q, now.Today(), shadowing)
		slices.Sort(people)
		people = only(slices.Compact(people), func(p staff.PersonID) bool { return inTeams(records, objective, now, p) })
		return changes.Reading{Value: len(people)}, err
	}
	done, err := store.DoneOfKinds(ctx, q, now.Today(), shadowing, placement)
	return changes.Reading{Value: len(done)}, err
}

// inTeams reports whether somebody works today in a team of an objective.
func inTeams(records []staffing.Record, o changes.Objective, now Moment, person staff.PersonID) bool {
	return slices.ContainsFunc(records, func(r staffing.Record) bool {
		return r.Person == person && slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.On(now.Today()) && slices.Contains(o.Teams, e.Team) })
	})
}

// changeResults is the percentage of the points that the people of some teams got for quizzes of delta courses in the last 12
// months.
func (o *Office) changeResults(ctx context.Context, q store.Q, now Moment, records []staffing.Record, objective changes.Objective) (changes.Reading, error) {
	newest, err := newestPublished(ctx, q)
	if err != nil {
		return changes.Reading{}, err
	}
	var keys []courses.CourseKey
	for key, v := range newest {
		content, err := o.content(ctx, q, v.VersionID)
		if err != nil {
			return changes.Reading{}, err
		}
		if content.Delta != nil {
			keys = append(keys, key)
		}
	}
	scores, err := store.ScoresSince(ctx, q, now.Today().AddMonths(-12).Start(), keys...)
	if err != nil {
		return changes.Reading{}, err
	}
	people := make(map[staff.PersonID]bool)
	points, of := new(big.Rat), int64(0)
	for _, s := range scores {
		score, ok := new(big.Rat).SetString(s.Score)
		if !ok || !inTeams(records, objective, now, s.Person) {
			continue
		}
		people[s.Person] = true
		points.Add(points, score)
		of += int64(s.Maximum)
	}
	switch {
	case of == 0:
		return changes.Reading{Unknown: true}, nil
	case len(people) < changes.MinimumGroup:
		return changes.Reading{TooFew: true}, nil
	}
	percent, _ := points.Mul(points, big.NewRat(100, of)).Float64()
	return changes.Reading{Value: int(percent)}, nil
}

// releases is the percentage that is trained of the users of the release where that is lowest, of those that are announced and
// not live yet; unknown where there is none.
func releases(ctx context.Context, q store.Q, now Moment) (changes.Reading, error) {
	all, err := store.Changes(ctx, q)
	if err != nil {
		return changes.Reading{}, err
	}
	all = only(all, func(c changes.Change) bool {
		return c.Kind == changes.Application && c.Gate > 0 && c.Stands() && c.LiveAt.IsZero()
	})
	if len(all) == 0 {
		return changes.Reading{Unknown: true}, nil
	}
	facts, err := readChangeFacts(ctx, q, now.Today(), all...)
	lowest := changes.Reading{Unknown: true}
	for _, c := range all {
		i := c.Impact(facts.Facts, now.Today())
		if r := changes.Share(i.Done, i.People); !r.Unknown && (lowest.Unknown || r.TooFew || r.Value < lowest.Value) {
			lowest = r
		}
	}
	return lowest, err
}

// certified is the percentage of those with a role who hold a scheme.
func (m measures) certified(o changes.Objective) changes.Reading {
	today, hold, of := m.now.Today(), 0, 0
	for _, r := range m.records {
		if !slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.On(today) && (o.Role == "" || e.Role == o.Role) }) {
			continue
		}
		of++
		if slices.ContainsFunc(r.Periods, func(p certificates.Period) bool {
			return p.Scheme == o.Scheme && p.State(today, 0, false) == certificates.Valid
		}) {
			hold++
		}
	}
	return changes.Share(hold, of)
}
