package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/staffing"
	"bekwaam/courses/store"
)

// A Direction is what the organisation and its teams stand for and want to reach.
type Direction struct {
	Strategies []changes.Strategy // the organisation's first
	Objectives []ObjectiveSeen    // in order of key
	Teams      []staff.Team
}

// An ObjectiveSeen is an objective with how it stands.
type ObjectiveSeen struct {
	changes.Objective
	Owners  []string // the leaders of its teams
	Reading changes.Reading
	Reached bool
}

// Objectives tells what the organisation wants to reach and how that stands today. What can be worked out is worked out, from
// groups of at least five people.
func (o *Office) Objectives(ctx context.Context, who staff.Actor) (d Direction, err error) {
	if err := who.Allow(staff.ReadChanges, staff.Subject{}); err != nil {
		return d, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return d, err
	}
	q := o.db.Read()
	if d.Strategies, err = store.Strategies(ctx, q); err != nil {
		return d, err
	}
	if d.Teams, err = store.Teams(ctx, q); err != nil {
		return d, err
	}
	all, err := store.Objectives(ctx, q)
	if err != nil {
		return d, err
	}
	measures, err := o.readMeasures(ctx, q, now, all)
	if err != nil {
		return d, err
	}
	leaders := make([]staff.PersonID, len(d.Teams))
	for i, t := range d.Teams {
		leaders[i] = t.Leader
	}
	names, err := namesOf(ctx, q, leaders...)
	if err != nil {
		return d, err
	}
	for _, objective := range all {
		s := ObjectiveSeen{Objective: objective, Reading: measures.reading(objective)}
		s.Reached = objective.Reached(s.Reading)
		for _, t := range d.Teams {
			if name := names[t.Leader]; slices.Contains(objective.Teams, t.ID) && name != "" {
				s.Owners = append(s.Owners, name)
			}
		}
		d.Objectives = append(d.Objectives, s)
	}
	return d, nil
}

// measures are the facts that indicators are worked out from.
type measures struct {
	now       Moment
	records   []staffing.Record
	receipts  []changes.Receipt
	bulletins []changes.Bulletin
	filled    []changes.Reading
	short     map[changes.ObjectiveID]int // days with too few people
	counted   map[changes.ObjectiveID]changes.Reading
}

func (o *Office) readMeasures(ctx context.Context, q store.Q, now Moment, all []changes.Objective) (m measures, err error) {
	m.now, m.short, m.counted = now, make(map[changes.ObjectiveID]int), make(map[changes.ObjectiveID]changes.Reading)
	var schemes []certificates.SchemeKey
	for _, objective := range all {
		if objective.Measure == changes.ByCertificate {
			schemes = append(schemes, objective.Scheme)
		}
	}
	today := now.Today()
	if m.records, err = readHeld(ctx, q, schemes, today, today); err != nil {
		return m, err
	}
	if m.bulletins, err = store.Bulletins(ctx, q); err != nil {
		return m, err
	}
	var ids []changes.BulletinID
	for _, b := range m.bulletins {
		ids = append(ids, b.ID)
	}
	if m.receipts, err = store.Receipts(ctx, q, ids...); err != nil {
		return m, err
	}
	if m.filled, err = store.Readings(ctx, q, today); err != nil {
		return m, err
	}
	processes, err := store.Processes(ctx, q, today)
	if err != nil {
		return m, err
	}
	for _, objective := range all {
		switch objective.Measure {
		case changes.ByHolders, changes.ByResults, changes.ByRelease, changes.ByTalks, changes.ByShadowing, changes.ByExchanges:
			if m.counted[objective.ID], err = o.count(ctx, q, now, m.records, objective); err != nil {
				return m, err
			}
		}
		at := slices.IndexFunc(processes, func(p staffing.Process) bool { return p.ID == objective.Process })
		if objective.Measure != changes.ByStaffing || at < 0 || objective.Until < today {
			continue
		}
		crew, err := readCrew(ctx, q, processes[at:at+1], today, today, objective.Until)
		if err != nil {
			return m, err
		}
		days := processes[at].Forecast(crew.records, today, objective.Until).Days
		m.short[objective.ID] = len(only(days, func(d staffing.Outlook) bool { return d.Shortage }))
	}
	return m, nil
}

// reading is the value of an indicator today.
func (m measures) reading(o changes.Objective) changes.Reading {
	r := changes.Reading{Unknown: true}
	switch o.Measure {
	case changes.ByCertificate:
		r = m.certified(o)
	case changes.ByReceipts:
		r = m.read(o)
	case changes.ByStaffing:
		if days, known := m.short[o.ID]; known {
			r = changes.Reading{Value: days}
		}
	case changes.ByHolders, changes.ByResults, changes.ByRelease, changes.ByTalks, changes.ByShadowing, changes.ByExchanges:
		r = m.counted[o.ID]
	case changes.ByHand:
		if at := slices.IndexFunc(m.filled, func(f changes.Reading) bool { return f.Objective == o.ID }); at >= 0 {
			return m.filled[at]
		}
	}
	r.Objective, r.On = o.ID, m.now.Today()
	return r
}

