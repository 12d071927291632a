package mobility

import (
	"fmt"
	"slices"
	"strings"

	"bekwaam/courses/competences"
)

// Names tells what people call things.
type Names struct {
	Competence func(competences.CompetenceID) string
	Item       func(competences.ItemID) string
}

func join[T ~string](some []T, between string) string {
	parts := make([]string, len(some))
	for i, s := range some {
		parts[i] = string(s)
	}
	return strings.Join(parts, between)
}

// Hours writes minutes as hours: "62,5 uur", "62.5 hours".
func Hours(minutes int) (dutch, english string) {
	hours := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", float64(minutes)/60), "0"), ".")
	english = hours + " hours"
	if minutes == 60 {
		english = "1 hour"
	}
	return strings.Replace(hours, ".", ",", 1) + " uur", english
}

// Euros writes cents: "€ 2.040", "€2,040.50".
func Euros(cents int) (dutch, english string) {
	whole := fmt.Sprint(cents / 100)
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "." + whole[at:]
	}
	dutch, english = "€ "+whole, "€"+strings.ReplaceAll(whole, ".", ",")
	if rest := cents % 100; rest > 0 {
		dutch, english = dutch+fmt.Sprintf(",%02d", rest), english+fmt.Sprintf(".%02d", rest)
	}
	return dutch, english
}

// Why says what a step is for: what it brings, what needs it, and why it falls when it falls.
func (p Plan) Why(step Step, n Names) (dutch, english string) {
	var nl, en []string
	say := func(dutch, english string) { nl, en = append(nl, dutch), append(en, english) }
	for _, r := range step.Raises {
		say(fmt.Sprintf("%s: van niveau %d naar %d.", n.Competence(r.Competence), r.From, r.To), fmt.Sprintf("%s: from level %d to %d.", n.Competence(r.Competence), r.From, r.To))
	}
	for _, later := range p.Steps {
		if slices.Contains(later.After, step.Item.ID) {
			say("Nodig voor: "+n.Item(later.Item.ID)+".", "Needed for: "+n.Item(later.Item.ID)+".")
		}
	}
	if step.Fixed {
		say("Dit wordt op vaste dagen gegeven.", "This is given on fixed days.")
	}
	if last := step.Item.Until; !last.IsZero() {
		say("Dit kan tot en met "+last.Dutch()+".", "This can be done until "+last.English()+".")
	}
	if step.Item.Statutory {
		say("De wet vraagt dit: het gaat nooit van een persoonlijk budget.", "The law asks this: it never comes out of a personal budget.")
	}
	return strings.Join(nl, " "), strings.Join(en, " ")
}

// Beside compares a plan with the one that takes the fewest hours.
func (p Plan) Beside(first Plan) (dutch, english string) {
	if p.Minutes == first.Minutes && p.Cents == first.Cents {
		return "Dit plan kost de minste uren.", "This plan takes the fewest hours."
	}
	moreNL, moreEN := Hours(p.Minutes - first.Minutes)
	if p.Cents >= first.Cents {
		return moreNL + " meer.", moreEN + " more."
	}
	lessNL, lessEN := Euros(first.Cents - p.Cents)
	return fmt.Sprintf("%s meer, en %s minder.", moreNL, lessNL), fmt.Sprintf("%s more, and %s less.", moreEN, lessEN)
}

// Label says at what a plan is the best of the proposal, by its place; empty where it is not. The place after the last one is that
// of Fastest.
func (p Proposal) Label(place int) (dutch, english string) {
	if place == len(p.Plans) && p.Fastest != nil {
		return "Op tijd", "In time"
	}
	var nl, en []string
	fewest, cheapest, earliest := p.Best()
	for _, best := range []struct {
		place          int
		dutch, english string
	}{{fewest, "minste uren", "fewest hours"}, {cheapest, "goedkoopst", "cheapest"}, {earliest, "eerst klaar", "ready first"}} {
		if best.place == place && len(p.Plans) > 1 {
			nl, en = append(nl, best.dutch), append(en, best.english)
		}
	}
	return capital(strings.Join(nl, ", ")), capital(strings.Join(en, ", "))
}

