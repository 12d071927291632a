package web

import (
	"cmp"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A seenPage asks what somebody showed of which no document is kept, and lists what the visitor noted lately.
type seenPage struct {
	Person   formField
	What     formField
	Day      formField
	Lately   []seenLine
	Problems problems
}

// A seenLine is something that was noted, in words.
type seenLine struct {
	academy.Seen
	What string
	On   calendar.Date // when it was noted
}

// A seenCheckPage tells whom a note is about and what it will do, before it is kept.
type seenCheckPage struct {
	seenLine
	Value   string // of what was seen
	Expects []string
}

var (
	seenView      = declare[seenPage]("evidence_seen.html", narrow)
	seenCheckView = declare[seenCheckPage]("evidence_seen_check.html", narrow)
)

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
	lately, err := s.office.SeenLately(v.ctx(), v.actor)
	for _, one := range lately {
		page.Lately = append(page.Lately, seenLineOf(one))
	}
	return page, err
}

func seenLineOf(one academy.Seen) seenLine {
	return seenLine{one, partName(one.Title, one.Part), calendar.On(one.RecordedAt)}
}

// noteSeen shows what noting that something was seen will do, notes it, or takes it back.
func (s *Site) noteSeen(v *visit) error {
	button := v.field("doe")
	if button == "terug" {
		if err := s.office.UndoSeen(v.ctx(), v.actor, v.field("gezien")); err != nil {
			return err
		}
		return v.done("gezien-terug", "/bewijs/gezien")
	}
	person, err := s.numbered(v, v.field("person"))
	if err != nil {
		return err
	}
	scheme, place := readPlace(v.field("scheme"))
	day, _ := calendar.Parse(v.field("seenOn")) // what is no date is none, and the office asks for one
	switch button {
	case "verder":
		return s.askSeen(v)
	case "bewaar":
		if _, err = s.office.RecordSeen(v.ctx(), v.actor, person, scheme, place, day); err == nil {
			return v.done("gezien", "/bewijs/gezien")
		}
	default:
		seen, effect, tried := s.office.TrySeen(v.ctx(), v.actor, person, scheme, place, day)
		if tried == nil {
			return seenCheckView.show(v, seenCheckPage{seenLineOf(seen), placeValue(scheme, place), v.expects(effect)})
		}
		err = tried
	}
	return s.refuseSeen(v, err)
}

// refuseSeen shows the form with what is wrong with it.
func (s *Site) refuseSeen(v *visit, err error) error {
	kind := fault.KindOf(err)
	oneself := kind == fault.Forbidden && fault.Of(err).Reason == "self_approval"
	if kind != fault.Invalid && kind != fault.NotFound && kind != fault.Conflict && !oneself {
		return err
	}
	page, failed := s.seenPage(v)
	if failed != nil {
		return failed
	}
	switch kind {
	case fault.Forbidden:
		page.Problems = problems{{"person", v.say("Dit ben je zelf. Laat een collega opschrijven wat jij liet zien.", "This is you. Let a colleague note what you showed.")}}
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

// numbered is who has a personnel number, also where somebody typed its capitals as small letters.
func (s *Site) numbered(v *visit, number string) (staff.PersonID, error) {
	person := staff.PersonID(strings.TrimSpace(number))
	_, err := s.office.Name(v.ctx(), v.actor, person)
	if fault.KindOf(err) == fault.NotFound {
		return staff.PersonID(strings.ToUpper(string(person))), nil
	}
	return person, err
}
