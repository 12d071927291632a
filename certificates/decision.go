package certificates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A DecisionKind says what somebody decided about the obligations of somebody else. RECERTIFICATION §5.
type DecisionKind string

const (
	Extension  DecisionKind = "extension"  // uitstel: another last day for the duty of one cycle, never for the period
	Exemption  DecisionKind = "exemption"  // vrijstelling: nobody asks the scheme of the person for a stretch of days
	Absence    DecisionKind = "absence"    // afwezigheid: all duties of the person pause; why somebody is away is never kept
	Early      DecisionKind = "early"      // vroege afronding: renewing counts before the window opens, from a day
	Late       DecisionKind = "late"       // late afronding: the refresher still suffices after the grace, until a day
	Revocation DecisionKind = "revocation" // intrekking: a period ends on a day, and its chain with it
)

// DecisionKinds lists every kind.
func DecisionKinds() []DecisionKind {
	return []DecisionKind{Extension, Exemption, Absence, Early, Late, Revocation}
}

// A Decision is taken by somebody else than whom it is about, and logged. It changes no period but the one it revokes.
type Decision struct {
	ID     string
	Kind   DecisionKind
	Person staff.PersonID
	Scheme SchemeKey     // empty for an absence, which is about all of them
	Cycle  int           // of an extension, early or late completion: which one; of a revocation: of the period
	From   calendar.Date // the first day on which it changes anything: of an extension and late completion the day after it would have been too late
	Until  calendar.Date // the last day: of an extension the new due date; of early completion the day before which the person must renew, zero where there is none; zero for a revocation, and for an absence whose end is not known
	Reason string        // the reason kind of an exemption, a sentence to the person otherwise; never of an absence

	TakenBy  staff.PersonID
	TakenAt  time.Time
	UndoneBy staff.PersonID
	UndoneAt time.Time // zero while it stands
}

// Stands reports whether nobody undid the decision.
func (d Decision) Stands() bool { return d.UndoneAt.IsZero() }

// Undoable reports whether a decision can still be undone: it stands and had no effect yet.
func (d Decision) Undoable(on calendar.Date) bool { return d.Stands() && on < d.From }

// On reports whether the decision holds on a day.
func (d Decision) On(day calendar.Date) bool {
	return d.Stands() && day >= d.From && (d.Until.IsZero() || day <= d.Until)
}

// away reports whether the decision keeps the person away on a day.
func (d Decision) away(day calendar.Date) bool { return d.Kind == Absence && d.On(day) }

// concerns reports whether the decision changes what the duty of a cycle asks.
func (d Decision) concerns(kind DecisionKind, cycle int) bool {
	return d.Stands() && d.Kind == kind && d.Cycle == cycle
}

// ExemptionReasons lists why somebody can be exempted: a closed list, in which health has no place.
func ExemptionReasons() []string {
	return []string{"equal-diploma", "other-evidence", "not-this-work", "transitional-rule", "college-decision"}
}

// exemptionWords are the reasons of exemptions as people read them.
var exemptionWords = map[string][2]string{
	"equal-diploma":     {"gelijkwaardig diploma", "equivalent diploma"},
	"other-evidence":    {"ander bewijs", "other evidence"},
	"not-this-work":     {"doet dit werk nu niet", "does not do this work now"},
	"transitional-rule": {"overgangsregeling", "transitional rule"},
	"college-decision":  {"collegebesluit", "decision of the municipal executive"},
}

// Why says why it was decided, as the person reads it: a sentence, or the words of an exemption's reason.
func (d Decision) Why() (dutch, english string) {
	if words, ok := exemptionWords[d.Reason]; ok && d.Kind == Exemption {
		return words[0], words[1]
	}
	return d.Reason, d.Reason
}

var wrongDecision = fault.New(fault.Invalid, "Dit besluit klopt niet:", "This decision is not right:").Because("decision")

const (
	longestReason = 500 // characters
	farthestYears = 10  // from today, in either direction
)

