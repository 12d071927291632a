package web

import (
	"net/url"
	"slices"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

var objectiveEditView = declare[changeStepPage]("objective_edit.html", narrow)

// askObjective asks for a new objective, or changes the one of the address.
func (s *Site) askObjective(v *visit) error {
	o, err := s.objectiveOf(v)
	if err != nil {
		return err
	}
	values := url.Values{
		"text": {o.Text}, "indicator": {o.Indicator}, "norm": {strconv.Itoa(o.Norm)}, "atMost": {""}, "until": {dayValue(o.Until)}, "measure": {string(o.Measure)}, "scheme": {string(o.Scheme)}, "role": {string(o.Role)},
		"process": {string(o.Process)}, "change": {string(o.Change)}, "teams": texts(o.Teams),
	}
	if o.AtMost {
		values.Set("atMost", "1")
	}
	return s.showObjective(v, o, values, nil)
}

// objectiveOf reads the objective of the address; a new one where that names none.
func (s *Site) objectiveOf(v *visit) (changes.Objective, error) {
	id := changes.ObjectiveID(v.r.PathValue("doel"))
	if id == "" {
		return changes.Objective{Measure: changes.ByHand, Teams: v.actor.Leads}, nil
	}
	d, err := s.office.Objectives(v.ctx(), v.actor)
	if err != nil {
		return changes.Objective{}, err
	}
	for _, o := range d.Objectives {
		if o.ID == id {
			return o.Objective, nil
		}
	}
	return changes.Objective{}, noSuchPage
}

// sendObjective keeps what was filled in.
func (s *Site) sendObjective(v *visit) error {
	o, err := s.objectiveOf(v)
	if err != nil {
		return err
	}
	o.Text, o.Indicator, o.Norm, o.AtMost, o.Until, o.Measure = v.field("text"), v.field("indicator"), v.wholeNumber("norm"), v.field("atMost") != "", v.typedDay("until"), changes.Measure(v.field("measure"))
	o.Scheme, o.Role, o.Process, o.Change, o.Teams = certificates.SchemeKey(v.field("scheme")), staff.RoleID(v.field("role")), staff.ActivityID(v.field("process")), changes.ID(v.field("change")), keysOf[staff.TeamID](v.r.PostForm["teams"])
	if o.ID == "" {
		_, err = s.office.AddObjective(v.ctx(), v.actor, o)
	} else {
		err = s.office.SaveObjective(v.ctx(), v.actor, o)
	}
	if fault.KindOf(err) == fault.Invalid {
		return s.showObjective(v, o, v.r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return v.done("bewaard", "/doelen")
}

func (s *Site) showObjective(v *visit, o changes.Objective, values url.Values, wrong error) error {
	names, err := s.office.ChangeNames(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	all, err := s.office.Changes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	nothing := option{Name: "–"}
	belongs, measures := []option{nothing}, []option{}
	for _, c := range all {
		belongs = append(belongs, option{Value: string(c.ID), Name: c.Title})
	}
	for _, m := range changes.Measures() {
		measures = append(measures, option{Value: string(m), Name: v.measure(m)})
	}
	page := changeStepPage{Here: "/doelen/nieuw", Title: v.say("Nieuw doel", "New objective")}
	if v.r.PathValue("doel") != "" {
		page.Here, page.Title = "/doelen/"+url.PathEscape(string(o.ID)), v.say("Doel wijzigen", "Change the objective")
	}
	pick := func(options []option) []optionGroup {
		return []optionGroup{{Options: append([]option{nothing}, options...)}}
	}
	page.Texts = []formField{{ID: "text", Label: v.say("Wat willen we bereiken?", "What do we want to reach?")}}
	page.Fields = []formField{
		{ID: "indicator", Label: v.say("Waaraan zien we dat?", "By what do we see that?"), Hint: v.say("Bijvoorbeeld: % aanvragen binnen 5 werkdagen.", "For example: % of applications within 5 working days."), Type: "text", Class: "lang"},
		{ID: "norm", Label: v.say("Norm", "Norm"), Type: "text", Class: "kort"},
		{ID: "atMost", Label: v.say("De norm is", "The norm is"), Groups: []optionGroup{{Options: []option{{Value: "", Name: v.say("minstens dit getal", "at least this number")}, {Value: "1", Name: v.say("hoogstens dit getal", "at most this number")}}}}},
		{ID: "until", Label: v.say("Wanneer moet het bereikt zijn?", "By when must it be reached?"), Type: "date", Class: "kort"},
		{ID: "measure", Label: v.say("Hoe weten we hoe het staat?", "How do we know how it stands?"), Groups: []optionGroup{{Options: measures}}},
		{ID: "scheme", Label: v.say("Bij certificaten: welke regeling?", "For certificates: which scheme?"), Groups: pick(optionsOf(names.Schemes))},
		{ID: "role", Label: v.say("…en van welke rol? Leeg: iedereen", "…and of which role? Empty: everybody"), Groups: pick(optionsOf(names.Roles))},
		{ID: "process", Label: v.say("Bij bezetting: welk proces?", "For staffing: which process?"), Groups: pick(optionsOf(names.Processes))},
		{ID: "change", Label: v.say("Hoort bij de wijziging", "Belongs to the change"), Groups: []optionGroup{{Options: belongs}}},
	}
	teams := checkSet{ID: "teams", Label: v.say("Welke teams zijn samen verantwoordelijk?", "Which teams are responsible together?")}
	for _, o := range optionsOf(names.Teams) {
		if v.actor.MayForAll(staff.SetObjectives) || slices.Contains(v.actor.Leads, staff.TeamID(o.Value)) || slices.Contains(values["teams"], o.Value) {
			teams.Options = append(teams.Options, o)
		}
	}
	page.Sets = []checkSet{teams}
	page.fill(values, v.problemsOf(wrong, func(string) string { return "" }))
	if wrong != nil {
		return objectiveEditView.refuse(v, page, page.Problems)
	}
	return objectiveEditView.show(v, page)
}

// measure says how the value of an indicator is found.
func (l language) measure(m changes.Measure) string {
	switch m {
	case changes.ByCertificate:
		return l.say("we tellen wie een certificaat heeft (%)", "we count who holds a certificate (%)")
	case changes.ByReceipts:
		return l.say("we rekenen hoe snel bulletins gelezen zijn (dagen)", "we work out how soon bulletins were read (days)")
	case changes.ByStaffing:
		return l.say("we tellen dagen met te weinig mensen", "we count days with too few people")
	case changes.ByHolders:
		return l.say("we tellen onderwerpen met minder dan twee kennisdragers", "we count topics with fewer than two knowledge holders")
	case changes.ByResults:
		return l.say("we rekenen hoeveel er goed is in toetsen over wijzigingen (%)", "we work out how much is right in quizzes about changes (%)")
	case changes.ByRelease:
		return l.say("we rekenen hoeveel gebruikers van een nieuwe versie geschoold zijn (%)", "we work out how many users of a new release are trained (%)")
	case changes.ByTalks:
		return l.say("we tellen wie het afgelopen jaar over een plan sprak (%)", "we count who talked about a plan in the last year (%)")
	case changes.ByShadowing:
		return l.say("we tellen wie met een collega meeliep", "we count who shadowed a colleague")
	case changes.ByExchanges:
		return l.say("we tellen stages en meelopen", "we count placements and shadowing")
	}
	return l.say("iemand vult het in", "somebody fills it in")
}
