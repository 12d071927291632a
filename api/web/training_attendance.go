package web

import (
	"bekwaam/courses/academy"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
	"bekwaam/courses/training"
)

// An attendancePage is the list of who was at a group training: to fill in, or to print and have signed.
type attendancePage struct {
	trainingLine
	Supplier string
	Begun    bool
	People   []attendanceLine
	Open     bool // a line may still change
}

// An attendanceLine is one participant.
type attendanceLine struct {
	ID        staff.PersonID
	Name      string
	Problem   string
	Confirmed bool
	Now       string // what was recorded
	Choices   []option
}

var attendanceView = declare[attendancePage]("training_attendance.html")

// attendance shows the list.
func (s *Site) attendance(v *visit) error {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	page := v.attendancePage(one, func(p academy.Participant) string {
		return chosenAttendance(attendanceChoices(one.Session, one.Rules), p.Enrolment).value
	})
	return attendanceView.show(v, page)
}

// attendancePage makes the page, with what is chosen for each participant.
func (v *visit) attendancePage(one academy.SessionView, chosen func(academy.Participant) string) attendancePage {
	page := attendancePage{trainingLine: v.trainingLine(one), Supplier: one.Supplier, Begun: one.Begun(v.moment.Office)}
	choices := attendanceChoices(one.Session, one.Rules)
	for _, p := range one.Participants {
		if p.Waiting > 0 {
			continue
		}
		line := attendanceLine{ID: p.Person, Name: p.Name, Confirmed: p.Confirmed()}
		for _, c := range choices {
			line.Choices = append(line.Choices, option{Value: c.value, Name: v.say(c.dutch, c.english)})
		}
		choose(chosen(p), line.Choices...)
		now := chosenAttendance(choices, p.Enrolment)
		line.Now = v.say(now.dutch, now.english)
		page.Open = page.Open || !line.Confirmed
		page.People = append(page.People, line)
	}
	return page
}

// recordAttendance keeps the whole list in one act.
func (s *Site) recordAttendance(v *visit) error {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	choices := attendanceChoices(one.Session, one.Rules)
	var lines []training.Line
	for _, p := range one.Participants {
		if p.Waiting > 0 {
			continue
		}
		line := chosenAttendance(choices, p.Enrolment).Line
		if !p.Confirmed() {
			line = training.Line{}
			for _, c := range choices {
				if c.value == v.field("uitslag-"+string(p.Person)) {
					line = c.Line
				}
			}
		}
		line.Person = p.Person
		lines = append(lines, line)
	}
	if err := s.office.RecordAttendance(v.ctx(), v.actor, one.ID, lines); err != nil {
		return err
	}
	return v.done("lijst", "/groepstraining/"+string(one.ID)+"/bevestigen")
}

// A confirmPage says what confirming the list does, or did, for each participant.
type confirmPage struct {
	trainingLine
	Scheme  string
	Lines   []confirmLine
	Ready   bool   // the visitor may confirm something
	Blocked string // why they may not
	Done    bool   // all of it is confirmed
}

// A confirmLine is one participant.
type confirmLine struct {
	Name, Was, Leads string
	Confirmed        bool // it was confirmed before
}

var confirmView = declare[confirmPage]("training_confirm.html")

// askConfirmation shows what would happen: the office does it and keeps nothing.
func (s *Site) askConfirmation(v *visit) error {
	id := training.SessionID(v.r.PathValue("training"))
	one, err := s.office.Session(v.ctx(), v.actor, id)
	if err != nil {
		return err
	}
	page := confirmPage{trainingLine: v.trainingLine(one), Scheme: one.Rules.Title, Done: one.State == training.Held}
	led, err := s.office.ForeseeConfirmation(v.ctx(), v.actor, id)
	if kind := fault.KindOf(err); kind == fault.Forbidden || kind == fault.Conflict {
		f := fault.Of(err)
		page.Blocked = v.say(f.Dutch, f.English)
		led, err = s.office.Consequences(v.ctx(), v.actor, id)
	}
	if err != nil {
		return err
	}
	before := make(map[staff.PersonID]bool)
	for _, p := range one.Participants {
		before[p.Person] = p.Confirmed()
	}
	choices := attendanceChoices(one.Session, one.Rules)
	for _, c := range led {
		was := chosenAttendance(choices, c.Enrolment)
		line := confirmLine{Name: c.Name, Was: v.say(was.dutch, was.english), Leads: v.consequence(c, one.Rules.Title), Confirmed: before[c.Person]}
		page.Lines = append(page.Lines, line)
		page.Ready = page.Ready || c.Confirmed && !line.Confirmed
	}
	return confirmView.show(v, page)
}

// confirmAttendance confirms it.
func (s *Site) confirmAttendance(v *visit) error {
	id := training.SessionID(v.r.PathValue("training"))
	if _, err := s.office.ConfirmAttendance(v.ctx(), v.actor, id); err != nil {
		return err
	}
	return v.done("bevestigd", "/groepstraining/"+string(id)+"/bevestigen")
}
