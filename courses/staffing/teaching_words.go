package staffing

import (
	"fmt"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
)

// A GapKind says why learning does not fill a need.
type GapKind string

const (
	TooFew    GapKind = "too-few"    // too few have the role, or are on the roster then
	NoOffer   GapKind = "no-offer"   // nothing on offer leads to what they lack
	TooLate   GapKind = "too-late"   // nobody can learn it in time
	NotAsking GapKind = "not-asking" // who could learn it leaves, or is not asked
)

// A Gap is where a process has too few people whatever is learned.
type Gap struct {
	Need                  // in the month in which most are missing
	Until   calendar.Date // the last day of the last month of it
	Missing int
	Kind    GapKind
	Schemes []certificates.SchemeKey // of NoOffer
}

// When says in which month a need is, and at what time of the week: "in januari 2027, op dinsdag van 13:00 tot 17:00".
func (n Need) When() (dutch, english string) {
	dutch, english = "in "+n.First.DutchMonth(), "in "+n.First.EnglishMonth()
	if n.Pool() {
		return dutch, english
	}
	day := n.First.AddDays((int(n.Day) - int(n.First.Weekday()) + 7) % 7)
	return fmt.Sprintf("%s, op %s van %s tot %s", dutch, day.DutchWeekday(), n.From, n.To), fmt.Sprintf("%s, on %s from %s to %s", english, n.Day, n.From, n.To)
}

// Without says what a process would be with one person fewer than so many, and in how many months that is too few.
func (n Need) Without(with, months int) (dutch, english string) {
	dutch, english = n.When()
	there, thereEN := "is er niemand", "there is nobody"
	if left := with - 1; left > 0 {
		there, thereEN = fmt.Sprintf("%s er %d", plural(left, "is", "zijn"), left), fmt.Sprintf("there %s %d", plural(left, "is", "are"), left)
	}
	dutch = fmt.Sprintf("Zonder dit %s %s: er %s %d nodig.", there, dutch, plural(n.Minimum, "is", "zijn"), n.Minimum)
	english = fmt.Sprintf("Without this %s %s: %d %s needed.", thereEN, english, n.Minimum, plural(n.Minimum, "is", "are"))
	if months > 1 {
		dutch, english = fmt.Sprintf("%s Zo is het in %d maanden.", dutch, months), fmt.Sprintf("%s So it is in %d months.", english, months)
	}
	return dutch, english
}

// Words say what is missing, and what can be done instead.
func (g Gap) Words() (dutch, english string) {
	when, whenEN := g.When()
	dutch = fmt.Sprintf("%s %s nog %d te weinig.", strings.ToUpper(when[:1])+when[1:], plural(g.Missing, "is er", "zijn er"), g.Missing)
	english = fmt.Sprintf("%s there %s still %d too few.", strings.ToUpper(whenEN[:1])+whenEN[1:], plural(g.Missing, "is", "are"), g.Missing)
	if g.Until > g.Last {
		dutch += " Dit speelt tot en met " + g.Until.DutchMonth() + "."
		english += " This goes on until " + g.Until.EnglishMonth() + "."
	}
	helps, helpsEN := g.helps()
	return dutch + " " + helps, english + " " + helpsEN
}

// helps says what can be done instead of learning.
func (g Gap) helps() (dutch, english string) {
	switch g.Kind {
	case TooFew:
		dutch = fmt.Sprintf("Er zijn maar %d mensen met deze rol. Geef een collega de rol, of kies voor werven of lenen.", g.Most)
		english = fmt.Sprintf("Only %d people have this role. Give a colleague the role, or recruit or borrow somebody.", g.Most)
		if !g.Pool() {
			dutch = fmt.Sprintf("Op dat moment staan er maar %d mensen met deze rol op het rooster. Kijk of het rooster anders kan.", g.Most)
			english = fmt.Sprintf("Only %d people with this role are on the roster then. See whether the roster can change.", g.Most)
		}
	case NoOffer:
		keys := make([]string, len(g.Schemes))
		for i, key := range g.Schemes {
			keys[i] = string(key)
		}
		dutch = fmt.Sprintf("Hiervoor is geen leeraanbod: %s. Vraag P&O om aanbod, of kies voor werven of lenen.", strings.Join(keys, ", "))
		english = fmt.Sprintf("There is no learning on offer for this: %s. Ask HR for it, or recruit or borrow somebody.", strings.Join(keys, ", "))
	case TooLate:
		dutch = "Er is niemand die dit binnen de tijd kan leren: werven of lenen."
		english = "Nobody can learn this in time: recruit or borrow somebody."
	default:
		dutch = "Wie dit kan leren, gaat hier weg of is niet gevraagd: werven of lenen."
		english = "Who could learn this leaves, or is not asked: recruit or borrow somebody."
	}
	return dutch, english
}

// plural chooses between the words for one and for another number.
func plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