// check reports at once everything that is wrong with a decision by itself, before it is taken on a day: fault.Invalid.
func (d Decision) check(today calendar.Date) error {
	m := mistakes{*wrongDecision}
	switch d.Kind {
	case Extension, Exemption, Late:
		switch {
		case d.Until.IsZero():
			m.wrong("until", "kies een laatste dag", "choose a last day")
		case d.Until < today && d.Kind != Late: // what was completed too late may be accepted afterwards
			m.wrong("until", "kies een dag die nog komt", "choose a day to come")
		case d.Until < d.From:
			m.wrong("until", fmt.Sprintf("kies een dag op of na %s", d.From.Dutch()), fmt.Sprintf("choose a day on or after %s", d.From.English()))
		}
		if d.Kind == Exemption && d.From < today {
			m.wrong("from", "kies vandaag of een latere dag", "choose today or a later day")
		}
	case Early:
		if !d.Until.IsZero() && d.Until < d.From {
			m.wrong("until", fmt.Sprintf("kies een dag op of na %s, of laat dit leeg", d.From.Dutch()), fmt.Sprintf("choose a day on or after %s, or leave this out", d.From.English()))
		}
	case Absence:
		if !d.Until.IsZero() && d.Until < d.From {
			m.wrong("until", "kies een laatste dag na de eerste, of laat hem leeg", "choose a last day after the first, or leave it empty")
		}
	case Revocation:
		if d.From < today {
			m.wrong("from", "trek in per vandaag of een latere dag", "revoke as of today or a later day")
		}
	default:
		m.wrong("kind", "kies wat je besluit", "choose what you decide")
	}
	if d.From.IsZero() {
		m.wrong("from", "kies een eerste dag", "choose a first day")
	}
	m.near("from", d.From, today)
	m.near("until", d.Until, today)
	m.reason(d)
	return m.err()
}

// near checks that a day, where there is one, lies within ten years of today: a year with a digit too many is a slip.
func (m *mistakes) near(field string, day, today calendar.Date) {
	if !day.IsZero() && (day < today.AddMonths(-12*farthestYears) || day > today.AddMonths(12*farthestYears)) {
		m.wrong(field, fmt.Sprintf("kies een dag binnen %d jaar", farthestYears), fmt.Sprintf("choose a day within %d years", farthestYears))
	}
}

