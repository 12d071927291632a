package web

import (
	"crypto/rand"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/training"
)

// A trainingFormPage asks what a group training is. Without a scheme it asks that first.
type trainingFormPage struct {
	Path     string // where the form goes
	Back     string
	ID       string // of a new one: sending the form twice plans one training
	New      bool
	Money    bool // it has begun: only what it costs can change
	Scheme   certificates.SchemeKey
	Title    string // of the scheme
	Schemes  []option
	Fields   map[string]formField
	Parts    []option // components to choose from; none where there is one
	Version  int
	Clash    *trainingClash
	Problems problems
}

// A trainingClash is what somebody else saved while the form was open, beside what was filled in.
type trainingClash struct {
	Terms  []term
	Theirs string // the address of a form with what is saved
}

var trainingFormView = declare[trainingFormPage]("training_form.html", narrow)

// askTraining asks for a scheme, or shows the form of the one in the address.
func (s *Site) askTraining(v *visit) error {
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	rules, chosen := schemes[certificates.SchemeKey(v.query("regeling"))]
	if !chosen {
		page := trainingFormPage{Path: "/groepstraining/nieuw", Back: "/groepstraining", New: true}
		for _, o := range schemesByTitle(schemes) {
			if trains(schemes[certificates.SchemeKey(o.Value)]) {
				page.Schemes = append(page.Schemes, o)
			}
		}
		return trainingFormView.show(v, page)
	}
	values := url.Values{"title": {rules.Title}, "elsewhere": {"0"}, "fund": {string(training.Statutory)}, "refresher": {"0"}}
	for _, place := range training.Teachable(rules) {
		values.Add("components", strconv.Itoa(place))
	}
	values.Set("training", rand.Text())
	return trainingFormView.show(v, v.trainingForm(rules, academy.SessionView{}, values, nil))
}

// trains reports whether a group training can show anything of a scheme.
func trains(s certificates.Scheme) bool {
	return len(training.Teachable(s)) > 0 || slices.ContainsFunc(refreshersOf(s), func(o option) bool { return o.Value != "0" })
}

// refreshersOf lists what a group training for a scheme can be: the components themselves, or a refresher.
func refreshersOf(s certificates.Scheme) (options []option) {
	if len(training.Teachable(s)) > 0 {
		options = append(options, option{Value: "0"})
	}
	for i, r := range s.Refreshers {
		if r.Kind == certificates.ComponentExternal || r.Kind == certificates.ComponentObserved {
			options = append(options, option{Value: strconv.Itoa(i + 1), Name: r.Title})
		}
	}
	return options
}

