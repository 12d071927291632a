package web

import (
	"bekwaam/certificates"
	"bekwaam/courses/academy"
)

// A badge is a state in a word, with its class: "goed", "let", "fout" or "stil".
type badge struct{ Word, Tone string }

// progress says how somebody is doing.
func (l language) progress(p academy.Progress) badge {
	switch p {
	case academy.ProgressLate:
		return badge{l.say("Te laat", "Overdue"), "fout"}
	case academy.ProgressOpen:
		return badge{l.say("Iets te doen", "Something to do"), "let"}
	case academy.ProgressAway:
		return badge{l.say("Afwezig", "Away"), "stil"}
	}
	return badge{l.say("Helemaal bij", "Up to date"), "goed"}
}

// standing says how somebody stands with a scheme.
func (l language) standing(s certificates.Standing) badge {
	switch s {
	case certificates.Missing:
		return badge{l.say("Ontbreekt", "Missing"), "fout"}
	case certificates.Lapsing:
		return badge{l.say("Verlopen", "Expired"), "fout"}
	case certificates.InGrace:
		return badge{l.say("In uitloop", "In grace"), "fout"}
	case certificates.Expiring:
		return badge{l.say("Loopt af", "Expiring"), "let"}
	case certificates.Starting:
		return badge{l.say("Nog te halen", "Still to obtain"), "let"}
	case certificates.Paused:
		return badge{l.say("Afwezig", "Away"), "stil"}
	case certificates.Exempted:
		return badge{l.say("Vrijgesteld", "Exempt"), "stil"}
	case certificates.NotAsked:
		return badge{l.say("Niet gevraagd", "Not asked"), "stil"}
	}
	return badge{l.say("Geldig", "Valid"), "goed"}
}

// dutyState says where a task stands.
func (v *visit) dutyState(t academy.Task) badge {
	switch t.State() {
	case academy.DutyDone:
		return badge{v.say("Gedaan op %s", "Done on %s", v.date(t.DoneOn)), "goed"}
	case academy.DutyEnded:
		return badge{v.say("Niet meer gevraagd sinds %s", "Not asked since %s", v.date(t.EndedOn)), "stil"}
	case academy.DutyPaused:
		return badge{v.say("Wacht", "Waits"), "stil"}
	}
	tag, near := v.due(t)
	switch {
	case t.Overdue():
		return badge{tag, "fout"}
	case near:
		return badge{tag, "let"}
	}
	return badge{tag, ""}
}

// decisionKind names a kind of decision, and says what it is for.
func (l language) decisionKind(k certificates.DecisionKind) (name, to string) {
	switch k {
	case certificates.Extension:
		return l.say("Uitstel", "Extension"), l.say("Eén taak krijgt een latere laatste dag. Het certificaat verandert niet.", "One duty gets a later last day. The certificate does not change.")
	case certificates.Exemption:
		return l.say("Vrijstelling", "Exemption"), l.say("Een regeling wordt een tijd niet gevraagd.", "A scheme is not asked for some time.")
	case certificates.Absence:
		return l.say("Afwezigheid", "Absence"), l.say("Alle taken wachten tot je collega terug is. Waarom iemand er niet is, bewaren we nooit.", "Every duty waits until your colleague is back. We never keep why somebody is away.")
	case certificates.Early:
		return l.say("Eerder vernieuwen", "Renew earlier"), l.say("Vernieuwen telt al voordat het venster opengaat.", "Renewing counts before the window opens.")
	case certificates.Late:
		return l.say("Later vernieuwen", "Renew later"), l.say("De korte herhaling is nog genoeg na de uitloop.", "The short refresher still suffices after the grace.")
	}
	return l.say("Intrekking", "Revocation"), l.say("Een certificaat of bewijs geldt niet meer. Daarna begint je collega opnieuw.", "A certificate or evidence holds no more. After that your colleague begins anew.")
}

// whatHappens says what a decision does to a duty.
func (v *visit) whatHappens(c academy.DutyChange) string {
	on, title := v.date(c.On), c.Title
	switch c.Kind {
	case certificates.Opened:
		return v.say("Vanaf %s staat de taak %s klaar, uiterlijk te doen op %s.", "From %s the duty %s is there, due on %s.", on, title, v.date(c.DueOn))
	case certificates.Returned:
		return v.say("Vanaf %s wordt %s weer gevraagd, uiterlijk te doen op %s.", "From %s %s is asked again, due on %s.", on, title, v.date(c.DueOn))
	case certificates.Moved:
		return v.say("Vanaf %s heeft de taak %s als laatste dag %s.", "From %s the last day of the duty %s is %s.", on, title, v.date(c.DueOn))
	case certificates.Ended:
		return v.say("Vanaf %s wordt %s niet meer gevraagd.", "From %s %s is not asked any more.", on, title)
	}
	return v.say("Vanaf %s is je collega niet meer bevoegd voor %s.", "From %s your colleague is no longer certified for %s.", on, title)
}
