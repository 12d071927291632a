package competences

import (
	"fmt"

	"bekwaam/courses/staff"
)

// A Book has the names for what stands in a risk.
type Book map[staff.PersonID]string

// Words says how a team stands in a competence, and why: "Alleen Hans Schouten kan dit zelfstandig. Er zijn er 2 nodig."
func (b Book) Words(r Risk) (dutch, english string) {
	switch {
	case r.State == Soon:
		dutch = fmt.Sprintf("Nu %d van de %d.", len(r.Covered), r.Needed)
		english = fmt.Sprintf("Now %d of %d.", len(r.Covered), r.Needed)
	case len(r.Covered) == 0:
		dutch = fmt.Sprintf("Niemand kan dit zelfstandig met wat daarvoor geldig moet zijn. Nodig: %d.", r.Needed)
		english = fmt.Sprintf("Nobody can do this alone with what must be valid for it. Needed: %d.", r.Needed)
	case len(r.Covered) == 1:
		dutch = fmt.Sprintf("Alleen %s kan dit zelfstandig. Nodig: %d.", b[r.Covered[0]], r.Needed)
		english = fmt.Sprintf("Only %s can do this alone. Needed: %d.", b[r.Covered[0]], r.Needed)
	default:
		dutch = fmt.Sprintf("%d kunnen dit zelfstandig. Nodig: %d.", len(r.Covered), r.Needed)
		english = fmt.Sprintf("%d can do this alone. Needed: %d.", len(r.Covered), r.Needed)
	}
	for i, e := range r.Ends {
		if i == mostEnds {
			more := len(r.Ends) - i
			return dutch + fmt.Sprintf(" En nog %d.", more), english + fmt.Sprintf(" And %d more.", more)
		}
		nl, en := b.EndWords(e)
		dutch, english = dutch+" "+nl, english+" "+en
	}
	return dutch, english
}

// mostEnds is how many reasons are written out.
const mostEnds = 3

// EndWords says why somebody will not count any more.
func (b Book) EndWords(e End) (dutch, english string) {
	name := b[e.Person]
	switch e.Kind {
	case Leaves:
		return fmt.Sprintf("%s stopt op %s.", name, e.Last.AddDays(1).Dutch()), fmt.Sprintf("%s leaves on %s.", name, e.Last.AddDays(1).English())
	case ContractEnds:
		return fmt.Sprintf("Het contract van %s loopt tot en met %s.", name, e.Last.Dutch()), fmt.Sprintf("The contract of %s runs until %s.", name, e.Last.English())
	}
	return fmt.Sprintf("Certificaat %s van %s geldt tot en met %s.", e.Scheme, name, e.Last.Dutch()), fmt.Sprintf("Certificate %s of %s is valid until %s.", e.Scheme, name, e.Last.English())
}

// HelpWords says the one thing that helps most. offered tells whether there is learning on offer that brings somebody with a
// level further in a competence.
func (b Book) HelpWords(r Risk, offered bool) (dutch, english string) {
	name := b[r.Help.Person]
	by, byEN := "", ""
	if !r.Help.By.IsZero() {
		by, byEN = " Uiterlijk op "+r.Help.By.Dutch()+".", " By "+r.Help.By.English()+"."
	}
	switch {
	case r.Help.Kind == Renew:
		dutch = fmt.Sprintf("Laat %s %s halen of verlengen.", name, r.Help.Scheme)
		english = fmt.Sprintf("Let %s obtain or renew %s.", name, r.Help.Scheme)
	case r.Help.Kind == Teach && offered:
		dutch = fmt.Sprintf("Vraag %s om dit te leren: nu niveau %d.", name, r.Help.Level)
		english = fmt.Sprintf("Ask %s to learn this: now level %d.", name, r.Help.Level)
	case r.Help.Kind == Teach:
		dutch = fmt.Sprintf("%s is het dichtst bij, met niveau %d, maar hiervoor is geen leeraanbod. Vraag P&O om het te regelen.", name, r.Help.Level)
		english = fmt.Sprintf("%s is nearest, at level %d, but there is no learning on offer for this. Ask HR to arrange it.", name, r.Help.Level)
	default:
		return "Niemand in het team kan hier al iets van. Zoek een collega die het wil leren, of iemand van een ander team.", "Nobody in the team knows any of this yet. Find a colleague who wants to learn it, or somebody of another team."
	}
	return dutch + by, english + byEN
}
