package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
)

// A whatIfPage tries another rule. The address holds the whole question, so that somebody can send it to a colleague.
type whatIfPage struct {
	Choose   formField   // which scheme
	Title    string      // of the scheme; empty while none is chosen
	Now      string      // what it says today
	Later    []string    // what versions to come say, each with its day
	Key      string      // of the scheme
	Fields   []formField // its rules
	Fixed    []formField // its rules of a fixed day
	OnADay   bool        // a fixed day is asked
	Asked    []formField // who must hold it
	Result   *whatIfResult
	Sheet    string
	Problems problems
}

// A whatIfResult is what another rule would do.
type whatIfResult struct {
	Until     calendar.Date
	Fresh     string
	Sentences []string
	Duties    []whatIfDuty
	More      int // duties that are not shown
	Hours     []whatIfHours
	Lapses    []whatIfLapse
}

// A whatIfDuty is a duty of one person, as it is and as it would be.
type whatIfDuty struct {
	Name, Team string
	What       badge
	Old, New   *certificates.Duty // nil: there is none
}

// A whatIfHours is a month of a team.
type whatIfHours struct{ Team, Month, Old, New string }

// A whatIfLapse is somebody who loses a qualification.
type whatIfLapse struct {
	Name   string
	On     calendar.Date
	Caused bool
	Words  string
}

var whatIfView = declare[whatIfPage]("whatif.html")

// dutiesShown is how many duties a page shows; the file has them all.
const dutiesShown = 200

// whatIf shows what another rule would do.
func (s *Site) whatIf(v *visit) error {
	page, trial, wrong, err := s.whatIfPage(v)
	if err != nil {
		return err
	}
	if len(wrong) == 0 && trial != nil {
		w, err := s.office.TryChange(v.ctx(), v.actor, *trial)
		switch {
		case fault.KindOf(err) == fault.Invalid:
			wrong = v.whatIfProblems(err, page)
		case err != nil:
			return err
		default:
			page.Result = v.whatIfResult(w)
			page.Sheet = "/wat-als/lijst.csv?" + v.r.URL.Query().Encode()
		}
	}
	if len(wrong) > 0 {
		for _, fields := range [][]formField{page.Fields, page.Fixed, page.Asked} {
			for i, f := range fields {
				fields[i].Problem = wrong.At(f.ID)
			}
		}
		page.Problems = wrong
		return whatIfView.refuse(v, page, wrong)
	}
	return whatIfView.show(v, page)
}

// whatIfSheet sends the duties that would change as a file.
func (s *Site) whatIfSheet(v *visit) error {
	_, trial, wrong, err := s.whatIfPage(v)
	if err != nil {
		return err
	}
	if len(wrong) > 0 || trial == nil {
		return unreadable
	}
	w, err := s.office.TryChange(v.ctx(), v.actor, *trial)
	if err != nil {
		return err
	}
	return v.attach("wat-als-"+w.From.String()+".csv", academy.Sheet(w.Rows(v.language == english)))
}

// whatIfPage reads the question: nothing to try while only a scheme is chosen, or none.
func (s *Site) whatIfPage(v *visit) (page whatIfPage, trial *academy.Trial, wrong problems, err error) {
	newest, err := s.office.NewestSchemes(v.ctx(), v.actor)
	if err != nil {
		return page, nil, nil, err
	}
	key := certificates.SchemeKey(v.query("regeling"))
	page.Choose = formField{ID: "regeling", Label: v.say("Welke regeling?", "Which scheme?"), Groups: []optionGroup{{Options: choose(string(key), schemesByTitle(newest)...)}}}
	scheme, there := newest[key]
	switch {
	case key == "":
		return page, nil, nil, nil
	case !there:
		return page, nil, nil, noSuchPage
	}
	one, err := s.office.SchemeOverview(v.ctx(), v.actor, key)
	if err != nil {
		return page, nil, nil, err
	}
	page.Title, page.Key, page.Now = scheme.Title, string(key), v.say("Geldt nog niet", "Does not apply yet")
	for _, version := range one.Versions {
		if version.AppliesFrom <= v.moment.Today() {
			page.Now = v.whatIfTerms(version)
			continue
		}
		page.Later = append(page.Later, v.say("Vanaf %s: ", "From %s: ", v.date(version.AppliesFrom))+v.whatIfTerms(version))
	}
	subjects, err := s.office.RequirementSubjects(v.ctx(), v.actor)
	if err != nil {
		return page, nil, nil, err
	}
	requirements, err := s.office.Requirements(v.ctx(), v.actor)
	if err != nil {
		return page, nil, nil, err
	}
	ask := v.whatIfAsk(scheme)
	page.OnADay = ask.method == string(certificates.MethodFixed)
	page.Fields, page.Fixed, page.Asked = v.whatIfFields(ask), v.whatIfFixed(ask), v.whatIfAsked(ask, subjects, requirements, key)
	trial, wrong = v.trial(ask, scheme)
	return page, trial, wrong, nil
}