// sendTraining plans a group training.
func (s *Site) sendTraining(v *visit) error {
	schemes, err := s.office.Schemes(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	return s.putTraining(v, schemes[certificates.SchemeKey(v.field("regeling"))], academy.SessionView{})
}

// editTraining shows the form of one that is planned.
func (s *Site) editTraining(v *visit) error {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	return trainingFormView.show(v, v.trainingForm(one.Rules, one, savedTraining(one.Session), nil))
}

// savedTraining is the form as it is saved.
func savedTraining(one training.Session) url.Values {
	values := url.Values{
		"version": {strconv.Itoa(one.Version)}, "title": {one.Title}, "day": {one.Day.String()}, "starts": {one.Starts.String()}, "ends": {one.Ends.String()}, "place": {one.Place}, "supplier": {one.Supplier},
		"places": {strconv.Itoa(one.Places)}, "elsewhere": {strconv.Itoa(one.Elsewhere)}, "cost": {typedEuro(one.Cost)}, "fund": {string(one.Fund)}, "refresher": {strconv.Itoa(one.Refresher)},
	}
	for _, place := range one.Components {
		values.Add("components", strconv.Itoa(place))
	}
	return values
}

// changeTraining changes it.
func (s *Site) changeTraining(v *visit) error {
	one, err := s.office.Session(v.ctx(), v.actor, training.SessionID(v.r.PathValue("training")))
	if err != nil {
		return err
	}
	return s.putTraining(v, one.Rules, one)
}

// putTraining keeps what was sent, or shows the form again.
func (s *Site) putTraining(v *visit, rules certificates.Scheme, was academy.SessionView) error {
	asked, err := readTraining(v.r.PostForm, rules, was.Session, was.ID != "" && was.Begun(v.moment.Office))
	if err == nil {
		if was.ID == "" {
			asked.ID = training.SessionID(v.field("training"))
		} else if asked.Version, err = strconv.Atoi(v.field("version")); err != nil {
			return unreadable
		}
		if _, err = s.office.PutSession(v.ctx(), v.actor, asked); err == nil {
			return v.done("training", "/groepstraining/"+string(asked.ID))
		}
	}
	if f := fault.Of(err); was.ID != "" && f != nil && f.Reason == "stale" {
		return s.clashTraining(v, rules, asked)
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	page := v.trainingForm(rules, was, v.r.PostForm, err)
	return trainingFormView.refuse(v, page, page.Problems)
}

// clashTraining shows the form again, with what somebody else saved beside what was filled in. Sending it once more saves
// what was filled in.
func (s *Site) clashTraining(v *visit, rules certificates.Scheme, asked training.Session) error {
	now, err := s.office.Session(v.ctx(), v.actor, asked.ID)
	if err != nil {
		return err
	}
	v.r.PostForm.Set("version", strconv.Itoa(now.Version))
	page := v.trainingForm(rules, now, v.r.PostForm, nil)
	other, _ := compared(v.trainingTerms(now.Session, rules), v.trainingTerms(asked, rules))
	page.Clash = &trainingClash{other, page.Path}
	page.Problems = problems{{"intussen", v.say("Iemand heeft intussen iets anders bewaard. Kijk hieronder naar de verschillen. Wat jij invulde, staat er nog.", "Somebody saved something else in the meantime. See the differences below. What you filled in is still there.")}}
	return trainingFormView.refuse(v, page, page.Problems)
}

// trainingTerms are all that a form says, in words.
func (v *visit) trainingTerms(s training.Session, rules certificates.Scheme) []term {
	return []term{
		{Label: v.say("Titel", "Title"), New: s.Title}, {Label: v.say("Wat is het?", "What is it?"), New: strings.Join(shows(s, rules), ", ")},
		{Label: v.say("Dag", "Day"), New: v.date(s.Day)}, {Label: v.say("Tijd", "Time"), New: v.times(s)}, {Label: v.say("Plaats", "Place"), New: s.Place},
		{Label: v.say("Wie geeft de training?", "Who gives the training?"), New: s.Supplier}, {Label: v.say("Aantal plaatsen", "Number of places"), New: strconv.Itoa(s.Places)},
		{Label: v.say("Daarvan voor andere gemeenten", "Of those for other municipalities"), New: strconv.Itoa(s.Elsewhere)}, {Label: v.say("Kosten in euro", "Cost in euros"), New: v.euro(s.Cost)},
		{Label: v.say("Uit welk budget?", "From which budget?"), New: v.fund(s.Fund)},
	}
}

// readTraining reads what was sent; fault.Invalid, with its place, where it cannot be read. Of one that has begun it reads
// what it costs only.
func readTraining(values url.Values, rules certificates.Scheme, was training.Session, begun bool) (training.Session, error) {
	wrong := *unreadable
	text := func(field string) string { return strings.TrimSpace(values.Get(field)) }
	s := was
	s.Supplier, s.Fund = text("supplier"), training.Fund(text("fund"))
	var ok bool
	if s.Cost, ok = readEuro(text("cost")); !ok {
		wrong = *wrong.At("cost", "schrijf een bedrag zoals 1390 of 347,50", "write an amount such as 1390 or 347.50")
	}
	if !begun {
		number := func(field string) int {
			n, err := strconv.Atoi(text(field))
			if err != nil {
				wrong = *wrong.At(field, "schrijf een heel getal", "write a whole number")
			}
			return n
		}
		clock := func(field string) training.Clock {
			c, err := training.ParseClock(text(field))
			if err != nil {
				wrong = *wrong.At(field, "schrijf een tijd zoals 09:30", "write a time such as 09:30")
			}
			return c
		}
		s.Title, s.Scheme, s.Place = text("title"), rules.Key, text("place")
		s.Starts, s.Ends, s.Places, s.Elsewhere, s.Refresher = clock("starts"), clock("ends"), number("places"), number("elsewhere"), number("refresher")
		var err error
		if s.Day, err = calendar.Parse(text("day")); err != nil {
			wrong = *wrong.At("day", "kies een dag die bestaat", "choose a day that exists")
		}
		s.Components = shownBy(values, rules, s.Refresher)
	}
	if len(wrong.Fields) > 0 {
		return s, &wrong
	}
	return s, nil
}

// shownBy reads which components somebody who passes has shown: with a refresher the one that it takes the place of.
func shownBy(values url.Values, rules certificates.Scheme, refresher int) []int {
	if refresher > 0 && refresher <= len(rules.Refreshers) {
		return []int{rules.PlaceOfRefresher(refresher)}
	}
	can := training.Teachable(rules)
	if len(can) < 2 {
		return can
	}
	return slices.DeleteFunc(can, func(place int) bool { return !slices.Contains(values["components"], strconv.Itoa(place)) })
}

// trainingForm makes the page of the form; wrong is what is wrong with it.
func (v *visit) trainingForm(rules certificates.Scheme, was academy.SessionView, values url.Values, wrong error) trainingFormPage {
	page := trainingFormPage{Path: "/groepstraining/nieuw", Back: "/groepstraining", ID: values.Get("training"), New: was.ID == "", Scheme: rules.Key, Title: rules.Title}
	if !page.New {
		page.Back = "/groepstraining/" + string(was.ID)
		page.Path, page.Money = page.Back+"/bewerken", was.Begun(v.moment.Office)
		page.Version, _ = strconv.Atoi(values.Get("version")) // what is no number is refused when it is sent
	}
	kinds := refreshersOf(rules)
	for i, o := range kinds {
		if o.Value == "0" {
			kinds[i].Name = v.say("de volledige training", "the full training")
		} else {
			kinds[i].Name = v.say("herhaling: ", "refresher: ") + o.Name
		}
	}
	funds := []option{{Value: string(training.Statutory), Name: v.fund(training.Statutory)}, {Value: string(training.Development), Name: v.fund(training.Development)}}
	paid := v.say("Verplicht is wat wet, cao of het werk vraagt. Het telt als werktijd en kost je collega niets.", "Statutory is what law, cao or the work demand. It counts as working time and costs your colleague nothing.")
	if training.OnStatutoryOnly(rules) {
		funds = funds[:1]
		paid = v.say("Deze scholing moet van wet of cao. Zij komt alleen uit het verplichte budget (artikel 7:611a BW).", "Law or cao demand this training. It comes from the statutory budget only (article 7:611a BW).")
	}
	page.Fields = map[string]formField{
		"title":     {Label: v.say("Titel", "Title"), Type: "text", Class: "lang"},
		"refresher": {Label: v.say("Wat is het?", "What is it?"), Groups: []optionGroup{{"", kinds}}},
		"day":       {Label: v.say("Dag", "Day"), Type: "date", Class: "kort"},
		"starts":    {Label: v.say("Begint om", "Begins at"), Hint: v.say("Zoals 09:30.", "Such as 09:30."), Type: "text", Class: "kort"},
		"ends":      {Label: v.say("Eindigt om", "Ends at"), Type: "text", Class: "kort"},
		"place":     {Label: v.say("Plaats", "Place"), Type: "text", Class: "lang"},
		"supplier":  {Label: v.say("Wie geeft de training?", "Who gives the training?"), Type: "text", Class: "lang"},
		"places":    {Label: v.say("Aantal plaatsen", "Number of places"), Hint: v.say("Alle plaatsen samen. Wie daarna komt, staat op de wachtlijst.", "All places together. Who comes after that is on the waiting list."), Type: "text", Class: "kort"},
		"elsewhere": {Label: v.say("Daarvan voor andere gemeenten", "Of those for other municipalities"), Hint: v.say("Zij betalen hun deel. Vul 0 in als alles voor ons is.", "They pay their share. Write 0 where all are ours."), Type: "text", Class: "kort"},
		"cost":      {Label: v.say("Kosten in euro", "Cost in euros"), Hint: v.say("Van de hele training. Elk team betaalt voor zijn eigen deelnemers.", "Of the whole training. Each team pays for its own participants."), Type: "text", Class: "kort"},
		"fund":      {Label: v.say("Uit welk budget?", "From which budget?"), Hint: paid, Groups: []optionGroup{{"", funds}}},
	}
	page.Problems = v.problemsOf(wrong, func(id string) string { return strings.TrimSuffix(page.Fields[id].Label, "?") })
	for id, field := range page.Fields {
		field.ID, field.Value, field.Problem = id, values.Get(id), page.Problems.At(id)
		for _, g := range field.Groups {
			choose(field.Value, g.Options...)
		}
		page.Fields[id] = field
	}
	if can := training.Teachable(rules); len(can) > 1 && !page.Money {
		for i, name := range componentNames(rules, can) {
			value := strconv.Itoa(can[i])
			page.Parts = append(page.Parts, option{value, name, slices.Contains(values["components"], value)})
		}
	}
	return page
}
