package web

import (
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An escalationsPage lists what stays undone.
type escalationsPage struct {
	Waiting  []escalation
	Problems problems
}

// An escalation is a duty that stays undone.
type escalation struct {
	Field  string // the id of its form
	ID     academy.DutyID
	Name   string
	Title  string
	HR     bool // it went on to HR
	On     calendar.Date
	Own    bool
	Answer string // as it was typed
}

var escalationsView = declare[escalationsPage]("escalations.html")

const escalationsPath = "/escalaties"

// escalations shows what waits for somebody to take it up.
func (s *Site) escalations(v *visit) error {
	page, err := v.escalations()
	if err != nil {
		return err
	}
	return escalationsView.show(v, page)
}

func (v *visit) escalations() (page escalationsPage, err error) {
	waiting, err := v.site.office.Escalations(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for i, e := range waiting {
		page.Waiting = append(page.Waiting, escalation{Field: "antwoord-" + strconv.Itoa(i+1), ID: e.DutyID, Name: e.Name, Title: e.Title, HR: e.Level > 1, On: e.On, Own: e.Own})
	}
	return page, nil
}

// answerEscalation says that somebody takes it up.
func (s *Site) answerEscalation(v *visit) error {
	due, err := calendar.Parse(v.field("uiterlijk"))
	cycle, wrong := strconv.Atoi(v.field("ronde"))
	if err != nil || wrong != nil {
		return unreadable
	}
	id := academy.DutyID{Person: staff.PersonID(v.field("persoon")), Scheme: certificates.SchemeKey(v.field("regeling")), Cycle: cycle, DueOn: due}
	err = s.office.AnswerEscalation(v.ctx(), v.actor, id, v.field("antwoord"))
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		page, err := v.escalations()
		if err != nil {
			return err
		}
		for i, e := range page.Waiting {
			if e.ID == id {
				page.Waiting[i].Answer = v.field("antwoord")
				page.Problems = problems{{e.Field, v.say(f.Dutch, f.English)}}
			}
		}
		return escalationsView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("opgepakt", escalationsPath)
}
