package web

import (
	"fmt"
	"net/url"
	"strconv"

	"bekwaam/certificates"
	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A skillsPage is what an assessor works with: who waits to be seen, and what they saw.
type skillsPage struct {
	Waiting []toObserve
	Seen    []observedLine
}

// A toObserve is a skill of a colleague that waits to be seen, with the address of its form.
type toObserve struct {
	academy.ToObserve
	Address string
}

// An observedLine is one observation in words.
type observedLine struct {
	academy.Observed
	Word   string // where it stands
	Tone   string // class
	Effect string // what signing led to
	On     calendar.Date
}

var skillsView = declare[skillsPage]("skills.html")

// skills shows what an assessor works with.
func (s *Site) skills(v *visit) error {
	waiting, err := s.office.ToObserve(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	seen, err := s.office.OwnAssessments(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	var page skillsPage
	for _, w := range waiting {
		address := "/praktijk/nieuw?" + url.Values{"persoon": {string(w.Person)}, "vaardigheid": {placeValue(w.Scheme, w.Place)}}.Encode()
		page.Waiting = append(page.Waiting, toObserve{w, address})
	}
	for _, one := range seen {
		page.Seen = append(page.Seen, v.observedLine(one))
	}
	return skillsView.show(v, page)
}

func (v *visit) observedLine(o academy.Observed) observedLine {
	line := observedLine{Observed: o, On: calendar.On(o.AssessorSignedAt), Effect: v.effectOf(o.Outcome, o.CountsFrom)}
	switch state := o.State(); {
	case state == certificates.ObservationDisputed:
		line.Word, line.Tone = v.say("Niet herkend", "Not recognised"), "fout"
	case state == certificates.ObservationWaiting && o.Person == v.actor.Person:
		line.Word, line.Tone = v.say("Wacht op jouw handtekening", "Waits for your signature"), "let"
	case state == certificates.ObservationWaiting:
		line.Word, line.Tone = v.say("Wacht op de handtekening van je collega", "Waits for your colleague's signature"), "let"
	case !o.Shown():
		line.Word, line.Tone = v.say("Ondertekend, nog niet alles gezien", "Signed, not everything was seen yet"), "stil"
	default:
		line.Word, line.Tone = v.say("Ondertekend door jullie allebei", "Signed by both"), "goed"
	}
	return line
}

// An observePage is the form in which an assessor writes down what they saw.
type observePage struct {
	academy.ToObserve
	Value    string // of the skill
	Day      formField
	Items    []observeItem
	Problems problems
}

// An observeItem is one thing of the checklist with what was filled in.
type observeItem struct {
	ID      string
	Text    string
	Shown   string // "ja", "nee", or nothing yet
	Note    formField
	Problem string
}

var observeView = declare[observePage]("observe.html", narrow)

// askObservation shows the form for a skill of a colleague.
func (s *Site) askObservation(v *visit) error {
	page, err := s.observePage(v, v.query("persoon"), v.query("vaardigheid"), nil)
	if err != nil {
		return err
	}
	return observeView.show(v, page)
}

// observePage makes the form for a skill that waits to be seen, with what was typed.
func (s *Site) observePage(v *visit, person, skill string, typed url.Values) (observePage, error) {
	waiting, err := s.office.ToObserve(v.ctx(), v.actor)
	if err != nil {
		return observePage{}, err
	}
	for _, w := range waiting {
		if string(w.Person) != person || placeValue(w.Scheme, w.Place) != skill {
			continue
		}
		page := observePage{ToObserve: w, Value: skill, Day: formField{ID: "seenOn", Label: v.say("Wanneer zag je het?", "When did you see it?"), Type: "date", Value: typed.Get("seenOn")}}
		if typed == nil {
			page.Day.Value = v.moment.Today().String()
		}
		for i, text := range w.Checklist {
			id := fmt.Sprintf("items-%d", i)
			page.Items = append(page.Items, observeItem{ID: id, Text: text, Shown: typed.Get(id), Note: formField{
				ID: id + "-note", Label: v.say("Toelichting", "Note"), Hint: v.say("Nodig als je het nog niet zag: wat ontbreekt er?", "Needed where you did not see it yet: what is missing?"), Value: typed.Get(id + "-note"), Type: "text", Class: "lang",
			}})
		}
		return page, nil
	}
	return observePage{}, noSuchPage
}

// sendObservation hands in what an assessor saw.
func (s *Site) sendObservation(v *visit) error {
	scheme, place := readPlace(v.field("skill"))
	day, _ := calendar.Parse(v.field("seenOn")) // what is no date is none, and the office asks for one
	seen := certificates.Observation{Person: staff.PersonID(v.field("person")), Scheme: scheme, Place: place, SeenOn: day}
	var open problems
	for i := 0; v.r.PostForm.Has("text-" + strconv.Itoa(i)); i++ {
		id := fmt.Sprintf("items-%d", i)
		if v.field(id) == "" {
			open = append(open, problem{id, v.say("Kies of je dit zag: punt %d.", "Choose whether you saw this: point %d.", i+1)})
		}
		seen.Items = append(seen.Items, certificates.ObservedItem{Text: v.field("text-" + strconv.Itoa(i)), Shown: v.field(id) == "ja", Note: v.field(id + "-note")})
	}
	var err error
	if len(open) == 0 {
		_, _, err = s.office.HandInObservation(v.ctx(), v.actor, seen)
	}
	switch {
	case err != nil && fault.KindOf(err) != fault.Invalid:
		return err
	case err == nil && len(open) == 0:
		return v.done("beoordeeld", "/praktijk")
	}
	page, failed := s.observePage(v, v.field("person"), v.field("skill"), v.r.PostForm)
	if failed != nil {
		return failed
	}
	page.Problems = append(open, v.problemsOf(err, func(id string) string {
		for i, item := range page.Items {
			if item.ID == id {
				return v.say("Punt %d", "Point %d", i+1)
			}
		}
		return map[string]string{"seenOn": v.say("Wanneer", "When")}[id]
	})...)
	page.Day.Problem = page.Problems.At("seenOn")
	for i, item := range page.Items {
		page.Items[i].Problem = page.Problems.At(item.ID)
	}
	return observeView.refuse(v, page, page.Problems)
}

// An observationPage is one observation, with a form for the candidate who did not answer yet.
type observationPage struct {
	observedLine
	Own      bool // the visitor is the candidate
	Waiting  bool // for them
	Sentence formField
	Problems problems
}

var observationView = declare[observationPage]("observation.html", narrow)

// observation shows one.
func (s *Site) observation(v *visit) error {
	page, err := s.observationPage(v)
	if err != nil {
		return err
	}
	return observationView.show(v, page)
}

func (s *Site) observationPage(v *visit) (observationPage, error) {
	seen, err := s.office.Observation(v.ctx(), v.actor, v.r.PathValue("beoordeling"))
	if err != nil {
		return observationPage{}, err
	}
	own := seen.Person == v.actor.Person
	return observationPage{observedLine: v.observedLine(seen), Own: own, Waiting: own && seen.State() == certificates.ObservationWaiting, Sentence: formField{
		ID: "sentence", Label: v.say("Wat klopt er niet?", "What is not right?"), Value: v.field("sentence"), Hint: v.say("Alleen als je het niet herkent.", "Only if you do not recognise it."),
	}}, nil
}

// signObservation is the candidate's answer.
func (s *Site) signObservation(v *visit) error {
	id := v.r.PathValue("beoordeling")
	if v.field("antwoord") == "herken" {
		if _, err := s.office.SignObservation(v.ctx(), v.actor, id); err != nil {
			return err
		}
		return v.done("ondertekend", "/praktijk/"+id)
	}
	_, err := s.office.DenyObservation(v.ctx(), v.actor, id, v.field("sentence"))
	if fault.KindOf(err) == fault.Invalid {
		page, failed := s.observationPage(v)
		if failed != nil {
			return failed
		}
		page.Problems = v.problemsOf(err, func(string) string { return page.Sentence.Label })
		page.Sentence.Problem = page.Problems.At("sentence")
		return observationView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	return v.done("niet-herkend", "/praktijk/"+id)
}