// whatIfTerms says how long a version of a scheme is valid and when it is renewed.
func (l language) whatIfTerms(s certificates.Scheme) string {
	if renewal := l.renewal(s); renewal != "" {
		return l.validity(s) + ", " + renewal
	}
	return l.validity(s)
}

// A whatIfAsk is the question as it was written.
type whatIfAsk struct {
	months, window, grace, method, from, whom, days, without string
	anchorDay, anchorMonth, least                            string // of a fixed day
	since, dueOn                                             string // of who must hold it too
}

// whatIfAsk reads the question; what is not asked is as it is now.
func (v *visit) whatIfAsk(s certificates.Scheme) whatIfAsk {
	or := func(name string, now any) string {
		if v.r.URL.Query().Has(name) {
			return v.query(name)
		}
		return fmt.Sprint(now)
	}
	from := or("vanaf", v.moment.Today().AddDays(1))
	return whatIfAsk{
		or("maanden", s.Months), or("venster", s.WindowMonths), or("uitloop", s.GraceMonths), or("methode", s.Method), from,
		v.query("voor"), or("inwerkdagen", 90), v.query("zonder"), or("vaste-dag", number(s.AnchorDay)), or("vaste-maand", number(int(s.AnchorMonth))), or("minstens", number(s.MinimumMonths)),
		or("eerste-dag", from), v.query("niet-voor"),
	}
}

func (v *visit) whatIfFields(ask whatIfAsk) []formField {
	var ways []option
	for _, m := range methods {
		name, _ := v.method(m)
		ways = append(ways, option{Value: string(m), Name: name})
	}
	return []formField{
		{ID: "maanden", Label: v.say("Geldig, in maanden", "Valid, in months"), Type: "text", Class: "kort", Value: ask.months},
		{ID: "venster", Label: v.say("Vernieuwen kan zoveel maanden voor het einde", "Renewing counts so many months before the end"), Type: "text", Class: "kort", Value: ask.window},
		{ID: "uitloop", Label: v.say("Uitloop na het einde, in maanden", "Grace after the end, in months"), Type: "text", Class: "kort", Value: ask.grace},
		{ID: "methode", Label: v.say("Hoe wordt gerekend?", "How is it reckoned?"), Groups: []optionGroup{{Options: choose(ask.method, ways...)}}},
		{ID: "vanaf", Label: v.say("Vanaf welke dag?", "From which day?"), Type: "date", Value: ask.from},
	}
}

// whatIfFixed are the fields of a fixed day.
func (v *visit) whatIfFixed(ask whatIfAsk) []formField {
	return []formField{
		{ID: "vaste-dag", Label: v.say("Vaste dag", "Fixed day"), Type: "text", Class: "kort", Value: ask.anchorDay},
		{ID: "vaste-maand", Label: v.say("van de maand", "of the month"), Groups: []optionGroup{{Options: choose(ask.anchorMonth, v.monthOptions()...)}}},
		{ID: "minstens", Label: v.say("Minstens hoeveel maanden?", "At least how many months?"), Type: "text", Class: "kort", Value: ask.least},
	}
}

