package staffing

import (
	"cmp"
	"fmt"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/staff"
)

// A Book knows the words for what stands in a forecast.
type Book struct {
	Name   func(staff.PersonID) (dutch, english string) // of somebody whom the reader may not see: "een collega"
	Scheme func(certificates.SchemeKey) certificates.Scheme
}

// Words says a cause: "INT-ID van Marloes van Rijn verloopt op 8 december 2026".
func (b Book) Words(c Cause) (dutch, english string) {
	name, nameEN := b.Name(c.Person)
	switch c.Kind {
	case Expires:
		return fmt.Sprintf("%s van %s verloopt op %s", c.Scheme, name, c.Day.Dutch()), fmt.Sprintf("%s of %s expires on %s", c.Scheme, nameEN, c.Day.English())
	case Revoked:
		return fmt.Sprintf("%s van %s is ingetrokken vanaf %s", c.Scheme, name, c.Day.Dutch()), fmt.Sprintf("%s of %s is revoked from %s", c.Scheme, nameEN, c.Day.English())
	case Outdated:
		return fmt.Sprintf("%s heeft niet geleerd wat er verandert op %s: %s", name, c.Day.Dutch(), c.Change), fmt.Sprintf("%s has not learned what changes on %s: %s", nameEN, c.Day.English(), c.Change)
	case Asks:
		return fmt.Sprintf("dit proces vraagt iets anders vanaf %s", c.Day.Dutch()), fmt.Sprintf("this process asks something else from %s", c.Day.English())
	case Leaves:
		return fmt.Sprintf("%s werkt hier tot en met %s", name, c.Day.AddDays(-1).Dutch()), fmt.Sprintf("%s works here until %s", nameEN, c.Day.AddDays(-1).English())
	case RoleEnds:
		return fmt.Sprintf("de rol van %s doet dit werk niet meer vanaf %s", name, c.Day.Dutch()), fmt.Sprintf("the role of %s does not do this work any more from %s", nameEN, c.Day.English())
	case Certified:
		return fmt.Sprintf("%s van %s gaat in op %s", c.Scheme, name, c.Day.Dutch()), fmt.Sprintf("%s of %s begins on %s", c.Scheme, nameEN, c.Day.English())
	case Begins:
		return fmt.Sprintf("%s begint op %s", name, c.Day.Dutch()), fmt.Sprintf("%s begins on %s", nameEN, c.Day.English())
	}
	return fmt.Sprintf("de rol van %s doet dit werk vanaf %s", name, c.Day.Dutch()), fmt.Sprintf("the role of %s does this work from %s", nameEN, c.Day.English())
}

// SpotWords says in which way a process is vulnerable.
func (b Book) SpotWords(s Spot, today calendar.Date) (dutch, english string) {
	from, fromEN := "Vanaf "+s.Day.Dutch(), "From "+s.Day.English()
	if s.Day <= today {
		from, fromEN = "Nu", "Now"
	}
	switch s.Kind {
	case Nobody:
		return from + " mag niemand dit werk doen.", fromEN + " nobody may do this work."
	case OnMinimum:
		return fmt.Sprintf("%s mogen precies %d mensen dit doen. Dat is het minimum: niemand kan gemist worden.", from, s.Has),
			fmt.Sprintf("%s exactly %d people may do this. That is the minimum: nobody can be missed.", fromEN, s.Has)
	case Unstaffed:
		return fmt.Sprintf("Op %s van %s tot %s: %d aanwezig, %d nodig.", s.Day.Dutch(), s.From, s.To, s.Has, s.Minimum),
			fmt.Sprintf("On %s from %s to %s: %d present, %d needed.", s.Day.English(), s.From, s.To, s.Has, s.Minimum)
	}
	dutch = fmt.Sprintf("%s %s dit doen. Er zijn %d nodig.", from, people(s.Has, "mag 1 mens", "mogen %d mensen"), s.Minimum)
	english = fmt.Sprintf("%s %s do this. %d are needed.", fromEN, people(s.Has, "1 person may", "%d people may"), s.Minimum)
	if s.Lowest < s.Has {
		dutch += fmt.Sprintf(" Op %s zijn het er nog %d.", s.LowestOn.Dutch(), s.Lowest)
		english += fmt.Sprintf(" On %s there are %d left.", s.LowestOn.English(), s.Lowest)
	}
	return dutch, english
}

// people writes a number of people in the singular or the plural.
func people(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(more, n)
}

// ActionWords says what helps, and what is done until then.
func (b Book) ActionWords(a Action, p Process) (dutch, english string) {
	name, nameEN := b.Name(a.Person)
	by, byEN := " zo snel mogelijk", " as soon as possible"
	if !a.By.IsZero() {
		by, byEN = " uiterlijk op "+a.By.Dutch(), " by "+a.By.English()
	}
	switch a.Kind {
	case Cover:
		return fmt.Sprintf("Vraag %s of werken dan kan: %s mag dit doen en staat dan niet op het rooster.", name, name),
			fmt.Sprintf("Ask %s whether they can work then: %s may do this and is not on the roster then.", nameEN, nameEN)
	case Define:
		return "Kies welke rollen dit werk doen. Zonder rol kan niemand het ooit mogen.", "Choose which roles do this work. Without a role nobody can ever be allowed to."
	case Recruit:
		dutch = "Er is niemand met de juiste rol die dit snel kan halen. Geef een collega de rol, of zoek iemand van buiten."
		english = "There is nobody with the right role who can get this soon. Give a colleague the role, or find somebody from outside."
		if p.Shortage != "" {
			dutch, english = dutch+" Tot die tijd: "+p.Shortage, english+" Until then: "+p.Shortage
		}
		return dutch, english
	}
	scheme := b.Scheme(a.Scheme)
	title := fmt.Sprintf("%s (%s)", cmp.Or(scheme.Title, string(a.Scheme)), a.Scheme)
	dutch, english = b.step(a, scheme, name, nameEN, title)
	dutch, english = dutch+by+".", english+byEN+"."
	if a.Also > 0 {
		dutch += " Daarna " + people(a.Also, "is nog 1 andere regeling nodig.", "zijn nog %d andere regelingen nodig.")
		english += " After that " + people(a.Also, "1 more scheme is needed.", "%d more schemes are needed.")
	}
	return dutch, english
}

// step says what somebody does for a scheme, without when.
func (b Book) step(a Action, scheme certificates.Scheme, name, nameEN, title string) (dutch, english string) {
	kind := certificates.ComponentExternal
	if len(scheme.Components) > 0 {
		kind = scheme.Components[0].Kind
	}
	switch {
	case kind == certificates.ComponentDesignation:
		return fmt.Sprintf("Laat %s aanwijzen of benoemen: %s,", name, title), fmt.Sprintf("Have %s designated or appointed: %s,", nameEN, title)
	case a.Kind == Renew && kind == certificates.ComponentCourse:
		return fmt.Sprintf("Laat %s de hertoets doen van %s", name, title), fmt.Sprintf("Let %s do the retest of %s", nameEN, title)
	case a.Kind == Renew && kind == certificates.ComponentExternal:
		return fmt.Sprintf("Laat %s opnieuw examen doen voor %s", name, title), fmt.Sprintf("Let %s sit the exam again for %s", nameEN, title)
	case a.Kind == Renew:
		return fmt.Sprintf("Laat %s de herhaling doen van %s", name, title), fmt.Sprintf("Let %s do the refresher of %s", nameEN, title)
	}
	return fmt.Sprintf("Laat %s dit halen: %s,", name, title), fmt.Sprintf("Let %s obtain %s", nameEN, title)
}
