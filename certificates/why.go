package certificates

import (
	"fmt"

	"bekwaam/courses/calendar"
)

// Why says in Dutch and in English why the file asks something on a day: one sentence per demand, then what the last
// period has to do with it. RECERTIFICATION §5: why lists all of them.
func (f File) Why(day calendar.Date) (dutch, english []string) {
	say := func(nl, en string) { dutch, english = append(dutch, nl), append(english, en) }
	for _, d := range f.Demanding(day) {
		say(d.why())
	}
	last := f.Last()
	switch {
	case len(dutch) == 0:
	case last == nil:
		say("Je hebt dit nog niet eerder gehaald.", "You have not obtained this before.")
	case last.RevokedBy(day):
		say(fmt.Sprintf("Je certificaat is ingetrokken op %s. Alleen wat je na die dag haalt, telt.", last.RevokedOn.Dutch()),
			fmt.Sprintf("Your certificate was revoked on %s. Only what you complete after that day counts.", last.RevokedOn.English()))
	case last.ValidUntil.IsZero():
	case day <= last.ValidUntil:
		say(fmt.Sprintf("Je certificaat is geldig tot en met %s.", last.ValidUntil.Dutch()),
			fmt.Sprintf("Your certificate is valid until and including %s.", last.ValidUntil.English()))
	case day <= last.GraceUntil:
		say(fmt.Sprintf("Je certificaat was geldig tot en met %s. Tot en met %s is de korte herhaling genoeg.", last.ValidUntil.Dutch(), last.GraceUntil.Dutch()),
			fmt.Sprintf("Your certificate was valid until and including %s. Until and including %s the short refresher suffices.", last.ValidUntil.English(), last.GraceUntil.English()))
	default:
		say(fmt.Sprintf("Je certificaat was geldig tot en met %s. Je begint opnieuw met de volledige scholing.", last.ValidUntil.Dutch()),
			fmt.Sprintf("Your certificate was valid until and including %s. You start again with the full training.", last.ValidUntil.English()))
	}
	for _, d := range f.Decisions {
		if nl, en := d.why(f.Cycle(), day); nl != "" && len(dutch) > 0 {
			say(nl, en)
		}
	}
	return dutch, english
}

func (d Demand) why() (dutch, english string) {
	since, from := d.Held.Dutch(), d.Held.English()
	switch d.SubjectKind {
	case ForEverybody:
		dutch, english = "Iedereen die bij de gemeente werkt, moet dit hebben", "Everybody who works for the municipality needs this"
	case ForRole:
		dutch, english = fmt.Sprintf("Omdat je sinds %s %s bent", since, d.SubjectName), fmt.Sprintf("Because since %s your role is %s", from, d.SubjectName)
	case ForDesignation:
		dutch, english = fmt.Sprintf("Omdat je sinds %s de taak %s hebt", since, d.SubjectName), fmt.Sprintf("Because since %s you have the task %s", from, d.SubjectName)
	case ForTeam:
		dutch, english = fmt.Sprintf("Omdat je sinds %s in het team %s werkt", since, d.SubjectName), fmt.Sprintf("Because since %s you work in the team %s", from, d.SubjectName)
	case ForProcess:
		dutch, english = fmt.Sprintf("Omdat je sinds %s werkt aan %s", since, d.SubjectName), fmt.Sprintf("Because since %s you work on %s", from, d.SubjectName)
	case ForApplication:
		dutch, english = fmt.Sprintf("Omdat je sinds %s werkt met %s", since, d.SubjectName), fmt.Sprintf("Because since %s you work with %s", from, d.SubjectName)
	case ForPerson:
		dutch, english = "Omdat dit met jou is afgesproken", "Because this was agreed with you"
	}
	if d.Fell > d.Held && d.SubjectKind != ForPerson {
		dutch, english = fmt.Sprintf("%s. Dit moet sinds %s", dutch, d.Fell.Dutch()), fmt.Sprintf("%s. This is required since %s", english, d.Fell.English())
	}
	if d.Citation != "" {
		return fmt.Sprintf("%s (%s).", dutch, d.Citation), fmt.Sprintf("%s (%s).", english, d.Citation)
	}
	return dutch + ".", english + "."
}