// whatIfAsked are the fields about who must hold the scheme.
func (v *visit) whatIfAsked(ask whatIfAsk, subjects certificates.Subjects, requirements []certificates.Requirement, scheme certificates.SchemeKey) []formField {
	whom := []optionGroup{{Options: choose(ask.whom, option{Name: v.say("niemand erbij", "nobody more")}, option{Value: string(certificates.ForEverybody), Name: v.say("iedereen", "everybody")})}}
	for _, kind := range []struct {
		kind   certificates.SubjectKind
		nl, en string
	}{
		{certificates.ForRole, "Wie deze rol heeft", "Who has this role"}, {certificates.ForTeam, "Wie in dit team werkt", "Who works in this team"}, {certificates.ForDesignation, "Wie deze taak heeft", "Who has this task"},
		{certificates.ForProcess, "Wie aan dit proces werkt", "Who works on this process"}, {certificates.ForApplication, "Wie met deze applicatie werkt", "Who works with this application"},
	} {
		var options []option
		for key, name := range subjects[kind.kind] {
			options = append(options, option{Value: string(kind.kind) + ":" + key, Name: name})
		}
		slices.SortFunc(options, func(a, b option) int { return cmp.Compare(a.Name, b.Name) })
		if len(options) > 0 {
			whom = append(whom, optionGroup{v.say(kind.nl, kind.en), choose(ask.whom, options...)})
		}
	}
	without := []option{{Name: v.say("niemand eraf", "nobody less")}}
	for _, r := range requirements {
		if r.Scheme == scheme && (r.Until.IsZero() || r.Until >= v.moment.Today()) {
			without = append(without, option{Value: r.ID, Name: cmp.Or(r.SubjectName, v.say("iedereen", "everybody"))})
		}
	}
	return []formField{
		{ID: "voor", Label: v.say("Wie moet het ook hebben?", "Who must hold it too?"), Groups: whom},
		{ID: "inwerkdagen", Label: v.say("Inwerkdagen voor hen", "Induction days for them"), Type: "text", Class: "kort", Value: ask.days},
		{ID: "eerste-dag", Label: v.say("Eerste dag voor hen", "First day for them"), Hint: v.say("Laat leeg: altijd al.", "Leave empty: always."), Type: "date", Value: ask.since},
		{ID: "niet-voor", Label: v.say("Niet te laat voor", "Not late before"), Type: "date", Value: ask.dueOn},
		{ID: "zonder", Label: v.say("Wie hoeft het niet meer te hebben?", "Who need not hold it any more?"), Groups: []optionGroup{{Options: choose(ask.without, without...)}}},
	}
}

// trial makes of the question what the office tries; nil where nothing is otherwise.
func (v *visit) trial(ask whatIfAsk, now certificates.Scheme) (*academy.Trial, problems) {
	var wrong problems
	number := func(id, text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			wrong = append(wrong, problem{id, v.say("Schrijf een heel getal, zoals 12.", "Write a whole number, such as 12.")})
		}
		return n
	}
	from, err := calendar.Parse(ask.from)
	if err != nil || from <= v.moment.Today() {
		wrong = append(wrong, problem{"vanaf", v.say("Kies een dag die nog komt.", "Choose a day to come.")})
	}
	s := now
	s.Months, s.WindowMonths, s.GraceMonths, s.Method = number("maanden", ask.months), number("venster", ask.window), number("uitloop", ask.grace), certificates.Method(ask.method)
	if s.Method == certificates.MethodNever {
		s.Months, s.WindowMonths, s.GraceMonths = 0, 0, 0
	}
	s.AnchorDay, s.AnchorMonth, s.MinimumMonths = 0, 0, 0
	if s.Method == certificates.MethodFixed {
		s.AnchorDay, s.AnchorMonth, s.MinimumMonths = number("vaste-dag", ask.anchorDay), time.Month(number("vaste-maand", cmp.Or(ask.anchorMonth, "0"))), number("minstens", ask.least)
	}
	t := academy.Trial{}
	if !s.Same(now) {
		s.AppliesFrom = from
		t.Schemes = []certificates.Scheme{s}
	}
	if kind, subject, _ := strings.Cut(ask.whom, ":"); kind != "" {
		day := func(id, text string) calendar.Date {
			if text == "" {
				return 0
			}
			d, err := calendar.Parse(text)
			if err != nil {
				wrong = append(wrong, problem{id, v.say("Kies een dag die bestaat.", "Choose a day that exists.")})
			}
			return d
		}
		t.Requirements = []certificates.Requirement{{
			ID: "wat-als", Scheme: now.Key, SubjectKind: certificates.SubjectKind(kind), Subject: subject, Since: day("eerste-dag", ask.since), DueOn: day("niet-voor", ask.dueOn), InductionDays: number("inwerkdagen", ask.days),
		}}
	}
	if ask.without != "" {
		t.Without = []string{ask.without}
	}
	if len(wrong) == 0 && len(t.Schemes)+len(t.Requirements)+len(t.Without) == 0 {
		return nil, nil
	}
	return &t, wrong
}

