package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
)

// A term is one thing that a scheme or a requirement says, in words. Old is what it said before, or what somebody else saved.
type term struct {
	Label, Old, New string
}

// compared puts what was beside what is, term by term: those that differ and those that do not. What neither says is left out.
func compared(old, now []term) (other, same []term) {
	for i, t := range now {
		t.Old = old[i].New
		switch {
		case t.Old != t.New:
			other = append(other, t)
		case t.New != "":
			same = append(same, t)
		}
	}
	return other, same
}

// A clash is what somebody filled in while somebody else saved something else: they choose.
type clash struct {
	Terms   []term // Old: what is saved, New: what was filled in
	Seen    string // the mark of what is saved
	After   int    // the number of the version that follows; 0: there are no versions
	Instead bool   // what is saved may be replaced
	Theirs  string // the address of a form with what is saved
}

// What a clash can end in; the buttons of the form.
const (
	followTheirs  = "daarna"
	replaceTheirs = "vervang"
)

// schemeTerms says everything that a version of a scheme says, always in the same order. titles are those of all schemes.
func (v *visit) schemeTerms(s certificates.Scheme, titles []academy.SchemeOverview) []term {
	none := v.say("geen", "none")
	parts := func(from []certificates.Component) string {
		var words []string
		for _, p := range v.parts(from) {
			text := fmt.Sprintf("%s (%s)", p.Title, p.Kind)
			if len(p.Checklist) > 0 {
				text += ": " + strings.Join(p.Checklist, ", ")
			}
			words = append(words, text)
		}
		return cmp.Or(strings.Join(words, "; "), none)
	}
	var before []string
	for _, p := range prerequisitesOf(s, titles) {
		must := v.say("advies", "advice")
		if p.Hard {
			must = v.say("moet", "must")
		}
		before = append(before, fmt.Sprintf("%s (%s)", p.Title, must))
	}
	slices.Sort(before) // their order means nothing
	finite := func(n int) string {
		if s.Method == certificates.MethodNever {
			return ""
		}
		return v.months(n)
	}
	var fixed, least string
	if s.Method == certificates.MethodFixed {
		fixed, least = v.anchor(s), v.months(s.MinimumMonths)
	}
	method, _ := v.method(s.Method)
	return []term{
		{Label: v.say("Naam", "Name"), New: s.Title},
		{Label: v.say("Code", "Key"), New: string(s.Key)},
		{Label: v.say("Gaat in", "Begins"), New: v.dayOr(s.AppliesFrom, v.say("meteen, en ook voor de tijd ervoor", "at once, and for the time before"))},
		{Label: v.say("Hoe er gerekend wordt", "How it is reckoned"), New: method},
		{Label: v.say("Geldig", "Valid"), New: finite(s.Months)},
		{Label: v.say("Vaste dag", "Fixed day"), New: fixed},
		{Label: v.say("Duurt minstens", "Lasts at least"), New: least},
		{Label: v.say("Venster", "Window"), New: finite(s.WindowMonths)},
		{Label: v.say("Uitloop", "Grace"), New: finite(s.GraceMonths)},
		{Label: v.say("Onderdelen", "Components"), New: parts(s.Components)},
		{Label: v.say("Alles binnen", "All within"), New: v.months(cmp.Or(s.ComponentsWithinMonths, 12))},
		{Label: v.say("Op het werk laten zien", "Shown at work"), New: v.yesNo(s.AssessmentAtWork)},
		{Label: v.say("Herhalingen, om de beurt", "Refreshers, in turn"), New: parts(s.Refreshers)},
		{Label: v.say("Wat eerst komt", "What comes first"), New: cmp.Or(strings.Join(before, "; "), none)},
		{Label: v.say("Uren de eerste keer", "Hours the first time"), New: cmp.Or(hours(s.Minutes), v.say("niet ingevuld", "not filled in"))},
		{Label: v.say("Uren bij vernieuwen", "Hours of a renewal"), New: cmp.Or(hours(s.RefresherMinutes), v.say("even lang", "as long"))},
		{Label: v.say("Herkomst", "Origin"), New: v.origin(s.Origin)},
		{Label: v.say("Artikel of besluit", "Article or decision"), New: cmp.Or(s.Citation, none)},
	}
}

// requirementTerms says everything that a requirement says, always in the same order.
func (v *visit) requirementTerms(r certificates.Requirement) []term {
	return []term{
		{Label: v.say("Eerste dag", "First day"), New: v.dayOr(r.Since, v.say("altijd al", "always"))},
		{Label: v.say("Laatste dag", "Last day"), New: v.dayOr(r.Until, v.say("tot je er een einde aan zet", "until you end it"))},
		{Label: v.say("Inwerktijd", "Induction"), New: v.count(r.InductionDays, "dag", "dagen", "day", "days")},
		{Label: v.say("Niet te laat voor", "Not late before"), New: v.dayOr(r.DueOn, v.say("geen vaste dag", "no fixed day"))},
		{Label: v.say("Alleen voor wie daarna begint", "Only for who begins after that"), New: v.yesNo(r.StartersOnly)},
		{Label: v.say("Herkomst", "Origin"), New: v.origin(r.Origin)},
		{Label: v.say("Artikel of besluit", "Article or decision"), New: cmp.Or(r.Citation, v.say("geen", "none"))},
	}
}

func (l language) dayOr(d calendar.Date, none string) string {
	if d.IsZero() {
		return none
	}
	return l.date(d)
}

func (l language) yesNo(yes bool) string {
	if yes {
		return l.say("ja", "yes")
	}
	return l.say("nee", "no")
}

// schemeWarnings says what somebody may not have meant with a version.
func (v *visit) schemeWarnings(s certificates.Scheme) []string {
	var warnings []string
	if !s.AppliesFrom.IsZero() && s.AppliesFrom < v.moment.Today() {
		warnings = append(warnings, v.say("Deze regeling gaat in op %s. Die dag is al geweest. Wat iemand sinds die dag haalde, telt mee en kan nu al verlopen zijn. Verplicht je de regeling ook vanaf een dag die geweest is, dan kan een taak meteen te laat zijn.",
			"This scheme begins on %s. That day has been. What somebody completed since counts and may have expired by now. If you also require the scheme from a day that has been, a duty can be late at once.", v.date(s.AppliesFrom)))
	}
	if s.Method != certificates.MethodNever && s.WindowMonths == 0 {
		warnings = append(warnings, v.say("Zonder venster kan niemand voor het einde vernieuwen: tussen twee periodes is iedereen een tijd niet gekwalificeerd.", "Without a window nobody can renew before the end: between two periods everybody is not qualified for some time."))
	}
	return warnings
}

// schemeClash puts what was filled in beside the version that somebody else saved.
func (v *visit) schemeClash(draft certificates.Scheme, one academy.SchemeOverview, all []academy.SchemeOverview) *clash {
	newest := one.Versions[len(one.Versions)-1]
	later := newest.Version > 1 && newest.AppliesFrom > v.moment.Today()
	c := &clash{Seen: newest.Mark(), After: newest.Version + 1, Instead: later, Theirs: v.schemeFormAddress(newest, later)}
	c.Terms, _ = compared(v.schemeTerms(newest, all), v.schemeTerms(draft, all))
	return c
}

// overviewOf returns the scheme of a key; false where there is none.
func overviewOf(all []academy.SchemeOverview, key certificates.SchemeKey) (academy.SchemeOverview, bool) {
	at := slices.IndexFunc(all, func(o academy.SchemeOverview) bool { return o.Key == key })
	if at < 0 {
		return academy.SchemeOverview{}, false
	}
	return all[at], true
}
