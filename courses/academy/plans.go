package academy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/mobility"
	"bekwaam/courses/staff"
	"bekwaam/courses/store"
)

// A PlanRequest asks for a plan of a person to a role.
type PlanRequest struct {
	Person  staff.PersonID
	Role    staff.RoleID
	By      calendar.Date // when the person would like to be ready
	PerWeek int           // minutes of learning in a usual week
}

// A PlanDraft is what there is to choose from, with what it follows from. Nothing of it is stored.
type PlanDraft struct {
	PlanRequest
	Words
	Name     string // of the person
	Target   staff.Role
	Problem  mobility.Problem
	Match    mobility.Match
	Proposal mobility.Proposal
	Short    []ShortWeek // until the last plan is ready
}

var wrongPlan = fault.New(fault.Invalid, "Zo kunnen we geen plan maken:", "We cannot make a plan this way:").Because("plan")

// The hours per week that a plan may have, in minutes, and how many years ahead it may look.
const (
	leastPerWeek, mostPerWeek = 30, 40 * 60
	mostYears                 = 5
)

// DraftPlan works out how a person could get from what they can do to what a role asks. It stores nothing. Who is not the
// person needs a wish that was shared.
func (o *Office) DraftPlan(ctx context.Context, who staff.Actor, ask PlanRequest) (PlanDraft, error) {
	q := o.db.Read()
	if err := o.mayCompare(ctx, q, who, staff.DraftPlans, ask.Person, ask.Role); err != nil {
		return PlanDraft{}, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return PlanDraft{}, err
	}
	return draftPlan(ctx, q, ask, now.Today())
}

// draftPlan is DraftPlan for whoever may.
func draftPlan(ctx context.Context, q store.Q, ask PlanRequest, today calendar.Date) (d PlanDraft, err error) {
	g, err := readGrowth(ctx, q, ask.Person, today)
	if err != nil {
		return d, err
	}
	mistakes := *wrongPlan
	target, known := g.role(ask.Role)
	profile, described := g.profile(ask.Role)
	switch {
	case !known:
		mistakes = *mistakes.At("role", "deze rol bestaat niet: kies er een uit de lijst", "this role does not exist: choose one from the list")
	case slices.Contains(g.held, ask.Role):
		mistakes = *mistakes.At("role", "deze rol is er al: kies een andere rol", "this role is there already: choose another role")
	case !described:
		mistakes = *mistakes.At("role", "van deze rol staat nog niet op papier wat hij vraagt: vraag P&O om een rolprofiel", "what this role asks is not written down yet: ask HR for a role profile")
	}
	mistakes = *checkTerms(mistakes, ask.By, ask.PerWeek, g.today)
	if len(mistakes.Fields) > 0 {
		return d, &mistakes
	}
	time, err := readLearningTime(ctx, q, ask.Person, g.today, g.today.AddMonths(12*mostYears))
	if err != nil {
		return d, err
	}
	problem, err := planProblem(ctx, q, &g, mobility.Track{Role: ask.Role, Terms: mobility.Terms{By: ask.By, PerWeek: ask.PerWeek}}, time)
	if err != nil {
		return d, err
	}
	d = PlanDraft{
		PlanRequest: ask, Words: g.words(), Name: g.person.Name(), Target: target, Problem: problem, Match: g.match(profile, mobility.ReachOf(problem)), Proposal: mobility.Propose(problem),
	}
	until := problem.From
	for _, p := range d.Proposal.Plans {
		until = max(until, p.Ready)
	}
	d.Short = time.shortWeeks(problem.From, until, ask.PerWeek)
	return d, nil
}

// checkTerms adds what is wrong with a day and a number of minutes per week.
func checkTerms(mistakes fault.Error, by calendar.Date, perWeek int, today calendar.Date) *fault.Error {
	if by <= today || by > today.AddMonths(12*mostYears) {
		mistakes = *mistakes.At("by", "kies een dag die nog komt, hoogstens vijf jaar vooruit", "choose a day that is still to come, at most five years ahead")
	}
	if perWeek < leastPerWeek || perWeek > mostPerWeek {
		mistakes = *mistakes.At("hoursPerWeek", "schrijf op hoeveel uur per week je wilt leren: van 0,5 tot en met 40", "write down how many hours a week you want to learn: from 0.5 to 40")
	}
	return &mistakes
}

// A NewPlan is a plan that somebody wants to keep.
type NewPlan struct {
	PlanRequest
	Items          []competences.ItemID // none: those of the plan with the fewest hours
	mobility.Terms                      // beside By and PerWeek
}

