package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/training"
)

// trainingState says where a group training stands.
func (l language) trainingState(s training.State) badge {
	switch s {
	case training.Cancelled:
		return badge{l.say("Gaat niet door", "Does not go on"), "fout"}
	case training.ToRecord:
		return badge{l.say("Lijst nog invullen", "List to be filled in"), "let"}
	case training.ToConfirm:
		return badge{l.say("Wacht op bevestiging", "Waits for confirmation"), "let"}
	case training.Held:
		return badge{l.say("Geweest", "Has been"), "goed"}
	}
	return badge{l.say("Gepland", "Planned"), ""}
}

// places says how many places are left: "3 van de 12 plaatsen vrij".
func (l language) places(v academy.SessionView) string {
	text := l.say("%d van de %s vrij", "%d of the %s free", v.Free, l.count(v.Places, "plaats", "plaatsen", "place", "places"))
	if v.Waiting > 0 {
		text += l.say(", %d op de wachtlijst", ", %d on the waiting list", v.Waiting)
	}
	return text
}

// fund names what pays for training.
func (l language) fund(f training.Fund) string {
	if f == training.Statutory {
		return l.say("verplicht", "statutory")
	}
	return l.say("ontwikkeling", "development")
}

// euro writes an amount: "€ 1.390" or "€ 347,50", in English "€1,390".
func (l language) euro(c training.Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "−", -c
	}
	whole := strconv.FormatInt(int64(c/100), 10)
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + l.say(".", ",") + whole[at:]
	}
	if cents := c % 100; cents > 0 {
		whole += fmt.Sprintf("%s%02d", l.say(",", "."), cents)
	}
	return sign + l.say("€\u00a0", "€") + whole
}

// typedEuro writes an amount as one types it: "1390" or "347,50".
func typedEuro(c training.Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	if c%100 == 0 {
		return fmt.Sprintf("%s%d", sign, c/100)
	}
	return fmt.Sprintf("%s%d,%02d", sign, c/100, c%100)
}

// readEuro reads an amount in euros, as people type it: with a point or a comma before cents, and points between thousands.
func readEuro(text string) (training.Cents, bool) {
	text = strings.NewReplacer("€", "", " ", "", "\u00a0", "", "−", "-").Replace(text)
	digits, negative := strings.CutPrefix(text, "-")
	cents := "00"
	if at := strings.LastIndexAny(digits, ",."); at >= 0 && len(digits)-at-1 <= 2 {
		digits, cents = digits[:at], (digits[at+1:] + "00")[:2]
	}
	groups := strings.FieldsFunc(digits, func(r rune) bool { return r == '.' || r == ',' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(groups) > 1 && len(g) > 3 {
			return 0, false
		}
	}
	amount, err := strconv.ParseUint(cmp.Or(strings.Join(groups, ""), "x")+cents, 10, 48)
	if err != nil {
		return 0, false
	}
	if negative {
		return -training.Cents(amount), true
	}
	return training.Cents(amount), true
}

// shows names what a session shows of its scheme, where that says more than its title: a refresher, or components.
func shows(s training.Session, rules certificates.Scheme) []string {
	if s.Refresher > 0 && s.Refresher <= len(rules.Refreshers) {
		return []string{rules.Refreshers[s.Refresher-1].Title}
	}
	return slices.DeleteFunc(componentNames(rules, s.Components), func(name string) bool { return name == rules.Title })
}

// componentNames names components of a scheme.
func componentNames(rules certificates.Scheme, places []int) []string {
	var names []string
	for _, place := range places {
		if place < len(rules.Components) {
			names = append(names, cmp.Or(rules.Components[place].Title, rules.Title))
		}
	}
	return names
}

// An attendanceChoice is one thing that can be recorded about a participant.
type attendanceChoice struct {
	value string
	training.Line
	dutch, english string
}

// attendanceChoices lists what can be recorded: with more than one component also each of them alone, or all but one.
func attendanceChoices(s training.Session, rules certificates.Scheme) []attendanceChoice {
	choices := []attendanceChoice{
		{"", training.Line{}, "nog niet bekend", "not known yet"},
		{"passed", training.Line{Attendance: training.Present, Result: training.Passed}, "aanwezig, geslaagd", "present, passed"},
		{"failed", training.Line{Attendance: training.Present, Result: training.Failed}, "aanwezig, niet geslaagd", "present, not passed"},
		{"absent", training.Line{Attendance: training.Absent}, "afwezig", "absent"},
	}
	if len(s.Components) < 2 {
		return choices
	}
	partly := func(shown []int) {
		names := strings.Join(componentNames(rules, shown), " + ")
		choices = append(choices, attendanceChoice{"partly" + strings.Trim(fmt.Sprint(shown), "[]"), training.Line{Attendance: training.Present, Result: training.Partly, Shown: shown},
			"aanwezig, alleen gehaald: " + names, "present, passed only: " + names})
	}
	for i, c := range s.Components {
		partly([]int{c})
		if len(s.Components) > 2 {
			partly(slices.Delete(slices.Clone(s.Components), i, i+1))
		}
	}
	return choices
}

// chosenAttendance is the choice that was recorded about somebody.
func chosenAttendance(choices []attendanceChoice, e training.Enrolment) attendanceChoice {
	at := slices.IndexFunc(choices, func(c attendanceChoice) bool {
		return c.Attendance == e.Attendance && c.Result == e.Result && slices.Equal(c.Shown, e.Shown)
	})
	return choices[max(0, at)]
}

// consequence says what confirming leads to for somebody, or led to.
func (v *visit) consequence(c academy.Consequence, title string) string {
	switch {
	case !c.Confirmed:
		return v.say("Iemand anders moet deze regel bevestigen.", "Somebody else must confirm this line.")
	case c.Period != nil && c.Period.ValidUntil.IsZero():
		return v.say("%s, geldig vanaf %s zonder einddatum.", "%s, valid from %s without an end.", title, v.date(c.Period.ValidFrom))
	case c.Period != nil:
		return v.say("%s, geldig van %s tot en met %s.", "%s, valid from %s until and including %s.", title, v.date(c.Period.ValidFrom), v.date(c.Period.ValidUntil))
	case c.Outcome == "" && c.Attendance == training.Absent:
		return v.say("Was er niet. Er verandert niets.", "Was not there. Nothing changes.")
	case c.Outcome == "":
		return v.say("Niet geslaagd. Er verandert niets.", "Not passed. Nothing changes.")
	}
	return v.effect(c.Outcome)
}