// capital writes the first letter of a text as a capital.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// When says when a plan is ready beside when it should be.
func (p Plan) When(problem Problem) (dutch, english string) {
	ready, asked := p.Ready, problem.By
	if p.InTime {
		return fmt.Sprintf("Klaar op %s: op tijd.", ready.Dutch()), fmt.Sprintf("Ready on %s: in time.", ready.English())
	}
	return fmt.Sprintf("Klaar op %s: later dan %s. Kies meer uren per week of een latere datum.", ready.Dutch(), asked.Dutch()),
		fmt.Sprintf("Ready on %s: later than %s. Choose more hours a week or a later date.", ready.English(), asked.English())
}

// Why says that nothing on offer closes the gap.
func (o Open) Why(name string) (dutch, english string) {
	dutch = fmt.Sprintf("%s: niveau %d is gevraagd, niveau %d is er.", name, o.Level, o.Has)
	english = fmt.Sprintf("%s: level %d is asked, level %d is there.", name, o.Level, o.Has)
	switch {
	case o.Circle != "":
		circleNL, circleEN := inCircle(o.Circle)
		return dutch + " " + circleNL, english + " " + circleEN
	case o.Late && o.Reaches > o.Has:
		return fmt.Sprintf("%s Leren brengt het tot %d; voor de rest is geen leeraanbod meer dat op tijd klaar is.", dutch, o.Reaches), fmt.Sprintf("%s Learning leads to %d; for the rest no learning is left that is done in time.", english, o.Reaches)
	case o.Late:
		return dutch + " Hiervoor is geen leeraanbod meer dat op tijd klaar is.", english + " No learning is left for this that is done in time."
	case o.Reaches > o.Has:
		return fmt.Sprintf("%s Leren brengt het tot %d; voor de rest is geen leeraanbod.", dutch, o.Reaches), fmt.Sprintf("%s Learning leads to %d; for the rest there is no learning on offer.", english, o.Reaches)
	}
	return dutch + " Hiervoor is geen leeraanbod.", english + " There is no learning on offer for this."
}

// inCircle says what to do about items that each need another of them first.
func inCircle(items string) (dutch, english string) {
	if !strings.Contains(items, ",") {
		return fmt.Sprintf("Hiervoor is geen leeraanbod: %s vraagt zichzelf als eerste stap. Vraag P&O om het leeraanbod te verbeteren.", items),
			fmt.Sprintf("There is no learning on offer for this: %s asks itself as a first step. Ask HR to mend the offer.", items)
	}
	return fmt.Sprintf("Hiervoor is geen leeraanbod: %s vragen elkaar als eerste stap. Vraag P&O om het leeraanbod te verbeteren.", items),
		fmt.Sprintf("There is no learning on offer for this: %s ask each other as a first step. Ask HR to mend the offer.", items)
}

// Why says that nothing on offer leads to a certificate.
func (u Uncertified) Why(title string) (dutch, english string) {
	switch {
	case u.Circle != "":
		circleNL, circleEN := inCircle(u.Circle)
		return title + ": " + circleNL, title + ": " + circleEN
	case u.Late:
		return title + ": hiervoor is geen leeraanbod meer dat op tijd klaar is.", title + ": no learning is left for this that is done in time."
	}
	return title + ": hiervoor is geen leeraanbod.", title + ": there is no learning on offer for this."
}

// Why tells how sure a proposal is that nothing takes fewer hours.
func (p Proposal) Why() (dutch, english string) {
	switch {
	case len(p.Plans) == 0 && len(p.Open) == 0 && len(p.Without) == 0:
		return "Alles wat deze rol vraagt, is er al. Een plan is niet nodig.", "Everything this role asks is there already. No plan is needed."
	case len(p.Plans) == 0 && p.Goals == 0:
		return "Wat er mist, kun je niet leren met ons leeraanbod. Vraag je leidinggevende of je het op het werk kunt laten zien.", "What is missing cannot be learned with what we offer. Ask your leader whether you can show it at work."
	case len(p.Plans) == 0:
		return "Wat er te leren valt, past samen niet in de tijd die er is. Kies meer uren per week.", "What there is to learn does not fit together in the time there is. Choose more hours a week."
	case p.Proven:
		return "Er is geen plan met minder uren.", "There is no plan with fewer hours."
	}
	boundNL, boundEN := Hours(p.Bound)
	return "Er is misschien een plan met minder uren, maar geen met minder dan " + boundNL + ".", "There may be a plan with fewer hours, but none with fewer than " + boundEN + "."
}
