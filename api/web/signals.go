package web

import (
	"net/url"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A signalsPage lists what colleagues heard, and asks for more.
type signalsPage struct {
	Fields []formField
	Text   formField
	Lines  []signalLine
	Decide []option // changes and bulletins that a signal can belong to
	Fates  []option
}

// A signalLine is one signal with its fate.
type signalLine struct {
	ID        string
	Field     string // the id of its form
	Title     string
	Text      string
	From      string
	On        calendar.Date
	Reporter  string // empty: not for the visitor
	Mine      bool
	Fate      tag
	Decision  string
	DecidedBy string
	DecidedOn calendar.Date
	Change    changes.ID
	Bulletin  changes.BulletinID
	MayDecide bool
	Typed     string
	Problem   string
}

var signalsView = declare[signalsPage]("signals.html")

func (v *visit) signalLine(s academy.SignalSeen) signalLine {
	return signalLine{
		ID: s.ID, Field: "besluit-" + s.ID, Title: s.Title, Text: s.Text, From: v.fromOutside(s.Origin), On: s.On, Reporter: s.ReporterName, Mine: s.Mine, Fate: v.signalFate(s.Fate), Decision: s.Decision,
		DecidedBy: s.DecidedByName, DecidedOn: s.DecidedOn, Change: s.Change, Bulletin: s.Bulletin, MayDecide: v.actor.May(staff.DecideSignals) && !s.Mine && (s.Fate == changes.New || s.Fate == changes.Considering),
	}
}

// signals shows what colleagues heard.
func (s *Site) signals(v *visit) error {
	page, err := s.signalsPage(v, url.Values{}, nil)
	if err != nil {
		return err
	}
	return signalsView.show(v, page)
}

func (s *Site) signalsPage(v *visit, values url.Values, wrong error) (signalsPage, error) {
	all, err := s.office.Signals(v.ctx(), v.actor)
	if err != nil {
		return signalsPage{}, err
	}
	found := v.problemsOf(wrong, func(string) string { return "" })
	var origins []option
	for _, o := range append(changes.FiveOs(), changes.Region) {
		origins = append(origins, option{string(o), v.fromOutside(o), false})
	}
	page := signalsPage{
		Fields: []formField{
			{ID: "title", Label: v.say("Wat hoorde je?", "What did you hear?"), Hint: v.say("In een paar woorden.", "In a few words."), Type: "text", Class: "lang", Value: values.Get("title"), Problem: found.At("title")},
			{ID: "origin", Label: v.say("Van wie?", "From whom?"), Groups: []optionGroup{{"", choose(values.Get("origin"), origins...)}}, Problem: found.At("origin")},
		},
		Text: formField{ID: "text", Label: v.say("Vertel iets meer", "Tell a little more"), Hint: v.say("Schrijf geen naam, adres of nummer van een inwoner op.", "Write no name, address or number of a resident."), Value: values.Get("text"), Problem: found.At("text")},
	}
	for _, signal := range all {
		line := v.signalLine(signal)
		if values.Get("signaal") == line.ID {
			line.Typed = values.Get("besluit")
			for _, p := range found {
				line.Problem = p.Text
			}
		}
		page.Lines = append(page.Lines, line)
	}
	if !v.actor.May(staff.DecideSignals) {
		return page, nil
	}
	for _, fate := range changes.Fates()[1:] {
		page.Fates = append(page.Fates, option{string(fate), v.signalFate(fate).Word, false})
	}
	known, err := s.office.Changes(v.ctx(), v.actor)
	if err != nil {
		return page, err
	}
	for _, c := range known {
		page.Decide = append(page.Decide, option{"wijziging:" + string(c.ID), c.Title, false})
	}
	bulletins, err := s.office.Bulletins(v.ctx(), v.actor, "", 0)
	for _, b := range bulletins {
		page.Decide = append(page.Decide, option{"bulletin:" + string(b.ID), v.say("Bulletin: ", "Bulletin: ") + b.Title, false})
	}
	return page, err
}

// sendSignal keeps what somebody heard, or what becomes of it.
func (s *Site) sendSignal(v *visit) error {
	said := notice("signaal")
	var err error
	if id := v.field("signaal"); id != "" {
		said = "signaal-besloten"
		var change changes.ID
		var bulletin changes.BulletinID
		if kind, key, ok := strings.Cut(v.field("hoort-bij"), ":"); ok && kind == "bulletin" {
			bulletin = changes.BulletinID(key)
		} else if ok {
			change = changes.ID(key)
		}
		err = s.office.DecideSignal(v.ctx(), v.actor, id, changes.Fate(v.field("lot")), v.field("besluit"), change, bulletin)
	} else {
		_, err = s.office.SendSignal(v.ctx(), v.actor, changes.Origin(v.field("origin")), v.field("title"), v.field("text"))
	}
	if fault.KindOf(err) == fault.Invalid {
		page, wrong := s.signalsPage(v, v.r.PostForm, err)
		if wrong != nil {
			return wrong
		}
		found := v.problemsOf(err, func(string) string { return "" })
		for i := range found {
			if id := v.field("signaal"); id != "" {
				found[i].Field = "besluit-" + id
			}
		}
		return signalsView.refuse(v, page, found)
	}
	if err != nil {
		return err
	}
	return v.done(said, "/signalen")
}

// newSignals counts the signals of which nobody decided yet what becomes of them.
func (s *Site) newSignals(v *visit) (n int, err error) {
	all, err := s.office.Signals(v.ctx(), v.actor)
	for _, signal := range all {
		if signal.Fate == changes.New && !signal.Mine {
			n++
		}
	}
	return n, err
}