const longestWords = 1000

// text is what is left of a text that people write, without spaces around it.
func checkText(mistakes fault.Error, field, text string) *fault.Error {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) }):
		return mistakes.At(field, "hier staan tekens in die niet mogen", "this has characters that are not allowed")
	case utf8.RuneCountInString(text) > longestWords:
		return mistakes.At(field, fmt.Sprintf("schrijf hoogstens %d tekens", longestWords), fmt.Sprintf("write at most %d characters", longestWords))
	}
	return &mistakes
}

// checkWords checks what people write in a plan, and that the guide works here and is somebody else.
// What stood there before is not asked anew.
func checkWords(ctx context.Context, q store.Q, mistakes fault.Error, person staff.PersonID, t, before mobility.Terms, today calendar.Date) (*fault.Error, error) {
	for _, text := range []struct{ field, text string }{{"words", t.Words}, {"roster", t.Roster}, {"talks", t.Talks}} {
		mistakes = *checkText(mistakes, text.field, text.text)
	}
	if t.Guide != "" {
		teams, err := teamsOf(ctx, q, t.Guide, today)
		if err != nil {
			return nil, err
		}
		if len(teams) == 0 || t.Guide == person {
			mistakes = *mistakes.At("guide", "kies een collega die hier werkt als begeleider, of laat het leeg", "choose a colleague who works here as the guide, or leave it empty")
		}
	}
	for _, day := range []struct {
		field     string
		now, then calendar.Date
	}{{"returnTill", t.ReturnTill, before.ReturnTill}, {"talkOn", t.TalkOn, before.TalkOn}} {
		if !day.now.IsZero() && day.now < today && day.now != day.then {
			mistakes = *mistakes.At(day.field, "kies een dag die nog komt, of laat het leeg", "choose a day that is still to come, or leave it empty")
		}
	}
	if t.LearnDay < 0 || t.LearnDay > 7 {
		mistakes = *mistakes.At("learnDay", "kies een dag van de week, of laat het leeg", "choose a day of the week, or leave it empty")
	}
	return &mistakes, nil
}

var nothingToPlan = fault.New(fault.Conflict, "Er valt niets te plannen: wat er mist, kun je niet leren met ons leeraanbod, of er mist niets.", "There is nothing to plan: what is missing cannot be learned with what we offer, or nothing is missing.").Because("nothing_to_plan")

// SavePlan keeps a plan as a draft, for the person, their leader and HR to see. The same once more answers the same, and made
// is false; another to the same role is fault.Conflict.
func (o *Office) SavePlan(ctx context.Context, who staff.Actor, ask NewPlan) (t mobility.Track, made bool, err error) {
	if err := o.mayCompare(ctx, o.db.Read(), who, staff.WritePlans, ask.Person, ask.Role); err != nil {
		return t, false, err
	}
	if err := o.allowAbout(ctx, who, staff.WritePlans, ask.Person); err != nil {
		return t, false, err
	}
	now, err := o.Now(ctx)
	if err != nil {
		return t, false, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if t, made, err = o.savePlan(ctx, q, now, who, ask); err != nil || !made {
			return err
		}
		return o.askToAgree(ctx, q, now, who, t, planMade)
	})
	return t, made, err
}

func (o *Office) savePlan(ctx context.Context, q store.Q, now Moment, who staff.Actor, ask NewPlan) (t mobility.Track, made bool, err error) {
	ask.Terms.By, ask.Terms.PerWeek = ask.PlanRequest.By, ask.PlanRequest.PerWeek
	d, err := draftPlan(ctx, q, ask.PlanRequest, now.Today())
	if fault.Of(err) != nil && fault.KindOf(err) != fault.Invalid || fault.Of(err) == nil && err != nil {
		return t, false, err
	}
	mistakes, failed := checkWords(ctx, q, *wrongPlan, ask.Person, ask.Terms, mobility.Terms{}, now.Today())
	if failed != nil {
		return t, false, failed
	}
	if mistakes = mistakes.With(err); len(mistakes.Fields) > 0 {
		return t, false, mistakes
	}
	items := ask.Items
	if len(items) == 0 {
		if len(d.Proposal.Plans) == 0 {
			return t, false, nothingToPlan
		}
		for _, s := range d.Proposal.Plans[0].Steps {
			items = append(items, s.Item.ID)
		}
	}
	wanted := make([]mobility.Wanted, len(items))
	for i, id := range items {
		wanted[i].Item = id
	}
	steps, err := mobility.Steps(d.Problem, ask.Person, nil, wanted)
	if err != nil {
		return t, false, err
	}
	t = mobility.Track{ID: newID(), Person: ask.Person, Role: ask.PlanRequest.Role, Terms: ask.Terms, Steps: steps, Revision: 1, DraftedBy: who.Person, DraftedOn: now.Today()}
	if err := store.LockPerson(ctx, q, ask.Person); err != nil {
		return t, false, err
	}
	there, err := store.PlansOf(ctx, q, ask.Person)
	if err != nil {
		return t, false, err
	}
	for _, other := range there {
		if other.Role == t.Role && other.Revision == 1 && other.DraftedBy == t.DraftedBy && other.Terms == t.Terms && slices.Equal(other.Steps, t.Steps) && other.Stopped.IsZero() {
			return other, false, nil
		}
	}
	if err := store.InsertPlan(ctx, q, t); err != nil {
		return t, false, err
	}
	return t, true, store.Write(ctx, q, did(now.Office, who, "plan.drafted", t.Person, t.ID))
}

