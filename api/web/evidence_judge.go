package web

import (
	"cmp"
	"strings"

	"bekwaam/certificates"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A judgeQueuePage lists what waits for a verdict.
type judgeQueuePage struct {
	Waiting []sentLine
	Own     []sentLine // of the visitor, or sent by them: somebody else judges those
}

var judgeQueueView = declare[judgeQueuePage]("evidence_queue.html")

// judgeQueue shows what waits.
func (s *Site) judgeQueue(v *visit) error {
	waiting, err := s.office.SubmissionQueue(v.ctx(), v.actor)
	if err != nil {
		return err
	}
	var page judgeQueuePage
	for _, one := range waiting {
		line := v.sentLine(one)
		if one.Person == v.actor.Person || one.SentBy == v.actor.Person {
			page.Own = append(page.Own, line)
		} else {
			page.Waiting = append(page.Waiting, line)
		}
	}
	return judgeQueueView.show(v, page)
}

// A judgePage is a document beside the form in which somebody judges it.
type judgePage struct {
	sentLine
	Picture  bool // the document is an image, which the page shows
	Mine     bool // somebody else must judge it
	Sentence formField
	Problems problems
}

var judgeView = declare[judgePage]("evidence_judge.html")

// askVerdict shows one submission with its form.
func (s *Site) askVerdict(v *visit) error {
	page, err := s.judgePage(v)
	if err != nil {
		return err
	}
	return judgeView.show(v, page)
}

func (s *Site) judgePage(v *visit) (judgePage, error) {
	if !v.actor.May(staff.JudgeEvidence) {
		return judgePage{}, noSuchPage
	}
	sent, err := s.office.Submission(v.ctx(), v.actor, v.r.PathValue("bewijs"))
	if err != nil {
		return judgePage{}, err
	}
	page := judgePage{sentLine: v.sentLine(sent), Mine: sent.Person == v.actor.Person || sent.SentBy == v.actor.Person, Sentence: formField{
		ID: "sentence", Label: v.say("Wat laat je de collega weten?", "What do you tell the colleague?"), Value: v.field("sentence"),
		Hint: v.say("Verplicht als er iets ontbreekt of als je het afwijst. Schrijf geen gegevens over gezondheid op.", "Required when something is missing or when you refuse it. Write nothing about health."),
	}}
	if sent.KeepsDocument() {
		kind, err := s.office.SubmittedType(v.ctx(), v.actor, sent.ID)
		if err != nil {
			return page, err
		}
		page.Picture = isPicture(kind)
	}
	return page, nil
}

// judge gives a verdict.
func (s *Site) judge(v *visit) error {
	sent, err := s.office.JudgeEvidence(v.ctx(), v.actor, v.r.PathValue("bewijs"), certificates.Verdict(v.field("oordeel")), v.field("sentence"))
	if fault.KindOf(err) == fault.Invalid {
		page, failed := s.judgePage(v)
		if failed != nil {
			return failed
		}
		page.Problems = v.problemsOf(err, func(id string) string { return "" })
		page.Sentence.Problem = page.Problems.At("sentence")
		return judgeView.refuse(v, page, page.Problems)
	}
	if err != nil {
		return err
	}
	if sent.Verdict == certificates.Accept { // its page says what it led to
		return v.done("goedgekeurd", "/bewijs/beoordelen/"+sent.ID)
	}
	return v.done(map[certificates.Verdict]notice{certificates.AskBack: "teruggevraagd", certificates.Refuse: "afgewezen"}[sent.Verdict], "/bewijs/beoordelen")
}

// A seenPage asks what somebody showed of which no document is kept.
type seenPage struct {
	Person   formField
	What     formField
	Day      formField
	Problems problems
}

var seenView = declare[seenPage]("evidence_seen.html", narrow)

// askSeen shows the form.
func (s *Site) askSeen(v *visit) error {
	page, err := s.seenPage(v)
	if err != nil {
		return err
	}
	return seenView.show(v, page)
}

func (s *Site) seenPage(v *visit) (seenPage, error) {
	only, err := s.office.SeenOnly(v.ctx(), v.actor)
	if err != nil {
		return seenPage{}, err
	}
	page := seenPage{
		Person: formField{ID: "person", Label: v.say("Personeelsnummer", "Personnel number"), Hint: v.say("Van de collega die het liet zien.", "Of the colleague who showed it."), Type: "text", Class: "kort", Value: cmp.Or(v.field("person"), v.query("persoon"))},
		What:   formField{ID: "scheme", Label: v.say("Wat zag je?", "What did you see?"), Value: v.field("scheme")},
		Day:    formField{ID: "seenOn", Label: v.say("Op welke dag?", "On which day?"), Hint: v.say("Van een besluit: de dag van het besluit.", "Of a decision: the day of the decision."), Type: "date", Value: cmp.Or(v.field("seenOn"), v.moment.Today().String())},
	}
	options := []option{{Value: "", Name: v.say("Kies uit de lijst", "Choose from the list")}}
	for _, o := range only {
		options = append(options, option{Value: placeValue(o.Scheme, o.Place), Name: partName(o.Title, o.Part)})
	}
	page.What.Groups = []optionGroup{{Options: choose(page.What.Value, options...)}}
	return page, nil
}

// noteSeen notes that something was seen.
func (s *Site) noteSeen(v *visit) error {
	scheme, place := readPlace(v.field("scheme"))
	day, _ := calendar.Parse(v.field("seenOn")) // what is no date is none, and the office asks for one
	_, err := s.office.RecordSeen(v.ctx(), v.actor, staff.PersonID(v.field("person")), scheme, place, day)
	kind := fault.KindOf(err)
	if err != nil && kind != fault.Invalid && kind != fault.NotFound && kind != fault.Conflict {
		return err
	}
	if err == nil {
		return v.done("gezien", "/bewijs/gezien")
	}
	page, failed := s.seenPage(v)
	if failed != nil {
		return failed
	}
	switch kind {
	case fault.NotFound:
		page.Problems = problems{{"person", v.say("Er is geen collega met dit personeelsnummer: kijk het na.", "There is no colleague with this personnel number: check it.")}}
	case fault.Conflict:
		f := fault.Of(err)
		page.Problems = problems{{"scheme", v.say(f.Dutch, f.English)}}
	default:
		page.Problems = v.problemsOf(err, func(id string) string {
			return strings.TrimSuffix(map[string]string{"scheme": page.What.Label, "seenOn": page.Day.Label}[id], "?")
		})
	}
	page.Person.Problem, page.What.Problem, page.Day.Problem = page.Problems.At("person"), page.Problems.At("scheme"), page.Problems.At("seenOn")
	return seenView.refuse(v, page, page.Problems)
}
