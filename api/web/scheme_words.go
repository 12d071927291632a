package web

import (
	"fmt"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// months writes a stretch: "12 maanden".
func (l language) months(n int) string { return l.count(n, "maand", "maanden", "month", "months") }

// origin says where an obligation comes from.
func (l language) origin(o certificates.Origin) string {
	switch o {
	case certificates.OriginLaw:
		return l.say("wet", "law")
	case certificates.OriginCAO:
		return l.say("cao", "collective agreement")
	case certificates.OriginNorm:
		return l.say("norm", "norm")
	case certificates.OriginFunction:
		return l.say("functie", "function")
	case certificates.OriginPolicy:
		return l.say("beleid", "policy")
	}
	return l.say("vrijwillig", "voluntary")
}

// componentKind says how a component is shown.
func (l language) componentKind(k certificates.ComponentKind) string {
	switch k {
	case certificates.ComponentCourse:
		return l.say("cursus van ons", "course of ours")
	case certificates.ComponentObserved:
		return l.say("vaardigheid op het werk", "skill at work")
	case certificates.ComponentDesignation:
		return l.say("aanwijzing of besluit", "designation or decision")
	}
	return l.say("diploma van elders", "diploma from elsewhere")
}

// validity says in one sentence how long a scheme holds.
func (l language) validity(s certificates.Scheme) string {
	switch s.Method {
	case certificates.MethodNever:
		return l.say("Geldt zonder einddatum", "Valid without an end")
	case certificates.MethodFixed:
		return l.say("Geldt tot %s, minstens %s", "Valid until %s, at least %s", l.anchor(s), l.months(s.MinimumMonths))
	}
	return l.say("Geldt %s", "Valid for %s", l.months(s.Months))
}

// renewal says when a scheme is renewed; empty where it never is.
func (l language) renewal(s certificates.Scheme) string {
	if s.Method == certificates.MethodNever {
		return ""
	}
	text := l.say("vernieuwen pas na het einde", "renew after the end only")
	if s.WindowMonths > 0 {
		text = l.say("vernieuwen vanaf %s voor het einde", "renew from %s before the end", l.months(s.WindowMonths))
	}
	if s.GraceMonths > 0 {
		return text + l.say(", daarna %s uitloop", ", then %s grace", l.months(s.GraceMonths))
	}
	return text + l.say(", geen uitloop", ", no grace")
}

// anchor writes the day of the year on which periods under a scheme end: "1 december".
func (l language) anchor(s certificates.Scheme) string {
	if s.AnchorMonth < 1 || s.AnchorMonth > 12 || s.AnchorDay < 1 {
		return ""
	}
	date := l.date(calendar.New(2023, s.AnchorMonth, s.AnchorDay))
	return strings.TrimSuffix(date, " 2023")
}

// method says how dates are reckoned, in a few words, and with an example.
func (l language) method(m certificates.Method) (name, example string) {
	switch m {
	case certificates.MethodCompletion:
		return l.say("Vanaf de dag dat iemand het haalt", "From the day somebody completes it"),
			l.say("Gehaald op 1 maart 2027? Dan geldt het vanaf die dag. Wie vroeg vernieuwt, verliest de dagen die nog over waren.", "Completed on 1 March 2027? Then it holds from that day. Whoever renews early loses the days that were left.")
	case certificates.MethodPrevious:
		return l.say("Altijd aansluitend op de vorige periode", "Always following the period before"),
			l.say("De vorige liep tot en met 11 februari? De nieuwe ook, een jaar later. Vroeg vernieuwen kost niets, te laat vernieuwen levert niets op.", "The one before ran until 11 February? So does the new one, a year later. Renewing early costs nothing, renewing late gains nothing.")
	case certificates.MethodLater:
		return l.say("Aansluitend, maar wie te laat is begint op die dag", "Following, but whoever is late begins that day"),
			l.say("Op tijd gehaald? Dan sluit het aan op de vorige periode. Te laat? Dan telt het vanaf de dag van halen.", "Completed in time? Then it follows the period before. Late? Then it counts from the day of completion.")
	case certificates.MethodFixed:
		return l.say("Voor iedereen tot dezelfde dag van het jaar", "For everybody until the same day of the year"),
			l.say("Met 1 december als vaste dag verloopt het bij iedereen op 30 november, zodat je één keer per jaar samen traint.", "With 1 December as the fixed day it ends for everybody on 30 November, so that you train together once a year.")
	}
	return l.say("Zonder einddatum", "Without an end"),
		l.say("Eén keer halen is genoeg, zoals bij een beëdiging.", "Completing it once is enough, as with an oath.")
}

// methods lists them in the order of the form.
var methods = []certificates.Method{certificates.MethodCompletion, certificates.MethodPrevious, certificates.MethodLater, certificates.MethodFixed, certificates.MethodNever}

// caseWords says what a case shows.
func (l language) caseWords(k certificates.CaseKind) string {
	switch k {
	case certificates.CaseWindow:
		return l.say("vernieuwt in het venster", "renews in the window")
	case certificates.CaseAgain:
		return l.say("vernieuwt nog een keer", "renews once more")
	case certificates.CaseEarly:
		return l.say("is te vroeg", "is too early")
	case certificates.CaseLater:
		return l.say("wacht op het venster", "waits for the window")
	case certificates.CaseGrace:
		return l.say("is te laat, nog in de uitloop", "is late, still in the grace")
	case certificates.CaseLapsed:
		return l.say("is te laat, na de uitloop", "is late, after the grace")
	}
	return l.say("begint nu", "begins now")
}

// hours writes minutes as hours, as people fill them in: "0,5".
func hours(minutes int) string {
	if minutes == 0 {
		return ""
	}
	text := strconv.FormatFloat(float64(minutes)/60, 'f', 2, 64)
	return strings.Replace(strings.TrimSuffix(strings.TrimRight(text, "0"), "."), ".", ",", 1)
}

// number writes a number as people fill it in; nothing for none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
