package web

import (
	"net/url"
	"strconv"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// An erasuresPage lists who left, what waits for somebody who confirms it, and what was erased.
type erasuresPage struct {
	Waiting []waitingErasure
	Leavers []leaver
	Done    []doneErasure
	Months  int // that people are kept; 0: for ever
}

// A waitingErasure is one that somebody asked for.
type waitingErasure struct {
	ID        string
	Person    staff.PersonID
	Name      string
	Requester string
	On        calendar.Date
	Own       bool // asked by the visitor, or about them: somebody else confirms it
}

// A leaver is somebody who works here no more.
type leaver struct {
	Person  staff.PersonID
	Name    string
	LastDay calendar.Date
}

// A doneErasure is one that was carried out.
type doneErasure struct {
	Pseudonym string
	On        calendar.Date
	Confirmer string // empty: the time was over
	Rows      int
}

var (
	erasuresView  = declare[erasuresPage]("erasures.html")
	erasureView   = declare[erasurePage]("erasure.html")
	retentionView = declare[retentionPage]("retention.html")
)

// erasures shows what there is to erase.
func (s *Site) erasures(v *visit) error {
	all, err := s.office.Erasures(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	kept, err := s.office.Retentions(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	page := erasuresPage{Months: kept[0].Months}
	for _, e := range all.Waiting {
		page.Waiting = append(page.Waiting, waitingErasure{e.ID, e.Person, e.Name, e.Requester, calendar.On(e.RequestedAt), e.RequestedBy == v.actor.Person || e.Person == v.actor.Person})
	}
	for _, l := range all.Leavers {
		page.Leavers = append(page.Leavers, leaver{l.Person, l.Name, l.LastDay})
	}
	for _, e := range all.Done {
		page.Done = append(page.Done, doneErasure{string(e.Person), calendar.On(e.ErasedAt), e.Confirmer, e.Removed})
	}
	return erasuresView.show(v, page)
}

// An erasurePage tells before somebody is erased what goes and what stays.
type erasurePage struct {
	Person  staff.PersonID
	Name    string
	LastDay calendar.Date
	Goes    []goes
	Leads   []string        // teams
	Waiting *waitingErasure // nil: nobody asked for it yet
}

// A goes is a kind of what is erased, and how many rows of it there are.
type goes struct {
	What string
	Rows int
}

// askErasure shows what erasing somebody would do.
func (s *Site) askErasure(v *visit) error {
	e, err := s.office.Erasable(v.ctx(), v.actor, staff.PersonID(v.r.PathValue("persoon")))
	if err != nil {
		return err
	}
	page := erasurePage{Person: e.ID, Name: e.Name(), LastDay: e.LastDay, Leads: e.Leads}
	for _, trace := range academy.Traces() {
		if n := e.Rows[trace]; n > 0 {
			page.Goes = append(page.Goes, goes{v.trace(trace), n})
		}
	}
	if w := e.Erasure; w != nil {
		page.Waiting = &waitingErasure{w.ID, w.Person, w.Name, w.Requester, calendar.On(w.RequestedAt), w.RequestedBy == v.actor.Person}
	}
	return erasureView.show(v, page)
}

// trace says what a kind of rows is about.
func (l language) trace(t academy.Trace) string {
	switch t {
	case academy.TraceAccount:
		return l.say("Naam, e-mailadres en inloggen", "Name, e-mail address and logging in")
	case academy.TraceWork:
		return l.say("Werk: teams, rollen en aanwijzingen", "Work: teams, roles and designations")
	case academy.TraceLearning:
		return l.say("Lessen, toetsen en antwoorden", "Lessons, quizzes and answers")
	case academy.TraceEvidence:
		return l.say("Bewijs, documenten en praktijkbeoordelingen", "Evidence, documents and assessments at work")
	case academy.TraceCertificates:
		return l.say("Certificaten en hun perioden", "Certificates and their periods")
	case academy.TraceDuties:
		return l.say("Taken, besluiten en herinneringen", "Duties, decisions and reminders")
	case academy.TraceTraining:
		return l.say("Inschrijvingen voor groepstraining", "Enrolments in group training")
	case academy.TraceMessages:
		return l.say("Berichten en mails", "Messages and mails")
	case academy.TraceLooks:
		return l.say("Wie meekeek", "Who looked at the record")
	}
	return l.say("Lijsten die deze persoon heeft ingelezen", "Lists that this person brought in")
}

// requestErasure asks for it.
func (s *Site) requestErasure(v *visit) error {
	if _, err := s.office.RequestErasure(v.ctx(), v.actor, staff.PersonID(v.r.PathValue("persoon"))); err != nil {
		return err
	}
	return v.done("wissen-gevraagd", "/wissen")
}

// endErasure confirms or withdraws what somebody asked.
func (s *Site) endErasure(v *visit) error {
	id := v.r.PathValue("verzoek")
	if v.field("doe") == "intrekken" {
		if err := s.office.WithdrawErasure(v.ctx(), v.actor, id); err != nil {
			return err
		}
		return v.done("wissen-terug", "/wissen")
	}
	if err := s.office.ConfirmErasure(v.ctx(), v.actor, id); err != nil {
		return err
	}
	return v.done("gewist", "/wissen")
}

// A retentionPage asks how long things are kept.
type retentionPage struct {
	Fields []formField
	Asked  []shorterRetention // waits for somebody who confirms it
}

// A shorterRetention is that somebody asked to keep something shorter.
type shorterRetention struct {
	Class     academy.RetentionClass
	Months    int
	Requester string
	On        calendar.Date
	Own       bool // asked by the visitor: somebody else confirms it
	Erased    []leaver
	Documents int
	Leave     int
}

// shorter tells what waits.
func (s *Site) shorter(v *visit) ([]shorterRetention, error) {
	waiting, err := s.office.WaitingRetentions(v.ctx(), v.actor)
	all := make([]shorterRetention, len(waiting))
	for i, w := range waiting {
		all[i] = shorterRetention{Class: w.Class, Months: w.Months, Requester: w.Requester, On: calendar.On(w.RequestedAt), Own: w.RequestedBy == v.actor.Person, Documents: w.Documents, Leave: w.Leave}
		for _, l := range w.Erased {
			all[i].Erased = append(all[i].Erased, leaver{l.Person, l.Name, l.LastDay})
		}
	}
	return all, err
}

// askRetention shows how long things are kept.
func (s *Site) askRetention(v *visit) error {
	kept, err := s.office.Retentions(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	values := make(url.Values)
	for _, r := range kept {
		values.Set(string(r.Class), strconv.Itoa(r.Months))
		values.Set(string(r.Class)+"-basis", r.Basis)
	}
	asked, err := s.shorter(v)
	if err != nil {
		return err
	}
	return retentionView.show(v, retentionPage{v.retentionFields(values, nil), asked})
}

// setRetention keeps what was chosen, where all of it is right.
func (s *Site) setRetention(v *visit) error {
	class := academy.RetentionClass(v.field("soort"))
	switch v.field("doe") {
	case "bevestig":
		months, err := strconv.Atoi(v.field("maanden"))
		if err != nil {
			months = -1
		}
		if err := s.office.ConfirmRetention(v.ctx(), v.actor, class, months); err != nil {
			return err
		}
		return v.done("bewaartermijn", "/bewaartermijnen")
	case "intrekken":
		if err := s.office.WithdrawRetention(v.ctx(), v.actor, class); err != nil {
			return err
		}
		return v.done("wissen-terug", "/bewaartermijnen")
	}
	var found problems
	kept, err := s.office.Retentions(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	for i, r := range kept {
		if !v.r.PostForm.Has(string(r.Class)) {
			continue
		}
		if kept[i].Months, err = strconv.Atoi(v.field(string(r.Class))); err != nil {
			kept[i].Months = -1
		}
		kept[i].Basis = v.field(string(r.Class) + "-basis")
	}
	if err := s.office.SetRetention(v.ctx(), v.actor, kept...); err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return err
		}
		fields := v.retentionFields(v.r.PostForm, err)
		for _, f := range fields {
			if f.Problem != "" {
				found = append(found, problem{f.ID, f.Problem})
			}
		}
		asked, err := s.shorter(v)
		if err != nil {
			return err
		}
		return retentionView.refuse(v, retentionPage{fields, asked}, found)
	}
	if asked, err := s.shorter(v); err != nil || len(asked) > 0 {
		if err != nil {
			return err
		}
		return v.redirect("/bewaartermijnen") // it tells what waits
	}
	return v.done("bewaartermijn", "/bewaartermijnen")
}

func (v *visit) retentionFields(values url.Values, wrong error) []formField {
	months := v.say("In maanden. 0: altijd bewaren.", "In months. 0: keep for ever.")
	fields := []formField{
		{ID: "leavers", Label: v.say("Mensen die weg zijn: zo lang na hun laatste dag", "People who left: so long after their last day"), Hint: months, Type: "text", Class: "kort"},
		{ID: "leavers-basis", Label: v.say("Waar staat dat?", "Where is that written?"), Hint: v.say("Bijvoorbeeld het nummer in de selectielijst.", "For example the number in the selection list."), Type: "text", Class: "lang"},
		{ID: "documents", Label: v.say("Documenten van goedgekeurd bewijs: zo lang na het einde van het certificaat", "Documents of accepted evidence: so long after the end of the certificate"), Hint: months, Type: "text", Class: "kort"},
		{ID: "documents-basis", Label: v.say("Waar staat dat van documenten?", "Where is that written of documents?"), Type: "text", Class: "lang"},
		{ID: "leave", Label: v.say("Verlof en piket: zo lang na de laatste dag", "Leave and time on call: so long after the last day"), Hint: months, Type: "text", Class: "kort"},
		{ID: "leave-basis", Label: v.say("Waar staat dat van verlof?", "Where is that written of leave?"), Type: "text", Class: "lang"},
	}
	label := func(id string) string {
		for _, f := range fields {
			if f.ID == id {
				return f.Label
			}
		}
		return ""
	}
	found := v.problemsOf(wrong, label)
	for i, f := range fields {
		fields[i].Value, fields[i].Problem = values.Get(f.ID), found.At(f.ID)
	}
	return fields
}
