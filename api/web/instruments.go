package web

import (
	"net/url"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/competences"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// ownResultsPath is the page with one's own results of instruments.
const ownResultsPath = "/uitslagen"

// An instrumentsPage shows what somebody consents to and what is kept, and who sees it.
type instrumentsPage struct {
	Purposes []purposeShown
	Sharers  []sharerShown
}

// A purposeShown is one purpose with its consent and the results under it.
type purposeShown struct {
	Purpose   competences.Purpose
	ID        string // of the heading
	Name, For string
	Given     bool
	EndsOn    calendar.Date
	Until     formField
	Results   []resultShown
}

// A resultShown is one result.
type resultShown struct {
	ID, Field  string // Field is where somebody is chosen
	Instrument string
	TakenOn    calendar.Date
	EndsOn     calendar.Date
	Scores     []scoreShown
	Shared     []growthReader
	Listeners  []option
}

// A scoreShown is one score between the two ends of its scale. Both ends are worth something: neither has a colour of its own.
type scoreShown struct {
	Scale, Low, High string
	Score, From, To  string
	Marks            []string // places on the scale: the one of the score is there
	Competence       string   // whose aptitude it tells; may be empty
}

// A sharerShown is somebody who shares results with the visitor.
type sharerShown struct{ Name, Path string }

var instrumentsView = declare[instrumentsPage]("instruments.html")

// purpose says what results are for.
func (l language) purpose(p competences.Purpose) (name, purpose string) {
	if p == competences.ForTeamwork {
		return l.say("Samenwerken", "Working together"), l.say("Om te praten over hoe je werkt en samenwerkt.", "To talk about how you work, alone and with others.")
	}
	return l.say("Groei", "Growth"), l.say("Om te kijken welke rol en welk leren bij je passen. Je ziet het bij de rollen onder Groei.", "To see which role and which learning suit you. You see it with the roles in Growth.")
}

// instruments shows one's own consents and results.
func (s *Site) instruments(v *visit) error {
	page, err := s.instrumentsPage(v)
	if err != nil {
		return err
	}
	return instrumentsView.show(v, page)
}

func (s *Site) instrumentsPage(v *visit) (page instrumentsPage, err error) {
	consents, err := s.office.InstrumentConsents(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	own, err := s.office.InstrumentResults(v.ctx(), v.actor, v.actor.Person)
	if err != nil {
		return page, err
	}
	listeners, err := s.office.Listeners(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for _, c := range consents {
		p := purposeShown{Purpose: c.Purpose, ID: "doel-" + string(c.Purpose), Given: c.Given(), EndsOn: c.EndsOn}
		p.Name, p.For = v.purpose(c.Purpose)
		p.Until = formField{
			ID: "tot-" + string(c.Purpose), Label: v.say("Tot en met", "Until"), Type: "date", Class: "kort", Value: c.Longest.String(), Hint: v.say("Hoogstens twee jaar: tot en met ", "At most two years: until ") + v.date(c.Longest) + ".",
		}
		for _, r := range own.Results {
			if r.Purpose != c.Purpose {
				continue
			}
			shown := v.instrumentResult(own, r)
			for _, l := range listeners {
				if !r.SharedWith(l.Person) {
					shown.Listeners = append(shown.Listeners, option{Value: string(l.Person), Name: l.Name + ", " + v.listening(l.As)})
				}
			}
			p.Results = append(p.Results, shown)
		}
		page.Purposes = append(page.Purposes, p)
	}
	sharers, err := s.office.ResultsSharedWithMe(v.ctx(), v.actor)
	for _, p := range sharers {
		page.Sharers = append(page.Sharers, sharerShown{p.Name, ownResultsPath + "/" + url.PathEscape(string(p.Person))})
	}
	return page, err
}

// instrumentResult puts a result into words.
func (v *visit) instrumentResult(all academy.InstrumentResults, r competences.Result) resultShown {
	shown := resultShown{ID: r.ID, Field: "met-" + r.ID, Instrument: r.Instrument, TakenOn: r.TakenOn, EndsOn: r.EndsOn}
	for _, s := range r.Scores {
		scale := all.Scale(r.Instrument, s.Scale)
		line := scoreShown{Scale: s.Scale, Low: scale.Low, High: scale.High, Score: v.both(s.Score.Words()), From: v.both(scale.Min.Words()), To: v.both(scale.Max.Words()), Competence: all.Competence(scale.Competence)}
		const places = 9
		for place := range competences.Score(places) {
			mark := "niet"
			if width := scale.Max - scale.Min; width > 0 && place == ((s.Score-scale.Min)*(places-1)+width/2)/width {
				mark = "heb"
			}
			line.Marks = append(line.Marks, mark)
		}
		shown.Scores = append(shown.Scores, line)
	}
	for _, s := range r.Shared {
		shown.Shared = append(shown.Shared, growthReader{s.With, all.Names[s.With], s.On})
	}
	return shown
}

// changeInstruments gives or withdraws consent, shares a result, takes it back or removes it.
func (s *Site) changeInstruments(v *visit) error {
	purpose := competences.Purpose(v.field("doel"))
	result, with := v.field("uitslag"), staff.PersonID(v.field("met"))
	var said notice
	var err error
	switch v.field("doe") {
	case "trek-in":
		said, err = "toestemming-weg", s.office.WithdrawInstrumentConsent(v.ctx(), v.actor, purpose)
	case "deel":
		said, err = "uitslag-gedeeld", s.office.ShareResult(v.ctx(), v.actor, result, with)
	case "haal-terug":
		said, err = "uitslag-terug", s.office.UnshareResult(v.ctx(), v.actor, result, with)
	case "verwijder":
		said, err = "uitslag-weg", s.office.RemoveResult(v.ctx(), v.actor, result)
	default:
		return s.giveConsent(v, purpose)
	}
	if err != nil {
		return err
	}
	return v.done(said, ownResultsPath)
}

// giveConsent writes down that the visitor consents to a purpose.
func (s *Site) giveConsent(v *visit, purpose competences.Purpose) error {
	id := "tot-" + string(purpose)
	wrong := *unreadable
	ends := dayIn(url.Values{"endsOn": {v.field(id)}}, "endsOn", &wrong)
	_, err := s.office.GiveInstrumentConsent(v.ctx(), v.actor, purpose, ends)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		page, failed := s.instrumentsPage(v)
		if failed != nil {
			return failed
		}
		found := v.problemsOf(wrong.With(err), func(string) string { return "" })
		for i := range found {
			found[i].Field = id
		}
		for i, p := range page.Purposes {
			if p.Purpose == purpose {
				page.Purposes[i].Until.Value, page.Purposes[i].Until.Problem = v.field(id), found.At(id)
			}
		}
		return instrumentsView.refuse(v, page, found)
	}
	if err != nil {
		return err
	}
	return v.done("toestemming", ownResultsPath)
}

// A sharedResultsPage shows what one colleague shares with the visitor.
type sharedResultsPage struct {
	Name    string
	Results []sharedResult
}

// A sharedResult is one result with what it is for.
type sharedResult struct {
	resultShown
	For string
}

var sharedResultsView = declare[sharedResultsPage]("instrument_results.html")

// sharedResults shows the results that one colleague shares.
func (s *Site) sharedResults(v *visit) error {
	person := staff.PersonID(v.r.PathValue("persoon"))
	if person == v.actor.Person {
		return v.redirect(ownResultsPath)
	}
	all, err := s.office.InstrumentResults(v.ctx(), v.actor, person)
	if err != nil {
		return err
	}
	page := sharedResultsPage{Name: all.Name}
	for _, r := range all.Results {
		name, _ := v.purpose(r.Purpose)
		page.Results = append(page.Results, sharedResult{v.instrumentResult(all, r), strings.ToLower(name)})
	}
	return sharedResultsView.show(v, page)
}
