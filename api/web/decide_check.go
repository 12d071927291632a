package web

import (
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// decideCheck puts in words what a decision will do.
func (v *visit) decideCheck(d academy.Dossier, path string, effect academy.Decided) decideCheckPage {
	page := decideCheckPage{
		Name: d.Name(), Path: path, Kind: effect.Kind, Summary: v.say(effect.Summary(effect.Title)), Why: v.say(effect.Decision.Why()),
		Endless: effect.Kind == certificates.Absence && effect.Until.IsZero(), Over: !effect.Until.IsZero() && effect.Until < v.moment.Today(), Undoable: effect.Undoable, Endable: effect.Endable, Last: effect.From.AddDays(-1), To: path + "/besluit", Sent: sent(v.r.PostForm),
	}
	page.KindName, _ = v.decisionKind(effect.Kind)
	page.Numbered = slices.ContainsFunc(d.Certificates, func(c certificates.Certificate) bool {
		return c.Period.Scheme == effect.Scheme && c.Period.Cycle == effect.Cycle
	})
	if task := effect.Retest; task != nil {
		words := v.say("De taak %s verandert: in plaats van de volledige opleiding volstaat de herhaling tot en met %s.", "The duty %s changes: instead of the full training the refresher suffices until and including %s.", task.Title, v.date(effect.Until))
		if task.Course != "" {
			words = v.say("De taak %s verandert: in plaats van de volledige toets volstaat de hertoets tot en met %s.", "The duty %s changes: instead of the full quiz the retest suffices until and including %s.", task.Title, v.date(effect.Until))
		}
		if task.Same {
			words += v.say(" Wat je collega doet, blijft hetzelfde.", " What your colleague does stays the same.")
		}
		page.Happens = append(page.Happens, words)
	}
	for _, c := range effect.Changes {
		page.Happens = append(page.Happens, v.whatHappens(c)+v.lapsesBefore(c))
	}
	for _, c := range effect.Waits {
		page.Waits = append(page.Waits, v.whatWaits(c, effect.Decision))
	}
	for _, p := range effect.Begun {
		words := v.say("Er begint meteen een nieuwe periode op %s, zonder einde.", "A new period begins at once on %s, without an end.", v.date(p.ValidFrom))
		if !p.ValidUntil.IsZero() {
			words = v.say("Er begint meteen een nieuwe periode: %s tot en met %s.", "A new period begins at once: %s until and including %s.", v.date(p.ValidFrom), v.date(p.ValidUntil))
		}
		page.Begins = append(page.Begins, words)
	}
	return page
}

// lapsesBefore warns that a certificate ends before the last day of its duty: more time never makes it hold longer. Empty where
// it does not end before.
func (v *visit) lapsesBefore(c academy.DutyChange) string {
	if c.Last == nil || c.Last.ValidUntil.IsZero() || c.Last.RevokedBy(c.On) || c.Last.ValidUntil >= c.DueOn || c.Kind == certificates.Ended || c.Kind == certificates.Lapsed {
		return ""
	}
	return v.say(" Let op: het certificaat is dan al verlopen, vanaf %s. Tot je collega het weer haalt, is die er niet bevoegd voor.",
		" Mind: the certificate has expired by then, from %s. Until your colleague obtains it again, they are not certified for it.", v.date(c.Last.ValidUntil.AddDays(1)))
}

// whatWaits says what becomes of a duty or a certificate during an absence that does not move it.
func (v *visit) whatWaits(c academy.DutyChange, absence certificates.Decision) string {
	switch {
	case c.Kind == certificates.Lapsed:
		return v.whatHappens(c)
	case absence.Until.IsZero() && c.OpensOn < c.On:
		return v.say("De taak %s wacht.", "The duty %s waits.", c.Title)
	case absence.Until.IsZero():
		return v.say("De taak %s begint op %s en wacht dan.", "The duty %s begins on %s and waits from then.", c.Title, v.date(c.On))
	case c.OpensOn < c.On:
		return v.say("De taak %s wacht. De laatste dag blijft %s.", "The duty %s waits. The last day stays %s.", c.Title, v.date(c.DueOn))
	}
	return v.say("De taak %s begint op %s en wacht dan. De laatste dag blijft %s.", "The duty %s begins on %s and waits from then. The last day stays %s.", c.Title, v.date(c.On), v.date(c.DueOn))
}

// amendDecision undoes a decision, or gives it another last day once the visitor has seen what that does.
func (s *Site) amendDecision(v *visit) error {
	d, path, err := s.decideAbout(v)
	if err != nil {
		return err
	}
	id := v.field("besluit")
	if !slices.ContainsFunc(d.Decisions, func(one academy.DecisionTaken) bool { return one.ID == id }) {
		return noSuchPage
	}
	if v.field("doe") == "terug" {
		if _, err := s.office.UndoDecision(v.ctx(), v.actor, id); err != nil {
			return err
		}
		return v.done("besluit-terug", path+"#besluiten")
	}
	last, err := calendar.Parse(v.field("einde-" + id))
	var effect academy.Decided
	switch {
	case err != nil:
		err = fault.New(fault.Invalid, "", "").At("until", "kies een dag die bestaat", "choose a day that exists")
	case v.field("doe") == "bewaar":
		if effect, err = s.office.EndDecision(v.ctx(), v.actor, id, last); err == nil {
			return v.done(endedNotice(effect), path+"#besluiten")
		}
	default:
		if effect, err = s.office.TryEndDecision(v.ctx(), v.actor, id, last); err == nil {
			page := v.decideCheck(d, path, effect)
			page.Amends, page.To = true, path+"/besluiten"
			return decideCheckView.show(v, page)
		}
	}
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid {
		return err
	}
	page, err := s.personPage(v)
	if err != nil {
		return err
	}
	for _, field := range f.Fields {
		page.Problems = append(page.Problems, problem{"einde-" + id, v.say("Andere laatste dag: ", "Another last day: ") + v.say(field.Dutch, field.English)})
	}
	return personView.refuse(v, page, page.Problems)
}

// endedNotice says what can still be done about another last day.
func endedNotice(taken academy.Decided) notice {
	if taken.Endable {
		return "besluit-einde"
	}
	return "besluit-voorbij"
}
