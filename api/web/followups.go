package web

import (
	"bekwaam/courses"
	"bekwaam/courses/calendar"
)

// A followUpsPage lists who chose what after a last attempt and waits for somebody. It tells no score.
type followUpsPage struct {
	Waiting []followUp
}

// A followUp is one choice that waits.
type followUp struct {
	Attempt courses.AttemptID
	Name    string
	Course  string
	Choice  string
	On      calendar.Date
	Own     bool // of the visitor, who may not settle it
}

var followUpsView = declare[followUpsPage]("followups.html")

// followUps shows what waits.
func (s *Site) followUps(v *visit) error {
	waiting, err := s.office.FollowUps(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	offered, err := s.offered(v)
	if err != nil {
		return err
	}
	var page followUpsPage
	for _, f := range waiting {
		name, err := s.office.Name(v.ctx(), v.actor, f.Person)
		if err != nil {
			return err
		}
		title := string(f.Course)
		if course, ok := offered[f.Course]; ok {
			title = course.Title
		}
		page.Waiting = append(page.Waiting, followUp{f.Attempt, name, title, v.followUpChoice(f.Choice), calendar.On(f.ChosenAt), f.Person == v.actor.Person})
	}
	return followUpsView.show(v, page)
}

// followUpChoice says what somebody wants.
func (l language) followUpChoice(c courses.FollowUpChoice) string {
	switch c {
	case courses.Talk:
		return l.say("Wil er eerst over praten", "Wants to talk about it first")
	case courses.AssessmentAtWork:
		return l.say("Wil het laten zien op het werk", "Wants to show it at work")
	}
	return l.say("Wil de lessen herlezen met een collega", "Wants to reread the lessons with a colleague")
}

// settleFollowUp says that a choice was carried out.
func (s *Site) settleFollowUp(v *visit) error {
	if err := s.office.SettleFollowUp(v.ctx(), v.actor, courses.AttemptID(v.field("poging"))); err != nil {
		return err
	}
	return v.done("geregeld", "/vervolg")
}