// reason checks why something was decided. Why somebody is away is never kept.
func (m *mistakes) reason(d Decision) {
	switch _, listed := exemptionWords[d.Reason]; {
	case d.Kind == Absence && d.Reason != "":
		m.wrong("reason", "schrijf geen reden op: waarom iemand er niet is, bewaren we nooit", "write no reason: we never keep why somebody is away")
	case d.Kind == Absence:
	case d.Kind == Exemption && !listed:
		m.wrong("reason", "kies een reden uit de lijst", "choose a reason from the list")
	case strings.TrimSpace(d.Reason) == "":
		m.wrong("reason", "schrijf waarom, in een zin die de collega leest", "write why, in a sentence the colleague reads")
	case utf8.RuneCountInString(d.Reason) > longestReason:
		m.wrong("reason", fmt.Sprintf("schrijf hoogstens %d tekens", longestReason), fmt.Sprintf("write at most %d characters", longestReason))
	case !utf8.ValidString(d.Reason) || strings.ContainsFunc(d.Reason, func(r rune) bool { return unprintable(r) && r != '\n' && r != '\r' }):
		m.wrong("reason", "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	}
}

// Summary says what was decided, in two languages and to whoever reads it. title is that of the scheme.
func (d Decision) Summary(title string) (dutch, english string) {
	switch from, until := d.From, d.Until; {
	case d.Kind == Extension:
		return fmt.Sprintf("Uitstel voor %s tot en met %s", title, until.Dutch()), fmt.Sprintf("%s is put off until %s", title, until.English())
	case d.Kind == Exemption:
		return fmt.Sprintf("Vrijstelling van %s van %s tot en met %s", title, from.Dutch(), until.Dutch()), fmt.Sprintf("Exemption from %s from %s until %s", title, from.English(), until.English())
	case d.Kind == Absence && until.IsZero():
		return fmt.Sprintf("Afwezig vanaf %s", from.Dutch()), fmt.Sprintf("Away from %s", from.English())
	case d.Kind == Absence:
		return fmt.Sprintf("Afwezig van %s tot en met %s", from.Dutch(), until.Dutch()), fmt.Sprintf("Away from %s until %s", from.English(), until.English())
	case d.Kind == Early && !until.IsZero():
		return fmt.Sprintf("%s vernieuwen moet tussen %s en %s", title, from.Dutch(), until.Dutch()), fmt.Sprintf("%s must be renewed between %s and %s", title, from.English(), until.English())
	case d.Kind == Early:
		return fmt.Sprintf("%s vernieuwen telt vanaf %s", title, from.Dutch()), fmt.Sprintf("Renewing %s counts from %s", title, from.English())
	case d.Kind == Late:
		return fmt.Sprintf("De korte herhaling van %s is genoeg tot en met %s", title, until.Dutch()), fmt.Sprintf("The short refresher of %s suffices until %s", title, until.English())
	default:
		return fmt.Sprintf("%s is ingetrokken per %s", title, from.Dutch()), fmt.Sprintf("%s is revoked as of %s", title, from.English())
	}
}

// Exempt cuts the stretches of exemptions out of demands. What is asked again after one is asked as of a newcomer.
func Exempt(demands []Demand, decisions []Decision) []Demand {
	for _, e := range decisions {
		if e.Kind != Exemption || !e.Stands() {
			continue
		}
		var left []Demand
		for _, d := range demands {
			if before := d; before.From < e.From {
				before.Last = earliest(d.Last, e.From.AddDays(-1))
				left = append(left, before)
			}
			if after := d; !e.Until.IsZero() && (d.Last.IsZero() || d.Last > e.Until) {
				after.From = max(d.From, e.Until.AddDays(1))
				left = append(left, after)
			}
		}
		demands = left
	}
	slices.SortStableFunc(demands, func(a, b Demand) int { return cmp.Compare(a.From, b.From) })
	return demands
}

// why says what a decision does to the file on a day, in two languages; empty where that is nothing.
func (d Decision) why(cycle int, day calendar.Date) (dutch, english string) {
	switch {
	case d.away(day) && d.Until.IsZero():
		return "Deze taak wacht tot je terug bent.", "This duty waits until you are back."
	case d.away(day):
		return fmt.Sprintf("Deze taak wacht tot je terug bent, na %s.", d.Until.Dutch()), fmt.Sprintf("This duty waits until you are back, after %s.", d.Until.English())
	case d.concerns(Extension, cycle):
		return fmt.Sprintf("Je hebt uitstel tot en met %s.", d.Until.Dutch()), fmt.Sprintf("Your due date was put off until %s.", d.Until.English())
	case d.concerns(Early, cycle) && !d.Until.IsZero():
		return fmt.Sprintf("Jij vernieuwt dit tussen %s en %s, omdat er iets verandert: %s.", d.From.Dutch(), d.Until.Dutch(), strings.TrimRight(d.Reason, ".")),
			fmt.Sprintf("You renew this between %s and %s, because something changes: %s.", d.From.English(), d.Until.English(), strings.TrimRight(d.Reason, "."))
	case d.concerns(Early, cycle):
		return fmt.Sprintf("Voor jou telt vernieuwen al vanaf %s.", d.From.Dutch()), fmt.Sprintf("For you renewing counts from %s.", d.From.English())
	case d.concerns(Late, cycle) && day <= d.Until:
		return fmt.Sprintf("Voor jou is de korte herhaling genoeg tot en met %s.", d.Until.Dutch()), fmt.Sprintf("For you the short refresher suffices until %s.", d.Until.English())
	}
	return "", ""
}