// whatIfPlaces are the fields of the question by the place that a fault names.
var whatIfPlaces = map[string]string{
	"months": "maanden", "windowMonths": "venster", "graceMonths": "uitloop", "method": "methode", "anchorDay": "vaste-dag", "minimumMonths": "minstens",
	"subject": "voor", "subjectKind": "voor", "since": "eerste-dag", "dueOn": "niet-voor", "inductionDays": "inwerkdagen", "without": "zonder",
}

// whatIfProblems tells at the fields what is wrong with a question.
func (v *visit) whatIfProblems(err error, page whatIfPage) problems {
	wrong := v.problemsOf(err, func(place string) string {
		for _, f := range slices.Concat(page.Fields, page.Fixed, page.Asked) {
			if f.ID == whatIfPlaces[place] {
				return f.Label
			}
		}
		return ""
	})
	for i, p := range wrong {
		wrong[i].Field = cmp.Or(whatIfPlaces[p.Field], "maanden")
	}
	if len(wrong) == 0 {
		f := fault.Of(err)
		wrong = problems{{"maanden", v.say(f.Dutch, f.English)}}
	}
	return wrong
}

// whatIfResult puts what another rule would do in words.
func (v *visit) whatIfResult(w academy.WhatIf) *whatIfResult {
	r := &whatIfResult{Until: w.Until(), Fresh: v.fresh(w.Report)}
	old, now := 0, 0
	for _, h := range w.HoursPerMonth() {
		old, now = old+h.Old, now+h.New
		if h.Old != h.New {
			r.Hours = append(r.Hours, whatIfHours{w.TeamName(h.Team), v.say(h.Month.DutchMonth(), h.Month.EnglishMonth()), v.hours(h.Old), v.hours(h.New)})
		}
	}
	caused := 0
	for _, l := range w.Lapses {
		words := v.say("als die niets doet", "if they do nothing")
		if l.InTime {
			words = v.say("ook als die op tijd is", "even if they are in time")
		}
		if l.Caused {
			caused++
		}
		r.Lapses = append(r.Lapses, whatIfLapse{w.Name(l.Person), l.On, l.Caused, words})
	}
	r.Sentences = []string{
		v.say("Dit raakt ", "This affects ") + v.count(w.People(), "collega.", "collega's.", "colleague.", "colleagues."),
		v.say("De scholing kost %s uur in plaats van %s.", "The training takes %s hours instead of %s.", v.hours(now), v.hours(old)),
		v.say("Over deze regeling gaan %d herinneringen uit in plaats van %d. Herinneringen over andere regelingen zijn niet meegeteld; wat op één dag valt, komt in één mail.", "%d reminders about this scheme go out instead of %d. Reminders about other schemes are not counted; what falls on one day comes in one mail.", w.Mails.New, w.Mails.Old),
	}
	if caused > 0 {
		r.Sentences = append(r.Sentences, v.count(caused, "keer verliest iemand hierdoor een bevoegdheid.", "keer verliest iemand hierdoor een bevoegdheid.", "time somebody loses a qualification because of it.", "times somebody loses a qualification because of it."))
	}
	for _, d := range w.Duties {
		if len(r.Duties) == dutiesShown {
			r.More = len(w.Duties) - dutiesShown
			break
		}
		duty := whatIfDuty{w.Name(d.Person), w.TeamName(d.Team), badge{v.say("Andere datum", "Other date"), "let"}, d.Old, d.New}
		switch {
		case d.Old == nil:
			duty.What = badge{v.say("Komt erbij", "Added"), ""}
		case d.New == nil:
			duty.What = badge{v.say("Vervalt", "Removed"), "stil"}
		}
		r.Duties = append(r.Duties, duty)
	}
	return r
}

// hours writes minutes as hours.
func (l language) hours(minutes int) string { return academy.Hours(minutes, l == english) }
