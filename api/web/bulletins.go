package web

import (
	"net/url"
	"strconv"
	"strings"

	"bekwaam/courses/academy"
	"bekwaam/courses/calendar"
	"bekwaam/courses/changes"
	"bekwaam/courses/fault"
	"bekwaam/courses/staff"
)

// A bulletinsPage lists how things are on a day.
type bulletinsPage struct {
	Q     string
	On    string // of the form
	Today bool
	Day   calendar.Date
	Wrong string
	Mine  []bulletinLine // for the visitor, to be read
	Other []bulletinLine
	Write bool // the visitor may write one
}

// A bulletinLine is one bulletin of the list.
type bulletinLine struct {
	ID      changes.BulletinID
	Path    string
	Topic   string
	Title   string
	Law     string
	From    calendar.Date
	Read    calendar.Date
	Before  calendar.Date // to be read by; zero: no such day
	Waiting bool          // somebody must confirm a version
}

var (
	bulletinsView = declare[bulletinsPage]("bulletins.html")
	bulletinView  = declare[bulletinPage]("bulletin.html", narrow)
)

// bulletins finds bulletins by words, as they are valid on a day.
func (s *Site) bulletins(v *visit) error {
	page := bulletinsPage{Write: v.actor.May(staff.WriteBulletins), Q: v.query("q"), On: v.query("op"), Day: v.moment.Today()}
	if page.On != "" {
		day, err := calendar.Parse(page.On)
		if err != nil {
			page.Wrong = v.say("Kies een dag, zoals 2026-11-23.", "Choose a day, such as 2026-11-23.")
		} else {
			page.Day = day
		}
	}
	page.Today = page.Day == v.moment.Today()
	all, err := s.office.Bulletins(v.ctx(), v.actor, page.Q, page.Day)
	if err != nil {
		return err
	}
	for _, b := range all {
		line := bulletinLine{ID: b.ID, Path: "/bulletins/" + url.PathEscape(string(b.ID)), Topic: b.Topic, Title: b.Title, Law: strings.TrimSpace(b.Law + " " + b.Article), From: b.From, Read: b.ReadOn, Waiting: b.Waiting != nil}
		if b.ForMe {
			line.Before = b.ReadBefore
		}
		if !page.Today {
			line.Path += "?op=" + page.Day.String()
		}
		if b.ForMe && b.ReadOn.IsZero() && page.Today && b.Out() {
			page.Mine = append(page.Mine, line)
		} else {
			page.Other = append(page.Other, line)
		}
	}
	if page.Wrong != "" {
		return bulletinsView.refuse(v, page, problems{{"op", page.Wrong}})
	}
	return bulletinsView.show(v, page)
}

// A bulletinPage is one bulletin to read.
type bulletinPage struct {
	academy.BulletinSeen
	Path     string
	Today    bool
	Late     bool // it should have been read
	Ask      formField
	Answers  []bulletinAnswer
	LawText  string
	Valid    bool // on the day; else it comes or is over
	MayWrite bool // the visitor may write another version
	Confirms bool // a version waits that is not the one above
}

// A bulletinAnswer is a question with its answer, or its form.
type bulletinAnswer struct {
	changes.Question
	Field formField
	Mine  bool
}

// bulletin shows one.
func (s *Site) bulletin(v *visit) error {
	page, err := s.bulletinPage(v, url.Values{}, nil)
	if err != nil {
		return err
	}
	return bulletinView.show(v, page)
}

func (s *Site) bulletinPage(v *visit, values url.Values, wrong error) (bulletinPage, error) {
	var on calendar.Date
	if text := v.query("op"); text != "" {
		var err error
		if on, err = calendar.Parse(text); err != nil {
			return bulletinPage{}, noSuchPage
		}
	}
	b, err := s.office.Bulletin(v.ctx(), v.actor, changes.BulletinID(v.r.PathValue("bulletin")), on)
	if err != nil {
		return bulletinPage{}, err
	}
	found := v.problemsOf(wrong, func(string) string { return "" })
	page := bulletinPage{BulletinSeen: b, Path: "/bulletins/" + url.PathEscape(string(b.ID)), Today: b.On == v.moment.Today(), LawText: strings.TrimSpace(b.Law + " " + b.Article)}
	page.MayWrite = v.actor.May(staff.WriteBulletins)
	page.Late = !b.ReadBy.IsZero() && b.ReadBy < v.moment.Today()
	page.Valid = b.Out() && b.On >= b.From && (b.LastDay.IsZero() || b.On <= b.LastDay)
	page.Confirms = b.Waiting != nil && b.Waiting.Number != b.Number
	page.Ask = formField{ID: "text", Label: v.say("Vraag het de kennisdrager", "Ask the knowledge holder"), Hint: v.say("Het antwoord komt hieronder te staan, zonder jouw naam. Schrijf niets over een inwoner.", "The answer comes below, without your name. Write nothing about a resident."), Value: values.Get("text"), Problem: found.At("text")}
	for _, q := range b.Questions {
		a := bulletinAnswer{Question: q, Mine: q.AskedBy != "", Field: formField{ID: "antwoord-" + q.ID, Label: v.say("Jouw antwoord", "Your answer")}}
		if values.Get("vraag") == q.ID {
			a.Field.Value, a.Field.Problem = values.Get("antwoord-"+q.ID), found.At("answer")
		}
		page.Answers = append(page.Answers, a)
	}
	return page, nil
}

// sendBulletin keeps that somebody read it, a confirmation, a question or an answer.
func (s *Site) sendBulletin(v *visit) error {
	id := changes.BulletinID(v.r.PathValue("bulletin"))
	here := "/bulletins/" + url.PathEscape(string(id))
	number, err := strconv.Atoi(v.field("versie"))
	var said notice
	switch v.field("doe") {
	case "gelezen", "bevestig":
		if err != nil {
			return unreadable
		}
		if said = "bulletin-gelezen"; v.field("doe") == "gelezen" {
			err = s.office.ReadBulletin(v.ctx(), v.actor, id, number)
		} else {
			said = "bulletin-bevestigd"
			err = s.office.ConfirmBulletin(v.ctx(), v.actor, id, number)
		}
	case "antwoord":
		said = "beantwoord"
		err = s.office.AnswerQuestion(v.ctx(), v.actor, id, v.field("vraag"), v.field("antwoord-"+v.field("vraag")))
	default:
		said = "vraag-gesteld"
		_, err = s.office.AskHolder(v.ctx(), v.actor, id, v.field("text"))
	}
	if fault.KindOf(err) == fault.Invalid {
		page, wrong := s.bulletinPage(v, v.r.PostForm, err)
		if wrong != nil {
			return wrong
		}
		found := v.problemsOf(err, func(string) string { return "" })
		for i := range found {
			if found[i].Field == "answer" {
				found[i].Field = "antwoord-" + v.field("vraag")
			}
		}
		return bulletinView.refuse(v, page, found)
	}
	if err != nil {
		return err
	}
	return v.done(said, here)
}

// unconfirmed counts the bulletins that the visitor can confirm.
func (s *Site) unconfirmed(v *visit) (n int, err error) {
	all, err := s.office.Bulletins(v.ctx(), v.actor, "", 0)
	for _, b := range all {
		if b.MayConfirm {
			n++
		}
	}
	return n, err
}