// read is the median of the days that the people of some teams took to read what was for them.
func (m measures) read(o changes.Objective) changes.Reading {
	var days []int
	readers := make(map[staff.PersonID]bool)
	for _, r := range m.records {
		readers[r.Person] = slices.ContainsFunc(r.Employments, func(e staff.Employment) bool { return e.On(m.now.Today()) && slices.Contains(o.Teams, e.Team) })
	}
	people := make(map[staff.PersonID]bool)
	for _, receipt := range m.receipts {
		at := slices.IndexFunc(m.bulletins, func(b changes.Bulletin) bool { return b.ID == receipt.Bulletin })
		if readers[receipt.Person] {
			days = append(days, max(0, m.bulletins[at].Versions[receipt.Number-1].From.DaysUntil(receipt.On)))
			people[receipt.Person] = true
		}
	}
	if n := len(people); n > 0 && n < changes.MinimumGroup {
		return changes.Reading{TooFew: true}
	}
	return changes.Median(days)
}

// AddObjective writes an objective that has no key yet, and returns its key. The same text for the same teams again is not doubled.
func (o *Office) AddObjective(ctx context.Context, who staff.Actor, objective changes.Objective) (changes.ObjectiveID, error) {
	all, err := store.Objectives(ctx, o.db.Read())
	if err != nil {
		return "", err
	}
	for n := len(all) + 1; objective.ID == ""; n++ {
		key := changes.ObjectiveID(fmt.Sprintf("D%02d", n))
		if !slices.ContainsFunc(all, func(other changes.Objective) bool { return other.ID == key }) {
			objective.ID = key
		}
	}
	if at := slices.IndexFunc(all, func(other changes.Objective) bool {
		return other.Text == strings.TrimSpace(objective.Text) && slices.Equal(other.Teams, objective.Teams)
	}); at >= 0 {
		objective.ID = all[at].ID
	}
	return objective.ID, o.SaveObjective(ctx, who, objective)
}

// SaveObjective writes an objective of teams that somebody leads, or of any team for HR.
func (o *Office) SaveObjective(ctx context.Context, who staff.Actor, objective changes.Objective) error {
	return o.changeObjectives(ctx, who, "objective.saved", string(objective.ID), func(ctx context.Context, q store.Q, now Moment) error {
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		var ids []staff.TeamID
		for _, t := range teams {
			ids = append(ids, t.ID)
		}
		known, err := o.readKnown(ctx, q, now.Today())
		if err != nil {
			return err
		}
		objective.Text, objective.Indicator = strings.TrimSpace(objective.Text), strings.TrimSpace(objective.Indicator)
		if err := objective.Check(known, ids); err != nil {
			return err
		}
		all, err := store.Objectives(ctx, q)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(all, func(was changes.Objective) bool { return was.ID == objective.ID }); at >= 0 && !owns(who, all[at]) {
			return notYours
		}
		if !owns(who, objective) {
			return notYours
		}
		if objective.Change != "" {
			if _, err := store.Change(ctx, q, objective.Change); err != nil {
				return notThere(err, "change")
			}
		}
		return store.PutObjective(ctx, q, objective)
	})
}

// owns reports whether somebody answers for an objective: they lead one of its teams, or are HR.
func owns(who staff.Actor, o changes.Objective) bool {
	return who.MayForAll(staff.SetObjectives) || slices.ContainsFunc(o.Teams, func(t staff.TeamID) bool { return slices.Contains(who.Leads, t) })
}

var workedOut = fault.New(fault.Conflict, "Deze waarde rekenen we zelf uit. Die vul je niet in.", "We work this value out ourselves. You cannot fill it in.").Because("computed")

// FillIn writes the value of an indicator that nothing here can work out.
func (o *Office) FillIn(ctx context.Context, who staff.Actor, id changes.ObjectiveID, value int) error {
	return o.changeObjectives(ctx, who, "objective.filled-in", string(id), func(ctx context.Context, q store.Q, now Moment) error {
		all, err := store.Objectives(ctx, q)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(o changes.Objective) bool { return o.ID == id })
		switch {
		case at < 0 || !owns(who, all[at]):
			return notYours
		case all[at].Measure != changes.ByHand:
			return workedOut
		case value < 0 || value > 1_000_000:
			return fault.New(fault.Invalid, "Deze waarde klopt niet.", "This value is not right.").At("value", "schrijf een getal van 0 tot en met 1000000", "write a number from 0 to 1000000")
		}
		return store.PutReading(ctx, q, changes.Reading{Objective: id, On: now.Today(), Value: value, By: who.Person})
	})
}

// SaveStrategy writes what the organisation (HR) or a team that one leads stands for.
func (o *Office) SaveStrategy(ctx context.Context, who staff.Actor, s changes.Strategy) error {
	return o.changeObjectives(ctx, who, "strategy.saved", string(s.Team), func(ctx context.Context, q store.Q, _ Moment) error {
		if err := s.Check(); err != nil {
			return err
		}
		teams, err := store.Teams(ctx, q)
		if err != nil {
			return err
		}
		there := s.Team == "" || slices.ContainsFunc(teams, func(t staff.Team) bool { return t.ID == s.Team })
		if !there || !owns(who, changes.Objective{Teams: []staff.TeamID{s.Team}}) {
			return notYours
		}
		return store.PutStrategy(ctx, q, s)
	})
}

// changeObjectives changes what is to be reached, and writes down that it was done.
func (o *Office) changeObjectives(ctx context.Context, who staff.Actor, act, object string, change func(context.Context, store.Q, Moment) error) error {
	if err := who.Allow(staff.SetObjectives, staff.Subject{}); err != nil {
		return err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if err := change(ctx, q, now); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, act, "", object))
	})
}
