package mobility

import (
	"cmp"
	"slices"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A Return is the no of one party to one text of a plan, with what should be different.
type Return struct {
	Party Party
	By    staff.PersonID
	On    calendar.Date
	Text  int // the revision that was read
	Words string
}

// A Pause is a time in which nothing of a plan is to be done.
type Pause struct {
	From  calendar.Date
	Until calendar.Date // the last day
	By    staff.PersonID
	Words string
}

// An Evaluation is how somebody looks back on a plan, with what was reached of it on that day.
type Evaluation struct {
	On    calendar.Date
	By    staff.PersonID
	Text  string
	Goals []Goal
}

// A Goal is one thing the role of a plan asks, beside what shows it.
type Goal struct {
	Competence competences.CompetenceID // empty: a certificate
	Scheme     certificates.SchemeKey   // empty: a competence
	Asked      competences.Level        // of a competence
	Has        competences.Level
	Held       bool               // of a certificate
	Source     competences.Source // who or what shows it; empty: nothing does
	Day        calendar.Date      // of that evidence
}

// Reached reports whether the goal is there.
func (g Goal) Reached() bool {
	if g.Competence == "" {
		return g.Held
	}
	return g.Has >= g.Asked
}

// Reached counts the goals that are there.
func Reached(goals []Goal) int {
	n := 0
	for _, g := range goals {
		if g.Reached() {
			n++
		}
	}
	return n
}

// Goals are what a role asks beside what somebody can show: competences in the order of their gaps, then certificates.
func Goals(gaps []competences.Gap, schemes []certificates.SchemeKey, holds func(certificates.SchemeKey) *certificates.Period) []Goal {
	goals := make([]Goal, 0, len(gaps)+len(schemes))
	for _, gap := range gaps {
		g := Goal{Competence: gap.Competence, Asked: gap.Level, Has: gap.Has.Level}
		if e := gap.Has.Because; e != nil {
			g.Source, g.Day = e.Source, e.On
		}
		goals = append(goals, g)
	}
	for _, scheme := range schemes {
		g := Goal{Scheme: scheme}
		if p := holds(scheme); p != nil {
			g.Held, g.Source, g.Day = true, competences.Certificate, p.ValidFrom
		}
		goals = append(goals, g)
	}
	return goals
}

var noReason = fault.New(fault.Invalid, "Schrijf op waarom. De ander moet weten wat er anders moet.", "Write down why. The other must know what should be different.").
	At("words", "schrijf op waarom", "write down why")

// SendBack is the no of a party to a revision: what the others agreed to counts no more, and the plan can be changed.
func (t Track) SendBack(r Return) (Track, error) {
	if r.Words == "" {
		return t, noReason
	}
	if _, err := t.Agree(Agreement{Party: r.Party, By: r.By, On: r.On, Text: r.Text}); err != nil {
		return t, err
	}
	t.Returns = append(slices.Clip(t.Returns), r)
	t.Revision++
	return t, nil
}

// Returned is the no that the track as it is now follows upon; nil where somebody changed it or agreed since, or nobody said
// no.
func (t Track) Returned() *Return {
	if n := len(t.Returns); n > 0 && t.Returns[n-1].Text == t.Revision-1 && len(t.Agreed()) == 0 {
		return &t.Returns[n-1]
	}
	return nil
}

// PausedOn is the pause that a day is part of; nil where there is none.
func (t Track) PausedOn(day calendar.Date) *Pause {
	if n := len(t.Pauses); n > 0 && t.Pauses[n-1].From <= day && day <= t.Pauses[n-1].Until {
		return &t.Pauses[n-1]
	}
	return nil
}

const longestPause = 12 // months

var wrongPause = fault.New(fault.Invalid, "Zo kan het plan niet pauzeren:", "The plan cannot pause this way:").Because("pause")

// Pause lets a running track rest until a day. What is not done comes after it, as it is planned anew, and the day on which the
// person should be ready moves as many days. A pause during a pause takes its place.
func (t Track) Pause(p Pause, replan func(from, by calendar.Date) ([]TrackStep, error)) (Track, error) {
	switch t.Phase() {
	case Stopped:
		return t, itStopped
	case Done:
		return t, everythingDone
	case Draft, Awaiting:
		return t, notAgreed
	case Changing:
		return t, changesNow
	}
	mistakes := *wrongPause
	if p.Words == "" {
		mistakes = *mistakes.At("words", "schrijf op waarom het plan pauzeert; schrijf niets over gezondheid", "write down why the plan pauses; write nothing about health")
	}
	if p.Until <= p.From || p.Until > p.From.AddMonths(longestPause) {
		mistakes = *mistakes.At("until", "kies een dag na vandaag, hoogstens een jaar vooruit", "choose a day after today, at most a year ahead")
	}
	if len(mistakes.Fields) > 0 {
		return t, &mistakes
	}
	longer := int(p.Until - p.From)
	if now := t.PausedOn(p.From); now != nil {
		longer = int(p.Until - now.Until)
	}
	by := max(t.By.AddDays(longer), p.Until.AddDays(1))
	steps, err := replan(p.Until, by)
	if err != nil {
		return t, err
	}
	t.Steps, t.By = steps, by
	t.Pauses = append(slices.Clip(t.Pauses), p)
	return t, nil
}

var changesNow = fault.New(fault.Conflict, "Er wacht een wijziging van dit plan op akkoord. Rond die eerst af.", "A change of this plan waits for agreement. Finish that first.").Because("changing")

var everythingDone = fault.New(fault.Conflict, "Alle stappen zijn klaar. Stoppen of wijzigen hoeft niet meer.", "All steps are done. There is no need to stop or change.").Because("done")

// Stop ends a track before it is done. A track that ran is not stopped without a reason. The same said once more changes
// nothing.
func (t Track) Stop(by staff.PersonID, on calendar.Date, words string) (Track, error) {
	switch t.Phase() {
	case Stopped:
		if t.StoppedBy == by && t.StopWords == words && !t.WentBack {
			return t, nil
		}
		return t, itStopped
	case Done:
		return t, everythingDone
	case Running, Changing:
		if words == "" {
			return t, noReason
		}
	}
	t.Stopped, t.StoppedBy, t.StopWords = on, by, words
	return t, nil
}

var (
	noWayBack   = fault.New(fault.Conflict, "In dit plan is niet afgesproken dat je terug kunt.", "A way back was not agreed in this plan.").Because("no_way_back")
	wayBackOver = fault.New(fault.Conflict, "Terug kan niet meer: de afgesproken dag is voorbij. Bespreek het met je leidinggevende en P&O.", "There is no way back any more: the agreed day is past. Discuss it with your leader and HR.").Because("way_back_over")
)

// GoBack ends a track that ran, also one that is done, because the employee goes back to the old role as was agreed.
func (t Track) GoBack(by staff.PersonID, on calendar.Date, words string) (Track, error) {
	switch phase := t.Phase(); {
	case phase == Stopped && t.WentBack && t.StoppedBy == by && t.StopWords == words:
		return t, nil
	case phase == Stopped:
		return t, itStopped
	case phase == Draft || phase == Awaiting:
		return t, notAgreed
	case t.ReturnTill.IsZero():
		return t, noWayBack
	case on > t.ReturnTill:
		return t, wayBackOver
	case words == "":
		return t, noReason
	}
	t.Stopped, t.StoppedBy, t.StopWords, t.WentBack = on, by, words, true
	return t, nil
}

// Evaluate adds how somebody looks back. It can be done from the agreement on, and after the end. The same on the same day
// is said once.
func (t Track) Evaluate(e Evaluation) (Track, error) {
	if !t.Ran() {
		return t, notAgreed
	}
	if !slices.ContainsFunc(t.Evaluations, func(o Evaluation) bool { return o.On == e.On && o.By == e.By && o.Text == e.Text }) {
		t.Evaluations = append(slices.Clip(t.Evaluations), e)
	}
	return t, nil
}

// Items are the steps that are still to be done, as somebody would write them down anew: items as early as they can, and
// appointments some days later.
func (t Track) Items(later int) []Wanted {
	var wanted []Wanted
	for _, s := range t.Steps {
		if !s.DoneOn.IsZero() {
			continue
		}
		w := Wanted{Item: s.Item, Owner: s.Owner}
		if s.Item == "" {
			w.Title, w.From, w.Until = s.Title, s.From.AddDays(later), s.Until.AddDays(later)
		}
		wanted = append(wanted, w)
	}
	slices.SortStableFunc(wanted, func(a, b Wanted) int { return cmp.Compare(a.Item, b.Item) })
	return wanted
}