// A PlanEdit is what a plan should say.
type PlanEdit struct {
	Revision int // that was read
	mobility.Terms
	Steps []mobility.Wanted // beside what is done
}

// RevisePlan lets the person or their leader change a plan that is not done. Everybody agrees again; one that runs goes on
// meanwhile.
func (o *Office) RevisePlan(ctx context.Context, who staff.Actor, id string, edit PlanEdit) (t mobility.Track, err error) {
	now, err := o.Now(ctx)
	if err != nil {
		return t, err
	}
	err = o.inTx(ctx, func(ctx context.Context, q store.Q) error {
		if t, err = o.planFor(ctx, q, who, staff.WritePlans, id); err != nil {
			return err
		}
		if edit.Revision != t.Revision {
			return mobility.ErrChanged
		}
		g, err := readGrowth(ctx, q, t.Person, now.Today())
		if err != nil {
			return err
		}
		time, err := readLearningTime(ctx, q, t.Person, g.today, g.today.AddMonths(12*mostYears))
		if err != nil {
			return err
		}
		time.forget(t.ID)
		mistakes, err := checkWords(ctx, q, *checkTerms(*wrongPlan, edit.By, edit.PerWeek, g.today), t.Person, edit.Terms, t.Terms, g.today)
		if err != nil {
			return err
		}
		for i, w := range edit.Steps {
			if teams, err := teamsOf(ctx, q, w.Owner, g.today); err != nil {
				return err
			} else if w.Owner != "" && len(teams) == 0 {
				mistakes = mistakes.At(fmt.Sprintf("steps[%d].owner", i), "kies een collega die hier werkt", "choose a colleague who works here")
			}
		}
		new := t
		new.Terms = edit.Terms
		problem, err := planProblem(ctx, q, &g, new, time)
		if err != nil {
			return err
		}
		done := only(t.Steps, func(s mobility.TrackStep) bool { return !s.DoneOn.IsZero() })
		steps, err := mobility.Steps(problem, t.Person, done, edit.Steps)
		if mistakes = mistakes.With(err); len(mistakes.Fields) > 0 {
			return mistakes
		}
		read := t.Revision
		if t, err = t.Revise(edit.Terms, steps); err != nil || t.Revision == read {
			return err
		}
		if err := store.UpdatePlan(ctx, q, t, read); err != nil {
			return err
		}
		if !t.Ran() { // what HR agreed to is no more
			if err := store.ReservePlan(ctx, q, t.ID); err != nil {
				return err
			}
		}
		if err := o.askToAgree(ctx, q, now, who, t, planChanged); err != nil {
			return err
		}
		return store.Write(ctx, q, did(now.Office, who, "plan.revised", t.Person, t.ID))
	})
	return t, err
}

var readsOnly = fault.New(fault.Forbidden, "Dit plan kun je lezen, niet wijzigen: dat doen de medewerker en de leidinggevende.", "You can read this plan, not change it: the employee and the leader do that.")

// planFor reads a plan about whose person somebody may do an act, for a change.
func (o *Office) planFor(ctx context.Context, q store.Q, who staff.Actor, act staff.Act, id string) (mobility.Track, error) {
	t, err := store.PlanForUpdate(ctx, q, id)
	if err != nil {
		return t, err
	}
	if act == staff.ReadPlans {
		return t, o.planReader(ctx, who, t)
	}
	err = o.allowAbout(ctx, who, act, t.Person)
	if fault.KindOf(err) == fault.NotFound && err != nil && o.planReader(ctx, who, t) == nil {
		err = readsOnly
	}
	return t, err
}
