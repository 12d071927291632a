package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An objectivesPage shows what the organisation stands for and wants to reach.
type objectivesPage struct {
	Mission, Vision, Shared string
	Lines                   []objectiveLine
	MayAdd                  bool
}

// An objectiveLine is one objective with how it stands.
type objectiveLine struct {
	ID        changes.ObjectiveID
	Text      string
	Teams     string
	Owners    string
	Indicator string
	Norm      string
	Until     calendar.Date
	Value     string
	On        calendar.Date // of which day the value is; zero: there is none
	State     tag
	Change    changes.ID
	Mine      bool       // the visitor may change it
	Fill      *formField // for its owners, where nothing can be worked out
}

var objectivesView = declare[objectivesPage]("objectives.html")

// objectives shows what is to be reached.
func (s *Site) objectives(v *visit) error {
	page, err := s.objectivesPage(v, url.Values{}, "")
	if err != nil {
		return err
	}
	return objectivesView.show(v, page)
}

func (s *Site) objectivesPage(v *visit, values url.Values, wrong string) (objectivesPage, error) {
	d, err := s.office.Objectives(v.ctx(), v.actor)
	if err != nil {
		return objectivesPage{}, err
	}
	page := objectivesPage{MayAdd: v.actor.May(staff.SetObjectives)}
	if len(d.Strategies) > 0 && d.Strategies[0].Team == "" {
		page.Mission, page.Vision, page.Shared = d.Strategies[0].Mission, d.Strategies[0].Vision, d.Strategies[0].Shared
	}
	for _, o := range d.Objectives {
		line := v.objectiveLine(o)
		for _, t := range d.Teams {
			if slices.Contains(o.Teams, t.ID) {
				line.Teams = strings.TrimPrefix(line.Teams+", "+t.Name, ", ")
			}
		}
		mine := v.actor.MayForAll(staff.SetObjectives) || slices.ContainsFunc(o.Teams, func(t staff.TeamID) bool { return slices.Contains(v.actor.Leads, t) })
		line.Mine = mine
		if mine && o.Measure == changes.ByHand {
			line.Fill = &formField{ID: "waarde-" + string(o.ID), Label: v.say("Hoe staat het vandaag?", "How does it stand today?"), Type: "text", Class: "kort"}
			if values.Get("doel") == string(o.ID) {
				line.Fill.Value, line.Fill.Problem = values.Get(line.Fill.ID), wrong
			}
		}
		page.Lines = append(page.Lines, line)
	}
	return page, nil
}

func (v *visit) objectiveLine(o academy.ObjectiveSeen) objectiveLine {
	line := objectiveLine{ID: o.ID, Text: o.Text, Owners: strings.Join(o.Owners, ", "), Indicator: o.Indicator, Until: o.Until, Change: o.Change}
	line.Norm = v.say("minstens %d", "at least %d", o.Norm)
	if o.AtMost {
		line.Norm = v.say("hoogstens %d", "at most %d", o.Norm)
	}
	switch r := o.Reading; {
	case r.TooFew:
		line.Value, line.State = v.say("minder dan vijf mensen: we laten dit niet zien", "fewer than five people: we do not show this"), tag{v.say("niet te zien", "not shown"), "stil"}
	case r.Unknown && o.Measure != changes.ByHand:
		line.Value, line.State = v.say("er is nog niets om dit uit te rekenen", "there is nothing yet to work this out from"), tag{v.say("niet bekend", "not known"), "stil"}
	case r.Unknown:
		line.Value, line.State = v.say("nog niet ingevuld", "not filled in yet"), tag{v.say("niet bekend", "not known"), "stil"}
	case o.Reached:
		line.Value, line.On, line.State = strconv.Itoa(r.Value), r.On, tag{v.say("gehaald", "reached"), "goed"}
	default:
		line.Value, line.On, line.State = strconv.Itoa(r.Value), r.On, tag{v.say("nog niet gehaald", "not reached yet"), "let"}
	}
	return line
}

// fillInObjective keeps a value that somebody filled in.
func (s *Site) fillInObjective(v *visit) error {
	id := v.field("doel")
	value, wrong := strconv.Atoi(v.field("waarde-" + id))
	err := error(fault.New(fault.Invalid, "Schrijf een heel getal.", "Write a whole number."))
	if wrong == nil {
		err = s.office.FillIn(v.ctx(), v.actor, changes.ObjectiveID(id), value)
	}
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		text := v.say("Schrijf een heel getal van 0 tot en met 1000000.", "Write a whole number from 0 to 1000000.")
		page, err := s.objectivesPage(v, v.r.PostForm, text)
		if err != nil {
			return err
		}
		return objectivesView.refuse(v, page, problems{{"waarde-" + id, text}})
	}
	if err != nil {
		return err
	}
	return v.done("doel", "/doelen")
}
