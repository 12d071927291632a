package web

import (
	"cmp"
	"slices"

	"bekwaam/courses/academy"
	"bekwaam/courses/changes"
	"bekwaam/courses/staff"
)

// changeKind says what changes.
func (l language) changeKind(k changes.Kind) string {
	switch k {
	case changes.Law:
		return l.say("wet", "law")
	case changes.Application:
		return l.say("applicatie", "application")
	case changes.Technology:
		return l.say("techniek", "technology")
	}
	return l.say("samenleving", "society")
}

// changePhase says how far we are.
func (l language) changePhase(p changes.Phase) string {
	switch p {
	case changes.Scanning:
		return l.say("we kijken ernaar", "we look at it")
	case changes.Interpreting:
		return l.say("wat betekent dit voor ons?", "what does it mean for us?")
	case changes.Assessing:
		return l.say("we zoeken uit wat het raakt", "we find out what it touches")
	case changes.Training:
		return l.say("scholing loopt", "training goes on")
	case changes.Introduced:
		return l.say("ingevoerd", "introduced")
	}
	return l.say("geborgd", "secured")
}

// changeState says where a change stands.
func (l language) changeState(s changes.State) tag {
	switch s {
	case changes.Draft:
		return tag{l.say("nog niet bekendgemaakt", "not announced"), "stil"}
	case changes.Published:
		return tag{l.say("bekendgemaakt", "announced"), "let"}
	case changes.Withdrawn:
		return tag{l.say("ingetrokken", "withdrawn"), "stil"}
	}
	return tag{l.say("geldt nu", "in force"), "goed"}
}

// certainty says how sure a day is.
func (l language) certainty(c changes.Certainty) string {
	switch c {
	case changes.Fixed:
		return l.say("staat vast", "certain")
	case changes.Expected:
		return l.say("verwacht", "expected")
	}
	return l.say("in onderzoek", "being investigated")
}

// fromOutside says from whom something comes.
func (l language) fromOutside(o changes.Origin) string {
	switch o {
	case changes.Residents:
		return l.say("onze inwoners", "our residents")
	case changes.Education:
		return l.say("onderwijs", "education")
	case changes.Businesses:
		return l.say("ondernemers", "businesses")
	case changes.Organisations:
		return l.say("maatschappelijke organisaties", "civil organisations")
	case changes.Governments:
		return l.say("andere overheden", "other governments")
	}
	return l.say("de regio", "the region")
}

func (l language) origins(all []changes.Origin) string { return list(all, l.fromOutside) }

// signalFate says what became of a signal.
func (l language) signalFate(f changes.Fate) tag {
	switch f {
	case changes.New:
		return tag{l.say("nieuw", "new"), "let"}
	case changes.Considering:
		return tag{l.say("we zoeken het uit", "being considered"), "let"}
	case changes.Linked:
		return tag{l.say("hoort bij een wijziging", "belongs to a change"), "goed"}
	case changes.Answered:
		return tag{l.say("antwoord in een bulletin", "answered in a bulletin"), "goed"}
	case changes.Improvement:
		return tag{l.say("meteen verbeterd", "improved at once"), "goed"}
	}
	return tag{l.say("niet opgepakt", "not taken up"), "stil"}
}

// verdictWhom says who belongs to a group.
func (l language) verdictWhom(v changes.Verdict, names academy.ChangeNames) string {
	whom := list(v.Roles, func(r staff.RoleID) string { return names.Roles[r] })
	if v.Holders != "" {
		older := l.say("wie %s haalde op een oudere versie", "who got %s on an older version", names.Schemes[v.Holders])
		if whom != "" {
			return whom + "; " + older
		}
		return older
	}
	if v.StartersOnly {
		return whom + l.say(" (alleen wie nieuw begint)", " (newcomers only)")
	}
	return whom
}

// verdictDoes says what a group must do.
func (l language) verdictDoes(v changes.Verdict, names academy.ChangeNames) string {
	switch v.Kind {
	case changes.Read:
		return l.say("lees het bulletin", "read the bulletin")
	case changes.Delta:
		return l.say("doe de korte scholing: %s", "do the short training: %s", names.Schemes[v.Scheme])
	case changes.Full:
		return l.say("doe de hele cursus opnieuw: %s", "do the whole course again: %s", names.Schemes[v.Scheme])
	case changes.Withdraw:
		return l.say("%s telt niet meer", "%s counts no longer", names.Schemes[v.Scheme])
	}
	return l.say("je hoeft niets te doen", "you need not do anything")
}

// workingHours writes minutes as hours: "2,5 uur".
func (l language) workingHours(minutes int) string {
	return l.hours(minutes) + l.say(" uur", " hours")
}

// sortOptions puts choices in order of name.
func sortOptions(options []option) {
	slices.SortFunc(options, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
}
