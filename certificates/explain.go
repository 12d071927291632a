package certificates

import (
	"fmt"

	"bekwaam/courses/calendar"
)

// Explain says in Dutch and in English how the dates of a next period came about: what P&O reads beside the scheme they
// edit. RECERTIFICATION §8.
func (n Next) Explain(s Scheme, last *Period, completed calendar.Date) (dutch, english []string) {
	say := func(nl, en string) { dutch, english = append(dutch, nl), append(english, en) }
	switch {
	case n.Reason == NoEnd:
		say("Het certificaat heeft geen einddatum. Vernieuwen is niet nodig.", "The certificate has no end. It needs no renewal.")
		return dutch, english
	case n.Reason == BeforeWindow:
		opens := last.WindowOpensOn
		say(fmt.Sprintf("Vernieuwen telt vanaf %s. Het certificaat blijft geldig tot en met %s.", opens.Dutch(), last.ValidUntil.Dutch()),
			fmt.Sprintf("Renewing counts from %s. The certificate stays valid until and including %s.", opens.English(), last.ValidUntil.English()))
		return dutch, english
	case last == nil:
		say("Dit is het eerste certificaat: de volledige scholing.", "This is the first certificate: the full training.")
	case last.RevokedBy(completed):
		say("Het vorige certificaat is ingetrokken: de volledige scholing.", "The certificate before was revoked: the full training.")
	case n.Path == PathInitial:
		say(fmt.Sprintf("De uitloop was voorbij op %s: de volledige scholing.", last.GraceUntil.Dutch()),
			fmt.Sprintf("The grace was over on %s: the full training.", last.GraceUntil.English()))
	case completed > last.ValidUntil:
		say(fmt.Sprintf("Gehaald in de uitloop, die tot en met %s duurde: de korte herhaling is genoeg.", last.GraceUntil.Dutch()),
			fmt.Sprintf("Completed in the grace, which lasted until %s: the short refresher suffices.", last.GraceUntil.English()))
	default:
		say(fmt.Sprintf("Gehaald in het venster, dat openging op %s: de korte herhaling is genoeg.", last.WindowOpensOn.Dutch()),
			fmt.Sprintf("Completed in the window, which opened on %s: the short refresher suffices.", last.WindowOpensOn.English()))
	}
	if n.ValidFrom > completed {
		say(fmt.Sprintf("De nieuwe periode begint na de oude, op %s. Vroeg vernieuwen kost geen dagen.", n.ValidFrom.Dutch()),
			fmt.Sprintf("The new period begins after the old one, on %s. Renewing early costs no days.", n.ValidFrom.English()))
	}
	switch {
	case n.ValidUntil.IsZero():
		say("Er is geen einddatum.", "There is no end.")
		return dutch, english
	case s.Method == MethodFixed:
		year, _, _ := n.ValidUntil.AddDays(1).Civil()
		anchor := calendar.New(year, s.AnchorMonth, s.AnchorDay)
		say(fmt.Sprintf("Elke periode eindigt op de dag voor %s, na minstens %s.", dayOfYear(anchor.Dutch()), monthsDutch(s.MinimumMonths)),
			fmt.Sprintf("Every period ends on the day before %s, after at least %s.", dayOfYear(anchor.English()), monthsEnglish(s.MinimumMonths)))
	case n.Term > 1:
		say(fmt.Sprintf("Dit is termijn %d van %s, gerekend vanaf %s.", n.Term, monthsDutch(s.Months), n.Anchor.Dutch()),
			fmt.Sprintf("This is term %d of %s, reckoned from %s.", n.Term, monthsEnglish(s.Months), n.Anchor.English()))
	default:
		say(fmt.Sprintf("De periode duurt %s vanaf %s.", monthsDutch(s.Months), n.Anchor.Dutch()),
			fmt.Sprintf("The period lasts %s from %s.", monthsEnglish(s.Months), n.Anchor.English()))
	}
	say(fmt.Sprintf("Geldig tot en met %s. Vernieuwen kan vanaf %s.", n.ValidUntil.Dutch(), n.WindowOpensOn.Dutch()),
		fmt.Sprintf("Valid until %s. Renewing is possible from %s.", n.ValidUntil.English(), n.WindowOpensOn.English()))
	return dutch, english
}

// dayOfYear cuts the year off a written date.
func dayOfYear(date string) string { return date[:len(date)-len(" 2026")] }

func monthsDutch(n int) string {
	if n == 1 {
		return "1 maand"
	}
	return fmt.Sprintf("%d maanden", n)
}

func monthsEnglish(n int) string {
	if n == 1 {
		return "1 month"
	}
	return fmt.Sprintf("%d months", n)
}
