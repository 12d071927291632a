package web

import (
	"fmt"
	"net/url"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// A correctionPage asks what a confirmed line should have said, and shows what was corrected before.
type correctionPage struct {
	trainingLine
	Path      string
	Name      string
	Now       string // what the line says
	Confirmed bool
	Choices   []option
	Reason    string
	Before    []correctionLine
	Waiting   *correctionLine
	MayJudge  bool   // the visitor may confirm what waits
	Revoke    string // the address where somebody decides on the certificate that followed; empty: nothing to decide
	Stands    string // that address for what stands even where the line becomes less; empty: nothing
	Takes     bool   // what waits takes away something that the line shows
	Problems  problems
}

// A correctionLine is one correction.
type correctionLine struct {
	Was, Now, Reason, By string
	At                   time.Time
	ConfirmedBy          string
}

var correctionView = declare[correctionPage]("training_correction.html", narrow)

// askCorrection shows the form.
func (s *Site) askCorrection(v *visit) error {
	page, err := s.correctionPage(v)
	if err != nil {
		return err
	}
	return correctionView.show(v, page)
}

func (s *Site) correctionPage(v *visit) (correctionPage, error) {
	person := staff.PersonID(v.r.PathValue("persoon"))
	found, err := s.office.CorrectionsOf(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")), person)
	if err != nil {
		return correctionPage{}, err
	}
	choices := attendanceChoices(found.Session.Session, found.Session.Rules)
	words := func(l training.Line) string {
		c := chosenAttendance(choices, training.Enrolment{Attendance: l.Attendance, Result: l.Result, Shown: l.Shown})
		return v.say(c.dutch, c.english)
	}
	p := found.Participant
	page := correctionPage{
		trainingLine: v.trainingLine(found.Session), Name: p.Name, Confirmed: p.Confirmed(), Now: words(training.Line{Attendance: p.Attendance, Result: p.Result, Shown: p.Shown}),
		Path: "/groepstraining/" + string(found.Session.ID) + "/corrigeren/" + url.PathEscape(string(person)),
	}
	for _, c := range choices[1:] {
		page.Choices = append(page.Choices, option{Value: c.value, Name: v.say(c.dutch, c.english)})
	}
	for _, c := range found.Corrections {
		line := correctionLine{Was: words(c.Was), Now: words(c.Line), Reason: c.Reason, By: found.Names[c.CorrectedBy], At: c.CorrectedAt, ConfirmedBy: found.Names[c.ConfirmedBy]}
		if c.Waits() {
			page.Waiting = &line
			page.MayJudge = c.CorrectedBy != v.actor.Person && person != v.actor.Person && v.actor.May(staff.ConfirmSessions)
			continue
		}
		page.Before = append(page.Before, line)
	}
	revoke := func(p *certificates.Period) string {
		if p == nil {
			return ""
		}
		return "/mensen/" + url.PathEscape(string(person)) + "/besluit?" + url.Values{"soort": {string(certificates.Revocation)}, "cycle": {fmt.Sprintf("%s:%d", p.Scheme, p.Cycle)}}.Encode()
	}
	page.Revoke, page.Stands, page.Takes = revoke(found.Revoke), revoke(found.Stands), found.Takes()
	return page, nil
}

// sendCorrection keeps a correction until somebody else confirms it.
func (s *Site) sendCorrection(v *visit) error {
	page, err := s.correctionPage(v)
	if err != nil {
		return err
	}
	id, person := training.SessionID(v.r.PathValue("training")), staff.PersonID(v.r.PathValue("persoon"))
	one, err := s.office.Session(v.ctx(), v.actor, id)
	if err != nil {
		return err
	}
	line := training.Line{Person: person}
	for _, c := range attendanceChoices(one.Session, one.Rules) {
		if c.value == v.field("result") {
			line = c.Line
			line.Person = person
		}
	}
	err = s.office.CorrectAttendance(v.ctx(), v.actor, id, line, v.field("reason"))
	switch {
	case err == nil:
		return v.done("correctie", page.Path)
	case fault.KindOf(err) != fault.Invalid:
		return err
	}
	labels := map[string]string{"result": v.say("Wat had er moeten staan?", "What should it have said?"), "reason": v.say("Wat was er mis?", "What was wrong?")}
	page.Problems = v.problemsOf(err, func(id string) string { return labels[id] })
	page.Reason = v.field("reason")
	choose(v.field("result"), page.Choices...)
	return correctionView.refuse(v, page, page.Problems)
}

// Made marks the correction in a form.
func (c correctionLine) Made() string { return c.At.Format(time.RFC3339Nano) }

// confirmCorrection confirms what waits.
func (s *Site) confirmCorrection(v *visit) error {
	id, person := training.SessionID(v.r.PathValue("training")), v.r.PathValue("persoon")
	made, _ := time.Parse(time.RFC3339Nano, v.field("made")) // anything else is of no correction
	if err := s.office.ConfirmCorrection(v.ctx(), v.actor, id, staff.PersonID(person), made); err != nil {
		return err
	}
	return v.done("gecorrigeerd", "/groepstraining/"+string(id)+"/corrigeren/"+url.PathEscape(person))
}
